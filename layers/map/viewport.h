// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/crs.h"

#include <QPointF>
#include <QSizeF>
#include <QTransform>

namespace hanseatlas
{

/** What part of the world is on the screen or paper, and how. A value; all conversions between map and device live
 * here.
 *
 *  map: CRS units, y north. device: pixels of the target, y down; `pixelsPerMm` says how large they are.
 */
struct Viewport {
    Crs crs = Crs::working();
    PointXY centre;
    double resolution = 1; ///< CRS units per device pixel, > 0
    double rotation = 0; ///< degrees clockwise that the map is turned
    QSizeF size; ///< device pixels
    double pixelsPerMm = 96 / 25.4; ///< of the device; symbol sizes scale with it

    QPointF toDevice(PointXY p) const;
    PointXY toMap(QPointF p) const;
    QTransform transform() const; ///< map → device
    Extent extent() const; ///< box around all that is visible, map units
    double scale() const; ///< denominator: 5000 for 1:5000. Metres; geographic CRS: at the centre
    void setScale(double denominator);
    Viewport zoomed(double factor, QPointF anchor) const; ///< factor 2 = twice as large; the anchor stays where it is
    Viewport panned(QPointF by) const; ///< the map's picture moves by so many device pixels
    Viewport fitted(const Extent &box, double margin = 0.05) const; ///< the box as large as the view allows
    bool operator==(const Viewport &) const = default;
};

} // namespace hanseatlas
