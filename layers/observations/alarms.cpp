// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/observations/alarms.h"

#include "layers/observations/alarmwatch_p.h"
#include "layers/observations/localclock_p.h"

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

struct AlarmMachine::Entry {
    AlarmRule rule;
    std::unique_ptr<AlarmWatch> watch; ///< nullptr: the rule is off or makes no sense
    std::optional<ActiveAlarm> active;
    Verdict verdict; ///< the last one
};

AlarmMachine::AlarmMachine(QList<AlarmRule> rules, AlarmSetup setup)
    : m_setup(std::move(setup))
{
    setRules(std::move(rules), m_now);
}

AlarmMachine::~AlarmMachine() = default;
AlarmMachine::AlarmMachine(AlarmMachine &&) noexcept = default;
AlarmMachine &AlarmMachine::operator=(AlarmMachine &&) noexcept = default;

std::vector<AlarmEvent> AlarmMachine::step(std::int64_t now, std::span<const AlarmInput> inputs,
                                           const std::vector<AlarmWarning> *warnings)
{
    m_now = std::max(m_now, now);
    std::vector<AlarmEvent> events;
    for (const auto &[series, value] : newValues(inputs)) {
        const bool isLate = m_now - value.at > m_setup.lateAfter;
        for (const auto number : m_listeners.value(series)) {
            auto &entry = m_entries[number];
            entry.watch->take(series, value);
            // What goes by time is judged when all values are known
            if (!entry.watch->isOfTime())
                settle(entry, !isLate && value.quality != Quality::Bad, events);
        }
    }
    for (auto &entry : m_entries) {
        if (!entry.watch || !entry.watch->isOfTime())
            continue;
        if (warnings)
            entry.watch->know(*warnings);
        settle(entry, true, events);
    }
    return events;
}

std::vector<AlarmMachine::Taken> AlarmMachine::newValues(std::span<const AlarmInput> inputs)
{
    std::vector<Taken> taken;
    for (const auto &input : inputs) {
        if (!m_listeners.contains(input.series))
            continue;
        for (const auto &one : input.values)
            if (std::isfinite(one.value) && one.at <= m_now + m_setup.clockError)
                taken.push_back({input.series, one});
    }
    std::ranges::stable_sort(taken, {}, [](const Taken &one) { return one.value.at; });
    std::erase_if(taken, [this](const Taken &one) {
        const auto newest = m_newest.constFind(one.series);
        if (newest != m_newest.cend() && one.value.at <= *newest)
            return true;
        m_newest[one.series] = one.value.at;
        return false;
    });
    return taken;
}

void AlarmMachine::settle(Entry &entry, bool mayRaise, std::vector<AlarmEvent> &events) const
{
    entry.verdict = entry.watch->verdict(m_now);
    if (!entry.active && entry.verdict.fulfilled && mayRaise) {
        entry.active = ActiveAlarm{.rule = entry.rule.id, .raisedAt = m_now, .since = entry.verdict.since};
        events.push_back(eventOf(entry, AlarmEvent::What::Raised));
    } else if (entry.active && !entry.verdict.holds) {
        events.push_back(eventOf(entry, AlarmEvent::What::Cleared));
        entry.active.reset();
    }
}

AlarmEvent AlarmMachine::eventOf(const Entry &entry, AlarmEvent::What what) const
{
    LocalClock clock(m_setup.zone.isValid() ? m_setup.zone : QTimeZone::UTC);
    const auto local = clock.local(m_now);
    const auto time = QTime::fromMSecsSinceStartOfDay(int(local - floorDivision(local, dayMs) * dayMs));
    return {.what = what,
            .rule = entry.rule.id,
            .level = entry.rule.level,
            .at = m_now,
            .since = entry.active ? entry.active->since : 0,
            .cause = entry.verdict.cause,
            .value = entry.verdict.value,
            .notify =
                what != AlarmEvent::What::Acknowledged && !(entry.rule.quiet && entry.rule.quiet->contains(time))};
}

std::optional<AlarmEvent> AlarmMachine::acknowledge(const QString &rule, std::int64_t now)
{
    const auto entry = std::ranges::find_if(m_entries, [&](const Entry &one) { return one.rule.id == rule; });
    if (entry == m_entries.end() || !entry->active || entry->active->acknowledged)
        return {};
    m_now = std::max(m_now, now);
    entry->active->acknowledged = true;
    return eventOf(*entry, AlarmEvent::What::Acknowledged);
}

std::vector<AlarmEvent> AlarmMachine::setRules(QList<AlarmRule> rules, std::int64_t now)
{
    m_now = std::max(m_now, now);
    auto old = std::exchange(m_entries, {});
    m_rules = std::move(rules);
    for (const auto &rule : std::as_const(m_rules)) {
        const auto same = std::ranges::find_if(old, [&](const Entry &one) { return one.rule == rule; });
        if (same != old.end()) {
            m_entries.push_back(std::move(*same));
            old.erase(same);
        } else {
            const bool watched = rule.enabled && faultOf(rule).isEmpty();
            m_entries.push_back({.rule = rule,
                                 .watch = watched ? watchFor(rule.condition, m_setup.lateAfter) : nullptr,
                                 .active = {},
                                 .verdict = {}});
        }
    }
    listen();
    std::vector<AlarmEvent> events;
    for (const auto &entry : old) {
        if (!entry.active)
            continue;
        events.push_back(eventOf(entry, AlarmEvent::What::Cleared));
        events.back().notify = false; // whoever changed the rule knows
    }
    return events;
}

void AlarmMachine::listen()
{
    m_listeners.clear();
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        if (m_entries[i].watch)
            for (const auto &series : m_entries[i].watch->series())
                m_listeners[series].append(i);
}

std::vector<ActiveAlarm> AlarmMachine::active() const
{
    std::vector<ActiveAlarm> all;
    for (const auto &entry : m_entries)
        if (entry.active)
            all.push_back(*entry.active);
    return all;
}

} // namespace hanseatlas
