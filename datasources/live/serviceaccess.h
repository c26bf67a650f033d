// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/httpclient.h"
#include "datasources/store/servicestore.h"

#include <memory>
#include <mutex>

namespace hanseatlas
{

/** What all that speak to services share: the door to the network and the store behind it. Both are made when they are
 *  first wanted, as a program without services needs neither. Any thread; held by those who use it. */
class ServiceAccess
{
public:
    struct Options {
        QString storePath; ///< of the store's database; empty = nothing is kept beyond the running program
        QString signInList; ///< the file that lists the kept sign-ins; empty = they end with the program
        StoreLimits limits;
        HttpClientOptions http;
    };
    explicit ServiceAccess(Options options, std::shared_ptr<Credentials> credentials = {});
    ~ServiceAccess();

    HttpClient &client();
    const std::shared_ptr<SignIns> &signIns() const { return m_signIns; }
    /** Takes user, password and tokens out of a web address and keeps them with the sign-ins; returns their key, also
     * where the address came with them before; "" = there were none. Does not wait. */
    QString keepSecrets(QString &address);
    /** What the sign-ins keep under a key; nothing: it is not known. Blocking: a keychain may ask the user. */
    Result<std::optional<Credential>> credential(const QString &key, const CancelToken &token) const;
    /** Where the store cannot be made at its place, one for this run of the program stands in, and problem() says so.
     */
    std::shared_ptr<ServiceStore> store();
    /** Beside the store, for files from the web; "" = nothing is kept. */
    QString filesFolder() const;
    QString problem() const; ///< what is wrong with the store, for people; "" = nothing, or not wanted yet

    /** Nothing is asked of the network any more, and what the store has is shown. */
    void setOffline(bool offline);
    bool isOffline() const;

private:
    struct Temporary;
    const Options m_options;
    std::shared_ptr<SessionCredentials> m_credentials;
    const std::shared_ptr<SignIns> m_signIns;
    mutable std::mutex m_mutex;
    QHash<QString, QString> m_keys; ///< of the sign-ins that came with an address, by what is left of it
    bool m_offline;
    QString m_problem;
    std::unique_ptr<Temporary> m_temporary;
    std::shared_ptr<ServiceStore> m_store;
    std::unique_ptr<HttpClient> m_client;
};

} // namespace hanseatlas
