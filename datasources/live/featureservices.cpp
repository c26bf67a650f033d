// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/featureservices.h"

#include "datasources/live/featureselection.h"
#include "datasources/live/layerdescriptions.h"
#include "datasources/live/livetexts.h"
#include "datasources/livefeatures/livefeatures.h"
#include "datasources/net/answercheck.h"
#include "datasources/net/redact.h"
#include "datasources/services/servicecrs.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** The client and the store live as long as the layer that uses them. */
struct HeldFeatures {
    std::shared_ptr<ServiceAccess> access;
    std::shared_ptr<LiveFeatures> features;
};

LayerDescription featureDescription(const QString &name, const QString &title, const Crs &crs, const Extent &degrees)
{
    LayerDescription description;
    description.name = name;
    description.title = title;
    description.kind = LayerKind::Vector;
    description.crs = crs;
    description.extent = boxIn(crs, degrees);
    return description;
}

Result<ServiceDocument> jsonDocument(const QUrl &url, HttpRequest request, ServiceDocuments &documents,
                                     ServiceDocuments::Want want, const CancelToken &token)
{
    request.url = url;
    auto check = [](const HttpAnswer &answer) {
        return checkContent(answer, ContentKind::Json, LiveTexts::tr("the list of layers"));
    };
    return documents.get(request, check, want, token);
}

} // namespace

Result<FeaturePlanOptions> planOptions(const SourceRef &ref)
{
    const auto options = ServiceOptions::of(ref);
    const auto selection = featureSelection(ref.options);
    if (!selection)
        return std::unexpected(selection.error());
    return FeaturePlanOptions{.crs = options.crs,
                              .extent = selection->extent,
                              .extentCrs = selection->extentCrs,
                              .filter = selection->filter,
                              .title = options.title,
                              .licence = options.licence,
                              .attribution = options.attribution,
                              .credentials = options.credentials,
                              .mayBeStored = options.mayBeStored,
                              .personal = options.personal};
}

Result<OpenedSource> openFeatures(FeaturePlan plan, const std::shared_ptr<ServiceAccess> &access,
                                  const CancelToken &token)
{
    auto features = LiveFeatures::open(std::move(plan), access->client(), access->store(), token);
    if (!features)
        return std::unexpected(features.error());
    const auto held = std::make_shared<HeldFeatures>(access, *std::move(features));
    return std::shared_ptr<const FeatureSource>(held, held->features.get());
}

Result<OgcApi> readOgcApi(const ServiceDocument &document, const HttpRequest &request, ServiceDocuments &documents,
                          ServiceDocuments::Want want, const CancelToken &token)
{
    OgcApi api;
    api.problem = document.problem;
    auto landing = parseOgcApiLanding(document.bytes, document.url);
    if (!landing)
        return std::unexpected(landing.error());
    api.landing = *std::move(landing);
    // Who does not say what it conforms to is asked for no more than the core
    if (const auto answer = jsonDocument(api.landing.conformanceUrl, request, documents, want, token)) {
        if (auto conformance = parseOgcApiConformance(answer->bytes))
            api.conformance = *std::move(conformance);
    }
    const auto answer = jsonDocument(api.landing.collectionsUrl, request, documents, want, token);
    if (!answer)
        return std::unexpected(answer.error());
    auto collections = parseOgcApiCollections(answer->bytes, answer->url);
    if (!collections)
        return std::unexpected(collections.error());
    api.collections = *std::move(collections);
    return api;
}

SourceDescription describeWfs(const WfsCapabilities &caps, const SourceRef &ref)
{
    const auto address = redacted(QUrl(ref.location));
    const auto options = ServiceOptions::of(ref);
    SourceDescription source{.title = caps.service.title.isEmpty() ? QUrl(ref.location).host() : caps.service.title,
                             .format = u"WFS "_s + versionText(caps.version),
                             .ref = refAs(ref, u"wfs"_s)};
    for (const auto &type : caps.types) {
        auto description =
            featureDescription(type.name, type.title, serviceCrs(wfsCrsFor(type, options.crs)), type.geographicBox);
        description.provenance = provenanceOf(caps.service, {}, options);
        description.metadata = metadataOf(type.abstract, type.keywords, caps.service, type.metadata, address);
        source.layers.push_back(std::move(description));
    }
    suggest(source, QUrl(ref.location));
    return source;
}

SourceDescription describeOgcApi(const OgcApi &api, const SourceRef &ref)
{
    const auto address = redacted(QUrl(ref.location));
    const auto options = ServiceOptions::of(ref);
    const ServiceInfo service{.title = api.landing.title, .abstract = api.landing.description};
    SourceDescription source{.title = service.title.isEmpty() ? QUrl(ref.location).host() : service.title,
                             .format = u"OGC API Features"_s,
                             .ref = refAs(ref, u"oaf"_s)};
    for (const auto &collection : api.collections) {
        if (!collection.hasFeatures())
            continue;
        const auto crs = ogcApiCrsFor(collection, options.crs);
        auto description =
            featureDescription(collection.id, collection.title, crs.isEmpty() ? Crs::fromEpsg(4326) : serviceCrs(crs),
                               collection.geographicBox);
        const auto attribution = collection.attribution.isEmpty() ? api.landing.attribution : collection.attribution;
        description.provenance = provenanceOf(service, cleanSentence(attribution), options);
        description.metadata = metadataOf(collection.description, {}, service, {}, address);
        source.layers.push_back(std::move(description));
    }
    suggest(source, QUrl(ref.location));
    return source;
}

Result<OpenedSource> openWfs(const WfsCapabilities &caps, const SourceRef &ref,
                             const std::shared_ptr<ServiceAccess> &access, const CancelToken &token)
{
    return planOptions(ref)
        .and_then([&](const auto &options) { return planWfs(caps, ref.layer, options); })
        .and_then([&](const auto &plan) { return openFeatures(plan, access, token); });
}

Result<OpenedSource> openOgcApi(const OgcApi &api, const SourceRef &ref, const std::shared_ptr<ServiceAccess> &access,
                                const CancelToken &token)
{
    const auto collection = std::ranges::find(api.collections, ref.layer, &OgcApiCollection::id);
    if (collection == api.collections.end())
        return layerIsGone(api.landing.title, ref.layer);
    return planOptions(ref)
        .and_then([&](const auto &options) {
            return planOgcApi(QUrl(ref.location), api.landing, api.conformance, *collection, options);
        })
        .and_then([&](const auto &plan) { return openFeatures(plan, access, token); });
}

} // namespace hanseatlas
