// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/catalogueaccess.h"
#include "datasources/live/serviceaccess.h"
#include "datasources/net/credentials.h"
#include "tests/servers/postgres.h"
#include "tests/support/testkit.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

/** A city's database as a source of the catalogue. */
class TestDatabaseCatalogue : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QCOMPARE(m_server.problem(), QString());
        QCOMPARE(
            m_server.run(u"CREATE TABLE baeume (name text, geom geometry(Point, 25832));"
                         "COMMENT ON TABLE baeume IS 'Straßenbäume';"
                         "CREATE SCHEMA plan; CREATE TABLE plan.geltung (name text, geom geometry(Polygon, 25832));"
                         "CREATE TABLE plan.liste (name text);"
                         "CREATE ROLE reader LOGIN PASSWORD 's3cr3tword'; GRANT USAGE ON SCHEMA plan TO reader;"
                         "GRANT SELECT ON baeume, plan.geltung, plan.liste TO reader"_s),
            QString());
    }

    void itsAddressIsFoundOutToBeADatabase()
    {
        const auto access = fresh();
        const auto source = access->detect(u"  "_s + m_server.address(u"reader"_s, u"s3cr3tword"_s), {});
        VERIFY_RESULT(source);
        QCOMPARE(source->kind, CatalogueSourceKind::Service);
        QCOMPARE(source->provider, u"postgis"_s);
        QCOMPARE(source->location, m_server.address(u"reader"_s)); // without the password
        QVERIFY(!source->title.isEmpty());
        const auto tree = access->load(*source, CatalogueAge::Fresh, {});
        VERIFY_RESULT(tree);
        QCOMPARE(tree->nodes.size(), 2u); // a folder for each schema
        QCOMPARE(tree->nodes[0].title, u"plan"_s);
        QCOMPARE(tree->nodes[0].children.size(), 2u);
        const auto &trees = tree->nodes[1].children[0];
        QCOMPARE(trees.title, u"Straßenbäume"_s);
        QVERIFY(trees.canBeShown());
        QCOMPARE(trees.source->layer, u"public.baeume(geom)"_s);
        QVERIFY(!trees.source->location.contains(u"s3cr3tword"_s));
        QVERIFY(!sourcesToJson({*source}).contains("s3cr3tword"));
        const auto again = sourcesFromJson(sourcesToJson({*source}));
        VERIFY_RESULT(again);
        QCOMPARE(again->sources.size(), 1u);
        QCOMPARE(again->sources[0].provider, u"postgis"_s);
    }

    void whatIsWrongIsTold()
    {
        VERIFY_FAILS(fresh()->detect(m_server.address(u"reader"_s, u"wrong"_s), {}), ErrorKind::NotReadable);
        VERIFY_FAILS(fresh()->detect(u"postgresql://reader@127.0.0.1:1/city"_s, {}), ErrorKind::Network);
        VERIFY_FAILS(fresh()->detect(u"postgresql://"_s, {}), ErrorKind::Invalid);
    }

private:
    std::unique_ptr<CatalogueAccess> fresh()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        return std::make_unique<CatalogueAccess>(
            std::make_shared<ServiceAccess>(
                ServiceAccess::Options{.storePath = m_folder->filePath(u"services.sqlite"_s)},
                std::make_shared<MemoryCredentials>()),
            CatalogueFiles{});
    }

    Postgres m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestDatabaseCatalogue)
#include "tst_databasecatalogue.moc"
