// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/net/gzip.h"
#include "tests/datasources/net/netfixture.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace std::chrono_literals;

class TestHttpClient : public QObject
{
    Q_OBJECT

private slots:
    void anAnswerHasAllThatWasSent()
    {
        LoopbackServer server;
        server.on("/wms",
                  {.body = "<a/>",
                   .headers = {{"Content-Type", "Text/XML; charset=UTF-8"},
                               {"ETag", "\"7\""},
                               {"Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"},
                               {"Cache-Control", "max-age=600"},
                               {"X-Own", "yes"}}});
        HttpClient client;
        const auto before = QDateTime::currentDateTimeUtc();
        const auto answer = client.get({.url = server.url(u"/wms?REQUEST=GetCapabilities"_s)}, {});
        VERIFY_RESULT(answer);
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->body, "<a/>"_ba);
        QCOMPARE(answer->contentType, u"text/xml"_s);
        QCOMPARE(answer->charset, u"utf-8"_s);
        QCOMPARE(answer->etag, "\"7\""_ba);
        QCOMPARE(answer->lastModified, QDateTime(QDate(1994, 11, 6), QTime(8, 49, 37), QTimeZone::UTC));
        QVERIFY(std::abs(before.secsTo(answer->expires) - 600) < 20);
        QVERIFY(answer->storable);
        QCOMPARE(answer->header("x-own"), "yes"_ba);
        QCOMPARE(answer->url, server.url(u"/wms?REQUEST=GetCapabilities"_s));
        QCOMPARE(answer->transferred, 4);
        QCOMPARE(answer->attempts, 1);
        QVERIFY(!answer->notModified);
    }

    void theRequestArrivesAsItWasMeant()
    {
        LoopbackServer server;
        server.on("/wfs", ServedReply{.body = "ok"});
        HttpClient client({.userAgent = "Test/1"});
        VERIFY_RESULT(client.post({.url = server.url(u"/wfs?a=%C3%BC%20b"_s),
                                   .headers = {{"X-Own", "yes"}, {"Accept-Encoding", "br"}},
                                   .body = "<GetFeature/>",
                                   .contentType = "text/xml",
                                   .accept = {u"application/geo+json"_s, u"text/xml"_s}},
                                  {}));
        const auto seen = server.requests().front();
        QCOMPARE(seen.method, "POST"_ba);
        QCOMPARE(seen.target, "/wfs?a=%C3%BC%20b"_ba);
        QCOMPARE(seen.body, "<GetFeature/>"_ba);
        QCOMPARE(seen.header("Content-Type"), "text/xml"_ba);
        QCOMPARE(seen.header("Accept"), "application/geo+json, text/xml"_ba);
        QCOMPARE(seen.header("User-Agent"), "Test/1"_ba);
        QCOMPARE(seen.header("X-Own"), "yes"_ba);
        QCOMPARE(seen.header("Accept-Encoding"), "gzip"_ba);
        QVERIFY(seen.header("Authorization").isEmpty());
        QVERIFY(seen.header("Cookie").isEmpty());
    }

    void allMethodsAreSpoken_data()
    {
        QTest::addColumn<HttpMethod>("method");
        for (const auto method : {HttpMethod::Get, HttpMethod::Head, HttpMethod::Post, HttpMethod::Put,
                                  HttpMethod::Patch, HttpMethod::Delete})
            QTest::newRow(methodName(method)) << method;
    }
    void allMethodsAreSpoken()
    {
        QFETCH(HttpMethod, method);
        LoopbackServer server;
        server.on("/x", ServedReply{.body = "ok"});
        HttpClient client;
        const bool withBody = method != HttpMethod::Get && method != HttpMethod::Head;
        const auto answer = client.send({.url = server.url(u"/x"_s),
                                         .method = method,
                                         .body = withBody ? QByteArray(3'000'000, 'x') : QByteArray(),
                                         .contentType = "text/plain"},
                                        {});
        VERIFY_RESULT(answer);
        QCOMPARE(answer->body, method == HttpMethod::Head ? QByteArray() : "ok"_ba);
        QCOMPARE(server.requests().front().method, methodName(method));
        QCOMPARE(server.requests().front().body.size(), withBody ? 3'000'000 : 0);
    }

    void whatIsStillGoodIsNotSentAgain()
    {
        LoopbackServer server;
        server.on("/x", [](const ServedRequest &request) {
            return request.header("If-None-Match") == "\"7\""
                ? ServedReply{.status = 304, .headers = {{"ETag", "\"7\""}}}
                : ServedReply{.body = "new"};
        });
        HttpClient client;
        const auto time = QDateTime(QDate(1994, 11, 6), QTime(8, 49, 37), QTimeZone::UTC);
        const auto same = client.get({.url = server.url(u"/x"_s), .etag = "\"7\"", .lastModified = time}, {});
        VERIFY_RESULT(same);
        QVERIFY(same->notModified);
        QCOMPARE(same->status, 304);
        QCOMPARE(same->etag, "\"7\""_ba);
        QVERIFY(same->body.isEmpty());
        QCOMPARE(server.requests().front().header("If-Modified-Since"), "Sun, 06 Nov 1994 08:49:37 GMT"_ba);
        QVERIFY(client.log().exchanges().back().fromCache);

        const auto other = client.get({.url = server.url(u"/x"_s), .etag = "\"6\""}, {});
        VERIFY_RESULT(other);
        QVERIFY(!other->notModified);
        QCOMPARE(other->body, "new"_ba);
        QVERIFY(!client.log().exchanges().back().fromCache);
    }

    void aNotModifiedThatNobodyAskedForIsAnError()
    {
        LoopbackServer server;
        server.on("/x", ServedReply{.status = 304});
        HttpClient client;
        VERIFY_FAILS(client.get({.url = server.url(u"/x"_s)}, {}), ErrorKind::Malformed);
    }

    void packedAnswersAreUnpacked()
    {
        const auto text = QByteArray("Hansestadt ").repeated(100000);
        LoopbackServer server;
        server.on("/x", {.body = gzip(text), .headers = {{"Content-Encoding", "gzip"}}, .piece = 500});
        server.on("/chunked",
                  {.body = gzip(text), .headers = {{"Content-Encoding", "gzip"}}, .piece = 500, .chunked = true});
        HttpClient client;
        for (const auto &path : {u"/x"_s, u"/chunked"_s}) {
            const auto answer = client.get({.url = server.url(path)}, {});
            VERIFY_RESULT(answer);
            QVERIFY(answer->body == text);
            QCOMPARE(answer->transferred, gzip(text).size());
        }
    }

    void progressIsToldOnTheWaitingThread()
    {
        LoopbackServer server;
        server.on("/x", {.body = QByteArray(1000, 'x'), .piece = 100, .pause = 5ms});
        HttpClient client;
        std::vector<double> told;
        auto *thread = QThread::currentThread();
        bool elsewhere = false;
        VERIFY_RESULT(client.get({.url = server.url(u"/x"_s)}, {}, [&](double fraction) {
            told.push_back(fraction);
            elsewhere = elsewhere || QThread::currentThread() != thread;
        }));
        QVERIFY(told.size() > 1);
        QVERIFY(std::ranges::is_sorted(told));
        QVERIFY(told.front() > 0 && told.back() <= 1);
        QVERIFY(!elsewhere);
    }

    void connectionsAreKept()
    {
        LoopbackServer server;
        server.on("/x", ServedReply{.body = "ok"});
        HttpClient client;
        for (int i = 0; i < 10; ++i)
            VERIFY_RESULT(client.get({.url = server.url(u"/x"_s)}, {}));
        QCOMPARE(server.connections(), 1);
    }

    void aStatusOfFourHundredAndMoreIsAnError_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("400") << 400 << ErrorKind::Invalid;
        QTest::newRow("401") << 401 << ErrorKind::NotReadable;
        QTest::newRow("403") << 403 << ErrorKind::NotReadable;
        QTest::newRow("404") << 404 << ErrorKind::NotFound;
        QTest::newRow("405") << 405 << ErrorKind::Invalid;
        QTest::newRow("410") << 410 << ErrorKind::NotFound;
        QTest::newRow("429") << 429 << ErrorKind::Network;
        QTest::newRow("500") << 500 << ErrorKind::Network;
        QTest::newRow("502") << 502 << ErrorKind::Network;
        QTest::newRow("504") << 504 << ErrorKind::Network;
    }
    void aStatusOfFourHundredAndMoreIsAnError()
    {
        QFETCH(int, status);
        QFETCH(ErrorKind, kind);
        LoopbackServer server;
        server.on("/x", {.status = status, .body = "<html><title>Leider <b>nein</b></title></html>"});
        HttpClient client;
        const auto answer = client.get({.url = server.url(u"/x?token=geheim"_s)}, {});
        VERIFY_FAILS(answer, kind);
        QVERIFY2(answer.error().what.contains("127.0.0.1"_L1), qPrintable(answer.error().what));
        QVERIFY2(!toText(answer.error()).contains("geheim"_L1), qPrintable(toText(answer.error())));
        QVERIFY(!answer.error().detail.isEmpty());
        if (status != 401)
            QVERIFY2(answer.error().what.contains("Leider nein"_L1), qPrintable(answer.error().what));
        QCOMPARE(server.count("/x"), 1);

        const auto allowed = client.get({.url = server.url(u"/x"_s), .errorStatusAllowed = true}, {});
        VERIFY_RESULT(allowed);
        QCOMPARE(allowed->status, status);
        QVERIFY(allowed->body.contains("Leider"));
    }

    void noContentIsAnErrorUnlessExpected_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("200") << 200;
        QTest::newRow("204") << 204;
    }
    void noContentIsAnErrorUnlessExpected()
    {
        QFETCH(int, status);
        LoopbackServer server;
        server.on("/x", ServedReply{.status = status});
        HttpClient client;
        VERIFY_FAILS(client.get({.url = server.url(u"/x"_s)}, {}), ErrorKind::Malformed);
        VERIFY_FAILS(client.post({.url = server.url(u"/x"_s), .body = "a"}, {}), ErrorKind::Malformed);
        VERIFY_RESULT(client.get({.url = server.url(u"/x"_s), .emptyAllowed = true}, {}));
        VERIFY_RESULT(client.send({.url = server.url(u"/x"_s), .method = HttpMethod::Patch, .body = "a"}, {}));
    }

    void whatCannotBeSentIsRefused_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("empty") << QString();
        QTest::newRow("file") << u"file:///etc/passwd"_s;
        QTest::newRow("ftp") << u"ftp://a.example/"_s;
        QTest::newRow("no scheme") << u"//a.example/wms"_s;
        QTest::newRow("no host") << u"http:///wms"_s;
        QTest::newRow("words") << u"geoportal luebeck"_s;
    }
    void whatCannotBeSentIsRefused()
    {
        QFETCH(QString, url);
        HttpClient client;
        VERIFY_FAILS(client.get({.url = QUrl(url)}, {}), ErrorKind::Invalid);
    }

    void aSmuggledHeaderIsRefused()
    {
        LoopbackServer server;
        HttpClient client;
        VERIFY_FAILS(client.get({.url = server.url(), .headers = {{"X", "a\r\nHost: b"}}}, {}), ErrorKind::Invalid);
        VERIFY_FAILS(client.get({.url = server.url(), .etag = "a\r\nX: b"}, {}), ErrorKind::Invalid);
        VERIFY_FAILS(client.get({.url = server.url(), .accept = {u"a\r\nX: b"_s}}, {}), ErrorKind::Invalid);
        QCOMPARE(server.connections(), 0);
    }

    void theLogKnowsEveryExchange()
    {
        LoopbackServer server;
        server.on("/x", ServedReply{.body = "12345"});
        HttpClient client;
        VERIFY_RESULT(client.get({.url = server.url(u"/x?key=geheim"_s), .source = u"demo"_s}, {}));
        VERIFY_FAILS(client.get({.url = server.url(u"/missing"_s)}, {}), ErrorKind::NotFound);
        const auto exchanges = client.log().exchanges();
        QCOMPARE(exchanges.size(), 2u);
        QCOMPARE(exchanges[0].method, u"GET"_s);
        QCOMPARE(exchanges[0].status, 200);
        QCOMPARE(exchanges[0].bytes, 5);
        QCOMPARE(exchanges[0].source, u"demo"_s);
        QCOMPARE(exchanges[0].url, server.url(u"/x?key="_s).toString() + u'…');
        QVERIFY(exchanges[0].error.isEmpty());
        QVERIFY(exchanges[0].time.secsTo(QDateTime::currentDateTimeUtc()) < 60);
        QCOMPARE(exchanges[1].status, 404);
    }

    void offlineNothingIsSentAndCallersCanTell()
    {
        LoopbackServer server;
        server.on("/x", ServedReply{.body = "ok"});
        HttpClient client({.offline = true});
        QVERIFY(client.isOffline());
        const auto answer = client.get({.url = server.url(u"/x"_s)}, {});
        VERIFY_FAILS(answer, ErrorKind::Network);
        QVERIFY(isOfflineError(answer.error()));
        QCOMPARE(server.connections(), 0);

        client.setOffline(false);
        VERIFY_RESULT(client.get({.url = server.url(u"/x"_s)}, {}));
        const auto missing = client.get({.url = server.url(u"/missing"_s)}, {});
        QVERIFY(!isOfflineError(missing.error()));
    }

    void goingOfflineEndsWhoWaits()
    {
        LoopbackServer server;
        server.on("/x", ServedReply{.never = true});
        HttpClient client;
        auto waiting = sendLater(client, {.url = server.url(u"/x"_s)});
        QTRY_COMPARE(server.count("/x"), 1);
        client.setOffline(true);
        QVERIFY(isReadyWithin(waiting, 5s));
        QVERIFY(isOfflineError(waiting.get().error()));
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void offlineNoConnectionStaysOpenAndOnlineAllWorksAgain()
    {
        LoopbackServer server;
        server.on("/x", ServedReply{.body = "ok"});
        HttpClient client;
        for (int i = 1; i <= 3; ++i) {
            VERIFY_RESULT(client.get({.url = server.url(u"/x"_s)}, {}));
            QCOMPARE(server.connections(), i);
            client.setOffline(true);
            QTRY_COMPARE(server.openConnections(), 0);
            client.setOffline(false);
        }
    }

    void theSystemsProxyIsUsed()
    {
        LoopbackServer proxy;
        proxy.onOther([](const ServedRequest &) { return ServedReply{.body = "by proxy"}; });
        qputenv("http_proxy", proxy.url(QString()).toEncoded());
        const auto end = qScopeGuard([] { qunsetenv("http_proxy"); });
        HttpClient client;
        const auto answer =
            client.get({.url = QUrl(u"http://geo.luebeck.example/wms"_s), .timeouts = shortTimeouts()}, {});
        VERIFY_RESULT(answer);
        QCOMPARE(answer->body, "by proxy"_ba);
        QCOMPARE(proxy.requests().front().target, "http://geo.luebeck.example/wms"_ba);
    }
};

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
