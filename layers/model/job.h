// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QFuture>
#include <QFutureWatcher>
#include <QPointer>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <functional>
#include <stop_token>

namespace hanseatlas
{

/** Asked by long work: is the result still wanted? */
using CancelToken = std::stop_token;

/** Told by long work, from its own thread: 0 … 1, or a negative number where the amount is unknown. */
using Progress = std::function<void(double)>;

inline void report(const Progress &progress, double fraction)
{
    if (progress)
        progress(fraction);
}

/** Runs one kind of job for its owner: the newest wins, a late result is dropped, destruction cancels.
 *
 *  Lives on the GUI thread. run() starts work(token) on the pool and hands its result to deliver(result) on the
 *  GUI thread, later, unless a newer job was started, cancel() was called or the Latest is gone by then. The work must
 *  hold copies only: its owner may be gone before it ends.
 */
class Latest
{
public:
    Latest() = default;
    ~Latest() { cancel(); }
    Latest(const Latest &) = delete;
    Latest &operator=(const Latest &) = delete;

    template <class Work, class Deliver>
    void run(QThreadPool &pool, Work work, Deliver deliver)
    {
        using T = std::invoke_result_t<Work, CancelToken>;
        cancel();
        m_stop = std::stop_source();
        auto token = m_stop.get_token();
        // A watcher tells by an event. QFuture::then() would call deliver within run() where the job is quick.
        auto watcher = std::make_unique<QFutureWatcher<T>>();
        QObject::connect(watcher.get(), &QFutureWatcherBase::finished, watcher.get(),
                         [this, token, job = watcher.get(), deliver = std::move(deliver)]() mutable {
                             if (token.stop_requested())
                                 return;
                             m_running = false;
                             auto future = job->future();
                             if (future.resultCount() > 0) // else the work threw
                                 deliver(future.takeResult());
                         });
        m_running = true;
        watcher->setFuture(QtConcurrent::run(&pool, [work = std::move(work), token]() mutable { return work(token); }));
        m_owner = std::move(watcher);
    }

    /** The running job is told to stop, and its result will not be delivered. Does not wait. */
    void cancel()
    {
        m_stop.request_stop();
        m_running = false;
        if (m_owner)
            m_owner.release()->deleteLater(); // may be called from within deliver
    }

    bool isRunning() const { return m_running; }

private:
    std::stop_source m_stop;
    std::unique_ptr<QObject> m_owner; ///< watches the job
    bool m_running = false;
};

} // namespace hanseatlas
