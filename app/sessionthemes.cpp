// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"

#include "layers/catalogue/cataloguelayers.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

const MapTheme *Session::theme(const QString &id) const
{
    const auto found = std::ranges::find(m_themes, id, &MapTheme::id);
    return found == m_themes.end() ? nullptr : &*found;
}

void Session::setTheme(const QString &id)
{
    if (id == m_theme)
        return;
    m_theme = id;
    emit currentThemeChanged(id);
}

void Session::followTheme()
{
    QStringList present;
    forEachNode(m_tree.roots(), [&present](const LayerNode &node) {
        if (!node.theme.isEmpty())
            present.append(node.theme);
    });
    if (present.contains(m_theme))
        return;
    const auto found = std::ranges::find_if(present, [this](const QString &id) { return theme(id) != nullptr; });
    setTheme(found == present.end() ? QString() : *found);
}

std::optional<QString> Session::currentVariant() const
{
    const auto *shown = theme(m_theme);
    return shown ? shownVariant(*shown, m_tree) : QString();
}

void Session::chooseTheme(const QString &id)
{
    const auto *chosen = theme(id);
    if (!chosen)
        return;
    auto change = switchTo(*chosen, m_tree);
    change.text = tr("Show theme “%1”").arg(chosen->title);
    if (!m_editor.apply(std::move(change)))
        return;
    setTheme(id);
    m_themeServices.look();
    if (m_demo.state() == DemoCityKeeper::State::Failed) // its layers only miss their files; this says why
        m_demo.ensure();
    if (!m_hasView) { // the first look at the city
        m_hasView = true;
        if (chosen->scale > 0) {
            auto view = m_view;
            view.setScale(chosen->scale);
            emit viewWanted(view);
        }
    }
}

void Session::chooseVariant(const QString &id, const QString &variant)
{
    const auto *chosen = theme(id);
    if (!chosen)
        return;
    auto change = applyVariant(*chosen, variant, m_tree);
    change.text = tr("Change the look of “%1”").arg(chosen->title);
    m_editor.apply(std::move(change));
}

/** `work` writes or deletes a file and returns an error or the id of the theme to go on with. */
template <class Work>
void Session::changeThemes(Work work)
{
    m_changingThemes.run(
        m_workPool, [work = std::move(work)](CancelToken) -> Result<QString> { return work(); },
        [this](Result<QString> id) {
            if (!id) {
                emit noticed(Notice::of(id.error(), u"themes"_s));
                return;
            }
            readThemes([this, id = *id] {
                if (!id.isEmpty() && id != m_theme)
                    chooseTheme(id);
            });
        });
}

void Session::duplicateTheme(const QString &id)
{
    const auto *original = theme(id);
    if (!original)
        return;
    auto copy = *original;
    copy.title = tr("%1 (copy)").arg(copy.title);
    changeThemes([copy, folder = m_paths.themes()]() -> Result<QString> {
        return saveAsOwn(copy, folder).transform([](const MapTheme &saved) { return saved.id; });
    });
}

/** The new file stands before the old one goes. */
void Session::replaceTheme(const MapTheme &old, const MapTheme &by)
{
    changeThemes([old, by, folder = m_paths.themes()]() -> Result<QString> {
        const auto saved = saveAsOwn(by, folder);
        if (!saved)
            return std::unexpected(saved.error());
        if (const auto removed = removeOwn(old); !removed)
            return std::unexpected(removed.error());
        return saved->id;
    });
}

void Session::renameTheme(const QString &id, const QString &title)
{
    const auto *old = theme(id);
    if (!old || !old->userMade || title.trimmed().isEmpty())
        return;
    auto renamed = *old;
    renamed.title = title.trimmed();
    replaceTheme(*old, renamed);
}

void Session::updateTheme(const QString &id)
{
    const auto *old = theme(id);
    if (!old || !old->userMade)
        return;
    replaceTheme(*old, themeOf(m_tree, old->title, old));
}

void Session::removeTheme(const QString &id)
{
    const auto *old = theme(id);
    if (!old)
        return;
    changeThemes([old = *old]() -> Result<QString> { return removeOwn(old).transform([] { return QString(); }); });
}

void Session::saveAsTheme(const QString &title)
{
    changeThemes([made = themeOf(m_tree, title, theme(m_theme)), folder = m_paths.themes()]() -> Result<QString> {
        return saveAsOwn(made, folder).transform([](const MapTheme &saved) { return saved.id; });
    });
}

void Session::setThemeServices(const std::vector<CatalogueThemeLayer> &layers)
{
    std::vector<ThemeService> services;
    for (const auto &each : layers) {
        const auto *node = &each.layer;
        if (auto nodes = layerNodes({&node, 1}); !nodes.empty())
            services.push_back({each.theme, each.replaces, std::move(nodes.front())});
    }
    m_themeServices.setServices(std::move(services));
}

} // namespace hanseatlas
