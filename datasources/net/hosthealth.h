// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include <chrono>

namespace hanseatlas
{

struct HostHealthRules {
    int failures = 5; ///< so many in a row without an answer let a host rest
    std::chrono::milliseconds rest{30000};
};

/** Remembers which hosts do not answer, so that nobody waits for them again and again: a circuit breaker for each.
 *  After its rest a host is tried with a single request; what comes of it decides for the others. Not thread-safe. */
class HostHealth
{
public:
    using Time = std::chrono::steady_clock::time_point;
    enum class Admission {
        Free, ///< go ahead
        Probe, ///< go ahead as the only one; end with answered(), failed() or withdrawn()
        Resting, ///< do not even try
    };

    explicit HostHealth(HostHealthRules rules = {})
        : m_rules(rules)
    {
    }

    Admission admit(const QString &host, Time now);
    /** It said something, whatever it was. */
    void answered(const QString &host);
    /** No connection, no answer in time, or a connection that broke. True: the host rests from now on. */
    bool failed(const QString &host, Time now);
    /** The probe ended without a verdict, e.g. cancelled. */
    void withdrawn(const QString &host);
    /** Has it answered, and not failed since? */
    bool isProven(const QString &host) const;
    /** Until it may be tried again; 0 where it does not rest. */
    std::chrono::milliseconds restLeft(const QString &host, Time now) const;
    /** All hosts count as new: the network has changed. */
    void forget() { m_hosts.clear(); }

private:
    struct Host {
        int failures = 0;
        bool answeredLast = false;
        bool resting = false;
        bool probing = false;
        Time until;
    };
    HostHealthRules m_rules;
    QHash<QString, Host> m_hosts;
};

} // namespace hanseatlas
