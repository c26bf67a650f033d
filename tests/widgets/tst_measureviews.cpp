// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/localmeasurestore.h"
#include "layers/measures/duties.h"
#include "layers/measures/measureplace.h"
#include "tests/layers/measures/measurefixture.h"
#include "tests/support/testkit.h"
#include "widgets/measures/askdialog.h"
#include "widgets/measures/changelist.h"
#include "widgets/measures/dutylist.h"
#include "widgets/measures/importpreview.h"
#include "widgets/measures/measureboard.h"
#include "widgets/measures/measurefilterbar.h"
#include "widgets/measures/measurepage.h"
#include "widgets/measures/measuretable.h"
#include "widgets/measures/measurewindow.h"
#include "widgets/measures/measurework.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QFile>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

/** The shipped measures in a real store of a temporary folder. */
struct Desk {
    QTemporaryDir folder;
    QString path = folder.filePath(u"measures.sqlite"_s);
    MeasureWork work{shippedFacts()};

    explicit Desk(const QList<Measure> &measures = shippedMeasures())
    {
        work.setPerson(u"Frau A"_s);
        auto store = open();
        ChangeSet first;
        for (const auto &measure : measures)
            first.changes.append(createMeasure(measure));
        if (!store->save(first, work.note(), {}, {}))
            qFatal("The measures could not be saved");
        work.setStore(store);
        work.setMeasures(store->read({}, {}).value());
    }
    std::shared_ptr<LocalMeasureStore> open() const { return LocalMeasureStore::open(path, shippedFacts()).value(); }
    Measure stored(const QString &number) const // as another program reads the file
    {
        const auto all = open()->read({}, {}).value();
        const auto it = std::ranges::find_if(all, [&](const auto &one) { return one.measure.number == number; });
        return it == all.end() ? Measure() : it->measure;
    }
    Measure shown(const QString &number) const
    {
        const auto *stored = work.find(number);
        return stored ? stored->measure : Measure();
    }
};

void type(QWidget &page, const QString &field, const QString &text)
{
    auto *line = page.findChild<QLineEdit *>(field);
    QVERIFY(line);
    line->setText(text);
    emit line->editingFinished();
}

/** A store whose disk is full. */
class FullStore final : public MeasureStore
{
public:
    explicit FullStore(QList<StoredMeasure> measures)
        : m_measures(std::move(measures))
    {
    }
    Result<QList<StoredMeasure>> read(const CancelToken &, const Progress &) const override { return m_measures; }
    Result<SaveOutcome> save(const ChangeSet &, const ChangeNote &, const CancelToken &, const Progress &) override
    {
        return failure(ErrorKind::Storage, u"The disk is full."_s);
    }
    Result<QList<MeasureHistoryRow>> history(const HistoryQuery &, const CancelToken &) const override
    {
        return QList<MeasureHistoryRow>();
    }
    QString problem() const override { return {}; }

private:
    QList<StoredMeasure> m_measures;
};

} // namespace

class TestMeasureViews : public QObject
{
    Q_OBJECT
private slots:
    void newMeasuresAreMadeAndTakenBack()
    {
        Desk desk;
        MeasureWindow window(desk.work);
        desk.work.setCurrent(u"1.4"_s);
        auto *dialog = window.page().askNew();
        QVERIFY(dialog);
        auto lines = dialog->findChildren<QLineEdit *>();
        const auto suggested = dialog->answers()[0].toString();
        QVERIFY(suggested.startsWith(u"1."_s) && !desk.work.find(suggested));
        dialog->accept(); // without a title
        QVERIFY(dialog->isVisible() && !desk.work.find(suggested));
        lines[1]->setText(u"Neue Maßnahme"_s);
        lines[0]->setText(u"1.4"_s); // there is one already
        dialog->accept();
        QVERIFY(dialog->isVisible());
        lines[0]->setText(u"1.04"_s); // no number
        dialog->accept();
        QVERIFY(dialog->isVisible());
        lines[0]->setText(suggested);
        dialog->accept();
        QTRY_VERIFY(desk.work.find(suggested));
        QCOMPARE(desk.stored(suggested).title, u"Neue Maßnahme"_s);
        QCOMPARE(desk.stored(suggested).field, 1);
        QCOMPARE(desk.work.current(), suggested);
        desk.work.undoStack().undo();
        QTRY_VERIFY(!desk.work.find(suggested));
        desk.work.undoStack().redo();
        QTRY_VERIFY(desk.work.find(suggested));
    }

    void measuresAreRemovedAndTakenBack()
    {
        Desk desk;
        MeasureWindow window(desk.work);
        QSignalSpy refused(&window.page(), &MeasurePage::refused);
        const auto all = shippedMeasures();
        const auto part = std::ranges::find_if(all, [](const Measure &m) { return !m.parent.isEmpty(); });
        desk.work.setCurrent(part->parent);
        QVERIFY(!window.page().askRemove()); // it has parts
        QCOMPARE(refused.size(), 1);
        desk.work.setCurrent(u"1.4"_s);
        QPointer<QMessageBox> question = window.page().askRemove();
        QVERIFY(question);
        question->reject();
        QVERIFY(desk.work.find(u"1.4"_s));
        question = window.page().askRemove();
        question->accept();
        QTRY_VERIFY(!desk.work.find(u"1.4"_s));
        QCOMPARE(desk.stored(u"1.4"_s), Measure());
        desk.work.undoStack().undo();
        QTRY_VERIFY(desk.work.find(u"1.4"_s));
        QVERIFY(!desk.stored(u"1.4"_s).title.isEmpty());
    }

    void placesAreStated()
    {
        Desk desk;
        MeasureWindow window(desk.work);
        desk.work.setCurrent(u"1.4"_s);
        auto *dialog = window.page().askPlace();
        dialog->findChild<QComboBox *>()->setCurrentIndex(2);
        dialog->accept(); // which Stadtteil?
        QVERIFY(dialog->isVisible());
        dialog->findChild<QLineEdit *>()->setText(u"Moisling"_s);
        dialog->accept();
        QTRY_COMPARE(desk.stored(u"1.4"_s).place.district, u"Moisling"_s);
        QVERIFY(!window.page().takePlace("broken"_ba)); // the old one stands
        QCOMPARE(desk.stored(u"1.4"_s).place.district, u"Moisling"_s);
        const auto wkb = placeWkb({.kind = GeometryKind::Point, .points = {{611000, 5970000}}});
        VERIFY_RESULT(window.page().takePlace(wkb));
        QTRY_COMPARE(desk.stored(u"1.4"_s).place.wkb, wkb);
        desk.work.undoStack().undo();
        QTRY_COMPARE(desk.stored(u"1.4"_s).place.district, u"Moisling"_s);
    }

    void attachmentsAreDocumentsAndPages()
    {
        Desk desk;
        MeasureWindow window(desk.work);
        desk.work.setCurrent(u"1.4"_s);
        QFile file(desk.folder.filePath(u"plan.pdf"_s)), program(desk.folder.filePath(u"plan.sh"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && program.open(QIODevice::WriteOnly));
        auto *dialog = window.page().askAttachment();
        auto *reference = dialog->findChildren<QLineEdit *>()[1];
        for (const auto &bad :
             {program.fileName(), u"/fehlt.pdf"_s, u"javascript:alert(1)"_s, u"ftp://x/y.pdf"_s, QString()}) {
            reference->setText(bad);
            dialog->accept();
            QVERIFY2(dialog->isVisible(), qPrintable(bad));
        }
        reference->setText(file.fileName());
        dialog->accept();
        QTRY_COMPARE(desk.stored(u"1.4"_s).attachments.size(), 1);
        QCOMPARE(desk.stored(u"1.4"_s).attachments[0], (MeasureAttachment{u"plan.pdf"_s, file.fileName()}));
    }

    void whatHasChangedIsListed()
    {
        Desk desk;
        MeasureWindow window(desk.work);
        window.changes().setLastVisit(QDateTime::currentDateTimeUtc().addSecs(60)); // later than all of it
        window.showView(5);
        window.show();
        auto &model = window.changes().model();
        const QAbstractItemModelTester tester(&model);
        QTest::qWait(50);
        QCOMPARE(model.rowCount(), 0);
        auto after = desk.shown(u"1.4"_s);
        after.title = u"=Neuer Titel"_s;
        QVERIFY(desk.work.edit(desk.shown(u"1.4"_s), after, u"Titel"_s));
        window.changes().since().setCurrentIndex(1); // a week
        QTRY_VERIFY(model.rowCount() > 260);
        QCOMPARE(model.rows().first().number, u"1.4"_s); // the newest first
        QCOMPARE(model.index(0, HistoryModel::After).data().toString(), u"=Neuer Titel"_s);
        QCOMPARE(model.index(0, HistoryModel::Who).data().toString(), u"Frau A"_s);
        QVERIFY(model.toCsv().contains("'=Neuer Titel")); // no formula for a spreadsheet
        window.filterBar().setFilter({.fields = {12}});
        QTRY_VERIFY(model.rowCount() > 0 && std::ranges::all_of(model.rows(), [&](const MeasureHistoryRow &row) {
                        return desk.shown(row.number).field == 12;
                    }));
    }

    void allMeasuresStandInTheTable()
    {
        Desk desk;
        MeasureWindow window(desk.work);
        QCOMPARE(window.table().model().rowCount(), 260);
        const QAbstractItemModelTester tester(&window.table().model());
        for (const auto grouping : {MeasureGrouping::Tree, MeasureGrouping::Field, MeasureGrouping::Lead,
                                    MeasureGrouping::Stage, MeasureGrouping::Goal, MeasureGrouping::None})
            window.table().setGrouping(grouping);
        window.filterBar().setFilter({.text = u"lorawan"_s});
        QVERIFY(window.table().model().shown() > 0);
        QVERIFY(window.table().model().shown() < 20);
        window.filterBar().setFilter({});
        QCOMPARE(window.table().model().shown(), 260);
    }

    void aKeptFilterBringsItsConditionsBack()
    {
        Desk desk;
        MeasureWindow window(desk.work);
        const MeasureFilter filter{.text = u"netz"_s, .fields = {1}, .stages = {u""_s}};
        window.filterBar().setFilter(filter);
        QCOMPARE(window.filterBar().filter(), filter);
        window.filterBar().saveAs(u"Netze"_s);
        window.filterBar().setFilter({});
        QCOMPARE(window.filterBar().saved().size(), 1);
        QCOMPARE(window.filterBar().saved().first().filter, filter);
    }

    void whatIsChosenStaysChosenThroughGroupingSortingAndEditing()
    {
        Desk desk;
        MeasureWindow window(desk.work);
        desk.work.setCurrent(u"4.10"_s);
        const auto current = [&] { return window.table().view().currentIndex().data(MeasureNumberRole).toString(); };
        QCOMPARE(current(), u"4.10"_s);
        window.table().setGrouping(MeasureGrouping::Lead);
        QCOMPARE(current(), u"4.10"_s);
        window.table().view().sortByColumn(MeasureModel::Title, Qt::DescendingOrder);
        QCOMPARE(current(), u"4.10"_s);
        type(window.page(), u"title"_s, u"Ein neuer Titel"_s);
        QCOMPARE(current(), u"4.10"_s);
        QCOMPARE(desk.work.current(), u"4.10"_s);
    }

    void anEditSurvivesOpeningTheStoreAgain_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        QTest::newRow("title") << u"title"_s << u"Ein neuer Titel"_s;
        QTest::newRow("partners") << u"partners"_s << u"KWL GmbH; TraveKom"_s;
        QTest::newRow("start") << u"start"_s << QLocale().toString(QDate(2026, 3, 1), QLocale::ShortFormat);
        QTest::newRow("budget") << u"budget"_s << QLocale().toString(1234.56, 'f', 2);
    }

    void anEditSurvivesOpeningTheStoreAgain()
    {
        QFETCH(const QString, field);
        QFETCH(const QString, text);
        Desk desk;
        MeasurePage page(desk.work);
        desk.work.setCurrent(u"1.4"_s);
        const auto before = desk.shown(u"1.4"_s);
        type(page, field, text);
        QCOMPARE(page.problemOf(field), QString());
        const auto after = desk.shown(u"1.4"_s);
        QVERIFY(after != before);
        QCOMPARE(desk.stored(u"1.4"_s), after);
        if (field == "budget"_L1)
            QCOMPARE(after.budgetCents.value(), 123456);
        if (field == "start"_L1)
            QCOMPARE(after.start, QDate(2026, 3, 1));
        desk.work.undoStack().undo();
        QCOMPARE(desk.shown(u"1.4"_s), before);
        QCOMPARE(desk.stored(u"1.4"_s), before);
        desk.work.undoStack().redo();
        QCOMPARE(desk.stored(u"1.4"_s), after);
    }

    void whatIsWrongIsSaidBesideTheFieldAndNotWritten_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        QTest::newRow("no title") << u"title"_s << u" "_s;
        QTest::newRow("no date") << u"end"_s << u"next year"_s;
        QTest::newRow("a year out of reach") << u"end"_s << QLocale().toString(QDate(1802, 1, 1), u"dd.MM.yyyy");
        QTest::newRow("no money") << u"budget"_s << u"much"_s;
        QTest::newRow("no such measure") << u"parent"_s << u"99.1"_s;
    }

    void whatIsWrongIsSaidBesideTheFieldAndNotWritten()
    {
        QFETCH(const QString, field);
        QFETCH(const QString, text);
        Desk desk;
        MeasurePage page(desk.work);
        desk.work.setCurrent(u"1.4"_s);
        const auto before = desk.shown(u"1.4"_s);
        type(page, field, text);
        QVERIFY(!page.problemOf(field).isEmpty());
        QCOMPARE(desk.shown(u"1.4"_s), before);
        QCOMPARE(desk.stored(u"1.4"_s), before);
        QCOMPARE(desk.work.undoStack().count(), 0);
    }

    void editsOfSeveralFieldsAreTakenBackOneByOne()
    {
        Desk desk;
        MeasurePage page(desk.work);
        desk.work.setCurrent(u"1.4"_s);
        const auto before = desk.shown(u"1.4"_s);
        type(page, u"title"_s, u"A"_s);
        type(page, u"title"_s, u"B"_s);
        type(page, u"partners"_s, u"C"_s);
        QCOMPARE(desk.work.undoStack().count(), 3);
        for (int i = 0; i < 3; ++i)
            desk.work.undoStack().undo();
        QCOMPARE(desk.stored(u"1.4"_s), before);
        QCOMPARE(desk.work.undoStack().count(), 3);
    }

    void aReportIsKeptAndTakingItBackWithdrawsIt()
    {
        Desk desk;
        MeasurePage page(desk.work);
        desk.work.setCurrent(u"1.4"_s);
        auto *dialog = page.askReport();
        QVERIFY(dialog);
        dialog->accept(); // a report without a phase says nothing
        QVERIFY(dialog->isVisible());
        dialog->findChild<QComboBox *>()->setCurrentIndex(int(MeasurePhase::Implementation));
        dialog->findChild<QSpinBox *>()->setValue(40);
        dialog->accept();
        QVERIFY(!dialog->isVisible());
        const auto after = desk.stored(u"1.4"_s);
        QCOMPARE(after.reports.size(), 1);
        QCOMPARE(after.phase, MeasurePhase::Implementation);
        QCOMPARE(after.progress.value(), 40);
        QCOMPARE(after.reports.first().person, u"Frau A"_s);
        desk.work.undoStack().undo();
        const auto back = desk.stored(u"1.4"_s);
        QCOMPARE(back.reports.size(), 2); // nothing is ever taken out
        QVERIFY(!newestReport(back));
        QCOMPARE(back.phase, MeasurePhase::NotReported);
        QVERIFY(!desk.work.undoStack().canRedo());
    }

    void aStepThatMayNotFollowIsRefusedWithTheReason()
    {
        Desk desk;
        MeasureWindow window(desk.work);
        desk.work.setCurrent(u"1.4"_s);
        QPointer<AskDialog> dialog = window.page().askStep(u"idea"_s);
        QVERIFY(dialog);
        dialog->accept();
        QCOMPARE(desk.stored(u"1.4"_s).stage(), u"idea"_s);
        QVERIFY(!window.page().askStep(u"done"_s)); // from the idea to the end
        QVERIFY(!window.message().isEmpty());
        QCOMPARE(desk.stored(u"1.4"_s).governance.size(), 1);
        dialog = window.page().askStep(u"application_a"_s);
        QVERIFY(dialog);
        dialog->accept();
        QCOMPARE(desk.stored(u"1.4"_s).stage(), u"application_a"_s);
        desk.work.undoStack().undo();
        QCOMPARE(desk.stored(u"1.4"_s).stage(), u"idea"_s);
    }

    void aStageBeyondTheFirstNeedsANoteAndTheDialogSaysSo()
    {
        Desk desk;
        MeasurePage page(desk.work);
        desk.work.setCurrent(u"1.4"_s);
        auto *dialog = page.askStep(u"board"_s);
        QVERIFY(dialog);
        dialog->accept();
        QVERIFY(dialog->isVisible());
        QVERIFY(desk.stored(u"1.4"_s).governance.isEmpty());
        dialog->reject();
    }

    void aStoreThatCannotBeWrittenIsToldAndNothingSeemsChanged()
    {
        Desk desk;
        desk.work.setStore(std::make_shared<FullStore>(desk.work.measures()));
        MeasureWindow window(desk.work);
        desk.work.setCurrent(u"1.4"_s);
        const auto before = desk.shown(u"1.4"_s);
        type(window.page(), u"title"_s, u"Ein neuer Titel"_s);
        QCOMPARE(window.page().problemOf(u"title"_s), u"The disk is full."_s);
        QVERIFY(window.message().contains(u"The disk is full."_s));
        QCOMPARE(desk.shown(u"1.4"_s), before);
        QCOMPARE(desk.work.undoStack().count(), 0);
    }

    void withoutAStoreMeasuresAreReadAndNothingCanBeChanged()
    {
        MeasureWork work(shippedFacts());
        MeasureWindow window(work);
        QList<StoredMeasure> all;
        for (const auto &measure : shippedMeasures())
            all.append({measure, 0});
        work.setMeasures(all);
        work.setCurrent(u"1.4"_s);
        QVERIFY(!window.page().findChild<QLineEdit *>(u"title"_s)->isEnabled());
        QVERIFY(!window.page().askReport());
        const auto status = work.apply({{removeMeasure(all.first().measure, 0)}}, u"x"_s);
        VERIFY_FAILS(status, ErrorKind::Storage);
    }

    void twoWhoChangeDifferentFieldsBothKeepTheirs()
    {
        Desk desk;
        MeasurePage page(desk.work);
        desk.work.setCurrent(u"1.4"_s);
        auto theirs = desk.shown(u"1.4"_s);
        theirs.description = u"von jemand anderem"_s;
        const auto change = editMeasure(desk.shown(u"1.4"_s), theirs, desk.work.find(u"1.4"_s)->version);
        VERIFY_RESULT(desk.open()->save({{change}}, desk.work.note(), {}, {}));
        type(page, u"title"_s, u"Mein Titel"_s);
        const auto now = desk.stored(u"1.4"_s);
        QCOMPARE(now.title, u"Mein Titel"_s);
        QCOMPARE(now.description, u"von jemand anderem"_s);
        QCOMPARE(desk.shown(u"1.4"_s), now);
    }

    void theBoardMovesACardWhereTheProcessAllowsIt()
    {
        Desk desk;
        MeasureWindow window(desk.work);
        window.show();
        window.showView(1);
        auto *unreported = window.board().column({}), *ideas = window.board().column(u"idea"_s),
             *done = window.board().column(u"done"_s);
        QVERIFY(unreported && ideas && done);
        const QAbstractItemModelTester tester(ideas);
        QCOMPARE(unreported->rowCount(), 260);
        const std::unique_ptr<QMimeData> card(unreported->mimeData({unreported->index(unreported->rowOf(u"1.4"_s))}));
        QVERIFY(!unreported->canDropMimeData(card.get(), Qt::MoveAction, -1, -1, {})); // a stage is not forgotten
        QVERIFY(ideas->canDropMimeData(card.get(), Qt::MoveAction, -1, -1, {}));
        ideas->dropMimeData(card.get(), Qt::MoveAction, -1, -1, {});
        QTRY_VERIFY(window.findChild<AskDialog *>());
        window.findChild<AskDialog *>()->accept();
        QCOMPARE(desk.stored(u"1.4"_s).stage(), u"idea"_s);
        QCOMPARE(ideas->rowCount(), 1);
        QCOMPARE(unreported->rowCount(), 259);
        QTRY_VERIFY(!window.findChild<AskDialog *>());
        done->dropMimeData(card.get(), Qt::MoveAction, -1, -1, {});
        QTRY_VERIFY(!window.message().isEmpty());
        QVERIFY(!window.findChild<AskDialog *>());
        QCOMPARE(desk.stored(u"1.4"_s).stage(), u"idea"_s);
        desk.work.undoStack().undo();
        QCOMPARE(ideas->rowCount(), 0);
        QCOMPARE(unreported->rowCount(), 260);
    }

    void theMenuOfACardOffersWhatMayFollow()
    {
        auto measures = shippedMeasures();
        auto &first = measures.first();
        first.governance = {{u"idea"_s, QDate(2026, 1, 2), u"Frau A"_s, {}, {}, {}}};
        Desk desk(measures);
        MeasureBoard board(desk.work);
        QMenu menu;
        board.fillMenu(menu, first.number);
        const auto *move = menu.actions().first()->menu();
        QVERIFY(move);
        QStringList offered;
        for (const auto *action : move->actions()) {
            if (action->isEnabled())
                offered << action->text();
        }
        const auto facts = shippedFacts();
        QCOMPARE(offered, QStringList({facts.stage(u"application_a"_s)->title, facts.stage(u"rejected"_s)->title}));
    }

    void theToDoListTellsEachLeadWhatIsOverdue()
    {
        auto measures = shippedMeasures();
        measures.first().end = QDate(2020, 1, 1);
        Desk desk(measures);
        desk.work.setToday(QDate(2026, 11, 23));
        MeasureWindow window(desk.work);
        window.show();
        window.showView(2);
        auto &model = window.duties().model();
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.count(), 261); // all reports are missing, and one end is overdue
        window.filterBar().setFilter({.leads = {measures.first().lead}});
        QCOMPARE(model.rowCount(), 1);
        const auto lead = model.index(0, 0);
        const auto *oldest = model.duty(model.index(0, 0, lead));
        QVERIFY(oldest);
        QCOMPARE(oldest->kind, Duty::Kind::EndOverdue);
        QCOMPARE(oldest->number, measures.first().number);
        window.filterBar().setFilter({.text = u"there is no such word"_s});
        QCOMPARE(model.count(), 0);
    }

    void theImportsPreviewShowsEachDifference()
    {
        Desk desk;
        const auto before = desk.shown(u"1.4"_s);
        auto after = before;
        after.title = u"Neu"_s;
        after.lead = u"KWL GmbH"_s;
        const ChangeSet changes{{editMeasure(before, after, 1)}};
        ChangeModel model(changes);
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, ChangeModel::Before).data().toString().left(20), before.title.left(20));
        QCOMPARE(model.index(0, ChangeModel::After).data().toString(), u"Neu"_s);
        const ImportPreview preview({.file = u"a.csv"_s, .changes = changes, .changed = 1});
        QVERIFY(preview.findChild<QPushButton *>(u"takeOver"_s)->isEnabled());
        const ImportPreview nothing({.file = u"a.csv"_s, .changes = {}});
        QVERIFY(!nothing.findChild<QPushButton *>(u"takeOver"_s)->isEnabled());
    }

    void anAdoptedImportIsTakenBackAsOne()
    {
        Desk desk;
        ChangeSet changes;
        for (const auto &number : {u"1.4"_s, u"1.5"_s}) {
            auto after = desk.shown(number);
            after.title = u"Neu"_s;
            changes.changes.append(editMeasure(desk.shown(number), after, desk.work.find(number)->version));
        }
        const auto before = desk.stored(u"1.5"_s);
        VERIFY_RESULT(desk.work.store()->save(changes, desk.work.note(), {}, {}));
        desk.work.adopt(changes, desk.work.store()->read({}, {}).value(), u"Import"_s);
        QCOMPARE(desk.shown(u"1.5"_s).title, u"Neu"_s);
        desk.work.undoStack().undo();
        QCOMPARE(desk.stored(u"1.5"_s), before);
        QCOMPARE(desk.shown(u"1.5"_s), before);
    }

    void aHundredThousandMeasuresAreScrolledWithoutDelay()
    {
        MeasureWork work(shippedFacts());
        QList<StoredMeasure> many;
        for (int i = 1; i <= 100'000; ++i)
            many.append({{.number = u"%1.%2"_s.arg(i / 1000 + 1).arg(i % 1000 + 1), .title = u"Maßnahme"_s}, 1});
        MeasureTable table(work);
        table.resize(900, 600);
        table.show();
        work.setMeasures(many);
        QCOMPARE(table.model().rowCount(), 100'000);
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 50; ++i) {
            table.view().scrollTo(table.model().index(i * 2000, 0));
            table.view().viewport()->repaint();
        }
        QVERIFY2(clock.elapsed() < 10'000, qPrintable(QString::number(clock.elapsed()))); // under sanitizers
    }
};

QTEST_MAIN(TestMeasureViews)
#include "tst_measureviews.moc"
