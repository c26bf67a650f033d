// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/preparedscene.h"

#include "layers/map/render/parallel.h"
#include "layers/map/render/rasterpicture.h"

#include <algorithm>
#include <numeric>
#include <optional>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

double millimetresBeyond(const Symbol &symbol)
{
    double reach = 0;
    for (const auto &stroke : symbol.strokes) {
        // Mitres stick out by up to twice the width, square caps by the diagonal
        const double factor = stroke.join == Qt::MiterJoin ? 2.0 : 0.75;
        reach = std::max(reach, stroke.width * factor + std::abs(stroke.offset) * 2);
    }
    for (const auto &marker : symbol.markers)
        reach = std::max(reach, marker.size * (marker.shape == Marker::Shape::Pin ? 1.5 : 0.75) + marker.outline.width);
    return reach;
}

bool ruleInScale(const StyleClass &rule, double denominator)
{
    return (rule.minScale <= 0 || denominator <= rule.minScale) && (rule.maxScale <= 0 || denominator >= rule.maxScale);
}

/** Features of another CRS than the view's: those in sight, turned. */
Result<FeatureSetPtr> reprojected(const FeatureSet &set, const Viewport &view, const QRectF &device, CancelToken token)
{
    auto made = Transform::create(set.crs, view.crs);
    if (!made)
        return std::unexpected(made.error());
    Extent wanted;
    for (const auto &corner : {device.topLeft(), device.topRight(), device.bottomLeft(), device.bottomRight()})
        wanted.add(view.toMap(corner));
    const auto inSource = made->inverse(wanted);
    QList<Field> fields;
    for (const auto &column : set.columns)
        fields << column.field;
    FeatureSetBuilder builder(view.crs, wanted, fields);
    bool stopped = false;
    set.query(set.quantisation.fromExtent(inSource), [&](std::size_t i) {
        stopped = token.stop_requested();
        Feature feature{.id = set.ids[i], .values = {}, .geometry = set.geometry(i)};
        for (const auto &column : set.columns)
            feature.values << column.value(i);
        auto &points = feature.geometry.points;
        made->forward(std::span(points));
        if (std::ranges::all_of(points, [](PointXY p) { return std::isfinite(p.x) && std::isfinite(p.y); }))
            builder.add(feature);
        return !stopped;
    });
    if (stopped)
        return cancelled();
    return builder.finish();
}

void prepareSymbols(PreparedLayer &p, double denominator)
{
    const auto &style = p.layer->style;
    double reach = 0;
    for (const auto &c : style.classes) {
        const bool out = style.kind == Style::Kind::RuleBased && !ruleInScale(c, denominator);
        p.symbols.push_back(c.visible && !out ? &c.symbol : nullptr);
        p.passesOn.push_back(c.visible && out);
        p.anyPassesOn = p.anyPassesOn || p.passesOn.back();
    }
    p.symbols.push_back(style.otherwise ? &*style.otherwise : nullptr);
    p.passesOn.push_back(false);
    for (const auto *symbol : p.symbols) {
        if (!symbol)
            continue;
        reach = std::max(reach, millimetresBeyond(*symbol));
        p.strokeLevels = std::max(p.strokeLevels, symbol->strokes.size());
    }
    p.reach = reach;
}

void note(RenderNotes *notes, const Layer &layer, const QString &problem)
{
    if (notes && !problem.isEmpty()) {
        notes->problems << layer.title + u": "_s + problem;
        notes->byLayer[layer.id] = problem;
    }
}

} // namespace

int PreparedLayer::laterRule(std::size_t feature, std::size_t after) const
{
    const auto &rules = layer->style.classes;
    for (auto c = after + 1; c < rules.size(); ++c)
        if (!passesOn[c] && rules[c].filter.matches(*set, feature))
            return symbols[c] ? int(c) : -1;
    return symbols.back() ? int(rules.size()) : -1;
}

namespace
{

Result<PreparedLayer> prepareRaster(const Layer &layer, const PreparedScene &scene, bool wait, QThreadPool *pool,
                                    const CancelToken &token)
{
    auto picture = rasterPicture(layer, scene.view, scene.region, wait, pool, token);
    if (!picture)
        return std::unexpected(picture.error());
    PreparedLayer p;
    p.layer = &layer;
    p.raster = std::move(picture->image);
    p.damage = std::move(picture->damage);
    return p;
}

Result<PreparedLayer> prepareVector(const Layer &layer, const MapScene &scene, const Viewport &view,
                                    const CancelToken &token)
{
    const double denominator = view.scale();
    PreparedLayer p;
    p.layer = &layer;
    p.set = layer.data->features;
    prepareSymbols(p, denominator);
    p.reach *= view.pixelsPerMm;
    if (p.set->crs.isValid() && view.crs.isValid() && !(p.set->crs == view.crs)) {
        const double margin = p.reach + 300; // labels may stand on what is just outside
        const QRectF all(QPointF(0, 0), view.size);
        auto set = reprojected(*p.set, view, all.adjusted(-margin, -margin, margin, margin), token);
        if (!set)
            return std::unexpected(set.error());
        p.set = *set;
    } else {
        if (layer.data->classes.size() == p.set->size())
            p.classes = layer.data->classes;
        if (scene.markInvalid)
            p.invalid = layer.data->invalid;
    }
    if (p.classes.empty()) {
        p.ownClasses = classify(layer.style, *p.set);
        p.classes = p.ownClasses;
    }
    const auto &label = layer.style.label;
    p.hasLabels = scene.labels && layer.labels && !label.field.isEmpty() && p.set->column(label.field)
        && (label.minScale <= 0 || denominator <= label.minScale)
        && (label.maxScale <= 0 || denominator >= label.maxScale);
    return p;
}

} // namespace

Result<PreparedScene> prepare(const MapScene &scene, const Viewport &view, const QRect &region, QThreadPool *pool,
                              CancelToken token, RenderNotes *notes, bool rasters)
{
    PreparedScene result{.view = view, .region = region, .layers = {}};
    const double denominator = view.scale();
    std::vector<const Layer *> wanted;
    for (const auto &layer : scene.layers) {
        if (!layer.visible || !layer.data || layer.opacity <= 0 || !layer.inScale(denominator))
            continue;
        if (layer.data->isRaster() ? rasters : layer.data->features && layer.data->features->size() > 0)
            wanted.push_back(&layer);
    }
    // Each on its own: reading rasters means waiting for the disk
    std::vector<std::optional<Result<PreparedLayer>>> made(wanted.size());
    auto make = [&](int i) {
        const auto &layer = *wanted[std::size_t(i)];
        if (!token.stop_requested())
            made[std::size_t(i)] = layer.data->isRaster() ? prepareRaster(layer, result, scene.wait, pool, token)
                                                          : prepareVector(layer, scene, view, token);
    };
    if (pool) {
        parallelFor(*pool, int(wanted.size()), make);
    } else {
        for (int i = 0; i < int(wanted.size()); ++i)
            make(i);
    }
    if (token.stop_requested())
        return cancelled();
    for (std::size_t i = 0; i < made.size(); ++i) {
        note(notes, *wanted[i], *made[i] ? (*made[i])->damage : made[i]->error().what);
        if (*made[i])
            result.layers.push_back(std::move(**made[i]));
    }
    return result;
}

namespace
{

/** Stable; the otherwise symbol, the last one, comes first: it lies below. */
void sortBySymbol(std::vector<VisibleFeatures::Entry> &entries, std::size_t symbols)
{
    std::vector<std::size_t> starts(symbols + 1, 0);
    auto rank = [symbols](const VisibleFeatures::Entry &e) {
        return e.symbol + 1 == symbols ? 0 : std::size_t(e.symbol) + 1;
    };
    for (const auto &e : entries)
        ++starts[rank(e) + 1];
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<VisibleFeatures::Entry> sorted(entries.size());
    for (const auto &e : entries)
        sorted[starts[rank(e)]++] = e;
    entries.swap(sorted);
}

} // namespace

VisibleFeatures::VisibleFeatures(const PreparedLayer &layer, const DeviceTransform &transform, const QRectF &device)
{
    const auto &set = *layer.set;
    const auto box = transform.reach(device);
    for (const auto &[from, to] : set.runs(box)) {
        for (auto i = from; i < to; ++i) {
            if (!set.boxes[i].intersects(box))
                continue;
            const int symbol = layer.symbolOf(i);
            if (symbol < 0)
                continue;
            const Entry entry{i, std::uint32_t(symbol)};
            switch (set.kinds[i]) {
            case GeometryKind::Polygon:
                m_polygons.push_back(entry);
                break;
            case GeometryKind::Line:
                m_lines.push_back(entry);
                break;
            case GeometryKind::Point:
                m_points.push_back(entry);
                break;
            case GeometryKind::None:
                break;
            }
        }
    }
    if (layer.symbols.size() <= 1)
        return;
    if (layer.layer->style.kind == Style::Kind::RuleBased)
        sortBySymbol(m_polygons, layer.symbols.size());
    sortBySymbol(m_lines, layer.symbols.size());
    sortBySymbol(m_points, layer.symbols.size());
}

} // namespace hanseatlas
