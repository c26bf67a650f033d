// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testkit.h"
#include "widgets/map/timebar.h"

#include <QComboBox>
#include <QLabel>
#include <QSlider>
#include <QTimeZone>
#include <QToolButton>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

LayerDescription daily(const QList<int> &days)
{
    LayerDescription description;
    LayerDimension time{.name = u"time"_s, .unit = {}, .standard = {}, .values = {}, .instants = {}};
    for (const int day : days) {
        time.values << u"2024-05-0%1"_s.arg(day);
        time.instants.push_back(QDate(2024, 5, day).startOfDay(QTimeZone::UTC).toMSecsSinceEpoch());
    }
    description.dimensions.push_back(time);
    return description;
}

struct Fixture {
    LayerTree tree;
    bool complete = true;
    TimeBar bar{tree, [this] { return complete; }};

    QUuid add(const LayerDescription &description)
    {
        Layer layer{.id = QUuid::createUuid(), .title = u"Regen"_s};
        layer.source.provider = u"wms"_s;
        const auto id = layer.id;
        [&] { VERIFY_RESULT(tree.apply({TreeChange::Insert{{}, -1, {.id = id, .layer = layer}}, {}})); }();
        auto data = std::make_shared<LayerData>();
        data->source = std::shared_ptr<const RasterSource>();
        data->description = description;
        tree.setData(id, data);
        return id;
    }
    QString time(const QUuid &id) const { return tree.find(id)->layer->dimensions.value(u"time"_s); }
    QSlider *slider() const { return bar.findChild<QSlider *>(); }
};

} // namespace

class TestTimeBar : public QObject
{
    Q_OBJECT
private slots:
    void hidesWhereNothingHasATime()
    {
        Fixture f;
        QVERIFY(f.bar.isHidden());
        f.add({});
        QTest::qWait(20);
        QVERIFY(f.bar.isHidden());
        const auto id = f.add(daily({1, 2}));
        QTRY_VERIFY(!f.bar.isHidden());
        VERIFY_RESULT(f.tree.apply({TreeChange::Remove{id}, {}}));
        QTRY_VERIFY(f.bar.isHidden());
    }

    void oneTimeForAllLayers()
    {
        Fixture f;
        const auto a = f.add(daily({1, 3})), b = f.add(daily({2, 3}));
        QTRY_COMPARE(f.slider()->maximum(), 2);
        QCOMPARE(f.slider()->value(), 2); // what the services show by themselves
        QCOMPARE(f.time(a), QString());
        f.slider()->setValue(1);
        QCOMPARE(f.time(a), u"2024-05-01"_s);
        QCOMPARE(f.time(b), u"2024-05-02"_s);
        f.bar.step(-1);
        QCOMPARE(f.time(a), u"2024-05-01"_s);
        QCOMPARE(f.time(b), u"2024-05-02"_s); // it has nothing earlier
        f.bar.reset();
        QCOMPARE(f.time(a), QString());
        QCOMPARE(f.slider()->value(), 2);
    }

    void whatIsNextIsAnnounced()
    {
        Fixture f;
        const auto id = f.add(daily({1, 2, 3, 4}));
        QTRY_COMPARE(f.slider()->maximum(), 3);
        f.slider()->setValue(1);
        const std::vector<Dimensions> around{{{u"time"_s, u"2024-05-03"_s}}, {{u"time"_s, u"2024-05-01"_s}}};
        QCOMPARE(f.tree.find(id)->layer->upcoming, around);
        f.bar.step(1);
        const std::vector<Dimensions> onwards{{{u"time"_s, u"2024-05-04"_s}}};
        QCOMPARE(f.tree.find(id)->layer->upcoming, onwards);
    }

    void playingWaitsForThePictureAndBeginsAgain()
    {
        Fixture f;
        const auto id = f.add(daily({1, 2}));
        QTRY_COMPARE(f.slider()->maximum(), 1);
        f.complete = false;
        f.bar.setPlaying(true);
        QVERIFY(f.bar.isPlaying());
        QTest::qWait(1500);
        QCOMPARE(f.time(id), QString());
        f.complete = true;
        QTRY_COMPARE(f.time(id), u"2024-05-01"_s);
        QTRY_COMPARE(f.time(id), u"2024-05-02"_s);
        f.bar.setPlaying(false);
        QVERIFY(!f.bar.isPlaying());
    }

    void playingEndsWithTheLastLayer()
    {
        Fixture f;
        const auto id = f.add(daily({1, 2}));
        QTRY_COMPARE(f.slider()->maximum(), 1);
        f.bar.setPlaying(true);
        VERIFY_RESULT(f.tree.apply({TreeChange::Remove{id}, {}}));
        QTRY_VERIFY(!f.bar.isPlaying());
    }

    void elevationsHaveAList()
    {
        Fixture f;
        LayerDescription description;
        description.dimensions.push_back(
            {.name = u"elevation"_s, .unit = u"m"_s, .standard = u"10"_s, .values = {u"2"_s, u"10"_s}, .instants = {}});
        const auto id = f.add(description);
        QTRY_VERIFY(!f.bar.isHidden());
        auto *box = f.bar.findChild<QComboBox *>();
        QVERIFY(box);
        QCOMPARE(box->currentText(), u"10"_s);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Up);
        QCOMPARE(f.tree.find(id)->layer->dimensions, (Dimensions{{u"elevation"_s, u"2"_s}}));
        QCOMPARE(box->currentText(), u"2"_s);
    }
};

QTEST_MAIN(TestTimeBar)
#include "tst_timebar.moc"
