// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/credentials.h"

#include <QObject>
#include <QSet>
#include <QUrl>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

class QSslConfiguration;

namespace hanseatlas
{

/** A sign-in on its way to a server. */
struct Login {
    SignInPlace place;
    Credential credential;
    bool handshake = false; ///< Qt talks with the server (Digest, NTLM, Negotiate); else a header is enough

    bool operator==(const Login &) const = default;
};

/** Which sign-ins there are for which servers, which of them were taken and which not, and who is to be asked. The
 *  secrets are kept by the Credentials; the list of what is kept is a file that holds none. Thread-safe; what blocks
 *  says so. */
class SignIns final : public QObject
{
    Q_OBJECT
public:
    /** `credentials` may be null; listPath: "" = the list ends with the program. */
    explicit SignIns(std::shared_ptr<SessionCredentials> credentials, QString listPath = {});
    ~SignIns() override;

    /** What the server took for addresses like this; need not be asked for first. */
    std::optional<Login> usual(const QUrl &url) const;
    /** What is kept for the place, unless the server did not take it. Blocks as the keychain does. */
    Result<std::optional<Login>> find(const SignInPlace &place, CancelToken token) const;
    /** The user's own certificate for the server; null = none. Blocks. */
    Result<std::shared_ptr<const QSslConfiguration>> certificateFor(const QUrl &url, CancelToken token) const;

    void accepted(const Login &login, const QUrl &url);
    void refused(const SignInPlace &place, const Credential &credential);
    bool isRefused(const SignInPlace &place, const Credential &credential) const;
    /** Asks the user once for each place, however many requests wait for it. */
    void ask(const SignInQuestion &question);
    /** The user looked at the question and does not want to hear of it again before askAgain(). */
    void dismiss(const SignInPlace &place);
    void askAgain(const QString &server); ///< and what was not taken may be tried again
    void answered(const SignInPlace &place);

    /** `lasting`: in the keychain, too; where that fails it is kept till the program ends, and the error says so. */
    Status keep(const KeptSignIn &kept, const Credential &credential, CancelToken token);
    /** The tokens of a kept one are new. */
    void renewed(const Login &login, CancelToken token);
    Status forget(const KeptSignIn &kept, CancelToken token);
    QList<KeptSignIn> kept() const;
    bool hasKeychain() const { return m_credentials->isLasting(); }
    /** One renewal at a time: who comes second finds the tokens of the first. */
    std::timed_mutex &renewing() { return m_renewing; }

signals:
    /** From any thread. */
    void wanted(const hanseatlas::SignInQuestion &question);
    void changed();

private:
    struct Learnt {
        QString server, folder; ///< of the path
        Login login;
    };
    static QString keyOf(const KeptSignIn &kept);
    bool hasEntry(const SignInPlace &place) const;
    bool isLasting(const QString &key) const;
    QString certificateKey(const QUrl &url, QString &file) const;
    void readList();
    Status writeList() const;

    const std::shared_ptr<SessionCredentials> m_credentials;
    const QString m_listPath;
    mutable std::mutex m_mutex;
    std::timed_mutex m_renewing;
    QList<KeptSignIn> m_kept;
    std::vector<Learnt> m_learnt;
    QSet<QByteArray> m_refused; ///< hashes
    QSet<QString> m_asked; ///< keys of places; answered ones leave
    QSet<QString> m_dismissed;
    mutable QHash<QString, std::shared_ptr<const QSslConfiguration>> m_certificates; ///< by file and server
};

/** The certificate and key of a PKCS#12 file, with the system's authorities. Blocks. */
Result<std::shared_ptr<const QSslConfiguration>> readCertificate(const QString &file, const QString &passPhrase);

} // namespace hanseatlas
