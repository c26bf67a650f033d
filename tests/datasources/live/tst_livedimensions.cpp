// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/layerdimensions.h"
#include "datasources/live/serviceopener.h"
#include "tests/datasources/live/livefixture.h"

#include <mutex>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

constexpr Extent view{610000, 5970000, 612000, 5971000};
constexpr QSize size{400, 200};

/** Paints green on the second day, else as PaintedWms; knows what times it was asked for. */
class DailyWms
{
public:
    DailyWms()
    {
        server.on("/wms", [this](const ServedRequest &request) {
            const QUrlQuery query(QUrl::fromEncoded(request.target).query());
            const auto kind = query.queryItemValue(u"REQUEST"_s);
            const auto time = query.queryItemValue(u"TIME"_s);
            if (kind == "GetCapabilities"_L1)
                return ServedReply{.body = capabilities(server.url(u"/wms"_s).toEncoded(),
                                                        layerXml("rain", "Regen",
                                                                 "<Dimension name=\"time\" units=\"ISO8601\" "
                                                                 "default=\"2024-05-01\">2024-05-01/2024-05-04/P1D"
                                                                 "</Dimension>"))
                                       + (software.isEmpty() ? QByteArray() : "<!-- " + software + " version 8.0 -->"),
                                   .headers = {{"Content-Type", "text/xml"}}};
            const std::scoped_lock lock(m_mutex);
            m_asked << kind + u' ' + time;
            m_resolution = query.queryItemValue(u"MAP_RESOLUTION"_s);
            if (kind == "GetFeatureInfo"_L1)
                return ServedReply{.body = "{\"type\":\"FeatureCollection\",\"features\":[]}",
                                   .headers = {{"Content-Type", "application/json"}}};
            auto body = paintedMap(query);
            if (time == "2024-05-02"_L1) {
                QImage green(query.queryItemValue(u"WIDTH"_s).toInt(), query.queryItemValue(u"HEIGHT"_s).toInt(),
                             QImage::Format_ARGB32);
                green.fill(Qt::green);
                body = png(green);
            }
            ServedReply reply{.body = body, .headers = {{"Content-Type", "image/png"}}};
            reply.delay = delay;
            return reply;
        });
    }
    qsizetype countOf(const QString &what) const
    {
        const std::scoped_lock lock(m_mutex);
        return m_asked.count(what);
    }
    qsizetype asked() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_asked.size();
    }

    QString resolution() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_resolution;
    }

    LoopbackServer server;
    std::chrono::milliseconds delay{0};
    QByteArray software;

private:
    mutable std::mutex m_mutex;
    QStringList m_asked;
    QString m_resolution; ///< of the last picture
};

Dimensions day(int number)
{
    return {{u"time"_s, u"2024-05-0%1"_s.arg(number)}};
}

} // namespace

class TestLiveDimensions : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void valuesComeInOrder_data();
    void valuesComeInOrder();
    void tilesHaveThemToo();
    void aChosenDayIsDrawnAndKept();
    void theDescriptionSaysWhichThereAre();
    void whatComesNextIsFetchedBeforeItIsWanted();
    void daysThatWereLeftAreNotAwaited();
    void theServerIsAskedOfTheDayThatIsShown();
    void theAgeIsThatOfTheOldestImage();
    void finePixelsAreToldWhereTheServerUnderstands_data();
    void finePixelsAreToldWhereTheServerUnderstands();
    void whatWasTakenAlongStandsInForFinePixels();

private:
    std::shared_ptr<const RasterSource> source() const
    {
        const auto opened = m_opener->open(
            {.provider = u"wms"_s, .location = m_wms->server.url(u"/wms"_s).toString(), .layer = u"rain"_s}, {});
        return opened ? std::get<std::shared_ptr<const RasterSource>>(*opened) : nullptr;
    }
    static RasterQuery of(const Dimensions &dimensions, bool wait = true)
    {
        auto query = queryOf(view, size, wait);
        query.dimensions = dimensions;
        return query;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DailyWms> m_wms;
    std::shared_ptr<ServiceAccess> m_access;
    std::unique_ptr<ServiceOpener> m_opener;
};

void TestLiveDimensions::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_wms = std::make_unique<DailyWms>();
    m_access = accessTo(m_folder->path());
    m_opener = std::make_unique<ServiceOpener>(m_access);
}

void TestLiveDimensions::cleanup()
{
    m_opener.reset();
    m_access.reset();
    m_wms.reset();
}

void TestLiveDimensions::valuesComeInOrder_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<bool>("time");
    QTest::newRow("range") << u"time"_s << u"2024-05-01/2024-05-03/P1D"_s
                           << QStringList{u"2024-05-01"_s, u"2024-05-02"_s, u"2024-05-03"_s} << true;
    QTest::newRow("out of order") << u"time"_s << u"2024-06,2023,2024-05-02T12:00:00Z"_s
                                  << QStringList{u"2023"_s, u"2024-05-02T12:00:00Z"_s, u"2024-06"_s} << true;
    QTest::newRow("current is no value") << u"time"_s << u"2024,current"_s << QStringList{u"2024"_s} << true;
    QTest::newRow("elevations") << u"elevation"_s << u"1000,50,200"_s << QStringList{u"50"_s, u"200"_s, u"1000"_s}
                                << false;
    QTest::newRow("names") << u"run"_s << u"b,a"_s << QStringList{u"b"_s, u"a"_s} << false;
}

void TestLiveDimensions::valuesComeInOrder()
{
    QFETCH(QString, name);
    QFETCH(QString, text);
    QFETCH(QStringList, values);
    QFETCH(bool, time);
    WmsDimension dimension{.name = name};
    dimension.items = parseDimensionItems(text, time);
    // Time first, whatever the order of the service
    const auto all = dimensionsOf(std::vector<WmsDimension>{{.name = u"empty"_s}, dimension});
    QCOMPARE(all.size(), 1u);
    QCOMPARE(all.front().values, values);
    QCOMPARE(all.front().isTime(), time);
    QCOMPARE(all.front().instants.size(), time ? std::size_t(values.size()) : 0u);
    QVERIFY(std::ranges::is_sorted(all.front().instants));
}

void TestLiveDimensions::tilesHaveThemToo()
{
    const auto all = dimensionsOf(std::vector<WmtsDimension>{
        {.id = u"Height"_s, .unit = u"m"_s, .defaultValue = u"2"_s, .values = {u"10"_s, u"2"_s}},
        {.id = u"Time"_s, .unit = u"ISO8601"_s, .values = {u"2024-05-02"_s, u"2024-05-01"_s}}});
    QCOMPARE(all.size(), 2u);
    QCOMPARE(all[0].name, u"Time"_s);
    QCOMPARE(all[0].values, QStringList({u"2024-05-01"_s, u"2024-05-02"_s}));
    QVERIFY(all[0].isTime());
    QCOMPARE(all[0].unit, QString());
    QCOMPARE(all[1].values, QStringList({u"2"_s, u"10"_s}));
    QCOMPARE(all[1].standard, u"2"_s);
    QCOMPARE(all[1].unit, u"m"_s);
}

void TestLiveDimensions::theDescriptionSaysWhichThereAre()
{
    const auto layer = source();
    QVERIFY(layer);
    const auto dimensions = layer->description().dimensions;
    QCOMPARE(dimensions.size(), 1u);
    QCOMPARE(dimensions.front().name, u"time"_s);
    QCOMPARE(dimensions.front().values.size(), 4);
    QCOMPARE(dimensions.front().standard, u"2024-05-01"_s);
}

void TestLiveDimensions::aChosenDayIsDrawnAndKept()
{
    const auto layer = source();
    QVERIFY(layer);
    const auto usual = layer->read(of({}), {});
    VERIFY_RESULT(usual);
    QCOMPARE(usual->image.pixelColor(0, 0), QColor(Qt::red));
    const auto second = layer->read(of(day(2)), {});
    VERIFY_RESULT(second);
    QCOMPARE(second->image.pixelColor(0, 0), QColor(Qt::green));
    const auto asked = m_wms->asked();
    QVERIFY(m_wms->countOf(u"GetMap 2024-05-02"_s) > 0);
    QVERIFY(m_wms->countOf(u"GetMap "_s) > 0);
    // Both are kept: going to and fro asks nobody
    QCOMPARE(layer->read(of({}), {})->image.pixelColor(0, 0), QColor(Qt::red));
    QCOMPARE(layer->read(of(day(2)), {})->image.pixelColor(0, 0), QColor(Qt::green));
    QCOMPARE(m_wms->asked(), asked);
}

void TestLiveDimensions::whatComesNextIsFetchedBeforeItIsWanted()
{
    const auto layer = source();
    QVERIFY(layer);
    VERIFY_RESULT(layer->read(of(day(1)), {}));
    auto query = of(day(1), false);
    query.upcoming = {day(2), day(3)};
    VERIFY_RESULT(layer->read(query, {}));
    QTRY_VERIFY(m_wms->countOf(u"GetMap 2024-05-03"_s) > 0);
    QTRY_COMPARE(layer->arrivals()->pending.load(), 0);
    const auto asked = m_wms->asked();
    const auto second = layer->read(of(day(2), false), {});
    VERIFY_RESULT(second);
    QCOMPARE(second->image.pixelColor(0, 0), QColor(Qt::green));
    QCOMPARE(m_wms->asked(), asked);
    QCOMPARE(m_wms->countOf(u"GetMap 2024-05-04"_s), 0);
}

void TestLiveDimensions::daysThatWereLeftAreNotAwaited()
{
    m_wms->delay = std::chrono::seconds(20);
    const auto layer = source();
    QVERIFY(layer);
    VERIFY_RESULT(layer->read(of(day(1), false), {}));
    QTRY_VERIFY(m_wms->countOf(u"GetMap 2024-05-01"_s) > 0);
    m_wms->delay = {};
    VERIFY_RESULT(layer->read(of(day(2), false), {}));
    QTRY_COMPARE_WITH_TIMEOUT(layer->arrivals()->pending.load(), 0, 10000);
    QCOMPARE(layer->read(of(day(2), false), {})->image.pixelColor(0, 0), QColor(Qt::green));
}

void TestLiveDimensions::theServerIsAskedOfTheDayThatIsShown()
{
    const auto layer = source();
    QVERIFY(layer);
    VERIFY_RESULT(layer->infoAt({611000, 5970000}, Crs::working(), 2, day(3), {}));
    QCOMPARE(m_wms->countOf(u"GetFeatureInfo 2024-05-03"_s), 1);
}

void TestLiveDimensions::theAgeIsThatOfTheOldestImage()
{
    const auto layer = source();
    QVERIFY(layer);
    QVERIFY(!layer->fetchedAt().isValid());
    const auto before = QDateTime::currentDateTimeUtc().addSecs(-1);
    VERIFY_RESULT(layer->read(of({}), {}));
    VERIFY_RESULT(layer->read(of({}, false), {}));
    const auto first = layer->fetchedAt();
    QVERIFY(first >= before);
    QTest::qWait(20);
    layer->refresh();
    VERIFY_RESULT(layer->read(of({}), {}));
    VERIFY_RESULT(layer->read(of({}, false), {}));
    QVERIFY2(layer->fetchedAt() > first, qPrintable(layer->fetchedAt().toString(Qt::ISODateWithMs)));
}

void TestLiveDimensions::finePixelsAreToldWhereTheServerUnderstands_data()
{
    QTest::addColumn<QByteArray>("software");
    QTest::addColumn<double>("dpi");
    QTest::addColumn<QString>("resolution");
    QTest::newRow("unknown") << QByteArray() << 288.0 << QString();
    QTest::newRow("screen") << "MapServer"_ba << 96.0 << QString();
    QTest::newRow("150 %") << "MapServer"_ba << 144.0 << u"108"_s;
    QTest::newRow("200 %") << "MapServer"_ba << 192.0 << u"144"_s;
    QTest::newRow("print") << "MapServer"_ba << 300.0 << u"216"_s;
    QTest::newRow("finer than fine") << "MapServer"_ba << 1200.0 << u"288"_s;
}

void TestLiveDimensions::finePixelsAreToldWhereTheServerUnderstands()
{
    QFETCH(QByteArray, software);
    QFETCH(double, dpi);
    QFETCH(QString, resolution);
    m_wms->software = software;
    const auto layer = source();
    QVERIFY(layer);
    auto query = of({});
    query.pixelsPerMm = dpi / 25.4;
    VERIFY_RESULT(layer->read(query, {}));
    QCOMPARE(m_wms->resolution(), resolution);
}

void TestLiveDimensions::whatWasTakenAlongStandsInForFinePixels()
{
    m_wms->software = "MapServer";
    const auto layer = source();
    QVERIFY(layer);
    VERIFY_RESULT(layer->read(of({}), {}));
    m_access->setOffline(true);
    auto query = of({}, false);
    query.pixelsPerMm = 192 / 25.4;
    const auto block = layer->read(query, {});
    VERIFY_RESULT(block);
    QCOMPARE(block->image.pixelColor(0, 0), QColor(Qt::red));
    QCOMPARE(block->image.pixelColor(399, 199), QColor(Qt::blue));
}

QTEST_GUILESS_MAIN(TestLiveDimensions)
#include "tst_livedimensions.moc"
