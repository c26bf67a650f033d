// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/answercheck.h"
#include "tests/support/testkit.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

Status check(const QByteArray &body, ContentKind kind)
{
    const HttpAnswer answer{.status = 200, .body = body, .url = QUrl(u"https://geo.example/wms?token=geheim"_s)};
    return checkContent(answer, kind, u"the list of layers"_s);
}

const QByteArray png = QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);

const QByteArray wms111 = R"(<?xml version='1.0' encoding="UTF-8" standalone="no" ?>
<!DOCTYPE ServiceExceptionReport SYSTEM "http://schemas.opengis.net/wms/1.1.1/exception_1_1_1.dtd">
<ServiceExceptionReport version="1.1.1">
  <ServiceException code="LayerNotDefined" locator="layers">
    Could not find layer   topp:stattes
  </ServiceException>
</ServiceExceptionReport>)";

const QByteArray wms130 = R"(<?xml version="1.0" encoding="UTF-8"?>
<ServiceExceptionReport version="1.3.0" xmlns="http://www.opengis.net/ogc">
  <ServiceException code="InvalidCRS"><![CDATA[CRS &lt;EPSG:9&gt; is <b>not</b> offered]]></ServiceException>
  <ServiceException>Second reason</ServiceException>
</ServiceExceptionReport>)";

const QByteArray ows20 = R"(<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/2.0" version="2.0.2">
<ows:Exception exceptionCode="InvalidParameterValue" locator="typeNames"><ows:ExceptionText>No such type</ows:ExceptionText>
</ows:Exception></ows:ExceptionReport>)";

QByteArray billionLaughs()
{
    QByteArray xml = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\">";
    for (int i = 1; i < 10; ++i)
        xml += "<!ENTITY lol" + QByteArray::number(i) + " \""
            + QByteArray("&lol" + (i == 1 ? QByteArray() : QByteArray::number(i - 1)) + ";").repeated(10) + "\">";
    return xml + "]>\n<lolz>&lol9;</lolz>";
}

} // namespace

class TestAnswerCheck : public QObject
{
    Q_OBJECT

private slots:
    void whatWasAskedForIsFine_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ContentKind>("kind");
        QTest::newRow("xml") << "<?xml version=\"1.0\"?><a/>"_ba << ContentKind::Xml;
        QTest::newRow("xml after blanks and a mark") << "\xef\xbb\xbf \n<a/>"_ba << ContentKind::Xml;
        QTest::newRow("xml in UTF-16") << QByteArray("\xff\xfe<\0a\0/\0>\0", 10) << ContentKind::Xml;
        QTest::newRow("WMS 1.1.1 with its document type")
            << "<?xml version='1.0'?><!DOCTYPE WMT_MS_Capabilities SYSTEM \"http://x/a.dtd\" [\n<!ELEMENT V EMPTY>\n]><WMT_MS_Capabilities/>"_ba
            << ContentKind::Xml;
        QTest::newRow("an element called like html") << "<htmlx:data xmlns:htmlx='a'/>"_ba << ContentKind::Xml;
        QTest::newRow("json object") << " {\"a\": 1}"_ba << ContentKind::Json;
        QTest::newRow("json array") << "[]"_ba << ContentKind::Json;
        QTest::newRow("an error column is data") << R"({"error": {"a": 1}, "b": 2, "c": 3})"_ba << ContentKind::Json;
        QTest::newRow("png") << png << ContentKind::Image;
        QTest::newRow("jpeg") << "\xff\xd8\xff\xe0 JFIF"_ba << ContentKind::Image;
        QTest::newRow("gif") << "GIF89a..."_ba << ContentKind::Image;
        QTest::newRow("webp") << "RIFF\x10\x20\x30\x40WEBPVP8 "_ba << ContentKind::Image;
        QTest::newRow("tiff") << QByteArray("II*\0\x08", 5) << ContentKind::Image;
    }
    void whatWasAskedForIsFine()
    {
        QFETCH(QByteArray, body);
        QFETCH(ContentKind, kind);
        VERIFY_RESULT(check(body, kind));
    }

    void somethingElseIsRefusedAndNamed_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ContentKind>("kind");
        QTest::addColumn<QString>("said");
        const auto page =
            "<!DOCTYPE html><html><head><title>Wartung &amp; Pause</title><script>var a='<b>';</script></head><body><h1>Bis 12 Uhr</h1></body></html>"_ba;
        for (const auto &[name, kind] :
             {std::pair{"xml", ContentKind::Xml}, {"json", ContentKind::Json}, {"image", ContentKind::Image}}) {
            const auto row = [&](const char *what, const QByteArray &body, const QString &said) {
                QTest::addRow("%s instead of %s", what, name) << body << kind << said;
            };
            row("nothing", {}, u"nothing"_s);
            row("blanks", " \r\n ", u"nothing"_s);
            row("a page", page, u"Wartung & Pause – Bis 12 Uhr"_s);
            row("xhtml",
                "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'>\n<html><body>Login</body></html>"_ba,
                u"Login"_s);
            row("a page without a head", "<!-- x --><BODY>Bitte anmelden</BODY>", u"Bitte anmelden"_s);
            row("text", "msWMSLoadGetMapParams(): WMS server error.", u"msWMSLoadGetMapParams(): WMS server error."_s);
            row("binary", QByteArray("PK\3\4\0\0abc", 9), u"binary data"_s);
            if (kind != ContentKind::Xml)
                row("xml", "<a/>", u"XML"_s);
            if (kind != ContentKind::Json)
                row("json", R"({"title":"Bad","detail":"No such crs"})", u"Bad: No such crs"_s);
            if (kind != ContentKind::Image)
                row("a picture", png, u"picture"_s);
        }
    }
    void somethingElseIsRefusedAndNamed()
    {
        QFETCH(QByteArray, body);
        QFETCH(ContentKind, kind);
        QFETCH(QString, said);
        const auto status = check(body, kind);
        VERIFY_FAILS(status, ErrorKind::Malformed);
        QVERIFY2(status.error().what.contains(said), qPrintable(toText(status.error())));
        QVERIFY2(status.error().what.contains("geo.example"_L1), qPrintable(status.error().what));
        QVERIFY2(!toText(status.error()).contains("geheim"_L1), qPrintable(toText(status.error())));
    }

    void exceptionsWithStatus200AreTold_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("said");
        QTest::newRow("WMS 1.1.1") << wms111 << ErrorKind::NotFound << u"Could not find layer topp:stattes"_s;
        QTest::newRow("WMS 1.3.0") << wms130 << ErrorKind::Invalid << u"CRS <EPSG:9> is not offered Second reason"_s;
        QTest::newRow("OWS 2.0") << ows20 << ErrorKind::Invalid << u"No such type"_s;
        QTest::newRow("without a code")
            << "<ServiceExceptionReport><ServiceException>Oops</ServiceException></ServiceExceptionReport>"_ba
            << ErrorKind::Network << u"Oops"_s;
        QTest::newRow("without a word") << "<ServiceExceptionReport/>"_ba << ErrorKind::Network
                                        << u"without a reason"_s;
        QTest::newRow("cut") << "<ServiceExceptionReport><ServiceException code='NotAuthorized'>Only for staff"_ba
                             << ErrorKind::NotReadable << QString();
        QTest::newRow("with a secret")
            << "<ServiceExceptionReport><ServiceException>bad: https://a.example/?token=geheim&amp;a=1</ServiceException></ServiceExceptionReport>"_ba
            << ErrorKind::Network << u"bad: https://a.example/"_s;
    }
    void exceptionsWithStatus200AreTold()
    {
        QFETCH(QByteArray, body);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, said);
        for (const auto wanted : {ContentKind::Xml, ContentKind::Json, ContentKind::Image}) {
            const auto status = check(body, wanted);
            VERIFY_FAILS(status, kind);
            QVERIFY2(status.error().what.contains(said), qPrintable(toText(status.error())));
            QVERIFY2(status.error().what.contains("geo.example"_L1), qPrintable(status.error().what));
            QVERIFY2(!toText(status.error()).contains("geheim"_L1), qPrintable(toText(status.error())));
        }
    }

    void theExceptionOfARealServerIsTold()
    {
        NEED_SAMPLES();
        QFile file(samplesDir() + "/ogc-exceptions/ows_exceptionreport.xml"_L1);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto body = file.readAll();
        const auto exception = parseException(body);
        QVERIFY(exception);
        QCOMPARE(exception->code, u"NoApplicableCode"_s);
        QVERIFY(
            exception->text.startsWith("We have had issues trying to flip axis of GEOGCS[\"GCS_WGS_1984\", DATUM["_L1));
        QVERIFY(exception->text.size() <= 300);
        const auto status = check(body, ContentKind::Xml);
        VERIFY_FAILS(status, ErrorKind::Network);
        QVERIFY(status.error().what.contains("flip axis"_L1));
    }

    void realCapabilitiesPass()
    {
        NEED_SAMPLES();
        int count = 0;
        for (const auto *folder : {"/wms-caps", "/wmts-caps", "/wfs-caps"}) {
            for (const auto &info : QDir(samplesDir() + QLatin1StringView(folder)).entryInfoList({u"*.xml"_s})) {
                QFile file(info.filePath());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const auto status = check(file.readAll(), ContentKind::Xml);
                QVERIFY2(status.has_value(),
                         qPrintable(info.filePath() + (status ? QString() : toText(status.error()))));
                ++count;
            }
        }
        QVERIFY(count > 20);
    }

    void entitiesAreRefusedAtOnce_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("billion laughs") << billionLaughs();
        QTest::newRow("a file of ours")
            << "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"_ba;
        QTest::newRow("parameter entity") << "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://b.example/x.dtd'> %x;]><a/>"_ba;
        QTest::newRow("unused") << "<!DOCTYPE a [<!ENTITY x 'y'>]><a/>"_ba;
    }
    void entitiesAreRefusedAtOnce()
    {
        QFETCH(QByteArray, body);
        QElapsedTimer timer;
        timer.start();
        const auto status = check(body, ContentKind::Xml);
        VERIFY_FAILS(status, ErrorKind::Malformed);
        QVERIFY(timer.elapsed() < 1000);
    }

    void anExceptionThatLaughsIsNotExpanded()
    {
        auto body = billionLaughs();
        body.replace("<lolz>", "<ServiceExceptionReport><ServiceException>")
            .replace("</lolz>", "</ServiceException></ServiceExceptionReport>");
        QElapsedTimer timer;
        timer.start();
        const auto status = check(body, ContentKind::Xml);
        QVERIFY(!status);
        QVERIFY(status.error().what.size() < 500);
        QVERIFY(timer.elapsed() < 1000);
    }

    void brokenXmlIsRefused()
    {
        VERIFY_FAILS(check("<?xml version='1.0'?><", ContentKind::Xml), ErrorKind::Malformed);
        VERIFY_FAILS(check("<>", ContentKind::Xml), ErrorKind::Malformed);
    }

    void anErrorObjectOfArcGisIsTold()
    {
        const auto status =
            check(R"({"error":{"code":400,"message":"Invalid URL","details":["no layer 9"]}})", ContentKind::Json);
        VERIFY_FAILS(status, ErrorKind::Network);
        QVERIFY2(status.error().what.contains("Invalid URL: no layer 9"_L1), qPrintable(status.error().what));
    }

    void sentencesAreCleanAndShort_data()
    {
        QTest::addColumn<QString>("markup");
        QTest::addColumn<QString>("clean");
        QTest::newRow("tags") << u"<p>No <b>such</b>\n\n layer</p>"_s << u"No such layer"_s;
        QTest::newRow("escaped tags") << u"&lt;script&gt;alert(1)&lt;/script&gt; no"_s << u"alert(1) no"_s;
        QTest::newRow("less than") << u"a < b and c > d"_s << u"a < b and c > d"_s;
        QTest::newRow("script") << u"<script>x</script>No<style>y"_s << u"No"_s;
        QTest::newRow("control characters") << u"a\u0007\u202eb\u0000c"_s << u"abc"_s;
        QTest::newRow("cut tag") << u"No <img src='x"_s << u"No"_s;
        QTest::newRow("long") << QString(1000, u'x') << QString(QString(299, u'x') + u'…');
    }
    void sentencesAreCleanAndShort()
    {
        QFETCH(QString, markup);
        QFETCH(QString, clean);
        QCOMPARE(cleanSentence(markup), clean);
    }

    void aHugePageOfTagsTakesNoTime()
    {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!check("<html>" + QByteArray("<").repeated(20'000'000), ContentKind::Xml));
        QVERIFY(!check(QByteArray("<!--").repeated(2'000'000), ContentKind::Xml));
        QVERIFY(!check("<html>" + QByteArray("<script>").repeated(2'000'000), ContentKind::Json));
        QVERIFY(!check("<html>" + QByteArray("<title>").repeated(2'000'000), ContentKind::Json));
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestAnswerCheck)
#include "tst_answercheck.moc"
