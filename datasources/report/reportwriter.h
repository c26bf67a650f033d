// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"
#include "layers/report/report.h"

namespace hanseatlas
{

/** Writes the report as PDF (A4, text and vectors, the title in its properties; Qt writes no tags), JSON or, of its
 *  measures, CSV: by the path's ending. The file is whole or not there. */
Status writeReport(const QString &path, const ReportTemplate &form, const ReportInput &input, const CancelToken &token,
                   const Progress &progress = {});

} // namespace hanseatlas
