// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measuremerge.h"

#include <memory>

namespace hanseatlas
{

class StoreConnection;

struct SyncOutcome {
    int sent = 0; ///< measures
    int received = 0;
    QList<SharedConflict> open; ///< to be decided; until then each side keeps its own
    QStringList kept; ///< removed on one side, changed on the other: they stay
};

/** Keeps a user's copy of the measures and the store of all the same, so that work goes on where there is no network.
 *  What was last the same is written down in a file of its own; losing it, or dying at any moment, costs nothing but
 *  questions about fields that differ. Blocking; one thread at a time. */
class MeasureSync
{
public:
    /** Makes the file where there is none. */
    static Result<std::unique_ptr<MeasureSync>> open(const QString &path);
    ~MeasureSync();

    /** Errors of both stores. `now`: UTC, of changes that arrive in the copy. */
    Result<SyncOutcome> run(MeasureStore &copy, MeasureStore &shared, const MergeDecisions &decisions,
                            const ChangeNote &note, const CancelToken &token);

private:
    struct Marks {
        qint64 copy = 0, shared = 0;
        bool operator==(const Marks &) const = default;
    };
    struct Stores {
        MeasureStore &copy;
        MeasureStore &shared;
        const ChangeNote &note;
        const CancelToken &token;
    };
    explicit MeasureSync(std::unique_ptr<StoreConnection> file);
    Result<Marks> newest(const MeasureStore &copy, const MeasureStore &shared, const CancelToken &token) const;
    Result<QList<StoredMeasure>> base();
    Result<bool> round(const Stores &stores, const MergeDecisions &decisions, const Marks &now, qint64 since,
                       SyncOutcome &outcome);
    Result<bool> exchange(const MergePlan &plan, const Stores &stores, qint64 since, SyncOutcome &outcome) const;
    Status keep(const QList<StoredMeasure> &base, const QList<StoredMeasure> &now, const Marks &marks);

    const std::unique_ptr<StoreConnection> m_file;
};

} // namespace hanseatlas
