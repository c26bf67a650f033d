// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/httpsignin.h"

#include "datasources/net/nettexts.h"
#include "datasources/net/oauth.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

HttpSignIn::HttpSignIn(HttpClient &client, std::shared_ptr<SignIns> signIns)
    : m_client(client)
    , m_signIns(std::move(signIns))
{
}

Status HttpSignIn::signIn(const SignInQuestion &question, const SignInEntry &entry,
                          const std::function<void(const QUrl &)> &openBrowser, CancelToken token)
{
    const auto credential = credentialOf(entry, openBrowser, token);
    if (!credential)
        return std::unexpected(credential.error());
    if (const auto taken = tryOut(question, *credential, token); !taken)
        return taken;
    const KeptSignIn kept{.place = question.place,
                          .way = entry.way,
                          .user = credential->kind == CredentialKind::Certificate ? QString() : credential->user,
                          .certificateFile = entry.certificateFile,
                          .lasting = entry.remember};
    auto secret = *credential;
    if (entry.way == SignInWay::Certificate)
        secret.user.clear(); // the file's place is no secret, and stands in the list
    return m_signIns->keep(kept, secret, token);
}

Result<Credential> HttpSignIn::credentialOf(const SignInEntry &entry,
                                            const std::function<void(const QUrl &)> &openBrowser,
                                            const CancelToken &token)
{
    switch (entry.way) {
    case SignInWay::Password:
        return Credential{CredentialKind::Basic, entry.user, entry.secret};
    case SignInWay::Token:
        return Credential{CredentialKind::Bearer, {}, entry.secret.trimmed()};
    case SignInWay::Certificate:
        return Credential{CredentialKind::Certificate, entry.certificateFile, entry.secret};
    case SignInWay::ClientCredentials:
    case SignInWay::AuthorizationCode:
        break;
    }
    Credential client{CredentialKind::OAuth, entry.oauth.clientId, entry.secret};
    client.oauth = OAuthGrant{.setup = entry.oauth, .byBrowser = entry.way == SignInWay::AuthorizationCode};
    const OAuthSend send = [this](const HttpRequest &request, const CancelToken &stop) {
        return m_client.send(request, stop);
    };
    auto tokens =
        client.oauth->byBrowser ? signInByBrowser(client, openBrowser, send, token) : renewTokens(client, send, token);
    if (!tokens)
        return std::unexpected(tokens.error());
    client.oauth->tokens = *std::move(tokens);
    return client;
}

Status HttpSignIn::tryOut(const SignInQuestion &question, const Credential &credential, const CancelToken &token)
{
    constexpr qint64 enough = 1024 * 1024; // only the status counts
    const auto answer = m_client.send({.url = question.url,
                                       .sizeLimit = enough,
                                       .trial = std::make_shared<const Credential>(credential),
                                       .isSignIn = true,
                                       .source = u"sign-in"_s,
                                       .emptyAllowed = true,
                                       .errorStatusAllowed = true},
                                      token);
    if (!answer && (answer.error().kind != ErrorKind::TooLarge && answer.error().kind != ErrorKind::Malformed))
        return std::unexpected(answer.error());
    const int status = answer ? answer->status : 200; // a large one is no matter of signing in
    const auto host = question.place.host();
    if (status == 401 || status == 407)
        return failure(ErrorKind::NotReadable, NetTexts::tr("“%1” does not accept this sign-in.").arg(host),
                       NetTexts::tr("Check what you have entered; mind capital letters."));
    if (status == 403 || (status == 400 && credential.kind == CredentialKind::Certificate))
        return failure(ErrorKind::NotReadable, NetTexts::tr("“%1” does not allow this request.").arg(host),
                       NetTexts::tr("Ask the operator of the service for access."));
    return {}; // any other fault has nothing to do with who asks
}

Status HttpSignIn::forget(const KeptSignIn &kept, CancelToken token)
{
    return m_signIns->forget(kept, token);
}

QList<KeptSignIn> HttpSignIn::kept() const
{
    return m_signIns->kept();
}

bool HttpSignIn::hasKeychain() const
{
    return m_signIns->hasKeychain();
}

} // namespace hanseatlas
