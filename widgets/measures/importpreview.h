// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurechange.h"

#include <QAbstractTableModel>
#include <QDialog>

#include <vector>

namespace hanseatlas
{

/** Changes as a table: a row for each field. */
class ChangeModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Number, Field, Before, After, ColumnCount };
    explicit ChangeModel(ChangeSet changes, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    const ChangeSet m_changes;
    std::vector<std::pair<int, int>> m_rows; ///< change, field in it
};

/** What an import would change, before anything is changed. */
class ImportPreview final : public QDialog
{
    Q_OBJECT
public:
    struct Found {
        QString file; ///< its name
        ChangeSet changes;
        qint64 created = 0, changed = 0, unchanged = 0;
        QStringList unknownColumns;
        QStringList problems; ///< each a line; the rows are left out
        qint64 problemCount = 0;
    };
    explicit ImportPreview(const Found &found, QWidget *parent = nullptr);
    // accepted(): it is to be done
};

/** A value of a measure in one line. */
QString shortValue(const QJsonValue &value);

} // namespace hanseatlas
