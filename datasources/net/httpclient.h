// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/credentials.h"
#include "datasources/net/hosthealth.h"
#include "datasources/net/httpanswer.h"
#include "datasources/net/httpclock.h"
#include "datasources/net/requestlog.h"
#include "datasources/net/signins.h"
#include "layers/model/job.h"
#include "layers/model/result.h"

#include <chrono>
#include <memory>

namespace hanseatlas
{

/** After a connection that broke, or status 503 or 429. Pauses double from try to try and vary by up to a half. */
struct RetryRules {
    int retries = 2; ///< on top of the first try
    std::chrono::milliseconds firstPause{500};
    std::chrono::milliseconds longestPause{8000};
    std::chrono::milliseconds longestRetryAfter{20000}; ///< a server that asks for a longer break gets no second try
};

struct HttpLimits {
    int perHost = 6; ///< transfers at a time
    int perNewHost = 2; ///< likewise while a host has not answered yet, not counting silent ones: a dead one holds few
    int global = 32; ///< transfers at a time that are heard of
    int connections = 256; ///< transfers at a time at all
    /** A transfer without a sign of life for so long is silent and does not count for `global`: it needs neither line
     *  nor CPU. */
    std::chrono::milliseconds silentAfter{1000};
};

struct HttpClientOptions {
    QByteArray userAgent; ///< empty = made from the program's name and version
    HttpLimits limits;
    RetryRules retry;
    HostHealthRules health;
    QString recordDir; ///< every exchange is saved there, without secrets; empty = HANSEATLAS_RECORD_DIR, or not at all
    bool offline = false; ///< how it starts
    std::shared_ptr<SignIns> signIns = {}; ///< for hosts that ask who we are; null = only what a request brings
};

/** The one door through which the program speaks HTTP.
 *
 *  send() blocks, so it is called from workers, any number at a time, never from the GUI thread; connections live on a
 *  thread of the client's own. TLS is always verified against the system's certificates; the proxy is the system's
 *  (loopback addresses go without). There are no cookies and there is no cache: callers store what they get and ask
 *  with its etag. A host or proxy that asks who we are gets what `signIns` keeps for it; where that has nothing, or it
 *  is not taken, the request fails and `signIns` has the user asked.
 *
 *  The client may be destroyed while calls wait: they end with Cancelled; none may begin afterwards. It needs a
 * QCoreApplication. What the system does to find the proxy for a host (a PAC script, every few minutes) and the
 * keychain run on the calling thread.
 */
class HttpClient final
{
public:
    using Options = HttpClientOptions;

    /** Needs may be shared with others; `credentials` and `clock` may be null (no secrets; real time). The log lives on
     *  the thread that makes the client. */
    explicit HttpClient(Options options = {}, std::shared_ptr<Credentials> credentials = {},
                        std::shared_ptr<const HttpClock> clock = {});
    ~HttpClient();
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    /** Sends the request and waits for the whole answer. A stop ends the call and the transfer at once; what is not
     * sent by then never is. Progress is told on the calling thread.
     *
     *  Errors: Cancelled; Network (no connection, time-out, cut, server fault, redirect refused; also offline, see
     *  isOfflineError()); NotFound (404, 410); NotReadable (sign-in missing or refused, keychain); TooLarge
     * (sizeLimit); Malformed (no HTTP, broken compression, nothing where content was due); Invalid (address, headers,
     * status 4xx). They say which host was asked, and carry no secrets. */
    Result<HttpAnswer> send(const HttpRequest &request, CancelToken token, const Progress &progress = {});
    /** send() with that method. */
    Result<HttpAnswer> get(HttpRequest request, CancelToken token, const Progress &progress = {});
    Result<HttpAnswer> post(HttpRequest request, CancelToken token, const Progress &progress = {});

    /** Any thread. Going offline ends all waiting calls with isOfflineError(), and every later one at once; going
     * online gives all hosts a new chance. */
    void setOffline(bool offline);
    bool isOffline() const;

    RequestLog &log();

private:
    class Door;
    std::shared_ptr<Door> m_door; ///< shared with the calls, that may return after the client is gone
};

/** Was nothing tried because the program works offline? Then there is nothing to report: the last known state stands.
 */
bool isOfflineError(const Error &error);
/** That error, for what else than this client stays away from the network. */
Error offlineErrorFor(const QString &host);

} // namespace hanseatlas
