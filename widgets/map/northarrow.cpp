// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/northarrow.h"

#include <QPainterPath>

namespace hanseatlas
{

void paintNorthArrow(QPainter &painter, const QRectF &box, double rotation, const QString &letter, bool hovered,
                     const MapInk &ink)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    auto plate = ink;
    if (hovered) {
        plate.plate.setAlpha(255);
        plate.border.setAlpha(std::min(255, ink.border.alpha() * 3));
    }
    paintPlate(painter, box, plate, box.width() / 2);

    const double r = box.width() / 2;
    painter.translate(box.center());
    painter.rotate(rotation);
    QPainterPath left(QPointF(0, -r * 0.42));
    left.lineTo(-r * 0.30, r * 0.62);
    left.lineTo(0, r * 0.42);
    left.closeSubpath();
    QPainterPath right(QPointF(0, -r * 0.42));
    right.lineTo(r * 0.30, r * 0.62);
    right.lineTo(0, r * 0.42);
    right.closeSubpath();
    painter.setPen(QPen(ink.text, 1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(ink.text);
    painter.drawPath(left);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(right);

    auto font = painter.font();
    font.setPixelSize(int(r * 0.5));
    font.setWeight(QFont::Bold);
    painter.setFont(font);
    painter.setPen(ink.text);
    painter.drawText(QRectF(-r, -r * 0.92, 2 * r, r * 0.55), Qt::AlignCenter, letter);
    painter.restore();
}

} // namespace hanseatlas
