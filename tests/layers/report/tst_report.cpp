// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/report/reporttemplate.h"
#include "layers/report/reporttext.h"
#include "tests/layers/measures/measurefixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

using Part = ReportTemplate::Part;

class TestReport : public QObject
{
    Q_OBJECT
private slots:
    void phasesAreCountedAsTheyAreReported();
    void onlyWantedPartsAreThere();
    void textsFromOutsideAreTexts();
    void noDataIsSaid();
    void numbersObeyTheLocale();
    void moreChangesThanFitAreCounted();
    void openDataKnowNoLocale();
    void templatesAreRead();
    void brokenTemplatesAreTold_data();
    void brokenTemplatesAreTold();

private:
    static ReportInput input()
    {
        return {
            .facts = shippedFacts(),
            .measures =
                {{.number = u"1.1"_s, .title = u"Netz"_s, .field = 1, .phase = MeasurePhase::Done, .progress = 100},
                 {.number = u"1.2"_s, .title = u"Funk"_s, .field = 1, .phase = MeasurePhase::Running, .progress = 45},
                 {.number = u"2.1"_s, .title = u"Amt"_s, .field = 2, .end = QDate(2026, 1, 31)}},
            .measuresSource = u"Test"_s,
            .since = QDate(2026, 1, 1),
            .day = QDate(2026, 3, 1),
            .index = ReportIndex{.whole = {u"Index"_s, 57.25, 55.0, 0.5},
                                 .method = u"Mittel"_s,
                                 .goals = {{u"Ziel 1"_s, 60.0, 62.0, 1.0}, {u"Ziel 2"_s, {}, {}, 0.0}},
                                 .indicators = {{.id = u"a"_s,
                                                 .title = u"Luft"_s,
                                                 .unit = u"µg/m³"_s,
                                                 .value = 12.5,
                                                 .source = u"UBA"_s,
                                                 .licence = u"dl-de/by-2-0"_s,
                                                 .demo = true},
                                                {.id = u"b"_s, .title = u"Grün"_s}}}};
    }
    static QString html(const ReportInput &input, const QList<Part> &parts)
    {
        auto form = standardTemplate();
        form.parts = parts;
        return reportHtml(form, input);
    }
};

void TestReport::phasesAreCountedAsTheyAreReported()
{
    const auto counts = phaseCounts(input().measures);
    QCOMPARE(counts.all, 3);
    QCOMPARE(counts.reported, 2);
    QCOMPARE(counts.byPhase[int(MeasurePhase::Done)], 1);
    QCOMPARE(counts.byPhase[int(MeasurePhase::NotReported)], 1);
    QCOMPARE(*counts.meanProgress, 72.5); // of the two that state one
    QVERIFY(!phaseCounts(input().measures, 2).meanProgress);
    QCOMPARE(phaseCounts(input().measures, 7).all, 0);
    QCOMPARE(phaseCounts(shippedMeasures()).reported, 0); // the strategy tells no status, and nothing invents one
}

void TestReport::onlyWantedPartsAreThere()
{
    const auto all = html(input(), standardTemplate().parts);
    QCOMPARE(all.count(u"<h2"_s), 5 + 12); // a page per field
    auto form = standardTemplate();
    form.parts = {Part::Fields};
    form.fields = {1};
    const auto one = reportHtml(form, input());
    QCOMPARE(one.count(u"<h2"_s), 1);
    QVERIFY(one.contains(u"Funk"_s) && !one.contains(u"Amt"_s));
    QVERIFY(html(input(), {}).contains(u"<h1"_s)); // the title is there always
    QVERIFY(html(input(), {Part::Duties}).contains(u"Amt"_s)); // its end has passed
}

void TestReport::textsFromOutsideAreTexts()
{
    auto data = input();
    data.measures[0].title = u"<img src='file:///etc/passwd'>&"_s;
    data.index->indicators[0].title = u"<b>x</b>"_s;
    data.changes = {{.change = 1,
                     .number = u"<i>"_s,
                     .field = {u"title"_s, {}, {}},
                     .person = u"<script>"_s,
                     .at = {},
                     .occasion = {}}};
    const auto all = html(data, standardTemplate().parts);
    for (const auto &markup : {u"<img"_s, u"<b>"_s, u"<i>"_s, u"<script"_s})
        QVERIFY2(!all.contains(markup), qPrintable(markup));
    QVERIFY(all.contains(u"&lt;img src='file:///etc/passwd'&gt;&amp;"_s));
}

void TestReport::noDataIsSaid()
{
    auto data = input();
    const auto index = html(data, {Part::Index});
    QCOMPARE(index.count(u"no data"_s), 2); // the goal, the indicator
    QVERIFY(index.contains(u"demonstration"_s));
    const auto sources = html(data, {Part::Sources});
    QVERIFY(sources.contains(u"UBA"_s));
    QVERIFY(sources.contains(u"<p>Grün.</p>"_s)); // named as a gap
    data.index.reset();
    QVERIFY(html(data, {Part::Index}).contains(u"no index"_s));
    QVERIFY(html(data, {Part::Changes}).contains(u"Nothing"_s));
}

void TestReport::numbersObeyTheLocale()
{
    const auto index = html(input(), {Part::Index});
    QVERIFY(index.contains(QLocale().toString(57.25, 'f', 1)));
    QVERIFY(index.contains(u'−' + QLocale().toString(2.0, 'f', 1))); // the change of the first goal
    QVERIFY(index.contains(QLocale().toString(12.5, 'f', 2) + u" µg/m³"_s));
}

void TestReport::moreChangesThanFitAreCounted()
{
    auto data = input();
    for (int i = 0; i < 450; ++i)
        data.changes.append({.change = i,
                             .number = u"1.%1"_s.arg(i),
                             .field = {u"title"_s, {}, {}},
                             .person = u"A"_s,
                             .at = {},
                             .occasion = {}});
    const auto changes = html(data, {Part::Changes});
    QCOMPARE(changes.count(u"<tr>"_s), 400 + 1);
    QVERIFY(changes.contains(u"1.449"_s) && !changes.contains(u">1.49<"_s)); // the newest
    QVERIFY(changes.contains(u"50"_s));
}

void TestReport::openDataKnowNoLocale()
{
    const auto json = QJsonDocument::fromJson(reportJson(standardTemplate(), input())).object();
    QCOMPARE(json[u"date"_s].toString(), u"2026-03-01"_s);
    QCOMPARE(json[u"index"_s][u"whole"_s][u"score"_s].toDouble(), 57.25);
    QVERIFY(json[u"index"_s][u"goals"_s][1][u"score"_s].isNull()); // no data is no 0
    QCOMPARE(json[u"fields"_s][0][u"measures"_s].toInt(), 2);
    QCOMPARE(json[u"fields"_s][0][u"phases"_s][u"done"_s].toInt(), 1);
    QCOMPARE(json[u"fields"_s].toArray().size(), 12);
}

void TestReport::templatesAreRead()
{
    const auto read = templateFromJson("{\"format\": \"hanseatlas-report\", \"version\": 1, \"title\": \"Klima\", "
                                       "\"parts\": [\"fields\", \"sources\"], \"fields\": [5]}",
                                       u"k.json"_s);
    VERIFY_RESULT(read);
    QCOMPARE(read->title, u"Klima"_s);
    QCOMPARE(read->parts, (QList<Part>{Part::Fields, Part::Sources}));
    QCOMPARE(read->fields, (QList<int>{5}));
    QCOMPARE(read->publisher, standardTemplate().publisher);
}

void TestReport::brokenTemplatesAreTold_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("kind");
    const int bad = int(ErrorKind::Malformed);
    const QByteArray head = "{\"format\": \"hanseatlas-report\", \"version\": 1, ";
    QTest::newRow("empty") << QByteArray() << bad;
    QTest::newRow("no JSON") << QByteArray("{a") << bad;
    QTest::newRow("another form") << QByteArray("{\"format\": \"x\"}") << bad;
    QTest::newRow("newer") << QByteArray("{\"format\": \"hanseatlas-report\", \"version\": 2}")
                           << int(ErrorKind::Unsupported);
    QTest::newRow("unknown part") << head + "\"parts\": [\"weather\"]}" << bad;
    QTest::newRow("unknown member") << head + "\"colour\": 1}" << bad;
    QTest::newRow("wrong type") << head + "\"title\": 1}" << bad;
    QTest::newRow("fields are words") << head + "\"fields\": [\"x\"]}" << bad;
    QTest::newRow("too large") << QByteArray(2'000'000, ' ') << int(ErrorKind::TooLarge);
}

void TestReport::brokenTemplatesAreTold()
{
    QFETCH(QByteArray, json);
    QFETCH(int, kind);
    const auto read = templateFromJson(json, u"vorlage.json"_s);
    VERIFY_FAILS(read, ErrorKind(kind));
    QVERIFY(read.error().what.contains(u"vorlage.json"_s));
}

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
