// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/transfer_p.h"

#include "datasources/net/httpheaders.h"
#include "datasources/net/inflate.h"
#include "datasources/net/redirect_p.h"

#include <QAuthenticator>
#include <QHttp1Configuration>
#include <QIODevice>
#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QSslError>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Gives a body once. Qt sends a request anew, whatever its method, when the connection closes without an answer; with
 *  a body that cannot be had twice it must not. */
class OnceOnly final : public QIODevice
{
public:
    OnceOnly(QByteArray bytes, QObject *parent)
        : QIODevice(parent)
        , m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    bool reset() override { return m_position == 0; }
    bool seek(qint64 position) override { return position == m_position; }
    bool atEnd() const override { return m_position == m_bytes.size(); }
    qint64 bytesAvailable() const override { return m_bytes.size() - m_position; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        if (atEnd())
            return -1;
        const auto count = std::min(size, m_bytes.size() - m_position);
        std::memcpy(data, m_bytes.constData() + m_position, std::size_t(count));
        m_position += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const QByteArray m_bytes;
    qint64 m_position = 0;
};

void setConditions(QNetworkRequest &network, const HttpRequest &request)
{
    if (!request.etag.isEmpty())
        network.setRawHeader("If-None-Match", request.etag);
    if (request.lastModified.isValid())
        network.setRawHeader("If-Modified-Since", toHttpDate(request.lastModified));
}

QNetworkRequest networkRequest(const Hop &hop, int connections)
{
    const auto &request = hop.request;
    QNetworkRequest network(request.url);
    network.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    network.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    network.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    const bool handshake = hop.login && hop.login->handshake;
    network.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, // Manual: Qt answers nobody, not even a proxy
                         handshake || hop.proxySignIn ? QNetworkRequest::Automatic : QNetworkRequest::Manual);
    if (hop.certificate) {
        network.setSslConfiguration(*hop.certificate);
        network.setPeerVerifyName(request.url.host()); // for Qt another connection than those without it
    }
    network.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    QHttp1Configuration http1;
    http1.setNumberOfConnectionsPerHost(connections);
    network.setHttp1Configuration(http1);
    for (const auto &[name, value] : request.headers)
        network.setRawHeader(name, value);
    if (!request.accept.isEmpty())
        network.setRawHeader("Accept", request.accept.join(u", "_s).toUtf8());
    if (!request.body.isEmpty() && !request.contentType.isEmpty())
        network.setRawHeader("Content-Type", request.contentType);
    setConditions(network, request);
    network.setRawHeader("Accept-Encoding", "gzip"); // set by us, so that Qt leaves the unpacking to us
    for (const auto &[name, value] : hop.secrets)
        network.setRawHeader(name, value);
    return network;
}

QNetworkReply *send(QNetworkAccessManager &manager, const Hop &hop, int connections)
{
    auto network = networkRequest(hop, connections);
    const auto &request = hop.request;
    const auto method = methodName(request.method);
    if (request.method == HttpMethod::Get && request.body.isEmpty())
        return manager.get(network);
    if (request.method == HttpMethod::Head)
        return manager.head(network);
    if (request.isRepeatable() || request.body.isEmpty())
        return manager.sendCustomRequest(network, method, request.body);
    network.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    network.setRawHeader("Content-Length", QByteArray::number(request.body.size()));
    auto *body = new OnceOnly(request.body, nullptr);
    auto *reply = manager.sendCustomRequest(network, method, body);
    body->setParent(reply);
    return reply;
}

bool isProxyError(QNetworkReply::NetworkError error)
{
    return error >= QNetworkReply::ProxyConnectionRefusedError && error <= QNetworkReply::UnknownProxyError;
}

/** What Qt says about the connection. Its errors for a status of 400 and more are no errors here. */
Failure connectionFailure(QNetworkReply::NetworkError error, int status)
{
    switch (error) {
    case QNetworkReply::NoError:
        return Failure::None;
    case QNetworkReply::ConnectionRefusedError:
        return Failure::Refused;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::ContentReSendError:
        // With 307 and 308 Qt winds the body back, though it is told not to follow.
        if (error == QNetworkReply::ContentReSendError && isRedirect(status))
            return Failure::None;
        return status > 0 ? Failure::Truncated : Failure::Reset;
    case QNetworkReply::HostNotFoundError:
        return Failure::HostNotFound;
    case QNetworkReply::TimeoutError:
        return status > 0 ? Failure::Stalled : Failure::ConnectTimeout;
    case QNetworkReply::SslHandshakeFailedError:
        return Failure::Untrusted;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
        return Failure::BadProtocol;
    default:
        break;
    }
    if (error == QNetworkReply::ProxyAuthenticationRequiredError)
        return Failure::ProxySignIn;
    if (isProxyError(error))
        return Failure::Proxy;
    return status >= 400 && error > QNetworkReply::UnknownProxyError ? Failure::None : Failure::Other;
}

/** One that is looked at: not that of a redirect. */
bool hasBody(const HttpRequest &request, int status)
{
    return request.method != HttpMethod::Head && status != 204 && status != 304 && status >= 200 && !isRedirect(status);
}

} // namespace

QString Hop::host() const
{
    const bool tls = request.url.scheme() == "https"_L1;
    return u"%1://%2:%3"_s.arg(request.url.scheme(), request.url.host().toLower())
        .arg(request.url.port(tls ? 443 : 80));
}

bool isHostFailure(Failure failure)
{
    switch (failure) {
    case Failure::HostNotFound:
    case Failure::Refused:
    case Failure::ConnectTimeout:
    case Failure::FirstByteTimeout:
    case Failure::Reset:
    case Failure::Proxy:
    case Failure::Other:
        return true;
    default:
        return false;
    }
}

Transfer::Transfer(QNetworkAccessManager &manager, const Hop &hop, const Rules &rules, Listener listener)
    : QObject(&manager)
    , m_hop(hop)
    , m_listener(std::move(listener))
{
    m_clock.start();
    m_reply = send(manager, m_hop, rules.connectionsPerHost);
    m_reply->setParent(this);
    connectReply();
    if (m_hop.login && m_hop.login->handshake)
        connect(&manager, &QNetworkAccessManager::authenticationRequired, this, &Transfer::onSignIn);
    m_timeout.setSingleShot(true);
    connect(&m_timeout, &QTimer::timeout, this, &Transfer::onTimeout);
    m_timeout.start(m_hop.request.timeouts.connect);
    m_silence.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, [this] {
        m_silent = true;
        m_listener.silence(true);
    });
    m_silence.start(rules.silentAfter);
}

Transfer::~Transfer() = default;

void Transfer::connectReply()
{
    connect(m_reply, &QNetworkReply::requestSent, this, &Transfer::onRequestSent);
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this](qint64 sent) {
        if (sent > 0)
            onUpload(sent); // the total that Qt tells is wrong for bodies like ours
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Transfer::onMetaData);
    connect(m_reply, &QNetworkReply::readyRead, this, &Transfer::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &Transfer::conclude);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        for (const auto &error : errors)
            m_tlsErrors.append(error.errorString());
    });
}

void Transfer::onSignIn(QNetworkReply *reply, QAuthenticator *authenticator)
{
    if (reply != m_reply || std::exchange(m_signedIn, true)) // asked again: it was not taken
        return;
    authenticator->setUser(m_hop.login->credential.user);
    authenticator->setPassword(m_hop.login->credential.secret);
}

void Transfer::onRequestSent()
{
    // With a body Qt may tell this when it has sent the header, or when it has sent all.
    if (!m_uploaded)
        onUpload(0);
}

void Transfer::onUpload(qint64 sent)
{
    if (m_exchange.status > 0)
        return;
    m_uploaded = sent >= m_hop.request.body.size();
    m_timeoutMeans = m_uploaded ? Failure::FirstByteTimeout : Failure::Stalled;
    m_timeout.start(m_uploaded ? m_hop.request.timeouts.firstByte : m_hop.request.timeouts.stall);
}

void Transfer::onMetaData()
{
    if (m_exchange.status > 0)
        return;
    m_exchange.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_exchange.status <= 0)
        return;
    const auto pairs = m_reply->rawHeaderPairs();
    m_exchange.headers = HttpHeaders(pairs.begin(), pairs.end());
    if (headerValue(m_exchange.headers, "Transfer-Encoding").isEmpty())
        m_exchange.expected = parseContentLength(m_exchange.headers).value_or(-1);
    endSilence();
    m_timeoutMeans = Failure::Stalled;
    m_timeout.start(m_hop.request.timeouts.stall);
    m_listener.answered();
    if (hasBody(m_hop.request, m_exchange.status))
        prepareBody();
}

void Transfer::prepareBody()
{
    const auto encoding = headerValue(m_exchange.headers, "Content-Encoding").trimmed().toLower();
    if (encoding == "gzip" || encoding == "x-gzip" || encoding == "deflate")
        m_inflate = std::make_unique<Inflate>(m_hop.request.sizeLimit);
    else if (!encoding.isEmpty() && encoding != "identity")
        fail(Failure::BadEncoding);
    else if (m_exchange.expected > m_hop.request.sizeLimit)
        fail(Failure::TooLarge);
}

void Transfer::onReadyRead()
{
    if (m_exchange.failure == Failure::None)
        read();
}

void Transfer::read()
{
    const auto bytes = m_reply->readAll();
    if (bytes.isEmpty())
        return;
    m_timeout.start(m_hop.request.timeouts.stall);
    m_exchange.transferred += bytes.size();
    if (m_inflate) {
        switch (m_inflate->feed(bytes, m_exchange.body)) {
        case Inflate::Outcome::Fine:
            break;
        case Inflate::Outcome::Broken:
            return fail(Failure::BadEncoding);
        case Inflate::Outcome::TooLarge:
            return fail(Failure::TooLarge);
        }
    } else {
        m_exchange.body += bytes;
        if (m_exchange.body.size() > m_hop.request.sizeLimit)
            return fail(Failure::TooLarge);
    }
    m_listener.progress(m_exchange.transferred, m_exchange.expected);
}

void Transfer::onTimeout()
{
    fail(m_timeoutMeans);
}

void Transfer::fail(Failure why)
{
    if (m_exchange.failure == Failure::None)
        m_exchange.failure = why;
    m_reply->abort(); // leads to conclude(), if it is still running
}

void Transfer::endSilence()
{
    m_silence.stop();
    if (std::exchange(m_silent, false))
        m_listener.silence(false);
}

void Transfer::abort(Failure why)
{
    fail(why);
    conclude();
}

void Transfer::conclude()
{
    if (!m_listener.done)
        return;
    endSilence();
    if (m_exchange.failure == Failure::None) {
        onMetaData(); // an answer without a body may come and end in one
        if (m_exchange.failure == Failure::None)
            read();
    }
    if (m_exchange.failure == Failure::None)
        m_exchange.failure = judge();
    if (m_exchange.failure != Failure::None) {
        m_exchange.body.clear();
        if (m_exchange.detail.isEmpty() && m_reply->error() != QNetworkReply::NoError
            && m_reply->error() != QNetworkReply::OperationCanceledError)
            m_exchange.detail = m_reply->errorString();
        if (!m_tlsErrors.isEmpty())
            m_exchange.detail = m_tlsErrors.join(u"; "_s);
    }
    m_timeout.stop();
    m_exchange.duration = std::chrono::milliseconds(m_clock.elapsed());
    const auto done = std::exchange(m_listener.done, {});
    done(std::move(m_exchange));
}

Failure Transfer::judge()
{
    const auto failure = connectionFailure(m_reply->error(), m_exchange.status);
    if (failure != Failure::None)
        return failure;
    if (m_exchange.status <= 0)
        return Failure::BadProtocol;
    return hasBody(m_hop.request, m_exchange.status) ? judgeBody() : Failure::None;
}

Failure Transfer::judgeBody()
{
    if (m_exchange.expected >= 0 && m_exchange.transferred < m_exchange.expected)
        return Failure::Truncated;
    if (m_inflate && m_exchange.transferred > 0 && !m_inflate->isComplete())
        return Failure::Truncated;
    return Failure::None;
}

} // namespace hanseatlas
