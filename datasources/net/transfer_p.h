// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/exchange_p.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

class QAuthenticator;
class QNetworkAccessManager;

namespace hanseatlas
{

class Inflate;

/** One request on its way, on the network thread, a child of the manager. Tells exactly once what came of it. */
class Transfer final : public QObject
{
public:
    struct Listener {
        std::function<void()> answered; ///< the first line of the answer is there
        /** Nothing was heard for Rules::silentAfter; and false when that has an end, at the latest before done(). */
        std::function<void(bool)> silence;
        std::function<void(qint64 received, qint64 total)> progress; ///< bytes on the wire; total -1 = unknown
        std::function<void(Exchange)> done;
    };
    struct Rules {
        int connectionsPerHost = 6;
        std::chrono::milliseconds silentAfter{1000};
    };

    Transfer(QNetworkAccessManager &manager, const Hop &hop, const Rules &rules, Listener listener);
    ~Transfer() override;

    /** Ends it at once; done() is called before this returns, if it was not yet. */
    void abort(Failure why);

private:
    void connectReply();
    void onSignIn(QNetworkReply *reply, QAuthenticator *authenticator);
    void onRequestSent();
    void onMetaData();
    void prepareBody();
    void onUpload(qint64 sent);
    void onReadyRead();
    void onTimeout();
    void conclude();
    Failure judge();
    Failure judgeBody();
    void read();
    void fail(Failure why);
    void endSilence();

    const Hop m_hop;
    Listener m_listener;
    QNetworkReply *m_reply = nullptr; ///< child
    std::unique_ptr<Inflate> m_inflate; ///< where the answer is compressed
    QTimer m_timeout;
    QTimer m_silence;
    QElapsedTimer m_clock;
    Exchange m_exchange;
    Failure m_timeoutMeans = Failure::ConnectTimeout;
    QStringList m_tlsErrors;
    bool m_uploaded = false; ///< the whole body
    bool m_silent = false;
    bool m_signedIn = false; ///< Qt was given the sign-in
};

} // namespace hanseatlas
