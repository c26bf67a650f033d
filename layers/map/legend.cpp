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

/** How many features of each class there are, within the view or at all; the last entry counts the otherwise class. */
std::vector<qint64> counts(const Layer &layer, const FeatureSet &set, const Extent *view)
{
    const auto &style = layer.style;
    std::vector<std::int16_t> own;
    const auto *classes = &layer.data->classes;
    if (classes->size() != set.size()) {
        own = classify(style, set);
        classes = &own;
    }
    std::vector<qint64> result(style.classes.size() + 1, 0);
    auto count = [&](std::size_t i) {
        const auto c = (*classes)[i];
        if (c >= 0 && std::size_t(c) < result.size())
            ++result[std::size_t(c)];
        return true;
    };
    if (view) {
        set.query(set.quantisation.fromExtent(*view), count);
    } else {
        for (std::size_t i = 0; i < set.size(); ++i)
            count(i);
    }
    return result;
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

std::vector<LegendEntry> legendOf(const Layer &layer, const Extent *onlyVisibleIn)
{
    if (layer.data && layer.data->isRaster())
        return rasterLegend(layer);
    if (layer.data && layer.data->description.kind == LayerKind::Table)
        return {};
    std::vector<qint64> counted;
    if (layer.data && layer.data->features)
        counted = counts(layer, *layer.data->features, onlyVisibleIn);
    std::vector<LegendEntry> result;
    auto add = [&](int index, const QString &title, const Symbol &symbol, bool visible) {
        LegendEntry entry{.title = title,
                          .styleClass = index,
                          .kind = kindOf(layer, symbol),
                          .symbol = symbol,
                          .color = {},
                          .visible = visible};
        if (!counted.empty())
            entry.count = counted[std::size_t(index)];
        if (onlyVisibleIn && (entry.count == 0 || !visible))
            return;
        result.push_back(entry);
    };
    const auto &style = layer.style;
    for (std::size_t i = 0; i < style.classes.size(); ++i)
        add(int(i), style.classes[i].title, style.classes[i].symbol, style.classes[i].visible);
    if (style.otherwise)
        add(int(style.classes.size()), style.otherwiseTitle, *style.otherwise, true);
    return result;
}

} // namespace hanseatlas
