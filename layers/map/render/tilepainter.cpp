// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/tilepainter.h"

#include "layers/map/render/anchors.h"
#include "layers/map/render/lineoffset.h"
#include "layers/map/render/vectorpainter.h"

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

namespace
{

constexpr double speck = 2; ///< pixels: polygons up to this size are boxes of colour

/** Outlines of areas that are hardly thicker than they are would drown the fill: 0 … 1. */
float outlineStrength(double thickness, float width)
{
    const double ratio = thickness / std::max(double(width), 0.35);
    return float(std::clamp((ratio - 3) / 5, 0.0, 1.0));
}

/** Fills: neighbours join. */
struct JoinRow {
    std::uint32_t *row;
    const Paint &paint;
    void pixel(int x, unsigned c) const { paint.join(row[x], c); }
    void span(int x, int end) const
    {
        const auto full = paint.full();
        if (paint.isOpaque())
            std::fill(row + x, row + end, full);
        else
            for (; x < end; ++x)
                row[x] = over(full, row[x]);
    }
};

/** Fills from the top down. */
struct RoomRow {
    std::uint32_t *row;
    const Paint &paint;
    std::uint8_t *opaque;
    void pixel(int x, unsigned c) const { opaque[x / OpaqueBlocks::size] += paint.fillRoom(row[x], c); }
    void span(int x, int end) const
    {
        for (; x < end; ++x)
            pixel(x, 255);
    }
};

/** Strokes from the top down. */
struct BelowRow {
    std::uint32_t *row;
    const Paint &paint;
    std::uint8_t *opaque;
    unsigned strength;
    void pixel(int x, unsigned c) const
    {
        opaque[x / OpaqueBlocks::size] += paint.blendBelow(row[x], (c * strength) >> 8);
    }
    void span(int x, int end) const
    {
        for (; x < end; ++x)
            pixel(x, 255);
    }
};

struct PatternRow {
    std::uint32_t *row;
    int y;
    const Paint &paint;
    const Paint *background;
    const PatternMask &mask;
    void pixel(int x, unsigned c) const
    {
        if (background)
            background->join(row[x], c);
        if (const auto m = mask.at(x, y))
            paint.blend(row[x], (c * m + 127) / 255);
    }
    void span(int x, int end) const
    {
        for (; x < end; ++x)
            pixel(x, 255);
    }
};

/** Strokes: over what is there. `strength` up to 256 */
struct BlendRow {
    std::uint32_t *row;
    const Paint &paint;
    unsigned strength;
    void pixel(int x, unsigned c) const { paint.blend(row[x], (c * strength) >> 8); }
    void span(int x, int end) const
    {
        if (paint.isOpaque() && strength == 256)
            std::fill(row + x, row + end, paint.full());
        else
            for (; x < end; ++x)
                pixel(x, 255);
    }
};

} // namespace

TilePainter::TilePainter(const PreparedScene &scene, CancelToken token)
    : m_scene(scene)
    , m_token(std::move(token))
    , m_px(float(scene.view.pixelsPerMm))
{
    for (const auto &layer : scene.layers)
        m_paints.emplace_back(layer.symbols.size());
}

const TilePainter::SymbolPaint &TilePainter::paintOf(std::uint32_t layer, std::uint32_t symbol)
{
    auto &held = m_paints[layer][symbol];
    if (held)
        return *held;
    const auto &source = *m_scene.layers[layer].symbols[symbol];
    held.emplace();
    for (const auto &fill : source.fills) {
        const bool solid = fill.pattern == Fill::Pattern::Solid;
        held->fills.push_back({.paint = Paint(fill.color),
                               .background = Paint(solid                           ? QColor(Qt::transparent)
                                                       : fill.background.isValid() ? fill.background
                                                                                   : QColor(Qt::transparent)),
                               .solid = solid,
                               .fill = &fill,
                               .share = solid ? 1 : PatternMask(fill, double(m_px), {}).share()});
    }
    for (const auto &stroke : source.strokes) {
        StrokePaint paint{
            .paint = Paint(stroke.width > 0 ? stroke.color : QColor(Qt::transparent)),
            .pen = {.width = float(stroke.width) * m_px, .dash = {}, .cap = stroke.cap, .join = stroke.join},
            .offset = float(stroke.offset) * m_px,
            .thin = false};
        for (const double length : stroke.dash)
            paint.pen.dash.push_back(float(length) * m_px);
        paint.thin = paint.pen.width <= widestThinLine && paint.pen.dash.empty() && paint.offset == 0;
        held->strokes.push_back(std::move(paint));
    }
    return *held;
}

const PatternMask &TilePainter::maskOf(const Fill &fill)
{
    auto found = m_masks.find(&fill);
    if (found == m_masks.end()) {
        const auto origin = m_scene.view.toDevice({0, 0}) - QPointF(m_place.topLeft());
        found = m_masks.emplace(&fill, PatternMask(fill, double(m_px), origin)).first;
    }
    return found->second;
}

const PixelBuffer &TilePainter::draw(const QRect &place, const QColor &background)
{
    m_place = place;
    m_masks.clear();
    if (m_tile.width() != place.width() || m_tile.height() != place.height()) {
        m_tile.resize(place.size());
        m_own.resize(place.size());
    }
    const auto color = Paint(background).full();
    for (int y = 0; y < m_tile.height(); ++y)
        std::fill_n(m_tile.row(y), m_tile.width(), color);
    for (std::uint32_t i = 0; i < m_scene.layers.size() && !m_token.stop_requested(); ++i) {
        if (m_scene.layers[i].set)
            drawVector(i);
        else
            drawRaster(m_scene.layers[i]);
    }
    return m_tile;
}

void TilePainter::drawRaster(const PreparedLayer &layer)
{
    if (layer.raster.isNull())
        return;
    const auto factor = std::uint32_t(std::lround(layer.layer->opacity * 256));
    const auto offset = m_place.topLeft() - m_scene.region.topLeft();
    for (int y = 0; y < m_place.height(); ++y) {
        const auto *from =
            reinterpret_cast<const std::uint32_t *>(layer.raster.constScanLine(y + offset.y())) + offset.x();
        auto *to = m_tile.row(y);
        for (int x = 0; x < m_place.width(); ++x)
            to[x] = over(factor >= 256 ? from[x] : scaled(from[x], factor), to[x]);
    }
}

void TilePainter::drawVector(std::uint32_t index)
{
    m_layerIndex = index;
    m_layer = &m_scene.layers[index];
    m_transform = DeviceTransform::of(m_layer->set->quantisation, m_scene.view).translated(QPointF(m_place.topLeft()));
    const double reach = m_layer->reach + 1;
    const QRectF box = QRectF(QPointF(0, 0), QSizeF(m_place.size())).adjusted(-reach, -reach, reach, reach);
    const VisibleFeatures features(*m_layer, m_transform, box);
    // A layer of its own where areas join each other or where it is see-through; the rest goes straight onto what is
    // there
    const bool apart = m_layer->layer->opacity < 1 || !features.polygons().empty();
    m_target = apart ? &m_own : &m_tile;
    drawPolygons(features.polygons());
    drawLines(features);
    drawMarkers(features.polygons());
    drawMarkers(features.lines());
    drawMarkers(features.points());
    drawInvalid();
    if (apart) {
        m_own.composeOnto(m_tile, m_layer->layer->opacity);
        m_own.clearTouched();
    }
}

QRect TilePainter::pixelBox(const QRectF &box, double margin) const
{
    const int left = int(std::floor(std::max(box.left() - margin, 0.0))),
              top = int(std::floor(std::max(box.top() - margin, 0.0)));
    const int right = int(std::ceil(std::min(box.right() + margin, double(m_place.width())))),
              bottom = int(std::ceil(std::min(box.bottom() + margin, double(m_place.height()))));
    return {left, top, right - left, bottom - top};
}

bool TilePainter::canGoFrontToBack(std::span<const VisibleFeatures::Entry> entries)
{
    std::vector<bool> checked(m_layer->symbols.size(), false);
    for (const auto &entry : entries) {
        if (checked[entry.symbol])
            continue;
        checked[entry.symbol] = true;
        const auto &fills = paintOf(m_layerIndex, entry.symbol).fills;
        if (std::ranges::any_of(fills, [](const FillPaint &f) { return !f.solid || !f.paint.isOpaque(); }))
            return false;
    }
    return true;
}

void TilePainter::drawPolygons(std::span<const VisibleFeatures::Entry> entries)
{
    if (entries.empty())
        return;
    const auto &set = *m_layer->set;
    const auto &t = m_transform;
    const double xx = std::abs(t.xx), xy = std::abs(t.xy), yx = std::abs(t.yx), yy = std::abs(t.yy);
    auto isSpeck = [&](const VisibleFeatures::Entry &entry) {
        const auto &b = set.boxes[entry.feature];
        const double w = double(b.xMax) - b.xMin, h = double(b.yMax) - b.yMin;
        return w * xx + h * xy < speck && w * yx + h * yy < speck;
    };
    m_order.clear();
    for (const auto &entry : entries) {
        if (isSpeck(entry))
            continue;
        const auto box = t.map(set.boxes[entry.feature]);
        m_order.push_back({.id = set.ids[entry.feature],
                           .feature = entry.feature,
                           .symbol = entry.symbol,
                           .firstVertex = set.firstVertex[set.firstRing[entry.feature]],
                           .left = float(box.left()),
                           .top = float(box.top()),
                           .right = float(box.right()),
                           .bottom = float(box.bottom())});
    }
    const bool hasSpecks = m_order.size() < entries.size();
    if (m_layer->layer->style.kind != Style::Kind::RuleBased)
        std::ranges::stable_sort(m_order, {}, &Waiting::id);
    m_frontToBack = canGoFrontToBack(entries);
    auto drawSpecks = [&] {
        for (const auto &entry : entries) {
            if (!hasSpecks || stopped())
                return;
            if (isSpeck(entry))
                drawSpeck(entry.feature, paintOf(m_layerIndex, entry.symbol), t.map(set.boxes[entry.feature]));
        }
    };
    if (m_frontToBack) {
        m_opaque.reset(m_place.width(), m_place.height());
        std::ranges::reverse(m_order);
    } else {
        drawSpecks();
    }
    for (std::size_t i = 0; i < m_order.size() && !stopped(); ++i) {
#ifdef __GNUC__
        constexpr std::size_t ahead = 6;
        if (i + ahead < m_order.size())
            __builtin_prefetch(&set.vertices[m_order[i + ahead].firstVertex]);
#endif
        const auto &next = m_order[i];
        drawPolygon(next.feature, paintOf(m_layerIndex, next.symbol), next.box());
    }
    if (m_frontToBack)
        drawSpecks();
    m_frontToBack = false;
}

void TilePainter::drawSpeck(std::uint32_t feature, const SymbolPaint &paint, const QRectF &box)
{
    const double area = double(m_layer->set->areas[feature]) * m_transform.pixelsPerStep * m_transform.pixelsPerStep;
    for (const auto &fill : paint.fills) {
        if (fill.background.isVisible())
            splat(fill.background, box, area);
        if (fill.paint.isVisible())
            splat(fill.paint, box, area * fill.share);
    }
    if (!paint.fills.empty())
        return;
    for (const auto &stroke : paint.strokes) {
        const double half = double(stroke.pen.width) / 2;
        const auto grown = box.adjusted(-half, -half, half, half);
        const double length = 2 * (box.width() + box.height());
        splat(stroke.paint, grown, std::min(length * 2 * half, grown.width() * grown.height()));
    }
}

/** A box of colour, thinned so that it carries `mass` pixels of it. */
void TilePainter::splat(const Paint &paint, const QRectF &box, double mass)
{
    const auto left = float(box.left()), top = float(box.top()), right = float(box.right()),
               bottom = float(box.bottom());
    constexpr float least = 1.0F / 16; // pixels: flat shapes have a box of no area
    const float w = std::max(right - left, least), h = std::max(bottom - top, least);
    const float density = std::min(float(mass) / (w * h), 1.0F) * 255;
    const int x0 = std::max(0, int(std::floor(left))), x1 = std::min(m_place.width() - 1, int(std::floor(left + w)));
    const int y0 = std::max(0, int(std::floor(top))), y1 = std::min(m_place.height() - 1, int(std::floor(top + h)));
    if (x0 > x1 || y0 > y1)
        return;
    m_target->touch(x0, y0, x1 + 1, y1 + 1);
    for (int y = y0; y <= y1; ++y) {
        const float high = (std::min(top + h, float(y + 1)) - std::max(top, float(y))) * density;
        auto *row = m_target->row(y);
        for (int x = x0; x <= x1; ++x) {
            const float covered = (std::min(left + w, float(x + 1)) - std::max(left, float(x))) * high;
            // Dust that is too fine for 8 bits falls by chance, the more the more often, so that its sum is right
            const std::uint32_t chance = (std::uint32_t(++m_steps) * 2654435761U) >> 24;
            const auto c = unsigned(covered * 256 + float(chance)) >> 8;
            if (c && m_frontToBack)
                paint.fillRoom(row[x], std::min(c, 255U));
            else if (c)
                paint.join(row[x], std::min(c, 255U));
        }
    }
}

void TilePainter::loadShape(std::uint32_t feature, const QRectF &box)
{
    const auto &set = *m_layer->set;
    m_points.clear();
    m_rings.clear();
    const auto firstRing = set.firstRing[feature], endRing = set.firstRing[feature + 1];
    const auto count = set.firstVertex[endRing] - set.firstVertex[firstRing];
    // Where vertices lie denser than pixels they are rounded to a fine grid, alike for both neighbours of a border, and
    // repeats go
    const bool dense = count > 24 && double(count) > 2 * (box.width() + box.height());
    const auto t = m_transform;
    for (auto r = firstRing; r < endRing; ++r) {
        const auto from = set.firstVertex[r], to = set.firstVertex[r + 1];
        if (!dense) {
            const auto start = m_points.size();
            m_points.resize(start + (to - from));
            auto *out = m_points.data() + start;
            for (auto v = from; v < to; ++v, ++out)
                *out = {float(t.x(set.vertices[v])), float(t.y(set.vertices[v]))};
        } else {
            const auto start = m_points.size();
            for (auto v = from; v < to; ++v) {
                const PixelPoint p{float(std::round(t.x(set.vertices[v]) * 4) / 4),
                                   float(std::round(t.y(set.vertices[v]) * 4) / 4)};
                if (m_points.size() == start || p.x != m_points.back().x || p.y != m_points.back().y)
                    m_points.push_back(p);
            }
        }
        m_rings.push_back(std::uint32_t(m_points.size()));
    }
}

void TilePainter::drawPolygon(std::uint32_t feature, const SymbolPaint &paint, const QRectF &box)
{
    const auto pixels = pixelBox(box, 0);
    if (m_frontToBack && isHidden(box))
        return;
    loadShape(feature, box);
    const bool inside = QRectF(0, 0, m_place.width(), m_place.height()).contains(box);
    auto drawFills = [&] {
        if (pixels.isEmpty())
            return;
        if (!m_frontToBack)
            for (const auto &f : paint.fills)
                fill(f, pixels, inside);
        else if (!paint.fills.empty())
            fill(paint.fills.back(), pixels, inside); // opaque: hides the others
    };
    auto drawStroke = [&](const StrokePaint &s) {
        if (!s.paint.isVisible())
            return;
        float strength = 1;
        if (!paint.fills.empty()) {
            const double area =
                double(m_layer->set->areas[feature]) * m_transform.pixelsPerStep * m_transform.pixelsPerStep;
            strength = outlineStrength(area / std::max(box.width(), box.height()), s.pen.width);
        }
        if (strength > 0)
            stroke(s, true, box, strength);
    };
    if (m_frontToBack) {
        for (auto s = paint.strokes.rbegin(); s != paint.strokes.rend(); ++s)
            drawStroke(*s);
        drawFills();
    } else {
        drawFills();
        for (const auto &s : paint.strokes)
            drawStroke(s);
    }
}

bool TilePainter::isHidden(const QRectF &box) const
{
    const auto pixels = pixelBox(box, m_layer->reach);
    return pixels.isEmpty()
        || m_opaque.hides(pixels.left(), pixels.top(), pixels.left() + pixels.width(), pixels.top() + pixels.height());
}

void TilePainter::fill(const FillPaint &paint, const QRect &box, bool inside)
{
    const bool background = !paint.solid && paint.background.isVisible();
    if (!paint.paint.isVisible() && !background)
        return;
    m_coverage.begin(box.left(), box.top(), box.left() + box.width(), box.top() + box.height(), inside);
    std::uint32_t from = 0;
    for (const auto end : m_rings) {
        if (end - from >= 3) {
            auto before = m_points[end - 1];
            for (auto i = from; i < end; ++i) {
                // The device's y points down, so outer rings turn the other way; only the difference to holes matters
                m_coverage.line(before.x, before.y, m_points[i].x, m_points[i].y);
                before = m_points[i];
            }
        }
        from = end;
    }
    m_target->touch(box.left(), box.top(), box.left() + box.width(), box.top() + box.height());
    auto *const pixels = m_target->row(0);
    const auto stride = std::ptrdiff_t(m_target->width());
    if (m_frontToBack) {
        m_coverage.sweep([&solid = paint.paint, this, pixels, stride](int y) {
            return RoomRow{pixels + y * stride, solid, m_opaque.row(y)};
        });
        return;
    }
    if (paint.solid) {
        m_coverage.sweep([&solid = paint.paint, pixels, stride](int y) { return JoinRow{pixels + y * stride, solid}; });
        return;
    }
    m_coverage.sweep([&paint, &mask = maskOf(*paint.fill), background, pixels, stride](int y) {
        return PatternRow{pixels + y * stride, y, paint.paint, background ? &paint.background : nullptr, mask};
    });
}

void TilePainter::stroke(const StrokePaint &paint, bool closed, const QRectF &box, float strength)
{
    const double reach =
        double(paint.pen.width) * (paint.pen.join == Qt::MiterJoin ? 2 : 0.75) + 2 * std::abs(double(paint.offset)) + 1;
    const auto pixels = pixelBox(box, reach);
    if (pixels.isEmpty() || !paint.paint.isVisible())
        return;
    m_target->touch(pixels.left(), pixels.top(), pixels.left() + pixels.width(), pixels.top() + pixels.height());
    if (!paint.thin)
        m_coverage.begin(pixels.left(), pixels.top(), pixels.left() + pixels.width(), pixels.top() + pixels.height());
    std::uint32_t from = 0;
    for (const auto end : m_rings) {
        const auto line = std::span(m_points).subspan(from, end - from);
        from = end;
        if (paint.thin) {
            drawThinLine(*m_target, line, closed, paint.pen.width, paint.paint, strength,
                         m_frontToBack ? &m_opaque : nullptr);
        } else if (paint.offset == 0) {
            strokeInto(m_coverage, line, closed, paint.pen, pixels);
        } else {
            std::vector<QPointF> source;
            for (const auto &p : line)
                source.emplace_back(double(p.x), double(p.y));
            std::vector<PixelPoint> moved;
            for (const auto &p : offsetLine(source, closed, double(paint.offset)))
                moved.push_back({float(p.x()), float(p.y())});
            strokeInto(m_coverage, moved, closed, paint.pen, pixels);
        }
    }
    if (paint.thin)
        return;
    auto *const bits = m_target->row(0);
    const auto stride = std::ptrdiff_t(m_target->width());
    const auto full = unsigned(std::lround(strength * 256));
    if (m_frontToBack)
        m_coverage.sweep([&paint, this, bits, stride, full](int y) {
            return BelowRow{bits + y * stride, paint.paint, m_opaque.row(y), full};
        });
    else
        m_coverage.sweep(
            [&paint, bits, stride, full](int y) { return BlendRow{bits + y * stride, paint.paint, full}; });
}

void TilePainter::drawLines(const VisibleFeatures &features)
{
    const auto &set = *m_layer->set;
    for (std::size_t level = 0; level < m_layer->strokeLevels; ++level) {
        for (const auto &[feature, symbol] : features.lines()) {
            if (stopped())
                return;
            const auto &strokes = paintOf(m_layerIndex, symbol).strokes;
            if (level >= strokes.size() || !strokes[level].paint.isVisible())
                continue;
            const auto box = m_transform.map(set.boxes[feature]);
            if (box.width() < 1 && box.height() < 1) { // shorter than a pixel: what it covers
                const double half = double(strokes[level].pen.width) / 2;
                const auto grown = box.adjusted(-half, -half, half, half);
                const double length = double(set.areas[feature]) * m_transform.pixelsPerStep;
                splat(strokes[level].paint, grown, std::min(length * 2 * half, grown.width() * grown.height()));
                continue;
            }
            loadShape(feature, box);
            stroke(strokes[level], false, box, 1);
        }
    }
}

void TilePainter::drawInvalid()
{
    if (m_layer->invalid.empty())
        return;
    const auto &set = *m_layer->set;
    if (!m_signal)
        m_signal = StrokePaint{
            .paint = Paint(invalidColor()), .pen = {.width = std::max(1.5F, 0.5F * m_px)}, .offset = 0, .thin = false};
    const QRectF tile(QPointF(0, 0), QSizeF(m_place.size()));
    const auto reach = m_transform.reach(tile.adjusted(-4, -4, 4, 4));
    for (const auto feature : m_layer->invalid) {
        if (stopped())
            return;
        if (feature >= set.size() || !set.boxes[feature].intersects(reach) || m_layer->symbolOf(feature) < 0)
            continue;
        const auto box = m_transform.map(set.boxes[feature]);
        loadShape(feature, box);
        stroke(*m_signal, true, box, 1);
    }
}

/** All markers of a symbol in one picture; those that turn with a field each on their own. Places are told to half a
 * pixel. */
const TilePainter::Sprite &TilePainter::spriteOf(std::uint32_t symbol, int marker, QPointF place, double turn)
{
    const int phaseX = int((place.x() - std::floor(place.x())) * 2),
              phaseY = int((place.y() - std::floor(place.y())) * 2);
    const int degrees = int(std::lround(turn / 3)) * 3;
    const std::array<int, 6> key{int(m_layerIndex), int(symbol), marker, phaseX, phaseY, degrees};
    auto &held = m_sprites[key];
    if (!held.image.isNull())
        return held;
    const auto &markers = m_layer->symbols[symbol]->markers;
    double size = 0;
    for (const auto &m : markers)
        size =
            std::max(size, (m.size * (m.shape == Marker::Shape::Pin ? 3 : 1.25) + m.outline.width * 2) * double(m_px));
    const int half = int(std::ceil(size / 2)) + 2;
    held.image = QImage(2 * half, 2 * half, QImage::Format_ARGB32_Premultiplied);
    held.image.fill(Qt::transparent);
    held.left = held.top = -half;
    QPainter painter(&held.image);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre(half + phaseX / 2.0 + 0.25, half + phaseY / 2.0 + 0.25);
    for (int i = 0; i < int(markers.size()); ++i)
        if (marker < 0 || marker == i)
            m_markers.paint(painter, markers[std::size_t(i)], centre, double(m_px), degrees);
    return held;
}

void TilePainter::drawMarkers(std::span<const VisibleFeatures::Entry> entries)
{
    const auto &set = *m_layer->set;
    for (const auto &[feature, symbol] : entries) {
        const auto &markers = m_layer->symbols[symbol]->markers;
        if (markers.empty())
            continue;
        if (stopped())
            return;
        const bool turns = std::ranges::any_of(markers, [](const Marker &m) { return !m.rotationField.isEmpty(); });
        const double reach = m_layer->reach + 4;
        const QRectF near = QRectF(0, 0, m_place.width(), m_place.height()).adjusted(-reach, -reach, reach, reach);
        auto put = [&](QPointF place, int marker, double turn) {
            if (!near.contains(place))
                return; // of a feature that reaches into the tile
            blit(spriteOf(symbol, marker, place, turn), int(std::floor(place.x())), int(std::floor(place.y())));
        };
        for (const auto &place : markerPlaces(set, feature, m_transform)) {
            if (!turns) {
                put(place, -1, 0);
                continue;
            }
            for (int i = 0; i < int(markers.size()); ++i) {
                const auto &field = markers[std::size_t(i)].rotationField;
                const auto *column = field.isEmpty() ? nullptr : set.column(field);
                put(place, i,
                    column && !column->isNull(feature) ? std::fmod(column->number(feature) + m_scene.view.rotation, 360)
                                                       : 0);
            }
        }
    }
}

void TilePainter::blit(const Sprite &sprite, int x, int y)
{
    const int left = std::max(0, x + sprite.left), top = std::max(0, y + sprite.top);
    const int right = std::min(m_place.width(), x + sprite.left + sprite.image.width()),
              bottom = std::min(m_place.height(), y + sprite.top + sprite.image.height());
    if (left >= right || top >= bottom)
        return;
    m_target->touch(left, top, right, bottom);
    for (int row = top; row < bottom; ++row) {
        const auto *from =
            reinterpret_cast<const std::uint32_t *>(sprite.image.constScanLine(row - y - sprite.top)) - x - sprite.left;
        auto *to = m_target->row(row);
        for (int column = left; column < right; ++column)
            if (from[column])
                to[column] = over(from[column], to[column]);
    }
}

} // namespace hanseatlas
