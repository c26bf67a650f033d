// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/climate.h"
#include "datasources/demo/isobands.h"
#include "datasources/demo/parallel.h"

#include <QCoreApplication>
#include <QFile>

#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <thread>

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

OGRSpatialReference workingReference()
{
    OGRSpatialReference reference;
    reference.importFromEPSG(25832);
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    return reference;
}

GDALDatasetUniquePtr inMemory(const Grid &grid)
{
    GDALDatasetUniquePtr dataset(
        GetGDALDriverManager()->GetDriverByName("MEM")->Create("", grid.columns, grid.rows, 1, GDT_Float32, nullptr));
    double corner[6] = {grid.topLeft.x, grid.cell, 0, grid.topLeft.y, 0, -grid.cell};
    dataset->SetGeoTransform(corner);
    const auto reference = workingReference();
    dataset->SetSpatialRef(&reference);
    if (dataset->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, grid.columns, grid.rows,
                                            const_cast<float *>(grid.values.data()), grid.columns, grid.rows,
                                            GDT_Float32, 0, 0, nullptr)
        != CE_None)
        return nullptr;
    return dataset;
}

Status writeRaster(const Grid &grid, const QString &path, const char *description)
{
    const auto memory = inMemory(grid);
    auto *driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    CPLStringList options;
    options.SetNameValue("TILED", "YES");
    options.SetNameValue("COMPRESS", "DEFLATE");
    options.SetNameValue("ZLEVEL", "1");
    options.SetNameValue("PREDICTOR", "3");
    options.SetNameValue("NUM_THREADS", "2");
    GDALDatasetUniquePtr file(
        memory ? driver->CreateCopy(path.toUtf8().constData(), memory.get(), FALSE, options.List(), nullptr, nullptr)
               : nullptr);
    if (!file)
        return writeFailure(path);
    file->SetMetadataItem("TIFFTAG_IMAGEDESCRIPTION", description);
    file->SetMetadataItem("TIFFTAG_COPYRIGHT", "Demonstrationsdaten - demonstration data, made up");
    const std::array levels{2, 4, 8, 16};
    const bool good =
        file->BuildOverviews("AVERAGE", int(levels.size()), levels.data(), 0, nullptr, nullptr, nullptr) == CE_None;
    return file->Close() == CE_None && good ? Status() : Status(writeFailure(path));
}

/** A layer of klima.gpkg that says what it is. */
OGRLayer *createLayer(GDALDataset &dataset, const char *name, OGRwkbGeometryType type,
                      std::initializer_list<std::pair<const char *, OGRFieldType>> fields)
{
    const auto reference = workingReference();
    CPLStringList options;
    options.SetNameValue("DESCRIPTION", "Demonstrationsdaten: erfunden, nicht gemessen");
    options.SetNameValue("GEOMETRY_NAME", "geom");
    auto *layer = dataset.CreateLayer(name, &reference, type, options.List());
    for (const auto &[field, fieldType] : fields) {
        OGRFieldDefn definition(field, fieldType);
        if (layer)
            layer->CreateField(&definition);
    }
    return layer;
}

bool writeBand(OGRLayer &layer, const Shape &shape, double low, double high)
{
    auto polygon = std::make_unique<OGRPolygon>();
    const auto addRing = [&](const Ring &points) {
        auto ring = std::make_unique<OGRLinearRing>();
        ring->setNumPoints(int(points.size()) + 1, FALSE);
        for (std::size_t i = 0; i <= points.size(); ++i)
            ring->setPoint(int(i), points[i % points.size()].x, points[i % points.size()].y);
        polygon->addRingDirectly(ring.release());
    };
    addRing(shape.outer);
    for (const auto &hole : shape.holes)
        addRing(hole);
    auto multi = std::make_unique<OGRMultiPolygon>();
    multi->addGeometryDirectly(polygon.release());
    OGRFeature band(layer.GetLayerDefn());
    band.SetGeometryDirectly(multi.release());
    band.SetField(0, low);
    band.SetField(1, high);
    return layer.CreateFeature(&band) == OGRERR_NONE;
}

/** The areas between the limits as polygons with the fields von and bis; what lies below the first limit is left out,
 * and what is smaller than `leastArea` m², too. The last band is open at the top. */
bool writeBands(GDALDataset &dataset, const char *name, const Grid &grid, std::vector<double> limits, double leastArea)
{
    auto *layer = createLayer(dataset, name, wkbMultiPolygon, {{"von", OFTReal}, {"bis", OFTReal}});
    const double top = double(*std::ranges::max_element(grid.values)) + 1;
    limits.push_back(std::max(top, limits.back() + 1));
    std::vector<Shapes> bands(limits.size() - 1);
    parallelFor(int(bands.size()), [&](int i) {
        bands[std::size_t(i)] = bandOf(grid, limits[std::size_t(i)], limits[std::size_t(i) + 1], leastArea);
    });
    for (std::size_t i = 0; i < bands.size(); ++i)
        for (const auto &shape : bands[i])
            if (!layer || !writeBand(*layer, shape, limits[i], limits[i + 1]))
                return false;
    return true;
}

bool writeLine(OGRLayer &layer, const Path &path, double value)
{
    OGRLineString line;
    for (const auto &p : path)
        line.addPoint(p.x, p.y);
    OGRFeature feature(layer.GetLayerDefn());
    feature.SetGeometry(&line);
    feature.SetField(0, value);
    return layer.CreateFeature(&feature) == OGRERR_NONE;
}

struct AllClimate {
    Grid terrain, lden, lnight;
    Heat heat;
    Rain rain;
};

Status writeVectors(const AllClimate &all, const QString &path)
{
    GDALDatasetUniquePtr dataset(GetGDALDriverManager()->GetDriverByName("GPKG")->Create(path.toUtf8().constData(), 0,
                                                                                         0, 0, GDT_Unknown, nullptr));
    if (!dataset || dataset->StartTransaction() != OGRERR_NONE)
        return writeFailure(path);
    bool good = writeBands(*dataset, "laerm_lden", all.lden, {55, 60, 65, 70, 75}, 800)
        && writeBands(*dataset, "laerm_lnight", all.lnight, {50, 55, 60, 65, 70}, 800)
        && writeBands(*dataset, "hitze_pet", all.heat.day, {18, 23, 29, 35, 41}, 2500)
        && writeBands(*dataset, "senken", all.rain.sinks, {30, 60, 100}, 300);
    auto *cold = createLayer(*dataset, "kaltluftbahnen", wkbLineString, {{"volumenstrom", OFTReal}});
    auto *flow = createLayer(*dataset, "fliesswege", wkbLineString, {{"einzugsgebiet_ha", OFTReal}});
    for (const auto &way : all.heat.coldAir)
        good = good && cold && writeLine(*cold, way, std::round(pathLength(way) / 25));
    for (const auto &f : all.rain.flows)
        good = good && flow && writeLine(*flow, f.path, std::round(f.catchment / 1000) / 10);
    good = good && dataset->CommitTransaction() == OGRERR_NONE;
    return dataset->Close() == CE_None && good ? Status() : Status(writeFailure(path));
}

} // namespace

Status writeClimate(const City &city, const QString &folder, CancelToken token, const Progress &progress)
{
    AllClimate all;
    double done = 0;
    const auto step = [&] {
        report(progress, ++done / 11);
        return token.stop_requested();
    };
    {
        const std::jthread noise([&] { all.lden = makeNoise(city, false); }); // beside the terrain: two cores
        all.terrain = makeTerrain(city);
    }
    if (step())
        return cancelled();
    all.lnight = makeNoise(city, true);
    if (step())
        return cancelled();
    all.heat = makeHeat(city, all.terrain);
    if (step())
        return cancelled();
    all.rain = makeRain(city, all.terrain);
    if (step())
        return cancelled();
    const std::tuple<const Grid &, QString, const char *> rasters[] = {
        {all.terrain, u"gelaende.tif"_s, "Terrain, m"},
        {all.lden, u"laerm_lden.tif"_s, "L_DEN, dB(A)"},
        {all.lnight, u"laerm_lnight.tif"_s, "L_night, dB(A)"},
        {all.heat.day, u"hitze_pet.tif"_s, "PET at 14:00, degrees Celsius"},
        {all.heat.night, u"hitze_nacht.tif"_s, "Air temperature at 04:00, degrees Celsius"},
        {all.rain.rare, u"regen_selten.tif"_s, "Water depth, rare event, cm"},
        {all.rain.extreme, u"regen_extrem.tif"_s, "Water depth, extreme event, cm"},
    };
    Status vectors;
    {
        const std::jthread beside([&] { vectors = writeVectors(all, folder + "/klima.gpkg"_L1); });
        for (const auto &[grid, name, description] : rasters) {
            if (auto status = writeRaster(grid, folder + u'/' + name, description); !status)
                return status;
            if (step())
                return cancelled();
        }
    }
    return vectors;
}

} // namespace hanseatlas::demo
