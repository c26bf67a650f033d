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

} // namespace hanseatlas
