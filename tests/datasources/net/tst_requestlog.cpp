// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/requestlog.h"
#include "tests/support/testkit.h"

#include <QSignalSpy>

#include <thread>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

class TestRequestLog : public QObject
{
    Q_OBJECT

private slots:
    void theOldestMakesRoom()
    {
        RequestLog log(3);
        for (int i = 0; i < 5; ++i)
            log.add({.status = i});
        const auto kept = log.exchanges();
        QCOMPARE(kept.size(), 3u);
        QCOMPARE(kept.front().status, 2);
        QCOMPARE(kept.back().status, 4);
        log.clear();
        QVERIFY(log.exchanges().empty());
    }

    void manyThreadsMayWriteWhileOneReads()
    {
        RequestLog log;
        std::atomic<int> told = 0;
        connect(&log, &RequestLog::added, &log, [&told](const LoggedExchange &) { ++told; }, Qt::DirectConnection);
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t)
                threads.emplace_back([&log] {
                    for (int i = 0; i < 500; ++i)
                        log.add({.method = u"GET"_s});
                });
            for (int i = 0; i < 100; ++i)
                QVERIFY(log.exchanges().size() <= 1000u);
        }
        QCOMPARE(log.exchanges().size(), 1000u);
        QCOMPARE(told.load(), 2000);
    }

    void aListenerHearsOfItOnItsOwnThread()
    {
        RequestLog log;
        QThread *heardOn = nullptr;
        connect(&log, &RequestLog::added, this,
                [&heardOn](const LoggedExchange &) { heardOn = QThread::currentThread(); });
        std::jthread([&log] { log.add({.status = 200}); }).join();
        QTRY_COMPARE(heardOn, QThread::currentThread());
    }
};

QTEST_GUILESS_MAIN(TestRequestLog)
#include "tst_requestlog.moc"
