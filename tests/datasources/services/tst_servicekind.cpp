// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/servicekind.h"
#include "tests/datasources/services/servicesamples.h"
#include "tests/support/testkit.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

class TestServiceKind : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addressesTellTheirKind_data();
    void addressesTellTheirKind();
    void pastedTextIsPutRight_data();
    void pastedTextIsPutRight();
    void answersTellTheirKind_data();
    void answersTellTheirKind();
    void everySampleIsRecognisedByItsBeginning_data();
    void everySampleIsRecognisedByItsBeginning();
    void candidatesAreTheLikeliestFirst_data();
    void candidatesAreTheLikeliestFirst();
    void unknownAddressesAreTriedAsEverything();
    void layersOfAPastedRequestAreKept_data();
    void layersOfAPastedRequestAreKept();
};

void TestServiceKind::addressesTellTheirKind_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<int>("kind");
    const auto row = [](const QString &url, ServiceKind kind) { QTest::newRow(qPrintable(url)) << url << int(kind); };
    row(u"https://dienste.gdi-sh.de/WMS_SH_DOP20col_OpenGBD?Service=wms&Request=GetCapabilities"_s, ServiceKind::Wms);
    row(u"https://sgx.geodatenzentrum.de/wms_basemapde"_s, ServiceKind::Wms);
    row(u"https://maps.dwd.de/geoserver/dwd/wms"_s, ServiceKind::Wms);
    row(u"https://example.gov.au/arcgis/services/x/MapServer/WMSServer"_s, ServiceKind::Wms);
    row(u"https://a.de/cgi?map=x&REQUEST=GetMap&LAYERS=a"_s, ServiceKind::Wms);
    row(u"https://service.gdi-sh.de/WFS_SH_ALKIS_vereinf_OpenGBD?SERVICE=WFS"_s, ServiceKind::Wfs);
    row(u"https://umweltgeodienste.schleswig-holstein.de/WFS_BGW"_s, ServiceKind::Wfs);
    row(u"https://fbinter.stadt-berlin.de/fb/wfs/data/senstadt/s_lsa"_s, ServiceKind::Wfs);
    row(u"https://gdi.berlin.de/services/wmts/k5_sw"_s, ServiceKind::Wmts);
    row(u"https://sgx.geodatenzentrum.de/wmts_topplus_open/1.0.0/WMTSCapabilities.xml"_s, ServiceKind::Wmts);
    row(u"https://t.de/{Style}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png"_s, ServiceKind::Wmts);
    row(u"https://api.hamburg.de/datasets/v1/laerm/collections/tag/items?limit=10"_s, ServiceKind::OgcApi);
    row(u"https://{a-c}.tile.example.org/{z}/{x}/{y}.png"_s, ServiceKind::XyzTiles);
    row(u"https://t.de/tiles/{z}/{y}/{x}.pbf?key=1"_s, ServiceKind::VectorTiles);
    row(u"https://t.de/{z}/{x}/{y}?f=mvt"_s, ServiceKind::VectorTiles);
    row(u"https://opendata.schleswig-holstein.de/api/3/action/package_search?q=x"_s, ServiceKind::Ckan);
    row(u"https://iot.hamburg.de/v1.1/Things(3)?$expand=Locations"_s, ServiceKind::SensorThings);
    row(u"https://iot.hamburg.de/v1.1/"_s, ServiceKind::SensorThings);
    row(u"https://geoportal.example.org/resources/services-internet.json"_s, ServiceKind::Masterportal);
    row(u"https://geoportal.example.org/config.js"_s, ServiceKind::Masterportal);
    row(u"https://opendata.luebeck.de/bereich/einwohner-stadtteile.csv"_s, ServiceKind::File);
    row(u"https://a.de/x.geojson"_s, ServiceKind::File);
    row(u"https://www.luebeck.de/"_s, ServiceKind::Unknown);
    row(u"Lübeck"_s, ServiceKind::Unknown);
    row(QString(), ServiceKind::Unknown);
}

void TestServiceKind::addressesTellTheirKind()
{
    QFETCH(QString, url);
    QFETCH(int, kind);
    QCOMPARE(int(kindOfUrl(url)), kind);
    QVERIFY(!kindName(ServiceKind(kind)).isEmpty());
}

void TestServiceKind::pastedTextIsPutRight_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    QTest::newRow("as it is") << u"https://a.de/wms?"_s << u"https://a.de/wms?"_s;
    QTest::newRow("blanks and a line end") << u"  https://a.de/\n wms "_s << u"https://a.de/wms"_s;
    QTest::newRow("quotes") << u"„https://a.de/wms“,"_s << u"https://a.de/wms"_s;
    QTest::newRow("brackets") << u"<https://a.de/wms>;"_s << u"https://a.de/wms"_s;
    QTest::newRow("no scheme") << u"www.a.de/wms"_s << u"https://www.a.de/wms"_s;
    QTest::newRow("no scheme, with a port") << u"a.de:8080/wms"_s << u"https://a.de:8080/wms"_s;
    QTest::newRow("umlaut") << u"https://www.lübeck.de/wms"_s << u"https://www.xn--lbeck-kva.de/wms"_s;
    QTest::newRow("script") << u"javascript:alert(1)"_s << QString();
    QTest::newRow("file") << u"file:///etc/passwd"_s << QString();
    QTest::newRow("word") << u"Baumkataster"_s << QString();
    QTest::newRow("nothing") << QString() << QString();
}

void TestServiceKind::pastedTextIsPutRight()
{
    QFETCH(QString, text);
    QFETCH(QString, url);
    QCOMPARE(pastedUrl(text).toString(QUrl::FullyEncoded), url);
    QCOMPARE(serviceCandidates(text).empty(), url.isEmpty());
}

void TestServiceKind::answersTellTheirKind_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, const QByteArray &bytes, ServiceKind kind) {
        QTest::newRow(name) << bytes << int(kind);
    };
    row("nothing", {}, ServiceKind::Unknown);
    row("WMS, cut off", "<?xml version='1.0'?><!-- x --><WMS_Capabilities version='1.3.0'><Service><Ti",
        ServiceKind::Wms);
    row("WPS", "<wps:Capabilities xmlns:wps='http://www.opengis.net/wps/1.0.0'>", ServiceKind::Unknown);
    row("exception", "<ServiceExceptionReport/>", ServiceKind::Unknown);
    row("SensorThings", R"({"value":[{"name":"Things","url":"https://a.de/v1.1/Things"},)", ServiceKind::SensorThings);
    row("CKAN", R"({"help": "https://x", "success": true, "result": {"count": 3)", ServiceKind::Ckan);
    row("TileJSON", R"({"tilejson":"2.2.0","tiles":["https://t/{z}/{x}/{y}.png"]})", ServiceKind::XyzTiles);
    row("TileJSON of vector tiles", R"({"tilejson":"2.2.0","tiles":["https://t/{z}/{x}/{y}.pbf"]})",
        ServiceKind::VectorTiles);
    row("TileJSON with layers", R"({"tilejson":"3.0.0","tiles":["https://t/{z}/{x}/{y}"],"vector_layers":[]})",
        ServiceKind::VectorTiles);
    row("style", R"({"version": 8, "name": "x", "sources": {)", ServiceKind::VectorTiles);
    row("style that begins with its layers", R"({"layers": [{"id": "a", "paint": {"fill-color")",
        ServiceKind::VectorTiles);
    row("page of a portal", "<!DOCTYPE html><script src='js/masterportal.js'></script>", ServiceKind::Masterportal);
    row("script of a portal", "const Config = { layerConf: 'a.json'", ServiceKind::Masterportal);
    row("another page", "<!DOCTYPE html><p>Masterplan</p>", ServiceKind::Unknown);
    row("zip", "PK\x03\x04", ServiceKind::File);
    row("GeoPackage", QByteArray("SQLite format 3\0\x10", 17), ServiceKind::File);
    row("GeoTIFF", QByteArray("II*\0", 4), ServiceKind::File);
    row("table", "name;wert\na;1", ServiceKind::Unknown);
    row("something else", "{\"a\":1}", ServiceKind::Unknown);
}

void TestServiceKind::answersTellTheirKind()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    QCOMPARE(int(kindOfAnswer(bytes)), kind);
}

void TestServiceKind::everySampleIsRecognisedByItsBeginning_data()
{
    QTest::addColumn<QString>("sample");
    QTest::addColumn<int>("kind");
    const auto rows = [](const QString &folder, const QString &part, ServiceKind kind) {
        for (const auto &name : samplesOf(folder))
            if (name.contains(part))
                QTest::newRow(qPrintable(name)) << name << int(kind);
    };
    rows(u"wms-caps"_s, {}, ServiceKind::Wms);
    rows(u"wmts-caps"_s, {}, ServiceKind::Wmts);
    rows(u"wfs-caps"_s, {}, ServiceKind::Wfs);
    rows(u"wfs-getfeature"_s, {}, ServiceKind::File);
    rows(u"ogcapi"_s, u"landing"_s, ServiceKind::OgcApi);
    rows(u"ogcapi"_s, u"collections"_s, ServiceKind::OgcApi);
    rows(u"masterportal"_s, u".services.json"_s, ServiceKind::Masterportal);
    rows(u"masterportal"_s, u".config.json"_s, ServiceKind::Masterportal);
    rows(u"ckan-dcat"_s, u"terria_"_s, ServiceKind::Ckan);
    if (samplesDir().isEmpty())
        QTest::newRow("no samples") << QString() << 0;
}

void TestServiceKind::everySampleIsRecognisedByItsBeginning()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    QFETCH(int, kind);
    QCOMPARE(int(kindOfAnswer(test::sample(sample).first(std::min<qsizetype>(8192, test::sample(sample).size())))),
             kind);
}

void TestServiceKind::candidatesAreTheLikeliestFirst_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    QTest::newRow("a pasted GetMap") << u"https://a.de/wms?map=x&REQUEST=GetMap&LAYERS=b&BBOX=1,2,3,4&WIDTH=5"_s
                                     << u"https://a.de/wms?map=x&SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities"_s;
    QTest::newRow("WFS")
        << u"a.de/wfs"_s
        << u"https://a.de/wfs?SERVICE=WFS&ACCEPTVERSIONS=2.0.0&VERSION=2.0.0&REQUEST=GetCapabilities"_s;
    QTest::newRow("WMTS by name") << u"https://a.de/1.0.0/WMTSCapabilities.xml"_s
                                  << u"https://a.de/1.0.0/WMTSCapabilities.xml"_s;
    QTest::newRow("items of an OGC API") << u"https://a.de/v1/x/collections/y/items?limit=10&f=html"_s
                                         << u"https://a.de/v1/x/?limit=10&f=json"_s;
    QTest::newRow("entity of SensorThings")
        << u"https://a.de/frost/v1.1/Things(1)/Locations?$top=1"_s << u"https://a.de/frost/v1.1"_s;
    QTest::newRow("data set of CKAN") << u"https://a.de/api/3/action/package_show?id=x"_s
                                      << u"https://a.de/api/3/action/package_search?rows=0"_s;
    QTest::newRow("file") << u"https://a.de/x.gpkg?v=2"_s << u"https://a.de/x.gpkg?v=2"_s;
}

void TestServiceKind::candidatesAreTheLikeliestFirst()
{
    QFETCH(QString, text);
    QFETCH(QString, url);
    const auto candidates = serviceCandidates(text);
    QVERIFY(!candidates.empty());
    QCOMPARE(candidates[0].kind, kindOfUrl(text));
    QCOMPARE(candidates[0].url.toString(QUrl::FullyEncoded), url);
}

void TestServiceKind::unknownAddressesAreTriedAsEverything()
{
    const auto candidates = serviceCandidates(u"https://www.example.org/karten"_s);
    QCOMPARE(candidates[0], (ServiceCandidate{ServiceKind::Unknown, QUrl(u"https://www.example.org/karten"_s)}));
    QSet<int> kinds;
    QSet<QUrl> urls;
    for (const auto &candidate : candidates) {
        kinds.insert(int(candidate.kind));
        urls.insert(candidate.url);
        QCOMPARE(candidate.url.host(), u"www.example.org"_s);
    }
    QVERIFY(kinds.contains(int(ServiceKind::Wms)) && kinds.contains(int(ServiceKind::Ckan)));
    QCOMPARE(urls.size(), qsizetype(candidates.size())); // nothing is asked twice
    QVERIFY(serviceCandidates(u"https://t.de/{z}/{x}/{y}.png"_s).empty());
}

void TestServiceKind::layersOfAPastedRequestAreKept_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("layers");
    QTest::newRow("GetMap") << u"https://a.de/wms?Layers=a,b%20c&styles="_s << u"a|b c"_s;
    QTest::newRow("GetFeature") << u"https://a.de/wfs?typeNames=app:baum"_s << u"app:baum"_s;
    QTest::newRow("collection") << u"https://a.de/collections/l%C3%A4rm/items"_s << u"lärm"_s;
    QTest::newRow("none") << u"https://a.de/wms?request=GetCapabilities"_s << QString();
}

void TestServiceKind::layersOfAPastedRequestAreKept()
{
    QFETCH(QString, url);
    QFETCH(QString, layers);
    QCOMPARE(layersInUrl(QUrl(url)).join(u'|'), layers);
}

QTEST_GUILESS_MAIN(TestServiceKind)
#include "tst_servicekind.moc"
