// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/redirect_p.h"

#include "datasources/net/nettexts.h"
#include "datasources/net/redact.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == "https"_L1 ? 443 : 80);
}

std::unexpected<Error> refused(const Hop &hop, const QUrl &target, const QString &what)
{
    return failure(ErrorKind::Network, what, NetTexts::tr("Check the address of the service."),
                   u"%1 → %2"_s.arg(redacted(hop.request.url), redacted(target)));
}

/** 301 and 302 turn POST into GET in browsers: for us that would lose what was to be sent. */
bool becomesGet(int status, const HttpRequest &request)
{
    return status == 303 && request.method != HttpMethod::Head;
}

} // namespace

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool isSameOrigin(const QUrl &from, const QUrl &to)
{
    if (from.host().compare(to.host(), Qt::CaseInsensitive) != 0)
        return false;
    if (from.scheme() == to.scheme())
        return portOf(from) == portOf(to);
    return from.scheme() == "http"_L1 && to.scheme() == "https"_L1 && portOf(from) == 80 && portOf(to) == 443;
}

Result<Hop> followRedirect(const Hop &hop, int status, const QByteArray &location)
{
    const auto &from = hop.request.url;
    auto target = from.resolved(QUrl::fromEncoded(location));
    target.setFragment({});
    const auto host = from.host();
    const auto scheme = target.scheme();
    if (location.isEmpty() || !target.isValid() || target.host().isEmpty()
        || (scheme != "http"_L1 && scheme != "https"_L1))
        return refused(
            hop, target,
            NetTexts::tr("“%1” sends the request on to an address that is not on the web; it was not followed.")
                .arg(host));
    if (from.scheme() == "https"_L1 && scheme != "https"_L1)
        return refused(
            hop, target,
            NetTexts::tr("“%1” sends the request on to an unencrypted address; it was not followed.").arg(host));
    if (hop.redirects >= mostRedirects)
        return refused(hop, target, NetTexts::tr("“%1” sends the request on again and again.").arg(host));
    const bool toGet = becomesGet(status, hop.request);
    const bool sameOrigin = isSameOrigin(from, target);
    const bool carriesBody = !hop.request.isRepeatable() && !toGet;
    if (carriesBody && (!sameOrigin || status == 301 || status == 302))
        return refused(hop, target,
                       NetTexts::tr("“%1” sends the data on to another address, “%2”; they were not sent there.")
                           .arg(host, target.host()));

    Hop next = hop;
    next.redirects = hop.redirects + 1;
    next.request.url = target.adjusted(QUrl::RemoveUserInfo);
    if (toGet) {
        next.request.method = HttpMethod::Get;
        next.request.body.clear();
        next.request.contentType.clear();
    }
    if (!sameOrigin) {
        next.secrets.clear();
        next.request.headers.removeIf(
            [](const auto &header) { return header.first.compare("User-Agent", Qt::CaseInsensitive) != 0; });
        next.request.credentials.clear();
        next.request.trial.reset();
        next.login.reset();
        next.certificate.reset();
        next.answers = 0;
    }
    return next;
}

} // namespace hanseatlas
