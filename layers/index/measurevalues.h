// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/indicator.h"
#include "layers/measures/measure.h"

#include <QHash>

namespace hanseatlas
{

/** What an indicator says at one time, and where that comes from. */
struct IndicatorValue {
    double value = 0;
    QString period; ///< for people: "2025", "23.11.2026"
    QString source;
    QString licence;
    bool demo = false; ///< made up
    bool operator==(const IndicatorValue &) const = default;
};

/** Values by indicator's id: of those whose source are the measures, in percent. "progress" is the mean of what is
 *  stated; where nobody states any there are no data. "reported" is the share of measures with a status. */
QHash<QString, IndicatorValue> valuesFromMeasures(const IndexDefinition &definition, const QList<Measure> &measures,
                                                  const QString &period, const QString &source);

/** One column of values as the calculation wants them, formulas worked out. `notes` gets what could not be, for
 *  people. */
IndexValues columnOf(const IndexDefinition &definition, const QString &area,
                     const QHash<QString, IndicatorValue> &values, QStringList &notes);

} // namespace hanseatlas
