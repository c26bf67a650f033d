// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"
#include "layers/model/source.h"
#include "widgets/charts/districtmap.h"

#include <QList>

/** Stadtteile as outlines of a source, and a layer of the map that is coloured by their scores. */
namespace hanseatlas
{

inline constexpr QLatin1StringView districtSetting{"dashboard/districts"}; ///< in the program's settings

struct DistrictArea {
    QString name;
    Geometry shape; ///< a polygon in the working CRS
};

/** The areas of the source by the name that they have in its field called “name”, “Stadtteil” or alike, else in its
 * first text. Blocking. */
Result<std::vector<DistrictArea>> readDistricts(const SourceOpener &opener, const SourceRef &ref, CancelToken token);

/** Where the Stadtteile come from: the layer that the user has chosen for them, else those of the demo city where that
 * is wanted. Without location: nowhere. */
SourceRef districtSource(const QString &settingsFile, bool demo);

/** For the small map; simplified to what can be seen there. */
QList<DistrictShape> shapesOf(const std::vector<DistrictArea> &areas);

/** Values to be coloured, as they stand at the moment. */
struct DistrictScores {
    QString title; ///< of the layer
    QString unit;
    bool demo = false;
    QString source, licence;
    QList<DistrictValue> values;
};

/** Writes the areas with their values as GeoJSON (EPSG:25832). The file is whole or not there. */
Status writeDistricts(const QString &path, const std::vector<DistrictArea> &areas, const DistrictScores &scores);
/** A node for that file: five even classes, what has no value is hatched. */
LayerNode districtNode(const QString &path, const DistrictScores &scores);

} // namespace hanseatlas
