// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/city.h"
#include "datasources/demo/random.h"
#include "datasources/demo/shapeops.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas::demo
{

PointXY warped(PointXY p)
{
    const double edge = std::min({p.x - cityBox.xMin, cityBox.xMax - p.x, p.y - cityBox.yMin, cityBox.yMax - p.y});
    const double fromOldTown = norm(p - oldTownCentre);
    const double strength = std::clamp(edge / 600, 0.0, 1.0) * std::clamp((fromOldTown - 1300) / 900, 0.0, 1.0);
    if (strength <= 0)
        return p;
    const double dx = 26 * smoothNoise(p.x / 520, p.y / 520, 11) + 7 * smoothNoise(p.x / 190, p.y / 190, 12);
    const double dy = 26 * smoothNoise(p.x / 520, p.y / 520, 13) + 7 * smoothNoise(p.x / 190, p.y / 190, 14);
    return {p.x + dx * strength, p.y + dy * strength};
}

Path warped(const Path &path, bool closed)
{
    auto dense = densified(path, 24, closed);
    for (auto &p : dense)
        p = warped(p);
    return dense;
}

Shape warped(const Shape &shape)
{
    Shape moved{.outer = warped(shape.outer, true)};
    for (const auto &hole : shape.holes)
        moved.holes.push_back(warped(hole, true));
    return moved;
}

namespace
{

constexpr double curveStep = 25;

std::vector<PointXY> placed(std::vector<PointXY> points)
{
    for (auto &p : points)
        p = p + planOrigin;
    return points;
}

Shape boxShape(const Extent &box)
{
    return {.outer = {{box.xMin, box.yMin}, {box.xMax, box.yMin}, {box.xMax, box.yMax}, {box.xMin, box.yMax}}};
}

Shapes warpedAll(const Shapes &shapes)
{
    Shapes all;
    for (const auto &shape : shapes)
        all.push_back(warped(shape));
    return all;
}

Ring ribbon(const Path &axis, const std::vector<double> &widths)
{
    Ring left, right;
    for (std::size_t i = 0; i < axis.size(); ++i) {
        const auto along = unitVector(axis[std::min(i + 1, axis.size() - 1)] - axis[i > 0 ? i - 1 : 0]);
        // The banks wander a little, each on its own.
        const double w = widths[i], sway = std::min(0.16 * w, 30.0);
        left.push_back(axis[i] + leftOf(along) * (w / 2 + sway * smoothNoise(axis[i].x / 210, axis[i].y / 210, 21)));
        right.push_back(axis[i] - leftOf(along) * (w / 2 + sway * smoothNoise(axis[i].x / 210, axis[i].y / 210, 22)));
    }
    left.insert(left.end(), right.rbegin(), right.rend());
    return left;
}

QString kindOfWater(const QString &name)
{
    if (name == u"Ostsee"_s)
        return u"Meer"_s;
    if (name.contains(u"Kanal"_s))
        return u"Kanal"_s;
    if (name.contains(u"hafen"_s, Qt::CaseInsensitive))
        return u"Hafen"_s;
    return name == u"Medebek"_s || name == u"Grinau"_s || name == u"Stecknitz"_s ? u"Bach"_s : u"Fluss"_s;
}

/** The ground in the drawing's own coordinates, warped at the end. */
struct Drawing {
    ShapeOps ops;
    Shapes box{boxShape(cityBox)};
    Shapes water;

    void makeWater(City &city)
    {
        std::vector<WaterBody> bodies;
        for (const auto &plan : lakePlans())
            bodies.push_back({plan.name,
                              plan.name == u"Ostsee"_s ? u"Meer"_s : u"See"_s,
                              {{.outer = smoothRing(placed(plan.points), curveStep)}}});
        for (const auto &plan : riverPlans()) {
            std::vector<PointXY> points;
            std::vector<double> widths;
            for (const auto &p : plan.points) {
                points.push_back(PointXY{p.x, p.y} + planOrigin);
                widths.push_back(p.width);
            }
            const auto axis = smoothPath(points, curveStep);
            const auto ring = ribbon(axis, smoothValues(points, widths, curveStep));
            bodies.push_back({plan.name, kindOfWater(plan.name), ops.unite({{.outer = ring}})});
            double mean = 0;
            for (const double w : widths)
                mean += w / double(widths.size());
            for (const auto &part : ops.clip(axis, box))
                city.waterAxes.push_back({plan.name, warped(part, false), mean});
        }
        for (auto &body : bodies) {
            const auto shapes = ops.subtract(ops.intersect(body.shapes, box), water);
            for (const auto &shape : shapes)
                if (shapeArea(shape) > 200)
                    water.push_back(shape);
            city.waters.push_back({body.name, body.kind, warpedAll(shapes)});
        }
        // Cracks between neighbouring bodies close, and the land keeps no slivers.
        water = ops.grown(ops.grown(ops.unite(water), 2), -2);
        water = ops.intersect(water, box);
        city.water = warpedAll(water);
    }

    void makeDistricts(City &city)
    {
        const auto outline = ops.intersect({{.outer = smoothRing(placed(cityOutline()), 60)}}, box);
        city.outline = warpedAll(outline);
        std::vector<Path> lines;
        for (const auto &shape : outline) {
            lines.push_back(shape.outer);
            lines.back().push_back(shape.outer.front());
        }
        for (const auto &line : districtLines())
            lines.push_back(smoothPath(placed(line), curveStep));
        const auto plans = districtPlans();
        std::vector<Shapes> parts(plans.size());
        for (const auto &face : ops.faces(lines)) {
            const auto place = ops.pointInside(face);
            if (std::ranges::none_of(outline, [place](const Shape &s) { return inside(s, place); }))
                continue;
            parts[ownerOf(face, place, plans)].push_back(face);
        }
        for (std::size_t i = 0; i < plans.size(); ++i)
            city.districts.push_back({plans[i].number, plans[i].name, warpedAll(ops.unite(parts[i]))});
    }

    /** The district that has a seed in the face, else the one with the nearest seed. */
    static std::size_t ownerOf(const Shape &face, PointXY place, const std::vector<DistrictPlan> &plans)
    {
        std::size_t best = 0;
        double bestDistance = 1e300;
        for (std::size_t i = 0; i < plans.size(); ++i) {
            for (const auto seed : plans[i].seeds) {
                const auto p = seed + planOrigin;
                const double distance = inside(face, p) ? -1 : norm(p - place);
                if (distance < bestDistance) {
                    bestDistance = distance;
                    best = i;
                }
            }
        }
        return best;
    }

    std::vector<Path> roadPaths[3]; ///< motorways, primary, secondary
    std::vector<Path> railPaths;
    Shapes corridors; ///< what roads and railways take, united

    void makeRoads(City &city)
    {
        for (const auto &plan : roadPlans()) {
            const auto path = smoothPath(placed(plan.points), curveStep);
            roadPaths[int(plan.kind)].push_back(path);
            for (const auto &part : ops.clip(path, box))
                city.roads.push_back(
                    {plan.kind, plan.name, warped(part, false), plan.kind == RoadKind::Primary ? 13.0 : 11.0});
        }
        for (const auto &plan : railPlans()) {
            const auto path = smoothPath(placed(plan.points), curveStep);
            railPaths.push_back(path);
            for (const auto &part : ops.clip(path, box))
                city.rails.push_back({plan.main, plan.name, warped(part, false)});
        }
        constexpr double half[] = {15, 9, 7};
        Shapes surface;
        for (int i = 0; i < 3; ++i) {
            const auto part = ops.corridor(roadPaths[i], half[i]);
            surface.insert(surface.end(), part.begin(), part.end());
        }
        surface = ops.intersect(ops.unite(surface), box);
        city.roadSurface = warpedAll(surface);
        const double take[] = {45, 13, 11};
        for (int i = 0; i < 3; ++i) {
            const auto part = ops.corridor(roadPaths[i], take[i]);
            corridors.insert(corridors.end(), part.begin(), part.end());
        }
        const auto rail = ops.corridor(railPaths, 16);
        corridors.insert(corridors.end(), rail.begin(), rail.end());
        corridors = ops.unite(corridors);
    }

    Shapes taken; ///< by areas and quarters so far

    /** What is left of a hand-drawn outline; `ragged` is how far its edge strays, as woods and villages do. */
    Shapes claim(const std::vector<PointXY> &points, double ragged, const Shapes &keepOut)
    {
        auto ring = ragged > 0 ? smoothRing(placed(points), 30) : densified(placed(points), 40, true);
        for (auto &p : ring) {
            const double dx = smoothNoise(p.x / 340, p.y / 340, 31) + 0.5 * smoothNoise(p.x / 120, p.y / 120, 33);
            const double dy = smoothNoise(p.x / 340, p.y / 340, 32) + 0.5 * smoothNoise(p.x / 120, p.y / 120, 34);
            p = p + PointXY{dx, dy} * ragged;
        }
        auto shapes = ops.subtract(ops.intersect({{.outer = ring}}, box), keepOut);
        shapes = ops.subtract(shapes, taken);
        std::erase_if(shapes, [](const Shape &s) { return shapeArea(s) < 2500; });
        taken.insert(taken.end(), shapes.begin(), shapes.end());
        return shapes;
    }

    void makeAreas(City &city)
    {
        // In tiles: each claim looks at its surroundings only.
        const auto roads = inTiles(corridors), banks = inTiles(ops.grown(water, 6)), wet = inTiles(water);
        const auto keepOut = joined(roads, banks), quays = joined(roads, wet);
        const auto motorways = joined(ops.corridor(roadPaths[0], 30), wet);
        for (const auto &plan : areaPlans()) {
            const bool rail = plan.kind == AreaKind::RailYard;
            const double ragged = plan.kind == AreaKind::Forest                    ? 170
                : plan.kind == AreaKind::Park || plan.kind == AreaKind::Allotments ? 25
                                                                                   : 0;
            for (const auto &shape : claim(plan.points, ragged, rail ? motorways : keepOut)) {
                city.areas.push_back({plan.kind, plan.name, warped(shape)});
                if (rail)
                    makeTracks(city, shape);
            }
        }
        for (const auto &plan : quarterPlans())
            makePieces(city, plan, keepOut, quays);
        for (const auto &plan : neighbourPlans())
            for (const auto &shape : claim(plan.points, 120, keepOut))
                city.neighbours.push_back({plan.kind, plan.name, warped(shape)});
    }

    static Shapes joined(Shapes a, const Shapes &b)
    {
        a.insert(a.end(), b.begin(), b.end());
        return a;
    }

    Shapes inTiles(const Shapes &shapes) const
    {
        constexpr int n = 6;
        const double w = cityBox.width() / n, h = cityBox.height() / n;
        Shapes all;
        for (int c = 0; c < n; ++c) {
            const double x = cityBox.xMin + c * w;
            const auto strip = ops.clipped(shapes, {x, cityBox.yMin, x + w, cityBox.yMax});
            for (int r = 0; r < n; ++r) {
                const double y = cityBox.yMin + r * h;
                for (auto &part : ops.clipped(strip, {x, y, x + w, y + h}))
                    all.push_back(std::move(part));
            }
        }
        return all;
    }

    /** Stations have more tracks than lines lead to them. */
    void makeTracks(City &city, const Shape &yard)
    {
        for (const auto &path : railPaths) {
            for (const double aside : {-24.0, -18.0, -12.0, -6.0, 6.0, 12.0, 18.0, 24.0}) {
                Path moved;
                for (std::size_t i = 0; i < path.size(); ++i)
                    moved.push_back(
                        path[i]
                        + leftOf(unitVector(path[std::min(i + 1, path.size() - 1)] - path[i > 0 ? i - 1 : 0])) * aside);
                for (const auto &part : ops.clip(moved, {yard}))
                    if (pathLength(part) > 120)
                        city.rails.push_back({false, {}, warped(part, false)});
            }
        }
    }

    void makePieces(City &city, const QuarterPlan &plan, const Shapes &keepOut, const Shapes &quays)
    {
        if (plan.kind == QuarterKind::OldTown) {
            for (const auto &shape : claim(plan.points, 1, ops.grown(water, 3)))
                city.pieces.push_back({plan.kind, plan.name, shape});
            return;
        }
        const bool quay = plan.kind == QuarterKind::Harbour;
        const auto &from = quay ? quays : keepOut; // cranes stand at the water's edge
        for (const auto &shape : claim(plan.points, plan.kind == QuarterKind::Villas ? 70 : quay ? 0 : 45, from)) {
            for (auto &part : ops.grown({warped(shape)}, 0)) // warping lets thin parts cross
                city.settlement.push_back(std::move(part));
            city.pieces.push_back({plan.kind, plan.name, shape});
        }
    }
};

} // namespace

void makeGround(City &city)
{
    Drawing drawing;
    drawing.makeWater(city);
    drawing.makeDistricts(city);
    drawing.makeRoads(city);
    drawing.makeAreas(city);
    for (const auto &shape : city.water)
        fillShape(city.waterCells, shape, [](std::uint8_t &cell) { cell = 1; });
    for (std::size_t i = 0; i < city.districts.size(); ++i)
        for (const auto &shape : city.districts[i].shapes)
            fillShape(city.districtCells, shape, [i](std::int8_t &cell) { cell = std::int8_t(i); });
}

int districtAt(const City &city, PointXY p)
{
    return city.districtCells.under(p);
}

bool isWater(const City &city, PointXY p)
{
    return city.waterCells.under(p) != 0;
}

} // namespace hanseatlas::demo
