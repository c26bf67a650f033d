// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/demo/city.h"
#include "layers/model/job.h"
#include "layers/model/result.h"

namespace hanseatlas::demo
{

/** All vectors of the city as one GeoPackage. */
Status writeCity(const City &city, const QString &path, CancelToken token, const Progress &progress);

} // namespace hanseatlas::demo
