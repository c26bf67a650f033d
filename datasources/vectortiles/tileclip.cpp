// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/tileclip.h"

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

namespace
{

QPointF toPoint(TilePoint p)
{
    return {double(p.x), double(p.y)};
}

/** Cuts away what lies beyond one side; `inside` is ≥ 0 within. */
template <class Inside>
void cutRing(std::vector<QPointF> &ring, std::vector<QPointF> &scratch, Inside inside)
{
    scratch.clear();
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto a = ring[i], b = ring[(i + 1) % ring.size()];
        const double da = inside(a), db = inside(b);
        if (da >= 0)
            scratch.push_back(a);
        if ((da >= 0) != (db >= 0))
            scratch.push_back(a + (b - a) * (da / (da - db)));
    }
    ring.swap(scratch);
}

/** Shortens a segment to what lies within; false where nothing does. */
bool clipSegment(QPointF &a, QPointF &b, const QRectF &box)
{
    double from = 0, to = 1;
    const auto d = b - a;
    const auto side = [&](double p, double q) {
        if (p == 0)
            return q >= 0;
        const double t = q / p;
        if (p < 0)
            from = std::max(from, t);
        else
            to = std::min(to, t);
        return from <= to;
    };
    if (!side(-d.x(), a.x() - box.left()) || !side(d.x(), box.right() - a.x()) || !side(-d.y(), a.y() - box.top())
        || !side(d.y(), box.bottom() - a.y()))
        return false;
    const auto start = a;
    a = start + d * from;
    b = start + d * to;
    return true;
}

bool liesOnSide(QPointF a, QPointF b, const QRectF &box)
{
    const auto both = [](double u, double v, double side) { return u == side && v == side; };
    return both(a.x(), b.x(), box.left()) || both(a.x(), b.x(), box.right()) || both(a.y(), b.y(), box.top())
        || both(a.y(), b.y(), box.bottom());
}

} // namespace

std::vector<QPointF> clippedRing(std::span<const TilePoint> ring, const QRectF &box)
{
    std::vector<QPointF> points;
    points.reserve(ring.size());
    bool whole = true;
    for (const auto &p : ring) {
        points.push_back(toPoint(p));
        whole = whole && p.x >= box.left() && p.x <= box.right() && p.y >= box.top() && p.y <= box.bottom();
    }
    if (whole)
        return points;
    std::vector<QPointF> scratch;
    cutRing(points, scratch, [&](QPointF p) { return p.x() - box.left(); });
    cutRing(points, scratch, [&](QPointF p) { return box.right() - p.x(); });
    cutRing(points, scratch, [&](QPointF p) { return p.y() - box.top(); });
    cutRing(points, scratch, [&](QPointF p) { return box.bottom() - p.y(); });
    return points;
}

void clippedLines(std::span<const TilePoint> line, bool closed, const QRectF &box,
                  const std::function<void(const std::vector<QPointF> &)> &piece)
{
    std::vector<QPointF> current;
    const auto end = [&] {
        if (current.size() > 1)
            piece(current);
        current.clear();
    };
    const auto segments = closed ? line.size() : line.size() - 1;
    for (std::size_t i = 0; i < segments; ++i) {
        auto a = toPoint(line[i]), b = toPoint(line[(i + 1) % line.size()]);
        if (!clipSegment(a, b, box) || (closed && liesOnSide(a, b, box))) {
            end();
            continue;
        }
        if (current.empty() || current.back() != a) {
            end();
            current.push_back(a);
        }
        if (a != b)
            current.push_back(b);
    }
    end();
}

std::vector<QPointF> besideLine(const std::vector<QPointF> &line, double distance)
{
    constexpr double longestMitre = 3;
    std::vector<QPointF> beside;
    QPointF before; // to the right of the segment that ends here
    for (std::size_t i = 0; i < line.size(); ++i) {
        auto after = before;
        if (i + 1 < line.size()) {
            const auto d = line[i + 1] - line[i];
            const double length = std::hypot(d.x(), d.y());
            if (length < 1e-9)
                continue;
            after = QPointF(-d.y(), d.x()) / length;
        }
        const auto sum = i == 0 ? after * 2 : before + after;
        const double square = sum.x() * sum.x() + sum.y() * sum.y();
        // Along the bisector, as far as both sides are at the distance
        const double reach = square > 1e-6 ? std::min(2 / square, longestMitre / std::sqrt(square)) : 0;
        beside.push_back(line[i] + sum * (reach * distance));
        before = after;
    }
    return beside;
}

} // namespace hanseatlas
