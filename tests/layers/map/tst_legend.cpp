// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/legend.h"
#include "tests/layers/map/scenes.h"
#include "tests/support/testkit.h"

#include <cmath>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const Symbol red{.fills = {Fill{.color = Qt::red}}, .strokes = {}, .markers = {}};

StyleClass category(const QVariant &value)
{
    return {.title = value.toString(), .value = value, .symbol = red};
}

Style categories(const QList<QVariant> &values)
{
    Style style;
    style.kind = Style::Kind::Categorised;
    style.field = u"f"_s;
    for (const auto &value : values)
        style.classes.push_back(category(value));
    return style;
}

std::vector<Shape> squares(const QVariantList &values)
{
    std::vector<Shape> shapes;
    for (qsizetype i = 0; i < values.size(); ++i)
        shapes.push_back(rectangle(double(i) * 10, 0, 8, 8, {values[i]}));
    return shapes;
}

/** Classes in the order of the ids, which need not be the set's. */
std::vector<int> classesOf(const Style &style, const FeatureSet &set)
{
    std::vector<int> result(set.size());
    const auto classes = classify(style, set);
    for (std::size_t i = 0; i < set.size(); ++i)
        result[std::size_t(set.ids[i]) - 1] = classes[i];
    return result;
}

} // namespace

/** classify() and what legends make of it. */
class TestLegend : public QObject
{
    Q_OBJECT

private slots:
    void categoriesMatchTexts()
    {
        const auto set = setOf(squares({u"b"_s, u"a"_s, u"x"_s, QVariant()}), {{.name = u"f"_s}});
        QCOMPARE(classesOf(categories({u"a"_s, u"b"_s}), *set), (std::vector<int>{1, 0, -1, -1}));
    }
    void categoriesMatchNumbersByValue()
    {
        const auto integers = setOf(squares({7, 3}), {{.name = u"f"_s, .type = FieldType::Integer}});
        QCOMPARE(classesOf(categories({3.0, u"7"_s}), *integers), (std::vector<int>{1, 0}));
        const auto texts = setOf(squares({u"07"_s, u"3"_s}), {{.name = u"f"_s}});
        QCOMPARE(classesOf(categories({3, 7}), *texts), (std::vector<int>{1, 0}));
    }
    void nullIsACategoryOfItsOwn()
    {
        const auto set = setOf(squares({u"a"_s, QVariant()}), {{.name = u"f"_s}});
        QCOMPARE(classesOf(categories({u"a"_s, QVariant()}), *set), (std::vector<int>{0, 1}));
    }
    void aMissingColumnCountsAsNull()
    {
        const auto set = setOf(squares({u"a"_s}), {{.name = u"other"_s}});
        auto style = categories({u"a"_s});
        QCOMPARE(classesOf(style, *set), (std::vector<int>{-1}));
        style.otherwise = red;
        QCOMPARE(classesOf(style, *set), (std::vector<int>{1}));
    }
    void rangesTakeTheirLowerLimitAndTheLastOneBoth()
    {
        Style style;
        style.kind = Style::Kind::Graduated;
        style.field = u"f"_s;
        style.classes = {StyleClass{.upper = 10}, StyleClass{.lower = 10, .upper = 20}};
        const auto set = setOf(squares({9.99, 10, 20, 20.01, QVariant()}), {{.name = u"f"_s, .type = FieldType::Real}});
        QCOMPARE(classesOf(style, *set), (std::vector<int>{0, 1, 1, -1, -1}));
    }
    void theFirstMatchingRuleWins()
    {
        Style style;
        style.kind = Style::Kind::RuleBased;
        auto is = [](const QVariant &value) {
            return Filter{.kind = Filter::Kind::Compare, .field = u"f"_s, .values = {value}};
        };
        style.classes = {StyleClass{.filter = is(u"a"_s)}, StyleClass{.filter = {}}, StyleClass{.filter = is(u"b"_s)}};
        const auto texts = setOf(squares({u"a"_s, u"b"_s, u"a"_s}), {{.name = u"f"_s}});
        QCOMPARE(classesOf(style, *texts), (std::vector<int>{0, 1, 0}));
        // The same by numbers, which are not looked up but compared
        style.classes[0].filter = is(1);
        const auto numbers = setOf(squares({1, 2, 1}), {{.name = u"f"_s, .type = FieldType::Integer}});
        QCOMPARE(classesOf(style, *numbers), (std::vector<int>{0, 1, 0}));
    }
    void aSingleSymbolTakesAll()
    {
        QCOMPARE(classesOf(single(red), *setOf(squares({1, 2}), {{.name = u"f"_s}})), (std::vector<int>{0, 0}));
    }

    void legendsCountTheFeaturesOfEachClass()
    {
        auto style = categories({u"a"_s, u"b"_s});
        style.otherwise = red;
        style.otherwiseTitle = u"andere"_s;
        const auto legend = legendOf(layerOf(setOf(squares({u"a"_s, u"a"_s, u"z"_s}), {{.name = u"f"_s}}), style));
        QCOMPARE(legend.size(), std::size_t(3));
        QCOMPARE(legend[0].count, 2);
        QCOMPARE(legend[1].count, 0);
        QCOMPARE(legend[2].title, u"andere"_s);
        QCOMPARE(legend[2].count, 1);
        QCOMPARE(legend[2].styleClass, 2);
        QCOMPARE(legend[0].kind, GeometryKind::Polygon);
    }
    void legendsOfAViewShowOnlyWhatIsInIt()
    {
        const auto layer = layerOf(setOf(squares({u"a"_s, u"b"_s}), {{.name = u"f"_s}}), categories({u"a"_s, u"b"_s}));
        const auto left = view(5, 5);
        const auto legend = legendOf(layer, &left);
        QCOMPARE(legend.size(), std::size_t(1));
        QCOMPARE(legend[0].title, u"a"_s);
    }
    void legendsOfAViewLeaveOutWhatOnlyPassesBy()
    {
        // Boxes of "by" reach over the view, a bend round its corner, a far corner of an area round it
        const std::vector<Shape> shapes = {
            line({{-5, 8}, {-5, 40}, {20, 40}}, {u"by"_s}),
            line({{-5, 5}, {-5, 40}, {15, -10}}, {u"through"_s}),
            {.rings = {{{-20, -20}, {40, -20}, {40, 40}, {-20, 40}}, {{-10, -10}, {-10, 30}, {30, 30}, {30, -10}}},
             .values = {u"round"_s}},
            rectangle(-50, -50, 100, 100, {u"under"_s})};
        const auto layer =
            layerOf(setOf(shapes, {{.name = u"f"_s}}), categories({u"by"_s, u"through"_s, u"round"_s, u"under"_s}));
        const auto titles = [&layer](const Viewport &shown) {
            QStringList result;
            for (const auto &entry : legendOf(layer, &shown))
                result << entry.title;
            return result;
        };
        auto shown = view(10, 10);
        QCOMPARE(titles(shown), (QStringList{u"through"_s, u"under"_s}));
        shown.rotation = 45; // now its corners reach beyond the upright square: 5 ± 7.07
        shown.centre.x = 0.5; // and the left one beyond -5
        QCOMPARE(titles(shown), (QStringList{u"through"_s, u"under"_s}));
        shown.centre = {2, 8};
        QCOMPARE(titles(shown), (QStringList{u"by"_s, u"through"_s, u"under"_s}));
    }
    void legendsOfAViewKnowOtherReferenceSystems()
    {
        const auto degrees =
            setOf({rectangle(10.68, 53.86, 0.01, 0.01, {u"here"_s}), rectangle(10.9, 53.86, 0.01, 0.01, {u"there"_s})},
                  {{.name = u"f"_s}}, Crs::fromEpsg(4326));
        auto shown = view(2000, 2000);
        shown.centre = {611000, 5970000};
        const auto legend = legendOf(layerOf(degrees, categories({u"here"_s, u"there"_s})), &shown);
        QCOMPARE(legend.size(), std::size_t(1));
        QCOMPARE(legend[0].title, u"here"_s);
    }
    void legendsDoWithoutData()
    {
        Layer layer;
        layer.style = categories({u"a"_s});
        const auto legend = legendOf(layer);
        QCOMPARE(legend.size(), std::size_t(1));
        QCOMPARE(legend[0].count, -1);
    }
    void rastersShowTheirStopsWithUnits()
    {
        RasterStyle style{.kind = RasterStyle::Kind::Classes,
                          .stops = {{5, Qt::cyan, {}}, {10, Qt::blue, u"tief"_s}},
                          .unit = u"cm"_s};
        const auto legend = legendOf(valueRaster([](PointXY) { return 0.0F; }, style, 0, 20));
        QCOMPARE(legend.size(), std::size_t(2));
        QCOMPARE(legend[0].title, u"5 – 10 cm"_s);
        QCOMPARE(legend[0].styleClass, -1);
        QCOMPARE(legend[1].title, u"tief"_s);
        QCOMPARE(legend[1].color, QColor(Qt::blue));
    }
};

QTEST_GUILESS_MAIN(TestLegend)
#include "tst_legend.moc"
