// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/layertree_p.h"

#include <QMimeData>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

const QString mimeType = u"application/x-hanseatlas-layers"_s;

} // namespace

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

} // namespace hanseatlas
