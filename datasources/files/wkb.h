// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/geometry.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hanseatlas
{

/** One geometry of one kind in ShapeBuffer. */
struct Shape {
    std::uint32_t row = 0; ///< whose geometry it is: the caller's number
    GeometryKind kind = GeometryKind::None;
    std::uint32_t firstRing = 0, endRing = 0;
};

/** Many decoded geometries, flat. A point set is one ring; polygon rings are closed as in the source. */
struct ShapeBuffer {
    struct Ring {
        std::uint32_t end = 0; ///< one past its last point
        bool hole = false;
    };
    std::vector<Shape> shapes;
    std::vector<Ring> rings;
    std::vector<PointXY> points;

    std::span<const PointXY> ring(std::size_t i) const
    {
        const auto from = i == 0 ? 0 : rings[i - 1].end;
        return std::span(points).subspan(from, rings[i].end - from);
    }
    std::span<PointXY> pointsOf(const Shape &shape);
    void clear();
};

enum class WkbOutcome {
    Decoded,
    Split, ///< a mixed collection: one shape for each kind in it
    Empty,
    NotFinite, ///< NaN, infinite or impossibly large coordinates: nothing was added
    Broken, ///< ends too early, unknown type, nested too deeply: nothing was added
};

/** Appends the geometry of well-known binary (OGC, ISO with Z and M, and the EWKB dialect) to the buffer. Heights and
 *  measures are skipped; curves are stroked in steps of 1°. */
WkbOutcome decodeWkb(std::span<const std::byte> wkb, std::uint32_t row, ShapeBuffer &buffer);

/** The shape as a geometry of its own: rings closed, parts told. */
Geometry toGeometry(const ShapeBuffer &buffer, const Shape &shape);

} // namespace hanseatlas
