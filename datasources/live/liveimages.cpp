// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/liveimages.h"

#include "datasources/files/resample.h"
#include "datasources/live/imagebytes.h"
#include "datasources/live/imageorders.h"
#include "datasources/live/livelegend.h"
#include "datasources/live/livetexts.h"
#include "datasources/services/featureinfo.h"

#include <QCache>
#include <QMutex>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <ranges>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int mostImages = 1024; ///< in one picture; more means that something is wrong with the pyramid
constexpr int stepsUp = 5; ///< how much coarser an image may be that stands in for another
constexpr int decodedKilobytes = 96 * 1024;

/** As RasterQuery::dimensions, and how bold things should be where pixels are small. Few steps, so that images are of
 * use again. */
Dimensions withDensity(Dimensions dimensions, double pixelsPerMm)
{
    constexpr double usual = 96 / 25.4; ///< pixels per mm
    const double ratio = pixelsPerMm / usual;
    if (ratio >= 1.25)
        dimensions.insert(densityName, ratio < 1.75 ? u"1.5"_s : QString::number(std::clamp(qRound(ratio), 2, 4)));
    return dimensions;
}

Dimensions withoutDensity(Dimensions dimensions)
{
    dimensions.remove(densityName);
    return dimensions;
}

/** A piece of the plane as pixels, north up. */
struct Mosaic {
    QImage image;
    Extent extent;

    Mosaic(const Extent &box, double resolution)
        : extent(box)
    {
        const QSize size(std::max(1, int(std::ceil(box.width() / resolution))),
                         std::max(1, int(std::ceil(box.height() / resolution))));
        image = QImage(size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
    }
    QRectF place(const Extent &box) const
    {
        const double sx = image.width() / extent.width(), sy = image.height() / extent.height();
        return {(box.xMin - extent.xMin) * sx, (extent.yMax - box.yMax) * sy, box.width() * sx, box.height() * sy};
    }
};

} // namespace

/** What outlives the source while orders are under way. */
class LiveImages::Shared
{
public:
    Shared(LiveImagesPlan p, std::weak_ptr<ImageFetcher> fetcher, std::shared_ptr<ServiceAccess> a)
        : plan(std::move(p))
        , access(std::move(a))
        , orders(std::make_shared<ImageOrders>(ImageOrders::Plan{.dataset = plan.dataset.key,
                                                                 .request = plan.request,
                                                                 .mayBeMissing = plan.mayBeMissing,
                                                                 .fresh = plan.fresh,
                                                                 .check = {}},
                                               std::move(fetcher), access))
        , m_pictures(decodedKilobytes)
    {
    }

    const LiveImagesPlan plan;
    const std::shared_ptr<ServiceAccess> access;
    const std::shared_ptr<ImageOrders> orders;

    Result<RasterBlock> read(const RasterQuery &asked, const CancelToken &token);
    QDateTime fetchedAt() const;

private:
    struct Wanted {
        std::vector<PyramidImage> images;
        int level = -1;
    };

    Wanted wanted(const Extent &extent, double unitsPerPixel, const Dimensions &dimensions) const;
    void fetchAhead(const RasterQuery &query, const Extent &extent, double unitsPerPixel);
    void note(const QString &key, const StoredItem &item, const RasterQuery &query);
    QImage picture(const QString &key, const StoredItem &item);
    bool paint(Mosaic &mosaic, const Wanted &wanted, const RasterQuery &query, QString &damage);
    void paintStandIn(QPainter &painter, const Mosaic &mosaic, const PyramidImage &image, int level,
                      const Dimensions &dimensions);

    mutable QMutex m_mutex;
    QCache<QString, QImage> m_pictures; ///< by key and time of fetching
    struct Shown {
        Extent view;
        Dimensions dimensions;
        QHash<QString, QDateTime> fetched; ///< by key
    } m_shown; ///< in the last view
};

LiveImages::Shared::Wanted LiveImages::Shared::wanted(const Extent &extent, double unitsPerPixel,
                                                      const Dimensions &dimensions) const
{
    const auto within = plan.description.extent.isEmpty() ? extent : extent.intersected(plan.description.extent);
    if (within.isEmpty())
        return {};
    for (int level = plan.pyramid.levelFor(unitsPerPixel); level >= 0; --level) {
        auto images = plan.pyramid.imagesIn(level, within, mostImages, dimensions);
        if (!images.empty() || level == 0)
            return {std::move(images), level};
    }
    return {};
}

QImage LiveImages::Shared::picture(const QString &key, const StoredItem &item)
{
    const auto name = key + u'@' + QString::number(item.fetched.toMSecsSinceEpoch());
    {
        const QMutexLocker lock(&m_mutex);
        if (const auto *known = m_pictures.object(name))
            return *known;
    }
    auto image = decodedImage(item.bytes);
    const QMutexLocker lock(&m_mutex);
    m_pictures.insert(name, new QImage(image), std::max(1, int(image.sizeInBytes() / 1024)));
    return image;
}

void LiveImages::Shared::paintStandIn(QPainter &painter, const Mosaic &mosaic, const PyramidImage &image, int level,
                                      const Dimensions &dimensions)
{
    const auto box = mosaic.place(image.extent);
    const auto inside = image.extent.grown(-image.extent.width() * 1e-6);
    const auto paintFrom = [&](int from, const Dimensions &like) {
        bool found = false;
        for (const auto &coarse : plan.pyramid.imagesIn(from, inside, 4, like)) {
            const auto item = orders->stored(coarse.key);
            if (!item)
                continue;
            const auto picture = this->picture(coarse.key, *item);
            painter.save();
            painter.setClipRect(box);
            painter.drawImage(mosaic.place(coarse.extent), picture);
            painter.restore();
            found = true;
        }
        return found;
    };
    const bool dense = dimensions.contains(densityName); // what was taken along for offline is not
    for (int up = 0; up <= stepsUp && level - up >= 0; ++up) {
        if ((up > 0 && paintFrom(level - up, dimensions))
            || (dense && paintFrom(level - up, withoutDensity(dimensions))))
            return;
    }
}

void LiveImages::Shared::note(const QString &key, const StoredItem &item, const RasterQuery &query)
{
    const auto view = query.view.isEmpty() ? query.extent : query.view;
    const QMutexLocker lock(&m_mutex);
    if (m_shown.view != view || m_shown.dimensions != query.dimensions)
        m_shown = {view, query.dimensions, {}};
    m_shown.fetched.insert(key, item.fetched);
}

QDateTime LiveImages::Shared::fetchedAt() const
{
    const QMutexLocker lock(&m_mutex);
    const auto oldest = std::ranges::min_element(m_shown.fetched);
    return oldest == m_shown.fetched.end() ? QDateTime() : *oldest;
}

/** Returns whether more is to come. */
bool LiveImages::Shared::paint(Mosaic &mosaic, const Wanted &wanted, const RasterQuery &query, QString &damage)
{
    const bool wait = query.wait;
    QPainter painter(&mosaic.image);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    int missing = 0;
    bool pending = false;
    for (const auto &image : wanted.images | std::views::reverse) { // the fetcher takes the newest first: the middle
        auto item = orders->stored(image.key);
        if (item) {
            painter.drawImage(mosaic.place(image.extent), picture(image.key, *item));
            if (!wait)
                note(image.key, *item, query);
            if (orders->isOld(*item) && !wait)
                orders->order(image, wanted.level, std::move(item), {});
            continue;
        }
        paintStandIn(painter, mosaic, image, wanted.level, query.dimensions);
        const auto failure = orders->failureOf(image.key);
        if (!failure.isEmpty() && std::exchange(damage, failure).isEmpty())
            damage = failure;
        missing += !failure.isEmpty();
        pending |= failure.isEmpty();
        if (!wait)
            orders->order(image, wanted.level, {}, {});
    }
    if (missing > 0)
        damage = LiveTexts::tr("%n image(s) of the map did not come: %1", nullptr, missing).arg(damage);
    return pending;
}

/** What is likely to be looked at next, once what is looked at now has come. */
void LiveImages::Shared::fetchAhead(const RasterQuery &query, const Extent &extent, double unitsPerPixel)
{
    for (const auto &next : query.upcoming) {
        const auto wanted = this->wanted(extent, unitsPerPixel, next);
        for (const auto &image : wanted.images) {
            if (!orders->stored(image.key))
                orders->order(image, wanted.level, {}, {});
        }
    }
}

Result<RasterBlock> LiveImages::Shared::read(const RasterQuery &asked, const CancelToken &token)
{
    auto query = asked;
    if (plan.knowsDensities) {
        query.dimensions = withDensity(query.dimensions, query.pixelsPerMm);
        for (auto &next : query.upcoming)
            next = withDensity(next, query.pixelsPerMm);
    }
    const auto &crs = plan.pyramid.crs();
    const auto transform = Transform::create(crs, query.crs);
    if (!transform)
        return std::unexpected(transform.error());
    auto box = transform->inverse(query.extent);
    if (box.isEmpty() || query.size.isEmpty())
        return emptyBlock(RasterKind::Colour, query.size);
    const double pixel = std::min(box.width() / query.size.width(), box.height() / query.size.height());
    box = box.grown(2 * pixel); // what the edges are mixed with
    const auto wanted = this->wanted(box, pixel, query.dimensions);
    if (wanted.level < 0)
        return emptyBlock(RasterKind::Colour, query.size);
    if (query.wait) {
        if (const auto status = orders->await(wanted.images, wanted.level, token); !status)
            return std::unexpected(status.error());
    } else {
        QStringList frames{ImagePyramid::frameOf(query.dimensions)};
        for (const auto &next : query.upcoming)
            frames << ImagePyramid::frameOf(next);
        orders->leave(transform->inverse(query.view.isEmpty() ? query.extent : query.view).grown(2 * pixel),
                      wanted.level, frames);
    }
    // Not finer than what is asked for, or the mixing would leave pixels out
    Mosaic mosaic(box, std::max(plan.pyramid.resolution(wanted.level), pixel));
    RasterBlock block;
    if (!paint(mosaic, wanted, query, block.damage) && !query.wait)
        fetchAhead(query, box, pixel);
    if (token.stop_requested())
        return cancelled();
    if (crs == query.crs) { // nothing is bent: the drawing library scales faster
        auto answer = emptyBlock(RasterKind::Colour, query.size);
        answer.damage = std::move(block.damage);
        const double sx = mosaic.image.width() / box.width(), sy = mosaic.image.height() / box.height();
        const auto &e = query.extent;
        QPainter painter(&answer.image);
        painter.setCompositionMode(QPainter::CompositionMode_Source);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, query.smooth);
        painter.drawImage(QRectF(answer.image.rect()), mosaic.image,
                          QRectF((e.xMin - box.xMin) * sx, (box.yMax - e.yMax) * sy, e.width() * sx, e.height() * sy));
        return answer;
    }
    RasterLayer layer;
    layer.description.rasterSize = mosaic.image.size();
    layer.geotransform = {box.xMin, box.width() / mosaic.image.width(),   0, box.yMax,
                          0,        -box.height() / mosaic.image.height()};
    const PixelMap map(layer, *transform, query);
    if (map.window().isEmpty())
        return emptyBlock(RasterKind::Colour, query.size);
    RasterBlock piece{.image =
                          QImage(map.window().size().toSize().expandedTo({1, 1}), QImage::Format_ARGB32_Premultiplied)};
    piece.size = piece.image.size();
    piece.image.fill(Qt::transparent);
    QPainter(&piece.image).drawImage(QRectF(piece.image.rect()), mosaic.image, map.window());
    auto answer = map.resampled(piece, query.smooth);
    answer.damage = std::move(block.damage);
    return answer;
}

LiveImages::LiveImages(LiveImagesPlan plan, std::shared_ptr<ImageFetcher> fetcher,
                       std::shared_ptr<ServiceAccess> access)
    : m_fetcher(std::move(fetcher))
    , d(std::make_shared<Shared>(std::move(plan), m_fetcher, std::move(access)))
{
}

LiveImages::~LiveImages()
{
    d->orders->end();
}

LayerDescription LiveImages::description() const
{
    return d->plan.description;
}

Result<RasterBlock> LiveImages::read(const RasterQuery &query, CancelToken token) const
{
    return d->read(query, token);
}

Result<std::vector<double>> LiveImages::valuesAt(PointXY, const Crs &, CancelToken) const
{
    return std::vector<double>(); // pictures; what is at a place is asked of the service
}

void LiveImages::refresh() const
{
    d->orders->refresh();
}

bool LiveImages::answersPlaces() const
{
    return bool(d->plan.infoUrl);
}

QDateTime LiveImages::fetchedAt() const
{
    return d->fetchedAt();
}

Result<PlaceInfo> LiveImages::infoAt(PointXY place, const Crs &crs, double unitsPerPixel, const Dimensions &dimensions,
                                     CancelToken token) const
{
    if (!answersPlaces())
        return RasterSource::infoAt(place, crs, unitsPerPixel, dimensions, token);
    const auto transform = Transform::create(d->plan.pyramid.crs(), crs);
    if (!transform)
        return std::unexpected(transform.error());
    // A small image round the place will do: servers look some pixels around
    constexpr int side = 101;
    const auto reach = unitsPerPixel * side / 2;
    const auto around = transform->inverse(Extent{place.x - reach, place.y - reach, place.x + reach, place.y + reach});
    const auto middle = transform->inverse(place);
    const double half = std::min(around.width(), around.height()) / 2;
    if (!(half > 0) || !std::isfinite(middle.x) || !std::isfinite(middle.y))
        return PlaceInfo();
    auto request = d->plan.request;
    request.url = d->plan.infoUrl({middle.x - half, middle.y - half, middle.x + half, middle.y + half}, {side, side},
                                  {side / 2, side / 2}, dimensions);
    request.accept = {u"*/*"_s};
    request.sizeLimit = 8LL * 1024 * 1024;
    request.emptyAllowed = true;
    const auto answer = d->access->client().get(request, token);
    if (!answer)
        return std::unexpected(answer.error());
    const auto parsed = answer->body.isEmpty() ? FeatureInfo() : parseFeatureInfo(answer->body, answer->contentType);
    if (!parsed)
        return std::unexpected(parsed.error());
    PlaceInfo info{.objects = {}, .text = parsed->text, .html = parsed->html};
    for (const auto &feature : parsed->features) {
        auto &object = info.objects.emplace_back(feature.layer, feature.id);
        for (const auto &[name, value] : feature.values)
            object.values.emplace_back(name, value);
    }
    return info;
}

bool LiveImages::hasLegend() const
{
    return bool(d->plan.legendUrls);
}

Result<QImage> LiveImages::legend(double pixelsPerMm, CancelToken token) const
{
    if (!hasLegend())
        return RasterSource::legend(pixelsPerMm, token);
    const auto density = withDensity({}, d->plan.knowsDensities ? pixelsPerMm : 0).value(densityName, u"1"_s);
    const LiveLegend legend(*d->access, d->plan.dataset.key, d->plan.request);
    return legend.picture(d->plan.legendUrls, density.toDouble(), token);
}

const Arrivals *LiveImages::arrivals() const
{
    return &d->orders->arrivals;
}

const StoredDataset &LiveImages::storedDataset() const
{
    return d->plan.dataset;
}

Result<std::vector<PyramidImage>> LiveImages::imagesFor(const OfflineRange &range, qint64 most) const
{
    const auto &pyramid = d->plan.pyramid;
    const auto transform = Transform::create(pyramid.crs(), Crs::working());
    if (!transform)
        return std::unexpected(transform.error());
    const auto &[area, shape, finest, coarsest] = range;
    const auto box = transform->inverse(area);
    if (box.isEmpty() || !(finest > 0) || coarsest < finest)
        return std::vector<PyramidImage>();
    const double ratio = std::min(box.width() / area.width(), box.height() / area.height());
    std::vector<PyramidImage> images;
    for (int level = pyramid.levelFor(coarsest * ratio); level >= 0 && level <= pyramid.levelFor(finest * ratio);
         ++level) {
        const double resolution = pyramid.resolution(level);
        const double edge = 3 * resolution; // what the edges are mixed with: see read()
        auto within = box.grown(edge);
        if (!d->plan.description.extent.isEmpty())
            within = within.intersected(d->plan.description.extent);
        if (within.isEmpty())
            continue;
        constexpr double smallestSide = 64; // pixels; what has fewer images than of this size is told exactly
        const double across = within.width() / resolution / smallestSide + 2;
        const double down = within.height() / resolution / smallestSide + 2;
        const auto left = most - qint64(images.size());
        auto some = pyramid.imagesIn(level, within, int(left));
        if (left <= 0 || (some.empty() && across * down > double(left)))
            return failure(
                ErrorKind::TooLarge,
                LiveTexts::tr("“%1” would take more than %L2 images.").arg(d->plan.description.title).arg(most),
                LiveTexts::tr("A smaller area or fewer scales take less."));
        if (const auto status = keepTouching(some, pyramid.crs(), shape, edge); !status)
            return std::unexpected(status.error());
        std::ranges::move(some, std::back_inserter(images));
    }
    return images;
}

bool LiveImages::isOld(const StoredItem &item) const
{
    return d->orders->isOld(item);
}

Status LiveImages::keep(const PyramidImage &image, const QString &package, std::optional<StoredItem> old,
                        CancelToken token) const
{
    if (image.url.isEmpty())
        return {}; // nothing is there to be asked for
    auto request = d->plan.request;
    request.url = image.url;
    return fetchAndWait(*m_fetcher,
                        {.dataset = d->plan.dataset.key,
                         .key = image.key,
                         .request = std::move(request),
                         .old = std::move(old),
                         .mayBeMissing = d->plan.mayBeMissing,
                         .check = {},
                         .package = package},
                        std::move(token));
}

} // namespace hanseatlas
