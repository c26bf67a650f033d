// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/indicator.h"

#include "layers/index/indextexts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using Kind = IndicatorSource::Kind;

namespace
{

constexpr qsizetype largestFile = 16 * 1024 * 1024;

std::unexpected<Error> malformed(const QString &name, const QString &why)
{
    return failure(ErrorKind::Malformed, IndexTexts::tr("The index “%1” cannot be read: %2").arg(name, why));
}

std::optional<double> numberOf(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

std::optional<Kind> kindOf(const QString &name)
{
    static const QHash<QString, Kind> kinds{{u""_s, Kind::None},         {u"measures"_s, Kind::Measures},
                                            {u"series"_s, Kind::Series}, {u"layer"_s, Kind::Layer},
                                            {u"table"_s, Kind::Table},   {u"formula"_s, Kind::Formula}};
    const auto it = kinds.constFind(name);
    return it == kinds.cend() ? std::nullopt : std::optional(*it);
}

/** What is wrong with it in itself; "" = nothing. */
QString faultOf(const Indicator &one)
{
    const auto idSign = [](QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'.'; };
    if (one.id.isEmpty() || !std::ranges::all_of(one.id, idSign) || one.id == "min"_L1 || one.id == "max"_L1)
        return IndexTexts::tr("its id is missing or has signs that it must not have");
    if (one.title.isEmpty())
        return IndexTexts::tr("it has no title");
    if (one.low.has_value() != one.high.has_value() || (one.low && !(*one.low < *one.high)))
        return IndexTexts::tr("its goalposts must be two that differ, the lower one first");
    if (!QStringList{u"month"_s, u"quarter"_s, u"year"_s}.contains(one.period))
        return IndexTexts::tr("its period must be “month”, “quarter” or “year”");
    if (one.goals.isEmpty())
        return IndexTexts::tr("it serves no goal");
    if (std::ranges::any_of(one.goals, [](double weight) { return !(weight > 0); }))
        return IndexTexts::tr("its weights must be above 0");
    if ((one.source.kind == Kind::Series || one.source.kind == Kind::Layer || one.source.kind == Kind::Table)
        && one.source.what.isEmpty())
        return IndexTexts::tr("its source is not named");
    return {};
}

Result<Indicator> indicatorOf(const QJsonObject &json, const QString &name)
{
    Indicator one{.id = json["id"_L1].toString(),
                  .title = json["title"_L1].toString(),
                  .note = json["note"_L1].toString(),
                  .unit = json["unit"_L1].toString(),
                  .lessIsBetter = json["lessIsBetter"_L1].toBool(),
                  .source = {},
                  .period = json["period"_L1].toString(),
                  .target = numberOf(json["target"_L1]["value"_L1]),
                  .targetDate = QDate::fromString(json["target"_L1]["date"_L1].toString(), Qt::ISODate),
                  .low = numberOf(json["goalposts"_L1][0]),
                  .high = numberOf(json["goalposts"_L1][1]),
                  .level = json["level"_L1].toString() == "district"_L1 ? Indicator::Level::District
                                                                        : Indicator::Level::City,
                  .goals = {},
                  .fields = {},
                  .codes = json["codes"_L1].toVariant().toStringList(),
                  .licence = json["licence"_L1].toString(),
                  .responsible = json["responsible"_L1].toString()};
    const auto why = [&](const QString &fault) {
        return malformed(name, IndexTexts::tr("the indicator “%1”: %2.").arg(one.id.left(60), fault));
    };
    const auto goals = json["goals"_L1].toObject();
    for (auto it = goals.begin(); it != goals.end(); ++it)
        one.goals.insert(it.key(), it->toDouble());
    for (const auto &field : json["fields"_L1].toArray())
        one.fields.append(field.toInt());
    const auto source = json["source"_L1].toObject();
    const auto kind = kindOf(source["kind"_L1].toString());
    if (!kind)
        return why(IndexTexts::tr("its source is of no known kind"));
    one.source = {.kind = *kind,
                  .what = source["what"_L1].toString(),
                  .operation = source["operation"_L1].toString(),
                  .column = source["column"_L1].toString(),
                  .field = source["field"_L1].toInt(),
                  .goal = source["goal"_L1].toString(),
                  .formula = {}};
    if (*kind == Kind::Formula) {
        auto formula = Formula::parse(source["formula"_L1].toString());
        if (!formula)
            return why(formula.error().what);
        one.source.formula = *std::move(formula);
    }
    if (const auto fault = faultOf(one); !fault.isEmpty())
        return why(fault);
    return one;
}

/** Those without a formula first, then whatever has all it needs, till nothing more does. */
QStringList ordered(const IndexDefinition &definition)
{
    QStringList order;
    QSet<QString> done;
    for (qsizetype before = -1; before != order.size();) {
        before = order.size();
        for (const auto &one : definition.indicators) {
            const auto needs = one.source.formula.ids();
            if (!done.contains(one.id)
                && std::ranges::all_of(needs, [&](const QString &id) { return done.contains(id); })) {
                order.append(one.id);
                done.insert(one.id);
            }
        }
    }
    return order;
}

/** What is wrong between them; "" = nothing. */
QString faultOf(const IndexDefinition &definition)
{
    QSet<QString> ids, goals;
    for (const auto &goal : definition.goals) {
        if (goals.contains(goal.id) || goal.id.isEmpty() || !(goal.weight > 0))
            return IndexTexts::tr("the goal “%1” comes twice or has no weight.").arg(goal.id);
        goals.insert(goal.id);
    }
    for (const auto &one : definition.indicators) {
        if (ids.contains(one.id))
            return IndexTexts::tr("the indicator “%1” comes twice.").arg(one.id);
        ids.insert(one.id);
        for (auto it = one.goals.cbegin(); it != one.goals.cend(); ++it) {
            if (!goals.contains(it.key()))
                return IndexTexts::tr("the indicator “%1” serves the goal “%2”, which there is not.")
                    .arg(one.id, it.key());
        }
    }
    for (const auto &one : definition.indicators) {
        for (const auto &id : one.source.formula.ids()) {
            if (!ids.contains(id))
                return IndexTexts::tr("the formula of “%1” names “%2”, which there is not.").arg(one.id, id);
        }
    }
    const auto order = ordered(definition);
    for (const auto &one : definition.indicators) {
        if (!order.contains(one.id))
            return IndexTexts::tr("the formula of “%1” goes in a circle.").arg(one.id);
    }
    return {};
}

} // namespace

const Indicator *IndexDefinition::indicator(const QString &id) const
{
    const auto it = std::ranges::find(indicators, id, &Indicator::id);
    return it == indicators.end() ? nullptr : &*it;
}

Result<IndexDefinition> indexFromJson(const QByteArray &json, const QString &name)
{
    if (json.size() > largestFile)
        return failure(ErrorKind::TooLarge, IndexTexts::tr("The index “%1” is too large to be read.").arg(name));
    QJsonParseError error;
    const auto root = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError)
        return malformed(name, IndexTexts::tr("it is no JSON from byte %1 on.").arg(error.offset));
    if (root["format"_L1].toString() != "hanseatlas-index"_L1)
        return malformed(name, IndexTexts::tr("it is not a file of the form “%1”.").arg(u"hanseatlas-index"_s));
    if (root["version"_L1].toInt() > 1)
        return failure(ErrorKind::Unsupported,
                       IndexTexts::tr("The index “%1” was written for a newer version of the program.").arg(name));
    IndexDefinition definition{.title = root["title"_L1].toString(),
                               .note = root["note"_L1].toString(),
                               .revision = root["revision"_L1].toInt(1),
                               .method = {},
                               .goals = {},
                               .indicators = {}};
    definition.method.allGoals = root["allGoals"_L1].toBool(true);
    if (const auto threshold = numberOf(root["coverageThreshold"_L1]))
        definition.method.coverageThreshold = *threshold;
    const auto goals = root["goals"_L1].toObject();
    for (auto it = goals.begin(); it != goals.end(); ++it)
        definition.goals.append({it.key(), it->toDouble()});
    for (const auto &entry : root["indicators"_L1].toArray()) {
        auto one = indicatorOf(entry.toObject(), name);
        if (!one)
            return std::unexpected(one.error());
        definition.indicators.append(*std::move(one));
    }
    if (const auto fault = faultOf(definition); !fault.isEmpty())
        return malformed(name, fault);
    return definition;
}

IndexSetup setupOf(const IndexDefinition &definition)
{
    IndexSetup setup{.goals = definition.goals, .parts = {}};
    for (const auto &one : definition.indicators) {
        for (auto it = one.goals.cbegin(); it != one.goals.cend(); ++it) {
            const auto goal = std::ranges::find(definition.goals, it.key(), &IndexGoal::id) - definition.goals.begin();
            setup.parts.append({.id = one.id + u'/' + it.key(),
                                .goal = int(goal),
                                .weight = it.value(),
                                .lessIsBetter = one.lessIsBetter,
                                .low = one.low,
                                .high = one.high,
                                .target = one.target});
        }
    }
    return setup;
}

QStringList orderOfFormulas(const IndexDefinition &definition)
{
    return ordered(definition);
}

} // namespace hanseatlas
