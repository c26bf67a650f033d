// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/placedtile.h"

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

namespace
{

constexpr double straight = 40'000; ///< metres over which the projections are as good as straight to each other
constexpr int mostCells = 16;

} // namespace

TilePlane::TilePlane(const MapFrame &frame, const Transform &toFrame, const Extent &extent)
    : m_cells(std::clamp(int(std::ceil(extent.width() / straight)), 1, mostCells))
{
    std::vector<PointXY> places;
    for (int row = 0; row <= m_cells; ++row) {
        for (int column = 0; column <= m_cells; ++column)
            places.push_back(
                {extent.xMin + extent.width() * column / m_cells, extent.yMax - extent.height() * row / m_cells});
    }
    toFrame.forward(places);
    for (const auto &place : places) {
        const auto pixel = frame.pixel(place);
        m_nodes.push_back(std::isfinite(pixel.x()) && std::isfinite(pixel.y()) ? pixel : QPointF(-1e6, -1e6));
    }
    const auto [left, right] = std::ranges::minmax(m_nodes, {}, [](QPointF p) { return p.x(); });
    const auto [top, bottom] = std::ranges::minmax(m_nodes, {}, [](QPointF p) { return p.y(); });
    m_bounds = {QPointF(left.x(), top.y()), QPointF(right.x(), bottom.y())};
}

QPointF TilePlane::map(double x, double y) const
{
    const int column = std::clamp(int(x * m_cells), 0, m_cells - 1), row = std::clamp(int(y * m_cells), 0, m_cells - 1);
    const double u = x * m_cells - column, v = y * m_cells - row;
    const auto above = node(column, row) * (1 - u) + node(column + 1, row) * u;
    const auto below = node(column, row + 1) * (1 - u) + node(column + 1, row + 1) * u;
    return above * (1 - v) + below * v;
}

} // namespace hanseatlas
