// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/alarmrule.h"

#include "layers/observations/observationtexts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype largestFile = 1024 * 1024, mostRules = 1000, mostParts = 200, longestText = 300;
constexpr double longestTime = 366.0 * 24 * 3'600'000; ///< ms
constexpr auto format = "hanseatlas-alarms"_L1;
constexpr int version = 1;
constexpr std::array levels{"notice"_L1, "warning"_L1, "alarm"_L1};
constexpr std::array directions{"rising"_L1, "falling"_L1, "either"_L1};

/** Number of the name; none where it is not among them. */
template <std::size_t N>
std::optional<int> indexOf(const std::array<QLatin1StringView, N> &names, const QString &name)
{
    for (std::size_t i = 0; i < N; ++i)
        if (name == names[i])
            return int(i);
    return {};
}

bool isName(const QString &text)
{
    return !text.trimmed().isEmpty() && text.size() <= longestText;
}

QString noSeries()
{
    return ObservationTexts::tr("It does not say which series it watches.");
}

QString fault(const ThresholdCondition &condition)
{
    const auto &threshold = condition.threshold;
    if (!isName(condition.series))
        return noSeries();
    if (!std::isfinite(threshold.limit) || !(threshold.hysteresis >= 0) || !std::isfinite(threshold.hysteresis))
        return ObservationTexts::tr("Its limit must be a number and its hysteresis one that is not below 0.");
    if (threshold.duration < 0 || double(threshold.duration) > longestTime)
        return ObservationTexts::tr("Its duration must be between 0 and 366 days.");
    return {};
}

QString fault(const RateCondition &condition)
{
    if (!isName(condition.series))
        return noSeries();
    if (!(condition.perHour > 0) || !std::isfinite(condition.perHour) || !(condition.hysteresis >= 0)
        || !(condition.hysteresis <= condition.perHour))
        return ObservationTexts::tr("Its change per hour must be above 0 and its hysteresis not larger than that.");
    if (condition.window <= 0 || double(condition.window) > longestTime)
        return ObservationTexts::tr("The time over which it looks at changes must be above 0 and at most 366 days.");
    return {};
}

QString fault(const SilenceCondition &condition)
{
    if (!isName(condition.series))
        return noSeries();
    if (condition.after <= 0 || double(condition.after) > longestTime)
        return ObservationTexts::tr("The time of silence must be above 0 and at most 366 days.");
    return {};
}

QString fault(const CombinationCondition &condition)
{
    if (condition.parts.isEmpty() || condition.parts.size() > mostParts)
        return ObservationTexts::tr("It must combine at least one and at most %1 series.").arg(mostParts);
    if (condition.atLeast < 1 || condition.atLeast > condition.parts.size())
        return ObservationTexts::tr("It asks for more series than it has, or for none.");
    for (const auto &part : condition.parts)
        if (const auto why = fault(part); !why.isEmpty())
            return why;
    return {};
}

QString fault(const WarningCondition &condition)
{
    if (condition.severity < 1 || condition.severity > 4)
        return ObservationTexts::tr("The severity of warnings must be between 1 and 4.");
    if (condition.kind.size() > longestText || condition.area.size() > longestText)
        return ObservationTexts::tr("The kind or area of its warnings is too long.");
    return {};
}

// Reading. What is missing or of another type becomes NaN or "", and so a fault of the rule.

double numberOf(const QJsonObject &json, QLatin1StringView key, double otherwise = std::nan(""))
{
    const auto value = json[key];
    return value.isUndefined() ? otherwise : value.toDouble(std::nan(""));
}

/** Seconds in the file, for people who read it; −1 for what is none. */
std::int64_t timeOf(const QJsonObject &json, QLatin1StringView key, double otherwise = -1)
{
    const double ms = numberOf(json, key, otherwise / 1000) * 1000;
    return ms >= 0 && ms <= longestTime ? std::llround(ms) : -1;
}

int wholeOf(const QJsonObject &json, QLatin1StringView key)
{
    return json[key].toInt(-1);
}

std::optional<ThresholdCondition> thresholdOf(const QJsonObject &json)
{
    const auto side = json["is"_L1].toString();
    if (side != "above"_L1 && side != "below"_L1)
        return {};
    return ThresholdCondition{.series = json["series"_L1].toString(),
                              .threshold = {.above = side == "above"_L1,
                                            .limit = numberOf(json, "limit"_L1),
                                            .hysteresis = numberOf(json, "hysteresis"_L1, 0),
                                            .duration = timeOf(json, "duration"_L1, 0)}};
}

std::optional<AlarmCondition> combinationOf(const QJsonObject &json)
{
    CombinationCondition condition{.atLeast = wholeOf(json, "atLeast"_L1), .parts = {}};
    const auto parts = json["of"_L1].toArray();
    if (parts.size() > mostParts)
        return condition; // its fault is found by its emptiness
    for (const auto &part : parts) {
        const auto threshold = thresholdOf(part.toObject());
        if (!threshold)
            return {};
        condition.parts.append(*threshold);
    }
    return condition;
}

std::optional<AlarmCondition> conditionOf(const QJsonObject &json)
{
    const auto kind = json["kind"_L1].toString(), series = json["series"_L1].toString();
    if (kind == "threshold"_L1)
        return thresholdOf(json);
    if (kind == "silence"_L1)
        return SilenceCondition{.series = series, .after = timeOf(json, "after"_L1)};
    if (kind == "combination"_L1)
        return combinationOf(json);
    if (kind == "warning"_L1)
        return WarningCondition{.kind = json["event"_L1].toString(),
                                .area = json["area"_L1].toString(),
                                .severity = wholeOf(json, "severity"_L1)};
    const auto direction = indexOf(directions, json["direction"_L1].toString());
    if (kind != "rate"_L1 || !direction)
        return {};
    return RateCondition{.series = series,
                         .direction = RateCondition::Direction(*direction),
                         .perHour = numberOf(json, "perHour"_L1),
                         .hysteresis = numberOf(json, "hysteresis"_L1, 0),
                         .window = timeOf(json, "window"_L1)};
}

/** The rule, or what is wrong with it. */
std::expected<AlarmRule, QString> ruleOf(const QJsonObject &json)
{
    AlarmRule rule{.id = json["id"_L1].toString(), .name = json["name"_L1].toString()};
    const auto level = indexOf(levels, json["level"_L1].toString());
    if (!level)
        return std::unexpected(ObservationTexts::tr("Its level must be “notice”, “warning” or “alarm”."));
    rule.level = AlarmLevel(*level);
    rule.enabled = json["enabled"_L1].toBool(true);
    if (json.contains("quiet"_L1)) {
        rule.quiet = QuietHours{QTime::fromString(json["quiet"_L1]["from"_L1].toString(), u"HH:mm"_s),
                                QTime::fromString(json["quiet"_L1]["to"_L1].toString(), u"HH:mm"_s)};
    }
    auto condition = conditionOf(json["condition"_L1].toObject());
    if (!condition)
        return std::unexpected(ObservationTexts::tr("Its condition is of a kind that this program does not know."));
    rule.condition = std::move(*condition);
    if (const auto why = faultOf(rule); !why.isEmpty())
        return std::unexpected(why);
    return rule;
}

std::unexpected<Error> malformed(const QString &name, const QString &why)
{
    return failure(ErrorKind::Malformed,
                   ObservationTexts::tr("The alarm rules “%1” cannot be read: %2").arg(name, why));
}

// Writing

QJsonObject toJson(const ThresholdCondition &condition)
{
    const auto &threshold = condition.threshold;
    return {{u"kind"_s, u"threshold"_s},
            {u"series"_s, condition.series},
            {u"is"_s, threshold.above ? u"above"_s : u"below"_s},
            {u"limit"_s, threshold.limit},
            {u"hysteresis"_s, threshold.hysteresis},
            {u"duration"_s, double(threshold.duration) / 1000}};
}

QJsonObject toJson(const RateCondition &condition)
{
    return {{u"kind"_s, u"rate"_s},
            {u"series"_s, condition.series},
            {u"direction"_s, QString(directions[std::size_t(condition.direction)])},
            {u"perHour"_s, condition.perHour},
            {u"hysteresis"_s, condition.hysteresis},
            {u"window"_s, double(condition.window) / 1000}};
}

QJsonObject toJson(const SilenceCondition &condition)
{
    return {{u"kind"_s, u"silence"_s}, {u"series"_s, condition.series}, {u"after"_s, double(condition.after) / 1000}};
}

QJsonObject toJson(const CombinationCondition &condition)
{
    QJsonArray parts;
    for (const auto &part : condition.parts)
        parts.append(toJson(part));
    return {{u"kind"_s, u"combination"_s}, {u"atLeast"_s, condition.atLeast}, {u"of"_s, parts}};
}

QJsonObject toJson(const WarningCondition &condition)
{
    return {{u"kind"_s, u"warning"_s},
            {u"event"_s, condition.kind},
            {u"area"_s, condition.area},
            {u"severity"_s, condition.severity}};
}

} // namespace

bool QuietHours::contains(QTime time) const
{
    return from < to ? time >= from && time < to : time >= from || time < to;
}

QString faultOf(const AlarmRule &rule)
{
    if (!isName(rule.id) || !isName(rule.name))
        return ObservationTexts::tr("It has no id or no name, or one of more than %1 characters.").arg(longestText);
    if (rule.quiet && (!rule.quiet->from.isValid() || !rule.quiet->to.isValid()))
        return ObservationTexts::tr("Its quiet hours must be two times like 22:00.");
    return std::visit([](const auto &condition) { return fault(condition); }, rule.condition);
}

Result<QList<AlarmRule>> alarmRulesFromJson(const QByteArray &json, const QString &name)
{
    if (json.size() > largestFile)
        return failure(ErrorKind::TooLarge,
                       ObservationTexts::tr("The alarm rules “%1” are larger than 1 MB and are not read.").arg(name));
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return malformed(name, ObservationTexts::tr("it is no JSON from byte %1 on.").arg(error.offset));
    const auto root = document.object();
    if (root["format"_L1].toString() != format || !root["rules"_L1].isArray())
        return malformed(name, ObservationTexts::tr("it is no file of alarm rules."));
    if (root["version"_L1].toInt() != version)
        return failure(
            ErrorKind::Unsupported,
            ObservationTexts::tr("The alarm rules “%1” are of a version that this program does not know.").arg(name));
    const auto array = root["rules"_L1].toArray();
    if (array.size() > mostRules)
        return failure(
            ErrorKind::TooLarge,
            ObservationTexts::tr("The alarm rules “%1” are more than %2 and are not read.").arg(name).arg(mostRules));
    QList<AlarmRule> rules;
    QSet<QString> ids;
    for (const auto &one : array) {
        auto rule = ruleOf(one.toObject());
        if (!rule)
            return malformed(name, ObservationTexts::tr("rule %1. %2").arg(rules.size() + 1).arg(rule.error()));
        if (ids.contains(rule->id))
            return malformed(name, ObservationTexts::tr("the id “%1” is there twice.").arg(rule->id));
        ids.insert(rule->id);
        rules.append(std::move(*rule));
    }
    return rules;
}

QByteArray alarmRulesToJson(const QList<AlarmRule> &rules)
{
    QJsonArray array;
    for (const auto &rule : rules) {
        QJsonObject json{
            {u"id"_s, rule.id},
            {u"name"_s, rule.name},
            {u"level"_s, QString(levels[std::size_t(rule.level)])},
            {u"enabled"_s, rule.enabled},
            {u"condition"_s, std::visit([](const auto &condition) { return toJson(condition); }, rule.condition)}};
        if (rule.quiet)
            json[u"quiet"_s] = QJsonObject{{u"from"_s, rule.quiet->from.toString(u"HH:mm"_s)},
                                           {u"to"_s, rule.quiet->to.toString(u"HH:mm"_s)}};
        array.append(json);
    }
    const QJsonObject root{{u"format"_s, QString(format)}, {u"version"_s, version}, {u"rules"_s, array}};
    return QJsonDocument(root).toJson();
}

} // namespace hanseatlas
