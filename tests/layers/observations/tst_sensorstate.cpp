// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/sensorstate.h"
#include "tests/support/testkit.h"

#include <cmath>

using namespace hanseatlas;

namespace
{

constexpr std::int64_t minute = 60'000, hour = 60 * minute;
constexpr std::int64_t now = 1'000 * hour;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

Observation before(std::int64_t age, double value = 1, Quality quality = Quality::Good)
{
    return {.at = now - age, .from = now - age, .value = value, .quality = quality};
}

bool same(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

} // namespace

class TestSensorState : public QObject
{
    Q_OBJECT

private slots:
    void theStateComesOfTheNewestValue_data();
    void theStateComesOfTheNewestValue();
    void theWorstSpeaksForTheGroup();
    void theSlopeIsTheMedianOfAllPairs();
    void outliersDoNotTurnTheTrend();
    void onlyTheWindowCounts();
    void manyValuesAreThinnedOut();
    void everyStateHasItsWord();
};

void TestSensorState::theStateComesOfTheNewestValue_data()
{
    QTest::addColumn<std::int64_t>("age");
    QTest::addColumn<std::int64_t>("interval");
    QTest::addColumn<double>("value");
    QTest::addColumn<bool>("bad");
    QTest::addColumn<SensorState>("expected");
    const auto m = minute;
    QTest::newRow("fresh") << 5 * m << 10 * m << 1.0 << false << SensorState::Current;
    QTest::newRow("just in time") << 21 * m << 10 * m << 1.0 << false << SensorState::Current;
    QTest::newRow("overdue") << 21 * m + 1 << 10 * m << 1.0 << false << SensorState::Late;
    QTest::newRow("still late") << 61 * m << 10 * m << 1.0 << false << SensorState::Late;
    QTest::newRow("silent") << 61 * m + 1 << 10 * m << 1.0 << false << SensorState::Silent;
    QTest::newRow("bad") << 5 * m << 10 * m << 1.0 << true << SensorState::Faulty;
    QTest::newRow("no number") << 5 * m << 10 * m << none << false << SensorState::Faulty;
    QTest::newRow("bad and silent") << 600 * m << 10 * m << 1.0 << true << SensorState::Silent;
    QTest::newRow("unknown interval") << 2 * hour << std::int64_t(0) << 1.0 << false << SensorState::Current;
    QTest::newRow("unknown interval, late") << 3 * hour << std::int64_t(0) << 1.0 << false << SensorState::Late;
    QTest::newRow("future") << -5 * m << 10 * m << 1.0 << false << SensorState::Current;
}

void TestSensorState::theStateComesOfTheNewestValue()
{
    QFETCH(std::int64_t, age);
    QFETCH(std::int64_t, interval);
    QFETCH(double, value);
    QFETCH(bool, bad);
    QFETCH(SensorState, expected);
    const auto newest = before(age, value, bad ? Quality::Bad : Quality::Unchecked);
    QCOMPARE(sensorState(&newest, interval, now), expected);
    QCOMPARE(sensorState(nullptr, interval, now), SensorState::Silent);
}

void TestSensorState::theWorstSpeaksForTheGroup()
{
    using enum SensorState;
    QCOMPARE(worstState(std::vector{Current, Late, Current}), Late);
    QCOMPARE(worstState(std::vector{Faulty, Late, Silent}), Silent);
    QVERIFY(!worstState({}));
}

void TestSensorState::theSlopeIsTheMedianOfAllPairs()
{
    // Values 0, 1, 5 after 0, 1, 2 h: slopes 1, 4, 2.5
    const Observations three{before(2 * hour, 0), before(hour, 1), before(0, 5)};
    QVERIFY(same(*robustSlope(three), 2.5));
    // 0, 2, 3, 7 after 0 … 3 h: 2, 1.5, 7/3, 1, 2.5, 4, sorted 1, 1.5, 2, 7/3, 2.5, 4: (2 + 7/3) / 2
    const Observations four{before(3 * hour, 0), before(2 * hour, 2), before(hour, 3), before(0, 7)};
    QVERIFY(same(*robustSlope(four), 13.0 / 6));
    QVERIFY(!robustSlope(Observations{before(0, 1), before(0, 2)}));
    QVERIFY(!robustSlope({}));
}

void TestSensorState::outliersDoNotTurnTheTrend()
{
    Observations series;
    for (int i = 10; i >= 0; --i)
        series.push_back(before(i * 10 * minute, 100 - i));
    series[10].value = -9999;
    const auto rising = trendOf(series, now, 2 * hour, 1);
    QCOMPARE(rising.trend, Trend::Rising);
    QVERIFY(same(rising.perHour, 6));
    QCOMPARE(trendOf(series, now, 2 * hour, 7).trend, Trend::Steady);
    for (auto &one : series)
        one.value = -one.value;
    QCOMPARE(trendOf(series, now, 2 * hour, 1).trend, Trend::Falling);
    for (auto &one : series)
        one.value = 3;
    QCOMPARE(trendOf(series, now, 2 * hour).trend, Trend::Steady);
}

void TestSensorState::onlyTheWindowCounts()
{
    const Observations series{before(5 * hour, 900), before(2 * hour, 1), before(hour, 2), before(0, 3),
                              before(-hour, -900)};
    QCOMPARE(trendOf(series, now, 3 * hour).trend, Trend::Rising);
    QCOMPARE(trendOf(series, now, 2 * hour).trend, Trend::Unknown); // two values
    QCOMPARE(trendOf({}, now, hour).trend, Trend::Unknown);
}

void TestSensorState::manyValuesAreThinnedOut()
{
    Observations series;
    for (int i = 100'000; i >= 0; --i)
        series.push_back(before(i, double(-i)));
    const auto trend = trendOf(series, now, hour);
    QCOMPARE(trend.trend, Trend::Rising);
    QVERIFY(same(trend.perHour / double(hour), 1));
}

void TestSensorState::everyStateHasItsWord()
{
    using enum SensorState;
    for (const auto state : {Current, Late, Faulty, Silent})
        QVERIFY(!stateText(state).isEmpty());
    for (const auto trend : {Trend::Unknown, Trend::Falling, Trend::Steady, Trend::Rising})
        QVERIFY(!trendText(trend).isEmpty());
}

QTEST_GUILESS_MAIN(TestSensorState)
#include "tst_sensorstate.moc"
