// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/loopbackserver.h"

#include <QHostAddress>
#include <QMap>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <mutex>

using namespace Qt::StringLiterals;

namespace hanseatlas::test
{

namespace
{

/** Reads requests from one socket and answers them in turn. A child of the socket. */
class Connection final : public QObject
{
public:
    Connection(QTcpSocket *socket, int host, int number, LoopbackServer::Handler answer)
        : QObject(socket)
        , m_socket(socket)
        , m_host(host)
        , m_number(number)
        , m_answer(std::move(answer))
    {
        connect(socket, &QTcpSocket::readyRead, this, &Connection::onReadyRead);
        onReadyRead();
    }

private:
    void onReadyRead()
    {
        m_buffer += m_socket->readAll();
        if (!m_busy)
            parse();
    }

    void parse()
    {
        const auto end = m_buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        ServedRequest request{.host = m_host, .connection = m_number};
        const auto lines = m_buffer.first(end).split('\n');
        const auto words = lines.front().trimmed().split(' ');
        request.method = words.value(0);
        request.target = words.value(1);
        for (const auto &line : lines.mid(1)) {
            const auto colon = line.indexOf(':');
            request.headers.append({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
        }
        const auto length = request.header("Content-Length").toLongLong();
        if (m_buffer.size() < end + 4 + length)
            return;
        request.body = m_buffer.mid(end + 4, length);
        m_buffer.remove(0, end + 4 + length);
        m_busy = true;
        reply(m_answer(request), request.method == "HEAD");
    }

    void reply(ServedReply reply, bool headOnly)
    {
        if (reply.never)
            return;
        if (reply.hangUp)
            return m_socket->disconnectFromHost();
        QTimer::singleShot(reply.delay, this, [this, reply = std::move(reply), headOnly] {
            if (m_socket->state() != QAbstractSocket::ConnectedState)
                return;
            if (!reply.raw.isEmpty()) {
                m_socket->write(reply.raw);
                return m_socket->disconnectFromHost();
            }
            m_socket->write(headOf(reply));
            if (headOnly)
                return done(reply);
            send(reply, 0);
        });
    }

    static QByteArray headOf(const ServedReply &reply)
    {
        QByteArray head = "HTTP/1.1 " + QByteArray::number(reply.status) + " Said\r\n";
        for (const auto &[name, value] : reply.headers)
            head += name + ": " + value + "\r\n";
        if (reply.chunked)
            head += "Transfer-Encoding: chunked\r\n";
        else if (reply.withLength && reply.status != 204 && reply.status != 304)
            head += "Content-Length: " + QByteArray::number(reply.body.size()) + "\r\n";
        if (reply.close)
            head += "Connection: close\r\n";
        return head + "\r\n";
    }

    void send(const ServedReply &reply, qsizetype from)
    {
        if (m_socket->state() != QAbstractSocket::ConnectedState)
            return; // the client has had enough
        const auto end = reply.cutAfter >= 0 ? std::min(reply.cutAfter, reply.body.size()) : reply.body.size();
        const auto piece = reply.piece > 0 ? reply.piece : reply.body.size();
        const auto bytes = reply.body.mid(from, std::min(piece, end - from));
        if (reply.chunked && !bytes.isEmpty())
            m_socket->write(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
        else
            m_socket->write(bytes);
        const auto next = from + bytes.size();
        if (next < end) {
            QTimer::singleShot(reply.pause, this, [this, reply, next] { send(reply, next); });
        } else if (reply.cutAfter >= 0) {
            m_socket->disconnectFromHost();
        } else {
            if (reply.chunked)
                m_socket->write("0\r\n\r\n");
            done(reply);
        }
    }

    void done(const ServedReply &reply)
    {
        if (reply.close || (!reply.chunked && !reply.withLength))
            return m_socket->disconnectFromHost();
        m_busy = false;
        parse();
    }

    QTcpSocket *m_socket;
    const int m_host;
    const int m_number;
    const LoopbackServer::Handler m_answer;
    QByteArray m_buffer;
    bool m_busy = false;
};

} // namespace

class LoopbackServer::Private
{
public:
    Private(int hosts, const Tls *tls);
    ~Private();

    void listen(int host, const Tls *tls);
    void accept(QTcpServer *server, int host);
    ServedReply answer(const ServedRequest &request);

    QThread thread;
    QObject *home = new QObject; ///< lives on the thread, owns the servers
    QList<quint16> ports; ///< 0 = could not listen
    bool encrypted = false;
    mutable std::mutex mutex;
    QMap<QByteArray, Handler> handlers; ///< guarded
    Handler other; ///< guarded
    std::vector<ServedRequest> seen; ///< guarded
    std::atomic<int> connections = 0;
    std::atomic<int> open = 0;
};

LoopbackServer::Private::Private(int hosts, const Tls *tls)
    : encrypted(tls != nullptr)
{
    home->moveToThread(&thread);
    thread.start();
    QMetaObject::invokeMethod(
        home,
        [&] {
            for (int host = 0; host < hosts; ++host)
                listen(host, tls);
        },
        Qt::BlockingQueuedConnection);
}

LoopbackServer::Private::~Private()
{
    QMetaObject::invokeMethod(home, [this] { delete home; }, Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
}

void LoopbackServer::Private::listen(int host, const Tls *tls)
{
    QTcpServer *server = nullptr;
    if (tls) {
        auto *secure = new QSslServer(home);
        auto configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(QSslCertificate(tls->certificate));
        configuration.setPrivateKey(QSslKey(tls->key, QSsl::Rsa));
        if (!tls->clients.isEmpty()) {
            configuration.setCaCertificates(QSslCertificate::fromData(tls->clients));
            configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
        }
        secure->setSslConfiguration(configuration);
        server = secure;
    } else {
        server = new QTcpServer(home);
    }
    server->setListenBacklogSize(200);
    QObject::connect(server, &QTcpServer::pendingConnectionAvailable, server,
                     [this, server, host] { accept(server, host); });
    const bool good = server->listen(QHostAddress(u"127.0.0.%1"_s.arg(host + 1)));
    ports.append(good ? server->serverPort() : 0);
}

void LoopbackServer::Private::accept(QTcpServer *server, int host)
{
    while (auto *socket = server->nextPendingConnection()) {
        ++open;
        QObject::connect(socket, &QTcpSocket::disconnected, home, [this, socket] {
            --open;
            socket->deleteLater();
        });
        new Connection(socket, host, ++connections, [this](const ServedRequest &request) { return answer(request); });
    }
}

ServedReply LoopbackServer::Private::answer(const ServedRequest &request)
{
    Handler handler;
    {
        const std::scoped_lock lock(mutex);
        seen.push_back(request);
        handler = handlers.value(request.path(), other);
    }
    return handler ? handler(request) : ServedReply{.status = 404, .body = "nothing here"};
}

QByteArray ServedRequest::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers)
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    return {};
}

LoopbackServer::LoopbackServer(int hosts)
    : d(std::make_unique<Private>(hosts, nullptr))
{
}

LoopbackServer::LoopbackServer(const Tls &tls)
    : d(std::make_unique<Private>(1, &tls))
{
}

LoopbackServer::~LoopbackServer() = default;

bool LoopbackServer::isListening() const
{
    return !d->ports.contains(0);
}

QUrl LoopbackServer::url(const QString &target, int host) const
{
    const auto scheme = d->encrypted ? u"https"_s : u"http"_s;
    return QUrl(u"%1://127.0.0.%2:%3%4"_s.arg(scheme).arg(host + 1).arg(d->ports[host]).arg(target));
}

void LoopbackServer::on(const QByteArray &path, Handler handler)
{
    const std::scoped_lock lock(d->mutex);
    d->handlers.insert(path, std::move(handler));
}

void LoopbackServer::on(const QByteArray &path, const ServedReply &reply)
{
    on(path, Handler([reply](const ServedRequest &) { return reply; }));
}

void LoopbackServer::on(const QByteArray &path, const QList<ServedReply> &replies)
{
    // Shared, as handlers are copied; called on the server's thread only.
    on(path, Handler([replies, next = std::make_shared<qsizetype>(0)](const ServedRequest &) {
           return replies[std::min((*next)++, replies.size() - 1)];
       }));
}

void LoopbackServer::onOther(Handler handler)
{
    const std::scoped_lock lock(d->mutex);
    d->other = std::move(handler);
}

std::vector<ServedRequest> LoopbackServer::requests() const
{
    const std::scoped_lock lock(d->mutex);
    return d->seen;
}

int LoopbackServer::count(const QByteArray &path) const
{
    const auto all = requests();
    return int(std::ranges::count_if(all, [&](const ServedRequest &request) { return request.path() == path; }));
}

int LoopbackServer::connections() const
{
    return d->connections;
}

int LoopbackServer::openConnections() const
{
    return d->open;
}

} // namespace hanseatlas::test
