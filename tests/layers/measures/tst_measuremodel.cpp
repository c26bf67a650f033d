// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/measuremodel.h"
#include "tests/layers/measures/measurefixture.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

QList<StoredMeasure> stored(const QList<Measure> &measures)
{
    QList<StoredMeasure> all;
    for (const auto &measure : measures)
        all.append({measure, 1});
    return all;
}

QStringList shownNumbers(const MeasureModel &model, const QModelIndex &parent = {})
{
    QStringList numbers;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const auto index = model.index(row, 0, parent);
        if (const auto number = index.data(MeasureNumberRole).toString(); !number.isEmpty())
            numbers.append(number);
        numbers.append(shownNumbers(model, index));
    }
    return numbers;
}

struct Fixture {
    MeasureModel model{shippedFacts()};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

} // namespace

class TestMeasureModel : public QObject
{
    Q_OBJECT
private slots:
    void theTableShowsAllByNumber();
    void theTreeFollowsTheNumbers();
    void groupsHoldTheirMeasures_data();
    void groupsHoldTheirMeasures();
    void filtersLetPassWhatFits_data();
    void filtersLetPassWhatFits();
    void theTreeShowsWhatAMatchIsPartOf();
    void aSavedFilterComesBack();
    void aBrokenFilterIsRefused();
    void sortingKeepsWhatIsSelected();
    void whatIsMissingSortsLast();
    void anEditedMeasureTakesItsPlace();
    void aCircleDoesNotTakeItRoundForEver();
    void markupInTitlesStaysText();
    void aHundredThousandAreQuick();
};

void TestMeasureModel::theTableShowsAllByNumber()
{
    Fixture f;
    QCOMPARE(f.model.rowCount(), 0);
    auto measures = shippedMeasures();
    std::ranges::reverse(measures);
    f.model.setMeasures(stored(measures));
    QCOMPARE(f.model.rowCount(), 260);
    QCOMPARE(f.model.shown(), 260);
    const auto numbers = shownNumbers(f.model);
    QCOMPARE(numbers.first(), u"1.1"_s);
    QCOMPARE(numbers.indexOf(u"4.10"_s), numbers.indexOf(u"4.9"_s) + 1);
    const auto index = f.model.indexOf(u"3.7"_s);
    QCOMPARE(index.siblingAtColumn(MeasureModel::Field).data().toString(), u"Daten und Informationen"_s);
    QVERIFY(!index.siblingAtColumn(MeasureModel::Phase).data().toString().isEmpty());
    QCOMPARE(index.siblingAtColumn(MeasureModel::Progress).data().toString(), QString());
    for (int column = 0; column < MeasureModel::ColumnCount; ++column)
        QVERIFY(!f.model.headerData(column, Qt::Horizontal).toString().isEmpty());
}

void TestMeasureModel::theTreeFollowsTheNumbers()
{
    Fixture f;
    f.model.setMeasures(stored(shippedMeasures()));
    f.model.setGrouping(MeasureGrouping::Tree);
    QCOMPARE(shownNumbers(f.model).size(), 260);
    const auto leaf = f.model.indexOf(u"4.7.1.2"_s);
    QCOMPARE(leaf.parent().data().toString(), u"4.7.1"_s);
    QCOMPARE(leaf.parent().parent().data().toString(), u"4.7"_s);
    QVERIFY(!leaf.parent().parent().parent().isValid());
}

void TestMeasureModel::groupsHoldTheirMeasures_data()
{
    QTest::addColumn<MeasureGrouping>("grouping");
    QTest::addColumn<int>("groups");
    QTest::addColumn<int>("rows");
    QTest::addColumn<QString>("first");
    QTest::newRow("field") << MeasureGrouping::Field << 12 << 261 << u"1 Digitale Infrastruktur (11)"_s;
    QTest::newRow("stage") << MeasureGrouping::Stage << 2 << 261 << u"Umsetzungsempfehlung (1)"_s;
    QTest::newRow("goal") << MeasureGrouping::Goal << 3 << 262 << u"Steigerung der Lebensqualität (1)"_s;
}

void TestMeasureModel::groupsHoldTheirMeasures()
{
    QFETCH(const MeasureGrouping, grouping);
    QFETCH(const int, groups);
    QFETCH(const int, rows);
    QFETCH(const QString, first);
    Fixture f;
    f.model.setMeasures(stored(shippedMeasures() + QList{fullMeasure(u"4.13"_s)}));
    f.model.setGrouping(grouping);
    QCOMPARE(f.model.rowCount(), groups);
    QCOMPARE(shownNumbers(f.model).size(), rows);
    QCOMPARE(f.model.index(0, 0).data().toString(), first);
    QVERIFY(!f.model.measure(f.model.index(0, 0)));
    int counted = 0;
    for (int row = 0; row < groups; ++row) {
        const auto group = f.model.index(row, 0);
        QCOMPARE(group.data(MeasureCountRole).toInt(), f.model.rowCount(group));
        counted += f.model.rowCount(group);
    }
    QCOMPARE(counted, rows);
    f.model.setGrouping(MeasureGrouping::Lead);
    QCOMPARE(shownNumbers(f.model).size(), 261);
}

void TestMeasureModel::filtersLetPassWhatFits_data()
{
    QTest::addColumn<MeasureFilter>("filter");
    QTest::addColumn<QStringList>("numbers");
    QTest::newRow("text over all") << MeasureFilter{.text = u"früh BESTELLEN"_s} << QStringList{u"4.13"_s};
    QTest::newRow("text without umlauts") << MeasureFilter{.text = u"laerm pilot"_s} << QStringList{u"5.2.3"_s};
    QTest::newRow("text that is nowhere") << MeasureFilter{.text = u"xyzzy"_s} << QStringList();
    QTest::newRow("lead") << MeasureFilter{.leads = {u"4.415 Archiv"_s}} << QStringList{u"2.6"_s};
    QTest::newRow("stage") << MeasureFilter{.stages = {u"recommended"_s}} << QStringList{u"4.13"_s};
    QTest::newRow("phase") << MeasureFilter{.phases = {MeasurePhase::Implementation}} << QStringList{u"4.13"_s};
    QTest::newRow("goal") << MeasureFilter{.goals = {u"O3"_s}} << QStringList{u"4.13"_s};
    QTest::newRow("overdue") << MeasureFilter{.overdueOnly = true} << QStringList{u"4.13"_s};
    QTest::newRow("both must hold") << MeasureFilter{.fields = {1}, .goals = {u"O3"_s}} << QStringList();
}

void TestMeasureModel::filtersLetPassWhatFits()
{
    QFETCH(const MeasureFilter, filter);
    QFETCH(const QStringList, numbers);
    Fixture f;
    f.model.setToday(QDate(2027, 1, 1));
    f.model.setMeasures(stored(shippedMeasures() + QList{fullMeasure(u"4.13"_s)}));
    f.model.setFilter(filter);
    QCOMPARE(shownNumbers(f.model), numbers);
    QCOMPARE(f.model.shown(), numbers.size());
    f.model.setFilter({});
    QCOMPARE(f.model.rowCount(), 261);
    f.model.setFilter({.fields = {1}});
    QCOMPARE(f.model.rowCount(), 11);
}

void TestMeasureModel::theTreeShowsWhatAMatchIsPartOf()
{
    Fixture f;
    f.model.setGrouping(MeasureGrouping::Tree);
    f.model.setMeasures(stored(shippedMeasures()));
    f.model.setFilter({.text = u"Roadsdaten"_s});
    QCOMPARE(shownNumbers(f.model), (QStringList{u"4.7"_s, u"4.7.1"_s, u"4.7.1.2"_s}));
    QCOMPARE(f.model.shown(), 1);
}

void TestMeasureModel::aSavedFilterComesBack()
{
    const SavedFilter saved{u"Meine"_s,
                            {.text = u"a b"_s,
                             .fields = {1, 12},
                             .leads = {u"x"_s, {}},
                             .stages = {u"idea"_s},
                             .phases = {MeasurePhase::Done, MeasurePhase::Paused},
                             .goals = {u"O1"_s},
                             .overdueOnly = true}};
    const auto back = savedFilterFromJson(toJson(saved));
    VERIFY_RESULT(back);
    QCOMPARE(*back, saved);
    QVERIFY(MeasureFilter().isEmpty() && !saved.filter.isEmpty());
}

void TestMeasureModel::aBrokenFilterIsRefused()
{
    VERIFY_FAILS(savedFilterFromJson({}), ErrorKind::Malformed);
    auto json = toJson(SavedFilter{u"a"_s, {.phases = {MeasurePhase::Done}}});
    json[u"phases"_s] = QJsonValue::fromVariant(QStringList{u"x"_s});
    VERIFY_FAILS(savedFilterFromJson(json), ErrorKind::Malformed);
}

void TestMeasureModel::sortingKeepsWhatIsSelected()
{
    for (const auto grouping : {MeasureGrouping::None, MeasureGrouping::Tree, MeasureGrouping::Field}) {
        Fixture f;
        f.model.setMeasures(stored(shippedMeasures()));
        f.model.setGrouping(grouping);
        const QPersistentModelIndex selected = f.model.indexOf(u"4.7.1.2"_s).siblingAtColumn(1);
        const QPersistentModelIndex first = f.model.index(0, 0);
        const auto firstText = first.data().toString();
        f.model.sort(MeasureModel::Title, Qt::DescendingOrder);
        QVERIFY(selected.isValid());
        QCOMPARE(f.model.measure(selected)->measure.number, u"4.7.1.2"_s);
        QCOMPARE(selected.column(), 1);
        QCOMPARE(first.data().toString(), firstText);
        if (grouping == MeasureGrouping::None)
            QCOMPARE_GT(f.model.index(0, 1).data().toString(), u"Z"_s);
    }
}

void TestMeasureModel::whatIsMissingSortsLast()
{
    Fixture f;
    QList<Measure> measures{
        {.number = u"1.1"_s}, {.number = u"1.2"_s, .progress = 5}, {.number = u"1.3"_s, .progress = 40}};
    f.model.setMeasures(stored(measures));
    f.model.sort(MeasureModel::Progress, Qt::AscendingOrder);
    QCOMPARE(shownNumbers(f.model), (QStringList{u"1.2"_s, u"1.3"_s, u"1.1"_s}));
    f.model.sort(MeasureModel::Progress, Qt::DescendingOrder);
    QCOMPARE(shownNumbers(f.model), (QStringList{u"1.3"_s, u"1.2"_s, u"1.1"_s}));
}

void TestMeasureModel::anEditedMeasureTakesItsPlace()
{
    Fixture f;
    f.model.setMeasures(stored(shippedMeasures()));
    f.model.setFilter({.text = u"zzneu"_s});
    QCOMPARE(f.model.rowCount(), 0);
    auto measure = *f.model.measures().cbegin();
    measure.measure.title = u"Zzneu"_s;
    measure.version = 2;
    f.model.put(measure);
    QCOMPARE(shownNumbers(f.model), QStringList{u"1.1"_s});
    f.model.put({{.number = u"4.9.1"_s, .title = u"Auch zzneu"_s}, 1});
    QCOMPARE(shownNumbers(f.model), (QStringList{u"1.1"_s, u"4.9.1"_s}));
    QCOMPARE(f.model.measures().size(), 261);
}

void TestMeasureModel::aCircleDoesNotTakeItRoundForEver()
{
    Fixture f;
    f.model.setGrouping(MeasureGrouping::Tree);
    f.model.setMeasures(stored({{.number = u"1"_s, .parent = u"2"_s},
                                {.number = u"2"_s, .parent = u"1"_s},
                                {.number = u"3"_s, .parent = u"3"_s},
                                {.number = u"4"_s, .parent = u"1"_s}}));
    auto numbers = shownNumbers(f.model);
    numbers.sort();
    QCOMPARE(numbers.join(u' '), u"1 2 3 4"_s);
}

void TestMeasureModel::markupInTitlesStaysText()
{
    Fixture f;
    f.model.setMeasures(stored({{.number = u"1.1"_s, .title = u"<b>x</b>"_s}}));
    QCOMPARE(f.model.index(0, 1).data(Qt::ToolTipRole).toString(), u"&lt;b&gt;x&lt;/b&gt;"_s);
}

void TestMeasureModel::aHundredThousandAreQuick()
{
    QList<Measure> measures;
    for (int i = 0; i < 100'000; ++i)
        measures.append({.number = u"%1.%2.%3"_s.arg(i % 12 + 1).arg(i / 1200 + 1).arg(i % 1200 / 12 + 1),
                         .title = u"Maßnahme %1"_s.arg(i),
                         .field = i % 12 + 1,
                         .lead = u"Amt %1"_s.arg(i % 50)});
    MeasureModel model(shippedFacts()); // the tester would look at each row at each change
    QElapsedTimer clock;
    clock.start();
    model.setMeasures(stored(measures));
    const auto filled = clock.restart();
    model.setGrouping(MeasureGrouping::Field);
    const auto grouped = clock.restart();
    model.setFilter({.text = u"99999"_s});
    const auto searched = clock.restart();
    QCOMPARE(model.shown(), 1);
    model.setFilter({});
    clock.restart();
    const auto group = model.index(5, 0);
    for (int row = 0; row < 1000; ++row) {
        for (int column = 0; column < MeasureModel::ColumnCount; ++column)
            QVERIFY(model.index(row, column, group).data().isValid());
    }
    const auto scrolled = clock.elapsed();
    qInfo("100 000: filled %lld ms, grouped %lld, first search %lld, 1000 rows read %lld", filled, grouped, searched,
          scrolled);
    QCOMPARE_LT(scrolled, 1000); // of a build with sanitizers; a screen shows fifty of them
    QCOMPARE_LT(grouped, 5000);
}

QTEST_GUILESS_MAIN(TestMeasureModel)
#include "tst_measuremodel.moc"
