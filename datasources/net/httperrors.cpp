// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/httperrors_p.h"

#include "datasources/net/answercheck.h"
#include "datasources/net/httpclient.h"
#include "datasources/net/httpheaders.h"
#include "datasources/net/nettexts.h"
#include "datasources/net/redact.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr auto offlineDetail = "offline"_L1;

/** As people know it: with the port only where it is an unusual one. */
QString hostOf(const HttpRequest &request)
{
    const auto &url = request.url;
    return url.port() < 0 ? url.host() : u"%1:%2"_s.arg(url.host()).arg(url.port());
}

QString detailOf(const Exchange &exchange, const HttpRequest &request)
{
    auto text = QString::fromLatin1(methodName(request.method)) + u' ' + redacted(request.url);
    if (exchange.status > 0)
        text += u" → "_s + QString::number(exchange.status);
    if (!exchange.detail.isEmpty())
        text += u": "_s + redactedText(exchange.detail);
    return text;
}

int seconds(std::chrono::milliseconds time)
{
    return int(std::max<qint64>(1, std::chrono::ceil<std::chrono::seconds>(time).count()));
}

QString size(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes);
}

QString whatFailed(const Exchange &exchange, const HttpRequest &request)
{
    const auto host = hostOf(request);
    switch (exchange.failure) {
    case Failure::HostResting:
        return NetTexts::tr("“%1” did not answer several times and is left in peace for %n more second(s).", nullptr,
                            seconds(exchange.restLeft))
            .arg(host);
    case Failure::HostNotFound:
        return NetTexts::tr("The request to “%1” failed: there is no server of this name.").arg(host);
    case Failure::Refused:
        return NetTexts::tr("The request to “%1” failed: the server accepts no connection.").arg(host);
    case Failure::ConnectTimeout:
        return NetTexts::tr("The request to “%1” failed: no connection within %n second(s).", nullptr,
                            seconds(request.timeouts.connect))
            .arg(host);
    case Failure::FirstByteTimeout:
        return NetTexts::tr("The request to “%1” failed: no answer within %n second(s).", nullptr,
                            seconds(request.timeouts.firstByte))
            .arg(host);
    case Failure::Stalled:
        if (exchange.status == 0)
            return NetTexts::tr("The request to “%1” failed: the server took nothing of it for %n second(s).", nullptr,
                                seconds(request.timeouts.stall))
                .arg(host);
        return NetTexts::tr("The answer of “%1” stopped half-way: nothing came for %n second(s).", nullptr,
                            seconds(request.timeouts.stall))
            .arg(host);
    case Failure::Reset:
        return NetTexts::tr("The request to “%1” failed: the server closed the connection without an answer.")
            .arg(host);
    case Failure::Truncated:
        return exchange.expected >= 0 ? NetTexts::tr("The answer of “%1” is incomplete: %2 of %3 came.")
                                            .arg(host, size(exchange.transferred), size(exchange.expected))
                                      : NetTexts::tr("The answer of “%1” is incomplete: it broke off after %2.")
                                            .arg(host, size(exchange.transferred));
    case Failure::Untrusted:
        return NetTexts::tr("The request to “%1” failed: the server could not prove who it is.").arg(host);
    case Failure::Proxy:
        return NetTexts::tr("The request to “%1” failed at the proxy server.").arg(host);
    case Failure::ProxySignIn:
        return NetTexts::tr("The proxy server wants a sign-in before it passes on the request to “%1”.").arg(host);
    case Failure::TooLarge:
        return NetTexts::tr("The answer of “%1” is larger than %2 and was not loaded.")
            .arg(host, size(request.sizeLimit));
    case Failure::BadEncoding:
        return NetTexts::tr("The answer of “%1” cannot be unpacked.").arg(host);
    case Failure::BadProtocol:
        return NetTexts::tr("“%1” does not answer like a web server.").arg(host);
    default:
        return NetTexts::tr("The request to “%1” failed: there is no way to the server.").arg(host);
    }
}

QString hintOf(Failure failure)
{
    switch (failure) {
    case Failure::HostResting:
    case Failure::FirstByteTimeout:
    case Failure::Stalled:
    case Failure::Reset:
    case Failure::Truncated:
        return NetTexts::tr("The server may be overloaded. Try again later, or with a smaller area.");
    case Failure::HostNotFound:
        return NetTexts::tr("Check the address, and whether this computer is connected to the network.");
    case Failure::Untrusted:
        return NetTexts::tr(
            "Check the date of this computer. A certificate of the city's own must be installed in the system.");
    case Failure::Proxy:
        return NetTexts::tr("Check the proxy settings of the system.");
    case Failure::ProxySignIn:
        return NetTexts::tr("Sign in at the notice above the map, or in “Sign-ins” in the menu “Map”.");
    case Failure::TooLarge:
        return NetTexts::tr("Ask for a smaller area or fewer objects.");
    case Failure::BadEncoding:
    case Failure::BadProtocol:
        return NetTexts::tr("Check the address of the service.");
    default:
        return NetTexts::tr("Check the network, VPN and proxy settings, or try again later.");
    }
}

ErrorKind kindOf(Failure failure)
{
    switch (failure) {
    case Failure::Cancelled:
        return ErrorKind::Cancelled;
    case Failure::ProxySignIn:
        return ErrorKind::NotReadable;
    case Failure::TooLarge:
        return ErrorKind::TooLarge;
    case Failure::BadEncoding:
    case Failure::BadProtocol:
        return ErrorKind::Malformed;
    default:
        return ErrorKind::Network;
    }
}

QString breakHint(const Exchange &exchange, const QDateTime &now)
{
    const auto pause = parseRetryAfter(headerValue(exchange.headers, "Retry-After"), now);
    return pause ? NetTexts::tr("Try again in %n second(s).", nullptr, seconds(*pause))
                 : NetTexts::tr("Try again later.");
}

Error signInError(const Exchange &exchange, const HttpRequest &request, bool signedIn)
{
    const auto host = hostOf(request);
    return {.kind = ErrorKind::NotReadable,
            .what = signedIn ? NetTexts::tr("“%1” does not accept the stored sign-in.").arg(host)
                             : NetTexts::tr("“%1” wants a sign-in.").arg(host),
            .hint = NetTexts::tr("Sign in at the notice above the map, or in “Sign-ins” in the menu “Map”."),
            .detail = detailOf(exchange, request)};
}

} // namespace

Error failureError(const Exchange &exchange, const HttpRequest &request)
{
    if (exchange.failure == Failure::Cancelled)
        return cancelled().error();
    if (exchange.failure == Failure::Offline)
        return offlineError(request);
    if (wantsCertificate(exchange))
        return {.kind = ErrorKind::NotReadable,
                .what = NetTexts::tr("“%1” wants a certificate of yours.").arg(hostOf(request)),
                .hint = hintOf(Failure::ProxySignIn),
                .detail = detailOf(exchange, request)};
    return {.kind = kindOf(exchange.failure),
            .what = whatFailed(exchange, request),
            .hint = hintOf(exchange.failure),
            .detail = detailOf(exchange, request)};
}

Error statusError(const Exchange &exchange, const HttpRequest &request, bool signedIn, const QDateTime &now)
{
    const int status = exchange.status;
    if (status == 401)
        return signInError(exchange, request, signedIn);
    const auto host = hostOf(request);
    Error error{.kind = ErrorKind::Network, .detail = detailOf(exchange, request)};
    if (status == 403) {
        error.kind = ErrorKind::NotReadable;
        error.what = NetTexts::tr("“%1” does not allow this request.").arg(host);
        error.hint = NetTexts::tr("Ask the operator of the service for access.");
    } else if (status == 404 || status == 410) {
        error.kind = ErrorKind::NotFound;
        error.what = NetTexts::tr("“%1” has nothing at this address.").arg(host);
        error.hint = NetTexts::tr("Check the address of the service; it may have moved.");
    } else if (status == 429) {
        error.what = NetTexts::tr("“%1” asks for a break, as there were too many requests.").arg(host);
        error.hint = breakHint(exchange, now);
    } else if (status >= 500 || status == 408) {
        error.what = NetTexts::tr("“%1” reports a fault of its own (status %2).").arg(host).arg(status);
        error.hint = breakHint(exchange, now);
    } else {
        error.kind = ErrorKind::Invalid;
        error.what = NetTexts::tr("“%1” does not accept the request (status %2).").arg(host).arg(status);
    }
    if (const auto sentence = serverSentence(exchange.body); !sentence.isEmpty())
        error.what = NetTexts::tr("%1 It says: “%2”").arg(error.what, sentence);
    return error;
}

Error emptyError(const Exchange &exchange, const HttpRequest &request)
{
    return {.kind = ErrorKind::Malformed,
            .what = NetTexts::tr("The answer of “%1” is empty.").arg(hostOf(request)),
            .hint = NetTexts::tr("Try again later."),
            .detail = detailOf(exchange, request)};
}

Error offlineError(const HttpRequest &request)
{
    return offlineErrorFor(hostOf(request));
}

Error offlineErrorFor(const QString &host)
{
    return {.kind = ErrorKind::Network,
            .what = NetTexts::tr("The program works offline: “%1” was not asked.").arg(host),
            .hint = NetTexts::tr("Go online to load the newest state."),
            .detail = offlineDetail};
}

bool isOfflineError(const Error &error)
{
    return error.kind == ErrorKind::Network && error.detail == offlineDetail;
}

Status checkRequest(const HttpRequest &request)
{
    const auto scheme = request.url.scheme();
    if (!request.url.isValid() || request.url.host().isEmpty() || (scheme != "http"_L1 && scheme != "https"_L1))
        return failure(ErrorKind::Invalid,
                       NetTexts::tr("“%1” is not the address of a web service.").arg(redacted(request.url)),
                       NetTexts::tr("Such an address begins with https:// or http://."));
    const bool safe = std::ranges::all_of(request.headers, isSafeHeader)
        && isSafeHeader({"Content-Type", request.contentType}) && isSafeHeader({"If-None-Match", request.etag})
        && isSafeHeader({"Accept", request.accept.join(u',').toUtf8()});
    if (!safe)
        return failure(ErrorKind::Invalid,
                       NetTexts::tr("The request to “%1” holds a header that must not be sent.").arg(hostOf(request)));
    return {};
}

} // namespace hanseatlas
