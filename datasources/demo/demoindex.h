// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/indexrecords.h"
#include "layers/index/indicator.h"
#include "layers/measures/measure.h"

namespace hanseatlas
{

/** Invented values of twenty years for most of the indicators that somebody would deliver, in the Stadtteile of the
 * demo city; always the same for the same day. Their origin says that they are made up. */
IndexRecords demoIndexRecords(const IndexDefinition &definition, const QDate &today);

/** The measures with invented reports of three years; always the same for the same day. For showing only: never to be
 * stored. */
QList<Measure> demoMeasures(QList<Measure> measures, const QDate &today);

} // namespace hanseatlas
