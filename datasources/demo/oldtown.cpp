// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/city.h"
#include "datasources/demo/random.h"
#include "datasources/demo/shapeops.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas::demo
{

namespace
{

/** The first and last point move onto the nearest other street, so that streets meet. */
void snapEnds(std::vector<Path> &streets, const std::vector<Path> &quays)
{
    const auto drawn = streets;
    for (std::size_t i = 0; i < streets.size(); ++i) {
        for (const bool atEnd : {false, true}) {
            auto &end = atEnd ? streets[i].back() : streets[i].front();
            double best = 55;
            PointXY hit, nearest = end;
            const auto look = [&](const Path &other) {
                const double d = distanceToPath(other, end, &hit);
                if (d < best) {
                    best = d;
                    nearest = hit;
                }
            };
            for (std::size_t j = 0; j < drawn.size(); ++j)
                if (j != i)
                    look(drawn[j]);
            for (const auto &quay : quays)
                look(quay);
            // A little beyond, so that the lines cross
            const auto from = atEnd ? streets[i][streets[i].size() - 2] : streets[i][1];
            end = nearest + unitVector(nearest - from) * 2.5;
        }
    }
}

Extent half(bool west)
{
    return {west ? cityBox.xMin : oldTownCentre.x, cityBox.yMin, west ? oldTownCentre.x : cityBox.xMax, cityBox.yMax};
}

bool isMain(const QString &name)
{
    return name == u"Breite Straße"_s || name == u"Königstraße"_s || name == u"Große Burgstraße"_s
        || name == u"Beckergrube"_s || name == u"Kohlmarkt"_s;
}

} // namespace

void makeOldTown(City &city)
{
    const ShapeOps ops;
    const auto plans = oldTownStreets();
    for (const auto &piece : city.pieces) {
        if (piece.kind != QuarterKind::OldTown || shapeArea(piece.shape) < 100000)
            continue;
        std::vector<Path> quays;
        for (const auto &inner : ops.inset(piece.shape.outer, 15)) {
            quays.push_back(inner.outer);
            quays.back().push_back(inner.outer.front());
        }
        std::vector<Path> streets;
        for (const auto &plan : plans) {
            Path path;
            for (const auto p : plan.points)
                path.push_back(p + planOrigin);
            streets.push_back(std::move(path));
        }
        for (auto &street : streets)
            street = smoothPath(street, 18);
        snapEnds(streets, quays);
        auto lines = streets;
        lines.insert(lines.end(), quays.begin(), quays.end());
        const auto land = ops.subtract({piece.shape}, city.water);
        std::uint64_t number = 0;
        Shapes faces;
        const auto banks = ops.grown(ops.clipped(city.water, extentOf(piece.shape.outer)), 10);
        for (const auto &face : ops.faces(lines))
            for (auto &part : ops.subtract({face}, banks))
                faces.push_back(std::move(part));
        for (const auto &face : faces) {
            for (const auto &lot : ops.inset(face.outer, 4.2)) {
                auto ring = simplified(lot.outer, 0.4);
                if (ring.size() < 3 || std::abs(signedArea(ring)) < 250)
                    continue;
                if (signedArea(ring) < 0)
                    std::ranges::reverse(ring);
                city.blocks.push_back(
                    {QuarterKind::OldTown, BlockUse::Buildings, piece.quarter, ring, seedFor(0x01d, ++number)});
            }
        }
        for (std::size_t i = 0; i < plans.size(); ++i)
            for (const auto &part : ops.clip(streets[i], land))
                city.roads.push_back(
                    {isMain(plans[i].name) ? RoadKind::Collector : RoadKind::Residential, plans[i].name, part});
        for (const auto &quay : quays)
            for (const bool west : {true, false})
                for (const auto &part : ops.clip(quay, ops.clipped(land, half(west))))
                    city.roads.push_back({RoadKind::Collector, west ? u"An der Trave"_s : u"Kanalstraße"_s, part});
        city.settlement.push_back(piece.shape);
    }
}

} // namespace hanseatlas::demo
