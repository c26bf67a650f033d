// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/livetiles.h"

#include "datasources/live/livetexts.h"

#include <algorithm>
#include <iterator>
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

LiveTiles::LiveTiles(Plan plan, std::shared_ptr<ImageFetcher> fetcher, std::shared_ptr<ServiceAccess> access)
    : m_plan(std::move(plan))
    , m_fetcher(std::move(fetcher))
    , m_orders(std::make_shared<ImageOrders>(m_plan.orders, m_fetcher, std::move(access)))
{
}

LiveTiles::~LiveTiles()
{
    m_orders->end();
}

PyramidImage LiveTiles::imageOf(const TileAddress &address) const
{
    return {keyOf(address), m_plan.grid.matrices[std::size_t(address.matrix)].tileExtent(address.column, address.row),
            xyzTileUrl(m_plan.tiles, address.matrix, address.column, address.row)};
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
    m_orders->leave(view, level, {QString()});
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

const StoredDataset &LiveTiles::storedDataset() const
{
    return m_plan.dataset;
}

Result<std::vector<PyramidImage>> LiveTiles::imagesFor(const OfflineRange &range, qint64 most) const
{
    const auto &grid = m_plan.grid;
    const auto toGrid = Transform::create(grid.crs, Crs::working());
    const auto toMercator = Transform::create(Crs::fromEpsg(3857), Crs::working());
    if (!toGrid || !toMercator)
        return std::unexpected((toGrid ? toMercator : toGrid).error());
    const auto box = toGrid->inverse(range.area), mercator = toMercator->inverse(range.area);
    if (box.isEmpty() || mercator.isEmpty() || !(range.finest > 0) || range.coarsest < range.finest)
        return std::vector<PyramidImage>();
    // Pixels of projections differ a little over the area; a zoom just beside a step needs both levels
    constexpr double slack = 1.01;
    const auto levelAt = [&](double pixel) {
        return tileLevel(m_plan.source, styleZoom(pixel * mercator.width() / range.area.width()),
                         pixel * box.width() / range.area.width());
    };
    const int first = std::max(levelAt(range.coarsest * slack), m_plan.source.is.minZoom);
    std::vector<PyramidImage> images;
    for (int level = first; level <= levelAt(range.finest / slack); ++level) {
        const auto left = most - qint64(images.size());
        const auto tiles = tilesCovering(grid, level, box, {}, int(std::max<qint64>(left, 0)));
        if (tiles.empty())
            return failure(ErrorKind::TooLarge,
                           LiveTexts::tr("“%1” would take more than %L2 images.").arg(m_plan.dataset.title).arg(most),
                           LiveTexts::tr("A smaller area or fewer scales take less."));
        std::vector<PyramidImage> some;
        for (const auto &address : tiles)
            some.push_back(imageOf(address));
        if (const auto status = keepTouching(some, grid.crs, range.shape, 0); !status)
            return std::unexpected(status.error());
        std::ranges::move(some, std::back_inserter(images));
    }
    return images;
}

bool LiveTiles::isOld(const StoredItem &item) const
{
    return m_orders->isOld(item);
}

Status LiveTiles::keep(const PyramidImage &image, const QString &package, std::optional<StoredItem> old,
                       CancelToken token) const
{
    auto request = m_plan.orders.request;
    request.url = image.url;
    return fetchAndWait(*m_fetcher,
                        {.dataset = m_plan.dataset.key,
                         .key = image.key,
                         .request = std::move(request),
                         .old = std::move(old),
                         .mayBeMissing = m_plan.orders.mayBeMissing,
                         .check = m_plan.orders.check,
                         .package = package},
                        std::move(token));
}

LiveVectorMap::LiveVectorMap(VectorTilePlan plan, std::vector<std::shared_ptr<const LiveTiles>> tiles)
    : VectorTileMap(std::move(plan))
    , m_tiles(std::move(tiles))
{
}

std::vector<const OfflineCapable *> LiveVectorMap::offlineParts() const
{
    std::vector<const OfflineCapable *> parts;
    for (const auto &tiles : m_tiles)
        parts.push_back(tiles.get());
    return parts;
}

} // namespace hanseatlas
