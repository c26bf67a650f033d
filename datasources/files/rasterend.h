// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/dataset.h"

namespace hanseatlas
{

/** @internal Does the raster's file end before the raster does? Looks at a few bytes only, and says no in doubt: what
 *  is broken in the middle shows when it is read. `dataset` is a GDALDatasetH. */
bool endsEarly(void *dataset, const DatasetSpec &spec);

} // namespace hanseatlas
