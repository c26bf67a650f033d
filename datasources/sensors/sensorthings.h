// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/sensors/reading.h"

#include <QHash>
#include <QStringList>
#include <QUrl>

/** OGC SensorThings 1.1 (18-088) and 1.0: builds questions and reads answers. Pure.
 *
 *  Ids are kept as they stand in addresses: 12 or 'a-b' with its quotes, so that a number and a text differ. A
 *  MultiDatastream becomes one Datastream for each of its results, "multi:12:0", "multi:12:1" … */
namespace hanseatlas
{

struct SensorThingsQuery {
    QString filter; ///< OData's, of Things; may be empty
    std::optional<QRectF> region; ///< x = longitude
    int page = 100; ///< Things in an answer
    bool latest = true; ///< with the latest value of each Datastream: dear for the server, so ask for small pages
    bool multiDatastreams = false; ///< not every server has them
};

/** `root` is the address with the version, "https://iot.hamburg.de/v1.1", with or without a slash at its end. */
QUrl sensorThingsUrl(const QUrl &root, const SensorThingsQuery &query);

inline constexpr qsizetype datastreamsInBatch = 20; ///< more make servers slow and addresses too long

/** Asks for the latest value of these Datastreams, in small batches. */
QList<QUrl> sensorThingsLatestUrls(const QUrl &root, const QStringList &streams);

/** Asks for the values of a Datastream with from ≤ time < until (ms), oldest first. `compact`: as dataArray. */
QUrl sensorThingsHistoryUrl(const QUrl &root, const QString &stream, std::int64_t from, std::int64_t until,
                            int page = 1000, bool compact = true);

/** Topics to subscribe to, one for each (Multi)Datastream: "v1.1/Datastreams(12)/Observations". */
QStringList sensorThingsTopics(const QStringList &streams, const QString &version = QStringLiteral("v1.1"));

/** Answers page on several levels: `answer.next` are more of what was asked for, the others belong to one parent. */
struct SensorThingsPage {
    SensorAnswer answer;
    std::int64_t total = -1; ///< @iot.count; -1 = not told
    QHash<QString, QString> moreDatastreams; ///< address of the next page by Thing
    QHash<QString, QString> moreObservations; ///< by Datastream; with $top=1 always there, and nothing to follow
};

/** All addresses in answers are brought to the server that was asked at `asked`: servers behind proxies write wrong
 *  ones of themselves, and no answer may send us elsewhere. */

Result<SensorThingsPage> parseSensorThings(const QByteArray &bytes, const QUrl &asked, const ReadingRules &rules);

/** A page of Datastreams with their latest values; of `owner`, or of nobody in particular where it has no id. */
Result<SensorThingsPage> parseSensorThingsDatastreams(const QByteArray &bytes, const QUrl &asked, const Thing &owner,
                                                      const ReadingRules &rules);

/** A page of Observations of `stream`, also as dataArray (which may name other Datastreams). */
Result<SensorAnswer> parseSensorThingsObservations(const QByteArray &bytes, const QUrl &asked, const QString &stream,
                                                   const ReadingRules &rules);

/** One Observation as it comes by MQTT. Its Datastream is named by the topic, else by the payload. */
Result<SensorAnswer> parseSensorThingsMessage(const QByteArray &payload, const QString &topic,
                                              const ReadingRules &rules);

} // namespace hanseatlas
