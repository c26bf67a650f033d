// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mbtilesfile.h"
#include "datasources/vectortiles/vectortile.h"
#include "tests/datasources/net/gzip.h"
#include "tests/datasources/vectortiles/tilewriter.h"
#include "tests/support/testkit.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

QByteArray square(int from, int to, bool turned = false)
{
    QList<QPoint> ring{{from, from}, {to, from}, {to, to}, {from, to}};
    if (turned)
        std::ranges::reverse(ring);
    return paths({ring}, true);
}

QByteArray tileOf(const QList<QByteArray> &features)
{
    return tileMessage({layerMessage("a", features, {"k"}, {textValue("v")})});
}

QByteArray goodTile()
{
    const QByteArray tags = varint(0) + varint(0) + varint(1) + varint(1);
    return tileMessage({layerMessage("roads", {featureMessage(2, paths({{{0, 0}, {10, 5}, {20, 0}}}, false), tags, 7)},
                                     {"name", "lanes"}, {textValue("Hüxstraße"), field(4, 2)})});
}

double area(std::span<const TilePoint> ring)
{
    double sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto a = ring[i], b = ring[(i + 1) % ring.size()];
        sum += (double(a.x) * b.y - double(b.x) * a.y) / 2;
    }
    return sum;
}

} // namespace

class TestVectorTile : public QObject
{
    Q_OBJECT
private slots:
    void readsAFeatureWithItsProperties();
    void readsAllKindsOfValues_data();
    void readsAllKindsOfValues();
    void ringsAreTurnedAlikeInBothVersions();
    void aPointMayHaveManyPlaces();
    void equalKeysAreOne();
    void takesOnlyWhatIsWanted();
    void unpacksWhatIsPacked();
    void readsTilesThatGdalWrote();
    void skipsVersionsItDoesNotKnow();
    void damagedTilesAreRefused_data();
    void damagedTilesAreRefused();
    void brokenGeometriesAreLeftOut_data();
    void brokenGeometriesAreLeftOut();
    void everyCutTileIsRefusedOrRead();
    void noiseDoesNoHarm();
    void bombsAreRefused();
};

void TestVectorTile::readsAFeatureWithItsProperties()
{
    const auto tile = readVectorTile(goodTile());
    VERIFY_RESULT(tile);
    QCOMPARE(tile->layers.size(), std::size_t(1));
    const auto *layer = tile->layer(u"roads"_s);
    QVERIFY(layer);
    QCOMPARE(layer->extent, 4096);
    QCOMPARE(layer->features.size(), std::size_t(1));
    const auto &feature = layer->features.front();
    QCOMPARE(feature.id, std::optional<quint64>(7));
    QCOMPARE(feature.type, TileGeometry::Line);
    const auto part = layer->part(feature, 0);
    QCOMPARE(std::vector(part.begin(), part.end()), (std::vector<TilePoint>{{0, 0}, {10, 5}, {20, 0}}));
    QCOMPARE(*layer->property(feature, u"name"_s), MapValue(u"Hüxstraße"_s));
    QCOMPARE(*layer->property(feature, u"lanes"_s), MapValue(2.0));
    QVERIFY(!layer->property(feature, u"surface"_s));
    QCOMPARE(tile->skipped, 0);
}

void TestVectorTile::readsAllKindsOfValues_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("text");
    QTest::newRow("text") << textValue("Lübeck") << u"string"_s << u"Lübeck"_s;
    QTest::newRow("float") << fixedField(2, 1.5F) << u"number"_s << u"1.5"_s;
    QTest::newRow("double") << fixedField(3, -0.25) << u"number"_s << u"-0.25"_s;
    QTest::newRow("int") << field(4, quint64(-3)) << u"number"_s << u"-3"_s;
    QTest::newRow("unsigned") << field(5, 4000000000U) << u"number"_s << u"4000000000"_s;
    QTest::newRow("signed") << field(6, zigzag(-12)) << u"number"_s << u"-12"_s;
    QTest::newRow("truth") << field(7, 1) << u"boolean"_s << u"true"_s;
    QTest::newRow("nothing") << QByteArray() << u"null"_s << QString();
    QTest::newRow("of a kind to come") << field(9, "?") << u"null"_s << QString();
}

void TestVectorTile::readsAllKindsOfValues()
{
    QFETCH(QByteArray, value);
    const auto tile = readVectorTile(
        tileMessage({layerMessage("a", {featureMessage(1, points({{1, 1}}), varint(0) + varint(0))}, {"k"}, {value})}));
    VERIFY_RESULT(tile);
    const auto &layer = tile->layers.front();
    const auto *read = layer.property(layer.features.front(), u"k"_s);
    QVERIFY(read);
    QTEST(read->typeName(), "type");
    QTEST(read->toText(), "text");
}

void TestVectorTile::ringsAreTurnedAlikeInBothVersions()
{
    for (const bool turned : {false, true}) { // version 1 left it open
        const auto geometry = square(0, 100, turned) + command(1, 1) + varint(zigzag(turned ? 20 : 20))
            + varint(zigzag(turned ? 20 : -80)) + command(2, 3)
            + (turned ? varint(zigzag(10)) + varint(zigzag(0)) + varint(zigzag(0)) + varint(zigzag(10))
                       + varint(zigzag(-10)) + varint(zigzag(0))
                      : varint(zigzag(0)) + varint(zigzag(10)) + varint(zigzag(10)) + varint(zigzag(0))
                       + varint(zigzag(0)) + varint(zigzag(-10)))
            + command(7, 1);
        const auto tile = readVectorTile(
            tileMessage({layerMessage("a", {featureMessage(3, geometry)}, {}, {}, 4096, turned ? 1 : 2)}));
        VERIFY_RESULT(tile);
        const auto &layer = tile->layers.front();
        const auto &feature = layer.features.front();
        QCOMPARE(feature.parts, 2U);
        QCOMPARE(area(layer.part(feature, 0)), 10000.0);
        QCOMPARE(area(layer.part(feature, 1)), -100.0);
    }
}

void TestVectorTile::aPointMayHaveManyPlaces()
{
    const auto tile = readVectorTile(tileOf({featureMessage(1, points({{5, 7}, {3, 2}, {4000, -20}}))}));
    VERIFY_RESULT(tile);
    const auto &layer = tile->layers.front();
    const auto part = layer.part(layer.features.front(), 0);
    QCOMPARE(std::vector(part.begin(), part.end()), (std::vector<TilePoint>{{5, 7}, {3, 2}, {4000, -20}}));
}

void TestVectorTile::equalKeysAreOne()
{
    const auto tile = readVectorTile(tileMessage({layerMessage(
        "a", {featureMessage(1, points({{1, 1}}), varint(1) + varint(0))}, {"k", "k"}, {textValue("second")})}));
    VERIFY_RESULT(tile);
    const auto &layer = tile->layers.front();
    QVERIFY(layer.property(layer.features.front(), u"k"_s));
}

void TestVectorTile::takesOnlyWhatIsWanted()
{
    const auto bytes = tileMessage({layerMessage("a", {featureMessage(1, points({{1, 1}}))}),
                                    layerMessage("b", {featureMessage(1, points({{1, 1}}))})});
    const auto all = readVectorTile(bytes);
    VERIFY_RESULT(all);
    QCOMPARE(all->layers.size(), std::size_t(2));
    const auto one = readVectorTile(bytes, {u"b"_s});
    VERIFY_RESULT(one);
    QCOMPARE(one->layers.size(), std::size_t(1));
    QVERIFY(one->layer(u"b"_s) && !one->layer(u"a"_s));
}

void TestVectorTile::unpacksWhatIsPacked()
{
    const auto packed = gzip(goodTile());
    const auto tile = readVectorTile(packed);
    VERIFY_RESULT(tile);
    QVERIFY(tile->layer(u"roads"_s));
    VERIFY_FAILS(readVectorTile(packed.chopped(9)), ErrorKind::Malformed);
    auto wrong = packed;
    wrong[wrong.size() - 6] = char(wrong[wrong.size() - 6] ^ 1); // the checksum
    VERIFY_FAILS(readVectorTile(wrong), ErrorKind::Malformed);
}

void TestVectorTile::readsTilesThatGdalWrote()
{
    const auto file = MbtilesFile::open(dataFile(u"vectortiles/town.mbtiles"_s));
    VERIFY_RESULT(file);
    QCOMPARE((*file)->format(), u"pbf"_s);
    QCOMPARE((*file)->minZoom(), 11);
    QCOMPARE((*file)->maxZoom(), 14);
    QCOMPARE((*file)->layers(), (QStringList{u"land"_s, u"water"_s, u"road"_s, u"building"_s, u"place"_s}));
    int buildings = 0, towns = 0;
    for (qint64 row = 0; row < 2048; ++row) {
        const auto supplied = (*file)->tile({11, 1084, row});
        if (!supplied || supplied->bytes.isEmpty())
            continue;
        const auto tile = readVectorTile(supplied->bytes);
        VERIFY_RESULT(tile);
        QCOMPARE(tile->skipped, 0);
        if (const auto *layer = tile->layer(u"building"_s))
            buildings += int(layer->features.size());
        if (const auto *layer = tile->layer(u"place"_s)) {
            for (const auto &feature : layer->features)
                towns += *layer->property(feature, u"name"_s) == MapValue(u"Neustadt"_s);
        }
    }
    QVERIFY(towns > 0); // also in the margin of a neighbour
    QVERIFY2(buildings > 0, qPrintable(QString::number(buildings)));
}

void TestVectorTile::skipsVersionsItDoesNotKnow()
{
    const auto tile = readVectorTile(tileMessage({layerMessage("a", {featureMessage(9, "?")}, {}, {}, 4096, 3),
                                                  layerMessage("b", {featureMessage(1, points({{1, 1}}))})}));
    VERIFY_RESULT(tile);
    QCOMPARE(tile->layers.size(), std::size_t(1));
    QCOMPARE(tile->skipped, 1);
}

void TestVectorTile::damagedTilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto point = points({{1, 1}});
    QTest::newRow("a page") << "<html>not found</html>"_ba;
    QTest::newRow("a varint without end") << QByteArray(30, '\xff');
    QTest::newRow("a length beyond the end") << field(3, layerMessage("a", {})).chopped(1);
    QTest::newRow("a length beyond all") << varint((3U << 3) | 2) + varint(~quint64(0)) + "x";
    QTest::newRow("a group") << varint((3U << 3) | 3);
    QTest::newRow("field 0") << QByteArray(2, '\0');
    QTest::newRow("a key that is not there") << tileOf({featureMessage(1, point, varint(1) + varint(0))});
    QTest::newRow("a value that is not there") << tileOf({featureMessage(1, point, varint(0) + varint(1))});
    QTest::newRow("a key without a value") << tileOf({featureMessage(1, point, varint(0))});
    QTest::newRow("extent 0") << tileMessage({layerMessage("a", {}, {}, {}, 0)});
    QTest::newRow("a huge extent") << tileMessage({layerMessage("a", {}, {}, {}, 1 << 30)});
    QTest::newRow("a cut value") << tileMessage({layerMessage("a", {}, {"k"}, {fixedField(3, 1.0).chopped(2)})});
    QTest::newRow("a cut feature") << tileMessage({layerMessage("a", {featureMessage(1, point).chopped(1)})});
}

void TestVectorTile::damagedTilesAreRefused()
{
    QFETCH(QByteArray, bytes);
    VERIFY_FAILS(readVectorTile(bytes), ErrorKind::Malformed);
}

void TestVectorTile::brokenGeometriesAreLeftOut_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("geometry");
    const auto far = varint(zigzag(1 << 30)) + varint(zigzag(0));
    QTest::newRow("an absurd count") << 1 << command(1, 500'000'000) + varint(2) + varint(2);
    QTest::newRow("an unknown command") << 1 << command(3, 1) + varint(2) + varint(2);
    QTest::newRow("a line that is closed") << 2 << square(0, 10);
    QTest::newRow("cut within a place") << 1 << command(1, 1) + varint(2);
    QTest::newRow("too far away") << 1 << command(1, 1) + far;
    QTest::newRow("too far away step by step")
        << 2
        << command(1, 1) + varint(0) + varint(0) + command(2, 3) + varint(zigzag(1 << 25)) + varint(0)
            + varint(zigzag(1 << 25)) + varint(0) + varint(zigzag(1 << 25)) + varint(0);
}

void TestVectorTile::brokenGeometriesAreLeftOut()
{
    QFETCH(int, type);
    QFETCH(QByteArray, geometry);
    const auto tile = readVectorTile(tileOf({featureMessage(type, geometry), featureMessage(1, points({{3, 4}}))}));
    VERIFY_RESULT(tile);
    QCOMPARE(tile->skipped, 1);
    const auto &layer = tile->layers.front();
    QCOMPARE(layer.features.size(), std::size_t(1));
    QCOMPARE(layer.part(layer.features.front(), 0).front(), (TilePoint{3, 4}));
}

void TestVectorTile::everyCutTileIsRefusedOrRead()
{
    const auto whole = goodTile();
    int refused = 0;
    for (qsizetype size = 1; size < whole.size(); ++size)
        refused += !readVectorTile(whole.first(size));
    QCOMPARE(refused, int(whole.size()) - 1); // its only layer is cut
}

void TestVectorTile::noiseDoesNoHarm()
{
    const auto whole = goodTile() + tileOf({featureMessage(3, square(0, 100)), featureMessage(2, square(0, 9))});
    QRandomGenerator random(42);
    int read = 0;
    for (int i = 0; i < 20'000; ++i) {
        auto noisy = whole;
        for (int flips = random.bounded(1, 5); flips > 0; --flips)
            noisy[random.bounded(int(noisy.size()))] = char(random.bounded(256));
        if (const auto tile = readVectorTile(noisy)) {
            for (const auto &layer : tile->layers) {
                for (const auto &feature : layer.features) {
                    for (quint32 part = 0; part < feature.parts; ++part)
                        read += !layer.part(feature, part).empty();
                }
            }
        } else {
            QVERIFY(!tile.error().what.isEmpty());
        }
    }
    QVERIFY(read > 0);
}

void TestVectorTile::bombsAreRefused()
{
    VERIFY_FAILS(readVectorTile(gzip(QByteArray(40 * 1024 * 1024, '\0'))), ErrorKind::TooLarge);
    VERIFY_FAILS(readVectorTile(QByteArray(40 * 1024 * 1024, '\0')), ErrorKind::TooLarge);
    QByteArray many = field(1, "a");
    many += field(2, QByteArray()).repeated(1'100'000);
    VERIFY_FAILS(readVectorTile(field(3, many)), ErrorKind::TooLarge);
}

QTEST_GUILESS_MAIN(TestVectorTile)
#include "tst_vectortile.moc"
