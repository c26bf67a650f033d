// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/servicestore.h"

#include <future>
#include <variant>

/** @internal What is on its way to the disk. */
namespace hanseatlas
{

struct PutDataset {
    StoredDataset dataset;
};
struct RemoveDataset {
    QString key;
    bool erase = false; ///< overwrite what was written: it may no longer be stored
};
struct PutItems {
    QString dataset;
    std::vector<std::pair<QString, StoredItem>> items;
    bool replaceAll = false;
    QString heldBy; ///< the package that they came for; "" = none
};
/** Shared: what is written is not copied on its way. */
struct PutFeatures {
    QString dataset;
    std::shared_ptr<const StoredFeatures> features;
    std::shared_ptr<const FeatureRows> rows;
    CancelToken token;
};
struct TouchFeatures {
    QString dataset;
    QDateTime fetched, expires;
};
struct TouchItem {
    QString dataset, key;
    QDateTime fetched, expires;
};
struct RemoveItem {
    QString dataset, key;
};
struct PutPackage {
    StoredPackage package;
};
struct RemovePackage {
    QString key;
};
struct HoldItems {
    QString package, dataset;
    std::vector<QString> keys;
    std::shared_ptr<HeldItems> held; ///< the answer, for who waits for it
};
struct HoldFeatures {
    QString package, dataset;
};
/** Writes nothing; answered when all before it is written. */
struct Barrier {
    bool toDisk = false; ///< answered when the disk has it, and tells what went wrong before
};

using Operation = std::variant<PutDataset, RemoveDataset, PutItems, PutFeatures, TouchFeatures, TouchItem, RemoveItem,
                               PutPackage, RemovePackage, HoldItems, HoldFeatures, Barrier>;

struct Write {
    quint64 number = 0; ///< counts up
    Operation operation;
    qint64 weight = 0; ///< bytes of memory, about
    std::optional<std::promise<Status>> answer; ///< someone waits for it
};

template <class... Calls>
struct Overloaded : Calls... {
    using Calls::operator()...;
};

} // namespace hanseatlas
