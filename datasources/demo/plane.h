// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/geometry.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

/** Plane geometry in metres for the making of the demo city. Rings do not repeat their first point. */
namespace hanseatlas::demo
{

using Path = std::vector<PointXY>;
using Ring = std::vector<PointXY>;

struct Shape {
    Ring outer;
    std::vector<Ring> holes;
};
using Shapes = std::vector<Shape>;

inline PointXY operator+(PointXY a, PointXY b)
{
    return {a.x + b.x, a.y + b.y};
}
inline PointXY operator-(PointXY a, PointXY b)
{
    return {a.x - b.x, a.y - b.y};
}
inline PointXY operator*(PointXY a, double f)
{
    return {a.x * f, a.y * f};
}
inline double dot(PointXY a, PointXY b)
{
    return a.x * b.x + a.y * b.y;
}
inline double cross(PointXY a, PointXY b)
{
    return a.x * b.y - a.y * b.x;
}
double norm(PointXY a);
PointXY unitVector(PointXY a); ///< (1, 0) for a null vector
inline PointXY leftOf(PointXY a)
{
    return {-a.y, a.x};
}
PointXY turned(PointXY a, double radians);

double signedArea(std::span<const PointXY> ring); ///< positive: counter-clockwise
double shapeArea(const Shape &shape);
double pathLength(std::span<const PointXY> path);
Extent extentOf(std::span<const PointXY> points);
PointXY centroid(std::span<const PointXY> ring);
bool inside(std::span<const PointXY> ring, PointXY p);
bool inside(const Shape &shape, PointXY p);
double distanceToPath(std::span<const PointXY> path, PointXY p, PointXY *nearest = nullptr);

/** A smooth curve through the points (centripetal Catmull-Rom), a point about every `step` metres. */
Path smoothPath(std::span<const PointXY> points, double step);
Ring smoothRing(std::span<const PointXY> points, double step);
/** Smooth values along smoothPath(): `values` belongs to `points`, the answer to the curve. */
std::vector<double> smoothValues(std::span<const PointXY> points, std::span<const double> values, double step);
/** Points added so that no edge is longer than `step`. */
Path densified(std::span<const PointXY> path, double step, bool closed);
/** Points every `step` metres, the last one included. */
Path resampled(std::span<const PointXY> path, double step);
/** Without points that lie closer than `tolerance` to the line through their neighbours. */
Ring simplified(std::span<const PointXY> ring, double tolerance);

/** The same for a path, whose ends stay. */
Path thinned(std::span<const PointXY> path, double tolerance);
/** Each point moved to the mean of itself and its neighbours, `times` over; the ends stay. */
Path evened(Path path, int times);

struct Frame {
    PointXY centre;
    PointXY along; ///< unit vector of the longer side
    double length = 0; ///< longer side
    double depth = 0; ///< shorter side
};
/** The smallest box around the ring, in any direction. */
Frame tightBox(std::span<const PointXY> ring);

/** The pieces of a simple ring on both sides of the line through `place` along `direction`; slivers below 1 m² are left
 *  out. `cut` gets the parts of the line that lie within the ring. */
std::vector<Ring> splitRing(const Ring &ring, PointXY place, PointXY direction,
                            std::vector<std::array<PointXY, 2>> *cut = nullptr);

/** What of a sound shape lies in the box; nothing when the shape touches itself in a way that the cut cannot follow. */
std::optional<Shapes> clippedToBox(const Shape &shape, const Extent &box);

/** A stretch of a ring between two corners. */
struct Side {
    Path path;
    double length = 0;
};
/** The sides of a ring: it is cut where it turns by more than `cornerDegrees`. */
std::vector<Side> sidesOf(const Ring &ring, double cornerDegrees = 32);
/** Place and direction at a length along a path. */
struct Station {
    PointXY place;
    PointXY direction;
};
Station stationAt(std::span<const PointXY> path, double length);

/** Do two convex rings overlap by more than `tolerance` metres? */
bool convexOverlap(std::span<const PointXY> a, std::span<const PointXY> b, double tolerance = 0.05);

Ring rectangle(PointXY corner, PointXY along, double length, PointXY across, double depth);

Geometry polygonOf(const Shape &shape);
Geometry polygonOf(const Ring &ring);
Geometry polygonsOf(const Shapes &shapes);
Geometry lineOf(const Path &path);
Geometry pointOf(PointXY p);

} // namespace hanseatlas::demo
