// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/index/indexstore.h"
#include "layers/index/indicator.h"

namespace hanseatlas
{

/** What an import of values would do. Nothing of it has been written: delivering it is one transaction. */
struct IndexImport {
    struct Problem {
        qint64 row = 0; ///< as in the file, where the first is 1 and holds the names of the columns
        QString column;
        QString text; ///< translated
        bool operator==(const Problem &) const = default;
    };
    IndexDelivery delivery; ///< of rows without a problem
    qint64 rows = 0;
    IndexDelivered preview; ///< beside what there is
    QStringList unknownColumns;
    QList<Problem> problems; ///< the first thousand
    qint64 problemCount = 0;
    bool isClean() const { return problemCount == 0; }
};

inline constexpr qint64 mostIndexRows = 2'000'000;

/** Reads a table with a value a row: CSV, XLSX, ODS or GeoPackage. Columns, in German or English: Indikator (id or
 * title), Zeitraum (“2025”, “2025-03”, “03.2025”, “2025-Q1”, “1. Quartal 2025” or a day), Wert (empty: the value does
 * not hold any more), and, where they are there, Stadtteil (empty: the whole city). Others are named as unknown.
 * `origin` goes into the delivery as it is. TooLarge beyond mostIndexRows, Malformed without one of the three. */
Result<IndexImport> previewIndexImport(const QString &path, const IndexDefinition &definition,
                                       const IndexRecords &known, const IndexOrigin &origin, const CancelToken &token,
                                       const Progress &progress);

/** The first month of what a cell says, for an indicator of that period; nothing where it cannot be read. */
std::optional<int> periodOfCell(const QString &text, const QString &period);

} // namespace hanseatlas
