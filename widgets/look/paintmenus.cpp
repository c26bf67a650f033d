// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/paint_p.h"

#include <QPainter>
#include <QStyle>
#include <QWidget>

namespace hanseatlas::look::paint
{

namespace
{

void menuSeparator(QPainter &painter, const QStyleOptionMenuItem &option)
{
    const auto &t = tokensOf(option);
    const QRectF rect(option.rect);
    auto left = rect.left() + menuPadding;
    if (!option.text.isEmpty()) {
        painter.save();
        painter.setFont(font(Type::Caption));
        painter.setPen(t.secondary);
        painter.drawText(rect.adjusted(menuPadding, 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine, option.text);
        left += painter.fontMetrics().horizontalAdvance(option.text) + space::small;
        painter.restore();
    }
    painter.fillRect(QRectF(left, std::floor(rect.center().y()), rect.right() - menuPadding - left, 1), t.border);
}

/** The column at the left: a check, a dot, or the action's icon. */
void menuMark(QPainter &painter, const QStyleOptionMenuItem &option, const QRect &box)
{
    const auto &t = tokensOf(option);
    const bool checkable = option.checkType != QStyleOptionMenuItem::NotCheckable;
    const QRect mark(box.center() - QPoint(smallIconSize / 2 - 1, smallIconSize / 2 - 1),
                     QSize(smallIconSize, smallIconSize));
    if (!option.icon.isNull()) {
        if (checkable && option.checked)
            roundedBox(painter, QRectF(mark).adjusted(-4, -4, 4, 4), t.selection, {}, 4);
        option.icon.paint(&painter, mark, Qt::AlignCenter, enabled(option) ? QIcon::Normal : QIcon::Disabled,
                          option.checked ? QIcon::On : QIcon::Off);
        return;
    }
    if (!checkable || !option.checked)
        return;
    const auto color = enabled(option) ? t.accent : t.disabled;
    if (option.checkType == QStyleOptionMenuItem::Exclusive) {
        roundedBox(painter, QRectF(mark).adjusted(5, 5, -5, -5), color, {}, 3);
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF o = mark.topLeft();
    painter.drawPolyline(QPolygonF{o + QPointF(3, 8.5), o + QPointF(6.5, 12), o + QPointF(13, 4.5)});
    painter.restore();
}

} // namespace

void menuItem(QPainter &painter, const QStyleOptionMenuItem &option, const QWidget *widget)
{
    const auto &t = tokensOf(option);
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        menuSeparator(painter, option);
        return;
    }
    const bool leftToRight = option.direction == Qt::LeftToRight;
    if ((option.state & QStyle::State_Selected) && enabled(option))
        roundedBox(painter, QRectF(option.rect).adjusted(4, 1, -4, -1),
                   option.state & QStyle::State_Sunken ? t.pressed : t.hover, {}, radius - 1);

    const auto visual = [&option](const QRect &rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    const auto inner = option.rect.adjusted(menuPadding, 0, -menuPadding, 0);
    menuMark(painter, option, visual({inner.left(), inner.top(), menuCheckWidth - space::tiny, inner.height()}));

    painter.save();
    painter.setFont(option.font);
    painter.setPen(enabled(option) ? t.text : t.disabled);
    const auto tab = option.text.indexOf(u'\t');
    const auto words = tab < 0 ? option.text : option.text.left(tab);
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip
        | (widget && !widget->style()->styleHint(QStyle::SH_UnderlineShortcut, &option, widget) ? Qt::TextHideMnemonic
                                                                                                : Qt::TextShowMnemonic);
    const auto textBox = inner.adjusted(menuCheckWidth, 0, -(space::large), 0);
    painter.drawText(visual(textBox), flags | (leftToRight ? Qt::AlignLeft : Qt::AlignRight), words);
    if (tab >= 0) {
        painter.setPen(enabled(option) ? t.secondary : t.disabled);
        painter.drawText(visual(textBox), flags | (leftToRight ? Qt::AlignRight : Qt::AlignLeft),
                         option.text.mid(tab + 1));
    }
    painter.restore();
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        chevron(painter, visual({inner.right() - 11, inner.top(), 12, inner.height()}),
                leftToRight ? Qt::RightArrow : Qt::LeftArrow, enabled(option) ? t.secondary : t.disabled);
}

void menuBarItem(QPainter &painter, const QStyleOptionMenuItem &option)
{
    const auto &t = tokensOf(option);
    painter.fillRect(option.rect, t.surface);
    const bool open = option.state & QStyle::State_Sunken;
    if (enabled(option) && (open || (option.state & QStyle::State_Selected)))
        roundedBox(painter, QRectF(option.rect).adjusted(0, 2, 0, -2), open ? t.pressed : t.hover, {}, radius - 1);
    painter.save();
    painter.setPen(enabled(option) ? t.text : t.disabled);
    painter.drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine | Qt::TextDontClip,
                     option.text);
    painter.restore();
}

void dockTitle(QPainter &painter, const QStyleOptionDockWidget &option, const QRect &text)
{
    const auto &t = tokensOf(option);
    painter.save();
    painter.fillRect(option.rect, t.surface);
    auto strong = painter.font();
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    painter.setPen(enabled(option) ? t.text : t.disabled);
    const auto box = text.adjusted(space::small, 0, 0, 0);
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetrics(strong).elidedText(option.title, Qt::ElideRight, box.width()));
    painter.restore();
}

} // namespace hanseatlas::look::paint
