// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/workspace.h"
#include "tests/support/testkit.h"
#include "widgets/layers/colorbutton.h"
#include "widgets/layers/correctionfields.h"
#include "widgets/layers/layerproperties.h"
#include "widgets/layers/propertypages.h"
#include "widgets/layers/scalefield.h"
#include "widgets/layers/treecommands.h"
#include "widgets/look/messagebar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QDialogButtonBox>
#include <QJsonDocument>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>
#include <QTreeWidget>
#include <QUndoStack>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

LayerNode plan()
{
    Layer layer{.id = QUuid::createUuid(), .title = u"Plan"_s};
    layer.source = {.location = u"/data/plan.gml"_s, .layer = u"BP"_s, .options = {{u"other"_s, 1}}};
    layer.style = Style::plain(GeometryKind::Polygon, 1);
    layer.opacity = 0.333;
    layer.minScale = 12345;
    layer.provenance.dataTime = QDateTime(QDate(2024, 5, 6), QTime(7, 8, 9), QTimeZone::UTC);
    return {.id = layer.id, .layer = layer};
}

LayerDataPtr planData()
{
    auto data = std::make_shared<LayerData>();
    data->source = std::shared_ptr<const FeatureSource>();
    auto &d = data->description;
    d.name = u"BP"_s;
    d.geometryKinds = {GeometryKind::Polygon};
    d.crs = Crs::working();
    d.crsGuessed = true;
    d.extent = {600000, 5960000, 610000, 5970000};
    d.featureCount = 7;
    d.fields = {{.name = u"gfz"_s, .title = u"Geschossflächenzahl"_s, .type = FieldType::Real}, {.name = u"name"_s}};
    d.metadata = {{u"Name"_s, u"Hafencity"_s},
                  {u"Dokumente"_s, QJsonArray{u"a.pdf"_s, u"b.pdf"_s}},
                  {u"Verfahren"_s, QJsonObject{{u"Rechtsstand"_s, u"in Kraft"_s}}}};
    d.notes = {u"Two arcs were mended."_s};
    FeatureSetBuilder builder(Crs::working(), {0, 0, 10, 10}, {});
    builder.add({.id = 1, .geometry = {GeometryKind::Polygon, {{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}}, {5}}});
    data->features = builder.finish();
    data->classes = {0};
    return data;
}

struct Fixture {
    LayerTree tree;
    QUndoStack stack;
    TreeEditor editor{tree, stack};
    QUuid id;
    std::unique_ptr<LayerProperties> dialog;

    explicit Fixture(LayerNode node = plan(), bool loaded = true)
        : id(node.id)
    {
        (void)tree.apply({TreeChange::Insert{{}, 0, std::move(node)}, {}});
        if (loaded && tree.find(id)->layer)
            tree.setData(id, planData());
        dialog = std::make_unique<LayerProperties>(tree, editor, id);
        dialog->show();
    }
    const Layer &layer() const { return *tree.find(id)->layer; }
    QWidget *page(const QString &name) const { return dialog->findChild<PropertyPage *>(name); }
    QPushButton *button(QDialogButtonBox::StandardButton which) const
    {
        return dialog->findChild<QDialogButtonBox *>()->button(which);
    }
    QByteArray saved() const
    {
        Workspace workspace;
        workspace.roots = tree.roots();
        return QJsonDocument(toJson(workspace, {})).toJson();
    }
};

template <class T>
T *within(QWidget *page, int which = 0)
{
    const auto all = page->findChildren<T *>();
    return which < all.size() ? all[which] : nullptr;
}

QString allTexts(const QWidget *page)
{
    QStringList texts;
    for (const auto *label : page->findChildren<QLabel *>())
        texts << label->text();
    return texts.join(u'|');
}

} // namespace

class tst_LayerProperties : public QObject
{
    Q_OBJECT
private slots:
    void aServiceCanBeAskedForASelection();
    void wrongValuesAreLeftOut();
    void lookingChangesNothing();
    void changesOfAllPagesAreOneStep();
    void cancelLeavesTheLayerAlone();
    void sourceFactsAreShown();
    void anotherFileCanBeChosen();
    void correctionsGoIntoTheOptions();
    void fieldsAndMetadataAreListed();
    void failedLayersSayWhy();
    void whatArrivesWhileOpenIsShown();
    void whatTheUserWritesIsNotOverwritten();
    void removingTheLayerClosesTheDialog();
    void groupsHaveATitleAndAnOpacity();
    void richStylesStayAsTheyAre();
    void scaleFieldsUnderstandWhatPeopleType_data();
    void scaleFieldsUnderstandWhatPeopleType();
    void readingAgainIsAskedFor();
    void pagesAreReachedByKeyboard();
};

namespace
{

LayerNode service()
{
    auto node = plan();
    node.layer->source = {.provider = u"wfs"_s, .location = u"http://localhost/wfs"_s, .layer = u"BP"_s};
    return node;
}

} // namespace

void tst_LayerProperties::aServiceCanBeAskedForASelection()
{
    Fixture files;
    QVERIFY(!files.page(u"selection"_s)); // files cannot select
    Fixture f(service());
    auto *page = f.page(u"selection"_s);
    QVERIFY(page);
    f.dialog->setView({600000, 5960000, 601000, 5961000}, Crs::working());
    f.dialog->showPage(u"selection"_s);
    page->findChild<QCheckBox *>()->click();
    for (auto *button : page->findChildren<QPushButton *>()) {
        if (button->text().contains(u"condition"_s))
            button->click();
    }
    const auto boxes = page->findChildren<QComboBox *>();
    QCOMPARE(boxes.size(), 2);
    boxes[0]->setCurrentIndex(boxes[0]->findData(u"gfz"_s));
    boxes[1]->setCurrentIndex(boxes[1]->findData(u">="_s));
    auto *value = page->findChild<QLineEdit *>();
    value->setFocus();
    QTest::keyClicks(value, u"0.8"_s);
    f.button(QDialogButtonBox::Apply)->click();
    const auto options = f.layer().source.options;
    QCOMPARE(options["filter"_L1].toArray(),
             (QJsonArray{QJsonObject{{u"field"_s, u"gfz"_s}, {u"is"_s, u">="_s}, {u"value"_s, 0.8}}}));
    QCOMPARE(options["extent"_L1].toObject()["box"_L1].toArray(), (QJsonArray{600000, 5960000, 601000, 5961000}));
    // What is there is shown, and taken out again
    Fixture again(*f.tree.find(f.id));
    page = again.page(u"selection"_s);
    QCOMPARE(page->findChild<QLineEdit *>()->text(), u"0.8"_s);
    QVERIFY(page->findChild<QCheckBox *>()->isChecked());
    page->findChild<QCheckBox *>()->click();
    page->findChild<QToolButton *>()->click();
    again.button(QDialogButtonBox::Apply)->click();
    QCOMPARE(again.layer().source.options, QJsonObject());
}

void tst_LayerProperties::wrongValuesAreLeftOut()
{
    auto node = service();
    node.layer->source.options = {
        {u"filter"_s, QJsonArray{QJsonObject{{u"field"_s, u"gfz"_s}, {u"is"_s, u"="_s}, {u"value"_s, 1}}}}};
    Fixture f(node);
    auto *value = f.page(u"selection"_s)->findChild<QLineEdit *>();
    value->clear();
    QTest::keyClicks(value, u"much"_s);
    QVERIFY(!value->toolTip().isEmpty());
    f.button(QDialogButtonBox::Apply)->click();
    QVERIFY(!f.layer().source.options.contains("filter"_L1));
}

void tst_LayerProperties::lookingChangesNothing()
{
    Fixture f;
    const auto before = f.saved();
    for (int i = 0; i < 6; ++i)
        within<QListWidget>(f.dialog.get())->setCurrentRow(i);
    QVERIFY(!f.button(QDialogButtonBox::Apply)->isEnabled());
    QVERIFY(!f.dialog->apply());
    // and applying some other thing leaves the odd numbers alone that the fields show rounded
    within<QLineEdit>(f.page(u"general"_s))->setText(u"New"_s);
    emit within<QLineEdit>(f.page(u"general"_s))->textEdited(u"New"_s);
    QVERIFY(f.dialog->apply());
    QCOMPARE(f.layer().title, u"New"_s);
    auto after = f.saved();
    QCOMPARE(after.replace("\"New\"", "\"Plan\""), before);
}

void tst_LayerProperties::changesOfAllPagesAreOneStep()
{
    Fixture f;
    const auto before = f.saved();
    auto *title = within<QLineEdit>(f.page(u"general"_s));
    title->selectAll();
    QTest::keyClicks(title, u"Bebauungsplan"_s);
    within<QPlainTextEdit>(f.page(u"general"_s))->setPlainText(u"What may be built."_s);
    auto *display = f.page(u"display"_s);
    within<QSpinBox>(display)->setValue(60);
    within<ScaleField>(display)->setDenominator(25000);
    within<ColorButton>(display)->setColor(Qt::red);
    emit within<ColorButton>(display)->colorChosen(Qt::red);
    within<QDoubleSpinBox>(display)->setValue(1.5);
    auto *fields = display->findChildren<QComboBox *>().last();
    fields->setCurrentIndex(fields->findData(u"name"_s));
    auto *provenance = f.page(u"provenance"_s);
    within<QLineEdit>(provenance)->setText(u"Hansestadt Lübeck"_s);
    within<QComboBox>(provenance)->setEditText(u"dl-de/by-2-0"_s);
    within<QCheckBox>(provenance, 1)->setChecked(true);
    within<QDateEdit>(provenance)->setDate(QDate(2025, 1, 2));
    QVERIFY(f.button(QDialogButtonBox::Apply)->isEnabled());
    f.button(QDialogButtonBox::Ok)->click();
    QCOMPARE(f.stack.count(), 1);
    const auto &layer = f.layer();
    QCOMPARE(layer.title, u"Bebauungsplan"_s);
    QCOMPARE(layer.explanation, u"What may be built."_s);
    QCOMPARE(layer.opacity, 0.6);
    QCOMPARE(layer.minScale, 25000.0);
    QCOMPARE(layer.style.classes[0].symbol.fills[0].color, QColor(Qt::red));
    QCOMPARE(layer.style.classes[0].symbol.strokes[0].width, 1.5);
    QCOMPARE(layer.style.label.field, u"name"_s);
    QCOMPARE(layer.provenance.source, u"Hansestadt Lübeck"_s);
    QCOMPARE(layer.provenance.licence, u"dl-de/by-2-0"_s);
    QVERIFY(layer.provenance.personal);
    QCOMPARE(layer.provenance.dataTime.date(), QDate(2025, 1, 2));
    QCOMPARE(f.stack.undoText(), u"Change properties"_s);
    f.stack.undo();
    QCOMPARE(f.saved(), before);
}

void tst_LayerProperties::cancelLeavesTheLayerAlone()
{
    Fixture f;
    const auto before = f.saved();
    QTest::keyClicks(within<QLineEdit>(f.page(u"general"_s)), u"x"_s);
    f.button(QDialogButtonBox::Cancel)->click();
    QVERIFY(!f.dialog->isVisible());
    QCOMPARE(f.saved(), before);
}

void tst_LayerProperties::sourceFactsAreShown()
{
    Fixture f;
    const auto text = allTexts(f.page(u"source"_s));
    for (const auto &part : {u"BP"_s, u"Areas"_s, u"EPSG:25832"_s, u"(guessed)"_s, QLocale().toString(600000)})
        QVERIFY2(text.contains(part), qPrintable(part + u" in "_s + text));
    QVERIFY(within<QLineEdit>(f.page(u"source"_s))->text().endsWith("plan.gml"_L1));
}

void tst_LayerProperties::anotherFileCanBeChosen()
{
    Fixture f;
    auto *location = within<QLineEdit>(f.page(u"source"_s));
    location->selectAll();
    QTest::keyClicks(location, u"/elsewhere/plan.gml"_s);
    QVERIFY(f.dialog->apply());
    QCOMPARE(f.layer().source.location, u"/elsewhere/plan.gml"_s);
    QCOMPARE(f.layer().source.layer, u"BP"_s);
}

void tst_LayerProperties::correctionsGoIntoTheOptions()
{
    Fixture f;
    auto *combo = within<QComboBox>(within<CorrectionFields>(f.page(u"source"_s)));
    combo->setCurrentIndex(combo->findData(u"EPSG:25833"_s));
    QVERIFY(f.dialog->apply());
    QCOMPARE(f.layer().source.options, (QJsonObject{{u"crs"_s, u"EPSG:25833"_s}, {u"other"_s, 1}}));
}

void tst_LayerProperties::fieldsAndMetadataAreListed()
{
    Fixture f;
    auto *fields = within<QTreeWidget>(f.page(u"fields"_s));
    QCOMPARE(fields->topLevelItemCount(), 2);
    QCOMPARE(fields->topLevelItem(0)->text(1), u"Geschossflächenzahl"_s);
    QCOMPARE(fields->topLevelItem(0)->text(2), u"Number"_s);
    auto *metadata = within<QTreeWidget>(f.page(u"metadata"_s));
    QCOMPARE(metadata->topLevelItemCount(), 3);
    QCOMPARE(metadata->topLevelItem(0)->text(1), u"a.pdf\nb.pdf"_s);
    QCOMPARE(metadata->topLevelItem(2)->child(0)->text(1), u"in Kraft"_s);
    QVERIFY(allTexts(f.page(u"general"_s)).contains("Two arcs were mended."_L1));
}

void tst_LayerProperties::failedLayersSayWhy()
{
    Fixture f(plan(), false);
    auto *bar = f.dialog->findChild<look::MessageBar *>();
    QVERIFY(!bar->isVisible());
    f.tree.setFailed(f.id, {ErrorKind::NotFound, u"The file is gone."_s, {}, {}});
    QVERIFY(bar->isVisible());
    QVERIFY(bar->text().contains("The file is gone."_L1));
    f.tree.setData(f.id, planData());
    QVERIFY(!bar->isVisible());
}

void tst_LayerProperties::whatArrivesWhileOpenIsShown()
{
    Fixture f(plan(), false);
    QCOMPARE(within<QTreeWidget>(f.page(u"fields"_s))->topLevelItemCount(), 0);
    f.tree.setData(f.id, planData());
    QCOMPARE(within<QTreeWidget>(f.page(u"fields"_s))->topLevelItemCount(), 2);
}

void tst_LayerProperties::whatTheUserWritesIsNotOverwritten()
{
    Fixture f(plan(), false);
    auto *title = within<QLineEdit>(f.page(u"general"_s));
    title->selectAll();
    QTest::keyClicks(title, u"Mine"_s);
    f.tree.setData(f.id, planData());
    QCOMPARE(title->text(), u"Mine"_s);
    QVERIFY(f.dialog->apply());
    QCOMPARE(f.layer().title, u"Mine"_s);
    QVERIFY(f.layer().data);
}

void tst_LayerProperties::removingTheLayerClosesTheDialog()
{
    Fixture f;
    VERIFY_RESULT(f.tree.apply({TreeChange::Remove{f.id}, {}}));
    QVERIFY(!f.dialog->isVisible());
    QVERIFY(!f.dialog->apply());
}

void tst_LayerProperties::groupsHaveATitleAndAnOpacity()
{
    Fixture f({.id = QUuid::createUuid(), .title = u"Group"_s, .children = {plan()}});
    QCOMPARE(f.dialog->findChildren<PropertyPage *>().size(), 2);
    QTest::keyClicks(within<QLineEdit>(f.page(u"general"_s)), u" 2"_s);
    within<QSpinBox>(f.page(u"display"_s))->setValue(50);
    QVERIFY(f.dialog->apply());
    QCOMPARE(f.tree.find(f.id)->title, u"Group 2"_s);
    QCOMPARE(f.tree.find(f.id)->opacity, 0.5);
    QCOMPARE(f.tree.find(f.id)->children.size(), 1u);
}

void tst_LayerProperties::richStylesStayAsTheyAre()
{
    auto node = plan();
    node.layer->style.kind = Style::Kind::Categorised;
    node.layer->style.field = u"name"_s;
    node.layer->style.classes.push_back({.title = u"x"_s, .value = u"x"_s});
    node.layer->style.label.field = u"a field of another file"_s;
    const auto style = node.layer->style;
    Fixture f(node);
    QTest::keyClicks(within<QLineEdit>(f.page(u"general"_s)), u"!"_s);
    QVERIFY(f.dialog->apply());
    QVERIFY(f.layer().style == style);
    QVERIFY(allTexts(f.page(u"display"_s)).contains(u"2 classes by “name”"_s));
}

void tst_LayerProperties::scaleFieldsUnderstandWhatPeopleType_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<double>("denominator");
    QTest::newRow("plain") << u"5000"_s << 5000.0;
    QTest::newRow("ratio") << u"1:5000"_s << 5000.0;
    QTest::newRow("German") << u"1 : 25.000"_s << 25000.0;
    QTest::newRow("thin space") << u"1:5\u202f000"_s << 5000.0;
    QTest::newRow("nothing") << u""_s << 0.0;
    QTest::newRow("words") << u"any"_s << 0.0;
}

void tst_LayerProperties::scaleFieldsUnderstandWhatPeopleType()
{
    QFETCH(const QString, typed);
    QFETCH(const double, denominator);
    ScaleField field;
    field.setEditText(typed);
    QCOMPARE(field.denominator(), denominator);
    field.setDenominator(denominator);
    QCOMPARE(field.denominator(), denominator);
}

void tst_LayerProperties::readingAgainIsAskedFor()
{
    Fixture f;
    QSignalSpy asked(f.dialog.get(), &LayerProperties::reloadRequested);
    within<QPushButton>(f.page(u"source"_s), 1)->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][0].toUuid(), f.id);
}

void tst_LayerProperties::pagesAreReachedByKeyboard()
{
    Fixture f;
    auto *list = within<QListWidget>(f.dialog.get());
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Down);
    QVERIFY(f.page(u"source"_s)->isVisible());
    f.dialog->showPage(u"provenance"_s);
    QVERIFY(f.page(u"provenance"_s)->isVisible());
}

QTEST_MAIN(tst_LayerProperties)
#include "tst_layerproperties.moc"
