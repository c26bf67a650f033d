// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/demo/plan.h"
#include "datasources/demo/plane.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace hanseatlas::demo
{

/** Square cells over the demo city, row by row from the north-west. */
template <class T>
struct CellGrid {
    double cell = 10; ///< metres
    int columns = 0;
    int rows = 0;
    std::vector<T> values;

    explicit CellGrid(double cellSize = 10, T value = {})
        : cell(cellSize)
        , columns(int(cityBox.width() / cellSize))
        , rows(int(cityBox.height() / cellSize))
        , values(std::size_t(columns) * std::size_t(rows), value)
    {
    }
    std::size_t size() const { return values.size(); }
    T &at(int column, int row) { return values[std::size_t(row) * std::size_t(columns) + std::size_t(column)]; }
    const T &at(int column, int row) const
    {
        return values[std::size_t(row) * std::size_t(columns) + std::size_t(column)];
    }
    bool has(int column, int row) const { return column >= 0 && row >= 0 && column < columns && row < rows; }
    int columnOf(double x) const { return int(std::floor((x - cityBox.xMin) / cell)); }
    int rowOf(double y) const { return int(std::floor((cityBox.yMax - y) / cell)); }
    PointXY centre(int column, int row) const
    {
        return {cityBox.xMin + (column + 0.5) * cell, cityBox.yMax - (row + 0.5) * cell};
    }
    /** The cell that a place lies in; places outside get the nearest. */
    const T &under(PointXY p) const
    {
        return at(std::clamp(columnOf(p.x), 0, columns - 1), std::clamp(rowOf(p.y), 0, rows - 1));
    }
};

/** Calls visit(value) for each cell whose middle lies in the shape. */
template <class T, class Visit>
void fillShape(CellGrid<T> &grid, const Shape &shape, const Visit &visit)
{
    const auto box = extentOf(shape.outer);
    const int top = std::max(0, grid.rowOf(box.yMax)), bottom = std::min(grid.rows - 1, grid.rowOf(box.yMin));
    if (top > bottom)
        return;
    std::vector<std::vector<double>> crossings(std::size_t(bottom - top + 1));
    const auto addRing = [&](const Ring &ring) {
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            auto a = ring[j], b = ring[i];
            if (a.y > b.y)
                std::swap(a, b);
            const int first = std::max(top, grid.rowOf(b.y)), last = std::min(bottom, grid.rowOf(a.y));
            for (int r = first; r <= last; ++r) {
                const double y = grid.centre(0, r).y;
                if (y >= a.y && y < b.y)
                    crossings[std::size_t(r - top)].push_back(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
            }
        }
    };
    addRing(shape.outer);
    for (const auto &hole : shape.holes)
        addRing(hole);
    for (int r = top; r <= bottom; ++r) {
        auto &xs = crossings[std::size_t(r - top)];
        std::ranges::sort(xs);
        for (std::size_t i = 0; i + 1 < xs.size(); i += 2) {
            const int from = std::max(0, int(std::ceil((xs[i] - cityBox.xMin) / grid.cell - 0.5)));
            const int to = std::min(grid.columns - 1, int(std::ceil((xs[i + 1] - cityBox.xMin) / grid.cell - 0.5)) - 1);
            for (int c = from; c <= to; ++c)
                visit(grid.at(c, r));
        }
    }
}

/** Mean over a square of (2·radius + 1)² cells, twice, which is nearly a bell. */
template <class T>
void blur(CellGrid<T> &grid, int radius)
{
    std::vector<T> line;
    const auto pass = [&](int count, int length, auto index) {
        for (int k = 0; k < count; ++k) {
            line.resize(std::size_t(length));
            double sum = 0;
            for (int i = -radius; i <= radius; ++i)
                sum += double(grid.values[index(k, std::clamp(i, 0, length - 1))]);
            for (int i = 0; i < length; ++i) {
                line[std::size_t(i)] = T(sum / (2 * radius + 1));
                sum += double(grid.values[index(k, std::min(i + radius + 1, length - 1))])
                    - double(grid.values[index(k, std::max(i - radius, 0))]);
            }
            for (int i = 0; i < length; ++i)
                grid.values[index(k, i)] = line[std::size_t(i)];
        }
    };
    const auto w = std::size_t(grid.columns);
    for (int twice = 0; twice < 2; ++twice) {
        pass(grid.rows, grid.columns, [w](int k, int i) { return std::size_t(k) * w + std::size_t(i); });
        // Columns in strips would be kinder to the cache; 1.3 M cells do not ask for it.
        pass(grid.columns, grid.rows, [w](int k, int i) { return std::size_t(i) * w + std::size_t(k); });
    }
}

} // namespace hanseatlas::demo
