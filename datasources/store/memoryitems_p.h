// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/servicestore.h"

#include <QHash>

#include <list>
#include <mutex>

namespace hanseatlas
{

/** Datasets that may not be written down, with as many of their items as there is room for; what was used longest ago
 *  goes first. May be called from any thread. */
class MemoryItems
{
public:
    explicit MemoryItems(qint64 mostBytes)
        : m_mostBytes(mostBytes)
    {
    }

    void putDataset(const StoredDataset &dataset);
    /** False: none of ours. */
    bool removeDataset(const QString &key);
    std::optional<StoredDataset> dataset(const QString &key) const;
    std::vector<StoredSize> datasets() const;

    // False and nothing done, where the dataset is none of ours
    bool putItems(const QString &dataset, const std::vector<std::pair<QString, StoredItem>> &items, bool replaceAll);
    bool touch(const QString &dataset, const QString &key, const QDateTime &fetched, const QDateTime &expires);
    bool removeItem(const QString &dataset, const QString &key);
    /** The outer optional: is the dataset ours? */
    std::optional<std::optional<StoredItem>> item(const QString &dataset, const QString &key);
    std::optional<std::vector<bool>> contains(const QString &dataset, const std::vector<QString> &keys) const;

    qint64 bytes() const;

private:
    struct Used {
        QString dataset, key;
    };
    struct Held {
        StoredItem item;
        std::list<Used>::iterator use;
    };
    struct Entry {
        StoredDataset dataset;
        QHash<QString, Held> items;
    };
    void drop(Entry &entry, const QString &key);
    void clear(Entry &entry);

    const qint64 m_mostBytes;
    mutable std::mutex m_mutex;
    QHash<QString, Entry> m_entries;
    std::list<Used> m_uses; ///< newest first
    qint64 m_bytes = 0;
};

} // namespace hanseatlas
