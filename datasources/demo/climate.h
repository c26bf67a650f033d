// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/demo/city.h"
#include "datasources/demo/grid.h"
#include "layers/model/job.h"
#include "layers/model/result.h"

/** What fills the demo city's space: terrain, noise, heat, rain. Plausible in shape, made up in value. */
namespace hanseatlas::demo
{

/** Metres above sea level; water 0. Cells of 20 m. */
Grid makeTerrain(const City &city);

/** Sound level of roads and railways, dB(A): fades with distance, and faster among buildings. Cells of 20 m.
 *  L_DEN, or with `night` L_night. */
Grid makeNoise(const City &city, bool night);

struct Heat {
    Grid day; ///< physiologically equivalent temperature at 14:00, °C
    Grid night; ///< air temperature at 04:00, °C
    std::vector<Path> coldAir; ///< ways of cold air into the city, downstream
};
/** Cells of 20 m. */
Heat makeHeat(const City &city, const Grid &terrain);

struct Rain {
    Grid rare; ///< water depth, cm
    Grid extreme; ///< water depth, cm
    Grid sinks; ///< depth of hollows without outlet, cm
    struct Flow {
        Path path; ///< downstream
        double catchment = 0; ///< m² at its end
    };
    std::vector<Flow> flows;
};
/** Sinks are found by flooding the terrain from its edges and the water; cells of 20 m. */
Rain makeRain(const City &city, const Grid &terrain);

/** Makes all of them and writes gelaende.tif, laerm_lden.tif, laerm_lnight.tif, hitze_pet.tif, hitze_nacht.tif,
 * regen_selten.tif, regen_extrem.tif and klima.gpkg with the bands and lines (laerm_lden, laerm_lnight, hitze_pet,
 * kaltluftbahnen, fliesswege, senken) into the folder. */
Status writeClimate(const City &city, const QString &folder, CancelToken token, const Progress &progress = {});

} // namespace hanseatlas::demo
