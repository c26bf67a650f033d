// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/oauth.h"

#include "datasources/net/nettexts.h"
#include "datasources/net/redirectlistener_p.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QUrlQuery>

#include <array>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int earlier = 60; ///< seconds before their end tokens are renewed
constexpr qint64 longestToken = 16 * 1024;

QByteArray encoded(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

/** 32 bytes that nobody can guess, in 43 characters. */
QString randomText()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    const auto bytes = QByteArray::fromRawData(reinterpret_cast<const char *>(words.data()), sizeof words);
    return QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

bool isSafeAddress(const QUrl &url)
{
    const bool isLocal = url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
    return url.isValid() && !url.host().isEmpty()
        && (url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLocal));
}

/** A server's code for what is wrong, and its words: short and plain, as they are shown. */
Error refusal(const QString &host, const QString &code, const QString &description)
{
    constexpr qsizetype longest = 200;
    const auto said = (description.isEmpty() ? code : description).simplified().left(longest);
    const bool denied = code == "access_denied"_L1;
    Error error{.kind = ErrorKind::NotReadable,
                .what = denied ? NetTexts::tr("The sign-in at “%1” was declined.").arg(host)
                               : NetTexts::tr("“%1” does not give a token.").arg(host),
                .hint = NetTexts::tr("Check the client's name, its secret and the scope, or ask for access."),
                .detail = code.left(longest)};
    if (!said.isEmpty())
        error.what = NetTexts::tr("%1 It says: “%2”").arg(error.what, said);
    return error;
}

} // namespace

OAuthAttempt OAuthAttempt::random()
{
    return {.state = randomText(), .verifier = randomText()};
}

QString OAuthAttempt::challenge() const
{
    const auto hash = QCryptographicHash::hash(verifier.toLatin1(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

Status checkOAuth(const OAuthGrant &grant)
{
    const auto &setup = grant.setup;
    const auto check = [](const QString &address) -> Status {
        if (isSafeAddress(QUrl(address)))
            return {};
        return failure(ErrorKind::Invalid, NetTexts::tr("“%1” is no address for signing in.").arg(address.left(200)),
                       NetTexts::tr("It must begin with https://."));
    };
    if (setup.clientId.isEmpty())
        return failure(ErrorKind::Invalid, NetTexts::tr("The name of the client is missing."));
    return check(setup.tokenAddress).and_then([&] {
        return grant.byBrowser ? check(setup.authorizeAddress) : Status();
    });
}

QUrl authorizationUrl(const OAuthSetup &setup, const QUrl &redirect, const OAuthAttempt &attempt)
{
    QUrl url(setup.authorizeAddress);
    QUrlQuery query(url); // an address may bring parameters of its own
    const auto add = [&query](const QString &name, const QString &value) {
        query.removeAllQueryItems(name);
        query.addQueryItem(name, QString::fromLatin1(encoded(value)));
    };
    add(u"response_type"_s, u"code"_s);
    add(u"client_id"_s, setup.clientId);
    add(u"redirect_uri"_s, redirect.toString(QUrl::FullyEncoded));
    add(u"state"_s, attempt.state);
    add(u"code_challenge"_s, attempt.challenge());
    add(u"code_challenge_method"_s, u"S256"_s);
    if (!setup.scope.isEmpty())
        add(u"scope"_s, setup.scope);
    url.setQuery(query);
    return url;
}

HttpRequest tokenRequest(const Credential &client, const QList<std::pair<QString, QString>> &form)
{
    HttpRequest request{.url = QUrl(client.oauth ? client.oauth->setup.tokenAddress : QString()),
                        .method = HttpMethod::Post,
                        .contentType = "application/x-www-form-urlencoded",
                        .accept = {u"application/json"_s},
                        .sizeLimit = 256 * 1024,
                        .isSignIn = true,
                        .source = u"sign-in"_s,
                        .emptyAllowed = true,
                        .errorStatusAllowed = true};
    QByteArrayList parts;
    for (const auto &[name, value] : form)
        parts.append(encoded(name) + '=' + encoded(value));
    if (client.secret.isEmpty())
        parts.append("client_id=" + encoded(client.user));
    else // RFC 6749, 2.3.1: encoded as in a form, then as Basic
        request.headers.append(
            {"Authorization", "Basic " + (encoded(client.user) + ':' + encoded(client.secret)).toBase64()});
    request.body = parts.join('&');
    return request;
}

Result<OAuthTokens> parseTokens(const HttpAnswer &answer, const QString &host, const QDateTime &now)
{
    const auto object = QJsonDocument::fromJson(answer.body).object();
    if (const auto code = object["error"_L1].toString(); !code.isEmpty() || answer.status == 401)
        return std::unexpected(refusal(host, code, object["error_description"_L1].toString()));
    if (answer.status >= 400)
        return failure(ErrorKind::Network,
                       NetTexts::tr("“%1” reports a fault of its own (status %2).").arg(host).arg(answer.status),
                       NetTexts::tr("Try again later."));
    OAuthTokens tokens{.access = object["access_token"_L1].toString(),
                       .refresh = object["refresh_token"_L1].toString()};
    const auto type = object["token_type"_L1].toString(u"bearer"_s);
    const bool isPlain = std::ranges::all_of(tokens.access, [](QChar c) { return c > u' ' && c < u'\x7f'; });
    if (tokens.access.isEmpty() || tokens.access.size() > longestToken || tokens.refresh.size() > longestToken
        || !isPlain || type.compare("bearer"_L1, Qt::CaseInsensitive) != 0)
        return failure(ErrorKind::Malformed, NetTexts::tr("“%1” answers without a token of use.").arg(host),
                       NetTexts::tr("Check the token address."));
    constexpr double longest = 10.0 * 365 * 24 * 3600;
    const auto seconds = object["expires_in"_L1].toVariant().toDouble(); // a number, and by some a text
    if (seconds > 0)
        tokens.expires = now.addSecs(qint64(std::min(seconds, longest)));
    return tokens;
}

Result<QString> parseRedirect(const QByteArray &target, const OAuthAttempt &attempt, const QString &host)
{
    const QUrlQuery query(QUrl::fromEncoded(target).query(QUrl::FullyEncoded));
    const auto value = [&query](const QString &name) {
        return QUrl::fromPercentEncoding(query.queryItemValue(name, QUrl::FullyEncoded).replace(u'+', u' ').toUtf8());
    };
    if (value(u"state"_s) != attempt.state)
        return failure(ErrorKind::NotReadable,
                       NetTexts::tr("An answer came that belongs to no sign-in of this program; it was not taken."),
                       NetTexts::tr("Try to sign in again."), u"state"_s);
    if (const auto error = value(u"error"_s); !error.isEmpty())
        return std::unexpected(refusal(host, error, value(u"error_description"_s)));
    const auto code = value(u"code"_s);
    if (code.isEmpty())
        return failure(ErrorKind::Malformed, NetTexts::tr("“%1” answers without a token of use.").arg(host),
                       NetTexts::tr("Try to sign in again."));
    return code;
}

bool isFresh(const OAuthTokens &tokens, const QDateTime &now)
{
    return !tokens.access.isEmpty() && (!tokens.expires.isValid() || now.addSecs(earlier) < tokens.expires);
}

static Result<OAuthTokens> askForTokens(const Credential &client, const QList<std::pair<QString, QString>> &form,
                                        const OAuthSend &send, const CancelToken &token)
{
    const auto request = tokenRequest(client, form);
    const auto answer = send(request, token);
    if (!answer)
        return std::unexpected(answer.error());
    return parseTokens(*answer, request.url.host(), QDateTime::currentDateTimeUtc());
}

Result<OAuthTokens> renewTokens(const Credential &client, const OAuthSend &send, const CancelToken &token)
{
    const auto grant = client.oauth.value_or(OAuthGrant());
    if (const auto sound = checkOAuth(grant); !sound)
        return std::unexpected(sound.error());
    if (!grant.byBrowser) {
        QList<std::pair<QString, QString>> form{{u"grant_type"_s, u"client_credentials"_s}};
        if (!grant.setup.scope.isEmpty())
            form.append({u"scope"_s, grant.setup.scope});
        return askForTokens(client, form, send, token);
    }
    const auto host = QUrl(grant.setup.tokenAddress).host();
    if (grant.tokens.refresh.isEmpty())
        return failure(ErrorKind::NotReadable, NetTexts::tr("The sign-in at “%1” has expired.").arg(host),
                       NetTexts::tr("Sign in anew."));
    auto tokens = askForTokens(
        client, {{u"grant_type"_s, u"refresh_token"_s}, {u"refresh_token"_s, grant.tokens.refresh}}, send, token);
    if (tokens && tokens->refresh.isEmpty())
        tokens->refresh = grant.tokens.refresh; // the old one stays good (RFC 6749, 6)
    return tokens;
}

Result<OAuthTokens> signInByBrowser(const Credential &client, const std::function<void(const QUrl &)> &openBrowser,
                                    const OAuthSend &send, const CancelToken &token)
{
    const auto grant = client.oauth.value_or(OAuthGrant());
    if (const auto sound = checkOAuth(grant); !sound)
        return std::unexpected(sound.error());
    const auto host = QUrl(grant.setup.authorizeAddress).host();
    const auto attempt = OAuthAttempt::random();
    RedirectListener listener;
    const auto redirect = listener.listen();
    if (!redirect)
        return std::unexpected(redirect.error());
    openBrowser(authorizationUrl(grant.setup, *redirect, attempt));
    const auto code =
        listener.wait([&](const QByteArray &target) { return parseRedirect(target, attempt, host); }, token);
    if (!code)
        return std::unexpected(code.error());
    return askForTokens(client,
                        {{u"grant_type"_s, u"authorization_code"_s},
                         {u"code"_s, *code},
                         {u"redirect_uri"_s, redirect->toString(QUrl::FullyEncoded)},
                         {u"code_verifier"_s, attempt.verifier}},
                        send, token);
}

} // namespace hanseatlas
