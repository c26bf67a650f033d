// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/measuremerge.h"

#include "layers/measures/measurejson.h"
#include "layers/measures/measurenumber.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr auto reportsKey = "reports"_L1;

struct NumberLess {
    bool operator()(const QString &a, const QString &b) const { return numberLess(a, b); }
};

const StoredMeasure *findIn(const QList<StoredMeasure> &sorted, const QString &number)
{
    const auto numberOf = [](const StoredMeasure &stored) -> const QString & { return stored.measure.number; };
    const auto it = std::ranges::lower_bound(sorted, number, numberLess, numberOf);
    return it != sorted.end() && it->measure.number == number ? &*it : nullptr;
}

/** `wanted` with its reports behind those that the target has: what was reported stays where it is. */
QJsonObject onto(const QJsonObject &target, QJsonObject wanted)
{
    auto reports = target.value(reportsKey).toArray();
    for (const auto &report : wanted.value(reportsKey).toArray()) {
        if (!reports.contains(report))
            reports.append(report);
    }
    if (!reports.isEmpty())
        wanted[reportsKey] = reports;
    return wanted;
}

MeasureChange edit(const StoredMeasure &target, const QJsonObject &wanted)
{
    const auto before = toJson(target.measure);
    return {MeasureChange::Kind::Edit, target.measure.number, target.version,
            differences(before, onto(before, wanted))};
}

void add(ChangeSet &set, MeasureChange change)
{
    if (change.kind != MeasureChange::Kind::Edit || !change.fields.isEmpty())
        set.changes.append(std::move(change));
}

/** What makes one side like the other one: `from` null is a removal, `to` null a new measure. */
MeasureChange turned(const StoredMeasure *to, const StoredMeasure *from)
{
    if (!from)
        return removeMeasure(to->measure, to->version);
    return to ? edit(*to, toJson(from->measure)) : createMeasure(from->measure);
}

/** A change on the shared row, made of what the copy has changed since both were the same. */
Status join(MergePlan &plan, const StoredMeasure *base, const StoredMeasure &mine, const StoredMeasure &theirs,
            const MergeDecision &decision)
{
    const auto was = base ? toJson(base->measure) : QJsonObject{{u"number"_s, mine.measure.number}};
    const MeasureChange change{MeasureChange::Kind::Edit, mine.measure.number, base ? base->version : 0,
                               differences(was, toJson(mine.measure))};
    const auto conflict = conflictOf(change, toJson(theirs.measure), theirs.version, was);
    const auto takeMine = decision.version == theirs.version ? decision.takeMine : QHash<QString, bool>();
    const bool undecided = std::ranges::any_of(conflict.fields, [&](const FieldConflict &field) {
        return field.field != reportsKey && field.collides() && !takeMine.contains(field.field);
    });
    if (undecided) {
        plan.open.append(conflict);
        return {};
    }
    const auto anew = rebased(change, conflict, takeMine);
    if (!anew)
        return std::unexpected(anew.error());
    const auto both = applied(theirs.measure, *anew);
    if (!both)
        return std::unexpected(both.error());
    add(plan.out, edit(theirs, toJson(*both)));
    add(plan.in, edit(mine, toJson(*both)));
    return {};
}

/** The removals that would leave a measure without its parent are not made: the removed one comes back. */
void keepParents(MergePlan &plan, const QList<StoredMeasure> &mine, const QList<StoredMeasure> &theirs)
{
    const auto keep = [&plan](ChangeSet &from, ChangeSet &to, const QList<StoredMeasure> &side, const QString &number) {
        const auto isIt = [&number](const MeasureChange &change) {
            return change.kind == MeasureChange::Kind::Remove && change.number == number;
        };
        if (from.changes.removeIf(isIt) == 0)
            return false;
        to.changes.append(createMeasure(findIn(side, number)->measure));
        plan.kept.append(number);
        return true;
    };
    QSet<QString> gone;
    for (const auto *set : {&plan.in, &plan.out}) {
        for (const auto &change : set->changes) {
            if (change.kind == MeasureChange::Kind::Remove)
                gone.insert(change.number);
        }
    }
    QSet<QString> wanted;
    for (const auto *side : {&mine, &theirs}) {
        for (const auto &stored : *side) {
            if (!gone.contains(stored.measure.number))
                wanted.insert(stored.measure.parent);
        }
    }
    for (bool again = !gone.isEmpty(); again;) {
        again = false;
        const auto asked = gone & wanted;
        for (const auto &number : asked) {
            if (keep(plan.in, plan.out, mine, number) || keep(plan.out, plan.in, theirs, number)) {
                const auto *back = findIn(mine, number) ? findIn(mine, number) : findIn(theirs, number);
                wanted.insert(back->measure.parent);
                gone.remove(number);
                again = true;
            }
        }
    }
}

bool same(const StoredMeasure *a, const StoredMeasure *b)
{
    return !a || !b ? a == b : sameMeasure(a->measure, b->measure);
}

Status planFor(MergePlan &plan, const QString &number, const StoredMeasure *base, const StoredMeasure *mine,
               const StoredMeasure *theirs, const MergeDecisions &decisions)
{
    if (same(mine, theirs))
        return {};
    if (same(base, theirs))
        add(plan.out, turned(theirs, mine));
    else if (same(base, mine))
        add(plan.in, turned(mine, theirs));
    else if (mine && theirs)
        return join(plan, base, *mine, *theirs, decisions.value(number));
    else { // what somebody has worked on is not lost to a removal
        plan.kept.append(number);
        add(mine ? plan.out : plan.in, turned(nullptr, mine ? mine : theirs));
    }
    return {};
}

} // namespace

bool sameMeasure(const Measure &a, const Measure &b)
{
    auto first = toJson(a), second = toJson(b);
    const auto reports = first.take(reportsKey).toArray(), others = second.take(reportsKey).toArray();
    return first == second && reports.size() == others.size()
        && std::ranges::all_of(reports, [&others](const auto &report) { return others.contains(report); });
}

Result<MergePlan> mergePlan(const QList<StoredMeasure> &base, const QList<StoredMeasure> &mine,
                            const QList<StoredMeasure> &theirs, const MergeDecisions &decisions)
{
    std::set<QString, NumberLess> numbers;
    for (const auto *list : {&base, &mine, &theirs}) {
        for (const auto &stored : *list)
            numbers.insert(stored.measure.number);
    }
    MergePlan plan;
    for (const auto &number : numbers) {
        const auto planned =
            planFor(plan, number, findIn(base, number), findIn(mine, number), findIn(theirs, number), decisions);
        if (!planned)
            return std::unexpected(planned.error());
    }
    keepParents(plan, mine, theirs);
    return plan;
}

} // namespace hanseatlas
