// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/city.h"
#include "datasources/demo/random.h"
#include "datasources/demo/shapeops.h"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace hanseatlas::demo
{

namespace
{

struct Stand {
    PointXY centre, along, across;
    PointXY at(double x, double y) const { return centre + along * x + across * y; }
    Ring box(double x0, double y0, double x1, double y1) const
    {
        return {at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1)};
    }
};

/** Nave, side aisles and a round choir in the east. */
Ring churchRing(const Stand &s, double length, double depth)
{
    const double l = length / 2, d = depth / 2;
    Ring ring{s.at(-l, -d), s.at(l - d, -d)};
    for (int i = 1; i < 8; ++i) {
        const double angle = -std::numbers::pi / 2 + i * std::numbers::pi / 8;
        ring.push_back(s.at(l - d + d * std::cos(angle), d * std::sin(angle)));
    }
    ring.push_back(s.at(l - d, d));
    ring.push_back(s.at(-l, d));
    return ring;
}

Ring round(PointXY centre, double radius)
{
    Ring ring;
    for (int i = 0; i < 16; ++i)
        ring.push_back(centre + turned({radius, 0}, i * std::numbers::pi / 8));
    return ring;
}

struct Maker {
    City &city;

    /** Takes away what stands within `margin` of the box. */
    void clear(const Ring &box, double margin)
    {
        const auto middle = centroid(box);
        Ring grown;
        for (const auto p : box)
            grown.push_back(p + unitVector(p - middle) * margin * 1.4);
        const auto extent = extentOf(grown);
        std::erase_if(city.buildings, [&](const Building &b) {
            return extentOf(b.ring).intersects(extent)
                && (convexOverlap(grown, b.ring) || inside(grown, centroid(b.ring)));
        });
    }

    void add(BuildingUse use, const QString &name, Ring ring, double height, int storeys, int year)
    {
        const auto place = centroid(ring);
        city.buildings.push_back(
            {use, std::move(ring), height, storeys, year, -1, std::max(0, districtAt(city, place)), name});
    }

    void square(const QString &name, PointXY centre, double length, double depth, double lean)
    {
        const auto along = turned({1, 0}, lean);
        const Stand s{centre, along, leftOf(along)};
        const auto ring = s.box(-length / 2, -depth / 2, length / 2, depth / 2);
        clear(ring, 0);
        city.blocks.push_back({QuarterKind::OldTown, BlockUse::Square, name, ring, 0});
    }

    void church(const QString &name, const Stand &s, double length, double depth, bool twoTowers, int year)
    {
        add(BuildingUse::Church, name, churchRing(s, length, depth), depth * 0.8, 1, year);
        const double t = depth * 0.34;
        const double x = -length / 2 - t * 0.9;
        if (twoTowers) {
            add(BuildingUse::Church, name, s.box(x, -depth / 2, x + t * 0.88, -depth / 2 + t), depth * 2.8, 1, year);
            add(BuildingUse::Church, name, s.box(x, depth / 2 - t, x + t * 0.88, depth / 2), depth * 2.8, 1, year);
        } else {
            add(BuildingUse::Church, name, s.box(x, -t / 2, x + t * 0.88, t / 2), depth * 2.4, 1, year);
        }
    }

    void landmark(const LandmarkPlan &plan)
    {
        const auto along = turned({1, 0}, plan.kind == LandmarkKind::Station ? 1.32 : -0.05);
        const Stand s{plan.place + planOrigin, along, leftOf(along)};
        const double l = plan.length / 2, d = plan.depth / 2;
        clear(s.box(-l - 10, -d - 4, l + 4, d + 4), plan.kind == LandmarkKind::Church ? 9 : 3);
        switch (plan.kind) {
        case LandmarkKind::Church:
            church(plan.name, s, plan.length, plan.depth, plan.name == u"St. Marien"_s || plan.name == u"Dom"_s, 1280);
            break;
        case LandmarkKind::Gate:
            add(BuildingUse::Public, plan.name, s.box(-l + d, -d * 0.8, l - d, d * 0.8), 18, 3, 1478);
            add(BuildingUse::Public, plan.name, round(s.at(-l + d, 0), d), 22, 3, 1478);
            add(BuildingUse::Public, plan.name, round(s.at(l - d, 0), d), 22, 3, 1478);
            break;
        case LandmarkKind::Station:
            add(BuildingUse::Public, plan.name, s.box(-l, -d, l, -d + 18), 17, 2, 1908);
            add(BuildingUse::Public, plan.name, s.box(-l + 6, -d + 18.2, l - 6, d), 15, 1, 1908);
            break;
        case LandmarkKind::Hospital:
            add(BuildingUse::Hospital, plan.name, s.box(-l, -d, l, d), 14, 2, 1286);
            break;
        case LandmarkKind::School:
            add(BuildingUse::School, plan.name, s.box(-l, -d, l, d), 15, 3, 1531);
            break;
        case LandmarkKind::TownHall:
        case LandmarkKind::Theatre:
        case LandmarkKind::Hall:
            add(BuildingUse::Public, plan.name, s.box(-l, -d, l, d), 19, 3,
                plan.kind == LandmarkKind::Hall ? 1994 : 1442);
            break;
        }
    }

    /** Long houses with courts between them: university, hospital. */
    void campus(const Area &area, Random &random)
    {
        const auto f = tightBox(area.shape.outer);
        const auto across = leftOf(f.along);
        const auto use = area.name.contains(u"Klinikum"_s) ? BuildingUse::Hospital : BuildingUse::School;
        for (double y = -f.depth / 2 + 24; y < f.depth / 2 - 40; y += random.between(58, 74)) {
            for (double x = -f.length / 2 + 20; x < f.length / 2 - 60; x += random.between(74, 96)) {
                const double w = random.between(40, 68), d = random.between(15, 20);
                const Stand s{f.centre + f.along * x + across * y, f.along, across};
                for (const auto &ring :
                     {s.box(0, 0, w, d),
                      s.box(random.between(0, w - 16), d + 0.1, w * 0.5 + 8, d + random.between(14, 26))}) {
                    const bool fits = std::ranges::all_of(ring, [&](PointXY p) { return inside(area.shape, p); });
                    if (fits && random.chance(0.86))
                        add(use, area.name, ring, random.between(10, 26), random.whole(2, 7), random.whole(1955, 2021));
                }
            }
        }
    }

    void runway(const Area &area)
    {
        const auto f = tightBox(area.shape.outer);
        const Stand s{f.centre, f.along, leftOf(f.along)};
        const ShapeOps ops;
        const auto strip = s.box(-f.length / 2 + 90, -22, f.length / 2 - 90, 23);
        for (auto &part : ops.intersect({{.outer = strip}}, ops.grown({area.shape}, -30)))
            city.roadSurface.push_back(std::move(part));
    }

    /** A church in a green block of every larger quarter. */
    void quarterChurches()
    {
        QString last;
        for (auto &block : city.blocks) {
            const double area = signedArea(block.ring);
            if (block.use != BlockUse::Green || block.kind == QuarterKind::Industry
                || block.kind == QuarterKind::Harbour || block.quarter == last || area < 1500 || area > 16000)
                continue;
            const auto f = tightBox(block.ring);
            const Stand s{f.centre, f.along, leftOf(f.along)};
            const auto box = s.box(-24, -9, 20, 9);
            if (!std::ranges::all_of(box, [&](PointXY p) { return inside(block.ring, p); }))
                continue;
            last = block.quarter;
            Random random(block.seed);
            church(u"Kirche "_s + block.quarter, s, 32, 14, false, random.whole(1890, 1968));
        }
    }
};

} // namespace

void makeLandmarks(City &city)
{
    Maker maker{city};
    maker.square(u"Markt"_s, planOrigin + PointXY{10822, 9992}, 62, 66, -0.05);
    maker.square(u"Koberg"_s, planOrigin + PointXY{11122, 10568}, 62, 58, 0.2);
    maker.square(u"Klingenberg"_s, planOrigin + PointXY{10812, 9780}, 42, 44, 0.1);
    maker.square(u"Schrangen"_s, planOrigin + PointXY{10985, 10015}, 70, 24, -0.05);
    maker.square(u"Domplatz"_s, planOrigin + PointXY{10855, 9330}, 150, 74, -0.05);
    for (const auto &plan : landmarkPlans())
        maker.landmark(plan);
    Random random(0x1a2d);
    for (const auto &area : city.areas) {
        if (area.kind == AreaKind::Campus)
            maker.campus(area, random);
        else if (area.kind == AreaKind::Airfield)
            maker.runway(area);
    }
    maker.quarterChurches();
}

} // namespace hanseatlas::demo
