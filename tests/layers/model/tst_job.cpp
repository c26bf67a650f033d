// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/job.h"
#include "tests/support/testkit.h"

#include <QSemaphore>

using namespace hanseatlas;

class TestJob : public QObject
{
    Q_OBJECT
private slots:
    void theNewestWins()
    {
        QThreadPool pool;
        Latest latest;
        QSemaphore gate;
        QList<int> heard;
        latest.run(
            pool,
            [&gate](CancelToken) {
                gate.acquire();
                return 1;
            },
            [&](int v) { heard << v; });
        latest.run(pool, [](CancelToken) { return 2; }, [&](int v) { heard << v; });
        gate.release();
        QTRY_COMPARE(heard, QList<int>{2});
        pool.waitForDone();
        QTest::qWait(20);
        QCOMPARE(heard, QList<int>{2});
        QVERIFY(!latest.isRunning());
    }

    void aDestroyedOwnerHearsNothingAndTheWorkIsToldToStop()
    {
        QThreadPool pool;
        QSemaphore started;
        std::atomic<bool> stopped = false, heard = false;
        {
            Latest latest;
            latest.run(
                pool,
                [&](CancelToken token) {
                    started.release();
                    while (!token.stop_requested())
                        QThread::msleep(1);
                    stopped = true;
                    return 0;
                },
                [&](int) { heard = true; });
            started.acquire();
        }
        pool.waitForDone();
        QTest::qWait(20);
        QVERIFY(stopped);
        QVERIFY(!heard);
    }

    void aQuickJobIsDeliveredAfterRunHasReturned()
    {
        QThreadPool pool;
        for (int i = 0; i < 300; ++i) {
            Latest latest;
            bool returned = false, heard = false, early = false;
            latest.run(
                pool, [](CancelToken) { return 0; },
                [&](int) {
                    heard = true;
                    early = !returned;
                });
            QVERIFY(latest.isRunning());
            returned = true;
            while (!heard)
                QTest::qWait(0);
            QVERIFY(!early);
            QVERIFY(!latest.isRunning());
        }
    }

    void aNewJobMayStartFromDeliver()
    {
        QThreadPool pool;
        Latest latest;
        int second = 0;
        latest.run(
            pool, [](CancelToken) { return 1; },
            [&](int v) { latest.run(pool, [v](CancelToken) { return v + 1; }, [&](int w) { second = w; }); });
        QTRY_COMPARE(second, 2);
    }
};

QTEST_GUILESS_MAIN(TestJob)
#include "tst_job.moc"
