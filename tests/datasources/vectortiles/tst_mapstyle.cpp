// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mapsprite.h"
#include "datasources/vectortiles/mapstyle.h"
#include "datasources/vectortiles/mbtilesfile.h"
#include "tests/support/testkit.h"

#include <QFile>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

QByteArray styleWith(const QByteArray &layers, const QByteArray &more = {})
{
    return R"({"version": 8, "name": "Grundkarte", "sources": {
        "a": {"type": "vector", "url": "tiles.json"},
        "b": {"type": "vector", "tiles": ["/t/{z}/{x}/{y}.pbf"], "scheme": "tms", "minzoom": 3, "maxzoom": 12,
              "bounds": [9, 53, 11, 54], "attribution": "<a href='https://x'>© Stadt</a>"},
        "g": {"type": "geojson", "data": {}}}, )"
        + more + R"("layers": [)" + layers + "]}";
}

} // namespace

class TestMapStyle : public QObject
{
    Q_OBJECT
private slots:
    void readsLayersAndTheirSources();
    void addressesAreRelativeToTheStyle();
    void whatCannotBeDrawnIsLeftOutAndNoted();
    void invisibleLayersAreNotNoted();
    void defaultsStandInForWhatIsMissing();
    void damagedStylesAreRefused_data();
    void damagedStylesAreRefused();
    void readsTileJson();
    void tileJsonWithoutTilesIsRefused();
    void spritesHoldIconsAndShapes();
    void iconsOutsideOfThePictureAreLeftOut();
    void aPlainStyleDrawsAllLayers();
};

void TestMapStyle::readsLayersAndTheirSources()
{
    const auto style = parseMapStyle(
        styleWith(R"({"id": "water", "type": "fill", "source": "b", "source-layer": "gewaesser", "minzoom": 5,
                      "maxzoom": 12, "filter": ["==", "art", "See"], "paint": {"fill-color": "#00f"}})"),
        QUrl(u"https://example.org/styles/style.json"_s));
    VERIFY_RESULT(style);
    QCOMPARE(style->name, u"Grundkarte"_s);
    QCOMPARE(style->notes, QStringList());
    QCOMPARE(style->layers.size(), std::size_t(1));
    const auto &layer = style->layers.front();
    QCOMPARE(layer.id, u"water"_s);
    QCOMPARE(layer.type, MapLayerType::Fill);
    QCOMPARE(layer.minZoom, 5.0);
    QCOMPARE(layer.maxZoom, 12.0);
    QCOMPARE(layer.color(MapProperty::FillColor, {}), QColor(Qt::blue));
    QCOMPARE(style->layersOf(u"b"_s), QSet<QString>{u"gewaesser"_s});
    QCOMPARE(style->sources.size(), std::size_t(1)); // the others are not drawn
    const auto &source = style->sources.at(u"b"_s);
    QCOMPARE(source.minZoom, 3);
    QCOMPARE(source.maxZoom, 12);
    QCOMPARE(source.bounds, (Extent{9, 53, 11, 54}));
    QCOMPARE(source.attribution, u"© Stadt"_s);
    QCOMPARE(source.tiles, QStringList{u"https://example.org/t/{z}/{x}/{-y}.pbf"_s}); // rows from the south
}

void TestMapStyle::addressesAreRelativeToTheStyle()
{
    const auto style = parseMapStyle(styleWith(R"({"id": "l", "type": "line", "source": "a", "source-layer": "x"})",
                                               R"("sprite": "../icons/day", )"),
                                     QUrl(u"https://example.org/styles/one/style.json?key=1"_s));
    VERIFY_RESULT(style);
    QCOMPARE(style->sources.at(u"a"_s).url, QUrl(u"https://example.org/styles/one/tiles.json"_s));
    QCOMPARE(style->sprite, QUrl(u"https://example.org/styles/icons/day"_s));
    const auto list = parseMapStyle(
        styleWith(R"({"id": "l", "type": "line", "source": "a", "source-layer": "x"})",
                  R"("sprite": [{"id": "x", "url": "https://x/x"}, {"id": "default", "url": "https://x/d"}], )"),
        {});
    VERIFY_RESULT(list);
    QCOMPARE(list->sprite, QUrl(u"https://x/d"_s));
}

void TestMapStyle::whatCannotBeDrawnIsLeftOutAndNoted()
{
    const auto style = parseMapStyle(styleWith(R"(
        {"id": "heat", "type": "heatmap", "source": "a"},
        {"id": "dark", "type": "hillshade", "source": "a"},
        {"id": "odd", "type": "fill", "source": "a", "source-layer": "x", "paint": {"fill-color": ["within", {}]}},
        {"id": "odd-filter", "type": "fill", "source": "a", "source-layer": "x", "filter": ["magic", 1]},
        {"id": "elsewhere", "type": "fill", "source": "g", "source-layer": "x"},
        {"id": "nowhere", "type": "fill", "source": "zz", "source-layer": "x"},
        {"id": "good", "type": "fill", "source": "a", "source-layer": "x", "paint": {"fill-sparkle": ["magic"]}})"),
                                     {});
    VERIFY_RESULT(style);
    QCOMPARE(style->layers.size(), std::size_t(1));
    QCOMPARE(style->layers.front().id, u"good"_s);
    const auto notes = style->notes.join(u'\n');
    for (const auto &word : {u"heat"_s, u"heatmap"_s, u"dark"_s, u"odd"_s, u"within"_s, u"odd-filter"_s, u"magic"_s,
                             u"elsewhere"_s, u"nowhere"_s})
        QVERIFY2(notes.contains(word), qPrintable(word + u": "_s + notes));
    QVERIFY(!notes.contains("good"_L1));
}

void TestMapStyle::invisibleLayersAreNotNoted()
{
    const auto style = parseMapStyle(styleWith(R"(
        {"id": "heat", "type": "heatmap", "source": "a", "layout": {"visibility": "none"}},
        {"id": "good", "type": "background"})"),
                                     {});
    VERIFY_RESULT(style);
    QCOMPARE(style->layers.size(), std::size_t(1));
    QCOMPARE(style->notes, QStringList());
}

void TestMapStyle::defaultsStandInForWhatIsMissing()
{
    const auto style = parseMapStyle(styleWith(R"({"id": "l", "type": "symbol", "source": "a", "source-layer": "x",
                      "layout": {"text-size": ["get", "size"], "text-offset": [1, 2], "text-field": null}})"),
                                     {});
    VERIFY_RESULT(style);
    const auto &layer = style->layers.front();
    QCOMPARE(layer.number(MapProperty::TextSize, {}), 16.0); // nothing came of the expression
    QCOMPARE(layer.number(MapProperty::LineWidth, {}), 1.0);
    QCOMPARE(layer.number(MapProperty::SymbolSpacing, {}), 250.0);
    QCOMPARE(layer.text(MapProperty::LineCap, {}), u"butt"_s);
    QCOMPARE(layer.numbers(MapProperty::TextOffset, {}), (std::vector<double>{1, 2}));
    QCOMPARE(layer.texts(MapProperty::TextFont, {}), QStringList{u"Open Sans Regular"_s});
    QVERIFY(layer.truth(MapProperty::TextKeepUpright, {}));
    QVERIFY(!layer.isSet(MapProperty::TextField));
    QCOMPARE(layer.color(MapProperty::TextHaloColor, {}).alpha(), 0);
}

void TestMapStyle::damagedStylesAreRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("kind");
    const auto add = [](const char *name, const QByteArray &json, ErrorKind kind) {
        QTest::newRow(name) << json << int(kind);
    };
    add("nothing", "", ErrorKind::Malformed);
    add("a page", "<html>", ErrorKind::Malformed);
    add("cut", styleWith(R"({"id": "good", "type": "background"})").chopped(3), ErrorKind::Malformed);
    add("a list", "[]", ErrorKind::Malformed);
    add("version 7", R"({"version": 7, "layers": []})", ErrorKind::Unsupported);
    add("without layers", styleWith(""), ErrorKind::Unsupported);
    add("with none that can be drawn", styleWith(R"({"id": "heat", "type": "heatmap"})"), ErrorKind::Unsupported);
    add("deep", R"({"version": 8, "layers": )" + QByteArray(5000, '[') + QByteArray(5000, ']') + "}",
        ErrorKind::Malformed);
    add("too many layers", styleWith(QByteArray("{},").repeated(6000) + "{}"), ErrorKind::TooLarge);
    add("too long", QByteArray(17 * 1024 * 1024, ' '), ErrorKind::TooLarge);
}

void TestMapStyle::damagedStylesAreRefused()
{
    QFETCH(QByteArray, json);
    QFETCH(int, kind);
    VERIFY_FAILS(parseMapStyle(json, {}), ErrorKind(kind));
}

void TestMapStyle::readsTileJson()
{
    const auto source = parseTileJson(R"({"tilejson": "3.0.0", "tiles": ["{z}/{y}/{x}.pbf", 5], "maxzoom": 99,
        "minzoom": -4, "tileSize": 1, "bounds": [1, 2], "scheme": "xyz"})",
                                      QUrl(u"https://example.org/a/tiles.json"_s));
    VERIFY_RESULT(source);
    QCOMPARE(source->tiles, QStringList{u"https://example.org/a/{z}/{y}/{x}.pbf"_s});
    QCOMPARE(source->minZoom, 0);
    QCOMPARE(source->maxZoom, 24);
    QVERIFY(source->tileSize >= 64);
    QVERIFY(source->bounds.isEmpty());
}

void TestMapStyle::tileJsonWithoutTilesIsRefused()
{
    VERIFY_FAILS(parseTileJson(R"({"tilejson": "3.0.0", "tiles": ["no places"]})", {}), ErrorKind::Malformed);
    VERIFY_FAILS(parseTileJson("{", {}), ErrorKind::Malformed);
}

void TestMapStyle::spritesHoldIconsAndShapes()
{
    QImage picture(40, 20, QImage::Format_ARGB32);
    picture.fill(QColor(0, 0, 0, 255));
    for (int x = 0; x < 20; ++x) {
        for (int y = 0; y < 20; ++y)
            picture.setPixelColor(x, y, Qt::red);
    }
    const auto sprite = MapSprite::parse(R"({"church": {"x": 0, "y": 0, "width": 20, "height": 20, "pixelRatio": 2},
        "arrow": {"x": 20, "y": 0, "width": 20, "height": 20, "sdf": true}})",
                                         picture);
    VERIFY_RESULT(sprite);
    const auto *church = sprite->icon(u"church"_s), *arrow = sprite->icon(u"arrow"_s);
    QVERIFY(church && arrow && !sprite->icon(u"school"_s));
    QCOMPARE(church->size(), QSizeF(10, 10));
    QCOMPARE(sprite->image(*church, Qt::green).pixelColor(5, 5), QColor(Qt::red));
    QCOMPARE(sprite->image(*arrow, Qt::green).pixelColor(5, 5), QColor(Qt::green));
}

void TestMapStyle::iconsOutsideOfThePictureAreLeftOut()
{
    const QImage picture(10, 10, QImage::Format_ARGB32);
    const auto sprite = MapSprite::parse(R"({"a": {"x": 5, "y": 5, "width": 6, "height": 2},
        "b": {"x": -1, "y": 0, "width": 5, "height": 5}, "c": {"x": 0, "y": 0, "width": 0, "height": 5}, "d": 7,
        "e": {"x": 2147483647, "y": 0, "width": 2147483647, "height": 5}})",
                                         picture);
    VERIFY_RESULT(sprite);
    QVERIFY(sprite->isEmpty());
    VERIFY_FAILS(MapSprite::parse("{", picture), ErrorKind::Malformed);
}

void TestMapStyle::aPlainStyleDrawsAllLayers()
{
    const auto style =
        parseMapStyle(plainMapStyle({u"roads"_s, u"water"_s, u"whatever"_s}, u"t"_s, QUrl(u"https://x"_s)), {});
    VERIFY_RESULT(style);
    QCOMPARE(style->notes, QStringList());
    QCOMPARE(style->layersOf(u"t"_s), (QSet<QString>{u"roads"_s, u"water"_s, u"whatever"_s}));
}

QTEST_GUILESS_MAIN(TestMapStyle)
#include "tst_mapstyle.moc"
