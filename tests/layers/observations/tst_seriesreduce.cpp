// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/seriesreduce.h"
#include "tests/support/testkit.h"

#include <QElapsedTimer>

#include <algorithm>
#include <random>

using namespace hanseatlas;

namespace
{

Observations series(std::initializer_list<std::pair<std::int64_t, double>> values)
{
    Observations made;
    for (const auto &[at, value] : values)
        made.push_back({.at = at, .from = at, .value = value});
    return made;
}

Observations manyValues(std::size_t count, unsigned seed = 1)
{
    std::mt19937 random(seed);
    Observations made(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = std::int64_t(i * 1000 + random() % 900);
        made[i] = {.at = at, .from = at, .value = double(random() % 1000)};
    }
    return made;
}

} // namespace

class TestSeriesReduce : public QObject
{
    Q_OBJECT

private slots:
    void fewValuesAreKeptAsTheyAre();
    void ofEachPixelTheFirstLowestHighestAndLastAreKept();
    void aTimeLongerThanAllowedBreaksTheLine();
    void theNeighboursOutsideTheViewAreKept();
    void aViewBetweenTwoValuesShowsTheLineBetweenThem();
    void theStepThatIsNoGapComesOfTheInterval();
    void nonsenseYieldsNothing();
    void thePyramidYieldsTheSameLine();
    void aPyramidGrowsWithItsSeries();
    void aPyramidOfOtherValuesIsNotUsed();
    void tenMillionValuesAreDrawnQuickly();
};

void TestSeriesReduce::fewValuesAreKeptAsTheyAre()
{
    const auto values = series({{0, 5}, {10, 3}, {20, 4}});
    const std::vector<LinePoint> expected{{0, 5, false}, {10, 3, false}, {20, 4, false}};
    QCOMPARE(reduceSeries(values, 100), expected);
    QCOMPARE(reduceSeries(series({{7, 1}}), 100), (std::vector<LinePoint>{{7, 1, false}}));
    QVERIFY(reduceSeries({}, 100).empty());
}

void TestSeriesReduce::ofEachPixelTheFirstLowestHighestAndLastAreKept()
{
    // Two pixels of 0 … 9 | 10 … 20
    const auto values = series({{0, 5}, {2, 6}, {3, 9}, {4, 7}, {5, 1}, {9, 5}, {10, 4}, {15, 4}, {18, 8}, {20, 6}});
    const std::vector<LinePoint> expected{{0, 5}, {3, 9}, {5, 1}, {9, 5}, {10, 4}, {18, 8}, {20, 6}};
    QCOMPARE(reduceSeries(values, 2), expected);
}

void TestSeriesReduce::aTimeLongerThanAllowedBreaksTheLine()
{
    const auto values = series({{0, 1}, {10, 2}, {25, 3}, {41, 4}, {50, 5}});
    const std::vector<LinePoint> expected{{0, 1}, {10, 2}, {25, 3}, {41, 4, true}, {50, 5}};
    QCOMPARE(reduceSeries(values, 50, 15), expected);
    QVERIFY(std::ranges::none_of(reduceSeries(values, 50, 0), &LinePoint::afterGap));
}

void TestSeriesReduce::theNeighboursOutsideTheViewAreKept()
{
    const auto values = series({{0, 1}, {10, 2}, {20, 3}, {30, 4}, {40, 5}});
    const LineView view{.from = 15, .to = 25, .pixels = 10, .longestStep = 9};
    const std::vector<LinePoint> expected{{10, 2}, {20, 3, true}, {30, 4, true}};
    QCOMPARE(reduceSeries(values, view), expected);
}

void TestSeriesReduce::aViewBetweenTwoValuesShowsTheLineBetweenThem()
{
    const auto values = series({{0, 1}, {100, 2}});
    const LineView view{.from = 40, .to = 60, .pixels = 10};
    QCOMPARE(reduceSeries(values, view), (std::vector<LinePoint>{{0, 1}, {100, 2}}));
    const LineView after{.from = 200, .to = 300, .pixels = 10};
    QCOMPARE(reduceSeries(values, after), (std::vector<LinePoint>{{100, 2}}));
}

void TestSeriesReduce::theStepThatIsNoGapComesOfTheInterval()
{
    QCOMPARE(longestStep(600'000, 1.5), 900'000);
    QCOMPARE(longestStep(0, 1.5), 0);
    QCOMPARE(longestStep(1000, -1), 0);
    QCOMPARE(longestStep(std::numeric_limits<std::int64_t>::max(), 10), 0);
}

void TestSeriesReduce::nonsenseYieldsNothing()
{
    const auto values = series({{0, 1}, {10, 2}});
    QVERIFY(reduceSeries(values, 0).empty());
    QVERIFY(reduceSeries(values, LineView{.from = 5, .to = 5, .pixels = 10}).empty());
    const auto far = std::numeric_limits<std::int64_t>::max();
    QCOMPARE(reduceSeries(values, LineView{.from = -far, .to = far, .pixels = 3}).size(), 2u);
}

void TestSeriesReduce::thePyramidYieldsTheSameLine()
{
    for (const std::size_t count : {1u, 31u, 32u, 33u, 1024u, 5000u, 40'000u}) {
        const auto values = manyValues(count);
        const SeriesPyramid pyramid(values);
        for (const int pixels : {1, 3, 100, 777})
            QCOMPARE(reduceSeries(values, pixels, 1500, &pyramid), reduceSeries(values, pixels, 1500));
        const LineView part{.from = values.back().at / 3, .to = values.back().at / 2 + 1, .pixels = 10};
        QCOMPARE(reduceSeries(values, part, &pyramid), reduceSeries(values, part));
    }
}

void TestSeriesReduce::aPyramidGrowsWithItsSeries()
{
    const auto values = manyValues(5000);
    SeriesPyramid grown;
    for (std::size_t size = 0; size <= values.size(); size += 125)
        grown.extend(std::span(values).first(size));
    QCOMPARE(grown.size(), values.size());
    QCOMPARE(reduceSeries(values, 20, 0, &grown), reduceSeries(values, 20));
}

void TestSeriesReduce::aPyramidOfOtherValuesIsNotUsed()
{
    const auto values = manyValues(1000);
    const SeriesPyramid pyramid{std::span(values).first(900)};
    QCOMPARE(reduceSeries(values, 20, 0, &pyramid), reduceSeries(values, 20));
}

void TestSeriesReduce::tenMillionValuesAreDrawnQuickly()
{
    const auto values = manyValues(10'000'000);
    const SeriesPyramid pyramid(values);
    QElapsedTimer timer;
    timer.start();
    const auto line = reduceSeries(values, 2000, 0, &pyramid);
    const auto ms = timer.elapsed();
    QVERIFY(line.size() > 4000 && line.size() <= 8002);
    // A few ms as released; with sanitizers on a busy machine ten times that. All values would take seconds.
    QVERIFY2(ms < 500, qPrintable(QString::number(ms)));
}

QTEST_GUILESS_MAIN(TestSeriesReduce)
#include "tst_seriesreduce.moc"
