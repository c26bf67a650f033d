// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/memoryfeatures_p.h"

namespace hanseatlas
{

namespace
{

class MemoryCursor final : public FeatureCursor
{
public:
    /** Without `ids`: all. */
    MemoryCursor(const FeatureRows &rows, std::span<const int> columns, std::optional<std::span<const qint64>> ids)
        : m_rows(rows)
        , m_columns(columns)
        , m_ids(ids)
    {
    }
    bool next() override
    {
        if (!m_ids)
            return ++m_row < m_rows.size();
        while (m_next < m_ids->size()) {
            m_row = (*m_ids)[m_next++] - 1;
            if (m_row >= 0 && m_row < m_rows.size())
                return true;
        }
        return false;
    }
    qint64 id() const override { return m_row + 1; }
    QByteArrayView geometry() const override { return m_rows.geometry(m_row); }
    StoredValue value(int column) const override { return m_rows.value(m_row, m_columns[std::size_t(column)]); }

private:
    const FeatureRows &m_rows;
    const std::span<const int> m_columns;
    const std::optional<std::span<const qint64>> m_ids;
    std::size_t m_next = 0;
    qint64 m_row = -1;
};

} // namespace

std::unique_ptr<FeatureCursor> MemoryAccess::all(std::span<const int> columns, const std::optional<Extent> &)
{
    return std::make_unique<MemoryCursor>(m_rows, columns, std::nullopt);
}

std::unique_ptr<FeatureCursor> MemoryAccess::byId(std::span<const int> columns, std::span<const qint64> ids)
{
    return std::make_unique<MemoryCursor>(m_rows, columns, ids);
}

void MemoryFeatures::put(const QString &dataset, std::shared_ptr<const MemoryTable> table)
{
    const std::lock_guard lock(m_mutex);
    m_tables[dataset] = std::move(table);
}

void MemoryFeatures::remove(const QString &dataset)
{
    const std::lock_guard lock(m_mutex);
    m_tables.remove(dataset);
}

std::shared_ptr<const MemoryTable> MemoryFeatures::find(const QString &dataset) const
{
    const std::lock_guard lock(m_mutex);
    return m_tables.value(dataset);
}

qint64 MemoryFeatures::bytes() const
{
    const std::lock_guard lock(m_mutex);
    qint64 bytes = 0;
    for (const auto &table : m_tables)
        bytes += table->rows->bytes();
    return bytes;
}

} // namespace hanseatlas
