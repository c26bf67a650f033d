// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/report/report.h"

namespace hanseatlas
{

/** The report as the part of HTML that QTextDocument knows: headings, paragraphs, tables with head rows, so that the
 *  order of reading is that of the text. All texts from outside are escaped. Numbers and dates obey the locale. */
QString reportHtml(const ReportTemplate &form, const ReportInput &input);

/** For open data: {"format": "hanseatlas-report-data", …} with the index, goals, indicators and the counts of measures
 * by field and phase. No locale. */
QByteArray reportJson(const ReportTemplate &form, const ReportInput &input);

/** How many measures are in which phase: of all, or of a field. */
struct PhaseCounts {
    QList<int> byPhase; ///< indexed by MeasurePhase
    int all = 0;
    int reported = 0; ///< somebody has said how far it is
    std::optional<double> meanProgress; ///< of those that state one, percent
};
PhaseCounts phaseCounts(const QList<Measure> &measures, int field = 0);

} // namespace hanseatlas
