// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/map/mapink.h"

namespace hanseatlas
{

/** Side of the north arrow's plate, logical pixels. */
inline constexpr double northArrowSize = 40;

/** A compass needle on a round plate in `box`; `rotation` as in Viewport, degrees clockwise. `letter` is the N. */
void paintNorthArrow(QPainter &painter, const QRectF &box, double rotation, const QString &letter, bool hovered,
                     const MapInk &ink);

} // namespace hanseatlas
