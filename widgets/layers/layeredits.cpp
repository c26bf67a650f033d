// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/layeredits.h"

#include <algorithm>

namespace hanseatlas
{
namespace
{

int rowOf(const LayerTree &tree, const QUuid &id)
{
    return tree.indexOf(id).row();
}

QUuid parentOf(const LayerTree &tree, const QUuid &id)
{
    return tree.idOf(tree.indexOf(id).parent());
}

TreeChange setVisible(const LayerNode &node, bool visible)
{
    auto wanted = node;
    wanted.children.clear();
    if (wanted.layer)
        wanted.layer->visible = visible;
    else
        wanted.visible = visible;
    return {TreeChange::Set{std::move(wanted)}, {}};
}

bool isVisible(const LayerNode &node)
{
    return node.layer ? node.layer->visible : node.visible;
}

void renew(LayerNode &node)
{
    node.id = QUuid::createUuid();
    if (node.layer)
        node.layer->id = node.id;
    for (auto &child : node.children)
        renew(child);
}

template <class Visit>
void forEach(const std::vector<LayerNode> &nodes, const Visit &visit)
{
    for (const auto &node : nodes) {
        visit(node);
        forEach(node.children, visit);
    }
}

/** One node: over its neighbour, into it where it is an unfolded group, or out of its own group. */
TreeChange::Batch stepOne(const LayerTree &tree, const QUuid &id, int direction)
{
    const auto index = tree.indexOf(id);
    const int row = index.row();
    const auto parent = index.parent();
    const auto beside = index.siblingAtRow(row + direction);
    TreeChange::Batch batch;
    if (!beside.isValid()) {
        if (parent.isValid())
            batch.changes.push_back(
                {TreeChange::Move{id, tree.idOf(parent.parent()), parent.row() + (direction > 0 ? 1 : 0)}, {}});
    } else if (beside.data(LayerTree::IsGroupRole).toBool() && beside.data(LayerTree::ExpandedRole).toBool()) {
        batch.changes.push_back({TreeChange::Move{id, tree.idOf(beside), direction > 0 ? 0 : -1}, {}});
    } else {
        batch.changes.push_back({TreeChange::Move{id, tree.idOf(parent), row + direction}, {}});
    }
    return batch;
}

} // namespace

QList<QUuid> edits::withoutNested(const LayerTree &tree, const QList<QUuid> &ids)
{
    QList<QUuid> result;
    auto visit = [&](auto &self, const std::vector<LayerNode> &nodes) -> void {
        for (const auto &node : nodes) {
            if (ids.contains(node.id))
                result << node.id;
            else
                self(self, node.children);
        }
    };
    visit(visit, tree.roots());
    return result;
}

TreeChange edits::remove(const QList<QUuid> &ids)
{
    TreeChange::Batch batch;
    for (const auto &id : ids)
        batch.changes.push_back({TreeChange::Remove{id}, {}});
    return {std::move(batch), LayerTree::tr("Remove layer")};
}

TreeChange edits::group(const LayerTree &tree, const QList<QUuid> &ids, const QString &title, QUuid *group)
{
    LayerNode node{.id = QUuid::createUuid(), .title = title};
    if (group)
        *group = node.id;
    TreeChange::Batch batch;
    const auto parent = ids.isEmpty() ? QUuid() : parentOf(tree, ids.first());
    const int row = ids.isEmpty() ? 0 : rowOf(tree, ids.first());
    const auto id = node.id;
    batch.changes.push_back({TreeChange::Insert{parent, row, std::move(node)}, {}});
    for (const auto &member : ids)
        batch.changes.push_back({TreeChange::Move{member, id, -1}, {}});
    return {std::move(batch), LayerTree::tr("Group layers")};
}

TreeChange edits::duplicate(const LayerTree &tree, const QList<QUuid> &ids)
{
    TreeChange::Batch batch;
    for (auto id = ids.rbegin(); id != ids.rend(); ++id) { // from below, so that rows further up stay what they are
        auto copy = *tree.find(*id);
        renew(copy);
        auto &title = copy.layer ? copy.layer->title : copy.title;
        title = LayerTree::tr("%1 (copy)").arg(title);
        batch.changes.push_back({TreeChange::Insert{parentOf(tree, *id), rowOf(tree, *id), std::move(copy)}, {}});
    }
    return {std::move(batch), LayerTree::tr("Duplicate layer")};
}

TreeChange edits::show(const LayerTree &tree, const QList<QUuid> &ids, bool visible)
{
    TreeChange::Batch batch;
    for (const auto &id : ids) {
        if (const auto *node = tree.find(id); node && isVisible(*node) != visible)
            batch.changes.push_back(setVisible(*node, visible));
    }
    return {std::move(batch), visible ? LayerTree::tr("Show layer") : LayerTree::tr("Hide layer")};
}

TreeChange edits::showAll(const LayerTree &tree, bool visible)
{
    TreeChange::Batch batch;
    forEach(tree.roots(), [&](const LayerNode &node) {
        // to hide all it is enough to hide the layers; groups keep their state for the way back
        if (isVisible(node) != visible && (visible || node.layer))
            batch.changes.push_back(setVisible(node, visible));
    });
    return {std::move(batch), visible ? LayerTree::tr("Show all layers") : LayerTree::tr("Hide all layers")};
}

TreeChange edits::step(const LayerTree &tree, const QList<QUuid> &ids, int direction)
{
    TreeChange::Batch batch;
    const bool up = direction < 0;
    if (ids.size() == 1) {
        batch = stepOne(tree, ids.first(), up ? -1 : 1);
    } else if (!ids.isEmpty()) {
        const auto parent = parentOf(tree, ids.first());
        const bool together = std::ranges::all_of(ids, [&](const QUuid &id) { return parentOf(tree, id) == parent; });
        const int edge = up ? rowOf(tree, ids.first()) : rowOf(tree, ids.last());
        const int end = up ? 0 : tree.rowCount(tree.indexOf(parent)) - 1;
        if (together && edge != end) {
            auto order = ids;
            if (!up)
                std::ranges::reverse(order);
            for (const auto &id : std::as_const(order)) // the foremost first: it makes room for the next
                batch.changes.push_back({TreeChange::Move{id, parent, rowOf(tree, id) + (up ? -1 : 1)}, {}});
        }
    }
    return {std::move(batch), up ? LayerTree::tr("Move layer up") : LayerTree::tr("Move layer down")};
}

TreeChange edits::change(const LayerTree &tree, const QList<QUuid> &ids, const std::function<void(Layer &)> &edit)
{
    TreeChange::Batch batch;
    for (const auto &id : ids) {
        const auto *node = tree.find(id);
        if (!node || !node->layer)
            continue;
        auto wanted = *node;
        edit(*wanted.layer);
        batch.changes.push_back({TreeChange::Set{std::move(wanted)}, {}});
    }
    return {std::move(batch), LayerTree::tr("Change layer")};
}

bool edits::isEmpty(const TreeChange &change)
{
    const auto *batch = std::get_if<TreeChange::Batch>(&change.what);
    return batch && batch->changes.empty();
}

Extent extentOf(const LayerTree &tree, const QList<QUuid> &ids, const Crs &crs)
{
    Extent all;
    auto add = [&](const LayerNode &node) {
        if (!node.layer || !node.layer->data)
            return;
        const auto &data = *node.layer->data;
        const auto &box = data.features ? data.features->extent : data.description.extent;
        const auto &from = data.features ? data.features->crs : data.description.crs;
        if (box.isEmpty())
            return;
        if (const auto transform = Transform::create(from, crs))
            all.add(transform->forward(box));
    };
    for (const auto &id : ids) {
        if (const auto *node = tree.find(id)) {
            add(*node);
            forEach(node->children, add);
        }
    }
    return all;
}

} // namespace hanseatlas
