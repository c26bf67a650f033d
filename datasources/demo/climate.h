// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/demo/city.h"
#include "datasources/demo/grid.h"
#include "layers/model/job.h"
#include "layers/model/result.h"

/** What fills the demo city's space: terrain, noise, heat, rain. Plausible in shape, made up in value. All grids have
 *  cells of 20 m. */
namespace hanseatlas::demo
{

/** What the ground is covered with, for all that follows. */
struct Cover {
    Grid water; ///< 1 in water, else 0
    Grid built; ///< share under roofs, 0 … 1
};
Cover makeCover(const City &city);

/** Metres above sea level; water 0. */
Grid makeTerrain(const Cover &cover);

/** Sound levels, dB(A): they fade with distance, and faster among buildings. Apart by source, as the maps of the
 *  Environmental Noise Directive are. */
struct Noise {
    struct Levels {
        Grid lden, lnight;
    };
    Levels road, rail;
};
Noise makeNoise(const City &city, const Cover &cover);

struct Heat {
    Grid day; ///< physiologically equivalent temperature at 14:00, °C
    Grid night; ///< air temperature at 04:00, °C
    std::vector<Path> coldAir; ///< ways of cold air into the built-up areas, downstream
};
Heat makeHeat(const City &city, const Cover &cover, const Grid &terrain);

/** Where there is water anyway, no depth is told. */
constexpr float noDepth = -9999;

struct Rain {
    Grid rare; ///< water depth, cm, or noDepth
    Grid extreme; ///< water depth, cm, or noDepth
    Grid sinks; ///< depth of hollows without outlet, cm; 0 in water
    struct Flow {
        Path path; ///< downstream
        double catchment = 0; ///< m² at its end
    };
    std::vector<Flow> flows;
};
/** Sinks are found by flooding the terrain from its edges and the water. */
Rain makeRain(const City &city, const Cover &cover, const Grid &terrain);

/** Makes all of them and writes into the folder gelaende.tif, laerm_{strasse,schiene}_{lden,lnight}.tif, hitze_pet.tif,
 *  hitze_nacht.tif, regen_selten.tif, regen_extrem.tif, and klima.gpkg with bands and lines: the four of noise,
 *  hitze_pet, regen_selten, regen_extrem, senken, kaltluftbahnen, kaltluftpfeile (places on
 *  them and where they lead), fliesswege. */
Status writeClimate(const City &city, const QString &folder, CancelToken token, const Progress &progress = {});

} // namespace hanseatlas::demo
