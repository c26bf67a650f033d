// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/imageorders.h"
#include "datasources/live/offlinecapable.h"
#include "datasources/services/xyztemplate.h"
#include "datasources/vectortiles/vectortilemap.h"

namespace hanseatlas
{

/** Tiles of a server, by way of the store. */
class LiveTiles final : public TileSupply, public OfflineCapable
{
public:
    struct Plan {
        XyzTemplate tiles;
        TileMatrixSet grid; ///< where the tiles lie
        VectorTilePlan::Source source; ///< as the style has it; its supply is not looked at
        StoredDataset dataset; ///< was put in the store
        ImageOrders::Plan orders;
    };
    LiveTiles(Plan plan, std::shared_ptr<ImageFetcher> fetcher, std::shared_ptr<ServiceAccess> access);
    ~LiveTiles() override; ///< takes back what is still wanted

    std::optional<SuppliedTile> tile(const TileAddress &address) const override;
    Status fetch(std::span<const TileAddress> tiles, bool wait, const CancelToken &token) const override;
    QString failureOf(const TileAddress &address) const override;
    void refresh() const override;
    const Arrivals *arrivals() const override;

    const StoredDataset &storedDataset() const override;
    Result<std::vector<PyramidImage>> imagesFor(const OfflineRange &range, qint64 most) const override;
    bool isOld(const StoredItem &item) const override;
    Status keep(const PyramidImage &image, const QString &package, std::optional<StoredItem> old,
                CancelToken token) const override;

private:
    PyramidImage imageOf(const TileAddress &address) const;

    const Plan m_plan;
    std::shared_ptr<ImageFetcher> m_fetcher; ///< see LiveImages
    std::shared_ptr<ImageOrders> m_orders;
};

/** A map whose tiles come from servers. */
class LiveVectorMap final : public VectorTileMap, public OfflineParts
{
public:
    LiveVectorMap(VectorTilePlan plan, std::vector<std::shared_ptr<const LiveTiles>> tiles);
    std::vector<const OfflineCapable *> offlineParts() const override;

private:
    const std::vector<std::shared_ptr<const LiveTiles>> m_tiles;
};

} // namespace hanseatlas
