// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/vectortiles/mapexpression.h"

#include <QJsonArray>

#include <map>

namespace hanseatlas
{

/** @internal Turns the lists of a style into expressions. */
class MapExpressionParser
{
public:
    explicit MapExpressionParser(MapValueKind kind = MapValueKind::Choice)
        : m_kind(kind)
    {
    }

    Result<MapExpression> expression(const QJsonValue &json);
    /** {"stops": …} */
    Result<MapExpression> function(const QJsonObject &json);
    /** ["==", "class", "road"] */
    Result<MapExpression> oldFilter(const QJsonValue &json);

    using Arguments = std::vector<MapExpression>;
    using Operator = std::function<MapValue(const std::vector<MapValue> &)>;

private:
    using Form = Result<MapExpression> (MapExpressionParser::*)(const QJsonArray &);

    Result<Arguments> arguments(const QJsonArray &list, qsizetype from = 1);
    Result<MapExpression> simple(const QJsonArray &list, const Operator &op);
    Result<MapExpression> literal(const QJsonArray &list);
    Result<MapExpression> property(const QJsonArray &list);
    Result<MapExpression> hasProperty(const QJsonArray &list);
    Result<MapExpression> ofFeature(const QJsonArray &list);
    Result<MapExpression> zoom(const QJsonArray &list);
    Result<MapExpression> logic(const QJsonArray &list);
    Result<MapExpression> choice(const QJsonArray &list);
    Result<MapExpression> match(const QJsonArray &list);
    Result<MapExpression> coalesce(const QJsonArray &list);
    Result<MapExpression> step(const QJsonArray &list);
    Result<MapExpression> interpolate(const QJsonArray &list);
    Result<MapExpression> let(const QJsonArray &list);
    Result<MapExpression> variable(const QJsonArray &list);
    Result<MapExpression> format(const QJsonArray &list);

    MapValueKind m_kind;
    int m_depth = 0;
    bool m_tokens = false; ///< texts may hold "{name}"
    std::map<QString, MapExpression> m_variables;
};

/** @internal Between two numbers, colours or lists of numbers; null where they are none. */
MapValue mixedValue(const MapValue &a, const MapValue &b, double share);

/** @internal How far `input` is from `low` to `high`, 0 … 1; base 1 is linear. */
double exponentialShare(double input, double base, double low, double high);

/** @internal The operators whose arguments are all worked out first, by name; null where there is none. */
const MapExpressionParser::Operator *simpleOperator(const QString &name);

} // namespace hanseatlas
