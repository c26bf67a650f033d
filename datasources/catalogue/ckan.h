// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/catalogue/cataloguereader.h"

#include <QUrl>

namespace hanseatlas
{

/** Builds questions for CKAN's action API and reads the answers. Pure. */

constexpr int ckanPageSize = 50;

/** `site`: any address of it, also of an organisation ("…/organization/luebeck"), a group or a search, which then
 *  narrows what is found. */
QUrl ckanSearchUrl(const QUrl &site, const CatalogueQuery &query);

/** An answer of package_search. How many come is what counts, whatever `count` says; `page` is the one that was asked
 *  for. */
Result<CatalogueTree> parseCkanSearch(const QByteArray &bytes, const QUrl &site, int page);

/** The answer of package_show. */
Result<CatalogueNode> parseCkanPackage(const QByteArray &bytes, const QUrl &site);

} // namespace hanseatlas
