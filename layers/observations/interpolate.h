// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"
#include "layers/model/result.h"

#include <cstddef>
#include <span>
#include <vector>

/** From values at places to values everywhere. Coordinates are metres of a projected CRS, as ETRS89 / UTM 32N. Long
 *  work: blocks, may be cancelled, and holds nothing but what it is given. */
namespace hanseatlas
{

struct SamplePoint {
    double x = 0;
    double y = 0;
    double value = 0;
    bool operator==(const SamplePoint &) const = default;
};

/** Square cells, row by row from the north-west; values are those of their centres. */
struct GridShape {
    double left = 0; ///< the outer edges
    double top = 0;
    double cell = 0; ///< metres
    int columns = 0;
    int rows = 0;

    std::size_t cells() const { return std::size_t(columns) * std::size_t(rows); }
    double x(int column) const { return left + (column + 0.5) * cell; }
    double y(int row) const { return top - (row + 0.5) * cell; }
};

/** Points at the same place, to the centimetre, become one with the mean of their values; those without a finite place
 *  or value are left out. In order of place. */
std::vector<SamplePoint> mergedPoints(std::span<const SamplePoint> points);

struct IdwSetup {
    double power = 2; ///< of the distance
    double radius = 0; ///< metres; farther points do not count; 0 = all do
};

/** Inverse distance weighting (Shepard 1968). At most 100 000 points; NaN where none lies within the radius. */
Result<std::vector<double>> inverseDistance(std::span<const SamplePoint> points, const GridShape &shape,
                                            const IdwSetup &setup = {}, const CancelToken &token = {},
                                            const Progress &progress = {});

/** Sum of points per km², each spread over `radius` metres by the quartic kernel 3 / (π r²) · (1 − d²/r²)²
 *  (Silverman 1986, 4.5); `value` is the point's weight, 1 for counts. Points at the same place count each. */
Result<std::vector<double>> kernelDensity(std::span<const SamplePoint> points, const GridShape &shape, double radius,
                                          const CancelToken &token = {}, const Progress &progress = {});

/** Fails, in words for people, for grids that are none or have more than 16 million cells. */
Status checkShape(const GridShape &shape);

} // namespace hanseatlas
