// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/isobands.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace hanseatlas::demo
{

namespace
{

/** Follows the lines of one level. Nodes are the cells' middles with a rim of "below" around them; an edge joins two
 *  neighbouring nodes, and the line crosses it where one is below and the other is not. */
class Tracer
{
public:
    /** `rim`: how far beyond the outermost middles the line runs, in cells */
    Tracer(const Grid &grid, double level, double rim)
        : m_grid(grid)
        , m_level(level)
        , m_rim(rim)
        , m_columns(grid.columns + 2)
        , m_next(std::size_t(m_columns) * std::size_t(grid.rows + 2) * 2, none)
    {
    }

    /** Closed rings, what is not below the level to their left. */
    std::vector<Ring> rings()
    {
        for (int r = -1; r < m_grid.rows; ++r)
            for (int c = -1; c < m_grid.columns; ++c)
                crossSquare(c, r);
        std::vector<Ring> all;
        for (const auto start : m_starts) {
            if (m_next[start] == none)
                continue; // already on a ring
            Ring ring;
            for (auto edge = std::int64_t(start); m_next[std::size_t(edge)] != none;) {
                ring.push_back(crossing(std::size_t(edge)));
                edge = std::exchange(m_next[std::size_t(edge)], none);
            }
            if (ring.size() >= 3)
                all.push_back(std::move(ring));
        }
        return all;
    }

private:
    static constexpr std::int32_t none = -1;

    double value(int c, int r) const { return m_grid.has(c, r) ? double(m_grid.at(c, r)) : -1e9; }
    bool in(int c, int r) const { return value(c, r) >= m_level; }
    std::size_t edge(int c, int r, bool down) const
    {
        return (std::size_t(r + 1) * std::size_t(m_columns) + std::size_t(c + 1)) * 2 + (down ? 1 : 0);
    }

    PointXY crossing(std::size_t edge) const
    {
        const bool down = edge % 2;
        const int c = int(edge / 2 % std::size_t(m_columns)) - 1, r = int(edge / 2 / std::size_t(m_columns)) - 1;
        const int c2 = down ? c : c + 1, r2 = down ? r + 1 : r;
        const auto a = m_grid.centreOf(c, r), b = m_grid.centreOf(c2, r2);
        if (!m_grid.has(c, r))
            return b + (a - b) * m_rim;
        if (!m_grid.has(c2, r2))
            return a + (b - a) * m_rim;
        const double va = value(c, r), vb = value(c2, r2);
        return a + (b - a) * std::clamp((m_level - va) / (vb - va), 0.001, 0.999);
    }

    void link(std::size_t from, std::size_t to)
    {
        m_next[from] = std::int32_t(to);
        m_starts.push_back(from);
    }

    /** The square whose north-west corner is the node. */
    void crossSquare(int c, int r)
    {
        const bool nw = in(c, r), ne = in(c + 1, r), sw = in(c, r + 1), se = in(c + 1, r + 1);
        if (nw == ne && nw == sw && nw == se)
            return;
        const auto north = edge(c, r, false), south = edge(c, r + 1, false), west = edge(c, r, true),
                   east = edge(c + 1, r, true);
        const bool saddle = nw == se && ne == sw;
        if (saddle) {
            const bool middle = (value(c, r) + value(c + 1, r) + value(c, r + 1) + value(c + 1, r + 1)) / 4 >= m_level;
            if (nw) {
                link(west, middle ? south : north);
                link(east, middle ? north : south);
            } else {
                link(north, middle ? west : east);
                link(south, middle ? east : west);
            }
            return;
        }
        // Clockwise round the square, the line comes in where low turns to high and leaves where high turns to low.
        const bool corner[] = {nw, ne, se, sw};
        const std::size_t side[] = {north, east, south, west};
        std::size_t enters = 0, leaves = 0;
        for (int i = 0; i < 4; ++i) {
            const bool first = corner[i], second = corner[(i + 1) % 4];
            if (first && !second)
                leaves = side[i];
            if (!first && second)
                enters = side[i];
        }
        link(enters, leaves);
    }

    const Grid &m_grid;
    double m_level;
    double m_rim;
    int m_columns;
    std::vector<std::int32_t> m_next; ///< for each crossed edge the edge that the line crosses next
    std::vector<std::size_t> m_starts;
};

} // namespace

Shapes bandOf(const Grid &grid, double low, double high, double leastArea)
{
    auto rings = Tracer(grid, low, 0.5).rings();
    // A little inside, lest a hole share its edge with the area around it.
    for (auto &ring : Tracer(grid, high, 0.3).rings()) {
        std::ranges::reverse(ring);
        rings.push_back(std::move(ring));
    }
    struct Outer {
        Shape shape;
        Extent box;
        double area = 0;
    };
    std::vector<Outer> outers;
    std::vector<Ring> holes;
    for (auto &ring : rings) {
        const double area = signedArea(ring);
        if (area >= leastArea)
            outers.push_back({{.outer = std::move(ring), .holes = {}}, {}, area});
        else if (area <= -leastArea)
            holes.push_back(std::move(ring));
    }
    std::ranges::sort(outers, {}, &Outer::area); // the smallest that holds a hole is its own
    for (auto &outer : outers)
        outer.box = extentOf(outer.shape.outer);
    for (auto &hole : holes) {
        const auto box = extentOf(hole);
        for (auto &outer : outers) {
            if (!outer.box.contains(box) || !inside(outer.shape.outer, hole[0]))
                continue;
            outer.shape.holes.push_back(std::move(hole));
            break;
        }
    }
    Shapes all;
    for (auto &outer : outers)
        all.push_back(std::move(outer.shape));
    return all;
}

} // namespace hanseatlas::demo
