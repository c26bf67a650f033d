// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/measurechange.h"
#include "layers/measures/measurejson.h"
#include "tests/layers/measures/measurefixture.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const ChangeNote note{u"Frau A"_s, QDateTime(QDate(2026, 1, 2), QTime(3, 4), QTimeZone::UTC)};

StatusReport report(const QString &id)
{
    return {.id = id, .at = note.at, .person = u"Herr B"_s, .text = u"neu"_s};
}

} // namespace

class TestMeasureChange : public QObject
{
    Q_OBJECT
private slots:
    void everyFieldThatDiffersIsToldOnce();
    void anEditAndItsInverseGiveTheMeasureBack();
    void creatingIsUndoneByRemovingAndRemovingByCreating();
    void theInverseOfAReportWithdrawsIt();
    void whatWasReportedIsNeverChanged();
    void theNumberIsNotChanged();
    void anUnknownFieldIsRefused();
    void editsOfDifferentFieldsComeTogether();
    void editsOfTheSameFieldCollideUntilSomebodyDecides();
    void reportsOfBothSidesStay();
};

void TestMeasureChange::everyFieldThatDiffersIsToldOnce()
{
    const auto all = differences(Measure(), fullMeasure());
    QCOMPARE(all.size(), qsizetype(measureFields().size()) - 1); // no parent
    QCOMPARE(differences(fullMeasure(), fullMeasure()), {});
    auto other = fullMeasure();
    other.progress.reset();
    other.lead = u"x"_s;
    const auto two = differences(fullMeasure(), other);
    QCOMPARE(two.size(), 2);
    QCOMPARE(two[0], (FieldChange{u"lead"_s, fullMeasure().lead, u"x"_s}));
    QCOMPARE(two[1], (FieldChange{u"progress"_s, 40, QJsonValue(QJsonValue::Undefined)}));
}

void TestMeasureChange::anEditAndItsInverseGiveTheMeasureBack()
{
    const auto before = fullMeasure();
    auto after = before;
    after.title = u"Neu"_s;
    after.progress.reset();
    after.governance.removeLast();
    after.place = {MeasurePlace::Kind::WholeCity};
    const ChangeSet set{{editMeasure(before, after, 3)}};
    QCOMPARE(applied(before, set.changes[0]).value(), after);
    const auto back = inverse(set, {{before.number, 4}}, note);
    QCOMPARE(back.changes[0].version, 4);
    QCOMPARE(applied(after, back.changes[0]).value(), before);
    QCOMPARE(inverse(back, {{before.number, 3}}, note), set);
}

void TestMeasureChange::creatingIsUndoneByRemovingAndRemovingByCreating()
{
    const auto measure = fullMeasure();
    const ChangeSet create{{createMeasure(measure)}};
    QCOMPARE(applied({}, create.changes[0]).value(), measure);
    const auto remove = inverse(create, {{measure.number, 1}}, note);
    QCOMPARE(remove, (ChangeSet{{removeMeasure(measure, 1)}}));
    QCOMPARE(inverse(remove, {}, note), create);
}

void TestMeasureChange::theInverseOfAReportWithdrawsIt()
{
    const auto before = fullMeasure();
    auto after = before;
    after.reports.append(report(u"r2"_s));
    after.progress = 50;
    const auto back = inverse({{editMeasure(before, after, 1)}}, {{before.number, 2}}, note);
    const auto undone = applied(after, back.changes[0]);
    VERIFY_RESULT(undone);
    QCOMPARE(undone->progress, 40);
    QCOMPARE(undone->reports.size(), 3);
    QCOMPARE(undone->reports[1].text, u"neu"_s);
    QCOMPARE(undone->reports[2].withdraws, u"r2"_s);
    QCOMPARE(undone->reports[2].person, note.person);
    QCOMPARE(undone->reports[2].at, note.at);
}

void TestMeasureChange::whatWasReportedIsNeverChanged()
{
    const auto before = fullMeasure();
    auto after = before;
    after.reports[0].text = u"anders"_s;
    VERIFY_FAILS(applied(before, editMeasure(before, after, 1)), ErrorKind::Invalid);
    after.reports.clear();
    VERIFY_FAILS(applied(before, editMeasure(before, after, 1)), ErrorKind::Invalid);
}

void TestMeasureChange::theNumberIsNotChanged()
{
    auto after = fullMeasure();
    after.number = u"4.99"_s;
    VERIFY_FAILS(applied(fullMeasure(), editMeasure(fullMeasure(), after, 1)), ErrorKind::Invalid);
}

void TestMeasureChange::anUnknownFieldIsRefused()
{
    VERIFY_FAILS(applied(fullMeasure(), {.number = u"4.10"_s, .fields = {{u"colour"_s, {}, u"red"_s}}}),
                 ErrorKind::Invalid);
    VERIFY_FAILS(applied(fullMeasure(), {.number = u"4.10"_s, .fields = {{u"progress"_s, {}, u"red"_s}}}),
                 ErrorKind::Malformed);
}

void TestMeasureChange::editsOfDifferentFieldsComeTogether()
{
    const auto base = fullMeasure();
    auto theirs = base, mine = base;
    theirs.lead = u"Neue Federführung"_s;
    mine.progress = 60;
    const auto change = editMeasure(base, mine, 1);
    const auto conflict = conflictOf(change, toJson(theirs), 2, toJson(base));
    QCOMPARE(conflict.fields.size(), 2);
    QVERIFY(!conflict.collides());
    const auto anew = rebased(change, conflict);
    VERIFY_RESULT(anew);
    QCOMPARE(anew->version, 2);
    auto both = theirs;
    both.progress = 60;
    QCOMPARE(applied(theirs, *anew).value(), both);
}

void TestMeasureChange::editsOfTheSameFieldCollideUntilSomebodyDecides()
{
    const auto base = fullMeasure();
    auto theirs = base, mine = base;
    theirs.progress = 50;
    mine.progress = 60;
    const auto change = editMeasure(base, mine, 1);
    const auto conflict = conflictOf(change, toJson(theirs), 2, toJson(base));
    QCOMPARE(conflict.fields, (QList{FieldConflict{u"progress"_s, 40, 50, 60}}));
    QVERIFY(conflict.collides());
    VERIFY_FAILS(rebased(change, conflict), ErrorKind::Invalid);
    QCOMPARE(applied(theirs, rebased(change, conflict, {{u"progress"_s, true}}).value()).value().progress, 60);
    QVERIFY(rebased(change, conflict, {{u"progress"_s, false}}).value().fields.isEmpty());
    const auto gone = conflictOf(change, {}, 0, toJson(base));
    QVERIFY(gone.collides());
    VERIFY_FAILS(rebased(change, gone, {{u"progress"_s, true}}), ErrorKind::Invalid);
}

void TestMeasureChange::reportsOfBothSidesStay()
{
    const auto base = fullMeasure();
    auto theirs = base, mine = base;
    theirs.reports.append(report(u"t"_s));
    mine.reports.append(report(u"m"_s));
    const auto change = editMeasure(base, mine, 1);
    const auto conflict = conflictOf(change, toJson(theirs), 2, toJson(base));
    QVERIFY(!conflict.collides());
    const auto both = applied(theirs, rebased(change, conflict).value());
    VERIFY_RESULT(both);
    QCOMPARE(both->reports.size(), 3);
    QCOMPARE(both->reports[1].id, u"t"_s);
    QCOMPARE(both->reports[2].id, u"m"_s);
}

QTEST_GUILESS_MAIN(TestMeasureChange)
#include "tst_measurechange.moc"
