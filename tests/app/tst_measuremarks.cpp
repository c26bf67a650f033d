// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/measuremarks.h"
#include "layers/measures/measureplace.h"
#include "tests/app/appfixture.h"
#include "tests/layers/measures/measurefixture.h"
#include "widgets/map/mapcanvas.h"
#include "widgets/measures/measurework.h"

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

constexpr double west = 610000, south = 5970000;

StoredMeasure at(const QString &number, int field, double x, double y, MeasurePhase phase = MeasurePhase::Planning)
{
    Measure measure{.number = number, .title = u"Maßnahme "_s + number, .field = field, .phase = phase};
    Geometry point;
    point.kind = GeometryKind::Point;
    point.points = {{x, y}};
    measure.place = {MeasurePlace::Kind::Geometry, {}, placeWkb(point)};
    return {measure, 1};
}

struct Desk {
    SessionStage stage;
    MapCanvas canvas{stage.session->tree(), stage.session->drawPool()};
    MeasureWork work{shippedFacts()};
    MeasureMarks marks{*stage.session, canvas};

    Desk()
    {
        fill(stage.session->tree(), {layerOf(u"Ground"_s, {}, {{1, {}, square(west, south - 150, 100)}})}); // not empty
        canvas.setAnimated(false);
        canvas.resize(400, 300);
        canvas.show();
        // 1 000 m apart, and 4.1 and 4.2 beside each other
        work.setMeasures({at(u"1.1"_s, 1, west, south, MeasurePhase::Done), at(u"4.1"_s, 4, west + 1000, south),
                          at(u"4.2"_s, 5, west + 1001, south, MeasurePhase::Running)});
        canvas.zoomTo({west - 200, south - 200, west + 1200, south + 200}, Crs::working());
        marks.show(work);
    }
    QPointF device(double x, double y) const { return canvas.viewport().toDevice({x, y}); }
    QStringList texts()
    {
        QStringList texts;
        for (const auto &mark : marks.marks(canvas.viewport(), canvas.devicePixelRatioF()))
            texts << mark.numbers.join(u'+');
        return texts;
    }
    QColor colourAt(const QPointF &device)
    {
        return canvas.grab().toImage().pixelColor((device / canvas.devicePixelRatioF()).toPoint());
    }
    void click(const QPointF &device)
    {
        QTest::mouseClick(&canvas, Qt::LeftButton, {}, (device / canvas.devicePixelRatioF()).toPoint());
    }
};

} // namespace

class TestMeasureMarks : public QObject
{
    Q_OBJECT
private slots:
    void everyMeasureWithAPlaceHasAMark()
    {
        Desk desk;
        QCOMPARE(desk.texts(), (QStringList{u"1.1"_s, u"4.1+4.2"_s}));
        const auto place = desk.device(west, south);
        const auto without = [&] {
            desk.marks.hide();
            return desk.colourAt(place + QPointF(7, 0));
        };
        const auto with = desk.colourAt(place + QPointF(7, 0));
        QVERIFY(with != without());
        desk.canvas.setScale(100); // close enough for a metre to be seen
        desk.marks.show(desk.work);
        QCOMPARE(desk.texts(), (QStringList{u"1.1"_s, u"4.1"_s, u"4.2"_s}));
    }

    void marksFollowTheFilterAndTheMeasures()
    {
        Desk desk;
        desk.marks.setFilter({.fields = {4}});
        QCOMPARE(desk.texts(), QStringList{u"4.1"_s});
        desk.marks.setFilter({});
        desk.work.setMeasures({at(u"2.1"_s, 2, west, south)});
        QCOMPARE(desk.texts(), QStringList{u"2.1"_s});
    }

    void aClickChoosesAndDoesNotAskTheLayers()
    {
        Desk desk;
        QSignalSpy chosen(&desk.marks, &MeasureMarks::chosen), several(&desk.marks, &MeasureMarks::severalMeant),
            asked(&desk.canvas, &MapCanvas::identifyRequested);
        (void)desk.canvas.grab();
        desk.click(desk.device(west, south));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toString(), u"1.1"_s);
        desk.click(desk.device(west + 1000, south));
        QCOMPARE(several.size(), 1);
        QCOMPARE(several[0][0].toStringList(), (QStringList{u"4.1"_s, u"4.2"_s}));
        QCOMPARE(asked.size(), 0);
        desk.click(desk.device(west + 500, south));
        QCOMPARE(asked.size(), 1); // nothing is there: the layers are asked
        desk.marks.hide();
        desk.click(desk.device(west, south));
        QCOMPARE(asked.size(), 2);
    }

    void theChosenOneIsMarkedAndTold()
    {
        Desk desk;
        const auto ring = desk.device(west, south) + QPointF(16, 0) * desk.canvas.devicePixelRatioF();
        const auto before = desk.colourAt(ring);
        desk.work.setCurrent(u"1.1"_s);
        QVERIFY(desk.colourAt(ring) != before);
        if (const auto folder = qEnvironmentVariable("HANSEATLAS_PICTURES"); !folder.isEmpty())
            desk.canvas.grab().save(folder + u"/measuremarks.png"_s);
        const auto tip = desk.marks.tipAt(desk.canvas.viewport(), desk.device(west + 1000, south));
        QVERIFY(tip.contains(u"4.1 Maßnahme 4.1"_s) && tip.contains(u"4.2 Maßnahme 4.2"_s));
        QVERIFY(desk.marks.tipAt(desk.canvas.viewport(), desk.device(west + 500, south)).isEmpty());
    }

    void theMapInAnotherSystemHasTheSameMarks()
    {
        Desk desk;
        desk.canvas.setCrs(Crs::fromEpsg(25833));
        QCOMPARE(desk.texts(), (QStringList{u"1.1"_s, u"4.1+4.2"_s}));
        const auto &mark = desk.marks.marks(desk.canvas.viewport(), 1).front();
        QVERIFY(mark.place.x < 400000); // west of the middle of zone 33
        QVERIFY(QRectF(desk.canvas.rect()).contains(desk.canvas.viewport().toDevice(mark.place)));
    }
};

QTEST_MAIN(TestMeasureMarks)
#include "tst_measuremarks.moc"
