// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/fileinspect.h"

#include "datasources/files/filetexts.h"
#include "datasources/files/gdalfeaturesource.h"
#include "datasources/files/gdalrastersource.h"
#include "datasources/files/gdalsetup.h"
#include "datasources/files/outliers.h"
#include "datasources/files/tablesource.h"

#include <QDir>
#include <QFileInfo>

#include <gdal.h>
#include <ogr_api.h>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using Reader = FileKind::Reader;

QString baseName(const Member &member)
{
    return QFileInfo(member.name).completeBaseName();
}

/** The table of a Shapefile stands for the Shapefile. */
Member mainFile(const Member &member)
{
    const QFileInfo info(member.path);
    if (member.path != member.file || info.suffix().compare("dbf"_L1, Qt::CaseInsensitive) != 0)
        return member;
    for (const auto &suffix : {u".shp"_s, u".SHP"_s}) {
        const auto shape = info.path() + u'/' + info.completeBaseName() + suffix;
        if (QFileInfo::exists(shape))
            return {shape, shape, QFileInfo(shape).fileName()};
    }
    return member;
}

Result<DatasetSpec> specOf(const Member &member, const QJsonObject &options)
{
    const auto kind = fileKind(member.path, member.name);
    if (!kind)
        return std::unexpected(kind.error());
    if (kind->reader == Reader::Archive)
        return failure(ErrorKind::Unsupported, FileTexts::tr("“%1” is an archive inside an archive.").arg(member.name),
                       FileTexts::tr("Unpack the outer archive first."));
    return datasetSpec(*kind, member.path, member.file, member.name, options);
}

/** Rasters of a database: names, and the open options that choose them. */
struct RasterEntry {
    QString name;
    QStringList openOptions;
};

std::vector<RasterEntry> rasterTables(const DatasetSpec &spec)
{
    std::vector<RasterEntry> entries;
    if (!spec.kind.drivers.contains("GPKG"_L1))
        return entries;
    const auto dataset = openDataset(spec, GDAL_OF_RASTER | GDAL_OF_VECTOR);
    if (!dataset)
        return entries;
    const GdalErrors errors;
    auto answer = GDALDatasetExecuteSQL(
        dataset->get(),
        "SELECT table_name FROM gpkg_contents WHERE data_type IN ('tiles', '2d-gridded-coverage') "
        "ORDER BY table_name LIMIT 200",
        nullptr, nullptr);
    while (answer) {
        const std::unique_ptr<void, void (*)(void *)> row(OGR_L_GetNextFeature(answer),
                                                          [](void *f) { OGR_F_Destroy(f); });
        if (!row)
            break;
        const auto name = QString::fromUtf8(OGR_F_GetFieldAsString(row.get(), 0));
        entries.push_back({name, {u"TABLE="_s + name}});
    }
    if (answer)
        GDALDatasetReleaseResultSet(dataset->get(), answer);
    return entries;
}

/** What reading would notice, where looking for it is quick. */
void lookForOutliers(OGRLayerH handle, LayerDescription &description)
{
    constexpr qint64 quick = 10000;
    if (description.kind != LayerKind::Vector || description.featureCount < 0 || description.featureCount > quick)
        return;
    const GdalErrors errors;
    Outliers outliers;
    OGR_L_ResetReading(handle);
    using FeatureHandle = std::unique_ptr<void, decltype([](void *f) { OGR_F_Destroy(f); })>;
    while (const auto feature = FeatureHandle(OGR_L_GetNextFeature(handle))) {
        auto geometry = OGR_F_GetGeometryRef(feature.get());
        if (!geometry || OGR_G_IsEmpty(geometry))
            continue;
        OGREnvelope box;
        OGR_G_GetEnvelope(geometry, &box);
        outliers.add({box.MinX, box.MinY, box.MaxX, box.MaxY});
    }
    OGR_L_ResetReading(handle);
    if (const auto note = outliers.note(); !note.isEmpty())
        description.notes.append(note);
}

Result<std::vector<LayerDescription>> vectorLayers(DatasetSpec spec, const QJsonObject &options, CancelToken token)
{
    const auto encoding = settleEncoding(spec, options);
    const auto dataset = openDataset(spec, GDAL_OF_VECTOR);
    if (!dataset)
        return std::unexpected(dataset.error());
    std::vector<LayerDescription> layers;
    for (auto *layer : dataLayers(dataset->get())) {
        if (token.stop_requested())
            return cancelled();
        layers.push_back(describeVectorLayer(layer, spec, options, token).description);
        layers.back().encoding = encoding;
        lookForOutliers(layer, layers.back());
    }
    return layers;
}

Result<LayerDescription> rasterLayer(const DatasetSpec &spec, const RasterEntry &entry, const QJsonObject &options)
{
    const auto dataset = openDataset(spec, GDAL_OF_RASTER, entry.openOptions);
    if (!dataset)
        return std::unexpected(dataset.error());
    auto layer = describeRaster(dataset->get(), spec, entry.name, options);
    if (!layer)
        return std::unexpected(layer.error());
    return layer->description;
}

/** A database: all that can be read, and an error only where that is nothing. */
Result<std::vector<LayerDescription>> mixedLayers(const DatasetSpec &spec, const QString &name,
                                                  const QJsonObject &options, CancelToken token)
{
    auto layers = vectorLayers(spec, options, token);
    auto rasters = rasterTables(spec);
    if (!spec.kind.drivers.contains("GPKG"_L1))
        rasters.push_back({name, {}});
    std::vector<LayerDescription> all = layers ? std::move(*layers) : std::vector<LayerDescription>();
    std::optional<Error> problem = layers ? std::nullopt : std::optional(layers.error());
    for (const auto &entry : rasters) {
        auto raster = rasterLayer(spec, entry, options);
        if (raster)
            all.push_back(std::move(*raster));
        else if (!problem)
            problem = raster.error();
    }
    if (all.empty() && problem && !isEmptyDatabase(spec))
        return std::unexpected(*problem);
    return all;
}

/** Points without order are no grid. */
DatasetSpec asTable(DatasetSpec spec)
{
    spec.kind.reader = Reader::Table;
    spec.kind.format = u"CSV"_s;
    return spec;
}

Result<OpenedSource> openRaster(const DatasetSpec &spec, const QString &name, const QStringList &openOptions,
                                const QJsonObject &options)
{
    auto source = GdalRasterSource::open(spec, name, openOptions, options);
    if (!source)
        return std::unexpected(source.error());
    return std::shared_ptr<const RasterSource>(*source);
}

Result<OpenedSource> openVector(const DatasetSpec &spec, const QString &layer, const QJsonObject &options,
                                CancelToken token)
{
    auto source = GdalFeatureSource::open(spec, layer, options, token);
    if (!source)
        return std::unexpected(source.error());
    return std::shared_ptr<const FeatureSource>(*source);
}

Result<OpenedSource> openTable(const DatasetSpec &spec, const QJsonObject &options, CancelToken token)
{
    auto source = TableSource::open(spec, options, token);
    if (!source)
        return std::unexpected(source.error());
    return std::shared_ptr<const FeatureSource>(*source);
}

Result<OpenedSource> openMixed(const DatasetSpec &spec, const QString &name, const QString &layer,
                               const QJsonObject &options, CancelToken token)
{
    const bool isGeoPackage = spec.kind.drivers.contains("GPKG"_L1);
    if (isGeoPackage && !layer.isEmpty()) { // mostly so: spares opening the file once more
        if (auto vector = openVector(spec, layer, options, token))
            return vector;
    }
    const auto rasters = rasterTables(spec);
    for (const auto &entry : rasters) {
        if (entry.name == layer)
            return openRaster(spec, entry.name, entry.openOptions, options);
    }
    const bool tiles = !isGeoPackage; // MBTiles: pictures, or vectors in tiles
    if (tiles && (layer.isEmpty() || layer == name)) {
        auto raster = openRaster(spec, name, {}, options);
        if (raster)
            return raster;
    }
    auto vector = openVector(spec, layer, options, token);
    if (!vector && isEmptyDatabase(spec))
        return failure(ErrorKind::NotFound, FileTexts::tr("“%1” contains no layers.").arg(spec.name));
    if (!vector && layer.isEmpty() && !rasters.empty())
        return openRaster(spec, rasters.front().name, rasters.front().openOptions, options);
    return vector;
}

} // namespace

Result<InspectedFile> inspectFile(const Member &given, const QJsonObject &options, CancelToken token)
{
    const auto member = mainFile(given);
    auto spec = specOf(member, options);
    if (!spec)
        return std::unexpected(spec.error());
    InspectedFile result{.format = spec->kind.format};
    if (spec->kind.reader == Reader::Raster) {
        auto raster = rasterLayer(*spec, {baseName(member), {}}, options);
        if (raster) {
            result.layers.push_back(std::move(*raster));
            return result;
        }
        if (!spec->kind.coordinatesOnly)
            return std::unexpected(raster.error());
        spec = asTable(*spec);
        result.format = spec->kind.format;
    }
    if (spec->kind.reader == Reader::Table || spec->kind.reader == Reader::Objects) {
        const auto table = TableSource::open(*spec, options, token);
        if (!table)
            return std::unexpected(table.error());
        result.layers.push_back((*table)->description());
        return result;
    }
    auto layers = spec->kind.reader == Reader::Both ? mixedLayers(*spec, baseName(member), options, token)
                                                    : vectorLayers(*spec, options, token);
    if (!layers)
        return std::unexpected(layers.error());
    result.layers = std::move(*layers);
    if (result.layers.empty())
        result.notes.append(FileTexts::tr("“%1” contains no layers.").arg(member.name));
    return result;
}

Result<OpenedSource> openFile(const Member &given, const QString &layer, const QJsonObject &options, CancelToken token)
{
    const auto member = mainFile(given);
    auto spec = specOf(member, options);
    if (!spec)
        return std::unexpected(spec.error());
    switch (spec->kind.reader) {
    case Reader::Raster: {
        auto raster = openRaster(*spec, baseName(member), {}, options);
        if (!raster && spec->kind.coordinatesOnly)
            return openTable(asTable(*spec), options, token);
        return raster;
    }
    case Reader::Table:
    case Reader::Objects:
        return openTable(*spec, options, token);
    case Reader::Both:
        return openMixed(*spec, baseName(member), layer, options, token);
    default:
        return openVector(*spec, layer, options, token);
    }
}

} // namespace hanseatlas
