// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>

#include <vector>

namespace hanseatlas
{

/** @internal The line `distance` to the left of its direction as seen on a map (y down: device coordinates). Corners
 * are mitred, sharp ones cut off. Closed lines come without the closing point and stay closed. */
std::vector<QPointF> offsetLine(const std::vector<QPointF> &line, bool closed, double distance);

} // namespace hanseatlas
