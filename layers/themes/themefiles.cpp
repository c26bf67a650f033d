// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/themes/maptheme.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSaveFile>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qint64 largestFile = 4 << 20;

/** Translations: a context that lupdate sees. */
struct Text {
    Q_DECLARE_TR_FUNCTIONS(MapTheme)
};

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotReadable, Text::tr("The theme file “%1” cannot be read.").arg(path), {},
                       file.errorString());
    if (file.size() > largestFile)
        return failure(ErrorKind::TooLarge, Text::tr("The theme file “%1” is too large.").arg(path));
    return file.readAll();
}

bool isBundleFile(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object()["bundle"_L1].toBool();
}

/** "Hitze & Lärm" → "hitze-laerm" */
QString slug(const QString &title)
{
    auto text = title.toLower();
    for (const auto &[from, to] : {std::pair(u"ä"_s, u"ae"_s), {u"ö"_s, u"oe"_s}, {u"ü"_s, u"ue"_s}, {u"ß"_s, u"ss"_s}})
        text.replace(from, to);
    static const QRegularExpression other(u"[^a-z0-9]+"_s);
    text.replace(other, u"-"_s);
    while (text.startsWith(u'-'))
        text.remove(0, 1);
    while (text.endsWith(u'-'))
        text.chop(1);
    return text.isEmpty() ? u"theme"_s : text.left(60);
}

void markOwn(std::vector<LayerNode> &nodes, const QString &from, const QString &to)
{
    for (auto &node : nodes) {
        if (node.theme != from)
            continue; // a bundle
        node.theme = to;
        if (node.layer) {
            node.layer->theme = to;
            node.layer->data = nullptr;
            node.layer->state = LayerState::Unloaded;
        }
        markOwn(node.children, from, to);
    }
}

/** A theme's group in the tree is opened up: its children are the theme's layers. */
void addAsTheme(std::vector<LayerNode> &result, const LayerNode &node, const QString &id)
{
    auto own = node;
    std::function<void(LayerNode &)> mark = [&](LayerNode &n) {
        n.theme = id;
        if (n.layer)
            n.layer->theme = id;
        for (auto &child : n.children)
            mark(child);
    };
    mark(own);
    result.push_back(std::move(own));
}

} // namespace

ThemeList loadThemes(const QStringList &folders, const QString &language)
{
    ThemeList result;
    const BundleReader bundles = [&](const QString &name) -> Result<QByteArray> {
        for (const auto &folder : folders)
            if (const auto path = folder + u'/' + name + ".json"_L1; QFile::exists(path))
                return readFile(path);
        return failure(ErrorKind::NotFound, Text::tr("The theme includes “%1”, which cannot be found.").arg(name));
    };
    for (const auto &folder : folders) {
        for (const auto &name : QDir(folder).entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
            const auto path = folder + u'/' + name;
            const auto bytes = readFile(path);
            if (bytes && isBundleFile(*bytes))
                continue;
            auto theme =
                bytes ? themeFromJson(*bytes, language, bundles) : Result<MapTheme>(std::unexpected(bytes.error()));
            if (!theme) {
                result.problems << Text::tr("%1: %2").arg(path, theme.error().what);
                continue;
            }
            theme->path = path;
            theme->userMade = !folder.startsWith(u':');
            std::erase_if(result.themes, [&](const MapTheme &t) { return t.id == theme->id; });
            result.themes.push_back(std::move(*theme));
        }
    }
    std::ranges::stable_sort(result.themes, [](const MapTheme &a, const MapTheme &b) {
        return a.order != b.order ? a.order < b.order : a.title.localeAwareCompare(b.title) < 0;
    });
    return result;
}

MapTheme themeOf(const LayerTree &tree, const QString &title, const MapTheme *like)
{
    MapTheme theme = like ? *like : MapTheme{.icon = u"theme"_s};
    theme.id = u"own"_s;
    theme.title = title;
    theme.order = 2000;
    theme.userMade = true;
    theme.layers.clear();
    for (const auto &node : tree.roots()) {
        const bool bundle = node.theme == "basemap"_L1;
        if (bundle) {
            theme.layers.push_back(node);
        } else if (!node.layer && !node.theme.isEmpty()) {
            for (const auto &child : node.children)
                addAsTheme(theme.layers, child, theme.id);
        } else {
            addAsTheme(theme.layers, node, theme.id);
        }
    }
    QSet<QString> titles;
    forEachNode(theme.layers, [&titles](const LayerNode &node) {
        if (node.layer)
            titles.insert(node.layer->title);
    });
    for (auto &variant : theme.variants)
        variant.styles.removeIf([&](auto style) { return !titles.contains(style.key()); });
    std::erase_if(theme.variants, [](const MapTheme::Variant &variant) { return variant.styles.isEmpty(); });
    return theme;
}

Result<MapTheme> saveAsOwn(MapTheme theme, const QString &folder)
{
    if (!QDir().mkpath(folder))
        return failure(ErrorKind::Storage, Text::tr("The folder “%1” cannot be made.").arg(folder));
    const auto base = u"own-"_s + slug(theme.title);
    auto id = base;
    for (int n = 2; QFile::exists(folder + u'/' + id + ".json"_L1); ++n)
        id = base + u"-%1"_s.arg(n);
    markOwn(theme.layers, theme.id, id);
    theme.id = id;
    theme.userMade = true;
    theme.order = std::max(theme.order, 2000);
    theme.path = folder + u'/' + id + ".json"_L1;
    QSaveFile file(theme.path);
    const auto bytes = QJsonDocument(toJson(theme)).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return failure(ErrorKind::Storage, Text::tr("The theme “%1” cannot be saved.").arg(theme.title), {},
                       file.errorString());
    return theme;
}

Status removeOwn(const MapTheme &theme)
{
    if (!theme.userMade || theme.path.startsWith(u':'))
        return failure(ErrorKind::Invalid,
                       Text::tr("The theme “%1” belongs to the program and cannot be deleted.").arg(theme.title));
    QFile file(theme.path);
    if (!file.remove())
        return failure(ErrorKind::Storage, Text::tr("The theme “%1” cannot be deleted.").arg(theme.title), {},
                       file.errorString());
    return {};
}

} // namespace hanseatlas
