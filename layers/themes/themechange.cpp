// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/themes/maptheme.h"

#include <QCoreApplication>
#include <QSet>

namespace hanseatlas
{

namespace
{

/** Same content, ids of its own: a theme can be shown, left and shown again. */
LayerNode fresh(LayerNode node)
{
    node.id = QUuid::createUuid();
    if (node.layer)
        node.layer->id = node.id;
    for (auto &child : node.children)
        child = fresh(std::move(child));
    return node;
}

bool isBundle(const LayerNode &node, const MapTheme &theme)
{
    return !node.layer && !node.theme.isEmpty() && node.theme != theme.id;
}

/** Takes away what themes brought, outermost first; the user's own layers inside are moved out to the top. */
class Clearing
{
public:
    explicit Clearing(QSet<QString> kept)
        : m_kept(std::move(kept))
    {
    }

    std::vector<TreeChange> of(const std::vector<LayerNode> &roots)
    {
        walk(roots);
        std::vector<TreeChange> changes = std::move(m_moves);
        for (const auto &id : m_removed)
            changes.push_back({.what = TreeChange::Remove{id}});
        return changes;
    }

private:
    void walk(const std::vector<LayerNode> &nodes)
    {
        for (const auto &node : nodes) {
            if (node.theme.isEmpty()) {
                walk(node.children);
            } else if (!m_kept.contains(node.theme)) {
                m_removed.push_back(node.id);
                saveOwn(node.children);
            }
        }
    }
    void saveOwn(const std::vector<LayerNode> &nodes)
    {
        for (const auto &node : nodes) {
            if (node.theme.isEmpty())
                m_moves.push_back(
                    {.what = TreeChange::Move{.node = node.id, .parent = {}, .row = int(m_moves.size())}});
            else
                saveOwn(node.children);
        }
    }

    QSet<QString> m_kept;
    std::vector<TreeChange> m_moves;
    std::vector<QUuid> m_removed;
};

int rowsAfter(const std::vector<TreeChange> &changes, const std::vector<LayerNode> &roots)
{
    int rows = int(roots.size());
    for (const auto &change : changes) {
        if (const auto *remove = std::get_if<TreeChange::Remove>(&change.what))
            rows -= int(std::ranges::count(roots, remove->node, &LayerNode::id));
        else
            ++rows; // moved out to the top level
    }
    return rows;
}

/** Own layers stand above; a bundle that stays may be anywhere, so the theme goes above the first of them. */
int firstBundleRow(const LayerTree &tree, const QSet<QString> &kept, int moved, int removedBefore, int end)
{
    const auto &roots = tree.roots();
    const auto found =
        std::ranges::find_if(roots, [&](const LayerNode &n) { return kept.contains(n.theme) && !n.theme.isEmpty(); });
    return found == roots.end() ? end : int(found - roots.begin()) + moved - removedBefore;
}

/** A bundle on the map serves when any layer is called as in the theme: else the language has changed in between. What
 * a service has taken the place of serves, too. */
bool serves(const LayerNode &onMap, const LayerNode &wanted)
{
    if (onMap.theme != wanted.theme)
        return false;
    return std::ranges::any_of(onMap.children,
                               [&](const LayerNode &child) {
                                   return child.layer && child.layer->theme == wanted.theme
                                       && child.layer->source.isRemote();
                               })
        || std::ranges::any_of(onMap.children, [&](const LayerNode &child) {
               return child.layer && std::ranges::any_of(wanted.children, [&](const LayerNode &other) {
                          return other.layer && other.layer->title == child.layer->title;
                      });
           });
}

/** The styles of a theme's own layers in one of its variants. */
class LooksOf
{
public:
    LooksOf(const MapTheme &theme, const QString &variant)
        : m_theme(theme)
        , m_variant(std::ranges::find(theme.variants, variant, &MapTheme::Variant::id))
    {
        forEachNode(theme.layers, [&](const LayerNode &node) {
            if (node.layer && node.theme == theme.id)
                m_layers.push_back(&*node.layer);
        });
    }
    /** What a layer on the map should look like; null for one that is not the theme's. */
    const Style *of(const LayerNode &node) const
    {
        if (!node.layer || node.theme != m_theme.id)
            return nullptr;
        const Layer *original = nullptr;
        for (const auto *layer : m_layers) {
            if (layer->source == node.layer->source && (!original || layer->title == node.layer->title))
                original = layer; // of two looks at one source the one that is called the same
        }
        if (!original || m_variant == m_theme.variants.end())
            return original ? &original->style : nullptr;
        const auto style = m_variant->styles.constFind(original->title);
        return style == m_variant->styles.constEnd() ? &original->style : &*style;
    }

private:
    const MapTheme &m_theme;
    std::vector<MapTheme::Variant>::const_iterator m_variant;
    std::vector<const Layer *> m_layers;
};

} // namespace

TreeChange switchTo(const MapTheme &theme, const LayerTree &tree)
{
    QSet<QString> present;
    for (const auto &wanted : theme.layers) {
        if (isBundle(wanted, theme)
            && std::ranges::any_of(tree.roots(), [&](const LayerNode &node) { return serves(node, wanted); }))
            present.insert(wanted.theme);
    }

    auto changes = Clearing(present).of(tree.roots());
    const int end = rowsAfter(changes, tree.roots());
    int removedBefore = 0, moved = 0;
    for (const auto &change : changes)
        moved += std::holds_alternative<TreeChange::Move>(change.what);
    for (const auto &root : tree.roots()) {
        if (present.contains(root.theme))
            break;
        removedBefore += !root.theme.isEmpty();
    }
    int row = firstBundleRow(tree, present, moved, removedBefore, end);

    LayerNode group{.id = QUuid::createUuid(), .title = theme.title, .theme = theme.id};
    std::vector<LayerNode> bundles;
    for (const auto &node : theme.layers) {
        if (!isBundle(node, theme))
            group.children.push_back(fresh(node));
        else if (!present.contains(node.theme))
            bundles.push_back(fresh(node));
    }
    if (!group.children.empty())
        changes.push_back({.what = TreeChange::Insert{.parent = {}, .row = row++, .node = std::move(group)}});
    for (auto &bundle : bundles)
        changes.push_back({.what = TreeChange::Insert{.parent = {}, .row = row++, .node = std::move(bundle)}});
    return {.what = TreeChange::Batch{std::move(changes)},
            .text = QCoreApplication::translate("MapTheme", "Theme map: %1").arg(theme.title)};
}

TreeChange applyVariant(const MapTheme &theme, const QString &variant, const LayerTree &tree)
{
    std::vector<TreeChange> changes;
    const LooksOf looks(theme, variant);
    forEachNode(tree.roots(), [&](const LayerNode &node) {
        const auto *look = looks.of(node);
        if (!look || node.layer->style == *look)
            return;
        auto changed = node;
        changed.layer->style = *look;
        changes.push_back({.what = TreeChange::Set{std::move(changed)}});
    });
    return {.what = TreeChange::Batch{std::move(changes)},
            .text = QCoreApplication::translate("MapTheme", "Change colours")};
}

std::optional<QString> shownVariant(const MapTheme &theme, const LayerTree &tree)
{
    auto shows = [&](const QString &variant) {
        bool same = true;
        const LooksOf looks(theme, variant);
        forEachNode(tree.roots(), [&](const LayerNode &node) {
            const auto *look = looks.of(node);
            same = same && (!look || node.layer->style == *look);
        });
        return same;
    };
    if (shows({}))
        return QString();
    const auto found = std::ranges::find_if(theme.variants, shows, &MapTheme::Variant::id);
    return found == theme.variants.end() ? std::nullopt : std::optional(found->id);
}

} // namespace hanseatlas
