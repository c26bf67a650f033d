// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/viewport.h"
#include "layers/model/geometry.h"
#include "widgets/map/mapink.h"

#include <QColor>

class QPainter;

namespace hanseatlas
{

/** Marks a geometry (in the view's CRS) with a soft halo and a clear line. The painter's unit are logical pixels of a
 *  device with `devicePixelRatio`; what lies far outside of the view is left out. */
void paintHighlight(QPainter &painter, const Geometry &geometry, const Viewport &view, double devicePixelRatio,
                    const QColor &accent);

/** An area of which something is to be told: e.g. what is kept for work without a network, and how old it is. */
struct MapOutline {
    Geometry area; ///< a polygon, in the CRS of the map
    QString label; ///< short; may be empty
    bool chosen = false; ///< among several: stands out
};

/** The border and, where the label has room in what `view` shows of the area, its label. The painter's unit as above;
 *  its font is the label's. `within`: where labels may stand, in logical pixels. */
void paintOutline(QPainter &painter, const MapOutline &outline, const Viewport &view, double devicePixelRatio,
                  const QRectF &within, const MapInk &ink);

} // namespace hanseatlas
