// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/isobands.h"
#include "datasources/demo/plane.h"
#include "datasources/demo/random.h"
#include "datasources/demo/shapeops.h"
#include "tests/support/testkit.h"

#include <numeric>

using namespace hanseatlas;
using namespace hanseatlas::demo;

namespace
{

double areaOf(const std::vector<Ring> &rings)
{
    return std::accumulate(rings.begin(), rings.end(), 0.0,
                           [](double sum, const Ring &ring) { return sum + std::abs(signedArea(ring)); });
}

double areaOf(const Shapes &shapes)
{
    return std::accumulate(shapes.begin(), shapes.end(), 0.0,
                           [](double sum, const Shape &shape) { return sum + shapeArea(shape); });
}

} // namespace

class TestPlane : public QObject
{
    Q_OBJECT

private slots:
    void splittingKeepsTheArea()
    {
        const Ring comb{{0, 0}, {70, 0}, {70, 40}, {60, 40}, {60, 10}, {50, 10}, {50, 40}, {10, 40}};
        std::vector<std::array<PointXY, 2>> cuts;
        const auto pieces = splitRing(comb, {0, 20}, {1, 0}, &cuts);
        QCOMPARE(pieces.size(), std::size_t(3)); // the body below, two teeth above
        QCOMPARE(cuts.size(), std::size_t(2));
        QVERIFY(std::abs(areaOf(pieces) - std::abs(signedArea(comb))) < 1e-6);
    }

    void aLineThatMissesDoesNotSplit()
    {
        const Ring square{{0, 0}, {10, 0}, {10, 10}, {0, 10}};
        QCOMPARE(splitRing(square, {0, 20}, {1, 0}).size(), std::size_t(1));
    }

    void tightBoxFindsTheTurnedRectangle()
    {
        const auto along = turned({1, 0}, 0.4);
        const auto box = tightBox(rectangle({100, 50}, along, 80, leftOf(along), 30));
        QVERIFY(std::abs(box.length - 80) < 1e-6 && std::abs(box.depth - 30) < 1e-6);
        QVERIFY(std::abs(std::abs(dot(box.along, along)) - 1) < 1e-9);
    }

    void simplifyingKeepsTheCorners()
    {
        const Ring blunt{{0.2, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0.2}};
        QVERIFY(std::abs(signedArea(simplified(blunt, 0.5))) > 97);
    }

    void neighboursThatTouchDoNotOverlap()
    {
        const auto a = rectangle({0, 0}, {1, 0}, 10, {0, 1}, 10);
        QVERIFY(!convexOverlap(a, rectangle({10, 0}, {1, 0}, 10, {0, 1}, 10)));
        QVERIFY(convexOverlap(a, rectangle({9, 0}, {1, 0}, 10, {0, 1}, 10)));
    }

    void clippingToABoxWithinAHoleGivesNothing()
    {
        const Shape frame{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {{{10, 10}, {90, 10}, {90, 90}, {10, 90}}}};
        QVERIFY(ShapeOps().clipped({frame}, {40, 40, 60, 60}).empty());
        QVERIFY(std::abs(areaOf(ShapeOps().clipped({frame}, {0, 0, 20, 20})) - 300) < 1e-6);
    }

    void clippingCutsExactly()
    {
        // A star with a hole that reaches over the box on all sides, moved about
        Random random(3);
        for (int round = 0; round < 200; ++round) {
            Shape star;
            Ring hole;
            for (int i = 0; i < 48; ++i) {
                const auto spoke = turned({1, 0}, i * 3.14159265358979 / 24);
                star.outer.push_back(spoke * random.between(40, 120));
                hole.push_back(spoke * random.between(10, 38));
            }
            if (round % 2)
                std::ranges::reverse(round % 4 == 1 ? star.outer : hole);
            star.holes = {hole};
            const PointXY corner{random.between(-110, 60), random.between(-110, 60)};
            const Extent box{corner.x, corner.y, corner.x + random.between(5, 120), corner.y + random.between(5, 120)};
            const auto parts = clippedToBox(star, box);
            QVERIFY(parts);
            const Shape frame{
                .outer = {{box.xMin, box.yMin}, {box.xMax, box.yMin}, {box.xMax, box.yMax}, {box.xMin, box.yMax}}};
            const auto expected = ShapeOps().intersect({frame}, {star});
            QVERIFY2(std::abs(areaOf(*parts) - areaOf(expected)) < 0.1,
                     qPrintable(QStringLiteral("%1: %2 and %3").arg(round).arg(areaOf(*parts)).arg(areaOf(expected))));
            for (const auto &part : *parts) {
                QVERIFY(box.grown(1e-9).contains(extentOf(part.outer)));
                QCOMPARE(validityProblem(polygonOf(part)), QString());
            }
        }
    }

    void burningFillsWhatLiesInside()
    {
        auto grid = Grid::over({0, 0, 400, 300}, 10);
        const Shape frame{{{33, 41}, {371, 62}, {340, 270}, {60, 251}}, {{{150, 120}, {250, 130}, {200, 200}}}};
        burn(grid, frame, 1);
        for (int r = 0; r < grid.rows; ++r)
            for (int c = 0; c < grid.columns; ++c)
                QCOMPARE(grid.at(c, r) > 0, inside(frame, grid.centreOf(c, r)));
    }

    void thinningAPathKeepsItsEndsAndItsPlace()
    {
        Path path;
        for (int i = 0; i <= 200; ++i)
            path.push_back({i * 5.0, 80 * std::sin(i * 0.08)});
        const auto thin = thinned(path, 2);
        QVERIFY(thin.size() > 10 && thin.size() < path.size() / 2);
        QCOMPARE(thin.front().x, path.front().x);
        QCOMPARE(thin.back().x, path.back().x);
        for (const auto p : path)
            QVERIFY(distanceToPath(thin, p) <= 2.001);
    }

    void distancesBesideAPathAreExact()
    {
        const Path path{{31, 22}, {260, 150}};
        const auto distance = distanceTo({&path}, {0, 0, 300, 200}, 10);
        for (int r = 0; r < distance.rows; ++r)
            for (int c = 0; c < distance.columns; ++c) {
                const double expected = distanceToPath(path, distance.centreOf(c, r)),
                             found = double(distance.at(c, r));
                QVERIFY(found > expected - 0.01 && found < expected * 1.09 + 0.01);
                if (expected < 10)
                    QVERIFY(std::abs(found - expected) < 0.01);
            }
    }

    void distancesAreThoseOfTheChamfer()
    {
        auto marks = Grid::over({0, 0, 300, 200}, 10);
        marks.at(4, 3) = marks.at(25, 17) = 1;
        const auto distance = distanceTo(marks);
        for (int r = 0; r < marks.rows; ++r)
            for (int c = 0; c < marks.columns; ++c) {
                const double true_ = std::min(std::hypot(c - 4, r - 3), std::hypot(c - 25, r - 17)) * 10;
                QVERIFY(double(distance.at(c, r)) > true_ - 0.01 && double(distance.at(c, r)) < true_ * 1.09 + 0.01);
            }
    }

    void blurringKeepsTheMeanAndSpreadsEvenly()
    {
        auto grid = Grid::over({0, 0, 4000, 3000}, 20);
        grid.at(100, 75) = 1000;
        const auto soft = blurred(grid, 120);
        const double sum = std::accumulate(soft.values.begin(), soft.values.end(), 0.0);
        QVERIFY(std::abs(sum - 1000) < 0.1);
        for (const int d : {1, 4, 9}) {
            QVERIFY(std::abs(soft.at(100 + d, 75) - soft.at(100, 75 - d)) < 1e-4F);
            QVERIFY(std::abs(soft.at(100 + d, 75) - soft.at(100 - d, 75)) < 1e-4F);
            QVERIFY(soft.at(100 + d, 75) < soft.at(100 + d - 1, 75));
        }
    }

    void bandsCoverTheGridWithoutOverlap()
    {
        auto grid = Grid::over({0, 0, 1000, 800}, 20);
        for (int r = 0; r < grid.rows; ++r)
            for (int c = 0; c < grid.columns; ++c)
                grid.at(c, r) = float(50 + 30 * smoothNoise(c / 9.0, r / 9.0, 5));
        const auto low = bandOf(grid, 0, 45, 0), middle = bandOf(grid, 45, 60, 0), high = bandOf(grid, 60, 1000, 0);
        const double whole = areaOf(bandOf(grid, 0, 1000, 0));
        QVERIFY(std::abs(whole - 800000) < 1e-3);
        QVERIFY(std::abs(areaOf(low) + areaOf(middle) + areaOf(high) - whole) < 1e-3);
        QVERIFY(areaOf(low) > 0.1 * whole && areaOf(middle) > 0.1 * whole && areaOf(high) > 0.1 * whole);
        for (const auto *band : {&low, &middle, &high})
            for (const auto &shape : *band)
                QCOMPARE(validityProblem(polygonOf(shape)), QString());
    }

    void bandsFollowTheValues()
    {
        auto cone = Grid::over({0, 0, 2000, 2000}, 20);
        for (int r = 0; r < cone.rows; ++r)
            for (int c = 0; c < cone.columns; ++c)
                cone.at(c, r) = float(1000 - norm(cone.centreOf(c, r) - PointXY{1000, 1000}));
        const auto ring = bandOf(cone, 400, 700, 0); // between 300 m and 600 m from the middle
        QCOMPARE(ring.size(), std::size_t(1));
        QCOMPARE(ring[0].holes.size(), std::size_t(1));
        QVERIFY(std::abs(shapeArea(ring[0]) / (3.14159265 * (600 * 600 - 300 * 300)) - 1) < 0.01);
    }
};

QTEST_GUILESS_MAIN(TestPlane)
#include "tst_plane.moc"
