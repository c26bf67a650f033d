// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/localmeasurestore.h"
#include "datasources/measures/measurecells.h"
#include "datasources/measures/measureexport.h"
#include "datasources/measures/measureimport.h"
#include "tests/layers/measures/measurefixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

QList<Measure> manyMeasures()
{
    Measure city{.number = u"1.10"_s, .title = u"Stadt"_s, .parent = u"1.1"_s};
    city.place = {MeasurePlace::Kind::WholeCity};
    Measure district{.number = u"1.9"_s, .title = u"@Viertel"_s, .description = u"'=schon gesichert"_s};
    district.place = {MeasurePlace::Kind::District, u"St. Jürgen"_s};
    return {{.number = u"1.1"_s, .title = u"-1+1"_s, .budgetCents = 123'456}, district, city, fullMeasure()};
}

QList<StoredMeasure> stored(const QList<Measure> &measures)
{
    QList<StoredMeasure> all;
    for (const auto &measure : measures)
        all.append({measure, 7});
    return all;
}

QString written(const QTemporaryDir &folder, const QByteArray &bytes, const QString &name = u"m.csv"_s)
{
    QFile file(folder.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
}

Result<MeasureImport> preview(const QString &path, const QList<Measure> &existing = {})
{
    return previewImport(path, stored(existing), shippedFacts(), {}, {});
}

} // namespace

class TestMeasureFiles : public QObject
{
    Q_OBJECT
private slots:
    void everyFormatGivesBackWhatWasWritten_data();
    void everyFormatGivesBackWhatWasWritten();
    void cellsAreReadInGermanAndIsoForm_data();
    void cellsAreReadInGermanAndIsoForm();
    void formulasAreGuardedAndGivenBack_data();
    void formulasAreGuardedAndGivenBack();
    void noCellOfAnExportIsAFormula();
    void thePreviewTellsWhatIsNewAndWhatChanges();
    void reportsAreOnlyAdded();
    void badCellsAreToldWithRowAndColumn();
    void filesThatAreNoTablesAreRefused_data();
    void filesThatAreNoTablesAreRefused();
    void aMillionRowsAreRefusedSoon();
    void cancellingEndsThePreview();
    void anImportIsOneTransaction();
    void whatCannotBeWrittenIsTold();
    void openDataLeaveOutWhatIsInternal();
};

void TestMeasureFiles::everyFormatGivesBackWhatWasWritten_data()
{
    QTest::addColumn<QString>("suffix");
    for (const auto *suffix : {"csv", "xlsx", "ods", "gpkg", "json"})
        QTest::newRow(suffix) << QString::fromLatin1(suffix);
}

void TestMeasureFiles::everyFormatGivesBackWhatWasWritten()
{
    QFETCH(const QString, suffix);
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"Maßnahmen."_s + suffix);
    const auto measures = manyMeasures();
    VERIFY_RESULT(exportMeasures(path, measures, {}));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    const auto fresh = preview(path);
    VERIFY_RESULT(fresh);
    for (const auto &problem : fresh->problems)
        qWarning() << problem.row << problem.column << problem.text;
    QVERIFY(fresh->isClean());
    QCOMPARE(fresh->unknownColumns, QStringList());
    QCOMPARE(fresh->created, 4);
    for (const auto &change : fresh->changes.changes) {
        const auto measure = std::ranges::find(measures, change.number, &Measure::number);
        QVERIFY2(measure != measures.end(), qPrintable(change.number));
        QCOMPARE(applied({}, change).value(), *measure);
    }
    const auto again = preview(path, measures);
    VERIFY_RESULT(again);
    QCOMPARE(again->unchanged, 4);
    QVERIFY(again->changes.isEmpty() && again->isClean());
}

void TestMeasureFiles::cellsAreReadInGermanAndIsoForm_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QJsonValue>("value"); // null: cannot be read
    const auto row = [](const QString &field, const QString &cell, const QJsonValue &value) {
        QTest::addRow("%s: %s", qPrintable(field), qPrintable(cell)) << field << cell << value;
    };
    row(u"start"_s, u"2026-12-31"_s, u"2026-12-31"_s);
    row(u"start"_s, u"31.12.2026"_s, u"2026-12-31"_s);
    row(u"start"_s, u"1.2.2026"_s, u"2026-02-01"_s);
    row(u"start"_s, u"2026/12/31 00:00:00"_s, u"2026-12-31"_s);
    row(u"start"_s, u"31.02.2026"_s, {});
    row(u"start"_s, u"12/31/2026"_s, {});
    row(u"start"_s, u"bald"_s, {});
    row(u"budget"_s, u"1.234.567,89 €"_s, 123456789);
    row(u"budget"_s, u"1234567.89"_s, 123456789);
    row(u"budget"_s, u"1,234,567.89"_s, 123456789);
    row(u"budget"_s, u"1.234"_s, 123400);
    row(u"budget"_s, u"12,5"_s, 1250);
    row(u"budget"_s, u"viel"_s, {});
    row(u"budget"_s, u"1e300"_s, {});
    row(u"budget"_s, u"nan"_s, {});
    row(u"progress"_s, u"40 %"_s, 40);
    row(u"progress"_s, u"40,5"_s, {});
    row(u"field"_s, u"Intelligente Mobilität"_s, 4);
    row(u"field"_s, u"12"_s, 12);
    row(u"class"_s, u"Schulung"_s, u"training"_s);
    row(u"phase"_s, u"DONE"_s, u"done"_s);
    row(u"phase"_s, u"fast"_s, {});
    row(u"goals"_s, u"O1=2 | O3=0,5 | O2"_s, QJsonObject{{u"O1"_s, 2.0}, {u"O2"_s, 1.0}, {u"O3"_s, 0.5}});
    row(u"goals"_s, u"O1=x"_s, {});
    row(u"partners"_s, u"a\\|b | c\\\\ |  | d"_s, QJsonArray{u"a|b"_s, u"c\\"_s, u"d"_s});
    row(u"place"_s, u"Ganze Stadt"_s, QJsonObject{{u"kind"_s, u"city"_s}});
    row(u"place"_s, u"irgendwo"_s, {});
    row(u"risks"_s, u"{}"_s, {});
}

void TestMeasureFiles::cellsAreReadInGermanAndIsoForm()
{
    QFETCH(const QString, field);
    QFETCH(const QString, cell);
    QFETCH(const QJsonValue, value);
    const auto read = cellValue(cell, *measureField(field), shippedFacts());
    if (value.isNull()) {
        QVERIFY2(!read, "should not be readable");
        QVERIFY(!read.error().isEmpty());
    } else {
        QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error()));
        QCOMPARE(*read, value);
    }
}

void TestMeasureFiles::formulasAreGuardedAndGivenBack_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("safe");
    QTest::newRow("equals") << u"=1+1"_s << u"'=1+1"_s;
    QTest::newRow("plus") << u"+1"_s << u"'+1"_s;
    QTest::newRow("minus") << u"-1"_s << u"'-1"_s;
    QTest::newRow("at") << u"@SUM(A1)"_s << u"'@SUM(A1)"_s;
    QTest::newRow("tab") << u"\t=1"_s << u"'\t=1"_s;
    QTest::newRow("return") << u"\r=1"_s << u"'\r=1"_s;
    QTest::newRow("guarded already") << u"'=1"_s << u"''=1"_s;
    QTest::newRow("apostrophe") << u"'s ist gut"_s << u"'s ist gut"_s;
    QTest::newRow("inside") << u"a=b"_s << u"a=b"_s;
    QTest::newRow("empty") << QString() << QString();
}

void TestMeasureFiles::formulasAreGuardedAndGivenBack()
{
    QFETCH(const QString, cell);
    QFETCH(const QString, safe);
    QCOMPARE(guarded(cell), safe);
    QCOMPARE(unguarded(safe), cell);
}

void TestMeasureFiles::noCellOfAnExportIsAFormula()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"m.csv"_s);
    VERIFY_RESULT(exportMeasures(path, manyMeasures(), {}));
    const auto csv = bytesOf(path);
    QVERIFY(csv.contains("\"'-1+1\""));
    for (const auto *formula : {",=", ",\"=", ",-", ",\"-", ",@", ",\"@", "\n=", "\n+"})
        QVERIFY2(!csv.contains(formula), formula);
    QVERIFY(csv.startsWith("Nummer,Titel,"));
}

void TestMeasureFiles::thePreviewTellsWhatIsNewAndWhatChanges()
{
    const QTemporaryDir folder;
    const QList<Measure> existing{{.number = u"1.1"_s, .title = u"a"_s, .lead = u"Amt"_s, .progress = 5},
                                  {.number = u"1.2"_s, .title = u"b"_s, .lead = u"Amt"_s}};
    const auto path =
        written(folder, "Nummer;Titel;Fortschritt (%);Bemerkung\n1.1;neu;;x\n1.2;b;;y\n1.3;\"c;d\";30;z\n");
    const auto import = preview(path, existing);
    VERIFY_RESULT(import);
    QVERIFY(import->isClean());
    QCOMPARE(import->unknownColumns, QStringList{u"Bemerkung"_s});
    QCOMPARE(import->rows, 3);
    QCOMPARE(import->created, 1);
    QCOMPARE(import->changed, 1);
    QCOMPARE(import->unchanged, 1);
    const auto &edit = import->changes.changes[0];
    QCOMPARE(edit.version, 7);
    QCOMPARE(
        edit.fields,
        (QList<FieldChange>{{u"title"_s, u"a"_s, u"neu"_s}, {u"progress"_s, 5, QJsonValue(QJsonValue::Undefined)}}));
    QCOMPARE(applied({}, import->changes.changes[1]).value(),
             (Measure{.number = u"1.3"_s, .title = u"c;d"_s, .progress = 30}));
}

void TestMeasureFiles::reportsAreOnlyAdded()
{
    const QTemporaryDir folder;
    const auto emptied = preview(written(folder, "number,reports\n4.10,\n"), {fullMeasure()});
    VERIFY_RESULT(emptied);
    QCOMPARE(emptied->unchanged, 1);
    const auto more = preview(
        written(folder,
                "number,reports\n4.10,\"[{\"\"id\"\":\"\"r2\"\",\"\"at\"\":\"\"2026-01-01T00:00:00.000Z\"\"}]\"\n"),
        {fullMeasure()});
    VERIFY_RESULT(more);
    QCOMPARE(more->changed, 1);
    const auto measure = applied(fullMeasure(), more->changes.changes[0]);
    VERIFY_RESULT(measure);
    QCOMPARE(measure->reports.size(), 2);
    QCOMPARE(measure->reports[0], fullMeasure().reports[0]);
}

void TestMeasureFiles::badCellsAreToldWithRowAndColumn()
{
    const QTemporaryDir folder;
    const auto path = written(folder,
                              "number,title,progress,start,parent\n"
                              "1.1,a,101,,\n"
                              "1.2,b,,32.01.2026,\n"
                              "1.1,c,,,\n"
                              ",d,,,\n"
                              "x,e,,,\n"
                              "1.4,f,,,9.9\n"
                              "1.5,g,50,,\n"
                              "2,h,,,2.1\n"
                              "2.1,i,,,2\n");
    const auto import = preview(path);
    VERIFY_RESULT(import);
    QStringList told;
    for (const auto &problem : import->problems) {
        QVERIFY(!problem.text.isEmpty());
        told.append(u"%1 %2"_s.arg(problem.row).arg(problem.column));
    }
    told.sort();
    QCOMPARE(told,
             (QStringList{u"10 parent"_s, u"2 progress"_s, u"3 start"_s, u"4 number"_s, u"5 number"_s, u"6 number"_s,
                          u"7 parent"_s, u"9 parent"_s}));
    QCOMPARE(import->problemCount, 8);
    QVERIFY(!import->isClean());
    QCOMPARE(import->created, 1);
    QCOMPARE(import->changes.changes.first().number, u"1.5"_s);
}

void TestMeasureFiles::filesThatAreNoTablesAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no xlsx") << u"m.xlsx"_s << QByteArray("PK\3\4rubbish");
    QTest::newRow("no ods") << u"m.ods"_s << QByteArray(300, '\0');
    QTest::newRow("no gpkg") << u"m.gpkg"_s << QByteArray("SQLite format 3\0rubbish", 23);
    QTest::newRow("no json") << u"m.json"_s << QByteArray("[1,");
    QTest::newRow("other json") << u"m.json"_s << QByteArray("{\"type\":\"FeatureCollection\"}");
    QTest::newRow("without numbers") << u"m.csv"_s << QByteArray("title,lead\na,b\n");
    QTest::newRow("column twice") << u"m.csv"_s << QByteArray("number,Nummer\n1.1,1.1\n");
    QTest::newRow("number twice in json")
        << u"m.json"_s
        << QByteArray(R"({"format":"hanseatlas-measures","version":1,"measures":[{"number":"1"},{"number":"1"}]})");
    QTest::newRow("empty") << u"m.csv"_s << QByteArray();
}

void TestMeasureFiles::filesThatAreNoTablesAreRefused()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, bytes);
    const QTemporaryDir folder;
    VERIFY_FAILS(preview(written(folder, bytes, name)), ErrorKind::Malformed);
    VERIFY_FAILS(preview(folder.filePath(u"gibt es nicht.csv"_s)), ErrorKind::NotFound);
    VERIFY_FAILS(preview(folder.path()), ErrorKind::NotReadable);
}

void TestMeasureFiles::aMillionRowsAreRefusedSoon()
{
    const QTemporaryDir folder;
    QByteArray csv = "number,title\n";
    for (int i = 0; i < 1'000'000; ++i)
        csv += "1." + QByteArray::number(i) + ",x\n";
    const auto path = written(folder, csv);
    QElapsedTimer clock;
    clock.start();
    VERIFY_FAILS(preview(path), ErrorKind::TooLarge);
    qInfo("refused after %lld ms", clock.elapsed());
}

void TestMeasureFiles::cancellingEndsThePreview()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"m.csv"_s);
    VERIFY_RESULT(exportMeasures(path, shippedMeasures(), {}));
    std::stop_source stop;
    const auto import =
        previewImport(path, {}, shippedFacts(), stop.get_token(), [&stop](double) { stop.request_stop(); });
    QVERIFY(!import && import.error().kind == ErrorKind::Cancelled);
    const auto kept = bytesOf(path);
    for (const auto *suffix : {"csv", "xlsx", "gpkg"}) {
        const auto target = folder.filePath(u"m."_s + QString::fromLatin1(suffix));
        const auto again = exportMeasures(target, shippedMeasures(), stop.get_token());
        QVERIFY(!again && again.error().kind == ErrorKind::Cancelled);
    }
    QCOMPARE(bytesOf(path), kept);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestMeasureFiles::anImportIsOneTransaction()
{
    const QTemporaryDir folder;
    const auto store = LocalMeasureStore::open(folder.filePath(u"s.sqlite"_s), shippedFacts()).value();
    const auto path = folder.filePath(u"m.xlsx"_s);
    VERIFY_RESULT(exportMeasures(path, shippedMeasures(), {}));
    const auto import = preview(path);
    VERIFY_RESULT(import);
    QCOMPARE(import->created, 260);
    QCOMPARE(store->read({}, {}).value().size(), 0); // a preview writes nothing
    VERIFY_RESULT(store->save(import->changes, {u"A"_s, QDateTime::currentDateTimeUtc(), u"m.xlsx"_s}, {}, {}));
    const auto all = store->read({}, {}).value();
    QCOMPARE(all.size(), 260);
    for (qsizetype i = 0; i < all.size(); ++i)
        QCOMPARE(all[i].measure, shippedMeasures()[i]);
    QCOMPARE(store->history({.most = 1}, {}).value().first().change, 1);
}

void TestMeasureFiles::whatCannotBeWrittenIsTold()
{
    const QTemporaryDir folder;
    VERIFY_FAILS(exportMeasures(folder.filePath(u"m.doc"_s), {}, {}), ErrorKind::Unsupported);
    for (const auto *suffix : {"csv", "xlsx", "gpkg", "json"})
        VERIFY_FAILS(exportMeasures(folder.filePath(u"nirgends/m."_s + QString::fromLatin1(suffix)), {}, {}),
                     ErrorKind::NotFound);
}

void TestMeasureFiles::openDataLeaveOutWhatIsInternal()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"massnahmen.csv"_s);
    OpenDataNote note{.publisher = u"Hansestadt Lübeck"_s,
                      .licence = u"https://www.govdata.de/dl-de/by-2-0"_s,
                      .downloadUrl = u"https://example.org/massnahmen.csv"_s,
                      .modified = QDate(2026, 3, 4)};
    VERIFY_RESULT(exportOpenData(path, manyMeasures(), note, {}));
    const auto csv = bytesOf(path);
    QVERIFY(csv.contains("POINT (611000.5 5969000.25)"));
    for (const auto *secret : {"1234567.89", "Frau A", "Herr B", "Lieferzeit", "protokoll", "MPSC"})
        QVERIFY2(!csv.contains(secret), secret);
    const auto json = QJsonDocument::fromJson(bytesOf(folder.filePath(u"massnahmen.jsonld"_s))).object();
    QCOMPARE(json[u"@type"].toString(), u"dcat:Dataset"_s);
    QCOMPARE(json[u"dct:publisher"][u"foaf:name"_s].toString(), note.publisher);
    const auto distribution = json[u"dcat:distribution"].toArray().first();
    QCOMPARE(distribution[u"dct:license"_s][u"@id"_s].toString(), note.licence);
    QCOMPARE(distribution[u"dcat:downloadURL"_s][u"@id"_s].toString(), note.downloadUrl);
    QCOMPARE(distribution[u"dct:modified"_s][u"@value"_s].toString(), u"2026-03-04"_s);
    note.licence.clear();
    VERIFY_FAILS(exportOpenData(path, manyMeasures(), note, {}), ErrorKind::Invalid);
}

QTEST_GUILESS_MAIN(TestMeasureFiles)
#include "tst_measurefiles.moc"
