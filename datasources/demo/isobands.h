// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/demo/grid.h"

namespace hanseatlas::demo
{

/** The areas where low <= value < high, their edges interpolated between the cells' middles: marching squares. Bands
 *  that follow each other meet in the same edges, and all bands together fill the grid's box. Areas and holes smaller
 *  than `leastArea` m² are left out. */
Shapes bandOf(const Grid &grid, double low, double high, double leastArea);

} // namespace hanseatlas::demo
