// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/store/storefixture.h"

#include <QElapsedTimer>

#include <atomic>
#include <thread>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

using StorePtr = std::shared_ptr<ServiceStore>;

StorePtr opened(const StoreFolder &folder, const StoreLimits &limits = {})
{
    auto store = ServiceStore::open(folder.path(), limits);
    return store ? *store : nullptr;
}

qint64 thisHour()
{
    return QDateTime::currentSecsSinceEpoch() / 3600;
}

} // namespace

class TestServiceStore : public QObject
{
    Q_OBJECT

private slots:
    void whatIsPutIsReadAtOnceAndAfterANewStart();
    void oddItemsComeBackAsTheyWere_data();
    void oddItemsComeBackAsTheyWere();
    void aDescriptionIsBroughtUpToDateWithoutLosingItems();
    void itemsNeedADataset();
    void whatMakesNoSenseIsRefused_data();
    void whatMakesNoSenseIsRefused();
    void touchingChangesTheDatesOnly();
    void removedThingsAreGoneAtOnceAndForGood();
    void replacingAllLeavesTheNewOnesOnly();
    void sizesAreRightWhateverHappens();
    void writesReachTheDiskSoon();
    void twoStoresSeeEachOthersCommits();
    void whatWasUsedLongestAgoIsThrownAwayFirst();
    void readingNotesTheUseOncePerHour();
    void removedDatasetsGiveTheirRoomBack();
    void compactingCanBeCancelled();
    void severalThreadsReadAndWriteAtOnce();
    void itIsQuick();
};

void TestServiceStore::whatIsPutIsReadAtOnceAndAfterANewStart()
{
    const StoreFolder folder;
    auto dataset = datasetNamed(u"a"_s);
    dataset.provenance.dataTime = QDateTime(QDate(2024, 1, 1), QTime(1, 2, 3), QTimeZone::UTC);
    dataset.provenance.demo = true;
    const auto check = [&](const StorePtr &store) {
        QVERIFY(store);
        QCOMPARE(store->problem(), QString());
        const auto known = store->dataset(u"a"_s);
        VERIFY_RESULT(known);
        QVERIFY(known->has_value());
        QCOMPARE((*known)->title, dataset.title);
        QCOMPARE((*known)->service, dataset.service);
        QCOMPARE((*known)->layer, dataset.layer);
        QCOMPARE((*known)->crs, dataset.crs);
        QCOMPARE((*known)->contact, dataset.contact);
        QVERIFY((*known)->provenance == dataset.provenance);
        QVERIFY((*known)->mayBeStored);
        const auto item = store->item(u"a"_s, u"12/-3/45"_s);
        VERIFY_RESULT(item);
        QVERIFY(item->has_value());
        const auto expected = itemOf("picture");
        QCOMPARE((*item)->bytes, expected.bytes);
        QCOMPARE((*item)->contentType, expected.contentType);
        QCOMPARE((*item)->fetched, expected.fetched);
        QCOMPARE((*item)->expires, expected.expires);
        QCOMPARE((*item)->etag, expected.etag);
        QCOMPARE((*item)->lastModified, expected.lastModified);
        VERIFY_GONE(store, u"a"_s, u"12/-3/46"_s);
        VERIFY_GONE(store, u"b"_s, u"12/-3/45"_s);
        QCOMPARE(store->contains(u"a"_s, {u"x"_s, u"12/-3/45"_s}).value(), (std::vector{false, true}));
        QVERIFY(!store->dataset(u"b"_s).value());
    };
    {
        const auto store = opened(folder);
        VERIFY_RESULT(store->putDataset(dataset));
        VERIFY_RESULT(store->putItem(u"a"_s, u"12/-3/45"_s, itemOf("picture")));
        check(store);
        VERIFY_RESULT(store->flush());
        check(store);
    }
    check(opened(folder));
}

void TestServiceStore::oddItemsComeBackAsTheyWere_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << u"k"_s << QByteArray();
    QTest::newRow("zeros") << u"k"_s << QByteArray(3, '\0');
    QTest::newRow("large") << u"k"_s << QByteArray(5'000'000, 'x');
    QTest::newRow("SQL") << u"'; DROP TABLE store_items; --"_s << QByteArray("1");
    QTest::newRow("Umlaut and emoji") << u"Größe 🗺 %00\n"_s << QByteArray("1");
    QTest::newRow("longest key") << QString(4096, u'k') << QByteArray("1");
}

void TestServiceStore::oddItemsComeBackAsTheyWere()
{
    QFETCH(QString, key);
    QFETCH(QByteArray, bytes);
    const StoreFolder folder;
    {
        const auto store = opened(folder);
        QVERIFY(store);
        VERIFY_RESULT(store->putDataset(datasetNamed(key)));
        VERIFY_RESULT(store->putItem(key, key, {.bytes = bytes})); // no dates
    }
    const auto store = opened(folder);
    QVERIFY(store);
    VERIFY_BYTES(store, key, key, bytes);
    const auto item = store->item(key, key).value().value();
    QVERIFY(!item.fetched.isValid());
    QVERIFY(!item.expires.isValid());
    QVERIFY(!item.lastModified.isValid());
    QCOMPARE(item.etag, QByteArray());
    QCOMPARE(store->dataset(key).value().value().key, key);
}

void TestServiceStore::aDescriptionIsBroughtUpToDateWithoutLosingItems()
{
    const StoreFolder folder;
    const auto store = opened(folder);
    auto dataset = datasetNamed(u"a"_s);
    VERIFY_RESULT(store->putDataset(dataset));
    VERIFY_RESULT(store->putItem(u"a"_s, u"k"_s, itemOf("1")));
    VERIFY_RESULT(store->putPackage({u"p"_s, {}}));
    VERIFY_RESULT(store->hold(u"p"_s, u"a"_s, {u"k"_s}));
    dataset.title = u"New"_s;
    VERIFY_RESULT(store->putDataset(dataset));
    QCOMPARE(store->dataset(u"a"_s).value()->title, u"New"_s);
    VERIFY_RESULT(store->flush());
    QCOMPARE(store->dataset(u"a"_s).value()->title, u"New"_s);
    VERIFY_BYTES(store, u"a"_s, u"k"_s, "1");
    QCOMPARE(store->datasets().value().front().keptBytes, 1);
}

void TestServiceStore::itemsNeedADataset()
{
    const StoreFolder folder;
    const auto store = opened(folder);
    VERIFY_FAILS(store->putItem(u"a"_s, u"k"_s, itemOf("1")), ErrorKind::NotFound);
    VERIFY_FAILS(store->hold(u"p"_s, u"a"_s, {u"k"_s}), ErrorKind::NotFound);
    VERIFY_FAILS(store->holdFeatures(u"p"_s, u"a"_s), ErrorKind::NotFound);
    VERIFY_RESULT(store->removeDataset(u"a"_s)); // gone it is
    VERIFY_RESULT(store->removeItem(u"a"_s, u"k"_s));
    VERIFY_RESULT(store->touch(u"a"_s, u"k"_s, noon(), noon()));
    VERIFY_GONE(store, u"a"_s, u"k"_s);
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->removeDataset(u"a"_s));
    VERIFY_FAILS(store->putItem(u"a"_s, u"k"_s, itemOf("1")), ErrorKind::NotFound);
    QCOMPARE(store->contains(u"a"_s, {u"k"_s}).value(), std::vector{false});
}

void TestServiceStore::whatMakesNoSenseIsRefused_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<qint64>("contentType");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("no key") << QString() << 1LL << 1LL << ErrorKind::Invalid;
    QTest::newRow("long key") << QString(4097, u'k') << 1LL << 1LL << ErrorKind::Invalid;
    QTest::newRow("too large") << u"k"_s << 256LL * 1024 * 1024 + 1 << 1LL << ErrorKind::TooLarge;
    QTest::newRow("long text") << u"k"_s << 1LL << 65LL * 1024 << ErrorKind::TooLarge;
}

void TestServiceStore::whatMakesNoSenseIsRefused()
{
    QFETCH(QString, key);
    QFETCH(qint64, bytes);
    QFETCH(qint64, contentType);
    QFETCH(ErrorKind, kind);
    const StoreFolder folder;
    const auto store = opened(folder);
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    const StoredItem item{.bytes = QByteArray(bytes, 'x'), .contentType = QString(contentType, u't')};
    VERIFY_FAILS(store->putItem(u"a"_s, key, item), kind);
    VERIFY_FAILS(store->putItems(u"a"_s, {{u"good"_s, itemOf("1")}, {key, item}}), kind);
    VERIFY_GONE(store, u"a"_s, u"good"_s); // all or none
    if (bytes == 1 && kind == ErrorKind::Invalid)
        VERIFY_FAILS(store->putDataset(datasetNamed(key)), kind);
    auto wordy = datasetNamed(u"b"_s);
    wordy.contact = QString(65 * 1024, u'c');
    VERIFY_FAILS(store->putDataset(wordy), ErrorKind::TooLarge);
    VERIFY_RESULT(store->putItem(u"a"_s, u"good"_s, itemOf("1"))); // and no fault is left behind
}

void TestServiceStore::touchingChangesTheDatesOnly()
{
    const StoreFolder folder;
    const auto store = opened(folder);
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->putItem(u"a"_s, u"k"_s, itemOf("1")));
    VERIFY_RESULT(store->flush());
    VERIFY_RESULT(store->touch(u"a"_s, u"k"_s, noon(7), {}));
    for (int i = 0; i < 2; ++i) { // pending, then from the disk
        const auto item = store->item(u"a"_s, u"k"_s).value().value();
        QCOMPARE(item.bytes, "1");
        QCOMPARE(item.fetched, noon(7));
        QVERIFY(!item.expires.isValid());
        QCOMPARE(item.lastModified, itemOf("1").lastModified);
        QCOMPARE(item.etag, itemOf("1").etag);
        VERIFY_RESULT(store->flush());
    }
    VERIFY_RESULT(store->touch(u"a"_s, u"never"_s, noon(7), {}));
    VERIFY_GONE(store, u"a"_s, u"never"_s);
    QCOMPARE(store->contains(u"a"_s, {u"never"_s}).value(), std::vector{false});
}

void TestServiceStore::removedThingsAreGoneAtOnceAndForGood()
{
    const StoreFolder folder;
    {
        const auto store = opened(folder);
        for (const auto &key : {u"a"_s, u"b"_s}) {
            VERIFY_RESULT(store->putDataset(datasetNamed(key)));
            VERIFY_RESULT(store->putItems(key, {{u"k"_s, itemOf("1")}, {u"l"_s, itemOf("2")}}));
        }
        VERIFY_RESULT(store->flush());
        VERIFY_RESULT(store->removeItem(u"a"_s, u"k"_s));
        VERIFY_GONE(store, u"a"_s, u"k"_s);
        QCOMPARE(store->contains(u"a"_s, {u"k"_s, u"l"_s}).value(), (std::vector{false, true}));
        VERIFY_RESULT(store->removeDataset(u"b"_s));
        QVERIFY(!store->dataset(u"b"_s).value());
        VERIFY_GONE(store, u"b"_s, u"k"_s);
        VERIFY_RESULT(store->putDataset(datasetNamed(u"b"_s))); // the name is free, and it is empty
        VERIFY_GONE(store, u"b"_s, u"k"_s);
    }
    const auto store = opened(folder);
    VERIFY_GONE(store, u"a"_s, u"k"_s);
    VERIFY_BYTES(store, u"a"_s, u"l"_s, "2");
    VERIFY_GONE(store, u"b"_s, u"k"_s);
    const auto sizes = store->datasets().value();
    QCOMPARE(sizes.size(), 2u);
    QCOMPARE(sizes[1].items, 0);
}

void TestServiceStore::replacingAllLeavesTheNewOnesOnly()
{
    const StoreFolder folder;
    const auto store = opened(folder);
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->putItems(u"a"_s, {{u"old"_s, itemOf("1")}, {u"both"_s, itemOf("2")}}));
    VERIFY_RESULT(store->flush());
    VERIFY_RESULT(store->putItems(u"a"_s, {{u"both"_s, itemOf("3")}, {u"new"_s, itemOf("4")}}, true));
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(store->contains(u"a"_s, {u"old"_s, u"both"_s, u"new"_s}).value(), (std::vector{false, true, true}));
        VERIFY_GONE(store, u"a"_s, u"old"_s);
        VERIFY_BYTES(store, u"a"_s, u"both"_s, "3");
        VERIFY_RESULT(store->flush());
    }
    VERIFY_RESULT(store->putItems(u"a"_s, {}, true));
    VERIFY_GONE(store, u"a"_s, u"new"_s);
    VERIFY_RESULT(store->flush());
    QCOMPARE(store->datasets().value().front().items, 0);
    QCOMPARE(store->bytes(), 0);
}

void TestServiceStore::sizesAreRightWhateverHappens()
{
    const StoreFolder folder;
    const auto store = opened(folder);
    const auto expect = [&](qint64 items, qint64 bytes) {
        const auto sizes = store->datasets();
        VERIFY_RESULT(sizes);
        QCOMPARE(sizes->size(), 1u);
        QCOMPARE(sizes->front().items, items);
        QCOMPARE(sizes->front().bytes, bytes);
        QCOMPARE(store->bytes(), bytes);
    };
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    expect(0, 0);
    QVERIFY(!store->datasets()->front().oldest.isValid());
    VERIFY_RESULT(store->putItem(u"a"_s, u"k"_s, itemOf("12345", 3)));
    VERIFY_RESULT(store->putItem(u"a"_s, u"l"_s, itemOf("123", 5)));
    expect(2, 8);
    QCOMPARE(store->datasets()->front().oldest, noon(3));
    QCOMPARE(store->datasets()->front().newest, noon(5));
    VERIFY_RESULT(store->putItem(u"a"_s, u"k"_s, itemOf("1", 6))); // smaller
    expect(2, 4);
    QCOMPARE(store->datasets()->front().oldest, noon(5));
    VERIFY_RESULT(store->removeItem(u"a"_s, u"l"_s));
    expect(1, 1);
    VERIFY_RESULT(store->putItems(u"a"_s, {{u"m"_s, itemOf("1234567")}}, true));
    expect(1, 7);
}

void TestServiceStore::writesReachTheDiskSoon()
{
    const StoreFolder folder;
    const auto store = opened(folder);
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->flush());
    QElapsedTimer timer;
    timer.start();
    VERIFY_RESULT(store->putItem(u"a"_s, u"k"_s, itemOf("1")));
    QTRY_COMPARE_WITH_TIMEOUT(sql(folder.path(), u"SELECT key FROM store_items"_s), QStringList{u"k"_s}, 2000);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed()))); // 200 ms on a quiet machine
}

void TestServiceStore::twoStoresSeeEachOthersCommits()
{
    const StoreFolder folder;
    const auto one = opened(folder), two = opened(folder);
    QVERIFY(one && two);
    VERIFY_RESULT(one->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(one->putItem(u"a"_s, u"k"_s, itemOf("1")));
    VERIFY_RESULT(one->flush());
    VERIFY_BYTES(two, u"a"_s, u"k"_s, "1");
    VERIFY_RESULT(two->putItem(u"a"_s, u"k"_s, itemOf("2")));
    VERIFY_RESULT(two->flush());
    VERIFY_BYTES(one, u"a"_s, u"k"_s, "2");
    QCOMPARE(one->datasets().value().front().items, 1);
    VERIFY_RESULT(two->removeDataset(u"a"_s));
    VERIFY_GONE(one, u"a"_s, u"k"_s);
    VERIFY_FAILS(one->putItem(u"a"_s, u"k"_s, itemOf("3")), ErrorKind::NotFound);
}

void TestServiceStore::whatWasUsedLongestAgoIsThrownAwayFirst()
{
    const StoreFolder folder;
    const auto store = opened(folder, {.bytes = 100'000});
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    std::vector<QString> keys;
    for (int i = 0; i < 10; ++i) {
        keys.push_back(QString::number(i));
        VERIFY_RESULT(store->putItem(u"a"_s, keys.back(), itemOf(QByteArray(9'000, 'x'))));
    }
    VERIFY_RESULT(store->flush());
    // Used in an order other than that of coming; 3 never since.
    sql(folder.path(), u"UPDATE store_items SET used = CASE key WHEN '3' THEN 10 WHEN '7' THEN 20 ELSE 30 END"_s);
    VERIFY_RESULT(store->item(u"a"_s, u"0"_s));
    VERIFY_RESULT(store->putItem(u"a"_s, u"new"_s, itemOf(QByteArray(15'000, 'x'))));
    VERIFY_RESULT(store->compact({}));
    // 105 000 are too many by 5 000, and a twentieth more goes: two items
    QCOMPARE(store->contains(u"a"_s, keys).value(),
             (std::vector{true, true, true, false, true, true, true, false, true, true}));
    VERIFY_RESULT(store->item(u"a"_s, u"new"_s));
    QCOMPARE(store->bytes(), 8 * 9'000 + 15'000);
}

void TestServiceStore::readingNotesTheUseOncePerHour()
{
    const StoreFolder folder;
    const auto store = opened(folder);
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT(store->putItem(u"a"_s, u"k"_s, itemOf("1")));
    VERIFY_RESULT(store->putItem(u"a"_s, u"l"_s, itemOf("1")));
    VERIFY_RESULT(store->flush());
    sql(folder.path(), u"UPDATE store_items SET used = 5"_s);
    VERIFY_BYTES(store, u"a"_s, u"k"_s, "1");
    VERIFY_RESULT(store->flush());
    const auto used = sql(folder.path(), u"SELECT used FROM store_items ORDER BY key"_s);
    QVERIFY(used.first().toLongLong() >= thisHour() - 1);
    QCOMPARE(used.last(), u"5"_s);
    // Within the hour nothing is written for it: a use that was set back by a minute's step stays.
    sql(folder.path(), u"UPDATE store_items SET used = used + 1000 WHERE key = 'k'"_s);
    VERIFY_BYTES(store, u"a"_s, u"k"_s, "1");
    VERIFY_RESULT(store->flush());
    QVERIFY(sql(folder.path(), u"SELECT used FROM store_items WHERE key = 'k'"_s).first().toLongLong()
            > thisHour() + 500);
}

void TestServiceStore::removedDatasetsGiveTheirRoomBack()
{
    const StoreFolder folder;
    const auto store = opened(folder);
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    std::vector<std::pair<QString, StoredItem>> items;
    for (int i = 0; i < 1000; ++i)
        items.push_back({QString::number(i), itemOf(QByteArray(8'000, 'x'))});
    VERIFY_RESULT(store->putItems(u"a"_s, items));
    VERIFY_RESULT(store->flush());
    VERIFY_RESULT(store->compact({}));
    QVERIFY(QFile(folder.path()).size() > 8'000'000);
    VERIFY_RESULT(store->removeDataset(u"a"_s));
    QCOMPARE(store->bytes(), 0);
    VERIFY_RESULT(store->compact({}));
    QVERIFY2(QFile(folder.path()).size() < 2'000'000, qPrintable(QString::number(QFile(folder.path()).size())));
    QCOMPARE(sql(folder.path(), u"SELECT (SELECT count(*) FROM store_items) + (SELECT count(*) FROM store_blobs)"_s),
             QStringList{u"0"_s});
    QCOMPARE(sql(folder.path(), u"SELECT count(*) FROM store_datasets"_s), QStringList{u"0"_s});
}

void TestServiceStore::compactingCanBeCancelled()
{
    const StoreFolder folder;
    const auto store = opened(folder);
    std::stop_source stop;
    stop.request_stop();
    const auto status = store->compact(stop.get_token());
    QVERIFY(!status);
    QCOMPARE(status.error().kind, ErrorKind::Cancelled);
}

void TestServiceStore::severalThreadsReadAndWriteAtOnce()
{
    const StoreFolder folder;
    const auto store = opened(folder);
    constexpr int threads = 6, rounds = 60;
    std::atomic<int> faults = 0;
    for (int t = 0; t < threads; ++t)
        VERIFY_RESULT(store->putDataset(datasetNamed(QString::number(t))));
    {
        std::vector<std::jthread> workers;
        for (int t = 0; t < threads; ++t) {
            workers.emplace_back([&, t] {
                const auto dataset = QString::number(t);
                for (int i = 0; i < rounds; ++i) {
                    const auto key = QString::number(i % 7);
                    const auto bytes = QByteArray::number(i);
                    faults += !store->putItem(dataset, key, itemOf(bytes));
                    const auto item = store->item(dataset, key);
                    faults += !item || !*item || (*item)->bytes != bytes; // what I put is what I read
                    if (i % 20 == 0)
                        faults += !store->datasets() || !store->flush();
                    faults += !store->contains(QString::number((t + 1) % threads), {key});
                }
            });
        }
    }
    QCOMPARE(faults.load(), 0);
    const auto sizes = store->datasets().value();
    for (const auto &size : sizes)
        QCOMPARE(size.items, 7);
}

void TestServiceStore::itIsQuick()
{
    // Limits are wide: the machine may be busy, and checks of memory cost time. The figures are for people to see.
    const StoreFolder folder;
    QElapsedTimer timer;
    timer.start();
    const auto took = [&](const char *what, qint64 limit) {
        const auto elapsed = timer.nsecsElapsed() / 1000;
        qInfo("%s: %lld us", what, elapsed);
        QVERIFY2(elapsed < limit * 1000, what);
        timer.restart();
    };
    auto store = opened(folder);
    took("making the file", 5000);
    VERIFY_RESULT(store->putDataset(datasetNamed(u"a"_s)));
    timer.restart();
    for (int i = 0; i < 1000; ++i)
        VERIFY_RESULT(store->putItem(u"a"_s, QString::number(i), itemOf(QByteArray(20'000, char(i)))));
    VERIFY_RESULT(store->flush());
    took("putting 1000 images of 20 kB", 10'000);
    store.reset();
    timer.restart();
    store = opened(folder);
    took("opening", 1000);
    VERIFY_RESULT(store->item(u"a"_s, u"0"_s)); // its connection
    timer.restart();
    for (int i = 0; i < 1000; ++i)
        QVERIFY(store->item(u"a"_s, QString::number(i)).value());
    took("looking up 1000 items", 5000);
    std::vector<QString> keys;
    for (int i = 0; i < 2000; ++i)
        keys.push_back(QString::number(i));
    timer.restart();
    VERIFY_RESULT(store->contains(u"a"_s, keys));
    took("asking for 2000 keys", 5000);
    VERIFY_RESULT(store->datasets());
    took("listing", 1000);
    store.reset();
    took("closing", 5000);
}

QTEST_GUILESS_MAIN(TestServiceStore)
#include "tst_servicestore.moc"
