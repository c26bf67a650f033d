// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace hanseatlas
{

/** The local files that are being dragged; empty where there are none. */
QStringList filesIn(const QMimeData *data);

/** A tree that layers are moved in by drag and drop, and that takes files from outside. */
class LayerTreeView final : public QTreeView
{
    Q_OBJECT
public:
    explicit LayerTreeView(QWidget *parent = nullptr);

    QStyleOptionViewItem optionFor(const QModelIndex &index) const; ///< as the delegate gets it, for tests

signals:
    void filesDropped(const QStringList &files);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
};

} // namespace hanseatlas
