// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"
#include "layers/observations/observation.h"

#include <QByteArrayView>
#include <QJsonDocument>
#include <QJsonValue>
#include <QPointF>
#include <QRectF>
#include <QTimeZone>

#include <cstdint>
#include <optional>

/** Reads numbers, times and places as sources really write them. What is odd is counted, never guessed in silence. */
namespace hanseatlas
{

inline constexpr std::int64_t toleratedClockError = 5 * 60 * 1000; ///< ms; senders' clocks are never quite right
inline constexpr qsizetype largestSensorAnswer = 128 * 1024 * 1024; ///< bytes
inline constexpr qsizetype longestSensorText = 4000; ///< characters of a name, description or property
inline constexpr qsizetype longestSensorId = 500; ///< characters

enum class Epoch : std::uint8_t { Seconds, Milliseconds };

/** What is known about a source before it answers. */
struct ReadingRules {
    std::int64_t now = 0; ///< ms since 1970 UTC; what is further ahead than toleratedClockError is left out
    QTimeZone zone = QTimeZone(QTimeZone::UTC); ///< of times without zone, as the source documents it
    Epoch epoch = Epoch::Milliseconds; ///< of times that are numbers, as the source documents it
    std::optional<QRectF> region; ///< where its places should be, x = longitude; finds exchanged axes
};

/** A time as Observation has it: `from` = `at` for an instant. */
struct TimeSpan {
    std::int64_t at = 0;
    std::int64_t from = 0;
    bool operator==(const TimeSpan &) const = default;
};

/** A finite number, also from a text with point or comma. Null, true, "nan", "unknown", objects: nothing, counted. */
std::optional<double> readNumber(const QJsonValue &value, FaultTally &faults);
std::optional<double> numberIn(QStringView text, FaultTally &faults);

/** ISO 8601 (date alone, blank for "T", offset, "Z" or none, any fraction, "24:00:00") or an epoch in digits, whose
 *  unit shows in its size; ms since 1970 UTC. Times to come are fine here. Counts NoZone and EpochUnit, not NoTime. */
std::optional<std::int64_t> readInstant(const QJsonValue &value, const ReadingRules &rules, FaultTally &faults);
std::optional<std::int64_t> instantIn(QStringView text, const ReadingRules &rules, FaultTally &faults);

/** When something was measured: an instant or an interval "a/b". Nothing, counted: no time or one to come. */
std::optional<TimeSpan> readTime(const QJsonValue &value, const ReadingRules &rules, FaultTally &faults);
std::optional<TimeSpan> timeIn(QStringView text, const ReadingRules &rules, FaultTally &faults);

/** A place in degrees. Outside of the world or at 0/0: nothing, counted. Exchanged axes show only where a region is
 *  known: the place is outside of it, but inside with the axes exchanged. */
std::optional<QPointF> checkPlace(double longitude, double latitude, const ReadingRules &rules, FaultTally &faults);
/** The same of numbers or texts; missing ones count as NoPlace. */
std::optional<QPointF> readPlace(const QJsonValue &longitude, const QJsonValue &latitude, const ReadingRules &rules,
                                 FaultTally &faults);
/** The place of a GeoJSON geometry or Feature; of lines and areas the middle of their box. */
std::optional<QPointF> readGeometry(const QJsonValue &geojson, const ReadingRules &rules, FaultTally &faults);

/** "good", "suspect", "invalid" and the like; Unchecked for all else. */
Quality readQuality(const QJsonValue &value);

/** One line of text for people, shortened, without control characters; numbers and truth values as texts, lists joined
 *  by commas, "" for objects. */
QString readText(const QJsonValue &value, qsizetype longest = longestSensorText);
/** An id as text: numbers without a fraction as whole numbers; "" where it is none or too long. */
QString readId(const QJsonValue &value);

/** A document with an object or array. NaN and Infinity, which are no JSON but come, are read as null. */
Result<QJsonDocument> readSensorJson(QByteArrayView bytes);

} // namespace hanseatlas
