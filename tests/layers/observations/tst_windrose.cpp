// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/windrose.h"
#include "tests/support/testkit.h"

#include <cmath>
#include <numeric>

using namespace hanseatlas;

namespace
{

constexpr double none = std::numeric_limits<double>::quiet_NaN();

Observations series(const std::vector<double> &values, std::int64_t start = 0)
{
    Observations made;
    for (const double value : values) {
        const auto at = start + std::int64_t(made.size()) * 1000;
        made.push_back({.at = at, .from = at, .value = value});
    }
    return made;
}

bool same(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

} // namespace

class TestWindRose : public QObject
{
    Q_OBJECT

private slots:
    void sectorsLieAroundTheirDirection_data();
    void sectorsLieAroundTheirDirection();
    void speedsFallIntoTheirClasses();
    void calmWindHasNoDirection();
    void directionsThatAreNoneAreLeftOut();
    void directionAndSpeedMeetInTime();
    void theMeanDirectionIsThatOfVectors();
    void nonsenseIsRefused();
};

void TestWindRose::sectorsLieAroundTheirDirection_data()
{
    QTest::addColumn<int>("sectors");
    QTest::addColumn<double>("degrees");
    QTest::addColumn<int>("sector");
    QTest::newRow("north") << 8 << 0.0 << 0;
    QTest::newRow("north as 360") << 8 << 360.0 << 0;
    QTest::newRow("west of north") << 8 << 337.5 << 0;
    QTest::newRow("still northwest") << 8 << 337.4 << 7;
    QTest::newRow("northeast from 22.5 on") << 8 << 22.5 << 1;
    QTest::newRow("east of 12") << 12 << 90.0 << 3;
    QTest::newRow("still north of 12") << 12 << 14.9 << 0;
    QTest::newRow("south of 16") << 16 << 180.0 << 8;
    QTest::newRow("last of 36") << 36 << 354.9 << 35;
}

void TestWindRose::sectorsLieAroundTheirDirection()
{
    QFETCH(int, sectors);
    QFETCH(double, degrees);
    QFETCH(int, sector);
    const auto rose = windRose(series({degrees}), series({5}), {.sectors = sectors});
    VERIFY_RESULT(rose);
    QVERIFY(same(rose->sectorShare(sector), 1));
}

void TestWindRose::speedsFallIntoTheirClasses()
{
    const auto rose = windRose(series({90, 90, 90, 180}), series({1, 2, 3.9, 4}), {.sectors = 8, .bounds = {2, 4}});
    QCOMPARE(rose->classes, 3u);
    QVERIFY(same(rose->share(2, 0), 0.25) && same(rose->share(2, 1), 0.5) && same(rose->share(4, 2), 0.25));
    QVERIFY(same(rose->sectorShare(2), 0.75));
    QVERIFY(same(rose->meanSpeed, 10.9 / 4));
    QCOMPARE(std::accumulate(rose->counts.begin(), rose->counts.end(), std::int64_t(0)) + rose->calm, rose->total);
}

void TestWindRose::calmWindHasNoDirection()
{
    const auto rose = windRose(series({90, 990, 270, none}), series({0, 0.4, 0.5, 0.1}), {.sectors = 8});
    QCOMPARE(rose->calm, 3);
    QVERIFY(same(rose->calmShare(), 0.75) && same(rose->sectorShare(6), 0.25));
    QVERIFY(same(*rose->meanDirection, 270));
    const auto nothing = windRose({}, {});
    VERIFY_RESULT(nothing);
    QVERIFY(nothing->total == 0 && nothing->calmShare() == 0 && !nothing->meanDirection);
    QVERIFY(std::isnan(nothing->meanSpeed));
}

void TestWindRose::directionsThatAreNoneAreLeftOut()
{
    auto directions = series({990, -1, none, 90, 90, 90});
    directions[3].quality = Quality::Bad;
    const auto rose = windRose(directions, series({5, 5, 5, 5, -5, 5}), {.sectors = 8});
    QCOMPARE(rose->total, 1);
}

void TestWindRose::directionAndSpeedMeetInTime()
{
    const auto speeds = series({5, 5, 5}, 100);
    QCOMPARE(windRose(series({0, 90, 180}), speeds)->total, 0);
    const auto rose = windRose(series({0, 90, 180}), speeds, {.sectors = 8, .tolerance = 100});
    QCOMPARE(rose->total, 3);
    QVERIFY(same(rose->sectorShare(0), 1.0 / 3) && same(rose->sectorShare(2), 1.0 / 3));
}

void TestWindRose::theMeanDirectionIsThatOfVectors()
{
    QVERIFY(std::cos((*vectorMean(std::vector<double>{350, 10})) * 3.14159265358979 / 180) > 1 - 1e-12);
    QVERIFY(same(*vectorMean(std::vector<double>{0, 90}), 45));
    QVERIFY(same(*vectorMean(std::vector<double>{180, 270}), 225));
    // 3 from the north and 4 from the east: atan(4 / 3)
    QVERIFY(same(*vectorMean(std::vector<double>{0, 90}, std::vector<double>{3, 4}), std::atan2(4, 3) * 180 / M_PI));
    QVERIFY(!vectorMean(std::vector<double>{0, 180}));
    QVERIFY(!vectorMean({}));
    QVERIFY(!vectorMean(std::vector<double>{none}));
    QVERIFY(!vectorMean(std::vector<double>{0, 90}, std::vector<double>{3}));
}

void TestWindRose::nonsenseIsRefused()
{
    VERIFY_FAILS(windRose({}, {}, {.sectors = 0}), ErrorKind::Invalid);
    VERIFY_FAILS(windRose({}, {}, {.sectors = 10}), ErrorKind::Invalid);
    VERIFY_FAILS(windRose({}, {}, {.bounds = {2, 2}}), ErrorKind::Invalid);
    VERIFY_FAILS(windRose({}, {}, {.bounds = {none}}), ErrorKind::Invalid);
}

QTEST_GUILESS_MAIN(TestWindRose)
#include "tst_windrose.moc"
