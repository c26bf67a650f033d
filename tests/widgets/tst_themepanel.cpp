// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testkit.h"
#include "widgets/layers/thememodel.h"
#include "widgets/layers/themepanel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QListView>
#include <QSignalSpy>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

std::vector<MapTheme> themes()
{
    MapTheme noise{.id = u"noise"_s,
                   .title = u"Noise"_s,
                   .summary = u"How loud it is"_s,
                   .explanation = u"<b>Loud</b>"_s,
                   .questions = {u"Where?"_s},
                   .provenance = {.source = u"City"_s, .licence = u"dl-de/by-2-0"_s, .demo = true}};
    noise.variants.push_back({.id = u"old"_s, .title = u"DIN 18005-2"_s});
    return {{.id = u"heat"_s, .title = u"Heat"_s}, noise, {.id = u"own-a"_s, .title = u"Mine"_s, .userMade = true}};
}

QAction *action(const QWidget &panel, const QString &text)
{
    for (auto *a : panel.findChildren<QAction *>())
        if (a->text().startsWith(text))
            return a;
    return nullptr;
}

} // namespace

class TestThemePanel : public QObject
{
    Q_OBJECT
private slots:
    void theModelKeepsItsWord()
    {
        ThemeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setThemes(themes());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setCurrent(u"noise"_s);
        QCOMPARE(changed.count(), 1);
        QVERIFY(model.index(1).data(ThemeModel::CurrentRole).toBool());
        QVERIFY(!model.index(0).data(ThemeModel::CurrentRole).toBool());
        model.setThemes({});
        QCOMPARE(model.rowCount(), 0);
    }

    void keyboardAndMouseChooseOnce()
    {
        ThemePanel panel;
        panel.setThemes(themes(), u"heat"_s);
        panel.resize(320, 700);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto *list = panel.findChild<QListView *>();
        QSignalSpy chosen(&panel, &ThemePanel::chosen);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(1, 0)).center());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.takeFirst().at(0).toString(), u"noise"_s);
        panel.setCurrent(u"noise"_s);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.takeFirst().at(0).toString(), u"own-a"_s);
    }

    void detailsAreThoseOfTheThemeOnTheMapAndPlainText()
    {
        ThemePanel panel;
        panel.setThemes(themes(), u"noise"_s);
        QStringList texts;
        for (const auto *l : panel.findChildren<QLabel *>()) {
            texts << l->text();
            if (l->text().contains(u"Loud"_s))
                QCOMPARE(l->textFormat(), Qt::PlainText);
        }
        const auto all = texts.join(u'|');
        for (const auto &part : {u"<b>Loud</b>"_s, u"Where?"_s, u"City"_s, u"dl-de/by-2-0"_s, u"made up"_s})
            QVERIFY2(all.contains(part), qPrintable(part));
    }

    void variantsAreOffered()
    {
        ThemePanel panel;
        panel.setThemes(themes(), u"noise"_s);
        auto *variants = panel.findChild<QComboBox *>();
        QCOMPARE(variants->count(), 2);
        QSignalSpy chosen(&panel, &ThemePanel::variantChosen);
        variants->setCurrentIndex(1);
        emit variants->activated(1);
        QCOMPARE(chosen.takeFirst(), (QVariantList{u"noise"_s, u"old"_s}));
        panel.setVariant(QString());
        QCOMPARE(variants->currentIndex(), 0);
        panel.setVariant(u"old"_s);
        QCOMPARE(variants->currentIndex(), 1);
        panel.setVariant(std::nullopt);
        QCOMPARE(variants->currentIndex(), -1);
        QVERIFY(chosen.isEmpty());
        panel.setCurrent(u"heat"_s);
        QVERIFY(variants->parentWidget()->isHidden());
    }

    void onlyOwnThemesCanBeRenamedAndDeleted()
    {
        ThemePanel panel;
        panel.setThemes(themes(), u"heat"_s);
        QVERIFY(action(panel, u"Duplicate"_s)->isEnabled());
        QVERIFY(!action(panel, u"Rename"_s)->isEnabled() && !action(panel, u"Delete"_s)->isEnabled());
        panel.setCurrent(u"own-a"_s);
        QVERIFY(action(panel, u"Rename"_s)->isEnabled() && action(panel, u"Delete"_s)->isEnabled());
        QSignalSpy renamed(&panel, &ThemePanel::renameRequested);
        action(panel, u"Rename"_s)->trigger();
        auto *dialog = panel.findChild<QInputDialog *>();
        QVERIFY(dialog);
        dialog->setTextValue(u"  Better "_s);
        dialog->accept();
        QCOMPARE(renamed.takeFirst(), (QVariantList{u"own-a"_s, u"Better"_s}));
    }
};

QTEST_MAIN(TestThemePanel)
#include "tst_themepanel.moc"
