// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/viewport.h"

#include <cmath>
#include <numbers>

namespace hanseatlas
{

QTransform Viewport::transform() const
{
    QTransform t;
    t.translate(size.width() / 2, size.height() / 2);
    t.rotate(rotation);
    t.scale(1 / resolution, -1 / resolution);
    t.translate(-centre.x, -centre.y);
    return t;
}

// Not by transform(): with eastings of millions, a difference taken first keeps more digits.
QPointF Viewport::toDevice(PointXY p) const
{
    const double dx = (p.x - centre.x) / resolution, dy = (centre.y - p.y) / resolution;
    const double angle = rotation * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
    return {size.width() / 2 + dx * c - dy * s, size.height() / 2 + dx * s + dy * c};
}

PointXY Viewport::toMap(QPointF p) const
{
    const double dx = p.x() - size.width() / 2, dy = p.y() - size.height() / 2;
    const double angle = -rotation * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
    return {centre.x + (dx * c - dy * s) * resolution, centre.y - (dx * s + dy * c) * resolution};
}

Extent Viewport::extent() const
{
    Extent box;
    box.add(toMap({0, 0}));
    box.add(toMap({size.width(), 0}));
    box.add(toMap({0, size.height()}));
    box.add(toMap({size.width(), size.height()}));
    return box;
}

namespace
{

double metresPerUnitAt(const Crs &crs, PointXY place)
{
    if (crs.isGeographic()) // the mean of a degree east and a degree north
        return crs.metresPerUnit() * (1 + std::cos(std::clamp(place.y, -89.0, 89.0) * std::numbers::pi / 180)) / 2;
    return crs.metresPerUnit();
}

} // namespace

double Viewport::scale() const
{
    return resolution * metresPerUnitAt(crs, centre) * pixelsPerMm * 1000;
}

void Viewport::setScale(double denominator)
{
    resolution = denominator / (metresPerUnitAt(crs, centre) * pixelsPerMm * 1000);
}

Viewport Viewport::zoomed(double factor, QPointF anchor) const
{
    const auto fixed = toMap(anchor);
    auto result = *this;
    result.resolution = resolution / factor;
    result.centre = {fixed.x + (centre.x - fixed.x) / factor, fixed.y + (centre.y - fixed.y) / factor};
    return result;
}

Viewport Viewport::panned(QPointF by) const
{
    auto result = *this;
    result.centre = toMap(QPointF(size.width() / 2, size.height() / 2) - by);
    return result;
}

Viewport Viewport::fitted(const Extent &box, double margin) const
{
    auto result = *this;
    if (box.isEmpty() || size.isEmpty())
        return result;
    const double angle = rotation * std::numbers::pi / 180, c = std::abs(std::cos(angle)),
                 s = std::abs(std::sin(angle));
    const double wide = box.width() * c + box.height() * s, high = box.width() * s + box.height() * c;
    const double room = 1 + 2 * margin;
    result.centre = box.centre();
    const double wanted = std::max(wide / size.width(), high / size.height()) * room;
    if (wanted > 0)
        result.resolution = wanted;
    return result;
}

} // namespace hanseatlas
