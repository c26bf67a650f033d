// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/vectortiles/mapsprite.h"
#include "datasources/vectortiles/mapstyle.h"
#include "datasources/vectortiles/placedtile.h"
#include "layers/model/job.h"

class QPainter;

namespace hanseatlas
{

/** By the names of the style's sources. */
using PlacedTiles = std::map<QString, std::vector<PlacedTile>>;

/** Draws one layer of a style, all but its symbols, from all tiles at once: what reaches over the border of a tile is
 *  neither cut nor drawn twice. */
void paintMapLayer(QPainter &painter, const MapFrame &frame, const MapStyleLayer &layer, const MapSprite &sprite,
                   std::span<const PlacedTile> tiles, const CancelToken &token);

/** Is the layer drawn at this zoom? */
bool isDrawnAt(const MapStyleLayer &layer, double zoom);

} // namespace hanseatlas
