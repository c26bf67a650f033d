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

// What is kept for offline work is kept by the single image, so that a package of a small area does not make all of a
// service's images stay for ever; features are one table for each dataset and are held as a whole. `own`: it came for
// the package, and goes with it where no other holds it. A package without a key is on its way out. The flag `kept` of
// whole datasets was never offered to anybody.
constexpr auto version3 = R"(
CREATE TABLE store_packages (id INTEGER PRIMARY KEY, key TEXT UNIQUE, document BLOB NOT NULL);
CREATE TABLE store_held_items (
    package INTEGER NOT NULL REFERENCES store_packages(id) ON DELETE CASCADE,
    item INTEGER NOT NULL REFERENCES store_items(id) ON DELETE CASCADE, own INTEGER NOT NULL,
    PRIMARY KEY (package, item)) WITHOUT ROWID;
CREATE INDEX store_held_items_item ON store_held_items (item);
CREATE TABLE store_held_features (
    package INTEGER NOT NULL REFERENCES store_packages(id) ON DELETE CASCADE,
    dataset INTEGER NOT NULL REFERENCES store_datasets(id) ON DELETE CASCADE, own INTEGER NOT NULL,
    PRIMARY KEY (package, dataset)) WITHOUT ROWID;
CREATE INDEX store_held_features_dataset ON store_held_features (dataset);
ALTER TABLE store_datasets DROP COLUMN kept;
ALTER TABLE store_datasets ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
ALTER TABLE store_items ADD COLUMN holds INTEGER NOT NULL DEFAULT 0;
DROP INDEX store_items_used;
CREATE INDEX store_items_loose ON store_items (used, id, dataset, size) WHERE holds = 0;
DROP TRIGGER store_item_goes;
DROP TRIGGER store_item_grows;
CREATE TRIGGER store_item_goes AFTER DELETE ON store_items BEGIN
    UPDATE store_datasets SET items = items - 1, bytes = bytes - old.size,
        held = held - iif(old.holds > 0, old.size, 0) WHERE id = old.dataset;
END;
CREATE TRIGGER store_item_grows AFTER UPDATE OF size ON store_items BEGIN
    UPDATE store_datasets SET bytes = bytes + new.size - old.size,
        held = held + iif(new.holds > 0, new.size - old.size, 0) WHERE id = new.dataset;
END;
CREATE TRIGGER store_item_held AFTER UPDATE OF holds ON store_items WHEN (old.holds > 0) <> (new.holds > 0) BEGIN
    UPDATE store_datasets SET held = held + iif(new.holds > 0, new.size, -new.size) WHERE id = new.dataset;
END;
CREATE TRIGGER store_hold_comes AFTER INSERT ON store_held_items BEGIN
    UPDATE store_items SET holds = holds + 1 WHERE id = new.item;
END;
CREATE TRIGGER store_hold_goes AFTER DELETE ON store_held_items BEGIN
    UPDATE store_items SET holds = holds - 1 WHERE id = old.item;
END;
)";

constexpr StoreMigration migrations[] = {{0, version1}, {1, version2}, {2, version3}};

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
