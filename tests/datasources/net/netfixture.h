// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/httpclient.h"
#include "tests/support/loopbackserver.h"
#include "tests/support/testkit.h"

#include <QElapsedTimer>

#include <atomic>
#include <future>
#include <mutex>
#include <vector>

namespace hanseatlas::test
{

/** Time goes on only when told to; waiting takes none, and is written down. Thread-safe. */
class TestClock final : public HttpClock
{
public:
    std::chrono::steady_clock::time_point steady() const override
    {
        const std::scoped_lock lock(m_mutex);
        return m_now;
    }
    bool wait(std::chrono::milliseconds duration, const CancelToken &token) const override
    {
        const std::scoped_lock lock(m_mutex);
        m_waits.push_back(duration);
        return !token.stop_requested();
    }
    void advance(std::chrono::milliseconds duration)
    {
        const std::scoped_lock lock(m_mutex);
        m_now += duration;
    }
    std::vector<std::chrono::milliseconds> waits() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_waits;
    }

private:
    mutable std::mutex m_mutex;
    std::chrono::steady_clock::time_point m_now = std::chrono::steady_clock::now();
    mutable std::vector<std::chrono::milliseconds> m_waits;
};

/** Time-outs with which a test is quick, and a slow machine still well. */
inline HttpTimeouts shortTimeouts()
{
    using std::chrono::milliseconds;
    return {.connect = milliseconds(3000), .firstByte = milliseconds(400), .stall = milliseconds(400)};
}

/** Calls of sendLater() that have come to run. */
inline std::atomic<int> begunCalls = 0;

/** send() on a thread of its own. */
inline std::future<Result<HttpAnswer>> sendLater(HttpClient &client, HttpRequest request, CancelToken token = {})
{
    return std::async(std::launch::async, [&client, request = std::move(request), token = std::move(token)] {
        ++begunCalls;
        return client.send(request, token);
    });
}

/** Waits without hanging for ever. */
template <class T>
bool isReadyWithin(std::future<T> &future, std::chrono::milliseconds time)
{
    return future.wait_for(time) == std::future_status::ready;
}

} // namespace hanseatlas::test
