// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/kriging.h"
#include "tests/support/testkit.h"

#include <cmath>
#include <numeric>
#include <random>

using namespace hanseatlas;

namespace
{

constexpr double none = std::numeric_limits<double>::quiet_NaN();
/** Centres at x = 1 and 2, y = 0. */
constexpr GridShape two{.left = 0.5, .top = 0.5, .cell = 1, .columns = 2, .rows = 1};

bool same(double a, double b, double within = 1e-9)
{
    return std::isnan(a) ? std::isnan(b) : std::abs(a - b) < within;
}

std::vector<SamplePoint> hills(int count)
{
    std::mt19937 random(7);
    std::vector<SamplePoint> made;
    for (int i = 0; i < count; ++i) {
        const double x = double(random() % 10'000), y = double(random() % 10'000);
        made.push_back({x, y, 20 + 5 * std::sin(x / 2000) + 3 * std::cos(y / 1500)});
    }
    return made;
}

/** Bins that lie on a variogram. */
std::vector<VariogramBin> binsOf(const Variogram &variogram)
{
    std::vector<VariogramBin> made;
    for (int i = 1; i <= 12; ++i)
        made.push_back({i * 150.0, variogram.at(i * 150.0), 100 + i});
    return made;
}

} // namespace

class TestInterpolate : public QObject
{
    Q_OBJECT

private slots:
    void pointsAtTheSamePlaceAreMerged();
    void nearerPointsWeighMore();
    void beyondTheRadiusThereIsNothing();
    void densityIsPerSquareKilometre();
    void allOfADensityIsThatOfItsPoints();
    void theVariogramIsThatOfItsFormula();
    void pairsFallIntoBinsOfDistance();
    void aFitFindsTheVariogramOfItsBins_data();
    void aFitFindsTheVariogramOfItsBins();
    void valuesWithoutStructureAreAllNugget();
    void krigingSolvesTheSystemByHand();
    void krigingPassesThroughItsPoints();
    void krigingKnowsWhereItKnowsLittle();
    void equalValuesAreTheSameEverywhere();
    void repeatedPointsDoNotBreakKriging();
    void nonsenseIsRefused();
    void allOfThemCanBeCancelled();
};

void TestInterpolate::pointsAtTheSamePlaceAreMerged()
{
    const std::vector<SamplePoint> points{{5, 5, 1},    {1, 1, 10},   {5, 5.001, 3}, {5, 5.1, 7},
                                          {none, 1, 1}, {1, 2, none}, {1e12, 1, 1}};
    QCOMPARE(mergedPoints(points), (std::vector<SamplePoint>{{1, 1, 10}, {5, 5, 2}, {5, 5.1, 7}}));
}

void TestInterpolate::nearerPointsWeighMore()
{
    // At x = 1: weights 1 and 1/9; at x = 2: 1/4 each
    const std::vector<SamplePoint> points{{0, 0, 10}, {4, 0, 20}};
    const auto values = inverseDistance(points, two);
    VERIFY_RESULT(values);
    QVERIFY(same(values->at(0), (10 + 20.0 / 9) / (10.0 / 9)) && same(values->at(0), 11));
    QVERIFY(same(values->at(1), 15));
    QVERIFY(same(inverseDistance(points, two, {.power = 1})->at(0), (10 + 20.0 / 3) / (4.0 / 3)));
    const std::vector<SamplePoint> there{{1, 0, 7}, {4, 0, 20}};
    QVERIFY(same(inverseDistance(there, two)->at(0), 7));
}

void TestInterpolate::beyondTheRadiusThereIsNothing()
{
    const std::vector<SamplePoint> points{{0, 0, 10}, {3.6, 0, 20}};
    const auto values = inverseDistance(points, two, {.radius = 1.5});
    QVERIFY(same(values->at(0), 10) && std::isnan(values->at(1)));
    QVERIFY(std::isnan(inverseDistance({}, two)->at(0)));
}

void TestInterpolate::densityIsPerSquareKilometre()
{
    // In the point itself 3 / (π·0.5²) = 3.8197 per km², 250 m away (1 − 0.25)² of that
    const GridShape shape{.left = -125, .top = 125, .cell = 250, .columns = 3, .rows = 1};
    const std::vector<SamplePoint> points{{0, 0, 1}};
    const auto density = kernelDensity(points, shape, 500);
    VERIFY_RESULT(density);
    QVERIFY(same(density->at(0), 12 / M_PI) && same(density->at(1), 12 / M_PI * 0.5625) && density->at(2) == 0);
}

void TestInterpolate::allOfADensityIsThatOfItsPoints()
{
    const GridShape shape{.left = 0, .top = 1000, .cell = 10, .columns = 100, .rows = 100};
    const std::vector<SamplePoint> points{{500, 500, 2}, {500, 500, 1}, {300, 600, 1}, {none, 0, 1}};
    const auto density = kernelDensity(points, shape, 200);
    const double all = std::accumulate(density->begin(), density->end(), 0.0) * 10 * 10 / 1e6;
    QVERIFY2(same(all, 4, 0.01), qPrintable(QString::number(all)));
    // Beside the grid nothing breaks, and its edge gets its share
    const std::vector<SamplePoint> outside{{-100, 500, 1}, {-1e8, 500, 1}};
    const auto edge = kernelDensity(outside, shape, 200);
    QVERIFY(edge->at(50 * 100) > 0 && edge->at(50 * 100 + 99) == 0);
}

void TestInterpolate::theVariogramIsThatOfItsFormula()
{
    const Variogram spherical{.nugget = 1, .sill = 2, .range = 10};
    QVERIFY(spherical.at(0) == 0);
    QVERIFY(same(spherical.at(5), 1 + 2 * (0.75 - 0.0625)));
    QVERIFY(same(spherical.at(10), 3) && same(spherical.at(50), 3));
    const Variogram exponential{.model = Variogram::Model::Exponential, .sill = 2, .range = 10};
    QVERIFY(same(exponential.at(10), 2 * (1 - std::exp(-3))));
}

void TestInterpolate::pairsFallIntoBinsOfDistance()
{
    // On a line at 0, 1, 2, 4: up to 2 there are 1 (0–1, 1–2) and 2 (0–2, 2–4)
    const std::vector<SamplePoint> points{{0, 0, 1}, {1, 0, 3}, {2, 0, 4}, {4, 0, 0}};
    const auto bins = empiricalVariogram(points, 4);
    QCOMPARE(bins.size(), 2u);
    QVERIFY(same(bins[0].distance, 1) && same(bins[0].value, (4 + 1) / 4.0) && bins[0].pairs == 2);
    QVERIFY(same(bins[1].distance, 2) && same(bins[1].value, (9 + 16) / 4.0) && bins[1].pairs == 2);
    QVERIFY(empiricalVariogram({}, 4).empty());
}

void TestInterpolate::aFitFindsTheVariogramOfItsBins_data()
{
    QTest::addColumn<Variogram::Model>("model");
    QTest::addColumn<double>("nugget");
    QTest::addColumn<double>("sill");
    QTest::addColumn<double>("range");
    using enum Variogram::Model;
    QTest::newRow("spherical") << Spherical << 1.0 << 4.0 << 1000.0;
    QTest::newRow("spherical without nugget") << Spherical << 0.0 << 4.0 << 700.0;
    QTest::newRow("exponential") << Exponential << 0.5 << 2.0 << 1200.0;
}

void TestInterpolate::aFitFindsTheVariogramOfItsBins()
{
    QFETCH(Variogram::Model, model);
    QFETCH(double, nugget);
    QFETCH(double, sill);
    QFETCH(double, range);
    const auto fit = fittedVariogram(binsOf({model, nugget, sill, range}));
    QVERIFY(fit);
    QCOMPARE(fit->model, model);
    QVERIFY(same(fit->nugget, nugget, 0.01) && same(fit->sill, sill, 0.01) && same(fit->range, range, 5));
}

void TestInterpolate::valuesWithoutStructureAreAllNugget()
{
    std::vector<VariogramBin> falling;
    for (int i = 1; i <= 5; ++i)
        falling.push_back({i * 100.0, 6.0 - i, 10});
    const auto fit = fittedVariogram(falling);
    QVERIFY(fit && fit->sill == 0 && fit->nugget > 0);
    QVERIFY(!fittedVariogram(std::span(falling).first(2)));
}

void TestInterpolate::krigingSolvesTheSystemByHand()
{
    // γ(4) = .568, γ(1) = .1495, γ(3) = .4365, γ(2) = .296. At x = 1: .568 λ₂ + μ = .1495, .568 λ₁ + μ = .4365 and
    // λ₁ + λ₂ = 1, so μ = .009, λ₁ = .4275/.568, λ₂ = .1405/.568. At x = 2: λ = ½ each, μ = .296 − .284 = .012.
    const Variogram variogram{.sill = 1, .range = 10};
    const std::vector<SamplePoint> points{{0, 0, 1}, {4, 0, 3}};
    const auto grid = ordinaryKriging(points, two, variogram);
    VERIFY_RESULT(grid);
    const double a = 0.4275 / 0.568, b = 0.1405 / 0.568;
    QVERIFY(same(grid->values[0], a * 1 + b * 3) && same(grid->values[0], 1.4947183, 1e-7));
    QVERIFY(same(grid->variances[0], a * 0.1495 + b * 0.4365 + 0.009));
    QVERIFY(same(grid->values[1], 2) && same(grid->variances[1], 0.296 + 0.012));
    // The unit moves the variance with its square and nothing else
    const auto larger = ordinaryKriging(points, two, Variogram{.sill = 1e6, .range = 10});
    QVERIFY(same(larger->values[0], grid->values[0]) && same(larger->variances[0] / 1e6, grid->variances[0]));
}

void TestInterpolate::krigingPassesThroughItsPoints()
{
    const auto points = hills(80);
    for (const std::size_t i : {0u, 17u, 79u}) {
        const GridShape there{.left = points[i].x - 5, .top = points[i].y + 5, .cell = 10, .columns = 1, .rows = 1};
        const auto grid = ordinaryKriging(points, there);
        VERIFY_RESULT(grid);
        QVERIFY(same(grid->values[0], points[i].value, 1e-6) && same(grid->variances[0], 0, 1e-6));
    }
}

void TestInterpolate::krigingKnowsWhereItKnowsLittle()
{
    const auto points = hills(80);
    const GridShape shape{.left = 0, .top = 10'000, .cell = 1000, .columns = 30, .rows = 10};
    const auto grid = ordinaryKriging(points, shape);
    VERIFY_RESULT(grid);
    QVERIFY(grid->variances[5 * 30 + 4] < grid->variances[5 * 30 + 29]); // 20 km from the last point
    double error = 0;
    for (int row = 1; row < 9; ++row)
        for (int column = 1; column < 9; ++column)
            error += std::abs(grid->values[std::size_t(row * 30 + column)]
                              - (20 + 5 * std::sin(shape.x(column) / 2000) + 3 * std::cos(shape.y(row) / 1500)));
    QVERIFY2(error / 64 < 0.6, qPrintable(QString::number(error / 64)));
}

void TestInterpolate::equalValuesAreTheSameEverywhere()
{
    auto points = hills(10);
    for (auto &point : points)
        point.value = 7;
    const auto grid = ordinaryKriging(points, two);
    VERIFY_RESULT(grid);
    QVERIFY(same(grid->values[0], 7) && grid->variances[0] == 0);
}

void TestInterpolate::repeatedPointsDoNotBreakKriging()
{
    const Variogram variogram{.sill = 1, .range = 10};
    const std::vector<SamplePoint> points{{0, 0, 0}, {4, 0, 3}, {0, 0, 2}};
    const auto grid = ordinaryKriging(points, two, variogram);
    VERIFY_RESULT(grid);
    QVERIFY(same(grid->values[0], 1.4947183, 1e-7));
    const auto one = ordinaryKriging(std::span(points).subspan(1, 1), two, variogram);
    VERIFY_RESULT(one);
    QVERIFY(same(one->values[0], 3));
    // Three places are too few for bins, but not for a map
    const std::vector<SamplePoint> three{{0, 0, 1}, {4, 0, 3}, {0, 4, 5}};
    const auto few = ordinaryKriging(three, two);
    VERIFY_RESULT(few);
    QVERIFY(same(few->variogram.sill, 4) && same(few->variogram.range, std::sqrt(32)));
}

void TestInterpolate::nonsenseIsRefused()
{
    const std::vector<SamplePoint> points{{0, 0, 1}, {4, 0, 3}};
    VERIFY_FAILS(ordinaryKriging({}, two), ErrorKind::Invalid);
    VERIFY_FAILS(ordinaryKriging(points, two), ErrorKind::Invalid); // too few for a fit
    VERIFY_FAILS(ordinaryKriging(points, two, Variogram{.sill = 1, .range = 0}), ErrorKind::Invalid);
    VERIFY_FAILS(ordinaryKriging(points, two, Variogram{.sill = none, .range = 1}), ErrorKind::Invalid);
    VERIFY_FAILS(ordinaryKriging(hills(1500), two), ErrorKind::TooLarge);
    VERIFY_FAILS(inverseDistance(points, {}), ErrorKind::Invalid);
    VERIFY_FAILS(inverseDistance(points, two, {.power = 0}), ErrorKind::Invalid);
    VERIFY_FAILS(inverseDistance(std::vector<SamplePoint>(100'001), two), ErrorKind::TooLarge);
    VERIFY_FAILS(kernelDensity(points, two, 0), ErrorKind::Invalid);
    VERIFY_FAILS(kernelDensity(points, {.cell = 1, .columns = 100'000, .rows = 100'000}, 1), ErrorKind::TooLarge);
    VERIFY_FAILS(kernelDensity(points, {.left = none, .cell = 1, .columns = 1, .rows = 1}, 1), ErrorKind::Invalid);
}

void TestInterpolate::allOfThemCanBeCancelled()
{
    std::stop_source stop;
    stop.request_stop();
    const auto points = hills(500);
    const GridShape large{.left = 0, .top = 0, .cell = 1, .columns = 4000, .rows = 4000};
    const auto idw = inverseDistance(points, large, {}, stop.get_token());
    QVERIFY(!idw && idw.error().kind == ErrorKind::Cancelled);
    const auto density = kernelDensity(points, large, 1e6, stop.get_token());
    QVERIFY(!density && density.error().kind == ErrorKind::Cancelled);
    const auto kriging = ordinaryKriging(points, large, Variogram{.sill = 1, .range = 10}, stop.get_token());
    QVERIFY(!kriging && kriging.error().kind == ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestInterpolate)
#include "tst_interpolate.moc"
