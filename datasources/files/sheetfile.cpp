// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/sheetfile.h"

#include "datasources/files/gdalsetup.h"
#include "datasources/files/gdalvalues.h"

#include <QFileInfo>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_api.h>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using FeatureHandle = std::unique_ptr<void, decltype([](void *f) { OGR_F_Destroy(f); })>;

constexpr qint64 largestSheet = 600LL * 1024 * 1024; ///< unpacked: GDAL holds sheets in memory

/** Unpacked, of a zipped spreadsheet. */
qint64 unpackedSize(const QString &path)
{
    const auto root = QByteArray("/vsizip/{") + path.toUtf8() + '}';
    qint64 size = 0;
    auto *folder = VSIOpenDir(root.constData(), -1, nullptr);
    while (const auto *entry = folder ? VSIGetNextDirEntry(folder) : nullptr)
        size += qint64(entry->nSize);
    if (folder)
        VSICloseDir(folder);
    return size;
}

bool looksLikeFormula(const QString &cell)
{
    const auto first = std::ranges::find_if(cell, [](QChar c) { return c != u'\''; });
    return first != cell.end() && u"=+-@\t\r"_s.contains(*first);
}

QString text(const char *bytes)
{
    return textOf(bytes, qsizetype(qstrlen(bytes)));
}

} // namespace

void SheetCloser::operator()(void *dataset) const
{
    GDALClose(dataset);
}

Result<SheetFile> openSheet(const QString &path, const Error &tooLarge, const Error &unreadable)
{
    initGdal();
    const GdalErrors errors;
    const char *const drivers[] = {"CSV", "XLSX", "ODS", "GPKG", nullptr};
    const auto suffix = QFileInfo(path).suffix().toLower();
    const bool packed = suffix == "xlsx"_L1 || suffix == "xlsm"_L1 || suffix == "ods"_L1;
    if (packed && unpackedSize(path) > largestSheet)
        return std::unexpected(tooLarge);
    // All columns as texts: a number would lose the zero of 4.10.
    const char *const sheetOptions[] = {"HEADERS=FORCE", "FIELD_TYPES=STRING", nullptr};
    const char *const textOptions[] = {"HEADERS=YES", nullptr};
    SheetFile dataset(GDALOpenEx(path.toUtf8().constData(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers,
                                 packed                    ? sheetOptions
                                     : suffix == "gpkg"_L1 ? nullptr
                                                           : textOptions,
                                 nullptr));
    if (!dataset || GDALDatasetGetLayerCount(dataset.get()) == 0) {
        auto error = unreadable;
        error.detail = errors.text();
        return std::unexpected(error);
    }
    return dataset;
}

Status readSheet(const SheetFile &file, const CancelToken &token, const Progress &progress,
                 const std::function<Status(qint64 number, const QStringList &cells)> &row)
{
    auto *layer = GDALDatasetGetLayer(file.get(), 0);
    const bool spreadsheet = GDALGetDatasetDriver(file.get()) != GDALGetDriverByName("GPKG");
    auto *definition = OGR_L_GetLayerDefn(layer);
    QStringList cells;
    const auto take = [&](const char *bytes) { cells.append(spreadsheet ? unguarded(text(bytes)) : text(bytes)); };
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i)
        take(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)));
    qint64 number = spreadsheet ? 1 : 0;
    if (const auto status = row(number, cells); !status)
        return status;
    const double all = double(std::max<GIntBig>(OGR_L_GetFeatureCount(layer, 1), 1));
    OGR_L_ResetReading(layer);
    while (const FeatureHandle feature{OGR_L_GetNextFeature(layer)}) {
        if (token.stop_requested())
            return cancelled();
        ++number;
        cells.clear();
        for (int i = 0; i < OGR_F_GetFieldCount(feature.get()); ++i)
            take(OGR_F_GetFieldAsString(feature.get(), i));
        if (cells.join(QString()).isEmpty())
            continue; // spreadsheets bring empty rows at their end
        if (const auto status = row(number, cells); !status)
            return status;
        report(progress, double(number) / all);
    }
    return {};
}

std::optional<double> numberOfCell(QString text)
{
    text.remove(u'€').remove(u"EUR"_s).remove(QChar::Nbsp).remove(u' ');
    static const QRegularExpression germanThousands(u"^[+-]?[0-9]{1,3}(\\.[0-9]{3})+(,[0-9]*)?$"_s);
    static const QRegularExpression englishThousands(u"^[+-]?[0-9]{1,3}(,[0-9]{3})+\\.[0-9]*$"_s);
    if (germanThousands.match(text).hasMatch())
        text.remove(u'.');
    else if (englishThousands.match(text).hasMatch())
        text.remove(u',');
    text.replace(u',', u'.');
    bool ok = false;
    const double value = QLocale::c().toDouble(text, &ok);
    return ok && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

QDate dayOfCell(const QString &text)
{
    const auto day = text.section(u'T', 0, 0).section(u' ', 0, 0);
    for (const auto &form : {u"yyyy-MM-dd"_s, u"d.M.yyyy"_s, u"yyyy/MM/dd"_s}) {
        if (const auto date = QDate::fromString(day, form); date.isValid())
            return date;
    }
    return {};
}

QString guarded(const QString &cell)
{
    return looksLikeFormula(cell) ? u'\'' + cell : cell;
}

QString unguarded(const QString &cell)
{
    return cell.startsWith(u'\'') && looksLikeFormula(cell) ? cell.sliced(1) : cell;
}

} // namespace hanseatlas
