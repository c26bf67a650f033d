// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplanwriter.h"

#include "datasources/xplan/xplanparser.h"
#include "tests/support/testkit.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

/** A ring in either sense; the writer turns it as GML wants. */
void addRing(Geometry &geometry, double x, double y, double size, bool clockwise, bool startsPart)
{
    std::vector<PointXY> ring{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}};
    if (clockwise)
        std::reverse(ring.begin(), ring.end());
    geometry.kind = GeometryKind::Polygon;
    if (startsPart)
        geometry.partStarts.push_back(std::uint32_t(geometry.ringEnds.size()));
    geometry.points.insert(geometry.points.end(), ring.begin(), ring.end());
    geometry.ringEnds.push_back(std::uint32_t(geometry.points.size()));
}

XplanPlanDraft samplePlan()
{
    XplanPlanDraft plan{.name = u"Am „alten“ Hafen & <Kai>"_s,
                        .number = u"07.32.00"_s,
                        .municipality = u"Hansestadt Lübeck"_s,
                        .municipalityKey = u"01003000"_s,
                        .district = u"St. Lorenz Süd"_s,
                        .procedure = u"3000"_s,
                        .decidedToDraw = QDate(2018, 3, 1),
                        .decided = QDate(2020, 5, 28),
                        .inForce = QDate(2020, 7, 15)};
    addRing(plan.extent, 611000, 5969000, 400, true, true);
    addRing(plan.extent, 611100, 5969100, 50, true, false);
    plan.references = {
        {.name = u"Begründung"_s, .url = u"begruendung.pdf"_s, .kind = u"1010"_s, .date = u"2020-05-28"_s}};
    plan.texts = {{.id = u"text_a"_s, .key = u"1.10"_s, .text = u"Zehnter"_s}, {.key = u"1.2"_s, .text = u"Zweiter"_s}};

    XplanObjectDraft building{.type = u"BP_BaugebietsTeilFlaeche"_s,
                              .properties = {{.name = u"GRZ"_s, .text = u"0.4"_s},
                                             {.name = u"Z"_s, .text = u"3"_s},
                                             {.name = u"besondereArtDerBaulNutzung"_s, .text = u"1200"_s}},
                              .covers = true,
                              .id = u"bau_1"_s,
                              .texts = {u"text_a"_s}};
    addRing(building.geometry, 611000, 5969000, 80, false, true);
    addRing(building.geometry, 611200, 5969200, 40, true, true); // two areas
    XplanObjectDraft green{.type = u"BP_GruenFlaeche"_s,
                           .properties = {{.name = u"zweckbestimmung"_s,
                                           .type = u"BP_KomplexeZweckbestGruen"_s,
                                           .parts = {{.name = u"allgemein"_s, .text = u"1600"_s}}}},
                           .covers = true};
    addRing(green.geometry, 611300, 5969300, 60, false, false);
    green.geometry.partStarts.clear();
    const XplanObjectDraft line{
        .type = u"BP_BauGrenze"_s,
        .geometry = {GeometryKind::Line, {{611010, 5969010}, {611070.1234, 5969010.5}}, {2}, {}},
        .level = -1};
    const XplanObjectDraft trees{.type = u"BP_AnpflanzungBindungErhaltung"_s,
                                 .properties = {{.name = u"massnahme"_s, .text = u"2000"_s}},
                                 .geometry = {GeometryKind::Point, {{611020, 5969020}, {611030, 5969030}}, {}, {}}};
    const XplanObjectDraft label{.type = u"XP_PTO"_s,
                                 .properties = {{.name = u"art"_s, .text = u"xplan:GRZ"_s},
                                                {.name = u"schriftinhalt"_s, .text = u"GRZ 0,4"_s},
                                                {.name = u"drehwinkel"_s, .text = u"15"_s, .uom = u"grad"_s}},
                                 .geometry = {GeometryKind::Point, {{611040, 5969040}}, {}, {}},
                                 .represents = u"bau_1"_s};
    plan.bereiche = {{.number = 0, .name = u"Hauptteil"_s, .objects = {building, green, line, trees, label}}};
    return plan;
}

const XplanObject *ofType(const XplanDocument &document, const QString &type)
{
    const auto it = std::ranges::find(document.objects, type, &XplanObject::type);
    return it == document.objects.end() ? nullptr : &*it;
}

} // namespace

class TestXplanWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadAgain();
    void geometriesKeepPartsHolesAndMillimetres();
    void ringsTurnAsGmlWants();
    void elementsStandInTheOrderOfTheSchema();
    void twoPlansShareAFile();
    void doubledIdentifiersAreRefused();
    void referenceSystemsWithoutNumberAreRefused();
    void forbiddenCharactersAndNumbersAreRefused();
    void gdalReadsIt();
};

void TestXplanWriter::whatIsWrittenIsReadAgain()
{
    const auto bytes = writeXplan({samplePlan()}, Crs::working());
    VERIFY_RESULT(bytes);
    const auto document = parseXplan(*bytes, u"plan.gml"_s);
    VERIFY_RESULT(document);
    QVERIFY2(document->notes.isEmpty(), qPrintable(document->notes.join(u' ')));
    QCOMPARE(document->version, u"6.0"_s);
    QCOMPARE(document->plans.size(), 1UZ);
    const auto &plan = document->plans[0];
    const auto &header = document->objects[*plan.object];
    QCOMPARE(header.text(u"name"_s), u"Am „alten“ Hafen & <Kai>"_s);
    QCOMPARE(header.text(u"nummer"_s), u"07.32.00"_s);
    QCOMPARE(header.text(u"inkrafttretensDatum"_s), u"2020-07-15"_s);
    QCOMPARE(header.textsAt(u"gemeinde/ortsteilName"_s), QStringList{u"St. Lorenz Süd"_s});
    QCOMPARE(plan.references.size(), 1UZ);
    QCOMPARE(plan.references[0].kind, u"1010"_s);
    QCOMPARE(plan.texts.size(), 2UZ);
    QCOMPARE(plan.texts[0].key, u"1.2"_s);
    QCOMPARE(plan.contents.size(), 4UZ);
    QCOMPARE(plan.markers.size(), 1UZ);
    const auto *building = document->find(u"bau_1"_s);
    QVERIFY(building);
    QCOMPARE(building->text(u"GRZ"_s), u"0.4"_s);
    QCOMPARE(building->text(u"flaechenschluss"_s), u"true"_s);
    QCOMPARE(building->references(u"refTextInhalt"_s), QStringList{u"text_a"_s});
    QCOMPARE(ofType(*document, u"BP_GruenFlaeche"_s)->textsAt(u"zweckbestimmung/allgemein"_s), QStringList{u"1600"_s});
    QCOMPARE(ofType(*document, u"BP_BauGrenze"_s)->text(u"ebene"_s), u"-1"_s);
    const auto *label = ofType(*document, u"XP_PTO"_s);
    QCOMPARE(label->references(u"dientZurDarstellungVon"_s), QStringList{u"bau_1"_s});
    QCOMPARE(label->property(u"drehwinkel"_s)->uom, u"grad"_s);
}

void TestXplanWriter::geometriesKeepPartsHolesAndMillimetres()
{
    const auto document = parseXplan(*writeXplan({samplePlan()}, Crs::working()), {});
    VERIFY_RESULT(document);
    const auto &extent = document->objects[*document->plans[0].object].geometry;
    QCOMPARE(extent.ringCount(), 2UZ);
    QCOMPARE(area(extent), 400.0 * 400 - 50 * 50);
    const auto *building = document->find(u"bau_1"_s);
    QCOMPARE(building->geometry.partStarts.size(), 2UZ);
    QCOMPARE(area(building->geometry), 80.0 * 80 + 40 * 40);
    QCOMPARE(building->crs.epsg(), 25832);
    QCOMPARE(ofType(*document, u"BP_BauGrenze"_s)->geometry.points[1], (PointXY{611070.123, 5969010.5}));
    QCOMPARE(ofType(*document, u"BP_AnpflanzungBindungErhaltung"_s)->geometry.points.size(), 2UZ);
}

void TestXplanWriter::ringsTurnAsGmlWants()
{
    const auto document = parseXplan(*writeXplan({samplePlan()}, Crs::working()), {});
    VERIFY_RESULT(document);
    const auto turn = [](std::span<const PointXY> ring) {
        double sum = 0;
        for (std::size_t i = 1; i < ring.size(); ++i)
            sum += (ring[i - 1].x - ring[0].x) * (ring[i].y - ring[0].y)
                - (ring[i].x - ring[0].x) * (ring[i - 1].y - ring[0].y);
        return sum;
    };
    const auto &extent = document->objects[*document->plans[0].object].geometry;
    QVERIFY(turn(extent.ring(0)) > 0);
    QVERIFY(turn(extent.ring(1)) < 0);
}

void TestXplanWriter::elementsStandInTheOrderOfTheSchema()
{
    const auto bytes = writeXplan({samplePlan()}, Crs::working());
    VERIFY_RESULT(bytes);
    QHash<QString, QStringList> order;
    QXmlStreamReader xml(*bytes);
    QStringList path;
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::StartElement) {
            path.append(xml.name().toString());
            if (path.size() == 4 && (order[path[2]].isEmpty() || order[path[2]].back() != path[3]))
                order[path[2]].append(path[3]);
        } else if (token == QXmlStreamReader::EndElement) {
            path.removeLast();
        }
    }
    QVERIFY(!xml.hasError());
    QCOMPARE(order[u"BP_Plan"_s],
             QStringList({u"boundedBy"_s, u"name"_s, u"nummer"_s, u"erstellungsMassstab"_s,
                          u"raeumlicherGeltungsbereich"_s, u"externeReferenz"_s, u"texte"_s, u"gemeinde"_s,
                          u"planArt"_s, u"verfahren"_s, u"rechtsstand"_s, u"aufstellungsbeschlussDatum"_s,
                          u"satzungsbeschlussDatum"_s, u"inkrafttretensDatum"_s, u"bereich"_s}));
    QCOMPARE(order[u"BP_BaugebietsTeilFlaeche"_s],
             QStringList({u"boundedBy"_s, u"ebene"_s, u"gehoertZuBereich"_s, u"rechtscharakter"_s, u"refTextInhalt"_s,
                          u"position"_s, u"flaechenschluss"_s, u"GRZ"_s, u"Z"_s, u"besondereArtDerBaulNutzung"_s}));
    QCOMPARE(order[u"XP_PTO"_s],
             QStringList({u"boundedBy"_s, u"art"_s, u"gehoertZuBereich"_s, u"dientZurDarstellungVon"_s,
                          u"schriftinhalt"_s, u"position"_s, u"drehwinkel"_s}));
    QCOMPARE(order[u"BP_Bereich"_s],
             QStringList({u"nummer"_s, u"name"_s, u"planinhalt"_s, u"praesentationsobjekt"_s, u"gehoertZuPlan"_s}));
}

void TestXplanWriter::twoPlansShareAFile()
{
    auto first = samplePlan();
    auto second = samplePlan();
    second.name = u"Zweiter"_s;
    second.texts.clear();
    for (auto &object : second.bereiche[0].objects) {
        object.id.clear();
        object.represents.clear();
        object.texts.clear();
    }
    const auto document = parseXplan(*writeXplan({first, second}, Crs::fromEpsg(25833)), {});
    VERIFY_RESULT(document);
    QVERIFY(document->notes.isEmpty());
    QCOMPARE(document->plans.size(), 2UZ);
    QCOMPARE(document->plans[1].contents.size(), 4UZ);
    QCOMPARE(document->objects[0].crs.epsg(), 25833);
}

void TestXplanWriter::doubledIdentifiersAreRefused()
{
    auto plan = samplePlan();
    plan.bereiche[0].objects[1].id = u"bau_1"_s;
    const auto bytes = writeXplan({plan}, Crs::working());
    VERIFY_FAILS(bytes, ErrorKind::Invalid);
    QVERIFY(bytes.error().what.contains(u"bau_1"_s));
}

void TestXplanWriter::referenceSystemsWithoutNumberAreRefused()
{
    VERIFY_FAILS(writeXplan({samplePlan()}, Crs()), ErrorKind::Invalid);
}

void TestXplanWriter::forbiddenCharactersAndNumbersAreRefused()
{
    auto plan = samplePlan();
    plan.description = u"Null: "_s + QChar(0x01);
    VERIFY_FAILS(writeXplan({plan}, Crs::working()), ErrorKind::Invalid);
    plan = samplePlan();
    plan.bereiche[0].objects[0].geometry.points[0].x = std::nan("");
    VERIFY_FAILS(writeXplan({plan}, Crs::working()), ErrorKind::Invalid);
}

void TestXplanWriter::gdalReadsIt()
{
    const auto ogrinfo = QStandardPaths::findExecutable(u"ogrinfo"_s);
    if (ogrinfo.isEmpty())
        QSKIP("ogrinfo is not installed");
    QTemporaryDir dir;
    QFile file(dir.filePath(u"plan.gml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(*writeXplan({samplePlan()}, Crs::working()));
    file.close();
    QProcess process;
    process.start(ogrinfo, {u"-ro"_s, u"-so"_s, u"-al"_s, file.fileName()});
    QVERIFY(process.waitForFinished(60000));
    const auto text = QString::fromUtf8(process.readAllStandardOutput());
    QVERIFY2(process.exitCode() == 0, qPrintable(text));
    for (const auto &layer : {u"Layer name: BP_Plan"_s, u"Layer name: BP_BaugebietsTeilFlaeche"_s,
                              u"Layer name: BP_BauGrenze"_s, u"Layer name: XP_PTO"_s})
        QVERIFY2(text.contains(layer), qPrintable(text));
    const auto plan = text.section(u"Layer name: BP_Plan"_s, 1).section(u"Layer name:"_s, 0, 0);
    QVERIFY2(plan.contains(u"Extent: (611000.000000, 5969000.000000) - (611400.000000, 5969400.000000)"_s),
             qPrintable(plan));
    QVERIFY(plan.contains(u"25832"_s));
}

QTEST_GUILESS_MAIN(TestXplanWriter)
#include "tst_xplanwriter.moc"
