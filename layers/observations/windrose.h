// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"
#include "layers/observations/observation.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

/** Directions from which wind blows, in degrees clockwise from north: 90 is wind from the east. */
namespace hanseatlas
{

struct WindRoseSetup {
    int sectors = 12; ///< 8, 12, 16 or 36; the first one lies around north
    std::vector<double> bounds{2, 4, 6, 8, 10}; ///< between the speed classes, rising; a class holds its lower bound
    double calmBelow = 0.5; ///< in the speed's unit; slower wind has no direction that could be trusted
    std::int64_t tolerance = 0; ///< ms that direction and speed may be apart; 0 = the same time
};

struct WindRose {
    int sectors = 0;
    std::size_t classes = 0; ///< one more than bounds
    std::vector<std::int64_t> counts; ///< [sector × classes + class]
    std::int64_t calm = 0;
    std::int64_t total = 0; ///< all pairs, with the calm ones
    double meanSpeed = std::numeric_limits<double>::quiet_NaN(); ///< with the calm ones; NaN: there are no pairs
    std::optional<double> meanDirection; ///< of the wind's vectors, calm ones left out; none where they cancel out

    double share(int sector, std::size_t speedClass) const; ///< 0 … 1 of all
    double sectorShare(int sector) const; ///< of all speeds
    double calmShare() const;
};

/** Of two series in order of time. Left out are values of Quality::Bad, speeds below 0 and, but for calm wind,
 * directions outside 0 … 360 (as 990 for “variable”). Fails for other numbers of sectors and for bounds that do not
 * rise. */
Result<WindRose> windRose(std::span<const Observation> direction, std::span<const Observation> speed,
                          const WindRoseSetup &setup = {});

/** The direction of the sum of vectors, 0 … 360 without 360; of 350° and 10° it is 0°, not 180°. Without speeds all
 *  weigh the same. None where the vectors cancel out, nothing is finite, or there are not as many speeds. */
std::optional<double> vectorMean(std::span<const double> degrees, std::span<const double> speeds = {});

} // namespace hanseatlas
