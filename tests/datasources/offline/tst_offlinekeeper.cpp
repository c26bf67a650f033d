// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/offline/offlinekeeper.h"

#include "datasources/live/serviceopener.h"
#include "tests/datasources/live/livefixture.h"

#include <future>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

class TestOfflineKeeper : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void aPackageSurvivesItsDocument();
    void brokenDocumentsAreNone_data();
    void brokenDocumentsAreNone();
    void theEstimateIsWhatIsThenAsked();
    void theAreaDrawsAtEachScaleWithoutANetwork();
    void whatWasHalfFetchedIsNotFetchedAgain();
    void updatingAsksForEverythingOnce();
    void whatMayNotBeKeptIsRefused_data();
    void whatMayNotBeKeptIsRefused();
    void aSilentServerLeavesItFailed();
    void tooMuchIsRefused();
    void aPolygonSurvivesItsDocument_data();
    void aPolygonSurvivesItsDocument();
    void besideThePolygonNothingIsAsked();
    void whatHasNotChangedCostsNoBytes();
    void removedItIsGone();

private:
    void openAnew();
    OfflinePackage package() const;
    OfflineKeeper keeper() { return OfflineKeeper(m_access, *m_opener); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PaintedWms> m_wms;
    std::shared_ptr<ServiceAccess> m_access;
    std::unique_ptr<ServiceOpener> m_opener;
};

void TestOfflineKeeper::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_wms = std::make_unique<PaintedWms>();
    openAnew();
}

void TestOfflineKeeper::cleanup()
{
    m_opener.reset();
    m_access.reset();
    m_wms.reset();
}

void TestOfflineKeeper::openAnew()
{
    m_opener.reset();
    m_access = accessTo(m_folder->path());
    m_opener = std::make_unique<ServiceOpener>(m_access);
}

OfflinePackage TestOfflineKeeper::package() const
{
    return {.id = u"p1"_s,
            .title = u"Altstadt"_s,
            .layers = {{u"Hitze"_s, m_wms->ref()}},
            .area = {610000, 5970000, 612000, 5971000},
            .shape = {},
            .largestScale = 5000,
            .smallestScale = 25000};
}

void TestOfflineKeeper::aPackageSurvivesItsDocument()
{
    auto before = package();
    before.state = OfflinePackage::State::Ready;
    before.created = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, QTimeZone::UTC);
    before.fetched = before.created.addSecs(60);
    before.done = 7;
    before.total = 9;
    before.problem = u"Ö"_s;
    const auto after = OfflinePackage::fromJson(before.id, before.toJson());
    QVERIFY(after);
    QCOMPARE(*after, before);
    before.state = OfflinePackage::State::Fetching;
    QCOMPARE(OfflinePackage::fromJson(before.id, before.toJson())->state, OfflinePackage::State::Paused);
}

void TestOfflineKeeper::brokenDocumentsAreNone_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("<a/>");
    QTest::newRow("no area") << QByteArray(R"({"scales":[1000,5000],"layers":[]})");
    QTest::newRow("empty area") << QByteArray(R"({"area":[5,5,1,1],"scales":[1000,5000],"layers":[]})");
    QTest::newRow("scale 0") << QByteArray(R"({"area":[0,0,1,1],"scales":[0,5000],"layers":[]})");
    const QByteArray whole("\"area\":[0,0,9,9],\"scales\":[1000,5000],\"layers\":[]}");
    for (const auto *shape : {"7", "\"x\"", "[[]]", "[[[0,0,1,0,0,0]]]", "[[[0,0,1,0,1,1,0,1]]]",
                              "[[[0,0,1,0,1,1,0,0,5]]]", "[[[0,0,1,0,1,null,0,0]]]", "[[[0,0,1,0,1,1,0,0]],[]]"})
        QTest::addRow("shape %s", shape) << QByteArray("{\"shape\":") + shape + "," + whole;
    QTest::newRow("scales the wrong way") << QByteArray(R"({"area":[0,0,1,1],"scales":[5000,1000],"layers":[]})");
}

void TestOfflineKeeper::brokenDocumentsAreNone()
{
    QFETCH(QByteArray, document);
    QVERIFY(!OfflinePackage::fromJson(u"p"_s, document));
}

void TestOfflineKeeper::theEstimateIsWhatIsThenAsked()
{
    auto wanted = package();
    const auto estimate = keeper().estimate(wanted, {});
    VERIFY_RESULT(estimate);
    QVERIFY(estimate->requests > 4);
    QCOMPARE(estimate->bytes, estimate->requests * 25'000);
    QVERIFY(estimate->seconds > 0);
    QCOMPARE(m_wms->maps.load(), 0);
    double last = -1;
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {}, [&](double done) { last = done; }));
    QCOMPARE(qint64(m_wms->maps), estimate->requests);
    QCOMPARE(last, 1.0);
    QCOMPARE(wanted.state, OfflinePackage::State::Ready);
    QCOMPARE(wanted.done, estimate->requests);
    QCOMPARE(wanted.total, estimate->requests);
    QVERIFY(wanted.fetched.isValid() && wanted.created.isValid());
    const auto nothing = keeper().estimate(wanted, {});
    VERIFY_RESULT(nothing);
    QCOMPARE(nothing->requests, 0);
    QCOMPARE(nothing->bytes, 0);
}

void TestOfflineKeeper::theAreaDrawsAtEachScaleWithoutANetwork()
{
    auto wanted = package();
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {}));
    openAnew();
    m_access->setOffline(true);
    const int asked = m_wms->maps + m_wms->descriptions;
    const auto opened = m_opener->open(m_wms->ref(), {});
    VERIFY_RESULT(opened);
    const auto source = std::get<std::shared_ptr<const RasterSource>>(*opened);
    for (const double scale : {5000.0, 7500.0, 10000.0, 15000.0, 20000.0, 25000.0}) {
        const double pixel = scale * 0.0254 / 96;
        const QSize size(int(2000 / pixel), int(1000 / pixel));
        const auto block = source->read(queryOf(wanted.area, size), {});
        VERIFY_RESULT(block);
        QCOMPARE(block->damage, QString());
        for (const int x : {0, size.width() / 2 - 9})
            QCOMPARE(block->image.pixelColor(x, size.height() - 1), QColor(Qt::red));
        for (const int x : {size.width() / 2 + 9, size.width() - 1})
            QCOMPARE(block->image.pixelColor(x, 0), QColor(Qt::blue));
    }
    // With the network back nothing is missing either: what was drawn was no stand-in
    m_access->setOffline(false);
    for (const double scale : {5000.0, 7500.0, 10000.0, 15000.0, 20000.0, 25000.0}) {
        const double pixel = scale * 0.0254 / 96;
        VERIFY_RESULT(source->read(queryOf(wanted.area, {int(2000 / pixel), int(1000 / pixel)}), {}));
    }
    QCOMPARE(m_wms->maps + m_wms->descriptions, asked);
}

void TestOfflineKeeper::whatWasHalfFetchedIsNotFetchedAgain()
{
    auto wanted = package();
    wanted.largestScale = 2000;
    const auto estimate = keeper().estimate(wanted, {});
    VERIFY_RESULT(estimate);
    m_wms->delay = std::chrono::milliseconds(20);
    std::stop_source stop;
    const auto halfWay = [&](double done) {
        if (done > 0.4)
            stop.request_stop();
    };
    const auto stopped = keeper().fetch(wanted, OfflineKeeper::Scope::Missing, stop.get_token(), halfWay);
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
    QCOMPARE(wanted.state, OfflinePackage::State::Paused);
    QVERIFY(!wanted.fetched.isValid());
    VERIFY_RESULT(m_access->store()->flush());
    openAnew();
    const auto kept = keeper().list();
    VERIFY_RESULT(kept);
    QCOMPARE(kept->size(), 1U);
    wanted = kept->front().package;
    QCOMPARE(wanted.state, OfflinePackage::State::Paused);
    const auto rest = keeper().estimate(wanted, {});
    VERIFY_RESULT(rest);
    QVERIFY(rest->requests > 0 && rest->requests < estimate->requests);
    const int before = m_wms->maps;
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {}));
    QCOMPARE(m_wms->maps - before, int(rest->requests));
    QCOMPARE(wanted.state, OfflinePackage::State::Ready);
    QCOMPARE(wanted.done, estimate->requests);
}

void TestOfflineKeeper::updatingAsksForEverythingOnce()
{
    auto wanted = package();
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {}));
    const int asked = m_wms->maps;
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {}));
    QCOMPARE(m_wms->maps.load(), asked);
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Everything, {}));
    QCOMPARE(m_wms->maps.load(), 2 * asked);
}

void TestOfflineKeeper::whatMayNotBeKeptIsRefused_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<bool>("value");
    QTest::addColumn<QString>("word");
    QTest::newRow("licence") << u"mayBeStored"_s << false << u"licence"_s;
    QTest::newRow("personal") << u"personal"_s << true << u"personal data"_s;
}

void TestOfflineKeeper::whatMayNotBeKeptIsRefused()
{
    QFETCH(QString, option);
    QFETCH(bool, value);
    QFETCH(QString, word);
    auto wanted = package();
    wanted.layers[0].source.options[option] = value;
    const auto status = keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {});
    QVERIFY(!status);
    QCOMPARE(status.error().kind, ErrorKind::Invalid);
    QVERIFY2(status.error().what.contains(word) && status.error().what.contains(u"Hitze"_s),
             qPrintable(status.error().what));
    VERIFY_FAILS(keeper().estimate(wanted, {}), ErrorKind::Invalid);
    QCOMPARE(m_wms->maps.load(), 0);
    const auto kept = keeper().list();
    VERIFY_RESULT(kept);
    QVERIFY(kept->empty());
}

void TestOfflineKeeper::aSilentServerLeavesItFailed()
{
    auto wanted = package();
    VERIFY_RESULT(keeper().estimate(wanted, {})); // has its description
    m_wms->down = true;
    VERIFY_FAILS(keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {}), ErrorKind::Network);
    QCOMPARE(wanted.state, OfflinePackage::State::Failed);
    QVERIFY(!wanted.problem.isEmpty());
    const auto kept = keeper().list();
    VERIFY_RESULT(kept);
    QCOMPARE(kept->size(), 1U);
    QCOMPARE(kept->front().package.state, OfflinePackage::State::Failed);
    QCOMPARE(kept->front().package.problem, wanted.problem);
}

void TestOfflineKeeper::tooMuchIsRefused()
{
    auto wanted = package();
    wanted.area = {600000, 5960000, 620000, 5980000};
    wanted.largestScale = 10;
    VERIFY_FAILS(keeper().estimate(wanted, {}), ErrorKind::TooLarge);
    QCOMPARE(m_wms->maps.load(), 0);
}

void TestOfflineKeeper::aPolygonSurvivesItsDocument_data()
{
    QTest::addColumn<Geometry>("shape");
    const Geometry one{.kind = GeometryKind::Polygon,
                       .points = {{610000, 5970000}, {612000, 5970000.125}, {611000, 5971000}, {610000, 5970000}},
                       .ringEnds = {4},
                       .partStarts = {}};
    auto holed = one;
    holed.points.insert(holed.points.end(),
                        {{611000, 5970100}, {611100, 5970100}, {611000, 5970200}, {611000, 5970100}});
    holed.ringEnds = {4, 8};
    auto two = holed;
    two.points.insert(two.points.end(), {{0, 0}, {1, 0}, {1, 1}, {0, 0}});
    two.ringEnds = {4, 8, 12};
    two.partStarts = {0, 2};
    QTest::newRow("triangle") << one;
    QTest::newRow("with a hole") << holed;
    QTest::newRow("two parts") << two;
}

void TestOfflineKeeper::aPolygonSurvivesItsDocument()
{
    QFETCH(Geometry, shape);
    auto before = package();
    before.setShape(shape);
    QCOMPARE(before.area, shape.extent());
    QCOMPARE(before.outline(), shape);
    const auto after = OfflinePackage::fromJson(before.id, before.toJson());
    QVERIFY(after);
    QCOMPARE(*after, before);
}

void TestOfflineKeeper::besideThePolygonNothingIsAsked()
{
    auto wanted = package();
    wanted.area = {606000, 5966000, 614000, 5974000};
    wanted.smallestScale = 10000;
    const auto all = keeper().estimate(wanted, {});
    VERIFY_RESULT(all);
    const Geometry corner{.kind = GeometryKind::Polygon,
                          .points = {{606000, 5966000}, {614000, 5966000}, {606000, 5974000}, {606000, 5966000}},
                          .ringEnds = {4},
                          .partStarts = {}};
    wanted.setShape(corner);
    const auto some = keeper().estimate(wanted, {});
    VERIFY_RESULT(some);
    QVERIFY(some->requests > 0);
    QVERIFY(some->requests < all->requests * 2 / 3);
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {}));
    QCOMPARE(qint64(m_wms->maps), some->requests);
    const AreaTest test(corner);
    for (const auto &request : m_wms->server.requests()) {
        const auto box = QUrlQuery(QUrl::fromEncoded(request.target).query()).queryItemValue(u"BBOX"_s).split(u',');
        if (box.size() != 4)
            continue;
        constexpr double edge = 8; // metres; a few pixels
        const double x1 = box[0].toDouble() - edge, y1 = box[1].toDouble() - edge, x2 = box[2].toDouble() + edge,
                     y2 = box[3].toDouble() + edge;
        QVERIFY(test.touches({.kind = GeometryKind::Polygon,
                              .points = {{x1, y1}, {x2, y1}, {x2, y2}, {x1, y2}, {x1, y1}},
                              .ringEnds = {5},
                              .partStarts = {}}));
    }
    m_access->setOffline(true);
    const auto source = std::get<std::shared_ptr<const RasterSource>>(m_opener->open(m_wms->ref(), {}).value());
    const auto block = source->read(queryOf({606500, 5966500, 609500, 5969500}, {1500, 1500}), {});
    VERIFY_RESULT(block);
    QCOMPARE(block->damage, QString());
    QCOMPARE(block->image.pixelColor(1490, 10), QColor(Qt::red));
}

void TestOfflineKeeper::whatHasNotChangedCostsNoBytes()
{
    std::atomic_int sent = 0, spared = 0;
    std::atomic_llong bytes = 0;
    m_wms->server.on("/wms", [&](const ServedRequest &request) {
        const QUrlQuery query(QUrl::fromEncoded(request.target).query());
        if (query.queryItemValue(u"REQUEST"_s) != "GetMap"_L1)
            return ServedReply{.body = capabilities(m_wms->server.url(u"/wms"_s).toEncoded(), m_wms->layers),
                               .headers = {{"Content-Type", "text/xml"}}};
        const QByteArray tag = "\"" + QByteArray::number(qHash(request.target)) + "\"";
        const bool known = request.header("If-None-Match") == tag;
        ServedReply reply{.status = known ? 304 : 200, .headers = {{"ETag", tag}, {"Cache-Control", "no-cache"}}};
        if (!known) {
            reply.body = paintedMap(query);
            reply.headers << qMakePair(QByteArray("Content-Type"), QByteArray("image/png"));
        }
        ++(known ? spared : sent);
        bytes += reply.body.size();
        return reply;
    });
    auto wanted = package();
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {}));
    QCOMPARE(qint64(sent), wanted.total);
    QCOMPARE(spared.load(), 0);
    const auto first = bytes.load();
    QVERIFY(first > 0);
    const auto before = m_access->store()->packageSize(wanted.id);
    VERIFY_RESULT(before);
    const auto fetched = wanted.fetched;
    QTest::qWait(20);
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Everything, {}));
    QCOMPARE(qint64(spared), wanted.total);
    QCOMPARE(qint64(sent), wanted.total);
    QCOMPARE(bytes.load(), first);
    QVERIFY(wanted.fetched > fetched);
    const auto after = m_access->store()->packageSize(wanted.id);
    VERIFY_RESULT(after);
    QCOMPARE(after->bytes, before->bytes);
    QCOMPARE(after->items, before->items);
    QVERIFY(after->newest > before->newest); // it is known to be as good as new
}

void TestOfflineKeeper::removedItIsGone()
{
    auto wanted = package();
    VERIFY_RESULT(keeper().fetch(wanted, OfflineKeeper::Scope::Missing, {}));
    const auto kept = keeper().list();
    VERIFY_RESULT(kept);
    QCOMPARE(kept->size(), 1U);
    QCOMPARE(kept->front().package, wanted);
    QVERIFY(kept->front().size.items >= wanted.total); // and the service's description
    QVERIFY(kept->front().size.bytes > 0);
    VERIFY_RESULT(keeper().remove(wanted.id));
    const auto left = keeper().list();
    VERIFY_RESULT(left);
    QVERIFY(left->empty());
    const auto again = keeper().estimate(wanted, {});
    VERIFY_RESULT(again);
    QCOMPARE(again->requests, wanted.total);
}

QTEST_GUILESS_MAIN(TestOfflineKeeper)
#include "tst_offlinekeeper.moc"
