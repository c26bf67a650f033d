// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/climate.h"
#include "datasources/demo/parallel.h"

#include <algorithm>
#include <cstdint>

namespace hanseatlas::demo
{

namespace
{

constexpr int outlet = -1;

/** Streets lie a little lower than the lots beside them; that is where water runs. */
Grid surface(const City &city, const Grid &terrain)
{
    auto lowered = terrain;
    for (const auto &road : city.roads)
        for (std::size_t i = 1; i < road.path.size(); ++i) {
            const auto step = road.path[i] - road.path[i - 1];
            const int steps = std::max(1, int(norm(step) / 14));
            for (int k = 0; k < steps; ++k) {
                const auto p = road.path[i - 1] + step * (double(k) / steps);
                if (const int c = terrain.columnOf(p.x), r = terrain.rowOf(p.y); terrain.has(c, r))
                    lowered.at(c, r) = std::min(lowered.at(c, r), terrain.at(c, r) - 0.28F);
            }
        }
    return lowered;
}

struct Flood {
    Grid level; ///< m: the surface with its hollows filled
    std::vector<std::int32_t> parent; ///< where the water of a cell goes; outlet = out
    std::vector<std::uint32_t> order; ///< cells from the outlets upward
};

/** Priority flood (Barnes, Lehman and Mulla 2014) with a bucket for each centimetre in place of a heap. */
Flood flood(const Grid &ground, const Grid &water)
{
    Flood result{.level = ground, .parent = std::vector<std::int32_t>(ground.values.size(), outlet), .order = {}};
    result.order.reserve(ground.values.size());
    std::vector<std::vector<std::uint32_t>> buckets(8000);
    std::vector<std::uint8_t> seen(ground.values.size(), 0);
    const auto bucketOf = [](float metres) { return std::size_t(std::clamp(int(metres * 100) + 500, 0, 7999)); };
    const auto start = [&](int c, int r) {
        const auto i = ground.index(c, r);
        if (!seen[i]) {
            seen[i] = 1;
            buckets[bucketOf(ground.values[i])].push_back(std::uint32_t(i));
        }
    };
    for (int r = 0; r < ground.rows; ++r)
        for (int c = 0; c < ground.columns; ++c)
            if (r == 0 || c == 0 || r == ground.rows - 1 || c == ground.columns - 1 || water.at(c, r) > 0)
                start(c, r);
    for (std::size_t b = 0; b < buckets.size(); ++b) {
        for (std::size_t k = 0; k < buckets[b].size(); ++k) {
            const auto i = buckets[b][k];
            result.order.push_back(i);
            const int c = int(i % std::uint32_t(ground.columns)), r = int(i / std::uint32_t(ground.columns));
            for (int dr = -1; dr <= 1; ++dr)
                for (int dc = -1; dc <= 1; ++dc) {
                    if (!ground.has(c + dc, r + dr))
                        continue;
                    const auto n = ground.index(c + dc, r + dr);
                    if (seen[n])
                        continue;
                    seen[n] = 1;
                    result.parent[n] = std::int32_t(i);
                    result.level.values[n] = std::max(ground.values[n], result.level.values[i]);
                    buckets[std::max(b, bucketOf(result.level.values[n]))].push_back(std::uint32_t(n));
                }
        }
        buckets[b] = {};
    }
    return result;
}

std::vector<float> catchments(const Flood &flooded, double cellArea)
{
    std::vector<float> area(flooded.parent.size(), float(cellArea));
    for (auto it = flooded.order.rbegin(); it != flooded.order.rend(); ++it)
        if (const auto parent = flooded.parent[*it]; parent != outlet)
            area[std::size_t(parent)] += area[*it];
    return area;
}

std::vector<Rain::Flow> flowPaths(const Grid &ground, const Grid &water, const Flood &flooded,
                                  const std::vector<float> &area)
{
    constexpr float least = 60000; // m²
    std::vector<std::uint8_t> used(area.size(), 0);
    std::vector<Rain::Flow> flows;
    for (auto it = flooded.order.rbegin(); it != flooded.order.rend(); ++it) {
        if (area[*it] < least || used[*it] || water.values[*it] > 0)
            continue;
        Rain::Flow flow;
        for (auto i = std::int32_t(*it); i != outlet; i = flooded.parent[std::size_t(i)]) {
            const int c = i % ground.columns, r = i / ground.columns;
            flow.path.push_back(ground.centreOf(c, r));
            flow.catchment = area[std::size_t(i)];
            if (used[std::size_t(i)] || water.values[std::size_t(i)] > 0)
                break; // joins another, or has arrived
            used[std::size_t(i)] = 1;
        }
        if (pathLength(flow.path) < 250)
            continue;
        flow.path = thinned(evened(std::move(flow.path), 6), 2);
        flows.push_back(std::move(flow));
    }
    return flows;
}

} // namespace

Rain makeRain(const City &city, const Cover &cover, const Grid &terrain)
{
    const auto &water = cover.water;
    const auto ground = surface(city, terrain);
    const auto flooded = flood(ground, water);
    const auto area = catchments(flooded, ground.cell * ground.cell);

    Rain rain{.rare = water, .extreme = water, .sinks = water, .flows = {}};
    parallelFor(ground.rows, [&](int r) {
        for (int c = 0; c < ground.columns; ++c) {
            const auto i = ground.index(c, r);
            if (water.values[i] > 0) {
                rain.rare.values[i] = rain.extreme.values[i] = rain.sinks.values[i] = 0;
                continue;
            }
            const float hollow = 30 * (flooded.level.values[i] - ground.values[i]); // drains leave a third of it
            // A slope of a kilometre is wetted thinly; what gathers from more runs deep. cm, for the extreme event
            const float running = std::min(70.0F, 0.05F * std::sqrt(std::max(0.0F, area[i] - 20000)));
            rain.sinks.values[i] = hollow;
            rain.extreme.values[i] = 1.5F + std::clamp(hollow - 4, 0.0F, 180.0F) + running;
            rain.rare.values[i] = 0.8F + std::clamp(hollow * 0.9F - 8, 0.0F, 150.0F) + 0.5F * running;
        }
    });
    rain.flows = flowPaths(ground, water, flooded, area);
    for (auto *depth : {&rain.rare, &rain.extreme}) {
        *depth = blurred(*depth, 20);
        for (std::size_t i = 0; i < water.values.size(); ++i)
            if (water.values[i] > 0)
                depth->values[i] = noDepth;
    }
    return rain;
}

} // namespace hanseatlas::demo
