// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/imagefetcher.h"

#include "datasources/live/imagebytes.h"
#include "datasources/live/livetexts.h"
#include "datasources/net/answercheck.h"

#include <QHash>
#include <QMutex>
#include <QWaitCondition>

#include <deque>

namespace hanseatlas
{

namespace
{

constexpr int threads = 256; ///< they wait for the network and cost next to nothing
constexpr int perHost = 6;
constexpr qint64 largestImage = 32LL * 1024 * 1024;

struct Job {
    ImageFetcher::Order order;
    CancelToken token;
    ImageFetcher::Done done;
};

struct Host {
    std::deque<Job> waiting;
    int running = 0;
};

Status isImage(const HttpAnswer &answer, const QString &host)
{
    if (const auto good = checkContent(answer, ContentKind::Image, LiveTexts::tr("the map image")); !good)
        return good;
    if (decodedImage(answer.body).isNull())
        return failure(ErrorKind::Malformed, LiveTexts::tr("“%1” sent a damaged image.").arg(host));
    return {};
}

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

} // namespace

struct ImageFetcher::Shared {
    explicit Shared(std::shared_ptr<ServiceAccess> a)
        : access(std::move(a))
        , client(access->client())
        , store(access->store())
    {
        pool.setMaxThreadCount(threads);
        pool.setExpiryTimeout(5000);
        pool.setStackSize(512 * 1024);
    }

    std::shared_ptr<ServiceAccess> access;
    HttpClient &client;
    std::shared_ptr<ServiceStore> store;
    QMutex mutex;
    QHash<QString, Host> hosts;
    std::stop_source ending;
    QThreadPool pool;

    void work(const QString &host);
    Status run(const Job &job) const;
    Status hold(const Order &order) const;
};

ImageFetcher::ImageFetcher(std::shared_ptr<ServiceAccess> access)
    : d(std::make_shared<Shared>(std::move(access)))
{
}

ImageFetcher::~ImageFetcher()
{
    d->ending.request_stop();
    d->pool.waitForDone();
}

void ImageFetcher::fetch(Order order, CancelToken token, Done done)
{
    const auto name = order.request.url.authority();
    {
        const QMutexLocker lock(&d->mutex);
        auto &host = d->hosts[name];
        host.waiting.push_back({std::move(order), std::move(token), std::move(done)});
        if (host.running >= perHost)
            return;
        ++host.running;
    }
    d->pool.start([shared = d.get(), name] { shared->work(name); });
}

/** One of the host's threads: takes jobs, the newest first, until there is none. */
void ImageFetcher::Shared::work(const QString &name)
{
    for (;;) {
        QMutexLocker lock(&mutex);
        auto &host = hosts[name];
        if (host.waiting.empty()) {
            --host.running;
            return;
        }
        auto job = std::move(host.waiting.back());
        host.waiting.pop_back();
        lock.unlock();
        job.done(run(job));
    }
}

Status ImageFetcher::Shared::hold(const Order &order) const
{
    if (order.package.isEmpty())
        return {};
    return store->hold(order.package, order.dataset, {order.key}).transform([](const auto &) { });
}

Status ImageFetcher::Shared::run(const Job &job) const
{
    if (job.token.stop_requested() || ending.stop_requested())
        return cancelled();
    // Two reasons to stop, one token: whichever comes first
    std::stop_source either;
    const std::stop_callback byCaller(job.token, [&either] { either.request_stop(); });
    const std::stop_callback byEnd(ending.get_token(), [&either] { either.request_stop(); });
    auto request = job.order.request;
    request.sizeLimit = largestImage;
    if (job.order.old) {
        request.etag = job.order.old->etag;
        request.lastModified = job.order.old->lastModified;
    }
    const auto answer = client.get(request, either.get_token());
    const auto &[dataset, key] = std::tie(job.order.dataset, job.order.key);
    if (!answer) {
        if (answer.error().kind != ErrorKind::NotFound || !job.order.mayBeMissing)
            return std::unexpected(answer.error());
        return store->putItem(dataset, key, {.fetched = now(), .expires = now().addDays(1)}, job.order.package);
    }
    if (answer->notModified) {
        if (const auto held = hold(job.order); !held)
            return held;
        return store->touch(dataset, key, answer->received, answer->expires);
    }
    if (const auto good = job.order.check ? job.order.check(*answer) : isImage(*answer, request.url.host()); !good)
        return good;
    return store->putItem(dataset, key,
                          {.bytes = answer->body,
                           .contentType = answer->contentType,
                           .fetched = answer->received,
                           .expires = answer->expires,
                           .etag = answer->etag,
                           .lastModified = answer->lastModified},
                          job.order.package);
}

} // namespace hanseatlas
