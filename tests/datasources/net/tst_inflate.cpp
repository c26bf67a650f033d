// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/inflate.h"
#include "tests/datasources/net/gzip.h"
#include "tests/support/testkit.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;
using enum Inflate::Outcome;

class TestInflate : public QObject
{
    Q_OBJECT

    const QByteArray text = QByteArray("Hansestadt Lübeck, ").repeated(5000);

private slots:
    void whatWasPackedComesOutInPiecesOfAnySize_data()
    {
        QTest::addColumn<int>("piece");
        for (const int piece : {1, 7, 1000, 10'000'000})
            QTest::addRow("%d", piece) << piece;
    }
    void whatWasPackedComesOutInPiecesOfAnySize()
    {
        QFETCH(int, piece);
        for (const auto &packed :
             {gzip(text), qCompress(text).sliced(4), gzip(text.first(1000)) + gzip(text.sliced(1000)),
              gzip(text) + QByteArray(20, '\0')}) {
            Inflate inflate(text.size());
            QByteArray output;
            for (qsizetype at = 0; at < packed.size(); at += piece)
                QCOMPARE(inflate.feed(
                             QByteArrayView(packed).sliced(at).first(std::min<qsizetype>(piece, packed.size() - at)),
                             output),
                         Fine);
            QVERIFY(inflate.isComplete());
            QVERIFY(output == text);
        }
    }

    void itStopsSoonAfterTheLimit()
    {
        const auto bomb = gzip(QByteArray(20'000'000, '\0'));
        QVERIFY(bomb.size() < 100'000);
        Inflate inflate(1000);
        QByteArray output;
        QCOMPARE(inflate.feed(bomb, output), TooLarge);
        QVERIFY(output.size() < 1024 * 1024);
    }

    void exactlyTheLimitIsFine()
    {
        Inflate inflate(text.size());
        QByteArray output;
        QCOMPARE(inflate.feed(gzip(text), output), Fine);
        Inflate smaller(text.size() - 1);
        output.clear();
        QCOMPARE(smaller.feed(gzip(text), output), TooLarge);
    }

    void whatWasCutIsNotComplete()
    {
        auto packed = gzip(text);
        packed.chop(1);
        Inflate inflate(text.size());
        QByteArray output;
        QCOMPARE(inflate.feed(packed, output), Fine);
        QVERIFY(!inflate.isComplete());
    }

    void whatWasChangedIsBroken()
    {
        auto packed = gzip(text);
        packed[packed.size() - 6] = char(packed[packed.size() - 6] ^ 1); // in the checksum
        Inflate inflate(text.size());
        QByteArray output;
        QCOMPARE(inflate.feed(packed, output), Broken);
        Inflate plain(100);
        QCOMPARE(plain.feed("<html>", output), Broken);
    }
};

QTEST_GUILESS_MAIN(TestInflate)
#include "tst_inflate.moc"
