// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/imagegrid.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

struct Range {
    double c0 = 0, c1 = -1, r0 = 0, r1 = -1;
    double count() const { return std::max(0.0, c1 - c0 + 1) * std::max(0.0, r1 - r0 + 1); }
};

/** An edge that lies on a tile's border within rounding does not ask for the tile beyond. */
Range rangeOf(const ImageGrid &grid, const Extent &extent, int level)
{
    if (extent.isEmpty() || !std::isfinite(extent.width()) || !std::isfinite(extent.height()))
        return {};
    const double span = grid.resolution(level) * grid.tileSize;
    constexpr double hair = 1e-6; // of a tile
    const auto low = [&](double x, double from) { return std::floor((x - from) / span + hair); };
    const auto high = [&](double x, double from) { return std::ceil((x - from) / span - hair) - 1; };
    Range range{low(extent.xMin, grid.origin.x), high(extent.xMax, grid.origin.x), low(extent.yMin, grid.origin.y),
                high(extent.yMax, grid.origin.y)};
    range.c1 = std::max(range.c0, range.c1);
    range.r1 = std::max(range.r0, range.r1);
    return range;
}

} // namespace

ImageGrid ImageGrid::forCrs(const Crs &crs, int largestImage)
{
    ImageGrid grid;
    if (crs.isGeographic())
        grid.coarsest = 0.125; // 2^-3 degrees, near 16 km
    while (largestImage > 0 && grid.tileSize > largestImage && grid.tileSize > 64)
        grid.tileSize /= 2;
    return grid;
}

double ImageGrid::resolution(int level) const
{
    return std::ldexp(coarsest, -level);
}

int ImageGrid::levelFor(double unitsPerPixel) const
{
    if (!(unitsPerPixel > 0) || !std::isfinite(unitsPerPixel))
        return 0;
    return std::clamp(int(std::lround(std::log2(coarsest / unitsPerPixel))), 0, finest);
}

Extent ImageGrid::extentOf(const ImageTile &tile) const
{
    const double span = resolution(tile.level) * tileSize;
    return {origin.x + double(tile.column) * span, origin.y + double(tile.row) * span,
            origin.x + double(tile.column + 1) * span, origin.y + double(tile.row + 1) * span};
}

ImageTile ImageGrid::tileAt(int level, PointXY place) const
{
    const double span = resolution(level) * tileSize;
    return {level, qint64(std::floor((place.x - origin.x) / span)), qint64(std::floor((place.y - origin.y) / span))};
}

std::vector<ImageTile> ImageGrid::tilesCovering(const Extent &extent, int level, int most) const
{
    const auto range = rangeOf(*this, extent, level);
    std::vector<ImageTile> tiles;
    if (range.count() > most)
        return tiles;
    for (auto row = qint64(range.r0); row <= qint64(range.r1); ++row)
        for (auto column = qint64(range.c0); column <= qint64(range.c1); ++column)
            tiles.push_back({level, column, row});
    const auto centre = extent.centre();
    const auto distance = [&](const ImageTile &tile) {
        const auto middle = extentOf(tile).centre();
        return std::hypot(middle.x - centre.x, middle.y - centre.y);
    };
    std::ranges::stable_sort(tiles, {}, distance);
    return tiles;
}

qint64 ImageGrid::countCovering(const Extent &extent, int level) const
{
    return qint64(std::min(rangeOf(*this, extent, level).count(), 9e15));
}

QString tileKey(const ImageTile &tile)
{
    return u"%1/%2/%3"_s.arg(tile.level).arg(tile.column).arg(tile.row);
}

} // namespace hanseatlas
