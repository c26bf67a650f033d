// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace hanseatlas::test
{

/** What the server was asked. */
struct ServedRequest {
    QByteArray method;
    QByteArray target; ///< path and query as sent; a whole address where we are the proxy
    QList<QPair<QByteArray, QByteArray>> headers;
    QByteArray body;
    int host = 0; ///< which of the server's hosts
    int connection = 0; ///< counts connections over all hosts, from 1

    QByteArray path() const { return target.split('?').front(); }
    QByteArray header(QByteArrayView name) const;
};

/** What it says to that, and how badly. */
struct ServedReply {
    int status = 200;
    QByteArray body;
    QList<QPair<QByteArray, QByteArray>> headers;
    std::chrono::milliseconds delay{0}; ///< before the first byte
    qsizetype piece = 0; ///< bytes that are sent at a time; 0 = all
    std::chrono::milliseconds pause{0}; ///< between pieces
    bool chunked = false; ///< Transfer-Encoding: chunked, a chunk for each piece
    bool withLength = true; ///< Content-Length, where it is not chunked
    qsizetype cutAfter = -1; ///< closes after so many bytes of the body
    bool never = false; ///< takes the request and says nothing
    bool hangUp = false; ///< takes the request and closes the connection
    bool close = false; ///< closes after the answer
    QByteArray raw; ///< sent as it is, then closed
};

/** A web server on loopback addresses, in a thread of its own, that answers as it is told. Thread-safe. */
class LoopbackServer
{
public:
    using Handler = std::function<ServedReply(const ServedRequest &)>;

    struct Tls {
        QByteArray certificate; ///< PEM
        QByteArray key; ///< PEM
        QByteArray clients = {}; ///< PEM: only who shows a certificate of this authority is let in; "" = everybody
    };

    /** hosts: how many addresses (127.0.0.1, 127.0.0.2, …), each with a port of its own */
    explicit LoopbackServer(int hosts = 1);
    explicit LoopbackServer(const Tls &tls);
    ~LoopbackServer();
    LoopbackServer(const LoopbackServer &) = delete;
    LoopbackServer &operator=(const LoopbackServer &) = delete;

    /** False where the system has not so many loopback addresses. */
    bool isListening() const;
    QUrl url(const QString &target = QStringLiteral("/"), int host = 0) const;

    /** For a path; handlers are called on the server's thread. What has none is answered with 404. */
    void on(const QByteArray &path, Handler handler);
    void on(const QByteArray &path, const ServedReply &reply);
    /** One after the other; the last one stays. */
    void on(const QByteArray &path, const QList<ServedReply> &replies);
    /** For all that has no handler of its own. */
    void onOther(Handler handler);

    std::vector<ServedRequest> requests() const;
    int count(const QByteArray &path) const;
    /** Connections ever made. */
    int connections() const;
    /** Connections open now. */
    int openConnections() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hanseatlas::test
