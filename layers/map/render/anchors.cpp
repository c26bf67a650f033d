// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/anchors.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace hanseatlas
{

namespace
{

std::span<const QuantisedPoint> ringOf(const FeatureSet &set, std::size_t ring)
{
    return std::span(set.vertices).subspan(set.firstVertex[ring], set.firstVertex[ring + 1] - set.firstVertex[ring]);
}

Anchor middleOfLine(const FeatureSet &set, std::size_t feature)
{
    std::span<const QuantisedPoint> longest;
    double most = -1;
    for (auto r = set.firstRing[feature]; r < set.firstRing[feature + 1]; ++r) {
        const auto ring = ringOf(set, r);
        double length = 0;
        for (std::size_t i = 1; i < ring.size(); ++i)
            length += std::hypot(double(ring[i].x) - ring[i - 1].x, double(ring[i].y) - ring[i - 1].y);
        if (length > most) {
            most = length;
            longest = ring;
        }
    }
    double left = most / 2;
    for (std::size_t i = 1; i < longest.size(); ++i) {
        const double dx = double(longest[i].x) - longest[i - 1].x, dy = double(longest[i].y) - longest[i - 1].y;
        const double length = std::hypot(dx, dy);
        if (length >= left && length > 0)
            return {longest[i - 1].x + dx * left / length, longest[i - 1].y + dy * left / length, 0};
        left -= length;
    }
    return {double(longest.front().x), double(longest.front().y), 0};
}

/** The widest stretch inside the rings at height y. */
Anchor widestAt(const FeatureSet &set, std::uint32_t firstRing, std::uint32_t endRing, double y,
                std::vector<double> &crossings)
{
    crossings.clear();
    for (auto r = firstRing; r < endRing; ++r) {
        const auto ring = ringOf(set, r);
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            const double a = ring[j].y, b = ring[i].y;
            if ((a > y) != (b > y))
                crossings.push_back(ring[j].x + (y - a) / (b - a) * (double(ring[i].x) - ring[j].x));
        }
    }
    std::ranges::sort(crossings);
    Anchor best{0, y, 0};
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2)
        if (crossings[i + 1] - crossings[i] > best.width)
            best = {(crossings[i] + crossings[i + 1]) / 2, y, crossings[i + 1] - crossings[i]};
    return best;
}

Anchor insideOfPolygon(const FeatureSet &set, std::size_t feature)
{
    // The largest outer ring with the holes that follow it; outer rings turn counter-clockwise
    const auto first = set.firstRing[feature], end = set.firstRing[feature + 1];
    std::uint32_t from = first, to = end;
    double largest = -1;
    for (auto r = first; r < end;) {
        double doubled = 0;
        auto next = r;
        do {
            const auto ring = ringOf(set, next);
            double own = 0;
            for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
                own += (double(ring[j].x) - ring[0].x) * (double(ring[i].y) - ring[0].y)
                    - (double(ring[i].x) - ring[0].x) * (double(ring[j].y) - ring[0].y);
            if (own > 0 && next != r)
                break;
            doubled += own;
            ++next;
        } while (next < end);
        if (doubled > largest) {
            largest = doubled;
            from = r;
            to = next;
        }
        r = next;
    }
    double low = set.boxes[feature].yMax, high = set.boxes[feature].yMin;
    double left = set.boxes[feature].xMax, right = set.boxes[feature].xMin;
    for (const auto &v : ringOf(set, from)) {
        low = std::min(low, double(v.y));
        high = std::max(high, double(v.y));
        left = std::min(left, double(v.x));
        right = std::max(right, double(v.x));
    }
    std::vector<double> crossings;
    Anchor best{(left + right) / 2, (low + high) / 2, 0};
    // Heights near the middle first: they win unless another is clearly wider. Odd fractions miss the vertices of
    // regular shapes.
    for (const double share : {0.5013, 0.4021, 0.5987, 0.3011, 0.7019, 0.1973, 0.8027, 0.0991, 0.9009}) {
        const auto found = widestAt(set, from, to, low + (high - low) * share, crossings);
        const double penalty = 1 - 0.6 * std::abs(share - 0.5);
        if (found.width * penalty > best.width * 1.02)
            best = {found.x, found.y, found.width * penalty};
    }
    return best;
}

} // namespace

Anchor anchorOf(const FeatureSet &set, std::size_t feature)
{
    const auto ring = set.firstRing[feature];
    switch (set.kinds[feature]) {
    case GeometryKind::Line:
        return middleOfLine(set, feature);
    case GeometryKind::Polygon:
        return insideOfPolygon(set, feature);
    default:
        break;
    }
    const auto v = set.vertices[set.firstVertex[ring]];
    return {double(v.x), double(v.y), 0};
}

std::vector<QPointF> markerPlaces(const FeatureSet &set, std::size_t feature, const DeviceTransform &transform)
{
    std::vector<QPointF> places;
    if (set.kinds[feature] == GeometryKind::Point) {
        const auto from = set.firstVertex[set.firstRing[feature]], to = set.firstVertex[set.firstRing[feature + 1]];
        for (auto v = from; v < to; ++v)
            places.push_back(transform.map(set.vertices[v]));
        return places;
    }
    const auto anchor = anchorOf(set, feature);
    places.push_back(transform.map(anchor.x, anchor.y));
    return places;
}

} // namespace hanseatlas
