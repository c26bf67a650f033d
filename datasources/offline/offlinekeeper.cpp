// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/offline/offlinekeeper.h"

#include "datasources/live/offlinecapable.h"
#include "datasources/live/serviceopener.h"
#include "datasources/offline/offlinetexts.h"

#include <QMutex>
#include <QThreadPool>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <span>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr double metresPerPixel = 0.0254 / 96; ///< of an ordinary screen; scales are told by it
constexpr qint64 mostImages = 100'000; ///< of one layer
constexpr int atOnce = 3; ///< requests; servers are there for others, too
constexpr qint64 usualImage = 25'000; ///< bytes, where nothing is known of a layer
constexpr qint64 usualTable = 1'000'000;
constexpr double secondsPerRequest = 0.4;

Status mayBeKept(const StoredDataset &dataset, const QString &title)
{
    if (dataset.provenance.personal)
        return failure(ErrorKind::Invalid,
                       OfflineTexts::tr("“%1” holds personal data, which is not kept offline.").arg(title));
    if (!dataset.mayBeStored)
        return failure(ErrorKind::Invalid,
                       OfflineTexts::tr("“%1” may be viewed, but its licence does not allow keeping it.").arg(title));
    return {};
}

/** What the map is drawn of; empty where it cannot be kept. */
std::vector<const OfflineCapable *> imagesOf(const RasterSource &source)
{
    if (const auto *images = dynamic_cast<const OfflineCapable *>(&source))
        return {images};
    const auto *parts = dynamic_cast<const OfflineParts *>(&source);
    return parts ? parts->offlineParts() : std::vector<const OfflineCapable *>();
}

} // namespace

/** A dataset that the package needs of a layer. Maps of tiles may draw from several. */
struct OfflineKeeper::Work {
    OfflineLayer layer;
    OpenedSource source; ///< keeps alive what the pointers lead to
    const StoreBacked *backed = nullptr;
    const OfflineCapable *images = nullptr; ///< the same, where it is one of images
    std::vector<PyramidImage> wanted;

    QString dataset() const { return backed->storedDataset().key; }
    const FeatureSource &features() const { return *std::get<std::shared_ptr<const FeatureSource>>(source); }
    qint64 parts() const { return images ? qint64(wanted.size()) : 1; }
};

OfflineKeeper::OfflineKeeper(std::shared_ptr<ServiceAccess> access, const SourceOpener &opener)
    : m_access(std::move(access))
    , m_opener(opener)
{
}

Result<std::vector<OfflineKeeper::Work>> OfflineKeeper::plan(const OfflinePackage &package,
                                                             const CancelToken &token) const
{
    const OfflineRange range{.area = package.area,
                             .shape = package.shape,
                             .finest = package.largestScale * metresPerPixel,
                             .coarsest = package.smallestScale * metresPerPixel};
    // What the store could not give back is not begun
    if (!OfflinePackage::fromJson(package.id, package.toJson()))
        return failure(ErrorKind::Invalid, OfflineTexts::tr("The area is too detailed, or broken, to be kept."),
                       OfflineTexts::tr("Choose a rectangle around it."));
    std::vector<Work> works;
    for (const auto &layer : package.layers) {
        const auto opened = m_opener.open(layer.source, token);
        if (!opened)
            return std::unexpected(opened.error());
        const auto first = works.size();
        if (const auto *raster = std::get_if<std::shared_ptr<const RasterSource>>(&*opened)) {
            for (const auto *images : imagesOf(**raster))
                works.push_back({.layer = layer, .source = *opened, .backed = images, .images = images, .wanted = {}});
        } else if (const auto *backed = dynamic_cast<const StoreBacked *>(
                       std::get<std::shared_ptr<const FeatureSource>>(*opened).get())) {
            works.push_back({.layer = layer, .source = *opened, .backed = backed, .wanted = {}});
        }
        if (works.size() == first)
            return failure(ErrorKind::Unsupported,
                           OfflineTexts::tr("“%1” is of a kind that cannot be kept offline.").arg(layer.title));
        for (auto &work : std::span(works).subspan(first)) {
            if (const auto allowed = mayBeKept(work.backed->storedDataset(), layer.title); !allowed)
                return std::unexpected(allowed.error());
            if (!work.images)
                continue;
            auto wanted = work.images->imagesFor(range, mostImages);
            if (!wanted)
                return std::unexpected(wanted.error());
            work.wanted = *std::move(wanted);
        }
    }
    return works;
}

Result<OfflineEstimate> OfflineKeeper::estimate(const OfflinePackage &package, CancelToken token) const
{
    const auto works = plan(package, token);
    if (!works)
        return std::unexpected(works.error());
    const auto store = m_access->store();
    const auto sizes = store->datasets();
    if (!sizes)
        return std::unexpected(sizes.error());
    OfflineEstimate estimate;
    for (const auto &work : *works) {
        const auto size = std::ranges::find(*sizes, work.dataset(), [](const auto &s) { return s.dataset.key; });
        const bool known = size != sizes->end() && size->items > 0;
        if (!work.images) {
            const auto there = store->storedFeatures(work.dataset());
            const bool missing = !there || !*there;
            estimate.requests += missing;
            estimate.bytes += missing ? usualTable : 0;
            continue;
        }
        qint64 missing = 0;
        for (const auto &image : work.wanted) {
            if (token.stop_requested())
                return cancelled();
            const auto item = known ? store->item(work.dataset(), image.key) : std::nullopt;
            missing += !item || !*item || work.images->isOld(**item);
        }
        estimate.requests += missing;
        estimate.bytes += missing * (known ? size->bytes / size->items : usualImage);
    }
    estimate.seconds = qint64(std::ceil(double(estimate.requests) * secondsPerRequest / atOnce));
    return estimate;
}

Status OfflineKeeper::put(const OfflinePackage &package) const
{
    return m_access->store()->putPackage({.key = package.id, .document = package.toJson()});
}

Status OfflineKeeper::fetch(OfflinePackage &package, Scope scope, CancelToken token, const Progress &progress) const
{
    using State = OfflinePackage::State;
    auto works = plan(package, token);
    if (!works)
        return std::unexpected(works.error());
    package.state = State::Fetching;
    package.problem.clear();
    package.done = package.total = 0;
    for (const auto &work : *works)
        package.total += work.parts();
    if (!package.created.isValid())
        package.created = QDateTime::currentDateTimeUtc();
    if (const auto good = put(package); !good)
        return good;
    const auto status = fetchAll(package, *works, scope, token, progress);
    if (status) {
        package.state = State::Ready;
        package.fetched = QDateTime::currentDateTimeUtc();
    } else if (status.error().kind == ErrorKind::Cancelled) {
        package.state = State::Paused;
    } else {
        package.state = State::Failed;
        package.problem = status.error().what;
    }
    const auto good = put(package);
    return status ? good : status;
}

namespace
{

/** What the threads of one layer of images have in common. */
struct Tally {
    QMutex mutex;
    qint64 done = 0;
    std::optional<Error> failed; ///< the first
    qint64 failures = 0;

    void note(const Status &status, qint64 total, const Progress &progress)
    {
        const QMutexLocker lock(&mutex);
        if (status)
            ++done;
        else if (++failures == 1)
            failed = status.error();
        report(progress, double(done) / double(std::max<qint64>(total, 1)));
    }
};

void keepImages(const OfflineCapable &source, const std::vector<PyramidImage> &images, HeldItems held, bool everything,
                const QString &package, qint64 total, Tally &tally, const CancelToken &token, const Progress &progress)
{
    std::atomic_size_t next = 0;
    auto work = [&] {
        for (std::size_t i = next++; i < images.size() && !token.stop_requested(); i = next++) {
            const bool good = held[i] && !everything && !source.isOld(*held[i]);
            tally.note(good ? Status() : source.keep(images[i], package, held[i], token), total, progress);
        }
    };
    QThreadPool pool;
    pool.setMaxThreadCount(atOnce);
    for (int i = 0; i < atOnce; ++i)
        pool.start(work);
    pool.waitForDone();
}

} // namespace

Status OfflineKeeper::fetchAll(OfflinePackage &package, std::vector<Work> &works, Scope scope, const CancelToken &token,
                               const Progress &progress) const
{
    const auto store = m_access->store();
    const bool everything = scope == Scope::Everything;
    Tally tally;
    for (const auto &work : works) {
        if (const auto held = ServiceOpener::holdDocuments(m_access, package.id, work.layer.source, token); !held)
            return held;
        if (work.images) {
            std::vector<QString> keys;
            keys.reserve(work.wanted.size());
            for (const auto &image : work.wanted)
                keys.push_back(image.key);
            auto held = store->hold(package.id, work.dataset(), keys);
            if (!held)
                return std::unexpected(held.error());
            keepImages(*work.images, work.wanted, *std::move(held), everything, package.id, package.total, tally, token,
                       progress);
        } else {
            // The first read fetches all of it
            auto status = everything ? work.features().refresh(token)
                                     : work.features()
                                           .read({.crs = Crs::working(), .extent = package.area, .limit = 1}, token)
                                           .transform([](const auto &) { });
            if (status)
                status = store->holdFeatures(package.id, work.dataset());
            tally.note(status, package.total, progress);
        }
        package.done = tally.done;
        if (token.stop_requested())
            return cancelled();
    }
    if (const auto written = store->flush(); !written)
        return written;
    if (!tally.failed)
        return {};
    auto error = *tally.failed;
    error.what = OfflineTexts::tr("%n part(s) did not come: %1", nullptr, int(tally.failures)).arg(error.what);
    return std::unexpected(error);
}

Result<std::vector<KeptPackage>> OfflineKeeper::list() const
{
    const auto store = m_access->store();
    const auto stored = store->packages();
    if (!stored)
        return std::unexpected(stored.error());
    std::vector<KeptPackage> packages;
    for (const auto &entry : *stored) {
        auto package = OfflinePackage::fromJson(entry.key, entry.document);
        if (!package) // of a later version; it can be removed all the same
            package = OfflinePackage{.id = entry.key, .title = entry.key, .state = OfflinePackage::State::Failed};
        const auto size = store->packageSize(entry.key);
        if (!size && size.error().kind == ErrorKind::NotFound)
            continue; // removed meanwhile
        if (!size)
            return std::unexpected(size.error());
        packages.push_back({*std::move(package), *size});
    }
    return packages;
}

Status OfflineKeeper::remove(const QString &id) const
{
    return m_access->store()->removePackage(id);
}

} // namespace hanseatlas
