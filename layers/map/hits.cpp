// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/renderer.h"

#include "layers/map/render/preparedscene.h"

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

namespace
{

/** How far a feature's symbol reaches beyond its geometry, in millimetres: who points at the rim of a marker means it.
 */
double drawnBeyond(const Symbol &symbol, GeometryKind kind)
{
    double beyond = 0;
    if (kind != GeometryKind::Polygon)
        for (const auto &stroke : symbol.strokes)
            beyond = std::max(beyond, stroke.width / 2 + std::abs(stroke.offset));
    if (kind == GeometryKind::Point)
        for (const auto &marker : symbol.markers)
            beyond = std::max(beyond, marker.size / 2 * (marker.shape == Marker::Shape::Pin ? 2.5 : 1));
    return beyond;
}

void hitFeatures(const PreparedLayer &layer, const Viewport &view, PointXY place, double tolerance,
                 std::vector<Hit> &hits)
{
    const auto &set = *layer.set;
    const double reach = tolerance + layer.reach * 2;
    const double mapReach = reach * view.resolution;
    const Extent box = Extent{place.x, place.y, place.x, place.y}.grown(mapReach);
    std::vector<Hit> found, around; // around: areas that are only near
    bool inside = false;
    set.query(set.quantisation.fromExtent(box), [&](std::size_t i) {
        const int s = layer.symbolOf(i);
        if (s < 0)
            return true;
        const double beyond = drawnBeyond(*layer.symbols[std::size_t(s)], set.kinds[i]) * view.pixelsPerMm;
        const double away = std::max(0.0, distance(set.geometry(i), place) - beyond * view.resolution);
        const bool area = set.kinds[i] == GeometryKind::Polygon;
        inside |= area && away == 0;
        if (away <= tolerance * view.resolution)
            (area && away > 0 ? around : found)
                .push_back({.layer = layer.layer->id, .feature = set.ids[i], .values = {}, .distance = away});
        return true;
    });
    if (!inside) // who points into an area does not mean its neighbour
        found.insert(found.end(), around.begin(), around.end());
    std::ranges::stable_sort(found, {}, &Hit::distance);
    hits.insert(hits.end(), found.begin(), found.end());
}

} // namespace

std::vector<Hit> hitsAt(const MapScene &scene, const Viewport &viewport, QPointF place, double tolerance,
                        CancelToken token)
{
    std::vector<Hit> hits;
    const auto spot = viewport.toMap(place);
    // Prepared for a small piece around the place: layers of another CRS are turned only there
    auto around = viewport;
    around.size = {64, 64};
    around.centre = spot;
    auto layers = scene;
    const auto prepared = prepare(layers, around, QRect(0, 0, 64, 64), nullptr, token, nullptr, false);
    for (auto layer = layers.layers.rbegin(); layer != layers.layers.rend() && !token.stop_requested(); ++layer) {
        if (!layer->visible || !layer->data || !layer->inScale(viewport.scale()))
            continue;
        if (const auto *raster = std::get_if<std::shared_ptr<const RasterSource>>(&layer->data->source);
            raster && *raster) {
            auto values = (*raster)->valuesAt(spot, viewport.crs, token);
            if (values && std::ranges::any_of(*values, [](double v) { return !std::isnan(v); }))
                hits.push_back({.layer = layer->id, .feature = -1, .values = std::move(*values), .distance = 0});
            continue;
        }
        if (!prepared)
            continue;
        for (const auto &p : prepared->layers)
            if (p.layer == &*layer)
                hitFeatures(p, viewport, spot, tolerance, hits);
    }
    return hits;
}

} // namespace hanseatlas
