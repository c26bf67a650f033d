// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QTime>

#include <cstdint>
#include <optional>
#include <variant>

/** When to wake somebody. Values are in the Datastream's unit, durations in ms; series are named by Datastream ids. */
namespace hanseatlas
{

enum class AlarmLevel : std::uint8_t { Notice, Warning, Alarm };

/** Reached or passed for long enough. */
struct Threshold {
    bool above = true; ///< else: below
    double limit = 0; ///< fulfilled at it and beyond
    double hysteresis = 0; ///< over only when a value is further back from the limit than this
    std::int64_t duration = 0; ///< over which values must have been beyond; 0 = one is enough
    bool operator==(const Threshold &) const = default;
};

struct ThresholdCondition {
    QString series;
    Threshold threshold;
    bool operator==(const ThresholdCondition &) const = default;
};

/** The change per hour, over `window`. */
struct RateCondition {
    enum class Direction : std::uint8_t { Rising, Falling, Either };
    QString series;
    Direction direction = Direction::Rising;
    double perHour = 0; ///< above 0, also for falling
    double hysteresis = 0; ///< per hour
    std::int64_t window = 3'600'000;
    bool operator==(const RateCondition &) const = default;
};

struct SilenceCondition {
    QString series;
    std::int64_t after = 0; ///< ms without a value
    bool operator==(const SilenceCondition &) const = default;
};

/** At least so many of these are fulfilled at the same time. */
struct CombinationCondition {
    int atLeast = 1;
    QList<ThresholdCondition> parts; ///< by each other series or limits
    bool operator==(const CombinationCondition &) const = default;
};

/** An official warning is in force. */
struct WarningCondition {
    QString kind; ///< as in AlarmWarning; "" = any
    QString area; ///< as there; "" = any
    int severity = 1; ///< 1 … 4 (CAP: minor, moderate, severe, extreme): this and above
    bool operator==(const WarningCondition &) const = default;
};

using AlarmCondition =
    std::variant<ThresholdCondition, RateCondition, SilenceCondition, CombinationCondition, WarningCondition>;

/** On the wall's clock; from 22 to 6 h spans midnight. */
struct QuietHours {
    QTime from;
    QTime to; ///< not included; the same as `from`: always
    bool contains(QTime time) const;
    bool operator==(const QuietHours &) const = default;
};

struct AlarmRule {
    QString id; ///< unique
    QString name; ///< for people
    AlarmLevel level = AlarmLevel::Warning;
    bool enabled = true;
    std::optional<QuietHours> quiet; ///< alarms are logged, but nobody is notified
    AlarmCondition condition;
    bool operator==(const AlarmRule &) const = default;
};

/** What is wrong with it, as a sentence for people; "" = nothing. */
QString faultOf(const AlarmRule &rule);

/** Strict: unknown kinds, numbers that are none, missing parts and the same id twice are refused, as a rule that is
 *  silently left out would be missed only when it is needed. `name` of the file for messages. */
Result<QList<AlarmRule>> alarmRulesFromJson(const QByteArray &json, const QString &name);
QByteArray alarmRulesToJson(const QList<AlarmRule> &rules);

} // namespace hanseatlas
