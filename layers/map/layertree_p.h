// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"

#include <QHash>

#include <algorithm>

class QMimeData;

namespace hanseatlas
{

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

} // namespace hanseatlas
