// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/sensors/reading.h"

#include <QUrl>

/** Water levels of the federal waterways, PEGELONLINE REST API version 2. Pure.
 *
 *  A gauge is a Thing by its uuid; its series are "uuid/W", "uuid/Q" … */
namespace hanseatlas
{

inline constexpr std::int64_t pegelonlineHistory = 31LL * 24 * 3600 * 1000; ///< ms; it keeps no more

/** "https://www.pegelonline.wsv.de/webservices/rest-api/v2" as `root`; all gauges of `waters` ("TRAVE", "OSTSEE"), or
 *  of the country where it is empty, each with its series, latest and characteristic values. */
QUrl pegelonlineStationsUrl(const QUrl &root, const QStringList &waters = {});
/** The values of a series since `from` (ms), at most pegelonlineHistory before `now`. */
QUrl pegelonlineMeasurementsUrl(const QUrl &root, const QString &stream, std::int64_t from, std::int64_t now);

/** Gauges, also a single one. The zero of the gauge is a property ("gaugeZero.W": "-5.000 m. ü. NHN"). */
Result<SensorAnswer> parsePegelonlineStations(const QByteArray &bytes, const ReadingRules &rules);
Result<SensorAnswer> parsePegelonlineMeasurements(const QByteArray &bytes, const QString &stream,
                                                  const ReadingRules &rules);

} // namespace hanseatlas
