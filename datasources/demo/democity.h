// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"
#include "layers/model/result.h"

#include <QString>

namespace hanseatlas
{

/** The demo city: an invented Lübeck at its true place (EPSG:25832), made by the program. The folder holds city.gpkg
 *  (vectors), fields.gpkg and *.tif (noise, heat, heavy rain, heights), XPlanGML 6.0 files in bplan and demo.json,
 * which names the version. All of it says that it is demonstration data. */

/** Does the folder hold a whole demo city of this program's version? */
bool demoCityReady(const QString &folder);

/** Makes it, always the same. Written beside the folder and moved into place, so that there is never half a city; an
 *  older version there is replaced. Takes some seconds on all cores. Cancelling leaves everything as it was. */
Status makeDemoCity(const QString &folder, CancelToken token, const Progress &progress = {});

} // namespace hanseatlas
