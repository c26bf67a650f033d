// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplanopener.h"

#include "datasources/xplan/xplancache.h"
#include "datasources/xplan/xplancatalogue.h"
#include "layers/map/style.h"
#include "tests/datasources/xplan/xplansamples.h"
#include "tests/support/testkit.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <set>
#include <thread>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

SourceRef refTo(const QString &sample, const QString &layer = {})
{
    return {.provider = u"xplan"_s, .location = samplesDir() + u"/xplangml/"_s + sample, .layer = layer};
}

std::shared_ptr<const FeatureSource> featureSource(const Result<OpenedSource> &opened)
{
    return opened ? std::get<std::shared_ptr<const FeatureSource>>(*opened) : nullptr;
}

const LayerDescription *layerNamed(const SourceDescription &description, const QString &name)
{
    const auto it = std::ranges::find(description.layers, name, &LayerDescription::name);
    return it == description.layers.end() ? nullptr : &*it;
}

QVariant valueOf(const FeatureSource &source, const Feature &feature, const QString &field)
{
    const auto fields = source.description().fields;
    for (qsizetype i = 0; i < fields.size(); ++i)
        if (fields[i].name == field)
            return feature.values[i];
    return {};
}

std::vector<Feature> allFeatures(const FeatureSource &source)
{
    std::vector<Feature> features;
    (void)source.stream({},
                        [&](Feature &feature) {
                            features.push_back(feature);
                            return true;
                        },
                        {});
    return features;
}

QByteArray smallPlan(const QByteArray &name, const QByteArray &extra = {})
{
    return R"(<xplan:XPlanAuszug xmlns:xplan="http://www.xplanung.de/xplangml/6/0" xmlns:gml="http://www.opengis.net/gml/3.2">)"
           "<gml:featureMember><xplan:BP_Plan gml:id=\"p\"><xplan:name>"
        + name
        + "</xplan:name><xplan:raeumlicherGeltungsbereich>"
          "<gml:Polygon srsName=\"EPSG:25832\"><gml:exterior><gml:LinearRing><gml:posList>611000 5970000 611100 "
          "5970000 611100 "
          "5970100 611000 "
          "5970000</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></xplan:raeumlicherGeltungsbereich>"
          "<xplan:rechtsstand>4000</xplan:rechtsstand></xplan:BP_Plan></gml:featureMember>"
        + extra + "</xplan:XPlanAuszug>";
}

void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

class TestXplanOpener : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySampleOffersReadableLayers_data();
    void everySampleOffersReadableLayers();
    void everyStyleOfTheCatalogueIsSound();
    void brokenSamplesAreRefused();
    void layersStandInTheOrderOfTheMap();
    void plansAreGroupsWithTheirHeader();
    void codesKeepTheirNumberAndGetTheirText();
    void codesOfAllListsInTheDomainAreThere();
    void buildingAreasAreLabelledAndColouredByTheirUse();
    void presentationTextsAreWrittenOnce();
    void severalPlansHaveLayersOfTheirOwn();
    void mixedReferenceSystemsMeetInOne();
    void unknownClassesAreDrawnAndCounted();
    void undergroundObjectsHaveALayerOfTheirOwn();
    void missingExtentIsMadeOfTheContents();
    void queriesAreObeyed();
    void featuresComeInFullPrecision();
    void foldersBecomeOneOverview();
    void patternsTakeTheirFilesAndNotesTheBroken();
    void singleFilesHaveAnOverviewToo();
    void correctionsAreUsed();
    void changedFilesAreReadAgain();
    void missingThingsAreNamed();
    void plansAreRecognisedQuickly();
    void zipBombsAreRefused();
    void pathsOutOfTheArchiveAreRefused();
    void archivesInArchivesAreNotOpened();
    void aBrokenPlanInAZipIsNotedAndTheRestIsRead();
    void damagedArchivesAreRefused();
    void cacheReadsOnceForAll();
    void cacheForgetsTheOldest();
    void cancelIsObeyed();
};

void TestXplanOpener::everySampleOffersReadableLayers_data()
{
    NEED_SAMPLES();
    QTest::addColumn<QString>("sample");
    for (const auto &sample : xplanSamples())
        if (!sample.contains(u"not_wellformed"_s) && !sample.contains(u"bad_xxe"_s)
            && !sample.contains(u"geom_curve"_s))
            QTest::newRow(qPrintable(sample)) << sample.section(u'/', 1);
}

void TestXplanOpener::everySampleOffersReadableLayers()
{
    QFETCH(QString, sample);
    const XplanOpener opener;
    const auto facts = factsOf(u"xplangml/"_s + sample);
    const auto description = opener.inspect(refTo(sample), {});
    VERIFY_RESULT(description);
    QVERIFY(description->format.contains(facts.version));
    QCOMPARE(description->layers.front().name.section(u':', -1), u"Geltungsbereich"_s);
    std::set<QString> names;
    QMap<QString, int> counts;
    for (const auto &layer : description->layers) {
        QVERIFY2(names.insert(layer.name).second, qPrintable(layer.name));
        QVERIFY(!layer.title.isEmpty());
        QVERIFY(!layer.group.isEmpty());
        QVERIFY(layer.crs.isValid());
        QVERIFY(!layer.extent.isEmpty());
        const auto style = Style::fromJson(layer.style);
        VERIFY_RESULT(style);
        QVERIFY2(!style->classes.empty(), qPrintable(layer.name));
        std::set<QString> fields;
        for (const auto &field : layer.fields)
            QVERIFY2(fields.insert(field.name).second, qPrintable(field.name));

        const auto opened = opener.open(refTo(sample, layer.name), {});
        VERIFY_RESULT(opened);
        const auto set = featureSource(opened)->read({.crs = Crs::working(), .fields = style->fields()}, {});
        VERIFY_RESULT(set);
        QVERIFY2(qint64((*set)->size()) == layer.featureCount, qPrintable(layer.name));
        for (const auto drawn : classify(*style, **set))
            QVERIFY2(drawn >= 0, qPrintable(layer.name)); // nothing is left undrawn
        for (const auto &feature : allFeatures(*featureSource(opened)))
            QCOMPARE(feature.values.size(), layer.fields.size());
        auto type = layer.name.section(u':', -1);
        counts[type.section(u'_', 0, 1)] += int((*set)->size());
    }
    for (const auto &[type, count] : facts.classes.asKeyValueRange())
        if (counts.contains(type))
            QVERIFY2(counts[type] <= count, qPrintable(type));
}

void TestXplanOpener::everyStyleOfTheCatalogueIsSound()
{
    QFile file(u":/planzv/planzv.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto classes = QJsonDocument::fromJson(file.readAll()).object()["classes"_L1].toObject();
    QVERIFY(classes.size() > 90);
    const auto catalogue = XplanCatalogue::shipped();
    auto types = classes.keys();
    types.append(u"BP_NieGehoert"_s);
    for (const auto &type : types) {
        for (const auto kind : {GeometryKind::Point, GeometryKind::Line, GeometryKind::Polygon}) {
            for (const int level : {-1, 0, 1}) {
                const auto json = catalogue.style(type, kind, level);
                const auto style = Style::fromJson(json);
                VERIFY_RESULT(style);
                QVERIFY(!style->classes.empty());
                QVERIFY(!style->classes.front().title.isEmpty());
                const auto &symbol = style->classes.front().symbol;
                QVERIFY2(kind == GeometryKind::Point ? !symbol.markers.empty()
                                                     : !symbol.fills.empty() || !symbol.strokes.empty(),
                         qPrintable(type));
            }
        }
        if (const auto label = classes[type].toObject()["label"_L1].toString(); !label.isEmpty())
            QVERIFY2(!catalogue.labelParts(label).empty(), qPrintable(label));
    }
    for (const auto &special :
         {u"plan"_s, u"bereich"_s, u"texts"_s, u"markerLines"_s, u"markerAreas"_s, u"plans"_s, u"areas"_s})
        VERIFY_RESULT(Style::fromJson(catalogue.specialStyle(special)));
}

void TestXplanOpener::brokenSamplesAreRefused()
{
    NEED_SAMPLES();
    const XplanOpener opener;
    const auto notWellFormed = opener.inspect(refTo(u"bad_not_wellformed.gml"_s), {});
    VERIFY_FAILS(notWellFormed, ErrorKind::Malformed);
    QVERIFY(notWellFormed.error().what.contains(u"10268"_s));
    const auto xxe = opener.open(refTo(u"bad_xxe.zip"_s), {});
    VERIFY_FAILS(xxe, ErrorKind::Malformed);
    QVERIFY(xxe.error().what.contains(u"document type"_s));
    VERIFY_FAILS(opener.inspect(refTo(u"geom_curve_ring.gml"_s), {}), ErrorKind::Malformed);
    const auto dangling = opener.inspect(refTo(u"bad_dangling_reference_60.zip"_s), {});
    VERIFY_RESULT(dangling);
    QVERIFY(dangling->notes.join(u' ').contains(u"612F9C72"_s));
}

void TestXplanOpener::layersStandInTheOrderOfTheMap()
{
    NEED_SAMPLES();
    const auto description = XplanOpener().inspect(refTo(u"52_HafenCity7.gml"_s), {});
    VERIFY_RESULT(description);
    const auto place = [&](const QString &name) {
        for (std::size_t i = 0; i < description->layers.size(); ++i)
            if (description->layers[i].name == name)
                return int(i);
        return -1;
    };
    const int places[] = {place(u"Geltungsbereich"_s),
                          place(u"Praesentation_Punkt"_s),
                          place(u"BP_HoehenMass_Punkt"_s),
                          place(u"BP_BauGrenze_Linie"_s),
                          place(u"BP_StrassenbegrenzungsLinie_Linie"_s),
                          place(u"BP_KennzeichnungsFlaeche_Flaeche_Ueberlagerung"_s),
                          place(u"BP_UeberbaubareGrundstuecksFlaeche_Flaeche_Ueberlagerung"_s),
                          place(u"BP_StrassenVerkehrsFlaeche_Flaeche"_s),
                          place(u"BP_BaugebietsTeilFlaeche_Flaeche"_s)};
    QCOMPARE(places[0], 0);
    for (std::size_t i = 1; i < std::size(places); ++i)
        QVERIFY2(places[i] > places[i - 1], qPrintable(QString::number(i)));
    QCOMPARE(description->layers[std::size_t(places[8])].title, u"Baugebiet"_s);
    QCOMPARE(description->layers[std::size_t(places[7])].title, u"Straßenverkehrsfläche"_s);
}

void TestXplanOpener::plansAreGroupsWithTheirHeader()
{
    NEED_SAMPLES();
    const auto description = XplanOpener().inspect(refTo(u"60_BPlan005.zip"_s), {});
    VERIFY_RESULT(description);
    const auto &first = description->layers.front();
    QCOMPARE(first.group, u"BPlan005_6-0"_s);
    const auto &header = first.metadata;
    QCOMPARE(header[u"Name"_s].toString(), u"BPlan005_6-0"_s);
    QCOMPARE(header[u"Planart"_s].toString(), u"vorhabenbezogener Bebauungsplan (3000)"_s);
    QCOMPARE(header[u"Rechtsstand"_s].toString(), u"Satzungsbeschluss (3000)"_s);
    QVERIFY(header[u"Gemeinde"_s].toString().startsWith(u"Freie und Hansestadt Hamburg"_s));
    QVERIFY(header[u"Documents"_s].toString().contains(u".pdf"_s));
    QCOMPARE(header[u"Textual regulations"_s].toArray().size(), 9);
    const auto order = header[u"order"_s].toArray();
    QCOMPARE(order.size(), header.size() - 1);
    QCOMPARE(order[0].toString(), u"Name"_s);
    QCOMPARE(first.provenance.source, u"Freie und Hansestadt Hamburg"_s);
}

void TestXplanOpener::codesKeepTheirNumberAndGetTheirText()
{
    NEED_SAMPLES();
    const XplanOpener opener;
    const auto source =
        featureSource(opener.open(refTo(u"60_BPlan001.zip"_s, u"BP_BaugebietsTeilFlaeche_Flaeche"_s), {}));
    QVERIFY(source);
    const auto features = allFeatures(*source);
    QCOMPARE(features.size(), 2UZ);
    QCOMPARE(valueOf(*source, features[0], u"besondereArtDerBaulNutzung"_s).toString(), u"1450"_s);
    QCOMPARE(valueOf(*source, features[0], u"besondereArtDerBaulNutzung_text"_s).toString(),
             u"dörfliches Wohngebiet"_s);
    QCOMPARE(valueOf(*source, features[0], u"flaechenschluss"_s), QVariant(true));
    QCOMPARE(valueOf(*source, features[0], u"rechtscharakter_text"_s).toString(), u"Festsetzung im Bebauungsplan"_s);
    QCOMPARE(valueOf(*source, features[0], u"ebene"_s).toInt(), 0);
    const auto green = featureSource(opener.open(refTo(u"60_BPlan001.zip"_s, u"BP_GruenFlaeche_Flaeche"_s), {}));
    QVERIFY(green);
    for (const auto &feature : allFeatures(*green)) // 6.0 wraps the code, 5.x does not: the same field in both
        QVERIFY(!valueOf(*green, feature, u"zweckbestimmung_text"_s).toString().isEmpty());
}

void TestXplanOpener::codesOfAllListsInTheDomainAreThere()
{
    const auto catalogue = XplanCatalogue::shipped();
    const std::pair<const char *, std::vector<int>> lists[] = {
        {"BP_PlanArt", {1000, 10000, 10001, 10002, 3000, 3100, 4000, 40000, 40001, 40002, 5000, 7000, 9999}},
        {"BP_Rechtsstand",
         {1000, 2000, 2100, 2200, 2250, 2300, 2400, 3000, 4000, 4500, 45000, 45001, 5000, 50000, 50001}},
        {"BP_Verfahren", {1000, 2000, 3000, 4000}},
        {"XP_Rechtscharakter", {1000, 2000, 3000, 6000, 7000, 8000}},
        {"XP_ExterneReferenzTyp", {1010, 1020, 1030, 1050, 1060, 2800}},
        {"XP_BedeutungenBereich", {1600, 1800, 2000, 3000}},
        {"XP_AllgArtDerBaulNutzung", {1000, 2000, 3000, 4000, 9999}},
        {"XP_BesondereArtDerBaulNutzung",
         {1000, 1100, 1200, 1300, 1400, 1450, 1500, 1550, 1600, 1700, 1800, 2000, 2100, 3000, 4000, 9999}},
        {"BP_Bauweise", {1000, 2000, 3000}}};
    for (const auto &[list, codes] : lists)
        for (const int code : codes)
            QVERIFY2(!catalogue.text(QString::fromLatin1(list), QString::number(code)).isEmpty(), list);
    QCOMPARE(catalogue.shortText(u"XP_BesondereArtDerBaulNutzung"_s, u"1200"_s), u"WA"_s);
    QCOMPARE(catalogue.text(u"BP_Bauweise"_s, u"4711"_s), QString());
    QCOMPARE(catalogue.listOf(u"BP_Wegerecht"_s, u"rechtscharakter"_s, u"5.2"_s), u"BP_Rechtscharakter5"_s);
    QCOMPARE(catalogue.listOf(u"BP_Wegerecht"_s, u"rechtscharakter"_s, u"6.0"_s), u"XP_Rechtscharakter"_s);
}

void TestXplanOpener::buildingAreasAreLabelledAndColouredByTheirUse()
{
    NEED_SAMPLES();
    const XplanOpener opener;
    const auto ref = refTo(u"54_BP_Alles_Parmis.gml"_s, u"BP_BaugebietsTeilFlaeche_Flaeche"_s);
    const auto source = featureSource(opener.open(ref, {}));
    QVERIFY(source);
    const auto style = Style::fromJson(source->description().style);
    VERIFY_RESULT(style);
    std::set<QString> uses;
    for (const auto &feature : allFeatures(*source))
        uses.insert(valueOf(*source, feature, u"nutzungsart"_s).toString());
    QVERIFY(uses.contains(u"W"_s) && uses.contains(u"M"_s) && uses.contains(u"G"_s) && uses.contains(u"S"_s));
    const auto set = source->read({.fields = style->fields()}, {});
    VERIFY_RESULT(set);
    const auto *use = (*set)->column(u"nutzungsart"_s);
    const auto classes = classify(*style, **set);
    for (std::size_t i = 0; i < classes.size(); ++i) {
        if (use->isNull(i))
            continue;
        const auto colour = style->classes[std::size_t(classes[i])].symbol.fills.front().color.name();
        const auto text = use->value(i).toString();
        QCOMPARE(colour,
                 text == u"W"_s       ? u"#cf9377"_s
                     : text == u"M"_s ? u"#d5a744"_s
                     : text == u"G"_s ? u"#a6a596"_s
                                      : u"#fe7f26"_s);
    }
}

void TestXplanOpener::presentationTextsAreWrittenOnce()
{
    NEED_SAMPLES();
    const XplanOpener opener;
    // Eidelstedt 4 writes its texts itself, Heideweg has none for its building areas
    const auto texts = featureSource(opener.open(refTo(u"41_Eidelstedt4.zip"_s, u"Praesentation_Punkt"_s), {}));
    QVERIFY(texts);
    QStringList written;
    for (const auto &feature : allFeatures(*texts))
        written.append(valueOf(*texts, feature, u"beschriftung"_s).toString());
    QVERIFY(written.contains(u"GRZ 0.8"_s) && written.contains(u"GI"_s));

    const auto markers = featureSource(opener.open(refTo(u"60_Blankenese29.gml"_s, u"Praesentation_Punkt"_s), {}));
    const auto areas =
        featureSource(opener.open(refTo(u"60_Blankenese29.gml"_s, u"BP_BaugebietsTeilFlaeche_Flaeche"_s), {}));
    QVERIFY(markers && areas);
    int wr = 0;
    for (const auto &feature : allFeatures(*markers))
        wr += valueOf(*markers, feature, u"beschriftung"_s).toString().contains(u"WR"_s) ? 1 : 0;
    QVERIFY(wr > 0); // computed from the object that the symbol stands for
    for (const auto &feature : allFeatures(*areas)) {
        const bool shown = valueOf(*areas, feature, u"beschriftung"_s).toString().contains(u"WR"_s);
        QVERIFY(!shown || wr < 42);
    }
    const auto plain =
        featureSource(opener.open(refTo(u"51_Heideweg_wfsfc_25833.gml"_s, u"BP_BaugebietsTeilFlaeche_Flaeche"_s), {}));
    QVERIFY(plain);
    for (const auto &feature : allFeatures(*plain))
        QVERIFY2(valueOf(*plain, feature, u"beschriftung"_s).toString().startsWith(u"WA"_s),
                 qPrintable(valueOf(*plain, feature, u"beschriftung"_s).toString()));
}

void TestXplanOpener::severalPlansHaveLayersOfTheirOwn()
{
    NEED_SAMPLES();
    const auto description = XplanOpener().inspect(refTo(u"52_MultiplePlaene.zip"_s), {});
    VERIFY_RESULT(description);
    QStringList groups;
    for (const auto &layer : description->layers)
        if (!groups.contains(layer.group))
            groups.append(layer.group);
    QCOMPARE(groups.size(), 3);
    QVERIFY(layerNamed(*description, u"1:Geltungsbereich"_s) && layerNamed(*description, u"3:BP_BauGrenze_Linie"_s));
}

void TestXplanOpener::mixedReferenceSystemsMeetInOne()
{
    NEED_SAMPLES();
    const XplanOpener opener;
    const auto description = opener.inspect(refTo(u"sagis_bp_plan.gml"_s), {});
    VERIFY_RESULT(description);
    for (const auto &layer : description->layers) {
        const auto source = featureSource(opener.open(refTo(u"sagis_bp_plan.gml"_s, layer.name), {}));
        const auto set = source->read({}, {});
        VERIFY_RESULT(set);
        QVERIFY((*set)->crs == layer.crs);
        QVERIFY(layer.extent.grown(1).contains((*set)->extent));
    }
}

void TestXplanOpener::unknownClassesAreDrawnAndCounted()
{
    QTemporaryDir dir;
    const auto path = dir.filePath(u"plan.gml"_s);
    writeFile(path,
              smallPlan("Probe",
                        "<gml:featureMember><xplan:BP_GanzNeueFlaeche gml:id=\"n\"><xplan:position><gml:Point "
                        "srsName=\"EPSG:25832\"><gml:pos>611050 5970020</gml:pos></gml:Point></xplan:position>"
                        "</xplan:BP_GanzNeueFlaeche></gml:featureMember>"));
    const auto description = XplanOpener().inspect({.location = path}, {});
    VERIFY_RESULT(description);
    const auto *layer = layerNamed(*description, u"BP_GanzNeueFlaeche_Punkt"_s);
    QVERIFY(layer);
    QCOMPARE(layer->title, u"Ganz Neue Flaeche"_s);
    QCOMPARE(Style::fromJson(layer->style)->classes.front().symbol.markers.size(), 1UZ);
    QVERIFY(description->layers.front().notes.join(u' ').contains(u"BP_GanzNeueFlaeche"_s));
}

void TestXplanOpener::undergroundObjectsHaveALayerOfTheirOwn()
{
    QTemporaryDir dir;
    const auto path = dir.filePath(u"plan.gml"_s);
    QByteArray objects;
    for (const auto &level : {"-1"_ba, "0"_ba, "1"_ba})
        objects += "<gml:featureMember><xplan:BP_NebenanlagenFlaeche><xplan:ebene>" + level
            + "</xplan:ebene><xplan:position><gml:Polygon "
              "srsName=\"EPSG:25832\"><gml:exterior><gml:LinearRing><gml:posList>611010 "
              "5970010 611020 5970010 611020 5970020 611010 "
              "5970010</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
              "</xplan:position><xplan:flaechenschluss>false</xplan:flaechenschluss></xplan:BP_NebenanlagenFlaeche>"
              "</gml:featureMember>";
    writeFile(path, smallPlan("Probe", objects));
    const auto description = XplanOpener().inspect({.location = path}, {});
    VERIFY_RESULT(description);
    QStringList names;
    for (const auto &layer : description->layers)
        names.append(layer.name);
    QCOMPARE(names,
             QStringList({u"Geltungsbereich"_s, u"BP_NebenanlagenFlaeche_Flaeche_Ueberlagerung_oberhalb"_s,
                          u"BP_NebenanlagenFlaeche_Flaeche_Ueberlagerung"_s,
                          u"BP_NebenanlagenFlaeche_Flaeche_Ueberlagerung_unterirdisch"_s}));
    QVERIFY(!Style::fromJson(description->layers[3].style)->classes.front().symbol.strokes.front().dash.isEmpty());
}

void TestXplanOpener::missingExtentIsMadeOfTheContents()
{
    QTemporaryDir dir;
    const auto path = dir.filePath(u"plan.gml"_s);
    auto plan = smallPlan("Probe",
                          "<gml:featureMember><xplan:BP_BauGrenze gml:id=\"g\"><xplan:position><gml:LineString "
                          "srsName=\"EPSG:25832\"><gml:posList>611000 5970000 611100 5970050</gml:posList>"
                          "</gml:LineString></xplan:position></xplan:BP_BauGrenze></gml:featureMember>");
    const auto from = plan.indexOf("<xplan:raeumlicher"), to = plan.indexOf("<xplan:rechtsstand>");
    writeFile(path, plan.remove(from, to - from));
    const XplanOpener opener;
    const auto source = featureSource(opener.open({.location = path}, {}));
    QVERIFY(source);
    QCOMPARE(source->description().extent, (Extent{611000, 5970000, 611100, 5970050}));
    QCOMPARE(source->description().notes.size(), 1);
}

void TestXplanOpener::queriesAreObeyed()
{
    NEED_SAMPLES();
    const auto source = featureSource(XplanOpener().open(refTo(u"52_HafenCity7.gml"_s, u"BP_BauGrenze_Linie"_s), {}));
    QVERIFY(source);
    const auto all = source->read({}, {});
    VERIFY_RESULT(all);
    QCOMPARE((*all)->size(), 22UZ); // three more are of another level
    QVERIFY((*all)->columns.empty());
    auto half = source->description().extent;
    half.xMax = half.centre().x - half.width() / 4;
    const auto some = source->read({.extent = half, .fields = {u"objekt"_s, u"gibtesnicht"_s}}, {});
    VERIFY_RESULT(some);
    QVERIFY((*some)->size() > 0 && (*some)->size() < 22);
    QCOMPARE((*some)->columns.size(), 1UZ);
    QCOMPARE((*source->read({.limit = 3}, {}))->size(), 3UZ);
    const auto degrees = source->read({.crs = Crs::fromEpsg(4326)}, {});
    VERIFY_RESULT(degrees);
    QVERIFY((*degrees)->extent.xMin > 9.9 && (*degrees)->extent.yMax < 53.6);
}

void TestXplanOpener::featuresComeInFullPrecision()
{
    NEED_SAMPLES();
    const auto source =
        featureSource(XplanOpener().open(refTo(u"60_PolygonPatch_valid.gml"_s, u"Geltungsbereich"_s), {}));
    QVERIFY(source);
    const auto set = source->read({}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), 1UZ);
    const std::vector<qint64> ids{(*set)->ids[0], 99999};
    const auto features = source->features(ids, {}, {});
    VERIFY_RESULT(features);
    QCOMPARE(features->size(), 1UZ);
    QCOMPARE(features->front().geometry.points.front(), (PointXY{464434, 5794752}));
    QCOMPARE(valueOf(*source, features->front(), u"inkraft"_s), QVariant(false)); // the statute is passed, not in force
    QCOMPARE(valueOf(*source, features->front(), u"inkrafttretensDatum"_s).toDate(), QDate(2021, 7, 1));
    QCOMPARE(valueOf(*source, features->front(), u"gemeinde_gemeindeName"_s).toString(), u"Testgemeinde"_s);
}

void TestXplanOpener::foldersBecomeOneOverview()
{
    NEED_SAMPLES();
    const XplanOpener opener;
    const SourceRef folder{.provider = u"xplan"_s, .location = samplesDir() + u"/xplangml"_s};
    const auto description = opener.inspect(folder, {});
    VERIFY_RESULT(description);
    QCOMPARE(description->layers.size(), 2UZ);
    const auto plans = featureSource(opener.open(folder, {}));
    QVERIFY(plans);
    QCOMPARE(plans->description().name, u"*plans*"_s);
    int expected = 0;
    for (const auto &sample : xplanSamples())
        if (!sample.contains(u"not_wellformed"_s) && !sample.contains(u"bad_xxe"_s))
            expected += int(factsOf(sample).planNames.size());
    QCOMPARE(plans->description().featureCount, expected);
    QStringList fields;
    for (const auto &field : plans->description().fields)
        fields.append(field.name);
    QCOMPARE(fields,
             QStringList({u"nummer"_s, u"name"_s, u"rechtsstand"_s, u"rechtsstand_text"_s, u"datum"_s, u"inkraft"_s,
                          u"plan_art"_s, u"datei"_s}));
    const auto read = plans->read({.crs = Crs::working(), .fields = fields}, {});
    VERIFY_RESULT(read);
    QVERIFY((*read)->size() > 20);
    const auto notes = description->notes.join(u'\n');
    QVERIFY(notes.contains(u"bad_not_wellformed.gml"_s) && notes.contains(u"bad_xxe.zip"_s));

    auto areasRef = folder;
    areasRef.layer = u"*areas*"_s;
    const auto areas = featureSource(opener.open(areasRef, {}));
    QVERIFY(areas);
    QStringList areaFields;
    for (const auto &field : areas->description().fields)
        areaFields.append(field.name);
    QCOMPARE(areaFields,
             QStringList({u"class"_s, u"klasse_titel"_s, u"art"_s, u"art_text"_s, u"nutzungsart"_s, u"grz"_s, u"gfz"_s,
                          u"z"_s, u"beschriftung"_s, u"plan"_s}));
    bool sawUse = false;
    for (const auto &feature : allFeatures(*areas))
        sawUse = sawUse
            || (valueOf(*areas, feature, u"art"_s) == u"1200"_s
                && valueOf(*areas, feature, u"art_text"_s) == u"allgemeines Wohngebiet"_s);
    QVERIFY(sawUse);
    const auto style = Style::fromJson(areas->description().style);
    VERIFY_RESULT(style);
    const auto set = areas->read({.crs = Crs::working(), .fields = style->fields()}, {});
    VERIFY_RESULT(set);
    QVERIFY((*set)->size() > 300);
}

void TestXplanOpener::patternsTakeTheirFilesAndNotesTheBroken()
{
    QTemporaryDir dir;
    writeFile(dir.filePath(u"10.gml"_s), smallPlan("Zehn"));
    writeFile(dir.filePath(u"2.gml"_s), smallPlan("Zwei"));
    writeFile(dir.filePath(u"3.gml"_s), "<broken");
    writeFile(dir.filePath(u"4.txt"_s), smallPlan("Vier"));
    const XplanOpener opener;
    const SourceRef ref{.provider = u"xplan"_s, .location = dir.filePath(u"*.gml"_s), .layer = u"*plans*"_s};
    const auto source = featureSource(opener.open(ref, {}));
    QVERIFY(source);
    const auto features = allFeatures(*source);
    QCOMPARE(features.size(), 2UZ);
    QCOMPARE(valueOf(*source, features[0], u"name"_s).toString(), u"Zwei"_s);
    QCOMPARE(valueOf(*source, features[0], u"inkraft"_s), QVariant(true));
    QCOMPARE(valueOf(*source, features[0], u"rechtsstand_text"_s).toString(), u"in Kraft getreten"_s);
    QCOMPARE(valueOf(*source, features[1], u"datei"_s).toString(), u"10.gml"_s);
    QVERIFY(features[0].id != features[1].id);
    const auto description = opener.inspect(ref, {});
    VERIFY_RESULT(description);
    QVERIFY(description->notes.join(u' ').contains(u"3.gml"_s));
    VERIFY_FAILS(opener.inspect({.location = dir.filePath(u"*.xyz"_s)}, {}), ErrorKind::NotFound);
}

void TestXplanOpener::singleFilesHaveAnOverviewToo()
{
    NEED_SAMPLES();
    const auto source = featureSource(XplanOpener().open(refTo(u"52_MultiplePlaene.zip"_s, u"*plans*"_s), {}));
    QVERIFY(source);
    QCOMPARE(source->description().featureCount, 3);
}

void TestXplanOpener::correctionsAreUsed()
{
    QTemporaryDir dir;
    const auto path = dir.filePath(u"plan.gml"_s);
    writeFile(path, smallPlan("Probe"));
    const XplanOpener opener;
    const auto other = featureSource(opener.open({.location = path, .options = {{u"crs"_s, u"EPSG:25833"_s}}}, {}));
    QVERIFY(other);
    QCOMPARE(other->description().crs.epsg(), 25833);
    const auto usual = featureSource(opener.open({.location = path}, {}));
    QCOMPARE(usual->description().crs.epsg(), 25832);
    const auto turned = featureSource(opener.open({.location = path, .options = {{u"swapAxes"_s, true}}}, {}));
    QCOMPARE(turned->description().extent.yMin, 611000.0);
    VERIFY_FAILS(opener.open({.location = path, .options = {{u"crs"_s, u"EPSG:nix"_s}}}, {}), ErrorKind::Invalid);
}

void TestXplanOpener::changedFilesAreReadAgain()
{
    QTemporaryDir dir;
    const auto path = dir.filePath(u"plan.gml"_s);
    writeFile(path, smallPlan("Alt"));
    const XplanOpener opener;
    const auto old = featureSource(opener.open({.location = path}, {}));
    QVERIFY(old);
    writeFile(path, smallPlan("Neuer Name"));
    QCOMPARE(opener.inspect({.location = path}, {})->layers.front().group, u"Neuer Name"_s);
    QCOMPARE(old->description().group, u"Alt"_s); // who has it open keeps it
    QVERIFY(old->read({}, {}).has_value());
}

void TestXplanOpener::missingThingsAreNamed()
{
    QTemporaryDir dir;
    const auto path = dir.filePath(u"plan.gml"_s);
    const XplanOpener opener;
    VERIFY_FAILS(opener.inspect({.location = path}, {}), ErrorKind::NotFound);
    writeFile(path, smallPlan("Probe"));
    VERIFY_FAILS(opener.open({.location = path, .layer = u"BP_BauLinie_Linie"_s}, {}), ErrorKind::NotFound);
    writeFile(dir.filePath(u"empty.gml"_s), {});
    VERIFY_FAILS(opener.inspect({.location = dir.filePath(u"empty.gml"_s)}, {}), ErrorKind::Malformed);
}

void TestXplanOpener::plansAreRecognisedQuickly()
{
    QTemporaryDir dir;
    writeFile(dir.filePath(u"plan.gml"_s), smallPlan("Probe"));
    writeFile(dir.filePath(u"other.gml"_s),
              "<?xml version='1.0'?><gml:FeatureCollection xmlns:gml='http://www.opengis.net/gml'/>");
    writeZip(dir.filePath(u"plan.zip"_s), {{u"Anlage.pdf"_s, "%PDF"}, {u"B-Plan/XPLAN.GML"_s, smallPlan("Probe")}});
    writeZip(dir.filePath(u"other.zip"_s), {{u"daten.shp"_s, "x"}});
    QVERIFY(looksLikeXplan(dir.filePath(u"plan.gml"_s)));
    QVERIFY(looksLikeXplan(dir.filePath(u"plan.zip"_s)));
    QVERIFY(!looksLikeXplan(dir.filePath(u"other.gml"_s)));
    QVERIFY(!looksLikeXplan(dir.filePath(u"other.zip"_s)));
    QVERIFY(!looksLikeXplan(dir.path()));
    QVERIFY(!looksLikeXplan(dir.filePath(u"none.gml"_s)));
    if (samplesDir().isEmpty())
        return;
    for (const auto &sample : xplanSamples())
        QVERIFY2(looksLikeXplan(samplesDir() + u'/' + sample) == !sample.contains(u"geom_curve"_s), qPrintable(sample));
}

void TestXplanOpener::zipBombsAreRefused()
{
    QTemporaryDir dir;
    auto bomb = smallPlan("Bombe");
    bomb.insert(bomb.indexOf("<gml:featureMember>"), QByteArray(64 << 20, ' '));
    writeZip(dir.filePath(u"bomb.zip"_s), {{u"plan.gml"_s, bomb}});
    QVERIFY(QFile(dir.filePath(u"bomb.zip"_s)).size() < 200000);
    VERIFY_FAILS(XplanOpener().inspect({.location = dir.filePath(u"bomb.zip"_s)}, {}), ErrorKind::TooLarge);
    QList<std::pair<QString, QByteArray>> many;
    for (int i = 0; i < 5100; ++i)
        many.append({u"%1.gml"_s.arg(i), "x"});
    writeZip(dir.filePath(u"many.zip"_s), many);
    VERIFY_FAILS(XplanOpener().inspect({.location = dir.filePath(u"many.zip"_s)}, {}), ErrorKind::TooLarge);
}

void TestXplanOpener::pathsOutOfTheArchiveAreRefused()
{
    QTemporaryDir dir;
    for (const auto &name :
         {u"../../evil.gml"_s, u"/etc/evil.gml"_s, u"a/../../evil.gml"_s, u"C:\\evil.gml"_s, u"..\\evil.gml"_s}) {
        const auto path = dir.filePath(u"slip.zip"_s);
        writeZip(path, {{u"plan.gml"_s, smallPlan("Probe")}, {name, smallPlan("Böse")}});
        VERIFY_FAILS(XplanOpener().inspect({.location = path}, {}), ErrorKind::Malformed);
    }
}

void TestXplanOpener::archivesInArchivesAreNotOpened()
{
    QTemporaryDir dir;
    writeZip(dir.filePath(u"inner.zip"_s), {{u"plan.gml"_s, smallPlan("Innen")}});
    QFile inner(dir.filePath(u"inner.zip"_s));
    QVERIFY(inner.open(QIODevice::ReadOnly));
    const auto bytes = inner.readAll();
    writeZip(dir.filePath(u"only.zip"_s), {{u"inner.zip"_s, bytes}});
    VERIFY_FAILS(XplanOpener().inspect({.location = dir.filePath(u"only.zip"_s)}, {}), ErrorKind::Unsupported);
    writeZip(dir.filePath(u"both.zip"_s), {{u"inner.zip"_s, bytes}, {u"plan.gml"_s, smallPlan("Außen")}});
    const auto both = XplanOpener().inspect({.location = dir.filePath(u"both.zip"_s)}, {});
    VERIFY_RESULT(both);
    QCOMPARE(both->layers.size(), 1UZ);
    QVERIFY(both->notes.join(u' ').contains(u"inner.zip"_s));
}

void TestXplanOpener::aBrokenPlanInAZipIsNotedAndTheRestIsRead()
{
    QTemporaryDir dir;
    writeZip(dir.filePath(u"two.zip"_s),
             {{u"b.gml"_s, "<nothing"},
              {u"a.gml"_s, smallPlan("Erster")},
              {u"c.gml"_s, smallPlan("Dritter")},
              {u"metadaten.xml"_s, "<gmd:MD_Metadata xmlns:gmd='x'/>"}});
    const auto description = XplanOpener().inspect({.location = dir.filePath(u"two.zip"_s)}, {});
    VERIFY_RESULT(description);
    QCOMPARE(description->layers.size(), 2UZ);
    QCOMPARE(description->layers[0].group, u"Erster"_s);
    QCOMPARE(description->layers[1].name, u"2:Geltungsbereich"_s);
    QCOMPARE(description->notes.filter(u"b.gml"_s).size(), 1);
}

void TestXplanOpener::damagedArchivesAreRefused()
{
    QTemporaryDir dir;
    writeZip(dir.filePath(u"good.zip"_s), {{u"plan.gml"_s, smallPlan("Probe")}});
    QFile good(dir.filePath(u"good.zip"_s));
    QVERIFY(good.open(QIODevice::ReadOnly));
    const auto bytes = good.readAll();
    writeFile(dir.filePath(u"cut.zip"_s), bytes.first(bytes.size() / 2));
    VERIFY_FAILS(XplanOpener().inspect({.location = dir.filePath(u"cut.zip"_s)}, {}), ErrorKind::Malformed);
    auto flipped = bytes;
    for (qsizetype i = 60; i < 120; ++i)
        flipped[i] = char(~flipped[i]);
    writeFile(dir.filePath(u"flipped.zip"_s), flipped);
    VERIFY_FAILS(XplanOpener().inspect({.location = dir.filePath(u"flipped.zip"_s)}, {}), ErrorKind::Malformed);
}

void TestXplanOpener::cacheReadsOnceForAll()
{
    XplanCache cache;
    std::atomic<int> loads = 0;
    const auto content = std::make_shared<const XplanContent>();
    std::vector<std::jthread> threads;
    std::atomic<int> same = 0;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            const auto got = cache.get(u"key"_s, {}, [&]() -> Result<XplanContentPtr> {
                ++loads;
                std::this_thread::sleep_for(std::chrono::milliseconds(30));
                return content;
            });
            same += got && *got == content ? 1 : 0;
        });
    threads.clear();
    QCOMPARE(loads.load(), 1);
    QCOMPARE(same.load(), 8);
    // a cancelled load is not kept
    QVERIFY(!cache.get(u"other"_s, {}, [] { return Result<XplanContentPtr>(cancelled()); }));
    QVERIFY(cache.get(u"other"_s, {}, [&] { return Result<XplanContentPtr>(content); }).has_value());
}

void TestXplanOpener::cacheForgetsTheOldest()
{
    XplanCache cache(256UZ << 20, 2);
    int loads = 0;
    const auto get = [&](const QString &key) {
        (void)cache.get(key, {}, [&]() -> Result<XplanContentPtr> {
            ++loads;
            return std::make_shared<const XplanContent>();
        });
    };
    get(u"a"_s);
    get(u"b"_s);
    get(u"a"_s);
    get(u"c"_s); // b goes
    get(u"a"_s);
    QCOMPARE(loads, 3);
    get(u"b"_s);
    QCOMPARE(loads, 4);
}

void TestXplanOpener::cancelIsObeyed()
{
    NEED_SAMPLES();
    const XplanOpener opener;
    std::stop_source stop;
    stop.request_stop();
    const auto inspected = opener.inspect(refTo(u"51_FNP_Grasleben.gml"_s), stop.get_token());
    QVERIFY(!inspected);
    QCOMPARE(inspected.error().kind, ErrorKind::Cancelled);
    const auto source = featureSource(opener.open(refTo(u"51_FNP_Grasleben.gml"_s, u"Praesentation_Punkt"_s), {}));
    QVERIFY(source);
    const auto read = source->read({}, stop.get_token());
    QVERIFY(!read && read.error().kind == ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestXplanOpener)
#include "tst_xplanopener.moc"
