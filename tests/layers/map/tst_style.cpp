// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/colorramp.h"
#include "layers/map/style.h"
#include "tests/support/testkit.h"

#include <QJsonDocument>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

Style everything()
{
    Style s;
    s.kind = Style::Kind::RuleBased;
    StyleClass c;
    c.title = u"Wohnen"_s;
    c.filter = {
        .kind = Filter::Kind::All,
        .parts = {
            {.kind = Filter::Kind::Compare, .field = u"art"_s, .op = Filter::Op::In, .values = {u"WA"_s, u"WR"_s}},
            {.kind = Filter::Kind::Not,
             .parts = {{.kind = Filter::Kind::Compare, .field = u"z"_s, .op = Filter::Op::IsNull}}}}};
    c.minScale = 20000;
    c.symbol.fills = {Fill{
        .color = QColor(10, 20, 30, 40), .pattern = Fill::Pattern::Forward, .spacing = 1.5, .background = Qt::yellow}};
    c.symbol.strokes = {Stroke{
        .color = Qt::red, .width = 1, .dash = {3, 1}, .cap = Qt::RoundCap, .join = Qt::MiterJoin, .offset = 0.5}};
    c.symbol.markers = {Marker{.shape = Marker::Shape::Svg, .svg = u"kita"_s, .size = 5, .rotationField = u"dir"_s}};
    s.classes = {c};
    s.otherwise = Symbol{.fills = {Fill{}}};
    s.otherwiseTitle = u"sonst"_s;
    s.label.field = u"name"_s;
    s.label.priority = 3;
    s.raster.kind = RasterStyle::Kind::Classes;
    s.raster.stops = {{0, Qt::white, u"trocken"_s}, {5, Qt::blue, {}}};
    s.raster.unit = u"cm"_s;
    return s;
}

FeatureSetPtr sample()
{
    FeatureSetBuilder b({}, {0, 0, 10, 10},
                        {Field{.name = u"art"_s}, Field{.name = u"z"_s, .type = FieldType::Integer}});
    int id = 0;
    for (const auto &[art, z] :
         {std::pair{QVariant(u"WA"_s), QVariant(2)}, {QVariant(u"MI"_s), QVariant(3)}, {QVariant(), QVariant()}})
        b.add(Feature{
            .id = id++, .values = {art, z}, .geometry = {.kind = GeometryKind::Point, .points = {{1.0 * id, 1}}}});
    return b.finish();
}

} // namespace

class TestStyle : public QObject
{
    Q_OBJECT
private slots:
    void jsonRoundTripLosesNothing()
    {
        const auto style = everything();
        const auto again = Style::fromJson(QJsonDocument::fromJson(QJsonDocument(style.toJson()).toJson()).object());
        VERIFY_RESULT(again);
        QVERIFY(*again == style);
    }

    void everyFieldThatDrawingNeedsIsNamed()
    {
        QCOMPARE(everything().fields(), (QStringList{u"art"_s, u"z"_s, u"dir"_s, u"name"_s}));
    }

    void wrongValuesAreNamed_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("named");
        QTest::newRow("kind") << QByteArray("{\"kind\":\"fancy\"}") << u"kind"_s;
        QTest::newRow("color") << QByteArray("{\"symbol\":{\"fill\":{\"color\":\"reddish\"}}}")
                               << u"symbol.fill[0].color"_s;
        QTest::newRow("width") << QByteArray("{\"classes\":[{\"symbol\":{\"strokes\":[{\"width\":-1}]}}]}")
                               << u"width"_s;
        QTest::newRow("spacing") << QByteArray("{\"symbol\":{\"fill\":{\"pattern\":\"cross\",\"spacing\":0}}}")
                                 << u"spacing"_s;
        QTest::newRow("field missing") << QByteArray("{\"kind\":\"categorised\"}") << u"field"_s;
        QTest::newRow("stops descend") << QByteArray(
            "{\"raster\":{\"stops\":[{\"value\":5,\"color\":\"#fff\"},{\"value\":1,\"color\":\"#fff\"}]}}")
                                       << u"value"_s;
    }
    void wrongValuesAreNamed()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, named);
        const auto style = Style::fromJson(QJsonDocument::fromJson(json).object());
        VERIFY_FAILS(style, ErrorKind::Malformed);
        QVERIFY2(style.error().what.contains(named), qPrintable(style.error().what));
    }

    void colorsHaveAlphaAsInCss()
    {
        const auto style =
            Style::fromJson(QJsonDocument::fromJson("{\"symbol\":{\"fill\":{\"color\":\"#11223380\"}}}").object());
        VERIFY_RESULT(style);
        QCOMPARE(style->classes.at(0).symbol.fills.at(0).color, QColor(0x11, 0x22, 0x33, 0x80));
    }

    void filtersCompareNumbersAsNumbersAndNullsAsNothing()
    {
        const auto set = sample();
        auto count = [&](const char *json) {
            const auto filter = Filter::fromJson(QJsonDocument::fromJson(json).object());
            int n = 0;
            for (std::size_t i = 0; filter && i < set->size(); ++i)
                n += filter->matches(*set, i);
            return filter ? n : -1;
        };
        QCOMPARE(count("{\"field\":\"z\",\"op\":\">=\",\"value\":3}"), 1);
        QCOMPARE(count("{\"field\":\"z\",\"op\":\">=\",\"value\":\"3\"}"), 1);
        QCOMPARE(count("{\"field\":\"z\",\"op\":\"!=\",\"value\":3}"), 1);
        QCOMPARE(count("{\"field\":\"z\",\"op\":\"isNull\"}"), 1);
        QCOMPARE(count("{\"field\":\"art\",\"op\":\"startsWith\",\"value\":\"w\"}"), 1);
        QCOMPARE(count("{\"field\":\"missing\",\"op\":\"isNull\"}"), 3);
        QCOMPARE(count("{\"any\":[{\"field\":\"art\",\"value\":\"WA\"},{\"field\":\"art\",\"value\":\"MI\"}]}"), 2);
        QCOMPARE(count("{\"not\":{\"field\":\"art\",\"value\":\"WA\"}}"), 2);
        QCOMPARE(count("{}"), 3);
        QCOMPARE(count("{\"field\":\"z\",\"op\":\"~\",\"value\":1}"), -1);
    }

    void rampsRunFromEndToEnd()
    {
        for (const auto &name : colorRampNames())
            QVERIFY(rampColor(name, 0) != rampColor(name, 1));
        QCOMPARE(rampColor(u"viridis"_s, 0), QColor(0x44, 0x01, 0x54));
        QCOMPARE(rampColor(u"viridis"_s, 2), QColor(0xfd, 0xe7, 0x25));
        QCOMPARE(rampColors(u"blues"_s, 1).size(), 1);
        const auto twenty = categoryColors(20);
        QSet<QRgb> different;
        for (const auto &color : twenty)
            different.insert(color.rgb());
        QCOMPARE(different.size(), 20);
    }
};

QTEST_GUILESS_MAIN(TestStyle)
#include "tst_style.moc"
