// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/layernodes.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace hanseatlas
{
namespace
{

Style styleFor(const LayerDescription &description, int seed)
{
    if (!description.style.isEmpty()) {
        if (auto style = Style::fromJson(description.style))
            return *std::move(style);
    }
    auto style = Style::plain(mainKind(description), seed);
    if (description.kind == LayerKind::Raster && description.rasterKind == RasterKind::Values)
        style.raster.ramp = u"viridis"_s;
    return style;
}

/** Small things lie on top of large ones, or nobody sees them. */
int rank(const LayerDescription &description)
{
    if (description.kind == LayerKind::Raster)
        return 4;
    if (description.kind == LayerKind::Table)
        return 5;
    switch (mainKind(description)) {
    case GeometryKind::Point:
        return 0;
    case GeometryKind::Line:
        return 1;
    case GeometryKind::None:
        return 2;
    case GeometryKind::Polygon:
        break;
    }
    return 3;
}

LayerNode groupOf(const QString &title, std::vector<LayerNode> children)
{
    return {.id = QUuid::createUuid(), .title = title, .children = std::move(children)};
}

} // namespace

GeometryKind mainKind(const LayerDescription &description)
{
    if (description.kind != LayerKind::Vector || description.geometryKinds.size() != 1)
        return GeometryKind::None;
    return description.geometryKinds.front();
}

std::chrono::seconds refreshIntervalOf(const SourceRef &ref)
{
    constexpr qint64 shortest = 5, longest = 366LL * 24 * 3600; // servers must not be pestered
    const auto wanted = ref.options["refreshEvery"_L1].toInteger();
    return std::chrono::seconds(wanted > 0 ? std::clamp(wanted, shortest, longest) : 0);
}

LayerNode nodeFor(const SourceRef &ref, const LayerDescription &description, int seed)
{
    Layer layer;
    layer.id = QUuid::createUuid();
    layer.title = description.title.isEmpty() ? description.name : description.title;
    layer.source = ref;
    layer.source.layer = description.name;
    layer.style = styleFor(description, seed);
    layer.provenance = description.provenance;
    layer.minScale = description.minScale;
    layer.maxScale = description.maxScale;
    layer.refreshEvery = refreshIntervalOf(ref);
    return {.id = layer.id, .layer = std::move(layer)};
}

int stackRank(const SourceDescription &description)
{
    int top = std::numeric_limits<int>::max();
    for (const auto &layer : description.layers)
        top = std::min(top, rank(layer));
    return top;
}

std::vector<LayerNode> nodesFor(const SourceDescription &description, const SourceRef &asked, int seed)
{
    const auto ref = description.ref.value_or(asked);
    std::vector<const LayerDescription *> single;
    std::vector<LayerNode> nodes;
    for (const auto &layer : description.layers) {
        if (layer.group.isEmpty()) {
            single.push_back(&layer);
            continue;
        }
        auto group = std::ranges::find(nodes, layer.group, &LayerNode::title);
        if (group == nodes.end())
            group = nodes.insert(nodes.end(), groupOf(layer.group, {}));
        group->children.push_back(nodeFor(ref, layer, seed++));
    }
    std::ranges::stable_sort(single, {}, [](const auto *layer) { return rank(*layer); });
    for (const auto *layer : single)
        nodes.push_back(nodeFor(ref, *layer, seed++));
    if (nodes.size() <= 1)
        return nodes;
    std::vector<LayerNode> one;
    one.push_back(groupOf(description.title, std::move(nodes)));
    return one;
}

} // namespace hanseatlas
