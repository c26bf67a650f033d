// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/kriging.h"

#include "layers/observations/observationtexts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace hanseatlas
{

namespace
{

using Model = Variogram::Model;

constexpr std::size_t mostPlaces = 1000;

double distance(const SamplePoint &a, const SamplePoint &b)
{
    return std::hypot(a.x - b.x, a.y - b.y);
}

/** 0 … 1: what of the sill is reached. */
double shapeOf(Model model, double distance, double range)
{
    const double share = distance / range;
    if (model == Model::Exponential)
        return 1 - std::exp(-3 * share);
    return share >= 1 ? 1 : share * (1.5 - 0.5 * share * share);
}

double largestDistance(std::span<const SamplePoint> points)
{
    double largest = 0;
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t j = i + 1; j < points.size(); ++j)
            largest = std::max(largest, distance(points[i], points[j]));
    return largest;
}

struct Fit {
    Variogram variogram;
    double error = std::numeric_limits<double>::infinity(); ///< weighted sum of squares
};

double errorOf(std::span<const VariogramBin> bins, const Variogram &variogram)
{
    double sum = 0;
    for (const auto &bin : bins) {
        const double apart = bin.value - variogram.at(bin.distance);
        sum += double(bin.pairs) / (bin.distance * bin.distance) * apart * apart;
    }
    return sum;
}

/** For a range, nugget and sill are linear: a line through the bins, neither of its ends below 0. */
Fit fitAt(std::span<const VariogramBin> bins, Model model, double range)
{
    double w = 0, wf = 0, wff = 0, wv = 0, wfv = 0;
    for (const auto &bin : bins) {
        const double weight = double(bin.pairs) / (bin.distance * bin.distance);
        const double f = shapeOf(model, bin.distance, range);
        w += weight;
        wf += weight * f;
        wff += weight * f * f;
        wv += weight * bin.value;
        wfv += weight * f * bin.value;
    }
    const double determinant = w * wff - wf * wf;
    Variogram made{.model = model, .range = range};
    if (determinant > 1e-12 * w * wff) {
        made.nugget = (wff * wv - wf * wfv) / determinant;
        made.sill = (w * wfv - wf * wv) / determinant;
    }
    if (made.sill <= 0) { // no structure, or none that bins of this distance show
        made.sill = 0;
        made.nugget = wv / w;
    }
    if (made.nugget < 0) {
        made.nugget = 0;
        made.sill = wff > 0 ? wfv / wff : 0;
    }
    return {made, errorOf(bins, made)};
}

/** Over ranges in equal ratios first, as there may be several minima; then nearer. */
Fit fitOf(std::span<const VariogramBin> bins, Model model)
{
    constexpr int steps = 60;
    const double shortest = bins.front().distance / 2, longest = bins.back().distance * 3;
    const double ratio = std::pow(longest / shortest, 1.0 / steps);
    Fit best;
    for (int i = 0; i <= steps; ++i)
        if (auto fit = fitAt(bins, model, shortest * std::pow(ratio, i)); fit.error < best.error)
            best = fit;
    if (!(best.variogram.range > 0))
        return best; // values beyond all measure
    double low = best.variogram.range / ratio, high = best.variogram.range * ratio;
    for (int i = 0; i < 60; ++i) {
        const double a = low + (high - low) * 0.382, b = low + (high - low) * 0.618;
        const auto left = fitAt(bins, model, a), right = fitAt(bins, model, b);
        (left.error < right.error ? high : low) = left.error < right.error ? b : a;
        if (const auto &better = left.error < right.error ? left : right; better.error < best.error)
            best = better;
    }
    return best;
}

/** Where there are too few places to learn from. */
Variogram plainVariogram(std::span<const SamplePoint> places)
{
    double mean = 0, squares = 0;
    for (const auto &place : places)
        mean += place.value / double(places.size());
    for (const auto &place : places)
        squares += (place.value - mean) * (place.value - mean);
    return {.sill = squares / double(places.size() - 1), .range = largestDistance(places)};
}

/** Gauß–Jordan with partial pivoting, in place; an empty matrix where it is singular. Row by row, n × n. */
Result<std::vector<double>> inverse(std::vector<double> a, std::size_t n, const CancelToken &token)
{
    std::vector<std::size_t> from(n); // rows exchanged
    for (std::size_t k = 0; k < n; ++k) {
        if (token.stop_requested())
            return cancelled();
        auto pivot = k;
        for (auto i = k + 1; i < n; ++i)
            if (std::abs(a[i * n + k]) > std::abs(a[pivot * n + k]))
                pivot = i;
        if (!(std::abs(a[pivot * n + k]) > 1e-13))
            return std::vector<double>{};
        from[k] = pivot;
        for (std::size_t j = 0; j < n && pivot != k; ++j)
            std::swap(a[k * n + j], a[pivot * n + j]);
        const double scale = 1 / a[k * n + k];
        a[k * n + k] = 1;
        for (std::size_t j = 0; j < n; ++j)
            a[k * n + j] *= scale;
        for (std::size_t i = 0; i < n; ++i) {
            const double factor = a[i * n + k];
            if (i == k || factor == 0)
                continue;
            a[i * n + k] = 0;
            for (std::size_t j = 0; j < n; ++j)
                a[i * n + j] -= factor * a[k * n + j];
        }
    }
    for (auto k = n; k-- > 0;) // columns back
        for (std::size_t i = 0; i < n && from[k] != k; ++i)
            std::swap(a[i * n + k], a[i * n + from[k]]);
    return a;
}

/** The kriging system of places, solved for any point: | Γ 1 | with Γ relative to the sill, which keeps it well
 *                                                        | 1 0 |  conditioned in any unit. */
class System
{
public:
    System(std::span<const SamplePoint> places, const Variogram &variogram)
        : m_places(places)
        , m_variogram(variogram)
        , m_scale(variogram.nugget + variogram.sill)
        , m_size(places.size() + 1)
        , m_right(m_size)
    {
    }

    Status solve(const CancelToken &token)
    {
        const auto n = m_size;
        std::vector<double> matrix(n * n, 1);
        for (std::size_t i = 0; i + 1 < n; ++i)
            for (std::size_t j = 0; j + 1 < n; ++j)
                matrix[i * n + j] = m_variogram.at(distance(m_places[i], m_places[j])) / m_scale;
        matrix.back() = 0;
        auto inverted = inverse(std::move(matrix), n, token);
        if (!inverted)
            return std::unexpected(inverted.error());
        if (inverted->empty())
            return failure(ErrorKind::Invalid,
                           ObservationTexts::tr("Kriging finds no single solution for these points; leave out some "
                                                "that lie close together."));
        m_inverse = std::move(*inverted);
        m_dual.assign(n, 0);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j + 1 < n; ++j)
                m_dual[i] += m_inverse[i * n + j] * m_places[j].value;
        return {};
    }

    /** Estimate and variance. */
    std::pair<double, double> at(double x, double y)
    {
        const SamplePoint here{x, y, 0};
        for (std::size_t i = 0; i + 1 < m_size; ++i)
            m_right[i] = m_variogram.at(distance(m_places[i], here)) / m_scale;
        m_right.back() = 1;
        double variance = 0;
        for (std::size_t i = 0; i < m_size; ++i) {
            const auto row = m_inverse.begin() + std::ptrdiff_t(i * m_size);
            variance += m_right[i] * std::inner_product(m_right.begin(), m_right.end(), row, 0.0);
        }
        const double value = std::inner_product(m_right.begin(), m_right.end(), m_dual.begin(), 0.0);
        return {value, std::max(0.0, variance * m_scale)}; // rounding may leave −1e-16
    }

private:
    std::span<const SamplePoint> m_places;
    Variogram m_variogram;
    double m_scale;
    std::size_t m_size;
    std::vector<double> m_right, m_inverse, m_dual;
};

/** The variogram to use, or why there is none. */
Result<Variogram> variogramFor(std::span<const SamplePoint> places, const std::optional<Variogram> &wanted)
{
    if (wanted) {
        if (!(wanted->nugget >= 0) || !(wanted->sill >= 0) || !(wanted->range > 0)
            || !std::isfinite(wanted->nugget + wanted->sill + wanted->range))
            return failure(ErrorKind::Invalid,
                           ObservationTexts::tr("A variogram needs a range above 0 and a nugget and sill that are not "
                                                "below 0."));
        return *wanted;
    }
    if (places.size() < 3)
        return failure(ErrorKind::Invalid, ObservationTexts::tr("Kriging needs values at three places or more."));
    return fittedVariogram(empiricalVariogram(places)).value_or(plainVariogram(places));
}

} // namespace

double Variogram::at(double distance) const
{
    return distance > 0 ? nugget + sill * shapeOf(model, distance, range) : 0;
}

std::vector<VariogramBin> empiricalVariogram(std::span<const SamplePoint> points, int bins)
{
    const double longest = largestDistance(points) / 2;
    if (bins <= 0 || bins > 10'000 || !(longest > 0))
        return {};
    std::vector<VariogramBin> found(static_cast<std::size_t>(bins));
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = i + 1; j < points.size(); ++j) {
            const double apart = distance(points[i], points[j]), difference = points[i].value - points[j].value;
            if (apart > longest || apart == 0)
                continue;
            auto &bin = found[std::min(found.size() - 1, std::size_t(apart / longest * bins))];
            bin.distance += apart;
            bin.value += difference * difference / 2;
            ++bin.pairs;
        }
    }
    std::erase_if(found, [](const VariogramBin &bin) { return bin.pairs == 0; });
    for (auto &bin : found) {
        bin.distance /= double(bin.pairs);
        bin.value /= double(bin.pairs);
    }
    return found;
}

std::optional<Variogram> fittedVariogram(std::span<const VariogramBin> bins)
{
    if (bins.size() < 3 || !std::ranges::all_of(bins, [](const VariogramBin &bin) {
            return bin.distance > 0 && bin.pairs > 0 && std::isfinite(bin.value);
        }))
        return {};
    const auto spherical = fitOf(bins, Model::Spherical), exponential = fitOf(bins, Model::Exponential);
    const auto &better = exponential.error < spherical.error ? exponential : spherical;
    return better.variogram.range > 0 ? std::optional(better.variogram) : std::nullopt;
}

Result<KrigingGrid> ordinaryKriging(std::span<const SamplePoint> points, const GridShape &shape,
                                    const std::optional<Variogram> &variogram, const CancelToken &token,
                                    const Progress &progress)
{
    if (auto status = checkShape(shape); !status)
        return std::unexpected(status.error());
    const auto places = mergedPoints(points);
    if (places.empty())
        return failure(ErrorKind::Invalid, ObservationTexts::tr("There are no values to spread over the area."));
    if (places.size() > mostPlaces)
        return failure(ErrorKind::TooLarge,
                       ObservationTexts::tr("Kriging takes at most %L1 places; choose inverse distance weighting.")
                           .arg(mostPlaces));
    const auto used = variogramFor(places, variogram);
    if (!used)
        return std::unexpected(used.error());
    KrigingGrid grid{.values = {}, .variances = {}, .variogram = *used};
    if (used->nugget + used->sill <= 0) { // the same everywhere
        const double mean = std::accumulate(places.begin(), places.end(), 0.0, [&](double sum, const SamplePoint &one) {
            return sum + one.value / double(places.size());
        });
        grid.values.assign(shape.cells(), mean);
        grid.variances.assign(shape.cells(), 0);
        return grid;
    }
    System system(places, *used);
    if (auto status = system.solve(token); !status)
        return std::unexpected(status.error());
    grid.values.reserve(shape.cells());
    grid.variances.reserve(shape.cells());
    for (int row = 0; row < shape.rows; ++row) {
        for (int column = 0; column < shape.columns; ++column) {
            if (column % 16 == 0 && token.stop_requested())
                return cancelled();
            const auto [value, variance] = system.at(shape.x(column), shape.y(row));
            grid.values.push_back(value);
            grid.variances.push_back(variance);
        }
        report(progress, double(row + 1) / shape.rows);
    }
    return grid;
}

} // namespace hanseatlas
