// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/serviceopener.h"
#include "datasources/offline/offlinekeeper.h"
#include "tests/datasources/live/livefixture.h"
#include "tests/datasources/vectortiles/tilewriter.h"
#include "tests/servers/servedlayers.h"

#include <QMutex>
#include <QSet>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

constexpr Extent keptArea{610000, 5970000, 612000, 5971000};

/** A server of red vector tiles with a style, their description and icons. */
struct TileServer {
    TileServer()
    {
        const auto area = featureMessage(3, paths({{{-80, -80}, {4176, -80}, {4176, 4176}, {-80, 4176}}}, true));
        const auto dots = featureMessage(1, points({{1024, 1024}, {3072, 1024}, {1024, 3072}, {3072, 3072}}));
        const auto tile = tileMessage({layerMessage("a", {area}), layerMessage("p", {dots})});
        server.on("/style.json", ServedReply{.body = style});
        server.on("/tiles.json", ServedReply{.body = description, .headers = {{"Content-Type", "application/json"}}});
        QImage icons(20, 20, QImage::Format_ARGB32);
        icons.fill(Qt::blue);
        server.on("/icons@2x.png", ServedReply{.body = png(icons)});
        server.on("/icons@2x.json", ServedReply{.body = sprite});
        server.onOther([this, tile](const ServedRequest &request) {
            if (!request.path().startsWith("/t/"))
                return ServedReply{.status = 404};
            const QMutexLocker lock(&mutex);
            asked.insert(QString::fromLatin1(request.path()));
            ++tiles;
            return ServedReply{.body = tile};
        });
    }

    SourceRef ref() const
    {
        return {.provider = u"mvt"_s, .location = server.url(u"/style.json"_s).toString(), .layer = {}};
    }

    const QByteArray style =
        "{\"version\": 8, \"name\": \"Grundkarte\", \"sprite\": \"icons\", \"sources\": {\"s\": {\"type\": "
        "\"vector\", \"url\": \"tiles.json\"}}, \"layers\": [{\"id\": \"a\", \"type\": \"fill\", \"source\": \"s\", "
        "\"source-layer\": \"a\", \"paint\": {\"fill-color\": \"#ff0000\"}}, {\"id\": \"i\", \"type\": \"symbol\", "
        "\"source\": \"s\", \"source-layer\": \"p\", \"layout\": {\"icon-image\": \"dot\", \"icon-allow-overlap\": "
        "true}}]}";
    const QByteArray description =
        "{\"tilejson\": \"3.0.0\", \"tiles\": [\"t/{z}/{x}/{y}.pbf\"], \"minzoom\": 0, \"maxzoom\": 14}";
    const QByteArray sprite = "{\"dot\": {\"x\": 0, \"y\": 0, \"width\": 20, \"height\": 20, \"pixelRatio\": 2}}";
    LoopbackServer server;
    QMutex mutex;
    QSet<QString> asked;
    std::atomic_int tiles = 0;
};

int redShare(const QImage &image)
{
    int red = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            red += image.pixelColor(x, y) == QColor(Qt::red);
    return 100 * red / (image.width() * image.height());
}

bool hasBlue(const QImage &image)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y) == QColor(Qt::blue))
                return true;
    return false;
}

} // namespace

/** What packages hold of all kinds of layers, as the field finds it: the network gone, and everything that nobody
 *  holds thrown away. */
class TestOfflineLayers : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void allFeaturesAreThereWithoutANetwork_data();
    void allFeaturesAreThereWithoutANetwork();
    void featuresAreBroughtUpToDate_data();
    void featuresAreBroughtUpToDate();
    void vectorTilesDrawWithTheirIconsWithoutANetwork();
    void vectorTilesOfAPolygonAreFewer();
    void mapsOfVectorTilesThatMayNotBeKeptAreRefused();

private:
    void openAnew(qint64 room = StoreLimits().bytes);
    void goToTheField();
    OfflineKeeper keeper() { return OfflineKeeper(m_access, *m_opener); }
    static OfflinePackage packageOf(const SourceRef &ref)
    {
        return {.id = u"p1"_s,
                .title = u"Altstadt"_s,
                .layers = {{u"Karte"_s, ref}},
                .area = keptArea,
                .shape = {},
                .largestScale = 5000,
                .smallestScale = 50000};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ServiceAccess> m_access;
    std::unique_ptr<ServiceOpener> m_opener;
};

void TestOfflineLayers::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    openAnew();
}

void TestOfflineLayers::cleanup()
{
    m_opener.reset();
    m_access.reset();
}

void TestOfflineLayers::openAnew(qint64 room)
{
    m_opener.reset();
    m_access.reset();
    ServiceAccess::Options options{.storePath = m_folder->filePath(u"services.sqlite"_s), .limits = {.bytes = room}};
    options.http.retry.retries = 0;
    m_access = std::make_shared<ServiceAccess>(options);
    m_opener = std::make_unique<ServiceOpener>(m_access);
}

void TestOfflineLayers::goToTheField()
{
    openAnew(1);
    VERIFY_RESULT(m_access->store()->compact({}));
    m_access->setOffline(true);
}

void TestOfflineLayers::allFeaturesAreThereWithoutANetwork_data()
{
    QTest::addColumn<QString>("provider");
    QTest::newRow("WFS") << u"wfs"_s;
    QTest::newRow("OGC API Features") << u"oaf"_s;
}

void TestOfflineLayers::allFeaturesAreThereWithoutANetwork()
{
    QFETCH(QString, provider);
    constexpr int count = 300;
    auto areas = servedAreas(m_folder->filePath(u"areas.gpkg"_s), count);
    areas.name = u"areas"_s;
    MapServer server({.layers = {areas}});
    QCOMPARE(server.problem(), QString());
    const SourceRef ref{.provider = provider,
                        .location = (provider == "oaf"_L1 ? server.ogcApi() : server.ows()).toString(),
                        .layer = u"areas"_s};
    auto wanted = packageOf(ref);
    const auto estimate = keeper().estimate(wanted, {});
    VERIFY_RESULT(estimate);
    QCOMPARE(estimate->requests, 1);
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {}));
    QCOMPARE(wanted.state, OfflinePackage::State::Ready);
    server.stop();
    goToTheField();
    const auto opened = m_opener->open(ref, {});
    VERIFY_RESULT(opened);
    const auto source = std::get<std::shared_ptr<const FeatureSource>>(*opened);
    int seen = 0;
    QSet<qint64> numbers;
    const auto fields = source->description().fields;
    const auto number = std::ranges::find(fields, u"nummer"_s, &Field::name);
    QVERIFY(number != fields.end());
    VERIFY_RESULT(source->stream({},
                                 [&](Feature &feature) {
                                     ++seen;
                                     numbers.insert(feature.values.value(number - fields.begin()).toLongLong());
                                     return !feature.geometry.isEmpty();
                                 },
                                 {}));
    QCOMPARE(seen, count);
    QCOMPARE(numbers.size(), count);
    const auto drawn = source->read({.crs = Crs::working()}, {});
    VERIFY_RESULT(drawn);
    QCOMPARE((*drawn)->size(), std::size_t(count));
}

void TestOfflineLayers::featuresAreBroughtUpToDate_data()
{
    allFeaturesAreThereWithoutANetwork_data();
}

void TestOfflineLayers::featuresAreBroughtUpToDate()
{
    QFETCH(QString, provider);
    auto areas = servedAreas(m_folder->filePath(u"areas.gpkg"_s), 20);
    areas.name = u"areas"_s;
    MapServer server({.layers = {areas}});
    QCOMPARE(server.problem(), QString());
    const SourceRef ref{.provider = provider,
                        .location = (provider == "oaf"_L1 ? server.ogcApi() : server.ows()).toString(),
                        .layer = u"areas"_s};
    auto wanted = packageOf(ref);
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {}));
    auto more = servedAreas(m_folder->filePath(u"more.gpkg"_s), 33);
    more.name = u"areas"_s;
    server.change({.layers = {more}});
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Everything, {}));
    const auto size = m_access->store()->packageSize(wanted.id);
    VERIFY_RESULT(size);
    QCOMPARE(size->features, 33);
    server.stop();
    VERIFY_FAILS(keeper().fetch(wanted, OfflineKeeper::Scope::Everything, {}), ErrorKind::Network);
    QVERIFY(!wanted.problem.isEmpty());
    goToTheField();
    const auto opened = m_opener->open(ref, {});
    VERIFY_RESULT(opened);
    const auto drawn = std::get<std::shared_ptr<const FeatureSource>>(*opened)->read({.crs = Crs::working()}, {});
    VERIFY_RESULT(drawn);
    QCOMPARE((*drawn)->size(), std::size_t(33)); // what could not be fetched anew is as it was
}

void TestOfflineLayers::vectorTilesDrawWithTheirIconsWithoutANetwork()
{
    TileServer server;
    auto wanted = packageOf(server.ref());
    const auto estimate = keeper().estimate(wanted, {});
    VERIFY_RESULT(estimate);
    QVERIFY(estimate->requests > 2);
    QCOMPARE(server.tiles.load(), 0);
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {}));
    QCOMPARE(qint64(server.tiles), estimate->requests);
    const int before = server.server.connections();
    goToTheField();
    const auto opened = m_opener->open(server.ref(), {});
    VERIFY_RESULT(opened);
    const auto source = std::get<std::shared_ptr<const RasterSource>>(*opened);
    QCOMPARE(source->description().notes, QStringList());
    bool icons = false;
    for (const double scale : {5000.0, 6000.0, 10000.0, 17000.0, 25000.0, 34000.0, 50000.0}) {
        const double pixel = scale * 0.0254 / 96;
        const auto block = source->read(queryOf(keptArea, QSize(int(2000 / pixel), int(1000 / pixel))), {});
        VERIFY_RESULT(block);
        QCOMPARE(block->damage, QString());
        QVERIFY2(redShare(block->image) > 80, qPrintable(QString::number(scale)));
        icons = icons || hasBlue(block->image);
    }
    QVERIFY(icons);
    QCOMPARE(server.server.connections(), before);
}

void TestOfflineLayers::vectorTilesOfAPolygonAreFewer()
{
    TileServer server;
    auto wanted = packageOf(server.ref());
    wanted.area = {600000, 5960000, 620000, 5980000};
    const auto all = keeper().estimate(wanted, {});
    VERIFY_RESULT(all);
    wanted.setShape({.kind = GeometryKind::Polygon,
                     .points = {{600000, 5960000}, {620000, 5980000}, {619000, 5980000}, {600000, 5960000}},
                     .ringEnds = {4},
                     .partStarts = {}});
    const auto some = keeper().estimate(wanted, {});
    VERIFY_RESULT(some);
    QVERIFY(some->requests > 0 && some->requests * 2 < all->requests);
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {}));
    QCOMPARE(qint64(server.tiles), some->requests);
    QCOMPARE(qint64(server.asked.size()), some->requests); // none of them twice
}

void TestOfflineLayers::mapsOfVectorTilesThatMayNotBeKeptAreRefused()
{
    TileServer server;
    auto ref = server.ref();
    ref.options[u"mayBeStored"_s] = false;
    auto wanted = packageOf(ref);
    VERIFY_FAILS(keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {}), ErrorKind::Invalid);
    QCOMPARE(server.tiles.load(), 0);
}

QTEST_GUILESS_MAIN(TestOfflineLayers)
#include "tst_offlinelayers.moc"
