// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/crs.h"

#include <QString>

namespace hanseatlas
{

/** A scale bar of a round length. */
struct SheetScaleBar {
    double metres = 0; ///< all of it
    int segments = 4; ///< equal ones, each of a round length too
    double length = 0; ///< on the device, in the unit of `metresPerUnit`'s denominator

    /** The longest round bar of at most `longest` device units. */
    static SheetScaleBar fitting(double metresPerUnit, double longest);
    /** "250" or, with the unit, "500 m", "1,5 km". Short bars are in metres, long ones in kilometres. */
    QString label(double at, bool withUnit) const;
};

/** True metres on the ground for one unit of the CRS at a place, east-west and north-south averaged. Differs from
 *  Crs::metresPerUnit() where the projection stretches: by 0.04 % in UTM, by 70 % in Web Mercator at Lübeck.
 *  Where it cannot be told: Crs::metresPerUnit(). */
double groundMetresPerUnit(const Crs &crs, PointXY place);

} // namespace hanseatlas
