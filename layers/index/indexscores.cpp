// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/indexscores.h"

#include "layers/index/indexparts_p.h"
#include "layers/index/indextexts.h"

#include <QSet>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double sameScore = 1e-9;

std::unexpected<Error> invalid(const QString &what)
{
    return failure(ErrorKind::Invalid, what);
}

bool isWeight(double weight)
{
    return std::isfinite(weight) && weight > 0;
}

Status checkPart(const IndexPart &part, const IndexSetup &setup, Normalisation how)
{
    if (part.goal < 0 || part.goal >= setup.goals.size())
        return invalid(IndexTexts::tr("The indicator “%1” belongs to a goal that there is not.").arg(part.id));
    if (!isWeight(part.weight))
        return invalid(IndexTexts::tr("The weight of the indicator “%1” must be above 0.").arg(part.id));
    if (part.low && part.high && !(*part.low < *part.high))
        return invalid(
            IndexTexts::tr("The goalposts of the indicator “%1” must differ, the lower one first.").arg(part.id));
    if (how == Normalisation::Goalposts && !(part.low && part.high))
        return invalid(IndexTexts::tr("The indicator “%1” has no goalposts.").arg(part.id));
    if (how == Normalisation::TargetDistance && !part.target)
        return invalid(IndexTexts::tr("The indicator “%1” has no target.").arg(part.id));
    return {};
}

/** Weighted mean of what is known; NaN where nothing is. `known`: the weight of that. */
class Mean
{
public:
    Mean(Aggregation how, double floor)
        : m_how(how)
        , m_floor(floor)
    {
    }
    void add(double weight, double score)
    {
        m_all += weight;
        if (std::isnan(score))
            return;
        m_known += weight;
        m_sum += weight * (m_how == Aggregation::Geometric ? std::log(std::max(score, m_floor)) : score);
    }
    double coverage() const { return m_all > 0 ? m_known / m_all : 0; }
    double value() const
    {
        if (!(m_known > 0))
            return nothing;
        return m_how == Aggregation::Geometric ? std::exp(m_sum / m_known) : m_sum / m_known;
    }

private:
    Aggregation m_how;
    double m_floor;
    double m_all = 0, m_known = 0, m_sum = 0;
};

} // namespace

Status checkIndex(const IndexSetup &setup, const IndexMethod &method, const IndexValues &values)
{
    if (setup.goals.isEmpty() || setup.parts.isEmpty())
        return invalid(IndexTexts::tr("An index needs goals and indicators."));
    if (values.values.size() != std::size_t(setup.parts.size()) * std::size_t(values.areas.size()))
        return invalid(IndexTexts::tr("The values do not fit the indicators and areas."));
    if (!(method.coverageThreshold >= 0 && method.coverageThreshold <= 1) || !isWeight(method.floor))
        return invalid(IndexTexts::tr("The threshold of coverage must lie between 0 and 1, the floor above 0."));
    QSet<QString> seen;
    for (const auto &goal : setup.goals) {
        if (!isWeight(goal.weight))
            return invalid(IndexTexts::tr("The weight of the goal “%1” must be above 0.").arg(goal.id));
    }
    for (const auto &part : setup.parts) {
        if (seen.contains(part.id))
            return invalid(IndexTexts::tr("The indicator “%1” comes twice.").arg(part.id));
        seen.insert(part.id);
        if (const auto sound = checkPart(part, setup, method.normalisation); !sound)
            return sound;
    }
    return {};
}

IndexWeights weightsOf(const IndexSetup &setup, const IndexMethod &method)
{
    IndexWeights weights;
    for (const auto &part : setup.parts) {
        weights.parts.push_back(method.equalWeights ? 1 : part.weight);
        weights.goalOf.push_back(part.goal);
    }
    for (const auto &goal : setup.goals)
        weights.goals.push_back(method.equalWeights ? 1 : goal.weight);
    return weights;
}

void aggregate(const IndexWeights &weights, const IndexMethod &method, const std::vector<double> &scores,
               std::size_t areas, IndexSums &sums)
{
    const auto goals = weights.goals.size();
    sums.goals.assign(goals * areas, nothing);
    sums.goalCoverage.assign(goals * areas, 0);
    sums.index.assign(areas, nothing);
    sums.coverage.assign(areas, 0);
    std::vector<Mean> means;
    for (std::size_t area = 0; area < areas; ++area) {
        means.assign(goals, Mean(method.within, method.floor));
        for (std::size_t i = 0; i < weights.parts.size(); ++i)
            means[std::size_t(weights.goalOf[i])].add(weights.parts[i], scores[i * areas + area]);
        Mean whole(method.across, method.floor);
        double all = 0, covered = 0;
        bool complete = true;
        for (std::size_t goal = 0; goal < goals; ++goal) {
            const double coverage = means[goal].coverage();
            // A threshold that is met exactly must not fail for the last bit
            const double score =
                coverage > 0 && coverage >= method.coverageThreshold - 1e-12 ? means[goal].value() : nothing;
            sums.goals[goal * areas + area] = score;
            sums.goalCoverage[goal * areas + area] = coverage;
            whole.add(weights.goals[goal], score);
            complete = complete && !std::isnan(score);
            all += weights.goals[goal];
            covered += weights.goals[goal] * coverage;
        }
        sums.coverage[area] = covered / all;
        if (complete || !method.allGoals)
            sums.index[area] = whole.value();
    }
}

void ranksOf(const std::vector<double> &index, std::vector<int> &ranks)
{
    ranks.assign(index.size(), 0);
    for (std::size_t i = 0; i < index.size(); ++i) {
        if (std::isnan(index[i]))
            continue;
        ranks[i] = 1;
        for (const double other : index)
            ranks[i] += other > index[i] + sameScore;
    }
}

Result<IndexScores> indexScores(const IndexSetup &setup, const IndexMethod &method, const IndexValues &values)
{
    if (const auto sound = checkIndex(setup, method, values); !sound)
        return std::unexpected(sound.error());
    IndexScores scores;
    scores.parts = normalisedValues(setup, method, values, scores.notes);
    IndexSums sums;
    aggregate(weightsOf(setup, method), method, scores.parts, std::size_t(values.areas.size()), sums);
    scores.goals = std::move(sums.goals);
    scores.goalCoverage = std::move(sums.goalCoverage);
    scores.index = std::move(sums.index);
    scores.coverage = std::move(sums.coverage);
    ranksOf(scores.index, scores.rank);
    return scores;
}

} // namespace hanseatlas
