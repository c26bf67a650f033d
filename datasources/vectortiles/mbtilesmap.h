// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/vectortiles/mbtilesfile.h"
#include "datasources/vectortiles/vectortilemap.h"

namespace hanseatlas
{

/** The source that a file of vector tiles is. */
VectorTilePlan::Source mbtilesSource(std::shared_ptr<const MbtilesFile> file);

/** In Web Mercator; all of the world where nothing is stated. Degrees. */
Extent mercatorExtent(const Extent &degrees);

/** What a map of vector tiles is to the list of layers. */
LayerDescription vectorMapDescription(const QString &title, const Extent &degrees, const QString &attribution);

/** A file of vector tiles as a layer, in a plain style. The ref's provider is "mvt". */
Result<SourceDescription> inspectMbtilesMap(const SourceRef &ref);
Result<OpenedSource> openMbtilesMap(const SourceRef &ref);

} // namespace hanseatlas
