// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/proxies_p.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr std::chrono::minutes goodFor{5};

bool isLoopback(const QUrl &url)
{
    return url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
}

} // namespace

QString SystemProxies::keyOf(const QUrl &url)
{
    return u"%1://%2:%3"_s.arg(url.scheme(), url.host()).arg(url.port());
}

void SystemProxies::prepare(const QUrl &url)
{
    if (isLoopback(url))
        return;
    const auto key = keyOf(url);
    const auto now = std::chrono::steady_clock::now();
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto it = m_entries.constFind(key); it != m_entries.cend() && now - it->asked < goodFor)
            return;
    }
    auto proxies =
        QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url)); // without the lock: may take long
    const std::scoped_lock lock(m_mutex);
    m_entries.insert(key, {std::move(proxies), now});
}

QList<QNetworkProxy> SystemProxies::find(const QUrl &url) const
{
    const std::scoped_lock lock(m_mutex);
    const auto it = m_entries.constFind(keyOf(url));
    const bool isDirect =
        it == m_entries.cend() || it->proxies.isEmpty() || it->proxies.front().type() == QNetworkProxy::NoProxy;
    // Not NoProxy, though it means the same here: with it Qt 6.8 reads from the socket without a buffer, and then takes
    // a chunked body that was cut for a whole one.
    return isDirect ? QList{QNetworkProxy(QNetworkProxy::DefaultProxy)} : it->proxies;
}

SignInPlace SystemProxies::placeOf(const QNetworkProxy &proxy)
{
    return {.server = u"proxy://%1:%2"_s.arg(proxy.hostName().toLower()).arg(proxy.port()), .realm = {}};
}

void SystemProxies::setSignIn(const SignInPlace &place, const std::optional<Credential> &credential)
{
    const std::scoped_lock lock(m_mutex);
    if (credential)
        m_signIns.insert(place.server, *credential);
    else
        m_signIns.remove(place.server);
}

void SystemProxies::forgetSignIns()
{
    const std::scoped_lock lock(m_mutex);
    m_signIns.clear();
}

std::optional<Credential> SystemProxies::signIn(const SignInPlace &place) const
{
    const std::scoped_lock lock(m_mutex);
    const auto it = m_signIns.constFind(place.server);
    return it == m_signIns.cend() ? std::nullopt : std::optional(*it);
}

} // namespace hanseatlas
