// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/city.h"
#include "datasources/demo/parallel.h"
#include "datasources/demo/random.h"
#include "datasources/demo/shapeops.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas::demo
{

BuiltUp::BuiltUp(const City &city)
    : m_columns(int(cityBox.width() / cell))
    , m_rows(int(cityBox.height() / cell))
    , m_share(std::size_t(m_columns) * std::size_t(m_rows))
{
    std::vector<float> raw(m_share.size());
    const auto mark = [&](const Shape &shape) {
        const auto box = extentOf(shape.outer);
        for (int r = std::max(0, int((box.yMin - cityBox.yMin) / cell));
             r < m_rows && cityBox.yMin + r * cell < box.yMax; ++r)
            for (int c = std::max(0, int((box.xMin - cityBox.xMin) / cell));
                 c < m_columns && cityBox.xMin + c * cell < box.xMax; ++c)
                if (inside(shape, {cityBox.xMin + (c + 0.5) * cell, cityBox.yMin + (r + 0.5) * cell}))
                    raw[std::size_t(r * m_columns + c)] = 1;
    };
    for (const auto &shape : city.settlement)
        mark(shape);
    for (const auto &area : city.areas)
        if (area.kind == AreaKind::Campus || area.kind == AreaKind::RailYard)
            mark(area.shape);
    for (const auto &area : city.neighbours)
        mark(area.shape);
    for (int r = 0; r < m_rows; ++r) {
        for (int c = 0; c < m_columns; ++c) {
            float sum = 0, n = 0;
            for (int y = std::max(0, r - 2); y <= std::min(m_rows - 1, r + 2); ++y)
                for (int x = std::max(0, c - 2); x <= std::min(m_columns - 1, c + 2); ++x, ++n)
                    sum += raw[std::size_t(y * m_columns + x)];
            m_share[std::size_t(r * m_columns + c)] = sum / n;
        }
    }
}

double BuiltUp::at(PointXY p) const
{
    const int c = int((p.x - cityBox.xMin) / cell), r = int((p.y - cityBox.yMin) / cell);
    return c < 0 || r < 0 || c >= m_columns || r >= m_rows ? 0 : double(m_share[std::size_t(r * m_columns + c)]);
}

namespace
{

/** Everything that is no open land, not united. */
Shapes occupied(const City &city, const ShapeOps &ops)
{
    Shapes all = city.settlement;
    for (const auto &area : city.areas)
        all.push_back(area.shape);
    for (const auto &area : city.neighbours)
        all.push_back(area.shape);
    all.insert(all.end(), city.water.begin(), city.water.end());
    all.insert(all.end(), city.roadSurface.begin(), city.roadSurface.end());
    std::vector<Path> rails;
    for (const auto &rail : city.rails)
        rails.push_back(rail.path);
    for (auto &shape : ops.corridor(rails, 9))
        all.push_back(std::move(shape));
    return all;
}

class FieldMaker
{
public:
    FieldMaker(const BuiltUp &built, const Shapes &water, std::uint64_t seed)
        : m_built(built)
        , m_water(water)
        , m_random(seed)
    {
    }

    void divide(const Ring &ring, const Shapes &taken, int level)
    {
        const double area = std::abs(signedArea(ring));
        const auto middle = centroid(ring);
        const double target = m_built.at(middle) > 0.05 ? 36000 : 75000;
        if (area < target * m_random.between(0.8, 2.0) || level > 18) {
            finish(ring, taken);
            return;
        }
        const auto box = tightBox(ring);
        const auto lean = turned(leftOf(box.along), m_random.bell() * 0.16);
        const auto place = box.centre + box.along * (m_random.bell() * 0.1 * box.length);
        for (const auto &piece : splitRing(ring, place, lean))
            divide(piece, taken.empty() ? taken : m_ops.clipped(taken, extentOf(piece).grown(2)), level + 1);
    }

    std::vector<Field> fields;
    std::vector<Path> hedges;

private:
    void finish(const Ring &ring, const Shapes &taken)
    {
        const auto parts = taken.empty() ? Shapes{{.outer = ring}} : m_ops.subtract({{.outer = ring}}, taken);
        const QString kind = kindAt(centroid(ring));
        const int tone = m_random.whole(0, 3);
        for (const auto &part : parts) {
            const double area = shapeArea(part);
            if (area < 150)
                continue;
            const bool green = area < 5000 || m_built.at(centroid(part.outer)) > 0.24;
            // Woods grow in clumps and follow the fields' edges.
            const auto middle = centroid(part.outer);
            const bool wood = !green
                && smoothNoise(middle.x / 1500, middle.y / 1500, 81)
                        + 0.4 * smoothNoise(middle.x / 400, middle.y / 400, 82)
                    > 0.52;
            fields.push_back({green ? u"Grünfläche"_s : wood ? u"Wald"_s : kind, tone, part});
            if (!green)
                hedge(part.outer);
        }
    }

    QString kindAt(PointXY p)
    {
        const double wet = nearWater(p) ? 0.75 : 0.22;
        const double roll = m_random.unit();
        return roll < wet ? u"Grünland"_s : roll < wet + 0.05 ? u"Brache"_s : u"Acker"_s;
    }

    bool nearWater(PointXY p) const
    {
        const auto box = Extent{p.x, p.y, p.x, p.y}.grown(240);
        return std::ranges::any_of(m_water, [&](const Shape &shape) {
            return extentOf(shape.outer).intersects(box)
                && std::ranges::any_of(shape.outer, [&](PointXY q) { return norm(q - p) < 240; });
        });
    }

    void hedge(const Ring &ring)
    {
        for (const auto &side : sidesOf(simplified(ring, 1.5)))
            if (side.length > 70 && m_random.chance(0.36))
                hedges.push_back(side.path);
    }

    const BuiltUp &m_built;
    const Shapes &m_water;
    Random m_random;
    ShapeOps m_ops;
};

} // namespace

void makeFields(City &city)
{
    const ShapeOps ops;
    const BuiltUp built(city);
    const auto taken = occupied(city, ops);
    constexpr int n = 4;
    std::vector<std::vector<Field>> fields(n * n);
    std::vector<std::vector<Path>> hedges(n * n);
    parallelFor(n * n, [&](int i) {
        const double w = cityBox.width() / n, h = cityBox.height() / n;
        const double x = cityBox.xMin + (i % n) * w, y = cityBox.yMin + (i / n) * h;
        const Ring tile{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}};
        FieldMaker maker(built, city.water, seedFor(0xf1e1d, std::uint64_t(i)));
        maker.divide(tile, ShapeOps().clipped(taken, extentOf(tile).grown(2)), 0);
        fields[std::size_t(i)] = std::move(maker.fields);
        hedges[std::size_t(i)] = std::move(maker.hedges);
    });
    for (const auto &part : fields)
        city.fields.insert(city.fields.end(), part.begin(), part.end());
    for (const auto &part : hedges)
        city.hedges.insert(city.hedges.end(), part.begin(), part.end());
}

} // namespace hanseatlas::demo
