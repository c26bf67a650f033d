// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/climate.h"
#include "datasources/demo/parallel.h"
#include "datasources/demo/random.h"

#include <algorithm>
#include <numbers>

namespace hanseatlas::demo
{

namespace
{

Grid shadeOf(const City &city)
{
    auto shade = Grid::over(cityBox, 20);
    for (const auto &area : city.areas) {
        const float share = area.kind == AreaKind::Forest                    ? 1.0F
            : area.kind == AreaKind::Park || area.kind == AreaKind::Cemetery ? 0.65F
            : area.kind == AreaKind::Allotments                              ? 0.35F
                                                                             : 0.0F;
        if (share > 0)
            burn(shade, area.shape, share);
    }
    for (const auto &tree : city.trees)
        if (const int c = shade.columnOf(tree.place.x), r = shade.rowOf(tree.place.y); shade.has(c, r))
            shade.at(c, r) = std::min(1.0F, shade.at(c, r) + float(tree.crown * tree.crown / 510));
    return blurred(shade, 40);
}

/** Follows the night's warmth uphill from the green around the city: where cold air is drawn to. */
Path coldAirPath(PointXY from, const Grid &warmth, const Grid &terrain, const Grid &water)
{
    Path path{from};
    auto p = from;
    auto heading = unitVector(oldTownCentre - from);
    constexpr double stepLength = 60, reach = 220;
    for (int step = 0; step < 42; ++step) {
        PointXY best = heading;
        double bestScore = -1e9;
        for (int k = -4; k <= 4; ++k) {
            const auto direction = turned(heading, k * std::numbers::pi / 18);
            const auto there = p + direction * reach;
            const double score = 2.2 * warmth.sample(there) - 0.12 * terrain.sample(there) + 0.8 * water.sample(there)
                - 0.05 * std::abs(k);
            if (score > bestScore) {
                bestScore = score;
                best = direction;
            }
        }
        heading = best;
        p = p + heading * stepLength;
        path.push_back(p);
        if (norm(p - oldTownCentre) < 500)
            break;
    }
    return smoothPath(path, 40);
}

} // namespace

Heat makeHeat(const City &city, const Grid &terrain)
{
    auto built = Grid::over(cityBox, 20), water = built;
    for (const auto &building : city.buildings)
        addCoverage(built, building.ring);
    for (const auto &shape : city.water)
        burn(water, shape, 1);
    const auto near = blurred(built, 90), wide = blurred(built, 420), cool = blurred(water, 120), shade = shadeOf(city);
    auto hard = Grid::over(cityBox, 20);
    for (const auto &road : city.roads)
        if (road.kind != RoadKind::Residential)
            burn(hard, road.path, 1);
    const auto asphalt = blurred(hard, 30);

    Heat heat{.day = built, .night = built, .coldAir = {}};
    parallelFor(built.rows, [&](int r) {
        for (int c = 0; c < built.columns; ++c) {
            const auto p = built.centreOf(c, r);
            const double green = shade.at(c, r), wet = water.at(c, r) > 0 ? 1 : 0.7 * cool.at(c, r);
            const double bumps =
                0.9 * smoothNoise(p.x / 260, p.y / 260, 31) + 0.4 * smoothNoise(p.x / 90, p.y / 90, 32);
            const double open = 34.2 + bumps + 13 * near.at(c, r) + 7 * wide.at(c, r) + 3 * asphalt.at(c, r);
            heat.day.at(c, r) = float(open - 8.5 * green - (wet >= 1 ? 7.5 : 3.5 * wet));
            heat.night.at(c, r) = float(14.6 + 14 * wide.at(c, r) + 4 * near.at(c, r) + 1.8 * wet - 0.6 * green
                                        + 0.25 * bumps - 0.015 * terrain.sample(p));
        }
    });
    for (int i = 0; i < 16; ++i) {
        const double angle = 2 * std::numbers::pi * (i + 0.3 * smoothNoise(i, 5, 33)) / 16;
        const double radius = 3300 + 700 * smoothNoise(i * 3.7, 9, 34);
        const PointXY start{oldTownCentre.x + radius * std::cos(angle), oldTownCentre.y + radius * std::sin(angle)};
        if (wide.sample(start) < 0.1)
            heat.coldAir.push_back(coldAirPath(start, heat.night, terrain, cool));
    }
    return heat;
}

} // namespace hanseatlas::demo
