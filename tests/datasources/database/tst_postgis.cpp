// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/serviceaccess.h"
#include "datasources/net/credentials.h"
#include "datasources/net/requestlog.h"
#include "datasources/opener/opener.h"
#include "tests/servers/postgres.h"
#include "tests/support/testkit.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QTcpServer>
#include <QTemporaryDir>

#include <thread>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

/** A real database, through the door that the window uses. */
class TestPostgis : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void tablesAreListed();
    void aTableIsReadWithItsValues();
    void placesOnTheEllipsoidAreRead();
    void aTableWithoutPlacesIsATable();
    void theDatabaseSelects_data();
    void theDatabaseSelects();
    void degreesAreBroughtToTheMap();
    void whatIsWrongIsTold_data();
    void whatIsWrongIsTold();
    void whereProtectionIsAskedForItIsNotGoneWithout();
    void aServerThatFreezesDoesNotHoldUsUp();
    void nothingCanBeWritten();
    void thePasswordIsNowhere();
    void aLongQueryEndsWhenItIsCancelled();
    void aServerThatNeverAnswersIsGivenUp();
    void withoutTheServerTheLastStateIsSeen();

private:
    SourceRef refOf(const QString &table, const QJsonObject &options = {}) const
    {
        auto ref = m_opener->withoutSecrets({.location = m_server->address(u"reader"_s, u"s3cr3tword"_s)});
        ref.provider = u"postgis"_s;
        ref.layer = table;
        for (auto it = options.begin(); it != options.end(); ++it)
            ref.options.insert(it.key(), it.value());
        return ref;
    }
    Result<std::shared_ptr<const FeatureSource>> open(const SourceRef &ref) const
    {
        return m_opener->open(ref, {}).transform(
            [](const auto &opened) { return std::get<std::shared_ptr<const FeatureSource>>(opened); });
    }
    Result<FeatureSetPtr> read(const SourceRef &ref, const CancelToken &token = {}) const
    {
        return open(ref).and_then([&](const auto &source) {
            return source->read({.crs = Crs::working(), .fields = {u"nummer"_s, u"name"_s}}, token);
        });
    }

    std::unique_ptr<Postgres> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ServiceAccess> m_access;
    std::unique_ptr<Opener> m_opener;
};

void TestPostgis::initTestCase()
{
    m_server = std::make_unique<Postgres>();
    QCOMPARE(m_server->problem(), QString());
    QCOMPARE(
        m_server->run(u"CREATE TABLE baeume (nummer integer PRIMARY KEY, name text, hoehe double precision, seit date, "
                      "gefaellt boolean, geom geometry(Point, 25832));"
                      "INSERT INTO baeume SELECT i, 'Linde ' || i, i / 2.0, date '2024-05-01' + i, i % 2 = 0, "
                      "ST_SetSRID(ST_MakePoint(610000 + i * 10, 5970000), 25832) FROM generate_series(1, 3000) i;"
                      "COMMENT ON TABLE baeume IS 'Straßenbäume';"
                      "CREATE TABLE bezirke (id serial, \"Name\" text, geom geometry(MultiPolygon, 4326));"
                      "INSERT INTO bezirke (\"Name\", geom) VALUES ('Innenstadt', ST_Multi(ST_MakeEnvelope(10.67, "
                      "53.86, 10.70, 53.88, 4326)));"
                      "CREATE SCHEMA geheim; CREATE TABLE geheim.akten (id integer, geom geometry(Point, 25832));"
                      "CREATE VIEW langsam AS SELECT nummer, name, pg_sleep(0.05)::text AS pause, geom FROM baeume;"
                      "CREATE TABLE orte (id integer, ort geography(Point, 4326));"
                      "INSERT INTO orte VALUES (1, ST_MakePoint(10.68, 53.87)), (2, ST_MakePoint(11.5, 53.87));"
                      "CREATE TABLE einwohner (bezirk text, anzahl integer);"
                      "INSERT INTO einwohner VALUES ('Innenstadt', 14000), ('Moisling', NULL);"
                      "CREATE ROLE reader LOGIN PASSWORD 's3cr3tword';"
                      "GRANT SELECT ON baeume, bezirke, langsam, orte, einwohner TO reader; ANALYZE baeume"_s),
        QString());
}

void TestPostgis::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_access =
        std::make_shared<ServiceAccess>(ServiceAccess::Options{.storePath = m_folder->filePath(u"services.sqlite"_s)},
                                        std::make_shared<MemoryCredentials>());
    m_opener = std::make_unique<Opener>(m_folder->path(), m_access);
}

void TestPostgis::tablesAreListed()
{
    const auto found = m_opener->inspect({.location = m_server->address(u"reader"_s, u"s3cr3tword"_s)}, {});
    VERIFY_RESULT(found);
    QStringList names;
    for (const auto &layer : found->layers)
        names << layer.name;
    QCOMPARE(names,
             QStringList({u"public.baeume(geom)"_s, u"public.bezirke(geom)"_s, u"public.langsam(geom)"_s,
                          u"public.orte(ort)"_s, u"public.einwohner"_s}));
    const auto &places = found->layers[3], &table = found->layers[4];
    QCOMPARE(places.crs.id(), u"EPSG:4326"_s);
    QCOMPARE(places.geometryKinds, std::vector{GeometryKind::Point});
    QCOMPARE(table.kind, LayerKind::Table);
    QVERIFY(places.suggested && !table.suggested);
    const auto &trees = found->layers.front();
    QCOMPARE(trees.title, u"Straßenbäume"_s);
    QCOMPARE(trees.geometryKinds, std::vector{GeometryKind::Point});
    QCOMPARE(trees.crs.id(), u"EPSG:25832"_s);
    QVERIFY(found->ref);
    QCOMPARE(found->ref->provider, u"postgis"_s);
    QCOMPARE(found->ref->location, m_server->address(u"reader"_s));
}

void TestPostgis::aTableIsReadWithItsValues()
{
    const auto source = open(refOf(u"public.baeume(geom)"_s));
    VERIFY_RESULT(source);
    const auto set = (*source)->read({.crs = Crs::working()}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), 3000u);
    const auto description = (*source)->description();
    QVERIFY(description.fetched.isValid());
    const auto typeOf = [&](const QString &name) {
        return std::ranges::find(description.fields, name, &Field::name)->type;
    };
    QCOMPARE(typeOf(u"nummer"_s), FieldType::Integer);
    QCOMPARE(typeOf(u"hoehe"_s), FieldType::Real);
    QCOMPARE(typeOf(u"seit"_s), FieldType::Date);
    QCOMPARE(typeOf(u"gefaellt"_s), FieldType::Boolean);
    const auto features = (*source)->features(std::vector<qint64>{7}, {}, {});
    VERIFY_RESULT(features);
    QCOMPARE(features->size(), 1u);
    QHash<QString, QVariant> values;
    for (qsizetype i = 0; i < description.fields.size(); ++i)
        values[description.fields[i].name] = features->front().values[i];
    QCOMPARE(values[u"nummer"_s].toInt(), 7);
    QCOMPARE(values[u"name"_s].toString(), u"Linde 7"_s);
    QCOMPARE(values[u"hoehe"_s].toDouble(), 3.5);
    QCOMPARE(values[u"seit"_s].toDate(), QDate(2024, 5, 8));
    QCOMPARE(values[u"gefaellt"_s].toBool(), false);
    QCOMPARE(features->front().geometry.points.front().x, 610070.0);
}

void TestPostgis::placesOnTheEllipsoidAreRead()
{
    const auto source = open(refOf(u"public.orte(ort)"_s));
    VERIFY_RESULT(source);
    VERIFY_RESULT((*source)->read({.crs = Crs::working()}, {}));
    const auto features = (*source)->features(std::vector<qint64>{1, 2}, {}, {});
    VERIFY_RESULT(features);
    QCOMPARE(features->size(), 2u);
    const auto first = std::ranges::min(*features, {}, [](const Feature &f) { return f.geometry.points.front().x; });
    const auto there = Transform::create((*source)->description().crs, Crs::fromEpsg(4326));
    VERIFY_RESULT(there);
    auto place = first.geometry.points;
    there->forward(std::span(place));
    QVERIFY(std::abs(place.front().x - 10.68) < 1e-6);
    QVERIFY(std::abs(place.front().y - 53.87) < 1e-6);
    const QJsonObject box{
        {u"extent"_s, QJsonObject{{u"box"_s, QJsonArray{10.6, 53.8, 10.7, 53.9}}, {u"crs"_s, u"EPSG:4326"_s}}}};
    const auto near = open(refOf(u"public.orte(ort)"_s, box)).and_then([](const auto &one) {
        return one->read({.crs = Crs::working()}, {});
    });
    VERIFY_RESULT(near);
    QCOMPARE((*near)->size(), 1u);
}

void TestPostgis::aTableWithoutPlacesIsATable()
{
    const auto source = open(refOf(u"public.einwohner"_s));
    VERIFY_RESULT(source);
    const auto set = (*source)->read({.crs = Crs::working()}, {});
    VERIFY_RESULT(set);
    const auto description = (*source)->description();
    QCOMPARE(description.kind, LayerKind::Table);
    const auto features = (*source)->features(std::vector<qint64>{1, 2}, {}, {});
    VERIFY_RESULT(features);
    QCOMPARE(features->size(), 2u);
    QSet<QString> names;
    for (const auto &feature : *features) {
        QVERIFY(feature.geometry.isEmpty());
        names << feature.values[0].toString();
    }
    QCOMPARE(names, QSet<QString>({u"Innenstadt"_s, u"Moisling"_s}));
    QCOMPARE(description.notes, QStringList());
}

void TestPostgis::theDatabaseSelects_data()
{
    QTest::addColumn<QJsonObject>("options");
    QTest::addColumn<int>("expected");
    const auto where = [](const QString &field, const QString &is, const QJsonValue &value) {
        return QJsonObject{
            {u"filter"_s, QJsonArray{QJsonObject{{u"field"_s, field}, {u"is"_s, is}, {u"value"_s, value}}}}};
    };
    QTest::newRow("number") << where(u"nummer"_s, u"<="_s, 20) << 20;
    QTest::newRow("pattern") << where(u"name"_s, u"like"_s, u"linde 100*"_s) << 11;
    QTest::newRow("date") << where(u"seit"_s, u"<"_s, QJsonObject{{u"date"_s, u"2024-05-11"_s}}) << 9;
    QTest::newRow("quotes") << where(u"name"_s, u"="_s, u"'; DROP TABLE baeume; --"_s) << 0;
    QTest::newRow("area") << QJsonObject{{u"extent"_s,
                                          QJsonObject{{u"box"_s, QJsonArray{610005, 5969990, 610055, 5970010}},
                                                      {u"crs"_s, u"EPSG:25832"_s}}}}
                          << 5;
}

void TestPostgis::theDatabaseSelects()
{
    QFETCH(QJsonObject, options);
    QFETCH(int, expected);
    const auto set = read(refOf(u"public.baeume(geom)"_s, options));
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), std::size_t(expected));
}

void TestPostgis::degreesAreBroughtToTheMap()
{
    const auto source = open(refOf(u"public.bezirke(geom)"_s));
    VERIFY_RESULT(source);
    VERIFY_RESULT((*source)->read({.crs = Crs::working()}, {}));
    const auto extent = (*source)->description().extent;
    QVERIFY2(extent.xMin > 609000 && extent.xMax < 613000, qPrintable(QString::number(extent.xMin)));
    QVERIFY2(extent.yMin > 5968000 && extent.yMax < 5973000, qPrintable(QString::number(extent.yMin)));
}

void TestPostgis::whatIsWrongIsTold_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("table");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("wrong password") << u"reader"_s << u"s3cr3twordX"_s << u"public.baeume(geom)"_s
                                    << ErrorKind::NotReadable;
    QTest::newRow("no password") << u"reader"_s << QString() << u"public.baeume(geom)"_s << ErrorKind::NotReadable;
    QTest::newRow("no such user") << u"nobody"_s << u"s3cr3tword"_s << u"public.baeume(geom)"_s
                                  << ErrorKind::NotReadable;
    QTest::newRow("no such table") << u"reader"_s << u"s3cr3tword"_s << u"public.gibtesnicht(geom)"_s
                                   << ErrorKind::NotFound;
    QTest::newRow("no right") << u"reader"_s << u"s3cr3tword"_s << u"geheim.akten(geom)"_s << ErrorKind::NotFound;
}

void TestPostgis::whatIsWrongIsTold()
{
    QFETCH(QString, user);
    QFETCH(QString, password);
    QFETCH(QString, table);
    QFETCH(ErrorKind, kind);
    auto ref = m_opener->withoutSecrets({.location = m_server->address(user, password)});
    ref.provider = u"postgis"_s;
    ref.layer = table;
    const auto set = read(ref);
    VERIFY_FAILS(set, kind);
    QVERIFY(!toText(set.error()).contains(u"s3cr3tword"_s));
}

/** The server of the test has no encryption. */
void TestPostgis::whereProtectionIsAskedForItIsNotGoneWithout()
{
    auto ref = refOf(u"public.baeume(geom)"_s);
    ref.location += u"?sslmode=require"_s;
    VERIFY_FAILS(read(ref), ErrorKind::Network);
}

void TestPostgis::aServerThatFreezesDoesNotHoldUsUp()
{
    std::stop_source stop;
    QElapsedTimer clock;
    std::jthread freezer([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(1500));
        m_server->freeze(true);
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        clock.start();
        stop.request_stop();
    });
    const auto set = read(refOf(u"public.langsam(geom)"_s), stop.get_token());
    const auto waited = clock.elapsed();
    m_server->freeze(false);
    QVERIFY(!set);
    QCOMPARE(set.error().kind, ErrorKind::Cancelled);
    QVERIFY2(waited < 8000, qPrintable(QString::number(waited)));
}

void TestPostgis::nothingCanBeWritten()
{
    // A view that would write when it is read
    QCOMPARE(m_server->run(u"CREATE TABLE spur (n integer); GRANT ALL ON spur TO reader;"
                           "CREATE OR REPLACE FUNCTION schreibt() RETURNS integer LANGUAGE plpgsql AS "
                           "$$ BEGIN INSERT INTO spur VALUES (1); RETURN 1; END $$;"
                           "CREATE VIEW schreibend AS SELECT schreibt() AS n, geom FROM bezirke;"
                           "GRANT SELECT ON schreibend TO reader"_s),
             QString());
    const auto set = read(refOf(u"public.schreibend(geom)"_s));
    QVERIFY(!set);
    QVERIFY2(toText(set.error()).contains(u"read-only"_s), qPrintable(toText(set.error())));
    QCOMPARE(m_server->run(u"DO $$ BEGIN IF (SELECT count(*) FROM spur) > 0 THEN RAISE 'written'; END IF; END $$;"
                           "DROP VIEW schreibend"_s),
             QString());
}

void TestPostgis::thePasswordIsNowhere()
{
    const auto ref = refOf(u"public.baeume(geom)"_s);
    QVERIFY(!ref.location.contains(u"s3cr3tword"_s));
    VERIFY_RESULT(read(ref));
    VERIFY_RESULT(m_access->store()->flush());
    QVERIFY(!m_access->client().log().exchanges().empty());
    for (const auto &exchange : m_access->client().log().exchanges())
        QVERIFY(!exchange.url.contains(u"s3cr3tword"_s));
    for (const auto &name : QDir(m_folder->path()).entryList(QDir::Files)) {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("s3cr3tword"), qPrintable(name));
    }
}

void TestPostgis::aLongQueryEndsWhenItIsCancelled()
{
    std::stop_source stop;
    QElapsedTimer clock;
    std::jthread canceller([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(700));
        clock.start();
        stop.request_stop();
    });
    const auto set = read(refOf(u"public.langsam(geom)"_s), stop.get_token()); // would take 150 s
    QVERIFY(!set);
    QCOMPARE(set.error().kind, ErrorKind::Cancelled);
    QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
}

void TestPostgis::aServerThatNeverAnswersIsGivenUp()
{
    QTcpServer silent; // takes the connection and says nothing
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    QElapsedTimer clock;
    clock.start();
    SourceRef ref{.provider = u"postgis"_s,
                  .location = u"postgresql://127.0.0.1:%1/city"_s.arg(silent.serverPort()),
                  .layer = u"public.baeume(geom)"_s};
    VERIFY_FAILS(read(ref), ErrorKind::Network);
    QVERIFY2(clock.elapsed() < 20'000, qPrintable(QString::number(clock.elapsed())));
}

void TestPostgis::withoutTheServerTheLastStateIsSeen()
{
    const auto ref = refOf(u"public.baeume(geom)"_s);
    VERIFY_RESULT(read(ref));
    VERIFY_RESULT(m_access->store()->flush());
    m_server->stop();
    const auto source = open(ref);
    VERIFY_RESULT(source);
    const auto set = (*source)->read({.crs = Crs::working()}, {});
    VERIFY_RESULT(set);
    QCOMPARE((*set)->size(), 3000u);
    VERIFY_FAILS((*source)->refresh({}, {}), ErrorKind::Network); // and the old state stands
    QCOMPARE((*(*source)->read({.crs = Crs::working()}, {}))->size(), 3000u);
    m_access->setOffline(true);
    VERIFY_FAILS(m_opener->inspect(ref, {}), ErrorKind::Network);
    m_access->setOffline(false);
    QVERIFY(m_server->start());
    VERIFY_RESULT((*source)->refresh({}, {}));
}

QTEST_GUILESS_MAIN(TestPostgis)
#include "tst_postgis.moc"
