// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/measureplace.h"

#include <QtEndian>

#include <bit>
#include <cmath>

namespace hanseatlas
{

namespace
{

enum Type : std::uint32_t { Point = 1, LineString, Polygon, MultiPoint, MultiLineString, MultiPolygon };

class Writer
{
public:
    void head(std::uint32_t type)
    {
        bytes.append('\1');
        number(type);
    }
    void number(std::uint32_t value)
    {
        const auto little = qToLittleEndian(value);
        bytes.append(reinterpret_cast<const char *>(&little), sizeof little);
    }
    void point(const PointXY &p)
    {
        for (const double value : {p.x, p.y}) {
            const auto little = qToLittleEndian(std::bit_cast<std::uint64_t>(value));
            bytes.append(reinterpret_cast<const char *>(&little), sizeof little);
        }
    }
    void points(std::span<const PointXY> all)
    {
        number(std::uint32_t(all.size()));
        for (const auto &p : all)
            point(p);
    }
    QByteArray bytes;
};

/** Rings of each polygon. */
std::vector<std::pair<std::size_t, std::size_t>> partsOf(const Geometry &geometry)
{
    auto starts = geometry.partStarts;
    if (starts.empty())
        starts.push_back(0);
    std::vector<std::pair<std::size_t, std::size_t>> parts;
    for (std::size_t i = 0; i < starts.size(); ++i)
        parts.emplace_back(starts[i], i + 1 < starts.size() ? starts[i + 1] : geometry.ringCount());
    return parts;
}

void writePolygon(Writer &out, const Geometry &geometry, const std::pair<std::size_t, std::size_t> &part)
{
    out.head(Polygon);
    out.number(std::uint32_t(part.second - part.first));
    for (auto ring = part.first; ring < part.second; ++ring)
        out.points(geometry.ring(ring));
}

/** Reads until something does not fit; then all that follows is nothing. */
class Reader
{
public:
    explicit Reader(const QByteArray &bytes)
        : m_rest(bytes)
    {
    }
    bool fine() const { return m_fine; }
    bool atEnd() const { return m_rest.isEmpty(); }

    std::uint32_t head()
    {
        if (m_rest.isEmpty() || m_rest[0] < 0 || m_rest[0] > 1)
            return fail();
        m_little = m_rest[0] == 1;
        m_rest = m_rest.sliced(1);
        return number();
    }
    std::uint32_t number()
    {
        if (m_rest.size() < qsizetype(sizeof(std::uint32_t)))
            return fail();
        const auto value =
            m_little ? qFromLittleEndian<std::uint32_t>(m_rest.data()) : qFromBigEndian<std::uint32_t>(m_rest.data());
        m_rest = m_rest.sliced(sizeof(std::uint32_t));
        return value;
    }
    /** A number of things that take at least `least` bytes each. */
    std::uint32_t count(qsizetype least)
    {
        const auto value = number();
        return m_fine && qsizetype(value) <= m_rest.size() / least ? value : fail();
    }
    PointXY point()
    {
        constexpr qsizetype size = 2 * sizeof(double);
        if (m_rest.size() < size) {
            fail();
            return {};
        }
        const auto coordinate = [this](qsizetype at) {
            const auto *from = m_rest.data() + at;
            return std::bit_cast<double>(m_little ? qFromLittleEndian<std::uint64_t>(from)
                                                  : qFromBigEndian<std::uint64_t>(from));
        };
        const PointXY p{coordinate(0), coordinate(sizeof(double))};
        m_rest = m_rest.sliced(size);
        if (!std::isfinite(p.x) || !std::isfinite(p.y))
            fail();
        return p;
    }
    void ring(Geometry &into)
    {
        const auto points = count(2 * sizeof(double));
        for (std::uint32_t i = 0; i < points && m_fine; ++i)
            into.points.push_back(point());
        into.ringEnds.push_back(std::uint32_t(into.points.size()));
    }
    void polygon(Geometry &into)
    {
        into.partStarts.push_back(std::uint32_t(into.ringCount()));
        const auto rings = count(sizeof(std::uint32_t));
        for (std::uint32_t i = 0; i < rings && m_fine; ++i)
            ring(into);
    }
    std::uint32_t fail()
    {
        m_fine = false;
        return 0;
    }

private:
    QByteArrayView m_rest;
    bool m_little = true;
    bool m_fine = true;
};

/** One that is not made of others. */
void readSingle(Reader &in, std::uint32_t type, Geometry &into)
{
    switch (type) {
    case Point:
        into.points.push_back(in.point());
        return;
    case LineString:
        return in.ring(into);
    case Polygon:
        return in.polygon(into);
    default:
        in.fail();
    }
}

GeometryKind kindOf(std::uint32_t single)
{
    return single == Point ? GeometryKind::Point : single == LineString ? GeometryKind::Line : GeometryKind::Polygon;
}

} // namespace

QByteArray placeWkb(const Geometry &geometry)
{
    Writer out;
    if (geometry.isEmpty())
        return {};
    if (geometry.kind == GeometryKind::Point) {
        if (geometry.points.size() > 1) {
            out.head(MultiPoint);
            out.number(std::uint32_t(geometry.points.size()));
        }
        for (const auto &p : geometry.points) {
            out.head(Point);
            out.point(p);
        }
    } else if (geometry.kind == GeometryKind::Line) {
        if (geometry.ringCount() > 1) {
            out.head(MultiLineString);
            out.number(std::uint32_t(geometry.ringCount()));
        }
        for (std::size_t i = 0; i < geometry.ringCount(); ++i) {
            out.head(LineString);
            out.points(geometry.ring(i));
        }
    } else if (geometry.kind == GeometryKind::Polygon) {
        const auto parts = partsOf(geometry);
        if (parts.size() > 1) {
            out.head(MultiPolygon);
            out.number(std::uint32_t(parts.size()));
        }
        for (const auto &part : parts)
            writePolygon(out, geometry, part);
    }
    return out.bytes;
}

std::optional<Geometry> placeGeometry(const QByteArray &wkb)
{
    constexpr qsizetype leastPart = 9; // its head and a count
    Reader in(wkb);
    Geometry geometry;
    const auto type = in.head();
    const bool several = type >= MultiPoint && type <= MultiPolygon;
    const auto single = several ? type - 3 : type;
    if (!in.fine() || single < Point || single > Polygon)
        return {};
    geometry.kind = kindOf(single);
    const auto parts = several ? in.count(leastPart) : 1;
    for (std::uint32_t i = 0; i < parts && in.fine(); ++i) {
        if (several && in.head() != single)
            return {};
        readSingle(in, single, geometry);
    }
    if (!in.fine() || !in.atEnd() || geometry.isEmpty())
        return {};
    if (geometry.partStarts.size() == 1)
        geometry.partStarts.clear(); // as one polygon is written here
    return geometry;
}

} // namespace hanseatlas
