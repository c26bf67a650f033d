// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/exchange_p.h"
#include "layers/model/result.h"

#include <QDateTime>

/** Turns what went wrong into words for the person at the desk. */
namespace hanseatlas
{

/** exchange.failure must not be None. */
Error failureError(const Exchange &exchange, const HttpRequest &request);

/** A status of 400 or more, with what the server says about it. `signedIn`: a secret was sent along. */
Error statusError(const Exchange &exchange, const HttpRequest &request, bool signedIn, const QDateTime &now);

/** A whole answer with nothing in it, where something was asked for. */
Error emptyError(const Exchange &exchange, const HttpRequest &request);

Error offlineError(const HttpRequest &request);

/** Address or headers that cannot be sent at all; nothing where all is well. */
Status checkRequest(const HttpRequest &request);

} // namespace hanseatlas
