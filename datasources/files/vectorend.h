// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/dataset.h"

namespace hanseatlas
{

/** @internal For people: that the file of a layer ends before the layer does, as far as a few bytes tell; else "".
 *  @param layer an OGRLayerH, read from its start afterwards, @param featureCount as the file announces, -1 = unknown
 */
QString earlyEnd(void *layer, const DatasetSpec &spec, qint64 featureCount);

} // namespace hanseatlas
