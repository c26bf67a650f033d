// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/hosthealth.h"
#include "tests/support/testkit.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace std::chrono_literals;
using enum HostHealth::Admission;

class TestHostHealth : public QObject
{
    Q_OBJECT

    const QString host = u"a"_s;
    const HostHealth::Time start{1h};
    HostHealth health;

    void fail(int times)
    {
        for (int i = 0; i < times; ++i)
            health.failed(host, start);
    }

private slots:
    void init() { health = HostHealth({.failures = 3, .rest = 30s}); }

    void threeFailuresInARowLetItRest()
    {
        QVERIFY(!health.failed(host, start));
        QVERIFY(!health.failed(host, start));
        QCOMPARE(health.admit(host, start), Free);
        QVERIFY(health.failed(host, start));
        QCOMPARE(health.admit(host, start + 29s), Resting);
        QCOMPARE(health.restLeft(host, start + 10s), 20000ms);
        QCOMPARE(health.admit(u"b"_s, start), Free);
    }

    void anAnswerInBetweenStartsTheCountAnew()
    {
        fail(2);
        health.answered(host);
        QVERIFY(health.isProven(host));
        fail(2);
        QVERIFY(!health.isProven(host));
        QCOMPARE(health.admit(host, start), Free);
    }

    void afterItsRestOneMayTry()
    {
        fail(3);
        QCOMPARE(health.admit(host, start + 30s), Probe);
        QCOMPARE(health.admit(host, start + 30s), Resting);
        health.answered(host);
        QCOMPARE(health.admit(host, start + 30s), Free);
        QCOMPARE(health.restLeft(host, start + 30s), 0ms);
    }

    void aFailedProbeLetsItRestAgain()
    {
        fail(3);
        QCOMPARE(health.admit(host, start + 30s), Probe);
        QVERIFY(health.failed(host, start + 31s));
        QCOMPARE(health.admit(host, start + 60s), Resting);
        QCOMPARE(health.admit(host, start + 61s), Probe);
    }

    void aProbeWithoutVerdictMakesRoomForAnother()
    {
        fail(3);
        QCOMPARE(health.admit(host, start + 30s), Probe);
        health.withdrawn(host);
        QCOMPARE(health.admit(host, start + 30s), Probe);
    }

    void anotherNetworkGivesANewChance()
    {
        fail(3);
        health.forget();
        QCOMPARE(health.admit(host, start), Free);
    }
};

QTEST_GUILESS_MAIN(TestHostHealth)
#include "tst_hosthealth.moc"
