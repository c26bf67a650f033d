// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/sourcemodel.h"

#include "layers/map/layernodes.h"
#include "widgets/layers/descriptiontext.h"
#include "widgets/layers/layerswatch.h"
#include "widgets/look/look.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{
namespace
{

std::size_t layerCount(const SourceModel::Source &source)
{
    return source.found && *source.found ? (*source.found)->layers.size() : 0;
}

} // namespace

int SourceModel::chosenIn(const Source &source)
{
    return layerCount(source) > 0 ? int(std::ranges::count(source.chosen, true)) : 0;
}

int SourceModel::rowOf(int id) const
{
    const auto found = std::ranges::find(m_sources, id, &Source::id);
    return found == m_sources.end() ? -1 : int(found - m_sources.begin());
}

int SourceModel::add(const SourceRef &ref)
{
    if (std::ranges::contains(m_sources, ref.location, [](const Source &s) { return s.ref.location; }))
        return -1;
    const int row = int(m_sources.size());
    beginInsertRows({}, row, row);
    m_sources.push_back({.id = ++m_lastId, .ref = ref});
    endInsertRows();
    return m_lastId;
}

void SourceModel::remove(int id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_sources.erase(m_sources.begin() + row);
    endRemoveRows();
    emit choiceChanged();
}

void SourceModel::setRef(int id, const SourceRef &ref)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    m_sources[std::size_t(row)].ref = ref;
    dropLayers(row);
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    emit choiceChanged();
}

/** What was unchecked is kept in mind: looked into again, e.g. in another encoding, the same layers will turn up. */
void SourceModel::dropLayers(int row)
{
    auto &source = m_sources[std::size_t(row)];
    const int count = int(layerCount(source));
    if (count > 0)
        beginRemoveRows(index(row, 0), 0, count - 1);
    source.found.reset();
    if (count > 0)
        endRemoveRows();
}

void SourceModel::setFound(int id, Result<SourceDescription> found)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    dropLayers(row);
    auto &source = m_sources[std::size_t(row)];
    const int count = found ? int(found->layers.size()) : 0;
    if (count > 0)
        beginInsertRows(index(row, 0), 0, count - 1);
    source.found = std::move(found);
    if (int(source.chosen.size()) != count) {
        source.chosen.assign(std::size_t(count), true);
        for (std::size_t i = 0; i < source.chosen.size(); ++i)
            source.chosen[i] = source.found->value().layers[i].suggested;
    }
    if (count > 0)
        endInsertRows();
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    emit choiceChanged();
}

const SourceModel::Source *SourceModel::source(const QModelIndex &index) const
{
    const auto top = index.parent().isValid() ? index.parent() : index;
    return top.isValid() && std::size_t(top.row()) < m_sources.size() ? &m_sources[std::size_t(top.row())] : nullptr;
}

const LayerDescription *SourceModel::layer(const QModelIndex &index) const
{
    const auto *from = index.parent().isValid() ? source(index) : nullptr;
    return from && std::size_t(index.row()) < layerCount(*from) ? &(*from->found)->layers[std::size_t(index.row())]
                                                                : nullptr;
}

QModelIndex SourceModel::indexOf(int id) const
{
    const int row = rowOf(id);
    return row < 0 ? QModelIndex() : index(row, 0);
}

std::vector<LayerNode> SourceModel::nodes() const
{
    std::vector<std::pair<int, std::vector<LayerNode>>> sorted;
    int seed = 0;
    for (const auto &source : m_sources) {
        if (layerCount(source) == 0)
            continue;
        auto some = **source.found;
        std::size_t i = 0;
        std::erase_if(some.layers, [&](const auto &) { return !source.chosen[i++]; });
        sorted.emplace_back(stackRank(some), nodesFor(some, source.ref, seed));
        seed += int(some.layers.size());
    }
    std::ranges::stable_sort(sorted, {}, &decltype(sorted)::value_type::first);
    std::vector<LayerNode> all;
    for (auto &[rank, nodes] : sorted)
        std::ranges::move(nodes, std::back_inserter(all));
    return all;
}

int SourceModel::chosenCount() const
{
    int n = 0;
    for (const auto &source : m_sources)
        n += chosenIn(source);
    return n;
}

QModelIndex SourceModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(m_sources[std::size_t(parent.row())].id) : 0);
}

QModelIndex SourceModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    const int row = rowOf(int(child.internalId()));
    return row < 0 ? QModelIndex() : createIndex(row, 0, quintptr(0));
}

int SourceModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_sources.size());
    if (parent.internalId() != 0 || parent.column() > 0)
        return 0;
    return int(layerCount(m_sources[std::size_t(parent.row())]));
}

int SourceModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant SourceModel::sourceData(const Source &source, int column, int role) const
{
    const bool failed = source.found && !*source.found;
    const auto path = QDir::toNativeSeparators(source.ref.location);
    if (role == Qt::ToolTipRole)
        return failed ? path + u'\n' + source.found->error().what : path;
    if (role == Qt::DecorationRole && column == Title)
        return failed ? look::icon(u"error"_s, look::Tint::Error) : look::icon(u"file"_s, look::Tint::Secondary);
    if (role == Qt::FontRole && column == Title)
        return look::font(look::Type::Strong);
    if (role != Qt::DisplayRole)
        return {};
    if (column == Title) {
        const auto name = QFileInfo(source.ref.location).fileName();
        return name.isEmpty() ? source.ref.location : name;
    }
    if (column != Kind)
        return {};
    if (!source.found)
        return tr("Looking into it …");
    return failed ? tr("Cannot be opened") : (*source.found)->format;
}

QVariant SourceModel::layerData(const Source &source, int row, int column, int role) const
{
    const auto &layer = (*source.found)->layers[std::size_t(row)];
    switch (role) {
    case Qt::CheckStateRole:
        return column == Title ? QVariant(source.chosen[std::size_t(row)] ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::DecorationRole:
        if (column == Title)
            return look::icon(iconNameFor(layer), look::Tint::Secondary);
        if (column == CrsColumn && (layer.crsGuessed || !layer.crs.isValid()) && layer.kind != LayerKind::Table)
            return look::icon(u"warning"_s, look::Tint::Warning);
        return {};
    case Qt::TextAlignmentRole:
        return column == Count ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
        return layer.notes.join(u'\n');
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (column) {
    case Title:
        return layer.title.isEmpty() ? layer.name : layer.title;
    case Kind:
        return texts::kind(layer);
    case Count:
        return texts::count(layer);
    case CrsColumn:
        return layer.kind == LayerKind::Table ? QString() : texts::shortCrs(layer.crs);
    default:
        return {};
    }
}

QVariant SourceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto *from = source(index);
    return index.parent().isValid() ? layerData(*from, index.row(), index.column(), role)
                                    : sourceData(*from, index.column(), role);
}

bool SourceModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !layer(index) || index.column() != Title)
        return false;
    auto &from = m_sources[std::size_t(index.parent().row())];
    from.chosen[std::size_t(index.row())] = value.toInt() == Qt::Checked;
    emit dataChanged(index, index, {Qt::CheckStateRole});
    emit choiceChanged();
    return true;
}

QVariant SourceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Title:
        return tr("Layer");
    case Kind:
        return tr("Kind");
    case Count:
        return tr("Objects");
    case CrsColumn:
        return tr("Coordinates");
    default:
        return {};
    }
}

Qt::ItemFlags SourceModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    auto flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.parent().isValid()) {
        flags |= Qt::ItemNeverHasChildren;
        if (index.column() == Title)
            flags |= Qt::ItemIsUserCheckable;
    }
    return flags;
}

} // namespace hanseatlas
