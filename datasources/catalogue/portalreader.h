// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/catalogue/catalogueanswers.h"

namespace hanseatlas
{

/** A Masterportal as a catalogue. `location`: the portal's page, its config.js or config.json, or a services.json;
 *  on the disk also the folder that they lie in. */
Result<CatalogueTree> readPortal(const CatalogueDocuments &documents, const QUrl &location, CatalogueAge age,
                                 CancelToken token, const Progress &progress = {});

} // namespace hanseatlas
