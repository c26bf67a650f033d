// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/alarmwatch_p.h"

#include "layers/observations/localclock_p.h"

#include <algorithm>
#include <cmath>
#include <deque>

namespace hanseatlas
{

namespace
{

constexpr std::size_t longestHistory = 20'000; ///< values that a rate of change looks back on

/** A threshold and how one series stands to it. */
class ThresholdState
{
public:
    explicit ThresholdState(const ThresholdCondition &condition)
        : m_condition(condition)
    {
    }

    const QString &series() const { return m_condition.series; }
    std::int64_t lastAt() const { return m_lastAt; }

    void take(const Observation &one)
    {
        if (one.quality == Quality::Bad)
            return;
        const auto &threshold = m_condition.threshold;
        const double beyond = threshold.above ? one.value - threshold.limit : threshold.limit - one.value;
        m_lastAt = one.at;
        m_value = one.value;
        if (beyond >= 0 && !m_beyondSince)
            m_beyondSince = one.at;
        m_fulfilled = beyond >= 0 && one.at - *m_beyondSince >= threshold.duration;
        if (m_fulfilled && !m_holds)
            m_since = *m_beyondSince;
        m_holds = m_fulfilled || (m_holds && beyond >= -threshold.hysteresis);
        if (beyond < 0)
            m_beyondSince.reset();
    }

    Verdict verdict() const
    {
        return {.fulfilled = m_fulfilled, .holds = m_holds, .since = m_since, .cause = series(), .value = m_value};
    }

private:
    ThresholdCondition m_condition;
    std::optional<std::int64_t> m_beyondSince;
    std::int64_t m_since = 0, m_lastAt = 0;
    std::optional<double> m_value;
    bool m_fulfilled = false, m_holds = false;
};

class ThresholdWatch : public AlarmWatch
{
public:
    explicit ThresholdWatch(const ThresholdCondition &condition)
        : m_state(condition)
    {
    }
    QStringList series() const override { return {m_state.series()}; }
    void take(const QString &, const Observation &one) override { m_state.take(one); }
    Verdict verdict(std::int64_t) override { return m_state.verdict(); }

private:
    ThresholdState m_state;
};

class CombinationWatch : public AlarmWatch
{
public:
    CombinationWatch(const CombinationCondition &condition, std::int64_t lateAfter)
        : m_atLeast(condition.atLeast)
        , m_lateAfter(lateAfter)
    {
        for (const auto &part : condition.parts)
            m_parts.emplace_back(part);
    }

    QStringList series() const override
    {
        QStringList all;
        for (const auto &part : m_parts)
            if (!all.contains(part.series()))
                all.append(part.series());
        return all;
    }
    void take(const QString &series, const Observation &one) override
    {
        for (auto &part : m_parts)
            if (part.series() == series)
                part.take(one);
        if (one.quality == Quality::Bad)
            return;
        m_last = series;
        m_value = one.value;
    }
    Verdict verdict(std::int64_t now) override
    {
        int fulfilled = 0, hold = 0;
        std::vector<std::int64_t> since;
        for (const auto &part : m_parts) {
            const auto one = part.verdict();
            // What was so hours ago is not so at the same time
            fulfilled += one.fulfilled && now - part.lastAt() <= m_lateAfter;
            hold += one.holds;
            if (one.holds)
                since.push_back(one.since);
        }
        Verdict all{.fulfilled = fulfilled >= m_atLeast, .holds = hold >= m_atLeast, .cause = m_last, .value = m_value};
        if (all.holds) { // since enough of them did
            std::ranges::sort(since);
            all.since = since[std::size_t(m_atLeast) - 1];
        }
        return all;
    }

private:
    int m_atLeast;
    std::int64_t m_lateAfter;
    std::vector<ThresholdState> m_parts;
    QString m_last;
    std::optional<double> m_value;
};

class RateWatch : public AlarmWatch
{
public:
    RateWatch(const RateCondition &condition, std::int64_t lateAfter)
        : m_condition(condition)
        , m_oldest(std::max(2 * condition.window, lateAfter))
    {
    }

    QStringList series() const override { return {m_condition.series}; }
    void take(const QString &, const Observation &one) override
    {
        if (one.quality == Quality::Bad)
            return;
        m_history.push_back(one);
        // The first one is the newest that is at least a window old
        while (m_history.size() > 1 && m_history[1].at <= one.at - m_condition.window)
            m_history.pop_front();
        if (m_history.size() > longestHistory)
            thinOut();
        const auto &before = m_history.front();
        const auto apart = one.at - before.at;
        m_verdict.fulfilled = false;
        if (apart < m_condition.window || apart > m_oldest)
            return; // not known; what held, holds
        judge((one.value - before.value) / (double(apart) / double(hourMs)), one.at);
    }
    Verdict verdict(std::int64_t) override { return m_verdict; }

private:
    void judge(double perHour, std::int64_t at)
    {
        using enum RateCondition::Direction;
        const double change = m_condition.direction == Either ? std::abs(perHour)
            : m_condition.direction == Falling                ? -perHour
                                                              : perHour;
        m_verdict.fulfilled = change >= m_condition.perHour;
        if (m_verdict.fulfilled && !m_verdict.holds)
            m_verdict.since = at;
        m_verdict.holds =
            m_verdict.fulfilled || (m_verdict.holds && change >= m_condition.perHour - m_condition.hysteresis);
        m_verdict.cause = m_condition.series;
        m_verdict.value = perHour;
    }
    void thinOut()
    {
        std::deque<Observation> kept;
        for (std::size_t i = 0; i < m_history.size(); i += 2)
            kept.push_back(m_history[i]);
        m_history.swap(kept);
    }

    RateCondition m_condition;
    std::int64_t m_oldest;
    std::deque<Observation> m_history;
    Verdict m_verdict;
};

class SilenceWatch : public AlarmWatch
{
public:
    explicit SilenceWatch(const SilenceCondition &condition)
        : m_condition(condition)
    {
    }

    QStringList series() const override { return {m_condition.series}; }
    bool isOfTime() const override { return true; }
    void take(const QString &, const Observation &one) override { m_last = one.at; }
    Verdict verdict(std::int64_t now) override
    {
        if (!m_last)
            m_last = now; // of one that never spoke nothing is known before we listened
        const bool silent = now - *m_last > m_condition.after;
        return {.fulfilled = silent, .holds = silent, .since = *m_last, .cause = m_condition.series, .value = {}};
    }

private:
    SilenceCondition m_condition;
    std::optional<std::int64_t> m_last;
};

class WarningWatch : public AlarmWatch
{
public:
    explicit WarningWatch(const WarningCondition &condition)
        : m_condition(condition)
    {
    }

    bool isOfTime() const override { return true; }
    void know(const std::vector<AlarmWarning> &warnings) override
    {
        m_warnings.clear();
        std::ranges::copy_if(warnings, std::back_inserter(m_warnings), [this](const AlarmWarning &one) {
            return (m_condition.kind.isEmpty() || m_condition.kind == one.kind)
                && (m_condition.area.isEmpty() || m_condition.area == one.area) && one.severity >= m_condition.severity;
        });
        // The gravest one is the cause
        std::ranges::stable_sort(m_warnings, std::ranges::greater(), &AlarmWarning::severity);
    }
    Verdict verdict(std::int64_t now) override
    {
        const auto one = std::ranges::find_if(m_warnings, [now](const AlarmWarning &warning) {
            return warning.from <= now && (warning.to == 0 || now < warning.to);
        });
        if (one == m_warnings.end())
            return {};
        return {.fulfilled = true, .holds = true, .since = one->from, .cause = one->id, .value = {}};
    }

private:
    WarningCondition m_condition;
    std::vector<AlarmWarning> m_warnings;
};

} // namespace

std::unique_ptr<AlarmWatch> watchFor(const AlarmCondition &condition, std::int64_t lateAfter)
{
    struct Maker {
        std::int64_t lateAfter;
        std::unique_ptr<AlarmWatch> operator()(const ThresholdCondition &one) const
        {
            return std::make_unique<ThresholdWatch>(one);
        }
        std::unique_ptr<AlarmWatch> operator()(const RateCondition &one) const
        {
            return std::make_unique<RateWatch>(one, lateAfter);
        }
        std::unique_ptr<AlarmWatch> operator()(const SilenceCondition &one) const
        {
            return std::make_unique<SilenceWatch>(one);
        }
        std::unique_ptr<AlarmWatch> operator()(const CombinationCondition &one) const
        {
            return std::make_unique<CombinationWatch>(one, lateAfter);
        }
        std::unique_ptr<AlarmWatch> operator()(const WarningCondition &one) const
        {
            return std::make_unique<WarningWatch>(one);
        }
    };
    return std::visit(Maker{lateAfter}, condition);
}

} // namespace hanseatlas
