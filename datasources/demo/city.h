// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/demo/cellgrid.h"
#include "datasources/demo/plan.h"
#include "datasources/demo/plane.h"
#include "layers/model/job.h"
#include "layers/model/result.h"

#include <QDate>
#include <QString>

#include <cstdint>
#include <vector>

/** The demo city as plain values, EPSG:25832, metres. Made step by step by the functions below; each takes what stands
 *  before it and adds its own. All of it is made up. */
namespace hanseatlas::demo
{

/** The day that dates of the demo city count from. Fixed: the city is the same whenever it is made. */
inline const QDate demoDay{2026, 10, 1};

struct WaterBody {
    QString name;
    QString kind; ///< "Meer", "Fluss", "Kanal", "See", "Hafen", "Bach"
    Shapes shapes;
};
struct WaterAxis {
    QString name;
    Path path;
    double width = 0; ///< mean, m
};
struct District {
    QString number, name;
    Shapes shapes;
};
struct Road {
    RoadKind kind = RoadKind::Residential;
    QString name;
    Path path;
    double halfWidth = 5; ///< from the middle to the lots, m
};
struct Rail {
    bool main = true;
    QString name;
    Path path;
};
/** A named piece of green, traffic or special ground. */
struct Area {
    AreaKind kind = AreaKind::Park;
    QString name;
    Shape shape;
};
/** A built-up quarter without main roads, railways and water: streets and blocks together. */
struct Piece {
    QuarterKind kind = QuarterKind::Detached;
    QString quarter;
    Shape shape; ///< in the drawing, before warped()
};
enum class BlockUse { Buildings, Green, Playground, School, Parking, Square };
/** The land between streets. */
struct Block {
    QuarterKind kind = QuarterKind::Detached;
    BlockUse use = BlockUse::Buildings;
    QString quarter;
    Ring ring; ///< counter-clockwise
    std::uint64_t seed = 0;
};
enum class BuildingUse {
    House,
    RowHouse,
    Flats,
    OldTownHouse,
    Mixed,
    Shop,
    Office,
    Hall,
    Farm,
    Garage,
    Shed,
    Public,
    School,
    Church,
    Hospital
};
struct Building {
    BuildingUse use = BuildingUse::House;
    Ring ring;
    double height = 6; ///< m
    int storeys = 2;
    int year = 1960;
    int block = -1; ///< index into City::blocks
    int district = 0; ///< index into City::districts
    QString name; ///< landmarks
};
struct Field {
    QString kind; ///< "Ackerland", "Grünland", "Brache", "Grünfläche"
    int tone = 0; ///< 0 … 3, so that neighbours differ a little
    Shape shape;
};
struct Tree {
    PointXY place;
    QString species;
    int planted = 1980;
    double crown = 6; ///< m
    QString site; ///< "Straßenbaum", "Parkbaum", "Friedhof"
    int district = 0;
};
struct Grave {
    Ring ring;
    QString number, kind, state, stateKey, holder, section, cemetery;
    QDate checked, nextCheck, useEnds;
    QString checkKey; ///< "überfällig", "in 3 Monaten" …
};
struct GraveSection {
    QString cemetery, number, kind;
    Ring ring;
    int graves = 0;
};
struct Service {
    QString kind; ///< symbol name: "kita", "school", "counselling" …
    QString offer, name, provider, address, hours, audience;
    PointXY place;
    int district = 0;
    bool barrierFree = false;
};
struct Furniture {
    QString kind; ///< "Trinkbrunnen", "Bank"
    QString name, state;
    PointXY place;
    int district = 0;
    bool shaded = false;
};

struct City {
    std::vector<WaterBody> waters;
    std::vector<WaterAxis> waterAxes;
    Shapes water; ///< all of it, united
    CellGrid<std::int8_t> districtCells{10, -1}; ///< index of the district, -1 outside
    CellGrid<std::uint8_t> waterCells{10, 0}; ///< 1 in water
    std::vector<District> districts;
    Shapes outline;
    std::vector<Road> roads;
    Shapes roadSurface; ///< motorways and main roads
    std::vector<Rail> rails;
    std::vector<Area> areas;
    std::vector<Area> neighbours;
    std::vector<Piece> pieces;
    std::vector<Shape> settlement; ///< the pieces, warped
    std::vector<Block> blocks;
    std::vector<Building> buildings;
    std::vector<Field> fields;
    std::vector<Path> hedges; ///< "Knicks", the hedge banks along the fields
    std::vector<Path> paths; ///< footpaths in parks and cemeteries
    std::vector<Tree> trees;
    std::vector<GraveSection> sections;
    std::vector<Grave> graves;
    std::vector<Service> services;
    std::vector<Furniture> furniture;
};

/** Moves a place of the drawing a few metres, smoothly, so that straight lines become streets; not in the old town and
 *  not at the edge of the box. */
PointXY warped(PointXY p);
Path warped(const Path &path, bool closed);
Shape warped(const Shape &shape);

/** All steps below, in order. */
Status growCity(City &city, CancelToken token, const Progress &progress);

/** Water, districts, main roads, railways, named areas and the pieces that are built on. */
void makeGround(City &city);
/** Streets and blocks of all pieces. */
void makeBlocks(City &city);
void makeOldTown(City &city);
/** Fields and hedges in what is left. */
void makeFields(City &city);
/** Needs districts; runs on two threads. */
void makeBuildings(City &city);
void makeLandmarks(City &city);
void makeTrees(City &city);
void makeCemeteries(City &city);
void makeServices(City &city);

/** How much of the 100 m around a place is built up, 0 … 1; coarse. */
class BuiltUp
{
public:
    explicit BuiltUp(const City &city);
    double at(PointXY p) const;

private:
    static constexpr double cell = 100;
    int m_columns = 0, m_rows = 0;
    std::vector<float> m_share;
};

int districtAt(const City &city, PointXY p); ///< index; -1 outside; to 10 m
bool isWater(const City &city, PointXY p); ///< to 10 m

} // namespace hanseatlas::demo
