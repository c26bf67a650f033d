// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/observations/observation.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <span>

namespace hanseatlas
{

/** How it stands with a sensor; the later, the worse. */
enum class SensorState : std::uint8_t {
    Current, ///< reports as it should
    Late, ///< the next value is overdue
    Faulty, ///< reports, but what cannot be used
    Silent, ///< nothing for so long that nothing is known any more
};
QString stateText(SensorState state); ///< for people, in their language

struct StateLimits {
    double lateAfter = 2; ///< intervals
    double silentAfter = 6; ///< intervals
    std::int64_t delay = 60'000; ///< ms that values take from the sensor to us, on top of both
    std::int64_t unknownInterval = 3'600'000; ///< ms, where the interval is not known
};

/** `newest` = nullptr: there has never been one. Faulty: Quality::Bad or no finite number. Times in ms since 1970 UTC;
 *  values from the future are current. */
SensorState sensorState(const Observation *newest, std::int64_t interval, std::int64_t now,
                        const StateLimits &limits = {});

/** Of a Thing with several Datastreams, a district …; none where there are no members. */
std::optional<SensorState> worstState(std::span<const SensorState> states);

enum class Trend : std::uint8_t { Unknown, Falling, Steady, Rising };
QString trendText(Trend trend);

struct TrendValue {
    Trend trend = Trend::Unknown;
    double perHour = 0; ///< in the Datastream's unit; 0 where unknown
};

/** Over the values of (now − window, now]: the median of the slopes between all pairs (Theil 1950, Sen 1968), which up
 * to 29 % of outliers do not move. Steady where it changes by less than `steady` an hour. Unknown below three values.
 *  At most 300 values, evenly chosen, are looked at. */
TrendValue trendOf(std::span<const Observation> series, std::int64_t now, std::int64_t window, double steady = 0);

/** That slope, in units per hour; none for fewer than two values at different times. */
std::optional<double> robustSlope(std::span<const Observation> series);

} // namespace hanseatlas
