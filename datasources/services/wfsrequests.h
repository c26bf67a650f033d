// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/wfsfilter.h"
#include "layers/model/crs.h"

namespace hanseatlas
{

QUrl wfsDescribeUrl(const WfsCapabilities &caps, const WfsFeatureType &type);

struct WfsFeatureRequest {
    Extent extent; ///< in `crs`, east before north; empty = everywhere
    QString crs; ///< of extent and answer, as the type spells it; "" = its default
    std::optional<bool> northFirst; ///< of extent; against the rule of the spelling, for servers that do not obey it
    FilterRule filter;
    QString geometryField; ///< needed where filter and extent meet
    QStringList fields; ///< "" = all
    QString format; ///< "" = the server's default
    std::optional<qint64> count; ///< most features; nothing: as many as the server gives
    qint64 startIndex = 0;
    bool hits = false; ///< only their number
};
QUrl wfsFeatureUrl(const WfsCapabilities &caps, const WfsFeatureType &type, const WfsFeatureRequest &request);
/** The same as XML to be sent by POST, for filters that are too long for an address. */
QByteArray wfsFeatureBody(const WfsCapabilities &caps, const WfsFeatureType &type, const WfsFeatureRequest &request);

/** For services that answer to queries of their own only, e.g. "…/ave-by-bbox"; `parameters` are theirs. */
QUrl wfsStoredQueryUrl(const WfsCapabilities &caps, const QString &query,
                       const QList<std::pair<QString, QString>> &parameters);

/** The CRS of the type's own list that is the wanted one, in the server's spelling; its default where there is none. */
QString wfsCrsFor(const WfsFeatureType &type, const Crs &wanted);

/** What the root of an answer to GetFeature says, be it GML or GeoJSON. */
struct WfsAnswer {
    std::optional<qint64> matched; ///< all that meet the request; nothing: not told, or "unknown"
    std::optional<qint64> returned; ///< in this answer
    QUrl next; ///< the next page, where the server names it; may be empty
    QString timeStamp;

    /** Of an answer to hits: the number of all, which old versions give as those returned. */
    std::optional<qint64> total() const { return matched ? matched : returned; }
};
/** Also reads answers to hits. An exception report is the error. */
Result<WfsAnswer> parseWfsAnswer(QByteArrayView bytes);

/** How to go on after an answer that held `received` features: the server's own next address, or a request for the
 *  following ones where the server says that it can page and how many it gives. Nothing: that was all, or there is no
 *  safe way to go on (see isIncomplete()). */
struct WfsNextPage {
    QUrl url; ///< where the server named it; else `request` is to be sent
    WfsFeatureRequest request;
};
std::optional<WfsNextPage> wfsNextPage(const WfsCapabilities &caps, const WfsFeatureRequest &request,
                                       const WfsAnswer &answer, qint64 received);
/** Were there more features than all pages so far, `receivedInAll`, have brought? People must be told. */
bool isIncomplete(const WfsCapabilities &caps, const WfsAnswer &answer, qint64 receivedInAll);

} // namespace hanseatlas
