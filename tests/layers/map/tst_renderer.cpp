// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/framecache.h"
#include "tests/layers/map/scenes.h"
#include "tests/support/testkit.h"

#include <QElapsedTimer>
#include <QPainter>
#include <QtConcurrentRun>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

Symbol plainFill(const QColor &color)
{
    return {.fills = {Fill{.color = color}}, .strokes = {}, .markers = {}};
}

Symbol plainStroke(const QColor &color, double pixels)
{
    return {.fills = {}, .strokes = {Stroke{.color = color, .width = pixels * 25.4 / 96}}, .markers = {}};
}

/** How much black lies on white in a box, in pixels. */
double darkness(const QImage &image, const QRect &box)
{
    double sum = 0;
    for (int y = box.top(); y <= box.bottom(); ++y)
        for (int x = box.left(); x <= box.right(); ++x)
            sum += 1 - qRed(image.pixel(x, y)) / 255.0;
    return sum;
}

/** Waits before it answers, unless it is told to stop. */
class SlowRaster final : public RasterSource
{
public:
    LayerDescription description() const override { return {}; }
    Result<RasterBlock> read(const RasterQuery &, CancelToken token) const override
    {
        QElapsedTimer timer;
        timer.start();
        while (!token.stop_requested() && timer.elapsed() < 10000)
            QThread::msleep(2);
        return cancelled();
    }
    Result<std::vector<double>> valuesAt(PointXY, const Crs &, CancelToken) const override
    {
        return std::vector<double>{};
    }
};

/** Of which only the upper half could be read. */
class DamagedRaster final : public RasterSource
{
public:
    LayerDescription description() const override { return {}; }
    Result<RasterBlock> read(const RasterQuery &query, CancelToken) const override
    {
        RasterBlock block{.size = query.size, .damage = u"The file is damaged."_s};
        block.image = QImage(query.size, QImage::Format_ARGB32_Premultiplied);
        block.image.fill(Qt::transparent);
        QPainter(&block.image).fillRect(0, 0, query.size.width(), query.size.height() / 2, Qt::red);
        return block;
    }
    Result<std::vector<double>> valuesAt(PointXY, const Crs &, CancelToken) const override
    {
        return std::vector<double>{};
    }
};

} // namespace

class TestRenderer : public QObject
{
    Q_OBJECT

private slots:
    void aDamagedRasterIsDrawnAsFarAsItGoesAndNotedOnce()
    {
        Layer layer;
        layer.title = u"Luftbild"_s;
        auto data = std::make_shared<LayerData>();
        data->description.kind = LayerKind::Raster;
        data->source = std::shared_ptr<const RasterSource>(std::make_shared<DamagedRaster>());
        layer.data = data;
        const auto scene = sceneOf({layer});
        for (const double rotation : {0.0, 10.0}) {
            auto turned = view(60, 60);
            turned.rotation = rotation;
            QThreadPool pool;
            RenderNotes notes;
            const auto image = renderImage(scene, turned, pool, {}, {}, &notes);
            VERIFY_RESULT(image);
            QCOMPARE(notes.problems, QStringList{u"Luftbild: The file is damaged."_s});
            QCOMPARE(image->pixelColor(30, 10), QColor(Qt::red));
            QCOMPARE(image->pixelColor(30, 50), QColor(Qt::white));
            QImage sheet(60, 60, QImage::Format_ARGB32_Premultiplied);
            sheet.fill(Qt::white);
            QPainter painter(&sheet);
            RenderNotes onSheet;
            VERIFY_RESULT(paintVector(painter, scene, turned, turned.pixelsPerMm, {}, &onSheet));
            QCOMPARE(onSheet.problems, notes.problems);
        }
        // what is already there is moved on a pan; its damage is not forgotten
        QThreadPool pool;
        const auto first = renderFrame({.scene = scene, .revision = 1, .viewport = view(60, 60), .last = {}}, pool, {});
        VERIFY_RESULT(first);
        auto moved = view(60, 60).panned({8, 0});
        const auto second = renderFrame({.scene = scene, .revision = 1, .viewport = moved, .last = *first}, pool, {});
        VERIFY_RESULT(second);
        QCOMPARE(second->notes.problems.size(), 1);
    }

    void aPolygonThatCoversHalfAPixelColoursItByHalf()
    {
        const auto image =
            drawn(sceneOf({layerOf(setOf({rectangle(10, 10, 20.5, 20)}), single(plainFill(Qt::black)))}), view(64, 64));
        QCOMPARE(image.pixelColor(20, 40), QColor(Qt::black));
        QVERIFY2(std::abs(image.pixelColor(30, 40).red() - 127) <= 1, qPrintable(image.pixelColor(30, 40).name()));
        QCOMPARE(image.pixelColor(31, 40), QColor(Qt::white));
    }

    void aHoleStaysEmpty()
    {
        auto shape = rectangle(8, 8, 48, 48);
        shape.rings.push_back({{24, 24}, {24, 40}, {40, 40}, {40, 24}});
        const auto image = drawn(sceneOf({layerOf(setOf({shape}), single(plainFill(Qt::black)))}), view(64, 64));
        QCOMPARE(image.pixelColor(32, 32), QColor(Qt::white));
        QCOMPARE(image.pixelColor(12, 32), QColor(Qt::black));
        QCOMPARE(image.pixelColor(60, 32), QColor(Qt::white));
    }

    void neighboursLeaveNoSeam_data()
    {
        QTest::addColumn<QColor>("color");
        QTest::newRow("opaque") << QColor(40, 90, 160);
        QTest::newRow("see-through") << QColor(40, 90, 160, 150);
    }
    void neighboursLeaveNoSeam()
    {
        QFETCH(QColor, color);
        // A fan of triangles whose common edges cross pixels in all directions, and a whole disc
        std::vector<Shape> fan, disc(1);
        disc[0].rings = {{}};
        for (int i = 0; i < 16; ++i) {
            auto at = [](int k) {
                return PointXY{64.3 + 50 * std::cos(k * M_PI / 8), 64.7 + 50 * std::sin(k * M_PI / 8)};
            };
            fan.push_back({.kind = GeometryKind::Polygon, .rings = {{{64.3, 64.7}, at(i), at(i + 1)}}});
            disc[0].rings[0].push_back(at(i));
        }
        const auto pieces = drawn(sceneOf({layerOf(setOf(fan), single(plainFill(color)))}), view(128, 128));
        const auto whole = drawn(sceneOf({layerOf(setOf(disc), single(plainFill(color)))}), view(128, 128));
        int worst = 0;
        for (int y = 0; y < 128; ++y)
            for (int x = 0; x < 128; ++x)
                if (std::hypot(x - 64, y - 64) > 3) // where all meet, sixteen roundings add up
                    worst = std::max(worst, std::abs(pieces.pixelColor(x, y).red() - whole.pixelColor(x, y).red()));
        QVERIFY2(worst <= 6, qPrintable(QString::number(worst)));
    }

    void specksAddUpToTheAreaTheyCover()
    {
        // 400 squares of a tenth of a pixel's area at uneven places
        std::vector<Shape> specks;
        for (int i = 0; i < 400; ++i)
            specks.push_back(rectangle(10 + (i % 20) * 2.137, 10 + double(i / 20) * 2.071, 0.3162, 0.3162));
        Symbol symbol = plainFill(Qt::black);
        symbol.strokes = {Stroke{.color = Qt::black, .width = 0.1}}; // an outline would be larger than the speck
        const auto image = drawn(sceneOf({layerOf(setOf(specks), single(symbol))}), view(64, 64));
        QVERIFY2(std::abs(darkness(image, image.rect()) - 40) < 2,
                 qPrintable(QString::number(darkness(image, image.rect()))));
    }

    void dustFinerThanAColourStepIsNotLost()
    {
        std::vector<Shape> dust;
        for (int i = 0; i < 40000; ++i)
            dust.push_back(rectangle(8 + (i % 200) * 0.2, 8 + double(i / 200) * 0.2, 0.02, 0.02));
        const auto image = drawn(sceneOf({layerOf(setOf(dust), single(plainFill(Qt::black)))}), view(64, 64));
        QVERIFY2(std::abs(darkness(image, image.rect()) - 16) < 2,
                 qPrintable(QString::number(darkness(image, image.rect()))));
    }

    void bowTiesKeepTheirOutline()
    {
        // Its halves turn against each other, so the signed area is nothing
        const Shape bow{.rings = {{{10, 10}, {50, 50}, {50, 10}, {10, 50}}}};
        Symbol symbol = plainFill(QColor(200, 200, 200));
        symbol.strokes = plainStroke(Qt::black, 2).strokes;
        const auto image = drawn(sceneOf({layerOf(setOf({bow}), single(symbol))}), view(60, 60));
        QCOMPARE(QColor(image.pixel(50, 30)), QColor(Qt::black)); // the right edge
        QCOMPARE(QColor(image.pixel(42, 30)), QColor(200, 200, 200));
    }
    void outlinesOfSmallPolygonsDoNotDrownTheFill()
    {
        std::vector<Shape> houses;
        for (int i = 0; i < 100; ++i)
            houses.push_back(rectangle(4 + (i % 10) * 6.13, 4 + double(i / 10) * 6.07, 1.2, 1.2));
        Symbol symbol{
            .fills = {Fill{.color = Qt::red}}, .strokes = {Stroke{.color = Qt::black, .width = 0.25}}, .markers = {}};
        const auto image = drawn(sceneOf({layerOf(setOf(houses), single(symbol))}), view(68, 68));
        QVERIFY(darkness(image, image.rect()) < 8);
    }

    void aThinLineCoversItsWidth_data()
    {
        QTest::addColumn<PointXY>("to");
        QTest::addColumn<double>("width");
        for (const double width : {0.378, 0.9, 1.2, 2.5, 6.0}) {
            QTest::addRow("level %g", width) << PointXY{80, 20.3} << width;
            QTest::addRow("upright %g", width) << PointXY{20.7, 80} << width;
            QTest::addRow("slanted %g", width) << PointXY{80, 47} << width;
            QTest::addRow("steep %g", width) << PointXY{41, 80} << width;
        }
    }
    void aThinLineCoversItsWidth()
    {
        QFETCH(PointXY, to);
        QFETCH(double, width);
        const PointXY from{20.2, 20.3};
        const auto image =
            drawn(sceneOf({layerOf(setOf({line({from, to})}), single(plainStroke(Qt::black, width)))}), view(100, 100));
        const double wanted = std::hypot(to.x - from.x, to.y - from.y) * width;
        const double found = darkness(image, image.rect());
        QVERIFY2(std::abs(found - wanted) < 0.04 * wanted + 0.6,
                 qPrintable(u"%1 instead of %2"_s.arg(found).arg(wanted)));
    }

    void aBentLineIsNowhereTwiceAsDark()
    {
        const Symbol half = plainStroke(QColor(0, 0, 0, 128), 8);
        const auto image = drawn(
            sceneOf({layerOf(setOf({line({{10, 10}, {50, 14}, {12, 30}, {52, 50}})}), single(half))}), view(64, 64));
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x)
                QVERIFY(image.pixelColor(x, y).red() >= 126);
    }

    void tilesMeetWithoutATrace()
    {
        // One polygon and one line across many tiles; inside it all pixels are alike
        const auto shape = rectangle(20.5, 20.5, 1100, 700);
        const auto image =
            drawn(sceneOf({layerOf(setOf({shape}), single(plainFill(QColor(90, 120, 30, 128))))}), view(1200, 800));
        const auto inside = image.pixel(600, 400);
        for (int x = 30; x < 1100; ++x)
            QCOMPARE(image.pixel(x, 400), inside);
        for (int y = 100; y < 700; ++y)
            QCOMPARE(image.pixel(600, y), inside);
    }

    void aLayersOpacityHoldsForItAsAWhole()
    {
        auto layer = layerOf(setOf({rectangle(8, 8, 40, 40), rectangle(16, 16, 40, 40)}), single(plainFill(Qt::black)));
        layer.opacity = 0.5;
        const auto image = drawn(sceneOf({layer}), view(64, 64));
        QVERIFY(std::abs(image.pixelColor(12, 50).red() - 127) <= 1); // one polygon
        QVERIFY(std::abs(image.pixelColor(30, 30).red() - 127) <= 1); // two of them
    }

    void featuresLieInTheOrderOfTheirIds()
    {
        Style style;
        style.kind = Style::Kind::Categorised;
        style.field = u"kind"_s;
        style.classes = {StyleClass{.value = u"a"_s, .symbol = plainFill(Qt::red)},
                         StyleClass{.value = u"b"_s, .symbol = plainFill(Qt::blue)}};
        const QList<Field> fields{{.name = u"kind"_s}};
        const auto set = setOf({rectangle(8, 8, 40, 40, {u"b"_s}), rectangle(16, 16, 40, 40, {u"a"_s})}, fields);
        QCOMPARE(drawn(sceneOf({layerOf(set, style)}), view(64, 64)).pixelColor(30, 34), QColor(Qt::red));
        // … and rules by the order of the rules
        style.kind = Style::Kind::RuleBased;
        for (auto &c : style.classes)
            c.filter = Filter{.kind = Filter::Kind::Compare, .field = u"kind"_s, .values = {c.value}};
        QCOMPARE(drawn(sceneOf({layerOf(set, style)}), view(64, 64)).pixelColor(30, 34), QColor(Qt::blue));
    }

    void frontToBackGivesTheSamePictureAsBackToFront()
    {
        std::vector<Shape> shapes;
        for (int i = 0; i < 60; ++i)
            shapes.push_back({.kind = GeometryKind::Polygon,
                              .rings = {{{double(i * 37 % 90), double(i * 53 % 90)},
                                         {double(i * 37 % 90) + 20, double(i * 53 % 90) + 3},
                                         {double(i * 37 % 90) + 7, double(i * 53 % 90) + 24}}},
                              .values = {i % 2}});
        Style style;
        style.kind = Style::Kind::Categorised;
        style.field = u"n"_s;
        for (int i = 0; i < 2; ++i) {
            Symbol symbol = plainFill(i ? QColor(200, 60, 40) : QColor(40, 140, 90));
            symbol.strokes = {Stroke{.color = Qt::black, .width = 0.3}};
            style.classes.push_back(StyleClass{.value = i, .symbol = symbol});
        }
        const auto set = setOf(shapes, {{.name = u"n"_s, .type = FieldType::Integer}});
        const auto fast = drawn(sceneOf({layerOf(set, style)}), view(120, 120));
        style.classes.push_back(StyleClass{.value = 7, .symbol = {}});
        for (auto &c : style.classes) // a second fill that cannot be seen makes the layer no longer plainly opaque
            c.symbol.fills.insert(c.symbol.fills.begin(), Fill{.color = QColor(0, 0, 0, 1)});
        const auto slow = drawn(sceneOf({layerOf(set, style)}), view(120, 120));
        int different = 0;
        for (int y = 0; y < 120; ++y)
            for (int x = 0; x < 120; ++x)
                different += std::abs(qGreen(fast.pixel(x, y)) - qGreen(slow.pixel(x, y))) > 30;
        QVERIFY2(different < 120, qPrintable(QString::number(different)));
    }

    void rulesOutOfScaleLeaveTheirFeaturesToLaterOnes()
    {
        Style style;
        style.kind = Style::Kind::RuleBased;
        style.classes = {StyleClass{.minScale = 10, .symbol = plainFill(Qt::red)},
                         StyleClass{.symbol = plainFill(Qt::blue)}};
        const auto image = drawn(sceneOf({layerOf(setOf({rectangle(8, 8, 40, 40)}), style)}), view(64, 64));
        QCOMPARE(image.pixelColor(30, 30), QColor(Qt::blue));
    }

    void hiddenLayersClassesAndScalesAreNotDrawn()
    {
        const auto set = setOf({rectangle(8, 8, 40, 40)});
        auto layer = layerOf(set, single(plainFill(Qt::red)));
        layer.visible = false;
        QCOMPARE(drawn(sceneOf({layer}), view(64, 64)).pixelColor(30, 30), QColor(Qt::white));
        layer.visible = true;
        layer.minScale = 100;
        QCOMPARE(drawn(sceneOf({layer}), view(64, 64)).pixelColor(30, 30), QColor(Qt::white));
        layer.minScale = 0;
        layer.style.classes[0].visible = false;
        QCOMPARE(drawn(sceneOf({layer}), view(64, 64)).pixelColor(30, 30), QColor(Qt::white));
        layer.style.classes[0].visible = true;
        QCOMPARE(drawn(sceneOf({layer}), view(64, 64)).pixelColor(30, 30), QColor(Qt::red));
    }

    void featuresOfAnotherCrsAreTurnedIntoTheViews()
    {
        const PointXY home{611000, 5970000};
        const auto there = Transform::create(Crs::working(), Crs::fromEpsg(4326));
        VERIFY_RESULT(there);
        Shape shape{.kind = GeometryKind::Polygon, .rings = {{}}};
        for (const auto &d : {PointXY{-50, -50}, PointXY{50, -50}, PointXY{50, 50}, PointXY{-50, 50}})
            shape.rings[0].push_back(there->forward(PointXY{home.x + d.x, home.y + d.y}));
        FeatureSetBuilder builder(Crs::fromEpsg(4326), {10, 53, 11, 54}, {});
        builder.beginFeature(1, GeometryKind::Polygon);
        builder.addRing(shape.rings[0]);
        builder.endFeature();
        auto viewport = view(200, 200);
        viewport.centre = home;
        const auto image = drawn(sceneOf({layerOf(builder.finish(), single(plainFill(Qt::black)))}), viewport);
        QVERIFY(std::abs(darkness(image, image.rect()) - 10000) < 60);
        QCOMPARE(image.pixelColor(60, 60), QColor(Qt::black));
    }

    void invalidPolygonsAreMarked()
    {
        auto layer = layerOf(setOf({rectangle(8, 8, 40, 40)}), single(plainFill(Qt::black)));
        auto data = std::make_shared<LayerData>(*layer.data);
        data->invalid = {0};
        layer.data = data;
        auto scene = sceneOf({layer});
        const auto marked = drawn(scene, view(64, 64)).pixelColor(8, 35);
        QVERIFY(marked.red() > 180 && marked.green() < 60);
        scene.markInvalid = false;
        QVERIFY(drawn(scene, view(64, 64)).pixelColor(9, 35).red() < 40);
    }

    void screenAndPaperAgree_data()
    {
        QTest::addColumn<Symbol>("symbol");
        QTest::addColumn<double>("rotation");
        const Stroke casing{.color = QColor(90, 90, 90), .width = 2.4, .cap = Qt::RoundCap},
            middle{.color = Qt::yellow, .width = 1.6, .cap = Qt::RoundCap};
        for (const double rotation : {0.0, 33.0}) {
            const auto name = rotation != 0 ? "turned " : "";
            QTest::addRow("%sfill and outline", name) << Symbol{.fills = {Fill{.color = QColor(200, 120, 60)}},
                                                                .strokes = {Stroke{.color = Qt::black, .width = 0.5}},
                                                                .markers = {}}
                                                      << rotation;
            QTest::addRow("%scasing", name)
                << Symbol{.fills = {}, .strokes = {casing, middle}, .markers = {}} << rotation;
            QTest::addRow("%sdashes", name)
                << Symbol{.fills = {},
                          .strokes = {Stroke{.color = Qt::black, .width = 0.8, .dash = {3, 1.5}}},
                          .markers = {}}
                << rotation;
            QTest::addRow("%soffset", name)
                << Symbol{.fills = {Fill{.color = Qt::lightGray}},
                          .strokes = {Stroke{.color = Qt::red, .width = 0.8, .join = Qt::MiterJoin, .offset = 1.5}},
                          .markers = {}}
                << rotation;
            QTest::addRow("%smarker", name)
                << Symbol{.fills = {}, .strokes = {}, .markers = {Marker{.shape = Marker::Shape::Star, .size = 6}}}
                << rotation;
            for (const auto pattern :
                 {Fill::Pattern::Horizontal, Fill::Pattern::Vertical, Fill::Pattern::Forward, Fill::Pattern::Backward,
                  Fill::Pattern::Cross, Fill::Pattern::DiagonalCross, Fill::Pattern::Dots})
                QTest::addRow("%spattern %d", name, int(pattern))
                    << Symbol{.fills = {Fill{.color = Qt::darkBlue,
                                             .pattern = pattern,
                                             .spacing = 2.2,
                                             .width = 0.7,
                                             .background = QColor(230, 230, 250)}},
                              .strokes = {},
                              .markers = {}}
                    << rotation;
        }
    }
    void screenAndPaperAgree()
    {
        QFETCH(Symbol, symbol);
        QFETCH(double, rotation);
        auto ring = rectangle(20, 20, 80, 60);
        ring.rings.push_back({{40, 40}, {40, 60}, {70, 60}, {70, 40}});
        const auto set = setOf({ring, line({{10, 100}, {50, 112}, {70, 92}, {118, 110}}), point(110, 50)});
        auto viewport = view(128, 128);
        viewport.rotation = rotation;
        const auto scene = sceneOf({layerOf(set, single(symbol))});
        const auto fast = drawn(scene, viewport), vectors = drawnAsVectors(scene, viewport);
        int different = 0;
        for (int y = 0; y < 128; ++y) {
            for (int x = 0; x < 128; ++x) {
                const auto a = fast.pixel(x, y), b = vectors.pixel(x, y);
                different += std::max({std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)),
                                       std::abs(qBlue(a) - qBlue(b))})
                    > 56;
            }
        }
        if (different >= 160) {
            fast.save(u"agree-%1-fast.png"_s.arg(QLatin1StringView(QTest::currentDataTag())));
            vectors.save(u"agree-%1-vector.png"_s.arg(QLatin1StringView(QTest::currentDataTag())));
        }
        QVERIFY2(different < 160, qPrintable(QString::number(different)));
    }

    void rotationTurnsTheMapClockwise()
    {
        auto viewport = view(64, 64);
        viewport.rotation = 90; // north is to the right
        const auto image =
            drawn(sceneOf({layerOf(setOf({rectangle(24, 48, 16, 12)}), single(plainFill(Qt::black)))}), viewport);
        QCOMPARE(image.pixelColor(54, 32), QColor(Qt::black));
        QCOMPARE(image.pixelColor(32, 10), QColor(Qt::white));
    }

    void aTransparentBackgroundStaysTransparent()
    {
        auto scene = sceneOf({layerOf(setOf({rectangle(8, 8, 20, 20)}), single(plainFill(Qt::black)))});
        scene.background = Qt::transparent;
        const auto image = drawn(scene, view(64, 64));
        QCOMPARE(qAlpha(image.pixel(50, 10)), 0);
        QCOMPARE(qAlpha(image.pixel(15, 50)), 255);
    }

    void cancelReturnsSoon()
    {
        auto data = std::make_shared<LayerData>();
        data->description.kind = LayerKind::Raster;
        data->source = std::shared_ptr<const RasterSource>(std::make_shared<SlowRaster>());
        Layer layer;
        layer.data = data;
        QThreadPool pool;
        std::stop_source stop;
        QElapsedTimer timer;
        timer.start();
        auto future = QtConcurrent::run(
            &pool, [&] { return renderImage(sceneOf({layer}), view(200, 200), pool, stop.get_token()); });
        QThread::msleep(30);
        stop.request_stop();
        const auto result = future.result();
        QVERIFY(timer.elapsed() < 2000);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    }

    void aPoolOfOneBusyThreadStillDraws()
    {
        QThreadPool pool;
        pool.setMaxThreadCount(1);
        const auto scene = sceneOf({layerOf(setOf({rectangle(8, 8, 40, 40)}), single(plainFill(Qt::red)))});
        // From within the pool's only thread: nobody is left to help, and nobody may be waited for
        const auto image =
            QtConcurrent::run(&pool, [&] { return renderImage(scene, view(700, 700), pool, {}); }).result();
        VERIFY_RESULT(image);
        QCOMPARE(image->pixelColor(30, 680), QColor(Qt::red));
    }

    void anEmptySizeIsAnError()
    {
        QThreadPool pool;
        VERIFY_FAILS(renderImage({}, view(0, 0), pool, {}), ErrorKind::Invalid);
    }

    void aPanDrawsTheSamePictureAsAFreshOne()
    {
        std::vector<Shape> shapes;
        for (int i = 0; i < 300; ++i)
            shapes.push_back(rectangle(i * 67 % 400 - 50, i * 91 % 400 - 50, 14.3, 9.7));
        Symbol symbol{.fills = {Fill{.color = QColor(180, 200, 90),
                                     .pattern = Fill::Pattern::Forward,
                                     .background = QColor(240, 240, 200)}},
                      .strokes = {Stroke{.color = Qt::black, .width = 0.3}},
                      .markers = {}};
        FrameRequest request{.scene = sceneOf({layerOf(setOf(shapes), single(symbol))}),
                             .revision = 1,
                             .viewport = view(300, 200),
                             .last = {}};
        QThreadPool pool;
        const auto first = renderFrame(request, pool, {});
        VERIFY_RESULT(first);
        request.viewport = alignedTo(request.viewport.panned({-37.3, 21.8}), first->viewport);
        const auto fresh = renderFrame(request, pool, {});
        request.last = *first;
        const auto reused = renderFrame(request, pool, {});
        VERIFY_RESULT(reused);
        int different = 0;
        for (int y = 0; y < 200; ++y)
            for (int x = 0; x < 300; ++x)
                different += std::abs(qGreen(fresh->geometry.pixel(x, y)) - qGreen(reused->geometry.pixel(x, y))) > 8;
        QVERIFY2(different < 60, qPrintable(QString::number(different)));
    }

    void aChangedSceneReusesNothing()
    {
        FrameRequest request{.scene = sceneOf({layerOf(setOf({rectangle(8, 8, 40, 40)}), single(plainFill(Qt::red)))}),
                             .revision = 1,
                             .viewport = view(64, 64),
                             .last = {}};
        QThreadPool pool;
        request.last = renderFrame(request, pool, {}).value_or(Frame());
        request.scene.layers[0].style = single(plainFill(Qt::blue));
        request.revision = 2;
        const auto frame = renderFrame(request, pool, {});
        VERIFY_RESULT(frame);
        QCOMPARE(frame->geometry.pixelColor(30, 30), QColor(Qt::blue));
    }

    void aPreviewShowsTheOldPictureWhereItBelongs()
    {
        FrameRequest request{.scene = sceneOf({layerOf(setOf({rectangle(30, 30, 4, 4)}), single(plainFill(Qt::red)))}),
                             .revision = 1,
                             .viewport = view(64, 64),
                             .last = {}};
        QThreadPool pool;
        const auto frame = renderFrame(request, pool, {}).value_or(Frame());
        auto preview = [&](const Viewport &viewport) {
            QImage image(64, 64, QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::green);
            QPainter painter(&image);
            paintPreview(painter, frame, viewport);
            return image;
        };
        QCOMPARE(preview(view(64, 64).panned({10, 0})).pixelColor(42, 32), QColor(Qt::red));
        QCOMPARE(preview(view(64, 64).panned({10, 0})).pixelColor(3, 32), QColor(Qt::white)); // not known yet
        QCOMPARE(preview(view(64, 64).zoomed(8, {32, 32})).pixelColor(26, 38), QColor(Qt::red));
        auto turned = view(64, 64);
        turned.rotation = 90;
        turned.centre = {22, 32};
        QCOMPARE(preview(turned).pixelColor(32, 42), QColor(Qt::red));
    }

    void hitsTellTheTopmostFirst()
    {
        auto below = layerOf(setOf({rectangle(10, 10, 40, 40)}), single(plainFill(Qt::red)));
        auto above = layerOf(setOf({point(30, 30), point(33, 30)}),
                             single({.fills = {}, .strokes = {}, .markers = {Marker{.size = 1}}}));
        const auto scene = sceneOf({below, above});
        const auto hits = hitsAt(scene, view(64, 64), {30, 34}, 5, {});
        QCOMPARE(hits.size(), std::size_t(3));
        QCOMPARE(hits[0].layer, above.id);
        QCOMPARE(hits[0].feature, 1);
        QCOMPARE(hits[1].feature, 2);
        QCOMPARE(hits[2].layer, below.id);
        QCOMPARE(hits[2].distance, 0.0);
    }

    void hitsLeaveOutHiddenAndFarThings()
    {
        auto layer = layerOf(setOf({rectangle(10, 10, 20, 20)}), single(plainFill(Qt::red)));
        QVERIFY(hitsAt(sceneOf({layer}), view(64, 64), {40, 40}, 3, {}).empty());
        QCOMPARE(hitsAt(sceneOf({layer}), view(64, 64), {32, 44}, 3, {}).size(), std::size_t(1));
        layer.minScale = 10;
        QVERIFY(hitsAt(sceneOf({layer}), view(64, 64), {20, 44}, 3, {}).empty());
    }

    void aMarkersRimCanBeHit()
    {
        const auto layer =
            layerOf(setOf({point(30, 30)}), single({.fills = {}, .strokes = {}, .markers = {Marker{.size = 6}}}));
        QCOMPARE(hitsAt(sceneOf({layer}), view(64, 64), {40, 34}, 1, {}).size(), std::size_t(1));
        QVERIFY(hitsAt(sceneOf({layer}), view(64, 64), {50, 34}, 1, {}).empty());
    }

    void rastersAreHitByTheirValues()
    {
        const auto layer = valueRaster([](PointXY p) { return float(p.x); }, {}, 0, 64);
        const auto hits = hitsAt(sceneOf({layer}), view(64, 64), {20, 20}, 3, {});
        QCOMPARE(hits.size(), std::size_t(1));
        QCOMPARE(hits[0].values, std::vector<double>{20});
        QCOMPARE(hits[0].feature, -1);
    }

    void rastersTurnWithTheView()
    {
        RasterStyle style{.kind = RasterStyle::Kind::Classes, .stops = {{0, Qt::red, {}}, {32, Qt::blue, {}}}};
        const auto layer = valueRaster([](PointXY p) { return float(p.y); }, style, 0, 64); // north is blue
        QCOMPARE(drawn(sceneOf({layer}), view(64, 64)).pixelColor(32, 10), QColor(Qt::blue));
        auto viewport = view(64, 64);
        viewport.rotation = 90;
        const auto image = drawn(sceneOf({layer}), viewport);
        QCOMPARE(image.pixelColor(54, 32), QColor(Qt::blue));
        QCOMPARE(image.pixelColor(10, 32), QColor(Qt::red));
    }

    void missingValuesAreSeeThrough()
    {
        const auto layer = valueRaster([](PointXY p) { return p.x < 32 ? std::nanf("") : 1.0F; },
                                       {.stops = {{0, Qt::red, {}}, {1, Qt::blue, {}}}}, 0, 1);
        const auto image = drawn(sceneOf({layer}), view(64, 64));
        QCOMPARE(image.pixelColor(10, 32), QColor(Qt::white));
        QCOMPARE(image.pixelColor(50, 32), QColor(Qt::blue));
    }
};

QTEST_GUILESS_MAIN(TestRenderer)
#include "tst_renderer.moc"
