// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mapsymbols.h"
#include "datasources/vectortiles/maptexts.h"
#include "datasources/vectortiles/mbtilesmap.h"
#include "datasources/vectortiles/symbollines.h"
#include "datasources/vectortiles/tileclip.h"
#include "tests/datasources/vectortiles/tilewriter.h"
#include "tests/support/testkit.h"

#include <QFile>
#include <QTemporaryDir>

#include <sqlite3.h>

#include <cmath>
#include <map>
#include <numbers>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

/** Tiles from memory. */
class Shelf final : public TileSupply
{
public:
    std::map<TileAddress, QByteArray> tiles;
    std::map<TileAddress, QString> failures;
    std::optional<SuppliedTile> tile(const TileAddress &address) const override
    {
        const auto place = tiles.find(address);
        return place == tiles.end() ? std::nullopt : std::optional(SuppliedTile{.bytes = place->second, .stamp = 1});
    }
    QString failureOf(const TileAddress &address) const override
    {
        const auto place = failures.find(address);
        return place == failures.end() ? QString() : place->second;
    }
};

constexpr double world = 2 * std::numbers::pi * 6378137.0;

/** The piece of the world that a tile covers, in Web Mercator. */
Extent tileBox(const TileAddress &tile)
{
    const double side = world / std::exp2(tile.matrix), left = tile.column * side - world / 2,
                 top = world / 2 - tile.row * side;
    return {left, top - side, left + side, top};
}

RasterQuery queryOf(const Extent &box, QSize size)
{
    return {.crs = Crs::fromEpsg(3857), .extent = box, .size = size};
}

QByteArray style(const QByteArray &layers)
{
    return R"({"version": 8, "sources": {"s": {"type": "vector", "tiles": ["https://x/{z}/{x}/{y}"]}}, "layers": [)"
        + layers + "]}";
}

VectorTilePlan planOf(const QByteArray &layers, const std::shared_ptr<Shelf> &shelf)
{
    auto parsed = parseMapStyle(style(layers), {});
    if (!parsed)
        qFatal("%s", qPrintable(toText(parsed.error())));
    VectorTilePlan plan{.style = *std::move(parsed)};
    plan.sources.emplace(u"s"_s, VectorTilePlan::Source{{.maxZoom = 14}, shelf});
    return plan;
}

QByteArray areaTile(const QByteArray &layer, const QList<QPoint> &ring)
{
    return tileMessage({layerMessage(layer, {featureMessage(3, paths({ring}, true))})});
}

/** All of the tile and its margin, as tiles are cut. */
const QList<QPoint> whole{{-80, -80}, {4176, -80}, {4176, 4176}, {-80, 4176}};

/** The made-up town, by its style or without one. */
Result<std::shared_ptr<const VectorTileMap>> town()
{
    const auto file = MbtilesFile::open(dataFile(u"vectortiles/town.mbtiles"_s));
    QFile json(dataFile(u"vectortiles/town.json"_s));
    if (!file || !json.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, u"the town is not there"_s);
    auto parsed = parseMapStyle(json.readAll(), {});
    if (!parsed)
        return std::unexpected(parsed.error());
    VectorTilePlan plan{.style = *std::move(parsed)};
    plan.sources.emplace(u"town"_s, mbtilesSource(*file));
    return std::make_shared<const VectorTileMap>(std::move(plan));
}

/** The middle of the town in the working CRS, with so many metres per pixel. */
RasterQuery townQuery(double metres, QSize size)
{
    const auto to = Transform::create(Crs::fromEpsg(4326), Crs::working());
    const auto c = to ? to->forward(PointXY{10.66, 53.85}) : PointXY();
    return {.crs = Crs::working(),
            .extent = {c.x - metres * size.width() / 2, c.y - metres * size.height() / 2,
                       c.x + metres * size.width() / 2, c.y + metres * size.height() / 2},
            .size = size};
}

} // namespace

class TestVectorTileMap : public QObject
{
    Q_OBJECT
private slots:
    void drawsATown_data();
    void drawsATown();
    void piecesOfASheetFitEachOther();
    void aSheetIsDrawnSharplyAtItsResolution();
    void seeThroughAreasShowNoSeamsBetweenTiles();
    void namesRunOverTheBordersOfTiles();
    void symbolsDoNotLieOnEachOther();
    void higherLayersAndLowerKeysComeFirst();
    void aCoarserTileStandsInForItsPartOnly();
    void beyondTheFinestTilesTheyAreEnlarged();
    void tilesOfAnotherGridLieWhereTheyShould();
    void missingAndDamagedTilesAreTold();
    void stopsWhenItIsNotWanted();
    void absurdViewsAreNoHarm();
    void filesOfTilesOpenInAPlainStyle();
    void otherFilesAreRefused_data();
    void otherFilesAreRefused();
    void aViewWithoutEndIsGivenUp();
    void ringsAreCutAtTheBox();
    void linesLeaveAndEnterTheBox();
    void bordersOfTilesAreNoEdges();
    void linesThatMeetAreOne();
    void fontsAreFoundByTheirNames();
};

void TestVectorTileMap::drawsATown_data()
{
    QTest::addColumn<double>("metres");
    QTest::addColumn<QString>("name");
    QTest::newRow("from afar") << 10.0 << u"vectortiles/town10"_s;
    QTest::newRow("near by") << 3.0 << u"vectortiles/town3"_s;
}

void TestVectorTileMap::drawsATown()
{
    QFETCH(double, metres);
    QFETCH(QString, name);
    const auto map = town();
    VERIFY_RESULT(map);
    const auto block = (*map)->read(townQuery(metres, {700, 480}), {});
    VERIFY_RESULT(block);
    QCOMPARE(block->damage, QString());
    QCOMPARE(compareGolden(block->image, name, 24, 0.01), QString());
}

void TestVectorTileMap::piecesOfASheetFitEachOther()
{
    const auto map = town();
    VERIFY_RESULT(map);
    auto query = townQuery(5, {800, 400});
    query.view = query.extent;
    const auto all = (*map)->read(query, {});
    VERIFY_RESULT(all);
    for (const int strip : {0, 1}) {
        auto part = query;
        part.size = {800, 200};
        (strip == 0 ? part.extent.yMin : part.extent.yMax) = query.extent.centre().y;
        const auto piece = (*map)->read(part, {});
        VERIFY_RESULT(piece);
        const auto expected = all->image.copy(0, strip * 200, 800, 200);
        int different = 0;
        for (int y = 0; y < 200; ++y) {
            for (int x = 0; x < 800; ++x)
                different += qAbs(qGreen(piece->image.pixel(x, y)) - qGreen(expected.pixel(x, y))) > 8;
        }
        QVERIFY2(different < 20, qPrintable(QString::number(different)));
    }
}

void TestVectorTileMap::aSheetIsDrawnSharplyAtItsResolution()
{
    // Ten times the pixels per millimetre: the same map, its lines ten times as many pixels wide
    const auto shelf = std::make_shared<Shelf>();
    shelf->tiles[{0, 0, 0}] =
        tileMessage({layerMessage("l", {featureMessage(2, paths({{{2048, 0}, {2048, 4096}}}, false))})});
    const VectorTileMap map(planOf(
        R"({"id": "l", "type": "line", "source": "s", "source-layer": "l", "paint": {"line-width": 4}})", shelf));
    const auto widthAt = [&](int side, double pixelsPerMm) {
        auto query = queryOf(tileBox({0, 0, 0}), {side, side});
        query.pixelsPerMm = pixelsPerMm;
        const auto block = map.read(query, {});
        int width = 0;
        for (int x = 0; block && x < side; ++x)
            width += qAlpha(block->image.pixel(x, side / 2)) > 127;
        return width;
    };
    QCOMPARE(widthAt(512, 0), 4);
    QCOMPARE(widthAt(512, 96 / 25.4), 4);
    QCOMPARE(widthAt(5120, 960 / 25.4), 40);
}

void TestVectorTileMap::seeThroughAreasShowNoSeamsBetweenTiles()
{
    const auto shelf = std::make_shared<Shelf>();
    for (const int column : {0, 1}) {
        for (const int row : {0, 1})
            shelf->tiles[{1, column, row}] = areaTile("a", whole);
    }
    const VectorTileMap map(planOf(
        R"({"id": "a", "type": "fill", "source": "s", "source-layer": "a",
            "paint": {"fill-color": "#ff0000", "fill-opacity": 0.5}})",
        shelf));
    const auto block = map.read(queryOf(tileBox({0, 0, 0}), {1100, 1100}), {});
    VERIFY_RESULT(block);
    const auto expected = block->image.pixel(100, 100);
    QVERIFY(qAlpha(expected) > 120 && qAlpha(expected) < 135);
    for (int i = 10; i < 1090; ++i) {
        QCOMPARE(block->image.pixel(i, 300), expected);
        QCOMPARE(block->image.pixel(550, i), expected);
    }
}

void TestVectorTileMap::namesRunOverTheBordersOfTiles()
{
    const auto shelf = std::make_shared<Shelf>();
    const auto street = [](int from, int to) {
        return tileMessage(
            {layerMessage("l", {featureMessage(2, paths({{{from, 2000}, {to, 2000}}}, false), varint(0) + varint(0))},
                          {"name"}, {textValue("Ratzeburger Allee")})});
    };
    shelf->tiles[{1, 0, 0}] = street(3700, 4176); // 60 and 50 pixels: too short for the name
    shelf->tiles[{1, 1, 0}] = street(-80, 400);
    shelf->tiles[{1, 0, 1}] = shelf->tiles[{1, 1, 1}] = QByteArray();
    auto parsed = parseMapStyle(style(R"({"id": "n", "type": "symbol", "source": "s", "source-layer": "l",
        "layout": {"symbol-placement": "line", "text-field": "{name}", "text-size": 10}})"),
                                {});
    VERIFY_RESULT(parsed);
    const auto query = queryOf(tileBox({0, 0, 0}), {1024, 1024});
    MapFrame frame{.crs = query.crs, .extent = query.extent, .size = query.size, .zoom = 1, .tiled = query.extent};
    const auto same = Transform::create(query.crs, query.crs);
    PlacedTiles tiles;
    for (const auto &[address, bytes] : shelf->tiles) {
        auto tile = readVectorTile(bytes);
        VERIFY_RESULT(tile);
        tiles[u"s"_s].push_back({.tile = std::make_shared<const VectorTile>(*std::move(tile)),
                                 .plane = TilePlane(frame, *same, tileBox(address))});
    }
    const auto symbols = placeSymbols(frame, *parsed, {}, tiles, {});
    QCOMPARE(symbols.size(), std::size_t(1));
    QCOMPARE(symbols.front().name, u"Ratzeburger Allee"_s);
    QVERIFY(symbols.front().bounds.left() < 500 && symbols.front().bounds.right() > 524);
    // and all of it is drawn
    const auto drawn = symbols.front().text.boundingRect();
    QVERIFY(drawn.left() < 505 && drawn.right() > 520);
}

void TestVectorTileMap::symbolsDoNotLieOnEachOther()
{
    QList<QByteArray> features;
    for (int i = 0; i < 400; ++i)
        features.append(featureMessage(1, points({{(i * 997) % 4096, (i * 571) % 4096}}), varint(0) + varint(0)));
    const auto tile = readVectorTile(tileMessage({layerMessage("l", features, {"name"}, {textValue("Travemünde")})}));
    VERIFY_RESULT(tile);
    auto parsed = parseMapStyle(
        style(
            R"({"id": "n", "type": "symbol", "source": "s", "source-layer": "l", "layout": {"text-field": "{name}"}})"),
        {});
    VERIFY_RESULT(parsed);
    MapFrame frame{
        .crs = Crs::fromEpsg(3857), .extent = tileBox({0, 0, 0}), .size = {512, 512}, .tiled = tileBox({0, 0, 0})};
    const auto same = Transform::create(frame.crs, frame.crs);
    const PlacedTiles tiles{
        {u"s"_s,
         {{.tile = std::make_shared<const VectorTile>(*tile), .plane = TilePlane(frame, *same, frame.extent)}}}};
    const auto symbols = placeSymbols(frame, *parsed, {}, tiles, {});
    QVERIFY2(symbols.size() > 10 && symbols.size() < 200, qPrintable(QString::number(symbols.size())));
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j)
            QVERIFY(!symbols[i].bounds.intersects(symbols[j].bounds));
    }
}

void TestVectorTileMap::higherLayersAndLowerKeysComeFirst()
{
    const auto here = points({{2048, 2048}});
    const auto tile = readVectorTile(tileMessage({layerMessage(
        "l", {featureMessage(1, here, varint(0) + varint(0)), featureMessage(1, here, varint(0) + varint(1))}, {"name"},
        {textValue("zweite"), textValue("erste")})}));
    VERIFY_RESULT(tile);
    const QByteArray low = R"({"id": "low", "type": "symbol", "source": "s", "source-layer": "l",
        "layout": {"text-field": "unten"}})";
    const QByteArray high = R"({"id": "high", "type": "symbol", "source": "s", "source-layer": "l", "layout":
        {"text-field": "{name}", "symbol-sort-key": ["match", ["get", "name"], "erste", 1, 2]}})";
    auto parsed = parseMapStyle(style(low + ',' + high), {});
    VERIFY_RESULT(parsed);
    MapFrame frame{
        .crs = Crs::fromEpsg(3857), .extent = tileBox({0, 0, 0}), .size = {512, 512}, .tiled = tileBox({0, 0, 0})};
    const auto same = Transform::create(frame.crs, frame.crs);
    const PlacedTiles tiles{
        {u"s"_s,
         {{.tile = std::make_shared<const VectorTile>(*tile), .plane = TilePlane(frame, *same, frame.extent)}}}};
    const auto symbols = placeSymbols(frame, *parsed, {}, tiles, {});
    QCOMPARE(symbols.size(), std::size_t(1));
    QCOMPARE(symbols.front().name, u"erste"_s);
    QCOMPARE(symbols.front().layer, std::size_t(1));
}

void TestVectorTileMap::aCoarserTileStandsInForItsPartOnly()
{
    const auto shelf = std::make_shared<Shelf>();
    shelf->tiles[{0, 0, 0}] = areaTile("red", whole);
    shelf->tiles[{1, 0, 0}] = areaTile("blue", whole);
    const VectorTileMap map(planOf(
        R"({"id": "r", "type": "fill", "source": "s", "source-layer": "red", "paint": {"fill-color": "#ff0000"}},
           {"id": "b", "type": "fill", "source": "s", "source-layer": "blue", "paint": {"fill-color": "#0000ff"}})",
        shelf));
    const auto block = map.read(queryOf(tileBox({0, 0, 0}), {1100, 1100}), {});
    VERIFY_RESULT(block);
    QCOMPARE(block->image.pixelColor(200, 200), QColor(Qt::blue));
    QCOMPARE(block->image.pixelColor(800, 200), QColor(Qt::red));
    QCOMPARE(block->image.pixelColor(200, 800), QColor(Qt::red));
}

void TestVectorTileMap::beyondTheFinestTilesTheyAreEnlarged()
{
    const auto shelf = std::make_shared<Shelf>();
    const TileAddress finest{14, 8678, 5278};
    shelf->tiles[finest] = areaTile("a", {{0, 0}, {2048, 0}, {2048, 4096}, {0, 4096}});
    const VectorTileMap map(
        planOf(R"({"id": "a", "type": "fill", "source": "s", "source-layer": "a", "paint": {"fill-color": "#ff0000"}})",
               shelf));
    const auto box = tileBox(finest);
    const auto middle = box.centre();
    const double near = box.width() / 256; // zoom 20
    const auto block =
        map.read(queryOf({middle.x - near, middle.y - near, middle.x + near, middle.y + near}, {400, 400}), {});
    VERIFY_RESULT(block);
    QCOMPARE(block->image.pixelColor(190, 200), QColor(Qt::red));
    QCOMPARE(block->image.pixelColor(210, 200).alpha(), 0);
}

void TestVectorTileMap::tilesOfAnotherGridLieWhereTheyShould()
{
    const auto shelf = std::make_shared<Shelf>();
    shelf->tiles[{1, 1, 0}] = areaTile("a", {{0, 0}, {4096, 0}, {4096, 4096}, {0, 4096}}); // the east of the north
    shelf->tiles[{0, 0, 0}] = QByteArray();
    auto plan =
        planOf(R"({"id": "a", "type": "fill", "source": "s", "source-layer": "a", "paint": {"fill-color": "#ff0000"}})",
               shelf);
    TileMatrixSet grid{.crs = Crs::working()};
    for (const double resolution : {20.0, 10.0})
        grid.matrices.push_back({.resolution = resolution, .topLeft = {600000, 5980000}, .tileSize = {512, 512}});
    plan.sources.begin()->second.grid = grid;
    const VectorTileMap map(std::move(plan));
    const auto block =
        map.read({.crs = Crs::working(), .extent = {600000, 5969760, 610240, 5980000}, .size = {1024, 1024}}, {});
    VERIFY_RESULT(block);
    QCOMPARE(block->image.pixelColor(700, 200), QColor(Qt::red));
    QCOMPARE(block->image.pixelColor(508, 200).alpha(), 0);
    QCOMPARE(block->image.pixelColor(700, 516).alpha(), 0);
}

void TestVectorTileMap::missingAndDamagedTilesAreTold()
{
    const auto shelf = std::make_shared<Shelf>();
    shelf->tiles[{1, 0, 0}] = "damaged";
    shelf->tiles[{1, 0, 1}] = shelf->tiles[{1, 1, 0}] = areaTile("a", whole);
    const QByteArray layer = R"({"id": "a", "type": "fill", "source": "s", "source-layer": "a"})";
    const auto query = queryOf(tileBox({0, 0, 0}), {1100, 1100});
    const auto damaged = VectorTileMap(planOf(layer, shelf)).read(query, {});
    VERIFY_RESULT(damaged);
    QVERIFY(!damaged->damage.isEmpty());
    QCOMPARE(damaged->image.pixelColor(200, 800), QColor(Qt::black)); // the others are drawn
    shelf->tiles.erase({1, 0, 0});
    shelf->failures[{1, 0, 0}] = u"no line"_s;
    const auto missing = VectorTileMap(planOf(layer, shelf)).read(query, {});
    VERIFY_RESULT(missing);
    QVERIFY2(missing->damage.contains("no line"_L1), qPrintable(missing->damage));
    shelf->failures.clear();
    const auto pending = VectorTileMap(planOf(layer, shelf)).read(query, {});
    VERIFY_RESULT(pending);
    QCOMPARE(pending->damage, QString());
}

void TestVectorTileMap::stopsWhenItIsNotWanted()
{
    const auto map = town();
    VERIFY_RESULT(map);
    std::stop_source stop;
    stop.request_stop();
    const auto block = (*map)->read(townQuery(5, {400, 300}), stop.get_token());
    QVERIFY(!block);
    QCOMPARE(block.error().kind, ErrorKind::Cancelled);
}

void TestVectorTileMap::absurdViewsAreNoHarm()
{
    const auto map = town();
    VERIFY_RESULT(map);
    const Extent boxes[] = {{0, 0, 0, 0},
                            {-1e12, -1e12, 1e12, 1e12},
                            {1e7, 1e7, 1.1e7, 1.1e7},
                            {600000, 5970000, 600000.001, 5970000.001},
                            Extent()};
    for (const auto &box : boxes) {
        const auto block = (*map)->read({.crs = Crs::working(), .extent = box, .size = {64, 64}}, {});
        QVERIFY(block ? block->image.size() == QSize(64, 64) : !block.error().what.isEmpty());
    }
    QVERIFY((*map)->read(townQuery(5, {0, 0}), {}));
}

void TestVectorTileMap::filesOfTilesOpenInAPlainStyle()
{
    const SourceRef ref{.location = dataFile(u"vectortiles/town.mbtiles"_s)};
    QVERIFY(holdsVectorTiles(ref.location));
    const auto found = inspectMbtilesMap(ref);
    VERIFY_RESULT(found);
    QCOMPARE(found->layers.size(), std::size_t(1));
    QCOMPARE(found->layers.front().title, u"Neustadt"_s);
    QCOMPARE(found->layers.front().kind, LayerKind::Raster);
    QCOMPARE(found->ref->provider, u"mvt"_s);
    const auto opened = openMbtilesMap(ref);
    VERIFY_RESULT(opened);
    const auto source = std::get<std::shared_ptr<const RasterSource>>(*opened);
    const auto block = source->read(townQuery(5, {400, 300}), {});
    VERIFY_RESULT(block);
    QSet<QRgb> colours;
    for (int x = 0; x < 400; x += 4) {
        for (int y = 0; y < 300; y += 4)
            colours.insert(block->image.pixel(x, y));
    }
    QVERIFY2(colours.size() > 5, qPrintable(QString::number(colours.size())));
}

void TestVectorTileMap::otherFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::newRow("missing") << QByteArray() << int(ErrorKind::NotFound);
    QTest::newRow("no database") << QByteArray("hello world, I am no database at all, and never was one")
                                 << int(ErrorKind::Malformed);
    QFile town(dataFile(u"vectortiles/town.mbtiles"_s));
    QVERIFY(town.open(QIODevice::ReadOnly));
    QTest::newRow("cut") << town.read(2000) << int(ErrorKind::Malformed);
}

void TestVectorTileMap::otherFilesAreRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    QTemporaryDir folder;
    const SourceRef ref{.location = folder.filePath(u"a.mbtiles"_s)};
    if (!bytes.isEmpty()) {
        QFile file(ref.location);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QVERIFY(!holdsVectorTiles(ref.location));
    VERIFY_FAILS(openMbtilesMap(ref), ErrorKind(kind));
    VERIFY_FAILS(inspectMbtilesMap(ref), ErrorKind(kind));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), bytes.isEmpty() ? 0 : 1); // nothing beside it
}

void TestVectorTileMap::aViewWithoutEndIsGivenUp()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(u"endless.mbtiles"_s);
    sqlite3 *db = nullptr;
    QCOMPARE(sqlite3_open(path.toUtf8().constData(), &db), SQLITE_OK);
    const auto *sql = "CREATE TABLE metadata(name, value); INSERT INTO metadata VALUES('format', 'pbf');"
                      "CREATE VIEW tiles AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
                      "SELECT x AS zoom_level, x AS tile_column, x AS tile_row, x'1a' AS tile_data FROM n";
    QCOMPARE(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
    VERIFY_FAILS(openMbtilesMap({.location = path}), ErrorKind::Malformed);
}

void TestVectorTileMap::ringsAreCutAtTheBox()
{
    const std::vector<TilePoint> ring{{-10, -10}, {30, -10}, {30, 30}, {-10, 30}};
    const auto cut = clippedRing(ring, QRectF(0, 0, 20, 20));
    QRectF box;
    for (const auto &p : cut)
        box |= QRectF(p, QSizeF(1e-9, 1e-9));
    QCOMPARE(cut.size(), std::size_t(4));
    QVERIFY(qAbs(box.left()) < 1e-6 && qAbs(box.right() - 20) < 1e-6);
    QVERIFY(clippedRing(ring, QRectF(100, 100, 5, 5)).empty());
    QCOMPARE(clippedRing(ring, QRectF(-50, -50, 100, 100)).size(), std::size_t(4));
}

void TestVectorTileMap::linesLeaveAndEnterTheBox()
{
    const std::vector<TilePoint> line{{-5, 5}, {5, 5}, {5, 15}, {8, 15}, {8, 5}, {20, 5}};
    std::vector<std::vector<QPointF>> pieces;
    clippedLines(line, false, QRectF(0, 0, 10, 10), [&](const auto &piece) { pieces.push_back(piece); });
    QCOMPARE(pieces.size(), std::size_t(2));
    QCOMPARE(pieces[0], (std::vector<QPointF>{{0, 5}, {5, 5}, {5, 10}}));
    QCOMPARE(pieces[1], (std::vector<QPointF>{{8, 10}, {8, 5}, {10, 5}}));
}

void TestVectorTileMap::bordersOfTilesAreNoEdges()
{
    const std::vector<TilePoint> ring{{0, 0}, {10, 0}, {10, 5}, {0, 5}}; // cut at three sides of the tile
    std::vector<std::vector<QPointF>> pieces;
    clippedLines(ring, true, QRectF(0, 0, 10, 10), [&](const auto &piece) { pieces.push_back(piece); });
    QCOMPARE(pieces.size(), std::size_t(1));
    QCOMPARE(pieces[0], (std::vector<QPointF>{{10, 5}, {0, 5}}));
}

void TestVectorTileMap::linesThatMeetAreOne()
{
    const auto merged =
        mergedLines({{{10, 0}, {20, 0}}, {{10.2, 0}, {0, 0}}, {{20, 0}, {30, 0}}, {{100, 0}, {110, 0}}}, 1);
    QCOMPARE(merged.size(), std::size_t(2));
    QCOMPARE(LineWalk(merged[0]).length(), 30.0);
    // a crossing: nobody knows who goes on
    QCOMPARE(mergedLines({{{0, 0}, {10, 0}}, {{10, 0}, {20, 0}}, {{10, 0}, {10, 10}}}, 1).size(), std::size_t(3));
    QCOMPARE(mergedLines({{{0, 0}, {10, 0}, {10, 10}, {0, 0}}}, 1).size(), std::size_t(1)); // round in a ring
}

void TestVectorTileMap::fontsAreFoundByTheirNames()
{
    const auto font = mapFont({u"DejaVu Sans Bold Oblique"_s});
    QCOMPARE(font.families(), QStringList{u"DejaVu Sans"_s});
    QCOMPARE(font.weight(), QFont::Bold);
    QVERIFY(font.italic());
    const auto other = mapFont({u"No Such Font Semibold"_s});
    QCOMPARE(other.family(), QGuiApplication::font().family());
    QCOMPARE(other.weight(), QFont::DemiBold);
    QVERIFY(!other.italic());
    TextSetter setter;
    const TextForm form{.fonts = {u"DejaVu Sans"_s}, .size = 20, .maxWidth = 100};
    const auto one = setter.shape(u"Lübeck"_s, form), two = setter.shape(u"Hansestadt Lübeck im Norden"_s, form);
    QVERIFY(two.size.height() > one.size.height() * 1.8);
    QVERIFY(two.size.width() < 150);
    QVERIFY(qAbs(one.path.boundingRect().center().x()) < 2);
}

QTEST_MAIN(TestVectorTileMap)
#include "tst_vectortilemap.moc"
