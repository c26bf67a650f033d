// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/shapedecoder.h"

#include "datasources/files/arrowcolumn.h"
#include "datasources/files/gdalsetup.h"

#include <ogr_recordbatch.h>

#include <cmath>

namespace hanseatlas
{

void applyRule(ShapeBuffer &buffer, const CoordinateRule &rule, const Transform &transform, ReadTally &tally)
{
    if (rule.swapped) {
        for (auto &p : buffer.points)
            std::swap(p.x, p.y);
    }
    const bool failed = !transform.isIdentity() && transform.forward(std::span(buffer.points)) > 0;
    if (!failed && !rule.extent)
        return;
    std::erase_if(buffer.shapes, [&](const Shape &shape) {
        Extent box;
        bool whole = true;
        for (const auto &p : buffer.pointsOf(shape)) {
            whole = whole && std::isfinite(p.x);
            box.add(p);
        }
        if (!whole)
            ++tally.untransformed;
        return !whole || (rule.extent && !rule.extent->intersects(box));
    });
}

ShapeDecoder::ShapeDecoder(CoordinateRule rule, int geometryColumn, bool large)
    : m_rule(std::move(rule))
    , m_geometryColumn(geometryColumn)
    , m_large(large)
{
}

ShapeDecoder::~ShapeDecoder()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        m_queue.clear();
    }
    m_changed.notify_all();
}

void ShapeDecoder::put(std::shared_ptr<ArrowArray> rows)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.emplace_back(m_put++, std::move(rows));
    }
    const std::size_t useful = std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
    if (m_threads.size() < std::min(waiting(), useful)) // small layers do with one
        m_threads.emplace_back([this] { work(); });
    m_changed.notify_all();
}

ShapeBatch ShapeDecoder::take()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_done.contains(m_taken); });
    auto batch = std::move(m_done.extract(m_taken).mapped());
    ++m_taken;
    return batch;
}

void ShapeDecoder::work()
{
    const GdalErrors errors;
    const auto transform = Transform::create(m_rule.from, m_rule.to).value_or(Transform());
    while (true) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_ending || !m_queue.empty(); });
        if (m_ending)
            return;
        auto [number, rows] = std::move(m_queue.front());
        m_queue.pop_front();
        lock.unlock();
        auto batch = decoded(std::move(rows), transform);
        lock.lock();
        m_done.emplace(number, std::move(batch));
        lock.unlock();
        m_changed.notify_all();
    }
}

ShapeBatch ShapeDecoder::decoded(std::shared_ptr<ArrowArray> rows, const Transform &transform) const
{
    ShapeBatch batch;
    batch.rows = std::move(rows);
    const auto &column = *batch.rows->children[m_geometryColumn];
    const auto count = batch.rows->length;
    batch.shapes.shapes.reserve(std::size_t(count));
    batch.shapes.rings.reserve(std::size_t(count));
    for (std::int64_t row = 0; row < count; ++row) {
        const auto outcome = isPresent(column, row)
            ? decodeWkb(bytesAt(column, row, m_large), std::uint32_t(row), batch.shapes)
            : WkbOutcome::Empty;
        batch.tally.count(outcome);
    }
    applyRule(batch.shapes, m_rule, transform, batch.tally);
    return batch;
}

} // namespace hanseatlas
