// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/timeline.h"
#include "tests/layers/measures/measurefixture.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QDate today(2026, 11, 23);

StrategyFacts facts()
{
    return {.fields = {{1, u"Netze"_s}, {4, u"Verkehr"_s}}};
}

Measure measure(const QString &number, int field, const QDate &start = {}, const QDate &end = {})
{
    return {.number = number, .title = u"M "_s + number, .field = field, .start = start, .end = end};
}

QStringList texts(const QList<TimelineRow> &rows)
{
    QStringList all;
    for (const auto &row : rows)
        all << (row.measure ? row.measure->number : u"[%1 %2]"_s.arg(row.field).arg(row.count));
    return all;
}

} // namespace

class TestTimeline : public QObject
{
    Q_OBJECT
private slots:
    void measuresStandBelowTheirField()
    {
        QList<Measure> measures{measure(u"1"_s, 4, today), measure(u"2"_s, 1, {}, today), measure(u"3"_s, 1),
                                measure(u"4"_s, 99, today), measure(u"5"_s, 4)};
        measures[4].milestones = {{.title = u"x"_s, .due = today}};
        QCOMPARE(
            texts(timelineRows(measures, facts(), {})),
            QStringList({u"[1 1]"_s, u"2"_s, u"[4 2]"_s, u"1"_s, u"5"_s, u"[99 1]"_s, u"4"_s, u"[-1 1]"_s, u"3"_s}));
        QCOMPARE(texts(timelineRows(measures, facts(), {4, -1})),
                 QStringList({u"[1 1]"_s, u"2"_s, u"[4 2]"_s, u"[99 1]"_s, u"4"_s, u"[-1 1]"_s}));
        QVERIFY(timelineRows({}, facts(), {}).isEmpty());
    }

    void theShippedOnesHaveNoDates()
    {
        const auto measures = shippedMeasures();
        const auto rows = timelineRows(measures, shippedFacts(), {-1});
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0].kind, TimelineRow::Kind::Undated);
        QCOMPARE(rows[0].count, 260);
    }

    void theSpanHoldsAllDaysAndToday()
    {
        auto one = measure(u"1"_s, 1, {2024, 5, 1}, {2029, 2, 1});
        one.milestones = {{.due = {2031, 1, 1}}};
        QCOMPARE(timelineSpan({one}, today), std::pair(QDate(2024, 1, 1), QDate(2032, 12, 31)));
        QCOMPARE(timelineSpan({}, today), std::pair(QDate(2026, 1, 1), QDate(2027, 12, 31)));
        const auto odd = timelineSpan({measure(u"1"_s, 1, {24, 5, 1}, {99999, 2, 1})}, today);
        QCOMPARE(odd, std::pair(QDate(1926, 1, 1), QDate(2127, 12, 31)));
    }

    void daysLieWhereTheScaleSays()
    {
        const TimelineScale scale{.first = {2026, 1, 1}, .day = 2};
        QCOMPARE(scale.x({2026, 1, 11}), 20);
        QCOMPARE(scale.at(20), QDate(2026, 1, 11));
        QCOMPARE(scale.at(21.9), QDate(2026, 1, 11));
        QCOMPARE(scale.at(-0.5), QDate(2025, 12, 31));
    }

    void ticksAreAsManyAsThereIsRoomFor_data()
    {
        QTest::addColumn<double>("day");
        QTest::addColumn<int>("count"); // in two years
        QTest::addColumn<int>("texts");
        QTest::newRow("months") << 1.0 << 24 << 24;
        QTest::newRow("quarters") << 0.5 << 8 << 8;
        QTest::newRow("years") << 0.2 << 2 << 2;
        QTest::newRow("every second year has a text") << 0.06 << 2 << 1;
    }

    void ticksAreAsManyAsThereIsRoomFor()
    {
        QFETCH(double, day);
        QFETCH(int, count);
        QFETCH(int, texts);
        const auto ticks = timelineTicks({.first = {2020, 1, 1}, .day = day}, {2026, 1, 1}, {2027, 12, 31});
        QCOMPARE(ticks.size(), count);
        QCOMPARE(std::ranges::count_if(ticks, [](const auto &tick) { return !tick.text.isEmpty(); }), texts);
        QCOMPARE(std::ranges::count_if(ticks, &TimelineTick::major), 2);
        QCOMPARE(ticks.front().day, QDate(2026, 1, 1));
    }

    void manyMeasuresAreNoTrouble()
    {
        QList<Measure> measures;
        for (int i = 0; i < 20'000; ++i)
            measures.append(measure(QString::number(i), i % 13, today.addDays(i % 900), today.addDays(i % 900 + 400)));
        QCOMPARE(timelineRows(measures, facts(), {}).size(), 20'013);
    }
};

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
