// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/sensors/answerbuilder.h"
#include "datasources/sensors/reading.h"
#include "tests/datasources/sensors/sensorkit.h"

#include <QJsonArray>
#include <QJsonObject>

#include <limits>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

class TestReading : public QObject
{
    Q_OBJECT
private slots:
    void numbersAreReadAsTheyCome_data();
    void numbersAreReadAsTheyCome();
    void instantsAreReadAsTheyCome_data();
    void instantsAreReadAsTheyCome();
    void timesAreCheckedAgainstTheClock_data();
    void timesAreCheckedAgainstTheClock();
    void summerTimeFollowsTheZoneOfTheSource();
    void placesAreChecked_data();
    void placesAreChecked();
    void geometriesHaveAPlace_data();
    void geometriesHaveAPlace();
    void documentsAreReadOrTellWhy_data();
    void documentsAreReadOrTellWhy();
    void nanThatIsNoJsonIsNull();
    void textsAreOneLineForPeople();
    void anAnswerKeepsItsLimits();
    void theSameValueTwiceCountsOnce();
    void valuesFromNoDatastreamAreBroken();
};

void TestReading::numbersAreReadAsTheyCome_data()
{
    QTest::addColumn<QJsonValue>("written");
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("fault");
    const double no = std::numeric_limits<double>::quiet_NaN();
    const auto bad = int(Fault::NotANumber);
    const auto text = int(Fault::TextNumber);
    QTest::newRow("number") << QJsonValue(21.5) << 21.5 << none;
    QTest::newRow("zero") << QJsonValue(0) << 0. << none;
    QTest::newRow("text") << QJsonValue(u"21.5"_s) << 21.5 << text;
    QTest::newRow("text with blanks") << QJsonValue(u" -7 "_s) << -7. << text;
    QTest::newRow("power") << QJsonValue(u"1.5e3"_s) << 1500. << text;
    QTest::newRow("minus sign") << QJsonValue(u"\u22123.5"_s) << -3.5 << text;
    QTest::newRow("comma") << QJsonValue(u"21,5"_s) << 21.5 << int(Fault::DecimalComma);
    QTest::newRow("two notations") << QJsonValue(u"1.234,5"_s) << no << bad;
    QTest::newRow("two commas") << QJsonValue(u"1,234,567"_s) << no << bad;
    for (const auto &word : {u"NaN"_s, u"nan"_s, u"unknown"_s, u"inf"_s, u"-Infinity"_s, u"null"_s, u""_s, u"-"_s,
                             u"0x10"_s, u"12 cm"_s, u"1e999"_s, QString(1000, u'1')})
        QTest::newRow(qPrintable(u"word "_s + word.left(10))) << QJsonValue(word) << no << bad;
    QTest::newRow("null") << QJsonValue(QJsonValue::Null) << no << bad;
    QTest::newRow("nothing") << QJsonValue(QJsonValue::Undefined) << no << bad;
    QTest::newRow("true") << QJsonValue(true) << no << bad;
    QTest::newRow("object") << QJsonValue(QJsonObject{{u"value"_s, 1}}) << no << bad;
    QTest::newRow("list") << QJsonValue(QJsonArray{1}) << no << bad;
    QTest::newRow("infinite") << QJsonValue(INFINITY) << no << bad;
}

void TestReading::numbersAreReadAsTheyCome()
{
    QFETCH(QJsonValue, written);
    QFETCH(double, value);
    QFETCH(int, fault);
    FaultTally faults;
    const auto number = readNumber(written, faults);
    QCOMPARE(number.has_value(), !std::isnan(value));
    if (number)
        QCOMPARE(*number, value);
    QVERIFY2(only(faults, fault), qPrintable(toText(faults)));
}

void TestReading::instantsAreReadAsTheyCome_data()
{
    QTest::addColumn<QJsonValue>("written");
    QTest::addColumn<QString>("instant"); // "" = none
    QTest::addColumn<int>("fault");
    const auto row = [](const char *name, const QJsonValue &written, const QString &instant, int fault = none) {
        QTest::newRow(name) << written << instant << fault;
    };
    const auto noZone = int(Fault::NoZone);
    const auto epoch = int(Fault::EpochUnit);
    row("Z", u"2026-11-24T10:15:30Z"_s, u"2026-11-24T10:15:30Z"_s);
    row("ms", u"2026-11-24T10:15:30.25Z"_s, u"2026-11-24T10:15:30.250Z"_s);
    row("ns", u"2020-02-06T09:46:05.447941836Z"_s, u"2020-02-06T09:46:05.447Z"_s);
    row("offset", u"2023-07-26T19:15:00+02:00"_s, u"2023-07-26T17:15:00Z"_s);
    row("offset west", u"2023-07-26T19:15:00-0330"_s, u"2023-07-26T22:45:00Z"_s);
    row("hours only", u"2023-07-26T19:15:00+02"_s, u"2023-07-26T17:15:00Z"_s);
    row("unknown local time is UTC", u"2026-03-30T09:06:00-00:00"_s, u"2026-03-30T09:06:00Z"_s);
    row("without seconds", u"2026-11-24T10:15Z"_s, u"2026-11-24T10:15:00Z"_s);
    row("compact", u"20261124T101530Z"_s, u"2026-11-24T10:15:30Z"_s);
    row("before 1970", u"1891-01-01T00:00:00Z"_s, u"1891-01-01T00:00:00Z"_s);
    row("leap second", u"2016-12-31T23:59:60Z"_s, u"2017-01-01T00:00:00Z"_s);
    row("leap day", u"2024-02-29T00:00:00Z"_s, u"2024-02-29T00:00:00Z"_s);
    row("object", QJsonObject{{u"@type"_s, u"DateTime"_s}, {u"@value"_s, u"2016-12-28T11:00:00.00Z"_s}},
        u"2016-12-28T11:00:00Z"_s);
    row("no zone", u"2026-11-24 10:15:30"_s, u"2026-11-24T09:15:30Z"_s, noZone);
    row("date alone", u"2026-11-24"_s, u"2026-11-23T23:00:00Z"_s, noZone);
    row("24 o'clock", u"2026-12-31 24:00:00"_s, u"2026-12-31T23:00:00Z"_s, noZone);
    row("24 o'clock with zone", u"2026-12-31T24:00:00Z"_s, u"2027-01-01T00:00:00Z"_s);
    row("epoch ms", 1'795'515'330'000., u"2026-11-24T10:15:30Z"_s);
    row("epoch ms as text", u"1795515330000"_s, u"2026-11-24T10:15:30Z"_s);
    row("epoch s", 1'795'515'330., u"2026-11-24T10:15:30Z"_s, epoch);
    row("epoch s with fraction", 1'795'515'330.5, u"2026-11-24T10:15:30.500Z"_s, epoch);
    row("epoch us", 1'795'515'330'000'000., u"2026-11-24T10:15:30Z"_s, epoch);
    row("epoch ns", 1'795'515'330'000'000'000., u"2026-11-24T10:15:30Z"_s, epoch);
    for (const auto &broken :
         {u"2026-02-30T00:00:00Z"_s, u"2026-11-24T25:00:00Z"_s, u"2026-11-24T24:00:01Z"_s, u"2026-11-24T10:61:00Z"_s,
          u"0001-01-01T00:00:00Z"_s, u"9999-12-31T23:59:59Z"_s, u"2026-11-24T10:15:30+99:00"_s,
          u"2026-11-24T10:15:30Mars"_s, u"yesterday"_s, u"12345"_s, u""_s, QString(10'000, u'2')})
        row(qPrintable(u"broken "_s + broken.left(30)), broken, {});
    row("seconds since start", 123'456., {});
    row("zero", 0., {});
    row("negative", -1., {});
    row("far", 1e19, {}, epoch);
    row("null", QJsonValue(QJsonValue::Null), {});
    row("true", true, {});
}

void TestReading::instantsAreReadAsTheyCome()
{
    QFETCH(QJsonValue, written);
    QFETCH(QString, instant);
    QFETCH(int, fault);
    FaultTally faults;
    const ReadingRules rules{.now = now, .zone = QTimeZone("Europe/Berlin")};
    const auto read = readInstant(written, rules, faults);
    QCOMPARE(read.has_value(), !instant.isEmpty());
    if (read)
        QCOMPARE(*read, utc(instant));
    QVERIFY2(only(faults, fault), qPrintable(toText(faults)));
}

void TestReading::timesAreCheckedAgainstTheClock_data()
{
    QTest::addColumn<QJsonValue>("written");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("at");
    QTest::addColumn<int>("fault");
    const auto row = [](const char *name, const QJsonValue &written, const QString &from, const QString &at,
                        int fault = none) { QTest::newRow(name) << written << from << at << fault; };
    const auto ten = u"2026-11-24T10:00:00Z"_s;
    const auto eleven = u"2026-11-24T11:00:00Z"_s;
    row("instant", ten, ten, ten);
    row("interval", u"2026-11-24T10:00:00Z/2026-11-24T12:00:00+01:00"_s, ten, eleven);
    row("interval backwards", u"2026-11-24T11:00:00Z/2026-11-24T10:00:00Z"_s, ten, eleven);
    row("open end", u"2026-11-24T10:00:00Z/.."_s, ten, ten);
    row("open start", u"../2026-11-24T11:00:00Z"_s, eleven, eleven);
    row("a clock that is fast", u"2026-11-24T12:05:00Z"_s, u"2026-11-24T12:05:00Z"_s, u"2026-11-24T12:05:00Z"_s);
    row("to come", u"2026-11-24T12:05:01Z"_s, {}, {}, int(Fault::Future));
    row("ends in time to come", u"2026-11-24T10:00:00Z/2026-11-25T10:00:00Z"_s, {}, {}, int(Fault::Future));
    row("none", u""_s, {}, {}, int(Fault::NoTime));
    row("null", QJsonValue(QJsonValue::Null), {}, {}, int(Fault::NoTime));
    row("slash", u"/"_s, {}, {}, int(Fault::NoTime));
    row("long", QString(100'000, u'/'), {}, {}, int(Fault::NoTime));
    row("epoch to come", 1'895'515'330'000., {}, {}, int(Fault::Future));
}

void TestReading::timesAreCheckedAgainstTheClock()
{
    QFETCH(QJsonValue, written);
    QFETCH(QString, from);
    QFETCH(QString, at);
    QFETCH(int, fault);
    FaultTally faults;
    const auto time = readTime(written, {.now = now}, faults);
    QCOMPARE(time.has_value(), !at.isEmpty());
    if (time)
        QCOMPARE(*time, (TimeSpan{.at = utc(at), .from = utc(from)}));
    QVERIFY2(only(faults, fault), qPrintable(toText(faults)));
}

void TestReading::summerTimeFollowsTheZoneOfTheSource()
{
    FaultTally faults;
    const ReadingRules berlin{.now = now, .zone = QTimeZone("Europe/Berlin")};
    const ReadingRules winter{.now = now, .zone = QTimeZone::fromSecondsAheadOfUtc(3600)};
    const auto summer = u"2026-07-01 12:00:00"_s;
    QCOMPARE(readInstant(summer, berlin, faults), utc(u"2026-07-01T10:00:00Z"_s));
    QCOMPARE(readInstant(summer, winter, faults), utc(u"2026-07-01T11:00:00Z"_s));
    QCOMPARE(readInstant(summer, {.now = now}, faults), utc(u"2026-07-01T12:00:00Z"_s));
    QCOMPARE(faults.of(Fault::NoZone), 3);
}

void TestReading::placesAreChecked_data()
{
    QTest::addColumn<QJsonValue>("x");
    QTest::addColumn<QJsonValue>("y");
    QTest::addColumn<bool>("withRegion");
    QTest::addColumn<QPointF>("place"); // null = none
    QTest::addColumn<int>("fault");
    const QPointF luebeck(10.68, 53.87);
    QTest::newRow("place") << QJsonValue(10.68) << QJsonValue(53.87) << false << luebeck << none;
    QTest::newRow("texts") << QJsonValue(u"10.68"_s) << QJsonValue(u"53,87"_s) << false << luebeck << none;
    QTest::newRow("in its region") << QJsonValue(10.68) << QJsonValue(53.87) << true << luebeck << none;
    QTest::newRow("exchanged") << QJsonValue(53.87) << QJsonValue(10.68) << true << luebeck << int(Fault::SwappedAxes);
    QTest::newRow("exchanged, no region")
        << QJsonValue(53.87) << QJsonValue(10.68) << false << QPointF(53.87, 10.68) << none;
    QTest::newRow("elsewhere") << QJsonValue(-3.7) << QJsonValue(40.4) << true << QPointF(-3.7, 40.4) << none;
    QTest::newRow("out of the world") << QJsonValue(10) << QJsonValue(91) << false << QPointF() << int(Fault::NoPlace);
    QTest::newRow("metres") << QJsonValue(610'000) << QJsonValue(5'970'000) << true << QPointF() << int(Fault::NoPlace);
    QTest::newRow("zero") << QJsonValue(0) << QJsonValue(0) << false << QPointF() << int(Fault::NoPlace);
    QTest::newRow("missing") << QJsonValue() << QJsonValue(53) << false << QPointF() << int(Fault::NoPlace);
    QTest::newRow("word") << QJsonValue(u"nan"_s) << QJsonValue(53) << false << QPointF() << int(Fault::NoPlace);
}

void TestReading::placesAreChecked()
{
    QFETCH(QJsonValue, x);
    QFETCH(QJsonValue, y);
    QFETCH(bool, withRegion);
    QFETCH(QPointF, place);
    QFETCH(int, fault);
    ReadingRules rules{.now = now};
    if (withRegion)
        rules.region = QRectF(10, 53.5, 1.5, 1);
    FaultTally faults;
    const auto read = readPlace(x, y, rules, faults);
    QCOMPARE(read.has_value(), !place.isNull());
    if (read)
        QCOMPARE(*read, place);
    QVERIFY2(only(faults, fault), qPrintable(toText(faults)));
}

void TestReading::geometriesHaveAPlace_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QPointF>("place");
    const QPointF middle(10.5, 53.5);
    QTest::newRow("point") << R"({"type":"Point","coordinates":[10.5,53.5]})"_ba << middle;
    QTest::newRow("with height") << R"({"type":"Point","coordinates":[10.5,53.5,7]})"_ba << middle;
    QTest::newRow("line") << R"({"type":"LineString","coordinates":[[10,53],[11,54]]})"_ba << middle;
    QTest::newRow("area") << R"({"type":"Polygon","coordinates":[[[10,53],[11,53],[11,54],[10,54],[10,53]]]})"_ba
                          << middle;
    QTest::newRow("areas") << R"({"type":"MultiPolygon","coordinates":[[[[10,53],[11,53],[11,54]]]]})"_ba << middle;
    QTest::newRow("feature") << R"({"type":"Feature","geometry":{"type":"Point","coordinates":[10.5,53.5]}})"_ba
                             << middle;
    QTest::newRow("wrapped")
        << R"({"geometry":{"type":"GeoProperty","value":{"type":"Point","coordinates":[10.5,53.5]}}})"_ba << middle;
    QTest::newRow("collection")
        << R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[10.5,53.5]}]})"_ba << middle;
    QTest::newRow("empty") << R"({"type":"Point","coordinates":[]})"_ba << QPointF();
    QTest::newRow("half") << R"({"type":"Point","coordinates":[10.5]})"_ba << QPointF();
    QTest::newRow("null") << R"({"type":"Feature","geometry":null})"_ba << QPointF();
    QTest::newRow("deep") << R"({"type":"Point","coordinates":)"_ba + QByteArray(500, '[') + "1,2"
            + QByteArray(500, ']')
            + '}' << QPointF();
}

void TestReading::geometriesHaveAPlace()
{
    QFETCH(QByteArray, json);
    QFETCH(QPointF, place);
    const auto document = readSensorJson(json);
    VERIFY_RESULT(document);
    FaultTally faults;
    const auto read = readGeometry(document->object(), {.now = now}, faults);
    QCOMPARE(read.value_or(QPointF()), place);
    QVERIFY(only(faults, place.isNull() ? int(Fault::NoPlace) : none));
}

void TestReading::documentsAreReadOrTellWhy_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("fine");
    QTest::newRow("object") << "{}"_ba << true;
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF[]"_ba << true;
    QTest::newRow("empty") << ""_ba << false;
    QTest::newRow("page") << "<html>NaN</html>"_ba << false;
    QTest::newRow("cut") << R"({"value":[{"result":1)"_ba << false;
    QTest::newRow("deep") << QByteArray(100'000, '[') + QByteArray(100'000, ']') << false;
}

void TestReading::documentsAreReadOrTellWhy()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, fine);
    const auto document = readSensorJson(bytes);
    if (fine)
        VERIFY_RESULT(document);
    else
        VERIFY_FAILS(document, ErrorKind::Malformed);
}

void TestReading::nanThatIsNoJsonIsNull()
{
    const auto document = readSensorJson(R"({"a":NaN,"b":[-Infinity,1],"c":"NaN \" NaN","d":Infinity})");
    VERIFY_RESULT(document);
    const auto object = document->object();
    QVERIFY(object.value(u"a").isNull());
    QVERIFY(object.value(u"b").toArray().at(0).isNull());
    QCOMPARE(object.value(u"b").toArray().at(1).toInt(), 1);
    QCOMPARE(object.value(u"c").toString(), u"NaN \" NaN"_s);
    QVERIFY(object.value(u"d").isNull());
}

void TestReading::textsAreOneLineForPeople()
{
    QCOMPARE(readText(u" two\n lines\x01 "_s), u"two lines"_s);
    QCOMPARE(readText(2.5), u"2.5"_s);
    QCOMPARE(readText(true), u"true"_s);
    QCOMPARE(readText(QJsonArray{u"a"_s, 1, QJsonArray{2}}), u"a, 1"_s);
    QCOMPARE(readText(QJsonObject{}), QString());
    QCOMPARE(readText(QString(10'000, u'x')).size(), longestSensorText);
    QCOMPARE(readId(12), u"12"_s);
    QCOMPARE(readId(qint64(9'007'199'254'740'993)), u"9007199254740993"_s);
    QCOMPARE(readId(u"a-b"_s), u"a-b"_s);
    QCOMPARE(readId(QJsonValue()), QString());
    QCOMPARE(readId(QString(501, u'x')), QString());
    QCOMPARE(readQuality(u"Good"_s), Quality::Good);
    QCOMPARE(readQuality(u"suspect"_s), Quality::Doubtful);
    QCOMPARE(readQuality(u"invalid"_s), Quality::Bad);
    QCOMPARE(readQuality(7), Quality::Unchecked);
}

void TestReading::anAnswerKeepsItsLimits()
{
    AnswerBuilder builder({.now = now});
    Thing thing{.id = u"a"_s};
    thing.datastreams.resize(mostDatastreams + 3);
    builder.add(thing);
    builder.add({});
    for (qsizetype i = 0; i < mostObservations + 2; ++i)
        builder.observe(u"s"_s, Observation{.at = i, .from = i, .value = 1});
    QVERIFY(builder.full());
    const auto answer = builder.take();
    QCOMPARE(answer.things.size(), 1);
    QCOMPARE(answer.things.first().datastreams.size(), mostDatastreams);
    QCOMPARE(qsizetype(answer.observations.value(u"s"_s).size()), mostObservations);
    QCOMPARE(answer.faults.of(Fault::TooMuch), 5);
    QCOMPARE(answer.faults.of(Fault::BrokenMessage), 1);
    QHash<QString, QString> properties;
    QJsonObject many;
    for (int i = 0; i < 500; ++i)
        many.insert(QString::number(i), i);
    addProperties(properties, many);
    QCOMPARE(properties.size(), mostProperties);
    properties.clear();
    addProperties(properties, {{u"owner"_s, QJsonObject{{u"name"_s, u"City"_s}, {u"x"_s, QJsonObject{{u"y"_s, 1}}}}}});
    QCOMPARE(properties, (QHash<QString, QString>{{u"owner.name"_s, u"City"_s}}));
}

void TestReading::theSameValueTwiceCountsOnce()
{
    AnswerBuilder builder({.now = now});
    const auto time = u"2026-11-24T10:00:00Z"_s;
    builder.observe(u"s"_s, 1, time);
    builder.observe(u"s"_s, 2, time); // another value: a correction
    builder.observe(u"s"_s, 1, time);
    builder.observe(u"other"_s, 1, time);
    const auto answer = builder.take();
    QCOMPARE(answer.observations.value(u"s"_s).size(), std::size_t(2));
    QCOMPARE(answer.observations.value(u"s"_s).at(1).value, 2.);
    QCOMPARE(answer.observations.value(u"other"_s).size(), std::size_t(1));
    QCOMPARE(answer.faults.of(Fault::Duplicate), 1);
}

void TestReading::valuesFromNoDatastreamAreBroken()
{
    AnswerBuilder builder({.now = now});
    builder.observe({}, 1, u"2026-11-24T10:00:00Z"_s);
    QCOMPARE(builder.take().faults.of(Fault::BrokenMessage), 1);
}

QTEST_GUILESS_MAIN(TestReading)
#include "tst_reading.moc"
