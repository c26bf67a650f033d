// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layers/measures/measurefixture.h"
#include "widgets/look/look.h"
#include "widgets/measures/connectionsview.h"

#include <QScrollBar>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

using Kind = ConnectionNode::Kind;

class TestConnectionsView : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void boxesOfAColumnStandBelowEachOther_data();
    void boxesOfAColumnStandBelowEachOther();
    void whatIsLitCanBeRead();
    void aClickPicksOutWhatHangsOnIt();
    void theKeyboardReachesEverything();
    void theChosenNodeIsInSight();
    void aChoiceOutlivesNewMeasures();
    void manyMeasuresAreDrawnQuickly();

private:
    std::unique_ptr<ConnectionsView> shown() const
    {
        auto view = std::make_unique<ConnectionsView>();
        view->resize(1200, 700);
        view->setGraph({m_facts, m_measures});
        view->show();
        return view;
    }
    static QPoint middleOf(const ConnectionsView &view, int node)
    {
        const auto layout = layoutOf(view.graph(), {}, view.viewport()->size(), 20);
        return layout.boxes[std::size_t(node)].center().toPoint();
    }

    StrategyFacts m_facts;
    QList<Measure> m_measures;
};

void TestConnectionsView::initTestCase()
{
    look::apply(*static_cast<QApplication *>(QCoreApplication::instance()), look::Appearance::Light);
    m_facts = shippedFacts();
    m_measures = shippedMeasures();
}

void TestConnectionsView::boxesOfAColumnStandBelowEachOther_data()
{
    QTest::addColumn<QSizeF>("view");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("id");
    for (const auto &size : {QSizeF(1200, 700), QSizeF(500, 200), QSizeF(2400, 1400), QSizeF(0, 0)}) {
        const auto name = QByteArray::number(size.width()) + 'x' + QByteArray::number(size.height());
        QTest::addRow("%s, nothing chosen", name.constData()) << size << -1 << QString();
        QTest::addRow("%s, a field", name.constData()) << size << int(Kind::Field) << u"4"_s;
        QTest::addRow("%s, everything", name.constData()) << size << int(Kind::Vision) << QString();
    }
}

void TestConnectionsView::boxesOfAColumnStandBelowEachOther()
{
    QFETCH(QSizeF, view);
    QFETCH(int, kind);
    QFETCH(QString, id);
    const ConnectionGraph graph(m_facts, m_measures);
    const auto lit = kind < 0 ? std::vector<char>() : graph.connected(graph.indexOf(Kind(kind), id));
    const auto layout = layoutOf(graph, lit, view, 20);
    QVERIFY(layout.height >= view.height());
    for (std::size_t i = 0; i < layout.boxes.size(); ++i) {
        const auto &box = layout.boxes[i];
        QVERIFY(box.height() > 0);
        QVERIFY(box.bottom() <= layout.height);
        QVERIFY(box.top() >= layout.headers.front().bottom());
        if (i > 0 && graph.nodes()[i - 1].kind == graph.nodes()[i].kind)
            QVERIFY(std::abs(layout.boxes[i - 1].bottom() - box.top()) < 0.001);
        else if (i > 0)
            QVERIFY(layout.boxes[i - 1].right() <= box.left() || layout.boxes[i - 1].bottom() < box.top());
    }
}

void TestConnectionsView::whatIsLitCanBeRead()
{
    const ConnectionGraph graph(m_facts, m_measures);
    const auto lit = graph.connected(graph.indexOf(Kind::Field, u"8"_s));
    const auto layout = layoutOf(graph, lit, {1200, 700}, 20);
    for (std::size_t i = 0; i < lit.size(); ++i) {
        if (lit[i]) {
            QCOMPARE(layout.boxes[i].height(), 20.0);
            QVERIFY(layout.labelled[i]);
        }
    }
    QCOMPARE(layout.height, 700.0); // 260 measures stand there still, without a scroll bar
}

void TestConnectionsView::aClickPicksOutWhatHangsOnIt()
{
    const auto view = shown();
    QSignalSpy changed(view.get(), &ConnectionsView::choiceChanged);
    const int field = view->graph().indexOf(Kind::Field, u"4"_s);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, middleOf(*view, field));
    QCOMPARE(view->chosen(), field);
    QCOMPARE(changed.size(), 1);
    qsizetype its = 0;
    for (const auto &measure : m_measures)
        its += measure.field == 4;
    QVERIFY(its > 10);
    QCOMPARE(view->litMeasures().size(), its);
    QVERIFY2(view->summary().startsWith(u"Intelligente Mobilität"_s), qPrintable(view->summary()));
    QVERIFY(view->summary().contains(QString::number(its)));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, {3, 300}); // beside everything
    QCOMPARE(view->chosen(), -1);
    QVERIFY(view->litMeasures().isEmpty());
    QCOMPARE(view->summary(), QString());
}

void TestConnectionsView::theKeyboardReachesEverything()
{
    const auto view = shown();
    const auto kind = [&] { return view->graph().nodes()[std::size_t(view->chosen())].kind; };
    QSignalSpy activated(view.get(), &ConnectionsView::measureActivated);
    QTest::keyClick(view.get(), Qt::Key_Right);
    QCOMPARE(kind(), Kind::Vision);
    for (const auto next : {Kind::Goal, Kind::Field, Kind::Measure}) {
        QTest::keyClick(view.get(), Qt::Key_Right);
        QCOMPARE(kind(), next);
    }
    const int before = view->chosen();
    QTest::keyClick(view.get(), Qt::Key_Down);
    QCOMPARE(view->chosen(), before + 1);
    QTest::keyClick(view.get(), Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.first().first().toString(), view->graph().nodes()[std::size_t(view->chosen())].id);
    QTest::keyClick(view.get(), Qt::Key_Right);
    QCOMPARE(kind(), Kind::Lead);
    QTest::keyClick(view.get(), Qt::Key_Escape);
    QCOMPARE(view->chosen(), -1);
    view->choose(0);
    QTest::keyClick(view.get(), Qt::Key_Up); // there is nothing above
    QCOMPARE(view->chosen(), 0);
}

void TestConnectionsView::theChosenNodeIsInSight()
{
    const auto view = shown();
    view->resize(800, 250);
    view->choose(view->graph().indexOf(Kind::Vision, {})); // all measures are lit
    QVERIFY(view->verticalScrollBar()->maximum() > 1000);
    view->chooseMeasure(m_measures.last().number);
    const auto number = m_measures.last().number;
    QTRY_COMPARE_WITH_TIMEOUT(
        [&] {
            for (int y = 0; y < view->viewport()->height(); ++y) {
                const int node = view->nodeAt({view->viewport()->width() * 2 / 3, y});
                if (node >= 0 && view->graph().nodes()[std::size_t(node)].id == number)
                    return true;
            }
            return false;
        }(),
        true, 2000);
    view->chooseMeasure(u"99.99"_s); // is not there: nothing changes
    QCOMPARE(view->litMeasures().first(), number);
}

void TestConnectionsView::aChoiceOutlivesNewMeasures()
{
    const auto view = shown();
    view->chooseMeasure(u"4.1"_s);
    auto fewer = m_measures;
    fewer.removeIf([](const Measure &measure) { return measure.field != 4; });
    view->setGraph({m_facts, fewer});
    QCOMPARE(view->graph().nodes()[std::size_t(view->chosen())].id, u"4.1"_s);
    view->setGraph({m_facts, {}});
    QCOMPARE(view->chosen(), -1);
    view->setGraph({});
    QTest::keyClick(view.get(), Qt::Key_Right);
    QCOMPARE(view->chosen(), -1);
}

void TestConnectionsView::manyMeasuresAreDrawnQuickly()
{
    QList<Measure> many;
    for (int i = 1; i <= 20'000; ++i)
        many.append({.number = u"4.%1"_s.arg(i), .title = u"Maßnahme"_s, .field = 4, .lead = u"Amt %1"_s.arg(i % 40)});
    ConnectionsView view;
    view.resize(1200, 700);
    view.setGraph({m_facts, many});
    view.show();
    view.choose(view.graph().indexOf(Kind::Lead, u"Amt 7"_s));
    QCOMPARE(view.litMeasures().size(), 500);
    QVERIFY(!view.grab().isNull());
}

QTEST_MAIN(TestConnectionsView)
#include "tst_connectionsview.moc"
