// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace hanseatlas
{

/** Requests that wait for their turn. The highest priority goes first; among equals the hosts take turns, so that a
 *  host with many requests does not hold up one with few; within a host the oldest goes first. Not thread-safe. */
class RequestQueue
{
public:
    using Id = std::uint64_t;

    void push(const QString &host, int priority, Id id);
    /** The next of a host that `mayStart` accepts; taken out. */
    std::optional<Id> pop(const std::function<bool(const QString &host)> &mayStart);
    /** False where it is not (any more) in the queue. */
    bool remove(Id id);
    /** All of one host, taken out. */
    std::vector<Id> takeHost(const QString &host);
    std::vector<Id> takeAll();
    qsizetype size() const;

private:
    struct Rank {
        int priority;
        Id id; ///< grows: the order of arrival
        auto operator<=>(const Rank &other) const
        {
            return priority == other.priority ? id <=> other.id : other.priority <=> priority;
        }
        bool operator==(const Rank &) const = default;
    };
    struct Host {
        std::map<Rank, Id> waiting;
        std::uint64_t servedLast = 0;
    };
    std::map<QString, Host> m_hosts;
    std::uint64_t m_served = 0;
};

} // namespace hanseatlas
