// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QPixmap>
#include <QStyledItemDelegate>
#include <QUuid>

class QTimer;
class QTreeView;

namespace hanseatlas
{

class LayerPanelModel;
struct Layer;

/** Rows of the layer panel: check box, sample, title, and at the right quiet signs of state; a layer that failed or
 * lacks something says why in a second line, with a link to try again. Layers from servers show their age. Legend rows
 * are lower, with their count at the right; a legend that is a picture has as much room as it needs. */
class LayerDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    LayerDelegate(const LayerPanelModel &model, QTreeView *view);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;
    /** Where the check box is, for tests; empty where the row has none. */
    QRect checkBox(const QStyleOptionViewItem &option, const QModelIndex &index) const;
    /** Where "Try again" is, likewise. */
    QRect againLink(const QStyleOptionViewItem &option, const QModelIndex &index) const;

signals:
    void againRequested(const QModelIndex &index);
    void pictureWanted(const QUuid &layer) const; ///< its row is seen, and nobody has asked for it

private:
    struct Parts {
        QRect check, swatch, title, note, again;
    };
    Parts partsOf(const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintBackground(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintCheck(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                    const QRect &box) const;
    void paintSample(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                     const QRect &box) const;
    int paintSigns(QPainter *painter, const Layer &layer, const QModelIndex &index, const QRect &title) const;
    void paintNote(QPainter *painter, const Parts &parts, const QModelIndex &index, bool dark) const;
    bool hasNote(const QModelIndex &index) const;
    QSize pictureSize(const QModelIndex &index) const;
    void paintPicture(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    int indentOf(const QModelIndex &index) const;

    struct Sample {
        int revision = -1;
        bool dark = false;
        QPixmap picture;
    };
    const LayerPanelModel &m_model;
    QTreeView *m_view;
    mutable QHash<std::pair<QUuid, int>, Sample> m_samples; ///< by layer and line; -1 = the layer's own
    QTimer *m_turning;
    QTimer *m_ageing;
    int m_step = 0;
    mutable bool m_turns = false; ///< a spinner was painted since the last step
};

} // namespace hanseatlas
