// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/redirect_p.h"
#include "tests/support/testkit.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;

namespace
{

Hop hopTo(const QString &url, HttpMethod method = HttpMethod::Get)
{
    return {.request = {.url = QUrl(url),
                        .method = method,
                        .headers = {{"X-Own", "1"}, {"User-Agent", "us"}},
                        .body = "data"},
            .secrets = {{"Authorization", "Basic abc"}}};
}

} // namespace

class TestRedirect : public QObject
{
    Q_OBJECT

private slots:
    void itLeadsOnlyWhereItMay_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<QString>("to"); // "" = refused
        const auto web = u"http://a.example/x/y?q=1"_s;
        const auto safe = u"https://a.example/x/y?q=1"_s;
        QTest::newRow("path") << web << "/z"_ba << u"http://a.example/z"_s;
        QTest::newRow("relative") << web << "z?r=2"_ba << u"http://a.example/x/z?r=2"_s;
        QTest::newRow("other host") << web << "http://b.example/"_ba << u"http://b.example/"_s;
        QTest::newRow("without a scheme") << safe << "//b.example/"_ba << u"https://b.example/"_s;
        QTest::newRow("to encrypted") << web << "https://a.example/"_ba << u"https://a.example/"_s;
        QTest::newRow("loses its fragment") << web << "/z#part"_ba << u"http://a.example/z"_s;
        QTest::newRow("loses a password") << web << "http://me:secret@b.example/"_ba << u"http://b.example/"_s;
        QTest::newRow("to unencrypted") << safe << "http://a.example/"_ba << QString();
        QTest::newRow("file") << web << "file:///etc/passwd"_ba << QString();
        QTest::newRow("ftp") << web << "ftp://a.example/"_ba << QString();
        QTest::newRow("data") << web << "data:text/html,hello"_ba << QString();
        QTest::newRow("javascript") << web << "javascript:alert(1)"_ba << QString();
        QTest::newRow("no host") << web << "http:///x"_ba << QString();
        QTest::newRow("nothing") << web << ""_ba << QString();
        QTest::newRow("broken") << web << "http://[::x/"_ba << QString();
    }
    void itLeadsOnlyWhereItMay()
    {
        QFETCH(QString, from);
        QFETCH(QByteArray, location);
        QFETCH(QString, to);
        const auto next = followRedirect(hopTo(from), 302, location);
        if (to.isEmpty()) {
            VERIFY_FAILS(next, ErrorKind::Network);
            QVERIFY(next.error().what.contains("a.example"_L1));
            return;
        }
        VERIFY_RESULT(next);
        QCOMPARE(next->request.url.toString(), to);
        QCOMPARE(next->redirects, 1);
    }

    void secretsStayWithTheirHost_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<bool>("kept");
        QTest::newRow("same host") << u"https://a.example/"_s << "/z"_ba << true;
        QTest::newRow("same host in capitals") << u"https://a.example/"_s << "https://A.EXAMPLE/z"_ba << true;
        QTest::newRow("port spelled out") << u"https://a.example/"_s << "https://a.example:443/z"_ba << true;
        QTest::newRow("becomes encrypted") << u"http://a.example/"_s << "https://a.example/z"_ba << true;
        QTest::newRow("other host") << u"https://a.example/"_s << "https://b.example/z"_ba << false;
        QTest::newRow("sub-domain") << u"https://a.example/"_s << "https://x.a.example/z"_ba << false;
        QTest::newRow("other port") << u"https://a.example/"_s << "https://a.example:8443/z"_ba << false;
        QTest::newRow("encrypted on another port") << u"http://a.example/"_s << "https://a.example:8443/z"_ba << false;
    }
    void secretsStayWithTheirHost()
    {
        QFETCH(QString, from);
        QFETCH(QByteArray, location);
        QFETCH(bool, kept);
        const auto next = followRedirect(hopTo(from), 307, location);
        VERIFY_RESULT(next);
        QCOMPARE(!next->secrets.isEmpty(), kept);
        QCOMPARE(!headerValue(next->request.headers, "X-Own").isEmpty(), kept);
        QCOMPARE(headerValue(next->request.headers, "User-Agent"), "us"_ba);
    }

    void theSixthInARowIsRefused()
    {
        auto hop = hopTo(u"http://a.example/"_s);
        for (int i = 0; i < 5; ++i) {
            const auto next = followRedirect(hop, 301, "/z");
            VERIFY_RESULT(next);
            hop = *next;
        }
        VERIFY_FAILS(followRedirect(hop, 301, "/z"), ErrorKind::Network);
    }

    void dataAreNotSentTwiceNorElsewhere_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<bool>("repeatable");
        QTest::addColumn<QByteArray>("method"); // "" = refused
        QTest::newRow("see other") << 303 << "/z"_ba << false << "GET"_ba;
        QTest::newRow("see another host") << 303 << "http://b.example/"_ba << false << "GET"_ba;
        QTest::newRow("temporary") << 307 << "/z"_ba << false << "POST"_ba;
        QTest::newRow("permanent") << 308 << "/z"_ba << false << "POST"_ba;
        QTest::newRow("temporary, another host") << 307 << "http://b.example/"_ba << false << QByteArray();
        QTest::newRow("moved") << 301 << "/z"_ba << false << QByteArray();
        QTest::newRow("found") << 302 << "/z"_ba << false << QByteArray();
        QTest::newRow("a query that moved") << 301 << "/z"_ba << true << "POST"_ba;
        QTest::newRow("a query, another host") << 302 << "http://b.example/"_ba << true << "POST"_ba;
    }
    void dataAreNotSentTwiceNorElsewhere()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, location);
        QFETCH(bool, repeatable);
        QFETCH(QByteArray, method);
        auto hop = hopTo(u"http://a.example/"_s, HttpMethod::Post);
        hop.request.repeatable = repeatable;
        const auto next = followRedirect(hop, status, location);
        if (method.isEmpty()) {
            VERIFY_FAILS(next, ErrorKind::Network);
            return;
        }
        VERIFY_RESULT(next);
        QCOMPARE(methodName(next->request.method), method);
        QCOMPARE(next->request.body, method == "GET" ? QByteArray() : "data"_ba);
    }
};

QTEST_GUILESS_MAIN(TestRedirect)
#include "tst_redirect.moc"
