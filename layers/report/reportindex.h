// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/measurevalues.h"
#include "layers/report/report.h"

namespace hanseatlas
{

/** The index of the city as a report tells it. Errors as indexScores(). `notes` gets what could not be worked out. */
Result<ReportIndex> reportIndex(const IndexDefinition &definition, const StrategyFacts &facts,
                                const QHash<QString, IndicatorValue> &values, QStringList &notes);

} // namespace hanseatlas
