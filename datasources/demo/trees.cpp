// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/city.h"
#include "datasources/demo/random.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas::demo
{

namespace
{

struct Planter {
    City &city;
    Random random{0x7ee5};

    void plant(PointXY place, const QString &species, const QString &site, int district)
    {
        const int planted = random.chance(0.2) ? random.whole(1900, 1955) : random.whole(1956, 2022);
        const double full = species == u"Hainbuche"_s || species == u"Mehlbeere"_s ? 7 : 13;
        const double crown =
            std::round(10 * std::min(full, 2.2 + (demoDay.year() - planted) * 0.17) * random.between(0.8, 1.15)) / 10;
        city.trees.push_back({place, species, planted, crown, site, district});
    }

    void alongStreets(const BuiltUp &built)
    {
        static const std::array species{u"Winterlinde"_s, u"Spitzahorn"_s, u"Platane"_s, u"Hainbuche"_s,
                                        u"Mehlbeere"_s,   u"Stieleiche"_s, u"Robinie"_s, u"Bergahorn"_s};
        for (const auto &road : city.roads) {
            if (road.kind == RoadKind::Motorway)
                continue;
            const bool main = road.kind <= RoadKind::Collector;
            const double chance = road.kind == RoadKind::Residential ? 0.24 : 0.7;
            const bool left = random.chance(chance), right = random.chance(chance);
            const auto kind = random.pick(species);
            const double step = random.between(11, 17), length = pathLength(road.path);
            const bool oldTown = norm(road.path[road.path.size() / 2] - oldTownCentre) < 1000;
            if (oldTown && road.name != u"An der Trave"_s && road.name != u"Kanalstraße"_s && road.halfWidth < 6)
                continue; // too narrow
            int district = -2;
            for (double s = 14; s < length - 12; s += step) {
                const auto station = stationAt(road.path, s);
                if (main && built.at(station.place) < 0.16)
                    continue;
                if (district == -2)
                    district = districtAt(city, station.place);
                for (const double side : {1.0, -1.0}) {
                    if (!(side > 0 ? left : right) || random.chance(0.16))
                        continue;
                    const auto place = station.place + leftOf(station.direction) * (side * (road.halfWidth - 1.1))
                        + PointXY{random.bell() * 0.3, random.bell() * 0.3};
                    if (district >= 0 && !isWater(city, place))
                        plant(place, random.chance(0.92) ? kind : random.pick(species), u"Straßenbaum"_s, district);
                }
            }
        }
    }

    /** Groves and glades, not even rain. */
    void within(const Ring &ring, double spacing, double threshold, const QString &site)
    {
        static const std::array species{u"Rotbuche"_s,  u"Stieleiche"_s,   u"Winterlinde"_s, u"Bergahorn"_s,
                                        u"Sandbirke"_s, u"Rosskastanie"_s, u"Waldkiefer"_s,  u"Schwarzerle"_s};
        const auto box = extentOf(ring);
        const int district = std::max(0, districtAt(city, centroid(ring)));
        for (double y = box.yMin; y < box.yMax; y += spacing) {
            for (double x = box.xMin; x < box.xMax; x += spacing) {
                const PointXY p{x + random.bell() * spacing * 0.4, y + random.bell() * spacing * 0.4};
                if (smoothNoise(p.x / 45, p.y / 45, 71) < threshold || !inside(ring, p))
                    continue;
                plant(p, random.pick(species), site, district);
            }
        }
    }
};

/** Walks through a park: from its edge over the middle and around. */
void layPaths(City &city, const Shape &shape, Random &random)
{
    const auto f = tightBox(shape.outer);
    const auto across = leftOf(f.along);
    std::vector<Path> paths;
    Path main, second;
    for (int i = -3; i <= 3; ++i)
        main.push_back(f.centre + f.along * (i / 6.2 * f.length) + across * (random.bell() * 0.12 * f.depth));
    for (int i = -2; i <= 2; ++i)
        second.push_back(f.centre + across * (i / 4.2 * f.depth) + f.along * (random.bell() * 0.12 * f.length));
    paths.push_back(smoothPath(main, 8));
    paths.push_back(smoothPath(second, 8));
    Ring loop;
    for (const auto p : resampled(shape.outer, std::max(30.0, pathLength(shape.outer) / 14)))
        loop.push_back(p + (f.centre - p) * 0.3);
    auto around = smoothRing(loop, 8);
    around.push_back(around.front());
    paths.push_back(std::move(around));
    for (const auto &path : paths) {
        Path inner;
        for (const auto p : path) {
            if (inside(shape, p)) {
                inner.push_back(p);
            } else if (inner.size() > 3) {
                city.paths.push_back(inner);
                inner.clear();
            } else {
                inner.clear();
            }
        }
        if (inner.size() > 3)
            city.paths.push_back(inner);
    }
}

} // namespace

void makeTrees(City &city)
{
    Planter planter{city};
    const BuiltUp built(city);
    planter.alongStreets(built);
    for (const auto &area : city.areas) {
        if (area.kind == AreaKind::Park) {
            layPaths(city, area.shape, planter.random);
            planter.within(area.shape.outer, 12, 0.05, u"Parkbaum"_s);
        } else if (area.kind == AreaKind::Cemetery) {
            planter.within(area.shape.outer, 14, 0.1, u"Friedhofsbaum"_s);
        } else if (area.kind == AreaKind::Campus) {
            planter.within(area.shape.outer, 24, 0.25, u"Parkbaum"_s);
        }
    }
    for (const auto &block : city.blocks)
        if (block.use == BlockUse::Green || block.use == BlockUse::Playground)
            planter.within(block.ring, 12, 0.0, u"Parkbaum"_s);
    // No tree stands in a house.
    std::vector<std::vector<std::uint32_t>> cells;
    constexpr double cell = 50;
    const int columns = int(cityBox.width() / cell) + 1, rows = int(cityBox.height() / cell) + 1;
    cells.resize(std::size_t(columns) * std::size_t(rows));
    const auto cellOf = [&](double x, double y) {
        return std::size_t(std::clamp(int((y - cityBox.yMin) / cell), 0, rows - 1) * columns
                           + std::clamp(int((x - cityBox.xMin) / cell), 0, columns - 1));
    };
    std::vector<Extent> boxes(city.buildings.size());
    for (std::size_t i = 0; i < city.buildings.size(); ++i) {
        const auto box = boxes[i] = extentOf(city.buildings[i].ring).grown(1);
        for (double y = box.yMin; y < box.yMax + cell; y += cell)
            for (double x = box.xMin; x < box.xMax + cell; x += cell)
                cells[cellOf(std::min(x, box.xMax), std::min(y, box.yMax))].push_back(std::uint32_t(i));
    }
    std::erase_if(city.trees, [&](const Tree &tree) {
        return std::ranges::any_of(cells[cellOf(tree.place.x, tree.place.y)],
                                   [&](std::uint32_t i) { return boxes[i].contains(tree.place); });
    });
}

} // namespace hanseatlas::demo
