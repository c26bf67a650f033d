// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/wfsfilter.h"
#include "layers/model/crs.h"
#include "layers/model/feature.h"

#include <QUrl>

namespace hanseatlas
{

struct ApiLink {
    QString rel;
    QString type; ///< media type; may be empty
    QString title;
    QUrl url; ///< absolute

    bool operator==(const ApiLink &) const = default;
};
/** The first link with one of these relations, JSON preferred; empty when there is none. */
QUrl linkOf(const std::vector<ApiLink> &links, std::initializer_list<QLatin1StringView> rels);

struct OgcApiLanding {
    QString title;
    QString description;
    QString attribution; ///< where the server gives one; markup is not removed
    std::vector<ApiLink> links;
    QUrl collectionsUrl, conformanceUrl; ///< where no link names them: beside the landing page
};
Result<OgcApiLanding> parseOgcApiLanding(QByteArrayView bytes, const QUrl &from);

struct OgcApiConformance {
    QStringList classes;
    bool features = false; ///< Features part 1
    bool otherCrs = false; ///< part 2: crs and bbox-crs
    bool filter = false; ///< part 3
    bool cql2Text = false;
};
Result<OgcApiConformance> parseOgcApiConformance(QByteArrayView bytes);

struct OgcApiCollection {
    QString id;
    QString title; ///< never empty
    QString description;
    QString itemType; ///< "feature" where nothing is said
    QString attribution;
    Extent geographicBox; ///< degrees; empty = unknown or in another CRS
    QString from, until; ///< of the data; "" = open or unknown
    QStringList crs; ///< URLs; CRS84 where the server lists none
    QString storageCrs; ///< may be empty
    std::vector<ApiLink> links;
    QUrl itemsUrl, queryablesUrl; ///< queryablesUrl empty: not offered

    bool hasFeatures() const { return itemType.isEmpty() || itemType == QLatin1StringView("feature"); }
};
/** The list of collections, or a single one. Entries without id are left out. */
Result<std::vector<OgcApiCollection>> parseOgcApiCollections(QByteArrayView bytes, const QUrl &from);

/** A property that one may filter by. */
struct OgcApiQueryable {
    QString name;
    QString title;
    FieldType type = FieldType::Text;
    bool geometry = false;
    QStringList allowed; ///< empty = any

    bool operator==(const OgcApiQueryable &) const = default;
};
Result<std::vector<OgcApiQueryable>> parseOgcApiQueryables(QByteArrayView bytes);

struct OgcApiItemsRequest {
    Extent extent; ///< in `extentCrs`, east before north; empty = everywhere
    QString extentCrs; ///< URL from the collection's list; "" = CRS84
    QString crs; ///< of the answer, likewise
    FilterRule filter;
    std::optional<qint64> limit; ///< nothing: the server's own page size
    QString datetime; ///< "2024-01-01/.."; "" = all
    QList<std::pair<QString, QString>> properties; ///< {"ort", "Lübeck"}: simple filters that all servers know
};
QUrl ogcApiItemsUrl(const OgcApiCollection &collection, const OgcApiItemsRequest &request);

/** The collection's spelling of a CRS; "" = it does not offer it. */
QString ogcApiCrsFor(const OgcApiCollection &collection, const Crs &wanted);

/** A page of items; the features in it are read elsewhere. */
struct OgcApiPage {
    std::optional<qint64> matched; ///< of all pages; many servers do not tell
    std::optional<qint64> returned; ///< counted where it is not told
    QUrl next; ///< the only right way on; empty = the last page, or a server that does not say how to go on
    QString timeStamp;

    /** Are there features that no page will bring, after `receivedInAll`? */
    bool isIncomplete(qint64 receivedInAll) const { return next.isEmpty() && matched && receivedInAll < *matched; }
};
/** `from` is the address of this page: a next page that is this one again is none. */
Result<OgcApiPage> parseOgcApiPage(QByteArrayView bytes, const QUrl &from);

} // namespace hanseatlas
