// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>
#include <QString>

namespace hanseatlas
{

/** The colours in which marks are painted over the map: they follow the map's background, not the program's palette,
 *  since a printed-looking white map stays white in a dark window. */
struct MapInk {
    QColor text; ///< at least 7:1 on the plate
    QColor quiet; ///< secondary text, at least 4.5:1 on the plate
    QColor plate; ///< a see-through ground below text
    QColor border; ///< hairline around plates
};

MapInk mapInk(const QColor &background);

/** The rounded, see-through ground that texts on the map stand on. Logical pixels. */
void paintPlate(QPainter &painter, const QRectF &box, const MapInk &ink, double radius = 6);

/** A line of text on a plate whose bottom right corner is at `corner`; wider than `maxWidth` it is elided. Returns the
 *  plate's box, empty when there is no text. */
QRectF paintAttribution(QPainter &painter, const QPointF &corner, double maxWidth, const QString &text,
                        const MapInk &ink);

/** The mark "Demonstration data": an outlined badge with its top left corner at `corner`. Returns its box. */
QRectF paintBadge(QPainter &painter, const QPointF &corner, const QString &text, const MapInk &ink);

/** A small cross: the place that the keyboard asks about. */
void paintCross(QPainter &painter, const QPointF &at, const MapInk &ink);

/** A thin line along the top edge of `box` that runs from left to right; `phase` 0 … 1 is its place. */
void paintBusyLine(QPainter &painter, const QRectF &box, double phase, const QColor &accent);

} // namespace hanseatlas
