// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/net/netfixture.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

ServedReply redirectTo(const QByteArray &location, int status = 302)
{
    return {.status = status, .headers = {{"Location", location}}};
}

} // namespace

class TestHttpRedirects : public QObject
{
    Q_OBJECT

private slots:
    void fiveAreFollowed()
    {
        LoopbackServer server;
        for (int i = 0; i < 5; ++i)
            server.on("/" + QByteArray::number(i), redirectTo("/" + QByteArray::number(i + 1), i % 2 ? 301 : 308));
        server.on("/5", ServedReply{.body = "there"});
        HttpClient client;
        const auto answer = client.get({.url = server.url(u"/0"_s)}, {});
        VERIFY_RESULT(answer);
        QCOMPARE(answer->body, "there"_ba);
        QCOMPARE(answer->url, server.url(u"/5"_s));
        QCOMPARE(answer->attempts, 1);
        QCOMPARE(client.log().exchanges().size(), 6u);
    }

    void endlessOnesEnd()
    {
        LoopbackServer server;
        server.on("/x", redirectTo("/x"));
        HttpClient client;
        VERIFY_FAILS(client.get({.url = server.url(u"/x"_s)}, {}), ErrorKind::Network);
        QCOMPARE(server.count("/x"), 6);
    }

    void otherSchemesAreNotFollowed_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::newRow("file") << "file:///etc/hostname"_ba;
        QTest::newRow("ftp") << "ftp://127.0.0.1/"_ba;
        QTest::newRow("data") << "data:text/plain,hello"_ba;
        QTest::newRow("qrc") << "qrc:/x"_ba;
        QTest::newRow("nowhere") << ""_ba;
    }
    void otherSchemesAreNotFollowed()
    {
        QFETCH(QByteArray, location);
        LoopbackServer server;
        server.on("/x", redirectTo(location));
        HttpClient client;
        VERIFY_FAILS(client.get({.url = server.url(u"/x"_s)}, {}), ErrorKind::Network);
        QCOMPARE(server.requests().size(), 1u);
    }

    void dataAreNotSentToAnAddressThatNobodyChose()
    {
        LoopbackServer server;
        server.on("/x", redirectTo("/y", 302));
        server.on("/y", ServedReply{.body = "ok"});
        HttpClient client;
        VERIFY_FAILS(client.post({.url = server.url(u"/x"_s), .body = "<Insert/>"}, {}), ErrorKind::Network);
        QCOMPARE(server.count("/y"), 0);
        server.on("/x", redirectTo("/y", 307));
        VERIFY_RESULT(client.post({.url = server.url(u"/x"_s), .body = "<Insert/>"}, {}));
        QCOMPARE(server.requests().back().body, "<Insert/>"_ba);
        QCOMPARE(server.requests().back().method, "POST"_ba);
    }
};

QTEST_GUILESS_MAIN(TestHttpRedirects)
#include "tst_httpredirects.moc"
