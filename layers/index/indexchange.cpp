// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/indexchange.h"

#include "layers/index/indexparts_p.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hanseatlas
{

namespace
{

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/** (a − b) / (ln a − ln b): what a change in logarithms is worth in points. */
double logMean(double a, double b)
{
    return std::abs(a - b) < 1e-12 * std::max(a, b) ? a : (a - b) / (std::log(a) - std::log(b));
}

/** What a point more of one that goes into a mean adds to the mean, between two states of both. */
double effect(Aggregation how, double floor, double weight, double oneBefore, double oneAfter, double meanBefore,
              double meanAfter)
{
    if (how == Aggregation::Arithmetic)
        return weight * (oneAfter - oneBefore);
    const double a = std::max(oneAfter, floor), b = std::max(oneBefore, floor);
    return weight * logMean(meanAfter, meanBefore) * std::log(a / b);
}

} // namespace

IndexChange indexChange(const IndexSetup &setup, const IndexMethod &method, const IndexScores &before,
                        const IndexScores &after, std::size_t area, std::size_t areas)
{
    const auto weights = weightsOf(setup, method);
    const auto goals = weights.goals.size(), parts = weights.parts.size();
    IndexChange result{.change = after.index[area] - before.index[area],
                       .parts = std::vector<double>(parts, nothing),
                       .goals = std::vector<double>(goals, 0)};
    if (std::isnan(result.change))
        return result;
    const auto at = [&](const std::vector<double> &rows, std::size_t row) { return rows[row * areas + area]; };
    const auto inBoth = [&](const std::vector<double> &a, const std::vector<double> &b, std::size_t row) {
        return !std::isnan(at(a, row)) && !std::isnan(at(b, row));
    };
    double allGoals = 0;
    std::vector<double> known(goals, 0); // weight of the goal's indicators in both periods
    for (std::size_t i = 0; i < parts; ++i)
        known[std::size_t(weights.goalOf[i])] += inBoth(before.parts, after.parts, i) ? weights.parts[i] : 0;
    for (std::size_t g = 0; g < goals; ++g)
        allGoals += inBoth(before.goals, after.goals, g) ? weights.goals[g] : 0;
    double explained = 0;
    for (std::size_t i = 0; i < parts; ++i) {
        const auto g = std::size_t(weights.goalOf[i]);
        if (!inBoth(before.parts, after.parts, i) || !inBoth(before.goals, after.goals, g))
            continue;
        const double goalBefore = at(before.goals, g), goalAfter = at(after.goals, g);
        const double inGoal = effect(method.within, method.floor, weights.parts[i] / known[g], at(before.parts, i),
                                     at(after.parts, i), goalBefore, goalAfter);
        // Per point of the goal: as it moves both ways within a goal that stands still, by the derivative there
        const double perPoint = method.across == Aggregation::Arithmetic
            ? weights.goals[g] / allGoals
            : weights.goals[g] / allGoals * logMean(after.index[area], before.index[area])
                / logMean(std::max(goalAfter, method.floor), std::max(goalBefore, method.floor));
        result.parts[i] = inGoal * perPoint;
        result.goals[g] += result.parts[i];
        explained += result.parts[i];
    }
    result.availability = result.change - explained;
    return result;
}

} // namespace hanseatlas
