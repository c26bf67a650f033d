// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mapexpression.h"

#include "datasources/vectortiles/mapexpressionparser_p.h"
#include "datasources/vectortiles/vectortexts.h"

#include <QEasingCurve>
#include <QJsonObject>
#include <QPointF>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <ranges>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int deepest = 64;
constexpr double dearest = 50'000; ///< steps; variables that are used twice in the next one double with each

std::unexpected<Error> malformed(const QString &name)
{
    return failure(ErrorKind::Malformed, VectorTexts::tr("The expression “%1” of the style is damaged.").arg(name));
}

bool anyByZoom(const std::vector<MapExpression> &expressions)
{
    return std::ranges::any_of(expressions, &MapExpression::byZoom);
}

bool anyByFeature(const std::vector<MapExpression> &expressions)
{
    return std::ranges::any_of(expressions, &MapExpression::byFeature);
}

/** Worked out at once where it depends on nothing. */
Result<MapExpression> made(MapExpression::Evaluate evaluate, const std::vector<MapExpression> &from)
{
    double cost = 1;
    for (const auto &part : from)
        cost += part.cost();
    if (cost > dearest)
        return failure(ErrorKind::TooLarge, VectorTexts::tr("An expression of the style is too long."));
    if (!anyByZoom(from) && !anyByFeature(from))
        return MapExpression(evaluate({}));
    return MapExpression(std::move(evaluate), anyByZoom(from), anyByFeature(from), cost);
}

struct Stops {
    std::vector<double> inputs; ///< rising
    std::vector<MapExpression> outputs;

    /** The last stop that is not above; -1: all are. */
    std::ptrdiff_t below(double input) const { return std::ranges::upper_bound(inputs, input) - inputs.begin() - 1; }
};

struct Interpolation {
    double base = 1; ///< of an exponential one
    std::optional<QEasingCurve> curve; ///< cubic-bezier
    double share(double input, double low, double high) const
    {
        return curve ? curve->valueForProgress((input - low) / (high - low)) : exponentialShare(input, base, low, high);
    }
};

MapValue interpolated(const Stops &stops, const Interpolation &by, double input, const MapContext &context)
{
    const auto low = stops.below(input);
    if (low < 0)
        return stops.outputs.front()(context);
    const auto index = std::size_t(low);
    if (index + 1 == stops.inputs.size())
        return stops.outputs.back()(context);
    return mixedValue(stops.outputs[index](context), stops.outputs[index + 1](context),
                      by.share(input, stops.inputs[index], stops.inputs[index + 1]));
}

std::optional<Interpolation> interpolationIn(const QJsonArray &list)
{
    const auto name = list.at(0).toString();
    if (name == "linear"_L1)
        return Interpolation();
    if (name == "exponential"_L1 && list.at(1).isDouble() && list.at(1).toDouble() > 0)
        return Interpolation{.base = list.at(1).toDouble()};
    if (name != "cubic-bezier"_L1 || list.size() != 5)
        return {};
    QEasingCurve curve(QEasingCurve::BezierSpline);
    const auto share = [&](int i) { return std::clamp(list.at(i).toDouble(), 0.0, 1.0); };
    curve.addCubicBezierSegment(QPointF(share(1), list.at(2).toDouble()), QPointF(share(3), list.at(4).toDouble()),
                                QPointF(1, 1));
    return Interpolation{.curve = curve};
}

QString geometryName(TileGeometry type)
{
    switch (type) {
    case TileGeometry::Point:
        return u"Point"_s;
    case TileGeometry::Line:
        return u"LineString"_s;
    case TileGeometry::Polygon:
        return u"Polygon"_s;
    default:
        return u"Unknown"_s;
    }
}

/** "Kiel {name}" → the parts of a concat. */
MapExpression textWithTokens(const QString &text)
{
    static const QRegularExpression token(u"\\{([^{}]+)\\}"_s);
    struct Piece {
        QString text, key;
    };
    std::vector<Piece> pieces;
    qsizetype from = 0;
    for (const auto &match : token.globalMatch(text)) {
        pieces.push_back({text.sliced(from, match.capturedStart() - from), match.captured(1)});
        from = match.capturedEnd();
    }
    if (pieces.empty())
        return MapValue(text);
    auto evaluate = [pieces, rest = text.sliced(from)](const MapContext &context) -> MapValue {
        QString whole;
        for (const auto &piece : pieces) {
            whole += piece.text;
            const auto *value = context.feature ? context.layer->property(*context.feature, piece.key) : nullptr;
            if (value)
                whole += value->toText();
        }
        return whole + rest;
    };
    return {std::move(evaluate), false, true};
}

MapValue typed(const MapValue &value, MapValueKind kind)
{
    if (kind != MapValueKind::Color)
        return value;
    const auto color = value.toColor();
    return color ? MapValue(*color) : MapValue();
}

} // namespace

MapExpression::MapExpression(MapValue constant)
    : m_constant(std::move(constant))
{
}

MapExpression::MapExpression(Evaluate evaluate, bool byZoom, bool byFeature, double cost)
    : m_evaluate(std::make_shared<const Evaluate>(std::move(evaluate)))
    , m_byZoom(byZoom)
    , m_byFeature(byFeature)
    , m_cost(cost)
{
}

double exponentialShare(double input, double base, double low, double high)
{
    if (high <= low)
        return 0;
    const double share = std::abs(base - 1) < 1e-6
        ? (input - low) / (high - low)
        : (std::pow(base, input - low) - 1) / (std::pow(base, high - low) - 1);
    return std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 0;
}

MapValue mixedValue(const MapValue &a, const MapValue &b, double share)
{
    if (a.number() && b.number())
        return *a.number() + (*b.number() - *a.number()) * share;
    if (a.list() && b.list() && a.list()->size() == b.list()->size()) {
        MapValue::List list;
        for (std::size_t i = 0; i < a.list()->size(); ++i)
            list.push_back(mixedValue((*a.list())[i], (*b.list())[i], share));
        return list;
    }
    const auto from = a.toColor(), to = b.toColor();
    if (!from || !to)
        return {};
    // Mixed as they are seen, with their opacity: a colour that fades out does not turn dark
    const double alpha = from->alphaF() + (to->alphaF() - from->alphaF()) * share;
    if (alpha <= 0)
        return QColor(0, 0, 0, 0);
    auto mix = [&](float u, float v) {
        return float(std::clamp((u * from->alphaF() * (1 - share) + v * to->alphaF() * share) / alpha, 0.0, 1.0));
    };
    return QColor::fromRgbF(mix(from->redF(), to->redF()), mix(from->greenF(), to->greenF()),
                            mix(from->blueF(), to->blueF()), float(std::clamp(alpha, 0.0, 1.0)));
}

Result<MapExpressionParser::Arguments> MapExpressionParser::arguments(const QJsonArray &list, qsizetype from)
{
    Arguments parsed;
    for (auto i = from; i < list.size(); ++i) {
        auto argument = expression(list.at(i));
        if (!argument)
            return std::unexpected(argument.error());
        parsed.push_back(*std::move(argument));
    }
    return parsed;
}

Result<MapExpression> MapExpressionParser::expression(const QJsonValue &json)
{
    if (json.isObject())
        return function(json.toObject());
    if (json.isString() && m_tokens)
        return textWithTokens(json.toString());
    if (!json.isArray())
        return MapExpression(MapValue::fromJson(json));
    const auto list = json.toArray();
    const auto name = list.at(0).toString();
    if (m_depth >= deepest)
        return failure(ErrorKind::TooLarge, VectorTexts::tr("An expression of the style is nested too deeply."));
    static const QHash<QString, Form> forms{{u"literal"_s, &MapExpressionParser::literal},
                                            {u"get"_s, &MapExpressionParser::property},
                                            {u"has"_s, &MapExpressionParser::hasProperty},
                                            {u"geometry-type"_s, &MapExpressionParser::ofFeature},
                                            {u"id"_s, &MapExpressionParser::ofFeature},
                                            {u"zoom"_s, &MapExpressionParser::zoom},
                                            {u"all"_s, &MapExpressionParser::logic},
                                            {u"any"_s, &MapExpressionParser::logic},
                                            {u"none"_s, &MapExpressionParser::logic},
                                            {u"case"_s, &MapExpressionParser::choice},
                                            {u"match"_s, &MapExpressionParser::match},
                                            {u"coalesce"_s, &MapExpressionParser::coalesce},
                                            {u"step"_s, &MapExpressionParser::step},
                                            {u"interpolate"_s, &MapExpressionParser::interpolate},
                                            {u"let"_s, &MapExpressionParser::let},
                                            {u"var"_s, &MapExpressionParser::variable},
                                            {u"format"_s, &MapExpressionParser::format},
                                            {u"interpolate-hcl"_s, &MapExpressionParser::interpolate},
                                            {u"interpolate-lab"_s, &MapExpressionParser::interpolate}};
    ++m_depth;
    Result<MapExpression> result;
    if (const auto form = forms.constFind(name); form != forms.cend())
        result = (this->**form)(list);
    else if (const auto *op = simpleOperator(name))
        result = simple(list, *op);
    else if (!list.isEmpty() && list.at(0).isString() && m_kind != MapValueKind::Words)
        result = failure(ErrorKind::Unsupported,
                         VectorTexts::tr("The style uses “%1”, which is not known here.").arg(name.left(40)));
    else
        result = MapExpression(MapValue::fromJson(json)); // [1, 2]: an older spelling of a literal
    --m_depth;
    return result;
}

Result<MapExpression> MapExpressionParser::simple(const QJsonArray &list, const Operator &op)
{
    auto parsed = arguments(list);
    if (!parsed)
        return std::unexpected(parsed.error());
    auto evaluate = [op, parts = *parsed](const MapContext &context) {
        std::vector<MapValue> values;
        values.reserve(parts.size());
        for (const auto &part : parts)
            values.push_back(part(context));
        return op(values);
    };
    return made(std::move(evaluate), *parsed);
}

Result<MapExpression> MapExpressionParser::literal(const QJsonArray &list)
{
    return MapExpression(MapValue::fromJson(list.at(1)));
}

Result<MapExpression> MapExpressionParser::property(const QJsonArray &list)
{
    if (list.size() != 2)
        return failure(ErrorKind::Unsupported,
                       VectorTexts::tr("The style uses “%1”, which is not known here.").arg(u"get"_s));
    if (!list.at(1).isString())
        return malformed(u"get"_s);
    auto evaluate = [key = list.at(1).toString()](const MapContext &context) -> MapValue {
        const auto *value = context.feature ? context.layer->property(*context.feature, key) : nullptr;
        return value ? *value : MapValue();
    };
    return MapExpression(std::move(evaluate), false, true);
}

Result<MapExpression> MapExpressionParser::hasProperty(const QJsonArray &list)
{
    if (!list.at(1).isString())
        return malformed(u"has"_s);
    auto evaluate = [key = list.at(1).toString()](const MapContext &context) -> MapValue {
        return context.feature && context.layer->property(*context.feature, key) != nullptr;
    };
    return MapExpression(std::move(evaluate), false, true);
}

Result<MapExpression> MapExpressionParser::ofFeature(const QJsonArray &list)
{
    if (list.at(0).toString() == "id"_L1)
        return MapExpression(
            [](const MapContext &context) -> MapValue {
                return context.feature && context.feature->id ? MapValue(double(*context.feature->id)) : MapValue();
            },
            false, true);
    return MapExpression(
        [](const MapContext &context) -> MapValue {
            return context.feature ? geometryName(context.feature->type) : QString();
        },
        false, true);
}

Result<MapExpression> MapExpressionParser::zoom(const QJsonArray &)
{
    return MapExpression([](const MapContext &context) -> MapValue { return context.zoom; }, true, false);
}

Result<MapExpression> MapExpressionParser::logic(const QJsonArray &list)
{
    auto parts = arguments(list);
    if (!parts)
        return std::unexpected(parts.error());
    const auto name = list.at(0).toString();
    const bool all = name == "all"_L1, none = name == "none"_L1;
    auto evaluate = [parts = *parts, all, none](const MapContext &context) -> MapValue {
        for (const auto &part : parts) {
            if (part(context).toTruth() != all)
                return none ? false : !all;
        }
        return none || all;
    };
    return made(std::move(evaluate), *parts);
}

Result<MapExpression> MapExpressionParser::choice(const QJsonArray &list)
{
    auto parts = arguments(list);
    if (!parts)
        return std::unexpected(parts.error());
    if (parts->size() < 3 || parts->size() % 2 == 0)
        return malformed(u"case"_s);
    auto evaluate = [parts = *parts](const MapContext &context) {
        for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
            if (parts[i](context).toTruth())
                return parts[i + 1](context);
        }
        return parts.back()(context);
    };
    return made(std::move(evaluate), *parts);
}

Result<MapExpression> MapExpressionParser::match(const QJsonArray &list)
{
    if (list.size() < 5 || list.size() % 2 == 0)
        return malformed(u"match"_s);
    Arguments parts;
    QHash<QString, std::size_t> texts;
    std::vector<std::pair<double, std::size_t>> numbers;
    for (qsizetype i = 1; i < list.size(); ++i) {
        const bool label = i > 1 && i % 2 == 0 && i + 1 < list.size();
        if (!label) {
            auto part = expression(list.at(i));
            if (!part)
                return part;
            parts.push_back(*std::move(part));
            continue;
        }
        const auto labels = list.at(i).isArray() ? list.at(i).toArray() : QJsonArray{list.at(i)};
        for (const auto &entry : labels) {
            if (entry.isString() && !texts.contains(entry.toString()))
                texts.insert(entry.toString(), parts.size());
            else if (entry.isDouble())
                numbers.emplace_back(entry.toDouble(), parts.size());
        }
    }
    auto evaluate = [parts, texts, numbers](const MapContext &context) {
        const auto input = parts.front()(context);
        if (const auto *text = input.text()) {
            if (const auto place = texts.constFind(*text); place != texts.cend())
                return parts[*place](context);
        } else if (const auto *number = input.number()) {
            const auto place = std::ranges::find(numbers, *number, &std::pair<double, std::size_t>::first);
            if (place != numbers.end())
                return parts[place->second](context);
        }
        return parts.back()(context);
    };
    return made(std::move(evaluate), parts);
}

Result<MapExpression> MapExpressionParser::coalesce(const QJsonArray &list)
{
    auto parts = arguments(list);
    if (!parts)
        return std::unexpected(parts.error());
    auto evaluate = [parts = *parts](const MapContext &context) {
        for (const auto &part : parts) {
            if (auto value = part(context); !value.isNull())
                return value;
        }
        return MapValue();
    };
    return made(std::move(evaluate), *parts);
}

Result<MapExpression> MapExpressionParser::step(const QJsonArray &list)
{
    if (list.size() < 3 || list.size() % 2 == 0)
        return malformed(u"step"_s);
    auto input = expression(list.at(1));
    auto first = expression(list.at(2));
    if (!input || !first)
        return input ? first : input;
    Stops stops;
    Arguments all{*input, *first};
    for (qsizetype i = 3; i + 1 < list.size(); i += 2) {
        auto output = expression(list.at(i + 1));
        if (!output)
            return output;
        if (!list.at(i).isDouble() || (!stops.inputs.empty() && list.at(i).toDouble() <= stops.inputs.back()))
            return malformed(u"step"_s);
        stops.inputs.push_back(list.at(i).toDouble());
        stops.outputs.push_back(*output);
        all.push_back(*std::move(output));
    }
    auto evaluate = [input = *input, first = *first, stops](const MapContext &context) -> MapValue {
        const auto at = input(context);
        if (!at.number())
            return {};
        const auto low = stops.below(*at.number());
        return low < 0 ? first(context) : stops.outputs[std::size_t(low)](context);
    };
    return made(std::move(evaluate), all);
}

Result<MapExpression> MapExpressionParser::interpolate(const QJsonArray &list)
{
    const auto by = interpolationIn(list.at(1).toArray());
    if (!by || list.size() < 5 || list.size() % 2 == 0)
        return malformed(u"interpolate"_s);
    auto input = expression(list.at(2));
    if (!input)
        return input;
    Stops stops;
    Arguments all{*input};
    for (qsizetype i = 3; i + 1 < list.size(); i += 2) {
        auto output = expression(list.at(i + 1));
        if (!output)
            return output;
        if (!list.at(i).isDouble() || (!stops.inputs.empty() && list.at(i).toDouble() <= stops.inputs.back()))
            return malformed(u"interpolate"_s);
        if (output->isConstant() && m_kind == MapValueKind::Color)
            output = MapExpression(typed((*output)({}), m_kind)); // once, and not for each picture
        stops.inputs.push_back(list.at(i).toDouble());
        stops.outputs.push_back(*output);
        all.push_back(*std::move(output));
    }
    auto evaluate = [input = *input, stops, by = *by](const MapContext &context) -> MapValue {
        const auto at = input(context);
        return at.number() ? interpolated(stops, by, *at.number(), context) : MapValue();
    };
    return made(std::move(evaluate), all);
}

Result<MapExpression> MapExpressionParser::let(const QJsonArray &list)
{
    if (list.size() < 4 || list.size() % 2 != 0)
        return malformed(u"let"_s);
    const auto outer = m_variables;
    for (qsizetype i = 1; i + 1 < list.size(); i += 2) {
        auto value = expression(list.at(i + 1));
        if (!value)
            return value;
        m_variables[list.at(i).toString()] = *std::move(value);
    }
    auto inside = expression(list.at(list.size() - 1));
    m_variables = outer;
    return inside;
}

Result<MapExpression> MapExpressionParser::variable(const QJsonArray &list)
{
    const auto place = m_variables.find(list.at(1).toString());
    return place == m_variables.end() ? malformed(u"var"_s) : Result<MapExpression>(place->second);
}

/** Texts and what they should look like, by turns; the texts count. */
Result<MapExpression> MapExpressionParser::format(const QJsonArray &list)
{
    QJsonArray texts{u"concat"_s};
    for (qsizetype i = 1; i < list.size(); ++i) {
        if (!list.at(i).isObject() && list.at(i).toArray().at(0) != QJsonValue(u"image"_s))
            texts.append(list.at(i));
    }
    return expression(texts);
}

Result<MapExpression> parseMapExpression(const QJsonValue &json, MapValueKind kind)
{
    if (kind == MapValueKind::Text && json.isString())
        return textWithTokens(json.toString());
    auto parsed = MapExpressionParser(kind).expression(json);
    if (parsed && parsed->isConstant())
        return MapExpression(typed((*parsed)({}), kind));
    return parsed;
}

} // namespace hanseatlas
