// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/maptime.h"
#include "layers/map/layerrefresher.h"
#include "tests/support/testkit.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

namespace
{

constexpr qint64 dayLength = 24LL * 3600 * 1000;

qint64 day(int number)
{
    return QDate(2024, 5, number).startOfDay(QTimeZone::UTC).toMSecsSinceEpoch();
}

LayerDimension days(const QList<int> &numbers, const QString &standard = {})
{
    LayerDimension time{.name = u"time"_s, .unit = {}, .standard = standard, .values = {}, .instants = {}};
    for (const int number : numbers) {
        time.values << u"2024-05-%1"_s.arg(number, 2, 10, QChar(u'0'));
        time.instants.push_back(day(number));
    }
    return time;
}

Layer layerWith(std::vector<LayerDimension> dimensions)
{
    auto data = std::make_shared<LayerData>();
    data->source = std::shared_ptr<const RasterSource>();
    data->description.dimensions = std::move(dimensions);
    Layer layer{.id = QUuid::createUuid(), .title = u"Regen"_s};
    layer.data = std::move(data);
    layer.state = LayerState::Ready;
    layer.loadedAt = QDateTime::currentDateTime();
    return layer;
}

} // namespace

class TestMapTime : public QObject
{
    Q_OBJECT
private slots:
    void theNewestValueThatIsNotAfter_data();
    void theNewestValueThatIsNotAfter();
    void stepsOfAllLayersCount();
    void eachLayerShowsItsOwnValue();
    void withoutAChoiceTheServiceDecides();
    void otherAxesAreJoined();
    void timesReadAsTheyAreWritten_data();
    void timesReadAsTheyAreWritten();
    void whatIsDueIsAskedAnew();
    void hiddenAndPausedLayersAreLeftAlone();
};

void TestMapTime::theNewestValueThatIsNotAfter_data()
{
    QTest::addColumn<qint64>("instant");
    QTest::addColumn<QString>("value");
    QTest::newRow("before all") << day(1) << u"2024-05-02"_s;
    QTest::newRow("the first") << day(2) << u"2024-05-02"_s;
    QTest::newRow("between") << day(2) + dayLength / 2 << u"2024-05-02"_s;
    QTest::newRow("the last") << day(5) << u"2024-05-05"_s;
    QTest::newRow("after all") << day(9) << u"2024-05-05"_s;
}

void TestMapTime::theNewestValueThatIsNotAfter()
{
    QFETCH(qint64, instant);
    QFETCH(QString, value);
    QCOMPARE(days({2, 5}).valueAt(instant), value);
    QCOMPARE(LayerDimension().valueAt(instant), QString());
}

void TestMapTime::stepsOfAllLayersCount()
{
    const std::vector layers{layerWith({days({1, 3})}), Layer(), layerWith({days({2, 3})}), layerWith({})};
    QCOMPARE(timeSteps(layers), (std::vector{day(1), day(2), day(3)}));
    QVERIFY(timeSteps(std::vector<Layer>()).empty());
}

void TestMapTime::eachLayerShowsItsOwnValue()
{
    auto layer = layerWith({days({1, 3})});
    layer.dimensions = {{u"elevation"_s, u"10"_s}};
    const Dimensions second{{u"elevation"_s, u"10"_s}, {u"time"_s, u"2024-05-01"_s}};
    QCOMPARE(choiceAt(layer, day(2)), second);
    layer.dimensions = second;
    QCOMPARE(shownInstant(std::vector{layer}), day(1));
    QVERIFY(hasChosenTime(std::vector{layer}));
    QCOMPARE(choiceWithoutTime(layer), (Dimensions{{u"elevation"_s, u"10"_s}}));
}

void TestMapTime::withoutAChoiceTheServiceDecides()
{
    QCOMPARE(shownInstant(std::vector{layerWith({days({1, 2, 3}, u"2024-05-02"_s)})}), day(2));
    QCOMPARE(shownInstant(std::vector{layerWith({days({1, 2, 3}, u"current"_s)})}), day(3));
    QCOMPARE(shownInstant(std::vector{layerWith({})}), 0);
    auto chosen = layerWith({days({1, 2, 3})});
    chosen.dimensions = {{u"time"_s, u"2024-05-01"_s}};
    QCOMPARE(shownInstant(std::vector{layerWith({days({1, 2, 3})}), chosen}), day(1));
}

void TestMapTime::otherAxesAreJoined()
{
    const LayerDimension low{
        .name = u"elevation"_s, .unit = u"m"_s, .standard = {}, .values = {u"1"_s}, .instants = {}};
    auto high = low;
    high.values = {u"1"_s, u"9"_s};
    const auto all = otherDimensions(std::vector{layerWith({days({1}), low}), layerWith({high})});
    QCOMPARE(all.size(), 1u);
    QCOMPARE(all.front().values, QStringList({u"1"_s, u"9"_s}));
    QCOMPARE(all.front().unit, u"m"_s);
}

void TestMapTime::timesReadAsTheyAreWritten_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("text");
    const auto noon = QDateTime(QDate(2024, 5, 1), QTime(12, 0), QTimeZone::UTC).toLocalTime();
    QTest::newRow("year") << u"2024"_s << u"2024"_s;
    QTest::newRow("month") << u"2024-05"_s << QLocale().toString(QDate(2024, 5, 1), u"MMMM yyyy"_s);
    QTest::newRow("day") << u"2024-05-01"_s << QLocale().toString(QDate(2024, 5, 1), QLocale::ShortFormat);
    QTest::newRow("minute") << u"2024-05-01T12:00:00Z"_s << QLocale().toString(noon, QLocale::ShortFormat);
}

void TestMapTime::timesReadAsTheyAreWritten()
{
    QFETCH(QString, value);
    QFETCH(QString, text);
    auto instant = QDateTime(QDate(2024, 5, 1), value.contains(u'T') ? QTime(12, 0) : QTime(0, 0), QTimeZone::UTC);
    LayerDimension time{
        .name = u"time"_s, .unit = {}, .standard = {}, .values = {value}, .instants = {instant.toMSecsSinceEpoch()}};
    QCOMPARE(instantText(std::vector{layerWith({time})}, instant.toMSecsSinceEpoch()), text);
}

void TestMapTime::whatIsDueIsAskedAnew()
{
    LayerTree tree;
    QList<QUuid> asked;
    auto due = layerWith({}), later = layerWith({}), never = layerWith({});
    due.refreshEvery = later.refreshEvery = std::chrono::minutes(5);
    due.loadedAt = QDateTime::currentDateTime().addSecs(-600);
    never.loadedAt = due.loadedAt;
    for (const auto &layer : {due, later, never})
        VERIFY_RESULT(tree.apply({TreeChange::Insert{{}, -1, {.id = layer.id, .layer = layer}}, {}}));
    const LayerRefresher refresher(tree, [&](const QUuid &id) { asked << id; });
    QTRY_COMPARE(asked, QList<QUuid>{due.id});
    QTest::qWait(400); // not again before its time is up
    QCOMPARE(asked.size(), 1);
}

void TestMapTime::hiddenAndPausedLayersAreLeftAlone()
{
    LayerTree tree;
    int asked = 0;
    auto layer = layerWith({});
    layer.refreshEvery = std::chrono::seconds(60);
    layer.loadedAt = QDateTime::currentDateTime().addSecs(-600);
    layer.visible = false;
    VERIFY_RESULT(tree.apply({TreeChange::Insert{{}, -1, {.id = layer.id, .layer = layer}}, {}}));
    LayerRefresher refresher(tree, [&](const QUuid &) { ++asked; });
    QTest::qWait(400);
    QCOMPARE(asked, 0);
    refresher.setPaused(true);
    layer.visible = true;
    VERIFY_RESULT(tree.apply({TreeChange::Set{{.id = layer.id, .layer = layer}}, {}}));
    QTest::qWait(400);
    QCOMPARE(asked, 0);
    refresher.setPaused(false);
    QTRY_COMPARE(asked, 1);
}

QTEST_GUILESS_MAIN(TestMapTime)
#include "tst_maptime.moc"
