// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/noise.h"
#include "tests/support/testkit.h"

#include <cmath>
#include <functional>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

namespace
{

constexpr std::int64_t hour = 3'600'000, day = 24 * hour;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::int64_t utc(const QString &text)
{
    return QDateTime::fromString(text + u'Z', Qt::ISODate).toMSecsSinceEpoch();
}

const std::int64_t midnight = utc(u"2026-01-13T23:00:00"_s); ///< 14 January 2026 in Berlin

/** Hourly levels by the number of the hour since midnight. */
Observations hours(std::int64_t from, int count, const std::function<double(int)> &level)
{
    Observations made;
    for (int i = 0; i < count; ++i)
        made.push_back({.at = from + (i + 1) * hour, .from = from + i * hour, .value = level(i)});
    return made;
}

double byDay(int i)
{
    return i % 24 >= 6 && i % 24 < 18 ? 60 : i % 24 >= 18 && i % 24 < 22 ? 55 : 50;
}

bool same(double a, double b, double within = 1e-9)
{
    return std::isnan(a) ? std::isnan(b) : std::abs(a - b) < within;
}

} // namespace

class TestNoise : public QObject
{
    Q_OBJECT

private slots:
    void twiceTheEnergyIsThreeDecibelMore();
    void noLevelIsTooLoudOrTooQuiet();
    void aSteadyLevelGains6Point4();
    void theDayIsPartedAsInGermanLaw();
    void hoursPerPartFollowSummerTime();
    void aPartWithoutCoverageHasNoLevel();
    void levelsOfMinutesArePutTogetherByTheHour();
    void badLevelsAndOthersOutsideTheTimeDoNotCount();
    void nonsenseIsRefused();
};

void TestNoise::twiceTheEnergyIsThreeDecibelMore()
{
    // (10^6 + 10^7) / 2 = 5.5e6: 67.4036 dB
    QVERIFY(same(energeticMean(std::vector<double>{60, 70}), 10 * std::log10(5.5e6)));
    QVERIFY(same(energeticMean(std::vector<double>{60, 70}), 67.4036, 1e-4));
    QVERIFY(same(energeticMean(std::vector<double>{60, 60, 60}), 60));
    QVERIFY(same(energeticMean(std::vector<double>{60, none, HUGE_VAL}), 60));
    QVERIFY(std::isnan(energeticMean({})));
}

void TestNoise::noLevelIsTooLoudOrTooQuiet()
{
    QVERIFY(same(energeticMean(std::vector<double>{5000, 5000}), 5000));
    QVERIFY(same(energeticMean(std::vector<double>{-5000, 4000}), 4000 - 10 * std::log10(2.0)));
}

void TestNoise::aSteadyLevelGains6Point4()
{
    // (12 + 4·10^0.5 + 8·10) / 24 = 4.3604: 6.395 dB
    QVERIFY(same(dayEveningNight(0, 0, 0), 6.3952, 1e-4));
    QVERIFY(same(dayEveningNight(60, 60, 60), 66.3952, 1e-4));
    QVERIFY(same(dayEveningNight(60, 55, 50), 60));
    QVERIFY(std::isnan(dayEveningNight(60, none, 50)));
    QVERIFY(std::isnan(dayEveningNight(none, 60, 50)));
    QVERIFY(std::isnan(dayEveningNight(60, 60, none)));
}

void TestNoise::theDayIsPartedAsInGermanLaw()
{
    const auto levels = noiseLevels(hours(midnight, 24, byDay), {.from = midnight, .to = midnight + day});
    VERIFY_RESULT(levels);
    QVERIFY(same(levels->day.level, 60) && same(levels->evening.level, 55) && same(levels->night.level, 50));
    QCOMPARE(levels->day.expected, 12);
    QCOMPARE(levels->evening.expected, 4);
    QCOMPARE(levels->night.expected, 8);
    QVERIFY(same(levels->day.coverage, 1) && same(levels->den, 60));
}

void TestNoise::hoursPerPartFollowSummerTime()
{
    // 29 March 2026: the night has 7 hours
    const auto from = utc(u"2026-03-28T23:00:00"_s);
    const auto wall = [](int i) { return byDay(i < 2 ? i : i + 1); };
    const auto levels = noiseLevels(hours(from, 23, wall), {.from = from, .to = from + 23 * hour});
    VERIFY_RESULT(levels);
    QCOMPARE(levels->night.expected, 7);
    QCOMPARE(levels->night.hours, 7);
    QVERIFY(same(levels->night.level, 50) && same(levels->day.level, 60) && same(levels->den, 60));
}

void TestNoise::aPartWithoutCoverageHasNoLevel()
{
    auto values = hours(midnight, 24, byDay);
    values.erase(values.begin() + 18, values.begin() + 20); // 2 of 4 evening hours
    const auto levels = noiseLevels(values, {.from = midnight, .to = midnight + day});
    QVERIFY(same(levels->evening.coverage, 0.5));
    QVERIFY(std::isnan(levels->evening.level) && std::isnan(levels->den));
    QVERIFY(same(levels->day.level, 60));
    const auto mild = noiseLevels(values, {.from = midnight, .to = midnight + day, .leastCoverage = 0.5});
    QVERIFY(same(mild->den, 60));
    const auto empty = noiseLevels({}, {.from = midnight, .to = midnight + day, .leastCoverage = 0});
    QVERIFY(std::isnan(empty->den) && empty->day.hours == 0);
}

void TestNoise::levelsOfMinutesArePutTogetherByTheHour()
{
    // One hour of 60 quiet minutes, one of a single loud one: each hour weighs the same
    Observations values;
    const auto ten = midnight + 10 * hour;
    for (int i = 0; i < 60; ++i)
        values.push_back({.at = ten + i * 60'000, .from = ten + i * 60'000, .value = 60});
    values.push_back({.at = ten + hour, .from = ten + hour, .value = 70});
    const auto levels = noiseLevels(values, {.from = midnight, .to = midnight + day, .leastCoverage = 0});
    QCOMPARE(levels->day.hours, 2);
    QVERIFY(same(levels->day.level, 67.4036, 1e-4));
}

void TestNoise::badLevelsAndOthersOutsideTheTimeDoNotCount()
{
    auto values = hours(midnight - 2 * hour, 28, [](int i) { return byDay(i + 22); });
    values[0].value = 200;
    values[12].quality = Quality::Bad;
    values[13].value = none;
    values[27].value = 200;
    const auto levels = noiseLevels(values, {.from = midnight, .to = midnight + day});
    QCOMPARE(levels->day.hours, 10);
    QVERIFY(same(levels->den, 60));
}

void TestNoise::nonsenseIsRefused()
{
    VERIFY_FAILS(noiseLevels({}, {.from = 0, .to = 0}), ErrorKind::Invalid);
    VERIFY_FAILS(noiseLevels({}, {.from = 0, .to = 200 * 366 * day}), ErrorKind::Invalid);
}

QTEST_GUILESS_MAIN(TestNoise)
#include "tst_noise.moc"
