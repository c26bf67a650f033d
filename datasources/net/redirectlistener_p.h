// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"
#include "layers/model/result.h"

#include <QTcpServer>
#include <QUrl>

#include <functional>

namespace hanseatlas
{

/** Waits on this computer's own address for the browser to come back from a sign-in (RFC 8252, 7.3). Made, used and
 *  destroyed on one thread, which needs no event loop. */
class RedirectListener
{
public:
    using Read = std::function<Result<QString>(const QByteArray &target)>;

    /** The address to be redirected to. */
    Result<QUrl> listen();
    /** What `read` makes of the first redirect. Other requests (an icon, a curious page) are answered with 404 and
     *  waited on; so is a redirect that belongs to another sign-in, but then the browser is told. */
    Result<QString> wait(const Read &read, const CancelToken &token);

private:
    /** Nothing where that was no redirect. */
    std::optional<Result<QString>> serve(QTcpSocket &socket, const Read &read, const CancelToken &token) const;

    QTcpServer m_server;
};

} // namespace hanseatlas
