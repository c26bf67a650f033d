// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/dataset.h"
#include "tests/datasources/files/filemaker.h"
#include "tests/datasources/files/reading.h"

#include <QElapsedTimer>
#include <QTemporaryFile>

#include <gdal.h>
#include <ogr_core.h>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

/** An error that a person can do something with, told quickly. */
void verifyRefused(const QString &file, ErrorKind kind)
{
    QElapsedTimer timer;
    timer.start();
    const auto description = FileOpener().inspect({.location = file}, {});
    VERIFY_FAILS(description, kind);
    const auto opened = FileOpener().open({.location = file}, {});
    VERIFY_FAILS(opened, kind);
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(opened.error().what.contains(QFileInfo(file).fileName()), qPrintable(opened.error().what));
}

QList<MadeFeature> points(int count)
{
    QList<MadeFeature> result;
    for (int i = 0; i < count; ++i)
        result.append(
            {"POINT (" + QByteArray::number(611000 + i % 1000) + " " + QByteArray::number(5970000 + i / 1000) + ")",
             u"Punkt %1"_s.arg(i), i});
    return result;
}

QByteArray contentOf(const QString &file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

const char *const endings[] = {"gpkg", "sqlite", "shp", "geojson", "fgb", "gml", "kml",     "csv",
                               "dxf",  "tif",    "png", "jpg",     "asc", "xyz", "mbtiles", "zip"};

} // namespace

class TestBadFiles : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void emptyFilesAreRefused_data() { allEndings(); }
    void emptyFilesAreRefused()
    {
        QFETCH(QString, ending);
        writeFile(path(u"a."_s + ending), {});
        verifyRefused(path(u"a."_s + ending), ErrorKind::Malformed);
    }

    void twoGigabytesOfZerosAreRefusedAtOnce_data() { allEndings(); }
    void twoGigabytesOfZerosAreRefusedAtOnce()
    {
        QFETCH(QString, ending);
        QFile file(path(u"a."_s + ending));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.resize(2LL * 1024 * 1024 * 1024)); // takes no room on the disk
        file.close();
        verifyRefused(file.fileName(), ErrorKind::Malformed);
    }

    void noiseIsRefusedWhateverItsEnding_data() { allEndings(); }
    void noiseIsRefusedWhateverItsEnding()
    {
        QFETCH(QString, ending);
        QByteArray noise;
        quint32 state = 12345;
        for (int i = 0; i < 20000; ++i) {
            state = state * 1664525 + 1013904223;
            noise.append(char(state >> 24));
        }
        writeFile(path(u"a."_s + ending), noise);
        verifyRefused(path(u"a."_s + ending), ErrorKind::Malformed);
    }

    void aWrongEndingDoesNotMatterWhereTheContentIsKnown_data()
    {
        QTest::addColumn<QString>("name");
        for (const auto *name : {"a.shp", "a.csv", "a.tif", "a.png", "a.zip", "a.dat", "a"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void aWrongEndingDoesNotMatterWhereTheContentIsKnown()
    {
        QFETCH(QString, name);
        QCOMPARE(
            makeVector({.driver = "FlatGeobuf", .path = path(u"right.fgb"_s), .geometryType = wkbPoint}, points(10)),
            QString());
        QVERIFY(QFile::rename(path(u"right.fgb"_s), path(name)));
        const auto set = readAll({.location = path(name)});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 10U);
    }

    void textWithAForeignEndingIsRefused()
    {
        writeFile(path(u"a.gpkg"_s), "Sehr geehrte Damen und Herren,\n");
        verifyRefused(path(u"a.gpkg"_s), ErrorKind::Malformed);
        writeFile(path(u"a.xml"_s), "<?xml version='1.0'?><rechnung><betrag>5</betrag></rechnung>");
        verifyRefused(path(u"a.xml"_s), ErrorKind::Unsupported);
        writeFile(path(u"b.gml"_s), "<!DOCTYPE html><html><body>404</body></html>");
        verifyRefused(path(u"b.gml"_s), ErrorKind::Unsupported);
        writeFile(path(u"c.gml"_s),
                  "<ows:ExceptionReport xmlns:ows='http://www.opengis.net/ows'><ows:Exception/></ows:ExceptionReport>");
        verifyRefused(path(u"c.gml"_s), ErrorKind::Unsupported);
        writeFile(path(u"d.geojson"_s), "{\"name\": \"no geodata\"}");
        verifyRefused(path(u"d.geojson"_s), ErrorKind::Unsupported);
    }

    void documentsOfServicesAreNotCalledDamaged_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("word");
        constexpr auto gml = "xmlns:gml='http://www.opengis.net/gml'";
        QTest::newRow("WFS") << QByteArray("<wfs:WFS_Capabilities ") + gml + "/>" << u"offers"_s;
        QTest::newRow("WMTS") << QByteArray("<Capabilities ") + gml + "/>" << u"offers"_s;
        QTest::newRow("WMS 1.1.1") << QByteArray("<WMT_MS_Capabilities version='1.1.1'/>") << u"offers"_s;
        QTest::newRow("feature types") << QByteArray("<xs:schema ") + gml + "><xs:import/></xs:schema>" << u"built"_s;
        QTest::newRow("style") << QByteArray("<sld:StyledLayerDescriptor ") + gml + "/>" << u"style"_s;
    }
    void documentsOfServicesAreNotCalledDamaged()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, word);
        writeFile(path(u"a.xml"_s), "<?xml version='1.0'?>" + content);
        const auto opened = FileOpener().inspect({.location = path(u"a.xml"_s)}, {});
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::Unsupported);
        QVERIFY2(opened.error().what.contains(word), qPrintable(opened.error().what));
    }

    void truncatedFilesAreErrorsOrReadAsFarAsTheyGo_data()
    {
        QTest::addColumn<QByteArray>("driver");
        QTest::addColumn<QString>("file");
        QTest::addColumn<double>("share");
        for (const double share : {0.02, 0.3, 0.6, 0.95}) {
            const auto name = [&](const char *driver) { return QByteArray(driver) + ' ' + QByteArray::number(share); };
            QTest::newRow(name("GPKG").constData()) << QByteArray("GPKG") << u"a.gpkg"_s << share;
            QTest::newRow(name("FlatGeobuf").constData()) << QByteArray("FlatGeobuf") << u"a.fgb"_s << share;
            QTest::newRow(name("Shapefile").constData()) << QByteArray("ESRI Shapefile") << u"a.shp"_s << share;
            QTest::newRow(name("GeoJSON").constData()) << QByteArray("GeoJSON") << u"a.geojson"_s << share;
            QTest::newRow(name("GML").constData()) << QByteArray("GML") << u"a.gml"_s << share;
            QTest::newRow(name("KML").constData()) << QByteArray("LIBKML") << u"a.kml"_s << share;
            QTest::newRow(name("SpatiaLite").constData()) << QByteArray("SQLite") << u"a.sqlite"_s << share;
        }
    }
    void truncatedFilesAreErrorsOrReadAsFarAsTheyGo()
    {
        QFETCH(QByteArray, driver);
        QFETCH(QString, file);
        QFETCH(double, share);
        constexpr std::size_t count = 5000;
        QCOMPARE(makeVector({.driver = driver.constData(),
                             .path = path(file),
                             .epsg = driver == "LIBKML" ? 4326 : 25832,
                             .geometryType = wkbPoint},
                            points(int(count))),
                 QString());
        const auto whole = contentOf(path(file));
        writeFile(path(file), whole.first(qsizetype(double(whole.size()) * share)));
        QElapsedTimer timer;
        timer.start();
        const auto set = readAll({.location = path(file)});
        QVERIFY(timer.elapsed() < 10000);
        if (!set) {
            QVERIFY2(set.error().kind == ErrorKind::Malformed, qPrintable(toText(set.error())));
            QVERIFY(!set.error().what.isEmpty());
        } else if ((*set)->size() < count) { // in no case silently
            QVERIFY2(!(*set)->notes.isEmpty(), qPrintable(QString::number((*set)->size())));
        }
    }

    void truncatedRastersShowWhatIsThere_data()
    {
        QTest::addColumn<QByteArray>("driver");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("bands");
        const auto row = [](const char *name, const char *driver, const QString &file, const QStringList &options = {},
                            int bands = 3) { QTest::newRow(name) << QByteArray(driver) << file << options << bands; };
        row("GeoTIFF", "GTiff", u"a.tif"_s);
        row("GeoTIFF, LZW", "GTiff", u"a.tif"_s, {u"COMPRESS=LZW"_s});
        row("GeoTIFF, tiles", "GTiff", u"a.tif"_s, {u"COMPRESS=DEFLATE"_s, u"TILED=YES"_s});
        row("GeoTIFF, values", "GTiff", u"a.tif"_s, {}, 1);
        row("PNG", "PNG", u"a.png"_s);
        row("PNG, grey", "PNG", u"a.png"_s, {}, 1);
        row("PNG with transparency", "PNG", u"a.png"_s, {}, 4);
        row("JPEG", "JPEG", u"a.jpg"_s, {u"QUALITY=95"_s});
        row("ASCII grid", "AAIGrid", u"a.asc"_s, {}, 1);
    }
    void truncatedRastersShowWhatIsThere()
    {
        QFETCH(QByteArray, driver);
        QFETCH(QString, file);
        QFETCH(QStringList, options);
        QFETCH(int, bands);
        constexpr int side = 700;
        const auto colour = [](int x, int y) { // not to be packed to nothing
            auto noise = unsigned(y * side + x) * 2654435761U;
            noise = (noise ^ (noise >> 15)) * 2246822519U;
            return 60 + (x / 7 + y / 5) % 100 + int((noise ^ (noise >> 13)) % 32);
        };
        const bool floats = bands == 1 && driver != "PNG";
        QCOMPARE(makeRaster({.driver = driver.constData(),
                             .path = path(file),
                             .width = side,
                             .height = side,
                             .bands = bands,
                             .type = floats ? GDT_Float32 : GDT_Byte,
                             .options = options,
                             .value = [&](int x, int y, int b) { return b == 4 ? 255 : colour(x, y); }}),
                 QString());
        const auto whole = contentOf(path(file));
        const auto at = [&](const RasterBlock &block, double x, double y) -> double { // NaN: empty; x, y: 0 … 1
            const int px = int(x * block.size.width()), py = int(y * block.size.height());
            if (block.image.isNull())
                return double(block.values[std::size_t(py) * std::size_t(block.size.width()) + std::size_t(px)]);
            const auto pixel = block.image.pixel(px, py);
            return qAlpha(pixel) == 0 ? qQNaN() : qRed(pixel);
        };
        for (const double share : {0.5, 0.9}) {
            writeFile(path(file), whole.first(qsizetype(double(whole.size()) * share)));
            const auto described = FileOpener().inspect({.location = path(file)}, {});
            VERIFY_RESULT(described);
            const auto notes = described->layers.front().notes.join(u'\n');
            QVERIFY2(notes.contains("damaged or incomplete"_L1), qPrintable(notes));
            const auto source = openRaster({.location = path(file)});
            VERIFY_RESULT(source);
            const auto d = (*source)->description();
            for (int attempt = 0; attempt < 2; ++attempt) { // what failed once must not come back as rubbish
                for (const int size : {side, 300, 40}) {
                    for (const bool smooth : {false, true}) {
                        const auto block = (*source)->read(
                            {.crs = d.crs, .extent = d.extent, .size = {size, size}, .smooth = smooth}, {});
                        VERIFY_RESULT(block);
                        QVERIFY2(block->damage.contains("damaged or incomplete"_L1), qPrintable(block->damage));
                        for (const double y : {0.02, share - 0.25}) {
                            const double expected = colour(int(0.5 * side), int(y * side));
                            QVERIFY2(std::abs(at(*block, 0.5, y) - expected) < (size == side ? 8 : 150),
                                     qPrintable(u"%1 at %2 of %3"_s.arg(at(*block, 0.5, y)).arg(y).arg(size)));
                        }
                        QVERIFY(std::isnan(at(*block, 0.95, 0.99)));
                    }
                }
                const Extent below{d.extent.xMax - 20 * d.extent.width() / side, d.extent.yMin, d.extent.xMax,
                                   d.extent.yMin + 20 * d.extent.height() / side};
                const auto lost = (*source)->read({.crs = d.crs, .extent = below, .size = {20, 20}}, {});
                VERIFY_RESULT(lost);
                QVERIFY(!lost->damage.isEmpty());
                QVERIFY(std::isnan(at(*lost, 0.5, 0.9)));
                const PointXY place{below.centre()};
                const auto values = (*source)->valuesAt(place, d.crs, {});
                VERIFY_RESULT(values);
                QVERIFY(std::ranges::all_of(*values, [](double value) { return std::isnan(value); }));
            }
        }
    }

    void wholeRastersAreNotCalledDamaged_data() { truncatedRastersShowWhatIsThere_data(); }
    void wholeRastersAreNotCalledDamaged()
    {
        QFETCH(QByteArray, driver);
        QFETCH(QString, file);
        QFETCH(QStringList, options);
        QFETCH(int, bands);
        QCOMPARE(makeRaster({.driver = driver.constData(),
                             .path = path(file),
                             .bands = bands,
                             .type = bands == 1 && driver != "PNG" ? GDT_Float32 : GDT_Byte,
                             .options = options}),
                 QString());
        if (driver == "JPEG" || driver == "PNG") // as cameras and programs do
            writeFile(path(file), contentOf(path(file)) + QByteArray(3000, 'x'));
        const auto source = openRaster({.location = path(file)});
        VERIFY_RESULT(source);
        const auto d = (*source)->description();
        const auto block = (*source)->read({.crs = d.crs, .extent = d.extent, .size = d.rasterSize}, {});
        VERIFY_RESULT(block);
        QCOMPARE(block->damage, QString());
        QVERIFY2(!d.notes.join(u'\n').contains("damaged"_L1), qPrintable(d.notes.join(u'\n')));
    }

    void theDescriptionOfATruncatedFileSaysSo_data()
    {
        QTest::addColumn<QByteArray>("driver");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QStringList>("options");
        QTest::newRow("FlatGeobuf") << QByteArray("FlatGeobuf") << u"a.fgb"_s << QStringList();
        QTest::newRow("FlatGeobuf, no index")
            << QByteArray("FlatGeobuf") << u"a.fgb"_s << QStringList{u"SPATIAL_INDEX=NO"_s};
        QTest::newRow("Shapefile") << QByteArray("ESRI Shapefile") << u"a.shp"_s << QStringList();
        QTest::newRow("Shapefile's table") << QByteArray("ESRI Shapefile") << u"a.dbf"_s << QStringList();
        QTest::newRow("GML") << QByteArray("GML") << u"a.gml"_s << QStringList();
    }
    void theDescriptionOfATruncatedFileSaysSo()
    {
        QFETCH(QByteArray, driver);
        QFETCH(QString, file);
        QFETCH(QStringList, options);
        QString main = path(file);
        main.replace(".dbf"_L1, ".shp"_L1);
        QCOMPARE(
            makeVector({.driver = driver.constData(), .path = main, .geometryType = wkbPoint, .layerOptions = options},
                       points(3000)),
            QString());
        const auto notesNow = [&] {
            const auto described = FileOpener().inspect({.location = main}, {});
            return described && !described->layers.empty() ? described->layers.front().notes.join(u'\n')
                                                           : u"no layers"_s;
        };
        QVERIFY2(!notesNow().contains("damaged"_L1), qPrintable(notesNow()));
        const auto whole = contentOf(path(file));
        for (const double share : {0.6, 0.95, 0.999}) {
            writeFile(path(file), whole.first(qsizetype(double(whole.size()) * share)));
            const auto described = FileOpener().inspect({.location = main}, {});
            if (!described) { // as good
                QCOMPARE(described.error().kind, ErrorKind::Malformed);
                continue;
            }
            QVERIFY2(notesNow().contains("damaged or incomplete"_L1), qPrintable(notesNow()));
        }
    }

    void damagedFilesMakeNoNoiseOnTheErrorOutput()
    {
#ifndef Q_OS_UNIX
        QSKIP("looks at the error output as Unix has it");
#else
        QStringList files;
        for (const auto &[driver, name] : {std::pair{"PNG", u"a.png"_s}, {"JPEG", u"a.jpg"_s}, {"GTiff", u"a.tif"_s}}) {
            for (const int type : {GDT_Byte, GDT_UInt16}) {
                const auto file = path(QString::number(type) + name);
                if (makeRaster({.driver = driver,
                                .path = file,
                                .width = 400,
                                .height = 400,
                                .bands = 3,
                                .type = type,
                                .value = [](int x, int y, int b) { return (x * 7919 + y * y * 31 + b * 7) % 255; }})
                        .isEmpty())
                    files.append(file);
            }
        }
        for (const auto &[driver, name] : {std::pair{"FlatGeobuf", u"a.fgb"_s},
                                           {"ESRI Shapefile", u"a.shp"_s},
                                           {"GML", u"a.gml"_s},
                                           {"GPKG", u"a.gpkg"_s}}) {
            QCOMPARE(makeVector({.driver = driver, .path = path(name), .geometryType = wkbPoint}, points(3000)),
                     QString());
            files.append(path(name));
        }
        QVERIFY(files.size() >= 8);
        QTemporaryFile said;
        QVERIFY(said.open());
        const int before = ::dup(2);
        ::dup2(said.handle(), 2);
        for (const auto &file : files) {
            const auto whole = contentOf(file);
            writeFile(file, whole.first(whole.size() * 6 / 10));
            (void)FileOpener().inspect({.location = file}, {});
            if (const auto source = openRaster({.location = file})) {
                const auto d = (*source)->description();
                for (const bool smooth : {true, false})
                    (void)(*source)->read({.crs = d.crs, .extent = d.extent, .size = {150, 150}, .smooth = smooth}, {});
                (void)(*source)->valuesAt({d.extent.xMax - 1, d.extent.yMin + 1}, d.crs, {});
            }
            (void)readAll({.location = file});
        }
        ::dup2(before, 2);
        ::close(before);
        QCOMPARE(QString::fromUtf8(contentOf(said.fileName())), QString());
#endif
    }

    void anEncodingThatThereIsNotIsRefused()
    {
        QCOMPARE(makeVector({.driver = "ESRI Shapefile",
                             .path = path(u"a.shp"_s),
                             .geometryType = wkbPoint,
                             .layerOptions = {u"ENCODING=ISO-8859-1"_s}},
                            {{"POINT (611000 5970000)", u"Mühle"_s, 1}}),
                 QString());
        writeFile(path(u"a.csv"_s), "name;x;y\nM\xfchle;611000;5970000\n");
        for (const auto &name : {u"a.shp"_s, u"a.csv"_s}) {
            const SourceRef ref{.location = path(name), .options = {{u"encoding"_s, u"Klingonisch-7"_s}}};
            VERIFY_FAILS(FileOpener().inspect(ref, {}), ErrorKind::Invalid);
            const auto opened = FileOpener().open(ref, {});
            VERIFY_FAILS(opened, ErrorKind::Invalid);
            QVERIFY(opened.error().what.contains("Klingonisch-7"_L1));
        }
        // the same from a file is no reason to fail
        writeFile(path(u"a.cpg"_s), "KLINGON-7");
        const auto set = readAll({.location = path(u"a.shp"_s)});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->column(u"name"_s)->value(0).toString(), u"Mühle"_s);
        const auto notes = (*set)->notes.join(u'\n');
        QVERIFY2(notes.contains("KLINGON-7"_L1) && notes.contains("Windows-1252"_L1), qPrintable(notes));
    }

    void damagedSamplesAreRefused()
    {
        NEED_SAMPLES();
        verifyRefused(samplesDir() + u"/mbtiles/corrupt.mbtiles"_s, ErrorKind::Malformed);
    }

    void coordinatesThatAreNoNumbersAreLeftOutAndCounted()
    {
        QCOMPARE(makeVector({.path = path(u"a.gpkg"_s), .layerOptions = {u"SPATIAL_INDEX=NO"_s}},
                            {{"POINT (611000 5970000)", u"good"_s, 1},
                             {"LINESTRING (611000 5970000,nan 5970001)", u"NaN"_s, 2},
                             {"LINESTRING (611000 5970000,1e999 5970001)", u"infinite"_s, 3},
                             {"POINT (1e300 5)", u"far"_s, 4},
                             {"POINT EMPTY", u"empty"_s, 5},
                             {"", u"null"_s, 6},
                             {"POLYGON EMPTY", u"empty"_s, 7}}),
                 QString());
        const auto source = openVector({.location = path(u"a.gpkg"_s)});
        VERIFY_RESULT(source);
        QCOMPARE((*source)->description().featureCount, 7);
        const auto set = (*source)->read({}, {}, {});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 1U);
        const auto notes = (*set)->notes.join(u'\n');
        QVERIFY2(notes.contains("3 object(s) have no geometry"_L1), qPrintable(notes));
        QVERIFY2(notes.contains("3 object(s) have coordinates that are no numbers"_L1), qPrintable(notes));
        const qint64 ids[] = {2, 6};
        const auto features = (*source)->features(ids, {}, {});
        VERIFY_RESULT(features);
        QCOMPARE(features->size(), 2U); // their attributes are still there
        QVERIFY((*features)[0].geometry.isEmpty());
    }

    void invalidPolygonsAreKept()
    {
        QCOMPARE(makeVector({.path = path(u"a.gpkg"_s)},
                            {{"POLYGON ((0 0,100 100,100 0,0 100,0 0))", u"bow tie"_s, 1},
                             {"POLYGON ((0 0,100 0,0 0))", u"flat"_s, 2},
                             {"POLYGON ((0 0,10 0,10 10,0 10,0 0),(50 50,60 50,60 60,50 50))", u"hole outside"_s, 3}}),
                 QString());
        const auto set = readAll({.location = path(u"a.gpkg"_s), .options = {{u"crs"_s, u"EPSG:25832"_s}}});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 3U);
        QVERIFY(invalidFeatures(**set, {}).value().size() >= 2);
    }

    void placesBeyondTheCrsAreLeftOutAndCounted()
    {
        QCOMPARE(makeVector({.path = path(u"a.gpkg"_s), .epsg = 4326},
                            {{"POINT (10.68 53.86)", u"Lübeck"_s, 1}, {"POINT (170 123)", u"nowhere"_s, 2}}),
                 QString());
        const auto set = readAll({.location = path(u"a.gpkg"_s)}, {.crs = Crs::fromEpsg(3857)});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 1U);
        QVERIFY((*set)->notes.join(u' ').contains("cannot be converted"_L1));
    }

    void anUnknownCrsIsNoReasonToFail()
    {
        QCOMPARE(
            makeVector({.driver = "ESRI Shapefile", .path = path(u"a.shp"_s), .geometryType = wkbPoint}, points(5)),
            QString());
        writeFile(path(u"a.prj"_s), "PROJCS[\"Fantasie\",NONSENSE[1,2,3]]");
        const auto source = openVector({.location = path(u"a.shp"_s)});
        VERIFY_RESULT(source);
        QCOMPARE((*source)->description().crs.epsg(), 25832);
        QVERIFY((*source)->description().crsGuessed);
    }

    void missingTablesAndUnreadableThingsSaySo()
    {
        verifyRefused(path(u"nothing.gpkg"_s), ErrorKind::NotFound);
        writeFile(path(u"a.dbf"_s), "nonsense\x01\x02");
        verifyRefused(path(u"a.dbf"_s), ErrorKind::Unsupported);
        const QDir folder(m_folder->path());
        QVERIFY(folder.mkdir(u"empty"_s));
        verifyRefused(path(u"empty"_s), ErrorKind::Unsupported);
#ifdef Q_OS_UNIX
        verifyRefused(u"/dev/zero"_s, ErrorKind::Unsupported);
        QVERIFY(::symlink("/nowhere/at/all.gpkg", QFile::encodeName(path(u"dangling.gpkg"_s)).constData()) == 0);
        verifyRefused(path(u"dangling.gpkg"_s), ErrorKind::NotFound);
#endif
    }

    void unreadableFilesAndFoldersAreRefused()
    {
#ifdef Q_OS_UNIX
        if (::geteuid() == 0)
            QSKIP("the administrator may read everything");
#endif
        writeFile(path(u"a.geojson"_s), "{}");
        QVERIFY(QFile::setPermissions(path(u"a.geojson"_s), {}));
        verifyRefused(path(u"a.geojson"_s), ErrorKind::NotReadable);
        QVERIFY(QDir(m_folder->path()).mkdir(u"locked"_s));
        QVERIFY(QFile::setPermissions(path(u"locked"_s), {}));
        verifyRefused(path(u"locked"_s), ErrorKind::NotReadable);
        QFile::setPermissions(path(u"locked"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    void addressesInANetworkAreRefused_data()
    {
        QTest::addColumn<QString>("location");
        for (const auto *location :
             {"/vsicurl/http://localhost:9/a.tif", "http://localhost:9/a.geojson", "https://localhost/a.gpkg",
              "ftp://localhost/a.shp", "/vsizip//vsicurl/http://localhost/a.zip", "/vsis3/bucket/a.tif",
              "WFS:http://localhost/wfs", "PG:host=localhost", ""})
            QTest::newRow(location) << QString::fromLatin1(location);
    }
    void addressesInANetworkAreRefused()
    {
        QFETCH(QString, location);
        for (const auto &answer : {FileOpener().inspect({.location = location}, {}).error_or(Error()),
                                   FileOpener().open({.location = location}, {}).error_or(Error())}) {
            QVERIFY(answer.kind == ErrorKind::Unsupported || answer.kind == ErrorKind::NotFound);
            QVERIFY(!answer.what.isEmpty());
        }
    }

    void foreignReferencesInFilesAreNotFollowed()
    {
        // a virtual raster that points elsewhere
        writeFile(path(u"a.vrt"_s),
                  "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"><VRTRasterBand band=\"1\"><SimpleSource>"
                  "<SourceFilename>/vsicurl/http://localhost:9/a.tif</SourceFilename></SimpleSource></VRTRasterBand></"
                  "VRTDataset>");
        QVERIFY(!FileOpener().open({.location = path(u"a.vrt"_s)}, {}));
        // an entity that would bring in a file of this machine
        writeFile(path(u"secret.txt"_s), "SECRET");
        writeFile(path(u"a.gml"_s),
                  "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file://" + path(u"secret.txt"_s).toUtf8()
                      + "\">]><ogr:FeatureCollection xmlns:ogr=\"http://ogr.maptools.org/\" "
                        "xmlns:gml=\"http://www.opengis.net/gml\"><gml:featureMember><ogr:p>"
                        "<ogr:geometryProperty><gml:Point "
                        "srsName=\"EPSG:25832\"><gml:coordinates>611000,5970000</gml:coordinates></gml:Point></"
                        "ogr:geometryProperty>"
                        "<ogr:name>&x;</ogr:name></ogr:p></gml:featureMember></ogr:FeatureCollection>");
        const auto set = readAll({.location = path(u"a.gml"_s)});
        if (set) {
            for (const auto &column : (*set)->columns)
                QVERIFY(!column.texts().join(u' ').contains("SECRET"_L1));
        }
    }

    void entitiesThatGrowWithoutEndAreRefused()
    {
        QByteArray bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e0 \"0123456789\">";
        for (int i = 1; i < 12; ++i) {
            const auto one = "&e" + QByteArray::number(i - 1) + ";";
            bomb += "<!ENTITY e" + QByteArray::number(i) + " \"" + one.repeated(10) + "\">";
        }
        bomb += "]><ogr:FeatureCollection xmlns:ogr=\"http://ogr.maptools.org/\" "
                "xmlns:gml=\"http://www.opengis.net/gml\"><gml:featureMember><ogr:p><ogr:n>&e11;</ogr:n>"
                "</ogr:p></gml:featureMember></ogr:FeatureCollection>";
        writeFile(path(u"a.gml"_s), bomb);
        QElapsedTimer timer;
        timer.start();
        (void)readAll({.location = path(u"a.gml"_s)});
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }

    void aFileThatIsReplacedIsReadAnew()
    {
        const auto file = path(u"a.gpkg"_s);
        QCOMPARE(makeVector({.path = file, .geometryType = wkbPoint}, points(10)), QString());
        const auto source = openVector({.location = file});
        VERIFY_RESULT(source);
        const auto first = (*source)->read({}, {}, {});
        VERIFY_RESULT(first);
        QCOMPARE(makeVector({.path = path(u"b.gpkg"_s), .geometryType = wkbPoint}, points(25)), QString());
        QVERIFY(QFile::remove(file) && QFile::rename(path(u"b.gpkg"_s), file));
        const qint64 ids[] = {1, 2};
        VERIFY_FAILS((*source)->features(ids, {}, {}), ErrorKind::NotFound); // they may be other objects now
        const auto second = (*source)->read({}, {}, {});
        VERIFY_RESULT(second);
        QCOMPARE((*second)->size(), 25U);
        VERIFY_RESULT((*source)->features(ids, {}, {}));
        QVERIFY(QFile::remove(file));
        VERIFY_FAILS((*source)->read({}, {}, {}), ErrorKind::NotFound);
    }

    void aRasterThatIsReplacedIsReadAnew()
    {
        const auto file = path(u"a.tif"_s);
        QCOMPARE(makeRaster({.path = file}), QString());
        const auto source = openRaster({.location = file});
        VERIFY_RESULT(source);
        QCOMPARE(
            makeRaster({.path = path(u"b.tif"_s), .width = 50, .height = 40, .value = [](int, int, int) { return 7; }}),
            QString());
        QVERIFY(QFile::remove(file) && QFile::rename(path(u"b.tif"_s), file));
        const auto values = (*source)->valuesAt({611005, 5969995}, Crs::working(), {});
        VERIFY_RESULT(values);
        QCOMPARE((*values)[0], 7.0);
        QVERIFY(QFile::remove(file));
        VERIFY_FAILS((*source)->valuesAt({611005, 5969995}, Crs::working(), {}), ErrorKind::NotFound);
    }

    void metadataOfAFileAreReadWithoutATrace()
    {
        QCOMPARE(makeVector({.driver = "GPKG", .path = path(u"a.gpkg"_s)}, points(3)), QString());
        {
            const DatasetPtr dataset(GDALOpenEx(path(u"a.gpkg"_s).toUtf8().constData(), GDAL_OF_VECTOR | GDAL_OF_UPDATE,
                                                nullptr, nullptr, nullptr));
            QVERIFY(dataset);
            QCOMPARE(GDALSetMetadataItem(dataset.get(), "TITLE", "Trees", nullptr), CE_None);
        }
        const auto before = listing(m_folder->path());
        const auto source = openVector({.location = path(u"a.gpkg"_s)});
        VERIFY_RESULT(source);
        QCOMPARE((*source)->read({}, {}, {}).value()->size(), 3U);
        QCOMPARE(listing(m_folder->path()), before);
    }

    void databasesAreReadWithoutATrace()
    {
        // one in write-ahead mode would get two companions as soon as it is opened the usual way
        for (const auto &[driver, name] : {std::pair{"GPKG", u"a.gpkg"_s}, std::pair{"SQLite", u"a.sqlite"_s}}) {
            QCOMPARE(makeVector({.driver = driver, .path = path(name), .geometryType = wkbPoint}, points(10)),
                     QString());
            QFile file(path(name));
            QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(18) && file.write("\x02\x02", 2) == 2);
            file.close();
            const auto before = listing(m_folder->path());
            const auto source = openVector({.location = path(name)});
            VERIFY_RESULT(source);
            QCOMPARE((*source)->read({}, {}, {}).value()->size(), 10U);
            QCOMPARE(listing(m_folder->path()), before);
        }
    }

    void readingStopsWhenItIsCancelled_data()
    {
        QTest::addColumn<QByteArray>("driver");
        QTest::addColumn<QString>("file");
        QTest::newRow("GeoPackage") << QByteArray("GPKG") << u"a.gpkg"_s;
        QTest::newRow("FlatGeobuf") << QByteArray("FlatGeobuf") << u"a.fgb"_s;
        QTest::newRow("Shapefile") << QByteArray("ESRI Shapefile") << u"a.shp"_s;
    }
    void readingStopsWhenItIsCancelled()
    {
        QFETCH(QByteArray, driver);
        QFETCH(QString, file);
        QCOMPARE(
            makeVector({.driver = driver.constData(), .path = path(file), .geometryType = wkbPoint, .fields = false},
                       points(100000)),
            QString());
        const auto source = openVector({.location = path(file)});
        VERIFY_RESULT(source);
        std::stop_source stop;
        double reached = 0;
        const auto set = (*source)->read({}, stop.get_token(), [&](double done) {
            reached = done;
            if (done > 0.3)
                stop.request_stop();
        });
        QVERIFY(!set && set.error().kind == ErrorKind::Cancelled);
        QVERIFY2(reached > 0.3 && reached < 0.8, qPrintable(QString::number(reached)));
        const auto again = (*source)->read({}, {}, {}); // nothing is left behind
        VERIFY_RESULT(again);
        QCOMPARE((*again)->size(), 100000U);
        std::stop_source other;
        const auto status = (*source)->stream({},
                                              [&](Feature &) {
                                                  other.request_stop();
                                                  return true;
                                              },
                                              other.get_token(), {});
        QVERIFY(!status && status.error().kind == ErrorKind::Cancelled);
    }

private:
    static void allEndings()
    {
        QTest::addColumn<QString>("ending");
        for (const auto *ending : endings)
            QTest::newRow(ending) << QString::fromLatin1(ending);
    }
    QString path(const QString &name) const { return m_folder->filePath(name); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestBadFiles)
#include "tst_badfiles.moc"
