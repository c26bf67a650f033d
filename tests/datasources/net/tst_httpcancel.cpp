// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/net/netfixture.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace std::chrono_literals;

namespace
{

/** What calls an object that is gone is a fault of the caller, and none to test. Nothing tells that a call is inside,
 * so it gets some time from where it has begun. */
bool haveBegun(int calls)
{
    return QTest::qWaitFor([calls] { return begunCalls == calls; }) && (QTest::qWait(50), true);
}

} // namespace

class TestHttpCancel : public QObject
{
    Q_OBJECT

private slots:
    void init() { begunCalls = 0; }

    void aStopEndsTheCallAndTheTransfer_data()
    {
        QTest::addColumn<ServedReply>("reply");
        QTest::newRow("before the answer") << ServedReply{.never = true};
        QTest::newRow("half-way") << ServedReply{.body = QByteArray(1000, 'x'), .piece = 10, .pause = 1s};
        QTest::newRow("in a pause before the next try")
            << ServedReply{.status = 503, .headers = {{"Retry-After", "15"}}};
    }
    void aStopEndsTheCallAndTheTransfer()
    {
        QFETCH(ServedReply, reply);
        LoopbackServer server;
        server.on("/x", reply);
        HttpClient client;
        std::stop_source stop;
        auto waiting = sendLater(client, {.url = server.url(u"/x"_s)}, stop.get_token());
        QTRY_COMPARE(server.count("/x"), 1);
        QVERIFY(!isReadyWithin(waiting, 100ms));
        QElapsedTimer timer;
        timer.start();
        stop.request_stop();
        QVERIFY(isReadyWithin(waiting, 2s));
        QVERIFY2(timer.elapsed() < 200, qPrintable(QString::number(timer.elapsed())));
        const auto answer = waiting.get();
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
        if (reply.status == 200)
            QTRY_COMPARE(server.openConnections(), 0);
        QCOMPARE(server.count("/x"), 1);
    }

    void whoIsStoppedAlreadySendsNothing()
    {
        LoopbackServer server;
        HttpClient client;
        std::stop_source stop;
        stop.request_stop();
        const auto answer = client.get({.url = server.url(u"/x"_s)}, stop.get_token());
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
        QCOMPARE(server.connections(), 0);
    }

    void ofTwentyQuickViewsTheServerSeesFew()
    {
        LoopbackServer server;
        server.onOther([](const ServedRequest &) { return ServedReply{.body = "tile", .delay = 50ms}; });
        HttpClient client;
        std::vector<std::stop_source> stops(20);
        std::vector<std::future<Result<HttpAnswer>>> waiting;
        for (int view = 0; view < 20; ++view) {
            if (view > 0)
                stops[std::size_t(view - 1)].request_stop();
            waiting.push_back(sendLater(client, {.url = server.url(u"/%1"_s.arg(view)), .priority = view},
                                        stops[std::size_t(view)].get_token()));
        }
        for (int view = 0; view < 19; ++view) {
            const auto answer = waiting[std::size_t(view)].get();
            if (!answer) // it may have been quicker than its stop
                QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
        }
        VERIFY_RESULT(waiting.back().get());
        QVERIFY2(server.requests().size() <= 10, qPrintable(QString::number(server.requests().size())));
        QTRY_COMPARE(server.openConnections(), 1); // the kept one
    }

    void whatWaitsInTheQueueIsNeverSent()
    {
        LoopbackServer server;
        server.on("/slow", ServedReply{.body = "ok", .delay = 300ms});
        server.on("/x", ServedReply{.body = "ok"});
        HttpClient client({.limits = {.perHost = 1, .perNewHost = 1}});
        auto slow = sendLater(client, {.url = server.url(u"/slow"_s)});
        QTRY_COMPARE(server.count("/slow"), 1);
        std::stop_source stop;
        std::vector<std::future<Result<HttpAnswer>>> waiting;
        for (int i = 0; i < 19; ++i)
            waiting.push_back(sendLater(client, {.url = server.url(u"/x"_s)}, stop.get_token()));
        stop.request_stop();
        for (auto &future : waiting)
            QCOMPARE(future.get().error().kind, ErrorKind::Cancelled);
        VERIFY_RESULT(slow.get());
        VERIFY_RESULT(client.get({.url = server.url(u"/slow"_s)}, {})); // time for what should not come
        QCOMPARE(server.count("/x"), 0);
    }

    void theEndOfTheClientEndsAllCalls()
    {
        LoopbackServer server;
        server.on("/x", ServedReply{.never = true});
        server.on("/busy", ServedReply{.status = 503, .headers = {{"Retry-After", "15"}}});
        std::vector<std::future<Result<HttpAnswer>>> waiting;
        auto client = std::make_unique<HttpClient>();
        for (int i = 0; i < 20; ++i)
            waiting.push_back(sendLater(*client, {.url = server.url(i % 5 == 0 ? u"/busy"_s : u"/x"_s)}));
        QVERIFY(haveBegun(20));
        QTRY_VERIFY(server.requests().size() >= 2);
        QElapsedTimer timer;
        timer.start();
        client.reset();
        for (auto &future : waiting) {
            QVERIFY(isReadyWithin(future, 5s));
            const auto answer = future.get();
            QVERIFY(!answer);
            QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
        }
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void clientsComeAndGoUnderLoad()
    {
        LoopbackServer server;
        server.onOther([](const ServedRequest &request) {
            return ServedReply{.body = QByteArray(20000, 'x'),
                               .delay = std::chrono::milliseconds(request.target.size() % 7 * 20)};
        });
        for (int round = 0; round < 15; ++round) {
            begunCalls = 0;
            std::vector<std::future<Result<HttpAnswer>>> waiting;
            auto client = std::make_unique<HttpClient>();
            std::stop_source stop;
            for (int i = 0; i < 12; ++i)
                waiting.push_back(sendLater(*client, {.url = server.url(u"/"_s + QString(i, u'a'))},
                                            i % 3 == 0 ? stop.get_token() : CancelToken()));
            if (round % 2)
                QTest::qWait(round);
            stop.request_stop();
            QVERIFY(haveBegun(12));
            client.reset();
            for (auto &future : waiting) {
                QVERIFY(isReadyWithin(future, 5s));
                const auto answer = future.get();
                QVERIFY(answer || answer.error().kind == ErrorKind::Cancelled);
            }
        }
    }

    void aStoppedProbeMakesRoomForTheNext()
    {
        LoopbackServer server;
        server.on("/x", ServedReply{.never = true});
        auto clock = std::make_shared<TestClock>();
        HttpClient client({.retry = {.retries = 0}, .health = {.failures = 1, .rest = 30s}}, {}, clock);
        const HttpRequest request{.url = server.url(u"/x"_s), .timeouts = shortTimeouts()};
        VERIFY_FAILS(client.get(request, {}), ErrorKind::Network);
        clock->advance(31s);
        std::stop_source stop;
        auto patient = request;
        patient.timeouts.firstByte = 20s;
        auto probe = sendLater(client, patient, stop.get_token());
        QTRY_COMPARE(server.count("/x"), 2);
        stop.request_stop();
        QCOMPARE(probe.get().error().kind, ErrorKind::Cancelled);
        server.on("/x", ServedReply{.body = "ok"});
        VERIFY_RESULT(client.get(request, {}));
    }
};

QTEST_GUILESS_MAIN(TestHttpCancel)
#include "tst_httpcancel.moc"
