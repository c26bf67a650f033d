// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/ogcapi.h"
#include "datasources/services/wfs.h"
#include "datasources/services/wmscapabilities.h"
#include "datasources/services/wmts.h"
#include "layers/catalogue/cataloguereader.h"

namespace hanseatlas
{

/** The layers of one service as a catalogue, in the service's order and folders. `service` is the source that all of
 *  them share; what the service says of itself (contact, licence) goes to each. */
CatalogueTree serviceCatalogue(const WmsCapabilities &caps, const SourceRef &service);
CatalogueTree serviceCatalogue(const WmtsCapabilities &caps, const SourceRef &service);
CatalogueTree serviceCatalogue(const WfsCapabilities &caps, const SourceRef &service);
CatalogueTree serviceCatalogue(const OgcApiLanding &landing, const std::vector<OgcApiCollection> &collections,
                               const SourceRef &service);

} // namespace hanseatlas
