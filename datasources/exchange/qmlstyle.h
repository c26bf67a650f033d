// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layer.h"

#include <QString>

namespace hanseatlas
{

/** The layer's look as QGIS 3 writes it (QML): renderer, symbols with embedded SVG, labels, opacity, scale range, and
 *  the fields' titles as aliases. The table's columns are the description's fields. */
QString qmlOf(const Layer &layer, const LayerDescription &description);

/** A symbol of ours as an SVG file with the marker's colour filled in; empty if there is no such symbol. */
QByteArray markerSvg(const Marker &marker);

} // namespace hanseatlas
