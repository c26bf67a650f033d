// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/featureblob_p.h"

#include <QtEndian>

#include <bit>

#include <cstring>

// Format: gaia.org "BLOB-Geometry": 00, byte order, srid, box, 7C, type and content as in WKB but with 69 before the
// parts of a collection, FE. Written in little endian always.

namespace hanseatlas
{

namespace
{

enum Type : std::uint32_t {
    Point = 1,
    LineString = 2,
    Polygon = 3,
    MultiPoint = 4,
    MultiLineString = 5,
    MultiPolygon = 6
};

constexpr qsizetype headSize = 39; // up to the mark 7C
constexpr char markHead = char(0x7c), markPart = char(0x69), markEnd = char(0xfe);

class Writer
{
public:
    explicit Writer(QByteArray &to)
        : m_to(to)
    {
    }
    void byte(char value) { m_to.append(value); }
    void number(std::uint32_t value) { raw(qToLittleEndian(value)); }
    void real(double value) { raw(qToLittleEndian(std::bit_cast<std::uint64_t>(value))); }
    void points(std::span<const PointXY> points)
    {
        for (const auto &p : points) {
            real(p.x);
            real(p.y);
        }
    }
    void line(std::span<const PointXY> ring)
    {
        number(std::uint32_t(ring.size()));
        points(ring);
    }

private:
    template <class T>
    void raw(T value)
    {
        m_to.append(reinterpret_cast<const char *>(&value), sizeof value);
    }
    QByteArray &m_to;
};

struct Parts {
    std::vector<std::uint32_t> starts; ///< first ring of each polygon, and one past the last
};

Parts partsOf(const Geometry &geometry)
{
    Parts parts{geometry.partStarts};
    if (parts.starts.empty() || parts.starts.front() != 0)
        parts.starts.insert(parts.starts.begin(), 0);
    parts.starts.push_back(std::uint32_t(geometry.ringCount()));
    return parts;
}

void writePolygon(const Geometry &geometry, std::uint32_t from, std::uint32_t to, Writer &writer)
{
    writer.number(to - from);
    for (auto ring = from; ring < to; ++ring)
        writer.line(geometry.ring(ring));
}

void writePolygons(const Geometry &geometry, Writer &writer)
{
    const auto parts = partsOf(geometry);
    const auto count = parts.starts.size() - 1;
    if (count == 1) {
        writer.number(Polygon);
        writePolygon(geometry, 0, parts.starts[1], writer);
        return;
    }
    writer.number(MultiPolygon);
    writer.number(std::uint32_t(count));
    for (std::size_t i = 0; i < count; ++i) {
        writer.byte(markPart);
        writer.number(Polygon);
        writePolygon(geometry, parts.starts[i], parts.starts[i + 1], writer);
    }
}

void writeLines(const Geometry &geometry, Writer &writer)
{
    if (geometry.ringCount() == 1) {
        writer.number(LineString);
        writer.line(geometry.ring(0));
        return;
    }
    writer.number(MultiLineString);
    writer.number(std::uint32_t(geometry.ringCount()));
    for (std::size_t i = 0; i < geometry.ringCount(); ++i) {
        writer.byte(markPart);
        writer.number(LineString);
        writer.line(geometry.ring(i));
    }
}

void writePoints(const Geometry &geometry, Writer &writer)
{
    if (geometry.points.size() == 1) {
        writer.number(Point);
        writer.points(geometry.points);
        return;
    }
    writer.number(MultiPoint);
    writer.number(std::uint32_t(geometry.points.size()));
    for (const auto &p : geometry.points) {
        writer.byte(markPart);
        writer.number(Point);
        writer.points({&p, 1});
    }
}

/** What comes from a file may lie: every step is checked. */
class Reader
{
public:
    Reader(QByteArrayView blob, Geometry &geometry)
        : m_at(blob.data())
        , m_end(blob.data() + blob.size())
        , m_geometry(geometry)
    {
    }

    bool read()
    {
        std::uint32_t type = 0;
        if (!number(type))
            return false;
        if (type == Point || type == LineString || type == Polygon)
            return single(type) && ended();
        std::uint32_t count = 0;
        if (type < MultiPoint || type > MultiPolygon || !number(count))
            return false;
        for (std::uint32_t i = 0; i < count; ++i) {
            std::uint32_t part = 0;
            if (m_at == m_end || *m_at++ != markPart || !number(part) || part != type - 3 || !single(part))
                return false;
        }
        if (m_geometry.partStarts.size() == 1)
            m_geometry.partStarts.clear();
        return ended();
    }

private:
    bool ended() const { return m_at + 1 == m_end && *m_at == markEnd; }
    bool number(std::uint32_t &value)
    {
        if (m_end - m_at < 4)
            return false;
        value = qFromLittleEndian<std::uint32_t>(m_at);
        m_at += 4;
        return true;
    }
    bool points(std::uint32_t count)
    {
        const auto bytes = qsizetype(count) * 16;
        if (m_end - m_at < bytes)
            return false;
        auto &points = m_geometry.points;
        const auto first = points.size();
        points.resize(first + count);
        if constexpr (std::endian::native == std::endian::little) {
            std::memcpy(points.data() + first, m_at, std::size_t(bytes));
        } else {
            for (std::uint32_t i = 0; i < count; ++i)
                points[first + i] = {std::bit_cast<double>(qFromLittleEndian<std::uint64_t>(m_at + 16 * i)),
                                     std::bit_cast<double>(qFromLittleEndian<std::uint64_t>(m_at + 16 * i + 8))};
        }
        m_at += bytes;
        return true;
    }
    bool line()
    {
        std::uint32_t count = 0;
        if (!number(count) || !points(count))
            return false;
        m_geometry.ringEnds.push_back(std::uint32_t(m_geometry.points.size()));
        return true;
    }
    bool single(std::uint32_t type)
    {
        if (type == Point) {
            m_geometry.kind = GeometryKind::Point;
            return points(1);
        }
        if (type == LineString) {
            m_geometry.kind = GeometryKind::Line;
            return line();
        }
        m_geometry.kind = GeometryKind::Polygon;
        std::uint32_t rings = 0;
        if (!number(rings))
            return false;
        m_geometry.partStarts.push_back(std::uint32_t(m_geometry.ringCount()));
        for (std::uint32_t i = 0; i < rings; ++i)
            if (!line())
                return false;
        return true;
    }

    const char *m_at;
    const char *m_end;
    Geometry &m_geometry;
};

bool isOurs(QByteArrayView blob)
{
    return blob.size() > headSize + 4 && blob[0] == 0 && blob[1] == 1 && blob[headSize - 1] == markHead;
}

} // namespace

Extent appendFeatureBlob(const Geometry &geometry, QByteArray &to)
{
    const auto box = geometry.extent();
    Writer writer(to);
    writer.byte(0);
    writer.byte(1);
    writer.number(0);
    for (const double side : {box.xMin, box.yMin, box.xMax, box.yMax})
        writer.real(side);
    writer.byte(markHead);
    if (geometry.kind == GeometryKind::Polygon)
        writePolygons(geometry, writer);
    else if (geometry.kind == GeometryKind::Line)
        writeLines(geometry, writer);
    else
        writePoints(geometry, writer);
    writer.byte(markEnd);
    return box;
}

Extent blobExtent(QByteArrayView blob)
{
    if (!isOurs(blob))
        return {};
    const auto side = [&](int i) {
        return std::bit_cast<double>(qFromLittleEndian<std::uint64_t>(blob.data() + 6 + 8 * i));
    };
    return {side(0), side(1), side(2), side(3)};
}

bool readFeatureBlob(QByteArrayView blob, Geometry &geometry)
{
    geometry.kind = GeometryKind::None;
    geometry.points.clear();
    geometry.ringEnds.clear();
    geometry.partStarts.clear();
    if (!isOurs(blob))
        return false;
    const bool read = Reader(blob.sliced(headSize), geometry).read();
    if (geometry.partStarts.size() == 1)
        geometry.partStarts.clear();
    return read;
}

} // namespace hanseatlas
