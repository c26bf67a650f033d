// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurestore.h"

/** Brings two stores of the same measures together: a copy that one user works in, and the store of all. */
namespace hanseatlas
{

/** What a user has decided about fields that both sides have changed. */
struct MergeDecision {
    qint64 version = 0; ///< of the shared row that was decided on; a later one is asked anew
    QHash<QString, bool> takeMine; ///< by field
};
using MergeDecisions = QHash<QString, MergeDecision>; ///< by number of the measure

/** A measure that two people have changed at once, with who the other one was. */
struct SharedConflict {
    MeasureConflict conflict;
    QString person;
    QDateTime at; ///< UTC
};

struct MergePlan {
    ChangeSet out; ///< for the shared store, made on its rows
    ChangeSet in; ///< for the copy, made on its rows
    QList<MeasureConflict> open; ///< to be decided; "mine" is the copy's. Neither store is changed there
    QStringList kept; ///< removed on one side, changed on the other: these stay on both
};

/** Three-way: what only one side has changed since `base` goes to the other, reports of both sides stay. `base` is the
 *  shared store as it was when both were last the same. All lists sorted by number. Pure. */
Result<MergePlan> mergePlan(const QList<StoredMeasure> &base, const QList<StoredMeasure> &mine,
                            const QList<StoredMeasure> &theirs, const MergeDecisions &decisions = {});

/** The same, whatever the order of the reports: each store keeps them in the order in which they arrived. */
bool sameMeasure(const Measure &a, const Measure &b);

} // namespace hanseatlas
