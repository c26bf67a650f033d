// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/answer.h"
#include "datasources/services/featureinfo.h"
#include "datasources/services/safehtml.h"
#include "tests/datasources/services/servicesamples.h"
#include "tests/support/testkit.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

FeatureInfo parsed(const QByteArray &bytes, const QString &type = {})
{
    const auto result = parseFeatureInfo(bytes, type);
    if (!result)
        qWarning("%s", qPrintable(toText(result.error())));
    return result.value_or(FeatureInfo());
}

/** "layer: a=1 b=2 | layer: …" */
QString summary(const FeatureInfo &info)
{
    QStringList features;
    for (const auto &feature : info.features) {
        QStringList values;
        for (const auto &[name, value] : feature.values)
            values.append(name + u'=' + value);
        features.append(feature.layer + ": "_L1 + values.join(u' '));
    }
    return features.join(u" | "_s);
}

} // namespace

class TestFeatureInfo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mapServerSampleHasItsFeatures();
    void arcGisSampleHasItsFields();
    void answersOfAllServersAreTakenApart_data();
    void answersOfAllServersAreTakenApart();
    void wfsSamplesAreReadAsFeaturesToo_data() { addSampleRows(u"wfs-getfeature"_s); }
    void wfsSamplesAreReadAsFeaturesToo();
    void nothingFoundIsNoError_data();
    void nothingFoundIsNoError();
    void refusalsAreErrors_data();
    void refusalsAreErrors();
    void encodingsOfTextsAreObeyed();
    void pagesAreMadeSafe_data();
    void pagesAreMadeSafe();
    void whatIsHarmlessStays_data();
    void whatIsHarmlessStays();
    void nothingButTheAllowedComesOut();
    void plainTextHasALineForEachBlock();
    void kindsOfAnswersAreToldApart_data();
    void kindsOfAnswersAreToldApart();
};

void TestFeatureInfo::mapServerSampleHasItsFeatures()
{
    NEED_SAMPLES();
    const auto info = parsed(sample(u"wms-gfi/ol_getfeatureinfo.xml"_s));
    QCOMPARE(int(info.features.size()), 3);
    const auto &first = info.features[0];
    QCOMPARE(first.layer, u"ADCP de coque 2001"_s);
    QCOMPARE(int(first.values.size()), 6); // the box is no value
    QCOMPARE(first.value(u"FID"), u"1071"_s);
    QCOMPARE(first.value(u"NOM_CAMPAGNE"), u"ITSAS II"_s);
    QVERIFY(first.value(u"NAUTILUS_DATA").endsWith("&cle2=ADCP01"_L1));
    QCOMPARE(info.features[2].value(u"FID"), u"22432"_s);
}

void TestFeatureInfo::arcGisSampleHasItsFields()
{
    NEED_SAMPLES();
    const auto info = parsed(sample(u"wms-gfi/esri1.xml"_s));
    QCOMPARE(int(info.features.size()), 1);
    const auto &feature = info.features[0];
    QCOMPARE(feature.layer, u"REF:FLOODMAPINDEX"_s);
    QCOMPARE(feature.value(u"MIP_REF.FLOODMAPINDEX.NAME"), u"COCONINO COUNTY"_s);
    QCOMPARE(feature.value(u"MIP_REF.FLOODMAPINDEX.ITEM_ID"), u"04005C1950G"_s);
    QCOMPARE(feature.value(u"_SHAPE_"), QString());
}

void TestFeatureInfo::answersOfAllServersAreTakenApart_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");
    QTest::newRow("ArcGIS fields") << R"(<FeatureInfoResponse><FeatureInfoCollection layername="Brunnen"><FeatureInfo>
<Field><FieldName>Tiefe</FieldName><FieldValue>10155,89</FieldValue></Field><Field><FieldName>Art</FieldName><FieldValue>Null</FieldValue></Field>
</FeatureInfo></FeatureInfoCollection></FeatureInfoResponse>)"_ba
                                   << u"Brunnen: Tiefe=10155,89 Art="_s;
    QTest::newRow("QGIS")
        << R"(<GetFeatureInfoResponse><BoundingBox/><Layer name="Bäume"><Feature id="7"><Attribute name="art" value="Eiche"/>
<Attribute name="geometry" value="POINT EMPTY"/></Feature></Layer><Layer name="DGM"><Attribute name="Band 1" value="12.5"/></Layer>
<Layer name="leer"/></GetFeatureInfoResponse>)"_ba
        << u"Bäume: art=Eiche | DGM: Band 1=12.5"_s;
    QTest::newRow("GML of deegree")
        << R"(<FeatureCollection xmlns="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" xmlns:app="a">
<gml:boundedBy><gml:Envelope/></gml:boundedBy><gml:featureMember><app:brw gml:id="B1"><app:wert>120</app:wert><app:adresse><app:Adresse>
<app:strasse>Mengstraße</app:strasse></app:Adresse></app:adresse><app:geom><gml:Point><gml:pos>1 2</gml:pos></gml:Point></app:geom>
<app:plan xmlns:xlink="x" xlink:href="https://a.de/p.pdf"/></app:brw></gml:featureMember></FeatureCollection>)"_ba
        << u"brw: wert=120 adresse.Adresse.strasse=Mengstraße plan=https://a.de/p.pdf"_s;
    QTest::newRow("GML 3.2, collections in collections")
        << R"(<wfs:FeatureCollection xmlns:wfs="w"><wfs:member><wfs:FeatureCollection>
<wfs:member><a>x<b>1</b></a></wfs:member></wfs:FeatureCollection></wfs:member><wfs:member><c><d>2</d></c></wfs:member></wfs:FeatureCollection>)"_ba
        << u"a: b=1 | c: d=2"_s;
    QTest::newRow("GeoJSON of GeoServer")
        << R"({"type":"FeatureCollection","features":[{"id":"ns.baum.3","geometry":null,
"properties":{"art":"Linde","hoehe":12.5,"nr":40000000000000001,"geschuetzt":true,"leer":null,"tags":["a",1],"ort":{"plz":"23552"}}}]})"_ba
        << u"ns.baum: art=Linde hoehe=12.5 nr=40000000000000001 geschuetzt=true leer= tags=[\"a\",1] ort.plz=23552"_s;
    QTest::newRow("text of MapServer")
        << "GetFeatureInfo results:\n\nLayer 'brunnen'\n  Feature 1: \n    tiefe = '12'\n    art = 'Rammpegel = alt'\n"
           "  Feature 2: \n    tiefe = 'NoData'\n"_ba
        << u"brunnen: tiefe=12 art=Rammpegel = alt | brunnen: tiefe="_s;
    QTest::newRow("text of GeoServer")
        << "Results for FeatureType 'http://a.de:baum':\n--------------------------------------------\n"
           "art = Eiche\nthe_geom = [GEOMETRY (Point) with 1 points]\n--------------------------------------------\n"_ba
        << u"http://a.de:baum: art=Eiche"_s;
    QTest::newRow("XML of its own making")
        << "<Auskunft><Wert>5</Wert><Einheit>m</Einheit></Auskunft>"_ba << u"Auskunft: Wert=5 Einheit=m"_s;
}

void TestFeatureInfo::answersOfAllServersAreTakenApart()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, expected);
    QCOMPARE(summary(parsed(bytes)), expected);
}

void TestFeatureInfo::wfsSamplesAreReadAsFeaturesToo()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    const auto info = parsed(test::sample(sample));
    QCOMPARE(int(info.features.size()), factOf(sample, u"member elements=(\\d+)"_s).toInt());
    for (const auto &feature : info.features) {
        QVERIFY(!feature.values.empty());
        for (const auto &[name, value] : feature.values)
            QVERIFY2(!name.contains("posList"_L1) && value.size() < 2000, qPrintable(name)); // no coordinates
    }
}

void TestFeatureInfo::nothingFoundIsNoError_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("GeoServer") << "no features were found\n"_ba;
    QTest::newRow("MapServer") << "GetFeatureInfo results:\n\n  Search returned no results.\n"_ba;
    QTest::newRow("GML") << "<FeatureCollection/>"_ba;
    QTest::newRow("MapServer GML") << "<msGMLOutput/>"_ba;
    QTest::newRow("ArcGIS") << "<FeatureInfoResponse></FeatureInfoResponse>"_ba;
    QTest::newRow("JSON") << "{\"type\":\"FeatureCollection\",\"features\":[]}"_ba;
    QTest::newRow("empty page")
        << "<html><head><title>Geoserver GetFeatureInfo output</title><style>a{}</style></head><body>\n</body></html>"_ba;
}

void TestFeatureInfo::nothingFoundIsNoError()
{
    QFETCH(QByteArray, bytes);
    const auto info = parseFeatureInfo(bytes);
    VERIFY_RESULT(info);
    QVERIFY2(info->isEmpty(), qPrintable(summary(*info) + info->text + info->html));
}

void TestFeatureInfo::refusalsAreErrors_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::newRow("exception")
        << "<ServiceExceptionReport><ServiceException code='LayerNotQueryable'>nicht abfragbar</ServiceException></ServiceExceptionReport>"_ba
        << int(ErrorKind::Network);
    QTest::newRow("image") << "\x89PNG\r\n\x1a\n..."_ba << int(ErrorKind::Malformed);
    QTest::newRow("damaged XML") << "<msGMLOutput><a_layer>"_ba << int(ErrorKind::Malformed);
    QTest::newRow("damaged JSON") << "{\"features\":[{]"_ba << int(ErrorKind::Malformed);
    QTest::newRow("entity") << "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a><b>&x;</b></a>"_ba
                            << int(ErrorKind::Malformed);
    QTest::newRow("deep") << QByteArray("<a>").repeated(5000) + QByteArray("</a>").repeated(5000)
                          << int(ErrorKind::TooLarge);
    QTest::newRow("line of MapServer") << "msQueryByPoint(): Query error. No layer"_ba << int(ErrorKind::Network);
}

void TestFeatureInfo::refusalsAreErrors()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    VERIFY_FAILS(parseFeatureInfo(bytes), ErrorKind(kind));
}

void TestFeatureInfo::encodingsOfTextsAreObeyed()
{
    const auto text = u"Straße = Königstraße"_s;
    QCOMPARE(parsed(text.toUtf8()).text, text);
    QCOMPARE(parsed(text.toLatin1()).text, text);
    QCOMPARE(parsed(text.toLatin1(), u"text/plain; charset=ISO-8859-1"_s).text, text);
    const auto page = u"<html><meta charset='iso-8859-1'><p>Größe</p></html>"_s;
    QCOMPARE(parsed(page.toLatin1(), u"text/html"_s).html, u"<p>Größe</p>"_s);
    QCOMPARE(parsed("<b>fett</b>", u"text/html"_s).html, u"<b>fett</b>"_s); // a piece of a page
    QCOMPARE(parsed("<x-box><b>fett</b></x-box>", u"text/html; charset=utf-8"_s).html, u"<b>fett</b>"_s);
}

void TestFeatureInfo::pagesAreMadeSafe_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("safe");
    const auto row = [](const char *name, const QString &html, const QString &safe) {
        QTest::newRow(name) << html << safe;
    };
    row("script", u"a<script>alert(1)</script>b"_s, u"ab"_s);
    row("script in capitals with blanks", u"a<SCRIPT type=x >1</ScRipt >b"_s, u"ab"_s);
    row("script that does not end", u"a<script>alert(1)"_s, u"a"_s);
    row("script with an end in a text", u"<script>'</scripty>';</script>b"_s, u"b"_s);
    row("script in a tag", u"<scr<script>ipt>alert(1)</script>"_s, u"ipt&gt;alert(1)"_s);
    row("style", u"<style>p{background:url(//x)}</style><p style='x:url(//y)'>a</p>"_s, u"<p>a</p>"_s);
    row("handler", u"<p onclick=\"x()\" ONMOUSEOVER=y>a</p>"_s, u"<p>a</p>"_s);
    row("image", u"a<img src=https://x.de/1.gif onerror=x()>b"_s, u"ab"_s);
    row("frame", u"<iframe src=https://x.de>innen</iframe>b"_s, u"b"_s);
    row("form", u"<form action=x><input name=a><button>los</button>Text</form>"_s, u"Text"_s);
    row("object", u"<object data=x><param>a</object>b"_s, u"b"_s);
    row("drawing", u"<svg><a href='https://x.de'>a</a><script>1</script></svg>b"_s, u"b"_s);
    row("comment", u"a<!-- <p>b</p> -->c<!x>d<?php e ?>f"_s, u"acdf"_s);
    row("comment that does not end", u"a<!-- <b>"_s, u"a"_s);
    row("link that is a script", u"<a href=javascript:alert(1)>a</a>"_s, u"a"_s);
    row("the same in disguise", u"<a href=' java&#x0A;script&#58;alert(1)'>a</a>"_s, u"a"_s);
    row("data link", u"<a href='data:text/html,<script>1</script>'>a</a>"_s, u"a"_s);
    row("file link", u"<a href='file:///etc/passwd'>a</a><a href='\\\\server\\x'>b</a>"_s, u"ab"_s);
    row("relative link", u"<a href='/x'>a</a>"_s, u"a"_s);
    row("link with a password", u"<a href='https://bank.de@boese.de/'>a</a>"_s, u"a"_s);
    row("link that leaves its quotes", u"<a href='https://x.de/\"onclick=\"x'>a</a>"_s, u"a"_s);
    row("quotes in an attribute", u"<p title='>'>a</p><p title=\"</p><script>\">b</p>"_s, u"<p>a</p><p>b</p>"_s);
    row("entities stay text", u"&lt;script&gt;1&lt;/script&gt; &amp; &uuml;&#228;&#x1F333;"_s,
        u"&lt;script&gt;1&lt;/script&gt; &amp; üä🌳"_s);
    row("entities that are none", u"a & b &unbekannt; &#0; &#xD800;"_s, u"a &amp; b &amp;unbekannt;"_s);
    row("less than", u"a < b <3 </"_s, u"a &lt; b &lt;3 &lt;/"_s);
    row("refresh",
        u"<meta http-equiv=refresh content='0;url=https://x.de'><base href=//x><link rel=stylesheet href=//y>a"_s,
        u"a"_s);
}

void TestFeatureInfo::pagesAreMadeSafe()
{
    QFETCH(QString, html);
    QFETCH(QString, safe);
    QCOMPARE(safeHtml(html), safe);
    QCOMPARE(safeHtml(safeHtml(html)), safe); // what is safe stays as it is
}

void TestFeatureInfo::whatIsHarmlessStays_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("safe");
    const auto row = [](const char *name, const QString &html, const QString &safe) {
        QTest::newRow(name) << html << safe;
    };
    row("table", u"<TABLE border=1><tr><th colspan=2 bgcolor=x>A</th><td rowspan='3'>b</td></tr></table>"_s,
        u"<table><tr><th colspan=\"2\">A</th><td rowspan=\"3\">b</td></tr></table>"_s);
    row("list", u"<ul><li>a<li>b</ul>"_s, u"<ul><li>a<li>b</li></li></ul>"_s);
    row("link", u"<a target=_blank href='https://www.luebeck.de/?a=1&amp;b=ü'>a</a>"_s,
        u"<a href=\"https://www.luebeck.de/?a=1&amp;b=%C3%BC\">a</a>"_s);
    row("unclosed", u"<div><b>a"_s, u"<div><b>a</b></div>"_s);
    row("closed too often", u"a</b></div>"_s, u"a"_s);
    row("crossed", u"<b><i>a</b>c</i>"_s, u"<b><i>a</i></b>c"_s);
    row("break", u"a<br/>b<hr>c"_s, u"a<br>b<hr>c"_s);
    row("huge span", u"<table><tr><td colspan=999999999>a</td></tr></table>"_s,
        u"<table><tr><td colspan=\"100\">a</td></tr></table>"_s);
}

void TestFeatureInfo::whatIsHarmlessStays()
{
    QFETCH(QString, html);
    QFETCH(QString, safe);
    QCOMPARE(safeHtml(html), safe);
}

void TestFeatureInfo::nothingButTheAllowedComesOut()
{
    static const QStringList pieces{u"<"_s,
                                    u">"_s,
                                    u"</"_s,
                                    u"script"_s,
                                    u"<script>"_s,
                                    u"</script>"_s,
                                    u"<img src=x onerror=y>"_s,
                                    u"<!--"_s,
                                    u"-->"_s,
                                    u"<a href=\""_s,
                                    u"javascript:x"_s,
                                    u"\""_s,
                                    u"'"_s,
                                    u" onload=z"_s,
                                    u"&lt;"_s,
                                    u"&#60;"_s,
                                    u"p"_s,
                                    u"<p"_s,
                                    u"<table>"_s,
                                    u"="_s,
                                    u"/"_s,
                                    u"<![CDATA["_s,
                                    u"]]>"_s,
                                    u"https://x.de"_s,
                                    u"\n"_s,
                                    u"<style>"_s,
                                    u"</style"_s,
                                    u"ä"_s,
                                    u"<svg>"_s,
                                    u"\0"_s};
    QRandomGenerator random(20240501); // always the same texts
    static const QRegularExpression allowed(u"<(?:/?(?:p|table|br)|a href=\"https?://[^\"<>]*\"|/a)>"_s);
    for (int i = 0; i < 20000; ++i) {
        QString html;
        for (int n = random.bounded(1, 25); n > 0; --n)
            html += pieces[random.bounded(pieces.size())];
        auto safe = safeHtml(html);
        QCOMPARE(safeHtml(safe), safe);
        safe.remove(allowed);
        QVERIFY2(!safe.contains(u'<') && !safe.contains(u'>'), qPrintable(html + u"\n→ "_s + safe));
    }
    const auto deep = safeHtml(QString(u"<div>"_s).repeated(100000));
    QVERIFY(deep.size() < 5000);
}

void TestFeatureInfo::plainTextHasALineForEachBlock()
{
    QCOMPARE(plainText(
                 u"<h1>Titel</h1><p>Ein <b>Satz</b>.<br>Noch&nbsp;einer</p><table><tr><td>a</td><td>b</td></tr></table>"
                 "<script>x</script>"_s),
             u"Titel\nEin Satz.\nNoch einer\na b"_s);
}

void TestFeatureInfo::kindsOfAnswersAreToldApart_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, const QByteArray &bytes, AnswerKind kind) {
        QTest::newRow(name) << bytes << int(kind);
    };
    row("nothing", " \r\n", AnswerKind::Empty);
    row("PNG", "\x89PNG\r\n\x1a\n", AnswerKind::Image);
    row("JPEG", "\xFF\xD8\xFF\xE0", AnswerKind::Image);
    row("GIF", "GIF89a", AnswerKind::Image);
    row("WebP", QByteArray("RIFF\x10\x00\x00\x00WEBPVP8 ", 16), AnswerKind::Image);
    row("XML", "<?xml version='1.0'?><a/>", AnswerKind::Xml);
    row("XML with a mark", "\xEF\xBB\xBF<a/>", AnswerKind::Xml);
    row("XHTML", "<?xml version='1.0'?><!-- x --><html xmlns='x'>", AnswerKind::Html);
    row("page", "\n<!DOCTYPE HTML PUBLIC", AnswerKind::Html);
    row("piece of a page", "<table class=x>", AnswerKind::Html);
    row("a prefix that looks like one", "<p:root xmlns:p='x'/>", AnswerKind::Xml);
    row("object", "{}", AnswerKind::Json);
    row("list", " [1]", AnswerKind::Json);
    row("text", "Fehler", AnswerKind::Text);
    row("data", QByteArray("a\0b", 3), AnswerKind::Binary);
}

void TestFeatureInfo::kindsOfAnswersAreToldApart()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    QCOMPARE(int(answerKind(bytes)), kind);
    const auto image = checkImage(bytes);
    QCOMPARE(image.has_value(), kind == int(AnswerKind::Image));
    QVERIFY(image || !image.error().what.isEmpty());
}

QTEST_GUILESS_MAIN(TestFeatureInfo)
#include "tst_featureinfo.moc"
