// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/files/filemaker.h"
#include "tests/datasources/files/reading.h"

#include <ogr_core.h>

#include <numbers>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

constexpr auto square = "POLYGON ((611000 5970000,611100 5970000,611100 5970100,611000 5970100,611000 5970000))";
constexpr auto withHole = "POLYGON ((611200 5970000,611300 5970000,611300 5970100,611200 5970100,611200 5970000),"
                          "(611220 5970020,611240 5970020,611240 5970040,611220 5970040,611220 5970020))";

QList<MadeFeature> twoSquares()
{
    return {{square, u"Mühlenstraße"_s, 7}, {withHole, u"Große Gröpelgrube"_s, 9}};
}

QString textOf(const FeatureSet &set, const QString &column, qint64 id)
{
    const auto *values = set.column(column);
    for (std::size_t i = 0; values && i < set.size(); ++i) {
        if (set.ids[i] == id)
            return values->value(i).toString();
    }
    return u"(missing)"_s;
}

} // namespace

class TestVectorFormats : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void theSameFeaturesAreReadFromEveryFormat_data()
    {
        QTest::addColumn<QByteArray>("driver");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("format");
        QTest::addColumn<int>("epsg");
        QTest::newRow("GeoPackage") << QByteArray("GPKG") << u"a.gpkg"_s << u"GeoPackage"_s << 25832;
        QTest::newRow("FlatGeobuf") << QByteArray("FlatGeobuf") << u"a.fgb"_s << u"FlatGeobuf"_s << 25832;
        QTest::newRow("Shapefile") << QByteArray("ESRI Shapefile") << u"a.shp"_s << u"Shapefile"_s << 25832;
        QTest::newRow("GeoJSON") << QByteArray("GeoJSON") << u"a.geojson"_s << u"GeoJSON"_s << 25832;
        QTest::newRow("GML") << QByteArray("GML") << u"a.gml"_s << u"GML"_s << 25832;
        QTest::newRow("KML") << QByteArray("LIBKML") << u"a.kml"_s << u"KML"_s << 4326;
        QTest::newRow("KMZ") << QByteArray("LIBKML") << u"a.kmz"_s << u"KMZ"_s << 4326;
        QTest::newRow("SpatiaLite") << QByteArray("SQLite") << u"a.sqlite"_s << u"SpatiaLite"_s << 25832;
        QTest::newRow("blanks and umlauts in the name")
            << QByteArray("GPKG") << u"Gebäude der Stadt.gpkg"_s << u"GeoPackage"_s << 25832;
    }
    void theSameFeaturesAreReadFromEveryFormat()
    {
        QFETCH(QByteArray, driver);
        QFETCH(QString, file);
        QFETCH(QString, format);
        QFETCH(int, epsg);
        auto features = twoSquares();
        if (epsg == 4326) {
            features[0].wkt = "POLYGON ((10.68 53.86,10.69 53.86,10.69 53.87,10.68 53.87,10.68 53.86))";
            features[1].wkt = "POLYGON ((10.70 53.86,10.71 53.86,10.71 53.87,10.70 53.87,10.70 53.86),"
                              "(10.702 53.862,10.704 53.862,10.704 53.864,10.702 53.864,10.702 53.862))";
        }
        VectorRecipe recipe{.driver = driver.constData(), .path = path(file), .epsg = epsg, .geometryType = wkbPolygon};
        if (driver == "SQLite")
            recipe.datasetOptions = {u"SPATIALITE=YES"_s};
        if (driver == "ESRI Shapefile")
            recipe.layerOptions = {u"ENCODING=UTF-8"_s};
        QCOMPARE(makeVector(recipe, features), QString());
        const auto before = listing(m_folder->path());

        const auto description = FileOpener().inspect({.location = path(file)}, {});
        VERIFY_RESULT(description);
        QCOMPARE(description->format, format);
        QCOMPARE(description->layers.size(), 1U);
        const auto &layer = description->layers.front();
        QCOMPARE(layer.featureCount, 2);
        QCOMPARE(layer.crs.epsg(), epsg);
        QVERIFY(!layer.crsGuessed);
        QCOMPARE(layer.geometryKinds, std::vector{GeometryKind::Polygon});

        const auto source = openVector({.location = path(file)});
        VERIFY_RESULT(source);
        const auto name = format.startsWith("KM"_L1) ? u"Name"_s : u"name"_s;
        const auto set = (*source)->read({.crs = Crs::working(), .fields = {name, u"number"_s}}, {}, {});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 2U);
        QCOMPARE((*set)->ringCount(), 3U);
        QCOMPARE((*set)->notes, QStringList());
        const auto ids = (*set)->ids;
        QStringList names{textOf(**set, name, ids[0]), textOf(**set, name, ids[1])};
        names.sort();
        QCOMPARE(names, QStringList({u"Große Gröpelgrube"_s, u"Mühlenstraße"_s}));
        const auto found = (*source)->features(ids, Crs::working(), {});
        VERIFY_RESULT(found);
        QCOMPARE(found->size(), 2U);
        for (const auto &feature : *found)
            QCOMPARE(feature.geometry.ringCount(), feature.values.contains(u"Mühlenstraße"_s) ? 1U : 2U);
        QCOMPARE(listing(m_folder->path()), before);
    }

    void columnsOfEveryTypeAreReadAlike()
    {
        // by columns (packed) and by features, the same values
        writeFile(path(u"types.geojson"_s), R"({"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"i":5,"l":12345678901,"r":1.5,"b":true,"s":"Stra\u00dfe","d":"2024-05-06","t":"2024-05-06T07:08:09Z","list":["a","b"]},
             "geometry":{"type":"Point","coordinates":[10.68,53.86]}},
            {"type":"Feature","properties":{"i":null,"l":null,"r":null,"b":null,"s":null,"d":null,"t":null,"list":null},
             "geometry":{"type":"Point","coordinates":[10.69,53.87]}}]})");
        const auto ref = SourceRef{.location = path(u"types.geojson"_s)};
        const auto set = readAll(ref);
        VERIFY_RESULT(set);
        const auto source = openVector(ref);
        const auto features = (*source)->features((*set)->ids, {}, {});
        VERIFY_RESULT(features);
        const auto fields = (*source)->description().fields;
        QCOMPARE(fields.size(), 8);
        for (std::size_t f = 0; f < 2; ++f) {
            for (qsizetype i = 0; i < fields.size(); ++i) {
                const auto packed = (*set)->columns[std::size_t(i)].value(f);
                const auto whole = (*features)[f].values[i];
                QCOMPARE(packed.isValid(), whole.isValid());
                const auto expected = whole.typeId() == QMetaType::QDate ? whole.toDate().toString(Qt::ISODate)
                    : whole.typeId() == QMetaType::QDateTime             ? whole.toDateTime().toString(Qt::ISODate)
                                                                         : whole.toString();
                QCOMPARE(packed.toString(), expected);
            }
        }
        const auto one = (*features)[(*features)[0].values[0].isValid() ? 0 : 1];
        QCOMPARE(one.values[1].toLongLong(), 12345678901LL);
        QCOMPARE(one.values[5].toDate(), QDate(2024, 5, 6));
        QCOMPARE(one.values[6].toDateTime(), QDateTime(QDate(2024, 5, 6), QTime(7, 8, 9), QTimeZone::UTC));
    }

    void shapefilesAreReadInTheirEncoding_data()
    {
        QTest::addColumn<QString>("encoding");
        QTest::addColumn<QByteArray>("cpg"); // "-" = leave it as written, "" = remove
        QTest::newRow("UTF-8 with .cpg") << u"UTF-8"_s << QByteArray("-");
        QTest::newRow("UTF-8 without a word") << u"UTF-8"_s << QByteArray();
        QTest::newRow("Latin-1 with .cpg") << u"ISO-8859-1"_s << QByteArray("-");
        QTest::newRow("Latin-1 without a word") << u"ISO-8859-1"_s << QByteArray();
        QTest::newRow("Latin-1 that claims to be UTF-8") << u"ISO-8859-1"_s << QByteArray("UTF-8");
        QTest::newRow("UTF-8 that claims to be Latin-1") << u"UTF-8"_s << QByteArray("ISO-8859-1");
    }
    void shapefilesAreReadInTheirEncoding()
    {
        QFETCH(QString, encoding);
        QFETCH(QByteArray, cpg);
        QCOMPARE(makeVector({.driver = "ESRI Shapefile",
                             .path = path(u"a.shp"_s),
                             .geometryType = wkbPolygon,
                             .layerOptions = {u"ENCODING="_s + encoding}},
                            twoSquares()),
                 QString());
        if (cpg != "-")
            QFile::remove(path(u"a.cpg"_s));
        if (cpg.size() > 1)
            writeFile(path(u"a.cpg"_s), cpg);
        if (cpg.isEmpty()) { // the language byte of the table says nothing either
            QFile table(path(u"a.dbf"_s));
            QVERIFY(table.open(QIODevice::ReadWrite) && table.seek(29) && table.putChar('\0'));
        }
        const auto set = readAll({.location = path(u"a.shp"_s)});
        VERIFY_RESULT(set);
        QCOMPARE(textOf(**set, u"name"_s, 1), u"Große Gröpelgrube"_s);
    }

    void theUserDecidesTheEncoding()
    {
        QCOMPARE(makeVector({.driver = "ESRI Shapefile",
                             .path = path(u"a.shp"_s),
                             .geometryType = wkbPolygon,
                             .layerOptions = {u"ENCODING=CP850"_s}},
                            twoSquares()),
                 QString());
        QFile::remove(path(u"a.cpg"_s));
        QFile table(path(u"a.dbf"_s));
        QVERIFY(table.open(QIODevice::ReadWrite) && table.seek(29) && table.putChar('\0'));
        table.close();
        const auto set = readAll({.location = path(u"a.shp"_s), .options = {{u"encoding"_s, u"CP850"_s}}});
        VERIFY_RESULT(set);
        QCOMPARE(textOf(**set, u"name"_s, 0), u"Mühlenstraße"_s);
    }

    void aMissingShapeIndexIsRebuiltElsewhere()
    {
        QCOMPARE(makeVector({.driver = "ESRI Shapefile", .path = path(u"a.shp"_s), .geometryType = wkbPolygon},
                            twoSquares()),
                 QString());
        QVERIFY(QFile::remove(path(u"a.shx"_s)));
        const auto before = listing(m_folder->path());
        const auto set = readAll({.location = path(u"a.shp"_s)});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 2U);
        QCOMPARE(textOf(**set, u"name"_s, 0), u"Mühlenstraße"_s);
        QVERIFY((*set)->notes.join(u' ').contains(".shx"_L1));
        QCOMPARE(listing(m_folder->path()), before);
    }

    void theTableOfAShapefileStandsForIt()
    {
        QCOMPARE(makeVector({.driver = "ESRI Shapefile", .path = path(u"a.shp"_s), .geometryType = wkbPolygon},
                            twoSquares()),
                 QString());
        const auto set = readAll({.location = path(u"a.dbf"_s)});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 2U);
    }

    void drawingsAreReadWithoutACrs()
    {
        QCOMPARE(
            makeVector({.driver = "DXF", .path = path(u"a.dxf"_s), .layer = "entities", .epsg = 0, .fields = false},
                       {{"LINESTRING (0 0,100 0,100 50)"}, {"POINT (3 4)"}}),
            QString());
        const auto source = openVector({.location = path(u"a.dxf"_s)});
        VERIFY_RESULT(source);
        QVERIFY(!(*source)->description().crs.isValid());
        const auto set = (*source)->read({}, {}, {});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 2U);
        QVERIFY(isNear((*set)->extent, {0, 0, 100, 50}, 1e-3));
    }

    void bareGeometriesAndFeaturesAreGeoJson_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("epsg");
        QTest::newRow("geometry") << QByteArray(R"({"type":"Point","coordinates":[10.68,53.86]})") << 4326;
        QTest::newRow("feature") << QByteArray(
            R"({"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[10.68,53.86]}})")
                                 << 4326;
        QTest::newRow("with a byte order mark")
            << QByteArray("\xef\xbb\xbf{\"type\":\"Point\",\"coordinates\":[10.68,53.86]}") << 4326;
        QTest::newRow("EPSG as an object") << QByteArray(
            R"({"type":"FeatureCollection","crs":{"type":"EPSG","properties":{"code":"25832"}},"features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[611000,5970000]}}]})")
                                           << 25832;
        QTest::newRow("no CRS, but metres of Lübeck") << QByteArray(
            R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[611000,5970000]}}]})")
                                                      << 25832;
    }
    void bareGeometriesAndFeaturesAreGeoJson()
    {
        QFETCH(QByteArray, json);
        QFETCH(int, epsg);
        writeFile(path(u"a.geojson"_s), json);
        const auto source = openVector({.location = path(u"a.geojson"_s)});
        VERIFY_RESULT(source);
        QCOMPARE((*source)->description().crs.epsg(), epsg);
        const auto set = (*source)->read({.crs = Crs::working()}, {}, {});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 1U);
        QVERIFY(Extent(590000, 5950000, 640000, 5990000).contains((*set)->extent));
    }

    void featuresComeInTheCrsThatIsAskedFor()
    {
        // 53.86° N 10.68° E, worked out with cs2cs
        QCOMPARE(makeVector({.path = path(u"a.gpkg"_s), .epsg = 4326, .geometryType = wkbPoint},
                            {{"POINT (10.68 53.86)", u"a"_s, 1}}),
                 QString());
        const auto set = readAll({.location = path(u"a.gpkg"_s)}, {.crs = Crs::working()});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->crs, Crs::working());
        QVERIFY2(isNear((*set)->extent, {610487.591, 5969253.678, 610487.591, 5969253.678}, 0.01),
                 qPrintable(toText((*set)->extent)));
    }

    void onlyFeaturesThatTouchTheBoxAreRead()
    {
        QList<MadeFeature> points;
        for (int i = 0; i < 100; ++i)
            points.append({"POINT (" + QByteArray::number(611000 + 10 * i) + " 5970000)", QString(), i});
        for (const auto *driver : {"GPKG", "GeoJSON", "FlatGeobuf"}) {
            const auto file = path(u"points-"_s + QString::fromLatin1(driver)
                                   + (qstrcmp(driver, "FlatGeobuf") == 0 ? u".fgb"_s : u".geojson"_s));
            QCOMPARE(makeVector({.driver = driver, .path = file, .geometryType = wkbPoint}, points), QString());
            const auto box = Extent{611095, 5969990, 611205, 5970010};
            const auto set = readAll({.location = file}, {.crs = Crs::working(), .extent = box});
            VERIFY_RESULT(set);
            QCOMPARE((*set)->size(), 11U);
            // the same box seen from another CRS
            const auto degrees = Transform::create(Crs::working(), Crs::fromEpsg(4326));
            const auto there =
                readAll({.location = file}, {.crs = Crs::fromEpsg(4326), .extent = degrees->forward(box)});
            VERIFY_RESULT(there);
            QVERIFY((*there)->size() >= 11 && (*there)->size() <= 13);
            const auto nothing = readAll({.location = file}, {.crs = Crs::working(), .extent = Extent{0, 0, 1, 1}});
            VERIFY_RESULT(nothing);
            QCOMPARE((*nothing)->size(), 0U);
            const auto few = readAll({.location = file}, {.limit = 7});
            VERIFY_RESULT(few);
            QCOMPARE((*few)->size(), 7U);
        }
    }

    void onlyTheFieldsThatAreWantedComeAlong()
    {
        QCOMPARE(makeVector({.path = path(u"a.gpkg"_s), .geometryType = wkbPolygon}, twoSquares()), QString());
        const auto source = openVector({.location = path(u"a.gpkg"_s)});
        const auto set = (*source)->read({.fields = {u"number"_s, u"no such field"_s}}, {}, {});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->columns.size(), 1U);
        QCOMPARE((*set)->columns[0].field.name, u"number"_s);
        const auto again = (*source)->read({.fields = {u"name"_s}}, {}, {});
        VERIFY_RESULT(again);
        QCOMPARE(textOf(**again, u"name"_s, 1), u"Mühlenstraße"_s);
    }

    void curvesAreStrokedFinely()
    {
        QCOMPARE(makeVector({.path = path(u"a.gpkg"_s), .geometryType = wkbCurvePolygon},
                            {{"CURVEPOLYGON (CIRCULARSTRING (0 0,200 0,0 0))", u"circle"_s, 1}}),
                 QString());
        const auto source = openVector({.location = path(u"a.gpkg"_s), .options = {{u"crs"_s, u"EPSG:25832"_s}}});
        VERIFY_RESULT(source);
        double found = 0;
        VERIFY_RESULT((*source)->stream({},
                                        [&](Feature &f) {
                                            found = area(f.geometry);
                                            return true;
                                        },
                                        {}, {}));
        const double circle = std::numbers::pi * 100 * 100;
        QVERIFY2(std::abs(found - circle) < circle * 1e-4, qPrintable(QString::number(found)));
        const auto set = (*source)->read({}, {}, {});
        VERIFY_RESULT(set);
        QVERIFY((*set)->vertices.size() >= 300);
    }

    void mixedKindsShareOneSet()
    {
        QCOMPARE(makeVector({.path = path(u"a.gpkg"_s)},
                            {{square, u"a"_s, 1},
                             {"POINT (611000 5970000)", u"b"_s, 2},
                             {"LINESTRING (611000 5970000,611100 5970100)", u"c"_s, 3},
                             {"GEOMETRYCOLLECTION (POINT (611050 5970050),LINESTRING (611000 5970000,611100 5970100))",
                              u"d"_s, 4}}),
                 QString());
        const auto set = readAll({.location = path(u"a.gpkg"_s)});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 5U); // the collection twice, under one number
        QCOMPARE(std::ranges::count((*set)->kinds, GeometryKind::Point), 2);
        QCOMPARE(std::ranges::count((*set)->kinds, GeometryKind::Line), 2);
        QCOMPARE(std::ranges::count((*set)->ids, 4), 2);
        QVERIFY((*set)->notes.join(u' ').contains("several parts"_L1));
    }

    void theUserDecidesTheCrs()
    {
        QCOMPARE(makeVector({.path = path(u"a.gpkg"_s), .epsg = 25833, .geometryType = wkbPolygon}, twoSquares()),
                 QString());
        const auto source = openVector({.location = path(u"a.gpkg"_s), .options = {{u"crs"_s, u"EPSG:25832"_s}}});
        VERIFY_RESULT(source);
        QCOMPARE((*source)->description().crs.epsg(), 25832);
        const auto wrong = openVector({.location = path(u"a.gpkg"_s), .options = {{u"crs"_s, u"EPSG:nonsense"_s}}});
        VERIFY_RESULT(wrong);
        QCOMPARE((*wrong)->description().crs.epsg(), 25833);
        QVERIFY((*wrong)->description().notes.join(u' ').contains("nonsense"_L1));
    }

    void anUnknownCrsIsGuessedByTheNumbers_data()
    {
        QTest::addColumn<QByteArray>("point");
        QTest::addColumn<int>("epsg");
        QTest::addColumn<bool>("swapped");
        QTest::newRow("UTM 32") << QByteArray("611000 5970000") << 25832 << false;
        QTest::newRow("UTM 32, north first") << QByteArray("5970000 611000") << 25832 << true;
        QTest::newRow("UTM 32 with zone") << QByteArray("32611000 5970000") << 4647 << false;
        QTest::newRow("UTM 33") << QByteArray("216000 5976000") << 25833 << false;
        QTest::newRow("Gauss-Krueger 3") << QByteArray("3611100 5971900") << 31467 << false;
        QTest::newRow("Gauss-Krueger 3, north first") << QByteArray("5971900 3611100") << 31467 << true;
        QTest::newRow("Gauss-Krueger 4") << QByteArray("4414000 5971000") << 31468 << false;
        QTest::newRow("degrees") << QByteArray("10.68 53.86") << 4326 << false;
        QTest::newRow("degrees, latitude first") << QByteArray("53.86 10.68") << 4326 << true;
        QTest::newRow("web mercator") << QByteArray("1189000 7140000") << 3857 << false;
        QTest::newRow("a drawing") << QByteArray("12 300") << 0 << false;
    }
    void anUnknownCrsIsGuessedByTheNumbers()
    {
        QFETCH(QByteArray, point);
        QFETCH(int, epsg);
        QFETCH(bool, swapped);
        QCOMPARE(makeVector({.driver = "ESRI Shapefile", .path = path(u"a.shp"_s), .epsg = 0, .geometryType = wkbPoint},
                            {{"POINT (" + point + ")", u"a"_s, 1}}),
                 QString());
        const auto source = openVector({.location = path(u"a.shp"_s)});
        VERIFY_RESULT(source);
        const auto d = (*source)->description();
        QCOMPARE(d.crs.epsg(), epsg);
        QCOMPARE(d.crsGuessed, epsg != 0);
        QVERIFY(!d.notes.isEmpty());
        if (epsg == 0)
            return;
        const auto set = (*source)->read({.crs = Crs::working()}, {}, {});
        VERIFY_RESULT(set);
        QVERIFY2(Extent(590000, 5950000, 640000, 5990000).contains((*set)->extent), qPrintable(toText((*set)->extent)));
        QCOMPARE(d.notes.join(u' ').contains("axes"_L1), swapped);
    }

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestVectorFormats)
#include "tst_vectorformats.moc"
