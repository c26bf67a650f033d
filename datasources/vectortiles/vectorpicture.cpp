// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/vectorpicture.h"

#include "datasources/vectortiles/tileclip.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <deque>
#include <functional>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr double finest = 0.5; ///< pixels; places nearer to each other are one
constexpr double thin =
    3.5; ///< pixels; of a thinner line nobody sees how its corners are rounded, but it takes thrice as long
constexpr double widestLine = 512; ///< pixels of the style

/** How something is drawn: equal inks are drawn in one go. */
struct Ink {
    QRgb color = 0, outline = 0;
    QString pattern;
    double width = 0, offset = 0, gap = 0;
    bool operator==(const Ink &) const = default;
};

size_t qHash(const Ink &ink, size_t seed)
{
    return qHashMulti(seed, ink.color, ink.outline, ink.pattern, ink.width, ink.offset, ink.gap);
}

/** Gathers paths by ink and gives them to be drawn in handy pieces: in one of very many corners they would be sorted
 *  for seconds. Only what is seen through and lies on a border of tiles stays together to the end, so that it is not
 *  drawn twice where tiles overlap. */
class Inks
{
public:
    using Draw = std::function<void(const Ink &, const QPainterPath &)>;

    explicit Inks(Draw draw)
        : m_draw(std::move(draw))
    {
    }
    /** Adds what `add` puts into a path. */
    template <class Add>
    void put(const Ink &ink, bool inside, Add add)
    {
        auto &paths = of(ink);
        auto &path = inside || qAlpha(ink.outline ? ink.outline : ink.color) == 255 ? paths.pieces : paths.borders;
        add(path);
        if (&path == &paths.pieces && path.elementCount() > handy) {
            m_draw(ink, path);
            path = empty();
        }
    }
    void finish()
    {
        for (const auto &paths : m_paths) {
            for (const auto *path : {&paths.pieces, &paths.borders}) {
                if (!path->isEmpty())
                    m_draw(paths.ink, *path);
            }
        }
    }

private:
    static constexpr int handy = 300; ///< elements
    struct Paths {
        Ink ink;
        QPainterPath pieces, borders;
    };
    static QPainterPath empty()
    {
        QPainterPath path;
        path.setFillRule(Qt::WindingFill);
        return path;
    }
    Paths &of(const Ink &ink)
    {
        const auto place = m_index.constFind(ink);
        if (place != m_index.cend())
            return m_paths[*place];
        m_index.insert(ink, m_paths.size());
        return m_paths.emplace_back(ink, empty(), empty());
    }

    Draw m_draw;
    QHash<Ink, std::size_t> m_index;
    std::deque<Paths> m_paths; ///< in the order in which the inks came
};

/** Is the feature within its tile, so that no neighbour has it, too? */
bool isInside(const MapContext &context)
{
    const int extent = context.layer->extent;
    for (quint32 i = 0; i < context.feature->parts; ++i) {
        for (const auto &p : context.layer->part(*context.feature, i)) {
            if (p.x <= 0 || p.y <= 0 || p.x >= extent || p.y >= extent)
                return false;
        }
    }
    return true;
}

QRgb faded(const QColor &color, double opacity)
{
    return qRgba(color.red(), color.green(), color.blue(),
                 int(std::clamp(color.alphaF() * std::clamp(opacity, 0.0, 1.0), 0.0, 1.0) * 255 + 0.5));
}

Qt::PenCapStyle capOf(const QString &name)
{
    return name == "round"_L1 ? Qt::RoundCap : name == "square"_L1 ? Qt::SquareCap : Qt::FlatCap;
}

Qt::PenJoinStyle joinOf(const QString &name)
{
    return name == "round"_L1 ? Qt::RoundJoin : name == "bevel"_L1 ? Qt::BevelJoin : Qt::SvgMiterJoin;
}

/** In units of the line's width; empty for a line without gaps. */
QList<qreal> dashes(const std::vector<double> &written, double width)
{
    QList<qreal> pattern;
    double sum = 0;
    for (const double part : written) {
        pattern.append(std::max(part, 0.001));
        sum += pattern.back();
    }
    if (pattern.size() % 2 != 0)
        pattern += QList<qreal>(pattern);
    constexpr double shortest = 0.5; // pixels; finer ones nobody sees, and there would be millions
    return pattern.size() > 64 || sum * width < shortest ? QList<qreal>() : pattern;
}

class LayerPainter
{
public:
    LayerPainter(QPainter &painter, const MapFrame &frame, const MapStyleLayer &layer, const MapSprite &sprite,
                 const CancelToken &token)
        : m_painter(painter)
        , m_frame(frame)
        , m_layer(layer)
        , m_sprite(sprite)
        , m_token(token)
        , m_constant{.zoom = frame.zoom}
    {
    }

    void background()
    {
        const auto color = m_layer.color(MapProperty::BackgroundColor, m_constant);
        const auto opacity = m_layer.number(MapProperty::BackgroundOpacity, m_constant);
        const Ink ink{.color = faded(color, opacity),
                      .pattern = m_layer.text(MapProperty::BackgroundPattern, m_constant)};
        m_painter.fillRect(QRect(QPoint(), m_frame.size), brush(ink));
    }

    void fills(std::span<const PlacedTile> tiles)
    {
        using enum MapProperty;
        const bool varied = anyByFeature({FillColor, FillOpacity, FillOutlineColor, FillPattern});
        auto ink = fillInk(m_constant);
        m_painter.save();
        translate(FillTranslate);
        Inks insides([this](const Ink &key, const QPainterPath &path) { m_painter.fillPath(path, brush(key)); });
        forFeatures(tiles, [&](const PlacedTile &tile, const MapContext &context) {
            if (context.feature->type != TileGeometry::Polygon)
                return;
            if (varied)
                ink = fillInk(context);
            insides.put(ink, isInside(context), [&](QPainterPath &path) { addRings(path, tile, context); });
        });
        insides.finish();
        m_painter.restore();
        if (m_layer.isSet(FillOutlineColor))
            outlines(tiles, varied);
    }

    void lines(std::span<const PlacedTile> tiles)
    {
        using enum MapProperty;
        const bool varied = anyByFeature({LineColor, LineOpacity, LineWidth, LineGapWidth, LineOffset, LinePattern});
        auto ink = lineInk(m_constant);
        if (!varied && (ink.width <= 0 || (qAlpha(ink.color) == 0 && ink.pattern.isEmpty())))
            return;
        translate(LineTranslate);
        Inks inks([this](const Ink &key, const QPainterPath &path) { stroke(key, path); });
        forFeatures(tiles, [&](const PlacedTile &tile, const MapContext &context) {
            if (context.feature->type == TileGeometry::Point)
                return;
            if (varied)
                ink = lineInk(context);
            if (ink.width > 0)
                inks.put(ink, isInside(context), [&](QPainterPath &path) { addLines(path, tile, context, ink); });
        });
        inks.finish();
    }

    void circles(std::span<const PlacedTile> tiles)
    {
        using enum MapProperty;
        translate(CircleTranslate);
        forFeatures(tiles, [&](const PlacedTile &tile, const MapContext &context) {
            if (context.feature->type != TileGeometry::Point)
                return;
            const double radius = std::clamp(m_layer.number(CircleRadius, context), 0.0, widestLine) * m_frame.ratio;
            const double width =
                std::clamp(m_layer.number(CircleStrokeWidth, context), 0.0, widestLine) * m_frame.ratio;
            const auto fill = faded(m_layer.color(CircleColor, context), m_layer.number(CircleOpacity, context));
            const auto edge =
                faded(m_layer.color(CircleStrokeColor, context), m_layer.number(CircleStrokeOpacity, context));
            m_painter.setBrush(QColor::fromRgba(fill));
            m_painter.setPen(width > 0 ? QPen(QColor::fromRgba(edge), width) : QPen(Qt::NoPen));
            const double reach = radius + width / 2;
            for (const auto &place : context.layer->part(*context.feature, 0)) {
                const double x = double(place.x) / context.layer->extent, y = double(place.y) / context.layer->extent;
                if (tile.part.contains(x, y) && x < 1 && y < 1) // its neighbour has it, too
                    m_painter.drawEllipse(tile.plane.map(x, y), reach, reach);
            }
        });
    }

    void pictures(std::span<const PlacedTile> tiles)
    {
        m_painter.setOpacity(std::clamp(m_layer.number(MapProperty::RasterOpacity, m_constant), 0.0, 1.0));
        m_painter.setRenderHint(QPainter::SmoothPixmapTransform);
        for (const auto &tile : tiles) {
            if (!tile.image.isNull())
                picture(tile);
        }
    }

private:
    void outlines(std::span<const PlacedTile> tiles, bool varied)
    {
        translate(MapProperty::FillTranslate);
        auto ink = fillInk(m_constant);
        Inks inks([this](const Ink &key, const QPainterPath &path) {
            m_painter.strokePath(path, QPen(QColor::fromRgba(key.outline), m_frame.ratio));
        });
        forFeatures(tiles, [&](const PlacedTile &tile, const MapContext &context) {
            if (context.feature->type != TileGeometry::Polygon)
                return;
            if (varied)
                ink = fillInk(context);
            if (qAlpha(ink.outline) > 0)
                inks.put(ink, isInside(context), [&](QPainterPath &path) { addLines(path, tile, context, {}); });
        });
        inks.finish();
    }

    bool anyByFeature(std::initializer_list<MapProperty> properties) const
    {
        return std::ranges::any_of(properties, [this](MapProperty p) { return m_layer.isByFeature(p); });
    }

    void translate(MapProperty property)
    {
        const auto by = m_layer.numbers(property, m_constant);
        if (by.size() == 2)
            m_painter.translate(by[0] * m_frame.ratio, by[1] * m_frame.ratio);
    }

    template <class Visit>
    void forFeatures(std::span<const PlacedTile> tiles, Visit visit)
    {
        for (const auto &tile : tiles) {
            const auto *layer = tile.tile ? tile.tile->layer(m_layer.sourceLayer) : nullptr;
            if (!layer)
                continue;
            for (std::size_t i = 0; i < layer->features.size(); ++i) {
                if (i % 256 == 0 && m_token.stop_requested())
                    return;
                const auto &feature = layer->features[i];
                const MapContext context{.zoom = m_frame.zoom, .layer = layer, .feature = &feature};
                if (m_layer.filter(context).toTruth())
                    visit(tile, context);
            }
        }
    }

    Ink fillInk(const MapContext &context) const
    {
        using enum MapProperty;
        const double opacity = m_layer.number(FillOpacity, context);
        return {.color = faded(m_layer.color(FillColor, context), opacity),
                .outline =
                    m_layer.isSet(FillOutlineColor) ? faded(m_layer.color(FillOutlineColor, context), opacity) : 0,
                .pattern = m_layer.isSet(FillPattern) ? m_layer.text(FillPattern, context) : QString()};
    }

    Ink lineInk(const MapContext &context) const
    {
        using enum MapProperty;
        const auto length = [&](MapProperty property, double lowest) {
            return std::clamp(m_layer.number(property, context), lowest, widestLine) * m_frame.ratio;
        };
        return {.color = faded(m_layer.color(LineColor, context), m_layer.number(LineOpacity, context)),
                .pattern = m_layer.isSet(LinePattern) ? m_layer.text(LinePattern, context) : QString(),
                .width = length(LineWidth, 0),
                .offset = length(LineOffset, -widestLine),
                .gap = length(LineGapWidth, 0)};
    }

    void addRings(QPainterPath &path, const PlacedTile &tile, const MapContext &context) const
    {
        const double units = context.layer->extent;
        const auto box = clipBox(tile, units, 0.03);
        for (quint32 i = 0; i < context.feature->parts; ++i) {
            const auto ring = clippedRing(context.layer->part(*context.feature, i), box);
            if (ring.size() > 2)
                addSmoothed(path, ring, tile.plane, units, true);
        }
    }

    /** `ink`: for what is drawn beside the line. */
    void addLines(QPainterPath &path, const PlacedTile &tile, const MapContext &context, const Ink &ink) const
    {
        const double units = context.layer->extent;
        const auto box = clipBox(tile, units, 0);
        const bool closed = context.feature->type == TileGeometry::Polygon;
        for (quint32 i = 0; i < context.feature->parts; ++i) {
            clippedLines(context.layer->part(*context.feature, i), closed, box, [&](const auto &line) {
                if (ink.gap <= 0 && ink.offset == 0)
                    return addSmoothed(path, line, tile.plane, units, false);
                std::vector<QPointF> places;
                for (const auto &p : line)
                    places.push_back(tile.plane.map(p.x() / units, p.y() / units));
                const double side = ink.gap > 0 ? (ink.gap + ink.width) / 2 : 0;
                addPolyline(path, besideLine(places, ink.offset + side));
                if (side > 0)
                    addPolyline(path, besideLine(places, ink.offset - side));
            });
        }
    }

    /** What is drawn of a tile, in its units. Areas reach a bit over the border, or there would be seams. */
    static QRectF clipBox(const PlacedTile &tile, double units, double over)
    {
        const auto box = tile.part.adjusted(-over, -over, over, over) & tile.shown;
        return {box.topLeft() * units, box.size() * units};
    }

    static void addPolyline(QPainterPath &path, const std::vector<QPointF> &line)
    {
        for (std::size_t i = 0; i < line.size(); ++i)
            i == 0 ? path.moveTo(line[i]) : path.lineTo(line[i]);
    }

    static void addSmoothed(QPainterPath &path, const std::vector<QPointF> &line, const TilePlane &plane, double units,
                            bool ring)
    {
        QPointF last;
        for (std::size_t i = 0; i < line.size(); ++i) {
            const auto place = plane.map(line[i].x() / units, line[i].y() / units);
            if (i == 0)
                path.moveTo(place);
            else if (i + 1 < line.size() && (place - last).manhattanLength() < finest)
                continue;
            else
                path.lineTo(place);
            last = place;
        }
        if (ring)
            path.closeSubpath();
    }

    QBrush brush(const Ink &ink) const
    {
        const auto *icon = ink.pattern.isEmpty() ? nullptr : m_sprite.icon(ink.pattern);
        if (!icon)
            return ink.pattern.isEmpty() ? QBrush(QColor::fromRgba(ink.color)) : QBrush(Qt::NoBrush);
        QBrush brush(m_sprite.image(*icon, QColor::fromRgba(ink.color)));
        // Held by the ground, so that it stays when the map is moved and fits the next piece of a sheet
        const auto origin = m_frame.pixel({0, 0});
        const double scale = m_frame.ratio / icon->ratio;
        const double width = icon->area.width() * scale, height = icon->area.height() * scale;
        brush.setTransform(
            QTransform::fromTranslate(std::fmod(origin.x(), width), std::fmod(origin.y(), height)).scale(scale, scale));
        return brush;
    }

    void stroke(const Ink &ink, const QPainterPath &path)
    {
        auto cap = capOf(m_layer.text(MapProperty::LineCap, m_constant));
        auto join = joinOf(m_layer.text(MapProperty::LineJoin, m_constant));
        if (ink.width < thin) {
            cap = cap == Qt::RoundCap ? Qt::SquareCap : cap;
            join = join == Qt::RoundJoin ? Qt::BevelJoin : join;
        }
        QPen pen(brush(ink), ink.width, Qt::SolidLine, cap, join);
        pen.setMiterLimit(std::clamp(m_layer.number(MapProperty::LineMiterLimit, m_constant), 1.0, 10.0));
        if (const auto pattern = dashes(m_layer.numbers(MapProperty::LineDasharray, m_constant), ink.width);
            !pattern.isEmpty())
            pen.setDashPattern(pattern);
        m_painter.strokePath(path, pen);
    }

    void picture(const PlacedTile &tile)
    {
        const auto &image = tile.image;
        const int cells = tile.plane.cells();
        const double w = double(image.width()) / cells, h = double(image.height()) / cells;
        const QRectF part(tile.part.x() * image.width(), tile.part.y() * image.height(),
                          tile.part.width() * image.width(), tile.part.height() * image.height());
        for (int row = 0; row < cells; ++row) {
            for (int column = 0; column < cells; ++column) {
                const QRectF from = QRectF(column * w, row * h, w, h) & part;
                const auto at = [&](QPointF p) {
                    return tile.plane.map(p.x() / image.width(), p.y() / image.height());
                };
                const QPolygonF source{from.topLeft(), from.topRight(), from.bottomRight(), from.bottomLeft()};
                const QPolygonF target{at(source[0]), at(source[1]), at(source[2]), at(source[3])};
                QTransform transform;
                if (from.isEmpty() || !QTransform::quadToQuad(source, target, transform))
                    continue;
                m_painter.save();
                m_painter.setTransform(transform, true);
                m_painter.drawImage(from, image, from);
                m_painter.restore();
            }
        }
    }

    QPainter &m_painter;
    const MapFrame &m_frame;
    const MapStyleLayer &m_layer;
    const MapSprite &m_sprite;
    const CancelToken &m_token;
    const MapContext m_constant; ///< for what no feature changes
};

} // namespace

bool isDrawnAt(const MapStyleLayer &layer, double zoom)
{
    return zoom >= layer.minZoom && zoom < layer.maxZoom;
}

void paintMapLayer(QPainter &painter, const MapFrame &frame, const MapStyleLayer &layer, const MapSprite &sprite,
                   std::span<const PlacedTile> tiles, const CancelToken &token)
{
    if (!isDrawnAt(layer, frame.zoom))
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    LayerPainter with(painter, frame, layer, sprite, token);
    switch (layer.type) {
    case MapLayerType::Background:
        with.background();
        break;
    case MapLayerType::Fill:
        with.fills(tiles);
        break;
    case MapLayerType::Line:
        with.lines(tiles);
        break;
    case MapLayerType::Circle:
        with.circles(tiles);
        break;
    case MapLayerType::Raster:
        with.pictures(tiles);
        break;
    case MapLayerType::Symbol:
        break;
    }
    painter.restore();
}

} // namespace hanseatlas
