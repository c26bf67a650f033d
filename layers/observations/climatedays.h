// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/observations/observation.h"

#include <cstdint>
#include <span>
#include <vector>

/** Days that say what heat and frost people live with, as the German weather service (DWD) counts them. */
namespace hanseatlas
{

struct ClimateYear {
    int year = 0;
    int summerDays = 0; ///< Sommertage: highest value ≥ 25 °C
    int hotDays = 0; ///< heiße Tage: ≥ 30 °C
    int tropicalNights = 0; ///< Tropennächte: lowest value from 18 to 6 UTC ≥ 20 °C, by the day on which they end
    int frostDays = 0; ///< Frosttage: lowest value < 0 °C
    int iceDays = 0; ///< Eistage: highest value < 0 °C
    int days = 0; ///< of the year
    int coveredDays = 0; ///< with enough values
    int coveredNights = 0;
    bool operator==(const ClimateYear &) const = default;
};

/** Of air temperatures in °C, in order of time, for each year from the first to the last value. Days are those of UTC,
 *  as at DWD. One value is enough to prove a summer, hot or frost day; that a night was tropical or a day icy is only
 *  said of those with at least `leastCoverage` of their values. `interval` in ms; 0 = the typical one. Values of
 *  Quality::Bad do not count. */
std::vector<ClimateYear> climateDays(std::span<const Observation> celsius, std::int64_t interval = 0,
                                     double leastCoverage = 0.75);

} // namespace hanseatlas
