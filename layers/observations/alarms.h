// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/observations/alarmrule.h"
#include "layers/observations/observation.h"

#include <QHash>
#include <QTimeZone>

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace hanseatlas
{

/** An official warning, as of the weather service or the flood centre. */
struct AlarmWarning {
    QString id; ///< unique within its source
    QString kind; ///< as the source words it ("STURMBÖEN")
    QString area; ///< the source's key of the area
    int severity = 1; ///< 1 … 4 (CAP: minor, moderate, severe, extreme)
    std::int64_t from = 0; ///< ms since 1970 UTC
    std::int64_t to = 0; ///< not included; 0 = until further notice
};

struct AlarmEvent {
    enum class What : std::uint8_t { Raised, Cleared, Acknowledged };
    What what = What::Raised;
    QString rule; ///< its id
    AlarmLevel level = AlarmLevel::Warning;
    std::int64_t at = 0; ///< the `now` of the step, ms since 1970 UTC
    std::int64_t since = 0; ///< of the raised alarm: when what it tells of began
    QString cause; ///< id of the series or warning that decided; "" where there is none
    std::optional<double> value; ///< of that series, or its change per hour
    bool notify = false; ///< false in quiet hours and for acknowledgements: for the log only
    bool operator==(const AlarmEvent &) const = default;
};

struct ActiveAlarm {
    QString rule;
    std::int64_t raisedAt = 0; ///< ms since 1970 UTC
    std::int64_t since = 0;
    bool acknowledged = false;
    bool operator==(const ActiveAlarm &) const = default;
};

struct AlarmSetup {
    QTimeZone zone = QTimeZone("Europe/Berlin"); ///< of quiet hours
    std::int64_t lateAfter =
        3 * 3'600'000; ///< ms; values older than that raise nothing (air quality takes two hours to us)
    std::int64_t clockError = 300'000; ///< ms; values further ahead of now are not believed
};

/** New values of one series. */
struct AlarmInput {
    QString series; ///< Datastream id
    std::span<const Observation> values; ///< in any order
};

/** Steps through time with values and says what is to be told. Has no clock, no thread and no I/O: the same steps yield
 *  the same events.
 *
 *  A value that is not newer than the last one of its series, or lies in the future, changes nothing; one that is late
 *  raises nothing by itself, but counts for how long a state has lasted. NaN and Quality::Bad fulfil no condition and
 *  end none; a bad value breaks a silence, NaN does not. */
class AlarmMachine
{
public:
    explicit AlarmMachine(QList<AlarmRule> rules, AlarmSetup setup = {});
    ~AlarmMachine();
    AlarmMachine(AlarmMachine &&) noexcept;
    AlarmMachine &operator=(AlarmMachine &&) noexcept;

    /** `warnings`: all that are known, in the place of those before; nullptr = nothing new is known. A `now` before
     * that of the last step counts as that one. Values of several series are taken in order of their times. */
    std::vector<AlarmEvent> step(std::int64_t now, std::span<const AlarmInput> inputs = {},
                                 const std::vector<AlarmWarning> *warnings = nullptr);

    /** Somebody has seen it; nothing where it is not raised or acknowledged before. */
    std::optional<AlarmEvent> acknowledge(const QString &rule, std::int64_t now);

    /** Rules that stay the same keep their state; alarms of others are cleared. */
    std::vector<AlarmEvent> setRules(QList<AlarmRule> rules, std::int64_t now);

    std::vector<ActiveAlarm> active() const; ///< in the order of the rules
    const QList<AlarmRule> &rules() const { return m_rules; }

private:
    struct Entry;
    struct Taken {
        QString series;
        Observation value;
    };
    std::vector<Taken> newValues(std::span<const AlarmInput> inputs);
    void settle(Entry &entry, bool mayRaise, std::vector<AlarmEvent> &events) const;
    AlarmEvent eventOf(const Entry &entry, AlarmEvent::What what) const;
    void listen(); ///< fills m_listeners

    AlarmSetup m_setup;
    QList<AlarmRule> m_rules;
    std::vector<Entry> m_entries; ///< one for each rule
    QHash<QString, QList<std::size_t>> m_listeners; ///< numbers of the entries that watch a series
    QHash<QString, std::int64_t> m_newest; ///< by series
    std::int64_t m_now = std::numeric_limits<std::int64_t>::min();
};

} // namespace hanseatlas
