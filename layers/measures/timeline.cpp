// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/timeline.h"

#include "layers/measures/measuretexts.h"

#include <QLocale>
#include <QMap>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int undated = -1;
constexpr double roomForMonth = 24, roomForQuarter = 30, roomForYear = 34; ///< pixels that a text needs

} // namespace

bool isDated(const Measure &measure)
{
    return measure.start.isValid() || measure.end.isValid()
        || std::ranges::any_of(measure.milestones, [](const Milestone &one) { return one.due.isValid(); });
}

QList<TimelineRow> timelineRows(const QList<Measure> &measures, const StrategyFacts &facts, const QSet<int> &closed)
{
    QMap<int, QList<const Measure *>> groups;
    for (const auto &measure : measures)
        groups[isDated(measure) ? measure.field : undated].append(&measure);
    QList<TimelineRow> rows;
    const auto add = [&](TimelineRow head) {
        const auto group = groups.take(head.field);
        if (group.isEmpty())
            return;
        head.count = int(group.size());
        head.open = !closed.contains(head.field);
        rows.append(head);
        for (const auto *measure : head.open ? group : QList<const Measure *>())
            rows.append(
                {.kind = TimelineRow::Kind::Measure, .field = head.field, .title = measure->title, .measure = measure});
    };
    const auto without = groups.take(undated);
    for (const auto &field : facts.fields)
        add({.kind = TimelineRow::Kind::Field, .field = field.number, .title = field.title});
    for (const int other : groups.keys()) // of no field, or of one that the strategy does not know
        add({.kind = TimelineRow::Kind::Field, .field = other, .title = MeasureTexts::tr("Without a field of action")});
    groups.insert(undated, without);
    add({.kind = TimelineRow::Kind::Undated, .field = undated, .title = MeasureTexts::tr("Without dates")});
    return rows;
}

std::pair<QDate, QDate> timelineSpan(const QList<Measure> &measures, const QDate &today)
{
    auto first = today, last = today;
    const auto take = [&](const QDate &day) {
        if (!day.isValid())
            return;
        first = std::min(first, day);
        last = std::max(last, day);
    };
    for (const auto &measure : measures) {
        take(measure.start);
        take(measure.end);
        for (const auto &one : measure.milestones) {
            take(one.due);
            take(one.done);
        }
    }
    constexpr int longest = 200; // years: a typing error must not make a line of a million pixels
    const int from = std::max(first.year(), today.year() - longest / 2),
              to = std::min(last.year(), today.year() + longest / 2);
    return {QDate(from, 1, 1), QDate(to + 1, 12, 31)};
}

QDate TimelineScale::at(double x) const
{
    return first.addDays(qint64(std::floor(x / day)));
}

QList<TimelineTick> timelineTicks(const TimelineScale &scale, const QDate &from, const QDate &to)
{
    const double month = scale.day * 30;
    const int step = month >= roomForMonth ? 1 : month * 3 >= roomForQuarter ? 3 : 12;
    const int every = step < 12 ? 1 : std::max(1, int(std::ceil(roomForYear / (scale.day * 365)))); // years with a text
    QList<TimelineTick> ticks;
    const int firstMonth = from.month() - 1 - (from.month() - 1) % step;
    for (QDate day(from.year(), firstMonth + 1, 1); day <= to; day = day.addMonths(step)) {
        TimelineTick tick{.day = day, .text = {}, .major = day.month() == 1};
        if (tick.major)
            tick.text = day.year() % every == 0 ? QString::number(day.year()) : QString();
        else
            tick.text = step == 3 ? MeasureTexts::tr("Q%1", "a quarter").arg((day.month() + 2) / 3)
                                  : QLocale().standaloneMonthName(day.month(), QLocale::ShortFormat);
        ticks.append(tick);
    }
    return ticks;
}

} // namespace hanseatlas
