// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/storewriter_p.h"
#include "datasources/store/storereads_p.h"
#include "datasources/store/storetexts.h"
#include "datasources/store/storewrites_p.h"

#include <QLoggingCategory>

#include <algorithm>

using namespace std::chrono_literals;

namespace hanseatlas
{

namespace
{

Q_LOGGING_CATEGORY(lcStore, "hanseatlas.store")

constexpr auto gatheringTime = 100ms; // and the commit: on disk within 200 ms
constexpr qint64 commitWeight = 8LL * 1024 * 1024; // so much is not gathered any longer
constexpr qint64 mostWeight = 64LL * 1024 * 1024; // who puts more must wait
constexpr qsizetype mostUses = 10'000;

qint64 weightOf(const Operation &operation)
{
    qint64 weight = 500;
    if (const auto *put = std::get_if<PutItems>(&operation)) {
        for (const auto &[key, item] : put->items)
            weight += item.bytes.size() + 2 * key.size() + 300;
    }
    return weight;
}

bool isBarrier(const Write &write)
{
    return std::holds_alternative<Barrier>(write.operation);
}

bool isTable(const Write &write)
{
    return std::holds_alternative<PutFeatures>(write.operation);
}

bool isErasing(const Write &write)
{
    const auto *gone = std::get_if<RemoveDataset>(&write.operation);
    return gone && gone->erase;
}

} // namespace

bool StoreWriter::Batch::writesNothing() const
{
    return uses.isEmpty() && tableUses.isEmpty() && std::ranges::all_of(writes, isBarrier);
}

StoreWriter::StoreWriter(OpenedStoreFile file, qint64 mostBytes)
    : m_file(std::move(file))
    , m_mostBytes(mostBytes)
    , m_thread([this] { run(); })
{
}

StoreWriter::~StoreWriter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    m_thread.join();
    closeStoreFile(connection(), m_session, m_damaged);
}

void StoreWriter::enqueue(std::unique_lock<std::mutex> &lock, Operation operation,
                          std::optional<std::promise<Status>> answer)
{
    const auto weight = weightOf(operation);
    while (m_weight > 0 && m_weight + weight > mostWeight)
        m_done.wait(lock);
    m_urgent |= answer.has_value();
    m_weight += weight;
    m_queue.push_back({++m_lastNumber, std::move(operation), weight, std::move(answer)});
    m_pending.add(m_queue.back());
    if (m_urgent || m_weight >= commitWeight || m_queue.size() == 1)
        m_wake.notify_one();
}

Status StoreWriter::add(Operation operation)
{
    std::unique_lock lock(m_mutex);
    if (m_failure)
        return std::unexpected(*std::exchange(m_failure, std::nullopt));
    enqueue(lock, std::move(operation), std::nullopt);
    return {};
}

Status StoreWriter::addAndWait(Operation operation)
{
    std::promise<Status> promise;
    auto answer = promise.get_future();
    {
        std::unique_lock lock(m_mutex);
        enqueue(lock, std::move(operation), std::move(promise));
    }
    return answer.get();
}

void StoreWriter::noteUse(qint64 item)
{
    const std::lock_guard lock(m_mutex);
    if (m_uses.size() >= mostUses)
        return;
    m_uses.insert(item);
    if (m_uses.size() == 1)
        m_wake.notify_one();
}

void StoreWriter::noteTableUse(qint64 table)
{
    const std::lock_guard lock(m_mutex);
    m_tableUses.insert(table);
    if (m_tableUses.size() == 1)
        m_wake.notify_one();
}

Status StoreWriter::settle(const CancelToken &token)
{
    if (const auto written = addAndWait(Barrier{.toDisk = true}); !written)
        return written;
    std::unique_lock lock(m_mutex);
    const bool settled = m_done.wait(lock, token, [this] {
        return !m_careDue && !m_writing && m_queue.empty() && m_uses.isEmpty() && m_tableUses.isEmpty();
    });
    return settled ? Status() : cancelled();
}

void StoreWriter::noteDamage()
{
    const std::lock_guard lock(m_mutex);
    m_damaged = true;
}

PendingWrites::Item StoreWriter::pendingItem(const QString &dataset, const QString &key) const
{
    const std::lock_guard lock(m_mutex);
    return m_pending.item(dataset, key);
}

std::vector<PendingWrites::Item> StoreWriter::pendingItems(const QString &dataset,
                                                           const std::vector<QString> &keys) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<PendingWrites::Item> items;
    items.reserve(keys.size());
    for (const auto &key : keys)
        items.push_back(m_pending.item(dataset, key));
    return items;
}

PendingWrites::Dataset StoreWriter::pendingDataset(const QString &key) const
{
    const std::lock_guard lock(m_mutex);
    return m_pending.dataset(key);
}

quint64 StoreWriter::generation() const
{
    const std::lock_guard lock(m_mutex);
    return m_generation;
}

StoreWriter::Batch StoreWriter::nextBatch()
{
    std::unique_lock lock(m_mutex);
    const auto hasWork = [this] { return !m_queue.empty() || !m_uses.isEmpty() || !m_tableUses.isEmpty(); };
    m_wake.wait(lock, [&] { return hasWork() || m_careDue || m_ending; });
    if (hasWork() && !m_careDue)
        m_wake.wait_for(lock, gatheringTime, [this] { return m_urgent || m_ending || m_weight >= commitWeight; });
    m_writing = hasWork();
    auto writes = nextWrites();
    m_urgent = !m_queue.empty();
    return {std::move(writes), std::exchange(m_uses, {}), std::exchange(m_tableUses, {})};
}

/** All there is; but a table of features is written by itself, so that it fails by itself. */
std::deque<Write> StoreWriter::nextWrites()
{
    const auto table = std::ranges::find_if(m_queue, isTable);
    if (table == m_queue.end())
        return std::exchange(m_queue, {});
    std::deque<Write> writes;
    const auto count = std::max<std::ptrdiff_t>(1, table - m_queue.begin());
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        writes.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    }
    return writes;
}

/** What must be done outside of a transaction. */
Status StoreWriter::prepare(const Batch &batch)
{
    if (m_spatial || !std::ranges::any_of(batch.writes, isTable))
        return {};
    m_spatial = connection().loadExtension("mod_spatialite");
    if (m_spatial)
        return {};
    return failure(ErrorKind::Storage,
                   StoreTexts::tr("Objects of services cannot be stored: the library SpatiaLite cannot be loaded."),
                   StoreTexts::tr("Install the package libsqlite3-mod-spatialite, then try again."),
                   connection().extensionProblem());
}

void StoreWriter::run()
{
    for (;;) {
        auto batch = nextBatch();
        const bool nothing = batch.isEmpty();
        if (!nothing) {
            const auto written = write(batch);
            finish(std::move(batch), written);
        }
        std::unique_lock lock(m_mutex);
        if (m_ending && nothing)
            return;
        if (!m_careDue)
            continue;
        lock.unlock();
        const bool more = throwAway(connection(), m_mostBytes);
        if (const auto fault = connection().takeFault())
            qCWarning(lcStore) << "Room could not be made in the store:" << fault->message;
        lock.lock();
        m_careDue = more && !m_ending;
        m_done.notify_all();
    }
}

Status StoreWriter::write(const Batch &batch)
{
    if (batch.writesNothing())
        return {};
    if (auto prepared = prepare(batch); !prepared)
        return prepared;
    const bool erasing = std::ranges::any_of(batch.writes, isErasing);
    const auto hour = hourOf(QDateTime::currentDateTimeUtc());
    {
        StoreTransaction transaction(connection());
        const auto session = m_session == 0 ? markSession(connection()) : m_session;
        for (const auto &one : batch.writes)
            apply(connection(), one.operation, hour);
        for (const auto id : batch.uses)
            applyUse(connection(), id, hour);
        for (const auto id : batch.tableUses)
            applyTableUse(connection(), id, hour);
        if (transaction.commit())
            m_session = session;
    }
    const auto fault = connection().takeFault();
    if (erasing && !fault)
        forgetErased();
    if (!fault)
        return {};
    if (fault->isCancelled())
        return cancelled();
    qCWarning(lcStore) << "The store could not be written:" << fault->message;
    if (fault->isDamage())
        noteDamage();
    return std::unexpected(storeError(*fault));
}

/** What was deleted still lies in free pages and in the write-ahead log: both are cut off. (Within pages in use it is
 *  overwritten at once: secure_delete = FAST.) */
void StoreWriter::forgetErased()
{
    connection().execute("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)");
    if (const auto fault = connection().takeFault())
        qCWarning(lcStore) << "What may not be stored could not be overwritten everywhere:" << fault->message;
}

Status StoreWriter::checkpoint()
{
    StoreQuery(connection(), "PRAGMA wal_checkpoint(PASSIVE)").run();
    const auto fault = connection().takeFault();
    return fault && !fault->isBusy() ? Status(std::unexpected(storeError(*fault))) : Status();
}

void StoreWriter::finish(Batch batch, const Status &written)
{
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &one : batch.writes) {
            m_pending.remove(one);
            m_weight -= one.weight;
        }
        ++m_generation;
        m_careDue |= written && !std::ranges::all_of(batch.writes, isBarrier);
        const bool untold = std::ranges::any_of(batch.writes, [](const Write &one) { return !one.answer; });
        if (!written && untold)
            m_failure = written.error();
        m_writing = false;
    }
    m_done.notify_all();
    answer(batch, written);
}

void StoreWriter::answer(Batch &batch, const Status &written)
{
    for (auto &one : batch.writes) {
        if (!one.answer)
            continue;
        const auto *barrier = std::get_if<Barrier>(&one.operation);
        Status status = written;
        if (barrier && barrier->toDisk) {
            {
                const std::lock_guard lock(m_mutex);
                if (m_failure)
                    status = std::unexpected(*std::exchange(m_failure, std::nullopt));
            }
            if (status)
                status = checkpoint();
        }
        one.answer->set_value(status);
    }
}

} // namespace hanseatlas
