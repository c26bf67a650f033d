// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/plane.h"

#include <algorithm>

namespace hanseatlas::demo
{

namespace
{

/** Cuts away what lies beyond a line parallel to an axis. */
class HalfCut
{
public:
    HalfCut(bool vertical, double limit, bool keepsGreater)
        : m_vertical(vertical)
        , m_limit(limit)
        , m_greater(keepsGreater)
    {
    }

    bool keeps(PointXY p) const
    {
        const double v = m_vertical ? p.x : p.y;
        return m_greater ? v > m_limit : v < m_limit;
    }

    /** False: the shape's edges cannot be followed. */
    bool cut(const Shape &shape, Shapes &out)
    {
        m_nodes.clear();
        m_crossings.clear();
        std::vector<Ring> whole;
        addRing(shape.outer, whole);
        const bool outerCrosses = !m_crossings.empty();
        if (!outerCrosses && whole.empty())
            return true;
        for (const auto &hole : shape.holes)
            addRing(hole, whole);
        if (!outerCrosses) {
            out.push_back({.outer = whole.front(), .holes = {whole.begin() + 1, whole.end()}});
            return m_crossings.empty(); // a hole that reaches out of its shape
        }
        const auto first = std::ptrdiff_t(out.size());
        if (!pair() || !follow(out))
            return false;
        for (auto &hole : whole) {
            const auto owner = out.size() == std::size_t(first) + 1
                ? out.begin() + first
                : std::find_if(out.begin() + first, out.end(),
                               [&](const Shape &s) { return inside(s.outer, hole[0]); });
            if (owner != out.end())
                owner->holes.push_back(std::move(hole));
        }
        return true;
    }

private:
    struct Node {
        PointXY p;
        std::size_t next = 0;
        std::size_t mate = 0; ///< a crossing: the other end of the cut
        bool crossing = false, kept = false, seen = false;
    };

    double across(PointXY p) const { return m_vertical ? p.y : p.x; }

    void addRing(const Ring &ring, std::vector<Ring> &whole)
    {
        const auto start = m_nodes.size();
        const auto had = m_crossings.size();
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const auto a = ring[i], b = ring[(i + 1) % ring.size()];
            const bool kept = keeps(a);
            m_nodes.push_back({.p = a, .kept = kept});
            if (kept == keeps(b))
                continue;
            const double t = m_vertical ? (m_limit - a.x) / (b.x - a.x) : (m_limit - a.y) / (b.y - a.y);
            m_crossings.push_back(m_nodes.size());
            m_nodes.push_back(
                {.p = m_vertical ? PointXY{m_limit, a.y + (b.y - a.y) * t} : PointXY{a.x + (b.x - a.x) * t, m_limit},
                 .crossing = true,
                 .kept = kept});
        }
        if (m_crossings.size() == had) { // all of it on one side
            m_nodes.resize(start);
            if (keeps(ring[0]))
                whole.push_back(ring);
            return;
        }
        for (auto i = start; i < m_nodes.size(); ++i)
            m_nodes[i].next = i + 1 < m_nodes.size() ? i + 1 : start;
    }

    /** Where the line lies in the shape, one end leads out and the other in. */
    bool pair()
    {
        std::ranges::sort(m_crossings, {}, [this](std::size_t i) { return across(m_nodes[i].p); });
        for (std::size_t i = 0; i + 1 < m_crossings.size(); i += 2) {
            auto &a = m_nodes[m_crossings[i]], &b = m_nodes[m_crossings[i + 1]];
            if (a.kept == b.kept)
                return false;
            a.mate = m_crossings[i + 1];
            b.mate = m_crossings[i];
        }
        return true;
    }

    bool follow(Shapes &out)
    {
        for (std::size_t start = 0; start < m_nodes.size(); ++start) {
            if (m_nodes[start].crossing || !m_nodes[start].kept || m_nodes[start].seen)
                continue;
            Ring ring;
            for (auto i = start; !m_nodes[i].seen; i = m_nodes[i].next) {
                if (!m_nodes[i].crossing && !m_nodes[i].kept)
                    return false;
                m_nodes[i].seen = true;
                ring.push_back(m_nodes[i].p);
                if (m_nodes[i].crossing) {
                    i = m_nodes[i].mate;
                    m_nodes[i].seen = true;
                    ring.push_back(m_nodes[i].p);
                }
            }
            const auto again = std::ranges::unique(ring, [](PointXY a, PointXY b) { return a.x == b.x && a.y == b.y; });
            ring.erase(again.begin(), again.end());
            const double area = ring.size() < 3 ? 0 : signedArea(ring);
            if (area < -0.01)
                return false;
            if (area > 0.01)
                out.push_back({.outer = std::move(ring), .holes = {}});
        }
        return true;
    }

    bool m_vertical;
    double m_limit;
    bool m_greater;
    std::vector<Node> m_nodes;
    std::vector<std::size_t> m_crossings;
};

} // namespace

std::optional<Shapes> clippedToBox(const Shape &shape, const Extent &box)
{
    Shapes all{shape};
    if (signedArea(all[0].outer) < 0)
        std::ranges::reverse(all[0].outer);
    for (auto &hole : all[0].holes)
        if (signedArea(hole) > 0)
            std::ranges::reverse(hole);
    for (auto &half : {HalfCut(true, box.xMin, true), HalfCut(true, box.xMax, false), HalfCut(false, box.yMin, true),
                       HalfCut(false, box.yMax, false)}) {
        auto cut = half;
        Shapes kept;
        for (const auto &part : all)
            if (!cut.cut(part, kept))
                return std::nullopt;
        all = std::move(kept);
    }
    return all;
}

} // namespace hanseatlas::demo
