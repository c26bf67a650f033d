// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/crs.h"

#include <QString>

#include <optional>

namespace hanseatlas
{

/** What a spelling of a CRS in a file means. */
struct AxisDecision {
    Crs crs;
    bool swap = false; ///< the file has north first
    bool guessed = false; ///< no spelling: taken by the coordinates' size
    bool turned = false; ///< against the rule of the spelling, as only that lies in Germany
};

/** `written` is the extent of the coordinates as they stand in the file. "EPSG:31467" means east first by custom, URNs
 * and URLs the register's order; but where only the other order lies in Germany, that is taken. */
AxisDecision decideAxes(const QString &srsName, const Extent &written, const Crs &forced,
                        std::optional<bool> forcedSwap);

} // namespace hanseatlas
