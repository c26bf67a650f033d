// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/net/netfixture.h"

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace std::chrono_literals;

namespace
{

constexpr int hosts = 50;
constexpr int perHost = 4;

bool isDead(int host)
{
    return host % 5 == 0;
}

/** Four requests to each host that `wanted` accepts, all at once; milliseconds until those of living hosts are done.
 *  -1 where one of them failed. Waits for the dead ones, too, or ends them. */
qint64 crowd(LoopbackServer &server, const std::function<bool(int)> &wanted)
{
    HttpClient client;
    std::stop_source stop;
    std::vector<std::future<Result<HttpAnswer>>> living, dead;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < perHost; ++i)
        for (int host = 0; host < hosts; ++host)
            if (wanted(host))
                (isDead(host) ? dead : living)
                    .push_back(sendLater(client, {.url = server.url(u"/x"_s, host)}, stop.get_token()));
    bool good = true;
    for (auto &future : living)
        good = isReadyWithin(future, 30s) && future.get().has_value() && good;
    const auto elapsed = timer.elapsed();
    stop.request_stop();
    for (auto &future : dead)
        good = !future.get().has_value() && good;
    return good ? elapsed : -1;
}

} // namespace

class TestHttpCrowd : public QObject
{
    Q_OBJECT

private slots:
    void deadHostsDoNotDelayTheOthers()
    {
        LoopbackServer server(hosts);
        if (!server.isListening())
            QSKIP("the system has too few loopback addresses");
        server.on("/x", [](const ServedRequest &request) {
            return isDead(request.host) ? ServedReply{.never = true} : ServedReply{.body = "ok", .delay = 60ms};
        });
        const auto without = crowd(server, [](int host) { return !isDead(host); });
        const auto with = crowd(server, [](int) { return true; });
        QVERIFY(without > 0);
        QVERIFY(with > 0);
        qInfo("without dead hosts %lld ms, with them %lld ms", without, with);
        // A single time-out would be 60 s, a second of silence is what a line full of dead ones may cost.
        QVERIFY2(with < 3 * without + 500, qPrintable(u"%1 ms, without dead hosts %2 ms"_s.arg(with).arg(without)));
    }

    void silentTransfersDoNotCountForTheGlobalLimit()
    {
        LoopbackServer server(9);
        if (!server.isListening())
            QSKIP("the system has too few loopback addresses");
        server.on("/x", [](const ServedRequest &request) {
            return request.host < 8 ? ServedReply{.never = true} : ServedReply{.body = "ok"};
        });
        HttpClient client({.limits = {.global = 4, .silentAfter = 200ms}});
        std::stop_source stop;
        std::vector<std::future<Result<HttpAnswer>>> dead;
        for (int host = 0; host < 8; ++host)
            dead.push_back(sendLater(client, {.url = server.url(u"/x"_s, host)}, stop.get_token()));
        QTRY_COMPARE(server.requests().size(), 4u);
        QElapsedTimer timer;
        timer.start();
        VERIFY_RESULT(client.get({.url = server.url(u"/x"_s, 8)}, {}));
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
        stop.request_stop();
    }

    void aNewHostThatIsSlowGetsMoreLittleByLittle()
    {
        LoopbackServer server;
        server.on("/slow", ServedReply{.never = true});
        server.on("/x", ServedReply{.body = "ok"});
        HttpClient client({.limits = {.silentAfter = 200ms}});
        std::stop_source stop;
        std::vector<std::future<Result<HttpAnswer>>> slow;
        for (int i = 0; i < 4; ++i)
            slow.push_back(sendLater(client, {.url = server.url(u"/slow"_s)}, stop.get_token()));
        QTRY_COMPARE(server.count("/slow"), 2);
        QTRY_COMPARE(server.count("/slow"), 4);
        const auto answer = client.get({.url = server.url(u"/x"_s)}, {});
        stop.request_stop();
        VERIFY_RESULT(answer);
    }

    void noHostGetsMoreThanItsShare_data()
    {
        QTest::addColumn<int>("limit");
        QTest::newRow("2") << 2;
        QTest::newRow("6") << 6;
        QTest::newRow("10, more than Qt's own") << 10;
    }
    void noHostGetsMoreThanItsShare()
    {
        QFETCH(int, limit);
        LoopbackServer server;
        std::atomic<int> most = 0;
        server.onOther([&](const ServedRequest &) {
            most = std::max(most.load(), server.openConnections());
            return ServedReply{.body = "ok", .delay = 30ms};
        });
        HttpClient client({.limits = {.perHost = limit}});
        std::vector<std::future<Result<HttpAnswer>>> waiting;
        for (int i = 0; i < 40; ++i)
            waiting.push_back(sendLater(client, {.url = server.url(u"/%1"_s.arg(i))}));
        for (auto &future : waiting)
            VERIFY_RESULT(future.get());
        QVERIFY2(most <= limit, qPrintable(QString::number(most)));
        QVERIFY2(most > limit / 2, qPrintable(QString::number(most)));
    }

    void theNewestViewIsServedFirst()
    {
        LoopbackServer server;
        server.on("/first", ServedReply{.body = "ok", .delay = 300ms});
        server.onOther([](const ServedRequest &) { return ServedReply{.body = "ok"}; });
        HttpClient client({.limits = {.perHost = 1, .perNewHost = 1}});
        std::vector<std::future<Result<HttpAnswer>>> waiting;
        waiting.push_back(sendLater(client, {.url = server.url(u"/first"_s)}));
        QTRY_COMPARE(server.count("/first"), 1);
        for (const int view : {1, 2, 3, 1, 2, 3})
            waiting.push_back(sendLater(client, {.url = server.url(u"/%1"_s.arg(view)), .priority = view}));
        for (auto &future : waiting)
            VERIFY_RESULT(future.get());
        QByteArrayList order;
        for (const auto &request : server.requests())
            order.append(request.target);
        QCOMPARE(order.join(), "/first/3/3/2/2/1/1"_ba);
    }
};

QTEST_GUILESS_MAIN(TestHttpCrowd)
#include "tst_httpcrowd.moc"
