// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/catalogue/catalogueanswers.h"
#include "datasources/catalogue/cataloguefile.h"

namespace hanseatlas
{

/** Reads all kinds of catalogues and services, and finds out what an address leads to. What comes from the web is kept
 *  in the store, so that catalogues open without a network. Any thread. */
class Catalogues final : public CatalogueReader, public CatalogueDetector
{
public:
    /** The client outlives this. `store` may be null. Texts that a catalogue has in several languages are taken in
     *  `language` ("de"). */
    Catalogues(HttpClient &client, std::shared_ptr<ServiceStore> store, CatalogueFiles files, QString language);
    ~Catalogues() override;

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
    Result<CatalogueTree> loadFile(const QUrl &url, CatalogueAge age, const CancelToken &token) const;
    Result<CatalogueTree> loadCkan(const QUrl &url, const CatalogueQuery &query, CatalogueAge age,
                                   const CancelToken &token, const Progress &progress) const;
    Result<CatalogueTree> loadDcat(const QUrl &url, CatalogueAge age, const CancelToken &token,
                                   const Progress &progress) const;
    Result<CatalogueTree> loadOgcApi(const SourceRef &service, CatalogueAge age, const CancelToken &token) const;
    Result<QImage> mapPreview(const CatalogueNode &node, QSize size, const CancelToken &token) const;
    void restrict(CatalogueTree &tree) const;

    HttpClient &m_client;
    CatalogueDocuments m_documents;
    CatalogueFiles m_files;
    QString m_language;
    const std::function<bool(const QString &)> m_forbidden; ///< may be viewed, but not stored
};

/** A path (also ":/…" of the program) or an address. */
QUrl urlOfLocation(const QString &location);

} // namespace hanseatlas
