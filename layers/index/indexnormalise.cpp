// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/indexparts_p.h"
#include "layers/index/indextexts.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

std::vector<double> known(std::span<const double> row)
{
    std::vector<double> values;
    std::ranges::copy_if(row, std::back_inserter(values), [](double v) { return std::isfinite(v); });
    return values;
}

/** Between two values of the sorted ones, as most programs do (type 7 of Hyndman and Fan, 1996). */
double quantile(const std::vector<double> &sorted, double share)
{
    const double place = share * double(sorted.size() - 1);
    const auto below = std::size_t(place);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], place - double(below));
}

/** Tukey's fences; how many values were moved there. */
int winsorise(std::span<double> row)
{
    auto sorted = known(row);
    if (sorted.size() < 4)
        return 0; // too few to tell what is usual
    std::ranges::sort(sorted);
    const double low = quantile(sorted, 0.25), high = quantile(sorted, 0.75), reach = 1.5 * (high - low);
    int moved = 0;
    for (double &value : row) {
        const double kept = std::clamp(value, low - reach, high + reach);
        if (std::isfinite(value) && kept != value) {
            value = kept;
            ++moved;
        }
    }
    return moved;
}

double towards(double value, double worst, double best)
{
    return 100 * (value - worst) / (best - worst);
}

/** 0 and 100 points by the areas' own values. False: all are alike, nothing can be told apart. */
bool minMax(std::span<double> row, bool lessIsBetter)
{
    const auto values = known(row);
    const auto [low, high] = std::ranges::minmax(values);
    for (double &value : row)
        value = low == high ? std::numeric_limits<double>::quiet_NaN()
            : lessIsBetter  ? towards(value, high, low)
                            : towards(value, low, high);
    return low != high;
}

bool zScore(std::span<double> row, bool lessIsBetter)
{
    const auto values = known(row);
    const double count = double(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    const double deviation = count > 1 ? std::sqrt(squares / (count - 1)) : 0;
    for (double &value : row)
        value = deviation > 0 ? 50 + (lessIsBetter ? -10 : 10) * (value - mean) / deviation
                              : std::numeric_limits<double>::quiet_NaN();
    return deviation > 0;
}

void between(std::span<double> row, double worst, double best)
{
    for (double &value : row) {
        if (std::isfinite(value))
            value = std::clamp(towards(value, worst, best), 0.0, 100.0);
    }
}

/** False: the worst value is the target already, or beyond it. */
bool towardsTarget(std::span<double> row, const IndexPart &part)
{
    const auto values = known(row);
    const double worst =
        part.lessIsBetter ? part.high.value_or(std::ranges::max(values)) : part.low.value_or(std::ranges::min(values));
    const bool apart = part.lessIsBetter ? worst > *part.target : worst < *part.target;
    if (apart)
        between(row, worst, *part.target);
    else
        std::ranges::transform(row, row.begin(), [](double v) { return std::isfinite(v) ? 100.0 : v; });
    return true;
}

bool normalise(std::span<double> row, const IndexPart &part, Normalisation how)
{
    switch (how) {
    case Normalisation::MinMax:
        return minMax(row, part.lessIsBetter);
    case Normalisation::Goalposts:
        part.lessIsBetter ? between(row, *part.high, *part.low) : between(row, *part.low, *part.high);
        return true;
    case Normalisation::ZScore:
        return zScore(row, part.lessIsBetter);
    case Normalisation::TargetDistance:
        return towardsTarget(row, part);
    }
    return true;
}

} // namespace

std::vector<double> normalisedValues(const IndexSetup &setup, const IndexMethod &method, const IndexValues &values,
                                     QStringList &notes)
{
    auto scores = values.values;
    for (double &value : scores) {
        if (!std::isfinite(value))
            value = std::numeric_limits<double>::quiet_NaN(); // infinite is not known either
    }
    const auto areas = std::size_t(values.areas.size());
    for (std::size_t i = 0; i < std::size_t(setup.parts.size()); ++i) {
        const std::span row(scores.data() + i * areas, areas);
        const auto &part = setup.parts[qsizetype(i)];
        if (known(row).empty())
            continue;
        if (const int moved = method.winsorise ? winsorise(row) : 0; moved > 0)
            notes.append(IndexTexts::tr("%1: %n outlier(s) were moved to the edge of what is usual.", nullptr, moved)
                             .arg(part.id));
        if (!normalise(row, part, method.normalisation))
            notes.append(IndexTexts::tr("%1: all areas have the same value, so it tells nothing apart.").arg(part.id));
    }
    return scores;
}

} // namespace hanseatlas
