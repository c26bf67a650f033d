// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/wmts.h"
#include "datasources/services/xyztemplate.h"
#include "tests/datasources/services/servicesamples.h"
#include "tests/support/testkit.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QUrl somewhere(u"https://karten.example.org/wmts/1.0.0/WMTSCapabilities.xml"_s);

WmtsCapabilities parsed(const QByteArray &bytes)
{
    const auto result = parseWmtsCapabilities(bytes, somewhere);
    if (!result)
        qWarning("%s", qPrintable(toText(result.error())));
    return result.value_or(WmtsCapabilities());
}

QByteArray caps(const QByteArray &set, const QByteArray &layer = "<Layer><Identifier>a</Identifier></Layer>")
{
    return "<Capabilities xmlns='http://www.opengis.net/wmts/1.0' xmlns:ows='http://www.opengis.net/ows/1.1'><Contents>"
        + layer + set + "</Contents></Capabilities>";
}

QByteArray setIn(const QByteArray &crs, const QByteArray &corner)
{
    return "<TileMatrixSet><Identifier>s</Identifier><SupportedCRS>" + crs
        + "</SupportedCRS><TileMatrix><Identifier>0</Identifier><ScaleDenominator>5000000</ScaleDenominator>"
          "<TopLeftCorner>"
        + corner
        + "</TopLeftCorner><TileWidth>256</TileWidth><TileHeight>256</TileHeight><MatrixWidth>4</MatrixWidth>"
          "<MatrixHeight>4</MatrixHeight></TileMatrix></TileMatrixSet>";
}

} // namespace

class TestTiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySampleHasItsLayersAndSets_data() { addSampleRows(u"wmts-caps"_s); }
    void everySampleHasItsLayersAndSets();
    void everySampleGivesAddressesWithoutPlaceholders_data() { addSampleRows(u"wmts-caps"_s); }
    void everySampleGivesAddressesWithoutPlaceholders();
    void tilesOfNorthRhineWestphaliaLieWhereTheyShould();
    void cornersAreReadInTheOrderOfTheRegister_data();
    void cornersAreReadInTheOrderOfTheRegister();
    void lithuaniaWritesNorthFirst();
    void limitsLeaveOutWhatIsNotThere();
    void dimensionsGoIntoTheAddress();
    void templatesStayOnTheWeb();
    void addressIsByKeysWhereThereIsNoTemplate();
    void aServerForRestOnlyIsNotAskedByKeys();
    void theSetOfTheWantedSystemIsChosen();
    void unknownTilesAreRefused();
    void wrongDocumentsAreRefused_data();
    void wrongDocumentsAreRefused();
    void matrixWithoutSizeIsEndless();
    void mercatorTilesMeetTheKnownOnes();
    void coveringTilesCoverAll();
    void templatesAreFilled_data();
    void templatesAreFilled();
    void whatIsNoTemplateIsRefused_data();
    void whatIsNoTemplateIsRefused();
};

void TestTiles::everySampleHasItsLayersAndSets()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    const auto result = parseWmtsCapabilities(test::sample(sample), somewhere);
    VERIFY_RESULT(result);
    QCOMPARE(int(result->layers.size()), factOf(sample, u"Layers=(\\d+)"_s).toInt());
    int i = 0;
    for (const auto &name : namesIn(factOf(sample, u"Layers=\\d+: ([^|]*)"_s)))
        QCOMPARE(result->layers[std::size_t(i++)].id, name);
    QCOMPARE(int(result->sets.size()), factOf(sample, u"TileMatrixSets=(\\d+)"_s).toInt());
    static const QRegularExpression set(u"([\\w.]+)\\[([^;]+); (\\d+) matrices\\]"_s);
    i = 0;
    for (auto found = set.globalMatch(expectedOf(sample)); found.hasNext(); ++i) {
        const auto match = found.next();
        QCOMPARE(result->sets[std::size_t(i)].id, match.captured(1));
        QCOMPARE(result->sets[std::size_t(i)].crsName, match.captured(2));
        QCOMPARE(int(result->sets[std::size_t(i)].matrices.size()), match.captured(3).toInt());
        QVERIFY(result->sets[std::size_t(i)].crs.isValid());
        QVERIFY(!result->sets[std::size_t(i)].axesTurned);
    }
    QCOMPARE(i, int(result->sets.size()));
    QSet<QString> formats;
    int withTemplate = 0, withDimension = 0;
    qsizetype limits = 0;
    for (const auto &layer : result->layers) {
        formats.unite(QSet<QString>(layer.formats.begin(), layer.formats.end()));
        withTemplate += layer.tileTemplates.empty() ? 0 : 1;
        withDimension += layer.dimensions.empty() ? 0 : 1;
        for (const auto &link : layer.sets)
            limits += link.limits.size();
    }
    const auto expected = namesIn(factOf(sample, u"formats=([^|]*)"_s));
    QCOMPARE(formats, QSet<QString>(expected.begin(), expected.end()));
    QCOMPARE(withTemplate, factOf(sample, u"layers with ResourceURL=(\\d+)"_s).toInt());
    QCOMPARE(withDimension, factOf(sample, u"layers with Dimension=(\\d+)"_s).toInt());
    QCOMPARE(int(limits), factOf(sample, u"TileMatrixLimits=(\\d+)"_s).toInt());
    const auto &first = result->sets[0].matrices[0];
    QCOMPARE(first.id, factOf(sample, u"1st matrix id=(\\S+)"_s));
    QCOMPARE(first.scaleDenominator, factOf(sample, u"scaleDenominator=(\\S+)"_s).toDouble());
    QCOMPARE(u"%1x%2"_s.arg(first.tileSize.width()).arg(first.tileSize.height()), factOf(sample, u"tile=(\\S+)"_s));
}

void TestTiles::everySampleGivesAddressesWithoutPlaceholders()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    const auto service = parsed(test::sample(sample));
    for (const auto &layer : service.layers) {
        for (const auto &link : layer.sets) {
            const auto url = wmtsTileUrl(service, {.layer = layer.id, .set = link.set}, {0, 1, 2});
            VERIFY_RESULT(url);
            const auto text = url->toString(QUrl::FullyEncoded);
            QVERIFY2(url->isValid() && !text.contains(u'{') && !text.contains("%7B"_L1), qPrintable(text));
        }
    }
}

void TestTiles::tilesOfNorthRhineWestphaliaLieWhereTheyShould()
{
    NEED_SAMPLES();
    const auto service = parsed(sample(u"wmts-caps/nrw_25832.xml"_s));
    const auto *set = bestSet(service, service.layers[0], Crs::working());
    QVERIFY(set);
    QCOMPARE(set->id, u"EPSG_25832_16"_s);
    QCOMPARE(set->matrices[0].topLeft, (PointXY{-46133.17, 6301219.54}));
    QVERIFY(qAbs(set->matrices[0].resolution - 4891.96981) < 1e-4);
    // Cologne cathedral: E 356 700, N 5 645 400
    const auto level = matrixFor(*set, 2.5);
    QCOMPARE(set->matrices[std::size_t(level)].id, u"11"_s);
    const auto tiles = tilesCovering(*set, level, {356700, 5645400, 356701, 5645401});
    QCOMPARE(int(tiles.size()), 1);
    QVERIFY(
        set->matrices[std::size_t(level)].tileExtent(tiles[0].column, tiles[0].row).contains(PointXY{356700, 5645400}));
    const auto url = wmtsTileUrl(service, {.layer = u"nw_dtk_col"_s, .set = set->id}, tiles[0]);
    VERIFY_RESULT(url);
    QCOMPARE(url->toString(),
             u"https://www.wmts.nrw.de/geobasis/wmts_nw_dtk/tiles/nw_dtk_col/EPSG_25832_16/11/%1/%2.png"_s
                 .arg(tiles[0].column)
                 .arg(tiles[0].row));
    QCOMPARE(service.service.organisation, u"Geobasis NRW"_s);
    QCOMPARE(service.layers[0].styles[0].legendUrl,
             u"https://www.wmts.nrw.de/legends/geobasis/wmts_nw_dtk/nw_dtk_col.png"_s);
    QCOMPARE(service.layers[0].geographicBox, (Extent{5.6989, 50.2651, 9.6835, 52.5704}));
}

void TestTiles::cornersAreReadInTheOrderOfTheRegister_data()
{
    QTest::addColumn<QByteArray>("crs");
    QTest::addColumn<QByteArray>("corner");
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::addColumn<bool>("turned");
    QTest::newRow("UTM") << "EPSG:25832"_ba << "-46133.17 6301219.54"_ba << -46133.17 << 6301219.54 << false;
    QTest::newRow("UTM, turned") << "EPSG:25832"_ba << "6301219.54 -46133.17"_ba << -46133.17 << 6301219.54 << true;
    QTest::newRow("Gauß-Krüger") << "urn:ogc:def:crs:EPSG::31467"_ba << "6200000 3200000"_ba << 3200000. << 6200000.
                                 << false;
    QTest::newRow("Gauß-Krüger, turned") << "EPSG:31467"_ba << "3200000 6200000"_ba << 3200000. << 6200000. << true;
    QTest::newRow("4326 by URN") << "urn:ogc:def:crs:EPSG::4326"_ba << "90 -180"_ba << -180. << 90. << false;
    QTest::newRow("4326, turned") << "EPSG:4326"_ba << "-180 90"_ba << -180. << 90. << true;
    QTest::newRow("CRS84") << "urn:ogc:def:crs:OGC:1.3:CRS84"_ba << "-180 90"_ba << -180. << 90. << false;
}

void TestTiles::cornersAreReadInTheOrderOfTheRegister()
{
    QFETCH(QByteArray, crs);
    QFETCH(QByteArray, corner);
    QFETCH(double, x);
    QFETCH(double, y);
    QFETCH(bool, turned);
    const auto service = parsed(caps(setIn(crs, corner)));
    QCOMPARE(int(service.sets.size()), 1);
    QCOMPARE(service.sets[0].matrices.at(0).topLeft, (PointXY{x, y}));
    QCOMPARE(service.sets[0].axesTurned, turned);
    QCOMPARE(service.notes.size(), turned ? 1 : 0);
}

void TestTiles::lithuaniaWritesNorthFirst()
{
    NEED_SAMPLES();
    const auto service = parsed(sample(u"wmts-caps/lithuania.xml"_s));
    const auto &matrix = service.sets[0].matrices[0];
    QCOMPARE(matrix.topLeft, (PointXY{-5122000, 10000100}));
    QVERIFY(matrix.extent().contains(PointXY{580000, 6060000})); // Vilnius
}

void TestTiles::limitsLeaveOutWhatIsNotThere()
{
    NEED_SAMPLES();
    const auto service = parsed(sample(u"wmts-caps/tilematrixsetlimits.xml"_s));
    const auto &link = service.layers[0].sets[0];
    const auto &set = service.sets[0];
    const auto everything = set.matrices[1].extent();
    QCOMPARE(tilesCovering(set, 1, everything, link.limits).size(), std::size_t(16));
    QCOMPARE(tilesCovering(set, 0, set.matrices[0].extent(), link.limits).size(), std::size_t(16));
    QVERIFY(tilesCovering(set, 1, set.matrices[1].tileExtent(0, 0), link.limits).empty());
    QCOMPARE(tilesCovering(set, 1, set.matrices[1].tileExtent(2, 5), link.limits),
             (std::vector<TileAddress>{{1, 2, 5}}));
}

void TestTiles::dimensionsGoIntoTheAddress()
{
    const QByteArray layer = R"(<Layer><Identifier>a</Identifier><Style><Title>ohne Kennung</Title></Style>
<TileMatrixSetLink><TileMatrixSet>s</TileMatrixSet></TileMatrixSetLink>
<Dimension><Identifier>Time</Identifier><Default>2020-01-01</Default><Value>2019</Value></Dimension>
<ResourceURL format="image/png" resourceType="tile" template="https://t.de/{layer}/{Style}/{time}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png?k=1"/></Layer>)";
    const auto service = parsed(caps(setIn("EPSG:25832", "0 6300000"), layer));
    const WmtsTileRequest request{.layer = u"a"_s, .set = u"s"_s};
    QCOMPARE(wmtsTileUrl(service, request, {0, 3, 2})->toString(),
             u"https://t.de/a/default/2020-01-01/s/0/2/3.png?k=1"_s);
    auto asked = request;
    asked.dimensions = {{u"time"_s, u"2019/x"_s}};
    QCOMPARE(wmtsTileUrl(service, asked, {0, 3, 2})->toString(QUrl::FullyEncoded),
             u"https://t.de/a/default/2019%2Fx/s/0/2/3.png?k=1"_s);
}

void TestTiles::templatesStayOnTheWeb()
{
    const auto layer = [](const QByteArray &place) {
        return "<Layer><Identifier>a</Identifier><ResourceURL format='image/png' resourceType='tile' template='" + place
            + "/{TileMatrix}/{TileRow}/{TileCol}.png'/></Layer>";
    };
    const auto url = [&](const QByteArray &place) {
        return wmtsTileUrl(parsed(caps(setIn("EPSG:25832", "0 6300000"), layer(place))),
                           {.layer = u"a"_s, .set = u"s"_s}, {0, 3, 2});
    };
    QCOMPARE(url("http://karten.example.org/t")->toString(), u"https://karten.example.org/t/0/2/3.png"_s);
    QCOMPARE(url("http://t.example.org")->toString(), u"http://t.example.org/0/2/3.png"_s);
    VERIFY_FAILS(url("file:///etc"), ErrorKind::Unsupported);
}

void TestTiles::addressIsByKeysWhereThereIsNoTemplate()
{
    NEED_SAMPLES();
    const auto service = parsed(sample(u"wmts-caps/ign.xml"_s));
    const auto url = wmtsTileUrl(service, {.layer = u"ORTHOIMAGERY.ORTHOPHOTOS"_s, .set = u"PM"_s}, {2, 1, 0});
    VERIFY_RESULT(url);
    QCOMPARE(url->toString(),
             u"http://wxs.ign.fr/geoportail/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
             "&LAYER=ORTHOIMAGERY.ORTHOPHOTOS&STYLE=normal&FORMAT=image/jpeg&TILEMATRIXSET=PM&TILEMATRIX=2"
             "&TILEROW=0&TILECOL=1"_s);
}

void TestTiles::aServerForRestOnlyIsNotAskedByKeys()
{
    NEED_SAMPLES();
    auto service = parsed(sample(u"wmts-caps/wien.xml"_s));
    QVERIFY(service.tileUrl.isEmpty());
    service.layers[0].tileTemplates.clear();
    VERIFY_FAILS(wmtsTileUrl(service, {.layer = u"Orthofotos"_s, .set = u"Orthofotos_standard"_s}, {0, 0, 0}),
                 ErrorKind::Unsupported);
    // Wallonie offers both; the one by keys is the second
    QVERIFY(parsed(sample(u"wmts-caps/wallonie.xml"_s)).tileUrl.toString().endsWith("MapServer/WMTS?"_L1));
}

void TestTiles::theSetOfTheWantedSystemIsChosen()
{
    NEED_SAMPLES();
    const auto service = parsed(sample(u"wmts-caps/nrw_25832.xml"_s));
    QCOMPARE(bestSet(service, service.layers[0], Crs::fromEpsg(3857))->id, u"EPSG_3857_16"_s);
    QVERIFY(bestSet(service, service.layers[0], Crs::fromEpsg(31467)));
    QVERIFY(!bestSet(service, WmtsLayer(), Crs::working()));
    // two sets of one system: the finer one
    const auto sampleOfOgc = parsed(sample(u"wmts-caps/ogcsample.xml"_s));
    QCOMPARE(bestSet(sampleOfOgc, sampleOfOgc.layers[0], Crs::fromEpsg(3857))->id, u"google3857"_s);
}

void TestTiles::unknownTilesAreRefused()
{
    const auto service = parsed(caps(setIn("EPSG:25832", "0 6300000")));
    VERIFY_FAILS(wmtsTileUrl(service, {.layer = u"b"_s, .set = u"s"_s}, {0, 0, 0}), ErrorKind::NotFound);
    VERIFY_FAILS(wmtsTileUrl(service, {.layer = u"a"_s, .set = u"t"_s}, {0, 0, 0}), ErrorKind::NotFound);
    VERIFY_FAILS(wmtsTileUrl(service, {.layer = u"a"_s, .set = u"s"_s}, {7, 0, 0}), ErrorKind::NotFound);
    const auto unknown = parsed(caps(setIn("EPSG:0", "0 6300000")));
    QVERIFY(!unknown.sets.at(0).crs.isValid());
    QCOMPARE(unknown.notes.size(), 1);
}

void TestTiles::wrongDocumentsAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::newRow("WMS") << "<WMS_Capabilities/>"_ba << int(ErrorKind::Malformed);
    QTest::newRow("exception")
        << "<ows:ExceptionReport xmlns:ows='o'><ows:Exception><ows:ExceptionText>nein</ows:ExceptionText>"
           "</ows:Exception></ows:ExceptionReport>"_ba
        << int(ErrorKind::Network);
    QTest::newRow("too many") << caps(QByteArray("<Layer/>").repeated(21000)) << int(ErrorKind::TooLarge);
    QTest::newRow("damaged") << "<Capabilities><Contents></Capabilities>"_ba << int(ErrorKind::Malformed);
}

void TestTiles::wrongDocumentsAreRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    VERIFY_FAILS(parseWmtsCapabilities(bytes, somewhere), ErrorKind(kind));
}

void TestTiles::matrixWithoutSizeIsEndless()
{
    auto set = setIn("EPSG:25832", "0 6300000");
    set.replace("<MatrixWidth>4</MatrixWidth>", "").replace("<MatrixHeight>4</MatrixHeight>", "");
    const auto service = parsed(caps(set));
    const auto &matrix = service.sets.at(0).matrices.at(0);
    QVERIFY(matrix.extent().isEmpty());
    QVERIFY(!rangeCovering(matrix, {9e6, 0, 9.1e6, 1e5}).isEmpty());
    QVERIFY(rangeCovering(matrix, {-2e6, 0, -1e6, 1e5}).isEmpty()); // west of the first column
}

void TestTiles::mercatorTilesMeetTheKnownOnes()
{
    const auto set = webMercatorSet(18);
    QCOMPARE(int(set.matrices.size()), 19);
    QVERIFY(qAbs(set.matrices[0].scaleDenominator - 559082264.0287178) < 1e-3);
    // Lübeck, Holstentor: 53.8662 N 10.6797 E is tile 17/69424/42374 by the sums of the slippy map
    const auto transform = Transform::create(Crs::fromText(u"OGC:CRS84"_s), set.crs);
    VERIFY_RESULT(transform);
    const auto place = transform->forward(PointXY{10.6797, 53.8662});
    const auto range = rangeCovering(set.matrices[17], {place.x, place.y, place.x, place.y});
    const double n = 131072, lat = qDegreesToRadians(53.8662);
    QCOMPARE(range.firstColumn, qint64((10.6797 + 180) / 360 * n));
    QCOMPARE(range.firstRow, qint64((1 - std::log(std::tan(lat) + 1 / std::cos(lat)) / M_PI) / 2 * n));
    QCOMPARE(range.firstColumn, range.lastColumn);
    QCOMPARE(matrixFor(set, 156543.0), 0);
    QCOMPARE(matrixFor(set, 0.0001), 18);
    QCOMPARE(matrixFor(TileMatrixSet(), 1), -1);
}

void TestTiles::coveringTilesCoverAll()
{
    const auto set = webMercatorSet(18);
    const Extent view{1180000, 7140000, 1195000, 7150000};
    const auto tiles = tilesCovering(set, 14, view);
    Extent all;
    for (const auto &tile : tiles)
        all.add(set.matrices[14].tileExtent(tile.column, tile.row));
    QVERIFY(all.contains(view));
    QCOMPARE(double(tiles.size()), rangeCovering(set.matrices[14], view).count());
    QVERIFY(set.matrices[14].tileExtent(tiles[0].column, tiles[0].row).contains(view.centre()));
    QVERIFY(tilesCovering(set, 18, {-2e7, -2e7, 2e7, 2e7}).empty()); // more than are asked for at once
    QVERIFY(tilesCovering(set, 3, {3e7, 0, 4e7, 1e6}).empty()); // beyond the world
    QVERIFY(tilesCovering(set, 99, view).empty());
    QVERIFY(tilesCovering(set, 3, Extent()).empty());
}

void TestTiles::templatesAreFilled_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    QTest::newRow("plain") << u"https://t.de/{z}/{x}/{y}.png"_s << u"https://t.de/3/5/2.png"_s;
    QTest::newRow("TMS") << u"https://t.de/{z}/{x}/{-y}.png"_s << u"https://t.de/3/5/5.png"_s;
    QTest::newRow("hosts") << u"https://{s}.t.de/{z}/{x}/{y}.png"_s << u"https://b.t.de/3/5/2.png"_s;
    QTest::newRow("range of hosts") << u"https://{a-d}.t.de/{z}/{x}/{y}.png"_s << u"https://d.t.de/3/5/2.png"_s;
    QTest::newRow("range of numbers") << u"https://t{1-4}.t.de/{z}/{x}/{y}.png"_s << u"https://t4.t.de/3/5/2.png"_s;
    QTest::newRow("list of hosts") << u"https://{switch:x,yy}.t.de/{z}/{x}/{y}.png"_s << u"https://yy.t.de/3/5/2.png"_s;
    QTest::newRow("quadkey") << u"https://t.de/{q}.jpeg?g=1"_s << u"https://t.de/121.jpeg?g=1"_s;
    QTest::newRow("sharp tiles are left out")
        << u"https://t.de/{z}/{x}/{y}{r}.png?k=a"_s << u"https://t.de/3/5/2.png?k=a"_s;
    QTest::newRow("upper case, in the query")
        << u"https://t.de/t?x={X}&y={Y}&z={Z}"_s << u"https://t.de/t?x=5&y=2&z=3"_s;
}

void TestTiles::templatesAreFilled()
{
    QFETCH(QString, text);
    QFETCH(QString, url);
    const auto tiles = parseXyzTemplate(text);
    VERIFY_RESULT(tiles);
    QCOMPARE(xyzTileUrl(*tiles, 3, 5, 2).toString(), url);
    QCOMPARE(xyzMatrixSet(*tiles).matrices.size(), std::size_t(20));
}

void TestTiles::whatIsNoTemplateIsRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("no row") << u"https://t.de/{z}/{x}.png"_s;
    QTest::newRow("a file") << u"file:///{z}/{x}/{y}.png"_s;
    QTest::newRow("no host") << u"{z}/{x}/{y}.png"_s;
    QTest::newRow("of WMTS") << u"https://t.de/{TileMatrix}/{TileRow}/{TileCol}.png"_s;
}

void TestTiles::whatIsNoTemplateIsRefused()
{
    QFETCH(QString, text);
    VERIFY_FAILS(parseXyzTemplate(text), ErrorKind::Invalid);
}

QTEST_GUILESS_MAIN(TestTiles)
#include "tst_tiles.moc"
