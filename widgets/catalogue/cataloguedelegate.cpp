// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/catalogue/cataloguedelegate.h"

#include "layers/catalogue/cataloguerow.h"
#include "widgets/look/look.h"

#include <QApplication>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

bool isHint(const QModelIndex &index)
{
    return index.data(CatalogueKindRole).toInt() == int(CatalogueKind::Hint);
}

bool offersMore(const QModelIndex &index)
{
    return index.data(CatalogueActionRole).toInt() == int(CatalogueAction::Load);
}

QColor colourOf(const QModelIndex &index, const Tokens &t)
{
    if (offersMore(index))
        return t.link;
    if (isHint(index) || !index.data(CatalogueEnabledRole).toBool())
        return t.secondary;
    return t.text;
}

QString textOf(const QModelIndex &index)
{
    const auto text = index.data().toString();
    const bool failed = offersMore(index) && index.data(CatalogueIconRole).toString() == "refresh"_L1;
    return failed ? CatalogueDelegate::tr("Try again: %1").arg(text) : text;
}

} // namespace

CatalogueDelegate::CatalogueDelegate(bool twoLines, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_twoLines(twoLines)
{
}

void CatalogueDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem background = option;
    initStyleOption(&background, index);
    background.text.clear();
    background.icon = {};
    const auto *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);

    const auto &t = tokens(isDark(option.palette));
    const auto note = m_twoLines ? index.data(CatalogueNoteRole).toString() : QString();
    const bool top = !m_twoLines && !index.parent().isValid();
    const auto titleFont = font(top ? Type::Strong : Type::Body), noteFont = font(Type::Caption);
    const QFontMetrics title(titleFont), caption(noteFont);
    painter->save();
    const QRect iconBox(option.rect.left() + space::tiny, option.rect.center().y() - smallIconSize / 2, smallIconSize,
                        smallIconSize);
    icon(index.data(CatalogueIconRole).toString(), offersMore(index) ? Tint::Accent : Tint::Secondary)
        .paint(painter, iconBox);
    const int left = iconBox.right() + space::small;
    const int width = option.rect.right() - space::small - left;
    const int height = title.height() + (note.isEmpty() ? 0 : caption.height());
    int y = option.rect.center().y() - height / 2;
    painter->setFont(titleFont);
    painter->setPen(colourOf(index, t));
    painter->drawText(QRect(left, y, width, title.height()), Qt::AlignVCenter | Qt::TextSingleLine,
                      title.elidedText(textOf(index), Qt::ElideRight, width));
    if (!note.isEmpty()) {
        y += title.height();
        painter->setFont(noteFont);
        painter->setPen(t.secondary);
        painter->drawText(QRect(left, y, width, caption.height()), Qt::AlignVCenter | Qt::TextSingleLine,
                          caption.elidedText(note, Qt::ElideMiddle, width));
    }
    painter->restore();
}

QSize CatalogueDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    const int title = QFontMetrics(font(Type::Strong)).height();
    const int caption = m_twoLines ? QFontMetrics(font(Type::Caption)).height() : 0;
    return {100, std::max(title + caption + (m_twoLines ? 2 * space::tiny : 0), rowHeight)};
}

} // namespace hanseatlas
