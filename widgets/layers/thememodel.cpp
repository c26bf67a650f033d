// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/thememodel.h"

namespace hanseatlas
{

void ThemeModel::setThemes(std::vector<MapTheme> themes)
{
    beginResetModel();
    m_themes = std::move(themes);
    endResetModel();
}

void ThemeModel::setCurrent(const QString &id)
{
    if (id == m_current)
        return;
    m_current = id;
    if (!m_themes.empty())
        emit dataChanged(index(0), index(rowCount() - 1), {CurrentRole, Qt::AccessibleTextRole});
}

const MapTheme *ThemeModel::theme(const QString &id) const
{
    const auto found = std::ranges::find(m_themes, id, &MapTheme::id);
    return found == m_themes.end() ? nullptr : &*found;
}

QModelIndex ThemeModel::indexOf(const QString &id) const
{
    const auto *found = theme(id);
    return found ? index(int(found - m_themes.data())) : QModelIndex();
}

int ThemeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_themes.size());
}

QVariant ThemeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &theme = m_themes[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return theme.title;
    case Qt::ToolTipRole:
        return theme.summary;
    case Qt::AccessibleTextRole:
        return theme.id == m_current ? tr("%1, on the map").arg(theme.title) : theme.title;
    case Qt::AccessibleDescriptionRole:
    case SummaryRole:
        return theme.summary;
    case IdRole:
        return theme.id;
    case IconRole:
        return theme.icon;
    case CurrentRole:
        return theme.id == m_current;
    }
    return {};
}

} // namespace hanseatlas
