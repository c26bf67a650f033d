// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/resources.h"

#include "datasources/services/servicekind.h"
#include "datasources/services/serviceurl.h"
#include "layers/catalogue/cataloguetexts.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

struct Spelling {
    QLatin1StringView pattern; ///< of the whole word, lower case
    QLatin1StringView name;
};

/** The first that fits counts. */
constexpr std::array spellings{
    Spelling{"(ogc[:_ ]*)?wmts.*"_L1, "WMTS"_L1},
    Spelling{"(ogc[:_ ]*)?wms.*|view ?service|ogc web map service.*"_L1, "WMS"_L1},
    Spelling{"(ogc[:_ ]*)?wfs.*|ogc web feature service.*"_L1, "WFS"_L1},
    Spelling{"(ogc[ :_-]*)?(api[ _-]*)?features?([ _-]*api)?|oaf|ogcapi.*|ogc[ _-]*api.*"_L1, "OGC API Features"_L1},
    Spelling{"(vnd\\.)?geo\\+?json|json\\+geo"_L1, "GeoJSON"_L1},
    Spelling{"csv|comma-separated-values|text-csv"_L1, "CSV"_L1},
    Spelling{"tsv|tab-separated-values"_L1, "TSV"_L1},
    Spelling{"(esri )?shp|(x-)?shape(file)?|esri[ _-]?shape(file)?|shp ?\\(?zip\\)?|zip ?\\(?shp\\)?"_L1,
             "Shapefile"_L1},
    Spelling{"gpkg.*|geopackage.*"_L1, "GeoPackage"_L1},
    Spelling{"kml|(vnd\\.)?google-earth\\.kml\\+xml"_L1, "KML"_L1},
    Spelling{"kmz|(vnd\\.)?google-earth\\.kmz"_L1, "KMZ"_L1},
    Spelling{"gml.*"_L1, "GML"_L1},
    Spelling{"gpx.*"_L1, "GPX"_L1},
    Spelling{"fgb|flatgeobuf"_L1, "FlatGeobuf"_L1},
    Spelling{"(geo)?tiff?.*"_L1, "GeoTIFF"_L1},
    Spelling{"mbtiles"_L1, "MBTiles"_L1},
    Spelling{"dxf"_L1, "DXF"_L1},
    Spelling{"(x-)?zip(-compressed)?"_L1, "ZIP"_L1},
    Spelling{"pdf"_L1, "PDF"_L1},
    Spelling{"x?html?(\\+xml)?|web ?page|web ?site"_L1, "HTML"_L1},
    Spelling{"xlsx?|excel.*|vnd\\.(ms-excel|openxmlformats-officedocument\\.spreadsheetml.*)"_L1, "Excel"_L1},
    Spelling{"json"_L1, "JSON"_L1},
    Spelling{"xml"_L1, "XML"_L1},
};

/** "http://…/file-type/CSV", "text/csv;charset=utf-8", "application/vnd.geo+json" → the last word */
QString lastWord(const QString &written)
{
    auto text = written.trimmed().toLower();
    if (!text.startsWith("http"_L1))
        text = text.section(u';', 0, 0).trimmed();
    while (text.endsWith(u'/'))
        text.chop(1);
    static const QRegularExpression before(u"^.*[/#]"_s);
    return text.remove(before);
}

QString known(const QString &written)
{
    const auto word = lastWord(written);
    if (word.isEmpty())
        return {};
    for (const auto &spelling : spellings) {
        const QRegularExpression pattern(QRegularExpression::anchoredPattern(u"(?:%1)"_s.arg(spelling.pattern)));
        if (pattern.match(word).hasMatch())
            return spelling.name;
    }
    return {};
}

QString formatOfKind(ServiceKind kind)
{
    switch (kind) {
    case ServiceKind::Wms:
    case ServiceKind::Wmts:
    case ServiceKind::Wfs:
    case ServiceKind::OgcApi:
        return kindName(kind);
    default:
        return {};
    }
}

QString providerOf(const QString &format)
{
    static const QHash<QString, QString> providers{
        {u"WMS"_s, u"wms"_s}, {u"WMTS"_s, u"wmts"_s}, {u"WFS"_s, u"wfs"_s}, {u"OGC API Features"_s, u"oaf"_s}};
    return providers.value(format);
}

bool isShownFile(const QString &format)
{
    static const QStringList files{u"GeoJSON"_s, u"CSV"_s,     u"TSV"_s, u"Shapefile"_s, u"GeoPackage"_s,
                                   u"KML"_s,     u"KMZ"_s,     u"GML"_s, u"GPX"_s,       u"FlatGeobuf"_s,
                                   u"GeoTIFF"_s, u"MBTiles"_s, u"DXF"_s, u"ZIP"_s};
    return files.contains(format);
}

/** ".../collections/trees/items?f=json" → the landing page */
QUrl apiRoot(const QUrl &url)
{
    auto root = url;
    static const QRegularExpression part(u"/(?:collections|conformance)(?:/.*)?$"_s);
    root.setPath(url.path(QUrl::FullyEncoded).remove(part), QUrl::TolerantMode);
    root.setQuery(QString());
    root.setFragment({});
    return root;
}

void openService(const ResourceFacts &facts, const QString &provider, const QUrl &url, CatalogueNode &node)
{
    auto layer = facts.layer.trimmed();
    if (layer.isEmpty())
        layer = layersInUrl(url).join(u',');
    if (provider == "wfs"_L1 || provider == "oaf"_L1)
        layer = layer.section(u',', 0, 0);
    const auto endpoint = provider == "oaf"_L1 ? apiRoot(url) : endpointOf(url);
    node.source = SourceRef{.provider = provider, .location = endpoint.toString(QUrl::FullyEncoded), .layer = layer};
    node.kind = layer.isEmpty() ? CatalogueKind::Service : CatalogueKind::Layer;
}

} // namespace

QString formatName(const QString &format, const QString &mediaType, const QUrl &url)
{
    auto name = known(format);
    if (name.isEmpty() || name == "XML"_L1 || name == "JSON"_L1 || name == "ZIP"_L1 || name == "HTML"_L1) {
        // what is said is less than what the address tells
        if (const auto told = formatOfKind(kindOfUrl(url.toString(QUrl::FullyEncoded))); !told.isEmpty())
            return told;
        const auto byEnding = known(QFileInfo(url.path()).suffix());
        if (!byEnding.isEmpty() && (name.isEmpty() || name == "JSON"_L1 || name == "XML"_L1))
            return byEnding;
    }
    if (name.isEmpty())
        name = known(mediaType);
    if (name.isEmpty())
        name = lastWord(format.isEmpty() ? mediaType : format).toUpper().left(30);
    return name;
}

CatalogueNode resourceNode(const ResourceFacts &facts)
{
    CatalogueNode node{.kind = CatalogueKind::Layer, .title = facts.title, .abstract = facts.abstract};
    const QUrl url(facts.url.trimmed(), QUrl::TolerantMode);
    node.format = formatName(facts.format, facts.mediaType, url);
    node.licence = licenceName(facts.licence);
    node.attribution = facts.attribution;
    node.issued = facts.issued;
    node.modified = facts.modified;
    if (node.title.isEmpty())
        node.title = url.fileName().isEmpty() ? node.format : url.fileName();
    if (!isWebAddress(url)) {
        node.reason = CatalogueTexts::tr("The catalogue gives no usable address.");
        return node;
    }
    const auto address = url.toString(QUrl::FullyEncoded);
    if (const auto provider = providerOf(node.format); !provider.isEmpty()) {
        openService(facts, provider, url, node);
    } else if (isShownFile(node.format)) {
        node.source = SourceRef{.location = address};
    } else {
        node.page = address;
        node.reason = node.format.isEmpty()
            ? CatalogueTexts::tr("The catalogue does not tell the format.")
            : CatalogueTexts::tr("The format “%1” cannot be shown on the map.").arg(node.format);
    }
    return node;
}

QString licenceName(const QString &written)
{
    static const QHash<QString, QString> names{
        {u"dl-by-de/2.0"_s, u"dl-de/by-2-0"_s},
        {u"dl-by-de/2_0"_s, u"dl-de/by-2-0"_s},
        {u"dl-de-by-2.0"_s, u"dl-de/by-2-0"_s},
        {u"dl-de/by-2-0"_s, u"dl-de/by-2-0"_s},
        {u"dl-de-by-2-0"_s, u"dl-de/by-2-0"_s},
        {u"dl-by-nc-de/2.0"_s, u"dl-de/by-nc-2-0"_s},
        {u"dl-zero-de/2.0"_s, u"dl-de/zero-2-0"_s},
        {u"dl-zero-de/2_0"_s, u"dl-de/zero-2-0"_s},
        {u"dl-de-zero-2.0"_s, u"dl-de/zero-2-0"_s},
        {u"dl-de/zero-2-0"_s, u"dl-de/zero-2-0"_s},
        {u"cc-by"_s, u"CC-BY"_s},
        {u"cc-by/4.0"_s, u"CC-BY-4.0"_s},
        {u"cc-by-4.0"_s, u"CC-BY-4.0"_s},
        {u"licenses/by/4.0"_s, u"CC-BY-4.0"_s},
        {u"cc-by-sa/4.0"_s, u"CC-BY-SA-4.0"_s},
        {u"cc-by-sa-4.0"_s, u"CC-BY-SA-4.0"_s},
        {u"cc-zero"_s, u"CC0-1.0"_s},
        {u"cc0"_s, u"CC0-1.0"_s},
        {u"publicdomain/zero/1.0"_s, u"CC0-1.0"_s},
        {u"odbl"_s, u"ODbL-1.0"_s},
        {u"other-closed"_s, CatalogueTexts::tr("Other licence, not open")},
        {u"other-open"_s, CatalogueTexts::tr("Other open licence")},
    };
    auto text = written.trimmed();
    auto key = text.toLower();
    while (key.endsWith(u'/'))
        key.chop(1);
    for (int parts = 3; parts > 0; --parts) { // the end of an address, or the whole word
        const auto end = key.section(u'/', -parts);
        if (const auto found = names.constFind(end); found != names.cend())
            return *found;
    }
    return text.size() > 300 ? text.left(300) + u'…' : text;
}

QString licenceIn(const QString &sentence)
{
    static const QRegularExpression byTwo(
        u"dl-de/by-2-0|Datenlizenz Deutschland\\W+Namensnennung\\W+(?:Version )?2\\.0"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression zero(u"dl-de/zero-2-0|Datenlizenz Deutschland\\W+Zero"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression byFour(u"CC[ -]BY[ -]4\\.0"_s, QRegularExpression::CaseInsensitiveOption);
    if (byTwo.match(sentence).hasMatch())
        return u"dl-de/by-2-0"_s;
    if (zero.match(sentence).hasMatch())
        return u"dl-de/zero-2-0"_s;
    return byFour.match(sentence).hasMatch() ? u"CC-BY-4.0"_s : QString();
}

QString endpointKey(const QString &location)
{
    const auto url = endpointOf(QUrl(location));
    auto path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    return (url.host() + path).toLower();
}

} // namespace hanseatlas
