// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/vectortile.h"

#include "datasources/net/inflate.h"
#include "datasources/vectortiles/protobuf_p.h"
#include "datasources/vectortiles/vectortexts.h"

#include <algorithm>
#include <limits>

namespace hanseatlas
{

namespace
{

constexpr qint64 largestTile = 32LL * 1024 * 1024; ///< unpacked; a good one has less than one
constexpr std::size_t mostLayers = 1024;
constexpr std::size_t mostEntries =
    1'000'000; ///< features, keys and values of a layer; they cost more than their bytes
constexpr int largestExtent = 1 << 20;
constexpr qint32 farthest = 1 << 26; ///< units from the corner; sums of them stay exact
constexpr double smallestRing = 0.5; ///< area in units; less is a line there and back

using Wire = Protobuf::Wire;

std::unexpected<Error> broken(const char *detail)
{
    return failure(ErrorKind::Malformed, VectorTexts::tr("A vector tile is damaged."), {}, QLatin1StringView(detail));
}

std::unexpected<Error> tooLarge()
{
    return failure(ErrorKind::TooLarge, VectorTexts::tr("A vector tile is too large to be drawn."));
}

Result<QByteArray> unpacked(QByteArrayView bytes)
{
    QByteArray plain;
    Inflate inflate(largestTile);
    switch (inflate.feed(bytes, plain)) {
    case Inflate::Outcome::TooLarge:
        return tooLarge();
    case Inflate::Outcome::Broken:
        return broken("gzip");
    case Inflate::Outcome::Fine:
        break;
    }
    return inflate.isComplete() ? Result<QByteArray>(std::move(plain)) : broken("gzip, cut");
}

qint64 zigzag(quint64 number)
{
    return qint64(number >> 1) ^ -qint64(number & 1);
}

MapValue readValue(QByteArrayView bytes, bool &fine)
{
    Protobuf message(bytes);
    MapValue value;
    while (message.next()) {
        if (message.is(1, Wire::Bytes))
            value = QString::fromUtf8(message.bytes());
        else if (message.is(2, Wire::Fixed32))
            value = double(message.fixed<float>());
        else if (message.is(3, Wire::Fixed64))
            value = message.fixed<double>();
        else if (message.is(4, Wire::Varint))
            value = double(qint64(message.varint()));
        else if (message.is(5, Wire::Varint))
            value = double(message.varint());
        else if (message.is(6, Wire::Varint))
            value = double(zigzag(message.varint()));
        else if (message.is(7, Wire::Varint))
            value = message.varint() != 0;
        else
            message.skip();
    }
    fine = fine && message.isFine();
    return value;
}

/** Takes the commands of a geometry apart and puts its parts at the end of the layer's lists. */
class GeometryReader
{
public:
    GeometryReader(VectorTileLayer &layer, TileGeometry type)
        : m_layer(layer)
        , m_type(type)
        , m_start(layer.points.size())
    {
    }

    bool read(QByteArrayView bytes)
    {
        Protobuf commands(bytes);
        while (!commands.atEnd()) {
            const auto command = commands.varint();
            const auto count = command >> 3;
            const auto id = command & 7;
            if (!commands.isFine() || count > quint64(bytes.size()) || !run(commands, int(id), count))
                return false;
        }
        if (m_type == TileGeometry::Point)
            endPart(1);
        else
            endPart(m_type == TileGeometry::Line ? 2 : std::numeric_limits<std::size_t>::max());
        return true;
    }

private:
    bool run(Protobuf &commands, int id, quint64 count)
    {
        constexpr int moveTo = 1, lineTo = 2, closePath = 7;
        if (id == closePath) {
            if (m_type != TileGeometry::Polygon)
                return false;
            endPart(3);
            return true;
        }
        if (id != moveTo && id != lineTo)
            return false;
        for (quint64 i = 0; i < count; ++i) {
            const auto dx = zigzag(commands.varint()), dy = zigzag(commands.varint());
            if (!commands.isFine() || std::abs(dx) > farthest || std::abs(dy) > farthest)
                return false;
            m_x += dx;
            m_y += dy;
            if (std::abs(m_x) > farthest || std::abs(m_y) > farthest)
                return false;
            if (id == moveTo && m_type != TileGeometry::Point)
                endPart(m_type == TileGeometry::Line ? 2 : std::numeric_limits<std::size_t>::max());
            m_layer.points.push_back({qint32(m_x), qint32(m_y)});
        }
        return true;
    }

    /** What has fewer points is nothing. */
    void endPart(std::size_t least)
    {
        auto &points = m_layer.points;
        const auto size = points.size() - m_start;
        if (size < least || (m_type == TileGeometry::Polygon && !turnRing())) {
            points.resize(m_start);
            return;
        }
        m_start = points.size();
        m_layer.parts.push_back(quint32(points.size()));
    }

    /** Version 1 left open how rings are turned: the first is an outer one, and so are those that are turned as it. */
    bool turnRing()
    {
        const std::span<TilePoint> ring(m_layer.points.data() + m_start, m_layer.points.size() - m_start);
        double area = 0;
        for (std::size_t i = 0, last = ring.size() - 1; i < ring.size(); last = i++)
            area += (double(ring[last].x) * ring[i].y - double(ring[i].x) * ring[last].y) / 2;
        if (std::abs(area) < smallestRing)
            return false;
        if (m_turn == 0)
            m_turn = area > 0 ? 1 : -1;
        if (m_turn < 0)
            std::ranges::reverse(ring);
        return true;
    }

    VectorTileLayer &m_layer;
    TileGeometry m_type;
    std::size_t m_start;
    qint64 m_x = 0, m_y = 0;
    int m_turn = 0;
};

class LayerReader
{
public:
    explicit LayerReader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    Result<VectorTileLayer> read(int &skipped)
    {
        Protobuf message(m_bytes);
        bool fine = true;
        while (message.next()) {
            if (message.is(1, Wire::Bytes))
                m_layer.name = QString::fromUtf8(message.bytes());
            else if (message.is(2, Wire::Bytes))
                m_features.push_back(message.bytes());
            else if (message.is(3, Wire::Bytes))
                addKey(QString::fromUtf8(message.bytes()));
            else if (message.is(4, Wire::Bytes))
                m_layer.values.push_back(readValue(message.bytes(), fine));
            else if (message.is(5, Wire::Varint))
                m_layer.extent = int(std::min<quint64>(message.varint(), largestExtent + 1));
            else
                message.skip();
            if (m_features.size() + m_keys.size() + m_layer.values.size() > mostEntries)
                return tooLarge();
        }
        if (!message.isFine() || !fine)
            return broken("layer");
        if (m_layer.extent < 1 || m_layer.extent > largestExtent)
            return broken("extent");
        for (const auto feature : m_features) {
            if (const auto status = addFeature(feature, skipped); !status)
                return std::unexpected(status.error());
        }
        return std::move(m_layer);
    }

private:
    void addKey(const QString &key)
    {
        const auto place = m_layer.keyIndex.constFind(key);
        const auto index = place == m_layer.keyIndex.cend() ? quint32(m_layer.keys.size()) : *place;
        if (place == m_layer.keyIndex.cend()) {
            m_layer.keyIndex.insert(key, index);
            m_layer.keys.push_back(key);
        }
        m_keys.push_back(index);
    }

    bool readTags(QByteArrayView bytes, TileFeature &feature)
    {
        Protobuf numbers(bytes);
        while (!numbers.atEnd()) {
            const auto key = numbers.varint(), value = numbers.varint();
            if (!numbers.isFine() || key >= m_keys.size() || value >= m_layer.values.size())
                return false;
            m_layer.tags.push_back(m_keys[key]);
            m_layer.tags.push_back(quint32(value));
            ++feature.tags;
        }
        return true;
    }

    Status addFeature(QByteArrayView bytes, int &skipped)
    {
        Protobuf message(bytes);
        TileFeature feature{.firstTag = quint32(m_layer.tags.size()), .firstPart = quint32(m_layer.parts.size())};
        QByteArrayView geometry;
        while (message.next()) {
            if (message.is(1, Wire::Varint)) {
                feature.id = message.varint();
            } else if (message.is(2, Wire::Bytes)) {
                if (!readTags(message.bytes(), feature))
                    return broken("tags");
            } else if (message.is(3, Wire::Varint)) {
                const auto type = message.varint();
                feature.type = type <= 3 ? TileGeometry(type) : TileGeometry::Unknown;
            } else if (message.is(4, Wire::Bytes)) {
                geometry = message.bytes();
            } else {
                message.skip();
            }
        }
        if (!message.isFine())
            return broken("feature");
        const auto points = m_layer.points.size();
        if (feature.type != TileGeometry::Unknown && !GeometryReader(m_layer, feature.type).read(geometry)) {
            ++skipped;
            m_layer.points.resize(points);
            m_layer.parts.resize(feature.firstPart);
        }
        feature.parts = quint32(m_layer.parts.size()) - feature.firstPart;
        if (feature.parts > 0)
            m_layer.features.push_back(feature);
        return {};
    }

    QByteArrayView m_bytes;
    VectorTileLayer m_layer;
    std::vector<QByteArrayView> m_features;
    std::vector<quint32> m_keys; ///< by the file's index
};

struct LayerHead {
    QString name;
    quint64 version = 1;
};

std::optional<LayerHead> layerHead(QByteArrayView bytes)
{
    LayerHead head;
    Protobuf message(bytes);
    while (message.next()) {
        if (message.is(1, Wire::Bytes))
            head.name = QString::fromUtf8(message.bytes());
        else if (message.is(15, Wire::Varint))
            head.version = message.varint();
        else
            message.skip();
    }
    return message.isFine() ? std::optional(head) : std::nullopt;
}

} // namespace

const MapValue *VectorTileLayer::property(const TileFeature &feature, const QString &key) const
{
    const auto place = keyIndex.constFind(key);
    if (place == keyIndex.cend())
        return nullptr;
    for (quint32 i = 0; i < feature.tags; ++i) {
        if (tags[feature.firstTag + 2 * i] == *place)
            return &values[tags[feature.firstTag + 2 * i + 1]];
    }
    return nullptr;
}

std::span<const TilePoint> VectorTileLayer::part(const TileFeature &feature, quint32 number) const
{
    const auto index = feature.firstPart + number;
    const auto begin = index == 0 ? 0 : parts[index - 1];
    return {points.data() + begin, parts[index] - begin};
}

const VectorTileLayer *VectorTile::layer(const QString &name) const
{
    const auto place = std::ranges::find(layers, name, &VectorTileLayer::name);
    return place == layers.end() ? nullptr : &*place;
}

qint64 VectorTile::bytes() const
{
    std::size_t sum = sizeof(VectorTile);
    for (const auto &layer : layers)
        sum += sizeof(VectorTileLayer) + layer.points.size() * sizeof(TilePoint)
            + (layer.tags.size() + layer.parts.size()) * sizeof(quint32) + layer.features.size() * sizeof(TileFeature)
            + layer.values.size() * (sizeof(MapValue) + 40) + layer.keys.size() * 100;
    return qint64(sum);
}

Result<VectorTile> readVectorTile(QByteArrayView bytes, const QSet<QString> &wanted)
{
    if (bytes.size() > largestTile)
        return tooLarge();
    QByteArray plain;
    if (bytes.startsWith("\x1f\x8b")) {
        auto unpackedBytes = unpacked(bytes);
        if (!unpackedBytes)
            return std::unexpected(unpackedBytes.error());
        plain = *std::move(unpackedBytes);
        bytes = plain;
    }
    VectorTile tile;
    Protobuf message(bytes);
    while (message.next()) {
        if (!message.is(3, Wire::Bytes)) {
            message.skip();
            continue;
        }
        const auto body = message.bytes();
        const auto head = layerHead(body);
        if (!head)
            return broken("layer");
        if (tile.layers.size() >= mostLayers)
            return tooLarge();
        if (head->version < 1 || head->version > 2) {
            ++tile.skipped;
            continue;
        }
        if (!wanted.isEmpty() && !wanted.contains(head->name))
            continue;
        auto layer = LayerReader(body).read(tile.skipped);
        if (!layer)
            return std::unexpected(layer.error());
        tile.layers.push_back(*std::move(layer));
    }
    return message.isFine() ? Result<VectorTile>(std::move(tile)) : broken("tile");
}

} // namespace hanseatlas
