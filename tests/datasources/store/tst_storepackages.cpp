// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/storeschema_p.h"
#include "tests/datasources/store/storefixture.h"

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

using StorePtr = std::shared_ptr<ServiceStore>;

constexpr int itemBytes = 10'000;

std::vector<QString> keysTo(int count)
{
    std::vector<QString> keys;
    for (int i = 0; i < count; ++i)
        keys.push_back(QString::number(i));
    return keys;
}

Status putMany(ServiceStore &store, const QString &dataset, int count, const QString &heldBy = {})
{
    for (const auto &key : keysTo(count))
        if (auto put = store.putItem(dataset, key, itemOf(QByteArray(itemBytes, 'x')), heldBy); !put)
            return put;
    return store.flush();
}

Status putFeatures(ServiceStore &store, const QString &dataset, int count)
{
    FeatureRows rows;
    for (int i = 0; i < count; ++i) {
        rows.begin();
        rows.setGeometry({.kind = GeometryKind::Point, .points = {{600000.0 + i, 5960000}}});
    }
    return store.putFeatures(dataset, {.crs = Crs::working(), .fetched = noon()}, std::move(rows), {});
}

qint64 there(const ServiceStore &store, const QString &dataset, int count)
{
    return std::ranges::count(store.contains(dataset, keysTo(count)).value(), true);
}

/** What the tables say of held bytes must be what the items say. */
QString sumsProblem(const QString &file)
{
    return sql(file,
               u"SELECT d.key, d.held, d.bytes FROM store_datasets d WHERE d.held <> (SELECT coalesce(sum(size), 0) "
               u"FROM "
               "store_items WHERE dataset = d.id AND holds > 0)"_s)
               .join(u';')
        + sql(file,
              u"SELECT id FROM store_items WHERE holds <> (SELECT count(*) FROM store_held_items WHERE item = id)"_s)
              .join(u';');
}

} // namespace

class TestStorePackages : public QObject
{
    Q_OBJECT

private slots:
    void packagesAreThereAfterANewStart();
    void whatAPackageHoldsIsNeverThrownAway();
    void ofADatasetOnlyTheHeldItemsStay();
    void aPackageLargerThanTheLimitIsKeptWhole();
    void holdingTellsWhatIsThereWithoutItsBytes();
    void nothingIsHeldForAPackageThatIsGone();
    void whatCameForAPackageGoesWithIt();
    void whatTwoPackagesHoldStaysUntilTheSecondGoes();
    void featuresAreHeldThroughTheirRefresh();
    void aRemovedPackageTakesItsFeaturesAlong();
    void sizesOfPackagesAreRight();
    void heldItemsThatChangeAreCountedRight();
    void whatMakesNoSenseIsRefused();
    void aStoreOfTheSecondVersionIsBroughtUpToDate();
};

void TestStorePackages::packagesAreThereAfterANewStart()
{
    const StoreFolder folder;
    {
        const auto store = ServiceStore::open(folder.path()).value();
        QVERIFY(store->packages().value().empty());
        VERIFY_RESULT(store->putPackage({u"one"_s, "{\"a\":1}"}));
        VERIFY_RESULT(store->putPackage({u"two"_s, "{}"}));
        VERIFY_RESULT(store->putPackage({u"one"_s, "{\"a\":2}"}));
    }
    const auto store = ServiceStore::open(folder.path()).value();
    const auto packages = store->packages();
    VERIFY_RESULT(packages);
    QCOMPARE(packages->size(), 2u);
    QCOMPARE(packages->front().key, u"one"_s);
    QCOMPARE(packages->front().document, "{\"a\":2}");
    VERIFY_RESULT(store->removePackage(u"one"_s));
    VERIFY_RESULT(store->removePackage(u"never was"_s));
    QCOMPARE(store->packages().value().size(), 1u);
    VERIFY_FAILS(store->packageSize(u"one"_s), ErrorKind::NotFound);
}

void TestStorePackages::whatAPackageHoldsIsNeverThrownAway()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path(), {.bytes = 50'000}).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"kept"_s)));
    VERIFY_RESULT(store->putDataset(datasetNamed(u"loose"_s)));
    VERIFY_RESULT(store->putPackage({u"p"_s, {}}));
    VERIFY_RESULT(putMany(*store, u"kept"_s, 20, u"p"_s));
    sql(folder.path(), u"UPDATE store_items SET used = 1"_s); // the oldest of all
    VERIFY_RESULT(putMany(*store, u"loose"_s, 20));
    VERIFY_RESULT(store->compact({}));
    QCOMPARE(there(*store, u"kept"_s, 20), 20);
    const auto sizes = store->datasets().value();
    QCOMPARE(sizes[0].keptBytes, 20 * itemBytes);
    QCOMPARE(sizes[1].keptBytes, 0);
    QVERIFY2(sizes[1].bytes <= 50'000 && sizes[1].bytes >= 30'000, qPrintable(QString::number(sizes[1].bytes)));
    QCOMPARE(sumsProblem(folder.path()), QString());
}

void TestStorePackages::ofADatasetOnlyTheHeldItemsStay()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path(), {.bytes = 50'000}).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->putPackage({u"p"_s, {}}));
    VERIFY_RESULT(store->putItem(u"a"_s, u"0"_s, itemOf(QByteArray(itemBytes, 'x')), u"p"_s));
    VERIFY_RESULT(store->putItem(u"a"_s, u"1"_s, itemOf(QByteArray(itemBytes, 'x')), u"p"_s));
    for (int i = 2; i < 30; ++i)
        VERIFY_RESULT(store->putItem(u"a"_s, QString::number(i), itemOf(QByteArray(itemBytes, 'x'))));
    VERIFY_RESULT(store->compact({}));
    QCOMPARE(store->contains(u"a"_s, {u"0"_s, u"1"_s, u"2"_s, u"29"_s}).value(),
             (std::vector{true, true, false, true}));
    QVERIFY(store->bytes() <= 50'000 + 2 * itemBytes);
}

void TestStorePackages::aPackageLargerThanTheLimitIsKeptWhole()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path(), {.bytes = 20'000}).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->putPackage({u"p"_s, {}}));
    VERIFY_RESULT(putMany(*store, u"a"_s, 300, u"p"_s));
    VERIFY_RESULT(store->compact({}));
    QCOMPARE(there(*store, u"a"_s, 300), 300);
}

void TestStorePackages::holdingTellsWhatIsThereWithoutItsBytes()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->putPackage({u"p"_s, {}}));
    VERIFY_RESULT(store->putItem(u"a"_s, u"k"_s, itemOf("bytes", 3))); // not on the disk yet
    const auto held = store->hold(u"p"_s, u"a"_s, {u"no"_s, u"k"_s});
    VERIFY_RESULT(held);
    QCOMPARE(held->size(), 2u);
    QVERIFY(!held->at(0));
    QVERIFY(held->at(1));
    QCOMPARE(held->at(1)->fetched, noon(3));
    QCOMPARE(held->at(1)->expires, noon(4));
    QCOMPARE(held->at(1)->etag, "\"a1\"");
    QCOMPARE(held->at(1)->lastModified, noon(3).addYears(-1));
    QCOMPARE(held->at(1)->bytes, QByteArray());
    VERIFY_RESULT(store->hold(u"p"_s, u"a"_s, {u"k"_s})); // once is enough
    QCOMPARE(store->datasets().value().front().keptBytes, 5);
    QCOMPARE(sumsProblem(folder.path()), QString());
}

void TestStorePackages::nothingIsHeldForAPackageThatIsGone()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->putItem(u"a"_s, u"k"_s, itemOf("1"), u"none"_s));
    VERIFY_BYTES(store, u"a"_s, u"k"_s, "1");
    const auto held = store->hold(u"none"_s, u"a"_s, {u"k"_s});
    VERIFY_RESULT(held);
    QCOMPARE(held->size(), 1u);
    QVERIFY(!held->front());
    QCOMPARE(store->datasets().value().front().keptBytes, 0);
}

void TestStorePackages::whatCameForAPackageGoesWithIt()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->putPackage({u"p"_s, {}}));
    VERIFY_RESULT(store->putItem(u"a"_s, u"seen"_s, itemOf("1"))); // on the map before
    VERIFY_RESULT(store->putItem(u"a"_s, u"renewed"_s, itemOf("1")));
    VERIFY_RESULT(store->hold(u"p"_s, u"a"_s, {u"seen"_s}));
    VERIFY_RESULT(store->putItem(u"a"_s, u"renewed"_s, itemOf("2"), u"p"_s));
    VERIFY_RESULT(putMany(*store, u"a"_s, 500, u"p"_s));
    QCOMPARE(store->datasets().value().front().keptBytes, 500 * itemBytes + 2);
    VERIFY_RESULT(store->removePackage(u"p"_s));
    VERIFY_RESULT(store->compact({}));
    QCOMPARE(there(*store, u"a"_s, 500), 0);
    VERIFY_BYTES(store, u"a"_s, u"seen"_s, "1");
    VERIFY_BYTES(store, u"a"_s, u"renewed"_s, "2");
    QCOMPARE(store->datasets().value().front().keptBytes, 0);
    QCOMPARE(
        sql(folder.path(), u"SELECT (SELECT count(*) FROM store_packages) + (SELECT count(*) FROM store_held_items)"_s),
        QStringList{u"0"_s});
    QCOMPARE(sumsProblem(folder.path()), QString());
}

void TestStorePackages::whatTwoPackagesHoldStaysUntilTheSecondGoes()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path(), {.bytes = 1000}).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->putPackage({u"p"_s, {}}));
    VERIFY_RESULT(store->putPackage({u"q"_s, {}}));
    VERIFY_RESULT(putMany(*store, u"a"_s, 10, u"p"_s));
    VERIFY_RESULT(store->hold(u"q"_s, u"a"_s, keysTo(4)));
    VERIFY_RESULT(store->removePackage(u"p"_s));
    VERIFY_RESULT(store->compact({}));
    QCOMPARE(there(*store, u"a"_s, 10), 4);
    QCOMPARE(store->datasets().value().front().keptBytes, 4 * itemBytes);
    VERIFY_RESULT(store->removePackage(u"q"_s));
    VERIFY_RESULT(store->compact({})); // loose now, and too much
    QCOMPARE(there(*store, u"a"_s, 10), 0);
    QCOMPARE(sumsProblem(folder.path()), QString());
}

void TestStorePackages::featuresAreHeldThroughTheirRefresh()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path(), {.bytes = 20'000}).value();
    VERIFY_RESULT(store->putPackage({u"p"_s, {}}));
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->putDataset(datasetNamed(u"b"_s)));
    VERIFY_RESULT(store->holdFeatures(u"p"_s, u"a"_s)); // they are yet to come
    VERIFY_RESULT(putFeatures(*store, u"a"_s, 3000));
    VERIFY_RESULT(putFeatures(*store, u"a"_s, 3100));
    VERIFY_RESULT(putFeatures(*store, u"b"_s, 3000));
    VERIFY_RESULT(store->compact({}));
    QCOMPARE(store->storedFeatures(u"a"_s).value().value().count, 3100);
    QVERIFY(!store->storedFeatures(u"b"_s).value());
    QCOMPARE(store->packageSize(u"p"_s).value().features, 3100);
    const auto sizes = store->datasets().value();
    QCOMPARE(sizes[0].keptBytes, sizes[0].bytes);
    QVERIFY(sizes[0].bytes > 20'000);
}

void TestStorePackages::aRemovedPackageTakesItsFeaturesAlong()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    for (const auto &key : {u"p"_s, u"q"_s})
        VERIFY_RESULT(store->putPackage({key, {}}));
    for (const auto &key : {u"own"_s, u"shared"_s, u"seen"_s})
        VERIFY_RESULT(store->putDataset(datasetNamed(key)));
    VERIFY_RESULT(putFeatures(*store, u"seen"_s, 5));
    for (const auto &key : {u"own"_s, u"shared"_s, u"seen"_s})
        VERIFY_RESULT(store->holdFeatures(u"p"_s, key));
    VERIFY_RESULT(store->holdFeatures(u"q"_s, u"shared"_s));
    VERIFY_RESULT(putFeatures(*store, u"own"_s, 5));
    VERIFY_RESULT(putFeatures(*store, u"shared"_s, 5));
    VERIFY_RESULT(store->removePackage(u"p"_s));
    VERIFY_RESULT(store->compact({}));
    QVERIFY(!store->storedFeatures(u"own"_s).value());
    QVERIFY(store->storedFeatures(u"shared"_s).value());
    QVERIFY(store->storedFeatures(u"seen"_s).value());
}

void TestStorePackages::sizesOfPackagesAreRight()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->putPackage({u"p"_s, {}}));
    const auto empty = store->packageSize(u"p"_s);
    VERIFY_RESULT(empty);
    QCOMPARE(empty->items, 0);
    QCOMPARE(empty->bytes, 0);
    QVERIFY(!empty->oldest.isValid());
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->putItem(u"a"_s, u"1"_s, itemOf("12345", 4), u"p"_s));
    VERIFY_RESULT(store->putItem(u"a"_s, u"2"_s, itemOf("123", 2), u"p"_s));
    VERIFY_RESULT(store->putItem(u"a"_s, u"3"_s, itemOf("1", 1)));
    const auto size = store->packageSize(u"p"_s);
    VERIFY_RESULT(size);
    QCOMPARE(size->items, 2);
    QCOMPARE(size->bytes, 8);
    QCOMPARE(size->oldest, noon(2));
    QCOMPARE(size->newest, noon(4));
    VERIFY_RESULT(store->touch(u"a"_s, u"2"_s, noon(9), noon(10)));
    QCOMPARE(store->packageSize(u"p"_s).value().oldest, noon(4));
}

void TestStorePackages::heldItemsThatChangeAreCountedRight()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->putPackage({u"p"_s, {}}));
    VERIFY_RESULT(putMany(*store, u"a"_s, 5, u"p"_s));
    VERIFY_RESULT(store->putItem(u"a"_s, u"0"_s, itemOf("1"))); // seen anew on the map, and smaller
    VERIFY_RESULT(store->removeItem(u"a"_s, u"1"_s));
    VERIFY_RESULT(store->flush());
    QCOMPARE(store->datasets().value().front().keptBytes, 3 * itemBytes + 1);
    QCOMPARE(store->packageSize(u"p"_s).value().items, 4);
    QCOMPARE(sumsProblem(folder.path()), QString());
    VERIFY_RESULT(store->putItems(u"a"_s, {{u"new"_s, itemOf("1")}}, true));
    VERIFY_RESULT(store->flush());
    QCOMPARE(store->datasets().value().front().keptBytes, 0);
    VERIFY_RESULT(store->removeDataset(u"a"_s));
    VERIFY_RESULT(store->compact({}));
    QCOMPARE(sumsProblem(folder.path()), QString());
    QCOMPARE(store->packageSize(u"p"_s).value().items, 0);
}

void TestStorePackages::whatMakesNoSenseIsRefused()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_FAILS(store->putPackage({QString(), "{}"}), ErrorKind::Invalid);
    VERIFY_FAILS(store->putPackage({QString(5000, u'x'), "{}"}), ErrorKind::Invalid);
    VERIFY_FAILS(store->putPackage({u"p"_s, QByteArray(17 * 1024 * 1024, ' ')}), ErrorKind::TooLarge);
    QVERIFY(store->packages().value().empty());
}

void TestStorePackages::aStoreOfTheSecondVersionIsBroughtUpToDate()
{
    const StoreFolder folder;
    {
        auto connection = StoreConnection::open(folder.path(), StoreConnection::Mode::New).value();
        connection->execute("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA application_id = "
                            + QByteArray::number(storeApplicationId));
        QVERIFY(migrateStore(*connection, storeMigrations(), 2));
        connection->execute("INSERT INTO store_datasets VALUES (1, 'a', 'T', 'S', 'L', 'C', '{}', '', 1, 0, 0);"
                            "INSERT INTO store_items VALUES (7, 1, 'k', 3, 1, 1, 1, 'text/plain', x'', 1);"
                            "INSERT INTO store_blobs VALUES (7, x'616263')");
        QVERIFY2(!connection->fault(), qPrintable(connection->fault() ? connection->fault()->message : QString()));
    }
    const auto store = ServiceStore::open(folder.path(), {.bytes = 5}).value();
    QCOMPARE(store->problem(), QString());
    QCOMPARE(sql(folder.path(), u"PRAGMA user_version"_s), QStringList{QString::number(storeVersion)});
    VERIFY_RESULT(store->putPackage({u"p"_s, {}}));
    const auto held = store->hold(u"p"_s, u"a"_s, {u"k"_s});
    VERIFY_RESULT(held);
    QVERIFY(held->front());
    VERIFY_RESULT(store->putItem(u"a"_s, u"l"_s, itemOf("0123456789")));
    VERIFY_RESULT(store->compact({}));
    VERIFY_BYTES(store, u"a"_s, u"k"_s, "abc");
    VERIFY_GONE(store, u"a"_s, u"l"_s);
    QCOMPARE(store->bytes(), 3);
    QCOMPARE(sumsProblem(folder.path()), QString());
}

QTEST_GUILESS_MAIN(TestStorePackages)
#include "tst_storepackages.moc"
