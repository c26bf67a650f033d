// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/crs.h"

#include <QString>

#include <vector>

namespace hanseatlas
{

/** Which image of the grid. Columns count to the east, rows to the NORTH of the grid's origin; both may be negative. */
struct ImageTile {
    int level = 0;
    qint64 column = 0;
    qint64 row = 0;

    bool operator==(const ImageTile &) const = default;
    auto operator<=>(const ImageTile &) const = default;
};

/** A fixed grid of images over a whole CRS. Map images are asked for by it and not by what the window happens to show,
 *  so that every image is of use again: for the next view, for the cache, offline. Pure sums.
 *
 *  Level 0 has `coarsest` units per pixel, every further level half of it.
 */
struct ImageGrid {
    PointXY origin; ///< a corner of tile 0/0 of every level
    double coarsest = 16384; ///< units of the CRS per pixel at level 0
    int tileSize = 512; ///< pixels per side
    int finest = 24; ///< highest level

    /** The grid of a CRS: metres, or degrees of about the same size. `tileSize` is what the server allows at most. */
    static ImageGrid forCrs(const Crs &crs, int largestImage = 0);

    double resolution(int level) const; ///< units per pixel
    /** The level whose pixels are nearest in size to `unitsPerPixel`. */
    int levelFor(double unitsPerPixel) const;
    Extent extentOf(const ImageTile &tile) const;
    ImageTile tileAt(int level, PointXY place) const;
    /** All tiles that touch the extent (edges do not count), nearest to its centre first; empty if there were more
     * than `most`. */
    std::vector<ImageTile> tilesCovering(const Extent &extent, int level, int most = 4096) const;
    qint64 countCovering(const Extent &extent, int level) const;

    bool operator==(const ImageGrid &) const = default;
};

/** "12/-3/45": for file names and keys. */
QString tileKey(const ImageTile &tile);

} // namespace hanseatlas
