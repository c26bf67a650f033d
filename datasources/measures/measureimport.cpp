// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/measureimport.h"
#include "datasources/files/gdalsetup.h"
#include "datasources/files/gdalvalues.h"
#include "datasources/measures/measurecells.h"
#include "layers/measures/measurecheck.h"
#include "layers/measures/measuretexts.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal.h>
#include <memory>
#include <ogr_api.h>
#include <ogr_srs_api.h>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using FeatureHandle = std::unique_ptr<void, decltype([](void *f) { OGR_F_Destroy(f); })>;
using Reference = std::unique_ptr<void, decltype([](void *s) { OSRRelease(s); })>;

constexpr qint64 largestFile = 256LL * 1024 * 1024;
constexpr qsizetype mostProblems = 1000;

/** Turns rows into changes. */
class Comparison
{
public:
    Comparison(const QList<StoredMeasure> &existing, const StrategyFacts &facts)
        : m_facts(facts)
    {
        for (const auto &stored : existing) {
            m_existing.insert(stored.measure.number, &stored);
            m_parents.insert(stored.measure.number, stored.measure.parent);
        }
    }

    /** Cells in the order of `columns`; null fields are passed over. */
    void addRow(qint64 row, const QStringList &cells, const QList<const MeasureField *> &columns,
                const QStringList &names)
    {
        ++import.rows;
        const auto numberColumn = columns.indexOf(measureField(u"number"));
        const auto number = cells[numberColumn].trimmed();
        if (!known(row, number, names[numberColumn]))
            return;
        const auto *stored = m_existing.value(number);
        auto json = stored ? toJson(stored->measure) : QJsonObject();
        bool sound = true;
        for (qsizetype i = 0; i < columns.size(); ++i) {
            const auto *field = columns[i];
            if (!field)
                continue;
            const QLatin1StringView key(field->key);
            if (cells[i].trimmed() == cellText(json.value(key), *field).trimmed())
                continue; // also where a cell tells a value less exactly than we have it
            const auto value = cellValue(cells[i], *field, m_facts);
            if (value)
                set(json, key, *value);
            else
                problem(row, names[i], value.error());
            sound &= value.has_value();
        }
        if (sound)
            compare(row, json, stored);
    }

    void addMeasure(qint64 row, const Measure &measure)
    {
        ++import.rows;
        if (!known(row, measure.number, u"number"_s))
            return;
        const auto *stored = m_existing.value(measure.number);
        auto json = toJson(measure);
        if (stored) {
            const auto reports = json.value("reports"_L1);
            json["reports"_L1] = toJson(stored->measure).value("reports"_L1);
            set(json, "reports"_L1, reports);
        }
        compare(row, json, stored);
    }

    void finish()
    {
        for (const auto &finding : treeFindings(m_parents, m_rowOf.keys())) {
            problem(m_rowOf.value(finding.number), u"parent"_s, finding.text);
            import.changes.changes.removeIf([&](const auto &change) { return change.number == finding.number; });
        }
        for (const auto &change : import.changes.changes)
            ++(change.kind == MeasureChange::Kind::Create ? import.created : import.changed);
    }

    void problem(qint64 row, const QString &column, const QString &text)
    {
        ++import.problemCount;
        if (import.problems.size() < mostProblems)
            import.problems.append({row, column, text});
    }

    MeasureImport import;

private:
    bool known(qint64 row, const QString &number, const QString &column)
    {
        if (number.isEmpty())
            problem(row, column, MeasureTexts::tr("The number is missing."));
        else if (const auto first = m_rowOf.constFind(number); first != m_rowOf.cend())
            problem(row, column,
                    MeasureTexts::tr("The number %1 stands in row %2 already.").arg(number.left(40)).arg(*first));
        else {
            m_rowOf.insert(number, row);
            return true;
        }
        return false;
    }

    /** Reports that are there stay. */
    static void set(QJsonObject &json, QLatin1StringView key, const QJsonValue &value)
    {
        if (key == "reports"_L1) {
            auto reports = json.value(key).toArray();
            for (const auto &entry : value.toArray()) {
                if (!reports.contains(entry))
                    reports.append(entry);
            }
            if (reports.isEmpty())
                json.remove(key);
            else
                json[key] = reports;
        } else if (value.isUndefined()) {
            json.remove(key);
        } else {
            json[key] = value;
        }
    }

    void compare(qint64 row, const QJsonObject &json, const StoredMeasure *stored)
    {
        const auto measure = measureFromJson(json);
        if (!measure) {
            problem(row, {}, measure.error().what);
            return;
        }
        if (stored && *measure == stored->measure) {
            ++import.unchanged;
            return;
        }
        const auto findings = findingsOf(*measure, m_facts);
        for (const auto &finding : findings)
            problem(row, finding.field, finding.text);
        if (!findings.isEmpty())
            return;
        m_parents[measure->number] = measure->parent;
        import.changes.changes.append(stored ? editMeasure(stored->measure, *measure, stored->version)
                                             : createMeasure(*measure));
    }

    const StrategyFacts &m_facts;
    QHash<QString, const StoredMeasure *> m_existing;
    QHash<QString, QString> m_parents;
    QHash<QString, qint64> m_rowOf;
};

std::unexpected<Error> tooLarge(const QString &name)
{
    return failure(ErrorKind::TooLarge,
                   MeasureTexts::tr("“%1” is too large to be read as a table of measures.").arg(name),
                   MeasureTexts::tr("At most %1 rows are read.").arg(QLocale().toString(mostImportedRows)));
}

std::unexpected<Error> unreadable(const QString &name, const QString &detail)
{
    return failure(ErrorKind::Malformed, MeasureTexts::tr("“%1” cannot be read as a table of measures.").arg(name),
                   MeasureTexts::tr("Give it as CSV, XLSX, ODS, GeoPackage or JSON of this program."), detail);
}

/** The place of a feature as WKB in EPSG:25832; empty: none. */
QByteArray placeOf(OGRFeatureH feature, OGRCoordinateTransformationH toWorking)
{
    auto *geometry = OGR_F_GetGeometryRef(feature);
    if (!geometry || OGR_G_IsEmpty(geometry))
        return {};
    if (toWorking && OGR_G_Transform(geometry, toWorking) != OGRERR_NONE)
        return {};
    QByteArray wkb(qsizetype(OGR_G_WkbSizeEx(geometry)), '\0');
    OGR_G_ExportToIsoWkb(geometry, wkbNDR, reinterpret_cast<unsigned char *>(wkb.data()));
    return wkb;
}

struct Sheet {
    OGRLayerH layer = nullptr;
    QList<const MeasureField *> columns;
    QStringList names;
    bool spreadsheet = false; ///< cells are guarded, and rows count from the header
    OGRCoordinateTransformationH toWorking = nullptr;
};

Status readRows(const Sheet &sheet, Comparison &comparison, const QString &name, const CancelToken &token,
                const Progress &progress)
{
    const auto placeColumn = sheet.columns.indexOf(measureField(u"place"));
    qint64 row = sheet.spreadsheet ? 1 : 0;
    const auto count = OGR_L_GetFeatureCount(sheet.layer, 1); // far quicker than finding out by comparing
    if (count > mostImportedRows)
        return tooLarge(name);
    const double all = double(std::max<GIntBig>(count, 1));
    OGR_L_ResetReading(sheet.layer);
    while (const FeatureHandle feature{OGR_L_GetNextFeature(sheet.layer)}) {
        if (token.stop_requested())
            return cancelled();
        if (++row > mostImportedRows)
            return tooLarge(name);
        QStringList cells;
        for (int i = 0; i < OGR_F_GetFieldCount(feature.get()); ++i) {
            const auto *text = OGR_F_GetFieldAsString(feature.get(), i);
            const auto cell = textOf(text, qsizetype(qstrlen(text)));
            cells.append(sheet.spreadsheet ? unguarded(cell) : cell);
        }
        if (cells.join(QString()).isEmpty())
            continue; // spreadsheets bring empty rows at their end
        if (placeColumn >= 0) {
            if (const auto wkb = placeOf(feature.get(), sheet.toWorking); !wkb.isEmpty())
                cells[placeColumn] = wktOf(wkb);
        }
        comparison.addRow(row, cells, sheet.columns, sheet.names);
        report(progress, double(row) / all);
    }
    return {};
}

Status describe(Sheet &sheet, Comparison &comparison, const QString &name)
{
    auto *definition = OGR_L_GetLayerDefn(sheet.layer);
    QSet<const MeasureField *> seen;
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
        const auto *text = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i));
        const auto column = unguarded(textOf(text, qsizetype(qstrlen(text))));
        const auto *field = fieldOfColumn(column);
        if (!field)
            comparison.import.unknownColumns.append(column);
        else if (seen.contains(field))
            return failure(ErrorKind::Malformed,
                           MeasureTexts::tr("“%1” has the column “%2” twice.").arg(name, column.left(40)));
        seen.insert(field);
        sheet.columns.append(field);
        sheet.names.append(column);
    }
    if (!seen.contains(measureField(u"number")))
        return failure(ErrorKind::Malformed, MeasureTexts::tr("“%1” has no column with the numbers.").arg(name),
                       MeasureTexts::tr("Name it “%1”.").arg(columnName(*measureField(u"number"))));
    return {};
}

Status importTable(const QString &path, const QString &name, Comparison &comparison, const CancelToken &token,
                   const Progress &progress)
{
    const auto dataset = openSheet(path, tooLarge(name).error(), unreadable(name, {}).error());
    if (!dataset)
        return std::unexpected(dataset.error());
    const GdalErrors errors;
    Sheet sheet{.layer = GDALDatasetGetLayer(dataset->get(), 0)};
    sheet.spreadsheet = GDALGetDatasetDriver(dataset->get()) != GDALGetDriverByName("GPKG");
    if (const auto described = describe(sheet, comparison, name); !described)
        return described;
    const Reference working(OSRNewSpatialReference(nullptr));
    OSRImportFromEPSG(working.get(), 25832);
    OSRSetAxisMappingStrategy(working.get(), OAMS_TRADITIONAL_GIS_ORDER);
    auto *own = OGR_L_GetSpatialRef(sheet.layer);
    if (own && !OSRIsSame(own, working.get()))
        sheet.toWorking = OCTNewCoordinateTransformation(own, working.get());
    const auto read = readRows(sheet, comparison, name, token, progress);
    if (sheet.toWorking)
        OCTDestroyCoordinateTransformation(sheet.toWorking);
    if (read && errors.failed())
        return unreadable(name, errors.text());
    return read;
}

Status importJson(QFile &file, const QString &name, Comparison &comparison)
{
    const auto measures = measuresFromJson(file.readAll(), name);
    if (!measures)
        return std::unexpected(measures.error());
    if (measures->size() > mostImportedRows)
        return tooLarge(name);
    qint64 row = 0;
    for (const auto &measure : *measures)
        comparison.addMeasure(++row, measure);
    return {};
}

} // namespace

Result<MeasureImport> previewImport(const QString &path, const QList<StoredMeasure> &existing,
                                    const StrategyFacts &facts, const CancelToken &token, const Progress &progress)
{
    const auto name = QFileInfo(path).fileName();
    QFile file(path);
    if (!file.exists())
        return failure(ErrorKind::NotFound, MeasureTexts::tr("The file “%1” does not exist.").arg(name));
    if (QFileInfo(path).isDir() || !file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotReadable, MeasureTexts::tr("The file “%1” may not be read.").arg(name));
    if (file.size() > largestFile)
        return tooLarge(name);
    Comparison comparison(existing, facts);
    const bool json = QFileInfo(path).suffix().compare("json"_L1, Qt::CaseInsensitive) == 0;
    const auto read = json ? importJson(file, name, comparison) : importTable(path, name, comparison, token, progress);
    if (!read)
        return std::unexpected(read.error());
    comparison.finish();
    return std::move(comparison.import);
}

} // namespace hanseatlas
