// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/strategyfacts.h"
#include "layers/measures/measurejson.h"
#include "layers/measures/measurenumber.h"
#include "layers/measures/measuretexts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QVariant>

#include <algorithm>
#include <functional>
#include <optional>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype largestFile = 256LL * 1024 * 1024;
constexpr int formatVersion = 1;

std::unexpected<Error> malformed(const QString &name, const QString &why)
{
    return failure(ErrorKind::Malformed, MeasureTexts::tr("“%1” cannot be read: %2").arg(name, why));
}

Result<QJsonObject> document(const QByteArray &bytes, const QString &name, const QString &format)
{
    if (bytes.size() > largestFile)
        return failure(ErrorKind::TooLarge, MeasureTexts::tr("“%1” is too large to be read.").arg(name));
    QJsonParseError error;
    const auto json = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return malformed(name, MeasureTexts::tr("it is no JSON from byte %1 on.").arg(error.offset));
    const auto root = json.object();
    if (root["format"_L1].toString() != format)
        return malformed(name, MeasureTexts::tr("it is not a file of the form “%1”.").arg(format));
    if (root["version"_L1].toInt() > formatVersion)
        return failure(ErrorKind::Unsupported,
                       MeasureTexts::tr("“%1” was written by a newer version of the program.").arg(name));
    return root;
}

QStringList texts(const QJsonValue &array)
{
    QStringList texts;
    for (const auto &entry : array.toArray())
        texts.append(entry.toString());
    return texts;
}

QList<StrategyTopic> topics(const QJsonValue &array)
{
    QList<StrategyTopic> topics;
    for (const auto &entry : array.toArray()) {
        StrategyTopic topic{.id = entry["id"_L1].toString(),
                            .title = entry["title"_L1].toString(),
                            .note = entry["note"_L1].toString()};
        for (const auto &field : entry["fields"_L1].toArray())
            topic.fields.append(field.toInt());
        topics.append(std::move(topic));
    }
    return topics;
}

GovernanceStage stageOf(const QJsonValue &json)
{
    GovernanceStage stage{.id = json["id"_L1].toString(),
                          .title = json["title"_L1].toString(),
                          .note = json["note"_L1].toString(),
                          .next = texts(json["next"_L1]),
                          .votes = texts(json["needs"_L1]["votes"_L1])};
    const auto checklist = json["needs"_L1]["checklist"_L1].toString();
    if (checklist == "none"_L1)
        stage.checklist = GovernanceStage::Checklist::NonePointMet;
    else if (checklist == "some"_L1)
        stage.checklist = GovernanceStage::Checklist::SomePointMet;
    return stage;
}

/** An id that is missing or comes twice; none: all is well. */
template <class Range, class Id>
std::optional<QString> doubtfulId(const Range &range, Id id)
{
    QSet<QString> seen;
    for (const auto &entry : range) {
        const auto text = QVariant(std::invoke(id, entry)).toString();
        if (text.isEmpty() || text == "0"_L1 || seen.contains(text))
            return text;
        seen.insert(text);
    }
    return std::nullopt;
}

/** The first thing that is wrong; "" = nothing. */
QString fault(const StrategyFacts &facts)
{
    for (const auto &id :
         {doubtfulId(facts.fields, &FieldOfAction::number), doubtfulId(facts.goals, &StrategyTopic::id),
          doubtfulId(facts.dimensions, &StrategyTopic::id), doubtfulId(facts.classes, &StrategyTopic::id),
          doubtfulId(facts.stages, &GovernanceStage::id)}) {
        if (id)
            return MeasureTexts::tr("the id “%1” is missing or comes twice.").arg(id->left(40));
    }
    for (const auto &goal : facts.goals) {
        for (const int field : goal.fields) {
            if (!facts.field(field))
                return MeasureTexts::tr("the goal “%1” names the field %2, which there is not.")
                    .arg(goal.id)
                    .arg(field);
        }
    }
    for (const auto &stage : facts.stages) {
        for (const auto &next : stage.next) {
            if (!facts.stage(next))
                return MeasureTexts::tr("the stage “%1” leads to “%2”, which there is not.").arg(stage.id, next);
        }
    }
    return {};
}

} // namespace

const FieldOfAction *StrategyFacts::field(int number) const
{
    const auto it = std::ranges::find(fields, number, &FieldOfAction::number);
    return it == fields.end() ? nullptr : &*it;
}

const GovernanceStage *StrategyFacts::stage(const QString &id) const
{
    const auto it = std::ranges::find(stages, id, &GovernanceStage::id);
    return it == stages.end() ? nullptr : &*it;
}

const StrategyTopic *StrategyFacts::goal(const QString &id) const
{
    const auto it = std::ranges::find(goals, id, &StrategyTopic::id);
    return it == goals.end() ? nullptr : &*it;
}

Result<StrategyFacts> strategyFromJson(const QByteArray &bytes, const QString &name)
{
    const auto root = document(bytes, name, u"hanseatlas-strategy"_s);
    if (!root)
        return std::unexpected(root.error());
    const auto source = root->value("source"_L1), governance = root->value("governance"_L1);
    StrategyFacts facts{.title = source["title"_L1].toString(),
                        .date = QDate::fromString(source["date"_L1].toString(), Qt::ISODate),
                        .resolutions = texts(source["resolutions"_L1]),
                        .vision = texts(root->value("vision"_L1)),
                        .challenges = texts(root->value("challenges"_L1)),
                        .dimensions = topics(root->value("dimensions"_L1)),
                        .goals = topics(root->value("goals"_L1)),
                        .classes = topics(root->value("classes"_L1)),
                        .checklist = texts(governance["checklist"_L1])};
    for (const auto &entry : root->value("fields"_L1).toArray())
        facts.fields.append(
            {entry["number"_L1].toInt(), entry["title"_L1].toString(),
             entry["kind"_L1].toString() == "need"_L1 ? FieldOfAction::Kind::Need : FieldOfAction::Kind::Enabler});
    for (const auto &entry : root->value("modelProjects"_L1).toArray())
        facts.modelProjects.append({entry["title"_L1].toString(), entry["funding"_L1].toString(),
                                    entry["resolution"_L1].toString(), entry["field"_L1].toInt()});
    for (const auto &entry : governance["stages"_L1].toArray())
        facts.stages.append(stageOf(entry));
    if (const auto wrong = fault(facts); !wrong.isEmpty())
        return malformed(name, wrong);
    return facts;
}

Result<QList<Measure>> measuresFromJson(const QByteArray &bytes, const QString &name)
{
    const auto root = document(bytes, name, u"hanseatlas-measures"_s);
    if (!root)
        return std::unexpected(root.error());
    if (!root->value("measures"_L1).isArray())
        return malformed(name, MeasureTexts::tr("it has no list of measures."));
    QList<Measure> measures;
    QSet<QString> numbers;
    for (const auto &entry : root->value("measures"_L1).toArray()) {
        auto measure = measureFromJson(entry.toObject());
        if (!measure)
            return malformed(name, measure.error().what);
        if (numbers.contains(measure->number))
            return malformed(name, MeasureTexts::tr("the number “%1” comes twice.").arg(measure->number.left(40)));
        numbers.insert(measure->number);
        measures.append(*std::move(measure));
    }
    std::ranges::sort(measures, numberLess, &Measure::number);
    return measures;
}

QByteArray measuresToJson(const QList<Measure> &measures, const QJsonObject &source)
{
    QJsonArray array;
    for (const auto &measure : measures)
        array.append(toJson(measure));
    QJsonObject root{{u"format"_s, u"hanseatlas-measures"_s}, {u"version"_s, formatVersion}, {u"measures"_s, array}};
    if (!source.isEmpty())
        root["source"_L1] = source;
    return QJsonDocument(root).toJson();
}

} // namespace hanseatlas
