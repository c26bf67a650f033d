// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurestore.h"
#include "layers/measures/strategyfacts.h"

namespace hanseatlas
{

/** A cell that cannot be taken over. */
struct CellProblem {
    qint64 row = 0; ///< as in the file, where the first is 1 and holds the names of the columns; in JSON the entry
    QString column; ///< as in the file
    QString text; ///< translated
    bool operator==(const CellProblem &) const = default;
};

/** What an import would do. Nothing of it has been written: saving `changes` is one transaction. */
struct MeasureImport {
    ChangeSet changes; ///< of rows without a problem
    qint64 rows = 0;
    qint64 created = 0, changed = 0, unchanged = 0; ///< measures
    QStringList unknownColumns;
    QList<CellProblem> problems; ///< the first thousand
    qint64 problemCount = 0;
    bool isClean() const { return problemCount == 0; }
};

inline constexpr qint64 mostImportedRows = 200'000;

/** Reads CSV, XLSX, ODS, GeoPackage (by what the file is) or the program's JSON and compares it with what there is, by
 *  number. A column that is missing changes nothing; an empty cell empties the field, but reports are only added.
 *  Nothing in a cell is run: formulas and links are texts. TooLarge beyond mostImportedRows; Malformed without a column
 *  of numbers. */
Result<MeasureImport> previewImport(const QString &path, const QList<StoredMeasure> &existing,
                                    const StrategyFacts &facts, const CancelToken &token, const Progress &progress);

} // namespace hanseatlas
