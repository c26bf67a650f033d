// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testkit.h"
#include "widgets/offline/offlinechoice.h"
#include "widgets/offline/offlinewindow.h"

#include <QComboBox>
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
        const auto boxes = choice.findChildren<QComboBox *>();
        QCOMPARE(boxes.size(), 2);
        boxes[0]->setCurrentIndex(boxes[0]->findData(50000));
        boxes[1]->setCurrentIndex(boxes[1]->findData(1000));
        QCOMPARE(choice.wish().largestScale, 1000.0);
        QCOMPARE(choice.wish().smallestScale, 50000.0);
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
