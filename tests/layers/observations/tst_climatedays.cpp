// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/climatedays.h"
#include "tests/support/testkit.h"

#include <QDateTime>

#include <functional>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

namespace
{

constexpr std::int64_t hour = 3'600'000;

std::int64_t utc(const QString &text)
{
    return QDateTime::fromString(text + u'Z', Qt::ISODate).toMSecsSinceEpoch();
}

Observations hourly(const QString &from, int count, const std::function<double(int)> &value)
{
    Observations made;
    for (int i = 0; i < count; ++i)
        made.push_back({.at = utc(from) + i * hour, .from = utc(from) + i * hour, .value = value(i)});
    return made;
}

ClimateYear only(const std::vector<ClimateYear> &years)
{
    return years.size() == 1 ? years[0] : ClimateYear{};
}

} // namespace

class TestClimateDays : public QObject
{
    Q_OBJECT

private slots:
    void boundsAreThoseOfTheWeatherService_data();
    void boundsAreThoseOfTheWeatherService();
    void aTropicalNightRunsFrom18To6();
    void oneValueProvesASummerDayButNoIceDay();
    void yearsAreCountedForThemselves();
    void brokenTimesDoNotFillMemory();
};

void TestClimateDays::boundsAreThoseOfTheWeatherService_data()
{
    QTest::addColumn<double>("lowest");
    QTest::addColumn<double>("highest");
    QTest::addColumn<QList<int>>("expected"); // summer, hot, frost, ice
    QTest::newRow("mild") << 0.0 << 24.9 << QList{0, 0, 0, 0};
    QTest::newRow("summer") << 10.0 << 25.0 << QList{1, 0, 0, 0};
    QTest::newRow("hot") << 10.0 << 30.0 << QList{1, 1, 0, 0};
    QTest::newRow("frost") << -0.1 << 0.0 << QList{0, 0, 1, 0};
    QTest::newRow("ice") << -5.0 << -0.1 << QList{0, 0, 1, 1};
}

void TestClimateDays::boundsAreThoseOfTheWeatherService()
{
    QFETCH(double, lowest);
    QFETCH(double, highest);
    QFETCH(QList<int>, expected);
    const auto values = hourly(u"2026-05-10T00:00:00"_s, 24, [&](int i) { return i == 15 ? highest : lowest; });
    const auto year = only(climateDays(values));
    QCOMPARE((QList{year.summerDays, year.hotDays, year.frostDays, year.iceDays}), expected);
    QCOMPARE(year.year, 2026);
    QCOMPARE(year.days, 365);
    QCOMPARE(year.coveredDays, 1);
}

void TestClimateDays::aTropicalNightRunsFrom18To6()
{
    // From noon to noon; 20 °C in the night, cold before and after
    auto values = hourly(u"2026-07-10T12:00:00"_s, 24, [](int i) { return i >= 6 && i < 18 ? 20.0 : 15.0; });
    QCOMPARE(only(climateDays(values)).tropicalNights, 1);
    QCOMPARE(only(climateDays(values)).coveredNights, 1);
    values[17].value = 19.9; // 5 UTC
    QCOMPARE(only(climateDays(values)).tropicalNights, 0);
    values[17].value = 20;
    values[6].value = 19.9; // 18 UTC
    QCOMPARE(only(climateDays(values)).tropicalNights, 0);
    values.erase(values.begin() + 6, values.begin() + 11); // 7 of 12 values left: unknown
    QCOMPARE(only(climateDays(values, hour)).tropicalNights, 0);
    QCOMPARE(only(climateDays(values, hour)).coveredNights, 0);
    QCOMPARE(only(climateDays(values, hour, 0.5)).tropicalNights, 1);
}

void TestClimateDays::oneValueProvesASummerDayButNoIceDay()
{
    const auto hot = hourly(u"2026-07-10T14:00:00"_s, 1, [](int) { return 31.0; });
    QCOMPARE(only(climateDays(hot, hour)).hotDays, 1);
    QCOMPARE(only(climateDays(hot, hour)).coveredDays, 0);
    auto cold = hourly(u"2026-01-10T04:00:00"_s, 1, [](int) { return -3.0; });
    QCOMPARE(only(climateDays(cold, hour)).frostDays, 1);
    QCOMPARE(only(climateDays(cold, hour)).iceDays, 0);
    cold[0].quality = Quality::Bad;
    QVERIFY(climateDays(cold, hour).empty());
}

void TestClimateDays::yearsAreCountedForThemselves()
{
    // 31 December 2023 from 0 h to 2 January 2024 0 h, always frost
    auto values = hourly(u"2023-12-31T00:00:00"_s, 48, [](int) { return -1.0; });
    values.push_back({.at = utc(u"2026-08-01T12:00:00"_s), .from = utc(u"2026-08-01T12:00:00"_s), .value = 26});
    const auto years = climateDays(values, hour);
    QCOMPARE(years.size(), 4u);
    QCOMPARE(years[0], (ClimateYear{.year = 2023, .frostDays = 1, .iceDays = 1, .days = 365, .coveredDays = 1}));
    QCOMPARE(years[1].days, 366);
    QCOMPARE(years[1].iceDays, 1);
    QCOMPARE(years[1].coveredNights, 1); // the one that began in 2023; 0–6 h of 31 December are half a night
    QCOMPARE(years[2], (ClimateYear{.year = 2025, .days = 365}));
    QCOMPARE(years[3].summerDays, 1);
}

void TestClimateDays::brokenTimesDoNotFillMemory()
{
    auto values = hourly(u"2026-07-10T14:00:00"_s, 2, [](int) { return 31.0; });
    values[1].at = values[1].from = 250'000'000'000'000; // the year 9892
    QCOMPARE(climateDays(values).size(), 2u);
}

QTEST_GUILESS_MAIN(TestClimateDays)
#include "tst_climatedays.moc"
