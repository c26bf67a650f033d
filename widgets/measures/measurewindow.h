// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QAction>
#include <QMainWindow>

class QSplitter;
class QTabWidget;

namespace hanseatlas::look
{
class MessageBar;
class ProgressStrip;
} // namespace hanseatlas::look

namespace hanseatlas
{

class ChangeList;
class ConnectionsPane;
class DutyList;
class MeasureBoard;
class MeasureFilterBar;
class MeasurePage;
class MeasureTable;
class MeasureWork;
class StoreLine;
class TimelineView;

/** The measures of the Digital Strategy in a window of their own: views of all at the left, the chosen one beside
 *  them. */
class MeasureWindow final : public QMainWindow
{
    Q_OBJECT
public:
    explicit MeasureWindow(MeasureWork &work, QWidget *parent = nullptr);

    MeasureFilterBar &filterBar() { return *m_filter; }
    MeasureTable &table() { return *m_table; }
    MeasureBoard &board() { return *m_board; }
    ChangeList &changes() { return *m_changes; }
    TimelineView &timeline() { return *m_timeline; }
    DutyList &duties() { return *m_duties; }
    ConnectionsPane &connections() { return *m_connections; }
    MeasurePage &page() { return *m_page; }
    StoreLine &storeLine() { return *m_store; }
    void setOnMap(bool shown) { m_onMap->setChecked(shown); } ///< marks stand on the map
    void showView(int view); ///< in the order of the tabs
    void showError(const Error &error);
    void showMessage(const QString &text);
    QString message() const; ///< that is shown now; "" = none
    /** Long work is under way; "" = it has ended. */
    void setBusy(const QString &text, double fraction = -1);
    bool isBusy() const;

signals:
    void importWanted();
    void exportWanted();
    void openDataWanted(); ///< as open data
    void marksWanted(bool shown); ///< on the map
    void storeWanted(); ///< another one is to be chosen
    void cancelWanted();
    void closing();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void createMenus();
    void createViews();

    MeasureWork &m_work;
    look::MessageBar *m_message;
    look::ProgressStrip *m_progress;
    MeasureFilterBar *m_filter;
    QTabWidget *m_views;
    MeasureTable *m_table;
    MeasureBoard *m_board;
    TimelineView *m_timeline;
    ChangeList *m_changes;
    DutyList *m_duties;
    ConnectionsPane *m_connections;
    MeasurePage *m_page;
    StoreLine *m_store;
    QAction *m_onMap;
    QAction *m_change; ///< of the store; also where the one at hand cannot be opened
    QList<QAction *> m_jobs; ///< not while one is under way
};

} // namespace hanseatlas
