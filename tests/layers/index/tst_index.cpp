// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/indexchange.h"
#include "layers/index/indexscores.h"
#include "layers/index/indexuncertainty.h"
#include "tests/support/testkit.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

constexpr double none = std::numeric_limits<double>::quiet_NaN();

bool same(double a, double b, double within = 1e-9)
{
    return (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= within;
}

/** Two goals: A with a (weight 3) and b (weight 1, less is better), B with c. */
IndexSetup smallSetup()
{
    return {.goals = {{u"A"_s, 1}, {u"B"_s, 3}},
            .parts = {{.id = u"a"_s, .goal = 0, .weight = 3, .low = 0, .high = 10, .target = 8},
                      {.id = u"b"_s, .goal = 0, .weight = 1, .lessIsBetter = true, .low = 0, .high = 50, .target = 5},
                      {.id = u"c"_s, .goal = 1, .weight = 1, .low = 100, .high = 200, .target = 180}}};
}

IndexValues smallValues()
{
    return {.areas = {u"x"_s, u"y"_s, u"z"_s},
            .values = {5, 10, 0, //
                       10, 50, 30, //
                       150, 125, 200}};
}

} // namespace

class TestIndex : public QObject
{
    Q_OBJECT
private slots:
    void goalpostsByHand();
    void minMaxByHand();
    void zScoresByHand();
    void distanceToTheTargetByHand();
    void geometricMeansFeelTheBad();
    void outliersAreMovedOnlyWhenAsked();
    void missingDataLowerTheCoverageNotTheValue();
    void equalScoresShareARank();
    void whatCannotBeIsRefused_data();
    void whatCannotBeIsRefused();
    void changesSumUp_data();
    void changesSumUp();
    void theDistrictsOfLuebeckComeOut();
    void uncertaintyIsTheSameForTheSameSeed();
    void whereNothingVariesThereIsNoBand();
    void theHeaviestIndicatorMovesMost();
    void uncertaintyCanBeCancelled();
};

/** a: 5 → 50, 10 → 100, 0 → 0. b, less is better: 10 → 80, 50 → 0, 30 → 40. c: 150 → 50, 125 → 25, 200 → 100.
 *  A = (3a + b) / 4: 57.5, 75, 10. Index = (A + 3B) / 4: 51.875, 37.5, 77.5. */
void TestIndex::goalpostsByHand()
{
    const auto scores = indexScores(smallSetup(), {}, smallValues());
    VERIFY_RESULT(scores);
    const std::vector<double> parts{50, 100, 0, 80, 0, 40, 50, 25, 100}, goals{57.5, 75, 10, 50, 25, 100},
        index{51.875, 37.5, 77.5};
    for (std::size_t i = 0; i < parts.size(); ++i)
        QVERIFY2(same(scores->parts[i], parts[i]), qPrintable(QString::number(scores->parts[i])));
    for (std::size_t i = 0; i < goals.size(); ++i)
        QVERIFY2(same(scores->goals[i], goals[i]), qPrintable(QString::number(scores->goals[i])));
    for (std::size_t i = 0; i < index.size(); ++i)
        QVERIFY2(same(scores->index[i], index[i]), qPrintable(QString::number(scores->index[i])));
    QCOMPARE(scores->rank, (std::vector<int>{2, 3, 1}));
    QCOMPARE(scores->coverage, (std::vector<double>{1, 1, 1}));
    // Beyond the goalposts there is nothing more to be had
    auto values = smallValues();
    values.values[0] = 20;
    values.values[3] = 80;
    const auto beyond = indexScores(smallSetup(), {}, values);
    QCOMPARE(beyond->parts[0], 100.0);
    QCOMPARE(beyond->parts[3], 0.0);
    // Equal weights: A = (50 + 80) / 2, index = (65 + 50) / 2
    QVERIFY(same(indexScores(smallSetup(), {.equalWeights = true}, smallValues())->index[0], 57.5));
}

/** a: 50, 100, 0. b: 10 → 100, 50 → 0, 30 → 50. c: 150 → 33⅓, 125 → 0, 200 → 100. */
void TestIndex::minMaxByHand()
{
    const auto scores = indexScores(smallSetup(), {.normalisation = Normalisation::MinMax}, smallValues());
    VERIFY_RESULT(scores);
    QVERIFY(same(scores->parts[3], 100) && same(scores->parts[5], 50));
    QVERIFY(same(scores->parts[6], 100.0 / 3));
    auto alike = smallValues();
    alike.values[0] = alike.values[1] = alike.values[2] = 7;
    const auto nothing = indexScores(smallSetup(), {.normalisation = Normalisation::MinMax}, alike);
    QVERIFY(std::isnan(nothing->parts[0]));
    QCOMPARE(nothing->notes.size(), 1);
    QVERIFY(nothing->notes[0].startsWith(u"a:"_s));
}

/** a: mean 5, deviation 5 (n − 1): 50, 60, 40. */
void TestIndex::zScoresByHand()
{
    const auto scores = indexScores(smallSetup(), {.normalisation = Normalisation::ZScore}, smallValues());
    VERIFY_RESULT(scores);
    QVERIFY(same(scores->parts[0], 50) && same(scores->parts[1], 60) && same(scores->parts[2], 40));
    QVERIFY(same(scores->parts[3], 60)); // b: mean 30, deviation 20, less is better
    QVERIFY(same(scores->parts[4], 40));
}

/** From the lower goalpost 0 to the target 8: 5 → 62.5, 10 → 100. b from 50 down to 5: 10 → 88.9. */
void TestIndex::distanceToTheTargetByHand()
{
    auto setup = smallSetup();
    const auto scores = indexScores(setup, {.normalisation = Normalisation::TargetDistance}, smallValues());
    VERIFY_RESULT(scores);
    QVERIFY(same(scores->parts[0], 62.5));
    QVERIFY(same(scores->parts[1], 100));
    QVERIFY(same(scores->parts[3], 4000.0 / 45));
    setup.parts[0].low.reset(); // then from the worst area
    QVERIFY(same(indexScores(setup, {.normalisation = Normalisation::TargetDistance}, smallValues())->parts[2], 0));
    setup.parts[0].target = 0; // all have reached it
    QVERIFY(same(indexScores(setup, {.normalisation = Normalisation::TargetDistance}, smallValues())->parts[2], 100));
}

/** x: A = 57.5, B = 50: 57.5^¼ · 50^¾ = 51.777. y: A = 75, B = 25: 32.9. A floor of 1 keeps a 0 from ending it all. */
void TestIndex::geometricMeansFeelTheBad()
{
    const auto scores = indexScores(smallSetup(), {.across = Aggregation::Geometric}, smallValues());
    VERIFY_RESULT(scores);
    QVERIFY(same(scores->index[0], std::pow(57.5, 0.25) * std::pow(50, 0.75)));
    QVERIFY(same(scores->index[1], std::pow(75, 0.25) * std::pow(25, 0.75)));
    QVERIFY(scores->index[1] < 37.5);
    const auto within = indexScores(smallSetup(), {.within = Aggregation::Geometric}, smallValues());
    QVERIFY(same(within->goals[1], std::pow(100, 0.75))); // 100 and 0: 100^¾ · 1^¼
}

void TestIndex::outliersAreMovedOnlyWhenAsked()
{
    const IndexSetup setup{.goals = {{u"A"_s, 1}}, .parts = {{.id = u"a"_s}}};
    IndexValues values{.areas = {}, .values = {1, 2, 3, 4, 100}};
    for (int i = 0; i < 5; ++i)
        values.areas << QString::number(i);
    const IndexMethod plain{.normalisation = Normalisation::MinMax};
    QVERIFY(indexScores(setup, plain, values)->parts[3] < 5);
    auto method = plain;
    method.winsorise = true;
    const auto moved = indexScores(setup, method, values);
    VERIFY_RESULT(moved);
    QVERIFY(same(moved->parts[3], 100 * 3.0 / 6)); // quartiles 2 and 4: up to 7
    QCOMPARE(moved->notes.size(), 1);
    values.values = {1, 2, 100, none, none}; // too few to tell
    QCOMPARE(indexScores(setup, method, values)->notes.size(), 0);
}

void TestIndex::missingDataLowerTheCoverageNotTheValue()
{
    auto values = smallValues();
    values.values[3] = none; // b of x: a quarter of goal A
    auto scores = indexScores(smallSetup(), {}, values);
    VERIFY_RESULT(scores);
    QVERIFY(same(scores->goals[0], 50)); // a alone; not (150 + 0) / 4
    QVERIFY(same(scores->goalCoverage[0], 0.75)); // as much as is needed
    QVERIFY(same(scores->coverage[0], (0.75 + 3) / 4));
    QVERIFY(same(scores->index[0], 50));
    values.values[0] = std::numeric_limits<double>::infinity(); // a of x: is none either
    scores = indexScores(smallSetup(), {}, values);
    QVERIFY(std::isnan(scores->goals[0]) && std::isnan(scores->index[0]));
    QCOMPARE(scores->rank[0], 0);
    QCOMPARE(scores->rank[2], 1);
    QVERIFY(same(scores->coverage[0], 0.75));
    const auto lenient = indexScores(smallSetup(), {.allGoals = false}, values);
    QVERIFY(same(lenient->index[0], 50)); // goal B alone
    values.values.assign(9, none);
    scores = indexScores(smallSetup(), {.allGoals = false}, values);
    VERIFY_RESULT(scores);
    QVERIFY(std::isnan(scores->index[1]));
    QVERIFY(same(scores->coverage[1], 0));
}

void TestIndex::equalScoresShareARank()
{
    const IndexSetup setup{.goals = {{u"A"_s, 1}}, .parts = {{.id = u"a"_s, .low = 0, .high = 10}}};
    const auto scores = indexScores(setup, {}, {.areas = {u"p"_s, u"q"_s, u"r"_s, u"s"_s}, .values = {5, 9, 5, 1}});
    VERIFY_RESULT(scores);
    QCOMPARE(scores->rank, (std::vector<int>{2, 1, 2, 4}));
}

void TestIndex::whatCannotBeIsRefused_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("told");
    QTest::newRow("equal goalposts") << 0 << u"“b”"_s;
    QTest::newRow("goalposts the wrong way round") << 1 << u"“b”"_s;
    QTest::newRow("no goalposts") << 2 << u"“c”"_s;
    QTest::newRow("no target") << 3 << u"“c”"_s;
    QTest::newRow("weight of 0") << 4 << u"“a”"_s;
    QTest::newRow("weight that is no number") << 5 << u"“B”"_s;
    QTest::newRow("unknown goal") << 6 << u"“a”"_s;
    QTest::newRow("twice") << 7 << u"“a”"_s;
    QTest::newRow("too few values") << 8 << QString();
    QTest::newRow("threshold") << 9 << QString();
    QTest::newRow("floor") << 10 << QString();
    QTest::newRow("nothing") << 11 << QString();
}

void TestIndex::whatCannotBeIsRefused()
{
    QFETCH(int, fault);
    QFETCH(QString, told);
    auto setup = smallSetup();
    auto values = smallValues();
    IndexMethod method;
    switch (fault) {
    case 0:
        setup.parts[1].low = 50;
        break;
    case 1:
        setup.parts[1].low = 60;
        break;
    case 2:
        setup.parts[2].high.reset();
        break;
    case 3:
        setup.parts[2].target.reset();
        method.normalisation = Normalisation::TargetDistance;
        break;
    case 4:
        setup.parts[0].weight = 0;
        break;
    case 5:
        setup.goals[1].weight = none;
        break;
    case 6:
        setup.parts[0].goal = 2;
        break;
    case 7:
        setup.parts[2].id = u"a"_s;
        break;
    case 8:
        values.values.pop_back();
        break;
    case 9:
        method.coverageThreshold = 1.5;
        break;
    case 10:
        method.floor = 0;
        break;
    default:
        setup = {};
        values = {};
        break;
    }
    const auto scores = indexScores(setup, method, values);
    VERIFY_FAILS(scores, ErrorKind::Invalid);
    QVERIFY2(scores.error().what.contains(told), qPrintable(scores.error().what));
    VERIFY_FAILS(indexUncertainty(setup, method, values, {}), ErrorKind::Invalid);
}

void TestIndex::changesSumUp_data()
{
    QTest::addColumn<int>("within");
    QTest::addColumn<int>("across");
    for (const auto within : {Aggregation::Arithmetic, Aggregation::Geometric}) {
        for (const auto across : {Aggregation::Arithmetic, Aggregation::Geometric})
            QTest::addRow("%d, %d", int(within), int(across)) << int(within) << int(across);
    }
}

void TestIndex::changesSumUp()
{
    QFETCH(int, within);
    QFETCH(int, across);
    const IndexMethod method{.within = Aggregation(within), .across = Aggregation(across)};
    auto later = smallValues();
    later.values = {6, 9, 4, 12, 40, 30, 140, 160, 190};
    const auto before = indexScores(smallSetup(), method, smallValues()),
               after = indexScores(smallSetup(), method, later);
    for (std::size_t area = 0; area < 3; ++area) {
        const auto change = indexChange(smallSetup(), method, *before, *after, area, 3);
        QVERIFY(same(change.change, after->index[area] - before->index[area]));
        QVERIFY2(same(change.parts[0] + change.parts[1] + change.parts[2], change.change, 1e-6),
                 qPrintable(QString::number(change.availability)));
        QVERIFY(same(change.availability, 0, 1e-6));
        QVERIFY(same(change.goals[0], change.parts[0] + change.parts[1]));
    }
    // By hand, arithmetic: a of x rises by 10 points, of which 3/4 · 1/4 reach the index
    if (within == 0 && across == 0)
        QVERIFY(same(indexChange(smallSetup(), method, *before, *after, 0, 3).parts[0], 10 * 0.75 * 0.25));
    // An indicator that comes anew explains nothing; that is said
    auto gap = smallValues();
    gap.values[3] = none;
    const auto partly = indexScores(smallSetup(), method, gap);
    const auto change = indexChange(smallSetup(), method, *partly, *after, 0, 3);
    QVERIFY(std::isnan(change.parts[1]));
    QVERIFY(same(change.parts[0] + change.parts[2] + change.availability, change.change));
    gap.values[6] = none; // then there is no index to compare with
    const auto nothing = indexScores(smallSetup(), method, gap);
    QVERIFY(std::isnan(indexChange(smallSetup(), method, *nothing, *after, 0, 3).change));
}

/** Real values of ten districts, worked out by somebody else. */
void TestIndex::theDistrictsOfLuebeckComeOut()
{
    NEED_SAMPLES();
    QFile file(samplesDir() + u"/index/luebeck_stadtteile_2022_full.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto json = QJsonDocument::fromJson(file.readAll()).object();
    IndexSetup setup;
    const auto pillars = json[u"pillarWeights"_s].toObject();
    for (const auto &name : pillars.keys())
        setup.goals.append({name, pillars[name].toDouble()});
    IndexValues values;
    for (const auto &unit : json[u"units"_s].toArray())
        values.areas << unit.toString();
    for (const auto &entry : json[u"indicators"_s].toArray()) {
        setup.parts.append({.id = entry[u"id"_s].toString(),
                            .goal = int(pillars.keys().indexOf(entry[u"pillar"_s].toString())),
                            .weight = entry[u"weight"_s].toDouble(),
                            .lessIsBetter = entry[u"direction"_s].toInt() < 0,
                            .low = entry[u"goalposts"_s][0].toDouble(),
                            .high = entry[u"goalposts"_s][1].toDouble()});
        for (const auto &unit : values.areas)
            values.values.push_back(entry[u"values"_s][unit].toDouble());
    }
    const auto cases = json[u"cases"_s].toArray();
    QCOMPARE(cases.size(), 3);
    for (const auto &one : cases) {
        const IndexMethod method{.normalisation = one[u"normalisation"_s].toString() == u"minmax"_s
                                     ? Normalisation::MinMax
                                     : Normalisation::Goalposts,
                                 .across = one[u"indexAggregation"_s].toString() == u"geom"_s ? Aggregation::Geometric
                                                                                              : Aggregation::Arithmetic,
                                 .coverageThreshold = one[u"coverageThreshold"_s].toDouble()};
        const auto scores = indexScores(setup, method, values);
        VERIFY_RESULT(scores);
        for (qsizetype area = 0; area < values.areas.size(); ++area) {
            const auto expected = one[u"expected"_s][values.areas[area]];
            const auto at = std::size_t(area);
            QVERIFY2(same(scores->index[at], expected[u"index"_s].toDouble(), 1e-3), qPrintable(values.areas[area]));
            QCOMPARE(scores->rank[at], expected[u"rank"_s].toInt());
            for (qsizetype part = 0; part < setup.parts.size(); ++part)
                QVERIFY(same(scores->parts[std::size_t(part * values.areas.size() + area)],
                             expected[u"normalised"_s][setup.parts[part].id].toDouble(), 1e-3));
            for (qsizetype goal = 0; goal < setup.goals.size(); ++goal)
                QVERIFY(same(scores->goals[std::size_t(goal * values.areas.size() + area)],
                             expected[u"pillars"_s][setup.goals[goal].id].toDouble(), 1e-3));
        }
    }
}

void TestIndex::uncertaintyIsTheSameForTheSameSeed()
{
    IndexVariations variations{.runs = 3000,
                               .seed = 7,
                               .normalisations = {Normalisation::Goalposts, Normalisation::MinMax},
                               .across = {Aggregation::Arithmetic, Aggregation::Geometric}};
    const auto one = indexUncertainty(smallSetup(), {}, smallValues(), variations);
    VERIFY_RESULT(one);
    QCOMPARE(indexUncertainty(smallSetup(), {}, smallValues(), variations)->areas, one->areas);
    variations.seed = 8;
    QVERIFY(indexUncertainty(smallSetup(), {}, smallValues(), variations)->areas != one->areas);
    for (const auto &band : one->areas) {
        QVERIFY(band.low < band.middle && band.middle < band.high);
        QVERIFY(band.bestRank >= 1 && band.bestRank <= band.worstRank && band.worstRank <= 3);
    }
    QCOMPARE(one->areas[1].bestRank, 3); // far behind, whatever is chosen
    QCOMPARE(one->areas[2].bestRank, 1); // mostly first, but a geometric mean feels its poor goal
    QCOMPARE(one->areas[2].worstRank, 2);
}

void TestIndex::whereNothingVariesThereIsNoBand()
{
    const auto still = indexUncertainty(smallSetup(), {}, smallValues(), {.runs = 50, .weightSpread = 0});
    VERIFY_RESULT(still);
    QVERIFY(same(still->areas[0].low, 51.875, 1e-5) && same(still->areas[0].high, 51.875, 1e-5));
    auto gap = smallValues();
    gap.values[6] = none; // no goal B for x
    const auto partly = indexUncertainty(smallSetup(), {}, gap, {.runs = 50});
    VERIFY_RESULT(partly);
    QVERIFY(std::isnan(partly->areas[0].middle));
    QCOMPARE(partly->areas[0].worstRank, 0);
    VERIFY_FAILS(indexUncertainty(smallSetup(), {}, smallValues(), {.runs = 0}), ErrorKind::Invalid);
    VERIFY_FAILS(indexUncertainty(smallSetup(), {}, smallValues(), {.weightSpread = 1}), ErrorKind::Invalid);
}

void TestIndex::theHeaviestIndicatorMovesMost()
{
    const auto result = indexUncertainty(smallSetup(), {}, smallValues(), {.runs = 10});
    VERIFY_RESULT(result);
    QCOMPARE(result->influence.size(), 3u);
    QVERIFY(result->influence[2] > result->influence[0]); // c alone is three quarters of the index
    // Without b goal A is a alone: 50, 100, 0 for 57.5, 75, 10; a quarter of that, on the average of three areas
    QVERIFY(same(result->influence[1], (7.5 + 25 + 10) / 4 / 3));
}

void TestIndex::uncertaintyCanBeCancelled()
{
    std::stop_source stop;
    stop.request_stop();
    const auto result = indexUncertainty(smallSetup(), {}, smallValues(), {.runs = 1'000'000}, stop.get_token());
    QVERIFY(!result && result.error().kind == ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestIndex)
#include "tst_index.moc"
