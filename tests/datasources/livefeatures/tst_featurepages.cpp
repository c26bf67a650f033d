// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/livefeatures/geojsonpage.h"
#include "datasources/livefeatures/gmlpage.h"
#include "datasources/store/featureblob_p.h"
#include "tests/datasources/services/servicesamples.h"
#include "tests/support/testkit.h"

#include <cmath>
#include <numbers>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

constexpr auto utm = "urn:ogc:def:crs:EPSG::25832"_L1;

/** What was read of a page. */
struct Got {
    Result<qint64> count;
    QString serverSaid;
    StoredFeatures features;
    FeatureRows rows;

    Geometry geometry(qint64 row) const
    {
        Geometry read;
        if (!readFeatureBlob(rows.geometry(row), read))
            return {};
        return read;
    }
    int column(const QString &name) const
    {
        for (int i = 0; i < int(features.fields.size()); ++i)
            if (features.fields[i].name == name)
                return i;
        return -1;
    }
    /** As text, "-" for null. */
    QString value(qint64 row, const QString &name) const
    {
        const auto value = rows.value(row, column(name));
        switch (value.kind) {
        case StoredValue::Kind::Null:
            return u"-"_s;
        case StoredValue::Kind::Integer:
            return QString::number(value.integer);
        case StoredValue::Kind::Real:
            return QString::number(value.real, 'g', 17);
        default:
            return QString::fromUtf8(value.bytes);
        }
    }
    FieldType type(const QString &name) const { return features.fields.value(column(name)).type; }
};

Got readGml(QByteArrayView bytes, std::vector<DeclaredField> fields = {}, const QString &crs = utm,
            const QString &geometryField = {})
{
    FeatureCollector collector(std::move(fields), crs);
    collector.beginPage();
    auto read = readGmlPage(bytes, geometryField, collector, {});
    Got got{.count = read ? Result<qint64>(read->features) : Result<qint64>(std::unexpected(read.error()))};
    got.serverSaid = read ? read->serverSaid : QString();
    got.rows = collector.finish(got.features);
    return got;
}

Got readJson(QByteArrayView bytes, const QString &crs = {})
{
    FeatureCollector collector({}, u"OGC:CRS84"_s);
    collector.beginPage();
    Got got{.count = readGeoJsonPage(bytes, crs, collector, {})};
    got.rows = collector.finish(got.features);
    return got;
}

/** One feature "app:f" with these properties, in GML 3.2. */
QByteArray featureWith(const QByteArray &properties, const QByteArray &encoding = "UTF-8")
{
    return "<?xml version=\"1.0\" encoding=\"" + encoding
        + "\"?><wfs:FeatureCollection xmlns:wfs=\"http://www.opengis.net/wfs/2.0\" "
          "xmlns:gml=\"http://www.opengis.net/gml/3.2\" xmlns:app=\"http://example.org/app\" "
          "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
          "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><wfs:member><app:f gml:id=\"f.1\">"
        + properties + "</app:f></wfs:member></wfs:FeatureCollection>";
}

QByteArray inGml2(const QByteArray &geometry)
{
    return "<wfs:FeatureCollection xmlns:wfs=\"http://www.opengis.net/wfs\" xmlns:gml=\"http://www.opengis.net/gml\" "
           "xmlns:app=\"http://example.org/app\"><gml:featureMember><app:f fid=\"f.1\"><app:geom>"
        + geometry + "</app:geom></app:f></gml:featureMember></wfs:FeatureCollection>";
}

} // namespace

class TestFeaturePages : public QObject
{
    Q_OBJECT

private slots:
    void samplesAreReadAsTheirProvenanceSays_data();
    void samplesAreReadAsTheirProvenanceSays();
    void jsonSamplesAreReadAsTheirProvenanceSays_data();
    void jsonSamplesAreReadAsTheirProvenanceSays();
    void structuresBecomeTexts();
    void declaredTypesAreObeyed_data();
    void declaredTypesAreObeyed();
    void undeclaredTypesAreTakenFromTheValues_data();
    void undeclaredTypesAreTakenFromTheValues();
    void geometriesOfAllVersionsAreRead_data();
    void geometriesOfAllVersionsAreRead();
    void arcsAreRound();
    void brokenGeometriesAreLeftOutAndCounted();
    void theDeclaredGeometryCounts();
    void axesAreTurnedWhereTheSpellingSaysSo_data();
    void axesAreTurnedWhereTheSpellingSaysSo();
    void encodingsAreUnderstood_data();
    void encodingsAreUnderstood();
    void numbersThatMeanNothingAreNoIds();
    void jsonKeepsItsTypes();
    void damagedJsonIsAnError();
};

void TestFeaturePages::samplesAreReadAsTheirProvenanceSays_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("crs");
    QTest::addColumn<bool>("turned");
    QTest::addColumn<int>("leftOpen"); // rings that the file does not close; they are closed here
    const auto row = [](const char *name, const QString &crs, bool turned, int leftOpen = 0) {
        QTest::newRow(name) << u"wfs-getfeature/"_s + QString::fromLatin1(name) << crs << turned << leftOpen;
    };
    row("empty.xml", utm, false);
    row("gml32_complex.xml", u"EPSG:4326"_s, true);
    row("hh_bewohnerparken.xml", u"EPSG:25832"_s, false);
    row("hh_bezirke.xml", u"EPSG:25832"_s, false);
    row("hh_bplan_interior.xml", u"EPSG:25832"_s, false, 3);
    row("hh_schulen.xml", u"EPSG:25832"_s, false);
    row("hh_velorouten_swapped.xml", utm, true);
    row("multiple_typenames.xml", utm, false);
    row("topp_states_wfs.xml", u"EPSG:4326"_s, true);
}

void TestFeaturePages::samplesAreReadAsTheirProvenanceSays()
{
    NEED_SAMPLES();
    QFETCH(QString, name);
    QFETCH(QString, crs);
    QFETCH(bool, turned);
    QFETCH(int, leftOpen);
    const auto got = readGml(sample(name), {}, crs);
    VERIFY_RESULT(got.count);
    QCOMPARE(*got.count, factOf(name, u"member elements=(\\d+)"_s).toLongLong());
    QCOMPARE(got.rows.size(), *got.count); // none is left out
    qint64 vertices = 0;
    double area = 0;
    for (qint64 i = 0; i < got.rows.size(); ++i) {
        vertices += qint64(got.geometry(i).points.size());
        area += std::abs(hanseatlas::area(got.geometry(i)));
    }
    if (const auto fact = factOf(name, u"(\\d+) vertices"_s); !fact.isEmpty())
        QCOMPARE(vertices, fact.toLongLong() + leftOpen);
    if (const auto fact = factOf(name, u"per class: features/area/polygons/holes\\)=[^:]+: \\d+/([\\d.]+)/"_s);
        !fact.isEmpty())
        QVERIFY2(std::abs(area - fact.toDouble()) < 0.006, qPrintable(QString::number(area, 'f', 3)));
    const auto first = factOf(name, u"c1 (-?[\\d.]+)\\.\\."_s), second = factOf(name, u"c2 (-?[\\d.]+)\\.\\."_s);
    if (first.isEmpty())
        return;
    const auto &box = got.rows.extent();
    QVERIFY(std::abs((turned ? box.yMin : box.xMin) - first.toDouble()) < 0.001);
    QVERIFY(std::abs((turned ? box.xMin : box.yMin) - second.toDouble()) < 0.001);
}

void TestFeaturePages::jsonSamplesAreReadAsTheirProvenanceSays_data()
{
    QTest::addColumn<QString>("name");
    for (const auto *name :
         {"geojson/sh_grundwasser_stationen_kiel.geojson", "ogcapi/hh_grundwasser_station_2200.geojson",
          "ogcapi/oaf_items_page_9_of_10.geojson", "ogcapi/pygeoapi_items.geojson"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestFeaturePages::jsonSamplesAreReadAsTheirProvenanceSays()
{
    NEED_SAMPLES();
    QFETCH(QString, name);
    const auto got = readJson(sample(name));
    VERIFY_RESULT(got.count);
    QCOMPARE(*got.count, factOf(name, u"features=(\\d+)"_s).toLongLong());
    QCOMPARE(qint64(got.features.fields.size()), factOf(name, u"property keys=(\\d+)"_s).toLongLong());
    const auto names = namesIn(factOf(name, u"property keys=\\d+: ([^|]*)"_s).trimmed());
    QVERIFY(!names.isEmpty());
    for (int i = 0; i < int(names.size()); ++i)
        QCOMPARE(got.features.fields[i].name, names[i]); // in the order of the document
    const auto box = factOf(name, u"bbox=([-\\d.,]+), \\d+ positions"_s).split(u',');
    QCOMPARE(box.size(), 4);
    const auto &extent = got.rows.extent();
    const double sides[] = {extent.xMin, extent.yMin, extent.xMax, extent.yMax};
    for (int i = 0; i < 4; ++i)
        QVERIFY2(std::abs(sides[i] - box[i].toDouble()) < 0.001, qPrintable(QString::number(sides[i])));
}

void TestFeaturePages::structuresBecomeTexts()
{
    const auto got =
        readGml(featureWith("<app:a xlink:href=\"http://x/1\"/><app:a xlink:href=\"http://x/2\"/>"
                            "<app:b><app:part><app:street>Mengstra\xc3\x9f"
                            "e</app:street> <app:no>4</app:no></app:part></app:b>"
                            "<app:c>  one &lt; two &amp; <![CDATA[<three>]]>  </app:c><app:d xsi:nil=\"true\"/>"
                            "<app:e/>"));
    VERIFY_RESULT(got.count);
    QCOMPARE(got.value(0, u"a"_s), u"http://x/1; http://x/2"_s);
    QCOMPARE(got.value(0, u"b"_s), u"Mengstraße, 4"_s);
    QCOMPARE(got.value(0, u"c"_s), u"one < two & <three>"_s);
    QCOMPARE(got.value(0, u"d"_s), u"-"_s);
    QCOMPARE(got.value(0, u"e"_s), u"-"_s);
}

void TestFeaturePages::declaredTypesAreObeyed_data()
{
    QTest::addColumn<FieldType>("type");
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QString>("value");
    const auto row = [](FieldType type, const char *written, const QString &value) {
        QTest::addRow("%d %s", int(type), written) << type << QByteArray(written) << value;
    };
    row(FieldType::Text, "00123", u"00123"_s);
    row(FieldType::Text, "1e5", u"1e5"_s);
    row(FieldType::Integer, "42", u"42"_s);
    row(FieldType::Integer, " +42 ", u"42"_s);
    row(FieldType::Integer, "42.0", u"42"_s);
    row(FieldType::Integer, "42.5", u"-"_s);
    row(FieldType::Integer, "many", u"-"_s);
    row(FieldType::Integer, "99999999999999999999", u"-"_s);
    row(FieldType::Real, "1.5", u"1.5"_s);
    row(FieldType::Real, "-1.5E3", u"-1500"_s);
    row(FieldType::Real, "10155,89", u"10155.889999999999"_s);
    row(FieldType::Real, "NaN", u"-"_s);
    row(FieldType::Boolean, "true", u"1"_s);
    row(FieldType::Boolean, "0", u"0"_s);
    row(FieldType::Boolean, "ja", u"-"_s);
    row(FieldType::Date, "2024-02-29", u"2024-02-29"_s);
    row(FieldType::Date, "2024-02-29Z", u"2024-02-29"_s);
    row(FieldType::Date, "2024/02/29", u"2024-02-29"_s);
    row(FieldType::Date, "2023-02-29", u"-"_s);
    row(FieldType::DateTime, "2024-02-29T12:00:00Z", u"2024-02-29T12:00:00Z"_s);
    row(FieldType::DateTime, "2024/02/29 12:00:00", u"2024-02-29T12:00:00"_s);
    row(FieldType::DateTime, "yesterday", u"-"_s);
    row(FieldType::Time, "12:30:00", u"12:30:00"_s);
}

void TestFeaturePages::declaredTypesAreObeyed()
{
    QFETCH(FieldType, type);
    QFETCH(QByteArray, written);
    QFETCH(QString, value);
    const auto got =
        readGml(featureWith("<app:v>" + written + "</app:v>"), {{.field = {.name = u"v"_s, .type = type}}});
    VERIFY_RESULT(got.count);
    QCOMPARE(got.value(0, u"v"_s), value);
    QCOMPARE(got.features.fields[0].type, type);
    QCOMPARE(got.features.notes.size(), value == u"-" ? 1 : 0); // what is lost is told
}

void TestFeaturePages::undeclaredTypesAreTakenFromTheValues_data()
{
    QTest::addColumn<QList<QByteArray>>("written");
    QTest::addColumn<FieldType>("type");
    QTest::addColumn<QString>("last");
    QTest::newRow("integers") << QList<QByteArray>{"1", "0", "-7"} << FieldType::Integer << u"-7"_s;
    QTest::newRow("reals") << QList<QByteArray>{"1", "0.5"} << FieldType::Real << u"0.5"_s;
    QTest::newRow("codes") << QList<QByteArray>{"1", "007"} << FieldType::Text << u"007"_s;
    QTest::newRow("phone numbers") << QList<QByteArray>{"+49451"} << FieldType::Text << u"+49451"_s;
    QTest::newRow("words") << QList<QByteArray>{"1", "two"} << FieldType::Text << u"two"_s;
    QTest::newRow("dates") << QList<QByteArray>{"2024-01-01", "2024-01-31"} << FieldType::Date << u"2024-01-31"_s;
    QTest::newRow("moments") << QList<QByteArray>{"2024-01-01T10:00:00Z", "2024-01-31T10:00:00Z"} << FieldType::DateTime
                             << u"2024-01-31T10:00:00Z"_s;
}

void TestFeaturePages::undeclaredTypesAreTakenFromTheValues()
{
    QFETCH(QList<QByteArray>, written);
    QFETCH(FieldType, type);
    QFETCH(QString, last);
    QByteArray body = featureWith("<app:v>" + written[0] + "</app:v>");
    for (qsizetype i = 1; i < written.size(); ++i)
        body.replace("</wfs:FeatureCollection>",
                     "<wfs:member><app:f><app:v>" + written[i]
                         + "</app:v></app:f></wfs:member></wfs:FeatureCollection>");
    const auto got = readGml(body);
    VERIFY_RESULT(got.count);
    QCOMPARE(got.type(u"v"_s), type);
    QCOMPARE(got.value(written.size() - 1, u"v"_s), last);
}

void TestFeaturePages::geometriesOfAllVersionsAreRead_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<GeometryKind>("kind");
    QTest::addColumn<int>("points");
    QTest::addColumn<int>("rings");
    const auto row = [](const char *name, const QByteArray &body, GeometryKind kind, int points, int rings) {
        QTest::newRow(name) << body << kind << points << rings;
    };
    const QByteArray ring2 = "<gml:LinearRing><gml:coordinates>600000,5960000 600010,5960000 600010,5960010 "
                             "600000,5960000</gml:coordinates></gml:LinearRing>";
    const QByteArray ring3 = "<gml:LinearRing><gml:posList>600000 5960000 600010 5960000 600010 5960010 600000 5960000"
                             "</gml:posList></gml:LinearRing>";
    row("GML 2 point", inGml2("<gml:Point><gml:coordinates>600000,5960000</gml:coordinates></gml:Point>"),
        GeometryKind::Point, 1, 0);
    row("GML 2 polygon",
        inGml2("<gml:Polygon><gml:outerBoundaryIs>" + ring2 + "</gml:outerBoundaryIs><gml:innerBoundaryIs>" + ring2
               + "</gml:innerBoundaryIs></gml:Polygon>"),
        GeometryKind::Polygon, 8, 2);
    row("GML 3.1 surface",
        inGml2(
            "<gml:MultiSurface><gml:surfaceMember><gml:Surface><gml:patches><gml:PolygonPatch><gml:exterior>" + ring3
            + "</gml:exterior></gml:PolygonPatch></gml:patches></gml:Surface></gml:surfaceMember></gml:MultiSurface>"),
        GeometryKind::Polygon, 4, 1);
    row("GML 3.2 line",
        featureWith("<app:geom><gml:LineString><gml:posList srsDimension=\"3\">600000 5960000 1 600010 5960000 2"
                    "</gml:posList></gml:LineString></app:geom>"),
        GeometryKind::Line, 2, 1);
    row("GML 3.2 curves",
        featureWith("<app:geom><gml:MultiCurve><gml:curveMember><gml:Curve><gml:segments><gml:LineStringSegment>"
                    "<gml:posList>600000 5960000 600010 5960000</gml:posList></gml:LineStringSegment></gml:segments>"
                    "</gml:Curve></gml:curveMember><gml:curveMember><gml:LineString><gml:pos>600000 5960005</gml:pos>"
                    "<gml:pos>600010 5960005</gml:pos></gml:LineString></gml:curveMember></gml:MultiCurve></app:geom>"),
        GeometryKind::Line, 4, 2);
    row("the same property twice",
        featureWith("<app:geom><gml:Polygon><gml:exterior>" + ring3
                    + "</gml:exterior></gml:Polygon></app:geom>"
                      "<app:geom><gml:Polygon><gml:exterior>"
                    + ring3 + "</gml:exterior></gml:Polygon></app:geom>"),
        GeometryKind::Polygon, 8, 2);
    row("none", featureWith("<app:name>x</app:name>"), GeometryKind::None, 0, 0);
}

void TestFeaturePages::geometriesOfAllVersionsAreRead()
{
    QFETCH(QByteArray, body);
    QFETCH(GeometryKind, kind);
    QFETCH(int, points);
    QFETCH(int, rings);
    const auto got = readGml(body);
    VERIFY_RESULT(got.count);
    QCOMPARE(*got.count, 1);
    QCOMPARE(got.rows.source(0), QByteArrayView("f.1"));
    const auto geometry = got.geometry(0);
    QCOMPARE(geometry.kind, kind);
    QCOMPARE(int(geometry.points.size()), points);
    QCOMPARE(int(geometry.ringCount()), rings);
    if (points > 0)
        QVERIFY(geometry.points[0] == (PointXY{600000, 5960000}));
}

void TestFeaturePages::arcsAreRound()
{
    const auto got = readGml(
        featureWith("<app:geom><gml:Polygon><gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:"
                    "Circle><gml:posList>"
                    "600010 5960000 600000 5960010 599990 5960000</gml:posList></gml:Circle></gml:segments></gml:Curve>"
                    "</gml:curveMember></gml:Ring></gml:exterior></gml:Polygon></app:geom>"));
    VERIFY_RESULT(got.count);
    QVERIFY(std::abs(area(got.geometry(0)) - 100 * std::numbers::pi) < 0.1);
}

void TestFeaturePages::brokenGeometriesAreLeftOutAndCounted()
{
    auto body = featureWith("<app:geom><gml:Point><gml:pos>600000 5960000</gml:pos></gml:Point></app:geom>");
    for (const auto *position : {"x y", "NaN 5960000", "1e300 5960000"})
        body.replace("</wfs:FeatureCollection>",
                     "<wfs:member><app:f><app:geom><gml:Point><gml:pos>" + QByteArray(position)
                         + "</gml:pos></gml:Point></app:geom></app:f></wfs:member></wfs:FeatureCollection>");
    const auto got = readGml(body);
    VERIFY_RESULT(got.count);
    QCOMPARE(*got.count, 4);
    QCOMPARE(got.features.received, 4);
    QCOMPARE(got.rows.size(), 1);
    QVERIFY2(got.features.notes.value(0).startsWith(u"3 "), qPrintable(got.features.notes.join(u'\n')));
}

void TestFeaturePages::theDeclaredGeometryCounts()
{
    const auto body = featureWith("<app:label><gml:Point><gml:pos>1 2</gml:pos></gml:Point></app:label>"
                                  "<app:geom><gml:Point><gml:pos>600000 5960000</gml:pos></gml:Point></app:geom>");
    QVERIFY(readGml(body, {}, utm, u"geom"_s).geometry(0).points[0] == (PointXY{600000, 5960000}));
    QVERIFY(readGml(body, {}, u"EPSG:4326"_s).geometry(0).points[0] == (PointXY{1, 2}));
}

void TestFeaturePages::axesAreTurnedWhereTheSpellingSaysSo_data()
{
    QTest::addColumn<QByteArray>("srsName");
    QTest::addColumn<QByteArray>("position");
    const QByteArray north = "53.8 10.6", east = "10.6 53.8";
    QTest::newRow("urn") << QByteArray("urn:ogc:def:crs:EPSG::4326") << north;
    QTest::newRow("URL") << QByteArray("http://www.opengis.net/def/crs/EPSG/0/4326") << north;
    QTest::newRow("old URL") << QByteArray("http://www.opengis.net/gml/srs/epsg.xml#4326") << east;
    QTest::newRow("short") << QByteArray("EPSG:4326") << east;
    QTest::newRow("short, against the custom") << QByteArray("EPSG:4326") << north;
    QTest::newRow("CRS84") << QByteArray("urn:ogc:def:crs:OGC:1.3:CRS84") << east;
}

void TestFeaturePages::axesAreTurnedWhereTheSpellingSaysSo()
{
    QFETCH(QByteArray, srsName);
    QFETCH(QByteArray, position);
    const auto got = readGml(featureWith("<app:geom><gml:Point srsName=\"" + srsName + "\"><gml:pos>" + position
                                         + "</gml:pos></gml:Point></app:geom>"));
    VERIFY_RESULT(got.count);
    QVERIFY(got.geometry(0).points[0] == (PointXY{10.6, 53.8}));
    QVERIFY(got.features.crs.isGeographic());
}

void TestFeaturePages::encodingsAreUnderstood_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto text = QString::fromUtf8(featureWith("<app:v>Größe</app:v>"));
    auto named = [&](const QString &encoding) {
        auto copy = text;
        return copy.replace(u"UTF-8"_s, encoding);
    };
    QTest::newRow("UTF-8") << text.toUtf8();
    QTest::newRow("with a mark") << "\xEF\xBB\xBF" + text.toUtf8();
    QTest::newRow("blanks before") << "\n  " + text.toUtf8();
    QTest::newRow("ISO-8859-1") << named(u"ISO-8859-1"_s).toLatin1();
    QTest::newRow("windows-1252") << named(u"windows-1252"_s).toLatin1();
    QTest::newRow("says UTF-8, is not") << text.toLatin1();
}

void TestFeaturePages::encodingsAreUnderstood()
{
    QFETCH(QByteArray, body);
    const auto got = readGml(body);
    VERIFY_RESULT(got.count);
    QCOMPARE(got.value(0, u"v"_s), u"Größe"_s);
}

void TestFeaturePages::numbersThatMeanNothingAreNoIds()
{
    // All features of a page have the same id: then that of the next page is no repetition.
    FeatureCollector collector({}, utm);
    const auto body = featureWith("<app:v>1</app:v>")
                          .replace("</wfs:FeatureCollection>",
                                   "<wfs:member><app:f gml:id=\"f.1\"/></wfs:member></wfs:FeatureCollection>");
    for (int page = 0; page < 2; ++page) {
        collector.beginPage();
        VERIFY_RESULT(readGmlPage(body, {}, collector, {}));
    }
    QCOMPARE(collector.received(), 4);
    QCOMPARE(collector.repeated(), 0);
}

void TestFeaturePages::jsonKeepsItsTypes()
{
    const auto got = readJson(R"({"type":"FeatureCollection","features":[
        {"type":"Feature","id":7,"geometry":null,"properties":{"z":1,"text":"12","real":1.5,"yes":true,"mixed":1,"gap":3,"list":[1,2],"big":9007199254740993}},
        {"type":"Feature","id":"b","geometry":{"type":"Polygon","coordinates":[[[10,53],[11,53],[11,54]]]},
         "properties":{"z":2.5,"text":"013","real":2,"yes":false,"mixed":"a","gap":"","list":null,"when":"2024-05-01"}},
        {"type":"Feature","geometry":{"type":"Point","coordinates":["x",1]},"properties":{}}]})");
    VERIFY_RESULT(got.count);
    QCOMPARE(*got.count, 3);
    QCOMPARE(got.rows.size(), 2); // the last one is broken
    QCOMPARE(got.features.notes.size(), 2);
    QCOMPARE(got.rows.source(0), QByteArrayView("7"));
    QCOMPARE(got.features.fields[0].name, u"z"_s);
    QCOMPARE(got.type(u"z"_s), FieldType::Real);
    QCOMPARE(got.type(u"text"_s), FieldType::Text);
    QCOMPARE(got.type(u"real"_s), FieldType::Real);
    QCOMPARE(got.type(u"yes"_s), FieldType::Boolean);
    QCOMPARE(got.type(u"mixed"_s), FieldType::Text);
    QCOMPARE(got.type(u"when"_s), FieldType::Date);
    QCOMPARE(got.type(u"gap"_s), FieldType::Integer);
    QCOMPARE(got.value(1, u"gap"_s), u"-"_s);
    QCOMPARE(got.value(0, u"big"_s), u"9007199254740993"_s);
    QCOMPARE(got.value(0, u"mixed"_s), u"1"_s);
    QCOMPARE(got.value(0, u"list"_s), u"[1,2]"_s);
    QCOMPARE(got.value(1, u"yes"_s), u"0"_s);
    QCOMPARE(got.geometry(1).points.size(), std::size_t(4)); // closed
}

void TestFeaturePages::damagedJsonIsAnError()
{
    VERIFY_FAILS(readJson("{\"features\":[{\"type\":\"Feature\"").count, ErrorKind::Malformed);
    VERIFY_FAILS(readJson("{\"features\":[{\"type\":nonsense}]}").count, ErrorKind::Malformed);
    VERIFY_FAILS(readJson("{\"type\":\"FeatureCollection\"}").count, ErrorKind::Malformed);
    VERIFY_FAILS(readJson("<html></html>").count, ErrorKind::Malformed);
}

QTEST_GUILESS_MAIN(TestFeaturePages)
#include "tst_featurepages.moc"
