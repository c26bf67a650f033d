// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layer.h"
#include "layers/map/viewport.h"

#include <QImage>
#include <QRect>

#include <vector>

class QPainter;

namespace hanseatlas
{

/** @internal A part of a large picture that is drawn by itself. It reaches into its neighbours, so that a viewer that
 * rounds its edges shows no seam; each pixel's shares in all pieces that have it add up to 1. */
struct RasterPiece {
    QRect area;
    QRect whole; ///< the picture of which it is a part
    int overlap = 0; ///< pixels that it shares with a neighbour

    double share(int x, int y) const; ///< > 0 within `area`
};

/** @internal Pieces of at most about so many pixels: strips, or tiles where the map is turned (a turned strip would
 * need a far larger upright picture). One piece where all fits into one. */
std::vector<RasterPiece> piecesOf(const QRect &whole, double rotation, qint64 pixels);

/** @internal Makes the overlaps see-through, so that all pieces together, drawn one over the other with this opacity,
 * are as dense as one picture. `image` is premultiplied and of the area's size. */
void fadeOverlaps(QImage &image, const RasterPiece &piece, double opacity);

/** @internal An A0 sheet at 300 dpi has 140 million pixels, and a printer engine copies each picture twice. */
constexpr qint64 rasterPiecePixels = 12'000'000;

/** @internal Draws all of the view, in the view's pixels. Only one piece is in memory at a time. What could not be read
 * is told once in `problems`; the only error is a cancelled job. */
Status paintRaster(QPainter &painter, const Layer &layer, const Viewport &view, bool wait, CancelToken token,
                   QStringList &problems, qint64 pixels = rasterPiecePixels);

} // namespace hanseatlas
