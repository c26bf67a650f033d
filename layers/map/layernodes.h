// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"

namespace hanseatlas
{

/** What a layer's picture is made of, as far as the description tells; None = mixed, unknown or a raster. */
GeometryKind mainKind(const LayerDescription &description);

/** How often its server asks to be asked anew (options.refreshEvery, seconds); 0 = not said. */
std::chrono::seconds refreshIntervalOf(const SourceRef &ref);

/** A layer of the user's own for what was found in a source, with the style and provenance that came with it or else a
 *  calm default; `seed` varies its hue. `ref` names the source, and perhaps corrections; its layer is set from the
 *  description. A style that cannot be read is passed over: the default stands in. */
LayerNode nodeFor(const SourceRef &ref, const LayerDescription &description, int seed);

/** Where a source belongs among others that come to the map with it: the lower, the further up. Points above lines
 * above areas above rasters; of several layers the topmost counts. */
int stackRank(const SourceDescription &description);

/** Nodes for all layers of a source, without a question: in the groups that the source suggests (their order is the
 *  source's), else points above lines above areas above rasters. Several nodes come as one group that is named after
 *  the source. Empty when the source is. */
std::vector<LayerNode> nodesFor(const SourceDescription &description, const SourceRef &ref, int seed = 0);

} // namespace hanseatlas
