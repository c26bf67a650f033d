// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"

#include <QModelIndex>
#include <QWidget>

class QAction;
class QLabel;
class QMenu;
class QSlider;
class QStackedLayout;
class QThreadPool;
class QToolBar;

namespace hanseatlas
{

class LayerPanelModel;
class LayerTreeView;
class TreeEditor;

namespace look
{
class EmptyState;
class SearchField;
} // namespace look

/** The layers of the map: order, visibility, opacity, legend, state, and all that can be done with them, by mouse and
 * by keyboard. Shows the tree and edits it through the editor; whatever needs the map or a dialog is asked for by
 * signals.
 */
class LayerPanel final : public QWidget
{
    Q_OBJECT
public:
    /** Both outlive the panel. */
    LayerPanel(LayerTree &tree, TreeEditor &editor, QWidget *parent = nullptr);
    ~LayerPanel() override;

    /** The chosen nodes in the tree's order, none within another; a line of a legend counts for its layer. */
    QList<QUuid> selected() const;
    QUuid current() const;
    void select(const QUuid &node);

    /** All commands, with separators, for the program's menu; they work while the panel has the focus, and from there.
     */
    QList<QAction *> commands() const { return m_commands; }

    /** The CRS that zoomRequested() gives its extent in. */
    void setCrs(const Crs &crs) { m_crs = crs; }

    /** Where legends are asked for of their servers; outlives the panel. */
    void setPool(QThreadPool &pool);

signals:
    void addRequested();
    void filesDropped(const QStringList &files);
    void zoomRequested(const hanseatlas::Extent &extent, const hanseatlas::Crs &crs);
    void propertiesRequested(const QUuid &node);
    void reloadRequested(const QUuid &layer);
    void currentLayerChanged(const QUuid &node); ///< null: none

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *createHeader();
    QWidget *createBody();
    QWidget *createFooter();
    void createCommands();
    QAction *command(const QString &icon, const QString &text, const QKeySequence &keys, void (LayerPanel::*slot)());
    QMenu *createScaleMenu();
    void watchModel();
    void fetchPicture(const QUuid &layer);
    void updateState();
    void updateOpacity();
    void updateEmptiness();
    void expandAsStored(const QModelIndex &parent = {});
    void filter(const QString &text);
    bool filterRows(const QModelIndex &parent, const QString &text);
    void edit(TreeChange change);

    void groupSelected();
    void renameCurrent();
    void removeSelected();
    void duplicateSelected();
    void toggleSelected();
    void moveUp();
    void moveDown();
    void zoomToSelected();
    void openProperties();
    void reloadSelected();
    void showAll();
    void hideAll();
    void foldLegends();
    void setScaleLimit(double Layer::*limit, double value);

    LayerTree &m_tree;
    TreeEditor &m_editor;
    LayerPanelModel *m_model;
    LayerTreeView *m_view;
    look::SearchField *m_search;
    look::EmptyState *m_nothing; ///< no layers at all
    look::EmptyState *m_notFound; ///< none that the search field names
    QStackedLayout *m_stack;
    QSlider *m_opacity;
    QLabel *m_percent;
    QWidget *m_footer;
    QMenu *m_menu;
    QList<QAction *> m_commands;
    QAction *m_add = nullptr, *m_group = nullptr, *m_rename = nullptr, *m_remove = nullptr, *m_duplicate = nullptr;
    QAction *m_toggle = nullptr, *m_up = nullptr, *m_down = nullptr, *m_zoom = nullptr, *m_properties = nullptr;
    QAction *m_reload = nullptr, *m_showAll = nullptr, *m_hideAll = nullptr, *m_fold = nullptr, *m_scale = nullptr;
    QString m_filter;
    Crs m_crs = Crs::working();
    bool m_restoring = false; ///< the view is being folded as stored, or for the search: not to be stored
};

} // namespace hanseatlas
