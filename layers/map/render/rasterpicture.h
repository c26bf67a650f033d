// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layer.h"
#include "layers/map/viewport.h"

#include <QImage>
#include <QRect>
#include <QThreadPool>

namespace hanseatlas
{

/** @internal */
struct RasterPicture {
    QImage image;
    QString damage; ///< as of RasterBlock
};

/** @internal What a raster layer shows in `region` (device pixels of the view): premultiplied, of the region's size,
 * turned with the view, without the layer's opacity. Reads the source, so it may take its time; `wait` as in
 * RasterQuery. `pool` may be null. */
Result<RasterPicture> rasterPicture(const Layer &layer, const Viewport &view, const QRect &region, bool wait,
                                    QThreadPool *pool, CancelToken token);

/** @internal Numbers to colours, row by row; NaN becomes transparent. `metresPerPixel` is for hillshades, whose block
 * must have one more pixel on each side than the picture. */
QImage coloured(const RasterBlock &block, const RasterStyle &style, double minimum, double maximum,
                double metresPerPixel, QThreadPool *pool);

} // namespace hanseatlas
