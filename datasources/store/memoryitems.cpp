// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/memoryitems_p.h"

namespace hanseatlas
{

void MemoryItems::drop(Entry &entry, const QString &key)
{
    const auto held = entry.items.find(key);
    if (held == entry.items.end())
        return;
    m_bytes -= held->item.bytes.size();
    m_uses.erase(held->use);
    entry.items.erase(held);
}

void MemoryItems::clear(Entry &entry)
{
    for (const auto &key : entry.items.keys())
        drop(entry, key);
}

void MemoryItems::putDataset(const StoredDataset &dataset)
{
    const std::lock_guard lock(m_mutex);
    m_entries[dataset.key].dataset = dataset;
}

bool MemoryItems::removeDataset(const QString &key)
{
    const std::lock_guard lock(m_mutex);
    const auto entry = m_entries.find(key);
    if (entry == m_entries.end())
        return false;
    clear(*entry);
    m_entries.erase(entry);
    return true;
}

std::optional<StoredDataset> MemoryItems::dataset(const QString &key) const
{
    const std::lock_guard lock(m_mutex);
    const auto entry = m_entries.constFind(key);
    return entry == m_entries.cend() ? std::nullopt : std::optional(entry->dataset);
}

std::vector<StoredSize> MemoryItems::datasets() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<StoredSize> sizes;
    for (const auto &entry : m_entries) {
        auto &size = sizes.emplace_back(StoredSize{.dataset = entry.dataset, .items = entry.items.size()});
        for (const auto &held : entry.items) {
            const auto &fetched = held.item.fetched;
            size.bytes += held.item.bytes.size();
            if (!size.oldest.isValid() || fetched < size.oldest)
                size.oldest = fetched;
            if (!size.newest.isValid() || fetched > size.newest)
                size.newest = fetched;
        }
    }
    return sizes;
}

bool MemoryItems::putItems(const QString &dataset, const std::vector<std::pair<QString, StoredItem>> &items,
                           bool replaceAll)
{
    const std::lock_guard lock(m_mutex);
    const auto entry = m_entries.find(dataset);
    if (entry == m_entries.end())
        return false;
    if (replaceAll)
        clear(*entry);
    for (const auto &[key, item] : items) {
        drop(*entry, key);
        if (item.bytes.size() > m_mostBytes)
            continue; // would push all others out and then itself
        m_uses.push_front({dataset, key});
        entry->items.insert(key, {item, m_uses.begin()});
        m_bytes += item.bytes.size();
    }
    while (m_bytes > m_mostBytes && !m_uses.empty()) {
        const auto oldest = m_uses.back();
        drop(m_entries[oldest.dataset], oldest.key);
    }
    return true;
}

bool MemoryItems::touch(const QString &dataset, const QString &key, const QDateTime &fetched, const QDateTime &expires)
{
    const std::lock_guard lock(m_mutex);
    const auto entry = m_entries.find(dataset);
    if (entry == m_entries.end())
        return false;
    if (const auto held = entry->items.find(key); held != entry->items.end()) {
        held->item.fetched = fetched;
        held->item.expires = expires;
    }
    return true;
}

bool MemoryItems::removeItem(const QString &dataset, const QString &key)
{
    const std::lock_guard lock(m_mutex);
    const auto entry = m_entries.find(dataset);
    if (entry == m_entries.end())
        return false;
    drop(*entry, key);
    return true;
}

std::optional<std::optional<StoredItem>> MemoryItems::item(const QString &dataset, const QString &key)
{
    const std::lock_guard lock(m_mutex);
    const auto entry = m_entries.find(dataset);
    if (entry == m_entries.end())
        return std::nullopt;
    const auto held = entry->items.find(key);
    if (held == entry->items.end())
        return std::optional<StoredItem>();
    m_uses.splice(m_uses.begin(), m_uses, held->use);
    return std::optional(held->item);
}

std::optional<std::vector<bool>> MemoryItems::contains(const QString &dataset, const std::vector<QString> &keys) const
{
    const std::lock_guard lock(m_mutex);
    const auto entry = m_entries.constFind(dataset);
    if (entry == m_entries.cend())
        return std::nullopt;
    std::vector<bool> there;
    for (const auto &key : keys)
        there.push_back(entry->items.contains(key));
    return there;
}

qint64 MemoryItems::bytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

} // namespace hanseatlas
