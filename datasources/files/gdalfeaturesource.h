// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/gdalorigin.h"
#include "datasources/files/vectorlayer.h"

#include <mutex>

namespace hanseatlas
{

/** @internal A vector layer or table that GDAL reads. When the file is replaced, the next read() opens it anew;
 *  features() then fails rather than answer with objects of another file. */
class GdalFeatureSource final : public FeatureSource, public GdalBacked
{
public:
    /** @param layer name in the dataset, "" = the first */
    static Result<std::shared_ptr<const GdalFeatureSource>> open(DatasetSpec spec, QString layer, QJsonObject options,
                                                                 CancelToken token);

    LayerDescription description() const override;
    Result<FeatureSetPtr> read(const FeatureQuery &query, CancelToken token, const Progress &progress) const override;
    Result<std::vector<Feature>> features(std::span<const qint64> ids, const Crs &crs,
                                          CancelToken token) const override;
    Status stream(const FeatureQuery &query, const std::function<bool(Feature &)> &visit, CancelToken token,
                  const Progress &progress) const override;
    std::optional<GdalOrigin> gdalOrigin() const override;

private:
    /** All that holds as long as the file stays the same. */
    struct State {
        FileStamp stamp;
        std::unique_ptr<DatasetPool> pool;
        VectorLayer facts;
    };
    using StatePtr = std::shared_ptr<const State>;

    GdalFeatureSource(DatasetSpec spec, QString layer, QJsonObject options);
    Result<StatePtr> load(CancelToken token) const;
    Result<StatePtr> current(CancelToken token) const; ///< loads again when the file has changed
    Result<FeatureSetPtr> readOnce(const State &state, const FeatureQuery &query, CancelToken token,
                                   const Progress &progress) const;
    std::unexpected<Error> changed() const;

    const DatasetSpec m_spec; ///< as it was found first
    const QString m_layer;
    const QJsonObject m_options;
    mutable std::mutex m_mutex;
    mutable StatePtr m_state;
    mutable FileStamp m_readStamp; ///< of the file that ids in use come from
};

} // namespace hanseatlas
