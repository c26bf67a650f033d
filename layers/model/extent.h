// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <limits>

namespace hanseatlas
{

/** A position, east before north (x = easting or longitude) whatever the register's axis order says. */
struct PointXY {
    double x = 0;
    double y = 0;
    bool operator==(const PointXY &) const = default;
};

/** An axis-parallel box in the units of its CRS. Empty until something was added. */
struct Extent {
    double xMin = std::numeric_limits<double>::infinity();
    double yMin = std::numeric_limits<double>::infinity();
    double xMax = -std::numeric_limits<double>::infinity();
    double yMax = -std::numeric_limits<double>::infinity();

    bool isEmpty() const { return !(xMin <= xMax && yMin <= yMax); }
    double width() const { return isEmpty() ? 0 : xMax - xMin; }
    double height() const { return isEmpty() ? 0 : yMax - yMin; }
    PointXY centre() const { return {(xMin + xMax) / 2, (yMin + yMax) / 2}; }
    void add(PointXY p)
    {
        xMin = std::min(xMin, p.x);
        yMin = std::min(yMin, p.y);
        xMax = std::max(xMax, p.x);
        yMax = std::max(yMax, p.y);
    }
    void add(const Extent &other)
    {
        xMin = std::min(xMin, other.xMin);
        yMin = std::min(yMin, other.yMin);
        xMax = std::max(xMax, other.xMax);
        yMax = std::max(yMax, other.yMax);
    }
    bool intersects(const Extent &other) const
    {
        return xMin <= other.xMax && other.xMin <= xMax && yMin <= other.yMax && other.yMin <= yMax;
    }
    bool contains(PointXY p) const { return p.x >= xMin && p.x <= xMax && p.y >= yMin && p.y <= yMax; }
    bool contains(const Extent &o) const
    {
        return o.xMin >= xMin && o.xMax <= xMax && o.yMin >= yMin && o.yMax <= yMax;
    }
    Extent intersected(const Extent &o) const
    {
        return {std::max(xMin, o.xMin), std::max(yMin, o.yMin), std::min(xMax, o.xMax), std::min(yMax, o.yMax)};
    }
    Extent grown(double margin) const { return {xMin - margin, yMin - margin, xMax + margin, yMax + margin}; }
    bool operator==(const Extent &) const = default;
};

} // namespace hanseatlas
