// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/featureselection.h"

#include "datasources/live/livetexts.h"

#include <QDateTime>
#include <QHash>
#include <QJsonArray>

#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype mostConditions = 50;

std::unexpected<Error> notUnderstood(const QString &detail)
{
    return failure(ErrorKind::Malformed, LiveTexts::tr("Which objects of the layer are wanted cannot be understood."),
                   LiveTexts::tr("Set the selection anew in the properties of the layer."), detail);
}

/** Dates become dates, so that services compare them as such. */
std::optional<QVariant> valueOf(const QJsonValue &json)
{
    if (json.isString() || json.isDouble() || json.isBool())
        return json.toVariant();
    const auto text = json.toObject().value("date"_L1).toString();
    if (const auto date = QDate::fromString(text, Qt::ISODate); date.isValid())
        return date;
    if (const auto time = QDateTime::fromString(text, Qt::ISODate); time.isValid())
        return time;
    return {};
}

Result<FilterRule> condition(const QJsonObject &json)
{
    static const QHash<QString, Comparison> comparisons{
        {u"="_s, Comparison::Equal},        {u"<>"_s, Comparison::NotEqual}, {u"<"_s, Comparison::Less},
        {u"<="_s, Comparison::LessOrEqual}, {u">"_s, Comparison::Greater},   {u">="_s, Comparison::GreaterOrEqual}};
    const auto field = json.value("field"_L1).toString();
    const auto is = json.value("is"_L1).toString();
    if (field.isEmpty())
        return notUnderstood(u"a condition names no field"_s);
    if (is == "empty"_L1)
        return FilterRule{FieldIsNull{field}};
    if (is == "filled"_L1)
        return FilterRule{FilterGroup{Junction::Not, {FilterRule{FieldIsNull{field}}}}};
    const auto value = valueOf(json.value("value"_L1));
    if (!value)
        return notUnderstood(u"the condition on %1 has no value"_s.arg(field));
    if (is == "like"_L1)
        return FilterRule{FieldLike{.field = field, .pattern = value->toString()}};
    const auto comparison = comparisons.constFind(is);
    if (comparison == comparisons.constEnd())
        return notUnderstood(u"unknown comparison: %1"_s.arg(is.left(20)));
    return FilterRule{FieldComparison{.field = field, .comparison = *comparison, .value = *value}};
}

Result<FilterRule> filterOf(const QJsonValue &json)
{
    if (json.isUndefined() || json.isNull())
        return FilterRule();
    const auto array = json.toArray();
    if (!json.isArray() || array.size() > mostConditions)
        return notUnderstood(u"the filter is no list of at most %1 conditions"_s.arg(mostConditions));
    FilterGroup all;
    for (const auto &part : array) {
        auto rule = condition(part.toObject());
        if (!rule)
            return rule;
        all.parts.push_back(*std::move(rule));
    }
    if (all.parts.size() <= 1)
        return all.parts.empty() ? FilterRule() : all.parts.front();
    return FilterRule{std::move(all)};
}

Status readExtent(const QJsonValue &json, FeatureSelection &selection)
{
    if (json.isUndefined() || json.isNull())
        return {};
    const auto box = json.toObject().value("box"_L1).toArray();
    const auto crs = json.toObject().value("crs"_L1).toString();
    if (!crs.isEmpty())
        selection.extentCrs = Crs::fromText(crs);
    const auto side = [&](int i) { return box.at(i).toDouble(std::nan("")); };
    selection.extent = {side(0), side(1), side(2), side(3)};
    const bool good = box.size() == 4 && selection.extentCrs.isValid() && selection.extent.width() > 0
        && selection.extent.height() > 0;
    return good ? Status() : notUnderstood(u"the area is no box"_s);
}

} // namespace

Result<FeatureSelection> featureSelection(const QJsonObject &options)
{
    FeatureSelection selection;
    if (const auto area = readExtent(options.value("extent"_L1), selection); !area)
        return std::unexpected(area.error());
    auto filter = filterOf(options.value("filter"_L1));
    if (!filter)
        return std::unexpected(filter.error());
    selection.filter = *std::move(filter);
    return selection;
}

} // namespace hanseatlas
