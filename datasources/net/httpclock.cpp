// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/httpclock.h"

#include <condition_variable>
#include <mutex>

namespace hanseatlas
{

std::chrono::steady_clock::time_point HttpClock::steady() const
{
    return std::chrono::steady_clock::now();
}

QDateTime HttpClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

bool HttpClock::wait(std::chrono::milliseconds duration, const CancelToken &token) const
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, token, duration, [] { return false; });
    return !token.stop_requested();
}

} // namespace hanseatlas
