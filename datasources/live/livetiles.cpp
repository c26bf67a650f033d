// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/livetiles.h"

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString keyOf(const TileAddress &address)
{
    return u"%1/%2/%3"_s.arg(address.matrix).arg(address.column).arg(address.row);
}

} // namespace

LiveTiles::LiveTiles(const XyzTemplate &tiles, TileMatrixSet grid, ImageOrders::Plan plan,
                     std::shared_ptr<ImageFetcher> fetcher, std::shared_ptr<ServiceAccess> access)
    : m_tiles(tiles)
    , m_grid(std::move(grid))
    , m_fetcher(std::move(fetcher))
    , m_orders(std::make_shared<ImageOrders>(std::move(plan), m_fetcher, std::move(access)))
{
}

LiveTiles::~LiveTiles()
{
    m_orders->end();
}

PyramidImage LiveTiles::imageOf(const TileAddress &address) const
{
    return {keyOf(address), m_grid.matrices[std::size_t(address.matrix)].tileExtent(address.column, address.row),
            xyzTileUrl(m_tiles, address.matrix, address.column, address.row)};
}

std::optional<SuppliedTile> LiveTiles::tile(const TileAddress &address) const
{
    auto item = m_orders->stored(keyOf(address));
    if (!item)
        return {};
    return SuppliedTile{.bytes = std::move(item->bytes), .stamp = item->fetched.toMSecsSinceEpoch()};
}

Status LiveTiles::fetch(std::span<const TileAddress> tiles, bool wait, const CancelToken &token) const
{
    const int level = tiles.empty() ? -1 : tiles.front().matrix;
    if (wait) {
        std::vector<PyramidImage> images;
        for (const auto &address : tiles)
            images.push_back(imageOf(address));
        return m_orders->await(images, level, token);
    }
    Extent view;
    for (const auto &address : tiles)
        view.add(imageOf(address).extent);
    m_orders->leave(view, level);
    for (const auto &address : tiles | std::views::reverse) { // the fetcher takes the newest first: the middle
        auto item = m_orders->stored(keyOf(address));
        if (!item || m_orders->isOld(*item))
            m_orders->order(imageOf(address), level, std::move(item), {});
    }
    return {};
}

QString LiveTiles::failureOf(const TileAddress &address) const
{
    return m_orders->failureOf(keyOf(address));
}

void LiveTiles::refresh() const
{
    m_orders->refresh();
}

const Arrivals *LiveTiles::arrivals() const
{
    return &m_orders->arrivals;
}

} // namespace hanseatlas
