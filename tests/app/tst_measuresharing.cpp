// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/measuredesk.h"
#include "app/noticearea.h"
#include "datasources/live/serviceaccess.h"
#include "datasources/net/credentials.h"
#include "tests/app/appfixture.h"
#include "tests/servers/postgres.h"
#include "tests/support/testkit.h"
#include "widgets/measures/conflictdialog.h"
#include "widgets/measures/measurepage.h"
#include "widgets/measures/measuretable.h"
#include "widgets/measures/measurewindow.h"
#include "widgets/measures/measurework.h"
#include "widgets/measures/storedialog.h"
#include "widgets/measures/storeline.h"

#include <QDirIterator>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

constexpr int patience = 30000;

/** A person at a computer of their own. */
struct Desk {
    SessionStage stage{
        {}, std::make_shared<ServiceAccess>(ServiceAccess::Options{}, std::make_shared<MemoryCredentials>())};
    QString person = u"Anna"_s;
    QWidget parent;
    QAction undo;
    NoticeArea notices{&undo, &parent};
    MeasureDesk desk{*stage.session, notices, &parent};

    MeasureWindow &window() { return *desk.window(); }
    int shown() { return window().table().model().shown(); }
    bool open()
    {
        desk.show();
        return QTest::qWaitFor([this] { return !window().isBusy() && desk.work()->isWritable(); }, patience);
    }
    StoreDialog *storeDialog()
    {
        emit window().storeWanted();
        return window().findChild<StoreDialog *>();
    }
    /** The fields as a person fills them in. */
    void fillIn(StoreDialog &dialog, const Postgres &server, const QString &database = u"city"_s) const
    {
        const auto lines = dialog.findChildren<QLineEdit *>();
        dialog.findChildren<QRadioButton *>().at(1)->setChecked(true);
        QStringList texts{person, u"127.0.0.1"_s, database, u"office"_s, u"s3cr3tword"_s};
        for (auto *line : lines) {
            if (qobject_cast<QAbstractSpinBox *>(line->parentWidget()))
                continue;
            line->clear();
            QTest::keyClicks(line, texts.takeFirst());
        }
        dialog.findChild<QSpinBox *>()->setValue(server.port());
    }
    static QPushButton *ok(StoreDialog &dialog)
    {
        return dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    }
    bool share(const Postgres &server, bool isEmpty)
    {
        auto *dialog = storeDialog();
        fillIn(*dialog, server);
        ok(*dialog)->click();
        const QPointer held(dialog);
        if (isEmpty) {
            if (!QTest::qWaitFor([&] { return ok(*dialog)->isEnabled() && dialog->choice().make; }, patience))
                return false;
            ok(*dialog)->click();
        }
        return QTest::qWaitFor([&] { return !held; }, patience) && isSame();
    }
    bool isSame()
    {
        return QTest::qWaitFor([this] { return shown() == 260 && says(u"all have the same"_s); }, patience);
    }
    bool says(const QString &text) { return window().storeLine().text().contains(text); }
    QString titleOf(const QString &number) const
    {
        return const_cast<Desk *>(this)->desk.work()->find(number)->measure.title;
    }
    void retitle(const QString &number, const QString &title)
    {
        const auto before = desk.work()->find(number)->measure;
        auto after = before;
        after.title = title;
        VERIFY_RESULT(desk.work()->edit(before, after, u"Titel"_s));
    }
    void compareNow() { emit window().storeLine().tryWanted(); }
};

} // namespace

/** Two people with a real PostgreSQL between them, at their windows. */
class TestMeasureSharing : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_server = std::make_unique<Postgres>();
        QCOMPARE(m_server->problem(), QString());
        QCOMPARE(m_server->run(u"CREATE USER office PASSWORD 's3cr3tword'; GRANT CREATE ON DATABASE city TO office"_s),
                 QString());
    }
    void init() { QCOMPARE(m_server->run(u"DROP SCHEMA IF EXISTS hanseatlas CASCADE"_s), QString()); }

    void whatOneChangesTheOtherSees()
    {
        Desk anna, bert;
        QVERIFY(anna.open() && bert.open());
        QVERIFY(anna.says(u"on this computer"_s));
        anna.retitle(u"1.4"_s, u"Vorher"_s);
        QVERIFY(anna.share(*m_server, true)); // begins with what Anna has
        QVERIFY(bert.share(*m_server, false));
        QCOMPARE(bert.titleOf(u"1.4"_s), u"Vorher"_s);
        bert.retitle(u"1.4"_s, u"Neu"_s);
        QTRY_COMPARE_WITH_TIMEOUT(anna.titleOf(u"1.4"_s), u"Neu"_s, patience); // by itself
        // Undo takes back one's own, and the other one sees that, too.
        bert.desk.work()->undoStack().undo();
        QTRY_COMPARE_WITH_TIMEOUT(anna.titleOf(u"1.4"_s), u"Vorher"_s, patience);
    }

    void nothingIsSwitchedToWhatDoesNotWork()
    {
        Desk anna;
        QVERIFY(anna.open());
        auto *dialog = anna.storeDialog();
        anna.fillIn(*dialog, *m_server, u"nowhere"_s);
        Desk::ok(*dialog)->click();
        QTRY_VERIFY_WITH_TIMEOUT(Desk::ok(*dialog)->isEnabled(), patience);
        QVERIFY(!dialog->choice().make); // no such database: nothing to be set up
        QVERIFY(dialog->isVisible());
        dialog->reject();
        QVERIFY(anna.says(u"on this computer"_s));
        QCOMPARE(anna.shown(), 260);
    }

    void thePasswordStandsInNoFile()
    {
        Desk anna;
        QVERIFY(anna.open());
        QVERIFY(anna.share(*m_server, true));
        anna.window().close();
        QDir folder(anna.stage.dir.path());
        QDirIterator files(folder.path(), QDir::Files, QDirIterator::Subdirectories);
        int looked = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("s3cr3tword"), qPrintable(file.fileName()));
            ++looked;
        }
        QVERIFY(looked > 1);
    }

    void whoChangedTheSameIsAsked()
    {
        Desk anna, bert;
        QVERIFY(anna.open() && bert.open());
        bert.person = u"Bert"_s;
        QVERIFY(anna.share(*m_server, true) && bert.share(*m_server, false));
        // Both at once: Bert's way to the server is closed meanwhile.
        bert.stage.session->setOffline(true);
        bert.retitle(u"1.4"_s, u"Von Bert"_s);
        QTRY_VERIFY_WITH_TIMEOUT(bert.says(u"offline"_s), patience);
        anna.retitle(u"1.4"_s, u"Von Anna"_s);
        anna.compareNow();
        QTRY_VERIFY_WITH_TIMEOUT(anna.says(u"all have the same"_s), patience);
        bert.stage.session->setOffline(false);
        QTRY_VERIFY_WITH_TIMEOUT(bert.says(u"1 measure(s) changed by you and somebody else"_s), patience);
        QCOMPARE(bert.titleOf(u"1.4"_s), u"Von Bert"_s);
        emit bert.window().storeLine().decisionWanted();
        auto *dialog = bert.window().findChild<ConflictDialog *>();
        QVERIFY(dialog);
        QVERIFY(dialog->decisions().isEmpty()); // nothing is preselected
        const auto choices = dialog->findChildren<QRadioButton *>();
        QCOMPARE(choices.size(), 2);
        const auto labels = dialog->findChildren<QLabel *>();
        QVERIFY(std::ranges::any_of(labels, [](const auto *label) { return label->text().contains(u"Anna"_s); }));
        choices.at(0)->setChecked(true); // mine
        QCOMPARE(dialog->decisions().size(), 1);
        dialog->accept();
        QTRY_VERIFY_WITH_TIMEOUT(bert.says(u"all have the same"_s), patience);
        QTRY_COMPARE_WITH_TIMEOUT(anna.titleOf(u"1.4"_s), u"Von Bert"_s, patience);
    }

    void withoutServerTheCopyOpensAndIsSentLater()
    {
        Desk anna;
        QVERIFY(anna.open());
        QVERIFY(anna.share(*m_server, true));
        anna.window().close();
        QTRY_VERIFY(!anna.desk.window());
        m_server->stop();
        {
            MeasureDesk later(*anna.stage.session, anna.notices, &anna.parent); // as after a new start
            later.show();
            QTRY_VERIFY_WITH_TIMEOUT(!later.window()->isBusy() && later.work()->isWritable(), patience);
            QCOMPARE(later.window()->table().model().shown(), 260);
            QTRY_VERIFY_WITH_TIMEOUT(later.window()->storeLine().text().contains(u"not reached"_s), patience);
            const auto before = later.work()->find(u"1.4"_s)->measure;
            auto after = before;
            after.title = u"Unterwegs"_s;
            VERIFY_RESULT(later.work()->edit(before, after, u"Titel"_s));
            QVERIFY(m_server->start());
            emit later.window()->storeLine().tryWanted();
            QTRY_VERIFY_WITH_TIMEOUT(later.window()->storeLine().text().contains(u"all have the same"_s), patience);
        }
        Desk bert;
        QVERIFY(bert.open());
        QVERIFY(bert.share(*m_server, false));
        QCOMPARE(bert.titleOf(u"1.4"_s), u"Unterwegs"_s);
    }

    void whatIsBeingWrittenIsNotTakenAway()
    {
        Desk anna, bert;
        QVERIFY(anna.open() && bert.open());
        QVERIFY(anna.share(*m_server, true) && bert.share(*m_server, false));
        bert.desk.work()->setCurrent(u"1.4"_s);
        auto *title = bert.window().page().findChild<QLineEdit *>(u"title"_s);
        bert.window().activateWindow();
        title->setFocus();
        QTRY_VERIFY(title->hasFocus());
        title->selectAll();
        QTest::keyClicks(title, u"Halb geschr"_s);
        anna.retitle(u"1.4"_s, u"Von Anna"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bert.titleOf(u"1.4"_s), u"Von Anna"_s, patience);
        QCOMPARE(title->text(), u"Halb geschr"_s);
        QVERIFY(bert.window().page().problemOf(u"title"_s).contains(u"Von Anna"_s));
        QTest::keyClick(title, Qt::Key_Return);
        QCOMPARE(bert.titleOf(u"1.4"_s), u"Halb geschr"_s);
        QVERIFY(bert.window().page().problemOf(u"title"_s).isEmpty());
    }

    void backToOnesOwn()
    {
        Desk anna;
        QVERIFY(anna.open());
        QVERIFY(anna.share(*m_server, true));
        anna.retitle(u"1.4"_s, u"Gemeinsam"_s);
        auto *dialog = anna.storeDialog();
        QVERIFY(dialog->choice().isShared);
        dialog->findChildren<QRadioButton *>().at(0)->setChecked(true);
        Desk::ok(*dialog)->click();
        QTRY_VERIFY_WITH_TIMEOUT(anna.says(u"on this computer"_s) && !anna.window().isBusy(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(anna.titleOf(u"1.4"_s) != u"Gemeinsam"_s, patience);
        QVERIFY(!anna.desk.work()->undoStack().canUndo()); // that was in the other store
    }

private:
    std::unique_ptr<Postgres> m_server;
};

QTEST_MAIN(TestMeasureSharing)
#include "tst_measuresharing.moc"
