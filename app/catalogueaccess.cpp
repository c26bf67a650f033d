// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/catalogueaccess.h"

#include "datasources/catalogue/catalogues.h"
#include "datasources/live/serviceaccess.h"

namespace hanseatlas
{

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
    return catalogues().load(source, age, token, progress);
}

Result<CatalogueTree> CatalogueAccess::layersOf(const SourceRef &service, CatalogueAge age, CancelToken token,
                                                const Progress &progress) const
{
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
    return catalogues().detect(address, token, progress);
}

const Catalogues &CatalogueAccess::catalogues() const
{
    std::call_once(m_made, [this] {
        m_catalogues = std::make_unique<Catalogues>(m_network->client(), m_network->store(), m_files, m_language);
    });
    return *m_catalogues;
}

} // namespace hanseatlas
