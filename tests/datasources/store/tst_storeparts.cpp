// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/memoryitems_p.h"
#include "datasources/store/pendingwrites_p.h"
#include "datasources/store/storeschema_p.h"
#include "tests/support/testkit.h"

#include <QTemporaryDir>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

using Word = PendingWrites::Word;

StoredItem bytes(const QByteArray &value)
{
    return {.bytes = value};
}

std::unique_ptr<StoreConnection> emptyFile(const QTemporaryDir &folder)
{
    auto connection = StoreConnection::open(folder.filePath(u"a.sqlite"_s), StoreConnection::Mode::New);
    return connection ? std::move(*connection) : nullptr;
}

QString first(StoreConnection &connection, StaticSql sql)
{
    StoreQuery query(connection, sql);
    return query.next() ? query.text(0) : QString();
}

} // namespace

class TestStoreParts : public QObject
{
    Q_OBJECT

private slots:
    void aPendingItemIsForgottenOnlyByItsOwnWrite();
    void aReplacementHidesWhatIsOnTheDisk();
    void aRemovedDatasetHidesItsItemsAndItsDescription();
    void aTouchOfAPendingItemKeepsItsBytes();
    void aTouchAfterAReplacementMakesNothing();
    void nothingIsLeftWhenAllIsWritten();
    void theMemoryThrowsAwayWhatWasUsedLongestAgo();
    void anItemLargerThanTheMemoryPushesNothingOut();
    void theMemoryKnowsItsOwnDatasetsOnly();
    void anOlderFileIsBroughtUpStepByStep();
    void aStepThatFailsLeavesTheFileAsItWas();
    void aVersionWithoutAWayOnIsAFault();
    void aFaultStopsWhatComesAfterIt();
    void valuesAreNeverSql();
};

void TestStoreParts::aPendingItemIsForgottenOnlyByItsOwnWrite()
{
    PendingWrites pending;
    const Write one{1, PutItems{u"d"_s, {{u"k"_s, bytes("old")}}}};
    const Write two{2, PutItems{u"d"_s, {{u"k"_s, bytes("new")}}}};
    pending.add(one);
    pending.add(two);
    pending.remove(one);
    QCOMPARE(pending.item(u"d"_s, u"k"_s).word, Word::Put);
    QCOMPARE(pending.item(u"d"_s, u"k"_s).item.bytes, "new");
    pending.remove(two);
    QCOMPARE(pending.item(u"d"_s, u"k"_s).word, Word::None);
}

void TestStoreParts::aReplacementHidesWhatIsOnTheDisk()
{
    PendingWrites pending;
    const Write replace{1, PutItems{u"d"_s, {{u"k"_s, bytes("1")}}, true}};
    pending.add(replace);
    QCOMPARE(pending.item(u"d"_s, u"k"_s).word, Word::Put);
    QCOMPARE(pending.item(u"d"_s, u"other"_s).word, Word::Gone);
    QCOMPARE(pending.item(u"e"_s, u"k"_s).word, Word::None);
    pending.remove(replace);
    QCOMPARE(pending.item(u"d"_s, u"other"_s).word, Word::None);
}

void TestStoreParts::aRemovedDatasetHidesItsItemsAndItsDescription()
{
    PendingWrites pending;
    pending.add({1, PutDataset{{.key = u"d"_s, .title = u"T"_s}}});
    pending.add({2, PutItems{u"d"_s, {{u"k"_s, bytes("1")}}}});
    QCOMPARE(pending.dataset(u"d"_s).word, Word::Put);
    QCOMPARE(pending.dataset(u"d"_s).dataset.title, u"T"_s);
    pending.add({3, RemoveDataset{u"d"_s}});
    QCOMPARE(pending.dataset(u"d"_s).word, Word::Gone);
    QCOMPARE(pending.item(u"d"_s, u"k"_s).word, Word::Gone);
    pending.add({4, PutDataset{{.key = u"d"_s}}});
    QCOMPARE(pending.dataset(u"d"_s).word, Word::Put);
    QCOMPARE(pending.item(u"d"_s, u"k"_s).word, Word::Gone); // the new one is empty
}

void TestStoreParts::aTouchOfAPendingItemKeepsItsBytes()
{
    const QDateTime later(QDate(2025, 1, 2), QTime(3, 4), QTimeZone::UTC);
    PendingWrites pending;
    const Write put{1, PutItems{u"d"_s, {{u"k"_s, bytes("1")}}}};
    const Write touch{2, TouchItem{u"d"_s, u"k"_s, later, later.addDays(1)}};
    pending.add(put);
    pending.add(touch);
    pending.remove(put); // the disk has the old dates
    QCOMPARE(pending.item(u"d"_s, u"k"_s).word, Word::Put);
    QCOMPARE(pending.item(u"d"_s, u"k"_s).item.bytes, "1");
    QCOMPARE(pending.item(u"d"_s, u"k"_s).item.fetched, later);
    pending.add({3, TouchItem{u"d"_s, u"disk"_s, later, {}}});
    QCOMPARE(pending.item(u"d"_s, u"disk"_s).word, Word::Touched);
    QCOMPARE(pending.item(u"d"_s, u"disk"_s).item.fetched, later);
}

void TestStoreParts::aTouchAfterAReplacementMakesNothing()
{
    PendingWrites pending;
    pending.add({1, PutItems{u"d"_s, {}, true}});
    pending.add({2, TouchItem{u"d"_s, u"k"_s, {}, {}}});
    QCOMPARE(pending.item(u"d"_s, u"k"_s).word, Word::Gone);
    pending.add({3, RemoveItem{u"e"_s, u"k"_s}});
    pending.add({4, TouchItem{u"e"_s, u"k"_s, {}, {}}});
    QCOMPARE(pending.item(u"e"_s, u"k"_s).word, Word::Gone);
}

void TestStoreParts::nothingIsLeftWhenAllIsWritten()
{
    PendingWrites pending;
    std::vector<Write> writes;
    writes.push_back({1, PutDataset{{.key = u"d"_s}}});
    writes.push_back({2, PutItems{u"d"_s, {{u"k"_s, {}}, {u"l"_s, {}}}, true}});
    writes.push_back({3, TouchItem{u"d"_s, u"k"_s, {}, {}}});
    writes.push_back({4, RemoveItem{u"d"_s, u"l"_s}});
    writes.push_back({5, RemoveDataset{u"d"_s}});
    writes.push_back({6, PutDataset{{.key = u"d"_s}}});
    writes.push_back({7, HoldItems{u"p"_s, u"d"_s, {u"k"_s}, {}}});
    writes.push_back({8, Barrier{}});
    for (const auto &write : writes)
        pending.add(write);
    QCOMPARE(pending.dataset(u"d"_s).word, Word::Put);
    for (const auto &write : writes)
        pending.remove(write);
    QCOMPARE(pending.dataset(u"d"_s).word, Word::None);
    QCOMPARE(pending.item(u"d"_s, u"k"_s).word, Word::None);
    QCOMPARE(pending.item(u"d"_s, u"l"_s).word, Word::None);
}

void TestStoreParts::theMemoryThrowsAwayWhatWasUsedLongestAgo()
{
    MemoryItems memory(30);
    memory.putDataset({.key = u"d"_s});
    memory.putDataset({.key = u"e"_s});
    QVERIFY(memory.putItems(u"d"_s, {{u"a"_s, bytes("0123456789")}, {u"b"_s, bytes("0123456789")}}, false));
    QVERIFY(memory.putItems(u"e"_s, {{u"a"_s, bytes("0123456789")}}, false));
    QVERIFY(memory.item(u"d"_s, u"a"_s).value().has_value()); // used now: b of d is the oldest
    QVERIFY(memory.putItems(u"e"_s, {{u"b"_s, bytes("0123456789")}}, false));
    QCOMPARE(memory.contains(u"d"_s, {u"a"_s, u"b"_s}).value(), (std::vector{true, false}));
    QCOMPARE(memory.contains(u"e"_s, {u"a"_s, u"b"_s}).value(), (std::vector{true, true}));
    QCOMPARE(memory.bytes(), 30);
    QVERIFY(memory.putItems(u"e"_s, {{u"b"_s, bytes("01")}}, true));
    QCOMPARE(memory.bytes(), 12);
    QVERIFY(memory.removeDataset(u"d"_s));
    QCOMPARE(memory.bytes(), 2);
}

void TestStoreParts::anItemLargerThanTheMemoryPushesNothingOut()
{
    MemoryItems memory(10);
    memory.putDataset({.key = u"d"_s});
    QVERIFY(memory.putItems(u"d"_s, {{u"a"_s, bytes("01234")}}, false));
    QVERIFY(memory.putItems(u"d"_s, {{u"b"_s, bytes(QByteArray(11, 'x'))}}, false));
    QCOMPARE(memory.contains(u"d"_s, {u"a"_s, u"b"_s}).value(), (std::vector{true, false}));
    QCOMPARE(memory.bytes(), 5);
}

void TestStoreParts::theMemoryKnowsItsOwnDatasetsOnly()
{
    MemoryItems memory(10);
    QVERIFY(!memory.putItems(u"d"_s, {{u"a"_s, bytes("1")}}, false));
    QVERIFY(!memory.touch(u"d"_s, u"a"_s, {}, {}));
    QVERIFY(!memory.removeItem(u"d"_s, u"a"_s));
    QVERIFY(!memory.removeDataset(u"d"_s));
    QVERIFY(!memory.item(u"d"_s, u"a"_s));
    QVERIFY(!memory.contains(u"d"_s, {u"a"_s}));
    QVERIFY(!memory.dataset(u"d"_s));
    QCOMPARE(memory.bytes(), 0);
}

constexpr StoreMigration steps[] = {
    {0, "CREATE TABLE a (x TEXT); INSERT INTO a VALUES ('made')"},
    {1, "ALTER TABLE a RENAME COLUMN x TO y; UPDATE a SET y = y || ' and changed'"},
    {2, "UPDATE a SET y = 'half done'; INSERT INTO nowhere VALUES (1)"},
};

void TestStoreParts::anOlderFileIsBroughtUpStepByStep()
{
    const QTemporaryDir folder;
    const auto connection = emptyFile(folder);
    QVERIFY(connection);
    QCOMPARE(readVersion(*connection), 0);
    QVERIFY(migrateStore(*connection, steps, 1));
    QCOMPARE(readVersion(*connection), 1);
    QCOMPARE(first(*connection, "SELECT x FROM a"), u"made"_s);
    QVERIFY(migrateStore(*connection, steps, 2));
    QCOMPARE(readVersion(*connection), 2);
    QCOMPARE(first(*connection, "SELECT y FROM a"), u"made and changed"_s);
    QVERIFY(migrateStore(*connection, steps, 2)); // nothing to do
    QCOMPARE(first(*connection, "SELECT y FROM a"), u"made and changed"_s);
}

void TestStoreParts::aStepThatFailsLeavesTheFileAsItWas()
{
    const QTemporaryDir folder;
    const auto connection = emptyFile(folder);
    QVERIFY(connection);
    QVERIFY(!migrateStore(*connection, steps, 3));
    const auto fault = connection->takeFault();
    QVERIFY(fault);
    QVERIFY2(fault->message.contains(u"nowhere"_s), qPrintable(fault->message));
    QCOMPARE(readVersion(*connection), 2);
    QCOMPARE(first(*connection, "SELECT y FROM a"), u"made and changed"_s);
}

void TestStoreParts::aVersionWithoutAWayOnIsAFault()
{
    const QTemporaryDir folder;
    const auto connection = emptyFile(folder);
    QVERIFY(connection);
    QVERIFY(!migrateStore(*connection, std::span(steps).subspan(1), 2));
    QVERIFY(connection->takeFault());
    QCOMPARE(readVersion(*connection), 0);
}

void TestStoreParts::aFaultStopsWhatComesAfterIt()
{
    const QTemporaryDir folder;
    const auto connection = emptyFile(folder);
    QVERIFY(connection);
    QVERIFY(connection->execute("CREATE TABLE a (x INTEGER PRIMARY KEY)"));
    {
        StoreTransaction transaction(*connection);
        QVERIFY(StoreQuery(*connection, "INSERT INTO a VALUES (?)", 1).run());
        QVERIFY(!StoreQuery(*connection, "INSERT INTO a VALUES (?)", 1).run());
        QVERIFY(!StoreQuery(*connection, "INSERT INTO a VALUES (?)", 2).run());
        QVERIFY(!transaction.commit());
    }
    const auto fault = connection->takeFault();
    QVERIFY(fault);
    QVERIFY(fault->message.contains(u"UNIQUE"_s));
    const auto error = storeError(*fault);
    QCOMPARE(error.kind, ErrorKind::Storage);
    QVERIFY(!error.what.isEmpty());
    QCOMPARE(first(*connection, "SELECT count(*) FROM a"), u"0"_s);
}

void TestStoreParts::valuesAreNeverSql()
{
    const QTemporaryDir folder;
    const auto connection = emptyFile(folder);
    QVERIFY(connection);
    connection->execute("CREATE TABLE a (x TEXT, y BLOB, z INTEGER)");
    const auto hostile = u"'; DROP TABLE a; --"_s + QChar(0) + u"ü"_s;
    QVERIFY(
        StoreQuery(*connection, "INSERT INTO a VALUES (?, ?, ?)", hostile, QByteArray("\0x", 2), QDateTime()).run());
    StoreQuery query(*connection, "SELECT x, y, z FROM a");
    QVERIFY(query.next());
    QCOMPARE(query.text(0), hostile);
    QCOMPARE(query.bytes(1), QByteArray("\0x", 2));
    QVERIFY(!query.time(2).isValid());
    QVERIFY(!query.next());
}

QTEST_GUILESS_MAIN(TestStoreParts)
#include "tst_storeparts.moc"
