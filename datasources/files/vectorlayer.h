// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/dataset.h"
#include "layers/model/source.h"

namespace hanseatlas
{

/** @internal What is known of a vector layer before it is read. */
struct VectorLayer {
    LayerDescription description; ///< extent and CRS as we hand them out
    bool swapped = false; ///< the file's x and y change places on the way
};

/** Describes an OGRLayerH. Counts and extents that would need reading all are only worked out for small files. */
VectorLayer describeVectorLayer(void *layer, const DatasetSpec &spec, const QJsonObject &options, CancelToken token);

/** How the texts of a Shapefile are written, found by looking at some: the open option to use, with a note; "" where
 * the file's own word is good. */
struct EncodingGuess {
    QString encoding;
    QStringList notes;
};
EncodingGuess shapeEncoding(const DatasetSpec &spec);

/** For Shapefiles: chooses the encoding, by the user's word or by looking, and adds it to the spec. Returns its name.
 */
QString settleEncoding(DatasetSpec &spec, const QJsonObject &options);

/** A database in good order without any layer, which GDAL would call unreadable. */
bool isEmptyDatabase(const DatasetSpec &spec);

/** The layer of this name, or the first one for "": an OGRLayerH of the dataset, or null. */
void *findLayer(void *dataset, const QString &name);
/** The layers that are data and not housekeeping of programs. */
std::vector<void *> dataLayers(void *dataset);

} // namespace hanseatlas
