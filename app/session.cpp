// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"

#include "datasources/live/serviceaccess.h"
#include "datasources/net/requestmodel.h"
#include "widgets/map/mapextents.h"

#include <QDir>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr auto workspaceSuffix = ".hatlas"_L1;
constexpr int settingsDelay = 500; // ms

} // namespace

/** What start() finds on the disk. */
struct Session::StartState {
    std::optional<Workspace> workspace;
    bool recovered = false;
    QString leftCopy; ///< the file that it was recovered from
    QString path; ///< the workspace file that it belongs to
    QDateTime lastSessionTime;
    std::optional<Error> error;
};

Session::Session(AppPaths paths, Services services, QObject *parent)
    : QObject(parent)
    , m_paths(std::move(paths))
    , m_settings(loadSettings(m_paths.settings))
    , m_network(std::move(services.network))
    , m_catalogue(m_network, CatalogueFiles::standard(m_paths.data))
    , m_opener(std::move(services.opener))
    , m_editor(m_tree, m_undo)
    , m_loader(std::make_unique<LayerLoader>(m_tree, *m_opener, m_workPool))
    , m_refresher(m_tree, [this](const QUuid &layer) { m_loader->reload(layer); })
    , m_themeServices(m_editor, m_undo, *m_opener)
    , m_openQueue(*m_opener, m_workPool)
    , m_demo(m_paths.demo(), std::move(services.demo), m_workPool)
    , m_recovery(m_paths.recovery(), m_workPool, [this] { return snapshot(); })
{
    // One more than there are cores: a job that waits for a disk does not keep others from computing.
    m_workPool.setMaxThreadCount(std::max(3, QThread::idealThreadCount() + 1));
    m_drawPool.setMaxThreadCount(std::max(2, QThread::idealThreadCount()));
    m_settingsTimer.setSingleShot(true);
    m_settingsTimer.setInterval(settingsDelay);
    if (m_network)
        m_network->setOffline(m_settings.offline);
    m_refresher.setPaused(m_settings.offline);
    if (const auto crs = Crs::fromEpsg(m_settings.crs); crs.isValid() && m_settings.crs != 25832)
        m_loader->setCrs(crs);
    connectParts();
}

Session::~Session()
{
    // The parts that go first must not hear of the end of the others.
    m_undo.disconnect(this);
    m_tree.disconnect(this);
    m_demo.disconnect(this);
    m_openQueue.disconnect(this);
    for (auto *job : {&m_starting, &m_readingThemes, &m_changingThemes, &m_openingWorkspace, &m_savingWorkspace})
        job->cancel();
    m_openQueue.cancel();
    m_demo.cancel();
    m_refresher.setPaused(true);
    m_loader.reset();
    m_workPool.waitForDone();
    m_drawPool.waitForDone();
}

void Session::connectParts()
{
    connect(&m_settingsTimer, &QTimer::timeout, this, [this] { saveSettings(m_settings, m_paths.settings); });
    connect(&m_editor, &TreeEditor::failed, this, [this](const Error &error) { emit noticed(Notice::of(error)); });
    connect(&m_undo, &QUndoStack::indexChanged, this, [this] {
        followTheme();
        m_recovery.changed();
        emit workspaceChanged();
    });
    connect(&m_undo, &QUndoStack::cleanChanged, this, &Session::workspaceChanged);
    connect(&m_openQueue, &OpenQueue::opened, this, &Session::addOpened);
    connect(&m_openQueue, &OpenQueue::busyChanged, this, [this](const QString &location) {
        if (!location.isEmpty())
            return;
        m_openedRanks.clear();
        showFirstTheme();
    });
    connect(&m_openQueue, &OpenQueue::failed, this, [this](const QString &location, const Error &error) {
        emit noticed(Notice::of(error, u"open:"_s + location));
    });
    connect(&m_tree, &LayerTree::sceneChanged, this, [this] { zoomToWhenReady(m_zoomTo); });
    connect(&m_tree, &LayerTree::dataChanged, this, &Session::tellMissing);
    connect(&m_themeServices, &ThemeServiceWatch::switched, this, [this](const QStringList &titles) {
        emit noticed({.text = tr("The theme map takes these layers from services: %1").arg(titles.join(", "_L1)),
                      .topic = u"services"_s,
                      .undoable = true});
    });
    connect(&m_recovery, &Recovery::failed, this,
            [this](const Error &error) { emit noticed(Notice::of(error, u"recovery"_s)); });
    connect(&m_demo, &DemoCityKeeper::failed, this,
            [this](const Error &error) { emit noticed(Notice::of(error, u"demo"_s)); });
    connect(&m_demo, &DemoCityKeeper::stateChanged, this, [this](DemoCityKeeper::State state) {
        if (state != DemoCityKeeper::State::Ready)
            return;
        reloadDemoLayers();
        showFirstTheme();
    });
}

void Session::setSettings(const Settings &settings)
{
    if (settings == m_settings)
        return;
    m_settings = settings;
    m_settingsTimer.start();
    emit settingsChanged();
}

QAbstractItemModel *Session::requests()
{
    if (!m_requests && m_network)
        m_requests = std::make_unique<RequestModel>(m_network->client().log());
    return m_requests.get();
}

void Session::setOffline(bool offline)
{
    auto settings = m_settings;
    settings.offline = offline;
    setSettings(settings);
    if (!m_network)
        return;
    m_network->setOffline(offline);
    m_refresher.setPaused(offline);
    if (offline)
        return;
    for (const auto &id : m_tree.layerIds()) {
        const auto &layer = *m_tree.find(id)->layer;
        if (layer.source.isRemote())
            m_loader->reload(id);
    }
}

// The start

void Session::start(const QStringList &files, const QString &language)
{
    m_language = language;
    m_catalogue.setLanguage(language);
    readThemes([this] { showFirstTheme(); });
    const bool bringsWorkspace = std::ranges::any_of(files, isWorkspace);
    const auto work = [paths = m_paths, bringsWorkspace](CancelToken) {
        StartState state;
        state.lastSessionTime = QFileInfo(paths.lastSession()).lastModified();
        if (auto left = Recovery::takeLeft(paths.recovery())) {
            state.workspace = std::move(left->workspace);
            state.recovered = true;
            state.leftCopy = left->path;
        } else if (!bringsWorkspace && QFileInfo::exists(paths.lastSession())) {
            if (auto last = loadWorkspace(paths.lastSession()))
                state.workspace = std::move(*last);
        }
        if (!state.workspace)
            return state;
        const auto own = state.workspace->extra;
        state.path = own.value(fileKey).toString();
        // A named workspace that had been saved is read anew: others may have changed it since.
        if (!state.path.isEmpty() && !own.value(modifiedKey).toBool()) {
            auto named = loadWorkspace(state.path);
            if (named)
                state.workspace = std::move(*named);
            else
                state.error = named.error();
        }
        return state;
    };
    m_starting.run(m_workPool, work, [this, files](StartState state) {
        auto wanted = files;
        if (state.recovered) // a workspace would take the place of what was just brought back
            wanted.removeIf([](const QString &file) { return isWorkspace(file); });
        m_lastSessionTime = state.lastSessionTime;
        restore(std::move(state));
        m_started = true;
        if (!wanted.isEmpty())
            open(wanted);
        m_demo.ensure();
        if (wanted.size() < files.size())
            emit noticed({.kind = Notice::Kind::Warning,
                          .text = tr("The workspace was not opened, so that the work brought back stays."),
                          .topic = u"workspace"_s});
        emit started();
    });
}

void Session::restore(StartState state)
{
    if (state.error)
        emit noticed(Notice::of(*state.error, u"workspace"_s));
    if (!state.workspace) {
        m_wantsFirstTheme = true;
        return;
    }
    m_unsaved = state.recovered || state.workspace->extra.value(modifiedKey).toBool();
    show(*state.workspace, state.path);
    if (state.recovered) {
        m_recovery.adopt(state.leftCopy);
        m_recovery.changed();
        emit noticed({.text = tr("Hanseatlas did not end properly the last time. Your work has been brought back."),
                      .topic = u"recovery"_s});
    }
}

void Session::readThemes(std::function<void()> then)
{
    const auto work = [folders = m_paths.themeFolders(), language = m_language](CancelToken) {
        return loadThemes(folders, language);
    };
    m_readingThemes.run(m_workPool, work, [this, then = std::move(then)](ThemeList list) {
        m_themes = std::move(list.themes);
        for (auto &theme : m_themes)
            takeSecretsOf(theme.layers);
        emit themesChanged();
        if (!list.problems.isEmpty())
            emit noticed({.kind = Notice::Kind::Warning,
                          .text = tr("Theme files that cannot be read: %1").arg(list.problems.size()),
                          .details = list.problems.join(u'\n'),
                          .topic = u"themes"_s});
        if (then)
            then();
    });
}

void Session::showFirstTheme()
{
    if (!m_wantsFirstTheme || m_themes.empty() || m_demo.state() != DemoCityKeeper::State::Ready)
        return;
    if (m_openQueue.isBusy()) // what the user named comes instead, if there is anything in it
        return;
    m_wantsFirstTheme = false;
    if (!m_tree.roots().empty())
        return;
    if (!m_hasView)
        emit extentWanted(cityExtent(), Crs::working());
    chooseTheme(m_themes.front().id);
    m_undo.clear(); // nobody did it, so nobody takes it back
}

void Session::reloadDemoLayers()
{
    QList<QUuid> failed;
    forEachNode(m_tree.roots(), [&failed](const LayerNode &node) {
        if (node.layer && node.layer->state == LayerState::Failed && node.layer->source.location.startsWith("demo:"_L1))
            failed.append(node.id);
    });
    for (const auto &id : failed)
        m_loader->reload(id);
}

// Files

bool Session::isWorkspace(const QString &location)
{
    return location.endsWith(workspaceSuffix, Qt::CaseInsensitive);
}

void Session::open(const QStringList &locations)
{
    QStringList sources;
    for (auto location : locations) {
        if (const QUrl url(location); url.isLocalFile())
            location = url.toLocalFile();
        if (isWorkspace(location))
            openWorkspace(location);
        else
            sources.append(location);
    }
    m_openQueue.add(sources);
}

void Session::addOpened(const QString &location, const std::vector<LayerNode> &nodes, const QStringList &notes,
                        int rank)
{
    const auto name = QFileInfo(location).fileName();
    if (nodes.empty()) {
        emit noticed({.kind = Notice::Kind::Warning,
                      .text = tr("There is nothing in “%1” that can be shown on a map.").arg(name),
                      .details = notes.join(u'\n'),
                      .topic = u"open:"_s + location});
        return;
    }
    const auto above = std::ranges::count_if(m_openedRanks, [rank](int other) { return other < rank; });
    if (!insertOnTop(nodes, tr("Open %1").arg(name), int(above)))
        return;
    m_openedRanks.insert(m_openedRanks.end(), qsizetype(nodes.size()), rank);
    auto settings = m_settings;
    settings.remember(location);
    setSettings(settings);
    emit noticed({.kind = Notice::Kind::Success,
                  .text = tr("Layers added from “%1”: %2").arg(name, QString::number(m_zoomTo.size())),
                  .details = notes.join(u'\n'),
                  .topic = u"open"_s,
                  .undoable = true});
}

/** Old files and catalogues may bring addresses with passwords and tokens in them. */
void Session::takeSecretsOf(std::vector<LayerNode> &nodes) const
{
    for (auto &node : nodes) {
        if (node.layer)
            node.layer->source = m_opener->withoutSecrets(node.layer->source);
        takeSecretsOf(node.children);
    }
}

bool Session::insertOnTop(std::vector<LayerNode> nodes, const QString &text, int below)
{
    takeSecretsOf(nodes);
    std::vector<TreeChange> changes;
    for (auto it = nodes.rbegin(); it != nodes.rend(); ++it)
        changes.push_back({TreeChange::Insert{{}, below, *it}, {}});
    QList<QUuid> layers;
    forEachNode(nodes, [&layers](const LayerNode &node) {
        if (node.layer)
            layers.append(node.id);
    });
    m_wantsFirstTheme = false;
    m_zoomTo = layers;
    return m_editor.apply({TreeChange::Batch{std::move(changes)}, text});
}

void Session::add(const QStringList &locations, const std::vector<LayerNode> &nodes)
{
    if (nodes.empty() || !insertOnTop(nodes, tr("Add layers")))
        return;
    auto settings = m_settings;
    for (const auto &location : locations)
        settings.remember(location);
    setSettings(settings);
}

void Session::zoomToWhenReady(const QList<QUuid> &layers)
{
    if (layers.isEmpty())
        return;
    Extent box;
    for (const auto &id : layers) {
        const auto *node = m_tree.find(id);
        if (!node || !node->layer || node->layer->state == LayerState::Failed)
            continue;
        const auto &data = node->layer->data;
        if (!data)
            return; // on its way
        const auto &description = data->description;
        if (data->features && data->features->crs == m_view.crs) {
            box.add(data->features->extent);
        } else if (const auto transform = Transform::create(description.crs, m_view.crs); transform) {
            box.add(transform->forward(description.extent));
        }
    }
    // What is on the screen already needs no jump. Nor do maps of services that are there, too: many cover the country.
    const bool remote = std::ranges::all_of(layers, [this](const QUuid &id) {
        const auto *node = m_tree.find(id);
        return node && node->layer && node->layer->source.isRemote();
    });
    m_zoomTo.clear(); // may be `layers`
    const bool there = remote ? m_view.extent().intersects(box) : m_view.extent().contains(box);
    if (!box.isEmpty() && !there)
        emit extentWanted(box, m_view.crs);
}

// The view

void Session::setView(const Viewport &view)
{
    if (view == m_view)
        return;
    m_view = view;
    m_tree.setScale(view.scale());
    if (m_started)
        m_recovery.changed();
}

void Session::setCrs(const Crs &crs)
{
    m_loader->setCrs(crs);
    if (auto settings = m_settings; crs.epsg() > 0) {
        settings.crs = crs.epsg();
        setSettings(settings);
    }
    emit crsChanged(crs);
}

} // namespace hanseatlas
