// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/windrose.h"

#include "layers/observations/observationtexts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>

namespace hanseatlas
{

namespace
{

class VectorSum
{
public:
    void add(double degrees, double length)
    {
        const double angle = degrees * std::numbers::pi / 180;
        m_east += length * std::sin(angle);
        m_north += length * std::cos(angle);
        m_length += length;
    }
    std::optional<double> direction() const
    {
        // What is left of rounding is no direction
        if (!(std::hypot(m_east, m_north) > 1e-9 * m_length))
            return {};
        const double degrees = std::atan2(m_east, m_north) * 180 / std::numbers::pi;
        const double turned = degrees < 0 ? degrees + 360 : degrees;
        return turned < 360 ? turned : 0; // −1e-15 + 360 is 360
    }

private:
    double m_east = 0, m_north = 0, m_length = 0;
};

bool counts(const Observation &one)
{
    return one.quality != Quality::Bad && std::isfinite(one.value);
}

/** The direction nearest in time to a speed, going on from the last one. */
const Observation *partner(std::span<const Observation> directions, std::size_t &next, std::int64_t at,
                           std::int64_t tolerance)
{
    const auto apart = [&](std::size_t i) { return std::abs(directions[i].at - at); };
    while (next + 1 < directions.size() && apart(next + 1) <= apart(next))
        ++next;
    return next < directions.size() && apart(next) <= tolerance ? &directions[next] : nullptr;
}

std::size_t sectorOf(double degrees, int sectors)
{
    const double width = 360.0 / sectors;
    return std::size_t(std::floor(degrees / width + 0.5)) % std::size_t(sectors);
}

bool makesSense(const WindRoseSetup &setup)
{
    return std::ranges::contains(std::array{8, 12, 16, 36}, setup.sectors) && setup.bounds.size() <= 50
        && std::ranges::all_of(setup.bounds, [](double bound) { return std::isfinite(bound); })
        && std::ranges::adjacent_find(setup.bounds, std::greater_equal()) == setup.bounds.end()
        && !std::isnan(setup.calmBelow) && setup.tolerance >= 0;
}

} // namespace

double WindRose::share(int sector, std::size_t speedClass) const
{
    const auto i = std::size_t(sector) * classes + speedClass;
    return total == 0 ? 0 : double(counts[i]) / double(total);
}

double WindRose::sectorShare(int sector) const
{
    double sum = 0;
    for (std::size_t one = 0; one < classes; ++one)
        sum += share(sector, one);
    return sum;
}

double WindRose::calmShare() const
{
    return total == 0 ? 0 : double(calm) / double(total);
}

Result<WindRose> windRose(std::span<const Observation> direction, std::span<const Observation> speed,
                          const WindRoseSetup &setup)
{
    if (!makesSense(setup))
        return failure(ErrorKind::Invalid,
                       ObservationTexts::tr("A wind rose needs 8, 12, 16 or 36 sectors and speed classes whose bounds "
                                            "rise."));
    WindRose rose{.sectors = setup.sectors, .classes = setup.bounds.size() + 1};
    rose.counts.resize(std::size_t(rose.sectors) * rose.classes);
    VectorSum vectors;
    double speeds = 0;
    std::size_t next = 0;
    for (const auto &wind : speed) {
        const auto *from = partner(direction, next, wind.at, setup.tolerance);
        if (!from || !counts(wind) || wind.value < 0)
            continue;
        const bool calm = wind.value < setup.calmBelow;
        if (!calm && (!counts(*from) || from->value < 0 || from->value > 360))
            continue;
        ++rose.total;
        speeds += wind.value;
        if (calm) {
            ++rose.calm;
            continue;
        }
        const auto speedClass = std::size_t(std::ranges::upper_bound(setup.bounds, wind.value) - setup.bounds.begin());
        ++rose.counts[sectorOf(from->value, rose.sectors) * rose.classes + speedClass];
        vectors.add(from->value, wind.value);
    }
    if (rose.total > 0)
        rose.meanSpeed = speeds / double(rose.total);
    rose.meanDirection = vectors.direction();
    return rose;
}

std::optional<double> vectorMean(std::span<const double> degrees, std::span<const double> speeds)
{
    if (!speeds.empty() && speeds.size() != degrees.size())
        return {};
    VectorSum sum;
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        const double speed = speeds.empty() ? 1 : speeds[i];
        if (std::isfinite(degrees[i]) && std::isfinite(speed) && speed >= 0)
            sum.add(degrees[i], speed);
    }
    return sum.direction();
}

} // namespace hanseatlas
