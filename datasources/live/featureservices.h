// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/servicedocuments.h"
#include "datasources/livefeatures/featureplan.h"
#include "datasources/services/ogcapi.h"
#include "datasources/services/wfs.h"
#include "layers/model/source.h"

/** What services of features offer, in our terms; and how one of their layers is opened. */
namespace hanseatlas
{

/** The documents of an OGC API that a layer needs. */
struct OgcApi {
    OgcApiLanding landing;
    OgcApiConformance conformance;
    std::vector<OgcApiCollection> collections;
    QString problem; ///< see ServiceDocument
};

/** `landing` as it was fetched from the address; asks for the others. Blocking. */
Result<OgcApi> readOgcApi(const ServiceDocument &landing, const HttpRequest &request, ServiceDocuments &documents,
                          ServiceDocuments::Want want, const CancelToken &token);

/** What the ref says of the features that are wanted; Malformed where that cannot be understood. */
Result<FeaturePlanOptions> planOptions(const SourceRef &ref);
/** The features of a plan as a source, which holds `access`. */
Result<OpenedSource> openFeatures(FeaturePlan plan, const std::shared_ptr<ServiceAccess> &access,
                                  const CancelToken &token);

SourceDescription describeWfs(const WfsCapabilities &caps, const SourceRef &ref);
SourceDescription describeOgcApi(const OgcApi &api, const SourceRef &ref);

/** The layer that `ref` names, from the store where it is there. Blocking: else the server is asked what fields there
 *  are. The source holds `access`. */
Result<OpenedSource> openWfs(const WfsCapabilities &caps, const SourceRef &ref,
                             const std::shared_ptr<ServiceAccess> &access, const CancelToken &token);
Result<OpenedSource> openOgcApi(const OgcApi &api, const SourceRef &ref, const std::shared_ptr<ServiceAccess> &access,
                                const CancelToken &token);

} // namespace hanseatlas
