// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/livelegend.h"
#include "datasources/live/serviceopener.h"
#include "tests/datasources/live/livefixture.h"

#include <QJsonArray>

#include <thread>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

QByteArray plain(QSize size, QColor color)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    return png(image);
}

/** A WMS of the layers "heat" and "cold" whose legends are as they are told. */
class ExplainedWms
{
public:
    ExplainedWms()
    {
        server.on("/wms", [this](const ServedRequest &request) {
            const QUrlQuery query(QUrl::fromEncoded(request.target).query());
            if (query.queryItemValue(u"REQUEST"_s) != "GetLegendGraphic"_L1)
                return ServedReply{.body = capabilities(server.url(u"/wms"_s).toEncoded(),
                                                        layerXml("heat", "Hitze", style) + layerXml("cold", "Kälte"))
                                       + "<!-- " + software + " version 8.0 -->",
                                   .headers = {{"Content-Type", "text/xml"}}};
            ++legends;
            return answer(query);
        });
    }

    SourceRef ref(const QString &layer = u"heat"_s, const QJsonObject &options = {}) const
    {
        return {.provider = u"wms"_s, .location = server.url(u"/wms"_s).toString(), .layer = layer, .options = options};
    }

    LoopbackServer server;
    QByteArray style, software;
    std::function<ServedReply(const QUrlQuery &)> answer = [](const QUrlQuery &query) {
        const bool heat = query.queryItemValue(u"LAYER"_s) == "heat"_L1;
        return ServedReply{.body = plain({100, 60}, heat ? Qt::red : Qt::blue),
                           .headers = {{"Content-Type", "image/png"}}};
    };
    std::atomic_int legends = 0;
};

constexpr double screen = 96 / 25.4; ///< pixels per mm

} // namespace

class TestLiveLegend : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void aLegendComesAndIsKept();
    void whatMayNotBeStoredIsKeptInMemory();
    void anOldLegendStandsWhereNoNewOneComes();
    void layersTogetherHaveOneLegend();
    void theLegendOfTheStyleGoesFirst();
    void optionsSayWhereItIs();
    void noLegendIsWanted_data();
    void noLegendIsWanted();
    void whatIsNoLegendIsAnError_data();
    void whatIsNoLegendIsAnError();
    void finePixelsAreToldAndChecked_data();
    void finePixelsAreToldAndChecked();
    void passwordsStayWithTheService();
    void itCanBeCancelled();

private:
    std::shared_ptr<const RasterSource> source(const SourceRef &ref)
    {
        const auto opened = m_opener->open(ref, {});
        return opened ? std::get<std::shared_ptr<const RasterSource>>(*opened) : nullptr;
    }
    void startAnew()
    {
        m_opener.reset();
        m_access.reset();
        m_access = accessTo(m_folder->path());
        m_opener = std::make_unique<ServiceOpener>(m_access);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ExplainedWms> m_wms;
    std::shared_ptr<ServiceAccess> m_access;
    std::unique_ptr<ServiceOpener> m_opener;
};

void TestLiveLegend::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_wms = std::make_unique<ExplainedWms>();
    startAnew();
}

void TestLiveLegend::cleanup()
{
    m_opener.reset();
    m_access.reset();
    m_wms.reset();
}

void TestLiveLegend::aLegendComesAndIsKept()
{
    auto layer = source(m_wms->ref());
    QVERIFY(layer && layer->hasLegend());
    QCOMPARE(m_wms->legends, 0); // opening asks for none
    const auto first = layer->legend(screen, {});
    QVERIFY2(first, first ? "" : qPrintable(first.error().what));
    QCOMPARE(first->size(), QSize(100, 60));
    QCOMPARE(first->devicePixelRatio(), 1.0);
    QCOMPARE(first->pixelColor(50, 30), QColor(Qt::red));
    QCOMPARE(m_wms->legends, 1);

    const auto second = layer->legend(screen, {});
    QVERIFY(second);
    QCOMPARE(*second, *first);
    QCOMPARE(m_wms->legends, 1);

    layer.reset();
    startAnew(); // another day, and no network
    m_access->setOffline(true);
    layer = source(m_wms->ref());
    QVERIFY(layer && layer->hasLegend());
    const auto third = layer->legend(screen, {});
    QVERIFY2(third, third ? "" : qPrintable(third.error().what));
    QCOMPARE(*third, *first);
    QCOMPARE(m_wms->legends, 1);
}

void TestLiveLegend::whatMayNotBeStoredIsKeptInMemory()
{
    const auto ref = m_wms->ref(u"heat"_s, {{u"mayBeStored"_s, false}});
    auto layer = source(ref);
    QVERIFY(layer && layer->legend(screen, {}) && layer->legend(screen, {}));
    QCOMPARE(m_wms->legends, 1);
    layer.reset();
    startAnew();
    layer = source(ref);
    QVERIFY(layer && layer->legend(screen, {}));
    QCOMPARE(m_wms->legends, 2);
}

void TestLiveLegend::anOldLegendStandsWhereNoNewOneComes()
{
    const auto layer = source(m_wms->ref());
    QVERIFY(layer && layer->legend(screen, {}));
    const auto asked = m_wms->server.requests().back().target;
    const auto key = LiveLegend::keyOf(m_wms->server.url(QString::fromLatin1(asked)));
    const auto datasets = m_access->store()->datasets();
    QVERIFY(datasets);
    int aged = 0;
    for (const auto &known : *datasets) {
        if (const auto item = m_access->store()->item(known.dataset.key, key); item && *item) {
            ++aged;
            QVERIFY(m_access->store()->touch(known.dataset.key, key, QDateTime::currentDateTimeUtc().addDays(-8), {}));
        }
    }
    QCOMPARE(aged, 1);
    m_wms->answer = [](const QUrlQuery &) { return ServedReply{.status = 500}; };
    const auto legend = layer->legend(screen, {});
    QVERIFY2(legend, legend ? "" : qPrintable(legend.error().what));
    QCOMPARE(legend->pixelColor(50, 30), QColor(Qt::red));
    QCOMPARE(m_wms->legends, 2); // it was asked for
}

void TestLiveLegend::layersTogetherHaveOneLegend()
{
    const auto layer = source(m_wms->ref(u"heat,cold"_s));
    QVERIFY(layer);
    const auto legend = layer->legend(screen, {});
    QVERIFY2(legend, legend ? "" : qPrintable(legend.error().what));
    QCOMPARE(m_wms->legends, 2);
    QCOMPARE(legend->width(), 100);
    QVERIFY(legend->height() >= 120 && legend->height() < 140);
    QCOMPARE(legend->pixelColor(50, 10), QColor(Qt::red));
    QCOMPARE(legend->pixelColor(50, legend->height() - 10), QColor(Qt::blue));
}

void TestLiveLegend::theLegendOfTheStyleGoesFirst()
{
    m_wms->server.on("/own.png", ServedReply{.body = plain({40, 40}, Qt::green)});
    m_wms->style = "<Style><Name>default</Name><Title>x</Title><LegendURL width=\"40\" height=\"40\"><Format>image/png"
                   "</Format><OnlineResource xlink:href=\""
        + m_wms->server.url(u"/own.png"_s).toEncoded() + "\"/></LegendURL></Style>";
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    const auto legend = layer->legend(screen, {});
    QVERIFY2(legend, legend ? "" : qPrintable(legend.error().what));
    QCOMPARE(legend->pixelColor(5, 5), QColor(Qt::green));
    QCOMPARE(m_wms->legends, 0);
}

void TestLiveLegend::optionsSayWhereItIs()
{
    m_wms->server.on("/own.png", ServedReply{.body = plain({40, 40}, Qt::green)});
    for (const QJsonValue &written :
         {QJsonValue(QJsonArray{u"own.png"_s}), QJsonValue(m_wms->server.url(u"/own.png"_s).toString()),
          QJsonValue(QJsonArray{u"file:///etc/passwd"_s, u"/own.png"_s})}) {
        const auto layer = source(m_wms->ref(u"heat"_s, {{u"legend"_s, written}}));
        QVERIFY(layer && layer->hasLegend());
        const auto legend = layer->legend(screen, {});
        QVERIFY2(legend, legend ? "" : qPrintable(legend.error().what));
        QCOMPARE(legend->size(), QSize(40, 40));
        QCOMPARE(legend->pixelColor(5, 5), QColor(Qt::green));
    }
    QCOMPARE(m_wms->legends, 0);
}

void TestLiveLegend::noLegendIsWanted_data()
{
    QTest::addColumn<SourceRef>("ref");
    QTest::newRow("by the option") << SourceRef{
        .provider = u"wms"_s, .layer = u"heat"_s, .options = {{u"legend"_s, false}}};
    QTest::newRow("tiles without one") << SourceRef{.provider = u"xyz"_s,
                                                    .location = u"http://127.0.0.1:9/{z}/{x}/{y}.png"_s};
}

void TestLiveLegend::noLegendIsWanted()
{
    QFETCH(const SourceRef, ref);
    auto opened = ref;
    if (ref.provider == "wms"_L1)
        opened.location = m_wms->ref().location;
    const auto layer = source(opened);
    QVERIFY(layer);
    QVERIFY(!layer->hasLegend());
    const auto legend = layer->legend(screen, {});
    QVERIFY(!legend);
    QCOMPARE(legend.error().kind, ErrorKind::Unsupported);
    QVERIFY(!legend.error().what.isEmpty());
    QCOMPARE(m_wms->legends, 0);
}

void TestLiveLegend::whatIsNoLegendIsAnError_data()
{
    QTest::addColumn<ServedReply>("reply");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("a web page") << ServedReply{.body = "<html><body>Wartung</body></html>",
                                               .headers = {{"Content-Type", "image/png"}}}
                                << ErrorKind::Malformed;
    QTest::newRow("an exception") << ServedReply{.body = "<?xml version=\"1.0\"?><ServiceExceptionReport><Service"
                                                         "Exception>Keine Legende</ServiceException>"
                                                         "</ServiceExceptionReport>"}
                                  << ErrorKind::Network;
    QTest::newRow("too wide") << ServedReply{.body = plain({4001, 20}, Qt::red)} << ErrorKind::Malformed;
    QTest::newRow("too high") << ServedReply{.body = plain({20, 8001}, Qt::red)} << ErrorKind::Malformed;
    QTest::newRow("half of one") << ServedReply{.body = plain({100, 60}, Qt::red).first(40)} << ErrorKind::Malformed;
    QTest::newRow("gone") << ServedReply{.status = 404} << ErrorKind::NotFound;
}

void TestLiveLegend::whatIsNoLegendIsAnError()
{
    QFETCH(const ServedReply, reply);
    QFETCH(const ErrorKind, kind);
    const auto good = m_wms->answer;
    m_wms->answer = [reply](const QUrlQuery &) { return reply; };
    const auto layer = source(m_wms->ref());
    QVERIFY(layer && layer->hasLegend());
    const auto legend = layer->legend(screen, {});
    QVERIFY(!legend);
    QCOMPARE(legend.error().kind, kind);
    QVERIFY(!legend.error().what.isEmpty());
    m_wms->answer = good; // nothing of it was kept
    QVERIFY(layer->legend(screen, {}));
}

void TestLiveLegend::finePixelsAreToldAndChecked_data()
{
    QTest::addColumn<QByteArray>("software");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QSize>("fineSize");
    QTest::addColumn<bool>("listens");
    const QSize fine(200, 120), usual(100, 60);
    QTest::newRow("MapServer") << QByteArray("MapServer") << u"MAP_RESOLUTION"_s << u"144"_s << fine << true;
    QTest::newRow("does not listen") << QByteArray("MapServer") << u"MAP_RESOLUTION"_s << u"144"_s << usual << false;
    QTest::newRow("makes only its texts larger")
        << QByteArray("MapServer") << u"MAP_RESOLUTION"_s << u"144"_s << QSize(160, 93) << false;
    QTest::newRow("unknown software") << QByteArray("Something") << QString() << QString() << usual << false;
}

void TestLiveLegend::finePixelsAreToldAndChecked()
{
    QFETCH(const QByteArray, software);
    QFETCH(const QString, parameter);
    QFETCH(const QString, value);
    QFETCH(const QSize, fineSize);
    QFETCH(const bool, listens);
    m_wms->software = software;
    m_wms->answer = [=](const QUrlQuery &query) {
        const bool fine = !parameter.isEmpty() && query.queryItemValue(parameter) == value;
        return ServedReply{.body = plain(fine ? fineSize : QSize(100, 60), Qt::red)};
    };
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    const auto legend = layer->legend(2 * screen, {});
    QVERIFY2(legend, legend ? "" : qPrintable(legend.error().what));
    QCOMPARE(legend->width(), listens ? 200 : 100);
    QCOMPARE(legend->deviceIndependentSize(), QSizeF(100, 60)); // as large as it is meant to be
    QCOMPARE(m_wms->legends, parameter.isEmpty() ? 1 : 2);
}

void TestLiveLegend::passwordsStayWithTheService()
{
    LoopbackServer other;
    other.on("/legend.png", ServedReply{.body = plain({40, 40}, Qt::green)});
    auto address = m_wms->server.url(u"/wms"_s);
    address.setUserName(u"amt"_s);
    address.setPassword(u"geheim"_s);
    auto ref = m_wms->ref(u"heat"_s, {{u"legend"_s, QJsonArray{other.url(u"/legend.png"_s).toString()}}});
    ref.location = address.toString();
    ref.options[u"credentials"_s] = m_access->keepSecrets(ref.location);
    QVERIFY(!ref.options[u"credentials"_s].toString().isEmpty());
    const auto layer = source(ref);
    QVERIFY(layer && layer->legend(screen, {}));
    QVERIFY(!m_wms->server.requests().front().header("Authorization").isEmpty());
    QCOMPARE(other.requests().size(), std::size_t(1));
    QVERIFY(other.requests().front().header("Authorization").isEmpty());
}

void TestLiveLegend::itCanBeCancelled()
{
    m_wms->answer = [](const QUrlQuery &) { return ServedReply{.never = true}; };
    const auto layer = source(m_wms->ref());
    QVERIFY(layer);
    std::stop_source stop;
    std::jthread later([&stop] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        stop.request_stop();
    });
    const auto legend = layer->legend(screen, stop.get_token());
    QVERIFY(!legend);
    QCOMPARE(legend.error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestLiveLegend)
#include "tst_livelegend.moc"
