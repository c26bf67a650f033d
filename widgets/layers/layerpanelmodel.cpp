// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/layerpanelmodel.h"

#include <QLocale>
#include <QMimeData>

#include <utility>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

/** What an index points to: the node itself, or the item's legend as a whole (the row says which line). */
struct LayerPanelModel::Item {
    struct Handle {
        Item *item;
        bool legend;
    };
    explicit Item(const QUuid &i)
        : id(i)
    {
    }
    Item(const Item &) = delete;

    QUuid id;
    Handle node{this, false};
    Handle line{this, true};
    std::vector<LegendEntry> legend;
    LegendEntry picture{.styleClass = -1}; ///< instead of the lines, where it says that it is one
    enum class Fetching { No, Runs, Done, Failed } fetching = Fetching::No;
    Latest fetch;
    int revision = 0;

    void readLegend(const Layer &layer)
    {
        data = layer.data;
        style = layer.style;
        legend = legendOf(layer);
        picture.isPicture = legend.empty() && legendSource(layer);
    }
    // what the legend was made from
    LayerDataPtr data;
    Style style;
};

namespace
{

QString number(qint64 n)
{
    return QLocale().toString(n);
}

QStringList notesOf(const Layer &layer)
{
    QStringList notes;
    if (!layer.data)
        return notes;
    const auto *raster = std::get_if<std::shared_ptr<const RasterSource>>(&layer.data->source);
    const auto fetched = raster && *raster ? (*raster)->fetchedAt() : layer.data->description.fetched;
    if (fetched.isValid())
        notes << LayerPanelModel::tr("Fetched from the server: %1")
                     .arg(QLocale().toString(fetched.toLocalTime(), QLocale::ShortFormat));
    if (const auto n = layer.data->invalid.size(); n > 0)
        notes << LayerPanelModel::tr("%1 invalid areas are outlined on the map.").arg(number(qint64(n)));
    if (layer.data->features)
        notes += layer.data->features->notes;
    return notes + layer.data->description.notes;
}

} // namespace

LayerPanelModel::LayerPanelModel(LayerTree &tree, QObject *parent)
    : QAbstractProxyModel(parent)
    , m_tree(tree)
{
    add(tree.roots());
    watchTree();
    setSourceModel(&tree);
}

LayerPanelModel::~LayerPanelModel() = default;

void LayerPanelModel::watchTree()
{
    // Rows of nodes have the same places here as in the tree; only layers have children more.
    connect(&m_tree, &LayerTree::rowsAboutToBeInserted, this,
            [this](const QModelIndex &p, int first, int last) { beginInsertRows(mapFromSource(p), first, last); });
    connect(&m_tree, &LayerTree::rowsInserted, this, [this] {
        add(m_tree.roots());
        endInsertRows();
    });
    connect(&m_tree, &LayerTree::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &p, int first, int last) { beginRemoveRows(mapFromSource(p), first, last); });
    connect(&m_tree, &LayerTree::rowsRemoved, this, [this] {
        endRemoveRows();
        prune();
    });
    connect(&m_tree, &LayerTree::rowsAboutToBeMoved, this,
            [this](const QModelIndex &p, int first, int last, const QModelIndex &to, int row) {
                beginMoveRows(mapFromSource(p), first, last, mapFromSource(to), row);
            });
    connect(&m_tree, &LayerTree::rowsMoved, this, [this] { endMoveRows(); });
    connect(&m_tree, &LayerTree::modelAboutToBeReset, this, [this] { beginResetModel(); });
    connect(&m_tree, &LayerTree::modelReset, this, [this] {
        m_items.clear();
        add(m_tree.roots());
        endResetModel();
    });
    connect(&m_tree, &LayerTree::dataChanged, this, [this](const QModelIndex &from, const QModelIndex &to) {
        for (int row = from.row(); row <= to.row(); ++row)
            refresh(m_tree.idOf(from.siblingAtRow(row)));
        emit dataChanged(mapFromSource(from), mapFromSource(to));
    });
}

void LayerPanelModel::add(const std::vector<LayerNode> &nodes)
{
    for (const auto &node : nodes) {
        auto &item = m_items[node.id];
        if (!item) {
            item = std::make_unique<Item>(node.id);
            if (node.layer) {
                item->readLegend(*node.layer);
            }
        }
        add(node.children);
    }
}

void LayerPanelModel::prune()
{
    std::erase_if(m_items, [this](const auto &entry) { return !m_tree.find(entry.first); });
}

/** Counting a million features into classes takes milliseconds, so it is done when there is a reason. */
void LayerPanelModel::refresh(const QUuid &id)
{
    auto *item = itemOf(id);
    const auto *node = m_tree.find(id);
    if (!item || !node || !node->layer || (item->data == node->layer->data && item->style == node->layer->style))
        return;
    ++item->revision;
    const auto layer = indexOf(id);
    Item fresh(id);
    fresh.readLegend(*node->layer);
    auto take = [&] {
        item->data = std::move(fresh.data);
        item->style = std::move(fresh.style);
        item->legend = std::move(fresh.legend);
        item->picture.isPicture = fresh.picture.isPicture;
        item->fetch.cancel();
        item->fetching = Item::Fetching::No; // the old picture shows till the new one is here
    };
    const int before = lines(*item), after = lines(fresh);
    if (before == after) {
        take();
        if (after > 0)
            emit dataChanged(index(0, 0, layer), index(after - 1, 0, layer));
        return;
    }
    if (before > 0) { // other classes, other rows: nobody can tell which of them stayed
        beginRemoveRows(layer, 0, before - 1);
        item->legend.clear();
        item->picture = {.styleClass = -1};
        endRemoveRows();
    }
    if (after > 0)
        beginInsertRows(layer, 0, after - 1);
    take();
    if (after > 0)
        endInsertRows();
}

bool LayerPanelModel::wantsPicture(const QUuid &layer) const
{
    const auto *item = itemOf(layer);
    return item && item->picture.isPicture && item->fetching == Item::Fetching::No;
}

void LayerPanelModel::fetchPicture(const QUuid &layer, double pixelsPerMm)
{
    auto *item = itemOf(layer);
    const auto *node = m_tree.find(layer);
    const bool due = item && item->picture.isPicture
        && (item->fetching == Item::Fetching::No || item->fetching == Item::Fetching::Failed);
    const auto source = due && node && node->layer ? legendSource(*node->layer) : nullptr;
    if (!source)
        return;
    item->fetching = Item::Fetching::Runs;
    item->fetch.run(
        *m_pool, [source, pixelsPerMm](const CancelToken &token) { return source->legend(pixelsPerMm, token); },
        [this, layer](const Result<QImage> &picture) { showPicture(layer, picture); });
    if (const auto row = index(0, 0, indexOf(layer)); item->picture.picture.isNull() && row.isValid())
        emit dataChanged(row, row); // a failure no longer stands
}

void LayerPanelModel::showPicture(const QUuid &layer, const Result<QImage> &picture)
{
    auto *item = itemOf(layer);
    if (!item)
        return;
    ++item->revision;
    item->fetching = picture ? Item::Fetching::Done : Item::Fetching::Failed;
    item->picture.picture = picture.value_or(QImage());
    item->picture.title = picture ? QString() : picture.error().what;
    if (const auto row = index(0, 0, indexOf(layer)); row.isValid())
        emit dataChanged(row, row);
}

LayerPanelModel::Item *LayerPanelModel::itemOf(const QUuid &id) const
{
    const auto found = m_items.find(id);
    return found == m_items.end() ? nullptr : found->second.get();
}

LayerPanelModel::Item *LayerPanelModel::itemOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Item::Handle *>(index.internalPointer())->item : nullptr;
}

bool LayerPanelModel::isLegend(const QModelIndex &index) const
{
    return index.isValid() && static_cast<Item::Handle *>(index.internalPointer())->legend;
}

int LayerPanelModel::lines(const Item &item)
{
    if (item.picture.isPicture)
        return 1;
    return item.legend.size() > 1 ? int(item.legend.size()) : 0; // a single one is the layer's own sample
}

QUuid LayerPanelModel::nodeId(const QModelIndex &index) const
{
    const auto *item = itemOf(index);
    return item ? item->id : QUuid();
}

QModelIndex LayerPanelModel::indexOf(const QUuid &node) const
{
    return mapFromSource(m_tree.indexOf(node));
}

const Layer *LayerPanelModel::layer(const QModelIndex &index) const
{
    const auto *node = m_tree.find(nodeId(index));
    return node && node->layer ? &*node->layer : nullptr;
}

const LegendEntry *LayerPanelModel::legendEntry(const QModelIndex &index) const
{
    if (!isLegend(index))
        return nullptr;
    const auto *item = itemOf(index);
    if (item->picture.isPicture)
        return index.row() == 0 ? &item->picture : nullptr;
    const auto &legend = item->legend;
    return std::size_t(index.row()) < legend.size() ? &legend[std::size_t(index.row())] : nullptr;
}

const std::vector<LegendEntry> &LayerPanelModel::legend(const QUuid &layer) const
{
    static const std::vector<LegendEntry> none;
    const auto *item = itemOf(layer);
    return item ? item->legend : none;
}

int LayerPanelModel::legendRevision(const QUuid &layer) const
{
    const auto *item = itemOf(layer);
    return item ? item->revision : 0;
}

QModelIndex LayerPanelModel::mapToSource(const QModelIndex &index) const
{
    return index.isValid() && !isLegend(index) ? m_tree.indexOf(itemOf(index)->id) : QModelIndex();
}

QModelIndex LayerPanelModel::mapFromSource(const QModelIndex &index) const
{
    auto *item = index.isValid() ? itemOf(m_tree.idOf(index)) : nullptr;
    return item ? createIndex(index.row(), 0, &item->node) : QModelIndex();
}

QModelIndex LayerPanelModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    if (auto *item = itemOf(parent); item && layer(parent))
        return createIndex(row, 0, &item->line);
    return mapFromSource(m_tree.index(row, column, mapToSource(parent)));
}

QModelIndex LayerPanelModel::parent(const QModelIndex &child) const
{
    if (!child.isValid())
        return {};
    const auto source = m_tree.indexOf(itemOf(child)->id);
    return mapFromSource(isLegend(child) ? source : source.parent());
}

int LayerPanelModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return m_tree.rowCount();
    if (isLegend(parent) || parent.column() > 0)
        return 0;
    const auto source = mapToSource(parent);
    return source.data(LayerTree::IsGroupRole).toBool() ? m_tree.rowCount(source) : lines(*itemOf(parent));
}

int LayerPanelModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QString LayerPanelModel::pictureText(const QUuid &layer) const
{
    const auto *item = itemOf(layer);
    if (!item || !item->picture.picture.isNull())
        return tr("Legend");
    return item->fetching == Item::Fetching::Failed ? item->picture.title : tr("Loading …");
}

QVariant LayerPanelModel::legendData(const LegendEntry &entry, const QUuid &layer, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return entry.isPicture ? pictureText(layer) : entry.title;
    case Qt::ToolTipRole:
        if (entry.isPicture)
            return entry.title;
        return entry.count < 0 ? entry.title : tr("%1 (%2 objects)").arg(entry.title, number(entry.count));
    case Qt::CheckStateRole: {
        const auto *node = m_tree.find(layer);
        const bool isClass =
            node && entry.styleClass >= 0 && std::size_t(entry.styleClass) < node->layer->style.classes.size();
        return isClass ? QVariant(entry.visible ? Qt::Checked : Qt::Unchecked) : QVariant();
    }
    case Qt::AccessibleDescriptionRole:
        return tr("Line of the legend");
    case LayerTree::LayerIdRole:
        return layer;
    case LayerTree::IsGroupRole:
        return false;
    case IsLegendRole:
        return true;
    default:
        return {};
    }
}

QVariant LayerPanelModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (const auto *entry = legendEntry(index))
        return legendData(*entry, itemOf(index)->id, role);
    if (role == IsLegendRole)
        return false;
    const auto value = mapToSource(index).data(role);
    if (role == Qt::ToolTipRole) {
        if (const auto *l = layer(index))
            return (QStringList(value.toString()) + notesOf(*l)).join(u'\n');
    }
    return value;
}

bool LayerPanelModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const auto *entry = legendEntry(index);
    if (!entry)
        return m_tree.setData(mapToSource(index), value, role);
    const auto *node = m_tree.find(itemOf(index)->id);
    const auto number = std::size_t(entry->styleClass);
    if (role != Qt::CheckStateRole || !node || !node->layer || entry->styleClass < 0
        || number >= node->layer->style.classes.size())
        return false;
    auto wanted = *node;
    auto &visible = wanted.layer->style.classes[number].visible;
    const bool show = value.toInt() == Qt::Checked;
    if (std::exchange(visible, show) == show)
        return false;
    emit editRequested({TreeChange::Set{wanted}, show ? tr("Show class") : tr("Hide class")});
    return true;
}

Qt::ItemFlags LayerPanelModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return m_tree.flags({});
    if (!isLegend(index))
        return m_tree.flags(mapToSource(index)) & ~Qt::ItemNeverHasChildren;
    const auto common = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return index.data(Qt::CheckStateRole).isValid() ? common | Qt::ItemIsUserCheckable : common;
}

QMimeData *LayerPanelModel::mimeData(const QModelIndexList &indexes) const
{
    QModelIndexList nodes;
    for (const auto &index : indexes) {
        if (!isLegend(index))
            nodes << mapToSource(index);
    }
    return m_tree.mimeData(nodes);
}

/** Between the lines of a legend means below its layer. */
LayerPanelModel::Place LayerPanelModel::dropPlace(int row, const QModelIndex &parent) const
{
    const auto node = isLegend(parent) ? parent.parent() : parent;
    if (!layer(node))
        return {mapToSource(node), row};
    if (row < 0 && node == parent)
        return {mapToSource(node), row}; // onto a layer: refused by the tree
    const auto source = mapToSource(node);
    return {source.parent(), source.row() + 1};
}

bool LayerPanelModel::canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                                      const QModelIndex &parent) const
{
    const auto place = dropPlace(row, parent);
    return m_tree.canDropMimeData(data, action, place.row, column, place.parent);
}

bool LayerPanelModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                                   const QModelIndex &parent)
{
    const auto place = dropPlace(row, parent);
    return m_tree.dropMimeData(data, action, place.row, column, place.parent);
}

} // namespace hanseatlas
