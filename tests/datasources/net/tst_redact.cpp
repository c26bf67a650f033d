// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/redact.h"
#include "tests/support/testkit.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;

class TestRedact : public QObject
{
    Q_OBJECT

private slots:
    void secretsLeaveAnAddress_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("user and password") << u"https://me:geheim@a.example/wms"_s;
        QTest::newRow("password with signs") << u"https://me:ge%40heim%2Fgeheim@a.example/wms"_s;
        QTest::newRow("token") << u"https://a.example/wms?SERVICE=WMS&token=geheim&LAYERS=a"_s;
        QTest::newRow("token in capitals") << u"https://a.example/wms?TOKEN=geheim"_s;
        QTest::newRow("key") << u"https://a.example/wms?key=geheim"_s;
        QTest::newRow("apikey") << u"https://a.example/wms?apikey=geheim"_s;
        QTest::newRow("api_key") << u"https://a.example/wms?api_key=geheim"_s;
        QTest::newRow("api-key") << u"https://a.example/wms?x=1&Api-Key=geheim"_s;
        QTest::newRow("access_token") << u"https://a.example/wms?access_token=geheim"_s;
        QTest::newRow("written in percent") << u"https://a.example/wms?%74oken=geheim"_s;
        QTest::newRow("password") << u"https://a.example/wms?password=geheim&user=me"_s;
        QTest::newRow("fragment") << u"https://a.example/#access_token=geheim"_s;
        QTest::newRow("semicolons") << u"https://a.example/wms?a=1;token=geheim;b=2"_s;
        QTest::newRow("twice") << u"https://a.example/wms?token=geheim&token=geheim"_s;
        QTest::newRow("signature") << u"https://a.example/blob?sv=1&sig=geheim"_s;
    }
    void secretsLeaveAnAddress()
    {
        QFETCH(QString, address);
        const auto shown = redacted(QUrl(address));
        QVERIFY2(!shown.contains("geheim"_L1), qPrintable(shown));
        QVERIFY2(!shown.contains("ge%40heim"_L1), qPrintable(shown));
        QVERIFY2(shown.startsWith("https://a.example/"_L1), qPrintable(shown));
        const auto text = redactedText(u"could not load "_s + address + u" at all"_s);
        QVERIFY2(!text.contains("geheim"_L1), qPrintable(text));
        QVERIFY2(text.startsWith("could not load https://a.example/"_L1), qPrintable(text));
        QVERIFY2(text.endsWith(" at all"_L1), qPrintable(text));
    }

    void whatIsNoSecretStays()
    {
        const auto address =
            u"https://a.example/wms?SERVICE=WMS&LAYERS=keyword,design&auth_name=EPSG&author=me&monkey=1&BBOX=1,2,3,4"_s;
        QCOMPARE(redacted(QUrl(address)), address);
        const auto text = u"Layer „a“ (code: 400): key figures, token ring; author: me"_s;
        QCOMPARE(redactedText(text), text);
    }

    void anAddressIsNotEndless()
    {
        QVERIFY(redacted(QUrl(u"https://a.example/?q="_s + QString(100000, u'x'))).size() < 2100);
    }

    void secretsLeaveRunningText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("json") << u"{\"access_token\": \"geheim\", \"b\": 1}"_s;
        QTest::newRow("json with a quote") << u"{\"password\":\"ge\\\"geheim\"}"_s;
        QTest::newRow("xml attribute") << u"<a token=\"geheim\"/>"_s;
        QTest::newRow("single quotes") << u"apikey='geheim'"_s;
        QTest::newRow("bearer") << u"Authorization: Bearer geheim.abc"_s;
        QTest::newRow("basic") << u"sent Basic geheimZ2VoZWlt=="_s;
        QTest::newRow("form") << u"user=me&password=geheim"_s;
    }
    void secretsLeaveRunningText()
    {
        QFETCH(QString, text);
        const auto result = redactedText(text);
        QVERIFY2(!result.contains("geheim"_L1), qPrintable(result));
    }

    void secretHeadersAreMaskedAndOthersLoseOnlyTheirSecrets()
    {
        const auto shown = redacted(HttpHeaders{{"Authorization", "Basic bWU6Z2VoZWlt"},
                                                {"Cookie", "a=geheim"},
                                                {"set-cookie", "a=geheim"},
                                                {"X-Api-Key", "geheim"},
                                                {"Ocp-Apim-Subscription-Key", "geheim"},
                                                {"X-Auth-Token", "geheim"},
                                                {"Location", "https://a.example/x?token=geheim&y=1"},
                                                {"Content-Type", "text/xml"}});
        for (const auto &[name, value] : shown)
            QVERIFY2(!value.contains("geheim") && !value.contains("Z2VoZWlt"), name + ": " + value);
        QCOMPARE(headerValue(shown, "Content-Type"), "text/xml"_ba);
        QCOMPARE(headerValue(shown, "Location"), u"https://a.example/x?token=…&y=1"_s.toUtf8());
    }

    void aBodyThatEchoesASecretLosesIt()
    {
        HttpRequest request{.url = QUrl(u"https://me:pass%2Fwort@a.example/?token=geh%2Beim"_s)};
        request.headers = {{"X-Api-Key", "schluessel"}, {"Accept", "text/xml"}};
        const auto secrets = secretValues(request);
        const auto body = redactedBody("<a href='?t=geh%2Beim'>geh+eim pass/wort schluessel text/xml</a>", secrets);
        for (const auto &secret : {"geh%2Beim", "geh+eim", "pass/wort", "schluessel"})
            QVERIFY2(!body.contains(secret), body);
        QVERIFY2(body.contains("text/xml"), body);
    }

    void aPictureIsRecordedAsItIs()
    {
        const QByteArray png("\x89PNG\r\n\x1a\n\0\0token=abc\xff", 19);
        QCOMPARE(redactedBody(png, {}), png);
    }
};

QTEST_GUILESS_MAIN(TestRedact)
#include "tst_redact.moc"
