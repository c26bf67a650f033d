// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/featurecursor_p.h"

#include <QHash>

#include <memory>
#include <mutex>

/** @internal Features that may not be written down. */
namespace hanseatlas
{

struct MemoryTable {
    StoredFeatures features;
    std::shared_ptr<const FeatureRows> rows;
};

/** They stay until the program ends or their dataset is removed. May be called from any thread. */
class MemoryFeatures
{
public:
    void put(const QString &dataset, std::shared_ptr<const MemoryTable> table);
    void remove(const QString &dataset);
    /** Null: there are none. */
    std::shared_ptr<const MemoryTable> find(const QString &dataset) const;
    qint64 bytes() const;

private:
    mutable std::mutex m_mutex;
    QHash<QString, std::shared_ptr<const MemoryTable>> m_tables;
};

class MemoryAccess final : public FeatureAccess
{
public:
    explicit MemoryAccess(const MemoryTable &table)
        : FeatureAccess(table.features)
        , m_rows(*table.rows)
    {
    }
    std::unique_ptr<FeatureCursor> all(std::span<const int> columns, const std::optional<Extent> &box) override;
    std::unique_ptr<FeatureCursor> byId(std::span<const int> columns, std::span<const qint64> ids) override;

private:
    const FeatureRows &m_rows;
};

} // namespace hanseatlas
