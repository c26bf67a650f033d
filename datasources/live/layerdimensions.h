// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/wmsdimension.h"
#include "datasources/services/wmts.h"
#include "layers/model/dimension.h"

#include <vector>

/** The dimensions of services in our terms: time first, values ascending. Those without values to choose from are left
 *  out. Pure. */
namespace hanseatlas
{

std::vector<LayerDimension> dimensionsOf(const std::vector<WmsDimension> &dimensions);
std::vector<LayerDimension> dimensionsOf(const std::vector<WmtsDimension> &dimensions);

} // namespace hanseatlas
