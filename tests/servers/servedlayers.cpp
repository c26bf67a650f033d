// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/servedlayers.h"

#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <cmath>
#include <functional>
#include <memory>
#include <numbers>

using namespace Qt::StringLiterals;

namespace hanseatlas::test
{

namespace
{

struct Column {
    const char *name;
    OGRFieldType type;
};

using Fill = std::function<void(OGRFeatureH feature, int number)>;

void makePackage(const QString &file, const char *table, OGRwkbGeometryType type, const QList<Column> &columns,
                 int count, const Fill &fill)
{
    GDALAllRegister();
    const auto driver = GDALGetDriverByName("GPKG");
    const auto dataset = GDALCreate(driver, file.toUtf8().constData(), 0, 0, 0, GDT_Unknown, nullptr);
    if (!dataset)
        qFatal("the GeoPackage for the server could not be made");
    const auto crs = OSRNewSpatialReference(nullptr);
    OSRImportFromEPSG(crs, 25832);
    const auto layer = GDALDatasetCreateLayer(dataset, table, crs, type, nullptr);
    for (const auto &column : columns) {
        const auto field = OGR_Fld_Create(column.name, column.type);
        OGR_L_CreateField(layer, field, 1);
        OGR_Fld_Destroy(field);
    }
    GDALDatasetStartTransaction(dataset, 0);
    for (int i = 0; i < count; ++i) {
        const auto feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        fill(feature, i);
        if (OGR_L_CreateFeature(layer, feature) != OGRERR_NONE)
            qFatal("a feature for the server could not be written");
        OGR_F_Destroy(feature);
    }
    GDALDatasetCommitTransaction(dataset);
    OSRRelease(crs);
    GDALClose(dataset);
}

void setText(OGRFeatureH feature, const char *field, const QString &text)
{
    OGR_F_SetFieldString(feature, OGR_F_GetFieldIndex(feature, field), text.toUtf8().constData());
}

void setNumber(OGRFeatureH feature, const char *field, double number)
{
    OGR_F_SetFieldDouble(feature, OGR_F_GetFieldIndex(feature, field), number);
}

OGRGeometryH roundArea(double x, double y)
{
    const auto ring = OGR_G_CreateGeometry(wkbLinearRing);
    for (int k = 0; k <= 16; ++k) {
        const double angle = 2 * std::numbers::pi * (k % 16) / 16;
        OGR_G_AddPoint_2D(ring, x + 15 * std::cos(angle), y + 15 * std::sin(angle));
    }
    const auto area = OGR_G_CreateGeometry(wkbPolygon);
    OGR_G_AddGeometryDirectly(area, ring);
    return area;
}

} // namespace

ServedLayer servedAreas(const QString &file, int count)
{
    makePackage(file, "flaechen", wkbPolygon,
                {{"name", OFTString},
                 {"nummer", OFTInteger},
                 {"hoehe", OFTReal},
                 {"schluessel", OFTString},
                 {"stand", OFTDate},
                 {"bemerkung", OFTString}},
                count, [](OGRFeatureH feature, int i) {
                    OGR_F_SetGeometryDirectly(feature,
                                              roundArea(600000 + (i % 250) * 40.0, 5960000 + (i / 250) * 40.0));
                    setText(feature, "name", u"Fläche %1"_s.arg(i));
                    setNumber(feature, "nummer", i);
                    setNumber(feature, "hoehe", i / 2.0);
                    setText(feature, "schluessel", u"%1"_s.arg(i, 8, 10, QLatin1Char('0')));
                    setText(feature, "stand", u"2024/05/%1"_s.arg(1 + i % 28, 2, 10, QLatin1Char('0')));
                    if (i % 10 == 0)
                        setText(feature, "bemerkung", u"größer & <kleiner>"_s);
                });
    return {.name = u"flaechen"_s, .title = u"Flächen"_s, .file = file, .table = u"flaechen"_s, .idField = u"nummer"_s};
}

ServedLayer servedPoints(const QString &file)
{
    makePackage(file, "badestellen", wkbPoint,
                {{"nummer", OFTInteger}, {"name", OFTString}, {"gemessen", OFTDateTime}, {"wert", OFTReal}}, 12,
                [](OGRFeatureH feature, int i) {
                    const auto point = OGR_G_CreateGeometry(wkbPoint);
                    OGR_G_SetPoint_2D(point, 0, 605000 + 1000.0 * i, 5965000);
                    OGR_F_SetGeometryDirectly(feature, point);
                    setNumber(feature, "nummer", i);
                    setText(feature, "name", u"Badestelle Ä%1"_s.arg(i));
                    setText(feature, "gemessen", u"2024/05/01 %1:00:00"_s.arg(12 + i % 12, 2, 10, QLatin1Char('0')));
                    if (i != 2)
                        setNumber(feature, "wert", 18.5 + i);
                });
    return {.name = u"badestellen"_s,
            .title = u"Badestellen"_s,
            .shape = u"POINT"_s,
            .file = file,
            .table = u"badestellen"_s,
            .idField = u"nummer"_s,
            .colour = u"0 80 200"_s};
}

ServedLayer servedLines(const QString &file)
{
    makePackage(file, "strassen", wkbMultiLineString, {{"nummer", OFTInteger}, {"name", OFTString}}, 3,
                [](OGRFeatureH feature, int i) {
                    const auto lines = OGR_G_CreateGeometry(wkbMultiLineString);
                    for (int part = 0; part < 2; ++part) {
                        const auto line = OGR_G_CreateGeometry(wkbLineString);
                        OGR_G_AddPoint_2D(line, 610000 + 2000.0 * part, 5970000 + 100.0 * i);
                        OGR_G_AddPoint_2D(line, 611000 + 2000.0 * part, 5970000 + 100.0 * i);
                        OGR_G_AddGeometryDirectly(lines, line);
                    }
                    OGR_F_SetGeometryDirectly(feature, lines);
                    setNumber(feature, "nummer", i);
                    setText(feature, "name", u"Straße %1"_s.arg(i));
                });
    return {.name = u"strassen"_s,
            .title = u"Straßen"_s,
            .shape = u"LINE"_s,
            .file = file,
            .table = u"strassen"_s,
            .idField = u"nummer"_s,
            .colour = u"90 90 90"_s};
}

} // namespace hanseatlas::test
