// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/indexscores.h"
#include "layers/model/job.h"

#include <cstdint>

/** How much the index hangs on the choices made: step 7 of the OECD/JRC handbook. */
namespace hanseatlas
{

/** What is varied. Each run draws one of each list and its own weights. */
struct IndexVariations {
    int runs = 1000;
    std::uint64_t seed = 1; ///< the same seed gives the same result, on however many cores
    double weightSpread = 0.25; ///< weights are multiplied by a number between 1 − this and 1 + this
    QList<Normalisation> normalisations; ///< empty: the method's own
    QList<Aggregation> across; ///< empty: the method's own
    QList<bool> winsorise; ///< empty: the method's own
};

struct IndexBand {
    double low = 0, middle = 0, high = 0; ///< 5 %, 50 % and 95 % of the runs; NaN: no index
    int bestRank = 0, worstRank = 0; ///< of 90 % of the runs; 0: none
    bool operator==(const IndexBand &) const = default;
};

struct IndexUncertainty {
    std::vector<IndexBand> areas;
    /** By indicator: how many points the index moves on the average of all areas when the indicator is left out. */
    std::vector<double> influence;
    int runs = 0;
};

/** Blocking, on all cores. Errors as indexScores(), also where one of the variations cannot be; Cancelled. At most a
 *  million runs: Invalid. */
Result<IndexUncertainty> indexUncertainty(const IndexSetup &setup, const IndexMethod &method, const IndexValues &values,
                                          const IndexVariations &variations, const CancelToken &token = {});

} // namespace hanseatlas
