// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/wfs.h"

#include "datasources/services/servicetexts.h"
#include "datasources/services/serviceurl.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype mostTypes = 20000;

const XmlNode *namedChild(const XmlNode &node, QLatin1StringView element, QLatin1StringView name)
{
    for (const auto &child : node.children)
        if (child.name == element && child.attribute("name"_L1).compare(name, Qt::CaseInsensitive) == 0)
            return &child;
    return nullptr;
}

/** Values stand in the element itself (1.1.0), in AllowedValues or as the default value. */
QStringList valuesOf(const XmlNode *node)
{
    if (!node)
        return {};
    auto values = textsOf(*node, "Value"_L1);
    if (const auto *allowed = node->child("AllowedValues"_L1))
        values += textsOf(*allowed, "Value"_L1);
    return values.isEmpty() ? textsOf(*node, "DefaultValue"_L1) : values;
}

void readConstraints(const XmlNode &operations, const XmlNode *getFeature, WfsCapabilities &caps)
{
    const auto value = [&](QLatin1StringView name) {
        QStringList values;
        if (getFeature)
            values = valuesOf(namedChild(*getFeature, "Constraint"_L1, name));
        if (values.isEmpty())
            values = valuesOf(namedChild(operations, "Constraint"_L1, name));
        return values.value(0);
    };
    auto count = value("CountDefault"_L1);
    if (count.isEmpty())
        count = value("DefaultMaxFeatures"_L1); // deegree and GeoServer before 2.0
    if (const auto number = count.toLongLong(); number > 0)
        caps.countDefault = number;
    if (const auto paging = value("ImplementsResultPaging"_L1); !paging.isEmpty())
        caps.paging = isTrue(paging);
    const auto adHoc = value("ImplementsAdHocQuery"_L1);
    caps.storedQueriesOnly = !adHoc.isEmpty() && !isTrue(adHoc);
}

void readOwsOperations(const XmlNode &operations, const QUrl &from, WfsCapabilities &caps)
{
    const auto link = [&](const XmlNode *operation, QLatin1StringView method) {
        return operation ? linkAt(*operation, {"DCP"_L1, "HTTP"_L1, method}) : QString();
    };
    const auto *getFeature = namedChild(operations, "Operation"_L1, "GetFeature"_L1);
    const auto *describe = namedChild(operations, "Operation"_L1, "DescribeFeatureType"_L1);
    caps.featureUrl = operationUrl(link(getFeature, "Get"_L1), from);
    caps.describeUrl = operationUrl(link(describe, "Get"_L1), from);
    if (const auto post = link(getFeature, "Post"_L1); !post.isEmpty())
        caps.featurePostUrl = operationUrl(post, from);
    if (getFeature) {
        caps.formats = valuesOf(namedChild(*getFeature, "Parameter"_L1, "outputFormat"_L1));
        const auto kinds = valuesOf(namedChild(*getFeature, "Parameter"_L1, "resultType"_L1));
        caps.hits = kinds.isEmpty() || kinds.contains("hits"_L1, Qt::CaseInsensitive);
    }
    if (caps.formats.isEmpty()) // some state it for all operations
        caps.formats = valuesOf(namedChild(operations, "Parameter"_L1, "outputFormat"_L1));
    readConstraints(operations, getFeature, caps);
}

/** WFS 1.0.0 */
void readRequests(const XmlNode &request, const QUrl &from, WfsCapabilities &caps)
{
    const auto link = [&](QLatin1StringView operation, QLatin1StringView method) -> QString {
        const auto *node = request.child(operation);
        if (!node)
            return {};
        for (const auto &type : node->children)
            if (const auto *get = find(type, {"HTTP"_L1, method}))
                return get->attribute("onlineResource"_L1);
        return {};
    };
    caps.featureUrl = operationUrl(link("GetFeature"_L1, "Get"_L1), from);
    caps.describeUrl = operationUrl(link("DescribeFeatureType"_L1, "Get"_L1), from);
    if (const auto *formats = find(request, {"GetFeature"_L1, "ResultFormat"_L1}))
        for (const auto &format : formats->children)
            caps.formats.append(format.name);
}

Extent cornerBox(const XmlNode &node)
{
    Extent box;
    const auto xMin = numberOf(node.attribute("minx"_L1)), yMin = numberOf(node.attribute("miny"_L1));
    const auto xMax = numberOf(node.attribute("maxx"_L1)), yMax = numberOf(node.attribute("maxy"_L1));
    const bool degrees =
        xMin && yMin && xMax && yMax && *xMin >= -180 && *xMax <= 180.000001 && *yMin >= -90 && *yMax <= 90.000001;
    // MapServer writes metres here where the map is in metres; such a box is none.
    return degrees ? Extent{*xMin, *yMin, *xMax, *yMax} : box;
}

void readKeywords(const XmlNode &node, WfsFeatureType &type)
{
    for (const auto &child : node.children) {
        if (child.name != "Keywords"_L1)
            continue;
        type.keywords += textsOf(child, "Keyword"_L1);
        for (const auto &word : child.text.split(u'\n'))
            if (const auto text = word.simplified(); !text.isEmpty())
                type.keywords.append(text);
    }
}

WfsFeatureType readType(const XmlNode &node, const QHash<QString, QString> &namespaces)
{
    WfsFeatureType type{.name = textAt(node, {"Name"_L1}), .title = textAt(node, {"Title"_L1})};
    if (type.title.isEmpty())
        type.title = type.localName();
    type.abstract = paragraphAt(node, {"Abstract"_L1});
    if (const auto colon = type.name.indexOf(u':'); colon > 0)
        type.space = namespaces.value(type.name.first(colon));
    readKeywords(node, type);
    for (const auto &child : node.children) {
        const auto text = child.text.simplified();
        if (child.name == "DefaultCRS"_L1 || child.name == "DefaultSRS"_L1 || child.name == "SRS"_L1)
            type.defaultCrs = text;
        else if ((child.name == "OtherCRS"_L1 || child.name == "OtherSRS"_L1) && !text.isEmpty())
            type.otherCrs.append(text);
        else if (child.name == "WGS84BoundingBox"_L1)
            type.geographicBox = owsBox(child);
        else if (child.name == "LatLongBoundingBox"_L1)
            type.geographicBox = cornerBox(child);
        else if (child.name == "OutputFormats"_L1)
            type.formats = textsOf(child, "Format"_L1);
        else if (child.name == "MetadataURL"_L1) {
            const auto href = child.attribute("href"_L1);
            if (const auto link = webLink(href.isEmpty() ? text : href); !link.isEmpty())
                type.metadata.push_back({child.attribute("type"_L1), child.attribute("format"_L1), link});
        }
    }
    return type;
}

WfsVersion versionOf(const XmlNode &root)
{
    const auto text = root.attribute("version"_L1);
    if (text.startsWith("1.0"_L1))
        return WfsVersion::V100;
    return text.startsWith("1."_L1) ? WfsVersion::V110 : WfsVersion::V200;
}

} // namespace

QString versionText(WfsVersion version)
{
    switch (version) {
    case WfsVersion::V100:
        return u"1.0.0"_s;
    case WfsVersion::V110:
        return u"1.1.0"_s;
    default:
        return u"2.0.0"_s;
    }
}

QString WfsFeatureType::localName() const
{
    return name.sliced(name.indexOf(u':') + 1);
}

QUrl wfsCapabilitiesUrl(const QUrl &service, WfsVersion version)
{
    // VERSION is not of the standard here, but old servers know nothing else; ACCEPTVERSIONS is.
    return withParameters(endpointOf(service),
                          {{u"SERVICE"_s, u"WFS"_s},
                           {u"ACCEPTVERSIONS"_s, versionText(version)},
                           {u"VERSION"_s, versionText(version)},
                           {u"REQUEST"_s, u"GetCapabilities"_s}});
}

Result<WfsCapabilities> parseWfsCapabilities(QByteArrayView bytes, const QUrl &from)
{
    const auto document = readXml(bytes, {"WFS_Capabilities"_L1}, u"WFS"_s);
    if (!document)
        return std::unexpected(document.error());
    const auto &root = document->root;
    WfsCapabilities caps{.version = versionOf(root), .software = serverSoftware(bytes)};
    caps.featureUrl = caps.describeUrl = endpointOf(from);
    if (const auto *service = root.child("Service"_L1))
        caps.service = wmsServiceInfo(*service);
    else
        caps.service = owsServiceInfo(root);
    if (const auto *operations = root.child("OperationsMetadata"_L1))
        readOwsOperations(*operations, from, caps);
    else if (const auto *request = find(root, {"Capability"_L1, "Request"_L1}))
        readRequests(*request, from, caps);
    if (const auto *list = root.child("FeatureTypeList"_L1)) {
        for (const auto &child : list->children) {
            if (child.name != "FeatureType"_L1)
                continue;
            if (qsizetype(caps.types.size()) >= mostTypes)
                return failure(ErrorKind::TooLarge,
                               ServiceTexts::tr("The service lists more layers than can be read."));
            auto type = readType(child, document->namespaces);
            if (!type.name.isEmpty())
                caps.types.push_back(std::move(type));
        }
    }
    return caps;
}

const WfsFeatureType *findType(const WfsCapabilities &caps, const QString &name)
{
    const WfsFeatureType *local = nullptr;
    int found = 0;
    for (const auto &type : caps.types) {
        if (type.name == name)
            return &type;
        if (type.localName() == name) {
            local = &type;
            ++found;
        }
    }
    return found == 1 ? local : nullptr;
}

QString wfsFormatFor(const WfsCapabilities &caps, const WfsFeatureType &type)
{
    const auto &formats = type.formats.isEmpty() ? caps.formats : type.formats;
    static const QStringList gml{u"application/gml+xml; version=3.2"_s,
                                 u"text/xml; subtype=gml/3.2.1"_s,
                                 u"text/xml; subtype=gml/3.2"_s,
                                 u"gml32"_s,
                                 u"text/xml; subtype=gml/3.1.1"_s,
                                 u"gml3"_s,
                                 u"GML3"_s,
                                 u"GML2"_s};
    static const QStringList json{u"application/geo+json"_s,
                                  u"application/json"_s,
                                  u"application/json; subtype=geojson"_s,
                                  u"GEOJSON"_s,
                                  u"geojson"_s,
                                  u"json"_s};
    for (const auto &wanted : gml + json)
        for (const auto &format : formats)
            if (QString(format).remove(u' ').compare(QString(wanted).remove(u' '), Qt::CaseInsensitive) == 0)
                return format;
    return {};
}

} // namespace hanseatlas
