// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/shapeops.h"

#include <geos_c.h>

#include <algorithm>
#include <functional>
#include <iterator>

namespace hanseatlas::demo
{

namespace
{

struct Free {
    GEOSContextHandle_t handle;
    void operator()(GEOSGeometry *g) const { GEOSGeom_destroy_r(handle, g); }
};
using Owned = std::unique_ptr<GEOSGeometry, Free>;

} // namespace

struct ShapeOps::Private {
    GEOSContextHandle_t handle = GEOS_init_r();
    ~Private() { GEOS_finish_r(handle); }

    Owned own(GEOSGeometry *g) const { return Owned(g, Free{handle}); }

    GEOSCoordSequence *sequence(std::span<const PointXY> points, bool close) const
    {
        const auto n = unsigned(points.size()) + (close ? 1 : 0);
        auto *s = GEOSCoordSeq_create_r(handle, n, 2);
        for (unsigned i = 0; i < n; ++i)
            GEOSCoordSeq_setXY_r(handle, s, i, points[i % points.size()].x, points[i % points.size()].y);
        return s;
    }

    GEOSGeometry *polygon(const Shape &shape) const
    {
        std::vector<GEOSGeometry *> holes;
        for (const auto &hole : shape.holes)
            holes.push_back(GEOSGeom_createLinearRing_r(handle, sequence(hole, true)));
        return GEOSGeom_createPolygon_r(handle, GEOSGeom_createLinearRing_r(handle, sequence(shape.outer, true)),
                                        holes.data(), unsigned(holes.size()));
    }

    Owned collection(std::vector<GEOSGeometry *> parts, int type) const
    {
        return own(GEOSGeom_createCollection_r(handle, type, parts.data(), unsigned(parts.size())));
    }

    Owned polygons(const Shapes &shapes) const
    {
        std::vector<GEOSGeometry *> parts;
        for (const auto &shape : shapes)
            if (shape.outer.size() >= 3)
                parts.push_back(polygon(shape));
        return collection(std::move(parts), GEOS_MULTIPOLYGON);
    }

    Owned lines(const std::vector<Path> &paths) const
    {
        std::vector<GEOSGeometry *> parts;
        for (const auto &path : paths)
            if (path.size() >= 2)
                parts.push_back(GEOSGeom_createLineString_r(handle, sequence(path, false)));
        return collection(std::move(parts), GEOS_MULTILINESTRING);
    }

    Path points(const GEOSGeometry *line) const
    {
        const auto *s = GEOSGeom_getCoordSeq_r(handle, line);
        unsigned n = 0;
        GEOSCoordSeq_getSize_r(handle, s, &n);
        Path path(n);
        for (unsigned i = 0; i < n; ++i)
            GEOSCoordSeq_getXY_r(handle, s, i, &path[i].x, &path[i].y);
        return path;
    }

    Ring ring(const GEOSGeometry *g) const
    {
        auto r = points(g);
        if (r.size() > 1)
            r.pop_back();
        return r;
    }

    void each(const GEOSGeometry *g, int type, const std::function<void(const GEOSGeometry *)> &visit) const
    {
        if (!g)
            return;
        if (GEOSGeomTypeId_r(handle, g) == type) {
            if (!GEOSisEmpty_r(handle, g))
                visit(g);
            return;
        }
        if (GEOSGeomTypeId_r(handle, g) < GEOS_MULTIPOINT)
            return;
        for (int i = 0; i < GEOSGetNumGeometries_r(handle, g); ++i)
            each(GEOSGetGeometryN_r(handle, g, i), type, visit);
    }

    Shapes shapes(const Owned &g) const
    {
        Shapes all;
        each(g.get(), GEOS_POLYGON, [&](const GEOSGeometry *p) {
            Shape shape{.outer = ring(GEOSGetExteriorRing_r(handle, p))};
            for (int i = 0; i < GEOSGetNumInteriorRings_r(handle, p); ++i)
                shape.holes.push_back(ring(GEOSGetInteriorRingN_r(handle, p, i)));
            all.push_back(std::move(shape));
        });
        return all;
    }

    /** Hand-drawn and smoothed rings may touch themselves. */
    Owned sound(Owned g) const
    {
        if (g && GEOSisValid_r(handle, g.get()) == 1)
            return g;
        return g ? own(GEOSBuffer_r(handle, g.get(), 0, 8)) : std::move(g);
    }
    Owned united(const Shapes &shapes) const
    {
        std::vector<GEOSGeometry *> parts;
        for (const auto &shape : shapes)
            if (shape.outer.size() >= 3)
                parts.push_back(sound(own(polygon(shape))).release());
        if (parts.size() == 1)
            return own(parts.front());
        return own(GEOSUnaryUnion_r(handle, collection(std::move(parts), GEOS_GEOMETRYCOLLECTION).get()));
    }
};

ShapeOps::ShapeOps()
    : d(std::make_unique<Private>())
{
}
ShapeOps::~ShapeOps() = default;

Shapes ShapeOps::unite(const Shapes &shapes) const
{
    return d->shapes(d->united(shapes));
}

Shapes ShapeOps::subtract(const Shapes &from, const Shapes &what) const
{
    const auto a = d->united(from);
    Extent box;
    for (const auto &shape : from)
        box.add(extentOf(shape.outer));
    const auto near = clipped(what, box.grown(5));
    if (near.empty())
        return d->shapes(a);
    return d->shapes(d->own(GEOSDifference_r(d->handle, a.get(), d->united(near).get())));
}

Shapes ShapeOps::clipped(const Shapes &shapes, const Extent &box) const
{
    Shapes all;
    for (const auto &shape : shapes) {
        const auto own = extentOf(shape.outer);
        if (!own.intersects(box))
            continue;
        if (box.contains(own)) {
            all.push_back(shape);
            continue;
        }
        if (auto cut = clippedToBox(shape, box)) {
            std::ranges::move(*cut, std::back_inserter(all));
            continue;
        }
        // Not GEOSClipByRect: it fills rectangles that lie within a hole.
        const auto g = d->own(d->polygon(shape));
        const auto frame = d->own(d->polygon(
            {.outer = {{box.xMin, box.yMin}, {box.xMax, box.yMin}, {box.xMax, box.yMax}, {box.xMin, box.yMax}}}));
        const auto part = d->own(GEOSIntersection_r(d->handle, g.get(), frame.get()));
        for (auto &piece : d->shapes(part))
            all.push_back(std::move(piece));
    }
    return all;
}

Shapes ShapeOps::intersect(const Shapes &a, const Shapes &b) const
{
    Extent box;
    for (const auto &shape : a)
        box.add(extentOf(shape.outer));
    const auto near = d->united(clipped(b, box.grown(5)));
    return d->shapes(d->own(GEOSIntersection_r(d->handle, d->united(a).get(), near.get())));
}

Shapes ShapeOps::grown(const Shapes &shapes, double by) const
{
    return d->shapes(d->own(GEOSBuffer_r(d->handle, d->united(shapes).get(), by, 6)));
}

Shapes ShapeOps::inset(const Ring &ring, double by) const
{
    const auto g = d->sound(d->own(d->polygon({.outer = ring})));
    return d->shapes(
        d->own(GEOSBufferWithStyle_r(d->handle, g.get(), -by, 1, GEOSBUF_CAP_FLAT, GEOSBUF_JOIN_MITRE, 3.0)));
}

Shapes ShapeOps::corridor(const std::vector<Path> &paths, double halfWidth, bool roundEnds) const
{
    return d->shapes(
        d->own(GEOSBufferWithStyle_r(d->handle, d->lines(paths).get(), halfWidth, 4,
                                     roundEnds ? GEOSBUF_CAP_ROUND : GEOSBUF_CAP_FLAT, GEOSBUF_JOIN_ROUND, 2.0)));
}

Shapes ShapeOps::faces(const std::vector<Path> &lines) const
{
    const auto noded = d->own(GEOSUnaryUnion_r(d->handle, d->lines(lines).get()));
    const GEOSGeometry *all[] = {noded.get()};
    return d->shapes(d->own(GEOSPolygonize_r(d->handle, all, 1)));
}

std::vector<Path> ShapeOps::clip(const Path &path, const Shapes &to) const
{
    const auto line = d->lines({path});
    const auto parts = d->own(GEOSIntersection_r(d->handle, line.get(), d->united(to).get()));
    const auto merged = d->own(parts ? GEOSLineMerge_r(d->handle, parts.get()) : nullptr);
    std::vector<Path> all;
    d->each(merged.get(), GEOS_LINESTRING, [&](const GEOSGeometry *l) { all.push_back(d->points(l)); });
    return all;
}

PointXY ShapeOps::pointInside(const Shape &shape) const
{
    const auto p = d->own(GEOSPointOnSurface_r(d->handle, d->own(d->polygon(shape)).get()));
    PointXY place = shape.outer.front();
    if (p) {
        GEOSGeomGetX_r(d->handle, p.get(), &place.x);
        GEOSGeomGetY_r(d->handle, p.get(), &place.y);
    }
    return place;
}

} // namespace hanseatlas::demo
