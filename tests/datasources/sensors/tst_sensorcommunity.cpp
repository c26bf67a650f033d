// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/sensors/sensorcommunity.h"
#include "tests/datasources/sensors/sensorkit.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const ReadingRules rules{.now = now, .zone = QTimeZone("Europe/Berlin")}; // the source knows better

QByteArray record(const QByteArray &location, const QByteArray &values, const QByteArray &sensor = "36083")
{
    return R"({"timestamp":"2026-11-24 10:24:02","sensor":{"id":)" + sensor
        + R"(,"sensor_type":{"name":"SDS011"}},"location":{)" + location + R"(},"sensordatavalues":[)" + values + "]}";
}

const auto place = R"("id":9042,"longitude":"10.69","latitude":"53.87","altitude":"12.0","country":"DE","indoor":0)"_ba;

} // namespace

class TestSensorCommunity : public QObject
{
    Q_OBJECT
private slots:
    void questionsAreAskedAsTheApiWants();
    void allSensorsOfALocationAreOneThing();
    void sensorsIndoorsHaveNoPlace();
    void blindSensorsAreDoubtful();
    void everyFaultIsCounted_data();
    void everyFaultIsCounted();
    void refusalsAreTold();
    void aRealRecordIsRead();
};

void TestSensorCommunity::questionsAreAskedAsTheApiWants()
{
    QCOMPARE(sensorCommunityUrl(QUrl(u"https://data.sensor.community/airrohr/v1"_s), 10.69, 53.87, 10).toString(),
             u"https://data.sensor.community/airrohr/v1/filter/area=53.8700,10.6900,10.0000"_s);
}

void TestSensorCommunity::allSensorsOfALocationAreOneThing()
{
    const auto read = parseSensorCommunity(
        "[" + record(place, R"({"value":"5.00","value_type":"P1"},{"value":"3.33","value_type":"P2"})") + ","
            + record(place, R"({"value":"7.5","value_type":"temperature"},{"value":"61.2","value_type":"noise_LAeq"},
                               {"value":"99","value_type":"hv_pulses"})",
                     "36084")
            + "]",
        rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->things.size(), 1);
    const auto &thing = read->things.at(0);
    QCOMPARE(thing.id, u"9042"_s);
    QCOMPARE(thing.position, QPointF(10.69, 53.87));
    QCOMPARE(thing.properties.value(u"sensor.36083"_s), u"SDS011"_s);
    QCOMPARE(thing.datastreams.size(), 5);
    QCOMPARE(thing.datastreams.at(0),
             (Datastream{.id = u"36083/P1"_s,
                         .name = u"PM10"_s,
                         .property = u"PM10"_s,
                         .unit = u"ug/m3"_s,
                         .unitSymbol = u"µg/m³"_s}));
    QCOMPARE(thing.datastreams.at(3).unit, u"dB[A]"_s);
    QCOMPARE(thing.datastreams.at(4).unit, QString());
    const auto at = utc(u"2026-11-24T10:24:02Z"_s);
    QCOMPARE(read->observations.value(u"36083/P2"_s), (Observations{{.at = at, .from = at, .value = 3.33}}));
    QCOMPARE(read->observations.size(), 5);
    COMPARE_FAULTS(read->faults, {{Fault::TextNumber, 5}, {Fault::NoZone, 5}});
}

void TestSensorCommunity::sensorsIndoorsHaveNoPlace()
{
    auto inside = place;
    inside.replace("\"indoor\":0", "\"indoor\":1");
    const auto read = parseSensorCommunity("[" + record(inside, "") + "]", rules);
    VERIFY_RESULT(read);
    QVERIFY(!read->things.at(0).position);
    QCOMPARE(read->things.at(0).properties.value(u"indoor"_s), u"true"_s);
    COMPARE_FAULTS(read->faults, {});
}

void TestSensorCommunity::blindSensorsAreDoubtful()
{
    const auto read = parseSensorCommunity(
        "[" + record(place, R"({"value":"1999.90","value_type":"P1"},{"value":"999.90","value_type":"P2"})") + "]",
        rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->observations.value(u"36083/P1"_s).at(0).quality, Quality::Doubtful);
    QCOMPARE(read->observations.value(u"36083/P2"_s).at(0).quality, Quality::Doubtful);
}

void TestSensorCommunity::everyFaultIsCounted_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<QList<int>>("faults");
    const auto zone = int(Fault::NoZone);
    const auto row = [](const char *name, const QByteArray &bytes, const QList<int> &faults) {
        QTest::newRow(name) << bytes << faults;
    };
    row("nan", record(place, R"({"value":"nan","value_type":"P1"})"), {int(Fault::NotANumber)});
    row("unknown", record(place, R"({"value":"unknown","value_type":"P1"})"), {int(Fault::NotANumber)});
    row("comma", record(place, R"({"value":"5,5","value_type":"P1"})"), {int(Fault::DecimalComma), zone});
    row("no type", record(place, R"({"value":"5"})"), {int(Fault::BrokenMessage)});
    row("no sensor", record(place, "", "null"), {int(Fault::BrokenMessage)});
    row("no location", record("", ""), {int(Fault::BrokenMessage)});
    row("no place", record(R"("id":1,"longitude":"","latitude":null)", ""), {int(Fault::NoPlace)});
    row("twice", record(place, R"({"value":5,"value_type":"P1"},{"value":5,"value_type":"P1"})"),
        {zone, zone, int(Fault::Duplicate)});
    auto late = record(place, R"({"value":5,"value_type":"P1"})");
    row("to come", QByteArray(late).replace("11-24", "11-25"), {int(Fault::Future), zone});
    row("no time", QByteArray(late).replace("\"2026-11-24 10:24:02\"", "null"), {int(Fault::NoTime)});
    row("no object", "7", {int(Fault::BrokenMessage)});
}

void TestSensorCommunity::everyFaultIsCounted()
{
    QFETCH(QByteArray, record);
    QFETCH(QList<int>, faults);
    const auto read = parseSensorCommunity("[" + record + "]", rules);
    VERIFY_RESULT(read);
    FaultTally expected;
    for (const auto fault : faults)
        expected.add(Fault(fault));
    QVERIFY2(read->faults == expected, qPrintable(toText(read->faults)));
}

void TestSensorCommunity::refusalsAreTold()
{
    VERIFY_FAILS(parseSensorCommunity("{}", rules), ErrorKind::Malformed);
    VERIFY_FAILS(parseSensorCommunity("Service unavailable", rules), ErrorKind::Malformed);
}

void TestSensorCommunity::aRealRecordIsRead()
{
    NEED_SAMPLES();
    const auto read = parseSensorCommunity(sensorSample(u"sensor-community/filter_sds011.json"_s), rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->things.at(0).position, QPointF(25.62, 42.42));
    QCOMPARE(read->observations.value(u"36083/P1"_s).at(0).value, 5.);
    COMPARE_FAULTS(read->faults, {{Fault::TextNumber, 2}, {Fault::NoZone, 2}});
}

QTEST_GUILESS_MAIN(TestSensorCommunity)
#include "tst_sensorcommunity.moc"
