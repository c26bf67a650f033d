// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/masterportal.h"

#include "datasources/services/answer.h"
#include "datasources/services/jsonmembers.h"
#include "datasources/services/safehtml.h"
#include "datasources/services/servicetexts.h"
#include "datasources/services/serviceurl.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int deepest = 50;
constexpr qsizetype mostServices = 100000;

QString textIn(const QJsonValue &value)
{
    if (value.isArray()) // a name as a list of one
        return textIn(value.toArray().at(0));
    return value.isDouble() ? value.toVariant().toString() : value.toString().trimmed();
}

QString textIn(const QJsonObject &object, QLatin1StringView key)
{
    return textIn(object.value(key));
}

/** "a,b" or ["a", "b"] */
QStringList listIn(const QJsonObject &object, QLatin1StringView key)
{
    QStringList list;
    const auto value = object.value(key);
    for (const auto &each : value.toArray())
        list.append(textIn(each));
    if (!value.isArray())
        for (const auto &part : textIn(value).split(u','))
            list.append(part.trimmed());
    list.removeAll(QString());
    return list;
}

bool flagIn(const QJsonObject &object, QLatin1StringView key, bool otherwise)
{
    const auto value = object.value(key);
    if (value.isBool())
        return value.toBool();
    const auto text = value.toString().toLower();
    return text == "true"_L1 || (text != "false"_L1 && otherwise);
}

double numberIn(const QJsonObject &object, QLatin1StringView key)
{
    const auto value = object.value(key);
    const double number = value.isDouble() ? value.toDouble() : value.toString().toDouble();
    return number > 0 ? number : 0;
}

/** Ids are texts, numbers, lists of both, or {layerId, suffix}. */
QStringList idsIn(const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList ids;
        for (const auto &each : value.toArray())
            ids += idsIn(each);
        return ids;
    }
    if (value.isObject()) {
        const auto id = textIn(value.toObject(), "layerId"_L1);
        const auto suffix = textIn(value.toObject(), "suffix"_L1);
        return id.isEmpty() ? QStringList() : QStringList{suffix.isEmpty() ? id : id + u'.' + suffix};
    }
    const auto id = textIn(value);
    return id.isEmpty() ? QStringList() : QStringList{id};
}

/** What comes from the web stays there; only a portal in a folder leads to files. */
QUrl absolute(const QString &text, const QUrl &portal)
{
    const auto url = text.isEmpty() ? QUrl() : portal.resolved(QUrl(text, QUrl::TolerantMode));
    return isWebAddress(url) || (portal.isLocalFile() && url.isLocalFile()) ? url : QUrl();
}

/** v3 "legend" counts before v2 "legendURL". */
void readLegend(const QJsonObject &entry, const QUrl &portal, PortalService &service)
{
    const auto key = entry.contains("legend"_L1) ? "legend"_L1 : "legendURL"_L1;
    const auto value = entry.value(key);
    service.legend = !(value.isBool() && !value.toBool());
    for (const auto &text : value.isArray() ? listIn(entry, key) : QStringList{value.toString().trimmed()}) {
        if (text == "ignore"_L1)
            service.legend = false;
        else if (!text.isEmpty() && text != "true"_L1)
            service.legendUrls.append(absolute(text, portal).toString(QUrl::FullyEncoded));
    }
}

std::vector<PortalRecord> recordsIn(const QJsonObject &entry)
{
    std::vector<PortalRecord> records;
    for (const auto &value : entry.value("datasets"_L1).toArray()) {
        const auto record = value.toObject();
        records.push_back({textIn(record, "md_id"_L1), textIn(record, "md_name"_L1), textIn(record, "csw_url"_L1),
                           listIn(record, "kategorie_opendata"_L1)});
    }
    return records;
}

QString attributionIn(const QJsonValue &value)
{
    const auto text = plainText(value.isObject() ? textIn(value.toObject(), "text"_L1) : textIn(value));
    return text.compare("nicht vorhanden"_L1, Qt::CaseInsensitive) == 0 ? QString() : text;
}

PortalService serviceIn(const QJsonObject &entry, const QUrl &portal)
{
    PortalService service{.id = idsIn(entry.value("id"_L1)).value(0), .name = plainText(textIn(entry, "name"_L1))};
    service.type = textIn(entry, "typ"_L1);
    service.tileTemplates = listIn(entry, "urls"_L1);
    auto url = textIn(entry, "url"_L1);
    if (url.isEmpty())
        url = textIn(entry, "capabilitiesUrl"_L1);
    service.url = absolute(url, portal);
    service.capabilitiesUrl = absolute(textIn(entry, "capabilitiesUrl"_L1), portal);
    service.version = textIn(entry, "version"_L1);
    service.layers = listIn(entry, entry.contains("layers"_L1) ? "layers"_L1 : "layer"_L1);
    service.styles = listIn(entry, "styles"_L1);
    service.format = textIn(entry, "format"_L1);
    for (const auto key : {"crs"_L1, "epsg"_L1, "coordinateSystem"_L1})
        if (service.crs.isEmpty())
            service.crs = textIn(entry, key);
    service.infoFormat = textIn(entry, "infoFormat"_L1);
    service.tileMatrixSet = textIn(entry, "tileMatrixSet"_L1);
    service.featureType = textIn(entry, "featureType"_L1);
    service.featureSpace = textIn(entry, "featureNS"_L1);
    service.collection = textIn(entry, "collection"_L1);
    service.transparent = flagIn(entry, "transparent"_L1, true);
    service.minScale = numberIn(entry, "minScale"_L1);
    service.maxScale = numberIn(entry, "maxScale"_L1);
    service.tileSize = int(std::min(numberIn(entry, "tilesize"_L1), 8192.0));
    service.featureCount = int(std::min(numberIn(entry, "featureCount"_L1), 10000.0));
    readLegend(entry, portal, service);
    service.attribution = attributionIn(entry.value("layerAttribution"_L1));
    service.records = recordsIn(entry);
    service.entry = entry;
    return service;
}

Result<QJsonDocument> documentIn(QByteArrayView bytes)
{
    if (answerKind(bytes) != AnswerKind::Json)
        return std::unexpected(unexpectedAnswer(bytes, u"Masterportal"_s));
    return parseJson(bytes);
}

// ---- config.json

void readNodes(const QJsonObject &holder, std::vector<PortalNode> &nodes, int depth);

PortalNode layerIn(const QJsonObject &entry, int depth)
{
    PortalNode node{.name = plainText(textIn(entry, "name"_L1)), .ids = idsIn(entry.value("id"_L1))};
    if (node.name.startsWith("translate#"_L1))
        node.name.clear(); // a key of the portal's own translations
    node.visible = flagIn(entry, "visibility"_L1, flagIn(entry, "visiblity"_L1, false)); // a common slip
    node.transparency = int(std::clamp(numberIn(entry, "transparency"_L1), 0.0, 100.0));
    node.group = textIn(entry, "typ"_L1) == "GROUP"_L1 || entry.contains("children"_L1);
    if (depth < deepest)
        for (const auto &child : entry.value("children"_L1).toArray())
            node.children.push_back(layerIn(child.toObject(), depth + 1));
    node.entry = entry;
    return node;
}

PortalNode folderIn(const QJsonObject &entry, QLatin1StringView nameKey, int depth)
{
    PortalNode node{.folder = true, .name = plainText(textIn(entry, nameKey))};
    readNodes(entry, node.children, depth + 1);
    return node;
}

/** v2 has Layer and Ordner, v3 has elements with both. */
void readNodes(const QJsonObject &holder, std::vector<PortalNode> &nodes, int depth)
{
    if (depth > deepest)
        return;
    for (const auto &value : holder.value("Layer"_L1).toArray())
        if (value.isObject())
            nodes.push_back(layerIn(value.toObject(), depth));
    for (const auto &value : holder.value("Ordner"_L1).toArray())
        nodes.push_back(folderIn(value.toObject(), "Titel"_L1, depth));
    for (const auto &value : holder.value("elements"_L1).toArray()) {
        const auto entry = value.toObject();
        if (textIn(entry, "type"_L1) == "folder"_L1)
            nodes.push_back(folderIn(entry, "name"_L1, depth));
        else if (value.isObject())
            nodes.push_back(layerIn(entry, depth));
    }
}

/** Templates like "{{ via(location) extent }}" stand where numbers should be. */
std::vector<double> numbersIn(const QJsonValue &value)
{
    std::vector<double> numbers;
    for (const auto &each : value.toArray())
        if (each.isDouble())
            numbers.push_back(each.toDouble());
    return numbers;
}

void readMapView(const QJsonObject &view, PortalConfig &config)
{
    config.crs = textIn(view, "epsg"_L1);
    if (config.crs.isEmpty())
        config.crs = u"EPSG:25832"_s;
    if (const auto centre = numbersIn(view.value("startCenter"_L1)); centre.size() == 2)
        config.startCentre = PointXY{centre[0], centre[1]};
    if (const auto box = numbersIn(view.value("extent"_L1)); box.size() == 4)
        config.extent = {box[0], box[1], box[2], box[3]};
    config.zoomOptions = int(view.value("options"_L1).toArray().size());
}

} // namespace

Result<PortalFiles> parsePortalScript(QByteArrayView script, const QUrl &portal)
{
    const auto text = decodedText(script);
    const auto path = [&](QLatin1StringView key) {
        const QRegularExpression pattern(u"\\b%1[\"']?\\s*:\\s*[\"']([^\"']+)[\"']"_s.arg(key));
        return pattern.match(text).captured(1);
    };
    PortalFiles files{absolute(path("layerConf"_L1), portal),
                      absolute(path("restConf"_L1), portal),
                      absolute(path("styleConf"_L1), portal),
                      {}};
    if (files.services.isEmpty())
        return failure(ErrorKind::Malformed,
                       ServiceTexts::tr("The portal's configuration does not name its list of services."));
    auto config = path("portalConf"_L1); // a file, or the folder where config.json lies
    if (!config.endsWith(".json"_L1))
        config += config.isEmpty() || config.endsWith(u'/') ? u"config.json"_s : u"/config.json"_s;
    files.config = absolute(config, portal);
    return files;
}

bool PortalService::isSupported() const
{
    static const QStringList known{u"WMS"_s,     u"WMTS"_s,         u"WFS"_s,     u"WFST"_s,      u"OAF"_s,
                                   u"GeoJSON"_s, u"SensorThings"_s, u"GeoTiff"_s, u"VectorTile"_s};
    return known.contains(type, Qt::CaseInsensitive);
}

const PortalService *PortalServices::find(const QString &id) const
{
    const auto found = index.constFind(id);
    return found != index.cend() ? &services[*found] : nullptr;
}

Result<PortalServices> parsePortalServices(QByteArrayView bytes, const QUrl &portal)
{
    const auto document = documentIn(bytes);
    if (!document)
        return std::unexpected(document.error());
    if (!document->isArray())
        return failure(ErrorKind::Malformed, ServiceTexts::tr("The file is no list of services of a Masterportal."));
    const auto entries = document->array();
    if (entries.size() > mostServices)
        return failure(ErrorKind::TooLarge, ServiceTexts::tr("The service lists more layers than can be read."));
    PortalServices result{.entries = int(entries.size())};
    for (const auto &value : entries) {
        auto service = serviceIn(value.toObject(), portal);
        if (service.id.isEmpty())
            continue; // nothing can refer to it
        if (result.index.contains(service.id)) {
            if (!result.duplicateIds.contains(service.id))
                result.duplicateIds.append(service.id);
            continue;
        }
        result.index.insert(service.id, result.services.size());
        result.services.push_back(std::move(service));
    }
    if (result.services.empty() && !entries.isEmpty())
        return failure(ErrorKind::Malformed, ServiceTexts::tr("The file is no list of services of a Masterportal."));
    return result;
}

Result<PortalConfig> parsePortalConfig(QByteArrayView bytes)
{
    const auto document = documentIn(bytes);
    if (!document)
        return std::unexpected(document.error());
    const auto root = document->object();
    const bool old = root.contains("Themenconfig"_L1) || root.contains("Portalconfig"_L1);
    const auto portal = root.value(old ? "Portalconfig"_L1 : "portalConfig"_L1).toObject();
    const auto layers = root.value(old ? "Themenconfig"_L1 : "layerConfig"_L1).toObject();
    if (portal.isEmpty() && layers.isEmpty())
        return failure(ErrorKind::Malformed, ServiceTexts::tr("The file is no configuration of a Masterportal."));
    PortalConfig config{.version = old ? 2 : 3};
    const auto header = old ? portal : portal.value("mainMenu"_L1).toObject();
    config.title =
        plainText(textIn(header.value(old ? "portalTitle"_L1 : "title"_L1).toObject(), old ? "title"_L1 : "text"_L1));
    readMapView((old ? portal : portal.value("map"_L1).toObject()).value("mapView"_L1).toObject(), config);
    const auto tree = old ? textIn(portal, "treeType"_L1) : textIn(portal.value("tree"_L1).toObject(), "type"_L1);
    config.treeFromMetadata = tree == "default"_L1 || tree == "auto"_L1;
    for (auto it = layers.begin(); it != layers.end(); ++it) {
        const bool isBackground = it.key() == "Hintergrundkarten"_L1 || it.key() == "baselayer"_L1;
        readNodes(it.value().toObject(), isBackground ? config.background : config.topics, 0);
    }
    return config;
}

namespace
{

class TreeMaker
{
public:
    TreeMaker(const PortalServices &services, const QUrl &portal)
        : m_services(services)
        , m_portal(portal)
    {
    }

    std::vector<PortalTopic> make(const std::vector<PortalNode> &nodes, bool background)
    {
        std::vector<PortalTopic> topics;
        for (const auto &node : nodes) {
            if (node.folder || !node.children.empty())
                topics.push_back(group(node, background));
            else
                addLayer(node, background, topics);
        }
        return topics;
    }

    /** Category, record, layers: as portals do that have no tree of their own. */
    std::vector<PortalTopic> makeFromRecords() const
    {
        std::vector<PortalTopic> topics;
        const auto folder = [](std::vector<PortalTopic> &holder, const QString &name) -> std::vector<PortalTopic> & {
            auto found = std::ranges::find_if(
                holder, [&](const PortalTopic &each) { return each.isFolder() && each.name == name; });
            if (found == holder.end())
                found = holder.insert(holder.end(), PortalTopic{.name = name});
            return found->children;
        };
        for (const auto &service : m_services.services) {
            if (service.records.empty())
                continue;
            const auto &record = service.records.front();
            auto *holder = &topics;
            for (const auto &name : {record.categories.value(0), record.name})
                if (!name.isEmpty())
                    holder = &folder(*holder, name);
            holder->push_back({.name = service.name, .service = service});
        }
        return topics;
    }

    int foundByStem() const { return m_foundByStem; }

private:
    PortalTopic group(const PortalNode &node, bool background)
    {
        auto children = node.children;
        if (!node.folder)
            for (auto &child : children)
                child.visible = child.visible || node.visible;
        PortalTopic made{.name = node.name, .background = background};
        if (!node.folder)
            made.opacity = 1 - node.transparency / 100.0;
        made.children = make(children, background);
        return made;
    }

    /** "8712.1" is a second layer of the service "8712". */
    std::optional<PortalService> serviceOf(const QString &id, const QJsonObject &overrides)
    {
        const auto *found = m_services.find(id);
        const auto dot = id.lastIndexOf(u'.');
        if (!found && dot > 0) {
            found = m_services.find(id.first(dot));
            m_foundByStem += found ? 1 : 0;
        }
        if (!found && !(overrides.contains("typ"_L1) && overrides.contains("url"_L1)))
            return {}; // nor is it defined here
        auto entry = found ? found->entry : QJsonObject();
        for (auto it = overrides.begin(); it != overrides.end(); ++it)
            if (it.key() != "id"_L1 && it.value() != QJsonValue(u"GROUP"_s))
                entry.insert(it.key(), it.value());
        entry.insert("id"_L1, found ? found->id : id);
        if (found && overrides.value("name"_L1).toString().startsWith("translate#"_L1))
            entry.insert("name"_L1, found->name);
        return serviceIn(entry, m_portal);
    }

    void addLayer(const PortalNode &node, bool background, std::vector<PortalTopic> &topics)
    {
        std::vector<PortalTopic> found;
        const PortalTopic empty{
            .background = background, .visible = node.visible, .opacity = 1 - node.transparency / 100.0};
        for (const auto &id : node.ids) {
            found.push_back(empty);
            found.back().service = serviceOf(id, node.entry);
            if (!found.back().service)
                found.back().missing = {id};
        }
        const auto first = std::ranges::find_if(found, [](const auto &each) { return each.service.has_value(); });
        const auto isLike = [&](const PortalTopic &each) {
            return !each.service || (each.service->type == "WMS"_L1 && each.service->url == first->service->url);
        };
        const auto count = std::ranges::count_if(found, [](const auto &each) { return each.service.has_value(); });
        if (!node.group && count > 1 && std::ranges::all_of(found, isLike)) {
            for (auto next = first + 1; next != found.end(); ++next) // one request for all; the first is drawn first
                if (next->service)
                    first->service->layers += next->service->layers;
            std::erase_if(found, [&](const PortalTopic &each) { return each.service && &each != &*first; });
        }
        const auto isThere = [](const PortalTopic &each) { return each.service.has_value(); };
        const bool many = std::ranges::count_if(found, isThere) > 1;
        for (auto &each : found)
            each.name = nameOf(node, each, many);
        if (many)
            topics.push_back({.name = node.name, .background = background, .children = std::move(found)});
        else
            std::ranges::move(found, std::back_inserter(topics));
    }

    QString nameOf(const PortalNode &node, const PortalTopic &topic, bool many) const
    {
        if (!topic.service)
            return node.name.isEmpty() || many ? topic.missing.value(0) : node.name;
        const auto *original = m_services.find(topic.service->id);
        if (!node.name.isEmpty() && !(many && original))
            return node.name;
        return original ? original->name : topic.service->name;
    }

    const PortalServices &m_services;
    QUrl m_portal;
    int m_foundByStem = 0;
};

void flatten(const std::vector<PortalTopic> &topics, const QStringList &folders, PortalImport &import)
{
    for (const auto &topic : topics) {
        for (const auto &id : topic.missing)
            if (!import.missing.contains(id))
                import.missing.append(id);
        if (topic.isFolder())
            flatten(topic.children, folders + QStringList{topic.name}, import);
        if (!topic.service)
            continue;
        const auto &service = *topic.service;
        if (service.isSupported())
            import.layers.push_back({service, topic.name, folders, topic.background, topic.visible, topic.opacity});
        else
            import.unsupported.append(
                u"%1 (%2)"_s.arg(service.name.isEmpty() ? service.id : service.name, service.type));
    }
}

} // namespace

PortalTree portalTree(const PortalConfig &config, const PortalServices &services, const QUrl &portal)
{
    TreeMaker maker(services, portal);
    PortalTree tree{.topics = maker.make(config.topics, false)};
    if (tree.topics.empty() && config.treeFromMetadata)
        tree.topics = maker.makeFromRecords();
    std::ranges::move(maker.make(config.background, true), std::back_inserter(tree.topics));
    tree.foundByStem = maker.foundByStem();
    return tree;
}

PortalImport importPortal(const PortalConfig &config, const PortalServices &services, const QUrl &portal)
{
    const auto tree = portalTree(config, services, portal);
    PortalImport import{.foundByStem = tree.foundByStem};
    flatten(tree.topics, {}, import);
    return import;
}

} // namespace hanseatlas
