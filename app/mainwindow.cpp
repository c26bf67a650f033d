// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow.h"

#include "app/actions.h"
#include "app/export/exporter.h"
#include "app/noticearea.h"
#include "app/dashboarddesk.h"
#include "app/measuredesk.h"
#include "app/measuremarks.h"
#include "app/offlinedesk.h"
#include "app/signindesk.h"
#include "layers/catalogue/cataloguemodel.h"
#include "widgets/catalogue/cataloguepanel.h"
#include "widgets/layers/layerpanel.h"
#include "widgets/layers/themepanel.h"
#include "widgets/look/look.h"
#include "widgets/look/progressstrip.h"
#include "widgets/map/coordinatebox.h"
#include "widgets/map/featurepanel.h"
#include "widgets/map/mapcanvas.h"
#include "widgets/map/mapextents.h"
#include "widgets/map/scalebox.h"
#include "widgets/map/timebar.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int panelWidth = 320;
constexpr int stateVersion = 1;

QDockWidget *createDock(const QString &name, const QString &title, QWidget *content, QMainWindow *window)
{
    auto *dock = new QDockWidget(title, window);
    dock->setObjectName(name);
    dock->setFeatures(QDockWidget::DockWidgetClosable);
    dock->setTitleBarWidget(new QWidget(dock)); // the content has a head of its own
    dock->setWidget(content);
    return dock;
}

} // namespace

MainWindow::MainWindow(Session &session)
    : m_session(session)
    , m_actions(new Actions(session.undoStack(), this))
    , m_canvas(new MapCanvas(session.tree(), session.drawPool(), this))
{
    setAcceptDrops(true);
    createMiddle();
    m_notices = new NoticeArea(m_actions->undo, m_canvas);
    m_signIn = new SignInDesk(session, *m_notices, this);
    m_measures = new MeasureDesk(session, *m_notices, this);
    m_dashboard = new DashboardDesk(session, *m_measures, *m_notices, this);
    m_marks = new MeasureMarks(session, *m_canvas, this);
    m_actions->fillMenuBar(menuBar());
    m_toolBar = addToolBar(tr("Tools"));
    m_toolBar->setObjectName(u"tools"_s);
    m_toolBar->setMovable(false);
    m_toolBar->setIconSize({look::iconSize, look::iconSize});
    m_actions->fillToolBar(m_toolBar);
    m_toolBar->toggleViewAction()->setVisible(false); // no second, hidden way to lose it
    createPanels();
    m_offline = new OfflineDesk(session, *m_canvas, *m_features, *m_notices, this);
    createStatusBar();
    connectActions();
    connectCanvas();
    connectCatalogue();
    connectSession();
    readWindowState();
    updateTitle();
    m_canvas->setEmptyActions({m_actions->openFiles, m_actions->showThemes});
    m_canvas->setFocus();
    addActions(m_actions->findChildren<QAction *>()); // shortcuts also where the menu bar is hidden
}

MainWindow::~MainWindow() = default;

/** The map, and its time below it. */
void MainWindow::createMiddle()
{
    auto *middle = new QWidget(this);
    auto *layout = new QVBoxLayout(middle);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_canvas, 1);
    layout->addWidget(
        new TimeBar(m_session.tree(), [this] { return m_canvas->isSharp() && !m_session.loader().isFetching(); }));
    setCentralWidget(middle);
}

void MainWindow::createPanels()
{
    m_themes = new ThemePanel(this);
    m_layers = new LayerPanel(m_session.tree(), m_session.editor(), this);
    m_layers->setPool(m_session.workPool());
    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_themes, tr("Themes"));
    m_tabs->addTab(m_layers, tr("Layers"));
    createCatalogue();
    m_tabs->setMinimumWidth(240);
    m_left = createDock(u"left"_s, tr("Themes and layers"), m_tabs, this);
    addDockWidget(Qt::LeftDockWidgetArea, m_left);

    m_features = new FeaturePanel(m_session.tree(), m_session.workPool(), this);
    m_features->setMinimumWidth(260);
    m_right = createDock(u"right"_s, tr("Objects"), m_features, this);
    addDockWidget(Qt::RightDockWidgetArea, m_right);
    m_right->hide();
    resizeDocks({m_left, m_right}, {panelWidth, panelWidth + 40}, Qt::Horizontal);
    m_actions->layerMenu->addActions(m_layers->commands());
    m_actions->objectMenu->addActions(m_features->commands());
}

void MainWindow::createStatusBar()
{
    m_progress = new look::ProgressStrip({}, this);
    m_progress->hide();
    m_scale = new ScaleBox(this);
    m_coordinates = new CoordinateBox(this);
    m_rotation = new QDoubleSpinBox(this);
    m_rotation->setRange(-180, 180);
    m_rotation->setWrapping(true);
    m_rotation->setDecimals(0);
    m_rotation->setSingleStep(5);
    m_rotation->setSuffix(u"°"_s);
    m_rotation->setKeyboardTracking(false);
    m_rotation->setAccessibleName(tr("Rotation of the map"));
    m_rotation->setToolTip(tr("Rotation of the map, clockwise"));
    m_rotation->hide();
    m_crs = new QToolButton(this);
    m_crs->setAutoRaise(true);
    m_crs->setPopupMode(QToolButton::InstantPopup);
    m_crs->setMenu(m_actions->crsMenu);
    m_crs->setToolTip(tr("Coordinate system of the map"));
    auto *bar = statusBar();
    bar->setSizeGripEnabled(false);
    bar->setContentsMargins(look::space::small, 0, look::space::small, 0);
    bar->addWidget(m_progress, 1);
    for (auto *widget : std::initializer_list<QWidget *>{m_coordinates, m_rotation, m_scale, m_crs})
        bar->addPermanentWidget(widget);
}

void MainWindow::connectCanvas()
{
    connect(m_canvas, &MapCanvas::viewportChanged, this, [this](const Viewport &view) {
        m_scale->setScale(view.scale());
        const QSignalBlocker quiet(m_rotation);
        m_rotation->setValue(view.rotation);
        m_rotation->setVisible(view.rotation != 0 || m_rotation->hasFocus());
    });
    connect(m_canvas, &MapCanvas::settled, &m_session, &Session::setView);
    connect(m_canvas, &MapCanvas::historyChanged, this, [this] {
        m_actions->previousView->setEnabled(m_canvas->canGoBack());
        m_actions->nextView->setEnabled(m_canvas->canGoForward());
    });
    connect(m_canvas, &MapCanvas::cursorMoved, this,
            [this](PointXY place) { m_coordinates->setPlace(place, m_canvas->viewport().crs); });
    connect(m_canvas, &MapCanvas::cursorLeft, m_coordinates, &CoordinateBox::clearPlace);
    connect(m_canvas, &MapCanvas::identifyRequested, m_features, &FeaturePanel::identify);
    connect(m_canvas, &MapCanvas::filesDropped, this,
            [this](const QList<QUrl> &urls) { openLocations(QUrl::toStringList(urls)); });
    connect(m_canvas, &MapCanvas::finished, this, [this](const RenderNotes &notes) {
        auto &tree = m_session.tree();
        for (const auto &id : tree.layerIds()) {
            const auto trouble = notes.byLayer.find(id);
            tree.setTrouble(id, trouble == notes.byLayer.end() ? QString() : trouble->second);
        }
    });
    connect(m_canvas, &MapCanvas::problemsChanged, this, [this](const QStringList &problems) {
        if (!problems.isEmpty())
            m_notices->show({.kind = Notice::Kind::Warning,
                             .text = tr("Layers that cannot be drawn completely: %1").arg(problems.size()),
                             .details = problems.join(u'\n'),
                             .topic = u"drawing"_s});
    });
    connect(m_features, &FeaturePanel::answered, this, [this](const Found &found) {
        if (found.size() > 0 || !found.layers.empty()) {
            m_right->show();
            m_canvas->makeVisible(found.place);
        }
    });
    connect(m_features, &FeaturePanel::highlightChanged, m_canvas, &MapCanvas::setHighlight);
    connect(m_features, &FeaturePanel::zoomRequested, m_canvas, &MapCanvas::zoomTo);
    connect(m_features, &FeaturePanel::linkActivated, this, &MainWindow::openLink);
    connect(m_scale, &ScaleBox::scaleChosen, this, [this](double scale) {
        m_canvas->setScale(scale);
        m_canvas->setFocus();
    });
    connect(m_coordinates, &CoordinateBox::placeChosen, this, [this](PointXY place, const Crs &crs) {
        m_canvas->goTo(place, crs);
        m_canvas->setFocus();
    });
    connect(m_rotation, &QDoubleSpinBox::valueChanged, m_canvas, &MapCanvas::setRotation);
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::noticed, m_notices, &NoticeArea::show);
    connect(&m_session.undoStack(), &QUndoStack::indexChanged, m_notices, &NoticeArea::dismissUndoable);
    connect(&m_session, &Session::viewWanted, m_canvas, [this](const Viewport &view) { m_canvas->setViewport(view); });
    connect(&m_session, &Session::extentWanted, m_canvas, &MapCanvas::zoomTo);
    connect(&m_session, &Session::themesChanged, this, &MainWindow::updateThemes);
    connect(&m_session, &Session::currentThemeChanged, this, &MainWindow::updateThemes);
    connect(&m_session, &Session::workspaceChanged, this, &MainWindow::updateTitle);
    connect(&m_session, &Session::workspaceChanged, m_themes,
            [this] { m_themes->setVariant(m_session.currentVariant()); });
    connect(&m_session, &Session::settingsChanged, this, [this] { m_actions->setRecent(m_session.settings().recent); });
    const auto showCrs = [this](const Crs &crs) {
        m_canvas->setCrs(crs);
        m_layers->setCrs(crs);
        m_actions->setCrs(crs.definition());
        m_crs->setText(crs.id().isEmpty() ? tr("Own coordinate system") : crs.id());
    };
    connect(&m_session, &Session::crsChanged, this, showCrs);
    connect(&m_session.demoCity(), &DemoCityKeeper::progressed, this,
            [this](double fraction) { m_canvas->setActivity(tr("The demo city is being built…"), fraction); });
    connect(&m_session.demoCity(), &DemoCityKeeper::stateChanged, this, [this](DemoCityKeeper::State state) {
        if (state != DemoCityKeeper::State::Making)
            m_canvas->setActivity({});
    });
    connect(&m_session.loader(), &LayerLoader::busyChanged, this, [this](bool busy) {
        m_loads = busy;
        updateProgress();
    });
    connect(&m_session.loader(), &LayerLoader::progressed, this, [this](const QUuid &layer, double fraction) {
        m_loading[layer] = fraction;
        updateProgress();
    });
    connect(&m_session.openQueue(), &OpenQueue::busyChanged, this, [this](const QString &location) {
        m_opening = location;
        updateProgress();
    });
    connect(&m_session.openQueue(), &OpenQueue::choiceWanted, this,
            [this](const QString &location) { chooseLayers({location}); });
    connect(m_progress, &look::ProgressStrip::cancelled, this, [this] {
        m_session.openQueue().cancel();
        m_exporter->cancel();
    });
    showCrs(m_canvas->viewport().crs);
    if (const auto crs = Crs::fromEpsg(m_session.settings().crs); crs.isValid())
        showCrs(crs);
    m_actions->setRecent(m_session.settings().recent);
    m_coordinates->setChoice(m_session.settings().coordinates);
    m_session.setView(m_canvas->viewport());
    updateThemes();
}

void MainWindow::updateTitle()
{
    const auto path = m_session.workspacePath();
    const auto name = path.isEmpty() ? QString() : QFileInfo(path).completeBaseName();
    setWindowFilePath(path);
    setWindowTitle(name.isEmpty() ? u"Hanseatlas"_s : u"%1[*] – Hanseatlas"_s.arg(name));
    setWindowModified(m_session.isModified());
}

void MainWindow::updateThemes()
{
    m_themes->setThemes(m_session.themes(), m_session.currentTheme());
    QList<Actions::Theme> entries;
    for (const auto &theme : m_session.themes()) {
        entries.append({theme.id, theme.title, theme.icon});
        if (m_exporter && theme.id == m_session.currentTheme())
            m_exporter->setTitle(theme.title);
    }
    m_themes->setVariant(m_session.currentVariant());
    m_actions->setThemes(entries, m_session.currentTheme(), m_themes->commands());
}

void MainWindow::updateProgress()
{
    m_canvas->setBusy(m_loads || !m_opening.isEmpty());
    if (!m_loads)
        m_loading.clear();
    m_progress->setVisible(m_loads || !m_opening.isEmpty() || !m_exporting.isEmpty());
    m_progress->setCancellable(!m_opening.isEmpty() || !m_exporting.isEmpty());
    if (!m_exporting.isEmpty()) {
        m_progress->setText(m_exporting);
        m_progress->setFraction(m_exported);
    } else if (!m_opening.isEmpty()) {
        m_progress->setText(tr("Opening %1…").arg(QFileInfo(m_opening).fileName()));
        m_progress->setFraction(-1);
    } else if (m_loads) {
        m_progress->setText(tr("Loading layers…"));
        double sum = 0;
        for (const double fraction : std::as_const(m_loading))
            sum += std::max(fraction, 0.0);
        m_progress->setFraction(m_loading.isEmpty() ? -1 : sum / double(m_loading.size()));
    }
}

void MainWindow::readWindowState()
{
    const auto &settings = m_session.settings();
    m_tabs->setCurrentIndex(std::clamp(settings.leftTab, 0, m_tabs->count() - 1));
    if (!settings.windowGeometry.isEmpty() && restoreGeometry(settings.windowGeometry)) {
        restoreState(settings.windowState, stateVersion);
    } else {
        const auto room = QGuiApplication::primaryScreen()->availableSize();
        resize(room.boundedTo({1440, 900}));
    }
    m_right->hide(); // nothing has been asked yet
}

void MainWindow::writeWindowState()
{
    auto settings = m_session.settings();
    settings.windowGeometry = saveGeometry();
    settings.windowState = saveState(stateVersion);
    settings.leftTab = m_tabs->currentIndex();
    m_session.setSettings(settings);
}

void MainWindow::unlessUnsaved(std::function<void()> then)
{
    if (!m_session.holdsUnsaved()) {
        then();
        return;
    }
    const auto name = QFileInfo(m_session.workspacePath()).fileName();
    auto *box = new QMessageBox(QMessageBox::Question, tr("Save changes?"),
                                name.isEmpty() ? tr("The map holds layers of yours that are in no workspace yet.")
                                               : tr("“%1” has changes that are not saved.").arg(name),
                                QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Save);
    box->setTextFormat(Qt::PlainText);
    connect(box, &QMessageBox::buttonClicked, this, [this, box, then = std::move(then)](QAbstractButton *button) {
        const auto answer = box->standardButton(button);
        if (answer == QMessageBox::Save && m_session.workspacePath().isEmpty())
            saveAs(then);
        else if (answer == QMessageBox::Save)
            saveTo(m_session.workspacePath(), then);
        else if (answer == QMessageBox::Discard)
            then();
    });
    box->open();
}

/** A workspace takes the place of all that is there; files come on top of it. */
void MainWindow::openLocations(const QStringList &locations)
{
    if (std::ranges::any_of(locations, Session::isWorkspace))
        unlessUnsaved([this, locations] { m_session.open(locations); });
    else
        m_session.open(locations);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_decided && m_session.isModified()) {
        event->ignore();
        unlessUnsaved([this] {
            m_decided = true;
            close();
        });
        return;
    }
    if (isFullScreen())
        showFullScreen(false);
    writeWindowState();
    m_session.finish();
    event->accept();
}

void MainWindow::showFullScreen(bool on)
{
    if (on == isFullScreen())
        return;
    m_actions->fullScreen->setChecked(on);
    if (on) {
        m_leftShown = m_left->isVisible();
        m_rightShown = m_right->isVisible();
    }
    menuBar()->setVisible(!on);
    m_toolBar->setVisible(!on);
    statusBar()->setVisible(!on);
    m_left->setVisible(!on && m_leftShown);
    m_right->setVisible(!on && m_rightShown);
    setWindowState(on ? windowState() | Qt::WindowFullScreen : windowState() & ~Qt::WindowFullScreen);
    if (!on)
        m_notices->dismiss(u"fullscreen"_s);
    else
        m_notices->show({.text = tr("F11 or Escape ends the full screen."), .topic = u"fullscreen"_s});
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && isFullScreen())
        showFullScreen(false);
    else if (event->key() == Qt::Key_Escape && m_right->isVisible())
        m_actions->showObject->trigger();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasFormat(CatalogueDrag::type()))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    if (const auto *drag = qobject_cast<const CatalogueDrag *>(event->mimeData())) {
        event->acceptProposedAction();
        m_catalogue->add(drag->nodes);
        return;
    }
    if (!event->mimeData()->hasUrls())
        return;
    event->acceptProposedAction();
    openLocations(QUrl::toStringList(event->mimeData()->urls()));
}

} // namespace hanseatlas
