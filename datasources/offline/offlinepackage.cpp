// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/offline/offlinepackage.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype mostLayers = 1000;

QString nameOf(OfflinePackage::State state)
{
    switch (state) {
    case OfflinePackage::State::Ready:
        return u"ready"_s;
    case OfflinePackage::State::Failed:
        return u"failed"_s;
    case OfflinePackage::State::Fetching:
    case OfflinePackage::State::Paused:
        break;
    }
    return u"paused"_s;
}

QDateTime timeOf(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

bool isSound(const OfflinePackage &package)
{
    const auto &e = package.area;
    for (const double number : {e.xMin, e.yMin, e.xMax, e.yMax, package.largestScale, package.smallestScale}) {
        if (!std::isfinite(number))
            return false;
    }
    return !e.isEmpty() && package.largestScale > 0 && package.smallestScale >= package.largestScale;
}

} // namespace

QByteArray OfflinePackage::toJson() const
{
    QJsonArray list;
    for (const auto &layer : layers)
        list.append(QJsonObject{{u"title"_s, layer.title}, {u"source"_s, layer.source.toJson()}});
    const QJsonObject json{{u"title"_s, title},
                           {u"layers"_s, list},
                           {u"area"_s, QJsonArray{area.xMin, area.yMin, area.xMax, area.yMax}},
                           {u"scales"_s, QJsonArray{largestScale, smallestScale}},
                           {u"state"_s, nameOf(state)},
                           {u"created"_s, created.toString(Qt::ISODateWithMs)},
                           {u"fetched"_s, fetched.toString(Qt::ISODateWithMs)},
                           {u"done"_s, done},
                           {u"total"_s, total},
                           {u"problem"_s, problem}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

std::optional<OfflinePackage> OfflinePackage::fromJson(const QString &id, const QByteArray &bytes)
{
    const auto json = QJsonDocument::fromJson(bytes).object();
    const auto box = json["area"_L1].toArray();
    const auto scales = json["scales"_L1].toArray();
    const auto list = json["layers"_L1].toArray();
    if (box.size() != 4 || scales.size() != 2 || list.size() > mostLayers)
        return {};
    OfflinePackage package{
        .id = id,
        .title = json["title"_L1].toString(),
        .layers = {},
        .area = {box[0].toDouble(), box[1].toDouble(), box[2].toDouble(), box[3].toDouble()},
        .largestScale = scales[0].toDouble(),
        .smallestScale = scales[1].toDouble(),
        .created = timeOf(json["created"_L1]),
        .fetched = timeOf(json["fetched"_L1]),
        .done = json["done"_L1].toInteger(),
        .total = json["total"_L1].toInteger(),
        .problem = json["problem"_L1].toString(),
    };
    const auto state = json["state"_L1].toString();
    package.state = state == "ready"_L1 ? State::Ready : state == "failed"_L1 ? State::Failed : State::Paused;
    for (const auto &entry : list) {
        const auto layer = entry.toObject();
        package.layers.push_back({layer["title"_L1].toString(), SourceRef::fromJson(layer["source"_L1].toObject())});
    }
    return isSound(package) ? std::optional(package) : std::nullopt;
}

} // namespace hanseatlas
