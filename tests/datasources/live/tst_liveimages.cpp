// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/serviceopener.h"
#include "tests/datasources/live/livefixture.h"

#include <future>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

class TestLiveImages : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void drawsWhatTheServiceDraws();
    void drawsInAnotherCrs();
    void knownGroundNeedsNoRequest();
    void anotherProgramFindsItInTheStore();
    void showsNothingAtFirstAndTellsWhenMoreHasCome();
    void aCoarserImageStandsIn();
    void imagesOfAViewThatWasLeftAreNotAwaited();
    void aCancelledPictureEndsAtOnce();
    void badAnswersAreToldAndNeverStored_data();
    void badAnswersAreToldAndNeverStored();
    void theOldImageStaysWhereANewOneFails();
    void whatMayNotBeStoredIsNotOnTheDisk();
    void outsideOfTheLayerNothingIsAsked();
    void refreshedItAsksAnewAndShowsTheOldTillThen();
    void asksTheServerWhatIsAtAPlace();
    void badAnswersAboutAPlaceAreTold();

private:
    std::shared_ptr<const RasterSource> source(const SourceRef &ref);
    static QImage imageOf(const Result<RasterBlock> &block) { return block ? block->image : QImage(); }

    static constexpr Extent view{610000, 5970000, 612000, 5971000}; ///< 5 m per pixel at 400 × 200
    static constexpr QSize size{400, 200};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PaintedWms> m_wms;
    std::shared_ptr<ServiceAccess> m_access;
    std::unique_ptr<ServiceOpener> m_opener;
};

void TestLiveImages::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_wms = std::make_unique<PaintedWms>();
    m_access = accessTo(m_folder->path());
    m_opener = std::make_unique<ServiceOpener>(m_access);
}

void TestLiveImages::cleanup()
{
    m_opener.reset();
    m_access.reset();
    m_wms.reset();
}

std::shared_ptr<const RasterSource> TestLiveImages::source(const SourceRef &ref)
{
    const auto opened = m_opener->open(ref, {});
    if (!opened) {
        qWarning("%s", qPrintable(toText(opened.error())));
        return {};
    }
    return std::get<std::shared_ptr<const RasterSource>>(*opened);
}

void TestLiveImages::drawsWhatTheServiceDraws()
{
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    const auto block = layer->read(queryOf(view, size), {});
    VERIFY_RESULT(block);
    QCOMPARE(block->image.size(), size);
    QCOMPARE(block->damage, QString());
    // The line lies 1000 m = 200 pixels from the left; images of 4 m pixels are off by one at most
    for (const int y : {0, 100, 199}) {
        QCOMPARE(block->image.pixelColor(0, y), QColor(Qt::red));
        QCOMPARE(block->image.pixelColor(197, y), QColor(Qt::red));
        QCOMPARE(block->image.pixelColor(202, y), QColor(Qt::blue));
        QCOMPARE(block->image.pixelColor(399, y), QColor(Qt::blue));
    }
}

void TestLiveImages::drawsInAnotherCrs()
{
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    const auto to = Transform::create(Crs::working(), Crs::fromEpsg(3857));
    VERIFY_RESULT(to);
    const auto middle = to->forward(PointXY{redEndsAt, 5970500});
    auto query = queryOf({middle.x - 500, middle.y - 50, middle.x + 500, middle.y + 50}, {200, 20});
    query.crs = Crs::fromEpsg(3857);
    const auto block = layer->read(query, {});
    VERIFY_RESULT(block);
    QCOMPARE(block->image.pixelColor(95, 10), QColor(Qt::red));
    QCOMPARE(block->image.pixelColor(105, 10), QColor(Qt::blue));
}

void TestLiveImages::knownGroundNeedsNoRequest()
{
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    VERIFY_RESULT(layer->read(queryOf(view, size), {}));
    const int asked = m_wms->maps;
    QVERIFY(asked > 0);
    auto moved = view;
    moved.xMin += 100;
    moved.xMax -= 300;
    moved.yMin += 100;
    moved.yMax -= 100;
    for (const bool wait : {true, false}) {
        const auto block = layer->read(queryOf(moved, {320, 160}, wait), {});
        VERIFY_RESULT(block);
        QCOMPARE(block->image.pixelColor(0, 0), QColor(Qt::red));
    }
    QTest::qWait(50);
    QCOMPARE(m_wms->maps.load(), asked);
    QCOMPARE(m_wms->descriptions.load(), 1);
}

void TestLiveImages::anotherProgramFindsItInTheStore()
{
    const auto first = imageOf(source(m_wms->ref())->read(queryOf(view, size), {}));
    VERIFY_RESULT(m_access->store()->flush());
    m_opener.reset();
    m_access = accessTo(m_folder->path());
    m_access->setOffline(true);
    m_opener = std::make_unique<ServiceOpener>(m_access);
    const int asked = m_wms->maps;
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    QCOMPARE(layer->description().title, u"Hitze"_s);
    const auto block = layer->read(queryOf(view, size, false), {});
    VERIFY_RESULT(block);
    QCOMPARE(block->image, first);
    QCOMPARE(block->damage, QString());
    // What was never seen is not there, which is no fault
    const auto elsewhere = layer->read(queryOf({601000, 5961000, 601500, 5961250}, size), {});
    VERIFY_RESULT(elsewhere);
    QCOMPARE(elsewhere->image.pixelColor(200, 100).alpha(), 0);
    QCOMPARE(elsewhere->damage, QString());
    QCOMPARE(m_wms->maps.load(), asked);
}

void TestLiveImages::showsNothingAtFirstAndTellsWhenMoreHasCome()
{
    m_wms->delay = std::chrono::milliseconds(1000);
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    QVERIFY(layer->arrivals());
    QSignalSpy arrived(layer->arrivals(), &Arrivals::arrived);
    QElapsedTimer clock;
    clock.start();
    const auto empty = layer->read(queryOf(view, size, false), {});
    const auto took = clock.elapsed();
    VERIFY_RESULT(empty);
    QVERIFY2(took < 900, qPrintable(QString::number(took))); // the server alone takes a second
    QCOMPARE(empty->image.pixelColor(200, 100).alpha(), 0);
    QVERIFY(layer->arrivals()->pending > 0);
    QTRY_COMPARE(layer->arrivals()->pending.load(), 0);
    QVERIFY(arrived.size() > 0);
    QCOMPARE(imageOf(layer->read(queryOf(view, size, false), {})).pixelColor(0, 0), QColor(Qt::red));
}

void TestLiveImages::aCoarserImageStandsIn()
{
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    VERIFY_RESULT(layer->read(queryOf(view, size), {}));
    m_wms->delay = std::chrono::milliseconds(3000);
    const Extent nearer{610800, 5970400, 611200, 5970600};
    const auto block = layer->read(queryOf(nearer, size, false), {});
    VERIFY_RESULT(block);
    QCOMPARE(block->image.pixelColor(0, 0), QColor(Qt::red));
    QCOMPARE(block->image.pixelColor(399, 199), QColor(Qt::blue));
}

void TestLiveImages::imagesOfAViewThatWasLeftAreNotAwaited()
{
    m_wms->delay = std::chrono::milliseconds(150);
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    Extent last;
    for (int i = 0; i < 20; ++i) {
        last = {601000 + i * 900.0, 5965000, 601800 + i * 900.0, 5965400};
        VERIFY_RESULT(layer->read(queryOf(last, size, false), {}));
    }
    QTRY_COMPARE(layer->arrivals()->pending.load(), 0);
    // 20 views of about two images each; those that had not been sent are never sent
    QVERIFY2(m_wms->maps < 20, qPrintable(QString::number(m_wms->maps)));
    QCOMPARE(imageOf(layer->read(queryOf(last, size, false), {})).pixelColor(200, 100), QColor(Qt::blue));
}

void TestLiveImages::aCancelledPictureEndsAtOnce()
{
    m_wms->delay = std::chrono::milliseconds(5000);
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    std::stop_source stop;
    auto waiting = std::async(std::launch::async, [&] { return layer->read(queryOf(view, size), stop.get_token()); });
    QTest::qWait(50);
    QElapsedTimer clock;
    clock.start();
    stop.request_stop();
    const auto block = waiting.get();
    QVERIFY(clock.elapsed() < 1000);
    QVERIFY(!block);
    QCOMPARE(block.error().kind, ErrorKind::Cancelled);
}

void TestLiveImages::badAnswersAreToldAndNeverStored_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<int>("status");
    QTest::newRow("exception with 200") << QByteArray(
        "<?xml version=\"1.0\"?><ServiceExceptionReport version=\"1.3.0\" xmlns=\"http://www.opengis.net/ogc\">"
        "<ServiceException code=\"LayerNotDefined\">Diese Ebene gibt es nicht</ServiceException>"
        "</ServiceExceptionReport>") << QByteArray("text/xml")
                                        << 200;
    QTest::newRow("web page with 200") << QByteArray("<!DOCTYPE html><html><body>Wartung</body></html>")
                                       << QByteArray("image/png") << 200;
    QTest::newRow("nothing") << QByteArray() << QByteArray("image/png") << 200;
    QTest::newRow("fault of the server") << QByteArray("Oops") << QByteArray("text/plain") << 500;
    QTest::newRow("half a picture") << paintedMap(QUrlQuery(u"BBOX=0,0,10,10&WIDTH=512&HEIGHT=512"_s)).first(60)
                                    << QByteArray("image/png") << 200;
}

void TestLiveImages::badAnswersAreToldAndNeverStored()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, type);
    QFETCH(int, status);
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    m_wms->server.on("/wms", ServedReply{.status = status, .body = body, .headers = {{"Content-Type", type}}});
    const auto block = layer->read(queryOf(view, size), {});
    VERIFY_RESULT(block);
    QVERIFY(!block->damage.isEmpty());
    QCOMPARE(block->image.pixelColor(200, 100).alpha(), 0);
    const auto kept = m_access->store()->datasets();
    VERIFY_RESULT(kept);
    for (const auto &dataset : *kept)
        QVERIFY2(!dataset.dataset.key.startsWith(u"wms:"_s) || dataset.items == 0, qPrintable(dataset.dataset.key));
}

void TestLiveImages::theOldImageStaysWhereANewOneFails()
{
    // Already out of date when it comes
    m_wms->mapHeaders = {{"Cache-Control", "max-age=0"}};
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    const auto first = imageOf(layer->read(queryOf(view, size), {}));
    m_wms->down = true;
    const auto again = layer->read(queryOf(view, size), {});
    VERIFY_RESULT(again);
    QCOMPARE(again->image, first);
}

void TestLiveImages::whatMayNotBeStoredIsNotOnTheDisk()
{
    auto ref = m_wms->ref();
    ref.options[u"mayBeStored"_s] = false;
    const auto layer = source(ref);
    QVERIFY(layer);
    VERIFY_RESULT(layer->read(queryOf(view, size), {}));
    const int asked = m_wms->maps;
    VERIFY_RESULT(layer->read(queryOf(view, size), {}));
    QCOMPARE(m_wms->maps.load(), asked); // held while the program runs
    VERIFY_RESULT(m_access->store()->flush());
    m_opener.reset();
    m_access = accessTo(m_folder->path());
    m_access->setOffline(true);
    m_opener = std::make_unique<ServiceOpener>(m_access);
    const auto later = source(ref);
    QVERIFY(later);
    QCOMPARE(imageOf(later->read(queryOf(view, size), {})).pixelColor(200, 100).alpha(), 0);
}

void TestLiveImages::outsideOfTheLayerNothingIsAsked()
{
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    const auto block = layer->read(queryOf({500000, 5900000, 502000, 5901000}, size), {});
    VERIFY_RESULT(block);
    QCOMPARE(block->image.pixelColor(200, 100).alpha(), 0);
    QCOMPARE(m_wms->maps.load(), 0);
}

void TestLiveImages::refreshedItAsksAnewAndShowsTheOldTillThen()
{
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    const auto first = imageOf(layer->read(queryOf(view, size), {}));
    const int asked = m_wms->maps;
    QTest::qWait(5);
    layer->refresh();
    QCOMPARE(imageOf(layer->read(queryOf(view, size, false), {})), first);
    QTRY_COMPARE(layer->arrivals()->pending.load(), 0);
    QCOMPARE(m_wms->maps.load(), 2 * asked);
    VERIFY_RESULT(layer->read(queryOf(view, size), {}));
    QCOMPARE(m_wms->maps.load(), 2 * asked); // once is enough
}

void TestLiveImages::asksTheServerWhatIsAtAPlace()
{
    const auto layer = source(m_wms->ref());
    QVERIFY(layer && layer->answersPlaces());
    const auto info = layer->infoAt({611000, 5970000}, Crs::working(), 2, {}, {});
    VERIFY_RESULT(info);
    QCOMPARE(info->objects.size(), 1U);
    QCOMPARE(info->objects[0].values, (QList<QPair<QString, QString>>{{u"naechte"_s, u"12"_s}}));
    // 101 pixels of 2 m, the place in the middle of the middle one
    QCOMPARE(m_wms->question.queryItemValue(u"BBOX"_s), u"610899,5969899,611101,5970101"_s);
    QCOMPARE(m_wms->question.queryItemValue(u"I"_s), u"50"_s);
    QCOMPARE(m_wms->question.queryItemValue(u"J"_s), u"50"_s);
    QCOMPARE(m_wms->question.queryItemValue(u"QUERY_LAYERS"_s), u"heat"_s);
}

void TestLiveImages::badAnswersAboutAPlaceAreTold()
{
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    m_wms->info = "<ServiceExceptionReport><ServiceException>Kaputt</ServiceException></ServiceExceptionReport>";
    const auto info = layer->infoAt({611000, 5970000}, Crs::working(), 2, {}, {});
    QVERIFY(!info);
    QVERIFY(info.error().what.contains(u"Kaputt"_s));
    m_wms->down = true;
    VERIFY_FAILS(layer->infoAt({611000, 5970000}, Crs::working(), 2, {}, {}), ErrorKind::Network);
    m_wms->down = false;
    m_wms->info.clear(); // nothing there is no fault
    const auto nothing = layer->infoAt({611000, 5970000}, Crs::working(), 2, {}, {});
    VERIFY_RESULT(nothing);
    QVERIFY(nothing->isEmpty());
}

QTEST_GUILESS_MAIN(TestLiveImages)
#include "tst_liveimages.moc"
