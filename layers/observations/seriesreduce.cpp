// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/seriesreduce.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hanseatlas
{

namespace
{

using Extremes = SeriesPyramid::Extremes;

constexpr std::size_t fan = 32; ///< blocks of a level in one of the next

void take(Extremes &into, const Extremes &more)
{
    // The first one of equals stays: `more` comes later
    if (more.low < into.low) {
        into.low = more.low;
        into.lowest = more.lowest;
    }
    if (more.high > into.high) {
        into.high = more.high;
        into.highest = more.highest;
    }
}

Extremes extremesOf(std::span<const Observation> series, std::size_t i)
{
    const auto number = std::uint32_t(i);
    return {number, number, series[i].value, series[i].value};
}

Extremes scan(std::span<const Observation> series, std::size_t begin, std::size_t end)
{
    auto found = extremesOf(series, begin);
    for (auto i = begin + 1; i < end; ++i)
        take(found, extremesOf(series, i));
    return found;
}

/** Puts points one after the other into a line and finds its gaps. */
class Line
{
public:
    Line(std::span<const Observation> series, std::int64_t longestStep)
        : m_series(series)
        , m_longestStep(longestStep)
    {
    }

    /** The values [begin, end) of one pixel. */
    void addPixel(std::size_t begin, std::size_t end, const Extremes &extremes)
    {
        std::array<std::size_t, 4> kept{begin, extremes.lowest, extremes.highest, end - 1};
        std::ranges::sort(kept);
        for (std::size_t i = 0; i < kept.size(); ++i)
            if (i == 0 || kept[i] != kept[i - 1])
                add(kept[i], i == 0);
    }

    /** Where `border` is set, the value before it in the series is the one before it in the line. */
    void add(std::size_t i, bool border)
    {
        const auto &one = m_series[i];
        const bool gap = border && m_longestStep > 0 && !points.empty() && one.at - m_series[i - 1].at > m_longestStep;
        points.push_back({one.at, one.value, gap});
    }

    std::vector<LinePoint> points;

private:
    std::span<const Observation> m_series;
    std::int64_t m_longestStep;
};

std::size_t firstFrom(std::span<const Observation> series, std::size_t begin, std::int64_t at)
{
    const auto rest = series.subspan(begin);
    return begin + std::size_t(std::ranges::lower_bound(rest, at, {}, &Observation::at) - rest.begin());
}

/** Where pixel number `pixel`, one but the last, begins; whatever the view, without overflow. */
std::int64_t edgeOf(const LineView &view, int pixel)
{
    const double share = double(pixel) / view.pixels;
    const double edge = double(view.from) * (1 - share) + double(view.to) * share;
    const auto width = std::uint64_t(view.to) - std::uint64_t(view.from);
    if (width < (1ULL << 52)) // to the ms in all views that are of this world
        return view.from + std::int64_t(std::ceil(double(width) * share));
    return std::int64_t(edge);
}

} // namespace

std::int64_t longestStep(std::int64_t interval, double k)
{
    if (interval <= 0 || !(k > 0))
        return 0;
    const double step = double(interval) * k;
    return step < 9e18 ? std::max<std::int64_t>(1, std::int64_t(step)) : 0;
}

void SeriesPyramid::extend(std::span<const Observation> series)
{
    m_size = series.size();
    if (m_levels.empty())
        m_levels.emplace_back();
    for (auto block = m_levels[0].size(); (block + 1) * fan <= m_size; ++block)
        m_levels[0].push_back(scan(series, block * fan, (block + 1) * fan));
    for (std::size_t level = 1; m_levels[level - 1].size() >= fan; ++level) {
        if (level == m_levels.size())
            m_levels.emplace_back();
        const auto &below = m_levels[level - 1];
        for (auto block = m_levels[level].size(); (block + 1) * fan <= below.size(); ++block) {
            auto all = below[block * fan];
            for (std::size_t i = 1; i < fan; ++i)
                take(all, below[block * fan + i]);
            m_levels[level].push_back(all);
        }
    }
}

Extremes SeriesPyramid::extremes(std::span<const Observation> series, std::size_t begin, std::size_t end) const
{
    auto found = extremesOf(series, begin);
    for (auto i = begin; i < end;) {
        // The largest full block that begins here and ends within
        std::size_t level = 0, size = 1;
        while (level < m_levels.size() && i % (size * fan) == 0 && i + size * fan <= end
               && i / (size * fan) < m_levels[level].size()) {
            size *= fan;
            ++level;
        }
        take(found, level == 0 ? extremesOf(series, i) : m_levels[level - 1][i / size]);
        i += size;
    }
    return found;
}

std::vector<LinePoint> reduceSeries(std::span<const Observation> series, const LineView &view,
                                    const SeriesPyramid *pyramid)
{
    if (series.empty() || view.pixels <= 0 || view.to <= view.from
        || series.size() > std::numeric_limits<std::uint32_t>::max())
        return {};
    if (pyramid && pyramid->size() != series.size())
        pyramid = nullptr; // of other values: better slow than wrong
    Line line(series, view.longestStep);
    auto begin = firstFrom(series, 0, view.from);
    const auto stop =
        view.to < std::numeric_limits<std::int64_t>::max() ? firstFrom(series, begin, view.to + 1) : series.size();
    line.points.reserve(std::min(series.size(), std::size_t(view.pixels) * 4) + 2);
    if (begin > 0)
        line.add(begin - 1, false);
    for (int pixel = 0; begin < stop && pixel < view.pixels; ++pixel) {
        const auto end =
            pixel + 1 < view.pixels ? std::min(stop, firstFrom(series, begin, edgeOf(view, pixel + 1))) : stop;
        if (end > begin)
            line.addPixel(begin, end, pyramid ? pyramid->extremes(series, begin, end) : scan(series, begin, end));
        begin = end;
    }
    if (stop < series.size())
        line.add(stop, true);
    return std::move(line.points);
}

std::vector<LinePoint> reduceSeries(std::span<const Observation> series, int pixels, std::int64_t longestStep,
                                    const SeriesPyramid *pyramid)
{
    if (series.empty())
        return {};
    const LineView view{.from = series.front().at,
                        .to = std::max(series.back().at, series.front().at + 1),
                        .pixels = pixels,
                        .longestStep = longestStep};
    return reduceSeries(series, view, pyramid);
}

} // namespace hanseatlas
