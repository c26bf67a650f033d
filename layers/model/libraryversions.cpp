// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/libraryversions.h"

#include <geos_c.h>
#include <proj.h>

namespace hanseatlas
{

QString projVersion()
{
    return QString::fromUtf8(proj_info().version);
}

QString geosVersion()
{
    // "3.13.1-CAPI-1.19.2": the second number is of no use to a reader.
    return QString::fromUtf8(GEOSversion()).section(u'-', 0, 0);
}

} // namespace hanseatlas
