// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"
#include "layers/model/result.h"
#include "layers/model/signin.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QMutex>
#include <QString>
#include <QThreadPool>

#include <memory>
#include <optional>

namespace hanseatlas
{

enum class CredentialKind {
    Basic, ///< user and password
    Bearer, ///< a token in the Authorization header
    Parameters, ///< only `parameters`
    Header, ///< a key in a header of its own, e.g. X-Api-Key; `user` is the header's name
    OAuth, ///< `user` and `secret` are the client's, the rest is in `oauth`
    Certificate, ///< `user` is a PKCS#12 file and `secret` its pass phrase
};

/** What an OAuth 2 server has given. */
struct OAuthTokens {
    QString access;
    QString refresh; ///< "" = none
    QDateTime expires; ///< UTC; invalid = not told

    bool operator==(const OAuthTokens &) const = default;
};

struct OAuthGrant {
    OAuthSetup setup;
    bool byBrowser = false; ///< the user has signed in there; else the client speaks for itself
    OAuthTokens tokens;

    bool operator==(const OAuthGrant &) const = default;
};

/** A secret. Kept no longer than a request takes; never logged, never written. */
struct Credential {
    CredentialKind kind = CredentialKind::Basic;
    QString user;
    QString secret;
    QList<std::pair<QString, QString>> parameters = {}; ///< of the query, sent besides
    std::optional<OAuthGrant> oauth = {};

    bool operator==(const Credential &) const = default;
    /** The header that carries it; nothing where only parameters do, or a certificate. */
    std::pair<QByteArray, QByteArray> header() const;
    /** The form in which a keychain keeps it; and back, nothing where it is none. */
    QByteArray toJson() const;
    static std::optional<Credential> fromJson(const QByteArray &json);
};

/** Port: where secrets are kept. Callable from any thread but the GUI's: a keychain may ask the user to unlock it, and
 *  that takes as long as it takes. */
class Credentials
{
public:
    virtual ~Credentials() = default;
    /** Nothing where the key is not known; NotReadable where the keychain is locked, refused or missing. */
    virtual Result<std::optional<Credential>> find(const QString &key, CancelToken token) const = 0;
    virtual Status store(const QString &key, const Credential &credential, CancelToken token) = 0;
    /** A key that is not there is no error. */
    virtual Status remove(const QString &key, CancelToken token) = 0;
    /** Is what is stored there still at the next start? Quick. */
    virtual bool isLasting() const { return true; }
};

/** Keeps them until the program ends. */
class MemoryCredentials final : public Credentials
{
public:
    Result<std::optional<Credential>> find(const QString &key, CancelToken token) const override;
    Status store(const QString &key, const Credential &credential, CancelToken token) override;
    Status remove(const QString &key, CancelToken token) override;

private:
    mutable QMutex m_mutex;
    QHash<QString, Credential> m_credentials;
};

/** Knows at once what came in while the program runs, and has it kept by another, which may be slow or have no place
 *  for it: what that one does not take is known until the program ends. */
class SessionCredentials final : public Credentials
{
public:
    explicit SessionCredentials(std::shared_ptr<Credentials> behind);
    ~SessionCredentials() override; ///< what is not kept by then is not

    Result<std::optional<Credential>> find(const QString &key, CancelToken token) const override;
    Status store(const QString &key, const Credential &credential, CancelToken token) override;
    Status remove(const QString &key, CancelToken token) override;
    bool isLasting() const override { return m_behind && m_behind->isLasting(); }

    /** Known till the program ends, and not handed on. */
    void keepForNow(const QString &key, const Credential &credential);
    /** Does not wait; any thread, also the GUI's. */
    void remember(const QString &key, const Credential &credential);

private:
    std::shared_ptr<Credentials> m_behind;
    MemoryCredentials m_known;
    std::stop_source m_end;
    QThreadPool m_writing;
};

} // namespace hanseatlas
