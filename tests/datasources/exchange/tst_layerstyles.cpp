// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/geopackagewriter.h"
#include "datasources/exchange/qmlstyle.h"
#include "datasources/exchange/sldstyle.h"
#include "datasources/exchange/styleconditions.h"
#include "tests/datasources/exchange/childprocess.h"
#include "tests/support/mapscenes.h"
#include "tests/support/testkit.h"

#include <QTemporaryDir>
#include <QXmlStreamReader>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

Filter compare(const QString &field, Filter::Op op, QVariantList values)
{
    return {.kind = Filter::Kind::Compare, .field = field, .op = op, .values = std::move(values)};
}

StyleClass classOf(const QString &title, Symbol symbol)
{
    StyleClass c;
    c.title = title;
    c.symbol = std::move(symbol);
    return c;
}

Symbol filled(const QColor &color)
{
    return {.fills = {Fill{.color = color}}};
}

/** A field of squares, 20 m wide on a 25 m grid, whose "value" counts from 0, with the names a, b, c … and null. */
Layer squares(const QString &title, int row, int count, Style style)
{
    std::vector<Feature> features;
    for (int i = 0; i < count; ++i)
        features.push_back({.id = i + 1,
                            .values = {i, i + 1 < count ? QVariant(QString(QChar(u'a' + i))) : QVariant(), i * 10.0},
                            .geometry = rectangle(611000 + i * 25, 5970000 + row * 25, 20, 20)});
    return layerOf(title, GeometryKind::Polygon,
                   {{.name = u"value"_s, .type = FieldType::Integer},
                    {.name = u"letter"_s},
                    {.name = u"level"_s, .type = FieldType::Real}},
                   std::move(features), std::move(style));
}

Style graduated()
{
    Style style;
    style.kind = Style::Kind::Graduated;
    style.field = u"level"_s;
    for (int i = 0; i < 3; ++i) {
        auto c = classOf(u"class %1"_s.arg(i), filled(QColor::fromHsv(i * 100, 200, 200)));
        if (i > 0)
            c.lower = i * 20;
        if (i < 2)
            c.upper = (i + 1) * 20; // 20 and 40 are values that occur
        style.classes.push_back(c);
    }
    return style;
}

Style rules()
{
    Style style;
    style.kind = Style::Kind::RuleBased;
    auto first = classOf(u"below three"_s, filled(Qt::darkGreen));
    first.filter = compare(u"value"_s, Filter::Op::Less, {3});
    auto second = classOf(u"b or f"_s, filled(Qt::red)); // b is below three already
    second.filter = compare(u"letter"_s, Filter::Op::In, {u"b"_s, u"f"_s});
    auto third = classOf(u"not d"_s, filled(Qt::blue));
    third.filter = {.kind = Filter::Kind::Not, .parts = {compare(u"letter"_s, Filter::Op::Equal, {u"d"_s})}};
    third.visible = false;
    style.classes = {first, second, third};
    style.otherwise = filled(Qt::yellow);
    return style;
}

Style categories(bool withNull)
{
    Style style;
    style.kind = Style::Kind::Categorised;
    style.field = u"letter"_s;
    const std::pair<QVariant, QColor> colors[] = {{u"a"_s, Qt::red}, {u"b"_s, Qt::blue}, {QVariant(), Qt::darkCyan}};
    for (const auto &[value, color] : colors) {
        if (!value.isValid() && !withNull)
            continue;
        auto c = classOf(value.toString(), filled(color));
        c.value = value;
        style.classes.push_back(c);
    }
    style.otherwise = filled(Qt::gray);
    return style;
}

Style hatched(Fill::Pattern pattern)
{
    return singleStyle(
        {.fills = {
             Fill{.color = Qt::black, .pattern = pattern, .spacing = 1, .width = 0.25, .background = Qt::yellow}}});
}

Layer lines(const QString &title, double y, Symbol symbol)
{
    return layerOf(title, GeometryKind::Line, {},
                   {{.id = 1, .values = {}, .geometry = straightLine({611000, 5970000 + y}, {611200, 5970000 + y})}},
                   singleStyle(std::move(symbol)));
}

Layer points(const QString &title, double y, Marker marker)
{
    std::vector<Feature> features;
    for (int i = 0; i < 4; ++i)
        features.push_back({.id = i + 1, .values = {i * 90}, .geometry = point(611010 + i * 25, 5970010 + y)});
    return layerOf(title, GeometryKind::Point, {{.name = u"turn"_s, .type = FieldType::Integer}}, std::move(features),
                   singleStyle({.markers = {std::move(marker)}}));
}

/** The mean colour of a square of the picture around a place. */
QColor meanAround(const QImage &image, QPoint at, int reach)
{
    double sum[3] = {};
    int count = 0;
    for (int y = at.y() - reach; y <= at.y() + reach; ++y) {
        for (int x = at.x() - reach; x <= at.x() + reach; ++x) {
            const auto color = image.pixelColor(x, y);
            sum[0] += color.red();
            sum[1] += color.green();
            sum[2] += color.blue();
            ++count;
        }
    }
    return QColor(qRound(sum[0] / count), qRound(sum[1] / count), qRound(sum[2] / count));
}

int distanceOf(const QColor &a, const QColor &b)
{
    return std::max({std::abs(a.red() - b.red()), std::abs(a.green() - b.green()), std::abs(a.blue() - b.blue())});
}

} // namespace

class TestLayerStyles : public QObject
{
    Q_OBJECT

private slots:
    void conditionsBecomeExpressions()
    {
        QCOMPARE(qgisExpression(compare(u"a"_s, Filter::Op::Equal, {3})), u"coalesce(\"a\" = 3, FALSE)"_s);
        QCOMPARE(qgisExpression(compare(u"a\"b"_s, Filter::Op::IsNull, {})), u"\"a\"\"b\" IS NULL"_s);
        QCOMPARE(qgisExpression(compare(u"a"_s, Filter::Op::Equal, {u"it's"_s})),
                 u"coalesce(\"a\" = 'it''s', FALSE)"_s);
        QCOMPARE(qgisExpression(compare(u"a"_s, Filter::Op::In, {1, u"x"_s})), u"coalesce(\"a\" IN (1, 'x'), FALSE)"_s);
        QCOMPARE(qgisExpression({}), QString());
    }

    void onlyOverlappingClassesAreTakenOut()
    {
        const auto equal = [](const QString &value) { return compare(u"a"_s, Filter::Op::Equal, {value}); };
        QVERIFY(!mayOverlap(equal(u"x"_s), equal(u"y"_s)));
        QVERIFY(mayOverlap(equal(u"x"_s), compare(u"b"_s, Filter::Op::Equal, {u"y"_s})));
        QVERIFY(!mayOverlap(compare(u"a"_s, Filter::Op::Less, {3}), compare(u"a"_s, Filter::Op::GreaterOrEqual, {3})));
        QVERIFY(mayOverlap(compare(u"a"_s, Filter::Op::LessOrEqual, {3}),
                           compare(u"a"_s, Filter::Op::GreaterOrEqual, {3})));
        QVERIFY(!mayOverlap(equal(u"x"_s), compare(u"a"_s, Filter::Op::IsNull, {})));
        const auto style = categories(false);
        QCOMPARE(exclusiveConditionOf(style, 1), conditionOf(style, 1));
        QCOMPARE(exclusiveConditionOf(rules(), 1).kind, Filter::Kind::All);
    }

    void documentsAreWellFormed()
    {
        auto style = rules();
        style.label.field = u"letter"_s;
        auto layer = squares(u"A & B <\"'>"_s, 0, 7, style);
        for (const auto &text : {qmlOf(layer, layer.data->description), sldOf(layer, layer.data->description)}) {
            QXmlStreamReader xml(text);
            while (!xml.atEnd())
                xml.readNext();
            QVERIFY2(!xml.hasError(), qPrintable(xml.errorString() + u'\n' + text));
        }
        QVERIFY(qmlOf(layer, layer.data->description).contains("labeling type=\"simple\""_L1));
        QVERIFY(sldOf(layer, layer.data->description).contains("TextSymbolizer"_L1));
        layer.labels = false;
        QVERIFY(!qmlOf(layer, layer.data->description).contains("labeling type=\"simple\""_L1));
    }

    void aClassThatDrawsNothingIsNoRule()
    {
        auto style = singleStyle({.strokes = {Stroke{.width = 0}}});
        style.label.field = u"letter"_s;
        const auto layer = squares(u"names only"_s, 0, 7, style);
        const auto text = sldOf(layer, layer.data->description);
        QCOMPARE(text.count("<se:Rule>"_L1), 1); // that of the labels; readers refuse a rule without a symbol
        QVERIFY(text.contains("TextSymbolizer"_L1));
    }

    void qgisShowsTheSamePicture()
    {
        if (outputOf(u"/usr/bin/python3"_s, {u"-c"_s, u"import qgis.core; print(1)"_s}).isEmpty())
            QSKIP("QGIS is not installed");
        const auto svg = m_folder.filePath(u"s.svg"_s);
        QFile symbol(svg);
        QVERIFY(symbol.open(QIODevice::WriteOnly));
        symbol.write("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><path d='M0 0h24v12H0z' "
                     "fill='currentColor'/></svg>");
        symbol.close();

        std::vector<Layer> layers{
            squares(u"single"_s, 0, 8,
                    singleStyle({.fills = {Fill{.color = QColor(200, 220, 160)}},
                                 .strokes = {Stroke{.color = Qt::black, .width = 1}}})),
            squares(u"graduated"_s, 1, 8, graduated()),
            squares(u"rules"_s, 2, 8, rules()),
            squares(u"categories"_s, 3, 8, categories(false)),
            squares(u"categories with null"_s, 4, 8, categories(true)),
            squares(u"translucent"_s, 5, 8, singleStyle(filled(Qt::blue))),
            squares(u"inner line"_s, 12, 8,
                    singleStyle({.fills = {Fill{.color = Qt::white}},
                                 .strokes = {Stroke{.color = Qt::red, .width = 1, .offset = 1}}})),
            lines(u"cased"_s, 340,
                  {.strokes = {Stroke{.color = Qt::black, .width = 3}, Stroke{.color = Qt::yellow, .width = 1.6}}}),
            lines(u"offset"_s, 355, {.strokes = {Stroke{.color = Qt::red, .width = 1, .offset = 2}}}),
            points(u"circles"_s, 365, {.size = 4, .fill = Qt::red, .outline = {.color = Qt::black, .width = 0.5}}),
            points(u"svg"_s, 390, {.shape = Marker::Shape::Svg, .svg = svg, .size = 5, .fill = Qt::darkGreen}),
            points(
                u"turned"_s, 415,
                {.shape = Marker::Shape::Svg, .svg = svg, .size = 5, .fill = Qt::darkBlue, .rotationField = u"turn"_s}),
        };
        layers[5].opacity = 0.5;
        using Pattern = Fill::Pattern;
        int row = 6;
        for (const auto pattern : {Pattern::Horizontal, Pattern::Vertical, Pattern::Forward, Pattern::Backward,
                                   Pattern::DiagonalCross, Pattern::Dots})
            layers.push_back(squares(u"hatch %1"_s.arg(int(pattern)), row++, 8, hatched(pattern)));

        const auto file = m_folder.filePath(u"styles.gpkg"_s);
        struct NoOpener final : SourceOpener {
            Result<SourceDescription> inspect(const SourceRef &, CancelToken) const override
            {
                return failure(ErrorKind::NotFound, u"none"_s);
            }
            Result<OpenedSource> open(const SourceRef &, CancelToken) const override
            {
                return failure(ErrorKind::NotFound, u"none"_s);
            }
        };
        const auto report = writeGeoPackage({.layers = layers, .path = file}, NoOpener(), {});
        VERIFY_RESULT(report);

        Viewport view{.centre = {611110, 5970220}, .resolution = 0.5, .size = {480, 960}, .pixelsPerMm = 96 / 25.4};
        const auto box = view.extent();
        const auto number = [](double v) { return QString::number(v, 'f', 3); };
        const auto picture = m_folder.filePath(u"qgis.png"_s);
        QStringList arguments{QFINDTESTDATA("qgis_render.py"),
                              file,
                              picture,
                              u"480"_s,
                              u"960"_s,
                              u"96"_s,
                              number(box.xMin),
                              number(box.yMin),
                              number(box.xMax),
                              number(box.yMax)};
        for (const auto &table : report->tables)
            arguments << table.name;
        const auto said = outputOf(u"/usr/bin/python3"_s, arguments, 120000);
        QCOMPARE(said.count("loaded"_L1), qsizetype(layers.size()));
        QVERIFY2(!said.contains("not loaded"_L1) && !said.contains("refused"_L1), qPrintable(said));
        for (const auto &expected : {u"graduated: graduatedSymbol"_s, u"rules: RuleRenderer"_s,
                                     u"categories: categorizedSymbol"_s, u"single: singleSymbol"_s})
            QVERIFY2(said.contains(expected), qPrintable(said));

        const QImage theirs(picture);
        QThreadPool pool;
        MapScene scene{.layers = layers};
        const auto ours = renderImage(scene, view, pool, {});
        VERIFY_RESULT(ours);
        ours->save(m_folder.filePath(u"ours.png"_s));
        QCOMPARE(theirs.size(), ours->size());
        if (qEnvironmentVariableIsSet("HANSEATLAS_KEEP"))
            m_folder.setAutoRemove(false);

        QStringList differences;
        const auto probe = [&](const QString &what, PointXY place, int reach, int tolerance) {
            const auto at = view.toDevice(place).toPoint();
            const auto a = meanAround(*ours, at, reach), b = meanAround(theirs, at, reach);
            if (distanceOf(a, b) > tolerance)
                differences << u"%1: ours %2, theirs %3"_s.arg(what, a.name(), b.name());
        };
        for (int r = 0; r < 13; ++r) {
            for (int i = 0; i < 8; ++i) {
                const bool hatch = r >= 6 && r < 12;
                probe(u"row %1 square %2"_s.arg(r).arg(i), {611010.0 + i * 25, 5970010.0 + r * 25}, hatch ? 15 : 4,
                      hatch ? 30 : 12);
            }
        }
        probe(u"outline"_s, {611000, 5970010}, 0, 30);
        probe(u"inner line"_s, {611000 + 0.5 * 96 / 25.4, 5970310}, 0, 60);
        probe(u"outside of the inner line"_s, {611000 - 0.5 * 96 / 25.4, 5970310}, 0, 60);
        probe(u"casing"_s, {611100, 5970340 + 1.15 * 0.5 * 96 / 25.4}, 0, 60);
        probe(u"inside the casing"_s, {611100, 5970340}, 1, 30);
        probe(u"line put left"_s, {611100, 5970355 + 2 * 0.5 * 96 / 25.4}, 0, 60);
        probe(u"line not right"_s, {611100, 5970355 - 2 * 0.5 * 96 / 25.4}, 0, 60);
        for (int i = 0; i < 4; ++i) {
            for (const double y : {365.0, 390.0, 415.0}) {
                for (const auto &[dx, dy] : {std::pair(0.0, 0.0), {0.0, 2.5}, {0.0, -2.5}, {2.5, 0.0}, {-2.5, 0.0}})
                    probe(u"marker %1 at %2, %3 %4"_s.arg(i).arg(y).arg(dx).arg(dy),
                          {611010.0 + i * 25 + dx, 5970010 + y + dy}, 0, 140);
            }
        }
        QVERIFY2(differences.isEmpty(), qPrintable(u'\n' + differences.join(u'\n')));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestLayerStyles)
#include "tst_layerstyles.moc"
