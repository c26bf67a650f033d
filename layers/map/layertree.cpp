// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/layertree.h"

#include <QMimeData>
#include <QSet>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace hanseatlas
{
namespace
{

const QString mimeType = u"application/x-hanseatlas-layers"_s;

template <class... F>
struct Visitor : F... {
    using F::operator()...;
};

/** Gives the node and all below it ids that agree, and folds doubles of the same kind of state. */
void settle(LayerNode &node)
{
    if (node.id.isNull())
        node.id = node.layer && !node.layer->id.isNull() ? node.layer->id : QUuid::createUuid();
    if (node.layer)
        node.layer->id = node.id;
    for (auto &child : node.children)
        settle(child);
}

/** What an undo stack keeps of a layer: all but its data, which may be large or personal and can be read again. */
void forgetData(LayerNode &node)
{
    if (node.layer) {
        node.layer->state = LayerState::Unloaded;
        node.layer->error = {};
        node.layer->data.reset();
        node.layer->loadedAt = {};
    }
    for (auto &child : node.children)
        forgetData(child);
}

bool isWellFormed(const LayerNode &node, QSet<QUuid> &seen)
{
    const auto before = seen.size();
    seen.insert(node.id);
    if (seen.size() == before || (node.layer && !node.children.empty()))
        return false;
    return std::ranges::all_of(node.children, [&](const auto &child) { return isWellFormed(child, seen); });
}

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

} // namespace

void forEachNode(const std::vector<LayerNode> &nodes, const std::function<void(const LayerNode &)> &visit)
{
    for (const auto &node : nodes) {
        visit(node);
        forEachNode(node.children, visit);
    }
}

struct LayerTree::Private {
    /** Stands for a node in model indexes, which need an address that stays when the values move. */
    struct Item {
        QUuid id;
        Item *parent = nullptr;
        LayerNode *node = nullptr; ///< null: the root
        std::vector<std::unique_ptr<Item>> children;

        int row() const
        {
            const auto found =
                std::ranges::find_if(parent->children, [this](const auto &c) { return c.get() == this; });
            return int(found - parent->children.begin());
        }
        bool isGroup() const { return !node || !node->layer; }
    };

    explicit Private(LayerTree &t)
        : tree(t)
    {
    }

    LayerTree &tree;
    Item root;
    QHash<QUuid, Item *> items;
    QHash<QUuid, Style> drawnStyles; ///< of layers whose classes do not fit their style yet
    const QByteArray token = QUuid::createUuid().toByteArray(); ///< keeps drags from other windows out
    bool layersTouched = false;

    std::vector<LayerNode> &nodesOf(Item &item) { return item.node ? item.node->children : tree.m_roots; }
    Item *itemOf(const QUuid &id) { return id.isNull() ? &root : items.value(id); }
    Item *itemOf(const QModelIndex &index)
    {
        return index.isValid() ? static_cast<Item *>(index.internalPointer()) : &root;
    }
    QModelIndex indexOf(Item &item) { return item.parent ? tree.createIndex(item.row(), 0, &item) : QModelIndex(); }

    void relink(Item &item)
    {
        auto &nodes = nodesOf(item);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            item.children[i]->node = &nodes[i];
            relink(*item.children[i]);
        }
    }
    std::unique_ptr<Item> makeItem(const LayerNode &node, Item *parent)
    {
        auto item = std::make_unique<Item>();
        item->id = node.id;
        item->parent = parent;
        items.insert(node.id, item.get());
        for (const auto &child : node.children)
            item->children.push_back(makeItem(child, item.get()));
        return item;
    }
    void forget(const Item &item)
    {
        items.remove(item.id);
        drawnStyles.remove(item.id);
        for (const auto &child : item.children)
            forget(*child);
    }
    bool isWithin(const Item *item, const Item *ancestor) const
    {
        for (; item; item = item->parent) {
            if (item == ancestor)
                return true;
        }
        return false;
    }
    void tellChanged(Item &item, const QList<int> &roles = {})
    {
        const auto index = indexOf(item);
        emit tree.dataChanged(index, index, roles);
    }
    Layer *layer(const QUuid &id)
    {
        auto *item = items.value(id);
        return item && item->node->layer ? &*item->node->layer : nullptr;
    }
    std::unexpected<Error> gone() const
    {
        return failure(ErrorKind::NotFound, tr("The layer or group is no longer there."));
    }

    using Done = Result<TreeChange>;
    Done change(TreeChange::Insert &&insert);
    Done change(TreeChange::Remove &&remove);
    Done change(TreeChange::Move &&move);
    Done change(TreeChange::Set &&set);
    Done change(TreeChange::Replace &&replace);
    Done change(TreeChange::Batch &&batch);
    Done run(TreeChange change);

    LayerNode setLayer(Item &item, Layer fresh);
    void addToScene(const std::vector<LayerNode> &nodes, double opacity, std::vector<Layer> &layers) const;
    QList<QUuid> draggedIds(const QMimeData *data) const;
    std::vector<TreeChange> movesTo(Item &parent, int row, const QList<QUuid> &ids);
    QVariant groupData(const LayerNode &node, int role) const;
    QVariant layerData(const Layer &layer, int role) const;
    QString stateText(const Layer &layer) const;
};

Result<TreeChange> LayerTree::Private::change(TreeChange::Insert &&insert)
{
    auto *parent = itemOf(insert.parent);
    if (!parent)
        return gone();
    settle(insert.node);
    QSet<QUuid> seen(items.keyBegin(), items.keyEnd());
    if (!parent->isGroup() || !isWellFormed(insert.node, seen))
        return failure(ErrorKind::Invalid, tr("The layer cannot be put there."));
    auto &nodes = nodesOf(*parent);
    const int count = int(nodes.size());
    const int row = insert.row < 0 || insert.row > count ? count : insert.row;
    const auto id = insert.node.id;
    tree.beginInsertRows(indexOf(*parent), row, row);
    parent->children.insert(parent->children.begin() + row, makeItem(insert.node, parent));
    nodes.insert(nodes.begin() + row, std::move(insert.node));
    relink(root);
    tree.endInsertRows();
    layersTouched = true;
    return TreeChange{TreeChange::Remove{id}, {}};
}

Result<TreeChange> LayerTree::Private::change(TreeChange::Remove &&remove)
{
    auto *item = items.value(remove.node);
    if (!item)
        return gone();
    auto &parent = *item->parent;
    const int row = item->row();
    tree.beginRemoveRows(indexOf(parent), row, row);
    auto &nodes = nodesOf(parent);
    TreeChange::Insert back{parent.id, row, std::move(nodes[std::size_t(row)])};
    nodes.erase(nodes.begin() + row);
    forget(*item);
    parent.children.erase(parent.children.begin() + row);
    relink(root);
    tree.endRemoveRows();
    layersTouched = true;
    forgetData(back.node);
    return TreeChange{std::move(back), {}};
}

Result<TreeChange> LayerTree::Private::change(TreeChange::Move &&move)
{
    auto *item = items.value(move.node);
    auto *target = itemOf(move.parent);
    if (!item || !target)
        return gone();
    if (!target->isGroup() || isWithin(target, item))
        return failure(ErrorKind::Invalid, tr("A group cannot be moved into itself, and nothing into a layer."));
    auto &source = *item->parent;
    const int from = item->row();
    const int room = int(target->children.size()) - (target == &source ? 1 : 0);
    const int to = move.row < 0 || move.row > room ? room : move.row;
    const TreeChange back{TreeChange::Move{item->id, source.id, from}, {}};
    if (target == &source && to == from)
        return back;
    const int before = target == &source && to > from ? to + 1 : to; // Qt counts with the row still in its place
    tree.beginMoveRows(indexOf(source), from, from, indexOf(*target), before);
    auto node = std::move(nodesOf(source)[std::size_t(from)]);
    auto owned = std::move(source.children[std::size_t(from)]);
    nodesOf(source).erase(nodesOf(source).begin() + from);
    source.children.erase(source.children.begin() + from);
    relink(root); // the target's node may have slipped into another place
    owned->parent = target;
    nodesOf(*target).insert(nodesOf(*target).begin() + to, std::move(node));
    target->children.insert(target->children.begin() + to, std::move(owned));
    relink(root);
    tree.endMoveRows();
    return back;
}

LayerNode LayerTree::Private::setLayer(Item &item, Layer fresh)
{
    auto &layer = *item.node->layer;
    fresh.id = layer.id;
    fresh.expanded = layer.expanded;
    fresh.state = layer.state;
    fresh.error = layer.error;
    fresh.data = layer.data;
    fresh.loadedAt = layer.loadedAt;
    if (layer.data && !sameClasses(layer.style, fresh.style) && !drawnStyles.contains(item.id))
        drawnStyles.insert(item.id, layer.style);
    if (const auto drawn = drawnStyles.constFind(item.id);
        drawn != drawnStyles.constEnd() && sameClasses(*drawn, fresh.style))
        drawnStyles.erase(drawn);
    layersTouched = layersTouched || fresh.source != layer.source;
    LayerNode old{.id = item.id, .layer = std::exchange(layer, std::move(fresh))};
    return old;
}

Result<TreeChange> LayerTree::Private::change(TreeChange::Set &&set)
{
    auto *item = items.value(set.node.id.isNull() && set.node.layer ? set.node.layer->id : set.node.id);
    if (!item)
        return gone();
    if (item->isGroup() == set.node.layer.has_value())
        return failure(ErrorKind::Invalid, tr("A group cannot become a layer, nor a layer a group."));
    auto &node = *item->node;
    LayerNode old;
    if (set.node.layer) {
        old = setLayer(*item, std::move(*set.node.layer));
    } else {
        old = {.id = node.id, .expanded = node.expanded};
        old.title = std::exchange(node.title, std::move(set.node.title));
        old.visible = std::exchange(node.visible, set.node.visible);
        old.opacity = std::exchange(node.opacity, set.node.opacity);
        old.theme = std::exchange(node.theme, std::move(set.node.theme));
    }
    forgetData(old);
    tellChanged(*item);
    return TreeChange{TreeChange::Set{std::move(old)}, {}};
}

Result<TreeChange> LayerTree::Private::change(TreeChange::Replace &&replace)
{
    QSet<QUuid> seen;
    for (auto &node : replace.nodes) {
        settle(node);
        if (!isWellFormed(node, seen))
            return failure(ErrorKind::Invalid, tr("The layers contradict each other: one of them is there twice."));
    }
    tree.beginResetModel();
    TreeChange::Replace back{std::exchange(tree.m_roots, std::move(replace.nodes))};
    items.clear();
    drawnStyles.clear();
    root.children.clear();
    for (const auto &node : tree.m_roots)
        root.children.push_back(makeItem(node, &root));
    relink(root);
    tree.endResetModel();
    layersTouched = true;
    std::ranges::for_each(back.nodes, forgetData);
    return TreeChange{std::move(back), {}};
}

Result<TreeChange> LayerTree::Private::change(TreeChange::Batch &&batch)
{
    TreeChange::Batch back;
    for (auto &part : batch.changes) {
        auto inverse = run(std::move(part));
        if (!inverse) { // all or nothing
            for (auto &undo : back.changes)
                (void)run(std::move(undo));
            return inverse;
        }
        back.changes.insert(back.changes.begin(), std::move(*inverse));
    }
    return TreeChange{std::move(back), {}};
}

Result<TreeChange> LayerTree::Private::run(TreeChange wanted)
{
    auto inverse = std::visit([this](auto &what) { return change(std::move(what)); }, wanted.what);
    if (inverse)
        inverse->text = wanted.text;
    return inverse;
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
    return {};
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

Qt::DropActions LayerTree::supportedDropActions() const
{
    return Qt::MoveAction;
}

QStringList LayerTree::mimeTypes() const
{
    return {mimeType};
}

QMimeData *LayerTree::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    QByteArray lines = d->token;
    for (const auto &index : indexes)
        lines += '\n' + idOf(index).toByteArray();
    auto *data = new QMimeData;
    data->setData(mimeType, lines);
    return data;
}

/** Still there, in the order of the tree, without those that come along with a group of theirs. */
QList<QUuid> LayerTree::Private::draggedIds(const QMimeData *data) const
{
    if (!data)
        return {};
    const auto lines = data->data(mimeType).split('\n');
    if (lines.isEmpty() || lines.first() != token)
        return {};
    QSet<QUuid> chosen;
    for (const auto &line : lines.sliced(1))
        chosen.insert(QUuid::fromString(line));
    QList<QUuid> result;
    auto visit = [&](auto &self, const Item &item) -> void {
        for (const auto &child : item.children) {
            if (chosen.contains(child->id))
                result.append(child->id);
            else
                self(self, *child);
        }
    };
    visit(visit, root);
    return result;
}

bool LayerTree::canDropMimeData(const QMimeData *data, Qt::DropAction action, int, int, const QModelIndex &parent) const
{
    auto *target = d->itemOf(parent);
    if (action != Qt::MoveAction || !target->isGroup())
        return false;
    const auto ids = d->draggedIds(data);
    return !ids.isEmpty()
        && std::ranges::none_of(ids, [&](const auto &id) { return d->isWithin(target, d->items.value(id)); });
}

/** Moves, one after the other, that bring the nodes together in front of what is at `row` now. */
std::vector<TreeChange> LayerTree::Private::movesTo(Item &parent, int row, const QList<QUuid> &ids)
{
    QList<QUuid> order;
    for (const auto &child : parent.children)
        order.append(child->id);
    QUuid previous; // stays in place: the last one before the gap that is not moved itself
    for (int i = 0; i < row; ++i) {
        if (!ids.contains(order[i]))
            previous = order[i];
    }
    std::vector<TreeChange> moves;
    for (const auto &id : ids) {
        order.removeOne(id);
        const int to = previous.isNull() ? 0 : int(order.indexOf(previous)) + 1;
        order.insert(to, id);
        moves.push_back({TreeChange::Move{id, parent.id, to}, {}});
        previous = id;
    }
    return moves;
}

bool LayerTree::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                             const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    auto &target = *d->itemOf(parent);
    if (row < 0) // onto a group: topmost in it; beside all rows: at the bottom
        row = parent.isValid() ? 0 : int(target.children.size());
    auto moves = d->movesTo(target, row, d->draggedIds(data));
    const auto text = moves.size() == 1 ? tr("Move layer") : tr("Move layers");
    emit editRequested({TreeChange::Batch{std::move(moves)}, text});
    return true;
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
