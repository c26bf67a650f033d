// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/credits.h"
#include "layers/map/printlayout.h"
#include "layers/map/printlegend_p.h"
#include "layers/map/sheetplan_p.h"
#include "layers/map/sheetscale.h"
#include "tests/support/mapscenes.h"
#include "tests/support/testkit.h"

#include <QPainter>
#include <QPicture>
#include <QTimeZone>

#include <algorithm>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

PrintLayout sampleLayout()
{
    PrintLayout layout;
    layout.centre = {611000, 5970000};
    layout.title = u"Land use around the town hall"_s;
    layout.subtitle = u"Department of planning"_s;
    layout.date = QDate(2026, 3, 14);
    layout.dpi = 150;
    return layout;
}

QImage paint(const PrintLayout &layout, const MapScene &scene, double pixelsPerMm, const LegendPictures &legends = {})
{
    const auto size = (sheetSize(layout) * pixelsPerMm).toSize();
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    painter.scale(pixelsPerMm, pixelsPerMm);
    const auto status = paintSheet(painter, layout, scene, true, {}, nullptr, legends);
    return status ? image : QImage();
}

QImage plain(QSize size, QColor color = Qt::red)
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(color);
    return image;
}

/** The uses, and above them services with these legends; a null one failed. */
std::pair<MapScene, LegendPictures> explained(const QList<QImage> &pictures, int classes = 3)
{
    auto scene = sampleScene(classes);
    LegendPictures legends;
    for (const auto &picture : pictures) {
        scene.layers.push_back(explainedLayer(u"Service %1"_s.arg(scene.layers.size()), {}));
        if (!picture.isNull())
            legends.byLayer[scene.layers.back().id] = picture;
    }
    return {scene, legends};
}

std::vector<LegendBlock::Item> picturesOf(const SheetPlan &plan)
{
    std::vector<LegendBlock::Item> found;
    std::ranges::copy_if(plan.legend.items, std::back_inserter(found),
                         [](const auto &item) { return item.kind == LegendBlock::Item::Kind::Picture; });
    return found;
}

constexpr double perPixel = 25.4 / 96; ///< millimetres

} // namespace

class TestPrintLayout : public QObject
{
    Q_OBJECT

private slots:
    void theLegendSaysTheChosenTime();
    void picturesHaveTheirTrueSize_data();
    void picturesHaveTheirTrueSize();
    void highPicturesAreCutBetweenTheirLines_data();
    void highPicturesAreCutBetweenTheirLines();
    void whatHasNoRoomIsTold();
    void nothingOverlapsBesidePictures_data();
    void nothingOverlapsBesidePictures();
    void picturesAreOnTheSheetPixelByPixel();
    void aPlaceIsKeptForWhatIsAwaited();
    void aFailedLegendLeavesTheTitle();
    void cutsLieWhereNothingIs();
    void legendsAreFetchedForTheSheet();
    void cancelledLegendsSaySo();
    void nothingOverlapsOnAnyPaper_data()
    {
        QTest::addColumn<int>("paper");
        QTest::addColumn<bool>("landscape");
        QTest::addColumn<int>("classes");
        for (const auto paper : {QPageSize::A4, QPageSize::A3, QPageSize::A2, QPageSize::A1, QPageSize::A0}) {
            for (const bool landscape : {false, true}) {
                for (const int classes : {1, 8, 40, 400})
                    QTest::addRow("%s %s %d classes", qPrintable(QPageSize::key(paper)),
                                  landscape ? "landscape" : "portrait", classes)
                        << int(paper) << landscape << classes;
            }
        }
    }

    void nothingOverlapsOnAnyPaper()
    {
        QFETCH(int, paper);
        QFETCH(bool, landscape);
        QFETCH(int, classes);
        auto layout = sampleLayout();
        layout.paper = QPageSize::PageSizeId(paper);
        layout.orientation = landscape ? QPageLayout::Landscape : QPageLayout::Portrait;
        const auto g = arrange(layout, sampleScene(classes));

        QCOMPARE(g.sheet.width() > g.sheet.height(), landscape);
        const QRectF sheet({}, g.sheet);
        QVERIFY(sheet.marginsRemoved({5, 5, 5, 5}).contains(g.map));
        for (const auto &box : {g.title, g.legend, g.footer}) {
            QVERIFY(!box.isEmpty());
            QVERIFY(sheet.contains(box));
            QVERIFY2(!box.intersects(g.map), "covers the map");
        }
        QVERIFY(!g.legend.intersects(g.footer));
        QVERIFY(!g.legend.intersects(g.title));
        QVERIFY2(g.map.width() * g.map.height() > 0.33 * g.sheet.width() * g.sheet.height(), "the map has the stage");
        QVERIFY(g.legendLeftOut == 0 || classes == 400);
    }

    void scaleIsExact_data()
    {
        QTest::addColumn<double>("scale");
        for (const double scale : {250.0, 1000.0, 5000.0, 12345.0, 250000.0})
            QTest::addRow("%g", scale) << scale;
    }

    void scaleIsExact()
    {
        QFETCH(double, scale);
        auto layout = sampleLayout();
        layout.scale = scale;
        layout.rotation = 17;
        const auto g = arrange(layout, sampleScene());
        QCOMPARE(g.viewport.scale(), scale);
        const auto a = g.viewport.toDevice({611000, 5970000}), b = g.viewport.toDevice({611000 + scale / 10, 5970000});
        const double millimetres = QLineF(a, b).length() / g.viewport.pixelsPerMm;
        QVERIFY2(std::abs(millimetres - 100) < 1e-6, qPrintable(QString::number(millimetres, 'g', 12)));
        const auto middle = g.viewport.toDevice(layout.centre);
        QVERIFY(QLineF(middle, QPointF(g.viewport.size.width() / 2, g.viewport.size.height() / 2)).length() < 1e-6);
    }

    void aKilometreIs200MillimetresAt5000()
    {
        auto layout = sampleLayout();
        layout.paper = QPageSize::A3;
        layout.legend = false;
        layout.grid = false;
        const double perMm = 4;
        MapScene scene;
        scene.layers = {kilometre()};
        const auto image = paint(layout, scene, perMm);
        QVERIFY(!image.isNull());
        const auto map = arrange(layout, scene).map;
        const int row = int(map.center().y() * perMm);
        int first = -1, last = -1;
        for (int x = 0; x < image.width(); ++x) {
            const auto color = image.pixelColor(x, row);
            if (color.red() > 150 && color.green() < 100) {
                first = first < 0 ? x : first;
                last = x;
            }
        }
        QVERIFY2(std::abs((last - first + 1) / perMm - 200) <= 2 / perMm,
                 qPrintable(QString::number((last - first + 1) / perMm)));
    }

    void legendShowsOnlyWhatIsInTheMap()
    {
        auto layout = sampleLayout();
        layout.scale = 50; // one block
        const auto near = arrange(layout, sampleScene(40));
        layout.scale = 5000;
        const auto far = arrange(layout, sampleScene(40));
        QVERIFY(near.legend.width() * near.legend.height() < far.legend.width() * far.legend.height());
        layout.centre = {500000, 5900000}; // nothing there
        const auto nowhere = arrange(layout, sampleScene(40));
        QVERIFY(nowhere.legend.isEmpty());
        QVERIFY(nowhere.map.width() > far.map.width() || nowhere.map.height() > far.map.height());
    }

    void fittedHoldsTheBoxAtARoundScale()
    {
        const Extent box{610000, 5969000, 612400, 5970500};
        for (const auto paper : {QPageSize::A4, QPageSize::A2}) {
            auto layout = sampleLayout();
            layout.paper = paper;
            layout.rotation = 30;
            layout = fitted(layout, sampleScene(), box);
            QCOMPARE(layout.scale, roundScale(layout.scale));
            const auto view = arrange(layout, sampleScene()).viewport;
            for (const auto corner :
                 {PointXY{box.xMin, box.yMin}, PointXY{box.xMax, box.yMax}, PointXY{box.xMin, box.yMax}})
                QVERIFY(QRectF({}, view.size).contains(view.toDevice(corner)));
        }
    }

    void roundScalesAreRound()
    {
        QCOMPARE(roundScale(4999.9), 5000);
        QCOMPARE(roundScale(5000), 5000);
        QCOMPARE(roundScale(5001), 7500);
        QCOMPARE(roundScale(900), 1000);
        QCOMPARE(roundScale(0), 1);
        QCOMPARE(scaleText(5000), u"1:5\u202f000"_s);
        QCOMPARE(scaleText(1250000), u"1:1\u202f250\u202f000"_s);
    }

    void scaleBarsAreRoundAndTrue()
    {
        const auto bar = SheetScaleBar::fitting(5, 56); // 1:5000
        QCOMPARE(bar.metres, 200);
        QCOMPARE(bar.length, 40);
        QVERIFY(std::abs(groundMetresPerUnit(Crs::working(), {611000, 5970000}) - 1) < 0.0005);
        const auto mercator = groundMetresPerUnit(Crs::fromEpsg(3857), {1189000, 7144000});
        QVERIFY2(std::abs(mercator - 0.589) < 0.003, qPrintable(QString::number(mercator))); // cos 53.87°
    }

    void sourcesAreNamedOnceAndMarksAreSet()
    {
        auto scene = sampleScene();
        scene.layers.push_back(scene.layers.front());
        auto credits = creditsOf(scene.layers);
        QCOMPARE(credits.sources.size(), 2);
        QVERIFY(credits.sources.front().contains("dl-de/by-2-0"_L1));
        QVERIFY(credits.sources.back().contains("Kilometre"_L1));
        QVERIFY(!credits.demo && !credits.personal);
        scene.layers.back().provenance.demo = true;
        scene.layers.back().provenance.personal = true;
        credits = creditsOf(scene.layers);
        QVERIFY(credits.demo && credits.personal);
    }

    void footerGrowsWithTheSources()
    {
        auto scene = sampleScene();
        const auto before = arrange(sampleLayout(), scene);
        for (int i = 0; i < 40; ++i) {
            auto layer = kilometre();
            layer.provenance.source = u"Source number %1 with a rather long name of an authority"_s.arg(i);
            scene.layers.push_back(layer);
        }
        const auto after = arrange(sampleLayout(), scene);
        QVERIFY(after.footer.height() > before.footer.height());
        QVERIFY(!after.footer.intersects(after.map));
    }

    void demoMarkAndMapAreVisible()
    {
        auto scene = sampleScene();
        auto layout = sampleLayout();
        const auto plain = paint(layout, scene, 3);
        scene.layers.front().provenance.demo = true;
        const auto marked = paint(layout, scene, 3);
        const auto map = arrange(layout, scene).map;
        const QPoint inPlate(int(map.right() * 3) - 4, int(map.top() * 3) + 4);
        QVERIFY(plain.pixelColor(inPlate) != marked.pixelColor(inPlate));
        QCOMPARE(marked.pixelColor(2, 2), QColor(Qt::white));
        const auto middle = (map.center() * 3 + QPointF(20, 20)).toPoint();
        QVERIFY(marked.pixelColor(middle) != QColor(Qt::white));
    }

    void aCancelledSheetSaysSo()
    {
        std::stop_source stop;
        stop.request_stop();
        QImage image(100, 100, QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&image);
        const auto status = paintSheet(painter, sampleLayout(), sampleScene(), true, stop.get_token());
        QVERIFY(!status && status.error().kind == ErrorKind::Cancelled);
    }

    void geographicAndTurnedMapsHaveCoordinatesToo()
    {
        for (const int epsg : {25832, 4326, 3857}) {
            auto layout = sampleLayout();
            layout.crs = Crs::fromEpsg(epsg);
            const auto toMap = Transform::create(Crs::working(), layout.crs);
            layout.centre = toMap->forward(PointXY{611000, 5970000});
            layout.rotation = epsg == 3857 ? 45 : 0;
            QVERIFY(!paint(layout, {}, 2).isNull());
        }
    }
};

void TestPrintLayout::theLegendSaysTheChosenTime()
{
    auto data = std::make_shared<LayerData>();
    data->source = std::shared_ptr<const RasterSource>();
    LayerDimension time{.name = u"time"_s};
    for (const int day : {1, 2}) {
        time.values << u"2024-05-0%1"_s.arg(day);
        time.instants.push_back(QDate(2024, 5, day).startOfDay(QTimeZone::UTC).toMSecsSinceEpoch());
    }
    data->description.dimensions = {time};
    Layer layer{.id = QUuid::createUuid(), .title = u"Regen"_s};
    layer.data = data;
    MapScene scene;
    scene.layers = {layer};
    const auto view = arrange(sampleLayout(), scene).viewport;
    QVERIFY(legendSections(scene, view).empty()); // what the service shows by itself may be any time

    scene.layers.front().dimensions = {{u"time"_s, u"2024-05-01"_s}};
    const auto sections = legendSections(scene, view);
    QCOMPARE(sections.size(), std::size_t(1));
    const auto day = QLocale().toString(QDate(2024, 5, 1), QLocale::ShortFormat);
    QCOMPARE(sections.front().title, u"Regen (%1)"_s.arg(day));
    const auto sheet = arrange(sampleLayout(), scene);
    QVERIFY(!sheet.legend.isEmpty()); // a title alone has room, too
    QCOMPARE(sheet.legendLeftOut, 0);
}

void TestPrintLayout::picturesHaveTheirTrueSize_data()
{
    QTest::addColumn<QImage>("picture");
    QTest::addColumn<QSizeF>("expected"); // mm
    QTest::newRow("of a screen") << linedLegend(189, 5) << QSizeF(189, 100) * perPixel;
    QTest::newRow("twice as fine") << linedLegend(189, 5, 2) << QSizeF(189, 100) * perPixel;
    QTest::newRow("a tiny one") << plain({20, 20}) << QSizeF(20, 20) * perPixel;
    QTest::newRow("too wide: as the column") << linedLegend(380, 5) << QSizeF(76, 20);
    QTest::newRow("very wide: as the room beside the map") << linedLegend(2000, 10) << QSizeF(277, 27.7) * 0.42;
    // what cannot be cut, in a sheet that is 143 mm high for map and legend
    QTest::newRow("too high: as the column") << plain({100, 8000}) << QSizeF();
}

void TestPrintLayout::picturesHaveTheirTrueSize()
{
    QFETCH(const QImage, picture);
    QFETCH(const QSizeF, expected);
    const auto [scene, legends] = explained({picture});
    const auto plan = planSheet(sampleLayout(), scene, legends);
    const auto pictures = picturesOf(plan);
    QCOMPARE(pictures.size(), std::size_t(1));
    const auto &item = pictures.front();
    QCOMPARE(item.strip, picture.rect());
    QVERIFY(std::abs(item.width / item.height - double(picture.width()) / picture.height()) < 0.01);
    if (!expected.isEmpty())
        QVERIFY2(std::abs(item.width - expected.width()) < 0.1 && std::abs(item.height - expected.height()) < 0.1,
                 qPrintable(u"%1 × %2 mm"_s.arg(item.width).arg(item.height)));
    else
        QVERIFY(item.height > 80);
    const auto box = QRectF(plan.geometry.legend.topLeft() + item.at, QSizeF(item.width, item.height));
    QVERIFY(plan.geometry.legend.adjusted(-0.1, -0.1, 0.1, 0.1).contains(box));
    QCOMPARE(plan.geometry.legendLeftOut, 0);
}

void TestPrintLayout::highPicturesAreCutBetweenTheirLines_data()
{
    QTest::addColumn<bool>("landscape");
    QTest::newRow("landscape") << true;
    QTest::newRow("portrait") << false;
}

void TestPrintLayout::highPicturesAreCutBetweenTheirLines()
{
    QFETCH(const bool, landscape);
    auto layout = sampleLayout();
    layout.orientation = landscape ? QPageLayout::Landscape : QPageLayout::Portrait;
    const auto picture = linedLegend(140, 50); // 265 mm
    const auto [scene, legends] = explained({picture});
    const auto plan = planSheet(layout, scene, legends);
    const auto pictures = picturesOf(plan);
    QVERIFY(pictures.size() > 1);
    QCOMPARE(plan.geometry.legendLeftOut, 0);
    int next = 0;
    for (const auto &item : pictures) { // all of it, once
        QCOMPARE(item.strip.top(), next);
        QCOMPARE(item.strip.top() % 20, 0);
        QVERIFY(std::abs(item.width / item.height - double(item.strip.width()) / item.strip.height()) < 0.01);
        next = item.strip.bottom() + 1;
    }
    QCOMPARE(next, picture.height());
}

void TestPrintLayout::whatHasNoRoomIsTold()
{
    const auto [scene, legends] = explained({linedLegend(140, 400)});
    const auto plan = planSheet(sampleLayout(), scene, legends);
    QVERIFY(!picturesOf(plan).empty());
    QVERIFY(plan.geometry.legendLeftOut > 100);
    const auto rest = std::ranges::find_if(plan.legend.items,
                                           [](const auto &item) { return item.kind == LegendBlock::Item::Kind::Rest; });
    QVERIFY(rest != plan.legend.items.end());
    QVERIFY(rest->lines.join(u' ').contains(QString::number(plan.geometry.legendLeftOut)));
}

void TestPrintLayout::nothingOverlapsBesidePictures_data()
{
    QTest::addColumn<int>("paper");
    QTest::addColumn<bool>("landscape");
    QTest::addColumn<QList<QImage>>("pictures");
    const std::pair<const char *, QList<QImage>> kinds[] = {
        {"small", {linedLegend(100, 4)}},
        {"wide", {linedLegend(1200, 20)}},
        {"high", {linedLegend(150, 120)}},
        {"whole", {plain({60, 4000})}},
        {"many", {linedLegend(100, 9), {}, linedLegend(220, 14, 2), linedLegend(90, 30), {}}}};
    for (const auto paper : {QPageSize::A4, QPageSize::A3, QPageSize::A0}) {
        for (const bool landscape : {false, true}) {
            for (const auto &[name, pictures] : kinds)
                QTest::addRow("%s %s %s", qPrintable(QPageSize::key(paper)), landscape ? "landscape" : "portrait", name)
                    << int(paper) << landscape << pictures;
        }
    }
}

void TestPrintLayout::nothingOverlapsBesidePictures()
{
    QFETCH(const int, paper);
    QFETCH(const bool, landscape);
    QFETCH(const QList<QImage>, pictures);
    auto layout = sampleLayout();
    layout.paper = QPageSize::PageSizeId(paper);
    layout.orientation = landscape ? QPageLayout::Landscape : QPageLayout::Portrait;
    const auto [scene, legends] = explained(pictures);
    const auto plan = planSheet(layout, scene, legends);
    const auto &g = plan.geometry;
    QVERIFY(!g.legend.isEmpty());
    for (const auto &box : {g.title, g.legend, g.footer})
        QVERIFY2(QRectF({}, g.sheet).contains(box) && !box.intersects(g.map), "covers the map");
    QVERIFY(!g.legend.intersects(g.footer) && !g.legend.intersects(g.title));
    QVERIFY2(g.map.width() * g.map.height() > 0.33 * g.sheet.width() * g.sheet.height(), "the map has the stage");
    std::vector<QRectF> boxes;
    for (const auto &item : picturesOf(plan)) {
        const QRectF box(g.legend.topLeft() + item.at, QSizeF(item.width, item.height));
        QVERIFY(g.legend.adjusted(-0.1, -0.1, 0.1, 0.3).contains(box));
        for (const auto &other : boxes)
            QVERIFY(!other.adjusted(0.01, 0.01, -0.01, -0.01).intersects(box));
        boxes.push_back(box);
    }
    QVERIFY(!boxes.empty());
}

void TestPrintLayout::picturesAreOnTheSheetPixelByPixel()
{
    constexpr double perMm = 96 / 25.4 * 2;
    auto [scene, legends] = explained({plain({120, 60}, Qt::green)});
    scene.layers.erase(scene.layers.begin(), scene.layers.begin() + 2);
    const auto image = paint(sampleLayout(), scene, perMm, legends);
    QRect box;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == QColor(Qt::green))
                box |= QRect(x, y, 1, 1);
        }
    }
    QVERIFY2(std::abs(box.width() - 240) <= 2 && std::abs(box.height() - 120) <= 2,
             qPrintable(u"%1 × %2"_s.arg(box.width()).arg(box.height())));
    const auto legend = arrange(sampleLayout(), scene, legends).legend;
    QVERIFY(QRectF(legend.topLeft() * perMm, legend.size() * perMm).adjusted(-1, -1, 1, 1).contains(box));
}

void TestPrintLayout::aPlaceIsKeptForWhatIsAwaited()
{
    auto [scene, legends] = explained({{}});
    legends.awaited = true;
    const auto plan = planSheet(sampleLayout(), scene, legends);
    const auto pictures = picturesOf(plan);
    QCOMPARE(pictures.size(), std::size_t(1));
    QVERIFY(pictures.front().entry.picture.isNull());
    QVERIFY(pictures.front().width > 20 && pictures.front().height > 5);
    QVERIFY(!paint(sampleLayout(), scene, 2, legends).isNull());
}

void TestPrintLayout::aFailedLegendLeavesTheTitle()
{
    const auto [scene, legends] = explained({{}, {}}, 1);
    const auto plan = planSheet(sampleLayout(), scene, legends);
    QVERIFY(picturesOf(plan).empty());
    const auto &items = plan.legend.items;
    QVERIFY(items.size() >= 3);
    QCOMPARE(items[0].lines, QStringList{u"Service 3"_s});
    QCOMPARE(items[1].lines, QStringList{u"Service 2"_s});
    QVERIFY(items[1].at.y() > items[0].at.y() + items[0].height + 1); // they stand apart
    QCOMPARE(plan.geometry.legendLeftOut, 0);
}

void TestPrintLayout::cutsLieWhereNothingIs()
{
    QCOMPARE(cutsOf(linedLegend(100, 4), 1), (std::vector<int>{0, 20, 40, 60, 80}));
    QCOMPARE(cutsOf(linedLegend(100, 4), 30), (std::vector<int>{0, 40, 80}));
    QCOMPARE(cutsOf(linedLegend(100, 4), 50), (std::vector<int>{0, 80}));
    QCOMPARE(cutsOf(plain({50, 400}), 1), (std::vector<int>{0, 400}));
    QImage ramp(30, 256, QImage::Format_RGB32);
    for (int y = 0; y < 256; ++y) {
        for (int x = 0; x < 30; ++x)
            ramp.setPixel(x, y, qRgb(y, y, y));
    }
    QCOMPARE(cutsOf(ramp, 1), (std::vector<int>{0, 256}));
    QVERIFY(cutsOf(QImage(), 1).empty());
}

void TestPrintLayout::legendsAreFetchedForTheSheet()
{
    double asked = 0;
    const auto good = explainedLayer(u"Regen"_s, [&asked](double pixelsPerMm, const CancelToken &) {
        asked = pixelsPerMm;
        return Result<QImage>(linedLegend(100, 4));
    });
    const auto bad = explainedLayer(u"Wind"_s, [](double, const CancelToken &) -> Result<QImage> {
        return failure(ErrorKind::Network, u"Nobody answers."_s);
    });
    QStringList problems;
    const auto legends = fetchLegends({blocks(2), bad, good}, 300, {}, &problems);
    VERIFY_RESULT(legends);
    QCOMPARE(legends->byLayer.size(), std::size_t(1));
    QCOMPARE(legends->byLayer.begin()->first, good.id);
    QCOMPARE(asked, 300 / 25.4);
    QVERIFY(!legends->awaited);
    QCOMPARE(problems, QStringList{u"Wind: without its legend. Nobody answers."_s});
}

void TestPrintLayout::cancelledLegendsSaySo()
{
    std::stop_source stop;
    int asked = 0;
    const auto answer = [&](double, const CancelToken &token) -> Result<QImage> {
        ++asked;
        stop.request_stop();
        if (token.stop_requested())
            return cancelled();
        return linedLegend(100, 4);
    };
    QStringList problems;
    const auto legends = fetchLegends({explainedLayer(u"Regen"_s, answer), explainedLayer(u"Wind"_s, answer)}, 300,
                                      stop.get_token(), &problems);
    QVERIFY(!legends && legends.error().kind == ErrorKind::Cancelled);
    QCOMPARE(asked, 1);
    QVERIFY(problems.isEmpty());
}

QTEST_MAIN(TestPrintLayout)
#include "tst_printlayout.moc"
