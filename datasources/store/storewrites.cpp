// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/storewrites_p.h"

#include "datasources/store/featuretables_p.h"

#include <QJsonDocument>

namespace hanseatlas
{

namespace
{

constexpr int stepItems = 200; // thrown away at once: others need not wait long

void putDataset(StoreConnection &connection, const StoredDataset &dataset)
{
    StoreQuery(connection,
               "INSERT INTO store_datasets (key, title, service, layer, crs, provenance, contact) "
               "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET title = excluded.title, "
               "service = excluded.service, layer = excluded.layer, crs = excluded.crs, "
               "provenance = excluded.provenance, contact = excluded.contact",
               dataset.key, dataset.title, dataset.service, dataset.layer, dataset.crs,
               QString::fromUtf8(QJsonDocument(dataset.provenance.toJson()).toJson(QJsonDocument::Compact)),
               dataset.contact)
        .run();
}

void removeDataset(StoreConnection &connection, const RemoveDataset &gone)
{
    if (gone.erase) {
        StoreQuery(connection, "DELETE FROM store_datasets WHERE key = ?", gone.key).run();
        while (dropLeftover(connection)) { }
    } else // its items go in steps: see throwAway()
        StoreQuery(connection, "UPDATE store_datasets SET key = NULL WHERE key = ?", gone.key).run();
}

/** 0 = none */
qint64 datasetId(StoreConnection &connection, const QString &key)
{
    StoreQuery query(connection, "SELECT id FROM store_datasets WHERE key = ?", key);
    return query.next() ? query.number(0) : 0;
}

/** 0 = none */
qint64 packageId(StoreConnection &connection, const QString &key)
{
    StoreQuery query(connection, "SELECT id FROM store_packages WHERE key = ?", key);
    return query.next() ? query.number(0) : 0;
}

void holdItem(StoreConnection &connection, qint64 package, qint64 item, bool own)
{
    StoreQuery(connection, "INSERT OR IGNORE INTO store_held_items (package, item, own) VALUES (?, ?, ?)", package,
               item, own)
        .run();
}

/** Returns its id. */
qint64 putItem(StoreConnection &connection, qint64 dataset, const QString &key, const StoredItem &item, qint64 hour)
{
    StoreQuery row(connection,
                   "INSERT INTO store_items (dataset, key, size, used, fetched, expires, content_type, etag, "
                   "last_modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dataset, key) DO UPDATE SET "
                   "size = excluded.size, used = excluded.used, fetched = excluded.fetched, "
                   "expires = excluded.expires, content_type = excluded.content_type, etag = excluded.etag, "
                   "last_modified = excluded.last_modified RETURNING id",
                   dataset, key, qint64(item.bytes.size()), hour, item.fetched, item.expires, item.contentType,
                   item.etag, item.lastModified);
    if (!row.next())
        return 0;
    const auto id = row.number(0);
    if (row.run())
        StoreQuery(connection, "INSERT OR REPLACE INTO store_blobs (item, bytes) VALUES (?, ?)", id, item.bytes).run();
    return id;
}

void putItems(StoreConnection &connection, const PutItems &put, qint64 hour)
{
    const auto dataset = datasetId(connection, put.dataset);
    if (dataset == 0)
        return; // someone has removed it since: that is what they wanted
    if (put.replaceAll)
        StoreQuery(connection, "DELETE FROM store_items WHERE dataset = ?", dataset).run();
    const auto package = put.heldBy.isEmpty() ? 0 : packageId(connection, put.heldBy);
    for (const auto &[key, item] : put.items) {
        const bool isNew = package != 0
            && !StoreQuery(connection, "SELECT 1 FROM store_items WHERE dataset = ? AND key = ?", dataset, key).next();
        const auto id = putItem(connection, dataset, key, item, hour);
        if (package != 0)
            holdItem(connection, package, id, isNew);
    }
}

void holdItems(StoreConnection &connection, const HoldItems &hold)
{
    const auto package = packageId(connection, hold.package);
    hold.held->assign(hold.keys.size(), std::nullopt);
    for (std::size_t i = 0; package != 0 && i < hold.keys.size(); ++i) {
        StoreQuery query(connection,
                         "SELECT i.id, i.content_type, i.fetched, i.expires, i.etag, i.last_modified FROM "
                         "store_datasets d JOIN store_items i ON i.dataset = d.id WHERE d.key = ? AND i.key = ?",
                         hold.dataset, hold.keys[i]);
        if (!query.next())
            continue;
        (*hold.held)[i] = {.contentType = query.text(1),
                           .fetched = query.time(2),
                           .expires = query.time(3),
                           .etag = query.bytes(4),
                           .lastModified = query.time(5)};
        holdItem(connection, package, query.number(0), false);
    }
}

void holdFeatures(StoreConnection &connection, const HoldFeatures &hold)
{
    StoreQuery(connection,
               "INSERT OR IGNORE INTO store_held_features (package, dataset, own) SELECT p.id, d.id, "
               "NOT EXISTS (SELECT 1 FROM store_features WHERE dataset = d.id) FROM store_packages p, "
               "store_datasets d WHERE p.key = ? AND d.key = ?",
               hold.package, hold.dataset)
        .run();
}

/** False: there are none. One package after the other, so that what two have held goes with the second. */
bool throwAwayPackages(StoreConnection &connection)
{
    StoreQuery query(connection, "SELECT min(id) FROM store_packages WHERE key IS NULL");
    const auto package = query.next() ? query.number(0) : 0;
    query.run();
    if (package == 0)
        return false;
    StoreQuery(connection,
               "DELETE FROM store_items WHERE id IN (SELECT h.item FROM store_held_items h JOIN store_items i "
               "ON i.id = h.item WHERE h.package = ? AND h.own AND i.holds = 1 LIMIT ?)",
               package, stepItems)
        .run();
    if (connection.fault() || connection.changes() > 0)
        return true;
    StoreQuery(connection,
               "DELETE FROM store_features WHERE dataset IN (SELECT dataset FROM store_held_features WHERE "
               "package = ? AND own) AND dataset NOT IN (SELECT dataset FROM store_held_features WHERE package <> ?)",
               package, package)
        .run();
    StoreQuery(connection, "DELETE FROM store_packages WHERE id = ?", package).run();
    return true;
}

/** False: there are none. */
bool throwAwayRemoved(StoreConnection &connection)
{
    StoreQuery(connection,
               "DELETE FROM store_items WHERE id IN (SELECT i.id FROM store_datasets d JOIN store_items i "
               "ON i.dataset = d.id WHERE d.key IS NULL LIMIT ?)",
               stepItems)
        .run();
    if (connection.fault() || connection.changes() > 0)
        return true;
    StoreQuery(connection, "DELETE FROM store_datasets WHERE key IS NULL").run();
    return false;
}

qint64 disposableBytes(StoreConnection &connection)
{
    StoreQuery query(connection,
                     "SELECT coalesce(sum(bytes - held), 0) - (SELECT coalesce(sum(size), 0) FROM store_features WHERE "
                     "dataset IN (SELECT dataset FROM store_held_features)) FROM store_datasets WHERE key IS NOT NULL");
    return query.next() ? query.number(0) : 0;
}

struct LeastUsed {
    std::vector<qint64> items;
    std::vector<qint64> tables; ///< of features, each as a whole
    bool isEmpty() const { return items.empty() && tables.empty(); }
};

/** The first to go, as many as make `excess` bytes, and not too many at once. */
LeastUsed leastUsed(StoreConnection &connection, qint64 excess)
{
    LeastUsed found;
    StoreQuery items(connection, "SELECT id, size, used FROM store_items WHERE holds = 0 ORDER BY used, id LIMIT ?",
                     stepItems);
    StoreQuery tables(connection,
                      "SELECT f.id, f.size, f.used FROM store_features f JOIN store_datasets d ON d.id = f.dataset "
                      "WHERE d.key IS NOT NULL AND d.id NOT IN (SELECT dataset FROM store_held_features) ORDER BY "
                      "f.used, f.id LIMIT ?",
                      stepItems);
    bool item = items.next(), table = tables.next();
    for (qint64 freed = 0; freed < excess && (item || table);) {
        if (table && (!item || tables.number(2) < items.number(2))) {
            freed += tables.number(1);
            found.tables.push_back(tables.number(0));
            table = tables.next();
        } else {
            freed += items.number(1);
            found.items.push_back(items.number(0));
            item = items.next();
        }
    }
    return found;
}

} // namespace

void apply(StoreConnection &connection, const Operation &operation, qint64 hour)
{
    std::visit(Overloaded{
                   [&](const PutDataset &put) { putDataset(connection, put.dataset); },
                   [&](const RemoveDataset &gone) { removeDataset(connection, gone); },
                   [&](const PutItems &put) { putItems(connection, put, hour); },
                   [&](const PutFeatures &put) {
                       writeFeatures(connection, put.dataset, *put.features, *put.rows, hour, put.token);
                   },
                   [&](const TouchFeatures &touched) {
                       StoreQuery(connection,
                                  "UPDATE store_features SET fetched = ?, expires = ?, used = ? WHERE "
                                  "dataset = (SELECT id FROM store_datasets WHERE key = ?)",
                                  touched.fetched, touched.expires, hour, touched.dataset)
                           .run();
                   },
                   [&](const TouchItem &item) {
                       StoreQuery(connection,
                                  "UPDATE store_items SET fetched = ?, expires = ?, used = ? WHERE key = ? AND "
                                  "dataset = (SELECT id FROM store_datasets WHERE key = ?)",
                                  item.fetched, item.expires, hour, item.key, item.dataset)
                           .run();
                   },
                   [&](const RemoveItem &item) {
                       StoreQuery(connection,
                                  "DELETE FROM store_items WHERE key = ? AND "
                                  "dataset = (SELECT id FROM store_datasets WHERE key = ?)",
                                  item.key, item.dataset)
                           .run();
                   },
                   [&](const PutPackage &put) {
                       StoreQuery(connection,
                                  "INSERT INTO store_packages (key, document) VALUES (?, ?) ON CONFLICT (key) DO "
                                  "UPDATE SET document = excluded.document",
                                  put.package.key, put.package.document)
                           .run();
                   },
                   [&](const RemovePackage &gone) { // what it holds goes in steps: see throwAway()
                       StoreQuery(connection, "UPDATE store_packages SET key = NULL WHERE key = ?", gone.key).run();
                   },
                   [&](const HoldItems &hold) { holdItems(connection, hold); },
                   [&](const HoldFeatures &hold) { holdFeatures(connection, hold); },
                   [](const Barrier &) {},
               },
               operation);
}

void applyUse(StoreConnection &connection, qint64 item, qint64 hour)
{
    StoreQuery(connection, "UPDATE store_items SET used = ? WHERE id = ?", hour, item).run();
}

void applyTableUse(StoreConnection &connection, qint64 table, qint64 hour)
{
    StoreQuery(connection, "UPDATE store_features SET used = ? WHERE id = ?", hour, table).run();
}

bool throwAway(StoreConnection &connection, qint64 mostBytes)
{
    StoreTransaction transaction(connection);
    bool more = throwAwayRemoved(connection) || throwAwayPackages(connection) || dropLeftover(connection);
    if (!more && !connection.fault()) {
        // Further than just below the limit, or each put would throw away again.
        const auto bytes = disposableBytes(connection);
        if (bytes > mostBytes) {
            const auto found = leastUsed(connection, bytes - mostBytes + mostBytes / 20);
            for (const auto id : found.items)
                StoreQuery(connection, "DELETE FROM store_items WHERE id = ?", id).run();
            for (const auto id : found.tables)
                StoreQuery(connection, "DELETE FROM store_features WHERE id = ?", id).run();
            more = !found.isEmpty();
        }
    }
    return transaction.commit() && more;
}

} // namespace hanseatlas
