// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"
#include "layers/observations/observation.h"

#include <QTimeZone>

#include <cstdint>
#include <limits>
#include <span>

/** Noise levels in dB(A). */
namespace hanseatlas
{

/** 10 lg of the mean of 10^(L/10): the steady level with the same energy. NaN and infinite levels are left out; NaN
 *  where nothing is left. */
double energeticMean(std::span<const double> levels);

/** One part of the day over a time. */
struct NoisePart {
    double level = std::numeric_limits<double>::quiet_NaN(); ///< without penalty; NaN: too little coverage
    double coverage = 0; ///< share of its hours with a level, 0 … 1
    std::int64_t hours = 0; ///< with a level
    std::int64_t expected = 0; ///< hours of this part within the time
};

struct NoiseLevels {
    NoisePart day; ///< 6–18 h, § 4 of 34. BImSchV
    NoisePart evening; ///< 18–22 h
    NoisePart night; ///< 22–6 h
    double den = std::numeric_limits<double>::quiet_NaN(); ///< L_DEN; NaN: one of the three has no level
};

struct NoiseSetup {
    std::int64_t from = 0; ///< ms since 1970 UTC; local midnight of the first day
    std::int64_t to = 0; ///< not included
    QTimeZone zone = QTimeZone("Europe/Berlin"); ///< whose clock parts the day
    double leastCoverage = 0.75; ///< of each part; below it there is no level
};

/** L_DEN = 10 lg (12·10^(L_day/10) + 4·10^((L_evening+5)/10) + 8·10^((L_night+10)/10)) / 24 after Directive 2002/49/EC,
 *  Annex I. From levels of one hour or less, in order of time; those of one hour are put together by their energy
 * first. A level belongs to the hour in which it begins; Quality::Bad does not count. The law means a year; any time
 * can be asked for. Fails where the time is empty or longer than 100 years. */
Result<NoiseLevels> noiseLevels(std::span<const Observation> levels, const NoiseSetup &setup);

/** L_DEN of the three levels; NaN where one is. */
double dayEveningNight(double day, double evening, double night);

} // namespace hanseatlas
