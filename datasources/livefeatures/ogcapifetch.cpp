// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/livefeatures/featurefetch.h"

#include "datasources/livefeatures/geojsonpage.h"
#include "datasources/livefeatures/livefeaturetexts.h"
#include "datasources/net/answercheck.h"
#include "datasources/services/jsonmembers.h"
#include "datasources/services/servicecrs.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

// The standard lets one ask for too many: the server then gives as many as it gives. Without asking it gives ten.
constexpr qint64 askedAtOnce = 10'000;
constexpr int mostPages = 100'000;

/** "<http://www.opengis.net/def/crs/EPSG/0/25832>" */
QString crsOf(const HttpAnswer &answer)
{
    auto stated = QString::fromLatin1(answer.header("Content-Crs")).trimmed();
    if (stated.startsWith(u'<') && stated.endsWith(u'>'))
        stated = stated.sliced(1).chopped(1);
    return stated;
}

/** Of a collection that does not say what it may be asked for: one feature shows what there is. */
Result<FeatureSchema> schemaOfOne(const FeaturePlan &plan, const OgcApiCollection &collection,
                                  const FetchContext &context)
{
    auto http = plan.request;
    http.accept = {u"application/geo+json"_s, u"application/json"_s};
    OgcApiItemsRequest one;
    one.limit = 1;
    http.url = ogcApiItemsUrl(collection, one);
    const auto answer = context.client.send(http, context.token);
    if (!answer && endsAll(answer.error()))
        return std::unexpected(answer.error());
    FeatureSchema schema;
    FeatureCollector collector({}, u"OGC:CRS84"_s);
    StoredFeatures features;
    if (!answer || !readGeoJsonPage(answer->body, {}, collector, context.token))
        return schema; // whoever asks for all will be told why
    (void)collector.finish(features);
    for (const auto &field : features.fields)
        schema.fields.push_back({.field = field, .open = true});
    return schema;
}

/** In the order of the document. */
QStringList propertyNames(QByteArrayView schema)
{
    QStringList names;
    const auto members = jsonMembers(schema);
    const auto written = members ? members->find("properties"_L1) : std::nullopt;
    const auto properties = written ? jsonMembers(*written) : Result<JsonMembers>();
    if (written && properties)
        for (const auto &[name, value] : properties->members)
            names << name;
    return names;
}

/** One fetch of a collection. */
class OgcApiFetch
{
public:
    OgcApiFetch(const FeaturePlan &plan, const OgcApiFeaturePlan &api, const FeatureSchema &schema,
                const FetchContext &context)
        : m_plan(plan)
        , m_collection(api.collection)
        , m_schema(schema)
        , m_context(context)
        , m_crs(ogcApiCrsFor(api.collection, plan.crs))
        , m_collector(schema.fields, m_crs.isEmpty() ? u"OGC:CRS84"_s : m_crs)
        , m_queue(context)
    {
    }

    Result<FetchedFeatures> fetch(const std::optional<StoredFeatures> &old);

private:
    Result<OgcApiItemsRequest> request() const;
    Result<HttpAnswer> first(const std::optional<StoredFeatures> &old);
    Status readAnswer(const HttpAnswer &answer);
    FetchedFeatures finish();

    const FeaturePlan &m_plan;
    const OgcApiCollection &m_collection;
    const FeatureSchema &m_schema;
    const FetchContext &m_context;
    const QString m_crs;
    FeatureCollector m_collector;
    PageQueue m_queue;
    QSet<QUrl> m_asked;
    OgcApiPage m_page;
    std::optional<qint64> m_total;
    int m_pages = 0;
    FetchedFeatures m_result;
};

Result<OgcApiItemsRequest> OgcApiFetch::request() const
{
    OgcApiItemsRequest request;
    request.crs = m_crs;
    request.filter = m_plan.filter;
    request.limit = askedAtOnce;
    if (m_plan.extent.isEmpty())
        return request;
    const auto crs = m_crs.isEmpty() ? serviceCrs(u"OGC:CRS84"_s) : serviceCrs(m_crs);
    const auto transform = Transform::create(m_plan.extentCrs, crs);
    if (!transform)
        return std::unexpected(transform.error());
    request.extent = transform->forward(m_plan.extent);
    request.extentCrs = m_crs;
    return request;
}

Result<HttpAnswer> OgcApiFetch::first(const std::optional<StoredFeatures> &old)
{
    auto items = request();
    if (!items)
        return std::unexpected(items.error());
    auto http = m_plan.request;
    http.accept = {u"application/geo+json"_s, u"application/json"_s};
    http.url = ogcApiItemsUrl(m_collection, *items);
    if (old && old->complete && !old->etag.isEmpty())
        http.etag = old->etag;
    auto answer = m_context.client.send(http, m_context.token, m_context.progress);
    if (!answer && answer.error().kind == ErrorKind::Invalid) { // some do not obey the standard in this
        items->limit.reset();
        http.url = ogcApiItemsUrl(m_collection, *items);
        answer = m_context.client.send(http, m_context.token, m_context.progress);
    }
    m_asked.insert(http.url);
    return answer;
}

Status OgcApiFetch::readAnswer(const HttpAnswer &answer)
{
    const auto asked = LiveFeatureTexts::tr("the objects of “%1”").arg(m_collection.title);
    if (auto checked = checkContent(answer, ContentKind::Json, asked); !checked)
        return checked;
    auto page = parseOgcApiPage(answer.body, answer.url);
    if (!page)
        return std::unexpected(page.error());
    ++m_pages;
    m_page = std::move(*page);
    if (m_page.matched)
        m_total = m_page.matched;
    else
        m_page.matched = m_total;
    if (!m_page.next.isEmpty() && !m_asked.contains(m_page.next) && m_pages < mostPages) {
        m_asked.insert(m_page.next);
        auto http = m_plan.request;
        http.accept = {u"application/geo+json"_s, u"application/json"_s};
        http.url = m_page.next;
        m_queue.put(http);
    } else {
        m_page.next.clear();
    }
    m_collector.beginPage();
    const auto read = readGeoJsonPage(answer.body, crsOf(answer), m_collector, m_context.token);
    if (!read)
        return std::unexpected(read.error());
    const double share = m_total && *m_total > 0 ? double(m_collector.received()) / double(*m_total) : -1;
    report(m_context.progress, share < 0 ? -1 : std::min(1.0, share));
    return checkAmount(m_collector);
}

FetchedFeatures OgcApiFetch::finish()
{
    auto &features = m_result.features;
    features.notes = m_schema.notes;
    m_result.rows = m_collector.finish(features);
    features.geometryType = m_schema.geometryType;
    features.matched = m_total;
    features.complete = true;
    if (m_pages > 1)
        features.etag.clear();
    if (m_page.isIncomplete(features.received))
        noteIncomplete(features, std::nullopt, {});
    return std::move(m_result);
}

Result<FetchedFeatures> OgcApiFetch::fetch(const std::optional<StoredFeatures> &old)
{
    auto answer = first(old);
    if (!answer)
        return std::unexpected(answer.error());
    m_result.features.fetched = answer->received;
    m_result.features.expires = answer->expires;
    m_result.features.etag = answer->etag;
    m_result.features.lastModified = answer->lastModified;
    if (answer->notModified) {
        m_result.notModified = true;
        return std::move(m_result);
    }
    for (;;) {
        if (auto read = readAnswer(*answer); !read)
            return std::unexpected(read.error());
        if (m_queue.isEmpty())
            return finish();
        answer = m_queue.take();
        if (!answer)
            return std::unexpected(answer.error());
    }
}

} // namespace

Result<FeatureSchema> fetchOgcApiSchema(const FeaturePlan &plan, const OgcApiFeaturePlan &api,
                                        const FetchContext &context)
{
    FeatureSchema schema;
    if (api.collection.queryablesUrl.isEmpty())
        return schemaOfOne(plan, api.collection, context);
    auto http = plan.request;
    http.accept = {u"application/schema+json"_s, u"application/json"_s};
    http.url = api.collection.queryablesUrl;
    const auto answer = context.client.send(http, context.token);
    if (!answer && endsAll(answer.error()))
        return std::unexpected(answer.error());
    const auto queryables = answer ? parseOgcApiQueryables(answer->body)
                                   : Result<std::vector<OgcApiQueryable>>(std::unexpected(answer.error()));
    if (!queryables)
        return schema; // the features say it themselves
    for (const auto &name : propertyNames(answer->body)) {
        const auto found = std::ranges::find(*queryables, name, &OgcApiQueryable::name);
        if (found == queryables->end() || found->geometry)
            continue;
        const auto title = found->title == name ? QString() : found->title;
        schema.fields.push_back({.field = {.name = name, .title = title, .type = found->type}, .open = true});
    }
    return schema;
}

Result<FetchedFeatures> fetchOgcApi(const FeaturePlan &plan, const OgcApiFeaturePlan &api, const FeatureSchema &schema,
                                    const std::optional<StoredFeatures> &old, const FetchContext &context)
{
    return OgcApiFetch(plan, api, schema, context).fetch(old);
}

} // namespace hanseatlas
