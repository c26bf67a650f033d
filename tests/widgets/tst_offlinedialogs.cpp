// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testkit.h"
#include "widgets/offline/areachoice.h"
#include "widgets/offline/offlinechoice.h"
#include "widgets/offline/offlinewindow.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeWidget>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

constexpr Extent keptArea{610000, 5970000, 612000, 5971000};

std::vector<OfflineChoice::Candidate> candidates()
{
    return {{u"Hitze"_s, {.provider = u"wms"_s, .layer = u"heat"_s}, true},
            {u"Lärm"_s, {.provider = u"wms"_s, .layer = u"noise"_s}, false}};
}

Geometry triangle()
{
    return {.kind = GeometryKind::Polygon,
            .points = {{610000, 5970000}, {612000, 5970000}, {611000, 5971000}, {610000, 5970000}},
            .ringEnds = {4},
            .partStarts = {}};
}

QComboBox *comboOf(const QWidget &dialog, const QString &name)
{
    for (auto *box : dialog.findChildren<QComboBox *>()) {
        if (box->accessibleName() == name)
            return box;
    }
    return nullptr;
}

void choose(QComboBox *box, const QString &text)
{
    box->setCurrentIndex(box->findText(text));
}

QPushButton *buttonOf(const QWidget &dialog, const QString &text)
{
    for (auto *button : dialog.findChildren<QPushButton *>()) {
        if (button->text().remove(u'&') == text)
            return button;
    }
    return nullptr;
}

} // namespace

class TestOfflineDialogs : public QObject
{
    Q_OBJECT
private slots:
    void whatIsVisibleIsChosenAtFirst()
    {
        const OfflineChoice choice(candidates(), keptArea, 10000);
        const auto wish = choice.wish();
        QCOMPARE(wish.layers.size(), 1u);
        QCOMPARE(wish.layers.front().title, u"Hitze"_s);
        QCOMPARE(wish.area, keptArea);
        QCOMPARE(wish.smallestScale, 10000.0);
        QCOMPARE(wish.largestScale, 2500.0); // the nearest to five times as large
    }

    void nothingIsFetchedBeforeItIsKnownWhatItTakes()
    {
        OfflineChoice choice(candidates(), keptArea, 10000);
        QSignalSpy changed(&choice, &OfflineChoice::changed);
        auto *fetch = buttonOf(choice, u"Fetch"_s);
        QVERIFY(fetch);
        QVERIFY(!fetch->isEnabled());
        QVERIFY(changed.wait());
        choice.setEstimate(u"About 12 requests"_s, true);
        QVERIFY(fetch->isEnabled());
        auto *layers = choice.findChild<QListWidget *>();
        layers->item(1)->setCheckState(Qt::Checked);
        QVERIFY(!fetch->isEnabled());
        QVERIFY(changed.wait());
        QCOMPARE(choice.wish().layers.size(), 2u);
        choice.setEstimate(u"“Lärm” holds personal data"_s, false);
        QVERIFY(!fetch->isEnabled());
        for (int i = 0; i < 2; ++i)
            layers->item(i)->setCheckState(Qt::Unchecked);
        QVERIFY(choice.wish().isEmpty());
        QVERIFY(!changed.wait(500));
    }

    void scalesMayBeChosenTheOtherWayRound()
    {
        OfflineChoice choice(candidates(), keptArea, 10000);
        auto *from = comboOf(choice, u"Largest scale"_s), *to = comboOf(choice, u"Smallest scale"_s);
        QVERIFY(from && to);
        from->setCurrentIndex(from->findData(50000));
        to->setCurrentIndex(to->findData(1000));
        QCOMPARE(choice.wish().largestScale, 1000.0);
        QCOMPARE(choice.wish().smallestScale, 50000.0);
    }

    void aRectangleIsDrawnOrTyped()
    {
        OfflineChoice choice(candidates(), keptArea, 10000);
        auto *kind = comboOf(choice, u"Area"_s);
        QVERIFY(kind);
        QCOMPARE(kind->count(), 2); // neither objects nor layers of areas
        choose(kind, u"Rectangle"_s);
        QCOMPARE(choice.wish().area, keptArea); // where one begins
        QSignalSpy wanted(&choice.area(), &AreaChoice::boxWanted);
        buttonOf(choice, u"Draw on the map"_s)->click();
        QCOMPARE(wanted.size(), 1);
        const Geometry box{.kind = GeometryKind::Polygon,
                           .points = {{1000, 2000}, {3000, 2000}, {3000, 5000}, {1000, 5000}, {1000, 2000}},
                           .ringEnds = {5},
                           .partStarts = {}};
        choice.area().setBox(box);
        QCOMPARE(choice.wish().area, (Extent{1000, 2000, 3000, 5000}));
        QVERIFY(choice.wish().shape.isEmpty());
        auto turned = box;
        turned.points = {{2000, 1000}, {3000, 2000}, {2000, 3000}, {1000, 2000}, {2000, 1000}};
        choice.area().setBox(turned);
        QCOMPARE(choice.wish().area, (Extent{1000, 1000, 3000, 3000}));
        QCOMPARE(choice.wish().shape, turned);
        const auto sides = choice.findChildren<QDoubleSpinBox *>();
        QCOMPARE(sides.size(), 4);
        QCOMPARE(sides[0]->accessibleName(), u"West"_s);
        sides[0]->setValue(500);
        QCOMPARE(choice.wish().area, (Extent{500, 1000, 3000, 3000}));
        QVERIFY(choice.wish().shape.isEmpty());
        sides[0]->setValue(3000);
        QVERIFY(choice.wish().isEmpty()); // of no width
        QVERIFY(!buttonOf(choice, u"Fetch"_s)->isEnabled());
    }

    void theObjectOnTheMapIsAnArea()
    {
        OfflineChoice choice(candidates(), keptArea, 10000);
        choice.area().offerObject({u"Innenstadt"_s, triangle()});
        choose(comboOf(choice, u"Area"_s), u"“Innenstadt”, chosen on the map"_s);
        QCOMPARE(choice.wish().shape, triangle());
        QCOMPARE(choice.wish().area, triangle().extent());
        QCOMPARE(choice.wish().title, u"Innenstadt"_s);
        choose(comboOf(choice, u"Area"_s), u"What the map shows now"_s);
        QCOMPARE(choice.wish().area, keptArea);
        QVERIFY(choice.wish().shape.isEmpty());
    }

    void anAreaIsChosenByItsName()
    {
        OfflineChoice choice(candidates(), keptArea, 10000);
        choice.findChild<QLineEdit *>()->setText(u"Meins"_s);
        const QUuid districts = QUuid::createUuid(), plans = QUuid::createUuid();
        choice.area().offerLayers({{districts, u"Stadtteile"_s}, {plans, u"Pläne"_s}});
        QSignalSpy wanted(&choice.area(), &AreaChoice::objectsWanted);
        choose(comboOf(choice, u"Area"_s), u"Area of an object, such as a district"_s);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.front().front().toUuid(), districts);
        QVERIFY(choice.wish().isEmpty()); // nothing has come yet
        choice.area().setObjects(plans, {{u"Plan 1"_s, triangle()}}); // not asked for any more
        QVERIFY(choice.wish().isEmpty());
        choice.area().setObjects(districts, {{u"Buntekuh"_s, {}}, {u"Innenstadt"_s, triangle()}});
        choose(comboOf(choice, u"Object"_s), u"Innenstadt"_s);
        QCOMPARE(choice.wish().shape, triangle());
        QCOMPARE(choice.wish().title, u"Meins"_s); // a name that somebody gave stays
        choose(comboOf(choice, u"From the layer"_s), u"Pläne"_s);
        QCOMPARE(wanted.back().front().toUuid(), plans);
        QVERIFY(choice.wish().isEmpty());
        choice.area().setObjects(plans, {}, u"The file is gone."_s);
        QVERIFY(choice.wish().isEmpty());
        QCOMPARE(comboOf(choice, u"Object"_s)->currentText(), u"The file is gone."_s);
        QVERIFY(!comboOf(choice, u"Object"_s)->isEnabled());
    }

    void aThemeChoosesItsLayers()
    {
        auto offered = candidates();
        offered[1].themes = {u"Lärm in der Stadt"_s};
        offered.push_back(
            {u"Ruhige Gebiete"_s, {.provider = u"wms"_s, .layer = u"quiet"_s}, false, {u"Lärm in der Stadt"_s}, false});
        OfflineChoice choice(offered, keptArea, 10000);
        auto *layers = choice.findChild<QListWidget *>();
        QVERIFY(layers->item(2)->isHidden());
        choose(comboOf(choice, u"Choice of layers"_s), u"Theme “Lärm in der Stadt”"_s);
        const auto wish = choice.wish();
        QCOMPARE(wish.layers.size(), 2u);
        QCOMPARE(wish.layers[0].title, u"Lärm"_s);
        QCOMPARE(wish.layers[1].title, u"Ruhige Gebiete"_s);
        QCOMPARE(wish.title, u"Lärm in der Stadt"_s);
        QVERIFY(!layers->item(2)->isHidden());
        choose(comboOf(choice, u"Choice of layers"_s), u"What is on the map"_s);
        QCOMPARE(choice.wish().layers.size(), 1u);
        QCOMPARE(choice.wish().layers.front().title, u"Hitze"_s);
        QVERIFY(layers->item(2)->isHidden());
    }

    void withoutLayersItSaysWhy()
    {
        const OfflineChoice choice({}, keptArea, 10000);
        QVERIFY(!buttonOf(choice, u"Fetch"_s)->isEnabled());
        bool told = false;
        for (const auto *text : choice.findChildren<QLabel *>())
            told = told || text->text() == u"No layer on the map comes from a service."_s;
        QVERIFY(told);
    }

    void theListSaysWhatCanBeDone()
    {
        OfflineWindow window;
        QSignalSpy fetch(&window, &OfflineWindow::fetchWanted), pause(&window, &OfflineWindow::pauseWanted),
            removed(&window, &OfflineWindow::removeWanted);
        OfflineWindow::Entry entry{
            .id = u"1"_s, .title = u"Hafen"_s, .state = u"paused"_s, .size = {}, .age = {}, .details = {}};
        window.setEntries({entry});
        QCOMPARE(window.current(), u"1"_s);
        auto *button = buttonOf(window, u"Go on"_s);
        QVERIFY(button);
        button->click();
        QCOMPARE(fetch.size(), 1);
        entry.running = true;
        window.setEntries({entry});
        QCOMPARE(button->text().remove(u'&'), u"Pause"_s);
        QVERIFY(!buttonOf(window, u"Remove"_s)->isEnabled());
        button->click();
        QCOMPARE(pause.size(), 1);
        window.setProgress(u"1"_s, 0.42);
        QVERIFY(window.findChild<QTreeWidget *>()->topLevelItem(0)->text(1).contains(u"42"_s));
        entry.running = false;
        entry.complete = true;
        window.setEntries({entry});
        QCOMPARE(button->text().remove(u'&'), u"Bring up to date"_s);
        buttonOf(window, u"Remove"_s)->click();
        QCOMPARE(removed.size(), 1);
        window.setEntries({});
        QCOMPARE(window.current(), QString());
        QVERIFY(!button->isEnabled());
    }
};

QTEST_MAIN(TestOfflineDialogs)
#include "tst_offlinedialogs.moc"
