// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/paint_p.h"

#include <QListView>
#include <QPainter>
#include <QStyle>
#include <QTabBar>

namespace hanseatlas::look::paint
{

void row(QPainter &painter, const QStyleOptionViewItem &option, const QWidget *widget)
{
    const auto &t = tokensOf(option);
    QColor fill;
    if (option.state & QStyle::State_Selected)
        fill = option.state & QStyle::State_Enabled ? t.selection : t.pressed;
    else if (hovered(option))
        fill = t.hover;
    if (option.backgroundBrush.style() != Qt::NoBrush)
        painter.fillRect(option.rect, option.backgroundBrush);
    if (!fill.isValid())
        return;
    const auto *list = qobject_cast<const QListView *>(widget);
    if (list && list->viewMode() == QListView::ListMode)
        roundedBox(painter, QRectF(option.rect).adjusted(2, 1, -2, -1), fill, {}, radius - 1);
    else if (list)
        roundedBox(painter, option.rect, fill, {}, radius);
    else
        painter.fillRect(option.rect, fill);
}

void tab(QPainter &painter, const QStyleOptionTab &option, const QWidget *widget)
{
    const auto &t = tokensOf(option);
    const bool selected = option.state & QStyle::State_Selected;
    const QRectF rect(option.rect);
    QRectF line;
    QRectF ground;
    switch (option.shape) {
    case QTabBar::RoundedSouth:
    case QTabBar::TriangularSouth:
        line = QRectF(rect.left() + 8, rect.top(), rect.width() - 16, 2);
        ground = rect.adjusted(2, 4, -2, -2);
        break;
    case QTabBar::RoundedWest:
    case QTabBar::TriangularWest:
        line = QRectF(rect.right() - 2, rect.top() + 8, 2, rect.height() - 16);
        ground = rect.adjusted(2, 2, -4, -2);
        break;
    case QTabBar::RoundedEast:
    case QTabBar::TriangularEast:
        line = QRectF(rect.left(), rect.top() + 8, 2, rect.height() - 16);
        ground = rect.adjusted(4, 2, -2, -2);
        break;
    default:
        line = QRectF(rect.left() + 8, rect.bottom() - 2, rect.width() - 16, 2);
        ground = rect.adjusted(2, 2, -2, -4);
    }
    if (!selected && hovered(option))
        roundedBox(painter, ground, t.hover, {}, radius - 1);
    if (selected)
        roundedBox(painter, line, enabled(option) ? t.accent : t.disabled, {}, 1);
    if (showsFocus(option, widget))
        focusRing(painter, ground, t.focus, radius - 1);
}

void headerSection(QPainter &painter, const QStyleOptionHeader &option)
{
    const auto &t = tokensOf(option);
    const QRectF rect(option.rect);
    painter.fillRect(rect, option.state & QStyle::State_Sunken ? t.pressed : hovered(option) ? t.hover : t.surface);
    const bool last =
        option.position == QStyleOptionHeader::End || option.position == QStyleOptionHeader::OnlyOneSection;
    if (option.orientation == Qt::Horizontal) {
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), t.border);
        if (!last)
            painter.fillRect(QRectF(rect.right() - 1, rect.top() + 6, 1, rect.height() - 12), t.border);
    } else {
        painter.fillRect(QRectF(rect.right() - 1, rect.top(), 1, rect.height()), t.border);
    }
}

} // namespace hanseatlas::look::paint
