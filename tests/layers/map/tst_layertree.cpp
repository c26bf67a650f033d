// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/layertree.h"
#include "tests/support/testkit.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QRandomGenerator>
#include <QSignalSpy>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

LayerNode layerNode(const QString &title, const QUuid &id = QUuid::createUuid())
{
    Layer layer{.id = id, .title = title};
    layer.source.location = u"/data/"_s + title;
    layer.style = Style::plain(GeometryKind::Polygon, 1);
    return {.id = id, .layer = layer};
}

LayerNode groupNode(const QString &title, std::vector<LayerNode> children = {})
{
    return {.id = QUuid::createUuid(), .title = title, .children = std::move(children)};
}

/** All that the user sets, as text, so that two trees can be compared and shown. */
QString toText(const std::vector<LayerNode> &nodes, int depth = 0)
{
    QString text;
    for (const auto &n : nodes) {
        text += QString(depth, u' ') + n.id.toString() + u' ';
        if (n.layer) {
            const auto &l = *n.layer;
            text += u"%1 v%2 o%3 s%4-%5 l%6 %7 %8\n"_s.arg(l.title)
                        .arg(l.visible)
                        .arg(l.opacity)
                        .arg(l.minScale)
                        .arg(l.maxScale)
                        .arg(l.labels)
                        .arg(l.source.location, l.theme);
        } else {
            text += u"[%1 v%2 o%3 %4]\n"_s.arg(n.title).arg(n.visible).arg(n.opacity).arg(n.theme);
        }
        text += toText(n.children, depth + 1);
    }
    return text;
}

/** The titles in the order and depth of the model, as a view would walk it. */
QString outline(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList parts;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const auto index = model.index(row, 0, parent);
        auto part = index.data().toString();
        if (index.data(LayerTree::IsGroupRole).toBool())
            part += u'(' + outline(model, index) + u')';
        parts << part;
    }
    return parts.join(u' ');
}

LayerDataPtr someData()
{
    auto data = std::make_shared<LayerData>();
    data->source = std::shared_ptr<const FeatureSource>();
    return data;
}

struct Fixture {
    LayerTree tree;
    QAbstractItemModelTester tester{&tree, QAbstractItemModelTester::FailureReportingMode::QtTest};

    Fixture()
    {
        QObject::connect(&tree, &LayerTree::editRequested, &tree, [this](const TreeChange &change) {
            texts << change.text;
            auto inverse = tree.apply(change);
            if (inverse)
                undo.push_back(std::move(*inverse));
        });
    }
    QStringList texts;
    std::vector<TreeChange> undo;

    QUuid add(LayerNode node, const QUuid &parent = {}, int row = -1)
    {
        const auto id = node.id;
        return tree.apply({TreeChange::Insert{parent, row, std::move(node)}, {}}) ? id : QUuid();
    }
    bool drop(const QList<QUuid> &ids, int row, const QUuid &parent)
    {
        QModelIndexList indexes;
        for (const auto &id : ids)
            indexes << tree.indexOf(id);
        const std::unique_ptr<QMimeData> data(tree.mimeData(indexes));
        return tree.dropMimeData(data.get(), Qt::MoveAction, row, 0, tree.indexOf(parent));
    }
};

/** Draws changes that make sense, and some that do not, from a fixed seed. */
class ChangeMaker
{
public:
    explicit ChangeMaker(quint32 seed)
        : m_random(seed)
    {
    }

    TreeChange next(const LayerTree &tree, int depth = 0)
    {
        switch (m_random.bounded(depth < 2 ? 12 : 10)) {
        case 0:
        case 1:
        case 2:
            return {TreeChange::Insert{anyNode(tree, true), m_random.bounded(6) - 1, fresh()}, {}};
        case 3:
            return {TreeChange::Remove{anyNode(tree, false)}, {}};
        case 4:
        case 5:
        case 6:
            return {TreeChange::Move{anyNode(tree, false), anyNode(tree, true), m_random.bounded(6) - 1}, {}};
        case 7:
        case 8:
            return set(tree);
        case 9:
            return m_random.bounded(20) ? set(tree) : TreeChange{TreeChange::Replace{{fresh(), fresh()}}, {}};
        default: {
            TreeChange::Batch batch;
            for (int i = m_random.bounded(4); i > 0; --i)
                batch.changes.push_back(next(tree, depth + 1));
            return {std::move(batch), {}};
        }
        }
    }

private:
    LayerNode fresh()
    {
        const auto name = u"n%1"_s.arg(m_random.bounded(1000));
        if (m_random.bounded(2))
            return layerNode(name);
        return m_random.bounded(2) ? groupNode(name)
                                   : groupNode(name, {layerNode(name + u'a'), groupNode(name + u'b')});
    }
    void list(const std::vector<LayerNode> &nodes, QList<const LayerNode *> &all) const
    {
        for (const auto &node : nodes) {
            all << &node;
            list(node.children, all);
        }
    }
    QUuid anyNode(const LayerTree &tree, bool orRoot)
    {
        QList<const LayerNode *> all;
        list(tree.roots(), all);
        if (all.isEmpty() || (orRoot && m_random.bounded(3) == 0))
            return {};
        return all[m_random.bounded(all.size())]->id;
    }
    TreeChange set(const LayerTree &tree)
    {
        const auto *node = tree.find(anyNode(tree, false));
        if (!node)
            return {TreeChange::Remove{QUuid::createUuid()}, {}};
        auto copy = *node;
        copy.children.clear();
        const auto title = u"renamed %1"_s.arg(m_random.bounded(1000));
        const bool visible = m_random.bounded(2);
        const double opacity = m_random.bounded(1.0);
        if (copy.layer) {
            copy.layer->title = title;
            copy.layer->visible = visible;
            copy.layer->opacity = opacity;
            copy.layer->minScale = m_random.bounded(10000);
            if (m_random.bounded(3) == 0)
                copy.layer->source.location = title;
        } else {
            copy.title = title;
            copy.visible = visible;
            copy.opacity = opacity;
        }
        return {TreeChange::Set{std::move(copy)}, {}};
    }

    QRandomGenerator m_random;
};

} // namespace

class tst_LayerTree : public QObject
{
    Q_OBJECT
private slots:
    void randomChangesAreTakenBackExactly_data();
    void randomChangesAreTakenBackExactly();
    void aFailingBatchLeavesTheTreeAsItWas();
    void missingNodesAreErrorsAndChangeNothing();
    void aGroupCannotMoveIntoItself();
    void nothingGoesIntoALayer();
    void anIdCannotComeTwice();
    void movingCountsRowsAsIfTheNodeWereGone();
    void dropsMoveSeveralNodesTogether_data();
    void dropsMoveSeveralNodesTogether();
    void aGroupTakesItsChildrenAlong();
    void dropsFromAnotherWindowAreRefused();
    void editsBecomeRequests();
    void anEmptyTitleIsNoRename();
    void foldingIsNoEdit();
    void theSceneIsFlatBottomFirstWithGroupsMultipliedIn();
    void hiddenGroupsHideTheirLayers();
    void aNewStyleWaitsForItsClasses();
    void dataAndErrorsAreStateAndNotUndone();
    void aRemovedLayerLetsGoOfItsData();
    void scaleMarksLayersThatAreOutOfIt();
    void signalsSayWhatHappened();
};

void tst_LayerTree::randomChangesAreTakenBackExactly_data()
{
    QTest::addColumn<quint32>("seed");
    for (const quint32 seed : {1u, 7u, 20260u, 99991u})
        QTest::addRow("seed %u", seed) << seed;
}

void tst_LayerTree::randomChangesAreTakenBackExactly()
{
    QFETCH(const quint32, seed);
    Fixture f;
    ChangeMaker maker(seed);
    std::vector<TreeChange> undo;
    QStringList states;
    int refused = 0;
    for (int i = 0; i < 400; ++i) {
        const auto before = toText(f.tree.roots());
        auto inverse = f.tree.apply(maker.next(f.tree));
        if (!inverse) {
            ++refused;
            QCOMPARE(toText(f.tree.roots()), before);
            continue;
        }
        states << before;
        undo.push_back(std::move(*inverse));
    }
    QVERIFY(undo.size() > 100);
    QVERIFY(refused > 0); // else the maker never tried what must not work
    const auto last = toText(f.tree.roots());
    std::vector<TreeChange> redo;
    while (!undo.empty()) {
        auto forth = f.tree.apply(std::move(undo.back()));
        undo.pop_back();
        VERIFY_RESULT(forth);
        QCOMPARE(toText(f.tree.roots()), states.takeLast());
        redo.push_back(std::move(*forth));
    }
    QVERIFY(f.tree.roots().empty());
    while (!redo.empty()) {
        VERIFY_RESULT(f.tree.apply(std::move(redo.back())));
        redo.pop_back();
    }
    QCOMPARE(toText(f.tree.roots()), last);
}

void tst_LayerTree::aFailingBatchLeavesTheTreeAsItWas()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    f.add(layerNode(u"b"_s));
    const auto before = toText(f.tree.roots());
    TreeChange::Batch batch;
    batch.changes.push_back({TreeChange::Insert{{}, 0, layerNode(u"c"_s)}, {}});
    batch.changes.push_back({TreeChange::Remove{a}, {}});
    batch.changes.push_back({TreeChange::Remove{a}, {}});
    VERIFY_FAILS(f.tree.apply({std::move(batch), {}}), ErrorKind::NotFound);
    QCOMPARE(toText(f.tree.roots()), before);
}

void tst_LayerTree::missingNodesAreErrorsAndChangeNothing()
{
    Fixture f;
    f.add(layerNode(u"a"_s));
    const auto nobody = QUuid::createUuid();
    VERIFY_FAILS(f.tree.apply({TreeChange::Remove{nobody}, {}}), ErrorKind::NotFound);
    VERIFY_FAILS(f.tree.apply({TreeChange::Move{nobody, {}, 0}, {}}), ErrorKind::NotFound);
    VERIFY_FAILS(f.tree.apply({TreeChange::Set{layerNode(u"x"_s)}, {}}), ErrorKind::NotFound);
    VERIFY_FAILS(f.tree.apply({TreeChange::Insert{nobody, 0, layerNode(u"x"_s)}, {}}), ErrorKind::NotFound);
    QCOMPARE(outline(f.tree), u"a"_s);
    f.tree.setLoading(nobody); // a layer that went while its data was on the way
    f.tree.setData(nobody, someData());
    f.tree.setFailed(nobody, {});
}

void tst_LayerTree::aGroupCannotMoveIntoItself()
{
    Fixture f;
    const auto outer = f.add(groupNode(u"outer"_s));
    const auto inner = f.add(groupNode(u"inner"_s), outer);
    VERIFY_FAILS(f.tree.apply({TreeChange::Move{outer, inner, 0}, {}}), ErrorKind::Invalid);
    VERIFY_FAILS(f.tree.apply({TreeChange::Move{outer, outer, 0}, {}}), ErrorKind::Invalid);
    QVERIFY(!f.drop({outer}, -1, inner));
    QCOMPARE(outline(f.tree), u"outer(inner())"_s);
}

void tst_LayerTree::nothingGoesIntoALayer()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    const auto b = f.add(layerNode(u"b"_s));
    VERIFY_FAILS(f.tree.apply({TreeChange::Move{b, a, 0}, {}}), ErrorKind::Invalid);
    VERIFY_FAILS(f.tree.apply({TreeChange::Insert{a, 0, layerNode(u"c"_s)}, {}}), ErrorKind::Invalid);
    QVERIFY(!(f.tree.flags(f.tree.indexOf(a)) & Qt::ItemIsDropEnabled));
}

void tst_LayerTree::anIdCannotComeTwice()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    VERIFY_FAILS(f.tree.apply({TreeChange::Insert{{}, 0, layerNode(u"again"_s, a)}, {}}), ErrorKind::Invalid);
    VERIFY_FAILS(f.tree.apply({TreeChange::Replace{{layerNode(u"x"_s, a), layerNode(u"y"_s, a)}}, {}}),
                 ErrorKind::Invalid);
    QCOMPARE(outline(f.tree), u"a"_s);
}

void tst_LayerTree::movingCountsRowsAsIfTheNodeWereGone()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    f.add(layerNode(u"b"_s));
    f.add(layerNode(u"c"_s));
    VERIFY_RESULT(f.tree.apply({TreeChange::Move{a, {}, 1}, {}}));
    QCOMPARE(outline(f.tree), u"b a c"_s);
    VERIFY_RESULT(f.tree.apply({TreeChange::Move{a, {}, 2}, {}}));
    QCOMPARE(outline(f.tree), u"b c a"_s);
    VERIFY_RESULT(f.tree.apply({TreeChange::Move{a, {}, 0}, {}}));
    QCOMPARE(outline(f.tree), u"a b c"_s);
}

void tst_LayerTree::dropsMoveSeveralNodesTogether_data()
{
    QTest::addColumn<QString>("moved");
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("expected");
    QTest::newRow("down") << u"a"_s << 3 << QString() << u"b c a d G(x y)"_s;
    QTest::newRow("up") << u"d"_s << 1 << QString() << u"a d b c G(x y)"_s;
    QTest::newRow("where it is") << u"b"_s << 1 << QString() << u"a b c d G(x y)"_s;
    QTest::newRow("just below itself") << u"b"_s << 2 << QString() << u"a b c d G(x y)"_s;
    QTest::newRow("two to the end") << u"ab"_s << 5 << QString() << u"c d G(x y) a b"_s;
    QTest::newRow("two to the top") << u"cd"_s << 0 << QString() << u"c d a b G(x y)"_s;
    QTest::newRow("around the gap") << u"ad"_s << 2 << QString() << u"b a d c G(x y)"_s;
    QTest::newRow("order of the tree, not of the choice") << u"ca"_s << 4 << QString() << u"b d a c G(x y)"_s;
    QTest::newRow("onto a group") << u"bd"_s << -1 << u"G"_s << u"a c G(b d x y)"_s;
    QTest::newRow("into a group") << u"b"_s << 1 << u"G"_s << u"a c d G(x b y)"_s;
    QTest::newRow("out of a group and from above") << u"ay"_s << 2 << QString() << u"b a y c d G(x)"_s;
    QTest::newRow("on the empty ground") << u"a"_s << -1 << QString() << u"b c d G(x y) a"_s;
    QTest::newRow("the group itself") << u"Gx"_s << 0 << QString() << u"G(x y) a b c d"_s;
}

void tst_LayerTree::dropsMoveSeveralNodesTogether()
{
    QFETCH(const QString, moved);
    QFETCH(const int, row);
    QFETCH(const QString, target);
    QFETCH(const QString, expected);
    Fixture f;
    QHash<QString, QUuid> ids;
    for (const auto &name : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
        ids[name] = f.add(layerNode(name));
    ids[u"G"_s] = f.add(groupNode(u"G"_s));
    for (const auto &name : {u"x"_s, u"y"_s})
        ids[name] = f.add(layerNode(name), ids[u"G"_s]);
    const auto before = toText(f.tree.roots());
    QList<QUuid> chosen;
    for (const auto c : moved)
        chosen << ids.value(QString(c));
    QVERIFY(f.drop(chosen, row, ids.value(target)));
    QCOMPARE(outline(f.tree), expected);
    QCOMPARE(f.undo.size(), 1u); // one step, however many moved
    VERIFY_RESULT(f.tree.apply(f.undo.back()));
    QCOMPARE(toText(f.tree.roots()), before);
}

void tst_LayerTree::aGroupTakesItsChildrenAlong()
{
    Fixture f;
    const auto g = f.add(groupNode(u"G"_s, {layerNode(u"x"_s), groupNode(u"H"_s, {layerNode(u"y"_s)})}));
    const auto z = f.add(groupNode(u"Z"_s));
    const QPersistentModelIndex y = f.tree.index(0, 0, f.tree.index(1, 0, f.tree.indexOf(g)));
    QCOMPARE(y.data().toString(), u"y"_s);
    QVERIFY(f.drop({g}, -1, z));
    QCOMPARE(outline(f.tree), u"Z(G(x H(y)))"_s);
    QVERIFY(y.isValid());
    QCOMPARE(y.data().toString(), u"y"_s);
}

void tst_LayerTree::dropsFromAnotherWindowAreRefused()
{
    Fixture here;
    Fixture there;
    const auto id = QUuid::createUuid();
    here.add(layerNode(u"a"_s, id));
    there.add(layerNode(u"a"_s, id));
    const std::unique_ptr<QMimeData> data(there.tree.mimeData({there.tree.indexOf(id)}));
    QVERIFY(!here.tree.dropMimeData(data.get(), Qt::MoveAction, 0, 0, {}));
    QMimeData other;
    other.setText(u"hello"_s);
    QVERIFY(!here.tree.dropMimeData(&other, Qt::MoveAction, 0, 0, {}));
    QVERIFY(!here.tree.dropMimeData(nullptr, Qt::MoveAction, 0, 0, {}));
}

void tst_LayerTree::editsBecomeRequests()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    const auto g = f.add(groupNode(u"G"_s));
    QVERIFY(f.tree.setData(f.tree.indexOf(a), u" Buildings "_s));
    QVERIFY(f.tree.setData(f.tree.indexOf(a), Qt::Unchecked, Qt::CheckStateRole));
    QVERIFY(f.tree.setData(f.tree.indexOf(g), Qt::Unchecked, Qt::CheckStateRole));
    QVERIFY(f.tree.setData(f.tree.indexOf(g), 0.25, LayerTree::OpacityRole));
    QCOMPARE(f.tree.find(a)->layer->title, u"Buildings"_s);
    QVERIFY(!f.tree.find(a)->layer->visible);
    QVERIFY(!f.tree.find(g)->visible);
    QCOMPARE(f.tree.find(g)->opacity, 0.25);
    QCOMPARE(f.texts, (QStringList{u"Rename layer"_s, u"Hide layer"_s, u"Hide group"_s, u"Change opacity"_s}));
    while (!f.undo.empty()) {
        VERIFY_RESULT(f.tree.apply(f.undo.back()));
        f.undo.pop_back();
    }
    QCOMPARE(f.tree.find(a)->layer->title, u"a"_s);
    QVERIFY(f.tree.find(a)->layer->visible);
}

void tst_LayerTree::anEmptyTitleIsNoRename()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    QVERIFY(!f.tree.setData(f.tree.indexOf(a), u"  "_s));
    QVERIFY(!f.tree.setData(f.tree.indexOf(a), u"a"_s));
    QVERIFY(f.undo.empty());
}

void tst_LayerTree::foldingIsNoEdit()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    QVERIFY(f.tree.setData(f.tree.indexOf(a), u"b"_s));
    f.tree.setExpanded(a, true);
    QCOMPARE(f.undo.size(), 1u);
    VERIFY_RESULT(f.tree.apply(f.undo.back()));
    QVERIFY(f.tree.find(a)->layer->expanded);
}

void tst_LayerTree::theSceneIsFlatBottomFirstWithGroupsMultipliedIn()
{
    Fixture f;
    const auto top = f.add(layerNode(u"top"_s));
    auto group = groupNode(u"G"_s);
    group.opacity = 0.5;
    const auto g = f.add(group);
    auto dim = layerNode(u"dim"_s);
    dim.layer->opacity = 0.5;
    const auto inner = f.add(dim, g);
    const auto bottom = f.add(layerNode(u"bottom"_s));
    const auto empty = f.add(layerNode(u"not loaded"_s));
    for (const auto &id : {top, inner, bottom})
        f.tree.setData(id, someData());
    const auto scene = f.tree.scene();
    QCOMPARE(scene.layers.size(), 3u);
    QCOMPARE(scene.layers[0].title, u"bottom"_s);
    QCOMPARE(scene.layers[1].title, u"dim"_s);
    QCOMPARE(scene.layers[1].opacity, 0.25);
    QCOMPARE(scene.layers[2].title, u"top"_s);
    QCOMPARE(f.tree.layerIds(), (QList<QUuid>{top, inner, bottom, empty}));
}

void tst_LayerTree::hiddenGroupsHideTheirLayers()
{
    Fixture f;
    const auto g = f.add(groupNode(u"G"_s, {groupNode(u"H"_s, {layerNode(u"a"_s)})}));
    f.tree.setData(f.tree.layerIds().first(), someData());
    QCOMPARE(f.tree.scene().layers.size(), 1u);
    QVERIFY(f.tree.setData(f.tree.indexOf(g), Qt::Unchecked, Qt::CheckStateRole));
    QVERIFY(f.tree.scene().layers.empty());
}

void tst_LayerTree::aNewStyleWaitsForItsClasses()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    f.tree.setData(a, someData());
    auto node = *f.tree.find(a);
    const auto old = node.layer->style;
    node.layer->style.classes.push_back({.title = u"new"_s});
    node.layer->style.kind = Style::Kind::RuleBased;
    const auto wanted = node.layer->style;
    VERIFY_RESULT(f.tree.apply({TreeChange::Set{node}, {}}));
    QVERIFY(f.tree.find(a)->layer->style == wanted);
    QVERIFY(f.tree.scene().layers[0].style == old); // its classes would be read wrongly with the new one
    f.tree.setData(a, someData());
    QVERIFY(f.tree.scene().layers[0].style == wanted);

    node.layer->style.classes[0].symbol.strokes = {Stroke{.color = Qt::red}};
    VERIFY_RESULT(f.tree.apply({TreeChange::Set{node}, {}}));
    QVERIFY(f.tree.scene().layers[0].style == node.layer->style); // colours need no new classes
}

void tst_LayerTree::dataAndErrorsAreStateAndNotUndone()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    const auto index = f.tree.indexOf(a);
    auto state = [&] { return LayerState(index.data(LayerTree::StateRole).toInt()); };
    QCOMPARE(state(), LayerState::Unloaded);
    QVERIFY(f.tree.setData(index, u"b"_s));
    f.tree.setLoading(a);
    QCOMPARE(state(), LayerState::Loading);
    const auto data = someData();
    f.tree.setData(a, data);
    QCOMPARE(state(), LayerState::Ready);
    QVERIFY(f.tree.find(a)->layer->loadedAt.isValid());
    VERIFY_RESULT(f.tree.apply(f.undo.back()));
    QCOMPARE(f.tree.find(a)->layer->data, data);
    QCOMPARE(state(), LayerState::Ready);
    f.tree.setFailed(a, {ErrorKind::NotFound, u"It is gone."_s, u"Look elsewhere."_s, {}});
    QCOMPARE(state(), LayerState::Failed);
    QCOMPARE(index.data(LayerTree::ErrorRole).toString(), u"It is gone."_s);
    QVERIFY(index.data(Qt::ToolTipRole).toString().contains(u"Look elsewhere."_s));
    QCOMPARE(f.tree.find(a)->layer->data, data); // the old state stands
    QCOMPARE(f.undo.size(), 1u);
}

void tst_LayerTree::aRemovedLayerLetsGoOfItsData()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    std::weak_ptr<const LayerData> data;
    {
        const auto loaded = someData();
        data = loaded;
        f.tree.setData(a, loaded);
    }
    auto inverse = f.tree.apply({TreeChange::Remove{a}, {}});
    VERIFY_RESULT(inverse);
    QVERIFY(data.expired());
    VERIFY_RESULT(f.tree.apply(*inverse));
    QCOMPARE(f.tree.find(a)->layer->state, LayerState::Unloaded);
}

void tst_LayerTree::scaleMarksLayersThatAreOutOfIt()
{
    Fixture f;
    auto node = layerNode(u"a"_s);
    node.layer->minScale = 5000;
    const auto a = f.add(node);
    f.add(layerNode(u"b"_s));
    f.tree.setScale(2000);
    QVERIFY(!f.tree.indexOf(a).data(LayerTree::OutOfScaleRole).toBool());
    QSignalSpy changed(&f.tree, &LayerTree::dataChanged);
    f.tree.setScale(20000);
    QCOMPARE(changed.size(), 1); // only the layer that went out
    QVERIFY(f.tree.indexOf(a).data(LayerTree::OutOfScaleRole).toBool());
    QVERIFY(!f.tree.indexOf(a).data(Qt::AccessibleDescriptionRole).toString().isEmpty());
}

void tst_LayerTree::signalsSayWhatHappened()
{
    Fixture f;
    QSignalSpy layers(&f.tree, &LayerTree::layersChanged);
    QSignalSpy scene(&f.tree, &LayerTree::sceneChanged);
    const auto a = f.add(layerNode(u"a"_s));
    QCOMPARE(layers.size(), 1);
    QCOMPARE(scene.size(), 1);
    QVERIFY(f.tree.setData(f.tree.indexOf(a), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(layers.size(), 1);
    QCOMPARE(scene.size(), 2);
    auto node = *f.tree.find(a);
    node.layer->source.options = {{u"crs"_s, u"EPSG:31467"_s}};
    VERIFY_RESULT(f.tree.apply({TreeChange::Set{node}, {}}));
    QCOMPARE(layers.size(), 2);
    TreeChange::Batch batch;
    for (int i = 0; i < 5; ++i)
        batch.changes.push_back({TreeChange::Insert{{}, 0, layerNode(u"x"_s)}, {}});
    VERIFY_RESULT(f.tree.apply({std::move(batch), {}}));
    QCOMPARE(layers.size(), 3); // once, however many came
    QCOMPARE(scene.size(), 4);
}

QTEST_GUILESS_MAIN(tst_LayerTree)
#include "tst_layertree.moc"
