// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/style.h"

#include <QHash>

#include <cmath>
#include <limits>

namespace hanseatlas
{

namespace
{

using Classes = std::vector<std::int16_t>;

std::int16_t fallback(const Style &style)
{
    return style.otherwise ? std::int16_t(style.classes.size()) : std::int16_t(-1);
}

/** A style of tens of thousands of classes is a mistake; what is beyond the index type falls to the otherwise symbol.
 */
std::size_t usableClasses(const Style &style)
{
    return std::min(style.classes.size(), std::size_t(std::numeric_limits<std::int16_t>::max() - 1));
}

/** Numbers are equal by value, so "7", 7 and 7.0 are the same category. */
std::int16_t categoryOf(const Style &style, const QVariant &value)
{
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    for (std::size_t c = 0; c < usableClasses(style); ++c) {
        const auto &wanted = style.classes[c].value;
        if (!wanted.isValid() || wanted.isNull() || !value.isValid()) {
            if ((!wanted.isValid() || wanted.isNull()) && !value.isValid())
                return std::int16_t(c);
            continue;
        }
        bool alsoNumber = false;
        const double other = wanted.toDouble(&alsoNumber);
        if (isNumber && alsoNumber ? number == other : value.toString() == wanted.toString())
            return std::int16_t(c);
    }
    return fallback(style);
}

Classes categorised(const Style &style, const FeatureSet &set, const Column &column)
{
    Classes result(set.size());
    const auto ofNull = categoryOf(style, QVariant());
    if (!column.textIndices().empty()) {
        Classes ofText;
        for (const auto &text : column.texts())
            ofText.push_back(categoryOf(style, text));
        for (std::size_t i = 0; i < result.size(); ++i) {
            const auto index = column.textIndices()[i];
            result[i] = index < 0 ? ofNull : ofText[std::size_t(index)];
        }
        return result;
    }
    const bool isBoolean = column.field.type == FieldType::Boolean;
    QHash<double, std::int16_t> known; // few distinct values: each is looked up once
    double last = std::nan("");
    std::int16_t ofLast = ofNull;
    for (std::size_t i = 0; i < result.size(); ++i) {
        const double number = column.numbers()[i];
        if (std::isnan(number)) {
            result[i] = ofNull;
            continue;
        }
        if (number != last) {
            auto found = known.constFind(number);
            if (found == known.constEnd())
                found = known.insert(number, categoryOf(style, isBoolean ? QVariant(number != 0) : QVariant(number)));
            last = number;
            ofLast = *found;
        }
        result[i] = ofLast;
    }
    return result;
}

Classes graduated(const Style &style, const FeatureSet &set, const Column &column)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    struct Range {
        double lower, upper;
    };
    std::vector<Range> ranges;
    for (std::size_t c = 0; c < usableClasses(style); ++c)
        ranges.push_back({style.classes[c].lower.value_or(-infinity), style.classes[c].upper.value_or(infinity)});
    const auto otherwise = fallback(style);
    Classes result(set.size(), otherwise);
    for (std::size_t i = 0; i < result.size(); ++i) {
        const double number = column.number(i);
        for (std::size_t c = 0; c < ranges.size(); ++c) {
            // The last class takes its upper limit too where nothing follows, so that the maximum is not lost
            if (number >= ranges[c].lower
                && (number < ranges[c].upper || (c + 1 == ranges.size() && number == ranges[c].upper))) {
                result[i] = std::int16_t(c);
                break;
            }
        }
    }
    return result;
}

std::int16_t ruleOf(const Style &style, const FeatureSet &set, std::size_t feature)
{
    for (std::size_t c = 0; c < usableClasses(style); ++c)
        if (style.classes[c].filter.matches(set, feature))
            return std::int16_t(c);
    return fallback(style);
}

/** Rules over a few text columns with few distinct values give the same answer for the same texts. */
Classes byRules(const Style &style, const FeatureSet &set)
{
    QStringList fields;
    for (const auto &c : style.classes)
        fields += c.filter.fields();
    fields.removeDuplicates();
    std::vector<const Column *> columns;
    std::size_t combinations = 1;
    for (const auto &field : fields) {
        const auto *column = set.column(field);
        if (!column)
            continue; // counts as null for all features
        if (column->textIndices().empty() || combinations > 65536)
            combinations = std::numeric_limits<std::size_t>::max() / 2; // a number: as good as never the same
        else
            combinations *= std::size_t(column->texts().size()) + 1;
        columns.push_back(column);
        if (combinations > 65536)
            break;
    }
    Classes result(set.size());
    if (combinations > 65536) {
        for (std::size_t i = 0; i < result.size(); ++i)
            result[i] = ruleOf(style, set, i);
        return result;
    }
    constexpr std::int16_t unknown = -2;
    Classes known(combinations, unknown);
    for (std::size_t i = 0; i < result.size(); ++i) {
        std::size_t key = 0;
        for (const auto *column : columns)
            key = key * (std::size_t(column->texts().size()) + 1) + std::size_t(column->textIndices()[i] + 1);
        if (known[key] == unknown)
            known[key] = ruleOf(style, set, i);
        result[i] = known[key];
    }
    return result;
}

} // namespace

std::vector<std::int16_t> classify(const Style &style, const FeatureSet &set)
{
    const auto *column = set.column(style.field);
    switch (style.kind) {
    case Style::Kind::Single:
        return Classes(set.size(), style.classes.empty() ? fallback(style) : std::int16_t(0));
    case Style::Kind::Categorised:
        return column ? categorised(style, set, *column) : Classes(set.size(), categoryOf(style, QVariant()));
    case Style::Kind::Graduated:
        return column ? graduated(style, set, *column) : Classes(set.size(), fallback(style));
    case Style::Kind::RuleBased:
        return byRules(style, set);
    }
    return Classes(set.size(), std::int16_t(-1));
}

} // namespace hanseatlas
