// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/city.h"
#include "datasources/demo/parallel.h"
#include "datasources/demo/random.h"

#include <algorithm>
#include <cmath>

namespace hanseatlas::demo
{

namespace
{

/** Houses on one block. Nothing stands outside of it or on another house. */
class Site
{
public:
    explicit Site(const Block &on)
        : block(on)
        , random(on.seed)
        , area(signedArea(on.ring))
        , frame(tightBox(on.ring))
        , sides(sidesOf(on.ring))
    {
    }

    bool fits(const Ring &ring) const
    {
        for (const auto p : ring)
            if (!inside(block.ring, p))
                return false;
        const auto box = extentOf(ring);
        for (std::size_t i = 0; i < buildings.size(); ++i)
            if (m_boxes[i].intersects(box) && convexOverlap(m_solids[i], ring))
                return false;
        return true;
    }

    /** `ring` is convex; `shown` may be a finer outline within it. */
    bool add(BuildingUse use, const Ring &ring, double height, int storeys, int year, const Ring *shown = nullptr)
    {
        if (!fits(ring))
            return false;
        m_boxes.push_back(extentOf(ring));
        m_solids.push_back(ring);
        buildings.push_back({use, shown ? *shown : ring, std::round(height * 10) / 10, storeys, year});
        return true;
    }

    const Block &block;
    Random random;
    double area;
    Frame frame;
    std::vector<Side> sides;
    std::vector<Building> buildings;

private:
    std::vector<Extent> m_boxes;
    std::vector<Ring> m_solids;
};

struct Lot {
    PointXY front; ///< left end of the house front, on the building line
    PointXY along, into;
    double width = 0;
    double at = 0; ///< along the side
};

/** Lots one after the other along a side. `next` gives the width of the next lot, `build` puts something on it. */
template <class Next, class Build>
void alongSide(const Side &side, double setback, double startMargin, double endMargin, Next next, Build build)
{
    for (double s = startMargin; s < side.length - endMargin;) {
        const double width = next();
        if (s + width > side.length - endMargin)
            return;
        const auto a = stationAt(side.path, s).place, b = stationAt(side.path, s + width).place;
        const auto along = unitVector(b - a), into = leftOf(along);
        build(Lot{a + into * setback, along, into, norm(b - a), s});
        s += width;
    }
}

double heightOf(int storeys, double perStorey, double roof)
{
    return storeys * perStorey + roof;
}

/** A house with a bay or wing now and then. `ring` is the full rectangle. */
Ring withNotch(const Lot &lot, PointXY corner, double width, double depth, Random &random)
{
    const double nw = width * random.between(0.35, 0.5), nd = depth * random.between(0.25, 0.4);
    const auto at = [&](double x, double y) { return corner + lot.along * x + lot.into * y; };
    if (random.chance(0.5))
        return {at(0, 0), at(width, 0), at(width, depth), at(nw, depth), at(nw, depth - nd), at(0, depth - nd)};
    return {at(0, 0),    at(width, 0), at(width, depth - nd), at(width - nw, depth - nd), at(width - nw, depth),
            at(0, depth)};
}

void detachedHouses(Site &site, double lotFrom, double lotTo, double houseFrom, double houseTo, int yearFrom,
                    int yearTo)
{
    auto &r = site.random;
    const int year = r.whole(yearFrom, yearTo);
    const double setback = r.between(4, 7);
    for (const auto &side : site.sides) {
        alongSide(
            side, setback, 3, 3, [&] { return r.between(lotFrom, lotTo); },
            [&](const Lot &lot) {
                if (r.chance(0.03))
                    return;
                const double width = std::min(r.between(houseFrom, houseTo), lot.width - 5),
                             depth = r.between(8.5, 11.5);
                const double left = r.between(1.5, std::max(1.6, lot.width - width - 1.5)), back = r.between(0, 3.5);
                const auto corner = lot.front + lot.along * left + lot.into * back;
                const auto ring = rectangle(corner, lot.along, width, lot.into, depth);
                const auto notched = withNotch(lot, corner, width, depth, r);
                const int storeys = r.chance(0.55) ? 1 : 2;
                const int built = std::min(2024, year + r.whole(-6, 14));
                if (!site.add(BuildingUse::House, ring, heightOf(storeys, 2.9, r.between(2.5, 4.2)), storeys, built,
                              r.chance(0.4) ? &notched : nullptr))
                    return;
                if (r.chance(0.16)) { // beside the house, at the other boundary
                    const bool right = left < (lot.width - width) / 2;
                    const auto place =
                        lot.front + lot.along * (right ? lot.width - 3.4 : 0.3) + lot.into * (back + r.between(1, 6));
                    site.add(BuildingUse::Garage, rectangle(place, lot.along, 3.1, lot.into, 6.2), 2.6, 1,
                             built + r.whole(0, 10));
                }
                if (r.chance(0.09)) {
                    const double w = r.between(2.4, 4.2), d = r.between(2, 3.2);
                    const auto place = lot.front + lot.along * r.between(0.5, std::max(0.6, lot.width - w - 0.5))
                        + lot.into * r.between(18, 25);
                    site.add(BuildingUse::Shed, rectangle(place, lot.along, w, lot.into, d), 2.4, 1,
                             std::min(2024, built + r.whole(2, 30)));
                }
            });
    }
}

void villageHouses(Site &site)
{
    auto &r = site.random;
    if (r.chance(0.3)) { // a farmstead
        const auto corner = site.frame.centre - site.frame.along * 14;
        site.add(BuildingUse::Farm,
                 rectangle(corner, site.frame.along, r.between(24, 34), leftOf(site.frame.along), r.between(11, 15)),
                 8.5, 1, r.whole(1880, 1985));
    }
    detachedHouses(site, 26, 38, 11, 15.5, 1900, 1995);
}

void rowHouses(Site &site)
{
    auto &r = site.random;
    const int year = r.whole(1952, 2012);
    const double setback = r.between(4, 6), depth = r.between(9, 11), unit = r.between(6.4, 8);
    const int storeys = r.chance(0.7) ? 2 : 3;
    const double height = heightOf(storeys, 2.8, 3);
    for (const auto &side : site.sides) {
        if (side.length < 34)
            continue;
        int left = r.whole(4, 8);
        bool gap = false;
        alongSide(
            side, setback, 6, 6,
            [&] {
                gap = left-- == 0;
                if (gap)
                    left = r.whole(4, 8);
                return gap ? r.between(8, 13) : unit;
            },
            [&](const Lot &lot) {
                if (gap)
                    return;
                const auto front = lot.front + lot.into * (left % 2 ? 0.0 : 0.6);
                if (!site.add(BuildingUse::RowHouse, rectangle(front, lot.along, lot.width, lot.into, depth), height,
                              storeys, year))
                    return;
                if (r.chance(0.06))
                    site.add(BuildingUse::Shed,
                             rectangle(lot.front + lot.along * 0.4 + lot.into * r.between(20, 23), lot.along, 2.4,
                                       lot.into, 2.2),
                             2.3, 1, year + 10);
            });
    }
    // Garage courts in the middle of deep blocks
    if (site.frame.depth > 58 && site.frame.length > 70 && r.chance(0.4)) {
        auto place = site.frame.centre - site.frame.along * 14;
        for (int i = 0; i < 9; ++i)
            site.add(
                BuildingUse::Garage,
                rectangle(place + site.frame.along * (i * 3.0), site.frame.along, 3.0, leftOf(site.frame.along), 5.6),
                2.5, 1, year + 8);
    }
}

void perimeterBlock(Site &site)
{
    auto &r = site.random;
    const int year = r.chance(0.65) ? r.whole(1885, 1914) : r.chance(0.5) ? r.whole(1925, 1938) : r.whole(1950, 1968);
    const double setback = r.chance(0.5) ? 0.4 : 3.2, depth = r.between(11, 13);
    const int storeys = r.whole(3, 5);
    for (const auto &side : site.sides) {
        const bool open = r.chance(0.08); // a side that stayed open
        alongSide(
            side, setback, setback, depth + setback,
            [&] { return std::min(r.between(14, 24), std::max(8.0, side.length - depth - 2 * setback)); },
            [&](const Lot &lot) {
                if (open || r.chance(0.035))
                    return;
                const int floors = std::clamp(storeys + (r.chance(0.25) ? r.whole(-1, 1) : 0), 2, 6);
                const double height = heightOf(floors, 3.3, 3);
                const auto use = r.chance(0.2) ? BuildingUse::Mixed : BuildingUse::Flats;
                const double back = depth + r.between(-0.8, 0.8);
                if (!site.add(use, rectangle(lot.front, lot.along, lot.width, lot.into, back), height, floors,
                              year + r.whole(-4, 6)))
                    return;
                if (r.chance(0.4)) // wing into the court
                    site.add(use,
                             rectangle(lot.front + lot.into * (back + 0.06)
                                           + lot.along * (r.chance(0.5) ? 0.1 : lot.width - 5.1),
                                       lot.along, 5, lot.into, r.between(4, 8)),
                             height - 3, floors - 1, year + 3);
                if (site.frame.depth > 62 && r.chance(0.2))
                    site.add(BuildingUse::Shed,
                             rectangle(lot.front + lot.into * (back + r.between(10, 14)) + lot.along * 1.5, lot.along,
                                       std::min(9.0, lot.width - 3), lot.into, r.between(5, 9)),
                             r.between(3.5, 8), 2, year + 15);
            });
    }
}

void slabs(Site &site)
{
    auto &r = site.random;
    const auto &f = site.frame;
    const int year = r.whole(1958, 1976);
    const int storeys = r.whole(3, 5);
    const bool towers = r.chance(0.22);
    const auto across = leftOf(f.along);
    const double length = std::min(f.depth - 16, r.between(46, 66));
    const double spacing = storeys * 3 + r.between(17, 22);
    for (double x = -f.length / 2 + 9; x < f.length / 2 - 20; x += spacing) {
        const bool two = f.depth > 2 * 40 + 26 && length < f.depth / 2;
        for (int part = 0; part < (two ? 2 : 1); ++part) {
            const double long_ = two ? std::min(length, f.depth / 2 - 14) : length;
            const double y = two ? (part ? 6.0 : -long_ - 6) : -long_ / 2;
            const auto corner = f.centre + f.along * x + across * (y + r.between(-3, 3));
            if (towers && r.chance(0.4)) {
                site.add(BuildingUse::Flats, rectangle(corner, f.along, 21, across, 21), 9 * 2.85 + 2, r.whole(8, 13),
                         year + 4);
                continue;
            }
            // Staircases give the slab its segments, slightly shifted against one another.
            const int segments = std::max(2, int(long_ / 17));
            for (int s = 0; s < segments; ++s)
                site.add(BuildingUse::Flats,
                         rectangle(corner + across * (s * long_ / segments) + f.along * (s % 2 ? 1.2 : 0.0), f.along,
                                   11.5, across, long_ / segments),
                         storeys * 2.85 + 2, storeys, year);
        }
    }
    if (site.frame.length > 90 && r.chance(0.6)) {
        const auto place = f.centre - f.along * (f.length / 2 - 6) - across * (f.depth / 2 - 8);
        for (int i = 0; i < 12; ++i)
            site.add(BuildingUse::Garage, rectangle(place + across * (i * 3.0), f.along, 5.6, across, 3.0), 2.5, 1,
                     year + 3);
    }
}

void halls(Site &site, double big, double cover)
{
    auto &r = site.random;
    const auto &f = site.frame;
    const auto across = leftOf(f.along);
    const int rows = std::max(1, int(std::round(f.depth / (0.85 * big))));
    const double cellDepth = f.depth / rows;
    for (int row = 0; row < rows; ++row) {
        for (double x = -f.length / 2; x < f.length / 2 - 14;) {
            const double cell = std::min(r.between(0.45, 1.4) * big, f.length / 2 - x);
            double w = cell * std::sqrt(cover) * r.between(0.85, 1.1),
                   d = cellDepth * std::sqrt(cover) * r.between(0.75, 1.1);
            const int year = r.whole(1955, 2019);
            for (int attempt = 0; attempt < 4; ++attempt, w *= 0.75, d *= 0.75) {
                const auto corner = f.centre + f.along * (x + (cell - w) / 2)
                    + across * (-f.depth / 2 + row * cellDepth + (cellDepth - d) / 2);
                if (!site.add(BuildingUse::Hall, rectangle(corner, f.along, w, across, d), r.between(6, 12), 1, year))
                    continue;
                const double ow = std::min(w * 0.5, 24.0); // the office in front
                site.add(BuildingUse::Office,
                         rectangle(corner + f.along * r.between(0, w - ow) - across * 9.1, f.along, ow, across, 9), 9.5,
                         r.whole(2, 4), year);
                break;
            }
            if (r.chance(0.6))
                site.add(BuildingUse::Shed,
                         rectangle(f.centre + f.along * (x + 2) + across * (-f.depth / 2 + row * cellDepth + 4),
                                   f.along, r.between(5, 9), across, r.between(4, 7)),
                         4, 1, year + 2);
            x += cell;
        }
    }
}

void shops(Site &site)
{
    auto &r = site.random;
    if (r.chance(0.55) || site.area < 4000) {
        halls(site, 75, 0.42);
        return;
    }
    perimeterBlock(site);
}

void school(Site &site)
{
    auto &r = site.random;
    const auto &f = site.frame;
    const auto across = leftOf(f.along);
    const int year = r.whole(1905, 1985);
    const double w = std::min(64.0, f.length * 0.5), d = 15;
    const auto corner = f.centre - f.along * (f.length * 0.42) - across * (f.depth * 0.34);
    site.add(BuildingUse::School, rectangle(corner, f.along, w, across, d), 13, 3, year);
    site.add(BuildingUse::School,
             rectangle(corner + across * (d + 0.1), f.along, 14, across, std::min(30.0, f.depth * 0.3)), 10, 2,
             year + 5);
    site.add(BuildingUse::School, rectangle(corner + f.along * (w + 14), f.along, 32, across, 22), 9, 1, year + 12);
}

/** A block of the old town: gabled houses shoulder to shoulder, wings behind them, "Gänge" in the middle. */
void oldTownBlock(Site &site)
{
    auto &r = site.random;
    const auto yearOf = [&r] { return r.chance(0.35) ? r.whole(1950, 1975) : r.whole(1480, 1890); };
    const double depth = std::min(r.between(13, 16), site.frame.depth * 0.42);
    for (const auto &side : site.sides) {
        if (side.length < 9)
            continue;
        alongSide(
            side, 0.1, 0.1, depth + 0.2,
            [&] { return std::min(r.between(6.8, 11.5), std::max(5.0, side.length - depth - 0.4)); },
            [&](const Lot &lot) {
                if (r.chance(0.015))
                    return;
                const int storeys = r.whole(2, 4);
                const double back = depth + r.between(-2, 2), height = heightOf(storeys, 3.1, r.between(4, 6));
                const int year = yearOf();
                const auto use = r.chance(0.3) ? BuildingUse::Mixed : BuildingUse::OldTownHouse;
                if (!site.add(use, rectangle(lot.front, lot.along, lot.width, lot.into, back), height, storeys, year))
                    return;
                if (r.chance(0.5)) {
                    const double w = std::min(4.4, lot.width * 0.55), d = r.between(6, 13);
                    const auto place = lot.front + lot.into * (back + 0.06)
                        + lot.along * (r.chance(0.5) ? 0.05 : lot.width - w - 0.05);
                    site.add(BuildingUse::OldTownHouse, rectangle(place, lot.along, w, lot.into, d), height - 3,
                             storeys - 1, year + 20);
                }
            });
    }
    const auto &f = site.frame;
    const auto across = leftOf(f.along);
    if (f.depth < 60)
        return;
    // "Gänge": little houses on both sides of narrow passages, from the street in
    for (double x = -f.length / 2 + depth + 10; x < f.length / 2 - depth - 16; x += r.between(30, 70)) {
        if (r.chance(0.35))
            continue;
        const double inner = std::min(f.depth / 2 - depth - 4, 34.0);
        const double start = r.chance(0.5) ? -inner : 0;
        for (double y = start; y < start + inner - 5;) {
            const double w = r.between(4.6, 5.8);
            for (const double side : {0.0, 7.8})
                site.add(BuildingUse::OldTownHouse,
                         rectangle(f.centre + f.along * (x + side) + across * y, f.along, 5.2, across, w),
                         r.between(5, 7.5), 2, r.whole(1600, 1880));
            y += w + 0.05;
        }
    }
}

void fill(Site &site)
{
    switch (site.block.use) {
    case BlockUse::School:
        school(site);
        return;
    case BlockUse::Green:
    case BlockUse::Playground:
    case BlockUse::Parking:
    case BlockUse::Square:
        return;
    case BlockUse::Buildings:
        break;
    }
    switch (site.block.kind) {
    case QuarterKind::OldTown:
        oldTownBlock(site);
        break;
    case QuarterKind::Perimeter:
        perimeterBlock(site);
        break;
    case QuarterKind::Villas:
        villageHouses(site);
        break;
    case QuarterKind::Detached:
        detachedHouses(site, 24, 34, 10, 14.5, 1930, 2010);
        break;
    case QuarterKind::Rows:
        site.random.chance(0.38) ? rowHouses(site) : detachedHouses(site, 20, 27, 9, 12.5, 1936, 2005);
        break;
    case QuarterKind::Slabs:
        site.random.chance(0.8) ? slabs(site) : rowHouses(site);
        break;
    case QuarterKind::Industry:
        halls(site, 68, 0.5);
        break;
    case QuarterKind::Harbour:
        halls(site, 95, 0.4);
        break;
    case QuarterKind::Commerce:
        shops(site);
        break;
    }
}

} // namespace

void makeBuildings(City &city)
{
    std::vector<std::vector<Building>> made(city.blocks.size());
    parallelFor(int(city.blocks.size()), [&](int i) {
        const auto &block = city.blocks[std::size_t(i)];
        Site site(block);
        fill(site);
        const int district = std::max(0, districtAt(city, site.frame.centre));
        for (auto &building : site.buildings) {
            building.block = i;
            building.district = district;
        }
        made[std::size_t(i)] = std::move(site.buildings);
    });
    for (auto &buildings : made)
        city.buildings.insert(city.buildings.end(), std::make_move_iterator(buildings.begin()),
                              std::make_move_iterator(buildings.end()));
}

} // namespace hanseatlas::demo
