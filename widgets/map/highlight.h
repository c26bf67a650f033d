// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/viewport.h"
#include "layers/model/geometry.h"

#include <QColor>

class QPainter;

namespace hanseatlas
{

/** Marks a geometry (in the view's CRS) with a soft halo and a clear line. The painter's unit are logical pixels of a
 *  device with `devicePixelRatio`; what lies far outside of the view is left out. */
void paintHighlight(QPainter &painter, const Geometry &geometry, const Viewport &view, double devicePixelRatio,
                    const QColor &accent);

} // namespace hanseatlas
