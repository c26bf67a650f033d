// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/pendingwrites_p.h"
#include "datasources/store/storefile_p.h"

#include <QSet>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace hanseatlas
{

/** The one thread that writes: gathers what is put, commits it together, and throws away in its free time what is too
 *  much. Its functions may be called from any thread. */
class StoreWriter
{
public:
    StoreWriter(OpenedStoreFile file, qint64 mostBytes);
    ~StoreWriter(); ///< writes what is left

    /** Later. Waits only where more is on its way than memory should hold. Tells, once, of an earlier write that
     *  failed, and then does nothing. */
    Status add(Operation operation);
    /** Now; returns when it is written. */
    Status addAndWait(Operation operation);
    /** Writes, some time, that an item was used. */
    void noteUse(qint64 item);
    void noteTableUse(qint64 table); ///< of features
    /** Waits until nothing is left to be written or thrown away. */
    Status settle(const CancelToken &token);
    /** Damage was met: the next start must look for it. */
    void noteDamage();

    PendingWrites::Item pendingItem(const QString &dataset, const QString &key) const;
    std::vector<PendingWrites::Item> pendingItems(const QString &dataset, const std::vector<QString> &keys) const;
    PendingWrites::Dataset pendingDataset(const QString &key) const;
    /** Counts up when something pending has come to the disk. */
    quint64 generation() const;

private:
    struct Batch {
        std::deque<Write> writes;
        QSet<qint64> uses;
        QSet<qint64> tableUses;
        bool isEmpty() const { return writes.empty() && uses.isEmpty() && tableUses.isEmpty(); }
        bool writesNothing() const;
    };
    void enqueue(std::unique_lock<std::mutex> &lock, Operation operation, std::optional<std::promise<Status>> answer);
    void run();
    Batch nextBatch(); ///< empty: time to look after the store, or to end
    std::deque<Write> nextWrites();
    Status write(const Batch &batch);
    Status prepare(const Batch &batch);
    void finish(Batch batch, const Status &written);
    void answer(Batch &batch, const Status &written);
    Status checkpoint();
    void forgetErased();

    StoreConnection &connection() { return *m_file.connection; }

    // The writer's thread only, once it runs
    OpenedStoreFile m_file;
    qint64 m_session = 0; ///< 0: nothing written yet
    const qint64 m_mostBytes;
    bool m_spatial = false; ///< SpatiaLite's functions are loaded

    mutable std::mutex m_mutex;
    std::condition_variable m_wake; ///< the writer: there is work
    std::condition_variable_any m_done; ///< the others: something was written
    PendingWrites m_pending;
    std::deque<Write> m_queue;
    QSet<qint64> m_uses;
    QSet<qint64> m_tableUses;
    quint64 m_lastNumber = 0;
    quint64 m_generation = 0;
    qint64 m_weight = 0; ///< of the queue and what is being written
    bool m_urgent = false; ///< someone waits
    bool m_careDue = true;
    bool m_writing = false;
    bool m_ending = false;
    bool m_damaged = false;
    std::optional<Error> m_failure; ///< not told yet

    std::thread m_thread; ///< last: begins when all else is there
};

} // namespace hanseatlas
