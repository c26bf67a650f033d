// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"
#include "widgets/dashboard/dashboard.h"

#include <QMainWindow>

class QAction;
class QComboBox;
class QMenu;
class QSplitter;

namespace hanseatlas::look
{
class MessageBar;
class ProgressStrip;
} // namespace hanseatlas::look

namespace hanseatlas
{

class ChartTile;
class DashboardBar;
class DashboardGrid;
class DashboardWork;
class ExplanationPane;

/** The Smart City Index in a window of its own: dashboards of tiles, the filters that act on all of them, and beside
 * them how the chosen number came about. */
class DashboardWindow final : public QMainWindow
{
    Q_OBJECT
public:
    explicit DashboardWindow(DashboardWork &work, QWidget *parent = nullptr);

    void setDashboards(QList<Dashboard> dashboards, int current);
    const QList<Dashboard> &dashboards() const { return m_dashboards; }
    int current() const { return m_current; }
    void showDashboard(int number);
    DashboardGrid &grid() { return *m_grid; }
    DashboardBar &bar() { return *m_bar; }
    ExplanationPane &explanation() { return *m_explanation; }

    void setFull(bool on); ///< for meetings: the whole screen, no menus
    void showError(const Error &error);
    void showMessage(const QString &text);
    QString message() const; ///< that is shown now; "" = none
    /** Long work is under way; "" = it has ended. */
    void setBusy(const QString &text, double fraction = -1);
    bool isBusy() const;
    /** `possible`: made-up values may be shown at all. */
    void setDemo(bool possible, bool on);

signals:
    void dashboardsChanged(); ///< to be kept
    void importWanted();
    void templateWanted(); ///< an empty table to fill in
    void reportWanted();
    void layersWanted(); ///< work out the indicators that come from layers of the map
    void areasWanted(); ///< choose the layer that has the Stadtteile
    void demoWanted(bool on);
    void cancelWanted();
    void closing();

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void createMenus();
    void createToolBar();
    void fillTiles();
    void showHint();
    void fillChoice();
    void rename();
    void addDashboard(const Dashboard &like);
    void removeDashboard();
    void saveImage(const ChartTile &tile);
    void saveCsv(const ChartTile &tile);
    void write(const QString &path, const QByteArray &content);
    QString freeName(const QString &name) const;

    DashboardWork &m_work;
    QList<Dashboard> m_dashboards;
    int m_current = -1;
    look::MessageBar *m_message;
    look::MessageBar *m_demoBar;
    look::MessageBar *m_hint; ///< what to do where there are hardly any values
    bool m_hintClosed = false;
    look::ProgressStrip *m_progress;
    DashboardBar *m_bar;
    DashboardGrid *m_grid;
    ExplanationPane *m_explanation;
    QSplitter *m_splitter;
    QComboBox *m_choice;
    QToolBar *m_tools;
    QMenu *m_tiles;
    QAction *m_arrange;
    QAction *m_explain;
    QAction *m_full;
    QAction *m_demo;
    QList<QAction *> m_jobs; ///< not while one is under way
    bool m_wasMaximized = false;
};

} // namespace hanseatlas
