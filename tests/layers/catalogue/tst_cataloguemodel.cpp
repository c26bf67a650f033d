// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/catalogue/cataloguemodel.h"
#include "tests/layers/catalogue/fakecatalogues.h"
#include "tests/support/testkit.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

CatalogueSource source(const QString &location, CatalogueSourceKind kind = CatalogueSourceKind::File)
{
    return {.id = location, .title = location.toUpper(), .kind = kind, .location = location};
}

struct Fixture {
    FakeCatalogues reader;
    QThreadPool pool;
    CatalogueModel model{reader, pool};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    Fixture() { tester.setUseFetchMore(false); } // it would open all sources
    ~Fixture()
    {
        reader.gate.release(1000);
        model.setSources({});
        pool.waitForDone();
    }
    CatalogueState state(const QModelIndex &index) const
    {
        return CatalogueState(index.data(CatalogueStateRole).toInt());
    }
    QStringList titles(const QModelIndex &parent) const
    {
        QStringList all;
        for (int i = 0; i < model.rowCount(parent); ++i)
            all << model.index(i, 0, parent).data().toString();
        return all;
    }
};

} // namespace

class TestCatalogueModel : public QObject
{
    Q_OBJECT
private slots:
    void aSourceIsReadWhenItIsOpened()
    {
        Fixture f;
        f.reader.trees[u"slow"_s] = {.nodes = {folder(u"Umwelt"_s, {layer(u"Lärm"_s)})}, .notes = {u"2 missing"_s}};
        f.model.setSources({source(u"slow"_s), source(u"other"_s)});
        const auto first = f.model.index(0, 0);
        QVERIFY(f.model.hasChildren(first) && f.model.canFetchMore(first));
        QCOMPARE(f.model.rowCount(first), 0);
        f.model.fetchMore(first);
        QCOMPARE(f.state(first), CatalogueState::Loading);
        QCOMPARE(f.titles(first), QStringList{u"Loading …"_s});
        QSignalSpy loaded(&f.model, &CatalogueModel::loaded);
        f.reader.gate.release();
        QTRY_COMPARE(loaded.count(), 1);
        QCOMPARE(f.titles(first), (QStringList{u"Umwelt"_s, u"2 missing"_s}));
        const auto inner = f.model.index(0, 0, f.model.index(0, 0, first));
        QCOMPARE(inner.data().toString(), u"Lärm"_s);
        QCOMPARE(f.model.pathOf(inner), (QStringList{u"SLOW"_s, u"Umwelt"_s}));
        QCOMPARE(f.model.sourceOf(inner)->id, u"slow"_s);
        QCOMPARE(CatalogueAction(inner.data(CatalogueActionRole).toInt()), CatalogueAction::Add);
        QVERIFY(inner.flags() & Qt::ItemIsDragEnabled);
        QCOMPARE(f.reader.loads, 1); // the other was left alone
        QCOMPARE(f.model.layersBelow(first), 1);
    }

    void anErrorIsARowThatTriesAgain()
    {
        Fixture f;
        f.reader.broken = true;
        f.reader.trees[u"a"_s] = {.nodes = {layer(u"x"_s)}};
        f.model.setSources({source(u"a"_s)});
        const auto row = f.model.index(0, 0);
        f.model.load(row);
        QTRY_COMPARE(f.state(row), CatalogueState::Failed);
        QCOMPARE(f.titles(row), QStringList{u"The server does not answer."_s});
        const auto error = f.model.index(0, 0, row);
        QCOMPARE(CatalogueAction(error.data(CatalogueActionRole).toInt()), CatalogueAction::Load);
        f.reader.broken = false;
        f.model.load(error);
        QTRY_COMPARE(f.state(row), CatalogueState::Ready);
        QCOMPARE(f.titles(row), QStringList{u"x"_s});
    }

    void whatWasKeptIsShownUntilTheServerSaysMore()
    {
        Fixture f;
        f.reader.trees[u"a"_s] = {.nodes = {layer(u"old"_s)}, .old = true};
        f.reader.fresh[u"a"_s] = {.nodes = {layer(u"new"_s)}};
        f.model.setSources({source(u"a"_s)});
        const auto row = f.model.index(0, 0);
        QStringList seen;
        connect(&f.model, &CatalogueModel::loaded, &f.model, [&] { seen << f.titles(row); });
        f.model.load(row);
        QTRY_COMPARE(seen.size(), 2);
        QCOMPARE(seen, (QStringList{u"old"_s, u"new"_s}));
        // a refresh that fails leaves what is there
        f.reader.broken = true;
        f.model.reload(row);
        QTRY_COMPARE(seen.size(), 3);
        QCOMPARE(f.titles(row), QStringList{u"new"_s});
        QCOMPARE(f.state(row), CatalogueState::Ready);
    }

    void aRefreshThatBringsNothingNewLeavesTheRows()
    {
        Fixture f;
        f.reader.trees[u"a"_s] = {.nodes = {folder(u"f"_s, {layer(u"x"_s)})}, .old = true};
        f.reader.fresh[u"a"_s] = {.nodes = {folder(u"f"_s, {layer(u"x"_s)})}};
        f.model.setSources({source(u"a"_s)});
        int loaded = 0;
        QPersistentModelIndex inner;
        connect(&f.model, &CatalogueModel::loaded, &f.model, [&](const QModelIndex &row) {
            if (++loaded == 1)
                inner = f.model.index(0, 0, f.model.index(0, 0, row));
        });
        f.model.load(f.model.index(0, 0));
        QTRY_COMPARE(loaded, 2);
        QVERIFY(inner.isValid()); // still unfolded for who looks at it
        QCOMPARE(inner.data().toString(), u"x"_s);
    }

    void aServiceIsAskedForItsLayers()
    {
        Fixture f;
        CatalogueNode service{.kind = CatalogueKind::Service, .title = u"Dienst"_s};
        service.source = SourceRef{.provider = u"wms"_s, .location = u"https://example.org/wms"_s};
        f.reader.trees[u"a"_s] = {.nodes = {folder(u"Thema"_s, {service})}};
        f.reader.trees[u"https://example.org/wms"_s] = {.nodes = {layer(u"eins"_s), layer(u"zwei"_s)}};
        f.model.setSources({source(u"a"_s)});
        f.model.load(f.model.index(0, 0));
        QTRY_COMPARE(f.state(f.model.index(0, 0)), CatalogueState::Ready);
        const auto thema = f.model.index(0, 0, f.model.index(0, 0));
        const auto row = f.model.index(0, 0, thema);
        QCOMPARE(f.reader.serviceLoads, 0);
        QVERIFY(f.model.canFetchMore(row));
        f.model.fetchMore(row);
        QTRY_COMPARE(f.state(row), CatalogueState::Ready);
        QCOMPARE(f.titles(row), (QStringList{u"eins"_s, u"zwei"_s}));
        const auto all = f.model.collected(thema);
        QCOMPARE(all.children.size(), 1u);
        QCOMPARE(all.children[0].children.size(), 2u); // as loaded
        QCOMPARE(f.model.searchables().size(), 4u);
    }

    void pagesAreAddedAtTheEnd()
    {
        Fixture f;
        f.reader.trees[u"c"_s] = {.nodes = {layer(u"x"_s)}, .total = 2, .nextPage = 1};
        f.model.setSources({source(u"c"_s, CatalogueSourceKind::Ckan)});
        const auto row = f.model.index(0, 0);
        f.model.loadAll();
        QCOMPARE(f.reader.loads, 0); // this one is searched there
        f.model.load(row);
        QTRY_COMPARE(f.model.rowCount(row), 2);
        const auto more = f.model.index(1, 0, row);
        QCOMPARE(CatalogueAction(more.data(CatalogueActionRole).toInt()), CatalogueAction::Load);
        f.reader.broken = true; // a page that fails leaves the offer
        f.model.load(more);
        QTRY_COMPARE(f.state(row), CatalogueState::Ready);
        QCOMPARE(f.model.rowCount(row), 2);
        f.reader.broken = false;
        f.model.load(f.model.index(1, 0, row));
        QTRY_COMPARE(f.titles(row), (QStringList{u"x"_s, u"1"_s}));
    }

    void removedSourcesTakeTheirJobsWithThem()
    {
        Fixture f;
        f.model.setSources({source(u"slow"_s), source(u"b"_s)});
        f.reader.trees[u"b"_s] = {.nodes = {layer(u"x"_s)}};
        f.model.load(f.model.index(0, 0));
        f.model.load(f.model.index(1, 0));
        QTRY_COMPARE(f.state(f.model.index(1, 0)), CatalogueState::Ready);
        QSignalSpy loaded(&f.model, &CatalogueModel::loaded);
        f.model.setSources({source(u"b"_s)});
        f.pool.waitForDone();
        QTest::qWait(10);
        QCOMPARE(loaded.count(), 0);
        QCOMPARE(f.titles(f.model.index(0, 0)), QStringList{u"x"_s}); // what stayed keeps what it had
    }

    void sourcesComeGoAndMoveWithWhatTheyHold()
    {
        Fixture f;
        f.reader.trees[u"a"_s] = {.nodes = {layer(u"x"_s)}};
        f.model.setSources({source(u"a"_s), source(u"b"_s), source(u"c"_s)});
        f.model.load(f.model.index(0, 0));
        QTRY_COMPARE(f.state(f.model.index(0, 0)), CatalogueState::Ready);
        const QPersistentModelIndex inner = f.model.index(0, 0, f.model.index(0, 0));
        auto renamed = source(u"a"_s);
        renamed.title = u"new name"_s;
        f.model.setSources({source(u"c"_s), source(u"d"_s), renamed});
        QCOMPARE(f.titles({}), (QStringList{u"C"_s, u"D"_s, u"new name"_s}));
        QVERIFY(inner.isValid());
        QCOMPARE(inner.parent().row(), 2);
        QCOMPARE(f.model.sourceOf(inner)->title, u"new name"_s);
        QCOMPARE(f.reader.loads, 1);
    }

    void whatIsDraggedComesWhole()
    {
        Fixture f;
        f.reader.trees[u"a"_s] = {.nodes = {folder(u"f"_s, {layer(u"x"_s), layer(u"y"_s)})}};
        f.model.setSources({source(u"a"_s)});
        f.model.load(f.model.index(0, 0));
        QTRY_COMPARE(f.state(f.model.index(0, 0)), CatalogueState::Ready);
        const std::unique_ptr<QMimeData> data(f.model.mimeData({f.model.index(0, 0, f.model.index(0, 0))}));
        const auto *drag = qobject_cast<CatalogueDrag *>(data.get());
        QVERIFY(drag && drag->hasFormat(CatalogueDrag::type()));
        QCOMPARE(drag->nodes.size(), 1u);
        QCOMPARE(drag->nodes[0].children.size(), 2u);
    }

    void textsOfOthersAreNoMarkup()
    {
        Fixture f;
        auto evil = layer(u"<b>x</b>"_s);
        evil.abstract = u"<img src=x>"_s;
        f.reader.trees[u"a"_s] = {.nodes = {evil}};
        f.model.setSources({source(u"a"_s)});
        f.model.load(f.model.index(0, 0));
        QTRY_COMPARE(f.state(f.model.index(0, 0)), CatalogueState::Ready);
        const auto tip = f.model.index(0, 0, f.model.index(0, 0)).data(Qt::ToolTipRole).toString();
        QVERIFY(tip.contains(u"&lt;img"_s) && !tip.contains(u"<img"_s) && !tip.contains(u"<b>"_s));
    }
};

QTEST_GUILESS_MAIN(TestCatalogueModel)
#include "tst_cataloguemodel.moc"
