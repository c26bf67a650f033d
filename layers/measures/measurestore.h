// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurechange.h"
#include "layers/model/job.h"

/** Where measures live: the port. A file of one user or a database of many stand behind it. */
namespace hanseatlas
{

struct StoredMeasure {
    Measure measure;
    qint64 version = 0; ///< counts up with each change of the row; from 1
};

struct SaveOutcome {
    QList<MeasureConflict> conflicts; ///< not empty: nothing was written
    QHash<QString, qint64> versions; ///< of the rows that were written; 0: removed
    bool isWritten() const { return conflicts.isEmpty(); }
};

/** One field of one measure, changed once. */
struct MeasureHistoryRow {
    qint64 change = 0; ///< the same for all that was written together; later is larger
    QString number;
    MeasureChange::Kind kind = MeasureChange::Kind::Edit;
    FieldChange field;
    QString person;
    QDateTime at; ///< UTC
    QString occasion;
};

struct HistoryQuery {
    QString number; ///< "" = of all measures
    QDateTime since; ///< invalid: from the beginning
    qint64 after = 0; ///< only changes with a larger count
    int most = 10'000; ///< rows; the newest are kept
};

/** All functions block, may be called from any thread, and are cancellable as far as they take a token. Storage where
 *  the place of the store fails, Invalid where the change does not keep the rules of measures. */
class MeasureStore
{
public:
    virtual ~MeasureStore() = default;

    /** All measures, sorted by number. */
    virtual Result<QList<StoredMeasure>> read(const CancelToken &token, const Progress &progress) const = 0;
    /** In one transaction: wholly, or not at all and with the conflicts. Changes of rows that have another version by
     *  now conflict, and so do new measures whose number is taken. */
    virtual Result<SaveOutcome> save(const ChangeSet &changes, const ChangeNote &note, const CancelToken &token,
                                     const Progress &progress) = 0;
    /** Oldest first. */
    virtual Result<QList<MeasureHistoryRow>> history(const HistoryQuery &query, const CancelToken &token) const = 0;
    /** What was met at opening, for people; "" = nothing. */
    virtual QString problem() const = 0;
};

} // namespace hanseatlas
