// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/connections.h"
#include "tests/layers/measures/measurefixture.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

using Kind = ConnectionNode::Kind;

namespace
{

/** Two goals, three fields, four measures: small enough to be followed with a finger. */
ConnectionGraph smallGraph()
{
    const StrategyFacts facts{
        .vision = {u"Gut leben"_s},
        .goals = {{.id = u"A"_s, .title = u"Ziel A"_s, .fields = {1}}, {.id = u"B"_s, .title = u"Ziel B"_s}},
        .fields = {{1, u"Feld 1"_s}, {2, u"Feld 2"_s}, {3, u"Feld 3"_s}}};
    return {facts,
            {{.number = u"1.1"_s, .title = u"a"_s, .field = 1, .lead = u"Amt 10"_s, .concepts = {u"K"_s}},
             {.number = u"2.10"_s, .title = u"d"_s, .field = 2, .lead = u"Amt 9"_s},
             {.number = u"2.9"_s, .title = u"b"_s, .field = 2, .lead = u"Amt 10"_s, .goals = {{u"B"_s, 1}}},
             {.number = u"2.9.1"_s,
              .title = u"c"_s,
              .field = 2,
              .parent = u"2.9"_s,
              .lead = u"Amt 9"_s,
              .concepts = {u"K"_s, u"VO/1"_s},
              .resolutions = {u"VO/1"_s}}}};
}

QStringList names(const ConnectionGraph &graph, const std::vector<char> &flags)
{
    QStringList all;
    for (std::size_t i = 0; i < flags.size(); ++i) {
        if (flags[i])
            all << (graph.nodes()[i].kind == Kind::Vision ? u"V"_s : graph.nodes()[i].id);
    }
    return all;
}

} // namespace

class TestConnections : public QObject
{
    Q_OBJECT
private slots:
    void nodesStandAsPeopleSortThem()
    {
        const auto graph = smallGraph();
        QCOMPARE(names(graph, std::vector<char>(graph.nodes().size(), 1)),
                 (QStringList{u"V"_s, u"A"_s, u"B"_s, u"1"_s, u"2"_s, u"3"_s, u"1.1"_s, u"2.9"_s, u"2.9.1"_s, u"2.10"_s,
                              u"Amt 9"_s, u"Amt 10"_s, u"K"_s, u"VO/1"_s}));
        for (std::size_t i = 1; i < graph.nodes().size(); ++i)
            QVERIFY(graph.nodes()[i - 1].kind <= graph.nodes()[i].kind);
    }

    void linesRunFromLeftToRightAndOnce()
    {
        const auto graph = smallGraph();
        QStringList lines;
        for (const auto &[left, right] : graph.edges()) {
            const auto &from = graph.nodes()[std::size_t(left)], &to = graph.nodes()[std::size_t(right)];
            QVERIFY(from.kind < to.kind);
            lines << from.id + u'-' + to.id;
        }
        lines.sort();
        QCOMPARE(lines,
                 (QStringList{u"-A"_s, u"-B"_s, u"1-1.1"_s, u"1.1-Amt 10"_s, u"1.1-K"_s, u"2-2.10"_s, u"2-2.9"_s,
                              u"2-2.9.1"_s, u"2.10-Amt 9"_s, u"2.9-Amt 10"_s, u"2.9.1-Amt 9"_s, u"2.9.1-K"_s,
                              u"2.9.1-VO/1"_s, u"A-1"_s, u"B-2"_s}));
    }

    void everythingThatHangsOnANodeIsTold_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QStringList>("told");
        const auto list = [](const char *text) { return QString::fromUtf8(text).split(u','); };
        QTest::newRow("vision") << int(Kind::Vision) << QString()
                                << list("V,A,B,1,2,1.1,2.9,2.9.1,2.10,Amt 9,Amt 10,K,VO/1");
        QTest::newRow("goal with a named field") << int(Kind::Goal) << u"A"_s << list("V,A,1,1.1,Amt 10,K");
        QTest::newRow("goal that one measure serves") << int(Kind::Goal) << u"B"_s << list("V,B,2,2.9,Amt 10");
        QTest::newRow("field") << int(Kind::Field) << u"2"_s << list("V,B,2,2.9,2.9.1,2.10,Amt 9,Amt 10,K,VO/1");
        QTest::newRow("empty field") << int(Kind::Field) << u"3"_s << list("V,3");
        QTest::newRow("measure with parts")
            << int(Kind::Measure) << u"2.9"_s << list("V,B,2,2.9,2.9.1,Amt 9,Amt 10,K,VO/1");
        QTest::newRow("part") << int(Kind::Measure) << u"2.9.1"_s << list("V,B,2,2.9.1,Amt 9,K,VO/1");
        QTest::newRow("lead") << int(Kind::Lead) << u"Amt 10"_s << list("V,A,B,1,2,1.1,2.9,Amt 10,K");
        QTest::newRow("concept") << int(Kind::Concept) << u"K"_s << list("V,A,B,1,2,1.1,2.9.1,Amt 9,Amt 10,K,VO/1");
    }

    void everythingThatHangsOnANodeIsTold()
    {
        QFETCH(int, kind);
        QFETCH(QString, id);
        QFETCH(QStringList, told);
        const auto graph = smallGraph();
        const int node = graph.indexOf(Kind(kind), id);
        QVERIFY(node >= 0);
        QCOMPARE(names(graph, graph.connected(node)), told);
    }

    void aCircleOfPartsEnds()
    {
        const ConnectionGraph graph({},
                                    {{.number = u"1"_s, .title = u"a"_s, .parent = u"2"_s},
                                     {.number = u"2"_s, .title = u"b"_s, .parent = u"1"_s}});
        QCOMPARE(graph.measuresOf(0).size(), 2u);
    }

    void theStrategyItselfHangsTogether()
    {
        const ConnectionGraph graph(shippedFacts(), shippedMeasures());
        const auto count = [&](Kind kind) { return std::ranges::count(graph.nodes(), kind, &ConnectionNode::kind); };
        QCOMPARE(count(Kind::Goal), 5);
        QCOMPARE(count(Kind::Field), 12);
        QCOMPARE(count(Kind::Measure), 260);
        const auto life = graph.measuresOf(graph.indexOf(Kind::Goal, u"O1"_s)); // five fields of needs
        qsizetype needs = 0;
        for (const auto &measure : shippedMeasures())
            needs += QList<int>{4, 7, 9, 11, 12}.contains(measure.field);
        QCOMPARE(qsizetype(life.size()), needs);
        QCOMPARE(graph.indexOf(Kind::Goal, u"O9"_s), -1);
    }
};

QTEST_GUILESS_MAIN(TestConnections)
#include "tst_connections.moc"
