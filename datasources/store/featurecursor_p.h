// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/storedfeatures.h"
#include "layers/model/source.h"

/** @internal Stored features one after another, from wherever they lie, and what layers want of them. */
namespace hanseatlas
{

class FeatureCursor
{
public:
    virtual ~FeatureCursor() = default;
    virtual bool next() = 0; ///< is there a (further) feature? False also where reading failed
    virtual qint64 id() const = 0;
    virtual QByteArrayView geometry() const = 0; ///< valid until next()
    virtual StoredValue value(int column) const = 0; ///< likewise; `column` as in the list that was asked for
};

/** One state of a dataset's features, wherever they lie. */
class FeatureAccess
{
public:
    explicit FeatureAccess(const StoredFeatures &table)
        : features(table)
    {
    }
    virtual ~FeatureAccess() = default;
    const StoredFeatures &features;

    /** In the order of their ids; with a box at least those whose boxes touch it. */
    virtual std::unique_ptr<FeatureCursor> all(std::span<const int> columns, const std::optional<Extent> &box) = 0;
    /** In the order that is given; those that are not there are left out. */
    virtual std::unique_ptr<FeatureCursor> byId(std::span<const int> columns, std::span<const qint64> ids) = 0;
};

/** Where the fields of that name stand in the table. Unknown names are ignored. */
std::vector<int> columnsOf(const StoredFeatures &table, const QStringList &names);
std::vector<int> allColumns(const StoredFeatures &table);

/** The box of a query in the table's CRS, a bit too large rather than too small. Nothing: everywhere. */
Result<std::optional<Extent>> boxOf(const StoredFeatures &table, const FeatureQuery &query);

/** `columns`: what the cursor's values are, as places in the table. */
Result<FeatureSetPtr> packFeatures(FeatureCursor &cursor, const StoredFeatures &table, std::span<const int> columns,
                                   const FeatureQuery &query, const CancelToken &token, const Progress &progress);

/** Calls visit for each feature of the query; false ends it. The cursor gives all columns. */
Status visitFeatures(FeatureCursor &cursor, const StoredFeatures &table, const FeatureQuery &query,
                     const std::function<bool(Feature &)> &visit, const CancelToken &token, const Progress &progress);

} // namespace hanseatlas
