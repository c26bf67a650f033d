// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QList>
#include <QStringList>

#include <optional>
#include <vector>

/** A composite index after the OECD/JRC Handbook on Constructing Composite Indicators (2008): steps 3 (missing data),
 *  5 (normalisation) and 6 (weighting and aggregation). Pure functions of values. What is not known is NaN, never 0. */
namespace hanseatlas
{

/** An indicator as the calculation sees it. */
struct IndexPart {
    QString id;
    int goal = 0; ///< index in IndexSetup::goals
    double weight = 1; ///< within its goal, > 0
    bool lessIsBetter = false;
    std::optional<double> low, high; ///< goalposts: 0 and 100 points, the other way round where less is better
    std::optional<double> target; ///< 100 points by distance to the target
    bool operator==(const IndexPart &) const = default;
};

struct IndexGoal {
    QString id;
    double weight = 1; ///< > 0
    bool operator==(const IndexGoal &) const = default;
};

struct IndexSetup {
    QList<IndexGoal> goals;
    QList<IndexPart> parts;
    bool operator==(const IndexSetup &) const = default;
};

enum class Normalisation {
    MinMax, ///< 0 … 100 between the areas' lowest and highest value
    Goalposts, ///< 0 … 100 between fixed values, cut off there: stable over the years, good for a single city
    ZScore, ///< 50 + 10 standard deviations (n − 1) from the areas' mean; may leave 0 … 100
    TargetDistance, ///< 0 … 100 from the worst value (or goalpost) to the target, cut off there
};
enum class Aggregation {
    Arithmetic, ///< weighted mean: good makes up for bad
    Geometric, ///< weighted geometric mean of scores, at least `floor`: bad is felt
};

struct IndexMethod {
    Normalisation normalisation = Normalisation::Goalposts;
    Aggregation within = Aggregation::Arithmetic; ///< of a goal's indicators
    Aggregation across = Aggregation::Arithmetic; ///< of the goals
    bool equalWeights = false; ///< the given weights are not looked at
    bool winsorise = false; ///< values beyond the quartiles by more than 1.5 of their distance are moved there
    /** A goal has a score only where so much of its weight has data. */
    double coverageThreshold = 0.75;
    bool allGoals = true; ///< no index where a goal has no score; else the weights of the others are spread anew
    double floor = 1; ///< of a score in a geometric mean, > 0
    bool operator==(const IndexMethod &) const = default;
};

/** Values of one period: a row per indicator, a column per area. */
struct IndexValues {
    QStringList areas;
    std::vector<double> values; ///< parts × areas; NaN: no data
    bool operator==(const IndexValues &) const = default;
};

struct IndexScores {
    std::vector<double> parts; ///< normalised, parts × areas; NaN: no data
    std::vector<double> goals; ///< goals × areas; NaN: too little data
    std::vector<double> goalCoverage; ///< goals × areas, 0 … 1
    std::vector<double> index; ///< by area
    std::vector<double> coverage; ///< by area, 0 … 1: the goals' by their weight
    std::vector<int> rank; ///< by area, from 1; equal scores share the better rank; 0: no index
    QStringList notes; ///< what was left out or changed, for people
};

/** Invalid, with the indicator's id, where the setup cannot be: no or negative weights, goalposts that are equal or
 *  missing for a method that needs them, a goal that there is not, numbers of values that do not fit. */
Result<IndexScores> indexScores(const IndexSetup &setup, const IndexMethod &method, const IndexValues &values);

} // namespace hanseatlas
