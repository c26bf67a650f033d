// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/featureset.h"
#include "tests/support/testkit.h"

#include <QSet>

#include <cmath>
#include <random>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

const Extent city{602900, 5961000, 624900, 5984400};

std::vector<PointXY> square(double x, double y, double side)
{
    return {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}};
}

FeatureSetPtr manySquares(int n)
{
    FeatureSetBuilder builder(Crs::working(), city, {Field{.name = u"n"_s, .type = FieldType::Integer}});
    std::mt19937 random(7);
    for (int i = 0; i < n; ++i) {
        builder.beginFeature(i, GeometryKind::Polygon);
        builder.addRing(square(602900 + random() % 22000, 5961000 + random() % 23000, 12));
        if (builder.endFeature())
            builder.column(0).appendNumber(i);
    }
    return builder.finish();
}

} // namespace

class TestFeatureSet : public QObject
{
    Q_OBJECT
private slots:
    void theTreeFindsWhatASearchThroughAllFinds()
    {
        const auto set = manySquares(5000);
        QCOMPARE(set->size(), 5000U);
        std::mt19937 random(3);
        for (int k = 0; k < 50; ++k) {
            const double x = 602900 + random() % 20000, y = 5961000 + random() % 20000;
            const auto box = set->quantisation.fromExtent({x, y, x + 1500, y + 900});
            QSet<qint64> found, wanted;
            set->query(box, [&](std::size_t i) {
                found.insert(set->ids[i]);
                return true;
            });
            for (std::size_t i = 0; i < set->size(); ++i)
                if (set->boxes[i].intersects(box))
                    wanted.insert(set->ids[i]);
            QCOMPARE(found, wanted);
            std::size_t inRuns = 0;
            for (const auto &[from, to] : set->runs(box))
                inRuns += to - from;
            QVERIFY(inRuns >= std::size_t(wanted.size()));
        }
    }

    void valuesStayWithTheirFeatures()
    {
        const auto set = manySquares(1000);
        const auto *column = set->column(u"n"_s);
        QVERIFY(column);
        for (std::size_t i = 0; i < set->size(); ++i)
            QCOMPARE(column->number(i), double(set->ids[i]));
    }

    void geometryComesBackToATenthOfAMillimetre()
    {
        FeatureSetBuilder builder(Crs::working(), city, {});
        builder.beginFeature(1, GeometryKind::Polygon);
        builder.addRing(square(610907.1234, 5969876.4321, 10));
        builder.addRing(square(610910, 5969880, 2), true);
        builder.addRing(square(611907, 5969876, 5));
        QVERIFY(builder.endFeature());
        const auto set = builder.finish();
        const auto g = set->geometry(0);
        QCOMPARE(g.ringCount(), 3U);
        QCOMPARE(g.partStarts, (std::vector<std::uint32_t>{0, 2}));
        QVERIFY(std::abs(area(g) - (100 - 4 + 25)) < 0.01);
        QVERIFY(std::abs(g.points[0].x - 610907.1234) < 1e-4 && std::abs(g.points[0].y - 5969876.4321) < 1e-4);
        QVERIFY(validityProblem(g).isEmpty());
        QVERIFY(std::abs(set->areas[0] * set->quantisation.step * set->quantisation.step - 121) < 0.1);
    }

    void clockwiseRingsArePutRight()
    {
        FeatureSetBuilder builder(Crs::working(), city, {});
        auto ring = square(610000, 5970000, 10);
        std::ranges::reverse(ring);
        builder.beginFeature(1, GeometryKind::Polygon);
        builder.addRing(ring);
        builder.addRing(square(610002, 5970002, 2), true);
        QVERIFY(builder.endFeature());
        QVERIFY(std::abs(area(builder.finish()->geometry(0)) - 96) < 0.01);
    }

    void emptyFeaturesTakeNoPlace()
    {
        FeatureSetBuilder builder(Crs::working(), city, {Field{.name = u"t"_s}});
        builder.add(Feature{.id = 1, .values = {u"a"_s}});
        builder.add(Feature{
            .id = 2, .values = {u"b"_s}, .geometry = {.kind = GeometryKind::Point, .points = {{610000, 5970000}}}});
        const auto set = builder.finish();
        QCOMPARE(set->size(), 1U);
        QCOMPARE(set->column(u"t"_s)->value(0), QVariant(u"b"_s));
    }

    void anUnderstatedExtentCostsPrecisionNotFeatures()
    {
        FeatureSetBuilder builder(Crs::working(), {610000, 5970000, 610010, 5970010}, {});
        for (const double x : {610000.0, 610005.0, 200000.0, 3000000.0}) {
            builder.beginFeature(qint64(x), GeometryKind::Point);
            const PointXY p{x, 5970000};
            builder.addRing(std::span(&p, 1));
            QVERIFY(builder.endFeature());
        }
        const auto set = builder.finish();
        for (std::size_t i = 0; i < set->size(); ++i)
            QVERIFY(std::abs(set->geometry(i).points[0].x - double(set->ids[i])) < 0.5);
    }

    void withoutExtentDegreesStayFine()
    {
        FeatureSetBuilder builder(Crs::fromEpsg(4326), {}, {});
        for (const double x : {10.6866123, 10.6866124, 10.9}) {
            builder.beginFeature(1, GeometryKind::Point);
            const PointXY p{x, 53.8655};
            builder.addRing(std::span(&p, 1));
            QVERIFY(builder.endFeature());
        }
        const auto set = builder.finish();
        QSet<qint64> different;
        for (const auto &v : set->vertices)
            different.insert(v.x);
        QCOMPARE(different.size(), 3);
    }

    void textsAreADictionaryAndNullsAreNull()
    {
        Column column;
        column.field = {.name = u"t"_s, .type = FieldType::Text};
        for (const auto &v : {QVariant(u"a"_s), QVariant(), QVariant(u"b"_s), QVariant(u"a"_s)})
            column.append(v);
        QCOMPARE(column.texts(), (QStringList{u"a"_s, u"b"_s}));
        QVERIFY(column.isNull(1));
        QCOMPARE(column.value(3).toString(), u"a"_s);
        Column number;
        number.field = {.name = u"n"_s, .type = FieldType::Real};
        number.append(QVariant(1.5));
        number.append(QVariant());
        QVERIFY(number.isNull(1) && std::isnan(number.number(1)));
    }

    void bowTiesAreInvalidAndKept()
    {
        FeatureSetBuilder builder(Crs::working(), {0, 0, 100, 100}, {});
        builder.add(Feature{.id = 5,
                            .geometry = {.kind = GeometryKind::Polygon,
                                         .points = {{0, 0}, {20, 20}, {20, 0}, {0, 20}, {0, 0}},
                                         .ringEnds = {5}}});
        builder.add(Feature{
            .id = 6, .geometry = {.kind = GeometryKind::Polygon, .points = square(50, 50, 10), .ringEnds = {5}}});
        const auto set = builder.finish();
        const auto invalid = invalidFeatures(*set, {});
        VERIFY_RESULT(invalid);
        QCOMPARE(invalid->size(), 1U);
        QCOMPARE(set->ids[invalid->front()], 5);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(invalidFeatures(*set, stop.get_token()).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestFeatureSet)
#include "tst_featureset.moc"
