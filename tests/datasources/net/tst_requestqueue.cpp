// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/requestqueue.h"
#include "tests/support/testkit.h"

#include <set>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

namespace
{

bool any(const QString &)
{
    return true;
}

std::vector<int> all(RequestQueue &queue)
{
    std::vector<int> order;
    while (const auto id = queue.pop(any))
        order.push_back(int(*id));
    return order;
}

} // namespace

class TestRequestQueue : public QObject
{
    Q_OBJECT

private slots:
    void anEmptyQueueHasNothing() { QVERIFY(!RequestQueue().pop(any)); }

    void hostsTakeTurns()
    {
        RequestQueue queue;
        for (int id = 1; id <= 4; ++id)
            queue.push(u"a"_s, 0, RequestQueue::Id(id));
        queue.push(u"b"_s, 0, 5);
        queue.push(u"c"_s, 0, 6);
        QCOMPARE(all(queue), (std::vector{1, 5, 6, 2, 3, 4}));
    }

    void theNewestViewGoesFirst()
    {
        RequestQueue queue;
        queue.push(u"a"_s, 1, 1);
        queue.push(u"a"_s, 2, 2);
        queue.push(u"b"_s, 1, 3);
        queue.push(u"b"_s, 3, 4);
        queue.push(u"a"_s, 2, 5);
        QCOMPARE(all(queue), (std::vector{4, 2, 5, 3, 1}));
    }

    void aFullHostIsPassedOver()
    {
        RequestQueue queue;
        queue.push(u"full"_s, 9, 1);
        queue.push(u"free"_s, 0, 2);
        QCOMPARE(queue.pop([](const QString &host) { return host != "full"_L1; }), std::optional<RequestQueue::Id>(2));
        QVERIFY(!queue.pop([](const QString &host) { return host != "full"_L1; }));
        QCOMPARE(queue.size(), 1);
    }

    void whatIsRemovedDoesNotCome()
    {
        RequestQueue queue;
        queue.push(u"a"_s, 0, 1);
        queue.push(u"a"_s, 5, 2);
        queue.push(u"b"_s, 0, 3);
        QVERIFY(queue.remove(2));
        QVERIFY(!queue.remove(2));
        QVERIFY(!queue.remove(77));
        QCOMPARE(queue.takeHost(u"b"_s), (std::vector<RequestQueue::Id>{3}));
        QCOMPARE(queue.takeHost(u"unknown"_s).size(), 0u);
        QCOMPARE(all(queue), (std::vector{1}));
        QCOMPARE(queue.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestRequestQueue)
#include "tst_requestqueue.moc"
