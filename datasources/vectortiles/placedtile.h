// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/vectortiles/vectortile.h"
#include "layers/model/crs.h"

#include <QImage>
#include <QPointF>
#include <QRectF>
#include <QSize>

#include <memory>

namespace hanseatlas
{

/** A picture of a piece of the ground, and how large what a style draws is on it. */
struct MapFrame {
    Crs crs; ///< of extent
    Extent extent; ///< what the picture covers
    QSize size; ///< pixels
    double ratio = 1; ///< pixels for one pixel of the style
    double zoom = 0; ///< of the style, at the picture's middle
    Extent tiled; ///< what it covers in Web Mercator

    QPointF pixel(PointXY place) const
    {
        return {(place.x - extent.xMin) * size.width() / extent.width(),
                (extent.yMax - place.y) * size.height() / extent.height()};
    }
};

/** Where the places of a tile lie in a picture: exact at the nodes of a grid, in between in proportion, so that
 *  neighbours fit and what is far from the middle of the projection is bent as it should be. */
class TilePlane
{
public:
    /** `extent`: what the tile covers, in the CRS that `toFrame` leads from. */
    TilePlane(const MapFrame &frame, const Transform &toFrame, const Extent &extent);

    /** `x`, `y` are shares of the tile's side, from the north-western corner; also a bit outside. */
    QPointF map(double x, double y) const;
    QRectF bounds() const { return m_bounds; }
    const QPointF &node(int column, int row) const { return m_nodes[std::size_t(row * (m_cells + 1) + column)]; }
    int cells() const { return m_cells; }

private:
    int m_cells = 1;
    std::vector<QPointF> m_nodes;
    QRectF m_bounds;
};

/** A tile that is to be drawn. */
struct PlacedTile {
    std::shared_ptr<const VectorTile> tile; ///< null for a picture
    QImage image; ///< of a source of pictures
    TilePlane plane;
    QRectF part{0, 0, 1, 1}; ///< what of it is drawn; less than all of one that stands in for finer ones
    QRectF shown{0, 0, 1, 1}; ///< what of it is in sight, with a margin
};

} // namespace hanseatlas
