// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/localmeasurestore.h"
#include "datasources/measures/measuretables_p.h"
#include "layers/measures/measurecheck.h"
#include "layers/measures/measurejson.h"
#include "layers/measures/measurenumber.h"
#include "layers/measures/measuretexts.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QHash<QString, QString> readParents(StoreConnection &connection)
{
    QHash<QString, QString> parents;
    StoreQuery query(connection, "SELECT number, parent FROM measures WHERE removed = 0");
    while (query.next())
        parents.insert(query.text(0), query.text(1));
    return parents;
}

/** One save on its way: writes as it goes; the transaction around it decides. */
class Saving
{
public:
    Saving(StoreConnection &connection, const StrategyFacts &facts, const ChangeNote &note)
        : m_connection(connection)
        , m_facts(facts)
        , m_change(beginChange(connection, note))
    {
    }

    Status make(const MeasureChange &change)
    {
        const auto row = measureRow(m_connection, change.number);
        const bool create = change.kind == MeasureChange::Kind::Create;
        if (create ? !row.json.isEmpty() : row.json.isEmpty() || row.version != change.version) {
            const auto base = create ? QJsonObject() : measureAt(m_connection, change.number, row.json, change.version);
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
        const auto parents = readParents(m_connection);
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
        // What the file holds decides what is written down as "before", not what the change believed.
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
        writeMeasureRow(m_connection, made.number, json, version);
        writeHistory(m_connection, m_change, made, version);
        outcome.versions[made.number] = version;
        m_written.append(made.number);
    }

    StoreConnection &m_connection;
    const StrategyFacts &m_facts;
    const qint64 m_change;
    QStringList m_written;
    bool m_treeTouched = false;
    bool m_removed = false;
};

/** Everything that is read while it lives is of one moment; others may write meanwhile. */
class ReadMoment
{
public:
    explicit ReadMoment(StoreConnection &connection)
        : m_connection(connection)
    {
        m_connection.takeFault(); // of an earlier call
        m_connection.execute("BEGIN");
    }
    ~ReadMoment()
    {
        m_connection.takeFault(); // told by now
        m_connection.execute("ROLLBACK");
    }
    ReadMoment(const ReadMoment &) = delete;
    ReadMoment &operator=(const ReadMoment &) = delete;

private:
    StoreConnection &m_connection;
};

Status checkNote(const ChangeNote &note)
{
    if (note.person.trimmed().isEmpty() || !note.at.isValid())
        return failure(ErrorKind::Invalid, MeasureTexts::tr("A change needs a name and a time."));
    return {};
}

} // namespace

LocalMeasureStore::LocalMeasureStore(std::unique_ptr<StoreConnection> connection, StrategyFacts facts)
    : m_connection(std::move(connection))
    , m_facts(std::move(facts))
{
}

LocalMeasureStore::~LocalMeasureStore() = default;

Result<std::unique_ptr<LocalMeasureStore>> LocalMeasureStore::open(const QString &path, StrategyFacts facts)
{
    auto file = openMeasureFile(path);
    if (!file)
        return std::unexpected(file.error());
    std::unique_ptr<LocalMeasureStore> store(new LocalMeasureStore(std::move(file->connection), std::move(facts)));
    store->m_problem = file->problem;
    store->m_isNew = file->isNew;
    return store;
}

Result<QList<StoredMeasure>> LocalMeasureStore::read(const CancelToken &token, const Progress &progress) const
{
    const std::lock_guard lock(m_mutex);
    const ReadMoment moment(*m_connection);
    QHash<QString, QJsonArray> reports;
    for (StoreQuery query(*m_connection, "SELECT number, report FROM measure_reports ORDER BY id"); query.next();)
        reports[query.text(0)].append(QJsonDocument::fromJson(query.text(1).toUtf8()).object());
    QList<StoredMeasure> all;
    StoreQuery query(*m_connection, "SELECT number, version, body FROM measures WHERE removed = 0");
    while (query.next()) {
        if (token.stop_requested())
            return cancelled();
        auto json = QJsonDocument::fromJson(query.text(2).toUtf8()).object();
        if (const auto its = reports.value(query.text(0)); !its.isEmpty())
            json["reports"_L1] = its;
        auto measure = measureFromJson(json);
        if (!measure)
            return std::unexpected(measure.error());
        all.append({*std::move(measure), query.number(1)});
    }
    if (const auto fault = m_connection->takeFault())
        return std::unexpected(measureStoreError(*fault));
    std::ranges::sort(all, numberLess, [](const StoredMeasure &stored) { return stored.measure.number; });
    report(progress, 1);
    return all;
}

Result<SaveOutcome> LocalMeasureStore::save(const ChangeSet &changes, const ChangeNote &note, const CancelToken &token,
                                            const Progress &progress)
{
    if (const auto known = checkNote(note); !known)
        return std::unexpected(known.error());
    const std::lock_guard lock(m_mutex);
    m_connection->takeFault(); // of an earlier call
    StoreTransaction transaction(*m_connection);
    Saving saving(*m_connection, m_facts, note);
    qsizetype done = 0;
    for (const auto &change : changes.changes) {
        if (token.stop_requested())
            return cancelled();
        const auto made = saving.make(change);
        if (const auto fault = m_connection->takeFault()) // first: what was not read looks as if it were not there
            return std::unexpected(measureStoreError(*fault));
        if (!made)
            return std::unexpected(made.error());
        report(progress, double(++done) / double(changes.changes.size()));
    }
    if (!saving.outcome.conflicts.isEmpty()) {
        saving.outcome.versions.clear();
        return saving.outcome;
    }
    if (const auto sound = saving.checkTree(); !sound)
        return std::unexpected(sound.error());
    if (token.stop_requested())
        return cancelled();
    transaction.commit();
    if (const auto fault = m_connection->takeFault())
        return std::unexpected(measureStoreError(*fault));
    return saving.outcome;
}

Result<QList<MeasureHistoryRow>> LocalMeasureStore::history(const HistoryQuery &query, const CancelToken &token) const
{
    const std::lock_guard lock(m_mutex);
    const ReadMoment moment(*m_connection);
    QList<MeasureHistoryRow> rows;
    const auto since = query.since.isValid() ? query.since.toMSecsSinceEpoch() : std::numeric_limits<qint64>::min();
    StoreQuery select(*m_connection,
                      "SELECT c.id, h.number, h.kind, h.field, h.before, h.after, c.person, c.at, c.occasion "
                      "FROM measure_history h JOIN measure_changes c ON c.id = h.change "
                      "WHERE (?1 = '' OR h.number = ?1) AND c.at >= ?2 AND c.id > ?3 ORDER BY h.id DESC LIMIT ?4",
                      query.number, since, query.after, query.most);
    const auto value = [&select](int column) {
        return QJsonDocument::fromJson(select.text(column).toUtf8()).array().at(0); // undefined where there is none
    };
    while (select.next()) {
        if (token.stop_requested())
            return cancelled();
        rows.append({select.number(0),
                     select.text(1),
                     MeasureChange::Kind(select.number(2)),
                     {select.text(3), value(4), value(5)},
                     select.text(6),
                     select.time(7),
                     select.text(8)});
    }
    if (const auto fault = m_connection->takeFault())
        return std::unexpected(measureStoreError(*fault));
    std::ranges::reverse(rows);
    return rows;
}

} // namespace hanseatlas
