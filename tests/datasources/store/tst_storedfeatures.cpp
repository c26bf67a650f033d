// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/featureblob_p.h"
#include "datasources/store/storeschema_p.h"
#include "tests/datasources/store/storefixture.h"

#include <QProcess>
#include <QRandomGenerator>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

StoredValue textValue(const QByteArray &utf8)
{
    return {.kind = StoredValue::Kind::Text, .bytes = utf8};
}

StoredValue integerValue(qint64 number)
{
    return {.kind = StoredValue::Kind::Integer, .integer = number};
}

Geometry squareAt(double x, double y, double side = 10)
{
    return {.kind = GeometryKind::Polygon,
            .points = {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}},
            .ringEnds = {5}};
}

/** Two squares, the first with a hole. */
Geometry twoParts()
{
    auto geometry = squareAt(0, 0, 100);
    for (const auto &other : {squareAt(20, 20, 10), squareAt(200, 0, 10)}) {
        geometry.points.insert(geometry.points.end(), other.points.begin(), other.points.end());
        geometry.ringEnds.push_back(std::uint32_t(geometry.points.size()));
    }
    geometry.partStarts = {0, 2};
    return geometry;
}

/** `count` squares in a row, the texts "Fläche 0 of 7" where 7 is the generation. */
FeatureRows rowsOf(int count, int generation = 1)
{
    FeatureRows rows;
    for (int i = 0; i < count; ++i) {
        rows.begin(u"flaechen.%1"_s.arg(i).toUtf8());
        rows.setGeometry(squareAt(600000 + 100 * i, 5960000));
        rows.add(textValue(u"Fläche %1 of %2"_s.arg(i).arg(generation).toUtf8()));
        rows.add(integerValue(i));
    }
    return rows;
}

StoredFeatures tableOf(int received)
{
    return {.fields = {{.name = u"name"_s}, {.name = u"number"_s, .type = FieldType::Integer}},
            .crs = Crs::working(),
            .geometryType = u"MultiSurface"_s,
            .received = received,
            .matched = received,
            .fetched = noon(),
            .etag = "\"f1\""};
}

Status put(ServiceStore &store, const QString &dataset, int count, int generation = 1)
{
    return store.putFeatures(dataset, tableOf(count), rowsOf(count, generation), {});
}

QStringList texts(const FeatureSet &set, const QString &column)
{
    QStringList found;
    for (std::size_t i = 0; i < set.size(); ++i)
        found << set.column(column)->value(i).toString();
    found.sort();
    return found;
}

QStringList featureTables(const QString &path)
{
    return sql(path,
               u"SELECT name FROM sqlite_master WHERE name LIKE '%features\\_%' ESCAPE '\\' AND type = 'table' "
               "AND name NOT LIKE 'store%' AND name NOT LIKE 'idx%' ORDER BY name"_s);
}

} // namespace

class TestStoredFeatures : public QObject
{
    Q_OBJECT

private slots:
    void geometriesSurviveTheirBlobs_data();
    void geometriesSurviveTheirBlobs();
    void brokenBlobsAreRefused();
    void whatWasPutIsReadAgain_data();
    void whatWasPutIsReadAgain();
    void everyTypeOfValueSurvives_data();
    void everyTypeOfValueSurvives();
    void onlyWhatTouchesTheBoxIsRead_data();
    void onlyWhatTouchesTheBoxIsRead();
    void anotherReferenceSystemCanBeAskedFor();
    void singleFeaturesComeByTheirIds_data();
    void singleFeaturesComeByTheirIds();
    void theStreamBringsAllAndCanBeEnded();
    void aRefreshReplacesAllAndLeavesNoOldTable();
    void aCancelledRefreshLeavesTheOldState();
    void unknownDatasetsAreToldApart();
    void otherProgramsFindSpatialTables();
    void theSpatialIndexIsSoundAtAllSizes_data();
    void theSpatialIndexIsSoundAtAllSizes();
    void anUnknownReferenceSystemIsStoredToo();
    void whatMayNotBeStoredNeverReachesTheDisk();
    void whatMayNoLongerBeStoredIsErased();
    void thrownAwayIsWhatWasUsedLongestAgoButNothingKept();
    void aRemovedDatasetTakesItsFeaturesAlong();
    void aStoreOfTheFirstVersionIsBroughtUpToDate();
    void aKillLeavesTheOldStateOrTheNewOne();
};

void TestStoredFeatures::geometriesSurviveTheirBlobs_data()
{
    QTest::addColumn<Geometry>("geometry");
    const auto row = [](const char *name, const Geometry &geometry) { QTest::newRow(name) << geometry; };
    row("point", {.kind = GeometryKind::Point, .points = {{1, 2}}});
    row("points", {.kind = GeometryKind::Point, .points = {{1, 2}, {3, 4}}});
    row("line", {.kind = GeometryKind::Line, .points = {{1, 2}, {3, 4}, {5, 5}}, .ringEnds = {3}});
    row("lines", {.kind = GeometryKind::Line, .points = {{1, 2}, {3, 4}, {5, 5}, {6, 6}}, .ringEnds = {2, 4}});
    row("polygon", squareAt(600000.125, 5960000.25));
    row("polygons with a hole", twoParts());
}

void TestStoredFeatures::geometriesSurviveTheirBlobs()
{
    QFETCH(Geometry, geometry);
    QByteArray blob;
    QCOMPARE(appendFeatureBlob(geometry, blob), geometry.extent());
    QCOMPARE(blobExtent(blob), geometry.extent());
    Geometry read = twoParts(); // is overwritten
    QVERIFY(readFeatureBlob(blob, read));
    QVERIFY(read == geometry);
}

void TestStoredFeatures::brokenBlobsAreRefused()
{
    QByteArray blob;
    appendFeatureBlob(twoParts(), blob);
    Geometry geometry;
    for (qsizetype size = 0; size < blob.size(); ++size)
        QVERIFY2(!readFeatureBlob(QByteArrayView(blob).first(size), geometry), qPrintable(QString::number(size)));
    auto lying = blob;
    lying.replace(43, 4, QByteArray(4, '\x7f')); // two billion parts
    QVERIFY(!readFeatureBlob(lying, geometry));
    QVERIFY(blobExtent("short").isEmpty());
}

void TestStoredFeatures::whatWasPutIsReadAgain_data()
{
    QTest::addColumn<bool>("memory");
    QTest::newRow("on the disk") << false;
    QTest::newRow("in memory") << true;
}

void TestStoredFeatures::whatWasPutIsReadAgain()
{
    QFETCH(bool, memory);
    const StoreFolder folder;
    auto store = ServiceStore::open(folder.path()).value();
    auto dataset = datasetNamed(u"a"_s);
    dataset.mayBeStored = !memory;
    VERIFY_RESULT(store->putDataset(dataset));
    QVERIFY(!store->storedFeatures(u"a"_s).value());
    VERIFY_FAILS(store->readFeatures(u"a"_s, {}, {}), ErrorKind::NotFound);
    auto table = tableOf(3);
    table.matched = 7;
    table.complete = false;
    table.notes = {u"four are missing"_s};
    VERIFY_RESULT(store->putFeatures(u"a"_s, table, rowsOf(3), {}));
    if (!memory) { // as after the next start
        store.reset();
        store = ServiceStore::open(folder.path()).value();
    }
    const auto told = store->storedFeatures(u"a"_s).value();
    QVERIFY(told);
    QCOMPARE(told->fields, table.fields);
    QVERIFY(told->crs == Crs::working());
    QCOMPARE(told->geometryType, u"MultiSurface"_s);
    QCOMPARE(told->received, 3);
    QCOMPARE(told->matched, std::optional<qint64>(7));
    QVERIFY(!told->complete);
    QCOMPARE(told->notes, table.notes);
    QCOMPARE(told->fetched, noon());
    QCOMPARE(told->etag, "\"f1\"");
    QCOMPARE(told->count, 3);
    QCOMPARE(told->kinds, std::vector{GeometryKind::Polygon});
    QVERIFY(told->extent == (Extent{600000, 5960000, 600210, 5960010}));
    const auto set = store->readFeatures(u"a"_s, {.fields = {u"name"_s}}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(3));
    QCOMPARE(texts(**set, u"name"_s), (QStringList{u"Fläche 0 of 1"_s, u"Fläche 1 of 1"_s, u"Fläche 2 of 1"_s}));
    QCOMPARE((*set)->columns.size(), std::size_t(1));
    QCOMPARE((*set)->notes, table.notes);
    QCOMPARE((*set)->geometry(0).points.size(), std::size_t(5));
    const auto sizes = store->datasets().value();
    QCOMPARE(sizes.size(), std::size_t(1));
    QCOMPARE(sizes[0].features, 3);
    QVERIFY(sizes[0].bytes > 300);
    QCOMPARE(sizes[0].newest, noon());
    QVERIFY(store->bytes() >= sizes[0].bytes);
    VERIFY_RESULT(store->touchFeatures(u"a"_s, noon(3), noon(4)));
    QCOMPARE(store->storedFeatures(u"a"_s).value()->fetched, noon(3));
    QCOMPARE(store->storedFeatures(u"a"_s).value()->expires, noon(4));
}

void TestStoredFeatures::everyTypeOfValueSurvives_data()
{
    QTest::addColumn<FieldType>("type");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("stored");
    QTest::addColumn<QVariant>("value"); ///< of the feature
    QTest::addColumn<QVariant>("packed"); ///< of the column
    const auto row = [](const char *name, FieldType type, StoredValue::Kind kind, const QByteArray &stored,
                        const QVariant &value, const QVariant &packed) {
        QTest::newRow(name) << type << int(kind) << stored << value << packed;
    };
    using Kind = StoredValue::Kind;
    row("text with leading zeros", FieldType::Text, Kind::Text, "00123", u"00123"_s, u"00123"_s);
    row("empty text", FieldType::Text, Kind::Text, "", u""_s, u""_s);
    row("umlauts", FieldType::Text, Kind::Text, "Gr\xc3\xb6\xc3\x9f\x65", u"Größe"_s, u"Größe"_s);
    row("integer", FieldType::Integer, Kind::Integer, "9007199254740993", 9007199254740993LL, 9007199254740992LL);
    row("real", FieldType::Real, Kind::Real, "0.1", 0.1, 0.1);
    row("boolean", FieldType::Boolean, Kind::Integer, "1", true, true);
    row("date", FieldType::Date, Kind::Text, "2024-02-29", QDate(2024, 2, 29), u"2024-02-29"_s);
    row("moment", FieldType::DateTime, Kind::Text, "2024-02-29T12:30:00Z",
        QDateTime(QDate(2024, 2, 29), QTime(12, 30), QTimeZone::UTC), u"2024-02-29T12:30:00Z"_s);
    row("bytes", FieldType::Binary, Kind::Bytes, QByteArray("a\0b", 3), QByteArray("a\0b", 3), {});
    row("nothing", FieldType::Real, Kind::Null, {}, {}, {});
}

void TestStoredFeatures::everyTypeOfValueSurvives()
{
    QFETCH(FieldType, type);
    QFETCH(int, kind);
    QFETCH(QByteArray, stored);
    QFETCH(QVariant, value);
    QFETCH(QVariant, packed);
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    FeatureRows rows;
    rows.begin();
    rows.setGeometry(squareAt(0, 0));
    rows.add(
        {.kind = StoredValue::Kind(kind), .integer = stored.toLongLong(), .real = stored.toDouble(), .bytes = stored});
    StoredFeatures table{
        .fields = {{.name = u"select \"; drop"_s, .type = type}}, .crs = Crs::working(), .received = 1};
    VERIFY_RESULT(store->putFeatures(u"a"_s, table, std::move(rows), {}));
    const qint64 ids[] = {1};
    const auto features = store->featuresById(u"a"_s, ids, {}, {});
    VERIFY_RESULT(features);
    QCOMPARE(features->size(), std::size_t(1));
    QCOMPARE(features->at(0).values, QVariantList{value});
    const auto set = store->readFeatures(u"a"_s, {.fields = {table.fields[0].name}}, {}).value();
    QCOMPARE(set->columns[0].value(0), packed);
}

void TestStoredFeatures::onlyWhatTouchesTheBoxIsRead_data()
{
    whatWasPutIsReadAgain_data();
}

void TestStoredFeatures::onlyWhatTouchesTheBoxIsRead()
{
    QFETCH(bool, memory);
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    auto dataset = datasetNamed(u"a"_s);
    dataset.mayBeStored = !memory;
    VERIFY_RESULT(store->putDataset(dataset));
    VERIFY_RESULT(put(*store, u"a"_s, 1000));
    const Extent box{600105, 5960005, 600305, 5960100};
    const auto set = store->readFeatures(u"a"_s, {.crs = Crs::working(), .extent = box, .fields = {u"number"_s}}, {});
    VERIFY_RESULT(set);
    QCOMPARE(texts(**set, u"number"_s), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    const auto limited =
        store->readFeatures(u"a"_s, {.crs = Crs::working(), .extent = box, .fields = {}, .limit = 2}, {});
    QCOMPARE((*limited)->size(), std::size_t(2));
    const auto none =
        store->readFeatures(u"a"_s, {.crs = Crs::working(), .extent = Extent{0, 0, 1, 1}, .fields = {}}, {});
    QCOMPARE((*none)->size(), std::size_t(0));
}

void TestStoredFeatures::anotherReferenceSystemCanBeAskedFor()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(put(*store, u"a"_s, 10));
    const auto degrees = Crs::fromEpsg(4326);
    const auto transform = Transform::create(Crs::working(), degrees).value();
    const auto box = transform.forward(Extent{600000, 5960000, 600010, 5960010});
    const auto set = store->readFeatures(u"a"_s, {.crs = degrees, .extent = box, .fields = {u"number"_s}}, {}).value();
    QVERIFY(set->crs == degrees);
    QCOMPARE(texts(*set, u"number"_s), QStringList{u"0"_s});
    const auto corner = set->geometry(0).points[0];
    QVERIFY(std::abs(corner.x - 10.53) < 0.02 && std::abs(corner.y - 53.78) < 0.02);
}

void TestStoredFeatures::singleFeaturesComeByTheirIds_data()
{
    whatWasPutIsReadAgain_data();
}

void TestStoredFeatures::singleFeaturesComeByTheirIds()
{
    QFETCH(bool, memory);
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    auto dataset = datasetNamed(u"a"_s);
    dataset.mayBeStored = !memory;
    VERIFY_RESULT(store->putDataset(dataset));
    VERIFY_RESULT(put(*store, u"a"_s, 5));
    const qint64 ids[] = {4, 99, -1, 2, 0};
    const auto found = store->featuresById(u"a"_s, ids, {}, {});
    VERIFY_RESULT(found);
    QCOMPARE(found->size(), std::size_t(2));
    QCOMPARE(found->at(0).id, 4);
    QCOMPARE(found->at(0).values, (QVariantList{u"Fläche 3 of 1"_s, 3LL}));
    QVERIFY(found->at(0).geometry == squareAt(600300, 5960000));
    QCOMPARE(found->at(1).id, 2);
}

void TestStoredFeatures::theStreamBringsAllAndCanBeEnded()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    auto rows = rowsOf(4);
    rows.begin(); // a row without geometry belongs to an export, too
    rows.add(textValue("only text"));
    VERIFY_RESULT(store->putFeatures(u"a"_s, tableOf(5), std::move(rows), {}));
    QStringList names;
    const auto visit = [&](Feature &feature) {
        names << feature.values[0].toString();
        return names.size() < 10;
    };
    VERIFY_RESULT(store->streamFeatures(u"a"_s, {}, visit, {}));
    QCOMPARE(names.size(), 5);
    QCOMPARE(names.last(), u"only text"_s);
    names.clear();
    const auto first = [&](Feature &feature) {
        names << feature.values[0].toString();
        return false;
    };
    VERIFY_RESULT(store->streamFeatures(u"a"_s, {}, first, {}));
    QCOMPARE(names.size(), 1);
    QCOMPARE((*store->readFeatures(u"a"_s, {}, {}))->size(), std::size_t(4));
}

void TestStoredFeatures::aRefreshReplacesAllAndLeavesNoOldTable()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(put(*store, u"a"_s, 20, 1));
    const auto bytes = store->datasets().value()[0].bytes;
    VERIFY_RESULT(put(*store, u"a"_s, 20, 2));
    const auto set = store->readFeatures(u"a"_s, {.fields = {u"name"_s}}, {}).value();
    QCOMPARE(set->size(), std::size_t(20));
    for (const auto &text : texts(*set, u"name"_s))
        QVERIFY(text.endsWith(u"of 2"));
    QCOMPARE(store->datasets().value()[0].bytes, bytes);
    VERIFY_RESULT(store->compact({}));
    QCOMPARE(featureTables(folder.path()), QStringList{u"features_2"_s});
    QCOMPARE(sql(folder.path(), u"SELECT count(*) FROM geometry_columns"_s), QStringList{u"1"_s});
    QCOMPARE(sql(folder.path(),
                 u"SELECT count(*) FROM sqlite_master WHERE name IN ('features_1', 'idx_features_1_geometry')"_s),
             QStringList{u"0"_s});
}

void TestStoredFeatures::aCancelledRefreshLeavesTheOldState()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(put(*store, u"a"_s, 5, 1));
    std::stop_source stop;
    stop.request_stop();
    const auto status = store->putFeatures(u"a"_s, tableOf(9), rowsOf(9, 2), stop.get_token());
    QVERIFY(!status);
    QCOMPARE(status.error().kind, ErrorKind::Cancelled);
    QCOMPARE((*store->readFeatures(u"a"_s, {}, {}))->size(), std::size_t(5));
    VERIFY_RESULT(store->flush()); // no failure is left over for others
    const auto read = store->readFeatures(u"a"_s, {}, stop.get_token());
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Cancelled);
}

void TestStoredFeatures::unknownDatasetsAreToldApart()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_FAILS(put(*store, u"nobody"_s, 1), ErrorKind::NotFound);
    VERIFY_FAILS(store->readFeatures(u"nobody"_s, {}, {}), ErrorKind::NotFound);
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    auto table = tableOf(1);
    table.fields = QList<Field>(3000, Field{.name = u"x"_s});
    VERIFY_FAILS(store->putFeatures(u"a"_s, table, rowsOf(1), {}), ErrorKind::TooLarge);
}

void TestStoredFeatures::otherProgramsFindSpatialTables()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->flush());
    QCOMPARE(sql(folder.path(), u"SELECT count(*) FROM sqlite_master WHERE name = 'geometry_columns'"_s),
             QStringList{u"0"_s}); // not before they are needed
    VERIFY_RESULT(put(*store, u"a"_s, 2000));
    QCOMPARE(sql(folder.path(),
                 u"SELECT f_table_name, f_geometry_column, srid, spatial_index_enabled FROM geometry_columns"_s),
             QStringList{u"features_1|geometry|25832|1"_s});
    QCOMPARE(sql(folder.path(), u"SELECT rtreecheck('idx_features_1_geometry')"_s), QStringList{u"ok"_s});
    QCOMPARE(sql(folder.path(), u"SELECT count(*) FROM idx_features_1_geometry WHERE xmin < 600950"_s),
             QStringList{u"10"_s});
    QCOMPARE(sql(folder.path(), u"SELECT source, f0, f1 FROM features_1 WHERE id = 3"_s),
             QStringList{u"flaechen.2|Fläche 2 of 1|2"_s});
}

void TestStoredFeatures::theSpatialIndexIsSoundAtAllSizes_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 51, 52, 500, 2601, 2602, 10'000})
        QTest::addRow("%d", count) << count;
}

/** It is filled by our own hand: SQLite must find it sound, and find all in it, and be able to go on with it. */
void TestStoredFeatures::theSpatialIndexIsSoundAtAllSizes()
{
    QFETCH(int, count);
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    auto *random = QRandomGenerator::global();
    FeatureRows rows;
    std::vector<PointXY> places;
    for (int i = 0; i < count; ++i) {
        places.push_back({600000 + random->bounded(20000.0), 5960000 + random->bounded(20000.0)});
        rows.begin();
        rows.setGeometry({.kind = GeometryKind::Point, .points = {places.back()}});
    }
    VERIFY_RESULT(store->putFeatures(u"a"_s, {.crs = Crs::working()}, std::move(rows), {}));
    QCOMPARE(sql(folder.path(), u"SELECT rtreecheck('idx_features_1_geometry')"_s), QStringList{u"ok"_s});
    QCOMPARE(sql(folder.path(), u"SELECT count(*) FROM idx_features_1_geometry"_s),
             QStringList{QString::number(count)});
    for (int i = 0; i < 20; ++i) {
        const double x = 600000 + random->bounded(18000.0), y = 5960000 + random->bounded(18000.0);
        const Extent box{x, y, x + 2000, y + 2000};
        const auto found =
            store->readFeatures(u"a"_s, {.crs = Crs::working(), .extent = box, .fields = {}}, {}).value();
        const auto expected = std::ranges::count_if(places, [&](PointXY p) { return box.contains(p); });
        QCOMPARE(found->size(), std::size_t(expected));
    }
    QCOMPARE(sql(folder.path(), u"DELETE FROM idx_features_1_geometry WHERE pkid % 3 = 0"_s), QStringList());
    QCOMPARE(sql(folder.path(), u"INSERT INTO idx_features_1_geometry VALUES (77777, 1, 2, 3, 4)"_s), QStringList());
    QCOMPARE(sql(folder.path(), u"SELECT count(*) FROM idx_features_1_geometry"_s),
             QStringList{QString::number(count - count / 3 + 1)});
}

void TestStoredFeatures::anUnknownReferenceSystemIsStoredToo()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    for (const auto &[key, crs] : {std::pair(u"own"_s, Crs::fromText(u"+proj=tmerc +lon_0=10.7 +ellps=GRS80"_s)),
                                   std::pair(u"none"_s, Crs()), std::pair(u"3068"_s, Crs::fromEpsg(3068))}) {
        auto table = tableOf(2);
        table.crs = crs;
        VERIFY_RESULT(store->putDataset(datasetNamed(key)));
        VERIFY_RESULT(store->putFeatures(key, table, rowsOf(2), {}));
        QVERIFY2(store->storedFeatures(key).value()->crs == crs, qPrintable(key));
        QCOMPARE((*store->readFeatures(key, {}, {}))->size(), std::size_t(2));
    }
}

void TestStoredFeatures::whatMayNotBeStoredNeverReachesTheDisk()
{
    const StoreFolder folder;
    for (const bool personal : {true, false}) {
        auto store = ServiceStore::open(folder.path()).value();
        auto dataset = datasetNamed(u"a"_s);
        dataset.provenance.personal = personal;
        dataset.mayBeStored = personal;
        VERIFY_RESULT(store->putDataset(dataset));
        VERIFY_RESULT(put(*store, u"a"_s, 5, 4711));
        QCOMPARE((*store->readFeatures(u"a"_s, {}, {}))->size(), std::size_t(5));
        VERIFY_RESULT(store->flush());
        store.reset();
        for (const auto &suffix : {u""_s, u"-wal"_s})
            QVERIFY(!fileHolds(folder.path() + suffix, "of 4711"));
        store = ServiceStore::open(folder.path()).value();
        QVERIFY(!store->storedFeatures(u"a"_s).value());
    }
}

void TestStoredFeatures::whatMayNoLongerBeStoredIsErased()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(put(*store, u"a"_s, 500, 4711));
    VERIFY_RESULT(store->flush());
    QVERIFY(fileHolds(folder.path(), "of 4711"));
    auto dataset = datasetNamed(u"a"_s);
    dataset.provenance.personal = true;
    VERIFY_RESULT(store->putDataset(dataset));
    for (const auto &suffix : {u""_s, u"-wal"_s})
        QVERIFY(!fileHolds(folder.path() + suffix, "of 4711"));
    QCOMPARE(featureTables(folder.path()), QStringList());
    QVERIFY(!store->storedFeatures(u"a"_s).value());
}

void TestStoredFeatures::thrownAwayIsWhatWasUsedLongestAgoButNothingKept()
{
    const StoreFolder folder;
    {
        const auto store = ServiceStore::open(folder.path()).value();
        for (const auto &key : {u"kept"_s, u"old"_s, u"new"_s}) {
            VERIFY_RESULT(store->putDataset(datasetNamed(key)));
            VERIFY_RESULT(put(*store, key, 1000));
        }
        VERIFY_RESULT(store->putPackage({u"p"_s, {}}));
        VERIFY_RESULT(store->holdFeatures(u"p"_s, u"kept"_s));
        VERIFY_RESULT(store->compact({}));
    }
    sql(folder.path(), u"UPDATE store_features SET used = used - id"_s);
    sql(folder.path(), u"UPDATE store_features SET used = used - 100 WHERE id = 2"_s);
    const auto store = ServiceStore::open(folder.path(), {.bytes = 300'000}).value();
    VERIFY_RESULT(store->compact({}));
    QVERIFY(store->storedFeatures(u"kept"_s).value());
    QVERIFY(!store->storedFeatures(u"old"_s).value());
    QVERIFY(store->storedFeatures(u"new"_s).value());
    QCOMPARE(featureTables(folder.path()), (QStringList{u"features_1"_s, u"features_3"_s}));
}

void TestStoredFeatures::aRemovedDatasetTakesItsFeaturesAlong()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(put(*store, u"a"_s, 10));
    VERIFY_RESULT(store->removeDataset(u"a"_s));
    QVERIFY(!store->storedFeatures(u"a"_s).value());
    VERIFY_RESULT(store->compact({}));
    QCOMPARE(featureTables(folder.path()), QStringList());
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    QVERIFY(!store->storedFeatures(u"a"_s).value());
    QCOMPARE(store->bytes(), 0);
}

void TestStoredFeatures::aStoreOfTheFirstVersionIsBroughtUpToDate()
{
    const StoreFolder folder;
    {
        auto connection = StoreConnection::open(folder.path(), StoreConnection::Mode::New).value();
        connection->execute("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA application_id = "
                            + QByteArray::number(storeApplicationId));
        QVERIFY(migrateStore(*connection, storeMigrations(), 1));
        connection->execute("INSERT INTO store_datasets VALUES (1, 'a', 'T', 'S', 'L', 'C', '{}', '', 0, 0, 0);"
                            "INSERT INTO store_items VALUES (7, 1, 'k', 3, 1, 1, 1, 'text/plain', x'', 1);"
                            "INSERT INTO store_blobs VALUES (7, x'616263')");
        QVERIFY2(!connection->fault(), qPrintable(connection->fault() ? connection->fault()->message : QString()));
    }
    const auto store = ServiceStore::open(folder.path()).value();
    QCOMPARE(store->problem(), QString());
    QCOMPARE(sql(folder.path(), u"PRAGMA user_version"_s), QStringList{u"3"_s});
    VERIFY_BYTES(store, u"a"_s, u"k"_s, "abc");
    VERIFY_RESULT(put(*store, u"a"_s, 4));
    QCOMPARE((*store->readFeatures(u"a"_s, {}, {}))->size(), std::size_t(4));
    VERIFY_BYTES(store, u"a"_s, u"k"_s, "abc");
}

void TestStoredFeatures::aKillLeavesTheOldStateOrTheNewOne()
{
    const StoreFolder folder;
    int last = 0;
    for (int round = 0; round < 6; ++round) {
        QProcess child;
        child.start(QStringLiteral(STORE_CHILD), {folder.path(), u"features"_s});
        QVERIFY(child.waitForReadyRead(60'000)); // a first generation is there
        QTest::qWait(int(QRandomGenerator::global()->bounded(200)));
        child.kill();
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);
        const auto told = child.readAll().split('\n');
        const auto store = ServiceStore::open(folder.path());
        VERIFY_RESULT(store);
        QCOMPARE((*store)->problem(), QString());
        const auto features = (*store)->storedFeatures(u"d"_s).value();
        QVERIFY(features);
        QCOMPARE(features->count, 3000);
        const auto set = (*store)->readFeatures(u"d"_s, {.fields = {u"generation"_s}}, {}).value();
        QCOMPARE(set->size(), std::size_t(3000));
        const auto &numbers = set->columns[0].numbers();
        QCOMPARE(std::ranges::min(numbers), std::ranges::max(numbers));
        QVERIFY(numbers[0] >= told.value(told.size() - 2).toInt()); // what was said to be written is there
        QCOMPARE(features->received, qint64(numbers[0]));
        VERIFY_RESULT((*store)->compact({}));
        QCOMPARE(featureTables(folder.path()).size(), 1);
        QCOMPARE(sql(folder.path(), u"PRAGMA integrity_check"_s), QStringList{u"ok"_s});
        last = std::max(last, int(numbers[0]));
    }
    QVERIFY(last > 1);
}

QTEST_GUILESS_MAIN(TestStoredFeatures)
#include "tst_storedfeatures.moc"
