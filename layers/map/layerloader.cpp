// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/layerloader.h"

#include "layers/map/layernodes.h"

#include <QDateTime>
#include <QFileInfo>
#include <QSet>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <new>
#include <utility>

using namespace Qt::StringLiterals;

namespace hanseatlas
{
namespace
{

/** What tells that a file is still the one that was read. Sources that are no local files have none, all alike. */
struct Stamp {
    qint64 size = -1;
    QDateTime modified;
    bool operator==(const Stamp &) const = default;

    static Stamp of(const SourceRef &ref)
    {
        const QFileInfo file(ref.location);
        return file.exists() ? Stamp{file.size(), file.lastModified()} : Stamp();
    }
};

struct Request {
    SourceRef source;
    Crs crs;
    QStringList fields;
};

/** What a request has brought, for a layer in the tree or for one that just left it. */
struct Read {
    Request request;
    Stamp stamp;
    LayerDataPtr data;
};

/** Counts the workers that may touch what their owner lent them, so that it can wait for the last one. */
class Crew
{
public:
    bool enter()
    {
        const std::lock_guard lock(m_mutex);
        m_active += m_closed ? 0 : 1;
        return !m_closed;
    }
    void leave()
    {
        const std::lock_guard lock(m_mutex);
        --m_active;
        m_changed.notify_all();
    }
    void closeAndWait()
    {
        std::unique_lock lock(m_mutex);
        m_closed = true;
        m_changed.wait(lock, [this] { return m_active == 0; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_active = 0;
    bool m_closed = false;
};

/** Runs the work as a member of the crew. What it throws becomes an error: a job must always end. */
template <class Work>
std::invoke_result_t<Work> asCrew(const std::shared_ptr<Crew> &crew, const QString &title, Work work)
{
    if (!crew->enter())
        return cancelled();
    struct Leave {
        Crew &crew;
        ~Leave() { crew.leave(); }
    } leave{*crew};
    try {
        return work();
    } catch (const std::bad_alloc &) {
        return failure(ErrorKind::TooLarge,
                       LayerLoader::tr("There is not enough memory for the layer “%1”.").arg(title),
                       LayerLoader::tr("Remove other layers first, or open only a part of the data."));
    } catch (const std::exception &e) {
        return failure(ErrorKind::Internal, LayerLoader::tr("The layer “%1” could not be loaded.").arg(title), {},
                       QString::fromLocal8Bit(e.what()));
    }
}

bool isRaster(const LayerDataPtr &data)
{
    return data && data->isRaster();
}

bool hasPolygons(const LayerDataPtr &data)
{
    return data && data->features && std::ranges::contains(data->features->kinds, GeometryKind::Polygon);
}

LayerDataPtr withClasses(const LayerData &data, std::vector<std::int16_t> classes)
{
    auto copy = std::make_shared<LayerData>(data);
    copy->classes = std::move(classes);
    return copy;
}

/** Fields that the style wants and the read has not asked for, though the source has them. */
bool lacksColumns(const Style &style, const QStringList &asked, const LayerDataPtr &data)
{
    return std::ranges::any_of(style.fields(), [&](const QString &name) {
        return !asked.contains(name) && (!data || std::ranges::contains(data->description.fields, name, &Field::name));
    });
}

/** Many a service tells of which kind its objects are only by the objects: the calm default for anything then becomes
 * that of their kind. A style that somebody has chosen stays. */
std::optional<Style> settledStyle(const Style &style, const LayerDataPtr &data)
{
    const auto kind = data ? mainKind(data->description) : GeometryKind::None;
    if (kind == GeometryKind::None)
        return {};
    constexpr int hues = 32; // more than there are; they repeat
    for (int seed = 0; seed < hues; ++seed) {
        if (style == Style::plain(GeometryKind::None, seed))
            return Style::plain(kind, seed);
    }
    return {};
}

} // namespace

Result<std::vector<std::uint32_t>> invalidOf(const LayerData &data, CancelToken token)
{
    const auto &set = *data.features;
    auto suspects = invalidFeatures(set, token);
    const auto *source = std::get_if<std::shared_ptr<const FeatureSource>>(&data.source);
    if (!suspects || !source || !*source)
        return suspects;
    constexpr std::size_t atOnce = 500;
    QSet<qint64> cleared;
    for (std::size_t from = 0; from < suspects->size(); from += atOnce) {
        std::vector<qint64> ids;
        for (auto i = from; i < std::min(from + atOnce, suspects->size()); ++i)
            ids.push_back(set.ids[(*suspects)[i]]);
        const auto features = (*source)->features(ids, {}, token);
        if (token.stop_requested())
            return cancelled();
        if (!features)
            break;
        for (const auto &feature : *features) {
            if (validityProblem(feature.geometry).isEmpty())
                cleared.insert(feature.id);
        }
    }
    std::erase_if(*suspects, [&](std::uint32_t row) { return cleared.contains(set.ids[row]); });
    return suspects;
}

Result<LayerDataPtr> loadLayer(const Layer &layer, const SourceOpener &opener, const Crs &crs, CancelToken token,
                               const Progress &progress, bool anew)
{
    auto opened = opener.open(layer.source, token);
    if (!opened)
        return std::unexpected(std::move(opened.error()));
    auto data = std::make_shared<LayerData>();
    data->source = *std::move(opened);
    if (const auto *raster = std::get_if<std::shared_ptr<const RasterSource>>(&data->source)) {
        data->description = (*raster)->description();
        return data;
    }
    const auto &source = std::get<std::shared_ptr<const FeatureSource>>(data->source);
    if (anew) {
        if (const auto renewed = source->refresh(token, progress); !renewed)
            return std::unexpected(renewed.error());
    }
    auto features = source->read({.crs = crs, .fields = layer.style.fields()}, token, progress);
    if (!features)
        return std::unexpected(std::move(features.error()));
    data->description = source->description();
    data->features = *std::move(features);
    data->classes = classify(layer.style, *data->features);
    if (token.stop_requested())
        return cancelled();
    return data;
}

struct LayerLoader::Private {
    enum class Job { None, Load, Classify };

    struct Entry {
        std::optional<Request> request; ///< the last one that was started
        std::optional<Error> error; ///< that it ended with
        Read read; ///< the newest that came; stands while another is under way
        Style style; ///< that its classes are by
        bool fresh = false; ///< reload() was called: nothing that is at hand will do
        Job pending = Job::None;
        bool checkPending = false;
        Latest work;
        Latest check;
        std::shared_ptr<const RasterSource> followed; ///< whose arrivals `arrived` gathers
        std::unique_ptr<QTimer> arrived;
    };

    Private(LayerLoader &l, LayerTree &t, const SourceOpener &o, QThreadPool &p)
        : loader(l)
        , tree(t)
        , opener(o)
        , pool(p)
    {
        waitPool.setMaxThreadCount(mostWaiting);
        waitPool.setExpiryTimeout(2000);
        drawing.setSingleShot(true);
        QObject::connect(&drawing, &QTimer::timeout, &drawing, [this] { startNext(); });
    }

    LayerLoader &loader;
    LayerTree &tree;
    const SourceOpener &opener;
    QThreadPool &pool;
    Crs crs = Crs::working();
    std::shared_ptr<Crew> crew = std::make_shared<Crew>();
    QHash<QUuid, std::shared_ptr<Entry>> entries;
    std::vector<Read>
        recent; ///< of layers that left the tree, newest first: themes share layers, and undo brings them back
    bool scheduled = false;
    bool busy = false;
    /** Who waits for a server needs no core, and a server that never answers must not hold up the others. */
    QThreadPool waitPool;

    /** What is in sight has just been read: its picture comes before the rest, which needs the same cores. */
    QTimer drawing;

    static constexpr int arrivalPause = 200; ///< ms
    static constexpr int drawingTime = 250; ///< ms
    static constexpr int mostWaiting = 256;
    static constexpr std::size_t recentBytes = 96 * 1024 * 1024;

    const Layer *layerOf(const QUuid &id) const
    {
        const auto *node = tree.find(id);
        return node && node->layer ? &*node->layer : nullptr;
    }
    void schedule();
    void sync();
    void dropGone();
    void keep(const Read &read);
    void adopt(Entry &entry, const Layer &layer);
    void want(const QUuid &id, Entry &entry, const Layer &layer);
    bool needsLoad(const Entry &entry, const Layer &layer) const;
    void startNext();
    int urgency(const QUuid &id) const;
    bool isInSight(const QUuid &id) const { return urgency(id) == 0; }
    bool readsWhatIsInSight() const;
    const Read *atHand(const Request &request, const Style &style) const;
    void startLoad(const QUuid &id, Entry &entry);
    void startClassify(const QUuid &id, Entry &entry);
    void startCheck(const QUuid &id, Entry &entry);
    void loaded(const QUuid &id, const Style &style, Result<Read> result);
    void publish(const QUuid &id, Entry &entry);
    void follow(const QUuid &id, Entry &entry);
    void tellBusy();
    Progress progressOf(const QUuid &id) const;
};

/** Changes come in bunches; looking once, after the last of them, is enough. */
void LayerLoader::Private::schedule()
{
    if (std::exchange(scheduled, true))
        return;
    QMetaObject::invokeMethod(
        &loader,
        [this] {
            scheduled = false;
            sync();
        },
        Qt::QueuedConnection);
}

void LayerLoader::Private::sync()
{
    dropGone();
    for (const auto &id : tree.layerIds()) {
        auto &entry = entries[id];
        if (entry && entry->request && layerOf(id)->state == LayerState::Unloaded) {
            keep(entry->read); // the same workspace has been opened anew: the layer is as if it had just come
            entry.reset();
        }
        if (!entry)
            entry = std::make_shared<Entry>();
        want(id, *entry, *layerOf(id));
    }
    startNext();
}

void LayerLoader::Private::dropGone()
{
    for (auto it = entries.begin(); it != entries.end();) {
        if (layerOf(it.key())) {
            ++it;
            continue;
        }
        keep((*it)->read);
        it = entries.erase(it); // cancels its jobs
    }
}

void LayerLoader::Private::keep(const Read &read)
{
    if (!read.data || !read.data->features || read.data->description.provenance.personal)
        return;
    recent.insert(recent.begin(), read);
    std::size_t sum = 0;
    const auto tooMuch = std::ranges::find_if(recent, [&](const Read &r) {
        sum += r.data->features->bytes();
        return sum > recentBytes;
    });
    recent.erase(tooMuch, recent.end());
}

/** A layer may come with its data, e.g. a duplicate. */
void LayerLoader::Private::adopt(Entry &entry, const Layer &layer)
{
    const auto &features = layer.data->features;
    if (features && (features->crs != crs || layer.data->classes.size() != features->size()))
        return;
    Request request{layer.source, crs, {}};
    if (features) {
        for (const auto &column : features->columns)
            request.fields << column.field.name;
    }
    entry.request = request;
    entry.read = {.request = request, .data = layer.data};
    entry.style = layer.style;
    if (!lacksColumns(layer.style, request.fields, layer.data))
        publish(layer.id, entry);
}

bool LayerLoader::Private::needsLoad(const Entry &entry, const Layer &layer) const
{
    if (!entry.request || entry.fresh || entry.request->source != layer.source)
        return true;
    const auto data = entry.read.request.source == layer.source ? entry.read.data : LayerDataPtr();
    if (entry.request->crs != crs && !isRaster(data))
        return true;
    return !entry.error && lacksColumns(layer.style, entry.request->fields, data);
}

/** Compares what the layer needs with what it has or will get, and notes what is to be done. */
void LayerLoader::Private::want(const QUuid &id, Entry &entry, const Layer &layer)
{
    if (!entry.request && layer.data)
        adopt(entry, layer);
    if (entry.pending == Job::Load)
        return; // takes what the layer says when it starts
    if (needsLoad(entry, layer)) {
        entry.work.cancel();
        entry.pending = Job::Load;
        tree.setLoading(id);
    } else if (entry.read.data && !sameClasses(entry.style, layer.style)) {
        if (!entry.work.isRunning())
            entry.pending = Job::Classify;
    }
}

int LayerLoader::Private::urgency(const QUuid &id) const
{
    for (auto index = tree.indexOf(id); index.isValid(); index = index.parent()) {
        if (index.data(Qt::CheckStateRole).toInt() != Qt::Checked)
            return 2;
    }
    return layerOf(id)->inScale(tree.scale()) ? 0 : 1;
}

/** From files, that is: who waits for a server keeps no core from others. */
bool LayerLoader::Private::readsWhatIsInSight() const
{
    for (auto it = entries.begin(); it != entries.end(); ++it) {
        const auto *layer = layerOf(it.key());
        if (layer && !layer->source.isRemote() && (*it)->work.isRunning() && isInSight(it.key()))
            return true;
    }
    return false;
}

void LayerLoader::Private::startNext()
{
    auto isRemote = [](const Entry &e) { return e.request && e.request->source.isRemote(); };
    auto running = std::ranges::count_if(entries, [&](const auto &e) { return e->work.isRunning() && !isRemote(*e); });
    QList<QUuid> waiting;
    for (const auto &id : tree.layerIds()) {
        if (const auto entry = entries.value(id); entry && entry->pending != Job::None)
            waiting << id;
    }
    std::ranges::stable_sort(waiting, {}, [this](const QUuid &id) { return urgency(id); });
    bool restWaits = drawing.isActive() || readsWhatIsInSight();
    for (const auto &id : waiting) {
        auto &entry = *entries[id];
        const bool remote = layerOf(id)->source.isRemote();
        if (!remote && isInSight(id))
            restWaits = true;
        else if (!remote && restWaits)
            continue;
        if (!remote && running++ >= std::max(1, pool.maxThreadCount()))
            continue;
        if (std::exchange(entry.pending, Job::None) == Job::Load)
            startLoad(id, entry);
        else
            startClassify(id, entry);
    }
    tellBusy();
    if (busy || drawing.isActive() || std::ranges::any_of(entries, [](const auto &e) { return e->check.isRunning(); }))
        return;
    for (auto it = entries.begin(); it != entries.end(); ++it) {
        if (std::exchange((*it)->checkPending, false))
            return startCheck(it.key(), **it);
    }
}

const Read *LayerLoader::Private::atHand(const Request &request, const Style &style) const
{
    auto fits = [&](const Read &read) {
        return read.data && read.data->features && read.request.source == request.source
            && read.request.crs == request.crs && !lacksColumns(style, read.request.fields, read.data);
    };
    for (const auto &entry : entries) {
        if (fits(entry->read))
            return &entry->read;
    }
    const auto found = std::ranges::find_if(recent, fits);
    return found == recent.end() ? nullptr : &*found;
}

Progress LayerLoader::Private::progressOf(const QUuid &id) const
{
    return [last = std::make_shared<std::atomic_int>(-1), id, target = &loader](double fraction) {
        const int percent = int(fraction * 100);
        if (last->exchange(percent) == percent)
            return; // more than the eye can see would only keep the GUI thread busy
        QMetaObject::invokeMethod(target, [=] { emit target->progressed(id, fraction); }, Qt::QueuedConnection);
    };
}

void LayerLoader::Private::startLoad(const QUuid &id, Entry &entry)
{
    auto layer = *layerOf(id);
    layer.data.reset();
    Request request{layer.source, crs, layer.style.fields()};
    std::optional<Read> had;
    if (const auto *read = entry.fresh ? nullptr : atHand(request, layer.style)) {
        had = *read;
        request.fields = read->request.fields;
    }
    entry.request = request;
    entry.error.reset();
    const bool anew = entry.fresh && entry.read.data;
    entry.fresh = entry.checkPending = false;
    entry.check.cancel();
    entry.work.run(
        layer.source.isRemote() ? waitPool : pool,
        [crew = crew, layer, had, request, anew, &opener = opener, progress = progressOf(id)](CancelToken token) {
            return asCrew(crew, layer.title, [&]() -> Result<Read> {
                const auto stamp = Stamp::of(layer.source);
                if (had && had->stamp == stamp)
                    return Read{request, stamp, withClasses(*had->data, classify(layer.style, *had->data->features))};
                auto data = loadLayer(layer, opener, request.crs, token, progress, anew);
                if (!data)
                    return std::unexpected(std::move(data.error()));
                return Read{request, stamp, *std::move(data)};
            });
        },
        [this, id, style = layer.style](Result<Read> result) { loaded(id, style, std::move(result)); });
}

void LayerLoader::Private::loaded(const QUuid &id, const Style &style, Result<Read> result)
{
    const auto entry = entries.value(id); // holds it, should a slot of the tree's signals remove the layer
    const auto *layer = layerOf(id);
    if (!entry || !layer)
        return;
    if (!layer->source.isRemote() && isInSight(id))
        drawing.start(drawingTime);
    if (result) {
        entry->read = *std::move(result);
        entry->style = style;
        std::erase_if(recent, [&](const Read &r) { return r.request.source == entry->read.request.source; });
        entry->checkPending = hasPolygons(entry->read.data) && entry->read.data->invalid.empty();
        want(id, *entry, *layer);
        if (entry->pending == Job::None)
            publish(id, *entry);
    } else {
        if (result.error().kind == ErrorKind::Cancelled) // not by us, or it would not have come here
            result.error() = {
                ErrorKind::NotReadable, tr("Loading the layer “%1” was interrupted.").arg(layer->title), {}, {}};
        entry->error = result.error();
        tree.setFailed(id, result.error());
    }
    startNext();
}

/** A source that fetches while it is drawn has the layer drawn anew when more has come, some times a second. */
void LayerLoader::Private::follow(const QUuid &id, Entry &entry)
{
    const auto *held = std::get_if<std::shared_ptr<const RasterSource>>(&entry.read.data->source);
    const auto raster = held ? *held : nullptr;
    if (raster == std::exchange(entry.followed, raster))
        return;
    entry.arrived.reset();
    const auto *arrivals = raster ? raster->arrivals() : nullptr;
    if (!arrivals)
        return;
    entry.arrived = std::make_unique<QTimer>();
    auto *timer = entry.arrived.get();
    timer->setSingleShot(true);
    timer->setInterval(arrivalPause);
    QObject::connect(arrivals, &Arrivals::arrived, timer, [timer] {
        if (!timer->isActive())
            timer->start();
    });
    QObject::connect(timer, &QTimer::timeout, timer, [this, id] {
        const auto known = entries.value(id);
        const auto *layer = layerOf(id);
        if (known && known->read.data && layer && layer->state == LayerState::Ready)
            tree.setData(id, std::make_shared<LayerData>(*known->read.data));
    });
}

/** Hands the data to the tree, where its classes are those of the layer's style; else they are on the way. */
void LayerLoader::Private::publish(const QUuid &id, Entry &entry)
{
    const auto *layer = layerOf(id);
    if (!layer || !sameClasses(entry.style, layer->style))
        return;
    if (auto style = settledStyle(layer->style, entry.read.data)) {
        auto node = *tree.find(id);
        entry.style = node.layer->style = *std::move(style);
        (void)tree.apply({.what = TreeChange::Set{.node = std::move(node)}, .text = {}});
    }
    tree.setData(id, entry.read.data);
    follow(id, entry);
    if (entry.error)
        tree.setFailed(id, *entry.error);
}

void LayerLoader::Private::startClassify(const QUuid &id, Entry &entry)
{
    const auto *layer = layerOf(id);
    if (isRaster(entry.read.data)) { // has no classes
        entry.style = layer->style;
        return publish(id, entry);
    }
    entry.work.run(
        pool,
        [crew = crew, title = layer->title, style = layer->style, features = entry.read.data->features](CancelToken) {
            return asCrew(crew, title,
                          [&]() -> Result<std::vector<std::int16_t>> { return classify(style, *features); });
        },
        [this, id, style = layer->style](Result<std::vector<std::int16_t>> classes) {
            const auto running = entries.value(id);
            const auto *now = layerOf(id);
            if (!running || !now)
                return;
            running->style = style;
            if (classes) {
                running->read.data = withClasses(*running->read.data, std::move(*classes));
                publish(id, *running);
                want(id, *running, *now);
            } else {
                tree.setFailed(id, classes.error());
            }
            startNext();
        });
}

void LayerLoader::Private::startCheck(const QUuid &id, Entry &entry)
{
    entry.check.run(
        pool,
        [crew = crew, data = entry.read.data](CancelToken token) {
            return asCrew(crew, QString(), [&] { return invalidOf(*data, token); });
        },
        [this, id, features = entry.read.data->features](Result<std::vector<std::uint32_t>> invalid) {
            const auto checked = entries.value(id);
            const auto *layer = layerOf(id);
            if (checked && layer && invalid && !invalid->empty() && checked->read.data->features == features) {
                auto marked = std::make_shared<LayerData>(*checked->read.data);
                marked->invalid = std::move(*invalid);
                checked->read.data = std::move(marked);
                if (layer->state == LayerState::Ready && !checked->work.isRunning())
                    publish(id, *checked);
            }
            startNext();
        });
}

void LayerLoader::Private::tellBusy()
{
    const bool now =
        std::ranges::any_of(entries, [](const auto &e) { return e->pending != Job::None || e->work.isRunning(); });
    if (std::exchange(busy, now) != now)
        emit loader.busyChanged(now);
}

LayerLoader::LayerLoader(LayerTree &tree, const SourceOpener &opener, QThreadPool &pool, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, tree, opener, pool))
{
    connect(&tree, &LayerTree::layersChanged, this, [this] { d->schedule(); });
    connect(&tree, &LayerTree::sceneChanged, this, [this] { d->schedule(); }); // a style may have changed
    d->schedule();
}

LayerLoader::~LayerLoader()
{
    for (const auto &entry : std::as_const(d->entries)) {
        entry->work.cancel();
        entry->check.cancel();
    }
    d->crew->closeAndWait(); // the workers borrow the opener, and tell their progress to this
}

void LayerLoader::setCrs(const Crs &crs)
{
    if (crs == d->crs)
        return;
    d->crs = crs;
    d->recent.clear();
    d->schedule();
}

void LayerLoader::reload(const QUuid &layer)
{
    const auto entry = d->entries.value(layer);
    if (!entry)
        return;
    if (entry->followed && entry->followed->arrivals() && !entry->error) {
        entry->followed->refresh(); // what is shown stays till the newer is there
        if (d->layerOf(layer) && entry->read.data)
            d->tree.setData(layer, std::make_shared<LayerData>(*entry->read.data));
        return;
    }
    entry->fresh = true;
    d->schedule();
}

bool LayerLoader::isFetching() const
{
    return std::ranges::any_of(std::as_const(d->entries), [](const auto &entry) {
        const auto *arrivals = entry->followed ? entry->followed->arrivals() : nullptr;
        return arrivals && (arrivals->pending > 0 || (entry->arrived && entry->arrived->isActive()));
    });
}

bool LayerLoader::isBusy() const
{
    return d->busy || d->scheduled;
}

} // namespace hanseatlas
