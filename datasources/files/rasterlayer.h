// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/dataset.h"
#include "layers/model/source.h"

#include <QTransform>

#include <array>

namespace hanseatlas
{

/** @internal Which bands make the picture, and how their numbers become 0 … 255. */
struct ColourPlan {
    int red = 0, green = 0, blue = 0; ///< band numbers from 1
    int alpha = 0; ///< 0 = none
    bool palette = false; ///< band `red` holds indices into a colour table
    double divisor = 1; ///< of colours beyond 8 bits
    double alphaDivisor = 1;
};

/** @internal What is known of a raster before it is read. */
struct RasterLayer {
    LayerDescription description;
    std::array<double, 6> geotransform{}; ///< pixel, line → x, y of the CRS (east, north)
    bool axisParallel = true; ///< no rotation, north up
    ColourPlan colours; ///< for RasterKind::Colour
    double scale = 1, offset = 0; ///< stored numbers → values
    bool damaged = false; ///< known before anything is read of it: a note says so
    bool fromTheTop = false; ///< one stream of rows (PNG, JPEG): behind a damage there is nothing

    PointXY toMap(PointXY pixel) const;
    PointXY toPixel(PointXY place) const;
};

/** Describes a GDALDatasetH. Fails for rasters that have no bands or no pixels. */
Result<RasterLayer> describeRaster(void *dataset, const DatasetSpec &spec, const QString &name,
                                   const QJsonObject &options);

} // namespace hanseatlas
