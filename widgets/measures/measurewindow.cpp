// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/measurewindow.h"

#include "widgets/look/look.h"
#include "widgets/look/messagebar.h"
#include "widgets/look/progressstrip.h"
#include "widgets/measures/changelist.h"
#include "widgets/measures/connectionspane.h"
#include "widgets/measures/dutylist.h"
#include "widgets/measures/measureboard.h"
#include "widgets/measures/measurefilterbar.h"
#include "widgets/measures/measurepage.h"
#include "widgets/measures/measuretable.h"
#include "widgets/measures/measurework.h"
#include "widgets/measures/storeline.h"
#include "widgets/measures/timelineview.h"

#include <QCloseEvent>
#include <QMenuBar>
#include <QSplitter>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

MeasureWindow::MeasureWindow(MeasureWork &work, QWidget *parent)
    : QMainWindow(parent, Qt::Window)
    , m_work(work)
    , m_message(new MessageBar)
    , m_progress(new ProgressStrip)
    , m_filter(new MeasureFilterBar(work))
    , m_views(new QTabWidget)
    , m_table(new MeasureTable(work))
    , m_board(new MeasureBoard(work))
    , m_timeline(new TimelineView(work))
    , m_changes(new ChangeList(work))
    , m_duties(new DutyList(work))
    , m_connections(new ConnectionsPane(work))
    , m_page(new MeasurePage(work))
    , m_store(new StoreLine)
{
    setWindowTitle(tr("Measures of the Digital Strategy"));
    setObjectName(u"measures"_s);
    resize(1200, 760);
    m_message->hide();
    m_progress->hide();
    createViews();
    createMenus();
    connect(m_page, &MeasurePage::refused, this,
            [this](const QString &why) { showError({ErrorKind::Invalid, why, {}, {}}); });
    connect(&work, &MeasureWork::failed, this, &MeasureWindow::showError);
    connect(m_progress, &ProgressStrip::cancelled, this, &MeasureWindow::cancelWanted);
    m_table->view().setFocus();
}

void MeasureWindow::createViews()
{
    auto *left = new QWidget;
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_filter);
    m_views->setDocumentMode(true);
    m_views->addTab(m_table, tr("Table"));
    m_views->addTab(m_board, tr("Board"));
    m_views->addTab(m_duties, tr("To do"));
    m_views->addTab(m_connections, tr("Connections"));
    m_views->addTab(m_timeline, tr("Timeline"));
    m_views->addTab(m_changes, tr("Changes"));
    column->addWidget(m_views, 1);
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(m_page);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({720, 480});
    auto *all = new QWidget;
    auto *layout = new QVBoxLayout(all);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(m_progress);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_store);
    setCentralWidget(all);
    connect(m_filter, &MeasureFilterBar::filterChanged, m_table, &MeasureTable::setFilter);
    connect(m_filter, &MeasureFilterBar::filterChanged, m_board, &MeasureBoard::setFilter);
    connect(m_filter, &MeasureFilterBar::filterChanged, m_duties, &DutyList::setFilter);
    connect(m_filter, &MeasureFilterBar::filterChanged, m_timeline, &TimelineView::setFilter);
    connect(m_filter, &MeasureFilterBar::filterChanged, m_changes, &ChangeList::setFilter);
    connect(m_filter, &MeasureFilterBar::filterChanged, m_connections, &ConnectionsPane::setFilter);
    connect(m_board, &MeasureBoard::stepWanted, m_page, &MeasurePage::askStep);
    connect(m_filter, &MeasureFilterBar::groupingChanged, m_table, &MeasureTable::setGrouping);
    connect(m_filter, &MeasureFilterBar::downPressed, m_table, [this] { m_table->view().setFocus(); });
    connect(m_table, &MeasureTable::showAllWanted, m_filter, [this] { m_filter->setFilter({}); });
}

void MeasureWindow::createMenus()
{
    auto *measures = menuBar()->addMenu(tr("&Measures"));
    const auto add = [this](QMenu *menu, const QString &icon, const QString &text, auto &&slot) {
        auto *action = menu->addAction(look::icon(icon), text);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_jobs << add(measures, u"open"_s, tr("&Import…"), [this] { emit importWanted(); });
    m_jobs << add(measures, u"save-as"_s, tr("&Export…"), [this] { emit exportWanted(); });
    m_jobs << add(measures, u"external"_s, tr("Export as open &data…"), [this] { emit openDataWanted(); });
    measures->addSeparator();
    m_jobs << add(measures, u"plus"_s, tr("&New measure…"), [this] { m_page->askNew(); });
    m_jobs.last()->setShortcut(QKeySequence::New);
    m_jobs << add(measures, u"remove"_s, tr("Re&move measure…"), [this] { m_page->askRemove(); });
    add(measures, u"edit"_s, tr("&Report…"), [this] { m_page->askReport(); })->setShortcut(u"Ctrl+R"_s);
    add(measures, u"play"_s, tr("Next &step…"), [this] { m_page->askStep(); })->setShortcut(u"Ctrl+M"_s);
    measures->addSeparator();
    m_change = add(measures, u"database"_s, tr("&Where they are kept…"), [this] { emit storeWanted(); });
    measures->addSeparator();
    add(measures, u"close"_s, tr("&Close"), [this] { close(); })->setShortcut(QKeySequence::Close);
    m_onMap = new QAction(look::icon(u"pin"_s), tr("Show on the &map"), this);
    m_onMap->setCheckable(true);
    m_onMap->setToolTip(tr("Marks on the map for all measures in sight that have a place"));
    connect(m_onMap, &QAction::toggled, this, &MeasureWindow::marksWanted);
    auto *edit = menuBar()->addMenu(tr("&Edit"));
    auto *undo = m_work.undoStack().createUndoAction(this, tr("&Undo"));
    undo->setIcon(look::icon(u"undo"_s));
    undo->setShortcut(QKeySequence::Undo);
    auto *redo = m_work.undoStack().createRedoAction(this, tr("&Redo"));
    redo->setIcon(look::icon(u"redo"_s));
    redo->setShortcut(QKeySequence::Redo);
    edit->addActions({undo, redo});
    auto *view = menuBar()->addMenu(tr("&View"));
    for (int i = 0; i < m_views->count(); ++i) {
        auto *action = view->addAction(m_views->tabText(i));
        action->setShortcut(u"Ctrl+%1"_s.arg(i + 1));
        connect(action, &QAction::triggered, this, [this, i] { showView(i); });
    }
    view->addSeparator();
    view->addAction(m_onMap);
}

void MeasureWindow::showView(int view)
{
    m_views->setCurrentIndex(view);
}

void MeasureWindow::showError(const Error &error)
{
    m_message->setError(error);
    m_message->setTimeout(0);
    m_message->show();
}

void MeasureWindow::showMessage(const QString &text)
{
    m_message->setMessage(MessageBar::Kind::Success, text);
    m_message->setDetails({});
    m_message->show();
}

QString MeasureWindow::message() const
{
    return m_message->isHidden() ? QString() : m_message->text();
}

void MeasureWindow::setBusy(const QString &text, double fraction)
{
    m_progress->setVisible(!text.isEmpty());
    m_progress->setText(text);
    m_progress->setFraction(fraction);
    for (auto *action : std::as_const(m_jobs))
        action->setEnabled(text.isEmpty() && m_work.isWritable());
    m_change->setEnabled(text.isEmpty());
}

bool MeasureWindow::isBusy() const
{
    return !m_progress->isHidden();
}

void MeasureWindow::closeEvent(QCloseEvent *event)
{
    // What is still in a field is taken over before the window goes.
    if (auto *editor = focusWidget())
        editor->clearFocus();
    emit closing();
    QMainWindow::closeEvent(event);
}

} // namespace hanseatlas
