// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/mapink.h"

#include <QFontMetricsF>

#include <cmath>
#include <numbers>

namespace hanseatlas
{

MapInk mapInk(const QColor &background)
{
    // A transparent background shows the white paper below.
    const bool dark = background.alpha() > 127 && background.lightness() < 110;
    if (dark)
        return {QColor(240, 243, 246), QColor(190, 198, 206), QColor(24, 30, 36, 215), QColor(255, 255, 255, 40)};
    return {QColor(27, 36, 44), QColor(75, 86, 96), QColor(255, 255, 255, 222), QColor(20, 40, 60, 38)};
}

void paintPlate(QPainter &painter, const QRectF &box, const MapInk &ink, double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink.border, 1));
    painter.setBrush(ink.plate);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.restore();
}

QRectF paintAttribution(QPainter &painter, const QPointF &corner, double maxWidth, const QString &text,
                        const MapInk &ink)
{
    if (text.isEmpty() || maxWidth < 40)
        return {};
    const QFontMetricsF metrics(painter.font());
    const auto shown = metrics.elidedText(text, Qt::ElideRight, maxWidth - 16);
    const QSizeF size(std::ceil(metrics.horizontalAdvance(shown)) + 16, std::ceil(metrics.height()) + 6);
    const QRectF box(corner - QPointF(size.width(), size.height()), size);
    paintPlate(painter, box, ink, 4);
    painter.setPen(ink.quiet);
    painter.drawText(box, Qt::AlignCenter, shown);
    return box;
}

QRectF paintBadge(QPainter &painter, const QPointF &corner, const QString &text, const MapInk &ink)
{
    painter.save();
    auto font = painter.font();
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    const QRectF box(corner, QSizeF(std::ceil(metrics.horizontalAdvance(text)) + 30, std::ceil(metrics.height()) + 8));
    paintPlate(painter, box, ink, box.height() / 2);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(214, 120, 0));
    painter.drawEllipse(QPointF(box.left() + 13, box.center().y()), 3.5, 3.5);
    painter.setPen(ink.text);
    painter.drawText(box.adjusted(22, 0, -8, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
    painter.restore();
    return box;
}

void paintCross(QPainter &painter, const QPointF &at, const MapInk &ink)
{
    painter.save();
    const auto cross = [&](const QColor &color, double width, double reach) {
        painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(at - QPointF(reach, 0), at + QPointF(reach, 0));
        painter.drawLine(at - QPointF(0, reach), at + QPointF(0, reach));
    };
    auto ground = ink.plate;
    ground.setAlpha(255);
    cross(ground, 4, 11);
    cross(ink.text, 1.5, 10);
    painter.restore();
}

void paintBusyLine(QPainter &painter, const QRectF &box, double phase, const QColor &accent)
{
    const double length = box.width() * 0.28;
    // Eased at both ends so that it breathes instead of ticking.
    const double eased = 0.5 - 0.5 * std::cos(std::numbers::pi * phase);
    const double left = box.left() - length + (box.width() + length) * eased;
    QLinearGradient gradient(left, 0, left + length, 0);
    auto clear = accent;
    clear.setAlpha(0);
    gradient.setColorAt(0, clear);
    gradient.setColorAt(0.5, accent);
    gradient.setColorAt(1, clear);
    painter.fillRect(QRectF(left, box.top(), length, 3).intersected(box), gradient);
}

} // namespace hanseatlas
