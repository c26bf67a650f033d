// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"
#include "layers/model/job.h"
#include "widgets/map/identify.h"

#include <QUrl>
#include <QWidget>

class QAction;
class QLabel;
class QStackedWidget;
class QTableView;
class QTextBrowser;
class QTreeView;

namespace hanseatlas::look
{
class SectionHeader;
}

namespace hanseatlas
{

class AttributeModel;
class FoundModel;

/** What is at a place: the objects of all visible layers, and the attributes of the one that is chosen. Asks in the
 * pool. Texts of data are shown as they are, never as markup. */
class FeaturePanel final : public QWidget
{
    Q_OBJECT
public:
    FeaturePanel(LayerTree &tree, QThreadPool &pool, QWidget *parent = nullptr);
    ~FeaturePanel() override;

    /** Asks what is there, layers at hand first and their servers behind it; `place` in device pixels of the view. A
     * newer question takes the place of an older one. */
    void identify(const Viewport &view, const QPointF &place);
    void clear();
    const Found &found() const;
    const FoundFeature *chosen() const; ///< null: none

    /** What can be done with the objects found, for the program's menu. */
    QList<QAction *> commands() const { return {m_previous, m_next, m_zoom, m_copyAll}; }

signals:
    /** The answer is there. */
    void answered(const hanseatlas::Found &found);
    /** What to mark on the map, in the CRS of the question. */
    void highlightChanged(const std::vector<hanseatlas::Geometry> &geometries);
    void zoomRequested(const hanseatlas::Extent &extent, const hanseatlas::Crs &crs);
    /** http, https or file; whoever listens decides whether it is opened. */
    void linkActivated(const QUrl &url);
    void layerChosen(const QUuid &layer);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *createAnswer();
    QWidget *createDetails();
    void createActions();
    void askServers(const MapScene &scene, const Viewport &view, const QPointF &place);
    void present(Found found);
    void fill(Found found);
    void tellCount();
    void showCurrent();
    void fitColumns();
    void showProvenance(const FoundLayer &layer);
    void step(int by);
    void zoomToCurrent();
    void copyAll();
    void copySelection(bool wholeRows);
    void openLink(const QModelIndex &index);
    void tableMenu(const QPoint &at);
    QModelIndex current() const;

    LayerTree &m_tree;
    QThreadPool &m_pool;
    FoundModel *m_model = nullptr;
    AttributeModel *m_attributes = nullptr;
    QStackedWidget *m_pages = nullptr;
    look::SectionHeader *m_header = nullptr;
    QTreeView *m_list = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_layerTitle = nullptr;
    QLabel *m_personal = nullptr;
    QTableView *m_table = nullptr;
    QTextBrowser *m_page = nullptr; ///< instead of the table, where a server sends a page
    QLabel *m_provenance = nullptr;
    QLabel *m_notes = nullptr;
    QAction *m_previous = nullptr;
    QAction *m_next = nullptr;
    QAction *m_zoom = nullptr;
    QAction *m_copyAll = nullptr;
    QAction *m_copyValue = nullptr;
    QAction *m_copyRow = nullptr;
    QAction *m_open = nullptr;
    /** Waits for servers, which takes long and costs nothing. */
    QThreadPool m_waitPool;
    QList<QUuid> m_order; ///< of the scene that was asked, topmost first
    Latest m_asking;
    std::vector<std::unique_ptr<Latest>> m_servers; ///< those that are asked
};

} // namespace hanseatlas
