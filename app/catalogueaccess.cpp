// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/catalogueaccess.h"

#include "datasources/catalogue/catalogues.h"
#include "datasources/database/databaseaddress.h"
#include "datasources/live/databaseservices.h"
#include "datasources/live/serviceaccess.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr auto postgis = "postgis"_L1;

/** Its tables, in folders by schema where there are several. */
CatalogueTree treeOf(const SourceDescription &database, const SourceRef &ref)
{
    CatalogueTree tree{.title = database.title, .asOf = QDateTime::currentDateTimeUtc()};
    for (const auto &table : database.layers) {
        CatalogueNode node{.kind = CatalogueKind::Layer, .title = table.title, .source = ref, .format = u"PostGIS"_s};
        node.source->layer = table.name;
        auto *into = &tree.nodes;
        if (!table.group.isEmpty()) {
            auto folder = std::ranges::find(tree.nodes, table.group, &CatalogueNode::title);
            if (folder == tree.nodes.end())
                folder = tree.nodes.insert(folder, {.kind = CatalogueKind::Folder, .title = table.group});
            into = &folder->children;
        }
        into->push_back(std::move(node));
    }
    return tree;
}

} // namespace

CatalogueAccess::CatalogueAccess(std::shared_ptr<ServiceAccess> network, CatalogueFiles files)
    : m_network(network ? std::move(network) : std::make_shared<ServiceAccess>(ServiceAccess::Options{}))
    , m_files(std::move(files))
{
}

CatalogueAccess::~CatalogueAccess() = default;

CatalogueSetup CatalogueAccess::setup() const
{
    return catalogueSetup(m_files, m_language);
}

Status CatalogueAccess::keep(const std::vector<CatalogueSource> &sources) const
{
    return writeSources(m_files.sources, sources);
}

Result<CatalogueTree> CatalogueAccess::load(const CatalogueSource &source, CatalogueAge age, CancelToken token,
                                            const Progress &progress) const
{
    if (source.kind == CatalogueSourceKind::Service && source.provider == postgis)
        return tablesOf(source.location, token);
    return catalogues().load(source, age, token, progress);
}

Result<CatalogueTree> CatalogueAccess::layersOf(const SourceRef &service, CatalogueAge age, CancelToken token,
                                                const Progress &progress) const
{
    if (service.provider == postgis)
        return tablesOf(service.location, token);
    return catalogues().layersOf(service, age, token, progress);
}

Result<CatalogueTree> CatalogueAccess::search(const CatalogueSource &source, const CatalogueQuery &query,
                                              CancelToken token, const Progress &progress) const
{
    return catalogues().search(source, query, token, progress);
}

Result<QImage> CatalogueAccess::preview(const CatalogueNode &node, QSize size, CancelToken token) const
{
    return catalogues().preview(node, size, token);
}

Result<CatalogueSource> CatalogueAccess::detect(const QString &address, CancelToken token,
                                                const Progress &progress) const
{
    const auto text = address.trimmed();
    if (!isDatabaseAddress(text))
        return catalogues().detect(address, token, progress);
    auto location = text;
    m_network->keepSecrets(location); // a password in it goes where passwords are kept
    const auto database = DatabaseAddress::fromText(location);
    const auto tree = tablesOf(location, token);
    if (!tree)
        return std::unexpected(tree.error());
    return CatalogueSource{.id = QUuid::createUuid().toString(QUuid::WithoutBraces),
                           .title = tree->title,
                           .kind = CatalogueSourceKind::Service,
                           .location = database ? database->toText() : location,
                           .provider = postgis,
                           .own = true};
}

Result<CatalogueTree> CatalogueAccess::tablesOf(const QString &address, const CancelToken &token) const
{
    SourceRef ref{.provider = postgis, .location = address};
    if (const auto key = m_network->keepSecrets(ref.location); !key.isEmpty())
        ref.options[u"credentials"_s] = key;
    return inspectDatabase(ref, m_network, token).transform([&](const SourceDescription &database) {
        return treeOf(database, ref);
    });
}

const Catalogues &CatalogueAccess::catalogues() const
{
    std::call_once(m_made, [this] {
        m_catalogues = std::make_unique<Catalogues>(m_network->client(), m_network->store(), m_files, m_language);
    });
    return *m_catalogues;
}

} // namespace hanseatlas
