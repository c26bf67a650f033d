// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/crs.h"

#include <QLocale>
#include <QString>

#include <optional>

namespace hanseatlas
{

/** How degrees are written. Metres have one form. */
enum class DegreeForm { Decimal, MinutesSeconds };

/** A place as people write it: "E 611 234.5  N 5 969 876.2", "53.86553° N  10.68662° E", "53° 51′ 55.9″ N  10°
 * 41′ 11.8″ E". Numbers as in the locale; spaces do not break. `place` is in `crs`. */
QString coordinateText(PointXY place, const Crs &crs, DegreeForm form, const QLocale &locale);

/** Reads what coordinateText() writes and what people type or paste: with or without letters for the directions,
 * decimal point or comma, degrees with or without minutes and seconds, with the zone before the easting ("32 611234").
 * Without letters metres are east before north, degrees north before east, as is usual for each. Nothing if it is no
 * place. */
std::optional<PointXY> parseCoordinates(const QString &text, const Crs &crs);

/** Reads "1:5000", "1 : 5.000", "5 000", "1/5000", "5,000": the denominator. Nothing if it is no scale. */
std::optional<double> parseScale(const QString &text, const QLocale &locale);

} // namespace hanseatlas
