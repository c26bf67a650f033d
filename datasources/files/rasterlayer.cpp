// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/rasterlayer.h"

#include "datasources/files/crsguess.h"
#include "datasources/files/filetexts.h"
#include "datasources/files/gdalsetup.h"
#include "datasources/files/rasterend.h"
#include "datasources/files/rasterpiece.h"

#include <QFile>
#include <QFileInfo>

#include <cpl_string.h>
#include <gdal.h>
#include <gdal_alg.h>
#include <ogr_srs_api.h>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString metadata(GDALMajorObjectH object, const char *key)
{
    const auto *text = GDALGetMetadataItem(object, key, nullptr);
    return text ? QString::fromUtf8(text) : QString();
}

/** Formats and compressions that only pictures use: a grey one of them is no measurement. */
bool isPicture(GDALDatasetH dataset, const DatasetSpec &spec)
{
    static const QStringList pictures{u"PNG"_s, u"JPEG"_s, u"WebP"_s, u"JPEG 2000"_s, u"MBTiles"_s};
    const auto *compression = GDALGetMetadataItem(dataset, "COMPRESSION", "IMAGE_STRUCTURE");
    const auto packed = compression ? QString::fromLatin1(compression) : QString();
    return pictures.contains(spec.kind.format) || packed.contains("JPEG"_L1) || packed == "WEBP"_L1;
}

bool looksLikeColours(GDALDatasetH dataset, const DatasetSpec &spec)
{
    auto first = GDALGetRasterBand(dataset, 1);
    const auto type = GDALGetRasterDataType(first);
    const int bands = GDALGetRasterCount(dataset);
    if (GDALGetRasterColorTable(first))
        return true;
    if (bands >= 3)
        return type == GDT_Byte || type == GDT_UInt16;
    const bool greyAndAlpha =
        bands == 2 && GDALGetRasterColorInterpretation(GDALGetRasterBand(dataset, 2)) == GCI_AlphaBand;
    return type == GDT_Byte && (greyAndAlpha || isPicture(dataset, spec));
}

double largest(GDALDatasetH dataset, int band)
{
    double range[2] = {0, 0};
    const bool known = GDALComputeRasterMinMax(GDALGetRasterBand(dataset, band), TRUE, range) == CE_None;
    return known ? range[1] : 65535;
}

/** 16-bit pictures often use 8 or 12 of their bits. */
double divisorFor(double most)
{
    return most <= 255 ? 1 : most <= 4095 ? 16 : 257;
}

/** @param readable numbers may be looked at; a stream of rows that breaks off may not be begun again and again */
ColourPlan colourPlan(GDALDatasetH dataset, bool readable)
{
    const int bands = GDALGetRasterCount(dataset);
    ColourPlan plan{.red = 1, .green = 1, .blue = 1};
    if (GDALGetRasterColorTable(GDALGetRasterBand(dataset, 1)) && bands < 3) {
        plan.palette = true;
        return plan;
    }
    if (bands >= 3)
        plan = {.red = 1, .green = 2, .blue = 3};
    for (int i = 1; i <= bands; ++i) {
        switch (GDALGetRasterColorInterpretation(GDALGetRasterBand(dataset, i))) {
        case GCI_RedBand:
            plan.red = i;
            break;
        case GCI_GreenBand:
            plan.green = i;
            break;
        case GCI_BlueBand:
            plan.blue = i;
            break;
        case GCI_AlphaBand:
            plan.alpha = i;
            break;
        default:
            break;
        }
    }
    const bool wide = GDALGetRasterDataType(GDALGetRasterBand(dataset, 1)) == GDT_UInt16;
    const bool plainFour =
        bands == 4 && GDALGetRasterColorInterpretation(GDALGetRasterBand(dataset, 4)) == GCI_Undefined;
    if (plainFour && plan.alpha == 0 && wide && readable && largest(dataset, 4) <= 255)
        plan.alpha = 4; // colours of 16 bits beside a band of 8: such a band is an alpha channel
    if (wide && readable) {
        plan.divisor = divisorFor(
            std::max({largest(dataset, plan.red), largest(dataset, plan.green), largest(dataset, plan.blue)}));
        plan.alphaDivisor = plan.alpha ? divisorFor(largest(dataset, plan.alpha)) : 1;
    } else if (wide) {
        plan.divisor = plan.alphaDivisor = 257;
    }
    return plan;
}

/** The CRS beside a picture, as ESRI's programs and many servers write it. */
Crs crsFromPrj(const QString &file)
{
    const QFileInfo info(file);
    QFile prj(info.path() + u'/' + info.completeBaseName() + u".prj"_s);
    if (!prj.open(QIODevice::ReadOnly))
        return {};
    const auto text = prj.read(20000);
    auto reference = OSRNewSpatialReference(nullptr);
    auto bytes = QByteArray(text);
    char *lines[] = {bytes.data(), nullptr};
    const auto crs = OSRImportFromESRI(reference, lines) == OGRERR_NONE ? toCrs(reference) : Crs();
    OSRDestroySpatialReference(reference);
    return crs;
}

bool readGeotransform(GDALDatasetH dataset, std::array<double, 6> &transform)
{
    if (GDALGetGeoTransform(dataset, transform.data()) == CE_None
        && transform != std::array<double, 6>{0, 1, 0, 0, 0, 1})
        return true;
    const int points = GDALGetGCPCount(dataset);
    return points >= 3 && GDALGCPsToGeoTransform(points, GDALGetGCPs(dataset), transform.data(), TRUE);
}

Extent extentOf(const RasterLayer &layer)
{
    const double w = layer.description.rasterSize.width(), h = layer.description.rasterSize.height();
    Extent extent;
    for (const auto corner : {PointXY{0, 0}, PointXY{w, 0}, PointXY{0, h}, PointXY{w, h}})
        extent.add(layer.toMap(corner));
    return extent;
}

void describePlace(GDALDatasetH dataset, const DatasetSpec &spec, const QJsonObject &options, RasterLayer &layer)
{
    auto &d = layer.description;
    auto &t = layer.geotransform;
    const bool placed = readGeotransform(dataset, t);
    if (!placed)
        t = {0, 1, 0, double(d.rasterSize.height()), 0, -1};
    auto reference = GDALGetSpatialRef(dataset);
    if (!reference && GDALGetGCPCount(dataset) > 0)
        reference = GDALGetGCPSpatialRef(dataset);
    CrsEvidence evidence{.declared = toCrs(reference), .drawing = !placed, .extent = extentOf(layer)};
    if (!evidence.declared.isValid() && placed && spec.path == spec.file)
        evidence.declared = crsFromPrj(spec.file);
    auto fixed = options;
    if (!fixed[u"swapAxes"_s].isBool())
        fixed[u"swapAxes"_s] = false; // a geotransform says which way is east
    if (!placed) {
        d.crs = {};
        d.notes.append(
            FileTexts::tr("The picture does not say where it lies; it is drawn in pixel coordinates. A world file "
                          "beside it would help."));
    } else {
        const auto decision = decideCrs(evidence, fixed);
        d.crs = decision.crs;
        d.crsGuessed = decision.guessed;
        d.notes += decision.notes;
        if (decision.swapped)
            t = {t[3], t[4], t[5], t[0], t[1], t[2]};
    }
    d.extent = extentOf(layer);
    layer.axisParallel = t[2] == 0 && t[4] == 0 && t[1] > 0 && t[5] < 0;
}

void describeValues(GDALRasterBandH band, RasterLayer &layer)
{
    auto &d = layer.description;
    int has = FALSE;
    layer.scale = GDALGetRasterScale(band, &has);
    layer.offset = GDALGetRasterOffset(band, &has);
    double range[2] = {qQNaN(), qQNaN()};
    const auto lowest = metadata(band, "STATISTICS_MINIMUM"), highest = metadata(band, "STATISTICS_MAXIMUM");
    const bool mayBeOfOthers = GDALGetDatasetDriver(GDALGetBandDataset(band)) == GDALGetDriverByName("GPKG");
    if (!lowest.isEmpty() && !highest.isEmpty() && !mayBeOfOthers) {
        range[0] = lowest.toDouble();
        range[1] = highest.toDouble();
    } else {
        GdalErrors errors; // of nothing but "no data" there is no range either, but that is no damage
        if (GDALComputeRasterMinMax(band, double(d.rasterSize.width()) * d.rasterSize.height() > 4e6, range)
            != CE_None) {
            range[0] = range[1] = qQNaN();
            layer.damaged = layer.damaged || errors.text().contains("IReadBlock failed"_L1);
        }
    }
    d.minimum = range[0] * layer.scale + layer.offset;
    d.maximum = range[1] * layer.scale + layer.offset;
}

/** Of what is left of a damaged raster of values: without it there would be no colours for the rest. */
void rangeOfTheRest(GDALDatasetH dataset, const DatasetSpec &spec, RasterLayer &layer)
{
    auto &d = layer.description;
    const auto piece = readPiece(dataset, layer, spec, QRectF(QPointF(0, 0), QSizeF(d.rasterSize)),
                                 d.rasterSize.boundedTo({256, 256}), false, {});
    if (!piece)
        return;
    for (const double value : piece->values) {
        if (std::isnan(value))
            continue;
        d.minimum = std::isnan(d.minimum) ? value : std::min(d.minimum, value);
        d.maximum = std::isnan(d.maximum) ? value : std::max(d.maximum, value);
    }
}

} // namespace

PointXY RasterLayer::toMap(PointXY p) const
{
    const auto &t = geotransform;
    return {t[0] + p.x * t[1] + p.y * t[2], t[3] + p.x * t[4] + p.y * t[5]};
}

PointXY RasterLayer::toPixel(PointXY place) const
{
    const auto &t = geotransform;
    const double determinant = t[1] * t[5] - t[2] * t[4];
    const double dx = place.x - t[0], dy = place.y - t[3];
    return {(dx * t[5] - dy * t[2]) / determinant, (dy * t[1] - dx * t[4]) / determinant};
}

Result<RasterLayer> describeRaster(void *dataset, const DatasetSpec &spec, const QString &name,
                                   const QJsonObject &options)
{
    GdalErrors errors;
    RasterLayer layer;
    auto &d = layer.description;
    d.name = name;
    d.kind = LayerKind::Raster;
    d.bands = GDALGetRasterCount(dataset);
    d.rasterSize = {GDALGetRasterXSize(dataset), GDALGetRasterYSize(dataset)};
    d.notes = spec.notes;
    d.provenance.dataTime = QFileInfo(spec.file).lastModified();
    if (d.bands == 0 || d.rasterSize.isEmpty())
        return std::unexpected(unreadableContent(spec, errors.text()));
    layer.fromTheTop = spec.kind.drivers.contains("PNG"_L1) || spec.kind.drivers.contains("JPEG"_L1);
    layer.damaged = endsEarly(dataset, spec);
    describePlace(dataset, spec, options, layer);
    if (layer.geotransform[1] * layer.geotransform[5] == layer.geotransform[2] * layer.geotransform[4])
        return std::unexpected(unreadableContent(spec, u"degenerate geotransform"_s));
    auto band = GDALGetRasterBand(dataset, 1);
    int hasNoData = FALSE;
    const double noData = GDALGetRasterNoDataValue(band, &hasNoData);
    d.noData = hasNoData ? noData : qQNaN();
    d.rasterKind = looksLikeColours(dataset, spec) ? RasterKind::Colour : RasterKind::Values;
    if (d.rasterKind == RasterKind::Colour)
        layer.colours = colourPlan(dataset, !(layer.damaged && layer.fromTheTop));
    else
        describeValues(band, layer);
    if (d.rasterKind == RasterKind::Values && d.bands > 1)
        d.notes.append(FileTexts::tr("The raster has %1 bands of values; the first one is drawn.").arg(d.bands));
    if (layer.damaged) {
        if (d.rasterKind == RasterKind::Values && spec.kind.drivers.contains("GTiff"_L1) && std::isnan(d.minimum))
            rangeOfTheRest(dataset, spec, layer);
        d.notes.append(damageText());
    }
    for (const auto *key : {"TIFFTAG_COPYRIGHT", "attribution"}) {
        if (const auto text = metadata(dataset, key); !text.isEmpty())
            d.provenance.attribution = text;
    }
    for (const auto *key : {"TIFFTAG_IMAGEDESCRIPTION", "description", "DESCRIPTION"}) {
        if (const auto text = metadata(dataset, key); !text.isEmpty())
            d.metadata[u"description"_s] = text;
    }
    return layer;
}

} // namespace hanseatlas
