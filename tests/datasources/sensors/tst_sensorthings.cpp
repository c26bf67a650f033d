// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/sensors/sensorthings.h"
#include "tests/datasources/sensors/sensorkit.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QUrl root(u"https://iot.example.org/sta/v1.1/"_s);
const QUrl things(u"https://iot.example.org/sta/v1.1/Things?$top=100"_s);
const ReadingRules rules{.now = now};

QString optionOf(const QUrl &url, const QString &name)
{
    return QUrlQuery(url).queryItemValue(name, QUrl::FullyDecoded);
}

} // namespace

class TestSensorThings : public QObject
{
    Q_OBJECT
private slots:
    void thingsAreReadWithAllThatIsExpanded();
    void linksStayOnTheServerThatWasAsked_data();
    void linksStayOnTheServerThatWasAsked();
    void everyFaultOfAnObservationIsCounted_data();
    void everyFaultOfAnObservationIsCounted();
    void seriesAreReadInBothForms();
    void severalResultsOfOneObservationAreSeveralSeries();
    void furtherDatastreamsJoinTheirThing();
    void latestValuesAreAskedInSmallBatches();
    void questionsAreEncoded();
    void aRegionIsAskedFor();
    void messagesAreRead_data();
    void messagesAreRead();
    void refusalsAreTold_data();
    void refusalsAreTold();
    void hamburgIsRead();
    void aLongListIsRead();
};

static const auto page = R"j({
"@iot.count": 784,
"@iot.nextLink": "http://frost:8080/FROST-Server/v1.1/Things?$top=2&$skip=2",
"value": [
 {"@iot.id": 228, "@iot.selfLink": "https://iot.example.org/sta/v1.1/Things(227)", "name": "Holstentor",
  "description": "Weather at the gate", "properties": {"ownerThing": "City", "keywords": ["a", "b"], "empty": null},
  "Locations": [
    {"name": "nowhere", "location": null},
    {"location": {"type": "Feature", "geometry": {"type": "Point", "coordinates": [10.6797, 53.8662]}}}],
  "Datastreams@iot.nextLink": "https://iot.example.org/sta/v1.1/Things(228)/Datastreams?$skip=2",
  "Datastreams": [
   {"@iot.id": 10, "name": "Air", "unitOfMeasurement": {"name": "Degree Celsius", "symbol": "°C", "definition": null},
    "ObservedProperty": {"name": "temperature"},
    "Observations": [{"phenomenonTime": "2026-11-24T10:00:00.000Z", "resultTime": null, "result": 7.5}],
    "Observations@iot.nextLink": "https://iot.example.org/sta/v1.1/Datastreams(10)/Observations?$top=1&$skip=1"},
   {"@iot.id": "a'b", "name": "Count", "unitOfMeasurement": {"name": "Centigrade", "symbol": "C"},
    "Observations": []}],
  "MultiDatastreams": [
   {"@iot.id": 5, "name": "Wind", "unitOfMeasurements": [{"symbol": "m/s"}, {"symbol": "°"}],
    "ObservedProperties": [{"name": "speed"}, {"name": "direction"}],
    "Observations": [{"phenomenonTime": "2026-11-24T09:00:00Z/2026-11-24T10:00:00Z", "result": [3.5, null]}]}]},
 {"@iot.id": "p-2", "name": "Without a place",
  "Datastreams": [{"@iot.id": 12, "unitOfMeasurement": {"symbol": null},
    "Observations": [{"result": null, "phenomenonTime": "2026-11-24T10:00:00Z"}]}]},
 {"name": "Without an id"}
]})j"_ba;

void TestSensorThings::thingsAreReadWithAllThatIsExpanded()
{
    const auto read = parseSensorThings(page, things, rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->total, 784);
    const auto &answer = read->answer;
    QCOMPARE(answer.next, u"https://iot.example.org/sta/v1.1/Things?$top=2&$skip=2"_s);
    QCOMPARE(answer.things.size(), 2);
    const auto &gate = answer.things.at(0);
    QCOMPARE(gate.id, u"228"_s);
    QCOMPARE(gate.name, u"Holstentor"_s);
    QCOMPARE(gate.description, u"Weather at the gate"_s);
    QCOMPARE(gate.position, QPointF(10.6797, 53.8662));
    QCOMPARE(gate.properties, (QHash<QString, QString>{{u"ownerThing"_s, u"City"_s}, {u"keywords"_s, u"a, b"_s}}));
    QCOMPARE(gate.datastreams.size(), 4);
    QCOMPARE(
        gate.datastreams.at(0),
        (Datastream{
            .id = u"10"_s, .name = u"Air"_s, .property = u"temperature"_s, .unit = u"Cel"_s, .unitSymbol = u"°C"_s}));
    QCOMPARE(gate.datastreams.at(1).id, u"'a''b'"_s);
    QCOMPARE(gate.datastreams.at(1).unit, u"Cel"_s); // by its name
    QCOMPARE(gate.datastreams.at(1).property, u"Count"_s);
    QCOMPARE(gate.datastreams.at(2).id, u"multi:5:0"_s);
    QCOMPARE(gate.datastreams.at(2).unit, u"m/s"_s);
    QCOMPARE(gate.datastreams.at(3).property, u"direction"_s);
    const auto ten = utc(u"2026-11-24T10:00:00Z"_s);
    QCOMPARE(answer.observations.value(u"10"_s), (Observations{{.at = ten, .from = ten, .value = 7.5}}));
    QCOMPARE(answer.observations.value(u"multi:5:0"_s),
             (Observations{{.at = ten, .from = utc(u"2026-11-24T09:00:00Z"_s), .value = 3.5}}));
    QCOMPARE(answer.observations.size(), 2);
    QCOMPARE(answer.things.at(1).id, u"'p-2'"_s);
    QVERIFY(!answer.things.at(1).position);
    QCOMPARE(read->moreDatastreams.value(u"228"_s),
             u"https://iot.example.org/sta/v1.1/Things(228)/Datastreams?$skip=2"_s);
    QVERIFY(read->moreObservations.value(u"10"_s).contains(u"Datastreams(10)/Observations"));
    COMPARE_FAULTS(answer.faults, {{Fault::NotANumber, 2}, {Fault::NoPlace, 1}, {Fault::BrokenMessage, 1}});
}

void TestSensorThings::linksStayOnTheServerThatWasAsked_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<QString>("next");
    const auto fine = u"https://iot.example.org/sta/v1.1/Things?$skip=5"_s;
    QTest::newRow("whole") << fine << fine;
    QTest::newRow("relative") << u"Things?$skip=5"_s << fine;
    QTest::newRow("not encrypted") << u"http://iot.example.org/sta/v1.1/Things?$skip=5"_s << fine;
    QTest::newRow("name behind a proxy") << u"http://localhost:8080/FROST-Server/v1.1/Things?$skip=5"_s << fine;
    QTest::newRow("elsewhere") << u"https://evil.example/v1.1/Things?$skip=5"_s << fine;
    QTest::newRow("with a name and password") << u"https://a:b@iot.example.org/sta/v1.1/Things?$skip=5"_s << fine;
    QTest::newRow("blanks") << u"https://iot.example.org/sta/v1.1/Things?$orderby=a desc"_s
                            << u"https://iot.example.org/sta/v1.1/Things?$orderby=a%20desc"_s;
    QTest::newRow("plus stays") << u"https://iot.example.org/sta/v1.1/Things?$orderby=a+desc"_s
                                << u"https://iot.example.org/sta/v1.1/Things?$orderby=a+desc"_s;
    QTest::newRow("circle") << things.toString() << QString();
    QTest::newRow("elsewhere without a version") << u"https://evil.example/Things?$skip=5"_s << QString();
    QTest::newRow("file") << u"file:///etc/passwd"_s << QString();
    QTest::newRow("script") << u"javascript:alert(1)"_s << QString();
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("long") << QString(u"https://iot.example.org/sta/v1.1/Things?"_s + QString(9000, u'x')) << QString();
}

void TestSensorThings::linksStayOnTheServerThatWasAsked()
{
    QFETCH(QString, link);
    const auto json = uR"({"@iot.nextLink": "%1", "value": []})"_s.arg(link).toUtf8();
    const auto read = parseSensorThings(json, things, rules);
    VERIFY_RESULT(read);
    QTEST(read->answer.next, "next");
}

void TestSensorThings::everyFaultOfAnObservationIsCounted_data()
{
    QTest::addColumn<QByteArray>("observation");
    QTest::addColumn<bool>("taken");
    QTest::addColumn<int>("fault");
    const auto row = [](const char *name, const QByteArray &observation, bool taken, int fault) {
        QTest::newRow(name) << observation << taken << fault;
    };
    row("fine", R"("result":1,"phenomenonTime":"2026-11-24T10:00:00Z")"_ba, true, none);
    row("text", R"("result":"1.5","phenomenonTime":"2026-11-24T10:00:00Z")"_ba, true, int(Fault::TextNumber));
    row("comma", R"("result":"1,5","phenomenonTime":"2026-11-24T10:00:00Z")"_ba, true, int(Fault::DecimalComma));
    row("null", R"("result":null,"phenomenonTime":"2026-11-24T10:00:00Z")"_ba, false, int(Fault::NotANumber));
    row("NaN", R"("result":NaN,"phenomenonTime":"2026-11-24T10:00:00Z")"_ba, false, int(Fault::NotANumber));
    row("word", R"("result":"on","phenomenonTime":"2026-11-24T10:00:00Z")"_ba, false, int(Fault::NotANumber));
    row("truth", R"("result":true,"phenomenonTime":"2026-11-24T10:00:00Z")"_ba, false, int(Fault::NotANumber));
    row("object", R"("result":{"a":1},"phenomenonTime":"2026-11-24T10:00:00Z")"_ba, false, int(Fault::NotANumber));
    row("list", R"("result":[1],"phenomenonTime":"2026-11-24T10:00:00Z")"_ba, false, int(Fault::NotANumber));
    row("no result", R"("phenomenonTime":"2026-11-24T10:00:00Z")"_ba, false, int(Fault::NotANumber));
    row("no time", R"("result":1)"_ba, false, int(Fault::NoTime));
    row("broken time", R"("result":1,"phenomenonTime":"soon")"_ba, false, int(Fault::NoTime));
    row("resultTime only", R"("result":1,"resultTime":"2026-11-24T10:00:00Z")"_ba, true, none);
    row("no zone", R"("result":1,"phenomenonTime":"2026-11-24T10:00:00")"_ba, true, int(Fault::NoZone));
    row("seconds", R"("result":1,"phenomenonTime":1795515330)"_ba, true, int(Fault::EpochUnit));
    row("to come", R"("result":1,"phenomenonTime":"2027-11-24T10:00:00Z")"_ba, false, int(Fault::Future));
}

void TestSensorThings::everyFaultOfAnObservationIsCounted()
{
    QFETCH(QByteArray, observation);
    QFETCH(bool, taken);
    QFETCH(int, fault);
    const auto read = parseSensorThingsObservations(R"({"value":[{)"_ba + observation + "}]}", things, u"10"_s, rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->observations.value(u"10"_s).size(), std::size_t(taken ? 1 : 0));
    QVERIFY2(only(read->faults, fault), qPrintable(toText(read->faults)));
}

void TestSensorThings::seriesAreReadInBothForms()
{
    const QUrl asked(u"https://iot.example.org/sta/v1.1/Datastreams(10)/Observations"_s);
    const auto plain = parseSensorThingsObservations(R"j({"value":[
        {"result":1,"phenomenonTime":"2026-11-24T10:00:00Z","resultQuality":"good"},
        {"result":2,"phenomenonTime":"2026-11-24T11:00:00Z"},
        {"result":2,"phenomenonTime":"2026-11-24T11:00:00Z"}],
        "@iot.nextLink":"https://iot.example.org/sta/v1.1/Datastreams(10)/Observations?$skip=3"})j",
                                                     asked, u"10"_s, rules);
    VERIFY_RESULT(plain);
    const auto compact = parseSensorThingsObservations(R"j({"value":[{"Datastream@iot.navigationLink":
        "https://iot.example.org/sta/v1.1/Datastreams(10)",
        "components":["phenomenonTime","resultTime","result","resultQuality"],"dataArray@iot.count":3,"dataArray":[
        ["2026-11-24T10:00:00Z",null,1,"good"],
        [null,"2026-11-24T11:00:00Z",2,null],
        ["2026-11-24T11:00:00Z",null,2]]}],
        "@iot.nextLink":"https://iot.example.org/sta/v1.1/Datastreams(10)/Observations?$skip=3"})j",
                                                       asked, u"10"_s, rules);
    VERIFY_RESULT(compact);
    const auto ten = utc(u"2026-11-24T10:00:00Z"_s);
    const auto eleven = utc(u"2026-11-24T11:00:00Z"_s);
    const Observations expected{{.at = ten, .from = ten, .value = 1, .quality = Quality::Good},
                                {.at = eleven, .from = eleven, .value = 2}};
    QCOMPARE(plain->observations.value(u"10"_s), expected);
    QCOMPARE(compact->observations.value(u"10"_s), expected);
    QCOMPARE(plain->next, compact->next);
    QVERIFY(!plain->next.isEmpty());
    COMPARE_FAULTS(plain->faults, {{Fault::Duplicate, 1}});
    COMPARE_FAULTS(compact->faults, {{Fault::Duplicate, 1}});
    const auto odd = parseSensorThingsObservations(
        R"({"value":[{"components":["result"],"dataArray":[[1],7,{}]},{"dataArray":{}},8]})", asked, u"10"_s, rules);
    VERIFY_RESULT(odd);
    QVERIFY(odd->observations.isEmpty());
    COMPARE_FAULTS(odd->faults, {{Fault::NoTime, 1}, {Fault::NotANumber, 3}});
}

void TestSensorThings::severalResultsOfOneObservationAreSeveralSeries()
{
    const auto read = parseSensorThingsObservations(
        R"({"value":[{"result":[1,"2,5"],"phenomenonTime":"2026-11-24T10:00:00Z"},
                     {"result":3,"phenomenonTime":"2026-11-24T10:00:00Z"}]})",
        things, u"multi:5:1"_s, rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->observations.value(u"multi:5:0"_s).at(0).value, 1.);
    QCOMPARE(read->observations.value(u"multi:5:1"_s).at(0).value, 2.5);
    COMPARE_FAULTS(read->faults, {{Fault::DecimalComma, 1}, {Fault::NotANumber, 1}});
}

void TestSensorThings::furtherDatastreamsJoinTheirThing()
{
    Thing owner{.id = u"228"_s, .position = QPointF(10, 54)};
    owner.datastreams.append({.id = u"10"_s});
    const auto json = R"({"value":[{"@iot.id":11,"name":"PM10","unitOfMeasurement":{"symbol":"µg/m³"},
        "Observations":[{"result":12,"phenomenonTime":"2026-11-24T10:00:00Z"}]}]})"_ba;
    const auto read = parseSensorThingsDatastreams(json, things, owner, rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->answer.things.size(), 1);
    QCOMPARE(read->answer.things.at(0).datastreams.size(), 2);
    QCOMPARE(read->answer.things.at(0).datastreams.at(1).unit, u"ug/m3"_s);
    QCOMPARE(read->answer.observations.value(u"11"_s).at(0).value, 12.);
    COMPARE_FAULTS(read->answer.faults, {});
    const auto values = parseSensorThingsDatastreams(json, things, {}, rules); // only the latest values are wanted
    VERIFY_RESULT(values);
    QVERIFY(values->answer.things.isEmpty());
    QCOMPARE(values->answer.observations.size(), 1);
    const auto several = parseSensorThingsDatastreams(
        R"({"value":[{"@iot.id":5,"Observations":[{"result":[1,2],"phenomenonTime":"2026-11-24T10:00:00Z"}]}]})",
        sensorThingsLatestUrls(root, {u"multi:5:0"_s}).at(0), {}, rules);
    VERIFY_RESULT(several);
    QCOMPARE(several->answer.observations.value(u"multi:5:1"_s).at(0).value, 2.);
}

void TestSensorThings::latestValuesAreAskedInSmallBatches()
{
    QStringList streams{u"multi:5:0"_s, u"multi:5:1"_s, u"'a b'"_s};
    for (int i = 0; i < 2 * datastreamsInBatch; ++i)
        streams.append(QString::number(i));
    const auto urls = sensorThingsLatestUrls(root, streams);
    QCOMPARE(urls.size(), 4);
    QCOMPARE(urls.at(0).path(), u"/sta/v1.1/Datastreams"_s);
    QVERIFY(optionOf(urls.at(0), u"$filter"_s).startsWith(u"id eq 'a b' or id eq 0 or id eq 1 "));
    QVERIFY(optionOf(urls.at(0), u"$expand"_s).contains(u"$orderby=phenomenonTime desc;$top=1"));
    QCOMPARE(optionOf(urls.at(2), u"$filter"_s), u"id eq 39"_s);
    QCOMPARE(urls.at(3).path(), u"/sta/v1.1/MultiDatastreams"_s);
    QCOMPARE(optionOf(urls.at(3), u"$filter"_s), u"id eq 5"_s); // both parts come together
    QVERIFY(sensorThingsLatestUrls(root, {}).isEmpty());
}

void TestSensorThings::questionsAreEncoded()
{
    const auto from = utc(u"2026-11-01T00:00:00Z"_s);
    const auto url =
        sensorThingsHistoryUrl(QUrl(u"https://iot.example.org/v1.1?key=1"_s), u"'a/b&c'"_s, from, now, 500);
    QCOMPARE(url.path(QUrl::FullyEncoded), u"/v1.1/Datastreams('a%2Fb%26c')/Observations"_s);
    QCOMPARE(optionOf(url, u"key"_s), u"1"_s);
    QCOMPARE(optionOf(url, u"$filter"_s),
             u"phenomenonTime ge 2026-11-01T00:00:00.000Z and phenomenonTime lt 2026-11-24T12:00:00.000Z"_s);
    QCOMPARE(optionOf(url, u"$top"_s), u"500"_s);
    QCOMPARE(optionOf(url, u"$resultFormat"_s), u"dataArray"_s);
    QVERIFY(!url.toEncoded().contains(' '));
    const auto plain = sensorThingsHistoryUrl(root, u"multi:5:1"_s, from, now, 1'000'000, false);
    QCOMPARE(plain.path(), u"/sta/v1.1/MultiDatastreams(5)/Observations"_s);
    QCOMPARE(optionOf(plain, u"$top"_s), u"10000"_s);
    QVERIFY(!QUrlQuery(plain).hasQueryItem(u"$resultFormat"_s));
    QCOMPARE(sensorThingsTopics({u"10"_s, u"multi:5:0"_s, u"multi:5:1"_s}),
             (QStringList{u"v1.1/Datastreams(10)/Observations"_s, u"v1.1/MultiDatastreams(5)/Observations"_s}));
}

void TestSensorThings::aRegionIsAskedFor()
{
    const auto url =
        sensorThingsUrl(root, {.filter = u"properties/owner eq 'A&B'"_s, .region = QRectF(10, 53, 1, 1), .page = 25});
    QCOMPARE(url.path(), u"/sta/v1.1/Things"_s);
    QVERIFY(url.toEncoded().contains("A%26B"));
    QCOMPARE(optionOf(url, u"$filter"_s),
             u"(properties/owner eq 'A&B') and st_within(Locations/location,geography'POLYGON((10.000000 53.000000,"
             "11.000000 53.000000,11.000000 54.000000,10.000000 54.000000,10.000000 53.000000))')"_s);
    QCOMPARE(optionOf(url, u"$top"_s), u"25"_s);
    QVERIFY(optionOf(url, u"$expand"_s).contains(u"Observations("));
    const auto names = sensorThingsUrl(root, {.latest = false, .multiDatastreams = true});
    QVERIFY(!optionOf(names, u"$expand"_s).contains(u"Observations("));
    QVERIFY(optionOf(names, u"$expand"_s).contains(u"MultiDatastreams("));
    QVERIFY(!QUrlQuery(names).hasQueryItem(u"$filter"_s));
}

void TestSensorThings::messagesAreRead_data()
{
    QTest::addColumn<QString>("topic");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("stream");
    const auto plain = R"({"phenomenonTime":"2026-11-24T10:00:00Z","result":4})"_ba;
    QTest::newRow("topic") << u"v1.1/Datastreams(10)/Observations"_s << plain << u"10"_s;
    QTest::newRow("topic with text") << u"v1.1/Datastreams('a(b)')/Observations"_s << plain << u"'a(b)'"_s;
    QTest::newRow("with options") << u"v1.1/Datastreams(10)/Observations?$select=result"_s << plain << u"10"_s;
    QTest::newRow("several") << u"v1.1/MultiDatastreams(5)/Observations"_s
                             << R"({"phenomenonTime":"2026-11-24T10:00:00Z","result":[4]})"_ba << u"multi:5:0"_s;
    QTest::newRow("all observations")
        << u"v1.1/Observations"_s
        << R"({"phenomenonTime":"2026-11-24T10:00:00Z","result":4,"Datastream":{"@iot.id":10}})"_ba << u"10"_s;
    QTest::newRow("link") << u"v1.1/Observations"_s << R"j({"phenomenonTime":"2026-11-24T10:00:00Z","result":4,
        "Datastream@iot.navigationLink":"https://iot.example.org/v1.1/Datastreams(10)"})j"_ba
                          << u"10"_s;
}

void TestSensorThings::messagesAreRead()
{
    QFETCH(QString, topic);
    QFETCH(QByteArray, payload);
    QFETCH(QString, stream);
    const auto read = parseSensorThingsMessage(payload, topic, rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->observations.keys(), QStringList{stream});
    QCOMPARE(read->observations.value(stream).at(0).value, 4.);
    COMPARE_FAULTS(read->faults, {});
}

void TestSensorThings::refusalsAreTold_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::newRow("page") << "<html></html>"_ba << int(ErrorKind::Malformed);
    QTest::newRow("empty") << ""_ba << int(ErrorKind::Malformed);
    QTest::newRow("other") << R"({"type":"FeatureCollection"})"_ba << int(ErrorKind::Malformed);
    QTest::newRow("list") << R"([{"result":1}])"_ba << int(ErrorKind::Malformed);
    QTest::newRow("refused") << R"({"code":404,"type":"error","message":"Nothing found."})"_ba
                             << int(ErrorKind::Network);
}

void TestSensorThings::refusalsAreTold()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    VERIFY_FAILS(parseSensorThings(bytes, things, rules), ErrorKind(kind));
    VERIFY_FAILS(parseSensorThingsDatastreams(bytes, things, {}, rules), ErrorKind(kind));
    VERIFY_FAILS(parseSensorThingsObservations(bytes, things, u"1"_s, rules), ErrorKind(kind));
    VERIFY_FAILS(parseSensorThingsMessage(bytes, u"x"_s, rules), ErrorKind::Malformed);
}

void TestSensorThings::hamburgIsRead()
{
    NEED_SAMPLES();
    const auto read = parseSensorThings(sensorSample(u"sensorthings/hamburg_thing_8_datastreams.json"_s),
                                        QUrl(u"https://iot.hamburg.de/v1.1/Things"_s), rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->answer.things.size(), 1);
    const auto &thing = read->answer.things.at(0);
    QCOMPARE(thing.id, u"228"_s);
    QCOMPARE(thing.datastreams.size(), 8);
    QCOMPARE(thing.datastreams.at(0).unit, u"W"_s);
    QVERIFY(thing.position && QRectF(10.2, 53.47, 0.002, 0.01).contains(*thing.position));
    QCOMPARE(read->answer.observations.size(), 8);
    QVERIFY(std::ranges::any_of(read->answer.observations, [](const auto &o) { return o.front().value == -358; }));
    QCOMPARE(read->moreObservations.size(), 8);
    QVERIFY(read->answer.next.isEmpty()); // "http://next" is no address of this server
    COMPARE_FAULTS(read->answer.faults, {});
}

void TestSensorThings::aLongListIsRead()
{
    NEED_SAMPLES();
    const auto read =
        parseSensorThings(sensorSample(u"sensorthings/things_100_of_27590.json"_s),
                          QUrl(u"https://scratchpad.sensorup.com/OGCSensorThings/v1.0/Things?$top=100"_s), rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->total, 27590);
    QCOMPARE(read->answer.things.size(), 100);
    QCOMPARE(read->answer.next, u"https://scratchpad.sensorup.com/OGCSensorThings/v1.0/Things?$top=100&$skip=100"_s);
    COMPARE_FAULTS(read->answer.faults, {{Fault::NoPlace, 100}});
}

QTEST_GUILESS_MAIN(TestSensorThings)
#include "tst_sensorthings.moc"
