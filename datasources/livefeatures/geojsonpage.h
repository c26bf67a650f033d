// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/livefeatures/featurecollector.h"
#include "layers/model/job.h"

#include <QByteArrayView>

namespace hanseatlas
{

/** Hands the features of a GeoJSON collection to the collector; how many there were. `crs` is what the server says the
 *  coordinates are in, "" = unknown: then the document's own "crs", else what the collector was told.
 *  Malformed, Cancelled. */
Result<qint64> readGeoJsonPage(QByteArrayView bytes, const QString &crs, FeatureCollector &collector,
                               const CancelToken &token);

} // namespace hanseatlas
