// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layer.h"

#include <QString>

namespace hanseatlas
{

/** Source, licence, age and warnings of a layer as ISO 19115 in its XML form of ISO 19139. */
QString isoMetadata(const Layer &layer, const LayerDescription &description);
/** The same as QGIS shows it in a layer's properties. */
QString qgisMetadata(const Layer &layer, const LayerDescription &description);

} // namespace hanseatlas
