// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/measureplace.h"

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

namespace
{

const std::vector<PointXY> square{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, hole{{2, 2}, {4, 2}, {4, 4}, {2, 2}},
    far{{20, 20}, {30, 20}, {30, 30}, {20, 20}};

Geometry of(GeometryKind kind, const std::vector<std::vector<PointXY>> &rings, std::vector<std::uint32_t> parts = {})
{
    Geometry made{.kind = kind, .points = {}, .ringEnds = {}, .partStarts = std::move(parts)};
    for (const auto &ring : rings) {
        made.points.insert(made.points.end(), ring.begin(), ring.end());
        if (kind != GeometryKind::Point)
            made.ringEnds.push_back(std::uint32_t(made.points.size()));
    }
    return made;
}

} // namespace

class TestMeasurePlace : public QObject
{
    Q_OBJECT
private slots:
    void whatWasWrittenIsRead_data()
    {
        QTest::addColumn<Geometry>("geometry");
        QTest::addColumn<int>("type");
        QTest::newRow("point") << of(GeometryKind::Point, {{{611000.5, 5970000.25}}}) << 1;
        QTest::newRow("points") << of(GeometryKind::Point, {{{1, 2}, {3, 4}}}) << 4;
        QTest::newRow("line") << of(GeometryKind::Line, {{{1, 2}, {3, 4}}}) << 2;
        QTest::newRow("lines") << of(GeometryKind::Line, {{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}) << 5;
        QTest::newRow("area with a hole") << of(GeometryKind::Polygon, {square, hole}) << 3;
        QTest::newRow("areas") << of(GeometryKind::Polygon, {square, hole, far}, {0, 2}) << 6;
    }

    void whatWasWrittenIsRead()
    {
        QFETCH(Geometry, geometry);
        QFETCH(int, type);
        const auto wkb = placeWkb(geometry);
        QCOMPARE(int(wkb[1]), type);
        const auto again = placeGeometry(wkb);
        QVERIFY(again);
        QCOMPARE(again->points, geometry.points);
        QCOMPARE(*again, geometry);
    }

    void otherProgramsWriteItToo()
    {
        // Big endian, as PostGIS gives on request: POINT(1 2)
        const auto point = placeGeometry(QByteArray::fromHex("00000000013ff00000000000004000000000000000"));
        QVERIFY(point);
        QCOMPARE(point->points.front(), (PointXY{1, 2}));
    }

    void whatIsBrokenIsRefused_data()
    {
        QTest::addColumn<QByteArray>("wkb");
        const auto good = placeWkb(of(GeometryKind::Polygon, {square, hole, far}, {0, 2}));
        for (qsizetype length = 0; length < good.size(); length += 7)
            QTest::addRow("cut after %lld", qlonglong(length)) << good.first(length);
        QTest::newRow("something behind it") << good + 'x';
        QTest::newRow("a byte order that is none") << QByteArray(1, '\7') + good.sliced(1);
        QTest::newRow("a count beyond all bytes") << QByteArray::fromHex("0102000000ffffffff");
        QTest::newRow("a collection") << QByteArray::fromHex("010700000000000000");
        QTest::newRow("parts of another kind") << QByteArray::fromHex("01060000000100000001010000000000000000000000"
                                                                      "0000000000000000");
        QTest::newRow("an empty point") << QByteArray::fromHex("0101000000000000000000f87f000000000000f87f");
        QTest::newRow("an empty area") << QByteArray::fromHex("010300000000000000");
    }

    void whatIsBrokenIsRefused()
    {
        QFETCH(QByteArray, wkb);
        QVERIFY(!placeGeometry(wkb));
    }

    void nothingIsWrittenAsNothing()
    {
        QVERIFY(placeWkb({}).isEmpty());
        QVERIFY(placeWkb({.kind = GeometryKind::Polygon}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMeasurePlace)
#include "tst_measureplace.moc"
