// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/climate.h"
#include "datasources/demo/parallel.h"
#include "datasources/demo/random.h"

#include <algorithm>
#include <numbers>
#include <optional>

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

/** Of each cell, from smaller ones, and a little soft: banks are no steps of 20 m. */
Grid shareOfWater(const City &city)
{
    auto share = Grid::over(cityBox, 20);
    for (int r = 0; r < share.rows; ++r)
        for (int c = 0; c < share.columns; ++c)
            share.at(c, r) = 0.25F
                * float(city.waterCells.at(2 * c, 2 * r) + city.waterCells.at(2 * c + 1, 2 * r)
                        + city.waterCells.at(2 * c, 2 * r + 1) + city.waterCells.at(2 * c + 1, 2 * r + 1));
    return blurred(share, 10);
}

/** Finds ways along which cold air flows in at night: from the open land around a quarter over meadows, water and
 *  tracks towards its middle, downhill where there is a choice, until the houses stand too close. */
class ColdAir
{
public:
    ColdAir(const Grid &near, const Grid &wide, const Grid &cool, const Grid &terrain)
        : m_near(near)
        , m_wide(wide)
        , m_cool(cool)
        , m_terrain(terrain)
    {
    }

    std::vector<Path> paths()
    {
        std::vector<Path> all;
        for (const auto middle : quarters()) {
            constexpr int directions = 12;
            for (int i = 0; i < directions; ++i) {
                const double angle =
                    2 * std::numbers::pi * (i + 0.3 * smoothNoise(i + middle.x / 300, 5, 33)) / directions;
                const auto start = openLand(middle, {std::cos(angle), std::sin(angle)});
                if (!start)
                    continue;
                auto path = follow(*start, middle, all);
                if (pathLength(path) > 800)
                    all.push_back(std::move(path));
            }
        }
        return all;
    }

private:
    /** The middles of the most built-up places, apart from each other. */
    std::vector<PointXY> quarters() const
    {
        std::vector<PointXY> all;
        while (all.size() < 6) {
            PointXY best;
            double most = 0.09;
            for (double y = cityBox.yMin + 1500; y < cityBox.yMax - 1500; y += 200)
                for (double x = cityBox.xMin + 1500; x < cityBox.xMax - 1500; x += 200) {
                    const PointXY p{x, y};
                    if (m_wide.sample(p) > most
                        && std::ranges::none_of(all, [p](PointXY q) { return norm(p - q) < 3600; })) {
                        most = m_wide.sample(p);
                        best = p;
                    }
                }
            if (most <= 0.09)
                break;
            all.push_back(best);
        }
        return all;
    }

    std::optional<PointXY> openLand(PointXY middle, PointXY direction) const
    {
        for (double far = 700; far < 3800; far += 100) {
            const auto p = middle + direction * far;
            if (!cityBox.grown(-400).contains(p))
                return {};
            if (m_wide.sample(p) < 0.035F && m_cool.sample(p) < 0.2F)
                return p + direction * 300;
        }
        return {};
    }

    Path follow(PointXY from, PointXY to, const std::vector<Path> &others) const
    {
        Path path{from};
        auto p = from;
        auto heading = unitVector(to - from);
        constexpr double step = 60, reach = 200;
        for (int i = 0; i < 70 && norm(to - p) > 350; ++i) {
            auto best = heading;
            double bestScore = -1e9;
            for (int k = -6; k <= 6; ++k) {
                const auto direction = turned(heading, k * std::numbers::pi / 24);
                const auto there = p + direction * reach;
                const double score = 0.9 * dot(direction, unitVector(to - p)) - 3.2 * m_near.sample(there)
                    - 0.02 * (m_terrain.sample(there) - m_terrain.sample(p)) + 0.5 * m_cool.sample(there)
                    - 0.02 * std::abs(k);
                if (score > bestScore) {
                    bestScore = score;
                    best = direction;
                }
            }
            heading = best;
            p = p + heading * step;
            path.push_back(p);
            if (m_near.sample(p) > 0.36F || dot(heading, unitVector(to - p)) < 0.2)
                break; // houses in the way, or led past
            if (std::ranges::any_of(others, [p](const Path &other) { return distanceToPath(other, p) < 170; }))
                break; // flows on with the other
        }
        return smoothPath(path, 40);
    }

    const Grid &m_near, &m_wide, &m_cool, &m_terrain;
};

} // namespace

Heat makeHeat(const City &city, const Cover &cover, const Grid &terrain)
{
    const auto &[water, built] = cover;
    const auto near = blurred(built, 90), wide = blurred(built, 420), cool = blurred(water, 120), shade = shadeOf(city);
    auto hard = Grid::over(cityBox, 20);
    for (const auto &road : city.roads)
        if (road.kind != RoadKind::Residential)
            burn(hard, road.path, 1);
    const auto asphalt = blurred(hard, 30), lake = shareOfWater(city);

    Heat heat{.day = built, .night = built, .coldAir = {}};
    parallelFor(built.rows, [&](int r) {
        for (int c = 0; c < built.columns; ++c) {
            const auto p = built.centreOf(c, r);
            const double green = shade.at(c, r), open = lake.at(c, r);
            const double wet = std::max(open, 0.7 * cool.at(c, r)); // the wind carries some of it ashore
            const double bumps =
                0.7 * smoothNoise(p.x / 420, p.y / 420, 31) + 0.25 * smoothNoise(p.x / 130, p.y / 130, 32);
            const double dry = 33.2 + bumps + 16 * near.at(c, r) + 7 * wide.at(c, r) + 3 * asphalt.at(c, r);
            heat.day.at(c, r) = float(dry - 8.5 * green - 7.5 * open - 3.5 * (1 - open) * wet);
            heat.night.at(c, r) = float(14.6 + 14 * wide.at(c, r) + 4 * near.at(c, r) + 1.8 * wet - 0.6 * green
                                        + 0.25 * bumps - 0.015 * terrain.sample(p));
        }
    });
    heat.coldAir = ColdAir(near, wide, cool, terrain).paths();
    return heat;
}

} // namespace hanseatlas::demo
