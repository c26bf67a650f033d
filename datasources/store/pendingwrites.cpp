// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/pendingwrites_p.h"

namespace hanseatlas
{

void PendingWrites::touch(ItemEntry &entry, const TouchItem &touched, bool wasCleared)
{
    if (entry.item.word == Word::None)
        entry.item.word = wasCleared ? Word::Gone : Word::Touched;
    entry.item.item.fetched = touched.fetched;
    entry.item.item.expires = touched.expires;
}

void PendingWrites::add(const Write &write)
{
    const auto number = write.number;
    std::visit(
        Overloaded{
            [&](const PutDataset &put) {
                auto &entry = m_datasets[put.dataset.key];
                entry.description = put.dataset;
                entry.described = number;
            },
            [&](const RemoveDataset &gone) { m_datasets[gone.key] = Entry{.removed = number, .cleared = number}; },
            [&](const PutItems &put) {
                auto &entry = m_datasets[put.dataset];
                if (put.replaceAll) {
                    entry.items.clear();
                    entry.cleared = number;
                }
                for (const auto &[key, item] : put.items)
                    entry.items[key] = {number, {Word::Put, item}};
            },
            [&](const TouchItem &touched) {
                auto &entry = m_datasets[touched.dataset];
                auto &item = entry.items[touched.key];
                touch(item, touched, entry.cleared != 0);
                item.number = number;
            },
            [&](const RemoveItem &gone) { m_datasets[gone.dataset].items[gone.key] = {number, {Word::Gone, {}}}; },
            [](const PutFeatures &) {}, // who puts them waits
            [](const TouchFeatures &) {},
            [](const PutPackage &) {},
            [](const RemovePackage &) {},
            [](const HoldItems &) {},
            [](const HoldFeatures &) {},
            [](const Barrier &) {},
        },
        write.operation);
}

void PendingWrites::remove(const Write &write)
{
    const auto number = write.number;
    const auto forget = [&](const QString &dataset, auto &&change) {
        const auto found = m_datasets.find(dataset);
        if (found == m_datasets.end())
            return;
        change(*found);
        if (found->isEmpty())
            m_datasets.erase(found);
    };
    const auto forgetItem = [&](Entry &entry, const QString &key) {
        if (const auto item = entry.items.find(key); item != entry.items.end() && item->number == number)
            entry.items.erase(item);
    };
    const auto end = [&](quint64 &said) { said = said == number ? 0 : said; };
    std::visit(
        Overloaded{
            [&](const PutDataset &put) { forget(put.dataset.key, [&](Entry &entry) { end(entry.described); }); },
            [&](const RemoveDataset &gone) {
                forget(gone.key, [&](Entry &entry) {
                    end(entry.removed);
                    end(entry.cleared);
                });
            },
            [&](const PutItems &put) {
                forget(put.dataset, [&](Entry &entry) {
                    end(entry.cleared);
                    for (const auto &[key, item] : put.items)
                        forgetItem(entry, key);
                });
            },
            [&](const TouchItem &item) { forget(item.dataset, [&](Entry &entry) { forgetItem(entry, item.key); }); },
            [&](const RemoveItem &item) { forget(item.dataset, [&](Entry &entry) { forgetItem(entry, item.key); }); },
            [](const PutFeatures &) {},
            [](const TouchFeatures &) {},
            [](const PutPackage &) {},
            [](const RemovePackage &) {},
            [](const HoldItems &) {},
            [](const HoldFeatures &) {},
            [](const Barrier &) {},
        },
        write.operation);
}

PendingWrites::Item PendingWrites::item(const QString &dataset, const QString &key) const
{
    const auto entry = m_datasets.constFind(dataset);
    if (entry == m_datasets.cend())
        return {};
    if (const auto item = entry->items.constFind(key); item != entry->items.cend())
        return item->item;
    return {entry->cleared ? Word::Gone : Word::None, {}};
}

PendingWrites::Dataset PendingWrites::dataset(const QString &key) const
{
    const auto entry = m_datasets.constFind(key);
    if (entry == m_datasets.cend())
        return {};
    if (entry->described)
        return {Word::Put, entry->description};
    return {entry->removed ? Word::Gone : Word::None, {}};
}

} // namespace hanseatlas
