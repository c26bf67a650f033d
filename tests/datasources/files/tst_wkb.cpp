// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/wkb.h"
#include "tests/support/testkit.h"

using namespace hanseatlas;

namespace
{

/** Writes well-known binary by hand, independent of any library. */
class Bytes
{
public:
    explicit Bytes(bool big = false)
        : m_big(big)
    {
    }
    Bytes &header(std::uint32_t type)
    {
        m_bytes.push_back(std::byte(m_big ? 0 : 1));
        return number(type);
    }
    Bytes &number(std::uint32_t value) { return put(value); }
    Bytes &real(double value) { return put(value); }
    Bytes &points(std::initializer_list<double> values)
    {
        for (const double v : values)
            real(v);
        return *this;
    }
    Bytes &raw(const Bytes &other)
    {
        m_bytes.insert(m_bytes.end(), other.m_bytes.begin(), other.m_bytes.end());
        return *this;
    }
    std::span<const std::byte> span() const { return m_bytes; }

private:
    template <class T>
    Bytes &put(T value)
    {
        std::array<std::byte, sizeof(T)> bytes;
        std::memcpy(bytes.data(), &value, sizeof(T));
        if (m_big)
            std::ranges::reverse(bytes);
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
        return *this;
    }
    bool m_big;
    std::vector<std::byte> m_bytes;
};

Bytes triangle(bool big = false)
{
    Bytes b(big);
    b.header(3).number(1).number(4).points({0, 0, 10, 0, 0, 10, 0, 0});
    return b;
}

Bytes point(double x, double y)
{
    Bytes b;
    b.header(1).points({x, y});
    return b;
}

} // namespace

class TestWkb : public QObject
{
    Q_OBJECT

private slots:
    void bothByteOrdersAreRead()
    {
        for (const bool big : {false, true}) {
            ShapeBuffer buffer;
            QCOMPARE(decodeWkb(triangle(big).span(), 5, buffer), WkbOutcome::Decoded);
            QCOMPARE(buffer.shapes.size(), 1U);
            QCOMPARE(buffer.shapes[0].row, 5U);
            QCOMPARE(buffer.points.size(), 4U);
            QCOMPARE(buffer.points[1], PointXY(10, 0));
            QCOMPARE(area(toGeometry(buffer, buffer.shapes[0])), 50.0);
        }
    }

    void heightsAndMeasuresAreSkipped_data()
    {
        QTest::addColumn<quint32>("type");
        QTest::addColumn<int>("dimensions");
        QTest::newRow("ISO Z") << 1002U << 3;
        QTest::newRow("ISO M") << 2002U << 3;
        QTest::newRow("ISO ZM") << 3002U << 4;
        QTest::newRow("EWKB Z") << 0x80000002U << 3;
        QTest::newRow("EWKB M") << 0x40000002U << 3;
        QTest::newRow("EWKB ZM") << 0xC0000002U << 4;
    }
    void heightsAndMeasuresAreSkipped()
    {
        QFETCH(quint32, type);
        QFETCH(int, dimensions);
        Bytes b;
        b.header(type).number(2);
        for (const double x : {1.0, 3.0}) {
            b.real(x).real(x + 1);
            for (int d = 2; d < dimensions; ++d)
                b.real(d == 2 ? qQNaN() : 99); // heights that are missing do no harm
        }
        ShapeBuffer buffer;
        QCOMPARE(decodeWkb(b.span(), 0, buffer), WkbOutcome::Decoded);
        QCOMPARE(buffer.points, std::vector({PointXY{1, 2}, PointXY{3, 4}}));
    }

    void theNumberOfTheCrsIsSkipped()
    {
        Bytes b;
        b.header(0x20000001U).number(25832).points({7, 8});
        ShapeBuffer buffer;
        QCOMPARE(decodeWkb(b.span(), 0, buffer), WkbOutcome::Decoded);
        QCOMPARE(buffer.points[0], PointXY(7, 8));
    }

    void pointSetsAreOneRing()
    {
        Bytes b;
        b.header(4).number(2).raw(point(1, 2)).raw(point(3, 4));
        ShapeBuffer buffer;
        QCOMPARE(decodeWkb(b.span(), 0, buffer), WkbOutcome::Decoded);
        QCOMPARE(buffer.rings.size(), 1U);
        QCOMPARE(buffer.points.size(), 2U);
    }

    void holesAreTold()
    {
        Bytes b;
        b.header(6).number(2);
        b.header(3).number(2).number(4).points({0, 0, 10, 0, 0, 10, 0, 0}).number(4).points({1, 1, 2, 1, 1, 2, 1, 1});
        b.raw(triangle());
        ShapeBuffer buffer;
        QCOMPARE(decodeWkb(b.span(), 0, buffer), WkbOutcome::Decoded);
        QCOMPARE(buffer.rings.size(), 3U);
        QVERIFY(!buffer.rings[0].hole && buffer.rings[1].hole && !buffer.rings[2].hole);
        const auto geometry = toGeometry(buffer, buffer.shapes[0]);
        QCOMPARE(geometry.partStarts, std::vector<std::uint32_t>({0, 2}));
    }

    void mixedCollectionsAreSplit()
    {
        Bytes b;
        b.header(7).number(3).raw(point(1, 2)).raw(triangle()).raw(point(5, 6));
        ShapeBuffer buffer;
        QCOMPARE(decodeWkb(b.span(), 3, buffer), WkbOutcome::Split);
        QCOMPARE(buffer.shapes.size(), 2U);
        QCOMPARE(buffer.shapes[0].kind, GeometryKind::Polygon); // areas first
        QCOMPARE(buffer.shapes[1].kind, GeometryKind::Point);
        QCOMPARE(buffer.pointsOf(buffer.shapes[1]).size(), 2U);
        Bytes one;
        one.header(7).number(1).raw(point(1, 2));
        buffer.clear();
        QCOMPARE(decodeWkb(one.span(), 3, buffer), WkbOutcome::Decoded);
    }

    void emptyOnesLeaveNothingBehind()
    {
        ShapeBuffer buffer;
        QCOMPARE(decodeWkb(point(qQNaN(), qQNaN()).span(), 0, buffer), WkbOutcome::Empty);
        for (const std::uint32_t type : {2, 3, 4, 5, 6, 7})
            QCOMPARE(decodeWkb(Bytes().header(type).number(0).span(), 0, buffer), WkbOutcome::Empty);
        QVERIFY(buffer.shapes.empty() && buffer.rings.empty() && buffer.points.empty());
    }

    void impossibleNumbersLeaveNothingBehind()
    {
        ShapeBuffer buffer;
        QCOMPARE(decodeWkb(triangle().span(), 0, buffer), WkbOutcome::Decoded);
        for (const auto &[x, y] : {std::pair{qQNaN(), 1.0}, std::pair{1.0, qInf()}, std::pair{1e300, 1.0}})
            QCOMPARE(decodeWkb(point(x, y).span(), 1, buffer), WkbOutcome::NotFinite);
        QCOMPARE(buffer.shapes.size(), 1U);
        QCOMPARE(buffer.points.size(), 4U);
    }

    void everyTruncationIsBrokenAndHarmless()
    {
        Bytes b;
        b.header(7).number(2).raw(triangle()).raw(point(1, 2));
        for (std::size_t n = 0; n < b.span().size(); ++n) {
            ShapeBuffer buffer;
            std::vector<std::byte> copy(b.span().begin(),
                                        b.span().begin() + std::ptrdiff_t(n)); // the sanitizer sees one byte more
            QCOMPARE(decodeWkb(copy, 0, buffer), WkbOutcome::Broken);
            QVERIFY(buffer.points.empty() && buffer.rings.empty() && buffer.shapes.empty());
        }
    }

    void liesAboutSizesAreHarmless()
    {
        ShapeBuffer buffer;
        QCOMPARE(decodeWkb(Bytes().header(2).number(0xffffffffU).real(1).span(), 0, buffer), WkbOutcome::Broken);
        QCOMPARE(decodeWkb(Bytes().header(6).number(0xffffffffU).span(), 0, buffer), WkbOutcome::Broken);
        QCOMPARE(decodeWkb(Bytes().header(99).span(), 0, buffer), WkbOutcome::Broken);
        Bytes deep;
        for (int i = 0; i < 100000; ++i)
            deep.header(7).number(1);
        QCOMPARE(decodeWkb(deep.span(), 0, buffer), WkbOutcome::Broken);
    }

    void noiseIsHarmless()
    {
        quint32 state = 1;
        ShapeBuffer buffer;
        for (int round = 0; round < 20000; ++round) {
            std::vector<std::byte> bytes(std::size_t(round % 90));
            for (auto &byte : bytes) {
                state = state * 1664525 + 1013904223;
                byte = std::byte(state >> 24);
            }
            if (bytes.size() > 5) { // mostly known types, so that it goes deep
                bytes[0] = std::byte(1);
                bytes[1] = std::byte(round % 18);
                bytes[2] = bytes[3] = bytes[4] = std::byte(0);
            }
            buffer.clear();
            decodeWkb(bytes, 0, buffer);
            for (const auto &p : buffer.points)
                QVERIFY(std::isfinite(p.x) && std::isfinite(p.y));
        }
    }

    void circlesAreStroked()
    {
        Bytes b;
        b.header(8).number(3).points({0, 0, 200, 0, 0, 0});
        ShapeBuffer buffer;
        QCOMPARE(decodeWkb(b.span(), 0, buffer), WkbOutcome::Decoded);
        QVERIFY(buffer.points.size() > 300);
        for (const auto &p : buffer.points)
            QVERIFY(std::abs(std::hypot(p.x - 100, p.y) - 100) < 1e-6);
    }
};

QTEST_GUILESS_MAIN(TestWkb)
#include "tst_wkb.moc"
