// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/catalogues.h"
#include "datasources/catalogue/dcat.h"
#include "datasources/services/answer.h"
#include "datasources/services/servicekind.h"
#include "datasources/services/serviceurl.h"
#include "layers/catalogue/cataloguetexts.h"

#include <QFileInfo>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using std::chrono::milliseconds;

QString providerOf(ServiceKind kind)
{
    switch (kind) {
    case ServiceKind::Wms:
        return u"wms"_s;
    case ServiceKind::Wmts:
        return u"wmts"_s;
    case ServiceKind::Wfs:
        return u"wfs"_s;
    case ServiceKind::OgcApi:
        return u"oaf"_s;
    default:
        return {};
    }
}

bool looksLikeDcat(const QByteArray &bytes, const QUrl &url)
{
    if (answerKind(bytes) == AnswerKind::Html)
        return !rdfLinks(bytes, url).isEmpty();
    return bytes.left(200000).contains("http://www.w3.org/ns/dcat#");
}

/** "…/collections/x?f=json" → "…/" */
QString apiRoot(QUrl url)
{
    url.setPath(url.path().section(u"/collections"_s, 0, 0));
    url.setQuery(QString());
    return url.toString(QUrl::FullyEncoded);
}

/** The kind, from what came; nothing where it is none of a catalogue's or service's. */
std::optional<CatalogueSource> sourceOf(ServiceKind kind, const QByteArray &bytes, const QUrl &asked, const QUrl &given)
{
    CatalogueSource source{.id = QUuid::createUuid().toString(QUuid::WithoutBraces), .own = true};
    if (const auto provider = providerOf(kind); !provider.isEmpty()) {
        source.kind = CatalogueSourceKind::Service;
        source.provider = provider;
        source.location = kind == ServiceKind::OgcApi ? apiRoot(asked) : endpointOf(asked).toString(QUrl::FullyEncoded);
        return source;
    }
    source.location = given.toString(QUrl::FullyEncoded);
    if (kind == ServiceKind::Masterportal)
        source.kind = CatalogueSourceKind::Masterportal;
    else if (kind == ServiceKind::Ckan)
        source.kind = CatalogueSourceKind::Ckan;
    else if (bytes.left(2000).contains("\"hanseatlas-catalogue\""))
        source.kind = CatalogueSourceKind::File;
    else if (looksLikeDcat(bytes, asked))
        source.kind = CatalogueSourceKind::Dcat;
    else
        return {};
    return source;
}

Error nothingFound(ServiceKind kind, const Error &last)
{
    if (kind == ServiceKind::File)
        return {ErrorKind::Unsupported, CatalogueTexts::tr("The address leads to a file, not to a catalogue."),
                CatalogueTexts::tr("Add it to the map as a layer.")};
    if (kind == ServiceKind::SensorThings)
        return {ErrorKind::Unsupported, CatalogueTexts::tr("Sensors (SensorThings) cannot be shown yet.")};
    if (!last.what.isEmpty())
        return last;
    return {ErrorKind::Unsupported,
            CatalogueTexts::tr("What answers there is no service and no catalogue that is known here."),
            CatalogueTexts::tr("Known are WMS, WMTS, WFS, OGC API Features, PostGIS, Masterportal, CKAN and DCAT-AP.")};
}

/** "catalog.ttl", "config.json", a folder: files have no candidates. */
Result<CatalogueSource> localSource(const QString &path)
{
    CatalogueSource source{.id = QUuid::createUuid().toString(QUuid::WithoutBraces), .location = path, .own = true};
    const QFileInfo info(path);
    const auto ending = info.suffix().toLower();
    if (info.isDir() || ending == "js"_L1) {
        source.kind = CatalogueSourceKind::Masterportal;
        return source;
    }
    const auto bytes = readSmallFile(path, 64LL * 1024 * 1024);
    if (!bytes)
        return std::unexpected(bytes.error());
    if (const auto found = sourceOf(kindOfAnswer(bytes->left(20000)), *bytes, {}, QUrl::fromLocalFile(path));
        found && found->kind != CatalogueSourceKind::Service && found->kind != CatalogueSourceKind::Ckan) {
        source.kind = found->kind;
        return source;
    }
    return std::unexpected(nothingFound(ServiceKind::Unknown, {}));
}

} // namespace

Result<CatalogueSource> Catalogues::detect(const QString &address, CancelToken token, const Progress &progress) const
{
    const auto named = [&](CatalogueSource source) -> Result<CatalogueSource> {
        const auto tree = load(source, CatalogueAge::Fresh, token, progress); // what cannot be read is not added
        if (!tree)
            return std::unexpected(tree.error());
        source.title = tree->title.isEmpty() ? urlOfLocation(source.location).host() : tree->title.left(200);
        if (source.title.isEmpty())
            source.title = QFileInfo(source.location).fileName();
        return source;
    };
    const auto text = address.trimmed();
    if (const auto file = QUrl(text); file.isLocalFile() || QFileInfo::exists(text))
        return localSource(file.isLocalFile() ? file.toLocalFile() : text).and_then(named);
    const auto given = pastedUrl(text);
    const auto candidates = serviceCandidates(text);
    if (candidates.empty())
        return failure(ErrorKind::Invalid, CatalogueTexts::tr("“%1” is no address of a service.").arg(text.left(200)),
                       CatalogueTexts::tr("It begins with https://, e.g. https://example.org/wms."));
    Error last;
    auto lastKind = ServiceKind::Unknown;
    int silent = 0;
    for (std::size_t i = 0; i < candidates.size() && silent < 2; ++i) {
        report(progress, double(i) / double(candidates.size()));
        HttpRequest request{.url = candidates[i].url, .source = u"catalogue"_s};
        request.timeouts = {.connect = milliseconds(8000), .firstByte = milliseconds(20000)};
        const auto answer = m_client.get(std::move(request), token);
        if (!answer) {
            if (answer.error().kind == ErrorKind::Cancelled || isOfflineError(answer.error()))
                return std::unexpected(answer.error());
            silent += answer.error().kind == ErrorKind::Network ? 1 : 0; // a dead host is not asked eight times
            if (last.what.isEmpty() || answer.error().kind == ErrorKind::Network)
                last = answer.error();
            continue;
        }
        silent = 0;
        lastKind = kindOfAnswer(answer->body.left(20000));
        if (const auto found = sourceOf(lastKind, answer->body, answer->url, given))
            return named(*found);
        last = {};
    }
    return std::unexpected(nothingFound(lastKind, last));
}

} // namespace hanseatlas
