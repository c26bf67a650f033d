// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThreadPool>

#include <functional>

namespace hanseatlas
{

/** @internal Calls work(i) for each i below `count`, in order of i, on the calling thread and on those threads of the
 * pool that are free just now; returns when all is done. May be called from one of the pool's own threads: it never
 * waits for a thread that has not begun. */
void parallelFor(QThreadPool &pool, int count, const std::function<void(int)> &work);

} // namespace hanseatlas
