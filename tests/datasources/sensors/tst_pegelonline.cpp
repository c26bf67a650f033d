// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/sensors/pegelonline.h"
#include "tests/datasources/sensors/sensorkit.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QUrl root(u"https://www.pegelonline.wsv.de/webservices/rest-api/v2"_s);
const ReadingRules rules{.now = now};

} // namespace

class TestPegelonline : public QObject
{
    Q_OBJECT
private slots:
    void questionsAreAskedAsTheApiWants();
    void gaugesAreReadWithTheirSeries();
    void measurementsAreRead();
    void everyFaultIsCounted_data();
    void everyFaultIsCounted();
    void refusalsAreTold_data();
    void refusalsAreTold();
    void realGaugesAreRead();
};

void TestPegelonline::questionsAreAskedAsTheApiWants()
{
    const auto stations = pegelonlineStationsUrl(root, {u"TRAVE"_s, u"OSTSEE & BELT"_s});
    QCOMPARE(stations.path(), u"/webservices/rest-api/v2/stations.json"_s);
    QCOMPARE(QUrlQuery(stations).queryItemValue(u"waters"_s, QUrl::FullyDecoded), u"TRAVE,OSTSEE & BELT"_s);
    QCOMPARE(QUrlQuery(stations).queryItemValue(u"includeCurrentMeasurement"_s), u"true"_s);
    const auto day = 24LL * 3600 * 1000;
    const auto values = pegelonlineMeasurementsUrl(root, u"a b/W"_s, now - day, now);
    QCOMPARE(values.path(QUrl::FullyEncoded), u"/webservices/rest-api/v2/stations/a%20b/W/measurements.json"_s);
    QCOMPARE(values.query(), u"start=2026-11-23T12:00:00Z"_s);
    QCOMPARE(pegelonlineMeasurementsUrl(root, u"a/W"_s, 0, now).query(), u"start=2026-10-24T12:00:00Z"_s);
}

void TestPegelonline::gaugesAreReadWithTheirSeries()
{
    const auto read = parsePegelonlineStations(R"([
      {"uuid":"f4f9f7fb","number":"9620085","shortname":"LÜBECK-BAUHOF","longname":"LÜBECK-BAUHOF","km":5.5,
       "agency":"OSTSEE","longitude":10.70,"latitude":53.89,"water":{"shortname":"TRAVE","longname":"TRAVE"},
       "timeseries":[
        {"shortname":"W","longname":"WASSERSTAND ROHDATEN","unit":"cm","equidistance":1,
         "currentMeasurement":{"timestamp":"2026-11-24T12:15:00+01:00","value":512.0,"stateMnwMhw":"normal"},
         "gaugeZero":{"unit":"m. ü. NHN","value":-5.0,"validFrom":"2019-11-01"},
         "characteristicValues":[{"shortname":"MHW","value":606.0,"unit":"cm"},
                                 {"shortname":"HHW","value":8.3,"unit":"m"},
                                 {"shortname":"odd","value":3,"unit":"°C"},
                                 {"shortname":"none","value":null,"unit":"cm"}]},
        {"shortname":"PH","longname":"PH-WERT","unit":"--","equidistance":60,
         "currentMeasurement":{"timestamp":"2026-11-24T11:00:00+01:00","value":8.1,"stateMnwMhw":"out-dated"}},
        {"shortname":"WT","longname":"WASSERTEMPERATUR","unit":"°C","equidistance":60}]},
      {"uuid":"c7383149","shortname":"TRAVEMÜNDE","longname":""}])",
                                               rules);
    VERIFY_RESULT(read);
    QCOMPARE(read->things.size(), 2);
    const auto &bauhof = read->things.at(0);
    QCOMPARE(bauhof.id, u"f4f9f7fb"_s);
    QCOMPARE(bauhof.name, u"LÜBECK-BAUHOF"_s);
    QCOMPARE(bauhof.position, QPointF(10.70, 53.89));
    QCOMPARE(bauhof.properties.value(u"gaugeZero.W"_s), u"-5 m. ü. NHN"_s);
    QCOMPARE(bauhof.properties.value(u"water"_s), u"TRAVE"_s);
    QCOMPARE(bauhof.datastreams.size(), 3);
    QCOMPARE(bauhof.datastreams.at(0),
             (Datastream{.id = u"f4f9f7fb/W"_s,
                         .name = u"WASSERSTAND ROHDATEN"_s,
                         .property = u"W"_s,
                         .unit = u"cm"_s,
                         .unitSymbol = u"cm"_s,
                         .interval = 60'000,
                         .references = {{u"MHW"_s, 606}, {u"HHW"_s, 830}}}));
    QCOMPARE(bauhof.datastreams.at(1).unit, u"[pH]"_s);
    QCOMPARE(bauhof.datastreams.at(2).unit, u"Cel"_s);
    const auto at = utc(u"2026-11-24T11:15:00Z"_s);
    QCOMPARE(read->observations.value(u"f4f9f7fb/W"_s), (Observations{{.at = at, .from = at, .value = 512}}));
    QCOMPARE(read->observations.value(u"f4f9f7fb/PH"_s).at(0).quality, Quality::Doubtful);
    QCOMPARE(read->observations.size(), 2);
    QCOMPARE(read->things.at(1).name, u"TRAVEMÜNDE"_s);
    QVERIFY(!read->things.at(1).position);
    COMPARE_FAULTS(read->faults, {{Fault::NoPlace, 1}, {Fault::UnitChanged, 2}, {Fault::NotANumber, 1}});
}

void TestPegelonline::measurementsAreRead()
{
    const auto read = parsePegelonlineMeasurements(R"([{"timestamp":"2026-10-25T02:30:00+02:00","value":500},
        {"timestamp":"2026-10-25T02:30:00+01:00","value":501}])",
                                                   u"a/W"_s, rules);
    VERIFY_RESULT(read);
    const auto values = read->observations.value(u"a/W"_s);
    QCOMPARE(values.size(), std::size_t(2));
    QCOMPARE(values.at(1).at - values.at(0).at, 3'600'000); // the hour that comes twice in autumn
    COMPARE_FAULTS(read->faults, {});
}

void TestPegelonline::everyFaultIsCounted_data()
{
    QTest::addColumn<QByteArray>("measurement");
    QTest::addColumn<int>("fault");
    QTest::newRow("null") << R"("value":null,"timestamp":"2026-11-24T10:00:00Z")"_ba << int(Fault::NotANumber);
    QTest::newRow("text") << R"("value":"5","timestamp":"2026-11-24T10:00:00Z")"_ba << int(Fault::TextNumber);
    QTest::newRow("no time") << R"("value":5)"_ba << int(Fault::NoTime);
    QTest::newRow("no zone") << R"("value":5,"timestamp":"2026-11-24T10:00:00")"_ba << int(Fault::NoZone);
    QTest::newRow("to come") << R"("value":5,"timestamp":"2026-11-24T13:00:00Z")"_ba << int(Fault::Future);
}

void TestPegelonline::everyFaultIsCounted()
{
    QFETCH(QByteArray, measurement);
    QFETCH(int, fault);
    const auto read = parsePegelonlineMeasurements("[{" + measurement + "}]", u"a/W"_s, rules);
    VERIFY_RESULT(read);
    QVERIFY2(only(read->faults, fault), qPrintable(toText(read->faults)));
}

void TestPegelonline::refusalsAreTold_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::newRow("refused") << R"({"status":404,"message":"Station 'X' not found."})"_ba << int(ErrorKind::Network);
    QTest::newRow("other") << "{}"_ba << int(ErrorKind::Malformed);
    QTest::newRow("page") << "<html>"_ba << int(ErrorKind::Malformed);
}

void TestPegelonline::refusalsAreTold()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    VERIFY_FAILS(parsePegelonlineStations(bytes, rules), ErrorKind(kind));
    VERIFY_FAILS(parsePegelonlineMeasurements(bytes, u"a/W"_s, rules), ErrorKind(kind));
    const auto odd = parsePegelonlineStations(R"([1,null,[],{"timeseries":[{"shortname":"W"}]}])", rules);
    VERIFY_RESULT(odd);
    QVERIFY(odd->things.isEmpty());
    QCOMPARE(odd->faults.of(Fault::BrokenMessage), 5);
}

void TestPegelonline::realGaugesAreRead()
{
    NEED_SAMPLES();
    const auto one = parsePegelonlineStations(sensorSample(u"pegelonline/station_wuerzburg_7ts.json"_s), rules);
    VERIFY_RESULT(one);
    QCOMPARE(one->things.size(), 1);
    QCOMPARE(one->things.at(0).datastreams.size(), 7);
    QCOMPARE(one->observations.size(), 7);
    QStringList units;
    for (const auto &stream : one->things.at(0).datastreams)
        units.append(stream.unit);
    QCOMPARE(units.join(u' '), u"cm Cel Cel m/s mg/l [pH] m3/s"_s);
    COMPARE_FAULTS(one->faults, {});
    const auto two = parsePegelonlineStations(sensorSample(u"pegelonline/stations_dresden_wuerzburg.json"_s), rules);
    VERIFY_RESULT(two);
    QCOMPARE(two->things.size(), 2);
    COMPARE_FAULTS(two->faults, {});
}

QTEST_GUILESS_MAIN(TestPegelonline)
#include "tst_pegelonline.moc"
