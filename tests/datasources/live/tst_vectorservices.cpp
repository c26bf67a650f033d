// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/serviceopener.h"
#include "datasources/opener/opener.h"
#include "tests/datasources/live/livefixture.h"
#include "tests/datasources/net/gzip.h"
#include "tests/datasources/vectortiles/tilewriter.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QMutex>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QByteArray paints = R"(
    {"id": "ground", "type": "background", "paint": {"background-color": "#ffffff"}},
    {"id": "a", "type": "fill", "source": "s", "source-layer": "a", "paint": {"fill-color": "#ff0000"}},
    {"id": "i", "type": "symbol", "source": "s", "source-layer": "p", "layout": {"icon-image": "dot",
     "icon-allow-overlap": true}})";

/** All of the tile is an area, and icons lie in it. */
QByteArray redTile()
{
    return tileMessage(
        {layerMessage("a", {featureMessage(3, paths({{{-80, -80}, {4176, -80}, {4176, 4176}, {-80, 4176}}}, true))}),
         layerMessage(
             "p",
             {featureMessage(1, points({{1024, 1024}, {3072, 1024}, {1024, 3072}, {3072, 3072}, {2048, 2048}}))})});
}

QByteArray styleOf(const QByteArray &sources, const QByteArray &more = {}, const QByteArray &layers = paints)
{
    return R"({"version": 8, "name": "Grundkarte", )" + more + R"("sources": {)" + sources + R"(}, "layers": [)"
        + layers + "]}";
}

/** A server of vector tiles at /t/z/x/y.pbf, with a description and a style. */
struct TileServer {
    TileServer()
    {
        server.on("/style.json",
                  [this](const ServedRequest &) { return ServedReply{.status = status, .body = style}; });
        server.on("/tiles.json", [this](const ServedRequest &) {
            return ServedReply{
                .status = status, .body = description, .headers = {{"Content-Type", "application/json"}}};
        });
        QImage icons(20, 20, QImage::Format_ARGB32);
        icons.fill(Qt::blue);
        server.on("/icons@2x.png", ServedReply{.body = png(icons)});
        server.on("/icons@2x.json",
                  ServedReply{.body = R"({"dot": {"x": 0, "y": 0, "width": 20, "height": 20, "pixelRatio": 2}})"});
        server.onOther([this](const ServedRequest &request) {
            if (!request.path().startsWith("/t/"))
                return ServedReply{.status = 404};
            ++tiles;
            auto reply = tile;
            if (reply.status == 200 && status != 200)
                reply = ServedReply{.status = status};
            return reply;
        });
    }

    LoopbackServer server;
    QByteArray style = styleOf(R"("s": {"type": "vector", "url": "tiles.json"})", R"("sprite": "icons", )");
    QByteArray description = R"({"tilejson": "3.0.0", "tiles": ["t/{z}/{x}/{y}.pbf"], "minzoom": 0, "maxzoom": 14,
        "attribution": "© <b>BKG</b>", "vector_layers": [{"id": "a"}, {"id": "p"}]})";
    ServedReply tile{.body = redTile()};
    std::atomic_int status = 200;
    std::atomic_int tiles = 0;

    QString address(const QString &name = u"/style.json"_s) const { return server.url(name).toString(); }
    QString tilesAddress() const { return server.url(u"/"_s).toString() + u"t/{z}/{x}/{y}.pbf"_s; }
};

constexpr Extent view{610000, 5970000, 612000, 5971000};
constexpr QSize size{400, 200};

} // namespace

class TestVectorServices : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void aStyleIsFoundOutAndDrawn();
    void aDescriptionOfTilesIsDrawnPlainly();
    void aTemplateOfTilesIsDrawnPlainly();
    void tilesMayBorrowAStyle();
    void tilesMayLieInTheGridOfThePortal();
    void iconsAreDrawn();
    void missingIconsAreNoted();
    void rowsFromTheSouthAreCountedSo();
    void picturesLieUnderTheLines();
    void showsAtOnceWhatIsThereAndTellsWhenMoreHasCome();
    void whatWasSeenIsThereOffline();
    void theOldTileStaysWhereANewOneFails();
    void whatMayNotBeStoredIsNotOnTheDisk();
    void badTilesAreToldAndNeverStored_data();
    void badTilesAreToldAndNeverStored();
    void emptyTilesAreNoFault_data();
    void emptyTilesAreNoFault();
    void badStylesAreRefused_data();
    void badStylesAreRefused();
    void aStyleFromTheNetworkReachesNoFiles();
    void aStyleInAFileNamesItsTilesAndIcons();
    void filesOfTilesAreDrawn();
    void picturesInMbtilesStayPictures();

private:
    std::shared_ptr<const RasterSource> source(const SourceRef &ref);
    QColor colourOf(const std::shared_ptr<const RasterSource> &layer, QPoint place = {30, 30})
    {
        const auto block = layer->read(queryOf(view, size), {});
        if (!block)
            qWarning("%s", qPrintable(toText(block.error())));
        m_damage = block ? block->damage : QString();
        return block ? block->image.pixelColor(place) : QColor();
    }
    void restart(bool offline);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TileServer> m_server;
    std::shared_ptr<ServiceAccess> m_access;
    std::unique_ptr<ServiceOpener> m_opener;
    QString m_damage;
};

void TestVectorServices::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<TileServer>();
    m_access = accessTo(m_folder->path());
    m_opener = std::make_unique<ServiceOpener>(m_access);
}

void TestVectorServices::cleanup()
{
    m_opener.reset();
    m_access.reset();
    m_server.reset();
}

void TestVectorServices::restart(bool offline)
{
    QVERIFY(m_access->store()->flush());
    m_opener.reset();
    m_access = accessTo(m_folder->path());
    m_access->setOffline(offline);
    m_opener = std::make_unique<ServiceOpener>(m_access);
}

std::shared_ptr<const RasterSource> TestVectorServices::source(const SourceRef &ref)
{
    const auto opened = m_opener->open(ref, {});
    if (!opened) {
        qWarning("%s", qPrintable(toText(opened.error())));
        return {};
    }
    return std::get<std::shared_ptr<const RasterSource>>(*opened);
}

void TestVectorServices::aStyleIsFoundOutAndDrawn()
{
    const auto found = m_opener->inspect({.location = m_server->address()}, {});
    VERIFY_RESULT(found);
    QCOMPARE(found->ref->provider, u"mvt"_s);
    QCOMPARE(found->layers.size(), std::size_t(1));
    const auto &layer = found->layers.front();
    QCOMPARE(layer.title, u"Grundkarte"_s);
    QCOMPARE(layer.kind, LayerKind::Raster);
    QCOMPARE(layer.provenance.attribution, u"© BKG"_s);
    QCOMPARE(layer.notes, QStringList());
    QVERIFY(!layer.extent.isEmpty());
    const auto map = source(*found->ref);
    QVERIFY(map);
    QCOMPARE(colourOf(map), QColor(Qt::red));
    QCOMPARE(m_damage, QString());
    QVERIFY(m_server->tiles > 0);
    const int asked = m_server->tiles;
    QCOMPARE(colourOf(map), QColor(Qt::red)); // known ground needs no request
    QCOMPARE(m_server->tiles.load(), asked);
}

void TestVectorServices::aDescriptionOfTilesIsDrawnPlainly()
{
    const auto found = m_opener->inspect({.location = m_server->address(u"/tiles.json"_s)}, {});
    VERIFY_RESULT(found);
    QCOMPARE(found->ref->provider, u"mvt"_s);
    const auto map = source(*found->ref);
    QVERIFY(map);
    const auto colour = colourOf(map);
    QCOMPARE(colour.alpha(), 255);
    QVERIFY(colour != QColor(0xf6, 0xf3, 0xee)); // not only the ground
}

void TestVectorServices::aTemplateOfTilesIsDrawnPlainly()
{
    const auto found = m_opener->inspect({.location = m_server->tilesAddress()}, {});
    VERIFY_RESULT(found);
    QCOMPARE(found->ref->provider, u"mvt"_s);
    QCOMPARE(found->ref->location, m_server->tilesAddress());
    const auto map = source(*found->ref);
    QVERIFY(map);
    QVERIFY(colourOf(map) != QColor(0xf6, 0xf3, 0xee));
}

void TestVectorServices::tilesMayBorrowAStyle()
{
    m_server->style = styleOf(R"("s": {"type": "vector", "tiles": ["https://elsewhere.invalid/{z}/{x}/{y}.pbf"]})");
    const auto map = source(
        {.provider = u"mvt"_s, .location = m_server->tilesAddress(), .options = {{u"style"_s, m_server->address()}}});
    QVERIFY(map);
    QCOMPARE(colourOf(map), QColor(Qt::red));
}

void TestVectorServices::tilesMayLieInTheGridOfThePortal()
{
    QJsonObject grid{{u"crs"_s, u"EPSG:25832"_s},
                     {u"origin"_s, QJsonArray{600000, 5980000}},
                     {u"resolutions"_s, QJsonArray{20, 10, 5}},
                     {u"tileSize"_s, 512}};
    const SourceRef ref{.provider = u"mvt"_s,
                        .location = m_server->tilesAddress(),
                        .options = {{u"style"_s, m_server->address()}, {u"grid"_s, grid}}};
    const auto map = source(ref);
    QVERIFY(map);
    QCOMPARE(colourOf(map), QColor(Qt::red));
    QSet<QByteArray> asked;
    for (const auto &request : m_server->server.requests()) {
        if (request.path().startsWith("/t/"))
            asked.insert(request.path());
    }
    // 10 km east and 9 km south of the corner; a tile at 5 m has 2560 m
    QCOMPARE(asked, (QSet<QByteArray>{"/t/2/3/3.pbf", "/t/2/4/3.pbf"}));
    grid[u"resolutions"_s] = QJsonArray{5, 10}; // nonsense: as if there were none
    auto wrong = ref;
    wrong.options[u"grid"_s] = grid;
    QVERIFY(source(wrong));
}

void TestVectorServices::iconsAreDrawn()
{
    const auto map = source({.provider = u"mvt"_s, .location = m_server->address()});
    QVERIFY(map);
    const auto block = map->read(queryOf(view, size), {});
    VERIFY_RESULT(block);
    int blue = 0;
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            blue += block->image.pixelColor(x, y) == QColor(Qt::blue);
    }
    QVERIFY2(blue >= 64, qPrintable(QString::number(blue))); // 10 × 10 each
}

void TestVectorServices::missingIconsAreNoted()
{
    m_server->server.on("/icons@2x.json", ServedReply{.body = "<html>"});
    const auto found = m_opener->inspect({.location = m_server->address()}, {});
    VERIFY_RESULT(found);
    QCOMPARE(found->layers.front().notes.size(), 1);
    const auto map = source(*found->ref);
    QVERIFY(map);
    QCOMPARE(colourOf(map), QColor(Qt::red));
}

void TestVectorServices::rowsFromTheSouthAreCountedSo()
{
    QSet<QByteArray> fromNorth, fromSouth;
    for (const bool south : {false, true}) {
        const QByteArray scheme = south ? "tms" : "xyz";
        m_server->style = styleOf(R"("s": {"type": "vector", "maxzoom": 10, "scheme": ")" + scheme + R"(", "tiles": [")"
                                  + m_server->tilesAddress().toUtf8() + R"(?)" + scheme + R"("]})");
        const auto map =
            source({.provider = u"mvt"_s, .location = m_server->address() + u'?' + QString::fromLatin1(scheme)});
        QVERIFY(map);
        QCOMPARE(colourOf(map), QColor(Qt::red));
    }
    for (const auto &request : m_server->server.requests()) {
        const auto parts = request.target.split('/');
        if (parts.size() == 5 && parts[2] == "10")
            (request.target.endsWith("tms") ? fromSouth : fromNorth).insert(parts[4].split('.').front());
    }
    QVERIFY(!fromNorth.isEmpty());
    for (const auto &row : fromNorth)
        QVERIFY(fromSouth.contains(QByteArray::number(1023 - row.toInt())));
}

void TestVectorServices::picturesLieUnderTheLines()
{
    QImage green(256, 256, QImage::Format_ARGB32);
    green.fill(Qt::green);
    m_server->tile = ServedReply{.body = png(green)};
    auto tiles = m_server->tilesAddress();
    tiles.replace(".pbf"_L1, ".png"_L1);
    m_server->style = styleOf(R"("s": {"type": "raster", "tileSize": 256, "tiles": [")" + tiles.toUtf8() + R"("]})", {},
                              R"({"id": "r", "type": "raster", "source": "s"})");
    const auto map = source({.provider = u"mvt"_s, .location = m_server->address()});
    QVERIFY(map);
    QCOMPARE(colourOf(map), QColor(Qt::green));
}

void TestVectorServices::showsAtOnceWhatIsThereAndTellsWhenMoreHasCome()
{
    const auto map = source({.provider = u"mvt"_s, .location = m_server->address()});
    QVERIFY(map && map->arrivals());
    QSignalSpy arrived(map->arrivals(), &Arrivals::arrived);
    auto block = map->read(queryOf(view, size, false), {});
    VERIFY_RESULT(block);
    QCOMPARE(block->image.pixelColor(30, 30), QColor(Qt::white)); // only the ground
    QVERIFY(map->arrivals()->pending > 0);
    QTRY_COMPARE(map->arrivals()->pending.load(), 0);
    QVERIFY(!arrived.isEmpty());
    block = map->read(queryOf(view, size, false), {});
    VERIFY_RESULT(block);
    QCOMPARE(block->image.pixelColor(30, 30), QColor(Qt::red));
}

void TestVectorServices::whatWasSeenIsThereOffline()
{
    const SourceRef ref{.provider = u"mvt"_s, .location = m_server->address()};
    const auto seen = source(ref);
    QVERIFY(seen);
    const auto first = seen->read(queryOf(view, size), {});
    VERIFY_RESULT(first);
    restart(true);
    const int requests = int(m_server->server.requests().size());
    const auto map = source(ref);
    QVERIFY(map);
    const auto block = map->read(queryOf(view, size, false), {});
    VERIFY_RESULT(block);
    QCOMPARE(block->image, first->image); // with its icons
    QCOMPARE(block->damage, QString());
    QCOMPARE(int(m_server->server.requests().size()), requests);
    // a coarser view has nothing, and does not complain
    const auto far = map->read(queryOf({500000, 5900000, 700000, 6000000}, size, false), {});
    VERIFY_RESULT(far);
    QCOMPARE(far->damage, QString());
}

void TestVectorServices::theOldTileStaysWhereANewOneFails()
{
    const auto map = source({.provider = u"mvt"_s, .location = m_server->address()});
    QVERIFY(map);
    QCOMPARE(colourOf(map), QColor(Qt::red));
    m_server->status = 500;
    map->refresh();
    QCOMPARE(colourOf(map), QColor(Qt::red));
    m_server->status = 200;
    m_server->tile = ServedReply{.body = "damaged"};
    map->refresh();
    QCOMPARE(colourOf(map), QColor(Qt::red));
}

void TestVectorServices::whatMayNotBeStoredIsNotOnTheDisk()
{
    const auto map =
        source({.provider = u"mvt"_s, .location = m_server->address(), .options = {{u"mayBeStored"_s, false}}});
    QVERIFY(map);
    QCOMPARE(colourOf(map), QColor(Qt::red));
    restart(true);
    const auto again =
        source({.provider = u"mvt"_s, .location = m_server->address(), .options = {{u"mayBeStored"_s, false}}});
    QVERIFY(again);
    QCOMPARE(colourOf(again), QColor(Qt::white));
}

void TestVectorServices::badTilesAreToldAndNeverStored_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("server fault") << 500 << QByteArray();
    QTest::newRow("refused") << 403 << QByteArray();
    QTest::newRow("a page") << 200 << QByteArray("<html><body>not here</body></html>");
    QTest::newRow("cut") << 200 << redTile().chopped(3);
    QTest::newRow("an absurd length") << 200 << varint((3U << 3) | 2) + varint(~quint64(0) >> 1);
    QTest::newRow("a bomb") << 200 << gzip(QByteArray(60 * 1024 * 1024, '\0'));
}

void TestVectorServices::badTilesAreToldAndNeverStored()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    m_server->tile = ServedReply{.status = status, .body = body};
    const SourceRef ref{.provider = u"mvt"_s, .location = m_server->address()};
    const auto map = source(ref);
    QVERIFY(map);
    QCOMPARE(colourOf(map), QColor(Qt::white));
    QVERIFY(!m_damage.isEmpty());
    m_server->tile = ServedReply{.body = redTile()};
    QCOMPARE(colourOf(map), QColor(Qt::red)); // who waits asks again
    QCOMPARE(m_damage, QString());
}

void TestVectorServices::emptyTilesAreNoFault_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("no content") << 204;
    QTest::newRow("not found") << 404;
    QTest::newRow("an empty body") << 200;
}

void TestVectorServices::emptyTilesAreNoFault()
{
    QFETCH(int, status);
    m_server->tile = ServedReply{.status = status};
    const auto map = source({.provider = u"mvt"_s, .location = m_server->address()});
    QVERIFY(map);
    QCOMPARE(colourOf(map), QColor(Qt::white));
    QCOMPARE(m_damage, QString());
    const int asked = m_server->tiles;
    QCOMPARE(colourOf(map), QColor(Qt::white)); // that there is nothing is known now
    QCOMPARE(m_server->tiles.load(), asked);
}

void TestVectorServices::badStylesAreRefused_data()
{
    QTest::addColumn<QByteArray>("style");
    QTest::addColumn<QByteArray>("description");
    QTest::addColumn<int>("kind");
    const auto vector = R"("s": {"type": "vector", "url": "tiles.json"})";
    QTest::newRow("a page") << QByteArray("<html><body>") << QByteArray() << int(ErrorKind::Malformed);
    QTest::newRow("no JSON") << QByteArray(R"({"version": 8, "layers": [)") << QByteArray()
                             << int(ErrorKind::Malformed);
    QTest::newRow("nothing to draw") << styleOf(vector, {}, {}) << QByteArray() << int(ErrorKind::Unsupported);
    QTest::newRow("a description that is a page")
        << styleOf(vector) << QByteArray("<html>") << int(ErrorKind::Malformed);
    QTest::newRow("a description without tiles") << styleOf(vector) << QByteArray("{}") << int(ErrorKind::Malformed);
    QTest::newRow("a description that is the style") << styleOf(vector) << styleOf(vector) << int(ErrorKind::Malformed);
    QTest::newRow("a source in a foreign scheme")
        << styleOf(R"("s": {"type": "vector", "url": "mapbox://mapbox.streets"})") << QByteArray()
        << int(ErrorKind::Unsupported);
}

void TestVectorServices::badStylesAreRefused()
{
    QFETCH(QByteArray, style);
    QFETCH(QByteArray, description);
    QFETCH(int, kind);
    m_server->style = style;
    m_server->description = description;
    VERIFY_FAILS(m_opener->open({.provider = u"mvt"_s, .location = m_server->address()}, {}), ErrorKind(kind));
    VERIFY_FAILS(m_opener->inspect({.provider = u"mvt"_s, .location = m_server->address()}, {}), ErrorKind(kind));
}

void TestVectorServices::aStyleFromTheNetworkReachesNoFiles()
{
    const auto file = QUrl::fromLocalFile(dataFile(u"vectortiles/town.mbtiles"_s)).toString().toUtf8();
    const auto json = QUrl::fromLocalFile(dataFile(u"vectortiles/town.json"_s)).toString().toUtf8();
    for (const auto &url : {file, json, QByteArray(file).replace("file://", "mbtiles://")}) {
        m_server->style = styleOf(R"("s": {"type": "vector", "url": ")" + url + R"("})");
        const SourceRef ref{.provider = u"mvt"_s,
                            .location = m_server->address() + u"?"_s + QString::number(url.size())};
        VERIFY_FAILS(m_opener->open(ref, {}), ErrorKind::Unsupported);
    }
    m_server->style = styleOf(R"("s": {"type": "vector", "tiles": ["file:///{z}/{x}/{y}.pbf"]})");
    QVERIFY(!m_opener->open({.provider = u"mvt"_s, .location = m_server->address() + u"?t"_s}, {}));
}

void TestVectorServices::aStyleInAFileNamesItsTilesAndIcons()
{
    const Opener opener({}, m_access);
    const SourceRef ref{.location = dataFile(u"vectortiles/town.json"_s)};
    QCOMPARE(opener.providerOf(ref), u"mvt"_s);
    const auto found = opener.inspect(ref, {});
    VERIFY_RESULT(found);
    QCOMPARE(found->layers.front().title, u"Neustadt"_s);
    const auto opened = opener.open(*found->ref, {});
    VERIFY_RESULT(opened);
    const auto map = std::get<std::shared_ptr<const RasterSource>>(*opened);
    const auto to = Transform::create(Crs::fromEpsg(4326), Crs::working());
    const auto forest = to->forward(PointXY{10.6357, 53.8617});
    const auto block =
        map->read(queryOf({forest.x - 500, forest.y - 500, forest.x + 500, forest.y + 500}, {100, 100}), {});
    VERIFY_RESULT(block);
    const auto colour = block->image.pixelColor(10, 90);
    QVERIFY2(colour.green() > colour.red() && colour.green() > colour.blue(), qPrintable(colour.name()));
}

void TestVectorServices::filesOfTilesAreDrawn()
{
    const Opener opener({});
    const SourceRef ref{.location = dataFile(u"vectortiles/town.mbtiles"_s)};
    const auto found = opener.inspect(ref, {});
    VERIFY_RESULT(found);
    QCOMPARE(found->ref->provider, u"mvt"_s);
    QVERIFY(opener.open(*found->ref, {}));
    QVERIFY(opener.open(ref, {}));
    auto named = ref; // the features themselves, as older workspaces name them
    named.layer = u"road"_s;
    const auto roads = opener.open(named, {});
    VERIFY_RESULT(roads);
    QVERIFY(std::holds_alternative<std::shared_ptr<const FeatureSource>>(*roads));
}

void TestVectorServices::picturesInMbtilesStayPictures()
{
    NEED_SAMPLES();
    const Opener opener({});
    const auto path = samplesDir() + u"/mbtiles/plain_1.mbtiles"_s;
    QCOMPARE(opener.providerOf({.location = path}), u"file"_s);
    const auto opened = opener.open({.location = path}, {});
    VERIFY_RESULT(opened);
    const auto map = std::get<std::shared_ptr<const RasterSource>>(*opened);
    const auto extent = map->description().extent;
    const auto block = map->read({.crs = map->description().crs, .extent = extent, .size = {200, 200}}, {});
    VERIFY_RESULT(block);
    QVERIFY(block->image.pixelColor(100, 100).alpha() > 0);
}

QTEST_MAIN(TestVectorServices)
#include "tst_vectorservices.moc"
