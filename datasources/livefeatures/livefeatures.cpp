// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/livefeatures/livefeatures.h"

#include "datasources/livefeatures/featurefetch.h"
#include "datasources/livefeatures/livefeaturetexts.h"
#include "datasources/services/servicecrs.h"

#include <condition_variable>
#include <mutex>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr double shareOfFetch = 0.9; // of the progress; the rest is writing

/** What a declared type leaves open is answered by what came. */
std::vector<GeometryKind> kindsOf(const QString &geometryType)
{
    if (geometryType.contains("Point"_L1))
        return {GeometryKind::Point};
    if (geometryType.contains("Line"_L1) || geometryType.contains("Curve"_L1))
        return {GeometryKind::Line};
    if (geometryType.contains("Polygon"_L1) || geometryType.contains("Surface"_L1))
        return {GeometryKind::Polygon};
    return {};
}

Extent geographicBox(const FeaturePlan &plan)
{
    if (const auto *wfs = std::get_if<WfsFeaturePlan>(&plan.service))
        return wfs->type.geographicBox;
    const auto *api = std::get_if<OgcApiFeaturePlan>(&plan.service);
    return api ? api->collection.geographicBox : Extent();
}

/** Of what the service will be asked for. */
Crs askedCrs(const FeaturePlan &plan)
{
    if (const auto *wfs = std::get_if<WfsFeaturePlan>(&plan.service))
        return serviceCrs(wfsCrsFor(wfs->type, plan.crs));
    if (std::holds_alternative<DatabaseFeaturePlan>(plan.service))
        return plan.crs;
    const auto offered = ogcApiCrsFor(std::get<OgcApiFeaturePlan>(plan.service).collection, plan.crs);
    return serviceCrs(offered.isEmpty() ? u"OGC:CRS84"_s : offered);
}

QString formatName(const FeaturePlan &plan)
{
    if (std::holds_alternative<DatabaseFeaturePlan>(plan.service))
        return u"PostGIS"_s;
    const auto *wfs = std::get_if<WfsFeaturePlan>(&plan.service);
    return wfs ? u"WFS "_s + versionText(wfs->caps.version) : u"OGC API Features"_s;
}

Error notFetchedYet(const FeaturePlan &plan, const Error &offline)
{
    return {
        offline.kind,
        LiveFeatureTexts::tr("“%1” has not been fetched yet, and the program works offline.").arg(plan.dataset.title),
        LiveFeatureTexts::tr("Go online once; from then on the layer is there without a network, too."),
        offline.detail};
}

} // namespace

struct LiveFeatures::Private {
    Private(FeaturePlan p, HttpClient &c, std::shared_ptr<ServiceStore> s)
        : plan(std::move(p))
        , client(c)
        , store(std::move(s))
    {
    }

    const FeaturePlan plan;
    HttpClient &client;
    const std::shared_ptr<ServiceStore> store;

    std::mutex mutex; ///< of what follows
    std::condition_variable_any fetched;
    bool fetching = false;
    std::optional<FeatureSchema> schema; ///< asked for at open(), for the first fetch

    const QString &key() const { return plan.dataset.key; }
    Result<std::optional<StoredFeatures>> stored() const { return store->storedFeatures(key()); }
    Status ensure(const CancelToken &token, const Progress &progress);
    Status refresh(const CancelToken &token, const Progress &progress, bool onlyFirst);
    Status fetch(const CancelToken &token, const Progress &progress);
    Status write(FetchedFeatures got, const CancelToken &token);
};

/** So that there is something to read. */
Status LiveFeatures::Private::ensure(const CancelToken &token, const Progress &progress)
{
    const auto there = stored();
    if (!there)
        return std::unexpected(there.error());
    return *there ? Status() : refresh(token, progress, true);
}

/** One at a time; who only wants anything at all is content with what another has fetched in the meantime. */
Status LiveFeatures::Private::refresh(const CancelToken &token, const Progress &progress, bool onlyFirst)
{
    {
        std::unique_lock lock(mutex);
        if (!fetched.wait(lock, token, [this] { return !fetching; }))
            return cancelled();
        fetching = true;
    }
    const auto there = onlyFirst ? stored() : Result<std::optional<StoredFeatures>>();
    Status status;
    if (!there)
        status = std::unexpected(there.error());
    else if (!*there)
        status = fetch(token, progress);
    {
        const std::lock_guard lock(mutex);
        fetching = false;
    }
    fetched.notify_all();
    return status;
}

Status LiveFeatures::Private::fetch(const CancelToken &token, const Progress &progress)
{
    const Progress part = [&](double done) { report(progress, done < 0 ? done : done * shareOfFetch); };
    const FetchContext context{client, token, part};
    std::optional<FeatureSchema> known;
    {
        const std::lock_guard lock(mutex);
        known = std::exchange(schema, std::nullopt);
    }
    auto described = known ? Result<FeatureSchema>(std::move(*known)) : fetchSchema(plan, context);
    if (!described)
        return std::unexpected(described.error());
    const auto old = stored();
    auto features = fetchFeatures(plan, *described, old.value_or(std::nullopt), context);
    if (!features) {
        const auto &error = features.error();
        const bool nothing = !old || !*old;
        return std::unexpected(isOfflineError(error) && nothing ? notFetchedYet(plan, error) : error);
    }
    auto written = write(std::move(*features), token);
    report(progress, 1);
    return written;
}

Status LiveFeatures::Private::write(FetchedFeatures got, const CancelToken &token)
{
    if (got.notModified)
        return store->touchFeatures(key(), got.features.fetched, got.features.expires);
    if (auto put = store->putDataset(plan.dataset); !put)
        return put;
    return store->putFeatures(key(), std::move(got.features), std::move(got.rows), token);
}

LiveFeatures::LiveFeatures(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

LiveFeatures::~LiveFeatures() = default;

Result<std::shared_ptr<LiveFeatures>> LiveFeatures::open(FeaturePlan plan, HttpClient &client,
                                                         std::shared_ptr<ServiceStore> store, CancelToken token)
{
    auto p = std::make_unique<Private>(std::move(plan), client, std::move(store));
    const auto there = p->stored();
    if (!there)
        return std::unexpected(there.error());
    if (!*there) {
        const Progress none;
        auto schema = fetchSchema(p->plan, {client, token, none});
        if (!schema)
            return std::unexpected(isOfflineError(schema.error()) ? notFetchedYet(p->plan, schema.error())
                                                                  : schema.error());
        p->schema = std::move(*schema);
    }
    return std::shared_ptr<LiveFeatures>(new LiveFeatures(std::move(p)));
}

LayerDescription LiveFeatures::description() const
{
    const auto &plan = d->plan;
    LayerDescription description{.name = plan.dataset.layer, .title = plan.dataset.title};
    description.provenance = plan.dataset.provenance;
    description.metadata = {{LiveFeatureTexts::tr("Service"), formatName(plan) + u", "_s + plan.dataset.service}};
    if (const auto stored = state()) {
        description.fields = stored->fields;
        description.crs = stored->crs;
        description.geometryType = stored->geometryType;
        description.geometryKinds = stored->kinds;
        description.featureCount = stored->count;
        description.extent = stored->extent;
        description.notes = stored->notes;
        description.provenance.dataTime = description.fetched = stored->fetched;
    } else {
        const std::lock_guard lock(d->mutex);
        if (d->schema) {
            for (const auto &field : d->schema->fields)
                description.fields << field.field;
            description.geometryType = d->schema->geometryType;
            description.notes = d->schema->notes;
        }
        description.crs = askedCrs(plan);
        if (const auto transform = Transform::create(Crs::fromEpsg(4326), description.crs))
            description.extent = transform->forward(geographicBox(plan));
    }
    if (description.geometryType == noGeometry)
        description.kind = LayerKind::Table;
    else if (description.geometryKinds.empty())
        description.geometryKinds = kindsOf(description.geometryType);
    return description;
}

Result<FeatureSetPtr> LiveFeatures::read(const FeatureQuery &query, CancelToken token, const Progress &progress) const
{
    if (auto ensured = d->ensure(token, progress); !ensured)
        return std::unexpected(ensured.error());
    return d->store->readFeatures(d->key(), query, token);
}

Result<std::vector<Feature>> LiveFeatures::features(std::span<const qint64> ids, const Crs &crs,
                                                    CancelToken token) const
{
    return d->store->featuresById(d->key(), ids, crs, token);
}

Status LiveFeatures::stream(const FeatureQuery &query, const std::function<bool(Feature &)> &visit, CancelToken token,
                            const Progress &progress) const
{
    if (auto ensured = d->ensure(token, progress); !ensured)
        return ensured;
    return d->store->streamFeatures(d->key(), query, visit, token, progress);
}

Status LiveFeatures::refresh(CancelToken token, const Progress &progress) const
{
    return d->refresh(token, progress, false);
}

std::optional<StoredFeatures> LiveFeatures::state() const
{
    return d->stored().value_or(std::nullopt);
}

const StoredDataset &LiveFeatures::storedDataset() const
{
    return d->plan.dataset;
}

} // namespace hanseatlas
