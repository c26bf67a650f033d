// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/rasterlayer.h"

#include <QRectF>

namespace hanseatlas
{

/** @internal Reads a window of a raster, in its own pixel grid, scaled to `size`: a picture or values, as the raster's
 *  kind is. Overviews are used. Blocks that are damaged stay transparent or NaN; fails only when nothing could be read.
 *  @param window in pixels of the raster, within it */
Result<RasterBlock> readPiece(void *dataset, const RasterLayer &layer, const DatasetSpec &spec, const QRectF &window,
                              QSize size, bool smooth, const CancelToken &token);

} // namespace hanseatlas
