// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>

#include <QHash>

#include <cmath>
#include <vector>

namespace hanseatlas
{

/** @internal Which room on the map is taken. */
class SymbolSpace
{
public:
    explicit SymbolSpace(double cell)
        : m_cell(cell)
    {
    }

    bool isFree(const QRectF &box) const
    {
        bool free = true;
        forCells(box, [&](qint64 key) {
            const auto place = m_cells.constFind(key);
            if (place == m_cells.cend())
                return;
            for (const auto index : *place)
                free = free && !m_boxes[index].intersects(box);
        });
        return free;
    }
    bool isFree(const std::vector<QRectF> &boxes) const
    {
        for (const auto &box : boxes) {
            if (!isFree(box))
                return false;
        }
        return true;
    }
    void take(const QRectF &box)
    {
        m_boxes.push_back(box);
        forCells(box, [&](qint64 key) { m_cells[key].push_back(m_boxes.size() - 1); });
    }

private:
    template <class Visit>
    void forCells(const QRectF &box, Visit visit) const
    {
        const auto cell = [this](double at) { return qint64(std::floor(std::clamp(at, -1e6, 1e6) / m_cell)); };
        const qint64 right = std::min(cell(box.right()), cell(box.left()) + mostCells),
                     bottom = std::min(cell(box.bottom()), cell(box.top()) + mostCells);
        for (qint64 y = cell(box.top()); y <= bottom; ++y) {
            for (qint64 x = cell(box.left()); x <= right; ++x)
                visit(y * 0x1000000 + x);
        }
    }

    static constexpr qint64 mostCells = 64;
    double m_cell;
    std::vector<QRectF> m_boxes;
    QHash<qint64, std::vector<std::size_t>> m_cells;
};

} // namespace hanseatlas
