// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/observations/observation.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

/** Series for the screen: as many points as can be seen, and never a peak less. */
namespace hanseatlas
{

/** A point of a line. */
struct LinePoint {
    std::int64_t at = 0; ///< ms since 1970 UTC
    double value = 0; ///< in the Datastream's unit
    bool afterGap = false; ///< the line is broken before it
    bool operator==(const LinePoint &) const = default;
};

/** What part of the time axis is drawn on how many pixels. */
struct LineView {
    std::int64_t from = 0; ///< ms since 1970 UTC, the left edge
    std::int64_t to = 0; ///< the right edge; above `from`
    int pixels = 0;
    std::int64_t longestStep = 0; ///< ms; a longer time between two values breaks the line; 0 = it is never broken
};

/** The longest time between two values that is no gap: k times the interval; 0 (no gaps) where it is not known. */
std::int64_t longestStep(std::int64_t interval, double k = 1.5);

/** The extremes of blocks of 32, 32², 32³ … values; built once, so that millions of values are drawn in a few
 *  milliseconds. Takes a fortieth of the series' memory. Grows with values at the series' end; after values were
 *  inserted or changed it must be built anew. */
class SeriesPyramid
{
public:
    SeriesPyramid() = default;
    explicit SeriesPyramid(std::span<const Observation> series) { extend(series); }

    /** The series again, with more values at its end. Only the new ones are read. */
    void extend(std::span<const Observation> series);
    std::size_t size() const { return m_size; } ///< of the series it was built of

    struct Extremes {
        std::uint32_t lowest = 0; ///< numbers in the series, the first one of equals
        std::uint32_t highest = 0;
        double low = 0; ///< their values, as looking them up in the series would cost most of the time
        double high = 0;
    };
    /** Of the values [begin, end), which must be some. `series` is what it was built of. */
    Extremes extremes(std::span<const Observation> series, std::size_t begin, std::size_t end) const;

private:
    std::size_t m_size = 0;
    std::vector<std::vector<Extremes>> m_levels; ///< only blocks that are full
};

/** The series, in order of time, as a line that looks like all its values: of each pixel the first, the lowest, the
 *  highest and the last one (M4 of Jugel et al., VLDB 2014), at most 4 × pixels + 2 points. The neighbours outside the
 *  view are kept, so that the line reaches its edges. Gaps within one pixel cannot be seen and are not told. O(n), with
 *  a pyramid of the series O(pixels × log n). */
std::vector<LinePoint> reduceSeries(std::span<const Observation> series, const LineView &view,
                                    const SeriesPyramid *pyramid = nullptr);

/** The whole series as above, from its first to its last value. */
std::vector<LinePoint> reduceSeries(std::span<const Observation> series, int pixels, std::int64_t longestStep = 0,
                                    const SeriesPyramid *pyramid = nullptr);

} // namespace hanseatlas
