// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplancache.h"

namespace hanseatlas
{

XplanContentPtr XplanCache::find(const QString &key)
{
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
        if (it->key != key)
            continue;
        m_entries.splice(m_entries.begin(), m_entries, it);
        return m_entries.front().content;
    }
    return nullptr;
}

void XplanCache::keep(const QString &key, const XplanContentPtr &content)
{
    const auto bytes = content->bytes();
    m_entries.push_front({key, content, bytes});
    m_bytes += bytes;
    while (m_entries.size() > 1 && (m_bytes > m_mostBytes || m_entries.size() > m_mostEntries)) {
        m_bytes -= m_entries.back().bytes;
        m_entries.pop_back();
    }
}

Result<XplanContentPtr> XplanCache::get(const QString &key, const CancelToken &token, const Load &load)
{
    {
        std::unique_lock lock(m_mutex);
        m_finished.wait(lock, token, [&] { return !m_loading.contains(key); });
        if (token.stop_requested())
            return cancelled();
        if (auto content = find(key))
            return content;
        m_loading.insert(key);
    }
    auto loaded = load();
    {
        const std::lock_guard lock(m_mutex);
        m_loading.erase(key);
        if (loaded)
            keep(key, *loaded);
    }
    m_finished.notify_all();
    return loaded;
}

} // namespace hanseatlas
