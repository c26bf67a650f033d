// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/serviceopener.h"

#include "datasources/live/databaseservices.h"
#include "datasources/database/databaseaddress.h"
#include "datasources/live/featureservices.h"
#include "datasources/live/imageservices.h"
#include "datasources/live/layerdescriptions.h"
#include "datasources/live/livetexts.h"
#include "datasources/live/servicedocuments.h"
#include "datasources/live/vectorservices.h"
#include "datasources/net/answercheck.h"
#include "datasources/net/redact.h"
#include "datasources/services/servicekind.h"

#include <QLocale>
#include <QMutex>

#include <map>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Documents that were taken apart, for the other layers of the same service. */
template <class Parsed>
class Shelf
{
public:
    template <class Parse>
    Result<std::shared_ptr<const Parsed>> get(const ServiceDocument &document, Parse parse)
    {
        const auto key = std::pair(document.url, document.fetched);
        const QMutexLocker lock(&m_mutex); // also spares a second parsing of the same
        if (const auto found = m_parsed.find(key); found != m_parsed.end())
            return found->second;
        auto parsed = parse(document.bytes, document.url);
        if (!parsed)
            return std::unexpected(parsed.error());
        if (m_parsed.size() >= most)
            m_parsed.clear();
        return m_parsed[key] = std::make_shared<const Parsed>(*std::move(parsed));
    }

private:
    static constexpr std::size_t most = 200;
    QMutex m_mutex;
    std::map<std::pair<QUrl, QDateTime>, std::shared_ptr<const Parsed>> m_parsed;
};

HttpRequest documentRequest(const QUrl &url, const SourceRef &ref)
{
    HttpRequest request{.url = url, .accept = {u"application/xml"_s, u"text/xml"_s, u"application/json"_s, u"*/*"_s}};
    request.timeouts = {
        .connect = std::chrono::seconds(10), .firstByte = std::chrono::seconds(30), .stall = std::chrono::seconds(20)};
    request.credentials = ServiceOptions::of(ref).credentials;
    return request;
}

/** For inspecting what a wrong address answers with. */
Status anything(const HttpAnswer &)
{
    return {};
}

std::unexpected<Error> notShownHere(ServiceKind kind)
{
    return failure(ErrorKind::Unsupported,
                   LiveTexts::tr("The address leads to: %1. Such sources are not opened here.").arg(kindName(kind)),
                   LiveTexts::tr("Layers come from addresses of WMS, WMTS, WFS and map tiles."));
}

} // namespace

struct ServiceOpener::Private {
    explicit Private(std::shared_ptr<ServiceAccess> a)
        : access(std::move(a))
        , documents(access)
        , vectors(access, documents)
    {
    }

    std::shared_ptr<ServiceAccess> access;
    ServiceDocuments documents;
    VectorServices vectors;
    Shelf<WmsCapabilities> wms;
    Shelf<WmtsCapabilities> wmts;
    Shelf<WfsCapabilities> wfs;
    QMutex mutex;
    std::shared_ptr<ImageFetcher> images;

    std::shared_ptr<ImageFetcher> fetcher()
    {
        const QMutexLocker lock(&mutex);
        if (!images)
            images = std::make_shared<ImageFetcher>(access);
        return images;
    }
    Result<ServiceDocument> xml(const QUrl &url, const SourceRef &ref, ServiceDocuments::Want want,
                                const CancelToken &token)
    {
        auto check = [](const HttpAnswer &answer) {
            return checkContent(answer, ContentKind::Xml, LiveTexts::tr("the list of layers"));
        };
        return documents.get(documentRequest(url, ref), check, want, token);
    }
    Result<std::shared_ptr<const WmsCapabilities>> wmsOf(const ServiceDocument &document)
    {
        return wms.get(document,
                       [](const QByteArray &bytes, const QUrl &url) { return parseWmsCapabilities(bytes, url); });
    }
    Result<std::shared_ptr<const WmtsCapabilities>> wmtsOf(const ServiceDocument &document)
    {
        return wmts.get(document,
                        [](const QByteArray &bytes, const QUrl &url) { return parseWmtsCapabilities(bytes, url); });
    }
    Result<std::shared_ptr<const WfsCapabilities>> wfsOf(const ServiceDocument &document)
    {
        return wfs.get(document,
                       [](const QByteArray &bytes, const QUrl &url) { return parseWfsCapabilities(bytes, url); });
    }
    Result<OgcApi> apiOf(const ServiceDocument &landing, const SourceRef &ref, ServiceDocuments::Want want,
                         const CancelToken &token)
    {
        return readOgcApi(landing, documentRequest({}, ref), documents, want, token);
    }
    Result<ServiceDocument> landing(const SourceRef &ref, ServiceDocuments::Want want, const CancelToken &token)
    {
        auto request = documentRequest(QUrl(ref.location), ref);
        request.accept = {u"application/json"_s};
        auto check = [](const HttpAnswer &answer) {
            return checkContent(answer, ContentKind::Json, LiveTexts::tr("the list of layers"));
        };
        return documents.get(request, check, want, token);
    }
    Result<SourceDescription> inspectAs(ServiceKind kind, const ServiceDocument &document, const SourceRef &ref,
                                        const CancelToken &token);
    Result<SourceDescription> inspectKnown(const SourceRef &ref, const CancelToken &token);
    Result<SourceDescription> findOut(const SourceRef &ref, const CancelToken &token);
    OpenedSource live(LiveImagesPlan plan)
    {
        // Where it cannot be put, the store says so when the first image comes
        (void)access->store()->putDataset(plan.dataset);
        return std::make_shared<const LiveImages>(std::move(plan), fetcher(), access);
    }
};

namespace
{

/** Where the service says what it offers. */
QUrl descriptionUrl(const SourceRef &ref)
{
    const QUrl url(ref.location);
    if (ref.provider == "wmts"_L1)
        return wmtsCapabilitiesUrl(url);
    const auto asked = ref.options["version"_L1].toString();
    if (ref.provider == "wfs"_L1)
        return wfsCapabilitiesUrl(url, asked == "1.1.0"_L1 ? WfsVersion::V110 : WfsVersion::V200);
    return wmsCapabilitiesUrl(url, asked == "1.1.1"_L1 ? WmsVersion::V111 : WmsVersion::V130);
}

} // namespace

Result<SourceDescription> ServiceOpener::Private::inspectAs(ServiceKind kind, const ServiceDocument &document,
                                                            const SourceRef &ref, const CancelToken &token)
{
    auto noted = [&](SourceDescription description) {
        if (!document.problem.isEmpty())
            description.notes.prepend(
                LiveTexts::tr("As it was on %1: %2")
                    .arg(QLocale().toString(document.fetched.toLocalTime(), QLocale::ShortFormat), document.problem));
        return description;
    };
    if (kind == ServiceKind::Wms)
        return wmsOf(document).transform([&](const auto &caps) { return noted(describeWms(*caps, ref)); });
    if (kind == ServiceKind::Wmts)
        return wmtsOf(document).transform([&](const auto &caps) { return noted(describeWmts(*caps, ref)); });
    if (kind == ServiceKind::Wfs)
        return wfsOf(document).transform([&](const auto &caps) { return noted(describeWfs(*caps, ref)); });
    if (kind == ServiceKind::OgcApi)
        return apiOf(document, ref, ServiceDocuments::Want::Newest, token).transform([&](const auto &api) {
            return noted(describeOgcApi(api, ref));
        });
    if (kind == ServiceKind::VectorTiles)
        return vectors.inspect(ref, token);
    return notShownHere(kind);
}

/** The ref says what it is. */
Result<SourceDescription> ServiceOpener::Private::inspectKnown(const SourceRef &ref, const CancelToken &token)
{
    if (ref.provider == "xyz"_L1)
        return parseXyzTemplate(ref.location).transform([&](const auto &tiles) { return describeXyz(tiles, ref); });
    if (ref.provider == "mvt"_L1)
        return vectors.inspect(ref, token);
    constexpr auto want = ServiceDocuments::Want::Newest;
    const auto kind = ref.provider == "wmts"_L1 ? ServiceKind::Wmts
        : ref.provider == "wfs"_L1              ? ServiceKind::Wfs
        : ref.provider == "oaf"_L1              ? ServiceKind::OgcApi
                                                : ServiceKind::Wms;
    const auto document =
        kind == ServiceKind::OgcApi ? landing(ref, want, token) : xml(descriptionUrl(ref), ref, want, token);
    if (!document)
        return std::unexpected(document.error());
    return inspectAs(kind, *document, ref, token);
}

/** Tries what the address may be, the likeliest first. */
Result<SourceDescription> ServiceOpener::Private::findOut(const SourceRef &ref, const CancelToken &token)
{
    if (isVectorTemplate(ref.location))
        return vectors.inspect(ref, token);
    if (isXyzTemplate(ref.location))
        return parseXyzTemplate(ref.location).transform([&](const auto &tiles) { return describeXyz(tiles, ref); });
    std::optional<Error> first;
    for (const auto &candidate : serviceCandidates(ref.location)) {
        const auto document =
            documents.get(documentRequest(candidate.url, ref), anything, ServiceDocuments::Want::Newest, token);
        if (!document) {
            first = first.value_or(document.error());
            if (document.error().kind == ErrorKind::Cancelled || document.error().kind == ErrorKind::Network)
                break; // another path on a host that is not there
            continue;
        }
        const auto kind =
            kindOfAnswer(QByteArrayView(document->bytes).first(std::min<qsizetype>(document->bytes.size(), 4096)));
        if (kind == ServiceKind::Unknown || (candidate.kind != ServiceKind::Unknown && kind != candidate.kind))
            continue;
        auto known = ref;
        known.location = pastedUrl(ref.location).toString();
        auto description = inspectAs(kind, *document, known, token);
        if (description)
            return description;
        first = description.error();
    }
    return std::unexpected(first.value_or(
        Error{ErrorKind::Unsupported,
              LiveTexts::tr("Nothing that can be shown answers at “%1”.").arg(redacted(QUrl(ref.location))),
              LiveTexts::tr("Layers come from addresses of WMS, WMTS, WFS and map tiles."),
              {}}));
}

ServiceOpener::ServiceOpener(std::shared_ptr<ServiceAccess> access)
    : d(std::make_unique<Private>(std::move(access)))
{
}

ServiceOpener::~ServiceOpener() = default;

bool ServiceOpener::knows(const SourceRef &ref)
{
    static const QStringList providers{u"wms"_s, u"wmts"_s, u"xyz"_s, u"wfs"_s, u"oaf"_s, u"mvt"_s, u"postgis"_s};
    return providers.contains(ref.provider)
        || (ref.provider == "file"_L1
            && (isDatabaseAddress(ref.location) || ref.location.startsWith("http://"_L1, Qt::CaseInsensitive)
                || ref.location.startsWith("https://"_L1, Qt::CaseInsensitive)));
}

Status ServiceOpener::holdDocuments(const std::shared_ptr<ServiceAccess> &access, const QString &package,
                                    const SourceRef &ref, const CancelToken &token)
{
    static const QStringList described{u"wms"_s, u"wmts"_s, u"wfs"_s};
    constexpr auto want = ServiceDocuments::Want::AtOnce;
    Private own(access); // its documents are those of this ref alone
    Status read;
    if (described.contains(ref.provider))
        read = own.xml(descriptionUrl(ref), ref, want, token).transform([](const auto &) { });
    else if (ref.provider == "oaf"_L1)
        read = own.landing(ref, want, token)
                   .and_then([&](const auto &landing) { return own.apiOf(landing, ref, want, token); })
                   .transform([](const auto &) {});
    else if (ref.provider == "mvt"_L1)
        read = own.vectors.readDocuments(ref, token);
    const auto keys = own.documents.askedKeys();
    if (!read || keys.empty())
        return read;
    return access->store()->hold(package, ServiceDocuments::storedDataset(), keys).transform([](const auto &) { });
}

Result<SourceDescription> ServiceOpener::inspect(const SourceRef &ref, CancelToken token) const
{
    if (ref.provider == "postgis"_L1 || isDatabaseAddress(ref.location))
        return inspectDatabase(ref, d->access, token);
    return ref.provider == "file"_L1 ? d->findOut(ref, token) : d->inspectKnown(ref, token);
}

Result<OpenedSource> ServiceOpener::open(const SourceRef &ref, CancelToken token) const
{
    auto live = [this](LiveImagesPlan plan) { return d->live(std::move(plan)); };
    if (ref.provider == "xyz"_L1)
        return parseXyzTemplate(ref.location)
            .and_then([&](const auto &tiles) { return planXyz(tiles, ref); })
            .transform(live);
    if (ref.provider == "mvt"_L1)
        return d->vectors.open(ref, d->fetcher(), token);
    constexpr auto want = ServiceDocuments::Want::AtOnce;
    if (ref.provider == "wms"_L1) {
        return d->xml(descriptionUrl(ref), ref, want, token)
            .and_then([&](const auto &document) { return d->wmsOf(document); })
            .and_then([&](const auto &caps) { return planWms(caps, ref); })
            .transform(live);
    }
    if (ref.provider == "wmts"_L1) {
        return d->xml(descriptionUrl(ref), ref, want, token)
            .and_then([&](const auto &document) { return d->wmtsOf(document); })
            .and_then([&](const auto &caps) { return planWmts(caps, ref); })
            .transform(live);
    }
    if (ref.provider == "wfs"_L1) {
        return d->xml(descriptionUrl(ref), ref, want, token)
            .and_then([&](const auto &document) { return d->wfsOf(document); })
            .and_then([&](const auto &caps) { return openWfs(*caps, ref, d->access, token); });
    }
    if (ref.provider == "oaf"_L1) {
        return d->landing(ref, want, token)
            .and_then([&](const auto &landing) { return d->apiOf(landing, ref, want, token); })
            .and_then([&](const auto &api) { return openOgcApi(api, ref, d->access, token); });
    }
    if (ref.provider == "postgis"_L1)
        return openDatabase(ref, d->access, token);
    // An address that nobody has looked at yet, e.g. from the command line
    const auto found = inspect(ref, token);
    if (!found)
        return std::unexpected(found.error());
    if (found->layers.empty() || !found->ref || found->ref->provider == "file"_L1)
        return notShownHere(ServiceKind::Unknown);
    auto known = *found->ref;
    known.layer = ref.layer.isEmpty() ? found->layers.front().name : ref.layer;
    return open(known, token);
}

} // namespace hanseatlas
