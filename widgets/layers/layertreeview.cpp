// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/layertreeview.h"

#include <QDropEvent>
#include <QMimeData>
#include <QResizeEvent>
#include <QUrl>

namespace hanseatlas
{

QStringList filesIn(const QMimeData *data)
{
    QStringList files;
    if (!data || !data->hasUrls())
        return files;
    for (const auto &url : data->urls()) {
        if (url.isLocalFile())
            files << url.toLocalFile();
        else if (url.scheme().startsWith(QLatin1StringView("http")))
            files << url.toString();
    }
    return files;
}

LayerTreeView::LayerTreeView(QWidget *parent)
    : QTreeView(parent)
{
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers); // F2 is an action, so that menus show it
    setDragEnabled(true);
    setAcceptDrops(true);
    setDropIndicatorShown(true);
    setDragDropMode(DragDrop);
    setDefaultDropAction(Qt::MoveAction);
    setDragDropOverwriteMode(false);
    setAutoExpandDelay(600);
    setExpandsOnDoubleClick(false);
    setIndentation(16);
    setUniformRowHeights(false);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideRight);
    setContextMenuPolicy(Qt::CustomContextMenu);
}

QStyleOptionViewItem LayerTreeView::optionFor(const QModelIndex &index) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    return option;
}

void LayerTreeView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        scheduleDelayedItemsLayout(); // pictures are as high as the width lets them be
}

void LayerTreeView::dragEnterEvent(QDragEnterEvent *event)
{
    if (filesIn(event->mimeData()).isEmpty())
        QTreeView::dragEnterEvent(event);
    else
        event->acceptProposedAction();
}

void LayerTreeView::dragMoveEvent(QDragMoveEvent *event)
{
    if (filesIn(event->mimeData()).isEmpty())
        QTreeView::dragMoveEvent(event);
    else
        event->acceptProposedAction();
}

void LayerTreeView::dropEvent(QDropEvent *event)
{
    const auto files = filesIn(event->mimeData());
    if (files.isEmpty())
        return QTreeView::dropEvent(event);
    event->acceptProposedAction();
    emit filesDropped(files);
}

} // namespace hanseatlas
