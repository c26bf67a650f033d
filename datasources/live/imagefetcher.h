// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/serviceaccess.h"

#include <QThreadPool>

#include <functional>
#include <memory>

namespace hanseatlas
{

/** Fetches images into the store, many at a time and few per host, so that a dead server holds up only its own. Any
 * thread. */
class ImageFetcher
{
public:
    explicit ImageFetcher(std::shared_ptr<ServiceAccess> access);
    ~ImageFetcher(); ///< cancels all, and waits for it

    /** Is the answer what it should be? Refused ones are not stored. */
    using Check = std::function<Status(const HttpAnswer &)>;

    struct Order {
        QString dataset, key; ///< where it goes in the store
        HttpRequest request;
        std::optional<StoredItem> old; ///< what is there already, to be asked whether it is still good
        bool mayBeMissing = false; ///< "not found" means that there is nothing to see: stored as an empty item
        Check check; ///< none: it must be an image
        QString package = {}; ///< that holds what comes; "" = none
    };
    /** Stored or refused, in any thread of the fetcher; always called, once. */
    using Done = std::function<void(const Status &)>;

    /** A stop request takes the order back: it is then done as Cancelled. */
    void fetch(Order order, CancelToken token, Done done);

private:
    struct Shared;
    std::shared_ptr<Shared> d;
};

} // namespace hanseatlas
