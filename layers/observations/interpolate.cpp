// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/interpolate.h"

#include "layers/observations/observationtexts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>

namespace hanseatlas
{

namespace
{

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t mostCells = 16'000'000, mostPoints = 100'000;
constexpr double farthest = 1e9; ///< metres; no CRS reaches as far
constexpr double samePlace = 0.01; ///< metres

bool isUsable(const SamplePoint &point)
{
    return std::abs(point.x) < farthest && std::abs(point.y) < farthest && std::isfinite(point.value);
}

Status checkPoints(std::span<const SamplePoint> points)
{
    if (points.size() > mostPoints)
        return failure(ErrorKind::TooLarge,
                       ObservationTexts::tr("More than %L1 points cannot be spread over an area.").arg(mostPoints));
    return {};
}

double weighted(std::span<const SamplePoint> points, double x, double y, const IdwSetup &setup)
{
    const double reach = setup.radius > 0 ? setup.radius * setup.radius : std::numeric_limits<double>::infinity();
    double sum = 0, weights = 0;
    for (const auto &point : points) {
        const double dx = point.x - x, dy = point.y - y, square = dx * dx + dy * dy;
        if (square < samePlace * samePlace)
            return point.value;
        if (square > reach)
            continue;
        const double weight = setup.power == 2 ? 1 / square : std::pow(square, -setup.power / 2);
        sum += weight * point.value;
        weights += weight;
    }
    return weights > 0 ? sum / weights : nothing;
}

/** Number of the first or last of `count` cells whose centre may be at `place` cells from the edge. */
int cellAt(double place, int count)
{
    return int(std::clamp(place, 0.0, double(count)));
}

void spread(std::vector<double> &density, const GridShape &shape, const SamplePoint &point, double radius)
{
    const double perSquareKilometre = 3 / (std::numbers::pi * radius * radius) * 1e6;
    const int left = cellAt((point.x - radius - shape.left) / shape.cell, shape.columns);
    const int right = cellAt((point.x + radius - shape.left) / shape.cell + 1, shape.columns);
    const int top = cellAt((shape.top - point.y - radius) / shape.cell, shape.rows);
    const int bottom = cellAt((shape.top - point.y + radius) / shape.cell + 1, shape.rows);
    for (int row = top; row < bottom; ++row) {
        for (int column = left; column < right; ++column) {
            const double dx = shape.x(column) - point.x, dy = shape.y(row) - point.y;
            const double rest = 1 - (dx * dx + dy * dy) / (radius * radius);
            if (rest > 0)
                density[std::size_t(row) * std::size_t(shape.columns) + std::size_t(column)] +=
                    point.value * perSquareKilometre * rest * rest;
        }
    }
}

} // namespace

Status checkShape(const GridShape &shape)
{
    if (shape.columns <= 0 || shape.rows <= 0 || !(shape.cell > 0) || !(shape.cell < farthest)
        || !(std::abs(shape.left) < farthest) || !(std::abs(shape.top) < farthest))
        return failure(ErrorKind::Invalid, ObservationTexts::tr("The grid has no cells or lies nowhere."));
    if (shape.cells() > mostCells)
        return failure(ErrorKind::TooLarge,
                       ObservationTexts::tr("The grid has more than 16 million cells; choose larger ones."));
    return {};
}

std::vector<SamplePoint> mergedPoints(std::span<const SamplePoint> points)
{
    struct Placed {
        long long x, y;
        SamplePoint point;
    };
    std::vector<Placed> placed;
    for (const auto &point : points)
        if (isUsable(point))
            placed.push_back({std::llround(point.x / samePlace), std::llround(point.y / samePlace), point});
    std::ranges::stable_sort(placed, {}, [](const Placed &one) { return std::tie(one.x, one.y); });
    std::vector<SamplePoint> merged;
    for (std::size_t i = 0; i < placed.size();) {
        double sum = 0;
        auto end = i;
        for (; end < placed.size() && placed[end].x == placed[i].x && placed[end].y == placed[i].y; ++end)
            sum += placed[end].point.value;
        merged.push_back({placed[i].point.x, placed[i].point.y, sum / double(end - i)});
        i = end;
    }
    return merged;
}

Result<std::vector<double>> inverseDistance(std::span<const SamplePoint> points, const GridShape &shape,
                                            const IdwSetup &setup, const CancelToken &token, const Progress &progress)
{
    if (auto status = checkShape(shape).and_then([&] { return checkPoints(points); }); !status)
        return std::unexpected(status.error());
    if (!(setup.power > 0) || !(setup.power <= 20) || !(setup.radius >= 0))
        return failure(ErrorKind::Invalid,
                       ObservationTexts::tr("Inverse distance weighting needs a power between 0 and 20 and a radius "
                                            "that is not below 0."));
    const auto merged = mergedPoints(points);
    std::vector<double> values;
    values.reserve(shape.cells());
    for (int row = 0; row < shape.rows; ++row) {
        for (int column = 0; column < shape.columns; ++column) {
            // One cell may take a hundred thousand points
            if (column % 64 == 0 && token.stop_requested())
                return cancelled();
            values.push_back(weighted(merged, shape.x(column), shape.y(row), setup));
        }
        report(progress, double(row + 1) / shape.rows);
    }
    return values;
}

Result<std::vector<double>> kernelDensity(std::span<const SamplePoint> points, const GridShape &shape, double radius,
                                          const CancelToken &token, const Progress &progress)
{
    if (auto status = checkShape(shape).and_then([&] { return checkPoints(points); }); !status)
        return std::unexpected(status.error());
    if (!(radius > 0) || !(radius < farthest))
        return failure(ErrorKind::Invalid, ObservationTexts::tr("A density needs a radius above 0 metres."));
    std::vector<double> density(shape.cells(), 0);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (token.stop_requested())
            return cancelled();
        if (isUsable(points[i]))
            spread(density, shape, points[i], radius);
        report(progress, double(i + 1) / double(points.size()));
    }
    return density;
}

} // namespace hanseatlas
