// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/catalogue/cataloguenode.h"
#include "layers/catalogue/cataloguesource.h"
#include "layers/model/job.h"

#include <QImage>

namespace hanseatlas
{

/** What a source holds, or a page of it. */
struct CatalogueTree {
    QString title; ///< as the source calls itself; may be empty
    std::vector<CatalogueNode> nodes;
    QStringList notes; ///< what is missing or was repaired; for people
    QDateTime asOf; ///< when the server last said so; invalid = nothing was fetched
    bool old = false; ///< kept from before: worth asking for again
    int total = -1; ///< of all pages; -1 = not told
    int nextPage = -1; ///< to be asked for next; -1 = there is none
    QStringList themes, formats; ///< what a search could be narrowed by, in the source's own words
};

/** What is searched for in a source. Empty members do not narrow. */
struct CatalogueQuery {
    QString words;
    QString theme; ///< one of the source's own
    QString format; ///< "WMS", "CSV" …
    int page = 0;

    bool operator==(const CatalogueQuery &) const = default;
};

enum class CatalogueAge {
    Kept, ///< what was kept from before, however old; asked for where there is nothing
    Fresh, ///< asked for now; what was kept only where the answer fails, with a note that says so
};

/** Reads catalogues. All calls block and may be made from any thread, several at once. */
class CatalogueReader
{
public:
    virtual ~CatalogueReader() = default;
    /** The whole tree; of sources that are searched there the first page. */
    virtual Result<CatalogueTree> load(const CatalogueSource &source, CatalogueAge age, CancelToken token,
                                       const Progress &progress = {}) const = 0;
    /** The layers of a service, in its own order and folders. */
    virtual Result<CatalogueTree> layersOf(const SourceRef &service, CatalogueAge age, CancelToken token,
                                           const Progress &progress = {}) const = 0;
    virtual Result<CatalogueTree> search(const CatalogueSource &source, const CatalogueQuery &query, CancelToken token,
                                         const Progress &progress = {}) const = 0;
    /** A small picture of what a node shows; NotFound where it has none. */
    virtual Result<QImage> preview(const CatalogueNode &node, QSize size, CancelToken token) const = 0;
};

/** Finds out what an address leads to. Blocks; any thread. */
class CatalogueDetector
{
public:
    virtual ~CatalogueDetector() = default;
    /** The source, named as it names itself. Unsupported where something answers that is no catalogue and no service,
     *  Invalid where the text is no address. */
    virtual Result<CatalogueSource> detect(const QString &address, CancelToken token,
                                           const Progress &progress = {}) const = 0;
};

} // namespace hanseatlas
