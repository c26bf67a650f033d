// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QTimeZone>

#include <cstdint>

namespace hanseatlas
{

inline constexpr std::int64_t hourMs = 3'600'000;
inline constexpr std::int64_t dayMs = 24 * hourMs;

/** Rounds down, also before 1970. */
constexpr std::int64_t floorDivision(std::int64_t a, std::int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

/** The clock on the wall of a zone. Asks the zone once a day instead of for each value, which takes seconds for
 *  millions of them. */
class LocalClock
{
public:
    explicit LocalClock(QTimeZone zone)
        : m_zone(std::move(zone))
    {
    }

    /** Ms to add to UTC. */
    std::int64_t offset(std::int64_t at)
    {
        const auto day = floorDivision(at, dayMs);
        if (!m_known || day != m_day)
            read(day);
        return m_changes ? ask(at) : m_offset;
    }
    std::int64_t local(std::int64_t at) { return at + offset(at); } ///< as if the wall's clock were UTC
    int hour(std::int64_t at) { return int((local(at) - floorDivision(local(at), dayMs) * dayMs) / hourMs); }
    QDate date(std::int64_t at) { return QDate(1970, 1, 1).addDays(floorDivision(local(at), dayMs)); }
    std::int64_t startOf(QDate day) const { return day.startOfDay(m_zone).toMSecsSinceEpoch(); }

private:
    void read(std::int64_t day)
    {
        m_known = true;
        m_day = day;
        m_offset = ask(day * dayMs);
        m_changes = ask((day + 1) * dayMs - 1) != m_offset;
    }
    std::int64_t ask(std::int64_t at) const
    {
        return std::int64_t(m_zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(at, QTimeZone::UTC))) * 1000;
    }

    QTimeZone m_zone;
    std::int64_t m_day = 0, m_offset = 0;
    bool m_known = false, m_changes = false;
};

} // namespace hanseatlas
