// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"
#include "layers/model/result.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QUrl>

#include <functional>

/** Signing in to servers: what is asked and what is answered. Values; only SignInEntry holds secrets. */
namespace hanseatlas
{

enum class SignInWay {
    Password, ///< user and password: Basic, Digest, NTLM or Negotiate, as the server wants
    Token, ///< a bearer token
    ClientCredentials, ///< OAuth 2: the program signs in with its own name and secret
    AuthorizationCode, ///< OAuth 2: the user signs in with the browser
    Certificate, ///< a certificate of the user's own, from a PKCS#12 file
};

/** What a sign-in is for: of a server, or of a proxy, one realm. */
struct SignInPlace {
    QString server; ///< "https://host:443"; "proxy://host:port"
    QString realm; ///< as the server calls it; may be empty. Not trusted: plain text

    bool operator==(const SignInPlace &) const = default;
    bool isProxy() const { return server.startsWith(QLatin1StringView("proxy:")); }
    /** As people know it: with the port only where it is an unusual one. */
    QString host() const;
    /** The name under which the keychain keeps it. */
    QString key() const { return QStringLiteral("sign-in|%1|%2").arg(server, realm); }

    static SignInPlace of(const QUrl &url, const QString &realm = {});
};

/** A server wants to know who asks. */
struct SignInQuestion {
    SignInPlace place;
    QUrl url; ///< what was asked for, to try the answer with; may hold personal parameters: not to be shown
    bool refused = false; ///< the server did not take what is kept
    bool wantsCertificate = false;

    bool operator==(const SignInQuestion &) const = default;
};

/** Where an OAuth 2 server lies and as whom the program comes. */
struct OAuthSetup {
    QString authorizeAddress; ///< only for SignInWay::AuthorizationCode
    QString tokenAddress;
    QString clientId;
    QString scope; ///< separated by blanks; may be empty

    bool operator==(const OAuthSetup &) const = default;
};

/** What the user enters. Holds secrets: kept no longer than the dialog is open. */
struct SignInEntry {
    SignInWay way = SignInWay::Password;
    QString user;
    QString secret; ///< password, token, the client's secret, or the pass phrase of the file
    OAuthSetup oauth;
    QString certificateFile;
    bool remember = true; ///< beyond this run of the program, in the keychain of the system
};

/** A sign-in that is kept. Holds no secret. */
struct KeptSignIn {
    SignInPlace place;
    SignInWay way = SignInWay::Password;
    QString user; ///< or the client's name; "" = none
    QString certificateFile;
    bool lasting = false; ///< false: till the program ends

    bool operator==(const KeptSignIn &) const = default;
};

/** Port: signing in. All but the quick ones block, and are for workers. */
class SignInDoor
{
public:
    virtual ~SignInDoor() = default;
    /** Tries the entry at the server and keeps it where the server takes it. `openBrowser` is called where the user is
     *  to sign in there, on the calling thread. NotReadable: the server says no. */
    virtual Status signIn(const SignInQuestion &question, const SignInEntry &entry,
                          const std::function<void(const QUrl &)> &openBrowser, CancelToken token) = 0;
    virtual Status forget(const KeptSignIn &kept, CancelToken token) = 0;
    virtual QList<KeptSignIn> kept() const = 0; ///< quick
    virtual bool hasKeychain() const = 0; ///< quick; false: nothing lasts longer than the program runs
};

} // namespace hanseatlas

Q_DECLARE_METATYPE(hanseatlas::SignInQuestion)
