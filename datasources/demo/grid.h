// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/demo/plane.h"

#include <cmath>
#include <vector>

namespace hanseatlas::demo
{

/** Numbers on square cells, row by row from the north-west; a value belongs to the middle of its cell. EPSG:25832. */
struct Grid {
    PointXY topLeft; ///< the outer corner
    double cell = 10; ///< m
    int columns = 0, rows = 0;
    std::vector<float> values;

    static Grid over(const Extent &box, double cell, float value = 0)
    {
        Grid grid{.topLeft = {box.xMin, box.yMax},
                  .cell = cell,
                  .columns = int(std::lround(box.width() / cell)),
                  .rows = int(std::lround(box.height() / cell))};
        grid.values.assign(std::size_t(grid.columns) * std::size_t(grid.rows), value);
        return grid;
    }
    std::size_t index(int column, int row) const
    {
        return std::size_t(row) * std::size_t(columns) + std::size_t(column);
    }
    float &at(int column, int row) { return values[index(column, row)]; }
    float at(int column, int row) const { return values[index(column, row)]; }
    bool has(int column, int row) const { return column >= 0 && row >= 0 && column < columns && row < rows; }
    int columnOf(double x) const { return int(std::floor((x - topLeft.x) / cell)); }
    int rowOf(double y) const { return int(std::floor((topLeft.y - y) / cell)); }
    PointXY centreOf(int column, int row) const
    {
        return {topLeft.x + (column + 0.5) * cell, topLeft.y - (row + 0.5) * cell};
    }
    /** The value at a place, between the cells' middles; outside: the nearest. */
    float sample(PointXY p) const;
};

/** Sets the cells whose middle lies in the shape. */
void burn(Grid &grid, const Shape &shape, float value);
/** Sets the cells that the path passes. */
void burn(Grid &grid, const Path &path, float value);
/** Adds to each cell the share of it that the ring covers, roughly: by its area around its centre. */
void addCoverage(Grid &grid, const Ring &ring);
/** Metres to the nearest cell whose value is not 0, to within a few percent; far away where there is none. */
Grid distanceTo(const Grid &marked);
/** Metres to the nearest of the paths: exact beside them, to within a few percent farther away. */
Grid distanceTo(const std::vector<const Path *> &paths, const Extent &box, double cell);
/** The mean of the surroundings: a box of `radius` metres, three times over, which is nearly a bell. */
Grid blurred(const Grid &grid, double radius);

} // namespace hanseatlas::demo
