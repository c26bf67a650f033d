// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/imagefetcher.h"
#include "datasources/live/imagepyramid.h"
#include "layers/model/source.h"

#include <QHash>
#include <QMutex>
#include <QSemaphore>

#include <map>

namespace hanseatlas
{

/** What a layer of images or tiles wants of its server: fetched behind it into the store. What is there already shows,
 *  and stays until something newer has come; what a view does not need any more is not fetched. Any thread; made as
 *  a shared pointer, as orders that are under way outlive their layer. */
class ImageOrders : public std::enable_shared_from_this<ImageOrders>
{
public:
    struct Plan {
        QString dataset; ///< where it is kept; it was put in the store
        HttpRequest request; ///< all but the url
        bool mayBeMissing = false; ///< see ImageFetcher::Order
        std::chrono::hours fresh{24}; ///< how long an image is good where the server does not say
        ImageFetcher::Check check; ///< see ImageFetcher::Order
    };
    ImageOrders(Plan plan, std::weak_ptr<ImageFetcher> fetcher, std::shared_ptr<ServiceAccess> access);

    Arrivals arrivals;

    std::optional<StoredItem> stored(const QString &key) const;
    bool isOld(const StoredItem &item) const;
    QString failureOf(const QString &key) const; ///< why it did not come, for people; "" = it did, or may yet
    /** `waiter` is released when the image is there, or is not to be had. */
    void order(const PyramidImage &image, int level, std::optional<StoredItem> old,
               const std::shared_ptr<QSemaphore> &waiter);
    /** Takes back what the view does not show, unless somebody waits for it. */
    void leave(const Extent &view, int level);
    /** Orders what is missing or old, and waits for it. */
    Status await(const std::vector<PyramidImage> &images, int level, const CancelToken &token);
    void refresh(); ///< all that is there is out of date
    void end(); ///< takes everything back, for ever

private:
    struct Order {
        std::stop_source stop;
        Extent extent;
        int level = 0;
        std::vector<std::shared_ptr<QSemaphore>> waiting; ///< readers that want to know when it is done
    };
    struct Failure {
        Error error;
        QDateTime when;
    };
    void finished(const QString &key, const Status &status);

    const Plan m_plan;
    const std::weak_ptr<ImageFetcher> m_fetcher;
    const std::shared_ptr<ServiceAccess> m_access;
    const std::shared_ptr<ServiceStore> m_store;
    mutable QMutex m_mutex; ///< of what follows
    std::map<QString, Order> m_orders;
    QHash<QString, Failure> m_failures;
    QDateTime m_notBefore; ///< what was fetched earlier is out of date
    bool m_ended = false;
};

} // namespace hanseatlas
