// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"
#include "layers/model/result.h"

#include <QDate>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

/** Tables that people type: CSV, XLSX, ODS and GeoPackage, cell by cell as texts. */
namespace hanseatlas
{

/** A GDALDatasetH. */
struct SheetCloser {
    void operator()(void *dataset) const;
};
using SheetFile = std::unique_ptr<void, SheetCloser>;

/** Opens the file for reading its first table; all cells of spreadsheets are texts. TooLarge where it would unpack to
 * more than memory should hold, Malformed where it is none of these; the words are the caller's. */
Result<SheetFile> openSheet(const QString &path, const Error &tooLarge, const Error &unreadable);

/** Row by row: the first call has the names of the columns and the number 1 (in a GeoPackage: 0), then come the cells.
 * Empty rows are passed over. Ends with the first error that `row` gives. */
Status readSheet(const SheetFile &file, const CancelToken &token, const Progress &progress,
                 const std::function<Status(qint64 number, const QStringList &cells)> &row);

/** "1.234.567,89 €", "1234567.89", "1,5"; nothing where it is no number or not finite. */
std::optional<double> numberOfCell(QString text);
/** "31.12.2026", "2026-12-31", "2026/12/31", also with a time behind it; invalid where it is no day. */
QDate dayOfCell(const QString &text);

/** Spreadsheets take a cell that begins with = + - @ or a tab for a formula: an apostrophe before it makes it a text.
 *  unguarded() takes back what guarded() did, and nothing else. */
QString guarded(const QString &cell);
QString unguarded(const QString &cell);

} // namespace hanseatlas
