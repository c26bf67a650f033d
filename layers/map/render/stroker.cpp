// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/stroker.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hanseatlas
{

namespace
{

constexpr float mitreLimit = 4; ///< in half widths: QPen's limit of 2

/** Emits outlines edge by edge. All pieces (segments, joins, caps) turn the same way, so where they overlap they count
 * once. */
class Outliner
{
public:
    Outliner(Coverage &coverage, const Pen &pen)
        : m_coverage(coverage)
        , m_pen(pen)
        , m_half(pen.width / 2)
    {
        // As many steps that a chord stays within an eighth of a pixel of the arc
        m_step = m_half > 0.25F ? 2 * std::acos(1 - std::min(0.9F, 0.125F / m_half)) : 1.5F;
    }

    /** `points` without repeats. */
    void line(std::span<const PixelPoint> points, bool closed)
    {
        const auto n = points.size();
        if (n < 2) {
            if (n == 1 && m_pen.cap == Qt::RoundCap)
                arc(points[0], {0, m_half}, std::numbers::pi_v<float> * 2);
            return;
        }
        const auto segments = closed ? n : n - 1;
        PixelPoint before = normal(points[n - 1], points[0]);
        for (std::size_t i = 0; i < segments; ++i) {
            const auto a = points[i], b = points[(i + 1) % n];
            const auto across = normal(a, b);
            if (i > 0 || closed)
                join(a, before, across);
            else
                startCap(a, across);
            edge({a.x + across.x, a.y + across.y}, {b.x + across.x, b.y + across.y});
            edge({b.x - across.x, b.y - across.y}, {a.x - across.x, a.y - across.y});
            before = across;
        }
        if (!closed)
            endCap(points[n - 1], before);
    }

private:
    /** To the left of the direction (y down), as long as half the width. */
    PixelPoint normal(PixelPoint a, PixelPoint b) const
    {
        const float dx = b.x - a.x, dy = b.y - a.y, length = std::sqrt(dx * dx + dy * dy);
        return length > 0 ? PixelPoint{dy / length * m_half, -dx / length * m_half} : PixelPoint{};
    }
    void edge(PixelPoint a, PixelPoint b) { m_coverage.line(a.x, a.y, b.x, b.y); }

    /** From centre + from, turned by `angle` (positive: clockwise on the screen), as edges. */
    void arc(PixelPoint centre, PixelPoint from, float angle)
    {
        const int n = std::max(1, int(std::ceil(std::abs(angle) / m_step)));
        const float c = std::cos(angle / float(n)), s = std::sin(angle / float(n));
        PixelPoint v = from;
        for (int i = 0; i < n; ++i) {
            const PixelPoint w{v.x * c - v.y * s, v.x * s + v.y * c};
            edge({centre.x + v.x, centre.y + v.y}, {centre.x + w.x, centre.y + w.y});
            v = w;
        }
    }

    void join(PixelPoint p, PixelPoint before, PixelPoint after)
    {
        const float cross = before.x * after.y - before.y * after.x, dot = before.x * after.x + before.y * after.y;
        const float square = m_half * m_half;
        if (std::abs(cross) < 1e-4F * square && dot > 0)
            return; // straight on
        const float angle = std::abs(std::atan2(cross, dot));
        // cross > 0: the line turns right, so its left side is the outer one
        const float side = cross >= 0 ? 1.0F : -1.0F;
        const PixelPoint u{before.x * side, before.y * side}, v{after.x * side, after.y * side};
        const PixelPoint outerFrom{p.x + u.x, p.y + u.y}, outerTo{p.x + v.x, p.y + v.y};
        const PixelPoint innerFrom{p.x - u.x, p.y - u.y}, innerTo{p.x - v.x, p.y - v.y};
        auto forward = [&](PixelPoint a, PixelPoint b) { side > 0 ? edge(a, b) : edge(b, a); };
        // The inner side goes by the corner itself: all pieces stay simple
        forward(innerTo, p);
        forward(p, innerFrom);
        if (m_pen.join == Qt::RoundJoin) {
            arc(p, side > 0 ? u : v, angle);
            return;
        }
        const float stretch =
            2 * square / std::max(square + dot, 1e-6F * square); // the mitre's length in half widths, squared
        if (m_pen.join == Qt::MiterJoin && stretch <= mitreLimit * mitreLimit) {
            const float f = square / (square + dot);
            const PixelPoint tip{p.x + (u.x + v.x) * f, p.y + (u.y + v.y) * f};
            forward(outerFrom, tip);
            forward(tip, outerTo);
            return;
        }
        forward(outerFrom, outerTo);
    }

    void startCap(PixelPoint p, PixelPoint across) { cap(p, {-across.x, -across.y}, {across.y, -across.x}); }
    void endCap(PixelPoint p, PixelPoint across) { cap(p, across, {-across.y, across.x}); }
    /** From p + side to p - side around the end; `ahead` points away from the line, half a width long. */
    void cap(PixelPoint p, PixelPoint side, PixelPoint ahead)
    {
        const PixelPoint from{p.x + side.x, p.y + side.y}, to{p.x - side.x, p.y - side.y};
        switch (m_pen.cap) {
        case Qt::RoundCap:
            arc(p, side, std::numbers::pi_v<float>);
            break;
        case Qt::SquareCap:
            edge(from, {from.x + ahead.x, from.y + ahead.y});
            edge({from.x + ahead.x, from.y + ahead.y}, {to.x + ahead.x, to.y + ahead.y});
            edge({to.x + ahead.x, to.y + ahead.y}, to);
            break;
        default:
            edge(from, to);
        }
    }

    Coverage &m_coverage;
    const Pen &m_pen;
    float m_half;
    float m_step;
};

struct Reach {
    float left, top, right, bottom;
    bool misses(PixelPoint a, PixelPoint b) const
    {
        return (a.x < left && b.x < left) || (a.x > right && b.x > right) || (a.y < top && b.y < top)
            || (a.y > bottom && b.y > bottom);
    }
    /** The shares of the way from a to b between which it lies in the box; from >= to: nowhere. */
    std::pair<float, float> clipped(PixelPoint a, PixelPoint b) const
    {
        float from = 0, to = 1;
        auto cut = [&](float start, float delta, float low, float high) {
            if (delta == 0)
                return;
            const float t0 = (low - start) / delta, t1 = (high - start) / delta;
            from = std::max(from, std::min(t0, t1));
            to = std::min(to, std::max(t0, t1));
        };
        cut(a.x, b.x - a.x, left, right);
        cut(a.y, b.y - a.y, top, bottom);
        return from < to ? std::pair(from, to) : std::pair(1.0F, 1.0F);
    }
};

/** Cuts a line into dashes. Where it runs outside of the box only the phase is kept. */
class Dasher
{
public:
    Dasher(Outliner &outliner, const Pen &pen, const Reach &reach)
        : m_outliner(outliner)
        , m_pen(pen)
        , m_reach(reach)
    {
        for (const float d : pen.dash)
            m_period += d;
        if (pen.dash.size() % 2)
            m_period *= 2;
    }
    bool isUsable() const { return m_period > 0.1F; }

    void line(std::span<const PixelPoint> points, bool closed)
    {
        m_index = 0;
        m_left = length(0);
        m_dash.clear();
        m_dash.push_back(points[0]);
        const auto n = points.size();
        for (std::size_t i = 0; i + (closed ? 0 : 1) < n; ++i)
            segment(points[i], points[(i + 1) % n]);
        flush();
    }

private:
    float length(std::size_t i) const { return std::max(m_pen.dash[i % m_pen.dash.size()], 0.05F); }
    bool isOn() const { return m_index % 2 == 0; }
    void advance()
    {
        m_index = (m_index + 1) % (2 * m_pen.dash.size());
        m_left = length(m_index);
    }
    void flush()
    {
        if (isOn() && m_dash.size() > 1)
            m_outliner.line(m_dash, false);
        m_dash.clear();
    }
    void segment(PixelPoint a, PixelPoint b)
    {
        const float dx = b.x - a.x, dy = b.y - a.y, total = std::sqrt(dx * dx + dy * dy);
        if (m_reach.misses(a, b)) {
            skip(total, b);
            return;
        }
        constexpr float isLong = 4096; // pixels: many dashes of it would be out of sight
        if (total > isLong) {
            const auto [from, to] = m_reach.clipped(a, b);
            const PixelPoint enter{a.x + dx * from, a.y + dy * from}, leave{a.x + dx * to, a.y + dy * to};
            skip(total * from, enter);
            if (from < to)
                dashed(enter, leave);
            skip(total * (1 - to), b);
            return;
        }
        dashed(a, b);
    }
    /** Keeps the phase. */
    void skip(float length, PixelPoint to)
    {
        flush();
        float rest = std::fmod(length, m_period);
        while (rest >= m_left) {
            rest -= m_left;
            advance();
        }
        m_left -= rest;
        m_dash.assign(1, to);
    }
    void dashed(PixelPoint a, PixelPoint b)
    {
        const float dx = b.x - a.x, dy = b.y - a.y, total = std::sqrt(dx * dx + dy * dy);
        float at = 0;
        while (total - at > m_left) {
            at += m_left;
            const PixelPoint p{a.x + dx * at / total, a.y + dy * at / total};
            m_dash.push_back(p);
            flush();
            advance();
            m_dash.assign(1, p);
        }
        m_left -= total - at;
        m_dash.push_back(b);
    }

    Outliner &m_outliner;
    const Pen &m_pen;
    Reach m_reach;
    float m_period = 0;
    std::size_t m_index = 0;
    float m_left = 0;
    std::vector<PixelPoint> m_dash;
};

} // namespace

void strokeInto(Coverage &coverage, std::span<const PixelPoint> line, bool closed, const Pen &pen, const QRect &box)
{
    thread_local std::vector<PixelPoint> points;
    points.clear();
    constexpr float same = 0.02F; // pixels: shorter segments have no direction worth a join
    for (const auto &p : line)
        if (points.empty() || std::abs(p.x - points.back().x) > same || std::abs(p.y - points.back().y) > same)
            points.push_back(p);
    if (closed && points.size() > 1 && std::abs(points[0].x - points.back().x) <= same
        && std::abs(points[0].y - points.back().y) <= same)
        points.pop_back();
    if (points.empty())
        return;
    if (points.size() < 3)
        closed = false;
    const float margin = pen.width * 2 + 1;
    const Reach reach{float(box.left()) - margin, float(box.top()) - margin, float(box.right() + 1) + margin,
                      float(box.bottom() + 1) + margin};
    Outliner outliner(coverage, pen);
    if (!pen.dash.empty()) {
        Dasher dasher(outliner, pen, reach);
        if (dasher.isUsable()) {
            dasher.line(points, closed);
            return;
        }
    }
    const auto n = points.size();
    bool allNear = true;
    for (std::size_t i = 0; i + (closed ? 0 : 1) < n && allNear; ++i)
        allNear = !reach.misses(points[i], points[(i + 1) % n]);
    if (allNear || n < 3) {
        outliner.line(points, closed);
        return;
    }
    // Runs of segments that come near the box; their cut ends lie outside of it
    std::size_t from = 0;
    bool open = false;
    if (closed)
        points.push_back(points[0]);
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const bool away = reach.misses(points[i], points[i + 1]);
        if (!away && !open) {
            from = i;
            open = true;
        } else if (away && open) {
            outliner.line(std::span(points).subspan(from, i - from + 1), false);
            open = false;
        }
    }
    if (open)
        outliner.line(std::span(points).subspan(from), false);
}

namespace
{

/** One segment in steps of its longer direction; `steep`: that is y, and all is mirrored. */
template <bool steep, bool isBelow>
class ThinSegment
{
public:
    ThinSegment(PixelBuffer &target, const Paint &paint, float width, float strength, OpaqueBlocks *below)
        : m_below(below)
        , m_pixels(target.row(0))
        , m_stride(target.width())
        , m_along(steep ? target.height() : target.width())
        , m_across(steep ? target.width() : target.height())
        , m_paint(paint)
        , m_width(width)
        , m_strength(strength)
    {
    }

    /** From (u0, v0) to (u1, v1), u0 < u1, |slope| <= 1. */
    void draw(float u0, float v0, float u1, float v1) const
    {
        const float slope = (v1 - v0) / (u1 - u0);
        const float high = m_width * std::sqrt(1 + slope * slope); // of the line across one step
        if (std::max(v0, v1) < -high || std::min(v0, v1) > float(m_across) + high || u1 <= 0 || u0 >= float(m_along))
            return;
        const float from = std::max(u0, 0.0F), to = std::min(u1, float(m_along));
        auto vAt = [&](float u) { return v0 + (u - u0) * slope; };
        int step = int(from);
        const int last = std::min(m_along - 1, int(to));
        if (step == last) {
            column(step, vAt((from + to) / 2), high, to - from);
            return;
        }
        if (from > float(step)) {
            column(step, vAt((from + float(step + 1)) / 2), high, float(step + 1) - from);
            ++step;
        }
        if (high <= 1)
            wholeColumns(step, last, vAt(float(step) + 0.5F), slope, high);
        else
            for (int i = step; i < last; ++i)
                column(i, vAt(float(i) + 0.5F), high, 1);
        if (to > float(last))
            column(last, vAt((float(last) + to) / 2), high, to - float(last));
    }

private:
    void blend(int u, int v, unsigned coverage) const
    {
        if (unsigned(v) >= unsigned(m_across))
            return;
        const int x = steep ? v : u, y = steep ? u : v;
        auto &pixel = m_pixels[y * m_stride + x];
        if constexpr (!isBelow)
            m_paint.blend(pixel, coverage);
        else if (m_paint.blendBelow(pixel, coverage))
            ++m_below->row(y)[x / OpaqueBlocks::size];
    }

    /** One step across, `share` of it along. */
    void column(int u, float v, float high, float share) const
    {
        const float top = v - high / 2, factor = 255 * share * m_strength;
        const float firstFloor = std::floor(top);
        const int first = int(firstFloor);
        float left = high, room = firstFloor + 1 - top;
        for (int i = first; left > 0; ++i, room = 1) {
            const float covered = std::min(left, room);
            blend(u, i, unsigned(covered * factor + 0.5F));
            left -= covered;
        }
    }

    /** The hot loop: at most two pixels a step, in fixed point. */
    void wholeColumns(int from, int end, float v, float slope, float high) const
    {
        constexpr float one = 65536;
        constexpr int bias = 1024; // keeps the shifted number positive
        auto top = std::int64_t((v - high / 2 + bias) * one);
        const auto by = std::int64_t(slope * one);
        const int all = int(high * 256), strength = int(m_strength * 256);
        for (int u = from; u < end; ++u, top += by) {
            const int i = int(top >> 16) - bias;
            const int upper = std::min(256 - int((top >> 8) & 255), all), lower = all - upper;
            blend(u, i, unsigned(upper * strength * 255) >> 16);
            if (lower > 0)
                blend(u, i + 1, unsigned(lower * strength * 255) >> 16);
        }
    }

    OpaqueBlocks *m_below;
    std::uint32_t *m_pixels;
    int m_stride, m_along, m_across;
    const Paint &m_paint;
    float m_width, m_strength;
};

template <bool isBelow>
void drawSegments(PixelBuffer &target, std::span<const PixelPoint> line, bool closed, float width, const Paint &paint,
                  float strength, OpaqueBlocks *below)
{
    const ThinSegment<false, isBelow> flat(target, paint, width, strength, below);
    const ThinSegment<true, isBelow> steep(target, paint, width, strength, below);
    const auto n = line.size();
    for (std::size_t i = 0; i + (closed ? 0 : 1) < n; ++i) {
        const auto a = line[i], b = line[i + 1 < n ? i + 1 : 0];
        const float dx = b.x - a.x, dy = b.y - a.y;
        if (std::abs(dx) >= std::abs(dy)) {
            if (dx > 0)
                flat.draw(a.x, a.y, b.x, b.y);
            else if (dx < 0)
                flat.draw(b.x, b.y, a.x, a.y);
        } else if (dy > 0) {
            steep.draw(a.y, a.x, b.y, b.x);
        } else {
            steep.draw(b.y, b.x, a.y, a.x);
        }
    }
}

} // namespace

void OpaqueBlocks::reset(int width, int height)
{
    m_columns = (width + size - 1) / size;
    const int rows = (height + size - 1) / size;
    m_counts.assign(std::size_t(m_columns) * std::size_t(rows), 0);
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < m_columns; ++x) {
            const int inside = std::min(size, width - x * size) * std::min(size, height - y * size);
            m_counts[std::size_t(y) * std::size_t(m_columns) + std::size_t(x)] = std::uint8_t(size * size - inside);
        }
    }
}

void drawThinLine(PixelBuffer &target, std::span<const PixelPoint> line, bool closed, float width, const Paint &paint,
                  float strength, OpaqueBlocks *below)
{
    if (below)
        drawSegments<true>(target, line, closed, width, paint, strength, below);
    else
        drawSegments<false>(target, line, closed, width, paint, strength, nullptr);
}

} // namespace hanseatlas
