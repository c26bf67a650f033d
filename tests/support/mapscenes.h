// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/renderer.h"

#include <QPainter>

#include <functional>

/** Small maps made in memory, for tests that draw, print and export. Header only: most tests need no map. */
namespace hanseatlas::test
{

/** Features in memory as a source: what is given is what one gets. */
class MemorySource final : public FeatureSource
{
public:
    MemorySource(LayerDescription description, std::vector<Feature> features)
        : m_description(std::move(description))
        , m_features(std::move(features))
    {
        m_description.featureCount = qint64(m_features.size());
        for (const auto &feature : m_features)
            m_description.extent.add(feature.geometry.extent());
    }
    LayerDescription description() const override { return m_description; }
    Result<FeatureSetPtr> read(const FeatureQuery &query, CancelToken token, const Progress &) const override
    {
        QList<Field> fields;
        QList<qsizetype> columns;
        for (qsizetype i = 0; i < m_description.fields.size(); ++i) {
            if (query.fields.contains(m_description.fields[i].name)) {
                fields << m_description.fields[i];
                columns << i;
            }
        }
        FeatureSetBuilder builder(m_description.crs, m_description.extent, fields);
        for (const auto &feature : m_features) {
            if (token.stop_requested())
                return cancelled();
            if (query.extent && !feature.geometry.extent().intersects(*query.extent))
                continue;
            auto part = feature;
            part.values.clear();
            for (const auto column : columns)
                part.values << feature.values.value(column);
            builder.add(part);
        }
        return builder.finish();
    }
    Result<std::vector<Feature>> features(std::span<const qint64> ids, const Crs &, CancelToken) const override
    {
        std::vector<Feature> found;
        for (const auto id : ids) {
            for (const auto &feature : m_features) {
                if (feature.id == id)
                    found.push_back(feature);
            }
        }
        return found;
    }

private:
    LayerDescription m_description;
    std::vector<Feature> m_features;
};

inline Geometry rectangle(double x, double y, double width, double height)
{
    return {.kind = GeometryKind::Polygon,
            .points = {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}},
            .ringEnds = {5}};
}

inline Geometry straightLine(PointXY from, PointXY to)
{
    return {.kind = GeometryKind::Line, .points = {from, to}, .ringEnds = {2}};
}

inline Geometry point(double x, double y)
{
    return {.kind = GeometryKind::Point, .points = {{x, y}}};
}

/** A ready layer of these features, drawn with this style. */
inline Layer layerOf(const QString &title, GeometryKind kind, QList<Field> fields, std::vector<Feature> features,
                     Style style, Provenance provenance = {})
{
    LayerDescription description{.name = title, .geometryKinds = {kind}, .crs = Crs::working(), .fields = fields};
    description.geometryType = kind == GeometryKind::Point ? QStringLiteral("Point") : QString();
    const auto source = std::make_shared<MemorySource>(std::move(description), std::move(features));
    auto data = std::make_shared<LayerData>();
    data->description = source->description();
    data->source = std::shared_ptr<const FeatureSource>(source);
    data->features = source->read({.crs = Crs::working(), .fields = style.fields()}, {}, {}).value();
    data->classes = classify(style, *data->features);
    Layer layer;
    layer.id = QUuid::createUuidV5(QUuid(), title);
    layer.title = title;
    layer.style = std::move(style);
    layer.provenance = std::move(provenance);
    layer.state = LayerState::Ready;
    layer.data = data;
    return layer;
}

inline Style singleStyle(Symbol symbol)
{
    Style style;
    StyleClass only;
    only.symbol = std::move(symbol);
    style.classes = {only};
    return style;
}

/** `count` classes by the integer field "use". */
inline Style useStyle(int count)
{
    Style style;
    style.kind = Style::Kind::Categorised;
    style.field = QStringLiteral("use");
    for (int i = 0; i < count; ++i) {
        StyleClass c;
        c.title = QStringLiteral("Use number %1").arg(i);
        c.value = i;
        c.symbol.fills = {Fill{.color = QColor::fromHsv((i * 47) % 360, 110, 220)}};
        c.symbol.strokes = {Stroke{.color = QColor(90, 80, 70), .width = 0.15}};
        style.classes.push_back(c);
    }
    return style;
}

/** Blocks of `classes` uses around Lübeck's town hall, 40 m wide on a 50 m grid, `side` of them on each side. */
inline Layer blocks(int classes, int side = 20)
{
    std::vector<Feature> features;
    for (int i = 0; i < side * side; ++i)
        features.push_back(
            {.id = i + 1,
             .values = {i % classes, QStringLiteral("Block %1").arg(i)},
             .geometry = rectangle(611000 + (i % side - side / 2) * 50, 5970000 + (i / side - side / 2) * 50, 40, 40)});
    return layerOf(
        QStringLiteral("Land use"), GeometryKind::Polygon,
        {{.name = QStringLiteral("use"), .type = FieldType::Integer}, {.name = QStringLiteral("name")}},
        std::move(features), useStyle(classes),
        {.source = QStringLiteral("Hansestadt Lübeck, Stadtplanung"), .licence = QStringLiteral("dl-de/by-2-0")});
}

/** A line of exactly 1000 m eastwards through the middle. */
inline Layer kilometre()
{
    return layerOf(QStringLiteral("Kilometre"), GeometryKind::Line, {},
                   {{.id = 1, .values = {}, .geometry = straightLine({610500, 5970000}, {611500, 5970000})}},
                   singleStyle({.strokes = {Stroke{.color = QColor(200, 0, 0), .width = 0.5}}}));
}

/** A map service that shows nothing, but whose server draws a legend. */
class ExplainedService final : public RasterSource
{
public:
    using Answer = std::function<Result<QImage>(double pixelsPerMm, const CancelToken &token)>;
    explicit ExplainedService(Answer answer)
        : m_answer(std::move(answer))
    {
    }
    LayerDescription description() const override { return {}; }
    Result<RasterBlock> read(const RasterQuery &query, CancelToken) const override
    {
        QImage image(query.size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        return RasterBlock{.image = image, .size = query.size};
    }
    Result<std::vector<double>> valuesAt(PointXY, const Crs &, CancelToken) const override
    {
        return std::vector<double>();
    }
    bool hasLegend() const override { return true; }
    Result<QImage> legend(double pixelsPerMm, CancelToken token) const override { return m_answer(pixelsPerMm, token); }

private:
    Answer m_answer;
};

inline Layer explainedLayer(const QString &title, ExplainedService::Answer answer)
{
    auto data = std::make_shared<LayerData>();
    data->source = std::shared_ptr<const RasterSource>(std::make_shared<ExplainedService>(std::move(answer)));
    data->description.kind = LayerKind::Raster;
    data->description.rasterKind = RasterKind::Colour;
    Layer layer{.id = QUuid::createUuidV5(QUuid(), title), .title = title};
    layer.state = LayerState::Ready;
    layer.data = data;
    return layer;
}

/** A legend of lines as servers draw them: red boxes and black strokes for texts on white, a line each 20 pixels. */
inline QImage linedLegend(int width, int lines, double ratio = 1)
{
    QImage image(int(width * ratio), int(lines * 20 * ratio), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.scale(ratio, ratio);
    for (int i = 0; i < lines; ++i) {
        painter.fillRect(QRectF(0, i * 20 + 3, 24, 14), Qt::red);
        painter.fillRect(QRectF(32, i * 20 + 7, width - 32, 6), Qt::black);
    }
    painter.end();
    image.setDevicePixelRatio(ratio);
    return image;
}

inline MapScene sampleScene(int classes = 8)
{
    MapScene scene;
    scene.layers = {blocks(classes), kilometre()};
    return scene;
}

} // namespace hanseatlas::test
