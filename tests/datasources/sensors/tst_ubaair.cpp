// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/sensors/ubaair.h"
#include "tests/datasources/sensors/sensorkit.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QUrl root(u"https://www.umweltbundesamt.de/api/air_data/v3"_s);
const ReadingRules rules{.now = now};

UbaTables tables()
{
    return {.components = {{u"1"_s, {.code = u"PM10"_s, .name = u"Feinstaub"_s, .unitSymbol = u"µg/m³"_s}}},
            .scopes = {{u"2"_s, {.name = u"Ein-Stunden-Mittelwert"_s, .interval = 3'600'000}}}};
}

QByteArray measures(const QByteArray &rows)
{
    return R"({"request":{"station":"1422"},"indices":{"data":{"station id":{"date start":
        ["component id","scope id","value","date end","index"]}}},"data":{"1422":{)"
        + rows + "}}}";
}

} // namespace

class TestUbaAir : public QObject
{
    Q_OBJECT
private slots:
    void questionsAreAskedAsTheApiWants();
    void tablesAreRead();
    void stationsAreReadByTheirColumns();
    void measuresAreRead();
    void theOrderOfColumnsIsRead();
    void everyFaultIsCounted_data();
    void everyFaultIsCounted();
    void refusalsAreTold_data();
    void refusalsAreTold();
    void realStationsAreRead();
};

void TestUbaAir::questionsAreAskedAsTheApiWants()
{
    QCOMPARE(ubaTableUrl(root, u"stations"_s).toString(),
             u"https://www.umweltbundesamt.de/api/air_data/v3/stations/json?lang=de&index=id"_s);
    const auto url = ubaMeasuresUrl(root, u"1422"_s, 1, 2, utc(u"2026-11-23T23:00:00Z"_s), now);
    QCOMPARE(url.query(),
             u"station=1422&component=1&scope=2&date_from=2026-11-23&time_from=24&date_to=2026-11-24&time_to=13"_s);
}

void TestUbaAir::tablesAreRead()
{
    const auto components = parseUbaComponents(R"({"1":["1","PM10","PM₁₀","µg/m³","Feinstaub"],
        "5":["5","NO2","NO₂","µg/m³","Stickstoffdioxid"],"count":2,
        "indices":["component id","component code","component symbol","component unit","component name"]})");
    VERIFY_RESULT(components);
    QCOMPARE(components->size(), 2);
    QCOMPARE(components->value(u"5"_s),
             (UbaComponent{.code = u"NO2"_s, .name = u"Stickstoffdioxid"_s, .unitSymbol = u"µg/m³"_s}));
    const auto scopes = parseUbaScopes(R"({"2":["2","1SMW","3600","0","Ein-Stunden-Mittelwert"],"x":["",1],"count":1,
        "indices":["scope id","scope code","scope time base in seconds","scope max","scope name"]})");
    VERIFY_RESULT(scopes);
    QCOMPARE(scopes->value(u"2"_s), (UbaScope{.name = u"Ein-Stunden-Mittelwert"_s, .interval = 3'600'000}));
    QCOMPARE(scopes->size(), 1);
}

void TestUbaAir::stationsAreReadByTheirColumns()
{
    const auto read = parseUbaStations(R"({"indices":["station latitude","station longitude","station id",
        "station name","station active to","station type name","station city"],"data":{
        "1422":["53.84","10.65","1422","Lübeck St. Jürgen",null,"background","Lübeck"],
        "7":["53.8","10.6","7","Closed","2001-06-07","traffic",""],
        "8":["53.8","10.6","8","Until next year","2027-12-31","traffic",""],
        "9":[null,null,"9","Nowhere",null,"traffic",""]}})",
                                       rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->things.size(), 3);
    const auto &first = read->things.at(0);
    QCOMPARE(first.id, u"1422"_s);
    QCOMPARE(first.name, u"Lübeck St. Jürgen"_s);
    QCOMPARE(first.kind, u"background"_s);
    QCOMPARE(first.position, QPointF(10.65, 53.84));
    QCOMPARE(first.properties.value(u"station city"_s), u"Lübeck"_s);
    QVERIFY(!read->things.at(2).position);
    COMPARE_FAULTS(read->faults, {{Fault::NoPlace, 1}});
}

void TestUbaAir::measuresAreRead()
{
    const auto read = parseUbaMeasures(measures(R"("2026-07-01 22:00:00":[1,2,17,"2026-07-01 23:00:00","1"],
        "2026-07-01 23:00:00":[1,2,18,"2026-07-01 24:00:00","1"],
        "2026-07-02 00:00:00":[1,2,null,"2026-07-02 01:00:00",null])"),
                                       tables(), rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->things.size(), 1);
    QCOMPARE(read->things.at(0).datastreams,
             (QList<Datastream>{{.id = u"1422/1/2"_s,
                                 .name = u"Feinstaub – Ein-Stunden-Mittelwert"_s,
                                 .property = u"PM10"_s,
                                 .unit = u"ug/m3"_s,
                                 .unitSymbol = u"µg/m³"_s,
                                 .interval = 3'600'000}}));
    const auto ten = utc(u"2026-07-01T22:00:00Z"_s); // 23 o'clock in winter time, though it is summer
    const auto hour = 3'600'000;
    QCOMPARE(
        read->observations.value(u"1422/1/2"_s),
        (Observations{{.at = ten, .from = ten - hour, .value = 17}, {.at = ten + hour, .from = ten, .value = 18}}));
    COMPARE_FAULTS(read->faults, {{Fault::NotANumber, 1}, {Fault::NoZone, 2}});
}

void TestUbaAir::theOrderOfColumnsIsRead()
{
    const auto read = parseUbaMeasures(R"({"indices":["date end","value","scope id","component id"],
        "data":{"1":{"2026-11-24 09:00:00":["2026-11-24 10:00:00",5,"2","99"]}}})",
                                       tables(), rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->observations.value(u"1/99/2"_s).at(0).value, 5.);
    QCOMPARE(read->things.at(0).datastreams.at(0).property, u"99"_s); // no table explains it
}

void TestUbaAir::everyFaultIsCounted_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QList<int>>("faults");
    const auto zone = int(Fault::NoZone);
    QTest::newRow("text") << R"([1,2,"17","2026-11-24 10:00:00"])"_ba << QList<int>{int(Fault::TextNumber), zone};
    QTest::newRow("no end") << R"([1,2,17])"_ba << QList<int>{int(Fault::NoTime)};
    QTest::newRow("to come") << R"([1,2,17,"2026-11-24 20:00:00"])"_ba << QList<int>{int(Fault::Future), zone};
    QTest::newRow("no component") << R"([null,2,17,"2026-11-24 10:00:00"])"_ba << QList<int>{int(Fault::BrokenMessage)};
    QTest::newRow("no row") << "7"_ba << QList<int>{int(Fault::BrokenMessage)};
}

void TestUbaAir::everyFaultIsCounted()
{
    QFETCH(QByteArray, row);
    QFETCH(QList<int>, faults);
    const auto read = parseUbaMeasures(measures("\"2026-11-24 09:00:00\":" + row), tables(), rules);
    VERIFY_RESULT(read);
    FaultTally expected;
    for (const auto fault : faults)
        expected.add(Fault(fault));
    QVERIFY2(read->faults == expected, qPrintable(toText(read->faults)));
}

void TestUbaAir::refusalsAreTold_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::newRow("page") << "<html>"_ba << int(ErrorKind::Malformed);
    QTest::newRow("other") << "{}"_ba << int(ErrorKind::Malformed);
    QTest::newRow("columns") << R"({"indices":["a"],"data":{}})"_ba << int(ErrorKind::Malformed);
    QTest::newRow("deep") << R"({"indices":)"_ba + QByteArray(900, '[') + QByteArray(900, ']') + "}"
                          << int(ErrorKind::Malformed);
    QTest::newRow("refused") << R"({"message":"Bad Request"})"_ba << int(ErrorKind::Network);
}

void TestUbaAir::refusalsAreTold()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    VERIFY_FAILS(parseUbaStations(bytes, rules), ErrorKind(kind));
    VERIFY_FAILS(parseUbaComponents(bytes), ErrorKind(kind));
    VERIFY_FAILS(parseUbaScopes(bytes), ErrorKind(kind));
    VERIFY_FAILS(parseUbaMeasures(bytes, tables(), rules), ErrorKind(kind));
}

void TestUbaAir::realStationsAreRead()
{
    NEED_SAMPLES();
    const auto read = parseUbaStations(sensorSample(u"uba-air/stations.json"_s), rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->things.size(), 1); // the other one is closed since 2001
    QCOMPARE(read->things.at(0).properties.value(u"station code"_s), u"DEBE021"_s);
    QCOMPARE(read->things.at(0).position, QPointF(13.3495, 52.5491));
    COMPARE_FAULTS(read->faults, {});
}

QTEST_GUILESS_MAIN(TestUbaAir)
#include "tst_ubaair.moc"
