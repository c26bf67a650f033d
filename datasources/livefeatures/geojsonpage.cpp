// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/livefeatures/geojsonpage.h"

#include "datasources/livefeatures/livefeaturetexts.h"
#include "datasources/services/jsonmembers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype mostFeatures = 50'000'000;
constexpr int deepest = 8; ///< of collections in collections

/** Builds our geometry of GeoJSON's; the first kind counts. */
class Reader
{
public:
    Geometry geometry;
    bool broken = false;
    bool partly = false;

    void read(const QJsonObject &object, int depth = 0)
    {
        const auto type = object.value("type"_L1).toString();
        const auto coordinates = object.value("coordinates"_L1).toArray();
        if (type == "Point"_L1)
            takes(GeometryKind::Point) ? addPoint(coordinates) : void();
        else if (type == "MultiPoint"_L1)
            each(coordinates, GeometryKind::Point, [&](const QJsonArray &p) { addPoint(p); });
        else if (type == "LineString"_L1)
            takes(GeometryKind::Line) ? addRing(coordinates) : void();
        else if (type == "MultiLineString"_L1)
            each(coordinates, GeometryKind::Line, [&](const QJsonArray &line) { addRing(line); });
        else if (type == "Polygon"_L1)
            takes(GeometryKind::Polygon) ? addPolygon(coordinates) : void();
        else if (type == "MultiPolygon"_L1)
            each(coordinates, GeometryKind::Polygon, [&](const QJsonArray &polygon) { addPolygon(polygon); });
        else if (type == "GeometryCollection"_L1 && depth < deepest)
            for (const auto &part : object.value("geometries"_L1).toArray())
                read(part.toObject(), depth + 1);
        else
            partly = true;
    }
    void settle()
    {
        if (geometry.partStarts.size() == 1)
            geometry.partStarts.clear();
        if (geometry.isEmpty())
            geometry = {};
    }

private:
    bool takes(GeometryKind kind)
    {
        if (geometry.isEmpty())
            geometry.kind = kind;
        partly |= geometry.kind != kind;
        return geometry.kind == kind;
    }
    template <class Add>
    void each(const QJsonArray &parts, GeometryKind kind, Add add)
    {
        if (!takes(kind))
            return;
        for (const auto &part : parts)
            add(part.toArray());
    }
    void addPoint(const QJsonArray &position)
    {
        if (position.isEmpty())
            return; // how an empty point is written
        if (position.size() < 2 || !position[0].isDouble() || !position[1].isDouble()) {
            broken = true;
            return;
        }
        geometry.points.push_back({position[0].toDouble(), position[1].toDouble()});
    }
    void addRing(const QJsonArray &positions)
    {
        const auto first = geometry.points.size();
        for (const auto &position : positions)
            addPoint(position.toArray());
        if (geometry.points.size() > first)
            geometry.ringEnds.push_back(std::uint32_t(geometry.points.size()));
    }
    void addPolygon(const QJsonArray &rings)
    {
        const auto first = std::uint32_t(geometry.ringCount());
        for (const auto &ring : rings) {
            const auto start = geometry.points.size();
            addRing(ring.toArray());
            if (geometry.points.size() > start && geometry.points.back() != geometry.points[start]) {
                geometry.points.push_back(geometry.points[start]);
                ++geometry.ringEnds.back();
            }
        }
        if (geometry.ringCount() > first)
            geometry.partStarts.push_back(first);
    }
};

QString crsIn(const JsonMembers &members)
{
    const auto written = members.find("crs"_L1);
    if (!written)
        return {};
    const auto crs = jsonValue(*written).toObject();
    const auto properties = crs.value("properties"_L1).toObject();
    const auto code = properties.value("code"_L1).toVariant().toString();
    return code.isEmpty() ? properties.value("name"_L1).toString() : u"EPSG:"_s + code;
}

void addProperty(FeatureCollector &collector, const QString &name, const QJsonValue &value)
{
    const auto column = collector.column(name.toUtf8());
    switch (value.type()) {
    case QJsonValue::Bool:
        collector.setBoolean(column, value.toBool());
        break;
    case QJsonValue::Double: {
        const double number = value.toDouble();
        const auto integer = value.toInteger(std::numeric_limits<qint64>::min());
        if (integer != std::numeric_limits<qint64>::min())
            collector.setNumber(column, integer);
        else
            collector.setNumber(column, number);
        break;
    }
    case QJsonValue::String:
        collector.setString(column, value.toString().toUtf8());
        break;
    case QJsonValue::Array:
        collector.setString(column, QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
        break;
    case QJsonValue::Object:
        collector.setString(column, QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
        break;
    default:
        break;
    }
}

/** Columns stand in the order of the document, which a QJsonObject forgets. */
void noteColumns(QByteArrayView feature, FeatureCollector &collector)
{
    const auto members = jsonMembers(feature);
    const auto written = members ? members->find("properties"_L1) : std::nullopt;
    const auto properties = written ? jsonMembers(*written) : Result<JsonMembers>();
    if (written && properties)
        for (const auto &[name, value] : properties->members)
            collector.column(name.toUtf8());
}

void addFeature(const QJsonObject &feature, const QString &crs, FeatureCollector &collector)
{
    collector.begin(feature.value("id"_L1).toVariant().toString().toUtf8());
    const auto properties = feature.value("properties"_L1).toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it)
        addProperty(collector, it.key(), it.value());
    if (const auto written = feature.value("geometry"_L1); written.isObject()) {
        Reader reader;
        reader.read(written.toObject());
        reader.settle();
        collector.setGeometry(std::move(reader.geometry), crs, reader.broken, reader.partly);
    }
    collector.end();
}

} // namespace

Result<qint64> readGeoJsonPage(QByteArrayView bytes, const QString &crs, FeatureCollector &collector,
                               const CancelToken &token)
{
    const auto members = jsonMembers(bytes);
    if (!members)
        return std::unexpected(members.error());
    const auto count = members->count("features"_L1);
    if (count < 0)
        return failure(ErrorKind::Malformed, LiveFeatureTexts::tr("The server's answer holds no list of objects."));
    const auto stated = crs.isEmpty() ? crsIn(*members) : crs;
    const auto features = members->elements("features"_L1, mostFeatures);
    for (std::size_t i = 0; i < features.size(); ++i) {
        if (i % 256 == 0 && token.stop_requested())
            return cancelled();
        if (i == 0)
            noteColumns(features[i], collector);
        const auto value = jsonValue(features[i]);
        if (!value.isObject())
            return failure(
                ErrorKind::Malformed,
                LiveFeatureTexts::tr("Object %1 of the server's answer is damaged JSON.").arg(i + 1),
                LiveFeatureTexts::tr("Try again later; if it happens again, tell the operator of the service."));
        addFeature(value.toObject(), stated, collector);
    }
    return qint64(features.size());
}

} // namespace hanseatlas
