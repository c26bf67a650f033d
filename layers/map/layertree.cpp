// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/layertree_p.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace hanseatlas
{
namespace
{

QString ownTitle(const LayerNode &node)
{
    return node.layer ? node.layer->title : node.title;
}

bool isVisible(const LayerNode &node)
{
    return node.layer ? node.layer->visible : node.visible;
}

void collect(const std::vector<LayerNode> &nodes, QList<QUuid> &ids)
{
    for (const auto &node : nodes) {
        if (node.layer)
            ids.append(node.id);
        collect(node.children, ids);
    }
}

QDateTime fetchedAt(const Layer &layer)
{
    if (!layer.data)
        return {};
    const auto *raster = std::get_if<std::shared_ptr<const RasterSource>>(&layer.data->source);
    return raster && *raster ? (*raster)->fetchedAt() : layer.data->description.fetched;
}

} // namespace

void forEachNode(const std::vector<LayerNode> &nodes, const std::function<void(const LayerNode &)> &visit)
{
    for (const auto &node : nodes) {
        visit(node);
        forEachNode(node.children, visit);
    }
}

void forEachVisibleLayer(const std::vector<LayerNode> &nodes, const std::function<void(const Layer &)> &visit)
{
    for (const auto &node : nodes) {
        if (!isVisible(node))
            continue;
        if (node.layer)
            visit(*node.layer);
        forEachVisibleLayer(node.children, visit);
    }
}

LayerTree::LayerTree(QObject *parent)
    : QAbstractItemModel(parent)
    , d(std::make_unique<Private>(*this))
{
}

LayerTree::~LayerTree() = default;

Result<TreeChange> LayerTree::apply(TreeChange change)
{
    auto inverse = d->run(std::move(change));
    const bool layersTouched = std::exchange(d->layersTouched, false);
    if (layersTouched) // also by a batch that failed half-way: what it put back has lost its data
        emit layersChanged();
    if (layersTouched || inverse)
        emit sceneChanged();
    return inverse;
}

const LayerNode *LayerTree::find(const QUuid &id) const
{
    const auto *item = d->items.value(id);
    return item ? item->node : nullptr;
}

QModelIndex LayerTree::indexOf(const QUuid &id) const
{
    auto *item = d->items.value(id);
    return item ? d->indexOf(*item) : QModelIndex();
}

QUuid LayerTree::idOf(const QModelIndex &index) const
{
    return index.isValid() ? d->itemOf(index)->id : QUuid();
}

QList<QUuid> LayerTree::layerIds() const
{
    QList<QUuid> ids;
    collect(m_roots, ids);
    return ids;
}

void LayerTree::setExpanded(const QUuid &id, bool expanded)
{
    auto *item = d->items.value(id);
    if (!item)
        return;
    auto &value = item->node->layer ? item->node->layer->expanded : item->node->expanded;
    if (std::exchange(value, expanded) != expanded)
        d->tellChanged(*item, {ExpandedRole});
}

void LayerTree::setLoading(const QUuid &id)
{
    auto *layer = d->layer(id);
    if (!layer || layer->state == LayerState::Loading)
        return;
    layer->state = LayerState::Loading;
    d->tellChanged(*d->items[id]);
}

void LayerTree::setData(const QUuid &id, LayerDataPtr data)
{
    auto *layer = d->layer(id);
    if (!layer)
        return;
    const bool sameRead =
        layer->data && data && layer->data->source == data->source && layer->data->features == data->features;
    if (!sameRead || !layer->loadedAt.isValid())
        layer->loadedAt = QDateTime::currentDateTime();
    layer->state = data ? LayerState::Ready : LayerState::Unloaded;
    layer->error = {};
    layer->data = std::move(data);
    d->drawnStyles.remove(id);
    d->tellChanged(*d->items[id]);
    emit sceneChanged();
}

void LayerTree::setFailed(const QUuid &id, const Error &error)
{
    auto *layer = d->layer(id);
    if (!layer)
        return;
    layer->state = LayerState::Failed;
    layer->error = error;
    d->tellChanged(*d->items[id]);
}

void LayerTree::setDimensions(const QUuid &id, const Dimensions &dimensions, std::vector<Dimensions> upcoming)
{
    auto *layer = d->layer(id);
    if (!layer)
        return;
    layer->upcoming = std::move(upcoming);
    if (layer->dimensions == dimensions)
        return;
    layer->dimensions = dimensions;
    d->tellChanged(*d->items[id]);
    emit sceneChanged();
}

void LayerTree::setTrouble(const QUuid &id, const QString &trouble)
{
    auto *layer = d->layer(id);
    if (layer && std::exchange(layer->trouble, trouble) != trouble)
        d->tellChanged(*d->items[id]);
}

void LayerTree::Private::addToScene(const std::vector<LayerNode> &nodes, double opacity,
                                    std::vector<Layer> &layers) const
{
    for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
        if (!isVisible(*node))
            continue;
        if (!node->layer) {
            addToScene(node->children, opacity * node->opacity, layers);
        } else if (node->layer->data) {
            layers.push_back(*node->layer);
            layers.back().opacity *= opacity;
            if (const auto drawn = drawnStyles.constFind(node->id); drawn != drawnStyles.constEnd())
                layers.back().style = *drawn;
        }
    }
}

MapScene LayerTree::scene() const
{
    MapScene scene;
    d->addToScene(m_roots, 1, scene.layers);
    return scene;
}

void LayerTree::setScale(double denominator)
{
    const double before = std::exchange(m_scale, denominator);
    for (auto *item : std::as_const(d->items)) {
        if (item->node->layer && item->node->layer->inScale(before) != item->node->layer->inScale(denominator))
            d->tellChanged(*item, {OutOfScaleRole, Qt::ToolTipRole, Qt::AccessibleDescriptionRole});
    }
}

QModelIndex LayerTree::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, d->itemOf(parent)->children[std::size_t(row)].get());
}

QModelIndex LayerTree::parent(const QModelIndex &child) const
{
    return child.isValid() ? d->indexOf(*d->itemOf(child)->parent) : QModelIndex();
}

int LayerTree::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(d->itemOf(parent)->children.size());
}

int LayerTree::columnCount(const QModelIndex &) const
{
    return 1;
}

QString LayerTree::Private::stateText(const Layer &layer) const
{
    switch (layer.state) {
    case LayerState::Loading:
        return tr("Loading …");
    case LayerState::Failed:
        return layer.error.hint.isEmpty() ? layer.error.what : layer.error.what + u'\n' + layer.error.hint;
    case LayerState::Unloaded:
    case LayerState::Ready:
        break;
    }
    if (!layer.inScale(tree.m_scale))
        return tr("Not shown at this scale.");
    return layer.trouble;
}

QVariant LayerTree::Private::layerData(const Layer &layer, int role) const
{
    switch (role) {
    case Qt::ToolTipRole: {
        const auto state = stateText(layer);
        return state.isEmpty() ? layer.title : layer.title + u'\n' + state;
    }
    case Qt::AccessibleDescriptionRole:
        return stateText(layer);
    case ExpandedRole:
        return layer.expanded;
    case StateRole:
        return int(layer.state);
    case OutOfScaleRole:
        return !layer.inScale(tree.m_scale);
    case ErrorRole:
        return layer.state == LayerState::Failed ? layer.error.what : QString();
    case TroubleRole:
        return layer.state == LayerState::Ready && layer.inScale(tree.m_scale) ? layer.trouble : QString();
    case FetchedRole:
        return fetchedAt(layer);
    case OpacityRole:
        return layer.opacity;
    default:
        return {};
    }
}

QVariant LayerTree::Private::groupData(const LayerNode &node, int role) const
{
    switch (role) {
    case Qt::ToolTipRole:
        return node.title;
    case ExpandedRole:
        return node.expanded;
    case OpacityRole:
        return node.opacity;
    default:
        return {};
    }
}

QVariant LayerTree::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &node = *d->itemOf(index)->node;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return ownTitle(node);
    case Qt::CheckStateRole:
        return isVisible(node) ? Qt::Checked : Qt::Unchecked;
    case LayerIdRole:
        return node.id;
    case IsGroupRole:
        return !node.layer;
    default:
        return node.layer ? d->layerData(*node.layer, role) : d->groupData(node, role);
    }
}

bool LayerTree::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    auto wanted = *d->itemOf(index)->node;
    wanted.children.clear();
    const bool group = !wanted.layer;
    TreeChange change;
    if (role == Qt::EditRole) {
        const auto title = value.toString().trimmed();
        if (title.isEmpty() || title == ownTitle(wanted))
            return false;
        (group ? wanted.title : wanted.layer->title) = title;
        change.text = group ? tr("Rename group") : tr("Rename layer");
    } else if (role == Qt::CheckStateRole) {
        const bool visible = value.toInt() == Qt::Checked;
        if (visible == isVisible(wanted))
            return false;
        (group ? wanted.visible : wanted.layer->visible) = visible;
        change.text = group ? (visible ? tr("Show group") : tr("Hide group"))
            : visible       ? tr("Show layer")
                            : tr("Hide layer");
    } else if (role == OpacityRole) {
        const double opacity = std::clamp(value.toDouble(), 0.0, 1.0);
        auto &current = group ? wanted.opacity : wanted.layer->opacity;
        if (std::exchange(current, opacity) == opacity)
            return false;
        change.text = tr("Change opacity");
    } else if (role == ExpandedRole) {
        setExpanded(wanted.id, value.toBool());
        return true;
    } else {
        return false;
    }
    change.what = TreeChange::Set{std::move(wanted)};
    emit editRequested(change);
    return true;
}

Qt::ItemFlags LayerTree::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    const auto common =
        Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsUserCheckable | Qt::ItemIsDragEnabled;
    return common | (d->itemOf(index)->isGroup() ? Qt::ItemIsDropEnabled : Qt::ItemNeverHasChildren);
}

bool sameClasses(const Style &a, const Style &b)
{
    auto same = [](const StyleClass &x, const StyleClass &y) {
        return x.value == y.value && x.lower == y.lower && x.upper == y.upper && x.filter == y.filter;
    };
    return a.kind == b.kind && a.field == b.field && a.otherwise.has_value() == b.otherwise.has_value()
        && std::ranges::equal(a.classes, b.classes, same);
}

} // namespace hanseatlas
