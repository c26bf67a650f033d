// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/render/preparedscene.h"

#include <QFont>

class QPainter;

namespace hanseatlas
{

/** @internal A label that found its place. */
struct PlacedLabel {
    QString text;
    const LabelStyle *style = nullptr; ///< of a layer of the scene
    double opacity = 1; ///< the layer's
    QPointF centre; ///< device pixels
    double angle = 0; ///< degrees clockwise
    double width = 0; ///< device pixels, without halo
};

/** @internal Chooses labels for the whole view. Which ones win depends on priority, layer, size and id, and where they
 * stand on their geometry, not on the edges of the view, so that labels stay put when the map is moved. Needs a
 * QGuiApplication. */
std::vector<PlacedLabel> placeLabels(const PreparedScene &scene, CancelToken token);

/** @internal A value as a label shows it: numbers in the locale's spelling, whole numbers without grouping (they are
 * often numbers of houses or years). */
QString labelText(const Column &column, std::size_t feature);

/** @internal On a raster from cached pictures of words, else as real text on an outlined halo. */
void drawLabels(QPainter &painter, std::span<const PlacedLabel> labels, double pixelsPerMm, bool asText);

/** @internal All labels as an overlay of the view's size; null if there are none. */
QImage labelOverlay(const PreparedScene &scene, CancelToken token);

} // namespace hanseatlas
