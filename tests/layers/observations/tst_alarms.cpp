// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/alarms.h"
#include "tests/support/testkit.h"

#include <QDateTime>

#include <cmath>
#include <tuple>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

namespace
{

using What = AlarmEvent::What;

constexpr std::int64_t minute = 60'000, hour = 60 * minute;
constexpr double none = std::numeric_limits<double>::quiet_NaN();
/** 14 January 2026, 12:00 in Berlin. */
const std::int64_t noon = QDateTime(QDate(2026, 1, 14), QTime(11, 0), QTimeZone::UTC).toMSecsSinceEpoch();

Observation at(std::int64_t time, double value, Quality quality = Quality::Good)
{
    return {.at = time, .from = time, .value = value, .quality = quality};
}

AlarmRule rule(AlarmCondition condition, const QString &id = u"r"_s)
{
    return {.id = id, .name = u"Name"_s, .condition = std::move(condition)};
}

AlarmRule heat(double hysteresis = 0, std::int64_t duration = 0, const QString &id = u"r"_s)
{
    return rule(ThresholdCondition{u"t"_s, {.limit = 30, .hysteresis = hysteresis, .duration = duration}}, id);
}

/** One value of a series at a time that is now. */
std::vector<AlarmEvent> give(AlarmMachine &machine, std::int64_t now, const Observation &one,
                             const QString &series = u"t"_s)
{
    const AlarmInput input{series, {&one, 1}};
    return machine.step(now, {&input, 1});
}

/** Values one after the other, each when it is measured: r = raised, c = cleared, . = nothing. */
QString told(AlarmMachine &machine, const std::vector<std::pair<std::int64_t, double>> &values)
{
    QString text;
    for (const auto &[time, value] : values) {
        const auto events = give(machine, noon + time, at(noon + time, value));
        text += events.empty() ? u'.' : events.size() > 1 ? u'?' : events[0].what == What::Raised ? u'r' : u'c';
    }
    return text;
}

QString told(const AlarmRule &one, const std::vector<std::pair<std::int64_t, double>> &values)
{
    AlarmMachine machine({one});
    return told(machine, values);
}

std::vector<std::pair<std::int64_t, double>> everyTenMinutes(const std::vector<double> &values)
{
    std::vector<std::pair<std::int64_t, double>> made;
    for (const double value : values)
        made.emplace_back(std::int64_t(made.size()) * 10 * minute, value);
    return made;
}

} // namespace

class TestAlarms : public QObject
{
    Q_OBJECT

private slots:
    void aThresholdRaisesAndClears();
    void hysteresisKeepsAnAlarmFromFlickering();
    void belowIsTheOtherWayRound();
    void itMustLastForItsDuration();
    void theEventSaysSinceWhenAndBecauseOfWhat();
    void lateValuesRaiseNothingBackwards();
    void lateValuesCountForHowLongItLasted();
    void aLateValueDoesNotRaiseThroughTheHysteresis();
    void oldRepeatedAndFutureValuesChangeNothing();
    void nanNeverRaisesNorClears();
    void badValuesNeitherRaiseNorClear();
    void aPeakWithinOneBatchIsTold();
    void ratesAreLookedAtOverTheirWindow();
    void fallingAndEitherWay();
    void ratesAcrossLongGapsAreNotKnown();
    void silenceIsRaisedByTimeAlone();
    void whatNeverSpokeIsSilentSinceWeListen();
    void soManyOfTheseAtTheSameTime();
    void partsOfLongAgoDoNotCount();
    void warningsAreRaisedWhileInForce();
    void acknowledgingIsToldOnce();
    void inQuietHoursNobodyIsNotified();
    void quietHoursMaySpanMidnight();
    void timeDoesNotRunBackwards();
    void rulesThatStayKeepTheirState();
    void rulesThatAreOffOrSenselessRaiseNothing();
    void rulesSurviveTheirFile();
    void brokenRulesAreRefused_data();
    void brokenRulesAreRefused();
    void filesAreBounded();
};

void TestAlarms::aThresholdRaisesAndClears()
{
    QCOMPARE(told(heat(), everyTenMinutes({29, 30, 31, 29.9, 29, 35})), u".r.c.r"_s);
}

void TestAlarms::hysteresisKeepsAnAlarmFromFlickering()
{
    QCOMPARE(told(heat(2), everyTenMinutes({29, 30, 29, 28, 30, 27.9, 29, 30})), u".r...c.r"_s);
}

void TestAlarms::belowIsTheOtherWayRound()
{
    const auto frost = rule(ThresholdCondition{u"t"_s, {.above = false, .limit = 0, .hysteresis = 1}});
    QCOMPARE(told(frost, everyTenMinutes({1, 0, 1, 1.1, -5})), u".r.cr"_s);
}

void TestAlarms::itMustLastForItsDuration()
{
    const auto lasting = heat(1, 30 * minute);
    QCOMPARE(told(lasting, everyTenMinutes({30, 31, 32, 33, 34})), u"...r."_s);
    // Within the hysteresis it is not beyond: it begins anew
    QCOMPARE(told(lasting, everyTenMinutes({30, 31, 29.5, 31, 31, 31, 31})), u"......r"_s);
    // Values must prove it; time alone does not
    AlarmMachine machine({lasting});
    QVERIFY(give(machine, noon, at(noon, 31)).empty());
    QVERIFY(machine.step(noon + hour).empty());
}

void TestAlarms::theEventSaysSinceWhenAndBecauseOfWhat()
{
    AlarmMachine machine({heat(0, 10 * minute)});
    give(machine, noon + minute, at(noon, 31));
    const auto events = give(machine, noon + 11 * minute, at(noon + 10 * minute, 32));
    QCOMPARE(events.size(), 1u);
    QCOMPARE(events[0],
             (AlarmEvent{.what = What::Raised,
                         .rule = u"r"_s,
                         .level = AlarmLevel::Warning,
                         .at = noon + 11 * minute,
                         .since = noon,
                         .cause = u"t"_s,
                         .value = 32,
                         .notify = true}));
    QCOMPARE(machine.active(),
             (std::vector{ActiveAlarm{.rule = u"r"_s, .raisedAt = noon + 11 * minute, .since = noon}}));
}

void TestAlarms::lateValuesRaiseNothingBackwards()
{
    AlarmMachine machine({heat()});
    QVERIFY(give(machine, noon, at(noon - 4 * hour, 40)).empty());
    QVERIFY(give(machine, noon, at(noon - 3 * hour, 40)).size() == 1); // at the edge
    QVERIFY(give(machine, noon, at(noon - 2 * hour, 20)).size() == 1); // cleared
    QVERIFY(machine.active().empty());
    // Between two values that are known: even fresh it comes too late
    QVERIFY(give(machine, noon, at(noon - 150 * minute, 40)).empty());
}

void TestAlarms::lateValuesCountForHowLongItLasted()
{
    AlarmMachine machine({heat(0, 4 * hour)});
    const std::vector values{at(noon - 5 * hour, 31), at(noon - 2 * hour, 31), at(noon, 31)};
    const AlarmInput input{u"t"_s, values};
    const auto events = machine.step(noon, {&input, 1});
    QCOMPARE(events.size(), 1u);
    QCOMPARE(events[0].since, noon - 5 * hour);
}

void TestAlarms::aLateValueDoesNotRaiseThroughTheHysteresis()
{
    AlarmMachine machine({heat(5)});
    QVERIFY(give(machine, noon, at(noon - 10 * hour, 40)).empty());
    QVERIFY(give(machine, noon, at(noon, 28)).empty());
    QCOMPARE(give(machine, noon + minute, at(noon + minute, 30)).size(), 1u);
}

void TestAlarms::oldRepeatedAndFutureValuesChangeNothing()
{
    AlarmMachine machine({heat()});
    QCOMPARE(give(machine, noon, at(noon, 20)).size(), 0u);
    QCOMPARE(give(machine, noon, at(noon, 40)).size(), 0u);
    QCOMPARE(give(machine, noon, at(noon - minute, 40)).size(), 0u);
    QCOMPARE(give(machine, noon, at(noon + 6 * minute, 40)).size(), 0u);
    QCOMPARE(give(machine, noon, at(noon + 4 * minute, 40)).size(), 1u); // clocks differ a little
    QCOMPARE(give(machine, noon, at(noon + 5 * minute, 40), u"other"_s).size(), 0u);
}

void TestAlarms::nanNeverRaisesNorClears()
{
    AlarmMachine machine({heat(), rule(ThresholdCondition{u"t"_s, {.above = false, .limit = 0}}, u"cold"_s),
                          rule(RateCondition{.series = u"t"_s, .perHour = 1}, u"rate"_s)});
    for (int i = 0; i < 20; ++i)
        QVERIFY(give(machine, noon + i * hour, at(noon + i * hour, i % 2 ? none : HUGE_VAL)).empty());
    QCOMPARE(give(machine, noon + 20 * hour, at(noon + 20 * hour, 40)).size(), 1u);
    QVERIFY(give(machine, noon + 21 * hour, at(noon + 21 * hour, none)).empty());
    QCOMPARE(machine.active().size(), 1u);
    // It does not stand in the way of the value that follows at the same time
    QCOMPARE(give(machine, noon + 21 * hour, at(noon + 21 * hour, 10)).size(), 1u);
}

void TestAlarms::badValuesNeitherRaiseNorClear()
{
    AlarmMachine machine({heat()});
    QVERIFY(give(machine, noon, at(noon, 99, Quality::Bad)).empty());
    QCOMPARE(give(machine, noon + minute, at(noon + minute, 31)).size(), 1u);
    QVERIFY(give(machine, noon + 2 * minute, at(noon + 2 * minute, -99, Quality::Bad)).empty());
    QCOMPARE(machine.active().size(), 1u);
}

void TestAlarms::aPeakWithinOneBatchIsTold()
{
    AlarmMachine machine({heat()});
    const std::vector values{at(noon - minute, 20), at(noon - 2 * minute, 31), at(noon - 3 * minute, 20)};
    const AlarmInput input{u"t"_s, values};
    const auto events = machine.step(noon, {&input, 1});
    QCOMPARE(events.size(), 2u);
    QCOMPARE(events[0].what, What::Raised);
    QCOMPARE(events[0].at, noon);
    QCOMPARE(events[1].what, What::Cleared);
}

void TestAlarms::ratesAreLookedAtOverTheirWindow()
{
    const auto rising = rule(RateCondition{.series = u"t"_s, .perHour = 12, .hysteresis = 2, .window = 20 * minute});
    // After 20 min: (4 − 0) / ⅓ h = 12; then 10.5 within the hysteresis, then 9
    QCOMPARE(told(rising, everyTenMinutes({0, 2, 4, 5.5, 7, 7})), u"..r.c."_s);
    QCOMPARE(told(rising, everyTenMinutes({0, 100})), u".."_s); // not a whole window yet
}

void TestAlarms::fallingAndEitherWay()
{
    using enum RateCondition::Direction;
    const auto by = [](RateCondition::Direction direction) {
        return rule(RateCondition{.series = u"t"_s, .direction = direction, .perHour = 6, .window = 10 * minute});
    };
    const auto values = everyTenMinutes({5, 4, 4, 5});
    QCOMPARE(told(by(Rising), values), u"...r"_s);
    QCOMPARE(told(by(Falling), values), u".rc."_s);
    QCOMPARE(told(by(Either), values), u".rcr"_s);
}

void TestAlarms::ratesAcrossLongGapsAreNotKnown()
{
    const auto rising = rule(RateCondition{.series = u"t"_s, .perHour = 1, .window = 10 * minute});
    QCOMPARE(told(rising, {{0, 0}, {3 * hour, 100}}), u".r"_s);
    QCOMPARE(told(rising, {{0, 0}, {3 * hour + 1, 100}, {4 * hour, 100}}), u"..."_s);
}

void TestAlarms::silenceIsRaisedByTimeAlone()
{
    AlarmMachine machine({rule(SilenceCondition{u"t"_s, hour})});
    QVERIFY(give(machine, noon, at(noon - 10 * minute, 1)).empty());
    QVERIFY(machine.step(noon + 50 * minute).empty());
    const auto events = machine.step(noon + 51 * minute);
    QCOMPARE(events.size(), 1u);
    QCOMPARE(events[0].since, noon - 10 * minute);
    QVERIFY(give(machine, noon + 2 * hour, at(noon + 2 * hour, none)).empty()); // NaN says nothing
    QVERIFY(give(machine, noon + 2 * hour, at(noon + 30 * minute, 1)).empty()); // news, but too old to be all-clear
    const auto cleared = give(machine, noon + 2 * hour, at(noon + 2 * hour, 1, Quality::Bad));
    QCOMPARE(cleared.size(), 1u);
    QCOMPARE(cleared[0].what, What::Cleared);
}

void TestAlarms::whatNeverSpokeIsSilentSinceWeListen()
{
    AlarmMachine machine({rule(SilenceCondition{u"t"_s, hour})});
    QVERIFY(machine.step(noon).empty());
    QVERIFY(machine.step(noon + hour).empty());
    QCOMPARE(machine.step(noon + hour + 1).size(), 1u);
}

void TestAlarms::soManyOfTheseAtTheSameTime()
{
    CombinationCondition two{.atLeast = 2, .parts = {}};
    for (const auto &series : {u"a"_s, u"b"_s, u"c"_s})
        two.parts.append(ThresholdCondition{series, {.limit = 10}});
    AlarmMachine machine({rule(two)});
    QVERIFY(give(machine, noon, at(noon, 11), u"a"_s).empty());
    QVERIFY(give(machine, noon, at(noon, 9), u"b"_s).empty());
    const auto events = give(machine, noon + minute, at(noon + minute, 12), u"c"_s);
    QCOMPARE(events.size(), 1u);
    QCOMPARE(events[0].since, noon + minute);
    QCOMPARE(events[0].cause, u"c"_s);
    QVERIFY(give(machine, noon + 2 * minute, at(noon + 2 * minute, 12), u"b"_s).empty());
    QVERIFY(give(machine, noon + 3 * minute, at(noon + 3 * minute, 1), u"a"_s).empty()); // two are left
    QCOMPARE(give(machine, noon + 4 * minute, at(noon + 4 * minute, 1), u"c"_s).size(), 1u);
}

void TestAlarms::partsOfLongAgoDoNotCount()
{
    const CombinationCondition both{
        .atLeast = 2, .parts = {ThresholdCondition{u"a"_s, {.limit = 10}}, ThresholdCondition{u"b"_s, {.limit = 10}}}};
    AlarmMachine machine({rule(both)});
    QVERIFY(give(machine, noon, at(noon, 11), u"a"_s).empty());
    QVERIFY(give(machine, noon + 4 * hour, at(noon + 4 * hour, 11), u"b"_s).empty());
    QCOMPARE(give(machine, noon + 4 * hour, at(noon + 4 * hour, 11), u"a"_s).size(), 1u);
}

void TestAlarms::warningsAreRaisedWhileInForce()
{
    AlarmMachine machine({rule(WarningCondition{.kind = u"STORM"_s, .area = u"HL"_s, .severity = 3})});
    const AlarmWarning storm{u"w1"_s, u"STORM"_s, u"HL"_s, 3, noon + hour, noon + 3 * hour};
    std::vector warnings{storm, storm, storm};
    warnings[0].severity = 2;
    warnings[1].area = u"HH"_s;
    warnings[2].kind = u"FROST"_s;
    QVERIFY(machine.step(noon - hour, {}, &warnings).empty());
    warnings.push_back(storm);
    QVERIFY(machine.step(noon, {}, &warnings).empty()); // not in force yet
    QCOMPARE(machine.step(noon + hour)[0].since, noon + hour);
    QVERIFY(machine.step(noon + 2 * hour).empty());
    QCOMPARE(machine.step(noon + 3 * hour).size(), 1u); // over
    warnings[3].to = 0;
    QCOMPARE(machine.step(noon + 4 * hour, {}, &warnings)[0].cause, u"w1"_s);
    warnings.clear();
    QCOMPARE(machine.step(noon + 4 * hour, {}, &warnings)[0].what, What::Cleared); // taken back
}

void TestAlarms::acknowledgingIsToldOnce()
{
    AlarmMachine machine({heat()});
    QVERIFY(!machine.acknowledge(u"r"_s, noon));
    give(machine, noon, at(noon, 31));
    const auto event = machine.acknowledge(u"r"_s, noon + minute);
    QVERIFY(event && event->what == What::Acknowledged && event->at == noon + minute && !event->notify);
    QVERIFY(!machine.acknowledge(u"r"_s, noon + minute));
    QVERIFY(!machine.acknowledge(u"other"_s, noon + minute));
    QVERIFY(machine.active()[0].acknowledged);
    QVERIFY(give(machine, noon + 2 * minute, at(noon + 2 * minute, 32)).empty());
    give(machine, noon + 3 * minute, at(noon + 3 * minute, 20));
    give(machine, noon + 4 * minute, at(noon + 4 * minute, 31)); // a new alarm is not acknowledged
    QVERIFY(!machine.active()[0].acknowledged);
}

void TestAlarms::inQuietHoursNobodyIsNotified()
{
    auto quiet = heat();
    quiet.quiet = QuietHours{QTime(11, 30), QTime(12, 30)};
    AlarmMachine machine({quiet, heat(0, 0, u"loud"_s)});
    const auto events = give(machine, noon, at(noon, 31));
    QCOMPARE(events.size(), 2u); // both are logged
    QVERIFY(!events[0].notify && events[1].notify);
    const auto cleared = give(machine, noon + hour, at(noon + hour, 1));
    QVERIFY(cleared.size() == 2 && cleared[0].notify);
}

void TestAlarms::quietHoursMaySpanMidnight()
{
    const QuietHours night{QTime(22, 0), QTime(6, 0)};
    QVERIFY(night.contains(QTime(22, 0)) && night.contains(QTime(0, 0)) && night.contains(QTime(5, 59)));
    QVERIFY(!night.contains(QTime(6, 0)) && !night.contains(QTime(21, 59)));
    auto quiet = heat();
    quiet.quiet = night;
    AlarmMachine machine({quiet});
    // 22:30 in Berlin is 21:30 UTC
    const auto late = noon + 10 * hour + 30 * minute;
    QVERIFY(!give(machine, late, at(late, 31)).at(0).notify);
    QVERIFY(!give(machine, late + 2 * hour, at(late + 2 * hour, 1)).at(0).notify);
    QVERIFY(give(machine, late + 8 * hour, at(late + 8 * hour, 31)).at(0).notify);
    const QuietHours always{QTime(8, 0), QTime(8, 0)};
    QVERIFY(always.contains(QTime(8, 0)) && always.contains(QTime(7, 0)));
}

void TestAlarms::timeDoesNotRunBackwards()
{
    AlarmMachine machine({heat()});
    machine.step(noon);
    const auto events = give(machine, noon - hour, at(noon - hour, 31));
    QCOMPARE(events.size(), 1u);
    QCOMPARE(events[0].at, noon);
}

void TestAlarms::rulesThatStayKeepTheirState()
{
    AlarmMachine machine({heat(0, 0, u"a"_s), heat(0, 0, u"b"_s)});
    give(machine, noon, at(noon, 31));
    QCOMPARE(machine.active().size(), 2u);
    const auto events = machine.setRules({heat(1, 0, u"b"_s), heat(0, 0, u"a"_s)}, noon + minute);
    QCOMPARE(events.size(), 1u);
    QVERIFY(events[0].what == What::Cleared && events[0].rule == u"b"_s && !events[0].notify);
    QCOMPARE(machine.active().size(), 1u);
    QCOMPARE(give(machine, noon + minute, at(noon + minute, 31)).size(), 1u); // b anew
    QCOMPARE(give(machine, noon + 2 * minute, at(noon + 2 * minute, 1)).size(), 2u);
}

void TestAlarms::rulesThatAreOffOrSenselessRaiseNothing()
{
    auto off = heat();
    off.enabled = false;
    AlarmMachine machine({off, rule(CombinationCondition{.atLeast = 0, .parts = {}}, u"empty"_s),
                          rule(ThresholdCondition{u"t"_s, {.limit = none}}, u"nan"_s)});
    QVERIFY(give(machine, noon, at(noon, 99)).empty());
}

void TestAlarms::rulesSurviveTheirFile()
{
    auto quiet = heat(0.5, 30 * minute, u"1"_s);
    quiet.quiet = QuietHours{QTime(22, 0), QTime(6, 30)};
    quiet.level = AlarmLevel::Alarm;
    auto off = rule(RateCondition{u"pegel/1"_s, RateCondition::Direction::Either, 12.5, 2, 90 * minute}, u"2"_s);
    off.enabled = false;
    const QList rules{
        quiet, off, rule(SilenceCondition{u"s"_s, 2 * hour}, u"3"_s),
        rule(CombinationCondition{1, {ThresholdCondition{u"a"_s, {.above = false, .limit = -3}}}}, u"4"_s),
        rule(WarningCondition{u"STURM „x“"_s, u"HL"_s, 4}, u"5"_s)};
    const auto json = alarmRulesToJson(rules);
    const auto read = alarmRulesFromJson(json, u"rules.json"_s);
    VERIFY_RESULT(read);
    QCOMPARE(*read, rules);
    QVERIFY(json.contains("\"duration\": 1800")); // in seconds, for people
    QCOMPARE(alarmRulesFromJson(alarmRulesToJson({}), {})->size(), 0);
}

void TestAlarms::brokenRulesAreRefused_data()
{
    QTest::addColumn<QByteArray>("rule");
    const auto row = [](const char *name, const char *condition) {
        QTest::newRow(name) << QByteArray(R"({"id":"a","name":"n","level":"alarm","condition":)") + condition + '}';
    };
    QTest::newRow("no object") << QByteArray("7");
    QTest::newRow("no id") << QByteArray(R"({"name":"n","level":"alarm","condition":{"kind":"warning","severity":1}})");
    QTest::newRow("level") << QByteArray(R"({"id":"a","name":"n","level":"x"})");
    QTest::newRow("quiet") << QByteArray(
        R"({"id":"a","name":"n","level":"alarm","quiet":{"from":"25:00","to":"6:00"},"condition":{"kind":"warning","severity":1}})");
    row("kind", R"({"kind":"magic"})");
    row("side", R"({"kind":"threshold","series":"t","limit":1})");
    row("no series", R"({"kind":"threshold","is":"above","limit":1})");
    row("limit is text", R"({"kind":"threshold","series":"t","is":"above","limit":"1"})");
    row("limit is missing", R"({"kind":"threshold","series":"t","is":"above"})");
    row("negative hysteresis", R"({"kind":"threshold","series":"t","is":"above","limit":1,"hysteresis":-1})");
    row("endless duration", R"({"kind":"threshold","series":"t","is":"above","limit":1,"duration":1e300})");
    row("negative duration", R"({"kind":"threshold","series":"t","is":"above","limit":1,"duration":-5})");
    row("rate of 0", R"({"kind":"rate","series":"t","direction":"rising","perHour":0,"window":60})");
    row("rate's direction", R"({"kind":"rate","series":"t","direction":"up","perHour":1,"window":60})");
    row("rate's window", R"({"kind":"rate","series":"t","direction":"rising","perHour":1})");
    row("silence of 0", R"({"kind":"silence","series":"t","after":0})");
    row("nothing combined", R"({"kind":"combination","atLeast":1,"of":[]})");
    row("more than there are", R"({"kind":"combination","atLeast":2,"of":[{"series":"t","is":"above","limit":1}]})");
    row("broken part", R"({"kind":"combination","atLeast":1,"of":[{"series":"t","is":"above"}]})");
    row("severity", R"({"kind":"warning","severity":5})");
}

void TestAlarms::brokenRulesAreRefused()
{
    QFETCH(QByteArray, rule);
    const auto file = R"({"format":"hanseatlas-alarms","version":1,"rules":[)" + rule + "]}";
    const auto read = alarmRulesFromJson(file, u"rules.json"_s);
    VERIFY_FAILS(read, ErrorKind::Malformed);
    QVERIFY2(read.error().what.contains(u"rules.json") && read.error().what.endsWith(u'.'),
             qPrintable(read.error().what));
}

void TestAlarms::filesAreBounded()
{
    VERIFY_FAILS(alarmRulesFromJson("{", {}), ErrorKind::Malformed);
    VERIFY_FAILS(alarmRulesFromJson("[]", {}), ErrorKind::Malformed);
    VERIFY_FAILS(alarmRulesFromJson(R"({"format":"hanseatlas-alarms","version":2,"rules":[]})", {}),
                 ErrorKind::Unsupported);
    VERIFY_FAILS(alarmRulesFromJson(QByteArray(1024 * 1024 + 1, ' '), {}), ErrorKind::TooLarge);
    const auto many = alarmRulesToJson(QList<AlarmRule>(2, heat()));
    VERIFY_FAILS(alarmRulesFromJson(many, {}), ErrorKind::Malformed); // the same id twice
    QList<AlarmRule> rules;
    for (int i = 0; i < 1001; ++i)
        rules.append(heat(0, 0, QString::number(i)));
    VERIFY_FAILS(alarmRulesFromJson(alarmRulesToJson(rules), {}), ErrorKind::TooLarge);
    rules.removeLast();
    VERIFY_RESULT(alarmRulesFromJson(alarmRulesToJson(rules), {}));
}

QTEST_GUILESS_MAIN(TestAlarms)
#include "tst_alarms.moc"
