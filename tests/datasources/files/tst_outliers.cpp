// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/outliers.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

namespace
{

using Boxes = std::vector<Extent>;

Extent boxAt(double x, double y, double side = 10)
{
    return {x - side / 2, y - side / 2, x + side / 2, y + side / 2};
}

/** 100 small objects within 1 km. */
Boxes quarter()
{
    Boxes boxes;
    for (int i = 0; i < 100; ++i)
        boxes.push_back(boxAt(611000 + (i % 10) * 100, 5970000 + double(i / 10) * 100));
    return boxes;
}

Boxes with(Boxes boxes, std::initializer_list<Extent> more)
{
    boxes.insert(boxes.end(), more);
    return boxes;
}

/** A station's tracks, and the lines that leave it for other cities. */
Boxes railways()
{
    Boxes boxes;
    for (int i = 0; i < 32; ++i)
        boxes.push_back({609620.0 + i * 5, 5969700.0 + i * 5, 609790.0 + i * 5, 5970300.0 + i * 3});
    return with(boxes,
                {{602900, 5965418, 609809, 5970350},
                 {609783, 5961000, 614172, 5970040},
                 {606195, 5970040, 611705, 5984400},
                 {611061, 5973155, 622914, 5981471},
                 {610069, 5971361, 610900, 5972489},
                 {613389, 5973880, 617938, 5974998},
                 {611457, 5966830, 624900, 5968478}});
}

} // namespace

Q_DECLARE_METATYPE(Boxes)

class TestOutliers : public QObject
{
    Q_OBJECT

private slots:
    void falsePlacesAreCountedAndTrueOnesAreNot_data()
    {
        QTest::addColumn<Boxes>("boxes");
        QTest::addColumn<int>("far");
        QTest::newRow("a quarter") << quarter() << 0;
        QTest::newRow("lines that leave a station") << railways() << 0;
        QTest::newRow("one at nought") << with(quarter(), {boxAt(0, 0)}) << 1;
        QTest::newRow("axes swapped in two") << with(quarter(), {boxAt(5970000, 611000), boxAt(5970100, 611200)}) << 2;
        QTest::newRow("in the neighbouring zone") << with(quarter(), {boxAt(215000, 5984000)}) << 1;
        QTest::newRow("two mistakes of different size")
            << with(quarter(), {boxAt(611000, 5070000), boxAt(0, 0), boxAt(1e9, 1e9)}) << 3;
        QTest::newRow("a false vertex in a line") << with(quarter(), {{0, 0, 611000, 5970000}}) << 1;
        QTest::newRow("a false one among the railways") << with(railways(), {boxAt(0, 0)}) << 1;
        QTest::newRow("too few to tell") << Boxes{boxAt(611000, 5970000), boxAt(611100, 5970000), boxAt(0, 0)} << 0;
        auto scattered = quarter();
        for (int i = 0; i < 40; ++i)
            scattered.push_back(boxAt(i * 100, 0));
        QTest::newRow("so many that it is no mistake") << scattered << 0;
    }
    void falsePlacesAreCountedAndTrueOnesAreNot()
    {
        QFETCH(Boxes, boxes);
        QFETCH(int, far);
        Outliers outliers;
        for (const auto &box : boxes)
            outliers.add(box);
        if (far == 0)
            QCOMPARE(outliers.note(), QString());
        else
            QVERIFY2(outliers.note().startsWith(u"%1 object(s) lie far away"_s.arg(far)), qPrintable(outliers.note()));
    }
};

QTEST_GUILESS_MAIN(TestOutliers)
#include "tst_outliers.moc"
