// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mapstyle.h"

#include "datasources/net/answercheck.h"
#include "datasources/services/jsonmembers.h"
#include "datasources/services/xyztemplate.h"
#include "datasources/vectortiles/vectortexts.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype largestStyle = 16 * 1024 * 1024;
constexpr qsizetype mostLayers = 5000;
constexpr qsizetype mostSources = 100;
constexpr int highestZoom = 24;

struct PropertyRule {
    QLatin1StringView name;
    MapProperty property;
    MapValueKind kind;
    MapValue otherwise;
};

MapValue words(const QStringList &texts)
{
    MapValue::List list;
    for (const auto &text : texts)
        list.emplace_back(text);
    return list;
}

std::vector<PropertyRule> rules()
{
    using enum MapProperty;
    using enum MapValueKind;
    const MapValue black{QColor(Qt::black)}, none, no{false}, zero{0.0}, one{1.0};
    const MapValue nowhere(MapValue::List{0.0, 0.0});
    return {
        {"background-color"_L1, BackgroundColor, Color, black},
        {"background-opacity"_L1, BackgroundOpacity, Number, one},
        {"background-pattern"_L1, BackgroundPattern, Choice, none},
        {"fill-color"_L1, FillColor, Color, black},
        {"fill-opacity"_L1, FillOpacity, Number, one},
        {"fill-outline-color"_L1, FillOutlineColor, Color, none},
        {"fill-pattern"_L1, FillPattern, Choice, none},
        {"fill-translate"_L1, FillTranslate, Number, nowhere},
        {"fill-extrusion-color"_L1, FillColor, Color, black}, // seen from above
        {"fill-extrusion-opacity"_L1, FillOpacity, Number, one},
        {"fill-extrusion-pattern"_L1, FillPattern, Choice, none},
        {"line-cap"_L1, LineCap, Choice, u"butt"_s},
        {"line-join"_L1, LineJoin, Choice, u"miter"_s},
        {"line-miter-limit"_L1, LineMiterLimit, Number, 2.0},
        {"line-color"_L1, LineColor, Color, black},
        {"line-opacity"_L1, LineOpacity, Number, one},
        {"line-width"_L1, LineWidth, Number, one},
        {"line-gap-width"_L1, LineGapWidth, Number, zero},
        {"line-offset"_L1, LineOffset, Number, zero},
        {"line-dasharray"_L1, LineDasharray, Choice, none},
        {"line-pattern"_L1, LinePattern, Choice, none},
        {"line-translate"_L1, LineTranslate, Number, nowhere},
        {"circle-radius"_L1, CircleRadius, Number, 5.0},
        {"circle-color"_L1, CircleColor, Color, black},
        {"circle-opacity"_L1, CircleOpacity, Number, one},
        {"circle-stroke-width"_L1, CircleStrokeWidth, Number, zero},
        {"circle-stroke-color"_L1, CircleStrokeColor, Color, black},
        {"circle-stroke-opacity"_L1, CircleStrokeOpacity, Number, one},
        {"circle-translate"_L1, CircleTranslate, Number, nowhere},
        {"symbol-placement"_L1, SymbolPlacement, Choice, u"point"_s},
        {"symbol-spacing"_L1, SymbolSpacing, Number, 250.0},
        {"symbol-sort-key"_L1, SymbolSortKey, Number, zero},
        {"text-field"_L1, TextField, Text, none},
        {"text-font"_L1, TextFont, Words, words({u"Open Sans Regular"_s})},
        {"text-size"_L1, TextSize, Number, 16.0},
        {"text-max-width"_L1, TextMaxWidth, Number, 10.0},
        {"text-line-height"_L1, TextLineHeight, Number, 1.2},
        {"text-letter-spacing"_L1, TextLetterSpacing, Number, zero},
        {"text-justify"_L1, TextJustify, Choice, u"center"_s},
        {"text-anchor"_L1, TextAnchor, Choice, u"center"_s},
        {"text-variable-anchor"_L1, TextVariableAnchor, Words, none},
        {"text-radial-offset"_L1, TextRadialOffset, Number, zero},
        {"text-max-angle"_L1, TextMaxAngle, Number, 45.0},
        {"text-rotate"_L1, TextRotate, Number, zero},
        {"text-padding"_L1, TextPadding, Number, 2.0},
        {"text-keep-upright"_L1, TextKeepUpright, Choice, MapValue(true)},
        {"text-transform"_L1, TextTransform, Choice, u"none"_s},
        {"text-offset"_L1, TextOffset, Number, nowhere},
        {"text-allow-overlap"_L1, TextAllowOverlap, Choice, no},
        {"text-ignore-placement"_L1, TextIgnorePlacement, Choice, no},
        {"text-optional"_L1, TextOptional, Choice, no},
        {"text-rotation-alignment"_L1, TextRotationAlignment, Choice, u"auto"_s},
        {"text-color"_L1, TextColor, Color, black},
        {"text-opacity"_L1, TextOpacity, Number, one},
        {"text-halo-color"_L1, TextHaloColor, Color, QColor(0, 0, 0, 0)},
        {"text-halo-width"_L1, TextHaloWidth, Number, zero},
        {"text-translate"_L1, TextTranslate, Number, nowhere},
        {"icon-image"_L1, IconImage, Text, none},
        {"icon-size"_L1, IconSize, Number, one},
        {"icon-rotate"_L1, IconRotate, Number, zero},
        {"icon-anchor"_L1, IconAnchor, Choice, u"center"_s},
        {"icon-offset"_L1, IconOffset, Number, nowhere},
        {"icon-padding"_L1, IconPadding, Number, 2.0},
        {"icon-allow-overlap"_L1, IconAllowOverlap, Choice, no},
        {"icon-ignore-placement"_L1, IconIgnorePlacement, Choice, no},
        {"icon-optional"_L1, IconOptional, Choice, no},
        {"icon-text-fit"_L1, IconTextFit, Choice, u"none"_s},
        {"icon-text-fit-padding"_L1, IconTextFitPadding, Number, MapValue(MapValue::List{0.0, 0.0, 0.0, 0.0})},
        {"icon-rotation-alignment"_L1, IconRotationAlignment, Choice, u"auto"_s},
        {"icon-opacity"_L1, IconOpacity, Number, one},
        {"icon-color"_L1, IconColor, Color, black},
        {"icon-halo-color"_L1, IconHaloColor, Color, QColor(0, 0, 0, 0)},
        {"raster-opacity"_L1, RasterOpacity, Number, one},
    };
}

const QHash<QString, PropertyRule> &ruleByName()
{
    static const auto all = [] {
        QHash<QString, PropertyRule> byName;
        for (auto &rule : rules())
            byName.insert(rule.name, std::move(rule));
        return byName;
    }();
    return all;
}

const MapValue &defaultOf(MapProperty property)
{
    static const auto all = [] {
        std::array<MapValue, std::size_t(MapProperty::Count)> values;
        for (const auto &rule : rules())
            values[std::size_t(rule.property)] = rule.otherwise;
        return values;
    }();
    return all[std::size_t(property)];
}

std::optional<MapLayerType> layerType(const QString &name)
{
    static const QHash<QString, MapLayerType> types{
        {u"background"_s, MapLayerType::Background}, {u"fill"_s, MapLayerType::Fill},
        {u"fill-extrusion"_s, MapLayerType::Fill},   {u"line"_s, MapLayerType::Line},
        {u"symbol"_s, MapLayerType::Symbol},         {u"circle"_s, MapLayerType::Circle},
        {u"raster"_s, MapLayerType::Raster}};
    const auto place = types.constFind(name);
    return place == types.cend() ? std::nullopt : std::optional(*place);
}

QUrl resolved(const QUrl &base, const QString &text)
{
    const QUrl url(text, QUrl::TolerantMode);
    return url.isRelative() && !base.isEmpty() ? base.resolved(url) : url;
}

/** A template keeps its braces. */
QString resolvedTemplate(const QUrl &base, const QString &text)
{
    if (base.isEmpty() || text.contains("://"_L1))
        return text;
    auto safe = text;
    safe.replace(u'{', "%7B"_L1).replace(u'}', "%7D"_L1);
    auto whole = QString::fromLatin1(base.resolved(QUrl(safe, QUrl::TolerantMode)).toEncoded());
    return whole.replace("%7B"_L1, "{"_L1, Qt::CaseInsensitive).replace("%7D"_L1, "}"_L1, Qt::CaseInsensitive);
}

void readTiles(const QJsonObject &json, const QUrl &base, MapStyleSource &source)
{
    const bool fromSouth = json["scheme"_L1].toString() == "tms"_L1;
    for (const auto &tiles : json["tiles"_L1].toArray()) {
        auto text = resolvedTemplate(base, tiles.toString());
        if (fromSouth)
            text.replace("{y}"_L1, "{-y}"_L1);
        if (isXyzTemplate(text))
            source.tiles.append(text);
    }
    const auto zoom = [&](QLatin1StringView name, int otherwise) {
        return int(std::clamp(json[name].toDouble(otherwise), 0.0, double(highestZoom)));
    };
    source.minZoom = zoom("minzoom"_L1, source.minZoom);
    source.maxZoom = std::max(source.minZoom, zoom("maxzoom"_L1, source.maxZoom));
    source.tileSize = std::clamp(json["tileSize"_L1].toInt(source.tileSize), 64, 4096);
    const auto box = json["bounds"_L1].toArray();
    const Extent bounds{box.at(0).toDouble(), box.at(1).toDouble(), box.at(2).toDouble(), box.at(3).toDouble()};
    if (box.size() == 4 && bounds.width() > 0 && bounds.height() > 0)
        source.bounds = bounds;
    if (const auto text = cleanSentence(json["attribution"_L1].toString(), 500); !text.isEmpty())
        source.attribution = text;
}

class StyleReader
{
public:
    StyleReader(QJsonObject root, QUrl base)
        : m_root(std::move(root))
        , m_base(std::move(base))
    {
    }

    Result<MapStyle> read()
    {
        if (m_root["version"_L1].toInt() != 8)
            return failure(ErrorKind::Unsupported,
                           VectorTexts::tr("The style is not of version 8, which alone can be drawn."));
        const auto layers = m_root["layers"_L1].toArray();
        if (layers.size() > mostLayers || m_root["sources"_L1].toObject().size() > mostSources)
            return failure(ErrorKind::TooLarge, VectorTexts::tr("The style has too many layers."));
        m_style.name = cleanSentence(m_root["name"_L1].toString());
        readSprite();
        for (const auto &layer : layers)
            addLayer(layer.toObject());
        for (auto it = m_problems.begin(); it != m_problems.end(); ++it)
            m_style.notes.append(
                VectorTexts::tr("%n layer(s) of the style are not drawn (%1): %2", nullptr, int(it->second.size()))
                    .arg(QStringList(it->second.first(std::min<qsizetype>(3, it->second.size()))).join(u", "_s),
                         it->first));
        if (m_style.layers.empty())
            return failure(ErrorKind::Unsupported, VectorTexts::tr("The style has no layers that can be drawn."),
                           m_style.notes.join(u'\n'));
        return std::move(m_style);
    }

private:
    void readSprite()
    {
        auto sprite = m_root["sprite"_L1];
        if (sprite.isArray()) { // several; those of the others are named "id:name"
            const auto all = sprite.toArray();
            const auto main = std::ranges::find_if(
                all, [](const QJsonValue &one) { return one.toObject()["id"_L1].toString() == "default"_L1; });
            sprite = (main == all.end() ? all.at(0) : QJsonValue(*main)).toObject()["url"_L1];
        }
        if (!sprite.toString().isEmpty())
            m_style.sprite = resolved(m_base, sprite.toString());
    }

    bool addSource(const QString &name)
    {
        if (m_style.sources.contains(name))
            return true;
        const auto json = m_root["sources"_L1].toObject()[name].toObject();
        const auto type = json["type"_L1].toString();
        if (type != "vector"_L1 && type != "raster"_L1)
            return false;
        MapStyleSource source;
        source.kind = type == "raster"_L1 ? MapStyleSource::Kind::Raster : MapStyleSource::Kind::Vector;
        if (const auto url = json["url"_L1].toString(); !url.isEmpty())
            source.url = resolved(m_base, url);
        readTiles(json, m_base, source);
        if (source.url.isEmpty() && source.tiles.isEmpty())
            return false;
        m_style.sources.emplace(name, std::move(source));
        return true;
    }

    void addLayer(const QJsonObject &json)
    {
        MapStyleLayer layer{.id = json["id"_L1].toString()};
        if (json["layout"_L1].toObject()["visibility"_L1].toString() == "none"_L1)
            return;
        const auto type = layerType(json["type"_L1].toString());
        if (!type)
            return problem(layer.id,
                           VectorTexts::tr("layers of the kind “%1”").arg(json["type"_L1].toString().left(40)));
        layer.type = *type;
        layer.source = json["source"_L1].toString();
        layer.sourceLayer = json["source-layer"_L1].toString();
        layer.minZoom = json["minzoom"_L1].toDouble(layer.minZoom);
        layer.maxZoom = json["maxzoom"_L1].toDouble(layer.maxZoom);
        auto filter = parseMapFilter(json["filter"_L1]);
        if (!filter)
            return problem(layer.id, filter.error().what);
        layer.filter = *std::move(filter);
        for (const auto *part : {"layout", "paint"}) {
            if (const auto error = readProperties(json[QLatin1StringView(part)].toObject(), layer); !error.isEmpty())
                return problem(layer.id, error);
        }
        if (layer.type != MapLayerType::Background && !addSource(layer.source))
            return problem(layer.id, VectorTexts::tr("a source of a kind that is not known here"));
        m_style.layers.push_back(std::move(layer));
    }

    QString readProperties(const QJsonObject &json, MapStyleLayer &layer)
    {
        for (auto it = json.begin(); it != json.end(); ++it) {
            const auto rule = ruleByName().constFind(it.key());
            if (rule == ruleByName().cend() || it->isNull())
                continue; // finer points of the look, without which it is still the map
            auto expression = parseMapExpression(*it, rule->kind);
            if (!expression)
                return expression.error().what;
            layer.properties[std::size_t(rule->property)] = *std::move(expression);
        }
        return {};
    }

    void problem(const QString &layer, const QString &why) { m_problems[why].append(layer.left(60)); }

    QJsonObject m_root;
    QUrl m_base;
    MapStyle m_style;
    std::map<QString, QStringList> m_problems; ///< what is wrong with which layers
};

Result<QJsonObject> objectIn(QByteArrayView json)
{
    if (json.size() > largestStyle)
        return failure(ErrorKind::TooLarge, VectorTexts::tr("The style is too large."));
    const auto document = parseJson(json);
    if (!document)
        return std::unexpected(document.error());
    if (!document->isObject())
        return failure(ErrorKind::Malformed, VectorTexts::tr("The style is no JSON object."));
    return document->object();
}

} // namespace

bool MapStyleLayer::isSet(MapProperty property) const
{
    const auto &expression = (*this)[property];
    return !expression.isConstant() || !expression({}).isNull();
}

double MapStyleLayer::number(MapProperty property, const MapContext &context) const
{
    const auto value = (*this)[property](context);
    const double *number = value.number() ? value.number() : defaultOf(property).number();
    return number && std::isfinite(*number) ? std::clamp(*number, -1e5, 1e5) : 0;
}

QColor MapStyleLayer::color(MapProperty property, const MapContext &context) const
{
    const auto value = (*this)[property](context).toColor();
    const auto *otherwise = defaultOf(property).color();
    return value ? *value : otherwise ? *otherwise : QColor(Qt::transparent);
}

QString MapStyleLayer::text(MapProperty property, const MapContext &context) const
{
    const auto value = (*this)[property](context);
    return (value.isNull() ? defaultOf(property) : value).toText();
}

bool MapStyleLayer::truth(MapProperty property, const MapContext &context) const
{
    const auto value = (*this)[property](context);
    return (value.isNull() ? defaultOf(property) : value).toTruth();
}

std::vector<double> MapStyleLayer::numbers(MapProperty property, const MapContext &context) const
{
    const auto value = (*this)[property](context);
    const auto *list = value.list() ? value.list() : defaultOf(property).list();
    std::vector<double> result;
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        const double number = (*list)[i].toNumber().value_or(0);
        result.push_back(std::isfinite(number) ? std::clamp(number, -1e5, 1e5) : 0);
    }
    return result;
}

QStringList MapStyleLayer::texts(MapProperty property, const MapContext &context) const
{
    const auto value = (*this)[property](context);
    QStringList result;
    if (const auto *list = value.list() ? value.list() : defaultOf(property).list(); list) {
        for (const auto &text : *list)
            result.append(text.toText());
    } else if (value.text()) {
        result.append(*value.text());
    }
    return result;
}

QSet<QString> MapStyle::layersOf(const QString &source) const
{
    QSet<QString> names;
    for (const auto &layer : layers) {
        if (layer.source == source)
            names.insert(layer.sourceLayer);
    }
    return names;
}

Result<MapStyle> parseMapStyle(QByteArrayView json, const QUrl &base)
{
    return objectIn(json).and_then([&](const QJsonObject &root) { return StyleReader(root, base).read(); });
}

Result<MapStyleSource> parseTileJson(QByteArrayView json, const QUrl &base)
{
    const auto root = objectIn(json);
    if (!root)
        return std::unexpected(root.error());
    MapStyleSource source;
    readTiles(*root, base, source);
    if (source.tiles.isEmpty())
        return failure(ErrorKind::Malformed,
                       VectorTexts::tr("The description of the tiles does not say where they are."));
    return source;
}

} // namespace hanseatlas
