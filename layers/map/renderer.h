// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layer.h"
#include "layers/map/viewport.h"

#include <QColor>
#include <QImage>
#include <QSizeF>
#include <QThreadPool>

#include <map>

class QPainter;

namespace hanseatlas
{

/** All that a picture needs, as copies: made on the GUI thread, drawn elsewhere. */
struct MapScene {
    std::vector<Layer> layers; ///< bottom first; only those that are visible, flattened out of their groups
    QColor background = Qt::white; ///< transparent is allowed
    bool labels = true;
    bool markInvalid = true; ///< outline invalid polygons
    bool wait = true; ///< for what has to be fetched; false: draws what is at hand (see RasterQuery)
};

/** What a picture came to, beside its pixels. */
struct RenderNotes {
    QStringList problems; ///< per layer, for people: "Lärm: …"
    std::map<QUuid, QString> byLayer; ///< the same without the layer's title
};

/** Draws the scene into an image of viewport.size pixels (rounded), on all of the pool's threads.
 *  `partial`, if given, is called now and then from a worker with the picture so far. Stops soon after the token. */
Result<QImage> renderImage(const MapScene &scene, const Viewport &viewport, QThreadPool &pool, CancelToken token,
                           const std::function<void(const QImage &)> &partial = {}, RenderNotes *notes = nullptr);

/** The same picture by QPainter calls: polygons, lines and text stay vectors on a vector device. Rasters are drawn at
 *  `rasterPixelsPerMm`. The painter's coordinates are the viewport's device pixels. */
Status paintVector(QPainter &painter, const MapScene &scene, const Viewport &viewport, double rasterPixelsPerMm,
                   CancelToken token, RenderNotes *notes = nullptr);

/** A symbol's sample for legends, drawn by the same code as the map. */
void paintSymbol(QPainter &painter, const Symbol &symbol, GeometryKind kind, const QRectF &box, double pixelsPerMm);

/** What is at a place. */
struct Hit {
    QUuid layer;
    qint64 feature = -1; ///< vector: the id
    std::vector<double> values; ///< raster: all bands
    double distance = 0; ///< CRS units
};

/** Top layer first, then by distance; layers out of scale are left out. `tolerance` in device pixels. */
std::vector<Hit> hitsAt(const MapScene &scene, const Viewport &viewport, QPointF place, double tolerance,
                        CancelToken token);

/** Symbols by name, from resources/symbols; empty if there is none of that name. They are drawn with two stand-ins:
 *  replace the literal colour #123456 by the marker's fill and #654321 by its outline's colour (the glyph is white).
 *  The picture is 24 × 24 units, and a disc of diameter 22.5 with an outline of 1.25 fills it. */
QByteArray symbolSvg(const QString &name);

} // namespace hanseatlas
