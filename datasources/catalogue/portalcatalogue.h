// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/masterportal.h"
#include "layers/catalogue/cataloguereader.h"

namespace hanseatlas
{

/** The portal's tree of topics as a catalogue: folders, order, names, visibility, transparency and scale limits as
 *  there. What cannot be shown is listed with the reason. */
CatalogueTree portalCatalogue(const PortalConfig &config, const PortalServices &services, const QUrl &portal);

/** A list of services without a tree: by category and record where they are named, else as they come. */
CatalogueTree serviceListCatalogue(const PortalServices &services, const QUrl &portal);

/** One entry, as a layer or as a service whose layers are to be asked for. */
CatalogueNode portalNode(const PortalService &service, const QUrl &portal);

} // namespace hanseatlas
