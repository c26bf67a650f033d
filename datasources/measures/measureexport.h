// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measure.h"
#include "layers/model/job.h"
#include "layers/model/result.h"

namespace hanseatlas
{

/** Writes CSV, XLSX, ODS, GeoPackage (EPSG:25832) or the program's JSON, by the path's ending; previewImport() gives
 *  back the same. Cells that a spreadsheet would take for formulas are guarded. The file is whole or not there. */
Status exportMeasures(const QString &path, const QList<Measure> &measures, const CancelToken &token);

/** Who publishes open data, and where. */
struct OpenDataNote {
    QString publisher; ///< e.g. "Hansestadt Lübeck"
    QString contact; ///< mail address; may be empty
    QString licence; ///< address of the licence
    QString downloadUrl; ///< where the CSV will lie; may be empty: its name is written
    QDate modified;
};

/** The CSV without what is internal (budget, risks, governance notes, reports, attachments), and beside it, as
 *  <name>.jsonld, its description after DCAT-AP.de as JSON-LD. */
Status exportOpenData(const QString &path, const QList<Measure> &measures, const OpenDataNote &note,
                      const CancelToken &token);

} // namespace hanseatlas
