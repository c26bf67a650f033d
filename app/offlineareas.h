// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"
#include "layers/themes/maptheme.h"
#include "widgets/offline/areachoice.h"
#include "widgets/offline/offlinechoice.h"

namespace hanseatlas
{

/** The layers from services that can be kept: those on the map, and those of themes that are not. */
std::vector<OfflineChoice::Candidate> offlineCandidates(const LayerTree &tree, const std::vector<MapTheme> &themes);

/** Those of the map's layers, as far as they are loaded, whose objects are areas. */
std::vector<AreaChoice::Layer> layersOfAreas(const LayerTree &tree);

/** The areas of such a layer by name, in the working CRS. Blocking. */
Result<std::vector<AreaChoice::Object>> areasOf(const Layer &layer, CancelToken token);

} // namespace hanseatlas
