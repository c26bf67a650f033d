// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/serviceopener.h"
#include "tests/datasources/live/livefixture.h"
#include "tests/servers/servedlayers.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

/** All kinds of services of one real server, by its address alone. */
class TestRealServices : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void mapsLieWhereTheyShould_data();
    void mapsLieWhereTheyShould();
    void finePixelsGetBolderDots();
    void theTimeIsChosen();
    void aPlaceIsKnown();
    void featuresComeByAddress_data();
    void featuresComeByAddress();
    void theServerSelects_data();
    void theServerSelects();
    void withoutTheNetworkAllIsSeenAgain();

private:
    std::shared_ptr<const RasterSource> map(const QString &version, const QString &name = u"areas"_s) const
    {
        const auto opened = m_opener->open({.provider = u"wms"_s,
                                            .location = m_server->ows().toString(),
                                            .layer = name,
                                            .options = {{u"version"_s, version}}},
                                           {});
        return opened ? std::get<std::shared_ptr<const RasterSource>>(*opened) : nullptr;
    }
    Result<FeatureSetPtr> features(const QString &provider, const QString &address,
                                   const QJsonObject &options = {}) const
    {
        const auto opened =
            m_opener->open({.provider = provider, .location = address, .layer = u"areas"_s, .options = options}, {});
        if (!opened)
            return std::unexpected(opened.error());
        return std::get<std::shared_ptr<const FeatureSource>>(*opened)->read({.crs = Crs::working()}, {});
    }

    static constexpr int count = 500;
    static constexpr Extent view{600000 - 20, 5960000 - 20, 600000 + 60, 5960000 + 20}; ///< the first two areas
    static constexpr QSize size{800, 400};
    QTemporaryDir m_folder;
    std::unique_ptr<MapServer> m_server;
    std::shared_ptr<ServiceAccess> m_access;
    std::unique_ptr<ServiceOpener> m_opener;
};

void TestRealServices::initTestCase()
{
    auto areas = servedAreas(m_folder.filePath(u"areas.gpkg"_s), count);
    areas.name = u"areas"_s;
    auto points = servedPoints(m_folder.filePath(u"points.gpkg"_s));
    points.name = u"points"_s;
    auto times = points;
    times.name = u"times"_s;
    times.table = u"SELECT geom, strftime('%Y-%m-%dT%H:%M:%SZ', gemessen) AS zeit FROM badestellen"_s;
    times.metadata << u"\"wms_timeextent\" \"2024-05-01T12:00:00Z/2024-05-01T23:00:00Z/PT1H\""_s
                   << u"\"wms_timeitem\" \"zeit\""_s << u"\"wms_timedefault\" \"2024-05-01T12:00:00Z\""_s;
    m_server = std::make_unique<MapServer>(MapServerSetup{.layers = {areas, points, times}});
    QCOMPARE(m_server->problem(), QString());
    m_access = accessTo(m_folder.path());
    m_opener = std::make_unique<ServiceOpener>(m_access);
}

void TestRealServices::cleanupTestCase()
{
    m_opener.reset();
    m_access.reset();
    m_server.reset();
}

void TestRealServices::mapsLieWhereTheyShould_data()
{
    QTest::addColumn<QString>("version");
    QTest::newRow("1.1.1") << u"1.1.1"_s;
    QTest::newRow("1.3.0") << u"1.3.0"_s;
}

void TestRealServices::mapsLieWhereTheyShould()
{
    QFETCH(QString, version);
    const auto layer = map(version);
    QVERIFY(layer);
    const auto block = layer->read(queryOf(view, size), {});
    VERIFY_RESULT(block);
    QCOMPARE(block->damage, QString());
    // Round areas of 30 m around 600000 and 600040; 10 pixels are a metre
    const QColor colour(200, 60, 60);
    for (const int x : {200, 100, 300, 600, 500, 700})
        QCOMPARE(block->image.pixelColor(x, 200), colour);
    for (const int x : {20, 400, 780})
        QCOMPARE(block->image.pixelColor(x, 200).alpha(), 0);
    QCOMPARE(block->image.pixelColor(200, 20).alpha(), 0);
    QCOMPARE(block->image.pixelColor(200, 100), colour);
}

/** Dots of the server are as large on paper as on the screen: in pixels, three times as wide. */
void TestRealServices::finePixelsGetBolderDots()
{
    const auto layer = map(u"1.3.0"_s, u"points"_s);
    QVERIFY(layer);
    const auto width = [&](double pixelsPerMm) {
        auto query = queryOf({604900, 5964950, 605100, 5965050}, {200, 100}); // round the first one
        query.pixelsPerMm = pixelsPerMm;
        const auto block = layer->read(query, {});
        [&] { VERIFY_RESULT(block); }();
        int drawn = 0;
        for (int x = 0; block && x < 200; ++x)
            drawn += block->image.pixelColor(x, 50).alpha() > 127;
        return drawn;
    };
    const int usual = width(96 / 25.4), fine = width(288 / 25.4);
    QVERIFY(usual >= 6 && usual <= 10);
    QVERIFY2(fine >= 2.5 * usual && fine <= 3.5 * usual, qPrintable(u"%1 pixels, then %2"_s.arg(usual).arg(fine)));
}

void TestRealServices::theTimeIsChosen()
{
    const auto layer = map(u"1.3.0"_s, u"times"_s);
    QVERIFY(layer);
    const auto dimensions = layer->description().dimensions;
    QCOMPARE(dimensions.size(), 1u);
    QCOMPARE(dimensions.front().values.size(), 12);
    QCOMPARE(dimensions.front().standard, u"2024-05-01T12:00:00Z"_s);
    const auto seen = [&](const QString &time) { // of the first three, 1 km apart
        auto query = queryOf({604500, 5964500, 607500, 5965500}, {300, 100});
        if (!time.isEmpty())
            query.dimensions = {{u"time"_s, time}};
        const auto block = layer->read(query, {});
        [&] { VERIFY_RESULT(block); }();
        QString there;
        for (int i = 0; block && i < 3; ++i)
            there += block->image.pixelColor(50 + 100 * i, 50).alpha() > 127 ? u'x' : u'-';
        return there;
    };
    QCOMPARE(seen({}), u"x--"_s);
    QCOMPARE(seen(u"2024-05-01T13:00:00Z"_s), u"-x-"_s);
    QCOMPARE(seen(u"2024-05-01T14:00:00Z"_s), u"--x"_s);
}

void TestRealServices::aPlaceIsKnown()
{
    const auto layer = map(u"1.3.0"_s);
    QVERIFY(layer && layer->answersPlaces());
    const auto info = layer->infoAt({600000, 5960000}, Crs::working(), 0.1, {}, {});
    VERIFY_RESULT(info);
    QVERIFY(!info->isEmpty());
    const auto nowhere = layer->infoAt({600020, 5960020}, Crs::working(), 0.1, {}, {});
    VERIFY_RESULT(nowhere);
    QVERIFY(nowhere->objects.empty());
}

void TestRealServices::featuresComeByAddress_data()
{
    QTest::addColumn<bool>("api");
    QTest::newRow("wfs") << false;
    QTest::newRow("oaf") << true;
}

void TestRealServices::featuresComeByAddress()
{
    QFETCH(bool, api);
    const auto address = api ? m_server->ogcApi() : m_server->ows();
    const auto pasted = api ? address.toString() : address.toString() + u"?SERVICE=WFS&REQUEST=GetCapabilities"_s;
    const auto found = m_opener->inspect({.location = pasted}, {});
    VERIFY_RESULT(found);
    QVERIFY(found->ref);
    QCOMPARE(found->ref->provider, QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(std::ranges::contains(found->layers, LayerKind::Vector, &LayerDescription::kind));
    const auto set = features(found->ref->provider, found->ref->location);
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(count));
}

void TestRealServices::theServerSelects_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<int>("expected");
    // Numbers count from 0; 250 areas in a row, 40 m apart
    QTest::newRow("number") << uR"({"filter": [{"field": "nummer", "is": "<", "value": 20}]})"_s << 20;
    QTest::newRow("text") << uR"({"filter": [{"field": "schluessel", "is": "=", "value": "00000007"}]})"_s << 1;
    QTest::newRow("pattern") << uR"({"filter": [{"field": "schluessel", "is": "like", "value": "0000000*"}]})"_s << 10;
    QTest::newRow("two") << uR"({"filter": [{"field": "nummer", "is": ">=", "value": 10},
                                            {"field": "nummer", "is": "<", "value": 15}]})"_s
                         << 5;
    QTest::newRow("area") << uR"({"extent": {"box": [599980, 5959980, 600100, 5960020], "crs": "EPSG:25832"}})"_s << 3;
}

void TestRealServices::theServerSelects()
{
    QFETCH(QString, options);
    QFETCH(int, expected);
    const auto set = features(u"wfs"_s, m_server->ows().toString(), QJsonDocument::fromJson(options.toUtf8()).object());
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(expected));
}

void TestRealServices::withoutTheNetworkAllIsSeenAgain()
{
    const auto seen = map(u"1.3.0"_s)->read(queryOf(view, size), {});
    VERIFY_RESULT(seen);
    VERIFY_RESULT(features(u"wfs"_s, m_server->ows().toString()));
    VERIFY_RESULT(m_access->store()->flush());
    m_opener.reset();
    m_server->stop();
    for (const bool offline : {true, false}) { // switched off, and with a server that is gone
        m_access = accessTo(m_folder.path());
        m_access->setOffline(offline);
        m_opener = std::make_unique<ServiceOpener>(m_access);
        const auto layer = map(u"1.3.0"_s);
        QVERIFY(layer);
        const auto again = layer->read(queryOf(view, size), {});
        VERIFY_RESULT(again);
        QCOMPARE(again->image, seen->image);
        const auto set = features(u"wfs"_s, m_server->ows().toString());
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), std::size_t(count));
        m_opener.reset();
    }
}

QTEST_GUILESS_MAIN(TestRealServices)
#include "tst_realservices.moc"
