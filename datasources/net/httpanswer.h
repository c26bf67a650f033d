// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/httprequest.h"

#include <QDateTime>

#include <chrono>

namespace hanseatlas
{

/** What a server said, whole: a body that was cut never becomes an answer. */
struct HttpAnswer {
    int status = 0;
    HttpHeaders headers;
    QByteArray body; ///< decompressed; empty when notModified
    QString contentType; ///< media type in lower case without parameters, as the server claims; may be empty or wrong
    QString charset; ///< in lower case, as the server claims; may be empty
    QUrl url; ///< after redirects, without user:password@; may hold keys: show it only through redacted()
    bool notModified = false; ///< 304: what the caller has is still good
    QByteArray etag;
    QDateTime lastModified; ///< UTC; invalid = not told
    /** Until when the answer may be used without asking again, UTC; invalid = not told. For no-cache it is the time of
     *  the answer. */
    QDateTime expires;
    bool storable = true; ///< false: the server forbids to keep it (no-store)
    QDateTime received; ///< UTC
    std::chrono::milliseconds duration{0}; ///< from the first try to the last byte, with waiting and redirects
    qint64 transferred = 0; ///< bytes of the body on the wire, of the last exchange
    int attempts = 1; ///< exchanges that were needed, redirects not counted

    QByteArray header(QByteArrayView name) const { return headerValue(headers, name); }
};

} // namespace hanseatlas
