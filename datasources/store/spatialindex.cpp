// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/spatialindex_p.h"

#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace hanseatlas
{

namespace
{

// As SQLite lays an R-tree out (rtree.c): a node is its depth (of the root only) and its number of cells, two bytes
// each, then the cells: a number of eight bytes and min x, max x, min y, max y in four each; all with the high byte
// first. The root is node 1. How large a node is stands in the root that SQLite has made.
constexpr qsizetype headSize = 4;
constexpr qsizetype cellSize = 24;

struct Cell {
    qint64 number = 0; ///< of the feature, or of the node below
    float xMin = 0, xMax = 0, yMin = 0, yMax = 0;
};

float roundedDown(double value)
{
    const auto near = float(value);
    return near > value ? std::nextafter(near, -std::numeric_limits<float>::infinity()) : near;
}

float roundedUp(double value)
{
    const auto near = float(value);
    return near < value ? std::nextafter(near, std::numeric_limits<float>::infinity()) : near;
}

Cell around(std::span<const Cell> cells, qint64 number)
{
    Cell all = cells.front();
    all.number = number;
    for (const auto &cell : cells) {
        all.xMin = std::min(all.xMin, cell.xMin);
        all.xMax = std::max(all.xMax, cell.xMax);
        all.yMin = std::min(all.yMin, cell.yMin);
        all.yMax = std::max(all.yMax, cell.yMax);
    }
    return all;
}

/** Sort-tile-recursive: neighbours come into the same node. */
void sortInTiles(std::vector<Cell> &cells, std::size_t perNode)
{
    const auto nodes = (cells.size() + perNode - 1) / perNode;
    const auto perSlice = std::size_t(std::ceil(std::sqrt(double(nodes)))) * perNode;
    std::ranges::sort(cells, {}, [](const Cell &cell) { return cell.xMin + cell.xMax; });
    for (std::size_t from = 0; from < cells.size(); from += perSlice) {
        const auto to = std::min(from + perSlice, cells.size());
        std::ranges::sort(std::span(cells).subspan(from, to - from), {},
                          [](const Cell &cell) { return cell.yMin + cell.yMax; });
    }
}

class Packer
{
public:
    Packer(StoreConnection &connection, const QByteArray &table, qsizetype nodeSize)
        : m_nodeSize(nodeSize)
        , m_perNode(std::size_t((nodeSize - headSize) / cellSize))
        , m_node(connection, "INSERT OR REPLACE INTO " + table + "_node (nodeno, data) VALUES (?, ?)")
        , m_rowid(connection, "INSERT INTO " + table + "_rowid (rowid, nodeno) VALUES (?, ?)")
        , m_parent(connection, "INSERT INTO " + table + "_parent (nodeno, parentnode) VALUES (?, ?)")
    {
    }

    void pack(std::vector<Cell> cells)
    {
        for (int depth = 0;; ++depth) {
            sortInTiles(cells, m_perNode);
            const bool root = cells.size() <= m_perNode;
            std::vector<Cell> above;
            for (std::size_t from = 0; from < cells.size(); from += m_perNode) {
                const auto part = std::span(cells).subspan(from, std::min(m_perNode, cells.size() - from));
                const auto number = root ? 1 : ++m_last;
                write(number, root ? depth : 0, part);
                for (const auto &cell : part)
                    note(depth == 0 ? m_rowid : m_parent, cell.number, number);
                above.push_back(around(part, number));
            }
            if (root)
                return;
            cells = std::move(above);
        }
    }

private:
    void write(qint64 number, int depth, std::span<const Cell> cells)
    {
        m_data.fill(0, m_nodeSize);
        char *at = m_data.data();
        qToBigEndian(quint16(depth), at);
        qToBigEndian(quint16(cells.size()), at + 2);
        at += headSize;
        for (const auto &cell : cells) {
            qToBigEndian(cell.number, at);
            const float sides[] = {cell.xMin, cell.xMax, cell.yMin, cell.yMax};
            for (int i = 0; i < 4; ++i)
                qToBigEndian(std::bit_cast<quint32>(sides[i]), at + 8 + 4 * i);
            at += cellSize;
        }
        m_node.bind(1, number);
        m_node.bind(2, StoredValue{.kind = StoredValue::Kind::Bytes, .bytes = m_data});
        m_node.next();
        m_node.reset();
    }
    static void note(TableStatement &statement, qint64 below, qint64 node)
    {
        statement.bind(1, below);
        statement.bind(2, node);
        statement.next();
        statement.reset();
    }

    const qsizetype m_nodeSize;
    const std::size_t m_perNode;
    TableStatement m_node, m_rowid, m_parent;
    QByteArray m_data;
    qint64 m_last = 1;
};

} // namespace

void fillSpatialIndex(StoreConnection &connection, const QByteArray &table, std::vector<IndexEntry> entries)
{
    if (entries.empty())
        return;
    TableStatement root(connection, "SELECT length(data) FROM " + table + "_node WHERE nodeno = 1");
    const auto nodeSize = root.next() ? root.value(0).integer : 0;
    root.reset();
    if (nodeSize < headSize + 4 * cellSize) {
        connection.setFault({1, QStringLiteral("no R-tree: ") + QString::fromUtf8(table)});
        return;
    }
    std::vector<Cell> cells;
    cells.reserve(entries.size());
    for (const auto &[id, box] : entries)
        cells.push_back({id, roundedDown(box.xMin), roundedUp(box.xMax), roundedDown(box.yMin), roundedUp(box.yMax)});
    Packer(connection, table, nodeSize).pack(std::move(cells));
}

} // namespace hanseatlas
