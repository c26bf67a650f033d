// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/paint_p.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QWidget>

namespace hanseatlas::look::paint
{

const Tokens &tokensOf(const QStyleOption &option)
{
    return tokens(isDark(option.palette));
}

QColor mixed(const QColor &a, const QColor &b, double shareOfB)
{
    const auto s = float(shareOfB);
    return QColor::fromRgbF(a.redF() + (b.redF() - a.redF()) * s, a.greenF() + (b.greenF() - a.greenF()) * s,
                            a.blueF() + (b.blueF() - a.blueF()) * s);
}

bool enabled(const QStyleOption &option)
{
    return option.state & QStyle::State_Enabled;
}

bool hovered(const QStyleOption &option)
{
    return enabled(option) && (option.state & QStyle::State_MouseOver);
}

bool showsFocus(const QStyleOption &option, const QWidget *widget)
{
    if (!(option.state & QStyle::State_HasFocus))
        return false;
    return widget ? widget->window()->testAttribute(Qt::WA_KeyboardFocusChange)
                  : bool(option.state & QStyle::State_KeyboardFocusChange);
}

void roundedBox(QPainter &painter, const QRectF &rect, const QColor &fill, const QColor &edge, double corner,
                double edgeWidth)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter.setPen(edge.isValid() ? QPen(edge, edgeWidth) : QPen(Qt::NoPen));
    const auto inset = edge.isValid() ? edgeWidth / 2 : 0;
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), corner - inset, corner - inset);
    painter.restore();
}

void focusRing(QPainter &painter, const QRectF &rect, const QColor &color, double corner)
{
    roundedBox(painter, rect, {}, color, corner, 2);
}

void chevron(QPainter &painter, const QRectF &box, Qt::ArrowType direction, const QColor &color, double size)
{
    const auto half = size / 2;
    const auto quarter = size / 4;
    QPolygonF line{{-half, -quarter}, {0, quarter}, {half, -quarter}};
    QTransform turn;
    turn.translate(box.center().x(), box.center().y());
    switch (direction) {
    case Qt::UpArrow:
        turn.rotate(180);
        break;
    case Qt::LeftArrow:
        turn.rotate(90);
        break;
    case Qt::RightArrow:
        turn.rotate(-90);
        break;
    default:
        break;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(turn.map(line));
    painter.restore();
}

QIcon recoloured(const QIcon &icon, const QSize &size, qreal scale, const QColor &color)
{
    if (icon.isNull())
        return icon;
    auto pixmap = icon.pixmap(size, scale);
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(QRectF(QPointF(), pixmap.deviceIndependentSize()), color);
    painter.end();
    return QIcon(pixmap);
}

void divider(QPainter &painter, const QStyleOption &option, bool vertical)
{
    const auto &t = tokensOf(option);
    const bool held = option.state & (QStyle::State_Sunken | QStyle::State_MouseOver);
    QRectF line(option.rect);
    const auto width = held && enabled(option) ? 2.0 : 1.0;
    if (vertical)
        line = QRectF(std::floor(line.center().x()), line.top(), width, line.height());
    else
        line = QRectF(line.left(), std::floor(line.center().y()), line.width(), width);
    painter.fillRect(line, held ? t.focus : t.border);
}

} // namespace hanseatlas::look::paint
