// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layer.h"
#include "layers/model/source.h"

#include <optional>
#include <vector>

namespace hanseatlas
{

/** What goes into a GeoPackage. */
struct GeoPackageJob {
    std::vector<Layer> layers; ///< in the order of the map, bottom first
    std::optional<Extent> extent; ///< only what touches it; none = everything
    Crs extentCrs;
    QString path;
    bool includePersonal = false; ///< layers with personal data are left out unless the user decides
};

struct ExportReport {
    struct Table {
        QString layer; ///< title in the map
        QString name; ///< of the table
        qint64 features = -1; ///< -1: a raster
    };
    QString path;
    std::vector<Table> tables;
    QStringList leftOut; ///< layers that are not in it, with the reason; for people
    QStringList notes;
    qint64 bytes = 0;
};

/** Writes the layers from their sources, in full precision and with all fields and the sources' own CRS, with spatial
 *  index, metadata (source, licence, age) and styles for QGIS and other readers of SLD. Written beside and moved into
 *  place. A layer that cannot be read is left out and reported; if none can, that is the error. */
Result<ExportReport> writeGeoPackage(const GeoPackageJob &job, const SourceOpener &opener, CancelToken token,
                                     const Progress &progress = {});

/** Table names that are different, valid and close to the layers' titles. */
QStringList tableNames(const QStringList &titles);

} // namespace hanseatlas
