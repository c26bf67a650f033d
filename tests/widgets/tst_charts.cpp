// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testkit.h"
#include "widgets/charts/charttile.h"
#include "widgets/charts/indexwheel.h"
#include "widgets/charts/sparkline.h"
#include "widgets/charts/trendchart.h"
#include "widgets/look/look.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTableView>
#include <QTimeZone>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

class TestCharts : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void filesKnowNoLocale();
    void theScreenSpeaksTheLocale();
    void aTableWithoutRowsIsATable();
    void theTableBehindATrendHasEachMomentOnce();
    void theKeyboardStepsThroughTheMoments();
    void aTrendWithoutDataIsNoTrouble();
    void theWheelKnowsWhatLiesWhere();
    void theKeyboardReachesEachRay();
    void noDataIsNoZero();
    void anEmptyWheelIsNoTrouble();
    void aTileShowsItsTable();
    void aPictureIsAsSharpAsWanted();
    void darkIsDark();

private:
    static qint64 month(int year, int month)
    {
        return QDate(year, month, 1).startOfDay(QTimeZone::UTC).toMSecsSinceEpoch();
    }
    static std::vector<TrendSeries> trend();
    static IndexWheelData wheel();
};

std::vector<TrendSeries> TestCharts::trend()
{
    TrendSeries city{.title = u"Stadt"_s, .points = {}, .hasBand = true};
    TrendSeries district{.title = u"St. Lorenz"_s, .points = {}};
    for (int i = 0; i < 24; ++i) {
        const double value = 40 + i * 0.8 + 3 * std::sin(i / 2.0);
        city.points.push_back({month(2024 + i / 12, 1 + i % 12), i == 7 ? qQNaN() : value, value - 4, value + 4});
        if (i % 3 == 0)
            district.points.push_back({month(2024 + i / 12, 1 + i % 12), 35 + i * 0.5, 0, 0});
    }
    return {city, district};
}

IndexWheelData TestCharts::wheel()
{
    const QStringList goals{u"Steigerung der Lebensqualität"_s, u"Modernisierung der Verwaltung"_s,
                            u"Nachhaltiger Einsatz von Ressourcen"_s, u"Intelligente Vernetzung"_s,
                            u"Stärkung des Wirtschaftsstandortes"_s};
    IndexWheelData data{.title = u"Smart City Index"_s, .score = 57.4, .coverage = 0.62, .sectors = {}};
    for (int g = 0; g < 5; ++g) {
        IndexWheelData::Sector sector{u"O%1"_s.arg(g + 1), goals[g], 40.0 + g * 8, 0.5, {}};
        if (g == 3)
            sector.score.reset();
        for (int f = 1; f <= 12; ++f) {
            std::optional<double> score = double((f * 37 + g * 23) % 101);
            if (g == 3 || (f + g) % 5 == 0)
                score.reset();
            sector.cells.append({f, u"Feld %1"_s.arg(f), score, score ? 0.8 : 0.0});
        }
        data.sectors.append(sector);
    }
    return data;
}

void TestCharts::initTestCase()
{
    look::apply(*static_cast<QApplication *>(QCoreApplication::instance()), look::Appearance::Light);
}

void TestCharts::filesKnowNoLocale()
{
    const ChartTable table{u"t"_s,
                           {{u"Ort, Teil"_s, {}}, {u"Wert"_s, u"µg/m³"_s, 0}, {u"Tag"_s, {}}, {u"Zeit"_s, {}}},
                           {{u"=1+1"_s, 1234.5, QDate(2026, 3, 1), QDateTime({2026, 3, 1}, {12, 0}, QTimeZone::UTC)},
                            {u"Sankt \"Lorenz\""_s, qQNaN(), QVariant(), QVariant()},
                            {u"-5 Grad"_s, -0.1}}};
    QCOMPARE(table.toCsv(),
             "\"Ort, Teil\",Wert (µg/m³),Tag,Zeit\r\n"
             "'=1+1,1234.5,2026-03-01,2026-03-01T12:00:00Z\r\n"
             "\"Sankt \"\"Lorenz\"\"\",,,\r\n"
             "'-5 Grad,-0.1,,\r\n");
}

void TestCharts::theScreenSpeaksTheLocale()
{
    ChartTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setTable({u"t"_s, {{u"Ort"_s, {}}, {u"Wert"_s, u"dB"_s, 2}}, {{u"a"_s, 1234.5}, {u"b"_s, QVariant()}}});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, 1).data().toString(), QLocale().toString(1234.5, 'f', 2));
    QCOMPARE(model.index(0, 1).data(Qt::UserRole).toDouble(), 1234.5);
    QVERIFY(!model.index(1, 1).data().toString().isEmpty()); // says that there is none
    QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), u"Wert (dB)"_s);
    model.setTable({});
    QCOMPARE(model.columnCount(), 0);
}

void TestCharts::aTableWithoutRowsIsATable()
{
    QCOMPARE((ChartTable{u"t"_s, {{u"a"_s, {}}, {u"b"_s, {}}}, {}}).toCsv(), "a,b\r\n");
}

void TestCharts::theTableBehindATrendHasEachMomentOnce()
{
    TrendChart chart;
    chart.setSeries(u"Index"_s, u"Punkte"_s, trend(), TrendTarget{70, {2027, 1, 1}});
    const auto table = chart.table();
    QCOMPARE(table.rows.size(), 24);
    QCOMPARE(table.columns.size(), 3);
    QCOMPARE(table.columns[2].unit, u"Punkte"_s);
    QCOMPARE(table.rows[0][0].toDateTime(), QDateTime({2024, 1, 1}, {0, 0}, QTimeZone::UTC));
    QCOMPARE(table.rows[3][2].toDouble(), 36.5);
    QVERIFY(!table.rows[1][2].isValid());
    QVERIFY(!table.rows[7][1].isValid()); // the gap
}

void TestCharts::theKeyboardStepsThroughTheMoments()
{
    TrendChart chart;
    chart.setSeries(u"Index"_s, {}, trend());
    QSignalSpy changed(&chart, &TrendChart::currentChanged);
    QTest::keyClick(&chart, Qt::Key_Left);
    QCOMPARE(chart.current(), std::optional(month(2025, 12)));
    QTest::keyClick(&chart, Qt::Key_Right); // there is no later one
    QCOMPARE(chart.current(), std::optional(month(2025, 12)));
    QTest::keyClick(&chart, Qt::Key_Left);
    QCOMPARE(chart.current(), std::optional(month(2025, 11)));
    QCOMPARE(changed.size(), 2);
    QVERIFY(chart.accessibleDescription().contains(u"Stadt"_s));
    chart.setSeries(u"Index"_s, {}, {});
    QVERIFY(!chart.current());
}

void TestCharts::aTrendWithoutDataIsNoTrouble()
{
    TrendChart chart;
    chart.resize(300, 200);
    chart.setSeries({}, {}, {}, TrendTarget{5, {}});
    QTest::keyClick(&chart, Qt::Key_Left);
    QVERIFY(!chart.current());
    chart.setSeries({}, {}, {{.title = u"a"_s, .points = {{0, qQNaN(), 0, 0}}}});
    QVERIFY(!chart.grab().isNull());
    QCOMPARE(chart.table().rows.size(), 1);
    Sparkline line;
    line.setValues({});
    line.resize(100, 30);
    QVERIFY(!line.grab().isNull());
    line.setValues({qQNaN(), 3, qQNaN()}, 5);
    QVERIFY(!line.grab().isNull());
}

void TestCharts::theWheelKnowsWhatLiesWhere()
{
    IndexWheel wheel;
    wheel.resize(500, 500);
    wheel.setData(TestCharts::wheel());
    using Place = IndexWheel::Place;
    QCOMPARE(wheel.placeAt({250, 250}), Place());
    QCOMPARE(wheel.placeAt({1, 1}), Place());
    // Just right of the top, far out: the first field of the first goal; just left of it: the last of the last
    QCOMPARE(wheel.placeAt({250 + 8, 80}), (Place{0, 0}));
    QCOMPARE(wheel.placeAt({250 - 8, 80}), (Place{4, 11}));
    QCOMPARE(wheel.placeAt({250 + 60, 250 - 55}), (Place{0, -1})); // the ring
    QSignalSpy chosen(&wheel, &IndexWheel::chosen);
    QTest::mouseClick(&wheel, Qt::LeftButton, {}, {258, 80});
    QTest::mouseClick(&wheel, Qt::LeftButton, {}, {250, 250});
    QTest::mouseClick(&wheel, Qt::LeftButton, {}, {2, 2});
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(chosen[0], (QVariantList{u"O1"_s, 1}));
    QCOMPARE(chosen[1], (QVariantList{QString(), 0}));
}

void TestCharts::theKeyboardReachesEachRay()
{
    IndexWheel wheel;
    wheel.setData(TestCharts::wheel());
    QSignalSpy chosen(&wheel, &IndexWheel::chosen);
    for (const auto key : {Qt::Key_Right, Qt::Key_Right, Qt::Key_Down, Qt::Key_Right, Qt::Key_Return})
        QTest::keyClick(&wheel, key);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0], (QVariantList{u"O2"_s, 2}));
    QTest::keyClick(&wheel, Qt::Key_Up);
    QCOMPARE(wheel.current(), (IndexWheel::Place{1, -1}));
    QTest::keyClick(&wheel, Qt::Key_Left);
    QTest::keyClick(&wheel, Qt::Key_Left);
    QCOMPARE(wheel.current(), (IndexWheel::Place{4, -1})); // round and round
    QTest::keyClick(&wheel, Qt::Key_Escape);
    QCOMPARE(wheel.current(), IndexWheel::Place());
}

void TestCharts::noDataIsNoZero()
{
    IndexWheel wheel;
    auto data = TestCharts::wheel();
    data.sectors[0].cells[0].score = 0;
    data.sectors[0].cells[1].score.reset();
    wheel.setData(data);
    QVERIFY(wheel.tell({0, 0}) != wheel.tell({0, 1}));
    QVERIFY(wheel.tell({0, 0}).contains(QLocale().toString(0.0, 'f', 1)));
    QVERIFY(!wheel.tell({0, 1}).contains(u'0'));
    const auto table = wheel.table();
    QCOMPARE(table.rows.size(), 5 + 60);
    QCOMPARE(table.rows[1][2].toDouble(), 0.0);
    QVERIFY(table.rows[1][2].isValid());
    QVERIFY(!table.rows[2][2].isValid());
}

void TestCharts::anEmptyWheelIsNoTrouble()
{
    IndexWheel wheel;
    wheel.resize(30, 20);
    QVERIFY(!wheel.grab().isNull());
    QCOMPARE(wheel.placeAt({10, 10}), IndexWheel::Place());
    QTest::keyClick(&wheel, Qt::Key_Right);
    QCOMPARE(wheel.current(), IndexWheel::Place());
    auto data = TestCharts::wheel();
    data.sectors[1].cells.clear();
    wheel.setData(data);
    for (const auto key : {Qt::Key_Right, Qt::Key_Right, Qt::Key_Down, Qt::Key_Right})
        QTest::keyClick(&wheel, key);
    QCOMPARE(wheel.current(), (IndexWheel::Place{2, -1})); // a goal without fields has no rays to go into
    QVERIFY(!wheel.grab().isNull());
}

void TestCharts::aTileShowsItsTable()
{
    auto *wheel = new IndexWheel;
    wheel->setData(TestCharts::wheel());
    ChartTile tile(u"Index"_s, wheel, [wheel] { return wheel->table(); });
    QVERIFY(!tile.showsTable());
    auto *toggle = tile.findChildren<QToolButton *>().first();
    toggle->click();
    QVERIFY(tile.showsTable());
    auto *view = tile.findChild<QTableView *>();
    QCOMPARE(view->model()->rowCount(), 65);
    QCOMPARE(view->model()->index(0, 0).data().toString(), u"Steigerung der Lebensqualität"_s); // the chart's order
    auto fewer = wheel->data();
    fewer.sectors.resize(1);
    wheel->setData(fewer);
    tile.refresh();
    QCOMPARE(view->model()->rowCount(), 13);
    toggle->click();
    QVERIFY(!tile.showsTable());
}

void TestCharts::aPictureIsAsSharpAsWanted()
{
    auto *chart = new TrendChart;
    chart->setSeries(u"Index"_s, u"Punkte"_s, trend(), TrendTarget{70, {2027, 1, 1}});
    ChartTile tile(u"Index"_s, chart, [chart] { return chart->table(); });
    tile.resize(400, 300);
    tile.show();
    const auto picture = tile.picture(3);
    QCOMPARE(picture.size(), chart->size() * 3);
    bool hasAccent = false;
    for (int x = 0; x < picture.width() && !hasAccent; ++x) {
        for (int y = 0; y < picture.height() && !hasAccent; ++y)
            hasAccent = picture.pixelColor(x, y) == look::tokens().accent;
    }
    QVERIFY(hasAccent);
}

void TestCharts::darkIsDark()
{
    auto *app = static_cast<QApplication *>(QCoreApplication::instance());
    TrendChart chart;
    chart.resize(300, 200);
    chart.setSeries(u"Index"_s, u"Punkte"_s, trend());
    look::apply(*app, look::Appearance::Dark);
    chart.show();
    QTRY_COMPARE(chart.grab().toImage().pixelColor(2, 2), look::tokens(true).raised);
    look::apply(*app, look::Appearance::Light);
    QTRY_COMPARE(chart.grab().toImage().pixelColor(2, 2), look::tokens(false).raised);
}

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
