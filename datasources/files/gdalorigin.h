// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/crs.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace hanseatlas
{

/** How GDAL opens a vector layer once more. Exports copy from there, so that curves, heights, 64-bit numbers and what
 *  else our own values have no place for arrive unharmed, and fast. */
struct GdalOrigin {
    QString path; ///< for GDALOpenEx, e.g. "/data/a.gpkg" or "/vsizip/…"
    QStringList openOptions; ///< "NAME=VALUE"
    QStringList drivers; ///< allowed drivers; empty = any
    QString layer; ///< name in the dataset
    Crs crs; ///< that the source takes the layer to have (corrections applied); invalid = unknown
};

/** Implemented beside FeatureSource by sources that GDAL reads. Known within datasources only. */
class GdalBacked
{
public:
    virtual ~GdalBacked() = default;
    /** Empty where the layer must go through our own reading (repaired encodings, coordinates that were swapped …). */
    virtual std::optional<GdalOrigin> gdalOrigin() const = 0;
};

} // namespace hanseatlas
