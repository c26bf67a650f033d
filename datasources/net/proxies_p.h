// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/signins.h"

#include <QHash>
#include <QList>
#include <QNetworkProxy>
#include <QNetworkProxyFactory>
#include <QUrl>

#include <chrono>
#include <memory>
#include <mutex>

namespace hanseatlas
{

/** The system's proxies. Asking for them may run a PAC script from somewhere, so workers ask before they send and the
 *  network thread finds the answer here, without waiting. All functions may be called from any thread. */
class SystemProxies
{
public:
    /** May block. Asked again after some minutes, as laptops move. */
    void prepare(const QUrl &url);
    /** Never blocks; direct where prepare() was not called. */
    QList<QNetworkProxy> find(const QUrl &url) const;
    /** As what the proxies are known to sign-ins. */
    static SignInPlace placeOf(const QNetworkProxy &proxy);
    void setSignIn(const SignInPlace &place, const std::optional<Credential> &credential);
    void forgetSignIns();
    std::optional<Credential> signIn(const SignInPlace &place) const;

private:
    struct Entry {
        QList<QNetworkProxy> proxies;
        std::chrono::steady_clock::time_point asked;
    };
    static QString keyOf(const QUrl &url);

    mutable std::mutex m_mutex;
    QHash<QString, Entry> m_entries;
    QHash<QString, Credential> m_signIns; ///< by server
};

class PreparedProxyFactory final : public QNetworkProxyFactory
{
public:
    explicit PreparedProxyFactory(std::shared_ptr<const SystemProxies> proxies)
        : m_proxies(std::move(proxies))
    {
    }
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override { return m_proxies->find(query.url()); }

private:
    const std::shared_ptr<const SystemProxies> m_proxies;
};

} // namespace hanseatlas
