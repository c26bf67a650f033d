// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/climate.h"
#include "datasources/demo/isobands.h"
#include "datasources/demo/parallel.h"
#include "datasources/demo/tablewriter.h"

#include <QCoreApplication>
#include <QFile>

#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <numbers>
#include <optional>

using namespace Qt::StringLiterals;

namespace hanseatlas::demo
{

namespace
{

std::unexpected<Error> writeFailure(const QString &path)
{
    return failure(
        ErrorKind::Storage, QCoreApplication::translate("DemoCity", "The demo city cannot write “%1”.").arg(path),
        QCoreApplication::translate("DemoCity", "Is the disk full?"), QString::fromUtf8(CPLGetLastErrorMsg()));
}

struct Raster {
    const Grid &grid;
    QString name;
    const char *description;
    float stepsPerUnit = 16; ///< values are rounded: made-up ones need no more, and they pack well
    std::optional<double> nothing = {}; ///< the value that says that there is none
};

Status writeRaster(const Raster &raster, const QString &folder)
{
    const auto path = folder + u'/' + raster.name;
    const auto &grid = raster.grid;
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler); // what went wrong is in the result
    auto values = grid.values;
    for (auto &v : values)
        v = std::round(v * raster.stepsPerUnit) / raster.stepsPerUnit;
    // Overviews are made in memory: nothing is packed twice.
    auto *drivers = GetGDALDriverManager();
    GDALDatasetUniquePtr memory(
        drivers->GetDriverByName("MEM")->Create("", grid.columns, grid.rows, 1, GDT_Float32, nullptr));
    if (!memory)
        return writeFailure(path);
    double corner[6] = {grid.topLeft.x, grid.cell, 0, grid.topLeft.y, 0, -grid.cell};
    memory->SetGeoTransform(corner);
    OGRSpatialReference reference;
    reference.importFromEPSG(25832);
    memory->SetSpatialRef(&reference);
    memory->SetMetadataItem("TIFFTAG_IMAGEDESCRIPTION", raster.description);
    memory->SetMetadataItem("TIFFTAG_COPYRIGHT", "Demonstrationsdaten - demonstration data, made up");
    auto *band = memory->GetRasterBand(1);
    if (raster.nothing)
        band->SetNoDataValue(*raster.nothing);
    const std::array levels{2, 4, 8, 16};
    if (band->RasterIO(GF_Write, 0, 0, grid.columns, grid.rows, values.data(), grid.columns, grid.rows, GDT_Float32, 0,
                       0, nullptr)
            != CE_None
        || memory->BuildOverviews("AVERAGE", int(levels.size()), levels.data(), 0, nullptr, nullptr, nullptr)
            != CE_None)
        return writeFailure(path);
    CPLStringList options;
    options.SetNameValue("TILED", "YES");
    options.SetNameValue("COMPRESS", "DEFLATE");
    options.SetNameValue("ZLEVEL", "1");
    options.SetNameValue("PREDICTOR", "3");
    options.SetNameValue("COPY_SRC_OVERVIEWS", "YES");
    GDALDatasetUniquePtr file(drivers->GetDriverByName("GTiff")->CreateCopy(path.toUtf8().constData(), memory.get(),
                                                                            FALSE, options.List(), nullptr, nullptr));
    return file && file->Close() == CE_None ? Status() : Status(writeFailure(path));
}

struct AllClimate {
    Grid terrain;
    Noise noise;
    Heat heat;
    Rain rain;
};

/** Areas between limits; what lies below the first limit is left out. The last band is open at the top. */
struct Bands {
    QString name, title;
    const Grid &grid;
    std::vector<double> limits;
    double leastArea = 0; ///< m²
    std::vector<Shapes> bands = {}; ///< one for each limit
};

void makeBands(std::vector<Bands> &all)
{
    std::vector<std::pair<Bands *, std::size_t>> jobs;
    for (auto &layer : all) {
        layer.bands.resize(layer.limits.size());
        for (std::size_t i = 0; i < layer.limits.size(); ++i)
            jobs.emplace_back(&layer, i);
        const auto top = double(*std::ranges::max_element(layer.grid.values)) + 1;
        layer.limits.push_back(std::max(top, layer.limits.back() + 1));
    }
    parallelFor(int(jobs.size()), [&](int k) {
        auto [layer, i] = jobs[std::size_t(k)];
        layer->bands[i] = bandOf(layer->grid, layer->limits[i], layer->limits[i + 1], layer->leastArea);
    });
}

using Type = TableField::Type;

void writeBands(TableWriter &out, const Bands &layer, const QString &unit)
{
    out.beginLayer(layer.name, layer.title, GeometryKind::Polygon,
                   {{u"von"_s, Type::Real, u"von (%1)"_s.arg(unit)}, {u"bis"_s, Type::Real, u"bis (%1)"_s.arg(unit)}});
    for (std::size_t i = 0; i < layer.bands.size(); ++i)
        for (const auto &shape : layer.bands[i])
            out.add(polygonOf(shape), {layer.limits[i], layer.limits[i + 1]});
}

/** Depths for drawing areas: where they are left open in the water, edges come to lie on the shore. */
Grid toTheShore(Grid depth)
{
    for (auto &v : depth.values)
        if (v == noDepth)
            v = -15;
    return depth;
}

void writeColdAir(TableWriter &out, const std::vector<Path> &paths)
{
    out.beginLayer(u"kaltluftbahnen"_s, u"Kaltluftleitbahnen"_s, GeometryKind::Line,
                   {{u"laenge"_s, Type::Real, u"Länge (m)"_s}});
    for (const auto &path : paths)
        out.add(lineOf(path), {std::round(pathLength(path))});
    out.beginLayer(u"kaltluftpfeile"_s, u"Richtung der Kaltluft"_s, GeometryKind::Point,
                   {{u"richtung"_s, Type::Real, u"Strömt nach (° von Norden)"_s}});
    constexpr double spacing = 560;
    for (const auto &path : paths)
        for (double at = pathLength(path) - 20; at > spacing / 3; at -= spacing) {
            const auto station = stationAt(path, at);
            const auto degrees = std::atan2(station.direction.x, station.direction.y) * 180 / std::numbers::pi;
            out.add(pointOf(station.place), {std::round(degrees < 0 ? degrees + 360 : degrees)});
        }
}

Status writeVectors(const AllClimate &all, const QString &path, const CancelToken &token)
{
    const auto &[road, rail] = all.noise;
    const std::vector<double> wholeDay{55, 60, 65, 70, 75}, atNight{50, 55, 60, 65, 70};
    std::vector<Bands> noise{{u"laerm_strasse_lden"_s, u"Straßenlärm, L_DEN"_s, road.lden, wholeDay, 800},
                             {u"laerm_strasse_lnight"_s, u"Straßenlärm, L_night"_s, road.lnight, atNight, 800},
                             {u"laerm_schiene_lden"_s, u"Schienenlärm, L_DEN"_s, rail.lden, wholeDay, 800},
                             {u"laerm_schiene_lnight"_s, u"Schienenlärm, L_night"_s, rail.lnight, atNight, 800}};
    std::vector<Bands> heat{{u"hitze_pet"_s, u"PET um 14 Uhr"_s, all.heat.day, {18, 23, 29, 35, 41}, 2500}};
    const auto rare = toTheShore(all.rain.rare), extreme = toTheShore(all.rain.extreme);
    std::vector<Bands> rain{{u"regen_selten"_s, u"Wassertiefe, seltenes Ereignis"_s, rare, {5, 10, 50, 100}, 1500},
                            {u"regen_extrem"_s, u"Wassertiefe, extremes Ereignis"_s, extreme, {5, 10, 50, 100}, 1500},
                            {u"senken"_s, u"Senken"_s, all.rain.sinks, {30, 60, 100}, 300}};
    TableWriter out(path, token);
    makeBands(noise);
    for (const auto &layer : noise)
        writeBands(out, layer, u"dB(A)"_s);
    makeBands(heat);
    writeBands(out, heat[0], u"°C"_s);
    makeBands(rain);
    for (const auto &layer : rain)
        writeBands(out, layer, u"cm"_s);
    writeColdAir(out, all.heat.coldAir);
    out.beginLayer(u"fliesswege"_s, u"Fließwege"_s, GeometryKind::Line,
                   {{u"einzugsgebiet_ha"_s, Type::Real, u"Einzugsgebiet (ha)"_s}});
    for (const auto &flow : all.rain.flows)
        out.add(lineOf(flow.path), {std::round(flow.catchment / 1000) / 10});
    return out.finish();
}

} // namespace

Status writeClimate(const City &city, const QString &folder, CancelToken token, const Progress &progress)
{
    std::mutex telling;
    int done = 0;
    const auto step = [&] {
        const std::scoped_lock lock(telling);
        report(progress, ++done / 14.0);
    };
    const auto cover = makeCover(city);
    AllClimate all{.terrain = makeTerrain(cover), .noise = {}, .heat = {}, .rain = {}};
    step();
    parallelFor(3, [&](int i) {
        if (token.stop_requested())
            return;
        if (i == 0)
            all.rain = makeRain(city, cover, all.terrain);
        else if (i == 1)
            all.noise = makeNoise(city, cover);
        else
            all.heat = makeHeat(city, cover, all.terrain);
        step();
    });
    if (token.stop_requested())
        return cancelled();
    const Raster rasters[] = {
        {all.terrain, u"gelaende.tif"_s, "Terrain, m", 256},
        {all.noise.road.lden, u"laerm_strasse_lden.tif"_s, "Road noise, L_DEN, dB(A)"},
        {all.noise.road.lnight, u"laerm_strasse_lnight.tif"_s, "Road noise, L_night, dB(A)"},
        {all.noise.rail.lden, u"laerm_schiene_lden.tif"_s, "Railway noise, L_DEN, dB(A)"},
        {all.noise.rail.lnight, u"laerm_schiene_lnight.tif"_s, "Railway noise, L_night, dB(A)"},
        {all.heat.day, u"hitze_pet.tif"_s, "PET at 14:00, degrees Celsius"},
        {all.heat.night, u"hitze_nacht.tif"_s, "Air temperature at 04:00, degrees Celsius"},
        {all.rain.rare, u"regen_selten.tif"_s, "Water depth, rare event, cm", 16, noDepth},
        {all.rain.extreme, u"regen_extrem.tif"_s, "Water depth, extreme event, cm", 16, noDepth},
    };
    std::array<Status, 1 + std::size(rasters)> results;
    parallelFor(int(results.size()), [&](int i) {
        if (token.stop_requested())
            return;
        results[std::size_t(i)] =
            i == 0 ? writeVectors(all, folder + "/klima.gpkg"_L1, token) : writeRaster(rasters[i - 1], folder);
        step();
    });
    if (token.stop_requested())
        return cancelled();
    for (auto &result : results)
        if (!result)
            return std::move(result);
    return {};
}

} // namespace hanseatlas::demo
