// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/signinsteps_p.h"

#include "datasources/net/challenge_p.h"
#include "datasources/net/httpheaders.h"
#include "datasources/net/nettexts.h"

#include <QSslConfiguration>

#include <algorithm>
#include <mutex>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int mostAnswers = 3; ///< by one request: wrong ones lock many an account
constexpr auto authorization = "Authorization";

bool isAuthorization(const QPair<QByteArray, QByteArray> &header)
{
    return header.first.compare(authorization, Qt::CaseInsensitive) == 0;
}

/** What the request brings of its own. */
std::optional<Credential> ownSignIn(const Hop &hop)
{
    const auto value = headerValue(hop.secrets, authorization);
    if (hop.login || value.isEmpty())
        return std::nullopt;
    return Credential{CredentialKind::Header, QString::fromLatin1(authorization), QString::fromUtf8(value)};
}

} // namespace

bool wantsCertificate(const Exchange &exchange)
{
    if (exchange.failure == Failure::None)
        return exchange.status == 400 && exchange.body.contains("SSL certificate was sent"); // nginx
    return exchange.detail.contains("certificate required"_L1) || exchange.detail.contains("handshake failure"_L1);
}

SignInSteps::SignInSteps(std::shared_ptr<SignIns> signIns, std::shared_ptr<SystemProxies> proxies, OAuthSend send)
    : m_signIns(std::move(signIns))
    , m_proxies(std::move(proxies))
    , m_send(std::move(send))
{
}

Status SignInSteps::prepare(Hop &hop, const CancelToken &token) const
{
    const auto &url = hop.request.url;
    const auto proxies = m_proxies->find(url);
    hop.proxySignIn = !proxies.isEmpty() && m_proxies->signIn(SystemProxies::placeOf(proxies.front()));
    if (!m_signIns || hop.login)
        return {};
    if (const auto &trial = hop.request.trial) {
        if (trial->kind == CredentialKind::Certificate) {
            auto certificate = readCertificate(trial->user, trial->secret);
            if (!certificate)
                return std::unexpected(certificate.error());
            hop.certificate = *certificate;
            return {};
        }
        return trial->kind == CredentialKind::Basic ? Status() : apply(hop, {SignInPlace::of(url), *trial});
    }
    if (hop.request.isSignIn)
        return {};
    if (!hop.certificate) {
        auto certificate = m_signIns->certificateFor(url, token);
        if (!certificate)
            return std::unexpected(certificate.error());
        hop.certificate = *certificate;
    }
    const auto own = ownSignIn(hop);
    const bool ownIsGood = own && !m_signIns->isRefused({SignInPlace::of(url).server, {}}, *own);
    auto login = ownIsGood ? std::nullopt : m_signIns->usual(url);
    if (!login) {
        if (own && !ownIsGood)
            hop.secrets.removeIf(isAuthorization); // asking first costs nothing; a wrong one again may lock the account
        return {};
    }
    const auto fresh = refresh(*login, false, token);
    if (!fresh)
        return std::unexpected(fresh.error());
    return *fresh ? apply(hop, *login) : Status();
}

Result<bool> SignInSteps::answer(Hop &hop, const Exchange &exchange, const CancelToken &token) const
{
    if (!m_signIns)
        return false;
    const bool trial = hop.request.trial != nullptr;
    if (exchange.failure == Failure::ProxySignIn || (exchange.failure == Failure::None && exchange.status == 407))
        return answerProxy(hop, token); // also for a server of tokens
    if (hop.request.isSignIn && !trial)
        return false;
    if (exchange.failure == Failure::None && exchange.status == 401)
        return answerServer(hop, exchange, token);
    if (!trial && !hop.certificate && wantsCertificate(exchange))
        m_signIns->ask({.place = SignInPlace::of(hop.request.url), .url = hop.request.url, .wantsCertificate = true});
    if (!trial && hop.login && exchange.failure == Failure::None && exchange.status < 400)
        m_signIns->accepted(*hop.login, hop.request.url);
    return false;
}

Result<bool> SignInSteps::answerServer(Hop &hop, const Exchange &exchange, const CancelToken &token) const
{
    const auto &url = hop.request.url;
    const auto challenge = parseChallenge(exchange.headers, "WWW-Authenticate");
    const auto place = SignInPlace::of(url, challenge.realm);
    const bool handshake = needsHandshake(challenge, url.scheme() == "https"_L1);
    if (++hop.answers > mostAnswers)
        return false;
    if (hop.request.trial) {
        if (hop.login || hop.request.trial->kind != CredentialKind::Basic)
            return false;
        return apply(hop, {place, *hop.request.trial, handshake}).transform([] { return true; });
    }
    bool refused = false;
    const auto isFor = [&place](const Login &login) {
        return login.place == place || login.place == SignInPlace{place.server, {}};
    };
    if (hop.login && isFor(*hop.login)) {
        // Tokens may end before their time. Once is enough: a new one that is not taken is no matter of age.
        if (hop.login->credential.kind == CredentialKind::OAuth && !std::exchange(hop.renewed, true)) {
            auto login = *hop.login;
            const auto fresh = refresh(login, true, token);
            if (!fresh)
                return std::unexpected(fresh.error());
            if (*fresh)
                return apply(hop, login).transform([] { return true; });
        }
        m_signIns->refused(hop.login->place, hop.login->credential);
        refused = true;
    } else if (const auto own = ownSignIn(hop)) {
        m_signIns->refused({place.server, {}}, *own);
        refused = true;
    }
    const auto again = useKept(hop, place, handshake, token);
    if (again && !*again)
        m_signIns->ask({.place = place, .url = url, .refused = refused});
    return again;
}

Result<bool> SignInSteps::useKept(Hop &hop, const SignInPlace &place, bool handshake, const CancelToken &token) const
{
    auto found = m_signIns->find(place, token);
    if (!found)
        return std::unexpected(found.error());
    if (!*found)
        return false;
    auto login = **found;
    login.handshake = handshake && login.credential.kind == CredentialKind::Basic;
    if (hop.login == login)
        return false;
    const auto fresh = refresh(login, false, token);
    if (!fresh || !*fresh)
        return fresh;
    return apply(hop, login).transform([] { return true; });
}

Result<bool> SignInSteps::answerProxy(Hop &hop, const CancelToken &token) const
{
    const auto proxies = m_proxies->find(hop.request.url);
    if (proxies.isEmpty() || proxies.front().hostName().isEmpty() || ++hop.answers > mostAnswers)
        return false;
    const auto place = SystemProxies::placeOf(proxies.front());
    const auto sent = m_proxies->signIn(place);
    if (const auto &trial = hop.request.trial) {
        if (hop.answers > 1) { // others shall not go on with it
            m_proxies->setSignIn(place, std::nullopt);
            return false;
        }
        m_proxies->setSignIn(place, *trial);
        return true;
    }
    auto found = m_signIns->find(place, token);
    if (!found)
        return std::unexpected(found.error());
    if (sent && *found && (*found)->credential == *sent) {
        m_signIns->refused(place, *sent);
        found = std::nullopt;
    }
    m_proxies->setSignIn(place, *found ? std::optional((*found)->credential) : std::nullopt);
    if (*found)
        return true;
    m_signIns->ask({.place = place, .url = hop.request.url, .refused = sent.has_value()});
    return false;
}

Result<bool> SignInSteps::refresh(Login &login, bool force, const CancelToken &token) const
{
    auto &credential = login.credential;
    if (credential.kind != CredentialKind::OAuth || !credential.oauth)
        return true;
    const auto isGood = [&](const OAuthTokens &tokens) { return isFresh(tokens, QDateTime::currentDateTimeUtc()); };
    if (!force && isGood(credential.oauth->tokens))
        return true;
    std::unique_lock lock(m_signIns->renewing(), std::defer_lock);
    while (!lock.try_lock_for(std::chrono::milliseconds(100)))
        if (token.stop_requested())
            return cancelled();
    // Another request may have done it meanwhile
    if (const auto now = m_signIns->find(login.place, token); now && *now && (*now)->credential.oauth
        && (*now)->credential != credential && isGood((*now)->credential.oauth->tokens)) {
        credential = (*now)->credential;
        return true;
    }
    const auto tokens = renewTokens(credential, m_send, token);
    if (!tokens && tokens.error().kind == ErrorKind::NotReadable)
        return false;
    if (!tokens)
        return std::unexpected(tokens.error());
    credential.oauth->tokens = *tokens;
    m_signIns->renewed(login, token);
    return true;
}

Status SignInSteps::apply(Hop &hop, Login login) const
{
    hop.secrets.removeIf(isAuthorization);
    if (!login.handshake) {
        const QPair<QByteArray, QByteArray> header(login.credential.header());
        if (!isSafeHeader(header))
            return failure(ErrorKind::Invalid,
                           NetTexts::tr("The sign-in stored for “%1” cannot be sent.").arg(login.place.host()),
                           NetTexts::tr("Enter user and password anew, or ask for access."));
        hop.secrets.append(header);
    }
    hop.login = std::move(login);
    return {};
}

} // namespace hanseatlas
