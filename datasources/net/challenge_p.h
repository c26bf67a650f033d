// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/httprequest.h"

#include <QStringList>

/** What a server says that wants a sign-in (RFC 9110, 11.3). Pure; nothing in it is trusted. */
namespace hanseatlas
{

struct Challenge {
    QStringList schemes; ///< "basic", "digest", "bearer" …, in lower case, in order
    QString realm; ///< the first that is told

    bool offers(QLatin1StringView scheme) const { return schemes.contains(scheme); }
};

/** name: "WWW-Authenticate" or "Proxy-Authenticate"; there may be several headers, each with several challenges. */
Challenge parseChallenge(const HttpHeaders &headers, QByteArrayView name);

/** Must Qt sign in, as a header alone does not do? `encrypted`: what is sent cannot be read on its way. */
bool needsHandshake(const Challenge &challenge, bool encrypted);

} // namespace hanseatlas
