// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/httpheaders.h"
#include "datasources/net/retry_p.h"

#include <algorithm>

namespace hanseatlas
{

std::optional<std::chrono::milliseconds> retryPause(const RetryRules &rules, const HttpRequest &request,
                                                    const Exchange &exchange, int done, double random,
                                                    const QDateTime &now)
{
    using std::chrono::milliseconds;
    if (!request.isRepeatable() || done >= rules.retries)
        return std::nullopt;
    const bool broken = exchange.failure == Failure::Reset || exchange.failure == Failure::Truncated;
    const bool busy = exchange.failure == Failure::None && (exchange.status == 503 || exchange.status == 429);
    if (!broken && !busy)
        return std::nullopt;
    if (busy) {
        if (const auto asked = parseRetryAfter(headerValue(exchange.headers, "Retry-After"), now)) {
            if (*asked > rules.longestRetryAfter)
                return std::nullopt;
            return *asked + milliseconds(qint64(random * double(rules.firstPause.count())));
        }
        if (exchange.status == 429) // it counts requests, and does not say until when
            return std::nullopt;
    }
    const auto pause = std::min(rules.longestPause, rules.firstPause * (1 << std::min(done, 20)));
    return milliseconds(qint64(double(pause.count()) * (0.5 + 0.5 * random)));
}

} // namespace hanseatlas
