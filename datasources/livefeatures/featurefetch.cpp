// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/livefeatures/featurefetch.h"

#include "datasources/livefeatures/livefeaturetexts.h"

#include <QLocale>

namespace hanseatlas
{

namespace
{

constexpr qint64 mostBytes = 8LL << 30;
constexpr qint64 mostFeatures = 50'000'000;

template <class... Calls>
struct Visitor : Calls... {
    using Calls::operator()...;
};

QString number(qint64 value)
{
    return QLocale().toString(value);
}

} // namespace

Result<FeatureSchema> fetchSchema(const FeaturePlan &plan, const FetchContext &context)
{
    return std::visit(Visitor{[&](const WfsFeaturePlan &wfs) { return fetchWfsSchema(plan, wfs, context); },
                              [&](const OgcApiFeaturePlan &api) { return fetchOgcApiSchema(plan, api, context); },
                              [](const DatabaseFeaturePlan &) { return Result<FeatureSchema>(FeatureSchema()); }},
                      plan.service);
}

Result<FetchedFeatures> fetchFeatures(const FeaturePlan &plan, const FeatureSchema &schema,
                                      const std::optional<StoredFeatures> &old, const FetchContext &context)
{
    return std::visit(
        Visitor{[&](const WfsFeaturePlan &wfs) { return fetchWfs(plan, wfs, schema, old, context); },
                [&](const OgcApiFeaturePlan &api) { return fetchOgcApi(plan, api, schema, old, context); },
                [&](const DatabaseFeaturePlan &database) { return fetchDatabase(plan, database, context); }},
        plan.service);
}

PageQueue::PageQueue(const FetchContext &context)
    : m_client(context.client)
    , m_stopped(context.token, [this] { m_stop.request_stop(); })
{
}

PageQueue::~PageQueue()
{
    m_stop.request_stop();
    for (auto &coming : m_coming)
        coming.wait();
}

void PageQueue::put(HttpRequest request)
{
    m_coming.push_back(
        std::async(std::launch::async, [&client = m_client, request = std::move(request), token = m_stop.get_token()] {
            return client.send(request, token);
        }));
}

Result<HttpAnswer> PageQueue::take()
{
    auto coming = std::move(m_coming.front());
    m_coming.pop_front();
    return coming.get();
}

void noteIncomplete(StoredFeatures &features, std::optional<qint64> mostAtOnce, const QString &serverSaid)
{
    features.complete = false;
    QString note;
    if (features.matched && features.received < *features.matched)
        note = LiveFeatureTexts::tr("INCOMPLETE: only %1 of %2 objects came, %3 are missing.")
                   .arg(number(features.received), number(*features.matched),
                        number(*features.matched - features.received));
    else
        note = LiveFeatureTexts::tr("PERHAPS INCOMPLETE: %1 objects came, as many as the server gives at once, and it "
                                    "does not tell whether there are more.")
                   .arg(number(features.received));
    if (mostAtOnce && features.matched)
        note = LiveFeatureTexts::tr("%1 The server gives no more than %2 at once, and no way to the others.")
                   .arg(note, number(*mostAtOnce));
    if (!serverSaid.isEmpty())
        note = LiveFeatureTexts::tr("%1 It says: “%2”").arg(note, serverSaid);
    features.notes.prepend(note);
}

bool endsAll(const Error &error)
{
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::Cancelled
        || error.kind == ErrorKind::NotReadable;
}

Status checkAmount(const FeatureCollector &collector)
{
    if (collector.bytes() <= mostBytes && collector.received() <= mostFeatures)
        return {};
    return failure(ErrorKind::TooLarge, LiveFeatureTexts::tr("The layer has more objects than can be held."),
                   LiveFeatureTexts::tr("Ask only for a part of it."));
}

} // namespace hanseatlas
