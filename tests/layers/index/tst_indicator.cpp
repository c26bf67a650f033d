// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/measurevalues.h"
#include "tests/support/testkit.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

QJsonObject indicator(const QString &id)
{
    return {{u"id"_s, id},
            {u"title"_s, u"Titel"_s},
            {u"unit"_s, u"%"_s},
            {u"period"_s, u"year"_s},
            {u"goalposts"_s, QJsonArray{0, 100}},
            {u"goals"_s, QJsonObject{{u"A"_s, 1}}}};
}

QJsonObject formula(const QString &id, const QString &text)
{
    auto json = indicator(id);
    json[u"source"_s] = QJsonObject{{u"kind"_s, u"formula"_s}, {u"formula"_s, text}};
    return json;
}

QByteArray index(const QJsonArray &indicators)
{
    return QJsonDocument(QJsonObject{{u"format"_s, u"hanseatlas-index"_s},
                                     {u"version"_s, 1},
                                     {u"goals"_s, QJsonObject{{u"A"_s, 1}, {u"B"_s, 2}}},
                                     {u"indicators"_s, indicators}})
        .toJson();
}

} // namespace

class TestIndicator : public QObject
{
    Q_OBJECT
private slots:
    void formulasAreWorkedOut_data();
    void formulasAreWorkedOut();
    void brokenFormulasAreTold_data();
    void brokenFormulasAreTold();
    void formulasKnowNoDataAndNoZero();
    void theShippedSetIsSound();
    void whatDependsComesLater();
    void anIndicatorMayServeSeveralGoals();
    void measuresGiveValues();
    void formulasAreWorkedOutInTheColumn();
    void brokenSetsAreTold_data();
    void brokenSetsAreTold();
};

void TestIndicator::formulasAreWorkedOut_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    QTest::newRow("number") << u" 2.5 "_s << 2.5;
    QTest::newRow("product first") << u"2+3*4"_s << 14.0;
    QTest::newRow("parentheses") << u"(2+3)*4"_s << 20.0;
    QTest::newRow("from the left") << u"10-3-2"_s << 5.0;
    QTest::newRow("division from the left") << u"100/5/2"_s << 10.0;
    QTest::newRow("sign") << u"-a+--2"_s << -4.0;
    QTest::newRow("ids") << u"100 * a / b.c_2"_s << 75.0;
    QTest::newRow("least") << u"min(a, 2, 5)"_s << 2.0;
    QTest::newRow("most") << u"max(a, min(9, 7))"_s << 7.0;
}

void TestIndicator::formulasAreWorkedOut()
{
    QFETCH(QString, text);
    QFETCH(double, value);
    const auto read = Formula::parse(text);
    VERIFY_RESULT(read);
    const auto worked = read->value([](const QString &id) { return std::optional(id == u"a"_s ? 6.0 : 8.0); });
    VERIFY_RESULT(worked);
    QCOMPARE(**worked, value);
}

void TestIndicator::brokenFormulasAreTold_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("place"); // 0: not told
    QTest::newRow("nothing") << u""_s << 1;
    QTest::newRow("half") << u"a +"_s << 4;
    QTest::newRow("two values") << u"a b"_s << 3;
    QTest::newRow("open") << u"(a"_s << 3;
    QTest::newRow("closed") << u"a)"_s << 2;
    QTest::newRow("comma") << u"1,5"_s << 2;
    QTest::newRow("two points") << u"1.2.3"_s << 1;
    QTest::newRow("unknown sign") << u"a ^ 2"_s << 3;
    QTest::newRow("call") << u"system(1)"_s << 7;
    QTest::newRow("deep") << QString(10'000, u'(').left(1500) << 0;
    QTest::newRow("signs without end") << QString(1500, u'-') << 0;
    QTest::newRow("long") << QString(3000, u'1') << 0;
}

void TestIndicator::brokenFormulasAreTold()
{
    QFETCH(QString, text);
    QFETCH(int, place);
    const auto read = Formula::parse(text);
    QVERIFY(!read);
    QVERIFY(!read.error().what.isEmpty());
    if (place > 0)
        QVERIFY2(read.error().what.contains(QString::number(place)), qPrintable(read.error().what));
}

void TestIndicator::formulasKnowNoDataAndNoZero()
{
    const auto share = Formula::parse(u"a / b"_s).value();
    QCOMPARE(share.ids(), (QStringList{u"a"_s, u"b"_s}));
    const auto unknown =
        share.value([](const QString &id) { return id == u"a"_s ? std::optional(1.0) : std::nullopt; });
    VERIFY_RESULT(unknown);
    QVERIFY(!*unknown);
    VERIFY_FAILS(share.value([](const QString &) { return std::optional(0.0); }), ErrorKind::Invalid);
    QVERIFY(Formula().ids().isEmpty());
}

void TestIndicator::theShippedSetIsSound()
{
    QFile file(u":/strategy/index/indicators.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto read = indexFromJson(file.readAll(), u"indicators.json"_s);
    VERIFY_RESULT(read);
    QVERIFY(read->indicators.size() >= 40);
    QCOMPARE(read->goals.size(), 5);
    QVERIFY(!read->note.isEmpty()); // says that goalposts are preliminary
    QSet<int> fields;
    QSet<QString> goals;
    for (const auto &one : read->indicators) {
        QVERIFY2(one.low && one.high, qPrintable(one.id));
        for (const int field : one.fields)
            fields.insert(field);
        for (const auto &goal : one.goals.keys())
            goals.insert(goal);
    }
    QCOMPARE(fields.size(), 12); // every field of action is looked at
    QCOMPARE(goals.size(), 5);
    IndexValues nothing{.areas = {u"Stadt"_s}, .values = {}};
    const auto setup = setupOf(*read);
    nothing.values.assign(std::size_t(setup.parts.size()), qQNaN());
    const auto scores = indexScores(setup, read->method, nothing);
    VERIFY_RESULT(scores);
    QVERIFY(std::isnan(scores->index[0])); // no data is no 0
    QCOMPARE(scores->coverage[0], 0.0);
    // One value alone is no index; the coverage says how little is known
    nothing.values[0] = 40;
    const auto one = indexScores(setup, read->method, nothing);
    QVERIFY(std::isnan(one->index[0]));
    QVERIFY(one->coverage[0] > 0 && one->coverage[0] < 0.1);
    // With all values of a goal there is one, and it is that goal's
    for (std::size_t i = 0; i < std::size_t(setup.parts.size()); ++i)
        nothing.values[i] = setup.goals[setup.parts[qsizetype(i)].goal].id == u"O2"_s ? 0 : qQNaN();
    const auto goal = indexScores(setup, read->method, nothing);
    QVERIFY(!std::isnan(goal->index[0]));
    QVERIFY(goal->coverage[0] > 0.19 && goal->coverage[0] < 0.21);
}

void TestIndicator::whatDependsComesLater()
{
    const auto read = indexFromJson(
        index({formula(u"c"_s, u"a+b"_s), formula(u"b"_s, u"2*a"_s), indicator(u"a"_s), formula(u"d"_s, u"7"_s)}),
        u"x"_s);
    VERIFY_RESULT(read);
    const auto order = orderOfFormulas(*read);
    QCOMPARE(order.size(), 4);
    QVERIFY(order.indexOf(u"a"_s) < order.indexOf(u"b"_s));
    QVERIFY(order.indexOf(u"b"_s) < order.indexOf(u"c"_s));
}

void TestIndicator::anIndicatorMayServeSeveralGoals()
{
    auto both = indicator(u"a"_s);
    both[u"goals"_s] = QJsonObject{{u"A"_s, 1}, {u"B"_s, 3}};
    both[u"lessIsBetter"_s] = true;
    const auto read = indexFromJson(index({both, indicator(u"b"_s)}), u"x"_s);
    VERIFY_RESULT(read);
    const auto setup = setupOf(*read);
    QCOMPARE(setup.parts.size(), 3);
    QCOMPARE(setup.parts[1].id, u"a/B"_s);
    QCOMPARE(setup.goals[setup.parts[1].goal].id, u"B"_s);
    QCOMPARE(setup.parts[1].weight, 3.0);
    QVERIFY(setup.parts[1].lessIsBetter);
    QVERIFY(read->indicator(u"b"_s) && !read->indicator(u"z"_s));
}

void TestIndicator::measuresGiveValues()
{
    auto progress = indicator(u"p"_s), reported = indicator(u"r"_s), other = indicator(u"o"_s);
    progress[u"source"_s] = QJsonObject{{u"kind"_s, u"measures"_s}, {u"operation"_s, u"progress"_s}, {u"field"_s, 4}};
    reported[u"source"_s] = QJsonObject{{u"kind"_s, u"measures"_s}, {u"operation"_s, u"reported"_s}};
    other[u"source"_s] = QJsonObject{{u"kind"_s, u"measures"_s}, {u"operation"_s, u"progress"_s}, {u"goal"_s, u"A"_s}};
    const auto definition = indexFromJson(index({progress, reported, other, indicator(u"n"_s)}), u"x"_s).value();
    const QList<Measure> measures{
        {.number = u"4.1"_s, .title = u"a"_s, .field = 4, .phase = MeasurePhase::Running, .progress = 30},
        {.number = u"4.2"_s, .title = u"b"_s, .field = 4, .phase = MeasurePhase::Done, .progress = 100},
        {.number = u"4.3"_s, .title = u"c"_s, .field = 4},
        {.number = u"5.1"_s, .title = u"d"_s, .field = 5, .goals = {{u"A"_s, 1}}}};
    const auto values = valuesFromMeasures(definition, measures, u"2026"_s, u"Quelle"_s);
    QCOMPARE(values.size(), 2); // nobody states how far the measures of goal A are: no data, no 0
    QCOMPARE(values[u"p"_s].value, 65.0);
    QCOMPARE(values[u"r"_s].value, 50.0);
    QCOMPARE(values[u"p"_s].source, u"Quelle"_s);
    QVERIFY(valuesFromMeasures(definition, {}, {}, {}).isEmpty());
}

void TestIndicator::formulasAreWorkedOutInTheColumn()
{
    auto both = formula(u"f"_s, u"a / b"_s);
    both[u"goals"_s] = QJsonObject{{u"A"_s, 1}, {u"B"_s, 1}};
    const auto definition =
        indexFromJson(index({both, indicator(u"a"_s), indicator(u"b"_s), formula(u"g"_s, u"f * 2"_s)}), u"x"_s).value();
    QStringList notes;
    const auto column = columnOf(definition, u"Stadt"_s, {{u"a"_s, {.value = 10}}, {u"b"_s, {.value = 4}}}, notes);
    QCOMPARE(column.values, (std::vector<double>{2.5, 2.5, 10, 4, 5}));
    QVERIFY(notes.isEmpty());
    QCOMPARE(column.values.size(), std::size_t(setupOf(definition).parts.size()));
    const auto divided = columnOf(definition, u"Stadt"_s, {{u"a"_s, {.value = 10}}, {u"b"_s, {.value = 0}}}, notes);
    QVERIFY(std::isnan(divided.values[0]) && std::isnan(divided.values[4]));
    QCOMPARE(notes.size(), 1);
    const auto gap = columnOf(definition, u"Stadt"_s, {{u"a"_s, {.value = 10}}}, notes);
    QVERIFY(std::isnan(gap.values[0]));
    QCOMPARE(notes.size(), 1); // missing is no fault
}

void TestIndicator::brokenSetsAreTold_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("told");
    const auto with = [](const QString &key, const QJsonValue &value) {
        auto one = indicator(u"luft"_s);
        one[key] = value;
        return index({one});
    };
    QTest::newRow("no JSON") << QByteArray("{") << u"x.json"_s;
    QTest::newRow("another form") << QByteArray("{}") << u"x.json"_s;
    QTest::newRow("twice") << index({indicator(u"luft"_s), indicator(u"luft"_s)}) << u"luft"_s;
    QTest::newRow("no title") << with(u"title"_s, u""_s) << u"luft"_s;
    QTest::newRow("equal goalposts") << with(u"goalposts"_s, QJsonArray{5, 5}) << u"luft"_s;
    QTest::newRow("one goalpost") << with(u"goalposts"_s, QJsonArray{5}) << u"luft"_s;
    QTest::newRow("period") << with(u"period"_s, u"weekly"_s) << u"luft"_s;
    QTest::newRow("unknown goal") << with(u"goals"_s, QJsonObject{{u"Z"_s, 1}}) << u"Z"_s;
    QTest::newRow("no goal") << with(u"goals"_s, QJsonObject()) << u"luft"_s;
    QTest::newRow("weight") << with(u"goals"_s, QJsonObject{{u"A"_s, -1}}) << u"luft"_s;
    QTest::newRow("id") << with(u"id"_s, u"a b"_s) << u"a b"_s;
    QTest::newRow("id of a function") << with(u"id"_s, u"min"_s) << u"min"_s;
    QTest::newRow("kind of source") << with(u"source"_s, QJsonObject{{u"kind"_s, u"guess"_s}}) << u"luft"_s;
    QTest::newRow("source without name") << with(u"source"_s, QJsonObject{{u"kind"_s, u"series"_s}}) << u"luft"_s;
    QTest::newRow("formula") << index({formula(u"luft"_s, u"1+"_s)}) << u"luft"_s;
    QTest::newRow("formula of nothing") << index({formula(u"luft"_s, u"wasser"_s)}) << u"wasser"_s;
    QTest::newRow("circle") << index({formula(u"luft"_s, u"wald"_s), formula(u"wald"_s, u"luft"_s)}) << u"luft"_s;
    QTest::newRow("of itself") << index({formula(u"luft"_s, u"luft"_s)}) << u"luft"_s;
}

void TestIndicator::brokenSetsAreTold()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, told);
    const auto read = indexFromJson(json, u"x.json"_s);
    VERIFY_FAILS(read, ErrorKind::Malformed);
    QVERIFY2(read.error().what.contains(told), qPrintable(read.error().what));
}

QTEST_GUILESS_MAIN(TestIndicator)
#include "tst_indicator.moc"
