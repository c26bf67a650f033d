// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/catalogue/rdf.h"
#include "layers/catalogue/cataloguereader.h"

namespace hanseatlas
{

/** The datasets of a DCAT-AP(.de) graph with their distributions, in the order of the document; texts in `language`
 *  where there are several. The next page, where the catalogue has more, is its address in `next`. */
struct DcatPage {
    CatalogueTree tree;
    QUrl next; ///< empty = the last page
};
DcatPage dcatCatalogue(const RdfGraph &graph, const QString &language);

/** Addresses of RDF that a web page links to, the likeliest first. */
QList<QUrl> rdfLinks(const QByteArray &page, const QUrl &from);

} // namespace hanseatlas
