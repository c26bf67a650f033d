// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/indexscores.h"

/** @internal The steps of the calculation, for those that repeat some of them many times. */
namespace hanseatlas
{

Status checkIndex(const IndexSetup &setup, const IndexMethod &method, const IndexValues &values);

/** Step 5: parts × areas. */
std::vector<double> normalisedValues(const IndexSetup &setup, const IndexMethod &method, const IndexValues &values,
                                     QStringList &notes);

/** Numbers of the weights and the like, without names: made once, used often. */
struct IndexWeights {
    std::vector<double> parts, goals;
    std::vector<int> goalOf; ///< by part
};
IndexWeights weightsOf(const IndexSetup &setup, const IndexMethod &method);

/** Step 6 into vectors that keep their room: goals × areas, and by area. */
struct IndexSums {
    std::vector<double> goals, goalCoverage, index, coverage;
};
void aggregate(const IndexWeights &weights, const IndexMethod &method, const std::vector<double> &scores,
               std::size_t areas, IndexSums &sums);

/** From 1; equal ones share the better rank; 0 for NaN. */
void ranksOf(const std::vector<double> &index, std::vector<int> &ranks);

} // namespace hanseatlas
