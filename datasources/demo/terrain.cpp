// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/climate.h"
#include "datasources/demo/parallel.h"
#include "datasources/demo/random.h"

#include <algorithm>

namespace hanseatlas::demo
{

namespace
{

double smoothStep(double from, double to, double x)
{
    const double t = std::clamp((x - from) / (to - from), 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

double hills(PointXY p)
{
    const double south = smoothStep(5972000, 5961500, p.y), east = smoothStep(612000, 623000, p.x);
    const double broad = 15 + 9 * smoothNoise(p.x / 3400, p.y / 3400, 21) + 16 * south + 9 * east * (1 - south);
    const double fine = 4.5 * smoothNoise(p.x / 900, p.y / 900, 22) + 1.6 * smoothNoise(p.x / 300, p.y / 300, 23);
    const double island =
        9 * std::exp(-std::pow(norm({(p.x - oldTownCentre.x) / 430, (p.y - oldTownCentre.y) / 800}), 2));
    return std::clamp(broad + fine + island, 2.5, 62.0);
}

} // namespace

Cover makeCover(const City &city)
{
    Cover cover{.water = Grid::over(cityBox, 20), .built = Grid::over(cityBox, 20)};
    for (const auto &shape : city.water)
        burn(cover.water, shape, 1);
    for (const auto &building : city.buildings)
        addCoverage(cover.built, building.ring);
    return cover;
}

Grid makeTerrain(const Cover &cover)
{
    const auto shore = distanceTo(cover.water);
    auto terrain = cover.water;
    parallelFor(terrain.rows, [&](int r) {
        for (int c = 0; c < terrain.columns; ++c) {
            const auto p = terrain.centreOf(c, r);
            const double d = shore.at(c, r);
            const double bank = 1.2 * smoothStep(0, 40, d); // quays and banks
            const double rise = smoothStep(0, 1100, d);
            const double bumps =
                0.12 * smoothNoise(p.x / 60, p.y / 60, 24) + 0.06 * smoothNoise(p.x / 25, p.y / 25, 25);
            terrain.at(c, r) = d <= 0
                ? 0.0F
                : float(std::max(0.3, 0.4 + bank + rise * (hills(p) - 1.5) + bumps * std::min(1.0, d / 60)));
        }
    });
    return blurred(terrain, 25);
}

} // namespace hanseatlas::demo
