// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/imageorders.h"

namespace hanseatlas
{

namespace
{

constexpr std::chrono::seconds pauseAfterFailure(30);

} // namespace

ImageOrders::ImageOrders(Plan plan, std::weak_ptr<ImageFetcher> fetcher, std::shared_ptr<ServiceAccess> access)
    : m_plan(std::move(plan))
    , m_fetcher(std::move(fetcher))
    , m_access(std::move(access))
    , m_store(m_access->store())
{
}

void ImageOrders::refresh()
{
    const QMutexLocker lock(&m_mutex);
    m_notBefore = QDateTime::currentDateTimeUtc();
    m_failures.clear();
}

void ImageOrders::end()
{
    const QMutexLocker lock(&m_mutex);
    m_ended = true;
    for (auto &[key, order] : m_orders)
        order.stop.request_stop();
}

std::optional<StoredItem> ImageOrders::stored(const QString &key) const
{
    auto item = m_store->item(m_plan.dataset, key);
    return item ? std::move(*item) : std::nullopt;
}

bool ImageOrders::isOld(const StoredItem &item) const
{
    const auto now = QDateTime::currentDateTimeUtc();
    {
        const QMutexLocker lock(&m_mutex);
        if (m_notBefore.isValid() && item.fetched < m_notBefore)
            return true;
    }
    return item.expires.isValid() ? item.expires <= now : item.fetched.addDuration(m_plan.fresh) < now;
}

QString ImageOrders::failureOf(const QString &key) const
{
    const QMutexLocker lock(&m_mutex);
    const auto failure = m_failures.constFind(key);
    return failure == m_failures.constEnd() || isOfflineError(failure->error) ? QString() : failure->error.what;
}

void ImageOrders::order(const PyramidImage &image, int level, std::optional<StoredItem> old,
                        const std::shared_ptr<QSemaphore> &waiter)
{
    QMutexLocker lock(&m_mutex);
    const auto failure = m_failures.constFind(image.key);
    const bool tooSoon = failure != m_failures.constEnd()
        && failure->when.addDuration(pauseAfterFailure) > QDateTime::currentDateTimeUtc();
    if (m_ended || image.url.isEmpty() || (tooSoon && !waiter)) {
        if (waiter)
            waiter->release();
        return;
    }
    auto [place, isNew] = m_orders.try_emplace(image.key);
    auto &order = place->second;
    if (waiter)
        order.waiting.push_back(waiter);
    order.extent = image.extent;
    order.level = level;
    order.frame = image.frame;
    if (!isNew)
        return;
    arrivals.pending = int(m_orders.size());
    const auto token = order.stop.get_token();
    lock.unlock();
    auto request = m_plan.request;
    request.url = image.url;
    const auto fetcher = m_fetcher.lock();
    if (!fetcher)
        return finished(image.key, cancelled());
    fetcher->fetch({.dataset = m_plan.dataset,
                    .key = image.key,
                    .request = std::move(request),
                    .old = std::move(old),
                    .mayBeMissing = m_plan.mayBeMissing,
                    .check = m_plan.check,
                    .package = {}},
                   token,
                   [self = shared_from_this(), key = image.key](const Status &status) { self->finished(key, status); });
}

void ImageOrders::finished(const QString &key, const Status &status)
{
    QMutexLocker lock(&m_mutex);
    const auto order = m_orders.find(key);
    if (order == m_orders.end())
        return;
    const auto waiting = std::move(order->second.waiting);
    m_orders.erase(order);
    arrivals.pending = int(m_orders.size());
    if (status)
        m_failures.remove(key);
    else if (status.error().kind != ErrorKind::Cancelled)
        m_failures.insert(key, {status.error(), QDateTime::currentDateTimeUtc()});
    const bool tell = !m_ended && (status || status.error().kind != ErrorKind::Cancelled);
    lock.unlock();
    for (const auto &waiter : waiting)
        waiter->release();
    if (tell)
        emit arrivals.arrived();
}

void ImageOrders::leave(const Extent &view, int level, const QStringList &frames)
{
    const QMutexLocker lock(&m_mutex);
    for (auto &[key, order] : m_orders) {
        if (order.waiting.empty()
            && (order.level != level || !order.extent.intersects(view) || !frames.contains(order.frame)))
            order.stop.request_stop();
    }
}

Status ImageOrders::await(const std::vector<PyramidImage> &images, int level, const CancelToken &token)
{
    const auto waiter = std::make_shared<QSemaphore>();
    int orders = 0;
    for (const auto &image : images) {
        auto item = stored(image.key);
        if (item && !isOld(*item))
            continue;
        ++orders;
        order(image, level, std::move(item), waiter);
    }
    while (!waiter->tryAcquire(orders, 50)) {
        if (token.stop_requested())
            return cancelled();
    }
    return {};
}

} // namespace hanseatlas
