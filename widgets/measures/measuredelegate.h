// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QStyledItemDelegate>

namespace hanseatlas
{

/** Calm and told apart as well as twelve can be; the number stands beside it everywhere. 0 and unknown: grey. */
QColor fieldColour(int field);

/** Rows of a MeasureModel: a dot in the field's colour, overdue dates in the colour of errors, groups in bold. Paints
 *  only; all rows are of one height. */
class MeasureDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace hanseatlas
