// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/actionbutton.h"
#include "widgets/look/paint_p.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyle>

namespace hanseatlas::look::paint
{

namespace
{

/** Fill and edge of a box or circle that can be checked. */
std::pair<QColor, QColor> markColors(const QStyleOption &option, const Tokens &t, bool marked)
{
    if (!enabled(option))
        return marked ? std::pair(t.disabled, t.disabled) : std::pair(t.surface, t.border);
    if (marked)
        return hovered(option) ? std::pair(t.accentHover, t.accentHover) : std::pair(t.accent, t.accent);
    return {option.state & QStyle::State_Sunken ? t.pressed : t.raised, hovered(option) ? t.accent : t.outline};
}

} // namespace

void button(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget)
{
    const auto &t = tokensOf(option);
    const bool pressed = option.state & QStyle::State_Sunken;
    const bool checked = option.state & QStyle::State_On;
    const bool primary = (option.features & QStyleOptionButton::DefaultButton) || isPrimary(widget);
    QColor fill = t.raised;
    QColor edge = mixed(t.border, t.outline, 0.55);
    if (!enabled(option)) {
        fill = t.surface;
        edge = t.border;
    } else if (primary) {
        fill = pressed || hovered(option) ? t.accentHover : t.accent;
        edge = {};
    } else if (pressed || checked) {
        fill = t.pressed;
        edge = checked ? t.accent : t.outline;
    } else if (hovered(option)) {
        fill = t.hover;
        edge = t.outline;
    }
    if ((option.features & QStyleOptionButton::Flat) && !primary) {
        edge = {};
        fill = pressed || checked ? t.pressed : hovered(option) ? t.hover : QColor();
    }
    roundedBox(painter, option.rect, fill, edge);
    // On the accent colour a ring in its own colour would not be seen: one of the ground's colour inside it.
    if (showsFocus(option, widget)) {
        focusRing(painter, option.rect, t.focus);
        if (primary)
            roundedBox(painter, QRectF(option.rect).adjusted(2, 2, -2, -2), {}, t.onAccent, radius - 2, 1.5);
    }
}

void iconAndText(QPainter &painter, const QRect &rect, const QIcon &icon, QSize iconSize, const QString &text,
                 int flags, const QStyleOption &option, const QColor &color)
{
    constexpr int gap = 6;
    const auto &metrics = option.fontMetrics;
    const bool both = !icon.isNull() && !text.isEmpty();
    const int iconWidth = icon.isNull() ? 0 : iconSize.width() + (both ? gap : 0);
    const int textWidth = text.isEmpty() ? 0 : metrics.size(flags, text).width();
    const int left = rect.left() + qMax(0, (rect.width() - iconWidth - textWidth) / 2);
    if (!icon.isNull()) {
        const QRect box(QPoint(left, rect.top() + (rect.height() - iconSize.height()) / 2), iconSize);
        icon.paint(&painter, QStyle::visualRect(option.direction, rect, box), Qt::AlignCenter,
                   enabled(option) ? QIcon::Normal : QIcon::Disabled,
                   option.state & QStyle::State_On ? QIcon::On : QIcon::Off);
    }
    painter.save();
    painter.setPen(color);
    const QRect words(left + iconWidth, rect.top(), rect.right() - left - iconWidth + 1, rect.height());
    painter.drawText(QStyle::visualRect(option.direction, rect, words),
                     flags | Qt::AlignVCenter | (option.direction == Qt::LeftToRight ? Qt::AlignLeft : Qt::AlignRight),
                     text);
    painter.restore();
}

void checkBox(QPainter &painter, const QStyleOption &option, bool partly)
{
    const auto &t = tokensOf(option);
    const bool checked = option.state & QStyle::State_On;
    const auto [fill, edge] = markColors(option, t, checked || partly);
    const auto side = qMin(option.rect.width(), option.rect.height()) - 1.0;
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option.rect).center());
    roundedBox(painter, box, fill, edge, 4, 1.25);
    if (!checked && !partly)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(
        QPen(enabled(option) ? t.onAccent : t.surface, side / 9, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&box, side](double x, double y) { return box.topLeft() + QPointF(x, y) * side; };
    if (partly)
        painter.drawLine(at(0.28, 0.5), at(0.72, 0.5));
    else
        painter.drawPolyline(QPolygonF{at(0.24, 0.53), at(0.43, 0.71), at(0.77, 0.32)});
    painter.restore();
}

void radioButton(QPainter &painter, const QStyleOption &option)
{
    const auto &t = tokensOf(option);
    const bool checked = option.state & QStyle::State_On;
    const auto [fill, edge] = markColors(option, t, checked);
    const auto side = qMin(option.rect.width(), option.rect.height()) - 1.0;
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option.rect).center());
    roundedBox(painter, box, fill, edge, side / 2, 1.25);
    if (!checked)
        return;
    const auto dot = side * 0.3;
    roundedBox(painter, box.adjusted(dot, dot, -dot, -dot), enabled(option) ? t.onAccent : t.surface, {}, dot);
}

void toolPanel(QPainter &painter, const QStyleOption &option, const QRect &rect)
{
    const auto &t = tokensOf(option);
    const bool raised = option.state & QStyle::State_AutoRaise;
    const bool pressed = option.state & QStyle::State_Sunken;
    const bool checked = option.state & QStyle::State_On;
    QColor fill = raised ? QColor() : t.raised;
    QColor edge = raised ? QColor() : mixed(t.border, t.outline, 0.55);
    if (!enabled(option)) {
        fill = checked ? t.hover : QColor();
        edge = raised ? QColor() : t.border;
    } else if (pressed) {
        fill = t.pressed;
    } else if (checked) {
        fill = hovered(option) ? mixed(t.selection, t.accent, 0.12) : t.selection;
    } else if (hovered(option)) {
        fill = raised ? t.pressed : t.hover;
    }
    if (fill.isValid() || edge.isValid())
        roundedBox(painter, rect, fill, edge);
}

} // namespace hanseatlas::look::paint
