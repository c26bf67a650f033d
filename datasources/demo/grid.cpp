// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/grid.h"

#include "datasources/demo/parallel.h"

#include <algorithm>
#include <array>

namespace hanseatlas::demo
{

float Grid::sample(PointXY p) const
{
    const double x = std::clamp((p.x - topLeft.x) / cell - 0.5, 0.0, double(columns - 1));
    const double y = std::clamp((topLeft.y - p.y) / cell - 0.5, 0.0, double(rows - 1));
    const int i = std::min(int(x), columns - 2), j = std::min(int(y), rows - 2);
    const float u = float(x - i), v = float(y - j);
    return (at(i, j) * (1 - u) + at(i + 1, j) * u) * (1 - v) + (at(i, j + 1) * (1 - u) + at(i + 1, j + 1) * u) * v;
}

void burn(Grid &grid, const Shape &shape, float value)
{
    const auto box = extentOf(shape.outer);
    const int first = std::max(0, grid.rowOf(box.yMax)), last = std::min(grid.rows - 1, grid.rowOf(box.yMin));
    if (first > last)
        return;
    std::vector<std::vector<double>> crossings(std::size_t(last - first + 1));
    const auto collect = [&](const Ring &ring) {
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            const auto low = ring[i].y < ring[j].y ? ring[i] : ring[j],
                       high = ring[i].y < ring[j].y ? ring[j] : ring[i];
            const int bottom = std::min(last, grid.rowOf(low.y));
            for (int row = std::max(first, grid.rowOf(high.y)); row <= bottom; ++row) {
                const double y = grid.centreOf(0, row).y;
                if (low.y <= y && y < high.y)
                    crossings[std::size_t(row - first)].push_back(low.x
                                                                  + (y - low.y) / (high.y - low.y) * (high.x - low.x));
            }
        }
    };
    collect(shape.outer);
    for (const auto &hole : shape.holes)
        collect(hole);
    for (int row = first; row <= last; ++row) {
        auto &xs = crossings[std::size_t(row - first)];
        std::ranges::sort(xs);
        for (std::size_t k = 0; k + 1 < xs.size(); k += 2) {
            const int from = std::max(0, int(std::ceil((xs[k] - grid.topLeft.x) / grid.cell - 0.5)));
            const int to = std::min(grid.columns - 1, int(std::floor((xs[k + 1] - grid.topLeft.x) / grid.cell - 0.5)));
            for (int column = from; column <= to; ++column)
                grid.at(column, row) = value;
        }
    }
}

void burn(Grid &grid, const Path &path, float value)
{
    for (std::size_t i = 1; i < path.size(); ++i) {
        const auto step = path[i] - path[i - 1];
        const int steps = std::max(1, int(norm(step) / grid.cell * 2));
        for (int k = 0; k <= steps; ++k) {
            const auto p = path[i - 1] + step * (double(k) / steps);
            if (const int c = grid.columnOf(p.x), r = grid.rowOf(p.y); grid.has(c, r))
                grid.at(c, r) = value;
        }
    }
}

void addCoverage(Grid &grid, const Ring &ring)
{
    const auto centre = centroid(ring);
    const float share = float(std::abs(signedArea(ring)) / (grid.cell * grid.cell));
    const int spread = std::max(1, int(std::ceil(std::sqrt(share))));
    const int left = grid.columnOf(centre.x) - spread / 2, top = grid.rowOf(centre.y) - spread / 2;
    for (int r = top; r < top + spread; ++r)
        for (int c = left; c < left + spread; ++c)
            if (grid.has(c, r))
                grid.at(c, r) = std::min(1.0F, grid.at(c, r) + share / float(spread * spread));
}

namespace
{

/** Carries distances on from cell to cell: chamfer steps of 1 and √2 in two passes over a copy with a rim. */
void spread(Grid &distance)
{
    const float straight = float(distance.cell), skew = straight * 1.41421F;
    const auto width = std::ptrdiff_t(distance.columns) + 2;
    std::vector<float> d(std::size_t(width) * std::size_t(distance.rows + 2), 1e6F);
    const auto rowOf = [&](int r) { return distance.values.begin() + std::ptrdiff_t(distance.index(0, r)); };
    for (int r = 0; r < distance.rows; ++r)
        std::copy_n(rowOf(r), distance.columns, d.begin() + (r + 1) * width + 1);
    const auto fromRow = [&](float *row, const float *other) {
        for (std::ptrdiff_t c = 1; c <= distance.columns; ++c)
            row[c] = std::min(std::min(row[c], other[c] + straight), std::min(other[c - 1], other[c + 1]) + skew);
    };
    for (std::ptrdiff_t r = 1; r <= distance.rows; ++r) {
        auto *row = d.data() + r * width;
        fromRow(row, row - width);
        for (std::ptrdiff_t c = 1; c <= distance.columns; ++c)
            row[c] = std::min(row[c], row[c - 1] + straight);
    }
    for (std::ptrdiff_t r = distance.rows; r > 0; --r) {
        auto *row = d.data() + r * width;
        fromRow(row, row + width);
        for (std::ptrdiff_t c = distance.columns; c > 0; --c)
            row[c] = std::min(row[c], row[c + 1] + straight);
    }
    for (int r = 0; r < distance.rows; ++r)
        std::copy_n(d.begin() + (r + 1) * width + 1, distance.columns, rowOf(r));
}

} // namespace

Grid distanceTo(const Grid &marked)
{
    Grid distance = marked;
    for (auto &v : distance.values)
        v = v != 0 ? 0.0F : 1e6F;
    spread(distance);
    return distance;
}

Grid distanceTo(const std::vector<const Path *> &paths, const Extent &box, double cell)
{
    auto distance = Grid::over(box, cell, 1e6F);
    for (const auto *path : paths)
        for (std::size_t i = 1; i < path->size(); ++i) {
            const std::array piece{(*path)[i - 1], (*path)[i]};
            const auto near = extentOf(piece).grown(2 * cell);
            const int right = std::min(distance.columns - 1, distance.columnOf(near.xMax));
            const int bottom = std::min(distance.rows - 1, distance.rowOf(near.yMin));
            for (int r = std::max(0, distance.rowOf(near.yMax)); r <= bottom; ++r)
                for (int c = std::max(0, distance.columnOf(near.xMin)); c <= right; ++c)
                    distance.at(c, r) =
                        std::min(distance.at(c, r), float(distanceToPath(piece, distance.centreOf(c, r))));
        }
    spread(distance);
    return distance;
}

namespace
{

/** Running mean along a row, edges repeated. */
void blurRow(const float *from, float *to, int count, int radius)
{
    const auto value = [&](int i) { return double(from[std::clamp(i, 0, count - 1)]); };
    double sum = 0;
    for (int i = -radius; i <= radius; ++i)
        sum += value(i);
    const double share = 1.0 / (2 * radius + 1);
    for (int i = 0; i < count; ++i) {
        to[i] = float(sum * share);
        sum += value(i + radius + 1) - value(i - radius);
    }
}

/** The same down a strip of columns, row by row as the memory lies. */
void blurColumns(const Grid &from, Grid &to, int firstColumn, int lastColumn, int radius)
{
    const auto width = std::size_t(lastColumn - firstColumn);
    const auto row = [&](const Grid &grid, int r) {
        return grid.values.data() + grid.index(firstColumn, std::clamp(r, 0, grid.rows - 1));
    };
    std::vector<double> sum(width, 0.0);
    for (int r = -radius; r <= radius; ++r)
        for (std::size_t c = 0; c < width; ++c)
            sum[c] += double(row(from, r)[c]);
    const double share = 1.0 / (2 * radius + 1);
    for (int r = 0; r < from.rows; ++r) {
        const auto *added = row(from, r + radius + 1), *left = row(from, r - radius);
        auto *result = to.values.data() + to.index(firstColumn, r);
        for (std::size_t c = 0; c < width; ++c) {
            result[c] = float(sum[c] * share);
            sum[c] += double(added[c]) - double(left[c]);
        }
    }
}

} // namespace

Grid blurred(const Grid &grid, double radius)
{
    Grid result = grid, other = grid;
    const int cells = std::max(1, int(std::lround(radius / grid.cell / 1.7)));
    constexpr int band = 64;
    for (int pass = 0; pass < 3; ++pass) {
        parallelFor((grid.rows + band - 1) / band, [&](int b) {
            for (int r = b * band; r < std::min(grid.rows, (b + 1) * band); ++r)
                blurRow(&result.values[result.index(0, r)], &other.values[other.index(0, r)], grid.columns, cells);
        });
        parallelFor((grid.columns + band - 1) / band, [&](int b) {
            blurColumns(other, result, b * band, std::min(grid.columns, (b + 1) * band), cells);
        });
    }
    return result;
}

} // namespace hanseatlas::demo
