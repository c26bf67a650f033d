// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/transferpool_p.h"

#include <QScopeGuard>

namespace hanseatlas
{

Ticket::Ticket(Hop wanted, int wantedPriority, RequestQueue::Id number)
    : hop(std::move(wanted))
    , host(hop.host())
    , priority(wantedPriority)
    , id(number)
{
}

void Ticket::finish(Exchange exchange)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_exchange)
            return;
        m_exchange = std::move(exchange);
    }
    m_changed.notify_all();
}

bool Ticket::isFinished() const
{
    const std::scoped_lock lock(m_mutex);
    return m_exchange.has_value();
}

void Ticket::tellProgress(qint64 received, qint64 total)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_progress = total > 0 ? std::min(1.0, double(received) / double(total)) : -1.0;
    }
    m_changed.notify_all();
}

Exchange Ticket::wait(const Progress &progress)
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [&] { return m_exchange || (progress && m_progress); });
        if (m_exchange)
            return *m_exchange; // a copy: the other side may still ask isFinished()
        const double fraction = *std::exchange(m_progress, std::nullopt);
        lock.unlock();
        progress(fraction);
        lock.lock();
    }
}

TransferPool::TransferPool(const HttpLimits &limits, const HostHealthRules &health,
                           std::shared_ptr<const HttpClock> clock)
    : m_limits(limits)
    , m_clock(std::move(clock))
    , m_health(health)
{
}

TransferPool::~TransferPool()
{
    for (auto &[id, entry] : std::exchange(m_entries, {})) {
        entry.ticket->finish({.failure = Failure::Cancelled});
        delete entry.transfer; // takes its reply along, which closes the connection
    }
}

void TransferPool::add(const TicketPtr &ticket)
{
    if (ticket->isFinished())
        return; // cancelled while it was on the way here
    const auto admission = m_health.admit(ticket->host, m_clock->steady());
    if (admission == HostHealth::Admission::Resting)
        return ticket->finish(resting(ticket->host));
    Entry entry{.ticket = ticket, .queued = {}, .probe = admission == HostHealth::Admission::Probe};
    entry.queued.start();
    m_entries.emplace(ticket->id, std::move(entry));
    m_queue.push(ticket->host, ticket->priority, ticket->id);
    dispatch();
}

void TransferPool::drop(RequestQueue::Id id)
{
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return;
    if (it->second.transfer)
        return it->second.transfer->abort(Failure::Cancelled);
    m_queue.remove(id);
    if (it->second.probe)
        m_health.withdrawn(it->second.ticket->host);
    it->second.ticket->finish({.failure = Failure::Cancelled});
    m_entries.erase(it);
}

void TransferPool::closeConnections()
{
    if (m_transfers == 0) // Qt would take them along
        m_manager.clearConnectionCache();
}

void TransferPool::forgetSignIns()
{
    m_forgets = m_transfers > 0; // Qt would take them along
    if (!m_forgets)
        m_manager.clearAccessCache();
}

int TransferPool::heardOf() const
{
    return m_transfers - m_silent;
}

bool TransferPool::mayStart(const QString &host) const
{
    const auto it = m_running.find(host);
    if (it == m_running.end())
        return true;
    if (it->second.transfers >= m_limits.perHost)
        return false;
    // A new host gets more little by little: it may be dead, or just slow.
    return m_health.isProven(host) || it->second.transfers - it->second.silent < m_limits.perNewHost;
}

void TransferPool::dispatch()
{
    if (m_dispatching)
        return; // a transfer ended within start(); the loop below sees it
    m_dispatching = true;
    const auto end = qScopeGuard([this] { m_dispatching = false; });
    while (m_transfers < m_limits.connections && heardOf() < m_limits.global) {
        const auto id = m_queue.pop([this](const QString &host) { return mayStart(host); });
        if (!id)
            return;
        start(m_entries.at(*id));
    }
}

void TransferPool::start(Entry &entry)
{
    const auto &ticket = entry.ticket;
    const auto id = ticket->id;
    ++m_running[ticket->host].transfers;
    ++m_transfers;
    Transfer::Listener listener{
        .answered = [this, host = ticket->host] { onAnswered(host); },
        .silence = [this, host = ticket->host](bool silent) { onSilence(host, silent); },
        .progress = [raw = ticket.get()](qint64 received, qint64 total) { raw->tellProgress(received, total); },
        .done = [this, id](Exchange exchange) { onDone(id, std::move(exchange)); }};
    entry.transfer =
        new Transfer(m_manager, ticket->hop,
                     Transfer::Rules{.connectionsPerHost = m_limits.perHost, .silentAfter = m_limits.silentAfter},
                     std::move(listener));
}

void TransferPool::onAnswered(const QString &host)
{
    m_health.answered(host);
    dispatch(); // the host may have more at a time now
}

void TransferPool::onSilence(const QString &host, bool silent)
{
    m_running[host].silent += silent ? 1 : -1;
    m_silent += silent ? 1 : -1;
    if (silent)
        dispatch(); // others may use its place
}

Exchange TransferPool::resting(const QString &host) const
{
    return {.failure = Failure::HostResting, .restLeft = m_health.restLeft(host, m_clock->steady())};
}

void TransferPool::onDone(RequestQueue::Id id, Exchange exchange)
{
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return;
    const auto entry = std::move(it->second);
    m_entries.erase(it);
    entry.transfer->deleteLater(); // this is called from one of its slots
    const auto &host = entry.ticket->host;
    if (--m_running[host].transfers == 0)
        m_running.erase(host);
    --m_transfers;
    if (m_forgets) // later: the reply is not done with its connection yet
        QMetaObject::invokeMethod(this, &TransferPool::forgetSignIns, Qt::QueuedConnection);
    exchange.queued = std::chrono::milliseconds(entry.queued.elapsed()) - exchange.duration;
    judgeHost(entry, exchange);
    entry.ticket->finish(std::move(exchange));
    dispatch();
}

void TransferPool::judgeHost(const Entry &entry, const Exchange &exchange)
{
    const auto &host = entry.ticket->host;
    if (isHostFailure(exchange.failure)) {
        if (m_health.failed(host, m_clock->steady()))
            restHost(host);
    } else if (entry.probe && exchange.status == 0) {
        m_health.withdrawn(host);
    }
}

void TransferPool::restHost(const QString &host)
{
    for (const auto id : m_queue.takeHost(host)) {
        const auto it = m_entries.find(id);
        it->second.ticket->finish(resting(host));
        m_entries.erase(it);
    }
}

} // namespace hanseatlas
