// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/tilepainter.h"

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

} // namespace hanseatlas
