// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/observations/alarms.h"

#include <memory>

namespace hanseatlas
{

/** What a condition comes to. */
struct Verdict {
    bool fulfilled = false; ///< by the newest value itself: reason enough to raise
    bool holds = false; ///< reason enough not to clear, as within the hysteresis
    std::int64_t since = 0; ///< ms since 1970 UTC
    QString cause; ///< id of the series or warning
    std::optional<double> value;
};

/** One condition, followed through time. Is given values of its series in their order, never NaN, each time once. */
class AlarmWatch
{
public:
    AlarmWatch() = default;
    virtual ~AlarmWatch() = default;
    AlarmWatch(const AlarmWatch &) = delete;
    AlarmWatch &operator=(const AlarmWatch &) = delete;

    virtual QStringList series() const { return {}; }
    virtual void take(const QString &, const Observation &) { }
    virtual void know(const std::vector<AlarmWarning> &) { }
    virtual Verdict verdict(std::int64_t now) = 0; ///< never called with an earlier `now` than before
    /** Time alone can raise it, without a new value. */
    virtual bool isOfTime() const { return false; }
};

/** Never fails; lateAfter as in AlarmSetup. */
std::unique_ptr<AlarmWatch> watchFor(const AlarmCondition &condition, std::int64_t lateAfter);

} // namespace hanseatlas
