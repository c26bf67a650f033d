// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/themedelegate.h"

#include "widgets/layers/thememodel.h"
#include "widgets/look/look.h"

#include <QApplication>
#include <QPainter>

namespace hanseatlas
{

using namespace look;

void ThemeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem background = option;
    initStyleOption(&background, index);
    background.text.clear();
    const auto *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);

    const auto &t = tokens(isDark(option.palette));
    const bool current = index.data(ThemeModel::CurrentRole).toBool();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (current) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(t.brand);
        painter->drawRoundedRect(QRectF(option.rect.left() + 2, option.rect.top() + 8, 3, option.rect.height() - 16),
                                 1.5, 1.5);
    }
    constexpr int iconEdge = 24;
    const QRect iconBox(option.rect.left() + space::medium, option.rect.center().y() - iconEdge / 2, iconEdge,
                        iconEdge);
    icon(index.data(ThemeModel::IconRole).toString(), current ? Tint::Brand : Tint::Secondary).paint(painter, iconBox);

    const int left = iconBox.right() + space::medium;
    const int width = option.rect.right() - space::small - left;
    const auto titleFont = font(Type::Strong), summaryFont = font(Type::Caption);
    const QFontMetrics title(titleFont), summary(summaryFont);
    int y = option.rect.center().y() - (title.height() + summary.height()) / 2;
    painter->setFont(titleFont);
    painter->setPen(t.text);
    painter->drawText(QRect(left, y, width, title.height()), Qt::AlignVCenter | Qt::TextSingleLine,
                      title.elidedText(index.data().toString(), Qt::ElideRight, width));
    y += title.height();
    painter->setFont(summaryFont);
    painter->setPen(t.secondary);
    painter->drawText(QRect(left, y, width, summary.height()), Qt::AlignVCenter | Qt::TextSingleLine,
                      summary.elidedText(index.data(ThemeModel::SummaryRole).toString(), Qt::ElideRight, width));
    painter->restore();
}

QSize ThemeDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    const int text = QFontMetrics(font(Type::Strong)).height() + QFontMetrics(font(Type::Caption)).height();
    return {200, std::max(text + 2 * space::small, 48)};
}

} // namespace hanseatlas
