// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/indexscores.h"

namespace hanseatlas
{

/** What of the index's change between two periods comes from which indicator, in points. */
struct IndexChange {
    double change = 0; ///< of the index; NaN: one of the periods has none
    std::vector<double> parts; ///< by indicator; NaN: it has no data in one of the periods
    std::vector<double> goals; ///< by goal: of its indicators
    /** What is left: comes of indicators that came or went, and of weights that were spread anew for that. */
    double availability = 0;
};

/** For one area, by its number in the values of both periods. The parts sum up to the change, but for `availability`,
 *  which is 0 where both periods know the same indicators. Arithmetic means are broken down by weight times change;
 *  geometric ones by logarithmic means (LMDI, after Ang 2004), which is exact too. Both were made with this method. */
IndexChange indexChange(const IndexSetup &setup, const IndexMethod &method, const IndexScores &before,
                        const IndexScores &after, std::size_t area, std::size_t areas);

} // namespace hanseatlas
