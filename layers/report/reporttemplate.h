// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"
#include "layers/report/report.h"

namespace hanseatlas
{

/** All parts, in their order. */
ReportTemplate standardTemplate();

/** {"format": "hanseatlas-report", "version": 1, "title": …, "subtitle": …, "publisher": …, "contact": …,
 *  "parts": ["index", "overview", "fields", "changes", "duties", "sources"], "fields": [4, 5]}. What is missing is as
 * in the standard one; what is unknown is an error, since a part that somebody expects would be missing. `name`: of the
 *  file. */
Result<ReportTemplate> templateFromJson(const QByteArray &json, const QString &name);

} // namespace hanseatlas
