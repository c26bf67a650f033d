// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/catalogue/cataloguenode.h"
#include "layers/map/layertree.h"

#include <span>

namespace hanseatlas
{

/** What of a catalogue goes to the map: layers with their source, provenance, opacity and scale limits; folders and
 *  services become groups, in the same order. What cannot be shown is left out, and so are groups with nothing in them.
 *  Of a dataset the first resource that can be shown stands for it. A single layer is visible in any case; of several,
 *  those that are so in the catalogue, and where none is, the topmost. `seed` varies the colours of drawn features. */
std::vector<LayerNode> layerNodes(std::span<const CatalogueNode *const> chosen, int seed = 0);

/** The node's provenance as the legend and exports need it. */
Provenance provenanceOf(const CatalogueNode &node);

} // namespace hanseatlas
