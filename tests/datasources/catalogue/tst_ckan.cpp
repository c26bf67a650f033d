// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/ckan.h"
#include "datasources/catalogue/resources.h"
#include "tests/datasources/services/servicesamples.h"
#include "tests/support/testkit.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QUrl site(u"https://data.example.org/"_s);

QString queryOf(const QUrl &url, const QString &name)
{
    return QUrlQuery(url).queryItemValue(name, QUrl::FullyDecoded);
}

} // namespace

class TestCkan : public QObject
{
    Q_OBJECT
private slots:
    void questionsAreAskedAsTheApiWants();
    void theSiteIsFoundInAnyOfItsAddresses_data();
    void theSiteIsFoundInAnyOfItsAddresses();
    void wordsAreNoSyntaxOfTheServer();
    void realAnswersAreRead();
    void realPackagesAreRead_data();
    void realPackagesAreRead();
    void aWholeMapRequestNamesTheLayer();
    void resourcesBecomeWhatTheyAre_data();
    void resourcesBecomeWhatTheyAre();
    void licencesHaveTheirShortNames_data();
    void licencesHaveTheirShortNames();
    void pagesFollowWhatIsThere();
    void markupOfOthersIsRemovedAndStrangeValuesAreNone();
    void refusalsAreTold_data();
    void refusalsAreTold();
};

void TestCkan::questionsAreAskedAsTheApiWants()
{
    auto url = ckanSearchUrl(site, {.words = u"Lärm  Straße"_s, .theme = u"umwelt"_s, .format = u"WMS"_s, .page = 2});
    QCOMPARE(url.path(), u"/api/3/action/package_search"_s);
    QCOMPARE(queryOf(url, u"q"_s), u"Lärm Straße"_s);
    QCOMPARE(queryOf(url, u"fq"_s), u"groups:\"umwelt\" res_format:\"WMS\""_s);
    QCOMPARE(queryOf(url, u"rows"_s), u"50"_s);
    QCOMPARE(queryOf(url, u"start"_s), u"100"_s);
    url = ckanSearchUrl(site, {});
    QVERIFY(!QUrlQuery(url).hasQueryItem(u"fq"_s));
}

void TestCkan::theSiteIsFoundInAnyOfItsAddresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("filter");
    const auto action = u"/api/3/action/package_search"_s;
    QTest::newRow("root") << u"https://d.de"_s << action << QString();
    QTest::newRow("api") << u"https://d.de/api/3/action/package_search?q=x"_s << action << QString();
    QTest::newRow("datasets") << u"https://d.de/dataset?q=x"_s << action << QString();
    QTest::newRow("below a path") << u"https://d.de/ckan/dataset/abc"_s << u"/ckan"_s + action << QString();
    QTest::newRow("organisation") << u"https://d.de/organization/luebeck"_s << action << u"organization:luebeck"_s;
    QTest::newRow("group") << u"https://d.de/group/tran#x"_s << action << u"groups:tran"_s;
}

void TestCkan::theSiteIsFoundInAnyOfItsAddresses()
{
    QFETCH(QString, address);
    QFETCH(QString, path);
    QFETCH(QString, filter);
    const auto url = ckanSearchUrl(QUrl(address), {});
    QCOMPARE(url.path(), path);
    QCOMPARE(queryOf(url, u"fq"_s), filter);
    QCOMPARE(queryOf(url, u"q"_s), QString());
}

void TestCkan::wordsAreNoSyntaxOfTheServer()
{
    const auto url = ckanSearchUrl(site, {.words = u"a\" OR *:* (b)"_s, .format = u"x\" OR \"y"_s});
    QCOMPARE(queryOf(url, u"q"_s), u"a OR b"_s);
    QCOMPARE(queryOf(url, u"fq"_s), u"res_format:\"x  OR  y\""_s);
}

void TestCkan::realAnswersAreRead()
{
    NEED_SAMPLES();
    const auto name = u"ckan-dcat/terria_package_search.json"_s;
    const auto tree = parseCkanSearch(sample(name), site, 0);
    VERIFY_RESULT(tree);
    QCOMPARE(int(tree->nodes.size()), factOf(name, u"packages=(\\d+)"_s).toInt()); // more than count says
    QCOMPARE(tree->total, factOf(name, u"count=(\\d+)"_s).toInt());
    QCOMPARE(tree->nextPage, -1);
    int resources = 0;
    QMap<QString, int> formats;
    forEachNode(tree->nodes, [&](const CatalogueNode &node) {
        if (node.kind == CatalogueKind::Dataset) {
            QVERIFY(!node.title.isEmpty() && !node.abstract.isEmpty() && !node.licence.isEmpty());
            QVERIFY(node.modified.isValid());
            QVERIFY(node.page.startsWith(u"https://data.example.org/dataset/"_s));
            return;
        }
        ++resources;
        ++formats[node.format];
        QVERIFY2(node.source || !node.reason.isEmpty(), qPrintable(node.title));
    });
    QCOMPARE(resources, factOf(name, u"resources=(\\d+)"_s).toInt());
    QCOMPARE(formats[u"WMS"_s], 4);
    QCOMPARE(formats[u"WFS"_s], 4);
    QCOMPARE(formats[u"GeoJSON"_s], 4);
    QCOMPARE(formats[u"Shapefile"_s], 4);
    QCOMPARE(formats[u"PDF"_s], 3);
    QCOMPARE(formats[u"KMZ"_s], 3);
}

void TestCkan::realPackagesAreRead_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("shown");
    QTest::newRow("wms") << u"ckan-dcat/terria_wms_package.json"_s << 3;
    QTest::newRow("csv") << u"ckan-dcat/envidat_package_show.json"_s << 3;
}

void TestCkan::realPackagesAreRead()
{
    NEED_SAMPLES();
    QFETCH(QString, name);
    QFETCH(int, shown);
    const auto node = parseCkanPackage(sample(name), site);
    VERIFY_RESULT(node);
    QCOMPARE(node->page.section(u'/', -1), factOf(name, u"packages=1: (\\S+)"_s));
    QCOMPARE(int(node->children.size()), factOf(name, u"resources=(\\d+)"_s).toInt());
    QVERIFY(layerCount(*node) >= shown);
    QVERIFY(!node->contact.startsWith(u'{')); // JSON within JSON
}

void TestCkan::aWholeMapRequestNamesTheLayer()
{
    NEED_SAMPLES();
    const auto resource = QJsonDocument::fromJson(sample(u"ckan-dcat/terria_wms_resource_layer.json"_s))
                              .object()
                              .value(u"result"_s)
                              .toObject();
    const auto node = resourceNode({.title = resource[u"name"_s].toString(),
                                    .format = resource[u"format"_s].toString(),
                                    .url = resource[u"url"_s].toString()});
    QCOMPARE(node.kind, CatalogueKind::Layer);
    QCOMPARE(node.source->layer, u"ENVIRONPROTECT_ENVIRO_AUDIT_LOC_POINT"_s);
    QCOMPARE(node.source->location, u"http://services.land.vic.gov.au/catalogue/publicproxy/guest/dv_geoserver/wms"_s);
}

void TestCkan::resourcesBecomeWhatTheyAre_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("expected"); // format provider layer
    const auto row = [](const QString &format, const QString &url, const QString &expected) {
        QTest::newRow(qPrintable(format + u' ' + url)) << format << url << expected;
    };
    row(u"WMS"_s, u"https://x.de/wms?REQUEST=GetCapabilities&SERVICE=WMS"_s, u"WMS wms "_s);
    row(u"WMS_SRVC"_s, u"https://x.de/a"_s, u"WMS wms "_s);
    row(u"OGC:WMS"_s, u"https://x.de/a?layers=b,c"_s, u"WMS wms b,c"_s);
    row(u"http://publications.europa.eu/resource/authority/file-type/WFS_SRVC"_s, u"https://x.de/wfs?typeNames=app:t"_s,
        u"WFS wfs app:t"_s);
    row(u"WMTS"_s, u"https://x.de/wmts"_s, u"WMTS wmts "_s);
    row(u""_s, u"https://x.de/wms?service=WMS&request=GetMap&LAYERS=a"_s, u"WMS wms a"_s);
    row(u"XML"_s, u"https://x.de/w?service=WFS&request=GetCapabilities"_s, u"WFS wfs "_s);
    row(u"OGC API - Features"_s, u"https://x.de/api/collections/baum/items?f=json"_s, u"OGC API Features oaf baum"_s);
    row(u"application/vnd.geo+json"_s, u"https://x.de/a"_s, u"GeoJSON file "_s);
    row(u"json"_s, u"https://x.de/a.geojson"_s, u"GeoJSON file "_s);
    row(u"text/csv;charset=utf-8"_s, u"https://x.de/a?id=1"_s, u"CSV file "_s);
    row(u"https://www.iana.org/assignments/media-types/text/csv"_s, u"https://x.de/a"_s, u"CSV file "_s);
    row(u"SHP"_s, u"https://x.de/a.zip"_s, u"Shapefile file "_s);
    row(u"GPKG"_s, u"https://x.de/a.gpkg"_s, u"GeoPackage file "_s);
    row(u"PDF"_s, u"https://x.de/a.pdf"_s, u"PDF - "_s);
    row(u"JSON"_s, u"https://x.de/api/a"_s, u"JSON - "_s);
    row(u"XLSX"_s, u"https://x.de/a.xlsx"_s, u"Excel - "_s);
    row(u"Seltsam"_s, u"https://x.de/a"_s, u"SELTSAM - "_s);
    row(u"WMS"_s, u"javascript:alert(1)"_s, u"WMS - "_s);
    row(u"CSV"_s, u"file:///etc/passwd"_s, u"CSV - "_s);
    row(u"CSV"_s, u""_s, u"CSV - "_s);
}

void TestCkan::resourcesBecomeWhatTheyAre()
{
    QFETCH(QString, format);
    QFETCH(QString, url);
    QFETCH(QString, expected);
    const auto node = resourceNode({.title = u"x"_s, .format = format, .url = url});
    const auto provider = node.source ? node.source->provider : u"-"_s;
    QCOMPARE(u"%1 %2 %3"_s.arg(node.format, provider, node.source ? node.source->layer : QString()), expected);
    QCOMPARE(node.reason.isEmpty(), node.source.has_value());
    QVERIFY(!node.page.startsWith(u"javascript"_s) && !node.page.startsWith(u"file"_s));
}

void TestCkan::licencesHaveTheirShortNames_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("name");
    QTest::newRow("dcat-ap.de") << u"http://dcat-ap.de/def/licenses/dl-by-de/2.0"_s << u"dl-de/by-2-0"_s;
    QTest::newRow("govdata") << u"https://www.govdata.de/dl-de/by-2-0"_s << u"dl-de/by-2-0"_s;
    QTest::newRow("zero") << u"http://dcat-ap.de/def/licenses/dl-zero-de/2.0/"_s << u"dl-de/zero-2-0"_s;
    QTest::newRow("cc") << u"http://creativecommons.org/licenses/by/4.0/"_s << u"CC-BY-4.0"_s;
    QTest::newRow("id") << u"cc-by-4.0"_s << u"CC-BY-4.0"_s;
    QTest::newRow("other") << u"Nutzung frei"_s << u"Nutzung frei"_s;
    QTest::newRow("none") << QString() << QString();
}

void TestCkan::licencesHaveTheirShortNames()
{
    QFETCH(QString, written);
    QFETCH(QString, name);
    QCOMPARE(licenceName(written), name);
}

void TestCkan::pagesFollowWhatIsThere()
{
    QJsonArray packages;
    for (int i = 0; i < 50; ++i)
        packages.append(QJsonObject{{u"name"_s, u"p%1"_s.arg(i)}, {u"title"_s, u"P"_s}});
    const auto answer = [&](int count, const QJsonArray &results) {
        return QJsonDocument(QJsonObject{{u"success"_s, true},
                                         {u"result"_s, QJsonObject{{u"count"_s, count}, {u"results"_s, results}}}})
            .toJson();
    };
    QCOMPARE(parseCkanSearch(answer(120, packages), site, 0)->nextPage, 1);
    QCOMPARE(parseCkanSearch(answer(120, packages), site, 2)->nextPage, -1);
    QCOMPARE(parseCkanSearch(answer(120, {}), site, 1)->nextPage, -1); // or it would never end
    QCOMPARE(parseCkanSearch(answer(50, packages), site, 0)->nextPage, -1);
    QVERIFY(parseCkanSearch(answer(0, {}), site, 0)->nodes.empty());
}

void TestCkan::markupOfOthersIsRemovedAndStrangeValuesAreNone()
{
    const auto tree = parseCkanSearch(
        R"({"success":true,"result":{"count":"viele","results":[
{"title":"A <script>x</script><b>fett</b>","notes":"<p>eins</p><p>zwei</p>","name":"../../x","tags":[{"name":"t"},7],"resources":[null,{"url":5}]},
7,{"title":null,"name":"nur-name"}],"search_facets":{"groups":{"items":[{"name":"u","display_name":"Umwelt"}]}}}})",
        site, 0);
    VERIFY_RESULT(tree);
    QCOMPARE(tree->nodes.size(), 2u);
    QVERIFY(!tree->nodes[0].title.contains(u'<'));
    QVERIFY(tree->nodes[0].abstract.contains(u"eins\nzwei"_s) || tree->nodes[0].abstract.contains(u"eins\n\nzwei"_s));
    QVERIFY(tree->nodes[0].page.isEmpty());
    QCOMPARE(tree->nodes[0].children.size(), 2u);
    QVERIFY(!tree->nodes[0].children[1].reason.isEmpty());
    QCOMPARE(tree->nodes[1].title, u"nur-name"_s);
    QCOMPARE(tree->themes, QStringList{u"Umwelt"_s});
}

void TestCkan::refusalsAreTold_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no json") << "<html>"_ba;
    QTest::newRow("cut") << R"({"success":true,"result":{"resu)"_ba;
    QTest::newRow("refused") << R"({"success":false,"error":{"message":"Search Query is invalid"}})"_ba;
    QTest::newRow("another api") << R"({"items":[]})"_ba;
}

void TestCkan::refusalsAreTold()
{
    QFETCH(QByteArray, bytes);
    VERIFY_FAILS(parseCkanSearch(bytes, site, 0), ErrorKind::Malformed);
    VERIFY_FAILS(parseCkanPackage(bytes, site), ErrorKind::Malformed);
}

QTEST_GUILESS_MAIN(TestCkan)
#include "tst_ckan.moc"
