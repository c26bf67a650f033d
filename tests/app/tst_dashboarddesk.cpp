// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dashboarddesk.h"
#include "app/measuredesk.h"
#include "app/noticearea.h"
#include "datasources/demo/demoindex.h"
#include "tests/app/appfixture.h"
#include "tests/support/testkit.h"
#include "widgets/dashboard/dashboardgrid.h"
#include "widgets/dashboard/dashboardwindow.h"
#include "widgets/dashboard/dashboardwork.h"
#include "widgets/dashboard/valueimportdialog.h"
#include "widgets/measures/measurefilterbar.h"
#include "widgets/measures/measurewindow.h"

#include <QJsonDocument>
#include <QJsonObject>

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
    MeasureDesk measures{*stage.session, notices, &parent};
    DashboardDesk desk{*stage.session, measures, notices, &parent};

    explicit Desk(const QString &folder = {})
        : stage(folder)
    {
    }
    const DashboardView &view() const { return *desk.work()->view(); }
    bool open()
    {
        desk.show();
        return QTest::qWaitFor(
            [this] {
                return desk.work() && desk.work()->view() && view().measures.size() == 260 && !desk.work()->isWorking()
                    && !desk.window()->isBusy();
            },
            30000);
    }
    QString write(const QByteArray &content) const
    {
        const auto path = stage.dir.filePath(u"werte.csv"_s);
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        return path;
    }
};

} // namespace

class TestDashboardDesk : public QObject
{
    Q_OBJECT
private slots:
    void withoutValuesNothingIsInvented()
    {
        Desk desk;
        QVERIFY(desk.open());
        QCOMPARE(desk.view().overview.definition.indicators.size(), 67);
        QCOMPARE(desk.view().withData, 1); // the share of measures with a status: none
        QVERIFY(!desk.desk.work()->isDemo());
        QCOMPARE(desk.desk.window()->message(), QString());
        desk.desk.setDemo(true); // there is no demo city on the map
        QVERIFY(!desk.desk.work()->isDemo());
    }

    void importedValuesAreStoredAndShown()
    {
        const QTemporaryDir home;
        {
            Desk desk(home.path());
            QVERIFY(desk.open());
            desk.desk.importFrom(desk.write("Indikator;Zeitraum;Wert\nair.no2;2025;25\n"));
            ValueImportDialog *dialog = nullptr;
            QTRY_VERIFY((dialog = desk.desk.window()->findChild<ValueImportDialog *>()));
            QCOMPARE(desk.view().withData, 1); // a preview changes nothing
            dialog->setLicence(u"CC0"_s);
            dialog->accept();
            QTRY_COMPARE(desk.view().withData, 2);
            const auto told = explain(desk.view().overview, desk.desk.work()->facts(), desk.desk.work()->records(),
                                      {{}, 0, u"air.no2"_s});
            QCOMPARE(told.score, 50); // halfway from 40 to 10
            QVERIFY(std::ranges::any_of(told.facts, [](const auto &fact) { return fact.text == "werte.csv"_L1; }));
        }
        Desk again(home.path());
        QVERIFY(again.open());
        QCOMPARE(again.view().withData, 2);
    }

    void aTableWithAFaultChangesNothing()
    {
        Desk desk;
        QVERIFY(desk.open());
        desk.desk.importFrom(desk.write("Indikator;Zeitraum;Wert\nair.no2;2025;25\nair.no2;neulich;3\n"));
        QTRY_VERIFY(desk.desk.window()->findChild<ValueImportDialog *>());
        delete desk.desk.window()->findChild<ValueImportDialog *>();
        desk.desk.importFrom(desk.stage.dir.filePath(u"fehlt.csv"_s));
        QTRY_VERIFY(!desk.desk.window()->message().isEmpty());
        QCOMPARE(desk.view().withData, 1);
    }

    void theEmptyTableIsReadAgain()
    {
        Desk desk;
        QVERIFY(desk.open());
        const auto path = desk.stage.dir.filePath(u"leer.csv"_s);
        desk.desk.writeTemplate(path);
        const auto found = previewIndexImport(path, desk.desk.work()->definition(), {}, {}, {}, {});
        VERIFY_RESULT(found);
        QCOMPARE(found->problems, QList<IndexImport::Problem>());
        QCOMPARE(found->rows, 54); // 67 without the 13 of the measures
        QVERIFY(found->delivery.entries.isEmpty());
    }

    void aReportIsWritten()
    {
        Desk desk;
        QVERIFY(desk.open());
        const auto path = desk.stage.dir.filePath(u"bericht.json"_s);
        desk.desk.writeReport(path);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path) && !desk.desk.window()->isBusy(), 30000);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!QJsonDocument::fromJson(file.readAll()).object().isEmpty());
        desk.desk.writeReport(desk.stage.dir.filePath(u"none/bericht.json"_s));
        QTRY_VERIFY(!desk.desk.window()->isBusy());
        QVERIFY2(desk.desk.window()->message().contains(u"none"_s), qPrintable(desk.desk.window()->message()));
    }

    void measuresAreShownInTheirOwnWindow()
    {
        Desk desk;
        QVERIFY(desk.open());
        emit desk.desk.work()->measuresWanted({{}, 4, {}}, u"5.610 Stadtplanung"_s);
        QTRY_VERIFY(desk.measures.window());
        const auto filter = desk.measures.window()->filterBar().filter();
        QCOMPARE(filter.fields, QSet<int>{4});
    }

    void whatIsArrangedIsThereAgain()
    {
        const QTemporaryDir home;
        {
            Desk desk(home.path());
            QVERIFY(desk.open());
            desk.desk.window()->showDashboard(1);
            desk.desk.window()->grid().removeTile(0);
            desk.desk.window()->close();
            QTRY_VERIFY(!desk.desk.window());
        }
        Desk again(home.path());
        QVERIFY(again.open());
        QCOMPARE(again.desk.window()->current(), 1);
        QCOMPARE(again.desk.window()->grid().tiles().size(), standardDashboards()[1].tiles.size() - 1);
    }

    void anOwnSetOfIndicatorsIsUsedAndABrokenOneIsTold()
    {
        const QTemporaryDir home;
        const auto paths = AppPaths::below(home.path());
        QVERIFY(QDir().mkpath(paths.data));
        QFile file(paths.indicators());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{}");
        file.close();
        Desk desk(home.path());
        desk.desk.show();
        QVERIFY(!desk.desk.window());
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(
            R"({"format": "hanseatlas-index", "version": 1, "title": "Eigener", "goals": {"O1": 1}, "indicators": [
            {"id": "x", "title": "X", "unit": "%", "period": "year", "goalposts": [0, 100], "goals": {"O1": 1}}]})");
        file.close();
        QVERIFY(desk.open());
        QCOMPARE(desk.view().overview.definition.title, u"Eigener"_s);
    }

    void indicatorsAreWorkedOutOfLayersOnTheMap()
    {
        const QTemporaryDir home;
        const auto paths = AppPaths::below(home.path());
        QVERIFY(QDir().mkpath(paths.data));
        QFile file(paths.indicators());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"format": "hanseatlas-index", "version": 1, "title": "Grün", "goals": {"O1": 1}, "indicators": [
            {"id": "green", "title": "Grünanteil", "unit": "%", "period": "year", "level": "district", "goalposts": [0, 50],
             "goals": {"O1": 1}, "source": {"kind": "layer", "what": "Parks", "operation": "share"}}]})");
        file.close();
        Desk desk(home.path());
        QVERIFY(desk.open());
        desk.desk.workOutLayers(); // nothing is there yet
        QTRY_VERIFY(!desk.desk.window()->message().isEmpty());
        QCOMPARE(desk.view().withData, 0);
        QVERIFY(desk.stage.start({u"parks"_s}));
        QTRY_VERIFY(!desk.stage.session->tree().layerIds().isEmpty());
        const auto id = desk.stage.session->tree().layerIds().front();
        QTRY_VERIFY(desk.stage.session->tree().find(id)->layer->data);
        desk.desk.setDistricts({.location = u"districts"_s});
        QTRY_COMPARE(desk.desk.work()->shapes().size(), 2);
        desk.desk.workOutLayers();
        QTRY_COMPARE(desk.view().withData, 1);
        const auto &records = desk.desk.work()->records();
        QCOMPARE(records.find(u"green"_s, u"West"_s)->points.front().value, 25);
        QCOMPARE(records.find(u"green"_s, u"Ost"_s)->points.front().value, 0);
        QCOMPARE(records.find(u"green"_s, {})->points.front().value, 12.5);
        QVERIFY(records.origins.front().source.startsWith(u"Parks"_s));
        QCOMPARE(desk.view().overview.now.index[0], 25); // a quarter of 50 %
    }

    void inventedValuesSayThatTheyAre()
    {
        QFile file(u":/strategy/index/indicators.json"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto definition = indexFromJson(file.readAll(), u"i"_s);
        VERIFY_RESULT(definition);
        const auto made = demoIndexRecords(*definition, {2026, 11, 23});
        QVERIFY(made.series.size() > 100);
        QVERIFY(std::ranges::all_of(made.origins, &IndexOrigin::demo));
        QCOMPARE(made, demoIndexRecords(*definition, {2026, 11, 23}));
        for (const auto &series : made.series) {
            const auto *one = definition->indicator(series.indicator);
            for (const auto &point : series.points)
                QVERIFY(point.value >= *one->low && point.value <= *one->high);
        }
    }
};

QTEST_MAIN(TestDashboardDesk)
#include "tst_dashboarddesk.moc"
