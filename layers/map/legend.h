// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layer.h"
#include "layers/map/viewport.h"

#include <QImage>

namespace hanseatlas
{

/** One line of a layer's legend. */
struct LegendEntry {
    QString title;
    int styleClass = 0; ///< index into Style::classes; classes.size() = otherwise; -1 = raster stop
    GeometryKind kind = GeometryKind::Polygon;
    Symbol symbol; ///< vector
    QColor color; ///< raster stop
    qint64 count = -1; ///< features of this class in the whole layer, -1 = not known or not asked
    bool visible = true;
    /** A legend that the layer's server has drawn, in the place of all lines; `picture` is null until it is here. */
    bool isPicture = false;
    QImage picture; ///< as RasterSource::legend()
};

/** The source of the layer's legend as a picture; null where there is none. */
std::shared_ptr<const RasterSource> legendSource(const Layer &layer);

/** The legend of a layer. With `onlyVisibleIn`, classes that have no feature in the view are left out: one whose box
 * reaches into the view while itself passes by does not count. */
std::vector<LegendEntry> legendOf(const Layer &layer, const Viewport *onlyVisibleIn = nullptr);

} // namespace hanseatlas
