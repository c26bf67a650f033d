// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/requestmodel.h"
#include "tests/support/testkit.h"

#include <QAbstractItemModelTester>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

class TestRequestModel : public QObject
{
    Q_OBJECT
private slots:
    void theNewestIsOnTopAndTheOldestMakesRoom()
    {
        RequestLog log(10);
        log.add({.url = u"http://a/0"_s, .status = 200});
        RequestModel model(log, 3);
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.rowCount(), 1);
        for (int i = 1; i < 5; ++i)
            log.add({.url = u"http://a/%1"_s.arg(i), .status = 200});
        QTRY_COMPARE(model.rowCount(), 3);
        QCOMPARE(address(model, 0), u"http://a/4"_s);
        QCOMPARE(address(model, 2), u"http://a/2"_s);
    }

    void saysWhatCameOfIt_data()
    {
        QTest::addColumn<LoggedExchange>("exchange");
        QTest::addColumn<QString>("result");
        QTest::addColumn<bool>("failed");
        QTest::newRow("good") << LoggedExchange{.status = 200} << u"200"_s << false;
        QTest::newRow("unchanged") << LoggedExchange{.status = 304, .fromCache = true} << u"unchanged"_s << false;
        QTest::newRow("refused") << LoggedExchange{.status = 500, .error = u"down"_s} << u"500, error"_s << true;
        QTest::newRow("silent") << LoggedExchange{.error = u"timeout"_s} << u"no answer"_s << true;
    }
    void saysWhatCameOfIt()
    {
        QFETCH(LoggedExchange, exchange);
        QFETCH(QString, result);
        QFETCH(bool, failed);
        RequestLog log;
        log.add(exchange);
        const RequestModel model(log);
        const auto index = model.index(0, RequestModel::ResultColumn);
        QCOMPARE(index.data().toString(), result);
        QCOMPARE(index.data(RequestModel::FailedRole).toBool(), failed);
        QCOMPARE(index.data(Qt::ToolTipRole).toString().contains(exchange.error), true);
    }

    void sizesAndDurationsSortAsNumbers()
    {
        RequestLog log;
        log.add({.bytes = 2048, .duration = std::chrono::milliseconds(90)});
        const RequestModel model(log);
        QCOMPARE(model.index(0, RequestModel::SizeColumn).data(RequestModel::SortRole).toLongLong(), 2048);
        QCOMPARE(model.index(0, RequestModel::DurationColumn).data(RequestModel::SortRole).toLongLong(), 90);
        QVERIFY(model.index(0, RequestModel::SizeColumn).data().toString().startsWith("2.0"_L1));
    }

    void theQuestionIsToldInShort_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("question");
        QTest::newRow("map") << u"http://x/wms?service=WMS&request=GetMap&LAYERS=a,b&BBOX=1,2,3,4"_s << u"GetMap a,b"_s;
        QTest::newRow("features") << u"http://x/wfs?REQUEST=GetFeature&TYPENAMES=app:b%C3%A4ume"_s
                                  << u"GetFeature app:bäume"_s;
        QTest::newRow("capabilities") << u"http://x/wms?REQUEST=GetCapabilities"_s << u"GetCapabilities"_s;
        QTest::newRow("tile") << u"http://x/tiles/12/2171/1340.png?key=1"_s << u"12/2171/1340.png"_s;
        QTest::newRow("short path") << u"http://x/a.json"_s << u"/a.json"_s;
        QTest::newRow("nothing") << u""_s << u""_s;
    }

    void theQuestionIsToldInShort()
    {
        QFETCH(QString, url);
        QFETCH(QString, question);
        RequestLog log;
        log.add({.url = url});
        const RequestModel model(log);
        QCOMPARE(model.index(0, RequestModel::QuestionColumn).data().toString(), question);
    }

    void emptiedItAndTheLogAreEmpty()
    {
        RequestLog log;
        log.add({.status = 200});
        log.add({.status = 200});
        RequestModel model(log);
        const QAbstractItemModelTester tester(&model);
        QVERIFY(!model.removeRows(0, 1));
        QVERIFY(model.removeRows(0, 2));
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(log.exchanges().empty());
        log.add({.status = 200});
        QTRY_COMPARE(model.rowCount(), 1);
    }

private:
    static QString address(const RequestModel &model, int row)
    {
        return model.index(row, RequestModel::AddressColumn).data().toString();
    }
};

QTEST_GUILESS_MAIN(TestRequestModel)
#include "tst_requestmodel.moc"
