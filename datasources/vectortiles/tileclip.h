// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/vectortiles/vectortile.h"

#include <QPointF>
#include <QRectF>

#include <functional>
#include <vector>

namespace hanseatlas
{

/** @internal A ring within the box; where it leaves it, it follows the box's edges. */
std::vector<QPointF> clippedRing(std::span<const TilePoint> ring, const QRectF &box);

/** @internal The pieces of a line within the box, one after the other. Of a ring (`closed`), edges that lie on the
 * box's sides are left out: there tiles were cut, and there is no border. */
void clippedLines(std::span<const TilePoint> line, bool closed, const QRectF &box,
                  const std::function<void(const std::vector<QPointF> &)> &piece);

/** @internal The line beside a line: `distance` to the right of its direction, on a picture. */
std::vector<QPointF> besideLine(const std::vector<QPointF> &line, double distance);

} // namespace hanseatlas
