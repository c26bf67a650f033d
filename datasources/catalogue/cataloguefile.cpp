// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/cataloguefile.h"

#include "datasources/catalogue/catalogueanswers.h"
#include "datasources/catalogue/resources.h"
#include "datasources/services/jsonmembers.h"
#include "datasources/services/serviceurl.h"
#include "layers/catalogue/cataloguetexts.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qint64 largestFile = 16LL * 1024 * 1024;
constexpr qsizetype mostServices = 20000;
const QString shipped = u":/catalogue/luebeck.json"_s;

class FileReader
{
public:
    FileReader(const QJsonObject &root, QString language)
        : m_root(root)
        , m_language(std::move(language))
    {
    }

    CatalogueFile read()
    {
        CatalogueFile file;
        file.tree.title = text(m_root, "title"_L1);
        for (const auto &value : m_root.value("themes"_L1).toArray()) {
            const auto theme = value.toObject();
            m_themes.append(theme.value("id"_L1).toString());
            file.tree.nodes.push_back({.kind = CatalogueKind::Folder,
                                       .title = text(theme, "title"_L1),
                                       .abstract = text(theme, "abstract"_L1)});
        }
        const auto folders = file.tree.nodes.size();
        for (const auto &value : m_root.value("services"_L1).toArray())
            addService(value.toObject(), file);
        for (const auto &value : m_root.value("sources"_L1).toArray())
            addSource(value.toObject(), file);
        for (const auto &value : m_root.value("themeLayers"_L1).toArray())
            addThemeLayer(value.toObject(), file);
        for (const auto &value : m_root.value("hints"_L1).toArray())
            file.tree.notes.append(textOf(value));
        std::size_t number = 0; // themes without services are not shown
        std::erase_if(file.tree.nodes,
                      [&](const CatalogueNode &node) { return number++ < folders && node.children.empty(); });
        return file;
    }

private:
    QString textOf(const QJsonValue &value) const
    {
        if (!value.isObject())
            return value.toString();
        const auto texts = value.toObject();
        return texts.value(m_language).toString(texts.value("en"_L1).toString(texts.value("de"_L1).toString()));
    }
    QString text(const QJsonObject &object, QLatin1StringView key) const { return textOf(object.value(key)); }

    /** Of the entry, else of its service, else of its provider. */
    QJsonObject completed(QJsonObject entry, const QJsonObject &by) const
    {
        static const QStringList inherited{u"licence"_s,  u"attribution"_s, u"contact"_s,     u"metadata"_s,
                                           u"page"_s,     u"preview"_s,     u"mayBeStored"_s, u"personal"_s,
                                           u"keywords"_s, u"minScale"_s,    u"maxScale"_s,    u"opacity"_s};
        for (const auto &key : inherited)
            if (!entry.contains(key) && by.contains(key))
                entry.insert(key, by.value(key));
        return entry;
    }

    CatalogueNode described(const QJsonObject &entry) const
    {
        CatalogueNode node{.title = text(entry, "title"_L1), .abstract = text(entry, "abstract"_L1)};
        for (const auto &word : entry.value("keywords"_L1).toArray())
            node.keywords.append(textOf(word));
        node.licence = text(entry, "licence"_L1);
        node.attribution = text(entry, "attribution"_L1);
        node.contact = text(entry, "contact"_L1);
        node.metadata = webLink(entry.value("metadata"_L1).toString());
        node.page = webLink(entry.value("page"_L1).toString());
        node.preview = webLink(entry.value("preview"_L1).toString());
        node.mayBeStored = entry.value("mayBeStored"_L1).toBool(true);
        node.personal = entry.value("personal"_L1).toBool(false);
        node.minScale = std::max(0.0, entry.value("minScale"_L1).toDouble());
        node.maxScale = std::max(0.0, entry.value("maxScale"_L1).toDouble());
        node.opacity = std::clamp(entry.value("opacity"_L1).toDouble(1), 0.0, 1.0);
        node.visible = entry.value("visible"_L1).toBool(true);
        return node;
    }

    void addService(const QJsonObject &written, CatalogueFile &file)
    {
        const auto entry = completedByProvider(written);
        if (auto node = serviceNode(entry, file))
            place(entry, *std::move(node), file);
    }

    void addThemeLayer(const QJsonObject &written, CatalogueFile &file)
    {
        const auto entry = completedByProvider(written);
        auto node = serviceNode(entry, file);
        if (!node)
            return;
        CatalogueThemeLayer layer{.theme = entry.value("theme"_L1).toString(), .layer = *std::move(node)};
        for (const auto &replaced : entry.value("replaces"_L1).toArray())
            layer.replaces.append(replaced.toString());
        if (layer.theme.isEmpty() || !layer.layer.canBeShown())
            file.tree.notes.append(CatalogueTexts::tr("The entry “%1” cannot be used.").arg(layer.layer.title));
        else
            file.themeLayers.push_back(std::move(layer));
    }

    QJsonObject completedByProvider(const QJsonObject &written) const
    {
        const auto provider = m_root.value("providers"_L1).toObject().value(written.value("provider"_L1).toString());
        return completed(written, provider.toObject());
    }

    /** Nothing where the entry makes no sense, which the notes say then. */
    std::optional<CatalogueNode> serviceNode(const QJsonObject &entry, CatalogueFile &file) const
    {
        auto node = described(entry);
        const auto type = entry.value("type"_L1).toString();
        const auto location = entry.value("url"_L1).toString();
        static const QStringList types{u"wms"_s, u"wmts"_s, u"wfs"_s, u"oaf"_s, u"xyz"_s, u"mvt"_s, u"file"_s};
        if (!types.contains(type) || !isWebAddress(QUrl(location)) || node.title.isEmpty()) {
            file.tree.notes.append(
                CatalogueTexts::tr("The entry “%1” cannot be used.").arg(node.title.isEmpty() ? location : node.title));
            return {};
        }
        SourceRef ref{.provider = type, .location = location, .options = entry.value("options"_L1).toObject()};
        for (const auto *key : {"version", "format"})
            if (const auto value = entry.value(QLatin1StringView(key)).toString(); !value.isEmpty())
                ref.options.insert(QString::fromLatin1(key), value);
        if (!node.mayBeStored)
            file.notStored.append(endpointKey(location));
        node.format = type == "file"_L1 ? formatName(entry.value("fileFormat"_L1).toString(), {}, QUrl(location))
            : type == "oaf"_L1          ? u"OGC API Features"_s
            : type == "xyz"_L1          ? CatalogueTexts::tr("Tiles")
            : type == "mvt"_L1          ? CatalogueTexts::tr("Vector tiles")
                                        : type.toUpper();
        return opened(std::move(node), entry, ref);
    }

    CatalogueNode opened(CatalogueNode node, const QJsonObject &entry, const SourceRef &ref) const
    {
        const auto layers = entry.value("layers"_L1).toArray();
        const auto layerNode = [&](const QJsonObject &layer) {
            auto made = described(completed(layer, entry));
            made.kind = CatalogueKind::Layer;
            made.format = node.format;
            made.source = ref;
            made.source->layer = layer.value("name"_L1).toString();
            if (made.title.isEmpty())
                made.title = layers.size() == 1 || made.source->layer.isEmpty() ? node.title : made.source->layer;
            if (made.abstract.isEmpty())
                made.abstract = node.abstract;
            return made;
        };
        if (ref.provider == "xyz"_L1 || ref.provider == "mvt"_L1 || ref.provider == "file"_L1 || layers.size() == 1)
            return layerNode(layers.at(0).toObject());
        node.kind = layers.isEmpty() ? CatalogueKind::Service : CatalogueKind::Folder;
        if (layers.isEmpty()) {
            node.source = ref;
            return node;
        }
        for (const auto &layer : layers)
            node.children.push_back(layerNode(layer.toObject()));
        auto all = node; // the file names the important ones
        all.kind = CatalogueKind::Service;
        all.title = CatalogueTexts::tr("All layers of this service");
        all.children.clear();
        all.source = ref;
        node.children.push_back(std::move(all));
        return node;
    }

    void place(const QJsonObject &entry, CatalogueNode node, CatalogueFile &file) const
    {
        const auto theme = m_themes.indexOf(entry.value("theme"_L1).toString());
        if (theme >= 0)
            file.tree.nodes[std::size_t(theme)].children.push_back(std::move(node));
        else
            file.tree.nodes.push_back(std::move(node));
    }

    void addSource(const QJsonObject &entry, CatalogueFile &file) const
    {
        static const QHash<QString, CatalogueSourceKind> kinds{{u"ckan"_s, CatalogueSourceKind::Ckan},
                                                               {u"dcat"_s, CatalogueSourceKind::Dcat},
                                                               {u"masterportal"_s, CatalogueSourceKind::Masterportal}};
        const auto kind = kinds.constFind(entry.value("kind"_L1).toString());
        const auto location = entry.value("url"_L1).toString();
        if (kind == kinds.cend() || !isWebAddress(QUrl(location))) {
            file.tree.notes.append(CatalogueTexts::tr("The entry “%1” cannot be used.").arg(text(entry, "title"_L1)));
            return;
        }
        file.sources.push_back({.id = location, .title = text(entry, "title"_L1), .kind = *kind, .location = location});
    }

    QJsonObject m_root;
    QString m_language;
    QStringList m_themes;
};

} // namespace

Result<CatalogueFile> parseCatalogueFile(const QByteArray &json, const QString &language)
{
    const auto document = parseJson(json);
    if (!document)
        return std::unexpected(document.error());
    const auto root = document->object();
    if (root.value("format"_L1) != "hanseatlas-catalogue"_L1 || root.value("version"_L1).toInt() < 1)
        return failure(ErrorKind::Malformed, CatalogueTexts::tr("The file is no catalogue of Hanseatlas."));
    if (root.value("version"_L1).toInt() > 1)
        return failure(ErrorKind::Unsupported, CatalogueTexts::tr("The catalogue was made for a newer Hanseatlas."),
                       CatalogueTexts::tr("Update the program."));
    if (root.value("services"_L1).toArray().size() > mostServices)
        return failure(ErrorKind::TooLarge, CatalogueTexts::tr("The catalogue has too many entries."));
    return FileReader(root, language).read();
}

CatalogueFiles CatalogueFiles::standard(const QString &data)
{
    CatalogueFiles files{.own = data + u"/catalogue.json"_s, .sources = data + u"/catalogue-sources.json"_s};
    // /etc/xdg/hanseatlas/catalogue.json, or what the system has in its place; not the user's own folder
    const auto user = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    for (const auto &folder : QStandardPaths::standardLocations(QStandardPaths::GenericConfigLocation)) {
        const auto path = folder + u"/hanseatlas/catalogue.json"_s;
        if (folder != user && QFileInfo(path).isFile()) {
            files.administrator = path;
            break;
        }
    }
    return files;
}

QString CatalogueFiles::main() const
{
    return administrator.isEmpty() ? shipped : administrator;
}

CatalogueSetup catalogueSetup(const CatalogueFiles &files, const QString &language)
{
    CatalogueSetup setup;
    const auto read = [&](const QString &path) {
        return readSmallFile(path, largestFile).and_then([&](const QByteArray &json) {
            return parseCatalogueFile(json, language);
        });
    };
    auto path = files.main();
    auto main = read(path);
    if (!main && path != shipped) { // a broken file of the administrator's must not leave the city without maps
        setup.problems.append(CatalogueTexts::tr("The catalogue “%1” cannot be used: %2")
                                  .arg(QDir::toNativeSeparators(path), main.error().what));
        path = shipped;
        main = read(path);
    }
    setup.sources.push_back({.id = u"city"_s, .title = main ? main->tree.title : path, .location = path});
    if (main) {
        setup.sources.insert(setup.sources.end(), main->sources.begin(), main->sources.end());
        setup.themeLayers = main->themeLayers;
    }
    if (QFileInfo(files.own).isFile()) {
        const auto own = read(files.own);
        setup.sources.push_back(
            {.id = u"own"_s,
             .title = own && !own->tree.title.isEmpty() ? own->tree.title : CatalogueTexts::tr("Own catalogue"),
             .location = files.own});
        if (own) {
            setup.sources.insert(setup.sources.end(), own->sources.begin(), own->sources.end());
            setup.themeLayers.insert(setup.themeLayers.begin(), own->themeLayers.begin(), own->themeLayers.end());
        }
    }
    if (QFileInfo(files.sources).isFile()) {
        if (auto list = readSources(files.sources))
            std::ranges::move(list->sources, std::back_inserter(setup.sources));
        else
            setup.problems.append(list.error().what);
    }
    return setup;
}

Status writeSources(const QString &path, const std::vector<CatalogueSource> &sources)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    const auto json = sourcesToJson(sources);
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit())
        return failure(
            ErrorKind::Storage,
            CatalogueTexts::tr("The list of sources could not be written to “%1”.").arg(QDir::toNativeSeparators(path)),
            CatalogueTexts::tr("Is the disk full, or the folder protected?"), file.errorString());
    return {};
}

Result<SourceList> readSources(const QString &path)
{
    return readSmallFile(path, largestFile).and_then([](const QByteArray &json) { return sourcesFromJson(json); });
}

} // namespace hanseatlas
