// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>

/** Makes files of formats that the samples lack, with GDAL. */
namespace hanseatlas::test
{

struct MadeFeature {
    QByteArray wkt; ///< empty = no geometry
    QString name;
    int number = 0;
};

struct VectorRecipe {
    const char *driver = "GPKG";
    QString path;
    const char *layer = "layer";
    int epsg = 25832; ///< 0 = none
    unsigned geometryType = 0; ///< wkbUnknown
    QStringList layerOptions; ///< NAME=VALUE
    QStringList datasetOptions;
    bool fields = true; ///< name (text) and number (integer)
};

/** "" or what went wrong. */
QString makeVector(const VectorRecipe &recipe, const QList<MadeFeature> &features);

struct RasterRecipe {
    const char *driver = "GTiff";
    QString path;
    int width = 100, height = 80, bands = 1;
    int type = 6; ///< GDT_Float32
    int epsg = 25832;
    double west = 611000, north = 5970000, pixel = 10;
    QStringList options;
    double noData = 0;
    bool hasNoData = false;
    bool palette = false; ///< 0 red, 1 green, 2 blue
    bool overviews = false;
    bool sameLines = false; ///< the value does not depend on y: large rasters are made quickly
    std::function<double(int x, int y, int band)> value; ///< band from 1
};

QString makeRaster(const RasterRecipe &recipe);

/** Packs files into a zip: names inside and contents. */
QString makeZip(const QString &path, const QList<std::pair<QString, QByteArray>> &entries);

} // namespace hanseatlas::test
