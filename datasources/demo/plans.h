// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/demo/city.h"
#include "datasources/xplan/xplanwriter.h"
#include "layers/model/job.h"

namespace hanseatlas::demo
{

/** The demo city's B-plans: each covers some blocks of a quarter, the streets between them included. */
std::vector<XplanPlanDraft> makePlans(const City &city);

/** One XPlanGML file a plan, named after its number, in `folder`, which is made. */
Status writePlans(const City &city, const QString &folder, CancelToken token);

} // namespace hanseatlas::demo
