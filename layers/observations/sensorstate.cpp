// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/sensorstate.h"

#include "layers/observations/localclock_p.h"
#include "layers/observations/observationtexts.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace hanseatlas
{

namespace
{

constexpr std::size_t mostForSlope = 300; ///< 45 000 pairs

} // namespace

QString stateText(SensorState state)
{
    switch (state) {
    case SensorState::Current:
        return ObservationTexts::tr("Current");
    case SensorState::Late:
        return ObservationTexts::tr("Late");
    case SensorState::Faulty:
        return ObservationTexts::tr("Faulty");
    case SensorState::Silent:
        return ObservationTexts::tr("Silent");
    }
    return {};
}

SensorState sensorState(const Observation *newest, std::int64_t interval, std::int64_t now, const StateLimits &limits)
{
    if (!newest)
        return SensorState::Silent;
    const double expected = double(interval > 0 ? interval : limits.unknownInterval);
    const double age = double(now) - double(newest->at) - double(limits.delay);
    if (age > limits.silentAfter * expected)
        return SensorState::Silent;
    if (newest->quality == Quality::Bad || !std::isfinite(newest->value))
        return SensorState::Faulty;
    return age > limits.lateAfter * expected ? SensorState::Late : SensorState::Current;
}

std::optional<SensorState> worstState(std::span<const SensorState> states)
{
    const auto worst = std::ranges::max_element(states);
    return worst == states.end() ? std::nullopt : std::optional(*worst);
}

QString trendText(Trend trend)
{
    switch (trend) {
    case Trend::Unknown:
        return ObservationTexts::tr("Trend unknown");
    case Trend::Falling:
        return ObservationTexts::tr("Falling");
    case Trend::Steady:
        return ObservationTexts::tr("Steady");
    case Trend::Rising:
        return ObservationTexts::tr("Rising");
    }
    return {};
}

std::optional<double> robustSlope(std::span<const Observation> series)
{
    std::vector<double> slopes;
    slopes.reserve(series.size() * (series.size() + 1) / 2);
    for (std::size_t i = 0; i < series.size(); ++i)
        for (std::size_t j = i + 1; j < series.size(); ++j)
            if (series[i].at != series[j].at)
                slopes.push_back((series[j].value - series[i].value) / double(series[j].at - series[i].at));
    if (slopes.empty())
        return {};
    const auto middle = slopes.begin() + std::ptrdiff_t(slopes.size() / 2);
    std::ranges::nth_element(slopes, middle);
    const double upper = *middle;
    const double lower = slopes.size() % 2 == 1 ? upper : *std::max_element(slopes.begin(), middle);
    return std::midpoint(lower, upper) * double(hourMs);
}

TrendValue trendOf(std::span<const Observation> series, std::int64_t now, std::int64_t window, double steady)
{
    Observations within;
    for (auto it = std::ranges::upper_bound(series, now - window, {}, &Observation::at);
         it != series.end() && it->at <= now; ++it)
        if (it->quality != Quality::Bad && std::isfinite(it->value))
            within.push_back(*it);
    if (within.size() < 3)
        return {};
    if (within.size() > mostForSlope) {
        for (std::size_t i = 0; i < mostForSlope; ++i)
            within[i] = within[i * (within.size() - 1) / (mostForSlope - 1)];
        within.resize(mostForSlope);
    }
    const auto slope = robustSlope(within);
    if (!slope)
        return {};
    const bool flat = *slope == 0 || std::abs(*slope) < steady;
    return {flat ? Trend::Steady : *slope > 0 ? Trend::Rising : Trend::Falling, *slope};
}

} // namespace hanseatlas
