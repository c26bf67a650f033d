// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mapexpressionparser_p.h"
#include "datasources/vectortiles/vectortexts.h"

#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

/** What styles wrote before there were expressions: filters over names of properties, and functions with stops. Both
 *  are rewritten as expressions, so that there is one way to work them out. */
namespace hanseatlas
{

namespace
{

constexpr int deepest = 32;

/** As the reference tells them apart. */
bool isExpression(const QJsonValue &json, int depth = 0)
{
    if (json.isBool())
        return true;
    const auto list = json.toArray();
    const auto name = list.at(0).toString();
    if (list.isEmpty() || depth > deepest)
        return false;
    if (name == "has"_L1)
        return list.size() >= 2 && list.at(1) != QJsonValue(u"$id"_s) && list.at(1) != QJsonValue(u"$type"_s);
    if (name == "in"_L1)
        return list.size() == 3 && (!list.at(1).isString() || list.at(2).isArray());
    if (name == "!in"_L1 || name == "!has"_L1)
        return false;
    static const QStringList comparisons{u"=="_s, u"!="_s, u">"_s, u">="_s, u"<"_s, u"<="_s};
    if (comparisons.contains(name))
        return list.size() != 3 || list.at(1).isArray() || list.at(2).isArray();
    if (name == "none"_L1 || name == "any"_L1 || name == "all"_L1)
        return std::all_of(list.begin() + 1, list.end(),
                           [depth](const QJsonValue &part) { return isExpression(part, depth + 1) || part.isBool(); });
    return true;
}

QJsonValue propertyOf(const QString &name)
{
    if (name == "$type"_L1)
        return QJsonArray{u"geometry-type"_s};
    if (name == "$id"_L1)
        return QJsonArray{u"id"_s};
    return QJsonArray{u"get"_s, name};
}

QJsonValue presence(const QString &name)
{
    return name.startsWith(u'$') ? QJsonValue(true) : QJsonValue(QJsonArray{u"has"_s, name});
}

QJsonValue rewritten(const QJsonValue &json, int depth)
{
    const auto list = json.toArray();
    const auto name = list.at(0).toString();
    if (depth > deepest || list.isEmpty())
        return json;
    const auto key = list.at(1).toString();
    if (name == "all"_L1 || name == "any"_L1 || name == "none"_L1) {
        QJsonArray parts{name};
        for (qsizetype i = 1; i < list.size(); ++i)
            parts.append(rewritten(list.at(i), depth + 1));
        return parts;
    }
    if (name == "has"_L1)
        return presence(key);
    if (name == "!has"_L1)
        return QJsonArray{u"!"_s, presence(key)};
    if (name == "in"_L1 || name == "!in"_L1) {
        QJsonArray values;
        for (qsizetype i = 2; i < list.size(); ++i)
            values.append(list.at(i));
        const QJsonArray in{u"in"_s, propertyOf(key), QJsonArray{u"literal"_s, values}};
        return name == "in"_L1 ? in : QJsonArray{u"!"_s, in};
    }
    static const QStringList comparisons{u"=="_s, u"!="_s, u">"_s, u">="_s, u"<"_s, u"<="_s};
    if (comparisons.contains(name) && list.size() == 3 && list.at(1).isString())
        return QJsonArray{name, propertyOf(key), list.at(2)};
    return json; // new and old mixed: forbidden, but it occurs
}

/** The stops of one zoom, of a function by zoom and property. */
struct ZoomStops {
    double zoom = 0;
    QJsonArray stops;
};

std::vector<ZoomStops> byZoom(const QJsonArray &stops)
{
    std::vector<ZoomStops> groups;
    for (const auto &stop : stops) {
        const auto input = stop.toArray().at(0).toObject();
        const double zoom = input["zoom"_L1].toDouble();
        if (groups.empty() || groups.back().zoom != zoom)
            groups.push_back({zoom, {}});
        groups.back().stops.append(QJsonArray{input["value"_L1], stop.toArray().at(1)});
    }
    return groups;
}

/** Lists are values here, and no expressions. */
QJsonValue quoted(const QJsonValue &value)
{
    return value.isArray() ? QJsonValue(QJsonArray{u"literal"_s, value}) : value;
}

QJsonArray curve(const QString &type, double base, const QJsonValue &input, const QJsonArray &stops)
{
    if (type == "categorical"_L1) {
        QJsonArray cases{u"case"_s};
        for (const auto &stop : stops) {
            cases.append(QJsonArray{u"=="_s, input, stop.toArray().at(0)});
            cases.append(quoted(stop.toArray().at(1)));
        }
        cases.append(QJsonValue::Null);
        return cases;
    }
    const bool steps = type == "interval"_L1;
    QJsonArray result = steps ? QJsonArray{u"step"_s, input, quoted(stops.at(0).toArray().at(1))}
                              : QJsonArray{u"interpolate"_s, QJsonArray{u"exponential"_s, base}, input};
    double last = -1e300;
    for (const auto &stop : stops) {
        const double at = stop.toArray().at(0).toDouble();
        if (at <= last) // twice the same stop: the first counts
            continue;
        last = at;
        result.append(at);
        result.append(quoted(stop.toArray().at(1)));
    }
    if (!steps && result.size() == 5) { // one stop is a constant
        return {u"coalesce"_s, result.at(4)};
    }
    return result;
}

} // namespace

Result<MapExpression> MapExpressionParser::oldFilter(const QJsonValue &json)
{
    return expression(rewritten(json, 0));
}

Result<MapExpression> MapExpressionParser::function(const QJsonObject &json)
{
    const auto stops = json["stops"_L1].toArray();
    const auto property = json["property"_L1].toString();
    const double base = std::max(1e-3, json["base"_L1].toDouble(1));
    const bool inBetween = m_kind == MapValueKind::Number || m_kind == MapValueKind::Color;
    auto type = json["type"_L1].toString(inBetween ? u"exponential"_s : u"interval"_s);
    if (type == "exponential"_L1 && !inBetween)
        type = u"interval"_s;
    QJsonValue whole;
    if (type == "identity"_L1) {
        whole = propertyOf(property);
    } else if (stops.isEmpty()) {
        return failure(ErrorKind::Malformed, VectorTexts::tr("A function of the style has no stops."));
    } else if (property.isEmpty()) {
        whole = curve(type, base, QJsonArray{u"zoom"_s}, stops);
    } else if (stops.at(0).toArray().at(0).isObject()) {
        QJsonArray zooms;
        for (const auto &group : byZoom(stops))
            zooms.append(QJsonArray{group.zoom, curve(type, base, propertyOf(property), group.stops)});
        auto outer = curve(inBetween ? u"exponential"_s : u"interval"_s, base, QJsonArray{u"zoom"_s}, {});
        if (!inBetween)
            outer = {u"step"_s, QJsonArray{u"zoom"_s}, zooms.at(0).toArray().at(1)};
        for (const auto &zoom : zooms) {
            outer.append(zoom.toArray().at(0));
            outer.append(zoom.toArray().at(1));
        }
        whole = zooms.size() == 1 ? zooms.at(0).toArray().at(1) : QJsonValue(outer);
    } else {
        whole = curve(type, base, propertyOf(property), stops);
    }
    if (!json["default"_L1].isUndefined())
        whole = QJsonArray{u"coalesce"_s, whole, quoted(json["default"_L1])};
    m_tokens = m_kind == MapValueKind::Text;
    auto result = expression(whole);
    m_tokens = false;
    return result;
}

Result<MapExpression> parseMapFilter(const QJsonValue &json)
{
    if (json.isUndefined() || json.isNull())
        return MapExpression(true);
    MapExpressionParser parser;
    return isExpression(json) ? parser.expression(json) : parser.oldFilter(json);
}

} // namespace hanseatlas
