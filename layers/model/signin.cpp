// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/signin.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

int usualPort(const QString &scheme)
{
    return scheme == "https"_L1 ? 443 : scheme == "http"_L1 ? 80 : -1;
}

} // namespace

SignInPlace SignInPlace::of(const QUrl &url, const QString &realm)
{
    constexpr qsizetype longestRealm = 200; // it comes from the server, and goes into names and labels
    auto host = url.host().toLower();
    if (host.contains(u':'))
        host = u'[' + host + u']';
    return {.server = u"%1://%2:%3"_s.arg(url.scheme(), host).arg(url.port(usualPort(url.scheme()))),
            .realm = realm.simplified().left(longestRealm)};
}

QString SignInPlace::host() const
{
    const QUrl url(server);
    return url.port() == usualPort(url.scheme()) ? url.host() : u"%1:%2"_s.arg(url.host()).arg(url.port());
}

} // namespace hanseatlas
