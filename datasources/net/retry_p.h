// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/exchange_p.h"
#include "datasources/net/httpclient.h"

#include <optional>

namespace hanseatlas
{

/** How long to wait before trying again, or nothing where that is no use or not safe. `done`: tries repeated so far;
 *  `random`: 0 … 1, so that a hundred clients do not come back in the same moment. */
std::optional<std::chrono::milliseconds> retryPause(const RetryRules &rules, const HttpRequest &request,
                                                    const Exchange &exchange, int done, double random,
                                                    const QDateTime &now);

} // namespace hanseatlas
