// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/sensors/reading.h"

#include <QUrl>

/** Measurements of citizens, sensor.community, airrohr API version 1. Pure.
 *
 *  A location is a Thing by its number, as several sensors hang at one window; series are "sensor/P1". Times are UTC
 *  without a zone, all numbers are texts. */
namespace hanseatlas
{

/** The last five minutes around a place; `root`: "https://data.sensor.community/airrohr/v1". */
QUrl sensorCommunityUrl(const QUrl &root, double longitude, double latitude, double kilometres);

/** Sensors indoors come without a place, so that no map shows them. What lies at the end of the range of a dust
 *  sensor is doubtful. */
Result<SensorAnswer> parseSensorCommunity(const QByteArray &bytes, ReadingRules rules);

} // namespace hanseatlas
