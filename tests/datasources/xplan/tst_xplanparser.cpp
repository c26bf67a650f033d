// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplanparser.h"

#include "datasources/xplan/arcs.h"
#include "tests/datasources/xplan/xplansamples.h"
#include "tests/support/testkit.h"

#include <QRandomGenerator>
#include <QTest>

#include <set>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const auto header = R"(<?xml version="1.0" encoding="UTF-8"?>
<xplan:XPlanAuszug xmlns:xplan="http://www.xplanung.de/xplangml/6/0" xmlns:gml="http://www.opengis.net/gml/3.2"
  xmlns:xlink="http://www.w3.org/1999/xlink">)"_ba;
const auto footer = "</xplan:XPlanAuszug>"_ba;

QByteArray planWith(const QByteArray &geometry)
{
    return header + R"(<gml:featureMember><xplan:BP_Plan gml:id="p"><xplan:name>Probe</xplan:name>
<xplan:raeumlicherGeltungsbereich>)"
        + geometry + R"(</xplan:raeumlicherGeltungsbereich></xplan:BP_Plan></gml:featureMember>)" + footer;
}

QByteArray polygon(const QByteArray &positions, const QByteArray &srs)
{
    return "<gml:Polygon srsName=\"" + srs + "\"><gml:exterior><gml:LinearRing><gml:posList>" + positions
        + "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>";
}

int polygonCount(const Geometry &geometry)
{
    return geometry.partStarts.empty() ? (geometry.isEmpty() ? 0 : 1) : int(geometry.partStarts.size());
}

bool isRefused(const QString &sample)
{
    return sample.endsWith("bad_not_wellformed.gml"_L1) || sample.endsWith("bad_xxe.zip"_L1)
        || sample.endsWith("geom_curve_ring.gml"_L1);
}

} // namespace

class TestXplanParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySampleHasItsObjectsPlansAndReferences_data();
    void everySampleHasItsObjectsPlansAndReferences();
    void everySampleHasItsAreas_data() { everySampleHasItsObjectsPlansAndReferences_data(); }
    void everySampleHasItsAreas();
    void arcsChangeTheAreasOfHafenCityAsMeasured();
    void chordsStayWithinAFractionOfAMillimetre();
    void malformedXmlNamesItsLine();
    void externalEntitiesAreRefused();
    void otherXmlIsRefused();
    void emptyInputIsRefused();
    void textsAreSortedByTheNumbersInTheirKeys();
    void textsOfTheSampleAreInOrder();
    void surveyorsUrnIsUtm32();
    void gaussKruegerStaysEastFirst();
    void northFirstIsTurned_data();
    void northFirstIsTurned();
    void missingCrsIsGuessedFromTheNumbers();
    void danglingReferencesKeepTheObject();
    void threePlansShareNothing();
    void objectsInsideOfOthersAreFound();
    void brokenPositionsAreCountedAndTheRestIsKept();
    void complexValuesAreReached();
    void cancelledReadingEndsAtOnce();
    void deepNestingIsRefused();
    void arcsCannotExplode();
    void mutatedFilesNeverCrash();
};

void TestXplanParser::everySampleHasItsObjectsPlansAndReferences_data()
{
    NEED_SAMPLES();
    QTest::addColumn<QString>("sample");
    for (const auto &sample : xplanSamples())
        if (!isRefused(sample))
            QTest::newRow(qPrintable(sample)) << sample;
}

void TestXplanParser::everySampleHasItsObjectsPlansAndReferences()
{
    QFETCH(QString, sample);
    const auto facts = factsOf(sample);
    const auto document = parseXplan(gmlOf(sample), sample);
    VERIFY_RESULT(document);
    QCOMPARE(document->version, facts.version);

    QMap<QString, int> classes;
    for (const auto &object : document->objects)
        ++classes[object.type];
    for (const auto &[type, count] : facts.classes.asKeyValueRange())
        QVERIFY2(classes.value(type) == count, qPrintable(u"%1: %2"_s.arg(type).arg(classes.value(type))));
    if (facts.allClasses) {
        classes.remove(
            u"XP_Nutzungsschablone"_s); // stands outside of all members in one sample, so the list has it not
        QCOMPARE(classes.keys(), facts.classes.keys());
    }

    QStringList names;
    QSet<QString> dangling;
    Extent extent;
    for (const auto &plan : document->plans)
        names.append(document->objects[*plan.object].text(u"name"_s));
    names.sort();
    auto expected = facts.planNames;
    expected.sort();
    QCOMPARE(names, expected);
    for (const auto &object : document->objects) {
        extent.add(object.geometry.extent());
        for (const auto &property : object.properties)
            if (property.href.startsWith(u'#') && !document->find(property.href.sliced(1)))
                dangling.insert(property.href);
    }
    QCOMPARE(int(dangling.size()), facts.dangling);
    QCOMPARE(document->notes.filter(u"reference(s) lead"_s).size(), facts.dangling > 0 ? 1 : 0);
    // stroked arcs may bulge beyond their control points
    QVERIFY(std::abs(extent.xMin - facts.xMin) < 5 && std::abs(extent.xMax - facts.xMax) < 5);
    QVERIFY(std::abs(extent.yMin - facts.yMin) < 5 && std::abs(extent.yMax - facts.yMax) < 5);
}

void TestXplanParser::everySampleHasItsAreas()
{
    QFETCH(QString, sample);
    const auto facts = factsOf(sample);
    const auto document = parseXplan(gmlOf(sample), sample);
    VERIFY_RESULT(document);
    QMap<QString, XplanFacts::Areas> found;
    for (const auto &object : document->objects) {
        if (object.geometry.kind != GeometryKind::Polygon)
            continue;
        auto &sum = found[object.type];
        ++sum.features;
        sum.area += area(object.geometry);
        sum.polygons += polygonCount(object.geometry);
        sum.holes += int(object.geometry.ringCount()) - polygonCount(object.geometry);
    }
    QVERIFY(!facts.areas.isEmpty());
    for (const auto &[type, expected] : facts.areas.asKeyValueRange()) {
        const auto &sum = found[type];
        const auto text =
            u"%1: %2/%3/%4/%5"_s.arg(type).arg(sum.features).arg(sum.area, 0, 'f', 3).arg(sum.polygons).arg(sum.holes);
        QVERIFY2(sum.features == expected.features && sum.polygons == expected.polygons && sum.holes == expected.holes,
                 qPrintable(text));
        // two decimals in the list; and its arcs have steps of 0.25°, which is coarser than ours for large radii
        const double share = expected.hasArcs ? 2e-5 : 1e-7;
        QVERIFY2(std::abs(sum.area - expected.area) < 0.02 + share * expected.area, qPrintable(text));
    }
}

void TestXplanParser::arcsChangeTheAreasOfHafenCityAsMeasured()
{
    NEED_SAMPLES();
    const auto bytes = gmlOf(u"xplangml/52_HafenCity7.gml"_s);
    auto straight = bytes; // the same with the control points only
    straight.replace("gml:ArcString", "gml:LineStringSegment");
    const auto areaOf = [](const QByteArray &file, const QString &type) {
        double sum = 0;
        const auto document = parseXplan(file, {});
        if (document)
            for (const auto &object : document->objects)
                sum += object.type == type ? area(object.geometry) : 0;
        return sum;
    };
    const auto building = u"BP_BaugebietsTeilFlaeche"_s, water = u"SO_Wasserrecht"_s;
    QVERIFY(std::abs(std::abs(areaOf(bytes, building) - areaOf(straight, building)) - 6.2) < 0.2);
    QVERIFY(std::abs(std::abs(areaOf(bytes, water) - areaOf(straight, water)) - 21.6) < 0.2);
}

void TestXplanParser::chordsStayWithinAFractionOfAMillimetre()
{
    for (const double radius : {0.5, 3.0, 25.0, 400.0, 9000.0}) {
        std::vector<PointXY> points{{567000 + radius, 5940000}};
        const double span = std::min(2.0, 100 / radius);
        const auto on = [&](double angle) {
            return PointXY{567000 + radius * std::cos(angle), 5940000 + radius * std::sin(angle)};
        };
        strokeArc(on(0), on(span * 0.4), on(span), arcToleranceMetres, points);
        for (std::size_t i = 1; i < points.size(); ++i) {
            const PointXY middle{(points[i].x + points[i - 1].x) / 2, (points[i].y + points[i - 1].y) / 2};
            QVERIFY(radius - std::hypot(middle.x - 567000, middle.y - 5940000) < 0.0003);
            QVERIFY(std::abs(std::hypot(points[i].x - 567000, points[i].y - 5940000) - radius) < 1e-4);
        }
        QCOMPARE(points.back(), on(span));
    }
}

void TestXplanParser::malformedXmlNamesItsLine()
{
    NEED_SAMPLES();
    const auto document = parseXplan(gmlOf(u"xplangml/bad_not_wellformed.gml"_s), u"bad.gml"_s);
    VERIFY_FAILS(document, ErrorKind::Malformed);
    QVERIFY2(document.error().what.contains(u"10268"_s), qPrintable(document.error().what));
}

void TestXplanParser::externalEntitiesAreRefused()
{
    const auto file = R"(<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>)"_ba
        + header.mid(header.indexOf('\n'))
        + "<gml:featureMember><xplan:BP_Plan gml:id=\"p\"><xplan:name>&e;</xplan:name>"
          "</xplan:BP_Plan></gml:featureMember>"
        + footer;
    const auto document = parseXplan(file, u"xxe.gml"_s);
    VERIFY_FAILS(document, ErrorKind::Malformed);
    QVERIFY(document.error().what.contains(u"document type"_s));
    if (!samplesDir().isEmpty()) {
        const auto sample = parseXplan(gmlOf(u"xplangml/bad_xxe.zip"_s), u"bad_xxe.zip"_s);
        VERIFY_FAILS(sample, ErrorKind::Malformed);
    }
}

void TestXplanParser::otherXmlIsRefused()
{
    VERIFY_FAILS(parseXplan("<?xml version='1.0'?><kml xmlns='http://www.opengis.net/kml/2.2'/>"_ba, u"a.gml"_s),
                 ErrorKind::Malformed);
    VERIFY_FAILS(parseXplan(QByteArray(5000, '\0'), u"zeros.gml"_s), ErrorKind::Malformed);
    VERIFY_FAILS(parseXplan("not xml at all"_ba, u"a.gml"_s), ErrorKind::Malformed);
}

void TestXplanParser::emptyInputIsRefused()
{
    VERIFY_FAILS(parseXplan(QByteArray(), u"empty.gml"_s), ErrorKind::Malformed);
}

void TestXplanParser::textsAreSortedByTheNumbersInTheirKeys()
{
    QStringList keys{u"10"_s,    u"1.10"_s, u""_s,    u"2"_s,    u"1.2.10"_s, u"B"_s,
                     u"1.2.9"_s, u"A 2"_s,  u"1.2"_s, u"A 10"_s, u"01"_s};
    std::ranges::stable_sort(keys, keyLess);
    QCOMPARE(keys,
             QStringList({u"01"_s, u"1.2"_s, u"1.2.9"_s, u"1.2.10"_s, u"1.10"_s, u"2"_s, u"10"_s, u"A 2"_s, u"A 10"_s,
                          u"B"_s, u""_s}));
}

void TestXplanParser::textsOfTheSampleAreInOrder()
{
    NEED_SAMPLES();
    const auto document = parseXplan(gmlOf(u"xplangml/51_Textsortierung_1.zip"_s), {});
    VERIFY_RESULT(document);
    const auto &texts = document->plans.front().texts;
    QCOMPARE(texts.size(), 42UZ);
    for (std::size_t i = 1; i < texts.size(); ++i)
        QVERIFY(!keyLess(texts[i].key, texts[i - 1].key));
    QVERIFY(!texts.front().key.isEmpty());
}

void TestXplanParser::surveyorsUrnIsUtm32()
{
    const auto document = parseXplan(
        planWith(polygon("567000 5940000 567100 5940000 567100 5940100 567000 5940000", "urn:adv:crs:ETRS89_UTM32")),
        {});
    VERIFY_RESULT(document);
    QCOMPARE(document->objects[0].crs.epsg(), 25832);
    QCOMPARE(document->objects[0].geometry.points[1], (PointXY{567100, 5940000}));
}

void TestXplanParser::gaussKruegerStaysEastFirst()
{
    const auto document = parseXplan(
        planWith(polygon("3567000 5940000 3567100 5940000 3567100 5940100 3567000 5940000", "EPSG:31467")), {});
    VERIFY_RESULT(document);
    QCOMPARE(document->objects[0].crs.epsg(), 31467);
    QCOMPARE(document->objects[0].geometry.points[1], (PointXY{3567100, 5940000}));
    QVERIFY(document->notes.isEmpty());
}

void TestXplanParser::northFirstIsTurned_data()
{
    QTest::addColumn<QByteArray>("srs");
    QTest::addColumn<QByteArray>("positions");
    QTest::addColumn<PointXY>("first");
    QTest::addColumn<bool>("noted");
    QTest::newRow("utm, swapped against its register")
        << "EPSG:25832"_ba << "5940000 567000 5940000 567100 5940100 567100 5940000 567000"_ba
        << PointXY{567000, 5940000} << true;
    QTest::newRow("Gauß-Krüger URN") << "urn:ogc:def:crs:EPSG::31467"_ba
                                     << "5940000 3567000 5940000 3567100 5940100 3567100 5940000 3567000"_ba
                                     << PointXY{3567000, 5940000} << false;
    QTest::newRow("Gauß-Krüger URN, but east first")
        << "urn:ogc:def:crs:EPSG::31467"_ba << "3567000 5940000 3567100 5940000 3567100 5940100 3567000 5940000"_ba
        << PointXY{3567000, 5940000} << true;
    QTest::newRow("WGS 84 URN") << "urn:ogc:def:crs:EPSG::4326"_ba << "53.8 10.6 53.8 10.7 53.9 10.7 53.8 10.6"_ba
                                << PointXY{10.6, 53.8} << false;
    QTest::newRow("WGS 84 latitude first")
        << "EPSG:4326"_ba << "53.8 10.6 53.8 10.7 53.9 10.7 53.8 10.6"_ba << PointXY{10.6, 53.8} << true;
    QTest::newRow("WGS 84 longitude first")
        << "EPSG:4326"_ba << "10.6 53.8 10.7 53.8 10.7 53.9 10.6 53.8"_ba << PointXY{10.6, 53.8} << false;
}

void TestXplanParser::northFirstIsTurned()
{
    QFETCH(QByteArray, srs);
    QFETCH(QByteArray, positions);
    QFETCH(PointXY, first);
    QFETCH(bool, noted);
    const auto document = parseXplan(planWith(polygon(positions, srs)), {});
    VERIFY_RESULT(document);
    QCOMPARE(document->objects[0].geometry.points[0], first);
    QCOMPARE(document->notes.size(), noted ? 1 : 0);
    // and the user has the last word
    const auto forced = parseXplan(planWith(polygon(positions, srs)), {}, {.swapAxes = false});
    VERIFY_RESULT(forced);
    QVERIFY(positions.startsWith(QByteArray::number(forced->objects[0].geometry.points[0].x, 'g', 10)));
}

void TestXplanParser::missingCrsIsGuessedFromTheNumbers()
{
    auto file = planWith(polygon("567000 5940000 567100 5940000 567100 5940100 567000 5940000", "XXX"));
    file.replace(" srsName=\"XXX\"", "");
    const auto document = parseXplan(file, {});
    VERIFY_RESULT(document);
    QCOMPARE(document->objects[0].crs.epsg(), 25832);
    QCOMPARE(document->notes.size(), 1);
}

void TestXplanParser::danglingReferencesKeepTheObject()
{
    NEED_SAMPLES();
    const auto document = parseXplan(gmlOf(u"xplangml/bad_dangling_reference_60.zip"_s), {});
    VERIFY_RESULT(document);
    QCOMPARE(document->objects.size(), 1UZ);
    QCOMPARE(document->plans.size(), 1UZ);
    QVERIFY(document->notes.join(u' ').contains(u"612F9C72-83DD-4220-98A7-7AB487797D85"_s));
}

void TestXplanParser::threePlansShareNothing()
{
    NEED_SAMPLES();
    const auto document = parseXplan(gmlOf(u"xplangml/52_MultiplePlaene.zip"_s), {});
    VERIFY_RESULT(document);
    QCOMPARE(document->plans.size(), 3UZ);
    std::set<std::size_t> seen;
    std::size_t contents = 0, texts = 0;
    for (const auto &plan : document->plans) {
        QCOMPARE(plan.bereiche.size(), 1UZ);
        seen.insert(plan.contents.begin(), plan.contents.end());
        contents += plan.contents.size();
        texts += plan.texts.size();
    }
    QCOMPARE(seen.size(), contents);
    QCOMPARE(contents, 400UZ);
    QCOMPARE(texts, 14UZ);
}

void TestXplanParser::objectsInsideOfOthersAreFound()
{
    const auto file = header
        + R"(<gml:featureMember><xplan:BP_Plan gml:id="p"><xplan:bereich><xplan:BP_Bereich gml:id="b">
<xplan:nummer>0</xplan:nummer><xplan:planinhalt><xplan:BP_BauGrenze gml:id="g"><xplan:position><gml:LineString srsName="EPSG:25832">
<gml:posList>567000 5940000 567100 5940000</gml:posList></gml:LineString></xplan:position></xplan:BP_BauGrenze></xplan:planinhalt>
</xplan:BP_Bereich></xplan:bereich></xplan:BP_Plan></gml:featureMember>)"
        + footer;
    const auto document = parseXplan(file, {});
    VERIFY_RESULT(document);
    QCOMPARE(document->objects.size(), 3UZ);
    QCOMPARE(document->plans.front().bereiche.size(), 1UZ);
    QCOMPARE(document->plans.front().contents.size(), 1UZ);
    QCOMPARE(document->find(u"g"_s)->geometry.kind, GeometryKind::Line);
}

void TestXplanParser::brokenPositionsAreCountedAndTheRestIsKept()
{
    const auto document = parseXplan(
        planWith(polygon("567000 5940000 567100 nan 567100 5940000 abc 1 567100 5940100 5", "EPSG:25832")), {});
    VERIFY_RESULT(document);
    QCOMPARE(document->objects[0].geometry.points.size(), 4UZ); // three and the closing one
    QCOMPARE(document->notes.size(), 2);
    const auto single = parseXplan(planWith(polygon("526314 3556702", "EPSG:25832")), {});
    VERIFY_RESULT(single);
}

void TestXplanParser::complexValuesAreReached()
{
    NEED_SAMPLES();
    const auto document = parseXplan(gmlOf(u"xplangml/60_BPlan005.zip"_s), {});
    VERIFY_RESULT(document);
    const auto &plan = document->objects[*document->plans[0].object];
    QCOMPARE(plan.textsAt(u"gemeinde/gemeindeName"_s), QStringList{u"Freie und Hansestadt Hamburg"_s});
    QCOMPARE(document->plans[0].references.size(), 1UZ);
    QVERIFY(document->plans[0].references[0].url.endsWith(".pdf"_L1));
    const auto green = std::ranges::find(document->objects, u"BP_GruenFlaeche"_s, &XplanObject::type);
    QVERIFY(green != document->objects.end());
    QVERIFY(!green->textsAt(u"zweckbestimmung/allgemein"_s).isEmpty());
}

void TestXplanParser::cancelledReadingEndsAtOnce()
{
    QByteArray many;
    for (int i = 0; i < 50000; ++i)
        many += "<gml:featureMember><xplan:BP_BauGrenze gml:id=\"g" + QByteArray::number(i)
            + "\"><xplan:rechtscharakter>1000</xplan:rechtscharakter></xplan:BP_BauGrenze></gml:featureMember>";
    std::stop_source stop;
    stop.request_stop();
    const auto document = parseXplan(header + many + footer, {}, {}, stop.get_token());
    QVERIFY(!document);
    QCOMPARE(document.error().kind, ErrorKind::Cancelled);
}

void TestXplanParser::deepNestingIsRefused()
{
    QByteArray open, close;
    for (int i = 0; i < 5000; ++i) {
        open += "<xplan:a>";
        close += "</xplan:a>";
    }
    const auto inPlan = parseXplan(header + "<gml:featureMember><xplan:BP_Plan gml:id=\"p\">" + open + close
                                       + "</xplan:BP_Plan></gml:featureMember>" + footer,
                                   {});
    VERIFY_FAILS(inPlan, ErrorKind::TooLarge);
}

void TestXplanParser::arcsCannotExplode()
{
    QByteArray positions = "0 0";
    for (int i = 1; i <= 4000; ++i)
        positions += i % 2 ? " 900000000 1" : " 0 0.5";
    const auto document =
        parseXplan(planWith("<gml:Curve srsName=\"EPSG:25832\"><gml:segments><gml:ArcString><gml:posList>" + positions
                            + "</gml:posList></gml:ArcString></gml:segments></gml:Curve>"),
                   {});
    VERIFY_RESULT(document);
    QVERIFY(document->objects[0].geometry.points.size() < 6000000);
}

void TestXplanParser::mutatedFilesNeverCrash()
{
    QByteArrayList seeds{
        planWith(polygon("567000 5940000 567100 5940000 567100 5940100 567000 5940000", "EPSG:25832"))};
    if (!samplesDir().isEmpty())
        seeds << gmlOf(u"xplangml/60_BPlan001.zip"_s) << gmlOf(u"xplangml/bad_orientation.gml"_s)
              << gmlOf(u"xplangml/60_PolygonPatch_valid.gml"_s) << gmlOf(u"xplangml/54_BPlan002.gml"_s);
    QRandomGenerator random(20250611);
    int read = 0;
    const int rounds = 600;
    for (int i = 0; i < rounds; ++i) {
        auto bytes = seeds[random.bounded(int(seeds.size()))];
        for (int m = random.bounded(4); m >= 0; --m) {
            const auto at = random.bounded(int(bytes.size()));
            switch (random.bounded(6)) {
            case 0:
                bytes[at] = char(random.bounded(256));
                break;
            case 1:
                bytes.remove(at, random.bounded(40));
                break;
            case 2:
                bytes.insert(at, bytes.mid(random.bounded(int(bytes.size())), random.bounded(200)));
                break;
            case 3:
                bytes.truncate(std::max(at, 1));
                break;
            case 4: // numbers become strange ones
                if (const auto digit = bytes.indexOf("94", at); digit > 0)
                    bytes.replace(digit, 2, random.bounded(2) ? "1e400" : "-nan ");
                break;
            case 5: // names change places
                if (const auto tag = bytes.indexOf("gml:", at); tag > 0)
                    bytes.replace(tag + 4, 3, "Arc");
                break;
            }
        }
        read += parseXplan(bytes, u"mutant.gml"_s).has_value() ? 1 : 0;
    }
    QVERIFY(read > 0 && read < rounds); // both paths were walked
}

QTEST_GUILESS_MAIN(TestXplanParser)
#include "tst_xplanparser.moc"
