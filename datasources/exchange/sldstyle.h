// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layer.h"

#include <QString>

namespace hanseatlas
{

/** The layer's look as OGC Styled Layer Descriptor 1.1 with Symbology Encoding 1.1, for programs other than QGIS. What
 *  SLD has no words for (rotation by field is there, offsets of outlines are not) is left out. */
QString sldOf(const Layer &layer, const LayerDescription &description);

} // namespace hanseatlas
