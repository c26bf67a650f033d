// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/featurecursor_p.h"
#include "datasources/store/storeconnection_p.h"

/** @internal Tables of features: store_features tells of them, features_<id> holds them, with SpatiaLite's geometry
 *  column and spatial index. A refresh makes a new table; the old one is dropped in the store's free time. The
 *  connection's fault tells how it went. */
namespace hanseatlas
{

/** Needs the functions of SpatiaLite, and a transaction around it. Nothing happens where the dataset is gone. */
void writeFeatures(StoreConnection &connection, const QString &dataset, const StoredFeatures &features,
                   const FeatureRows &rows, qint64 hour, const CancelToken &token);
/** Drops one table that nothing tells of any more. False: there is none. Does without SpatiaLite. */
bool dropLeftover(StoreConnection &connection);

struct FeatureTable {
    StoredFeatures features;
    qint64 id = 0;
    qint64 usedHour = 0;
};
std::optional<FeatureTable> readFeatureTable(StoreConnection &connection, const QString &dataset);

class TableAccess final : public FeatureAccess
{
public:
    TableAccess(StoreConnection &connection, const FeatureTable &table)
        : FeatureAccess(table.features)
        , m_connection(connection)
        , m_id(table.id)
    {
    }
    std::unique_ptr<FeatureCursor> all(std::span<const int> columns, const std::optional<Extent> &box) override;
    std::unique_ptr<FeatureCursor> byId(std::span<const int> columns, std::span<const qint64> ids) override;

private:
    StoreConnection &m_connection;
    const qint64 m_id;
};

/** What is read between beginning and end is of one state. */
class ReadSnapshot
{
public:
    explicit ReadSnapshot(StoreConnection &connection);
    ~ReadSnapshot();
    ReadSnapshot(const ReadSnapshot &) = delete;
    ReadSnapshot &operator=(const ReadSnapshot &) = delete;

private:
    StoreConnection &m_connection;
};

/** The rows of a table, in the order of their ids; with a box only those whose boxes touch it. */
class TableCursor final : public FeatureCursor
{
public:
    TableCursor(StoreConnection &connection, qint64 table, std::span<const int> columns,
                const std::optional<Extent> &box);
    bool next() override;
    qint64 id() const override;
    QByteArrayView geometry() const override;
    StoredValue value(int column) const override;

private:
    TableStatement m_statement;
};

/** Those rows whose ids are given, in that order. */
class IdCursor final : public FeatureCursor
{
public:
    IdCursor(StoreConnection &connection, qint64 table, std::span<const int> columns, std::span<const qint64> ids);
    bool next() override;
    qint64 id() const override;
    QByteArrayView geometry() const override;
    StoredValue value(int column) const override;

private:
    TableStatement m_statement;
    std::span<const qint64> m_ids;
    std::size_t m_next = 0;
};

} // namespace hanseatlas
