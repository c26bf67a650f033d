// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/measureexport.h"
#include "datasources/exchange/targetfile.h"
#include "datasources/files/gdalsetup.h"
#include "datasources/measures/measurecells.h"
#include "layers/measures/measuretexts.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <gdal.h>
#include <memory>
#include <ogr_api.h>
#include <ogr_srs_api.h>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using Columns = QList<const MeasureField *>;

Columns allColumns()
{
    Columns columns;
    for (const auto &field : measureFields())
        columns.append(&field);
    return columns;
}

Status writeBytes(const QString &path, const QByteArray &bytes)
{
    auto target = TargetFile::create(path);
    if (!target)
        return std::unexpected(target.error());
    QFile file(target->workPath());
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush())
        return std::unexpected(writeError(path, file.errorString()));
    file.close();
    return target->commit();
}

QByteArray csvCell(QString cell)
{
    cell = guarded(cell);
    static const QSet<QChar> special{u'"', u',', u';', u'\n', u'\r', u'\t', u'\''};
    const bool plain = std::ranges::none_of(cell, [](QChar c) { return special.contains(c); });
    return (plain ? cell : u'"' + cell.replace(u'"', u"\"\""_s) + u'"').toUtf8();
}

Status writeCsv(const QString &path, const QList<Measure> &measures, const Columns &columns, const CancelToken &token)
{
    QByteArray csv;
    for (const auto *field : columns)
        csv += (csv.isEmpty() ? "" : ",") + csvCell(columnName(*field));
    for (const auto &measure : measures) {
        if (token.stop_requested())
            return cancelled();
        const auto json = toJson(measure);
        csv += "\r\n";
        for (const auto *field : columns)
            csv += (field == columns.first() ? "" : ",")
                + csvCell(cellText(json.value(QLatin1StringView(field->key)), *field));
    }
    return writeBytes(path, csv + "\r\n");
}

bool setPlace(OGRFeatureH feature, const QByteArray &wkb)
{
    OGRGeometryH geometry = nullptr;
    return OGR_G_CreateFromWkbEx(wkb.constData(), nullptr, &geometry, std::size_t(wkb.size())) == OGRERR_NONE
        && OGR_F_SetGeometryDirectly(feature, geometry) == OGRERR_NONE;
}

bool writeFeature(OGRLayerH layer, const Measure &measure, bool geo)
{
    const auto json = toJson(measure);
    auto *feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    const bool onMap =
        geo && measure.place.kind == MeasurePlace::Kind::Geometry && setPlace(feature, measure.place.wkb);
    int column = 0;
    for (const auto &field : measureFields()) {
        auto cell = cellText(json.value(QLatin1StringView(field.key)), field);
        if (field.cell == CellKind::Place && onMap)
            cell.clear();
        if (!cell.isEmpty())
            OGR_F_SetFieldString(feature, column, (geo ? cell : guarded(cell)).toUtf8().constData());
        ++column;
    }
    const bool written = OGR_L_CreateFeature(layer, feature) == OGRERR_NONE;
    OGR_F_Destroy(feature);
    return written;
}

OGRLayerH makeLayer(GDALDatasetH dataset, bool geo)
{
    auto *working = OSRNewSpatialReference(nullptr);
    OSRImportFromEPSG(working, 25832);
    auto *layer =
        GDALDatasetCreateLayer(dataset, "massnahmen", geo ? working : nullptr, geo ? wkbUnknown : wkbNone, nullptr);
    OSRRelease(working);
    for (const auto &field : measureFields()) {
        auto *definition = OGR_Fld_Create(geo ? field.key : columnName(field).toUtf8().constData(), OFTString);
        if (layer)
            OGR_L_CreateField(layer, definition, 0);
        OGR_Fld_Destroy(definition);
    }
    return layer;
}

Status writeGdal(const QString &path, const QList<Measure> &measures, const char *driverName, const CancelToken &token)
{
    auto target = TargetFile::create(path);
    if (!target)
        return std::unexpected(target.error());
    const GdalErrors errors;
    const bool geo = driverName == QByteArray("GPKG");
    auto *driver = GDALGetDriverByName(driverName);
    auto *dataset =
        driver ? GDALCreate(driver, target->workPath().toUtf8().constData(), 0, 0, 0, GDT_Unknown, nullptr) : nullptr;
    if (!dataset)
        return std::unexpected(writeError(path, errors.text()));
    GDALDatasetStartTransaction(dataset, 0);
    auto *layer = makeLayer(dataset, geo);
    bool good = layer != nullptr;
    for (const auto &measure : measures) {
        if (!good || token.stop_requested())
            break;
        good = writeFeature(layer, measure, geo);
    }
    if (geo && good)
        good = GDALDatasetCommitTransaction(dataset) == OGRERR_NONE;
    GDALClose(dataset);
    if (token.stop_requested())
        return cancelled();
    if (!good)
        return std::unexpected(writeError(path, errors.text()));
    return target->commit();
}

QJsonObject reference(const QString &id)
{
    return {{u"@id"_s, id}};
}

QByteArray description(const QString &csv, const OpenDataNote &note)
{
    const auto address = note.downloadUrl.isEmpty() ? csv : note.downloadUrl;
    const auto modified = QJsonObject{{u"@type"_s, u"xsd:date"_s}, {u"@value"_s, note.modified.toString(Qt::ISODate)}};
    const QJsonObject distribution{
        {u"@type"_s, u"dcat:Distribution"_s},
        {u"@id"_s, address + u"#csv"_s},
        {u"dct:title"_s, csv},
        {u"dcat:accessURL"_s, reference(address)},
        {u"dcat:downloadURL"_s, reference(address)},
        {u"dct:license"_s, reference(note.licence)},
        {u"dcat:mediaType"_s, reference(u"https://www.iana.org/assignments/media-types/text/csv"_s)},
        {u"dct:format"_s, reference(u"http://publications.europa.eu/resource/authority/file-type/CSV"_s)},
        {u"dct:modified"_s, modified}};
    QJsonObject dataset{
        {u"@type"_s, u"dcat:Dataset"_s},
        {u"@id"_s, address + u"#dataset"_s},
        {u"dct:title"_s, QJsonObject{{u"@language"_s, u"de"_s}, {u"@value"_s, u"Maßnahmen der Digitalen Strategie"_s}}},
        {u"dct:description"_s,
         QJsonObject{{u"@language"_s, u"de"_s},
                     {u"@value"_s, u"Die Maßnahmen mit Nummer, Themenfeld, Federführung, Phase und Fortschritt."_s}}},
        {u"dct:identifier"_s, address},
        {u"dct:modified"_s, modified},
        {u"dct:language"_s, reference(u"http://publications.europa.eu/resource/authority/language/DEU"_s)},
        {u"dcat:theme"_s, reference(u"http://publications.europa.eu/resource/authority/data-theme/GOVE"_s)},
        {u"dct:publisher"_s, QJsonObject{{u"@type"_s, u"foaf:Organization"_s}, {u"foaf:name"_s, note.publisher}}},
        {u"dcat:distribution"_s, QJsonArray{distribution}}};
    if (!note.contact.isEmpty())
        dataset["dcat:contactPoint"_L1] = QJsonObject{{u"@type"_s, u"vcard:Organization"_s},
                                                      {u"vcard:fn"_s, note.publisher},
                                                      {u"vcard:hasEmail"_s, reference(u"mailto:"_s + note.contact)}};
    dataset["@context"_L1] = QJsonObject{{u"dcat"_s, u"http://www.w3.org/ns/dcat#"_s},
                                         {u"dct"_s, u"http://purl.org/dc/terms/"_s},
                                         {u"foaf"_s, u"http://xmlns.com/foaf/0.1/"_s},
                                         {u"vcard"_s, u"http://www.w3.org/2006/vcard/ns#"_s},
                                         {u"xsd"_s, u"http://www.w3.org/2001/XMLSchema#"_s}};
    return QJsonDocument(dataset).toJson();
}

} // namespace

Status exportMeasures(const QString &path, const QList<Measure> &measures, const CancelToken &token)
{
    const auto suffix = QFileInfo(path).suffix().toLower();
    if (suffix == "json"_L1)
        return writeBytes(path, measuresToJson(measures));
    if (suffix == "csv"_L1)
        return writeCsv(path, measures, allColumns(), token);
    if (suffix == "xlsx"_L1)
        return writeGdal(path, measures, "XLSX", token);
    if (suffix == "ods"_L1)
        return writeGdal(path, measures, "ODS", token);
    if (suffix == "gpkg"_L1)
        return writeGdal(path, measures, "GPKG", token);
    return failure(ErrorKind::Unsupported,
                   MeasureTexts::tr("Measures cannot be written as “%1”.").arg(QFileInfo(path).fileName()),
                   MeasureTexts::tr("Choose a name that ends in csv, xlsx, ods, gpkg or json."));
}

Status exportOpenData(const QString &path, const QList<Measure> &measures, const OpenDataNote &note,
                      const CancelToken &token)
{
    if (note.publisher.trimmed().isEmpty() || note.licence.trimmed().isEmpty() || !note.modified.isValid())
        return failure(ErrorKind::Invalid, MeasureTexts::tr("Open data need a publisher, a licence and a date."));
    static const QSet<QByteArray> open{"number",   "title",    "description", "field", "parent", "lead",
                                       "partners", "concepts", "resolutions", "class", "goals",  "dimensions",
                                       "phase",    "progress", "start",       "end",   "place"};
    Columns columns;
    for (const auto &field : measureFields()) {
        if (open.contains(field.key))
            columns.append(&field);
    }
    if (const auto written = writeCsv(path, measures, columns, token); !written)
        return written;
    const QFileInfo info(path);
    return writeBytes(info.path() + u'/' + info.completeBaseName() + u".jsonld"_s, description(info.fileName(), note));
}

} // namespace hanseatlas
