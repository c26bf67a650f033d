// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/devicetransform.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hanseatlas
{

DeviceTransform DeviceTransform::of(const Quantisation &q, const Viewport &view)
{
    const double angle = view.rotation * std::numbers::pi / 180;
    const double c = view.rotation == 0 ? 1 : std::cos(angle), s = view.rotation == 0 ? 0 : std::sin(angle);
    const double scale = q.step / view.resolution;
    const double east = (q.x0 - view.centre.x) / view.resolution, south = (view.centre.y - q.y0) / view.resolution;
    DeviceTransform t;
    t.xx = scale * c;
    t.xy = scale * s;
    t.yx = scale * s;
    t.yy = -scale * c;
    t.dx = view.size.width() / 2 + east * c - south * s;
    t.dy = view.size.height() / 2 + east * s + south * c;
    t.pixelsPerStep = scale;
    t.isTurned = s != 0;
    return t;
}

QRectF DeviceTransform::map(const QuantisedBox &box) const
{
    const auto a = map(QuantisedPoint{box.xMin, box.yMin}), b = map(QuantisedPoint{box.xMax, box.yMax});
    if (!isTurned) // y points the other way
        return {QPointF(a.x(), b.y()), QPointF(b.x(), a.y())};
    const auto c = map(QuantisedPoint{box.xMin, box.yMax}), d = map(QuantisedPoint{box.xMax, box.yMin});
    const auto [left, right] = std::minmax({a.x(), b.x(), c.x(), d.x()});
    const auto [top, bottom] = std::minmax({a.y(), b.y(), c.y(), d.y()});
    return {QPointF(left, top), QPointF(right, bottom)};
}

QuantisedBox DeviceTransform::reach(const QRectF &device) const
{
    const double determinant = xx * yy - xy * yx;
    double xMin = INFINITY, yMin = INFINITY, xMax = -INFINITY, yMax = -INFINITY;
    for (const auto &corner : {device.topLeft(), device.topRight(), device.bottomLeft(), device.bottomRight()}) {
        const double u = corner.x() - dx, v = corner.y() - dy;
        const double x = (yy * u - xy * v) / determinant, y = (xx * v - yx * u) / determinant;
        xMin = std::min(xMin, x);
        xMax = std::max(xMax, x);
        yMin = std::min(yMin, y);
        yMax = std::max(yMax, y);
    }
    auto clamped = [](double value) { return std::int32_t(std::clamp(value, -2147483000.0, 2147483000.0)); };
    return {clamped(std::floor(xMin)), clamped(std::floor(yMin)), clamped(std::ceil(xMax)), clamped(std::ceil(yMax))};
}

DeviceTransform DeviceTransform::translated(QPointF origin) const
{
    auto result = *this;
    result.dx -= origin.x();
    result.dy -= origin.y();
    return result;
}

} // namespace hanseatlas
