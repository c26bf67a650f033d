// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/source.h"

#include <QString>

/** What a source's description says, in words and numbers for people. */
namespace hanseatlas::texts
{

QString kind(const LayerDescription &description); ///< "Areas (MultiPolygon)", "Raster, 3 bands"
QString count(const LayerDescription &description); ///< "1 234", or the size of a raster; "" = not known
QString
crs(const LayerDescription &description); ///< "EPSG:25832 – ETRS89 / UTM zone 32N", with a word where it is guessed
QString extent(const Extent &extent, const Crs &crs);
QString fieldType(FieldType type);
QString shortCrs(const Crs &crs); ///< "EPSG:25832", else the name

} // namespace hanseatlas::texts
