// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/catalogue/cataloguelayers.h"

#include "layers/map/layernodes.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

class Maker
{
public:
    explicit Maker(int seed)
        : m_seed(seed)
    {
    }

    std::optional<LayerNode> make(const CatalogueNode &node)
    {
        switch (node.kind) {
        case CatalogueKind::Layer:
            return node.canBeShown() ? std::optional(layer(node, {})) : std::nullopt;
        case CatalogueKind::Dataset: {
            const auto resource = std::ranges::find_if(node.children, &CatalogueNode::canBeShown);
            return resource == node.children.end() ? std::nullopt : std::optional(layer(*resource, node.title));
        }
        case CatalogueKind::Folder:
        case CatalogueKind::Service:
            return group(node);
        case CatalogueKind::Hint:
            break;
        }
        return {};
    }

    int made() const { return m_made; }

private:
    LayerNode layer(const CatalogueNode &node, const QString &title)
    {
        Layer made;
        made.id = QUuid::createUuid();
        made.title = title.isEmpty() ? node.title : title;
        made.source = completeSource(node);
        made.style = Style::plain(GeometryKind::None, m_seed++);
        made.visible = node.visible;
        made.opacity = node.opacity;
        made.minScale = node.minScale;
        made.maxScale = node.maxScale;
        made.provenance = provenanceOf(node);
        made.explanation = node.abstract;
        made.refreshEvery = refreshIntervalOf(made.source);
        ++m_made;
        return {.id = made.id, .layer = std::move(made)};
    }

    std::optional<LayerNode> group(const CatalogueNode &node)
    {
        LayerNode made{.id = QUuid::createUuid(), .title = node.title, .visible = true, .opacity = node.opacity};
        for (const auto &child : node.children)
            if (auto inner = make(child))
                made.children.push_back(std::move(*inner));
        return made.children.empty() ? std::nullopt : std::optional(std::move(made));
    }

    int m_seed;
    int m_made = 0;
};

Layer *firstLayer(std::vector<LayerNode> &nodes)
{
    for (auto &node : nodes) {
        if (node.layer)
            return &*node.layer;
        if (auto *inner = firstLayer(node.children))
            return inner;
    }
    return nullptr;
}

bool anyVisible(const std::vector<LayerNode> &nodes)
{
    return std::ranges::any_of(
        nodes, [](const LayerNode &node) { return node.layer ? node.layer->visible : anyVisible(node.children); });
}

} // namespace

std::vector<LayerNode> layerNodes(std::span<const CatalogueNode *const> chosen, int seed)
{
    Maker maker(seed);
    std::vector<LayerNode> nodes;
    for (const auto *node : chosen) {
        auto made = maker.make(*node);
        if (!made)
            continue;
        if (made->layer)
            made->layer->visible = true; // it was pointed at
        nodes.push_back(std::move(*made));
    }
    if (!nodes.empty() && !anyVisible(nodes))
        firstLayer(nodes)->visible = true;
    return nodes;
}

Provenance provenanceOf(const CatalogueNode &node)
{
    return {.source = node.contact.isEmpty() ? node.attribution : node.contact,
            .licence = node.licence,
            .attribution = node.attribution,
            .dataTime = node.modified,
            .personal = node.personal};
}

} // namespace hanseatlas
