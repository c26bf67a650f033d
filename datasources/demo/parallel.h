// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace hanseatlas::demo
{

/** Calls work(i) for 0 <= i < count on all cores and waits. The order is open: each i must write to a place of its own.
 */
template <class Work>
void parallelFor(int count, const Work &work)
{
    std::atomic<int> next = 0;
    const auto run = [&] {
        for (int i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::jthread> others;
    const int threads = std::clamp(int(std::thread::hardware_concurrency()), 1, 8);
    for (int i = 1; i < threads && i < count; ++i)
        others.emplace_back(run);
    run();
}

} // namespace hanseatlas::demo
