// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/viewport.h"
#include "layers/model/featureset.h"

#include <QRectF>

namespace hanseatlas
{

/** @internal From the packed integers of a feature set straight to device pixels of a view. */
struct DeviceTransform {
    double xx = 1, xy = 0, yx = 0, yy = 1; ///< device.x = xx · q.x + xy · q.y + dx, device.y = yx · q.x + yy · q.y + dy
    double dx = 0, dy = 0;
    double pixelsPerStep = 1;
    bool isTurned = false; ///< else xy and yx are 0

    static DeviceTransform of(const Quantisation &q, const Viewport &view);

    double x(QuantisedPoint p) const { return xx * p.x + xy * p.y + dx; }
    double y(QuantisedPoint p) const { return yx * p.x + yy * p.y + dy; }
    QPointF map(QuantisedPoint p) const { return {x(p), y(p)}; }
    QPointF map(double qx, double qy) const { return {xx * qx + xy * qy + dx, yx * qx + yy * qy + dy}; }
    /** The box around a packed box */
    QRectF map(const QuantisedBox &box) const;
    /** What may be seen in a piece of the device: its box in steps, rounded outwards. */
    QuantisedBox reach(const QRectF &device) const;
    /** The same picture seen from another corner: device pixels less `origin`. */
    DeviceTransform translated(QPointF origin) const;
};

} // namespace hanseatlas
