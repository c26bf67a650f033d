// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/indicator.h"
#include "tests/support/testkit.h"
#include "widgets/charts/barlist.h"
#include "widgets/charts/charttile.h"
#include "widgets/charts/districtmap.h"
#include "widgets/charts/indexwheel.h"
#include "widgets/charts/trendchart.h"
#include "widgets/dashboard/dashboardbar.h"
#include "widgets/dashboard/dashboardgrid.h"
#include "widgets/dashboard/dashboardtile.h"
#include "widgets/dashboard/dashboardwindow.h"
#include "widgets/dashboard/dashboardwork.h"
#include "widgets/dashboard/explanationpane.h"
#include "widgets/dashboard/indicatorface.h"
#include "widgets/dashboard/valueimportdialog.h"

#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;
using Kind = DashboardTileSpec::Kind;

namespace
{

const QDate today(2026, 3, 15);
constexpr int march = 2026 * 12 + 2;

IndexDefinition definition()
{
    IndexDefinition made{.title = u"Index"_s, .goals = {{u"O1"_s, 1}, {u"O2"_s, 1}}};
    made.method.allGoals = false;
    made.method.coverageThreshold = 0.5;
    const auto add = [&](const QString &id, const QString &goal, int field) {
        made.indicators.append({.id = id,
                                .title = u"Titel "_s + id,
                                .unit = u"%"_s,
                                .period = u"month"_s,
                                .target = 80,
                                .low = 0,
                                .high = 100,
                                .level = Indicator::Level::District,
                                .goals = {{goal, 1}},
                                .fields = {field}});
    };
    add(u"a"_s, u"O1"_s, 1);
    add(u"b"_s, u"O1"_s, 2);
    add(u"c"_s, u"O2"_s, 2);
    add(u"d"_s, u"O2"_s, 3); // nobody delivers it
    return made;
}

IndexRecords records()
{
    IndexRecords made{.origins = {{.source = u"Statistik"_s, .licence = u"CC0"_s, .person = u"M"_s}}, .series = {}};
    int start = 20;
    for (const auto &id : {u"a"_s, u"b"_s, u"c"_s}) {
        for (const auto &area : {QString(), u"Moisling"_s, u"Travemünde"_s}) {
            IndexSeries series{id, area, {}};
            for (int i = 0; i <= 24; ++i)
                series.points.push_back({march - 24 + i, double(start + i), 0});
            made.series.append(series);
            start += 3;
        }
    }
    return made;
}

StrategyFacts facts()
{
    return {.goals = {{u"O1"_s, u"Erstes Ziel"_s}, {u"O2"_s, u"Zweites Ziel"_s}},
            .fields = {{1, u"Netze"_s}, {2, u"Verkehr"_s}, {3, u"Klima"_s}}};
}

QList<Measure> measures()
{
    Measure one{.number = u"1"_s, .title = u"Eins"_s, .field = 1, .lead = u"Amt A"_s};
    one.phase = MeasurePhase::Running;
    one.progress = 40;
    const Measure two{.number = u"2"_s, .title = u"Zwei"_s, .field = 2, .lead = u"Amt B"_s};
    return {one, two};
}

struct Stage {
    DashboardWork work{definition(), facts()};
    Stage()
    {
        work.setToday(today);
        work.setInput(records(), measures(), false);
    }
    bool ready() const
    {
        return QTest::qWaitFor([this] { return work.view() && !work.isWorking(); }, 20000);
    }
    bool ask(const IndexQuestion &question)
    {
        work.setQuestion(question);
        return QTest::qWaitFor([&] { return work.view() && work.view()->overview.question == question; }, 20000);
    }
};

template <class Chart>
Chart *chartOf(ChartTile *tile)
{
    return qobject_cast<Chart *>(tile->chart());
}

QPainterPath box(double x)
{
    QPainterPath path;
    path.addRect(x, 0, 100, 100);
    return path;
}

} // namespace

class TestDashboard : public QObject
{
    Q_OBJECT
private slots:
    void tilesArePackedWithoutHoles_data();
    void tilesArePackedWithoutHoles();
    void aDashboardIsTheSameAfterItsJson();
    void brokenDashboardsAreTold();
    void filtersActOnAllTiles();
    void theNewestQuestionWins();
    void theWheelLeadsToTheExplanation();
    void theExplanationLeadsDownToTheSourceAndBack();
    void aStadtteilChosenOnTheSmallMapIsAsked();
    void classesHoldAllValues_data();
    void classesHoldAllValues();
    void theKeyboardGoesThroughABarList();
    void aBarListWithoutRowsSaysSo();
    void tilesAreMovedResizedAndRemovedByKeyboard();
    void aLargeTileGoesBackWithEscape();
    void dashboardsAreAddedAndKept();
    void noDataAreToldAndAreNoZero();
    void anImportWithProblemsCannotBeTakenOver();
    void anImportNeedsASource();
};

void TestDashboard::tilesArePackedWithoutHoles_data()
{
    QTest::addColumn<QList<DashboardTileSpec>>("tiles");
    QTest::addColumn<int>("columns");
    QTest::addColumn<QList<QRect>>("places");
    const auto tile = [](int width, int height) { return DashboardTileSpec{Kind::Wheel, {}, width, height}; };
    QTest::newRow("a row") << QList{tile(1, 1), tile(2, 1)} << 3 << QList{QRect(0, 0, 1, 1), QRect(1, 0, 2, 1)};
    QTest::newRow("a gap is filled by a later one") << QList{tile(2, 2), tile(2, 1), tile(1, 1)} << 3
                                                    << QList{QRect(0, 0, 2, 2), QRect(0, 2, 3, 1), QRect(2, 0, 1, 1)};
    QTest::newRow("what stays free is the left one's")
        << QList{tile(2, 1), tile(2, 1)} << 3 << QList{QRect(0, 0, 3, 1), QRect(0, 1, 3, 1)};
    QTest::newRow("wider than the grid") << QList{tile(4, 1)} << 2 << QList{QRect(0, 0, 2, 1)};
    QTest::newRow("no column") << QList{tile(1, 1)} << 0 << QList{QRect(0, 0, 1, 1)};
    QTest::newRow("nothing") << QList<DashboardTileSpec>() << 3 << QList<QRect>();
}

void TestDashboard::tilesArePackedWithoutHoles()
{
    QFETCH(QList<DashboardTileSpec>, tiles);
    QFETCH(int, columns);
    QFETCH(QList<QRect>, places);
    QCOMPARE(packed(tiles, columns), places);
}

void TestDashboard::aDashboardIsTheSameAfterItsJson()
{
    for (const auto &board : standardDashboards()) {
        const auto again = dashboardFromJson(toJson(board));
        VERIFY_RESULT(again);
        QCOMPARE(*again, board);
    }
}

void TestDashboard::brokenDashboardsAreTold()
{
    VERIFY_FAILS(dashboardFromJson({}), ErrorKind::Malformed);
    VERIFY_FAILS(
        dashboardFromJson({{u"name"_s, u"x"_s}, {u"tiles"_s, QJsonArray{QJsonObject{{u"kind"_s, u"virus"_s}}}}}),
        ErrorKind::Malformed);
    QJsonArray many;
    for (int i = 0; i < 1000; ++i)
        many.append(QJsonObject{{u"kind"_s, u"wheel"_s}});
    VERIFY_FAILS(dashboardFromJson({{u"name"_s, u"x"_s}, {u"tiles"_s, many}}), ErrorKind::Malformed);
    const auto huge = dashboardFromJson(
        {{u"name"_s, u"x"_s},
         {u"tiles"_s, QJsonArray{QJsonObject{{u"kind"_s, u"wheel"_s}, {u"width"_s, 1e9}, {u"height"_s, -5}}}}});
    VERIFY_RESULT(huge);
    QCOMPARE(huge->tiles[0].height, 1);
    QVERIFY(huge->tiles[0].width <= mostTileWidth);
}

void TestDashboard::filtersActOnAllTiles()
{
    Stage stage;
    QVERIFY(stage.ready());
    const std::unique_ptr<ChartTile> wheel(dashboardTile({Kind::Wheel}, stage.work)),
        list(dashboardTile({Kind::Indicators}, stage.work)), progress(dashboardTile({Kind::Measures}, stage.work)),
        one(dashboardTile({Kind::Indicator, u"a"_s}, stage.work));
    const auto rows = [&] { return chartOf<BarList>(list.get())->rows().size(); };
    QCOMPARE(rows(), 4);
    QCOMPARE(chartOf<IndexWheel>(wheel.get())->data().sectors.size(), 2);
    QCOMPARE(chartOf<BarList>(progress.get())->rows().size(), 2);
    QVERIFY(stage.ask({.month = march, .field = 1}));
    QCOMPARE(rows(), 1);
    QCOMPARE(chartOf<IndexWheel>(wheel.get())->data().sectors.size(), 1);
    QCOMPARE(chartOf<BarList>(progress.get())->rows().size(), 1);
    QVERIFY(stage.ask({.month = march - 24}));
    QCOMPARE(*chartOf<BarList>(list.get())->rows()[0].value, 20);
    QCOMPARE(chartOf<IndicatorFace>(one.get())->table().rows.size(), 1); // only what was known then
    QVERIFY(stage.ask({.month = march, .area = u"Moisling"_s}));
    QCOMPARE(*chartOf<BarList>(list.get())->rows()[0].value, 47);
    QVERIFY(stage.ask({.month = march, .lead = u"Amt A"_s}));
    QCOMPARE(chartOf<BarList>(progress.get())->rows().size(), 1);
}

void TestDashboard::theNewestQuestionWins()
{
    Stage stage;
    QVERIFY(stage.ready());
    QSignalSpy views(&stage.work, &DashboardWork::viewChanged);
    for (int i = 0; i < 20; ++i)
        stage.work.setQuestion({.month = march - i});
    QTRY_COMPARE(stage.work.view()->overview.question.month, march - 19);
    QVERIFY2(views.size() < 20, qPrintable(QString::number(views.size())));
}

void TestDashboard::theWheelLeadsToTheExplanation()
{
    Stage stage;
    QVERIFY(stage.ready());
    DashboardWindow window(stage.work);
    auto *wheel = window.findChild<IndexWheel *>();
    QVERIFY(wheel);
    emit wheel->chosen(u"O1"_s, 0);
    QCOMPARE(window.explanation().heading(), u"Erstes Ziel"_s);
    QCOMPARE(window.explanation().parts().rows().size(), 2);
    emit wheel->chosen(u"O1"_s, 2);
    QCOMPARE(window.explanation().heading(), u"Erstes Ziel · Verkehr"_s);
}

void TestDashboard::theExplanationLeadsDownToTheSourceAndBack()
{
    Stage stage;
    QVERIFY(stage.ready());
    ExplanationPane pane(stage.work);
    pane.show();
    QCOMPARE(pane.heading(), u"Index"_s);
    auto *parts = pane.findChild<BarList *>();
    const auto go = [&](int row) {
        parts->setCurrent(row);
        QTest::keyClick(parts, Qt::Key_Return);
    };
    go(0);
    QCOMPARE(pane.heading(), u"Erstes Ziel"_s);
    go(1);
    QCOMPARE(pane.heading(), u"Titel b"_s);
    QVERIFY(std::ranges::any_of(pane.facts(), [](const auto &fact) { return fact.text == "Statistik"_L1; }));
    QVERIFY(std::ranges::any_of(pane.facts(), [](const auto &fact) { return fact.text == "CC0"_L1; }));
    QTest::keyClick(&pane, Qt::Key_Backspace);
    QCOMPARE(pane.heading(), u"Erstes Ziel"_s);
    QTest::keyClick(&pane, Qt::Key_Backspace);
    QCOMPARE(pane.heading(), u"Index"_s);
    QTest::keyClick(&pane, Qt::Key_Backspace);
    QCOMPARE(pane.heading(), u"Index"_s);
}

void TestDashboard::aStadtteilChosenOnTheSmallMapIsAsked()
{
    Stage stage;
    QVERIFY(stage.ready());
    const std::unique_ptr<ChartTile> tile(dashboardTile({Kind::Districts}, stage.work));
    auto *map = chartOf<DistrictMap>(tile.get());
    QVERIFY(!map->hasShapes());
    stage.work.setShapes({{u"Moisling"_s, box(0)}, {u"Travemünde"_s, box(100)}});
    map->resize(400, 300);
    QCOMPARE(map->values().size(), 2);
    QVERIFY(map->values()[0].value);
    QCOMPARE(map->districtAt({100, 130}), u"Moisling"_s);
    QCOMPARE(map->districtAt({300, 130}), u"Travemünde"_s);
    QCOMPARE(map->districtAt({5, 5}), QString());
    QTest::mouseClick(map, Qt::LeftButton, {}, {300, 130});
    QCOMPARE(stage.work.question().area, u"Travemünde"_s);
    QTest::mouseClick(map, Qt::LeftButton, {}, {300, 130});
    QCOMPARE(stage.work.question().area, QString());
    map->setFocus();
    QTest::keyClick(map, Qt::Key_Right);
    QTest::keyClick(map, Qt::Key_Return);
    QCOMPARE(stage.work.question().area, u"Moisling"_s);
    QCOMPARE(map->table(u"x"_s).rows.size(), 2);
}

void TestDashboard::classesHoldAllValues_data()
{
    QTest::addColumn<QList<double>>("values");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("step");
    QTest::newRow("nothing is known") << QList<double>() << 0.0 << 20.0;
    QTest::newRow("close together") << QList<double>{41, 46, 52} << 40.0 << 2.5;
    QTest::newRow("all there are") << QList<double>{0, 100} << 0.0 << 25.0;
    QTest::newRow("small ones") << QList<double>{0.1, 0.2} << 0.1 << 0.025;
    QTest::newRow("below 0") << QList<double>{-7, 3} << -7.5 << 2.5;
}

void TestDashboard::classesHoldAllValues()
{
    QFETCH(QList<double>, values);
    QFETCH(double, low);
    QFETCH(double, step);
    QList<DistrictValue> rows{{u"leer"_s, std::nullopt, {}}};
    for (const double value : values)
        rows.append({QString::number(value), value, {}});
    const auto classes = EvenClasses::of(rows);
    QCOMPARE(classes.low, low);
    QCOMPARE(classes.step, step);
    for (const double value : values) {
        const int number = classes.numberOf(value);
        QVERIFY(classes.lower(number) <= value + 1e-9);
        QVERIFY(value <= classes.lower(number + 1) + 1e-9);
    }
    const auto same = EvenClasses::of({{u"x"_s, 5.0, {}}}); // a single value has a class, too
    QVERIFY(same.step > 0);
    QCOMPARE(same.numberOf(5.0), 0);
}

void TestDashboard::theKeyboardGoesThroughABarList()
{
    BarList list;
    QList<BarRow> rows;
    for (int i = 0; i < 50; ++i)
        rows.append({.title = QString::number(i),
                     .value = double(i),
                     .text = u"x"_s,
                     .key = i == 7 ? QString() : u"k%1"_s.arg(i)});
    list.resize(300, 200);
    list.show();
    list.setRows(rows, 0, {});
    QSignalSpy chosen(&list, &BarList::chosen);
    QTest::keyClick(&list, Qt::Key_End);
    QCOMPARE(list.current(), 49);
    QTest::keyClick(&list, Qt::Key_Down);
    QCOMPARE(list.current(), 49);
    QTest::keyClick(&list, Qt::Key_Return);
    QCOMPARE(chosen.takeFirst().first().toString(), u"k49"_s);
    QTest::keyClick(&list, Qt::Key_Home);
    QTest::keyClick(&list, Qt::Key_Up);
    QCOMPARE(list.current(), 0);
    list.setCurrent(7);
    QTest::keyClick(&list, Qt::Key_Return);
    QVERIFY(chosen.isEmpty()); // it leads nowhere
    QTest::keyClick(&list, Qt::Key_PageDown);
    QVERIFY(list.current() > 8);
    QCOMPARE(list.table(u"T"_s, u"Wert"_s, u"%"_s).rows.size(), 50);
}

void TestDashboard::aBarListWithoutRowsSaysSo()
{
    BarList list;
    list.resize(300, 200);
    list.setRows({}, 0, u"Nichts da."_s);
    QCOMPARE(list.accessibleDescription(), u"Nichts da."_s);
    QTest::keyClick(&list, Qt::Key_Down);
    QTest::keyClick(&list, Qt::Key_Return);
    QCOMPARE(list.current(), -1);
    QVERIFY(!list.grab().isNull());
}

void TestDashboard::tilesAreMovedResizedAndRemovedByKeyboard()
{
    Stage stage;
    QVERIFY(stage.ready());
    DashboardGrid grid(stage.work);
    grid.resize(1000, 700);
    grid.show();
    QVERIFY(QTest::qWaitForWindowActive(&grid));
    grid.setDashboard({u"x"_s, {{Kind::Wheel, {}, 1, 1}, {Kind::Trend, {}, 1, 1}, {Kind::Movers, {}, 1, 1}}});
    QSignalSpy changed(&grid, &DashboardGrid::changed);
    grid.setArranging(true);
    const auto press = [&](Qt::Key key, Qt::KeyboardModifiers with = {}) {
        QTest::keyClick(QApplication::focusWidget(), key, with);
    };
    press(Qt::Key_Right); // the first is in focus
    QCOMPARE(grid.dashboard().tiles[1].kind, Kind::Wheel);
    press(Qt::Key_Right, Qt::ShiftModifier);
    press(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(grid.dashboard().tiles[1].width, 2);
    QCOMPARE(grid.dashboard().tiles[1].height, 2);
    for (int i = 0; i < 9; ++i)
        press(Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(grid.dashboard().tiles[1].width, 1);
    press(Qt::Key_Delete);
    QCOMPARE(grid.dashboard().tiles.size(), 2);
    QCOMPARE(grid.tiles().size(), 2);
    QVERIFY(changed.size() >= 5);
    grid.setArranging(false);
    grid.add({Kind::Freshness});
    QCOMPARE(grid.tiles().size(), 3);
}

void TestDashboard::aLargeTileGoesBackWithEscape()
{
    Stage stage;
    QVERIFY(stage.ready());
    DashboardWindow window(stage.work);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    auto *tile = window.grid().tiles()[1];
    const auto before = tile->size();
    emit tile->largeWanted();
    QCOMPARE(window.grid().large(), tile);
    QVERIFY(tile->width() > before.width());
    QVERIFY(!window.grid().tiles()[0]->isVisible());
    QTest::keyClick(&window, Qt::Key_Escape);
    QCOMPARE(window.grid().large(), nullptr);
    QVERIFY(window.grid().tiles()[0]->isVisible());
}

void TestDashboard::dashboardsAreAddedAndKept()
{
    Stage stage;
    DashboardWindow window(stage.work);
    QSignalSpy changed(&window, &DashboardWindow::dashboardsChanged);
    auto boards = window.dashboards();
    boards.append({u"Meins"_s, {{Kind::Wheel}}});
    window.setDashboards(boards, int(boards.size()) - 1);
    QCOMPARE(window.current(), boards.size() - 1);
    QCOMPARE(window.grid().tiles().size(), 1);
    window.grid().add({Kind::Trend, u"a"_s});
    QCOMPARE(window.dashboards().last().tiles.size(), 2);
    QVERIFY(!changed.isEmpty());
    window.showDashboard(0);
    QCOMPARE(window.grid().dashboard().name, boards[0].name);
    window.setDashboards({}, 99); // a file without any
    QCOMPARE(window.dashboards(), standardDashboards());
}

void TestDashboard::noDataAreToldAndAreNoZero()
{
    Stage stage;
    QVERIFY(stage.ready());
    QCOMPARE(stage.work.view()->withData, 3);
    const std::unique_ptr<ChartTile> tile(dashboardTile({Kind::Indicator, u"d"_s}, stage.work)),
        unknown(dashboardTile({Kind::Indicator, u"gibt es nicht"_s}, stage.work)),
        list(dashboardTile({Kind::Indicators}, stage.work)), trend(dashboardTile({Kind::Trend, u"d"_s}, stage.work));
    QVERIFY(chartOf<IndicatorFace>(tile.get())->table().rows.isEmpty());
    QVERIFY(chartOf<IndicatorFace>(unknown.get())->table().rows.isEmpty());
    QVERIFY(!chartOf<BarList>(list.get())->rows()[3].value);
    QVERIFY(chartOf<TrendChart>(trend.get())->table().rows.isEmpty());
    stage.work.setInput({}, {}, false);
    QTRY_COMPARE(stage.work.view()->withData, 0);
    QVERIFY(!stage.work.view()->band);
    const std::unique_ptr<ChartTile> wheel(dashboardTile({Kind::Wheel}, stage.work));
    QVERIFY(!chartOf<IndexWheel>(wheel.get())->data().score);
}

void TestDashboard::anImportWithProblemsCannotBeTakenOver()
{
    const ValueImportDialog dialog(
        {.file = u"w.csv"_s, .added = 5, .problems = {u"Row 3, Wert: <b>x</b>"_s}, .problemCount = 1});
    const auto buttons = dialog.findChild<QDialogButtonBox *>()->buttons();
    QVERIFY(std::ranges::none_of(buttons, [&](const QAbstractButton *button) {
        return button->isEnabled()
            && dialog.findChild<QDialogButtonBox *>()->buttonRole(const_cast<QAbstractButton *>(button))
            == QDialogButtonBox::AcceptRole;
    }));
}

void TestDashboard::anImportNeedsASource()
{
    ValueImportDialog dialog({.file = u"w.csv"_s, .added = 5});
    QCOMPARE(dialog.source(), u"w.csv"_s);
    auto *box = dialog.findChild<QDialogButtonBox *>();
    QAbstractButton *accept = nullptr;
    for (auto *button : box->buttons()) {
        if (box->buttonRole(button) == QDialogButtonBox::AcceptRole)
            accept = button;
    }
    QVERIFY(accept && accept->isEnabled());
    auto *source = dialog.findChild<QLineEdit *>();
    source->setText(u"  "_s);
    QVERIFY(!accept->isEnabled());
    source->setText(u"Jahrbuch"_s);
    QVERIFY(accept->isEnabled());
    dialog.setLicence(u" CC0 "_s);
    QCOMPARE(dialog.licence(), u"CC0"_s);
}

QTEST_MAIN(TestDashboard)
#include "tst_dashboard.moc"
