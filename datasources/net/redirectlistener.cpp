// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/redirectlistener_p.h"

#include "datasources/net/nettexts.h"

#include <QDeadlineTimer>
#include <QTcpSocket>

#include <chrono>
#include <memory>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr std::chrono::minutes patience{5};
constexpr int glance = 100; ///< ms between looks at the token
constexpr std::chrono::seconds requestTime{5};
constexpr qint64 longestRequest = 32 * 1024;

QByteArray page(const QByteArray &status, const QString &sentence)
{
    const auto body =
        u"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Hanseatlas</title></head>"
        "<body style=\"font-family:sans-serif;margin:3em\"><p>%1</p></body></html>"_s.arg(sentence.toHtmlEscaped())
            .toUtf8();
    return "HTTP/1.1 " + status
        + "\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
          "Connection: close\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

Result<QUrl> RedirectListener::listen()
{
    if (!m_server.listen(QHostAddress::LocalHost))
        return failure(ErrorKind::Internal,
                       NetTexts::tr("The program cannot wait for the browser's answer on this computer."), {},
                       m_server.errorString());
    return QUrl(u"http://127.0.0.1:%1/"_s.arg(m_server.serverPort()));
}

Result<QString> RedirectListener::wait(const Read &read, const CancelToken &token)
{
    const QDeadlineTimer deadline(patience);
    while (!deadline.hasExpired()) {
        if (token.stop_requested())
            return cancelled();
        if (!m_server.waitForNewConnection(glance))
            continue;
        const std::unique_ptr<QTcpSocket> socket(m_server.nextPendingConnection());
        if (!socket)
            continue;
        if (auto result = serve(*socket, read, token))
            return *result;
    }
    return failure(ErrorKind::NotReadable, NetTexts::tr("Nobody has signed in with the browser in time."),
                   NetTexts::tr("Try to sign in again."));
}

std::optional<Result<QString>> RedirectListener::serve(QTcpSocket &socket, const Read &read,
                                                       const CancelToken &token) const
{
    QByteArray request;
    const QDeadlineTimer deadline(requestTime); // browsers open connections that they do not use
    while (!request.contains("\r\n\r\n") && request.size() < longestRequest && !deadline.hasExpired()
           && !token.stop_requested() && socket.state() == QAbstractSocket::ConnectedState) {
        if (m_server.hasPendingConnections())
            break;
        if (socket.waitForReadyRead(glance))
            request += socket.read(longestRequest);
    }
    const auto words = request.left(request.indexOf('\r')).split(' ');
    const auto target = words.value(1);
    const bool isRedirect = words.value(0) == "GET" && (target.startsWith("/?"));
    std::optional<Result<QString>> result;
    if (isRedirect)
        result = read(target);
    // Another page may have sent it, to put its own code in the place of the user's: the right one may still come.
    if (result && !*result && result->error().detail == "state"_L1)
        result.reset();
    if (result && *result)
        socket.write(
            page("200 OK", NetTexts::tr("You are signed in. You may close this page and go back to Hanseatlas.")));
    else if (isRedirect)
        socket.write(page("400 Bad Request",
                          result ? result->error().what : NetTexts::tr("This sign-in does not belong to Hanseatlas.")));
    else
        socket.write(page("404 Not Found", u"404"_s));
    socket.disconnectFromHost();
    if (socket.state() != QAbstractSocket::UnconnectedState)
        socket.waitForDisconnected(1000);
    return result;
}

} // namespace hanseatlas
