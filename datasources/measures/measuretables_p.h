// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurestore.h"
#include "layers/measures/strategyfacts.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>

#include <optional>

/** @internal What the stores of measures have in common: how a change is checked and written, whatever holds the
 *  tables. Exported for unit tests only. */
namespace hanseatlas
{

/** A measure as it stands in the tables. */
struct MeasureRow {
    QJsonObject json; ///< empty: removed, or never there
    qint64 version = 0; ///< also of one that was removed; 0: never there
};

/** The tables within one transaction. A fault stays until it is taken; what is asked after it does nothing. */
class MeasureTables
{
public:
    virtual ~MeasureTables() = default;
    /** These will be asked for. */
    virtual void expect(const QStringList & /*numbers*/) { }
    virtual MeasureRow row(const QString &number) = 0;
    /** `json` empty: is removed. Reports that are there stay; further ones are added. */
    virtual void writeRow(const QString &number, const QJsonObject &json, qint64 version) = 0;
    virtual qint64 beginChange(const ChangeNote &note) = 0;
    virtual void writeHistory(qint64 change, const MeasureChange &made, qint64 version) = 0;
    /** What the measure was when it had that version, told from the history. */
    virtual QJsonObject at(const QString &number, const QJsonObject &now, qint64 version) = 0;
    virtual QHash<QString, QString> parents() = 0; ///< of all that are there
    virtual std::optional<Error> takeError() = 0;
};

/** Checks and makes the changes; who calls it has begun the transaction, and ends it: with a commit only where the
 *  outcome is written. */
Result<SaveOutcome> saveMeasures(MeasureTables &tables, const StrategyFacts &facts, const ChangeSet &changes,
                                 const ChangeNote &note, const CancelToken &token, const Progress &progress);

/** From what a row holds: without its reports, and those. */
Result<StoredMeasure> storedMeasure(QJsonObject body, const QJsonArray &reports, qint64 version);

void undoField(QJsonObject &json, const QString &field, const QJsonValue &before); ///< undefined: says nothing

} // namespace hanseatlas
