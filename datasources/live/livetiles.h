// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/imageorders.h"
#include "datasources/services/xyztemplate.h"
#include "datasources/vectortiles/tilesupply.h"

namespace hanseatlas
{

/** Tiles of a server, by way of the store. */
class LiveTiles final : public TileSupply
{
public:
    /** `grid`: where the tiles lie. */
    LiveTiles(const XyzTemplate &tiles, TileMatrixSet grid, ImageOrders::Plan plan,
              std::shared_ptr<ImageFetcher> fetcher, std::shared_ptr<ServiceAccess> access);
    ~LiveTiles() override; ///< takes back what is still wanted

    std::optional<SuppliedTile> tile(const TileAddress &address) const override;
    Status fetch(std::span<const TileAddress> tiles, bool wait, const CancelToken &token) const override;
    QString failureOf(const TileAddress &address) const override;
    void refresh() const override;
    const Arrivals *arrivals() const override;

private:
    PyramidImage imageOf(const TileAddress &address) const;

    const XyzTemplate m_tiles;
    const TileMatrixSet m_grid;
    std::shared_ptr<ImageFetcher> m_fetcher; ///< see LiveImages
    std::shared_ptr<ImageOrders> m_orders;
};

} // namespace hanseatlas
