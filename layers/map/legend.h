// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layer.h"

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
    qint64 count = -1; ///< features of this class, -1 = not known
    bool visible = true;
};

/** The legend of a layer. With `onlyVisibleIn`, classes that have no feature in the view are left out. */
std::vector<LegendEntry> legendOf(const Layer &layer, const Extent *onlyVisibleIn = nullptr);

} // namespace hanseatlas
