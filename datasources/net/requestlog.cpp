// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/requestlog.h"

#include <algorithm>

namespace hanseatlas
{

RequestLog::RequestLog(int capacity, QObject *parent)
    : QObject(parent)
    , m_capacity(std::size_t(std::max(1, capacity)))
{
}

void RequestLog::add(LoggedExchange exchange)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_exchanges.size() == m_capacity)
            m_exchanges.pop_front();
        m_exchanges.push_back(exchange);
    }
    emit added(exchange); // without the lock: a slot may ask for exchanges()
}

std::vector<LoggedExchange> RequestLog::exchanges() const
{
    const std::scoped_lock lock(m_mutex);
    return {m_exchanges.begin(), m_exchanges.end()};
}

void RequestLog::clear()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_exchanges.clear();
    }
    emit cleared();
}

} // namespace hanseatlas
