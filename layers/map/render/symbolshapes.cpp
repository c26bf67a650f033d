// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/symbolshapes.h"

#include "layers/map/renderer.h"

#include <QDir>
#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QPainterPath polygon(std::initializer_list<QPointF> points, double scale)
{
    QPolygonF corners;
    for (const auto &p : points)
        corners << p * scale;
    QPainterPath path;
    path.addPolygon(corners);
    path.closeSubpath();
    return path;
}

QPainterPath star(double radius)
{
    QPolygonF corners;
    for (int i = 0; i < 10; ++i) {
        const double angle = (i * 36 - 90) * std::numbers::pi / 180, r = i % 2 ? radius * 0.42 : radius;
        corners << QPointF(std::cos(angle), std::sin(angle)) * r;
    }
    QPainterPath path;
    path.addPolygon(corners);
    path.closeSubpath();
    return path;
}

QPainterPath cross(double half)
{
    const double a = 0.3;
    return polygon(
        {{-a, -1}, {a, -1}, {a, -a}, {1, -a}, {1, a}, {a, a}, {a, 1}, {-a, 1}, {-a, a}, {-1, a}, {-1, -a}, {-a, -a}},
        half);
}

/** A drop whose tip is at (0, 0) and whose head is `size` wide. */
QPainterPath pin(double size)
{
    const double r = size / 2, top = -1.45 * size;
    QPainterPath path;
    path.moveTo(0, 0);
    path.cubicTo(-0.25 * r, -0.9 * r, -r, top + 2.1 * r, -r, top + r);
    path.arcTo(QRectF(-r, top, 2 * r, 2 * r), 180, -180);
    path.cubicTo(r, top + 2.1 * r, 0.25 * r, -0.9 * r, 0, 0);
    path.closeSubpath();
    return path;
}

} // namespace

QPainterPath markerPath(Marker::Shape shape, double size)
{
    const double r = size / 2;
    QPainterPath path;
    switch (shape) {
    case Marker::Shape::Circle:
        path.addEllipse(QPointF(0, 0), r, r);
        break;
    case Marker::Shape::Square:
        path.addRect(-r * 0.886, -r * 0.886, size * 0.886, size * 0.886);
        break; // a circle's area
    case Marker::Shape::Diamond:
        path = polygon({{0, -1.12}, {1.12, 0}, {0, 1.12}, {-1.12, 0}}, r);
        break;
    case Marker::Shape::Triangle:
        path = polygon({{0, -1.15}, {1.05, 0.75}, {-1.05, 0.75}}, r);
        break;
    case Marker::Shape::Star:
        path = star(r * 1.15);
        break;
    case Marker::Shape::Cross:
        path = cross(r);
        break;
    case Marker::Shape::X: {
        QTransform turn;
        turn.rotate(45);
        path = turn.map(cross(r));
        break;
    }
    case Marker::Shape::Pin:
        path = pin(size);
        break;
    case Marker::Shape::Arrow:
        path = polygon({{0, -1.2}, {0.75, 0}, {0.28, 0}, {0.28, 1.1}, {-0.28, 1.1}, {-0.28, 0}, {-0.75, 0}}, r);
        break;
    case Marker::Shape::Svg:
        break;
    }
    return path;
}

QPen penOf(const Stroke &stroke, double pixelsPerMm)
{
    if (stroke.width <= 0 || !stroke.color.isValid() || stroke.color.alpha() == 0)
        return Qt::NoPen;
    QPen pen(stroke.color, stroke.width * pixelsPerMm, Qt::SolidLine, stroke.cap, stroke.join);
    pen.setMiterLimit(2);
    if (!stroke.dash.isEmpty()) {
        QList<qreal> pattern;
        for (const double length : stroke.dash)
            pattern << std::max(length, 0.01) / stroke.width;
        if (pattern.size() % 2)
            pattern += pattern;
        pen.setDashPattern(pattern);
    }
    return pen;
}

MarkerPainter::MarkerPainter() = default;
MarkerPainter::~MarkerPainter() = default;

QSvgRenderer *MarkerPainter::svg(const Marker &marker)
{
    // The symbols' stand-ins for the colours that the marker gives; foreign ones may say currentColor
    const auto fill = marker.fill.name().toLatin1();
    const auto outline =
        marker.outline.width > 0 && marker.outline.color.isValid() ? marker.outline.color.name().toLatin1() : fill;
    auto &held = m_svgs[marker.svg + u'|' + QLatin1StringView(fill) + QLatin1StringView(outline)];
    if (!held) {
        auto svg = symbolSvg(marker.svg);
        svg.replace("#123456", fill).replace("#654321", outline).replace("currentColor", fill);
        held = std::make_shared<QSvgRenderer>(svg);
        held->setAspectRatioMode(Qt::KeepAspectRatio);
    }
    return held->isValid() ? held.get() : nullptr;
}

void MarkerPainter::paint(QPainter &painter, const Marker &marker, QPointF place, double pixelsPerMm, double turn)
{
    const double size = marker.size * pixelsPerMm;
    const auto before = painter.transform();
    painter.translate(place);
    painter.rotate(marker.rotation + turn);
    if (marker.shape == Marker::Shape::Svg) {
        if (auto *renderer = svg(marker)) {
            const double opacity = painter.opacity();
            painter.setOpacity(opacity * marker.fill.alphaF());
            renderer->render(&painter, QRectF(-size / 2, -size / 2, size, size));
            painter.setOpacity(opacity);
        } else { // a missing symbol shows that it is missing
            painter.setPen(QPen(marker.fill, size / 8));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(QRectF(-size * 0.4, -size * 0.4, size * 0.8, size * 0.8));
            painter.drawLine(QPointF(-size * 0.4, -size * 0.4), QPointF(size * 0.4, size * 0.4));
        }
    } else {
        painter.setBrush(marker.fill);
        auto pen = penOf(marker.outline, pixelsPerMm);
        if (pen.style() != Qt::NoPen)
            pen.setJoinStyle(Qt::MiterJoin);
        painter.setPen(pen);
        painter.drawPath(markerPath(marker.shape, size));
    }
    painter.setTransform(before);
}

QByteArray symbolSvg(const QString &name)
{
    if (name.isEmpty())
        return {};
    QFile file(QDir::isAbsolutePath(name) ? name : u":/symbols/%1.svg"_s.arg(name));
    constexpr qint64 limit = 4 << 20; // a symbol, not a drawing
    if (!file.open(QIODevice::ReadOnly) || file.size() > limit)
        return {};
    return file.readAll();
}

} // namespace hanseatlas
