// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/legend.h"

#include "layers/map/colorramp.h"

#include <QLocale>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** The class of each feature; the otherwise class comes after the others, -1 is drawn by none. */
std::vector<std::int16_t> classesOf(const Layer &layer, const FeatureSet &set)
{
    const auto &known = layer.data->classes;
    return known.size() == set.size() ? known : classify(layer.style, set);
}

std::vector<qint64> countsOf(const Layer &layer, const FeatureSet &set)
{
    std::vector<qint64> counts(layer.style.classes.size() + 1, 0);
    for (const auto c : classesOf(layer, set)) {
        if (c >= 0 && std::size_t(c) < counts.size())
            ++counts[std::size_t(c)];
    }
    return counts;
}

/** What the view shows, in another CRS. Its edges bend there, so they get places between the corners. */
Geometry areaOf(const Viewport &view, const Crs &crs)
{
    constexpr int steps = 8;
    const QPointF corners[] = {
        {0, 0}, {0, view.size.height()}, {view.size.width(), view.size.height()}, {view.size.width(), 0}, {0, 0}};
    Geometry area{.kind = GeometryKind::Polygon};
    for (std::size_t corner = 0; corner < 4; ++corner)
        for (int i = 0; i < steps; ++i)
            area.points.push_back(view.toMap(corners[corner] + (corners[corner + 1] - corners[corner]) * i / steps));
    if (const auto turned = Transform::create(view.crs, crs))
        turned->forward(area.points);
    area.points.push_back(area.points.front());
    area.ringEnds = {std::uint32_t(area.points.size())};
    return area;
}

/** Which classes have a feature in the view; the last entry is the otherwise class. */
std::vector<bool> presentIn(const Viewport &view, const Layer &layer, const FeatureSet &set)
{
    const auto area = areaOf(view, set.crs);
    const AreaTest test(area);
    const auto classes = classesOf(layer, set);
    std::vector<bool> present(layer.style.classes.size() + 1, false);
    set.query(set.quantisation.fromExtent(area.extent()), [&](std::size_t i) {
        const auto c = std::size_t(classes[i]); // -1 lies beyond the end
        if (c < present.size() && !present[c])
            present[c] = test.touches(set.geometry(i));
        return true;
    });
    return present;
}

/** The kind that most of a symbol's parts are for, if the layer does not tell. */
GeometryKind kindOf(const Layer &layer, const Symbol &symbol)
{
    if (layer.data) {
        const auto &kinds = layer.data->description.geometryKinds;
        if (kinds.size() == 1 && kinds.front() != GeometryKind::None)
            return kinds.front();
        if (kinds.empty() && layer.data->features && layer.data->features->size() > 0)
            return layer.data->features->kinds.front();
    }
    return !symbol.fills.empty()  ? GeometryKind::Polygon
        : !symbol.strokes.empty() ? GeometryKind::Line
                                  : GeometryKind::Point;
}

std::vector<RasterStyle::Stop> stopsOrRamp(const RasterStyle &style, const LayerData *data)
{
    if (!style.stops.empty() || style.kind == RasterStyle::Kind::Hillshade)
        return style.stops;
    const double low = data && std::isfinite(data->description.minimum) ? data->description.minimum : 0;
    const double high = data && std::isfinite(data->description.maximum) ? data->description.maximum : 1;
    std::vector<RasterStyle::Stop> stops;
    constexpr int n = 5;
    const auto colors = rampColors(style.ramp, n);
    for (int i = 0; i < n; ++i)
        stops.push_back({.value = low + (high - low) * i / (n - 1), .color = colors[i], .title = {}});
    return stops;
}

std::vector<LegendEntry> rasterLegend(const Layer &layer)
{
    std::vector<LegendEntry> result;
    if (layer.data && layer.data->description.rasterKind == RasterKind::Colour)
        return result;
    const auto &style = layer.style.raster;
    const auto stops = stopsOrRamp(style, layer.data.get());
    const auto unit = style.unit.isEmpty() ? QString() : u' ' + style.unit;
    const QLocale locale;
    auto number = [&](double v) {
        const double range = stops.empty() ? 1 : std::abs(stops.back().value - stops.front().value);
        const int decimals = range >= 20 ? 0 : range >= 2 ? 1 : range >= 0.2 ? 2 : 4;
        auto text = locale.toString(v, 'f', decimals);
        if (v == std::round(v))
            text = locale.toString(v, 'f', 0);
        return text;
    };
    for (std::size_t i = 0; i < stops.size(); ++i) {
        LegendEntry entry{.title = stops[i].title,
                          .styleClass = -1,
                          .kind = GeometryKind::None,
                          .symbol = {},
                          .color = stops[i].color};
        if (entry.title.isEmpty() && style.kind == RasterStyle::Kind::Classes)
            entry.title = i + 1 < stops.size()
                ? u"%1 – %2%3"_s.arg(number(stops[i].value), number(stops[i + 1].value), unit)
                : u"≥ %1%2"_s.arg(number(stops[i].value), unit);
        else if (entry.title.isEmpty())
            entry.title = number(stops[i].value) + unit;
        result.push_back(entry);
    }
    return result;
}

} // namespace

std::shared_ptr<const RasterSource> legendSource(const Layer &layer)
{
    const auto *raster = layer.data ? std::get_if<std::shared_ptr<const RasterSource>>(&layer.data->source) : nullptr;
    return raster && *raster && (*raster)->hasLegend() ? *raster : nullptr;
}

std::vector<LegendEntry> legendOf(const Layer &layer, const Viewport *onlyVisibleIn)
{
    if (layer.data && layer.data->isRaster())
        return rasterLegend(layer);
    if (layer.data && layer.data->description.kind == LayerKind::Table)
        return {};
    const auto &style = layer.style;
    std::vector<qint64> counts;
    std::vector<bool> present(style.classes.size() + 1, true);
    if (const auto *set = layer.data ? layer.data->features.get() : nullptr) {
        if (onlyVisibleIn)
            present = presentIn(*onlyVisibleIn, layer, *set);
        else
            counts = countsOf(layer, *set);
    }
    std::vector<LegendEntry> result;
    auto add = [&](std::size_t index, const QString &title, const Symbol &symbol, bool visible) {
        if (onlyVisibleIn && (!visible || !present[index]))
            return;
        result.push_back({.title = title,
                          .styleClass = int(index),
                          .kind = kindOf(layer, symbol),
                          .symbol = symbol,
                          .color = {},
                          .count = counts.empty() ? -1 : counts[index],
                          .visible = visible});
    };
    for (std::size_t i = 0; i < style.classes.size(); ++i)
        add(i, style.classes[i].title, style.classes[i].symbol, style.classes[i].visible);
    if (style.otherwise)
        add(style.classes.size(), style.otherwiseTitle, *style.otherwise, true);
    return result;
}

} // namespace hanseatlas
