// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/localmeasurestore.h"
#include "datasources/measures/localmeasuretables_p.h"
#include "layers/measures/measurenumber.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

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
        auto stored = storedMeasure(QJsonDocument::fromJson(query.text(2).toUtf8()).object(),
                                    reports.value(query.text(0)), query.number(1));
        if (!stored)
            return std::unexpected(stored.error());
        all.append(*std::move(stored));
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
    const std::lock_guard lock(m_mutex);
    m_connection->takeFault(); // of an earlier call
    StoreTransaction transaction(*m_connection);
    LocalMeasureTables tables(*m_connection);
    auto outcome = saveMeasures(tables, m_facts, changes, note, token, progress);
    if (!outcome || !outcome->isWritten())
        return outcome;
    transaction.commit();
    if (const auto fault = m_connection->takeFault())
        return std::unexpected(measureStoreError(*fault));
    return outcome;
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
