// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/measurechange.h"
#include "layers/measures/measurejson.h"
#include "layers/measures/measuretexts.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr auto reportsKey = "reports"_L1;

void setOrRemove(QJsonObject &json, const QString &field, const QJsonValue &value)
{
    if (value.isUndefined() || value.isNull())
        json.remove(field);
    else
        json[field] = value;
}

bool beginsWith(const QJsonArray &longer, const QJsonArray &shorter)
{
    return longer.size() >= shorter.size() && std::equal(shorter.begin(), shorter.end(), longer.begin());
}

/** Entries of `longer` that `shorter` has not, in their order. */
QJsonArray added(const QJsonArray &shorter, const QJsonArray &longer)
{
    QJsonArray rest;
    for (const auto &entry : longer) {
        if (!shorter.contains(entry))
            rest.append(entry);
    }
    return rest;
}

QJsonArray joined(QJsonArray first, const QJsonArray &second)
{
    for (const auto &entry : second)
        first.append(entry);
    return first;
}

/** What was reported stays, and is withdrawn. */
FieldChange withdrawal(const FieldChange &change, const ChangeNote &note)
{
    FieldChange back{.field = change.field, .before = change.after};
    auto reports = change.after.toArray();
    for (const auto &entry : added(change.before.toArray(), reports)) {
        const auto id = entry["id"_L1].toString();
        if (!entry["withdraws"_L1].toString().isEmpty())
            continue; // withdrawing a withdrawal says nothing that a new report would not say better
        reports.append(QJsonObject{{u"id"_s, u"-"_s + id},
                                   {u"at"_s, note.at.toUTC().toString(Qt::ISODateWithMs)},
                                   {u"person"_s, note.person},
                                   {u"withdraws"_s, id}});
    }
    back.after = reports;
    return back;
}

MeasureChange inverseOf(const MeasureChange &change, qint64 version, const ChangeNote &note)
{
    MeasureChange back{.number = change.number, .version = version};
    if (change.kind == MeasureChange::Kind::Create)
        back.kind = MeasureChange::Kind::Remove;
    else if (change.kind == MeasureChange::Kind::Remove) {
        back.kind = MeasureChange::Kind::Create;
        back.version = 0;
    }
    for (const auto &field : change.fields) {
        if (field.field == reportsKey && change.kind == MeasureChange::Kind::Edit)
            back.fields.append(withdrawal(field, note));
        else
            back.fields.append({field.field, field.after, field.before});
    }
    return back;
}

QJsonValue merged(const FieldConflict &field, const QHash<QString, bool> &takeMine, bool &open)
{
    if (field.field == reportsKey)
        return joined(field.theirs.toArray(), added(field.before.toArray(), field.mine.toArray()));
    if (field.collides()) {
        open |= !takeMine.contains(field.field);
        return takeMine.value(field.field) ? field.mine : field.theirs;
    }
    return field.mine == field.before ? field.theirs : field.mine;
}

} // namespace

QList<FieldChange> differences(const QJsonObject &before, const QJsonObject &after)
{
    QList<FieldChange> changes;
    for (const auto &field : measureFields()) {
        const QLatin1StringView key(field.key);
        if (before[key] != after[key])
            changes.append({key, before[key], after[key]});
    }
    return changes;
}

QList<FieldChange> differences(const Measure &before, const Measure &after)
{
    return differences(toJson(before), toJson(after));
}

MeasureChange createMeasure(const Measure &measure)
{
    return {MeasureChange::Kind::Create, measure.number, 0, differences(QJsonObject(), toJson(measure))};
}

MeasureChange removeMeasure(const Measure &measure, qint64 version)
{
    return {MeasureChange::Kind::Remove, measure.number, version, differences(toJson(measure), QJsonObject())};
}

MeasureChange editMeasure(const Measure &before, const Measure &after, qint64 version)
{
    return {MeasureChange::Kind::Edit, before.number, version, differences(before, after)};
}

Result<Measure> applied(const Measure &before, const MeasureChange &change)
{
    auto json = toJson(before);
    for (const auto &field : change.fields) {
        if (!measureField(field.field))
            return failure(ErrorKind::Invalid,
                           MeasureTexts::tr("A measure has no field “%1”.").arg(field.field.left(40)));
        const bool sameMeasure = change.kind == MeasureChange::Kind::Edit;
        if (sameMeasure && field.field == "number"_L1)
            return failure(ErrorKind::Invalid,
                           MeasureTexts::tr("The number of measure %1 cannot be changed.").arg(change.number.left(40)));
        if (sameMeasure && field.field == reportsKey
            && !beginsWith(field.after.toArray(), json.value(reportsKey).toArray()))
            return failure(ErrorKind::Invalid,
                           MeasureTexts::tr("Measure %1: what was reported is not changed; write a further report.")
                               .arg(change.number.left(40)));
        setOrRemove(json, field.field, field.after);
    }
    return measureFromJson(json);
}

ChangeSet inverse(const ChangeSet &set, const QHash<QString, qint64> &versions, const ChangeNote &note)
{
    ChangeSet back;
    for (auto it = set.changes.rbegin(); it != set.changes.rend(); ++it)
        back.changes.append(inverseOf(*it, versions.value(it->number), note));
    return back;
}

bool MeasureConflict::collides() const
{
    return version == 0
        || std::ranges::any_of(fields, [](const auto &field) { return field.field != reportsKey && field.collides(); });
}

MeasureConflict conflictOf(const MeasureChange &change, const QJsonObject &stored, qint64 version,
                           const QJsonObject &base)
{
    MeasureConflict conflict{.number = change.number, .version = version};
    auto was = base, mine = base;
    for (const auto &field : change.fields) {
        setOrRemove(was, field.field, field.before);
        setOrRemove(mine, field.field, field.after);
    }
    for (const auto &field : measureFields()) {
        const QLatin1StringView key(field.key);
        const FieldConflict values{key, was.value(key), stored.value(key), mine.value(key)};
        if (values.theirs != values.before || values.mine != values.before)
            conflict.fields.append(values);
    }
    return conflict;
}

Result<MeasureChange> rebased(const MeasureChange &change, const MeasureConflict &conflict,
                              const QHash<QString, bool> &takeMine)
{
    bool open = conflict.version == 0 || change.kind != MeasureChange::Kind::Edit;
    MeasureChange anew{.number = change.number, .version = conflict.version};
    for (const auto &field : conflict.fields) {
        const auto value = merged(field, takeMine, open);
        if (value != field.theirs)
            anew.fields.append({field.field, field.theirs, value});
    }
    if (open)
        return failure(ErrorKind::Invalid,
                       MeasureTexts::tr("Measure %1 was changed by somebody else meanwhile.").arg(change.number),
                       MeasureTexts::tr("Decide field by field which value is to stay."));
    return anew;
}

} // namespace hanseatlas
