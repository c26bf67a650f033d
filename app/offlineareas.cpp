// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/offlineareas.h"

#include "datasources/offline/offlinepackage.h"
#include "widgets/map/identify.h"

#include <QCollator>
#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr std::size_t mostObjects = 5000; ///< more cannot be chosen from by name

struct OfflineAreas {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::OfflineAreas)
};

} // namespace

std::vector<OfflineChoice::Candidate> offlineCandidates(const LayerTree &tree, const std::vector<MapTheme> &themes)
{
    std::vector<OfflineChoice::Candidate> candidates;
    QList<QUuid> visible;
    forEachVisibleLayer(tree.roots(), [&](const Layer &layer) { visible << layer.id; });
    for (const auto &id : tree.layerIds()) {
        const auto &layer = *tree.find(id)->layer;
        if (!layer.source.isRemote())
            continue;
        auto &candidate =
            candidates.emplace_back(OfflineChoice::Candidate{layer.title, layer.source, visible.contains(id)});
        const auto theme = std::ranges::find(themes, layer.theme, &MapTheme::id);
        if (theme != themes.end())
            candidate.themes << theme->title;
    }
    for (const auto &theme : themes) {
        forEachNode(theme.layers, [&](const LayerNode &node) {
            if (!node.layer || !node.layer->source.isRemote())
                return;
            auto known = std::ranges::find(candidates, node.layer->source, &OfflineChoice::Candidate::source);
            if (known == candidates.end())
                known = candidates.insert(known, {node.layer->title, node.layer->source, false, {}, false});
            if (!known->themes.contains(theme.title))
                known->themes << theme.title;
        });
    }
    return candidates;
}

std::vector<AreaChoice::Layer> layersOfAreas(const LayerTree &tree)
{
    std::vector<AreaChoice::Layer> layers;
    for (const auto &id : tree.layerIds()) {
        const auto &layer = *tree.find(id)->layer;
        if (!layer.data || layer.data->isRaster())
            continue;
        const auto &kinds = layer.data->description.geometryKinds;
        if (kinds.empty() || std::ranges::contains(kinds, GeometryKind::Polygon))
            layers.push_back({id, layer.title});
    }
    // Where objects are named on the map, people know them by name
    std::ranges::stable_partition(layers, [&](const AreaChoice::Layer &layer) {
        return !tree.find(layer.id)->layer->style.label.field.isEmpty();
    });
    return layers;
}

Result<std::vector<AreaChoice::Object>> areasOf(const Layer &layer, CancelToken token)
{
    std::vector<AreaChoice::Object> objects;
    if (!layer.data || layer.data->isRaster())
        return objects;
    const auto &source = *std::get<std::shared_ptr<const FeatureSource>>(layer.data->source);
    const auto fields = source.description().fields;
    const auto take = [&](Feature &feature) {
        if (feature.geometry.kind != GeometryKind::Polygon || feature.geometry.isEmpty())
            return true;
        const auto name = titleOf(fields, feature.values, layer.style.label.field);
        objects.push_back(
            {name.isEmpty() ? OfflineAreas::tr("Object %1").arg(feature.id) : name, std::move(feature.geometry)});
        return objects.size() < mostObjects;
    };
    if (const auto status = source.stream({.crs = Crs::working()}, take, token); !status)
        return std::unexpected(status.error());
    QCollator order;
    order.setNumericMode(true);
    std::ranges::stable_sort(objects, [&](const auto &a, const auto &b) { return order.compare(a.name, b.name) < 0; });
    return objects;
}

} // namespace hanseatlas
