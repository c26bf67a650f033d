// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testkit.h"
#include "tests/widgets/mapfixture.h"
#include "widgets/map/mapcanvas.h"

#include <QAbstractButton>
#include <QAction>
#include <QDropEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QWheelEvent>

#include <cmath>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

/** A canvas of 800 × 600 on a red square of 1 km in the middle of its view. */
struct Stage {
    Stage()
    {
        pool.setMaxThreadCount(2);
        auto node = layerOf(u"Block"_s, {{.name = u"name"_s}}, {{1, {u"A"_s}, square(610000, 5970000, 1000)}});
        node.layer->style.classes.front().symbol.fills = {Fill{.color = Qt::red}};
        fill(tree, {node});
        canvas.setAnimated(false);
        canvas.resize(800, 600);
        canvas.show();
        const bool exposed = QTest::qWaitForWindowExposed(&canvas);
        Q_ASSERT(exposed);
        Viewport view;
        view.centre = {610500, 5970500};
        view.resolution = 5 * canvas.viewport().pixelsPerMm / view.pixelsPerMm;
        canvas.setViewport(view);
    }
    QPointF centre() const { return QPointF(canvas.width() / 2.0, canvas.height() / 2.0); }
    PointXY under(const QPointF &logical) const
    {
        return canvas.viewport().toMap(logical * canvas.devicePixelRatioF());
    }
    void wheel(const QPointF &at, int delta, Qt::KeyboardModifiers modifiers = {})
    {
        QWheelEvent event(at, canvas.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(&canvas, &event);
    }
    void drag(Qt::MouseButton button, const QPoint &from, const QPoint &to, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(&canvas, button, modifiers, from);
        for (int i = 1; i <= 4; ++i) {
            const auto at = from + (to - from) * i / 4;
            QMouseEvent move(QEvent::MouseMove, at, canvas.mapToGlobal(QPointF(at)), Qt::NoButton, button, modifiers);
            QCoreApplication::sendEvent(&canvas, &move);
        }
        QTest::qWait(120); // held still: no glide after it
        QTest::mouseRelease(&canvas, button, modifiers, to);
    }

    QThreadPool pool;
    LayerTree tree;
    MapCanvas canvas{tree, pool};
};

bool near(const PointXY &a, const PointXY &b, double by)
{
    return std::abs(a.x - b.x) <= by && std::abs(a.y - b.y) <= by;
}

} // namespace

class TestMapCanvas : public QObject
{
    Q_OBJECT

private slots:
    void drawsTheSceneAndSaysWhenItIsSharp();
    void wheelZoomsOnTheCursor();
    void fineWheelZoomsInSmallSteps();
    void dragMovesTheMapWithTheHand_data();
    void dragMovesTheMapWithTheHand();
    void spaceDragPansInEveryTool();
    void anAreaIsDrawnOnce();
    void outlinesShowTheirLabels();
    void aFastDragGlidesOn();
    void aClickAsksAndADragDoesNot();
    void shiftDragZoomsToTheBox();
    void controlDragTurnsAboutTheCentre();
    void shiftWheelTurnsAboutTheCursor();
    void keysMoveAndZoom();
    void enterAsksAtTheCentre();
    void historyGoesBackAndForth();
    void aNewWayForgetsTheForwardViews();
    void zoomToFitsTheBoxInAnotherCrs();
    void zoomToBeforeShowingIsDoneWhenShown();
    void anotherCrsKeepsPlaceAndScale();
    void scaleIsKeptWithinLimits();
    void anOpeningPanelLeavesTheContentInItsPlace();
    void aGrowingWindowKeepsTheCentre();
    void droppedFilesAreHandedOn();
    void theEmptyMapOffersItsActions();
    void aGlideKeepsTheFixedPoint();
    void sceneChangesAreDrawn();
    void demoDataIsMarked();
    void layersThatLoadShowTheBusyLine();
};

void TestMapCanvas::drawsTheSceneAndSaysWhenItIsSharp()
{
    Stage s;
    QTRY_VERIFY(s.canvas.isSharp());
    const auto image = s.canvas.grab().toImage();
    const auto ratio = image.devicePixelRatio();
    QCOMPARE(image.pixelColor((s.centre() * ratio).toPoint()), QColor(Qt::red));
    QCOMPARE(image.pixelColor((QPointF(250, 300) * ratio).toPoint()), QColor(Qt::white));
}

void TestMapCanvas::wheelZoomsOnTheCursor()
{
    Stage s;
    const QPointF at(200, 150);
    const auto before = s.under(at);
    const double scale = s.canvas.viewport().scale();
    s.wheel(at, 120);
    s.wheel(at, 120);
    QVERIFY(std::abs(s.canvas.viewport().scale() / (scale / 2) - 1) < 1e-6);
    QVERIFY(near(s.under(at), before, s.canvas.viewport().resolution));
    s.wheel(at, -240);
    QVERIFY(near(s.under(at), before, s.canvas.viewport().resolution));
}

void TestMapCanvas::fineWheelZoomsInSmallSteps()
{
    Stage s;
    const double scale = s.canvas.viewport().scale();
    s.wheel({300, 300}, 120, Qt::ControlModifier);
    const double factor = scale / s.canvas.viewport().scale();
    QVERIFY(factor > 1.01 && factor < 1.15);
}

void TestMapCanvas::dragMovesTheMapWithTheHand_data()
{
    QTest::addColumn<Qt::MouseButton>("button");
    QTest::addColumn<MapCanvas::Tool>("tool");
    QTest::newRow("left, hand") << Qt::LeftButton << MapCanvas::Tool::Hand;
    QTest::newRow("left, identify") << Qt::LeftButton << MapCanvas::Tool::Identify;
    QTest::newRow("middle, zoom box") << Qt::MiddleButton << MapCanvas::Tool::ZoomBox;
}

void TestMapCanvas::dragMovesTheMapWithTheHand()
{
    QFETCH(Qt::MouseButton, button);
    QFETCH(MapCanvas::Tool, tool);
    Stage s;
    s.canvas.setTool(tool);
    const auto grasped = s.under({300, 200});
    s.drag(button, {300, 200}, {420, 330});
    QVERIFY(near(s.under({420, 330}), grasped, s.canvas.viewport().resolution * 0.51));
}

void TestMapCanvas::spaceDragPansInEveryTool()
{
    Stage s;
    s.canvas.setTool(MapCanvas::Tool::ZoomBox);
    s.canvas.setFocus();
    QTest::keyPress(&s.canvas, Qt::Key_Space);
    const auto grasped = s.under({300, 200});
    s.drag(Qt::LeftButton, {300, 200}, {360, 260});
    QTest::keyRelease(&s.canvas, Qt::Key_Space);
    QVERIFY(near(s.under({360, 260}), grasped, s.canvas.viewport().resolution * 0.51));
}

void TestMapCanvas::anAreaIsDrawnOnce()
{
    Stage s;
    QSignalSpy drawn(&s.canvas, &MapCanvas::areaDrawn);
    s.canvas.setTool(MapCanvas::Tool::AreaBox);
    const auto before = s.canvas.goal().extent();
    QTest::mouseClick(&s.canvas, Qt::LeftButton, {}, {300, 200});
    QCOMPARE(drawn.size(), 0); // a click is no area
    QCOMPARE(s.canvas.tool(), MapCanvas::Tool::AreaBox);
    const auto corner = s.under({300, 200}), opposite = s.under({420, 330});
    s.drag(Qt::LeftButton, {300, 200}, {420, 330});
    QCOMPARE(drawn.size(), 1);
    const auto area = drawn.front().front().value<Geometry>();
    QCOMPARE(area.kind, GeometryKind::Polygon);
    QCOMPARE(area.points.size(), 5U);
    QCOMPARE(area.points.front(), area.points.back());
    const auto box = area.extent();
    const double pixel = s.canvas.viewport().resolution * 0.51;
    QVERIFY(std::abs(box.xMin - corner.x) < pixel && std::abs(box.yMax - corner.y) < pixel);
    QVERIFY(std::abs(box.xMax - opposite.x) < pixel && std::abs(box.yMin - opposite.y) < pixel);
    QCOMPARE(s.canvas.tool(), MapCanvas::Tool::Hand);
    QCOMPARE(s.canvas.goal().extent(), before); // the map stays
    s.canvas.setTool(MapCanvas::Tool::AreaBox);
    QTest::keyClick(&s.canvas, Qt::Key_Escape);
    QCOMPARE(s.canvas.tool(), MapCanvas::Tool::Hand);
    QCOMPARE(drawn.size(), 1);
}

void TestMapCanvas::outlinesShowTheirLabels()
{
    Stage s;
    const auto view = s.canvas.viewport().extent();
    const auto picture = [&] { return s.canvas.grab().toImage(); };
    const auto plain = picture();
    const auto e = view.grown(-view.height() / 4);
    MapOutline outline{
        .area = {.kind = GeometryKind::Polygon,
                 .points = {{e.xMin, e.yMin}, {e.xMax, e.yMin}, {e.xMax, e.yMax}, {e.xMin, e.yMax}, {e.xMin, e.yMin}},
                 .ringEnds = {5},
                 .partStarts = {}},
        .label = {},
        .chosen = true};
    s.canvas.setOutlines({outline});
    const auto outlined = picture();
    QVERIFY(outlined != plain);
    outline.label = QStringLiteral("Innenstadt");
    s.canvas.setOutlines({outline});
    const auto labelled = picture();
    QVERIFY(labelled != outlined);
    // Its plate stands inside, at the upper edge and in the middle
    QRect changed;
    for (int y = 0; y < labelled.height(); ++y)
        for (int x = 0; x < labelled.width(); ++x)
            if (labelled.pixel(x, y) != outlined.pixel(x, y))
                changed |= QRect(x, y, 1, 1);
    QVERIFY(std::abs(changed.center().x() - labelled.width() / 2) < 4);
    QVERIFY(changed.top() >= labelled.height() / 4 && changed.bottom() < labelled.height() / 2);
    s.canvas.setOutlines({});
    QCOMPARE(picture(), plain);
}

void TestMapCanvas::aFastDragGlidesOn()
{
    Stage s;
    s.canvas.setAnimated(true);
    const auto grasped = s.under({300, 200});
    QTest::mousePress(&s.canvas, Qt::LeftButton, {}, {300, 200});
    for (int i = 1; i <= 6; ++i) {
        const QPoint at(300 + 40 * i, 200);
        QMouseEvent move(QEvent::MouseMove, at, s.canvas.mapToGlobal(QPointF(at)), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&s.canvas, &move);
        QTest::qWait(8);
    }
    QTest::mouseRelease(&s.canvas, Qt::LeftButton, {}, {540, 200});
    const auto rest = s.canvas.goal().toDevice(grasped) / s.canvas.devicePixelRatioF();
    QVERIFY2(rest.x() > 580, qPrintable(QString::number(rest.x())));
    QSignalSpy settled(&s.canvas, &MapCanvas::settled);
    QVERIFY(settled.wait(5000));
    QCOMPARE(s.canvas.viewport().centre, s.canvas.goal().centre);
}

void TestMapCanvas::aClickAsksAndADragDoesNot()
{
    Stage s;
    QSignalSpy asked(&s.canvas, &MapCanvas::identifyRequested);
    QTest::mouseClick(&s.canvas, Qt::LeftButton, {}, {123, 234});
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][1].toPointF(), QPointF(123, 234) * s.canvas.devicePixelRatioF());
    s.drag(Qt::LeftButton, {300, 200}, {380, 200});
    QTest::mouseClick(&s.canvas, Qt::MiddleButton, {}, {123, 234});
    QCOMPARE(asked.size(), 1);
}

void TestMapCanvas::shiftDragZoomsToTheBox()
{
    Stage s;
    const auto middle = s.under({300, 250});
    const double scale = s.canvas.viewport().scale();
    s.drag(Qt::LeftButton, {200, 175}, {400, 325}, Qt::ShiftModifier);
    QVERIFY(near(s.canvas.viewport().centre, middle, s.canvas.viewport().resolution * 2));
    QVERIFY(std::abs(scale / s.canvas.viewport().scale() - 4) < 0.01);
}

void TestMapCanvas::controlDragTurnsAboutTheCentre()
{
    Stage s;
    const auto centre = s.canvas.viewport().centre;
    s.drag(Qt::LeftButton, {600, 300}, {400, 500}, Qt::ControlModifier); // a quarter clockwise
    QVERIFY(std::abs(s.canvas.viewport().rotation - 90) < 1);
    QVERIFY(near(s.canvas.viewport().centre, centre, s.canvas.viewport().resolution));
    QTest::mouseClick(&s.canvas, Qt::LeftButton, {}, {800 - 30, 30}); // the north arrow
    QCOMPARE(s.canvas.viewport().rotation, 0.0);
}

void TestMapCanvas::shiftWheelTurnsAboutTheCursor()
{
    Stage s;
    const QPointF at(150, 420);
    const auto before = s.under(at);
    s.wheel(at, 120, Qt::ShiftModifier);
    QVERIFY(std::abs(std::abs(s.canvas.viewport().rotation) - 5) < 1e-6);
    QVERIFY(near(s.under(at), before, s.canvas.viewport().resolution));
}

void TestMapCanvas::keysMoveAndZoom()
{
    Stage s;
    const auto start = s.canvas.viewport();
    QTest::keyClick(&s.canvas, Qt::Key_Right);
    QVERIFY(s.canvas.viewport().centre.x > start.centre.x);
    QTest::keyClick(&s.canvas, Qt::Key_Left);
    QVERIFY(near(s.canvas.viewport().centre, start.centre, start.resolution));
    QTest::keyClick(&s.canvas, Qt::Key_Up);
    QVERIFY(s.canvas.viewport().centre.y > start.centre.y);
    QTest::keyClick(&s.canvas, Qt::Key_Down);
    QTest::keyClick(&s.canvas, Qt::Key_PageUp);
    QVERIFY(std::abs(s.canvas.viewport().scale() * 2 / start.scale() - 1) < 1e-6);
    QTest::keyClick(&s.canvas, Qt::Key_PageDown);
    QTest::keyClick(&s.canvas, Qt::Key_Plus);
    QVERIFY(s.canvas.viewport().scale() < start.scale());
    QTest::keyClick(&s.canvas, Qt::Key_Minus);
    QVERIFY(std::abs(s.canvas.viewport().scale() / start.scale() - 1) < 1e-6);
    QTest::keyClick(&s.canvas, Qt::Key_Home);
    QVERIFY(s.canvas.viewport().extent().contains(Extent{610000, 5970000, 611000, 5971000}));
    QVERIFY(s.canvas.viewport().extent().height() < 1300);
}

void TestMapCanvas::enterAsksAtTheCentre()
{
    Stage s;
    QSignalSpy asked(&s.canvas, &MapCanvas::identifyRequested);
    QTest::keyClick(&s.canvas, Qt::Key_Return);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][1].toPointF(), s.centre() * s.canvas.devicePixelRatioF());
}

void TestMapCanvas::historyGoesBackAndForth()
{
    Stage s;
    QSignalSpy settled(&s.canvas, &MapCanvas::settled);
    QVERIFY(settled.wait());
    const auto first = s.canvas.viewport();
    s.canvas.setScale(5000);
    QVERIFY(settled.wait());
    s.canvas.goTo({611000, 5971000}, Crs::working()); // not at rest yet: counts all the same
    const auto third = s.canvas.viewport();
    s.canvas.previousView();
    QVERIFY(near(s.canvas.viewport().centre, first.centre, first.resolution));
    QVERIFY(std::abs(s.canvas.viewport().scale() - 5000) < 1e-6);
    s.canvas.previousView();
    QVERIFY(std::abs(s.canvas.viewport().scale() / first.scale() - 1) < 1e-9);
    s.canvas.nextView();
    s.canvas.nextView();
    QVERIFY(near(s.canvas.viewport().centre, third.centre, third.resolution));
    QVERIFY(!s.canvas.canGoForward());
}

void TestMapCanvas::aNewWayForgetsTheForwardViews()
{
    ViewHistory history;
    Viewport view{.size = {100, 100}};
    QVERIFY(!history.canGoBack());
    for (int i = 0; i < 3; ++i) {
        view.centre.x = i * 100;
        history.record(view);
        history.record(view); // at rest in the same view: no second page
    }
    QCOMPARE(history.back().centre.x, 100.0);
    view.centre.x = 700;
    history.record(view);
    QVERIFY(!history.canGoForward());
    QCOMPARE(history.back().centre.x, 100.0);
    QCOMPARE(history.forward().centre.x, 700.0);
}

void TestMapCanvas::zoomToFitsTheBoxInAnotherCrs()
{
    Stage s;
    s.canvas.zoomTo({10.6, 53.8, 10.8, 53.95}, Crs::fromEpsg(4326));
    const auto extent = s.canvas.viewport().extent();
    QVERIFY(extent.contains(PointXY{605329, 5962460})); // 10.6 E, 53.8 N
    QVERIFY(extent.width() < 40000);
}

void TestMapCanvas::zoomToBeforeShowingIsDoneWhenShown()
{
    QThreadPool pool;
    LayerTree tree;
    MapCanvas canvas(tree, pool);
    canvas.zoomTo({610000, 5970000, 611000, 5971000}, Crs::working());
    canvas.resize(500, 500);
    canvas.show();
    QVERIFY(QTest::qWaitForWindowExposed(&canvas));
    QVERIFY(near(canvas.viewport().centre, {610500, 5970500}, canvas.viewport().resolution));
    QVERIFY(std::abs(canvas.viewport().extent().height() - 1100) < 20);
}

void TestMapCanvas::anotherCrsKeepsPlaceAndScale()
{
    Stage s;
    const double scale = s.canvas.viewport().scale();
    s.canvas.setCrs(Crs::fromEpsg(25833));
    QCOMPARE(s.canvas.viewport().crs.epsg(), 25833);
    QVERIFY(std::abs(s.canvas.viewport().scale() / scale - 1) < 1e-9);
    const auto there = Transform::create(Crs::working(), Crs::fromEpsg(25833))->forward(PointXY{610500, 5970500});
    QVERIFY(near(s.canvas.viewport().centre, there, s.canvas.viewport().resolution));
}

void TestMapCanvas::scaleIsKeptWithinLimits()
{
    Stage s;
    s.canvas.setScale(1e15);
    QVERIFY(s.canvas.viewport().scale() <= smallestScale * 1.0001);
    s.canvas.setScale(1e-9);
    QVERIFY(s.canvas.viewport().scale() >= largestScale * 0.9999);
    s.canvas.setScale(-5);
    s.canvas.setScale(qQNaN());
    QVERIFY(std::isfinite(s.canvas.viewport().scale()));
}

void TestMapCanvas::anOpeningPanelLeavesTheContentInItsPlace()
{
    QThreadPool pool;
    LayerTree tree;
    QWidget window;
    window.resize(900, 600);
    MapCanvas canvas(tree, pool, &window);
    canvas.setAnimated(false);
    canvas.setGeometry(0, 0, 900, 600);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QSignalSpy settled(&canvas, &MapCanvas::settled);
    QVERIFY(settled.wait());
    const auto ratio = canvas.devicePixelRatioF();
    const auto at = [&](double x) { return canvas.viewport().toMap(QPointF(x - canvas.x(), 300) * ratio); };
    const auto before = at(400);
    canvas.setGeometry(0, 0, 600, 600); // a panel at the right
    QVERIFY(near(at(400), before, canvas.viewport().resolution));
    canvas.setGeometry(200, 0, 400, 600); // and one at the left
    QVERIFY(near(at(400), before, canvas.viewport().resolution * 2));
}

void TestMapCanvas::aGrowingWindowKeepsTheCentre()
{
    Stage s;
    const auto before = s.canvas.viewport();
    s.canvas.resize(1000, 500);
    QVERIFY(near(s.canvas.viewport().centre, before.centre, before.resolution));
    QCOMPARE(s.canvas.viewport().resolution, before.resolution);
    QCOMPARE(s.canvas.viewport().size, QSizeF(1000, 500) * s.canvas.devicePixelRatioF());
}

void TestMapCanvas::droppedFilesAreHandedOn()
{
    Stage s;
    QSignalSpy dropped(&s.canvas, &MapCanvas::filesDropped);
    QMimeData files, text;
    files.setUrls({QUrl::fromLocalFile(u"/tmp/a.gpkg"_s), QUrl::fromLocalFile(u"/tmp/b.shp"_s)});
    text.setText(u"nothing"_s);
    for (auto *data : {&files, &text}) {
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, data, Qt::LeftButton, {});
        enter.ignore();
        QCoreApplication::sendEvent(&s.canvas, &enter);
        QCOMPARE(enter.isAccepted(), data == &files);
        QDropEvent drop({10, 10}, Qt::CopyAction, data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&s.canvas, &drop);
    }
    QCOMPARE(dropped.size(), 1);
    QCOMPARE(dropped[0][0].value<QList<QUrl>>(), files.urls());
}

void TestMapCanvas::theEmptyMapOffersItsActions()
{
    QThreadPool pool;
    LayerTree tree;
    MapCanvas canvas(tree, pool);
    QAction open(u"Open files"_s);
    canvas.setEmptyActions({&open});
    canvas.resize(600, 400);
    canvas.show();
    QVERIFY(QTest::qWaitForWindowExposed(&canvas));
    const auto buttons = [&] { return canvas.findChildren<QAbstractButton *>(); };
    QVERIFY(!buttons().isEmpty());
    QSignalSpy triggered(&open, &QAction::triggered);
    buttons().front()->click();
    QCOMPARE(triggered.size(), 1);
    fill(tree, {layerOf(u"P"_s, {}, {{1, {}, point(610000, 5970000)}})});
    QVERIFY(buttons().isEmpty());
}

void TestMapCanvas::aGlideKeepsTheFixedPoint()
{
    Viewport from{.centre = {1000, 2000}, .resolution = 4, .size = {800, 600}};
    const QPointF anchor(700, 100);
    const ViewMotion motion{from, from.zoomed(3, anchor), 100};
    const auto fixed = from.toMap(anchor);
    for (const double t : {0.0, 0.2, 0.5, 0.9, 1.0}) {
        const auto at = motion.at(t).toDevice(fixed);
        QVERIFY2((at - anchor).manhattanLength() < 1e-6, qPrintable(QString::number(t)));
    }
    auto turned = from;
    turned.rotation = -170;
    from.rotation = 170;
    const ViewMotion turn{from, turned, 100};
    QCOMPARE(std::abs(normalisedRotation(turn.at(0.5).rotation)), 180.0); // the short way
}

void TestMapCanvas::sceneChangesAreDrawn()
{
    Stage s;
    QTRY_VERIFY(s.canvas.isSharp());
    auto node = s.tree.roots().front();
    node.layer->visible = false;
    QVERIFY(s.tree.apply({TreeChange::Set{node}, {}}));
    QVERIFY(!s.canvas.isSharp());
    QTRY_VERIFY(s.canvas.isSharp());
    const auto image = s.canvas.grab().toImage();
    QCOMPARE(image.pixelColor((s.centre() * image.devicePixelRatio()).toPoint()), QColor(Qt::white));
}

void TestMapCanvas::demoDataIsMarked()
{
    Stage s;
    QTRY_VERIFY(s.canvas.isSharp());
    const auto without = s.canvas.grab(QRect(0, 0, 300, 60)).toImage();
    auto node = s.tree.roots().front();
    node.layer->provenance.demo = true;
    QVERIFY(s.tree.apply({TreeChange::Set{node}, {}}));
    QTRY_VERIFY(s.canvas.isSharp());
    QVERIFY(s.canvas.grab(QRect(0, 0, 300, 60)).toImage() != without);
}

void TestMapCanvas::layersThatLoadShowTheBusyLine()
{
    Stage s;
    QTRY_VERIFY(s.canvas.isSharp());
    const auto strip = [&] { return s.canvas.grab(QRect(0, 0, 800, 3)).toImage(); };
    const auto quiet = strip();
    s.canvas.setBusy(true);
    QTRY_VERIFY(strip() != quiet);
    s.canvas.setBusy(false);
    QTRY_VERIFY(strip() == quiet);
}

QTEST_MAIN(TestMapCanvas)
#include "tst_mapcanvas.moc"
