// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/catalogues.h"
#include "layers/catalogue/cataloguelayers.h"
#include "tests/datasources/services/servicesamples.h"
#include "tests/support/loopbackserver.h"
#include "tests/support/testkit.h"

#include <QBuffer>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <future>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QByteArray script =
    "const Config = { layerConf: './resources/services.json', portalConf: './', restConf: './rest.json' };";
const QByteArray config = R"({"portalConfig":{"mainMenu":{"title":{"text":"Stadtportal"}}},"layerConfig":{
"baselayer":{"elements":[{"id":"bg","visibility":true}]},
"subjectlayer":{"elements":[{"type":"folder","name":"Umwelt","elements":[{"id":"1"},{"id":"weg"}]}]}}})";

QByteArray services(const QUrl &wms)
{
    return R"([{"id":"bg","name":"Karte","typ":"WMS","url":"https://service.gdi-sh.de/WMS_SH_FD_VBORIS?","layers":"k"},
{"id":"1","name":"Lärm","typ":"WMS","url":")"
        + wms.toEncoded() + R"(","layers":"a"}])";
}

QByteArray capabilities(const QUrl &at)
{
    return R"(<?xml version="1.0"?><WMS_Capabilities version="1.3.0"><Service><Title>Testdienst</Title></Service><Capability>
<Request><GetMap><Format>image/png</Format><DCPType><HTTP><Get><OnlineResource xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href=")"
        + at.toEncoded() + R"("/></Get></HTTP></DCPType></GetMap></Request>
<Layer><Title>Alles</Title><CRS>EPSG:25832</CRS><Layer><Name>a</Name><Title>Lärm</Title></Layer></Layer></Capability></WMS_Capabilities>)";
}

QByteArray picture()
{
    QImage image(640, 480, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

const QByteArray turtle = R"(@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://x.de/c> a dcat:Catalog ; dct:title "Offene Daten" .
<https://x.de/1> a dcat:Dataset ; dct:title "Bäume" ; dcat:distribution [ dcat:downloadURL <https://x.de/b.csv> ] .)";

struct Fixture {
    QTemporaryDir folder;
    LoopbackServer server;
    HttpClient client{{.retry = {.firstPause = std::chrono::milliseconds(10)}}};
    std::shared_ptr<ServiceStore> store;
    CatalogueFiles files;
    std::unique_ptr<Catalogues> catalogues;

    Fixture()
    {
        QDir(folder.path()).mkpath(u"portal/resources"_s);
        store = ServiceStore::open(folder.filePath(u"store.sqlite"_s)).value();
        files = {.own = folder.filePath(u"own.json"_s), .sources = folder.filePath(u"sources.json"_s)};
        catalogues = std::make_unique<Catalogues>(client, store, files, u"de"_s);
    }
    void servePortal(const QByteArray &path = "/portal/")
    {
        server.on(path + "config.js", {.body = script});
        server.on(path + "config.json", {.body = config});
        server.on(path + "resources/services.json", {.body = services(server.url(u"/wms"_s))});
    }
    void serveWms()
    {
        server.on("/wms", [this](const ServedRequest &request) -> ServedReply {
            if (request.target.toLower().contains("request=getmap"))
                return {.body = picture()};
            return {.body = capabilities(server.url(u"/wms?"_s))};
        });
    }
    CatalogueSource source(CatalogueSourceKind kind, const QString &target, const QString &provider = {}) const
    {
        return {.kind = kind,
                .location = server.url(target).toString(QUrl::FullyEncoded),
                .provider = provider,
                .own = true};
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    auto load(const CatalogueSource &source, CatalogueAge age = CatalogueAge::Fresh) const
    {
        return catalogues->load(source, age, {});
    }
};

int missingIn(const CatalogueTree &tree)
{
    int count = 0;
    forEachNode(tree.nodes, [&](const CatalogueNode &node) { count += node.reason.isEmpty() ? 0 : 1; });
    return count;
}

} // namespace

class TestCatalogues : public QObject
{
    Q_OBJECT
private slots:
    void theShippedCatalogueOpensWithoutANetwork();
    void aPortalIsReadFromAnyOfItsAddresses_data();
    void aPortalIsReadFromAnyOfItsAddresses();
    void aPortalIsReadFromFiles();
    void whatWasReadOnceIsThereWithoutANetwork();
    void aFaultLeavesWhatWasThereAndSaysSo_data();
    void aFaultLeavesWhatWasThereAndSaysSo();
    void unchangedDocumentsAreNotSentAgain();
    void ckanIsPagedAndSearched();
    void dcatIsFoundBehindItsPageAndReadToTheEnd();
    void theLayersOfAServiceAreReadAndShownInAPreview();
    void collectionsOfAnApiAreRead();
    void addressesAreRecognised_data();
    void addressesAreRecognised();
    void whatIsNoCatalogueIsToldApart();
    void aStopEndsTheWaitForADeadServer();
    void withoutAStoreItWorksToo();
};

void TestCatalogues::theShippedCatalogueOpensWithoutANetwork()
{
    Fixture f;
    f.client.setOffline(true);
    const auto tree = f.load({.kind = CatalogueSourceKind::File, .location = u":/catalogue/luebeck.json"_s});
    VERIFY_RESULT(tree);
    QCOMPARE(tree->title, u"Lübeck, Land und Bund"_s);
    QVERIFY(tree->nodes.size() > 5);
}

void TestCatalogues::aPortalIsReadFromAnyOfItsAddresses_data()
{
    QTest::addColumn<QString>("target");
    QTest::newRow("folder") << u"/portal/"_s;
    QTest::newRow("page") << u"/portal/index.html?zoomLevel=3#x"_s;
    QTest::newRow("no slash") << u"/portal"_s;
    QTest::newRow("script") << u"/portal/config.js"_s;
    QTest::newRow("configuration") << u"/portal/config.json"_s;
}

void TestCatalogues::aPortalIsReadFromAnyOfItsAddresses()
{
    QFETCH(QString, target);
    Fixture f;
    f.servePortal();
    const auto tree = f.load(f.source(CatalogueSourceKind::Masterportal, target));
    VERIFY_RESULT(tree);
    QCOMPARE(tree->title, u"Stadtportal"_s);
    QCOMPARE(tree->nodes.size(), 2u);
    QCOMPARE(tree->nodes[0].title, u"Umwelt"_s);
    QCOMPARE(tree->nodes[0].children[0].source->location, f.server.url(u"/wms"_s).toString());
    QCOMPARE(missingIn(*tree), 1);
    // what the city's own catalogue says of a service holds for portals, too
    QVERIFY(!tree->nodes[1].children[0].mayBeStored && tree->nodes[0].children[0].mayBeStored);
}

void TestCatalogues::aPortalIsReadFromFiles()
{
    Fixture f;
    f.write(u"portal/config.json"_s, config);
    f.write(u"portal/resources/services.json"_s, services(QUrl(u"https://x.de/wms"_s)));
    const auto expect = [&](const QString &path) {
        const auto tree = f.load({.kind = CatalogueSourceKind::Masterportal, .location = f.folder.filePath(path)});
        VERIFY_RESULT(tree);
        QCOMPARE(tree->nodes.size(), 2u);
        QCOMPARE(missingIn(*tree), 1);
    };
    expect(u"portal/config.json"_s); // the list of services lies where it usually does
    expect(u"portal"_s);
    f.write(u"portal/config.js"_s, script);
    expect(u"portal/config.js"_s);
    expect(u"portal"_s);
    const auto list = f.load({.kind = CatalogueSourceKind::Masterportal,
                              .location = f.folder.filePath(u"portal/resources/services.json"_s)});
    VERIFY_RESULT(list);
    QCOMPARE(list->nodes.size(), 2u);
    QFile::remove(f.folder.filePath(u"portal/config.js"_s));
    QFile::remove(f.folder.filePath(u"portal/resources/services.json"_s));
    const auto alone =
        f.load({.kind = CatalogueSourceKind::Masterportal, .location = f.folder.filePath(u"portal/config.json"_s)});
    VERIFY_RESULT(alone);
    QCOMPARE(missingIn(*alone), 3);
    QVERIFY(alone->notes.join(u' ').contains(u"not found"_s));
    VERIFY_FAILS(f.load({.kind = CatalogueSourceKind::Masterportal, .location = f.folder.filePath(u"none"_s)}),
                 ErrorKind::NotFound);
}

void TestCatalogues::whatWasReadOnceIsThereWithoutANetwork()
{
    Fixture f;
    f.servePortal();
    const auto portal = f.source(CatalogueSourceKind::Masterportal, u"/portal/"_s);
    VERIFY_RESULT(f.load(portal));
    const auto asked = f.server.requests().size();
    const auto kept = f.load(portal, CatalogueAge::Kept);
    VERIFY_RESULT(kept);
    QCOMPARE(f.server.requests().size(), asked); // nobody was asked
    QVERIFY(kept->asOf.isValid() && !kept->old);
    f.client.setOffline(true);
    const auto offline = f.load(portal);
    VERIFY_RESULT(offline);
    QCOMPARE(offline->nodes, kept->nodes);
    QVERIFY2(offline->notes.join(u' ').contains(u"offline"_s), qPrintable(offline->notes.join(u' ')));
    // and by the next program, too
    VERIFY_RESULT(f.store->flush());
    Catalogues next(f.client, f.store, f.files, u"de"_s);
    VERIFY_RESULT(next.load(portal, CatalogueAge::Kept, {}));
}

void TestCatalogues::aFaultLeavesWhatWasThereAndSaysSo_data()
{
    QTest::addColumn<int>("fault");
    QTest::newRow("server error") << 0;
    QTest::newRow("web page") << 1;
    QTest::newRow("half a file") << 2;
    QTest::newRow("gone") << 3;
}

void TestCatalogues::aFaultLeavesWhatWasThereAndSaysSo()
{
    QFETCH(int, fault);
    Fixture f;
    f.servePortal();
    const auto portal = f.source(CatalogueSourceKind::Masterportal, u"/portal/"_s);
    const auto before = f.load(portal);
    VERIFY_RESULT(before);
    ServedReply broken;
    switch (fault) {
    case 0:
        broken = {.status = 501, .body = "<html><title>Fehler</title></html>"};
        break;
    case 1:
        broken = {.body = "<!DOCTYPE html><html><title>Wartung</title></html>"};
        break;
    case 2:
        broken = {.body = services(QUrl(u"https://x.de/"_s)), .cutAfter = 20, .close = true};
        break;
    default:
        broken = {.status = 404};
    }
    f.server.on("/portal/resources/services.json", broken);
    const auto after = f.load(portal);
    VERIFY_RESULT(after);
    QCOMPARE(after->nodes, before->nodes);
    QVERIFY2(after->notes.join(u' ').contains(u"As of"_s), qPrintable(after->notes.join(u' ')));
    Fixture fresh; // without a store's help it is an error
    fresh.servePortal();
    fresh.server.on("/portal/resources/services.json", broken);
    const auto error = fresh.load(fresh.source(CatalogueSourceKind::Masterportal, u"/portal/"_s));
    QVERIFY(!error && !error.error().what.isEmpty());
}

void TestCatalogues::unchangedDocumentsAreNotSentAgain()
{
    Fixture f;
    f.server.on("/c.json", [](const ServedRequest &request) -> ServedReply {
        if (request.header("If-None-Match") == "\"1\"")
            return {.status = 304};
        return {.body = R"({"format":"hanseatlas-catalogue","version":1,"title":"Eigener","services":[]})",
                .headers = {{"ETag", "\"1\""}}};
    });
    const auto source = f.source(CatalogueSourceKind::File, u"/c.json"_s);
    VERIFY_RESULT(f.load(source));
    const auto again = f.load(source);
    VERIFY_RESULT(again);
    QCOMPARE(again->title, u"Eigener"_s);
    QVERIFY(again->notes.isEmpty());
}

void TestCatalogues::ckanIsPagedAndSearched()
{
    Fixture f;
    f.server.on("/api/3/action/package_search", [](const ServedRequest &request) -> ServedReply {
        const bool second = request.target.contains("start=50");
        const bool search = request.target.contains("q=b%C3%A4ume");
        const QByteArray title = search ? "Gefunden" : second ? "Zweite" : "Erste";
        return {
            .body = R"({"success":true,"result":{"count":)" + QByteArray(search ? "1" : "51")
                + R"(,"results":[{"name":"a","title":")" + title
                + R"(","resources":[{"format":"WMS","url":"https://service.gdi-sh.de/WMS_SH_FD_VBORIS?LAYERS=a"}]}]}})"};
    });
    const auto source = f.source(CatalogueSourceKind::Ckan, u"/dataset"_s);
    const auto first = f.load(source);
    VERIFY_RESULT(first);
    QCOMPARE(first->nodes[0].title, u"Erste"_s);
    QCOMPARE(first->total, 51);
    QCOMPARE(first->nextPage, 1);
    QVERIFY(!first->nodes[0].children[0].mayBeStored);
    const auto second = f.catalogues->search(source, {.page = 1}, {});
    VERIFY_RESULT(second);
    QCOMPARE(second->nodes[0].title, u"Zweite"_s);
    const auto found = f.catalogues->search(source, {.words = u"bäume"_s}, {});
    VERIFY_RESULT(found);
    QCOMPARE(found->nodes[0].title, u"Gefunden"_s);
    VERIFY_FAILS(f.catalogues->search(f.source(CatalogueSourceKind::Dcat, u"/"_s), {.words = u"x"_s}, {}),
                 ErrorKind::Unsupported);
}

void TestCatalogues::dcatIsFoundBehindItsPageAndReadToTheEnd()
{
    Fixture f;
    f.server.on("/", {.body = "<!DOCTYPE html><html><a href=\"daten.html\">x</a></html>"});
    f.server.on("/catalog.ttl", {.body = turtle});
    const auto tree = f.load(f.source(CatalogueSourceKind::Dcat, u"/"_s));
    VERIFY_RESULT(tree);
    QCOMPARE(tree->title, u"Offene Daten"_s);
    QCOMPARE(tree->nodes.at(0).children.at(0).format, u"CSV"_s);
    const auto page = [&](int number, const QString &next) {
        return turtle + "<https://x.de/p" + QByteArray::number(number)
            + "> a <http://www.w3.org/ns/hydra/core#PagedCollection> ; <http://www.w3.org/ns/hydra/core#nextPage> "
              "\""
            + f.server.url(next).toEncoded() + "\" .";
    };
    f.server.on("/1.ttl", {.body = page(1, u"/2.ttl"_s)});
    f.server.on("/2.ttl", {.body = page(2, u"/1.ttl"_s)}); // a circle ends
    const auto paged = f.load(f.source(CatalogueSourceKind::Dcat, u"/1.ttl"_s));
    VERIFY_RESULT(paged);
    QVERIFY(paged->nodes.size() >= 2 && paged->nodes.size() <= 3);
    f.server.on("/3.rdf", {.body = R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Desc)"});
    VERIFY_FAILS(f.load(f.source(CatalogueSourceKind::Dcat, u"/3.rdf"_s)), ErrorKind::Malformed);
    f.server.on("/2.ttl", {.status = 404});
    Fixture fresh;
    const auto cut = fresh.catalogues->load(f.source(CatalogueSourceKind::Dcat, u"/1.ttl"_s), CatalogueAge::Fresh, {});
    VERIFY_RESULT(cut);
    QVERIFY(cut->notes.join(u' ').contains(u"incomplete"_s));
}

void TestCatalogues::theLayersOfAServiceAreReadAndShownInAPreview()
{
    Fixture f;
    f.serveWms();
    const auto tree = f.load(f.source(CatalogueSourceKind::Service, u"/wms"_s, u"wms"_s));
    VERIFY_RESULT(tree);
    QCOMPARE(tree->title, u"Testdienst"_s);
    QCOMPARE(tree->nodes.size(), 1u);
    QCOMPARE(tree->nodes[0].source->layer, u"a"_s);
    const auto preview = f.catalogues->preview(tree->nodes[0], {320, 120}, {});
    VERIFY_RESULT(preview);
    QVERIFY(preview->width() <= 320 && preview->height() <= 120);
    QCOMPARE(preview->pixelColor(5, 5), QColor(Qt::red));
    const auto map = f.server.requests().back().target.toUpper();
    QVERIFY2(map.contains("CRS=EPSG:25832") && map.contains("BBOX=6085"), map.constData());
    auto named = tree->nodes[0];
    f.server.on("/p.png", {.body = picture()});
    named.preview = f.server.url(u"/p.png"_s).toString();
    VERIFY_RESULT(f.catalogues->preview(named, {320, 120}, {}));
    f.server.on("/q.png", {.body = "<html>nein</html>"});
    named.preview = f.server.url(u"/q.png"_s).toString();
    QVERIFY(!f.catalogues->preview(named, {320, 120}, {}));
    CatalogueNode file{.kind = CatalogueKind::Layer};
    file.source = SourceRef{.location = u"https://x.de/a.csv"_s};
    VERIFY_FAILS(f.catalogues->preview(file, {320, 120}, {}), ErrorKind::NotFound);
    VERIFY_FAILS(
        f.catalogues->layersOf({.provider = u"xyz"_s, .location = u"https://x.de/"_s}, CatalogueAge::Fresh, {}),
        ErrorKind::Unsupported);
}

void TestCatalogues::collectionsOfAnApiAreRead()
{
    Fixture f;
    f.server.on("/api/", {.body = R"({"title":"API","links":[]})"});
    f.server.on("/api/collections", {.body = R"({"collections":[{"id":"b","title":"Bäume","links":[]}]})"});
    const auto tree = f.load(f.source(CatalogueSourceKind::Service, u"/api"_s, u"oaf"_s));
    VERIFY_RESULT(tree);
    QCOMPARE(tree->nodes.at(0).source->layer, u"b"_s);
    QCOMPARE(tree->nodes.at(0).source->provider, u"oaf"_s);
}

void TestCatalogues::addressesAreRecognised_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<CatalogueSourceKind>("kind");
    QTest::addColumn<QString>("title");
    QTest::newRow("portal") << u"/portal/"_s << CatalogueSourceKind::Masterportal << u"Stadtportal"_s;
    QTest::newRow("portal's configuration")
        << u"/portal/config.json"_s << CatalogueSourceKind::Masterportal << u"Stadtportal"_s;
    QTest::newRow("service") << u"/wms?service=WMS&request=GetMap&layers=a"_s << CatalogueSourceKind::Service
                             << u"Testdienst"_s;
    QTest::newRow("turtle") << u"/catalog.ttl"_s << CatalogueSourceKind::Dcat << u"Offene Daten"_s;
    QTest::newRow("open data's page") << u"/offen"_s << CatalogueSourceKind::Dcat << u"Offene Daten"_s;
    QTest::newRow("ckan") << u"/ckan/api/3/action/package_list"_s << CatalogueSourceKind::Ckan << u"127.0.0.1"_s;
    QTest::newRow("our own") << u"/own.json"_s << CatalogueSourceKind::File << u"Eigener"_s;
}

void TestCatalogues::addressesAreRecognised()
{
    QFETCH(QString, target);
    QFETCH(CatalogueSourceKind, kind);
    QFETCH(QString, title);
    Fixture f;
    f.servePortal();
    f.serveWms();
    f.server.on("/catalog.ttl", {.body = turtle});
    f.server.on("/offen", {.body = "<!DOCTYPE html><html><a href='catalog.ttl'>x</a></html>"});
    f.server.on("/own.json", {.body = R"({"format":"hanseatlas-catalogue","version":1,"title":"Eigener"})"});
    f.server.on("/ckan/api/3/action/package_search",
                {.body = R"({"help":"x/api/3/action/help_show","success":true,"result":{"count":0,"results":[]}})"});
    const auto found = f.catalogues->detect(f.server.url(target).toString(), {});
    VERIFY_RESULT(found);
    QCOMPARE(found->kind, kind);
    QCOMPARE(found->title, title);
    QVERIFY(found->own && !found->id.isEmpty());
    VERIFY_RESULT(f.load(*found, CatalogueAge::Kept));
    if (kind == CatalogueSourceKind::Service) {
        QCOMPARE(found->provider, u"wms"_s);
        QCOMPARE(found->location, f.server.url(u"/wms"_s).toString());
    }
}

void TestCatalogues::whatIsNoCatalogueIsToldApart()
{
    Fixture f;
    f.server.onOther([](const ServedRequest &) { return ServedReply{.body = "<html><title>x</title></html>"}; });
    VERIFY_FAILS(f.catalogues->detect(f.server.url(u"/irgendwas"_s).toString(), {}), ErrorKind::Unsupported);
    VERIFY_FAILS(f.catalogues->detect(u"kein Wort davon"_s, {}), ErrorKind::Invalid);
    VERIFY_FAILS(f.catalogues->detect({}, {}), ErrorKind::Invalid);
    f.write(u"a.txt"_s, "nichts");
    VERIFY_FAILS(f.catalogues->detect(f.folder.filePath(u"a.txt"_s), {}), ErrorKind::Unsupported);
    f.write(u"c.ttl"_s, turtle);
    const auto file = f.catalogues->detect(f.folder.filePath(u"c.ttl"_s), {});
    VERIFY_RESULT(file);
    QCOMPARE(file->kind, CatalogueSourceKind::Dcat);
    f.server.on("/d.geojson", {.body = R"({"type":"FeatureCollection","features":[]})"});
    const auto data = f.catalogues->detect(f.server.url(u"/d.geojson"_s).toString(), {});
    VERIFY_FAILS(data, ErrorKind::Unsupported);
    QVERIFY(!data.error().hint.isEmpty());
}

void TestCatalogues::aStopEndsTheWaitForADeadServer()
{
    Fixture f;
    f.server.onOther([](const ServedRequest &) { return ServedReply{.never = true}; });
    std::stop_source stop;
    auto waiting = std::async(
        std::launch::async, [&] { return f.catalogues->detect(f.server.url(u"/wms"_s).toString(), stop.get_token()); });
    QTRY_VERIFY(!f.server.requests().empty());
    QElapsedTimer timer;
    timer.start();
    stop.request_stop();
    const auto result = waiting.get();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    QVERIFY(timer.elapsed() < 5000);
}

void TestCatalogues::withoutAStoreItWorksToo()
{
    Fixture f;
    f.servePortal();
    const Catalogues bare(f.client, {}, f.files, u"de"_s);
    VERIFY_RESULT(bare.load(f.source(CatalogueSourceKind::Masterportal, u"/portal/"_s), CatalogueAge::Kept, {}));
}

QTEST_GUILESS_MAIN(TestCatalogues)
#include "tst_catalogues.moc"
