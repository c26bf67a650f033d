// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/localmeasurestore.h"
#include "datasources/measures/measuresync.h"
#include "datasources/measures/sharedmeasurestore.h"
#include "tests/datasources/measures/measurestorecontract.h"
#include "tests/servers/postgres.h"

#include <QTemporaryDir>

#include <thread>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

/** One person's computer: a copy, what was last the same, and a way to the server. */
struct Desk {
    QString person;
    QTemporaryDir folder;
    std::unique_ptr<LocalMeasureStore> copy;
    std::unique_ptr<MeasureSync> sync;
    std::unique_ptr<SharedMeasureStore> shared;

    Desk(const QString &name, const DatabaseLogin &login)
        : person(name)
    {
        reopen();
        shared = SharedMeasureStore::open(login, shippedFacts(), SharedMeasureStore::Missing::Make, {}).value();
    }
    void reopen() ///< as after a kill
    {
        copy.reset();
        sync.reset();
        copy = LocalMeasureStore::open(folder.filePath(u"copy"_s), shippedFacts()).value();
        sync = MeasureSync::open(folder.filePath(u"base"_s)).value();
    }
    ChangeNote note() const { return {person, QDateTime::currentDateTimeUtc(), {}}; }
    Result<SyncOutcome> run(const MergeDecisions &decisions = {})
    {
        return sync->run(*copy, *shared, decisions, note(), {});
    }
    StoredMeasure row(const QString &number) const
    {
        const auto all = copy->read({}, {}).value();
        const auto it = std::ranges::find(all, number, [](const auto &stored) { return stored.measure.number; });
        return it == all.end() ? StoredMeasure() : *it;
    }
    template <class Change>
    void edit(const QString &number, Change change)
    {
        const auto before = row(number);
        auto after = before.measure;
        change(after);
        VERIFY_RESULT(copy->save({{editMeasure(before.measure, after, before.version)}}, note(), {}, {}));
    }
    void fill()
    {
        ChangeSet all;
        for (const auto &measure : shippedMeasures())
            all.changes.append(createMeasure(measure));
        VERIFY_RESULT(copy->save(all, note(), {}, {}));
    }
};

} // namespace

/** Two people with a real PostgreSQL between them. */
class TestMeasureSync : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void whatOneWritesTheOtherReads();
    void withoutNewsNothingIsReadOrWritten();
    void theSameFieldIsAskedForAndDecided();
    void dyingBetweenLosesNothing();
    void withoutServerWorkGoesOn();
    void manyAtOnceEndWithTheSame();
    void aLostBaseOnlyAsks();
    void cancellingChangesNothing();

private:
    DatabaseLogin login() const { return {*DatabaseAddress::fromText(m_server->address(u"office"_s)), u"word"_s}; }
    std::unique_ptr<Postgres> m_server;
};

void TestMeasureSync::initTestCase()
{
    m_server = std::make_unique<Postgres>();
    QCOMPARE(m_server->problem(), QString());
    QCOMPARE(m_server->run(u"CREATE USER office PASSWORD 'word'; GRANT CREATE ON DATABASE city TO office"_s),
             QString());
}

void TestMeasureSync::init()
{
    QCOMPARE(m_server->run(u"DROP SCHEMA IF EXISTS hanseatlas CASCADE"_s), QString());
}

void TestMeasureSync::whatOneWritesTheOtherReads()
{
    Desk anna(u"Anna"_s, login()), bert(u"Bert"_s, login());
    anna.fill();
    const auto sent = anna.run();
    VERIFY_RESULT(sent);
    QCOMPARE(sent->sent, 260);
    QCOMPARE(sent->received, 0);
    const auto got = bert.run();
    VERIFY_RESULT(got);
    QCOMPARE(got->received, 260);
    QCOMPARE(bert.copy->read({}, {}).value().size(), 260);

    anna.edit(u"1.4"_s, [](Measure &m) { m.progress = 30; });
    bert.edit(u"1.4"_s, [](Measure &m) { m.lead = u"Neu"_s; });
    VERIFY_RESULT(anna.run());
    const auto both = bert.run();
    VERIFY_RESULT(both);
    QCOMPARE(both->sent, 1);
    QCOMPARE(both->received, 1);
    VERIFY_RESULT(anna.run());
    QCOMPARE(anna.row(u"1.4"_s).measure, bert.row(u"1.4"_s).measure);
    QCOMPARE(anna.row(u"1.4"_s).measure.progress, 30);
    QCOMPARE(anna.row(u"1.4"_s).measure.lead, u"Neu"_s);
    // Who it was stands in the copy of the other one, too.
    const auto rows = bert.copy->history({.number = u"1.4"_s, .since = {}}, {}).value();
    QCOMPARE(rows.last().person, u"Anna"_s);
    QCOMPARE(rows.last().field.field, u"progress"_s);
}

void TestMeasureSync::withoutNewsNothingIsReadOrWritten()
{
    Desk anna(u"Anna"_s, login());
    anna.fill();
    VERIFY_RESULT(anna.run());
    VERIFY_RESULT(anna.run());
    // A row that cannot be read shows whether the rows are read at all.
    QCOMPARE(m_server->run(u"ALTER TABLE hanseatlas.measures RENAME TO hidden"_s), QString());
    const auto quiet = anna.run();
    VERIFY_RESULT(quiet);
    QCOMPARE(quiet->sent + quiet->received, 0);
    anna.edit(u"1.4"_s, [](Measure &m) { m.progress = 30; });
    QVERIFY(!anna.run());
    QCOMPARE(m_server->run(u"ALTER TABLE hanseatlas.hidden RENAME TO measures"_s), QString());
    const auto late = anna.run();
    VERIFY_RESULT(late);
    QCOMPARE(late->sent, 1);
}

void TestMeasureSync::theSameFieldIsAskedForAndDecided()
{
    Desk anna(u"Anna"_s, login()), bert(u"Bert"_s, login());
    anna.fill();
    VERIFY_RESULT(anna.run());
    VERIFY_RESULT(bert.run());
    anna.edit(u"1.4"_s, [](Measure &m) { m.progress = 30; });
    bert.edit(u"1.4"_s, [](Measure &m) { m.progress = 50; });
    bert.edit(u"1.5"_s, [](Measure &m) { m.progress = 10; });
    VERIFY_RESULT(anna.run());
    const auto asked = bert.run();
    VERIFY_RESULT(asked);
    QCOMPARE(asked->open.size(), 1);
    QCOMPARE(asked->open[0].person, u"Anna"_s);
    QCOMPARE(asked->open[0].conflict.number, u"1.4"_s);
    QCOMPARE(asked->sent, 1); // the other measure waits for nothing
    QCOMPARE(bert.row(u"1.4"_s).measure.progress, 50);
    const auto still = bert.run(); // and it is asked until it is decided
    VERIFY_RESULT(still);
    QCOMPARE(still->open.size(), 1);
    const auto decided = bert.run({{u"1.4"_s, {asked->open[0].conflict.version, {{u"progress"_s, true}}}}});
    VERIFY_RESULT(decided);
    QCOMPARE(decided->open.size(), 0);
    VERIFY_RESULT(anna.run());
    QCOMPARE(anna.row(u"1.4"_s).measure.progress, 50);
    QCOMPARE(anna.row(u"1.5"_s).measure.progress, 10);
    // Anna's value is not lost: it stands in the history of all.
    const auto rows = anna.shared->history({.number = u"1.4"_s, .since = {}}, {}).value();
    QCOMPARE(rows.last().field.before, QJsonValue(30));
    QCOMPARE(rows.last().person, u"Bert"_s);
}

void TestMeasureSync::dyingBetweenLosesNothing()
{
    Desk anna(u"Anna"_s, login()), bert(u"Bert"_s, login());
    anna.fill();
    VERIFY_RESULT(anna.run());
    VERIFY_RESULT(bert.run());
    anna.edit(u"1.4"_s, [](Measure &m) { m.progress = 30; });
    // The change has reached the server, but Anna's computer died before it wrote that down.
    const auto base = anna.folder.filePath(u"base"_s), kept = anna.folder.filePath(u"kept"_s);
    anna.sync.reset();
    QVERIFY(QFile::copy(base, kept));
    anna.reopen();
    VERIFY_RESULT(anna.run());
    anna.sync.reset();
    QVERIFY(QFile::remove(base));
    QVERIFY(QFile::rename(kept, base));
    anna.reopen();
    bert.edit(u"1.4"_s, [](Measure &m) { m.lead = u"Neu"_s; });
    VERIFY_RESULT(bert.run());
    const auto again = anna.run();
    VERIFY_RESULT(again);
    QCOMPARE(again->open.size(), 0);
    QCOMPARE(anna.row(u"1.4"_s).measure.lead, u"Neu"_s);
    QCOMPARE(anna.row(u"1.4"_s).measure.progress, 30);
    QCOMPARE(anna.row(u"1.4"_s).measure, bert.row(u"1.4"_s).measure);
}

void TestMeasureSync::withoutServerWorkGoesOn()
{
    Desk anna(u"Anna"_s, login()), bert(u"Bert"_s, login());
    anna.fill();
    VERIFY_RESULT(anna.run());
    VERIFY_RESULT(bert.run());
    m_server->stop();
    anna.edit(u"1.4"_s, [](Measure &m) {
        m.reports.append({.id = u"a"_s, .at = QDateTime::currentDateTimeUtc(), .person = u"Anna"_s, .text = u"x"_s});
    });
    VERIFY_FAILS(anna.run(), ErrorKind::Network);
    QVERIFY(m_server->start());
    bert.edit(u"1.4"_s, [](Measure &m) {
        m.reports.append({.id = u"b"_s, .at = QDateTime::currentDateTimeUtc(), .person = u"Bert"_s, .text = u"y"_s});
    });
    VERIFY_FAILS(bert.run(), ErrorKind::Network); // his connection is of the time before; the next one stands
    VERIFY_RESULT(bert.run());
    VERIFY_RESULT(anna.run());
    VERIFY_RESULT(bert.run());
    QCOMPARE(bert.row(u"1.4"_s).measure.reports.size(), 2);
    QVERIFY(sameMeasure(anna.row(u"1.4"_s).measure, bert.row(u"1.4"_s).measure));
}

/** Six people at once, each with ten edits of other fields and a report each: all arrive everywhere. */
void TestMeasureSync::manyAtOnceEndWithTheSame()
{
    constexpr int people = 6, edits = 10;
    std::vector<std::unique_ptr<Desk>> desks;
    for (int i = 0; i < people; ++i)
        desks.push_back(std::make_unique<Desk>(u"P%1"_s.arg(i), login()));
    desks[0]->fill();
    for (auto &desk : desks)
        VERIFY_RESULT(desk->run());
    {
        std::vector<std::jthread> threads;
        for (auto &desk : desks) {
            threads.emplace_back([&desk = *desk] {
                for (int i = 0; i < edits; ++i) {
                    desk.edit(u"2.1"_s, [&](Measure &m) {
                        m.reports.append({.id = desk.person + QString::number(i),
                                          .at = QDateTime::currentDateTimeUtc(),
                                          .person = desk.person,
                                          .text = u"x"_s});
                    });
                    (void)desk.run(); // may find others in the way five times; the next one takes it along
                }
            });
        }
    }
    for (int again = 0; again < 2; ++again) {
        for (auto &desk : desks) {
            const auto done = desk->run();
            VERIFY_RESULT(done);
            QCOMPARE(done->open.size(), 0);
        }
    }
    for (auto &desk : desks)
        QCOMPARE(desk->row(u"2.1"_s).measure.reports.size(), people * edits);
}

void TestMeasureSync::aLostBaseOnlyAsks()
{
    Desk anna(u"Anna"_s, login());
    anna.fill();
    VERIFY_RESULT(anna.run());
    anna.edit(u"1.4"_s, [](Measure &m) { m.progress = 30; });
    anna.sync.reset();
    QFile file(anna.folder.filePath(u"base"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("no database");
    file.close();
    anna.reopen();
    const auto asked = anna.run();
    VERIFY_RESULT(asked);
    QCOMPARE(asked->open.size(), 0); // only one side says anything about the progress
    QCOMPARE(asked->sent, 1);
    QCOMPARE(anna.row(u"1.4"_s).measure.progress, 30);
    QCOMPARE(anna.copy->read({}, {}).value().size(), 260);
}

void TestMeasureSync::cancellingChangesNothing()
{
    Desk anna(u"Anna"_s, login());
    anna.fill();
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = anna.sync->run(*anna.copy, *anna.shared, {}, anna.note(), stop.get_token());
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
    QCOMPARE(anna.shared->read({}, {}).value().size(), 0);
    VERIFY_RESULT(anna.run());
}

QTEST_GUILESS_MAIN(TestMeasureSync)
#include "tst_measuresync.moc"
