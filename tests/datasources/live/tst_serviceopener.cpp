// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/serviceopener.h"
#include "tests/datasources/live/livefixture.h"

#include <thread>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

class TestServiceOpener : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_opener.reset(); }
    void findsOutWhatAnAddressIs_data();
    void findsOutWhatAnAddressIs();
    void tellsWhatItFound();
    void manyLayersAreForPeopleToChoose();
    void askedLayersAreSuggested();
    void whatIsNothingForUsIsTold_data();
    void whatIsNothingForUsIsTold();
    void aLayerThatIsGoneIsTold();
    void tilesAreDrawn();
    void aTileThatIsMissingIsEmptyAndNoFault();
    void aDeadServerHoldsUpOnlyItself();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PaintedWms> m_wms;
    std::shared_ptr<ServiceAccess> m_access;
    std::unique_ptr<ServiceOpener> m_opener;
};

void TestServiceOpener::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_wms = std::make_unique<PaintedWms>();
    m_access = accessTo(m_folder->path());
    m_opener = std::make_unique<ServiceOpener>(m_access);
}

void TestServiceOpener::findsOutWhatAnAddressIs_data()
{
    QTest::addColumn<QString>("query");
    QTest::newRow("bare") << QString();
    QTest::newRow("question mark") << u"?"_s;
    QTest::newRow("capabilities") << u"?SERVICE=WMS&REQUEST=GetCapabilities"_s;
    QTest::newRow("lower case") << u"?service=wms&request=getcapabilities&version=1.1.1"_s;
    QTest::newRow("a map") << u"?SERVICE=WMS&REQUEST=GetMap&LAYERS=heat&BBOX=1,2,3,4&WIDTH=10&HEIGHT=10"_s;
}

void TestServiceOpener::findsOutWhatAnAddressIs()
{
    QFETCH(QString, query);
    const auto found = m_opener->inspect({.location = m_wms->address() + query}, {});
    VERIFY_RESULT(found);
    QCOMPARE(found->layers.size(), 1U);
    QVERIFY(found->ref);
    QCOMPARE(found->ref->provider, u"wms"_s);
    auto ref = *found->ref;
    ref.layer = found->layers.front().name;
    VERIFY_RESULT(m_opener->open(ref, {}));
}

void TestServiceOpener::tellsWhatItFound()
{
    m_wms->layers = layerXml("heat", "Hitze",
                             "<MaxScaleDenominator>50000</MaxScaleDenominator>"
                             "<MinScaleDenominator>500</MinScaleDenominator>"
                             "<Attribution><Title>© Klimaleitstelle</Title></Attribution>")
        + "<Layer><Title>Regen</Title>" + layerXml("rain", "Starkregen") + "</Layer>";
    const auto found = m_opener->inspect({.location = m_wms->address()}, {});
    VERIFY_RESULT(found);
    QCOMPARE(found->title, u"Klimakarten"_s);
    QCOMPARE(found->format, u"WMS 1.3.0"_s);
    QCOMPARE(found->layers.size(), 2U);
    const auto &heat = found->layers[0];
    QCOMPARE(heat.title, u"Hitze"_s);
    QCOMPARE(heat.kind, LayerKind::Raster);
    QCOMPARE(heat.crs, Crs::working());
    QCOMPARE(heat.extent, paintedExtent);
    QCOMPARE(heat.minScale, 50000.0);
    QCOMPARE(heat.maxScale, 500.0);
    QCOMPARE(heat.provenance.source, u"Klimaleitstelle"_s);
    QCOMPARE(heat.provenance.licence, u"dl-de/by-2-0"_s);
    QCOMPARE(heat.provenance.attribution, u"© Klimaleitstelle"_s);
    QVERIFY(heat.suggested);
    QCOMPARE(found->layers[1].group, u"Regen"_s);
}

void TestServiceOpener::manyLayersAreForPeopleToChoose()
{
    m_wms->layers.clear();
    for (int i = 0; i < 100; ++i)
        m_wms->layers += layerXml("l" + QByteArray::number(i), "Ebene " + QByteArray::number(i));
    const auto found = m_opener->inspect({.location = m_wms->address()}, {});
    VERIFY_RESULT(found);
    QCOMPARE(found->layers.size(), 100U);
    QVERIFY(std::ranges::none_of(found->layers, &LayerDescription::suggested));
}

void TestServiceOpener::askedLayersAreSuggested()
{
    m_wms->layers = layerXml("heat", "Hitze") + layerXml("rain", "Starkregen") + layerXml("noise", "Lärm");
    auto found = m_opener->inspect({.location = m_wms->address() + u"?REQUEST=GetMap&LAYERS=rain,noise"_s}, {});
    VERIFY_RESULT(found);
    found->keepSuggested();
    QCOMPARE(found->layers.size(), 2U);
    QCOMPARE(found->layers[0].name, u"rain"_s);
}

void TestServiceOpener::whatIsNothingForUsIsTold_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("web page") << QByteArray("<!DOCTYPE html><html><body>Willkommen</body></html>") << 200;
    QTest::newRow("nothing") << QByteArray() << 200;
    QTest::newRow("missing") << QByteArray("weg") << 404;
    QTest::newRow("billion laughs") << QByteArray("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"cc\">]>"
                                                  "<WMS_Capabilities version=\"1.3.0\">&b;</WMS_Capabilities>")
                                    << 200;
    QTest::newRow("half") << capabilities("http://127.0.0.1/", layerXml("a", "A")).first(700) << 200;
    QTest::newRow("exception") << QByteArray("<ServiceExceptionReport><ServiceException>Kaputt</ServiceException>"
                                             "</ServiceExceptionReport>")
                               << 200;
}

void TestServiceOpener::whatIsNothingForUsIsTold()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    m_wms->server.on("/wms", ServedReply{.status = status, .body = body});
    for (const auto &provider : {u"file"_s, u"wms"_s}) {
        const auto found = m_opener->inspect({.provider = provider, .location = m_wms->address()}, {});
        QVERIFY2(!found, qPrintable(provider));
        QVERIFY(!found.error().what.isEmpty());
        QVERIFY(found.error().kind != ErrorKind::Internal);
    }
}

void TestServiceOpener::aLayerThatIsGoneIsTold()
{
    VERIFY_FAILS(m_opener->open(m_wms->ref(u"snow"_s), {}), ErrorKind::NotFound);
}

void TestServiceOpener::tilesAreDrawn()
{
    QImage tile(256, 256, QImage::Format_ARGB32);
    tile.fill(QColor(10, 120, 30));
    m_wms->server.onOther([bytes = png(tile)](const ServedRequest &) { return ServedReply{.body = bytes}; });
    const auto location = m_wms->server.url(u"/"_s).toString() + u"{z}/{x}/{y}.png"_s;
    const auto found = m_opener->inspect({.location = location}, {});
    VERIFY_RESULT(found);
    QCOMPARE(found->ref->provider, u"xyz"_s);
    const auto opened = m_opener->open(*found->ref, {});
    VERIFY_RESULT(opened);
    const auto source = std::get<std::shared_ptr<const RasterSource>>(*opened);
    const auto block = source->read(queryOf({610000, 5970000, 612000, 5971000}, {400, 200}), {});
    VERIFY_RESULT(block);
    QCOMPARE(block->image.pixelColor(200, 100), QColor(10, 120, 30));
    for (const auto &request : m_wms->server.requests())
        QVERIFY2(request.path().count('/') == 3 && request.path().endsWith(".png"), request.path().constData());
}

void TestServiceOpener::aTileThatIsMissingIsEmptyAndNoFault()
{
    const auto location = m_wms->server.url(u"/"_s).toString() + u"{z}/{x}/{y}.png"_s;
    const auto opened = m_opener->open({.provider = u"xyz"_s, .location = location}, {});
    VERIFY_RESULT(opened);
    const auto source = std::get<std::shared_ptr<const RasterSource>>(*opened);
    for (int i = 0; i < 2; ++i) {
        const auto block = source->read(queryOf({610000, 5970000, 610100, 5970050}, {400, 200}), {});
        VERIFY_RESULT(block);
        QCOMPARE(block->damage, QString());
        QCOMPARE(block->image.pixelColor(200, 100).alpha(), 0);
    }
}

void TestServiceOpener::aDeadServerHoldsUpOnlyItself()
{
    LoopbackServer dead;
    dead.on("/wms", ServedReply{.never = true});
    std::stop_source stop;
    std::vector<std::jthread> waiting;
    for (int i = 0; i < 10; ++i)
        waiting.emplace_back([&] {
            (void)m_opener->open({.provider = u"wms"_s, .location = dead.url(u"/wms"_s).toString(), .layer = u"a"_s},
                                 stop.get_token());
        });
    QTRY_VERIFY(dead.count("/wms") > 0);
    QElapsedTimer clock;
    clock.start();
    const auto opened = m_opener->open(m_wms->ref(), {});
    VERIFY_RESULT(opened);
    VERIFY_RESULT(std::get<std::shared_ptr<const RasterSource>>(*opened)->read(
        queryOf({610000, 5970000, 612000, 5971000}, {400, 200}), {}));
    QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
    stop.request_stop();
}

QTEST_GUILESS_MAIN(TestServiceOpener)
#include "tst_serviceopener.moc"
