// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/viewport.h"

#include <QEasingCurve>

namespace hanseatlas
{

/** A glide from one view to another. Both have the same CRS and size. A value. */
struct ViewMotion {
    Viewport from;
    Viewport to;
    int milliseconds = 0;
    QEasingCurve::Type easing = QEasingCurve::OutCubic;

    /** `progress` 0 … 1, already eased. Where the views differ by a zoom about some place, that place stays where it is
     *  all the way. Rotation takes the short way round. */
    Viewport at(double progress) const;
};

/** Degrees brought into (-180, 180]. */
double normalisedRotation(double degrees);

/** Scale limits of the canvas: denominators. */
inline constexpr double largestScale = 1;
inline constexpr double smallestScale = 5e8;

/** The view with its scale brought within the limits. */
Viewport withinLimits(Viewport view);

/** The view in another CRS: the same centre at the same scale. Left as it is where the centre cannot be turned. */
Viewport inCrs(const Viewport &view, const Crs &crs);

} // namespace hanseatlas
