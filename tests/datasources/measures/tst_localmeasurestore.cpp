// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/localmeasurestore.h"
#include "datasources/measures/localmeasuretables_p.h"
#include "tests/datasources/measures/measurestorecontract.h"

#include <QDir>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

struct Place {
    QTemporaryDir folder;
    QString path = folder.filePath(u"measures.sqlite"_s);
    std::unique_ptr<LocalMeasureStore> open() const
    {
        auto store = LocalMeasureStore::open(path, shippedFacts());
        return store ? std::move(*store) : nullptr;
    }
};

} // namespace

class TestLocalMeasureStore : public MeasureStoreContract
{
    Q_OBJECT
public:
    void fresh() override { m_place = std::make_unique<Place>(); }
    std::unique_ptr<MeasureStore> open() override { return m_place->open(); }

private slots:
    void theFirstToOpenItMakesIt();
    void theFileItselfRefusesToForget();
    void aBrokenFileIsKeptAside_data();
    void aBrokenFileIsKeptAside();
    void aFolderThatMayNotBeWrittenIsTold();
    void aKillLeavesTheOldStateOrTheNewOne();

private:
    std::unique_ptr<Place> m_place;
};

void TestLocalMeasureStore::theFirstToOpenItMakesIt()
{
    const Place place;
    QVERIFY(place.open()->isNew());
    QVERIFY(!place.open()->isNew());
}

void TestLocalMeasureStore::theFileItselfRefusesToForget()
{
    const Place place;
    VERIFY_RESULT(saved(*place.open(), {createMeasure(fullMeasure())}));
    for (const QByteArray sql : {"DELETE FROM measure_history", "UPDATE measure_history SET before = ''",
                                 "DELETE FROM measure_reports", "UPDATE measure_reports SET report = ''"}) {
        auto connection = StoreConnection::open(place.path, StoreConnection::Mode::Existing);
        QVERIFY(connection);
        QVERIFY2(!(*connection)->execute(sql), sql);
    }
    QCOMPARE(only(*place.open()).measure, fullMeasure());
}

void TestLocalMeasureStore::aBrokenFileIsKeptAside_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("no database") << 0;
    QTest::newRow("another database") << 1;
    QTest::newRow("newer") << 2;
    QTest::newRow("damaged inside") << 3;
}

void TestLocalMeasureStore::aBrokenFileIsKeptAside()
{
    QFETCH(const int, kind);
    const Place place;
    if (kind != 0) {
        VERIFY_RESULT(saved(*place.open(), {createMeasure(fullMeasure())}));
        auto connection = StoreConnection::open(place.path, StoreConnection::Mode::Existing);
        QVERIFY((*connection)
                    ->execute(kind == 1       ? "PRAGMA application_id = 5"
                                  : kind == 2 ? "PRAGMA user_version = 99"
                                              : "DROP TABLE measures"));
    } else {
        QFile file(place.path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(5000, 'x'));
    }
    const auto store = place.open();
    QVERIFY(store);
    QVERIFY(store->isNew());
    const auto kept = QDir(place.folder.path()).entryList({u"*.broken-*.sqlite"_s});
    QCOMPARE(kept.size(), 1);
    QVERIFY2(store->problem().contains(kept.first()), qPrintable(store->problem()));
    VERIFY_RESULT(saved(*store, {createMeasure(fullMeasure())}));
    QCOMPARE(place.open()->problem(), QString());
}

void TestLocalMeasureStore::aFolderThatMayNotBeWrittenIsTold()
{
    const QTemporaryDir folder;
    VERIFY_FAILS(LocalMeasureStore::open(folder.path(), shippedFacts()), ErrorKind::Storage);
    VERIFY_FAILS(LocalMeasureStore::open(u"/dev/null/x/measures.sqlite"_s, shippedFacts()), ErrorKind::Storage);
}

void TestLocalMeasureStore::aKillLeavesTheOldStateOrTheNewOne()
{
    const Place place;
    for (int round = 0; round < 5; ++round) {
        QProcess child;
        child.start(QStringLiteral(MEASURE_CHILD), {place.path});
        QVERIFY(child.waitForReadyRead(30'000));
        QTest::qWait(int(QRandomGenerator::global()->bounded(400)));
        child.kill();
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);
        const auto store = place.open();
        QCOMPARE(store->problem(), QString());
        const auto all = store->read({}, {}).value();
        QCOMPARE(all.size(), 300);
        for (const auto &stored : all) {
            QCOMPARE(stored.measure.title, all.first().measure.title);
            QCOMPARE(stored.version, all.first().version);
        }
        const auto last = store->history({.most = 1}, {}).value().first();
        QCOMPARE(last.field.after.toString(), all.first().measure.title);
    }
}

QTEST_GUILESS_MAIN(TestLocalMeasureStore)
#include "tst_localmeasurestore.moc"
