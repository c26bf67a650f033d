// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

bool holdsOwnLayers(const std::vector<LayerNode> &roots)
{
    bool own = false;
    forEachNode(roots, [&own](const LayerNode &node) { own |= node.layer && node.layer->theme.isEmpty(); });
    return own;
}

} // namespace

bool Session::isModified() const
{
    return !m_path.isEmpty() && (m_unsaved || !m_undo.isClean());
}

bool Session::holdsUnsaved() const
{
    if (!m_path.isEmpty())
        return isModified();
    return holdsOwnLayers(m_tree.roots());
}

Workspace Session::snapshot() const
{
    return {.roots = m_tree.roots(),
            .view = m_view,
            .theme = m_theme,
            .extra = {{fileKey, m_path}, {modifiedKey, isModified()}},
            .notes = {}};
}

void Session::show(const Workspace &workspace, const QString &path)
{
    auto roots = workspace.roots;
    takeSecretsOf(roots);
    const auto done = m_tree.apply({TreeChange::Replace{std::move(roots)}, {}});
    if (!done) {
        emit noticed(Notice::of(done.error(), u"workspace"_s));
        return;
    }
    m_undo.clear();
    m_path = path;
    m_zoomTo.clear();
    setTheme(workspace.theme);
    if (workspace.view.crs.isValid())
        setCrs(workspace.view.crs);
    m_hasView = true;
    m_looksForMissing = true;
    emit viewWanted(workspace.view);
    emit workspaceChanged();
    if (!workspace.notes.isEmpty())
        emit noticed({.kind = Notice::Kind::Warning,
                      .text = tr("Some of the workspace could not be restored."),
                      .details = workspace.notes.join(u'\n'),
                      .topic = u"workspace"_s});
}

void Session::newWorkspace()
{
    m_unsaved = false;
    m_wantsFirstTheme = false;
    Workspace empty;
    empty.view = m_view;
    show(empty, {});
    m_recovery.changed();
}

void Session::openWorkspace(const QString &path)
{
    const auto work = [path](CancelToken) { return loadWorkspace(path); };
    m_openingWorkspace.run(m_workPool, work, [this, path](Result<Workspace> workspace) {
        if (!workspace) {
            emit noticed(Notice::of(workspace.error(), u"workspace"_s));
            return;
        }
        m_wantsFirstTheme = false;
        m_unsaved = false;
        show(*workspace, path);
        auto settings = m_settings;
        settings.remember(path);
        setSettings(settings);
        m_recovery.changed();
    });
}

void Session::saveWorkspace(const QString &path)
{
    auto workspace = snapshot();
    workspace.extra = {};
    const int at = m_undo.index();
    const auto work = [workspace = std::move(workspace), path](CancelToken) {
        return hanseatlas::saveWorkspace(workspace, path);
    };
    m_savingWorkspace.run(m_workPool, work, [this, path, at](Status status) {
        if (!status) {
            emit noticed(Notice::of(status.error(), u"workspace"_s));
            emit workspaceSaved(false);
            return;
        }
        m_path = path;
        m_unsaved = false;
        if (m_undo.index() == at) // else the user went on while it was written
            m_undo.setClean();
        auto settings = m_settings;
        settings.remember(path);
        setSettings(settings);
        m_recovery.changed();
        emit workspaceChanged();
        emit noticed({.kind = Notice::Kind::Success,
                      .text = tr("“%1” has been saved.").arg(QFileInfo(path).fileName()),
                      .topic = u"workspace"_s});
        emit workspaceSaved(true);
    });
}

/** Layers of a workspace whose files have gone since are easily overlooked in a long list. */
void Session::tellMissing()
{
    if (!m_looksForMissing)
        return;
    QStringList missing;
    int services = 0;
    bool onTheWay = false;
    forEachNode(m_tree.roots(), [&](const LayerNode &node) {
        if (!node.layer)
            return;
        const auto state = node.layer->state;
        onTheWay |= state == LayerState::Unloaded || state == LayerState::Loading;
        if (state != LayerState::Failed || !node.layer->theme.isEmpty())
            return;
        missing << u"%1: %2"_s.arg(node.layer->title, node.layer->error.what);
        services += node.layer->source.isRemote();
    });
    if (onTheWay)
        return;
    m_looksForMissing = false;
    const int count = int(missing.size());
    if (count > 0)
        emit noticed(
            {.kind = Notice::Kind::Warning,
             .text = services == count
                 ? tr("%n layer(s) of services could not be read. “Read again” asks once more.", nullptr, count)
                 : tr("%n layer(s) could not be read. Their properties let you choose another file.", nullptr, count),
             .details = missing.join(u'\n'),
             .topic = u"missing"_s});
}

// The end

void Session::finish()
{
    if (std::exchange(m_finished, true))
        return;
    if (m_started) // else nothing has been brought back yet, so nothing must be overwritten
        keepOtherSession();
    saveSettings(m_settings, m_paths.settings);
    if (!m_started)
        return;
    QDir().mkpath(m_paths.data);
    if (const auto saved = hanseatlas::saveWorkspace(snapshot(), m_paths.lastSession()); saved)
        m_recovery.forget();
}

/** Another window has ended since this one began, and the next start could only bring back one of them. What is in no
 * workspace file becomes one, among the recent files. */
void Session::keepOtherSession()
{
    const QFileInfo last(m_paths.lastSession());
    if (!last.exists() || last.lastModified() == m_lastSessionTime)
        return;
    const auto other = loadWorkspace(last.filePath());
    if (!other || (!other->extra.value(fileKey).toString().isEmpty() && !other->extra.value(modifiedKey).toBool())
        || !holdsOwnLayers(other->roots))
        return;
    const auto name =
        u"%1.hatlas"_s.arg(tr("Session of %1").arg(last.lastModified().toString(u"yyyy-MM-dd HH.mm.ss"_s)));
    const auto path = last.dir().filePath(name);
    if (QFile::rename(last.filePath(), path))
        m_settings.remember(path);
}

} // namespace hanseatlas
