// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/workspace.h"
#include "tests/support/testkit.h"
#include "widgets/layers/layerage.h"
#include "widgets/layers/layerdelegate.h"
#include "widgets/layers/layerpanel.h"
#include "widgets/layers/layerpanelmodel.h"
#include "widgets/layers/layertreeview.h"
#include "widgets/layers/treecommands.h"
#include "widgets/look/searchfield.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QDropEvent>
#include <QJsonDocument>
#include <QLineEdit>
#include <QMimeData>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QSlider>
#include <QStackedLayout>
#include <QThread>
#include <QUndoStack>
#include <QUrl>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

LayerNode layerNode(const QString &title, int classes = 1)
{
    Layer layer{.id = QUuid::createUuid(), .title = title};
    layer.source.location = u"/data/"_s + title;
    layer.style = Style::plain(GeometryKind::Polygon, 1);
    for (int i = 1; i < classes; ++i)
        layer.style.classes.push_back(layer.style.classes.front());
    for (int i = 0; i < classes && classes > 1; ++i)
        layer.style.classes[std::size_t(i)].title = u"%1 class %2"_s.arg(title).arg(i);
    return {.id = layer.id, .layer = layer};
}

LayerNode groupNode(const QString &title, std::vector<LayerNode> children = {})
{
    return {.id = QUuid::createUuid(), .title = title, .children = std::move(children)};
}

LayerDataPtr squares(double size)
{
    auto data = std::make_shared<LayerData>();
    data->source = std::shared_ptr<const FeatureSource>();
    FeatureSetBuilder builder(Crs::working(), {0, 0, size, size}, {});
    builder.add(
        {.id = 1, .geometry = {GeometryKind::Polygon, {{0, 0}, {size, 0}, {size, size}, {0, size}, {0, 0}}, {5}}});
    data->features = builder.finish();
    data->classes = {0};
    return data;
}

/** A service whose legend is as it is told. */
class ExplainedRaster final : public RasterSource
{
public:
    LayerDescription description() const override { return {}; }
    Result<RasterBlock> read(const RasterQuery &, CancelToken) const override { return RasterBlock(); }
    Result<std::vector<double>> valuesAt(PointXY, const Crs &, CancelToken) const override
    {
        return std::vector<double>();
    }
    bool hasLegend() const override { return true; }
    Result<QImage> legend(double, CancelToken) const override
    {
        ++asked;
        onGuiThread = onGuiThread || QThread::currentThread() == qApp->thread();
        if (!trouble.isEmpty())
            return std::unexpected(Error{ErrorKind::Network, trouble});
        QImage image(width, 50, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::red);
        return image;
    }
    int width = 100;
    QString trouble;
    mutable std::atomic_int asked = 0;
    mutable std::atomic_bool onGuiThread = false;
};

LayerNode serviceNode(const std::shared_ptr<const ExplainedRaster> &source)
{
    auto node = layerNode(u"Rain"_s);
    auto data = std::make_shared<LayerData>();
    data->source = std::shared_ptr<const RasterSource>(source);
    data->description.kind = LayerKind::Raster;
    data->description.rasterKind = RasterKind::Colour;
    node.layer->data = data;
    node.layer->state = LayerState::Ready;
    return node;
}

QString outline(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList parts;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const auto index = model.index(row, 0, parent);
        auto part = index.data().toString();
        if (index.data(LayerTree::IsGroupRole).toBool() || model.rowCount(index) > 0)
            part += u'(' + outline(model, index) + u')';
        parts << part;
    }
    return parts.join(u' ');
}

struct Fixture {
    LayerTree tree;
    QUndoStack stack;
    TreeEditor editor{tree, stack};
    LayerPanel panel{tree, editor};
    LayerTreeView *view = panel.findChild<LayerTreeView *>();
    LayerPanelModel *model = panel.findChild<LayerPanelModel *>();

    Fixture()
    {
        panel.resize(320, 500);
        panel.show();
    }
    QUuid add(LayerNode node, const QUuid &parent = {}, int row = -1)
    {
        const auto id = node.id;
        editor.apply({TreeChange::Insert{parent, row, std::move(node)}, u"Add layer"_s});
        return id;
    }
    const Layer &layer(const QUuid &id) const { return *tree.find(id)->layer; }
    void choose(const QList<QUuid> &ids)
    {
        panel.select(ids.first());
        for (const auto &id : ids)
            view->selectionModel()->select(model->indexOf(id), QItemSelectionModel::Select);
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        view->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        QTest::keyClick(view, Qt::Key(key), modifiers);
    }
    void clickCheckBox(const QModelIndex &index)
    {
        const auto *delegate = qobject_cast<LayerDelegate *>(view->itemDelegate());
        const auto box = delegate->checkBox(view->optionFor(index), index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, box.center());
    }
    QAction *action(const QString &text) const
    {
        for (auto *a : panel.commands()) {
            if (a->text().startsWith(text))
                return a;
        }
        return nullptr;
    }
};

QByteArray saved(const LayerTree &tree)
{
    Workspace workspace;
    workspace.roots = tree.roots();
    return QJsonDocument(toJson(workspace, {})).toJson();
}

} // namespace

class tst_LayerPanel : public QObject
{
    Q_OBJECT
private slots:
    void aServicesLegendIsAskedForWhenItIsSeen();
    void aLegendThatFailedSaysWhyAndIsTriedAgain();
    void theModelHoldsUnderRandomEdits();
    void whatFailedOrLacksSomethingCanBeTriedAgain();
    void ageIsShort_data();
    void ageIsShort();
    void legendsOfSeveralLinesAreRows();
    void checkBoxesHideLayersAndClasses();
    void theSpaceBarTurnsAllThatAreChosen();
    void theKeyboardMovesLayers();
    void theKeyboardWalksIntoGroupsAndOut();
    void severalMoveTogetherByKeyboard();
    void f2RenamesAndEscapeDoesNot();
    void deleteRemovesAndUndoBringsBack();
    void groupingTakesWhatIsChosen();
    void copiesLieAboveTheirOriginals();
    void sliderStepsAreOneUndoStep();
    void anotherLayersSliderIsAnotherStep();
    void searchingHidesTheOthers();
    void searchingFindsClassesToo();
    void theEmptyPanelSaysWhatToDo();
    void filesCanBeDropped();
    void rowsAreMovedByDragAndDrop();
    void failedLayersSayWhy();
    void returnOpensTheProperties();
    void zoomingGoesToAllThatAreChosen();
    void foldingIsKeptInTheTree();
    void showAllAndHideAllAreOneStep();
    void everyCommandHasATextAndAnIconOrAMenu();
    void everythingIsUndone();
};

void tst_LayerPanel::theModelHoldsUnderRandomEdits()
{
    LayerTree tree;
    LayerPanelModel model(tree);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QRandomGenerator random(4711);
    auto anyNode = [&](bool groupsOnly) -> QUuid {
        QList<QUuid> ids{QUuid()};
        auto visit = [&](auto &self, const std::vector<LayerNode> &nodes) -> void {
            for (const auto &n : nodes) {
                if (!groupsOnly || !n.layer)
                    ids << n.id;
                self(self, n.children);
            }
        };
        visit(visit, tree.roots());
        return ids[random.bounded(ids.size())];
    };
    std::vector<TreeChange> undo;
    for (int i = 0; i < 250; ++i) {
        TreeChange change;
        const auto name = u"n%1"_s.arg(i);
        switch (random.bounded(6)) {
        case 0:
            change.what = TreeChange::Insert{anyNode(true), random.bounded(4), layerNode(name, 1 + random.bounded(4))};
            break;
        case 1:
            change.what = TreeChange::Insert{anyNode(true), -1, groupNode(name, {layerNode(name, 3)})};
            break;
        case 2:
            change.what = TreeChange::Remove{anyNode(false)};
            break;
        case 3:
            change.what = TreeChange::Move{anyNode(false), anyNode(true), random.bounded(5) - 1};
            break;
        case 4:
            if (const auto *node = tree.find(anyNode(false)); node && node->layer) {
                auto wanted = *node;
                wanted.layer->style = layerNode(name, 1 + random.bounded(5)).layer->style;
                change.what = TreeChange::Set{std::move(wanted)};
            }
            break;
        default:
            if (!undo.empty()) {
                change = std::move(undo.back());
                undo.pop_back();
                (void)tree.apply(std::move(change));
            }
            continue;
        }
        if (auto inverse = tree.apply(std::move(change)))
            undo.push_back(std::move(*inverse));
        for (const auto &id : tree.layerIds())
            QCOMPARE(model.nodeId(model.indexOf(id)), id);
    }
}

void tst_LayerPanel::whatFailedOrLacksSomethingCanBeTriedAgain()
{
    Fixture f;
    const auto id = f.add(layerNode(u"Lärm"_s));
    const auto index = f.model->indexOf(id);
    const auto *delegate = qobject_cast<LayerDelegate *>(f.view->itemDelegate());
    QVERIFY(delegate->againLink(f.view->optionFor(index), index).isEmpty());
    const int plain = f.view->visualRect(index).height();
    QSignalSpy again(&f.panel, &LayerPanel::reloadRequested);
    const auto click = [&] {
        const auto link = delegate->againLink(f.view->optionFor(index), index);
        QVERIFY(!link.isEmpty());
        QTest::mouseClick(f.view->viewport(), Qt::LeftButton, {}, link.center());
    };

    f.tree.setFailed(id, {ErrorKind::Network, u"The server does not answer."_s, {}, {}});
    QTRY_VERIFY(f.view->visualRect(index).height() > plain);
    click();
    QCOMPARE(again.size(), 1);
    QCOMPARE(again.first().first().toUuid(), id);

    f.tree.setData(id, squares(10));
    QTRY_COMPARE(f.view->visualRect(index).height(), plain);
    f.tree.setTrouble(id, u"3 images did not come"_s);
    QTRY_VERIFY(f.view->visualRect(index).height() > plain);
    QVERIFY(index.data(Qt::ToolTipRole).toString().contains(u"3 images"_s));
    click();
    QCOMPARE(again.size(), 2);
    f.tree.setTrouble(id, {});
    QTRY_COMPARE(f.view->visualRect(index).height(), plain);
}

void tst_LayerPanel::ageIsShort_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("ahead") << -90 << u"now"_s;
    QTest::newRow("now") << 59 << u"now"_s;
    QTest::newRow("minute") << 60 << u"1 min"_s;
    QTest::newRow("almost an hour") << 3599 << u"59 min"_s;
    QTest::newRow("hour") << 3600 << u"1 h"_s;
    QTest::newRow("almost two days") << 48 * 3600 - 1 << u"47 h"_s;
    QTest::newRow("days") << 72 * 3600 << u"3 d"_s;
}

void tst_LayerPanel::ageIsShort()
{
    QFETCH(int, seconds);
    QFETCH(QString, text);
    const auto now = QDateTime::currentDateTime();
    QCOMPARE(shortAge(now.addSecs(-seconds), now), text);
    QCOMPARE(shortAge({}, now), QString());
}

void tst_LayerPanel::legendsOfSeveralLinesAreRows()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s, 3));
    f.add(layerNode(u"b"_s));
    QCOMPARE(outline(*f.model), u"a(a class 0 a class 1 a class 2) b"_s);
    auto node = *f.tree.find(a);
    node.layer->style.classes.resize(1);
    QVERIFY(f.editor.apply({TreeChange::Set{node}, {}}));
    QCOMPARE(outline(*f.model), u"a b"_s);
    f.stack.undo();
    QCOMPARE(outline(*f.model), u"a(a class 0 a class 1 a class 2) b"_s);
}

void tst_LayerPanel::checkBoxesHideLayersAndClasses()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s, 3));
    const auto index = f.model->indexOf(a);
    f.clickCheckBox(index);
    QVERIFY(!f.layer(a).visible);
    QCOMPARE(f.stack.undoText(), u"Hide layer"_s);
    f.clickCheckBox(index);
    QVERIFY(f.layer(a).visible);
    f.view->expand(index);
    f.clickCheckBox(f.model->index(1, 0, index));
    QVERIFY(!f.layer(a).style.classes[1].visible);
    QVERIFY(f.layer(a).style.classes[0].visible);
    QCOMPARE(f.stack.undoText(), u"Hide class"_s);
    f.stack.undo();
    QVERIFY(f.layer(a).style.classes[1].visible);
    QCOMPARE(f.model->index(1, 0, index).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
}

void tst_LayerPanel::theSpaceBarTurnsAllThatAreChosen()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s, 2)), b = f.add(layerNode(u"b"_s)), c = f.add(layerNode(u"c"_s));
    f.choose({a, c});
    const auto steps = f.stack.count();
    f.press(Qt::Key_Space);
    QVERIFY(!f.layer(a).visible && f.layer(b).visible && !f.layer(c).visible);
    QCOMPARE(f.stack.count(), steps + 1);
    f.view->expand(f.model->indexOf(a));
    f.view->setCurrentIndex(f.model->index(0, 0, f.model->indexOf(a)));
    f.press(Qt::Key_Space);
    QVERIFY(!f.layer(a).style.classes[0].visible);
}

void tst_LayerPanel::theKeyboardMovesLayers()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    f.add(layerNode(u"b"_s));
    f.add(layerNode(u"c"_s));
    f.panel.select(a);
    f.press(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(outline(*f.model), u"b a c"_s);
    f.press(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(outline(*f.model), u"b c a"_s);
    f.press(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(outline(*f.model), u"b c a"_s);
    QCOMPARE(f.panel.current(), a);
    f.press(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(outline(*f.model), u"b a c"_s);
}

void tst_LayerPanel::theKeyboardWalksIntoGroupsAndOut()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    f.add(groupNode(u"G"_s, {layerNode(u"x"_s)}));
    f.panel.select(a);
    QStringList seen;
    for (int i = 0; i < 4; ++i) {
        f.press(Qt::Key_Down, Qt::ControlModifier);
        seen << outline(*f.model);
    }
    QCOMPARE(seen, (QStringList{u"G(a x)"_s, u"G(x a)"_s, u"G(x) a"_s, u"G(x) a"_s}));
    f.press(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(outline(*f.model), u"G(x a)"_s);
    f.press(Qt::Key_Down, Qt::ControlModifier);
    f.view->collapse(f.model->index(0, 0));
    f.press(Qt::Key_Up, Qt::ControlModifier); // a folded group is stepped over
    QCOMPARE(outline(*f.model), u"a G(x)"_s);
}

void tst_LayerPanel::severalMoveTogetherByKeyboard()
{
    Fixture f;
    f.add(layerNode(u"a"_s));
    const auto b = f.add(layerNode(u"b"_s)), c = f.add(layerNode(u"c"_s));
    f.add(layerNode(u"d"_s));
    f.choose({b, c});
    f.press(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(outline(*f.model), u"a d b c"_s);
    f.press(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(outline(*f.model), u"a d b c"_s);
    f.stack.undo();
    QCOMPARE(outline(*f.model), u"a b c d"_s);
}

void tst_LayerPanel::f2RenamesAndEscapeDoesNot()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    f.panel.select(a);
    f.press(Qt::Key_F2);
    auto *line = f.view->viewport()->findChild<QLineEdit *>();
    QVERIFY(line);
    QTest::keyClicks(line, u"Trees and bushes"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(f.layer(a).title, u"Trees and bushes"_s);
    QCOMPARE(f.stack.undoText(), u"Rename layer"_s);
    QTRY_VERIFY(!f.view->viewport()->findChild<QLineEdit *>());
    f.press(Qt::Key_F2);
    line = f.view->viewport()->findChild<QLineEdit *>();
    QVERIFY(line);
    QTest::keyClicks(line, u"x y"_s);
    QTest::keyClick(line, Qt::Key_Escape);
    QCOMPARE(f.layer(a).title, u"Trees and bushes"_s);
}

void tst_LayerPanel::deleteRemovesAndUndoBringsBack()
{
    Fixture f;
    const auto g = f.add(groupNode(u"G"_s, {layerNode(u"x"_s), layerNode(u"y"_s)}));
    const auto b = f.add(layerNode(u"b"_s));
    f.add(layerNode(u"c"_s));
    const auto before = saved(f.tree);
    f.choose({g, f.tree.find(g)->children[0].id, b});
    f.press(Qt::Key_Delete);
    QCOMPARE(outline(*f.model), u"c"_s);
    f.stack.undo();
    QCOMPARE(saved(f.tree), before);
    f.stack.redo();
    QCOMPARE(outline(*f.model), u"c"_s);
}

void tst_LayerPanel::groupingTakesWhatIsChosen()
{
    Fixture f;
    f.add(layerNode(u"a"_s));
    const auto b = f.add(layerNode(u"b"_s));
    const auto g = f.add(groupNode(u"G"_s, {layerNode(u"x"_s)}));
    const auto before = saved(f.tree);
    f.choose({b, f.tree.find(g)->children[0].id});
    f.press(Qt::Key_G, Qt::ControlModifier);
    QCOMPARE(outline(*f.model), u"a New group(b x) G()"_s);
    auto *line = f.view->viewport()->findChild<QLineEdit *>();
    QVERIFY2(line, "the new group waits for its name");
    QTest::keyClicks(line, u"Parks"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(outline(*f.model), u"a Parks(b x) G()"_s);
    f.stack.undo();
    f.stack.undo();
    QCOMPARE(saved(f.tree), before);
}

void tst_LayerPanel::copiesLieAboveTheirOriginals()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    f.add(layerNode(u"b"_s));
    const auto c = f.add(layerNode(u"c"_s));
    f.tree.setData(a, squares(10));
    f.choose({a, c});
    f.press(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(outline(*f.model), u"a (copy) a b c (copy) c"_s);
    const auto &copy = *f.tree.roots()[0].layer;
    QVERIFY(copy.id != a);
    QCOMPARE(copy.data, f.layer(a).data);
    f.stack.undo();
    QCOMPARE(outline(*f.model), u"a b c"_s);
}

void tst_LayerPanel::sliderStepsAreOneUndoStep()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    f.panel.select(a);
    auto *slider = f.panel.findChild<QSlider *>();
    QVERIFY(slider->isEnabled());
    const auto steps = f.stack.count();
    for (int percent = 99; percent >= 40; --percent)
        slider->setValue(percent);
    QCOMPARE(f.layer(a).opacity, 0.4);
    QCOMPARE(f.stack.count(), steps + 1);
    f.stack.undo();
    QCOMPARE(f.layer(a).opacity, 1.0);
    QCOMPARE(slider->value(), 100);
    f.stack.redo();
    QCOMPARE(f.layer(a).opacity, 0.4);
}

void tst_LayerPanel::anotherLayersSliderIsAnotherStep()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s)), b = f.add(layerNode(u"b"_s));
    const auto steps = f.stack.count();
    auto *slider = f.panel.findChild<QSlider *>();
    f.panel.select(a);
    slider->setValue(70);
    f.panel.select(b);
    QCOMPARE(slider->value(), 100);
    slider->setValue(30);
    QCOMPARE(f.stack.count(), steps + 2);
    f.stack.undo();
    QCOMPARE(f.layer(a).opacity, 0.7);
    QCOMPARE(f.layer(b).opacity, 1.0);
}

void tst_LayerPanel::searchingHidesTheOthers()
{
    Fixture f;
    f.add(layerNode(u"Roads"_s));
    const auto g = f.add(groupNode(u"Nature"_s, {layerNode(u"Trees"_s), layerNode(u"Water"_s)}));
    f.view->collapse(f.model->indexOf(g));
    auto *search = f.panel.findChild<look::SearchField *>();
    QTest::keyClicks(search, u"tree"_s);
    const auto group = f.model->indexOf(g);
    QTRY_VERIFY(f.view->isRowHidden(0, {}));
    QVERIFY(!f.view->isRowHidden(1, {}));
    QVERIFY(!f.view->isRowHidden(0, group));
    QVERIFY(f.view->isRowHidden(1, group));
    QVERIFY(f.view->isExpanded(group));
    QVERIFY(!f.tree.find(g)->expanded); // only for the search
    f.add(layerNode(u"Treetops"_s));
    f.add(layerNode(u"Bridges"_s));
    QVERIFY(!f.view->isRowHidden(2, {}));
    QVERIFY(f.view->isRowHidden(3, {}));
    search->clear();
    QTRY_VERIFY(!f.view->isRowHidden(0, {}));
    QVERIFY(!f.view->isRowHidden(3, {}));
    QVERIFY(!f.view->isExpanded(group));
    QTest::keyClicks(search, u"zzz"_s);
    QTRY_VERIFY(!f.view->isVisible()); // says that there is none
}

void tst_LayerPanel::searchingFindsClassesToo()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s, 3));
    f.add(layerNode(u"b"_s, 2));
    QTest::keyClicks(f.panel.findChild<look::SearchField *>(), u"a class 2"_s);
    QTRY_VERIFY(f.view->isRowHidden(1, {}));
    QVERIFY(!f.view->isRowHidden(0, {}));
    QVERIFY(f.view->isRowHidden(0, f.model->indexOf(a)));
    QVERIFY(!f.view->isRowHidden(2, f.model->indexOf(a)));
}

void tst_LayerPanel::theEmptyPanelSaysWhatToDo()
{
    Fixture f;
    QVERIFY(!f.view->isVisible());
    QSignalSpy add(&f.panel, &LayerPanel::addRequested);
    f.action(u"Add layers"_s)->trigger();
    QCOMPARE(add.size(), 1);
    f.add(layerNode(u"a"_s));
    QVERIFY(f.view->isVisible());
    f.stack.undo();
    QVERIFY(!f.view->isVisible());
}

void tst_LayerPanel::filesCanBeDropped()
{
    Fixture f;
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(u"/data/a.gpkg"_s), QUrl(u"https://example.org/x"_s),
                  QUrl::fromLocalFile(u"/b"_s), QUrl(u"mailto:nobody"_s)}); // no data
    QSignalSpy dropped(&f.panel, &LayerPanel::filesDropped);
    auto drop = [&](QWidget *target) {
        QDragEnterEvent enter({20, 20}, Qt::CopyAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event({20, 20}, Qt::CopyAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(target, &event);
    };
    drop(&f.panel);
    f.add(layerNode(u"a"_s));
    drop(f.view->viewport());
    QCOMPARE(dropped.size(), 2);
    QCOMPARE(dropped[1][0].toStringList(), (QStringList{u"/data/a.gpkg"_s, u"https://example.org/x"_s, u"/b"_s}));
}

void tst_LayerPanel::rowsAreMovedByDragAndDrop()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s, 3));
    const auto b = f.add(layerNode(u"b"_s));
    f.add(layerNode(u"c"_s));
    std::unique_ptr<QMimeData> mime(f.model->mimeData({f.model->index(2, 0)}));
    QVERIFY(f.model->dropMimeData(mime.get(), Qt::MoveAction, 0, 0, {}));
    QCOMPARE(outline(*f.model), u"c a(a class 0 a class 1 a class 2) b"_s);
    mime.reset(f.model->mimeData({f.model->indexOf(b), f.model->index(0, 0, f.model->indexOf(a))}));
    QVERIFY(!f.model->canDropMimeData(mime.get(), Qt::MoveAction, -1, -1, f.model->indexOf(a)));
    mime.reset(f.model->mimeData({f.model->index(0, 0)}));
    QVERIFY(f.model->dropMimeData(mime.get(), Qt::MoveAction, 2, 0, f.model->indexOf(a))); // within a's legend
    QCOMPARE(outline(*f.model), u"a(a class 0 a class 1 a class 2) c b"_s);
    f.stack.undo();
    f.stack.undo();
    QCOMPARE(outline(*f.model), u"a(a class 0 a class 1 a class 2) b c"_s);
}

void tst_LayerPanel::failedLayersSayWhy()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    const auto index = f.model->indexOf(a);
    const int height = f.view->visualRect(index).height();
    f.tree.setFailed(a, {ErrorKind::NotFound, u"The file is gone."_s, u"Plug the disk in."_s, {}});
    QCoreApplication::sendPostedEvents();
    QTRY_VERIFY(f.view->visualRect(index).height() > height);
    QVERIFY(index.data(Qt::ToolTipRole).toString().contains("Plug the disk in."_L1));
    QVERIFY(index.data(Qt::AccessibleDescriptionRole).toString().contains("The file is gone."_L1));
    f.tree.setData(a, squares(1));
    QTRY_COMPARE(f.view->visualRect(index).height(), height);
}

void tst_LayerPanel::returnOpensTheProperties()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    f.panel.select(a);
    QSignalSpy asked(&f.panel, &LayerPanel::propertiesRequested);
    f.press(Qt::Key_Return);
    f.press(Qt::Key_Return, Qt::AltModifier);
    QCOMPARE(asked.size(), 2);
    QCOMPARE(asked[0][0].toUuid(), a);
}

void tst_LayerPanel::zoomingGoesToAllThatAreChosen()
{
    Fixture f;
    const auto g = f.add(groupNode(u"G"_s, {layerNode(u"x"_s), layerNode(u"y"_s)}));
    QSignalSpy zoom(&f.panel, &LayerPanel::zoomRequested);
    f.panel.select(g);
    f.action(u"Zoom to layer"_s)->trigger();
    QCOMPARE(zoom.size(), 0); // nothing is loaded yet
    f.tree.setData(f.tree.find(g)->children[0].id, squares(100));
    f.tree.setData(f.tree.find(g)->children[1].id, squares(500));
    f.action(u"Zoom to layer"_s)->trigger();
    QCOMPARE(zoom.size(), 1);
    const auto extent = zoom[0][0].value<Extent>();
    QVERIFY(qAbs(extent.xMax - 500) < 0.01);
    QVERIFY(zoom[0][1].value<Crs>() == Crs::working());
}

void tst_LayerPanel::foldingIsKeptInTheTree()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s, 3));
    const auto g = f.add(groupNode(u"G"_s, {layerNode(u"x"_s)}));
    QVERIFY(!f.view->isExpanded(f.model->indexOf(a)));
    QVERIFY(f.view->isExpanded(f.model->indexOf(g)));
    f.view->expand(f.model->indexOf(a));
    f.view->collapse(f.model->indexOf(g));
    QVERIFY(f.layer(a).expanded);
    QVERIFY(!f.tree.find(g)->expanded);
    const auto roots = f.tree.roots();
    QVERIFY(f.editor.apply({TreeChange::Replace{{}}, {}}));
    QVERIFY(f.editor.apply({TreeChange::Replace{roots}, {}}));
    QVERIFY(f.view->isExpanded(f.model->indexOf(a)));
    QVERIFY(!f.view->isExpanded(f.model->indexOf(g)));
    f.action(u"Fold or unfold"_s)->trigger();
    QVERIFY(!f.layer(a).expanded);
    f.action(u"Fold or unfold"_s)->trigger();
    QVERIFY(f.layer(a).expanded);
}

void tst_LayerPanel::showAllAndHideAllAreOneStep()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    const auto g = f.add(groupNode(u"G"_s, {layerNode(u"x"_s)}));
    const auto steps = f.stack.count();
    f.action(u"Hide all"_s)->trigger();
    QVERIFY(!f.layer(a).visible && !f.tree.find(g)->children[0].layer->visible);
    f.action(u"Hide all"_s)->trigger(); // nothing left to hide: no step
    QCOMPARE(f.stack.count(), steps + 1);
    f.action(u"Show all"_s)->trigger();
    QVERIFY(f.layer(a).visible && f.tree.find(g)->children[0].layer->visible);
    QCOMPARE(f.stack.count(), steps + 2);
}

void tst_LayerPanel::everyCommandHasATextAndAnIconOrAMenu()
{
    Fixture f;
    for (const auto *action : f.panel.commands()) {
        if (action->isSeparator())
            continue;
        QVERIFY(!action->text().isEmpty());
    }
    QVERIFY(!f.view->accessibleName().isEmpty());
    QVERIFY(!f.panel.findChild<QSlider *>()->accessibleName().isEmpty());
}

void tst_LayerPanel::everythingIsUndone()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s, 3));
    f.add(layerNode(u"b"_s));
    f.add(groupNode(u"G"_s, {layerNode(u"x"_s)}));
    QRandomGenerator random(99);
    const QStringList names{u"Duplicate"_s, u"Remove"_s,   u"Show or hide"_s, u"Move up"_s,
                            u"Move down"_s, u"Show all"_s, u"Hide all"_s};
    QList<QByteArray> states;
    for (int i = 0; i < 150; ++i) {
        const int rows = f.model->rowCount();
        if (rows > 0)
            f.view->setCurrentIndex(f.model->index(random.bounded(rows), 0));
        const int before = f.stack.index();
        const auto state = saved(f.tree);
        if (rows < 3)
            f.add(layerNode(u"new"_s));
        else
            f.action(names[random.bounded(names.size())])->trigger();
        if (f.stack.index() > before)
            states << state;
    }
    QVERIFY(states.size() > 60);
    while (!states.isEmpty()) {
        f.stack.undo();
        QCOMPARE(saved(f.tree), states.takeLast());
    }
    QVERIFY(f.tree.find(a));
}

void tst_LayerPanel::aServicesLegendIsAskedForWhenItIsSeen()
{
    Fixture f;
    const QAbstractItemModelTester tester(f.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto source = std::make_shared<ExplainedRaster>();
    source->width = 1000;
    const auto id = f.add(serviceNode(source));
    const auto layer = f.model->indexOf(id);
    QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
    QCOMPARE(f.model->rowCount(layer), 1);
    const auto row = f.model->index(0, 0, layer);
    QCOMPARE(row.data().toString(), u"Loading …"_s);
    QVERIFY(!row.data(Qt::CheckStateRole).isValid());
    QTest::qWait(50);
    QCOMPARE(source->asked, 0); // folded

    f.view->expand(layer);
    QTRY_COMPARE(row.data().toString(), u"Legend"_s);
    QVERIFY(!source->onGuiThread);
    const auto *entry = f.model->legendEntry(row);
    QVERIFY(entry && entry->isPicture);
    QCOMPARE(entry->picture.width(), 1000);
    const auto size = f.view->itemDelegate()->sizeHint({}, row);
    QVERIFY(size.width() < f.view->viewport()->width()); // made narrower
    QVERIFY(size.height() < 50);

    const auto shown = f.view->grab().toImage();
    const auto box = f.view->visualRect(row);
    QCOMPARE(shown.pixelColor(box.left() + box.width() / 3, box.center().y()), QColor(Qt::red));
    f.view->collapse(layer);
    f.view->expand(layer);
    QTest::qWait(50);
    QCOMPARE(source->asked, 1); // once is enough
}

void tst_LayerPanel::aLegendThatFailedSaysWhyAndIsTriedAgain()
{
    Fixture f;
    const auto source = std::make_shared<ExplainedRaster>();
    source->trouble = u"The server is asleep."_s;
    const auto layer = f.model->indexOf(f.add(serviceNode(source)));
    QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
    f.view->expand(layer);
    const auto row = f.model->index(0, 0, layer);
    QTRY_COMPARE(row.data().toString(), source->trouble);
    QTest::qWait(50);
    QCOMPARE(source->asked, 1); // painting it does not ask again
    source->trouble.clear();
    f.view->collapse(layer);
    f.view->expand(layer);
    QTRY_COMPARE(row.data().toString(), u"Legend"_s);
    QCOMPARE(source->asked, 2);
}

QTEST_MAIN(tst_LayerPanel)
#include "tst_layerpanel.moc"
