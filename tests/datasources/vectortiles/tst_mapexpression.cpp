// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mapexpression.h"
#include "tests/datasources/vectortiles/tilewriter.h"
#include "tests/support/testkit.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

QJsonValue json(const QByteArray &text)
{
    return QJsonDocument::fromJson('[' + text + ']').array().at(0);
}

} // namespace

class TestMapExpression : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void workedOutForAStreet_data();
    void workedOutForAStreet();
    void colours_data();
    void colours();
    void filters_data();
    void filters();
    void tellsWhatItDependsOn();
    void coloursInBetweenAreSeenThrough();
    void damagedOnesAreRefused_data();
    void damagedOnesAreRefused();
    void whatIsTooDeepIsRefused();
    void variablesCannotDoubleForEver();

private:
    MapContext context(double zoom) const
    {
        return {.zoom = zoom, .layer = &m_tile.layers.front(), .feature = &m_tile.layers.front().features.front()};
    }
    VectorTile m_tile;
};

void TestMapExpression::initTestCase()
{
    QByteArray tags;
    for (quint64 i = 0; i < 5; ++i)
        tags += varint(i) + varint(i);
    const auto tile = readVectorTile(tileMessage(
        {layerMessage("roads", {featureMessage(2, paths({{{0, 0}, {10, 5}}}, false), tags, 12)},
                      {"name", "class", "lanes", "bridge", "width"},
                      {textValue("Hüxstraße"), textValue("main"), field(4, 3), field(7, 1), textValue("7.5")})}));
    VERIFY_RESULT(tile);
    m_tile = *tile;
}

void TestMapExpression::workedOutForAStreet_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("zoom");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("result");
    const auto add = [](const char *expression, const QString &result, const QString &type = u"number"_s,
                        double zoom = 12, MapValueKind kind = MapValueKind::Number) {
        QTest::newRow(qPrintable(QString::fromUtf8(expression) + u" @ %1"_s.arg(zoom)))
            << QByteArray(expression) << int(kind) << zoom << type << result;
    };
    const auto text = u"string"_s, truth = u"boolean"_s, null = u"null"_s;
    add("3", u"3"_s);
    add(R"(["literal", [1, 2]])", u"1,2"_s, u"array"_s);
    add(R"([1, 2])", u"1,2"_s, u"array"_s);
    add(R"(["get", "class"])", u"main"_s, text);
    add(R"(["get", "nothing"])", {}, null);
    add(R"(["has", "name"])", u"true"_s, truth);
    add(R"(["has", "nothing"])", u"false"_s, truth);
    add(R"(["!", ["has", "nothing"]])", u"true"_s, truth);
    add(R"(["in", "a", ["literal", ["a", "b"]]])", u"true"_s, truth);
    add(R"(["in", ["get", "class"], ["literal", ["path"]]])", u"false"_s, truth);
    add(R"(["in", "straße", ["get", "name"]])", u"true"_s, truth);
    add(R"(["==", ["get", "lanes"], 3])", u"true"_s, truth);
    add(R"(["==", ["get", "lanes"], "3"])", u"false"_s, truth);
    add(R"(["!=", ["get", "class"], "main"])", u"false"_s, truth);
    add(R"(["<", ["get", "lanes"], 4])", u"true"_s, truth);
    add(R"(["<=", 4, 4])", u"true"_s, truth);
    add(R"([">", "b", "a"])", u"true"_s, truth);
    add(R"([">=", 3, 4])", u"false"_s, truth);
    add(R"(["<", ["get", "class"], 4])", {}, null);
    add(R"(["all", true, ["has", "name"]])", u"true"_s, truth);
    add(R"(["all", true, false])", u"false"_s, truth);
    add(R"(["any", false, ["get", "bridge"]])", u"true"_s, truth);
    add(R"(["any"])", u"false"_s, truth);
    add(R"(["none", false, false])", u"true"_s, truth);
    add(R"(["none", false, true])", u"false"_s, truth);
    add(R"(["case", ["has", "nothing"], 1, ["get", "bridge"], 2, 3])", u"2"_s);
    add(R"(["match", ["get", "class"], "path", 1, ["main", "trunk"], 2, 3])", u"2"_s);
    add(R"(["match", ["get", "lanes"], 1, "a", [2, 3], "b", "c"])", u"b"_s, text);
    add(R"(["match", ["get", "nothing"], "path", 1, 3])", u"3"_s);
    add(R"(["coalesce", ["get", "name:de"], ["get", "name"]])", u"Hüxstraße"_s, text);
    add(R"(["step", ["zoom"], 1, 10, 2, 14, 3])", u"1"_s, u"number"_s, 9.9);
    add(R"(["step", ["zoom"], 1, 10, 2, 14, 3])", u"2"_s, u"number"_s, 10);
    add(R"(["step", ["zoom"], 1, 10, 2, 14, 3])", u"3"_s, u"number"_s, 20);
    add(R"(["interpolate", ["linear"], ["zoom"], 10, 1, 14, 9])", u"5"_s);
    add(R"(["interpolate", ["linear"], ["zoom"], 10, 1, 14, 9])", u"1"_s, u"number"_s, 3);
    add(R"(["interpolate", ["linear"], ["zoom"], 10, 1, 14, 9])", u"9"_s, u"number"_s, 22);
    add(R"(["interpolate", ["exponential", 2], ["zoom"], 10, 0, 12, 6])", u"2"_s, u"number"_s, 11);
    add(R"(["interpolate", ["cubic-bezier", 0, 0, 1, 1], ["zoom"], 10, 0, 12, 6])", u"3"_s, u"number"_s, 11);
    add(R"(["interpolate", ["linear"], ["zoom"], 10, ["literal", [0, 2]], 12, ["literal", [4, 6]]])", u"2,4"_s,
        u"array"_s, 11);
    add(R"(["interpolate", ["linear"], ["get", "lanes"], 1, 10, 5, 30])", u"20"_s);
    add(R"(["zoom"])", u"12"_s);
    add(R"(["concat", ["get", "name"], " ", 5])", u"Hüxstraße 5"_s, text);
    add(R"(["to-string", 1.5])", u"1.5"_s, text);
    add(R"(["to-number", ["get", "width"]])", u"7.5"_s);
    add(R"(["to-number", "x", 4])", u"4"_s);
    add(R"(["upcase", "straße"])", u"STRASSE"_s, text);
    add(R"(["downcase", "ÄB"])", u"äb"_s, text);
    add(R"(["+", 1, 2, 3])", u"6"_s);
    add(R"(["-", 5, 2])", u"3"_s);
    add(R"(["-", 5])", u"-5"_s);
    add(R"(["*", 2, 3])", u"6"_s);
    add(R"(["/", 3, 2])", u"1.5"_s);
    add(R"(["/", 3, 0])", {}, null);
    add(R"(["%", 7, 4])", u"3"_s);
    add(R"(["^", 2, 5])", u"32"_s);
    add(R"(["min", 4, 2, 3])", u"2"_s);
    add(R"(["round", 2.5])", u"3"_s);
    add(R"(["geometry-type"])", u"LineString"_s, text);
    add(R"(["id"])", u"12"_s);
    add(R"(["length", "abc"])", u"3"_s);
    add(R"(["slice", "abcdef", 1, 3])", u"bc"_s, text);
    add(R"(["at", 1, ["literal", ["a", "b"]]])", u"b"_s, text);
    add(R"(["at", 9, ["literal", ["a", "b"]]])", {}, null);
    add(R"(["typeof", 1])", u"number"_s, text);
    add(R"(["string", ["get", "lanes"], "none"])", u"none"_s, text);
    add(R"(["let", "a", ["+", 1, 1], ["*", ["var", "a"], 3]])", u"6"_s);
    add(R"(["format", ["get", "name"], {"font-scale": 1.2}, "\n", {}, ["get", "class"], {}])", u"Hüxstraße\nmain"_s,
        text);
    // older spellings
    add(R"({"stops": [[10, 1], [14, 9]]})", u"5"_s);
    add(R"({"base": 2, "stops": [[10, 0], [12, 6]]})", u"2"_s, u"number"_s, 11);
    add(R"({"stops": [[10, 4]]})", u"4"_s);
    add(R"({"type": "interval", "stops": [[10, 1], [14, 9]]})", u"1"_s);
    add(R"({"property": "class", "type": "categorical", "stops": [["path", 1], ["main", 2]]})", u"2"_s);
    add(R"({"property": "class", "type": "categorical", "stops": [["path", 1]], "default": 7})", u"7"_s);
    add(R"({"property": "lanes", "type": "identity"})", u"3"_s);
    add(R"({"property": "lanes", "stops": [[1, 10], [5, 30]]})", u"20"_s);
    add(R"({"property": "lanes", "stops": [[{"zoom": 10, "value": 1}, 0], [{"zoom": 10, "value": 5}, 4],
        [{"zoom": 14, "value": 1}, 10], [{"zoom": 14, "value": 5}, 14]]})",
        u"7"_s);
    add(R"({"stops": [[10, "butt"], [14, "round"]]})", u"butt"_s, text, 12, MapValueKind::Choice);
    add(R"("{name} ({class}){nothing}")", u"Hüxstraße (main)"_s, text, 12, MapValueKind::Text);
    add(R"({"stops": [[10, "{class}"], [14, "{name}"]]})", u"main"_s, text, 12, MapValueKind::Text);
    add(R"(["Noto Sans Bold", "Arial"])", u"Noto Sans Bold,Arial"_s, u"array"_s, 12, MapValueKind::Words);
}

void TestMapExpression::workedOutForAStreet()
{
    QFETCH(QByteArray, expression);
    QFETCH(int, kind);
    QFETCH(double, zoom);
    const auto parsed = parseMapExpression(json(expression), MapValueKind(kind));
    VERIFY_RESULT(parsed);
    const auto value = (*parsed)(context(zoom));
    QTEST(value.typeName(), "type");
    QTEST(value.toText(), "result");
}

void TestMapExpression::colours_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QString>("result");
    const auto add = [](const char *expression, const QString &result) {
        QTest::newRow(expression) << QByteArray(expression) << result;
    };
    add(R"j("#f00")j", u"#ffff0000"_s);
    add(R"j("#0f08")j", u"#8800ff00"_s);
    add(R"j("#102030")j", u"#ff102030"_s);
    add(R"j("#10203080")j", u"#80102030"_s);
    add(R"j("rgb(1, 2, 3)")j", u"#ff010203"_s);
    add(R"j("rgba(255,0,0,0.5)")j", u"#80ff0000"_s);
    add(R"j("hsl(120, 100%, 50%)")j", u"#ff00ff00"_s);
    add(R"j("hsla(480, 100%, 50%, 50%)")j", u"#8000ff00"_s);
    add(R"j("white")j", u"#ffffffff"_s);
    add(R"j("transparent")j", u"#00000000"_s);
    add(R"j(["rgb", 1, 2, 3])j", u"#ff010203"_s);
    add(R"j(["rgba", 1, 2, 3, 0.5])j", u"#80010203"_s);
    add(R"j(["to-color", "nonsense", "#123"])j", u"#ff112233"_s);
    add(R"j(["interpolate", ["linear"], ["zoom"], 10, "#000000", 14, "#ffffff"])j", u"#ff808080"_s);
    add(R"j({"stops": [[10, "black"], [14, "white"]]})j", u"#ff808080"_s);
    add(R"j(["match", ["get", "class"], "main", "#ff0000", "#00ff00"])j", u"#ffff0000"_s);
    add(R"j("#12")j", {});
    add(R"j("nonsense")j", {});
    add(R"j("rgb(1,2)")j", {});
    add(R"j("rgb(1,2,x)")j", {});
    add(R"j("#ggg")j", {});
    add(R"j("")j", {});
    add(R"j(7)j", {});
}

void TestMapExpression::colours()
{
    QFETCH(QByteArray, expression);
    const auto parsed = parseMapExpression(json(expression), MapValueKind::Color);
    VERIFY_RESULT(parsed);
    const auto color = (*parsed)(context(12)).toColor();
    QTEST(color ? color->name(QColor::HexArgb) : QString(), "result");
}

void TestMapExpression::filters_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<bool>("fits");
    const auto add = [](const char *filter, bool fits) { QTest::newRow(filter) << QByteArray(filter) << fits; };
    add(R"(["==", "class", "main"])", true);
    add(R"(["!=", "class", "main"])", false);
    add(R"(["==", "$type", "LineString"])", true);
    add(R"(["==", "$id", 12])", true);
    add(R"([">", "lanes", 2])", true);
    add(R"(["<=", "lanes", 2])", false);
    add(R"(["in", "class", "path", "main"])", true);
    add(R"(["!in", "class", "path", "main"])", false);
    add(R"(["in", "$type", "Polygon", "LineString"])", true);
    add(R"(["has", "bridge"])", true);
    add(R"(["!has", "bridge"])", false);
    add(R"(["all", ["==", "class", "main"], ["has", "name"]])", true);
    add(R"(["all", ["==", "class", "main"], ["!has", "name"]])", false);
    add(R"(["any", ["==", "class", "path"], ["==", "bridge", true]])", true);
    add(R"(["none", ["==", "class", "path"]])", true);
    add(R"(["all", ["==", ["get", "class"], "main"], [">=", ["zoom"], 10]])", true);
    add(R"(["match", ["get", "class"], ["main", "trunk"], true, false])", true);
    add(R"(["==", ["geometry-type"], "Polygon"])", false);
    add(R"([">", "class", 2])", false);
    add("null", true);
    add("false", false);
}

void TestMapExpression::filters()
{
    QFETCH(QByteArray, filter);
    const auto parsed = parseMapFilter(json(filter));
    VERIFY_RESULT(parsed);
    QTEST((*parsed)(context(12)).toTruth(), "fits");
}

void TestMapExpression::tellsWhatItDependsOn()
{
    const auto depends = [](const char *text) {
        const auto parsed = parseMapExpression(json(text), MapValueKind::Number);
        return !parsed ? u"?"_s
                       : (parsed->byZoom() ? u"z"_s : QString()) + (parsed->byFeature() ? u"f"_s : QString())
                + (parsed->isConstant() ? u"c"_s : QString());
    };
    QCOMPARE(depends("3"), u"c"_s);
    QCOMPARE(depends(R"(["+", 1, 2])"), u"c"_s);
    QCOMPARE(depends(R"(["+", 1, ["zoom"]])"), u"z"_s);
    QCOMPARE(depends(R"(["get", "a"])"), u"f"_s);
    QCOMPARE(depends(R"({"property": "a", "stops": [[{"zoom": 1, "value": 1}, 0], [{"zoom": 1, "value": 2}, 4],
                      [{"zoom": 2, "value": 1}, 4]]})"),
             u"zf"_s);
}

void TestMapExpression::coloursInBetweenAreSeenThrough()
{
    const auto parsed =
        parseMapExpression(json(R"j(["interpolate", ["linear"], ["zoom"], 10, "rgba(255,255,255,0)", 14, "#ff0000"])j"),
                           MapValueKind::Color);
    VERIFY_RESULT(parsed);
    QCOMPARE((*parsed)(context(12)).toColor()->name(QColor::HexArgb), u"#80ff0000"_s);
}

void TestMapExpression::damagedOnesAreRefused_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<int>("kind");
    const auto add = [](const char *expression, ErrorKind kind) {
        QTest::newRow(expression) << QByteArray(expression) << int(kind);
    };
    add(R"(["heatmap-density"])", ErrorKind::Unsupported);
    add(R"(["+", 1, ["within", {}]])", ErrorKind::Unsupported);
    add(R"(["get", 5])", ErrorKind::Malformed);
    add(R"(["get", "a", ["literal", {}]])", ErrorKind::Unsupported);
    add(R"(["case", true, 1])", ErrorKind::Malformed);
    add(R"(["match", 1, 2])", ErrorKind::Malformed);
    add(R"(["step", ["zoom"], 1, 10])", ErrorKind::Malformed);
    add(R"(["step", ["zoom"], 1, 10, 2, 5, 3])", ErrorKind::Malformed);
    add(R"(["interpolate", ["linear"], ["zoom"], 10, 1, 9, 2])", ErrorKind::Malformed);
    add(R"(["interpolate", ["wild"], ["zoom"], 10, 1])", ErrorKind::Malformed);
    add(R"(["interpolate", ["exponential", -1], ["zoom"], 10, 1])", ErrorKind::Malformed);
    add(R"(["interpolate"])", ErrorKind::Malformed);
    add(R"(["let", "a", 1])", ErrorKind::Malformed);
    add(R"(["var", "a"])", ErrorKind::Malformed);
    add(R"({"stops": []})", ErrorKind::Malformed);
    add("{}", ErrorKind::Malformed);
}

void TestMapExpression::damagedOnesAreRefused()
{
    QFETCH(QByteArray, expression);
    QFETCH(int, kind);
    VERIFY_FAILS(parseMapExpression(json(expression), MapValueKind::Number), ErrorKind(kind));
}

void TestMapExpression::whatIsTooDeepIsRefused()
{
    QByteArray deep = "1";
    for (int i = 0; i < 300; ++i)
        deep = "[\"+\", 1, " + deep + ']';
    VERIFY_FAILS(parseMapExpression(json(deep), MapValueKind::Number), ErrorKind::TooLarge);
    QByteArray stops = "1";
    for (int i = 0; i < 300; ++i)
        stops = "{\"stops\": [[1, " + stops + "], [2, 3]]}";
    VERIFY_FAILS(parseMapExpression(json(stops), MapValueKind::Number), ErrorKind::TooLarge);
    QByteArray filter = "[\"has\", \"a\"]";
    for (int i = 0; i < 300; ++i)
        filter = "[\"all\", " + filter + ']';
    VERIFY_FAILS(parseMapFilter(json(filter)), ErrorKind::TooLarge);
}

void TestMapExpression::variablesCannotDoubleForEver()
{
    QByteArray inside = R"(["var", "v40"])";
    for (int i = 40; i > 0; --i)
        inside = "[\"let\", \"v" + QByteArray::number(i) + "\", [\"+\", [\"var\", \"v" + QByteArray::number(i - 1)
            + "\"], [\"var\", \"v" + QByteArray::number(i - 1) + "\"]], " + inside + ']';
    const auto whole = "[\"let\", \"v0\", [\"get\", \"lanes\"], " + inside + ']';
    VERIFY_FAILS(parseMapExpression(json(whole), MapValueKind::Number), ErrorKind::TooLarge);
}

QTEST_GUILESS_MAIN(TestMapExpression)
#include "tst_mapexpression.moc"
