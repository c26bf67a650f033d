// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>

#include <vector>

namespace hanseatlas
{

using Polyline = std::vector<QPointF>;

/** @internal Lines that meet end to end (within `tolerance`) become one, so that a name runs over the border of a tile.
 *  Where more than two meet, they stay apart. */
std::vector<Polyline> mergedLines(std::vector<Polyline> lines, double tolerance);

/** @internal Places along a line, by their distance from its beginning. */
class LineWalk
{
public:
    explicit LineWalk(const Polyline &line);
    double length() const { return m_distances.empty() ? 0 : m_distances.back(); }
    QPointF at(double distance) const;
    /** Radians from +x, turning clockwise on the screen, of the chord between two places. */
    double angle(double from, double to) const;

private:
    const Polyline &m_line;
    std::vector<double> m_distances;
};

/** @internal A place within a polygon's ring: in the middle of the widest stretch at half its height. */
QPointF insidePoint(const Polyline &ring);

} // namespace hanseatlas
