// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/geos_p.h"

#include <QCoreApplication>

namespace hanseatlas
{

namespace
{

GEOSCoordSequence *sequenceOf(GEOSContextHandle_t geos, std::span<const PointXY> points)
{
    auto *sequence = GEOSCoordSeq_create_r(geos, unsigned(points.size()), 2);
    for (unsigned i = 0; i < points.size(); ++i)
        GEOSCoordSeq_setXY_r(geos, sequence, i, points[i].x, points[i].y);
    return sequence;
}

// The makers take the sequence, also when they give null

GEOSGeometry *linearRing(GEOSContextHandle_t geos, std::span<const PointXY> ring)
{
    return ring.size() < 4 ? nullptr : GEOSGeom_createLinearRing_r(geos, sequenceOf(geos, ring)); // null: not closed
}

} // namespace

GeosGeometry GeosContext::polygon(const Geometry &geometry) const
{
    std::vector<GEOSGeometry *> polygons;
    auto giveUp = [&] {
        for (auto *p : polygons)
            GEOSGeom_destroy_r(m_handle, p);
        return own(nullptr);
    };
    const auto parts = std::max<std::size_t>(1, geometry.partStarts.size());
    for (std::size_t part = 0; part < parts; ++part) {
        const std::size_t from = geometry.partStarts.empty() ? 0 : geometry.partStarts[part];
        const std::size_t to =
            part + 1 < geometry.partStarts.size() ? geometry.partStarts[part + 1] : geometry.ringCount();
        std::vector<GEOSGeometry *> rings;
        for (std::size_t r = from; r < to; ++r) {
            auto *ring = linearRing(m_handle, geometry.ring(r));
            if (!ring) {
                for (auto *made : rings)
                    GEOSGeom_destroy_r(m_handle, made);
                return giveUp();
            }
            rings.push_back(ring);
        }
        if (rings.empty())
            continue;
        polygons.push_back(GEOSGeom_createPolygon_r(m_handle, rings[0], rings.data() + 1, unsigned(rings.size() - 1)));
    }
    if (polygons.empty())
        return own(nullptr);
    if (polygons.size() == 1)
        return own(polygons[0]);
    return own(GEOSGeom_createCollection_r(m_handle, GEOS_MULTIPOLYGON, polygons.data(), unsigned(polygons.size())));
}

GeosGeometry GeosContext::shape(const Geometry &geometry) const
{
    if (geometry.kind == GeometryKind::Polygon)
        return polygon(geometry);
    const bool lines = geometry.kind == GeometryKind::Line;
    std::vector<GEOSGeometry *> parts;
    for (std::size_t r = 0; lines && r < geometry.ringCount(); ++r)
        if (const auto line = geometry.ring(r); line.size() >= 2)
            parts.push_back(GEOSGeom_createLineString_r(m_handle, sequenceOf(m_handle, line)));
    for (std::size_t i = 0; !lines && i < geometry.points.size(); ++i)
        parts.push_back(GEOSGeom_createPointFromXY_r(m_handle, geometry.points[i].x, geometry.points[i].y));
    if (parts.empty())
        return own(nullptr);
    return own(GEOSGeom_createCollection_r(m_handle, lines ? GEOS_MULTILINESTRING : GEOS_MULTIPOINT, parts.data(),
                                           unsigned(parts.size())));
}

QString GeosContext::problemOf(const Geometry &geometry) const
{
    const auto shape = polygon(geometry);
    if (!shape)
        return QCoreApplication::translate("Geometry", "A ring has fewer than three corners.");
    char *reason = nullptr;
    GEOSGeometry *place = nullptr;
    const char valid = GEOSisValidDetail_r(m_handle, shape.get(), 0, &reason, &place);
    const auto where = own(place);
    QString text;
    if (valid != 1) {
        text = QString::fromUtf8(reason ? reason : "?");
        double x = 0, y = 0;
        if (where && GEOSGeomGetX_r(m_handle, where.get(), &x) == 1 && GEOSGeomGetY_r(m_handle, where.get(), &y) == 1)
            text += QStringLiteral(" (%1 %2)").arg(x, 0, 'f', 2).arg(y, 0, 'f', 2);
    }
    if (reason)
        GEOSFree_r(m_handle, reason);
    return text;
}

} // namespace hanseatlas
