// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/geometry.h"
#include "tests/support/testkit.h"

#include <cmath>

using namespace hanseatlas;

namespace
{

/** A square of 10 with a hole of 4, and a triangle of 8 beside it. */
Geometry squareWithHoleAndTriangle()
{
    Geometry g;
    g.kind = GeometryKind::Polygon;
    g.points = {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0},  {4, 4},  {4, 6},
                {6, 6}, {6, 4},  {4, 4},   {20, 0}, {24, 0}, {20, 4}, {20, 0}};
    g.ringEnds = {5, 10, 14};
    g.partStarts = {0, 2};
    return g;
}

} // namespace

class TestGeometry : public QObject
{
    Q_OBJECT
private slots:
    void holesAreTakenOff()
    {
        QCOMPARE(area(squareWithHoleAndTriangle()), 100.0 - 4 + 8);
        QCOMPARE(length(squareWithHoleAndTriangle()), 40.0 + 8 + 8 + std::sqrt(32.0));
    }

    void distanceIsZeroInsideOnly()
    {
        const auto g = squareWithHoleAndTriangle();
        QCOMPARE(distance(g, {1, 1}), 0.0);
        QCOMPARE(distance(g, {5, 5}), 1.0); // in the hole
        QCOMPARE(distance(g, {-3, 5}), 3.0);
        QVERIFY(std::isinf(distance(Geometry(), {0, 0})));
    }

    void labelsStandInside()
    {
        const auto g = squareWithHoleAndTriangle();
        QCOMPARE(distance(g, labelPoint(g)), 0.0);
        Geometry line;
        line.kind = GeometryKind::Line;
        line.points = {{0, 0}, {4, 0}, {4, 4}};
        line.ringEnds = {3};
        QCOMPARE(labelPoint(line), (PointXY{4, 0}));
    }

    void areasTellWhatTouchesThem()
    {
        const AreaTest area(squareWithHoleAndTriangle());
        auto touches = [&area](GeometryKind kind, std::vector<PointXY> points) {
            const auto n = std::uint32_t(points.size());
            return area.touches({.kind = kind, .points = std::move(points), .ringEnds = {n}});
        };
        QVERIFY(touches(GeometryKind::Point, {{1, 1}}));
        QVERIFY(!touches(GeometryKind::Point, {{5, 5}})); // in the hole
        QVERIFY(touches(GeometryKind::Point, {{5, 5}, {1, 1}}));
        QVERIFY(touches(GeometryKind::Line, {{-5, 1}, {50, 1}}));
        QVERIFY(!touches(GeometryKind::Line, {{-5, -1}, {50, -1}}));
        QVERIFY(!touches(GeometryKind::Polygon, {{4.5, 4.5}, {5.5, 4.5}, {5, 5.5}, {4.5, 4.5}}));
        QVERIFY(touches(GeometryKind::Polygon, {{-9, -9}, {99, -9}, {99, 99}, {-9, 99}, {-9, -9}}));
        QVERIFY(touches(GeometryKind::Polygon, {{1, 1}, {2, 2}, {2, 1}, {1, 2}, {1, 1}})); // a bow tie
        QVERIFY(touches(GeometryKind::Line, {{700, 700}})); // too broken to tell
        QVERIFY(AreaTest(Geometry{}).touches({.kind = GeometryKind::Point, .points = {{1, 1}}}));
    }

    void invalidPolygonsAreTold()
    {
        QVERIFY(validityProblem(squareWithHoleAndTriangle()).isEmpty());
        Geometry bow;
        bow.kind = GeometryKind::Polygon;
        bow.points = {{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}};
        bow.ringEnds = {5};
        QVERIFY(validityProblem(bow).contains(QLatin1StringView("1.00 1.00")));
        Geometry thin;
        thin.kind = GeometryKind::Polygon;
        thin.points = {{0, 0}, {2, 2}, {0, 0}};
        thin.ringEnds = {3};
        QVERIFY(!validityProblem(thin).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestGeometry)
#include "tst_geometry.moc"
