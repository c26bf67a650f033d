// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/measurework.h"

#include "layers/catalogue/searchtext.h"
#include "layers/measures/measurenumber.h"

#include <QSet>
#include <QUndoCommand>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

/** A change that has been written already; taking it back writes its inverse on the rows as they are then. */
class MeasureCommand final : public QUndoCommand
{
public:
    MeasureCommand(MeasureWork &work, ChangeSet written, const QString &text)
        : QUndoCommand(text)
        , m_work(work)
        , m_written(std::move(written))
    {
    }

    void undo() override { turn(); }
    void redo() override
    {
        if (m_isNew)
            m_isNew = false; // was written before it came here
        else
            turn();
    }

private:
    void turn()
    {
        QHash<QString, qint64> versions;
        bool reports = false;
        for (const auto &change : m_written.changes) {
            if (const auto *stored = m_work.find(change.number))
                versions.insert(change.number, stored->version);
            for (const auto &field : change.fields)
                reports |= change.kind == MeasureChange::Kind::Edit && field.field == "reports"_L1;
        }
        const auto back = inverse(m_written, versions, m_work.note(text()));
        if (const auto written = m_work.write(back, text()))
            m_written = *written;
        else
            return fail(written.error());
        if (reports)
            setObsolete(true); // a report is withdrawn for good; who means it again reports again
    }

    void fail(const Error &error)
    {
        setObsolete(true);
        emit m_work.failed(error);
    }

    MeasureWork &m_work;
    ChangeSet m_written;
    bool m_isNew = true;
};

namespace
{
constexpr qsizetype mostSingle = 40; ///< more changes at once are shown as new measures
} // namespace

MeasureWork::MeasureWork(StrategyFacts facts, QObject *parent)
    : QObject(parent)
    , m_facts(std::move(facts))
    , m_today(QDate::currentDate())
{
    m_pool.setMaxThreadCount(1);
}

MeasureWork::~MeasureWork()
{
    m_pool.waitForDone();
}

void MeasureWork::setStore(std::shared_ptr<MeasureStore> store)
{
    if (m_store && m_store != store)
        m_undo.clear();
    m_store = std::move(store);
    emit reset();
}

void MeasureWork::setMeasures(QList<StoredMeasure> measures)
{
    m_measures = std::move(measures);
    emit reset();
    if (!find(m_current))
        setCurrent({});
}

void MeasureWork::setPerson(const QString &person)
{
    m_person = person;
}

void MeasureWork::setToday(const QDate &today)
{
    m_today = today;
    emit reset();
}

const StoredMeasure *MeasureWork::find(const QString &number) const
{
    const auto numberOf = [](const StoredMeasure &stored) -> const QString & { return stored.measure.number; };
    const auto it = std::ranges::lower_bound(m_measures, number, numberLess, numberOf);
    return it != m_measures.end() && it->measure.number == number ? &*it : nullptr;
}

QList<Measure> MeasureWork::passing(const MeasureFilter &filter) const
{
    const auto words = searchWords(filter.text);
    QList<Measure> found;
    for (const auto &stored : m_measures) {
        if (matches(filter, stored.measure, m_today)
            && (words.isEmpty() || containsAll(searchedText(stored.measure), words)))
            found.append(stored.measure);
    }
    return found;
}

QStringList MeasureWork::leads() const
{
    QSet<QString> leads;
    for (const auto &stored : m_measures)
        leads.insert(stored.measure.lead);
    leads.remove({});
    QStringList sorted(leads.begin(), leads.end());
    std::ranges::sort(sorted, [](const QString &a, const QString &b) { return a.localeAwareCompare(b) < 0; });
    return sorted;
}

void MeasureWork::setCurrent(const QString &number)
{
    if (number == m_current)
        return;
    m_current = number;
    emit currentChanged(number);
}

ChangeNote MeasureWork::note(const QString &occasion) const
{
    return {m_person, QDateTime::currentDateTimeUtc(), occasion};
}

Status MeasureWork::edit(const Measure &before, const Measure &after, const QString &text)
{
    const auto *stored = find(before.number);
    if (!stored)
        return failure(ErrorKind::NotFound, tr("Measure %1 is not there any more.").arg(before.number));
    const auto change = editMeasure(before, after, stored->version);
    return change.fields.isEmpty() ? Status() : apply({{change}}, text);
}

Status MeasureWork::apply(const ChangeSet &changes, const QString &text)
{
    const auto written = write(changes, {});
    if (!written)
        return std::unexpected(written.error());
    if (!written->isEmpty())
        m_undo.push(new MeasureCommand(*this, *written, text));
    return {};
}

void MeasureWork::adopt(const ChangeSet &changes, QList<StoredMeasure> measures, const QString &text)
{
    setMeasures(std::move(measures));
    m_undo.push(new MeasureCommand(*this, changes, text));
}

void MeasureWork::arrive(QList<StoredMeasure> measures)
{
    const auto number = [](const StoredMeasure &stored) -> const QString & { return stored.measure.number; };
    if (!std::ranges::equal(measures, m_measures, {}, number, number))
        return setMeasures(std::move(measures));
    QStringList others;
    for (qsizetype i = 0; i < measures.size(); ++i) {
        if (measures[i].version != m_measures[i].version)
            others.append(measures[i].measure.number);
    }
    if (others.size() > mostSingle)
        return setMeasures(std::move(measures));
    m_measures = std::move(measures);
    for (const auto &one : others)
        emit changed(one);
}

/** One transaction of a few rows on the local disk: done at once, so that nothing is shown that is not written. */
Result<ChangeSet> MeasureWork::write(ChangeSet changes, const QString &occasion)
{
    if (!m_store)
        return failure(ErrorKind::Storage, tr("The measures cannot be changed: their store could not be opened."));
    auto outcome = m_store->save(changes, note(occasion), {}, {});
    if (outcome && !outcome->isWritten()) {
        auto anew = rebasedOn(changes, outcome->conflicts);
        reread();
        if (!anew)
            return anew;
        changes = *std::move(anew);
        outcome = m_store->save(changes, note(occasion), {}, {});
    }
    if (!outcome)
        return std::unexpected(outcome.error());
    if (!outcome->isWritten())
        return failure(ErrorKind::Storage, tr("Somebody else is changing the same measures. Try again."));
    show(changes, outcome->versions);
    return changes;
}

Result<ChangeSet> MeasureWork::rebasedOn(const ChangeSet &changes, const QList<MeasureConflict> &conflicts) const
{
    ChangeSet anew = changes;
    for (auto &change : anew.changes) {
        const auto conflict = std::ranges::find(conflicts, change.number, &MeasureConflict::number);
        if (conflict == conflicts.end())
            continue;
        auto turned = rebased(change, *conflict);
        if (!turned)
            return std::unexpected(turned.error());
        change = *std::move(turned);
    }
    return anew;
}

void MeasureWork::show(const ChangeSet &changes, const QHash<QString, qint64> &versions)
{
    if (changes.changes.size() != 1 || changes.changes.first().kind != MeasureChange::Kind::Edit)
        return reread();
    const auto &change = changes.changes.first();
    const auto *stored = find(change.number);
    const auto after = stored ? applied(stored->measure, change) : failure(ErrorKind::NotFound, u"gone"_s);
    if (!after)
        return reread();
    m_measures[stored - m_measures.constData()] = {*after, versions.value(change.number)};
    emit changed(change.number);
}

void MeasureWork::reread()
{
    auto all = m_store->read({}, {});
    if (all)
        setMeasures(*std::move(all));
    else
        emit failed(all.error());
}

} // namespace hanseatlas
