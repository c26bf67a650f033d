// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/httprequest.h"
#include "datasources/net/signins.h"

#include <chrono>
#include <memory>

class QSslConfiguration;

/** The values that go to and from the network thread. */
namespace hanseatlas
{

/** One thing to send: what a request has become after sign-in and redirects. */
struct Hop {
    HttpRequest request; ///< its url has no user:password@
    HttpHeaders secrets; ///< sign-in for this very host; never logged, dropped when a redirect leads elsewhere
    bool carriesParameters = false; ///< the address holds secrets that the asker did not put there
    int redirects = 0; ///< that led here
    std::optional<Login> login; ///< kept for the host, and sent
    std::shared_ptr<const QSslConfiguration> certificate; ///< with which the program shows who it is; null = none
    bool proxySignIn = false; ///< the proxy on the way there may ask who we are
    bool renewed = false; ///< tokens, after they were not taken
    int answers = 0; ///< to servers that asked who we are

    /** "host:port", by which connections are counted; scheme included, as http and https are different doors. */
    QString host() const;
};

enum class Failure {
    None, ///< there is a whole answer, whatever its status
    Cancelled,
    Offline,
    HostResting, ///< did not answer before, not tried
    HostNotFound,
    Refused,
    ConnectTimeout,
    FirstByteTimeout,
    Stalled,
    Reset, ///< closed without an answer
    Truncated, ///< closed within the answer
    Untrusted, ///< TLS
    Proxy,
    ProxySignIn, ///< the proxy asks who we are
    TooLarge,
    BadEncoding, ///< cannot be decompressed
    BadProtocol, ///< that is no HTTP
    Other,
};

struct Exchange {
    Failure failure = Failure::None;
    int status = 0;
    HttpHeaders headers;
    QByteArray body; ///< decompressed; of no use after a failure
    qint64 transferred = 0; ///< bytes on the wire
    qint64 expected = -1; ///< bytes on the wire as announced; -1 = not announced
    QString detail; ///< untranslated
    std::chrono::milliseconds queued{0};
    std::chrono::milliseconds duration{0};
    std::chrono::milliseconds restLeft{0}; ///< of a resting host
};

/** Does this say that the host is not there, rather than that it dislikes the request? */
bool isHostFailure(Failure failure);
/** Does the server want a certificate of ours? It ends the connection then, with one of some words in the alert. */
bool wantsCertificate(const Exchange &exchange);

} // namespace hanseatlas
