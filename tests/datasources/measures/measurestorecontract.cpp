// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/measures/measurestorecontract.h"

#include "layers/measures/measurejson.h"

#include <QJsonArray>

#include <thread>

using namespace Qt::StringLiterals;

namespace hanseatlas::test
{

void MeasureStoreContract::theStrategysMeasuresGoInAndComeOut()
{
    fresh();
    const auto store = open();
    QVERIFY(store);
    QCOMPARE(store->problem(), QString());
    auto measures = shippedMeasures();
    QList<MeasureChange> changes;
    for (const auto &measure : measures)
        changes.prepend(createMeasure(measure)); // parts before what they are part of
    const auto outcome = saved(*store, changes);
    VERIFY_RESULT(outcome);
    QVERIFY(outcome->isWritten());
    QCOMPARE(outcome->versions.size(), 260);
    const auto read = store->read({}, {});
    VERIFY_RESULT(read);
    QCOMPARE(read->size(), 260);
    for (qsizetype i = 0; i < 260; ++i)
        QCOMPARE(read->at(i).measure, measures[i]);
}

void MeasureStoreContract::whatWasSavedIsThereAfterTheNextStart()
{
    fresh();
    VERIFY_RESULT(saved(*open(), {createMeasure(fullMeasure())}));
    const auto store = open();
    QCOMPARE(only(*store).measure, fullMeasure());
    QCOMPARE(only(*store).version, 1);
}

void MeasureStoreContract::everyFieldOfAnEditStandsInTheHistory()
{
    fresh();
    const auto store = open();
    VERIFY_RESULT(saved(*store, {createMeasure(fullMeasure())}));
    auto after = fullMeasure();
    after.progress.reset();
    after.lead = u"x"_s;
    VERIFY_RESULT(saved(*store, {editMeasure(fullMeasure(), after, 1)}, noteOf(u"B"_s, 2)));
    const auto rows = store->history({.since = noteOf({}, 2).at}, {});
    VERIFY_RESULT(rows);
    QCOMPARE(rows->size(), 2);
    QCOMPARE(rows->at(0).field, (FieldChange{u"lead"_s, fullMeasure().lead, u"x"_s}));
    QCOMPARE(rows->at(1).field, (FieldChange{u"progress"_s, 40, QJsonValue(QJsonValue::Undefined)}));
    QCOMPARE(rows->at(1).person, u"B"_s);
    QCOMPARE(rows->at(1).at, noteOf({}, 2).at);
    QCOMPARE(rows->at(1).occasion, u"Test"_s);
    const auto all = store->history({.number = u"4.10"_s}, {}).value();
    QCOMPARE(all.size(), qsizetype(measureFields().size()) - 1 + 2);
    QVERIFY(all.first().kind == MeasureChange::Kind::Create);
    QCOMPARE(store->history({.after = all.last().change}, {}).value().size(), 0);
    QCOMPARE(store->history({.most = 1}, {}).value().first().field.field, u"progress"_s);
    QCOMPARE(store->history({.number = u"9.9"_s}, {}).value().size(), 0);
}

void MeasureStoreContract::undoIsASaveOfTheInverse()
{
    fresh();
    const auto store = open();
    VERIFY_RESULT(saved(*store, {createMeasure(fullMeasure())}));
    auto after = fullMeasure();
    after.title = u"Neu"_s;
    after.place = {MeasurePlace::Kind::District, u"St. Lorenz Nord"_s};
    const ChangeSet set{{editMeasure(fullMeasure(), after, 1)}};
    const auto outcome = saved(*store, set.changes);
    VERIFY_RESULT(outcome);
    QCOMPARE(only(*store).measure, after);
    const auto undone = store->save(inverse(set, outcome->versions, noteOf(u"A"_s)), noteOf(u"A"_s), {}, {});
    VERIFY_RESULT(undone);
    QVERIFY(undone->isWritten());
    QCOMPARE(only(*store).measure, fullMeasure());
    QCOMPARE(only(*store).version, 3);
}

void MeasureStoreContract::aRemovedMeasureComesBackWithItsReports()
{
    fresh();
    const auto store = open();
    VERIFY_RESULT(saved(*store, {createMeasure(fullMeasure())}));
    const ChangeSet remove{{removeMeasure(fullMeasure(), 1)}};
    const auto removed = saved(*store, remove.changes);
    VERIFY_RESULT(removed);
    QCOMPARE(store->read({}, {}).value().size(), 0);
    VERIFY_RESULT(store->save(inverse(remove, removed->versions, noteOf(u"A"_s)), noteOf(u"A"_s), {}, {}));
    QCOMPARE(only(*store).measure, fullMeasure());
    QCOMPARE(only(*store).version, 3); // no number of a row comes twice
}

void MeasureStoreContract::twoWritersConflictFieldByField()
{
    fresh();
    const auto one = open(), two = open();
    VERIFY_RESULT(saved(*one, {createMeasure(fullMeasure()), createMeasure({.number = u"4.9"_s, .title = u"b"_s})}));
    auto theirs = fullMeasure(), mine = fullMeasure();
    theirs.lead = u"Neue Federführung"_s;
    theirs.progress = 50;
    mine.progress = 60;
    mine.title = u"Mein Titel"_s;
    VERIFY_RESULT(saved(*one, {editMeasure(fullMeasure(), theirs, 1)}));
    const auto change = editMeasure(fullMeasure(), mine, 1);
    const auto outcome = saved(
        *two, {editMeasure({.number = u"4.9"_s, .title = u"b"_s}, {.number = u"4.9"_s, .title = u"c"_s}, 1), change});
    VERIFY_RESULT(outcome);
    QVERIFY(!outcome->isWritten());
    QVERIFY(outcome->versions.isEmpty());
    QCOMPARE(outcome->conflicts.size(), 1);
    const auto &conflict = outcome->conflicts.first();
    QCOMPARE(conflict.version, 2);
    const QList<FieldConflict> expected{{u"title"_s, fullMeasure().title, fullMeasure().title, u"Mein Titel"_s},
                                        {u"lead"_s, fullMeasure().lead, u"Neue Federführung"_s, fullMeasure().lead},
                                        {u"progress"_s, 40, 50, 60}};
    QCOMPARE(conflict.fields, expected);
    QCOMPARE(two->read({}, {}).value().first().measure.title, u"b"_s); // nothing of the set
    const auto anew = rebased(change, conflict, {{u"progress"_s, true}});
    VERIFY_RESULT(anew);
    const auto again = saved(*two, {*anew});
    VERIFY_RESULT(again);
    QVERIFY(again->isWritten());
    auto both = theirs;
    both.title = mine.title;
    both.progress = 60;
    QCOMPARE(one->read({}, {}).value().last().measure, both);
}

void MeasureStoreContract::writersAtOnceLoseNothing()
{
    fresh();
    VERIFY_RESULT(saved(*open(), {createMeasure({.number = u"1.1"_s, .title = u"x"_s})}));
    std::atomic<int> written = 0, conflicts = 0;
    const auto work = [&](const QString &who) {
        const auto store = open();
        for (int i = 0; i < 20; ++i) {
            const auto before = only(*store);
            auto after = before.measure;
            after.reports.append(
                {.id = u"%1%2"_s.arg(who).arg(i), .at = noteOf(who).at, .person = who, .text = u"t"_s});
            auto change = editMeasure(before.measure, after, before.version);
            for (auto outcome = saved(*store, {change}, noteOf(who)); outcome;
                 outcome = saved(*store, {change}, noteOf(who))) {
                if (outcome->isWritten()) {
                    ++written;
                    break;
                }
                ++conflicts;
                change = rebased(change, outcome->conflicts.first()).value();
            }
        }
    };
    {
        const std::jthread a(work, u"a"_s), b(work, u"b"_s);
    }
    QCOMPARE(written.load(), 40);
    const auto store = open();
    QCOMPARE(only(*store).measure.reports.size(), 40);
    QCOMPARE(only(*store).version, 41);
    QCOMPARE(store->history({}, {}).value().last().field.after.toArray().size(), 40);
}

void MeasureStoreContract::aNumberThatIsTakenConflicts()
{
    fresh();
    const auto store = open();
    VERIFY_RESULT(saved(*store, {createMeasure({.number = u"1.1"_s, .title = u"a"_s})}));
    const auto outcome = saved(*store, {createMeasure({.number = u"1.1"_s, .title = u"b"_s})});
    VERIFY_RESULT(outcome);
    QCOMPARE(outcome->conflicts.size(), 1);
    QVERIFY(outcome->conflicts.first().collides());
    const auto gone = saved(*store, {editMeasure({.number = u"7.7"_s}, {.number = u"7.7"_s, .title = u"b"_s}, 1)});
    VERIFY_RESULT(gone);
    QCOMPARE(gone->conflicts.first().version, 0);
    QCOMPARE(only(*store).measure.title, u"a"_s);
}

void MeasureStoreContract::whatBreaksTheRulesWritesNothing_data()
{
    QTest::addColumn<QList<Measure>>("measures");
    QTest::addColumn<QString>("told");
    const Measure good{.number = u"1.1"_s, .title = u"a"_s};
    QTest::newRow("percent") << QList<Measure>{good, {.number = u"1.2"_s, .title = u"b"_s, .progress = 101}}
                             << u"1.2"_s;
    QTest::newRow("parent") << QList<Measure>{good, {.number = u"1.2"_s, .title = u"b"_s, .parent = u"9"_s}}
                            << u"“9”"_s;
    QTest::newRow("circle") << QList<Measure>{good,
                                              {.number = u"2"_s, .title = u"b"_s, .parent = u"2.1"_s},
                                              {.number = u"2.1"_s, .title = u"b"_s, .parent = u"2"_s}}
                            << u"2"_s;
    QTest::newRow("title") << QList<Measure>{good, {.number = u"1.2"_s}} << u"1.2"_s;
}

void MeasureStoreContract::whatBreaksTheRulesWritesNothing()
{
    QFETCH(const QList<Measure>, measures);
    QFETCH(const QString, told);
    fresh();
    const auto store = open();
    QList<MeasureChange> changes;
    for (const auto &measure : measures)
        changes.append(createMeasure(measure));
    const auto outcome = saved(*store, changes);
    VERIFY_FAILS(outcome, ErrorKind::Invalid);
    QVERIFY2(outcome.error().what.contains(told), qPrintable(outcome.error().what));
    QCOMPARE(store->read({}, {}).value().size(), 0);
    QCOMPARE(store->history({}, {}).value().size(), 0);
    VERIFY_FAILS(saved(*store, {createMeasure(measures.first())}, {}), ErrorKind::Invalid);
    // one that others are part of cannot go alone
    VERIFY_RESULT(saved(
        *store,
        {createMeasure(measures.first()), createMeasure({.number = u"1.1.1"_s, .title = u"c"_s, .parent = u"1.1"_s})}));
    VERIFY_FAILS(saved(*store, {removeMeasure(measures.first(), 1)}), ErrorKind::Invalid);
    QCOMPARE(store->read({}, {}).value().size(), 2);
}

void MeasureStoreContract::cancellingWritesNothing()
{
    fresh();
    const auto store = open();
    QList<MeasureChange> changes;
    for (int i = 1; i <= 1000; ++i)
        changes.append(createMeasure({.number = u"1.%1"_s.arg(i), .title = u"a"_s}));
    std::stop_source stop;
    const auto outcome = store->save({changes}, noteOf(u"A"_s), stop.get_token(), [&stop](double done) {
        if (done > 0.5)
            stop.request_stop();
    });
    QVERIFY(!outcome && outcome.error().kind == ErrorKind::Cancelled);
    QCOMPARE(store->read({}, {}).value().size(), 0);
    VERIFY_RESULT(saved(*store, changes));
    QCOMPARE(store->read({}, {}).value().size(), 1000);
    QVERIFY(!store->read(stop.get_token(), {}));
    QVERIFY(!store->history({}, stop.get_token()));
}

} // namespace hanseatlas::test
