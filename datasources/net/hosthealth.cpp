// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/hosthealth.h"

#include <algorithm>

namespace hanseatlas
{

HostHealth::Admission HostHealth::admit(const QString &host, Time now)
{
    const auto it = m_hosts.find(host);
    if (it == m_hosts.end() || !it->resting)
        return Admission::Free;
    if (it->probing || now < it->until)
        return Admission::Resting;
    it->probing = true;
    return Admission::Probe;
}

void HostHealth::answered(const QString &host)
{
    m_hosts[host] = {.answeredLast = true};
}

bool HostHealth::failed(const QString &host, Time now)
{
    auto &entry = m_hosts[host];
    entry.answeredLast = false;
    ++entry.failures;
    if (entry.failures < m_rules.failures && !entry.probing)
        return false;
    entry.probing = false;
    entry.resting = true;
    entry.until = now + m_rules.rest;
    return true;
}

void HostHealth::withdrawn(const QString &host)
{
    if (const auto it = m_hosts.find(host); it != m_hosts.end())
        it->probing = false;
}

bool HostHealth::isProven(const QString &host) const
{
    const auto it = m_hosts.constFind(host);
    return it != m_hosts.cend() && it->answeredLast;
}

std::chrono::milliseconds HostHealth::restLeft(const QString &host, Time now) const
{
    using namespace std::chrono;
    const auto it = m_hosts.constFind(host);
    if (it == m_hosts.cend() || !it->resting)
        return {};
    return std::max(milliseconds(0), ceil<milliseconds>(it->until - now));
}

} // namespace hanseatlas
