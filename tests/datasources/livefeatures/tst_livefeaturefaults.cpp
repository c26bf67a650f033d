// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/livefeatures/livefixture.h"
#include "tests/support/loopbackserver.h"

#include <QElapsedTimer>

#include <thread>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

constexpr auto schema = R"(<?xml version="1.0"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:app="http://example.org/app"
 xmlns:gml="http://www.opengis.net/gml/3.2" targetNamespace="http://example.org/app">
<xsd:element name="baum" type="app:baumType" substitutionGroup="gml:AbstractFeature"/>
<xsd:complexType name="baumType"><xsd:complexContent><xsd:extension base="gml:AbstractFeatureType"><xsd:sequence>
<xsd:element name="geom" type="gml:PointPropertyType"/><xsd:element name="nummer" type="xsd:int"/>
<xsd:element name="art" type="xsd:string"/>
</xsd:sequence></xsd:extension></xsd:complexContent></xsd:complexType></xsd:schema>)";

QByteArray treeOf(int id)
{
    return "<wfs:member><app:baum gml:id=\"baum." + QByteArray::number(id)
        + "\"><app:geom><gml:Point srsName=\"urn:ogc:def:crs:EPSG::25832\"><gml:pos>" + QByteArray::number(600000 + id)
        + " 5960000</gml:pos></gml:Point></app:geom><app:nummer>" + QByteArray::number(id)
        + "</app:nummer><app:art>B\xc3\xa4ume</app:art></app:baum></wfs:member>";
}

/** A FeatureCollection with the trees from..to-1. */
QByteArray collection(int from, int to, const QByteArray &attributes)
{
    QByteArray body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><wfs:FeatureCollection "
                      "xmlns:wfs=\"http://www.opengis.net/wfs/2.0\" xmlns:gml=\"http://www.opengis.net/gml/3.2\" "
                      "xmlns:app=\"http://example.org/app\" "
        + attributes + ">";
    for (int i = from; i < to; ++i)
        body += treeOf(i);
    return body + "</wfs:FeatureCollection>";
}

QByteArray parameterOf(const ServedRequest &request, const QByteArray &name)
{
    for (const auto &part : request.target.mid(request.target.indexOf('?') + 1).split('&'))
        if (part.toUpper().startsWith(name + "="))
            return part.mid(name.size() + 1);
    return {};
}

QList<QPair<QByteArray, QByteArray>> xml()
{
    return {{"Content-Type", "text/xml"}};
}

} // namespace

/** Against servers that are slow, wrong or mean. */
class TestLiveFeatureFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void whatIsNoAnswerLeavesTheOldDataStanding_data();
    void whatIsNoAnswerLeavesTheOldDataStanding();
    void anAnswerThatIsTooLargeIsRefused();
    void missingFeaturesAreCounted_data();
    void missingFeaturesAreCounted();
    void aReportAmongTheFeaturesIsTold();
    void featuresThatComeTwiceAreTakenOnce();
    void pagesThatFollowNumbersComeInOrder();
    void aCircleOfPagesEnds();
    void aPageThatFailsFailsAll();
    void cancellingEndsTheTransfer();
    void aServerWithoutASchemaIsReadAllTheSame();
    void notModifiedCostsNothing();
    void aLongFilterIsPosted();
    void followingPagesOfAnApiAreReadToTheEnd();
    void anApiThatRefusesTheLimitIsAskedWithout();
    void theReferenceSystemOfAnApiIsWhatItSays_data();
    void theReferenceSystemOfAnApiIsWhatItSays();

private:
    WfsCapabilities capabilities(WfsVersion version = WfsVersion::V200) const;
    std::shared_ptr<LiveFeatures> opened(const WfsCapabilities &caps, const FeaturePlanOptions &options = {},
                                         qint64 sizeLimit = 0);
    Result<FeaturePlan> apiPlan(const QStringList &crs = {});
    void serve(std::function<ServedReply(const ServedRequest &)> features);
    int featureRequests() const;

    std::unique_ptr<LoopbackServer> m_server;
    std::unique_ptr<LiveFixture> m_live;
};

void TestLiveFeatureFaults::init()
{
    m_server = std::make_unique<LoopbackServer>();
    QVERIFY(m_server->isListening());
    m_live = std::make_unique<LiveFixture>();
}

WfsCapabilities TestLiveFeatureFaults::capabilities(WfsVersion version) const
{
    WfsCapabilities caps{.version = version};
    caps.service.title = u"Baumkataster"_s;
    caps.featureUrl = caps.describeUrl = m_server->url(u"/wfs"_s);
    caps.types = {{.name = u"app:baum"_s,
                   .title = u"Bäume"_s,
                   .space = u"http://example.org/app"_s,
                   .defaultCrs = u"urn:ogc:def:crs:EPSG::25832"_s}};
    return caps;
}

/** DescribeFeatureType is answered, GetFeature as told. */
void TestLiveFeatureFaults::serve(std::function<ServedReply(const ServedRequest &)> features)
{
    m_server->on("/wfs", [features = std::move(features)](const ServedRequest &request) {
        if (parameterOf(request, "REQUEST") == "DescribeFeatureType")
            return ServedReply{.body = schema, .headers = xml()};
        return features(request);
    });
}

std::shared_ptr<LiveFeatures> TestLiveFeatureFaults::opened(const WfsCapabilities &caps,
                                                            const FeaturePlanOptions &options, qint64 sizeLimit)
{
    auto plan = planWfs(caps, u"baum"_s, options);
    if (plan && sizeLimit > 0)
        plan->request.sizeLimit = sizeLimit;
    auto layer = plan ? m_live->open(*plan) : Result<std::shared_ptr<LiveFeatures>>(std::unexpected(plan.error()));
    if (!layer)
        qWarning("%s", qPrintable(toText(layer.error())));
    return layer.value_or(nullptr);
}

int TestLiveFeatureFaults::featureRequests() const
{
    return int(std::ranges::count_if(m_server->requests(), [](const ServedRequest &request) {
        return parameterOf(request, "REQUEST") == "GetFeature" && parameterOf(request, "RESULTTYPE").isEmpty();
    }));
}

void TestLiveFeatureFaults::whatIsNoAnswerLeavesTheOldDataStanding_data()
{
    QTest::addColumn<ServedReply>("reply");
    QTest::addColumn<ErrorKind>("kind");
    const auto good = collection(0, 500, "numberMatched=\"500\" numberReturned=\"500\"");
    const auto row = [](const char *name, const ServedReply &reply, ErrorKind kind) {
        QTest::newRow(name) << reply << kind;
    };
    row("a web page", {.body = "<!DOCTYPE html><html><head><title>Wartung</title></head></html>"},
        ErrorKind::Malformed);
    row("an exception with status 200",
        {.body =
             "<?xml version=\"1.0\"?><ows:ExceptionReport xmlns:ows=\"http://www.opengis.net/ows/1.1\"><ows:Exception "
             "exceptionCode=\"NoApplicableCode\"><ows:ExceptionText>Datenbank weg</ows:ExceptionText>"
             "</ows:Exception></ows:ExceptionReport>"},
        ErrorKind::Network);
    row("half a body", {.body = good, .cutAfter = 20'000}, ErrorKind::Network);
    row("half a document", {.body = good.first(20'000)}, ErrorKind::Malformed);
    row("nothing", {.body = ""}, ErrorKind::Malformed);
    row("an error status", {.status = 500, .body = "broken"}, ErrorKind::Network);
    row("a hang-up", {.hangUp = true}, ErrorKind::Network);
    row("something else in XML", {.body = "<?xml version=\"1.0\"?><catalog/>"}, ErrorKind::Malformed);
    row("billion laughs",
        {.body = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
                 "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><wfs:FeatureCollection "
                 "xmlns:wfs=\"http://www.opengis.net/wfs/2.0\"><wfs:member>&c;</wfs:member></wfs:FeatureCollection>"},
        ErrorKind::Malformed);
    row("nested without end",
        {.body = "<wfs:FeatureCollection xmlns:wfs=\"http://www.opengis.net/wfs/2.0\"><wfs:member><f><p>"
             + QByteArray("<x>").repeated(5000) + QByteArray("</x>").repeated(5000)
             + "</p></f></wfs:member></wfs:FeatureCollection>"},
        ErrorKind::TooLarge);
    row("an exception behind the features",
        {.body = good.first(20'000)
             + "<?xml version=\"1.0\"?><ExceptionReport><Exception exceptionCode=\"x\"><ExceptionText>voll"
               "</ExceptionText></Exception></ExceptionReport>"},
        ErrorKind::Network);
}

void TestLiveFeatureFaults::whatIsNoAnswerLeavesTheOldDataStanding()
{
    QFETCH(ServedReply, reply);
    QFETCH(ErrorKind, kind);
    std::atomic<bool> bad = false;
    serve([&](const ServedRequest &) {
        if (bad)
            return reply;
        return ServedReply{.body = collection(0, 3, "numberMatched=\"3\" numberReturned=\"3\""), .headers = xml()};
    });
    const auto layer = opened(capabilities());
    QVERIFY(layer);
    QCOMPARE((*layer->read({.fields = {}}, {}))->size(), std::size_t(3));
    const auto before = layer->state()->fetched;
    bad = true;
    VERIFY_FAILS(layer->refresh({}), kind);
    QCOMPARE((*layer->read({.fields = {}}, {}))->size(), std::size_t(3));
    QCOMPARE(layer->state()->fetched, before);
    bad = false;
    m_live->client.setOffline(true);
    m_live->client.setOffline(false);
    VERIFY_RESULT(layer->refresh({}));
}

void TestLiveFeatureFaults::anAnswerThatIsTooLargeIsRefused()
{
    serve([](const ServedRequest &) {
        return ServedReply{.body = collection(0, 20'000, ""), .headers = xml(), .piece = 100'000, .chunked = true};
    });
    const auto layer = opened(capabilities(), {}, 1'000'000);
    QVERIFY(layer);
    VERIFY_FAILS(layer->read({.fields = {}}, {}), ErrorKind::TooLarge);
    QVERIFY(!layer->state());
}

void TestLiveFeatureFaults::missingFeaturesAreCounted_data()
{
    QTest::addColumn<WfsVersion>("version");
    QTest::addColumn<QByteArray>("attributes");
    QTest::addColumn<QByteArray>("hits");
    QTest::addColumn<bool>("complete");
    QTest::addColumn<QString>("note");
    const auto row = [](const char *name, WfsVersion version, const QByteArray &attributes, const QByteArray &hits,
                        bool complete, const QString &note) {
        QTest::newRow(name) << version << attributes << hits << complete << note;
    };
    row("2.0.0, the answer says it", WfsVersion::V200, "numberMatched=\"1234\" numberReturned=\"5\"", "", false,
        u"INCOMPLETE: only 5 of 1,234 objects came, 1,229 are missing."_s);
    row("2.0.0, hits say it", WfsVersion::V200, "numberMatched=\"unknown\" numberReturned=\"5\"",
        "numberMatched=\"9\" numberReturned=\"0\"", false, u"INCOMPLETE: only 5 of 9 objects came, 4 are missing."_s);
    row("1.1.0, hits say it", WfsVersion::V110, "numberOfFeatures=\"5\"", "numberOfFeatures=\"6\"", false,
        u"INCOMPLETE: only 5 of 6 objects came, 1 are missing."_s);
    row("1.1.0, all are there", WfsVersion::V110, "", "numberOfFeatures=\"5\"", true, {});
    row("nobody tells", WfsVersion::V200, "numberMatched=\"unknown\"", "numberMatched=\"unknown\"", true, {});
}

void TestLiveFeatureFaults::missingFeaturesAreCounted()
{
    QFETCH(WfsVersion, version);
    QFETCH(QByteArray, attributes);
    QFETCH(QByteArray, hits);
    QFETCH(bool, complete);
    QFETCH(QString, note);
    QLocale::setDefault(QLocale(u"en_US"_s));
    serve([&](const ServedRequest &request) {
        if (parameterOf(request, "RESULTTYPE") == "hits")
            return ServedReply{.body = collection(0, 0, hits), .headers = xml()};
        return ServedReply{.body = collection(0, 5, attributes), .headers = xml()};
    });
    const auto layer = opened(capabilities(version));
    QVERIFY(layer);
    const auto set = layer->read({.fields = {}}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(5));
    QCOMPARE((*set)->notes.value(0), note);
    QCOMPARE(layer->state()->complete, complete);
}

void TestLiveFeatureFaults::aReportAmongTheFeaturesIsTold()
{
    serve([](const ServedRequest &) {
        auto body = collection(0, 3, "numberMatched=\"5\" numberReturned=\"5\"");
        body.replace(
            "</wfs:FeatureCollection>",
            "<wfs:truncatedResponse><ows:ExceptionReport xmlns:ows=\"http://www.opengis.net/ows/1.1\">"
            "<ows:Exception><ows:ExceptionText>Zeit um</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"
            "</wfs:truncatedResponse></wfs:FeatureCollection>");
        return ServedReply{.body = body, .headers = xml()};
    });
    const auto layer = opened(capabilities());
    QVERIFY(layer);
    const auto set = layer->read({.fields = {}}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(3));
    QVERIFY(!layer->state()->complete);
    QVERIFY2((*set)->notes[0].contains(u"Zeit um"), qPrintable((*set)->notes[0]));
}

void TestLiveFeatureFaults::featuresThatComeTwiceAreTakenOnce()
{
    // The order changes from page to page: 4 comes again, and one is missing for it.
    serve([this](const ServedRequest &request) {
        if (parameterOf(request, "STARTINDEX").isEmpty())
            return ServedReply{
                .body = collection(
                    0, 5,
                    "numberMatched=\"9\" numberReturned=\"5\" next=\""
                        + m_server->url(u"/wfs?REQUEST=GetFeature&amp;STARTINDEX=5"_s).toString().toUtf8() + "\""),
                .headers = xml()};
        return ServedReply{.body = collection(4, 8, "numberMatched=\"9\" numberReturned=\"4\""), .headers = xml()};
    });
    const auto layer = opened(capabilities());
    QVERIFY(layer);
    const auto set = layer->read({.fields = {u"nummer"_s}}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(8));
    QCOMPARE(layer->state()->received, 8);
    QVERIFY(!layer->state()->complete);
    QVERIFY((*set)->notes[0].startsWith(u"INCOMPLETE: only 8 of 9"));
    QVERIFY2((*set)->notes.value(1).contains(u"1 object"), qPrintable((*set)->notes.join(u'\n')));
}

void TestLiveFeatureFaults::pagesThatFollowNumbersComeInOrder()
{
    serve([](const ServedRequest &request) {
        const int from = parameterOf(request, "STARTINDEX").toInt(), to = std::min(from + 10, 95);
        const auto count = QByteArray::number(to - from);
        return ServedReply{.body = collection(from, to, "numberMatched=\"95\" numberReturned=\"" + count + "\""),
                           .headers = xml(),
                           .delay = std::chrono::milliseconds(from % 20)};
    });
    auto caps = capabilities();
    caps.countDefault = 10;
    caps.paging = true;
    const auto layer = opened(caps);
    QVERIFY(layer);
    const auto set = layer->read({.fields = {u"nummer"_s}}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(95));
    QCOMPARE((*set)->notes, QStringList());
    QVERIFY(layer->state()->complete);
    QCOMPARE(featureRequests(), 10);
    const qint64 ids[] = {1, 42, 95};
    const auto some = layer->features(ids, {}, {});
    VERIFY_RESULT(some);
    QCOMPARE(some->at(1).values[0], QVariant(41LL));
    QCOMPARE(some->at(2).values[0], QVariant(94LL));
}

void TestLiveFeatureFaults::aCircleOfPagesEnds()
{
    serve([this](const ServedRequest &) {
        const auto next = m_server->url(u"/wfs?REQUEST=GetFeature&amp;page=2"_s).toString().toUtf8();
        return ServedReply{.body =
                               collection(0, 5, "numberMatched=\"unknown\" numberReturned=\"5\" next=\"" + next + "\""),
                           .headers = xml()};
    });
    const auto layer = opened(capabilities());
    QVERIFY(layer);
    const auto set = layer->read({.fields = {}}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(5));
    QVERIFY(featureRequests() <= 3);
}

void TestLiveFeatureFaults::aPageThatFailsFailsAll()
{
    serve([this](const ServedRequest &request) {
        if (!parameterOf(request, "STARTINDEX").isEmpty())
            return ServedReply{.status = 500};
        const auto next = m_server->url(u"/wfs?REQUEST=GetFeature&amp;STARTINDEX=5"_s).toString().toUtf8();
        return ServedReply{.body = collection(0, 5, "numberMatched=\"9\" numberReturned=\"5\" next=\"" + next + "\""),
                           .headers = xml()};
    });
    const auto layer = opened(capabilities());
    QVERIFY(layer);
    VERIFY_FAILS(layer->read({.fields = {}}, {}), ErrorKind::Network);
    QVERIFY(!layer->state());
}

void TestLiveFeatureFaults::cancellingEndsTheTransfer()
{
    serve([](const ServedRequest &) { return ServedReply{.never = true}; });
    const auto layer = opened(capabilities());
    QVERIFY(layer);
    std::stop_source stop;
    const std::jthread canceller([&] {
        while (featureRequests() == 0)
            std::this_thread::yield();
        stop.request_stop();
    });
    QElapsedTimer timer;
    timer.start();
    const auto set = layer->read({.fields = {}}, stop.get_token());
    QVERIFY(!set);
    QCOMPARE(set.error().kind, ErrorKind::Cancelled);
    QVERIFY(timer.elapsed() < 20'000);
}

void TestLiveFeatureFaults::aServerWithoutASchemaIsReadAllTheSame()
{
    m_server->on("/wfs", [](const ServedRequest &request) {
        if (parameterOf(request, "REQUEST") == "DescribeFeatureType")
            return ServedReply{.status = 400, .body = "no"};
        return ServedReply{.body = collection(8, 12, "numberMatched=\"4\" numberReturned=\"4\""), .headers = xml()};
    });
    const auto layer = opened(capabilities());
    QVERIFY(layer);
    const auto set = layer->read({.fields = {u"nummer"_s}}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(4));
    const auto fields = layer->description().fields;
    QCOMPARE(fields.size(), 2);
    QCOMPARE(fields[0].name, u"nummer"_s);
    QCOMPARE(fields[0].type, FieldType::Integer);
    QCOMPARE(fields[1].type, FieldType::Text);
    QCOMPARE((*set)->notes.size(), 1);
}

void TestLiveFeatureFaults::notModifiedCostsNothing()
{
    serve([](const ServedRequest &request) {
        if (request.header("If-None-Match") == "\"v1\"")
            return ServedReply{.status = 304};
        return ServedReply{.body = collection(0, 3, "numberMatched=\"3\" numberReturned=\"3\""),
                           .headers = {{"Content-Type", "text/xml"}, {"ETag", "\"v1\""}}};
    });
    const auto layer = opened(capabilities());
    QVERIFY(layer);
    VERIFY_RESULT(layer->read({.fields = {}}, {}));
    const auto before = layer->state()->fetched;
    QTest::qWait(20);
    VERIFY_RESULT(layer->refresh({}));
    QVERIFY(layer->state()->fetched > before);
    QCOMPARE(layer->state()->count, 3);
    QCOMPARE(featureRequests(), 2);
}

void TestLiveFeatureFaults::aLongFilterIsPosted()
{
    m_server->on("/post", [](const ServedRequest &) {
        return ServedReply{.body = collection(0, 2, "numberMatched=\"2\" numberReturned=\"2\""), .headers = xml()};
    });
    serve([](const ServedRequest &) { return ServedReply{.status = 414}; });
    auto caps = capabilities();
    caps.featurePostUrl = m_server->url(u"/post"_s);
    FilterGroup group{.junction = Junction::Or};
    for (int i = 0; i < 200; ++i)
        group.parts.push_back({FieldComparison{u"nummer"_s, Comparison::Equal, i}});
    const auto layer = opened(caps, {.filter = {group}});
    QVERIFY(layer);
    QCOMPARE((*layer->read({.fields = {}}, {}))->size(), std::size_t(2));
    QCOMPARE(m_server->count("/post"), 1);
}

Result<FeaturePlan> TestLiveFeatureFaults::apiPlan(const QStringList &crs)
{
    OgcApiLanding landing{.title = u"Stadt"_s};
    OgcApiCollection collection{.id = u"baum"_s, .title = u"Bäume"_s};
    collection.crs = crs.isEmpty() ? QStringList{u"http://www.opengis.net/def/crs/OGC/1.3/CRS84"_s} : crs;
    collection.itemsUrl = m_server->url(u"/items"_s);
    return planOgcApi(m_server->url(u"/api"_s), landing, {.features = true}, collection);
}

namespace
{

QByteArray apiPage(int from, int to, const QByteArray &more, const QByteArray &place = "10.6,53.8")
{
    QByteArray body = "{\"type\":\"FeatureCollection\",\"features\":[";
    for (int i = from; i < to; ++i)
        body += (i > from ? "," : "") + QByteArray("{\"type\":\"Feature\",\"id\":") + QByteArray::number(i)
            + ",\"geometry\":{\"type\":\"Point\",\"coordinates\":[" + place
            + "]},\"properties\":{\"nummer\":" + QByteArray::number(i) + ",\"plz\":\"0123\"}}";
    return body + "]" + more + "}";
}

} // namespace

void TestLiveFeatureFaults::followingPagesOfAnApiAreReadToTheEnd()
{
    m_server->on("/items", [this](const ServedRequest &request) {
        const int from = parameterOf(request, "OFFSET").toInt(), to = std::min(from + 4, 10);
        QByteArray more = ",\"numberMatched\":12,\"numberReturned\":" + QByteArray::number(to - from);
        if (to < 10)
            more += ",\"links\":[{\"rel\":\"next\",\"href\":\""
                + m_server->url(u"/items?offset=%1"_s.arg(to)).toString().toUtf8() + "\"}]";
        return ServedReply{.body = apiPage(from, to, more), .headers = {{"Content-Type", "application/geo+json"}}};
    });
    const auto plan = apiPlan();
    VERIFY_RESULT(plan);
    const auto layer = m_live->open(*plan);
    VERIFY_RESULT(layer);
    const auto set = (*layer)->read({.fields = {u"plz"_s, u"nummer"_s}}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(10));
    QCOMPARE((*set)->column(u"plz"_s)->value(0), QVariant(u"0123"_s));
    QCOMPARE((*set)->column(u"nummer"_s)->field.type, FieldType::Integer);
    QVERIFY2((*set)->notes.value(0).startsWith(u"INCOMPLETE: only 10 of 12"), qPrintable((*set)->notes.join(u'\n')));
    QCOMPARE(m_server->count("/items"), 1 + 3); // one to see the fields
}

void TestLiveFeatureFaults::anApiThatRefusesTheLimitIsAskedWithout()
{
    m_server->on("/items", [](const ServedRequest &request) {
        if (!parameterOf(request, "LIMIT").isEmpty())
            return ServedReply{.status = 400, .body = "{\"code\":\"InvalidParameterValue\",\"description\":\"limit\"}"};
        return ServedReply{.body = apiPage(0, 3, ""), .headers = {{"Content-Type", "application/geo+json"}}};
    });
    const auto plan = apiPlan();
    VERIFY_RESULT(plan);
    const auto layer = m_live->open(*plan);
    VERIFY_RESULT(layer);
    const auto set = (*layer)->read({.fields = {}}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(3));
    QVERIFY((*layer)->state()->complete);
}

void TestLiveFeatureFaults::theReferenceSystemOfAnApiIsWhatItSays_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("place");
    const QByteArray utm = "<http://www.opengis.net/def/crs/EPSG/0/25832>";
    QTest::newRow("as asked") << utm << QByteArray("605000,5965000");
    QTest::newRow("as asked, unsaid") << QByteArray() << QByteArray("605000,5965000");
    QTest::newRow("degrees, east first") << QByteArray("<http://www.opengis.net/def/crs/OGC/1.3/CRS84>")
                                         << QByteArray("10.595143,53.822921");
    QTest::newRow("degrees, north first")
        << QByteArray("<http://www.opengis.net/def/crs/EPSG/0/4326>") << QByteArray("53.822921,10.595143");
    QTest::newRow("degrees, unsaid") << QByteArray() << QByteArray("10.595143,53.822921");
}

void TestLiveFeatureFaults::theReferenceSystemOfAnApiIsWhatItSays()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, place);
    m_server->on("/items", [&](const ServedRequest &request) {
        QList<QPair<QByteArray, QByteArray>> headers{{"Content-Type", "application/geo+json"}};
        if (!header.isEmpty())
            headers.append({"Content-Crs", header});
        const bool asked = QByteArray::fromPercentEncoding(parameterOf(request, "CRS")).endsWith("/25832");
        return ServedReply{.body = apiPage(0, asked ? 1 : 0, "", place), .headers = headers};
    });
    const auto plan =
        apiPlan({u"http://www.opengis.net/def/crs/OGC/1.3/CRS84"_s, u"http://www.opengis.net/def/crs/EPSG/0/25832"_s});
    VERIFY_RESULT(plan);
    const auto layer = m_live->open(*plan);
    VERIFY_RESULT(layer);
    const auto set = (*layer)->read({.crs = Crs::working(), .fields = {}}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(1));
    const auto found = (*set)->geometry(0).points[0];
    QVERIFY2(std::abs(found.x - 605000) < 1 && std::abs(found.y - 5965000) < 1,
             qPrintable(u"%1 %2"_s.arg(found.x, 0, 'f', 2).arg(found.y, 0, 'f', 2)));
}

QTEST_GUILESS_MAIN(TestLiveFeatureFaults)
#include "tst_livefeaturefaults.moc"
