// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/storeoperations_p.h"

#include <QHash>

namespace hanseatlas
{

/** What readers must see before it is on the disk. Locked by its owner. */
class PendingWrites
{
public:
    void add(const Write &write);
    /** It is on the disk now, or lost; what a later write said stays. */
    void remove(const Write &write);

    enum class Word {
        None, ///< the disk knows
        Put,
        Gone,
        Touched, ///< the disk knows, but for its dates
    };
    struct Item {
        Word word = Word::None;
        StoredItem item; ///< for Touched only its dates
    };
    Item item(const QString &dataset, const QString &key) const;

    struct Dataset {
        Word word = Word::None;
        StoredDataset dataset;
    };
    Dataset dataset(const QString &key) const;

private:
    struct ItemEntry {
        quint64 number = 0;
        Item item;
    };
    struct Entry {
        quint64 described = 0, removed = 0, cleared = 0; ///< number of the write that said so; 0 = none
        StoredDataset description;
        QHash<QString, ItemEntry> items;
        bool isEmpty() const { return !described && !removed && !cleared && items.isEmpty(); }
    };
    void touch(ItemEntry &entry, const TouchItem &touched, bool wasCleared);
    QHash<QString, Entry> m_datasets;
};

} // namespace hanseatlas
