// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/extent.h"

#include <QString>

#include <vector>

/** The drawing that the demo city grows from: where water, main roads, railways, districts and quarters lie, roughly as
 *  in Lübeck. Metres east and north of `planOrigin` (EPSG:25832); curves run smoothly through the points. */
namespace hanseatlas::demo
{

inline constexpr PointXY planOrigin{600000, 5960000};
/** What the demo city fills, EPSG:25832. */
inline constexpr Extent cityBox{602900, 5961000, 624900, 5984400};
/** The middle of the old town island, EPSG:25832. */
inline constexpr PointXY oldTownCentre{611000, 5969920};

enum class RoadKind { Motorway, Primary, Secondary, Collector, Residential };
enum class AreaKind { Lake, Forest, Park, Cemetery, Allotments, Airfield, Campus, RailYard, Neighbour };
enum class QuarterKind { OldTown, Perimeter, Villas, Detached, Rows, Slabs, Industry, Harbour, Commerce };
enum class LandmarkKind { Church, TownHall, Gate, Theatre, Station, Hall, School, Hospital };

struct RiverPlan {
    struct Point {
        double x = 0, y = 0, width = 0;
    };
    QString name;
    std::vector<Point> points;
};
struct AreaPlan {
    AreaKind kind;
    QString name;
    std::vector<PointXY> points;
};
struct DistrictPlan {
    QString number; ///< "01" … "10"
    QString name;
    std::vector<PointXY> seeds; ///< places that lie in it
};
struct RoadPlan {
    RoadKind kind;
    QString name;
    std::vector<PointXY> points;
};
struct RailPlan {
    bool main = true;
    QString name;
    std::vector<PointXY> points;
};
struct QuarterPlan {
    QuarterKind kind;
    QString name;
    std::vector<PointXY> points;
};
struct LandmarkPlan {
    LandmarkKind kind;
    QString name;
    PointXY place;
    double length = 0, depth = 0;
};

std::vector<RiverPlan> riverPlans();
std::vector<AreaPlan> lakePlans();
std::vector<PointXY> cityOutline();
std::vector<DistrictPlan> districtPlans();
std::vector<std::vector<PointXY>> districtLines(); ///< cut the city into its districts
std::vector<RoadPlan> roadPlans();
std::vector<RailPlan> railPlans();
std::vector<AreaPlan> areaPlans(); ///< earlier ones win where they overlap, and over quarters
std::vector<QuarterPlan> quarterPlans(); ///< earlier ones win where they overlap
std::vector<AreaPlan> neighbourPlans(); ///< towns outside, drawn plainly
std::vector<RoadPlan> oldTownStreets();
std::vector<LandmarkPlan> landmarkPlans();

} // namespace hanseatlas::demo
