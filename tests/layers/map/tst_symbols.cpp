// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layers/map/scenes.h"
#include "tests/support/testkit.h"

#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

/** A polygon with a hole and a notch, a bent line, a point: each symbol shows all that it has. */
FeatureSetPtr sample()
{
    Shape polygon{.kind = GeometryKind::Polygon,
                  .rings = {{{8, 40}, {70, 34}, {88, 60}, {80, 90}, {52, 76}, {14, 88}},
                            {{30, 50}, {30, 66}, {52, 62}, {50, 48}}}};
    return setOf({polygon, line({{8, 10}, {30, 26}, {44, 8}, {62, 24}, {90, 16}}), point(96, 88)});
}

QImage pictureOf(const Symbol &symbol, double rotation = 0, double opacity = 1)
{
    auto viewport = view(104, 100);
    viewport.rotation = rotation;
    auto layer = layerOf(sample(), single(symbol));
    layer.opacity = opacity;
    auto scene = sceneOf({layer});
    scene.background = QColor(244, 243, 238);
    return drawn(scene, viewport);
}

Symbol filled(const Fill &fill)
{
    return {.fills = {fill}, .strokes = {Stroke{.color = QColor(60, 60, 60), .width = 0.3}}, .markers = {}};
}

Symbol stroked(std::vector<Stroke> strokes)
{
    return {.fills = {}, .strokes = std::move(strokes), .markers = {}};
}

} // namespace

/** Golden pictures: look at them before you renew them (HANSEATLAS_UPDATE_GOLDEN=1). */
class TestSymbols : public QObject
{
    Q_OBJECT

private slots:
    void symbolsLookAsTheyShould_data()
    {
        QTest::addColumn<Symbol>("symbol");
        const QColor green(120, 170, 110), blue(20, 60, 140);
        QTest::newRow("fill") << filled({.color = green});
        QTest::newRow("fill-see-through") << filled({.color = QColor(120, 170, 110, 120)});
        QTest::newRow("two-fills") << Symbol{
            .fills = {Fill{.color = green},
                      Fill{.color = Qt::white, .pattern = Fill::Pattern::Forward, .spacing = 1.6, .width = 0.5}},
            .strokes = {},
            .markers = {}};
        using Pattern = Fill::Pattern;
        for (const auto &[name, pattern] :
             {std::pair("horizontal", Pattern::Horizontal), std::pair("vertical", Pattern::Vertical),
              std::pair("forward", Pattern::Forward), std::pair("backward", Pattern::Backward),
              std::pair("cross", Pattern::Cross), std::pair("diagonal-cross", Pattern::DiagonalCross),
              std::pair("dots", Pattern::Dots)})
            QTest::newRow(name) << filled(
                {.color = blue, .pattern = pattern, .spacing = 1.9, .width = pattern == Pattern::Dots ? 0.9 : 0.35});
        QTest::newRow("hatch-on-background")
            << filled({.color = blue, .pattern = Pattern::Backward, .background = QColor(210, 225, 250)});
        QTest::newRow("line-thin") << stroked({Stroke{.color = blue, .width = 0.2}});
        QTest::newRow("line-round") << stroked(
            {Stroke{.color = blue, .width = 2, .cap = Qt::RoundCap, .join = Qt::RoundJoin}});
        QTest::newRow("line-mitre") << stroked(
            {Stroke{.color = blue, .width = 2, .cap = Qt::SquareCap, .join = Qt::MiterJoin}});
        QTest::newRow("line-bevel") << stroked({Stroke{.color = blue, .width = 2, .join = Qt::BevelJoin}});
        QTest::newRow("dashes") << stroked({Stroke{.color = blue, .width = 0.6, .dash = {2.5, 1, 0.6, 1}}});
        QTest::newRow("casing") << stroked({Stroke{.color = QColor(90, 90, 90), .width = 2.4, .cap = Qt::RoundCap},
                                            Stroke{.color = QColor(255, 230, 120), .width = 1.7, .cap = Qt::RoundCap}});
        QTest::newRow("offset") << stroked(
            {Stroke{.color = QColor(90, 90, 90), .width = 0.3}, Stroke{.color = Qt::red, .width = 0.7, .offset = 1.2}});
        using Mark = Marker::Shape;
        for (const auto &[name, shape] :
             {std::pair("circle", Mark::Circle), std::pair("square", Mark::Square), std::pair("diamond", Mark::Diamond),
              std::pair("triangle", Mark::Triangle), std::pair("star", Mark::Star),
              std::pair("cross-marker", Mark::Cross), std::pair("x-marker", Mark::X), std::pair("pin", Mark::Pin),
              std::pair("arrow", Mark::Arrow)})
            QTest::newRow(name) << Symbol{.fills = {}, .strokes = {}, .markers = {Marker{.shape = shape, .size = 5}}};
        QTest::newRow("svg") << Symbol{
            .fills = {},
            .strokes = {},
            .markers = {Marker{
                .shape = Mark::Svg, .svg = dataFile(u"map/marker.svg"_s), .size = 6, .fill = QColor(170, 40, 90)}}};
        QTest::newRow("svg-missing") << Symbol{
            .fills = {}, .strokes = {}, .markers = {Marker{.shape = Mark::Svg, .svg = u"no-such-symbol"_s, .size = 6}}};
    }
    void symbolsLookAsTheyShould()
    {
        QFETCH(Symbol, symbol);
        const auto problem =
            compareGolden(pictureOf(symbol), u"symbols/"_s + QLatin1StringView(QTest::currentDataTag()));
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void opacityAndRotationLookAsTheyShould()
    {
        const Symbol symbol{.fills = {Fill{.color = QColor(20, 60, 140),
                                           .pattern = Fill::Pattern::Forward,
                                           .background = QColor(210, 225, 250)}},
                            .strokes = {Stroke{.color = QColor(60, 60, 60), .width = 0.8}},
                            .markers = {Marker{.shape = Marker::Shape::Arrow, .size = 5}}};
        auto problem = compareGolden(pictureOf(symbol, 0, 0.4), u"symbols/opacity"_s);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        problem = compareGolden(pictureOf(symbol, 30), u"symbols/turned"_s);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void classesLookAsTheyShould()
    {
        std::vector<Shape> shapes;
        for (int i = 0; i < 6; ++i)
            shapes.push_back(rectangle(6 + (i % 3) * 32, 6 + double(i / 3) * 46, 28, 42, {i * 10}));
        const auto set = setOf(shapes, {{.name = u"db"_s, .type = FieldType::Integer}});
        Style style;
        style.kind = Style::Kind::Graduated;
        style.field = u"db"_s;
        style.classes = {StyleClass{.lower = 0, .upper = 20, .symbol = filled({.color = QColor(0xf4c683)})},
                         StyleClass{.lower = 20, .upper = 40, .symbol = filled({.color = QColor(0xcd463f)})}};
        style.otherwise = filled({.color = QColor(90, 90, 90), .pattern = Fill::Pattern::Backward});
        auto problem = compareGolden(drawn(sceneOf({layerOf(set, style)}), view(104, 100)), u"symbols/graduated"_s);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        style.kind = Style::Kind::RuleBased;
        style.classes[0].filter = {
            .kind = Filter::Kind::Compare, .field = u"db"_s, .op = Filter::Op::GreaterOrEqual, .values = {40}};
        style.classes[1].filter = {
            .kind = Filter::Kind::Compare, .field = u"db"_s, .op = Filter::Op::Less, .values = {20}};
        problem = compareGolden(drawn(sceneOf({layerOf(set, style)}), view(104, 100)), u"symbols/rules"_s);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void roadsOfSeveralClassesJoin()
    {
        Style style;
        style.kind = Style::Kind::Categorised;
        style.field = u"class"_s;
        for (int i = 0; i < 2; ++i)
            style.classes.push_back(StyleClass{
                .value = i,
                .symbol = stroked({Stroke{.color = QColor(90, 90, 90), .width = i ? 2.6 : 1.8},
                                   Stroke{.color = i ? QColor(255, 210, 90) : Qt::white, .width = i ? 2 : 1.2}})});
        const auto set =
            setOf({line({{5, 50}, {95, 50}}, {1}), line({{50, 5}, {50, 50}}, {0}), line({{50, 50}, {80, 95}}, {0})},
                  {{.name = u"class"_s, .type = FieldType::Integer}});
        const auto problem = compareGolden(drawn(sceneOf({layerOf(set, style)}), view(100, 100)), u"symbols/roads"_s);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void rastersLookAsTheyShould_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("stops");
        QTest::newRow("ramp") << int(RasterStyle::Kind::Ramp) << true;
        QTest::newRow("ramp-default") << int(RasterStyle::Kind::Ramp) << false;
        QTest::newRow("classes") << int(RasterStyle::Kind::Classes) << true;
        QTest::newRow("hillshade") << int(RasterStyle::Kind::Hillshade) << false;
        QTest::newRow("hillshade-tinted") << int(RasterStyle::Kind::Hillshade) << true;
    }
    void rastersLookAsTheyShould()
    {
        QFETCH(int, kind);
        QFETCH(bool, stops);
        RasterStyle style{.kind = RasterStyle::Kind(kind), .ramp = u"viridis"_s, .exaggeration = 3};
        if (stops)
            style.stops = {
                {0, QColor(60, 130, 80), {}}, {10, QColor(230, 220, 150), {}}, {20, QColor(150, 90, 50), {}}};
        // Two hills, and a corner without data
        const auto layer = valueRaster(
            [](PointXY p) {
                if (p.x + p.y < 30)
                    return std::nanf("");
                return float(20 * std::exp(-((p.x - 35) * (p.x - 35) + (p.y - 60) * (p.y - 60)) / 400)
                             + 12 * std::exp(-((p.x - 75) * (p.x - 75) + (p.y - 30) * (p.y - 30)) / 200));
            },
            style, 0, 20);
        const auto problem = compareGolden(drawn(sceneOf({layer}), view(100, 90)),
                                           u"rasters/"_s + QLatin1StringView(QTest::currentDataTag()));
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void samplesStayInTheirBox_data()
    {
        QTest::addColumn<Symbol>("symbol");
        QTest::addColumn<int>("kind");
        QTest::newRow("fill") << filled({.color = Qt::red}) << int(GeometryKind::Polygon);
        QTest::newRow("line") << stroked({Stroke{.color = Qt::red, .width = 1}}) << int(GeometryKind::Line);
        QTest::newRow("large marker") << Symbol{.fills = {},
                                                .strokes = {},
                                                .markers = {Marker{.size = 30, .fill = Qt::red}}}
                                      << int(GeometryKind::Point);
        QTest::newRow("pin") << Symbol{.fills = {},
                                       .strokes = {},
                                       .markers = {Marker{.shape = Marker::Shape::Pin, .size = 3, .fill = Qt::red}}}
                             << int(GeometryKind::Point);
    }
    void samplesStayInTheirBox()
    {
        QFETCH(Symbol, symbol);
        QFETCH(int, kind);
        QImage image(48, 36, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintSymbol(painter, symbol, GeometryKind(kind), QRectF(8, 8, 28, 18), 96 / 25.4);
        painter.end();
        int inside = 0;
        for (int y = 0; y < 36; ++y) {
            for (int x = 0; x < 48; ++x) {
                const bool red = image.pixelColor(x, y).green() < 120;
                inside += red;
                QVERIFY2(!red || QRect(8, 8, 28, 18).contains(x, y), qPrintable(u"%1, %2"_s.arg(x).arg(y)));
            }
        }
        QVERIFY(inside > 20);
    }
};

QTEST_GUILESS_MAIN(TestSymbols)
#include "tst_symbols.moc"
