// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/city.h"
#include "datasources/demo/grid.h"
#include "datasources/demo/parallel.h"
#include "datasources/demo/random.h"
#include "datasources/demo/shapeops.h"

#include <algorithm>
#include <cmath>
#include <iterator>

using namespace Qt::StringLiterals;

namespace hanseatlas::demo
{

BuiltUp::BuiltUp(const City &city)
    : m_columns(int(cityBox.width() / cell))
    , m_rows(int(cityBox.height() / cell))
    , m_share(std::size_t(m_columns) * std::size_t(m_rows))
{
    auto built = Grid::over(cityBox, cell);
    for (const auto &shape : city.settlement)
        burn(built, shape, 1);
    for (const auto &area : city.areas)
        if (area.kind == AreaKind::Campus || area.kind == AreaKind::RailYard)
            burn(built, area.shape, 1);
    for (const auto &area : city.neighbours)
        burn(built, area.shape, 1);
    const auto raw = [&](int c, int r) { return built.at(c, m_rows - 1 - r); }; // rows here go north
    for (int r = 0; r < m_rows; ++r) {
        for (int c = 0; c < m_columns; ++c) {
            float sum = 0, n = 0;
            for (int y = std::max(0, r - 2); y <= std::min(m_rows - 1, r + 2); ++y)
                for (int x = std::max(0, c - 2); x <= std::min(m_columns - 1, c + 2); ++x, ++n)
                    sum += raw(x, y);
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
    FieldMaker(const BuiltUp &built, const Grid &shore, std::uint64_t seed)
        : m_built(built)
        , m_shore(shore)
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
        const double wet = m_shore.sample(p) < 240 ? 0.75 : 0.22;
        const double roll = m_random.unit();
        return roll < wet ? u"Grünland"_s : roll < wet + 0.05 ? u"Brache"_s : u"Acker"_s;
    }

    void hedge(const Ring &ring)
    {
        for (const auto &side : sidesOf(simplified(ring, 1.5)))
            if (side.length > 70 && m_random.chance(0.36))
                hedges.push_back(side.path);
    }

    const BuiltUp &m_built;
    const Grid &m_shore; ///< metres to the nearest water
    Random m_random;
    ShapeOps m_ops;
};

} // namespace

void makeFields(City &city)
{
    const ShapeOps ops;
    const BuiltUp built(city);
    const auto taken = occupied(city, ops);
    auto water = Grid::over(cityBox, 20);
    for (const auto &shape : city.water)
        burn(water, shape, 1);
    const auto shore = distanceTo(water);
    constexpr int n = 4;
    std::vector<std::vector<Field>> fields(n * n);
    std::vector<std::vector<Path>> hedges(n * n);
    parallelFor(n * n, [&](int i) {
        const double w = cityBox.width() / n, h = cityBox.height() / n;
        const double x = cityBox.xMin + (i % n) * w, y = cityBox.yMin + (i / n) * h;
        const Ring tile{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}};
        FieldMaker maker(built, shore, seedFor(0xf1e1d, std::uint64_t(i)));
        maker.divide(tile, ShapeOps().clipped(taken, extentOf(tile).grown(2)), 0);
        fields[std::size_t(i)] = std::move(maker.fields);
        hedges[std::size_t(i)] = std::move(maker.hedges);
    });
    for (auto &part : fields)
        std::ranges::move(part, std::back_inserter(city.fields));
    for (auto &part : hedges)
        std::ranges::move(part, std::back_inserter(city.hedges));
}

} // namespace hanseatlas::demo
