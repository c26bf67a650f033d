// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/noise.h"

#include "layers/observations/localclock_p.h"
#include "layers/observations/observationtexts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace hanseatlas
{

namespace
{

constexpr double eveningPenalty = 5, nightPenalty = 10; // dB

double energyOf(double level)
{
    return std::pow(10, level / 10);
}

/** Sums of 10^(L/10), relative to the loudest, so that no level is too loud or too quiet for a double. */
class Energy
{
public:
    void add(double level)
    {
        if (m_count == 0 || level > m_loudest) {
            m_sum *= m_count == 0 ? 0 : energyOf(m_loudest - level);
            m_loudest = level;
        }
        m_sum += energyOf(level - m_loudest);
        ++m_count;
    }
    std::int64_t count() const { return m_count; }
    double mean() const
    {
        return m_count == 0 ? std::numeric_limits<double>::quiet_NaN()
                            : m_loudest + 10 * std::log10(m_sum / double(m_count));
    }

private:
    double m_loudest = 0, m_sum = 0;
    std::int64_t m_count = 0;
};

std::size_t partOf(int hour)
{
    return hour >= 6 && hour < 18 ? 0 : hour >= 18 && hour < 22 ? 1 : 2;
}

/** Levels of one hour after the other into those of the parts. */
std::array<Energy, 3> energies(std::span<const Observation> levels, const NoiseSetup &setup, LocalClock clock)
{
    std::array<Energy, 3> parts;
    Energy hour;
    std::int64_t start = 0;
    const auto finish = [&] {
        if (hour.count() > 0)
            parts[partOf(clock.hour(start))].add(hour.mean());
        hour = {};
    };
    for (const auto &one : levels) {
        if (one.quality == Quality::Bad || !std::isfinite(one.value) || one.from < setup.from || one.from >= setup.to)
            continue;
        const auto of = floorDivision(clock.local(one.from), hourMs) * hourMs - clock.offset(one.from);
        if (of != start)
            finish();
        start = of;
        hour.add(one.value);
    }
    finish();
    return parts;
}

} // namespace

double energeticMean(std::span<const double> levels)
{
    Energy energy;
    for (const double level : levels)
        if (std::isfinite(level))
            energy.add(level);
    return energy.mean();
}

double dayEveningNight(double day, double evening, double night)
{
    const double loudest = std::max({day, evening + eveningPenalty, night + nightPenalty});
    return loudest
        + 10
        * std::log10((12 * energyOf(day - loudest) + 4 * energyOf(evening + eveningPenalty - loudest)
                      + 8 * energyOf(night + nightPenalty - loudest))
                     / 24);
}

Result<NoiseLevels> noiseLevels(std::span<const Observation> levels, const NoiseSetup &setup)
{
    if (setup.to <= setup.from || setup.to > setup.from + 100 * 366 * dayMs || !setup.zone.isValid())
        return failure(ErrorKind::Invalid,
                       ObservationTexts::tr("Noise levels need a time of at most 100 years that ends after it began."));
    LocalClock clock(setup.zone);
    std::array<NoisePart, 3> parts;
    for (auto at = setup.from; at < setup.to; at += hourMs)
        ++parts[partOf(clock.hour(at))].expected;
    const auto sums = energies(levels, setup, clock);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto &part = parts[i];
        part.hours = sums[i].count();
        part.coverage = part.expected > 0 ? std::min(1.0, double(part.hours) / double(part.expected)) : 0;
        if (part.hours > 0 && part.coverage + 1e-9 >= setup.leastCoverage)
            part.level = sums[i].mean();
    }
    return NoiseLevels{.day = parts[0],
                       .evening = parts[1],
                       .night = parts[2],
                       .den = dayEveningNight(parts[0].level, parts[1].level, parts[2].level)};
}

} // namespace hanseatlas
