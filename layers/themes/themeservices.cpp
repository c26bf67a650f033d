// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/themes/themeservices.h"

#include <algorithm>

namespace hanseatlas
{

bool ThemeService::replacesLayer(const Layer &candidate) const
{
    const auto &source = candidate.source;
    if (candidate.theme != theme || source.isRemote())
        return false;
    return replaces.isEmpty() || replaces.contains(source.location)
        || replaces.contains(source.location + u'|' + source.layer);
}

namespace
{

/** Finds what is to go, and where the first of it stands. */
struct Replaced {
    std::vector<QUuid> layers;
    QUuid parent;
    int row = -1; ///< of the first
    bool visible = false;

    void collect(const std::vector<LayerNode> &nodes, const QUuid &within, const ThemeService &service)
    {
        int at = 0;
        for (const auto &node : nodes) {
            if (node.layer && service.replacesLayer(*node.layer)) {
                if (layers.empty()) {
                    parent = within;
                    row = at;
                }
                layers.push_back(node.id);
                visible = visible || node.layer->visible;
            }
            collect(node.children, node.id, service);
            ++at;
        }
    }
};

} // namespace

std::optional<TreeChange> takeFromService(const ThemeService &service, const LayerTree &tree)
{
    Replaced replaced;
    replaced.collect(tree.roots(), {}, service);
    if (replaced.layers.empty() || !service.layer.layer)
        return {};
    auto node = service.layer;
    node.id = node.layer->id = QUuid::createUuid();
    node.theme = node.layer->theme = service.theme;
    node.layer->visible = replaced.visible;
    std::vector<TreeChange> changes;
    changes.push_back(
        {.what = TreeChange::Insert{.parent = replaced.parent, .row = replaced.row, .node = std::move(node)}});
    for (const auto &id : replaced.layers)
        changes.push_back({.what = TreeChange::Remove{id}});
    return TreeChange{.what = TreeChange::Batch{std::move(changes)}};
}

ThemeOrigins originsOf(const LayerTree &tree)
{
    ThemeOrigins origins;
    forEachNode(tree.roots(), [&](const LayerNode &node) {
        if (!node.layer || node.layer->theme.isEmpty())
            return;
        if (node.layer->source.isRemote())
            origins.services << node.layer->title;
        else if (node.layer->provenance.demo && node.layer->visible)
            origins.demo << node.layer->title;
    });
    return origins;
}

} // namespace hanseatlas
