// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testkit.h"
#include "tests/widgets/mapfixture.h"
#include "widgets/map/attributemodel.h"
#include "widgets/map/featurepanel.h"
#include "widgets/map/foundmodel.h"
#include "widgets/map/valuetext.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTextBrowser>
#include <QThread>
#include <QTreeView>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

const QList<Field> treeFields{{.name = u"art"_s, .title = u"Species"_s},
                              {.name = u"hoehe"_s, .title = u"Height"_s, .type = FieldType::Real, .unit = u"m"_s},
                              {.name = u"jahr"_s, .title = {}, .type = FieldType::Integer},
                              {.name = u"link"_s}};

struct Stage {
    explicit Stage(const std::vector<LayerNode> &nodes)
    {
        fill(tree, nodes);
        view.size = {800, 600};
        view.centre = {610500, 5970500};
        view.resolution = 1;
    }
    Stage()
    {
        auto trees =
            layerOf(u"Trees"_s, treeFields,
                    {{1, {u"Lime"_s, 12.5, 1998, u"https://example.org/1"_s}, point(610500, 5970500)},
                     {2, {u"<b>Oak</b>"_s, QVariant(), 2024, u"javascript:alert(1)"_s}, point(610501, 5970500)}},
                    &source);
        trees.layer->provenance = {.source = u"City gardens"_s, .licence = u"dl-de/by-2-0"_s, .personal = true};
        auto blocks = layerOf(u"Blocks"_s, {{.name = u"name"_s}}, {{7, {u"Block 7"_s}, square(610000, 5970000, 1000)}});
        fill(tree, {trees, blocks});
        view.size = {800, 600};
        view.centre = {610500, 5970500};
        view.resolution = 1;
        panel.resize(360, 700);
    }
    void ask()
    {
        QSignalSpy answered(&panel, &FeaturePanel::answered);
        panel.identify(view, {400, 300});
        QVERIFY(answered.wait());
    }
    QThreadPool pool;
    LayerTree tree;
    std::shared_ptr<MemorySource> source;
    Viewport view;
    FeaturePanel panel{tree, pool};
};

/** A picture whose server can be asked. */
class AskedSource final : public RasterSource
{
public:
    explicit AskedSource(Result<PlaceInfo> a)
        : answer(std::move(a))
    {
    }
    LayerDescription description() const override { return {.kind = LayerKind::Raster}; }
    Result<RasterBlock> read(const RasterQuery &query, CancelToken) const override
    {
        return RasterBlock{.image = QImage(query.size, QImage::Format_ARGB32_Premultiplied), .size = query.size};
    }
    Result<std::vector<double>> valuesAt(PointXY, const Crs &, CancelToken) const override
    {
        return std::vector<double>();
    }
    bool answersPlaces() const override { return true; }
    Result<PlaceInfo> infoAt(PointXY place, const Crs &, double, const Dimensions &, CancelToken token) const override
    {
        asked = place;
        while (!mayAnswer && !token.stop_requested())
            QThread::msleep(5);
        return answer;
    }
    const Result<PlaceInfo> answer;
    std::atomic_bool mayAnswer = true;
    mutable PointXY asked;
};

LayerNode askedLayer(const QString &title, std::shared_ptr<const AskedSource> source)
{
    Layer layer;
    layer.id = QUuid::createUuid();
    layer.title = title;
    auto data = std::make_shared<LayerData>();
    data->description = source->description();
    data->source = std::shared_ptr<const RasterSource>(std::move(source));
    layer.data = data;
    layer.state = LayerState::Ready;
    return {.id = layer.id, .layer = std::move(layer)};
}

QString textsIn(const QWidget &widget)
{
    QStringList all;
    for (const auto *label : widget.findChildren<QLabel *>())
        all.append(label->text());
    return all.join(u'|');
}

} // namespace

class TestFeaturePanel : public QObject
{
    Q_OBJECT

private slots:
    void findsObjectsOfAllLayersTopmostFirst();
    void showsCaptionsUnitsAndLocalisedValues();
    void onlySafeAddressesAreLinks_data();
    void onlySafeAddressesAreLinks();
    void markupInDataStaysText();
    void stepsThroughObjectsAndMarksThem();
    void saysSourceLicenceAndPersonalData();
    void aSourceThatFailsSaysSo();
    void anEmptyPlaceIsNoError();
    void theNewestQuestionWins();
    void copiesValueRowAndAll();
    void valuesReadAsPeopleWriteThem_data();
    void valuesReadAsPeopleWriteThem();
    void findsAName();
    void serversAnswerBehindTheLayersAtHand();
    void aServerThatFailsSaysSo();
    void aPageOfAServerIsShownAndLoadsNothing();
};

void TestFeaturePanel::findsObjectsOfAllLayersTopmostFirst()
{
    Stage s;
    auto *model = s.panel.findChild<FoundModel *>();
    const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    s.ask();
    QCOMPARE(model->rowCount(), 2);
    QCOMPARE(model->index(0, 0).data().toString(), u"Trees"_s);
    QCOMPARE(model->rowCount(model->index(0, 0)), 2);
    QCOMPARE(model->index(0, 0, model->index(0, 0)).data().toString(), u"Lime"_s);
    QCOMPARE(model->index(0, 0, model->index(1, 0)).data().toString(), u"Block 7"_s);
}

void TestFeaturePanel::showsCaptionsUnitsAndLocalisedValues()
{
    Stage s;
    auto *attributes = s.panel.findChild<AttributeModel *>();
    const QAbstractItemModelTester tester(attributes, QAbstractItemModelTester::FailureReportingMode::QtTest);
    s.ask();
    QCOMPARE(attributes->rowCount(), 4);
    QCOMPARE(attributes->rowText(0), u"Species\tLime"_s);
    QCOMPARE(attributes->rowText(1), u"Height\t12.5\u00A0m"_s);
    QCOMPARE(attributes->rowText(2), u"jahr\t1998"_s);
}

void TestFeaturePanel::onlySafeAddressesAreLinks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("link");
    QTest::newRow("https") << u"https://www.luebeck.de/plan.pdf?x=1"_s << true;
    QTest::newRow("http") << u"http://www.luebeck.de"_s << true;
    QTest::newRow("file") << u"file:///srv/plans/a.pdf"_s << true;
    QTest::newRow("javascript") << u"javascript:alert(1)"_s << false;
    QTest::newRow("data") << u"data:text/html,x"_s << false;
    QTest::newRow("words before") << u"see https://example.org"_s << false;
    QTest::newRow("no host") << u"https://"_s << false;
    QTest::newRow("text") << u"Lime"_s << false;
}

void TestFeaturePanel::onlySafeAddressesAreLinks()
{
    QFETCH(QString, text);
    QFETCH(bool, link);
    QCOMPARE(linkIn(text).has_value(), link);
}

void TestFeaturePanel::markupInDataStaysText()
{
    Stage s;
    s.ask();
    auto *list = s.panel.findChild<QTreeView *>();
    auto *model = s.panel.findChild<FoundModel *>();
    list->setCurrentIndex(model->featureIndex(1));
    for (const auto *label : s.panel.findChildren<QLabel *>()) {
        if (label->text().contains(u"Oak"_s))
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }
    QVERIFY(textsIn(s.panel).contains(u"<b>Oak</b>"_s));
    QVERIFY(!list->currentIndex().data(Qt::ToolTipRole).toString().contains(u"<b>"_s));
}

void TestFeaturePanel::stepsThroughObjectsAndMarksThem()
{
    Stage s;
    std::vector<Geometry> marked;
    connect(&s.panel, &FeaturePanel::highlightChanged, this, [&](const auto &geometries) { marked = geometries; });
    s.ask();
    QCOMPARE(marked.size(), 1u);
    QCOMPARE(marked[0].points[0], (PointXY{610500, 5970500}));
    const auto action = [&](const QString &text) {
        for (auto *a : s.panel.findChildren<QAction *>()) {
            if (a->text() == text)
                return a;
        }
        return static_cast<QAction *>(nullptr);
    };
    auto *next = action(u"Next object"_s);
    auto *previous = action(u"Previous object"_s);
    QVERIFY(next && previous && !previous->isEnabled());
    next->trigger();
    next->trigger(); // over the border of the layer
    QCOMPARE(marked[0].kind, GeometryKind::Polygon);
    QVERIFY(!next->isEnabled());
    QSignalSpy zoom(&s.panel, &FeaturePanel::zoomRequested);
    action(u"Zoom to object"_s)->trigger();
    QCOMPARE(zoom.size(), 1);
    QCOMPARE(zoom[0][0].value<Extent>(), (Extent{610000, 5970000, 611000, 5971000}));
    s.panel.clear();
    QVERIFY(marked.empty());
}

void TestFeaturePanel::saysSourceLicenceAndPersonalData()
{
    Stage s;
    s.panel.show();
    s.ask();
    const auto texts = textsIn(s.panel);
    QVERIFY(texts.contains(u"City gardens"_s));
    QVERIFY(texts.contains(u"dl-de/by-2-0"_s));
    const auto personal = [&] {
        for (const auto *label : s.panel.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(u"ersonal"_s))
                return true;
        }
        return false;
    };
    QVERIFY(personal());
    auto *model = s.panel.findChild<FoundModel *>();
    s.panel.findChild<QTreeView *>()->setCurrentIndex(model->featureIndex(2));
    QVERIFY(!personal());
}

void TestFeaturePanel::aSourceThatFailsSaysSo()
{
    Stage s;
    s.source->broken = true;
    s.ask();
    const auto &found = s.panel.found();
    QCOMPARE(found.layers.size(), 2u);
    QVERIFY(found.layers[0].features.empty());
    QVERIFY(found.layers[0].notes.contains(u"The file has gone."_s));
    QCOMPARE(found.layers[1].features.size(), 1u);
}

void TestFeaturePanel::anEmptyPlaceIsNoError()
{
    Stage s;
    s.ask();
    s.view.centre = {0, 0};
    s.ask();
    QCOMPARE(s.panel.found().size(), 0u);
    QVERIFY(s.panel.found().layers.empty());
}

void TestFeaturePanel::theNewestQuestionWins()
{
    Stage s;
    QSignalSpy answered(&s.panel, &FeaturePanel::answered);
    auto far = s.view;
    far.centre = {0, 0};
    s.panel.identify(s.view, {400, 300});
    s.panel.identify(far, {400, 300});
    QVERIFY(answered.wait());
    QVERIFY(!answered.wait(200));
    QCOMPARE(s.panel.found().size(), 0u);
}

void TestFeaturePanel::copiesValueRowAndAll()
{
    Stage s;
    s.panel.show();
    s.ask();
    auto *table = s.panel.findChild<QTableView *>();
    table->setCurrentIndex(table->model()->index(1, 1));
    QTest::keySequence(table, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"12.5\u00A0m"_s);
    for (auto *action : s.panel.findChildren<QAction *>()) {
        if (action->text() == u"Copy all attributes"_s)
            action->trigger();
    }
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"Lime\nSpecies\tLime\n"_s));
}

void TestFeaturePanel::valuesReadAsPeopleWriteThem_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("german");
    const auto row = [](const char *name, const QVariant &value, FieldType type, const QString &unit,
                        const QString &text) { QTest::newRow(name) << value << int(type) << unit << text; };
    row("null", QVariant(), FieldType::Text, {}, u"–"_s);
    row("year", 2024, FieldType::Integer, {}, u"2024"_s);
    row("amount", 12345, FieldType::Integer, u"m²"_s, u"12.345\u00A0m²"_s);
    row("real", 12.5, FieldType::Real, {}, u"12,5"_s);
    row("real that is whole", 12.0, FieldType::Real, {}, u"12"_s);
    row("rounding", 0.1 + 0.2, FieldType::Real, {}, u"0,3"_s);
    row("small", 0.00001234, FieldType::Real, {}, u"1,234E-05"_s);
    row("hundreds", 600.0, FieldType::Real, {}, u"600"_s);
    row("date", QDate(1898, 3, 7), FieldType::Date, {}, u"07.03.1898"_s);
    row("not a number", qQNaN(), FieldType::Real, {}, u"–"_s);
    row("text that is no number", u"many"_s, FieldType::Integer, {}, u"many"_s);
}

void TestFeaturePanel::valuesReadAsPeopleWriteThem()
{
    QFETCH(QVariant, value);
    QFETCH(int, type);
    QFETCH(QString, unit);
    QFETCH(QString, german);
    const Field field{.name = u"f"_s, .title = {}, .type = FieldType(type), .unit = unit};
    QCOMPARE(valueText(value, field, QLocale(u"de_DE"_s)), german);
}

void TestFeaturePanel::findsAName()
{
    const QList<Field> fields{
        {.name = u"id"_s, .title = {}, .type = FieldType::Integer}, {.name = u"art"_s}, {.name = u"NAME"_s}};
    QCOMPARE(titleOf(fields, {1, u"Park"_s, u"Stadtpark"_s}, {}), u"Stadtpark"_s);
    QCOMPARE(titleOf(fields, {1, u"Park"_s, u"Stadtpark"_s}, u"art"_s), u"Park"_s);
    QCOMPARE(titleOf(fields, {1, u"Park"_s, QVariant()}, {}), u"Park"_s);
    QCOMPARE(titleOf(fields, {1, QVariant(), QVariant()}, {}), QString());
}

void TestFeaturePanel::serversAnswerBehindTheLayersAtHand()
{
    PlaceInfo info;
    info.objects.push_back({.layer = u"laerm"_s, .id = u"1"_s, .values = {{u"name"_s, u"B 75"_s}, {u"db"_s, u"65"_s}}});
    info.objects.push_back({.layer = u"laerm"_s, .id = u"2"_s, .values = {{u"name"_s, u"A 1"_s}, {u"db"_s, u"70"_s}}});
    info.objects.push_back({.layer = u"flug"_s, .id = u"3"_s, .values = {{u"art"_s, u"Landung"_s}}});
    auto slow = std::make_shared<AskedSource>(info);
    slow->mayAnswer = false;
    Stage s({askedLayer(u"Noise"_s, slow)});
    auto *model = s.panel.findChild<FoundModel *>();
    const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    s.ask();
    QCOMPARE(model->rowCount(), 0);
    QVERIFY(textsIn(s.panel).contains(u"asking 1 service"_s));
    slow->mayAnswer = true;
    QTRY_COMPARE(model->rowCount(), 2); // two kinds of objects
    QCOMPARE(slow->asked, PointXY(610500, 5970500));
    QCOMPARE(model->rowCount(model->index(0, 0)), 2);
    QCOMPARE(model->index(1, 0, model->index(0, 0)).data().toString(), u"A 1"_s);
    QCOMPARE(s.panel.findChild<AttributeModel *>()->rowText(1), u"db\t65"_s);
    QVERIFY(!textsIn(s.panel).contains(u"asking"_s));
}

void TestFeaturePanel::aServerThatFailsSaysSo()
{
    Stage s(
        {askedLayer(u"Noise"_s, std::make_shared<AskedSource>(failure(ErrorKind::Network, u"The server is away."_s)))});
    s.ask();
    QTRY_VERIFY(textsIn(s.panel).contains(u"The server is away."_s));
}

void TestFeaturePanel::aPageOfAServerIsShownAndLoadsNothing()
{
    Stage s({askedLayer(u"Noise"_s, std::make_shared<AskedSource>(PlaceInfo{.html = u"<p>65 <b>dB</b></p>"_s}))});
    s.panel.show();
    s.ask();
    auto *page = s.panel.findChild<QTextBrowser *>();
    QTRY_COMPARE(page->toPlainText(), u"65 dB"_s);
    QVERIFY(page->isVisible());
    QVERIFY(!s.panel.findChild<QTableView *>()->isVisible());
}

QTEST_MAIN(TestFeaturePanel)
#include "tst_featurepanel.moc"
