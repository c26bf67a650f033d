// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/featureselection.h"
#include "tests/support/testkit.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

class TestFeatureSelection : public QObject
{
    Q_OBJECT
private slots:
    void conditionsBecomeAFilter_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("cql");
        QTest::newRow("none") << u"[]"_s << QString();
        QTest::newRow("text") << u"[{\"field\": \"art\", \"is\": \"=\", \"value\": \"Kita\"}]"_s
                              << u"\"art\" = 'Kita'"_s;
        QTest::newRow("quotes") << u"[{\"field\": \"art\", \"is\": \"<>\", \"value\": \"O'Neill\"}]"_s
                                << u"\"art\" <> 'O''Neill'"_s;
        QTest::newRow("number") << u"[{\"field\": \"n\", \"is\": \">=\", \"value\": 2.5}]"_s << u"\"n\" >= 2.5"_s;
        QTest::newRow("date") << u"[{\"field\": \"seit\", \"is\": \"<\", \"value\": {\"date\": \"2024-05-01\"}}]"_s
                              << u"\"seit\" < DATE('2024-05-01')"_s;
        QTest::newRow("empty") << u"[{\"field\": \"x\", \"is\": \"empty\"}]"_s << u"\"x\" IS NULL"_s;
        QTest::newRow("several")
            << u"[{\"field\": \"a\", \"is\": \"=\", \"value\": 1}, {\"field\": \"b\", \"is\": \">\", \"value\": 2}]"_s
            << u"(\"a\" = 1 AND \"b\" > 2)"_s;
    }
    void conditionsBecomeAFilter()
    {
        QFETCH(QString, filter);
        QFETCH(QString, cql);
        const auto selection = featureSelection({{u"filter"_s, QJsonDocument::fromJson(filter.toUtf8()).array()}});
        VERIFY_RESULT(selection);
        QCOMPARE(filterCql2(selection->filter), cql);
        QVERIFY(selection->extent.isEmpty());
    }

    void anAreaHasACrs()
    {
        const QJsonObject area{{u"box"_s, QJsonArray{10.6, 53.8, 10.8, 53.9}}, {u"crs"_s, u"EPSG:4326"_s}};
        const auto selection = featureSelection({{u"extent"_s, area}});
        VERIFY_RESULT(selection);
        QCOMPARE(selection->extent, (Extent{10.6, 53.8, 10.8, 53.9}));
        QVERIFY(selection->extentCrs == Crs::fromEpsg(4326));
        VERIFY_RESULT(featureSelection({}));
    }

    void whatCannotBeUnderstoodIsNotPassedOver_data()
    {
        QTest::addColumn<QString>("options");
        QTest::newRow("no list") << u"{\"filter\": \"art = 1\"}"_s;
        QTest::newRow("no field") << u"{\"filter\": [{\"is\": \"=\", \"value\": 1}]}"_s;
        QTest::newRow("no value") << u"{\"filter\": [{\"field\": \"a\", \"is\": \"=\"}]}"_s;
        QTest::newRow("unknown comparison") << u"{\"filter\": [{\"field\": \"a\", \"is\": \"~\", \"value\": 1}]}"_s;
        QTest::newRow("no date")
            << u"{\"filter\": [{\"field\": \"a\", \"is\": \"=\", \"value\": {\"date\": \"yesterday\"}}]}"_s;
        QTest::newRow("half a box") << u"{\"extent\": {\"box\": [1, 2, 3]}}"_s;
        QTest::newRow("box of texts") << u"{\"extent\": {\"box\": [\"a\", \"b\", \"c\", \"d\"]}}"_s;
        QTest::newRow("turned box") << u"{\"extent\": {\"box\": [3, 3, 1, 1]}}"_s;
        QTest::newRow("unknown crs") << u"{\"extent\": {\"box\": [1, 1, 3, 3], \"crs\": \"EPSG:0\"}}"_s;
    }
    void whatCannotBeUnderstoodIsNotPassedOver()
    {
        QFETCH(QString, options);
        VERIFY_FAILS(featureSelection(QJsonDocument::fromJson(options.toUtf8()).object()), ErrorKind::Malformed);
    }
};

QTEST_GUILESS_MAIN(TestFeatureSelection)
#include "tst_featureselection.moc"
