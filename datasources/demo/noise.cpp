// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/climate.h"
#include "datasources/demo/parallel.h"

#include <algorithm>
#include <array>
#include <numbers>

namespace hanseatlas::demo
{

namespace
{

/** A kind of way: its level at 10 m by day, evening and night together, and how much less it is at night. */
struct Source {
    bool rail = false;
    int kind = 0; ///< RoadKind, or 1 for a main line
    double lden = 0;
    double lessAtNight = 0;
};
constexpr std::array<Source, 6> sources{Source{false, int(RoadKind::Motorway), 79.5, 7.5},
                                        {false, int(RoadKind::Primary), 73.5, 8.5},
                                        {false, int(RoadKind::Secondary), 68.5, 9},
                                        {false, int(RoadKind::Collector), 62, 9.5},
                                        {true, 1, 77, 5.5},
                                        {true, 0, 66, 6.5}};

constexpr float perDecibel = std::numbers::ln10_v<float> / 10;

float energyOf(double decibels)
{
    return std::exp(perDecibel * float(decibels));
}

Grid distancesOf(const City &city, const Source &source)
{
    std::vector<const Path *> ways;
    if (source.rail) {
        for (const auto &rail : city.rails)
            if (int(rail.main) == source.kind)
                ways.push_back(&rail.path);
    } else {
        for (const auto &road : city.roads)
            if (int(road.kind) == source.kind)
                ways.push_back(&road.path);
    }
    return distanceTo(ways, cityBox, 20);
}

/** Share of a line source's energy at 10 m that arrives: 3 dB less for each doubling of distance and a little more over
 *  soft ground, the air's share, and the first row of houses, which shields what lies behind it. */
float arriving(float distance, float shield)
{
    const float d = std::max(distance, 8.0F), behind = std::clamp((distance - 15) / 70, 0.0F, 1.0F);
    return std::exp(-1.25F * std::log(d / 10) - perDecibel * (0.005F * d + 22 * shield * behind));
}

} // namespace

Noise makeNoise(const City &city, const Cover &cover)
{
    const auto shield = blurred(cover.built, 60);
    std::array<Grid, sources.size()> distances;
    parallelFor(int(sources.size()),
                [&](int i) { distances[std::size_t(i)] = distancesOf(city, sources[std::size_t(i)]); });
    std::array<float, sources.size()> day{}, night{};
    for (std::size_t i = 0; i < sources.size(); ++i) {
        day[i] = energyOf(sources[i].lden);
        night[i] = energyOf(sources[i].lden - sources[i].lessAtNight);
    }
    Noise noise;
    for (auto *levels : {&noise.road, &noise.rail})
        levels->lden = levels->lnight = Grid::over(cityBox, 20);
    parallelFor(shield.rows, [&](int r) {
        const auto first = shield.index(0, r), last = first + std::size_t(shield.columns);
        for (auto i = first; i < last; ++i) {
            float sums[4] = {500, 500, 500, 500}; // a quiet background of 27 dB(A)
            for (std::size_t k = 0; k < sources.size(); ++k) {
                if (distances[k].values[i] > 4000)
                    continue;
                const float share = arriving(distances[k].values[i], shield.values[i]);
                sums[sources[k].rail ? 2 : 0] += day[k] * share;
                sums[sources[k].rail ? 3 : 1] += night[k] * share;
            }
            noise.road.lden.values[i] = 10 * std::log10(sums[0]);
            noise.road.lnight.values[i] = 10 * std::log10(sums[1]);
            noise.rail.lden.values[i] = 10 * std::log10(sums[2]);
            noise.rail.lnight.values[i] = 10 * std::log10(sums[3]);
        }
    });
    return noise;
}

} // namespace hanseatlas::demo
