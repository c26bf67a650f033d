// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/httpclient.h"

#include "datasources/net/httperrors_p.h"
#include "datasources/net/httpheaders.h"
#include "datasources/net/nettexts.h"
#include "datasources/net/proxies_p.h"
#include "datasources/net/recorder_p.h"
#include "datasources/net/redact.h"
#include "datasources/net/redirect_p.h"
#include "datasources/net/retry_p.h"
#include "datasources/net/signinsteps_p.h"
#include "datasources/net/transferpool_p.h"

#include <QAuthenticator>
#include <QCoreApplication>
#include <QRandomGenerator>
#include <QThread>
#include <QUrlQuery>

#include <atomic>
#include <mutex>
#include <set>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** One send() that has not returned. Its own token ends it: by the caller's stop, by going offline, by the client's
 *  end. */
struct Call {
    std::stop_source stop;
    Failure why = Failure::Cancelled; ///< guarded by the door's mutex
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
};

QByteArray defaultUserAgent()
{
    const auto version = QCoreApplication::applicationVersion();
    return version.isEmpty() ? "Hanseatlas"_ba : "Hanseatlas/" + version.toUtf8();
}

/** In words for the log, which is not translated. */
QString reasonOf(const Exchange &exchange)
{
    switch (exchange.failure) {
    case Failure::None:
        return {};
    case Failure::Cancelled:
        return u"cancelled"_s;
    case Failure::Offline:
        return u"offline"_s;
    case Failure::HostResting:
        return u"host rests"_s;
    case Failure::ConnectTimeout:
        return u"no connection in time"_s;
    case Failure::FirstByteTimeout:
        return u"no answer in time"_s;
    case Failure::Stalled:
        return u"stalled"_s;
    case Failure::Truncated:
        return u"incomplete"_s;
    case Failure::ProxySignIn:
        return u"the proxy wants a sign-in"_s;
    case Failure::TooLarge:
        return u"too large"_s;
    case Failure::BadEncoding:
        return u"cannot be unpacked"_s;
    default:
        return exchange.detail.isEmpty() ? u"failed"_s : redactedText(exchange.detail);
    }
}

} // namespace

/** What client and calls share. */
class HttpClient::Door
{
public:
    Door(Options options, std::shared_ptr<Credentials> credentials, std::shared_ptr<const HttpClock> clock);
    ~Door();

    Result<HttpAnswer> send(const HttpRequest &request, const CancelToken &token, const Progress &progress);
    /** All calls end with Cancelled, from now on at once. */
    void close();
    void setOffline(bool offline);
    bool isOffline() const { return m_offline; }
    RequestLog &log() { return *m_log; }

private:
    bool enter(Call &call);
    void leave(Call &call);
    void stopCalls(Failure why);
    /** Runs it on the network thread, later; not at all once closed. */
    void post(std::function<void(TransferPool &)> job);
    Error stopped(const Call &call, const HttpRequest &request);

    Result<Hop> firstHop(const HttpRequest &request, const CancelToken &token) const;
    Result<HttpAnswer> converse(Hop hop, Call &call, const Progress &progress);
    Exchange exchange(const Hop &hop, Call &call, const Progress &progress);
    void note(const Hop &hop, const Exchange &exchange, const QDateTime &time);
    Result<HttpAnswer> conclude(const Hop &hop, Exchange exchange, const Call &call, int attempts) const;

    const Options m_options;
    const std::shared_ptr<Credentials> m_credentials;
    const std::shared_ptr<const HttpClock> m_clock;
    const std::shared_ptr<SystemProxies> m_proxies = std::make_shared<SystemProxies>();
    const SignInSteps m_signIn;
    const std::unique_ptr<RequestLog> m_log = std::make_unique<RequestLog>();
    Recorder m_recorder;
    std::atomic<bool> m_offline;
    std::atomic<RequestQueue::Id> m_lastId = 0;
    std::mutex m_mutex;
    bool m_closed = false; ///< guarded
    std::set<Call *> m_calls; ///< guarded
    TransferPool *m_pool = nullptr; ///< guarded; lives on m_thread
    QThread m_thread;
};

HttpClient::Door::Door(Options options, std::shared_ptr<Credentials> credentials,
                       std::shared_ptr<const HttpClock> clock)
    : m_options([&] {
        if (options.userAgent.isEmpty())
            options.userAgent = defaultUserAgent();
        return options;
    }())
    , m_credentials(std::move(credentials))
    , m_clock(clock ? std::move(clock) : std::make_shared<HttpClock>())
    , m_signIn(options.signIns, m_proxies,
               [this](const HttpRequest &request, const CancelToken &token) { return send(request, token, {}); })
    , m_recorder(options.recordDir.isEmpty() ? qEnvironmentVariable("HANSEATLAS_RECORD_DIR") : options.recordDir)
    , m_offline(options.offline)
{
    m_thread.setObjectName(u"network"_s);
    m_thread.start();
    auto *starter = new QObject; // the pool and its manager must be made on their thread
    starter->moveToThread(&m_thread);
    QMetaObject::invokeMethod(
        starter,
        [this, starter] {
            m_pool = new TransferPool(m_options.limits, m_options.health, m_clock);
            m_pool->manager().setProxyFactory(new PreparedProxyFactory(m_proxies));
            QObject::connect(
                &m_pool->manager(), &QNetworkAccessManager::proxyAuthenticationRequired, m_pool,
                [proxies = m_proxies](const QNetworkProxy &proxy, QAuthenticator *authenticator) {
                    const auto known = proxies->signIn(SystemProxies::placeOf(proxy));
                    if (!known || (authenticator->user() == known->user && authenticator->password() == known->secret))
                        return; // asked again: it was not taken
                    authenticator->setUser(known->user);
                    authenticator->setPassword(known->secret);
                });
            if (m_options.signIns)
                QObject::connect(m_options.signIns.get(), &SignIns::changed, m_pool,
                                 [pool = m_pool, proxies = m_proxies] {
                                     proxies->forgetSignIns();
                                     pool->forgetSignIns();
                                 });
            starter->deleteLater();
        },
        Qt::BlockingQueuedConnection);
}

HttpClient::Door::~Door() = default;

void HttpClient::Door::close()
{
    TransferPool *pool = nullptr;
    {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
        pool = std::exchange(m_pool, nullptr);
    }
    stopCalls(Failure::Cancelled);
    QMetaObject::invokeMethod(pool, [pool] { delete pool; }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

bool HttpClient::Door::enter(Call &call)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_closed)
        m_calls.insert(&call);
    return !m_closed;
}

void HttpClient::Door::leave(Call &call)
{
    const std::scoped_lock lock(m_mutex);
    m_calls.erase(&call);
}

void HttpClient::Door::stopCalls(Failure why)
{
    std::vector<std::stop_source> stops; // asked without the lock: what they set off needs it
    {
        const std::scoped_lock lock(m_mutex);
        for (auto *call : m_calls) {
            call->why = why;
            stops.push_back(call->stop);
        }
    }
    for (auto &stop : stops)
        stop.request_stop();
}

void HttpClient::Door::post(std::function<void(TransferPool &)> job)
{
    const std::scoped_lock lock(m_mutex);
    if (m_pool)
        QMetaObject::invokeMethod(m_pool, [pool = m_pool, job = std::move(job)] { job(*pool); }, Qt::QueuedConnection);
}

Error HttpClient::Door::stopped(const Call &call, const HttpRequest &request)
{
    const std::scoped_lock lock(m_mutex);
    return call.why == Failure::Offline ? offlineError(request) : cancelled().error();
}

void HttpClient::Door::setOffline(bool offline)
{
    if (m_offline.exchange(offline) == offline)
        return;
    if (offline) {
        stopCalls(Failure::Offline);
        post([](TransferPool &pool) { pool.closeConnections(); });
    } else {
        post([](TransferPool &pool) { pool.giveHostsANewChance(); });
    }
}

Result<HttpAnswer> HttpClient::Door::send(const HttpRequest &request, const CancelToken &token,
                                          const Progress &progress)
{
    if (const auto status = checkRequest(request); !status)
        return std::unexpected(status.error());
    Call call;
    if (!enter(call) || token.stop_requested()) {
        leave(call);
        return cancelled();
    }
    auto result = [&]() -> Result<HttpAnswer> {
        const std::stop_callback onStop(token, [&call] { call.stop.request_stop(); });
        if (m_offline) // asked after enter(): a switch in between has stopped the call
            return std::unexpected(offlineError(request));
        auto hop = firstHop(request, call.stop.get_token());
        if (!hop)
            return std::unexpected(hop.error());
        return converse(std::move(*hop), call, progress);
    }();
    // Whatever came of it: who asked to stop does not want to hear of errors.
    if (!result && call.stop.stop_requested())
        result = std::unexpected(token.stop_requested() ? cancelled().error() : stopped(call, request));
    leave(call);
    return result;
}

/** Each of them once, also where the address has it already. */
static QUrl carrying(const QUrl &url, const QList<std::pair<QString, QString>> &parameters)
{
    if (parameters.isEmpty())
        return url;
    auto changed = url;
    QUrlQuery query(url);
    for (const auto &[name, value] : parameters) {
        query.removeAllQueryItems(name);
        query.addQueryItem(QString::fromLatin1(QUrl::toPercentEncoding(name)),
                           QString::fromLatin1(QUrl::toPercentEncoding(value)));
    }
    changed.setQuery(query);
    return changed;
}

Result<Hop> HttpClient::Door::firstHop(const HttpRequest &request, const CancelToken &token) const
{
    Hop hop{.request = request};
    hop.request.headers.removeIf([](const auto &header) {
        return header.first.compare("Accept-Encoding", Qt::CaseInsensitive) == 0; // what we can unpack, we know
    });
    if (headerValue(hop.request.headers, "User-Agent").isEmpty())
        hop.request.headers.append({"User-Agent", m_options.userAgent});
    if (const auto user = request.url.userName(QUrl::FullyDecoded); !user.isEmpty()) {
        const Credential credential{CredentialKind::Basic, user, request.url.password(QUrl::FullyDecoded)};
        hop.secrets.append(credential.header());
        hop.request.url.setUserInfo({});
    }
    if (request.credentials.isEmpty() || !m_credentials)
        return hop;
    const auto found = m_credentials->find(request.credentials, token);
    if (!found)
        return std::unexpected(found.error());
    if (*found) {
        const QPair<QByteArray, QByteArray> header((*found)->header());
        if (!header.first.isEmpty() && !isSafeHeader(header))
            return failure(ErrorKind::Invalid,
                           NetTexts::tr("The sign-in stored for “%1” cannot be sent.").arg(request.url.host()),
                           NetTexts::tr("Enter user and password anew, or ask for access."));
        hop.secrets.clear();
        if (!header.first.isEmpty())
            hop.secrets = {header};
        hop.request.url = carrying(hop.request.url, (*found)->parameters);
        hop.carriesParameters = !(*found)->parameters.isEmpty();
    }
    return hop;
}

Result<HttpAnswer> HttpClient::Door::converse(Hop hop, Call &call, const Progress &progress)
{
    for (int retries = 0;;) {
        const auto token = call.stop.get_token();
        m_proxies->prepare(hop.request.url);
        if (const auto prepared = m_signIn.prepare(hop, token); !prepared)
            return std::unexpected(prepared.error());
        auto answer = exchange(hop, call, progress);
        if (call.stop.stop_requested())
            return std::unexpected(stopped(call, hop.request));
        const auto again = m_signIn.answer(hop, answer, token);
        if (!again)
            return std::unexpected(again.error());
        if (*again)
            continue;
        if (answer.failure == Failure::None && isRedirect(answer.status)) {
            auto next = followRedirect(hop, answer.status, headerValue(answer.headers, "Location"));
            if (!next)
                return std::unexpected(next.error());
            hop = std::move(*next);
            continue;
        }
        const auto pause = retryPause(m_options.retry, hop.request, answer, retries,
                                      QRandomGenerator::global()->generateDouble(), m_clock->now());
        if (!pause)
            return conclude(hop, std::move(answer), call, retries + 1);
        ++retries;
        if (!m_clock->wait(*pause, call.stop.get_token()))
            return std::unexpected(stopped(call, hop.request));
    }
}

Exchange HttpClient::Door::exchange(const Hop &hop, Call &call, const Progress &progress)
{
    const auto time = m_clock->now();
    const auto ticket = std::make_shared<Ticket>(hop, hop.request.priority, ++m_lastId);
    const std::stop_callback onStop(call.stop.get_token(), [this, &ticket] {
        ticket->finish({.failure = Failure::Cancelled});
        post([id = ticket->id](TransferPool &pool) { pool.drop(id); });
    });
    post([ticket](TransferPool &pool) { pool.add(ticket); });
    auto result = ticket->wait(progress);
    note(hop, result, time);
    return result;
}

void HttpClient::Door::note(const Hop &hop, const Exchange &exchange, const QDateTime &time)
{
    m_log->add({.time = time,
                .method = QString::fromLatin1(methodName(hop.request.method)),
                .url = redacted(hop.request.url),
                .source = hop.request.source,
                .status = exchange.status,
                .bytes = exchange.transferred,
                .queued = exchange.queued,
                .duration = exchange.duration,
                .fromCache = exchange.failure == Failure::None && exchange.status == 304,
                .error = reasonOf(exchange)});
    m_recorder.save(hop, exchange, time);
}

Result<HttpAnswer> HttpClient::Door::conclude(const Hop &hop, Exchange exchange, const Call &call, int attempts) const
{
    const auto &request = hop.request;
    if (exchange.failure != Failure::None)
        return std::unexpected(failureError(exchange, request));
    if (exchange.status >= 400 && !request.errorStatusAllowed)
        return std::unexpected(statusError(exchange, request, !hop.secrets.isEmpty() || hop.login, m_clock->now()));
    const bool asked = request.method == HttpMethod::Get || request.method == HttpMethod::Post;
    const bool notModified = exchange.status == 304;
    const bool conditional = !request.etag.isEmpty() || request.lastModified.isValid();
    if (notModified ? !conditional : asked && exchange.body.isEmpty() && !request.emptyAllowed && exchange.status < 400)
        return std::unexpected(emptyError(exchange, request));
    const auto type = parseMediaType(headerValue(exchange.headers, "Content-Type"));
    const auto now = m_clock->now();
    const auto freshness = parseFreshness(exchange.headers, now);
    HttpAnswer answer{.status = exchange.status,
                      .headers = exchange.headers,
                      .body = std::move(exchange.body),
                      .contentType = type.type,
                      .charset = type.charset,
                      .url = hop.carriesParameters ? QUrl(withoutSecrets(request.url.toString(QUrl::FullyEncoded)))
                                                   : request.url, // it is kept and shown
                      .notModified = notModified,
                      .etag = headerValue(exchange.headers, "ETag"),
                      .lastModified = parseHttpDate(headerValue(exchange.headers, "Last-Modified")),
                      .expires = freshness.expires,
                      .storable = freshness.storable,
                      .received = now,
                      .transferred = exchange.transferred,
                      .attempts = attempts};
    answer.duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - call.began);
    return answer;
}

HttpClient::HttpClient(Options options, std::shared_ptr<Credentials> credentials,
                       std::shared_ptr<const HttpClock> clock)
    : m_door(std::make_shared<Door>(std::move(options), std::move(credentials), std::move(clock)))
{
}

HttpClient::~HttpClient()
{
    m_door->close();
}

Result<HttpAnswer> HttpClient::send(const HttpRequest &request, CancelToken token, const Progress &progress)
{
    const auto door = m_door; // the client may be gone before the call returns
    return door->send(request, token, progress);
}

Result<HttpAnswer> HttpClient::get(HttpRequest request, CancelToken token, const Progress &progress)
{
    request.method = HttpMethod::Get;
    return send(request, std::move(token), progress);
}

Result<HttpAnswer> HttpClient::post(HttpRequest request, CancelToken token, const Progress &progress)
{
    request.method = HttpMethod::Post;
    return send(request, std::move(token), progress);
}

void HttpClient::setOffline(bool offline)
{
    m_door->setOffline(offline);
}

bool HttpClient::isOffline() const
{
    return m_door->isOffline();
}

RequestLog &HttpClient::log()
{
    return m_door->log();
}

} // namespace hanseatlas
