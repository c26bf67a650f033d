// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/catalogue/cataloguenode.h"

#include <QUrl>

namespace hanseatlas
{

/** A form in which a dataset is offered, as catalogues describe it. */
struct ResourceFacts {
    QString title;
    QString abstract;
    QString format; ///< free text: "WMS", "wms", "WMS_SRVC", "OGC:WMS", a file type's or media type's URI
    QString mediaType;
    QString url; ///< a capabilities document, a bare endpoint, a whole GetMap, a file or a page
    QString layer; ///< where the catalogue names it apart
    QString licence;
    QString attribution;
    QDateTime issued, modified;
};

/** The node that opens it: a layer, a service whose layers are to be asked for, or a layer that says why it cannot be
 *  shown, with the page to look at instead. */
CatalogueNode resourceNode(const ResourceFacts &facts);

/** "WMS", "GeoJSON", "CSV", "Shapefile" …; what is not known comes as it is written, shortened; "" = nothing said. */
QString formatName(const QString &format, const QString &mediaType = {}, const QUrl &url = {});

/** "dl-de/by-2-0", "CC-BY-4.0" … for the names and URIs that catalogues write; else the text itself. */
QString licenceName(const QString &written);

/** A licence that a sentence of attribution names; "" = none that is known. */
QString licenceIn(const QString &sentence);

/** Tells whether two addresses are the same service: without scheme, case, parameters of requests. */
QString endpointKey(const QString &location);

} // namespace hanseatlas
