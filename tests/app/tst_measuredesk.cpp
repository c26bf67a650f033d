// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/measuredesk.h"
#include "app/noticearea.h"
#include "tests/app/appfixture.h"
#include "tests/support/testkit.h"
#include "widgets/measures/importpreview.h"
#include "widgets/measures/measurefilterbar.h"
#include "widgets/measures/measurepage.h"
#include "widgets/measures/measuretable.h"
#include "widgets/measures/measurewindow.h"

#include <QLineEdit>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

struct Desk {
    SessionStage stage;
    QWidget parent;
    QAction undo;
    NoticeArea notices{&undo, &parent};
    MeasureDesk desk{*stage.session, notices, &parent};

    int shown() const { return desk.window()->table().model().shown(); }
    bool open()
    {
        desk.show();
        return QTest::qWaitFor([this] { return shown() == 260 && !desk.window()->isBusy(); }, 30000);
    }
    bool close()
    {
        desk.window()->close();
        return QTest::qWaitFor([this] { return !desk.window(); });
    }
    QString titleOf(const QString &number) const
    {
        auto &model = desk.window()->table().model();
        return model.measure(model.indexOf(number))->measure.title;
    }
};

} // namespace

class TestMeasureDesk : public QObject
{
    Q_OBJECT
private slots:
    void theFirstOpeningBringsTheStrategysMeasures()
    {
        Desk desk;
        QVERIFY(desk.open());
        QVERIFY(desk.desk.window()->message().isEmpty());
        QVERIFY(desk.desk.window()->page().measure());
    }

    void filtersAndEditsAreThereWhenTheWindowIsOpenedAgain()
    {
        Desk desk;
        QVERIFY(desk.open());
        desk.desk.window()->filterBar().setFilter({.fields = {4}});
        desk.desk.window()->filterBar().saveAs(u"Verkehr"_s);
        desk.desk.window()->filterBar().setFilter({});
        auto *title = desk.desk.window()->page().findChild<QLineEdit *>(u"title"_s);
        QVERIFY(title && title->isEnabled());
        title->setText(u"Neu"_s);
        emit title->editingFinished();
        const auto number = desk.desk.window()->page().measure()->number;
        QVERIFY(desk.close());
        QVERIFY(desk.open());
        QCOMPARE(desk.desk.window()->filterBar().saved().size(), 1);
        QCOMPARE(desk.desk.window()->filterBar().saved().first().filter.fields, QSet<int>{4});
        QCOMPARE(desk.titleOf(number), u"Neu"_s);
    }

    void whatIsExportedAndChangedCanBeImported()
    {
        Desk desk;
        QVERIFY(desk.open());
        const auto path = desk.stage.dir.filePath(u"measures.csv"_s);
        desk.desk.exportTo(path);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path) && !desk.desk.window()->isBusy(), 30000);
        const auto before = desk.titleOf(u"1.4"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        auto text = file.readAll();
        QVERIFY(text.contains(before.toUtf8()));
        text.replace(before.toUtf8(), "Neuer Titel");
        file.resize(0);
        file.seek(0);
        file.write(text);
        file.close();
        desk.desk.importFrom(path);
        QTRY_VERIFY_WITH_TIMEOUT(desk.desk.window()->findChild<ImportPreview *>(), 30000);
        QCOMPARE(desk.titleOf(u"1.4"_s), before); // a preview changes nothing
        desk.desk.window()->findChild<ImportPreview *>()->accept();
        QTRY_COMPARE_WITH_TIMEOUT(desk.titleOf(u"1.4"_s), u"Neuer Titel"_s, 30000);
    }

    void openDataHaveTheirDescription()
    {
        Desk desk;
        QVERIFY(desk.open());
        const auto path = desk.stage.dir.filePath(u"offen.csv"_s), about = desk.stage.dir.filePath(u"offen.jsonld"_s);
        desk.desk.exportOpenData(path);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path) && QFile::exists(about) && !desk.desk.window()->isBusy(), 30000);
        QFile file(about);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("dcat:Dataset"));
        desk.desk.exportOpenData(desk.stage.dir.filePath(u"none/offen.csv"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!desk.desk.window()->isBusy(), 30000);
        QVERIFY(!desk.desk.window()->message().isEmpty());
    }

    void aFileThatIsNoneIsTold()
    {
        Desk desk;
        QVERIFY(desk.open());
        desk.desk.importFrom(desk.stage.dir.filePath(u"missing.csv"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!desk.desk.window()->message().isEmpty(), 30000);
        QVERIFY(!desk.desk.window()->isBusy());
    }

    void whereTheStoreCannotBeOpenedTheMeasuresAreStillRead()
    {
        Desk desk;
        QVERIFY(QDir().mkpath(desk.stage.paths.data));
        QFile blocked(desk.stage.paths.data + u"/measures.sqlite"_s);
        QVERIFY(QDir().mkpath(blocked.fileName() + u"/full"_s)); // a folder where the file should be
        QVERIFY(desk.open());
        QVERIFY(!desk.desk.window()->message().isEmpty());
        QVERIFY(!desk.desk.window()->page().findChild<QLineEdit *>(u"title"_s)->isEnabled());
    }
};

QTEST_MAIN(TestMeasureDesk)
#include "tst_measuredesk.moc"
