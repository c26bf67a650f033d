// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/isobands.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace hanseatlas::demo
{

namespace
{

/** Follows the edges of one band. Nodes are the cells' middles and, around them, the same values once more on the
 *  grid's outer edge. The edges are pieces of three lines: low's, high's and the box. */
class Tracer
{
public:
    Tracer(const Grid &grid, double low, double high)
        : m_grid(grid)
        , m_level{low, high}
        , m_columns(grid.columns + 2)
        , m_nodes(std::size_t(m_columns) * std::size_t(grid.rows + 2))
        , m_next(m_nodes * 5, none)
    {
    }

    /** Closed rings, the band to their left. */
    std::vector<Ring> rings()
    {
        for (int line = 0; line < 2; ++line)
            for (int r = -1; r < m_grid.rows; ++r)
                for (int c = -1; c < m_grid.columns; ++c)
                    crossSquare(line, c, r);
        walkBox();
        std::vector<Ring> all;
        for (const auto start : m_starts) {
            Ring ring;
            for (auto place = std::int32_t(start); m_next[std::size_t(place)] != none;) {
                ring.push_back(pointAt(std::size_t(place)));
                place = std::exchange(m_next[std::size_t(place)], none);
            }
            if (ring.size() >= 3)
                all.push_back(std::move(ring));
        }
        return all;
    }

private:
    static constexpr std::int32_t none = -1;

    float value(int c, int r) const
    {
        return m_grid.at(std::clamp(c, 0, m_grid.columns - 1), std::clamp(r, 0, m_grid.rows - 1));
    }
    PointXY nodeAt(int c, int r) const
    {
        return {m_grid.topLeft.x + std::clamp(c + 0.5, 0.0, double(m_grid.columns)) * m_grid.cell,
                m_grid.topLeft.y - std::clamp(r + 0.5, 0.0, double(m_grid.rows)) * m_grid.cell};
    }
    bool in(int line, int c, int r) const { return double(value(c, r)) >= m_level[line]; }

    // A place is where a line crosses from a node to its neighbour in the east or south, or it is a node of the box.
    std::size_t node(int c, int r) const { return std::size_t(r + 1) * std::size_t(m_columns) + std::size_t(c + 1); }
    std::size_t crossing(int line, int c, int r, bool down) const
    {
        return m_nodes * std::size_t(2 * line + (down ? 1 : 0)) + node(c, r);
    }
    std::size_t corner(int c, int r) const { return m_nodes * 4 + node(c, r); }

    PointXY pointAt(std::size_t place) const
    {
        const auto kind = place / m_nodes;
        const int c = int(place % m_nodes % std::size_t(m_columns)) - 1;
        const int r = int(place % m_nodes / std::size_t(m_columns)) - 1;
        const auto a = nodeAt(c, r);
        if (kind == 4)
            return a;
        const int c2 = kind % 2 ? c : c + 1, r2 = kind % 2 ? r + 1 : r;
        const double va = double(value(c, r)), vb = double(value(c2, r2));
        return a + (nodeAt(c2, r2) - a) * std::clamp((m_level[kind / 2] - va) / (vb - va), 0.001, 0.999);
    }

    void link(std::size_t from, std::size_t to)
    {
        m_next[from] = std::int32_t(to);
        m_starts.push_back(from);
    }

    /** A piece of a line; the band lies above low and below high. */
    void cross(int line, std::size_t from, std::size_t to) { line == 0 ? link(from, to) : link(to, from); }

    /** The square whose north-west corner is the node. */
    void crossSquare(int line, int c, int r)
    {
        const bool nw = in(line, c, r), ne = in(line, c + 1, r), sw = in(line, c, r + 1), se = in(line, c + 1, r + 1);
        if (nw == ne && nw == sw && nw == se)
            return;
        const auto north = crossing(line, c, r, false), south = crossing(line, c, r + 1, false),
                   west = crossing(line, c, r, true), east = crossing(line, c + 1, r, true);
        if (nw == se && ne == sw) { // a saddle: its middle says which corners belong together
            const bool middle =
                double(value(c, r) + value(c + 1, r) + value(c, r + 1) + value(c + 1, r + 1)) / 4 >= m_level[line];
            if (nw) {
                cross(line, west, middle ? south : north);
                cross(line, east, middle ? north : south);
            } else {
                cross(line, north, middle ? west : east);
                cross(line, south, middle ? east : west);
            }
            return;
        }
        // Clockwise round the square, the line comes in where low turns to high and leaves where high turns to low.
        const bool corners[] = {nw, ne, se, sw};
        const std::size_t side[] = {north, east, south, west};
        std::size_t enters = 0, leaves = 0;
        for (int i = 0; i < 4; ++i) {
            const bool first = corners[i], second = corners[(i + 1) % 4];
            if (first && !second)
                leaves = side[i];
            if (!first && second)
                enters = side[i];
        }
        cross(line, enters, leaves);
    }

    struct Node {
        int c, r;
    };
    /** Counter-clockwise round the box: what of it bounds the band. */
    void walkBox()
    {
        const int right = m_grid.columns, bottom = m_grid.rows;
        for (int c = -1; c < right; ++c)
            alongBox({c, bottom}, {c + 1, bottom});
        for (int r = bottom; r > -1; --r)
            alongBox({right, r}, {right, r - 1});
        for (int c = right; c > -1; --c)
            alongBox({c, -1}, {c - 1, -1});
        for (int r = -1; r < bottom; ++r)
            alongBox({-1, r}, {-1, r + 1});
    }

    void alongBox(Node a, Node b)
    {
        const bool low[] = {in(0, a.c, a.r), in(0, b.c, b.r)}, high[] = {in(1, a.c, a.r), in(1, b.c, b.r)};
        if ((!low[0] && !low[1]) || (high[0] && high[1]))
            return;
        const auto crossed = [&](int line) {
            return crossing(line, std::min(a.c, b.c), std::min(a.r, b.r), a.c == b.c);
        };
        const auto from = !low[0] ? crossed(0) : high[0] ? crossed(1) : corner(a.c, a.r);
        const auto to = !low[1] ? crossed(0) : high[1] ? crossed(1) : corner(b.c, b.r);
        link(from, to);
    }

    const Grid &m_grid;
    double m_level[2];
    int m_columns;
    std::size_t m_nodes;
    std::vector<std::int32_t> m_next; ///< for each place the one that follows
    std::vector<std::size_t> m_starts;
};

} // namespace

Shapes bandOf(const Grid &grid, double low, double high, double leastArea)
{
    struct Outer {
        Shape shape;
        Extent box;
        double area = 0;
    };
    std::vector<Outer> outers;
    std::vector<Ring> holes;
    for (auto &ring : Tracer(grid, low, high).rings()) {
        const double area = signedArea(ring);
        if (area > 0 && area >= leastArea)
            outers.push_back({{.outer = std::move(ring), .holes = {}}, {}, area});
        else if (area < 0 && area <= -leastArea)
            holes.push_back(std::move(ring));
    }
    std::ranges::stable_sort(outers, {}, &Outer::area); // the smallest that holds a hole is its own
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
