// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/measuremerge.h"
#include "layers/measures/measurejson.h"
#include "tests/layers/measures/measurefixture.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

using List = QList<StoredMeasure>;

Measure titled(const QString &number, const QString &title, const QString &lead = {}, const QString &parent = {})
{
    Measure measure{.number = number, .title = title};
    measure.lead = lead;
    measure.parent = parent;
    return measure;
}

Measure reported(Measure measure, const QStringList &ids)
{
    for (const auto &id : ids)
        measure.reports.append({.id = id,
                                .at = QDateTime(QDate(2026, 1, 2), QTime(3, 4), QTimeZone::UTC),
                                .person = u"A"_s,
                                .text = u"Bericht"_s});
    return measure;
}

/** What a store makes of it: its rows after the changes, each of which must fit. */
List after(List rows, const ChangeSet &changes)
{
    for (const auto &change : changes.changes) {
        const auto at = std::ranges::find(rows, change.number, [](const auto &row) { return row.measure.number; });
        const bool isThere = at != rows.end();
        if (isThere == (change.kind == MeasureChange::Kind::Create) || (isThere && at->version != change.version)) {
            QTest::qFail("a change does not fit the row", __FILE__, __LINE__);
            return rows;
        }
        if (change.kind == MeasureChange::Kind::Remove)
            rows.erase(at);
        else if (isThere)
            *at = {applied(at->measure, change).value(), change.version + 1};
        else
            rows.append({applied({}, change).value(), 1});
    }
    std::ranges::sort(rows, {}, [](const auto &row) { return row.measure.number; });
    return rows;
}

QString shown(const List &rows)
{
    QStringList texts;
    for (const auto &row : rows) {
        QStringList ids;
        for (const auto &report : row.measure.reports)
            ids << report.id;
        ids.sort();
        texts << row.measure.number + u':' + row.measure.title + u'/' + row.measure.lead + u'/' + ids.join(u'+');
    }
    return texts.join(u' ');
}

} // namespace

class TestMeasureMerge : public QObject
{
    Q_OBJECT
private slots:
    void bothSidesBecomeTheSame_data();
    void bothSidesBecomeTheSame();
    void aFieldOfBothIsAskedFor();
    void aDecisionHoldsForTheRowItWasMadeOn();
    void reportsInAnotherOrderAreTheSame();
};

void TestMeasureMerge::bothSidesBecomeTheSame_data()
{
    QTest::addColumn<List>("base");
    QTest::addColumn<List>("mine");
    QTest::addColumn<List>("theirs");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QStringList>("kept");
    const QStringList none;
    const List one{{titled(u"1"_s, u"a"_s), 3}};
    QTest::addRow("nothing anywhere") << List() << List() << List() << u""_s << none;
    QTest::addRow("nothing new") << one << List{{titled(u"1"_s, u"a"_s), 9}} << one << u"1:a//"_s << none;
    QTest::addRow("edited here") << one << List{{titled(u"1"_s, u"b"_s), 9}} << one << u"1:b//"_s << none;
    QTest::addRow("edited there") << one << List{{titled(u"1"_s, u"a"_s), 9}} << List{{titled(u"1"_s, u"b"_s), 4}}
                                  << u"1:b//"_s << none;
    QTest::addRow("other fields") << one << List{{titled(u"1"_s, u"b"_s), 9}}
                                  << List{{titled(u"1"_s, u"a"_s, u"L"_s), 4}} << u"1:b/L/"_s << none;
    QTest::addRow("the same on both") << one << List{{titled(u"1"_s, u"b"_s), 9}} << List{{titled(u"1"_s, u"b"_s), 4}}
                                      << u"1:b//"_s << none;
    QTest::addRow("new here") << List() << List{{titled(u"1"_s, u"a"_s), 1}} << List() << u"1:a//"_s << none;
    QTest::addRow("new there") << List() << List() << List{{titled(u"1"_s, u"a"_s), 1}} << u"1:a//"_s << none;
    QTest::addRow("new on both, one says more") << List() << List{{titled(u"1"_s, u"a"_s, u"L"_s), 1}}
                                                << List{{titled(u"1"_s, u"a"_s), 1}} << u"1:a/L/"_s << none;
    QTest::addRow("removed here") << one << List() << one << u""_s << none;
    QTest::addRow("removed there") << one << List{{titled(u"1"_s, u"a"_s), 9}} << List() << u""_s << none;
    QTest::addRow("removed on both") << one << List() << List() << u""_s << none;
    QTest::addRow("removed here, edited there")
        << one << List() << List{{titled(u"1"_s, u"b"_s), 4}} << u"1:b//"_s << QStringList{u"1"_s};
    QTest::addRow("edited here, removed there")
        << one << List{{titled(u"1"_s, u"b"_s), 9}} << List() << u"1:b//"_s << QStringList{u"1"_s};
    QTest::addRow("reports of both") << List{{reported(titled(u"1"_s, u"a"_s), {u"r1"_s}), 3}}
                                     << List{{reported(titled(u"1"_s, u"a"_s), {u"r1"_s, u"r2"_s}), 9}}
                                     << List{{reported(titled(u"1"_s, u"a"_s), {u"r1"_s, u"r3"_s}), 4}}
                                     << u"1:a//r1+r2+r3"_s << none;
    // 1 and below it 1.1: who removes the parent does not take away what somebody has put below it
    const List family{{titled(u"1"_s, u"a"_s), 3}};
    QTest::addRow("parent removed there, child made here")
        << family << List{{titled(u"1"_s, u"a"_s), 9}, {titled(u"1.1"_s, u"c"_s, {}, u"1"_s), 1}} << List()
        << u"1:a// 1.1:c//"_s << QStringList{u"1"_s};
    QTest::addRow("parent removed here, child made there")
        << family << List() << List{{titled(u"1"_s, u"a"_s), 3}, {titled(u"1.1"_s, u"c"_s, {}, u"1"_s), 1}}
        << u"1:a// 1.1:c//"_s << QStringList{u"1"_s};
}

void TestMeasureMerge::bothSidesBecomeTheSame()
{
    QFETCH(List, base);
    QFETCH(List, mine);
    QFETCH(List, theirs);
    QFETCH(QStringList, kept);
    const auto plan = mergePlan(base, mine, theirs);
    VERIFY_RESULT(plan);
    QCOMPARE(plan->open.size(), 0);
    QCOMPARE(plan->kept, kept);
    const auto here = after(mine, plan->in), there = after(theirs, plan->out);
    QTEST(shown(here), "wanted");
    QTEST(shown(there), "wanted");
    // With that as the new base nothing is left to do.
    const auto again = mergePlan(there, here, there);
    VERIFY_RESULT(again);
    QVERIFY(again->in.isEmpty() && again->out.isEmpty());
}

void TestMeasureMerge::aFieldOfBothIsAskedFor()
{
    const List base{{titled(u"1"_s, u"a"_s), 3}, {titled(u"2"_s, u"x"_s), 3}};
    const List mine{{titled(u"1"_s, u"b"_s, u"L"_s), 9}, {titled(u"2"_s, u"y"_s), 5}};
    const List theirs{{titled(u"1"_s, u"c"_s), 4}, {titled(u"2"_s, u"x"_s), 3}};
    const auto plan = mergePlan(base, mine, theirs);
    VERIFY_RESULT(plan);
    QCOMPARE(plan->open.size(), 1);
    QCOMPARE(plan->open[0].number, u"1"_s);
    const auto title = std::ranges::find(plan->open[0].fields, u"title"_s, &FieldConflict::field);
    QVERIFY(title != plan->open[0].fields.end());
    QCOMPARE(title->before, QJsonValue(u"a"_s));
    QCOMPARE(title->theirs, QJsonValue(u"c"_s));
    QCOMPARE(title->mine, QJsonValue(u"b"_s));
    // The other one goes its way.
    QCOMPARE(plan->out.changes.size(), 1);
    QCOMPARE(plan->out.changes[0].number, u"2"_s);
    QVERIFY(plan->in.isEmpty());
}

void TestMeasureMerge::aDecisionHoldsForTheRowItWasMadeOn()
{
    const List base{{titled(u"1"_s, u"a"_s), 3}};
    const List mine{{titled(u"1"_s, u"b"_s, u"L"_s), 9}};
    const List theirs{{titled(u"1"_s, u"c"_s), 4}};
    for (const bool takeMine : {true, false}) {
        const auto plan = mergePlan(base, mine, theirs, {{u"1"_s, {4, {{u"title"_s, takeMine}}}}});
        VERIFY_RESULT(plan);
        QCOMPARE(plan->open.size(), 0);
        const auto wanted = takeMine ? u"1:b/L/"_s : u"1:c/L/"_s;
        QCOMPARE(shown(after(mine, plan->in)), wanted);
        QCOMPARE(shown(after(theirs, plan->out)), wanted);
    }
    const auto stale = mergePlan(base, mine, theirs, {{u"1"_s, {5, {{u"title"_s, true}}}}});
    VERIFY_RESULT(stale);
    QCOMPARE(stale->open.size(), 1);
    QVERIFY(stale->in.isEmpty() && stale->out.isEmpty());
}

void TestMeasureMerge::reportsInAnotherOrderAreTheSame()
{
    const auto a = reported(titled(u"1"_s, u"a"_s), {u"r1"_s, u"r2"_s});
    const auto b = reported(titled(u"1"_s, u"a"_s), {u"r2"_s, u"r1"_s});
    QVERIFY(sameMeasure(a, b));
    QVERIFY(!sameMeasure(a, reported(titled(u"1"_s, u"a"_s), {u"r1"_s, u"r3"_s})));
    QVERIFY(!sameMeasure(a, reported(titled(u"1"_s, u"a"_s), {u"r1"_s})));
    QVERIFY(!sameMeasure(a, reported(titled(u"1"_s, u"b"_s), {u"r1"_s, u"r2"_s})));
}

QTEST_GUILESS_MAIN(TestMeasureMerge)
#include "tst_measuremerge.moc"
