// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/tilepainter.h"

#include "layers/map/render/lineoffset.h"

#include <algorithm>
#include <cmath>

// How shapes become pixels: the painter's inner loops

namespace hanseatlas
{

namespace
{

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

const PatternMask &TilePainter::maskOf(const Fill &fill)
{
    auto found = m_masks.find(&fill);
    if (found == m_masks.end()) {
        const auto origin = m_scene.view.toDevice({0, 0}) - QPointF(m_place.topLeft());
        found = m_masks.emplace(&fill, PatternMask(fill, double(m_px), origin)).first;
    }
    return found->second;
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

} // namespace hanseatlas
