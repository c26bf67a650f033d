// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/rasterlayer.h"

#include <QRectF>

namespace hanseatlas
{

/** @internal Reads a window of a raster, in its own pixel grid, scaled to `size`: a picture or values, as the raster's
 *  kind is. Overviews are used. Blocks that are damaged are transparent or NaN, and the answer says so; fails only when
 *  nothing could be read. The dataset is not to be used again after a damage: some formats go on with rubbish.
 *  @param window in pixels of the raster, within it */
Result<RasterBlock> readPiece(void *dataset, const RasterLayer &layer, const DatasetSpec &spec, const QRectF &window,
                              QSize size, bool smooth, const CancelToken &token);

/** For people: why a part of a raster is empty, and what is shown. */
QString damageText();

} // namespace hanseatlas
