// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

/** Units as sources write them and as UCUM does. */
namespace hanseatlas
{

/** "°C" → "Cel", "µg/m³" → "ug/m3", "dB(A)" → "dB[A]", "Prozent" → "%"; also the code itself, the last word of an
 *  address ("…/Instances.html#Watt") and "ucum:Cel". "" where the unit is none or not known. "C" and "F" alone are
 *  not known: coulomb and farad have them, too. */
QString ucumOf(QStringView text);

/** UN/CEFACT Recommendation 20 as NGSI-LD's unitCode has it: "CEL" → "Cel", "GQ" → "ug/m3"; falls back to ucumOf(). */
QString ucumOfCommonCode(QStringView code);

/** The value in another unit (UCUM codes); nothing where the units measure different things or are not known. */
std::optional<double> convertUnit(double value, const QString &from, const QString &to);

} // namespace hanseatlas
