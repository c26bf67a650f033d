// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/renderer.h"

namespace hanseatlas
{

/** What a picture of the map tells beside the map. The marks of demonstration and personal data are never optional. */
struct MapMargin {
    bool credits = true;
    bool scaleBar = true;
};

/** Draws into a finished picture of the scene: sources along the lower edge, the scale bar above them, marks on top. */
void paintMapMargin(QImage &image, const MapScene &scene, const Viewport &view, const MapMargin &margin);

} // namespace hanseatlas
