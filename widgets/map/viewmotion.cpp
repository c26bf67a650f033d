// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/viewmotion.h"

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

double normalisedRotation(double degrees)
{
    const double turned = std::remainder(degrees, 360);
    return turned == -180 ? 180 : turned;
}

Viewport ViewMotion::at(double progress) const
{
    if (progress >= 1)
        return to;
    auto view = from;
    const double ratio = to.resolution / from.resolution;
    double way = progress;
    if (std::abs(ratio - 1) > 1e-9) {
        view.resolution = from.resolution * std::pow(ratio, progress);
        // Linear in the resolution: exactly what keeps the fixed point of the zoom in its place.
        way = (view.resolution - from.resolution) / (to.resolution - from.resolution);
    }
    view.centre.x = std::lerp(from.centre.x, to.centre.x, way);
    view.centre.y = std::lerp(from.centre.y, to.centre.y, way);
    view.rotation = from.rotation + normalisedRotation(to.rotation - from.rotation) * progress;
    return view;
}

Viewport withinLimits(Viewport view)
{
    const double scale = view.scale();
    if (std::isfinite(scale) && scale > 0)
        view.setScale(std::clamp(scale, largestScale, smallestScale));
    view.rotation = normalisedRotation(view.rotation);
    return view;
}

Viewport inCrs(const Viewport &view, const Crs &crs)
{
    if (view.crs == crs)
        return view;
    const auto transform = Transform::create(view.crs, crs);
    if (!transform)
        return view;
    auto turned = view;
    turned.centre = transform->forward(view.centre);
    if (!std::isfinite(turned.centre.x) || !std::isfinite(turned.centre.y))
        return view;
    const double scale = view.scale();
    turned.crs = crs;
    turned.setScale(scale);
    return turned;
}

} // namespace hanseatlas
