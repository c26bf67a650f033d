// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/livelegend.h"

#include "datasources/live/imagebytes.h"
#include "datasources/live/livetexts.h"
#include "datasources/net/answercheck.h"
#include "datasources/net/redact.h"

#include <QCryptographicHash>
#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr QSize largest(4000, 8000); ///< pixels; more is no legend that anybody reads
constexpr qint64 largestBytes = 16LL * 1024 * 1024;
constexpr std::chrono::hours fresh(24 * 7);

Result<QImage> decodedLegend(const QByteArray &bytes, const QString &host)
{
    auto image = decodedImage(bytes, largest);
    if (image.isNull())
        return failure(ErrorKind::Malformed,
                       LiveTexts::tr("“%1” sent a legend that is damaged or too large.").arg(host));
    return image;
}

/** How much finer the dense picture is; 1 where the server did not understand. MapServer enlarges texts, but not the
 *  samples beside them: what comes of that in a picture of few words is coarser but better as usual. */
double ratioOf(const QImage &usual, const QImage &dense, double density)
{
    const double ratio = double(dense.width()) / std::max(1, usual.width());
    return ratio >= 1.2 && ratio <= 4.5 && ratio >= 0.85 * density ? ratio : 1;
}

QImage stacked(const QList<QImage> &pictures)
{
    if (pictures.size() == 1)
        return pictures.front();
    constexpr int gap = 4;
    double ratio = 1, width = 0, height = -gap;
    for (const auto &picture : pictures) {
        ratio = std::max(ratio, picture.devicePixelRatio());
        width = std::max(width, picture.deviceIndependentSize().width());
        height += picture.deviceIndependentSize().height() + gap;
    }
    if (height * ratio > largest.height() || width * ratio > largest.width())
        ratio = 1;
    QImage all(int(std::ceil(width * ratio)), std::min(int(std::ceil(height * ratio)), largest.height()),
               QImage::Format_ARGB32_Premultiplied);
    all.setDevicePixelRatio(ratio);
    all.fill(Qt::transparent);
    QPainter painter(&all);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    double y = 0;
    for (const auto &picture : pictures) {
        painter.drawImage(QPointF(0, y), picture);
        y += picture.deviceIndependentSize().height() + gap;
    }
    return all;
}

} // namespace

/** Stable over time, and without what is secret in an address. */
QString LiveLegend::keyOf(const QUrl &url)
{
    const auto hash = QCryptographicHash::hash(redacted(url).toUtf8(), QCryptographicHash::Sha256);
    return u"legend/"_s + QString::fromLatin1(hash.toHex().first(16));
}

LiveLegend::LiveLegend(ServiceAccess &access, QString dataset, HttpRequest request)
    : m_access(access)
    , m_dataset(std::move(dataset))
    , m_request(std::move(request))
{
}

Result<QImage> LiveLegend::picture(const Addresses &addresses, double density, const CancelToken &token) const
{
    const auto usual = addresses(1), dense = density > 1 ? addresses(density) : usual;
    QList<QImage> pictures;
    std::optional<Error> trouble;
    for (qsizetype i = 0; i < usual.size(); ++i) {
        auto picture = single(usual[i], dense.value(i, usual[i]), density, token);
        if (picture)
            pictures << std::move(*picture);
        else if (picture.error().kind == ErrorKind::Cancelled)
            return picture;
        else if (!trouble)
            trouble = picture.error();
    }
    if (pictures.isEmpty()) // some of several are better than none
        return std::unexpected(trouble.value_or(Error{ErrorKind::Unsupported, LiveTexts::tr("There is no legend.")}));
    return stacked(pictures);
}

/** Servers that are told do not always listen, and nothing in their answer says so: only a comparison of both shows
 * how large things are meant to be. */
Result<QImage> LiveLegend::single(const QUrl &usual, const QUrl &dense, double density, const CancelToken &token) const
{
    auto picture = fetched(usual, token);
    if (!picture || dense == usual)
        return picture;
    auto finer = fetched(dense, token);
    if (!finer || finer->isNull())
        return picture;
    const auto ratio = ratioOf(*picture, *finer, density);
    if (ratio <= 1)
        return picture;
    finer->setDevicePixelRatio(ratio);
    return finer;
}

HttpRequest LiveLegend::requestFor(const QUrl &url) const
{
    auto request = m_request;
    request.url = url;
    request.accept = {u"image/*"_s};
    request.sizeLimit = largestBytes;
    constexpr auto place = QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment;
    if (QUrl(request.source).adjusted(place) != url.adjusted(place))
        request.credentials.clear(); // a legend may lie anywhere, and passwords are for the service only
    return request;
}

Result<QImage> LiveLegend::fetched(const QUrl &url, const CancelToken &token) const
{
    const auto store = m_access.store();
    const auto key = keyOf(url);
    const auto found = store->item(m_dataset, key);
    const auto old = found ? *found : std::nullopt;
    auto kept = [&]() -> Result<QImage> { return decodedLegend(old->bytes, url.host()); };
    if (old && old->fetched.addDuration(fresh) > QDateTime::currentDateTimeUtc())
        return kept();
    auto request = requestFor(url);
    if (old) {
        request.etag = old->etag;
        request.lastModified = old->lastModified;
    }
    const auto answer = m_access.client().get(request, token);
    if (!answer)
        return old && answer.error().kind != ErrorKind::Cancelled ? kept() : std::unexpected(answer.error());
    if (answer->notModified && old) {
        store->touch(m_dataset, key, answer->received, answer->expires);
        return kept();
    }
    if (const auto good = checkContent(*answer, ContentKind::Image, LiveTexts::tr("the legend")); !good)
        return old ? kept() : std::unexpected(good.error());
    auto picture = decodedLegend(answer->body, url.host());
    // Where it cannot be kept it is fetched again the next time
    if (picture)
        store->putItem(m_dataset, key,
                       {.bytes = answer->body,
                        .contentType = answer->contentType,
                        .fetched = answer->received,
                        .expires = answer->expires,
                        .etag = answer->etag,
                        .lastModified = answer->lastModified});
    return picture;
}

} // namespace hanseatlas
