// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/style.h"

#include <QHash>
#include <QPainterPath>
#include <QPen>

#include <memory>

class QPainter;
class QSvgRenderer;

namespace hanseatlas
{

/** @internal A marker's outline around (0, 0), `size` pixels large. Empty for Svg. Cross and X are closed shapes too.
 */
QPainterPath markerPath(Marker::Shape shape, double size);

/** @internal Draws markers by QPainter; keeps SVG symbols that it parsed. Belongs to one thread. */
class MarkerPainter
{
public:
    MarkerPainter();
    ~MarkerPainter();
    /** `turn`: degrees clockwise, added to the marker's own. */
    void paint(QPainter &painter, const Marker &marker, QPointF place, double pixelsPerMm, double turn = 0);

private:
    QSvgRenderer *svg(const Marker &marker);
    QHash<QString, std::shared_ptr<QSvgRenderer>> m_svgs;
};

/** @internal A pen of `stroke` in pixels. */
QPen penOf(const Stroke &stroke, double pixelsPerMm);

} // namespace hanseatlas
