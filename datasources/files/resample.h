// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/rasterlayer.h"

#include <QRectF>

namespace hanseatlas
{

/** @internal Where the pixels of an answer come from in a raster, with exact places on a grid of nodes and straight
 * lines in between: the usual trick, since converting every pixel would cost seconds. */
class PixelMap
{
public:
    /** @param transform from the raster's CRS to the query's */
    PixelMap(const RasterLayer &layer, const Transform &transform, const RasterQuery &query);

    QRectF window() const { return m_window; } ///< of the raster that is needed; empty: nothing
    double shrink() const { return m_shrink; } ///< raster pixels per pixel of the answer
    /** The answer, from a piece that shows window() of the raster. */
    RasterBlock resampled(const RasterBlock &piece, bool smooth) const;

private:
    /** The nodes, moved to the middle of a line of the answer. */
    std::vector<PointXY> nodesOfLine(int y) const;

    static constexpr int spacing = 16; ///< pixels between nodes
    QSize m_size;
    int m_columns = 0, m_rows = 0;
    std::vector<PointXY> m_nodes; ///< raster pixels; NaN where nothing is
    QRectF m_window;
    double m_shrink = 1;
};

/** A block of that size with nothing in it. */
RasterBlock emptyBlock(RasterKind kind, QSize size);

} // namespace hanseatlas
