// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboard/dashboardwindow.h"

#include "widgets/charts/charttile.h"
#include "widgets/dashboard/dashboardbar.h"
#include "widgets/dashboard/dashboardgrid.h"
#include "widgets/dashboard/dashboardtile.h"
#include "widgets/dashboard/dashboardwork.h"
#include "widgets/dashboard/explanationpane.h"
#include "widgets/look/filedialog.h"
#include "widgets/look/look.h"
#include "widgets/look/messagebar.h"
#include "widgets/look/progressstrip.h"

#include <QBuffer>
#include <QCloseEvent>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QInputDialog>
#include <QKeyEvent>
#include <QMenuBar>
#include <QMessageBox>
#include <QSaveFile>
#include <QSplitter>
#include <QToolBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr double pictureScale = 3; ///< pixels of a saved picture for each on the screen: enough for print

QString fileNameOf(const QString &title)
{
    auto name = title;
    for (auto &c : name) {
        if (!c.isLetterOrNumber() && c != u' ' && c != u'-')
            c = u'_';
    }
    return name.simplified().left(80);
}

} // namespace

DashboardWindow::DashboardWindow(DashboardWork &work, QWidget *parent)
    : QMainWindow(parent, Qt::Window)
    , m_work(work)
    , m_message(new MessageBar)
    , m_demoBar(new MessageBar(MessageBar::Kind::Warning,
                               tr("Demonstration: the values are made up and say nothing about Lübeck.")))
    , m_hint(new MessageBar(
          MessageBar::Kind::Info,
          tr("Hardly any indicator has data yet. Import values or work them out from layers: both are in "
             "the menu “Values”, and so is a demonstration.")))
    , m_progress(new ProgressStrip)
    , m_bar(new DashboardBar(work))
    , m_grid(new DashboardGrid(work))
    , m_explanation(new ExplanationPane(work))
    , m_splitter(new QSplitter)
    , m_choice(new QComboBox)
    , m_tools(new QToolBar(tr("Dashboard")))
    , m_tiles(new QMenu(tr("&Add a tile"), this))
{
    setWindowTitle(tr("Smart City Index"));
    setObjectName(u"dashboard"_s);
    resize(1360, 860);
    m_message->hide();
    m_demoBar->setClosable(false);
    m_demoBar->hide();
    m_hint->hide();
    m_progress->hide();
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_grid);
    m_splitter->addWidget(m_explanation);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({980, 380});
    auto *all = new QWidget;
    auto *layout = new QVBoxLayout(all);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_demoBar);
    layout->addWidget(m_hint);
    layout->addWidget(m_message);
    layout->addWidget(m_progress);
    layout->addWidget(m_bar);
    layout->addWidget(m_splitter, 1);
    setCentralWidget(all);
    createMenus();
    createToolBar();
    connect(&work, &DashboardWork::failed, this, &DashboardWindow::showError);
    connect(&work, &DashboardWork::placeChanged, this, [this] { m_explain->setChecked(true); });
    connect(&work, &DashboardWork::viewChanged, this, &DashboardWindow::showHint);
    connect(m_hint, &MessageBar::closed, this, [this] { m_hintClosed = true; });
    connect(m_progress, &ProgressStrip::cancelled, this, &DashboardWindow::cancelWanted);
    connect(m_grid, &DashboardGrid::changed, this, [this] {
        m_dashboards[m_current].tiles = m_grid->dashboard().tiles;
        emit dashboardsChanged();
    });
    connect(m_grid, &DashboardGrid::imageWanted, this, [this](const ChartTile *tile) { saveImage(*tile); });
    connect(m_grid, &DashboardGrid::csvWanted, this, [this](const ChartTile *tile) { saveCsv(*tile); });
    setDashboards(standardDashboards(), 0);
}

void DashboardWindow::createMenus()
{
    const auto add = [this](QMenu *menu, const QString &icon, const QString &text, auto &&slot) {
        auto *action = menu->addAction(look::icon(icon), text);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    auto *boards = menuBar()->addMenu(tr("&Dashboard"));
    add(boards, u"new"_s, tr("&New…"), [this] { addDashboard({}); });
    add(boards, u"duplicate"_s, tr("&Duplicate…"), [this] { addDashboard(m_dashboards[m_current]); });
    add(boards, u"rename"_s, tr("&Rename…"), [this] { rename(); });
    add(boards, u"remove"_s, tr("Re&move…"), [this] { removeDashboard(); });
    boards->addSeparator();
    boards->addMenu(m_tiles);
    m_arrange = add(boards, u"select"_s, tr("Arran&ge tiles"), [] { });
    m_arrange->setCheckable(true);
    m_arrange->setShortcut(u"Ctrl+E"_s);
    m_arrange->setToolTip(tr("Move, resize and remove tiles (Ctrl+E)"));
    connect(m_arrange, &QAction::toggled, m_grid, &DashboardGrid::setArranging);
    boards->addSeparator();
    add(boards, u"close"_s, tr("&Close"), [this] { close(); })->setShortcut(QKeySequence::Close);
    auto *values = menuBar()->addMenu(tr("&Values"));
    m_jobs << add(values, u"open"_s, tr("&Import values…"), [this] { emit importWanted(); });
    m_jobs << add(values, u"table"_s, tr("Empty &table to fill in…"), [this] { emit templateWanted(); });
    m_jobs << add(values, u"layers"_s, tr("&Work out from layers of the map"), [this] { emit layersWanted(); });
    values->addSeparator();
    add(values, u"polygon"_s, tr("Layer of the &Stadtteile…"), [this] { emit areasWanted(); });
    m_demo = add(values, u"demo"_s, tr("&Demonstration values"), [this](bool on) { emit demoWanted(on); });
    m_demo->setCheckable(true);
    auto *report = menuBar()->addMenu(tr("&Report"));
    m_jobs << add(report, u"export-pdf"_s, tr("&Smart City report…"), [this] { emit reportWanted(); });
    auto *view = menuBar()->addMenu(tr("&View"));
    m_explain = add(view, u"info"_s, tr("&Explanation"), [] { });
    m_explain->setCheckable(true);
    m_explain->setChecked(true);
    m_explain->setShortcut(u"F9"_s);
    m_explain->setToolTip(tr("How the chosen number came about (F9)"));
    connect(m_explain, &QAction::toggled, m_explanation, &QWidget::setVisible);
    m_full = add(view, u"fullscreen"_s, tr("&Full screen"), [this](bool on) { setFull(on); });
    m_full->setCheckable(true);
    m_full->setShortcut(QKeySequence::FullScreen);
    addAction(m_full); // works without the menu, too
    connect(m_tiles, &QMenu::aboutToShow, this, &DashboardWindow::fillTiles);
}

void DashboardWindow::createToolBar()
{
    m_tools->setObjectName(u"dashboardTools"_s);
    m_tools->setMovable(false);
    m_tools->setIconSize({look::iconSize, look::iconSize});
    m_choice->setAccessibleName(tr("Dashboard"));
    m_choice->setToolTip(tr("Which dashboard is shown (Ctrl+1 … Ctrl+9)"));
    m_choice->setMinimumContentsLength(24);
    m_tools->addWidget(m_choice);
    m_tools->addAction(m_arrange);
    m_tools->addAction(m_explain);
    m_tools->addAction(m_full);
    addToolBar(m_tools);
    connect(m_choice, &QComboBox::activated, this, &DashboardWindow::showDashboard);
    for (int i = 0; i < 9; ++i) {
        auto *action = new QAction(this);
        action->setShortcut(u"Ctrl+%1"_s.arg(i + 1));
        connect(action, &QAction::triggered, this, [this, i] {
            if (i < m_dashboards.size())
                showDashboard(i);
        });
        addAction(action);
    }
}

/** By need: the list of indicators is long. */
void DashboardWindow::fillTiles()
{
    m_tiles->clear();
    for (const auto &spec : tilesToAdd())
        m_tiles->addAction(tileTitle(spec, m_work), this, [this, spec] { m_grid->add(spec); });
    m_tiles->addSeparator();
    for (const auto &goal : m_work.definition().goals) {
        auto *menu = m_tiles->addMenu(m_work.facts().goal(goal.id) ? m_work.facts().goal(goal.id)->title : goal.id);
        const DashboardTileSpec course{DashboardTileSpec::Kind::Trend, goal.id, 2, 1};
        menu->addAction(tr("The goal over time"), this, [this, course] { m_grid->add(course); });
        menu->addSeparator();
        for (const auto &one : m_work.definition().indicators) {
            const DashboardTileSpec spec{DashboardTileSpec::Kind::Indicator, one.id, 1, 1};
            if (one.goals.contains(goal.id))
                menu->addAction(one.title, this, [this, spec] { m_grid->add(spec); });
        }
    }
}

void DashboardWindow::setDashboards(QList<Dashboard> dashboards, int current)
{
    m_dashboards = std::move(dashboards);
    if (m_dashboards.isEmpty())
        m_dashboards = standardDashboards();
    fillChoice();
    m_current = -1;
    showDashboard(std::clamp(current, 0, int(m_dashboards.size()) - 1));
}

void DashboardWindow::fillChoice()
{
    m_choice->clear();
    for (const auto &one : std::as_const(m_dashboards))
        m_choice->addItem(one.name);
    m_choice->setCurrentIndex(m_current);
}

void DashboardWindow::showDashboard(int number)
{
    m_choice->setCurrentIndex(number);
    if (number == m_current)
        return;
    m_current = number;
    m_grid->setDashboard(m_dashboards[number]);
    emit dashboardsChanged();
}

QString DashboardWindow::freeName(const QString &name) const
{
    auto free = name;
    for (int i = 2; std::ranges::contains(m_dashboards, free, &Dashboard::name); ++i)
        free = u"%1 %2"_s.arg(name).arg(i);
    return free;
}

void DashboardWindow::addDashboard(const Dashboard &like)
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(like.tiles.isEmpty() ? tr("New dashboard") : tr("Duplicate dashboard"));
    dialog->setLabelText(tr("Name"));
    dialog->setTextValue(freeName(like.name.isEmpty() ? tr("My dashboard") : like.name));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, like](const QString &name) {
        if (name.trimmed().isEmpty())
            return;
        m_dashboards.append({freeName(name.trimmed().left(100)), like.tiles});
        fillChoice();
        showDashboard(int(m_dashboards.size()) - 1);
    });
    dialog->open();
}

void DashboardWindow::rename()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename dashboard"));
    dialog->setLabelText(tr("Name"));
    dialog->setTextValue(m_dashboards[m_current].name);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, number = m_current](const QString &name) {
        if (name.trimmed().isEmpty() || number >= m_dashboards.size() || name == m_dashboards[number].name)
            return;
        m_dashboards[number].name = freeName(name.trimmed().left(100));
        fillChoice();
        emit dashboardsChanged();
    });
    dialog->open();
}

void DashboardWindow::removeDashboard()
{
    auto *question = new QMessageBox(
        QMessageBox::Question, tr("Remove dashboard"),
        tr("Remove the dashboard “%1”? The values stay.").arg(m_dashboards[m_current].name), QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->addButton(tr("Remove"), QMessageBox::AcceptRole);
    connect(question, &QMessageBox::accepted, this, [this] {
        m_dashboards.removeAt(m_current);
        setDashboards(m_dashboards, 0);
    });
    question->open();
}

void DashboardWindow::setFull(bool on)
{
    if (on == isFullScreen())
        return;
    if (on)
        m_wasMaximized = isMaximized();
    m_full->setChecked(on);
    menuBar()->setVisible(!on);
    m_tools->setVisible(!on);
    m_explanation->setVisible(!on && m_explain->isChecked());
    if (on)
        showFullScreen();
    else if (m_wasMaximized)
        showMaximized();
    else
        showNormal();
    if (on)
        showMessage(tr("Esc or F11 leads back."));
}

void DashboardWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_grid->large())
        return m_grid->setLarge(nullptr);
    if (event->key() == Qt::Key_Escape && isFullScreen())
        return setFull(false);
    if (event->key() == Qt::Key_Escape && m_arrange->isChecked())
        return m_arrange->setChecked(false);
    QMainWindow::keyPressEvent(event);
}

void DashboardWindow::saveImage(const ChartTile &tile)
{
    auto *dialog =
        look::saveDialog(this, tr("Save as picture"), {tr("PNG picture (*.png)")}, fileNameOf(tile.heading()));
    connect(dialog, &QFileDialog::fileSelected, this, [this, image = tile.picture(pictureScale)](const QString &path) {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        image.save(&buffer, "PNG");
        write(path, bytes);
    });
    dialog->open();
}

void DashboardWindow::saveCsv(const ChartTile &tile)
{
    auto *dialog = look::saveDialog(this, tr("Save numbers as CSV"), {tr("CSV (*.csv)")}, fileNameOf(tile.heading()));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, csv = tile.table().toCsv()](const QString &path) { write(path, csv); });
    dialog->open();
}

void DashboardWindow::write(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return showMessage(tr("Written: %1").arg(QFileInfo(path).fileName()));
    showError({ErrorKind::Storage, tr("“%1” could not be written.").arg(QDir::toNativeSeparators(path)),
               tr("See whether the folder has room and may be written."), file.errorString()});
}

void DashboardWindow::showError(const Error &error)
{
    m_message->setError(error);
    m_message->setTimeout(0);
    m_message->show();
}

void DashboardWindow::showMessage(const QString &text)
{
    m_message->setMessage(MessageBar::Kind::Success, text);
    m_message->setDetails({});
    m_message->setTimeout(8000);
    m_message->show();
}

QString DashboardWindow::message() const
{
    return m_message->isHidden() ? QString() : m_message->text();
}

void DashboardWindow::setBusy(const QString &text, double fraction)
{
    m_progress->setVisible(!text.isEmpty());
    m_progress->setText(text);
    m_progress->setFraction(fraction);
    for (auto *action : std::as_const(m_jobs))
        action->setEnabled(text.isEmpty());
}

bool DashboardWindow::isBusy() const
{
    return !m_progress->isHidden();
}

void DashboardWindow::showHint()
{
    constexpr int few = 20; // of so many indicators one has data, or none
    const auto *view = m_work.view();
    const bool asksForAll = m_work.question() == IndexQuestion{.month = monthOf(m_work.today())};
    m_hint->setVisible(!m_hintClosed && asksForAll && view->withData * few < view->overview.indicators.size());
}

void DashboardWindow::setDemo(bool possible, bool on)
{
    m_demo->setEnabled(possible);
    m_demo->setChecked(on);
    m_demo->setToolTip(possible ? QString() : tr("Only while the demo city is on the map"));
    m_demoBar->setVisible(on);
}

void DashboardWindow::closeEvent(QCloseEvent *event)
{
    emit closing();
    QMainWindow::closeEvent(event);
}

} // namespace hanseatlas
