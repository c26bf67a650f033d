// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/retry_p.h"
#include "tests/support/testkit.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace std::chrono_literals;

namespace
{

const RetryRules rules{.retries = 4, .firstPause = 500ms, .longestPause = 2000ms, .longestRetryAfter = 20000ms};

std::optional<std::chrono::milliseconds> pauseAfter(const Exchange &exchange, int done = 0, double random = 1.0,
                                                    HttpMethod method = HttpMethod::Get)
{
    return retryPause(rules, {.method = method}, exchange, done, random, QDateTime::currentDateTimeUtc());
}

Exchange status(int code, const QByteArray &retryAfter = {})
{
    Exchange exchange{.status = code};
    if (!retryAfter.isEmpty())
        exchange.headers.append({"Retry-After", retryAfter});
    return exchange;
}

} // namespace

class TestRetry : public QObject
{
    Q_OBJECT

private slots:
    void onlyWhatMayPassIsTriedAgain()
    {
        QVERIFY(pauseAfter({.failure = Failure::Reset}));
        QVERIFY(pauseAfter({.failure = Failure::Truncated, .status = 200}));
        QVERIFY(pauseAfter(status(503)));
        QVERIFY(pauseAfter(status(503, "3")));
        QVERIFY(pauseAfter(status(429, "3")));
        QVERIFY(!pauseAfter(status(429)));
        for (const int code : {200, 304, 400, 401, 404, 500, 502, 504})
            QVERIFY2(!pauseAfter(status(code)), qPrintable(QString::number(code)));
        for (const auto failure : {Failure::Cancelled, Failure::Offline, Failure::HostResting, Failure::HostNotFound,
                                   Failure::Refused, Failure::ConnectTimeout, Failure::FirstByteTimeout,
                                   Failure::Stalled, Failure::Untrusted, Failure::TooLarge, Failure::BadEncoding})
            QVERIFY2(!pauseAfter({.failure = failure}), qPrintable(QString::number(int(failure))));
    }

    void whatMustNotBeSentTwiceIsNot()
    {
        for (const auto method : {HttpMethod::Post, HttpMethod::Put, HttpMethod::Patch, HttpMethod::Delete})
            QVERIFY2(!pauseAfter({.failure = Failure::Reset}, 0, 1, method), methodName(method));
        const HttpRequest query{.method = HttpMethod::Post, .repeatable = true};
        QVERIFY(retryPause(rules, query, {.failure = Failure::Reset}, 0, 1, {}));
        const HttpRequest once{.method = HttpMethod::Get, .repeatable = false};
        QVERIFY(!retryPause(rules, once, {.failure = Failure::Reset}, 0, 1, {}));
    }

    void pausesDoubleUpToALimitAndThenEnd()
    {
        const Exchange reset{.failure = Failure::Reset};
        QCOMPARE(pauseAfter(reset, 0), 500ms);
        QCOMPARE(pauseAfter(reset, 1), 1000ms);
        QCOMPARE(pauseAfter(reset, 2), 2000ms);
        QCOMPARE(pauseAfter(reset, 3), 2000ms);
        QVERIFY(!pauseAfter(reset, 4));
    }

    void pausesVarySoThatClientsDoNotComeTogether()
    {
        const Exchange reset{.failure = Failure::Reset};
        QCOMPARE(pauseAfter(reset, 0, 0.0), 250ms);
        QCOMPARE(pauseAfter(reset, 0, 0.5), 375ms);
    }

    void neverSoonerThanTheServerAsks()
    {
        QCOMPARE(pauseAfter(status(429, "3"), 0, 0.0), 3000ms);
        QCOMPARE(pauseAfter(status(503, "3"), 0, 1.0), 3500ms);
        QVERIFY(!pauseAfter(status(503, "3600"))); // longer than a person waits
    }
};

QTEST_GUILESS_MAIN(TestRetry)
#include "tst_retry.moc"
