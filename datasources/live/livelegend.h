// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/serviceaccess.h"

#include <QImage>

#include <functional>

namespace hanseatlas
{

/** @internal The legend of a service's layer: pictures that its server has drawn, kept with the layer's images. */
class LiveLegend
{
public:
    static constexpr int mostPictures = 16; ///< of one legend
    using Addresses = std::function<QList<QUrl>(double density)>;

    /** `request`: all but the url. The dataset was put in the store. */
    LiveLegend(ServiceAccess &access, QString dataset, HttpRequest request);

    /** All of them, one below the other, as fine as the server makes them; its device pixel ratio says how fine that
     * is. */
    Result<QImage> picture(const Addresses &addresses, double density, const CancelToken &token) const;

    static QString keyOf(const QUrl &url); ///< in the store, beside the layer's images

private:
    Result<QImage> single(const QUrl &usual, const QUrl &dense, double density, const CancelToken &token) const;
    Result<QImage> fetched(const QUrl &url, const CancelToken &token) const;
    HttpRequest requestFor(const QUrl &url) const;

    ServiceAccess &m_access;
    const QString m_dataset;
    const HttpRequest m_request;
};

} // namespace hanseatlas
