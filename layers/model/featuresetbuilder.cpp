// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/featureset.h"

#include <cmath>
#include <numeric>

namespace hanseatlas
{

namespace
{

/** Distance along the Hilbert curve of order 16; x and y below 65536. The usual rotate-and-flip walk. */
std::uint32_t hilbertIndex(std::uint32_t x, std::uint32_t y)
{
    std::uint32_t index = 0;
    for (std::uint32_t s = 1U << 15; s > 0; s >>= 1) {
        const std::uint32_t rx = (x & s) ? 1 : 0;
        const std::uint32_t ry = (y & s) ? 1 : 0;
        index += s * s * ((3 * rx) ^ ry);
        if (ry == 0) {
            if (rx == 1) {
                x = 65535 - x;
                y = 65535 - y;
            }
            std::swap(x, y);
        }
    }
    return index;
}

/** The triangles between a ring's first corner and its edges, in steps²: signed, as the ring turns, and regardless. */
struct Fan {
    double area = 0;
    double unsignedArea = 0;
};

Fan fanOf(std::span<const QuantisedPoint> ring)
{
    Fan fan;
    if (ring.size() < 3)
        return fan;
    const auto o = ring[0];
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const double triangle = ((double(ring[j].x) - o.x) * (double(ring[i].y) - o.y)
                                 - (double(ring[i].x) - o.x) * (double(ring[j].y) - o.y))
            / 2;
        fan.area += triangle;
        fan.unsignedArea += std::abs(triangle);
    }
    return fan;
}

/** What a polygon covers. The halves of a bow tie cancel each other, yet it is to be seen: there the triangles count
 * regardless of their sense, which for a sliver is still next to nothing. */
double coveredArea(Fan fan, const QuantisedBox &box)
{
    const double room = (double(box.xMax) - box.xMin) * (double(box.yMax) - box.yMin);
    return fan.area < room / 1000 ? fan.unsignedArea : fan.area;
}

template <class T>
std::vector<T> permuted(const std::vector<T> &values, std::span<const std::uint32_t> order)
{
    std::vector<T> result;
    result.reserve(order.size());
    for (const auto i : order)
        result.push_back(values[i]);
    return result;
}

/** Indices sorted by their keys: radix sort, stable, three passes of 11 bits. */
std::vector<std::uint32_t> sortedOrder(const std::vector<std::uint32_t> &keys)
{
    std::vector<std::uint32_t> order(keys.size()), next(keys.size());
    std::iota(order.begin(), order.end(), 0);
    for (int shift = 0; shift < 33; shift += 11) {
        std::vector<std::size_t> start(2049, 0);
        for (const auto key : keys)
            ++start[((key >> shift) & 2047) + 1];
        std::partial_sum(start.begin(), start.end(), start.begin());
        for (const auto i : order)
            next[start[(keys[i] >> shift) & 2047]++] = i;
        order.swap(next);
    }
    return order;
}

} // namespace

FeatureSetBuilder::FeatureSetBuilder(Crs crs, const Extent &extent, QList<Field> fields)
    : m_set(std::make_shared<FeatureSet>())
{
    m_set->crs = std::move(crs);
    m_haveExtent = !extent.isEmpty() && std::isfinite(extent.width()) && std::isfinite(extent.height());
    if (m_haveExtent)
        m_set->quantisation = Quantisation::forExtent(extent);
    m_set->firstRing.push_back(0);
    m_set->firstVertex.push_back(0);
    for (auto &field : fields) {
        Column column;
        column.field = std::move(field);
        m_set->columns.push_back(std::move(column));
    }
}

void FeatureSetBuilder::reserve(std::size_t features, std::size_t vertices)
{
    auto &set = *m_set;
    set.ids.reserve(features);
    set.kinds.reserve(features);
    set.firstRing.reserve(features + 1);
    set.firstVertex.reserve(features + 1);
    set.vertices.reserve(vertices);
    for (auto &c : set.columns)
        c.reserve(features);
}

/** The steps become coarser until the place fits: a source that understated its extent costs precision, not features.
 */
void FeatureSetBuilder::grow(PointXY towards)
{
    auto &q = m_set->quantisation;
    while (std::max(std::abs(towards.x - q.x0), std::abs(towards.y - q.y0)) / q.step > 2.0e9) {
        q.step *= 16;
        for (auto &v : m_set->vertices)
            v = {std::int32_t(std::lround(v.x / 16.0)), std::int32_t(std::lround(v.y / 16.0))};
    }
}

QuantisedPoint FeatureSetBuilder::quantised(PointXY p)
{
    constexpr double limit = 1e9; // in CRS units: far outside of the earth
    p = {std::clamp(p.x, -limit, limit), std::clamp(p.y, -limit, limit)};
    if (!m_haveExtent) {
        m_haveExtent = true;
        m_set->quantisation = Quantisation::forExtent({p.x - 500, p.y - 500, p.x + 500, p.y + 500});
        if (m_set->crs.isGeographic())
            m_set->quantisation = Quantisation::forExtent({p.x - 5, p.y - 5, p.x + 5, p.y + 5});
    }
    const auto &q = m_set->quantisation;
    if (std::abs(p.x - q.x0) > 2.0e9 * q.step || std::abs(p.y - q.y0) > 2.0e9 * q.step)
        grow(p);
    return q.fromXY(p);
}

void FeatureSetBuilder::beginFeature(qint64 id, GeometryKind kind)
{
    m_openId = id;
    m_openKind = kind;
    m_openRing = m_set->firstVertex.size() - 1;
    m_openVertex = m_set->vertices.size();
}

void FeatureSetBuilder::addRing(std::span<const PointXY> points, bool hole)
{
    auto &vertices = m_set->vertices;
    const bool isPolygon = m_openKind == GeometryKind::Polygon;
    if (isPolygon && points.size() > 1 && points.front() == points.back())
        points = points.first(points.size() - 1);
    if (points.empty())
        return;
    const auto from = vertices.size();
    for (const auto &p : points)
        vertices.push_back(quantised(p));
    if (isPolygon) {
        const double area = fanOf(std::span(vertices).subspan(from)).area;
        if (hole ? area > 0 : area < 0)
            std::reverse(vertices.begin() + std::ptrdiff_t(from), vertices.end());
    }
    m_set->firstVertex.push_back(std::uint32_t(vertices.size()));
}

bool FeatureSetBuilder::endFeature()
{
    auto &set = *m_set;
    if (set.vertices.size() == m_openVertex) {
        set.firstVertex.resize(m_openRing + 1);
        return false;
    }
    set.ids.push_back(m_openId);
    set.kinds.push_back(m_openKind);
    set.firstRing.push_back(std::uint32_t(set.firstVertex.size() - 1));
    return true;
}

void FeatureSetBuilder::add(const Feature &feature)
{
    const auto &g = feature.geometry;
    beginFeature(feature.id, g.kind);
    if (g.kind == GeometryKind::Point) {
        addRing(g.points);
    } else {
        std::size_t part = 0;
        for (std::size_t r = 0; r < g.ringCount(); ++r) {
            const bool starts = r == 0 || (part < g.partStarts.size() && g.partStarts[part] == r);
            if (part < g.partStarts.size() && g.partStarts[part] == r)
                ++part;
            addRing(g.ring(r), !starts);
        }
    }
    if (!endFeature())
        return;
    for (std::size_t c = 0; c < m_set->columns.size(); ++c)
        m_set->columns[c].append(c < std::size_t(feature.values.size()) ? feature.values[qsizetype(c)] : QVariant());
}

std::size_t FeatureSetBuilder::size() const
{
    return m_set->ids.size();
}

void FeatureSetBuilder::measure()
{
    auto &set = *m_set;
    set.boxes.resize(set.size());
    set.areas.resize(set.size());
    for (std::size_t i = 0; i < set.size(); ++i) {
        constexpr auto high = std::numeric_limits<std::int32_t>::max(), low = std::numeric_limits<std::int32_t>::min();
        QuantisedBox box{high, high, low, low};
        Fan fan;
        double length = 0;
        for (auto r = set.firstRing[i]; r < set.firstRing[i + 1]; ++r) {
            const auto ring =
                std::span(set.vertices).subspan(set.firstVertex[r], set.firstVertex[r + 1] - set.firstVertex[r]);
            for (const auto &v : ring)
                box = {std::min(box.xMin, v.x), std::min(box.yMin, v.y), std::max(box.xMax, v.x),
                       std::max(box.yMax, v.y)};
            if (set.kinds[i] == GeometryKind::Polygon) {
                const auto turn = fanOf(ring);
                fan.area += turn.area;
                fan.unsignedArea += turn.unsignedArea;
            } else if (set.kinds[i] == GeometryKind::Line)
                for (std::size_t v = 1; v < ring.size(); ++v)
                    length += std::hypot(double(ring[v].x) - ring[v - 1].x, double(ring[v].y) - ring[v - 1].y);
        }
        set.boxes[i] = box;
        set.areas[i] = float(set.kinds[i] == GeometryKind::Polygon ? coveredArea(fan, box) : length);
    }
}

void FeatureSetBuilder::sortAlongHilbertCurve()
{
    auto &set = *m_set;
    std::vector<std::uint32_t> keys(set.size());
    Extent all;
    for (const auto &b : set.boxes) {
        all.add(PointXY{double(b.xMin), double(b.yMin)});
        all.add(PointXY{double(b.xMax), double(b.yMax)});
    }
    const double span = std::max({all.width(), all.height(), 1.0});
    for (std::size_t i = 0; i < set.size(); ++i) {
        const auto &b = set.boxes[i];
        keys[i] = hilbertIndex(std::uint32_t(((double(b.xMin) + b.xMax) / 2 - all.xMin) / span * 65535),
                               std::uint32_t(((double(b.yMin) + b.yMax) / 2 - all.yMin) / span * 65535));
    }
    const auto order = sortedOrder(keys);
    std::vector<std::uint32_t> firstRing{0}, firstVertex{0};
    std::vector<QuantisedPoint> vertices;
    firstRing.reserve(set.firstRing.size());
    firstVertex.reserve(set.firstVertex.size());
    vertices.reserve(set.vertices.size());
    for (const auto i : order) {
        for (auto r = set.firstRing[i]; r < set.firstRing[i + 1]; ++r) {
            vertices.insert(vertices.end(), set.vertices.begin() + set.firstVertex[r],
                            set.vertices.begin() + set.firstVertex[r + 1]);
            firstVertex.push_back(std::uint32_t(vertices.size()));
        }
        firstRing.push_back(std::uint32_t(firstVertex.size() - 1));
    }
    set.vertices = std::move(vertices);
    set.firstRing = std::move(firstRing);
    set.firstVertex = std::move(firstVertex);
    set.ids = permuted(set.ids, order);
    set.kinds = permuted(set.kinds, order);
    set.boxes = permuted(set.boxes, order);
    set.areas = permuted(set.areas, order);
    for (auto &c : set.columns)
        c = c.permuted(order);
    set.extent = set.size() ? Extent() : all;
    if (set.size()) {
        const auto &q = set.quantisation;
        set.extent = {q.x0 + all.xMin * q.step, q.y0 + all.yMin * q.step, q.x0 + all.xMax * q.step,
                      q.y0 + all.yMax * q.step};
    }
}

void FeatureSetBuilder::buildTree()
{
    auto grouped = [](const std::vector<QuantisedBox> &boxes) {
        std::vector<QuantisedBox> result;
        for (std::size_t i = 0; i < boxes.size(); i += FeatureSet::nodeSize) {
            auto box = boxes[i];
            for (auto j = i + 1; j < std::min(i + FeatureSet::nodeSize, boxes.size()); ++j)
                box = {std::min(box.xMin, boxes[j].xMin), std::min(box.yMin, boxes[j].yMin),
                       std::max(box.xMax, boxes[j].xMax), std::max(box.yMax, boxes[j].yMax)};
            result.push_back(box);
        }
        return result;
    };
    auto &levels = m_set->m_levels;
    if (m_set->boxes.empty())
        return;
    levels.push_back(grouped(m_set->boxes));
    while (levels.back().size() > FeatureSet::nodeSize)
        levels.push_back(grouped(levels.back()));
}

FeatureSetPtr FeatureSetBuilder::finish(QStringList notes)
{
    m_set->notes = std::move(notes);
    measure();
    sortAlongHilbertCurve();
    buildTree();
    return std::exchange(m_set, nullptr);
}

} // namespace hanseatlas
