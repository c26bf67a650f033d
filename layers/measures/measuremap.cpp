// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/measuremap.h"

#include "layers/measures/duties.h"
#include "layers/measures/measureplace.h"

#include <cmath>
#include <unordered_map>

namespace hanseatlas
{

namespace
{

std::optional<PointXY> placeOf(const MeasurePlace &place, const DistrictPlace &districtPlace)
{
    if (place.kind == MeasurePlace::Kind::District)
        return districtPlace ? districtPlace(place.district) : std::nullopt;
    if (place.kind != MeasurePlace::Kind::Geometry)
        return {};
    return placeGeometry(place.wkb).transform([](const Geometry &geometry) { return labelPoint(geometry); });
}

/** Squares as wide as marks are apart: what may be near lies in the same or in one of the eight around it. */
struct Cell {
    std::int64_t x = 0, y = 0;
    bool operator==(const Cell &) const = default;
};

struct CellHash {
    std::size_t operator()(const Cell &cell) const { return std::hash<std::int64_t>()(cell.x * 0x9E3779B1 + cell.y); }
};

using Grid = std::unordered_multimap<Cell, std::size_t, CellHash>;

std::optional<std::size_t> nearest(const Grid &grid, const Cell &cell, const std::vector<MeasureMark> &marks,
                                   const PointXY &place, double distance)
{
    std::optional<std::size_t> found;
    double least = distance;
    for (std::int64_t dx = -1; dx <= 1; ++dx) {
        for (std::int64_t dy = -1; dy <= 1; ++dy) {
            const auto [begin, end] = grid.equal_range({cell.x + dx, cell.y + dy});
            for (auto it = begin; it != end; ++it) {
                const auto &mark = marks[it->second].place;
                const double away = std::hypot(mark.x - place.x, mark.y - place.y);
                if (away < least || (away == least && found && it->second < *found)) {
                    least = away;
                    found = it->second;
                }
            }
        }
    }
    return found;
}

void join(MeasureMark &mark, const MeasureSpot &spot)
{
    if (mark.numbers.isEmpty())
        mark.phase = spot.phase;
    else if (mark.phase != spot.phase)
        mark.phase.reset();
    mark.numbers.append(spot.number);
    ++mark.fields[spot.field];
    mark.overdue += spot.overdue ? 1 : 0;
}

} // namespace

std::vector<MeasureSpot> measureSpots(const QList<Measure> &measures, const DistrictPlace &districtPlace,
                                      const QDate &today)
{
    std::vector<MeasureSpot> spots;
    for (const auto &measure : measures) {
        if (const auto place = placeOf(measure.place, districtPlace))
            spots.push_back({*place, measure.number, measure.field, measure.phase, isOverdue(measure, today)});
    }
    return spots;
}

std::vector<MeasureMark> clusterSpots(const std::vector<MeasureSpot> &spots, double distance)
{
    constexpr double farthest = 1e12; // cells beyond it could not be counted
    std::vector<MeasureMark> marks;
    Grid grid;
    for (const auto &spot : spots) {
        const double column = std::floor(spot.place.x / distance), row = std::floor(spot.place.y / distance);
        if (!(std::abs(column) < farthest && std::abs(row) < farthest))
            continue;
        const Cell cell{std::int64_t(column), std::int64_t(row)};
        auto mark = nearest(grid, cell, marks, spot.place, distance);
        if (!mark) {
            mark = marks.size();
            marks.push_back({.place = spot.place, .numbers = {}, .fields = {}, .phase = {}});
            grid.emplace(cell, *mark);
        }
        join(marks[*mark], spot);
    }
    return marks;
}

} // namespace hanseatlas
