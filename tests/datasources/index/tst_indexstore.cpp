// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/index/indexstore.h"
#include "datasources/store/storeconnection_p.h"
#include "tests/support/testkit.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTimeZone>

#include <cmath>
#include <limits>
#include <thread>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

constexpr int january = 2026 * 12;

IndexOrigin origin(const QString &source)
{
    return {.source = source,
            .licence = u"dl-de/by-2-0"_s,
            .person = u"Mia"_s,
            .at = QDateTime(QDate(2026, 11, 23), QTime(12, 0), QTimeZone::UTC)};
}

IndexDelivery delivery(const QString &source, QList<IndexDelivery::Entry> entries)
{
    return {origin(source), std::move(entries)};
}

struct Place {
    QTemporaryDir folder;
    QString path = folder.filePath(u"index.sqlite"_s);
    std::unique_ptr<IndexStore> open() const
    {
        auto store = IndexStore::open(path);
        return store ? std::move(*store) : nullptr;
    }
};

} // namespace

class TestIndexStore : public QObject
{
    Q_OBJECT
private slots:
    void whatWasDeliveredIsThereAfterwards();
    void aCorrectedValueIsNotLost();
    void theSameDeliveredAgainChangesNothing();
    void aValueThatDoesNotHoldAnyMoreGoes();
    void aDeliveryIsTakenWhollyOrNotAtAll_data();
    void aDeliveryIsTakenWhollyOrNotAtAll();
    void cancellingLeavesTheOldState();
    void theFileItselfKeepsCorrections();
    void twoProgramsMayDeliverAtOnce();
    void aBrokenFileIsKeptAside();
    void aFolderThatMayNotBeWrittenIsTold();
};

void TestIndexStore::whatWasDeliveredIsThereAfterwards()
{
    const Place place;
    const auto delivered = place.open()->deliver(delivery(u"Jahrbuch"_s,
                                                          {{u"air.no2"_s, {}, january + 12, 21.5},
                                                           {u"air.no2"_s, {}, january, 22.25},
                                                           {u"green.head"_s, u"Moisling"_s, january, 12}}),
                                                 {});
    VERIFY_RESULT(delivered);
    QCOMPARE(*delivered, (IndexDelivered{.added = 3}));
    const auto records = place.open()->read({});
    VERIFY_RESULT(records);
    QCOMPARE(records->origins, QList<IndexOrigin>{origin(u"Jahrbuch"_s)});
    QCOMPARE(records->series.size(), 2);
    const std::vector<IndexPoint> points{{january, 22.25, 0}, {january + 12, 21.5, 0}};
    QCOMPARE(records->find(u"air.no2"_s, {})->points, points);
    QCOMPARE(records->areas(), QStringList{u"Moisling"_s});
    QVERIFY(!records->find(u"green.head"_s, {}));
}

void TestIndexStore::aCorrectedValueIsNotLost()
{
    const Place place;
    const auto store = place.open();
    VERIFY_RESULT(store->deliver(delivery(u"vorläufig"_s, {{u"a"_s, {}, january, 1}}), {}));
    const auto corrected = store->deliver(delivery(u"endgültig"_s, {{u"a"_s, {}, january, 2}}), {});
    VERIFY_RESULT(corrected);
    QCOMPARE(*corrected, (IndexDelivered{.corrected = 1}));
    const auto records = store->read({});
    VERIFY_RESULT(records);
    const auto &point = records->find(u"a"_s, {})->points.front();
    QCOMPARE(point.value, 2);
    QCOMPARE(records->origins[point.origin].source, u"endgültig"_s);
    const auto before = store->corrections(u"a"_s, {}, january);
    VERIFY_RESULT(before);
    QCOMPARE(before->size(), 1);
    QCOMPARE(before->first().point.value, 1);
    QCOMPARE(before->first().origin, origin(u"vorläufig"_s));
}

void TestIndexStore::theSameDeliveredAgainChangesNothing()
{
    const Place place;
    const auto store = place.open();
    const QList<IndexDelivery::Entry> entries{{u"a"_s, {}, january, 1}, {u"b"_s, {}, january, 2}};
    VERIFY_RESULT(store->deliver(delivery(u"x"_s, entries), {}));
    const auto again = store->deliver(delivery(u"y"_s, entries), {});
    VERIFY_RESULT(again);
    QCOMPARE(*again, (IndexDelivered{.unchanged = 2}));
    QVERIFY(store->corrections(u"a"_s, {}, january)->isEmpty());
}

void TestIndexStore::aValueThatDoesNotHoldAnyMoreGoes()
{
    const Place place;
    const auto store = place.open();
    VERIFY_RESULT(store->deliver(delivery(u"x"_s, {{u"a"_s, {}, january, 1}}), {}));
    const auto removed = store->deliver(
        delivery(u"y"_s, {{u"a"_s, {}, january, std::nullopt}, {u"b"_s, {}, january, std::nullopt}}), {});
    VERIFY_RESULT(removed);
    QCOMPARE(*removed, (IndexDelivered{.removed = 1, .unchanged = 1}));
    QVERIFY(store->read({})->series.isEmpty());
    QCOMPARE(store->corrections(u"a"_s, {}, january)->size(), 1);
}

void TestIndexStore::aDeliveryIsTakenWhollyOrNotAtAll_data()
{
    QTest::addColumn<QString>("indicator");
    QTest::addColumn<int>("month");
    QTest::addColumn<double>("value");
    QTest::newRow("twice the same") << u"a"_s << january << 2.0;
    QTest::newRow("no indicator") << QString() << january << 2.0;
    QTest::newRow("no month") << u"b"_s << 0 << 2.0;
    QTest::newRow("not a number") << u"b"_s << january << std::nan("");
    QTest::newRow("without end") << u"b"_s << january << std::numeric_limits<double>::infinity();
}

void TestIndexStore::aDeliveryIsTakenWhollyOrNotAtAll()
{
    QFETCH(QString, indicator);
    QFETCH(int, month);
    QFETCH(double, value);
    const Place place;
    const auto store = place.open();
    VERIFY_FAILS(store->deliver(delivery(u"x"_s, {{u"a"_s, {}, january, 1}, {indicator, {}, month, value}}), {}),
                 ErrorKind::Invalid);
    QCOMPARE(*store->read({}), IndexRecords());
}

void TestIndexStore::cancellingLeavesTheOldState()
{
    const Place place;
    const auto store = place.open();
    std::stop_source stop;
    stop.request_stop();
    const auto delivered = store->deliver(delivery(u"x"_s, {{u"a"_s, {}, january, 1}}), stop.get_token());
    QVERIFY(!delivered);
    QCOMPARE(delivered.error().kind, ErrorKind::Cancelled);
    QCOMPARE(*store->read({}), IndexRecords());
    VERIFY_RESULT(store->deliver(delivery(u"x"_s, {{u"a"_s, {}, january, 1}}), {})); // and it still works
}

void TestIndexStore::theFileItselfKeepsCorrections()
{
    const Place place;
    {
        const auto store = place.open();
        VERIFY_RESULT(store->deliver(delivery(u"x"_s, {{u"a"_s, {}, january, 1}}), {}));
        VERIFY_RESULT(store->deliver(delivery(u"y"_s, {{u"a"_s, {}, january, 2}}), {}));
    }
    for (const QByteArray sql : {"DELETE FROM index_corrections", "UPDATE index_corrections SET value = 5"}) {
        auto connection = StoreConnection::open(place.path, StoreConnection::Mode::Existing);
        QVERIFY(connection);
        QVERIFY2(!(*connection)->execute(sql), sql);
    }
    QCOMPARE(place.open()->corrections(u"a"_s, {}, january)->first().point.value, 1);
}

void TestIndexStore::twoProgramsMayDeliverAtOnce()
{
    const Place place;
    const auto one = place.open(), other = place.open();
    constexpr int rounds = 20;
    const auto work = [](IndexStore &store, const QString &id) {
        int done = 0;
        for (int i = 0; i < rounds; ++i)
            done += store.deliver(delivery(id, {{id, {}, january + i, double(i)}}), {}).has_value();
        return done;
    };
    int first = 0;
    std::thread thread([&] { first = work(*one, u"a"_s); });
    const int second = work(*other, u"b"_s);
    thread.join();
    QCOMPARE(first, rounds);
    QCOMPARE(second, rounds);
    const auto records = place.open()->read({});
    VERIFY_RESULT(records);
    QCOMPARE(records->find(u"a"_s, {})->points.size(), std::size_t(rounds));
    QCOMPARE(records->find(u"b"_s, {})->points.size(), std::size_t(rounds));
}

void TestIndexStore::aBrokenFileIsKeptAside()
{
    const Place place;
    QFile file(place.path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();
    const auto store = place.open();
    QVERIFY(store);
    const auto kept = QDir(place.folder.path()).entryList({u"*.broken-*.sqlite"_s});
    QCOMPARE(kept.size(), 1);
    QVERIFY2(store->problem().contains(kept.first()), qPrintable(store->problem()));
    VERIFY_RESULT(store->deliver(delivery(u"x"_s, {{u"a"_s, {}, january, 1}}), {}));
}

void TestIndexStore::aFolderThatMayNotBeWrittenIsTold()
{
    VERIFY_FAILS(IndexStore::open(u"/proc/none/index.sqlite"_s), ErrorKind::Storage);
}

QTEST_GUILESS_MAIN(TestIndexStore)
#include "tst_indexstore.moc"
