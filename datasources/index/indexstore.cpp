// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/index/indexstore.h"

#include "datasources/store/userfile_p.h"
#include "layers/index/indextexts.h"

#include <cmath>
#include <set>
#include <tuple>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int applicationId = 0x48414958; // "HAIX"
constexpr auto version1 = R"(
CREATE TABLE index_origins (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, licence TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL,
    demo INTEGER NOT NULL);
CREATE TABLE index_series (
    id INTEGER PRIMARY KEY, indicator TEXT NOT NULL, area TEXT NOT NULL, UNIQUE (indicator, area));
CREATE TABLE index_values (
    series INTEGER NOT NULL REFERENCES index_series(id), month INTEGER NOT NULL, value REAL NOT NULL,
    origin INTEGER NOT NULL REFERENCES index_origins(id), PRIMARY KEY (series, month)) WITHOUT ROWID;
CREATE TABLE index_corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT, series INTEGER NOT NULL, month INTEGER NOT NULL, value REAL NOT NULL,
    origin INTEGER NOT NULL, replacedby INTEGER NOT NULL);
CREATE INDEX index_corrections_place ON index_corrections (series, month);
CREATE TRIGGER index_corrections_stay BEFORE UPDATE ON index_corrections BEGIN
    SELECT RAISE(ABORT, 'corrections are not changed'); END;
CREATE TRIGGER index_corrections_remain BEFORE DELETE ON index_corrections BEGIN
    SELECT RAISE(ABORT, 'corrections are not deleted'); END;
)";
constexpr StoreMigration migrations[] = {{0, version1}};
constexpr StaticSql probes[] = {"SELECT series, month, value, origin FROM index_values LIMIT 1",
                                "SELECT id, indicator, area FROM index_series LIMIT 1",
                                "SELECT id, source, licence, person, at, demo FROM index_origins LIMIT 1",
                                "SELECT series, month, value, origin, replacedby FROM index_corrections LIMIT 1"};

/** A row of index_origins from this column on. */
IndexOrigin originOf(const StoreQuery &query, int column)
{
    return {.source = query.text(column),
            .licence = query.text(column + 1),
            .person = query.text(column + 2),
            .at = query.time(column + 3),
            .demo = query.number(column + 4) != 0};
}

Status check(const IndexDelivery &delivery)
{
    std::set<std::tuple<QString, QString, int>> seen;
    for (const auto &entry : delivery.entries) {
        if (entry.indicator.isEmpty() || entry.month <= 0 || (entry.value && !std::isfinite(*entry.value)))
            return failure(ErrorKind::Invalid,
                           IndexTexts::tr("A value of “%1” cannot be stored.").arg(entry.indicator.left(60)));
        if (!seen.emplace(entry.indicator, entry.area, entry.month).second)
            return failure(
                ErrorKind::Invalid,
                IndexTexts::tr("“%1” has two values for the same period and area.").arg(entry.indicator.left(60)));
    }
    return {};
}

/** Writes one delivery; the transaction is the caller's. */
class Writer
{
public:
    Writer(StoreConnection &connection, const IndexOrigin &origin)
        : m_connection(connection)
    {
        StoreQuery insert(connection,
                          "INSERT INTO index_origins (source, licence, person, at, demo) VALUES (?, ?, ?, ?, ?) "
                          "RETURNING id",
                          origin.source, origin.licence, origin.person, origin.at.toMSecsSinceEpoch(), origin.demo);
        m_origin = insert.next() ? insert.number(0) : 0;
        insert.run();
    }

    void write(const IndexDelivery::Entry &entry)
    {
        const auto series = seriesOf(entry.indicator, entry.area);
        StoreQuery known(m_connection, "SELECT value FROM index_values WHERE series = ? AND month = ?", series,
                         entry.month);
        const bool isKnown = known.next();
        const double before = isKnown ? known.real(0) : 0;
        known.run();
        if (isKnown == entry.value.has_value() && (!isKnown || before == *entry.value)) {
            ++delivered.unchanged;
            return;
        }
        if (isKnown)
            StoreQuery(m_connection,
                       "INSERT INTO index_corrections (series, month, value, origin, replacedby) "
                       "SELECT series, month, value, origin, ?3 FROM index_values WHERE series = ?1 AND month = ?2",
                       series, entry.month, m_origin)
                .run();
        if (entry.value)
            StoreQuery(m_connection,
                       "INSERT INTO index_values (series, month, value, origin) VALUES (?, ?, ?, ?) "
                       "ON CONFLICT (series, month) DO UPDATE SET value = excluded.value, origin = excluded.origin",
                       series, entry.month, *entry.value, m_origin)
                .run();
        else
            StoreQuery(m_connection, "DELETE FROM index_values WHERE series = ? AND month = ?", series, entry.month)
                .run();
        ++(!isKnown ? delivered.added : entry.value ? delivered.corrected : delivered.removed);
    }

    IndexDelivered delivered;

private:
    qint64 seriesOf(const QString &indicator, const QString &area)
    {
        const std::pair key(indicator, area);
        if (const auto it = m_series.constFind(key); it != m_series.cend())
            return *it;
        StoreQuery(m_connection, "INSERT OR IGNORE INTO index_series (indicator, area) VALUES (?, ?)", indicator, area)
            .run();
        StoreQuery query(m_connection, "SELECT id FROM index_series WHERE indicator = ? AND area = ?", indicator, area);
        const auto id = query.next() ? query.number(0) : 0;
        m_series.insert(key, id);
        return id;
    }

    StoreConnection &m_connection;
    qint64 m_origin = 0;
    QHash<std::pair<QString, QString>, qint64> m_series;
};

} // namespace

IndexStore::IndexStore(std::unique_ptr<StoreConnection> connection, QString path)
    : m_connection(std::move(connection))
    , m_path(std::move(path))
{
}

IndexStore::~IndexStore() = default;

Result<std::unique_ptr<IndexStore>> IndexStore::open(const QString &path)
{
    auto file = openUserFile(path, {applicationId, 1, migrations, probes});
    if (!file)
        return std::unexpected(file.error());
    std::unique_ptr<IndexStore> store(new IndexStore(std::move(file->connection), path));
    store->m_problem = file->problem;
    return store;
}

Error IndexStore::errorNow() const
{
    return userFileError(m_connection->takeFault().value_or(SqlFault{}), m_path);
}

Result<IndexRecords> IndexStore::read(const CancelToken &token) const
{
    const std::lock_guard lock(m_mutex);
    const ReadMoment moment(*m_connection);
    IndexRecords records;
    QHash<qint64, int> origins, series;
    for (StoreQuery query(*m_connection, "SELECT id, source, licence, person, at, demo FROM index_origins ORDER BY id");
         query.next();) {
        origins.insert(query.number(0), int(records.origins.size()));
        records.origins.append(originOf(query, 1));
    }
    for (StoreQuery query(*m_connection, "SELECT id, indicator, area FROM index_series ORDER BY indicator, area");
         query.next();) {
        series.insert(query.number(0), int(records.series.size()));
        records.series.append({query.text(1), query.text(2), {}});
    }
    qint64 current = -1;
    IndexSeries *target = nullptr;
    StoreQuery query(*m_connection, "SELECT series, month, value, origin FROM index_values");
    while (query.next()) {
        if (query.number(0) != current) {
            if (token.stop_requested())
                return cancelled();
            current = query.number(0);
            const auto it = series.constFind(current);
            target = it == series.cend() ? nullptr : &records.series[*it];
        }
        if (target)
            target->points.push_back({int(query.number(1)), query.real(2), origins.value(query.number(3), -1)});
    }
    if (m_connection->fault())
        return std::unexpected(errorNow());
    records.series.removeIf([](const IndexSeries &one) { return one.points.empty(); });
    return records;
}

Result<IndexDelivered> IndexStore::deliver(const IndexDelivery &delivery, const CancelToken &token)
{
    if (const auto sound = check(delivery); !sound)
        return std::unexpected(sound.error());
    const std::lock_guard lock(m_mutex);
    m_connection->takeFault(); // of an earlier call
    StoreTransaction transaction(*m_connection);
    Writer writer(*m_connection, delivery.origin);
    for (const auto &entry : delivery.entries) {
        if (token.stop_requested())
            return cancelled();
        writer.write(entry);
        if (m_connection->fault())
            return std::unexpected(errorNow());
    }
    if (!transaction.commit() || m_connection->fault())
        return std::unexpected(errorNow());
    return writer.delivered;
}

Result<QList<IndexStore::Correction>> IndexStore::corrections(const QString &indicator, const QString &area,
                                                              int month) const
{
    const std::lock_guard lock(m_mutex);
    const ReadMoment moment(*m_connection);
    QList<Correction> all;
    StoreQuery query(*m_connection,
                     "SELECT c.month, c.value, o.source, o.licence, o.person, o.at, o.demo FROM index_corrections c "
                     "JOIN index_series s ON s.id = c.series JOIN index_origins o ON o.id = c.origin "
                     "WHERE s.indicator = ? AND s.area = ? AND c.month = ? ORDER BY c.id",
                     indicator, area, month);
    while (query.next())
        all.append({{int(query.number(0)), query.real(1), -1}, originOf(query, 2)});
    if (m_connection->fault())
        return std::unexpected(errorNow());
    return all;
}

} // namespace hanseatlas
