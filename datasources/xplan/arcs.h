// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/extent.h"

#include <vector>

namespace hanseatlas
{

/** How far a chord may be from its arc. 0.2 mm is below what the packed snapshot can hold apart by much, and the areas
 * of building plots stay right to a few square decimetres. */
constexpr double arcToleranceMetres = 0.0002;

/** Appends the arc from a over b to c as points on it: `a` itself is not appended, b and c are, as given. `tolerance`
 * in the units of the coordinates is the largest distance between chord and arc; a step is never more than two degrees.
 *  Three points on a line, or two alike, give straight pieces. */
void strokeArc(PointXY a, PointXY b, PointXY c, double tolerance, std::vector<PointXY> &points);

/** The full circle through three points, beginning and ending at `a`; `a` is appended too. */
void strokeCircle(PointXY a, PointXY b, PointXY c, double tolerance, std::vector<PointXY> &points);

/** The full circle around a centre, closed. */
void strokeCircle(PointXY centre, double radius, double tolerance, std::vector<PointXY> &points);

} // namespace hanseatlas
