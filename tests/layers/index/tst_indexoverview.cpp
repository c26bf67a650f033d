// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/indexexplanation.h"
#include "layers/index/measurevalues.h"
#include "tests/support/testkit.h"

#include <cmath>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

constexpr int january = 2026 * 12; ///< 2026
const QDate today(2026, 3, 15);

Indicator indicator(const QString &id, const QString &goal, double weight, Indicator::Level level = {})
{
    return {.id = id,
            .title = id.toUpper(),
            .unit = u"%"_s,
            .period = u"month"_s,
            .low = 0,
            .high = 100,
            .level = level,
            .goals = {{goal, weight}},
            .fields = {1}};
}

/** Two goals: A of a (weight 3) and b (1), B of c. */
IndexDefinition definition()
{
    IndexDefinition made{.title = u"Index"_s, .goals = {{u"A"_s, 1}, {u"B"_s, 1}}};
    made.method.allGoals = false;
    made.method.coverageThreshold = 0.5;
    made.indicators = {indicator(u"a"_s, u"A"_s, 3, Indicator::Level::District), indicator(u"b"_s, u"A"_s, 1),
                       indicator(u"c"_s, u"B"_s, 1, Indicator::Level::District)};
    made.indicators[1].lessIsBetter = true;
    made.indicators[1].fields = {2};
    made.indicators[1].responsible = u"Klimaleitstelle"_s;
    return made;
}

IndexSeries series(const QString &id, const QString &area, std::vector<std::pair<int, double>> values)
{
    IndexSeries made{id, area, {}};
    for (const auto &[month, value] : values)
        made.points.push_back({month, value, 0});
    return made;
}

IndexRecords records()
{
    return {.origins = {{.source = u"Statistik"_s, .licence = u"dl-de/by-2-0"_s, .person = u"M"_s}},
            .series = {series(u"a"_s, {}, {{january, 40}, {january + 2, 60}}), series(u"b"_s, {}, {{january, 20}}),
                       series(u"c"_s, {}, {{january + 2, 50}}), series(u"a"_s, u"Travemünde"_s, {{january + 2, 80}}),
                       series(u"a"_s, u"Moisling"_s, {{january + 2, 20}}),
                       series(u"c"_s, u"Moisling"_s, {{january + 2, 60}})}};
}

IndexCube cube(const IndexRecords &known = records(), const QDate &day = today)
{
    QStringList notes;
    return IndexCube::of(definition(), known, {}, day, notes);
}

StatusReport reported(const QString &id, const QDate &day, int progress, const QString &withdraws = {})
{
    return {.id = id,
            .at = day.startOfDay(),
            .person = u"M"_s,
            .text = u"x"_s,
            .phase = MeasurePhase::Implementation,
            .progress = progress,
            .withdraws = withdraws};
}

} // namespace

class TestIndexOverview : public QObject
{
    Q_OBJECT
private slots:
    void aValueHoldsUntilTheNextOneComesButNotForEver();
    void aYearlyValueHoldsLongerThanAMonthlyOne();
    void formulasAreWorkedOutInEachMonthAndArea();
    void theIndexIsTheWeightedMeanOfWhatIsKnown();
    void whatIsMissingLowersTheCoverageAndNotTheValue();
    void aFieldAsksForItsIndicatorsOnly();
    void aUnitAsksForItsIndicatorsOnly();
    void aStadtteilIsMadeOfWhatIsKnownByStadtteil();
    void stadtteileAreRankedByWhatTheyHave();
    void aMonthWithoutDataHasNoIndex();
    void thePartsOfAnExplanationAddUp();
    void anIndicatorTellsWhereItComesFrom();
    void noDataAreToldAsNoData();
    void freshnessCountsPeriods_data();
    void freshnessCountsPeriods();
    void reportsMakeACourse();
    void aWithdrawnReportEndsThere();
    void periodsAreToldAsPeopleDo();
};

void TestIndexOverview::aValueHoldsUntilTheNextOneComesButNotForEver()
{
    const auto known = cube(records(), {2026, 12, 1});
    QCOMPARE(known.first(), january);
    QCOMPARE(known.last(), january + 11);
    QCOMPARE(known.at(0, 0, january).value, 40);
    QCOMPARE(known.at(0, 0, january + 1).value, 40);
    QCOMPARE(known.at(0, 0, january + 1).month, january);
    QCOMPARE(known.at(0, 0, january + 2).value, 60);
    QCOMPARE(known.at(0, 0, january + 4).value, 60); // two periods more
    QVERIFY(std::isnan(known.at(0, 0, january + 5).value));
    QVERIFY(std::isnan(known.at(0, 0, january - 1).value));
    QVERIFY(std::isnan(known.at(7, 0, january).value));
    const std::vector<std::pair<int, double>> course{{january, 40}, {january + 2, 60}};
    QCOMPARE(known.course(0, 0), course);
}

void TestIndexOverview::aYearlyValueHoldsLongerThanAMonthlyOne()
{
    auto yearly = definition();
    yearly.indicators[0].period = u"year"_s;
    QStringList notes;
    const auto known =
        IndexCube::of(yearly, {.origins = {}, .series = {series(u"a"_s, {}, {{january, 7}})}}, {}, {2029, 6, 1}, notes);
    QCOMPARE(known.at(0, 0, january + 35).value, 7);
    QVERIFY(std::isnan(known.at(0, 0, january + 36).value));
}

void TestIndexOverview::formulasAreWorkedOutInEachMonthAndArea()
{
    auto made = definition();
    auto sum = indicator(u"sum"_s, u"B"_s, 1);
    sum.source.kind = IndicatorSource::Kind::Formula;
    sum.source.formula = *Formula::parse(u"a + c"_s);
    auto ratio = sum;
    ratio.id = u"ratio"_s;
    ratio.source.formula = *Formula::parse(u"a / (c - c)"_s);
    made.indicators += {sum, ratio};
    QStringList notes;
    const auto known = IndexCube::of(made, records(), {}, today, notes);
    QCOMPARE(known.at(3, 0, january + 2).value, 110);
    QVERIFY(std::isnan(known.at(3, 0, january).value)); // c is not known yet
    QCOMPARE(known.at(3, int(known.areas().indexOf(u"Moisling"_s)), january + 2).value, 80);
    QCOMPARE(notes.size(), 1);
    QVERIFY2(notes[0].startsWith(u"SUM"_s) || notes[0].contains(u"0"_s), qPrintable(notes[0]));
}

void TestIndexOverview::theIndexIsTheWeightedMeanOfWhatIsKnown()
{
    const auto overview = overviewOf(definition(), cube(), {.month = january + 2, .back = 2});
    VERIFY_RESULT(overview);
    // A = (3·60 + 1·80)/4 = 65, B = 50; before: A = (3·40 + 80)/4 = 50, B unknown
    QCOMPARE(overview->now.goals[0], 65);
    QCOMPARE(overview->now.goals[1], 50);
    QCOMPARE(overview->now.index[0], 57.5);
    QCOMPARE(overview->before.index[0], 50);
    QCOMPARE(overview->change.change, 7.5);
    QCOMPARE(overview->indicators[0].effect, 15); // 3/4 of 20 points, A alone was in both
    QCOMPARE(overview->change.availability, -7.5);
    QCOMPARE(overview->months(), 3);
    QCOMPARE(overview->indexAt(january), 50);
    QVERIFY(std::isnan(overview->indexAt(january + 9)));
    const QList<IndexFieldScore> cells{{u"A"_s, 1, 60, 1}, {u"A"_s, 2, 80, 1}, {u"B"_s, 1, 50, 1}};
    QCOMPARE(overview->cells, cells);
}

void TestIndexOverview::whatIsMissingLowersTheCoverageAndNotTheValue()
{
    auto known = records();
    known.series.removeAt(1); // b
    const auto overview = overviewOf(definition(), cube(known), {.month = january + 2});
    VERIFY_RESULT(overview);
    QCOMPARE(overview->now.goals[0], 60);
    QCOMPARE(overview->now.index[0], 55);
    QCOMPARE(overview->now.coverage[0], 0.875); // A knows 3 of 4
    QVERIFY(std::isnan(overview->cells[1].score));
    QCOMPARE(overview->cells[1].coverage, 0);
}

void TestIndexOverview::aFieldAsksForItsIndicatorsOnly()
{
    const auto overview = overviewOf(definition(), cube(), {.month = january + 2, .field = 2});
    VERIFY_RESULT(overview);
    QCOMPARE(overview->definition.indicators.size(), 1);
    QCOMPARE(overview->definition.goals.size(), 1); // B has nothing in that field: it lowers no coverage
    QCOMPARE(overview->now.index[0], 80);
    QCOMPARE(overview->now.coverage[0], 1);
    const auto nothing = overviewOf(definition(), cube(), {.month = january + 2, .field = 9});
    VERIFY_RESULT(nothing);
    QVERIFY(nothing->definition.indicators.isEmpty());
    QVERIFY(nothing->index.empty());
}

void TestIndexOverview::aUnitAsksForItsIndicatorsOnly()
{
    auto made = definition();
    auto progress = indicator(u"m"_s, u"B"_s, 1);
    progress.source.kind = IndicatorSource::Kind::Measures;
    made.indicators.append(progress);
    const auto asked = restricted(made, {.lead = u"Klimaleitstelle"_s}, false);
    QCOMPARE(asked.indicators.size(), 2);
    QCOMPARE(asked.indicators[0].id, u"b"_s);
    QCOMPARE(asked.indicators[1].id, u"m"_s);
}

void TestIndexOverview::aStadtteilIsMadeOfWhatIsKnownByStadtteil()
{
    const auto overview = overviewOf(definition(), cube(), {.month = january + 2, .area = u"Moisling"_s});
    VERIFY_RESULT(overview);
    QCOMPARE(overview->definition.indicators.size(), 2); // a and c
    QCOMPARE(overview->now.index[0], 40); // (20 + 60) / 2
}

void TestIndexOverview::stadtteileAreRankedByWhatTheyHave()
{
    const auto overview = overviewOf(definition(), cube(), {.month = january + 2});
    VERIFY_RESULT(overview);
    QCOMPARE(overview->areas, QStringList({u"Moisling"_s, u"Travemünde"_s}));
    QCOMPARE(overview->districts.index[0], 40);
    QCOMPARE(overview->districts.index[1], 80); // of goal A alone
    QCOMPARE(overview->districts.coverage[1], 0.5);
    QCOMPARE(overview->districts.rank, std::vector<int>({2, 1}));
}

void TestIndexOverview::aMonthWithoutDataHasNoIndex()
{
    const auto overview = overviewOf(definition(), cube({}, today), {.month = january});
    VERIFY_RESULT(overview);
    QVERIFY(std::isnan(overview->now.index[0]));
    QCOMPARE(overview->now.coverage[0], 0);
    QVERIFY(overview->areas.isEmpty());
}

void TestIndexOverview::thePartsOfAnExplanationAddUp()
{
    const auto overview = overviewOf(definition(), cube(), {.month = january + 2, .back = 2});
    VERIFY_RESULT(overview);
    const auto whole = explain(*overview, {}, records(), {});
    QCOMPARE(whole.score, 57.5);
    QCOMPARE(whole.before, 50);
    double sum = 0;
    for (const auto &row : whole.rows)
        sum += row.points;
    QCOMPARE(sum, whole.score);
    const auto goal = explain(*overview, {}, records(), whole.rows[0].place);
    QCOMPARE(goal.score, 65);
    QCOMPARE(goal.rows.size(), 2);
    QCOMPARE(goal.rows[0].share, 0.75);
    QCOMPARE(goal.rows[0].points + goal.rows[1].points, goal.score);
    QCOMPARE(goal.rows[0].place, (IndexPlace{u"A"_s, 0, u"a"_s}));
    const auto field = explain(*overview, {}, records(), {{}, 1, {}});
    QCOMPARE(field.rows.size(), 2); // a and c, with the same weight
    QCOMPARE(field.score, 55);
}

void TestIndexOverview::anIndicatorTellsWhereItComesFrom()
{
    auto known = records();
    known.origins[0].demo = true;
    const auto overview = overviewOf(definition(), cube(known), {.month = january + 2, .back = 2});
    VERIFY_RESULT(overview);
    const auto told = explain(*overview, {}, known, {{}, 0, u"a"_s});
    QVERIFY(told.demo);
    const auto factOf = [&](const QString &text) {
        return std::ranges::any_of(told.facts, [&](const auto &fact) { return fact.text.startsWith(text); });
    };
    QVERIFY(factOf(u"Statistik"_s));
    QVERIFY(factOf(u"dl-de/by-2-0"_s));
    QVERIFY(factOf(u"60"_s));
    QVERIFY(factOf(u"40"_s)); // before
    QVERIFY2(told.sentence.contains(u"60"_s), qPrintable(told.sentence));
}

void TestIndexOverview::noDataAreToldAsNoData()
{
    auto known = records();
    known.series.removeAt(1); // b
    const auto overview = overviewOf(definition(), cube(known), {.month = january + 2});
    VERIFY_RESULT(overview);
    const auto told = explain(*overview, {}, known, {{}, 0, u"b"_s});
    QVERIFY(std::isnan(told.score));
    QCOMPARE(told.facts[0].text, valueText(std::nan(""), {}));
    QVERIFY(!told.sentence.isEmpty());
    const auto goal = explain(*overview, {}, known, {u"A"_s, 0, {}});
    QVERIFY(std::isnan(goal.rows[1].share));
    QCOMPARE(goal.rows[0].share, 1);
}

void TestIndexOverview::freshnessCountsPeriods_data()
{
    QTest::addColumn<int>("month");
    QTest::addColumn<int>("state");
    using State = IndexFreshness::State;
    QTest::newRow("this month") << january + 2 << int(State::Current);
    QTest::newRow("the month after") << january + 3 << int(State::Current);
    QTest::newRow("two months after") << january + 4 << int(State::Late);
    QTest::newRow("long ago") << january + 9 << int(State::None);
}

void TestIndexOverview::freshnessCountsPeriods()
{
    QFETCH(int, month);
    QFETCH(int, state);
    const auto fresh = freshnessOf(definition(), cube(records(), {2026, 12, 1}), month);
    QCOMPARE(fresh.size(), 3);
    QCOMPARE(int(fresh[0].state), state);
}

void TestIndexOverview::reportsMakeACourse()
{
    Measure one{.number = u"1"_s, .field = 1, .progress = 70};
    one.reports = {reported(u"r1"_s, {2026, 1, 20}, 10), reported(u"r2"_s, {2026, 3, 1}, 40)};
    const Measure other{.number = u"2"_s, .field = 1};
    const IndicatorSource progress{.kind = IndicatorSource::Kind::Measures, .operation = u"progress"_s};
    const auto course = courseFromMeasures(progress, {one, other}, january - 1, {2026, 4, 2});
    QCOMPARE(course.size(), 5U);
    QVERIFY(std::isnan(course[0]));
    QCOMPARE(course[1], 10);
    QCOMPARE(course[2], 10);
    QCOMPARE(course[3], 40);
    QCOMPARE(course[4], 70); // what is stated today, without a report
    const IndicatorSource share{.kind = IndicatorSource::Kind::Measures, .operation = u"reported"_s};
    const auto shares = courseFromMeasures(share, {one, other}, january - 1, {2026, 4, 2});
    QVERIFY(std::isnan(shares[0]));
    QCOMPARE(shares[1], 50);
}

void TestIndexOverview::aWithdrawnReportEndsThere()
{
    Measure one{.number = u"1"_s};
    one.reports = {reported(u"r1"_s, {2026, 1, 20}, 10), reported(u"r2"_s, {2026, 2, 20}, 90),
                   reported(u"r3"_s, {2026, 3, 20}, 0, u"r2"_s)};
    const IndicatorSource progress{.kind = IndicatorSource::Kind::Measures, .operation = u"progress"_s};
    const auto course = courseFromMeasures(progress, {one}, january, {2026, 4, 2});
    QCOMPARE(course[0], 10);
    QCOMPARE(course[1], 90);
    QCOMPARE(course[2], 10);
}

void TestIndexOverview::periodsAreToldAsPeopleDo()
{
    QCOMPARE(monthOf({2026, 3, 31}), january + 2);
    QCOMPARE(firstDayOf(january + 2), QDate(2026, 3, 1));
    QCOMPARE(periodStart(january + 5, u"quarter"_s), january + 3);
    QCOMPARE(periodStart(january + 5, u"year"_s), january);
    QCOMPARE(periodText(january, u"year"_s), u"2026"_s);
    QVERIFY(periodText(january + 3, u"quarter"_s).contains(u'2'));
    QVERIFY(periodText(january + 2, u"month"_s).endsWith(u"2026"_s));
}

QTEST_GUILESS_MAIN(TestIndexOverview)
#include "tst_indexoverview.moc"
