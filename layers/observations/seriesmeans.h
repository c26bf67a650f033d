// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"
#include "layers/observations/observation.h"

#include <QTimeZone>

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

/** What a series says of hours, days … and how two times compare. Series are in order of time, times in ms since 1970
 *  UTC, values in the Datastream's unit; values of Quality::Bad and such that are not finite do not count. */
namespace hanseatlas
{

enum class Period : std::uint8_t {
    Hour,
    Day,
    Week,
    Month,
    Year
}; ///< of the calendar; weeks begin on Monday (ISO 8601)

/** Ms between most of the values, as their median; 0 where there are fewer than two. */
std::int64_t typicalInterval(std::span<const Observation> series);

struct MeansSetup {
    Period period = Period::Day;
    QTimeZone zone = QTimeZone::UTC; ///< whose days: Europe/Berlin has one of 23 and one of 25 hours a year
    std::int64_t interval = 0; ///< ms between two values; 0 = typicalInterval()
    double leastCoverage = 0.75; ///< 0 … 1; below it no mean; 75 % is 2008/50/EC Annex XI for hours and days
};

struct PeriodValues {
    std::int64_t from = 0; ///< ms since 1970 UTC
    std::int64_t to = 0; ///< start of the next one
    std::int64_t count = 0; ///< values, each time counted once
    double coverage = 0; ///< share of the expected values, 0 … 1; a period that is not over yet is not covered yet
    double mean = std::numeric_limits<double>::quiet_NaN(); ///< NaN: too little coverage
    double sum = std::numeric_limits<double>::quiet_NaN(); ///< for precipitation and counts; NaN as above
    double lowest = std::numeric_limits<double>::quiet_NaN(); ///< of what there is; NaN: no value at all
    double highest = std::numeric_limits<double>::quiet_NaN();
};

/** All periods from the first to the last value, also those without any. A value belongs where its time begins: the
 *  hourly mean from 23 to 24 h to the day that ends then. Fails where there are more than a million periods. */
Result<std::vector<PeriodValues>> periodValues(std::span<const Observation> series, const MeansSetup &setup);

/** At the time of each value the mean of those in (time − window, time], as for the 8-hour means of ozone; left out
 *  where there are fewer than leastCoverage of the expected ones. Arithmetic, each value counts the same. */
Observations runningMean(std::span<const Observation> series, std::int64_t window, std::int64_t interval,
                         double leastCoverage = 0.75);

/** The share `q`, 0 … 1, of sorted values is below; between two values linear (type 7 of Hyndman & Fan 1996, as
 *  spreadsheets have it). NaN where there are none. */
double quantile(std::span<const double> sorted, double q);

struct BoxValues {
    std::int64_t count = 0;
    double lower = std::numeric_limits<double>::quiet_NaN(); ///< first quartile; NaN here and below: no values
    double median = std::numeric_limits<double>::quiet_NaN();
    double upper = std::numeric_limits<double>::quiet_NaN(); ///< third quartile
    double lowWhisker = std::numeric_limits<double>::quiet_NaN(); ///< the last value within 1.5 IQR (Tukey 1977)
    double highWhisker = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> outliers; ///< beyond the whiskers, sorted; at most the 100 lowest and the 100 highest
    std::int64_t outlierCount = 0; ///< all of them
};
BoxValues boxOf(std::vector<double> values); ///< NaN is left out

/** By hour of the day on the wall's clock, 0 … 23. */
std::array<BoxValues, 24> boxesByHour(std::span<const Observation> series, const QTimeZone &zone);

struct Comparison {
    struct Pair {
        std::int64_t offset = 0; ///< ms since the start of both windows, on the wall's clock
        double first = 0; ///< NaN: the window has no value there
        double second = 0;
    };
    std::vector<Pair> pairs; ///< by offset
    std::int64_t common = 0; ///< pairs with both values; of these alone:
    double firstMean = std::numeric_limits<double>::quiet_NaN();
    double secondMean = std::numeric_limits<double>::quiet_NaN();
    double difference = std::numeric_limits<double>::quiet_NaN(); ///< second − first mean
};

/** Two windows of one or two series laid over each other: [firstFrom, firstFrom + length) and the same from
 *  secondFrom on. By the wall's clock, so that 8 o'clock meets 8 o'clock though summer time began in between; of the
 *  hour that comes twice in autumn the second one stands alone. Values pair up that are at most `tolerance` apart;
 *  0 = half of the first series' typical interval. */
Comparison comparePeriods(std::span<const Observation> first, std::int64_t firstFrom,
                          std::span<const Observation> second, std::int64_t secondFrom, std::int64_t length,
                          const QTimeZone &zone, std::int64_t tolerance = 0);

} // namespace hanseatlas
