// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/catalogues.h"

#include "datasources/catalogue/ckan.h"
#include "datasources/catalogue/dcat.h"
#include "datasources/catalogue/portalreader.h"
#include "datasources/catalogue/resources.h"
#include "datasources/catalogue/servicecatalogue.h"
#include "datasources/services/answer.h"
#include "datasources/services/serviceurl.h"
#include "datasources/services/wmsrequests.h"
#include "layers/catalogue/cataloguetexts.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int mostPages = 50; ///< of a static catalogue; more than any city has
constexpr std::size_t mostDatasets = 50000;

/** What a document says, with how old it is. */
Result<CatalogueTree> treeOf(const Result<Document> &document,
                             const std::function<Result<CatalogueTree>(const Document &)> &parse)
{
    if (!document)
        return std::unexpected(document.error());
    auto tree = parse(*document);
    if (!tree)
        return tree;
    tree->asOf = document->asOf;
    tree->old = document->old;
    if (!document->note.isEmpty())
        tree->notes.prepend(document->note);
    return tree;
}

/** Where the address is the page that people see, the RDF that it leads to. */
Result<Document> behindThePage(Result<Document> document, const std::function<Result<Document>(const QUrl &)> &read,
                               const CancelToken &token)
{
    if (!document || answerKind(document->bytes) != AnswerKind::Html)
        return document;
    auto links = rdfLinks(document->bytes, document->url);
    for (const auto *name : {u"catalog.ttl", u"catalog.rdf"})
        if (const auto beside = document->url.resolved(QUrl(QString::fromUtf16(name))); !links.contains(beside))
            links.append(beside);
    for (const auto &link : links.mid(0, 4)) {
        document = read(link);
        if (document && answerKind(document->bytes) != AnswerKind::Html)
            break;
        if (token.stop_requested())
            return cancelled();
    }
    return document;
}

} // namespace

QUrl urlOfLocation(const QString &location)
{
    if (location.startsWith(u":/"_s))
        return QUrl(u"qrc"_s + location);
    const QUrl url(location, QUrl::TolerantMode);
    if (isWebAddress(url) || url.isLocalFile())
        return url;
    return QUrl::fromLocalFile(location);
}

Catalogues::Catalogues(HttpClient &client, std::shared_ptr<ServiceStore> store, CatalogueFiles files, QString language)
    : m_client(client)
    , m_documents(client, std::move(store))
    , m_files(std::move(files))
    , m_language(std::move(language))
    , m_forbidden(storingForbidden(m_files))
{
}

Catalogues::~Catalogues() = default;

Result<CatalogueTree> Catalogues::load(const CatalogueSource &source, CatalogueAge age, CancelToken token,
                                       const Progress &progress) const
{
    const auto url = urlOfLocation(source.location);
    const auto read = [&]() -> Result<CatalogueTree> {
        switch (source.kind) {
        case CatalogueSourceKind::File:
            return loadFile(url, age, token);
        case CatalogueSourceKind::Masterportal:
            return readPortal(m_documents, url, age, token, progress);
        case CatalogueSourceKind::Ckan:
            return loadCkan(url, {}, age, token, progress);
        case CatalogueSourceKind::Dcat:
            return loadDcat(url, age, token, progress);
        case CatalogueSourceKind::Service:
            break;
        }
        return layersOf({.provider = source.provider, .location = source.location}, age, token, progress);
    };
    auto tree = read();
    if (tree)
        restrict(*tree);
    return tree;
}

Result<CatalogueTree> Catalogues::loadFile(const QUrl &url, CatalogueAge age, const CancelToken &token) const
{
    const DocumentWish wish{.url = url, .asked = CatalogueTexts::tr("the catalogue"), .content = ContentKind::Json};
    return treeOf(m_documents.read(wish, age, token), [&](const Document &document) {
        return parseCatalogueFile(document.bytes, m_language).transform([](CatalogueFile file) {
            return std::move(file.tree);
        });
    });
}

Result<CatalogueTree> Catalogues::loadCkan(const QUrl &url, const CatalogueQuery &query, CatalogueAge age,
                                           const CancelToken &token, const Progress &progress) const
{
    const auto site = url.adjusted(QUrl::RemoveUserInfo);
    DocumentWish wish{.url = ckanSearchUrl(site, query),
                      .asked = CatalogueTexts::tr("the list of datasets"),
                      .content = ContentKind::Json,
                      .sizeLimit = 32LL * 1024 * 1024};
    wish.check = [&](const QByteArray &bytes) {
        return parseCkanSearch(bytes, site, query.page).transform([](const CatalogueTree &) { });
    };
    wish.mayBeStored = query == CatalogueQuery(); // searches are not worth the disk
    return treeOf(m_documents.read(wish, age, token, progress),
                  [&](const Document &document) { return parseCkanSearch(document.bytes, site, query.page); });
}

Result<CatalogueTree> Catalogues::loadDcat(const QUrl &url, CatalogueAge age, const CancelToken &token,
                                           const Progress &progress) const
{
    const auto read = [&](const QUrl &page) {
        return m_documents.read({.url = page,
                                 .asked = CatalogueTexts::tr("the catalogue"),
                                 .accept = {u"text/turtle"_s, u"application/rdf+xml"_s, u"*/*"_s}},
                                age, token, progress);
    };
    auto document = behindThePage(read(url), read, token);
    CatalogueTree all;
    QSet<QUrl> seen;
    for (int number = 0; number < mostPages; ++number) {
        QUrl next;
        const auto page = treeOf(document, [&](const Document &rdf) {
            return parseRdf(rdf.bytes, rdf.url, token).and_then([&](const RdfGraph &graph) -> Result<CatalogueTree> {
                auto found = dcatCatalogue(graph, m_language);
                if (found.tree.nodes.empty() && !graph.damage.isEmpty())
                    return failure(ErrorKind::Malformed,
                                   CatalogueTexts::tr("The catalogue is damaged: it is no sound RDF."), {},
                                   graph.damage);
                next = found.next;
                return std::move(found.tree);
            });
        });
        if (!page && number == 0)
            return page;
        if (!page) {
            if (page.error().kind == ErrorKind::Cancelled)
                return page;
            all.notes.append(CatalogueTexts::tr("The catalogue is incomplete: %1").arg(page.error().what));
            break;
        }
        if (number == 0) {
            all = *page;
        } else {
            all.nodes.insert(all.nodes.end(), page->nodes.begin(), page->nodes.end());
            all.notes += page->notes;
        }
        all.old = all.old || page->old;
        if (next.isEmpty() || seen.contains(next) || all.nodes.size() > mostDatasets)
            break;
        seen.insert(next);
        document = read(next);
    }
    all.total = int(all.nodes.size());
    return all;
}

Result<CatalogueTree> Catalogues::layersOf(const SourceRef &service, CatalogueAge age, CancelToken token,
                                           const Progress &progress) const
{
    const QUrl url(service.location);
    if (service.provider == "oaf"_L1)
        return loadOgcApi(service, age, token);
    const bool isDocument = url.path().endsWith(".xml"_L1, Qt::CaseInsensitive);
    const auto read = [&](const QUrl &request, const auto &parse) {
        DocumentWish wish{.url = isDocument ? url : request,
                          .asked = CatalogueTexts::tr("the list of layers"),
                          .content = ContentKind::Xml};
        return treeOf(m_documents.read(wish, age, token, progress), [&](const Document &document) {
            return parse(document.bytes, document.url).transform([&](const auto &caps) {
                return serviceCatalogue(caps, service);
            });
        });
    };
    Result<CatalogueTree> tree;
    if (service.provider == "wms"_L1)
        tree = read(wmsCapabilitiesUrl(url), parseWmsCapabilities);
    else if (service.provider == "wmts"_L1)
        tree = read(wmtsCapabilitiesUrl(url), parseWmtsCapabilities);
    else if (service.provider == "wfs"_L1)
        tree = read(wfsCapabilitiesUrl(url), parseWfsCapabilities);
    else
        return failure(ErrorKind::Unsupported,
                       CatalogueTexts::tr("Services of the kind “%1” have no list of layers.").arg(service.provider));
    if (tree)
        restrict(*tree);
    return tree;
}

Result<CatalogueTree> Catalogues::loadOgcApi(const SourceRef &service, CatalogueAge age, const CancelToken &token) const
{
    const auto read = [&](const QUrl &url) {
        return m_documents.read({.url = withParameters(url, {{u"f"_s, u"json"_s}}),
                                 .asked = CatalogueTexts::tr("the list of collections"),
                                 .content = ContentKind::Json,
                                 .accept = {u"application/json"_s}},
                                age, token);
    };
    QUrl root(service.location);
    if (!root.path().endsWith(u'/'))
        root.setPath(root.path() + u'/'); // "…/collections" lies below it
    OgcApiLanding landing;
    auto first = treeOf(read(root), [&](const Document &document) -> Result<CatalogueTree> {
        auto parsed = parseOgcApiLanding(document.bytes, document.url);
        if (!parsed)
            return std::unexpected(parsed.error());
        landing = *std::move(parsed);
        return CatalogueTree();
    });
    if (!first)
        return first;
    auto tree = treeOf(read(landing.collectionsUrl), [&](const Document &document) {
        return parseOgcApiCollections(document.bytes, document.url)
            .transform([&](const std::vector<OgcApiCollection> &collections) {
                return serviceCatalogue(landing, collections, service);
            });
    });
    if (tree)
        restrict(*tree);
    return tree;
}

Result<CatalogueTree> Catalogues::search(const CatalogueSource &source, const CatalogueQuery &query, CancelToken token,
                                         const Progress &progress) const
{
    if (source.kind != CatalogueSourceKind::Ckan)
        return failure(ErrorKind::Unsupported, CatalogueTexts::tr("“%1” is not searched there.").arg(source.title));
    auto tree = loadCkan(urlOfLocation(source.location), query, CatalogueAge::Fresh, token, progress);
    if (tree)
        restrict(*tree);
    return tree;
}

/** The same service may come by way of a portal, too; what may be done with it stays the same. */
void Catalogues::restrict(CatalogueTree &tree) const
{
    forEachNode(tree.nodes, [&](CatalogueNode &node) {
        if (node.source && m_forbidden(node.source->location))
            node.mayBeStored = false;
    });
}

} // namespace hanseatlas
