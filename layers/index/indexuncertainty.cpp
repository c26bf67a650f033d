// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/indexuncertainty.h"

#include "layers/index/indexparts_p.h"
#include "layers/index/indextexts.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

namespace hanseatlas
{

namespace
{

constexpr int mostRuns = 1'000'000;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/** SplitMix64 (Steele, Lea, Flood 2014): small, and each run can have its own from the seed and its number. */
class Dice
{
public:
    Dice(std::uint64_t seed, std::uint64_t run)
        : m_state(seed * 0x9e3779b97f4a7c15U + run * 0xd1342543de82ef95U)
    {
    }
    std::uint64_t next()
    {
        m_state += 0x9e3779b97f4a7c15U;
        auto z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31);
    }
    double share() { return double(next() >> 11) * 0x1.0p-53; } ///< 0 ≤ x < 1
    std::size_t below(std::size_t count) { return std::size_t(share() * double(count)); }

private:
    std::uint64_t m_state;
};

/** A choice of methods, with the scores that do not change from run to run. */
struct Variant {
    IndexMethod method;
    std::vector<double> scores;
};

Result<std::vector<Variant>> variantsOf(const IndexSetup &setup, const IndexMethod &method, const IndexValues &values,
                                        const IndexVariations &variations)
{
    const auto orOwn = [](auto list, auto own) {
        if (list.isEmpty())
            list.append(own);
        return list;
    };
    std::vector<Variant> variants;
    for (const auto normalisation : orOwn(variations.normalisations, method.normalisation)) {
        for (const bool winsorise : orOwn(variations.winsorise, method.winsorise)) {
            auto one = method;
            one.normalisation = normalisation;
            one.winsorise = winsorise;
            if (const auto sound = checkIndex(setup, one, values); !sound)
                return std::unexpected(sound.error());
            QStringList notes;
            const auto scores = normalisedValues(setup, one, values, notes);
            for (const auto across : orOwn(variations.across, method.across)) {
                one.across = across;
                variants.push_back({one, scores});
            }
        }
    }
    return variants;
}

double shareOf(std::vector<double> &sorted, double share)
{
    return sorted[std::size_t(std::lround(share * double(sorted.size() - 1)))];
}

IndexBand bandOf(const std::vector<float> &index, const std::vector<std::uint16_t> &rank, std::size_t area,
                 std::size_t areas)
{
    std::vector<double> scores, ranks;
    for (std::size_t i = area; i < index.size(); i += areas) {
        if (std::isnan(index[i]))
            continue;
        scores.push_back(double(index[i]));
        ranks.push_back(rank[i]);
    }
    if (scores.empty())
        return {nothing, nothing, nothing, 0, 0};
    std::ranges::sort(scores);
    std::ranges::sort(ranks);
    return {shareOf(scores, 0.05), shareOf(scores, 0.5), shareOf(scores, 0.95), int(shareOf(ranks, 0.05)),
            int(shareOf(ranks, 0.95))};
}

/** With one indicator left out after the other. */
std::vector<double> influenceOf(const IndexSetup &setup, const IndexMethod &method, const IndexValues &values)
{
    QStringList notes;
    auto scores = normalisedValues(setup, method, values, notes);
    const auto weights = weightsOf(setup, method);
    const auto areas = std::size_t(values.areas.size());
    auto lenient = method; // leaving one out must not make the index vanish
    lenient.coverageThreshold = 0;
    lenient.allGoals = false;
    IndexSums whole, without;
    aggregate(weights, lenient, scores, areas, whole);
    std::vector<double> influence;
    for (std::size_t i = 0; i < weights.parts.size(); ++i) {
        const std::vector row(scores.begin() + std::ptrdiff_t(i * areas),
                              scores.begin() + std::ptrdiff_t((i + 1) * areas));
        std::fill_n(scores.begin() + std::ptrdiff_t(i * areas), areas, nothing);
        aggregate(weights, lenient, scores, areas, without);
        std::ranges::copy(row, scores.begin() + std::ptrdiff_t(i * areas));
        double sum = 0;
        int count = 0;
        for (std::size_t area = 0; area < areas; ++area) {
            const double moved = std::abs(whole.index[area] - without.index[area]);
            if (!std::isnan(moved)) {
                sum += moved;
                ++count;
            }
        }
        influence.push_back(count > 0 ? sum / count : 0);
    }
    return influence;
}

} // namespace

Result<IndexUncertainty> indexUncertainty(const IndexSetup &setup, const IndexMethod &method, const IndexValues &values,
                                          const IndexVariations &variations, const CancelToken &token)
{
    if (variations.runs < 1 || variations.runs > mostRuns
        || !(variations.weightSpread >= 0 && variations.weightSpread < 1))
        return failure(ErrorKind::Invalid,
                       IndexTexts::tr("The number of runs must lie between 1 and %1, the spread of weights below 1.")
                           .arg(mostRuns));
    if (const auto sound = checkIndex(setup, method, values); !sound)
        return std::unexpected(sound.error());
    const auto variants = variantsOf(setup, method, values, variations);
    if (!variants)
        return std::unexpected(variants.error());
    const auto areas = std::size_t(values.areas.size()), runs = std::size_t(variations.runs);
    std::vector<float> index(runs * areas);
    std::vector<std::uint16_t> rank(runs * areas);
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        constexpr std::size_t atOnce = 64;
        IndexSums sums;
        std::vector<int> ranks;
        for (auto begin = next.fetch_add(atOnce); begin < runs && !token.stop_requested();
             begin = next.fetch_add(atOnce)) {
            for (auto run = begin; run < std::min(begin + atOnce, runs); ++run) {
                Dice dice(variations.seed, run);
                const auto &variant = (*variants)[dice.below(variants->size())];
                auto weights = weightsOf(setup, variant.method);
                for (auto *list : {&weights.parts, &weights.goals}) {
                    for (double &weight : *list)
                        weight *= 1 + variations.weightSpread * (2 * dice.share() - 1);
                }
                aggregate(weights, variant.method, variant.scores, areas, sums);
                ranksOf(sums.index, ranks);
                for (std::size_t area = 0; area < areas; ++area) {
                    index[run * areas + area] = float(sums.index[area]);
                    rank[run * areas + area] = std::uint16_t(ranks[area]);
                }
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 1; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
            threads.emplace_back(work);
        work();
    }
    if (token.stop_requested())
        return cancelled();
    IndexUncertainty result{.areas = {}, .influence = influenceOf(setup, method, values), .runs = variations.runs};
    for (std::size_t area = 0; area < areas; ++area)
        result.areas.push_back(bandOf(index, rank, area, areas));
    return result;
}

} // namespace hanseatlas
