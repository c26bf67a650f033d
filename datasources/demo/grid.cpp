// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/grid.h"

#include "datasources/demo/parallel.h"

#include <algorithm>

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
    std::vector<double> crossings;
    for (int row = first; row <= last; ++row) {
        const double y = grid.centreOf(0, row).y;
        crossings.clear();
        const auto collect = [&](const Ring &ring) {
            for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
                if ((ring[i].y > y) != (ring[j].y > y))
                    crossings.push_back(ring[i].x
                                        + (y - ring[i].y) / (ring[j].y - ring[i].y) * (ring[j].x - ring[i].x));
        };
        collect(shape.outer);
        for (const auto &hole : shape.holes)
            collect(hole);
        std::ranges::sort(crossings);
        for (std::size_t k = 0; k + 1 < crossings.size(); k += 2) {
            const int from = std::max(0, int(std::ceil((crossings[k] - grid.topLeft.x) / grid.cell - 0.5)));
            const int to =
                std::min(grid.columns - 1, int(std::floor((crossings[k + 1] - grid.topLeft.x) / grid.cell - 0.5)));
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

// Chamfer distances 1, √2 in two passes
Grid distanceTo(const Grid &marked)
{
    Grid d = marked;
    const float straight = float(marked.cell), skew = straight * 1.41421F;
    for (auto &v : d.values)
        v = v != 0 ? 0.0F : 1e6F;
    const auto relax = [&](int c, int r, int dc, int dr, float step) {
        if (d.has(c + dc, r + dr))
            d.at(c, r) = std::min(d.at(c, r), d.at(c + dc, r + dr) + step);
    };
    for (int r = 0; r < d.rows; ++r)
        for (int c = 0; c < d.columns; ++c) {
            relax(c, r, -1, 0, straight);
            relax(c, r, 0, -1, straight);
            relax(c, r, -1, -1, skew);
            relax(c, r, 1, -1, skew);
        }
    for (int r = d.rows - 1; r >= 0; --r)
        for (int c = d.columns - 1; c >= 0; --c) {
            relax(c, r, 1, 0, straight);
            relax(c, r, 0, 1, straight);
            relax(c, r, 1, 1, skew);
            relax(c, r, -1, 1, skew);
        }
    return d;
}

namespace
{

/** Running mean along lines; `stride` from value to value, edges repeated. */
void blurLine(const float *from, float *to, int count, std::size_t stride, int radius)
{
    const auto value = [&](int i) { return from[std::size_t(std::clamp(i, 0, count - 1)) * stride]; };
    double sum = 0;
    for (int i = -radius; i <= radius; ++i)
        sum += value(i);
    const double share = 1.0 / (2 * radius + 1);
    for (int i = 0; i < count; ++i) {
        to[std::size_t(i) * stride] = float(sum * share);
        sum += value(i + radius + 1) - value(i - radius);
    }
}

} // namespace

Grid blurred(const Grid &grid, double radius)
{
    Grid result = grid, other = grid;
    const int cells = std::max(1, int(std::lround(radius / grid.cell / 1.7)));
    for (int pass = 0; pass < 3; ++pass) {
        parallelFor(grid.rows, [&](int r) {
            blurLine(&result.values[result.index(0, r)], &other.values[other.index(0, r)], grid.columns, 1, cells);
        });
        parallelFor(grid.columns, [&](int c) {
            blurLine(&other.values[std::size_t(c)], &result.values[std::size_t(c)], grid.rows,
                     std::size_t(grid.columns), cells);
        });
    }
    return result;
}

} // namespace hanseatlas::demo
