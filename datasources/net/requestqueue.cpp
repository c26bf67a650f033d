// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/requestqueue.h"

#include <ranges>
#include <utility>

namespace hanseatlas
{

void RequestQueue::push(const QString &host, int priority, Id id)
{
    m_hosts[host].waiting.emplace(Rank{priority, id}, id);
}

std::optional<RequestQueue::Id> RequestQueue::pop(const std::function<bool(const QString &)> &mayStart)
{
    Host *best = nullptr;
    const auto isBetter = [&best](const Host &host) {
        const int priority = host.waiting.begin()->first.priority;
        const int bestPriority = best->waiting.begin()->first.priority;
        if (priority != bestPriority)
            return priority > bestPriority;
        if (host.servedLast != best->servedLast)
            return host.servedLast < best->servedLast;
        return host.waiting.begin()->second < best->waiting.begin()->second;
    };
    for (auto &[name, host] : m_hosts)
        if (!host.waiting.empty() && mayStart(name) && (!best || isBetter(host)))
            best = &host;
    if (!best)
        return std::nullopt;
    const auto first = best->waiting.begin();
    const auto id = first->second;
    best->waiting.erase(first);
    best->servedLast = ++m_served;
    return id;
}

bool RequestQueue::remove(Id id)
{
    for (auto &[name, host] : m_hosts)
        if (std::erase_if(host.waiting, [id](const auto &entry) { return entry.second == id; }) > 0)
            return true;
    return false;
}

std::vector<RequestQueue::Id> RequestQueue::takeHost(const QString &host)
{
    std::vector<Id> ids;
    if (const auto it = m_hosts.find(host); it != m_hosts.end())
        for (const auto &entry : std::exchange(it->second.waiting, {}))
            ids.push_back(entry.second);
    return ids;
}

std::vector<RequestQueue::Id> RequestQueue::takeAll()
{
    std::vector<Id> ids;
    for (auto &[name, host] : m_hosts)
        for (const auto &entry : std::exchange(host.waiting, {}))
            ids.push_back(entry.second);
    return ids;
}

qsizetype RequestQueue::size() const
{
    qsizetype count = 0;
    for (const auto &[name, host] : m_hosts)
        count += qsizetype(host.waiting.size());
    return count;
}

} // namespace hanseatlas
