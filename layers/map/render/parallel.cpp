// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/parallel.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace hanseatlas
{

namespace
{

/** Outlives the call where a helper ends late; `work` does not, so nothing is claimed once the call has returned. */
struct Shared {
    std::atomic<int> next = 0;
    int count = 0;
    const std::function<void(int)> *work = nullptr;
    std::mutex mutex;
    std::condition_variable ended;
    int helpers = 0; ///< that are on their way

    void drain()
    {
        for (int i = next++; i < count; i = next++)
            (*work)(i);
    }
};

} // namespace

void parallelFor(QThreadPool &pool, int count, const std::function<void(int)> &work)
{
    const auto shared = std::make_shared<Shared>();
    shared->count = count;
    shared->work = &work;
    const int wanted = std::min(pool.maxThreadCount(), count) - 1;
    for (int i = 0; i < wanted; ++i) {
        {
            const std::lock_guard lock(shared->mutex);
            ++shared->helpers;
        }
        auto leave = [shared] {
            const std::lock_guard lock(shared->mutex);
            --shared->helpers;
            shared->ended.notify_all();
        };
        // tryStart() takes a free thread or none, so what it took does run
        if (!pool.tryStart([shared, leave] {
                shared->drain();
                leave();
            })) {
            leave();
            break;
        }
    }
    shared->drain();
    std::unique_lock lock(shared->mutex);
    shared->ended.wait(lock, [&] { return shared->helpers == 0; });
}

} // namespace hanseatlas
