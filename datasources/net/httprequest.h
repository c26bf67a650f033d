// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>

namespace hanseatlas
{

enum class HttpMethod { Get, Head, Post, Put, Patch, Delete };

/** "GET", "POST", … */
QByteArray methodName(HttpMethod method);

/** Names and values as sent; names compare without case. */
using HttpHeaders = QList<QPair<QByteArray, QByteArray>>;

/** The first value of that name, or an empty one. */
QByteArray headerValue(const HttpHeaders &headers, QByteArrayView name);

struct HttpTimeouts {
    std::chrono::milliseconds connect{15000}; ///< name look-up, TCP, TLS and handing over the request
    std::chrono::milliseconds firstByte{60000}; ///< from the request to the first line of the answer
    std::chrono::milliseconds stall{30000}; ///< without a byte in either direction
};

struct Credential;

/** What is asked of a server. A value; holds no secret but what the caller writes into url, headers or body. */
struct HttpRequest {
    QUrl url; ///< http or https; user:password@ in it is sent as Basic credentials and never shown
    HttpMethod method = HttpMethod::Get;
    HttpHeaders headers; ///< extra ones; not sent along when a redirect leads to another host
    QByteArray body;
    QByteArray contentType; ///< of the body
    QStringList accept; ///< media types, best first; empty = any
    qint64 sizeLimit = 64LL * 1024 * 1024; ///< bytes of the answer after decompression
    HttpTimeouts timeouts;
    int priority = 0; ///< higher goes first; give a newer view a higher number
    /** Does sending it twice do no more than sending it once? Unset: yes for GET and HEAD, no for the others. A query
     *  by POST (WFS GetFeature, CQL) may say true. */
    std::optional<bool> repeatable;
    QByteArray etag; ///< of what the caller has: the answer may then be `notModified`
    QDateTime lastModified; ///< likewise; invalid = none
    QString credentials; ///< the key under which Credentials knows the secret; empty = none
    std::shared_ptr<const Credential> trial; ///< tried in place of any that is kept
    /** Belongs to signing in: nobody is asked who he is, and the exchange is not recorded. */
    bool isSignIn = false;
    QString source; ///< who asks, for grouping in the log, e.g. the catalogue's id of the service
    bool emptyAllowed = false; ///< an answer without content is a success (always so for HEAD, PUT, PATCH and DELETE)
    bool errorStatusAllowed = false; ///< status 400 and above is an answer, too, and not an Error

    bool isRepeatable() const { return repeatable.value_or(method == HttpMethod::Get || method == HttpMethod::Head); }
};

} // namespace hanseatlas
