// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/portalcatalogue.h"

#include "datasources/catalogue/resources.h"
#include "datasources/services/serviceurl.h"
#include "datasources/services/xyztemplate.h"
#include "layers/catalogue/cataloguetexts.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

bool isKind(const PortalService &service, QLatin1StringView type)
{
    return service.type.compare(type, Qt::CaseInsensitive) == 0;
}

QString unsupportedReason(const QString &type)
{
    static const QStringList spatial{u"TileSet3D"_s, u"Terrain3D"_s, u"Oblique"_s, u"Entities3D"_s};
    if (spatial.contains(type, Qt::CaseInsensitive))
        return CatalogueTexts::tr("3D content is not shown.");
    if (type.compare("SensorThings"_L1, Qt::CaseInsensitive) == 0)
        return CatalogueTexts::tr("Sensors (SensorThings) cannot be shown yet.");
    if (type.isEmpty())
        return CatalogueTexts::tr("The portal does not say of what kind the layer is.");
    return CatalogueTexts::tr("Layers of the kind “%1” cannot be shown.").arg(type);
}

QString addressOf(const QUrl &url)
{
    return url.isLocalFile() ? url.toLocalFile() : endpointOf(url).toString(QUrl::FullyEncoded);
}

/** "time" is true, or says at which moment the portal begins. */
QJsonObject dimensionsIn(const QJsonObject &entry)
{
    const auto time = entry.value("time"_L1).toObject();
    const auto moment = time.value("default"_L1).toString();
    const auto name = time.value("dimensionName"_L1).toString(u"time"_s);
    QJsonObject dimensions;
    if (!moment.isEmpty())
        dimensions.insert(name, moment);
    const auto others = time.value("staticDimensions"_L1).toObject();
    for (auto it = others.begin(); it != others.end(); ++it)
        if (it->isString())
            dimensions.insert(it.key(), it.value());
    return dimensions;
}

/** What the portal sets for asking and for answers, in the words that sources have for it. */
QJsonObject optionsOf(const PortalService &service)
{
    QJsonObject options;
    const auto add = [&options](const QString &key, const QString &value) {
        if (!value.isEmpty())
            options.insert(key, value);
    };
    add(u"version"_s, service.version);
    add(u"format"_s, service.format);
    add(u"crs"_s, service.crs);
    add(u"style"_s, service.styles.join(u','));
    if (!service.transparent)
        options.insert(u"transparent"_s, false);
    if (const auto dimensions = dimensionsIn(service.entry); !dimensions.isEmpty())
        options.insert(u"dimensions"_s, dimensions);
    add(u"tileMatrixSet"_s, service.tileMatrixSet);
    add(u"namespace"_s, service.featureSpace);
    add(u"infoFormat"_s, service.infoFormat);
    if (service.featureCount > 0)
        options.insert(u"featureCount"_s, service.featureCount);
    if (!service.legend)
        options.insert(u"legend"_s, false);
    else if (!service.legendUrls.isEmpty())
        options.insert(u"legend"_s, QJsonArray::fromStringList(service.legendUrls));
    // "showAll" is what is done anyway
    if (const auto shown = service.entry.value("gfiAttributes"_L1);
        shown.isObject() || shown == QJsonValue(u"ignore"_s))
        options.insert(u"gfiAttributes"_s, shown);
    return options;
}

SourceRef refOf(const QString &provider, const QUrl &url, const QString &layer, const PortalService &service)
{
    return {.provider = provider, .location = addressOf(url), .layer = layer, .options = optionsOf(service)};
}

void openWms(const PortalService &service, CatalogueNode &node)
{
    const auto url = service.url.isEmpty() ? service.capabilitiesUrl : service.url;
    node.source = refOf(u"wms"_s, url, service.layers.join(u','), service);
    if (service.layers.isEmpty())
        node.kind = CatalogueKind::Service;
}

void openWmts(const PortalService &service, CatalogueNode &node)
{
    auto url = service.capabilitiesUrl.isEmpty() ? service.url : service.capabilitiesUrl;
    const bool onlyTemplates = url.isEmpty() && !service.tileTemplates.isEmpty();
    if (onlyTemplates && service.tileTemplates.front().contains(u'{')) {
        node.reason = CatalogueTexts::tr("The portal describes these tiles itself, without the service's own "
                                         "description; such tiles cannot be shown.");
        return;
    }
    if (onlyTemplates)
        url = QUrl(service.tileTemplates.front());
    node.source = refOf(u"wmts"_s, url, service.layers.value(0), service);
    if (service.layers.isEmpty())
        node.kind = CatalogueKind::Service;
}

void openWfs(const PortalService &service, CatalogueNode &node)
{
    const auto prefix = service.entry.value("featurePrefix"_L1).toString();
    const bool bare = prefix.isEmpty() || service.featureType.contains(u':');
    node.source =
        refOf(u"wfs"_s, service.url, bare ? service.featureType : prefix + u':' + service.featureType, service);
    if (service.featureType.isEmpty())
        node.kind = CatalogueKind::Service;
}

void openFile(const PortalService &service, CatalogueNode &node)
{
    // a file's parameters are part of its address
    const auto location =
        service.url.isLocalFile() ? service.url.toLocalFile() : service.url.toString(QUrl::FullyEncoded);
    node.source = SourceRef{.location = location};
}

/** Where the tiles lie; empty for Web Mercator. */
QJsonObject gridOf(const PortalService &service)
{
    const auto &entry = service.entry;
    const auto crs = Crs::fromText(service.crs);
    if (!crs.isValid() || crs.epsg() == 3857)
        return {};
    const auto extent = entry.value("extent"_L1).toArray();
    auto origin = entry.value("origin"_L1).toArray();
    if (origin.isEmpty() && extent.size() == 4)
        origin = {extent.at(0), extent.at(3)};
    return {{u"crs"_s, service.crs},
            {u"origin"_s, origin},
            {u"resolutions"_s, entry.value("resolutions"_L1)},
            {u"tileSize"_s, entry.value("tileSize"_L1).toInt(512)}};
}

void openVectorTiles(const PortalService &service, CatalogueNode &node)
{
    const auto location = service.entry.value("url"_L1).toString().trimmed();
    if (!isXyzTemplate(location) || !isWebAddress(xyzTileUrl({.text = location}, 0, 0, 0))) {
        node.reason = CatalogueTexts::tr("The portal does not say where the tiles of the layer are.");
        return;
    }
    node.source = SourceRef{.provider = u"mvt"_s, .location = location};
    const auto styles = service.entry.value("vtStyles"_L1).toArray();
    QString style = styles.at(0).toObject().value("url"_L1).toString();
    for (const auto &each : styles)
        if (each.toObject().value("defaultStyle"_L1).toBool())
            style = each.toObject().value("url"_L1).toString();
    if (isWebAddress(QUrl(style)))
        node.source->options.insert(u"style"_s, style);
    if (const auto grid = gridOf(service); !grid.isEmpty())
        node.source->options.insert(u"grid"_s, grid);
}

void open(const PortalService &service, CatalogueNode &node)
{
    if (isKind(service, "WMS"_L1))
        return openWms(service, node);
    if (isKind(service, "WMTS"_L1))
        return openWmts(service, node);
    if (isKind(service, "WFS"_L1) || isKind(service, "WFST"_L1))
        return openWfs(service, node);
    if (isKind(service, "GeoJSON"_L1) || isKind(service, "GeoTiff"_L1))
        return openFile(service, node);
    if (isKind(service, "VectorTile"_L1))
        return openVectorTiles(service, node);
    if (isKind(service, "OAF"_L1)) {
        node.source = refOf(u"oaf"_s, service.url, service.collection, service);
        if (service.collection.isEmpty())
            node.kind = CatalogueKind::Service;
        return;
    }
    node.reason = unsupportedReason(service.type);
}

/** The page that shows the record, else the record itself. */
QString metadataOf(const PortalService &service)
{
    const auto first = service.entry.value("datasets"_L1).toArray().at(0).toObject();
    for (const auto &record : service.records) {
        if (record.id.isEmpty())
            continue;
        if (const auto page = webLink(first.value("show_doc_url"_L1).toString()); !page.isEmpty())
            return page + record.id;
        const QUrl csw(webLink(record.cswUrl));
        if (isWebAddress(csw))
            return withParameters(csw,
                                  {{u"service"_s, u"CSW"_s},
                                   {u"version"_s, u"2.0.2"_s},
                                   {u"request"_s, u"GetRecordById"_s},
                                   {u"elementSetName"_s, u"full"_s},
                                   {u"outputSchema"_s, u"http://www.isotc211.org/2005/gmd"_s},
                                   {u"id"_s, record.id}})
                .toString(QUrl::FullyEncoded);
    }
    return {};
}

void describe(const PortalService &service, const QUrl &portal, CatalogueNode &node)
{
    for (const auto &record : service.records) {
        node.keywords += record.categories;
        if (!record.name.isEmpty() && record.name != node.title)
            node.keywords.append(record.name);
    }
    node.keywords.removeDuplicates();
    const auto organisation =
        service.entry.value("datasets"_L1).toArray().at(0).toObject().value("kategorie_organisation"_L1);
    node.contact = organisation.isArray() ? organisation.toArray().at(0).toString() : organisation.toString();
    node.metadata = metadataOf(service);
    node.attribution = service.attribution;
    node.licence = licenceIn(service.attribution);
    const auto preview = service.entry.value("preview"_L1);
    const auto picture = preview.isObject() ? preview.toObject().value("src"_L1).toString() : preview.toString();
    node.preview = picture.isEmpty() ? QString() : webLink(picture, portal);
    if (service.entry.value("isSecured"_L1).toBool())
        node.abstract = CatalogueTexts::tr("This service asks for a sign-in.");
}

CatalogueNode nodeOf(const PortalTopic &topic, const QUrl &portal)
{
    if (topic.service) {
        auto node = portalNode(*topic.service, portal);
        node.title = topic.name.isEmpty() ? node.title : topic.name;
        node.opacity = topic.opacity;
        node.visible = topic.visible;
        return node;
    }
    CatalogueNode node{.kind = CatalogueKind::Folder, .title = topic.name, .opacity = topic.opacity};
    if (!topic.isFolder()) {
        node.kind = CatalogueKind::Layer;
        node.reason =
            CatalogueTexts::tr("The portal's list of services has no entry “%1”.").arg(topic.missing.join(u", "_s));
    }
    for (const auto &child : topic.children)
        node.children.push_back(nodeOf(child, portal));
    return node;
}

/** What is missing or cannot be shown, counted. */
QStringList notesOf(const std::vector<CatalogueNode> &nodes, int missing)
{
    int unshown = -missing;
    forEachNode(nodes, [&](const CatalogueNode &node) { unshown += node.reason.isEmpty() ? 0 : 1; });
    QStringList notes;
    if (missing > 0)
        notes.append(CatalogueTexts::tr("%n layers are missing in the portal's list of services.", nullptr, missing));
    if (unshown > 0)
        notes.append(CatalogueTexts::tr("%n layers cannot be shown; the reason stands beside them.", nullptr, unshown));
    return notes;
}

int countMissing(const std::vector<PortalTopic> &topics)
{
    int count = 0;
    for (const auto &topic : topics)
        count += (topic.missing.isEmpty() ? 0 : 1) + countMissing(topic.children);
    return count;
}

} // namespace

CatalogueNode portalNode(const PortalService &service, const QUrl &portal)
{
    CatalogueNode node{.kind = CatalogueKind::Layer, .title = service.name, .format = service.type};
    if (node.title.isEmpty())
        node.title = service.layers.isEmpty() ? service.id : service.layers.join(u", "_s);
    open(service, node);
    if (node.source && node.source->location.isEmpty()) {
        node.kind = CatalogueKind::Layer;
        node.source.reset();
        node.reason = CatalogueTexts::tr("The portal gives no usable address for this layer.");
    }
    // The portal's limits are "from … to", ours "largest, smallest denominator"
    node.minScale = service.maxScale;
    node.maxScale = service.minScale;
    node.visible = false;
    describe(service, portal, node);
    return node;
}

CatalogueTree portalCatalogue(const PortalConfig &config, const PortalServices &services, const QUrl &portal)
{
    const auto topics = portalTree(config, services, portal);
    CatalogueTree tree{.title = config.title};
    CatalogueNode background{.kind = CatalogueKind::Folder, .title = CatalogueTexts::tr("Background maps")};
    for (const auto &topic : topics.topics) {
        auto &holder = topic.background ? background.children : tree.nodes;
        holder.push_back(nodeOf(topic, portal));
    }
    if (!background.children.empty())
        tree.nodes.push_back(std::move(background));
    tree.notes = notesOf(tree.nodes, countMissing(topics.topics));
    return tree;
}

CatalogueTree serviceListCatalogue(const PortalServices &services, const QUrl &portal)
{
    PortalConfig config{.treeFromMetadata = true};
    auto tree = portalCatalogue(config, services, portal);
    for (const auto &service : services.services)
        if (service.records.empty())
            tree.nodes.push_back(portalNode(service, portal));
    tree.notes = notesOf(tree.nodes, 0);
    return tree;
}

} // namespace hanseatlas
