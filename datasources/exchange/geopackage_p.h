// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/exchange/geopackagewriter.h"
#include "datasources/files/filestamp.h"

#include <gdal.h>

#include <memory>

/** @internal The parts of writing a GeoPackage. */
namespace hanseatlas
{

struct GdalCloser {
    void operator()(GDALDatasetH dataset) const { GDALClose(dataset); }
};
using GdalDataset = std::unique_ptr<void, GdalCloser>;

/** A layer on its way into the file. */
struct LayerExport {
    const Layer *layer = nullptr;
    OpenedSource source;
    LayerDescription description;
    QString table;
    QString identifier; ///< for people: the title, or the table's name where another has that title
    FileStamp stamp; ///< of the source's file before it was read; none: it is no plain file
    std::optional<Extent> extent; ///< in the source's CRS
    QString path; ///< of the GeoPackage being written, and for messages its place to be
    QString targetPath;
};

/** Appends a vector layer. Returns how many features were written; `notes` gets what did not arrive. */
Result<qint64> writeVectorLayer(GDALDatasetH target, const LayerExport &what, CancelToken token,
                                const Progress &progress, QStringList &notes);

/** Appends a raster as tiles: pictures as PNG or JPEG, values as 32 bit floats. Opens the file itself. `notes` gets
 * what did not arrive. */
Status writeRasterLayer(const LayerExport &what, CancelToken token, const Progress &progress, QStringList &notes);

/** Writes layer_styles and metadata, and compares each spatial index with its table. The file is closed before. */
Status finishTables(const std::vector<LayerExport> &layers, const QString &path, const QString &targetPath);

/** Passes GDAL's progress on and stops it when the token says so: for GDALProgressFunc and its argument. */
struct ProgressBridge {
    CancelToken token;
    const Progress &progress;
    static int call(double done, const char *, void *self);
};

} // namespace hanseatlas
