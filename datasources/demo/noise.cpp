// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/climate.h"
#include "datasources/demo/parallel.h"

#include <algorithm>

namespace hanseatlas::demo
{

namespace
{

/** A kind of way: its level at 10 m by day, evening and night together, and how much less it is at night. */
struct Emission {
    double lden = 0;
    double lessAtNight = 8;
};

Emission emissionOf(RoadKind kind)
{
    switch (kind) {
    case RoadKind::Motorway:
        return {79.5, 7.5};
    case RoadKind::Primary:
        return {73.5, 8.5};
    case RoadKind::Secondary:
        return {68.5, 9};
    case RoadKind::Collector:
        return {62, 9.5};
    case RoadKind::Residential:
        break;
    }
    return {0, 0};
}

/** Line source: 3 dB for each doubling of distance and a little more over soft ground, plus the air's share. */
double level(double at10, double distance)
{
    const double d = std::max(distance, 8.0);
    return at10 - 12.5 * std::log10(d / 10) - 0.005 * d;
}

void addLevel(Grid &energy, const Grid &ways, double at10, const Grid &shield)
{
    const auto distance = distanceTo(ways);
    parallelFor(energy.rows, [&](int r) {
        for (int c = 0; c < energy.columns; ++c) {
            const double d = distance.at(c, r);
            if (d > 4000)
                continue;
            const double behind = std::clamp((d - 15) / 70, 0.0, 1.0); // the first row shields what lies behind it
            const double l = level(at10, d) - 22 * shield.at(c, r) * behind;
            energy.at(c, r) += float(std::pow(10.0, l / 10));
        }
    });
}

} // namespace

Grid makeNoise(const City &city, bool night)
{
    auto built = Grid::over(cityBox, 20);
    for (const auto &building : city.buildings)
        addCoverage(built, building.ring);
    const auto shield = blurred(built, 60);
    auto energy = Grid::over(cityBox, 20, 1000); // a quiet background of 30 dB(A)
    for (const auto kind : {RoadKind::Motorway, RoadKind::Primary, RoadKind::Secondary, RoadKind::Collector}) {
        auto ways = Grid::over(cityBox, 20);
        for (const auto &road : city.roads)
            if (road.kind == kind)
                burn(ways, road.path, 1);
        const auto emission = emissionOf(kind);
        addLevel(energy, ways, emission.lden - (night ? emission.lessAtNight : 0), shield);
    }
    for (const bool mainLine : {true, false}) {
        auto ways = Grid::over(cityBox, 20);
        for (const auto &rail : city.rails)
            if (rail.main == mainLine)
                burn(ways, rail.path, 1);
        const double lden = mainLine ? 74 : 64;
        addLevel(energy, ways, lden - (night ? 6.5 : 0), shield);
    }
    for (auto &v : energy.values)
        v = 10 * std::log10(v);
    return energy;
}

} // namespace hanseatlas::demo
