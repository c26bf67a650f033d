// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/plane.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace hanseatlas::demo
{

double norm(PointXY a)
{
    return std::sqrt(dot(a, a));
}

PointXY unitVector(PointXY a)
{
    const double n = norm(a);
    return n > 0 ? a * (1 / n) : PointXY{1, 0};
}

PointXY turned(PointXY a, double radians)
{
    const double c = std::cos(radians), s = std::sin(radians);
    return {a.x * c - a.y * s, a.x * s + a.y * c};
}

double signedArea(std::span<const PointXY> ring)
{
    double twice = 0;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
        twice += cross(ring[j] - ring[0], ring[i] - ring[0]);
    return twice / 2;
}

double shapeArea(const Shape &shape)
{
    double area = std::abs(signedArea(shape.outer));
    for (const auto &hole : shape.holes)
        area -= std::abs(signedArea(hole));
    return area;
}

double pathLength(std::span<const PointXY> path)
{
    double length = 0;
    for (std::size_t i = 1; i < path.size(); ++i)
        length += norm(path[i] - path[i - 1]);
    return length;
}

Extent extentOf(std::span<const PointXY> points)
{
    Extent box;
    for (const auto p : points)
        box.add(p);
    return box;
}

PointXY centroid(std::span<const PointXY> ring)
{
    PointXY sum;
    double twice = 0;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const auto a = ring[j] - ring[0], b = ring[i] - ring[0];
        const double w = cross(a, b);
        sum = sum + (a + b) * w;
        twice += w;
    }
    return twice == 0 ? ring[0] : ring[0] + sum * (1 / (3 * twice));
}

bool inside(std::span<const PointXY> ring, PointXY p)
{
    bool in = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const auto a = ring[i], b = ring[j];
        if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
            in = !in;
    }
    return in;
}

bool inside(const Shape &shape, PointXY p)
{
    return inside(shape.outer, p)
        && std::ranges::none_of(shape.holes, [p](const Ring &hole) { return inside(hole, p); });
}

double distanceToPath(std::span<const PointXY> path, PointXY p, PointXY *nearest)
{
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i < path.size(); ++i) {
        const auto a = path[i - 1], d = path[i] - a;
        const double square = dot(d, d);
        const double t = square > 0 ? std::clamp(dot(p - a, d) / square, 0.0, 1.0) : 0;
        const auto q = a + d * t;
        const double distance = norm(p - q);
        if (distance < best) {
            best = distance;
            if (nearest)
                *nearest = q;
        }
    }
    return best;
}

namespace
{

// Uniform Catmull-Rom with the tangents shortened to the neighbouring chords, which keeps uneven points from looping.
template <class At>
PointXY curvePoint(const At &at, std::ptrdiff_t i, double t)
{
    const auto p0 = at(i - 1), p1 = at(i), p2 = at(i + 1), p3 = at(i + 2);
    const double chord = norm(p2 - p1);
    const auto tangent = [chord](PointXY a, PointXY b) { return unitVector(b - a) * chord; };
    const auto m1 = tangent(p0, p2), m2 = tangent(p1, p3);
    const double t2 = t * t, t3 = t2 * t;
    return p1 * (2 * t3 - 3 * t2 + 1) + m1 * (t3 - 2 * t2 + t) + p2 * (3 * t2 - 2 * t3) + m2 * (t3 - t2);
}

int stepsOf(PointXY a, PointXY b, double step)
{
    return std::max(1, int(std::lround(norm(b - a) / step)));
}

} // namespace

Path smoothPath(std::span<const PointXY> points, double step)
{
    const auto last = std::ptrdiff_t(points.size()) - 1;
    const auto at = [&](std::ptrdiff_t i) { return points[std::size_t(std::clamp<std::ptrdiff_t>(i, 0, last))]; };
    Path path;
    for (std::ptrdiff_t i = 0; i < last; ++i) {
        const int n = stepsOf(at(i), at(i + 1), step);
        for (int k = 0; k < n; ++k)
            path.push_back(curvePoint(at, i, double(k) / n));
    }
    path.push_back(points.back());
    return path;
}

std::vector<double> smoothValues(std::span<const PointXY> points, std::span<const double> values, double step)
{
    std::vector<double> all;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const int n = stepsOf(points[i], points[i + 1], step);
        for (int k = 0; k < n; ++k) {
            const double t = double(k) / n, s = t * t * (3 - 2 * t);
            all.push_back(values[i] * (1 - s) + values[i + 1] * s);
        }
    }
    all.push_back(values.back());
    return all;
}

Ring smoothRing(std::span<const PointXY> points, double step)
{
    const auto n = std::ptrdiff_t(points.size());
    const auto at = [&](std::ptrdiff_t i) { return points[std::size_t((i % n + n) % n)]; };
    Ring ring;
    for (std::ptrdiff_t i = 0; i < n; ++i) {
        const int steps = stepsOf(at(i), at(i + 1), step);
        for (int k = 0; k < steps; ++k)
            ring.push_back(curvePoint(at, i, double(k) / steps));
    }
    return ring;
}

Path densified(std::span<const PointXY> path, double step, bool closed)
{
    Path all;
    const auto n = path.size();
    for (std::size_t i = 0; i < n; ++i) {
        all.push_back(path[i]);
        if (i + 1 == n && !closed)
            break;
        const auto a = path[i], b = path[(i + 1) % n];
        const int pieces = int(std::ceil(norm(b - a) / step));
        for (int k = 1; k < pieces; ++k)
            all.push_back(a + (b - a) * (double(k) / pieces));
    }
    return all;
}

Path resampled(std::span<const PointXY> path, double step)
{
    Path all;
    double carried = 0;
    for (std::size_t i = 1; i < path.size(); ++i) {
        const auto a = path[i - 1], b = path[i];
        const double length = norm(b - a);
        for (; carried < length; carried += step)
            all.push_back(a + (b - a) * (carried / length));
        carried -= length;
    }
    if (!path.empty())
        all.push_back(path.back());
    return all;
}

Ring simplified(std::span<const PointXY> ring, double tolerance)
{
    // Begins at a corner that surely stays; else both halves of a blunt corner at the seam could go.
    const auto middle = centroid(ring);
    const auto farthest = std::ranges::max_element(ring, {}, [middle](PointXY p) { return norm(p - middle); });
    const auto start = std::size_t(farthest - ring.begin());
    const auto n = ring.size();
    Ring kept{ring[start]};
    for (std::size_t i = 1; i < n; ++i) {
        const auto p = ring[(start + i) % n];
        const std::array chord{kept.back(), ring[(start + i + 1) % n]};
        if (distanceToPath(chord, p) > tolerance)
            kept.push_back(p);
    }
    return kept;
}

Path thinned(std::span<const PointXY> path, double tolerance)
{
    if (path.size() < 3)
        return {path.begin(), path.end()};
    Path kept{path.front()};
    std::size_t from = 0;
    for (std::size_t i = 1; i + 1 < path.size(); ++i) {
        const std::array chord{path[from], path[i + 1]};
        const auto between = path.subspan(from + 1, i - from);
        if (std::ranges::any_of(between, [&](PointXY p) { return distanceToPath(chord, p) > tolerance; })) {
            kept.push_back(path[i]);
            from = i;
        }
    }
    kept.push_back(path.back());
    return kept;
}

Path evened(Path path, int times)
{
    for (int k = 0; k < times; ++k) {
        const auto before = path;
        for (std::size_t i = 1; i + 1 < path.size(); ++i)
            path[i] = (before[i - 1] + before[i] * 2 + before[i + 1]) * 0.25;
    }
    return path;
}

namespace
{

Ring hullOf(std::span<const PointXY> points)
{
    std::vector<PointXY> sorted(points.begin(), points.end());
    std::ranges::sort(sorted, [](PointXY a, PointXY b) { return a.x < b.x || (a.x == b.x && a.y < b.y); });
    Ring hull(sorted.size() * 2);
    std::size_t k = 0;
    const auto add = [&](PointXY p, std::size_t floor) {
        while (k >= floor + 2 && cross(hull[k - 1] - hull[k - 2], p - hull[k - 1]) <= 0)
            --k;
        hull[k++] = p;
    };
    for (const auto p : sorted)
        add(p, 0);
    const auto lower = k - 1;
    for (auto i = sorted.size() - 1; i-- > 0;)
        add(sorted[i], lower);
    hull.resize(k > 1 ? k - 1 : k);
    return hull;
}

} // namespace

Frame tightBox(std::span<const PointXY> ring)
{
    const auto hull = hullOf(ring);
    Frame best;
    double bestArea = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < hull.size(); ++i) {
        const auto u = unitVector(hull[(i + 1) % hull.size()] - hull[i]), v = leftOf(u);
        double u0 = 1e300, u1 = -1e300, v0 = 1e300, v1 = -1e300;
        for (const auto p : hull) {
            u0 = std::min(u0, dot(p, u));
            u1 = std::max(u1, dot(p, u));
            v0 = std::min(v0, dot(p, v));
            v1 = std::max(v1, dot(p, v));
        }
        const double area = (u1 - u0) * (v1 - v0);
        if (area >= bestArea - 1e-6)
            continue;
        bestArea = area;
        const auto centre = u * ((u0 + u1) / 2) + v * ((v0 + v1) / 2);
        best = u1 - u0 >= v1 - v0 ? Frame{centre, u, u1 - u0, v1 - v0} : Frame{centre, v, v1 - v0, u1 - u0};
    }
    return best;
}

std::vector<Ring> splitRing(const Ring &ring, PointXY place, PointXY direction,
                            std::vector<std::array<PointXY, 2>> *cut)
{
    struct Node {
        PointXY p;
        std::ptrdiff_t mate = -1; ///< a crossing: the node where the line leaves or enters again
    };
    const auto normal = leftOf(unitVector(direction));
    const auto sideOf = [&](PointXY p) { return dot(p - place, normal) >= 0; };
    std::vector<Node> nodes;
    std::vector<std::size_t> crossings;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto a = ring[i], b = ring[(i + 1) % ring.size()];
        nodes.push_back({a});
        if (sideOf(a) == sideOf(b))
            continue;
        const double da = dot(a - place, normal), db = dot(b - place, normal);
        crossings.push_back(nodes.size());
        nodes.push_back({a + (b - a) * (da / (da - db))});
    }
    std::ranges::sort(crossings, {}, [&](std::size_t i) { return dot(nodes[i].p - place, direction); });
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
        nodes[crossings[i]].mate = std::ptrdiff_t(crossings[i + 1]);
        nodes[crossings[i + 1]].mate = std::ptrdiff_t(crossings[i]);
        if (cut)
            cut->push_back({nodes[crossings[i]].p, nodes[crossings[i + 1]].p});
    }
    std::vector<bool> seen(nodes.size());
    std::vector<Ring> pieces;
    for (std::size_t start = 0; start < nodes.size(); ++start) {
        if (seen[start] || nodes[start].mate >= 0)
            continue;
        Ring piece;
        for (auto i = start; !seen[i];) {
            piece.push_back(nodes[i].p);
            if (nodes[i].mate < 0) {
                seen[i] = true;
            } else {
                i = std::size_t(nodes[i].mate);
                piece.push_back(nodes[i].p);
            }
            i = (i + 1) % nodes.size();
        }
        if (piece.size() >= 3 && std::abs(signedArea(piece)) > 1)
            pieces.push_back(std::move(piece));
    }
    return pieces;
}

std::vector<Side> sidesOf(const Ring &ring, double cornerDegrees)
{
    const double limit = std::cos(cornerDegrees * std::numbers::pi / 180);
    const auto n = ring.size();
    std::vector<std::size_t> corners;
    for (std::size_t i = 0; i < n; ++i) {
        const auto in = unitVector(ring[i] - ring[(i + n - 1) % n]), out = unitVector(ring[(i + 1) % n] - ring[i]);
        if (dot(in, out) < limit)
            corners.push_back(i);
    }
    if (corners.empty())
        corners.push_back(0);
    std::vector<Side> sides;
    for (std::size_t c = 0; c < corners.size(); ++c) {
        const auto from = corners[c];
        auto to = corners[(c + 1) % corners.size()];
        if (to <= from)
            to += n;
        Side side;
        for (auto i = from; i <= to; ++i)
            side.path.push_back(ring[i % n]);
        side.length = pathLength(side.path);
        sides.push_back(std::move(side));
    }
    return sides;
}

Station stationAt(std::span<const PointXY> path, double length)
{
    for (std::size_t i = 1; i < path.size(); ++i) {
        const auto d = path[i] - path[i - 1];
        const double n = norm(d);
        if (length <= n || i + 1 == path.size())
            return {path[i - 1] + unitVector(d) * length, unitVector(d)};
        length -= n;
    }
    return {path.empty() ? PointXY{} : path[0], {1, 0}};
}

bool convexOverlap(std::span<const PointXY> a, std::span<const PointXY> b, double tolerance)
{
    const auto separated = [tolerance](std::span<const PointXY> p, std::span<const PointXY> q) {
        for (std::size_t i = 0; i < p.size(); ++i) {
            const auto axis = leftOf(unitVector(p[(i + 1) % p.size()] - p[i]));
            double p0 = 1e300, p1 = -1e300, q0 = 1e300, q1 = -1e300;
            for (const auto v : p) {
                p0 = std::min(p0, dot(v, axis));
                p1 = std::max(p1, dot(v, axis));
            }
            for (const auto v : q) {
                q0 = std::min(q0, dot(v, axis));
                q1 = std::max(q1, dot(v, axis));
            }
            if (p1 - q0 <= tolerance || q1 - p0 <= tolerance)
                return true;
        }
        return false;
    };
    return !separated(a, b) && !separated(b, a);
}

Ring rectangle(PointXY corner, PointXY along, double length, PointXY across, double depth)
{
    const auto far = corner + along * length;
    return {corner, far, far + across * depth, corner + across * depth};
}

namespace
{

void appendRing(Geometry &geometry, std::span<const PointXY> ring, bool counterClockwise)
{
    const bool turn = (signedArea(ring) > 0) != counterClockwise;
    if (turn)
        geometry.points.insert(geometry.points.end(), ring.rbegin(), ring.rend());
    else
        geometry.points.insert(geometry.points.end(), ring.begin(), ring.end());
    geometry.points.push_back(turn ? ring.back() : ring.front());
    geometry.ringEnds.push_back(std::uint32_t(geometry.points.size()));
}

void appendShape(Geometry &geometry, const Shape &shape)
{
    geometry.partStarts.push_back(std::uint32_t(geometry.ringEnds.size()));
    appendRing(geometry, shape.outer, true);
    for (const auto &hole : shape.holes)
        appendRing(geometry, hole, false);
}

} // namespace

Geometry polygonsOf(const Shapes &shapes)
{
    Geometry geometry{.kind = GeometryKind::Polygon};
    for (const auto &shape : shapes)
        appendShape(geometry, shape);
    return geometry;
}

Geometry polygonOf(const Shape &shape)
{
    Geometry geometry{.kind = GeometryKind::Polygon};
    appendShape(geometry, shape);
    return geometry;
}

Geometry polygonOf(const Ring &ring)
{
    Geometry geometry{.kind = GeometryKind::Polygon, .partStarts = {0}};
    appendRing(geometry, ring, true);
    return geometry;
}

Geometry lineOf(const Path &path)
{
    return {.kind = GeometryKind::Line, .points = path, .ringEnds = {std::uint32_t(path.size())}};
}

Geometry pointOf(PointXY p)
{
    return {.kind = GeometryKind::Point, .points = {p}};
}

} // namespace hanseatlas::demo
