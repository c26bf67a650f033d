// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/servicestore.h"
#include "datasources/store/storeconnection_p.h"

#include <mutex>

/** @internal What the disk says. The connection's fault tells when a nothing is none. */
namespace hanseatlas
{

/** Connections for readers: each is with one thread at a time, and none outlives the store. */
class ReadConnections
{
public:
    explicit ReadConnections(QString path)
        : m_path(std::move(path))
    {
    }

    /** Lent; goes back by itself. Its fault, where there is one, is the lender's business. */
    class Lent
    {
    public:
        Lent(ReadConnections &owner, std::unique_ptr<StoreConnection> connection)
            : m_owner(owner)
            , m_connection(std::move(connection))
        {
        }
        ~Lent();
        Lent(const Lent &) = delete;
        Lent &operator=(const Lent &) = delete;
        StoreConnection &operator*() const { return *m_connection; }

    private:
        ReadConnections &m_owner;
        std::unique_ptr<StoreConnection> m_connection;
    };
    friend class Lent;

    /** Calls read(connection) and gives its result, or the fault that came up. */
    template <class Read>
    auto ask(Read read) -> std::expected<std::invoke_result_t<Read, StoreConnection &>, SqlFault>
    {
        auto connection = take();
        if (!connection)
            return std::unexpected(connection.error());
        const Lent lent(*this, std::move(*connection));
        auto result = read(*lent);
        if (auto fault = (*lent).takeFault())
            return std::unexpected(*fault);
        return result;
    }

private:
    std::expected<std::unique_ptr<StoreConnection>, SqlFault> take();
    void giveBack(std::unique_ptr<StoreConnection> connection);

    const QString m_path;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<StoreConnection>> m_idle;
};

/** An item, and when it was last used. */
struct DiskItem {
    StoredItem item;
    qint64 id = 0;
    qint64 usedHour = 0;
};

/** The step in which uses are told apart. */
qint64 hourOf(const QDateTime &time);

std::optional<DiskItem> readItem(StoreConnection &connection, const QString &dataset, const QString &key);
bool hasDataset(StoreConnection &connection, const QString &key);
std::optional<StoredDataset> readDataset(StoreConnection &connection, const QString &key);
std::vector<StoredSize> readDatasets(StoreConnection &connection);
/** In one transaction: one state of the dataset. */
std::vector<bool> readContains(StoreConnection &connection, const QString &dataset, const std::vector<QString> &keys);
std::vector<StoredPackage> readPackages(StoreConnection &connection);
std::optional<StoredPackageSize> readPackageSize(StoreConnection &connection, const QString &package);
qint64 readBytes(StoreConnection &connection);

} // namespace hanseatlas
