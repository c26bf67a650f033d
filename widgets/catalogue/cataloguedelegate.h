// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace hanseatlas
{

/** A row of the catalogue: icon and title; what cannot be shown is pale, what says something is quiet, what can be
 *  tried again looks like a link. Of finds a second line says where they lie. */
class CatalogueDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /** `twoLines`: with the note below the title. */
    explicit CatalogueDelegate(bool twoLines, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    bool m_twoLines;
};

} // namespace hanseatlas
