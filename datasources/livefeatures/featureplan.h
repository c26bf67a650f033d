// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/database/databaseconnection.h"
#include "datasources/net/httprequest.h"
#include "datasources/services/ogcapi.h"
#include "datasources/services/wfsrequests.h"
#include "datasources/store/servicestore.h"

#include <functional>
#include <variant>

namespace hanseatlas
{

struct WfsFeaturePlan {
    WfsCapabilities caps;
    WfsFeatureType type;
};
struct OgcApiFeaturePlan {
    OgcApiCollection collection;
    OgcApiConformance conformance;
};

/** A table of a database; what it is like is asked for when it is read. */
struct DatabaseFeaturePlan {
    QString table; ///< DatabaseTable::layerName()
    QString host; ///< for people
    std::function<Result<DatabaseLogin>(CancelToken)> login; ///< may ask the keychain
};

/** Which features of a service are a layer, and how they are asked for. A value; says all that LiveFeatures needs. */
struct FeaturePlan {
    std::variant<WfsFeaturePlan, OgcApiFeaturePlan, DatabaseFeaturePlan> service;
    StoredDataset dataset; ///< where they are stored, with provenance and licence
    Crs crs = Crs::working(); ///< wanted; where the service does not offer it, its own is taken
    Extent extent; ///< only what touches this, in `extentCrs`; empty = everything
    Crs extentCrs = Crs::working();
    FilterRule filter; ///< only these; empty = all
    HttpRequest request; ///< all but url, method, body and etag: credentials, source, time-outs, sizeLimit of an answer
};

/** What may be told of a layer besides what the service says. */
struct FeaturePlanOptions {
    Crs crs = Crs::working();
    Extent extent;
    Crs extentCrs = Crs::working();
    FilterRule filter;
    QString title, licence, attribution; ///< empty: what the service says
    QString credentials; ///< the keychain's key
    bool mayBeStored = true;
    bool personal = false;
};

/** `typeName` with or without prefix. NotFound where the service has no such type, Unsupported where it can only be
 *  asked by queries of its own. */
Result<FeaturePlan> planWfs(const WfsCapabilities &caps, const QString &typeName,
                            const FeaturePlanOptions &options = {});
/** `address`: of the landing page. Unsupported where the collection holds no features, or cannot be filtered as
 *  wanted. */
Result<FeaturePlan> planOgcApi(const QUrl &address, const OgcApiLanding &landing, const OgcApiConformance &conformance,
                               const OgcApiCollection &collection, const FeaturePlanOptions &options = {});

FeaturePlan planDatabase(const DatabaseAddress &address, const QString &table,
                         std::function<Result<DatabaseLogin>(CancelToken)> login,
                         const FeaturePlanOptions &options = {});

} // namespace hanseatlas
