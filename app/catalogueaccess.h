// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/catalogue/cataloguefile.h"
#include "layers/catalogue/cataloguereader.h"

#include <memory>
#include <mutex>

namespace hanseatlas
{

class Catalogues;
class ServiceAccess;

/** The catalogues of this session and the list of their sources. The way to the network is made when something is
 *  first asked. Any thread, but setLanguage(), which comes before all others. */
class CatalogueAccess final : public CatalogueReader, public CatalogueDetector
{
public:
    /** `network` may be null: then only files can be read. */
    CatalogueAccess(std::shared_ptr<ServiceAccess> network, CatalogueFiles files);
    ~CatalogueAccess() override;

    void setLanguage(const QString &language) { m_language = language; } ///< "de"; of texts in several languages

    /** All sources, the city's first. Reads small files. */
    CatalogueSetup setup() const;
    /** Writes down the user's own among them. */
    Status keep(const std::vector<CatalogueSource> &sources) const;

    Result<CatalogueTree> load(const CatalogueSource &source, CatalogueAge age, CancelToken token,
                               const Progress &progress = {}) const override;
    Result<CatalogueTree> layersOf(const SourceRef &service, CatalogueAge age, CancelToken token,
                                   const Progress &progress = {}) const override;
    Result<CatalogueTree> search(const CatalogueSource &source, const CatalogueQuery &query, CancelToken token,
                                 const Progress &progress = {}) const override;
    Result<QImage> preview(const CatalogueNode &node, QSize size, CancelToken token) const override;
    Result<CatalogueSource> detect(const QString &address, CancelToken token,
                                   const Progress &progress = {}) const override;

private:
    const Catalogues &catalogues() const;
    Result<CatalogueTree> tablesOf(const QString &address, const CancelToken &token) const; ///< of a database

    const std::shared_ptr<ServiceAccess> m_network;
    const CatalogueFiles m_files;
    QString m_language;
    mutable std::once_flag m_made;
    mutable std::unique_ptr<Catalogues> m_catalogues;
};

} // namespace hanseatlas
