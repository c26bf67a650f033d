// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/measuredelegate.h"

#include "layers/measures/measuremodel.h"
#include "widgets/look/look.h"

#include <QPainter>
#include <QPixmapCache>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int fields = 12;
constexpr int dotSize = 10;

QIcon dotOf(int field)
{
    const auto colour = fieldColour(field);
    const auto key = u"measure-dot-"_s + colour.name();
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        constexpr int ratio = 2;
        pixmap = QPixmap(look::smallIconSize * ratio, look::smallIconSize * ratio);
        pixmap.setDevicePixelRatio(ratio);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        constexpr double edge = (look::smallIconSize - dotSize) / 2.0;
        painter.drawEllipse(QRectF(edge, edge, dotSize, dotSize));
        painter.end();
        QPixmapCache::insert(key, pixmap);
    }
    return QIcon(pixmap);
}

} // namespace

QColor fieldColour(int field)
{
    if (field < 1 || field > fields)
        return look::tokens().secondary;
    const bool dark = look::tokens().surface.lightness() < 128;
    // Neighbours in number are far apart in hue.
    const int hue = (200 + (field - 1) * 150) % 360;
    return QColor::fromHsl(hue, dark ? 95 : 105, dark ? 150 : (field % 2 ? 110 : 130));
}

QSize MeasureDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {0, std::max(look::rowHeight, option.fontMetrics.height() + look::space::small)};
}

void MeasureDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto &colours = look::tokens();
    if (index.data(MeasureNumberRole).toString().isEmpty()) {
        option->font = look::font(look::Type::Strong);
        return;
    }
    if (!index.data(MeasureFieldNumberRole).isValid())
        return; // a row of another model
    if (index.column() == MeasureModel::Number) {
        option->icon = dotOf(index.data(MeasureFieldNumberRole).toInt());
        option->decorationSize = {look::smallIconSize, look::smallIconSize};
        option->features |= QStyleOptionViewItem::HasDecoration;
    }
    if (index.column() == MeasureModel::End && index.data(MeasureOverdueRole).toBool())
        option->palette.setColor(QPalette::Text, colours.error);
    if (index.column() == MeasureModel::Phase || index.column() == MeasureModel::Number)
        option->palette.setColor(QPalette::Text, colours.secondary);
}

} // namespace hanseatlas
