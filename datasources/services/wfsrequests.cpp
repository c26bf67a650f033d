// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/wfsrequests.h"

#include "datasources/services/answer.h"
#include "datasources/services/jsonmembers.h"
#include "datasources/services/servicecrs.h"
#include "datasources/services/servicetexts.h"
#include "datasources/services/serviceurl.h"

#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString prefixOf(const WfsFeatureType &type)
{
    return type.name.first(std::max<qsizetype>(0, type.name.indexOf(u':')));
}

std::vector<std::pair<QString, QString>> namespacesOf(const WfsFeatureType &type)
{
    if (type.space.isEmpty() || prefixOf(type).isEmpty())
        return {};
    return {{prefixOf(type), type.space}};
}

/** So that the server knows what our prefix stands for; its own documents said so, hence only as a courtesy. */
void addNamespaces(Parameters &parameters, const WfsCapabilities &caps, const WfsFeatureType &type)
{
    const auto prefix = prefixOf(type);
    if (prefix.isEmpty() || type.space.isEmpty() || caps.version == WfsVersion::V100)
        return;
    if (caps.version == WfsVersion::V200)
        parameters.append({u"NAMESPACES"_s, u"xmlns("_s + prefix + u',' + type.space + u')'});
    else
        parameters.append({u"NAMESPACE"_s, u"xmlns("_s + prefix + u'=' + type.space + u')'});
}

bool northFirst(const QString &crs)
{
    return asksForRegisterOrder(crs) && serviceCrs(crs).northingFirst();
}

/** BBOX and FILTER exclude each other: where both are wanted the box goes into the filter. */
FilterRule wholeFilter(const WfsFeatureRequest &request, const QString &crs)
{
    if (request.filter.isEmpty() || request.extent.isEmpty())
        return request.filter;
    const FilterRule box{FieldInBox{request.geometryField, request.extent, crs, request.northFirst}};
    return {FilterGroup{Junction::And, {box, request.filter}}};
}

void addPage(Parameters &parameters, const WfsCapabilities &caps, const WfsFeatureRequest &request)
{
    const bool modern = caps.version == WfsVersion::V200;
    if (request.hits)
        parameters.append({u"RESULTTYPE"_s, u"hits"_s});
    if (request.count && !request.hits)
        parameters.append({modern ? u"COUNT"_s : u"MAXFEATURES"_s, QString::number(*request.count)});
    if (request.startIndex > 0)
        parameters.append({u"STARTINDEX"_s, QString::number(request.startIndex)});
}

std::optional<qint64> countIn(const QString &text)
{
    bool ok = false;
    const auto number = text.toLongLong(&ok);
    return ok && number >= 0 ? std::optional(number) : std::nullopt; // "unknown" is none
}

Result<WfsAnswer> fromJson(QByteArrayView bytes)
{
    const auto members = jsonMembers(bytes);
    if (!members)
        return std::unexpected(members.error());
    WfsAnswer answer;
    const auto number = [&](QLatin1StringView name) { return countIn(members->text(name)); };
    answer.matched = number("numberMatched"_L1);
    if (!answer.matched)
        answer.matched = number("totalFeatures"_L1); // GeoServer before 2.0
    answer.returned = number("numberReturned"_L1);
    answer.timeStamp = members->text("timeStamp"_L1);
    answer.next = QUrl(members->link("next"_L1));
    return answer;
}

} // namespace

QUrl wfsDescribeUrl(const WfsCapabilities &caps, const WfsFeatureType &type)
{
    Parameters parameters{{u"SERVICE"_s, u"WFS"_s},
                          {u"VERSION"_s, versionText(caps.version)},
                          {u"REQUEST"_s, u"DescribeFeatureType"_s},
                          {caps.version == WfsVersion::V200 ? u"TYPENAMES"_s : u"TYPENAME"_s, type.name}};
    if (caps.version == WfsVersion::V200)
        parameters.append({u"TYPENAME"_s, type.name}); // the standard says so, servers disagree
    addNamespaces(parameters, caps, type);
    return withParameters(caps.describeUrl, parameters);
}

QUrl wfsFeatureUrl(const WfsCapabilities &caps, const WfsFeatureType &type, const WfsFeatureRequest &request)
{
    const bool modern = caps.version == WfsVersion::V200;
    const auto crs = request.crs.isEmpty() ? type.defaultCrs : request.crs;
    Parameters parameters{{u"SERVICE"_s, u"WFS"_s},
                          {u"VERSION"_s, versionText(caps.version)},
                          {u"REQUEST"_s, u"GetFeature"_s},
                          {modern ? u"TYPENAMES"_s : u"TYPENAME"_s, type.name}};
    addNamespaces(parameters, caps, type);
    if (!crs.isEmpty())
        parameters.append({u"SRSNAME"_s, crs});
    if (const auto filter = filterXml(wholeFilter(request, crs), caps.version, namespacesOf(type)); !filter.isEmpty())
        parameters.append({u"FILTER"_s, filter});
    else if (!request.extent.isEmpty()) {
        auto box = boxText(request.extent, request.northFirst.value_or(northFirst(crs)));
        if (caps.version != WfsVersion::V100 && !crs.isEmpty())
            box += u',' + crs;
        parameters.append({u"BBOX"_s, box});
    }
    if (!request.fields.isEmpty())
        parameters.append({u"PROPERTYNAME"_s, request.fields.join(u',')});
    if (!request.format.isEmpty())
        parameters.append({u"OUTPUTFORMAT"_s, request.format});
    addPage(parameters, caps, request);
    return withParameters(caps.featureUrl, parameters);
}

QUrl wfsStoredQueryUrl(const WfsCapabilities &caps, const QString &query,
                       const QList<std::pair<QString, QString>> &parameters)
{
    return withParameters(caps.featureUrl,
                          Parameters{{u"SERVICE"_s, u"WFS"_s},
                                     {u"VERSION"_s, versionText(caps.version)},
                                     {u"REQUEST"_s, u"GetFeature"_s},
                                     {u"STOREDQUERY_ID"_s, query}}
                              + parameters);
}

QByteArray wfsFeatureBody(const WfsCapabilities &caps, const WfsFeatureType &type, const WfsFeatureRequest &request)
{
    const bool modern = caps.version == WfsVersion::V200;
    const auto space = modern ? u"http://www.opengis.net/wfs/2.0"_s : u"http://www.opengis.net/wfs"_s;
    const auto crs = request.crs.isEmpty() ? type.defaultCrs : request.crs;
    QByteArray body;
    QXmlStreamWriter xml(&body);
    xml.writeStartDocument();
    xml.writeNamespace(space, u"wfs"_s);
    xml.writeStartElement(space, u"GetFeature"_s);
    for (const auto &[prefix, uri] : namespacesOf(type))
        xml.writeNamespace(uri, prefix);
    xml.writeAttribute("service"_L1, "WFS"_L1);
    xml.writeAttribute("version"_L1, versionText(caps.version));
    if (!request.format.isEmpty())
        xml.writeAttribute("outputFormat"_L1, request.format);
    if (request.hits)
        xml.writeAttribute("resultType"_L1, "hits"_L1);
    if (request.count && !request.hits)
        xml.writeAttribute(modern ? "count"_L1 : "maxFeatures"_L1, QString::number(*request.count));
    if (request.startIndex > 0)
        xml.writeAttribute("startIndex"_L1, QString::number(request.startIndex));
    xml.writeStartElement(space, u"Query"_s);
    xml.writeAttribute(modern ? "typeNames"_L1 : "typeName"_L1, type.name);
    if (!crs.isEmpty())
        xml.writeAttribute("srsName"_L1, crs);
    for (const auto &field : request.fields)
        xml.writeTextElement(modern ? space : u"http://www.opengis.net/wfs"_s, u"PropertyName"_s, field);
    auto filter = wholeFilter(request, crs);
    if (filter.isEmpty() && !request.extent.isEmpty())
        filter.rule = FieldInBox{request.geometryField, request.extent, crs, request.northFirst};
    const auto text = filterXml(filter, caps.version, namespacesOf(type));
    const auto place = u"\uE000"_s; // a character of nobody's, where the filter goes as it is
    xml.writeCharacters(place);
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndDocument();
    return body.replace(place.toUtf8(), text.toUtf8());
}

QString wfsCrsFor(const WfsFeatureType &type, const Crs &wanted)
{
    const auto isWanted = [&](const QString &name) { return wanted.isValid() && serviceCrs(name) == wanted; };
    if (isWanted(type.defaultCrs))
        return type.defaultCrs;
    for (const auto &name : type.otherCrs)
        if (isWanted(name))
            return name;
    return type.defaultCrs;
}

Result<WfsAnswer> parseWfsAnswer(QByteArrayView bytes)
{
    if (const auto exception = serviceException(bytes))
        return std::unexpected(serviceError(*exception));
    if (answerKind(bytes) == AnswerKind::Json)
        return fromJson(bytes);
    const auto document = answerKind(bytes) == AnswerKind::Xml ? readXml(bytes, 1) : Result<XmlDocument>();
    if (!document)
        return std::unexpected(document.error());
    const auto &root = document->root;
    if (root.name != "FeatureCollection"_L1 && root.name != "SimpleFeatureCollection"_L1)
        return std::unexpected(unexpectedAnswer(bytes, u"WFS"_s));
    WfsAnswer answer;
    answer.matched = countIn(root.attribute("numberMatched"_L1));
    answer.returned = countIn(root.attribute("numberReturned"_L1));
    if (const auto number = countIn(root.attribute("numberOfFeatures"_L1)); number && !answer.returned)
        answer.returned = number; // 1.1.0; in an answer to hits it is the number of all
    answer.next = QUrl(root.attribute("next"_L1));
    answer.timeStamp = root.attribute("timeStamp"_L1);
    return answer;
}

std::optional<WfsNextPage> wfsNextPage(const WfsCapabilities &caps, const WfsFeatureRequest &request,
                                       const WfsAnswer &answer, qint64 received)
{
    if (request.hits || received <= 0)
        return {}; // an empty page is the last, whatever it claims
    const auto have = request.startIndex + received;
    if (answer.matched && have >= *answer.matched)
        return {};
    if (isWebAddress(answer.next))
        return WfsNextPage{answer.next, {}};
    const bool pages =
        caps.paging.value_or(false) || (caps.version == WfsVersion::V110 && caps.software == ServerSoftware::GeoServer);
    if (!pages)
        return {};
    // Without a total, less than was asked for is the end.
    const auto asked = request.count ? request.count : caps.countDefault;
    if (!answer.matched && (!asked || received < *asked))
        return {};
    WfsNextPage next{{}, request};
    next.request.startIndex = have;
    // As many as the server has given: it has shown that it can.
    next.request.count = request.count ? std::min(*request.count, received) : received;
    return next;
}

bool isIncomplete(const WfsCapabilities &caps, const WfsAnswer &answer, qint64 receivedInAll)
{
    if (answer.matched)
        return receivedInAll < *answer.matched;
    return caps.countDefault && receivedInAll > 0 && receivedInAll % *caps.countDefault == 0;
}

} // namespace hanseatlas
