// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/portalcatalogue.h"
#include "layers/catalogue/cataloguelayers.h"
#include "tests/datasources/services/servicesamples.h"
#include "tests/support/testkit.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QUrl portal(u"https://geoportal.example.org/portal/"_s);

CatalogueTree treeOf(const QByteArray &config, const QByteArray &services)
{
    return portalCatalogue(parsePortalConfig(config).value_or(PortalConfig()),
                           parsePortalServices(services, portal).value_or(PortalServices()), portal);
}

CatalogueNode nodeOf(const QByteArray &entry)
{
    const auto services = parsePortalServices("[{\"id\":\"a\",\"name\":\"A\"," + entry + "}]", portal);
    return services ? portalNode(services->services.at(0), portal) : CatalogueNode();
}

struct Tally {
    int layers = 0, folders = 0, services = 0, unshown = 0, depth = 0;
};

void count(const std::vector<CatalogueNode> &nodes, Tally &tally, int depth = 0)
{
    tally.depth = std::max(tally.depth, depth);
    for (const auto &node : nodes) {
        tally.folders += node.kind == CatalogueKind::Folder ? 1 : 0;
        tally.services += node.kind == CatalogueKind::Service ? 1 : 0;
        tally.layers += node.kind == CatalogueKind::Layer ? 1 : 0;
        tally.unshown += node.reason.isEmpty() ? 0 : 1;
        count(node.children, tally, depth + 1);
    }
}

} // namespace

class TestPortalCatalogue : public QObject
{
    Q_OBJECT
private slots:
    void realPortalsHaveTheirWholeTree_data();
    void realPortalsHaveTheirWholeTree();
    void configurationsWithoutServicesSayWhatIsMissing();
    void foldersOrderTransparencyAndScalesSurviveToTheMap();
    void kindsAreOpenedByTheirProviders_data();
    void kindsAreOpenedByTheirProviders();
    void vectorTilesKeepTheirStyleAndGrid();
    void settingsWorthKeepingAreKept();
    void aTreeFromRecordsIsBuiltAsThePortalDoes();
};

void TestPortalCatalogue::realPortalsHaveTheirWholeTree_data()
{
    QTest::addColumn<QString>("name");
    for (const auto *name : {u"dps_berlin", u"kusel_v3", u"mp3_basic", u"potsdam", u"umweltatlas_v2"})
        QTest::newRow(qPrintable(QString(name))) << QString(name);
}

void TestPortalCatalogue::realPortalsHaveTheirWholeTree()
{
    NEED_SAMPLES();
    QFETCH(QString, name);
    const auto configFile = u"masterportal/%1.config.json"_s.arg(name);
    const auto tree = treeOf(sample(configFile), sample(u"masterportal/%1.services.json"_s.arg(name)));
    Tally tally;
    count(tree.nodes, tally);
    const auto fact = [&](const QString &pattern) { return factOf(configFile, pattern).toInt(); };
    // each entry of the portal is a row; an entry of several services becomes a group of as many
    QVERIFY(tally.layers + tally.services >= fact(u"layer entries=(\\d+)"_s));
    QVERIFY(tally.layers + tally.services
            <= fact(u"layer entries=(\\d+)"_s) + fact(u"distinct ids referenced=(\\d+)"_s));
    QVERIFY(tally.folders >= fact(u"folders=(\\d+)"_s) + 1); // and the background
    QVERIFY(tally.depth >= fact(u"max folder depth=(\\d+)"_s));
    const auto counted = factOf(configFile, u"typ of found=\\{([^}]*)\\}"_s);
    int unshown = fact(u"(\\d+) not found"_s);
    for (const auto *kind : {u"SensorThings", u"TileSet3D", u"Terrain3D", u"Oblique"})
        unshown += QRegularExpression(u"'%1': (\\d+)"_s.arg(kind)).match(counted).captured(1).toInt();
    QCOMPARE(tally.unshown, unshown);
    QCOMPARE(tree.notes.isEmpty(), unshown == 0);
    forEachNode(tree.nodes, [&](const CatalogueNode &node) {
        QVERIFY(!node.title.isEmpty() && !node.title.contains(u"<br"_s));
        QVERIFY(node.kind == CatalogueKind::Folder || node.source || !node.reason.isEmpty());
        if (node.source && node.source->provider == "wms"_L1)
            QVERIFY(!node.source->location.contains(u"request="_s, Qt::CaseInsensitive));
        if (node.minScale > 0 && node.maxScale > 0)
            QVERIFY2(node.minScale > node.maxScale, qPrintable(node.title));
    });
}

void TestPortalCatalogue::configurationsWithoutServicesSayWhatIsMissing()
{
    NEED_SAMPLES();
    for (const auto *name : {u"docker241_master", u"mp3_master", u"dataport_templated"}) {
        const auto config = sample(u"masterportal/%1.config.json"_s.arg(QString(name)));
        const auto tree = treeOf(config, "[]");
        Tally tally;
        count(tree.nodes, tally);
        QVERIFY2(tally.unshown > 0, qPrintable(QString(name)));
        QVERIFY(!tree.notes.isEmpty());
    }
}

void TestPortalCatalogue::foldersOrderTransparencyAndScalesSurviveToTheMap()
{
    const auto tree = treeOf(
        R"({"Portalconfig":{"portalTitle":{"title":"Portal <b>der Stadt</b>"}},"Themenconfig":{
"Hintergrundkarten":{"Layer":[{"id":"bg","visibility":true}]},
"Fachdaten":{"Ordner":[{"Titel":"Umwelt","Ordner":[{"Titel":"Lärm","Layer":[
 {"id":"1","name":"Tag","transparency":"30","visibility":true},{"id":"1.2","name":"Nacht"}]}],"Layer":[{"id":"3d"},{"id":"weg","name":"Verschwunden"}]},
 {"Titel":"Umwelt","Layer":[{"id":"1","name":"gleicher Name"}]}]}}})",
        R"([{"id":"bg","name":"Karte","typ":"WMS","url":"https://x.de/bg?","layers":"k"},
{"id":"1","name":"Lärm","typ":"WMS","url":"https://x.de/wms?map=a&SERVICE=WMS","layers":["a","b"],"minScale":"500","maxScale":"25000"},
{"id":"3d","name":"Modell","typ":"TileSet3D","url":"https://x.de/3d"}])");
    QCOMPARE(tree.title, u"Portal der Stadt"_s);
    QCOMPARE(tree.nodes.size(), 3u); // two folders of the same name stay two
    const auto &environment = tree.nodes[0];
    QCOMPARE(environment.title, u"Umwelt"_s);
    QCOMPARE(environment.children.size(), 3u);
    QCOMPARE(environment.children[0].title, u"Modell"_s);
    QVERIFY(!environment.children[0].reason.isEmpty() && !environment.children[0].canBeShown());
    QCOMPARE(environment.children[1].title, u"Verschwunden"_s);
    QVERIFY(environment.children[1].reason.contains(u"weg"_s));
    QCOMPARE(tree.nodes[2].children[0].title, u"Karte"_s);
    QCOMPARE(tree.notes.size(), 2);

    std::vector<const CatalogueNode *> all;
    for (const auto &node : tree.nodes)
        all.push_back(&node);
    const auto nodes = layerNodes(all);
    QCOMPARE(nodes.size(), 3u);
    QCOMPARE(nodes[0].children.size(), 1u);
    const auto &noise = nodes[0].children[0];
    QCOMPARE(noise.title, u"Lärm"_s);
    const auto &day = *noise.children[0].layer;
    QCOMPARE(day.title, u"Tag"_s);
    QVERIFY(day.visible && !noise.children[1].layer->visible);
    QCOMPARE(day.opacity, 0.7);
    QVERIFY(day.inScale(10000) && !day.inScale(100) && !day.inScale(30000));
    QCOMPARE(day.source.location, u"https://x.de/wms?map=a"_s);
    QCOMPARE(day.source.layer, u"a,b"_s);
    QCOMPARE(noise.children[1].layer->title, u"Nacht"_s);
    QVERIFY(nodes[2].children[0].layer->visible);
}

void TestPortalCatalogue::kindsAreOpenedByTheirProviders_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<QString>("ref"); // provider location layer
    const auto row = [](const char *name, const QByteArray &entry, const QString &ref) {
        QTest::newRow(name) << entry << ref;
    };
    row("wms", R"("typ":"WMS","url":"https://x.de/w","layers":"a")", u"wms https://x.de/w a"_s);
    row("wms of all layers", R"("typ":"WMS","url":"https://x.de/w","layers":"")", u"wms https://x.de/w "_s);
    row("wmts", R"("typ":"WMTS","capabilitiesUrl":"https://x.de/c.xml","url":"https://x.de/","layers":"web")",
        u"wmts https://x.de/c.xml web"_s);
    row("wmts kvp", R"("typ":"WMTS","urls":["https://x.de/kvp?"],"layer":"web")", u"wmts https://x.de/kvp web"_s);
    row("wmts described here", R"("typ":"WMTS","urls":["https://x.de/{TileMatrix}/{TileRow}/{TileCol}"])", {});
    row("wfs", R"("typ":"WFS","url":"https://x.de/w?service=WFS","featureType":"t")", u"wfs https://x.de/w t"_s);
    row("wfs with prefix", R"("typ":"WFS","url":"https://x.de/w","featureType":"t","featurePrefix":"app")",
        u"wfs https://x.de/w app:t"_s);
    row("oaf", R"("typ":"OAF","url":"https://x.de/api","collection":"c")", u"oaf https://x.de/api c"_s);
    row("geojson", R"("typ":"GeoJSON","url":"data/a.geojson?v=1")",
        u"file https://geoportal.example.org/portal/data/a.geojson?v=1 "_s);
    row("sensors", R"("typ":"SensorThings","url":"https://x.de/")", {});
    row("3d", R"("typ":"Oblique","url":"https://x.de/")", {});
    row("unknown", R"("typ":"Neu","url":"https://x.de/")", {});
    row("no kind", R"("url":"https://x.de/")", {});
    row("no address", R"("typ":"WMS","layers":"a")", {});
    row("local file", R"("typ":"GeoJSON","url":"file:///etc/passwd")", {});
    row("script", R"("typ":"WMS","url":"javascript:alert","layers":"a")", {});
}

void TestPortalCatalogue::kindsAreOpenedByTheirProviders()
{
    QFETCH(QByteArray, entry);
    QFETCH(QString, ref);
    const auto node = nodeOf(entry);
    if (ref.isEmpty()) {
        QVERIFY(!node.reason.isEmpty() && !node.canBeShown());
        return;
    }
    QVERIFY2(node.reason.isEmpty(), qPrintable(node.reason));
    QCOMPARE(node.source->provider + u' ' + node.source->location + u' ' + node.source->layer, ref);
    const bool layer = !node.source->layer.isEmpty() || node.source->provider == "file"_L1;
    QCOMPARE(node.kind, layer ? CatalogueKind::Layer : CatalogueKind::Service);
}

void TestPortalCatalogue::vectorTilesKeepTheirStyleAndGrid()
{
    const auto node = nodeOf(R"("typ":"VectorTile","url":"https://x.de/{z}/{x}/{y}.pbf","epsg":"EPSG:25832",
        "extent":[-46133.17,5048875.27,1206211.10,6301219.54],"resolutions":[4891.97,2445.98],"tileSize":256,
        "vtStyles":[{"id":"g","url":"https://x.de/grau.json"},{"id":"f","url":"https://x.de/farbe.json",
        "defaultStyle":true}])");
    QVERIFY(node.canBeShown());
    QCOMPARE(node.source->provider, u"mvt"_s);
    QCOMPARE(node.source->location, u"https://x.de/{z}/{x}/{y}.pbf"_s);
    QCOMPARE(node.source->options["style"_L1].toString(), u"https://x.de/farbe.json"_s);
    const auto grid = node.source->options["grid"_L1].toObject();
    QCOMPARE(grid["crs"_L1].toString(), u"EPSG:25832"_s);
    QCOMPARE(grid["origin"_L1].toArray(), (QJsonArray{-46133.17, 6301219.54}));
    QCOMPARE(grid["resolutions"_L1].toArray().size(), 2);
    QCOMPARE(grid["tileSize"_L1].toInt(), 256);
    const auto mercator = nodeOf(R"("typ":"VectorTile","url":"https://x.de/{z}/{x}/{y}.pbf","epsg":"EPSG:3857",
        "vtStyles":[{"id":"g","url":"https://x.de/grau.json"}])");
    QVERIFY(!mercator.source->options.contains("grid"_L1));
    QCOMPARE(mercator.source->options["style"_L1].toString(), u"https://x.de/grau.json"_s);
    const auto nowhere = nodeOf(R"("typ":"VectorTile","url":"https://x.de/style.json")");
    QVERIFY(!nowhere.canBeShown() && !nowhere.reason.isEmpty());
}

void TestPortalCatalogue::settingsWorthKeepingAreKept()
{
    const auto node = nodeOf(
        R"("typ":"WMS","url":"https://x.de/w","layers":"a","version":"1.1.1","format":"image/jpeg","transparent":"false",
"styles":"s","infoFormat":"text/html","featureCount":"5","legendURL":["https://x.de/l.png"],"time":{"default":"2024-01-01"},
"gfiAttributes":{"db":{"name":"Pegel"}},"layerAttribution":"Datenlizenz Deutschland - Namensnennung - Version 2.0",
"preview":{"src":"img/p.png"},
"datasets":[{"md_id":"abc","md_name":"Karte","csw_url":"https://x.de/csw","kategorie_opendata":["Umwelt"],"kategorie_organisation":"Amt"}])");
    const auto &options = node.source->options;
    QCOMPARE(options[u"version"_s].toString(), u"1.1.1"_s);
    QCOMPARE(options[u"format"_s].toString(), u"image/jpeg"_s);
    QCOMPARE(options[u"style"_s].toString(), u"s"_s);
    QCOMPARE(options[u"transparent"_s], QJsonValue(false));
    QCOMPARE(options[u"dimensions"_s][u"time"_s].toString(), u"2024-01-01"_s);
    QCOMPARE(options[u"legend"_s].toArray().at(0).toString(), u"https://x.de/l.png"_s);
    QCOMPARE(options[u"gfiAttributes"_s][u"db"_s][u"name"_s].toString(), u"Pegel"_s);
    QCOMPARE(options[u"infoFormat"_s].toString(), u"text/html"_s);
    QCOMPARE(options[u"featureCount"_s].toInt(), 5);
    QCOMPARE(node.licence, u"dl-de/by-2-0"_s);
    QVERIFY(node.attribution.startsWith(u"Datenlizenz"_s));
    QCOMPARE(node.contact, u"Amt"_s);
    QCOMPARE(node.keywords, (QStringList{u"Umwelt"_s, u"Karte"_s}));
    QCOMPARE(node.preview, u"https://geoportal.example.org/portal/img/p.png"_s);
    QVERIFY(node.metadata.contains(u"request=GetRecordById"_s) && node.metadata.contains(u"id=abc"_s));
    QCOMPARE(nodeOf(R"("typ":"WMS","url":"https://x.de/w","layers":"a","legend":false)").source->options[u"legend"_s],
             QJsonValue(false));
}

void TestPortalCatalogue::aTreeFromRecordsIsBuiltAsThePortalDoes()
{
    const QByteArray services = R"([
{"id":"1","name":"A","typ":"WMS","url":"https://x.de/w","layers":"a","datasets":[{"md_id":"m","md_name":"Plan","kategorie_opendata":["Umwelt"]}]},
{"id":"2","name":"B","typ":"WMS","url":"https://x.de/w","layers":"b","datasets":[{"md_id":"m","md_name":"Plan","kategorie_opendata":["Umwelt"]}]},
{"id":"3","name":"C","typ":"WMS","url":"https://x.de/w","layers":"c"}])";
    const auto tree = treeOf(R"({"portalConfig":{"tree":{"type":"auto"}},"layerConfig":{}})", services);
    QCOMPARE(tree.nodes.size(), 1u);
    QCOMPARE(tree.nodes[0].title, u"Umwelt"_s);
    QCOMPARE(tree.nodes[0].children.size(), 1u);
    QCOMPARE(tree.nodes[0].children[0].title, u"Plan"_s);
    QCOMPARE(tree.nodes[0].children[0].children.size(), 2u);
    const auto list = serviceListCatalogue(*parsePortalServices(services, portal), portal);
    QCOMPARE(list.nodes.size(), 2u); // C, too: the list alone hides nothing
    QCOMPARE(list.nodes[1].title, u"C"_s);
}

QTEST_GUILESS_MAIN(TestPortalCatalogue)
#include "tst_portalcatalogue.moc"
