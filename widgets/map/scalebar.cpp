// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/scalebar.h"

#include <QFontMetricsF>

#include <cmath>

namespace hanseatlas
{

namespace
{

constexpr double barHeight = 5;
constexpr double padding = 8;

} // namespace

QRectF paintScaleBar(QPainter &painter, const QPointF &corner, const SheetScaleBar &bar, const MapInk &ink)
{
    if (bar.metres <= 0)
        return {};
    const QFontMetricsF metrics(painter.font());
    const auto end = bar.label(bar.metres, true);
    const double half = metrics.horizontalAdvance(bar.label(bar.metres, false)) / 2; // left of the bar's end
    const double overhang = metrics.horizontalAdvance(end) - half;
    const double width = padding + bar.length + std::max(overhang, 0.0) + padding;
    const double height = metrics.height() + barHeight + 3 + padding;
    const QRectF plate(corner.x(), corner.y() - height, std::ceil(width), std::ceil(height));
    paintPlate(painter, plate, ink, 4);

    const double x = plate.left() + padding;
    const double y = plate.bottom() - padding / 2 - barHeight - 1;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    for (int i = 0; i < bar.segments; ++i) {
        const double left = std::round(x + bar.length * i / bar.segments);
        const double right = std::round(x + bar.length * (i + 1) / bar.segments);
        painter.fillRect(QRectF(left, y, right - left, barHeight), i % 2 == 0 ? ink.text : ink.plate);
    }
    painter.setPen(QPen(ink.text, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(std::round(x), y, std::round(bar.length), barHeight));
    painter.restore();

    painter.setPen(ink.text);
    const double baseline = y - 3 - metrics.descent() + 1;
    painter.drawText(QPointF(x, baseline), bar.label(0, false));
    if (bar.segments % 2 == 0) { // halves of 5 are no round numbers
        const auto middle = bar.label(bar.metres / 2, false);
        painter.drawText(QPointF(x + bar.length / 2 - metrics.horizontalAdvance(middle) / 2, baseline), middle);
    }
    painter.drawText(QPointF(x + bar.length - half, baseline), end);
    return plate;
}

} // namespace hanseatlas
