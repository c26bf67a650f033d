// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/database/databaseaddress.h"
#include "datasources/database/databasefilter.h"
#include "tests/support/testkit.h"

#include <QDate>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

class TestDatabaseAddress : public QObject
{
    Q_OBJECT
private slots:
    void addressesAreTakenApart_data();
    void addressesAreTakenApart();
    void othersAreNone_data();
    void othersAreNone();
    void rulesBecomeConditions_data();
    void rulesBecomeConditions();
};

void TestDatabaseAddress::addressesAreTakenApart_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<DatabaseAddress>("address");
    QTest::addColumn<QString>("written");
    QTest::newRow("plain") << u"postgresql://db.local/city"_s << DatabaseAddress{u"db.local"_s, 5432, u"city"_s, {}}
                           << u"postgresql://db.local/city"_s;
    QTest::newRow("all") << u"postgres://anna@db.local:5433/city"_s
                         << DatabaseAddress{u"db.local"_s, 5433, u"city"_s, u"anna"_s}
                         << u"postgresql://anna@db.local:5433/city"_s;
    QTest::newRow("password is left out")
        << u"postgresql://anna:a%40b@db.local/city"_s << DatabaseAddress{u"db.local"_s, 5432, u"city"_s, u"anna"_s}
        << u"postgresql://anna@db.local/city"_s;
    QTest::newRow("protected") << u"postgresql://db.local/city?sslmode=verify-full"_s
                               << DatabaseAddress{u"db.local"_s, 5432, u"city"_s, {}, u"verify-full"_s}
                               << u"postgresql://db.local/city?sslmode=verify-full"_s;
    QTest::newRow("ipv6") << u"postgresql://[::1]:5433/city"_s << DatabaseAddress{u"::1"_s, 5433, u"city"_s, {}}
                          << u"postgresql://[::1]:5433/city"_s;
    QTest::newRow("socket") << u"postgresql://%2Frun%2Fpostgresql/city"_s
                            << DatabaseAddress{u"/run/postgresql"_s, 5432, u"city"_s, {}}
                            << u"postgresql://%2Frun%2Fpostgresql/city"_s;
    QTest::newRow("umlauts") << u"postgresql://db/b%C3%A4ume"_s << DatabaseAddress{u"db"_s, 5432, u"bäume"_s, {}}
                             << u"postgresql://db/b%C3%A4ume"_s;
}

void TestDatabaseAddress::addressesAreTakenApart()
{
    QFETCH(QString, text);
    QFETCH(DatabaseAddress, address);
    QFETCH(QString, written);
    const auto parsed = DatabaseAddress::fromText(text);
    QVERIFY(parsed);
    QCOMPARE(parsed->host, address.host);
    QCOMPARE(parsed->port, address.port);
    QCOMPARE(parsed->database, address.database);
    QCOMPARE(parsed->user, address.user);
    QCOMPARE(parsed->sslMode, address.sslMode);
    QCOMPARE(parsed->toText(), written);
    QCOMPARE(DatabaseAddress::fromText(written), parsed);
}

void TestDatabaseAddress::othersAreNone_data()
{
    QTest::addColumn<QString>("text");
    for (const auto *text : {"http://db/city", "postgresql://", "postgresql://db", "postgresql:///city",
                             "postgresql://db:0/city", "postgresql://db:port/city", "postgresql://db/a%00b",
                             "/data/city", "postgresql://db/city?options=-c%20x", "postgresql://db/city?sslmode=never"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestDatabaseAddress::othersAreNone()
{
    QFETCH(QString, text);
    QVERIFY(!DatabaseAddress::fromText(text));
}

void TestDatabaseAddress::rulesBecomeConditions_data()
{
    QTest::addColumn<FilterRule>("rule");
    QTest::addColumn<QString>("sql");
    QTest::newRow("none") << FilterRule() << QString();
    QTest::newRow("text") << FilterRule{FieldComparison{u"art"_s, Comparison::Equal, u"O'Neill"_s}}
                          << u"\"art\" = 'O''Neill'"_s;
    QTest::newRow("a name that would be more")
        << FilterRule{FieldComparison{u"a\"; DROP TABLE x; --"_s, Comparison::Less, 1}}
        << u"\"a\"\"; DROP TABLE x; --\" < 1"_s;
    QTest::newRow("date") << FilterRule{FieldComparison{u"seit"_s, Comparison::GreaterOrEqual, QDate(2024, 5, 1)}}
                          << u"\"seit\" >= '2024-05-01'"_s;
    QTest::newRow("pattern") << FilterRule{FieldLike{.field = u"n"_s, .pattern = u"50%*_?"_s}}
                             << u"\"n\"::text ILIKE '50!%%!__' ESCAPE '!'"_s;
    QTest::newRow("empty") << FilterRule{FieldIsNull{u"n"_s}} << u"\"n\" IS NULL"_s;
    QTest::newRow("not") << FilterRule{FilterGroup{Junction::Not, {FilterRule{FieldIsNull{u"n"_s}}}}}
                         << u"NOT ((\"n\" IS NULL))"_s;
    QTest::newRow("and") << FilterRule{FilterGroup{
        Junction::And, {FilterRule{FieldIsNull{u"a"_s}}, FilterRule{FieldBetween{u"b"_s, 1, 2.5}}}}}
                         << u"(\"a\" IS NULL) AND (\"b\" BETWEEN 1 AND 2.5)"_s;
    QTest::newRow("box") << FilterRule{FieldInBox{.field = u"geom"_s, .extent = {1, 2, 3.5, 4}, .crs = {}}}
                         << u"\"geom\" && ST_MakeEnvelope(1,2,3.5,4, ST_SRID(\"geom\"))"_s;
    QTest::newRow("box of a known system")
        << FilterRule{FieldInBox{.field = u"geom"_s, .extent = {1, 2, 3.5, 4}, .crs = u"25832"_s}}
        << u"\"geom\" && ST_MakeEnvelope(1,2,3.5,4, 25832)"_s;
}

void TestDatabaseAddress::rulesBecomeConditions()
{
    QFETCH(FilterRule, rule);
    QFETCH(QString, sql);
    QCOMPARE(databaseFilter(rule), sql);
}

QTEST_GUILESS_MAIN(TestDatabaseAddress)
#include "tst_databaseaddress.moc"
