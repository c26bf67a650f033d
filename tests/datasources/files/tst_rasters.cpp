// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/files/filemaker.h"
#include "tests/datasources/files/reading.h"

#include <QImageWriter>

#include <gdal.h>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

/** What the notes of the samples' collection say. */
struct Row {
    const char *file;
    int width, height, bands;
    RasterKind kind;
    const char *crs; ///< id, or "" = none
    Extent extent;
    double tolerance;
    double minimum, maximum; ///< values only
};
constexpr auto C = RasterKind::Colour;
constexpr auto V = RasterKind::Values;
const double missing = qQNaN();

const Row rows[] = {
    {"geotiff/RGBA_uint16.tif",
     634,
     411,
     4,
     C,
     "EPSG:32612",
     {733268.983, 4077734.334, 734143.892, 4078301.244},
     1e-3,
     missing,
     missing},
    {"geotiff/byte.tif", 20, 20, 1, V, "EPSG:26711", {440720, 3750120, 441920, 3751320}, 1e-6, 74, 255},
    {"geotiff/ch_rotated_jpeg.tif",
     2329,
     2212,
     1,
     C,
     "EPSG:2056",
     {2655401.99, 1187547.68, 2657140.89, 1189277.195},
     0.1,
     missing,
     missing},
    {"geotiff/dop_rgb_25832.tif",
     600,
     600,
     3,
     C,
     "EPSG:25832",
     {533000, 5929000, 534000, 5930000},
     1e-6,
     missing,
     missing},
    {"geotiff/elevation_f32_nan.tif",
     438,
     241,
     1,
     V,
     "EPSG:4326",
     {30.0417, 5.29167, 51.9417, 17.3417},
     1e-4,
     -158,
     4232},
    {"geotiff/float_nan.tif", 3, 2, 1, V, "", {0, 0, 300, 200}, 1e-6, -1.88, 1.41},
    {"geotiff/non_square_pixels.tif", 1000, 1000, 3, C, "EPSG:4326", {-180, -90, 180, 90}, 1e-6, missing, missing},
    {"geotiff/not_a_cog_f64.tif", 132, 61, 3, V, "EPSG:32632", {677920, 5150930, 681880, 5152760}, 1e-6, 0.102, 255},
    {"geotiff/one_pixel_4326.tif",
     1,
     1,
     3,
     C,
     "EPSG:4326",
     {-90.9668, 14.3262, -90.791, 14.8535},
     1e-4,
     missing,
     missing},
    // the place that the file names is the middle of its first pixel
    {"geotiff/pixel_is_point.tif",
     189,
     127,
     1,
     V,
     "EPSG:4326",
     {-97.332639, 36.273194, -97.280139, 36.308472},
     1e-6,
     299,
     357},
    {"geotiff/rgb_lzw.tif", 791, 718, 3, C, "EPSG:32618", {101985, 2611485, 339315, 2826915}, 1e-3, missing, missing},
    {"geotiff/rotated.tif", 10, 15, 1, V, "", {100, 70.0962, 348.205, 300}, 1e-3, 0, 149},
    {"geotiff/test_esri_wkt.tif", 2, 2, 1, V, "ESRI:102039", {-14065, 2368505, -14045, 2368525}, 1e-6, 1, 4},
    {"mbtiles/plain_1.mbtiles",
     4096,
     3173,
     4,
     C,
     "EPSG:3857",
     {-20037508, -11072571, 20037508, 19971869},
     2,
     missing,
     missing},
    {"mbtiles/plain_4.mbtiles",
     4096,
     2720,
     4,
     C,
     "EPSG:3857",
     {-20037508, -11073605, 20037508, 15538711},
     2,
     missing,
     missing},
    {"mbtiles/some-empty-tiles.mbtiles",
     1024,
     1024,
     4,
     C,
     "EPSG:3857",
     {-20037508, -20037508, 20037508, 20037508},
     2,
     missing,
     missing},
    {"geopackage/uint16_gridded.gpkg", 20, 20, 1, V, "EPSG:26711", {440720, 3750120, 441920, 3751320}, 1e-6, 74, 255},
};

QString sample(const char *name)
{
    return samplesDir() + u'/' + QLatin1StringView(name);
}

float valueAt(const RasterBlock &block, int x, int y)
{
    return block.values[std::size_t(y) * std::size_t(block.size.width()) + std::size_t(x)];
}

/** The raster pixel by pixel. */
Result<RasterBlock> readAsIs(const RasterSource &source, bool smooth = false)
{
    const auto d = source.description();
    return source.read({.crs = d.crs, .extent = d.extent, .size = d.rasterSize, .smooth = smooth}, {});
}

} // namespace

class TestRasters : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void samplesAreDescribedAsTheyAre_data() { table(); }
    void samplesAreDescribedAsTheyAre()
    {
        NEED_SAMPLES();
        const auto &row = rows[current()];
        const auto description = FileOpener().inspect({.location = sample(row.file)}, {});
        VERIFY_RESULT(description);
        QCOMPARE(description->layers.size(), 1U);
        const auto &layer = description->layers.front();
        QCOMPARE(layer.kind, LayerKind::Raster);
        QCOMPARE(layer.rasterSize, QSize(row.width, row.height));
        QCOMPARE(layer.bands, row.bands);
        QCOMPARE(layer.rasterKind, row.kind);
        QCOMPARE(layer.crs.id(), QString::fromUtf8(row.crs));
        QVERIFY2(isNear(layer.extent, row.extent, row.tolerance), qPrintable(hanseatlas::test::toText(layer.extent)));
        if (row.kind == RasterKind::Values) {
            QVERIFY2(std::abs(layer.minimum - row.minimum) < 1e-3, qPrintable(QString::number(layer.minimum)));
            QVERIFY2(std::abs(layer.maximum - row.maximum) < 1e-3, qPrintable(QString::number(layer.maximum)));
        }
    }

    void samplesAreReadWholeAndInAnotherCrs_data() { table(); }
    void samplesAreReadWholeAndInAnotherCrs()
    {
        NEED_SAMPLES();
        const auto &row = rows[current()];
        const auto source = openRaster({.location = sample(row.file)});
        VERIFY_RESULT(source);
        const auto d = (*source)->description();
        auto query = RasterQuery{.crs = d.crs, .extent = d.extent, .size = {200, 150}};
        const auto block = (*source)->read(query, {});
        VERIFY_RESULT(block);
        QVERIFY(hasContent(*block));
        if (!d.crs.isValid() || row.width == 1)
            return;
        query.crs = Crs::fromEpsg(3857);
        query.extent =
            Transform::create(d.crs, query.crs)
                ->forward(d.extent.intersected(d.crs.isGeographic() ? Extent{-179, -80, 179, 80} : d.extent));
        const auto warped = (*source)->read(query, {});
        VERIFY_RESULT(warped);
        QVERIFY(hasContent(*warped));
    }

    void cornerPixelsAreWhatTheFileHolds_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QList<double>>("corners"); // north-west, north-east, south-west, south-east
        QTest::newRow("byte") << QByteArray("geotiff/byte.tif") << QList<double>{107, 148, 181, 107};
        QTest::newRow("DEM") << QByteArray("geotiff/elevation_f32_nan.tif") << QList<double>{498, 822, 647, missing};
        // this one is written from the south
        QTest::newRow("float") << QByteArray("geotiff/float_nan.tif") << QList<double>{0.32, -1.88, 1.41, missing};
        QTest::newRow("double") << QByteArray("geotiff/not_a_cog_f64.tif")
                                << QList<double>{40.596, 38.046, 40.188, 11.118};
        QTest::newRow("point") << QByteArray("geotiff/pixel_is_point.tif") << QList<double>{344, 310, 346, 329};
        QTest::newRow("small") << QByteArray("geotiff/test_esri_wkt.tif") << QList<double>{1, 2, 3, 4};
    }
    void cornerPixelsAreWhatTheFileHolds()
    {
        NEED_SAMPLES();
        QFETCH(QByteArray, file);
        QFETCH(QList<double>, corners);
        const auto source = openRaster({.location = sample(file.constData())});
        VERIFY_RESULT(source);
        const auto block = readAsIs(**source);
        VERIFY_RESULT(block);
        const int right = block->size.width() - 1, bottom = block->size.height() - 1;
        const float found[] = {valueAt(*block, 0, 0), valueAt(*block, right, 0), valueAt(*block, 0, bottom),
                               valueAt(*block, right, bottom)};
        for (int i = 0; i < 4; ++i)
            QVERIFY2(std::isnan(corners[i]) ? std::isnan(found[i]) : std::abs(double(found[i]) - corners[i]) < 1e-2,
                     qPrintable(QString::number(double(found[i]))));
    }

    void missingValuesAreNotNumbers()
    {
        NEED_SAMPLES();
        const auto source = openRaster({.location = sample("geotiff/elevation_f32_nan.tif")});
        VERIFY_RESULT(source);
        const auto block = readAsIs(**source);
        VERIFY_RESULT(block);
        QCOMPARE(std::ranges::count_if(block->values, [](float v) { return !std::isnan(v); }), 87100);
    }

    void aerialPicturesKeepTheirColours()
    {
        NEED_SAMPLES();
        const auto source = openRaster({.location = sample("geotiff/dop_rgb_25832.tif")});
        VERIFY_RESULT(source);
        const auto block = readAsIs(**source);
        VERIFY_RESULT(block);
        QCOMPARE(block->image.format(), QImage::Format_ARGB32_Premultiplied);
        const auto &image = block->image;
        QCOMPARE(image.pixelColor(0, 0).red(), 59);
        QCOMPARE(image.pixelColor(599, 0).red(), 91);
        QCOMPARE(image.pixelColor(0, 599).red(), 63);
        QCOMPARE(image.pixelColor(599, 599).red(), 82);
        double mean[3] = {};
        for (int y = 0; y < 600; ++y) {
            for (int x = 0; x < 600; ++x) {
                mean[0] += qRed(image.pixel(x, y));
                mean[1] += qGreen(image.pixel(x, y));
                mean[2] += qBlue(image.pixel(x, y));
            }
        }
        QVERIFY(std::abs(mean[0] / 360000 - 75.878) < 0.01 && std::abs(mean[1] / 360000 - 75.288) < 0.01
                && std::abs(mean[2] / 360000 - 76.812) < 0.01);
    }

    void picturesWithoutDataAreTransparentThere()
    {
        NEED_SAMPLES();
        const auto source = openRaster({.location = sample("geotiff/rgb_lzw.tif")});
        VERIFY_RESULT(source);
        const auto block = readAsIs(**source);
        VERIFY_RESULT(block);
        QCOMPARE(block->image.pixelColor(0, 0).alpha(), 0);
        QCOMPARE(block->image.pixelColor(395, 359).alpha(), 255);
    }

    void whatLiesAroundTheRasterIsEmpty()
    {
        QCOMPARE(makeRaster({.path = path(u"dem.tif"_s)}), QString());
        const auto source = openRaster({.location = path(u"dem.tif"_s)});
        VERIFY_RESULT(source);
        const auto e = (*source)->description().extent;
        const auto block = (*source)->read({.crs = Crs::working(),
                                            .extent = {e.xMin - 500, e.yMin - 400, e.xMax + 500, e.yMax + 400},
                                            .size = {200, 160},
                                            .smooth = false},
                                           {});
        VERIFY_RESULT(block);
        QVERIFY(std::isnan(valueAt(*block, 49, 80)) && std::isnan(valueAt(*block, 150, 80))
                && std::isnan(valueAt(*block, 100, 39)));
        QCOMPARE(valueAt(*block, 50, 40), 0.F);
        QCOMPARE(valueAt(*block, 149, 119), 99.F + 79.F);
        const auto outside = (*source)->read({.crs = Crs::working(), .extent = {0, 0, 100, 100}, .size = {10, 10}}, {});
        VERIFY_RESULT(outside);
        QVERIFY(!hasContent(*outside));
    }

    void everyZoomShowsTheSamePlaces()
    {
        // a slope: the value tells where it comes from
        QCOMPARE(makeRaster({.path = path(u"slope.tif"_s),
                             .width = 1000,
                             .height = 800,
                             .pixel = 1,
                             .overviews = true,
                             .value = [](int x, int y, int) { return x + 1000. * y; }}),
                 QString());
        const auto source = openRaster({.location = path(u"slope.tif"_s)});
        VERIFY_RESULT(source);
        const Extent middle{611250, 5969400, 611750, 5969800};
        for (const int width : {25, 60, 250, 500, 1000}) {
            const int height = width * 4 / 5;
            const auto block = (*source)->read({.crs = Crs::working(), .extent = middle, .size = {width, height}}, {});
            VERIFY_RESULT(block);
            const double pixel = 500.0 / width;
            for (const auto &[px, py] : {std::pair{width / 2, height / 2}, std::pair{3, height - 4}}) {
                const double x = 250 + (px + 0.5) * pixel - 0.5, y = 200 + (py + 0.5) * pixel - 0.5;
                const double expected = x + 1000 * y;
                QVERIFY2(std::abs(double(valueAt(*block, px, py)) - expected) < 1000 * std::max(0.6, pixel / 4),
                         qPrintable(u"%1 px: %2 and not %3"_s.arg(width).arg(valueAt(*block, px, py)).arg(expected)));
            }
        }
    }

    void anotherCrsShowsTheSamePlaces()
    {
        QCOMPARE(makeRaster({.path = path(u"slope.tif"_s),
                             .width = 1000,
                             .height = 800,
                             .pixel = 1,
                             .value = [](int x, int y, int) { return x + 1000. * y; }}),
                 QString());
        const auto source = openRaster({.location = path(u"slope.tif"_s)});
        VERIFY_RESULT(source);
        for (const int epsg : {4326, 3857, 25833, 31467}) {
            const auto crs = Crs::fromEpsg(epsg);
            const auto transform = Transform::create(Crs::working(), crs);
            VERIFY_RESULT(transform);
            const auto extent = transform->forward(Extent{611250, 5969400, 611750, 5969800});
            const QSize size(500, 400);
            const auto block = (*source)->read({.crs = crs, .extent = extent, .size = size}, {});
            VERIFY_RESULT(block);
            for (const auto &[px, py] : {std::pair{250, 200}, std::pair{40, 300}, std::pair{444, 77}}) {
                const PointXY place{extent.xMin + (px + 0.5) * extent.width() / size.width(),
                                    extent.yMax - (py + 0.5) * extent.height() / size.height()};
                const auto here = transform->inverse(place);
                const double x = here.x - 611000 - 0.5, y = 5970000 - here.y - 0.5;
                QVERIFY2(
                    std::abs(double(valueAt(*block, px, py)) - (x + 1000 * y)) < 700,
                    qPrintable(u"EPSG:%1: %2 and not %3"_s.arg(epsg).arg(valueAt(*block, px, py)).arg(x + 1000 * y)));
            }
        }
    }

    void rotatedRastersLieWhereTheyShould()
    {
        NEED_SAMPLES();
        const auto source = openRaster({.location = sample("geotiff/rotated.tif")});
        VERIFY_RESULT(source);
        // pixel 4, line 7 holds 74; its middle by the file's own numbers
        const PointXY middle{100 + 17.3205 * 4.5 + 5 * 7.5, 200 + 10 * 4.5 - 8.66025 * 7.5};
        const auto values = (*source)->valuesAt(middle, {}, {});
        VERIFY_RESULT(values);
        QCOMPARE((*values)[0], 74.0);
        const auto block = (*source)->read(
            {.extent = {middle.x - 1, middle.y - 1, middle.x + 1, middle.y + 1}, .size = {3, 3}, .smooth = false}, {});
        VERIFY_RESULT(block);
        QCOMPARE(valueAt(*block, 1, 1), 74.F);
    }

    void valuesAreToldForAPlace()
    {
        QCOMPARE(makeRaster({.path = path(u"dem.tif"_s), .noData = 5, .hasNoData = true}), QString());
        const auto source = openRaster({.location = path(u"dem.tif"_s)});
        VERIFY_RESULT(source);
        const PointXY place{611000 + 10 * 10 + 5, 5970000 - 20 * 10 - 5};
        const auto values = (*source)->valuesAt(place, Crs::working(), {});
        VERIFY_RESULT(values);
        QCOMPARE(*values, std::vector{30.0});
        const auto degrees = Transform::create(Crs::working(), Crs::fromEpsg(4326))->forward(place);
        QCOMPARE((*source)->valuesAt(degrees, Crs::fromEpsg(4326), {}).value(), std::vector{30.0});
        const auto none = (*source)->valuesAt({611055, 5969995}, Crs::working(), {});
        QVERIFY(std::isnan(none.value()[0]));
        QVERIFY(std::isnan((*source)->valuesAt({0, 0}, Crs::working(), {}).value()[0]));
    }

    void palettesBecomeColours()
    {
        QCOMPARE(makeRaster({.path = path(u"map.tif"_s),
                             .type = GDT_Byte,
                             .palette = true,
                             .value = [](int x, int, int) { return x % 2 ? 2 : 0; }}),
                 QString());
        const auto source = openRaster({.location = path(u"map.tif"_s)});
        VERIFY_RESULT(source);
        QCOMPARE((*source)->description().rasterKind, RasterKind::Colour);
        const auto block = readAsIs(**source);
        VERIFY_RESULT(block);
        QCOMPARE(block->image.pixelColor(0, 0), QColor(255, 0, 0));
        QCOMPARE(block->image.pixelColor(1, 0), QColor(0, 0, 255));
        // from afar the colours mix, not their numbers: never the green of index 1
        const auto d = (*source)->description();
        const auto far = (*source)->read({.crs = d.crs, .extent = d.extent, .size = {20, 16}}, {});
        VERIFY_RESULT(far);
        const auto mixed = far->image.pixelColor(10, 8);
        QVERIFY(mixed.red() > 60 && mixed.blue() > 60 && mixed.green() < 10);
    }

    void picturesWithAWorldFileHaveAPlace_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("worldFile");
        QTest::newRow("PNG") << u"a.png"_s << u"a.pgw"_s;
        QTest::newRow("JPEG") << u"a.jpg"_s << u"a.jgw"_s;
        QTest::newRow("PNG and .wld") << u"a.png"_s << u"a.wld"_s;
    }
    void picturesWithAWorldFileHaveAPlace()
    {
        QFETCH(QString, file);
        QFETCH(QString, worldFile);
        QImage image(40, 30, QImage::Format_RGB32);
        image.fill(Qt::red);
        QVERIFY(image.save(path(file)));
        writeFile(path(worldFile), "10\n0\n0\n-10\n611005\n5969995\n");
        const auto before = listing(m_folder->path());
        const auto source = openRaster({.location = path(file)});
        VERIFY_RESULT(source);
        const auto d = (*source)->description();
        QCOMPARE(d.extent, Extent(611000, 5969700, 611400, 5970000));
        QCOMPARE(d.crs.epsg(), 25832); // by its numbers
        QVERIFY(d.crsGuessed);
        const auto block = readAsIs(**source);
        VERIFY_RESULT(block);
        QVERIFY(block->image.pixelColor(20, 15).red() > 250);
        QCOMPARE(listing(m_folder->path()), before);
        writeFile(path(u"a.prj"_s), Crs::fromEpsg(25833).wkt().toUtf8());
        QCOMPARE(openRaster({.location = path(file)}).value()->description().crs.epsg(), 25833);
    }

    void picturesWithoutAPlaceLieInPixels()
    {
        QImage image(40, 30, QImage::Format_ARGB32);
        image.fill(QColor(0, 0, 255, 128));
        QVERIFY(image.save(path(u"a.png"_s)));
        const auto source = openRaster({.location = path(u"a.png"_s)});
        VERIFY_RESULT(source);
        const auto d = (*source)->description();
        QCOMPARE(d.extent, Extent(0, 0, 40, 30));
        QVERIFY(!d.crs.isValid());
        QVERIFY(d.notes.join(u' ').contains("pixel coordinates"_L1));
        const auto block = readAsIs(**source);
        VERIFY_RESULT(block);
        QCOMPARE(block->image.pixelColor(5, 5).alpha(), 128);
        QCOMPARE(block->image.pixelColor(5, 5).blue(), 255);
    }

    void terrainGridsAreValues_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("ASCII grid") << u"dem.asc"_s
                                    << QByteArray("ncols 3\nnrows 2\nxllcorner 611000\nyllcorner 5970000\ncellsize "
                                                  "10\nNODATA_value -9999\n1 2 3\n4 -9999 6\n");
        QTest::newRow("XYZ") << u"dem.xyz"_s
                             << QByteArray("611005 5970015 1\n611015 5970015 2\n611025 5970015 3\n611005 5970005 "
                                           "4\n611015 5970005 -9999\n611025 5970005 6\n");
    }
    void terrainGridsAreValues()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        writeFile(path(file), content);
        const auto before = listing(m_folder->path());
        const auto source = openRaster({.location = path(file)});
        VERIFY_RESULT(source);
        const auto d = (*source)->description();
        QCOMPARE(d.rasterKind, RasterKind::Values);
        QCOMPARE(d.rasterSize, QSize(3, 2));
        QCOMPARE(d.extent, Extent(611000, 5970000, 611030, 5970020));
        QCOMPARE(d.crs.epsg(), 25832);
        const auto block = readAsIs(**source);
        VERIFY_RESULT(block);
        QCOMPARE(valueAt(*block, 0, 0), 1.F);
        QCOMPARE(valueAt(*block, 2, 1), 6.F);
        QCOMPARE(valueAt(*block, 2, 0), 3.F);
        if (file.endsWith(".asc"_L1))
            QVERIFY(std::isnan(valueAt(*block, 1, 1)));
        QCOMPARE(listing(m_folder->path()), before);
    }

    void loosePointsInAnXyzFileAreATable()
    {
        writeFile(path(u"points.xyz"_s),
                  "611005.2 5970015.1 1.5\n611019.7 5970011.3 2.5\n611001.1 5970099.9 3.5\n611077.3 5970003.1 4.5\n");
        const auto set = readAll({.location = path(u"points.xyz"_s)});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 4U);
        QCOMPARE((*set)->crs.epsg(), 25832);
        QVERIFY((*set)->column(u"z"_s));
    }

    void maskedAndSixteenBitPicturesAreShown()
    {
        QCOMPARE(
            makeRaster({.path = path(u"wide.tif"_s),
                        .bands = 4,
                        .type = GDT_UInt16,
                        .value = [](int x, int, int b) { return b == 4 ? (x < 50 ? 0 : 65535)
                                                             : b == 1  ? 65535
                                                                       : 0; }}),
            QString());
        const auto source = openRaster({.location = path(u"wide.tif"_s)});
        VERIFY_RESULT(source);
        const auto block = readAsIs(**source);
        VERIFY_RESULT(block);
        QCOMPARE(block->image.pixelColor(10, 10).alpha(), 0);
        QCOMPARE(block->image.pixelColor(80, 10), QColor(255, 0, 0));
    }

    void scaledValuesAreUnscaled()
    {
        NEED_SAMPLES();
        // a gridded coverage keeps numbers with scale and offset
        const auto source = openRaster({.location = sample("geopackage/uint16_gridded.gpkg"), .layer = u"uint16"_s});
        VERIFY_RESULT(source);
        const auto block = readAsIs(**source);
        VERIFY_RESULT(block);
        QCOMPARE(valueAt(*block, 0, 0), 107.F);
        QCOMPARE(valueAt(*block, 19, 19), 107.F);
    }

    void tilesOfADatabaseAreChosenByName()
    {
        NEED_SAMPLES();
        const auto file = sample("geopackage/gdal_v12_spatial_index.gpkg");
        for (const auto &name : {u"byte_png"_s, u"byte_jpeg"_s}) {
            const auto source = openRaster({.location = file, .layer = name});
            VERIFY_RESULT(source);
            QCOMPARE((*source)->description().extent, Extent(440720, 3750120, 441920, 3751320));
            QVERIFY(hasContent(readAsIs(**source).value()));
        }
        VERIFY_FAILS(openRaster({.location = file, .layer = u"nothing"_s}), ErrorKind::NotFound);
    }

    void largeRastersWithoutOverviewsAreSeenFromAfar()
    {
        QCOMPARE(makeRaster({.path = path(u"large.tif"_s),
                             .width = 9000,
                             .height = 6000,
                             .bands = 3,
                             .type = GDT_Byte,
                             .pixel = 1,
                             .options = {u"COMPRESS=LZW"_s, u"TILED=YES"_s},
                             .sameLines = true,
                             .value = [](int x, int, int b) { return b == 1 ? x / 36 : 40; }}),
                 QString());
        const auto source = openRaster({.location = path(u"large.tif"_s)});
        VERIFY_RESULT(source);
        const auto d = (*source)->description();
        const auto far = (*source)->read({.crs = d.crs, .extent = d.extent, .size = {900, 600}}, {});
        VERIFY_RESULT(far);
        QElapsedTimer timer;
        timer.start();
        const auto again = (*source)->read({.crs = d.crs, .extent = d.extent, .size = {900, 600}}, {});
        VERIFY_RESULT(again);
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        for (const int x : {90, 450, 810}) {
            QVERIFY(std::abs(again->image.pixelColor(x, 300).red() - x * 10 / 36) <= 1);
            QCOMPARE(again->image.pixelColor(x, 300).green(), 40);
        }
        const auto near = (*source)->read(
            {.crs = d.crs, .extent = {612000, 5968000, 612036, 5968024}, .size = {36, 24}, .smooth = false}, {});
        VERIFY_RESULT(near);
        QCOMPARE(near->image.pixelColor(0, 0).red(), 1000 / 36);
    }

    void cancelledReadingSaysSo()
    {
        QCOMPARE(makeRaster({.path = path(u"dem.tif"_s)}), QString());
        const auto source = openRaster({.location = path(u"dem.tif"_s)});
        std::stop_source stop;
        stop.request_stop();
        const auto answer = (*source)->read(
            {.crs = Crs::working(), .extent = (*source)->description().extent, .size = {10, 10}}, stop.get_token());
        QVERIFY(!answer && answer.error().kind == ErrorKind::Cancelled);
    }

    void manyThreadsReadAtOnce()
    {
        QCOMPARE(makeRaster({.path = path(u"dem.tif"_s), .overviews = true}), QString());
        const auto source = openRaster({.location = path(u"dem.tif"_s)}).value();
        std::atomic<int> right = 0;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t)
                threads.emplace_back([&, t] {
                    for (int i = 0; i < 20; ++i) {
                        const auto values =
                            source->valuesAt({611000 + 10. * i + 5, 5970000 - 10. * t - 5}, Crs::working(), {});
                        const auto block = readAsIs(*source);
                        right += values && (*values)[0] == i + t && block && valueAt(*block, i, t) == float(i + t);
                    }
                });
        }
        QCOMPARE(right.load(), 80);
    }

private:
    static bool hasContent(const RasterBlock &block)
    {
        if (block.image.isNull())
            return std::ranges::any_of(block.values, [](float v) { return !std::isnan(v); });
        for (int y = 0; y < block.image.height(); ++y)
            for (int x = 0; x < block.image.width(); ++x)
                if (qAlpha(block.image.pixel(x, y)) > 0)
                    return true;
        return false;
    }
    static std::size_t current() { return std::size_t(QByteArray(QTest::currentDataTag()).split(' ').first().toInt()); }
    static void table()
    {
        QTest::addColumn<int>("unused");
        for (std::size_t i = 0; i < std::size(rows); ++i)
            QTest::addRow("%d %s", int(i), rows[i].file) << 0;
    }
    QString path(const QString &name) const { return m_folder->filePath(name); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestRasters)
#include "tst_rasters.moc"
