// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/store/storefixture.h"

#include <QDir>
#include <QProcess>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <thread>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <unistd.h>
#endif

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

/** A sound store with a dataset "a" of 50 items, closed in order. */
void makeStore(const QString &path)
{
    const auto store = ServiceStore::open(path);
    VERIFY_RESULT(store);
    VERIFY_RESULT((*store)->putDataset(datasetNamed(u"a"_s)));
    for (int i = 0; i < 50; ++i)
        VERIFY_RESULT((*store)->putItem(u"a"_s, QString::number(i), itemOf(QByteArray(5000, 'x'))));
}

QStringList asides(const StoreFolder &folder)
{
    return QDir(folder.folder.path())
        .entryList({u"store.broken-*"_s}, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

/** Writes zeros over a table's or an index's first page. */
void wipePage(const QString &path, const QString &table)
{
    const auto page =
        sql(path, u"SELECT rootpage FROM sqlite_master WHERE name = '%1'"_s.arg(table)).value(0).toLongLong();
    const auto size = sql(path, u"PRAGMA page_size"_s).value(0).toLongLong();
    QVERIFY(page > 1 && size > 0);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek((page - 1) * size);
    file.write(QByteArray(size, '\x55'));
}

#ifdef Q_OS_UNIX
/** As long as it lives, files may not grow beyond this size: what a full disk looks like from inside. */
class TightDisk
{
public:
    explicit TightDisk(qint64 bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_usual);
        const rlimit tight{rlim_t(bytes), m_usual.rlim_max};
        setrlimit(RLIMIT_FSIZE, &tight);
    }
    ~TightDisk() { setrlimit(RLIMIT_FSIZE, &m_usual); }

private:
    rlimit m_usual{};
};
#endif

} // namespace

class TestStoreFaults : public QObject
{
    Q_OBJECT

private slots:
    void aFileThatCannotBeUsedIsSetAside_data();
    void aFileThatCannotBeUsedIsSetAside();
    void aSecondBrokenFileDoesNotReplaceTheFirst();
    void anOlderFileIsBroughtUpToDate();
    void whatWasLeftBesideAMissingFileIsNotTakenForIts();
    void severalWhoStartAtOnceShareOneNewFile();
    void damageIsLookedForAfterABadEndOnly();
    void damageMetWhileWorkingIsLookedForAtTheNextStart();
    void aKillLeavesTheOldStateOrTheNewOne();
    void whatMayNotBeStoredNeverReachesTheDisk_data();
    void whatMayNotBeStoredNeverReachesTheDisk();
    void whatMayNoLongerBeStoredIsErased();
    void whatMayBeStoredAgainIs();
    void aPlaceThatCannotBeWrittenIsAnError();
#ifdef Q_OS_UNIX
    void aFullDiskIsToldAndLosesNothing();
    void aFullDiskAtTheStartIsAnError();
    void aWriterThatIsLockedOutTells();
#endif
};

void TestStoreFaults::aFileThatCannotBeUsedIsSetAside_data()
{
    QTest::addColumn<QString>("damage");
    for (const auto *damage : {"garbage", "zero bytes", "short", "truncated", "truncated to a page", "wrong header",
                               "other program's", "newer", "without tables", "other tables", "directory"})
        QTest::newRow(damage) << QString::fromLatin1(damage);
}

void TestStoreFaults::aFileThatCannotBeUsedIsSetAside()
{
    QFETCH(QString, damage);
    const StoreFolder folder;
    const auto path = folder.path();
    const auto write = [&](const QByteArray &bytes) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    };
    if (damage == u"garbage")
        write(QByteArray(100'000, '\x5a'));
    else if (damage == u"zero bytes")
        write({});
    else if (damage == u"short")
        write("SQLite format 3");
    else if (damage == u"directory")
        QVERIFY(QDir().mkpath(path + u"/inside"_s));
    else
        makeStore(path);
    if (damage == u"truncated")
        QFile::resize(path, QFile(path).size() / 2);
    else if (damage == u"truncated to a page")
        QFile::resize(path, 4096);
    else if (damage == u"wrong header") {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write("SQLite format 4");
    } else if (damage == u"other program's")
        sql(path, u"PRAGMA application_id = 1196444487"_s); // GeoPackage
    else if (damage == u"newer")
        sql(path, u"PRAGMA user_version = 99"_s);
    else if (damage == u"without tables")
        sql(path, u"DROP TABLE store_blobs"_s);
    else if (damage == u"other tables")
        sql(path, u"ALTER TABLE store_items RENAME COLUMN etag TO tag"_s);
    const auto size = QFile(path).size();

    auto store = ServiceStore::open(path);
    VERIFY_RESULT(store);
    const auto aside = asides(folder);
    static const QRegularExpression name(u"^store\\.broken-\\d{8}-\\d{6}\\.sqlite$"_s);
    QVERIFY2(aside.size() == 1 && name.match(aside.first()).hasMatch(), qPrintable(aside.join(u' ')));
    QVERIFY2((*store)->problem().contains(aside.first()), qPrintable((*store)->problem()));
    QVERIFY2((*store)->problem().contains(u"store.sqlite"_s), qPrintable((*store)->problem()));
    QCOMPARE((*store)->problem().contains(u"newer"_s), damage == u"newer");
    if (damage != u"directory")
        QCOMPARE(QFile(folder.folder.filePath(aside.first())).size(), size); // not touched
    // … and the new one works.
    QVERIFY((*store)->datasets().value().empty());
    VERIFY_RESULT((*store)->putDataset(datasetNamed(u"b"_s)));
    VERIFY_RESULT((*store)->putItem(u"b"_s, u"k"_s, itemOf("1")));
    store->reset();
    store = ServiceStore::open(path);
    VERIFY_RESULT(store);
    QCOMPARE((*store)->problem(), QString());
    VERIFY_BYTES(*store, u"b"_s, u"k"_s, "1");
}

void TestStoreFaults::aSecondBrokenFileDoesNotReplaceTheFirst()
{
    const StoreFolder folder;
    for (int i = 0; i < 3; ++i) {
        QFile file(folder.path());
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray(1000 + i, 'x'));
        file.close();
        VERIFY_RESULT(ServiceStore::open(folder.path()));
        QFile::remove(folder.path());
    }
    QCOMPARE(asides(folder).size(), 3);
}

void TestStoreFaults::anOlderFileIsBroughtUpToDate()
{
    // Of version 0 there is but the mark: nothing of it was ever given out.
    const StoreFolder folder;
    sqlite3 *db = nullptr;
    QCOMPARE(sqlite3_open(folder.path().toUtf8().constData(), &db), SQLITE_OK);
    sqlite3_exec(db, "PRAGMA application_id = 1212240724; CREATE TABLE mine (x)", nullptr, nullptr, nullptr);
    sqlite3_close(db);
    const auto store = ServiceStore::open(folder.path());
    VERIFY_RESULT(store);
    QCOMPARE((*store)->problem(), QString());
    QCOMPARE(sql(folder.path(), u"PRAGMA user_version"_s), QStringList{u"3"_s});
    QCOMPARE(sql(folder.path(), u"SELECT count(*) FROM mine"_s), QStringList{u"0"_s}); // the same file
    VERIFY_RESULT((*store)->putDataset(datasetNamed(u"a"_s)));
    VERIFY_RESULT((*store)->flush());
}

void TestStoreFaults::whatWasLeftBesideAMissingFileIsNotTakenForIts()
{
    const StoreFolder folder;
    QByteArray log;
    {
        const auto store = ServiceStore::open(folder.path());
        VERIFY_RESULT(store);
        VERIFY_RESULT((*store)->putDataset(datasetNamed(u"a"_s)));
        VERIFY_RESULT((*store)->flush());
        QFile file(folder.path() + u"-wal"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        log = file.readAll();
        QVERIFY(!log.isEmpty());
    }
    QFile::remove(folder.path());
    QFile file(folder.path() + u"-wal"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(log);
    file.close();
    const auto store = ServiceStore::open(folder.path());
    VERIFY_RESULT(store);
    QCOMPARE((*store)->problem(), QString());
    QVERIFY((*store)->datasets().value().empty());
}

void TestStoreFaults::severalWhoStartAtOnceShareOneNewFile()
{
    const StoreFolder folder;
    QFile file(folder.path()); // broken, so that all of them want to set it aside
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("nonsense");
    file.close();
    constexpr int many = 6;
    std::vector<std::shared_ptr<ServiceStore>> stores(many);
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < many; ++i)
            threads.emplace_back([&, i] {
                if (auto store = ServiceStore::open(folder.path()))
                    stores[i] = *store;
            });
    }
    QCOMPARE(asides(folder).size(), 1);
    int told = 0;
    for (int i = 0; i < many; ++i) {
        QVERIFY(stores[i]);
        told += !stores[i]->problem().isEmpty();
        VERIFY_RESULT(stores[i]->putDataset(datasetNamed(QString::number(i))));
        VERIFY_RESULT(stores[i]->flush());
    }
    QCOMPARE(told, 1);
    QCOMPARE(stores[0]->datasets().value().size(), std::size_t(many));
}

void TestStoreFaults::damageIsLookedForAfterABadEndOnly()
{
    const auto damaged = [](const StoreFolder &folder, bool badEnd) {
        makeStore(folder.path());
        if (badEnd) // what a killed program leaves behind; no process has this number
            sql(folder.path(), u"INSERT INTO store_sessions (process, started) VALUES (2147483646, 1)"_s);
        wipePage(folder.path(), u"store_items_loose"_s); // not needed to open
        return ServiceStore::open(folder.path());
    };
    const StoreFolder good, bad;
    const auto unseen = damaged(good, false);
    VERIFY_RESULT(unseen);
    QCOMPARE((*unseen)->problem(), QString());
    const auto seen = damaged(bad, true);
    VERIFY_RESULT(seen);
    QVERIFY2((*seen)->problem().contains(u"damaged"_s), qPrintable((*seen)->problem()));
    QCOMPARE(asides(bad).size(), 1);

    // A bad end without damage is no news, and forgotten.
    const StoreFolder sound;
    makeStore(sound.path());
    sql(sound.path(), u"INSERT INTO store_sessions (process, started) VALUES (2147483646, 1)"_s);
    {
        const auto store = ServiceStore::open(sound.path());
        VERIFY_RESULT(store);
        QCOMPARE((*store)->problem(), QString());
        QCOMPARE((*store)->datasets().value().front().items, 50);
        QCOMPARE(sql(sound.path(), u"SELECT count(*) FROM store_sessions"_s), QStringList{u"0"_s});
        VERIFY_RESULT((*store)->putItem(u"a"_s, u"k"_s, itemOf("1")));
        VERIFY_RESULT((*store)->flush());
        QCOMPARE(sql(sound.path(), u"SELECT process FROM store_sessions"_s),
                 QStringList{QString::number(QCoreApplication::applicationPid())});
    }
    QCOMPARE(sql(sound.path(), u"SELECT count(*) FROM store_sessions"_s), QStringList{u"0"_s});
}

void TestStoreFaults::damageMetWhileWorkingIsLookedForAtTheNextStart()
{
    const StoreFolder folder;
    makeStore(folder.path());
    wipePage(folder.path(), u"sqlite_autoindex_store_items_1"_s); // finds items by their keys
    {
        const auto store = ServiceStore::open(folder.path());
        VERIFY_RESULT(store);
        QCOMPARE((*store)->problem(), QString());
        VERIFY_FAILS((*store)->item(u"a"_s, u"7"_s), ErrorKind::Storage);
        VERIFY_RESULT((*store)->dataset(u"a"_s)); // the rest goes on
    }
    const auto store = ServiceStore::open(folder.path());
    VERIFY_RESULT(store);
    QVERIFY2((*store)->problem().contains(u"damaged"_s), qPrintable((*store)->problem()));
    VERIFY_RESULT((*store)->putDataset(datasetNamed(u"a"_s)));
}

void TestStoreFaults::aKillLeavesTheOldStateOrTheNewOne()
{
    const StoreFolder folder;
    constexpr int many = 300; // as the child
    for (int round = 0; round < 8; ++round) {
        QProcess child;
        child.start(QStringLiteral(STORE_CHILD), {folder.path()});
        QVERIFY(child.waitForReadyRead(30'000)); // a first generation is there
        QTest::qWait(int(QRandomGenerator::global()->bounded(150)));
        child.kill();
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);

        const auto store = ServiceStore::open(folder.path());
        VERIFY_RESULT(store);
        QCOMPARE((*store)->problem(), QString());
        const auto sizes = (*store)->datasets().value();
        QCOMPARE(sizes.size(), 1u);
        QCOMPARE(sizes.front().items, many);
        QCOMPARE(sizes.front().bytes, many * 9000);
        const auto generation = (*store)->item(u"d"_s, u"0"_s).value().value().bytes;
        for (int i = 1; i < many; ++i)
            VERIFY_BYTES(*store, u"d"_s, QString::number(i), generation);
        QCOMPARE(sql(folder.path(), u"SELECT sum(size) FROM store_items"_s), QStringList{QString::number(many * 9000)});
    }
}

void TestStoreFaults::whatMayNotBeStoredNeverReachesTheDisk_data()
{
    QTest::addColumn<bool>("mayBeStored");
    QTest::addColumn<bool>("personal");
    QTest::newRow("licence") << false << false;
    QTest::newRow("personal") << true << true;
}

void TestStoreFaults::whatMayNotBeStoredNeverReachesTheDisk()
{
    QFETCH(bool, mayBeStored);
    QFETCH(bool, personal);
    const StoreFolder folder;
    const QByteArray secret = "SECRETMARKER-4711", open = "OPENMARKER-4711";
    auto dataset = datasetNamed(u"SECRETMARKER-4711-key"_s);
    dataset.title = u"SECRETMARKER-4711 title"_s;
    dataset.mayBeStored = mayBeStored;
    dataset.provenance.personal = personal;
    const auto key = dataset.key;
    {
        const auto store = ServiceStore::open(folder.path(), {.memoryBytes = 1000}).value();
        VERIFY_RESULT(store->putDataset(dataset));
        VERIFY_RESULT(store->putItem(key, u"k"_s, itemOf(secret)));
        VERIFY_RESULT(store->putItems(key, {{u"l"_s, itemOf(secret)}, {u"m"_s, itemOf(secret)}}));
        VERIFY_RESULT(store->touch(key, u"l"_s, noon(9), {}));
        VERIFY_RESULT(store->removeItem(key, u"m"_s));
        VERIFY_RESULT(store->putPackage({u"p"_s, {}}));
        VERIFY_FAILS(store->hold(u"p"_s, key, {u"k"_s}), ErrorKind::Invalid);
        VERIFY_FAILS(store->holdFeatures(u"p"_s, key), ErrorKind::Invalid);
        VERIFY_RESULT(store->putDataset(datasetNamed(u"open"_s)));
        VERIFY_RESULT(store->putItem(u"open"_s, u"k"_s, itemOf(open)));
        VERIFY_RESULT(store->flush());
        // It can be seen as long as the program runs …
        VERIFY_BYTES(store, key, u"k"_s, secret);
        QCOMPARE(store->item(key, u"l"_s).value()->fetched, noon(9));
        QCOMPARE(store->contains(key, {u"k"_s, u"m"_s}).value(), (std::vector{true, false}));
        QCOMPARE(store->dataset(key).value()->mayBeStored, mayBeStored);
        QCOMPARE(store->dataset(key).value()->provenance.personal, personal);
        const auto sizes = store->datasets().value();
        QCOMPARE(sizes.size(), 2u);
        QCOMPARE(sizes[1].dataset.key, key);
        QCOMPARE(sizes[1].items, 2);
        QCOMPARE(sizes[1].bytes, 2 * secret.size());
        QCOMPARE(store->bytes(), 2 * secret.size() + open.size());
        for (const auto &suffix : {u""_s, u"-wal"_s})
            QVERIFY(!fileHolds(folder.path() + suffix, secret));
        QVERIFY(fileHolds(folder.path() + u"-wal"_s, open) || fileHolds(folder.path(), open)); // the search finds
    }
    QVERIFY(!fileHolds(folder.path(), secret));
    QVERIFY(fileHolds(folder.path(), open));
    const auto store = ServiceStore::open(folder.path()).value();
    QVERIFY(!store->dataset(key).value()); // … and no longer
    VERIFY_GONE(store, key, u"k"_s);
}

void TestStoreFaults::whatMayNoLongerBeStoredIsErased()
{
    const StoreFolder folder;
    const QByteArray secret = QByteArray("SECRETMARKER-4711").repeated(600);
    const QByteArray marker = "SECRETMARKER-4711";
    const auto store = ServiceStore::open(folder.path()).value();
    auto dataset = datasetNamed(u"a"_s);
    VERIFY_RESULT(store->putDataset(dataset));
    for (int i = 0; i < 30; ++i)
        VERIFY_RESULT(store->putItem(u"a"_s, QString::number(i), itemOf(secret)));
    VERIFY_RESULT(store->flush());
    VERIFY_RESULT(store->putItem(u"a"_s, u"1"_s, itemOf(secret + "2"))); // an older form in free pages
    VERIFY_RESULT(store->removeItem(u"a"_s, u"2"_s));
    VERIFY_RESULT(store->flush());
    QVERIFY(fileHolds(folder.path(), marker) || fileHolds(folder.path() + u"-wal"_s, marker));
    VERIFY_RESULT(store->putItem(u"a"_s, u"pending"_s, itemOf(secret)));
    dataset.provenance.personal = true;
    VERIFY_RESULT(store->putDataset(dataset));
    VERIFY_GONE(store, u"a"_s, u"1"_s);
    VERIFY_GONE(store, u"a"_s, u"pending"_s);
    VERIFY_RESULT(store->putItem(u"a"_s, u"1"_s, itemOf(secret)));
    VERIFY_BYTES(store, u"a"_s, u"1"_s, secret);
    VERIFY_RESULT(store->flush());
    QVERIFY(!fileHolds(folder.path(), marker));
    QVERIFY(!fileHolds(folder.path() + u"-wal"_s, marker));
    QCOMPARE(sql(folder.path(), u"SELECT count(*) FROM store_datasets"_s), QStringList{u"0"_s});
}

void TestStoreFaults::whatMayBeStoredAgainIs()
{
    const StoreFolder folder;
    const auto store = ServiceStore::open(folder.path()).value();
    auto dataset = datasetNamed(u"a"_s);
    dataset.mayBeStored = false;
    VERIFY_RESULT(store->putDataset(dataset));
    VERIFY_RESULT(store->putItem(u"a"_s, u"k"_s, itemOf("1")));
    dataset.mayBeStored = true;
    VERIFY_RESULT(store->putDataset(dataset));
    VERIFY_GONE(store, u"a"_s, u"k"_s); // came when it might not be written
    VERIFY_RESULT(store->putItem(u"a"_s, u"k"_s, itemOf("2")));
    VERIFY_RESULT(store->flush());
    QCOMPARE(sql(folder.path(), u"SELECT key FROM store_items"_s), QStringList{u"k"_s});
    VERIFY_RESULT(store->hold(u"p"_s, u"a"_s, {u"k"_s}));
}

void TestStoreFaults::aPlaceThatCannotBeWrittenIsAnError()
{
    const StoreFolder folder;
    QFile file(folder.folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const auto store = ServiceStore::open(folder.folder.filePath(u"file/store.sqlite"_s));
    VERIFY_FAILS(store, ErrorKind::Storage);
    QVERIFY(!store.error().hint.isEmpty());
    VERIFY_RESULT(ServiceStore::open(folder.folder.filePath(u"new/folders/store.sqlite"_s))); // is made
}

#ifdef Q_OS_UNIX
void TestStoreFaults::aFullDiskIsToldAndLosesNothing()
{
    const StoreFolder folder;
    makeStore(folder.path());
    const auto store = ServiceStore::open(folder.path()).value();
    {
        const TightDisk tight(QFile(folder.path()).size() + 20'000);
        VERIFY_RESULT(store->putItem(u"a"_s, u"0"_s, itemOf(QByteArray(3'000'000, 'y'))));
        VERIFY_FAILS(store->flush(), ErrorKind::Storage);
        VERIFY_BYTES(store, u"a"_s, u"0"_s, QByteArray(5000, 'x')); // the old one
        // Once told it is told; the next is a new attempt.
        VERIFY_RESULT(store->putItem(u"a"_s, u"new"_s, itemOf(QByteArray(3'000'000, 'y'))));
        QTRY_VERIFY(!store->item(u"a"_s, u"new"_s).value());
        VERIFY_FAILS(store->putItem(u"a"_s, u"small"_s, itemOf("1")), ErrorKind::Storage); // told by a put
        VERIFY_GONE(store, u"a"_s, u"small"_s);
        VERIFY_RESULT(store->datasets());
    }
    QCOMPARE(store->datasets().value().front().items, 50);
    VERIFY_RESULT(store->putItem(u"a"_s, u"0"_s, itemOf("again")));
    VERIFY_RESULT(store->flush());
    VERIFY_BYTES(store, u"a"_s, u"0"_s, "again");
}

void TestStoreFaults::aFullDiskAtTheStartIsAnError()
{
    const StoreFolder folder;
    {
        const TightDisk tight(20'000);
        VERIFY_FAILS(ServiceStore::open(folder.path()), ErrorKind::Storage);
    }
    QVERIFY(!QFile::exists(folder.path()));
    VERIFY_RESULT(ServiceStore::open(folder.path()));
    QVERIFY(asides(folder).isEmpty());
}

void TestStoreFaults::aWriterThatIsLockedOutTells()
{
    const StoreFolder folder;
    makeStore(folder.path());
    const auto store = ServiceStore::open(folder.path()).value();
    VERIFY_RESULT(store->flush());
    sqlite3 *other = nullptr;
    QCOMPARE(sqlite3_open(folder.path().toUtf8().constData(), &other), SQLITE_OK);
    sqlite3_busy_timeout(other, 5000);
    QCOMPARE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    VERIFY_RESULT(store->putItem(u"a"_s, u"0"_s, itemOf("new")));
    VERIFY_BYTES(store, u"a"_s, u"0"_s, "new"); // reading does not wait
    VERIFY_BYTES(store, u"a"_s, u"1"_s, QByteArray(5000, 'x'));
    const auto status = store->flush(); // after 10 s of patience
    VERIFY_FAILS(status, ErrorKind::Storage);
    QVERIFY2(status.error().what.contains(u"another program"_s), qPrintable(status.error().what));
    sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
    sqlite3_close(other);
    VERIFY_BYTES(store, u"a"_s, u"0"_s, QByteArray(5000, 'x'));
    VERIFY_RESULT(store->putItem(u"a"_s, u"0"_s, itemOf("new")));
    VERIFY_RESULT(store->flush());
}
#endif

QTEST_GUILESS_MAIN(TestStoreFaults)
#include "tst_storefaults.moc"
