// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/vectortiles/mapvalue.h"
#include "layers/model/result.h"

#include <QByteArray>
#include <QHash>
#include <QSet>

#include <functional>
#include <optional>
#include <span>
#include <vector>

/** Vector tiles as the Mapbox Vector Tile specification 2.1 writes them (version 1 is read, too). Pure. */
namespace hanseatlas
{

enum class TileGeometry { Unknown = 0, Point = 1, Line = 2, Polygon = 3 };

/** In units of the tile, from its north-western corner to the south-east. */
struct TilePoint {
    qint32 x = 0, y = 0;
    bool operator==(const TilePoint &) const = default;
};

struct TileFeature {
    std::optional<quint64> id;
    TileGeometry type = TileGeometry::Unknown;
    quint32 firstTag = 0, tags = 0; ///< in VectorTileLayer::tags; pairs of them
    quint32 firstPart = 0, parts = 0; ///< in VectorTileLayer::parts
};

/** Packed: features name ranges of its lists. */
struct VectorTileLayer {
    QString name;
    int extent = 4096; ///< units along a side of the tile
    std::vector<QString> keys;
    std::vector<MapValue> values;
    std::vector<TileFeature> features;
    std::vector<quint32> tags; ///< key and value by turns; equal keys have one index
    /** Where each part ends in `points`; it begins where the one before ends. A part is all places of a point feature,
     * a line, or a ring: not closed, of polygons the outer ones are turned clockwise on the screen (their area is
     * positive), and holes the other way. */
    std::vector<quint32> parts;
    std::vector<TilePoint> points;
    QHash<QString, quint32> keyIndex;

    const MapValue *property(const TileFeature &feature, const QString &key) const;
    std::span<const TilePoint> part(const TileFeature &feature, quint32 number) const;
};

struct VectorTile {
    std::vector<VectorTileLayer> layers;
    int skipped = 0; ///< layers of a version that is not known, and features whose geometry is damaged

    const VectorTileLayer *layer(const QString &name) const;
    qint64 bytes() const; ///< about, for caches
};

/** Reads a tile, plain or packed with gzip. Only the layers named in `wanted` are taken; none named: all.
 *
 *  Malformed: no protobuf, cut, indices or counts that point outside; TooLarge: more than a tile can sensibly hold,
 *  also once unpacked. Features with a broken geometry are left out and counted. */
Result<VectorTile> readVectorTile(QByteArrayView bytes, const QSet<QString> &wanted = {});

} // namespace hanseatlas
