// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/geopackagewriter.h"
#include "datasources/files/fileopener.h"
#include "tests/datasources/exchange/childprocess.h"
#include "tests/support/mapscenes.h"
#include "tests/support/testkit.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <sqlite3.h>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

/** The first column of all rows. */
QStringList rows(const QString &file, const QString &sql)
{
    sqlite3 *db = nullptr;
    sqlite3_stmt *statement = nullptr;
    QStringList result;
    if (sqlite3_open_v2(file.toUtf8().constData(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK
        && sqlite3_prepare_v2(db, sql.toUtf8().constData(), -1, &statement, nullptr) == SQLITE_OK) {
        while (sqlite3_step(statement) == SQLITE_ROW)
            result << QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(statement, 0)));
    } else {
        result << QString::fromUtf8(sqlite3_errmsg(db));
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return result;
}

/** A raster of 300 × 200 cells of 10 m whose value is column + row / 1000; the first is missing. */
class MemoryRaster final : public RasterSource
{
public:
    explicit MemoryRaster(RasterKind kind, float more = 0, QString damage = {})
        : m_kind(kind)
        , m_more(more)
        , m_damage(std::move(damage))
    {
    }
    LayerDescription description() const override
    {
        LayerDescription d{.name = u"raster"_s,
                           .kind = LayerKind::Raster,
                           .crs = Crs::working(),
                           .extent = {610000, 5969000, 613000, 5971000}};
        d.rasterKind = m_kind;
        d.rasterSize = {300, 200};
        d.bands = m_kind == RasterKind::Values ? 1 : 4;
        d.minimum = 0;
        d.maximum = 300;
        return d;
    }
    Result<RasterBlock> read(const RasterQuery &query, CancelToken) const override
    {
        RasterBlock block{.size = query.size, .damage = m_damage};
        const double cell = query.extent.width() / query.size.width();
        const int left = qRound((query.extent.xMin - 610000) / 10), top = qRound((5971000 - query.extent.yMax) / 10);
        if (m_kind == RasterKind::Colour)
            block.image = QImage(query.size, QImage::Format_ARGB32_Premultiplied);
        for (int y = 0; y < query.size.height(); ++y) {
            for (int x = 0; x < query.size.width(); ++x) {
                const int column = left + int(x * cell / 10), row = top + int(y * cell / 10);
                if (m_kind == RasterKind::Colour)
                    block.image.setPixel(x, y, column < 100 ? qRgb(200, 30, 30) : column < 200 ? qRgb(30, 30, 200) : 0);
                else
                    block.values.push_back(column == 0 && row == 0 ? float(qQNaN())
                                                                   : m_more + float(column) + float(row) / 1000);
            }
        }
        return block;
    }
    Result<std::vector<double>> valuesAt(PointXY, const Crs &, CancelToken) const override
    {
        return std::vector<double>{};
    }

private:
    RasterKind m_kind;
    float m_more;
    QString m_damage;
};

/** Whose file another program writes while it is being read. */
class ChangingRaster final : public RasterSource
{
public:
    explicit ChangingRaster(std::function<void()> change)
        : m_change(std::move(change))
    {
    }
    LayerDescription description() const override { return m_raster.description(); }
    Result<RasterBlock> read(const RasterQuery &query, CancelToken token) const override
    {
        m_change();
        return m_raster.read(query, token);
    }
    Result<std::vector<double>> valuesAt(PointXY, const Crs &, CancelToken) const override
    {
        return std::vector<double>{};
    }

private:
    std::function<void()> m_change;
    MemoryRaster m_raster{RasterKind::Values};
};

Layer rasterLayer(const QString &title, RasterKind kind, float more = 0, const QString &damage = {})
{
    const auto source = std::make_shared<MemoryRaster>(kind, more, damage);
    auto data = std::make_shared<LayerData>();
    data->description = source->description();
    data->source = std::shared_ptr<const RasterSource>(source);
    Layer layer;
    layer.id = QUuid::createUuidV5(QUuid(), title);
    layer.title = title;
    layer.data = data;
    layer.style.raster.stops = {{0, Qt::white, u"low"_s}, {300, Qt::blue, u"high"_s}};
    return layer;
}

Layer fileLayer(const QString &title, const QString &path, const QString &name = {})
{
    Layer layer;
    layer.id = QUuid::createUuidV5(QUuid(), title);
    layer.title = title;
    layer.source = {.location = path, .layer = name};
    layer.style = Style::plain(GeometryKind::Polygon, 1);
    return layer;
}

/** Everything a column can hold, and features that are hard to write. */
Layer difficult()
{
    const QList<Field> fields{{u"fid"_s, {}, FieldType::Text},
                              {u"geom"_s, {}, FieldType::Text},
                              {u"number"_s, {}, FieldType::Integer},
                              {u"share"_s, u"Share of all"_s, FieldType::Real, u"%"_s},
                              {u"is it?"_s, u"Share of all"_s, FieldType::Boolean},
                              {u"day"_s, {}, FieldType::Date},
                              {u"at"_s, {}, FieldType::DateTime},
                              {u"bytes"_s, {}, FieldType::Binary},
                              {u"Straße \"x\""_s, {}, FieldType::Text}};
    const QDateTime when(QDate(2026, 2, 28), QTime(23, 59, 59), QTimeZone::UTC);
    std::vector<Feature> features{
        {.id = 1,
         .values = {u"a"_s, u"b"_s, qint64(9007199254740993), 0.1, true, QDate(2026, 2, 28), when,
                    QByteArray("\0\xff", 2), u"Größe 'x'"_s},
         .geometry = rectangle(611000.123456789, 5970000.987654321, 10, 10)},
        {.id = 2, .values = {{}, {}, {}, {}, {}, {}, {}, {}, {}}, .geometry = rectangle(611100, 5970000, 10, 10)},
    };
    return layerOf(u"Lärm: 'schwierig'"_s, GeometryKind::Polygon, fields, std::move(features),
                   Style::plain(GeometryKind::Polygon, 0),
                   {.source = u"Amt für <Tests> & Co"_s, .licence = u"CC BY 4.0"_s});
}

} // namespace

class TestGeoPackageWriter : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void allOfASourceArrivesInFullPrecision()
    {
        const auto report = write({.layers = {difficult()}, .path = file()});
        VERIFY_RESULT(report);
        QCOMPARE(report->tables.size(), 1);
        QCOMPARE(report->tables[0].features, 2);
        const auto table = report->tables[0].name;
        QCOMPARE(table, u"Lärm_schwierig"_s);
        QCOMPARE(rows(file(), u"SELECT number FROM \"%1\""_s.arg(table)).front(), u"9007199254740993"_s);
        QCOMPARE(rows(file(), u"SELECT share = 0.1 FROM \"%1\""_s.arg(table)).front(), u"1"_s);
        QCOMPARE(rows(file(), u"SELECT \"is it?\" FROM \"%1\""_s.arg(table)), (QStringList{u"1"_s, {}}));
        QCOMPARE(rows(file(), u"SELECT \"Straße \"\"x\"\"\" FROM \"%1\""_s.arg(table)).front(), u"Größe 'x'"_s);
        QCOMPARE(rows(file(), u"SELECT day FROM \"%1\""_s.arg(table)).front(), u"2026-02-28"_s);
        QVERIFY(rows(file(), u"SELECT at FROM \"%1\""_s.arg(table)).front().startsWith("2026-02-28T23:59:59"_L1));
        QCOMPARE(rows(file(), u"SELECT hex(bytes) FROM \"%1\""_s.arg(table)).front(), u"00FF"_s);
        QCOMPARE(rows(file(), u"SELECT fid FROM \"%1\""_s.arg(table)).front(), u"a"_s);
        QCOMPARE(rows(file(), u"SELECT identifier FROM gpkg_contents WHERE table_name = '%1'"_s.arg(table)).front(),
                 u"Lärm: 'schwierig'"_s);
        QCOMPARE(
            rows(file(),
                 u"SELECT organization_coordsys_id FROM gpkg_spatial_ref_sys s JOIN gpkg_contents c USING (srs_id) "
                 "WHERE table_name = '%1'"_s.arg(table))
                .front(),
            u"25832"_s);

        FileOpener opener;
        const auto source = opener.open({.location = file(), .layer = table}, {});
        VERIFY_RESULT(source);
        const auto features =
            std::get<std::shared_ptr<const FeatureSource>>(*source)->features(std::array<qint64, 1>{1}, {}, {});
        VERIFY_RESULT(features);
        QCOMPARE(features->size(), 1);
        QCOMPARE(features->front().geometry.points.front(), (PointXY{611000.123456789, 5970000.987654321}));
    }

    void indexMetadataAndStylesAreThere()
    {
        VERIFY_RESULT(write({.layers = {blocks(5), kilometre()}, .path = file()}));
        QCOMPARE(rows(file(), u"SELECT count(*) FROM rtree_Land_use_geom"_s), QStringList{u"400"_s});
        QCOMPARE(rows(file(), u"SELECT f_table_name FROM layer_styles ORDER BY 1"_s),
                 (QStringList{u"Kilometre"_s, u"Land_use"_s}));
        QCOMPARE(rows(file(), u"SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'"_s),
                 QStringList{u"attributes"_s});
        const auto metadata =
            rows(file(),
                 u"SELECT metadata FROM gpkg_metadata m JOIN gpkg_metadata_reference r ON r.md_file_id = m.id "
                 "WHERE r.table_name = 'Land_use' ORDER BY md_standard_uri"_s);
        QCOMPARE(metadata.size(), 2);
        for (const auto &xml : metadata) {
            QVERIFY(xml.contains("dl-de/by-2-0"_L1));
            QVERIFY(xml.contains(u"Hansestadt Lübeck, Stadtplanung"_s));
        }
        QCOMPARE(rows(file(), u"PRAGMA integrity_check"_s), QStringList{u"ok"_s});
        QCOMPARE(rows(file(), u"PRAGMA foreign_key_check"_s), QStringList{});
    }

    void ogrAgrees()
    {
        NEED_PROGRAM(u"ogrinfo"_s);
        VERIFY_RESULT(write({.layers = {blocks(5), kilometre()}, .path = file()}));
        const auto info = outputOf(u"ogrinfo"_s, {u"-so"_s, u"-al"_s, file()});
        QVERIFY2(info.contains("Feature Count: 400"_L1), qPrintable(info));
        QVERIFY(info.contains("Geometry: Multi Polygon"_L1));
        QVERIFY(info.contains("ETRS89 / UTM zone 32N"_L1));
        const auto near = outputOf(
            u"ogrinfo"_s,
            {u"-so"_s, file(), u"Land_use"_s, u"-spat"_s, u"610999"_s, u"5969999"_s, u"611001"_s, u"5970001"_s});
        QVERIFY2(near.contains("Feature Count: 1\n"_L1), qPrintable(near));
    }

    void filesAreCopiedByGdalAndKeepTheirNumbers()
    {
        VERIFY_RESULT(write({.layers = {blocks(5)}, .path = file(u"a.gpkg"_s)}));
        // and once more, from that file
        const auto report = write({.layers = {fileLayer(u"Copy"_s, file(u"a.gpkg"_s), u"Land_use"_s)}, .path = file()});
        VERIFY_RESULT(report);
        QCOMPARE(report->tables[0].features, 400);
        const auto sql = u"SELECT fid || ' ' || name || ' ' || hex(geom) FROM "_s;
        QCOMPARE(rows(file(), sql + u"Copy"_s), rows(file(u"a.gpkg"_s), sql + u"Land_use"_s));
    }

    void theVisibleExtentIsEnough_data()
    {
        QTest::addColumn<bool>("fromFile");
        QTest::addRow("through the port") << false;
        QTest::addRow("through GDAL") << true;
    }

    void theVisibleExtentIsEnough()
    {
        QFETCH(bool, fromFile);
        auto layer = blocks(5);
        if (fromFile) {
            VERIFY_RESULT(write({.layers = {layer}, .path = file(u"a.gpkg"_s)}));
            layer = fileLayer(u"Land use"_s, file(u"a.gpkg"_s), u"Land_use"_s);
        }
        // Four blocks, given in degrees
        const auto toDegrees = Transform::create(Crs::working(), Crs::fromEpsg(4326));
        const auto box = toDegrees->forward(Extent{611010, 5970010, 611080, 5970080});
        const auto report = write({.layers = {layer}, .extent = box, .extentCrs = Crs::fromEpsg(4326), .path = file()});
        VERIFY_RESULT(report);
        QCOMPARE(report->tables[0].features, 4);
    }

    void rastersBecomeTiles()
    {
        const auto report = write({.layers = {rasterLayer(u"Depth"_s, RasterKind::Values),
                                              rasterLayer(u"Plan"_s, RasterKind::Colour), kilometre()},
                                   .path = file()});
        VERIFY_RESULT(report);
        QCOMPARE(report->tables.size(), 3);
        QCOMPARE(
            rows(
                file(),
                u"SELECT table_name || ' ' || data_type FROM gpkg_contents WHERE table_name <> 'layer_styles' ORDER BY 1"_s),
            (QStringList{u"Depth 2d-gridded-coverage"_s, u"Kilometre features"_s, u"Plan tiles"_s}));
        QVERIFY(rows(file(), u"SELECT count(DISTINCT zoom_level) FROM Plan"_s).front().toInt() >= 2); // overviews

        FileOpener opener;
        const auto source = opener.open({.location = file(), .layer = u"Depth"_s}, {});
        VERIFY_RESULT(source);
        const auto depth = std::get<std::shared_ptr<const RasterSource>>(*source);
        QCOMPARE(depth->description().rasterSize, QSize(300, 200));
        const auto values = depth->valuesAt({610000 + 1235, 5971000 - 455}, Crs::working(), {});
        VERIFY_RESULT(values);
        QVERIFY2(std::abs(values->front() - 123.045) < 1e-4, qPrintable(QString::number(values->front())));
        QVERIFY(std::isnan(depth->valuesAt({610005, 5970995}, Crs::working(), {})->front()));
        const auto plan =
            std::get<std::shared_ptr<const RasterSource>>(*opener.open({.location = file(), .layer = u"Plan"_s}, {}));
        const auto picture = plan->read(
            {.crs = Crs::working(), .extent = {610000, 5969000, 613000, 5971000}, .size = {300, 200}, .smooth = false},
            {});
        VERIFY_RESULT(picture);
        QCOMPARE(picture->image.pixelColor(50, 100), QColor(200, 30, 30));
        QCOMPARE(picture->image.pixelColor(150, 100), QColor(30, 30, 200));
        QCOMPARE(picture->image.pixelColor(250, 100).alpha(), 0);
    }

    void eachRasterHasItsOwnRange()
    {
        const auto report = write(
            {.layers = {rasterLayer(u"Low"_s, RasterKind::Values), rasterLayer(u"High"_s, RasterKind::Values, 5000),
                        rasterLayer(u"Higher"_s, RasterKind::Values, 9000)},
             .path = file()});
        VERIFY_RESULT(report);
        for (const auto &[name, least] : {std::pair{u"Low"_s, 0.0}, {u"High"_s, 5000.0}, {u"Higher"_s, 9000.0}}) {
            const auto sql = u"SELECT %1(min) FROM gpkg_2d_gridded_tile_ancillary WHERE tpudt_id IN (SELECT id FROM "
                             "\"%2\" WHERE zoom_level = (SELECT MAX(zoom_level) FROM \"%2\"))"_s;
            QCOMPARE(rows(file(), sql.arg(u"MIN"_s, name)).front().toDouble() >= least, true);
            QVERIFY(rows(file(), sql.arg(u"MAX"_s, name)).front().toDouble() < least + 301);
            const auto described = FileOpener().inspect({.location = file()}, {});
            VERIFY_RESULT(described);
            for (const auto &layer : described->layers) {
                if (layer.name == name) {
                    QVERIFY2(std::abs(layer.minimum - least) < 1, qPrintable(QString::number(layer.minimum)));
                    QVERIFY2(std::abs(layer.maximum - least - 299) < 1, qPrintable(QString::number(layer.maximum)));
                }
            }
        }
    }

    void aDamagedRasterIsExportedWithANote()
    {
        const auto report =
            write({.layers = {rasterLayer(u"Luftbild"_s, RasterKind::Colour, 0, u"It is damaged."_s)}, .path = file()});
        VERIFY_RESULT(report);
        QCOMPARE(report->tables.size(), 1);
        QCOMPARE(report->notes, QStringList{u"Luftbild: It is damaged."_s});
    }

    void whatHasNoShapeOrNoNumberIsCounted()
    {
        QFile source(file(u"a.geojson"_s));
        QVERIFY(source.open(QIODevice::WriteOnly));
        source.write(R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"v":1.5},"geometry":{"type":"Point","coordinates":[10.6,53.8]}},
{"type":"Feature","properties":{"v":1e999},"geometry":{"type":"Point","coordinates":[10.7,53.8]}},
{"type":"Feature","properties":{"v":2.5},"geometry":null}]})");
        source.close();
        const auto report = write({.layers = {fileLayer(u"Messung"_s, source.fileName())}, .path = file()});
        VERIFY_RESULT(report);
        const auto notes = report->notes.join(u'\n');
        QVERIFY2(notes.contains("1 object(s) have no geometry"_L1), qPrintable(notes));
        QVERIFY2(notes.contains("1 infinite number(s) were left empty"_L1), qPrintable(notes));
        const auto values = rows(file(), u"SELECT COALESCE(v, 'none') FROM \"Messung\""_s);
        QCOMPARE(values, (QStringList{u"1.5"_s, u"none"_s, u"2.5"_s}));
    }

    void aSourceThatChangesOnTheWayEndsTheExportAndTheOldFileStands_data()
    {
        QTest::addColumn<bool>("shorter");
        QTest::newRow("cut off") << true;
        QTest::newRow("replaced") << false;
    }
    void aSourceThatChangesOnTheWayEndsTheExportAndTheOldFileStands()
    {
        QFETCH(bool, shorter);
        VERIFY_RESULT(write({.layers = {blocks(3)}, .path = file()}));
        QFile old(file());
        QVERIFY(old.open(QIODevice::ReadOnly));
        const auto before = old.readAll();
        VERIFY_RESULT(write({.layers = {blocks(40)}, .path = file(u"source.gpkg"_s)}));
        bool done = false;
        const auto change = [&] {
            if (std::exchange(done, true))
                return;
            QFile source(file(u"source.gpkg"_s));
            if (shorter) {
                (void)source.resize(source.size() / 2);
            } else {
                (void)source.remove();
                QFile::copy(file(), source.fileName());
            }
        };
        auto layer = rasterLayer(u"Raster"_s, RasterKind::Values);
        auto data = std::make_shared<LayerData>(*layer.data);
        data->source = std::shared_ptr<const RasterSource>(std::make_shared<ChangingRaster>(change));
        layer.data = data;
        layer.source.location = file(u"source.gpkg"_s);
        const auto report = write({.layers = {layer, blocks(3)}, .path = file()});
        QVERIFY(done);
        VERIFY_FAILS(report, ErrorKind::NotReadable);
        QVERIFY(report.error().what.contains("source.gpkg"_L1));
        QVERIFY(old.seek(0));
        QCOMPARE(old.readAll(), before);
        QCOMPARE(left(), (QStringList{u"out.gpkg"_s, u"source.gpkg"_s}));
    }

    void personalLayersNeedADecision()
    {
        auto graves = kilometre();
        graves.title = u"Graves"_s;
        graves.provenance.personal = true;
        auto report = write({.layers = {blocks(3), graves}, .path = file()});
        VERIFY_RESULT(report);
        QCOMPARE(report->tables.size(), 1);
        QCOMPARE(report->leftOut.size(), 1);
        report = write({.layers = {blocks(3), graves}, .path = file(), .includePersonal = true});
        VERIFY_RESULT(report);
        QCOMPARE(report->tables.size(), 2);
        VERIFY_FAILS(write({.layers = {graves}, .path = file()}), ErrorKind::Invalid);
    }

    void layersThatMayOnlyBeViewedAreNeverWritten()
    {
        auto values = kilometre();
        values.title = u"Land values"_s;
        values.source.options[u"mayBeStored"_s] = false;
        const auto report = write({.layers = {blocks(3), values}, .path = file(), .includePersonal = true});
        VERIFY_RESULT(report);
        QCOMPARE(report->tables.size(), 1);
        QCOMPARE(report->leftOut.size(), 1);
        QVERIFY(report->leftOut.front().startsWith("Land values: "_L1));
        VERIFY_FAILS(write({.layers = {values}, .path = file()}), ErrorKind::Invalid);
    }

    void namesAreMadeUniqueAndValid()
    {
        QCOMPARE(tableNames({u"Lärm"_s, u"lärm"_s, u"Lärm"_s, u"gpkg_x"_s, u"  "_s, u"34. BImSchV (L_DEN)"_s,
                             u"layer_styles"_s}),
                 (QStringList{u"Lärm"_s, u"lärm_2"_s, u"Lärm_3"_s, u"layer_gpkg_x"_s, u"layer"_s,
                              u"layer_34_BImSchV_L_DEN"_s, u"layer_styles_2"_s}));
        const auto report = write({.layers = {kilometre(), kilometre()}, .path = file()});
        VERIFY_RESULT(report);
        QCOMPARE(report->tables[1].name, u"Kilometre_2"_s);
    }

    void aLayerThatCannotBeReadIsLeftOut()
    {
        const auto report =
            write({.layers = {fileLayer(u"Gone"_s, file(u"missing.gpkg"_s)), kilometre()}, .path = file()});
        VERIFY_RESULT(report);
        QCOMPARE(report->tables.size(), 1);
        QVERIFY(report->leftOut.front().startsWith("Gone: "_L1));
        const auto none = write({.layers = {fileLayer(u"Gone"_s, file(u"missing.gpkg"_s))}, .path = file(u"b.gpkg"_s)});
        VERIFY_FAILS(none, ErrorKind::NotFound);
        QCOMPARE(left(), QStringList{u"out.gpkg"_s});
    }

    void cancellingLeavesTheOldFile_data()
    {
        QTest::addColumn<double>("at");
        for (const double at : {0.0, 0.1, 0.5, 0.9})
            QTest::addRow("at %g", at) << at;
    }

    void cancellingLeavesTheOldFile()
    {
        QFETCH(double, at);
        VERIFY_RESULT(write({.layers = {kilometre()}, .path = file()}));
        const auto before = rows(file(), u"SELECT table_name FROM gpkg_contents"_s);
        std::stop_source stop;
        FileOpener opener;
        const auto report =
            writeGeoPackage({.layers = {blocks(5, 100), rasterLayer(u"Depth"_s, RasterKind::Values)}, .path = file()},
                            opener, stop.get_token(), [&](double done) {
                                if (done >= at)
                                    stop.request_stop();
                            });
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::Cancelled);
        QCOMPARE(left(), QStringList{u"out.gpkg"_s});
        QCOMPARE(rows(file(), u"SELECT table_name FROM gpkg_contents"_s), before);
    }

#ifdef Q_OS_UNIX
    void aFullDiskIsAnErrorAndTheOldFileStands()
    {
        VERIFY_RESULT(write({.layers = {kilometre()}, .path = file()}));
        // A limit on the size of files is what a full disk looks like from inside.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit usual{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &usual), 0);
        const rlimit tight{200'000, usual.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &tight), 0);
        FileOpener opener;
        const auto report = writeGeoPackage({.layers = {blocks(5, 60)}, .path = file()}, opener, {});
        const auto raster =
            writeGeoPackage({.layers = {rasterLayer(u"Depth"_s, RasterKind::Values)}, .path = file()}, opener, {});
        setrlimit(RLIMIT_FSIZE, &usual);
        VERIFY_FAILS(report, ErrorKind::Storage);
        VERIFY_FAILS(raster, ErrorKind::Storage);
        QCOMPARE(left(), QStringList{u"out.gpkg"_s});
        QCOMPARE(rows(file(), u"SELECT table_name FROM gpkg_contents WHERE data_type = 'features'"_s),
                 QStringList{u"Kilometre"_s});
    }

    void aClosedFolderIsAnError()
    {
        if (geteuid() == 0)
            QSKIP("root may write everywhere");
        QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::ExeOwner);
        const auto report = write({.layers = {kilometre()}, .path = file()});
        QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        VERIFY_FAILS(report, ErrorKind::NotReadable);
    }
#endif

    void anOpenDatabaseIsNotReplaced()
    {
        VERIFY_RESULT(write({.layers = {kilometre()}, .path = file()}));
        QFile log(file() + u"-wal"_s);
        QVERIFY(log.open(QIODevice::WriteOnly));
        log.write("x");
        log.close();
        VERIFY_FAILS(write({.layers = {kilometre()}, .path = file()}), ErrorKind::Storage);
    }

    void progressRisesToOne()
    {
        double last = -1;
        bool rises = true;
        FileOpener opener;
        VERIFY_RESULT(
            writeGeoPackage({.layers = {blocks(5, 60), kilometre()}, .path = file()}, opener, {}, [&](double done) {
                rises = rises && done >= last;
                last = done;
            }));
        QVERIFY(rises);
        QCOMPARE(last, 1.0);
    }

private:
    QString file(const QString &name = u"out.gpkg"_s) const { return m_folder->filePath(name); }
    QStringList left() const { return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden); }
    Result<ExportReport> write(const GeoPackageJob &job) const
    {
        FileOpener opener;
        return writeGeoPackage(job, opener, {});
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestGeoPackageWriter)
#include "tst_geopackagewriter.moc"
