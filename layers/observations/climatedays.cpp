// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/climatedays.h"

#include "layers/observations/localclock_p.h"
#include "layers/observations/seriesmeans.h"

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

namespace
{

constexpr std::int64_t nightStart = 18 * hourMs, nightLength = 12 * hourMs;
constexpr int mostYears = 1000; ///< more come of broken times

/** A day, or the night that ends on it. */
struct Span {
    std::int64_t number = 0; ///< of the day since 1970
    std::int64_t count = 0;
    double lowest = 0, highest = 0;

    void add(double value)
    {
        lowest = count == 0 ? value : std::min(lowest, value);
        highest = count == 0 ? value : std::max(highest, value);
        ++count;
    }
};

int yearOf(std::int64_t day)
{
    return QDate(1970, 1, 1).addDays(day).year();
}

class Counter
{
public:
    Counter(std::int64_t interval, double leastCoverage)
        : m_interval(double(interval))
        , m_leastCoverage(leastCoverage)
    {
    }

    void add(const Observation &one)
    {
        const auto day = floorDivision(one.from, dayMs);
        if (m_day.count > 0 && day != m_day.number)
            finishDay();
        m_day.number = day;
        m_day.add(one.value);
        // Six hours on, the night from 18 h lies on one day: that on which it ends
        const auto moved = one.from + dayMs - nightStart;
        if (moved - floorDivision(moved, dayMs) * dayMs >= nightLength)
            return;
        const auto night = floorDivision(moved, dayMs);
        if (m_night.count > 0 && night != m_night.number)
            finishNight();
        m_night.number = night;
        m_night.add(one.value);
    }
    std::vector<ClimateYear> finish()
    {
        if (m_day.count > 0)
            finishDay();
        if (m_night.count > 0)
            finishNight();
        return std::move(m_years);
    }

private:
    void finishDay()
    {
        auto &year = yearWith(m_day.number);
        year.summerDays += m_day.highest >= 25;
        year.hotDays += m_day.highest >= 30;
        year.frostDays += m_day.lowest < 0;
        if (covered(m_day, dayMs)) {
            ++year.coveredDays;
            year.iceDays += m_day.highest < 0;
        }
        m_day = {};
    }
    void finishNight()
    {
        auto &year = yearWith(m_night.number);
        if (covered(m_night, nightLength)) {
            ++year.coveredNights;
            year.tropicalNights += m_night.lowest >= 20;
        }
        m_night = {};
    }
    bool covered(const Span &span, std::int64_t length) const
    {
        const double expected = m_interval > 0 ? std::max(1.0, double(length) / m_interval) : 1;
        return double(span.count) / expected + 1e-9 >= m_leastCoverage;
    }
    /** Years without values between are there too. */
    ClimateYear &yearWith(std::int64_t day)
    {
        const int number = yearOf(day);
        if (m_years.empty() || number - m_years.back().year > mostYears)
            m_years.push_back(made(number));
        while (m_years.back().year < number)
            m_years.push_back(made(m_years.back().year + 1));
        // The night that ends on 1 January may come before the last day of the year before
        return number < m_years.back().year && m_years.size() > 1 ? m_years[m_years.size() - 2] : m_years.back();
    }
    static ClimateYear made(int year) { return {.year = year, .days = QDate(year, 1, 1).daysInYear()}; }

    double m_interval, m_leastCoverage;
    Span m_day, m_night;
    std::vector<ClimateYear> m_years;
};

} // namespace

std::vector<ClimateYear> climateDays(std::span<const Observation> celsius, std::int64_t interval, double leastCoverage)
{
    Counter counter(interval > 0 ? interval : typicalInterval(celsius), leastCoverage);
    for (const auto &one : celsius)
        if (one.quality != Quality::Bad && std::isfinite(one.value))
            counter.add(one);
    return counter.finish();
}

} // namespace hanseatlas
