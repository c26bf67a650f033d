// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/legend.h"

#include <QRectF>

class QPainter;
class QPalette;

namespace hanseatlas
{

/** A legend line's sample: the symbol as the map draws it, or a raster stop's colour. */
void paintSwatch(QPainter &painter, const LegendEntry &entry, const QRectF &box, const QPalette &palette);

/** What stands for a whole layer: its one symbol, a few of its classes' colours side by side, or an icon of its kind.
 */
void paintSwatch(QPainter &painter, const Layer &layer, const std::vector<LegendEntry> &legend, const QRectF &box,
                 const QPalette &palette);

/** Name of the icon for a kind of data, e.g. "polygon". */
QString iconNameFor(const LayerDescription &description);

} // namespace hanseatlas
