// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/city.h"
#include "datasources/demo/parallel.h"
#include "datasources/demo/random.h"
#include "datasources/demo/shapeops.h"
#include "datasources/demo/streetnames.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <cmath>

namespace hanseatlas::demo
{

namespace
{

/** How a quarter is cut into blocks. Metres. */
struct Pattern {
    double depth = 70; ///< of a block, from street to street
    double length = 170; ///< longest
    double halfStreet = 5; ///< from the middle of the street to the lots
    double jitter = 3; ///< degrees that streets lean
};

Pattern patternOf(QuarterKind kind)
{
    switch (kind) {
    case QuarterKind::Perimeter:
        return {88, 155, 7.5, 2};
    case QuarterKind::Villas:
        return {88, 180, 5, 9};
    case QuarterKind::Rows:
        return {74, 180, 5, 2};
    case QuarterKind::Slabs:
        return {125, 210, 6, 2};
    case QuarterKind::Industry:
        return {150, 260, 8, 2};
    case QuarterKind::Harbour:
        return {140, 330, 8, 2};
    case QuarterKind::Commerce:
        return {140, 210, 8, 3};
    case QuarterKind::OldTown:
    case QuarterKind::Detached:
        break;
    }
    return {76, 190, 5, 4};
}

struct Cut {
    std::array<PointXY, 2> ends;
    int level = 0;
    int street = 0; ///< cuts made by the same line carry the same name
};

class Divider
{
public:
    Divider(const Pattern &pattern, Random &random)
        : m_pattern(pattern)
        , m_random(random)
    {
    }

    void divide(const Ring &ring, int level)
    {
        const auto box = tightBox(ring);
        const double rows = box.depth / m_pattern.depth, columns = box.length / m_pattern.length;
        if (level > 14 || (rows < 1.5 && columns < 1.4)
            || std::abs(signedArea(ring)) < 0.5 * m_pattern.depth * m_pattern.depth) {
            leaves.push_back(ring);
            return;
        }
        // Long pieces are cut across first: that gives short through streets and long rows of houses between them.
        const bool across = rows < 1.5 || (columns > 2.4 && box.length > 1.7 * box.depth);
        const auto along = turned(box.along, m_random.bell() * m_pattern.jitter * 0.0175);
        const double count = across ? std::round(columns) : std::round(rows);
        const double part = std::max(1.0, std::floor(count / 2)) / std::max(2.0, count);
        const double size = across ? box.length : box.depth;
        const double at = (part - 0.5) * size + m_random.bell() * (across ? 10 : 2);
        const auto normal = across ? box.along : leftOf(box.along);
        cut(ring, box.centre + normal * at, across ? leftOf(along) : along, level);
    }

    std::vector<Ring> leaves;
    std::vector<Cut> cuts;

private:
    void cut(const Ring &ring, PointXY place, PointXY direction, int level)
    {
        std::vector<std::array<PointXY, 2>> ends;
        const auto pieces = splitRing(ring, place, direction, &ends);
        if (pieces.size() < 2) {
            leaves.push_back(ring);
            return;
        }
        ++m_streets;
        for (const auto &e : ends)
            cuts.push_back({e, level, m_streets});
        for (const auto &piece : pieces)
            divide(piece, level + 1);
    }

    const Pattern &m_pattern;
    Random &m_random;
    int m_streets = 0;
};

/** A ring without holes: pieces with holes are cut through the holes' middles. */
void withoutHoles(const ShapeOps &ops, const Shape &shape, std::vector<Ring> &out, int depth = 0)
{
    if (shape.holes.empty() || depth > 12) {
        out.push_back(shape.outer);
        return;
    }
    const auto box = extentOf(shape.outer);
    const double x = centroid(shape.holes.front()).x;
    const auto half = [&](double x0, double x1) {
        return Shapes{{.outer = {{x0, box.yMin - 1}, {x1, box.yMin - 1}, {x1, box.yMax + 1}, {x0, box.yMax + 1}}}};
    };
    for (const auto &side : {half(box.xMin - 1, x), half(x, box.xMax + 1)})
        for (const auto &part : ops.intersect({shape}, side))
            withoutHoles(ops, part, out, depth + 1);
}

/** Streets that end at a piece's edge go on to the middle of the main road there. */
void joinMainRoad(const std::vector<const Road *> &near, Path &path, bool atEnd)
{
    const auto end = atEnd ? path.back() : path.front();
    double best = 26;
    PointXY nearest, hit;
    for (const auto *road : near) {
        const double d = distanceToPath(road->path, end, &hit);
        if (d < best) {
            best = d;
            nearest = hit;
        }
    }
    if (best < 26)
        path.insert(atEnd ? path.end() : path.begin(), nearest);
}

BlockUse useOf(QuarterKind kind, double area, Random &random)
{
    const double roll = random.unit();
    switch (kind) {
    case QuarterKind::Industry:
    case QuarterKind::Harbour:
        return roll < 0.05 ? BlockUse::Green : roll < 0.11 ? BlockUse::Parking : BlockUse::Buildings;
    case QuarterKind::Commerce:
        return roll < 0.22 ? BlockUse::Parking : BlockUse::Buildings;
    case QuarterKind::Villas:
        return area < 2200 || roll < 0.04 ? BlockUse::Green : BlockUse::Buildings;
    default:
        break;
    }
    if (area < 1300)
        return roll < 0.7 ? BlockUse::Green : BlockUse::Playground;
    if (area > 7500 && roll < 0.035)
        return BlockUse::School;
    return roll < 0.08 ? BlockUse::Green : roll < 0.097 ? BlockUse::Playground : BlockUse::Buildings;
}

struct Quarter {
    std::vector<Road> streets;
    std::vector<Block> blocks;
};

void makePiece(const City &city, const ShapeOps &ops, const Piece &piece, const Ring &ring, std::uint64_t seed,
               Quarter &made)
{
    Random random(seed);
    const auto pattern = patternOf(piece.kind);
    Divider divider(pattern, random);
    divider.divide(simplified(ring, 1.0), 0);
    const auto box = extentOf(ring).grown(60);
    std::vector<const Road *> near;
    for (const auto &road : city.roads)
        if (road.kind <= RoadKind::Secondary && road.kind != RoadKind::Motorway && extentOf(road.path).intersects(box))
            near.push_back(&road);
    StreetNames names(piece.kind, random.next());
    std::vector<QString> nameOf;
    for (const auto &cut : divider.cuts) {
        while (int(nameOf.size()) <= cut.street)
            nameOf.push_back(names.next());
        auto path = warped(Path{cut.ends[0], cut.ends[1]}, false);
        if (pathLength(path) < 8)
            continue;
        joinMainRoad(near, path, false);
        joinMainRoad(near, path, true);
        const bool collector = cut.level <= 1 && pathLength(path) > 220;
        made.streets.push_back({collector ? RoadKind::Collector : RoadKind::Residential,
                                nameOf[std::size_t(cut.street)], path, pattern.halfStreet});
    }
    for (const auto &leaf : divider.leaves) {
        for (const auto &lot : ops.inset(leaf, pattern.halfStreet)) {
            auto block = simplified(lot.outer, 0.6);
            if (block.size() < 3 || std::abs(signedArea(block)) < 350)
                continue;
            if (signedArea(block) < 0)
                std::ranges::reverse(block);
            const auto area = signedArea(block);
            made.blocks.push_back(
                {piece.kind, useOf(piece.kind, area, random), piece.quarter, warped(block, true), random.next()});
        }
    }
}

/** Sees to it that a name is not used twice in the same part of the city. */
class Register
{
public:
    void enter(std::vector<Road> &streets, std::size_t piece)
    {
        QHash<QString, QString> entered;
        for (auto &street : streets) {
            auto &name = entered[street.name];
            if (name.isEmpty())
                name = find(street.name, street.path.front(), piece);
            street.name = name;
        }
        for (const auto &street : streets)
            m_places[street.name].push_back(street.path.front());
    }

private:
    bool isFree(const QString &name, PointXY place) const
    {
        const auto used = m_places.constFind(name);
        return used == m_places.constEnd()
            || std::ranges::none_of(*used, [place](PointXY p) { return norm(p - place) < 5000; });
    }

    QString find(const QString &wish, PointXY place, std::size_t piece)
    {
        constexpr std::array kinds{QuarterKind::Detached, QuarterKind::Perimeter, QuarterKind::Villas,
                                   QuarterKind::Commerce};
        auto name = wish;
        for (int attempt = 0; attempt < 60 && !isFree(name, place); ++attempt)
            name = StreetNames(kinds[std::size_t(attempt) % kinds.size()], seedFor(0x57a3e + piece, ++m_count)).next();
        return isFree(name, place) ? name : wish;
    }

    QHash<QString, std::vector<PointXY>> m_places;
    std::uint64_t m_count = 0;
};

} // namespace

void makeBlocks(City &city)
{
    std::vector<Quarter> made(city.pieces.size());
    parallelFor(int(city.pieces.size()), [&](int i) {
        const auto &piece = city.pieces[std::size_t(i)];
        if (piece.kind == QuarterKind::OldTown)
            return;
        const ShapeOps ops; // one a thread
        std::vector<Ring> rings;
        withoutHoles(ops, piece.shape, rings);
        for (std::size_t k = 0; k < rings.size(); ++k)
            makePiece(city, ops, piece, rings[k], seedFor(0x0b10c, std::uint64_t(i) * 64 + k), made[std::size_t(i)]);
    });
    Register names;
    for (std::size_t i = 0; i < made.size(); ++i) {
        auto &quarter = made[i];
        names.enter(quarter.streets, i);
        city.roads.insert(city.roads.end(), quarter.streets.begin(), quarter.streets.end());
        city.blocks.insert(city.blocks.end(), quarter.blocks.begin(), quarter.blocks.end());
    }
}

} // namespace hanseatlas::demo
