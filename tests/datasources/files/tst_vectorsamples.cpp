// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/files/reading.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

/** What the notes of the samples' collection say of a layer. */
struct Row {
    const char *file;
    const char *layer;
    int features; ///< rows of the file
    int drawn; ///< entries on the map: without NULL and empty ones, mixed collections in parts
    const char *type;
    const char *kinds; ///< letters of p(oint) l(ine) a(rea)
    int epsg;
    Extent extent;
    double tolerance = 1e-5;
};

const Row rows[] = {
    {"geopackage/dutch_addresses_28992.gpkg",
     "OGRGeoJSON",
     2481,
     2481,
     "Point",
     "p",
     28992,
     {174420, 450567, 185280, 459543},
     1e-3},
    {"geopackage/gdal_sample.gpkg", "point2d", 2, 1, "Point", "p", 4326, {1, 2, 1, 2}},
    {"geopackage/gdal_sample.gpkg", "linestring2d", 2, 1, "LineString", "l", 4326, {1, 2, 3, 4}},
    {"geopackage/gdal_sample.gpkg", "polygon2d", 2, 1, "Polygon", "a", 32631, {0, 0, 10, 10}},
    {"geopackage/gdal_sample.gpkg", "multipolygon2d", 2, 1, "MultiPolygon", "a", 4326, {-9, 0, 10, 10}},
    {"geopackage/gdal_sample.gpkg", "geomcollection2d", 5, 6, "GeometryCollection", "pla", 4326, {-9, 0, 10, 10}},
    {"geopackage/gdal_sample.gpkg", "geometry2d", 8, 9, "", "pla", 4326, {-9, 0, 10, 10}},
    {"geopackage/gdal_sample.gpkg", "point3d", 2, 1, "Point Z", "p", 4326, {1, 2, 1, 2}},
    {"geopackage/gdal_sample.gpkg", "multilinestring3d", 2, 1, "MultiLineString Z", "l", 4326, {0, 1, 9, 10}},
    {"geopackage/gdal_v12_spatial_index.gpkg", "polygon3d", 2, 1, "Polygon Z", "a", 4326, {0, 0, 10, 10}},
    {"geopackage/geonames_belgium.gpkg",
     "hydrography",
     4652,
     4652,
     "Point ZM",
     "p",
     4326,
     {0.63333, 48.7323, 7.50984, 52.2677},
     1e-4},
    {"geopackage/geonames_belgium.gpkg",
     "leisure",
     1356,
     1356,
     "Point ZM",
     "p",
     4326,
     {0.66667, 48.7439, 7.5, 52.2681},
     1e-4},
    {"geopackage/geonames_belgium.gpkg",
     "roads",
     275,
     275,
     "Point ZM",
     "p",
     4326,
     {0.7027, 48.771, 7.15943, 52.2414},
     1e-4},
    {"geopackage/geonames_belgium.gpkg",
     "terrain",
     3202,
     3202,
     "Point ZM",
     "p",
     4326,
     {0.7, 48.7558, 7.51096, 52.2686},
     1e-4},
    {"geopackage/geonames_belgium.gpkg", "undersea", 7, 7, "Point ZM", "p", 4326, {1.95, 51.2333, 3.0, 51.6333}, 1e-4},
    {"geopackage/geonames_belgium.gpkg",
     "vegetation",
     2701,
     2701,
     "Point ZM",
     "p",
     4326,
     {0.6918, 48.7333, 7.50873, 52.2682},
     1e-4},
    {"geopackage/gpkg_no_bbox.gpkg", "geojson", 6, 6, "Point", "p", 4326, {-80.8709, 35.2152, -80.8165, 35.4015}, 1e-4},
    {"geopackage/mm_no_crs_empty.gpkg", "Survey_points", 0, 0, "Point", "p", 3857, {}},
    {"geopackage/null_geometry.gpkg",
     "new_geopackage",
     3,
     1,
     "Polygon",
     "a",
     4326,
     {149.035, -35.2357, 149.063, -35.2176},
     1e-3},
    {"geopackage/null_geometry.gpkg",
     "PointExamples",
     2,
     1,
     "Point",
     "p",
     4326,
     {149.051, -35.2253, 149.051, -35.2253},
     1e-3},
    {"geopackage/qfield_projection_dataset.gpkg",
     "poly",
     6,
     6,
     "MultiPolygon",
     "a",
     2056,
     {2599909.472, 1188733.028, 2743954.335, 1250010.402},
     0.5},
    {"geopackage/qfield_projection_dataset.gpkg",
     "line",
     5,
     5,
     "MultiLineString",
     "l",
     3857,
     {856645.28, 5852394.52, 1065769.342, 5913614.777},
     0.5},
    {"geopackage/qfield_projection_dataset.gpkg",
     "point",
     4,
     4,
     "MultiPoint",
     "p",
     4326,
     {7.45203, 46.3235, 9.41336, 47.4642},
     1e-4},
    {"geopackage/states10.gpkg",
     "statesQGIS",
     51,
     51,
     "MultiPolygon",
     "a",
     4326,
     {-178.215, 18.9248, -66.9698, 71.4066},
     1e-4},
    {"geojson/berlin_badestellen.geojson",
     "lageso_badestellen",
     9,
     9,
     "MultiPoint Z",
     "p",
     25833,
     {378972.713, 5825010.047, 387352.64, 5831071.9},
     1e-3},
    {"geojson/berlin_friedhof.geojson",
     "fis_friedhof",
     19,
     19,
     "",
     "a",
     25833,
     {378954.14, 5824542.092, 388418.103, 5833718.446},
     1e-3},
    {"geojson/empty_geoms.geojson", "empty_geoms", 6, 4, "", "pla", 4326, {100, -37.8247, 145.016, 3}, 1e-3},
    {"geojson/potsdam_krampnitz_gebaeude.geojson",
     "krampnitz_gebaeude",
     707,
     707,
     "MultiPolygon",
     "a",
     4326,
     {10.5084, -0.00097, 13.0533, 52.4669},
     1e-4},
    {"geojson/potsdam_papierkoerbe.geojson",
     "potsdam_papierkoerbe",
     790,
     790,
     "Point",
     "p",
     4326,
     {12.9396, 52.3573, 13.1466, 52.492},
     1e-4},
    {"geojson/potsdam_schulen.geojson",
     "potsdam_schulen",
     81,
     81,
     "Point",
     "p",
     4326,
     {12.9636, 52.3595, 13.2327, 52.4719},
     1e-4},
    {"geojson/sh_grundwasser_stationen_kiel.geojson",
     "sh_grundwasser_stationen_kiel",
     3,
     3,
     "Point",
     "p",
     4326,
     {10.1711, 54.2311, 10.2243, 54.3312},
     1e-4},
    {"geojson/terria_cemeteries.geojson",
     "terria_cemeteries",
     59,
     59,
     "Point",
     "p",
     4326,
     {118.518, -37.9684, 152.396, -15.0792},
     1e-3},
    {"geojson/luebeck_gaenge_points.json",
     "luebeck_gaenge_points",
     107,
     106,
     "Point",
     "p",
     4326,
     {7.860185, 10.686064, 13.404954, 53.87354},
     0.01},
    {"csv/luebeck_addresses_23552.csv",
     "luebeck_addresses_23552",
     4291,
     4291,
     "Point",
     "p",
     4326,
     {10.6785777, 53.85818441, 10.69760384, 53.87436401}},
    {"csv/terria_lat_lon_nullvalue.csv",
     "terria_lat_lon_nullvalue",
     4,
     4,
     "Point",
     "p",
     4326,
     {145, -37.5, 145.5, -37}},
    {"wfs-getfeature/gml32_complex.xml", "FeatureA", 1, 1, "Point", "p", 4326, {0, 0, 0, 0}},
    {"wfs-getfeature/gml32_complex.xml", "FeatureB", 1, 1, "Point", "p", 4326, {1, 1, 1, 1}},
    {"wfs-getfeature/hh_bewohnerparken.xml",
     "bewohnerparkgebiete",
     1,
     1,
     "MultiPolygon",
     "a",
     25832,
     {560713.471, 5933321.421, 561412.141, 5934404.891},
     1e-3},
    {"wfs-getfeature/hh_bezirke.xml",
     "bezirke",
     7,
     7,
     "MultiPolygon",
     "a",
     25832,
     {461485.132, 5916918.107, 588010.382, 5979762.107},
     1e-3},
    {"wfs-getfeature/hh_bplan_interior.xml",
     "hh_hh_festgestellt",
     1,
     1,
     "MultiPolygon",
     "a",
     25832,
     {560258.461, 5933598.007, 561323.539, 5934303.535},
     1e-3},
    {"wfs-getfeature/hh_schulen.xml",
     "staatliche_schulen",
     6,
     6,
     "Point",
     "p",
     25832,
     {562294, 5937041, 572240, 5942422},
     1e-3},
    // written north before east, although the register says otherwise
    {"wfs-getfeature/hh_velorouten_swapped.xml",
     "Erster_Gruener_Ring",
     18,
     18,
     "MultiLineString",
     "l",
     25832,
     {564229.087, 5933098.142, 566687.899, 5934883.891},
     1e-3},
    // written latitude before longitude
    {"wfs-getfeature/topp_states_wfs.xml",
     "states",
     3,
     3,
     "MultiPolygon",
     "a",
     4326,
     {-91.516, 36.986, -75.045, 42.509},
     1e-3},
};

QString letters(const std::vector<GeometryKind> &kinds)
{
    QString result;
    for (const auto kind : kinds)
        result += kind == GeometryKind::Point ? u'p' : kind == GeometryKind::Line ? u'l' : u'a';
    return result;
}

QString sample(const char *name)
{
    return samplesDir() + u'/' + QLatin1StringView(name);
}

} // namespace

class TestVectorSamples : public QObject
{
    Q_OBJECT

private slots:
    void aShapeOnItsOwnIsOneObject()
    {
        NEED_SAMPLES();
        const SourceRef ref{.location = samplesDir() + u"/xplangml/geom_curve_ring.gml"_s};
        const auto described = FileOpener().inspect(ref, {});
        VERIFY_RESULT(described);
        const auto &layer = described->layers.front();
        QCOMPARE(layer.featureCount, 1);
        QCOMPARE(layer.crs.epsg(), 25832);
        QVERIFY2(isNear(layer.extent, {572078.872, 5938478.965, 572225.523, 5938671.367}, 0.01),
                 qPrintable(toText(layer.extent)));
        QVERIFY(layer.notes.join(u'\n').contains("a single shape"_L1));
        const auto set = readAll(ref);
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 1U);
        QCOMPARE((*set)->kinds[0], GeometryKind::Line);
    }

    void falsePlacesAreNoticedBeforeReading()
    {
        NEED_SAMPLES();
        const auto described =
            FileOpener().inspect({.location = samplesDir() + u"/geojson/potsdam_krampnitz_gebaeude.geojson"_s}, {});
        VERIFY_RESULT(described);
        QVERIFY2(described->layers.front().notes.join(u'\n').contains("far away from all others"_L1),
                 qPrintable(described->layers.front().notes.join(u'\n')));
    }

    void initTestCase() { NEED_SAMPLES(); }

    void layersAreDescribedAsTheyAre_data() { table(); }
    void layersAreDescribedAsTheyAre()
    {
        const auto &row = rows[current()];
        const auto description = FileOpener().inspect({.location = sample(row.file)}, {});
        VERIFY_RESULT(description);
        const auto layer =
            std::ranges::find(description->layers, QString::fromUtf8(row.layer), &LayerDescription::name);
        QVERIFY2(layer != description->layers.end(), "no such layer");
        QCOMPARE(layer->featureCount, row.features);
        QCOMPARE(layer->geometryType, QString::fromUtf8(row.type));
        QCOMPARE(letters(layer->geometryKinds), QString::fromUtf8(row.kinds));
        QCOMPARE(layer->crs.epsg(), row.epsg);
        if (row.extent.isEmpty())
            QVERIFY(layer->extent.isEmpty());
        else
            QVERIFY2(isNear(layer->extent, row.extent, row.tolerance), qPrintable(toText(layer->extent)));
    }

    void layersAreReadWithAllTheirFeatures_data() { table(); }
    void layersAreReadWithAllTheirFeatures()
    {
        const auto &row = rows[current()];
        const auto set = readAll({.location = sample(row.file), .layer = QString::fromUtf8(row.layer)});
        VERIFY_RESULT(set);
        QCOMPARE(int((*set)->size()), row.drawn);
        if (!row.extent.isEmpty())
            QVERIFY2(isNear((*set)->extent, row.extent, row.tolerance), qPrintable(toText((*set)->extent)));
        for (const auto &column : (*set)->columns)
            QCOMPARE(column.size(), (*set)->size());
    }

    void featuresComeBackByTheirNumbers_data() { table(); }
    void featuresComeBackByTheirNumbers()
    {
        const auto &row = rows[current()];
        const auto source = openVector({.location = sample(row.file), .layer = QString::fromUtf8(row.layer)});
        VERIFY_RESULT(source);
        const auto set = (*source)->read({}, {}, {});
        VERIFY_RESULT(set);
        const auto ids = std::span((*set)->ids).first(std::min<std::size_t>(20, (*set)->size()));
        const auto features = (*source)->features(ids, {}, {});
        VERIFY_RESULT(features);
        QCOMPARE(features->size(), ids.size());
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const auto &feature = (*features)[i];
            QCOMPARE(feature.id, ids[i]);
            QCOMPARE(feature.values.size(), (*source)->description().fields.size());
            QVERIFY(!feature.geometry.isEmpty());
            if (feature.geometry.kind == (*set)->kinds[i])
                QVERIFY(isNear(feature.geometry.extent(), (*set)->geometry(i).extent(),
                               std::max(1e-3, 4 * (*set)->quantisation.step)));
        }
    }

    void areasAgreeWithThoseWorkedOutElsewhere_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("layer");
        QTest::addColumn<double>("sum");
        QTest::newRow("districts") << u"wfs-getfeature/hh_bezirke.xml"_s << u"bezirke"_s << 754575681.38;
        QTest::newRow("parking") << u"wfs-getfeature/hh_bewohnerparken.xml"_s << u"bewohnerparkgebiete"_s << 568479.46;
        QTest::newRow("states, in degrees") << u"wfs-getfeature/topp_states_wfs.xml"_s << u"states"_s << 15.97;
        QTest::newRow("Swiss areas") << u"geopackage/qfield_projection_dataset.gpkg"_s << u"poly"_s << 2.1631504e9;
        QTest::newRow("US states") << u"geopackage/states10.gpkg"_s << u"statesQGIS"_s << 1096.0548;
    }
    void areasAgreeWithThoseWorkedOutElsewhere()
    {
        QFETCH(QString, file);
        QFETCH(QString, layer);
        QFETCH(double, sum);
        const auto source = openVector({.location = samplesDir() + u'/' + file, .layer = layer});
        VERIFY_RESULT(source);
        double total = 0;
        VERIFY_RESULT((*source)->stream({},
                                        [&](Feature &f) {
                                            total += area(f.geometry);
                                            return true;
                                        },
                                        {}, {}));
        QVERIFY2(std::abs(total - sum) <= sum * 1e-3, qPrintable(QString::number(total, 'f', 3)));
    }

    void tablesWithoutPlacesAreTables_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("features");
        QTest::addColumn<QStringList>("types");
        QTest::newRow("weather, padded") << u"csv/dwd_10min_air_temp.csv"_s << 3 << QStringList{u"1"_s, u"6"_s, u"1"_s};
        QTest::newRow("districts") << u"csv/luebeck_stadtteile.csv"_s << 143
                                   << QStringList{u"1"_s, u"0"_s, u"1"_s, u"2"_s};
        QTest::newRow("decimal comma, German dates")
            << u"csv/sh_grundwasser_ganglinie.csv"_s << 7 << QStringList{u"6"_s, u"2"_s};
    }
    void tablesWithoutPlacesAreTables()
    {
        QFETCH(QString, file);
        QFETCH(int, features);
        QFETCH(QStringList, types);
        const auto source = openVector({.location = samplesDir() + u'/' + file});
        VERIFY_RESULT(source);
        const auto description = (*source)->description();
        QCOMPARE(description.kind, LayerKind::Table);
        QCOMPARE(description.featureCount, features);
        for (qsizetype i = 0; i < types.size(); ++i)
            QCOMPARE(int(description.fields[i].type), types[i].toInt());
        int count = 0;
        VERIFY_RESULT((*source)->stream({}, [&](Feature &) { return ++count > 0; }, {}, {}));
        QCOMPARE(count, features);
    }

    void valuesAreReadAsTheirColumnsSay()
    {
        const auto source = openVector({.location = sample("csv/sh_grundwasser_ganglinie.csv")});
        VERIFY_RESULT(source);
        const qint64 ids[] = {1, 7};
        const auto features = (*source)->features(ids, {}, {});
        VERIFY_RESULT(features);
        QCOMPARE(features->size(), 2U);
        QCOMPARE((*features)[0].values[0].toDateTime(), QDateTime(QDate(2001, 7, 3), QTime(14, 9, 52)));
        QCOMPARE((*features)[0].values[1].toDouble(), 9.41);
        QCOMPARE((*features)[1].values[1].toDouble(), 9.94);
    }

    void placesFarFromAllOthersAreNoted()
    {
        for (const auto *file : {"geojson/luebeck_gaenge_points.json", "geojson/potsdam_krampnitz_gebaeude.geojson"}) {
            const auto set = readAll({.location = sample(file)});
            VERIFY_RESULT(set);
            QVERIFY2((*set)->notes.join(u' ').contains("far away"_L1), file);
        }
    }

    void swappedAxesAreNotedAndCanBeForced()
    {
        const auto file = sample("wfs-getfeature/hh_velorouten_swapped.xml");
        const auto source = openVector({.location = file});
        VERIFY_RESULT(source);
        QVERIFY((*source)->description().notes.join(u' ').contains("swapped"_L1));
        const auto forced = openVector({.location = file, .options = {{u"swapAxes"_s, false}}});
        VERIFY_RESULT(forced);
        QVERIFY((*forced)->description().extent.xMin > 5e6);
    }

    void samplesWithNothingInThemSaySo()
    {
        const auto none = FileOpener().inspect({.location = sample("geopackage/empty.gpkg")}, {});
        VERIFY_RESULT(none);
        QVERIFY(none->layers.empty());
        QVERIFY(!none->notes.isEmpty());
        VERIFY_FAILS(FileOpener().open({.location = sample("geopackage/empty.gpkg")}, {}), ErrorKind::NotFound);
        const auto answer = FileOpener().inspect({.location = sample("wfs-getfeature/empty.xml")}, {});
        VERIFY_RESULT(answer);
        QVERIFY(answer->layers.empty());
        VERIFY_FAILS(FileOpener().inspect({.location = sample("csv/sh_grundwasser_descriptor.json")}, {}),
                     ErrorKind::Unsupported);
    }

    void allSamplesOfTheseKindsAreInTheTable()
    {
        QStringList known{u"csv/dwd_10min_air_temp.csv"_s,
                          u"csv/luebeck_stadtteile.csv"_s,
                          u"csv/sh_grundwasser_ganglinie.csv"_s,
                          u"csv/sh_grundwasser_descriptor.json"_s,
                          u"geopackage/empty.gpkg"_s,
                          u"geopackage/uint16_gridded.gpkg"_s,
                          u"wfs-getfeature/empty.xml"_s,
                          u"wfs-getfeature/multiple_typenames.xml"_s};
        for (const auto &row : rows)
            known.append(QString::fromUtf8(row.file));
        for (const auto &folder : {u"geopackage"_s, u"geojson"_s, u"csv"_s, u"wfs-getfeature"_s}) {
            for (const auto &file : QDir(samplesDir() + u'/' + folder).entryList(QDir::Files))
                QVERIFY2(known.contains(folder + u'/' + file), qPrintable(file));
        }
    }

    void featuresWithoutGeometryAreRowsOfATable()
    {
        const auto description =
            FileOpener().inspect({.location = sample("wfs-getfeature/multiple_typenames.xml")}, {});
        VERIFY_RESULT(description);
        QCOMPARE(description->layers.size(), 2U);
        for (const auto &layer : description->layers) {
            QCOMPARE(layer.kind, LayerKind::Table);
            QCOMPARE(layer.featureCount, layer.name == "planet_osm_line"_L1 ? 3 : 9);
        }
    }

private:
    static std::size_t current() { return std::size_t(qstrtoull(QTest::currentDataTag())); }
    static std::size_t qstrtoull(const char *tag) { return std::size_t(QByteArray(tag).split(' ').first().toInt()); }
    static void table()
    {
        QTest::addColumn<int>("unused");
        for (std::size_t i = 0; i < std::size(rows); ++i)
            QTest::addRow("%d %s %s", int(i), rows[i].file, rows[i].layer) << 0;
    }
};

QTEST_GUILESS_MAIN(TestVectorSamples)
#include "tst_vectorsamples.moc"
