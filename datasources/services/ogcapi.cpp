// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/ogcapi.h"

#include "datasources/services/answer.h"
#include "datasources/services/jsonmembers.h"
#include "datasources/services/servicecrs.h"
#include "datasources/services/servicetexts.h"
#include "datasources/services/serviceurl.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype mostCollections = 20000;

std::vector<ApiLink> linksIn(const QJsonObject &object, const QUrl &from)
{
    std::vector<ApiLink> links;
    for (const auto &value : object.value("links"_L1).toArray()) {
        const auto link = value.toObject();
        const auto href = link.value("href"_L1).toString();
        const auto url = href.isEmpty() ? QUrl() : from.resolved(QUrl(href, QUrl::TolerantMode));
        if (isWebAddress(url))
            links.push_back({link.value("rel"_L1).toString(), link.value("type"_L1).toString(),
                             link.value("title"_L1).toString(), url});
    }
    return links;
}

/** "…/api" and "…/api/" have their parts below them, whatever their query says. */
QUrl below(const QUrl &base, const QString &part)
{
    auto url = endpointOf(base);
    auto path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + u'/' + part, QUrl::TolerantMode);
    return url;
}

Extent boxIn(const QJsonArray &numbers)
{
    // four numbers, or six with heights
    const int half = int(numbers.size()) / 2;
    if (numbers.size() != 4 && numbers.size() != 6)
        return {};
    for (const auto &number : numbers)
        if (!number.isDouble())
            return {};
    return {numbers[0].toDouble(), numbers[1].toDouble(), numbers[half].toDouble(), numbers[half + 1].toDouble()};
}

void readExtent(const QJsonObject &extent, OgcApiCollection &collection)
{
    const auto spatial = extent.value("spatial"_L1).toObject();
    const auto crs = spatial.value("crs"_L1).toString();
    const auto boxes = spatial.value("bbox"_L1).toArray();
    // the first is the whole; old servers write it without the outer brackets
    const auto box = boxIn(boxes.at(0).isArray() ? boxes.at(0).toArray() : boxes);
    if (crs.isEmpty() || crs.contains("CRS84"_L1))
        collection.geographicBox = box;
    const auto interval = extent.value("temporal"_L1).toObject().value("interval"_L1).toArray().at(0).toArray();
    collection.from = interval.at(0).toString();
    collection.until = interval.at(1).toString();
}

QStringList crsIn(const QJsonObject &object, const QStringList &global)
{
    QStringList names;
    for (const auto &value : object.value("crs"_L1).toArray()) {
        const auto name = value.toString();
        if (name == "#/crs"_L1) // the list of the whole service
            names += global;
        else if (!name.isEmpty())
            names.append(name);
    }
    names.removeDuplicates();
    return names;
}

OgcApiCollection collectionIn(const QJsonObject &object, const QStringList &globalCrs, const QUrl &from)
{
    OgcApiCollection collection{.id = object.value("id"_L1).toString(), .title = object.value("title"_L1).toString()};
    if (collection.id.isEmpty())
        collection.id = object.value("name"_L1).toString(); // drafts of the standard
    if (collection.title.isEmpty())
        collection.title = collection.id;
    collection.description = object.value("description"_L1).toString();
    collection.itemType = object.value("itemType"_L1).toString();
    collection.attribution = object.value("attribution"_L1).toString();
    readExtent(object.value("extent"_L1).toObject(), collection);
    collection.crs = crsIn(object, globalCrs);
    if (collection.crs.isEmpty())
        collection.crs = {crsUrl(u"CRS:84"_s)};
    collection.storageCrs = object.value("storageCrs"_L1).toString();
    collection.links = linksIn(object, from);
    collection.itemsUrl = linkOf(collection.links, {"items"_L1});
    collection.queryablesUrl =
        linkOf(collection.links,
               {"http://www.opengis.net/def/rel/ogc/1.0/queryables"_L1, "[ogc-rel:queryables]"_L1, "queryables"_L1});
    return collection;
}

FieldType typeOf(const QJsonObject &property)
{
    auto type = property.value("type"_L1).toString();
    for (const auto &each : property.value("type"_L1).toArray()) // ["string", "null"]
        if (type.isEmpty() && each.toString() != "null"_L1)
            type = each.toString();
    const auto format = property.value("format"_L1).toString();
    if (type == "integer"_L1)
        return FieldType::Integer;
    if (type == "number"_L1)
        return FieldType::Real;
    if (type == "boolean"_L1)
        return FieldType::Boolean;
    if (format == "date"_L1)
        return FieldType::Date;
    if (format == "date-time"_L1)
        return FieldType::DateTime;
    return FieldType::Text;
}

Result<QJsonObject> objectIn(QByteArrayView bytes)
{
    if (const auto exception = serviceException(bytes))
        return std::unexpected(serviceError(*exception));
    if (answerKind(bytes) != AnswerKind::Json)
        return std::unexpected(unexpectedAnswer(bytes, u"OGC API"_s));
    const auto document = parseJson(bytes);
    if (!document)
        return std::unexpected(document.error());
    if (!document->isObject())
        return failure(ErrorKind::Malformed, ServiceTexts::tr("The server's answer is JSON, but not of an OGC API."));
    return document->object();
}

} // namespace

QUrl linkOf(const std::vector<ApiLink> &links, std::initializer_list<QLatin1StringView> rels)
{
    const ApiLink *best = nullptr;
    const auto rank = [](const ApiLink &link) {
        return link.type.contains("geo+json"_L1) ? 3 : link.type.contains("json"_L1) ? 2 : link.type.isEmpty() ? 1 : 0;
    };
    for (const auto &link : links)
        if (std::ranges::find(rels, link.rel) != rels.end() && (!best || rank(link) > rank(*best)))
            best = &link;
    return best ? best->url : QUrl();
}

Result<OgcApiLanding> parseOgcApiLanding(QByteArrayView bytes, const QUrl &from)
{
    const auto object = objectIn(bytes);
    if (!object)
        return std::unexpected(object.error());
    OgcApiLanding landing{.title = object->value("title"_L1).toString()};
    landing.description = object->value("description"_L1).toString();
    landing.attribution = object->value("attribution"_L1).toString();
    landing.links = linksIn(*object, from);
    landing.collectionsUrl = linkOf(landing.links, {"data"_L1, "http://www.opengis.net/def/rel/ogc/1.0/data"_L1});
    landing.conformanceUrl =
        linkOf(landing.links, {"conformance"_L1, "http://www.opengis.net/def/rel/ogc/1.0/conformance"_L1});
    if (!object->contains("links"_L1))
        return failure(ErrorKind::Malformed, ServiceTexts::tr("The server's answer is JSON, but not of an OGC API."));
    if (landing.collectionsUrl.isEmpty())
        landing.collectionsUrl = below(from, u"collections"_s);
    if (landing.conformanceUrl.isEmpty())
        landing.conformanceUrl = below(from, u"conformance"_s);
    return landing;
}

Result<OgcApiConformance> parseOgcApiConformance(QByteArrayView bytes)
{
    const auto object = objectIn(bytes);
    if (!object)
        return std::unexpected(object.error());
    if (!object->value("conformsTo"_L1).isArray())
        return failure(ErrorKind::Malformed, ServiceTexts::tr("The server's answer is JSON, but not of an OGC API."));
    OgcApiConformance conformance;
    for (const auto &value : object->value("conformsTo"_L1).toArray()) {
        const auto name = value.toString();
        conformance.classes.append(name);
        conformance.features |= name.contains("ogcapi-features-1"_L1) && name.endsWith("/core"_L1);
        conformance.otherCrs |= name.contains("ogcapi-features-2"_L1) && name.endsWith("/crs"_L1);
        conformance.filter |= name.contains("ogcapi-features-3"_L1) && name.endsWith("/filter"_L1);
        conformance.cql2Text |= name.endsWith("/cql2-text"_L1) || name.endsWith("/cql-text"_L1);
    }
    return conformance;
}

Result<std::vector<OgcApiCollection>> parseOgcApiCollections(QByteArrayView bytes, const QUrl &from)
{
    const auto object = objectIn(bytes);
    if (!object)
        return std::unexpected(object.error());
    std::vector<OgcApiCollection> collections;
    if (!object->contains("collections"_L1)) {
        auto single = collectionIn(*object, {}, from);
        if (single.id.isEmpty())
            return failure(ErrorKind::Malformed,
                           ServiceTexts::tr("The server's answer is JSON, but not of an OGC API."));
        if (single.itemsUrl.isEmpty())
            single.itemsUrl = below(from, u"items"_s);
        collections.push_back(std::move(single));
        return collections;
    }
    const auto global = crsIn(*object, {});
    const auto list = object->value("collections"_L1).toArray();
    if (list.size() > mostCollections)
        return failure(ErrorKind::TooLarge, ServiceTexts::tr("The service lists more layers than can be read."));
    for (const auto &value : list) {
        auto collection = collectionIn(value.toObject(), global, from);
        if (collection.id.isEmpty())
            continue;
        if (collection.itemsUrl.isEmpty())
            collection.itemsUrl =
                below(from, QString::fromLatin1(QUrl::toPercentEncoding(collection.id)) + "/items"_L1);
        collections.push_back(std::move(collection));
    }
    return collections;
}

Result<std::vector<OgcApiQueryable>> parseOgcApiQueryables(QByteArrayView bytes)
{
    const auto object = objectIn(bytes);
    if (!object)
        return std::unexpected(object.error());
    std::vector<OgcApiQueryable> queryables;
    const auto properties = object->value("properties"_L1).toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const auto property = it.value().toObject();
        OgcApiQueryable queryable{.name = it.key(), .title = property.value("title"_L1).toString()};
        queryable.geometry = property.value("format"_L1).toString().startsWith("geometry"_L1)
            || property.value("$ref"_L1).toString().contains("geojson.org"_L1)
            || property.value("x-ogc-role"_L1).toString() == "primary-geometry"_L1;
        queryable.type = typeOf(property);
        for (const auto &allowed : property.value("enum"_L1).toArray())
            queryable.allowed.append(allowed.toVariant().toString());
        queryables.push_back(std::move(queryable));
    }
    return queryables;
}

QUrl ogcApiItemsUrl(const OgcApiCollection &collection, const OgcApiItemsRequest &request)
{
    Parameters parameters;
    if (parameter(collection.itemsUrl, u"f").isEmpty())
        parameters.append({u"f"_s, u"json"_s});
    if (request.limit)
        parameters.append({u"limit"_s, QString::number(*request.limit)});
    if (!request.extent.isEmpty()) {
        parameters.append({u"bbox"_s, boxText(request.extent, serviceCrs(request.extentCrs).northingFirst())});
        if (!request.extentCrs.isEmpty())
            parameters.append({u"bbox-crs"_s, request.extentCrs});
    }
    if (!request.crs.isEmpty())
        parameters.append({u"crs"_s, request.crs});
    if (!request.datetime.isEmpty())
        parameters.append({u"datetime"_s, request.datetime});
    if (const auto filter = filterCql2(request.filter); !filter.isEmpty())
        parameters += Parameters{{u"filter-lang"_s, u"cql2-text"_s}, {u"filter"_s, filter}};
    return withParameters(collection.itemsUrl, parameters + request.properties);
}

QString ogcApiCrsFor(const OgcApiCollection &collection, const Crs &wanted)
{
    for (const auto &name : collection.crs)
        if (wanted.isValid() && serviceCrs(name) == wanted)
            return name;
    return {};
}

Result<OgcApiPage> parseOgcApiPage(QByteArrayView bytes, const QUrl &from)
{
    if (const auto exception = serviceException(bytes))
        return std::unexpected(serviceError(*exception));
    const auto members = jsonMembers(bytes);
    if (!members)
        return std::unexpected(members.error());
    const auto features = members->count("features"_L1);
    if (features < 0)
        return failure(ErrorKind::Malformed, ServiceTexts::tr("The server's answer holds no list of features."));
    OgcApiPage page{.timeStamp = members->text("timeStamp"_L1)};
    const auto number = [&](QLatin1StringView name) {
        bool ok = false;
        const auto value = members->text(name).toLongLong(&ok);
        return ok && value >= 0 ? std::optional(value) : std::nullopt;
    };
    page.matched = number("numberMatched"_L1);
    page.returned = number("numberReturned"_L1).value_or(features);
    if (const auto next = members->link("next"_L1); !next.isEmpty() && features > 0)
        if (const auto url = from.resolved(QUrl(next, QUrl::TolerantMode)); isWebAddress(url) && url != from)
            page.next = url;
    return page;
}

} // namespace hanseatlas
