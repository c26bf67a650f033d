// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions.h"

#include "layers/model/crs.h"
#include "widgets/look/look.h"

#include <QFileInfo>
#include <QMenuBar>
#include <QToolBar>
#include <QUndoStack>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

Actions::Actions(QUndoStack &undoStack, QObject *parent)
    : QObject(parent)
{
    makeFileActions();
    makeUndoActions(undoStack);
    copyCoordinates = make(u"coordinates"_s, tr("Copy coordinates"), QKeySequence(u"Ctrl+Shift+C"_s),
                           tr("Copies the place in the middle of the map"));
    findCommand = make(u"search"_s, tr("Find a command…"), QKeySequence(u"Ctrl+K"_s));
    makeViewActions();
    makeMapActions();
    shortcuts = make(u"keyboard"_s, tr("Keyboard and mouse"), QKeySequence::HelpContents);
    about = make(u"about"_s, tr("About Hanseatlas"));
    about->setMenuRole(QAction::AboutRole);
}

void Actions::makeUndoActions(QUndoStack &stack)
{
    undo = make(u"undo"_s, tr("Undo"), QKeySequence::Undo);
    redo = make(u"redo"_s, tr("Redo"), {});
    redo->setShortcuts({QKeySequence(u"Ctrl+Shift+Z"_s), QKeySequence(u"Ctrl+Y"_s)});
    connect(undo, &QAction::triggered, &stack, &QUndoStack::undo);
    connect(redo, &QAction::triggered, &stack, &QUndoStack::redo);
    connect(&stack, &QUndoStack::undoTextChanged, undo,
            [this](const QString &what) { undo->setText(what.isEmpty() ? tr("Undo") : tr("Undo: %1").arg(what)); });
    connect(&stack, &QUndoStack::redoTextChanged, redo,
            [this](const QString &what) { redo->setText(what.isEmpty() ? tr("Redo") : tr("Redo: %1").arg(what)); });
    connect(&stack, &QUndoStack::canUndoChanged, undo, &QAction::setEnabled);
    connect(&stack, &QUndoStack::canRedoChanged, redo, &QAction::setEnabled);
    undo->setEnabled(stack.canUndo());
    redo->setEnabled(stack.canRedo());
}

QAction *Actions::make(const QString &icon, const QString &text, const QKeySequence &keys, const QString &tip)
{
    auto *action = new QAction(icon.isEmpty() ? QIcon() : look::icon(icon), text, this);
    action->setShortcut(keys);
    auto plain = text;
    plain.remove(u'…');
    const auto shown = tip.isEmpty() ? plain : tip;
    action->setStatusTip(shown);
    action->setToolTip(keys.isEmpty() ? shown : u"%1 (%2)"_s.arg(shown, keys.toString(QKeySequence::NativeText)));
    return action;
}

QActionGroup *Actions::choice(const QList<std::pair<QString, QString>> &entries)
{
    auto *group = new QActionGroup(this);
    for (const auto &[id, text] : entries) {
        auto *action = new QAction(text, group);
        action->setCheckable(true);
        action->setData(id);
    }
    return group;
}

void Actions::makeFileActions()
{
    newWorkspace = make(u"new"_s, tr("New workspace"), QKeySequence::New);
    openWorkspace = make(u"folder"_s, tr("Open workspace…"), QKeySequence(u"Ctrl+Shift+O"_s));
    openFiles = make(u"open"_s, tr("Add layers…"), QKeySequence::Open, tr("Adds files to the map"));
    save = make(u"save"_s, tr("Save workspace"), QKeySequence::Save);
    saveAs = make(u"save-as"_s, tr("Save workspace as…"), QKeySequence(u"Ctrl+Shift+S"_s));
    exportPdf = make(u"export-pdf"_s, tr("Print to PDF…"), QKeySequence::Print, tr("Makes a PDF of the map, to scale"));
    exportGeoPackage = make(u"export-gpkg"_s, tr("Export to GeoPackage…"), QKeySequence(u"Ctrl+E"_s),
                            tr("Writes layers with their styles into a GeoPackage"));
    exportImage = make(u"export-image"_s, tr("Export the view as picture…"), QKeySequence(u"Ctrl+Shift+E"_s));
    quit = make(u"exit"_s, tr("Quit"), QKeySequence(u"Ctrl+Q"_s));
    quit->setMenuRole(QAction::QuitRole);
}

void Actions::makeViewActions()
{
    zoomIn = make(u"zoom-in"_s, tr("Zoom in"), QKeySequence(u"Ctrl++"_s));
    zoomIn->setShortcuts({QKeySequence(u"Ctrl++"_s), QKeySequence(u"Ctrl+="_s)});
    zoomOut = make(u"zoom-out"_s, tr("Zoom out"), QKeySequence(u"Ctrl+-"_s));
    zoomAll = make(u"zoom-all"_s, tr("Show everything"), QKeySequence(u"Ctrl+0"_s));
    previousView = make(u"view-previous"_s, tr("Previous view"), QKeySequence(u"Alt+Left"_s));
    nextView = make(u"view-next"_s, tr("Next view"), QKeySequence(u"Alt+Right"_s));
    goToScale = make(u"scale"_s, tr("Choose scale"), QKeySequence(u"Ctrl+L"_s));
    goToPlace = make(u"locate"_s, tr("Go to coordinates"), QKeySequence(u"Ctrl+Shift+G"_s));
    turnLeft = make(u"rotate"_s, tr("Turn left"), QKeySequence(u"Ctrl+Shift+Left"_s));
    turnRight = make({}, tr("Turn right"), QKeySequence(u"Ctrl+Shift+Right"_s));
    north = make(u"north"_s, tr("North up"), QKeySequence(u"Ctrl+Shift+Up"_s));
    fullScreen = make(u"fullscreen"_s, tr("Full screen"), QKeySequence(u"F11"_s));
    fullScreen->setCheckable(true);
    showThemes = make(u"theme"_s, tr("Themes"), QKeySequence(u"F6"_s));
    showLayers = make(u"layers"_s, tr("Layers"), QKeySequence(u"F7"_s));
    showCatalogue = make(u"database"_s, tr("Catalogue"), QKeySequence(u"F9"_s));
    showObject = make(u"info"_s, tr("Objects"), QKeySequence(u"F8"_s));
    appearance = choice({{u"system"_s, tr("As the system")}, {u"light"_s, tr("Light")}, {u"dark"_s, tr("Dark")}});
    language = choice({{u"system"_s, tr("Language of the system")}, {u"de"_s, u"Deutsch"_s}, {u"en"_s, u"English"_s}});
}

void Actions::makeMapActions()
{
    tools = new QActionGroup(this);
    hand = make(u"hand"_s, tr("Move the map"), QKeySequence(u"Ctrl+1"_s));
    identify = make(u"identify"_s, tr("Ask what is there"), QKeySequence(u"Ctrl+2"_s));
    zoomBox = make(u"zoom-box"_s, tr("Zoom to a box"), QKeySequence(u"Ctrl+3"_s));
    for (auto *tool : {hand, identify, zoomBox}) {
        tool->setCheckable(true);
        tools->addAction(tool);
    }
    hand->setChecked(true);
    identifyHere = make({}, tr("What is in the middle of the map?"), QKeySequence(u"Ctrl+I"_s));
    otherCrs = make(u"coordinates"_s, tr("Another coordinate system…"));
    makeDemo = make(u"demo"_s, tr("Make the demo city anew"));
    measures = make(u"table"_s, tr("Measures…"), QKeySequence(u"Ctrl+Shift+M"_s),
                    tr("The measures of the Digital Strategy: who is in charge, how far they are, what is to be done"));
    dashboard = make(u"chart"_s, tr("Smart City Index…"), QKeySequence(u"Ctrl+Shift+I"_s),
                     tr("How far the city is: the index, its goals and indicators, and where each number comes from"));
    offline = make(u"offline"_s, tr("Work without network"));
    offline->setCheckable(true);
    keepOffline = make(u"save"_s, tr("Keep for work without network…"));
    keepOffline->setToolTip(tr("Takes along what the map shows of services, and lists what is kept"));
    requests = make(u"link"_s, tr("Requests to servers…"));
    requests->setToolTip(tr("What was asked of services, how long it took, and what went wrong"));
    offline->setToolTip(tr("Services are not asked; what they sent before is shown"));
    signIns = make(u"lock"_s, tr("Sign-ins…"), {}, tr("Shows which sign-ins to services are kept, and removes them"));
    crs = choice({});
    crs->setExclusive(true);
    connect(crs, &QActionGroup::triggered, this, [this](QAction *a) { emit crsChosen(a->data().toString()); });
}

void Actions::fillMenuBar(QMenuBar *bar)
{
    fillFileMenu(bar->addMenu(tr("&File")));
    auto *edit = bar->addMenu(tr("&Edit"));
    edit->addActions({undo, redo});
    edit->addSeparator();
    edit->addActions({copyCoordinates, findCommand});
    fillViewMenu(bar->addMenu(tr("&View")));
    fillMapMenu(bar->addMenu(tr("&Map")));
    layerMenu = bar->addMenu(tr("&Layer"));
    catalogueMenu = bar->addMenu(tr("&Catalogue"));
    objectMenu = bar->addMenu(tr("O&bject"));
    auto *help = bar->addMenu(tr("&Help"));
    help->addActions({shortcuts, about});
}

void Actions::fillFileMenu(QMenu *menu)
{
    menu->addActions({newWorkspace, openWorkspace, openFiles});
    recentMenu = menu->addMenu(look::icon(u"clock"_s), tr("Open recent"));
    menu->addSeparator();
    menu->addActions({save, saveAs});
    menu->addSeparator();
    menu->addActions({exportPdf, exportGeoPackage, exportImage});
    menu->addSeparator();
    menu->addAction(quit);
}

void Actions::fillViewMenu(QMenu *menu)
{
    menu->addActions({zoomIn, zoomOut, zoomAll});
    menu->addSeparator();
    menu->addActions({previousView, nextView, goToScale, goToPlace});
    menu->addSeparator();
    menu->addActions({turnLeft, turnRight, north});
    menu->addSeparator();
    menu->addActions({showThemes, showLayers, showCatalogue, showObject, measures, dashboard, fullScreen});
    menu->addSeparator();
    menu->addMenu(tr("Appearance"))->addActions(appearance->actions());
    menu->addMenu(look::icon(u"language"_s), tr("Language"))->addActions(language->actions());
}

void Actions::fillMapMenu(QMenu *menu)
{
    themeMenu = menu->addMenu(look::icon(u"theme"_s), tr("Theme"));
    menu->addSeparator();
    menu->addActions({hand, identify, zoomBox, identifyHere});
    menu->addSeparator();
    crsMenu = menu->addMenu(look::icon(u"coordinates"_s), tr("Coordinate system"));
    for (const int epsg : {25832, 25833, 31467, 4326, 3857})
        setCrs(u"EPSG:%1"_s.arg(epsg));
    crsMenu->addSeparator();
    crsMenu->addAction(otherCrs);
    menu->addSeparator();
    menu->addAction(offline);
    menu->addAction(keepOffline);
    menu->addAction(requests);
    menu->addAction(signIns);
    menu->addAction(makeDemo);
}

void Actions::fillToolBar(QToolBar *bar) const
{
    bar->addActions({openFiles, save});
    bar->addSeparator();
    bar->addActions({undo, redo});
    bar->addSeparator();
    bar->addActions({hand, identify, zoomBox});
    bar->addSeparator();
    bar->addActions({zoomIn, zoomOut, zoomAll, previousView, nextView});
    bar->addSeparator();
    bar->addActions({exportPdf, exportGeoPackage});
}

void Actions::setRecent(const QStringList &paths)
{
    if (!recentMenu)
        return;
    recentMenu->clear();
    for (const auto &path : paths) {
        auto text = u"%1  –  %2"_s.arg(QFileInfo(path).fileName(), QFileInfo(path).path());
        text.replace(u'&', "&&"_L1);
        auto *action = recentMenu->addAction(text);
        connect(action, &QAction::triggered, this, [this, path] { emit recentChosen(path); });
    }
    recentMenu->setEnabled(!paths.isEmpty());
}

void Actions::setThemes(const QList<Theme> &themes, const QString &current, const QList<QAction *> &commands)
{
    if (!themeMenu)
        return;
    themeMenu->clear();
    auto *group = new QActionGroup(themeMenu);
    int number = 0;
    for (const auto &theme : themes) {
        auto title = theme.title;
        auto *action = themeMenu->addAction(look::icon(theme.icon), title.replace(u'&', "&&"_L1));
        action->setCheckable(true);
        action->setChecked(theme.id == current);
        group->addAction(action);
        if (++number <= 9)
            action->setShortcut(QKeySequence(u"Alt+%1"_s.arg(number)));
        connect(action, &QAction::triggered, this, [this, id = theme.id] { emit themeChosen(id); });
    }
    themeMenu->addSeparator();
    themeMenu->addActions(commands);
    themeMenu->setEnabled(!themes.isEmpty());
}

void Actions::setCrs(const QString &id)
{
    for (auto *action : crs->actions()) {
        if (action->data() == id) {
            action->setChecked(true);
            return;
        }
    }
    const auto name = Crs::fromText(id).name();
    auto *action = new QAction(name.isEmpty() ? id : u"%1 (%2)"_s.arg(name, id.left(40)), crs);
    action->setCheckable(true);
    action->setData(id);
    action->setChecked(true);
    if (!crsMenu)
        return;
    const auto before = crsMenu->actions();
    const auto separator = std::ranges::find_if(before, &QAction::isSeparator);
    crsMenu->insertAction(separator == before.end() ? nullptr : *separator, action);
}

} // namespace hanseatlas
