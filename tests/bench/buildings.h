// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/renderer.h"

namespace hanseatlas::bench
{

/** Buildings around Lübeck's middle, half-normally distributed with 5 km, six corners each, eight classes `use`, and a
 * `height`. */
FeatureSetPtr makeBuildings(int count, unsigned seed = 7);

/** Eight colours by `use`, outlined with 0.1 mm. */
Style buildingStyle();

/** A scene of one ready layer. */
MapScene sceneOf(FeatureSetPtr features, const Style &style);

/** 1920×1080, so many metres wide. */
Viewport viewOf(double width);

} // namespace hanseatlas::bench
