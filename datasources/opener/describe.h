// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/source.h"

#include <QJsonObject>

namespace hanseatlas
{

/** What a source holds, for scripts: keys in English and stable, texts for people as they are. Unknown values are left
 *  out; extents are [xMin, yMin, xMax, yMax] in the layer's CRS. */
QJsonObject toJson(const SourceDescription &description);
QJsonObject toJson(const LayerDescription &layer);

} // namespace hanseatlas
