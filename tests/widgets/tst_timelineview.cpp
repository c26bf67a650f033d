// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/localmeasurestore.h"
#include "tests/layers/measures/measurefixture.h"
#include "widgets/measures/measurework.h"
#include "widgets/measures/timelineview.h"

#include <QApplication>
#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QDate today(2026, 11, 23);

/** Three measures in a real store: from March to October, overdue, and without dates. */
struct Stage {
    QTemporaryDir folder;
    MeasureWork work{shippedFacts()};
    TimelineView view{work};

    Stage()
    {
        Measure one{.number = u"1"_s, .title = u"Eins"_s, .field = 1, .progress = 40};
        one.start = {2026, 3, 1};
        one.end = {2026, 10, 31};
        one.milestones = {{.title = u"Abnahme"_s, .due = {2026, 6, 1}}};
        Measure two{.number = u"2"_s, .title = u"Zwei"_s, .field = 2};
        two.start = {2027, 1, 1};
        const Measure three{.number = u"3"_s, .title = u"Drei"_s, .field = 2};
        auto store = std::shared_ptr<MeasureStore>(
            LocalMeasureStore::open(folder.filePath(u"m.sqlite"_s), shippedFacts()).value());
        ChangeSet first{.changes = {createMeasure(one), createMeasure(two), createMeasure(three)}};
        work.setToday(today);
        work.setPerson(u"Frau A"_s);
        if (const auto saved = store->save(first, work.note(), {}, {}); !saved)
            qFatal("%s", qPrintable(saved.error().what));
        work.setStore(store);
        work.setMeasures(store->read({}, {}).value());
        view.resize(1200, 500);
        view.show();
    }
    Measure shown(const QString &number) const { return work.find(number)->measure; }
    int rowOf(const QString &number) const
    {
        const auto &rows = view.rows();
        return int(std::ranges::find_if(
                       rows, [&](const TimelineRow &row) { return row.measure && row.measure->number == number; })
                   - rows.begin());
    }
    void drag(const QPointF &from, double by, bool escape = false)
    {
        auto *area = view.viewport();
        QTest::mousePress(area, Qt::LeftButton, {}, from.toPoint());
        QMouseEvent move(QEvent::MouseMove, from + QPointF(by, 0), area->mapToGlobal(from + QPointF(by, 0)),
                         Qt::LeftButton, Qt::LeftButton, {});
        QApplication::sendEvent(area, &move);
        if (escape)
            QTest::keyClick(&view, Qt::Key_Escape);
        QTest::mouseRelease(area, Qt::LeftButton, {}, (from + QPointF(by, 0)).toPoint());
    }
};

} // namespace

class TestTimelineView : public QObject
{
    Q_OBJECT
private slots:
    void barsLieWhereTheirDaysAre()
    {
        Stage s;
        QCOMPARE(s.view.rows().size(), 5); // two fields, two measures, the heading of what has no dates
        const auto bar = s.view.barOf(s.rowOf(u"1"_s));
        QVERIFY(!bar.isEmpty());
        QCOMPARE(qRound(bar.width() / s.view.scale().day), 245); // 1 March to 31 October, both included
        QVERIFY(s.view.barOf(s.rowOf(u"2"_s)).left() > bar.right());
        QVERIFY(s.view.barOf(0).isEmpty());
        QVERIFY(!s.view.grab().isNull());
    }

    void aDraggedEndIsStoredAndCanBeTakenBack()
    {
        Stage s;
        s.view.zoom(8);
        s.view.horizontalScrollBar()->setValue(0);
        const auto bar = s.view.barOf(s.rowOf(u"1"_s));
        const double day = s.view.scale().day;
        s.drag({bar.right() - 2, bar.center().y()}, -10 * day);
        QTRY_COMPARE(s.shown(u"1"_s).end, QDate(2026, 10, 21));
        QCOMPARE(s.shown(u"1"_s).start, QDate(2026, 3, 1));
        s.work.undoStack().undo();
        QTRY_COMPARE(s.shown(u"1"_s).end, QDate(2026, 10, 31));
    }

    void aDraggedBarKeepsItsLength()
    {
        Stage s;
        s.view.zoom(8);
        s.view.horizontalScrollBar()->setValue(0);
        const auto bar = s.view.barOf(s.rowOf(u"1"_s));
        s.drag(bar.center(), 5 * s.view.scale().day);
        QTRY_COMPARE(s.shown(u"1"_s).start, QDate(2026, 3, 6));
        QCOMPARE(s.shown(u"1"_s).end, QDate(2026, 11, 5));
    }

    void theEndStaysBehindTheStart()
    {
        Stage s;
        s.view.zoom(8);
        s.view.horizontalScrollBar()->setValue(0);
        const auto bar = s.view.barOf(s.rowOf(u"1"_s));
        s.drag({bar.right() - 2, bar.center().y()}, -1000 * s.view.scale().day);
        QTRY_COMPARE(s.shown(u"1"_s).end, QDate(2026, 3, 1));
    }

    void escapeLeavesAllAsItWas()
    {
        Stage s;
        s.view.zoom(8);
        s.view.horizontalScrollBar()->setValue(0);
        s.drag(s.view.barOf(s.rowOf(u"1"_s)).center(), 50, true);
        QCOMPARE(s.shown(u"1"_s).start, QDate(2026, 3, 1));
        QVERIFY(!s.work.undoStack().canUndo());
    }

    void withoutAStoreNothingCanBeDragged()
    {
        Stage s;
        s.work.setStore({});
        s.drag(s.view.barOf(s.rowOf(u"1"_s)).center(), 50);
        QCOMPARE(s.shown(u"1"_s).start, QDate(2026, 3, 1));
    }

    void theSelectionIsThatOfAllViews()
    {
        Stage s;
        s.work.setCurrent(u"2"_s);
        QCOMPARE(s.view.currentRow(), s.rowOf(u"2"_s));
        QTest::keyClick(&s.view, Qt::Key_Up); // a heading: what is chosen stays
        QCOMPARE(s.work.current(), u"2"_s);
        QTest::keyClick(&s.view, Qt::Key_Up);
        QCOMPARE(s.work.current(), u"1"_s);
    }

    void headingsOpenAndShut()
    {
        Stage s;
        const int last = int(s.view.rows().size()) - 1;
        QCOMPARE(s.view.rows()[last].kind, TimelineRow::Kind::Undated);
        for (int i = 0; i <= last; ++i)
            QTest::keyClick(&s.view, Qt::Key_Down);
        QTest::keyClick(&s.view, Qt::Key_Return);
        QCOMPARE(s.view.rows().size(), 6);
        QCOMPARE(s.view.rows().last().measure->number, u"3"_s);
        QTest::keyClick(&s.view, Qt::Key_Return);
        QCOMPARE(s.view.rows().size(), 5);
    }

    void theScaleHasItsLimitsAndTheMiddleStays()
    {
        Stage s;
        const auto middle = [&] {
            const double left = s.view.barOf(s.rowOf(u"1"_s)).left();
            return left;
        };
        const double before = middle();
        s.view.zoom(2, before);
        QVERIFY(std::abs(middle() - before) < 3);
        for (int i = 0; i < 50; ++i)
            QTest::keyClick(&s.view, Qt::Key_Plus);
        QCOMPARE(s.view.scale().day, TimelineScale::widest);
        for (int i = 0; i < 90; ++i)
            QTest::keyClick(&s.view, Qt::Key_Minus);
        QCOMPARE(s.view.scale().day, TimelineScale::narrowest);
    }

    void filtersAreHonoured()
    {
        Stage s;
        s.view.setFilter({.fields = {1}});
        QCOMPARE(s.view.rows().size(), 2);
        s.view.setFilter({.text = u"gibt es nicht"_s});
        QVERIFY(s.view.rows().isEmpty());
        QVERIFY(!s.view.grab().isNull());
        QTest::keyClick(&s.view, Qt::Key_Down);
        QTest::keyClick(&s.view, Qt::Key_Return);
        QCOMPARE(s.view.currentRow(), -1);
    }
};

QTEST_MAIN(TestTimelineView)
#include "tst_timelineview.moc"
