// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/geometry.h"

#include "layers/model/geos_p.h"

#include <cmath>

namespace hanseatlas
{

namespace
{

double ringArea(std::span<const PointXY> ring)
{
    if (ring.size() < 3)
        return 0;
    double sum = 0;
    const auto o = ring[0]; // sums near zero keep their digits
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
        sum += (ring[j].x - o.x) * (ring[i].y - o.y) - (ring[i].x - o.x) * (ring[j].y - o.y);
    return sum / 2;
}

double segmentDistance(PointXY p, PointXY a, PointXY b)
{
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double square = dx * dx + dy * dy;
    const double t = square > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0.0, 1.0) : 0.0;
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

bool crosses(std::span<const PointXY> ring, PointXY p)
{
    bool inside = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
        if ((ring[i].y > p.y) != (ring[j].y > p.y)
            && p.x < (ring[j].x - ring[i].x) * (p.y - ring[i].y) / (ring[j].y - ring[i].y) + ring[i].x)
            inside = !inside;
    return inside;
}

PointXY middleOfLongestLine(const Geometry &geometry)
{
    std::span<const PointXY> best;
    double bestLength = -1;
    for (std::size_t r = 0; r < geometry.ringCount(); ++r) {
        double sum = 0;
        const auto line = geometry.ring(r);
        for (std::size_t i = 1; i < line.size(); ++i)
            sum += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
        if (sum > bestLength) {
            bestLength = sum;
            best = line;
        }
    }
    if (best.empty())
        return geometry.points.front();
    double rest = bestLength / 2;
    for (std::size_t i = 1; i < best.size(); ++i) {
        const double step = std::hypot(best[i].x - best[i - 1].x, best[i].y - best[i - 1].y);
        if (step >= rest && step > 0) {
            const double t = rest / step;
            return {best[i - 1].x + t * (best[i].x - best[i - 1].x), best[i - 1].y + t * (best[i].y - best[i - 1].y)};
        }
        rest -= step;
    }
    return best.back();
}

} // namespace

Extent Geometry::extent() const
{
    Extent box;
    for (const auto &p : points)
        box.add(p);
    return box;
}

double area(const Geometry &geometry)
{
    if (geometry.kind != GeometryKind::Polygon)
        return 0;
    double sum = 0;
    std::size_t part = 0;
    for (std::size_t r = 0; r < geometry.ringCount(); ++r) {
        bool outer = r == 0;
        if (part < geometry.partStarts.size() && geometry.partStarts[part] == r) {
            outer = true;
            ++part;
        }
        const double a = std::abs(ringArea(geometry.ring(r)));
        sum += outer ? a : -a;
    }
    return sum;
}

double length(const Geometry &geometry)
{
    if (geometry.kind != GeometryKind::Line && geometry.kind != GeometryKind::Polygon)
        return 0;
    double sum = 0;
    for (std::size_t r = 0; r < geometry.ringCount(); ++r) {
        const auto line = geometry.ring(r);
        for (std::size_t i = 1; i < line.size(); ++i)
            sum += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    }
    return sum;
}

double distance(const Geometry &geometry, PointXY place)
{
    double best = std::numeric_limits<double>::infinity();
    if (geometry.kind == GeometryKind::Point || geometry.kind == GeometryKind::None) {
        for (const auto &p : geometry.points)
            best = std::min(best, std::hypot(p.x - place.x, p.y - place.y));
        return best;
    }
    bool inside = false;
    for (std::size_t r = 0; r < geometry.ringCount(); ++r) {
        const auto ring = geometry.ring(r);
        if (ring.size() == 1)
            best = std::min(best, std::hypot(ring[0].x - place.x, ring[0].y - place.y));
        for (std::size_t i = 1; i < ring.size(); ++i)
            best = std::min(best, segmentDistance(place, ring[i - 1], ring[i]));
        if (geometry.kind == GeometryKind::Polygon && !ring.empty() && crosses(ring, place))
            inside = !inside;
    }
    return inside ? 0 : best;
}

PointXY labelPoint(const Geometry &geometry)
{
    if (geometry.isEmpty())
        return {};
    if (geometry.kind == GeometryKind::Line)
        return middleOfLongestLine(geometry);
    if (geometry.kind == GeometryKind::Polygon) {
        const GeosContext geos;
        if (const auto polygon = geos.polygon(geometry)) {
            const GeosGeometry point = geos.own(GEOSPointOnSurface_r(geos, polygon.get()));
            double x = 0, y = 0;
            if (point && GEOSGeomGetX_r(geos, point.get(), &x) == 1 && GEOSGeomGetY_r(geos, point.get(), &y) == 1)
                return {x, y};
        }
    }
    return geometry.extent().contains(geometry.points.front()) && geometry.kind == GeometryKind::Polygon
        ? geometry.extent().centre()
        : geometry.points.front();
}

struct AreaTest::Shape {
    GeosContext geos;
    GeosGeometry area;
    std::unique_ptr<const GEOSPreparedGeometry, std::function<void(const GEOSPreparedGeometry *)>> prepared;
};

AreaTest::AreaTest(const Geometry &area)
    : m_shape(std::make_unique<Shape>())
{
    auto &geos = m_shape->geos;
    m_shape->area = geos.polygon(area);
    if (m_shape->area)
        m_shape->prepared = {GEOSPrepare_r(geos, m_shape->area.get()), [&geos](const GEOSPreparedGeometry *prepared) {
                                 GEOSPreparedGeom_destroy_r(geos, prepared);
                             }};
}

AreaTest::~AreaTest() = default;

bool AreaTest::touches(const Geometry &geometry) const
{
    if (!m_shape->prepared)
        return true;
    const auto shape = m_shape->geos.shape(geometry);
    return !shape
        || GEOSPreparedIntersects_r(m_shape->geos, m_shape->prepared.get(), shape.get()) != 0; // 2: too broken
}

QString validityProblem(const Geometry &geometry)
{
    if (geometry.kind != GeometryKind::Polygon)
        return {};
    const GeosContext geos;
    return geos.problemOf(geometry);
}

} // namespace hanseatlas
