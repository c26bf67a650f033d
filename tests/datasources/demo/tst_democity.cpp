// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/city.h"
#include "datasources/demo/democity.h"
#include "datasources/demo/grid.h"
#include "datasources/files/fileopener.h"
#include "datasources/xplan/xplanparser.h"
#include "layers/themes/maptheme.h"
#include "tests/support/testkit.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <numbers>

using namespace hanseatlas;
using demo::operator+, demo::operator-, demo::operator*;
using namespace Qt::StringLiterals;

namespace
{

GDALDatasetUniquePtr open(const QString &path)
{
    return GDALDatasetUniquePtr(GDALDataset::Open(path.toUtf8().constData()));
}

double areaOf(const demo::Shapes &shapes)
{
    double area = 0;
    for (const auto &shape : shapes)
        area += demo::shapeArea(shape);
    return area;
}

bool inWater(const demo::City &city, PointXY p)
{
    return std::ranges::any_of(city.water, [p](const demo::Shape &shape) { return demo::inside(shape, p); });
}

} // namespace

class TestDemoCity : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    QString m_folder;
    demo::City m_city; ///< made apart from the files: the two must agree
    std::vector<double> m_progress;

    QString file(const QString &name) const { return m_folder + u'/' + name; }

    static void collect(const std::vector<LayerNode> &nodes, std::vector<Layer> &layers)
    {
        for (const auto &node : nodes) {
            if (node.layer)
                layers.push_back(*node.layer);
            collect(node.children, layers);
        }
    }

private slots:
    void initTestCase()
    {
        GDALAllRegister();
        m_folder = m_dir.filePath(u"city"_s);
        QVERIFY(!demoCityReady(m_folder));
        VERIFY_RESULT(makeDemoCity(m_folder, {}, [this](double f) { m_progress.push_back(f); }));
        VERIFY_RESULT(demo::growCity(m_city, {}, {}));
    }

    void itIsReadyAndNothingElseIsLeft()
    {
        QVERIFY(demoCityReady(m_folder));
        QCOMPARE(QDir(m_dir.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList{u"city"_s});
    }

    void progressGoesForwardToTheEnd()
    {
        QVERIFY(m_progress.size() > 10);
        QVERIFY(std::ranges::is_sorted(m_progress));
        QCOMPARE(m_progress.back(), 1.0);
    }

    void theSameCityEachTime()
    {
        const auto data = open(file(u"city.gpkg"_s));
        QVERIFY(data);
        auto *layer = data->GetLayerByName("gebaeude");
        QVERIFY(layer);
        QCOMPARE(layer->GetFeatureCount(), GIntBig(m_city.buildings.size()));
        std::size_t i = 0;
        for (auto &feature : *layer) {
            const auto &expected = m_city.buildings[i++];
            const auto *ring = feature->GetGeometryRef()->toMultiPolygon()->getGeometryRef(0)->getExteriorRing();
            QCOMPARE(std::size_t(ring->getNumPoints()), expected.ring.size() + 1);
            OGREnvelope box;
            ring->getEnvelope(&box);
            const auto extent = demo::extentOf(expected.ring);
            QCOMPARE(box.MinX, extent.xMin);
            QCOMPARE(box.MaxY, extent.yMax);
        }
        auto *trees = data->GetLayerByName("baeume");
        i = 0;
        for (auto &feature : *trees) {
            const auto *point = feature->GetGeometryRef()->toPoint();
            QCOMPARE(point->getX(), m_city.trees[i].place.x);
            QCOMPARE(point->getY(), m_city.trees[i++].place.y);
        }
    }

    void itHasWhatACityHas()
    {
        QVERIFY(m_city.buildings.size() > 55000 && m_city.buildings.size() < 90000);
        QVERIFY(m_city.trees.size() >= 20000);
        QVERIFY(m_city.graves.size() >= 3000);
        QVERIFY(m_city.roads.size() > 2000);
        QCOMPARE(m_city.districts.size(), std::size_t(10));
        QCOMPARE(m_city.districts.front().name, u"Innenstadt"_s);
        QCOMPARE(m_city.districts.back().name, u"Travemünde"_s);
        QSet<QString> kinds;
        for (const auto &service : m_city.services)
            kinds.insert(service.kind);
        QCOMPARE(kinds,
                 (QSet<QString>{u"kita"_s, u"school"_s, u"counselling"_s, u"youth"_s, u"care"_s, u"shelter"_s,
                                u"health"_s, u"food"_s, u"meeting"_s, u"disability"_s, u"seniors"_s}));
    }

    void theDistrictsTileTheCity()
    {
        double sum = 0;
        for (const auto &district : m_city.districts) {
            QVERIFY2(!district.shapes.empty(), qPrintable(district.name));
            sum += areaOf(district.shapes);
        }
        const double whole = areaOf(m_city.outline);
        QVERIFY2(std::abs(sum - whole) < 0.001 * whole, qPrintable(u"%1 of %2"_s.arg(sum).arg(whole)));
    }

    void theOldTownIsAnIsland()
    {
        for (int i = 0; i < 72; ++i) {
            const double angle = i * std::numbers::pi / 36;
            bool wet = false;
            for (double r = 100; r < 1500 && !wet; r += 4)
                wet = inWater(
                    m_city,
                    PointXY{demo::oldTownCentre.x + r * std::cos(angle), demo::oldTownCentre.y + r * std::sin(angle)});
            QVERIFY2(wet, qPrintable(u"dry towards %1°"_s.arg(i * 5)));
        }
        QCOMPARE(m_city.districts[std::size_t(demo::districtAt(m_city, demo::oldTownCentre))].name, u"Innenstadt"_s);
    }

    void noHouseStandsInWaterOrOutsideTheBox()
    {
        int wet = 0;
        for (const auto &building : m_city.buildings) {
            QVERIFY(demo::cityBox.contains(demo::extentOf(building.ring)));
            const auto middle = demo::centroid(building.ring);
            const bool near =
                std::ranges::any_of(building.ring, [this](PointXY p) { return demo::isWater(m_city, p); });
            wet += near && inWater(m_city, middle);
        }
        QCOMPARE(wet, 0);
    }

    void everyLayerLiesInTheBoxInItsCrs_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("city") << u"city.gpkg"_s;
        QTest::newRow("climate") << u"klima.gpkg"_s;
    }

    void everyLayerLiesInTheBoxInItsCrs()
    {
        QFETCH(QString, name);
        const auto data = open(file(name));
        QVERIFY(data);
        QVERIFY(data->GetLayerCount() >= 6);
        for (auto *layer : data->GetLayers()) {
            const auto *crs = layer->GetSpatialRef();
            QVERIFY2(crs && QLatin1StringView(crs->GetAuthorityCode(nullptr)) == "25832"_L1, layer->GetName());
            QVERIFY2(layer->GetFeatureCount() > 0, layer->GetName());
            OGREnvelope box;
            QCOMPARE(layer->GetExtent(&box), OGRERR_NONE);
            QVERIFY2(demo::cityBox.grown(0.01).contains(Extent{box.MinX, box.MinY, box.MaxX, box.MaxY}),
                     layer->GetName());
            const auto *text = layer->GetMetadataItem("DESCRIPTION");
            QVERIFY2(text && QString::fromUtf8(text).contains(u"Demonstrationsdaten"_s), layer->GetName());
            for (const auto &feature : layer) {
                const auto *geometry = feature->GetGeometryRef();
                QVERIFY2(geometry && geometry->IsValid(), layer->GetName());
            }
        }
    }

    void nothingStrikesOneAboutIt()
    {
        const auto described = FileOpener().inspect({.location = file(u"city.gpkg"_s)}, {});
        VERIFY_RESULT(described);
        QVERIFY(described->layers.size() >= 6);
        QCOMPARE(described->notes, QStringList());
        for (const auto &layer : described->layers)
            QVERIFY2(layer.notes.isEmpty(), qPrintable(layer.name + u": "_s + layer.notes.join(u' ')));
    }

    void rastersCoverTheBox_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("least");
        QTest::addColumn<double>("most");
        QTest::newRow("terrain") << u"gelaende.tif"_s << 0.0 << 65.0;
        QTest::newRow("road noise") << u"laerm_strasse_lden.tif"_s << 25.0 << 95.0;
        QTest::newRow("road noise at night") << u"laerm_strasse_lnight.tif"_s << 20.0 << 90.0;
        QTest::newRow("rail noise") << u"laerm_schiene_lden.tif"_s << 25.0 << 95.0;
        QTest::newRow("rail noise at night") << u"laerm_schiene_lnight.tif"_s << 20.0 << 90.0;
        QTest::newRow("heat by day") << u"hitze_pet.tif"_s << 15.0 << 50.0;
        QTest::newRow("heat at night") << u"hitze_nacht.tif"_s << 10.0 << 30.0;
        QTest::newRow("rare rain") << u"regen_selten.tif"_s << 0.0 << 300.0;
        QTest::newRow("extreme rain") << u"regen_extrem.tif"_s << 0.0 << 400.0;
    }

    void rastersCoverTheBox()
    {
        QFETCH(QString, name);
        QFETCH(double, least);
        QFETCH(double, most);
        const auto data = open(file(name));
        QVERIFY(data);
        double corner[6];
        QCOMPARE(data->GetGeoTransform(corner), CE_None);
        QCOMPARE(corner[0], demo::cityBox.xMin);
        QCOMPARE(corner[3], demo::cityBox.yMax);
        QCOMPARE(corner[0] + corner[1] * data->GetRasterXSize(), demo::cityBox.xMax);
        QVERIFY(data->GetRasterBand(1)->GetOverviewCount() > 0);
        double range[2];
        QCOMPARE(data->GetRasterBand(1)->ComputeRasterMinMax(FALSE, range), CE_None);
        QVERIFY2(range[0] >= least && range[1] <= most && range[1] - range[0] > 5,
                 qPrintable(u"%1 … %2"_s.arg(range[0]).arg(range[1])));
    }

    void rainSaysNothingOfOpenWater_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("rare") << u"regen_selten.tif"_s;
        QTest::newRow("extreme") << u"regen_extrem.tif"_s;
    }

    void rainSaysNothingOfOpenWater()
    {
        QFETCH(QString, name);
        const auto data = open(file(name));
        QVERIFY(data);
        auto *band = data->GetRasterBand(1);
        int given = 0;
        const double nothing = band->GetNoDataValue(&given);
        QVERIFY(given);
        std::vector<float> values(std::size_t(band->GetXSize()) * std::size_t(band->GetYSize()));
        QCOMPARE(band->RasterIO(GF_Read, 0, 0, band->GetXSize(), band->GetYSize(), values.data(), band->GetXSize(),
                                band->GetYSize(), GDT_Float32, 0, 0, nullptr),
                 CE_None);
        auto grid = demo::Grid::over(demo::cityBox, 20);
        QCOMPARE(values.size(), grid.values.size());
        for (const auto &shape : m_city.water)
            demo::burn(grid, shape, 1);
        for (std::size_t i = 0; i < values.size(); ++i)
            QCOMPARE(values[i] == float(nothing), grid.values[i] > 0);
    }

    void roadAndRailNoiseAreMappedApart()
    {
        const auto data = open(file(u"klima.gpkg"_s));
        QVERIFY(data);
        for (const auto *name :
             {"laerm_strasse_lden", "laerm_strasse_lnight", "laerm_schiene_lden", "laerm_schiene_lnight"}) {
            auto *layer = data->GetLayerByName(name);
            QVERIFY2(layer, name);
            for (auto &band : *layer)
                QCOMPARE(band->GetFieldAsDouble("bis") > band->GetFieldAsDouble("von"), true);
        }
        // Beside a branch line through fields it is loud by rail and quiet by road.
        const auto road = open(file(u"laerm_strasse_lden.tif"_s)), rail = open(file(u"laerm_schiene_lden.tif"_s));
        QVERIFY(road && rail);
        int louderByRail = 0, louderByRoad = 0;
        for (int r = 5; r < road->GetRasterYSize(); r += 50)
            for (int c = 5; c < road->GetRasterXSize(); c += 50) {
                float a = 0, b = 0;
                QCOMPARE(road->GetRasterBand(1)->RasterIO(GF_Read, c, r, 1, 1, &a, 1, 1, GDT_Float32, 0, 0, nullptr),
                         CE_None);
                QCOMPARE(rail->GetRasterBand(1)->RasterIO(GF_Read, c, r, 1, 1, &b, 1, 1, GDT_Float32, 0, 0, nullptr),
                         CE_None);
                louderByRail += b > a + 3;
                louderByRoad += a > b + 3;
            }
        QVERIFY(louderByRail > 5);
        QVERIFY(louderByRoad > 5);
    }

    void arrowsLieOnTheColdAirPathsAndPointDownstream()
    {
        const auto data = open(file(u"klima.gpkg"_s));
        QVERIFY(data);
        std::vector<demo::Path> paths;
        for (auto &feature : *data->GetLayerByName("kaltluftbahnen")) {
            const auto *line = feature->GetGeometryRef()->toLineString();
            demo::Path path;
            for (int i = 0; i < line->getNumPoints(); ++i)
                path.push_back({line->getX(i), line->getY(i)});
            paths.push_back(std::move(path));
        }
        QVERIFY2(paths.size() > 10, qPrintable(QString::number(paths.size())));
        auto *arrows = data->GetLayerByName("kaltluftpfeile");
        QVERIFY(arrows->GetFeatureCount() > GIntBig(paths.size()));
        for (auto &arrow : *arrows) {
            const PointXY p{arrow->GetGeometryRef()->toPoint()->getX(), arrow->GetGeometryRef()->toPoint()->getY()};
            const auto on = std::ranges::min_element(
                paths, {}, [p](const demo::Path &path) { return demo::distanceToPath(path, p); });
            QVERIFY(demo::distanceToPath(*on, p) < 0.01);
            const double north = arrow->GetFieldAsDouble("richtung") * std::numbers::pi / 180;
            const auto ahead = p + PointXY{std::sin(north), std::cos(north)} * 5;
            const auto lengthTo = [&](PointXY q) {
                double length = 0, best = 1e300, at = 0;
                for (std::size_t i = 1; i < on->size(); ++i) {
                    const std::array piece{(*on)[i - 1], (*on)[i]};
                    PointXY hit;
                    if (const double d = demo::distanceToPath(piece, q, &hit); d < best) {
                        best = d;
                        at = length + demo::norm(hit - piece[0]);
                    }
                    length += demo::norm(piece[1] - piece[0]);
                }
                return at;
            };
            QVERIFY(lengthTo(ahead) > lengthTo(p) + 3);
        }
    }

    void plansAreRealXPlanGml()
    {
        const QDir folder(file(u"bplan"_s));
        const auto names = folder.entryList({u"*.gml"_s}, QDir::Files, QDir::Name);
        QVERIFY(names.size() >= 12);
        for (const auto &name : names) {
            QFile gml(folder.filePath(name));
            QVERIFY(gml.open(QIODevice::ReadOnly));
            const auto document = parseXplan(gml.readAll(), name);
            VERIFY_RESULT(document);
            QCOMPARE(document->version, u"6.0"_s);
            QCOMPARE(document->plans.size(), std::size_t(1));
            QVERIFY2(document->notes.isEmpty(), qPrintable(name + document->notes.join(u'\n')));
            QVERIFY(document->plans[0].contents.size() > 5);
            for (const auto i : document->plans[0].contents)
                QCOMPARE(validityProblem(document->objects[i].geometry), QString());
        }
    }

    void everyThemeFindsItsDataInTheCity()
    {
        const auto list = loadThemes({u":/themes"_s}, u"de"_s);
        QCOMPARE(list.problems, QStringList());
        QCOMPARE(list.themes.size(), std::size_t(6));
        for (const auto &theme : list.themes) {
            std::vector<Layer> layers;
            collect(theme.layers, layers);
            for (const auto &layer : layers) {
                QVERIFY2(layer.provenance.demo, qPrintable(theme.id + u": "_s + layer.title));
                checkSource(theme, layer);
            }
        }
    }

    void theSameFilesEachTime()
    {
        const auto folder = m_dir.filePath(u"again"_s);
        VERIFY_RESULT(makeDemoCity(folder, {}));
        QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories);
        int files = 0;
        while (it.hasNext()) {
            QFile second(it.next()), first(m_folder + second.fileName().mid(folder.size()));
            QVERIFY(first.open(QIODevice::ReadOnly));
            QVERIFY2(second.open(QIODevice::ReadOnly), qPrintable(second.fileName()));
            QVERIFY2(first.readAll() == second.readAll(), qPrintable(second.fileName()));
            ++files;
        }
        QVERIFY(files > 20);
        QVERIFY(QDir(folder).removeRecursively());
    }

    void cancellingLeavesNothing()
    {
        const auto folder = m_dir.filePath(u"cancelled/city"_s);
        for (const double when : {0.05, 0.5}) {
            std::stop_source stop;
            const auto made = makeDemoCity(folder, stop.get_token(), [&](double f) {
                if (f > when)
                    stop.request_stop();
            });
            QVERIFY(!made && made.error().kind == ErrorKind::Cancelled);
            QVERIFY(!demoCityReady(folder));
            QVERIFY(
                QDir(m_dir.filePath(u"cancelled"_s)).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
        }
    }

    void aFolderThatCannotBeIsAnError()
    {
        QFile file(m_dir.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const auto made = makeDemoCity(m_dir.filePath(u"file/city"_s), {});
        VERIFY_FAILS(made, ErrorKind::Storage);
        QVERIFY2(made.error().what.startsWith("The demo city could not be made, because nothing can be written"_L1)
                     && made.error().what.contains(m_dir.filePath(u"file"_s)),
                 qPrintable(made.error().what));
        QVERIFY(!made.error().hint.isEmpty());
    }

    void aFullDiskIsAnErrorAndLeavesNothing()
    {
        const auto small = m_dir.filePath(u"small"_s);
        QDir().mkpath(small);
        if (QProcess::execute(u"mount"_s, {u"-t"_s, u"tmpfs"_s, u"-o"_s, u"size=3m"_s, u"none"_s, small}) != 0)
            QSKIP("a small file system cannot be mounted here");
        const auto made = makeDemoCity(small + u"/city"_s, {});
        const bool left = !QDir(small).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
        QProcess::execute(u"umount"_s, {small});
        VERIFY_FAILS(made, ErrorKind::Storage);
        QVERIFY(!left);
    }

    void anotherVersionIsNotReady()
    {
        QTemporaryDir old;
        QFile version(old.filePath(u"demo.json"_s));
        QVERIFY(version.open(QIODevice::WriteOnly));
        version.write("{\"version\": 0}");
        version.close();
        QVERIFY(!demoCityReady(old.path()));
    }

private:
    void checkSource(const MapTheme &theme, const Layer &layer)
    {
        const auto where = theme.id + u": "_s + layer.title;
        QVERIFY2(layer.source.location.startsWith(u"demo:"_s), qPrintable(where));
        const auto path = file(layer.source.location.mid(5));
        if (layer.source.provider == u"xplan"_s) {
            QVERIFY2(QDir(path).exists(), qPrintable(where));
            return;
        }
        const auto data = open(path);
        QVERIFY2(data, qPrintable(where));
        if (data->GetLayerCount() == 0)
            return; // a raster
        auto *found = data->GetLayerByName(layer.source.layer.toUtf8().constData());
        QVERIFY2(found, qPrintable(where));
        QList<Style> styles{layer.style};
        for (const auto &variant : theme.variants)
            if (const auto it = variant.styles.find(layer.title); it != variant.styles.end())
                styles << *it;
        for (const auto &style : styles)
            checkClasses(style, *found, where);
    }

    /** Every field that the style names is there, and every class of it has an object. */
    static void checkClasses(const Style &style, OGRLayer &layer, const QString &where)
    {
        QList<Field> fields;
        QList<int> indices;
        for (const auto &name : style.fields()) {
            indices << layer.GetLayerDefn()->GetFieldIndex(name.toUtf8().constData());
            QVERIFY2(indices.back() >= 0, qPrintable(where + u": "_s + name));
            const auto type = layer.GetLayerDefn()->GetFieldDefn(indices.back())->GetType();
            fields << Field{.name = name, .type = type == OFTString ? FieldType::Text : FieldType::Real};
        }
        if (style.kind == Style::Kind::Single)
            return;
        FeatureSetBuilder builder(Crs::working(), demo::cityBox, fields);
        layer.ResetReading();
        for (auto &feature : layer) {
            Feature one{.id = feature->GetFID(), .geometry = demo::pointOf(demo::oldTownCentre)};
            for (qsizetype i = 0; i < fields.size(); ++i) {
                if (!feature->IsFieldSetAndNotNull(indices[i]))
                    one.values << QVariant();
                else if (fields[i].type == FieldType::Text)
                    one.values << QString::fromUtf8(feature->GetFieldAsString(indices[i]));
                else
                    one.values << feature->GetFieldAsDouble(indices[i]);
            }
            builder.add(one);
        }
        const auto set = builder.finish();
        for (const auto &c : style.classes) {
            auto alone = style;
            alone.classes = {c};
            alone.otherwise.reset();
            QVERIFY2(std::ranges::any_of(classify(alone, *set), [](auto i) { return i == 0; }),
                     qPrintable(where + u": nothing is of the class "_s + c.title));
        }
    }
};

QTEST_GUILESS_MAIN(TestDemoCity)
#include "tst_democity.moc"
