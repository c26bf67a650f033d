// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/exchange_p.h"
#include "datasources/net/hosthealth.h"
#include "datasources/net/httpclient.h"
#include "datasources/net/requestqueue.h"
#include "datasources/net/transfer_p.h"

#include <QNetworkAccessManager>
#include <QObject>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>

namespace hanseatlas
{

/** What a worker holds while it waits for one exchange. Shared between the worker and the network thread. */
class Ticket
{
public:
    Ticket(Hop hop, int priority, RequestQueue::Id id);

    const Hop hop;
    const QString host;
    const int priority;
    const RequestQueue::Id id;

    /** The first call counts. */
    void finish(Exchange exchange);
    bool isFinished() const;
    void tellProgress(qint64 received, qint64 total);
    /** Until finish() was called; `progress` is called here, on the waiting thread. */
    Exchange wait(const Progress &progress);

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<Exchange> m_exchange;
    std::optional<double> m_progress;
};
using TicketPtr = std::shared_ptr<Ticket>;

/** Decides which ticket goes when, and keeps the connections. Lives on the network thread. */
class TransferPool final : public QObject
{
public:
    TransferPool(const HttpLimits &limits, const HostHealthRules &health, std::shared_ptr<const HttpClock> clock);
    ~TransferPool() override;

    QNetworkAccessManager &manager() { return m_manager; }
    void add(const TicketPtr &ticket);
    /** The ticket's answer is not wanted any more: never send it, or break off. */
    void drop(RequestQueue::Id id);
    /** Those that are kept for later; does nothing while there are transfers. */
    void closeConnections();
    /** Qt's memory of who we are; as soon as there are no transfers. */
    void forgetSignIns();
    void giveHostsANewChance() { m_health.forget(); }

private:
    struct Entry {
        TicketPtr ticket;
        QElapsedTimer queued;
        Transfer *transfer = nullptr; ///< once it runs; a child of the manager, as its reply must not outlive that
        bool probe = false; ///< see HostHealth
    };

    struct Running {
        int transfers = 0;
        int silent = 0; ///< of these; see HttpLimits::silentAfter
    };

    void dispatch();
    bool mayStart(const QString &host) const;
    int heardOf() const;
    void start(Entry &entry);
    void onAnswered(const QString &host);
    void onSilence(const QString &host, bool silent);
    void onDone(RequestQueue::Id id, Exchange exchange);
    void restHost(const QString &host);
    void judgeHost(const Entry &entry, const Exchange &exchange);
    Exchange resting(const QString &host) const;

    const HttpLimits m_limits;
    const std::shared_ptr<const HttpClock> m_clock;
    QNetworkAccessManager m_manager;
    HostHealth m_health;
    RequestQueue m_queue;
    std::map<RequestQueue::Id, Entry> m_entries; ///< waiting and running
    std::map<QString, Running> m_running; ///< by host; only where there are any
    int m_transfers = 0; ///< sums over m_running
    int m_silent = 0;
    bool m_dispatching = false;
    bool m_forgets = false; ///< forgetSignIns() has still to be done
};

} // namespace hanseatlas
