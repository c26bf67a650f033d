// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/storeschema_p.h"

#include <sqlite3.h>

#include <algorithm>

namespace hanseatlas
{

namespace
{

// Bytes lie apart from what describes them, so that looking through the descriptions reads little and a new date does
// not write a picture. A dataset without a key is on its way out. Times are ms since 1970 UTC, `used` is in hours.
// The sums are kept by triggers: they belong to the same transaction and so are right after a crash, too.
constexpr auto version1 = R"(
CREATE TABLE store_datasets (
    id INTEGER PRIMARY KEY, key TEXT UNIQUE, title TEXT NOT NULL, service TEXT NOT NULL, layer TEXT NOT NULL,
    crs TEXT NOT NULL, provenance TEXT NOT NULL, contact TEXT NOT NULL, kept INTEGER NOT NULL DEFAULT 0,
    items INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0);
CREATE TABLE store_items (
    id INTEGER PRIMARY KEY, dataset INTEGER NOT NULL REFERENCES store_datasets(id) ON DELETE CASCADE,
    key TEXT NOT NULL, size INTEGER NOT NULL, used INTEGER NOT NULL, fetched INTEGER, expires INTEGER,
    content_type TEXT NOT NULL, etag BLOB NOT NULL, last_modified INTEGER, UNIQUE (dataset, key));
CREATE INDEX store_items_used ON store_items (used, id, dataset, size);
CREATE INDEX store_items_fetched ON store_items (dataset, fetched);
CREATE TABLE store_blobs (
    item INTEGER PRIMARY KEY REFERENCES store_items(id) ON DELETE CASCADE, bytes BLOB NOT NULL);
CREATE TABLE store_sessions (id INTEGER PRIMARY KEY, process INTEGER NOT NULL, started INTEGER NOT NULL);
CREATE TRIGGER store_item_comes AFTER INSERT ON store_items BEGIN
    UPDATE store_datasets SET items = items + 1, bytes = bytes + new.size WHERE id = new.dataset;
END;
CREATE TRIGGER store_item_goes AFTER DELETE ON store_items BEGIN
    UPDATE store_datasets SET items = items - 1, bytes = bytes - old.size WHERE id = old.dataset;
END;
CREATE TRIGGER store_item_grows AFTER UPDATE OF size ON store_items BEGIN
    UPDATE store_datasets SET bytes = bytes + new.size - old.size WHERE id = new.dataset;
END;
)";

// A refresh makes a new table features_<id>, so that readers have the old one until the new one is whole; those that
// nothing tells of any more are leftovers, whoever deleted what told of them.
constexpr auto version2 = R"(
CREATE TABLE store_features (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    dataset INTEGER NOT NULL UNIQUE REFERENCES store_datasets(id) ON DELETE CASCADE,
    fields TEXT NOT NULL, crs TEXT NOT NULL, geometry_type TEXT NOT NULL, kinds INTEGER NOT NULL,
    xmin REAL, ymin REAL, xmax REAL, ymax REAL, count INTEGER NOT NULL, received INTEGER NOT NULL, matched INTEGER,
    complete INTEGER NOT NULL, notes TEXT NOT NULL, size INTEGER NOT NULL, used INTEGER NOT NULL, fetched INTEGER,
    expires INTEGER, etag BLOB NOT NULL, last_modified INTEGER);
CREATE INDEX store_features_used ON store_features (used, id);
CREATE TABLE store_leftovers (id INTEGER PRIMARY KEY);
CREATE TRIGGER store_features_come AFTER INSERT ON store_features BEGIN
    UPDATE store_datasets SET bytes = bytes + new.size WHERE id = new.dataset;
END;
CREATE TRIGGER store_features_go AFTER DELETE ON store_features BEGIN
    UPDATE store_datasets SET bytes = bytes - old.size WHERE id = old.dataset;
    INSERT INTO store_leftovers (id) VALUES (old.id);
END;
)";

constexpr StoreMigration migrations[] = {{0, version1}, {1, version2}};

} // namespace

std::span<const StoreMigration> storeMigrations()
{
    return migrations;
}

int readVersion(StoreConnection &connection)
{
    StoreQuery query(connection, "PRAGMA user_version");
    return query.next() ? int(query.number(0)) : -1;
}

int readApplicationId(StoreConnection &connection)
{
    StoreQuery query(connection, "PRAGMA application_id");
    return query.next() ? int(query.number(0)) : -1;
}

bool migrateStore(StoreConnection &connection, std::span<const StoreMigration> steps, int target)
{
    for (int version = readVersion(connection); version < target && !connection.fault(); ++version) {
        const auto step = std::ranges::find(steps, version, &StoreMigration::from);
        if (step == steps.end()) {
            connection.setFault({SQLITE_ERROR, QStringLiteral("no way on from version %1").arg(version)});
            break;
        }
        StoreTransaction transaction(connection);
        connection.execute(step->sql);
        connection.execute("PRAGMA user_version = " + QByteArray::number(version + 1));
        transaction.commit();
    }
    return !connection.fault();
}

bool makeStore(StoreConnection &connection)
{
    // auto_vacuum must come first: it decides how the file is laid out.
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA application_id = "
                       + QByteArray::number(storeApplicationId));
    migrateStore(connection, migrations, storeVersion);
    return connection.execute("PRAGMA journal_mode = WAL");
}

} // namespace hanseatlas
