// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/highlight.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace hanseatlas
{

namespace
{

/** Logical pixels; points closer than half a pixel to the one before are left out, so that a shore line of a hundred
 *  thousand vertices costs no more than it shows. */
void addRing(QPainterPath &path, std::span<const PointXY> ring, const QTransform &toLogical, bool close)
{
    QPointF last;
    bool first = true;
    for (const auto &p : ring) {
        if (!std::isfinite(p.x) || !std::isfinite(p.y))
            continue;
        const auto at = toLogical.map(QPointF(p.x, p.y));
        if (first)
            path.moveTo(at);
        else if ((at - last).manhattanLength() >= 0.5)
            path.lineTo(at);
        else
            continue;
        last = at;
        first = false;
    }
    if (close && !first)
        path.closeSubpath();
}

void paintPoint(QPainter &painter, const QPointF &at, const QColor &accent)
{
    auto halo = accent;
    halo.setAlpha(70);
    painter.setPen(QPen(halo, 8));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(at, 13, 13);
    painter.setPen(QPen(Qt::white, 4));
    painter.drawEllipse(at, 13, 13);
    painter.setPen(QPen(accent, 2.2));
    painter.drawEllipse(at, 13, 13);
}

} // namespace

void paintHighlight(QPainter &painter, const Geometry &geometry, const Viewport &view, double devicePixelRatio,
                    const QColor &accent)
{
    const auto reach = view.extent().grown(40 * view.resolution * devicePixelRatio);
    if (geometry.isEmpty() || !geometry.extent().intersects(reach))
        return;
    const auto toLogical = view.transform() * QTransform::fromScale(1 / devicePixelRatio, 1 / devicePixelRatio);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (geometry.kind == GeometryKind::Point) {
        for (const auto &p : geometry.points) {
            if (reach.contains(p))
                paintPoint(painter, toLogical.map(QPointF(p.x, p.y)), accent);
        }
        painter.restore();
        return;
    }
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    const bool filled = geometry.kind == GeometryKind::Polygon;
    for (std::size_t i = 0; i < geometry.ringCount(); ++i)
        addRing(path, geometry.ring(i), toLogical, filled);

    auto halo = accent;
    halo.setAlpha(60);
    auto wash = accent;
    wash.setAlpha(40);
    const auto stroke = [&](const QColor &color, double width) {
        painter.strokePath(path, QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    };
    if (filled)
        painter.fillPath(path, wash);
    stroke(halo, 10);
    stroke(QColor(255, 255, 255, 230), 5);
    stroke(accent, 2.4);
    painter.restore();
}

void paintOutline(QPainter &painter, const MapOutline &outline, const Viewport &view, double devicePixelRatio,
                  const QRectF &within, const MapInk &ink)
{
    const auto &area = outline.area;
    if (area.isEmpty() || !area.extent().intersects(view.extent()))
        return;
    const auto toLogical = view.transform() * QTransform::fromScale(1 / devicePixelRatio, 1 / devicePixelRatio);
    QPainterPath path;
    for (std::size_t i = 0; i < area.ringCount(); ++i)
        addRing(path, area.ring(i), toLogical, true);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    auto ground = ink.plate;
    ground.setAlpha(230);
    const double width = outline.chosen ? 2.4 : 1.4;
    painter.strokePath(path, QPen(ground, width + 3, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    QPen dashed(ink.text, width, Qt::CustomDashLine, Qt::FlatCap, Qt::RoundJoin);
    dashed.setDashPattern({10 / width, 5 / width});
    painter.strokePath(path, dashed);
    const auto seen = path.boundingRect().intersected(within);
    auto font = painter.font();
    font.setWeight(outline.chosen ? QFont::DemiBold : QFont::Normal);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    constexpr double pad = 8, least = 60;
    const auto room = seen.width() - 2 * pad;
    if (!outline.label.isEmpty() && room >= least && seen.height() >= metrics.height() + 2 * pad) {
        const auto text = metrics.elidedText(outline.label, Qt::ElideMiddle, room - 2 * pad);
        QRectF box(0, 0, std::ceil(metrics.horizontalAdvance(text)) + 2 * pad, std::ceil(metrics.height()) + 6);
        box.moveTopLeft({std::round(seen.center().x() - box.width() / 2), std::round(seen.top() + pad)});
        paintPlate(painter, box, ink, 4);
        painter.setPen(ink.text);
        painter.drawText(box, Qt::AlignCenter, text);
    }
    painter.restore();
}

} // namespace hanseatlas
