// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/viewport.h"

#include <QString>

class QPainter;

namespace hanseatlas
{

/** What lies over the map and moves with it but is no layer, e.g. the marks of measures. The canvas asks it on the GUI
 *  thread whenever it paints; it belongs to somebody else. */
class MapOverlay
{
public:
    virtual ~MapOverlay() = default;
    /** The painter works in logical pixels; `density`: device pixels of the view for each. */
    virtual void paint(QPainter &painter, const Viewport &view, double density) = 0;
    /** `place` in device pixels of the view. True: the click was for it, and the layers are not asked. */
    virtual bool click(const Viewport &view, const QPointF &place) = 0;
    virtual QString tipAt(const Viewport &view, const QPointF &place) const = 0; ///< plain text; "" = nothing is there
};

} // namespace hanseatlas
