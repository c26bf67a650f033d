// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layers/map/scenes.h"

#include <QPainter>

namespace hanseatlas::test
{

namespace
{

class FunctionRaster final : public RasterSource
{
public:
    FunctionRaster(std::function<float(PointXY)> value, LayerDescription description)
        : m_value(std::move(value))
        , m_description(std::move(description))
    {
    }
    LayerDescription description() const override { return m_description; }
    Result<RasterBlock> read(const RasterQuery &query, CancelToken token) const override
    {
        if (token.stop_requested())
            return cancelled();
        RasterBlock block;
        block.size = query.size;
        for (int y = 0; y < query.size.height(); ++y)
            for (int x = 0; x < query.size.width(); ++x)
                block.values.push_back(
                    m_value({query.extent.xMin + (x + 0.5) / query.size.width() * query.extent.width(),
                             query.extent.yMax - (y + 0.5) / query.size.height() * query.extent.height()}));
        return block;
    }
    Result<std::vector<double>> valuesAt(PointXY place, const Crs &, CancelToken) const override
    {
        return std::vector<double>{double(m_value(place))};
    }

private:
    std::function<float(PointXY)> m_value;
    LayerDescription m_description;
};

} // namespace

Shape rectangle(double x, double y, double w, double h, const QVariantList &values)
{
    return {
        .kind = GeometryKind::Polygon, .rings = {{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}}, .values = values};
}

Shape line(std::vector<PointXY> points, const QVariantList &values)
{
    return {.kind = GeometryKind::Line, .rings = {std::move(points)}, .values = values};
}

Shape point(double x, double y, const QVariantList &values)
{
    return {.kind = GeometryKind::Point, .rings = {{{x, y}}}, .values = values};
}

FeatureSetPtr setOf(const std::vector<Shape> &shapes, const QList<Field> &fields, const Crs &crs)
{
    FeatureSetBuilder builder(crs, {-1000, -1000, 1000, 1000}, fields);
    qint64 id = 0;
    for (const auto &shape : shapes) {
        builder.beginFeature(++id, shape.kind);
        for (std::size_t r = 0; r < shape.rings.size(); ++r)
            builder.addRing(shape.rings[r], r > 0 && shape.kind == GeometryKind::Polygon);
        if (builder.endFeature())
            for (int c = 0; c < fields.size(); ++c)
                builder.column(c).append(shape.values.value(c));
    }
    return builder.finish();
}

Layer layerOf(FeatureSetPtr set, const Style &style)
{
    auto data = std::make_shared<LayerData>();
    data->description.crs = set->crs;
    data->features = std::move(set);
    data->classes = classify(style, *data->features);
    Layer layer;
    layer.id = QUuid::createUuid();
    layer.title = QStringLiteral("layer");
    layer.style = style;
    layer.state = LayerState::Ready;
    layer.data = std::move(data);
    return layer;
}

Style single(const Symbol &symbol)
{
    Style style;
    style.classes = {StyleClass{.symbol = symbol}};
    return style;
}

MapScene sceneOf(std::vector<Layer> layers)
{
    MapScene scene;
    scene.layers = std::move(layers);
    return scene;
}

Viewport view(int width, int height)
{
    return {.crs = Crs::working(),
            .centre = {width / 2.0, height / 2.0},
            .resolution = 1,
            .rotation = 0,
            .size = QSizeF(width, height)};
}

QImage drawn(const MapScene &scene, const Viewport &viewport)
{
    QThreadPool pool;
    pool.setMaxThreadCount(2);
    return renderImage(scene, viewport, pool, {}).value_or(QImage());
}

QImage drawnAsVectors(const MapScene &scene, const Viewport &viewport)
{
    QImage image(viewport.size.toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    return paintVector(painter, scene, viewport, viewport.pixelsPerMm, {}) ? image : QImage();
}

Layer valueRaster(const std::function<float(PointXY)> &value, const RasterStyle &style, double minimum, double maximum)
{
    auto data = std::make_shared<LayerData>();
    data->description.kind = LayerKind::Raster;
    data->description.rasterKind = RasterKind::Values;
    data->description.crs = Crs::working();
    data->description.minimum = minimum;
    data->description.maximum = maximum;
    data->source = std::shared_ptr<const RasterSource>(std::make_shared<FunctionRaster>(value, data->description));
    Layer layer;
    layer.id = QUuid::createUuid();
    layer.title = QStringLiteral("raster");
    layer.style.raster = style;
    layer.state = LayerState::Ready;
    layer.data = std::move(data);
    return layer;
}

} // namespace hanseatlas::test
