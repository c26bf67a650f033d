// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/masterportal.h"
#include "tests/datasources/services/servicesamples.h"
#include "tests/support/testkit.h"

#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QUrl portal(u"https://geoportal.example.org/portal/master/"_s);

struct Tally {
    int layers = 0, folders = 0, groups = 0, visible = 0, depth = 0;
    QSet<QString> ids;
};

void count(const std::vector<PortalNode> &nodes, Tally &tally, int depth = 0)
{
    for (const auto &node : nodes) {
        if (node.folder) {
            ++tally.folders;
            tally.depth = std::max(tally.depth, depth + 1);
            count(node.children, tally, depth + 1);
            continue;
        }
        ++tally.layers;
        tally.groups += node.group ? 1 : 0;
        tally.visible += node.entry.value("visibility"_L1) == QJsonValue(true) ? 1 : 0;
        tally.ids.unite(QSet<QString>(node.ids.begin(), node.ids.end()));
    }
}

void addRows(const QString &ending)
{
    QTest::addColumn<QString>("sample");
    for (const auto &name : samplesOf(u"masterportal"_s))
        if (name.endsWith(ending) && !name.contains("rest-services"_L1))
            QTest::newRow(qPrintable(name)) << name;
    if (samplesDir().isEmpty())
        QTest::newRow("no samples") << QString();
}

PortalServices servicesIn(const QByteArray &json)
{
    const auto result = parsePortalServices(json, portal);
    if (!result)
        qWarning("%s", qPrintable(toText(result.error())));
    return result.value_or(PortalServices());
}

PortalConfig configIn(const QByteArray &json)
{
    return parsePortalConfig(json).value_or(PortalConfig());
}

} // namespace

class TestMasterportal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyListOfServicesIsRead_data() { addRows(u".services.json"_s); }
    void everyListOfServicesIsRead();
    void everyConfigurationHasItsTree_data() { addRows(u".config.json"_s); }
    void everyConfigurationHasItsTree();
    void everyPortalIsResolved_data();
    void everyPortalIsResolved();
    void valuesAreReadInAllTheirSpellings();
    void legendRulesOfBothVersionsHold_data();
    void legendRulesOfBothVersionsHold();
    void idsMayBeNumbersListsAndObjects();
    void layersOfOneServiceAreJoined();
    void groupsStayApart();
    void layersMayBeDefinedInTheTree();
    void whatIsMissingIsTold();
    void markupInNamesIsRemoved();
    void templatesInsteadOfNumbersAreNone();
    void scriptNamesTheFiles_data();
    void scriptNamesTheFiles();
    void wrongFilesAreRefused_data();
    void wrongFilesAreRefused();
};

void TestMasterportal::everyListOfServicesIsRead()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    const auto result = parsePortalServices(test::sample(sample), portal);
    VERIFY_RESULT(result);
    QCOMPARE(result->entries, factOf(sample, u"entries=(\\d+)"_s).toInt());
    QCOMPARE(int(result->services.size()), factOf(sample, u"distinct ids=(\\d+)"_s).toInt());
    const auto duplicates = factOf(sample, u"duplicate ids=([^|]*)"_s);
    const auto named = duplicates == "none"_L1 ? QStringList() : namesIn(duplicates.section(u'…', 0, 0));
    QCOMPARE(int(result->duplicateIds.size()),
             named.size() + QRegularExpression(u"…\\(\\+(\\d+)\\)"_s).match(duplicates).captured(1).toInt());
    for (const auto &id : named)
        QVERIFY2(result->duplicateIds.contains(id), qPrintable(id));
    if (result->duplicateIds.isEmpty()) {
        QMap<QString, int> types;
        for (const auto &service : result->services)
            ++types[service.type];
        for (const auto &part : namesIn(factOf(sample, u"typ=([^|]*)"_s)))
            QCOMPARE(types.value(part.section(u'×', 0, 0)), part.section(u'×', 1).toInt());
    }
    for (const auto &service : result->services)
        QVERIFY2(!service.url.isRelative() || !service.isSupported(), qPrintable(service.id));
}

void TestMasterportal::everyConfigurationHasItsTree()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    const auto config = parsePortalConfig(test::sample(sample));
    VERIFY_RESULT(config);
    Tally tally;
    count(config->background, tally);
    count(config->topics, tally);
    QCOMPARE(config->version, factOf(sample, u"config v(\\d)"_s).toInt());
    QCOMPARE(tally.layers, factOf(sample, u"layer entries=(\\d+)"_s).toInt());
    QCOMPARE(tally.folders, factOf(sample, u"folders=(\\d+)"_s).toInt());
    QCOMPARE(tally.depth, factOf(sample, u"max folder depth=(\\d+)"_s).toInt());
    QCOMPARE(tally.groups, factOf(sample, u"group/children entries=(\\d+)"_s).toInt());
    QCOMPARE(tally.visible, factOf(sample, u"visibility:true=(\\d+)"_s).toInt());
    QCOMPARE(tally.ids.size(), factOf(sample, u"distinct ids referenced=(\\d+)"_s).toInt());
    const auto crs = factOf(sample, u"mapView epsg=(\\S+)"_s);
    QCOMPARE(config->crs, crs == "None"_L1 ? u"EPSG:25832"_s : crs);
    QCOMPARE(config->zoomOptions, factOf(sample, u"options=(\\d+)"_s).toInt());
    const auto centre = factOf(sample, u"startCenter=\\[([^\\]]*)\\]"_s).split(u',');
    QCOMPARE(config->startCentre.has_value(), centre.size() == 2);
    if (config->startCentre)
        QCOMPARE(*config->startCentre, (PointXY{centre[0].toDouble(), centre[1].toDouble()}));
    QCOMPARE(config->extent.isEmpty(), factOf(sample, u" extent=\\[([^\\]]*)\\]"_s).isEmpty());
}

void TestMasterportal::everyPortalIsResolved_data()
{
    QTest::addColumn<QString>("name");
    for (const auto *name : {u"dps_berlin", u"kusel_v3", u"mp3_basic", u"potsdam", u"umweltatlas_v2"})
        QTest::newRow(qPrintable(QString(name))) << QString(name);
}

void TestMasterportal::everyPortalIsResolved()
{
    NEED_SAMPLES();
    QFETCH(QString, name);
    const auto configFile = u"masterportal/%1.config.json"_s.arg(name);
    const auto config = configIn(sample(configFile));
    const auto services = servicesIn(sample(u"masterportal/%1.services.json"_s.arg(name)));
    const auto import = importPortal(config, services, portal);
    QCOMPARE(import.missing.size(), factOf(configFile, u"(\\d+) not found"_s).toInt());
    QCOMPARE(import.foundByStem, factOf(configFile, u"(\\d+) more after dropping"_s).toInt());
    if (!import.missing.isEmpty())
        QCOMPARE(import.missing.join(u','), factOf(configFile, u"not found \\(([^)]*)\\)"_s));
    Tally tally;
    count(config.background, tally);
    count(config.topics, tally);
    const auto three =
        factOf(configFile, u"'TileSet3D': (\\d+)"_s).toInt() + factOf(configFile, u"'Terrain3D': (\\d+)"_s).toInt();
    QCOMPARE(int(import.unsupported.size()), three);
    QVERIFY(int(import.layers.size()) >= tally.layers - three - int(import.missing.size()));
    bool background = false;
    for (const auto &layer : import.layers) {
        QVERIFY2(!layer.name.isEmpty() && !layer.name.contains("<br"_L1) && !layer.name.contains("</"_L1),
                 qPrintable(layer.service.id + u' ' + layer.name));
        QVERIFY(layer.opacity >= 0 && layer.opacity <= 1);
        QVERIFY(layer.background || !background); // the background lies below all
        background = layer.background;
    }
    QVERIFY(background);
}

void TestMasterportal::valuesAreReadInAllTheirSpellings()
{
    const auto services =
        servicesIn(R"([{"id":"L1","name":"Lärm Straße LDEN","typ":"WMS","url":"https://example.org/wms",
"layers":"lden, lden_rand","version":"1.3.0","format":"image/png","transparent":"false","tilesize":"512","minScale":"0",
"maxScale":"2500000","featureCount":5,"infoFormat":"text/html","layerAttribution":"nicht vorhanden","epsg":"EPSG:25832",
"datasets":[{"md_id":"0000-11","csw_url":"https://example.org/csw","md_name":"Lärmkarte","kategorie_opendata":["Umwelt"]}]},
{"id":2,"typ":"WFS","url":"../wfs","layers":["a","b"],"featureType":"baum","featureNS":"http://a","minScale":100,"datasets":false,
 "layerAttribution":"<span>Quelle: <b>Stadt</b></span>","transparent":true},
{"id":"g","typ":"GeoJSON","url":"./resources/a.geojson","maxScale":"viele"},{"name":"ohne Kennung"}])");
    QCOMPARE(int(services.services.size()), 3);
    const auto &noise = *services.find(u"L1"_s);
    QCOMPARE(noise.layers, (QStringList{u"lden"_s, u"lden_rand"_s}));
    QVERIFY(!noise.transparent);
    QCOMPARE(noise.tileSize, 512);
    QCOMPARE(noise.minScale, 0.0);
    QCOMPARE(noise.maxScale, 2500000.0);
    QCOMPARE(noise.featureCount, 5);
    QCOMPARE(noise.attribution, QString());
    QCOMPARE(noise.crs, u"EPSG:25832"_s);
    QCOMPARE(noise.records.at(0).categories, QStringList{u"Umwelt"_s});
    const auto &trees = *services.find(u"2"_s);
    QCOMPARE(trees.url.toString(), u"https://geoportal.example.org/portal/wfs"_s);
    QCOMPARE(trees.layers.size(), 2);
    QCOMPARE(trees.minScale, 100.0);
    QCOMPARE(trees.attribution, u"Quelle: Stadt"_s);
    QVERIFY(trees.transparent && trees.records.empty());
    QCOMPARE(services.find(u"g"_s)->url.toString(),
             u"https://geoportal.example.org/portal/master/resources/a.geojson"_s);
    QCOMPARE(services.find(u"g"_s)->maxScale, 0.0);
    QVERIFY(!services.find(u"x"_s));
    const QByteArray local = R"([{"id":"a","typ":"GeoJSON","url":"file:///etc/passwd"}])";
    QVERIFY(servicesIn(local).services[0].url.isEmpty()); // a portal of the web does not lead to files
    QVERIFY(parsePortalServices(local, QUrl(u"file:///home/portal/"_s))->services[0].url.isLocalFile());
}

void TestMasterportal::legendRulesOfBothVersionsHold_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<bool>("legend");
    QTest::addColumn<QString>("urls");
    QTest::newRow("nothing said") << R"("typ":"WMS")"_ba << true << QString();
    QTest::newRow("v2 empty") << R"("legendURL":"")"_ba << true << QString();
    QTest::newRow("v2 ignore") << R"("legendURL":"ignore")"_ba << false << QString();
    QTest::newRow("v2 list") << R"("legendURL":["https://a.de/1.png","2.png"])"_ba << true
                             << u"https://a.de/1.png https://geoportal.example.org/portal/master/2.png"_s;
    QTest::newRow("v3 yes") << R"("legend":true)"_ba << true << QString();
    QTest::newRow("v3 no") << R"("legend":false)"_ba << false << QString();
    QTest::newRow("v3 before v2") << R"("legend":"https://a.de/3.png","legendURL":"ignore")"_ba << true
                                  << u"https://a.de/3.png"_s;
}

void TestMasterportal::legendRulesOfBothVersionsHold()
{
    QFETCH(QByteArray, entry);
    QFETCH(bool, legend);
    QFETCH(QString, urls);
    const auto services = servicesIn("[{\"id\":\"a\"," + entry + "}]");
    QCOMPARE(services.services.at(0).legend, legend);
    QCOMPARE(services.services.at(0).legendUrls.join(u' '), urls);
}

void TestMasterportal::idsMayBeNumbersListsAndObjects()
{
    const auto config = configIn(R"({"layerConfig":{"subjectlayer":{"elements":[{"id":7},{"id":["a",8]},
{"id":{"layerId":"9","suffix":"x"}},{"id":null},"kein Eintrag"]}}})");
    QCOMPARE(int(config.topics.size()), 4);
    QCOMPARE(config.topics[0].ids, QStringList{u"7"_s});
    QCOMPARE(config.topics[1].ids, (QStringList{u"a"_s, u"8"_s}));
    QCOMPARE(config.topics[2].ids, QStringList{u"9.x"_s});
    QVERIFY(config.topics[3].ids.isEmpty());
}

void TestMasterportal::layersOfOneServiceAreJoined()
{
    const auto services = servicesIn(R"([{"id":"a","name":"A","typ":"WMS","url":"https://x.de/wms","layers":"1"},
{"id":"b","name":"B","typ":"WMS","url":"https://x.de/wms","layers":"2,3"},{"id":"c","name":"C","typ":"WMS","url":"https://y.de/wms","layers":"4"}])");
    const auto config = configIn(
        R"({"layerConfig":{"baselayer":{"elements":[{"id":["a","b"],"name":"Karte","visibility":true,"transparency":25}]},
"subjectlayer":{"elements":[{"id":["a","c"],"name":"Paar"}]}}})");
    const auto import = importPortal(config, services, portal);
    QCOMPARE(int(import.layers.size()), 3);
    const auto &map = import.layers[2];
    QCOMPARE(map.name, u"Karte"_s);
    QCOMPARE(map.service.layers, (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    QVERIFY(map.background && map.visible);
    QCOMPARE(map.opacity, 0.75);
    // of two servers: two layers in a group of that name
    QCOMPARE(import.layers[0].folders, QStringList{u"Paar"_s});
    QCOMPARE(import.layers[0].name, u"A"_s);
    QCOMPARE(import.layers[1].name, u"C"_s);
}

void TestMasterportal::groupsStayApart()
{
    const auto services = servicesIn(R"([{"id":"a","name":"A","typ":"WMS","url":"https://x.de/wms","layers":"1"},
{"id":"b","name":"B","typ":"WMS","url":"https://x.de/wms","layers":"2"}])");
    const auto grouped = importPortal(
        configIn(
            R"({"layerConfig":{"subjectlayer":{"elements":[{"id":["a","b"],"name":"Gruppe","typ":"GROUP","visibility":true}]}}})"),
        services, portal);
    QCOMPARE(int(grouped.layers.size()), 2);
    QCOMPARE(grouped.layers[1].service.type, u"WMS"_s);
    QCOMPARE(grouped.layers[1].folders, QStringList{u"Gruppe"_s});
    QVERIFY(grouped.layers[1].visible);
    const auto listed = importPortal(
        configIn(
            R"({"Themenconfig":{"Fachdaten":{"Ordner":[{"Titel":"Ordner","Layer":[{"id":"g","name":"Gruppe","children":[{"id":"a"},{"id":"b","name":"zwei"}]}]}]}}})"),
        services, portal);
    QCOMPARE(int(listed.layers.size()), 2);
    QCOMPARE(listed.layers[0].folders, (QStringList{u"Ordner"_s, u"Gruppe"_s}));
    QCOMPARE(listed.layers[0].name, u"A"_s);
    QCOMPARE(listed.layers[1].name, u"zwei"_s);
    QVERIFY(listed.missing.isEmpty());
}

void TestMasterportal::layersMayBeDefinedInTheTree()
{
    const auto services =
        servicesIn(R"([{"id":"8712","name":"Schulen","typ":"WFS","url":"https://x.de/wfs","featureType":"schulen"}])");
    const auto import = importPortal(configIn(R"({"layerConfig":{"subjectlayer":{"elements":[
{"id":"neu","name":"Neu","typ":"GeoJSON","url":"a.geojson"},{"id":"8712.1","name":"Grundschulen","featureType":"grundschulen"}]}}})"),
                                     services, portal);
    QCOMPARE(int(import.layers.size()), 2);
    QCOMPARE(import.layers[0].service.url.toString(), u"https://geoportal.example.org/portal/master/a.geojson"_s);
    QCOMPARE(import.layers[1].service.id, u"8712"_s);
    QCOMPARE(import.layers[1].service.featureType, u"grundschulen"_s);
    QCOMPARE(import.layers[1].name, u"Grundschulen"_s);
    QCOMPARE(import.foundByStem, 1);
}

void TestMasterportal::whatIsMissingIsTold()
{
    const auto services = servicesIn(R"([{"id":"3d","name":"Stadtmodell","typ":"TileSet3D","url":"x"}])");
    const auto import = importPortal(
        configIn(
            R"({"layerConfig":{"subjectlayer":{"elements":[{"id":"3d"},{"id":"weg"},{"id":"weg"},{"id":"weg.1"}]}}})"),
        services, portal);
    QVERIFY(import.layers.empty());
    QCOMPARE(import.unsupported, QStringList{u"Stadtmodell (TileSet3D)"_s});
    QCOMPARE(import.missing, (QStringList{u"weg"_s, u"weg.1"_s}));
}

void TestMasterportal::markupInNamesIsRemoved()
{
    const auto services = servicesIn(
        R"([{"id":"a","name":"Karte<br><i>alt</i> &amp; neu<script>x</script>","typ":"WMS","url":"https://x.de"}])");
    QCOMPARE(services.services[0].name.simplified(), u"Karte alt & neu"_s);
    const auto config = configIn(
        R"({"layerConfig":{"subjectlayer":{"elements":[{"id":"a","name":"translate#common:tree.x"},{"id":"a","name":["Liste"]}]}}})");
    const auto import = importPortal(config, services, portal);
    QCOMPARE(import.layers[0].name.simplified(), u"Karte alt & neu"_s); // no key of the portal's translations
    QCOMPARE(import.layers[1].name, u"Liste"_s);
}

void TestMasterportal::templatesInsteadOfNumbersAreNone()
{
    NEED_SAMPLES();
    const auto config = configIn(sample(u"masterportal/dataport_templated.config.json"_s));
    QVERIFY(!config.startCentre && config.extent.isEmpty());
    QCOMPARE(int(config.background.size()), 1);
}

void TestMasterportal::scriptNamesTheFiles_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("services");
    QTest::addColumn<QString>("config");
    const auto base = u"https://geoportal.example.org/portal/"_s;
    QTest::newRow("v2")
        << "const Config = {\n  layerConf: \"../resources/services-internet.json\",\n portalConf: './', restConf: 'r.json' };"_ba
        << base + u"resources/services-internet.json"_s << base + u"master/config.json"_s;
    QTest::newRow("v3, whole address")
        << "Config={\"layerConf\" : \"https://cdn.example.org/s.json\", portalConf:\"conf/a.json\"}"_ba
        << u"https://cdn.example.org/s.json"_s << base + u"master/conf/a.json"_s;
    QTest::newRow("no name for the configuration")
        << "layerConf:'s.json'"_ba << base + u"master/s.json"_s << base + u"master/config.json"_s;
}

void TestMasterportal::scriptNamesTheFiles()
{
    QFETCH(QByteArray, script);
    QFETCH(QString, services);
    QFETCH(QString, config);
    const auto files = parsePortalScript(script, portal);
    VERIFY_RESULT(files);
    QCOMPARE(files->services.toString(), services);
    QCOMPARE(files->config.toString(), config);
    VERIFY_FAILS(parsePortalScript("const Config = {};", portal), ErrorKind::Malformed);
}

void TestMasterportal::wrongFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("page") << "<!DOCTYPE html><html></html>"_ba;
    QTest::newRow("broken") << "[{\"id\":\"a\",}"_ba;
    QTest::newRow("something else") << "{\"type\":\"FeatureCollection\"}"_ba;
    QTest::newRow("list of something else") << "[1,2,3]"_ba;
}

void TestMasterportal::wrongFilesAreRefused()
{
    QFETCH(QByteArray, bytes);
    VERIFY_FAILS(parsePortalServices(bytes, portal), ErrorKind::Malformed);
    VERIFY_FAILS(parsePortalConfig(bytes), ErrorKind::Malformed);
    const QByteArray deep = QByteArray("{\"Ordner\":[").repeated(400) + QByteArray("]}").repeated(400);
    const auto config = parsePortalConfig("{\"Themenconfig\":{\"Fachdaten\":" + deep + "}}");
    QVERIFY(config || !config.error().what.isEmpty()); // bounded, and no crash
}

QTEST_GUILESS_MAIN(TestMasterportal)
#include "tst_masterportal.moc"
