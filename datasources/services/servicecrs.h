// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/crs.h"

#include <QString>

namespace hanseatlas
{

/** The CRS that a service names: what Crs::fromText() knows, further spellings of CRS84, and codes of ESRI that are
 * given out as EPSG's ("EPSG:102100"). Invalid for "EPSG:0", "AUTO:42001" and the like. */
Crs serviceCrs(const QString &name);

/** URNs and URLs of the OGC ask for the axis order of the register; "EPSG:4326" means east first by custom (but not in
 * WMS 1.3.0). */
bool asksForRegisterOrder(QStringView name);

/** "urn:ogc:def:crs:EPSG::25832"; a name that is no EPSG's is returned as it is. */
QString crsUrn(const QString &name);
/** "http://www.opengis.net/def/crs/EPSG/0/25832", CRS84 likewise. */
QString crsUrl(const QString &name);

/** The box as four numbers "a,b,c,d", all digits that matter, no exponent, no locale; `northFirst` turns the axes. */
QString boxText(const Extent &box, bool northFirst);
QString numberText(double number);

} // namespace hanseatlas
