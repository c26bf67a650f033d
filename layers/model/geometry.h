// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/extent.h"
#include "layers/model/result.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace hanseatlas
{

enum class GeometryKind : std::uint8_t { None, Point, Line, Polygon };

/** A point set, a set of lines or a set of polygons: single and multi geometries alike, flat.
 *
 *  Point: points only, no rings. Line: one ring per line. Polygon: rings closed (first point repeated at the end),
 *  a part is an outer ring followed by its holes.
 */
struct Geometry {
    GeometryKind kind = GeometryKind::None;
    std::vector<PointXY> points;
    std::vector<std::uint32_t> ringEnds; ///< one past the last point of each ring
    std::vector<std::uint32_t> partStarts; ///< index of the first ring of each polygon; empty: one polygon

    bool isEmpty() const { return points.empty(); }
    std::size_t ringCount() const { return ringEnds.size(); }
    std::span<const PointXY> ring(std::size_t i) const
    {
        const auto from = i == 0 ? 0 : ringEnds[i - 1];
        return std::span(points).subspan(from, ringEnds[i] - from);
    }
    Extent extent() const;
    bool operator==(const Geometry &) const = default;
};

/** Area (polygons, holes subtracted) and length (lines; polygons: all rings) in the units of the coordinates, planar.
 */
double area(const Geometry &geometry);
double length(const Geometry &geometry);

/** Distance of a place to the geometry: 0 inside a polygon. Infinity for an empty one. */
double distance(const Geometry &geometry, PointXY place);

/** A place inside the geometry that a label can stand on (GEOS point on surface; lines: the middle). */
PointXY labelPoint(const Geometry &geometry);

/** An area that many geometries are held against. Thread-confined. */
class AreaTest
{
public:
    /** `area`: a polygon, in the coordinates of what is held against it. One that is none touches everything. */
    explicit AreaTest(const Geometry &area);
    ~AreaTest();
    AreaTest(const AreaTest &) = delete;
    AreaTest &operator=(const AreaTest &) = delete;
    /** Whether they have a place in common. True also where the geometry is too broken to tell. */
    bool touches(const Geometry &geometry) const;

private:
    struct Shape;
    std::unique_ptr<Shape> m_shape;
};

/** What GEOS says of its validity: empty when valid, else the reason with the place. */
QString validityProblem(const Geometry &geometry);

} // namespace hanseatlas
