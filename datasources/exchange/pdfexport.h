// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/printlayout.h"
#include "layers/model/job.h"

namespace hanseatlas
{

/** Writes the sheet as PDF: vectors and text, fonts embedded, title, author and sources in its properties, and
 *  georeferenced, so that a GIS or a phone opens it in its place. Written beside and moved into place.
 *  `notes` gets what could not be drawn, layer by layer, and whether the georeference is missing. Layers
 *  that may only be viewed are left out and named there. Legends that servers draw are asked for here, which takes as
 *  long as the servers do. */
Status writePdf(const PrintLayout &layout, const MapScene &scene, const QString &path, CancelToken token,
                const Progress &progress = {}, RenderNotes *notes = nullptr);

} // namespace hanseatlas
