// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/duties.h"
#include "layers/measures/governance.h"
#include "layers/measures/measurecheck.h"
#include "layers/measures/measurejson.h"
#include "layers/measures/measurenumber.h"
#include "tests/layers/measures/measurefixture.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

class TestMeasureValues : public QObject
{
    Q_OBJECT
private slots:
    void numbersSortByTheirGroups();
    void whatIsNoNumberIsRefused_data();
    void whatIsNoNumberIsRefused();
    void theStrategyShipsItsMeasuresAndInventsNothing();
    void theStrategyShipsItsFacts();
    void theFactsAgreeWithTheStrategysTable();
    void jsonGivesBackWhatWasPutIn();
    void jsonThatIsWrongSaysWhere_data();
    void jsonThatIsWrongSaysWhere();
    void brokenFactsAreRefused_data();
    void brokenFactsAreRefused();
    void whatIsWrongIsSaidWithItsField_data();
    void whatIsWrongIsSaidWithItsField();
    void parentsThatAreMissingAndCirclesAreFound();
    void onlyAllowedStepsArePossible_data();
    void onlyAllowedStepsArePossible();
    void theBoardsWayIsPossibleFromIdeaToDone();
    void dutiesFollowFromTheDay();
    void aWithdrawnReportDoesNotCount();
};

void TestMeasureValues::numbersSortByTheirGroups()
{
    QStringList numbers{u"4.10"_s, u"x"_s,    u"4.9"_s,   u"12.1"_s, u"4.7.1.2"_s,
                        u"4.7"_s,  u"4.11"_s, u"4.7.1"_s, u"4"_s,    u"a"_s};
    std::ranges::sort(numbers, numberLess);
    QCOMPARE(numbers.join(u' '), u"4 4.7 4.7.1 4.7.1.2 4.9 4.10 4.11 12.1 a x"_s);
    QCOMPARE(MeasureNumber::parse(u"4.7.1.2")->text(), u"4.7.1.2"_s);
}

void TestMeasureValues::whatIsNoNumberIsRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const auto *text :
         {"", ".", "4.", ".4", "4..1", "4.01", "4,1", " 4.1", "4.1a", "-4", "1.2.3.4.5.6.7.8.9", "1234567", "0"})
        QTest::newRow(text) << QString::fromUtf8(text);
    QTest::newRow("digits of another script") << u"٤.١"_s;
}

void TestMeasureValues::whatIsNoNumberIsRefused()
{
    QFETCH(const QString, text);
    QVERIFY(!MeasureNumber::parse(text));
}

void TestMeasureValues::theStrategyShipsItsMeasuresAndInventsNothing()
{
    const auto measures = shippedMeasures();
    QCOMPARE(measures.size(), 260);
    const auto facts = shippedFacts();
    QHash<QString, QString> parents;
    QStringList all;
    for (const auto &measure : measures) {
        const auto findings = findingsOf(measure, facts);
        QVERIFY2(findings.isEmpty(), findings.isEmpty() ? "" : qPrintable(measure.number + findings.first().text));
        QCOMPARE(measure.phase, MeasurePhase::NotReported);
        QVERIFY(!measure.progress && measure.governance.isEmpty() && measure.reports.isEmpty());
        QVERIFY(!measure.start.isValid() && !measure.end.isValid() && !measure.budgetCents);
        QVERIFY2(!measure.lead.isEmpty(), qPrintable(measure.number));
        parents.insert(measure.number, measure.parent);
        all.append(measure.number);
    }
    QCOMPARE(treeFindings(parents, all), {});
    QCOMPARE(measures.first().number, u"1.1"_s);
    QCOMPARE(measures.last().number, u"12.18"_s);
    const auto dashboard = std::ranges::find(measures, u"3.7"_s, &Measure::number);
    QCOMPARE(dashboard->title, u"Smart City Dashboard"_s);
    const auto walks = std::ranges::find(measures, u"5.1"_s, &Measure::number);
    QCOMPARE(walks->resolutions, QStringList{u"VO/2020/09071"_s});
    QCOMPARE(walks->concepts, QStringList{u"KLAK M12 gemäß VO 2020/09071"_s});
}

void TestMeasureValues::theStrategyShipsItsFacts()
{
    const auto facts = shippedFacts();
    QCOMPARE(facts.fields.size(), 12);
    QCOMPARE(std::ranges::count(facts.fields, FieldOfAction::Kind::Need, &FieldOfAction::kind), 5);
    QCOMPARE(facts.goals.size(), 5);
    QCOMPARE(facts.vision.size(), 3);
    QCOMPARE(facts.challenges.size(), 3);
    QCOMPARE(facts.dimensions.size(), 3);
    QCOMPARE(facts.classes.size(), 3);
    QCOMPARE(facts.modelProjects.size(), 5);
    QCOMPARE(facts.stages.size(), 10);
    QCOMPARE(facts.date, QDate(2023, 1, 13));
    QCOMPARE(facts.stage(u"recommended"_s)->votes, (QStringList{u"CDO"_s, u"CIO"_s, u"Bürgermeisterkanzlei"_s}));
    QVERIFY(!facts.stage(u"x"_s) && !facts.field(13) && !facts.goal(u"O6"_s));
}

void TestMeasureValues::theFactsAgreeWithTheStrategysTable()
{
    NEED_SAMPLES();
    QFile table(samplesDir() + u"/../strategy/measures.tsv"_s);
    if (!table.open(QIODevice::ReadOnly))
        QSKIP("the strategy's table is not beside the project");
    QHash<QString, Measure> measures;
    for (const auto &measure : shippedMeasures())
        measures.insert(measure.number, measure);
    table.readLine();
    int rows = 0;
    while (!table.atEnd()) {
        const auto cells = QString::fromUtf8(table.readLine()).remove(u'\n').split(u'\t');
        QCOMPARE_GE(cells.size(), 5);
        const auto measure = measures.value(cells[0]);
        QCOMPARE(measure.parent, cells[1]);
        QCOMPARE(measure.field, cells[2].toInt());
        QCOMPARE(measure.title.count(u' '), cells[3].count(u' '));
        QCOMPARE(measure.lead, cells[4]);
        ++rows;
    }
    QCOMPARE(rows, 260);
}

void TestMeasureValues::jsonGivesBackWhatWasPutIn()
{
    const auto full = fullMeasure();
    const auto json = toJson(full);
    for (const auto &field : measureFields()) {
        if (field.key != QByteArray("parent"))
            QVERIFY2(json.contains(QLatin1StringView(field.key)), field.key);
    }
    const auto back = measureFromJson(json);
    VERIFY_RESULT(back);
    QCOMPARE(*back, full);
    QCOMPARE(toJson(Measure{.number = u"1.1"_s}).keys(), QStringList{u"number"_s});
    const auto file = measuresFromJson(measuresToJson({full, Measure{.number = u"4.9"_s}}), u"f"_s);
    VERIFY_RESULT(file);
    QCOMPARE(file->first().number, u"4.9"_s);
    QCOMPARE(file->last(), full);
}

void TestMeasureValues::jsonThatIsWrongSaysWhere_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QString>("told");
    QTest::newRow("text for a number") << QByteArray(R"("progress": "viel")") << u"progress"_s;
    QTest::newRow("broken number") << QByteArray(R"("progress": 1.5)") << u"progress"_s;
    QTest::newRow("huge number") << QByteArray(R"("progress": 1e12)") << u"progress"_s;
    QTest::newRow("number for a text") << QByteArray(R"("title": 5)") << u"title"_s;
    QTest::newRow("no day") << QByteArray(R"("start": "2024-02-30")") << u"start"_s;
    QTest::newRow("unknown phase") << QByteArray(R"("phase": "soon")") << u"phase"_s;
    QTest::newRow("unknown member") << QByteArray(R"("colour": "red")") << u"colour"_s;
    QTest::newRow("inside") << QByteArray(R"("risks": [{"title": "a"}, {"impact": "x"}])") << u"risks[1].impact"_s;
    QTest::newRow("link kind") << QByteArray(R"("links": [{"kind": "file", "target": "x"}])") << u"links[0].kind"_s;
    QTest::newRow("list for an object") << QByteArray(R"("goals": ["O1"])") << u"goals"_s;
    QTest::newRow("broken geometry") << QByteArray(R"("place": {"kind": "geometry", "wkb": "0g"})") << u"place.wkb"_s;
    QTest::newRow("vote") << QByteArray(R"("governance": [{"stage": "idea", "votes": {"CDO": "maybe"}}])")
                          << u"governance[0].votes"_s;
}

void TestMeasureValues::jsonThatIsWrongSaysWhere()
{
    QFETCH(const QByteArray, member);
    QFETCH(const QString, told);
    const auto bytes = "{\"number\": \"7.1\", " + member + '}';
    const auto json = QJsonDocument::fromJson(bytes);
    QVERIFY(json.isObject());
    const auto read = measureFromJson(json.object());
    VERIFY_FAILS(read, ErrorKind::Malformed);
    QVERIFY2(read.error().what.contains(told) && read.error().what.contains(u"7.1"_s), qPrintable(read.error().what));
    VERIFY_FAILS(
        measuresFromJson(R"({"format": "hanseatlas-measures", "version": 1, "measures": [)" + bytes + "]}", u"f"_s),
        ErrorKind::Malformed);
}

void TestMeasureValues::brokenFactsAreRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray head = R"({"format": "hanseatlas-strategy", "version": 1, )";
    QTest::newRow("no JSON") << QByteArray("{") << ErrorKind::Malformed;
    QTest::newRow("another format") << QByteArray(R"({"format": "x"})") << ErrorKind::Malformed;
    QTest::newRow("newer") << QByteArray(R"({"format": "hanseatlas-strategy", "version": 9})")
                           << ErrorKind::Unsupported;
    QTest::newRow("way to nowhere") << head + R"("governance": {"stages": [{"id": "a", "next": ["b"]}]}})"
                                    << ErrorKind::Malformed;
    QTest::newRow("id twice") << head + R"("goals": [{"id": "O1"}, {"id": "O1"}]})" << ErrorKind::Malformed;
    QTest::newRow("no number") << head + R"("fields": [{"title": "a"}]})" << ErrorKind::Malformed;
}

void TestMeasureValues::brokenFactsAreRefused()
{
    QFETCH(const QByteArray, json);
    QFETCH(const ErrorKind, kind);
    VERIFY_FAILS(strategyFromJson(json, u"f.json"_s), kind);
}

void TestMeasureValues::whatIsWrongIsSaidWithItsField_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<Measure>("measure");
    const auto row = [](const char *name, const QString &field, const auto &change) {
        auto measure = fullMeasure();
        change(measure);
        QTest::newRow(name) << field << measure;
    };
    row("nothing", {}, [](Measure &) { });
    row("number", u"number"_s, [](Measure &m) { m.number = u"4.x"_s; });
    row("no title", u"title"_s, [](Measure &m) { m.title = u"  "_s; });
    row("over 100 %", u"progress"_s, [](Measure &m) { m.progress = 101; });
    row("under 0 %", u"progress"_s, [](Measure &m) { m.progress = -1; });
    row("end before start", u"end"_s, [](Measure &m) { m.end = QDate(2023, 12, 31); });
    row("year", u"start"_s, [](Measure &m) { m.start = QDate(202, 1, 1); });
    row("field", u"field"_s, [](Measure &m) { m.field = 13; });
    row("class", u"class"_s, [](Measure &m) { m.measureClass = u"x"_s; });
    row("goal", u"goals"_s, [](Measure &m) { m.goals = {{u"O9"_s, 1.0}}; });
    row("weight", u"goals"_s, [](Measure &m) { m.goals = {{u"O1"_s, 0.0}}; });
    row("weight no number", u"dimensions"_s, [](Measure &m) { m.dimensions = {{u"D1"_s, qQNaN()}}; });
    row("resolution", u"resolutions"_s, [](Measure &m) { m.resolutions = {u"VO 2020/1"_s}; });
    row("money", u"budget"_s, [](Measure &m) { m.budgetCents = -1; });
    row("funding", u"funding"_s, [](Measure &m) { m.funding[0].cents = std::numeric_limits<qint64>::max(); });
    row("risk", u"risks"_s, [](Measure &m) { m.risks[0].impact = 6; });
    row("link script", u"links"_s, [](Measure &m) { m.links[0].target = u"javascript:alert(1)"_s; });
    row("link empty", u"links"_s, [](Measure &m) { m.links[1].target.clear(); });
    row("district", u"place"_s, [](Measure &m) { m.place = {MeasurePlace::Kind::District}; });
    row("milestone", u"milestones"_s, [](Measure &m) { m.milestones[0].title.clear(); });
    row("report twice", u"reports"_s, [](Measure &m) { m.reports.append(m.reports[0]); });
    row("withdraws nothing", u"reports"_s, [](Measure &m) { m.reports[0].withdraws = u"x"_s; });
    row("step left out", u"governance"_s, [](Measure &m) { m.governance.removeAt(1); });
}

void TestMeasureValues::whatIsWrongIsSaidWithItsField()
{
    QFETCH(const QString, field);
    QFETCH(const Measure, measure);
    const auto findings = findingsOf(measure, shippedFacts());
    if (field.isEmpty()) {
        QCOMPARE(findings, {});
        VERIFY_RESULT(noFindings(findings));
        return;
    }
    QVERIFY(!findings.isEmpty());
    for (const auto &finding : findings) {
        QCOMPARE(finding.field, field);
        QCOMPARE(finding.number, measure.number);
        QVERIFY(!finding.text.isEmpty());
    }
    VERIFY_FAILS(noFindings(findings), ErrorKind::Invalid);
}

void TestMeasureValues::parentsThatAreMissingAndCirclesAreFound()
{
    const QHash<QString, QString> parents{{u"1"_s, {}},           {u"1.1"_s, u"1"_s}, {u"1.2"_s, u"9"_s},
                                          {u"1.2.1"_s, u"1.2"_s}, {u"2"_s, u"2.1"_s}, {u"2.1"_s, u"2"_s}};
    QCOMPARE(treeFindings(parents, {u"1"_s, u"1.1"_s, u"1.2.1"_s}), {});
    const auto missing = treeFindings(parents, {u"1.2"_s});
    QCOMPARE(missing.size(), 1);
    QVERIFY(missing[0].text.contains(u"“9”"_s));
    const auto circle = treeFindings(parents, {u"2"_s, u"2.1"_s});
    QCOMPARE(circle.size(), 2);
    QCOMPARE(circle[1].number, u"2.1"_s);
    QCOMPARE(circle[1].field, u"parent"_s);
}

void TestMeasureValues::onlyAllowedStepsArePossible_data()
{
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<GovernanceStep>("step");
    QTest::addColumn<bool>("allowed");
    const QDate day(2024, 5, 1);
    const auto step = [&day](const QString &stage) {
        return GovernanceStep{stage, day, u"Frau A"_s, u"Stand laut Roadmap"_s};
    };
    auto votes = step(u"recommended"_s);
    votes.votes = {{u"CDO"_s, Vote::Yes}, {u"CIO"_s, Vote::Yes}, {u"Bürgermeisterkanzlei"_s, Vote::Yes}};
    auto against = votes;
    against.votes[u"CIO"_s] = Vote::No;
    auto met = step(u"board"_s);
    met.checklist = {u"Kosten"_s};
    auto metDirect = step(u"it_direct"_s);
    metDirect.checklist = {u"Kosten"_s};
    auto nobody = step(u"idea"_s);
    nobody.person = u" "_s;
    auto early = step(u"application_a"_s);
    early.date = QDate(2023, 1, 1);
    auto never = step(u"idea"_s);
    never.date = {};
    auto silent = step(u"implementation"_s);
    silent.note.clear();
    QTest::newRow("begins as an idea") << QStringList() << step(u"idea"_s) << true;
    QTest::newRow("begins elsewhere with a note") << QStringList() << step(u"implementation"_s) << true;
    QTest::newRow("begins elsewhere without a note") << QStringList() << silent << false;
    QTest::newRow("unknown stage") << QStringList() << step(u"nowhere"_s) << false;
    QTest::newRow("without a person") << QStringList() << nobody << false;
    QTest::newRow("without a day") << QStringList() << never << false;
    QTest::newRow("next") << QStringList{u"idea"_s} << step(u"application_a"_s) << true;
    QTest::newRow("older than the last") << QStringList{u"idea"_s} << early << false;
    QTest::newRow("over a stage") << QStringList{u"idea"_s} << step(u"checklist"_s) << false;
    QTest::newRow("back") << QStringList{u"application_a"_s} << step(u"idea"_s) << false;
    QTest::newRow("on the spot") << QStringList{u"idea"_s} << step(u"idea"_s) << false;
    QTest::newRow("direct, no point met") << QStringList{u"checklist"_s} << step(u"it_direct"_s) << true;
    QTest::newRow("direct, a point met") << QStringList{u"checklist"_s} << metDirect << false;
    QTest::newRow("board, no point met") << QStringList{u"checklist"_s} << step(u"board"_s) << false;
    QTest::newRow("board, a point met") << QStringList{u"checklist"_s} << met << true;
    QTest::newRow("recommended by all") << QStringList{u"board"_s} << votes << true;
    QTest::newRow("recommended against a vote") << QStringList{u"board"_s} << against << false;
    QTest::newRow("recommended without votes") << QStringList{u"board"_s} << step(u"recommended"_s) << false;
    QTest::newRow("after the end") << QStringList{u"done"_s} << step(u"implementation"_s) << false;
}

void TestMeasureValues::onlyAllowedStepsArePossible()
{
    QFETCH(const QStringList, before);
    QFETCH(const GovernanceStep, step);
    QFETCH(const bool, allowed);
    QList<GovernanceStep> steps;
    for (const auto &stage : before)
        steps.append({stage, QDate(2024, 1, 1), u"Herr B"_s});
    const auto next = withStep(steps, step, shippedFacts());
    if (allowed) {
        VERIFY_RESULT(next);
        QCOMPARE(next->last(), step);
        QCOMPARE(next->size(), steps.size() + 1);
    } else {
        VERIFY_FAILS(next, ErrorKind::Invalid);
    }
}

void TestMeasureValues::theBoardsWayIsPossibleFromIdeaToDone()
{
    const auto facts = shippedFacts();
    auto measure = fullMeasure();
    QCOMPARE(nextStages(measure, facts), QStringList{u"it_cab"_s});
    for (const auto &stage : {u"it_cab"_s, u"implementation"_s, u"done"_s}) {
        const auto next = withStep(measure.governance, {stage, QDate(2024, 6, 1), u"Frau C"_s}, facts);
        VERIFY_RESULT(next);
        measure.governance = *next;
    }
    QCOMPARE(measure.stage(), u"done"_s);
    QCOMPARE(nextStages(measure, facts), QStringList());
    QCOMPARE(nextStages(Measure(), facts).size(), facts.stages.size());
}

void TestMeasureValues::dutiesFollowFromTheDay()
{
    const QDate today(2026, 7, 1);
    auto late = fullMeasure(u"4.10"_s);
    late.end = QDate(2026, 6, 1);
    auto done = fullMeasure(u"4.11"_s);
    done.phase = MeasurePhase::Done;
    auto fresh = fullMeasure(u"4.9"_s);
    fresh.milestones.clear();
    fresh.reports[0].at = QDateTime(QDate(2026, 5, 1), QTime(0, 0), QTimeZone::UTC);
    const Measure silent{.number = u"1.1"_s, .title = u"Still"_s};
    const auto duties = dutiesOf({late, done, fresh, silent}, today);
    QCOMPARE(duties.size(), 4);
    QCOMPARE(duties[0], (Duty{Duty::Kind::ReportMissing, late.lead, u"4.10"_s, late.title, QDate(2024, 11, 2)}));
    QCOMPARE(duties[1], (Duty{Duty::Kind::EndOverdue, late.lead, u"4.10"_s, late.title, QDate(2026, 6, 1)}));
    QCOMPARE(duties[2],
             (Duty{Duty::Kind::MilestoneOverdue, u"KWL GmbH"_s, u"4.10"_s, u"Abnahme"_s, QDate(2026, 6, 30)}));
    QCOMPARE(duties[3], (Duty{Duty::Kind::ReportMissing, {}, u"1.1"_s, u"Still"_s, {}}));
    QVERIFY(isOverdue(late, today) && !isOverdue(fresh, today) && !isOverdue(done, today));
    QVERIFY(!isOverdue(late, QDate(2026, 6, 1)));
    QCOMPARE(dutiesOf({silent}, today, {.firstReportBy = QDate(2026, 12, 31)}), {});
}

void TestMeasureValues::aWithdrawnReportDoesNotCount()
{
    auto measure = fullMeasure();
    QCOMPARE(newestReport(measure)->id, u"r1"_s);
    auto second = measure.reports[0];
    second.id = u"r2"_s;
    second.at = second.at.addDays(1);
    measure.reports.append(second);
    QCOMPARE(newestReport(measure)->id, u"r2"_s);
    measure.reports.append({.id = u"r3"_s, .at = second.at.addDays(1), .withdraws = u"r2"_s});
    QCOMPARE(newestReport(measure)->id, u"r1"_s);
}

QTEST_GUILESS_MAIN(TestMeasureValues)
#include "tst_measurevalues.moc"
