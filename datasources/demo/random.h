// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <iterator>

namespace hanseatlas::demo
{

/** A small generator of pseudo-random numbers whose sequence is the same on every machine (splitmix64). */
class Random
{
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed)
    {
    }
    std::uint64_t next()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        auto z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /** 0 <= x < 1 */
    double unit() { return double(next() >> 11) * 0x1.0p-53; }
    double between(double low, double high) { return low + (high - low) * unit(); }
    /** low … high, both included */
    int whole(int low, int high) { return low + int(next() % std::uint64_t(high - low + 1)); }
    bool chance(double probability) { return unit() < probability; }
    /** Around 0, nearly always within ±2; sums instead of logarithms, so that no library's last digit matters */
    double bell() { return unit() + unit() + unit() + unit() - 2; }
    template <class Container>
    const auto &pick(const Container &from)
    {
        return from[std::size_t(next() % std::uint64_t(std::size(from)))];
    }

private:
    std::uint64_t m_state;
};

/** A seed of its own for the n-th part of something, so that parts can be made in any order. */
inline std::uint64_t seedFor(std::uint64_t what, std::uint64_t part)
{
    Random mix(what * 0x2545f4914f6cdd1dULL + part);
    return mix.next();
}

/** Smooth noise, about -1 … 1; one bump per unit of x and y. */
inline double smoothNoise(double x, double y, std::uint32_t seed)
{
    const auto corner = [seed](std::int64_t i, std::int64_t j) {
        auto h = std::uint64_t(i) * 0x9e3779b97f4a7c15ULL ^ std::uint64_t(j) * 0xc2b2ae3d27d4eb4fULL ^ seed;
        h = (h ^ (h >> 29)) * 0xbf58476d1ce4e5b9ULL;
        h ^= h >> 32;
        return double(h & 0xffffff) / double(0x7fffff) - 1.0;
    };
    const auto i = std::int64_t(std::floor(x)), j = std::int64_t(std::floor(y));
    const double fx = x - double(i), fy = y - double(j);
    const double u = fx * fx * (3 - 2 * fx), v = fy * fy * (3 - 2 * fy);
    const double low = corner(i, j) * (1 - u) + corner(i + 1, j) * u;
    const double high = corner(i, j + 1) * (1 - u) + corner(i + 1, j + 1) * u;
    return low * (1 - v) + high * v;
}

} // namespace hanseatlas::demo
