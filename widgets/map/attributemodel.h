// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/feature.h"

#include <QAbstractTableModel>
#include <QUrl>

namespace hanseatlas
{

/** The attributes of one object: caption, value. Texts are plain. Binary and hidden (leading "_") fields come last. */
class AttributeModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { CaptionColumn, ValueColumn };
    enum Role { LinkRole = Qt::UserRole + 1 }; ///< QUrl, where the value is one that may be opened

    using QAbstractTableModel::QAbstractTableModel;
    void setObject(const QList<Field> &fields, const QVariantList &values);
    /** A row as it is copied: caption, tab, value. */
    QString rowText(int row) const;
    QString allText() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        QString caption;
        QString value;
        QUrl link;
        bool isNull = false;
        bool isNumber = false;
    };
    QList<Row> m_rows;
};

} // namespace hanseatlas
