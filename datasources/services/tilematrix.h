// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/crs.h"

#include <QHash>
#include <QSize>
#include <QString>

#include <vector>

namespace hanseatlas
{

/** One level of a tile pyramid. Columns count to the east, rows to the south of the top left corner. */
struct TileMatrix {
    QString id; ///< as the server names it: "05", "EPSG:3857:5", "7142.857142857143"
    double scaleDenominator = 0;
    double resolution = 0; ///< units of the CRS per pixel
    PointXY topLeft; ///< east before north
    QSize tileSize{256, 256};
    qint64 columns = 0; ///< 0 = not stated: as many as one likes
    qint64 rows = 0;

    /** Everything the matrix covers; where the number of tiles is not stated, empty. */
    Extent extent() const;
    Extent tileExtent(qint64 column, qint64 row) const;
    bool operator==(const TileMatrix &) const = default;
};

/** Which tiles of a matrix there are, both ends included. */
struct TileRange {
    qint64 firstColumn = 0, lastColumn = -1;
    qint64 firstRow = 0, lastRow = -1;

    bool isEmpty() const { return firstColumn > lastColumn || firstRow > lastRow; }
    double count() const;
    TileRange intersected(const TileRange &other) const;
    bool operator==(const TileRange &) const = default;
};

/** A pyramid, coarsest level first. */
struct TileMatrixSet {
    QString id;
    QString title;
    QString crsName; ///< as spelled by the server
    Crs crs; ///< invalid where nobody knows it
    QString wellKnownScaleSet; ///< e.g. "urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible"
    bool axesTurned = false; ///< the corners are not written in the order of the register: only the other fits
    std::vector<TileMatrix> matrices;
};

/** A tile of a set, for requests and cache keys. */
struct TileAddress {
    int matrix = 0; ///< index in the set
    qint64 column = 0;
    qint64 row = 0;
    auto operator<=>(const TileAddress &) const = default;
};

/** The level to draw from: the one whose pixels are nearest in size; -1 where the set is empty. */
int matrixFor(const TileMatrixSet &set, double unitsPerPixel);

/** Which tiles of a matrix touch an extent in the CRS of the set (edges do not count). */
TileRange rangeCovering(const TileMatrix &matrix, const Extent &extent);

/** The same as a list, nearest to the centre of the extent first; empty if there were more than `most`. `limits` holds
 * what the layer has of the set: matrix id → range; matrices that are not in it are whole. */
std::vector<TileAddress> tilesCovering(const TileMatrixSet &set, int matrix, const Extent &extent,
                                       const QHash<QString, TileRange> &limits = {}, int most = 4096);

/** The pyramid that XYZ tiles come from: Web Mercator, 2^z tiles a side. */
TileMatrixSet webMercatorSet(int highestZoom = 22, int tileSize = 256);

/** Metres of a pixel as OGC's scale denominators mean it. */
constexpr double standardPixel = 0.00028;

} // namespace hanseatlas
