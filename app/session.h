// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/apppaths.h"
#include "app/catalogueaccess.h"
#include "app/democitykeeper.h"
#include "app/notice.h"
#include "app/openqueue.h"
#include "app/recovery.h"
#include "app/settings.h"
#include "app/themeservicewatch.h"
#include "layers/map/layerloader.h"
#include "layers/map/layerrefresher.h"
#include "layers/map/layertree.h"
#include "layers/map/viewport.h"
#include "layers/map/workspace.h"
#include "layers/themes/maptheme.h"
#include "widgets/layers/treecommands.h"

#include <QDateTime>
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <QUndoStack>

#include <memory>

namespace hanseatlas
{

class ServiceAccess;

/** What the session has from outside; tests give their own. */
struct Services {
    std::shared_ptr<ServiceAccess> network; ///< may be null: there are no services then
    std::unique_ptr<SourceOpener> opener;
    DemoCityKeeper::Maker demo;
};

/** The services of the running program with the demo city in `paths`. */
Services standardServices(const AppPaths &paths);

/** Owns all that the program works with, in the order in which it depends on each other; the only one who knows all.
 * What the window shows comes from here, what the user does goes here. Cheap to make: work begins with start(). GUI
 * thread. */
class Session final : public QObject
{
    Q_OBJECT
public:
    Session(AppPaths paths, Services services, QObject *parent = nullptr);
    ~Session() override; ///< cancels all work and waits for it

    const AppPaths &paths() const { return m_paths; }
    const Settings &settings() const { return m_settings; }
    void setSettings(const Settings &settings); ///< written soon

    QThreadPool &drawPool() { return m_drawPool; }
    QThreadPool &workPool() { return m_workPool; }
    const SourceOpener &opener() const { return *m_opener; }
    LayerTree &tree() { return m_tree; }
    TreeEditor &editor() { return m_editor; }
    QUndoStack &undoStack() { return m_undo; }
    LayerLoader &loader() { return *m_loader; }
    OpenQueue &openQueue() { return m_openQueue; }
    DemoCityKeeper &demoCity() { return m_demo; }
    /** The last exchanges with servers, for people; null where there is no network. Lives as long as the session. */
    QAbstractItemModel *requests();
    bool hasNetwork() const { return m_network != nullptr; } ///< services can be asked at all
    const std::shared_ptr<ServiceAccess> &network() const { return m_network; } ///< may be null
    const CatalogueAccess &catalogue() const { return m_catalogue; }

    /** Reads the themes, brings back the last session or what a crash left, makes the demo city where it is missing,
     * and opens `files`. To be called once the window is there. */
    void start(const QStringList &files, const QString &language);
    /** The state of the last session has been brought back, or there was none. */
    bool isStarted() const { return m_started; }
    /** Nothing is asked of the network; what was fetched before is shown. Going online, layers that failed try again.
     */
    void setOffline(bool offline);
    bool isOffline() const { return m_settings.offline; }
    /** The first theme comes as soon as themes and demo city are there. */
    bool wantsFirstTheme() const { return m_wantsFirstTheme; }
    /** Writes down what the next start brings back. After it nothing is written any more. */
    void finish();

    // Files
    void open(const QStringList &locations); ///< files, URLs and workspaces, in any mix
    /** Layers that the user has chosen in these sources, on top of all others; `locations` become recent files. */
    void add(const QStringList &locations, const std::vector<LayerNode> &nodes);
    static bool isWorkspace(const QString &location);
    void newWorkspace();
    void openWorkspace(const QString &path);
    void saveWorkspace(const QString &path);
    const QString &workspacePath() const { return m_path; } ///< "" = not saved under a name
    bool isModified() const;
    /** Layers of the user's own stand on the map and in no workspace file: another workspace would end them. */
    bool holdsUnsaved() const;

    // Themes
    const std::vector<MapTheme> &themes() const { return m_themes; }
    const QString &currentTheme() const { return m_theme; }
    /** The look of the current theme on the map; none: one that the user made. */
    std::optional<QString> currentVariant() const;
    void chooseTheme(const QString &id);
    void chooseVariant(const QString &id, const QString &variant);
    void duplicateTheme(const QString &id);
    void renameTheme(const QString &id, const QString &title);
    void removeTheme(const QString &id);
    void updateTheme(const QString &id); ///< an own theme gets the layers that are on the map
    void saveAsTheme(const QString &title);
    /** Layers of services that stand in theme maps where else the demo city does, if they answer. */
    void setThemeServices(const std::vector<CatalogueThemeLayer> &layers);
    const ThemeServiceWatch &themeServices() const { return m_themeServices; }

    // The view, which the window knows and workspaces keep
    const Viewport &view() const { return m_view; }
    void setView(const Viewport &view);
    void setCrs(const Crs &crs); ///< of the map

signals:
    void noticed(const hanseatlas::Notice &notice);
    void viewWanted(const hanseatlas::Viewport &view);
    void extentWanted(const hanseatlas::Extent &extent, const hanseatlas::Crs &crs);
    void themesChanged();
    void currentThemeChanged(const QString &id);
    void workspaceSaved(bool done); ///< a saveWorkspace() has ended
    void workspaceChanged(); ///< its name, or whether it is modified
    void settingsChanged();
    void crsChanged(const hanseatlas::Crs &crs);
    void started();

private:
    struct StartState;
    /** The part of a workspace's `extra` that says which file a session belongs to. */
    static constexpr QLatin1StringView fileKey{"file"}, modifiedKey{"modified"};

    void connectParts();
    void readThemes(std::function<void()> then);
    void restore(StartState state);
    void bringBack(const Workspace &workspace, bool recovered);
    void showFirstTheme();
    void reloadDemoLayers();
    void takeSecretsOf(std::vector<LayerNode> &nodes) const;
    bool insertOnTop(std::vector<LayerNode> nodes, const QString &text, int below = 0);
    void addOpened(const QString &location, const std::vector<LayerNode> &nodes, const QStringList &notes, int rank);
    void zoomToWhenReady(const QList<QUuid> &layers);
    void show(const Workspace &workspace, const QString &path);
    Workspace snapshot() const;
    void tellMissing();
    void keepOtherSession();
    void setTheme(const QString &id);
    void followTheme(); ///< undo and removed groups change the theme on the map, too
    const MapTheme *theme(const QString &id) const;
    template <class Work>
    void changeThemes(Work work);
    void replaceTheme(const MapTheme &old, const MapTheme &by);

    AppPaths m_paths;
    Settings m_settings;
    QThreadPool m_drawPool;
    QThreadPool m_workPool;
    std::shared_ptr<ServiceAccess> m_network;
    std::unique_ptr<QAbstractItemModel> m_requests; ///< made when it is wanted
    CatalogueAccess m_catalogue;
    std::unique_ptr<SourceOpener> m_opener;
    LayerTree m_tree;
    QUndoStack m_undo;
    TreeEditor m_editor;
    std::unique_ptr<LayerLoader> m_loader; ///< the first to go: it ends its jobs
    LayerRefresher m_refresher;
    ThemeServiceWatch m_themeServices;
    OpenQueue m_openQueue;
    DemoCityKeeper m_demo;
    Recovery m_recovery;

    std::vector<MapTheme> m_themes;
    QString m_theme;
    QString m_language;
    QString m_path;
    Viewport m_view;
    bool m_hasView = false; ///< the user or a workspace has chosen one
    bool m_started = false;
    bool m_finished = false;
    bool m_unsaved = false; ///< brought back after a crash: not what the file holds
    bool m_wantsFirstTheme = false;
    bool m_looksForMissing = false; ///< a workspace has been opened, and its layers are being read
    QDateTime m_lastSessionTime; ///< of the file when this program began; invalid = there was none
    QList<int> m_openedRanks; ///< of the nodes that the queue has put on top since it last was empty
    QList<QUuid> m_zoomTo; ///< layers that were opened, to be shown when they are there
    QTimer m_settingsTimer;
    Latest m_starting;
    Latest m_readingThemes;
    Latest m_changingThemes;
    Latest m_openingWorkspace;
    Latest m_savingWorkspace;
};

} // namespace hanseatlas
