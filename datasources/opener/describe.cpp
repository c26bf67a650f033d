// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/opener/describe.h"

#include <QJsonArray>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString kindName(LayerKind kind)
{
    return kind == LayerKind::Vector ? u"vector"_s : kind == LayerKind::Raster ? u"raster"_s : u"table"_s;
}

QString kindName(GeometryKind kind)
{
    switch (kind) {
    case GeometryKind::Point:
        return u"point"_s;
    case GeometryKind::Line:
        return u"line"_s;
    case GeometryKind::Polygon:
        return u"polygon"_s;
    case GeometryKind::None:
        break;
    }
    return u"none"_s;
}

QString typeName(FieldType type)
{
    switch (type) {
    case FieldType::Text:
        return u"text"_s;
    case FieldType::Integer:
        return u"integer"_s;
    case FieldType::Real:
        return u"real"_s;
    case FieldType::Boolean:
        return u"boolean"_s;
    case FieldType::Date:
        return u"date"_s;
    case FieldType::Time:
        return u"time"_s;
    case FieldType::DateTime:
        return u"datetime"_s;
    case FieldType::Binary:
        return u"binary"_s;
    }
    return {};
}

void put(QJsonObject &json, QLatin1StringView key, const QString &text)
{
    if (!text.isEmpty())
        json[key] = text;
}

void put(QJsonObject &json, QLatin1StringView key, double number)
{
    if (std::isfinite(number))
        json[key] = number;
}

QJsonArray fieldsOf(const LayerDescription &layer)
{
    QJsonArray fields;
    for (const auto &field : layer.fields) {
        QJsonObject json{{u"name"_s, field.name}, {u"type"_s, typeName(field.type)}};
        put(json, "title"_L1, field.title);
        put(json, "unit"_L1, field.unit);
        fields.append(json);
    }
    return fields;
}

void describeVector(const LayerDescription &layer, QJsonObject &json)
{
    put(json, "geometryType"_L1, layer.geometryType);
    QJsonArray kinds;
    for (const auto kind : layer.geometryKinds)
        kinds.append(kindName(kind));
    if (!kinds.isEmpty())
        json[u"geometryKinds"_s] = kinds;
}

void describeRaster(const LayerDescription &layer, QJsonObject &json)
{
    json[u"content"_s] = layer.rasterKind == RasterKind::Colour ? u"colour"_s : u"values"_s;
    json[u"width"_s] = layer.rasterSize.width();
    json[u"height"_s] = layer.rasterSize.height();
    json[u"bands"_s] = layer.bands;
    put(json, "noData"_L1, layer.noData);
    put(json, "minimum"_L1, layer.minimum);
    put(json, "maximum"_L1, layer.maximum);
}

} // namespace

QJsonObject toJson(const LayerDescription &layer)
{
    QJsonObject json{{u"name"_s, layer.name}, {u"kind"_s, kindName(layer.kind)}};
    put(json, "title"_L1, layer.title);
    put(json, "group"_L1, layer.group);
    if (layer.kind == LayerKind::Vector)
        describeVector(layer, json);
    if (layer.kind == LayerKind::Raster)
        describeRaster(layer, json);
    if (layer.featureCount >= 0)
        json[u"featureCount"_s] = layer.featureCount;
    if (layer.crs.isValid())
        json[u"crs"_s] =
            QJsonObject{{u"id"_s, layer.crs.id()}, {u"name"_s, layer.crs.name()}, {u"guessed"_s, layer.crsGuessed}};
    if (!layer.extent.isEmpty())
        json[u"extent"_s] = QJsonArray{layer.extent.xMin, layer.extent.yMin, layer.extent.xMax, layer.extent.yMax};
    if (!layer.fields.isEmpty())
        json[u"fields"_s] = fieldsOf(layer);
    put(json, "encoding"_L1, layer.encoding);
    if (!layer.notes.isEmpty())
        json[u"notes"_s] = QJsonArray::fromStringList(layer.notes);
    if (const auto provenance = layer.provenance.toJson(); !provenance.isEmpty())
        json[u"provenance"_s] = provenance;
    if (!layer.metadata.isEmpty())
        json[u"metadata"_s] = layer.metadata;
    return json;
}

QJsonObject toJson(const SourceDescription &description)
{
    QJsonArray layers;
    for (const auto &layer : description.layers)
        layers.append(toJson(layer));
    QJsonObject json{{u"title"_s, description.title}, {u"format"_s, description.format}, {u"layers"_s, layers}};
    if (!description.notes.isEmpty())
        json[u"notes"_s] = QJsonArray::fromStringList(description.notes);
    return json;
}

} // namespace hanseatlas
