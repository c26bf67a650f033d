// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/sharedmeasurestore.h"
#include "tests/datasources/measures/measurestorecontract.h"
#include "tests/servers/postgres.h"

#include <QElapsedTimer>

#include <thread>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

using Missing = SharedMeasureStore::Missing;

/** A real PostgreSQL with PostGIS, which several people write at once. */
class TestSharedMeasureStore : public MeasureStoreContract
{
    Q_OBJECT
public:
    void fresh() override { QCOMPARE(m_server->run(u"DROP SCHEMA IF EXISTS hanseatlas CASCADE"_s), QString()); }
    std::unique_ptr<MeasureStore> open() override
    {
        auto store = openAs(u"office"_s, Missing::Make);
        return store ? *std::move(store) : nullptr;
    }

private slots:
    void initTestCase();
    void tablesAreOnlyMadeWhenAsked();
    void severalMayMakeTheTablesAtOnce();
    void newerTablesAreLeftAlone();
    void whoMayOnlyReadIsToldSo();
    void theDatabaseItselfRefusesToForget();
    void placesCanBeSeenByOtherPrograms();
    void aServerThatFreezesIsGivenUpAndLosesNothing();
    void afterARestartOfTheServerItGoesOn();
    void aWriterThatHoldsTheTablesIsTold();
    void textsNeedNoQuoting();
    void thePasswordIsInNoError();

private:
    Result<std::unique_ptr<SharedMeasureStore>> openAs(const QString &user, Missing missing,
                                                       const QString &password = u"s3cr3tword"_s)
    {
        const auto address = DatabaseAddress::fromText(m_server->address(user));
        return SharedMeasureStore::open({*address, password}, shippedFacts(), missing, {});
    }

    std::unique_ptr<Postgres> m_server;
};

void TestSharedMeasureStore::initTestCase()
{
    m_server = std::make_unique<Postgres>();
    QCOMPARE(m_server->problem(), QString());
    QCOMPARE(m_server->run(u"CREATE USER office PASSWORD 's3cr3tword'; GRANT CREATE ON DATABASE city TO office;"
                           "CREATE USER guest PASSWORD 's3cr3tword'"_s),
             QString());
}

void TestSharedMeasureStore::tablesAreOnlyMadeWhenAsked()
{
    fresh();
    VERIFY_FAILS(openAs(u"office"_s, Missing::Refuse), ErrorKind::NotFound);
    const auto made = openAs(u"office"_s, Missing::Make);
    VERIFY_RESULT(made);
    QVERIFY((*made)->isNew());
    const auto again = openAs(u"office"_s, Missing::Refuse);
    VERIFY_RESULT(again);
    QVERIFY(!(*again)->isNew());
    QCOMPARE((*again)->read({}, {}).value().size(), 0);
}

void TestSharedMeasureStore::severalMayMakeTheTablesAtOnce()
{
    fresh();
    std::atomic<int> opened = 0, made = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                const auto store = openAs(u"office"_s, Missing::Make);
                opened += store.has_value();
                made += store && (*store)->isNew();
            });
    }
    QCOMPARE(opened.load(), 4);
    QCOMPARE(made.load(), 1);
}

void TestSharedMeasureStore::newerTablesAreLeftAlone()
{
    fresh();
    QVERIFY(open());
    QCOMPARE(m_server->run(u"UPDATE hanseatlas.measure_store SET version = 99"_s), QString());
    VERIFY_FAILS(openAs(u"office"_s, Missing::Make), ErrorKind::Unsupported);
}

void TestSharedMeasureStore::whoMayOnlyReadIsToldSo()
{
    fresh();
    const auto store = open();
    VERIFY_RESULT(saved(*store, {createMeasure(fullMeasure())}));
    VERIFY_FAILS(openAs(u"guest"_s, Missing::Make), ErrorKind::NotReadable);
    QCOMPARE(m_server->run(u"GRANT USAGE ON SCHEMA hanseatlas TO guest;"
                           "GRANT SELECT ON ALL TABLES IN SCHEMA hanseatlas TO guest"_s),
             QString());
    const auto guest = openAs(u"guest"_s, Missing::Refuse);
    VERIFY_RESULT(guest);
    QCOMPARE(only(**guest).measure, fullMeasure());
    VERIFY_FAILS(saved(**guest, {removeMeasure(fullMeasure(), 1)}), ErrorKind::NotReadable);
    QCOMPARE(only(**guest).measure, fullMeasure()); // the connection is of use still
}

void TestSharedMeasureStore::theDatabaseItselfRefusesToForget()
{
    fresh();
    VERIFY_RESULT(saved(*open(), {createMeasure(fullMeasure())}));
    for (const auto &sql :
         {u"DELETE FROM hanseatlas.measure_history"_s, u"UPDATE hanseatlas.measure_history SET before = NULL"_s,
          u"DELETE FROM hanseatlas.measure_reports"_s, u"TRUNCATE hanseatlas.measure_reports"_s,
          u"UPDATE hanseatlas.measure_changes SET person = ''"_s})
        QVERIFY2(m_server->run(sql).contains(u"not changed"_s), qPrintable(sql));
    QCOMPARE(only(*open()).measure, fullMeasure());
}

void TestSharedMeasureStore::placesCanBeSeenByOtherPrograms()
{
    fresh();
    auto measure = fullMeasure();
    measure.place = {.kind = MeasurePlace::Kind::Geometry,
                     .wkb = QByteArray::fromHex("010100000000000000489e224100000000c0c65641")}; // 610084 5970688
    VERIFY_RESULT(saved(*open(), {createMeasure(measure)}));
    QCOMPARE(
        m_server->run(u"DO 'BEGIN ASSERT (SELECT ST_AsEWKT(geom) FROM hanseatlas.measure_places) = "
                      "''SRID=25832;POINT(610084 5970688)'', ST_AsEWKT(geom) FROM hanseatlas.measure_places; END'"_s),
        QString());
}

void TestSharedMeasureStore::aServerThatFreezesIsGivenUpAndLosesNothing()
{
    fresh();
    const auto store = open();
    VERIFY_RESULT(saved(*store, {createMeasure(fullMeasure())}));
    auto after = fullMeasure();
    after.title = u"Neu"_s;
    m_server->freeze(true);
    std::stop_source stop;
    const std::jthread stopper([&stop] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        stop.request_stop();
    });
    QElapsedTimer clock;
    clock.start();
    const auto outcome = store->save({{editMeasure(fullMeasure(), after, 1)}}, noteOf(u"A"_s), stop.get_token(), {});
    const auto took = clock.elapsed();
    m_server->freeze(false);
    QVERIFY(!outcome);
    QVERIFY2(took < 6000, qPrintable(QString::number(took)));
    QTRY_COMPARE(only(*store).measure, fullMeasure()); // by a new connection
    VERIFY_RESULT(saved(*store, {editMeasure(fullMeasure(), after, 1)}));
    QCOMPARE(only(*store).measure, after);
}

void TestSharedMeasureStore::afterARestartOfTheServerItGoesOn()
{
    fresh();
    const auto store = open();
    VERIFY_RESULT(saved(*store, {createMeasure(fullMeasure())}));
    m_server->stop();
    VERIFY_FAILS(store->read({}, {}), ErrorKind::Network);
    VERIFY_FAILS(store->read({}, {}), ErrorKind::Network);
    QVERIFY(m_server->start());
    QCOMPARE(only(*store).measure, fullMeasure());
}

void TestSharedMeasureStore::aWriterThatHoldsTheTablesIsTold()
{
    fresh();
    const auto store = open();
    VERIFY_RESULT(saved(*store, {createMeasure(fullMeasure())}));
    const std::jthread holder([this] {
        m_server->run(
            u"BEGIN; LOCK TABLE hanseatlas.measures IN SHARE ROW EXCLUSIVE MODE; SELECT pg_sleep(14); COMMIT"_s);
    });
    QTest::qWait(1000);
    QCOMPARE(only(*store).measure, fullMeasure()); // reading does not wait
    VERIFY_FAILS(saved(*store, {removeMeasure(fullMeasure(), 1)}), ErrorKind::Storage);
    QCOMPARE(only(*store).version, 1);
}

void TestSharedMeasureStore::textsNeedNoQuoting()
{
    fresh();
    const auto store = open();
    auto measure = fullMeasure(u"1.1"_s);
    measure.title = u"'; DROP SCHEMA hanseatlas CASCADE; -- \\ \" $1 {} 😀"_s;
    VERIFY_RESULT(saved(*store, {createMeasure(measure)}, {u"O'Neill"_s, noteOf({}).at, u"a'b"_s}));
    QCOMPARE(only(*store).measure, measure);
    QCOMPARE(store->history({.number = u"1.1"_s, .most = 1}, {}).value().first().person, u"O'Neill"_s);
}

void TestSharedMeasureStore::thePasswordIsInNoError()
{
    const auto store = openAs(u"office"_s, Missing::Refuse, u"wr0ngword"_s);
    VERIFY_FAILS(store, ErrorKind::NotReadable);
    QVERIFY(!(store.error().what + store.error().hint + store.error().detail).contains(u"wr0ngword"_s));
}

QTEST_GUILESS_MAIN(TestSharedMeasureStore)
#include "tst_sharedmeasurestore.moc"
