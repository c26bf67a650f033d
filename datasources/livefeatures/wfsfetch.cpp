// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/livefeatures/featurefetch.h"

#include "datasources/livefeatures/geojsonpage.h"
#include "datasources/livefeatures/gmlpage.h"
#include "datasources/livefeatures/livefeaturetexts.h"
#include "datasources/net/answercheck.h"
#include "datasources/services/answer.h"
#include "datasources/services/servicecrs.h"
#include "datasources/services/serviceurl.h"
#include "datasources/services/wfsschema.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype longestUrl = 4000; ///< what servers and proxies take for sure
constexpr qsizetype headSize = 200'000; ///< where the root of an answer is over
constexpr int mostPages = 100'000;
constexpr std::size_t pagesAtOnce = 2; ///< where they are independent of each other

bool isMoment(const WfsField &field)
{
    const auto type = field.type.sliced(field.type.indexOf(u':') + 1);
    return type.startsWith("TimeInstant"_L1) || type.startsWith("TimePrimitive"_L1)
        || type.startsWith("TimePosition"_L1);
}

void takeSchema(const WfsTypeSchema &type, FeatureSchema &schema)
{
    schema.declared = !type.incomplete;
    int geometries = 0;
    for (const auto &field : type.fields) {
        if (field.geometry) {
            if (geometries++ == 0) {
                schema.geometryField = field.name;
                schema.geometryType = field.geometryType;
            }
            continue;
        }
        DeclaredField declared{
            .field = {.name = field.name, .type = field.structure ? FieldType::Text : field.fieldType},
            .moment = isMoment(field)};
        if (field.repeated) // several values are joined to a text
            declared.field.type = FieldType::Text;
        schema.fields.push_back(std::move(declared));
    }
    if (geometries > 1)
        schema.notes
            << LiveFeatureTexts::tr("The layer has several geometries; “%1” is shown.").arg(schema.geometryField);
}

bool isJson(const HttpAnswer &answer)
{
    return answerKind(answer.body) == AnswerKind::Json;
}

/** One fetch of a layer by WFS. */
class WfsFetch
{
public:
    WfsFetch(const FeaturePlan &plan, const WfsFeaturePlan &wfs, const FeatureSchema &schema,
             const FetchContext &context)
        : m_plan(plan)
        , m_caps(wfs.caps)
        , m_type(wfs.type)
        , m_schema(schema)
        , m_context(context)
        , m_crs(wfsCrsFor(wfs.type, plan.crs))
        , m_collector(schema.fields, m_crs)
        , m_queue(context)
    {
    }

    Result<FetchedFeatures> fetch(const std::optional<StoredFeatures> &old);

private:
    Result<WfsFeatureRequest> firstRequest() const;
    HttpRequest httpFor(const WfsFeatureRequest &request) const;
    HttpRequest httpFor(const WfsNextPage &page) const;
    std::optional<qint64> hits(WfsFeatureRequest request);
    Status readPage(const HttpAnswer &answer);
    Status readAnswer(HttpAnswer answer);
    void goOn(qint64 received);
    bool mayRunAhead(const WfsNextPage &next) const;
    void runAhead();
    FetchedFeatures finish();

    const FeaturePlan &m_plan;
    const WfsCapabilities &m_caps;
    const WfsFeatureType &m_type;
    const FeatureSchema &m_schema;
    const FetchContext &m_context;
    const QString m_crs;
    FeatureCollector m_collector;
    PageQueue m_queue;

    WfsFeatureRequest m_request; ///< of the page at hand
    std::deque<WfsFeatureRequest> m_requests; ///< of the pages that come
    std::optional<WfsFeatureRequest> m_ahead; ///< the next that may be sent before it is due
    QSet<QUrl> m_asked;
    WfsAnswer m_answer;
    std::optional<qint64> m_total;
    QString m_serverSaid;
    int m_pages = 0;
    FetchedFeatures m_result;
};

Result<WfsFeatureRequest> WfsFetch::firstRequest() const
{
    WfsFeatureRequest request{.crs = m_crs, .filter = m_plan.filter, .geometryField = m_schema.geometryField};
    request.format = wfsFormatFor(m_caps, m_type);
    if (!m_plan.extent.isEmpty()) {
        const auto transform = Transform::create(m_plan.extentCrs, serviceCrs(m_crs));
        if (!transform)
            return std::unexpected(transform.error());
        request.extent = transform->forward(m_plan.extent);
    }
    return request;
}

/** A long filter does not fit into an address. */
HttpRequest WfsFetch::httpFor(const WfsFeatureRequest &request) const
{
    auto http = m_plan.request;
    http.url = wfsFeatureUrl(m_caps, m_type, request);
    if (http.url.toEncoded().size() <= longestUrl || m_caps.featurePostUrl.isEmpty())
        return http;
    http.url = m_caps.featurePostUrl;
    http.method = HttpMethod::Post;
    http.body = wfsFeatureBody(m_caps, m_type, request);
    http.contentType = "application/xml";
    http.repeatable = true;
    return http;
}

HttpRequest WfsFetch::httpFor(const WfsNextPage &page) const
{
    if (page.url.isEmpty())
        return httpFor(page.request);
    auto http = m_plan.request;
    http.url = page.url;
    return http;
}

/** Nothing: the server cannot tell. */
std::optional<qint64> WfsFetch::hits(WfsFeatureRequest request)
{
    if (!m_caps.hits)
        return {};
    request.hits = true;
    const auto answer = m_context.client.send(httpFor(request), m_context.token);
    if (!answer)
        return {};
    const auto told = parseWfsAnswer(QByteArrayView(answer->body).first(std::min(answer->body.size(), headSize)));
    const auto total = told ? told->total() : std::nullopt;
    // MapServer counts no further than it would give: that is not the number of all.
    return total && m_caps.countDefault && *total == *m_caps.countDefault ? std::nullopt : total;
}

/** Are the following pages told by a number alone, so that several can be asked for at once? */
bool WfsFetch::mayRunAhead(const WfsNextPage &next) const
{
    if (!m_caps.paging.value_or(false) || !m_caps.countDefault || !m_answer.matched
        || m_answer.returned != m_caps.countDefault)
        return false;
    const auto index = parameter(next.url, u"startIndex");
    return next.url.isEmpty() || index == QString::number(m_request.startIndex + *m_caps.countDefault);
}

void WfsFetch::runAhead()
{
    while (m_ahead && m_queue.size() < pagesAtOnce) {
        m_queue.put(httpFor(*m_ahead));
        m_requests.push_back(*m_ahead);
        m_ahead->startIndex += *m_caps.countDefault;
        if (m_ahead->startIndex >= *m_answer.matched)
            m_ahead.reset();
    }
}

/** Sends for what follows the page at hand, which holds `received` features. */
void WfsFetch::goOn(qint64 received)
{
    if (!m_queue.isEmpty() || m_ahead || m_pages >= mostPages)
        return runAhead();
    auto next = wfsNextPage(m_caps, m_request, m_answer, received);
    if (!next)
        return;
    if (m_pages == 1 && mayRunAhead(*next)) {
        m_ahead = m_request;
        m_ahead->startIndex += *m_caps.countDefault;
        m_ahead->count = m_caps.countDefault;
        return runAhead();
    }
    const auto http = httpFor(*next);
    if (http.method == HttpMethod::Get && m_asked.contains(http.url))
        return; // a circle
    m_asked.insert(http.url);
    if (!next->url.isEmpty()) {
        next->request = m_request;
        next->request.startIndex += received;
    }
    m_requests.push_back(next->request);
    m_queue.put(http);
}

Status WfsFetch::readPage(const HttpAnswer &answer)
{
    m_collector.beginPage();
    if (isJson(answer)) {
        const auto read = readGeoJsonPage(answer.body, {}, m_collector, m_context.token);
        if (!read)
            return std::unexpected(read.error());
        goOn(*read);
        return {};
    }
    const auto read = readGmlPage(answer.body, m_schema.geometryField, m_collector, m_context.token);
    if (!read)
        return std::unexpected(read.error());
    if (!read->serverSaid.isEmpty())
        m_serverSaid = read->serverSaid;
    if (!m_answer.returned)
        goOn(read->features);
    return {};
}

Status WfsFetch::readAnswer(HttpAnswer answer)
{
    const auto asked = LiveFeatureTexts::tr("the objects of “%1”").arg(m_type.title);
    const auto kind = isJson(answer) ? ContentKind::Json : ContentKind::Xml;
    if (auto checked = checkContent(answer, kind, asked); !checked)
        return checked;
    auto head = isJson(answer)
        ? parseWfsAnswer(answer.body)
        : parseWfsAnswer(QByteArrayView(answer.body).first(std::min(answer.body.size(), headSize)));
    if (!head)
        return std::unexpected(head.error());
    ++m_pages;
    m_answer = std::move(*head);
    if (m_pages == 1 && !m_answer.matched && !m_total && m_caps.version == WfsVersion::V200)
        m_total = hits(m_request);
    if (m_answer.matched)
        m_total = m_answer.matched;
    else
        m_answer.matched = m_total;
    if (m_answer.returned && !isJson(answer))
        goOn(*m_answer.returned); // comes while this one is read
    if (auto read = readPage(answer); !read)
        return read;
    const double share = m_total && *m_total > 0 ? double(m_collector.received()) / double(*m_total) : -1;
    report(m_context.progress, share < 0 ? -1 : std::min(1.0, share));
    return checkAmount(m_collector);
}

FetchedFeatures WfsFetch::finish()
{
    auto &features = m_result.features;
    features.notes = m_schema.notes;
    m_result.rows = m_collector.finish(features);
    features.geometryType = m_schema.geometryType;
    features.matched = m_total;
    features.complete = true;
    if (m_pages > 1)
        features.etag.clear(); // it tells of the first page only
    if (isIncomplete(m_caps, m_answer, features.received) || !m_serverSaid.isEmpty())
        noteIncomplete(features, m_pages == 1 ? m_caps.countDefault : std::nullopt, m_serverSaid);
    return std::move(m_result);
}

Result<FetchedFeatures> WfsFetch::fetch(const std::optional<StoredFeatures> &old)
{
    auto request = firstRequest();
    if (!request)
        return std::unexpected(request.error());
    m_request = *request;
    if (m_caps.version != WfsVersion::V200)
        m_total = hits(m_request); // older versions do not say it with the features
    auto http = httpFor(m_request);
    m_asked.insert(http.url);
    if (old && old->complete && !old->etag.isEmpty())
        http.etag = old->etag;
    auto answer = m_context.client.send(http, m_context.token, m_context.progress);
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
        if (auto read = readAnswer(std::move(*answer)); !read)
            return std::unexpected(read.error());
        if (m_queue.isEmpty())
            return finish();
        m_request = m_requests.front();
        m_requests.pop_front();
        answer = m_queue.take();
        if (!answer)
            return std::unexpected(answer.error());
    }
}

} // namespace

Result<FeatureSchema> fetchWfsSchema(const FeaturePlan &plan, const WfsFeaturePlan &wfs, const FetchContext &context)
{
    FeatureSchema schema;
    auto http = plan.request;
    http.url = wfsDescribeUrl(wfs.caps, wfs.type);
    const auto answer = context.client.send(http, context.token);
    if (!answer && endsAll(answer.error()))
        return std::unexpected(answer.error()); // the features would fare no better
    const auto parsed = answer ? parseWfsSchema(answer->body) : Result<WfsSchema>(std::unexpected(answer.error()));
    const auto *type = parsed ? findType(*parsed, wfs.type.localName()) : nullptr;
    if (type)
        takeSchema(*type, schema);
    else
        schema.notes << LiveFeatureTexts::tr(
            "The service does not describe the fields of this layer; their types were taken from the values.");
    return schema;
}

Result<FetchedFeatures> fetchWfs(const FeaturePlan &plan, const WfsFeaturePlan &wfs, const FeatureSchema &schema,
                                 const std::optional<StoredFeatures> &old, const FetchContext &context)
{
    return WfsFetch(plan, wfs, schema, context).fetch(old);
}

} // namespace hanseatlas
