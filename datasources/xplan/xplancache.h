// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/xplan/xplantable.h"

#include "layers/model/job.h"
#include "layers/model/result.h"

#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <set>

namespace hanseatlas
{

/** Keeps what was read lately, so that the thirty layers of a plan read its file once, even when they are opened at the
 *  same time. May be used by all threads at once. */
class XplanCache
{
public:
    using Load = std::function<Result<XplanContentPtr>()>;

    explicit XplanCache(std::size_t mostBytes = 256UZ << 20, std::size_t mostEntries = 64)
        : m_mostBytes(mostBytes)
        , m_mostEntries(mostEntries)
    {
    }

    /** The kept content, or what load() gives; others who want the same meanwhile wait for it. Failures are not kept:
     * the next one tries again, as a cancelled load says nothing about the file. */
    Result<XplanContentPtr> get(const QString &key, const CancelToken &token, const Load &load);

private:
    struct Entry {
        QString key;
        XplanContentPtr content;
        std::size_t bytes = 0;
    };
    XplanContentPtr find(const QString &key); ///< under the lock
    void keep(const QString &key, const XplanContentPtr &content); ///< under the lock

    const std::size_t m_mostBytes, m_mostEntries;
    std::mutex m_mutex;
    std::condition_variable_any m_finished;
    std::set<QString> m_loading;
    std::list<Entry> m_entries; ///< newest first
    std::size_t m_bytes = 0;
};

} // namespace hanseatlas
