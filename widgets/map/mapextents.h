// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"
#include "layers/map/viewport.h"

namespace hanseatlas
{

/** Where the layer's data lies, in `crs`; empty when that is not known (yet). */
Extent extentOf(const Layer &layer, const Crs &crs);

/** The box around all visible layers, or around all layers where none is visible; the city where there is nothing. */
Extent fullExtent(const LayerTree &tree, const Crs &crs);

/** The city of Lübeck in EPSG:25832. */
Extent cityExtent();

/** The whole city in the working CRS, for a canvas that was told nothing yet. */
Viewport defaultView();

} // namespace hanseatlas
