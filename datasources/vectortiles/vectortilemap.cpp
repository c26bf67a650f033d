// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/vectortilemap.h"

#include "datasources/vectortiles/mapsymbols.h"
#include "datasources/vectortiles/vectortexts.h"

#include <QCache>
#include <QCryptographicHash>
#include <QMutex>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <deque>
#include <numbers>
#include <numeric>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr double world = 2 * std::numbers::pi * 6378137.0; ///< metres round the equator, as Web Mercator has it
constexpr double styleTile = 512; ///< pixels of a tile, by which styles count their zoom
constexpr double stylePixelsPerMm = 96 / 25.4;
constexpr int mostTiles = 1024; ///< of a source in one picture
constexpr int stepsUp = 6; ///< how much coarser a tile may be that stands in for another
constexpr int decodedKilobytes = 96 * 1024;
constexpr double margin = 64; ///< pixels of the style round the view that lines are drawn in
constexpr std::size_t keptPlacements = 3;

const TileMatrixSet &gridOf(const VectorTilePlan::Source &source)
{
    static const auto usual = webMercatorSet(24, int(styleTile));
    return source.grid.matrices.empty() ? usual : source.grid;
}

/** Does each tile lie in one of the level above? */
bool isNested(const TileMatrix &coarse, const TileMatrix &fine)
{
    return coarse.topLeft == fine.topLeft && coarse.tileSize == fine.tileSize
        && std::abs(coarse.resolution / fine.resolution - 2) < 1e-6;
}

/** What of `whole` the box `part` is, as shares from the north-western corner. */
QRectF shareOf(const Extent &whole, const Extent &part)
{
    return {(part.xMin - whole.xMin) / whole.width(), (whole.yMax - part.yMax) / whole.height(),
            part.width() / whole.width(), part.height() / whole.height()};
}

struct DecodedTile {
    std::shared_ptr<const VectorTile> tile;
    QImage image;
    QString problem; ///< for people; "" = it is fine
};

/** A tile that is to be drawn. */
struct SourceTile {
    TileAddress address; ///< of what is drawn
    qint64 stamp = 0;
    DecodedTile decoded;
    Extent extent; ///< where it lies, in the CRS of its grid
    Extent covers; ///< what it is drawn for
};

/** What is to be drawn of a source, and where it comes to lie. */
struct TileList {
    std::vector<SourceTile> tiles;
    Transform transform; ///< from the grid's CRS to the picture's
    Extent sight; ///< what is in the view, in the grid's CRS
};

struct SourceTiles {
    std::map<QString, TileList> bySource;
    QString damage;
};

/** Tells on what several supplies tell. Shared with the connections, as a supply may tell at the very moment in which
 *  the map ends. */
struct Relay {
    Arrivals arrivals;
    QMutex mutex;
    std::vector<int> pending; ///< by supply

    void count(std::size_t supply, int number)
    {
        const QMutexLocker lock(&mutex);
        pending[supply] = number;
        arrivals.pending = std::accumulate(pending.begin(), pending.end(), 0);
    }
};

struct Placement {
    QByteArray key;
    std::shared_ptr<const std::vector<PlacedSymbol>> symbols;
};

} // namespace

struct VectorTileMap::Private {
    explicit Private(VectorTilePlan p)
        : plan(std::move(p))
        , cache(decodedKilobytes)
    {
    }

    const VectorTilePlan plan;
    const std::shared_ptr<Relay> relay = std::make_shared<Relay>();
    QMutex mutex; ///< of what follows
    QCache<QString, DecodedTile> cache;
    std::deque<Placement> placements;

    Result<RasterBlock> read(const RasterQuery &query, const CancelToken &token);
    Result<SourceTiles> collect(const MapFrame &view, bool wait, const CancelToken &token);
    std::vector<TileAddress> wanted(const VectorTilePlan::Source &source, const MapFrame &view,
                                    const Extent &sight) const;
    std::optional<SourceTile> found(const QString &name, const VectorTilePlan::Source &source, TileAddress address);
    DecodedTile decoded(const QString &name, const VectorTilePlan::Source &source, const TileAddress &address,
                        const SuppliedTile &supplied);
    std::shared_ptr<const std::vector<PlacedSymbol>> symbolsOf(const MapFrame &view, const SourceTiles &tiles,
                                                               const CancelToken &token);
    void countPending()
    {
        std::size_t number = 0;
        for (const auto &[name, source] : plan.sources) {
            const auto *arrivals = source.supply->arrivals();
            relay->count(number++, arrivals ? arrivals->pending.load() : 0);
        }
    }
};

namespace
{

MapFrame frameOf(const RasterQuery &query, const Transform &mercator)
{
    const auto view = query.view.isEmpty() ? query.extent : query.view;
    const double perPixel = query.extent.width() / query.size.width();
    MapFrame frame{.crs = query.crs,
                   .extent = view,
                   .size =
                       QSize(std::max(1, int(std::round(view.width() / perPixel))),
                             std::max(1, int(std::round(view.height() * query.size.height() / query.extent.height())))),
                   .ratio = query.pixelsPerMm > 0 ? std::clamp(query.pixelsPerMm / stylePixelsPerMm, 0.25, 40.0) : 1};
    const auto middle = view.centre();
    const double step = perPixel * frame.ratio;
    const auto a = mercator.inverse(PointXY{middle.x - step / 2, middle.y}),
               b = mercator.inverse(PointXY{middle.x + step / 2, middle.y});
    const double metres = std::hypot(b.x - a.x, b.y - a.y);
    frame.zoom = styleZoom(metres);
    frame.tiled = mercator.inverse(view);
    return frame;
}

/** Round what is in sight, for what is drawn beside its place. */
double around(const MapFrame &view, const Extent &sight)
{
    return sight.width() * margin * view.ratio / view.size.width();
}

std::vector<PlacedTile> placedTiles(const MapFrame &frame, const TileList &list, double margins)
{
    std::vector<PlacedTile> placed;
    const QRectF picture(QPointF(), frame.size);
    const double pixels = margin * frame.ratio;
    for (const auto &tile : list.tiles) {
        PlacedTile one{.tile = tile.decoded.tile,
                       .image = tile.decoded.image,
                       .plane = TilePlane(frame, list.transform, tile.extent),
                       .part = shareOf(tile.extent, tile.covers),
                       .shown = shareOf(tile.extent, list.sight.grown(margins))};
        if (one.plane.bounds().adjusted(-pixels, -pixels, pixels, pixels).intersects(picture))
            placed.push_back(std::move(one));
    }
    return placed;
}

} // namespace

double styleZoom(double mercatorPixel)
{
    return mercatorPixel > 0 ? std::clamp(std::log2(world / styleTile / mercatorPixel), 0.0, 24.0) : 0;
}

int tileLevel(const VectorTilePlan::Source &source, double zoom, double pixel)
{
    const auto &matrices = gridOf(source).matrices;
    const auto &is = source.is;
    int level = 0;
    if (source.grid.matrices.empty()) {
        const bool pictures = is.kind == MapStyleSource::Kind::Raster;
        level = int(pictures ? std::round(zoom + std::log2(styleTile / is.tileSize)) : std::floor(zoom));
        if (level < is.minZoom)
            return -1;
    } else { // the finest whose tiles are not drawn smaller than they are meant
        const auto fits = [&](const TileMatrix &matrix) {
            return matrix.resolution * matrix.tileSize.width() >= pixel * styleTile * 0.99;
        };
        while (level + 1 < int(matrices.size()) && fits(matrices[std::size_t(level) + 1]))
            ++level;
    }
    return std::min({level, is.maxZoom, int(matrices.size()) - 1});
}

/** The middle first, so that it comes first. */
std::vector<TileAddress> VectorTileMap::Private::wanted(const VectorTilePlan::Source &source, const MapFrame &view,
                                                        const Extent &sight) const
{
    const auto &grid = gridOf(source);
    int level = tileLevel(source, view.zoom, sight.width() / view.size.width() * view.ratio);
    for (; level >= 0; --level) {
        auto tiles = tilesCovering(grid, level, sight, {}, mostTiles);
        if (!tiles.empty())
            return tiles;
    }
    return {};
}

DecodedTile VectorTileMap::Private::decoded(const QString &name, const VectorTilePlan::Source &source,
                                            const TileAddress &address, const SuppliedTile &supplied)
{
    const auto key =
        u"%1/%2/%3/%4@%5"_s.arg(address.matrix).arg(address.column).arg(address.row).arg(supplied.stamp).arg(name);
    {
        const QMutexLocker lock(&mutex);
        if (const auto *known = cache.object(key))
            return *known;
    }
    DecodedTile decoded;
    qint64 bytes = 1024;
    if (source.is.kind == MapStyleSource::Kind::Raster) {
        decoded.image = plan.decoded && !supplied.bytes.isEmpty() ? plan.decoded(supplied.bytes) : QImage();
        bytes += decoded.image.sizeInBytes();
    } else {
        auto tile = readVectorTile(supplied.bytes, plan.style.layersOf(name));
        if (tile) {
            bytes += tile->bytes();
            decoded.tile = std::make_shared<const VectorTile>(*std::move(tile));
        } else {
            decoded.problem = tile.error().what;
        }
    }
    const QMutexLocker lock(&mutex);
    cache.insert(key, new DecodedTile(decoded), std::max(1, int(bytes / 1024)));
    return decoded;
}

/** The tile, or a coarser one in its place. */
std::optional<SourceTile> VectorTileMap::Private::found(const QString &name, const VectorTilePlan::Source &source,
                                                        TileAddress address)
{
    const auto &matrices = gridOf(source).matrices;
    const auto extent = [&] { return matrices[std::size_t(address.matrix)].tileExtent(address.column, address.row); };
    const auto covers = extent();
    for (int up = 0; up <= stepsUp; ++up) {
        if (const auto supplied = source.supply->tile(address)) {
            auto tile = decoded(name, source, address, *supplied);
            return SourceTile{address, supplied->stamp, std::move(tile), extent(), covers};
        }
        const auto level = std::size_t(address.matrix);
        if (address.matrix <= source.is.minZoom || !isNested(matrices[level - 1], matrices[level]))
            break;
        address = {address.matrix - 1, address.column / 2, address.row / 2};
    }
    return {};
}

Result<SourceTiles> VectorTileMap::Private::collect(const MapFrame &view, bool wait, const CancelToken &token)
{
    SourceTiles all;
    int missing = 0, damaged = 0;
    QString why, damage;
    for (const auto &[name, source] : plan.sources) {
        const bool used = std::ranges::any_of(plan.style.layers, [&, &n = name](const MapStyleLayer &layer) {
            return layer.source == n && isDrawnAt(layer, view.zoom);
        });
        auto transform = Transform::create(gridOf(source).crs, view.crs);
        if (!transform)
            return std::unexpected(transform.error());
        const auto sight = transform->inverse(view.extent);
        const auto addresses = used && !sight.isEmpty() ? wanted(source, view, sight) : std::vector<TileAddress>();
        if (const auto status = source.supply->fetch(addresses, wait, token); !status)
            return std::unexpected(status.error());
        auto &list = all.bySource.emplace(name, TileList{{}, *std::move(transform), sight}).first->second;
        for (const auto &address : addresses) {
            if (token.stop_requested())
                return cancelled();
            auto tile = found(name, source, address);
            if (!tile || tile->address != address) {
                if (const auto failure = source.supply->failureOf(address); !failure.isEmpty()) {
                    ++missing;
                    why = why.isEmpty() ? failure : why;
                }
            }
            if (!tile)
                continue;
            if (!tile->decoded.problem.isEmpty()) {
                ++damaged;
                damage = tile->decoded.problem;
            }
            list.tiles.push_back(*std::move(tile));
        }
    }
    countPending();
    if (missing > 0)
        all.damage = VectorTexts::tr("%n tile(s) of the map did not come: %1", nullptr, missing).arg(why);
    else if (damaged > 0)
        all.damage = VectorTexts::tr("%n tile(s) of the map cannot be drawn: %1", nullptr, damaged).arg(damage);
    return all;
}

std::shared_ptr<const std::vector<PlacedSymbol>>
VectorTileMap::Private::symbolsOf(const MapFrame &view, const SourceTiles &tiles, const CancelToken &token)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    const auto add = [&hash](const auto &number) {
        hash.addData(QByteArrayView(reinterpret_cast<const char *>(&number), sizeof number));
    };
    for (const double number : {view.extent.xMin, view.extent.yMin, view.extent.xMax, view.extent.yMax, view.ratio})
        add(number);
    add(view.size.width());
    add(view.size.height());
    hash.addData(view.crs.definition().toUtf8());
    PlacedTiles placed;
    for (const auto &[name, list] : tiles.bySource) {
        for (const auto &tile : list.tiles) {
            for (const qint64 number : {qint64(tile.address.matrix), tile.address.column, tile.address.row, tile.stamp})
                add(number);
            add(tile.covers.xMin);
            add(tile.covers.yMin);
        }
    }
    const auto key = hash.result();
    {
        const QMutexLocker lock(&mutex);
        const auto known = std::ranges::find(placements, key, &Placement::key);
        if (known != placements.end())
            return known->symbols;
    }
    for (const auto &[name, list] : tiles.bySource) {
        auto sorted = list; // whatever way the tiles came
        std::ranges::sort(sorted.tiles, {}, [](const SourceTile &tile) {
            return std::tuple(tile.address, tile.covers.xMin, -tile.covers.yMax);
        });
        placed[name] = placedTiles(view, sorted, around(view, list.sight));
    }
    auto symbols =
        std::make_shared<const std::vector<PlacedSymbol>>(placeSymbols(view, plan.style, plan.sprite, placed, token));
    if (token.stop_requested())
        return symbols;
    const QMutexLocker lock(&mutex);
    placements.push_front({key, symbols});
    if (placements.size() > keptPlacements)
        placements.pop_back();
    return symbols;
}

Result<RasterBlock> VectorTileMap::Private::read(const RasterQuery &query, const CancelToken &token)
{
    RasterBlock block{.image = QImage(query.size, QImage::Format_ARGB32_Premultiplied), .size = query.size};
    if (query.size.isEmpty() || query.extent.isEmpty() || block.image.isNull())
        return block;
    block.image.fill(Qt::transparent);
    const auto transform = Transform::create(Crs::fromEpsg(3857), query.crs);
    if (!transform)
        return std::unexpected(transform.error());
    const auto view = frameOf(query, *transform);
    if (view.tiled.isEmpty())
        return block;
    const auto tiles = collect(view, query.wait, token);
    if (!tiles)
        return std::unexpected(tiles.error());
    block.damage = tiles->damage;
    auto frame = view;
    frame.extent = query.extent;
    frame.size = query.size;
    PlacedTiles placed;
    for (const auto &[name, list] : tiles->bySource)
        placed[name] = placedTiles(frame, list, around(view, list.sight));
    const auto symbols = symbolsOf(view, *tiles, token);
    const auto offset = frame.pixel({view.extent.xMin, view.extent.yMax});
    QPainter painter(&block.image);
    for (std::size_t i = 0; i < plan.style.layers.size(); ++i) {
        if (token.stop_requested())
            return cancelled();
        const auto &layer = plan.style.layers[i];
        if (layer.type == MapLayerType::Symbol)
            paintSymbols(painter, *symbols, i, plan.sprite, offset);
        else
            paintMapLayer(painter, frame, layer, plan.sprite, placed[layer.source], token);
    }
    painter.end();
    return token.stop_requested() ? Result<RasterBlock>(cancelled()) : block;
}

VectorTileMap::VectorTileMap(VectorTilePlan plan)
    : d(std::make_unique<Private>(std::move(plan)))
{
    d->relay->pending.resize(d->plan.sources.size());
    std::size_t number = 0;
    for (const auto &[name, source] : d->plan.sources) {
        const auto index = number++;
        const auto *arrivals = source.supply->arrivals();
        if (!arrivals)
            continue;
        QObject::connect(
            arrivals, &Arrivals::arrived, arrivals,
            [relay = d->relay, index, arrivals] {
                relay->count(index, arrivals->pending);
                emit relay->arrivals.arrived();
            },
            Qt::DirectConnection);
    }
}

VectorTileMap::~VectorTileMap() = default;

LayerDescription VectorTileMap::description() const
{
    return d->plan.description;
}

Result<RasterBlock> VectorTileMap::read(const RasterQuery &query, CancelToken token) const
{
    return d->read(query, token);
}

Result<std::vector<double>> VectorTileMap::valuesAt(PointXY, const Crs &, CancelToken) const
{
    return std::vector<double>(); // pictures
}

void VectorTileMap::refresh() const
{
    for (const auto &[name, source] : d->plan.sources)
        source.supply->refresh();
}

const Arrivals *VectorTileMap::arrivals() const
{
    return &d->relay->arrivals;
}

} // namespace hanseatlas
