// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/measuremap.h"
#include "layers/measures/measureplace.h"
#include "tests/support/testkit.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;

namespace
{

const QDate today(2026, 11, 24);

MeasureSpot spot(const QString &number, double x, double y, int field = 1, MeasurePhase phase = MeasurePhase::Planning)
{
    return {{x, y}, number, field, phase, false};
}

Measure placed(const QString &number, const Geometry &geometry)
{
    Measure measure{.number = number};
    measure.place = {MeasurePlace::Kind::Geometry, {}, placeWkb(geometry)};
    return measure;
}

Geometry geometryOf(GeometryKind kind, std::vector<PointXY> points)
{
    Geometry geometry;
    geometry.kind = kind;
    geometry.points = std::move(points);
    if (kind != GeometryKind::Point)
        geometry.ringEnds = {std::uint32_t(geometry.points.size())};
    return geometry;
}

QStringList texts(const std::vector<MeasureMark> &marks)
{
    QStringList texts;
    for (const auto &mark : marks)
        texts << mark.numbers.join(u'+');
    return texts;
}

} // namespace

class TestMeasureMap : public QObject
{
    Q_OBJECT
private slots:
    void everyPlaceHasASpot();
    void whatIsNearSharesAMark_data();
    void whatIsNearSharesAMark();
    void aMarkTellsWhatItHolds();
    void marksNeverTouch();
    void placesThatAreNoneAreLeftOut();
};

void TestMeasureMap::everyPlaceHasASpot()
{
    auto late = placed(u"1"_s, geometryOf(GeometryKind::Point, {{610000, 5970000}}));
    late.end = today.addDays(-1);
    late.phase = MeasurePhase::Implementation;
    Measure district{.number = u"3"_s};
    district.place = {MeasurePlace::Kind::District, u"Moisling"_s, {}};
    Measure unknown{.number = u"4"_s};
    unknown.place = {MeasurePlace::Kind::District, u"Nirgendwo"_s, {}};
    Measure city{.number = u"5"_s};
    city.place.kind = MeasurePlace::Kind::WholeCity;
    auto broken = placed(u"6"_s, geometryOf(GeometryKind::Point, {{1, 2}}));
    broken.place.wkb.chop(3);
    const QList<Measure> all{
        late,
        placed(u"2"_s, geometryOf(GeometryKind::Polygon, {{0, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}})),
        district,
        unknown,
        city,
        broken,
        Measure{.number = u"7"_s}};
    const auto where = [](const QString &name) {
        return name == u"Moisling" ? std::optional(PointXY{5, 6}) : std::nullopt;
    };
    const auto spots = measureSpots(all, where, today);
    QCOMPARE(spots.size(), 3u);
    QCOMPARE(spots[0].number, u"1"_s);
    QCOMPARE(spots[0].place.x, 610000.0);
    QVERIFY(spots[0].overdue);
    QVERIFY(spots[1].place.x > 0 && spots[1].place.x < 100 && spots[1].place.y > 0 && spots[1].place.y < 100);
    QVERIFY(!spots[1].overdue);
    QCOMPARE(spots[2].place.y, 6.0);
    QCOMPARE(measureSpots(all, {}, today).size(), 2u); // without Stadtteile
}

void TestMeasureMap::whatIsNearSharesAMark_data()
{
    QTest::addColumn<QList<QPointF>>("places");
    QTest::addColumn<QStringList>("marks");
    QTest::addRow("none") << QList<QPointF>() << QStringList();
    QTest::addRow("one") << QList<QPointF>{{3, 4}} << QStringList{u"0"_s};
    QTest::addRow("two apart") << QList<QPointF>{{0, 0}, {10, 0}} << QStringList{u"0"_s, u"1"_s};
    QTest::addRow("two near") << QList<QPointF>{{0, 0}, {9.9, 0}} << QStringList{u"0+1"_s};
    QTest::addRow("near across cells") << QList<QPointF>{{9, 9}, {11, 11}} << QStringList{u"0+1"_s};
    QTest::addRow("near across the origin") << QList<QPointF>{{-1, -1}, {1, 1}} << QStringList{u"0+1"_s};
    QTest::addRow("the nearer one") << QList<QPointF>{{0, 0}, {14, 0}, {8, 0}} << QStringList{u"0"_s, u"1+2"_s};
    QTest::addRow("in the middle of two: the first")
        << QList<QPointF>{{0, 0}, {14, 0}, {7, 0}} << QStringList{u"0+2"_s, u"1"_s};
    QTest::addRow("the same place") << QList<QPointF>{{5, 5}, {5, 5}, {5, 5}} << QStringList{u"0+1+2"_s};
}

void TestMeasureMap::whatIsNearSharesAMark()
{
    QFETCH(QList<QPointF>, places);
    std::vector<MeasureSpot> spots;
    for (qsizetype i = 0; i < places.size(); ++i)
        spots.push_back(spot(QString::number(i), places[i].x(), places[i].y()));
    QTEST(texts(clusterSpots(spots, 10)), "marks");
}

void TestMeasureMap::aMarkTellsWhatItHolds()
{
    auto late = spot(u"1.2"_s, 1, 0, 4, MeasurePhase::Planning);
    late.overdue = true;
    const auto same = clusterSpots({spot(u"1.1"_s, 0, 0, 4), late, spot(u"2.1"_s, 2, 0, 5)}, 10);
    QCOMPARE(same.size(), 1u);
    QCOMPARE(same[0].fields, (std::map<int, int>{{4, 2}, {5, 1}}));
    QCOMPARE(same[0].overdue, 1);
    QCOMPARE(same[0].phase, std::optional(MeasurePhase::Planning));
    QCOMPARE(same[0].place.x, 0.0);
    const auto mixed = clusterSpots(
        {spot(u"1"_s, 0, 0), spot(u"2"_s, 0, 0, 1, MeasurePhase::Done), spot(u"3"_s, 0, 0, 1, MeasurePhase::Planning)},
        10);
    QCOMPARE(mixed[0].phase, std::optional<MeasurePhase>());
}

/** 20 000 spots by a rule that looks like chance: all are in a mark, and no two marks are nearer than asked. */
void TestMeasureMap::marksNeverTouch()
{
    std::vector<MeasureSpot> spots;
    std::uint32_t state = 1;
    const auto next = [&state] { return double((state = state * 1664525u + 1013904223u) >> 8) / (1 << 24) * 20000; };
    for (int i = 0; i < 20'000; ++i) {
        const double x = next(), y = next();
        spots.push_back(spot(QString::number(i), x, y));
    }
    const auto marks = clusterSpots(spots, 400);
    qsizetype held = 0;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        held += marks[i].numbers.size();
        for (std::size_t k = i + 1; k < marks.size(); ++k)
            QVERIFY(std::hypot(marks[i].place.x - marks[k].place.x, marks[i].place.y - marks[k].place.y) >= 400);
    }
    QCOMPARE(held, 20'000);
    QVERIFY(marks.size() > 500 && marks.size() < 3000); // the densest packing would have 2 900
    QCOMPARE(texts(clusterSpots(spots, 400)), texts(marks));
}

void TestMeasureMap::placesThatAreNoneAreLeftOut()
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), far = std::numeric_limits<double>::infinity();
    const auto marks =
        clusterSpots({spot(u"1"_s, nan, 0), spot(u"2"_s, 0, far), spot(u"3"_s, 1e300, 0), spot(u"4"_s, 1, 1)}, 10);
    QCOMPARE(texts(marks), QStringList{u"4"_s});
}

QTEST_GUILESS_MAIN(TestMeasureMap)
#include "tst_measuremap.moc"
