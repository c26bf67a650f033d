// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/wkb.h"

#include "datasources/files/gdalsetup.h"

#include <ogr_api.h>
#include <cpl_vsi.h>

#include <bit>
#include <cmath>
#include <cstring>

namespace hanseatlas
{

namespace
{

enum WkbType : std::uint32_t {
    TypePoint = 1,
    TypeLine = 2,
    TypePolygon = 3,
    TypeMultiPoint = 4,
    TypeMultiLine = 5,
    TypeMultiPolygon = 6,
    TypeCollection = 7,
    TypeCircularString = 8,
    TypeSurface = 14,
    TypePolyhedral = 15,
    TypeTin = 16,
    TypeTriangle = 17
};

constexpr double farthest = 1e9; ///< in CRS units: beyond it nothing is on this earth
constexpr int deepest = 32; ///< nesting that a sound file never has

struct Header {
    std::uint32_t type = 0;
    int dimensions = 2;
    bool swapped = false;
};

/** Walks over the bytes; once something does not fit, `broken` stays true and nothing more is read. */
class Walker
{
public:
    explicit Walker(std::span<const std::byte> bytes)
        : m_bytes(bytes)
    {
    }
    bool broken = false;
    bool curved = false;
    bool notFinite = false;

    Header header()
    {
        Header h;
        if (m_bytes.size() - m_at < 5) {
            broken = true;
            return h;
        }
        const bool little = m_bytes[m_at++] != std::byte(0);
        h.swapped = little != (std::endian::native == std::endian::little);
        auto type = number(h.swapped);
        const bool z = type & 0x80000000U, m = type & 0x40000000U;
        if (type & 0x20000000U)
            number(h.swapped); // EWKB: the number of the CRS
        type &= 0x0fffffffU;
        h.dimensions = 2 + z + m;
        if (type >= 1000) {
            h.dimensions = type >= 3000 ? 4 : 3;
            type %= 1000;
        }
        h.type = type;
        return h;
    }

    std::uint32_t number(bool swapped)
    {
        std::uint32_t value = 0;
        if (m_bytes.size() - m_at < sizeof value) {
            broken = true;
            return 0;
        }
        std::memcpy(&value, m_bytes.data() + m_at, sizeof value);
        m_at += sizeof value;
        return swapped ? std::byteswap(value) : value;
    }

    void points(std::uint32_t count, const Header &h, std::vector<PointXY> *to)
    {
        const std::size_t stride = std::size_t(h.dimensions) * 8;
        if ((m_bytes.size() - m_at) / stride < count) {
            broken = true;
            return;
        }
        const auto *from = m_bytes.data() + m_at;
        m_at += stride * count;
        if (!to || count == 0)
            return;
        const auto first = to->size();
        to->resize(first + count);
        auto *out = to->data() + first;
        if (stride == sizeof(PointXY)) {
            std::memcpy(static_cast<void *>(out), from, stride * count);
        } else {
            for (std::uint32_t i = 0; i < count; ++i)
                std::memcpy(static_cast<void *>(out + i), from + i * stride, sizeof(PointXY));
        }
        check(out, count, h.swapped);
    }

    std::size_t position() const { return m_at; }
    void rewind(std::size_t position) { m_at = position; }

private:
    void check(PointXY *p, std::uint32_t count, bool swapped)
    {
        auto turned = [](double v) { return std::bit_cast<double>(std::byteswap(std::bit_cast<std::uint64_t>(v))); };
        bool fine = true;
        for (std::uint32_t i = 0; i < count; ++i) {
            if (swapped)
                p[i] = {turned(p[i].x), turned(p[i].y)};
            fine &= std::abs(p[i].x) <= farthest && std::abs(p[i].y) <= farthest; // false for NaN too
        }
        notFinite |= !fine;
    }

    std::span<const std::byte> m_bytes;
    std::size_t m_at = 0;
};

GeometryKind kindOf(std::uint32_t type)
{
    switch (type) {
    case TypePoint:
    case TypeMultiPoint:
        return GeometryKind::Point;
    case TypeLine:
    case TypeMultiLine:
        return GeometryKind::Line;
    case TypePolygon:
    case TypeMultiPolygon:
    case TypePolyhedral:
    case TypeTin:
    case TypeTriangle:
        return GeometryKind::Polygon;
    default:
        return GeometryKind::None;
    }
}

void closeRing(ShapeBuffer &to, bool hole)
{
    const auto begin = to.rings.empty() ? 0 : to.rings.back().end;
    if (to.points.size() > begin)
        to.rings.push_back({std::uint32_t(to.points.size()), hole});
}

/** A lone empty point is written as NaN NaN: that is no broken coordinate. */
void readPoint(Walker &in, const Header &h, ShapeBuffer *to)
{
    const bool before = in.notFinite;
    in.points(1, h, to ? &to->points : nullptr);
    if (!to || in.broken)
        return;
    const auto p = to->points.back();
    if (std::isnan(p.x) && std::isnan(p.y)) {
        to->points.pop_back();
        in.notFinite = before;
    }
}

/** Reads one geometry. What is not of the wanted kind is walked over; `seen` collects the kinds met. */
void read(Walker &in, GeometryKind wanted, unsigned &seen, ShapeBuffer &to, int depth)
{
    const auto h = in.header();
    if (in.broken || depth > deepest) {
        in.broken = true;
        return;
    }
    const auto kind = kindOf(h.type);
    auto *out = kind == wanted ? &to : nullptr;
    switch (h.type) {
    case TypePoint:
        readPoint(in, h, out);
        seen |= 1U << unsigned(kind);
        return;
    case TypeLine:
        in.points(in.number(h.swapped), h, out ? &out->points : nullptr);
        if (out)
            closeRing(*out, false);
        seen |= 1U << unsigned(kind);
        return;
    case TypePolygon:
    case TypeTriangle: {
        const auto rings = in.number(h.swapped);
        for (std::uint32_t r = 0; r < rings && !in.broken; ++r) {
            in.points(in.number(h.swapped), h, out ? &out->points : nullptr);
            if (out)
                closeRing(*out, r > 0);
        }
        seen |= 1U << unsigned(kind);
        return;
    }
    case TypeMultiPoint:
    case TypeMultiLine:
    case TypeMultiPolygon:
    case TypeCollection:
    case TypePolyhedral:
    case TypeTin: {
        const auto members = in.number(h.swapped);
        for (std::uint32_t i = 0; i < members && !in.broken && !in.curved; ++i)
            read(in, wanted, seen, to, depth + 1);
        return;
    }
    default:
        in.curved = h.type >= TypeCircularString && h.type <= TypeSurface;
        in.broken = !in.curved;
    }
}

WkbOutcome decodeStraight(std::span<const std::byte> wkb, std::uint32_t row, ShapeBuffer &buffer, bool &curved)
{
    const auto ringsBefore = buffer.rings.size(), pointsBefore = buffer.points.size(),
               shapesBefore = buffer.shapes.size();
    auto undone = [&](WkbOutcome outcome) {
        buffer.rings.resize(ringsBefore);
        buffer.points.resize(pointsBefore);
        buffer.shapes.resize(shapesBefore);
        return outcome;
    };
    Walker in(wkb);
    auto add = [&](GeometryKind kind, unsigned &seen) {
        in.rewind(0);
        const auto firstRing = std::uint32_t(buffer.rings.size());
        read(in, kind, seen, buffer, 0);
        if (kind == GeometryKind::Point)
            closeRing(buffer, false);
        if (!in.broken && !in.curved && buffer.rings.size() > firstRing)
            buffer.shapes.push_back({row, kind, firstRing, std::uint32_t(buffer.rings.size())});
        return !in.broken && !in.curved && !in.notFinite;
    };
    auto kind = kindOf(in.header().type);
    if (kind == GeometryKind::None)
        kind = GeometryKind::Polygon; // a collection, or curves: look for areas first
    unsigned seen = 0, ignored = 0;
    bool fine = !in.broken && add(kind, seen);
    for (const auto other : {GeometryKind::Polygon, GeometryKind::Line, GeometryKind::Point}) {
        if (fine && other != kind && (seen & (1U << unsigned(other))))
            fine = add(other, ignored);
    }
    curved = in.curved;
    if (!fine)
        return undone(in.broken || in.curved ? WkbOutcome::Broken : WkbOutcome::NotFinite);
    const auto made = buffer.shapes.size() - shapesBefore;
    return made == 0 ? WkbOutcome::Empty : made == 1 ? WkbOutcome::Decoded : WkbOutcome::Split;
}

WkbOutcome decodeCurved(std::span<const std::byte> wkb, std::uint32_t row, ShapeBuffer &buffer)
{
    const GdalErrors errors;
    OGRGeometryH curve = nullptr;
    if (OGR_G_CreateFromWkb(wkb.data(), nullptr, &curve, int(wkb.size())) != OGRERR_NONE || !curve) {
        OGR_G_DestroyGeometry(curve);
        return WkbOutcome::Broken;
    }
    OGRGeometryH stroked = OGR_G_GetLinearGeometry(curve, 1.0, nullptr);
    OGR_G_DestroyGeometry(curve);
    if (!stroked)
        return WkbOutcome::Broken;
    std::vector<std::byte> straight(OGR_G_WkbSizeEx(stroked));
    OGR_G_ExportToIsoWkb(stroked, wkbNDR, reinterpret_cast<unsigned char *>(straight.data()));
    OGR_G_DestroyGeometry(stroked);
    bool curved = false;
    return decodeStraight(straight, row, buffer, curved);
}

} // namespace

std::span<PointXY> ShapeBuffer::pointsOf(const Shape &shape)
{
    const auto from = shape.firstRing == 0 ? 0 : rings[shape.firstRing - 1].end;
    return std::span(points).subspan(from, rings[shape.endRing - 1].end - from);
}

void ShapeBuffer::clear()
{
    shapes.clear();
    rings.clear();
    points.clear();
}

WkbOutcome decodeWkb(std::span<const std::byte> wkb, std::uint32_t row, ShapeBuffer &buffer)
{
    bool curved = false;
    const auto outcome = decodeStraight(wkb, row, buffer, curved);
    return curved ? decodeCurved(wkb, row, buffer) : outcome;
}

Geometry toGeometry(const ShapeBuffer &buffer, const Shape &shape)
{
    Geometry result;
    result.kind = shape.kind;
    for (auto r = shape.firstRing; r < shape.endRing; ++r) {
        const auto ring = buffer.ring(r);
        result.points.insert(result.points.end(), ring.begin(), ring.end());
        if (shape.kind == GeometryKind::Point)
            continue;
        if (shape.kind == GeometryKind::Polygon) {
            if (ring.front() != ring.back())
                result.points.push_back(ring.front());
            if (!buffer.rings[r].hole)
                result.partStarts.push_back(std::uint32_t(result.ringEnds.size()));
        }
        result.ringEnds.push_back(std::uint32_t(result.points.size()));
    }
    return result;
}

} // namespace hanseatlas
