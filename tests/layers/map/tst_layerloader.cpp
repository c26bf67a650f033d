// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/layerloader.h"
#include "tests/support/testkit.h"

#include <QElapsedTimer>
#include <QFile>
#include <QMutex>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <atomic>
#include <condition_variable>
#include <mutex>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

/** What the fake does for a location, and what it saw. Shared with worker threads. */
struct Ledger {
    std::mutex mutex;
    std::condition_variable changed;
    QStringList reads; ///< locations, in the order in which reading began
    QStringList askedFields; ///< of the last read
    QList<int> epsg; ///< of each read
    QSet<QString> held; ///< reads of these wait until released or cancelled
    int cancelled = 0;
    std::atomic_int inside = 0; ///< workers in a read right now
    std::atomic_int askedInFull = 0; ///< features that were asked for in full precision

    void release(const QString &location)
    {
        const std::lock_guard lock(mutex);
        held.remove(location);
        changed.notify_all();
    }
    int readsOf(const QString &location)
    {
        const std::lock_guard lock(mutex);
        return int(reads.count(location));
    }
};

class FakeFeatures final : public FeatureSource
{
public:
    FakeFeatures(SourceRef ref, std::shared_ptr<Ledger> ledger)
        : m_ref(std::move(ref))
        , m_ledger(std::move(ledger))
    {
    }
    LayerDescription description() const override
    {
        return {.name = m_ref.location,
                .geometryKinds = m_ref.location.contains("of one kind"_L1) ? std::vector{GeometryKind::Polygon}
                                                                           : std::vector<GeometryKind>(),
                .fields = {{.name = u"kind"_s}, {.name = u"name"_s}},
                .provenance = {.personal = m_ref.location.contains("personal"_L1)}};
    }
    Result<FeatureSetPtr> read(const FeatureQuery &query, CancelToken token, const Progress &progress) const override
    {
        ++m_ledger->inside;
        const auto result = doRead(query, token, progress);
        --m_ledger->inside;
        return result;
    }
    /** In full precision: the “rounded bad polygon” is none. */
    Result<std::vector<Feature>> features(std::span<const qint64> ids, const Crs &, CancelToken) const override
    {
        std::vector<Feature> all;
        for (const auto id : ids) {
            if (m_ref.location.contains("rounded"_L1))
                all.push_back({.id = id, .geometry = {GeometryKind::Polygon, {{0, 0}, {5, 0}, {5, 5}, {0, 0}}, {4}}});
        }
        m_ledger->askedInFull += int(ids.size());
        return all;
    }

private:
    Result<FeatureSetPtr> doRead(const FeatureQuery &query, CancelToken token, const Progress &progress) const
    {
        {
            std::unique_lock lock(m_ledger->mutex);
            m_ledger->reads << m_ref.location;
            m_ledger->askedFields = query.fields;
            m_ledger->epsg << query.crs.epsg();
            m_ledger->changed.notify_all();
            const std::stop_callback wake(token, [this] { m_ledger->changed.notify_all(); });
            while (m_ledger->held.contains(m_ref.location) && !token.stop_requested())
                m_ledger->changed.wait_for(lock, std::chrono::milliseconds(5));
            if (token.stop_requested()) {
                ++m_ledger->cancelled;
                return cancelled();
            }
        }
        report(progress, 0.5);
        if (m_ref.location.contains("out of memory"_L1))
            throw std::bad_alloc();
        if (m_ref.location.contains("interrupted"_L1))
            return cancelled();
        return makeSet(query);
    }
    FeatureSetPtr makeSet(const FeatureQuery &query) const
    {
        QList<Field> fields;
        for (const auto &name : {u"kind"_s, u"name"_s}) {
            if (query.fields.contains(name))
                fields << Field{.name = name};
        }
        FeatureSetBuilder builder(query.crs, {0, 0, 100, 100}, fields);
        for (int i = 0; i < 10; ++i) {
            Feature feature{.id = i};
            for (const auto &field : std::as_const(fields))
                feature.values << (field.name == "kind"_L1 ? QVariant(i % 2 ? u"odd"_s : u"even"_s) : QVariant(i));
            const double x = 10.0 * i;
            // the third one is a bow tie, which no polygon may be
            if (i == 3 && m_ref.location.contains("bad polygon"_L1))
                feature.geometry = {GeometryKind::Polygon, {{x, 0}, {x + 5, 5}, {x + 5, 0}, {x, 5}, {x, 0}}, {5}};
            else
                feature.geometry = {GeometryKind::Polygon, {{x, 0}, {x + 5, 0}, {x + 5, 5}, {x, 5}, {x, 0}}, {5}};
            builder.add(feature);
        }
        return builder.finish();
    }

    SourceRef m_ref;
    std::shared_ptr<Ledger> m_ledger;
};

class FakeRaster final : public RasterSource
{
public:
    LayerDescription description() const override { return {.name = u"raster"_s, .kind = LayerKind::Raster}; }
    Result<RasterBlock> read(const RasterQuery &, CancelToken) const override { return RasterBlock(); }
    Result<std::vector<double>> valuesAt(PointXY, const Crs &, CancelToken) const override { return {}; }
};

class FakeOpener final : public SourceOpener
{
public:
    Result<SourceDescription> inspect(const SourceRef &, CancelToken) const override { return SourceDescription(); }
    Result<OpenedSource> open(const SourceRef &ref, CancelToken) const override
    {
        ++opened;
        if (ref.location.contains("missing"_L1) && !present)
            return failure(ErrorKind::NotFound, u"The file “%1” is not there."_s.arg(ref.location));
        if (ref.location.contains("raster"_L1))
            return std::make_shared<const FakeRaster>();
        return std::make_shared<const FakeFeatures>(ref, ledger);
    }
    std::shared_ptr<Ledger> ledger = std::make_shared<Ledger>();
    mutable std::atomic_int opened = 0;
    std::atomic_bool present = false;
};

LayerNode layerNode(const QString &location, bool visible = true)
{
    Layer layer{.id = QUuid::createUuid(), .title = location};
    layer.source.location = location;
    layer.style = Style::plain(GeometryKind::Polygon, 1);
    layer.visible = visible;
    return {.id = layer.id, .layer = layer};
}

Style byKind()
{
    Style style;
    style.kind = Style::Kind::Categorised;
    style.field = u"kind"_s;
    style.classes = {{.title = u"odd"_s, .value = u"odd"_s}, {.title = u"even"_s, .value = u"even"_s}};
    return style;
}

struct Fixture {
    FakeOpener opener;
    LayerTree tree;
    QThreadPool pool;
    std::unique_ptr<LayerLoader> loader;

    explicit Fixture(int threads = 2)
    {
        pool.setMaxThreadCount(threads);
        loader = std::make_unique<LayerLoader>(tree, opener, pool);
    }
    ~Fixture()
    {
        loader.reset();
        pool.waitForDone();
    }
    Ledger &ledger() { return *opener.ledger; }
    QUuid add(LayerNode node, int row = -1)
    {
        const auto id = node.id;
        (void)tree.apply({TreeChange::Insert{{}, row, std::move(node)}, {}});
        return id;
    }
    const Layer &layer(const QUuid &id) { return *tree.find(id)->layer; }
    bool isReady(const QUuid &id) { return layer(id).state == LayerState::Ready; }
    void edit(const QUuid &id, const std::function<void(Layer &)> &change)
    {
        auto node = *tree.find(id);
        change(*node.layer);
        (void)tree.apply({TreeChange::Set{std::move(node)}, {}});
    }
};

} // namespace

class tst_LayerLoader : public QObject
{
    Q_OBJECT
private slots:
    void aLayerIsLoadedAndClassified();
    void aDefaultStyleSettlesWithTheKindOfTheObjects();
    void rastersAreOpenedOnly();
    void visibleLayersComeFirst();
    void oneBadLayerHoldsUpNone();
    void aFailedLayerKeepsItsOldData();
    void aFailedLayerCanBeTriedAgain();
    void theSameTreeAnewIsLoadedAnew();
    void exceptionsBecomeErrors_data();
    void exceptionsBecomeErrors();
    void theNewestRequestWins();
    void oldDataStandsWhileReloading();
    void anotherStyleOnlyClassifiesAgain();
    void aStyleThatNeedsMoreColumnsReadsAgain();
    void aFieldThatTheSourceHasNotIsNoReasonToRead();
    void aStyleChangedWhileLoadingIsClassifiedBeforeItShows();
    void anotherCrsReadsVectorsAgain();
    void removedLayersAreCancelled();
    void aLayerThatComesBackIsAtHand();
    void changedFilesAreNotTakenFromMemory();
    void personalDataIsNotKept();
    void layersOfTheSameSourceShareTheirFeatures();
    void aDuplicateNeedsNoReading();
    void invalidPolygonsAreFoundAfterwards();
    void polygonsThatOnlyRoundingCrossesAreNotMarked();
    void busyIsToldOnAndOff();
    void progressComesToTheGuiThread();
    void theGuiThreadNeverWaits();
    void destructionCancelsAndWaits();
};

void tst_LayerLoader::aLayerIsLoadedAndClassified()
{
    Fixture f;
    auto node = layerNode(u"a"_s);
    node.layer->style = byKind();
    const auto id = f.add(node);
    QTRY_VERIFY(f.isReady(id));
    const auto &data = *f.layer(id).data;
    QCOMPARE(data.features->size(), 10u);
    QVERIFY(data.features->crs == Crs::working());
    QCOMPARE(data.classes.size(), 10u);
    for (std::size_t i = 0; i < 10; ++i)
        QCOMPARE(int(data.classes[i]), data.features->ids[i] % 2 ? 0 : 1);
    QCOMPARE(data.description.name, u"a"_s);
    QVERIFY(f.layer(id).loadedAt.isValid());
}

void tst_LayerLoader::aDefaultStyleSettlesWithTheKindOfTheObjects()
{
    Fixture f;
    auto areas = layerNode(u"areas of one kind"_s), mixed = layerNode(u"mixed"_s), chosen = areas;
    chosen.id = chosen.layer->id = QUuid::createUuid();
    areas.layer->style = mixed.layer->style = chosen.layer->style = Style::plain(GeometryKind::None, 3);
    chosen.layer->style.classes.front().symbol.markers.front().size = 5; // somebody wants it so
    const auto a = f.add(areas), m = f.add(mixed), c = f.add(chosen);
    QTRY_VERIFY(f.isReady(a) && f.isReady(m) && f.isReady(c));
    QVERIFY(f.layer(a).style == Style::plain(GeometryKind::Polygon, 3));
    QVERIFY(f.layer(m).style == mixed.layer->style);
    QVERIFY(f.layer(c).style == chosen.layer->style);
    QCOMPARE(f.layer(a).data->classes.size(), 10U);
}

void tst_LayerLoader::rastersAreOpenedOnly()
{
    Fixture f;
    const auto id = f.add(layerNode(u"raster"_s));
    QTRY_VERIFY(f.isReady(id));
    QVERIFY(f.layer(id).data->isRaster());
    f.loader->setCrs(Crs::fromEpsg(25833));
    f.edit(id, [](Layer &l) { l.style.classes.clear(); });
    QTRY_VERIFY(!f.loader->isBusy());
    QVERIFY(f.isReady(id));
    QCOMPARE(f.opener.opened.load(), 1); // rasters are warped when they are drawn
}

void tst_LayerLoader::visibleLayersComeFirst()
{
    Fixture f(1);
    auto outOfScale = layerNode(u"out of scale"_s);
    outOfScale.layer->minScale = 1000;
    f.tree.setScale(50000);
    f.add(layerNode(u"hidden"_s, false));
    f.add(outOfScale);
    f.add(layerNode(u"seen"_s));
    LayerNode group{.id = QUuid::createUuid(), .title = u"G"_s, .visible = false};
    group.children = {layerNode(u"in a hidden group"_s)};
    f.add(group);
    f.add(layerNode(u"seen too"_s));
    QTRY_COMPARE(f.ledger().reads.size(), 5);
    QCOMPARE(f.ledger().reads,
             (QStringList{u"seen"_s, u"seen too"_s, u"out of scale"_s, u"hidden"_s, u"in a hidden group"_s}));
}

void tst_LayerLoader::oneBadLayerHoldsUpNone()
{
    Fixture f;
    f.ledger().held << u"slow"_s;
    const auto missing = f.add(layerNode(u"missing"_s));
    const auto slow = f.add(layerNode(u"slow"_s));
    const auto good = f.add(layerNode(u"good"_s));
    QTRY_COMPARE(f.layer(missing).state, LayerState::Failed);
    QTRY_VERIFY(f.isReady(good));
    QCOMPARE(f.layer(slow).state, LayerState::Loading);
    QCOMPARE(f.layer(missing).error.kind, ErrorKind::NotFound);
    QVERIFY(f.tree.indexOf(missing).data(LayerTree::ErrorRole).toString().contains("missing"_L1));
    f.ledger().release(u"slow"_s);
    QTRY_VERIFY(f.isReady(slow));
}

void tst_LayerLoader::aFailedLayerKeepsItsOldData()
{
    Fixture f;
    f.opener.present = true;
    const auto id = f.add(layerNode(u"missing"_s));
    QTRY_VERIFY(f.isReady(id));
    const auto data = f.layer(id).data;
    f.opener.present = false;
    f.loader->reload(id);
    QTRY_COMPARE(f.layer(id).state, LayerState::Failed);
    QCOMPARE(f.layer(id).data->features, data->features);
    f.edit(id, [](Layer &l) { l.style.classes.push_back({.title = u"another"_s}); });
    QTRY_VERIFY(!f.loader->isBusy());
    QCOMPARE(f.layer(id).state, LayerState::Failed); // drawn anew with the old data, and still said to have failed
    QCOMPARE(f.tree.scene().layers[0].style.classes.size(), 2u);
}

void tst_LayerLoader::aFailedLayerCanBeTriedAgain()
{
    Fixture f;
    const auto id = f.add(layerNode(u"missing"_s));
    QTRY_COMPARE(f.layer(id).state, LayerState::Failed);
    f.add(layerNode(u"other"_s)); // no reason to try by itself
    QTRY_VERIFY(!f.loader->isBusy());
    QCOMPARE(f.opener.opened.load(), 2);
    f.opener.present = true;
    f.loader->reload(id);
    QTRY_VERIFY(f.isReady(id));
    QVERIFY(f.layer(id).error.what.isEmpty());
}

void tst_LayerLoader::theSameTreeAnewIsLoadedAnew()
{
    Fixture f;
    const auto nodes = std::vector{layerNode(u"good"_s), layerNode(u"missing"_s)};
    const auto good = nodes[0].id, missing = nodes[1].id;
    const auto open = [&] { return f.tree.apply({.what = TreeChange::Replace{nodes}, .text = {}}).has_value(); };
    QVERIFY(open());
    QTRY_VERIFY(f.isReady(good));
    QTRY_COMPARE(f.layer(missing).state, LayerState::Failed);
    QVERIFY(open()); // a workspace keeps the ids of its layers
    QCOMPARE(f.layer(good).state, LayerState::Unloaded);
    QTRY_VERIFY(f.isReady(good));
    QTRY_COMPARE(f.layer(missing).state, LayerState::Failed);
    f.opener.present = true;
    QVERIFY(open());
    QTRY_VERIFY(f.isReady(missing));
    QVERIFY(f.isReady(good));
}

void tst_LayerLoader::exceptionsBecomeErrors_data()
{
    QTest::addColumn<QString>("location");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("memory") << u"out of memory"_s << ErrorKind::TooLarge;
    QTest::newRow("cancelled by nobody") << u"interrupted"_s << ErrorKind::NotReadable;
}

void tst_LayerLoader::exceptionsBecomeErrors()
{
    QFETCH(const QString, location);
    QFETCH(const ErrorKind, kind);
    Fixture f;
    const auto id = f.add(layerNode(location));
    QTRY_COMPARE(f.layer(id).state, LayerState::Failed);
    QCOMPARE(f.layer(id).error.kind, kind);
    QVERIFY(f.layer(id).error.what.contains(location));
}

void tst_LayerLoader::theNewestRequestWins()
{
    Fixture f;
    f.ledger().held << u"slow"_s;
    const auto id = f.add(layerNode(u"slow"_s));
    QTRY_COMPARE(f.ledger().readsOf(u"slow"_s), 1);
    f.edit(id, [](Layer &l) { l.source.location = u"quick"_s; });
    QTRY_VERIFY(f.isReady(id));
    QCOMPARE(f.layer(id).data->description.name, u"quick"_s);
    QTRY_COMPARE(f.ledger().cancelled, 1);
    f.ledger().release(u"slow"_s);
    QTRY_VERIFY(!f.loader->isBusy());
    QCOMPARE(f.layer(id).data->description.name, u"quick"_s);
}

void tst_LayerLoader::oldDataStandsWhileReloading()
{
    Fixture f;
    const auto id = f.add(layerNode(u"a"_s));
    QTRY_VERIFY(f.isReady(id));
    const auto old = f.layer(id).data;
    f.ledger().held << u"a"_s;
    f.loader->reload(id);
    QTRY_COMPARE(f.layer(id).state, LayerState::Loading);
    QCOMPARE(f.layer(id).data, old);
    QCOMPARE(f.tree.scene().layers.size(), 1u);
    f.ledger().release(u"a"_s);
    QTRY_VERIFY(f.isReady(id));
    QVERIFY(f.layer(id).data->features != old->features);
}

void tst_LayerLoader::anotherStyleOnlyClassifiesAgain()
{
    Fixture f;
    auto node = layerNode(u"a"_s);
    node.layer->style = byKind();
    const auto id = f.add(node);
    QTRY_VERIFY(f.isReady(id));
    const auto features = f.layer(id).data->features;
    f.edit(id, [](Layer &l) { std::swap(l.style.classes[0], l.style.classes[1]); });
    QTRY_COMPARE(int(f.layer(id).data->classes[0]), f.layer(id).data->features->ids[0] % 2 ? 1 : 0);
    QCOMPARE(f.layer(id).data->features, features);
    f.edit(id, [](Layer &l) { l.style.classes[0].symbol.strokes = {Stroke{}}; });
    QTRY_VERIFY(!f.loader->isBusy());
    QCOMPARE(f.ledger().reads.size(), 1);
}

void tst_LayerLoader::aStyleThatNeedsMoreColumnsReadsAgain()
{
    Fixture f;
    const auto id = f.add(layerNode(u"a"_s));
    QTRY_VERIFY(f.isReady(id));
    QVERIFY(!f.layer(id).data->features->column(u"kind"_s));
    f.edit(id, [](Layer &l) { l.style = byKind(); });
    QTRY_VERIFY(f.isReady(id) && f.layer(id).data->features->column(u"kind"_s));
    QCOMPARE(f.ledger().reads.size(), 2);
    QCOMPARE(f.layer(id).data->classes.size(), 10u);
    QVERIFY(f.tree.scene().layers[0].style == byKind());
}

void tst_LayerLoader::aFieldThatTheSourceHasNotIsNoReasonToRead()
{
    Fixture f;
    const auto id = f.add(layerNode(u"a"_s));
    QTRY_VERIFY(f.isReady(id));
    f.edit(id, [](Layer &l) { l.style.label.field = u"no such field"_s; });
    f.edit(id, [](Layer &l) {
        l.style.kind = Style::Kind::Categorised;
        l.style.field = u"nor this"_s;
    });
    QTRY_VERIFY(!f.loader->isBusy() && f.tree.scene().layers[0].style.field == u"nor this"_s);
    QCOMPARE(f.ledger().reads.size(), 1);
}

void tst_LayerLoader::aStyleChangedWhileLoadingIsClassifiedBeforeItShows()
{
    Fixture f;
    f.ledger().held << u"a"_s;
    auto node = layerNode(u"a"_s);
    node.layer->style = byKind();
    const auto id = f.add(node);
    QTRY_COMPARE(f.ledger().readsOf(u"a"_s), 1);
    f.edit(id, [](Layer &l) { std::swap(l.style.classes[0], l.style.classes[1]); });
    f.ledger().release(u"a"_s);
    QTRY_VERIFY(f.isReady(id));
    QCOMPARE(f.ledger().readsOf(u"a"_s), 1);
    for (std::size_t i = 0; i < 10; ++i)
        QCOMPARE(int(f.layer(id).data->classes[i]), f.layer(id).data->features->ids[i] % 2 ? 1 : 0);
}

void tst_LayerLoader::anotherCrsReadsVectorsAgain()
{
    Fixture f;
    const auto id = f.add(layerNode(u"a"_s));
    QTRY_VERIFY(f.isReady(id));
    f.loader->setCrs(Crs::fromEpsg(25833));
    QTRY_VERIFY(f.isReady(id) && f.layer(id).data->features->crs.epsg() == 25833);
    f.loader->setCrs(Crs::fromEpsg(25833));
    QTRY_VERIFY(!f.loader->isBusy());
    QCOMPARE(f.ledger().epsg, (QList<int>{25832, 25833}));
}

void tst_LayerLoader::removedLayersAreCancelled()
{
    Fixture f;
    f.ledger().held << u"slow"_s;
    const auto id = f.add(layerNode(u"slow"_s));
    QTRY_COMPARE(f.ledger().readsOf(u"slow"_s), 1);
    VERIFY_RESULT(f.tree.apply({TreeChange::Remove{id}, {}}));
    QTRY_COMPARE(f.ledger().cancelled, 1);
    QTRY_VERIFY(!f.loader->isBusy());
}

void tst_LayerLoader::aLayerThatComesBackIsAtHand()
{
    Fixture f;
    const auto id = f.add(layerNode(u"a"_s));
    QTRY_VERIFY(f.isReady(id));
    auto undo = f.tree.apply({TreeChange::Remove{id}, {}});
    VERIFY_RESULT(undo);
    QTRY_VERIFY(!f.loader->isBusy());
    VERIFY_RESULT(f.tree.apply(*undo));
    QTRY_VERIFY(f.isReady(id));
    QCOMPARE(f.ledger().reads.size(), 1);
    f.loader->reload(id); // but asking for the file gets the file
    QTRY_COMPARE(f.ledger().reads.size(), 2);
    QTRY_VERIFY(f.isReady(id));
}

void tst_LayerLoader::changedFilesAreNotTakenFromMemory()
{
    QTemporaryDir dir;
    QFile file(dir.filePath(u"a"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("1");
    file.flush();
    Fixture f;
    const auto id = f.add(layerNode(file.fileName()));
    QTRY_VERIFY(f.isReady(id));
    auto undo = f.tree.apply({TreeChange::Remove{id}, {}});
    VERIFY_RESULT(undo);
    QTRY_VERIFY(!f.loader->isBusy());
    file.write("2");
    file.close();
    VERIFY_RESULT(f.tree.apply(*undo));
    QTRY_VERIFY(f.isReady(id));
    QCOMPARE(f.ledger().reads.size(), 2);
}

void tst_LayerLoader::personalDataIsNotKept()
{
    Fixture f;
    const auto id = f.add(layerNode(u"personal"_s));
    QTRY_VERIFY(f.isReady(id));
    const std::weak_ptr<const FeatureSet> features = f.layer(id).data->features;
    QTRY_VERIFY(!f.loader->isBusy());
    VERIFY_RESULT(f.tree.apply({TreeChange::Remove{id}, {}}));
    QTRY_VERIFY(features.expired());
}

void tst_LayerLoader::layersOfTheSameSourceShareTheirFeatures()
{
    Fixture f;
    const auto a = f.add(layerNode(u"same"_s));
    QTRY_VERIFY(f.isReady(a));
    const auto b = f.add(layerNode(u"same"_s));
    QTRY_VERIFY(f.isReady(b));
    QCOMPARE(f.layer(a).data->features, f.layer(b).data->features);
    QCOMPARE(f.ledger().reads.size(), 1);
}

void tst_LayerLoader::aDuplicateNeedsNoReading()
{
    Fixture f;
    const auto a = f.add(layerNode(u"a"_s));
    QTRY_VERIFY(f.isReady(a));
    auto copy = *f.tree.find(a);
    copy.id = copy.layer->id = QUuid::createUuid();
    const auto b = f.add(copy);
    QCOMPARE(f.tree.scene().layers.size(), 2u); // at once
    QTRY_VERIFY(!f.loader->isBusy());
    QVERIFY(f.isReady(b));
    QCOMPARE(f.opener.opened.load(), 1);
}

void tst_LayerLoader::invalidPolygonsAreFoundAfterwards()
{
    Fixture f;
    const auto id = f.add(layerNode(u"bad polygon"_s));
    QTRY_VERIFY(f.isReady(id) && !f.layer(id).data->invalid.empty());
    const auto &data = *f.layer(id).data;
    QCOMPARE(data.invalid.size(), 1u);
    QCOMPARE(data.features->ids[data.invalid[0]], 3);
    f.edit(id, [](Layer &l) { l.style.classes.push_back({.title = u"another"_s}); });
    QTRY_VERIFY(!f.loader->isBusy() && f.tree.scene().layers[0].style.classes.size() == 2u);
    QCOMPARE(f.layer(id).data->invalid.size(), 1u);
}

void tst_LayerLoader::polygonsThatOnlyRoundingCrossesAreNotMarked()
{
    Fixture f;
    const auto id = f.add(layerNode(u"rounded bad polygon"_s));
    QTRY_VERIFY(f.isReady(id) && f.ledger().askedInFull == 1);
    QTest::qWait(100); // nothing is to happen
    QVERIFY(f.layer(id).data->invalid.empty());
}

void tst_LayerLoader::busyIsToldOnAndOff()
{
    Fixture f;
    QSignalSpy busy(f.loader.get(), &LayerLoader::busyChanged);
    const auto a = f.add(layerNode(u"a"_s));
    f.add(layerNode(u"missing"_s));
    QTRY_VERIFY(f.isReady(a) && !f.loader->isBusy());
    QCOMPARE(busy.first().first().toBool(), true);
    QCOMPARE(busy.last().first().toBool(), false);
    QCOMPARE(busy.size() % 2, 0);
}

void tst_LayerLoader::progressComesToTheGuiThread()
{
    Fixture f;
    QSignalSpy progress(f.loader.get(), &LayerLoader::progressed);
    bool elsewhere = false;
    connect(
        f.loader.get(), &LayerLoader::progressed, this, [&] { elsewhere = QThread::currentThread() != thread(); },
        Qt::DirectConnection);
    const auto id = f.add(layerNode(u"a"_s));
    QTRY_VERIFY(f.isReady(id));
    QTRY_VERIFY(!progress.isEmpty());
    QCOMPARE(progress.first().at(0).toUuid(), id);
    QCOMPARE(progress.first().at(1).toDouble(), 0.5);
    QVERIFY(!elsewhere);
}

void tst_LayerLoader::theGuiThreadNeverWaits()
{
    Fixture f;
    QStringList names;
    for (int i = 0; i < 20; ++i) {
        names << u"slow %1"_s.arg(i);
        f.ledger().held << names.last();
        f.add(layerNode(names.last()));
    }
    QTRY_COMPARE(f.ledger().inside.load(), 2); // all threads of the pool are taken
    QElapsedTimer timer;
    timer.start();
    for (const auto &id : f.tree.layerIds()) {
        f.loader->reload(id);
        f.edit(id, [](Layer &l) { l.style = byKind(); });
    }
    f.loader->setCrs(Crs::fromEpsg(4326));
    QCoreApplication::sendPostedEvents();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    for (const auto &name : std::as_const(names))
        f.ledger().release(name);
    QTRY_VERIFY(!f.loader->isBusy());
    for (const auto &id : f.tree.layerIds())
        QVERIFY(f.isReady(id));
}

void tst_LayerLoader::destructionCancelsAndWaits()
{
    FakeOpener opener;
    auto ledger = opener.ledger;
    LayerTree tree;
    QThreadPool pool;
    pool.setMaxThreadCount(2);
    auto loader = std::make_unique<LayerLoader>(tree, opener, pool);
    for (int i = 0; i < 6; ++i) {
        const auto name = u"slow %1"_s.arg(i);
        ledger->held << name;
        VERIFY_RESULT(tree.apply({TreeChange::Insert{{}, 0, layerNode(name)}, {}}));
    }
    QTRY_COMPARE(ledger->inside.load(), 2);
    loader.reset();
    QCOMPARE(ledger->inside.load(), 0); // nobody uses the opener any more
    QTest::qWait(1); // what was on the way is dropped
    for (const auto &id : tree.layerIds())
        QVERIFY(tree.find(id)->layer->state != LayerState::Ready);
}

QTEST_GUILESS_MAIN(tst_LayerLoader)
#include "tst_layerloader.moc"
