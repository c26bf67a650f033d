// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/arcs.h"

#include <cmath>
#include <numbers>
#include <optional>

namespace hanseatlas
{

namespace
{

constexpr int mostSteps = 20000; ///< per piece; only nonsense needs more

struct Circle {
    PointXY centre;
    double radius = 0;
};

/** None for three points on a line. Computed from `a`, or the size of the coordinates eats the digits. */
std::optional<Circle> circleThrough(PointXY a, PointXY b, PointXY c)
{
    const double bx = b.x - a.x, by = b.y - a.y;
    const double cx = c.x - a.x, cy = c.y - a.y;
    const double twiceArea = 2 * (bx * cy - by * cx);
    const double longest = std::max({bx * bx + by * by, cx * cx + cy * cy});
    if (std::abs(twiceArea) <= 1e-9 * longest)
        return std::nullopt;
    const double b2 = bx * bx + by * by, c2 = cx * cx + cy * cy;
    const double x = (cy * b2 - by * c2) / twiceArea;
    const double y = (bx * c2 - cx * b2) / twiceArea;
    const Circle circle{{a.x + x, a.y + y}, std::hypot(x, y)};
    return std::isfinite(circle.radius) ? std::optional(circle) : std::nullopt;
}

double stepFor(double radius, double tolerance)
{
    constexpr double largest = 2 * std::numbers::pi / 180;
    if (!(tolerance > 0) || tolerance >= radius)
        return largest;
    return std::min(largest, 2 * std::acos(1 - tolerance / radius));
}

/** From `from` by `turn` radians around the centre to `to`, which is appended as given; `from` is not. */
void strokePiece(const Circle &circle, PointXY from, PointXY to, double turn, double tolerance,
                 std::vector<PointXY> &points)
{
    const double start = std::atan2(from.y - circle.centre.y, from.x - circle.centre.x);
    const double step = stepFor(circle.radius, tolerance);
    const double wanted = step > 0 ? std::ceil(std::abs(turn) / step) : 1.0;
    const int steps = wanted < mostSteps ? std::max(1, int(wanted)) : mostSteps;
    for (int i = 1; i < steps; ++i) {
        const double angle = start + turn * i / steps;
        points.push_back(
            {circle.centre.x + circle.radius * std::cos(angle), circle.centre.y + circle.radius * std::sin(angle)});
    }
    points.push_back(to);
}

/** The angle from one point to the other in the given sense, 0 … 2π. */
double turnBetween(const Circle &circle, PointXY from, PointXY to, bool counterClockwise)
{
    double turn = std::atan2(to.y - circle.centre.y, to.x - circle.centre.x)
        - std::atan2(from.y - circle.centre.y, from.x - circle.centre.x);
    if (counterClockwise && turn < 0)
        turn += 2 * std::numbers::pi;
    if (!counterClockwise && turn > 0)
        turn -= 2 * std::numbers::pi;
    return turn;
}

bool isCounterClockwise(PointXY a, PointXY b, PointXY c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0;
}

} // namespace

void strokeArc(PointXY a, PointXY b, PointXY c, double tolerance, std::vector<PointXY> &points)
{
    const auto circle = circleThrough(a, b, c);
    if (!circle) {
        points.push_back(b);
        points.push_back(c);
        return;
    }
    const bool ccw = isCounterClockwise(a, b, c);
    strokePiece(*circle, a, b, turnBetween(*circle, a, b, ccw), tolerance, points);
    strokePiece(*circle, b, c, turnBetween(*circle, b, c, ccw), tolerance, points);
}

void strokeCircle(PointXY a, PointXY b, PointXY c, double tolerance, std::vector<PointXY> &points)
{
    points.push_back(a);
    strokeArc(a, b, c, tolerance, points);
    if (const auto circle = circleThrough(a, b, c))
        strokePiece(*circle, c, a, turnBetween(*circle, c, a, isCounterClockwise(a, b, c)), tolerance, points);
    else
        points.push_back(a);
}

void strokeCircle(PointXY centre, double radius, double tolerance, std::vector<PointXY> &points)
{
    const PointXY start{centre.x + radius, centre.y};
    points.push_back(start);
    strokePiece({centre, radius}, start, start, 2 * std::numbers::pi, tolerance, points);
}

} // namespace hanseatlas
