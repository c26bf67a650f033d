// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/measuretables_p.h"
#include "layers/measures/measurecheck.h"
#include "layers/measures/measurejson.h"
#include "layers/measures/measurenumber.h"
#include "layers/measures/measuretexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** One save on its way: writes as it goes; the transaction around it decides. */
class Saving
{
public:
    Saving(MeasureTables &tables, const StrategyFacts &facts, const ChangeNote &note)
        : m_tables(tables)
        , m_facts(facts)
        , m_change(tables.beginChange(note))
    {
    }

    Status make(const MeasureChange &change)
    {
        const auto row = m_tables.row(change.number);
        const bool create = change.kind == MeasureChange::Kind::Create;
        if (create ? !row.json.isEmpty() : row.json.isEmpty() || row.version != change.version) {
            const auto base = create ? QJsonObject() : m_tables.at(change.number, row.json, change.version);
            outcome.conflicts.append(conflictOf(change, row.json, row.json.isEmpty() ? 0 : row.version, base));
            return {};
        }
        return change.kind == MeasureChange::Kind::Remove ? remove(change, row) : put(change, row);
    }

    /** What only shows when all changes are made. */
    Status checkTree()
    {
        if (!m_treeTouched)
            return {};
        const auto parents = m_tables.parents();
        auto asked = m_removed ? parents.keys() : m_written;
        std::ranges::sort(asked, numberLess);
        return noFindings(treeFindings(parents, asked));
    }

    SaveOutcome outcome;

private:
    Status put(const MeasureChange &change, const MeasureRow &row)
    {
        Measure before;
        if (change.kind == MeasureChange::Kind::Edit) {
            const auto read = measureFromJson(row.json);
            if (!read)
                return std::unexpected(read.error());
            before = *read;
        }
        const auto after = applied(before, change);
        if (!after)
            return std::unexpected(after.error());
        if (after->number != change.number)
            return failure(ErrorKind::Invalid,
                           MeasureTexts::tr("The number of measure %1 cannot be changed.").arg(change.number.left(40)));
        if (const auto sound = noFindings(findingsOf(*after, m_facts)); !sound)
            return sound;
        // What the store holds decides what is written down as "before", not what the change believed.
        auto made = change;
        made.fields = differences(toJson(before), toJson(*after));
        m_treeTouched |= change.kind == MeasureChange::Kind::Create || before.parent != after->parent;
        write(made, toJson(*after), row.version + 1);
        return {};
    }

    Status remove(const MeasureChange &change, const MeasureRow &row)
    {
        m_treeTouched = m_removed = true;
        auto made = change;
        made.fields = differences(row.json, QJsonObject());
        write(made, {}, row.version + 1);
        outcome.versions[change.number] = 0;
        return {};
    }

    void write(const MeasureChange &made, const QJsonObject &json, qint64 version)
    {
        m_tables.writeRow(made.number, json, version);
        m_tables.writeHistory(m_change, made, version);
        outcome.versions[made.number] = version;
        m_written.append(made.number);
    }

    MeasureTables &m_tables;
    const StrategyFacts &m_facts;
    const qint64 m_change;
    QStringList m_written;
    bool m_treeTouched = false;
    bool m_removed = false;
};

Status checkNote(const ChangeNote &note)
{
    if (note.person.trimmed().isEmpty() || !note.at.isValid())
        return failure(ErrorKind::Invalid, MeasureTexts::tr("A change needs a name and a time."));
    return {};
}

} // namespace

Result<SaveOutcome> saveMeasures(MeasureTables &tables, const StrategyFacts &facts, const ChangeSet &changes,
                                 const ChangeNote &note, const CancelToken &token, const Progress &progress)
{
    if (const auto known = checkNote(note); !known)
        return std::unexpected(known.error());
    QStringList numbers;
    for (const auto &change : changes.changes)
        numbers.append(change.number);
    tables.expect(numbers);
    Saving saving(tables, facts, note);
    qsizetype done = 0;
    for (const auto &change : changes.changes) {
        if (token.stop_requested())
            return cancelled();
        const auto made = saving.make(change);
        if (auto error = tables.takeError()) // first: what was not read looks as if it were not there
            return std::unexpected(*std::move(error));
        if (!made)
            return std::unexpected(made.error());
        report(progress, double(++done) / double(changes.changes.size()));
    }
    if (!saving.outcome.conflicts.isEmpty()) {
        saving.outcome.versions.clear();
        return saving.outcome;
    }
    const auto sound = saving.checkTree();
    if (auto error = tables.takeError())
        return std::unexpected(*std::move(error));
    if (!sound)
        return std::unexpected(sound.error());
    if (token.stop_requested())
        return cancelled();
    return saving.outcome;
}

Result<StoredMeasure> storedMeasure(QJsonObject body, const QJsonArray &reports, qint64 version)
{
    if (!reports.isEmpty())
        body["reports"_L1] = reports;
    return measureFromJson(body).transform(
        [version](Measure measure) { return StoredMeasure{std::move(measure), version}; });
}

void undoField(QJsonObject &json, const QString &field, const QJsonValue &before)
{
    if (before.isUndefined())
        json.remove(field);
    else
        json[field] = before;
}

} // namespace hanseatlas
