// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/sheetscale.h"
#include "widgets/map/mapink.h"

namespace hanseatlas
{

/** The scale bar on its plate, the plate's bottom left corner at `corner`; the bar's unit are logical pixels. Returns
 * the plate's box; a bar without length is not painted. */
QRectF paintScaleBar(QPainter &painter, const QPointF &corner, const SheetScaleBar &bar, const MapInk &ink);

} // namespace hanseatlas
