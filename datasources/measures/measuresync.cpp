// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/measuresync.h"

#include "datasources/measures/localmeasuretables_p.h"
#include "layers/measures/measurejson.h"
#include "layers/measures/measurenumber.h"
#include "layers/measures/measuretexts.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int syncApplicationId = 0x484d5359; ///< "HMSY", in the header of the file
constexpr int syncVersion = 1;
constexpr int mostRounds = 5; ///< somebody saves between reading and writing; five times in a row nobody does

constexpr auto version1 = R"(
CREATE TABLE base (number TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE marks (copy INTEGER NOT NULL, shared INTEGER NOT NULL);
)";
constexpr StoreMigration migrations[] = {{0, version1}};
constexpr StaticSql probes[] = {"SELECT number, version, body FROM base LIMIT 1",
                                "SELECT copy, shared FROM marks LIMIT 1"};

Result<qint64> newestChange(const MeasureStore &store, const CancelToken &token)
{
    return store.history({.number = {}, .since = {}, .after = 0, .most = 1}, token).transform([](const auto &rows) {
        return rows.isEmpty() ? qint64(0) : rows.last().change;
    });
}

/** Whose changes these are, of the rows that came since; not those of `own`, who has sent them just now. */
QString peopleOf(const QList<MeasureHistoryRow> &rows, const ChangeSet &changes, const QString &own)
{
    QSet<QString> numbers;
    for (const auto &change : changes.changes)
        numbers.insert(change.number);
    QStringList people;
    for (const auto &row : rows) {
        if (numbers.contains(row.number) && row.person != own && !people.contains(row.person))
            people.append(row.person);
    }
    people.sort();
    return people.isEmpty() ? MeasureTexts::tr("Shared store") : people.join(u", "_s);
}

/** Where the number is still open both sides stay as they are, and so does what was last the same. */
QList<StoredMeasure> agreed(const QList<StoredMeasure> &base, const QList<StoredMeasure> &theirs,
                            const QList<SharedConflict> &open)
{
    QSet<QString> waiting;
    for (const auto &one : open)
        waiting.insert(one.conflict.number);
    QList<StoredMeasure> all;
    for (const auto &stored : theirs) {
        if (!waiting.contains(stored.measure.number))
            all.append(stored);
    }
    for (const auto &stored : base) {
        if (waiting.contains(stored.measure.number))
            all.append(stored);
    }
    std::ranges::sort(all, numberLess, [](const StoredMeasure &stored) { return stored.measure.number; });
    return all;
}

} // namespace

MeasureSync::MeasureSync(std::unique_ptr<StoreConnection> file)
    : m_file(std::move(file))
{
}

MeasureSync::~MeasureSync() = default;

Result<std::unique_ptr<MeasureSync>> MeasureSync::open(const QString &path)
{
    auto file = openUserFile(path, {syncApplicationId, syncVersion, migrations, probes});
    if (!file)
        return std::unexpected(file.error());
    return std::unique_ptr<MeasureSync>(new MeasureSync(std::move(file->connection)));
}

Result<MeasureSync::Marks> MeasureSync::newest(const MeasureStore &copy, const MeasureStore &shared,
                                               const CancelToken &token) const
{
    const auto mine = newestChange(copy, token);
    if (!mine)
        return std::unexpected(mine.error());
    const auto theirs = newestChange(shared, token);
    if (!theirs)
        return std::unexpected(theirs.error());
    return Marks{*mine, *theirs};
}

Result<QList<StoredMeasure>> MeasureSync::base()
{
    QList<StoredMeasure> all;
    StoreQuery query(*m_file, "SELECT version, body FROM base");
    while (query.next()) {
        auto stored = storedMeasure(QJsonDocument::fromJson(query.text(1).toUtf8()).object(), {}, query.number(0));
        if (!stored)
            return std::unexpected(stored.error());
        all.append(*std::move(stored));
    }
    if (const auto fault = m_file->takeFault())
        return std::unexpected(measureStoreError(*fault));
    std::ranges::sort(all, numberLess, [](const StoredMeasure &stored) { return stored.measure.number; });
    return all;
}

Status MeasureSync::keep(const QList<StoredMeasure> &base, const QList<StoredMeasure> &now, const Marks &marks)
{
    QHash<QString, const StoredMeasure *> known;
    for (const auto &stored : base)
        known.insert(stored.measure.number, &stored);
    StoreTransaction transaction(*m_file);
    for (const auto &stored : now) {
        const auto *before = known.take(stored.measure.number);
        if (before && before->version == stored.version && before->measure == stored.measure)
            continue;
        const auto body = QJsonDocument(toJson(stored.measure)).toJson(QJsonDocument::Compact);
        StoreQuery(*m_file, "INSERT OR REPLACE INTO base (number, version, body) VALUES (?, ?, ?)",
                   stored.measure.number, stored.version, QString::fromUtf8(body))
            .run();
    }
    for (auto it = known.cbegin(); it != known.cend(); ++it)
        StoreQuery(*m_file, "DELETE FROM base WHERE number = ?", it.key()).run();
    m_file->execute("DELETE FROM marks");
    StoreQuery(*m_file, "INSERT INTO marks (copy, shared) VALUES (?, ?)", marks.copy, marks.shared).run();
    transaction.commit();
    if (const auto fault = m_file->takeFault())
        return std::unexpected(measureStoreError(*fault));
    return {};
}

/** False: somebody has saved the same meanwhile. */
Result<bool> MeasureSync::exchange(const MergePlan &plan, const Stores &stores, qint64 since,
                                   SyncOutcome &outcome) const
{
    if (!plan.out.isEmpty()) {
        const auto saved = stores.shared.save(plan.out, stores.note, stores.token, {});
        if (!saved)
            return std::unexpected(saved.error());
        if (!saved->isWritten())
            return false;
        outcome.sent += int(plan.out.changes.size());
    }
    if (plan.in.isEmpty())
        return true;
    auto person = MeasureTexts::tr("Shared store");
    if (since > 0) { // the first time all comes at once
        const auto rows = stores.shared.history({.number = {}, .since = {}, .after = since}, stores.token);
        if (!rows)
            return std::unexpected(rows.error());
        person = peopleOf(*rows, plan.in, stores.note.person);
    }
    const ChangeNote arrived{person, stores.note.at, MeasureTexts::tr("from the shared store")};
    const auto saved = stores.copy.save(plan.in, arrived, stores.token, {});
    if (!saved)
        return std::unexpected(saved.error());
    if (saved->isWritten())
        outcome.received += int(plan.in.changes.size());
    return saved->isWritten();
}

/** One look at all three. True: both stores are the same, but for what is open. */
Result<bool> MeasureSync::round(const Stores &stores, const MergeDecisions &decisions, const Marks &now, qint64 since,
                                SyncOutcome &outcome)
{
    const auto mine = stores.copy.read(stores.token, {}), theirs = stores.shared.read(stores.token, {}), was = base();
    for (const auto *read : {&mine, &theirs, &was}) {
        if (!*read)
            return std::unexpected((*read).error());
    }
    const auto plan = mergePlan(*was, *mine, *theirs, decisions);
    if (!plan)
        return std::unexpected(plan.error());
    outcome.kept += plan->kept;
    if (!plan->out.isEmpty() || !plan->in.isEmpty()) {
        // Whatever came of it: what is written down as the same is seen to be it in the next round.
        return exchange(*plan, stores, since, outcome).transform([](bool) { return false; });
    }
    outcome.open.clear();
    for (const auto &conflict : plan->open) {
        const auto rows =
            stores.shared.history({.number = conflict.number, .since = {}, .after = 0, .most = 1}, stores.token);
        if (!rows)
            return std::unexpected(rows.error());
        outcome.open.append({conflict, rows->isEmpty() ? QString() : rows->last().person,
                             rows->isEmpty() ? QDateTime() : rows->last().at});
    }
    // An open question is asked again at the next run, so nothing may look settled.
    return keep(*was, agreed(*was, *theirs, outcome.open), outcome.open.isEmpty() ? now : Marks()).transform([] {
        return true;
    });
}

Result<SyncOutcome> MeasureSync::run(MeasureStore &copy, MeasureStore &shared, const MergeDecisions &decisions,
                                     const ChangeNote &note, const CancelToken &token)
{
    Marks seen;
    if (StoreQuery query(*m_file, "SELECT copy, shared FROM marks"); query.next())
        seen = {query.number(0), query.number(1)};
    if (const auto fault = m_file->takeFault())
        return std::unexpected(measureStoreError(*fault));
    const Stores stores{copy, shared, note, token};
    SyncOutcome outcome;
    for (int i = 0; i < mostRounds; ++i) {
        // The marks before the rows: what is saved between is read again the next time.
        const auto now = newest(copy, shared, token);
        if (!now)
            return std::unexpected(now.error());
        if (*now == seen && decisions.isEmpty())
            return outcome;
        const auto done = round(stores, decisions, *now, seen.shared, outcome);
        if (!done)
            return std::unexpected(done.error());
        if (*done)
            return outcome;
    }
    return failure(ErrorKind::Storage, MeasureTexts::tr("Others are changing the same measures all the time."),
                   MeasureTexts::tr("The program tries again by itself."));
}

} // namespace hanseatlas
