// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measure.h"
#include "layers/model/result.h"

#include <QHash>
#include <QJsonObject>
#include <QJsonValue>

/** Changes as values: made, turned round for undo, compared, and brought together where two people have edited. */
namespace hanseatlas
{

struct FieldChange {
    QString field; ///< key, see measureFields()
    QJsonValue before; ///< undefined: the field said nothing
    QJsonValue after; ///< undefined: it says nothing any more
    bool operator==(const FieldChange &) const = default;
};

struct MeasureChange {
    enum class Kind { Edit, Create, Remove };
    Kind kind = Kind::Edit;
    QString number;
    qint64 version = 0; ///< of the row that it was made on; 0 for Create
    QList<FieldChange> fields; ///< for Create and Remove: all that say something
    bool operator==(const MeasureChange &) const = default;
};

/** Applied together or not at all. */
struct ChangeSet {
    QList<MeasureChange> changes;
    bool isEmpty() const { return changes.isEmpty(); }
    bool operator==(const ChangeSet &) const = default;
};

/** Who changes, when, and on what occasion. The time is given from outside. */
struct ChangeNote {
    QString person;
    QDateTime at; ///< UTC
    QString occasion; ///< for people, e.g. "import of measures.xlsx"; may be empty
};

QList<FieldChange> differences(const QJsonObject &before, const QJsonObject &after); ///< in the order of the fields
QList<FieldChange> differences(const Measure &before, const Measure &after);

MeasureChange createMeasure(const Measure &measure);
MeasureChange removeMeasure(const Measure &measure, qint64 version);
MeasureChange editMeasure(const Measure &before, const Measure &after, qint64 version);

/** What comes out of it. Invalid where a status report would be changed or lost, or the number would change. The
 *  version is not looked at. */
Result<Measure> applied(const Measure &before, const MeasureChange &change);

/** What undoes it. A status report that was added is not taken away but withdrawn by a further one of `note`.
 *  `versions`: of the rows after the change. */
ChangeSet inverse(const ChangeSet &set, const QHash<QString, qint64> &versions, const ChangeNote &note);

/** One field of a measure that somebody else has changed meanwhile, or that was to be changed. */
struct FieldConflict {
    QString field;
    QJsonValue before; ///< what the change was made on
    QJsonValue theirs; ///< what the store holds
    QJsonValue mine; ///< what it was to become
    bool collides() const { return theirs != before && mine != before && theirs != mine; }
    bool operator==(const FieldConflict &) const = default;
};

/** A change that was made on a row which is another one by now. */
struct MeasureConflict {
    QString number;
    qint64 version = 0; ///< the store's; 0: the measure is not there any more
    QList<FieldConflict> fields;
    bool collides() const;
    bool operator==(const MeasureConflict &) const = default;
};

/** `stored`: {} where there is none. `base`: all of the measure that the change was made on, as far as it is known. */
MeasureConflict conflictOf(const MeasureChange &change, const QJsonObject &stored, qint64 version,
                           const QJsonObject &base);

/** The change made anew on what the store holds: fields that only one side has changed keep that side's value, status
 *  reports of both sides stay. For fields that collide `takeMine` decides; where it has no answer the change cannot be
 *  made: Invalid. */
Result<MeasureChange> rebased(const MeasureChange &change, const MeasureConflict &conflict,
                              const QHash<QString, bool> &takeMine = {});

} // namespace hanseatlas
