// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/livefeatures/livefixture.h"
#include "tests/servers/servedlayers.h"

#include <QElapsedTimer>

#include <cmath>
#include <thread>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

constexpr int areaCount = 30;

/** How a layer is asked for in these tests. */
enum class Protocol { Wfs110, Wfs200, OgcApi };

} // namespace

/** Against a real MapServer. */
class TestLiveFeatures : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void allFeaturesComeWithTheirFields_data();
    void allFeaturesComeWithTheirFields();
    void pointsAndLinesComeToo_data();
    void pointsAndLinesComeToo();
    void pagesAreReadByTheServersOwnRules_data();
    void pagesAreReadByTheServersOwnRules();
    void whatTheServerWithholdsIsToldLoudly();
    void aBoxAndAFilterAreLeftToTheServer_data();
    void aBoxAndAFilterAreLeftToTheServer();
    void anotherReferenceSystemIsPutRight_data();
    void anotherReferenceSystemIsPutRight();
    void itIsThereWithoutANetwork_data();
    void itIsThereWithoutANetwork();
    void nothingStoredAndOfflineIsAClearError();
    void aRefreshBringsWhatIsNew();
    void aRefreshThatFailsLeavesTheOld();
    void cancelledItLeavesNothingHalf();
    void twoWhoReadAtOnceFetchOnce();
    void personalDataIsNotWritten();
    void theDescriptionIsThereBeforeTheFeatures();

private:
    Result<FeaturePlan> plan(Protocol protocol, const QString &layer, const FeaturePlanOptions &options = {});
    std::shared_ptr<LiveFeatures> opened(Protocol protocol, const QString &layer,
                                         const FeaturePlanOptions &options = {});
    void addProtocols();

    QTemporaryDir m_folder;
    MapServerSetup m_setup;
    std::unique_ptr<MapServer> m_server;
    std::unique_ptr<LiveFixture> m_live;
};

void TestLiveFeatures::initTestCase()
{
    m_setup.layers = {servedAreas(m_folder.filePath(u"areas.gpkg"_s), areaCount),
                      servedPoints(m_folder.filePath(u"points.gpkg"_s)),
                      servedLines(m_folder.filePath(u"lines.gpkg"_s))};
    m_server = std::make_unique<MapServer>(m_setup);
    QCOMPARE(m_server->problem(), QString());
}

void TestLiveFeatures::init()
{
    m_server->change(m_setup);
    QVERIFY2(m_server->start(), qPrintable(m_server->problem()));
    m_live = std::make_unique<LiveFixture>();
}

Result<FeaturePlan> TestLiveFeatures::plan(Protocol protocol, const QString &layer, const FeaturePlanOptions &options)
{
    if (protocol == Protocol::OgcApi) {
        const auto url = m_server->ogcApi();
        const auto landing = parseOgcApiLanding(m_live->get(url), url);
        if (!landing)
            return std::unexpected(landing.error());
        const auto conformance = parseOgcApiConformance(m_live->get(landing->conformanceUrl));
        const auto collections = parseOgcApiCollections(m_live->get(landing->collectionsUrl), landing->collectionsUrl);
        if (!collections)
            return std::unexpected(collections.error());
        for (const auto &collection : *collections)
            if (collection.id == layer)
                return planOgcApi(url, *landing, conformance.value_or(OgcApiConformance()), collection, options);
        return failure(ErrorKind::NotFound, layer);
    }
    const auto url =
        wfsCapabilitiesUrl(m_server->ows(), protocol == Protocol::Wfs110 ? WfsVersion::V110 : WfsVersion::V200);
    const auto caps = parseWfsCapabilities(m_live->get(url), url);
    if (!caps)
        return std::unexpected(caps.error());
    return planWfs(*caps, layer, options);
}

std::shared_ptr<LiveFeatures> TestLiveFeatures::opened(Protocol protocol, const QString &layer,
                                                       const FeaturePlanOptions &options)
{
    const auto made = plan(protocol, layer, options);
    if (!made) {
        qWarning("%s", qPrintable(toText(made.error())));
        return nullptr;
    }
    const auto layerOrNot = m_live->open(*made);
    if (!layerOrNot)
        qWarning("%s", qPrintable(toText(layerOrNot.error())));
    return layerOrNot.value_or(nullptr);
}

void TestLiveFeatures::addProtocols()
{
    QTest::addColumn<Protocol>("protocol");
    QTest::newRow("WFS 1.1.0") << Protocol::Wfs110;
    QTest::newRow("WFS 2.0.0") << Protocol::Wfs200;
    QTest::newRow("OGC API Features") << Protocol::OgcApi;
}

void TestLiveFeatures::allFeaturesComeWithTheirFields_data()
{
    addProtocols();
}

void TestLiveFeatures::allFeaturesComeWithTheirFields()
{
    QFETCH(Protocol, protocol);
    const auto layer = opened(protocol, u"flaechen"_s);
    QVERIFY(layer);
    const auto set = layer->read({.crs = Crs::working(), .fields = {u"name"_s, u"nummer"_s}}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(areaCount));
    QCOMPARE((*set)->notes, QStringList());
    const auto description = layer->description();
    QCOMPARE(description.featureCount, areaCount);
    QCOMPARE(description.title, u"Flächen"_s);
    QCOMPARE(description.geometryKinds, std::vector{GeometryKind::Polygon});
    QVERIFY(description.provenance.dataTime.isValid());
    const auto state = layer->state();
    QVERIFY(state->complete);
    QCOMPARE(state->matched, std::optional<qint64>(areaCount));
    QCOMPARE(state->received, areaCount);
    const auto features = byNumber(*layer, u"nummer"_s);
    QCOMPARE(features.size(), std::size_t(areaCount));
    const auto &seven = features.at(7);
    const auto value = [&](const QString &field) { return valueOf(*layer, seven, field); };
    QCOMPARE(value(u"name"_s), QVariant(u"Fläche 7"_s));
    QCOMPARE(value(u"nummer"_s), QVariant(7LL));
    QCOMPARE(value(u"hoehe"_s), QVariant(3.5));
    QCOMPARE(value(u"schluessel"_s), QVariant(u"00000007"_s)); // stays a text
    QCOMPARE(value(u"stand"_s), QVariant(QDate(2024, 5, 8)));
    QVERIFY(value(u"bemerkung"_s).isNull() || value(u"bemerkung"_s) == QVariant(u""_s));
    QCOMPARE(valueOf(*layer, features.at(10), u"bemerkung"_s), QVariant(u"größer & <kleiner>"_s));
}

void TestLiveFeatures::pointsAndLinesComeToo_data()
{
    addProtocols();
}

void TestLiveFeatures::pointsAndLinesComeToo()
{
    QFETCH(Protocol, protocol);
    const auto points = opened(protocol, u"badestellen"_s);
    QVERIFY(points);
    const auto places = byNumber(*points, u"nummer"_s);
    QStringList fieldNames;
    for (const auto &field : points->description().fields)
        fieldNames << field.name;
    QVERIFY2(fieldNames.contains(u"nummer"), qPrintable(fieldNames.join(u',')));
    QCOMPARE(places.size(), std::size_t(12));
    QCOMPARE(valueOf(*points, places.at(7), u"name"_s), QVariant(u"Badestelle Ä7"_s));
    QCOMPARE(valueOf(*points, places.at(3), u"wert"_s), QVariant(21.5));
    QVERIFY(valueOf(*points, places.at(2), u"wert"_s).isNull()); // MapServer's JSON says "" for it
    QCOMPARE(valueOf(*points, places.at(1), u"gemessen"_s).toDateTime().toUTC(),
             QDateTime(QDate(2024, 5, 1), QTime(13, 0), QTimeZone::UTC));
    const auto set = points->read({.crs = Crs::working(), .fields = {}}, {}).value();
    QVERIFY(std::abs(set->extent.xMin - 605000) < 0.01 && std::abs(set->extent.xMax - 616000) < 0.01);
    QVERIFY(std::abs(set->extent.yMin - 5965000) < 0.01);
    const auto lines = opened(protocol, u"strassen"_s);
    QVERIFY(lines);
    const auto streets = byNumber(*lines, u"nummer"_s);
    QCOMPARE(streets.size(), std::size_t(3));
    QCOMPARE(valueOf(*lines, streets.at(2), u"name"_s), QVariant(u"Straße 2"_s));
    QCOMPARE(streets.at(1).geometry.ringCount(), std::size_t(2));
}

void TestLiveFeatures::pagesAreReadByTheServersOwnRules_data()
{
    QTest::addColumn<Protocol>("protocol");
    QTest::addColumn<bool>("told");
    QTest::newRow("WFS 2.0.0, with the number of all") << Protocol::Wfs200 << true;
    QTest::newRow("WFS 2.0.0, without") << Protocol::Wfs200 << false;
    QTest::newRow("OGC API Features") << Protocol::OgcApi << true;
}

void TestLiveFeatures::pagesAreReadByTheServersOwnRules()
{
    QFETCH(Protocol, protocol);
    QFETCH(bool, told);
    auto setup = m_setup;
    setup.maxFeatures = 7;
    if (told)
        setup.metadata << u"\"wfs_compute_number_matched\" \"true\""_s;
    m_server->change(setup);
    const auto layer = opened(protocol, u"flaechen"_s);
    QVERIFY(layer);
    std::vector<double> progress;
    const auto set = layer->read({.fields = {u"nummer"_s}}, {}, [&](double done) { progress.push_back(done); });
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(areaCount));
    QCOMPARE(byNumber(*layer, u"nummer"_s).size(), std::size_t(areaCount)); // each once
    QVERIFY(layer->state()->complete);
    if (told)
        QVERIFY(std::ranges::count_if(progress, [](double done) { return done > 0 && done < 0.9; }) >= 3);
    QCOMPARE(progress.back(), 1.0);
}

void TestLiveFeatures::whatTheServerWithholdsIsToldLoudly()
{
    auto setup = m_setup;
    setup.maxFeatures = 7;
    m_server->change(setup);
    const auto layer = opened(Protocol::Wfs110, u"flaechen"_s);
    QVERIFY(layer);
    const auto set = layer->read({.fields = {}}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(7));
    const auto state = layer->state();
    QVERIFY(!state->complete);
    QCOMPARE(state->matched, std::nullopt); // this server counts no further than it gives
    QCOMPARE(state->received, 7);
    QVERIFY2((*set)->notes.value(0).startsWith(u"PERHAPS INCOMPLETE: 7"), qPrintable((*set)->notes.join(u'\n')));
    QCOMPARE(layer->description().notes, (*set)->notes);
    m_live->restart(); // and it is not forgotten
    const auto again = opened(Protocol::Wfs110, u"flaechen"_s);
    QVERIFY(again && !again->state()->complete);
    QCOMPARE(again->description().notes, (*set)->notes);
}

void TestLiveFeatures::aBoxAndAFilterAreLeftToTheServer_data()
{
    addProtocols();
}

void TestLiveFeatures::aBoxAndAFilterAreLeftToTheServer()
{
    QFETCH(Protocol, protocol);
    // Areas 0 to 3 of the row
    const FeaturePlanOptions box{.extent = {599990, 5959990, 600125, 5960010}};
    const auto part = opened(protocol, u"flaechen"_s, box);
    QVERIFY(part);
    QCOMPARE((*part->read({.fields = {}}, {}))->size(), std::size_t(4));
    QCOMPARE(part->state()->matched, std::optional<qint64>(4));
    const FeaturePlanOptions filter{.filter = {FieldComparison{u"name"_s, Comparison::Equal, u"Fläche 7"_s}}};
    const auto made = plan(protocol, u"flaechen"_s, filter);
    if (!made && protocol == Protocol::OgcApi) { // this server does not know CQL2
        VERIFY_FAILS(made, ErrorKind::Unsupported);
        return;
    }
    VERIFY_RESULT(made);
    const auto selected = m_live->open(*made);
    VERIFY_RESULT(selected);
    const auto features = byNumber(**selected, u"nummer"_s);
    QCOMPARE(features.size(), std::size_t(1));
    QVERIFY(features.contains(7));
    auto both = filter;
    both.extent = box.extent;
    const auto none = opened(protocol, u"flaechen"_s, both);
    QVERIFY(none);
    QCOMPARE((*none->read({.fields = {}}, {}))->size(), std::size_t(0));
    QVERIFY(none->state()->complete);
}

void TestLiveFeatures::anotherReferenceSystemIsPutRight_data()
{
    addProtocols();
}

void TestLiveFeatures::anotherReferenceSystemIsPutRight()
{
    QFETCH(Protocol, protocol);
    for (const int code : {4326, 3857, 25832}) {
        const auto layer = opened(protocol, u"badestellen"_s, {.crs = Crs::fromEpsg(code)});
        QVERIFY(layer);
        const auto set = layer->read({.crs = Crs::working(), .fields = {}}, {});
        VERIFY_RESULT(set);
        const auto &box = (*set)->extent;
        QVERIFY2(std::abs(box.xMin - 605000) < 0.5 && std::abs(box.xMax - 616000) < 0.5
                     && std::abs(box.yMin - 5965000) < 0.5 && std::abs(box.yMax - 5965000) < 0.5,
                 qPrintable(u"%1: %2 %3 %4 %5"_s.arg(code)
                                .arg(box.xMin, 0, 'f', 2)
                                .arg(box.yMin, 0, 'f', 2)
                                .arg(box.xMax, 0, 'f', 2)
                                .arg(box.yMax, 0, 'f', 2)));
        if (protocol != Protocol::OgcApi)
            QCOMPARE(layer->description().crs.epsg(), code);
    }
}

void TestLiveFeatures::itIsThereWithoutANetwork_data()
{
    addProtocols();
}

void TestLiveFeatures::itIsThereWithoutANetwork()
{
    QFETCH(Protocol, protocol);
    const auto made = plan(protocol, u"flaechen"_s);
    VERIFY_RESULT(made);
    {
        const auto layer = m_live->open(*made);
        VERIFY_RESULT(layer);
        VERIFY_RESULT((*layer)->read({.fields = {}}, {}));
    }
    m_live->restart();
    m_server->stop();
    m_live->client.setOffline(true);
    const auto layer = m_live->open(*made);
    VERIFY_RESULT(layer);
    const auto set = (*layer)->read({.fields = {u"name"_s}}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(areaCount));
    const auto age = (*layer)->description().provenance.dataTime.secsTo(QDateTime::currentDateTimeUtc());
    QVERIFY(age >= 0 && age < 60);
    const auto refreshed = (*layer)->refresh({});
    VERIFY_FAILS(refreshed, ErrorKind::Network);
    QVERIFY(isOfflineError(refreshed.error()));
    QCOMPARE((*(*layer)->read({.fields = {}}, {}))->size(), std::size_t(areaCount));
}

void TestLiveFeatures::nothingStoredAndOfflineIsAClearError()
{
    for (const auto protocol : {Protocol::Wfs200, Protocol::OgcApi}) {
        m_live->client.setOffline(false);
        const auto made = plan(protocol, u"flaechen"_s);
        VERIFY_RESULT(made);
        m_live->client.setOffline(true);
        const auto layer = m_live->open(*made);
        VERIFY_FAILS(layer, ErrorKind::Network);
        QVERIFY(layer.error().what.contains(u"Flächen"));
        QVERIFY(!layer.error().hint.isEmpty());
        QVERIFY(isOfflineError(layer.error()));
    }
}

void TestLiveFeatures::aRefreshBringsWhatIsNew()
{
    const auto layer = opened(Protocol::Wfs200, u"flaechen"_s);
    QVERIFY(layer);
    VERIFY_RESULT(layer->read({.fields = {}}, {}));
    auto setup = m_setup;
    setup.layers[0] = servedAreas(m_folder.filePath(u"more.gpkg"_s), 41);
    m_server->change(setup);
    QCOMPARE((*layer->read({.fields = {}}, {}))->size(), std::size_t(areaCount)); // not asked again
    VERIFY_RESULT(layer->refresh({}));
    QCOMPARE((*layer->read({.fields = {}}, {}))->size(), std::size_t(41));
    QCOMPARE(layer->description().featureCount, 41);
}

void TestLiveFeatures::aRefreshThatFailsLeavesTheOld()
{
    const auto layer = opened(Protocol::Wfs200, u"flaechen"_s);
    QVERIFY(layer);
    VERIFY_RESULT(layer->read({.fields = {}}, {}));
    m_server->stop();
    VERIFY_FAILS(layer->refresh({}), ErrorKind::Network);
    QCOMPARE((*layer->read({.fields = {}}, {}))->size(), std::size_t(areaCount));
    m_live->client.setOffline(true);
    m_live->client.setOffline(false);
    QVERIFY(m_server->start());
    auto setup = m_setup; // the layer is gone
    setup.layers.erase(setup.layers.begin());
    m_server->change(setup);
    const auto status = layer->refresh({});
    QVERIFY(!status);
    QVERIFY(!status.error().what.isEmpty());
    QCOMPARE((*layer->read({.fields = {}}, {}))->size(), std::size_t(areaCount));
}

void TestLiveFeatures::cancelledItLeavesNothingHalf()
{
    const auto layer = opened(Protocol::Wfs200, u"flaechen"_s);
    QVERIFY(layer);
    std::stop_source stop;
    stop.request_stop();
    const auto set = layer->read({.fields = {}}, stop.get_token());
    QVERIFY(!set);
    QCOMPARE(set.error().kind, ErrorKind::Cancelled);
    QVERIFY(!layer->state());
    VERIFY_RESULT(layer->read({.fields = {}}, {}));
}

void TestLiveFeatures::twoWhoReadAtOnceFetchOnce()
{
    const auto layer = opened(Protocol::Wfs200, u"flaechen"_s);
    QVERIFY(layer);
    const auto before = m_live->client.log().exchanges().size();
    std::atomic<int> good = 0;
    {
        std::vector<std::jthread> readers;
        for (int i = 0; i < 4; ++i)
            readers.emplace_back([&] { good += layer->read({.fields = {}}, {}).has_value(); });
    }
    QCOMPARE(good.load(), 4);
    QTRY_COMPARE(m_live->client.log().exchanges().size() - before, std::size_t(1));
}

void TestLiveFeatures::personalDataIsNotWritten()
{
    const auto layer = opened(Protocol::Wfs200, u"badestellen"_s, {.personal = true});
    QVERIFY(layer);
    QCOMPARE((*layer->read({.fields = {}}, {}))->size(), std::size_t(12));
    QVERIFY(layer->description().provenance.personal);
    QCOMPARE((*layer->read({.fields = {}}, {}))->size(), std::size_t(12));
    m_live->restart();
    const auto later = opened(Protocol::Wfs200, u"badestellen"_s, {.personal = true});
    QVERIFY(later && !later->state());
}

void TestLiveFeatures::theDescriptionIsThereBeforeTheFeatures()
{
    const auto layer = opened(Protocol::Wfs200, u"flaechen"_s);
    QVERIFY(layer);
    const auto description = layer->description();
    QStringList names;
    for (const auto &field : description.fields)
        names << field.name;
    QCOMPARE(names, (QStringList{u"name"_s, u"nummer"_s, u"hoehe"_s, u"schluessel"_s, u"stand"_s, u"bemerkung"_s}));
    QCOMPARE(description.fields[1].type, FieldType::Integer);
    QCOMPARE(description.fields[2].type, FieldType::Real);
    QCOMPARE(description.fields[3].type, FieldType::Text);
    QCOMPARE(description.featureCount, -1);
    QVERIFY(description.crs == Crs::working());
    QVERIFY(!description.extent.isEmpty());
    QVERIFY(description.metadata.value(u"Service"_s).toString().contains(u"WFS 2.0.0"));
}

QTEST_GUILESS_MAIN(TestLiveFeatures)
#include "tst_livefeatures.moc"
