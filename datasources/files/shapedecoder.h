// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/readtally.h"
#include "datasources/files/wkb.h"
#include "layers/model/crs.h"

#include <QString>

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

struct ArrowArray;

namespace hanseatlas
{

/** @internal A batch of rows as GDAL gave it, and the shapes made of it. */
struct ShapeBatch {
    std::shared_ptr<ArrowArray> rows; ///< released with the last owner
    ShapeBuffer shapes;
    ReadTally tally;
};

/** How raw coordinates become those that were asked for. */
struct CoordinateRule {
    Crs from, to;
    bool swapped = false;
    std::optional<Extent> extent; ///< in `to`; shapes that do not touch it are dropped
};

/** Turns the points of the buffer: axes, CRS, extent. Shapes that fall out are removed from `shapes`, their points
 * stay. */
void applyRule(ShapeBuffer &buffer, const CoordinateRule &rule, const Transform &transform, ReadTally &tally);

/** Decodes batches on threads of its own and gives them back in the order in which they came. A Transform belongs to
 * one thread, so each thread makes its own. Used by one thread. */
class ShapeDecoder
{
public:
    /** @param geometryColumn index of the WKB column; @param large its offsets have 64 bits */
    ShapeDecoder(CoordinateRule rule, int geometryColumn, bool large);
    ~ShapeDecoder();
    ShapeDecoder(const ShapeDecoder &) = delete;
    ShapeDecoder &operator=(const ShapeDecoder &) = delete;

    void put(std::shared_ptr<ArrowArray> rows);
    std::size_t waiting() const { return m_put - m_taken; }
    ShapeBatch take(); ///< waits for the oldest; only while waiting() > 0

private:
    void work();
    ShapeBatch decoded(std::shared_ptr<ArrowArray> rows, const Transform &transform) const;

    const CoordinateRule m_rule;
    const int m_geometryColumn;
    const bool m_large;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::pair<std::size_t, std::shared_ptr<ArrowArray>>> m_queue;
    std::map<std::size_t, ShapeBatch> m_done;
    std::size_t m_put = 0, m_taken = 0;
    bool m_ending = false;
    std::vector<std::jthread> m_threads;
};

} // namespace hanseatlas
