// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mapexpressionparser_p.h"

#include <QHash>

#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using Values = std::vector<MapValue>;
using Operator = MapExpressionParser::Operator;

constexpr qsizetype longestText = 4096; ///< an expression may double a text again and again

MapValue at(const Values &values, std::size_t index)
{
    return index < values.size() ? values[index] : MapValue();
}

MapValue finite(double number)
{
    return std::isfinite(number) ? MapValue(number) : MapValue();
}

Operator ofOne(double (*function)(double))
{
    return [function](const Values &values) -> MapValue {
        const auto a = at(values, 0);
        return a.number() ? finite(function(*a.number())) : MapValue();
    };
}

/** Over all arguments from left to right. */
Operator folded(double (*function)(double, double))
{
    return [function](const Values &values) -> MapValue {
        if (values.empty() || !values.front().number())
            return {};
        double sum = *values.front().number();
        for (std::size_t i = 1; i < values.size(); ++i) {
            if (!values[i].number())
                return {};
            sum = function(sum, *values[i].number());
        }
        return finite(sum);
    };
}

MapValue minus(const Values &values)
{
    const auto a = at(values, 0), b = at(values, 1);
    if (!a.number() || (values.size() > 1 && !b.number()))
        return {};
    return values.size() == 1 ? -*a.number() : finite(*a.number() - *b.number());
}

/** Texts with texts and numbers with numbers, else null. */
Operator compared(bool (*fits)(int))
{
    return [fits](const Values &values) -> MapValue {
        const auto a = at(values, 0), b = at(values, 1);
        if (a.number() && b.number())
            return fits(*a.number() < *b.number() ? -1 : *a.number() > *b.number() ? 1 : 0);
        if (a.text() && b.text())
            return fits(a.text()->compare(*b.text()));
        return {};
    };
}

MapValue joined(const Values &values)
{
    QString text;
    for (const auto &value : values) {
        text += value.toText();
        if (text.size() > longestText)
            return text.first(longestText);
    }
    return text;
}

/** The first that can be turned. */
MapValue toNumber(const Values &values)
{
    for (const auto &value : values) {
        if (const auto number = value.toNumber())
            return *number;
    }
    return {};
}

MapValue toColor(const Values &values)
{
    for (const auto &value : values) {
        if (const auto color = value.toColor())
            return *color;
    }
    return {};
}

/** ["number", a, b]: the first that is one. */
Operator firstOf(bool (*fits)(const MapValue &))
{
    return [fits](const Values &values) -> MapValue {
        for (const auto &value : values) {
            if (fits(value))
                return value;
        }
        return {};
    };
}

MapValue isIn(const Values &values)
{
    const auto what = at(values, 0), where = at(values, 1);
    if (const auto *list = where.list())
        return std::ranges::find(*list, what) != list->end();
    return where.text() && what.text() && where.text()->contains(*what.text());
}

MapValue indexOf(const Values &values)
{
    const auto what = at(values, 0), where = at(values, 1);
    const auto from = qsizetype(std::clamp(at(values, 2).toNumber().value_or(0), 0.0, 1e6));
    if (const auto *list = where.list()) {
        for (auto i = std::size_t(from); i < list->size(); ++i) {
            if ((*list)[i] == what)
                return double(i);
        }
        return -1.0;
    }
    return where.text() ? MapValue(double(where.text()->indexOf(what.toText(), from))) : MapValue();
}

MapValue sliced(const Values &values)
{
    const auto whole = at(values, 0);
    const auto size = double(whole.text() ? whole.text()->size() : whole.list() ? qsizetype(whole.list()->size()) : 0);
    const auto place = [&](const MapValue &value, double otherwise) {
        const double wanted = value.number() ? *value.number() : otherwise;
        return qsizetype(std::clamp(wanted < 0 ? size + wanted : wanted, 0.0, size));
    };
    const auto from = place(at(values, 1), 0), to = std::max(from, place(at(values, 2), size));
    if (whole.text())
        return whole.text()->sliced(from, to - from);
    return whole.list() ? MapValue(Values(whole.list()->begin() + from, whole.list()->begin() + to)) : MapValue();
}

MapValue element(const Values &values)
{
    const auto index = at(values, 0), list = at(values, 1);
    if (!index.number() || !list.list() || !(*index.number() >= 0) || *index.number() >= double(list.list()->size()))
        return {};
    return (*list.list())[std::size_t(*index.number())];
}

MapValue length(const Values &values)
{
    const auto whole = at(values, 0);
    if (whole.text())
        return double(whole.text()->size());
    return whole.list() ? MapValue(double(whole.list()->size())) : MapValue();
}

MapValue rgba(const Values &values)
{
    const auto color = MapValue(values).toColor();
    return color ? MapValue(*color) : MapValue();
}

void addNumbers(QHash<QString, Operator> &all)
{
    all.insert(u"+"_s, folded([](double a, double b) { return a + b; }));
    all.insert(u"*"_s, folded([](double a, double b) { return a * b; }));
    all.insert(u"/"_s, folded([](double a, double b) { return a / b; }));
    all.insert(u"%"_s, folded([](double a, double b) { return std::fmod(a, b); }));
    all.insert(u"^"_s, folded([](double a, double b) { return std::pow(a, b); }));
    all.insert(u"min"_s, folded([](double a, double b) { return std::min(a, b); }));
    all.insert(u"max"_s, folded([](double a, double b) { return std::max(a, b); }));
    all.insert(u"-"_s, minus);
    all.insert(u"sqrt"_s, ofOne([](double a) { return std::sqrt(a); }));
    all.insert(u"ln"_s, ofOne([](double a) { return std::log(a); }));
    all.insert(u"log10"_s, ofOne([](double a) { return std::log10(a); }));
    all.insert(u"log2"_s, ofOne([](double a) { return std::log2(a); }));
    all.insert(u"sin"_s, ofOne([](double a) { return std::sin(a); }));
    all.insert(u"cos"_s, ofOne([](double a) { return std::cos(a); }));
    all.insert(u"tan"_s, ofOne([](double a) { return std::tan(a); }));
    all.insert(u"asin"_s, ofOne([](double a) { return std::asin(a); }));
    all.insert(u"acos"_s, ofOne([](double a) { return std::acos(a); }));
    all.insert(u"atan"_s, ofOne([](double a) { return std::atan(a); }));
    all.insert(u"abs"_s, ofOne([](double a) { return std::abs(a); }));
    all.insert(u"round"_s, ofOne([](double a) { return std::round(a); }));
    all.insert(u"floor"_s, ofOne([](double a) { return std::floor(a); }));
    all.insert(u"ceil"_s, ofOne([](double a) { return std::ceil(a); }));
    all.insert(u"pi"_s, [](const Values &) -> MapValue { return std::numbers::pi; });
    all.insert(u"e"_s, [](const Values &) -> MapValue { return std::numbers::e; });
    all.insert(u"ln2"_s, [](const Values &) -> MapValue { return std::numbers::ln2; });
}

void addComparisons(QHash<QString, Operator> &all)
{
    all.insert(u"=="_s, [](const Values &values) -> MapValue { return at(values, 0) == at(values, 1); });
    all.insert(u"!="_s, [](const Values &values) -> MapValue { return !(at(values, 0) == at(values, 1)); });
    all.insert(u"<"_s, compared([](int order) { return order < 0; }));
    all.insert(u"<="_s, compared([](int order) { return order <= 0; }));
    all.insert(u">"_s, compared([](int order) { return order > 0; }));
    all.insert(u">="_s, compared([](int order) { return order >= 0; }));
    all.insert(u"!"_s, [](const Values &values) -> MapValue { return !at(values, 0).toTruth(); });
    all.insert(u"in"_s, isIn);
}

void addTexts(QHash<QString, Operator> &all)
{
    all.insert(u"concat"_s, joined);
    all.insert(u"to-string"_s, [](const Values &values) -> MapValue { return at(values, 0).toText(); });
    all.insert(u"number-format"_s, [](const Values &values) -> MapValue { return at(values, 0).toText(); });
    all.insert(u"upcase"_s, [](const Values &values) -> MapValue { return at(values, 0).toText().toUpper(); });
    all.insert(u"downcase"_s, [](const Values &values) -> MapValue { return at(values, 0).toText().toLower(); });
    all.insert(u"image"_s, [](const Values &values) -> MapValue { return at(values, 0).toText(); });
    all.insert(u"index-of"_s, indexOf);
    all.insert(u"slice"_s, sliced);
    all.insert(u"length"_s, length);
    all.insert(u"at"_s, element);
}

void addTypes(QHash<QString, Operator> &all)
{
    all.insert(u"to-number"_s, toNumber);
    all.insert(u"to-boolean"_s, [](const Values &values) -> MapValue { return at(values, 0).toTruth(); });
    all.insert(u"to-color"_s, toColor);
    all.insert(u"rgb"_s, rgba);
    all.insert(u"rgba"_s, rgba);
    all.insert(u"typeof"_s, [](const Values &values) -> MapValue { return at(values, 0).typeName(); });
    all.insert(u"number"_s, firstOf([](const MapValue &value) { return value.number() != nullptr; }));
    all.insert(u"string"_s, firstOf([](const MapValue &value) { return value.text() != nullptr; }));
    all.insert(u"boolean"_s, firstOf([](const MapValue &value) { return value.truth() != nullptr; }));
    // ["array", "string", 2, value]: what stands before the value is not checked
    all.insert(u"array"_s, [](const Values &values) -> MapValue {
        return !values.empty() && values.back().list() ? values.back() : MapValue();
    });
    all.insert(u"feature-state"_s, [](const Values &) -> MapValue { return {}; });
}

} // namespace

const MapExpressionParser::Operator *simpleOperator(const QString &name)
{
    static const auto all = [] {
        QHash<QString, Operator> operators;
        addNumbers(operators);
        addComparisons(operators);
        addTexts(operators);
        addTypes(operators);
        return operators;
    }();
    const auto place = all.constFind(name);
    return place == all.cend() ? nullptr : &*place;
}

} // namespace hanseatlas
