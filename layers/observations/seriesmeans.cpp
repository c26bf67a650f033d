// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/seriesmeans.h"

#include "layers/observations/localclock_p.h"
#include "layers/observations/observationtexts.h"

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

namespace
{

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t mostPeriods = 1'000'000;
constexpr std::size_t mostOutliers = 100; ///< at either end

bool counts(const Observation &one)
{
    return one.quality != Quality::Bad && std::isfinite(one.value);
}

/** The periods of a calendar. */
class Calendar
{
public:
    Calendar(Period period, const QTimeZone &zone)
        : m_period(period)
        , m_clock(zone)
    {
    }

    PeriodValues at(std::int64_t time)
    {
        if (m_period == Period::Hour) {
            // Hours of zones that are half an hour off begin at half past UTC
            const auto offset = m_clock.offset(time);
            const auto from = floorDivision(time + offset, hourMs) * hourMs - offset;
            return {.from = from, .to = from + hourMs};
        }
        const auto day = firstDay(m_clock.date(time));
        return {.from = m_clock.startOf(day), .to = m_clock.startOf(nextDay(day))};
    }

private:
    QDate firstDay(QDate day) const
    {
        switch (m_period) {
        case Period::Week:
            return day.addDays(1 - day.dayOfWeek());
        case Period::Month:
            return QDate(day.year(), day.month(), 1);
        case Period::Year:
            return QDate(day.year(), 1, 1);
        default:
            return day;
        }
    }
    QDate nextDay(QDate first) const
    {
        switch (m_period) {
        case Period::Week:
            return first.addDays(7);
        case Period::Month:
            return first.addMonths(1);
        case Period::Year:
            return first.addYears(1);
        default:
            return first.addDays(1);
        }
    }

    Period m_period;
    LocalClock m_clock;
};

/** Makes of the sum and count what is shown. */
void finish(PeriodValues &period, double sum, const MeansSetup &setup, std::int64_t interval)
{
    if (period.count == 0)
        return;
    const double expected = interval > 0 ? double(period.to - period.from) / double(interval) : 0;
    // Fewer than one is expected where values are rarer than periods
    period.coverage = std::min(1.0, double(period.count) / std::max(1.0, expected));
    if (period.coverage + 1e-9 >= setup.leastCoverage) {
        period.mean = sum / double(period.count);
        period.sum = sum;
    }
}

Error tooManyPeriods()
{
    return {ErrorKind::TooLarge,
            ObservationTexts::tr("The values span more than a million hours or days; choose longer periods or a "
                                 "shorter time."),
            {},
            {}};
}

/** Sums over a window that moves on, without subtracting: a 1e300 that has left leaves no trace. */
class MovingSum
{
public:
    void add(double value)
    {
        m_values.push_back(value);
        m_tail += value;
    }
    void dropFirst()
    {
        if (m_head.empty()) { // sums from each value to the last one, the first value's at the end
            double sum = 0;
            for (auto i = m_values.size(); i-- > 0;)
                m_head.push_back(sum += m_values[i]);
            m_values.clear();
            m_tail = 0;
        }
        m_head.pop_back();
    }
    std::size_t size() const { return m_head.size() + m_values.size(); }
    double sum() const { return m_tail + (m_head.empty() ? 0 : m_head.back()); }

private:
    std::vector<double> m_head, m_values;
    double m_tail = 0;
};

struct Offset {
    std::int64_t offset;
    double value;
};

std::vector<Offset> offsets(std::span<const Observation> series, std::int64_t from, std::int64_t length,
                            const QTimeZone &zone)
{
    LocalClock clock(zone);
    const auto start = clock.local(from);
    std::vector<Offset> found;
    // A day around, as the wall's clock may run ahead or behind
    for (auto it = std::ranges::lower_bound(series, from - dayMs, {}, &Observation::at);
         it != series.end() && it->at < from + length + dayMs; ++it) {
        const auto offset = clock.local(it->at) - start;
        if (counts(*it) && it->at >= from && offset >= 0 && offset < length)
            found.push_back({offset, it->value});
    }
    std::ranges::stable_sort(found, {}, &Offset::offset);
    return found;
}

void addMeans(Comparison &comparison)
{
    double first = 0, second = 0;
    for (const auto &pair : comparison.pairs) {
        if (std::isnan(pair.first) || std::isnan(pair.second))
            continue;
        first += pair.first;
        second += pair.second;
        ++comparison.common;
    }
    if (comparison.common == 0)
        return;
    comparison.firstMean = first / double(comparison.common);
    comparison.secondMean = second / double(comparison.common);
    comparison.difference = comparison.secondMean - comparison.firstMean;
}

} // namespace

std::int64_t typicalInterval(std::span<const Observation> series)
{
    std::vector<std::int64_t> steps;
    // The newest ten thousand tell enough
    for (auto i = series.size() - std::min<std::size_t>(series.size(), 10'000) + 1; i < series.size(); ++i)
        if (series[i].at > series[i - 1].at)
            steps.push_back(series[i].at - series[i - 1].at);
    if (steps.empty())
        return 0;
    const auto middle = steps.begin() + std::ptrdiff_t(steps.size() / 2);
    std::ranges::nth_element(steps, middle);
    return *middle;
}

Result<std::vector<PeriodValues>> periodValues(std::span<const Observation> series, const MeansSetup &setup)
{
    const auto interval = setup.interval > 0 ? setup.interval : typicalInterval(series);
    Calendar calendar(setup.period, setup.zone.isValid() ? setup.zone : QTimeZone::UTC);
    std::vector<PeriodValues> periods;
    double sum = 0;
    const Observation *before = nullptr;
    for (const auto &one : series) {
        if (!counts(one) || (before && before->at == one.at))
            continue;
        before = &one;
        // Where the start of one lies before the period of the last, as of moving means, it counts where it ends
        const auto time = !periods.empty() && one.from < periods.back().from ? one.at : one.from;
        while (periods.empty() || time >= periods.back().to) {
            if (!periods.empty())
                finish(periods.back(), sum, setup, interval);
            if (periods.size() == mostPeriods)
                return std::unexpected(tooManyPeriods());
            periods.push_back(calendar.at(periods.empty() ? time : periods.back().to));
            sum = 0;
        }
        auto &period = periods.back();
        period.lowest = period.count == 0 ? one.value : std::min(period.lowest, one.value);
        period.highest = period.count == 0 ? one.value : std::max(period.highest, one.value);
        sum += one.value;
        ++period.count;
    }
    if (!periods.empty())
        finish(periods.back(), sum, setup, interval);
    return periods;
}

Observations runningMean(std::span<const Observation> series, std::int64_t window, std::int64_t interval,
                         double leastCoverage)
{
    if (window <= 0)
        return {};
    interval = interval > 0 ? interval : typicalInterval(series);
    const double expected = interval > 0 ? std::max(1.0, double(window) / double(interval)) : 1;
    Observations means;
    MovingSum sum;
    std::size_t first = 0;
    for (const auto &one : series) {
        if (!counts(one))
            continue;
        sum.add(one.value);
        for (; series[first].at <= one.at - window; ++first)
            if (counts(series[first]))
                sum.dropFirst();
        if (double(sum.size()) / expected + 1e-9 >= leastCoverage)
            means.push_back({.at = one.at,
                             .from = one.at - window,
                             .value = sum.sum() / double(sum.size()),
                             .quality = one.quality});
    }
    return means;
}

double quantile(std::span<const double> sorted, double q)
{
    if (sorted.empty() || std::isnan(q))
        return nothing;
    const double place = std::clamp(q, 0.0, 1.0) * double(sorted.size() - 1);
    const auto below = std::size_t(place);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], place - double(below));
}

BoxValues boxOf(std::vector<double> values)
{
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    BoxValues box{.count = std::int64_t(values.size())};
    if (values.empty())
        return box;
    std::ranges::sort(values);
    box.lower = quantile(values, 0.25);
    box.median = quantile(values, 0.5);
    box.upper = quantile(values, 0.75);
    const double reach = 1.5 * (box.upper - box.lower);
    const auto low = std::ranges::lower_bound(values, box.lower - reach);
    const auto high = std::ranges::upper_bound(values, box.upper + reach); // there is one between them: the median
    box.lowWhisker = *low;
    box.highWhisker = *(high - 1);
    const auto lowest = std::min(low, values.begin() + std::ptrdiff_t(std::min(values.size(), mostOutliers)));
    const auto highest = std::max(high, values.end() - std::ptrdiff_t(std::min(values.size(), mostOutliers)));
    box.outliers.assign(values.begin(), lowest);
    box.outliers.insert(box.outliers.end(), highest, values.end());
    box.outlierCount = (low - values.begin()) + (values.end() - high);
    return box;
}

std::array<BoxValues, 24> boxesByHour(std::span<const Observation> series, const QTimeZone &zone)
{
    LocalClock clock(zone.isValid() ? zone : QTimeZone::UTC);
    std::array<std::vector<double>, 24> values;
    for (const auto &one : series)
        if (counts(one))
            values[std::size_t(clock.hour(one.from))].push_back(one.value);
    std::array<BoxValues, 24> boxes;
    for (std::size_t hour = 0; hour < boxes.size(); ++hour)
        boxes[hour] = boxOf(std::move(values[hour]));
    return boxes;
}

Comparison comparePeriods(std::span<const Observation> first, std::int64_t firstFrom,
                          std::span<const Observation> second, std::int64_t secondFrom, std::int64_t length,
                          const QTimeZone &zone, std::int64_t tolerance)
{
    Comparison result;
    if (length <= 0 || length > 200 * 366 * dayMs)
        return result;
    const auto known = zone.isValid() ? zone : QTimeZone::UTC;
    const auto a = offsets(first, firstFrom, length, known), b = offsets(second, secondFrom, length, known);
    if (tolerance <= 0)
        tolerance = typicalInterval(first.empty() ? second : first) / 2;
    std::size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        const bool noA = i == a.size(), noB = j == b.size();
        // The next one of either may be nearer still
        const auto apart = noA || noB ? tolerance + 1 : std::abs(a[i].offset - b[j].offset);
        const bool nearerA = !noA && i + 1 < a.size() && !noB && std::abs(a[i + 1].offset - b[j].offset) < apart;
        const bool nearerB = !noB && j + 1 < b.size() && !noA && std::abs(b[j + 1].offset - a[i].offset) < apart;
        if (apart <= tolerance && !nearerA && !nearerB) {
            result.pairs.push_back({a[i].offset, a[i].value, b[j].value});
            ++i, ++j;
        } else if (noB || (!noA && a[i].offset <= b[j].offset)) {
            result.pairs.push_back({a[i].offset, a[i].value, nothing});
            ++i;
        } else {
            result.pairs.push_back({b[j].offset, nothing, b[j].value});
            ++j;
        }
    }
    addMeans(result);
    return result;
}

} // namespace hanseatlas
