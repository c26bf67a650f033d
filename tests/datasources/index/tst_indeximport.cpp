// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/gdalsetup.h"
#include "datasources/index/indeximport.h"
#include "tests/support/testkit.h"

#include <QFile>
#include <QTemporaryDir>

#include <gdal.h>
#include <ogr_api.h>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

constexpr int january = 2026 * 12;

IndexDefinition definition()
{
    IndexDefinition made{.goals = {{u"A"_s, 1}}};
    const auto add = [&](const QString &id, const QString &unit, const QString &period, Indicator::Level level) {
        made.indicators.append({.id = id,
                                .title = u"Titel "_s + id,
                                .unit = unit,
                                .period = period,
                                .level = level,
                                .goals = {{u"A"_s, 1}}});
    };
    add(u"air"_s, u"µg/m³"_s, u"year"_s, Indicator::Level::City);
    add(u"share"_s, u"%"_s, u"quarter"_s, Indicator::Level::District);
    add(u"count"_s, {}, u"month"_s, Indicator::Level::City);
    add(u"progress"_s, u"%"_s, u"month"_s, Indicator::Level::City);
    made.indicators[3].source.kind = IndicatorSource::Kind::Measures;
    return made;
}

struct File {
    QTemporaryDir folder;
    QString path;
    explicit File(const QByteArray &content, const QString &name = u"werte.csv"_s)
        : path(folder.filePath(name))
    {
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
    }
    Result<IndexImport> read(const IndexRecords &known = {}) const
    {
        return previewIndexImport(path, definition(), known, {.source = u"q"_s}, {}, {});
    }
};

} // namespace

class TestIndexImport : public QObject
{
    Q_OBJECT
private slots:
    void germanAndEnglishTablesAreRead_data();
    void germanAndEnglishTablesAreRead();
    void spreadsheetsAreRead();
    void periodsAreUnderstood_data();
    void periodsAreUnderstood();
    void cellsThatCannotBeReadAreTold_data();
    void cellsThatCannotBeReadAreTold();
    void tablesThatAreNoneAreTold_data();
    void tablesThatAreNoneAreTold();
    void differencesAreCounted();
    void formulasInCellsAreTexts();
    void manyProblemsAreCounted();
    void cancellingEndsIt();
};

void TestIndexImport::germanAndEnglishTablesAreRead_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::newRow("german") << QByteArray(
        "Indikator;Stadtteil;Zeitraum;Wert\nshare;Moisling;1. Quartal 2026;12,5\nair;;2026;1.021,5\n");
    QTest::newRow("english") << QByteArray(
        "indicator,area,period,value\nshare,Moisling,2026-Q1,12.5\nair,,2026,1021.5\n");
    QTest::newRow("by title, with more columns")
        << QByteArray("Titel;INDIKATOR;Jahr;Wert;Stadtteil\nx;Titel share;01.02.2026;12,5 %;Moisling\ny;Titel "
                      "air;31.12.2026;\"1.021,5\";\n");
}

void TestIndexImport::germanAndEnglishTablesAreRead()
{
    QFETCH(QByteArray, csv);
    const auto found = File(csv).read();
    VERIFY_RESULT(found);
    QCOMPARE(found->problems, QList<IndexImport::Problem>());
    QCOMPARE(found->delivery.origin.source, u"q"_s);
    const QList<IndexDelivery::Entry> entries{{u"share"_s, u"Moisling"_s, january, 12.5},
                                              {u"air"_s, {}, january, 1021.5}};
    QCOMPARE(found->delivery.entries, entries);
    QCOMPARE(found->preview, (IndexDelivered{.added = 2}));
}

void TestIndexImport::spreadsheetsAreRead()
{
    initGdal();
    const QTemporaryDir folder;
    for (const auto &[driver, name] : {std::pair("XLSX", u"w.xlsx"_s), std::pair("ODS", u"w.ods"_s)}) {
        const auto path = folder.filePath(name);
        auto *dataset = GDALCreate(GDALGetDriverByName(driver), path.toUtf8(), 0, 0, 0, GDT_Unknown, nullptr);
        QVERIFY(dataset);
        auto *layer = GDALDatasetCreateLayer(dataset, "Tabelle", nullptr, wkbNone, nullptr);
        for (const auto *column : {"Indikator", "Zeitraum", "Wert"}) {
            auto *field = OGR_Fld_Create(column, OFTString);
            OGR_L_CreateField(layer, field, 1);
            OGR_Fld_Destroy(field);
        }
        auto *feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_F_SetFieldString(feature, 0, "count");
        OGR_F_SetFieldString(feature, 1, "2026-03");
        OGR_F_SetFieldString(feature, 2, "7");
        QCOMPARE(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
        OGR_F_Destroy(feature);
        GDALClose(dataset);
        const auto found = previewIndexImport(path, definition(), {}, {}, {}, {});
        VERIFY_RESULT(found);
        QCOMPARE(found->delivery.entries, (QList<IndexDelivery::Entry>{{u"count"_s, {}, january + 2, 7}}));
    }
}

void TestIndexImport::periodsAreUnderstood_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("period");
    QTest::addColumn<int>("month"); // 0: none
    QTest::newRow("year") << u"2026"_s << u"year"_s << january;
    QTest::newRow("a year is no month") << u"2026"_s << u"month"_s << 0;
    QTest::newRow("a year is no quarter") << u"2026"_s << u"quarter"_s << 0;
    QTest::newRow("month in a year") << u"2026-07"_s << u"year"_s << january;
    QTest::newRow("month") << u"2026-07"_s << u"month"_s << january + 6;
    QTest::newRow("german month") << u"07.2026"_s << u"month"_s << january + 6;
    QTest::newRow("german month in a quarter") << u"07.2026"_s << u"quarter"_s << january + 6;
    QTest::newRow("13th month") << u"2026-13"_s << u"month"_s << 0;
    QTest::newRow("quarter") << u"2026-Q3"_s << u"quarter"_s << january + 6;
    QTest::newRow("german quarter") << u"3. Quartal 2026"_s << u"quarter"_s << january + 6;
    QTest::newRow("short quarter") << u"Q3 2026"_s << u"quarter"_s << january + 6;
    QTest::newRow("quarter is no month") << u"2026-Q3"_s << u"month"_s << 0;
    QTest::newRow("5th quarter") << u"2026-Q5"_s << u"quarter"_s << 0;
    QTest::newRow("day") << u"31.12.2026"_s << u"month"_s << january + 11;
    QTest::newRow("iso day") << u"2026-12-31"_s << u"quarter"_s << january + 9;
    QTest::newRow("30th of February") << u"30.02.2026"_s << u"month"_s << 0;
    QTest::newRow("long ago") << u"0026"_s << u"year"_s << 0;
    QTest::newRow("words") << u"neulich"_s << u"year"_s << 0;
    QTest::newRow("nothing") << QString() << u"year"_s << 0;
}

void TestIndexImport::periodsAreUnderstood()
{
    QFETCH(QString, text);
    QFETCH(QString, period);
    QFETCH(int, month);
    QCOMPARE(periodOfCell(text, period).value_or(0), month);
}

void TestIndexImport::cellsThatCannotBeReadAreTold_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QString>("column");
    QTest::newRow("unknown indicator") << QByteArray("nichts;;2026;1") << u"Indikator"_s;
    QTest::newRow("worked out") << QByteArray("progress;;2026-01;1") << u"Indikator"_s;
    QTest::newRow("no period") << QByteArray("air;;irgendwann;1") << u"Zeitraum"_s;
    QTest::newRow("no number") << QByteArray("air;;2026;viel") << u"Wert"_s;
    QTest::newRow("not a number") << QByteArray("air;;2026;nan") << u"Wert"_s;
    QTest::newRow("more than all") << QByteArray("share;;2026-Q1;101") << u"Wert"_s;
    QTest::newRow("less than nothing") << QByteArray("share;;2026-Q1;-1") << u"Wert"_s;
    QTest::newRow("not by Stadtteil") << QByteArray("air;Moisling;2026;1") << u"Stadtteil"_s;
    QTest::newRow("twice") << QByteArray("air;;2025;3") << u"Zeitraum"_s;
}

void TestIndexImport::cellsThatCannotBeReadAreTold()
{
    QFETCH(QByteArray, row);
    QFETCH(QString, column);
    const auto found = File("Indikator;Stadtteil;Zeitraum;Wert\nair;;2025;2\n" + row + "\n").read();
    VERIFY_RESULT(found);
    QCOMPARE(found->problemCount, 1);
    QCOMPARE(found->problems[0].row, 3);
    QCOMPARE(found->problems[0].column, column);
    QVERIFY(!found->problems[0].text.isEmpty());
    QVERIFY(!found->isClean());
    QCOMPARE(found->delivery.entries.size(), 1);
}

void TestIndexImport::tablesThatAreNoneAreTold_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("name");
    QTest::newRow("no value column") << QByteArray("Indikator;Jahr\nair;2026\n") << u"a.csv"_s;
    QTest::newRow("two value columns") << QByteArray("Indikator;Jahr;Wert;value\nair;2026;1;2\n") << u"a.csv"_s;
    QTest::newRow("no spreadsheet") << QByteArray("PK\x03\x04 broken") << u"a.xlsx"_s;
    QTest::newRow("empty") << QByteArray() << u"a.xlsx"_s;
}

void TestIndexImport::tablesThatAreNoneAreTold()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, name);
    VERIFY_FAILS(File(content, name).read(), ErrorKind::Malformed);
}

void TestIndexImport::differencesAreCounted()
{
    const IndexRecords known{.origins = {{}},
                             .series = {{u"air"_s, {}, {{january - 24, 1, 0}, {january - 12, 2, 0}, {january, 3, 0}}}}};
    const auto found =
        File("indicator,year,value\nair,2024,1\nair,2025,5\nair,2026,\nair,2023,9\nair,2022,\n").read(known);
    VERIFY_RESULT(found);
    QCOMPARE(found->preview, (IndexDelivered{.added = 1, .corrected = 1, .removed = 1, .unchanged = 2}));
    const QList<IndexDelivery::Entry> entries{
        {u"air"_s, {}, january - 12, 5}, {u"air"_s, {}, january, std::nullopt}, {u"air"_s, {}, january - 36, 9}};
    QCOMPARE(found->delivery.entries, entries);
}

void TestIndexImport::formulasInCellsAreTexts()
{
    const auto found = File("indicator,year,value,Anmerkung\nair,2026,=1+1,=HYPERLINK()\n").read();
    VERIFY_RESULT(found);
    QCOMPARE(found->problemCount, 1);
    QCOMPARE(found->unknownColumns, QStringList{u"Anmerkung"_s});
}

void TestIndexImport::manyProblemsAreCounted()
{
    QByteArray csv("indicator,period,value\n");
    for (int i = 0; i < 20'000; ++i)
        csv += "count,1900-01,1\n";
    const auto found = File(csv).read();
    VERIFY_RESULT(found);
    QCOMPARE(found->problemCount, 19'999);
    QCOMPARE(found->problems.size(), 1000); // the others are counted only
}

void TestIndexImport::cancellingEndsIt()
{
    std::stop_source stop;
    stop.request_stop();
    const File file("indicator,year,value\nair,2026,1\n");
    const auto found = previewIndexImport(file.path, definition(), {}, {}, stop.get_token(), {});
    QVERIFY(!found);
    QCOMPARE(found.error().kind, ErrorKind::Cancelled);
    VERIFY_FAILS(previewIndexImport(file.path + u"x"_s, definition(), {}, {}, {}, {}), ErrorKind::NotFound);
    VERIFY_FAILS(previewIndexImport(file.folder.path(), definition(), {}, {}, {}, {}), ErrorKind::NotReadable);
}

QTEST_GUILESS_MAIN(TestIndexImport)
#include "tst_indeximport.moc"
