// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/strategyfacts.h"

#include <QHash>

/** What is wrong with measures, said with number and field. */
namespace hanseatlas
{

struct MeasureFinding {
    QString number;
    QString field; ///< key, see measureFields()
    QString text; ///< translated
    bool operator==(const MeasureFinding &) const = default;
};

/** Of the measure alone: its parent's being there is not looked at. */
QList<MeasureFinding> findingsOf(const Measure &measure, const StrategyFacts &facts);

/** Number → parent's number ("" = none) of all measures: unknown parents and circles among those asked for. */
QList<MeasureFinding> treeFindings(const QHash<QString, QString> &parents, const QStringList &asked);

/** Invalid with the first findings as text; fine where there are none. */
Status noFindings(const QList<MeasureFinding> &findings);

} // namespace hanseatlas
