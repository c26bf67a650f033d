// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/buildings.h"

#include <cmath>
#include <numbers>
#include <random>

using namespace Qt::StringLiterals;

namespace hanseatlas::bench
{

FeatureSetPtr makeBuildings(int count, unsigned seed)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> away(0, 5000);
    auto between = [&](double a, double b) { return std::uniform_real_distribution<double>(a, b)(random); };
    FeatureSetBuilder builder(
        Crs::working(), {590000, 5950000, 632000, 5990000},
        {{.name = u"height"_s, .type = FieldType::Real}, {.name = u"use"_s, .type = FieldType::Integer}});
    builder.reserve(std::size_t(count), std::size_t(count) * 6);
    std::vector<PointXY> ring(6);
    for (int i = 0; i < count; ++i) {
        const double distance = std::abs(away(random)), bearing = between(0, 2 * std::numbers::pi);
        const double x = 611000 + distance * std::cos(bearing), y = 5970000 + distance * std::sin(bearing);
        const double w = between(6, 25), h = between(6, 20), turn = between(0, std::numbers::pi);
        const double c = std::cos(turn), s = std::sin(turn);
        const PointXY corners[] = {{0, 0}, {w, 0}, {w, h * 0.6}, {w * 0.7, h * 0.6}, {w * 0.7, h}, {0, h}};
        for (std::size_t k = 0; k < 6; ++k)
            ring[k] = {x + corners[k].x * c - corners[k].y * s, y + corners[k].x * s + corners[k].y * c};
        builder.beginFeature(i + 1, GeometryKind::Polygon);
        builder.addRing(ring);
        builder.endFeature();
        builder.column(0).appendNumber(between(3, 40));
        builder.column(1).appendNumber(std::floor(between(0, 8)));
    }
    return builder.finish();
}

Style buildingStyle()
{
    Style style;
    style.kind = Style::Kind::Categorised;
    style.field = u"use"_s;
    for (int i = 0; i < 8; ++i) {
        StyleClass c;
        c.title = QString::number(i);
        c.value = i;
        c.symbol.fills = {Fill{.color = QColor(30 * i, 255 - 30 * i, 120)}};
        c.symbol.strokes = {Stroke{.color = QColor(60, 60, 60), .width = 0.1}};
        style.classes.push_back(c);
    }
    return style;
}

MapScene sceneOf(FeatureSetPtr features, const Style &style)
{
    auto data = std::make_shared<LayerData>();
    data->description.name = u"buildings"_s;
    data->description.crs = features->crs;
    data->description.extent = features->extent;
    data->classes = classify(style, *features);
    data->features = std::move(features);
    Layer layer;
    layer.id = QUuid::createUuid();
    layer.title = u"buildings"_s;
    layer.style = style;
    layer.state = LayerState::Ready;
    layer.data = std::move(data);
    MapScene scene;
    scene.layers = {layer};
    return scene;
}

Viewport viewOf(double width)
{
    return {.crs = Crs::working(),
            .centre = {611000, 5970000},
            .resolution = width / 1920,
            .rotation = 0,
            .size = {1920, 1080}};
}

} // namespace hanseatlas::bench
