// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/livefeatures/featureplan.h"
#include "datasources/net/httpclient.h"
#include "datasources/store/storedsource.h"
#include "layers/model/source.h"

#include <memory>

namespace hanseatlas
{

/** A layer of features from a WFS or an OGC API, drawn from the store: what was fetched once is there at once, also
 *  without a network. The first read of what is not stored yet fetches all of it, whole; later only refresh() does. Ids
 *  of features hold until the next refresh.
 *
 *  Any thread, several calls at once. The client and the store must live as long; see ServiceStore for what may not be
 *  written down. */
class LiveFeatures final : public FeatureSource, public StoreBacked
{
public:
    /** Goes by what is stored, if anything is; else asks the service which fields there are. Errors as of HttpClient;
     *  offline and nothing stored is an isOfflineError(). */
    static Result<std::shared_ptr<LiveFeatures>> open(FeaturePlan plan, HttpClient &client,
                                                      std::shared_ptr<ServiceStore> store, CancelToken token);
    ~LiveFeatures() override;

    /** Of the stored state; before the first fetch without counts and extent. provenance.dataTime is when it was
     *  fetched; the first of the notes says where it is incomplete, and by how much. */
    LayerDescription description() const override;
    Result<FeatureSetPtr> read(const FeatureQuery &query, CancelToken token,
                               const Progress &progress = {}) const override;
    Result<std::vector<Feature>> features(std::span<const qint64> ids, const Crs &crs,
                                          CancelToken token) const override;
    Status stream(const FeatureQuery &query, const std::function<bool(Feature &)> &visit, CancelToken token,
                  const Progress &progress = {}) const override;

    /** Fetches all of it again, and puts it in the place of the old in one transaction. Where it fails, the error says
     *  why and the old state stands. */
    Status refresh(CancelToken token, const Progress &progress = {}) const override;
    /** What is stored: age, counts, completeness. Nothing: not fetched yet. */
    std::optional<StoredFeatures> state() const;
    const StoredDataset &storedDataset() const override;

private:
    struct Private;
    explicit LiveFeatures(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace hanseatlas
