// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/isobands.h"

#include <algorithm>
#include <array>
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
        , m_columns(grid.columns + 2)
        , m_rows(grid.rows + 2)
    {
        m_lines[0].level = float(low);
        m_lines[1].level = float(high);
    }

    /** Closed rings, the band to their left. */
    std::vector<Ring> rings()
    {
        for (auto &line : m_lines)
            trace(line);
        walkBox();
        std::vector<Ring> all;
        for (std::size_t start = 0; start < m_points.size(); ++start) {
            Ring ring;
            for (auto place = std::int32_t(start); m_next[std::size_t(place)] != none;) {
                ring.push_back(m_points[std::size_t(place)]);
                place = std::exchange(m_next[std::size_t(place)], none);
            }
            if (ring.size() >= 3)
                all.push_back(std::move(ring));
        }
        return all;
    }

private:
    static constexpr std::int32_t none = -1;
    using Places = std::vector<std::int32_t>;
    struct Line {
        float level = 0;
        Places top, bottom, left, right; ///< where it crosses the box
    };
    struct Node {
        int c = 0, r = 0;
    };

    float value(Node n) const
    {
        return m_grid.at(std::clamp(n.c - 1, 0, m_grid.columns - 1), std::clamp(n.r - 1, 0, m_grid.rows - 1));
    }
    bool in(const Line &line, Node n) const { return value(n) >= line.level; }
    PointXY nodeAt(Node n) const
    {
        return {m_grid.topLeft.x + std::clamp(n.c - 0.5, 0.0, double(m_grid.columns)) * m_grid.cell,
                m_grid.topLeft.y - std::clamp(n.r - 0.5, 0.0, double(m_grid.rows)) * m_grid.cell};
    }

    std::int32_t place(PointXY p)
    {
        m_points.push_back(p);
        m_next.push_back(none);
        return std::int32_t(m_points.size()) - 1;
    }
    std::int32_t crossing(const Line &line, Node a, Node b)
    {
        const double va = double(value(a)), vb = double(value(b));
        const auto from = nodeAt(a);
        return place(from + (nodeAt(b) - from) * std::clamp((double(line.level) - va) / (vb - va), 0.001, 0.999));
    }
    void link(std::int32_t from, std::int32_t to) { m_next[std::size_t(from)] = to; }
    /** A piece of a line; the band lies above low and below high. */
    void link(const Line &line, std::int32_t from, std::int32_t to)
    {
        &line == &m_lines[0] ? link(from, to) : link(to, from);
    }

    void mark(const Line &line, int r, std::vector<std::uint8_t> &inside) const
    {
        const auto *row = &m_grid.values[m_grid.index(0, std::clamp(r - 1, 0, m_grid.rows - 1))];
        for (int c = 0; c < m_grid.columns; ++c)
            inside[std::size_t(c) + 1] = row[c] >= line.level;
        inside.front() = inside[1];
        inside.back() = inside[inside.size() - 2];
    }
    void crossRow(const Line &line, int r, const std::vector<std::uint8_t> &inside, Places &places)
    {
        for (int c = 0; c + 1 < m_columns; ++c)
            if (inside[std::size_t(c)] != inside[std::size_t(c) + 1])
                places[std::size_t(c)] = crossing(line, {c, r}, {c + 1, r});
    }

    /** Square after square, row after row; what a row crosses below, the next one crosses above. */
    void trace(Line &line)
    {
        const auto width = std::size_t(m_columns);
        std::vector<std::uint8_t> upper(width), lower(width);
        Places north(width, none), south(width, none);
        line.left.assign(std::size_t(m_rows), none);
        line.right.assign(std::size_t(m_rows), none);
        mark(line, 0, upper);
        crossRow(line, 0, upper, north);
        line.top = north;
        for (int r = 0; r + 1 < m_rows; ++r) {
            mark(line, r + 1, lower);
            crossRow(line, r + 1, lower, south);
            auto west = upper[0] != lower[0] ? crossing(line, {0, r}, {0, r + 1}) : none;
            line.left[std::size_t(r)] = west;
            for (std::size_t c = 0; c + 1 < width; ++c) {
                const int corners = upper[c] + upper[c + 1] + lower[c] + lower[c + 1];
                if (corners == 0 || corners == 4)
                    continue;
                const auto east =
                    upper[c + 1] != lower[c + 1] ? crossing(line, {int(c) + 1, r}, {int(c) + 1, r + 1}) : none;
                crossSquare(line, {int(c), r}, {north[c], east, south[c], west},
                            {upper[c] != 0, upper[c + 1] != 0, lower[c + 1] != 0, lower[c] != 0});
                west = east;
                if (c + 2 == width)
                    line.right[std::size_t(r)] = east;
            }
            std::swap(upper, lower);
            std::swap(north, south);
        }
        line.bottom = north;
    }

    /** Sides and corners clockwise: north, east, south, west; north-west, north-east, south-east, south-west. */
    void crossSquare(const Line &line, Node n, std::array<std::int32_t, 4> side, std::array<bool, 4> corner)
    {
        if (corner[0] == corner[2] && corner[1] == corner[3]) { // a saddle: its middle says what belongs together
            const auto sum = value(n) + value({n.c + 1, n.r}) + value({n.c, n.r + 1}) + value({n.c + 1, n.r + 1});
            const bool middle = sum / 4 >= line.level;
            const auto [north, east, south, west] = side;
            if (corner[0]) {
                link(line, west, middle ? south : north);
                link(line, east, middle ? north : south);
            } else {
                link(line, north, middle ? west : east);
                link(line, south, middle ? east : west);
            }
            return;
        }
        // Clockwise round the square, the line comes in where low turns to high and leaves where high turns to low.
        std::int32_t enters = none, leaves = none;
        for (std::size_t i = 0; i < 4; ++i) {
            const bool first = corner[i], second = corner[(i + 1) % 4];
            if (first && !second)
                leaves = side[i];
            if (!first && second)
                enters = side[i];
        }
        link(line, enters, leaves);
    }

    /** Counter-clockwise round the box: what of it bounds the band. */
    void walkBox()
    {
        const int right = m_columns - 1, bottom = m_rows - 1;
        std::vector<Node> nodes;
        for (int c = 0; c < right; ++c)
            nodes.push_back({c, bottom});
        for (int r = bottom; r > 0; --r)
            nodes.push_back({right, r});
        for (int c = right; c > 0; --c)
            nodes.push_back({c, 0});
        for (int r = 0; r < bottom; ++r)
            nodes.push_back({0, r});
        Places corners(nodes.size(), none);
        const auto crossed = [&](const Line &line, Node a, Node b) {
            if (a.r == b.r)
                return (a.r == 0 ? line.top : line.bottom)[std::size_t(std::min(a.c, b.c))];
            return (a.c == 0 ? line.left : line.right)[std::size_t(std::min(a.r, b.r))];
        };
        const auto &[low, high] = m_lines;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const auto next = (i + 1) % nodes.size();
            const auto a = nodes[i], b = nodes[next];
            if ((!in(low, a) && !in(low, b)) || (in(high, a) && in(high, b)))
                continue;
            const auto end = [&](std::size_t k) {
                if (!in(low, nodes[k]))
                    return crossed(low, a, b);
                if (in(high, nodes[k]))
                    return crossed(high, a, b);
                if (corners[k] == none)
                    corners[k] = place(nodeAt(nodes[k]));
                return corners[k];
            };
            const auto from = end(i);
            link(from, end(next));
        }
    }

    const Grid &m_grid;
    int m_columns, m_rows;
    std::array<Line, 2> m_lines;
    std::vector<PointXY> m_points; ///< where lines cross from node to node, and corners of the box
    Places m_next; ///< for each of them the one that follows
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
