// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/layervalues.h"
#include "tests/support/testkit.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

Geometry box(double x, double y, double width, double height)
{
    Geometry made{.kind = GeometryKind::Polygon};
    made.points = {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}};
    made.ringEnds = {5};
    return made;
}

Geometry point(double x, double y)
{
    return {.kind = GeometryKind::Point, .points = {{x, y}}};
}

/** West and east, 100 m by 100 m each, side by side; and one that lies elsewhere. */
std::vector<TallyArea> areas()
{
    return {{u"West"_s, box(0, 0, 100, 100)}, {u"Ost"_s, box(100, 0, 100, 100)}, {u"Fern"_s, box(900, 900, 10, 10)}};
}

const QList<Field> fields{{.name = u"name"_s}, {.name = u"hoehe"_s, .type = FieldType::Real}};

using Values = QList<LayerTally::Value>;

Result<Values> worked(const QString &operation, const QList<Feature> &features, const QString &column = {})
{
    auto tally = LayerTally::create(areas(), {.what = u"Ebene"_s, .operation = operation, .column = column}, fields);
    if (!tally)
        return std::unexpected(tally.error());
    for (const auto &feature : features)
        tally->add(feature);
    return tally->values();
}

} // namespace

class TestLayerValues : public QObject
{
    Q_OBJECT
private slots:
    void featuresAreCountedWhereTheyLie()
    {
        const auto values = worked(u"count"_s,
                                   {{1, {}, point(10, 10)},
                                    {2, {}, point(150, 10)},
                                    {3, {}, point(160, 10)},
                                    {4, {}, point(500, 500)}, // in none
                                    {5, {}, box(90, 0, 15, 10)}, // its middle lies in the west
                                    {6, {}, {}}});
        VERIFY_RESULT(values);
        QCOMPARE(*values, (Values{{{}, 4.0}, {u"West"_s, 2.0}, {u"Ost"_s, 2.0}, {u"Fern"_s, 0.0}}));
    }

    void areasAreCutAtTheBorder()
    {
        const QList<Feature> park{{1, {}, box(80, 0, 60, 50)}, {2, {}, box(0, 90, 10, 100)}, {3, {}, point(5, 5)}};
        const auto values = worked(u"area"_s, park);
        VERIFY_RESULT(values);
        QCOMPARE(*values, (Values{{{}, 3100.0}, {u"West"_s, 1100.0}, {u"Ost"_s, 2000.0}, {u"Fern"_s, 0.0}}));
        const auto shares = worked(u"share"_s, park);
        VERIFY_RESULT(shares);
        QCOMPARE(*shares, (Values{{{}, 3100.0 / 20100 * 100}, {u"West"_s, 11.0}, {u"Ost"_s, 20.0}, {u"Fern"_s, 0.0}}));
    }

    void aMeanKnowsNoDataAndNoZero()
    {
        const auto values = worked(u"mean"_s,
                                   {{1, {u"a"_s, 10.0}, point(10, 10)},
                                    {2, {u"b"_s, 20.0}, point(20, 10)},
                                    {3, {u"c"_s, QVariant()}, point(30, 10)},
                                    {4, {u"d"_s, std::nan("")}, point(40, 10)},
                                    {5, {u"e"_s, 60.0}, point(150, 10)}},
                                   u"hoehe"_s);
        VERIFY_RESULT(values);
        QCOMPARE(*values, (Values{{{}, 30.0}, {u"West"_s, 15.0}, {u"Ost"_s, 60.0}, {u"Fern"_s, std::nullopt}}));
    }

    void brokenAreasAreMendedOrCounted()
    {
        auto bow = box(0, 0, 40, 40);
        std::swap(bow.points[1], bow.points[2]); // crosses itself
        const auto values = worked(u"area"_s, {{1, {}, bow}});
        VERIFY_RESULT(values);
        QCOMPARE(values->first().value, 800.0); // the two halves
    }

    void whatCannotBeWorkedOutIsTold()
    {
        VERIFY_FAILS(worked(u"median"_s, {}), ErrorKind::Invalid);
        VERIFY_FAILS(worked(u"mean"_s, {}, u"fehlt"_s), ErrorKind::Invalid);
        VERIFY_FAILS(LayerTally::create({}, {.operation = u"count"_s}, fields), ErrorKind::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestLayerValues)
#include "tst_layervalues.moc"
