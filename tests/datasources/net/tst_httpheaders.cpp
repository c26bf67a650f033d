// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/httpheaders.h"
#include "tests/support/testkit.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

namespace
{

const QDateTime noon(QDate(2026, 3, 1), QTime(12, 0), QTimeZone::UTC);

} // namespace

class TestHttpHeaders : public QObject
{
    Q_OBJECT

private slots:
    void allThreeFormsOfADateAreRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QDateTime>("expected");
        const QDateTime time(QDate(1994, 11, 6), QTime(8, 49, 37), QTimeZone::UTC);
        QTest::newRow("IMF-fixdate") << "Sun, 06 Nov 1994 08:49:37 GMT"_ba << time;
        QTest::newRow("RFC 850") << "Sunday, 06-Nov-94 08:49:37 GMT"_ba << time;
        QTest::newRow("asctime") << "Sun Nov  6 08:49:37 1994"_ba << time;
        QTest::newRow("a number") << "0"_ba << QDateTime();
        QTest::newRow("words") << "tomorrow, perhaps"_ba << QDateTime();
        QTest::newRow("no such day") << "Sun, 31 Feb 2021 08:49:37 GMT"_ba << QDateTime();
        QTest::newRow("empty") << ""_ba << QDateTime();
    }
    void allThreeFormsOfADateAreRead()
    {
        QFETCH(QByteArray, text);
        QFETCH(QDateTime, expected);
        QCOMPARE(parseHttpDate(text), expected);
        if (expected.isValid())
            QCOMPARE(parseHttpDate(toHttpDate(expected)), expected);
    }

    void retryAfterIsSecondsOrADate_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("milliseconds"); // -1 = none
        QTest::newRow("seconds") << "120"_ba << qint64(120000);
        QTest::newRow("zero") << "0"_ba << qint64(0);
        QTest::newRow("date") << "Sun, 01 Mar 2026 12:00:30 GMT"_ba << qint64(30000);
        QTest::newRow("past date") << "Sun, 01 Mar 2026 11:00:00 GMT"_ba << qint64(0);
        QTest::newRow("negative") << "-5"_ba << qint64(-1);
        QTest::newRow("words") << "soon"_ba << qint64(-1);
        QTest::newRow("too many digits") << QByteArray(40, '9') << qint64(-1);
        QTest::newRow("missing") << ""_ba << qint64(-1);
    }
    void retryAfterIsSecondsOrADate()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, milliseconds);
        const auto result = parseRetryAfter(text, noon);
        QCOMPARE(result ? result->count() : -1, milliseconds);
    }

    void freshnessComesFromCacheControlBeforeExpires_data()
    {
        QTest::addColumn<HttpHeaders>("headers");
        QTest::addColumn<int>("seconds"); // from now; -1 = not told
        QTest::addColumn<bool>("storable");
        QTest::newRow("nothing") << HttpHeaders{} << -1 << true;
        QTest::newRow("max-age") << HttpHeaders{{"cache-control", "public, Max-Age=600"}} << 600 << true;
        QTest::newRow("max-age, aged") << HttpHeaders{{"Cache-Control", "max-age=600"}, {"Age", "100"}} << 500 << true;
        QTest::newRow("older than its age")
            << HttpHeaders{{"Cache-Control", "max-age=60"}, {"Age", "100"}} << 0 << true;
        QTest::newRow("max-age wins") << HttpHeaders{{"Cache-Control", "max-age=60"},
                                                     {"Expires", "Sun, 01 Mar 2026 13:00:00 GMT"}}
                                      << 60 << true;
        QTest::newRow("expires") << HttpHeaders{{"Expires", "Sun, 01 Mar 2026 13:00:00 GMT"}} << 3600 << true;
        QTest::newRow("a server with a wrong clock")
            << HttpHeaders{{"Date", "Mon, 02 Mar 2026 12:00:00 GMT"}, {"Expires", "Mon, 02 Mar 2026 12:10:00 GMT"}}
            << 600 << true;
        QTest::newRow("broken expires") << HttpHeaders{{"Expires", "-1"}} << 0 << true;
        QTest::newRow("no-cache") << HttpHeaders{{"Cache-Control", "no-cache, max-age=9"}} << 0 << true;
        QTest::newRow("no-store") << HttpHeaders{{"Cache-Control", "no-store"}} << 0 << false;
        QTest::newRow("negative age") << HttpHeaders{{"Cache-Control", "max-age=-9"}} << -1 << true;
    }
    void freshnessComesFromCacheControlBeforeExpires()
    {
        QFETCH(HttpHeaders, headers);
        QFETCH(int, seconds);
        QFETCH(bool, storable);
        const auto freshness = parseFreshness(headers, noon);
        QCOMPARE(freshness.storable, storable);
        QCOMPARE(freshness.expires, seconds < 0 ? QDateTime() : noon.addSecs(seconds));
    }

    void theMediaTypeLosesItsParametersAndItsCase()
    {
        const auto type = parseMediaType("Text/XML; Charset=\"ISO-8859-1\"; subtype=gml/3.1.1");
        QCOMPARE(type.type, u"text/xml"_s);
        QCOMPARE(type.charset, u"iso-8859-1"_s);
        QCOMPARE(parseMediaType("").type, QString());
    }

    void aHeaderWithALineBreakIsNotSafe()
    {
        QVERIFY(isSafeHeader({"X-Test", "a b\tc"}));
        QVERIFY(isSafeHeader({"X-Test", "Grüße"}));
        QVERIFY(isSafeHeader({"X-Test", ""}));
        QVERIFY(!isSafeHeader({"X-Test", "a\r\nHost: other"}));
        QVERIFY(!isSafeHeader({"X-Test", QByteArray("a\0b", 3)}));
        QVERIFY(!isSafeHeader({"X Test", "a"}));
        QVERIFY(!isSafeHeader({"X:Test", "a"}));
        QVERIFY(!isSafeHeader({"", "a"}));
    }

    void aLengthIsDigitsOnly()
    {
        QCOMPARE(parseContentLength({{"content-length", " 12 "}}).value_or(-1), 12);
        for (const auto &text : {"-1"_ba, "+5"_ba, "1e3"_ba, "0x10"_ba, "12, 12"_ba, ""_ba})
            QVERIFY2(!parseContentLength({{"Content-Length", text}}), text);
    }
};

QTEST_GUILESS_MAIN(TestHttpHeaders)
#include "tst_httpheaders.moc"
