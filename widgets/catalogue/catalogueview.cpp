// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/catalogue/catalogueview.h"

#include "widgets/catalogue/cataloguedelegate.h"

#include <QKeyEvent>

namespace hanseatlas
{

CatalogueView::CatalogueView(bool twoLines, QWidget *parent)
    : QTreeView(parent)
{
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setItemDelegate(new CatalogueDelegate(twoLines, this));
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setExpandsOnDoubleClick(false); // a double click activates, which unfolds or adds
    setIndentation(16);
    setUniformRowHeights(true); // thousands of rows
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

void CatalogueView::keyPressEvent(QKeyEvent *event)
{
    const bool first = currentIndex().row() <= 0 && !currentIndex().parent().isValid();
    if (event->key() == Qt::Key_Up && first && event->modifiers() == Qt::NoModifier)
        emit leftUpwards();
    else
        QTreeView::keyPressEvent(event);
}

} // namespace hanseatlas
