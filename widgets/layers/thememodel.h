// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/themes/maptheme.h"

#include <QAbstractListModel>

namespace hanseatlas
{

/** The themes as a list: title, summary (SummaryRole), icon name (IconRole), id (IdRole), the one on the map
 * (CurrentRole). */
class ThemeModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1, SummaryRole, IconRole, CurrentRole };

    using QAbstractListModel::QAbstractListModel;

    void setThemes(std::vector<MapTheme> themes);
    void setCurrent(const QString &id);
    const MapTheme *theme(const QString &id) const;
    const QString &current() const { return m_current; }
    QModelIndex indexOf(const QString &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::vector<MapTheme> m_themes;
    QString m_current;
};

} // namespace hanseatlas
