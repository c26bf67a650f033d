// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/layertree_p.h"

#include <QSet>

#include <utility>

namespace hanseatlas
{

namespace
{

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
        node.layer->trouble.clear();
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

} // namespace

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
    fresh.trouble = layer.trouble;
    fresh.dimensions = layer.dimensions;
    fresh.upcoming = layer.upcoming;
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

} // namespace hanseatlas
