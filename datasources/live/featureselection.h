// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/wfsfilter.h"
#include "layers/model/crs.h"
#include "layers/model/result.h"

#include <QJsonObject>

/** Which objects of a layer a SourceRef wants. Pure.
 *
 *  options.filter: [{"field": "art", "is": "=", "value": "Kita"}, …]; all of them must hold. "is" is one of =, <>, <,
 * <=,
 *  >, >=, like (with * and ?), empty, filled; the last two have no value. A value is a text, a number, true or false,
 * or a date as {"date": "2024-05-01"}. options.extent: {"box": [west, south, east, north], "crs": "EPSG:25832"}; what
 * touches it.
 */
namespace hanseatlas
{

struct FeatureSelection {
    FilterRule filter; ///< empty = all
    Extent extent; ///< empty = everywhere
    Crs extentCrs = Crs::working();
};

/** Malformed where an option is there but cannot be understood: more than was wanted must not come unseen. */
Result<FeatureSelection> featureSelection(const QJsonObject &options);

} // namespace hanseatlas
