// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/tilematrix.h"
#include "layers/model/result.h"

#include <QStringList>
#include <QUrl>

namespace hanseatlas
{

/** Tiles by zoom, column and row: "https://{a-c}.tile.example.org/{z}/{x}/{y}.png".
 *
 *  Known: {z}, {x}, {y} (from the north), {-y} (TMS: from the south), {q} (quadkey), {s}, {a-c}, {1-4}, {switch:a,b,c}
 *  (one of several hosts) and {r} (sharper tiles: left out).
 */
struct XyzTemplate {
    QString text; ///< as given
    QStringList hosts; ///< what {s} and its like stand for; empty = one host
    int lowestZoom = 0;
    int highestZoom = 19;
    int tileSize = 256;

    bool operator==(const XyzTemplate &) const = default;
};

/** Does the text have places for a tile's numbers? */
bool isXyzTemplate(const QString &text);
/** Is it a template of vector tiles (".pbf", ".mvt")? */
bool isVectorTemplate(const QString &text);
/** Fails where it is no web address or cannot name a tile. */
Result<XyzTemplate> parseXyzTemplate(const QString &text);
/** The same tile always goes to the same host, so that caches work. */
QUrl xyzTileUrl(const XyzTemplate &tiles, int zoom, qint64 column, qint64 row);
/** The pyramid to reckon tiles with: the index of a matrix is its zoom. */
TileMatrixSet xyzMatrixSet(const XyzTemplate &tiles);

} // namespace hanseatlas
