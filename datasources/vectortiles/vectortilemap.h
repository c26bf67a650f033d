// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/vectortiles/mapsprite.h"
#include "datasources/vectortiles/mapstyle.h"
#include "datasources/vectortiles/tilesupply.h"

#include <map>

namespace hanseatlas
{

/** A map of vector tiles: what is drawn, and from what. */
struct VectorTilePlan {
    struct Source {
        MapStyleSource is;
        std::shared_ptr<const TileSupply> supply;
        TileMatrixSet grid; ///< where the tiles lie; empty = as usual: Web Mercator, 2^z tiles a side
    };
    LayerDescription description;
    MapStyle style;
    MapSprite sprite;
    std::map<QString, Source> sources; ///< by their names in the style
    QImage (*decoded)(const QByteArray &bytes) = nullptr; ///< of sources of pictures; null where there are none
};

/** The level whose tiles are drawn at a zoom of the style (512 pixels are the world at 0) and, for a grid of its own,
 *  where a pixel of the style is of this size in the units of the grid's CRS; -1 = none. */
int tileLevel(const VectorTilePlan::Source &source, double zoom, double pixel);
/** The zoom of a style where its pixels are of this size, in Web Mercator's units. */
double styleZoom(double mercatorPixel);

/** Tiles drawn by a style: for each query anew and in its CRS, so that lines and texts are sharp at
 * any size and texts are level. What is at hand shows at once, also coarser tiles in the place of those that are
 *  missing, as with pictures from a service. */
class VectorTileMap : public RasterSource
{
public:
    explicit VectorTileMap(VectorTilePlan plan);
    ~VectorTileMap() override;

    LayerDescription description() const override;
    Result<RasterBlock> read(const RasterQuery &query, CancelToken token) const override;
    Result<std::vector<double>> valuesAt(PointXY place, const Crs &crs, CancelToken token) const override;
    void refresh() const override;
    const Arrivals *arrivals() const override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace hanseatlas
