// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/storereads_p.h"

#include <QJsonDocument>

namespace hanseatlas
{

namespace
{

constexpr std::size_t mostIdle = 8;

/** Of a row that begins with key, title, service, layer, crs, provenance, contact. */
StoredDataset datasetOf(const StoreQuery &query)
{
    return {.key = query.text(0),
            .title = query.text(1),
            .service = query.text(2),
            .layer = query.text(3),
            .crs = query.text(4),
            .provenance = Provenance::fromJson(QJsonDocument::fromJson(query.text(5).toUtf8()).object()),
            .contact = query.text(6)};
}

} // namespace

ReadConnections::Lent::~Lent()
{
    m_owner.giveBack(std::move(m_connection));
}

std::expected<std::unique_ptr<StoreConnection>, SqlFault> ReadConnections::take()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_idle.empty()) {
            auto connection = std::move(m_idle.back());
            m_idle.pop_back();
            return connection;
        }
    }
    return StoreConnection::open(m_path, StoreConnection::Mode::Existing);
}

void ReadConnections::giveBack(std::unique_ptr<StoreConnection> connection)
{
    connection->takeFault();
    const std::lock_guard lock(m_mutex);
    if (m_idle.size() < mostIdle)
        m_idle.push_back(std::move(connection));
}

qint64 hourOf(const QDateTime &time)
{
    return time.toSecsSinceEpoch() / 3600;
}

std::optional<DiskItem> readItem(StoreConnection &connection, const QString &dataset, const QString &key)
{
    StoreQuery query(connection,
                     "SELECT b.bytes, i.content_type, i.fetched, i.expires, i.etag, i.last_modified, i.id, i.used "
                     "FROM store_datasets d JOIN store_items i ON i.dataset = d.id JOIN store_blobs b ON b.item = i.id "
                     "WHERE d.key = ? AND i.key = ?",
                     dataset, key);
    if (!query.next())
        return std::nullopt;
    return DiskItem{.item = {.bytes = query.bytes(0),
                             .contentType = query.text(1),
                             .fetched = query.time(2),
                             .expires = query.time(3),
                             .etag = query.bytes(4),
                             .lastModified = query.time(5)},
                    .id = query.number(6),
                    .usedHour = query.number(7)};
}

bool hasDataset(StoreConnection &connection, const QString &key)
{
    return StoreQuery(connection, "SELECT 1 FROM store_datasets WHERE key = ?", key).next();
}

std::optional<StoredDataset> readDataset(StoreConnection &connection, const QString &key)
{
    StoreQuery query(connection,
                     "SELECT key, title, service, layer, crs, provenance, contact FROM store_datasets WHERE key = ?",
                     key);
    return query.next() ? std::optional(datasetOf(query)) : std::nullopt;
}

std::vector<StoredSize> readDatasets(StoreConnection &connection)
{
    std::vector<StoredSize> sizes;
    StoreQuery query(connection,
                     "SELECT key, title, service, layer, crs, provenance, contact, items, bytes, held, "
                     "(SELECT min(fetched) FROM store_items WHERE dataset = d.id), "
                     "(SELECT max(fetched) FROM store_items WHERE dataset = d.id), "
                     "(SELECT count FROM store_features WHERE dataset = d.id), "
                     "(SELECT fetched FROM store_features WHERE dataset = d.id), "
                     "(SELECT coalesce(sum(size), 0) FROM store_features WHERE dataset = d.id AND EXISTS "
                     "(SELECT 1 FROM store_held_features WHERE dataset = d.id)) "
                     "FROM store_datasets d WHERE key IS NOT NULL ORDER BY title, key");
    while (query.next()) {
        auto &size = sizes.emplace_back(StoredSize{.dataset = datasetOf(query),
                                                   .items = query.number(7),
                                                   .features = query.number(12),
                                                   .bytes = query.number(8),
                                                   .oldest = query.time(10),
                                                   .newest = query.time(11),
                                                   .keptBytes = query.number(9) + query.number(14)});
        const auto fetched = query.time(13);
        if (fetched.isValid() && (!size.oldest.isValid() || fetched < size.oldest))
            size.oldest = fetched;
        if (fetched.isValid() && (!size.newest.isValid() || fetched > size.newest))
            size.newest = fetched;
    }
    return sizes;
}

std::vector<bool> readContains(StoreConnection &connection, const QString &dataset, const std::vector<QString> &keys)
{
    std::vector<bool> there;
    connection.execute("BEGIN");
    for (const auto &key : keys)
        there.push_back(StoreQuery(connection,
                                   "SELECT 1 FROM store_datasets d JOIN store_items i ON i.dataset = d.id "
                                   "WHERE d.key = ? AND i.key = ?",
                                   dataset, key)
                            .next());
    const auto fault = connection.takeFault();
    connection.execute("ROLLBACK");
    if (fault) {
        connection.takeFault();
        connection.setFault(*fault);
    }
    return there;
}

std::vector<StoredPackage> readPackages(StoreConnection &connection)
{
    std::vector<StoredPackage> packages;
    StoreQuery query(connection, "SELECT key, document FROM store_packages WHERE key IS NOT NULL ORDER BY id");
    while (query.next())
        packages.push_back({query.text(0), query.bytes(1)});
    return packages;
}

std::optional<StoredPackageSize> readPackageSize(StoreConnection &connection, const QString &package)
{
    StoreQuery query(connection,
                     "SELECT count(*), coalesce(sum(bytes), 0), min(fetched), max(fetched), coalesce(sum(count), 0), "
                     "(SELECT 1 FROM store_packages WHERE key = ?) FROM ("
                     "SELECT i.size AS bytes, i.fetched AS fetched, 0 AS count FROM store_packages p "
                     "JOIN store_held_items h ON h.package = p.id JOIN store_items i ON i.id = h.item WHERE p.key = ? "
                     "UNION ALL SELECT f.size, f.fetched, f.count FROM store_packages p "
                     "JOIN store_held_features h ON h.package = p.id JOIN store_features f ON f.dataset = h.dataset "
                     "WHERE p.key = ?)",
                     package, package, package);
    if (!query.next() || query.number(5) == 0)
        return std::nullopt;
    return StoredPackageSize{.items = query.number(0),
                             .features = query.number(4),
                             .bytes = query.number(1),
                             .oldest = query.time(2),
                             .newest = query.time(3)};
}

qint64 readBytes(StoreConnection &connection)
{
    StoreQuery query(connection, "SELECT coalesce(sum(bytes), 0) FROM store_datasets WHERE key IS NOT NULL");
    return query.next() ? query.number(0) : 0;
}

} // namespace hanseatlas
