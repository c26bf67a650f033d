// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/geopackage_p.h"
#include "datasources/exchange/targetfile.h"
#include "datasources/files/gdalorigin.h"
#include "datasources/files/gdalsetup.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QSet>
#include <QTimeZone>

#include <cpl_string.h>
#include <gdal_utils.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

Error readError(const LayerExport &what, const QString &detail)
{
    return {ErrorKind::Malformed,
            QCoreApplication::translate("GeoPackage", "The layer “%1” could not be copied.").arg(what.layer->title),
            {},
            detail};
}

/** Whose fault was it? */
Error failed(const LayerExport &what, const QString &detail, const CancelToken &token)
{
    if (token.stop_requested())
        return {.kind = ErrorKind::Cancelled};
    return speaksOfStorage(detail) ? writeError(what.targetPath, detail) : readError(what, detail);
}

void dropTable(GDALDatasetH target, const QString &table)
{
    GdalErrors quiet;
    for (int i = GDALDatasetGetLayerCount(target) - 1; i >= 0; --i) {
        if (QString::fromUtf8(OGR_L_GetName(GDALDatasetGetLayer(target, i))) == table)
            GDALDatasetDeleteLayer(target, i);
    }
}

/** A column name that none of the layer's fields has. */
QString freeName(const QString &wish, const QStringList &fields)
{
    auto name = wish;
    for (int i = 2; fields.contains(name, Qt::CaseInsensitive); ++i)
        name = u"%1_%2"_s.arg(wish).arg(i);
    return name;
}

class Arguments
{
public:
    Arguments &operator<<(const QString &text)
    {
        m_list = CSLAddString(m_list, text.toUtf8().constData());
        return *this;
    }
    Arguments() = default;
    Arguments(const Arguments &) = delete;
    Arguments &operator=(const Arguments &) = delete;
    ~Arguments() { CSLDestroy(m_list); }
    char **list() const { return m_list; }

private:
    char **m_list = nullptr;
};

void addCreationOptions(Arguments &arguments, const QString &flag, const LayerExport &what, const QStringList &fields)
{
    const auto add = [&](const QString &option) {
        if (!flag.isEmpty())
            arguments << flag;
        arguments << option;
    };
    add(u"SPATIAL_INDEX=YES"_s);
    add(u"FID="_s + freeName(u"fid"_s, fields));
    add(u"GEOMETRY_NAME="_s + freeName(u"geom"_s, fields));
    add(u"IDENTIFIER="_s + what.identifier);
    if (!what.layer->explanation.isEmpty())
        add(u"DESCRIPTION="_s + what.layer->explanation);
}

// ---- Copied by GDAL: everything arrives as it is in the source

GdalDataset openOrigin(const GdalOrigin &origin)
{
    Arguments options, drivers;
    for (const auto &option : origin.openOptions)
        options << option;
    for (const auto &driver : origin.drivers)
        drivers << driver;
    return GdalDataset(GDALOpenEx(origin.path.toUtf8().constData(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers.list(),
                                  options.list(), nullptr));
}

Crs crsOf(OGRLayerH layer)
{
    auto *reference = OGR_L_GetSpatialRef(layer);
    char *wkt = nullptr;
    if (!reference || OSRExportToWkt(reference, &wkt) != OGRERR_NONE)
        return {};
    const auto crs = Crs::fromText(QString::fromUtf8(wkt));
    CPLFree(wkt);
    return crs;
}

/** Formats that keep a polygon and a multipolygon in one layer need a type that holds both. */
bool needsMulti(GDALDatasetH dataset, OGRLayerH layer)
{
    const QString driver = QString::fromUtf8(GDALGetDriverShortName(GDALGetDatasetDriver(dataset)));
    const auto type = OGR_GT_Flatten(OGR_L_GetGeomType(layer));
    return driver != "GPKG"_L1 && driver != "SQLite"_L1
        && (type == wkbPolygon || type == wkbLineString || type == wkbMultiPolygon || type == wkbMultiLineString);
}

QStringList fieldNames(OGRLayerH layer)
{
    QStringList names;
    auto *definition = OGR_L_GetLayerDefn(layer);
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i)
        names << QString::fromUtf8(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)));
    return names;
}

Result<qint64> copyByGdal(GDALDatasetH target, const LayerExport &what, const GdalOrigin &origin, CancelToken token,
                          const Progress &progress, QStringList &notes)
{
    GdalErrors errors;
    const auto source = openOrigin(origin);
    auto *layer = source
        ? (origin.layer.isEmpty() ? GDALDatasetGetLayer(source.get(), 0)
                                  : GDALDatasetGetLayerByName(source.get(), origin.layer.toUtf8().constData()))
        : nullptr;
    if (!layer)
        return std::unexpected(readError(what, errors.text()));

    Arguments arguments;
    arguments << u"-nln"_s << what.table;
    addCreationOptions(arguments, u"-lco"_s, what, fieldNames(layer));
    if (origin.crs.isValid() && !(origin.crs == crsOf(layer)))
        arguments << u"-a_srs"_s << origin.crs.definition();
    if (needsMulti(source.get(), layer))
        arguments << u"-nlt"_s << u"PROMOTE_TO_MULTI"_s;
    if (what.extent) {
        arguments << u"-spat"_s;
        for (const double side : {what.extent->xMin, what.extent->yMin, what.extent->xMax, what.extent->yMax})
            arguments << QString::number(side, 'g', 17);
    }
    arguments << QString::fromUtf8(OGR_L_GetName(layer));

    ProgressBridge bridge{token, progress};
    const std::unique_ptr<GDALVectorTranslateOptions, decltype(&GDALVectorTranslateOptionsFree)> options(
        GDALVectorTranslateOptionsNew(arguments.list(), nullptr), &GDALVectorTranslateOptionsFree);
    GDALVectorTranslateOptionsSetProgress(options.get(), &ProgressBridge::call, &bridge);
    GDALDatasetH from = source.get();
    int usage = FALSE;
    const bool done = GDALVectorTranslate(nullptr, target, 1, &from, options.get(), &usage) != nullptr;
    auto *written = GDALDatasetGetLayerByName(target, what.table.toUtf8().constData());
    if (!done || !written || token.stop_requested()) {
        const auto error = failed(what, errors.text(), token);
        dropTable(target, what.table);
        return std::unexpected(error);
    }
    const qint64 copied = OGR_L_GetFeatureCount(written, TRUE), expected = what.description.featureCount;
    if (!what.extent && copied < expected)
        notes << QCoreApplication::translate("GeoPackage", "“%1” is damaged: of %2 objects only %3 could be copied.")
                     .arg(what.layer->title)
                     .arg(expected)
                     .arg(copied);
    else if (errors.failed())
        notes << QCoreApplication::translate("GeoPackage", "“%1” was not read without errors: %2")
                     .arg(what.layer->title, errors.text().section(u'\n', 0, 0)); // the others say the same
    return copied;
}

// ---- Copied feature by feature through the port

OGRwkbGeometryType geometryType(const LayerDescription &description)
{
    if (description.kind == LayerKind::Table || description.geometryKinds.empty())
        return description.kind == LayerKind::Table ? wkbNone : wkbUnknown;
    if (description.geometryKinds.size() > 1)
        return wkbUnknown;
    switch (description.geometryKinds.front()) {
    case GeometryKind::Point:
        return description.geometryType.startsWith("Point"_L1) ? wkbPoint : wkbMultiPoint;
    case GeometryKind::Line:
        return wkbMultiLineString;
    case GeometryKind::Polygon:
        return wkbMultiPolygon;
    case GeometryKind::None:
        break;
    }
    return wkbUnknown;
}

OGRGeometryH lineOf(std::span<const PointXY> points, OGRwkbGeometryType type)
{
    auto *line = OGR_G_CreateGeometry(type);
    OGR_G_SetPointCount(line, int(points.size()));
    if (!points.empty())
        OGR_G_SetPoints(line, int(points.size()), &points.front().x, sizeof(PointXY), &points.front().y,
                        sizeof(PointXY), nullptr, 0);
    return line;
}

OGRGeometryH pointOf(PointXY p)
{
    auto *point = OGR_G_CreateGeometry(wkbPoint);
    OGR_G_SetPoint_2D(point, 0, p.x, p.y);
    return point;
}

OGRGeometryH polygonsOf(const Geometry &geometry)
{
    auto *all = OGR_G_CreateGeometry(wkbMultiPolygon);
    const auto starts = geometry.partStarts.empty() ? std::vector<std::uint32_t>{0} : geometry.partStarts;
    for (std::size_t part = 0; part < starts.size(); ++part) {
        const auto end = part + 1 < starts.size() ? starts[part + 1] : geometry.ringCount();
        auto *polygon = OGR_G_CreateGeometry(wkbPolygon);
        for (std::size_t ring = starts[part]; ring < end; ++ring)
            OGR_G_AddGeometryDirectly(polygon, lineOf(geometry.ring(ring), wkbLinearRing));
        OGR_G_AddGeometryDirectly(all, polygon);
    }
    return all;
}

/** Multi or single as the layer's type wants it. Owned by the caller; null for an empty one. */
OGRGeometryH toOgr(const Geometry &geometry, OGRwkbGeometryType type)
{
    if (geometry.isEmpty())
        return nullptr;
    OGRGeometryH result = nullptr;
    switch (geometry.kind) {
    case GeometryKind::Point:
        if (type == wkbPoint || (type == wkbUnknown && geometry.points.size() == 1))
            return pointOf(geometry.points.front());
        result = OGR_G_CreateGeometry(wkbMultiPoint);
        for (const auto &p : geometry.points)
            OGR_G_AddGeometryDirectly(result, pointOf(p));
        return result;
    case GeometryKind::Line:
        if (type == wkbUnknown && geometry.ringCount() == 1)
            return lineOf(geometry.ring(0), wkbLineString);
        result = OGR_G_CreateGeometry(wkbMultiLineString);
        for (std::size_t i = 0; i < geometry.ringCount(); ++i)
            OGR_G_AddGeometryDirectly(result, lineOf(geometry.ring(i), wkbLineString));
        return result;
    case GeometryKind::Polygon:
        return polygonsOf(geometry);
    case GeometryKind::None:
        break;
    }
    return nullptr;
}

std::pair<OGRFieldType, OGRFieldSubType> ogrType(FieldType type)
{
    switch (type) {
    case FieldType::Integer:
        return {OFTInteger64, OFSTNone};
    case FieldType::Real:
        return {OFTReal, OFSTNone};
    case FieldType::Boolean:
        return {OFTInteger, OFSTBoolean};
    case FieldType::Date:
        return {OFTDate, OFSTNone};
    case FieldType::DateTime:
        return {OFTDateTime, OFSTNone};
    case FieldType::Binary:
        return {OFTBinary, OFSTNone};
    case FieldType::Time: // GeoPackage has none
    case FieldType::Text:
        break;
    }
    return {OFTString, OFSTNone};
}

void setDateTime(OGRFeatureH feature, int i, const QDateTime &value)
{
    const auto utc = value.toUTC();
    const auto date = utc.date();
    const auto time = utc.time();
    OGR_F_SetFieldDateTimeEx(feature, i, date.year(), date.month(), date.day(), time.hour(), time.minute(),
                             float(time.second()) + float(time.msec()) / 1000, 100);
}

void setValue(OGRFeatureH feature, int i, FieldType type, const QVariant &value)
{
    if (!value.isValid() || value.isNull()) {
        OGR_F_SetFieldNull(feature, i);
        return;
    }
    switch (type) {
    case FieldType::Integer:
        return OGR_F_SetFieldInteger64(feature, i, value.toLongLong());
    case FieldType::Real:
        return OGR_F_SetFieldDouble(feature, i, value.toDouble());
    case FieldType::Boolean:
        return OGR_F_SetFieldInteger(feature, i, value.toBool() ? 1 : 0);
    case FieldType::Date: {
        const auto date = value.toDate();
        return OGR_F_SetFieldDateTime(feature, i, date.year(), date.month(), date.day(), 0, 0, 0, 0);
    }
    case FieldType::DateTime:
        return setDateTime(feature, i, value.toDateTime());
    case FieldType::Binary: {
        const auto bytes = value.toByteArray();
        return OGR_F_SetFieldBinary(feature, i, int(bytes.size()), bytes.constData());
    }
    case FieldType::Time:
        return OGR_F_SetFieldString(feature, i, value.toTime().toString(Qt::ISODateWithMs).toUtf8().constData());
    case FieldType::Text:
        return OGR_F_SetFieldString(feature, i, value.toString().toUtf8().constData());
    }
}

OGRLayerH createdLayer(GDALDatasetH target, const LayerExport &what, OGRwkbGeometryType type)
{
    const auto &description = what.description;
    QStringList names;
    for (const auto &field : description.fields)
        names << field.name;
    Arguments options;
    addCreationOptions(options, {}, what, names);

    struct Release {
        void operator()(void *reference) const { OSRRelease(reference); }
    };
    std::unique_ptr<void, Release> reference;
    if (description.crs.isValid()) {
        reference.reset(OSRNewSpatialReference(nullptr));
        OSRSetFromUserInput(reference.get(), description.crs.definition().toUtf8().constData());
        OSRSetAxisMappingStrategy(reference.get(), OAMS_TRADITIONAL_GIS_ORDER);
    }
    auto *layer =
        GDALDatasetCreateLayer(target, what.table.toUtf8().constData(), reference.get(), type, options.list());
    QSet<QString> titles;
    for (const auto &field : description.fields) {
        if (!layer)
            break;
        const auto [main, sub] = ogrType(field.type);
        auto *definition = OGR_Fld_Create(field.name.toUtf8().constData(), main);
        OGR_Fld_SetSubType(definition, sub);
        if (!field.title.isEmpty() && !titles.contains(field.title)) { // the format wants them unique
            titles.insert(field.title);
            OGR_Fld_SetAlternativeName(definition, field.title.toUtf8().constData());
        }
        const bool made = OGR_L_CreateField(layer, definition, TRUE) == OGRERR_NONE;
        OGR_Fld_Destroy(definition);
        if (!made)
            return nullptr;
    }
    return layer;
}

Result<qint64> copyByPort(GDALDatasetH target, const LayerExport &what, const FeatureSource &source, CancelToken token,
                          const Progress &progress)
{
    GdalErrors errors;
    const auto type = geometryType(what.description);
    auto *layer = createdLayer(target, what, type);
    if (!layer)
        return std::unexpected(failed(what, errors.text(), token));

    const auto &fields = what.description.fields;
    const std::unique_ptr<void, decltype(&OGR_F_Destroy)> row(OGR_F_Create(OGR_L_GetLayerDefn(layer)), &OGR_F_Destroy);
    qint64 count = 0;
    bool written = GDALDatasetStartTransaction(target, FALSE) == OGRERR_NONE;
    const auto write = [&](Feature &feature) {
        OGR_F_SetFID(row.get(), OGRNullFID);
        for (qsizetype i = 0; i < fields.size(); ++i)
            setValue(row.get(), int(i), fields[i].type, i < feature.values.size() ? feature.values[i] : QVariant());
        if (type != wkbNone)
            OGR_F_SetGeometryDirectly(row.get(), toOgr(feature.geometry, type));
        written = OGR_L_CreateFeature(layer, row.get()) == OGRERR_NONE;
        ++count;
        return written && !token.stop_requested();
    };
    auto status = written ? source.stream({.extent = what.extent}, write, token, progress) : Status();
    if (written && status && !token.stop_requested())
        written = GDALDatasetCommitTransaction(target) == OGRERR_NONE;
    if (written && status && !token.stop_requested())
        return count;
    const auto detail = errors.text();
    GDALDatasetRollbackTransaction(target);
    dropTable(target, what.table);
    if (token.stop_requested())
        return cancelled();
    return std::unexpected(status ? writeError(what.targetPath, detail) : status.error());
}

QString quoted(QString name)
{
    return u'"' + name.replace(u'"', u"\"\""_s) + u'"';
}

/** For texts: what is beyond an int is just many. */
int roundedDown(qint64 count)
{
    return int(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

/** The one number that a query gives. */
qint64 counted(GDALDatasetH target, const QString &sql)
{
    auto *answer = GDALDatasetExecuteSQL(target, sql.toUtf8().constData(), nullptr, nullptr);
    if (!answer)
        return 0;
    const std::unique_ptr<void, decltype(&OGR_F_Destroy)> row(OGR_L_GetNextFeature(answer), &OGR_F_Destroy);
    const auto count = row ? qint64(OGR_F_GetFieldAsInteger64(row.get(), 0)) : 0;
    GDALDatasetReleaseResultSet(target, answer);
    return count;
}

/** Infinity is no number that other programs would know what to do with; what is no number at all, SQLite already made
 *  NULL of. Counts also what has no place. */
void lookThrough(GDALDatasetH target, const LayerExport &what, QStringList &notes)
{
    const GdalErrors quiet;
    auto *layer = GDALDatasetGetLayerByName(target, what.table.toUtf8().constData());
    if (!layer)
        return;
    const auto table = quoted(what.table);
    const auto *geometry = OGR_L_GetGeometryColumn(layer);
    const auto placeless = geometry && *geometry
        ? counted(target, u"SELECT COUNT(*) FROM %1 WHERE %2 IS NULL"_s.arg(table, quoted(QString::fromUtf8(geometry))))
        : 0;
    if (placeless > 0)
        notes << QCoreApplication::translate("GeoPackage", "“%1”: %n object(s) have no geometry.", nullptr,
                                             roundedDown(placeless))
                     .arg(what.layer->title);
    qint64 infinite = 0;
    auto *definition = OGR_L_GetLayerDefn(layer);
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
        auto *field = OGR_FD_GetFieldDefn(definition, i);
        if (OGR_Fld_GetType(field) != OFTReal)
            continue;
        const auto which = u"%1 IN (9e999, -9e999)"_s.arg(quoted(QString::fromUtf8(OGR_Fld_GetNameRef(field))));
        const auto count = counted(target, u"SELECT COUNT(*) FROM %1 WHERE %2"_s.arg(table, which));
        if (count > 0)
            GDALDatasetExecuteSQL(target,
                                  u"UPDATE %1 SET %2 = NULL WHERE %3"_s
                                      .arg(table, quoted(QString::fromUtf8(OGR_Fld_GetNameRef(field))), which)
                                      .toUtf8()
                                      .constData(),
                                  nullptr, nullptr);
        infinite += count;
    }
    if (infinite > 0)
        notes << QCoreApplication::translate("GeoPackage", "“%1”: %n infinite number(s) were left empty.", nullptr,
                                             roundedDown(infinite))
                     .arg(what.layer->title);
}

} // namespace

Result<qint64> writeVectorLayer(GDALDatasetH target, const LayerExport &what, CancelToken token,
                                const Progress &progress, QStringList &notes)
{
    const auto source = std::get<std::shared_ptr<const FeatureSource>>(what.source);
    const auto *backed = dynamic_cast<const GdalBacked *>(source.get());
    const auto origin = backed ? backed->gdalOrigin() : std::nullopt;
    const auto count = origin ? copyByGdal(target, what, *origin, std::move(token), progress, notes)
                              : copyByPort(target, what, *source, std::move(token), progress);
    if (count)
        lookThrough(target, what, notes);
    return count;
}

} // namespace hanseatlas
