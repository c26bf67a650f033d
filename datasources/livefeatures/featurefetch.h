// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/livefeatures/featurecollector.h"
#include "datasources/livefeatures/featureplan.h"
#include "datasources/net/httpclient.h"

#include <deque>
#include <functional>
#include <future>

/** @internal From a plan to features in memory, over the network. */
namespace hanseatlas
{

/** The geometry type of tables without places. */
inline constexpr QLatin1StringView noGeometry{"None"};

/** What a service says of a layer before its features come. */
struct FeatureSchema {
    std::vector<DeclaredField> fields;
    QString geometryField; ///< "" = not known
    QString geometryType; ///< as declared, "" = not known, noGeometry = a table
    bool declared = false; ///< `fields` are those that will come
    QStringList notes;
};

struct FetchedFeatures {
    StoredFeatures features;
    FeatureRows rows;
    bool notModified = false; ///< the stored ones are as new; only fetched and expires are told
};

/** What one fetch needs; all live longer than it. */
struct FetchContext {
    HttpClient &client;
    CancelToken token;
    const Progress &progress;
};

Result<FeatureSchema> fetchSchema(const FeaturePlan &plan, const FetchContext &context);
/** All of them. `old`: what is stored, to ask whether it is still good. */
Result<FetchedFeatures> fetchFeatures(const FeaturePlan &plan, const FeatureSchema &schema,
                                      const std::optional<StoredFeatures> &old, const FetchContext &context);

/** Sends ahead: the next pages come while one is read. Ends what is under way when it goes. */
class PageQueue
{
public:
    explicit PageQueue(const FetchContext &context);
    ~PageQueue();
    PageQueue(const PageQueue &) = delete;
    PageQueue &operator=(const PageQueue &) = delete;

    void put(HttpRequest request);
    bool isEmpty() const { return m_coming.empty(); }
    std::size_t size() const { return m_coming.size(); }
    Result<HttpAnswer> take(); ///< in the order of put()

private:
    HttpClient &m_client;
    std::stop_source m_stop;
    std::stop_callback<std::function<void()>> m_stopped;
    std::deque<std::future<Result<HttpAnswer>>> m_coming;
};

/** Adds that something is missing, and by how much; loud, as the first note. */
void noteIncomplete(StoredFeatures &features, std::optional<qint64> mostAtOnce, const QString &serverSaid);

/** After this error to the question for the fields, the features need not be asked for. */
bool endsAll(const Error &error);

/** Fails when more has come than a program should hold. */
Status checkAmount(const FeatureCollector &collector);

// One for each protocol
Result<FeatureSchema> fetchWfsSchema(const FeaturePlan &plan, const WfsFeaturePlan &wfs, const FetchContext &context);
Result<FetchedFeatures> fetchWfs(const FeaturePlan &plan, const WfsFeaturePlan &wfs, const FeatureSchema &schema,
                                 const std::optional<StoredFeatures> &old, const FetchContext &context);
Result<FetchedFeatures> fetchDatabase(const FeaturePlan &plan, const DatabaseFeaturePlan &database,
                                      const FetchContext &context);
Result<FeatureSchema> fetchOgcApiSchema(const FeaturePlan &plan, const OgcApiFeaturePlan &api,
                                        const FetchContext &context);
Result<FetchedFeatures> fetchOgcApi(const FeaturePlan &plan, const OgcApiFeaturePlan &api, const FeatureSchema &schema,
                                    const std::optional<StoredFeatures> &old, const FetchContext &context);

} // namespace hanseatlas
