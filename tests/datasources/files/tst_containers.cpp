// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/files/filemaker.h"
#include "tests/datasources/files/reading.h"

#include <ogr_core.h>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QList<MadeFeature> twoPoints{{"POINT (611000 5970000)", u"Straße"_s, 1}, {"POINT (611100 5970000)", u"b"_s, 2}};

QByteArray contentOf(const QString &file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

QStringList names(const SourceDescription &description)
{
    QStringList result;
    for (const auto &layer : description.layers)
        result.append(layer.name);
    return result;
}

} // namespace

class TestContainers : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aZippedShapefileIsReadAsOne()
    {
        QCOMPARE(
            makeVector({.driver = "ESRI Shapefile", .path = path(u"a.shp"_s), .geometryType = wkbPoint}, twoPoints),
            QString());
        QList<std::pair<QString, QByteArray>> entries;
        for (const auto &suffix : {u"shp"_s, u"shx"_s, u"dbf"_s, u"prj"_s, u"cpg"_s})
            entries.append({u"Ordner/a."_s + suffix, contentOf(path(u"a."_s + suffix))});
        QCOMPARE(makeZip(path(u"a.zip"_s), entries), QString());
        const auto description = FileOpener().inspect({.location = path(u"a.zip"_s)}, {});
        VERIFY_RESULT(description);
        QCOMPARE(names(*description), QStringList({u"Ordner/a.shp"_s}));
        QCOMPARE(description->layers[0].title, u"a"_s);
        QCOMPARE(description->layers[0].crs.epsg(), 25832);
        for (const auto &layer : {QString(), u"Ordner/a.shp"_s}) {
            const auto set = readAll({.location = path(u"a.zip"_s), .layer = layer});
            VERIFY_RESULT(set);
            QCOMPARE((*set)->size(), 2U);
            QVERIFY((*set)->column(u"name"_s)->texts().contains(u"Straße"_s));
        }
    }

    void archivesAndFoldersShowAllTheirData()
    {
        QCOMPARE(makeVector({.path = path(u"a.gpkg"_s), .layer = "one", .geometryType = wkbPoint}, twoPoints),
                 QString());
        QCOMPARE(makeVector({.driver = "GeoJSON", .path = path(u"b.geojson"_s), .geometryType = wkbPoint}, twoPoints),
                 QString());
        QCOMPARE(makeRaster({.path = path(u"dem.tif"_s)}), QString());
        writeFile(path(u"broken.geojson"_s), "{\"type\":\"FeatureCollection\",\"features\":[{");
        writeFile(path(u"readme.md"_s), "not data");
        QCOMPARE(makeZip(path(u"all.zip"_s),
                         {{u"a.gpkg"_s, contentOf(path(u"a.gpkg"_s))},
                          {u"b.geojson"_s, contentOf(path(u"b.geojson"_s))},
                          {u"dem.tif"_s, contentOf(path(u"dem.tif"_s))},
                          {u"broken.geojson"_s, contentOf(path(u"broken.geojson"_s))},
                          {u"table.csv"_s, "lat,lon\n53.86,10.68\n"},
                          {u"readme.md"_s, "not data"}}),
                 QString());
        const auto archive = FileOpener().inspect({.location = path(u"all.zip"_s)}, {});
        VERIFY_RESULT(archive);
        QCOMPARE(names(*archive), QStringList({u"a.gpkg"_s, u"b.geojson"_s, u"dem.tif"_s, u"table.csv"_s}));
        QVERIFY(archive->notes.join(u' ').contains("broken.geojson"_L1)); // the rest goes on
        for (const auto &layer : archive->layers)
            VERIFY_RESULT(FileOpener().open({.location = path(u"all.zip"_s), .layer = layer.name}, {}));
        QVERIFY(QFile::remove(path(u"all.zip"_s)));
        const auto folder = FileOpener().inspect({.location = m_folder->path()}, {});
        VERIFY_RESULT(folder);
        QCOMPARE(names(*folder), QStringList({u"a.gpkg"_s, u"b.geojson"_s, u"dem.tif"_s}));
        for (const auto &layer : folder->layers)
            VERIFY_RESULT(FileOpener().open({.location = m_folder->path(), .layer = layer.name}, {}));
        VERIFY_FAILS(FileOpener().open({.location = m_folder->path(), .layer = u"c.shp"_s}, {}), ErrorKind::NotFound);
    }

    void databasesInFoldersAreNamedWithTheirLayers()
    {
        NEED_SAMPLES();
        QVERIFY(QFile::copy(samplesDir() + u"/geopackage/geonames_belgium.gpkg"_s, path(u"b.gpkg"_s)));
        QCOMPARE(makeVector({.driver = "FlatGeobuf", .path = path(u"c.fgb"_s), .geometryType = wkbPoint}, twoPoints),
                 QString());
        const auto folder = FileOpener().inspect({.location = m_folder->path()}, {});
        VERIFY_RESULT(folder);
        QVERIFY(names(*folder).contains(u"b.gpkg|roads"_s));
        const auto set = readAll({.location = m_folder->path(), .layer = u"b.gpkg|roads"_s});
        VERIFY_RESULT(set);
        QCOMPARE((*set)->size(), 275U);
    }

    void archivesThatSwellAreRefused()
    {
        QCOMPARE(makeZip(path(u"bomb.zip"_s), {{u"a.geojson"_s, QByteArray(100 << 20, ' ')}}), QString());
        QVERIFY(QFileInfo(path(u"bomb.zip"_s)).size() < (1 << 20));
        VERIFY_FAILS(FileOpener().inspect({.location = path(u"bomb.zip"_s)}, {}), ErrorKind::TooLarge);
        VERIFY_FAILS(FileOpener().open({.location = path(u"bomb.zip"_s)}, {}), ErrorKind::TooLarge);
    }

    void archivesInsideArchivesAreLeftOut()
    {
        QCOMPARE(makeZip(path(u"inner.zip"_s), {{u"a.csv"_s, "lat,lon\n53.86,10.68\n"}}), QString());
        QCOMPARE(makeZip(path(u"outer.zip"_s),
                         {{u"inner.zip"_s, contentOf(path(u"inner.zip"_s))}, {u"b.csv"_s, "lat,lon\n53.86,10.68\n"}}),
                 QString());
        const auto description = FileOpener().inspect({.location = path(u"outer.zip"_s)}, {});
        VERIFY_RESULT(description);
        QCOMPARE(names(*description), QStringList({u"b.csv"_s}));
        QVERIFY(!description->notes.isEmpty());
    }

    void damagedArchivesAreRefused()
    {
        QCOMPARE(makeZip(path(u"a.zip"_s),
                         {{u"a.csv"_s, "lat,lon\n53.86,10.68\n"},
                          {u"b.csv"_s, QByteArray("lat,lon\n53.86,10.68\n").repeated(500)}}),
                 QString());
        const auto whole = contentOf(path(u"a.zip"_s));
        for (const double share : {0.1, 0.5, 0.9}) {
            writeFile(path(u"a.zip"_s), whole.first(qsizetype(double(whole.size()) * share)));
            VERIFY_FAILS(FileOpener().inspect({.location = path(u"a.zip"_s)}, {}), ErrorKind::Malformed);
        }
        QCOMPARE(makeZip(path(u"none.zip"_s), {{u"readme.md"_s, "hello"}}), QString());
        VERIFY_FAILS(FileOpener().inspect({.location = path(u"none.zip"_s)}, {}), ErrorKind::Unsupported);
    }

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestContainers)
#include "tst_containers.moc"
