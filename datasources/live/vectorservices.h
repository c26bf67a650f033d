// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/imagefetcher.h"
#include "datasources/live/servicedocuments.h"
#include "layers/model/source.h"

namespace hanseatlas
{

/** Maps of vector tiles: provider "mvt".
 *
 *  The location is the address or file of a style (MapLibre, version 8), of a description of tiles (TileJSON), or a
 *  template of tiles ("https://host/{z}/{x}/{y}.pbf"). The option "style" is the address of a style for tiles that the
 *  location names; without one they are drawn in a plain style of ours. The option "grid" tells where the tiles of a
 *  template lie that is not in Web Mercator: {"crs": "EPSG:25832", "origin": [x, y], "resolutions": [coarsest, …],
 *  "tileSize": 512}. What styles name is fetched and kept as the
 *  documents of services are; a style from the network reaches no files of this machine. */
class VectorServices
{
public:
    VectorServices(std::shared_ptr<ServiceAccess> access, ServiceDocuments &documents);

    Result<SourceDescription> inspect(const SourceRef &ref, CancelToken token);
    /** Asks the documents for all that open() will ask them for. */
    Status readDocuments(const SourceRef &ref, CancelToken token);
    Result<OpenedSource> open(const SourceRef &ref, std::shared_ptr<ImageFetcher> fetcher, CancelToken token);

private:
    std::shared_ptr<ServiceAccess> m_access;
    ServiceDocuments &m_documents;
};

} // namespace hanseatlas
