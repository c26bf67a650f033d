// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/seriesmeans.h"
#include "tests/support/testkit.h"

#include <QElapsedTimer>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

namespace
{

constexpr std::int64_t minute = 60'000, hour = 60 * minute, day = 24 * hour;
constexpr double none = std::numeric_limits<double>::quiet_NaN();
const QTimeZone berlin("Europe/Berlin");

std::int64_t utc(const QString &text)
{
    return QDateTime::fromString(text + u'Z', Qt::ISODate).toMSecsSinceEpoch();
}

Observation at(std::int64_t time, double value)
{
    return {.at = time, .from = time, .value = value};
}

/** Every `interval` from a time on. */
Observations every(std::int64_t interval, std::int64_t from, const std::vector<double> &values)
{
    Observations made;
    for (const double value : values)
        made.push_back(at(from + std::int64_t(made.size()) * interval, value));
    return made;
}

bool same(double a, double b)
{
    return std::isnan(a) ? std::isnan(b) : std::abs(a - b) < 1e-9;
}

} // namespace

class TestSeriesMeans : public QObject
{
    Q_OBJECT

private slots:
    void hoursHaveMeanSumExtremesAndCoverage();
    void belowTheCoverageThereIsNoMean();
    void hoursWithoutValuesAreToldToo();
    void daysOfSummerTimeHave23And25Hours();
    void weeksBeginOnMondayMonthsAndYearsOnTheFirst();
    void anHourlyMeanBelongsToTheHourThatItCovers();
    void badValuesAndRepeatedTimesDoNotCount();
    void zonesHalfAnHourOffHaveTheirOwnHours();
    void tooManyPeriodsAreRefused();
    void theTypicalIntervalIsTheMedian();
    void theRunningMeanIsThatOfTheWindow();
    void anExtremeThatHasLeftTheWindowLeavesNoTrace();
    void quantilesAreThoseOfSpreadsheets();
    void boxesHaveWhiskersAndOutliers();
    void boxesAreByTheHourOnTheWall();
    void twoWeeksAreLaidOverEachOther();
    void eightOClockMeetsEightOClockAcrossSummerTime();
    void gapsOfOneWindowStandAlone();
    void millionsOfValuesTakeNoMinutes();
};

void TestSeriesMeans::hoursHaveMeanSumExtremesAndCoverage()
{
    const auto start = utc(u"2026-03-01T10:00:00"_s);
    const auto values = every(15 * minute, start, {1, 2, 3, 6, 10, 20});
    const auto hours = periodValues(values, {.period = Period::Hour, .leastCoverage = 0.5});
    VERIFY_RESULT(hours);
    QCOMPARE(hours->size(), 2u);
    QCOMPARE(hours->at(0).from, start);
    QCOMPARE(hours->at(0).to, start + hour);
    QCOMPARE(hours->at(0).count, 4);
    QVERIFY(same(hours->at(0).mean, 3) && same(hours->at(0).sum, 12));
    QVERIFY(same(hours->at(0).lowest, 1) && same(hours->at(0).highest, 6));
    QVERIFY(same(hours->at(0).coverage, 1));
    QVERIFY(same(hours->at(1).mean, 15) && same(hours->at(1).coverage, 0.5));
    VERIFY_RESULT(periodValues({}, {}));
    QVERIFY(periodValues({}, {})->empty());
}

void TestSeriesMeans::belowTheCoverageThereIsNoMean()
{
    const auto values = every(15 * minute, 0, {1, 2, 3});
    const auto enough = periodValues(values, {.period = Period::Hour, .leastCoverage = 0.75});
    QVERIFY(same(enough->at(0).mean, 2));
    const auto tooFew = periodValues(values, {.period = Period::Hour, .leastCoverage = 0.76});
    QVERIFY(std::isnan(tooFew->at(0).mean) && std::isnan(tooFew->at(0).sum));
    QVERIFY(same(tooFew->at(0).highest, 3)); // what there is
    QVERIFY(same(tooFew->at(0).coverage, 0.75));
}

void TestSeriesMeans::hoursWithoutValuesAreToldToo()
{
    const Observations values{at(0, 1), at(30 * minute, 3), at(2 * hour, 5), at(2 * hour + 30 * minute, 7)};
    const auto hours = periodValues(values, {.period = Period::Hour});
    QCOMPARE(hours->size(), 3u);
    QCOMPARE(hours->at(1).count, 0);
    QVERIFY(std::isnan(hours->at(1).mean) && std::isnan(hours->at(1).lowest) && hours->at(1).coverage == 0);
    QVERIFY(same(hours->at(2).mean, 6));
}

void TestSeriesMeans::daysOfSummerTimeHave23And25Hours()
{
    // 29 March 2026: 23 h from 2026-03-28T23:00Z; 25 October 2026: 25 h from 2026-10-24T22:00Z
    const auto spring = every(hour, utc(u"2026-03-28T23:00:00"_s), std::vector<double>(23 + 24, 1));
    const auto days = periodValues(spring, {.zone = berlin});
    QCOMPARE(days->size(), 2u);
    QCOMPARE(days->at(0).count, 23);
    QVERIFY(same(days->at(0).coverage, 1));
    QCOMPARE(days->at(0).to - days->at(0).from, 23 * hour);
    QCOMPARE(days->at(1).from, utc(u"2026-03-29T22:00:00"_s));
    const auto autumn = every(hour, utc(u"2026-10-24T22:00:00"_s), std::vector<double>(25, 1));
    const auto longDay = periodValues(autumn, {.zone = berlin});
    QCOMPARE(longDay->size(), 1u);
    QCOMPARE(longDay->at(0).count, 25);
    QVERIFY(same(longDay->at(0).coverage, 1));
    // The hour from 2 to 3 that comes twice is two hours
    QCOMPARE(periodValues(autumn, {.period = Period::Hour, .zone = berlin})->size(), 25u);
}

void TestSeriesMeans::weeksBeginOnMondayMonthsAndYearsOnTheFirst()
{
    const Observations values{at(utc(u"2025-12-31T22:30:00"_s), 1), at(utc(u"2025-12-31T23:30:00"_s), 2)};
    const MeansSetup setup{.zone = berlin, .leastCoverage = 0};
    auto by = [&](Period period) {
        auto one = setup;
        one.period = period;
        return *periodValues(values, one);
    };
    QCOMPARE(by(Period::Week).size(), 1u); // Wednesday and Thursday
    QCOMPARE(by(Period::Week)[0].from, utc(u"2025-12-28T23:00:00"_s));
    QCOMPARE(by(Period::Week)[0].to, utc(u"2026-01-04T23:00:00"_s));
    QCOMPARE(by(Period::Month).size(), 2u);
    QCOMPARE(by(Period::Month)[0].from, utc(u"2025-11-30T23:00:00"_s));
    QCOMPARE(by(Period::Year).size(), 2u);
    QCOMPARE(by(Period::Year)[1].from, utc(u"2025-12-31T23:00:00"_s));
    QCOMPARE(by(Period::Year)[1].to, utc(u"2026-12-31T23:00:00"_s));
    QVERIFY(same(by(Period::Year)[1].mean, 2));
}

void TestSeriesMeans::anHourlyMeanBelongsToTheHourThatItCovers()
{
    Observations values;
    for (int i = 1; i <= 24; ++i)
        values.push_back({.at = i * hour, .from = (i - 1) * hour, .value = double(i)});
    const auto days = periodValues(values, {.period = Period::Day});
    QCOMPARE(days->size(), 1u);
    QCOMPARE(days->at(0).count, 24);
    QVERIFY(same(days->at(0).mean, 12.5));
}

void TestSeriesMeans::badValuesAndRepeatedTimesDoNotCount()
{
    Observations values{at(0, 1), at(0, 99), at(20 * minute, 99), at(30 * minute, 3), at(40 * minute, none)};
    values[2].quality = Quality::Bad;
    const auto hours = periodValues(values, {.period = Period::Hour, .interval = 30 * minute});
    QCOMPARE(hours->at(0).count, 2);
    QVERIFY(same(hours->at(0).mean, 2) && same(hours->at(0).highest, 3));
}

void TestSeriesMeans::zonesHalfAnHourOffHaveTheirOwnHours()
{
    const auto hours = periodValues(Observations{at(0, 1)},
                                    {.period = Period::Hour, .zone = QTimeZone("Asia/Kolkata"), .leastCoverage = 0});
    QCOMPARE(hours->at(0).from, -30 * minute);
}

void TestSeriesMeans::tooManyPeriodsAreRefused()
{
    const Observations values{at(0, 1), at(1'000'001 * hour, 1)};
    VERIFY_FAILS(periodValues(values, {.period = Period::Hour}), ErrorKind::TooLarge);
    VERIFY_RESULT(periodValues(values, {.period = Period::Day}));
}

void TestSeriesMeans::theTypicalIntervalIsTheMedian()
{
    QCOMPARE(typicalInterval(Observations{at(0, 1), at(10, 1), at(20, 1), at(500, 1)}), 10);
    QCOMPARE(typicalInterval(Observations{at(0, 1)}), 0);
    QCOMPARE(typicalInterval({}), 0);
}

void TestSeriesMeans::theRunningMeanIsThatOfTheWindow()
{
    const auto values = every(hour, 0, {1, 2, 3, 4, 8});
    const auto means = runningMean(values, 3 * hour, hour, 1);
    QCOMPARE(means.size(), 3u);
    QCOMPARE(means[0].at, 2 * hour);
    QCOMPARE(means[0].from, -hour);
    QVERIFY(same(means[0].value, 2) && same(means[1].value, 3) && same(means[2].value, 5));
    QCOMPARE(runningMean(values, 3 * hour, hour, 0.6).size(), 4u); // from the second value on
    QVERIFY(runningMean(values, 0, hour).empty());
    const Observations gap{at(0, 1), at(hour, 3), at(10 * hour, 5)};
    QCOMPARE(runningMean(gap, 2 * hour, hour, 1).size(), 1u);
}

void TestSeriesMeans::anExtremeThatHasLeftTheWindowLeavesNoTrace()
{
    const auto means = runningMean(every(hour, 0, {1e300, 0.1, 0.2, 0.3}), 2 * hour, hour, 1);
    QCOMPARE(means.size(), 3u);
    QVERIFY(same(means[1].value, 0.15) && same(means[2].value, 0.25));
}

void TestSeriesMeans::quantilesAreThoseOfSpreadsheets()
{
    const std::vector<double> values{1, 2, 3, 4};
    QVERIFY(same(quantile(values, 0.25), 1.75));
    QVERIFY(same(quantile(values, 0.5), 2.5));
    QVERIFY(same(quantile(values, 1), 4) && same(quantile(values, 0), 1));
    QVERIFY(std::isnan(quantile({}, 0.5)));
}

void TestSeriesMeans::boxesHaveWhiskersAndOutliers()
{
    // Quartiles of 1 … 9, 30, -20 sorted: places 2.5 and 7.5
    const auto box = boxOf({-20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30, none});
    QCOMPARE(box.count, 11);
    QVERIFY(same(box.lower, 2.5) && same(box.median, 5) && same(box.upper, 7.5));
    QVERIFY(same(box.lowWhisker, 1) && same(box.highWhisker, 9)); // within -5 … 15
    QCOMPARE(box.outliers, (std::vector<double>{-20, 30}));
    QCOMPARE(box.outlierCount, 2);
    QVERIFY(std::isnan(boxOf({}).median));
    const auto one = boxOf({7});
    QVERIFY(same(one.lower, 7) && same(one.lowWhisker, 7) && same(one.highWhisker, 7) && one.outliers.empty());
    std::vector<double> many(10'000, 0);
    for (int i = 0; i < 500; ++i)
        many.push_back(i + 1);
    QCOMPARE(boxOf(many).outlierCount, 500);
    QCOMPARE(boxOf(many).outliers.size(), 100u);
    QVERIFY(same(boxOf(many).outliers.front(), 401));
}

void TestSeriesMeans::boxesAreByTheHourOnTheWall()
{
    // 8 o'clock in Berlin is 7 UTC in winter and 6 UTC in summer
    const Observations values{at(utc(u"2026-01-10T07:30:00"_s), 1), at(utc(u"2026-07-10T06:30:00"_s), 3)};
    const auto boxes = boxesByHour(values, berlin);
    QCOMPARE(boxes[8].count, 2);
    QVERIFY(same(boxes[8].median, 2));
    QCOMPARE(boxes[7].count, 0);
}

void TestSeriesMeans::twoWeeksAreLaidOverEachOther()
{
    auto values = every(hour, 0, {1, 2, 3});
    for (const auto &one : every(hour, 7 * day + 5 * minute, {2, 4, 9}))
        values.push_back(one);
    const auto both = comparePeriods(values, 0, values, 7 * day, 3 * hour, QTimeZone::UTC);
    QCOMPARE(both.pairs.size(), 3u);
    QCOMPARE(both.pairs[2].offset, 2 * hour);
    QVERIFY(same(both.pairs[2].first, 3) && same(both.pairs[2].second, 9));
    QCOMPARE(both.common, 3);
    QVERIFY(same(both.firstMean, 2) && same(both.secondMean, 5) && same(both.difference, 3));
}

void TestSeriesMeans::eightOClockMeetsEightOClockAcrossSummerTime()
{
    // Saturday 28 and Sunday 29 March 2026, values at 1, 4 and 8 o'clock on the wall
    const Observations before{at(utc(u"2026-03-28T00:00:00"_s), 1), at(utc(u"2026-03-28T03:00:00"_s), 4),
                              at(utc(u"2026-03-28T07:00:00"_s), 8)};
    const Observations after{at(utc(u"2026-03-29T00:00:00"_s), 10), at(utc(u"2026-03-29T02:00:00"_s), 40),
                             at(utc(u"2026-03-29T06:00:00"_s), 80)};
    const auto both = comparePeriods(before, utc(u"2026-03-27T23:00:00"_s), after, utc(u"2026-03-28T23:00:00"_s), day,
                                     berlin, minute);
    QCOMPARE(both.common, 3);
    QVERIFY(same(both.pairs[1].first, 4) && same(both.pairs[1].second, 40));
    QCOMPARE(both.pairs[2].offset, 8 * hour);
}

void TestSeriesMeans::gapsOfOneWindowStandAlone()
{
    const auto first = every(hour, 0, {1, 2, 3});
    const Observations second{at(day, 5), at(day + 2 * hour, 7)};
    const auto both = comparePeriods(first, 0, second, day, 3 * hour, QTimeZone::UTC);
    QCOMPARE(both.pairs.size(), 3u);
    QVERIFY(std::isnan(both.pairs[1].second) && same(both.pairs[1].first, 2));
    QCOMPARE(both.common, 2);
    QVERIFY(same(both.difference, 4));
    const auto empty = comparePeriods(first, 0, {}, day, 3 * hour, QTimeZone::UTC);
    QCOMPARE(empty.pairs.size(), 3u);
    QVERIFY(std::isnan(empty.difference));
    QVERIFY(comparePeriods(first, 0, second, day, 0, QTimeZone::UTC).pairs.empty());
}

void TestSeriesMeans::millionsOfValuesTakeNoMinutes()
{
    QElapsedTimer timer;
    const auto values = every(minute, utc(u"2024-01-01T00:00:00"_s), std::vector<double>(1'000'000, 1));
    timer.start();
    QCOMPARE(periodValues(values, {.period = Period::Hour, .zone = berlin})->size(), 16667u);
    QCOMPARE(boxesByHour(values, berlin)[3].count, 695 * 60); // the skipped and the doubled hour are the ones from 2 on
    QVERIFY(timer.elapsed() < 20'000); // asking the zone for each value takes longer, without sanitizers too
}

QTEST_GUILESS_MAIN(TestSeriesMeans)
#include "tst_seriesmeans.moc"
