// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/servicekind.h"

#include "datasources/services/answer.h"
#include "datasources/services/servicetexts.h"
#include "datasources/services/serviceurl.h"
#include "datasources/services/servicexml.h"
#include "datasources/services/wfs.h"
#include "datasources/services/wmsrequests.h"
#include "datasources/services/wmts.h"
#include "datasources/services/xyztemplate.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

bool matches(const QString &text, const char16_t *pattern)
{
    return QRegularExpression(QString::fromUtf16(pattern), QRegularExpression::CaseInsensitiveOption)
        .match(text)
        .hasMatch();
}

ServiceKind byQuery(const QUrl &url)
{
    const auto service = parameter(url, u"service").toUpper();
    if (service == "WMS"_L1)
        return ServiceKind::Wms;
    if (service == "WMTS"_L1)
        return ServiceKind::Wmts;
    if (service == "WFS"_L1)
        return ServiceKind::Wfs;
    const auto request = parameter(url, u"request").toLower();
    if (request == "getmap"_L1 || request == "getlegendgraphic"_L1 || request == "getfeatureinfo"_L1)
        return ServiceKind::Wms;
    if (request == "gettile"_L1)
        return ServiceKind::Wmts;
    if (request == "getfeature"_L1 || request == "describefeaturetype"_L1)
        return ServiceKind::Wfs;
    return ServiceKind::Unknown;
}

ServiceKind byPath(const QString &path)
{
    if (matches(path, u"\\{TileMatrix\\}|WMTSCapabilities\\.xml$|/wmts(?:[/_]|$)|_wmts(?:[/_]|$)"))
        return ServiceKind::Wmts;
    if (matches(path, u"/(?:Things|Datastreams|Observations|Sensors|Locations)(?:\\(|/|$)|/v1\\.[01]/?$"))
        return ServiceKind::SensorThings;
    if (matches(path, u"/api/(?:3/)?action(?:/|$)"))
        return ServiceKind::Ckan;
    if (matches(path, u"/(?:services|config)(?:-[\\w-]+)?\\.json$|/config\\.js$|masterportal"))
        return ServiceKind::Masterportal;
    if (matches(path, u"\\.(?:geojson|gpkg|zip|csv|xlsx?|ods|shp|gml|kml|kmz|gpx|tiff?|fgb|sqlite|mbtiles|dxf|pdf)$"))
        return ServiceKind::File;
    if (matches(path, u"/collections(?:/|$)|/conformance/?$|/ogc-?api(?:/|$)|/oaf(?:/|$)"))
        return ServiceKind::OgcApi;
    if (matches(path, u"WFSServer/?$|/wfs(?:[/_.]|$)|_wfs(?:[/_]|$)"))
        return ServiceKind::Wfs;
    if (matches(path, u"WMSServer/?$|/wms(?:[/_.]|$)|_wms(?:[/_]|$)"))
        return ServiceKind::Wms;
    return ServiceKind::Unknown;
}

/** "…/collections/x/items" → "…/" */
QUrl ogcApiRoot(const QUrl &url)
{
    auto root = url;
    auto path = url.path(QUrl::FullyEncoded);
    static const QRegularExpression part(u"/(?:collections|conformance|api)(?:/.*)?$"_s);
    path.remove(part);
    root.setPath(path + u'/', QUrl::TolerantMode);
    return withParameters(endpointOf(root), {{u"f"_s, u"json"_s}});
}

/** "…/v1.1/Things(3)/Datastreams" → "…/v1.1" */
QUrl sensorThingsRoot(const QUrl &url)
{
    auto root = url;
    auto path = url.path(QUrl::FullyEncoded);
    static const QRegularExpression entity(u"/(?:Things|Datastreams|Observations|Sensors|Locations)\\b.*$"_s);
    path.remove(entity);
    while (path.endsWith(u'/'))
        path.chop(1);
    root.setPath(path, QUrl::TolerantMode);
    root.setQuery(QString());
    return root;
}

QUrl ckanUrl(const QUrl &url)
{
    auto root = url;
    auto path = url.path(QUrl::FullyEncoded);
    static const QRegularExpression part(u"/(?:api/(?:3/)?action|dataset|organization|group)(?:/.*)?$"_s);
    path.remove(part);
    while (path.endsWith(u'/'))
        path.chop(1);
    root.setPath(path + "/api/3/action/package_search"_L1, QUrl::TolerantMode);
    root.setQuery(u"rows=0"_s);
    return root;
}

QUrl portalScript(const QUrl &url)
{
    auto script = url;
    if (url.path().endsWith(".json"_L1) || url.path().endsWith(".js"_L1))
        return url;
    script.setQuery(QString());
    return (script.path().endsWith(u'/') ? script : script.adjusted(QUrl::RemoveFilename))
        .resolved(QUrl(u"config.js"_s));
}

ServiceKind kindOfXml(QByteArrayView bytes)
{
    const auto document = readXml(bytes, 1);
    auto root = document ? document->root.name : QString();
    if (root.isEmpty()) { // a long document type comes before it
        static const QRegularExpression type(u"<!DOCTYPE\\s+(?:\\w+:)?(\\w+)"_s);
        root = type.match(QString::fromLatin1(bytes.first(std::min<qsizetype>(bytes.size(), 4000)))).captured(1);
    }
    if (root == "WMS_Capabilities"_L1 || root == "WMT_MS_Capabilities"_L1)
        return ServiceKind::Wms;
    if (root == "WFS_Capabilities"_L1)
        return ServiceKind::Wfs;
    if (root == "Capabilities"_L1)
        return bytes.first(std::min<qsizetype>(bytes.size(), 4000)).contains("/wmts/") ? ServiceKind::Wmts
                                                                                       : ServiceKind::Unknown;
    static const QStringList files{u"FeatureCollection"_s, u"kml"_s, u"gpx"_s, u"XPlanAuszug"_s};
    return files.contains(root) ? ServiceKind::File : ServiceKind::Unknown;
}

/** Of MapLibre, whose members come in any order. */
bool isMapStyle(const QString &start)
{
    if (matches(start, u"\"version\"\\s*:\\s*8\\b") && matches(start, u"\"(?:sources|layers|glyphs|sprite)\"\\s*:"))
        return true;
    return matches(start, u"\"layers\"\\s*:\\s*\\[\\s*\\{")
        && matches(start, u"\"(?:paint|layout|source-layer)\"\\s*:");
}

/** Only the beginning is there: names are looked for, no document is read. */
ServiceKind kindOfJson(QByteArrayView bytes)
{
    const auto start = QString::fromUtf8(bytes.first(std::min<qsizetype>(bytes.size(), 20000)));
    const bool list = start.trimmed().startsWith(u'[');
    if (!list && matches(start, u"\"(?:Portalconfig|Themenconfig|layerConfig)\"\\s*:"))
        return ServiceKind::Masterportal;
    if (list)
        return matches(start, u"\"typ\"\\s*:") && matches(start, u"\"id\"\\s*:") ? ServiceKind::Masterportal
                                                                                 : ServiceKind::Unknown;
    if (matches(start, u"\"@iot\\.|\"value\"\\s*:\\s*\\[\\s*\\{[^}]*\"(?:Things|Datastreams)\""))
        return ServiceKind::SensorThings;
    if (matches(start, u"\"help\"\\s*:\\s*\"[^\"]*/api/3/action/"))
        return ServiceKind::Ckan;
    if (matches(start, u"\"success\"\\s*:\\s*(?:true|false)") && matches(start, u"\"(?:result|help|error)\"\\s*:"))
        return ServiceKind::Ckan;
    if (isMapStyle(start))
        return ServiceKind::VectorTiles;
    if (matches(start, u"\"tilejson\"\\s*:"))
        return matches(start, u"\"vector_layers\"\\s*:|\\.(?:pbf|mvt)\\b") ? ServiceKind::VectorTiles
                                                                           : ServiceKind::XyzTiles;
    // before files: a page of items is a collection of features, too, but with links
    if (matches(start,
                u"\"conformsTo\"\\s*:|\"collections\"\\s*:\\s*\\[|\"rel\"\\s*:\\s*\"(?:data|conformance|items)\""))
        return ServiceKind::OgcApi;
    if (matches(start, u"\"type\"\\s*:\\s*\"(?:FeatureCollection|Feature|Topology)\""))
        return ServiceKind::File;
    return ServiceKind::Unknown;
}

} // namespace

QUrl pastedUrl(const QString &text)
{
    auto cleaned = text.simplified();
    static const QRegularExpression around(u"^[\\s<>\"'„“”»«(]+|[\\s<>\"'„“”»«),;]+$"_s);
    cleaned.remove(around);
    cleaned.remove(u' ');
    static const QRegularExpression scheme(u"^[a-z][a-z0-9+.-]*:(?!\\d)"_s, QRegularExpression::CaseInsensitiveOption);
    if (!scheme.match(cleaned).hasMatch())
        cleaned.prepend("https://"_L1);
    const QUrl url(cleaned, QUrl::TolerantMode);
    const bool web =
        isWebAddress(url) && (url.host().contains(u'.') || url.host() == "localhost"_L1 || url.host().contains(u':'));
    return web ? url : QUrl();
}

ServiceKind kindOfUrl(const QString &text)
{
    if (isXyzTemplate(text))
        return isVectorTemplate(text) ? ServiceKind::VectorTiles : ServiceKind::XyzTiles;
    const auto url = pastedUrl(text);
    if (!url.isValid())
        return ServiceKind::Unknown;
    const auto kind = byQuery(url);
    return kind != ServiceKind::Unknown ? kind : byPath(url.path());
}

ServiceKind kindOfAnswer(QByteArrayView firstBytes)
{
    for (const QByteArrayView magic : {"PK\x03\x04", "SQLite format 3", "fgb\x03", "%PDF-", "II*", "MM"})
        if (firstBytes.startsWith(magic))
            return ServiceKind::File;
    switch (answerKind(firstBytes)) {
    case AnswerKind::Xml:
        return kindOfXml(firstBytes);
    case AnswerKind::Json:
        return kindOfJson(firstBytes);
    case AnswerKind::Html:
        return matches(decodedText(firstBytes), u"masterportal\\.(?:js|css)|/mastercode/") ? ServiceKind::Masterportal
                                                                                           : ServiceKind::Unknown;
    case AnswerKind::Text:
        return matches(decodedText(firstBytes), u"\\blayerConf[\"']?\\s*:") ? ServiceKind::Masterportal
                                                                            : ServiceKind::Unknown;
    default:
        return ServiceKind::Unknown;
    }
}

std::vector<ServiceCandidate> serviceCandidates(const QString &text)
{
    std::vector<ServiceCandidate> candidates;
    const auto url = pastedUrl(text);
    const auto kind = kindOfUrl(text);
    if (!url.isValid() || isXyzTemplate(text))
        return candidates;
    const auto add = [&](ServiceKind guess, const QUrl &request) {
        if (std::ranges::find(candidates, request, &ServiceCandidate::url) == candidates.end())
            candidates.push_back({guess, request});
    };
    const auto addKind = [&](ServiceKind guess) {
        switch (guess) {
        case ServiceKind::Wms:
            return add(guess, wmsCapabilitiesUrl(url));
        case ServiceKind::Wmts:
            return add(guess, wmtsCapabilitiesUrl(url));
        case ServiceKind::Wfs:
            return add(guess, wfsCapabilitiesUrl(url));
        case ServiceKind::OgcApi:
            return add(guess, ogcApiRoot(url));
        case ServiceKind::Masterportal:
            return add(guess, portalScript(url));
        case ServiceKind::Ckan:
            return add(guess, ckanUrl(url));
        case ServiceKind::SensorThings:
            return add(guess, sensorThingsRoot(url));
        default:
            return add(guess, url);
        }
    };
    addKind(kind); // an Unknown is asked as it is: its answer may tell
    if (kind == ServiceKind::File || kind == ServiceKind::Ckan || kind == ServiceKind::SensorThings)
        return candidates;
    if (kind == ServiceKind::Unknown)
        for (const auto other : {ServiceKind::Wms, ServiceKind::Wfs, ServiceKind::Wmts, ServiceKind::OgcApi,
                                 ServiceKind::Masterportal, ServiceKind::Ckan, ServiceKind::SensorThings})
            addKind(other);
    else
        add(ServiceKind::Unknown, url);
    return candidates;
}

QStringList layersInUrl(const QUrl &url)
{
    for (const auto *name : {u"layers", u"layer", u"typenames", u"typename", u"query_layers"}) {
        QStringList layers;
        for (const auto &layer : parameter(url, name).split(u',', Qt::SkipEmptyParts))
            layers.append(layer.trimmed());
        if (!layers.isEmpty())
            return layers;
    }
    static const QRegularExpression collection(u"/collections/([^/]+)"_s);
    const auto match = collection.match(url.path());
    return match.hasMatch() ? QStringList{match.captured(1)} : QStringList();
}

QString kindName(ServiceKind kind)
{
    switch (kind) {
    case ServiceKind::Wms:
        return u"WMS"_s;
    case ServiceKind::Wmts:
        return u"WMTS"_s;
    case ServiceKind::Wfs:
        return u"WFS"_s;
    case ServiceKind::OgcApi:
        return u"OGC API Features"_s;
    case ServiceKind::XyzTiles:
        return ServiceTexts::tr("Tiles");
    case ServiceKind::VectorTiles:
        return ServiceTexts::tr("Vector tiles");
    case ServiceKind::Masterportal:
        return u"Masterportal"_s;
    case ServiceKind::Ckan:
        return u"CKAN"_s;
    case ServiceKind::SensorThings:
        return u"SensorThings"_s;
    case ServiceKind::File:
        return ServiceTexts::tr("File");
    default:
        return ServiceTexts::tr("Unknown");
    }
}

} // namespace hanseatlas
