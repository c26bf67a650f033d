// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/credits.h"
#include "layers/map/printlayout.h"
#include "layers/map/printlegend_p.h"
#include "layers/map/sheetscale.h"

namespace hanseatlas
{

/** @internal All that is decided before a sheet is painted. */
struct SheetPlan {
    PrintGeometry geometry;
    double unit = 1; ///< factor of all text sizes; grows with the paper
    double titleSize = 0; ///< mm
    QStringList title, subtitle;
    LegendBlock legend;
    Credits credits;
    SheetScaleBar bar;
    double trueScale = 0; ///< at the map's centre, where the projection stretches visibly; else 0
    QStringList warning, facts, sources;
    double factsAt = 0; ///< left edge of the texts of the footer
};

SheetPlan planSheet(const PrintLayout &layout, const MapScene &scene, const LegendPictures &legends);

/** Text sizes and distances, millimetres at unit 1 */
namespace sheet
{
inline constexpr double titleText = 6.4, leastTitleText = 4.6, subtitleText = 3.1;
inline constexpr double factText = 2.2, scaleText = 3.1, tickText = 1.9, barText = 2.0;
inline constexpr double tickBand = 3.6; ///< around the map for the coordinates
inline constexpr double legendGap = 6;
inline constexpr double footerGap = 3.4;
inline constexpr double barLength = 56;
inline constexpr double arrowHeight = 12, arrowColumn = 20;
inline constexpr double leastFooter = 12.5;
} // namespace sheet

} // namespace hanseatlas
