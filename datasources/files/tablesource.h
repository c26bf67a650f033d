// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/dataset.h"
#include "datasources/files/tablecolumns.h"
#include "layers/model/source.h"

#include <mutex>

namespace hanseatlas
{

/** @internal A text table (CSV and its relatives, JSON lists of objects): points, WKT geometries, or no places at all.
 *  Rows are read from the file each time, nothing is held. The number of a feature is its row, from 1. */
class TableSource final : public FeatureSource
{
public:
    static Result<std::shared_ptr<const TableSource>> open(DatasetSpec spec, QJsonObject options, CancelToken token);

    LayerDescription description() const override;
    Result<FeatureSetPtr> read(const FeatureQuery &query, CancelToken token, const Progress &progress) const override;
    Result<std::vector<Feature>> features(std::span<const qint64> ids, const Crs &crs,
                                          CancelToken token) const override;
    Status stream(const FeatureQuery &query, const std::function<bool(Feature &)> &visit, CancelToken token,
                  const Progress &progress) const override;

private:
    struct State {
        FileStamp stamp;
        TableForm form;
        TableColumns columns;
        LayerDescription description;
        bool swapped = false;
    };
    using StatePtr = std::shared_ptr<const State>;
    struct Cursor;

    TableSource(DatasetSpec spec, QJsonObject options);
    Result<StatePtr> load(CancelToken token) const;
    Result<StatePtr> current(CancelToken token) const;
    Result<qint64> walk(State &state, CancelToken token) const;
    void describe(State &state, const Extent &raw, const Crs &declared) const;

    const DatasetSpec m_spec;
    const QJsonObject m_options;
    mutable std::mutex m_mutex;
    mutable StatePtr m_state;
    mutable FileStamp m_readStamp;
};

} // namespace hanseatlas
