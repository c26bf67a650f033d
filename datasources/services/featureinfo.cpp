// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/featureinfo.h"

#include "datasources/services/answer.h"
#include "datasources/services/jsonmembers.h"
#include "datasources/services/safehtml.h"
#include "datasources/services/servicetexts.h"
#include "datasources/services/servicexml.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr std::size_t mostFeatures = 1000;
constexpr std::size_t mostValues = 2000; ///< of a feature
constexpr int deepest = 8; ///< nested properties

void add(InfoFeature &feature, const QString &name, const QString &value)
{
    if (feature.values.size() < mostValues && !name.isEmpty())
        feature.values.emplace_back(name, isNoValue(value) ? QString() : value);
}

// ---- XML

/** Geometry is drawn elsewhere; here only its presence would be noise. */
bool isGeometry(const XmlNode &node)
{
    static const QSet<QString> names{
        u"Point"_s,         u"MultiPoint"_s,   u"LineString"_s,     u"MultiLineString"_s,  u"Curve"_s, u"MultiCurve"_s,
        u"Polygon"_s,       u"MultiPolygon"_s, u"Surface"_s,        u"MultiSurface"_s,     u"Box"_s,   u"Envelope"_s,
        u"MultiGeometry"_s, u"LinearRing"_s,   u"CompositeCurve"_s, u"CompositeSurface"_s, u"Solid"_s};
    return node.isGml && names.contains(node.name);
}

bool holdsGeometry(const XmlNode &node)
{
    return isGeometry(node) || (node.isGml && node.name == "boundedBy"_L1)
        || (node.children.size() == 1 && isGeometry(node.children.front()));
}

/** Properties of properties are named by their path: "adresse.strasse". */
void addProperties(const XmlNode &node, const QString &path, InfoFeature &feature, int depth = 0)
{
    for (const auto &child : node.children) {
        if (holdsGeometry(child))
            continue;
        const auto name = path.isEmpty() ? child.name : path + u'.' + child.name;
        if (child.children.empty()) {
            const auto link = child.attribute("href"_L1);
            add(feature, name, child.text.isEmpty() && !link.isEmpty() ? link : child.text);
        } else if (depth < deepest) {
            addProperties(child, name, feature, depth + 1);
        }
    }
}

InfoFeature gmlFeature(const XmlNode &node, const QString &layer = {})
{
    InfoFeature feature{.layer = layer.isEmpty() ? node.name : layer, .id = node.attribute("id"_L1)};
    if (feature.id.isEmpty())
        feature.id = node.attribute("fid"_L1);
    addProperties(node, {}, feature);
    return feature;
}

/** FeatureCollection of WFS and GML: features stand in members, collections may hold collections. */
void readCollection(const XmlNode &collection, std::vector<InfoFeature> &features, int depth = 0)
{
    for (const auto &member : collection.children) {
        if (member.name != "featureMember"_L1 && member.name != "featureMembers"_L1 && member.name != "member"_L1)
            continue;
        for (const auto &node : member.children) {
            if (node.name.endsWith("FeatureCollection"_L1) && depth < deepest)
                readCollection(node, features, depth + 1);
            else if (features.size() < mostFeatures)
                features.push_back(gmlFeature(node));
        }
    }
}

/** MapServer: <x_layer><gml:name/><x_feature>…</x_feature></x_layer> */
void readMapServer(const XmlNode &root, std::vector<InfoFeature> &features)
{
    for (const auto &layer : root.children) {
        if (!layer.name.endsWith("_layer"_L1))
            continue;
        auto name = textAt(layer, {"name"_L1});
        if (name.isEmpty())
            name = layer.name.chopped(6);
        for (const auto &node : layer.children)
            if (node.name.endsWith("_feature"_L1) && features.size() < mostFeatures)
                features.push_back(gmlFeature(node, name));
    }
}

/** ArcGIS: FIELDS with attributes, or Field with FieldName and FieldValue, perhaps below collections by layer. */
void readArcGis(const XmlNode &node, const QString &layer, std::vector<InfoFeature> &features, int depth = 0)
{
    for (const auto &child : node.children) {
        if (features.size() >= mostFeatures || depth > deepest)
            return;
        if (child.name == "FIELDS"_L1) {
            InfoFeature feature{.layer = layer};
            for (const auto &[name, value] : child.attributes) {
                if (name == "_LAYERID_"_L1)
                    feature.layer = value;
                else if (value != "[Geometry]"_L1)
                    add(feature, name, value);
            }
            features.push_back(std::move(feature));
        } else if (child.name == "FeatureInfo"_L1 || child.child("Field"_L1)) {
            InfoFeature feature{.layer = layer};
            for (const auto &field : child.children)
                if (field.name == "Field"_L1)
                    add(feature, textAt(field, {"FieldName"_L1}), textAt(field, {"FieldValue"_L1}));
            features.push_back(std::move(feature));
        } else {
            const auto name = child.attribute("layername"_L1);
            readArcGis(child, name.isEmpty() ? layer : name, features, depth + 1);
        }
    }
}

/** QGIS Server: Layer/Feature/Attribute with name and value; rasters have the Attribute below the Layer. */
void readQgis(const XmlNode &root, std::vector<InfoFeature> &features)
{
    for (const auto &layer : root.children) {
        if (layer.name != "Layer"_L1)
            continue;
        InfoFeature raster{.layer = layer.attribute("name"_L1)};
        for (const auto &node : layer.children) {
            if (node.name == "Attribute"_L1)
                add(raster, node.attribute("name"_L1), node.attribute("value"_L1));
            if (node.name != "Feature"_L1 || features.size() >= mostFeatures)
                continue;
            InfoFeature feature{.layer = raster.layer, .id = node.attribute("id"_L1)};
            for (const auto &attribute : node.children)
                if (attribute.name == "Attribute"_L1 && attribute.attribute("name"_L1) != "geometry"_L1)
                    add(feature, attribute.attribute("name"_L1), attribute.attribute("value"_L1));
            features.push_back(std::move(feature));
        }
        if (!raster.values.empty())
            features.push_back(std::move(raster));
    }
}

Result<FeatureInfo> fromXml(QByteArrayView bytes)
{
    if (const auto exception = serviceException(bytes))
        return std::unexpected(serviceError(*exception));
    const auto document = readXml(bytes);
    if (!document)
        return std::unexpected(document.error());
    FeatureInfo info;
    const auto &root = document->root;
    if (root.name == "msGMLOutput"_L1)
        readMapServer(root, info.features);
    else if (root.name == "FeatureInfoResponse"_L1)
        readArcGis(root, {}, info.features);
    else if (root.name == "GetFeatureInfoResponse"_L1)
        readQgis(root, info.features);
    else if (root.name.endsWith("FeatureCollection"_L1))
        readCollection(root, info.features);
    else if (!root.children.empty())
        info.features.push_back(gmlFeature(root)); // an XML of its own making: its values all the same
    else
        info.text = root.text;
    return info;
}

// ---- JSON

/** By the text and not by QJsonObject, which sorts the names and rounds long numbers. */
void addJson(const JsonMembers &object, const QString &path, InfoFeature &feature, int depth = 0)
{
    for (const auto &[key, written] : object.members) {
        const auto name = path.isEmpty() ? key : path + u'.' + key;
        const auto inner = written.startsWith('{') && depth < deepest ? jsonMembers(written) : Result<JsonMembers>();
        if (inner && !inner->members.empty())
            addJson(*inner, name, feature, depth + 1);
        else
            add(feature, name, written.startsWith('"') ? jsonValue(written).toString() : QString::fromUtf8(written));
    }
}

InfoFeature jsonFeature(const JsonMembers &object)
{
    InfoFeature feature{.layer = object.text("layerName"_L1), .id = object.text("id"_L1)}; // ArcGIS and QGIS
    if (feature.layer.isEmpty() && feature.id.contains(u'.')) // "layer.17" is GeoServer's way
        feature.layer = feature.id.section(u'.', 0, -2);
    if (const auto properties = jsonMembers(object.find("properties"_L1).value_or(QByteArrayView())))
        addJson(*properties, {}, feature);
    return feature;
}

Result<FeatureInfo> fromJson(QByteArrayView bytes)
{
    if (const auto exception = serviceException(bytes))
        return std::unexpected(serviceError(*exception));
    if (const auto sound = parseJson(bytes); !sound)
        return std::unexpected(sound.error());
    FeatureInfo info;
    const auto root = jsonMembers(bytes);
    if (!root)
        return info; // a list: nobody answers so
    if (root->text("type"_L1) == "Feature"_L1)
        info.features.push_back(jsonFeature(*root));
    else if (root->find("features"_L1)) {
        for (const auto written : root->elements("features"_L1, mostFeatures))
            if (const auto feature = jsonMembers(written))
                info.features.push_back(jsonFeature(*feature));
    } else if (!root->members.empty()) {
        InfoFeature single;
        addJson(*root, {}, single);
        info.features.push_back(std::move(single));
    }
    return info;
}

// ---- text

/** MapServer and QGIS: "Layer 'x'", "Feature 1:", "name = 'value'"; GeoServer: "Results for FeatureType 'x':" and
 * "name = value" between lines of dashes. */
std::vector<InfoFeature> featuresInText(const QString &text)
{
    static const QRegularExpression layerLine(u"^(?:Layer|Results for FeatureType) '(.*?)'\\s*:?$"_s);
    static const QRegularExpression featureLine(u"^Feature\\s+(\\S+?)\\s*:?$"_s);
    static const QRegularExpression valueLine(u"^([^=]{1,200}?)\\s*=\\s*(.*)$"_s);
    std::vector<InfoFeature> features;
    InfoFeature current;
    const auto flush = [&] {
        if (!current.values.empty() && features.size() < mostFeatures)
            features.push_back(current);
        current = InfoFeature{.layer = current.layer};
    };
    for (const auto &raw : text.split(u'\n')) {
        const auto line = raw.trimmed();
        if (const auto match = layerLine.match(line); match.hasMatch()) {
            flush();
            current.layer = match.captured(1);
        } else if (const auto feature = featureLine.match(line); feature.hasMatch()) {
            flush();
            current.id = feature.captured(1);
        } else if (line.startsWith("---"_L1)) {
            flush();
        } else if (const auto value = valueLine.match(line); value.hasMatch()) {
            auto content = value.captured(2);
            if (content.size() >= 2 && content.startsWith(u'\'') && content.endsWith(u'\''))
                content = content.sliced(1, content.size() - 2);
            if (!content.startsWith("[GEOMETRY"_L1))
                add(current, value.captured(1), content);
        }
    }
    flush();
    return features;
}

QString charsetOf(const QString &contentType, QByteArrayView bytes)
{
    static const QRegularExpression charset(u"charset\\s*=\\s*[\"']?([\\w.:-]+)"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    auto match = charset.match(contentType);
    if (!match.hasMatch()) // <meta charset=…>
        match = charset.match(QString::fromLatin1(bytes.first(std::min<qsizetype>(bytes.size(), 2000))));
    return match.captured(1);
}

FeatureInfo fromPage(const QString &text)
{
    FeatureInfo info;
    if (!plainText(text).isEmpty()) // templates without an object leave an empty page
        info.html = safeHtml(text);
    return info;
}

bool saysNothingFound(const QString &text)
{
    static const QRegularExpression nothing(
        u"^(?:no features were found|search returned no results\\.?|getfeatureinfo results:\\s*search returned no results\\.?|no results|keine? (?:objekte?|treffer).*)?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return nothing.match(text.trimmed()).hasMatch();
}

} // namespace

QString InfoFeature::value(QStringView name) const
{
    for (const auto &[key, text] : values)
        if (key == name)
            return text;
    return {};
}

bool isNoValue(QStringView text)
{
    static const QSet<QString> words{u"nodata"_s, u"null"_s, u"<null>"_s, u"-9999"_s, u"nan"_s};
    return text.size() <= 7 && words.contains(text.trimmed().toString().toLower());
}

Result<FeatureInfo> parseFeatureInfo(QByteArrayView bytes, const QString &contentType)
{
    switch (answerKind(bytes)) {
    case AnswerKind::Empty:
        return FeatureInfo();
    case AnswerKind::Xml:
        return contentType.startsWith("text/html"_L1, Qt::CaseInsensitive) && !serviceException(bytes)
            ? Result<FeatureInfo>(fromPage(decodedText(bytes, charsetOf(contentType, bytes))))
            : fromXml(bytes);
    case AnswerKind::Json:
        return fromJson(bytes);
    case AnswerKind::Html:
    case AnswerKind::Text: {
        if (const auto exception = serviceException(bytes))
            return std::unexpected(serviceError(*exception));
        const auto text = decodedText(bytes, charsetOf(contentType, bytes));
        if (answerKind(bytes) == AnswerKind::Html || contentType.startsWith("text/html"_L1, Qt::CaseInsensitive))
            return fromPage(text);
        FeatureInfo info;
        if (!saysNothingFound(text)) {
            info.text = text.trimmed();
            info.features = featuresInText(text);
        }
        return info;
    }
    default:
        return std::unexpected(unexpectedAnswer(bytes, ServiceTexts::tr("information on a place")));
    }
}

} // namespace hanseatlas
