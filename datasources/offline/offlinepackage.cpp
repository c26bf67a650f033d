// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/offline/offlinepackage.h"

#include "datasources/live/offlinecapable.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype mostLayers = 1000;
constexpr qsizetype mostRings = 10'000;
constexpr std::size_t mostCorners = 200'000;

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

/** [[[x, y, x, y, …] = outer ring, [x, y, …] = hole, …] = part, …]. */
QJsonArray shapeJson(const Geometry &shape)
{
    QJsonArray parts, part;
    for (std::size_t r = 0; r < shape.ringCount(); ++r) {
        if (r > 0 && std::ranges::find(shape.partStarts, r) != shape.partStarts.end()) {
            parts.append(part);
            part = {};
        }
        QJsonArray ring;
        for (const auto &corner : shape.ring(r)) {
            ring.append(corner.x);
            ring.append(corner.y);
        }
        part.append(ring);
    }
    if (!part.isEmpty())
        parts.append(part);
    return parts;
}

bool addRing(Geometry &shape, const QJsonArray &ring)
{
    constexpr qsizetype triangle = 2 * 4; // closed
    if (ring.size() < triangle || ring.size() % 2 != 0 || shape.points.size() + std::size_t(ring.size()) > mostCorners)
        return false;
    const auto first = shape.points.size();
    for (qsizetype i = 0; i < ring.size(); i += 2) {
        shape.points.push_back({ring[i].toDouble(qQNaN()), ring[i + 1].toDouble(qQNaN())});
        if (!std::isfinite(shape.points.back().x) || !std::isfinite(shape.points.back().y))
            return false;
    }
    shape.ringEnds.push_back(std::uint32_t(shape.points.size()));
    return shape.points[first] == shape.points.back();
}

/** Empty where there is none; nothing for what is no polygon. */
std::optional<Geometry> shapeIn(const QJsonValue &json)
{
    const auto parts = json.toArray();
    if (json.isUndefined() || (json.isArray() && parts.isEmpty()))
        return Geometry();
    Geometry shape{.kind = GeometryKind::Polygon, .points = {}, .ringEnds = {}, .partStarts = {}};
    for (const auto &part : parts) {
        const auto rings = part.toArray();
        if (rings.isEmpty() || qsizetype(shape.ringCount()) + rings.size() > mostRings)
            return {};
        if (parts.size() > 1)
            shape.partStarts.push_back(std::uint32_t(shape.ringCount()));
        for (const auto &ring : rings) {
            if (!addRing(shape, ring.toArray()))
                return {};
        }
    }
    return shape.isEmpty() ? std::nullopt : std::optional(shape);
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

void OfflinePackage::setShape(Geometry polygon)
{
    area = polygon.extent();
    shape = std::move(polygon);
}

Geometry OfflinePackage::outline() const
{
    return shape.isEmpty() ? boxGeometry(area) : shape;
}

QByteArray OfflinePackage::toJson() const
{
    QJsonArray list;
    for (const auto &layer : layers)
        list.append(QJsonObject{{u"title"_s, layer.title}, {u"source"_s, layer.source.toJson()}});
    QJsonObject json{{u"title"_s, title},
                     {u"layers"_s, list},
                     {u"area"_s, QJsonArray{area.xMin, area.yMin, area.xMax, area.yMax}},
                     {u"scales"_s, QJsonArray{largestScale, smallestScale}},
                     {u"state"_s, nameOf(state)},
                     {u"created"_s, created.toString(Qt::ISODateWithMs)},
                     {u"fetched"_s, fetched.toString(Qt::ISODateWithMs)},
                     {u"done"_s, done},
                     {u"total"_s, total},
                     {u"problem"_s, problem}};
    if (!shape.isEmpty())
        json[u"shape"_s] = shapeJson(shape);
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

std::optional<OfflinePackage> OfflinePackage::fromJson(const QString &id, const QByteArray &bytes)
{
    const auto json = QJsonDocument::fromJson(bytes).object();
    const auto box = json["area"_L1].toArray();
    const auto scales = json["scales"_L1].toArray();
    const auto list = json["layers"_L1].toArray();
    auto shape = shapeIn(json["shape"_L1]);
    if (!shape || box.size() != 4 || scales.size() != 2 || list.size() > mostLayers)
        return {};
    OfflinePackage package{
        .id = id,
        .title = json["title"_L1].toString(),
        .layers = {},
        .area = {box[0].toDouble(), box[1].toDouble(), box[2].toDouble(), box[3].toDouble()},
        .shape = *std::move(shape),
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
