// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/demo/plane.h"

#include <memory>

namespace hanseatlas::demo
{

/** Set operations on shapes by GEOS. Belongs to one thread. What GEOS cannot do gives nothing: the demo city lacks
 *  a piece then, which its tests notice. */
class ShapeOps
{
public:
    ShapeOps();
    ~ShapeOps();

    Shapes unite(const Shapes &shapes) const;
    Shapes subtract(const Shapes &from, const Shapes &what) const;
    Shapes intersect(const Shapes &a, const Shapes &b) const;
    /** What of the shapes lies in the box; quick, for cutting large shapes before dearer operations. */
    Shapes clipped(const Shapes &shapes, const Extent &box) const;
    /** Grown by metres, with round corners; negative shrinks. */
    Shapes grown(const Shapes &shapes, double by) const;
    /** Shrunk with sharp corners: what a street leaves of a block. */
    Shapes inset(const Ring &ring, double by) const;
    /** The area of a road along the path, with flat ends. */
    Shapes corridor(const std::vector<Path> &paths, double halfWidth, bool roundEnds = true) const;
    /** The faces between the lines, which are noded first. */
    Shapes faces(const std::vector<Path> &lines) const;
    /** The parts of a path within the shapes. */
    std::vector<Path> clip(const Path &path, const Shapes &to) const;
    PointXY pointInside(const Shape &shape) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace hanseatlas::demo
