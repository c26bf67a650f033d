// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow.h"

#include "app/actions.h"
#include "app/commandsearch.h"
#include "app/export/exporter.h"
#include "app/helppages.h"
#include "app/noticearea.h"
#include "app/dashboarddesk.h"
#include "app/measuredesk.h"
#include "app/measuremarks.h"
#include "widgets/dashboard/dashboardwindow.h"
#include "widgets/dashboard/dashboardwork.h"
#include "widgets/measures/measurewindow.h"
#include "widgets/measures/measurework.h"
#include "app/offlinedesk.h"
#include "app/signindesk.h"
#include "datasources/net/requestmodel.h"
#include "datasources/opener/opener.h"
#include "widgets/catalogue/cataloguepanel.h"
#include "widgets/layers/layerpanel.h"
#include "widgets/layers/layerproperties.h"
#include "widgets/layers/opendialog.h"
#include "widgets/layers/themepanel.h"
#include "widgets/look/filedialog.h"
#include "widgets/look/look.h"
#include "widgets/map/coordinatebox.h"
#include "widgets/map/featurepanel.h"
#include "widgets/map/mapcanvas.h"
#include "widgets/map/mapextents.h"
#include "widgets/map/scalebox.h"
#include "widgets/network/requestwindow.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QTabWidget>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr double turnStep = 15; // degrees

look::Appearance appearanceOf(const QString &id)
{
    return id == "light"_L1 ? look::Appearance::Light
        : id == "dark"_L1   ? look::Appearance::Dark
                            : look::Appearance::System;
}

void check(const QActionGroup &group, const QString &id)
{
    for (auto *action : group.actions())
        action->setChecked(action->data() == id);
}

/** Documents that a link in data may open by itself; of other files only the folder is shown. */
bool isDocument(const QString &path)
{
    static const QStringList suffixes{u"pdf"_s, u"png"_s, u"jpg"_s, u"jpeg"_s, u"tif"_s, u"tiff"_s, u"txt"_s};
    return suffixes.contains(QFileInfo(path).suffix().toLower());
}

} // namespace

void MainWindow::connectExports()
{
    m_exporter = new Exporter(m_session.tree(), m_session.opener(), m_session.workPool(), this);
    m_exporter->setParent(this);
    if (const auto folder = m_session.settings().exportFolder; QFileInfo(folder).isDir())
        m_exporter->setFolder(folder);
    connect(m_actions->exportPdf, &QAction::triggered, this, [this] { m_exporter->exportPdf(m_canvas->goal()); });
    connect(m_actions->exportGeoPackage, &QAction::triggered, this,
            [this] { m_exporter->exportGeoPackage(m_canvas->goal()); });
    connect(m_actions->exportImage, &QAction::triggered, this, [this] { m_exporter->exportImage(m_canvas->goal()); });
    const auto ended = [this] {
        m_exporting.clear();
        updateProgress();
    };
    connect(m_exporter, &Exporter::started, this, [this](const QString &text) {
        m_exporting = text;
        m_exported = -1;
        updateProgress();
    });
    connect(m_exporter, &Exporter::progressed, this, [this](double fraction) {
        m_exported = fraction;
        updateProgress();
    });
    connect(m_exporter, &Exporter::cancelled, this, ended);
    connect(m_exporter, &Exporter::failed, this, [this, ended](const Error &error) {
        ended();
        m_notices->show(Notice::of(error, u"export"_s));
    });
    connect(m_exporter, &Exporter::finished, this, [this, ended](const ExportResult &result) {
        ended();
        auto settings = m_session.settings();
        settings.exportFolder = m_exporter->folder();
        m_session.setSettings(settings);
        m_notices->show({.kind = Notice::Kind::Success,
                         .text = result.text,
                         .details = result.notes.join(u'\n'),
                         .topic = u"export"_s});
    });
}

void MainWindow::connectActions()
{
    const auto on = [this](QAction *action, auto slot) { connect(action, &QAction::triggered, this, slot); };
    auto &a = *m_actions;
    on(a.newWorkspace, [this] { unlessUnsaved([this] { m_session.newWorkspace(); }); });
    on(a.openWorkspace, [this] { chooseWorkspace(); });
    on(a.openFiles, [this] { chooseFiles(); });
    on(a.save, [this] { m_session.workspacePath().isEmpty() ? saveAs() : saveTo(m_session.workspacePath()); });
    on(a.saveAs, [this] { saveAs(); });
    connectExports();
    on(a.quit, [this] { close(); });
    on(a.findCommand, [this] { (new CommandSearch(*menuBar(), this))->open(); });
    on(a.shortcuts, [this] { showShortcutPage(*menuBar(), this); });
    on(a.about, [this] { showAboutPage(this); });
    connect(m_actions, &Actions::recentChosen, this, [this](const QString &path) { openLocations({path}); });
    connectViewActions();
    connectMapActions();
    connectChoices();
}

void MainWindow::connectViewActions()
{
    const auto on = [this](QAction *action, auto slot) { connect(action, &QAction::triggered, this, slot); };
    auto &a = *m_actions;
    on(a.zoomIn, [this] { m_canvas->zoomBy(2); });
    on(a.zoomOut, [this] { m_canvas->zoomBy(0.5); });
    on(a.zoomAll, [this] { m_canvas->zoomToAll(); });
    on(a.previousView, [this] { m_canvas->previousView(); });
    on(a.nextView, [this] { m_canvas->nextView(); });
    on(a.turnLeft, [this] { m_canvas->setRotation(m_canvas->goal().rotation - turnStep); });
    on(a.turnRight, [this] { m_canvas->setRotation(m_canvas->goal().rotation + turnStep); });
    on(a.north, [this] { m_canvas->setRotation(0); });
    on(a.goToScale, [this] {
        m_scale->setFocus(Qt::ShortcutFocusReason);
        m_scale->lineEdit()->selectAll();
    });
    on(a.goToPlace, [this] { m_coordinates->setFocus(Qt::ShortcutFocusReason); });
    on(a.showThemes, [this] { showLeft(themeTab); });
    on(a.showLayers, [this] { showLeft(layerTab); });
    on(a.showCatalogue, [this] { showLeft(catalogueTab); });
    on(a.showObject, [this] {
        m_right->setVisible(!m_right->isVisible());
        if (m_right->isVisible())
            m_features->setFocus(Qt::ShortcutFocusReason);
        else
            m_features->clear();
    });
    connect(a.fullScreen, &QAction::toggled, this, [this](bool full) { showFullScreen(full); });
    a.previousView->setEnabled(false);
    a.nextView->setEnabled(false);
}

void MainWindow::showLeft(int tab)
{
    const bool hides = m_left->isVisible() && m_tabs->currentIndex() == tab && m_tabs->isAncestorOf(focusWidget());
    m_left->setVisible(!hides);
    if (hides) {
        m_canvas->setFocus();
        return;
    }
    m_tabs->setCurrentIndex(tab);
    m_tabs->currentWidget()->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::connectMapActions()
{
    const auto on = [this](QAction *action, auto slot) { connect(action, &QAction::triggered, this, slot); };
    auto &a = *m_actions;
    const QList<std::pair<QAction *, MapCanvas::Tool>> tools{{a.hand, MapCanvas::Tool::Hand},
                                                             {a.identify, MapCanvas::Tool::Identify},
                                                             {a.zoomBox, MapCanvas::Tool::ZoomBox}};
    for (const auto &[action, tool] : tools) {
        on(action, [this, tool] { m_canvas->setTool(tool); });
        connect(m_canvas, &MapCanvas::toolChanged, action, [action, tool](MapCanvas::Tool now) {
            if (now == tool)
                action->setChecked(true);
        });
    }
    const auto middle = [this] {
        return QPointF(m_canvas->viewport().size.width() / 2, m_canvas->viewport().size.height() / 2);
    };
    on(a.identifyHere, [this, middle] { m_features->identify(m_canvas->viewport(), middle()); });
    on(a.copyCoordinates, [this] { copyCoordinates(m_canvas->viewport().centre); });
    on(a.otherCrs, [this] { chooseCrs(); });
    on(a.makeDemo, [this] { m_session.demoCity().makeAgain(); });
    on(a.requests, [this] { showRequests(); });
    on(a.measures, [this] { m_measures->show(); });
    connect(m_measures, &MeasureDesk::placeWanted, this, [this] { m_measures->takePlace(chosenOnMap()); });
    connect(m_measures, &MeasureDesk::placeShown, this, [this](const Geometry &geometry) {
        if (geometry.isEmpty())
            m_actions->zoomAll->trigger();
        else
            m_canvas->zoomTo(geometry.extent().grown(50), Crs::working()); // metres: a point needs surroundings
        raise();
    });
    connectMeasureMarks();
    on(a.dashboard, [this] { m_dashboard->show(); });
    on(a.keepOffline, [this] { m_offline->showList(); });
    a.keepOffline->setVisible(m_session.hasNetwork());
    a.requests->setVisible(m_session.hasNetwork());
    a.offline->setChecked(m_session.isOffline());
    connect(a.offline, &QAction::toggled, this, [this](bool offline) {
        m_session.setOffline(offline);
        m_notices->show({.text = offline ? tr("Working without network: services show what they sent before.")
                                         : tr("The network is used again."),
                         .topic = u"offline"_s});
    });
    connect(m_actions->signIns, &QAction::triggered, this, [this] { m_signIn->showPage(); });
    connect(m_actions, &Actions::crsChosen, this, [this](const QString &id) {
        if (const auto crs = Crs::fromText(id); crs.isValid())
            m_session.setCrs(crs);
    });
    connect(m_actions, &Actions::themeChosen, &m_session, &Session::chooseTheme);
    connect(m_themes, &ThemePanel::chosen, &m_session, &Session::chooseTheme);
    connect(m_themes, &ThemePanel::variantChosen, &m_session, &Session::chooseVariant);
    connect(m_themes, &ThemePanel::duplicateRequested, &m_session, &Session::duplicateTheme);
    connect(m_themes, &ThemePanel::renameRequested, &m_session, &Session::renameTheme);
    connect(m_themes, &ThemePanel::updateRequested, &m_session, &Session::updateTheme);
    connect(m_themes, &ThemePanel::removeRequested, &m_session, &Session::removeTheme);
    connect(m_themes, &ThemePanel::saveCurrentRequested, &m_session, &Session::saveAsTheme);
    connect(m_layers, &LayerPanel::addRequested, this, [this] { chooseFiles(); });
    connect(m_layers, &LayerPanel::filesDropped, this, &MainWindow::openLocations);
    connect(m_layers, &LayerPanel::zoomRequested, m_canvas, &MapCanvas::zoomTo);
    connect(m_layers, &LayerPanel::reloadRequested, this, &MainWindow::reload);
    connect(m_layers, &LayerPanel::propertiesRequested, this, &MainWindow::showProperties);
    m_canvas->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_canvas, &MapCanvas::customContextMenuRequested, this, &MainWindow::contextMenu);
}

void MainWindow::showRequests()
{
    if (auto *open = findChild<RequestWindow *>()) {
        open->raise();
        return open->activateWindow();
    }
    auto *model = m_session.requests();
    if (!model)
        return;
    auto *window = new RequestWindow({.requests = model,
                                      .questionColumn = RequestModel::QuestionColumn,
                                      .addressColumn = RequestModel::AddressColumn,
                                      .failedRole = RequestModel::FailedRole,
                                      .sortRole = RequestModel::SortRole},
                                     this);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->show();
}

void MainWindow::reload(const QUuid &layer)
{
    m_signIn->askAgain(layer);
    m_session.loader().reload(layer);
}

void MainWindow::connectChoices()
{
    auto &a = *m_actions;
    check(*a.appearance, m_session.settings().appearance);
    check(*a.language, m_session.settings().language);
    connect(a.appearance, &QActionGroup::triggered, this, [this](const QAction *action) {
        auto settings = m_session.settings();
        settings.appearance = action->data().toString();
        m_session.setSettings(settings);
        look::apply(*qApp, appearanceOf(settings.appearance));
    });
    connect(a.language, &QActionGroup::triggered, this, [this](const QAction *action) {
        auto settings = m_session.settings();
        settings.language = action->data().toString();
        m_session.setSettings(settings);
        m_notices->show({.text = tr("The language changes with the next start."), .topic = u"language"_s});
    });
    connect(m_coordinates, &CoordinateBox::choiceChanged, this, [this](const QString &choice) {
        auto settings = m_session.settings();
        settings.coordinates = choice;
        m_session.setSettings(settings);
    });
}

void MainWindow::chooseFiles()
{
    chooseLayers({});
}

void MainWindow::chooseLayers(const QStringList &locations)
{
    QStringList recent;
    for (const auto &path : m_session.settings().recent) {
        if (!Session::isWorkspace(path))
            recent.append(path);
    }
    auto *dialog = new OpenDialog(m_session.opener(), m_session.workPool(), openFilters(), recent, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFolder(m_session.settings().openFolder);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        auto settings = m_session.settings();
        settings.openFolder = dialog->folder();
        m_session.setSettings(settings);
        m_session.add(dialog->locations(), dialog->nodes());
    });
    if (!locations.isEmpty())
        dialog->addLocations(locations);
    dialog->open();
}

void MainWindow::chooseWorkspace()
{
    auto *dialog = look::fileDialog(this, tr("Open workspace"), m_session.settings().openFolder);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Hanseatlas workspaces (*.hatlas)"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        auto settings = m_session.settings();
        settings.openFolder = QFileInfo(file).path();
        m_session.setSettings(settings);
        openLocations({file});
    });
    dialog->open();
}

void MainWindow::saveTo(const QString &path, std::function<void()> then)
{
    if (then) {
        connect(
            &m_session, &Session::workspaceSaved, this,
            [this, then = std::move(then)](bool done) {
                if (done && !m_session.isModified())
                    then();
            },
            Qt::SingleShotConnection);
    }
    m_session.saveWorkspace(path);
}

void MainWindow::saveAs(std::function<void()> then)
{
    const auto old = m_session.workspacePath();
    auto *dialog = look::fileDialog(this, tr("Save workspace"), old.isEmpty() ? m_session.settings().openFolder : old);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Hanseatlas workspaces (*.hatlas)"));
    dialog->setDefaultSuffix(u"hatlas"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, then = std::move(then)](const QString &file) {
        if (!file.isEmpty())
            saveTo(file, then);
    });
    dialog->open();
}

void MainWindow::copyCoordinates(PointXY place)
{
    const auto choice = m_coordinates->choice();
    const auto shown = Crs::fromText(choice.section(u' ', 0, 0));
    const auto form = choice.endsWith("dms"_L1) ? DegreeForm::MinutesSeconds : DegreeForm::Decimal;
    const auto transform = Transform::create(m_canvas->viewport().crs, shown);
    if (!transform)
        return;
    const auto text = coordinateText(transform->forward(place), shown, form, locale());
    QGuiApplication::clipboard()->setText(text);
    m_notices->show({.kind = Notice::Kind::Success, .text = tr("Copied: %1").arg(text), .topic = u"copied"_s});
}

void MainWindow::contextMenu(const QPoint &at)
{
    const auto view = m_canvas->viewport();
    const auto place = QPointF(at) * m_canvas->devicePixelRatioF();
    const auto there = view.toMap(place);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &icon, const QString &text, auto slot) {
        connect(menu->addAction(look::icon(icon), text), &QAction::triggered, this, slot);
    };
    add(u"identify"_s, tr("What is here?"), [this, view, place] { m_features->identify(view, place); });
    add(u"coordinates"_s, tr("Copy coordinates"), [this, there] { copyCoordinates(there); });
    menu->addSeparator();
    add(u"locate"_s, tr("Centre here"), [this, there, view] { m_canvas->goTo(there, view.crs); });
    menu->addAction(m_actions->zoomAll);
    menu->popup(m_canvas->mapToGlobal(at));
}

void MainWindow::openLink(const QUrl &url)
{
    if (!url.isLocalFile()) {
        QDesktopServices::openUrl(url);
        return;
    }
    const QFileInfo file(url.toLocalFile());
    if (!file.exists())
        m_notices->show({.kind = Notice::Kind::Warning,
                         .text = tr("The linked file “%1” does not exist.").arg(file.filePath()),
                         .topic = u"link"_s});
    else if (isDocument(file.filePath()))
        QDesktopServices::openUrl(url);
    else
        QDesktopServices::openUrl(QUrl::fromLocalFile(file.path()));
}

void MainWindow::chooseCrs()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Coordinate system of the map"));
    dialog->setLabelText(tr("EPSG code, for example 25833 or EPSG:25833:"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        bool number = false;
        const int code = text.trimmed().toInt(&number);
        const auto crs = number ? Crs::fromEpsg(code) : Crs::fromText(text.trimmed());
        if (crs.isValid())
            m_session.setCrs(crs);
        else
            m_notices->show({.kind = Notice::Kind::Warning,
                             .text = tr("“%1” is no coordinate system that is known here.").arg(text),
                             .topic = u"crs"_s});
    });
    dialog->open();
}

void MainWindow::showProperties(const QUuid &node)
{
    auto *dialog = new LayerProperties(m_session.tree(), m_session.editor(), node, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setView(m_canvas->viewport().extent(), m_canvas->viewport().crs);
    connect(dialog, &LayerProperties::reloadRequested, this, &MainWindow::reload);
    dialog->open();
}

/** The object that was asked for last, in the working CRS; empty: none. */
void MainWindow::connectMeasureMarks()
{
    const auto choose = [this](const QString &number) {
        m_measures->show(); // what is chosen there has its page there
        if (auto *work = m_measures->work())
            work->setCurrent(number);
    };
    connect(m_measures, &MeasureDesk::marksWanted, this, [this](bool shown) {
        if (auto *work = shown ? m_measures->work() : nullptr)
            m_marks->show(*work);
        else
            m_marks->hide();
        m_measures->setMarksShown(shown);
    });
    connect(m_measures, &MeasureDesk::filterChanged, m_marks, &MeasureMarks::setFilter);
    connect(m_marks, &MeasureMarks::chosen, this, choose);
    connect(m_marks, &MeasureMarks::severalMeant, this, [this, choose](const QStringList &numbers) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        constexpr qsizetype most = 20;
        for (const auto &number : numbers.mid(0, most)) {
            const auto *stored = m_measures->work()->find(number);
            auto text = u"%1 %2"_s.arg(number, stored ? stored->measure.title.left(80) : QString());
            connect(menu->addAction(text.replace(u'&', "&&"_L1)), &QAction::triggered, this,
                    [choose, number] { choose(number); });
        }
        if (numbers.size() > most)
            menu->addAction(tr("%n more: zoom in to tell them apart", nullptr, int(numbers.size() - most)))
                ->setEnabled(false);
        menu->popup(QCursor::pos());
    });
}

Geometry MainWindow::chosenOnMap() const
{
    const auto *chosen = m_features->chosen();
    const auto transform = Transform::create(m_features->found().crs, Crs::working());
    if (!chosen || !transform)
        return {};
    auto geometry = chosen->geometry;
    return transform->forward(std::span(geometry.points)) == 0 ? geometry : Geometry();
}

bool MainWindow::isWorkingBeside() const
{
    const auto *dashboard = m_dashboard->window();
    const auto *measures = m_measures->window();
    return (dashboard && (!m_dashboard->work()->view() || m_dashboard->work()->isWorking() || dashboard->isBusy()))
        || (measures && measures->isBusy());
}

void MainWindow::showDashboard(const QStringList &words)
{
    m_dashboard->show();
    for (const auto &word : words) {
        bool isNumber = false;
        const int number = word.toInt(&isNumber);
        if (isNumber)
            m_dashboard->show(number);
        else if (word == "demo"_L1)
            m_dashboard->setDemo(true);
        else if (m_dashboard->work())
            m_dashboard->work()->setPlace({{}, 0, word});
    }
}

void MainWindow::showPanel(const QString &name)
{
    const QHash<QString, int> tabs{{u"themes"_s, themeTab}, {u"layers"_s, layerTab}, {u"catalogue"_s, catalogueTab}};
    const auto page = name.section(u':', 0, 0);
    if (tabs.contains(page))
        m_tabs->setCurrentIndex(tabs.value(page));
    if (page == "catalogue"_L1 && page != name)
        m_catalogue->search(name.section(u':', 1));
    if (name == "map"_L1)
        m_left->hide();
    if (name == "signin"_L1)
        m_signIn->showFirst();
    if (page == "measures"_L1)
        m_measures->show(page == name ? -1 : name.section(u':', 1).toInt());
    if (page == "dashboard"_L1)
        showDashboard(name.split(u':').sliced(1));
    if (name == "keep"_L1)
        m_offline->showChoice();
    if (name == "properties"_L1)
        showFirstProperties();
    const QHash<QString, QAction *> actions{
        {u"object"_s, m_actions->identifyHere}, {u"open"_s, m_actions->openFiles},
        {u"export"_s, m_actions->exportPdf},    {u"geopackage"_s, m_actions->exportGeoPackage},
        {u"image"_s, m_actions->exportImage},   {u"commands"_s, m_actions->findCommand},
        {u"requests"_s, m_actions->requests},   {u"offline"_s, m_actions->keepOffline},
        {u"signins"_s, m_actions->signIns},     {u"shortcuts"_s, m_actions->shortcuts},
        {u"about"_s, m_actions->about}};
    if (auto *action = actions.value(name))
        action->trigger();
}

void MainWindow::showFirstProperties()
{
    const auto scene = m_session.tree().scene();
    if (!scene.layers.empty())
        showProperties(scene.layers.back().id);
}

} // namespace hanseatlas
