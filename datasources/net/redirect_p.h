// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/exchange_p.h"
#include "layers/model/result.h"

namespace hanseatlas
{

constexpr int mostRedirects = 5;

/** 301, 302, 303, 307 and 308 */
bool isRedirect(int status);

/** Is a secret meant for `from` safe with `to`? The same host and port; http may become https on the usual ports. */
bool isSameOrigin(const QUrl &from, const QUrl &to);

/** Where the answer sends us. Only from http to https or within the same scheme; sign-in and the caller's own headers
 *  stay behind where the host changes; what must not be sent twice is not. */
Result<Hop> followRedirect(const Hop &hop, int status, const QByteArray &location);

} // namespace hanseatlas
