// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/servicestore.h"
#include "datasources/store/featuretables_p.h"
#include "datasources/store/memoryfeatures_p.h"
#include "datasources/store/memoryitems_p.h"
#include "datasources/store/storereads_p.h"
#include "datasources/store/storetexts.h"
#include "datasources/store/storewriter_p.h"

#include <algorithm>

namespace hanseatlas
{

namespace
{

constexpr qsizetype longestKey = 4096;
constexpr qsizetype longestText = 64 * 1024;
constexpr qsizetype mostFields = 1900; // SQLite's limit is 2000
constexpr qsizetype biggestDocument = 16 * 1024 * 1024;
constexpr qint64 biggestItem = 256LL * 1024 * 1024;

using Items = std::vector<std::pair<QString, StoredItem>>;

bool mayBeWritten(const StoredDataset &dataset)
{
    return dataset.mayBeStored && !dataset.provenance.personal;
}

Status checkKey(const QString &key)
{
    if (key.isEmpty() || key.size() > longestKey)
        return failure(ErrorKind::Invalid, StoreTexts::tr("The name of something to be stored is empty or too long."),
                       {}, key.left(200));
    return {};
}

Status checkTexts(std::initializer_list<QStringView> texts)
{
    if (std::ranges::any_of(texts, [](QStringView text) { return text.size() > longestText; }))
        return failure(ErrorKind::TooLarge, StoreTexts::tr("A description of service data is too long to be stored."));
    return {};
}

Status checkItem(const QString &key, const StoredItem &item)
{
    if (auto status = checkKey(key); !status)
        return status;
    if (item.bytes.size() > biggestItem)
        return failure(ErrorKind::TooLarge,
                       StoreTexts::tr("An answer of a service is too large to be stored: %1 MB.")
                           .arg(item.bytes.size() / 1024 / 1024),
                       {}, key);
    if (item.etag.size() > longestKey)
        return failure(ErrorKind::TooLarge, StoreTexts::tr("A description of service data is too long to be stored."),
                       {}, key);
    return checkTexts({item.contentType});
}

std::unexpected<Error> unknownDataset(const QString &key)
{
    return failure(ErrorKind::NotFound, StoreTexts::tr("The store of service data does not know this dataset."), {},
                   key);
}

} // namespace

struct ServiceStore::Private {
    Private(const QString &path, OpenedStoreFile file, const StoreLimits &limits)
        : problem(file.problem)
        , memory(limits.memoryBytes)
        , readers(path)
        , writer(std::move(file), limits.bytes)
    {
    }

    QString problem;
    MemoryItems memory;
    MemoryFeatures memoryFeatures;
    ReadConnections readers;
    StoreWriter writer; ///< goes first, so that readers' connections are closed after all is written

    template <class Read>
    auto ask(Read read) -> Result<std::invoke_result_t<Read, StoreConnection &>>
    {
        auto answer = readers.ask(read);
        if (answer)
            return std::move(*answer);
        if (answer.error().isDamage())
            writer.noteDamage();
        return std::unexpected(storeError(answer.error()));
    }

    /** Is there such a dataset, on the disk or on its way? */
    Status knows(const QString &dataset)
    {
        const auto pending = writer.pendingDataset(dataset);
        if (pending.word == PendingWrites::Word::Put)
            return {};
        if (pending.word == PendingWrites::Word::Gone)
            return unknownDataset(dataset);
        const auto there = ask([&](StoreConnection &connection) { return hasDataset(connection, dataset); });
        if (!there)
            return std::unexpected(there.error());
        return *there ? Status() : unknownDataset(dataset);
    }

    /** Calls use(FeatureAccess &) with one state of the dataset's features. */
    template <class Use>
    auto withFeatures(const QString &dataset, Use use) -> std::invoke_result_t<Use, FeatureAccess &>
    {
        using Answer = std::invoke_result_t<Use, FeatureAccess &>;
        if (const auto table = memoryFeatures.find(dataset)) {
            MemoryAccess access(*table);
            return use(access);
        }
        auto answer = ask([&](StoreConnection &connection) -> Answer {
            const ReadSnapshot snapshot(connection);
            const auto table = readFeatureTable(connection, dataset);
            if (!table)
                return failure(ErrorKind::NotFound, StoreTexts::tr("No objects of this layer have been stored yet."),
                               {}, dataset);
            if (hourOf(QDateTime::currentDateTimeUtc()) > table->usedHour)
                writer.noteTableUse(table->id);
            TableAccess access(connection, *table);
            return use(access);
        });
        return answer ? std::move(*answer) : Answer(std::unexpected(answer.error()));
    }

    /** May something of it be kept? */
    Status mayKeep(const QString &dataset)
    {
        if (const auto held = memory.dataset(dataset))
            return failure(ErrorKind::Invalid, StoreTexts::tr("“%1” may be viewed, but not kept.").arg(held->title),
                           StoreTexts::tr("Its licence does not allow it, or it holds personal data."));
        return knows(dataset);
    }

    Status put(const QString &dataset, Items items, bool replaceAll, const QString &heldBy = {})
    {
        for (const auto &[key, item] : items) {
            if (auto status = checkItem(key, item); !status)
                return status;
        }
        if (memory.putItems(dataset, items, replaceAll))
            return {};
        if (auto known = knows(dataset); !known)
            return known;
        return writer.add(PutItems{dataset, std::move(items), replaceAll, heldBy});
    }
};

ServiceStore::ServiceStore(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

ServiceStore::~ServiceStore() = default;

Result<std::shared_ptr<ServiceStore>> ServiceStore::open(const QString &path, const StoreLimits &limits)
{
    auto file = openStoreFile(path);
    if (!file)
        return std::unexpected(file.error());
    return std::shared_ptr<ServiceStore>(new ServiceStore(std::make_unique<Private>(path, std::move(*file), limits)));
}

QString ServiceStore::problem() const
{
    return d->problem;
}

Status ServiceStore::putDataset(const StoredDataset &dataset)
{
    if (auto status = checkKey(dataset.key); !status)
        return status;
    const auto &source = dataset.provenance;
    if (auto status = checkTexts({dataset.title, dataset.service, dataset.layer, dataset.crs, dataset.contact,
                                  source.source, source.licence, source.attribution});
        !status)
        return status;
    if (mayBeWritten(dataset)) {
        d->memory.removeDataset(dataset.key);
        d->memoryFeatures.remove(dataset.key);
        return d->writer.add(PutDataset{dataset});
    }
    d->memory.putDataset(dataset); // first: from here on nothing more is sent to the disk
    const auto known = d->knows(dataset.key);
    if (known)
        return d->writer.addAndWait(RemoveDataset{dataset.key, true});
    return known.error().kind == ErrorKind::NotFound ? Status() : known;
}

Result<std::optional<StoredDataset>> ServiceStore::dataset(const QString &key) const
{
    if (auto held = d->memory.dataset(key))
        return held;
    auto pending = d->writer.pendingDataset(key);
    if (pending.word == PendingWrites::Word::Put)
        return std::move(pending.dataset);
    if (pending.word == PendingWrites::Word::Gone)
        return std::nullopt;
    return d->ask([&](StoreConnection &connection) { return readDataset(connection, key); });
}

Result<std::vector<StoredSize>> ServiceStore::datasets() const
{
    d->writer.addAndWait(Barrier{}); // whether it went well, the next put tells
    auto sizes = d->ask(readDatasets);
    if (!sizes)
        return sizes;
    for (auto &size : d->memory.datasets()) {
        if (const auto table = d->memoryFeatures.find(size.dataset.key)) {
            size.features = table->features.count;
            size.bytes += table->features.bytes;
            if (!size.newest.isValid())
                size.oldest = size.newest = table->features.fetched;
        }
        sizes->push_back(std::move(size));
    }
    return sizes;
}

Status ServiceStore::removeDataset(const QString &key)
{
    d->memoryFeatures.remove(key);
    if (d->memory.removeDataset(key))
        return {};
    return d->writer.addAndWait(RemoveDataset{key});
}

Result<std::optional<StoredItem>> ServiceStore::item(const QString &dataset, const QString &key) const
{
    using Word = PendingWrites::Word;
    if (auto held = d->memory.item(dataset, key))
        return std::move(*held);
    auto pending = d->writer.pendingItem(dataset, key);
    if (pending.word == Word::Put)
        return std::move(pending.item);
    if (pending.word == Word::Gone)
        return std::nullopt;
    auto found = d->ask([&](StoreConnection &connection) { return readItem(connection, dataset, key); });
    if (!found)
        return std::unexpected(found.error());
    if (!*found)
        return std::nullopt;
    auto &item = (*found)->item;
    if (hourOf(QDateTime::currentDateTimeUtc()) > (*found)->usedHour)
        d->writer.noteUse((*found)->id);
    if (pending.word == Word::Touched) {
        item.fetched = pending.item.fetched;
        item.expires = pending.item.expires;
    }
    return std::move(item);
}

Status ServiceStore::putItem(const QString &dataset, const QString &key, const StoredItem &item, const QString &heldBy)
{
    return d->put(dataset, {{key, item}}, false, heldBy);
}

Status ServiceStore::putItems(const QString &dataset, const Items &items, bool replaceAll)
{
    return d->put(dataset, items, replaceAll);
}

Status ServiceStore::touch(const QString &dataset, const QString &key, const QDateTime &fetched,
                           const QDateTime &expires)
{
    if (d->memory.touch(dataset, key, fetched, expires))
        return {};
    return d->writer.add(TouchItem{dataset, key, fetched, expires});
}

Status ServiceStore::removeItem(const QString &dataset, const QString &key)
{
    if (d->memory.removeItem(dataset, key))
        return {};
    return d->writer.add(RemoveItem{dataset, key});
}

Result<std::vector<bool>> ServiceStore::contains(const QString &dataset, const std::vector<QString> &keys) const
{
    using Word = PendingWrites::Word;
    if (auto held = d->memory.contains(dataset, keys))
        return std::move(*held);
    // Between the two looks a commit may come; then look again, so that the answer is of one state.
    for (int attempt = 1;; ++attempt) {
        const auto generation = d->writer.generation();
        const auto pending = d->writer.pendingItems(dataset, keys);
        auto there = d->ask([&](StoreConnection &connection) { return readContains(connection, dataset, keys); });
        if (!there || (d->writer.generation() != generation && attempt < 5)) {
            if (!there)
                return there;
            continue;
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (pending[i].word == Word::Put || pending[i].word == Word::Gone)
                (*there)[i] = pending[i].word == Word::Put;
        }
        return there;
    }
}

Status ServiceStore::putFeatures(const QString &dataset, StoredFeatures features, FeatureRows rows, CancelToken token)
{
    features.count = rows.size();
    features.bytes = rows.bytes();
    features.extent = rows.extent();
    features.kinds = rows.kinds();
    if (features.fields.size() > mostFields)
        return failure(ErrorKind::TooLarge,
                       StoreTexts::tr("A layer has more fields than can be stored: %1.").arg(features.fields.size()));
    auto shared = std::make_shared<const FeatureRows>(std::move(rows));
    if (d->memory.dataset(dataset)) {
        d->memoryFeatures.put(dataset, std::make_shared<const MemoryTable>(std::move(features), std::move(shared)));
        return {};
    }
    if (auto known = d->knows(dataset); !known)
        return known;
    return d->writer.addAndWait(
        PutFeatures{dataset, std::make_shared<const StoredFeatures>(std::move(features)), std::move(shared), token});
}

Status ServiceStore::touchFeatures(const QString &dataset, const QDateTime &fetched, const QDateTime &expires)
{
    if (const auto table = d->memoryFeatures.find(dataset)) {
        auto touched = std::make_shared<MemoryTable>(*table);
        touched->features.fetched = fetched;
        touched->features.expires = expires;
        d->memoryFeatures.put(dataset, std::move(touched));
        return {};
    }
    return d->writer.addAndWait(TouchFeatures{dataset, fetched, expires});
}

Result<std::optional<StoredFeatures>> ServiceStore::storedFeatures(const QString &dataset) const
{
    if (const auto table = d->memoryFeatures.find(dataset))
        return table->features;
    return d->ask([&](StoreConnection &connection) {
        auto table = readFeatureTable(connection, dataset);
        return table ? std::optional(std::move(table->features)) : std::nullopt;
    });
}

Result<FeatureSetPtr> ServiceStore::readFeatures(const QString &dataset, const FeatureQuery &query, CancelToken token,
                                                 const Progress &progress) const
{
    return d->withFeatures(dataset, [&](FeatureAccess &access) -> Result<FeatureSetPtr> {
        const auto columns = columnsOf(access.features, query.fields);
        const auto box = boxOf(access.features, query);
        if (!box)
            return std::unexpected(box.error());
        const auto cursor = access.all(columns, *box);
        return packFeatures(*cursor, access.features, columns, query, token, progress);
    });
}

Result<std::vector<Feature>> ServiceStore::featuresById(const QString &dataset, std::span<const qint64> ids,
                                                        const Crs &crs, CancelToken token) const
{
    return d->withFeatures(dataset, [&](FeatureAccess &access) -> Result<std::vector<Feature>> {
        std::vector<Feature> found;
        const auto columns = allColumns(access.features);
        const auto cursor = access.byId(columns, ids);
        const auto visit = [&](Feature &feature) {
            found.push_back(std::move(feature));
            return true;
        };
        if (auto visited = visitFeatures(*cursor, access.features, {.crs = crs}, visit, token, {}); !visited)
            return std::unexpected(visited.error());
        return found;
    });
}

Status ServiceStore::streamFeatures(const QString &dataset, const FeatureQuery &query,
                                    const std::function<bool(Feature &)> &visit, CancelToken token,
                                    const Progress &progress) const
{
    return d->withFeatures(dataset, [&](FeatureAccess &access) -> Status {
        const auto columns = allColumns(access.features);
        const auto box = boxOf(access.features, query);
        if (!box)
            return std::unexpected(box.error());
        const auto cursor = access.all(columns, *box);
        return visitFeatures(*cursor, access.features, query, visit, token, progress);
    });
}

Status ServiceStore::putPackage(const StoredPackage &package)
{
    if (auto status = checkKey(package.key); !status)
        return status;
    if (package.document.size() > biggestDocument)
        return failure(ErrorKind::TooLarge, StoreTexts::tr("A description of service data is too long to be stored."));
    return d->writer.addAndWait(PutPackage{package});
}

Result<std::vector<StoredPackage>> ServiceStore::packages() const
{
    return d->ask(readPackages);
}

Result<StoredPackageSize> ServiceStore::packageSize(const QString &package) const
{
    d->writer.addAndWait(Barrier{}); // what is on its way counts, too
    const auto size = d->ask([&](StoreConnection &connection) { return readPackageSize(connection, package); });
    if (!size)
        return std::unexpected(size.error());
    if (!*size)
        return failure(ErrorKind::NotFound, StoreTexts::tr("There is no such offline package any more."), {}, package);
    return **size;
}

Status ServiceStore::removePackage(const QString &package)
{
    return d->writer.addAndWait(RemovePackage{package});
}

Result<HeldItems> ServiceStore::hold(const QString &package, const QString &dataset, const std::vector<QString> &keys)
{
    if (auto may = d->mayKeep(dataset); !may)
        return std::unexpected(may.error());
    auto held = std::make_shared<HeldItems>();
    return d->writer.addAndWait(HoldItems{package, dataset, keys, held}).transform([&] { return std::move(*held); });
}

Status ServiceStore::holdFeatures(const QString &package, const QString &dataset)
{
    if (auto may = d->mayKeep(dataset); !may)
        return may;
    return d->writer.addAndWait(HoldFeatures{package, dataset});
}

Status ServiceStore::flush()
{
    return d->writer.addAndWait(Barrier{.toDisk = true});
}

Status ServiceStore::compact(CancelToken token)
{
    if (auto settled = d->writer.settle(token); !settled)
        return settled;
    // A few pages at a time: others may write in between.
    const auto step = [](StoreConnection &connection) {
        StoreQuery(connection, "PRAGMA incremental_vacuum(512)").run();
        StoreQuery left(connection, "PRAGMA freelist_count");
        return left.next() ? left.number(0) : 0;
    };
    for (qint64 before = -1;;) {
        if (token.stop_requested())
            return cancelled();
        const auto left = d->ask(step);
        if (!left)
            return std::unexpected(left.error());
        if (*left == 0 || *left == before)
            break;
        before = *left;
    }
    const auto end = d->ask(
        [](StoreConnection &connection) { return StoreQuery(connection, "PRAGMA wal_checkpoint(TRUNCATE)").run(); });
    return end ? Status() : std::unexpected(end.error());
}

qint64 ServiceStore::bytes() const
{
    return d->ask(readBytes).value_or(0) + d->memory.bytes() + d->memoryFeatures.bytes();
}

} // namespace hanseatlas
