// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/credentials.h"
#include "datasources/net/httpanswer.h"

#include <QUrl>

#include <functional>

/** Signing in by OAuth 2 (RFC 6749): the client for itself, and the user by the system's browser with PKCE (RFC 7636)
 *  and a redirect to this computer (RFC 8252). */
namespace hanseatlas
{

/** How requests go out; blocks. */
using OAuthSend = std::function<Result<HttpAnswer>(const HttpRequest &, const CancelToken &)>;

/** What belongs to one sign-in by the browser; secret until it is over. */
struct OAuthAttempt {
    QString state; ///< comes back with the redirect: nobody else's code is taken
    QString verifier; ///< 43 … 128 characters

    static OAuthAttempt random();
    QString challenge() const; ///< S256
};

/** Addresses are encrypted ones, or on this computer; what is needed for the way is there. */
Status checkOAuth(const OAuthGrant &grant);
QUrl authorizationUrl(const OAuthSetup &setup, const QUrl &redirect, const OAuthAttempt &attempt);
HttpRequest tokenRequest(const Credential &client, const QList<std::pair<QString, QString>> &form);
/** From the answer of the token address, also an error; `now`: UTC. */
Result<OAuthTokens> parseTokens(const HttpAnswer &answer, const QString &host, const QDateTime &now);
/** The code of a redirect's target ("/?code=…&state=…"), where it is the one of the attempt. */
Result<QString> parseRedirect(const QByteArray &target, const OAuthAttempt &attempt, const QString &host);

/** Has what it needs, and not so old that it would be refused on its way. */
bool isFresh(const OAuthTokens &tokens, const QDateTime &now);
/** New tokens for a client that has none, or none that are good; by its refresh token where the user has signed in.
 *  Blocks. NotReadable: the user must sign in anew. */
Result<OAuthTokens> renewTokens(const Credential &client, const OAuthSend &send, const CancelToken &token);
/** Has the user sign in with the browser and waits for it, for some minutes. Blocks. */
Result<OAuthTokens> signInByBrowser(const Credential &client, const std::function<void(const QUrl &)> &openBrowser,
                                    const OAuthSend &send, const CancelToken &token);

} // namespace hanseatlas
