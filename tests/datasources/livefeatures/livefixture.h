// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/livefeatures/livefeatures.h"
#include "tests/support/testkit.h"

#include <QTemporaryDir>

namespace hanseatlas::test
{

/** A client without patience and a store in a folder of its own. */
struct LiveFixture {
    QTemporaryDir folder;
    HttpClient client{HttpClientOptions{.retry = {.retries = 0}}};
    std::shared_ptr<ServiceStore> store = ServiceStore::open(path()).value();

    QString path() const { return folder.filePath(QStringLiteral("store.sqlite")); }
    /** As the next start of the program finds it. */
    void restart()
    {
        store.reset();
        store = ServiceStore::open(path()).value();
    }
    Result<std::shared_ptr<LiveFeatures>> open(const FeaturePlan &plan)
    {
        return LiveFeatures::open(plan, client, store, {});
    }
    QByteArray get(const QUrl &url)
    {
        const auto answer =
            client.get({.url = url, .accept = {QStringLiteral("application/json"), QStringLiteral("text/xml")}}, {});
        return answer ? answer->body : QByteArray();
    }
};

/** All of the layer, by the number in a field. */
inline std::map<qint64, Feature> byNumber(const LiveFeatures &layer, const QString &field)
{
    std::map<qint64, Feature> found;
    int column = -1;
    const auto description = layer.description();
    for (int i = 0; i < int(description.fields.size()); ++i)
        if (description.fields[i].name == field)
            column = i;
    const auto visit = [&](Feature &feature) {
        const auto number = feature.values.value(column).toLongLong();
        found[number] = std::move(feature);
        return true;
    };
    if (!layer.stream({}, visit, {}))
        return {};
    return found;
}

/** The value of a field by its name. */
inline QVariant valueOf(const LiveFeatures &layer, const Feature &feature, const QString &field)
{
    const auto description = layer.description();
    for (int i = 0; i < int(description.fields.size()); ++i)
        if (description.fields[i].name == field)
            return feature.values.value(i);
    return QStringLiteral("no such field");
}

} // namespace hanseatlas::test
