// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/httprequest.h"

#include <QDateTime>

#include <chrono>
#include <optional>

/** Pure readers of header fields. Nothing in them is trusted: what cannot be read counts as not there. */
namespace hanseatlas
{

struct MediaType {
    QString type; ///< lower case, "" = none
    QString charset; ///< lower case, "" = none
};
MediaType parseMediaType(QByteArrayView contentType);

/** All three forms of RFC 9110, UTC; invalid where it is none. */
QDateTime parseHttpDate(QByteArrayView text);
/** E.g. "Sun, 06 Nov 1994 08:49:37 GMT". */
QByteArray toHttpDate(const QDateTime &time);

/** Retry-After, in seconds or as a date, counted from `now`; never negative. */
std::optional<std::chrono::milliseconds> parseRetryAfter(QByteArrayView text, const QDateTime &now);

struct Freshness {
    QDateTime expires; ///< UTC, invalid = not told; `now` = must be asked again each time
    bool storable = true;
};
/** From Cache-Control, Expires, Date and Age. A broken Expires ("0", "-1") means already stale. */
Freshness parseFreshness(const HttpHeaders &headers, const QDateTime &now);

/** Content-Length as a number; nothing where it is missing or no number. */
std::optional<qint64> parseContentLength(const HttpHeaders &headers);

/** Neither empty nor with line breaks or other control characters: nothing can be smuggled into the request. */
bool isSafeHeader(const QPair<QByteArray, QByteArray> &header);

} // namespace hanseatlas
