// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/vectorlayer.h"

#include "datasources/files/crsguess.h"
#include "datasources/files/filetexts.h"
#include "datasources/files/gdalsetup.h"
#include "datasources/files/gdalvalues.h"
#include "datasources/files/vectorend.h"

#include <QFileInfo>
#include <QStringDecoder>
#include <QUrl>

#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qint64 smallFile = 64LL * 1024 * 1024; ///< below it, reading all is quick
constexpr qint64 fewFeatures = 100000; ///< so many are looked at for their geometry types

Extent rawExtent(OGRLayerH layer, bool force)
{
    OGREnvelope box;
    if (OGR_L_GetExtent(layer, &box, FALSE) != OGRERR_NONE
        && (!force || OGR_L_GetExtent(layer, &box, TRUE) != OGRERR_NONE))
        return {};
    const Extent extent{box.MinX, box.MinY, box.MaxX, box.MaxY};
    constexpr double farthest = 1e9;
    const bool sound = !extent.isEmpty() && Extent{-farthest, -farthest, farthest, farthest}.contains(extent);
    return sound ? extent : Extent();
}

int stopWhenAsked(double, const char *, void *token)
{
    return !static_cast<CancelToken *>(token)->stop_requested();
}

std::vector<GeometryKind> kindsByLook(OGRLayerH layer, CancelToken &token)
{
    std::vector<GeometryKind> kinds;
    int count = 0;
    auto *counters = OGR_L_GetGeometryTypes(layer, 0, OGR_GGT_COUNT_NOT_NEEDED, &count, stopWhenAsked, &token);
    for (int i = 0; i < count; ++i) {
        auto add = [&](GeometryKind kind) {
            if (std::ranges::find(kinds, kind) == kinds.end())
                kinds.push_back(kind);
        };
        if (const auto kind = geometryKindOf(counters[i].eGeomType); kind != GeometryKind::None)
            add(kind);
    }
    CPLFree(counters);
    OGR_L_ResetReading(layer);
    std::ranges::sort(kinds);
    return kinds;
}

void describeMetadata(OGRLayerH layer, LayerDescription &description)
{
    const auto item = [&](const char *key) {
        const auto *text = OGR_L_GetName(layer) ? GDALGetMetadataItem(layer, key, nullptr) : nullptr;
        return text ? QString::fromUtf8(text) : QString();
    };
    if (const auto title = item("IDENTIFIER"); title != description.name)
        description.title = title;
    if (const auto text = item("DESCRIPTION"); !text.isEmpty())
        description.metadata[u"description"_s] = text;
}

/** Both hold what a program wants to remember, not what the city looks like. */
bool isHousekeeping(const QString &name)
{
    static const QStringList names{u"layer_styles"_s, u"qgis_projects"_s};
    return names.contains(name, Qt::CaseInsensitive);
}

} // namespace

VectorLayer describeVectorLayer(void *handle, const DatasetSpec &spec, const QJsonObject &options, CancelToken token)
{
    const GdalErrors errors;
    auto layer = static_cast<OGRLayerH>(handle);
    VectorLayer result;
    auto &d = result.description;
    const bool small = QFileInfo(spec.file).size() <= smallFile;
    const auto type = OGR_L_GetGeomType(layer);
    d.name = QString::fromUtf8(OGR_L_GetName(layer));
    d.kind = type == wkbNone ? LayerKind::Table : LayerKind::Vector;
    d.geometryType = geometryTypeName(type);
    d.fields = fieldsOf(OGR_L_GetLayerDefn(layer));
    d.featureCount = qint64(OGR_L_GetFeatureCount(layer, small));
    d.notes = spec.notes;
    d.provenance.dataTime = QFileInfo(spec.file).lastModified();
    describeMetadata(layer, d);
    if (const auto end = earlyEnd(layer, spec, d.featureCount); !end.isEmpty())
        d.notes += end;
    if (d.kind == LayerKind::Table)
        return result;
    if (const auto kind = geometryKindOf(type); kind != GeometryKind::None)
        d.geometryKinds = {kind};
    else if (small || (d.featureCount >= 0 && d.featureCount <= fewFeatures))
        d.geometryKinds = kindsByLook(layer, token);
    auto reference = OGR_L_GetSpatialRef(layer);
    CrsEvidence evidence{.declared = toCrs(reference),
                         .geographic = isUndefinedGeographic(reference),
                         .drawing = spec.kind.drivers.contains("DXF"_L1)};
    evidence.extent = rawExtent(layer, small || !evidence.declared.isValid());
    if (comesNorthFirst(reference) && !evidence.extent.isEmpty())
        evidence.extent = swapped(evidence.extent);
    const auto decision = decideCrs(evidence, options);
    result.swapped = decision.swapped != comesNorthFirst(reference);
    d.crs = decision.crs;
    d.crsGuessed = decision.guessed;
    d.extent = decision.swapped && !evidence.extent.isEmpty() ? swapped(evidence.extent) : evidence.extent;
    d.notes += decision.notes;
    if (errors.failed())
        d.notes += unreadableContent(spec, {}).what;
    return result;
}

EncodingGuess shapeEncoding(const DatasetSpec &spec)
{
    auto raw = spec;
    raw.openOptions.append(u"ENCODING="_s);
    const auto dataset = openDataset(raw, GDAL_OF_VECTOR);
    if (!dataset)
        return {};
    const GdalErrors errors;
    auto layer = GDALDatasetGetLayer(dataset->get(), 0);
    if (!layer)
        return {};
    bool special = false, utf8 = true;
    OGR_L_ResetReading(layer);
    for (int i = 0; i < 2000; ++i) {
        const std::unique_ptr<void, void (*)(void *)> feature(OGR_L_GetNextFeature(layer),
                                                              [](void *f) { OGR_F_Destroy(f); });
        if (!feature)
            break;
        for (int f = 0; f < OGR_F_GetFieldCount(feature.get()); ++f) {
            if (OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature.get(), f)) != OFTString)
                continue;
            const QByteArrayView text(OGR_F_GetFieldAsString(feature.get(), f));
            if (std::ranges::none_of(text, [](char c) { return c < 0; }))
                continue;
            special = true;
            QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
            const QString decoded = decoder(text);
            utf8 = utf8 && !decoder.hasError();
        }
    }
    if (!special)
        return {};
    const auto *declaredBytes = GDALGetMetadataItem(layer, "ENCODING_FROM_CPG", "SHAPEFILE");
    if (!declaredBytes)
        declaredBytes = GDALGetMetadataItem(layer, "ENCODING_FROM_LDID", "SHAPEFILE");
    const auto declared = declaredBytes ? QString::fromLatin1(declaredBytes) : QString();
    const bool saysUtf8 = declared.compare("UTF-8"_L1, Qt::CaseInsensitive) == 0;
    if (!declared.isEmpty() && !isKnownEncoding(declared))
        return {.encoding = utf8 ? u"UTF-8"_s : u"CP1252"_s,
                .notes = {FileTexts::tr("The file says that its texts are in “%1”, which is no known encoding; they "
                                        "were read as %2.")
                              .arg(declared.left(40), utf8 ? u"UTF-8"_s : u"Windows-1252"_s)}};
    if (utf8)
        return {.encoding = u"UTF-8"_s};
    if (!declared.isEmpty() && !saysUtf8)
        return {.encoding = declared};
    return {
        .encoding = u"CP1252"_s,
        .notes = {
            saysUtf8
                ? FileTexts::tr(
                      "The file says that its texts are UTF-8, but they are not; they were read as Windows-1252.")
                : FileTexts::tr("The file does not say how its texts are encoded; they were read as Windows-1252.")}};
}

QString settleEncoding(DatasetSpec &spec, const QJsonObject &options)
{
    const auto wanted = options[u"encoding"_s].toString();
    if (!wanted.isEmpty() || !spec.kind.drivers.contains("ESRI Shapefile"_L1))
        return wanted;
    const auto guess = shapeEncoding(spec);
    spec.notes += guess.notes;
    if (!guess.encoding.isEmpty())
        spec.openOptions.append(u"ENCODING="_s + guess.encoding);
    return guess.encoding;
}

bool isEmptyDatabase(const DatasetSpec &spec)
{
    if (!spec.kind.drivers.contains("GPKG"_L1) || spec.path != spec.file)
        return false;
    const auto uri = QUrl::fromLocalFile(spec.file).toEncoded() + "?immutable=1";
    sqlite3 *raw = nullptr;
    const bool opened =
        sqlite3_open_v2(uri.constData(), &raw, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr) == SQLITE_OK;
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)> database(raw, sqlite3_close_v2);
    sqlite3_stmt *statement = nullptr;
    const bool sound = opened
        && sqlite3_prepare_v2(raw, "SELECT 1 FROM gpkg_contents LIMIT 1", -1, &statement, nullptr) == SQLITE_OK
        && sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return sound;
}

void *findLayer(void *dataset, const QString &name)
{
    if (!name.isEmpty())
        return GDALDatasetGetLayerByName(dataset, name.toUtf8().constData());
    const auto layers = dataLayers(dataset);
    return layers.empty() ? nullptr : layers.front();
}

std::vector<void *> dataLayers(void *dataset)
{
    std::vector<void *> layers;
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset); ++i) {
        auto layer = GDALDatasetGetLayer(dataset, i);
        if (layer && !isHousekeeping(QString::fromUtf8(OGR_L_GetName(layer))))
            layers.push_back(layer);
    }
    return layers;
}

} // namespace hanseatlas
