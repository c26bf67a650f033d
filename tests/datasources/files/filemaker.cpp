// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/files/filemaker.h"

#include "datasources/files/gdalsetup.h"

#include <QFile>

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <vector>

using namespace Qt::StringLiterals;

namespace hanseatlas::test
{

namespace
{

char **listOf(const QStringList &texts)
{
    char **list = nullptr;
    for (const auto &text : texts)
        list = CSLAddString(list, text.toUtf8().constData());
    return list;
}

OGRSpatialReferenceH referenceOf(int epsg)
{
    if (epsg == 0)
        return nullptr;
    auto reference = OSRNewSpatialReference(nullptr);
    OSRImportFromEPSG(reference, epsg);
    OSRSetAxisMappingStrategy(reference, OAMS_TRADITIONAL_GIS_ORDER);
    return reference;
}

} // namespace

QString makeVector(const VectorRecipe &recipe, const QList<MadeFeature> &features)
{
    GdalErrors errors;
    char **datasetOptions = listOf(recipe.datasetOptions), **layerOptions = listOf(recipe.layerOptions);
    auto reference = referenceOf(recipe.epsg);
    auto dataset = GDALCreate(GDALGetDriverByName(recipe.driver), recipe.path.toUtf8().constData(), 0, 0, 0,
                              GDT_Unknown, datasetOptions);
    auto layer = dataset ? GDALDatasetCreateLayer(dataset, recipe.layer, reference,
                                                  OGRwkbGeometryType(recipe.geometryType), layerOptions)
                         : nullptr;
    if (layer && recipe.fields) {
        auto name = OGR_Fld_Create("name", OFTString), number = OGR_Fld_Create("number", OFTInteger);
        OGR_L_CreateField(layer, name, TRUE);
        OGR_L_CreateField(layer, number, TRUE);
        OGR_Fld_Destroy(name);
        OGR_Fld_Destroy(number);
    }
    if (layer)
        GDALDatasetStartTransaction(dataset, FALSE);
    for (const auto &made : features) {
        if (!layer)
            break;
        auto feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        if (!made.wkt.isEmpty()) {
            OGRGeometryH geometry = nullptr;
            auto text = made.wkt;
            char *cursor = text.data();
            if (OGR_G_CreateFromWkt(&cursor, nullptr, &geometry) != OGRERR_NONE)
                qFatal("wrong WKT: %s", made.wkt.constData());
            OGR_F_SetGeometryDirectly(feature, geometry);
        }
        if (recipe.fields) {
            OGR_F_SetFieldString(feature, OGR_F_GetFieldIndex(feature, "name"), made.name.toUtf8().constData());
            OGR_F_SetFieldInteger(feature, OGR_F_GetFieldIndex(feature, "number"), made.number);
        }
        (void)!OGR_L_CreateFeature(layer, feature);
        OGR_F_Destroy(feature);
    }
    if (layer)
        GDALDatasetCommitTransaction(dataset);
    if (dataset)
        GDALClose(dataset);
    if (reference)
        OSRRelease(reference);
    CSLDestroy(datasetOptions);
    CSLDestroy(layerOptions);
    return layer ? QString() : u"cannot make "_s + recipe.path + u": "_s + errors.text();
}

QString makeRaster(const RasterRecipe &recipe)
{
    GdalErrors errors;
    const auto type = GDALDataType(recipe.type);
    auto dataset = GDALCreate(GDALGetDriverByName("MEM"), "", recipe.width, recipe.height, recipe.bands, type, nullptr);
    if (auto reference = referenceOf(recipe.epsg)) {
        GDALSetSpatialRef(dataset, reference);
        OSRRelease(reference);
    }
    double transform[6] = {recipe.west, recipe.pixel, 0, recipe.north, 0, -recipe.pixel};
    GDALSetGeoTransform(dataset, transform);
    for (int b = 1; b <= recipe.bands; ++b) {
        auto band = GDALGetRasterBand(dataset, b);
        if (recipe.hasNoData)
            GDALSetRasterNoDataValue(band, recipe.noData);
        if (recipe.bands >= 3)
            GDALSetRasterColorInterpretation(band, GDALColorInterp(GCI_RedBand + b - 1));
        if (recipe.palette) {
            auto table = GDALCreateColorTable(GPI_RGB);
            const GDALColorEntry colours[] = {{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}};
            for (int i = 0; i < 3; ++i)
                GDALSetColorEntry(table, i, &colours[i]);
            GDALSetRasterColorTable(band, table);
            GDALDestroyColorTable(table);
        }
        std::vector<double> line(std::size_t(recipe.width));
        for (int y = 0; y < recipe.height; ++y) {
            for (int x = 0; x < recipe.width && (y == 0 || !recipe.sameLines); ++x)
                line[std::size_t(x)] = recipe.value ? recipe.value(x, y, b) : x + y;
            (void)!GDALRasterIO(band, GF_Write, 0, y, recipe.width, 1, line.data(), recipe.width, 1, GDT_Float64, 0, 0);
        }
    }
    char **options = listOf(recipe.options);
    auto copy = GDALCreateCopy(GDALGetDriverByName(recipe.driver), recipe.path.toUtf8().constData(), dataset, FALSE,
                               options, nullptr, nullptr);
    CSLDestroy(options);
    GDALClose(dataset);
    if (!copy)
        return u"cannot make "_s + recipe.path + u": "_s + errors.text();
    if (recipe.overviews) {
        const int factors[] = {2, 4, 8};
        (void)!GDALBuildOverviews(copy, "AVERAGE", 3, factors, 0, nullptr, nullptr, nullptr);
    }
    GDALClose(copy);
    return {};
}

QString makeZip(const QString &path, const QList<std::pair<QString, QByteArray>> &entries)
{
    const GdalErrors errors;
    auto *zip = CPLCreateZip(path.toUtf8().constData(), nullptr);
    for (const auto &[name, content] : entries) {
        if (CPLCreateFileInZip(zip, name.toUtf8().constData(), nullptr) != CE_None)
            return u"cannot pack "_s + name;
        for (qsizetype at = 0; at < content.size(); at += 1 << 20)
            CPLWriteFileInZip(zip, content.constData() + at, int(std::min<qsizetype>(1 << 20, content.size() - at)));
        CPLCloseFileInZip(zip);
    }
    return CPLCloseZip(zip) == CE_None ? QString() : u"cannot write "_s + path;
}

} // namespace hanseatlas::test
