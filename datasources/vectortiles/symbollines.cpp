// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/symbollines.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

namespace
{

/** Ends of lines by where they are. */
class Ends
{
public:
    explicit Ends(double tolerance)
        : m_tolerance(tolerance)
    {
    }
    std::vector<std::size_t> &at(QPointF place)
    {
        // Of two ends a hair apart that fall into two cells, the second looks into the neighbouring one
        for (int dy = -1; dy <= 1; ++dy) {
            for (int dx = -1; dx <= 1; ++dx) {
                const auto found = m_ends.find(key(place, dx, dy));
                if (found != m_ends.end() && (found->first - place).manhattanLength() <= m_tolerance)
                    return found->second;
            }
        }
        auto &made = m_ends[key(place, 0, 0)];
        made.first = place;
        return made.second;
    }

private:
    qint64 key(QPointF place, int dx, int dy) const
    {
        const auto cell = [this](double at) { return qint64(std::floor(at / m_tolerance)); };
        return (cell(place.y()) + dy) * 0x10000000 + cell(place.x()) + dx;
    }
    double m_tolerance;
    QHash<qint64, std::pair<QPointF, std::vector<std::size_t>>> m_ends;
};

} // namespace

std::vector<Polyline> mergedLines(std::vector<Polyline> lines, double tolerance)
{
    std::erase_if(lines, [](const Polyline &line) { return line.size() < 2; });
    Ends ends(tolerance);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        ends.at(lines[i].front()).push_back(i);
        ends.at(lines[i].back()).push_back(i);
    }
    std::vector<bool> used(lines.size());
    const auto next = [&](QPointF end, std::size_t current) -> std::ptrdiff_t {
        const auto &here = ends.at(end);
        if (here.size() != 2)
            return -1;
        const auto other = here[0] == current ? here[1] : here[0];
        return used[other] ? -1 : std::ptrdiff_t(other);
    };
    const auto extend = [&](Polyline &line, std::size_t from) {
        for (auto other = next(line.back(), from); other >= 0; other = next(line.back(), from)) {
            from = std::size_t(other);
            used[from] = true;
            const auto &piece = lines[from];
            const bool forward =
                (piece.front() - line.back()).manhattanLength() <= (piece.back() - line.back()).manhattanLength();
            if (forward)
                line.insert(line.end(), piece.begin() + 1, piece.end());
            else
                line.insert(line.end(), piece.rbegin() + 1, piece.rend());
        }
    };
    std::vector<Polyline> merged;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (used[i])
            continue;
        used[i] = true;
        auto line = lines[i];
        extend(line, i);
        std::ranges::reverse(line);
        extend(line, i);
        std::ranges::reverse(line);
        merged.push_back(std::move(line));
    }
    return merged;
}

LineWalk::LineWalk(const Polyline &line)
    : m_line(line)
{
    double sum = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (i > 0)
            sum += std::hypot(line[i].x() - line[i - 1].x(), line[i].y() - line[i - 1].y());
        m_distances.push_back(sum);
    }
}

QPointF LineWalk::at(double distance) const
{
    const auto after = std::size_t(std::ranges::upper_bound(m_distances, distance) - m_distances.begin());
    if (after == 0)
        return m_line.front();
    if (after >= m_line.size())
        return m_line.back();
    const double span = m_distances[after] - m_distances[after - 1];
    const double share = span > 0 ? (distance - m_distances[after - 1]) / span : 0;
    return m_line[after - 1] + (m_line[after] - m_line[after - 1]) * share;
}

double LineWalk::angle(double from, double to) const
{
    const auto d = at(to) - at(from);
    return std::atan2(d.y(), d.x());
}

QPointF insidePoint(const Polyline &ring)
{
    const auto [low, high] = std::ranges::minmax(ring, {}, [](QPointF p) { return p.y(); });
    const double y = (low.y() + high.y()) / 2;
    std::vector<double> crossings;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto a = ring[i], b = ring[(i + 1) % ring.size()];
        if ((a.y() > y) != (b.y() > y))
            crossings.push_back(a.x() + (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y()));
    }
    std::ranges::sort(crossings);
    QPointF best = ring.front();
    double widest = -1;
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
        if (crossings[i + 1] - crossings[i] > widest) {
            widest = crossings[i + 1] - crossings[i];
            best = {(crossings[i] + crossings[i + 1]) / 2, y};
        }
    }
    return best;
}

} // namespace hanseatlas
