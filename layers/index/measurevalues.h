// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/indexcube.h"
#include "layers/index/indicator.h"
#include "layers/measures/measure.h"

#include <QHash>

#include <vector>

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

/** What a source of the kind Measures says by month, from `first` to that of `today`: before that month from the
 * reports alone, as they stood at the month's end; in it what is stated now. NaN before the first report and where
 * nobody states anything. Without any report only the last month has a value. */
std::vector<double> courseFromMeasures(const IndicatorSource &source, const QList<Measure> &measures, int first,
                                       const QDate &today);

/** Values of the whole city in one month by indicator's id, with what the records say of where they come from. Those
 * that are worked out of the measures have `measuresSource`; formulas are left out: columnOf() works them out. */
QHash<QString, IndicatorValue> valuesFromCube(const IndexDefinition &definition, const IndexCube &cube,
                                              const IndexRecords &records, int month, const QString &measuresSource);

/** One column of values as the calculation wants them, formulas worked out. `notes` gets what could not be, for
 *  people. */
IndexValues columnOf(const IndexDefinition &definition, const QString &area,
                     const QHash<QString, IndicatorValue> &values, QStringList &notes);

} // namespace hanseatlas
