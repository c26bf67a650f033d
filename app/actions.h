// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QActionGroup>
#include <QList>
#include <QMenu>

class QMenuBar;
class QToolBar;
class QUndoStack;

namespace hanseatlas
{

/** All that can be done in the window: texts, icons, shortcuts, and where they stand in the one menu. What they do is
 *  connected by the window. */
class Actions final : public QObject
{
    Q_OBJECT
public:
    Actions(QUndoStack &undo, QObject *parent);

    // File
    QAction *newWorkspace, *openWorkspace, *openFiles, *save, *saveAs, *exportPdf, *exportGeoPackage, *exportImage,
        *quit;
    // Edit
    QAction *undo, *redo, *copyCoordinates, *findCommand;
    // View
    QAction *zoomIn, *zoomOut, *zoomAll, *previousView, *nextView, *goToScale, *goToPlace, *turnLeft, *turnRight,
        *north, *fullScreen;
    QAction *showThemes, *showLayers, *showCatalogue, *showObject;
    QActionGroup *appearance, *language;
    // Map
    QAction *hand, *identify, *zoomBox, *identifyHere, *otherCrs, *makeDemo, *measures, *dashboard, *offline,
        *keepOffline, *requests, *signIns;
    QActionGroup *tools, *crs;
    // Help
    QAction *shortcuts, *about;

    // Menus with changing content
    QMenu *recentMenu = nullptr, *themeMenu = nullptr, *layerMenu = nullptr, *catalogueMenu = nullptr,
          *objectMenu = nullptr, *crsMenu = nullptr;

    void fillMenuBar(QMenuBar *bar);
    void fillToolBar(QToolBar *bar) const;
    void setRecent(const QStringList &paths);
    /** id, title, icon name; `current` is marked. */
    struct Theme {
        QString id, title, icon;
    };
    /** `commands`: what can be done with themes, below their list; they stay the caller's. */
    void setThemes(const QList<Theme> &themes, const QString &current, const QList<QAction *> &commands = {});
    void setCrs(const QString &id); ///< marks "EPSG:25832"; a CRS that is not in the list gets an entry

signals:
    void recentChosen(const QString &path);
    void themeChosen(const QString &id);
    void crsChosen(const QString &id);

private:
    QAction *make(const QString &icon, const QString &text, const QKeySequence &keys = {}, const QString &tip = {});
    QActionGroup *choice(const QList<std::pair<QString, QString>> &entries);
    void makeUndoActions(QUndoStack &stack);
    void makeFileActions();
    void makeViewActions();
    void makeMapActions();
    void fillFileMenu(QMenu *menu);
    void fillViewMenu(QMenu *menu);
    void fillMapMenu(QMenu *menu);
};

} // namespace hanseatlas
