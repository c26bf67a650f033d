// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measure.h"
#include "layers/model/geometry.h"

#include <functional>
#include <map>
#include <vector>

/** Measures on the map: where each stands, and which stand so close that they share a mark. */
namespace hanseatlas
{

struct MeasureSpot {
    PointXY place; ///< in the working CRS
    QString number;
    int field = 0; ///< of action; 0 = none
    MeasurePhase phase = MeasurePhase::NotReported;
    bool overdue = false;
};

/** The place of a Stadtteil by its name; nothing where it is not known. */
using DistrictPlace = std::function<std::optional<PointXY>(const QString &name)>;

/** One for each measure with a place of its own: a point on its line or area, or in its Stadtteil. Measures of the
 *  whole city, and those whose Stadtteil is not known, stand nowhere. In the order of the measures. */
std::vector<MeasureSpot> measureSpots(const QList<Measure> &measures, const DistrictPlace &districtPlace,
                                      const QDate &today);

/** What is drawn as one. */
struct MeasureMark {
    PointXY place; ///< of its first measure
    QStringList numbers; ///< never empty; in the order of the spots
    std::map<int, int> fields; ///< how many measures of each field
    std::optional<MeasurePhase> phase; ///< where all have the same
    int overdue = 0;
};

/** Marks that lie at least `distance` apart, in metres: what lies closer to one joins the nearest. The first spots
 * found marks, so the same spots always give the same ones. Linear in the number of spots; spots without a finite place
 *  are left out. distance > 0. */
std::vector<MeasureMark> clusterSpots(const std::vector<MeasureSpot> &spots, double distance);

} // namespace hanseatlas
