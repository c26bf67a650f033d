// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/renderer.h"

namespace hanseatlas
{

/** An object that was found at a place, with all that its source says of it. */
struct FoundFeature {
    qint64 id = -1; ///< -1: a raster's cell
    QString title; ///< plain text: a name if it has one, else what it is
    QVariantList values; ///< one per field of its layer
    Geometry geometry; ///< in the view's CRS; rasters: none
    QString html; ///< a server's page on the place, safe to show; then there are no values
};

struct FoundLayer {
    QUuid id;
    QString title;
    QList<Field> fields; ///< rasters: one per band
    Provenance provenance;
    QStringList notes; ///< e.g. that objects could not be read, or that there are more
    std::vector<FoundFeature> features;
};

/** What is at a place, topmost layer first. */
struct Found {
    PointXY place; ///< in `crs`
    Crs crs;
    std::vector<FoundLayer> layers;
    std::size_t size() const;
};

/** Asks all layers of the scene; blocking. `place` and `tolerance` in device pixels of the view. A layer whose source
 *  fails says so in its notes. */
Found identify(const MapScene &scene, const Viewport &view, QPointF place, double tolerance, CancelToken token);

/** Layers whose servers know more of the place than identify() tells, topmost first. */
std::vector<Layer> layersToAsk(const MapScene &scene, const Viewport &view);
/** What such a layer's server says: one entry for each kind of object, none where there is nothing. A failure is an
 *  entry with a note. Blocking, as long as the server takes. */
std::vector<FoundLayer> identifyByServer(const Layer &layer, const Viewport &view, QPointF place, CancelToken token);

/** A name for an object: the first text field whose name says that it is one, else the first short text. May be empty.
 */
QString titleOf(const QList<Field> &fields, const QVariantList &values, const QString &labelField);

} // namespace hanseatlas
