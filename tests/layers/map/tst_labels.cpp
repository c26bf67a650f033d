// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/framecache.h"
#include "layers/map/render/labels.h"
#include "tests/layers/map/scenes.h"
#include "tests/support/testkit.h"

#include <QElapsedTimer>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QList<Field> nameField{{.name = u"name"_s}};

Style labelled(const LabelStyle &label, const Symbol &symbol = {})
{
    auto style = single(symbol);
    style.label = label;
    style.label.field = u"name"_s;
    return style;
}

std::vector<PlacedLabel> placed(const MapScene &scene, const Viewport &viewport)
{
    const auto prepared = prepare(scene, viewport, QRectF(QPointF(0, 0), viewport.size).toRect(), nullptr, {}, nullptr);
    return prepared ? placeLabels(*prepared, {}) : std::vector<PlacedLabel>();
}

const PlacedLabel *find(const std::vector<PlacedLabel> &labels, const QString &text)
{
    const auto found = std::ranges::find(labels, text, &PlacedLabel::text);
    return found == labels.end() ? nullptr : &*found;
}

/** Uneven but always the same */
std::vector<Shape> manyPoints(int count, double size)
{
    std::vector<Shape> shapes;
    unsigned seed = 5;
    auto next = [&] { return double((seed = seed * 1664525U + 1013904223U) >> 8) / double(1 << 24); };
    for (int i = 0; i < count; ++i) {
        const double x = next() * size - size / 4, y = next() * size - size / 4;
        shapes.push_back(point(x, y, {u"Ort %1"_s.arg(i)}));
    }
    return shapes;
}

} // namespace

class TestLabels : public QObject
{
    Q_OBJECT

private slots:
    void aLabelStandsInsideItsPolygon()
    {
        // A horseshoe, whose middle is outside of it
        const Shape shoe{
            .kind = GeometryKind::Polygon,
            .rings = {{{20, 20}, {180, 20}, {180, 180}, {140, 180}, {140, 60}, {60, 60}, {60, 180}, {20, 180}}},
            .values = {u"Hufeisen"_s}};
        const auto set = setOf({shoe}, nameField);
        const auto labels = placed(sceneOf({layerOf(set, labelled({}))}), view(200, 200));
        QCOMPARE(labels.size(), std::size_t(1));
        const PointXY at{labels[0].centre.x(), 200 - labels[0].centre.y()};
        QCOMPARE(distance(set->geometry(0), at), 0.0);
    }

    void labelsDoNotOverlapAndTheHigherPriorityWins()
    {
        const auto a = setOf({point(100, 100, {u"wichtig"_s})}, nameField),
                   b = setOf({point(104, 102, {u"nebenbei"_s})}, nameField);
        LabelStyle high, low;
        high.priority = 5;
        auto scene = sceneOf({layerOf(a, labelled(high)), layerOf(b, labelled(low))});
        auto labels = placed(scene, view(200, 200));
        QCOMPARE(labels.size(), std::size_t(1));
        QCOMPARE(labels[0].text, u"wichtig"_s);
        // Without priorities the upper layer wins
        scene.layers[0].style.label.priority = 0;
        labels = placed(scene, view(200, 200));
        QCOMPARE(labels.size(), std::size_t(1));
        QCOMPARE(labels[0].text, u"nebenbei"_s);
    }

    void aPointsLabelStandsBesideItsMarker()
    {
        const Symbol symbol{.fills = {}, .strokes = {}, .markers = {Marker{.size = 4}}};
        const auto labels =
            placed(sceneOf({layerOf(setOf({point(100, 100, {u"Brunnen"_s})}, nameField), labelled({}, symbol))}),
                   view(200, 200));
        QCOMPARE(labels.size(), std::size_t(1));
        QVERIFY(labels[0].centre.y() < 100 - 2 * 96 / 25.4);
    }

    void labelsStayPutWhenTheMapIsPanned()
    {
        const auto scene = sceneOf({layerOf(setOf(manyPoints(1500, 900), nameField), labelled({}))});
        const auto before = placed(scene, view(500, 400));
        QVERIFY(before.size() > 100);
        const QPointF by(60, -35);
        const auto after = placed(scene, view(500, 400).panned(by));
        int kept = 0, lost = 0;
        for (const auto &label : before) {
            const auto there = label.centre + by;
            if (there.x() < 60 || there.y() < 30 || there.x() > 440 || there.y() > 370)
                continue;
            const auto *now = find(after, label.text);
            lost += !now;
            if (!now)
                continue;
            ++kept;
            QVERIFY(std::abs(now->centre.x() - there.x()) < 0.1 && std::abs(now->centre.y() - there.y()) < 0.1);
        }
        QVERIFY2(kept > 50 && lost == 0, qPrintable(u"%1 kept, %2 lost"_s.arg(kept).arg(lost)));
    }

    void equalNamesOfALineLayerKeepApart()
    {
        std::vector<Shape> pieces;
        for (int i = 0; i < 8; ++i)
            pieces.push_back(line({{20.0 + i * 45, 100}, {60.0 + i * 45, 100}}, {u"Weg"_s}));
        const auto labels = placed(sceneOf({layerOf(setOf(pieces, nameField), labelled({}))}), view(400, 200));
        QVERIFY2(labels.size() == 1 || labels.size() == 2, qPrintable(QString::number(labels.size())));
    }

    void textFollowsALine()
    {
        LabelStyle style;
        style.alongLine = true;
        const auto scene = sceneOf(
            {layerOf(setOf({line({{20, 20}, {180, 180}}, {u"Schräge Straße"_s})}, nameField), labelled(style))});
        auto labels = placed(scene, view(200, 200));
        QCOMPARE(labels.size(), std::size_t(1));
        QCOMPARE(std::round(labels[0].angle), -45.0);
        // It is never upside down
        auto turned = view(200, 200);
        turned.rotation = 180;
        labels = placed(scene, turned);
        QCOMPARE(std::round(labels[0].angle), -45.0);
        // A line shorter than its name has no room for it
        QVERIFY(placed(sceneOf({layerOf(setOf({line({{20, 20}, {30, 30}}, {u"Schräge Straße"_s})}, nameField),
                                        labelled(style))}),
                       view(200, 200))
                    .empty());
    }

    void numbersAreSpelledAsInTheLocale()
    {
        const QLocale before;
        QLocale::setDefault(QLocale(QLocale::German));
        const auto set =
            setOf({point(1, 1, {53.5, 12345, true})},
                  {{.name = u"r"_s, .type = FieldType::Real}, {.name = u"i"_s, .type = FieldType::Integer}});
        const auto real = labelText(*set->column(u"r"_s), 0), integer = labelText(*set->column(u"i"_s), 0);
        QLocale::setDefault(before);
        QCOMPARE(real, u"53,5"_s);
        QCOMPARE(integer, u"12345"_s);
    }

    void scalesAndSwitchesHideLabels()
    {
        auto scene = sceneOf({layerOf(setOf({point(100, 100, {u"da"_s})}, nameField), labelled({}))});
        QCOMPARE(placed(scene, view(200, 200)).size(), std::size_t(1));
        scene.layers[0].style.label.minScale = 10;
        QVERIFY(placed(scene, view(200, 200)).empty());
        scene.layers[0].style.label.minScale = 0;
        scene.layers[0].labels = false;
        QVERIFY(placed(scene, view(200, 200)).empty());
        scene.layers[0].labels = true;
        scene.labels = false;
        QVERIFY(placed(scene, view(200, 200)).empty());
    }

    void theOverlayShowsTextWithItsHalo()
    {
        LabelStyle style;
        style.size = 6;
        style.color = Qt::black;
        style.halo = Qt::yellow;
        style.haloWidth = 1;
        QThreadPool pool;
        const auto frame =
            renderFrame({.scene = sceneOf({layerOf(setOf({point(100, 100, {u"MMM"_s})}, nameField), labelled(style))}),
                         .viewport = view(200, 200)},
                        pool, {});
        VERIFY_RESULT(frame);
        QVERIFY(!frame->labels.isNull());
        int dark = 0, yellow = 0;
        for (int y = 80; y < 120; ++y) {
            for (int x = 60; x < 140; ++x) {
                const auto c = frame->labels.pixelColor(x, y);
                dark += c.alpha() > 200 && c.red() < 60;
                yellow += c.alpha() > 200 && c.red() > 200 && c.blue() < 60;
            }
        }
        QVERIFY(dark > 30 && yellow > 60);
        QCOMPARE(qAlpha(frame->labels.pixel(5, 5)), 0);
    }

    void fiftyThousandCandidatesTakeNoTime()
    {
        const auto scene = sceneOf({layerOf(setOf(manyPoints(50000, 2600), nameField), labelled({}))});
        QElapsedTimer timer;
        timer.start();
        const auto labels = placed(scene, view(1920, 1080));
        QVERIFY(labels.size() > 500);
        // Sanitizers and busy machines are slow; the benchmark knows the true figure. This catches what grows with the
        // square.
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_MAIN(TestLabels)
#include "tst_labels.moc"
