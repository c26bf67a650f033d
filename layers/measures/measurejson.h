// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measure.h"
#include "layers/model/result.h"

#include <QJsonObject>

#include <span>

/** A measure as JSON: what the program's own file holds, and what history, differences and conflicts compare. A field
 *  that says nothing (no text, no entries) is absent. */
namespace hanseatlas
{

/** How a field is written in a cell of a table. */
enum class CellKind { Text, Whole, Money, Date, List, Weights, Phase, Place, Json };

struct MeasureField {
    const char *key; ///< in JSON
    const char *title; ///< English source text, see fieldTitle()
    CellKind cell;
};

std::span<const MeasureField> measureFields(); ///< in the order of a table; "number" is the first
const MeasureField *measureField(QStringView key); ///< null: unknown
QString fieldTitle(const MeasureField &field); ///< translated

QJsonObject toJson(const Measure &measure);
/** Malformed where a value has the wrong type or is unknown, told with its field. Unknown members are an error, too:
 *  else they would be lost at the next writing. */
Result<Measure> measureFromJson(const QJsonObject &json);

QString phaseKey(MeasurePhase phase); ///< "done"
std::optional<MeasurePhase> phaseFromKey(const QString &key);
QString phaseTitle(MeasurePhase phase); ///< translated
inline constexpr int phaseCount = 8;

} // namespace hanseatlas
