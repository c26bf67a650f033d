// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/sheetfile.h"
#include "layers/measures/measurejson.h"
#include "layers/measures/strategyfacts.h"

#include <QJsonValue>

#include <expected>

/** Fields of measures as texts in the cells of a table, and back. */
namespace hanseatlas
{

/** German, as the city's open data are: "Nummer". */
QString columnName(const MeasureField &field);
/** By key, by German or translated name; case and blanks do not count. Null: unknown. */
const MeasureField *fieldOfColumn(const QString &name);

/** "" where the field says nothing. The same on every machine: dates ISO, numbers with a point. */
QString cellText(const QJsonValue &value, const MeasureField &field);
/** Undefined for an empty cell; the reason in words where it cannot be read. Takes dates in German and ISO form and
 *  numbers in German and English form. */
std::expected<QJsonValue, QString> cellValue(const QString &text, const MeasureField &field,
                                             const StrategyFacts &facts);

/** The number of bytes of a place is bounded; "" or an empty array where it cannot be read. */
QString wktOf(const QByteArray &wkb);
QByteArray wkbOf(const QString &wkt);

} // namespace hanseatlas
