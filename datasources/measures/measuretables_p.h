// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/storeconnection_p.h"
#include "layers/measures/measurestore.h"

#include <QJsonObject>

/** @internal The tables of the local store; exported for unit tests only. */
namespace hanseatlas
{

inline constexpr int measureApplicationId = 0x484d4153; ///< "HMAS", in the header of the file
inline constexpr int measureStoreVersion = 1;

struct OpenedMeasureFile {
    std::unique_ptr<StoreConnection> connection;
    QString problem;
    bool isNew = false;
};
Result<OpenedMeasureFile> openMeasureFile(const QString &path);

Error measureStoreError(const SqlFault &fault);

/** A measure as it stands in the tables. */
struct MeasureRow {
    QJsonObject json; ///< empty: removed, or never there
    qint64 version = 0; ///< also of one that was removed; 0: never there
};
MeasureRow measureRow(StoreConnection &connection, const QString &number);
/** `json` empty: is removed. Reports that are there stay; further ones are added. */
void writeMeasureRow(StoreConnection &connection, const QString &number, const QJsonObject &json, qint64 version);

qint64 beginChange(StoreConnection &connection, const ChangeNote &note);
void writeHistory(StoreConnection &connection, qint64 change, const MeasureChange &made, qint64 version);
/** What the measure was when it had that version, told from the history. */
QJsonObject measureAt(StoreConnection &connection, const QString &number, const QJsonObject &now, qint64 version);

} // namespace hanseatlas
