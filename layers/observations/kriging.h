// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/observations/interpolate.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/** Ordinary kriging after Cressie, Statistics for Spatial Data (1993), 2.4–3.2. Units as in interpolate.h. */
namespace hanseatlas
{

/** How much values differ with their distance: half the mean square of the difference. */
struct Variogram {
    enum class Model : std::uint8_t { Spherical, Exponential };
    Model model = Model::Spherical;
    double nugget = 0; ///< of neighbours without distance; in the value's unit squared
    double sill = 0; ///< what distance adds to the nugget at most
    double range = 0; ///< metres; where that is reached, of exponential ones to 95 %

    /** c₀ + c·(1.5 h/a − 0.5 (h/a)³) or c₀ + c·(1 − exp(−3 h/a)); 0 for a distance of 0. */
    double at(double distance) const;
};

/** Pairs of points of about the same distance. */
struct VariogramBin {
    double distance = 0; ///< metres, the mean of the pairs
    double value = 0; ///< half the mean square of the differences
    std::int64_t pairs = 0;
};

/** Of all pairs up to half the largest distance (Journel & Huijbregts 1978), in `bins` classes; empty ones left out. */
std::vector<VariogramBin> empiricalVariogram(std::span<const SamplePoint> points, int bins = 12);

/** The better one of both models by weighted least squares with weights pairs / distance² (as gstat's default), nugget
 *  and sill not below 0. None for fewer than three bins. */
std::optional<Variogram> fittedVariogram(std::span<const VariogramBin> bins);

struct KrigingGrid {
    std::vector<double> values;
    std::vector<double> variances; ///< of the error, in the value's unit squared; 0 at the points themselves
    Variogram variogram;
};

/** Points at the same place are merged before. Without a variogram it is fitted, which needs three places; where there
 *  are too few for a fit, it is spherical with the values' variance and the largest distance. At most 1000 places: the
 *  work is places³ + cells × places². */
Result<KrigingGrid> ordinaryKriging(std::span<const SamplePoint> points, const GridShape &shape,
                                    const std::optional<Variogram> &variogram = {}, const CancelToken &token = {},
                                    const Progress &progress = {});

} // namespace hanseatlas
