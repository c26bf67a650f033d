// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/tilematrix.h"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr double farthest = 9e15; ///< columns beyond cannot be told apart

qint64 clamped(double number)
{
    return qint64(std::clamp(number, -farthest, farthest));
}

} // namespace

Extent TileMatrix::extent() const
{
    if (columns <= 0 || rows <= 0)
        return {};
    return {topLeft.x, topLeft.y - double(rows) * tileSize.height() * resolution,
            topLeft.x + double(columns) * tileSize.width() * resolution, topLeft.y};
}

Extent TileMatrix::tileExtent(qint64 column, qint64 row) const
{
    const double width = tileSize.width() * resolution, height = tileSize.height() * resolution;
    return {topLeft.x + double(column) * width, topLeft.y - double(row + 1) * height,
            topLeft.x + double(column + 1) * width, topLeft.y - double(row) * height};
}

double TileRange::count() const
{
    return isEmpty() ? 0 : double(lastColumn - firstColumn + 1) * double(lastRow - firstRow + 1);
}

TileRange TileRange::intersected(const TileRange &other) const
{
    return {std::max(firstColumn, other.firstColumn), std::min(lastColumn, other.lastColumn),
            std::max(firstRow, other.firstRow), std::min(lastRow, other.lastRow)};
}

int matrixFor(const TileMatrixSet &set, double unitsPerPixel)
{
    int best = -1;
    double distance = std::numeric_limits<double>::infinity();
    for (int i = 0; i < int(set.matrices.size()); ++i) {
        const double away = std::abs(std::log2(set.matrices[std::size_t(i)].resolution / unitsPerPixel));
        if (away < distance || best < 0) {
            best = i;
            distance = away;
        }
    }
    return best;
}

TileRange rangeCovering(const TileMatrix &matrix, const Extent &extent)
{
    const double width = matrix.tileSize.width() * matrix.resolution;
    const double height = matrix.tileSize.height() * matrix.resolution;
    if (extent.isEmpty() || !(width > 0) || !(height > 0) || !std::isfinite(extent.width())
        || !std::isfinite(extent.height()))
        return {};
    constexpr double hair = 1e-6; // of a tile: corners of servers are rounded
    TileRange range{clamped(std::floor((extent.xMin - matrix.topLeft.x) / width + hair)),
                    clamped(std::ceil((extent.xMax - matrix.topLeft.x) / width - hair) - 1),
                    clamped(std::floor((matrix.topLeft.y - extent.yMax) / height + hair)),
                    clamped(std::ceil((matrix.topLeft.y - extent.yMin) / height - hair) - 1)};
    range.lastColumn = std::max(range.firstColumn, range.lastColumn);
    range.lastRow = std::max(range.firstRow, range.lastRow);
    const TileRange all{0, matrix.columns > 0 ? matrix.columns - 1 : qint64(farthest), 0,
                        matrix.rows > 0 ? matrix.rows - 1 : qint64(farthest)};
    return range.intersected(all);
}

std::vector<TileAddress> tilesCovering(const TileMatrixSet &set, int matrix, const Extent &extent,
                                       const QHash<QString, TileRange> &limits, int most)
{
    std::vector<TileAddress> tiles;
    if (matrix < 0 || matrix >= int(set.matrices.size()))
        return tiles;
    const auto &level = set.matrices[std::size_t(matrix)];
    auto range = rangeCovering(level, extent);
    if (const auto limit = limits.constFind(level.id); limit != limits.cend())
        range = range.intersected(*limit);
    if (range.isEmpty() || range.count() > most)
        return tiles;
    for (auto row = range.firstRow; row <= range.lastRow; ++row)
        for (auto column = range.firstColumn; column <= range.lastColumn; ++column)
            tiles.push_back({matrix, column, row});
    const auto centre = extent.centre();
    std::ranges::stable_sort(tiles, {}, [&](const TileAddress &tile) {
        const auto middle = level.tileExtent(tile.column, tile.row).centre();
        return std::hypot(middle.x - centre.x, middle.y - centre.y);
    });
    return tiles;
}

TileMatrixSet webMercatorSet(int highestZoom, int tileSize)
{
    constexpr double half = std::numbers::pi * 6378137.0;
    TileMatrixSet set{.id = u"WebMercatorQuad"_s, .crsName = u"EPSG:3857"_s, .crs = Crs::fromEpsg(3857)};
    set.wellKnownScaleSet = u"urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible"_s;
    for (int zoom = 0; zoom <= std::clamp(highestZoom, 0, 30); ++zoom) {
        const qint64 tiles = qint64(1) << zoom;
        const double resolution = 2 * half / (double(tiles) * tileSize);
        set.matrices.push_back({.id = QString::number(zoom),
                                .scaleDenominator = resolution / standardPixel,
                                .resolution = resolution,
                                .topLeft = {-half, half},
                                .tileSize = {tileSize, tileSize},
                                .columns = tiles,
                                .rows = tiles});
    }
    return set;
}

} // namespace hanseatlas
